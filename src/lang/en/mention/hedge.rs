//! Hedges before and behind a figure.

use crate::lang::en::token::Sentence;
use crate::lang::en::words::{HEDGES, Role};
use crate::model::Hedge;

/// The hedge that ends right before a figure starting at the returned token.
pub(in crate::lang::en) fn hedge_before(s: &Sentence, i: usize) -> Option<(usize, Hedge)> {
    // `11-under 133`: a score.
    if i > 1 && s.joins(i - 1) && s.is_digits(i - 2) {
        return None;
    }
    if let Some((end, h)) = s.phrase(i, Role::HedgeBefore) {
        let hedge = HEDGES.get(h as usize)?.1;
        // `at least about`, `up to around`: the first word rules, the second goes with it.
        if let Some((e2, _)) = s.phrase(end, Role::HedgeBefore) {
            return Some((e2, hedge));
        }
        return Some((end, hedge));
    }
    match (s.sign(i)?, s.sign(i + 1)) {
        ('>' | '≥', Some('=')) | ('=', Some('>')) if s.sign(i) == Some('>') => Some((i + 2, Hedge::AtLeast)),
        ('<', Some('=')) => Some((i + 2, Hedge::AtMost)),
        ('>', _) => Some((i + 1, Hedge::Over)),
        ('<', _) => Some((i + 1, Hedge::Under)),
        ('≥', _) => Some((i + 1, Hedge::AtLeast)),
        ('≤', _) => Some((i + 1, Hedge::AtMost)),
        ('~' | '≈', _) => Some((i + 1, Hedge::About)),
        _ => None,
    }
}

/// The hedge right after a figure: one past it.
pub(in crate::lang::en) fn hedge_after(s: &Sentence, i: usize) -> Option<(usize, Hedge)> {
    if s.sign(i) == Some('+') && s.glued(i) {
        return Some((i + 1, Hedge::AtLeast));
    }
    let j = if s.joins(i) { i + 1 } else { i };
    let (end, h) = s.phrase(j, Role::HedgeAfter)?;
    // `5,000 or less than 6,000`: the words belong to the next figure.
    if s.word_is(end, "than") {
        return None;
    }
    let hedge = HEDGES.get(h as usize)?.1;
    if hedge == Hedge::Odd && j == i
        || s.word_in(j, &["plus", "minimum", "maximum", "almost", "approximately"]) && j == i && !s.stops(end)
    {
        return None;
    }
    Some((end, hedge))
}
