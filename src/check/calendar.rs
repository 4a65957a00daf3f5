//! Dates as written: year, month and day with the open ones left open. Enters: a claim's time. Leaves: its ends. Knows no language.

use jiff::civil::{Date, date};

use crate::model::Claim;
use crate::quantity::TimeValue;

/// A date as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Written {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl Written {
    /// Reads `2008-12-29`, `XXXX-12-29`, `2008-12`, `1999`; `None` for anything else.
    pub fn parse(timex: &str) -> Option<Self> {
        let day_part = timex.split('T').next().unwrap_or("");
        let mut parts = day_part.split('-');
        let year = parts.next()?;
        if year.len() != 4 {
            return None;
        }
        let year = if year.starts_with('X') { None } else { Some(year.parse().ok()?) };
        let number = |text: Option<&str>| -> Option<Option<i8>> {
            match text {
                None => Some(None),
                Some(t) if t.starts_with('X') => Some(None),
                Some(t) => t.parse().ok().map(Some),
            }
        };
        let month = number(parts.next())?;
        let day = number(parts.next())?;
        parts.next().is_none().then_some(Self { year, month, day })
    }

    /// Days in the month of this date; February has 29 where the year is open. `None` where there is no such month.
    pub fn month_length(self) -> Option<i8> {
        Some(match self.month? {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => {
                if self.year.is_none_or(|y| date(y, 1, 1).in_leap_year()) {
                    29
                } else {
                    28
                }
            }
            _ => return None,
        })
    }

    /// The first day it may mean, in the given year where its own is open.
    pub fn first(self, fallback: i16) -> Option<Date> {
        Date::new(self.year.unwrap_or(fallback), self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }
}

/// The two ends of a range as written.
pub(super) fn ends(time: &TimeValue) -> Option<(Written, Written)> {
    let (a, b) = time.timex.split_once('/')?;
    let (a, mut b) = (Written::parse(a)?, Written::parse(b)?);
    if b.year.is_none() {
        b.year = None;
    }
    Some((a, b))
}

/// The date of a claim as written, where it is one date.
pub(super) fn written(claim: &Claim) -> Option<Written> {
    let time = claim.quantity.time.as_ref()?;
    let parsed = Written::parse(&time.timex);
    match (parsed, time.month) {
        (Some(w), _) => Some(Written { month: w.month.or(time.month), day: w.day.or(time.day), ..w }),
        (None, Some(_)) => Some(Written { year: None, month: time.month, day: time.day }),
        (None, None) => None,
    }
}

/// The year of a claim that is a year, or a finer date within a known one.
pub(super) fn year(claim: &Claim) -> Option<i16> {
    let time = claim.quantity.time.as_ref()?;
    match (time.first, time.last) {
        (Some(a), Some(b)) if a.year() == b.year() => Some(a.year()),
        _ => Written::parse(&time.timex)?.year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_date_keeps_what_is_open_open() {
        let w = Written::parse("XXXX-02-30").unwrap();
        assert_eq!((w.year, w.month, w.day, w.month_length()), (None, Some(2), Some(30), Some(29)));
        assert_eq!(Written::parse("2023-02-29").unwrap().month_length(), Some(28));
        assert_eq!(Written::parse("2008-Q3"), None);
        assert_eq!(Written::parse("1999").unwrap().year, Some(1999));
    }
}
