//! From a numeral, its hedge and its unit to a quantity with both intervals (semantics.md §1). Knows no text.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::model::{Hedge, Kind, Quantity};
use crate::quantity::{Interval, TimeValue, rounding_slack, unit_info};

/// A unit as the quantity carries it: code, code of its base, factor and offset to the base.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub code: Option<Cow<'static, str>>,
    pub base: Option<Cow<'static, str>>,
    pub factor: Decimal,
    pub offset: Decimal,
}

impl Measure {
    /// No unit at all.
    pub(super) const fn none() -> Self {
        Self { code: None, base: None, factor: Decimal::ONE, offset: Decimal::ZERO }
    }

    /// The same unit where it tells an age: ages are compared in years, `18 months old` is 1.5.
    fn of_age(&self) -> Self {
        let per_year = match self.code.as_deref() {
            Some("a") => Decimal::ONE,
            Some("mo") => Decimal::from(12),
            Some("wk") => Decimal::new(365, 0) / Decimal::from(7),
            Some("d") => Decimal::from(365),
            _ => return self.clone(),
        };
        Self { base: Some(Cow::Borrowed("a")), factor: Decimal::ONE / per_year, ..self.clone() }
    }

    /// The unit with this code; one that the table does not have is its own base.
    pub(super) fn of(code: &str) -> Self {
        match unit_info(code) {
            Some(u) => Self {
                code: Some(Cow::Borrowed(u.code)),
                base: Some(Cow::Borrowed(u.base)),
                factor: u.factor,
                offset: u.offset,
            },
            None => Self {
                code: Some(Cow::Owned(code.to_owned())),
                base: Some(Cow::Owned(code.to_owned())),
                factor: Decimal::ONE,
                offset: Decimal::ZERO,
            },
        }
    }
}

fn max(a: Decimal, b: Decimal) -> Decimal {
    if a > b { a } else { b }
}

fn portion(n: Decimal, per_mille: i64) -> Decimal {
    n.abs().checked_mul(Decimal::new(per_mille, 3)).unwrap_or(n)
}

fn sum(a: Decimal, b: Decimal) -> Decimal {
    a.checked_add(b).unwrap_or(a)
}

/// What a figure `n` with its last significant place `g` allows: strictly, and to a reader.
pub(super) fn intervals(n: Decimal, g: Decimal, hedge: Option<Hedge>) -> (Interval, Interval) {
    let tens = if n >= Decimal::TEN && (n % Decimal::TEN).is_zero() { Decimal::TEN } else { g };
    let reach = max(g, max(tens, portion(n, 100)));
    // A place finer than the share says nothing: `almost 40 percent` may be 38.
    let near = std::cmp::min(sum(n, -g), sum(n, -portion(n, 250)));
    let below = sum(n, -portion(n, 200));
    match hedge {
        None | Some(Hedge::Range | Hedge::Vague | Hedge::Neighbours) => {
            let slack = rounding_slack(n, g);
            let set = if slack.is_zero() {
                Interval::exactly(n)
            } else {
                Interval::new(Some((sum(n, -slack), true)), Some((sum(n, slack), false)))
            };
            (set, set)
        }
        Some(Hedge::Over) => {
            (Interval::new(Some((n, false)), None), Interval::new(Some((n, false)), Some((sum(n, reach), true))))
        }
        Some(Hedge::AtLeast) => {
            (Interval::new(Some((n, true)), None), Interval::new(Some((n, true)), Some((sum(n, reach), true))))
        }
        Some(Hedge::Odd) => {
            // `70-odd` runs to 80, however small a round figure.
            let g =
                if g == Decimal::ONE && n >= Decimal::TEN && (n % Decimal::TEN).is_zero() { Decimal::TEN } else { g };
            let set = Interval::new(Some((n, false)), Some((sum(n, g), false)));
            (set, set)
        }
        Some(Hedge::Order) => (
            Interval::new(Some((n, true)), Some((n.checked_mul(Decimal::TEN).unwrap_or(n), false))),
            Interval::new(Some((n, true)), Some((sum(n, n), false))),
        ),
        Some(Hedge::Nearly) => {
            let tenth = sum(n, -portion(n, 100));
            (Interval::new(Some((near, true)), Some((n, false))), Interval::new(Some((tenth, true)), Some((n, false))))
        }
        Some(Hedge::Under) => {
            (Interval::new(None, Some((n, false))), Interval::new(Some((below, true)), Some((n, false))))
        }
        Some(Hedge::AtMost) => {
            (Interval::new(None, Some((n, true))), Interval::new(Some((below, true)), Some((n, true))))
        }
        Some(Hedge::About) => {
            let least = if n.abs() < Decimal::TEN && n.fract().is_zero() { Decimal::ONE } else { Decimal::ZERO };
            let (wide, near) = (max(portion(n, 200), least), max(portion(n, 100), least));
            (Interval::closed(sum(n, -wide), sum(n, wide)), Interval::closed(sum(n, -near), sum(n, near)))
        }
    }
}

fn to_base(i: Interval, m: &Measure) -> Interval {
    let mut scaled = if m.factor == Decimal::ONE { i } else { i.scale(m.factor).unwrap_or_default() };
    if m.base.as_deref() == Some("a") {
        // A twelfth has no end in decimals; eighteen of them are one and a half.
        let round = |b: Option<crate::quantity::Bound>| b.map(|b| (b.value.round_dp(9).normalize(), b.closed));
        scaled = Interval::new(round(scaled.low), round(scaled.high));
    }
    if m.offset.is_zero() {
        return scaled;
    }
    // 95 °F is 35 °C, whatever the last digits of five ninths.
    let shift =
        |b: Option<crate::quantity::Bound>| b.map(|b| (sum(b.value, m.offset).round_dp(9).normalize(), b.closed));
    Interval::new(shift(scaled.low), shift(scaled.high))
}

/// One value with its hedge.
pub(super) fn single(kind: Kind, n: Decimal, g: Decimal, hedge: Option<Hedge>, m: &Measure) -> Quantity {
    let aged = (kind == Kind::Age).then(|| m.of_age());
    let m = aged.as_ref().unwrap_or(m);
    let (literal, reader) = intervals(n, g, hedge);
    Quantity {
        kind,
        point: Some(n.normalize()),
        unit: m.code.clone(),
        base_unit: m.base.clone(),
        literal: to_base(literal, m),
        reader: to_base(reader, m),
        granularity: g.checked_mul(m.factor).unwrap_or(g),
        hedge,
        time: None,
        negative: false,
    }
}

/// Two ends as written.
pub(super) fn range(
    kind: Kind,
    low: Decimal,
    high: Decimal,
    g: Decimal,
    hedge: Option<Hedge>,
    m: &Measure,
) -> Quantity {
    let aged = (kind == Kind::Age).then(|| m.of_age());
    let m = aged.as_ref().unwrap_or(m);
    let set = to_base(Interval::closed(low, high), m);
    Quantity {
        kind,
        point: None,
        unit: m.code.clone(),
        base_unit: m.base.clone(),
        literal: set,
        reader: set,
        granularity: g.checked_mul(m.factor).unwrap_or(g),
        hedge: Some(hedge.unwrap_or(Hedge::Range)),
        time: None,
        negative: false,
    }
}

/// A vague amount with four ends.
pub(super) fn vague(kind: Kind, ends: [Decimal; 4], m: &Measure) -> Quantity {
    Quantity {
        kind,
        point: None,
        unit: m.code.clone(),
        base_unit: m.base.clone(),
        literal: to_base(Interval::closed(ends[0], ends[1]), m),
        reader: to_base(Interval::closed(ends[2], ends[3]), m),
        granularity: ends[0].checked_mul(m.factor).unwrap_or(ends[0]),
        hedge: Some(Hedge::Vague),
        time: None,
        negative: false,
    }
}

/// A date, period or clock time.
pub(super) fn time(kind: Kind, value: TimeValue, hedge: Option<Hedge>) -> Quantity {
    Quantity {
        kind,
        point: None,
        unit: None,
        base_unit: None,
        literal: Interval::default(),
        reader: Interval::default(),
        granularity: Decimal::ZERO,
        hedge,
        time: Some(value),
        negative: false,
    }
}
