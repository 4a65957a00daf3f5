//! Tokens of an English sentence: words, figures and signs with what the lists know of them. Enters: a sentence. Leaves: tokens.

use rust_decimal::Decimal;

use std::cell::Cell;

use super::words::{Entry, NONE, Role, Words};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A figure in digits, with its separators.
    Digits,
    /// Digits with more than one point: a version, an address.
    Dotted,
    /// `'s`.
    Possessive,
    /// Anything else, one character.
    Sign(char),
}

/// One token; offsets in the whole text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    pub entry: u32,
    /// The classes of the word, and the roles of the phrases that start with it: as its entry has them, but at hand.
    pub flags: u128,
    pub roles: u16,
    /// Its first byte, in lower case.
    pub head: u8,
    /// Whether white space stands before it.
    pub gap: bool,
    /// Whether its first letter is a capital, and whether all are.
    pub capital: bool,
    pub shout: bool,
}

/// A sentence cut into tokens.
pub(super) struct Sentence<'a> {
    pub words: &'a Words,
    pub text: &'a str,
    pub tokens: Vec<Token>,
    /// The classes of all its words together.
    pub flags: u128,
    /// What has been found of each token by its form and its neighbours.
    known: Vec<Cell<Known>>,
}

/// What is asked of a token again and again, once it is known.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// Whether each of [`Form`] is known, and which hold.
    asked: u8,
    holds: u8,
    /// The sign of currency that starts here, once asked: how many tokens it takes, and the currency.
    sign: Asked,
}

/// What is known of the sign of currency at a token.
#[derive(Debug, Clone, Copy, Default)]
enum Asked {
    #[default]
    Never,
    Nothing,
    Found(u8, u16),
}

/// What a word is by its form and its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Verb,
    Plural,
    /// A word in `-ing` that is no word of grammar and no name.
    Ing,
    /// `will` `would` `can`.
    Modal,
}

/// How far from a figure, in tokens, words are looked at that have no fixed place: a bound that keeps long sentences linear.
pub(super) const REACH: usize = 60;

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{A0}' | '\u{2009}' | '\u{202F}' | '\u{3000}')
}

/// The end of a figure whose groups are parted in another way: `12,34,567` as in India, `1'000'000`, `10 000`, `1 234 567`.
fn other_groups(b: &[u8], start: usize, lead_end: usize) -> Option<usize> {
    let run = |i: usize| b.get(i..)?.iter().position(|c| !c.is_ascii_digit()).or(Some(b.len().saturating_sub(i)));
    let lead = lead_end - start;
    if !(1..=3).contains(&lead) || b[start] == b'0' {
        return None;
    }
    let closed = |end: usize, mark: &[u8]| {
        let more = b.get(end..).is_some_and(|r| r.starts_with(mark))
            && b.get(end + mark.len()).is_some_and(u8::is_ascii_digit);
        (!more).then_some(end)
    };
    match b.get(lead_end)? {
        b',' if lead <= 2 => {
            let mut i = lead_end;
            while b.get(i) == Some(&b',') && run(i + 1) == Some(2) && i - lead_end < 30 {
                i += 3;
            }
            (i > lead_end && b.get(i) == Some(&b',') && run(i + 1) == Some(3)).then_some(())?;
            closed(i + 4, b",")
        }
        b'\'' => {
            let mut i = lead_end;
            while b.get(i) == Some(&b'\'') && run(i + 1) == Some(3) && i - lead_end < 40 {
                i += 4;
            }
            (i > lead_end).then_some(i)
        }
        b' ' | 0xC2 | 0xE2 => {
            let marks: [&[u8]; 4] = [b" ", "\u{A0}".as_bytes(), "\u{202F}".as_bytes(), "\u{2009}".as_bytes()];
            let mark = marks.into_iter().find(|m| b[lead_end..].starts_with(m))?;
            // A number before it, or a bracket or a plus, makes it part of a code or of a telephone number.
            let before = b[..start].iter().rev().skip_while(|c| **c == b' ');
            let year = before.clone().take_while(|c| c.is_ascii_digit()).count() == 4;
            let coded = |c: &u8| c.is_ascii_digit() && !year || matches!(c, b'+' | b'(' | b')' | b'-' | b'/' | b'.');
            if before.clone().next().is_some_and(coded) {
                return None;
            }
            let (mut i, mut n) = (lead_end, 0);
            while n < 8 && b.get(i..).is_some_and(|r| r.starts_with(mark)) && run(i + mark.len()) == Some(3) {
                i += mark.len() + 3;
                n += 1;
            }
            let round = n > 0 && b[i - 3..i] == *b"000";
            let plain = mark == b" ";
            (n > 0 && (!plain || round || n > 1 && lead <= 2)).then_some(())?;
            closed(i, mark).filter(|e| !plain || !matches!(b.get(*e), Some(b'-' | b'/')))
        }
        _ => None,
    }
}

fn figure_end(b: &[u8], start: usize) -> (usize, bool) {
    let digits = |mut i: usize| {
        while i < b.len() && b[i].is_ascii_digit() {
            i += 1;
        }
        i
    };
    let mut i = digits(start);
    let lead = i - start;
    let mut grouped = false;
    if (1..=3).contains(&lead) {
        while i + 3 < b.len() && b[i] == b',' && digits(i + 1) == i + 4 {
            i += 4;
            grouped = true;
        }
    }
    // `1.111,11`: a comma after groups parted by points is a decimal comma.
    if !grouped && (1..=3).contains(&lead) {
        let mut j = i;
        while j + 3 < b.len() && b[j] == b'.' && digits(j + 1) == j + 4 {
            j += 4;
        }
        if j > i && j + 1 < b.len() && b[j] == b',' && b[j + 1].is_ascii_digit() && digits(j + 1) - j <= 3 {
            return (digits(j + 1), false);
        }
    }
    if !grouped && let Some(end) = other_groups(b, start, i) {
        i = end;
    }
    let mut points = 0;
    while i + 1 < b.len() && b[i] == b'.' && b[i + 1].is_ascii_digit() {
        i = digits(i + 1);
        points += 1;
    }
    (i, points > 1)
}

impl<'a> Sentence<'a> {
    /// Cuts `text[start..end]`.
    pub(super) fn new(words: &'a Words, text: &'a str, start: usize, end: usize) -> Self {
        let mut s = Self::of_tokens(words, text, Vec::with_capacity(end.saturating_sub(start) / 4), 0);
        let Some(body) = text.get(..end).filter(|_| start <= end && text.is_char_boundary(start)) else { return s };
        let bytes = body.as_bytes();
        let (mut i, mut gap) = (start, true);
        while i < end {
            let b = bytes[i];
            if b == b' ' {
                gap = true;
                i += 1;
            } else if b.is_ascii_digit() {
                let (stop, dotted) = figure_end(bytes, i);
                s.push(i, stop, if dotted { Kind::Dotted } else { Kind::Digits }, gap);
                (i, gap) = (stop, false);
            } else if b.is_ascii_alphabetic() || b >= 0x80 {
                let Some(c) = body.get(i..).and_then(|r| r.chars().next()) else { return s };
                if c.is_alphabetic() {
                    i = s.word(body, i, gap);
                    gap = false;
                } else if is_space(c) {
                    gap = true;
                    i += c.len_utf8();
                } else {
                    s.push(i, i + c.len_utf8(), Kind::Sign(c), gap);
                    (i, gap) = (i + c.len_utf8(), false);
                }
            } else if matches!(b, b'\t' | b'\n' | b'\r') {
                gap = true;
                i += 1;
            } else {
                let before_digit = bytes.get(i + 1).is_some_and(u8::is_ascii_digit);
                if b == b'.' && before_digit && (gap || matches!(s.last_sign(), Some('-' | '−' | '$' | '(' | '+'))) {
                    let (stop, dotted) = figure_end(bytes, i + 1);
                    s.push(i, stop, if dotted { Kind::Dotted } else { Kind::Digits }, gap);
                    (i, gap) = (stop, false);
                } else {
                    s.push(i, i + 1, Kind::Sign(b as char), gap);
                    (i, gap) = (i + 1, false);
                }
            }
        }
        s.known = vec![Cell::default(); s.tokens.len()];
        s
    }

    /// A sentence of tokens that were cut before.
    pub(super) fn of_tokens(words: &'a Words, text: &'a str, tokens: Vec<Token>, flags: u128) -> Self {
        let known = vec![Cell::default(); tokens.len()];
        Self { words, text, tokens, flags, known }
    }

    /// Whether the token at `i` is of a form, as `find` says when it is first asked.
    #[inline]
    pub(super) fn is_form(&self, i: usize, form: Form, find: impl FnOnce() -> bool) -> bool {
        let Some(cell) = self.known.get(i) else { return find() };
        let bit = 1 << form as u8;
        let known = cell.get();
        if known.asked & bit != 0 {
            return known.holds & bit != 0;
        }
        let found = find();
        let known = cell.get();
        cell.set(Known { asked: known.asked | bit, holds: known.holds | if found { bit } else { 0 }, ..known });
        found
    }

    /// The sign of currency that starts at `i`, as `find` says when it is first asked.
    #[inline]
    pub(super) fn sign_known(&self, i: usize, find: impl FnOnce() -> Option<(usize, u16)>) -> Option<(usize, u16)> {
        let Some(cell) = self.known.get(i) else { return find() };
        match cell.get().sign {
            Asked::Never => {}
            Asked::Nothing => return None,
            Asked::Found(length, currency) => return Some((i + usize::from(length), currency)),
        }
        let found = find();
        let sign = found.map_or(Asked::Nothing, |(end, currency)| Asked::Found((end - i) as u8, currency));
        cell.set(Known { sign, ..cell.get() });
        found
    }

    fn last_sign(&self) -> Option<char> {
        self.tokens.last().and_then(|t| if let Kind::Sign(c) = t.kind { Some(c) } else { None })
    }

    fn word(&mut self, body: &str, start: usize, gap: bool) -> usize {
        let rest = &body[start..];
        let mut stop = rest.len();
        let mut possessive = None;
        let mut it = rest.char_indices().peekable();
        while let Some((at, c)) = it.next() {
            if c.is_alphabetic() {
                continue;
            }
            if matches!(c, '\'' | '’') && it.peek().is_some_and(|(_, n)| n.is_alphabetic()) {
                let tail = &rest[at + c.len_utf8()..];
                let letters = tail.find(|x: char| !x.is_alphabetic()).unwrap_or(tail.len());
                if matches!(&tail[..letters], "s" | "S") {
                    possessive = Some((at, at + c.len_utf8() + 1));
                    stop = at;
                    break;
                }
                continue;
            }
            stop = at;
            break;
        }
        // `a.m.`, `U.S.`: single letters with points.
        let b = rest.as_bytes();
        if stop == 1 && possessive.is_none() && b.get(1) == Some(&b'.') && b.get(2).is_some_and(u8::is_ascii_alphabetic)
        {
            let mut j = 0;
            while j + 1 < b.len()
                && b[j].is_ascii_alphabetic()
                && b[j + 1] == b'.'
                && !b.get(j + 2).is_some_and(|c| {
                    c.is_ascii_alphabetic() && b.get(j + 3).is_some_and(u8::is_ascii_alphabetic) && j > 0
                })
            {
                j += 2;
            }
            if j < b.len() && b[j].is_ascii_alphabetic() && !b.get(j + 1).is_some_and(u8::is_ascii_alphanumeric) {
                j += 1;
            }
            if j >= 3 {
                stop = j;
            }
        }
        let mut entry = self.words.lookup(&rest[..stop]);
        // `Sept.` and `No.` where a list has them with the point.
        if possessive.is_none() && stop <= 6 && b.get(stop) == Some(&b'.') {
            let with = self.words.lookup(&rest[..=stop]);
            if with != NONE && b.get(stop + 1).is_none_or(|c| !c.is_ascii_alphabetic()) {
                let follows = rest[stop + 1..].trim_start().chars().next();
                let joined = b.get(stop + 1) == Some(&b'-');
                if joined
                    || follows.is_some_and(|c| c.is_ascii_digit() || c.is_alphabetic() || c == ',')
                    || entry == NONE
                {
                    (entry, stop) = (with, stop + 1);
                }
            }
        }
        self.push(start, start + stop, Kind::Word, gap);
        if let Some(t) = self.tokens.last_mut() {
            t.entry = entry;
            if let Some(e) = self.words.get(entry) {
                (t.flags, t.roles) = (e.flags, e.roles);
                self.flags |= e.flags;
            }
            let mut cs = rest[..stop].chars();
            t.capital = cs.next().is_some_and(char::is_uppercase);
            t.shout = t.capital && stop > 1 && cs.all(|c| !c.is_lowercase());
        }
        if let Some((at, until)) = possessive {
            self.push(start + at, start + until, Kind::Possessive, false);
            return start + until;
        }
        start + stop
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind, gap: bool) {
        self.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            kind,
            entry: NONE,
            flags: 0,
            roles: 0,
            head: self.text.as_bytes().get(start).map_or(0, u8::to_ascii_lowercase),
            gap,
            capital: false,
            shout: false,
        });
    }

    /// Whether any of its words is of one of the classes in `flags`.
    pub(super) const fn has(&self, flags: u128) -> bool {
        self.flags & flags != 0
    }

    /// Whether a word of one of the classes in `flags` stands within reach of `i`.
    pub(super) fn near(&self, i: usize, flags: u128) -> bool {
        self.has(flags) && (i.saturating_sub(REACH)..self.len().min(i + REACH)).any(|k| self.is(k, flags))
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token's text.
    #[inline]
    pub(super) fn of(&self, i: usize) -> &'a str {
        self.tokens.get(i).and_then(|t| self.text.get(t.start as usize..t.end as usize)).unwrap_or("")
    }

    /// What the lists know of the word at `i`.
    #[inline]
    pub(super) fn entry(&self, i: usize) -> Option<&'a Entry> {
        self.tokens.get(i).and_then(|t| self.words.get(t.entry))
    }

    /// Whether the word at `i` is of one of the classes in `flags`.
    #[inline]
    pub(super) fn is(&self, i: usize, flags: u128) -> bool {
        self.tokens.get(i).is_some_and(|t| t.flags & flags != 0)
    }

    /// Whether the word at `i` is `word`, case apart.
    #[inline]
    pub(super) fn word_is(&self, i: usize, word: &str) -> bool {
        self.tokens.get(i).is_some_and(|t| self.reads(t, word))
    }

    /// Whether the word at `i` is one of `words`, case apart.
    #[inline]
    pub(super) fn word_in(&self, i: usize, words: &[&str]) -> bool {
        self.tokens.get(i).is_some_and(|t| words.iter().any(|x| self.reads(t, x)))
    }

    /// Whether the token is `word`, case apart. Length and first letter tell most words apart.
    #[inline]
    fn reads(&self, t: &Token, word: &str) -> bool {
        (t.end - t.start) as usize == word.len()
            && word.as_bytes().first().map(u8::to_ascii_lowercase) == Some(t.head)
            && self
                .text
                .as_bytes()
                .get(t.start as usize..t.end as usize)
                .is_some_and(|w| w.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// The sign at `i`.
    #[inline]
    pub(super) fn sign(&self, i: usize) -> Option<char> {
        match self.tokens.get(i)?.kind {
            Kind::Sign(c) => Some(c),
            _ => None,
        }
    }

    /// Whether a word stands at `i`.
    #[inline]
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word)
    }

    /// Whether a figure in digits stands at `i`.
    #[inline]
    pub(super) fn is_digits(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Digits)
    }

    /// Whether the token at `i` follows the one before without white space.
    #[inline]
    pub(super) fn glued(&self, i: usize) -> bool {
        i > 0 && self.tokens.get(i).is_some_and(|t| !t.gap)
    }

    /// Whether a hyphen at `i` joins what stands on its two sides.
    #[inline]
    pub(super) fn joins(&self, i: usize) -> bool {
        matches!(self.sign(i), Some('-' | '‐' | '‑' | '–')) && self.glued(i) && self.glued(i + 1)
    }

    /// First token that starts at or after byte `at`.
    pub(super) fn after(&self, at: usize) -> usize {
        self.tokens.partition_point(|t| (t.start as usize) < at)
    }

    /// The longest phrase of `role` at `i`: one past its last token, and its payload.
    #[inline]
    pub(super) fn phrase(&self, i: usize, role: Role) -> Option<(usize, u16)> {
        if self.tokens.get(i)?.roles & role.bit() == 0 { None } else { self.longest(i, role) }
    }

    fn longest(&self, i: usize, role: Role) -> Option<(usize, u16)> {
        let e = self.entry(i)?;
        // The word that follows, for most phrases end there.
        let hyphen = usize::from(self.tokens.get(i + 1).is_some_and(|t| t.kind != Kind::Word) && self.joins(i + 1));
        let next = self.tokens.get(i + 1 + hyphen).map_or(NONE, |t| t.entry);
        let figure = self.is_digits(i + 1 + hyphen);
        'senses: for s in e.senses.iter().filter(|s| s.role == role) {
            match s.rest.first() {
                None => return Some((i + 1, s.payload)),
                Some(want) if *want != next && !figure => continue,
                _ => {}
            }
            let mut j = i + 1;
            for &want in &s.rest {
                if self.tokens.get(j).is_some_and(|t| t.kind != Kind::Word) && self.joins(j) {
                    j += 1;
                }
                let Some(t) = self.tokens.get(j) else { continue 'senses };
                if t.entry != want || want == NONE {
                    // Numerals in idioms: `catch-22`, `9/11`.
                    if self.words_match(j, want) {
                        j += 1;
                        continue;
                    }
                    continue 'senses;
                }
                j += 1;
            }
            return Some((j, s.payload));
        }
        None
    }

    fn words_match(&self, j: usize, want: u32) -> bool {
        self.is_digits(j) && want != NONE && self.words.lookup(self.of(j)) == want
    }

    /// The value of the figure at `i`, and how many digits stand after its point.
    pub(super) fn figure(&self, i: usize) -> Option<(Decimal, u32)> {
        figure_value(self.of(i))
    }

    /// Whether a clause or the sentence ends before `i`.
    pub(super) fn stops(&self, i: usize) -> bool {
        match self.tokens.get(i).map(|t| t.kind) {
            None => true,
            Some(Kind::Sign(c)) => {
                matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '—' | '"' | '“' | '”')
            }
            _ => false,
        }
    }
}

/// The value of digits with separators, and how many digits stand after the point.
pub(super) fn figure_value(raw: &str) -> Option<(Decimal, u32)> {
    let european =
        matches!((raw.find(','), raw.rfind(',')), (Some(a), Some(b)) if a == b && raw.find('.').is_some_and(|p| p < a));
    let (mut whole, mut decimals, mut point): (i128, u32, bool) = (0, 0, false);
    for b in raw.bytes() {
        match b {
            b'0'..=b'9' => {
                whole = whole.checked_mul(10)?.checked_add(i128::from(b - b'0'))?;
                decimals += u32::from(point);
            }
            b'.' if !european => point = true,
            b',' if european => point = true,
            _ => {}
        }
    }
    Decimal::try_from_i128_with_scale(whole, decimals).ok().map(|d| (d, decimals))
}
