//! Signs of currency and abbreviated units, read from the letters as they stand.

use crate::lang::en::token::{Kind as Tok, Sentence};

/// A sign of currency that starts at token `i`: one past its last token, and the currency.
pub(in crate::lang::en) fn sign_at(s: &Sentence, i: usize) -> Option<(usize, u16)> {
    s.sign_known(i, || find_sign(s, i))
}

fn find_sign(s: &Sentence, i: usize) -> Option<(usize, u16)> {
    let at = s.tokens.get(i)?.start as usize;
    let rest = s.text.get(at..)?.as_bytes();
    let first = *rest.first()?;
    for key in [first, first.to_ascii_uppercase()] {
        let Some(list) = s.words.signs.get(&key) else { continue };
        for (sign, currency) in list {
            // Most differ in their second byte.
            let second = sign.as_bytes().get(1).map(u8::to_ascii_lowercase);
            if second.is_some() && second != rest.get(1).map(u8::to_ascii_lowercase) {
                continue;
            }
            let Some(head) = rest.get(..sign.len()) else { continue };
            let letters = sign.bytes().all(|b| b.is_ascii_alphabetic());
            let same = head == sign.as_bytes()
                || (sign.contains('$') || sign.len() > 4) && head.eq_ignore_ascii_case(sign.as_bytes());
            if !same || letters && rest.get(sign.len()).is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            let end = s.after(at + sign.len());
            // `R5 million`, `R12,500`: one letter is a currency only before what is plainly a sum.
            if letters && sign.len() == 1 && !summed(s, end) {
                continue;
            }
            if s.tokens.get(end).is_none_or(|t| t.start as usize >= at + sign.len())
                && s.tokens.get(end - 1).is_some_and(|t| t.end as usize <= at + sign.len())
            {
                return Some((end, *currency));
            }
        }
        if key == first.to_ascii_uppercase() {
            break;
        }
    }
    None
}

/// Whether the figure at `i` has groups of thousands, or a word or letter of scale behind it.
fn summed(s: &Sentence, i: usize) -> bool {
    let scaled = s
        .entry(i + 1)
        .is_some_and(|e| s.is_word(i + 1) && (e.scale >= 1000 || e.letter >= 1_000_000 && s.glued(i + 1)));
    s.is_digits(i) && s.glued(i) && (scaled || s.of(i).contains([',', ' ', '\u{A0}']))
}

/// Whether a sign of currency ends right before token `i`.
pub(in crate::lang::en) fn sign_ending(s: &Sentence, i: usize) -> Option<u16> {
    (1..=3).filter_map(|k| i.checked_sub(k)).find_map(|k| sign_at(s, k).filter(|(end, _)| *end == i).map(|x| x.1))
}

/// A sign of currency after a figure: `7€`, `42 MYR`.
pub(in crate::lang::en) fn sign_after(s: &Sentence, i: usize) -> Option<(usize, u16)> {
    let t = s.tokens.get(i)?;
    let (end, currency) = sign_at(s, i)?;
    let symbol = matches!(t.kind, Tok::Sign(_));
    let code = s.of(i).len() == 3 && (t.shout || s.glued(i)) || s.of(i) == "RM" || s.word_is(i, "LE") && end == s.len();
    // `$5` after a figure belongs to the next figure.
    let next = s.is_digits(end) && (s.glued(end) || symbol && s.tokens[i].gap);
    ((symbol || code) && !next).then_some((end, currency))
}

/// An abbreviated unit right at token `i`: one past its last token, and the unit.
pub(in crate::lang::en) fn letters_at(s: &Sentence, i: usize) -> Option<(usize, u16)> {
    let at = s.tokens.get(i)?.start as usize;
    let rest = s.text.get(at..)?;
    let list = s.words.letters.get(rest.as_bytes().first()?)?;
    for (letters, unit) in list {
        if !rest.starts_with(letters.as_str())
            || rest[letters.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '^')
        {
            continue;
        }
        let end = s.after(at + letters.len());
        if s.tokens.get(end - 1).is_some_and(|t| t.end as usize > at + letters.len()) {
            continue;
        }
        return Some((end, *unit));
    }
    None
}
