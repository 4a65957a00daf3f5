//! Amounts as sets of values for arithmetic: what a figure may stand for after the rounding its writing shows. Enters: claims. Leaves:
//! intervals, or nothing where a value leaves the range of a decimal. Knows no language.

use crate::model::{Claim, Corpus, Hedge, Kind, Lang};
use crate::quantity::{Decimal, Interval};

/// A closed set of values from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spread {
    pub low: Decimal,
    pub high: Decimal,
}

impl Spread {
    pub const fn exactly(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    pub fn new(a: Decimal, b: Decimal) -> Self {
        Self { low: a.min(b), high: a.max(b) }
    }

    pub fn add(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    pub fn sub(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_sub(other.high)?, high: self.high.checked_sub(other.low)? })
    }

    pub fn scale(self, factor: Decimal) -> Option<Self> {
        Some(Self::new(self.low.checked_mul(factor)?, self.high.checked_mul(factor)?))
    }

    /// `self / other` for sets above zero.
    pub fn over(self, other: Self) -> Option<Self> {
        if other.low <= Decimal::ZERO || self.low < Decimal::ZERO {
            return None;
        }
        Some(Self { low: self.low.checked_div(other.high)?, high: self.high.checked_div(other.low)? })
    }

    pub fn widen(self, slack: Decimal) -> Option<Self> {
        Some(Self { low: self.low.checked_sub(slack)?, high: self.high.checked_add(slack)? })
    }

    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    pub fn middle(self) -> Decimal {
        self.low.checked_add(self.high).map_or(self.low, |s| s / Decimal::TWO)
    }
}

/// Far beyond any figure of a text; stands for "no bound".
fn far() -> Decimal {
    Decimal::from(10_i64.pow(17))
}

fn closed(interval: &Interval) -> Spread {
    Spread { low: interval.low.map_or(-far(), |b| b.value), high: interval.high.map_or_else(far, |b| b.value) }
}

/// The value as written in base units, where a figure has one value.
pub(super) fn point(claim: &Claim) -> Option<Decimal> {
    let q = &claim.quantity;
    let literal = &q.literal;
    if let Some(single) = literal.single() {
        return Some(single);
    }
    let point = q.point?;
    if q.unit == q.base_unit {
        return Some(point);
    }
    let info = crate::quantity::unit_info(q.unit.as_deref()?)?;
    point.checked_mul(info.factor)?.checked_add(info.offset)
}

/// Whether the figure carries a hedge, or is a range.
pub(super) const fn hedged(claim: &Claim) -> bool {
    claim.quantity.hedge.is_some()
}

/// The values that a figure may stand for in arithmetic, in its base unit.
///
/// A figure with decimals or a scale word may have been rounded at its last place; one written out to the last digit is taken at its
/// word, round or not; a hedge allows what it allows.
pub(super) fn spread(claim: &Claim, numeral: &str) -> Option<Spread> {
    let q = &claim.quantity;
    if hedged(claim) {
        return Some(closed(&q.literal));
    }
    let value = point(claim)?;
    let decimals = numeral.chars().any(|c| matches!(c, '.' | '．' | '点'));
    let slack = if decimals {
        q.granularity.checked_div(Decimal::TWO)?
    } else if written_out(numeral) {
        Decimal::ZERO
    } else {
        let half = q.granularity.checked_div(Decimal::TWO)?;
        half.min(value.abs().checked_div(Decimal::ONE_HUNDRED)?)
    };
    // A unit with its own factor may have granularity in another unit; the slack of a whole number is never wider than a tenth.
    let slack = slack.min(value.abs().checked_div(Decimal::TEN)?);
    Spread::exactly(value).widen(slack)
}

/// Whether a numeral is written out in digits, without decimals or a scale word.
pub(super) fn written_out(numeral: &str) -> bool {
    numeral.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '，' | ' ' | '０'..='９'))
}

/// A share, in per cent: the value as written and the values that round to it.
pub(super) fn share(claim: &Claim, numeral: &str) -> Option<(Decimal, Spread)> {
    let q = &claim.quantity;
    let percent = if q.base_unit.as_deref() == Some("%") {
        Decimal::ONE
    } else if claim.kind() == Kind::Fraction || claim.kind() == Kind::Percentage {
        Decimal::ONE_HUNDRED
    } else {
        return None;
    };
    let raw = point(claim).or(q.point);
    if hedged(claim) {
        let all = closed(&q.literal).scale(percent)?;
        let mid = raw.map_or_else(|| all.middle(), |v| v.checked_mul(percent).unwrap_or(v));
        // A hedge on top of the rounding of the figure.
        let slack =
            if matches!(q.hedge, Some(Hedge::Range | Hedge::Neighbours)) { Decimal::ONE } else { Decimal::new(5, 1) };
        return Some((mid, all.widen(slack)?));
    }
    let value = raw?.checked_mul(percent)?;
    let spread = if claim.kind() == Kind::Fraction {
        // 三分之一 stands for what a reader would call a third: two points either way.
        Spread::exactly(value).widen(Decimal::TWO)?
    } else {
        let place = last_place(numeral);
        let tenths = !numeral.chars().any(|c| c.is_ascii_digit() || c == '百' || ('０'..='９').contains(&c))
            && !numeral.is_empty()
            && numeral.chars().count() <= 2
            && numeral.chars().all(|c| !c.is_ascii());
        // 三成: to the nearest tenth, as far as a reader minds.
        let slack = if tenths { Decimal::from(3) } else { place.min(Decimal::ONE).checked_div(Decimal::TWO)? };
        Spread::exactly(value).widen(slack)?
    };
    Some((value, spread))
}

/// The place of the last digit of a percentage as written: `10` → 1, `43.0` → 0.1.
fn last_place(numeral: &str) -> Decimal {
    let mut decimals: Option<i32> = None;
    for c in numeral.chars() {
        match (c, decimals) {
            ('.' | '．' | '点', _) => decimals = Some(0),
            (_, Some(n)) if !c.is_whitespace() => decimals = Some(n + 1),
            _ => {}
        }
    }
    crate::quantity::pow10(-decimals.unwrap_or(0).min(20)).unwrap_or(Decimal::ONE)
}

/// `value` (in base units) in the notation of a claim – its scale, unit and currency sign: `12.6亿元`, `$46.3 million`, `259 hectares`.
pub(super) fn in_notation(corpus: &Corpus, claim: &Claim, value: Decimal) -> String {
    let (text, numeral) = (corpus.text(claim.article, claim.span), corpus.text(claim.article, claim.numeral));
    let at = (claim.numeral.start.saturating_sub(claim.span.start)) as usize;
    let (lead, rest) = (text.get(..at).unwrap_or(""), text.get(at + numeral.len()..).unwrap_or(""));
    // The digits that the numeral begins with; what follows them is a word of scale.
    let end = numeral.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(numeral.len());
    let digits = numeral[..end].trim_end_matches([',', '.']);
    let written = digits.replace(',', "").parse::<Decimal>().ok().filter(|d| !d.is_zero());
    let factor = match (point(claim), written, claim.quantity.point) {
        (Some(base), Some(written), _) => base.abs().checked_div(written),
        (Some(base), None, Some(unit)) if !unit.is_zero() => base.checked_div(unit),
        _ => None,
    };
    let factor = factor.filter(|f| !f.is_zero()).unwrap_or(Decimal::ONE);
    let amount = shown(value.checked_div(factor).unwrap_or(value));
    let amount = if digits.contains(',') || claim.lang == Lang::En { grouped(&amount) } else { amount };
    let scale = if written.is_some() { &numeral[digits.len()..] } else { "" };
    // A hedge after the numeral (`4000多家`) is no part of the notation, nor are words before it.
    let after = claim.quantity.hedge.is_some() && lead.trim().is_empty();
    let unit = if after { "" } else { rest };
    let sign = lead.chars().rev().take_while(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect::<Vec<_>>();
    let sign: String = sign.into_iter().rev().collect();
    format!("{sign}{amount}{scale}{unit}")
}

/// Digits with a comma after every third of them.
pub(super) fn grouped(digits: &str) -> String {
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(w, d)| (w, Some(d)));
    let mut out = String::new();
    for (i, c) in whole.char_indices() {
        let left = whole.len() - i;
        if i > 0 && left % 3 == 0 && !out.ends_with('-') {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

/// Digits for a message: at most two decimals, no trailing zeros.
pub(super) fn shown(value: Decimal) -> String {
    crate::quantity::plain_decimal(value.round_dp(2))
}

/// Digits for a message about shares: one decimal.
pub(super) fn shown_percent(value: Decimal) -> String {
    crate::quantity::plain_decimal(value.round_dp(1))
}
