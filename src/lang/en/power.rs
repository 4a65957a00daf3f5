//! Powers of ten as figures have them: `1.3e6`, `3.2 × 10⁻⁶`. Enters: tokens. Leaves: the exponent. Knows no value.

use super::token::Sentence;

/// The exponent in small raised digits at `k`: `10⁶`, `10⁻⁶`.
pub(super) fn raised(s: &Sentence, k: usize) -> Option<(usize, i32)> {
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|x| x == c).and_then(|p| i32::try_from(p).ok());
    let minus = s.sign(k) == Some('⁻');
    let (mut j, mut value) = (k + usize::from(minus), 0);
    while let Some(d) = s.sign(j).and_then(digit).filter(|_| s.glued(j) && value < 100) {
        value = value * 10 + d;
        j += 1;
    }
    (j > k + usize::from(minus)).then_some((j, if minus { -value } else { value }))
}

pub(super) fn power(s: &Sentence, j: usize) -> Option<(usize, i32)> {
    let small = |i: usize| s.figure(i).and_then(|(v, d)| (d == 0).then_some(v)).and_then(|v| i32::try_from(v).ok());
    if s.glued(j) && s.word_in(j, &["e"]) {
        let (sign, k) = match s.sign(j + 1) {
            Some('+') => (1, j + 2),
            Some('-' | '−') => (-1, j + 2),
            _ => (1, j + 1),
        };
        if s.glued(k) && s.is_digits(k) {
            return Some((k + 1, sign * small(k)?));
        }
    }
    let times = s.sign(j) == Some('×') || s.word_is(j, "x");
    if times && s.of(j + 1) == "10" {
        if let Some(x) = raised(s, j + 2) {
            return Some(x);
        }
        let k = if s.sign(j + 2) == Some('^') { j + 3 } else { j + 2 };
        let (sign, k) = if matches!(s.sign(k), Some('-' | '−')) { (-1, k + 1) } else { (1, k) };
        if s.is_digits(k) && s.glued(k) {
            return Some((k + 1, sign * small(k)?));
        }
    }
    None
}
