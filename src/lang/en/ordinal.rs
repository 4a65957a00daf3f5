//! Ordinals of English: `4th`, `third`, `twenty-first`, `one hundred and fifth`. Enters: tokens. Leaves: the number, exact. Knows no rank.

use super::number::{Shape, dec, words};
use super::token::{Kind, Sentence};
use super::words::class;

/// The ordinal at `i`: `4th`, `third`, `twenty-first`, `one hundred and twenty-fifth`: one past it, and its number.
pub(super) fn ordinal(s: &Sentence, i: usize) -> Option<(usize, i64)> {
    if s.is_digits(i) {
        let suffix = s.glued(i + 1) && s.is_word(i + 1) && s.word_in(i + 1, &["st", "nd", "rd", "th"]);
        let (v, d) = s.figure(i)?;
        // `12st 4lb` is a weight.
        let suffix = suffix && (!s.word_is(i + 1, "st") || s.of(i).ends_with('1') && !s.of(i).ends_with("11"));
        return (suffix && d == 0).then(|| i64::try_from(v).ok().map(|v| (i + 2, v))).flatten();
    }
    let e = s.entry(i).filter(|_| s.is_word(i))?;
    if e.ordinal != 0 && e.ordinal < 100 {
        return Some((i + 1, e.ordinal));
    }
    // `the millionth visitor`.
    if e.ordinal >= 100 {
        let held = i > 0
            && (s.is(i - 1, class::DETERMINER) || s.word_is(i - 1, "the") || s.tokens[i - 1].kind == Kind::Possessive);
        return (held || s.len() == 1).then_some((i + 1, e.ordinal));
    }
    let article = s.word_in(i, &["a", "an"]) && s.entry(i + 1).is_some_and(|e| e.scale >= 100);
    if e.cardinal < 1 && !article && (e.scale < 100 || s.of(i).ends_with('s')) {
        return None;
    }
    let dash = |j: usize| {
        if matches!(s.sign(j), Some('-' | '—' | '–' | '‑')) && s.glued(j) && s.glued(j + 1) { j + 1 } else { j }
    };
    let n = words(s, i, false).filter(|n| n.shape == Shape::Plain).or_else(|| words(s, i, true))?;
    // The last part of the numeral may have been eaten as a fraction; go back to the words before it.
    let k = dash(n.end);
    // `two hundred and first`, `hundred-and-first`.
    let k = if s.word_is(k, "and") && n.value.checked_rem(dec(100)).is_some_and(|r| r.is_zero()) && !n.digits {
        dash(k + 1)
    } else {
        k
    };
    let o = s.entry(k).filter(|o| o.ordinal != 0 && s.is_word(k))?;
    let base = i64::try_from(n.value).ok()?;
    if o.ordinal >= 100 {
        return base.checked_mul(o.ordinal).map(|v| (k + 1, v));
    }
    if o.ordinal < 10 && base % 10 == 0 && base % 100 != 10 || o.ordinal >= 10 && base % 100 == 0 {
        return base.checked_add(o.ordinal).map(|v| (k + 1, v));
    }
    None
}
