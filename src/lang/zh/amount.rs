//! From what was written to a set of values: hedges, rounding and units (semantics §1). Enters: a numeral, its unit, its hedge.
//! Leaves: a [`Quantity`]. Knows nothing of text.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::numerals::Shape;
use super::words::{Slack, Unit, UnitKind};
use crate::model::{Hedge, Kind, Quantity};
use crate::quantity::{Bound, Interval, rounding_slack, unit_info};

/// What was written, in its own unit.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    pub value: Decimal,
    pub place: Decimal,
    pub granularity: Decimal,
    pub shape: Shape,
    pub hedge: Option<Hedge>,
    /// `多` after the unit: within one unit more.
    pub odd_unit: bool,
    /// The second end of a range.
    pub to: Option<Decimal>,
    pub negative: bool,
    pub kind: Kind,
    /// Output unit.
    pub unit: Option<Cow<'static, str>>,
    /// How many of the output unit one written unit is.
    pub times: Decimal,
}

impl Amount {
    /// The kind that a unit gives.
    pub fn kind_of(unit: &Unit) -> Kind {
        match unit.kind {
            UnitKind::Classifier | UnitKind::Noun | UnitKind::Count => Kind::Count,
            UnitKind::Measure => Kind::Measure,
            UnitKind::Temperature => Kind::Temperature,
            UnitKind::Time => Kind::Duration,
            UnitKind::Age => Kind::Age,
            UnitKind::Share => Kind::Percentage,
            UnitKind::Points => Kind::PercentagePoints,
            UnitKind::Multiple => Kind::Multiple,
            UnitKind::Money => Kind::Money,
        }
    }

    /// The quantity; `None` where a number leaves the range of a decimal.
    pub fn quantity(self, slack: &Slack) -> Option<Quantity> {
        let value = self.value.checked_mul(self.times)?;
        let place = self.place.checked_mul(self.times)?;
        let granularity = self.granularity.checked_mul(self.times)?;
        let (literal, reader, hedge) = self.sets(value, place, granularity, slack)?;
        let info = self.unit.as_deref().and_then(unit_info);
        let (factor, offset, base) = match info {
            Some(u) => (u.factor, u.offset, Some(Cow::Borrowed(u.base))),
            None => (Decimal::ONE, Decimal::ZERO, self.unit.clone()),
        };
        let to_base = |set: Interval| -> Option<Interval> {
            // A third of an hour has no last digit: what division left over is no part of the value.
            let whole = |b: Option<Bound>| b.map(|b| Bound { value: b.value.round_dp(20), closed: b.closed });
            let set = if factor == Decimal::ONE {
                set
            } else {
                let set = set.scale(factor)?;
                Interval { low: whole(set.low), high: whole(set.high) }
            };
            if offset.is_zero() {
                return Some(set);
            }
            let add = |b: Option<Bound>| match b {
                Some(b) => b.value.checked_add(offset).map(|value| Some(Bound { value, closed: b.closed })),
                None => Some(None),
            };
            Some(Interval { low: add(set.low)?, high: add(set.high)? })
        };
        let has_point = self.to.is_none() && !matches!(self.shape, Shape::Neighbours(_) | Shape::Vague(..));
        Some(Quantity {
            kind: self.kind,
            point: has_point.then(|| value.normalize()),
            base_unit: base,
            unit: self.unit,
            literal: to_base(literal)?,
            reader: to_base(reader)?,
            granularity: granularity.checked_mul(factor)?.normalize(),
            hedge,
            time: None,
            negative: self.negative,
        })
    }

    fn sets(&self, n: Decimal, place: Decimal, g: Decimal, s: &Slack) -> Option<(Interval, Interval, Option<Hedge>)> {
        let both = |set: Interval, hedge| Some((set, set, Some(hedge)));
        let unit = self.times;
        // Two ends.
        let ends = match (self.to, self.shape) {
            (Some(to), _) => Some((n, to.checked_mul(unit)?, true, n, Hedge::Range)),
            (_, Shape::Neighbours(to)) => Some((n, to.checked_mul(unit)?, true, n, Hedge::Neighbours)),
            (_, Shape::Vague(to, closed, reader)) => {
                Some((n, to.checked_mul(unit)?, closed, reader.checked_mul(unit)?, Hedge::Vague))
            }
            _ => None,
        };
        if let Some((low, high, closed, reader, kind)) = ends {
            let hedge = self.hedge.unwrap_or(kind);
            let (low, high) = if low <= high { (low, high) } else { (high, low) };
            let mut literal = Interval::new(Some((low, true)), Some((high, closed)));
            let read = Interval::new(Some((reader.max(low), true)), Some((high, closed)));
            match self.hedge {
                Some(Hedge::Over | Hedge::AtLeast) if kind != Hedge::Range => literal.high = None,
                _ => {}
            }
            return Some((literal, read, Some(hedge)));
        }
        // `多` within, `千余`.
        let inner = match self.shape {
            Shape::Odd => Some(Hedge::Odd),
            Shape::Order => Some(Hedge::Order),
            _ if self.odd_unit => Some(Hedge::Odd),
            _ => None,
        };
        let hedge = match (self.hedge, inner) {
            (Some(Hedge::About | Hedge::Odd) | None, Some(inner)) => Some(inner),
            (outer, _) => outer,
        };
        let Some(hedge) = hedge else {
            let slack = if s.bare == Decimal::new(5, 2) {
                rounding_slack(n, g)
            } else {
                rounding_slack(n, g).min(n.abs().checked_mul(s.bare)?)
            };
            if slack.is_zero() {
                let set = Interval::exactly(n);
                return Some((set, set, None));
            }
            let set = Interval::new(Some((n.checked_sub(slack)?, true)), Some((n.checked_add(slack)?, false)));
            return Some((set, set, None));
        };
        // 超过30页 may be 35: the place that a round figure is written in, though it is exact where nothing stands with it.
        let step = g.max(place).max(s.over_reader.checked_mul(n.abs())?);
        // A place finer than the share says nothing: `近40%` may be 38%, `不到40%` too.
        let near = n.checked_sub(g)?.min(n.checked_mul(s.near_literal)?);
        let below = n.checked_mul(s.under_reader)?;
        Some(match hedge {
            Hedge::Odd => {
                let by = if self.odd_unit && self.kind == Kind::Duration { unit.min(place.max(unit)) } else { place };
                return both(Interval::new(Some((n, false)), Some((n.checked_add(by)?, false))), Hedge::Odd);
            }
            Hedge::Order => {
                let literal = Interval::new(Some((n, true)), Some((n.checked_mul(Decimal::TEN)?, false)));
                let reader = Interval::new(Some((n, true)), Some((n.checked_mul(Decimal::TWO)?, false)));
                (literal, reader, Some(Hedge::Order))
            }
            h @ Hedge::Over => (
                Interval::new(Some((n, false)), None),
                Interval::new(Some((n, false)), Some((n.checked_add(step)?, true))),
                Some(h),
            ),
            h @ Hedge::AtLeast => (
                Interval::new(Some((n, true)), None),
                Interval::new(Some((n, true)), Some((n.checked_add(step)?, true))),
                Some(h),
            ),
            h @ Hedge::Nearly => {
                let reader = n.checked_mul(s.near_reader)?;
                (
                    Interval::new(Some((near, true)), Some((n, false))),
                    Interval::new(Some((reader, true)), Some((n, false))),
                    Some(h),
                )
            }
            h @ Hedge::Under => {
                (Interval::new(None, Some((n, false))), Interval::new(Some((below, true)), Some((n, false))), Some(h))
            }
            h @ Hedge::AtMost => {
                (Interval::new(None, Some((n, true))), Interval::new(Some((below, true)), Some((n, true))), Some(h))
            }
            h @ Hedge::About => {
                let least = if n.abs() < Decimal::TEN { place } else { Decimal::ZERO };
                let wide = s.about_literal.checked_mul(n.abs())?.max(least);
                let narrow = s.about_reader.checked_mul(n.abs())?.max(least);
                let around = |by: Decimal| Some(Interval::closed(n.checked_sub(by)?, n.checked_add(by)?));
                (around(wide)?, around(narrow)?, Some(h))
            }
            h @ (Hedge::Vague | Hedge::Neighbours | Hedge::Range) => {
                let set = Interval::exactly(n);
                (set, set, Some(h))
            }
        })
    }
}
