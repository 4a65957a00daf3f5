//! English: figures, dates and the words around them. Enters: sentences. Leaves: mentions and parts of claims. Knows no file, no other
//! language, and no claim but the ones of the sentence at hand.

use super::{Context, Language, Parts};
use crate::model::{Lang, Mention};
use crate::text::{Plain, Span};

mod class;
mod clock;
mod date;
mod guard;
mod mention;
mod number;
mod ordinal;
mod parts;
mod power;
mod scope;
#[cfg(test)]
mod tests;
mod token;
mod value;
mod words;

/// English, with its words.
pub struct English {
    words: words::Words,
}

impl English {
    /// Reads the word lists under `rules/en/words/`. An `Err` names the file and what is wrong in it.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        Ok(Self { words: words::Words::new(files)? })
    }
}

impl Language for English {
    fn lang(&self) -> Lang {
        Lang::En
    }

    fn mentions(&self, text: &str, sentence: Span<Plain>, context: &mut Context, out: &mut Vec<Mention>) {
        let s = token::Sentence::new(&self.words, text, sentence.start as usize, sentence.end as usize);
        mention::mentions(&s, context, out);
    }

    fn describe(&self, text: &str, sentence: Span<Plain>, mentions: &[Mention], context: &mut Context) -> Vec<Parts> {
        if mentions.is_empty() {
            return Vec::new();
        }
        let s = token::Sentence::new(&self.words, text, sentence.start as usize, sentence.end as usize);
        parts::describe(&s, mentions, context)
    }

    fn read(
        &self,
        text: &str,
        sentence: Span<Plain>,
        context: &mut Context,
        out: &mut Vec<Mention>,
        keep: &dyn Fn(&mut Vec<Mention>),
    ) -> Vec<Parts> {
        let s = token::Sentence::new(&self.words, text, sentence.start as usize, sentence.end as usize);
        mention::mentions(&s, context, out);
        keep(out);
        if out.is_empty() { Vec::new() } else { parts::describe(&s, out, context) }
    }
}
