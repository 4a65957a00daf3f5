//! Intervals of exact decimals, each end open, closed or without bound.

use rust_decimal::Decimal;

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bound {
    /// The value at the end.
    pub value: Decimal,
    /// Whether the value itself belongs to the set.
    pub closed: bool,
}

/// A set of values between two ends; `None` is no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Interval {
    /// Lower end.
    pub low: Option<Bound>,
    /// Upper end.
    pub high: Option<Bound>,
}

impl Interval {
    /// `{value}`.
    pub const fn exactly(value: Decimal) -> Self {
        Self::new(Some((value, true)), Some((value, true)))
    }

    /// An interval from `(value, closed)` ends.
    pub const fn new(low: Option<(Decimal, bool)>, high: Option<(Decimal, bool)>) -> Self {
        const fn bound(end: Option<(Decimal, bool)>) -> Option<Bound> {
            match end {
                Some((value, closed)) => Some(Bound { value, closed }),
                None => None,
            }
        }
        Self { low: bound(low), high: bound(high) }
    }

    /// `[low, high]`.
    pub const fn closed(low: Decimal, high: Decimal) -> Self {
        Self::new(Some((low, true)), Some((high, true)))
    }

    /// Whether `value` belongs to the set.
    pub fn contains(&self, value: Decimal) -> bool {
        self.meets(&Self::exactly(value))
    }

    /// Whether the two sets share a value.
    ///
    /// ```
    /// use factlint::quantity::{Decimal, Interval};
    /// let n = |v: i64| Decimal::from(v);
    /// let over_4000 = Interval::new(Some((n(4000), false)), Some((n(5000), false))); // 4000多
    /// assert!(!over_4000.meets(&Interval::exactly(n(4000))));
    /// assert!(over_4000.meets(&Interval::exactly(n(4356))));
    /// ```
    pub fn meets(&self, other: &Self) -> bool {
        fn reaches(low: Option<Bound>, high: Option<Bound>) -> bool {
            match (low, high) {
                (Some(l), Some(h)) => l.value < h.value || (l.value == h.value && l.closed && h.closed),
                _ => true,
            }
        }
        reaches(self.low, other.high) && reaches(other.low, self.high)
    }

    /// The part both share; `None` where they do not meet.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        if !self.meets(other) {
            return None;
        }
        let low = match (self.low, other.low) {
            (Some(a), Some(b)) if a.value == b.value => Some(Bound { value: a.value, closed: a.closed && b.closed }),
            (Some(a), Some(b)) => Some(if a.value > b.value { a } else { b }),
            (a, b) => a.or(b),
        };
        let high = match (self.high, other.high) {
            (Some(a), Some(b)) if a.value == b.value => Some(Bound { value: a.value, closed: a.closed && b.closed }),
            (Some(a), Some(b)) => Some(if a.value < b.value { a } else { b }),
            (a, b) => a.or(b),
        };
        Some(Self { low, high })
    }

    /// The set with every value multiplied by `factor` (above zero); `None` where a value leaves the range of a decimal.
    pub fn scale(&self, factor: Decimal) -> Option<Self> {
        let times = |b: Option<Bound>| match b {
            Some(b) => b.value.checked_mul(factor).map(|value| Some(Bound { value, closed: b.closed })),
            None => Some(None),
        };
        Some(Self { low: times(self.low)?, high: times(self.high)? })
    }

    /// The one value of the set, where it holds just one.
    pub fn single(&self) -> Option<Decimal> {
        match (self.low, self.high) {
            (Some(l), Some(h)) if l.value == h.value => Some(l.value),
            _ => None,
        }
    }

    /// The set widened by `slack` on both sides.
    #[must_use]
    pub fn widen(&self, slack: Decimal) -> Self {
        let low = self.low.and_then(|b| Some(Bound { value: b.value.checked_sub(slack)?, closed: b.closed }));
        let high = self.high.and_then(|b| Some(Bound { value: b.value.checked_add(slack)?, closed: b.closed }));
        Self { low, high }
    }
}
