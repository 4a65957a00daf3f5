//! From what was written to days: the year that a date leaves out, the interval, the TIMEX3 value. Enters: fields. Leaves: a time value.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Fields, Part, Reader, date, last_day, months_on, shift};
use crate::quantity::{Precision, TimeValue};

impl Reader<'_> {
    /// The year of a date that names none: of the date named just before, or the one that brings it nearest to the article's own.
    pub(super) fn with_year(&self, f: &Fields) -> Option<i32> {
        let month = f.month.unwrap_or(f.quarter.map_or(1, |q| q * 3 - 2));
        let day = f.day.unwrap_or(1);
        if let Some(last) = self.anchor.last
            && (self.anchor.same_sentence || self.anchor.near && last.month.is_some())
            && let Some(first) = last.first
            && last.precision != Precision::Era
        {
            let year = i32::from(first.year());
            let this = date(year, month, day.min(last_day(year, month)));
            let next = date(year + 1, month, day.min(last_day(year + 1, month)));
            if let (Some(this), Some(next), Some(today)) = (this, next, self.anchor.reference)
                && last.precision <= Precision::Month
                && this < first
                && shift(this, 270.days()).is_some_and(|d| d < first)
                && next <= today
            {
                return Some(year + 1);
            }
            return Some(year);
        }
        let today = self.anchor.reference?;
        let year = i32::from(today.year());
        let this = date(year, month, day.min(last_day(year, month)))?;
        Some(if shift(today, 200.days()).is_some_and(|far| this > far) { year - 1 } else { year })
    }

    /// The interval and TIMEX3 value of what was written.
    pub(super) fn resolve(&self, f: &Fields) -> TimeValue {
        let mut value = TimeValue {
            timex: String::new(),
            first: None,
            last: None,
            precision: f.precision.unwrap_or(Precision::Year),
            month: f.month,
            day: f.day,
            clock: None,
            weekday: f.weekday,
            relative: f.relative,
        };
        if let Some((a, b)) = f.days {
            value.first = Some(a);
            value.last = Some(b);
            value.precision = f.precision.unwrap_or(Precision::Range);
            if a == b {
                value.month = Some(a.month());
                value.day = Some(a.day());
                value.timex = a.to_string();
            } else if value.precision == Precision::Era && a.year() % 10 == 0 && b.year() - a.year() == 9 {
                value.timex = format!("{}", a.year() / 10);
            } else if value.precision == Precision::Week {
                let iso = a.iso_week_date();
                value.timex = format!("{}-W{:02}", iso.year(), iso.week());
                if a.weekday() == jiff::civil::Weekday::Saturday {
                    value.timex.push_str("-WE");
                }
            } else {
                value.timex = format!("{a}/{b}");
            }
            return value;
        }
        if f.open && f.year.is_none() && f.month.is_none() {
            value.timex = match (f.precision, f.weekday) {
                (_, Some(day)) => format!("XXXX-WXX-{day}"),
                (Some(Precision::Year), _) => "XXXX".to_owned(),
                (Some(Precision::Month), _) => "XXXX-XX".to_owned(),
                (Some(Precision::Week), _) => "XXXX-WXX".to_owned(),
                (Some(Precision::Quarter), _) => f.quarter.map_or("XXXX-QX".to_owned(), |q| format!("XXXX-Q{q}")),
                (Some(Precision::Half), _) => f.half.map_or("XXXX-HX".to_owned(), |h| format!("XXXX-H{h}")),
                _ => "XXXX-XX-XX".to_owned(),
            };
            if f.day.is_none() || f.month.is_none() {
                return value;
            }
        }
        let mut month = f.month;
        let mut inferred_year = None;
        if f.bare_day && month.is_none() {
            // The month of the date named just before, or the article's own, or the one before that.
            value.timex = format!("XXXX-XX-{:02}", f.day.unwrap_or(0));
            let day = f.day.unwrap_or(1);
            // A day leans on a day, wherever in the article that stood; on a month only in the same sentence.
            let near = self
                .anchor
                .last
                .filter(|l| {
                    l.month.is_some()
                        && (l.precision <= Precision::Day
                            || self.anchor.same_sentence && l.precision <= Precision::Month)
                })
                .and_then(|l| l.first);
            let near = near.filter(|d| self.anchor.near || self.anchor.reference.is_none_or(|r| r.year() == d.year()));
            let at = near.map(|d| (i32::from(d.year()), d.month())).or_else(|| {
                let today = self.anchor.reference?;
                Some(months_on(today, if day > today.day() { -1 } else { 0 }))
            });
            if let Some((y, m)) = at {
                if let Some(d) = date(y, m, day) {
                    value.first = Some(d);
                    value.last = Some(d);
                    value.month = Some(m);
                }
                value.precision = Precision::Day;
            }
            value.precision = Precision::Day;
            return value;
        }
        if f.year.is_none() && f.first_months.is_none() {
            inferred_year = self.with_year(f);
        } else if f.year.is_none() {
            inferred_year = self
                .anchor
                .last
                .filter(|_| self.anchor.same_sentence)
                .and_then(|l| l.first)
                .or(self.anchor.reference)
                .map(|d| i32::from(d.year()));
        }
        let year = f.year.or(inferred_year);
        let shown = f.year.map_or("XXXX".to_owned(), |y| format!("{y:04}"));
        let span = |y: i32| -> Option<(Date, Date)> {
            if let Some(n) = f.first_months {
                return Some((date(y, 1, 1)?, date(y, n, last_day(y, n))?));
            }
            if let Some(week) = f.week {
                let start = match f.month {
                    Some(m) => date(y, m, 1)?,
                    None => date(y, 1, 1)?,
                };
                if let Some(weekday) = f.weekday {
                    let by = (i64::from(weekday) - i64::from(start.weekday().to_monday_one_offset())).rem_euclid(7)
                        + (i64::from(week) - 1) * 7;
                    let d = shift(start, by.days())?;
                    return Some((d, d));
                }
                // Weeks begin on Monday; the first of a year or month is the one with its first Monday.
                let to_monday = (8 - i64::from(start.weekday().to_monday_one_offset())) % 7;
                let first = shift(start, (to_monday + (i64::from(week) - 1) * 7).days())?;
                return Some((first, shift(first, 6.days())?));
            }
            if let Some(q) = f.quarter {
                let (a, b) = (q * 3 - 2, q * 3);
                let (a, b) = match f.part {
                    Some(Part::Begin) => (a, a),
                    Some(Part::End) => (b, b),
                    _ => (a, b),
                };
                return Some((date(y, a, 1)?, date(y, b, last_day(y, b))?));
            }
            if let Some(h) = f.half {
                let (a, b) = if h == 1 { (1, 6) } else { (7, 12) };
                return Some((date(y, a, 1)?, date(y, b, last_day(y, b))?));
            }
            if let Some(s) = f.season {
                let a = s * 3;
                if s == 4 {
                    return Some((date(y, 12, 1)?, date(y + 1, 2, last_day(y + 1, 2))?));
                }
                return Some((date(y, a, 1)?, date(y, a + 2, last_day(y, a + 2))?));
            }
            if let Some(m) = month {
                if let Some(d) = f.day {
                    let d = date(y, m, d)?;
                    return Some((d, d));
                }
                let end = last_day(y, m);
                let (a, b) = match (f.ten, f.part) {
                    (Some(1), _) => (1, 10),
                    (Some(2), _) => (11, 20),
                    (Some(3), _) => (21, end),
                    (_, Some(Part::Begin)) => (1, 5),
                    (_, Some(Part::Middle)) => (10, 20),
                    (_, Some(Part::End)) => (25, end),
                    _ => (1, end),
                };
                return Some((date(y, m, a)?, date(y, m, b)?));
            }
            let (a, b) = match f.part {
                Some(Part::Begin) => (1, 2),
                Some(Part::Middle) => (6, 7),
                Some(Part::End) => (11, 12),
                None => (1, 12),
            };
            Some((date(y, a, 1)?, date(y, b, last_day(y, b))?))
        };
        if let Some(y) = year
            && !(f.open && f.year.is_none())
            && let Some((a, b)) = span(y)
        {
            value.first = Some(a);
            value.last = Some(b);
        }
        if f.month.is_some() && f.day.is_some() && f.precision.is_none() {
            value.precision = Precision::Day;
        } else if f.month.is_some() && f.precision.is_none() {
            value.precision = Precision::Month;
        }
        if inferred_year.is_some() {
            value.relative = true;
        }
        if month.is_none() && f.week.is_some() {
            month = None;
        }
        value.timex = match (month, f.day) {
            (Some(m), Some(d)) => format!("{shown}-{m:02}-{d:02}"),
            (Some(m), None) => {
                let tail = match (f.ten, f.part, f.week) {
                    (Some(1), ..) | (_, Some(Part::Begin), _) => "-STR".to_owned(),
                    (Some(2), ..) | (_, Some(Part::Middle), _) => "-MID".to_owned(),
                    (Some(_), ..) | (_, Some(Part::End), _) => "-FIN".to_owned(),
                    (_, _, Some(w)) => format!("-W{w:02}"),
                    _ => String::new(),
                };
                format!("{shown}-{m:02}{tail}")
            }
            (None, _) => {
                let tail = if let Some(n) = f.first_months {
                    format!("-01/{shown}-{n:02}")
                } else if let Some(q) = f.quarter {
                    format!("-Q{q}")
                } else if let Some(h) = f.half {
                    format!("-H{h}")
                } else if let Some(s) = f.season {
                    ["-SP", "-SU", "-FA", "-WI"][(s - 1).clamp(0, 3) as usize].to_owned()
                } else if let Some(w) = f.week {
                    format!("-W{w:02}")
                } else {
                    match f.part {
                        Some(Part::Begin) => "-STR".to_owned(),
                        Some(Part::Middle) => "-MID".to_owned(),
                        Some(Part::End) => "-FIN".to_owned(),
                        None => String::new(),
                    }
                };
                format!("{shown}{tail}")
            }
        };
        value
    }
}
