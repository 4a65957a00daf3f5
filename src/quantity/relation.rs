//! How two sets of values stand to each other. Enters: the sets of two figures in one base unit. Leaves: a [`Relation`]. Knows no
//! words, no scope: whether the two speak of one thing is decided elsewhere.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Interval, Precision, TimeValue};

/// The relation of two sets of values (semantics.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The same value, or sets that both the strict and the ordinary reading let meet.
    Agree,
    /// One is the other, rounded, and neither says so.
    Rounding,
    /// The strict readings meet, the ordinary ones do not.
    Tension,
    /// No value is in both.
    Disjoint,
    /// Not to be compared: the two leave open what would decide.
    Unknown,
}

/// The set of values of one figure.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// Strict reading.
    pub literal: &'a Interval,
    /// Ordinary reading.
    pub reader: &'a Interval,
    /// Value as written, in the base unit.
    pub point: Option<Decimal>,
    /// Last significant place as written, in the base unit.
    pub granularity: Decimal,
    /// Whether a hedge stands with it.
    pub hedged: bool,
}

fn rounds_to(exact: Decimal, rounded: Decimal, place: Decimal) -> bool {
    // Nobody rounds 12 to 10, whatever place its last digit holds.
    let far = (exact - rounded).abs().checked_mul(Decimal::from(8)).is_none_or(|d| d > rounded.abs());
    if place <= Decimal::ZERO || place > rounded.abs() || far {
        return false;
    }
    let Some(steps) = exact.checked_div(place) else { return false };
    let near = steps.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    // `252.58万` cut to `252.5万`: of three digits and more the last may be cut and not rounded.
    let cut = steps.trunc();
    let digits = rounded.checked_div(place).is_some_and(|d| d.abs() >= Decimal::ONE_HUNDRED);
    [Some(near), digits.then_some(cut)].into_iter().flatten().any(|s| s.checked_mul(place) == Some(rounded))
}

/// The relation of two figures in one base unit.
///
/// ```
/// use factlint::quantity::{Decimal, Interval, Relation, Values, relate};
/// let n = |v: i64| Decimal::from(v);
/// let open = |a, b| Interval::new(Some((n(a), false)), Some((n(b), false)));
/// let (x, y) = (open(4000, 5000), open(5000, 6000)); // 4000多家, 5000多家
/// let of = |i| Values { literal: i, reader: i, point: None, granularity: n(1000), hedged: true };
/// assert_eq!(relate(&of(&x), &of(&y)), Relation::Disjoint);
/// ```
pub fn relate(a: &Values<'_>, b: &Values<'_>) -> Relation {
    if let (Some(x), Some(y), false, false) = (a.point, b.point, a.hedged, b.hedged)
        && x == y
    {
        return Relation::Agree;
    }
    if a.literal.meets(b.literal) {
        if !a.reader.meets(b.reader) {
            return Relation::Tension;
        }
        return if !a.hedged && !b.hedged && a.point.is_some() && b.point.is_some() {
            Relation::Rounding
        } else {
            Relation::Agree
        };
    }
    // `20多天` and `20天`: one of the two leaves the hedge out.
    let bared = |x: &Values<'_>, y: &Values<'_>| x.hedged && !y.hedged && x.point.is_some() && x.point == y.point;
    if bared(a, b) || bared(b, a) {
        return Relation::Rounding;
    }
    let rounded = match (a.point, b.point) {
        (Some(x), Some(y)) if !a.hedged && !b.hedged => {
            rounds_to(x, y, b.granularity) && b.granularity > a.granularity
                || rounds_to(y, x, a.granularity) && a.granularity > b.granularity
        }
        _ => false,
    };
    if rounded { Relation::Rounding } else { Relation::Disjoint }
}

/// The relation of two dates or periods, or of two clock times (`clock` says which).
pub fn relate_times(a: &TimeValue, b: &TimeValue, clock: bool) -> Relation {
    if clock {
        return match (a.clock, b.clock) {
            (Some(x), Some(y)) => relate_clocks(x, y),
            _ => Relation::Unknown,
        };
    }
    // What the text left out was worked out from the dates around it: `18日` in one article and `9月18日` in another are one day.
    if let (Some(x), Some(y)) = (a.written_day(), b.written_day())
        && x.day == y.day
        && (x.month.is_none() || y.month.is_none() || x.month == y.month)
        && (x.year.is_none() || y.year.is_none() || x.year == y.year)
    {
        return Relation::Agree;
    }
    if let (Some((p, q)), Some((r, t))) = (a.written_ends(), b.written_ends()) {
        let apart = |x: &str, y: &str| !x.starts_with(y) && !y.starts_with(x);
        return if apart(p, r) || apart(q, t) { Relation::Disjoint } else { Relation::Agree };
    }
    // `since 1958` and `since 1985` run on into each other and begin at two times.
    if let (Some(p), Some(q)) = (a.written_start(), b.written_start()) {
        return if p.starts_with(q) || q.starts_with(p) { Relation::Agree } else { Relation::Disjoint };
    }
    if (a.year_guessed() || b.year_guessed()) && a.meets_in_some_year(b) {
        return Relation::Agree;
    }
    if a.resolved() && b.resolved() {
        return if a.may_meet(b) { Relation::Agree } else { Relation::Disjoint };
    }
    if a.precision == Precision::Range || b.precision == Precision::Range {
        return if a.may_meet(b) { Relation::Unknown } else { Relation::Disjoint };
    }
    let (am, bm) =
        (a.month.or(a.first.map(jiff::civil::Date::month)), b.month.or(b.first.map(jiff::civil::Date::month)));
    match (am, bm, a.day, b.day) {
        (Some(m), Some(n), _, _) if m != n => Relation::Disjoint,
        (Some(_), Some(_), Some(x), Some(y)) if x != y => Relation::Disjoint,
        (Some(_), Some(_), _, _) => {
            if a.may_meet(b) {
                Relation::Agree
            } else {
                Relation::Disjoint
            }
        }
        // A day without a month compares by the day alone.
        (_, _, Some(x), Some(y)) => {
            if x == y {
                Relation::Agree
            } else {
                Relation::Disjoint
            }
        }
        _ => Relation::Unknown,
    }
}

/// Half a day in minutes.
const HALF: u16 = 720;

/// How far a clock time may be rounded, in minutes: a full or half hour stands for five minutes about it, tens for three, fives for two.
const fn clock_slack(minute: u16) -> u16 {
    match minute % 60 {
        0 | 30 => 5,
        10 | 20 | 40 | 50 => 3,
        m if m % 5 == 0 => 2,
        _ => 0,
    }
}

/// Two spans of minutes of a day; a time up to noon may be a 12-hour reading of one after noon.
fn relate_clocks(a: (u16, u16), b: (u16, u16)) -> Relation {
    let meet = |x: (u16, u16), y: (u16, u16)| x.0 <= y.1 && y.0 <= x.1;
    let shift = |x: (u16, u16)| (x.0.saturating_add(HALF), x.1.saturating_add(HALF));
    let back = |x: (u16, u16)| (x.0 % 1440, if x.1 >= 1440 { x.1 % 1440 } else { x.1 });
    let (a2, b2) = (back(a), back(b));
    if meet(a, b) || meet(a2, b2) || (a.1 < HALF && meet(shift(a), b)) || (b.1 < HALF && meet(a, shift(b))) {
        return Relation::Agree;
    }
    // `2时` and `2时2分`: the rounder of the two minutes holds the other.
    let exact = a.0 == a.1 && b.0 == b.1;
    let apart = a2.0.abs_diff(b2.0);
    let apart = apart.min(1440 - apart).min((apart % HALF).min(HALF - apart % HALF));
    let (s, t) = (clock_slack(a.0), clock_slack(b.0));
    if exact && s != t && apart <= s.max(t) { Relation::Rounding } else { Relation::Disjoint }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn d(s: &str) -> Decimal {
        Decimal::from_str(s).unwrap()
    }

    fn bare(point: &str, place: &str, slack: &str) -> (Interval, Decimal, Decimal) {
        (Interval::exactly(d(point)).widen(d(slack)), d(point), d(place))
    }

    fn relation(a: (Interval, Decimal, Decimal), b: (Interval, Decimal, Decimal)) -> Relation {
        let of = |x: &(Interval, Decimal, Decimal)| Some((x.1, x.2));
        let (pa, pb) = (of(&a), of(&b));
        relate(
            &Values { literal: &a.0, reader: &a.0, point: pa.map(|p| p.0), granularity: a.2, hedged: false },
            &Values { literal: &b.0, reader: &b.0, point: pb.map(|p| p.0), granularity: b.2, hedged: false },
        )
    }

    #[test]
    fn a_rounded_figure_is_no_contradiction() {
        // 5000家 and 4980家; 8152.7万亩 and 8150万亩; 31.6 and 32.
        assert_eq!(relation(bare("5000", "1000", "250"), bare("4980", "10", "5")), Relation::Rounding);
        assert_eq!(relation(bare("81527000", "1000", "500"), bare("81500000", "100000", "50000")), Relation::Rounding);
        assert_eq!(relation(bare("31.6", "0.1", "0.05"), bare("32", "1", "0")), Relation::Rounding);
        assert_eq!(relation(bare("1.26", "0.01", "0.005"), bare("1.62", "0.01", "0.005")), Relation::Disjoint);
        assert_eq!(relation(bare("19", "1", "0"), bare("17", "1", "0")), Relation::Disjoint);
    }

    #[test]
    fn twelve_and_twenty_four_hour_clocks_meet() {
        assert_eq!(relate_clocks((300, 300), (1020, 1020)), Relation::Agree); // 5时, 17时
        assert_eq!(relate_clocks((870, 870), (570, 570)), Relation::Disjoint); // 14:30, 9:30
    }
}
