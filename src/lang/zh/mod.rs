//! Chinese.

use super::{Context, Language, Parts};
use crate::model::{Lang, Mention};
use crate::text::{Plain, Span};

mod parts;

/// Chinese, with its words.
pub struct Chinese {
    /// The words around a figure.
    parts: parts::Words,
}

impl Chinese {
    /// Reads the word lists under `rules/zh/words/`.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        Ok(Self { parts: parts::words(files)? })
    }

    /// `text` in lower case and the simplified script, as long in bytes as it was.
    pub fn folded(&self, text: &str) -> String {
        text.to_ascii_lowercase()
    }
}

impl Language for Chinese {
    fn lang(&self) -> Lang {
        Lang::Zh
    }

    fn mentions(&self, _text: &str, _sentence: Span<Plain>, _context: &mut Context, _out: &mut Vec<Mention>) {}

    fn describe(&self, text: &str, sentence: Span<Plain>, mentions: &[Mention], context: &mut Context) -> Vec<Parts> {
        parts::describe(&self.parts, text, sentence, mentions, context)
    }
}
