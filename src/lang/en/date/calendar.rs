//! Days, months, quarters and weeks as values of time. Enters: numbers. Leaves: values. Knows no text.

use crate::quantity::{Precision, TimeValue};
use jiff::Span as Stretch;
use jiff::ToSpan;
use jiff::civil::Date;

pub(in crate::lang::en) fn month_end(first: Date) -> Date {
    first.last_of_month()
}

pub(in crate::lang::en) fn day(y: i16, m: i8, d: i8) -> Option<Date> {
    Date::new(y, m, d).ok()
}

pub(in crate::lang::en) fn plus(d: Date, by: Stretch) -> Option<Date> {
    d.checked_add(by).ok()
}

pub(in crate::lang::en) fn monday(d: Date) -> Option<Date> {
    plus(d, -(i64::from(d.weekday().to_monday_zero_offset())).days())
}

pub(in crate::lang::en) fn value(
    timex: String,
    first: Option<Date>,
    last: Option<Date>,
    precision: Precision,
) -> TimeValue {
    TimeValue { timex, first, last, precision, month: None, day: None, clock: None, weekday: None, relative: false }
}

pub(in crate::lang::en) fn year_value(y: i16) -> TimeValue {
    value(format!("{y:04}"), day(y, 1, 1), day(y, 12, 31), Precision::Year)
}

/// Quarter `q` of a year, or of no year.
pub(in crate::lang::en) fn quarter_value(y: Option<i16>, q: i8) -> TimeValue {
    let first = y.and_then(|y| day(y, q * 3 - 2, 1));
    let last = y.and_then(|y| day(y, q * 3, 1)).map(month_end);
    let timex = y.map_or_else(|| format!("XXXX-Q{q}"), |y| format!("{y:04}-Q{q}"));
    value(timex, first, last, Precision::Quarter)
}

pub(in crate::lang::en) fn half_value(y: Option<i16>, h: i8) -> TimeValue {
    let first = y.and_then(|y| day(y, h * 6 - 5, 1));
    let last = y.and_then(|y| day(y, h * 6, 1)).map(month_end);
    let timex = y.map_or_else(|| format!("XXXX-H{h}"), |y| format!("{y:04}-H{h}"));
    value(timex, first, last, Precision::Half)
}

pub(in crate::lang::en) fn month_value(y: i16, m: i8) -> TimeValue {
    let first = day(y, m, 1);
    let mut v = value(format!("{y:04}-{m:02}"), first, first.map(month_end), Precision::Month);
    v.month = Some(m);
    v
}

pub(in crate::lang::en) fn day_value(d: Date) -> TimeValue {
    let mut v = value(d.to_string(), Some(d), Some(d), Precision::Day);
    (v.month, v.day) = (Some(d.month()), Some(d.day()));
    v
}

pub(in crate::lang::en) fn week_value(monday: Date) -> TimeValue {
    let iso = monday.iso_week_date();
    value(format!("{:04}-W{:02}", iso.year(), iso.week()), Some(monday), plus(monday, 6.days()), Precision::Week)
}

pub(in crate::lang::en) fn relative(mut v: TimeValue) -> TimeValue {
    v.relative = true;
    v
}

pub(in crate::lang::en) const fn period_precision(code: &str, times: i64) -> Precision {
    match (code.as_bytes(), times) {
        (b"a", 1) => Precision::Year,
        (b"a", _) => Precision::Era,
        (b"mo", 3) => Precision::Quarter,
        (b"mo", _) => Precision::Month,
        _ => Precision::Week,
    }
}

/// `day` moved by `n` units of time.
pub(in crate::lang::en) fn step(day: Date, n: i64, code: &str) -> Option<Date> {
    if n.abs() > 5000 {
        return None;
    }
    match code {
        "a" => plus(day, n.years()),
        "mo" => plus(day, n.months()),
        "wk" => plus(day, (7 * n).days()),
        _ => plus(day, n.days()),
    }
}

pub(in crate::lang::en) const fn year_floor(y: i16, by: i16) -> i16 {
    y - y.rem_euclid(by)
}

/// `74` → 1974, `15` → 2015.
pub(in crate::lang::en) const fn two_digit(y: i16) -> i16 {
    if y < 50 { 2000 + y } else { 1900 + y }
}
