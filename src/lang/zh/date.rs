//! Dates and periods. Enters: folded characters, the article's date and the date named last. Leaves: a time value and where it ends.
//! Guesses nothing: what neither the text nor the article's date gives stays open.

mod joined;
mod month;
mod period;
mod point;
mod resolve;
mod written;

use jiff::civil::Date;
use jiff::{Span as JiffSpan, ToSpan};

use super::lunar;
use super::numerals::is_han_numeral;
use super::view::View;
use super::words::Words;
use crate::model::{Hedge, Kind};
use crate::quantity::{Precision, TimeValue};

/// What dates are counted from.
#[derive(Clone, Copy, Default)]
pub(super) struct Anchor<'a> {
    /// The article's own date.
    pub reference: Option<Date>,
    /// The date named last.
    pub last: Option<&'a TimeValue>,
    /// Whether `last` stands in the same paragraph.
    pub near: bool,
    /// Whether `last` stands in the same sentence.
    pub same_sentence: bool,
}

/// A date or period that was read.
pub(super) struct Reading {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub time: TimeValue,
    /// The dateline of a report: it moves the context on and is no claim.
    pub dateline: bool,
    /// `许`, `左右`, `多` after a clock time.
    pub hedge: Option<Hedge>,
}

/// A part of a year, month or quarter.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Part {
    Begin,
    Middle,
    End,
}

/// What was written of a date.
// Each flag is a thing the text did or did not say; they do not exclude one another.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Default, Debug)]
struct Fields {
    year: Option<i32>,
    month: Option<i8>,
    day: Option<i8>,
    quarter: Option<i8>,
    half: Option<i8>,
    season: Option<i8>,
    ten: Option<i8>,
    week: Option<i8>,
    weekday: Option<i8>,
    part: Option<Part>,
    /// First so many months of the year.
    first_months: Option<i8>,
    /// A stretch that is known as days: weeks, holidays, decades.
    days: Option<(Date, Date)>,
    precision: Option<Precision>,
    /// Needs a reference that is not there.
    open: bool,
    relative: bool,
    year_written: bool,
    bare_day: bool,
}

fn last_day(year: i32, month: i8) -> i8 {
    Date::new(year as i16, month, 1).map_or(28, Date::days_in_month)
}

fn date(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

fn shift(day: Date, by: JiffSpan) -> Option<Date> {
    day.checked_add(by).ok()
}

fn months_on(day: Date, by: i32) -> (i32, i8) {
    let months = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + by;
    (months.div_euclid(12), months.rem_euclid(12) as i8 + 1)
}

fn monday(day: Date) -> Option<Date> {
    shift(day, -i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// Reads a connector between the ends of a range: its end.
pub(super) fn connector(v: &View, i: usize) -> Option<usize> {
    let mut p = v.skip_spaces(i);
    let start = p;
    while matches!(v.c(p), '—' | '-' | '~' | '–' | '―' | '─' | '－' | '‐' | '‑' | '﹣') && p - start < 3 {
        p += 1;
    }
    if p == start {
        if matches!(v.c(p), '起' | '直') && matches!(v.c(p + 1), '至' | '到') {
            p += 2;
        } else if matches!(v.c(p), '至' | '到')
            && (v.c(p + 1) != '今' || matches!(v.c(p + 2), '年' | '天' | '日' | '晚' | '春' | '夏' | '秋' | '冬'))
        {
            p += 1;
        } else {
            return None;
        }
    }
    Some(v.skip_spaces(p))
}

struct Reader<'a> {
    words: &'a Words,
    v: &'a View,
    anchor: Anchor<'a>,
    /// Where a leading 从 or 自 ends.
    lead_end: std::cell::Cell<usize>,
}

/// Reads a date or period at `i`.
pub(super) fn read(words: &Words, v: &View, i: usize, anchor: Anchor) -> Option<Reading> {
    let r = Reader { words, v, anchor, lead_end: std::cell::Cell::new(0) };
    r.read(i)
}

impl Reader<'_> {
    /// Whether what ends at `end` is a day of the lunar calendar, joined by a dash to its name in the other: 农历腊月十五--小寒.
    fn two_calendars(&self, i: usize, end: usize, second: usize) -> bool {
        let v = self.v;
        let lunar = |at: usize| lunar::date(v, at, None).is_some() || lunar::date(v, at, Some(2000)).is_some();
        let day = |c: char| c.is_ascii_digit() || is_han_numeral(c) || matches!(c, '初' | '廿' | '卅');
        !matches!(v.c(v.skip_spaces(end)), '至' | '到' | '起' | '直') && lunar(i) && !lunar(second) && !day(v.c(second))
    }

    fn read(&self, i: usize) -> Option<Reading> {
        let v = self.v;
        let mut start = i;
        let mut p = i;
        let mut led = false;
        if matches!(v.c(i), '自' | '从') {
            let lead_end = if v.c(i) == '自' && v.c(i + 1) == '从' { i + 2 } else { i + 1 };
            p = v.skip_spaces(lead_end);
            led = true;
            self.lead_end.set(lead_end);
        }
        if led && matches!(v.c(p), '今' | '昨' | '明') && matches!(v.c(p + 1), '起' | '后') {
            return None;
        }
        if let Some(window) = self.window(i) {
            return Some(window);
        }
        let (fields, mut end) = self.point(p)?;
        let mut value = self.resolve(&fields);
        let mut kind = Kind::Date;
        if fields.precision == Some(Precision::Range) {
            kind = Kind::DateRange;
        }
        // A second end: 1988年至2002年, 8月1日至3日, 去年1月至今年4月.
        let between = (matches!(v.c(end), '和' | '与')).then_some(end + 1).filter(|&q| {
            (fields.year_written || fields.month.is_some())
                && self.point(q).is_some_and(|(f, e)| {
                    f.year_written | f.month.is_some() | f.bare_day && (v.is(e, "之间") || v.c(e) == '间')
                })
        });
        let joint = if between.is_some() {
            between
        } else if fields.precision == Some(Precision::Era) && fields.part.is_some() && v.c(end).is_ascii_digit() {
            Some(end)
        } else if matches!(v.c(end), '、' | '和')
            && (v.before(end, 1).is_ascii_digit() || is_han_numeral(v.before(end, 1)))
            && (fields.month.is_some() && fields.day.is_none() || fields.quarter.is_some())
        {
            // 6、7月间
            Some(end + 1)
        } else {
            connector(v, end)
        };
        let before = value.clone();
        let anchor = Anchor { last: Some(&before), near: true, same_sentence: true, ..self.anchor };
        let behind = Reader { words: self.words, v, anchor, lead_end: std::cell::Cell::new(0) };
        if let Some(q) = joint
            && let Some((other, after)) = behind.second(q, &fields)
            // 星期一--农历腊月二十一: one day in two calendars.
            && (fields.weekday.is_none() || fields.month.is_some() || other.weekday.is_some() || other.month.is_some())
            && !self.two_calendars(p, end, q)
        {
            let mut second = behind.resolve(&other);
            // 10月至5月, and no year said: the end stands in the next one.
            if let (Some(a), Some(b), Some(first), Some(last)) = (fields.month, other.month, value.first, second.last)
                && b < a
                && last < first
                && fields.year.is_none()
                && other.year.is_none()
            {
                let next = Fields { year: Some(i32::from(last.year()) + 1), ..other };
                let far = self.anchor.reference.and_then(|d| shift(d, 200.days())).is_some_and(|d| d < last);
                if far {
                    // Both lie behind the article rather than before it.
                    value = self.resolve(&Fields { year: Some(i32::from(first.year()) - 1), ..fields });
                } else {
                    second = behind.resolve(&next);
                }
            }
            // 下周一至周五: the second lies in the week of the first.
            if fields.weekday.is_some()
                && other.weekday.is_some()
                && fields.month.is_none()
                && let (Some(first), Some(last)) = (value.first, second.last)
                && last < first
                && let Some(day) = shift(last, 7.days()).filter(|&d| d > first)
            {
                second.last = Some(day);
                second.timex = day.to_string();
            }
            value = TimeValue {
                timex: format!("{}/{}", value.timex, second.timex),
                first: value.first,
                last: second.last,
                precision: Precision::Range,
                month: None,
                day: None,
                clock: None,
                weekday: None,
                relative: value.relative || second.relative,
            };
            kind = Kind::DateRange;
            end = after;
            if v.is(end, "之间") {
                end += 2;
            } else if between.is_some() && v.c(end) == '间' {
                end += 1;
            }
            start = p;
        } else {
            start = if led { p } else { start };
            // Open ends: 2008年以来, 8月起, 2010年1月1日或之后.
            if let Some((after, since)) = self.open_end(end, led, value.precision) {
                kind = Kind::DateRange;
                if since {
                    value.last = None;
                } else {
                    value.last = if v.c(end) == '或' || v.c(end) == '及' { value.last } else { value.first };
                    value.first = None;
                }
                value.timex = if since { format!("{}/..", value.timex) } else { format!("../{}", value.timex) };
                value.precision = Precision::Range;
                end = after;
                if led {
                    start = i;
                }
            }
        }
        let dateline = kind == Kind::Date && matches!(value.precision, Precision::Day) && self.is_dateline(end);
        Some(Reading { start, end, kind, time: value, dateline, hedge: None })
    }

    fn is_dateline(&self, end: usize) -> bool {
        let p = self.v.skip_spaces(end);
        let Some((len, ())) = self.words.dateline.at(self.v.from(p)) else { return false };
        // 24日电话通知: 电 begins another word.
        let next = self.v.c(p + 1);
        match self.v.c(p) {
            '电' if len == 1 => !"话视影力商报脑子动站网器信梯费价量池缆".contains(next),
            '讯' => next != '问',
            _ => true,
        }
    }

    fn open_end(&self, end: usize, led: bool, precision: Precision) -> Option<(usize, bool)> {
        let v = self.v;
        let q = v.skip_spaces(end);
        for (word, since) in [
            ("以来", true),
            ("到现在", true),
            ("到目前", true),
            ("起至今", true),
            ("或之后", true),
            ("或以后", true),
            ("及之后", true),
            ("及以后", true),
            ("之后", true),
            ("以后", true),
            ("或之前", false),
            ("或以前", false),
            ("及之前", false),
            ("及以前", false),
            ("之前", false),
            ("以前", false),
        ] {
            if v.is(q, word) {
                return Some((q + word.chars().count(), since));
            }
        }
        if v.is(q, "至今") && !matches!(v.c(q + 2), '年' | '天' | '日') {
            return Some((q + 2, true));
        }
        if v.is(q, "开始") && (led || v.c(q + 2) != '的') {
            return Some((q + 2, true));
        }
        if v.c(q) == '来' && led && !matches!(v.c(q + 1), '自' | '到') {
            return Some((q + 1, true));
        }
        // 从2015年起 opens a stretch; 11月1日起 names the day something begins.
        if v.c(q) == '起'
            && led
            && precision > Precision::Day
            && !v.ends(self.lead_end.get(), "自")
            && !matches!(v.c(q + 1), '诉' | '步' | '案' | '火' | '义' | '降' | '飞' | '点' | '来' | '床')
        {
            return Some((q + 1, true));
        }
        // 自从2018年
        if led && v.ends(self.lead_end.get(), "自从") {
            return Some((end, true));
        }
        None
    }

    /// The second end of a range: what it leaves out stands in the first.
    fn second(&self, i: usize, first: &Fields) -> Option<(Fields, usize)> {
        let (mut fields, end) = self.point(i)?;
        if fields.year.is_none() && fields.days.is_none() && first.year.is_some() && !fields.relative {
            fields.year = first.year;
            if let (Some(a), Some(b)) = (first.month, fields.month)
                && b < a
            {
                fields.year = first.year.map(|y| y + 1);
            }
        }
        if fields.bare_day && first.month.is_some() {
            fields.month = first.month;
            fields.year = fields.year.or(first.year);
            if first.year.is_none() && !first.open {
                fields.year = None;
            }
            if let (Some(a), Some(b)) = (first.day, fields.day)
                && b < a
            {
                fields.month = first.month.map(|m| m % 12 + 1);
            }
            fields.bare_day = false;
        }
        Some((fields, end))
    }
}
