//! Sentence → tokens: figures whole, ideographs one by one, other words as runs of letters. Enters: a sentence and its claims. Leaves:
//! tokens with their places. Punctuation and white space are no tokens.

use std::ops::Range;

use crate::model::{Claim, Corpus, SentenceId};
use crate::text::{Plain, Span, fold_char, is_ideograph};

/// The symbol that stands for any figure.
pub(super) const FIGURE: u32 = 1;
/// Symbols of words start here; those of single characters are their code points.
const WORD: u32 = 0x8000_0000;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A claim: its index in the corpus.
    Claim(u32),
    /// A run of digits that is no claim; the symbol tells which.
    Digits,
    /// One ideograph or kana.
    Character,
    /// A run of letters.
    Word,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Equal for equal tokens: case and width folded. Claims have [`FIGURE`].
    pub symbol: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Characters that it weighs in a similarity: 1 for figures.
    pub weight: u16,
    /// What it is.
    pub shape: Shape,
    /// Whether a comma, stop or bracket follows it.
    pub closes: bool,
}

impl Token {
    /// Where it stands.
    pub fn span(&self) -> Span<Plain> {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Whether it is a figure, claim or not.
    pub fn is_figure(&self) -> bool {
        matches!(self.shape, Shape::Claim(_) | Shape::Digits)
    }

    /// The claim that it is.
    pub fn claim(&self) -> Option<u32> {
        match self.shape {
            Shape::Claim(index) => Some(index),
            _ => None,
        }
    }
}

/// What hears of the tokens of a sentence one by one.
pub(super) trait Listener {
    /// The next token.
    fn token(&mut self, token: Token);
    /// The ideographs of the main block that `bytes` begins with, at `base` in the text; gives how many bytes they take.
    fn ideographs(&mut self, bytes: &[u8], base: u32) -> usize;
    /// A comma, stop or bracket follows the last token.
    fn close(&mut self);
}

impl Listener for Vec<Token> {
    fn token(&mut self, token: Token) {
        self.push(token);
    }

    fn ideographs(&mut self, bytes: &[u8], base: u32) -> usize {
        let mut at = 0;
        while let Some(&character) = bytes[at..].first_chunk::<3>().filter(|c| is_main_ideograph(**c)) {
            let (symbol, start) = (ideograph(character), base + at as u32);
            self.push(Token { symbol, start, end: start + 3, weight: 1, shape: Shape::Character, closes: false });
            at += 3;
        }
        at
    }

    fn close(&mut self) {
        if let Some(last) = self.last_mut() {
            last.closes = true;
        }
    }
}

/// The claims of one sentence, as indices into the claims of the corpus.
pub(super) fn claims_of(corpus: &Corpus, id: SentenceId) -> Range<u32> {
    let Some(range) = corpus.claims_of.get(id.article.0 as usize) else { return 0..0 };
    let all = corpus.claims.get(range.start as usize..range.end as usize).unwrap_or(&[]);
    let from = all.partition_point(|c| c.sentence.index < id.index);
    let to = from + all[from..].partition_point(|c| c.sentence.index <= id.index);
    range.start + from as u32..range.start + to as u32
}

/// The tokens of a sentence whose claims are `claims`, in order; `out` is emptied first.
pub(super) fn tokens(corpus: &Corpus, id: SentenceId, claims: Range<u32>, out: &mut Vec<Token>) {
    out.clear();
    let text = corpus.document_of(id.article).plain();
    let first = claims.start;
    let claims = corpus.claims.get(claims.start as usize..claims.end as usize).unwrap_or(&[]);
    read(text, corpus.sentence(id).span, first, claims, out);
}

/// Tells `out` the tokens of `span` in `text`, `claims` being those that stand in it and `first` the index of the first of them.
pub(super) fn read(text: &str, span: Span<Plain>, first: u32, claims: &[Claim], out: &mut impl Listener) {
    let (mut at, end) = (span.start as usize, span.end as usize);
    let mut claims = claims.iter().enumerate().peekable();
    while at < end {
        if let Some((i, claim)) = claims.next_if(|(_, c)| c.span.start as usize <= at) {
            let stop = (claim.span.end as usize).min(end);
            if claim.span.start as usize == at && stop > at {
                let shape = Shape::Claim(first + i as u32);
                out.token(Token {
                    symbol: FIGURE,
                    start: at as u32,
                    end: stop as u32,
                    weight: 1,
                    shape,
                    closes: false,
                });
                at = stop;
            }
            continue;
        }
        let stop = claims.peek().map_or(end, |(_, c)| (c.span.start as usize).min(end));
        let Some(words) = text.get(at..stop) else { return };
        scan(words, at, out);
        at = stop;
    }
}

/// Whether three bytes of a text at the start of a character are an ideograph of the main block, U+4E00 to U+9FFF: nearly all of Chinese
/// text, told without a table.
#[inline]
pub(super) fn is_main_ideograph(bytes: [u8; 3]) -> bool {
    matches!(u16::from_be_bytes([bytes[0], bytes[1]]), 0xE4B8..=0xE9BF)
}

/// The character of three bytes that are one.
#[inline]
pub(super) fn ideograph(bytes: [u8; 3]) -> u32 {
    u32::from(bytes[0] & 15) << 12 | u32::from(bytes[1] & 63) << 6 | u32::from(bytes[2] & 63)
}

/// Tells `out` the tokens of `words`, which start at byte `base` and hold no claim.
fn scan(words: &str, base: usize, out: &mut impl Listener) {
    let bytes = words.as_bytes();
    let next = |at: usize| words.get(at..).and_then(|rest| rest.chars().next());
    let mut at = 0;
    while at < bytes.len() {
        at += out.ideographs(&bytes[at..], (base + at) as u32);
        // The usual marks of Chinese text, told by their bytes alone.
        if let Some(&[first @ (0xE3 | 0xEF), second @ (0x80 | 0xBC), third]) = bytes[at..].first_chunk::<3>()
            && let Some(c) = char::from_u32(ideograph([first, second, third]))
            && mark(c)
        {
            if closing(c) {
                out.close();
            }
            at += 3;
            continue;
        }
        let start = (base + at) as u32;
        let Some(raw) = next(at) else { return };
        let c = fold_char(raw);
        let mut end = at + raw.len_utf8();
        if single(c) {
            let end = (base + end) as u32;
            out.token(Token { symbol: c as u32, start, end, weight: 1, shape: Shape::Character, closes: false });
            at += raw.len_utf8();
            continue;
        }
        let digits = c.is_ascii_digit();
        if !digits && (mark(c) || !c.is_alphanumeric()) {
            if closing(c) {
                out.close();
            }
            at = end;
            continue;
        }
        // A run of digits with its points and commas, or a run of letters.
        let mut hash = mix(0, c);
        let mut weight = 1u16;
        while let Some(raw) = next(end) {
            let c = fold_char(raw);
            let joins = if digits {
                c.is_ascii_digit()
                    || (matches!(c, '.' | ',')
                        && next(end + raw.len_utf8()).is_some_and(|n| fold_char(n).is_ascii_digit()))
            } else {
                !single(c) && !mark(c) && c.is_alphabetic()
            };
            if !joins {
                break;
            }
            hash = mix(hash, c);
            weight = weight.saturating_add(1);
            end += raw.len_utf8();
        }
        let (weight, shape) = if digits { (1, Shape::Digits) } else { (weight, Shape::Word) };
        out.token(Token { symbol: WORD | hash, start, end: (base + end) as u32, weight, shape, closes: false });
        at = end;
    }
}

fn mix(hash: u32, c: char) -> u32 {
    let lower = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
    (hash.rotate_left(5) ^ lower as u32).wrapping_mul(0x9E37_79B1)
}

/// Whether a character is a token by itself: ideographs, and kana, which are written without spaces.
fn single(c: char) -> bool {
    !c.is_ascii() && (is_ideograph(c) || matches!(c, '\u{3041}'..='\u{30FF}'))
}

/// Whether a character is one of the usual marks of Chinese text: an answer without the tables of all letters.
fn mark(c: char) -> bool {
    matches!(
        c,
        '\u{2010}'..='\u{2027}'
            | '\u{3000}'..='\u{3003}'
            | '\u{3008}'..='\u{3020}'
            | '\u{FF01}'..='\u{FF0F}'
            | '\u{FF1A}'..='\u{FF20}'
    )
}

/// Whether a mark parts clauses; one that parts the items of a list does not.
fn closing(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
            | '\n'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | ')'
            | '—'
            | '…'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        read(text, Span::new(0, text.len()), 0, &[], &mut out);
        out.iter().map(|t| t.span().of(text)).collect()
    }

    #[test]
    fn ideographs_stand_alone_and_words_and_numbers_whole() {
        assert_eq!(shown("共 1,286.5 米（约）"), ["共", "1,286.5", "米", "约"]);
        assert_eq!(shown("B2B公司CEO说"), ["B", "2", "B", "公", "司", "CEO", "说"]);
        assert_eq!(shown("The 46-hectare estate."), ["The", "46", "hectare", "estate"]);
    }

    #[test]
    fn case_and_width_do_not_matter() {
        let symbols = |text: &str| {
            let mut out = Vec::new();
            read(text, Span::new(0, text.len()), 0, &[], &mut out);
            out.iter().map(|t| t.symbol).collect::<Vec<_>>()
        };
        assert_eq!(symbols("ＣＥＯ１２"), symbols("ceo12"));
        assert_ne!(symbols("12"), symbols("21"));
    }
}
