//! Exceptions: what a person has looked at and lets stand, with the reason.

use super::Finding;
use crate::text::{Plain, Span};

/// Characters of a reason that are kept.
const LONGEST: usize = 400;
/// Checks that one exception may name.
const MOST: usize = 32;

/// Where an exception is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Written {
    /// In a comment of the article.
    Comment,
    /// In its front matter.
    Head,
    /// In `factlint.toml`.
    Settings,
    /// In a baseline.
    Baseline,
}

impl Written {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Head => "front-matter",
            Self::Settings => "settings",
            Self::Baseline => "baseline",
        }
    }

    /// Whether it stands in the article itself.
    pub const fn is_in_article(self) -> bool {
        matches!(self, Self::Comment | Self::Head)
    }
}

/// An exception that an article states itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Where it is written.
    pub written: Written,
    /// Its line in the source, from 1.
    pub line: u32,
    /// Ids of the checks it speaks of, as written; empty for all.
    pub checks: Vec<String>,
    /// Why.
    pub reason: String,
    /// The passage it speaks of; `None` for the whole document.
    pub reach: Option<Span<Plain>>,
}

/// A finding that is let stand: counted, and not reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Excepted {
    /// The finding.
    pub finding: Finding,
    /// Where the exception is written.
    pub written: Written,
    /// Why, where it is said.
    pub reason: Option<String>,
}

/// Reads `conflicting-figure, list-count: 原因`: the checks, and the reason where there is one.
///
/// ```
/// use factlint::model::exception_words;
/// assert_eq!(exception_words("conflicting-figure：口径不同"), (vec!["conflicting-figure".to_owned()], Some("口径不同".to_owned())));
/// assert_eq!(exception_words(": 口径不同"), (vec![], Some("口径不同".to_owned())));
/// assert_eq!(exception_words("历史稿件：不再改"), (vec![], Some("历史稿件：不再改".to_owned())));
/// assert_eq!(exception_words("list-count"), (vec!["list-count".to_owned()], None));
/// ```
pub fn exception_words(text: &str) -> (Vec<String>, Option<String>) {
    let text = text.trim();
    let (head, reason) = text.split_once([':', '：']).map_or((text, ""), |(h, r)| (h, r));
    let is_id = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let words: Vec<&str> = head.split([',', '，', '、', ' ', '\t']).filter(|w| !w.is_empty()).collect();
    let (words, reason) = if words.iter().all(|w| is_id(w)) { (words, reason) } else { (Vec::new(), text) };
    let mut reason = reason.trim().to_owned();
    if let Some((cut, _)) = reason.char_indices().nth(LONGEST) {
        reason.truncate(cut);
        reason.push('…');
    }
    let checks = words.into_iter().take(MOST).map(str::to_owned).collect();
    (checks, (!reason.is_empty()).then_some(reason))
}
