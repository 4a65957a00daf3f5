//! The words around a Chinese figure.

use super::super::{Context, Parts};
use crate::model::Mention;
use crate::text::{Plain, Span};

mod words;

pub use words::Words;

/// Reads the word lists that the parts of a claim rest on.
pub(super) fn words(files: &[(&str, &str)]) -> Result<Words, String> {
    Words::new(files)
}

/// The parts of the claim around each mention of a sentence.
pub(super) fn describe(
    _words: &Words,
    _text: &str,
    sentence: Span<Plain>,
    mentions: &[Mention],
    _context: &mut Context,
) -> Vec<Parts> {
    mentions.iter().map(|_| Parts { clause: sentence, ..Parts::default() }).collect()
}
