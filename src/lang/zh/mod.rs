//! Chinese.

use std::sync::OnceLock;

use super::{Context, Language, Parts};
use crate::embedded::FILES;
use crate::model::{Lang, Mention};
use crate::text::{Plain, Span};

mod amount;
mod clock;
mod counted;
mod date;
mod exclude;
mod lexeme;
mod lunar;
mod mention;
mod numerals;
mod parts;
mod solar;
mod view;
mod words;

/// Chinese, with its words.
#[derive(Default)]
pub struct Chinese {
    /// The words of figures.
    words: OnceLock<words::Words>,
    /// The words around a figure.
    parts: OnceLock<parts::Words>,
}

impl Chinese {
    /// Reads the word lists under `rules/zh/words/`.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        Ok(Self { words: words::Words::new(files)?.into(), parts: parts::words(files)?.into() })
    }

    /// The words of the binary, either half read when it is first asked for.
    pub(super) fn embedded() -> Self {
        Self::default()
    }

    fn words(&self) -> &words::Words {
        self.words.get_or_init(|| super::tested(words::Words::new(FILES)))
    }

    fn parts(&self) -> &parts::Words {
        self.parts.get_or_init(|| super::tested(parts::words(FILES)))
    }

    /// Reads the words around figures, while another thread reads those of figures.
    pub(super) fn warm(&self) {
        self.parts();
    }

    /// `text` in lower case and the simplified script, as long in bytes as it was.
    pub fn folded(&self, text: &str) -> String {
        let fold = &self.words().fold;
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let simple = if c.is_ascii() { c.to_ascii_lowercase() } else { fold.script(c) };
            out.push(if simple.len_utf8() == c.len_utf8() { simple } else { c });
        }
        out
    }
}

impl Language for Chinese {
    fn lang(&self) -> Lang {
        Lang::Zh
    }

    fn mentions(&self, text: &str, sentence: Span<Plain>, context: &mut Context, out: &mut Vec<Mention>) {
        let mut view = view::View::default();
        if view.read(text, sentence, &self.words().fold) {
            mention::Scanner::run(self.words(), &view, text, sentence, context, out);
        }
    }

    fn describe(&self, text: &str, sentence: Span<Plain>, mentions: &[Mention], context: &mut Context) -> Vec<Parts> {
        if mentions.is_empty() { Vec::new() } else { parts::describe(self.parts(), text, sentence, mentions, context) }
    }
}
