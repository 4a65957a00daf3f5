//! Raised and lowered passages: a power or an index, the ending of an ordinal, or the mark of a note. Enters: the passage and the
//! character before it. Leaves: what stands in the plain text for it.

use crate::text::is_ideograph;

/// What a raised or lowered passage is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Raised {
    /// Text like any other: `19th`, `CO2`.
    Keep,
    /// A note's mark: nothing stands for it.
    Drop,
    /// A power or an index, in characters that show it: `10²`.
    As(String),
}

/// Tells what `passage` is after `before`; `up` where it is raised.
pub(super) fn raised(before: Option<char>, passage: &str, up: bool) -> Raised {
    let passage = passage.trim();
    let Some(before) = before.filter(|_| !passage.is_empty()) else { return Raised::Keep };
    let digits = passage.len() <= 4
        && passage.contains(|c: char| c.is_ascii_digit())
        && passage.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '−' | '+'));
    let shifted = || Raised::As(passage.chars().map(|c| shift(c, up)).collect());
    if !up {
        return if digits && before.is_ascii_digit() { shifted() } else { Raised::Keep };
    }
    let power = before.is_ascii_alphanumeric() || (is_ideograph(before) && matches!(passage, "2" | "3"));
    if digits && power {
        shifted()
    } else if passage.chars().any(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '[' | '①'..='⑳')) {
        Raised::Drop
    } else {
        Raised::Keep
    }
}

fn shift(c: char, up: bool) -> char {
    const UP: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match (c, up) {
        ('0'..='9', true) => UP[c as usize - '0' as usize],
        ('0'..='9', false) => char::from_u32(0x2080 + c as u32 - '0' as u32).unwrap_or(c),
        ('-' | '−', true) => '⁻',
        ('-' | '−', false) => '₋',
        ('+', true) => '⁺',
        ('+', false) => '₊',
        _ => c,
    }
}
