//! English.

use super::{Context, Language, Parts};
use crate::model::{Lang, Mention};
use crate::text::{Plain, Span};

mod parts;

/// English, with its words.
pub struct English {}

impl English {
    /// Reads the word lists under `rules/en/words/`.
    pub fn new(_files: &[(&str, &str)]) -> Result<Self, String> {
        Ok(Self {})
    }
}

impl Language for English {
    fn lang(&self) -> Lang {
        Lang::En
    }

    fn mentions(&self, _text: &str, _sentence: Span<Plain>, _context: &mut Context, _out: &mut Vec<Mention>) {}

    fn describe(&self, text: &str, sentence: Span<Plain>, mentions: &[Mention], context: &mut Context) -> Vec<Parts> {
        parts::describe(text, sentence, mentions, context)
    }
}
