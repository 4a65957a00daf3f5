//! Points and stretches of time as intervals of days, with the parts that a text left open.

use jiff::civil::Date;

/// How fine a time expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A clock time to the minute (or second).
    Minute,
    /// A clock time to the hour.
    Hour,
    /// Morning, afternoon, night.
    PartOfDay,
    /// A day.
    Day,
    /// A week or a weekend.
    Week,
    /// Ten days: 上旬, 中旬, 下旬.
    TenDays,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A half year.
    Half,
    /// A year, calendar or fiscal.
    Year,
    /// A decade, a century, a five-year plan.
    Era,
    /// A range with ends of its own.
    Range,
}

/// A date, period or clock time as an interval.
///
/// `first` and `last` are the first and last day, both inclusive, `None` where open (`2008年以来`) or not resolved
/// (a month-and-day whose year nobody gave; then `month` and `day` still hold what was written).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TimeValue {
    /// TIMEX3 value: `1999`, `2008-Q3`, `2008-12-29`, `XXXX-12-29`, `T14:30`, `2008-12-29T14:30`.
    pub timex: String,
    /// First day.
    pub first: Option<Date>,
    /// Last day.
    pub last: Option<Date>,
    /// How fine it is.
    pub precision: Precision,
    /// Month as written, 1–12, for expressions at month precision or finer.
    pub month: Option<i8>,
    /// Day of the month as written.
    pub day: Option<i8>,
    /// Clock time: first and last minute of the day it may mean (`14时30分许` → 860..=880), 0–1439; a night past midnight may pass 1439.
    pub clock: Option<(u16, u16)>,
    /// Day of the week where the text names one beside the date or as the date: 1 = Monday … 7 = Sunday.
    pub weekday: Option<i8>,
    /// Whether it was counted from the article's own date (`去年`, `昨日`) or from another date in the text.
    pub relative: bool,
}

/// The parts of a day that its text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDay {
    /// The year, where written.
    pub year: Option<i16>,
    /// The month, where written.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: i8,
}

impl TimeValue {
    /// What the text itself names of a day, from the TIMEX3 value: of `18日` (`XXXX-XX-18`) only the day. `None` for anything but a day.
    pub fn written_day(&self) -> Option<WrittenDay> {
        let date = self.timex.split('T').next().unwrap_or("");
        let mut parts = date.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let day = day.parse().ok().filter(|d| (1..=31).contains(d))?;
        Some(WrittenDay { year: year.parse().ok(), month: month.parse().ok(), day })
    }

    /// The first and the last month of a period of an unknown year: of `第三季度` (`XXXX-Q3`) July and September.
    fn written_months(&self) -> Option<(u8, u8)> {
        let month =
            |end: &str| end.strip_prefix("XXXX-")?.get(..2)?.parse::<u8>().ok().filter(|m| (1..=12).contains(m));
        if let Some((from, to)) = self.timex.split_once('/') {
            return Some((month(from)?, month(to)?)).filter(|(a, b)| a <= b);
        }
        match self.timex.strip_prefix("XXXX-")? {
            "H1" => Some((1, 6)),
            "H2" => Some((7, 12)),
            "Q1" => Some((1, 3)),
            "Q2" => Some((4, 6)),
            "Q3" => Some((7, 9)),
            "Q4" => Some((10, 12)),
            _ => None,
        }
    }

    /// The two ends of a stretch of time of which both were written, as far as they were: of `1988年5月至2002年` `1988-05` and `2002`.
    pub fn written_ends(&self) -> Option<(&str, &str)> {
        let (from, to) = self.timex.split_once('/')?;
        let year = |end: &str| end.len() >= 4 && end.as_bytes()[..4].iter().all(u8::is_ascii_digit);
        (year(from) && year(to) && !self.relative).then_some((from, to))
    }

    /// The start of a stretch that goes on, as written, where it names a year: `1958` of `since 1958`.
    pub fn written_start(&self) -> Option<&str> {
        let (from, to) = self.timex.split_once('/')?;
        let year = from.len() >= 4 && from.as_bytes()[..4].iter().all(u8::is_ascii_digit);
        (year && to == ".." && !self.relative).then_some(from)
    }

    /// Whether the year was not written but worked out.
    pub fn year_guessed(&self) -> bool {
        self.timex.starts_with("XXXX-") && self.resolved()
    }

    /// Whether the two can share a day if the year of one of them was worked out wrongly.
    pub fn meets_in_some_year(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.first, other.first) else { return false };
        let Some(last) = self.last else { return false };
        [-1i16, 0, 1].into_iter().any(|by| {
            let Some(years) = b.year().checked_add(by).and_then(|y| y.checked_sub(a.year())) else { return false };
            let moved = |d: Date| d.checked_add(jiff::Span::new().years(years)).ok();
            let there = Self { first: moved(a), last: moved(last), ..self.clone() };
            there.first.is_some() && there.last.is_some() && there.may_meet(other)
        })
    }

    /// Whether both ends are known.
    pub const fn resolved(&self) -> bool {
        self.first.is_some() && self.last.is_some()
    }

    /// Which of the two comes first, where their ends tell; of two in the same unknown year or month, by what is written.
    pub fn order(&self, other: &Self) -> Option<std::cmp::Ordering> {
        if let (Some(a), Some(b)) = (self.last, other.last) {
            return Some(a.cmp(&b));
        }
        if self.last.is_some() || other.last.is_some() {
            return None;
        }
        match (self.month, other.month) {
            (Some(a), Some(b)) if a != b => Some(a.cmp(&b)),
            (Some(_), Some(_)) | (None, None) => Some(self.day?.cmp(&other.day?)),
            _ => None,
        }
    }

    /// Whether the two can share a day; an open or unresolved end fits anything, but written months and days must agree.
    pub fn may_meet(&self, other: &Self) -> bool {
        if !self.resolved() || !other.resolved() {
            let clash = |a: Option<i8>, b: Option<i8>| matches!((a, b), (Some(a), Some(b)) if a != b);
            let days = self.month.is_some() == other.month.is_some() && clash(self.day, other.day);
            let weekdays = self.day.is_none() && other.day.is_none() && clash(self.weekday, other.weekday);
            if clash(self.month, other.month) || days || weekdays {
                return false;
            }
            // The third quarter and the first half, of whatever year.
            if let (Some((a, b)), Some((c, d))) = (self.written_months(), other.written_months())
                && (b < c || d < a)
            {
                return false;
            }
        }
        let before = |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.last, other.first) && !before(other.last, self.first)
    }
}

/// Days since 1970-01-01 of a civil date; below zero before it.
pub fn days_from_civil(date: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.since((jiff::Unit::Day, epoch)).map_or(0, |s| i64::from(s.get_days()))
}
