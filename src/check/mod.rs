//! Group or article → findings; one file a check and one line in [`REGISTRY`]. Enters: the corpus, groups, alignments. Leaves: findings.

use crate::model::{Alignment, ArticleId, CheckInfo, Corpus, Finding, Group};

/// What a check may look at.
pub struct Input<'a> {
    /// All that was read.
    pub corpus: &'a Corpus,
    /// Groups of comparable claims.
    pub groups: &'a [Group],
    /// Aligned sentences.
    pub alignments: &'a [Alignment],
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
pub static REGISTRY: &[Check] = &[];
