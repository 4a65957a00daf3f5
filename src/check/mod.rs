//! Group or article → findings; one file a check and one line in [`REGISTRY`]. Enters: the corpus, groups, alignments. Leaves: findings.
//!
//! A check knows no language of its own: trigger words come from [`crate::lang::Lexicon::check_words`].

mod amount;
mod calendar;
mod conflict;
mod conflicting_date;
mod conflicting_figure;
mod conversion_mismatch;
mod evidence;
mod falling_cumulative;
mod finding;
mod growth_arithmetic;
mod headline_mismatch;
mod impossible_date;
mod known_fact;
mod line;
mod list_count;
mod name_variant;
mod parts_total;
mod passages;
mod resolve;
mod reversed_range;
mod series;
mod share_arithmetic;
mod share_sum;
mod slip;
mod span_arithmetic;
mod table_total;
mod weekday_mismatch;

pub use finding::{Draft, Place, fingerprint};
pub use passages::passages;
pub use resolve::resolve;

use crate::lang::Lexicon;
use crate::model::{Alignment, ArticleId, CheckInfo, Corpus, Finding, Group};

/// What a check may look at.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// All that was read.
    pub corpus: &'a Corpus,
    /// Groups of comparable claims.
    pub groups: &'a [Group],
    /// Aligned sentences.
    pub alignments: &'a [Alignment],
    /// The languages and their words.
    pub lexicon: &'a Lexicon,
}

/// How a check runs.
#[derive(Clone, Copy)]
pub enum Run {
    /// Once an article: it sees that article alone.
    Article(fn(&Input<'_>, ArticleId, &mut Vec<Finding>)),
    /// Once a run, over all groups and alignments.
    Corpus(fn(&Input<'_>, &mut Vec<Finding>)),
}

/// A check: what it is called and how it runs.
#[derive(Clone, Copy)]
pub struct Check {
    /// Its entry for people.
    pub info: CheckInfo,
    /// How it runs.
    pub run: Run,
}

/// Every check, in the order of the contract.
pub static REGISTRY: &[Check] = &[
    conflicting_figure::CHECK,
    conflicting_date::CHECK,
    falling_cumulative::CHECK,
    name_variant::CHECK,
    headline_mismatch::CHECK,
    list_count::CHECK,
    parts_total::CHECK,
    share_sum::CHECK,
    growth_arithmetic::CHECK,
    share_arithmetic::CHECK,
    weekday_mismatch::CHECK,
    impossible_date::CHECK,
    reversed_range::CHECK,
    span_arithmetic::CHECK,
    conversion_mismatch::CHECK,
    table_total::CHECK,
    known_fact::CHECK,
];

/// The check with this id.
pub fn by_id(id: &str) -> Option<&'static Check> {
    REGISTRY.iter().find(|check| check.info.id == id)
}
