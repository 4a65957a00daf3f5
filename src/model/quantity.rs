//! Mentions: a quantity where it stands, before anything is known of what it counts.

use std::borrow::Cow;

use crate::quantity::{Decimal, Interval, Relation, TimeValue, Values, relate, relate_times, unit_info};
use crate::text::{Plain, Span};

/// The kind of a quantity (contract names).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    Count,
    Percentage,
    PercentagePoints,
    Money,
    Measure,
    Ratio,
    Multiple,
    Fraction,
    Ordinal,
    Date,
    DateRange,
    Time,
    Duration,
    Age,
    Temperature,
    Number,
}

impl Kind {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percentage => "percentage",
            Self::PercentagePoints => "percentage_points",
            Self::Money => "money",
            Self::Measure => "measure",
            Self::Ratio => "ratio",
            Self::Multiple => "multiple",
            Self::Fraction => "fraction",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::DateRange => "date_range",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Age => "age",
            Self::Temperature => "temperature",
            Self::Number => "number",
        }
    }

    /// Whether it is a date, period or clock time, compared as time and not as an amount.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::DateRange | Self::Time)
    }
}

/// What a hedge does to a figure (semantics.md §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hedge {
    /// `超` `逾` `突破` `more than`.
    Over,
    /// `多` `余` `来` `几` after the numeral: within the last place.
    Odd,
    /// `以上` `至少` `at least`.
    AtLeast,
    /// `近` `nearly`.
    Nearly,
    /// `不到` `不足` `under`.
    Under,
    /// `不超过` `以内` `up to`.
    AtMost,
    /// `约` `左右` `about`.
    About,
    /// `数千` `几十` `several`.
    Vague,
    /// `上千` `上万` `千余`.
    Order,
    /// `三四家` `七八十`.
    Neighbours,
    /// `3—5家`: two ends as written.
    Range,
}

impl Hedge {
    /// Its name in `value.hedge`; a plain range is no hedge.
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Over | Self::Odd => "over",
            Self::AtLeast => "at-least",
            Self::Nearly => "nearly",
            Self::Under => "under",
            Self::AtMost => "at-most",
            Self::About => "about",
            Self::Vague | Self::Order => "vague",
            Self::Neighbours => "range",
            Self::Range => return None,
        })
    }
}

/// A set of values with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// What it is.
    pub kind: Kind,
    /// The value as written, scale words applied, in `unit`; `None` for dates and for ranges without one value.
    pub point: Option<Decimal>,
    /// UCUM-like code, ISO 4217 code, or the classifier itself; `None` where there is none.
    pub unit: Option<Cow<'static, str>>,
    /// The unit of the intervals.
    pub base_unit: Option<Cow<'static, str>>,
    /// What the words allow when taken strictly, in `base_unit`. For dates both intervals are unbounded and `time` speaks.
    pub literal: Interval,
    /// What an ordinary reader takes away, in `base_unit`; never wider than `literal`.
    pub reader: Interval,
    /// Place of the last significant digit as written, in `base_unit`; zero for exact ones and dates.
    pub granularity: Decimal,
    /// The hedge, where there is one.
    pub hedge: Option<Hedge>,
    /// The date, period or clock time, for those kinds.
    pub time: Option<TimeValue>,
    /// `true` for a fall written in words (`下降5%`) or a minus sign that `point` does not carry.
    pub negative: bool,
}

impl Quantity {
    /// Whether the two stand under one hedge with another number: `约180个` and `约198个`. Their sets may meet, and yet who copies one
    /// writes the number that stands there.
    pub fn misquotes(&self, other: &Self) -> bool {
        match (self.point, other.point) {
            (Some(p), Some(q)) if self.unit == other.unit => {
                p != q && self.hedge.is_some() && self.hedge == other.hedge && self.kind == other.kind
            }
            _ => false,
        }
    }

    /// How the values of two quantities stand to each other; [`Relation::Unknown`] where their kinds or base units do not compare.
    ///
    /// Months and years compare with each other as 1 to 12, and with days within 3 %, the nominal lengths being 30 and 365 days.
    pub fn relate(&self, other: &Self) -> Relation {
        if self.kind.is_time() || other.kind.is_time() {
            let clock = self.kind == Kind::Time;
            return match (&self.time, &other.time) {
                (Some(a), Some(b)) if clock == (other.kind == Kind::Time) => relate_times(a, b, clock),
                _ => Relation::Unknown,
            };
        }
        // 四分之三 and 75%.
        if (self.kind == Kind::Fraction) != (other.kind == Kind::Fraction) {
            let share = |q: &Self| {
                let mut q = q.clone();
                if q.kind == Kind::Fraction {
                    let times = |i: &Interval| i.scale(Decimal::ONE_HUNDRED).unwrap_or(*i);
                    (q.literal, q.reader, q.kind) = (times(&q.literal), times(&q.reader), Kind::Percentage);
                    q.point = q.point.and_then(|p| p.checked_mul(Decimal::ONE_HUNDRED));
                }
                q
            };
            return share(self).relate(&share(other));
        }
        if self.negative != other.negative {
            return Relation::Disjoint;
        }
        let point = |q: &Self| {
            let unit = q.unit.as_deref().and_then(unit_info);
            let factor = match (unit, q.base_unit.as_deref()) {
                (Some(u), Some(base)) if u.base == base => u.factor,
                _ => Decimal::ONE,
            };
            q.point.and_then(|p| p.checked_mul(factor))
        };
        let calendar = |q: &Self| matches!(q.unit.as_deref(), Some("a" | "mo"));
        let (mut literals, mut readers) = ((self.literal, other.literal), (self.reader, other.reader));
        let mut points = (point(self), point(other));
        if self.kind == Kind::Duration && calendar(self) != calendar(other) {
            let slack = |i: &Interval| i.high.or(i.low).map_or(Decimal::ZERO, |b| b.value.abs() * Decimal::new(3, 2));
            let most = slack(&literals.0).max(slack(&literals.1));
            literals = (literals.0.widen(most), literals.1);
            readers = (readers.0.widen(most), readers.1);
        } else if self.kind == Kind::Duration && self.unit != other.unit {
            // 365-day years to twelve 30-day months.
            let scale = |q: &Self, i: Interval| {
                if q.unit.as_deref() == Some("a") {
                    i.scale(Decimal::from(360)).and_then(|i| i.scale(Decimal::ONE / Decimal::from(365))).unwrap_or(i)
                } else {
                    i
                }
            };
            let near = Decimal::from(3600);
            literals = (scale(self, literals.0).widen(near), scale(other, literals.1));
            readers = (scale(self, readers.0).widen(near), scale(other, readers.1));
            points = (None, None);
        }
        // `5岁` holds from the fifth birthday to the sixth, and so `5岁11个月` too; `8岁` may be 7岁9个月 rounded.
        if self.kind == Kind::Age {
            let whole = |q: &Self| q.hedge.is_none() && q.point.is_some_and(|p| p.fract().is_zero());
            let year = |q: &Self, i: Interval| match (whole(q), q.point) {
                (true, Some(p)) => Interval::new(Some((p - Decimal::new(5, 1), true)), Some((p + Decimal::ONE, false))),
                _ => i,
            };
            if whole(self) != whole(other) {
                literals = (year(self, literals.0), year(other, literals.1));
                readers = (year(self, readers.0), year(other, readers.1));
                points = (None, None);
            }
        }
        // Two ranges that share one end and not the other: `两年六个月至两年十个月` and `两年六个月至两年八个月`.
        if self.hedge == Some(Hedge::Range) && other.hedge == Some(Hedge::Range) {
            let (a, b) = (literals.0, literals.1);
            if (a.low == b.low) != (a.high == b.high)
                && a.low.is_some()
                && a.high.is_some()
                && b.low.is_some()
                && b.high.is_some()
            {
                return Relation::Disjoint;
            }
        }
        let values = |literal, reader, point, q: &Self| Values {
            literal,
            reader,
            point,
            granularity: q.granularity,
            hedged: q.hedge.is_some_and(|h| h != Hedge::Range),
        };
        relate(&values(&literals.0, &readers.0, points.0, self), &values(&literals.1, &readers.1, points.1, other))
    }
}

/// A quantity in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// From the first character of the figure or its leading hedge to the last of its unit or trailing hedge.
    pub span: Span<Plain>,
    /// The numeral alone, without hedge and unit.
    pub numeral: Span<Plain>,
    /// The unit or classifier as written, where there is one.
    pub unit_span: Option<Span<Plain>>,
    /// What it amounts to.
    pub quantity: Quantity,
}
