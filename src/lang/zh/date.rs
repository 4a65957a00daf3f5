//! Dates and periods. Enters: folded characters, the article's date and the date named last. Leaves: a time value and where it ends.
//! Guesses nothing: what neither the text nor the article's date gives stays open.

use jiff::civil::Date;
use jiff::{Span as JiffSpan, ToSpan};

use super::lunar;
use super::numerals::{self, han_digit};
use super::view::View;
use super::words::{Calendar, Words};
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

fn months_on(day: Date, by: i32) -> Option<(i32, i8)> {
    let months = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + by;
    Some((months.div_euclid(12), months.rem_euclid(12) as i8 + 1))
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
    fn read(&self, i: usize) -> Option<Reading> {
        let v = self.v;
        let mut start = i;
        let mut p = i;
        let mut led = false;
        for lead in ["自从", "从", "自"] {
            if v.is(i, lead) {
                p = v.skip_spaces(i + lead.chars().count());
                led = true;
                self.lead_end.set(i + lead.chars().count());
                break;
            }
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
            fields.year_written
                && self.point(q).is_some_and(|(f, e)| f.year_written && (v.is(e, "之间") || v.c(e) == '间'))
        });
        let joint = if between.is_some() {
            between
        } else if fields.precision == Some(Precision::Era) && fields.part.is_some() && v.c(end).is_ascii_digit() {
            Some(end)
        } else {
            connector(v, end)
        };
        if let Some(q) = joint
            && let Some((other, after)) = self.second(q, &fields)
        {
            let before = value.clone();
            let anchor = Anchor { last: Some(&before), near: true, same_sentence: true, ..self.anchor };
            let second = Reader { words: self.words, v, anchor, lead_end: std::cell::Cell::new(0) }.resolve(&other);
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
        !(len == 1
            && self.v.c(p) == '电'
            && matches!(
                self.v.c(p + 1),
                '话' | '视'
                    | '影'
                    | '力'
                    | '商'
                    | '报'
                    | '脑'
                    | '子'
                    | '动'
                    | '站'
                    | '网'
                    | '器'
                    | '信'
                    | '梯'
                    | '费'
                    | '价'
                    | '量'
                    | '池'
                    | '缆'
            ))
            && !(self.v.c(p) == '讯' && self.v.c(p + 1) == '问')
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

    /// `近五年来`, `过去三年`, `未来两天`: counted from the article's date.
    fn window(&self, i: usize) -> Option<Reading> {
        let v = self.v;
        if !matches!(v.c(i), '在' | '过' | '最' | '近' | '未' | '今' | '下' | '上' | '前' | '后') {
            return None;
        }
        let (lead, forward) = [
            ("在过去的", false),
            ("过去的", false),
            ("过去", false),
            ("最近", false),
            ("近", false),
            ("未来的", true),
            ("未来", true),
            ("今后", true),
            ("下一个", true),
            ("上一个", false),
            ("上", false),
            ("前", false),
            ("下", true),
            ("后", true),
        ]
        .into_iter()
        .find(|(w, _)| v.is(i, w))?;
        // 前两年, 下三周: whole years, months, weeks from where the current one begins or ends.
        let grain = matches!(lead, "上" | "前" | "下" | "后");
        if grain && (crate::text::is_ideograph(v.before(i, 1)) || v.before(i, 1).is_ascii_alphanumeric()) {
            return None;
        }
        let strict = lead == "近"
            && matches!(v.before(i, 1), '最' | '附' | '靠' | '接' | '将' | '已' | '达' | '时' | '邻' | '长' | '了');
        if strict {
            return None;
        }
        let n_at = v.skip_spaces(i + lead.chars().count());
        let n = numerals::parse(v, n_at)?;
        if n.decimals > 0 || matches!(n.shape, numerals::Shape::Odd | numerals::Shape::Order) {
            return None;
        }
        let mut p = v.skip_spaces(n.end);
        let (unit, len) = if v.is(p, "个月") {
            ('月', 2)
        } else if v.is(p, "个星期") || v.is(p, "个礼拜") {
            ('周', 3)
        } else if v.is(p, "星期") || v.is(p, "礼拜") {
            ('周', 2)
        } else {
            match v.c(p) {
                '年' => ('年', 1),
                '月' => ('月', 1),
                '周' if v.c(p + 1) != '岁' => ('周', 1),
                '天' | '日' => ('日', 1),
                _ => return None,
            }
        };
        p += len;
        if matches!(v.c(p), '多' | '余' | '半') || v.is(p, "左右") || v.is(p, "以上") {
            return None;
        }
        let count = i32::try_from(n.value.trunc().mantissa().checked_div(1)?).ok()?;
        let count = match n.shape {
            numerals::Shape::Neighbours(high) | numerals::Shape::Vague(high, _, _) => {
                i32::try_from(high.trunc().mantissa()).ok()?
            }
            _ => count,
        };
        if !(1..=2000).contains(&count)
            || grain
                && (count > 60
                    || unit == '月' && lead == "前" && count > 2
                    || n.value <= rust_decimal::Decimal::ONE && !v.c(n_at).is_ascii_digit())
        {
            return None;
        }
        let tail = v.is(p, "以来") || v.c(p) == '来' || v.c(p) == '间' || v.is(p, "之间");
        if lead == "近" && !tail && (count > 10 || unit == '日' || matches!(v.c(p), '内' | '的' | '时')) {
            return None;
        }
        // 未来12个月内 tells a length, not a place in time.
        if forward && (v.c(p) == '内' || v.is(p, "以内") || v.is(p, "之内")) {
            return None;
        }
        if v.is(p, "以来") || v.is(p, "之间") {
            p += 2;
        } else if tail {
            p += 1;
        }
        let by = match unit {
            '年' => count.years(),
            '月' => count.months(),
            '周' => count.weeks(),
            _ => count.days(),
        };
        let (mut first, mut last) = (None, None);
        if let Some(today) = self.anchor.reference {
            let start = if grain { grain_start(today, unit) } else { None };
            if let Some(start) = start.filter(|_| !(unit == '日')) {
                if forward {
                    first = grain_start(
                        shift(
                            today,
                            match unit {
                                '年' => 1.years(),
                                '月' => 1.months(),
                                _ => 1.weeks(),
                            },
                        )?,
                        unit,
                    );
                    last = first.and_then(|f| shift(f, by)).and_then(|d| shift(d, -1.days()));
                } else {
                    first = shift(start, -by);
                    last = shift(start, -1.days());
                }
            } else if grain && !forward {
                first = shift(today, -by);
                last = shift(today, -1.days());
            } else if forward {
                first = shift(today, 1.days());
                last = shift(today, by);
            } else {
                first = shift(today, -by);
                last = Some(today);
            }
        }
        let code = match unit {
            '年' => 'Y',
            '月' => 'M',
            '周' => 'W',
            _ => 'D',
        };
        let time = TimeValue {
            timex: format!("P{count}{code}"),
            first,
            last,
            precision: Precision::Range,
            month: None,
            day: None,
            clock: None,
            weekday: None,
            relative: true,
        };
        Some(Reading { start: i, end: p, kind: Kind::DateRange, time, dateline: false, hedge: None })
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

    /// One point or period.
    fn point(&self, i: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        if matches!(v.c(i), '农' | '阴' | '旧' | '正' | '腊' | '闰' | '冬' | '大') {
            let year = self
                .anchor
                .last
                .filter(|_| self.anchor.same_sentence)
                .and_then(|l| l.first)
                .or(self.anchor.reference)
                .map(|d| i32::from(d.year()));
            if let Some((days, end)) = lunar::date(v, i, year) {
                let precision = if days.0 == days.1 { Precision::Day } else { Precision::Month };
                return Some((
                    Fields { days: Some(days), precision: Some(precision), relative: true, ..Fields::default() },
                    end,
                ));
            }
        }
        if let Some((len, &meaning)) = self.words.calendar.at(v.from(i)) {
            return self.word(i, i + len, meaning);
        }
        match v.c(i) {
            '周' | '星' | '礼' => return self.weekday(i, 0),
            '上' | '下' if v.is(i + 1, "半年") => return self.after_year(i, Fields::default()),
            '前' | '首' | '第' => {
                return self
                    .after_year(i, Fields::default())
                    .filter(|(f, _)| f.quarter.is_some() || f.first_months.is_some() || f.half.is_some());
            }
            '上' | '本' if v.is(i + 1, "世纪") => return self.decade(i),
            '年' | '月'
                if matches!(v.c(i + 1), '底' | '初' | '末')
                    && han_digit(v.c(i + 2)).is_none()
                    && !v.before(i, 1).is_ascii_digit()
                    && !matches!(v.before(i, 1), '年' | '月' | '个' | '每' | '半' | '几' | '数')
                    && han_digit(v.before(i, 1)).is_none()
                    && v.before(i, 1) != '十' =>
            {
                let today = self.anchor.reference;
                let part = if v.c(i + 1) == '初' { Part::Begin } else { Part::End };
                let month = v.c(i) == '月';
                let f = Fields {
                    year: today.map(|d| i32::from(d.year())),
                    month: today.filter(|_| month).map(Date::month),
                    part: Some(part),
                    precision: Some(if month { Precision::TenDays } else { Precision::Year }),
                    relative: true,
                    open: today.is_none(),
                    ..Fields::default()
                };
                return Some((f, i + 2));
            }
            '“' | '"' | '十' if v.is(i + 1, "五”期间") || v.is(i + 1, "四五”") || v.is(i + 1, "十四五") =>
                {}
            'Q' | 'H' if !v.before(i, 1).is_ascii_alphanumeric() => {
                return self.after_year(i, Fields::default());
            }
            _ => {}
        }
        if let Some(found) = self.decade(i) {
            return Some(found);
        }
        if let Some(found) = self.plan(i) {
            return Some(found);
        }
        // 民国三年, 康熙六十一年
        if let Some((len, &base)) = self.words.eras.at(v.from(i))
            && let Some((n, e, _)) = numerals::small(v, i + len)
            && v.c(e) == '年'
            && (1..=64).contains(&n)
        {
            return self
                .after_year(e + 1, Fields { year: Some(base + n as i32), year_written: true, ..Fields::default() });
        }
        if let Some(found) = self.compact(i) {
            return Some(found);
        }
        let (n, end, run) = numerals::small(v, i)?;
        if let Some(found) = self.numeric(i, n, end, run) {
            return Some(found);
        }
        let q = v.skip_spaces(end);
        match v.c(q) {
            '年' => {
                let year = self.year(i, n, end, run, q)?;
                let mut p = q + 1;
                if matches!(v.c(p), '度' | '份') {
                    p += 1;
                }
                self.after_year(p, Fields { year: Some(year), year_written: true, ..Fields::default() })
            }
            '财' if v.is(q, "财年") && run == 4 => {
                Some((Fields { year: Some(n as i32), year_written: true, ..Fields::default() }, q + 2))
            }
            '月' => self.month(i, Fields::default()),
            '季' if v.is(q, "季度") && (1..=4).contains(&n) => self.after_year(i, Fields::default()),
            '日' | '号' => self.day(i, Fields { bare_day: true, ..Fields::default() }),
            // 2014、2015年 and 1988-2002年.
            '、' | '和' | '与' | '及' | '或' | '-' | '—' | '~' | '至' | '到' | '–' | '－'
                if run == 4 && (1900..2100).contains(&n) =>
            {
                let mut p = q;
                for _ in 0..4 {
                    p = match v.c(p) {
                        '、' | '和' | '与' | '及' | '或' => p + 1,
                        _ => connector(v, p)?,
                    };
                    let (m, after, run) = numerals::small(v, p)?;
                    if run != 2 && (run != 4 || !(1900..2100).contains(&m)) {
                        return None;
                    }
                    p = v.skip_spaces(after);
                    if v.c(p) == '年' && !v.is(p + 1, "间") {
                        return Some((Fields { year: Some(n as i32), year_written: true, ..Fields::default() }, end));
                    }
                    if v.c(p) == '年' {
                        return Some((Fields { year: Some(n as i32), year_written: true, ..Fields::default() }, end));
                    }
                }
                None
            }
            // 1-4月, 12月29-30日 (the month stands before), 3日 …
            _ => {
                let c = connector(v, end)?;
                let (m, after, _) = numerals::small(v, c)?;
                let unit = v.c(v.skip_spaces(after));
                match unit {
                    '月' if (1..=12).contains(&n) && (1..=12).contains(&m) && v.c(v.skip_spaces(after) + 1) != '龄' => {
                        Some((Fields { month: Some(n as i8), ..Fields::default() }, end))
                    }
                    '日' if (1..=31).contains(&n) && (1..=31).contains(&m) && m > n => {
                        Some((Fields { day: Some(n as i8), bare_day: true, ..Fields::default() }, end))
                    }
                    _ => None,
                }
            }
        }
    }

    /// Whether a number before 年 is a year, and which.
    fn year(&self, i: usize, n: i64, end: usize, run: usize, q: usize) -> Option<i32> {
        let v = self.v;
        let next = v.skip_spaces(q + 1);
        match run {
            4 if (1000..=2999).contains(&n) => Some(n as i32),
            0 if (1900..=2099).contains(&n) && v.c(i) != '一' => Some(n as i32), // 两千零四年
            2 => {
                let c = v.c(next);
                let dated = numerals::small(v, next)
                    .is_some_and(|(m, e, _)| (1..=12).contains(&m) && v.c(v.skip_spaces(e)) == '月' || v.is(e, "季度"))
                    || matches!(c, '初' | '底' | '末' | '度' | '春' | '夏' | '秋' | '冬')
                    || v.is(next, "上半年")
                    || v.is(next, "下半年")
                    || v.is(next, "第")
                    || v.is(next, "端午")
                    || v.is(next, "中秋")
                    || v.is(next, "前三季度");
                let han = !v.c(i).is_ascii_digit();
                let zero = matches!(v.c(i), '0' | '零' | '〇');
                let late = (80..=99).contains(&n)
                    && (!matches!(c, '前' | '后' | '间' | '内' | '多' | '来' | '历' | '的' | '左' | '以' | '时')
                        || v.is(next, "以后")
                        || v.is(next, "以前")
                        || v.is(next, "以来"))
                    && !matches!(
                        v.before(i, 1),
                        '近' | '约' | '了' | '达' | '长' | '过' | '期' | '第' | '超' | '逾' | '余'
                    );
                if zero
                    || dated && (han || !matches!(v.before(i, 1), '第'))
                    || late
                    || (han && end - i == 2 && !pair(v, i))
                {
                    let year = if n < 50 { 2000 + n } else { 1900 + n };
                    // 三三年 is 1933: two Chinese digits name a year of the last century unless they begin with zero.
                    let year = if han && !zero && n < 50 && !dated { 1900 + n } else { year };
                    return Some(year as i32);
                }
                None
            }
            _ => None,
        }
    }

    /// `20081229`.
    fn compact(&self, i: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        if !matches!(v.c(i), '1' | '2')
            || !(i..i + 8).all(|k| v.c(k).is_ascii_digit())
            || v.c(i + 8).is_ascii_alphanumeric()
            || matches!(v.c(i + 8), '.' | '-' | '_' | '/' | '号')
            || v.before(i, 1).is_ascii_alphanumeric()
            || matches!(v.before(i, 1), '-' | '_' | '/' | '.')
        {
            return None;
        }
        let n = |a: usize, b: usize| (a..b).fold(0i32, |n, k| n * 10 + v.c(k) as i32 - '0' as i32);
        let (year, month, day) = (n(i, i + 4), n(i + 4, i + 6) as i8, n(i + 6, i + 8) as i8);
        if !(1900..2100).contains(&year) {
            return None;
        }
        date(year, month, day)?;
        Some((
            Fields { year: Some(year), month: Some(month), day: Some(day), year_written: true, ..Fields::default() },
            i + 8,
        ))
    }

    /// `2008-12-29`, `2008/12/29`, `2008.12.29`.
    fn numeric(&self, i: usize, n: i64, end: usize, run: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        if run != 4 || !v.c(i).is_ascii_digit() || !(1300..=2999).contains(&n) || v.before(i, 1).is_ascii_alphanumeric()
        {
            return None;
        }
        let sep = v.c(end);
        if !matches!(sep, '-' | '/' | '.') {
            return None;
        }
        let (month, e, mrun) = numerals::small(v, end + 1)?;
        // 1999.08-2002.02
        if sep == '.' && mrun == 2 && (1..=12).contains(&month) {
            let far = connector(v, e)
                .and_then(|c| numerals::small(v, c))
                .is_some_and(|(y, p, r)| r == 4 && (1900..2100).contains(&y) && v.c(p) == '.');
            let near = connector_before(v, i) && v.c(e) != '.';
            if far || near {
                return Some((
                    Fields {
                        year: Some(n as i32),
                        month: Some(month as i8),
                        precision: Some(Precision::Month),
                        year_written: true,
                        ..Fields::default()
                    },
                    e,
                ));
            }
        }
        if v.c(e) != sep || mrun == 0 || mrun > 2 {
            return None;
        }
        let (day, e2, drun) = numerals::small(v, e + 1)?;
        if drun == 0 || drun > 2 || v.c(e2).is_ascii_alphanumeric() || matches!(v.c(e2), '/' | '_' | '-') {
            return None;
        }
        date(n as i32, month as i8, day as i8)?;
        Some((
            Fields {
                year: Some(n as i32),
                month: Some(month as i8),
                day: Some(day as i8),
                year_written: true,
                ..Fields::default()
            },
            e2,
        ))
    }

    fn word(&self, i: usize, end: usize, meaning: Calendar) -> Option<(Fields, usize)> {
        let v = self.v;
        let today = self.anchor.reference;
        let open = today.is_none();
        let base = Fields { relative: true, open, ..Fields::default() };
        match meaning {
            Calendar::Day(by) => {
                let days = today.and_then(|d| shift(d, by.days())).map(|d| (d, d));
                Some((Fields { days, precision: Some(Precision::Day), ..base }, end))
            }
            Calendar::Year(_) if v.is(i, "上年") && matches!(v.c(i + 2), '轻' | '纪' | '级' | '龄') => None,
            Calendar::Year(by) => {
                let year = today.map(|d| i32::from(d.year()) + by);
                let mut p = end;
                if v.is(p, "本月") {
                    // 去年本月十日
                    let month = today.map(Date::month);
                    p += 2;
                    let f = Fields { year, month, precision: Some(Precision::Month), ..base };
                    return Some(self.day(p, f).unwrap_or((f, p)));
                }
                if v.c(p) == '的' {
                    p += 1;
                }
                Some(
                    self.after_year(p, Fields { year, ..base })
                        .filter(|f| f.1 > p)
                        .unwrap_or((Fields { year, precision: Some(Precision::Year), ..base }, end)),
                )
            }
            Calendar::Month(by) => {
                let at = today.and_then(|d| months_on(d, by));
                let f =
                    Fields { year: at.map(|a| a.0), month: at.map(|a| a.1), precision: Some(Precision::Month), ..base };
                Some(self.in_month(end, f))
            }
            Calendar::Quarter(by) => {
                let at = today.map(|d| i32::from(d.year()) * 4 + i32::from((d.month() - 1) / 3) + by);
                Some((
                    Fields {
                        year: at.map(|q| q.div_euclid(4)),
                        quarter: at.map(|q| q.rem_euclid(4) as i8 + 1),
                        precision: Some(Precision::Quarter),
                        ..base
                    },
                    end,
                ))
            }
            Calendar::Week(by) => {
                let p = if matches!(v.c(end), '周') { end + 1 } else { end };
                if let Some((day, after)) = weekday_digit(v, p) {
                    let days = today
                        .and_then(monday)
                        .and_then(|m| shift(m, (i64::from(by) * 7 + i64::from(day) - 1).days()))
                        .map(|d| (d, d));
                    return Some((Fields { days, weekday: Some(day), precision: Some(Precision::Day), ..base }, after));
                }
                if v.c(end) == '末' {
                    let sat = today.and_then(monday).and_then(|m| shift(m, (i64::from(by) * 7 + 5).days()));
                    let days = sat.and_then(|s| Some((s, shift(s, 1.days())?)));
                    return Some((Fields { days, precision: Some(Precision::Week), ..base }, end + 1));
                }
                let start = today.and_then(monday).and_then(|m| shift(m, (i64::from(by) * 7).days()));
                let days = start.and_then(|s| Some((s, shift(s, 6.days())?)));
                Some((Fields { days, precision: Some(Precision::Week), ..base }, end))
            }
            Calendar::AnchorDay(by) => {
                if v.is(i, "当天") && matches!(v.c(end), '然') {
                    return None;
                }
                let days = self.anchor.last.and_then(|l| match (l.first, l.last) {
                    (Some(a), Some(b)) if a == b => shift(b, by.days()).map(|d| (d, d)),
                    _ => None,
                });
                Some((Fields { days, open: days.is_none(), precision: Some(Precision::Day), ..base }, end))
            }
            Calendar::AnchorMonth(by) => {
                let at = match self.anchor.last {
                    Some(l) if l.month.is_some() || l.precision <= Precision::Month => l.first,
                    Some(_) => None,
                    None => today,
                }
                .and_then(|d| months_on(d, by));
                let f = Fields {
                    year: at.map(|a| a.0),
                    month: at.map(|a| a.1),
                    open: at.is_none(),
                    precision: Some(Precision::Month),
                    ..base
                };
                Some(self.in_month(end, f))
            }
            Calendar::AnchorYear(by) => {
                let year = self
                    .anchor
                    .last
                    .and_then(|l| l.first)
                    .or(today.filter(|_| v.c(i) == '这'))
                    .map(|d| i32::from(d.year()) + by);
                let f = Fields { year, open: year.is_none(), ..base };
                let (mut f, p) = self
                    .after_year(end, f)
                    .filter(|f| f.1 > end)
                    .unwrap_or((Fields { precision: Some(Precision::Year), ..f }, end));
                // 当年 alone speaks of old times more often than of the year named last.
                if p == end && v.is(i, "当年") {
                    f.year = None;
                    f.open = true;
                }
                Some((f, p))
            }
            Calendar::Holiday(month, day, days) => {
                let f = Fields { month: Some(month), day: Some(day), ..Fields::default() };
                // 法国国庆日 has its own day.
                if v.c(end) == '日' {
                    return None;
                }
                if days == 1 {
                    if !self.anchor.same_sentence {
                        let year = self.anchor.reference.map(|d| i32::from(d.year()));
                        return Some((Fields { year, relative: true, ..f }, end));
                    }
                    return Some((f, end));
                }
                let start = self.with_year(&f)?;
                let first = date(start, month, day)?;
                Some((
                    Fields {
                        days: Some((first, shift(first, (i64::from(days) - 1).days())?)),
                        precision: Some(Precision::Range),
                        relative: true,
                        ..Fields::default()
                    },
                    end,
                ))
            }
            Calendar::Lunar(index) => {
                let year = self.anchor.reference.map(|d| i32::from(d.year()));
                let days = year.and_then(|y| lunar::holiday(index, y));
                Some((
                    Fields {
                        days,
                        open: days.is_none(),
                        precision: Some(if index == 11 { Precision::Range } else { Precision::Day }),
                        relative: true,
                        ..Fields::default()
                    },
                    end,
                ))
            }
        }
    }

    /// What may follow a year: a month, quarter, half, season, part, holiday.
    fn after_year(&self, at: usize, f: Fields) -> Option<(Fields, usize)> {
        let v = self.v;
        let alone = f.year.is_none() && !f.relative;
        let year_only = Fields { precision: Some(Precision::Year), ..f };
        let mut i = v.skip_spaces(at);
        if v.c(i) == '的' && v.c(i + 1) == '第' && !alone {
            i += 1;
        }
        if v.c(i) == '的' && !alone && numerals::small(v, i + 1).is_some_and(|(_, e, _)| matches!(v.c(e), '月' | '季'))
        {
            i += 1;
        }
        let give_up = || if alone { None } else { Some((year_only, at)) };
        let part = |p: usize| match v.c(p) {
            '初' if v.c(p + 1) != '次' => Some((Part::Begin, p + 1)),
            '伊' if v.is(p, "伊始") => Some((Part::Begin, p + 2)),
            '中' if v.is(p, "中期") => Some((Part::Middle, p + 2)),
            '末' if v.is(p, "末期") => Some((Part::End, p + 2)),
            '底' | '末' => Some((Part::End, p + 1)),
            _ => None,
        };
        // 上半年, 下半年
        if v.is(i, "上半年") || v.is(i, "下半年") {
            let half = if v.c(i) == '上' { 1 } else { 2 };
            return Some((Fields { half: Some(half), precision: Some(Precision::Half), ..f }, i + 3));
        }
        // Q1, H1
        if matches!(v.c(i), 'Q' | 'H') && v.c(i + 1).is_ascii_digit() && !v.c(i + 2).is_ascii_alphanumeric() {
            let n = v.c(i + 1) as i8 - '0' as i8;
            if v.c(i) == 'Q' && (1..=4).contains(&n) {
                return Some((Fields { quarter: Some(n), precision: Some(Precision::Quarter), ..f }, i + 2));
            }
            if v.c(i) == 'H' && (1..=2).contains(&n) && !alone {
                return Some((Fields { half: Some(n), precision: Some(Precision::Half), ..f }, i + 2));
            }
            return give_up();
        }
        // 前三季度, 前11月, 前11个月, 首季
        if v.c(i) == '前' || v.c(i) == '首' {
            let n_at = v.skip_spaces(i + 1);
            if v.c(i) == '首' && (v.is(i, "首季度") || (v.is(i, "首季") && v.c(i + 2) != '度')) {
                let end = i + if v.is(i, "首季度") { 3 } else { 2 };
                return Some((Fields { quarter: Some(1), precision: Some(Precision::Quarter), ..f }, end));
            }
            if v.is(i, "首月") && !alone {
                return Some((Fields { month: Some(1), precision: Some(Precision::Month), ..f }, i + 2));
            }
            let n = if v.c(n_at) == '两' { Some((2, n_at + 1, 1)) } else { numerals::small(v, n_at) };
            if let Some((n, e, _)) = n {
                let e = v.skip_spaces(e);
                let months = if v.is(e, "个季度") && (1..=3).contains(&n) {
                    Some((n * 3, e + 3))
                } else if v.is(e, "季度") && (1..=3).contains(&n) {
                    Some((n * 3, e + 2))
                } else if v.is(e, "个月") && (1..=11).contains(&n) && (!alone || v.c(i) == '前' && n > 2) {
                    Some((n, e + 2))
                } else if v.c(e) == '月' && (1..=11).contains(&n) && (v.c(n_at).is_ascii_digit() || !alone) {
                    Some((n, e + 1))
                } else {
                    None
                };
                if let Some((n, end)) = months {
                    let end = if v.c(end) == '份' { end + 1 } else { end };
                    return Some((Fields { first_months: Some(n as i8), precision: Some(Precision::Range), ..f }, end));
                }
            }
            return give_up();
        }
        // 第三季度, 三季度, 第二财季
        let nth = if v.c(i) == '第' { i + 1 } else { i };
        if let Some((n, e, _)) = numerals::small(v, nth) {
            let e2 = v.skip_spaces(e);
            let end = if v.is(e2, "个季度") && nth > i {
                Some(e2 + 3)
            } else if v.is(e2, "季度") || v.is(e2, "财季") {
                Some(e2 + 2)
            } else if v.c(e2) == '季' && nth > i && !alone {
                Some(e2 + 1)
            } else {
                None
            };
            if let (Some(end), 1..=4) = (end, n) {
                let quarter = Fields { quarter: Some(n as i8), precision: Some(Precision::Quarter), ..f };
                if let Some((part, end)) = part(end) {
                    return Some((Fields { part: Some(part), ..quarter }, end));
                }
                return Some((quarter, end));
            }
            if nth > i {
                // 2021年的第二周
                let e2 = if v.c(e2) == '个' { e2 + 1 } else { e2 };
                if !alone && (1..=53).contains(&n) && (v.c(e2) == '周' || v.is(e2, "星期") || v.is(e2, "礼拜")) {
                    let end = e2 + if v.c(e2) == '周' { 1 } else { 2 };
                    return Some((Fields { week: Some(n as i8), precision: Some(Precision::Week), ..f }, end));
                }
                return give_up();
            }
        }
        if !alone && let Some((days, end)) = lunar::date(v, i, f.year) {
            let precision = if days.0 == days.1 { Precision::Day } else { Precision::Month };
            return Some((Fields { days: Some(days), precision: Some(precision), ..f }, end));
        }
        if let Some((fields, end)) = self.month(i, f) {
            return Some((fields, end));
        }
        if alone {
            return None;
        }
        if v.c(at) == '年' {
            i = at + 1;
        }
        if let Some((part, end)) = part(i) {
            return Some((Fields { part: Some(part), precision: Some(Precision::Year), ..f }, end));
        }
        for (word, season) in [
            ("春季", 1),
            ("夏季", 2),
            ("秋季", 3),
            ("冬季", 4),
            ("春天", 1),
            ("夏天", 2),
            ("秋天", 3),
            ("冬天", 4),
            ("春", 1),
            ("夏", 2),
            ("秋", 3),
            ("冬", 4),
        ] {
            if v.is(i, word)
                && v.c(i + word.chars().count()) != '节'
                && !(v.is(i, "春") && matches!(v.c(i + 1), '运' | '晚' | '节' | '招' | '夏'))
            {
                return Some((
                    Fields { season: Some(season), precision: Some(Precision::Quarter), ..f },
                    i + word.chars().count(),
                ));
            }
        }
        if let Some((len, &Calendar::Holiday(month, day, 1))) = self.words.calendar.at(v.from(i)) {
            return Some((
                Fields { month: Some(month), day: Some(day), precision: Some(Precision::Day), ..f },
                i + len,
            ));
        }
        if let Some((len, &Calendar::Holiday(month, day, days))) = self.words.calendar.at(v.from(i)) {
            let days = f
                .year
                .and_then(|y| date(y, month, day))
                .and_then(|d| Some((d, shift(d, (i64::from(days) - 1).days())?)));
            return Some((Fields { days, precision: Some(Precision::Range), ..f }, i + len));
        }
        if let Some((len, &Calendar::Lunar(index))) = self.words.calendar.at(v.from(i)) {
            let days = f.year.and_then(|y| lunar::holiday(index, y));
            return Some((
                Fields { days, precision: Some(Precision::Day), open: f.open || days.is_none(), ..f },
                i + len,
            ));
        }
        if v.c(i) == '内' && f.year.is_some() {
            return Some((year_only, i + 1));
        }
        Some((year_only, at))
    }

    /// A month at `i`, and what follows in it.
    fn month(&self, i: usize, f: Fields) -> Option<(Fields, usize)> {
        let v = self.v;
        let (n, e, run) = numerals::small(v, i)?;
        let e2 = v.skip_spaces(e);
        if v.c(e2) != '月' {
            // 1-4月
            if f.year.is_some() || f.relative {
                let c = connector(v, e)?;
                let (m, after, _) = numerals::small(v, c)?;
                if v.c(v.skip_spaces(after)) == '月' && (1..=12).contains(&n) && (1..=12).contains(&m) {
                    return Some((Fields { month: Some(n as i8), precision: Some(Precision::Month), ..f }, e));
                }
            }
            return None;
        }
        if !(1..=12).contains(&n) || run > 2 {
            return None;
        }
        let mut p = e2 + 1;
        if f.year.is_none() && !f.relative {
            // 3月龄, 三月半 and the like tell lengths.
            if matches!(v.c(p), '龄' | '半' | '有' | '大') || v.is(p, "之久") {
                return None;
            }
        }
        if v.c(p) == '份' {
            p += 1;
        }
        Some(self.in_month(p, Fields { month: Some(n as i8), precision: Some(Precision::Month), ..f }))
    }

    /// What may follow a month.
    fn in_month(&self, at: usize, f: Fields) -> (Fields, usize) {
        let v = self.v;
        let mut i = v.skip_spaces(at);
        if v.c(i) == '的'
            && (v.c(i + 1) == '第' || numerals::small(v, i + 1).is_some_and(|(_, e, _)| matches!(v.c(e), '日' | '号')))
        {
            i += 1;
        }
        if v.c(i) == '月' && matches!(v.c(i + 1), '底' | '初' | '末' | '中') {
            i += 1;
        }
        for (word, ten) in [("上旬", 1), ("中旬", 2), ("下旬", 3), ("上旬末", 1)] {
            if v.is(i, word) {
                return (Fields { ten: Some(ten), precision: Some(Precision::TenDays), ..f }, i + 2);
            }
        }
        match v.c(i) {
            '初' if !han_digit(v.c(i + 1)).is_some() || v.c(i + 1) == '十' => {
                return (Fields { part: Some(Part::Begin), precision: Some(Precision::TenDays), ..f }, i + 1);
            }
            '底' | '末' => {
                return (Fields { part: Some(Part::End), precision: Some(Precision::TenDays), ..f }, i + 1);
            }
            '中' if !matches!(v.c(i + 1), '国' | '央' | '共' | '方' | '美' | '日' | '旬' | '俄' | '欧' | '外')
                && v.c(i + 1) != '\0'
                && matches!(v.c(i + 1), '，' | '。' | '、' | '；') =>
            {
                return (Fields { part: Some(Part::Middle), precision: Some(Precision::TenDays), ..f }, i + 1);
            }
            '第' => {
                if let Some((n, e, _)) = numerals::small(v, i + 1) {
                    let e = if v.c(e) == '个' { e + 1 } else { e };
                    if (1..=5).contains(&n)
                        && (v.c(e) == '周' && weekday_digit(v, e + 1).is_none()
                            || v.is(e, "星期") && weekday_digit(v, e + 2).is_none())
                    {
                        let end = e + if v.c(e) == '周' { 1 } else { 2 };
                        return (Fields { week: Some(n as i8), precision: Some(Precision::Week), ..f }, end);
                    }
                    if let Some((day, end)) = weekday_at(v, e) {
                        return (
                            Fields { week: Some(n as i8), weekday: Some(day), precision: Some(Precision::Day), ..f },
                            end,
                        );
                    }
                }
            }
            _ => {}
        }
        self.day(i, f).unwrap_or((f, at))
    }

    /// A day at `i`.
    fn day(&self, i: usize, f: Fields) -> Option<(Fields, usize)> {
        let v = self.v;
        let (n, e, run) = numerals::small(v, i)?;
        if !(1..=31).contains(&n) || run > 2 || (f.month.is_none() && !f.bare_day) {
            return None;
        }
        // 一日不除: a day as long as any.
        if f.bare_day && n == 1 && v.c(i) == '一' {
            return None;
        }
        let e2 = v.skip_spaces(e);
        let mut end = e2 + 1;
        match v.c(e2) {
            '日' => {
                if f.bare_day && self.is_length(i, e2 + 1) {
                    return None;
                }
            }
            '号' => {
                if f.bare_day && !self.is_day_number(i, e2 + 1) {
                    return None;
                }
            }
            // 12月29、30日, 12月29-30日, 十月31
            '、' | '和' | '-' | '—' | '~' | '至' | '到' | '－' | '–' if f.month.is_some() => {
                let c = match v.c(e2) {
                    '、' | '和' => e2 + 1,
                    _ => connector(v, e2)?,
                };
                let (m, after, _) = numerals::small(v, c)?;
                if !((1..=31).contains(&m) && m > n && matches!(v.c(v.skip_spaces(after)), '日' | '号')) {
                    return None;
                }
                end = e;
            }
            _ => {
                let whole = i > 0
                    && end_of_phrase(v.c(e))
                    && (1..=31).contains(&n)
                    && v.c(i - 1) == '月'
                    && (v.c(e) == '\0' || !v.c(i).is_ascii_digit());
                if !whole {
                    return None;
                }
                end = e;
            }
        }
        let mut fields = Fields { day: Some(n as i8), precision: Some(Precision::Day), ..f };
        // 12月29日（周一）, 12月29日 星期一
        let w = v.skip_spaces(end);
        let w2 = if matches!(v.c(w), '（' | '(' | '，' | ',') { v.skip_spaces(w + 1) } else { w };
        if let Some((day, after)) = weekday_at(v, w2) {
            let closed = matches!(v.c(w), '（' | '(');
            if closed && matches!(v.c(after), '）' | ')') {
                fields.weekday = Some(day);
                end = after + 1;
            } else if !closed {
                fields.weekday = Some(day);
                end = after;
            }
        }
        Some((fields, end))
    }

    /// Whether `N日` tells a length: 90日, 5日内, 为期3日.
    fn is_length(&self, i: usize, end: usize) -> bool {
        let v = self.v;
        let before = matches!(
            v.before(i, 1),
            '近' | '约'
                | '达'
                | '期'
                | '时'
                | '共'
                | '第'
                | '满'
                | '前'
                | '后'
                | '每'
                | '隔'
                | '逾'
                | '超'
                | '足'
                | '续'
                | '留'
                | '上'
                | '下'
                | '了'
                | '头'
        );
        let after =
            matches!(v.c(end), '内' | '游' | '以' | '间' | '余' | '多' | '龄' | '元' | '本' | '圆' | '后' | '之')
                || v.is(end, "左右");
        let relative = v.is(end, "以来")
            || v.is(end, "之前")
            || v.is(end, "以前")
            || v.is(end, "以后")
            || v.is(end, "之后") && !matches!(v.c(i), '三' | '两' | '数');
        before && v.before(i, 1) != '时' || after && !relative || v.c(i) == '两'
    }

    /// Whether `N号` standing alone is a day of the month.
    fn is_day_number(&self, i: usize, end: usize) -> bool {
        let v = self.v;
        let next = v.c(end);
        let before = v.before(i, 1);
        !(before.is_ascii_alphanumeric()
            || matches!(
                before,
                '路' | '街'
                    | '巷'
                    | '弄'
                    | '道'
                    | '村'
                    | '院'
                    | '楼'
                    | '区'
                    | '幢'
                    | '栋'
                    | '组'
                    | '第'
                    | '线'
                    | '里'
                    | '园'
                    | '厦'
                    | '场'
                    | '台'
                    | '座'
                    | '字'
                    | '〕'
                    | ']'
                    | '）'
                    | '-'
                    | '房'
                    | '门'
                    | '坊'
                    | '胡'
                    | '同'
                    | '苑'
                    | '城'
                    | '舰'
                    | '船'
                    | '神'
                    | '舟'
                    | '星'
                    | '娥'
                    | '宫'
                    | '问'
            )
            || matches!(
                next,
                '楼' | '线'
                    | '院'
                    | '门'
                    | '房'
                    | '店'
                    | '机'
                    | '车'
                    | '选'
                    | '手'
                    | '公'
                    | '文'
                    | '令'
                    | '台'
                    | '球'
                    | '井'
                    | '厅'
                    | '馆'
                    | '舱'
                    | '码'
                    | '称'
                    | '召'
                    | '位'
                    | '铺'
                    | '库'
                    | '桌'
                    | '床'
                    | '坑'
                    | '站'
                    | '仓'
                    | '炉'
                    | '矿'
                    | '口'
                    | '柜'
                    | '卡'
                    | '段'
                    | '字'
                    | '电'
                    | '被'
                    | '病'
                    | '人'
                    | '种'
                    | '元'
                    | '航'
                    | '卫'
                    | '火'
                    | '飞'
            ))
    }

    fn weekday(&self, i: usize, _by: i32) -> Option<(Fields, usize)> {
        let v = self.v;
        let (day, end) = weekday_at(v, i)?;
        if matches!(v.c(end), '至' | '到' | '-') && false {
            return None;
        }
        // 周日, 二月十号
        let w = v.skip_spaces(end);
        if matches!(v.c(w), ',' | '，') {
            let p = v.skip_spaces(w + 1);
            if let Some((f, e)) = self.month(p, Fields::default()).filter(|(f, _)| f.day.is_some()) {
                return Some((Fields { weekday: Some(day), ..f }, e));
            }
        }
        // The one in the week of the article.
        let days = self.anchor.reference.and_then(|today| {
            let d = shift(monday(today)?, (i64::from(day) - 1).days())?;
            Some((d, d))
        });
        Some((
            Fields {
                days,
                weekday: Some(day),
                precision: Some(Precision::Day),
                relative: true,
                open: days.is_none(),
                ..Fields::default()
            },
            end,
        ))
    }

    /// `90年代`, `上世纪八十年代末`, `19世纪70年代`, `21世纪`.
    fn decade(&self, i: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        let mut p = i;
        let mut century = None;
        if v.is(p, "上世纪") || v.is(p, "本世纪") {
            century = Some(if v.c(p) == '上' { 1900 } else { 2000 });
            p += 3;
        } else if let Some((n, e, _)) = numerals::small(v, p) {
            let e = v.skip_spaces(e);
            if v.is(e, "世纪") && (1..=22).contains(&n) {
                century = Some((n as i32 - 1) * 100);
                p = e + 2;
            }
        }
        let decade = numerals::small(v, p).and_then(|(n, e, _)| {
            let e = v.skip_spaces(e);
            let n = n as i32;
            (v.is(e, "年代") && ((0..=90).contains(&n) && n % 10 == 0 || (1800..=2090).contains(&n) && n % 10 == 0))
                .then_some((n, e + 2))
        });
        let Some((n, mut end)) = decade else {
            let first = century?;
            if p == i {
                return None;
            }
            let days = Some((date(first, 1, 1)?, date(first + 99, 12, 31)?));
            // 11世纪初, 上世纪末
            if v.c(p) == '初' || v.c(p) == '末' {
                let (a, b) = if v.c(p) == '初' { (first, first + 19) } else { (first + 80, first + 99) };
                return Some((
                    Fields {
                        days: Some((date(a, 1, 1)?, date(b, 12, 31)?)),
                        precision: Some(Precision::Era),
                        ..Fields::default()
                    },
                    p + 1,
                ));
            }
            return Some((Fields { days, precision: Some(Precision::Era), ..Fields::default() }, p));
        };
        let year = match (century, n) {
            (_, 100..) => n,
            (Some(c), _) => c + n,
            (None, 30..) => 1900 + n,
            (None, _) => 2000 + n,
        };
        let (mut a, mut b, mut part) = (year, year + 9, None);
        for (word, from, to, which) in [
            ("初期", 0, 2, Part::Begin),
            ("初", 0, 2, Part::Begin),
            ("中期", 4, 6, Part::Middle),
            ("中后期", 5, 9, Part::End),
            ("末期", 7, 9, Part::End),
            ("末", 7, 9, Part::End),
            ("后期", 7, 9, Part::End),
            ("前期", 0, 3, Part::Begin),
        ] {
            if v.is(end, word) {
                (a, b, part) = (year + from, year + to, Some(which));
                end += word.chars().count();
                break;
            }
        }
        Some((
            Fields {
                days: Some((date(a, 1, 1)?, date(b, 12, 31)?)),
                precision: Some(Precision::Era),
                part,
                ..Fields::default()
            },
            end,
        ))
    }

    /// `“十四五”`: five-year plans.
    fn plan(&self, i: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        if !matches!(v.c(i), '“' | '"' | '「' | '十' | '九' | '八') {
            return None;
        }
        let p = if matches!(v.c(i), '“' | '"' | '「') { i + 1 } else { i };
        for (word, n) in [
            ("十一五", 11),
            ("十二五", 12),
            ("十三五", 13),
            ("十四五", 14),
            ("十五五", 15),
            ("九五", 9),
            ("八五", 8),
            ("十五", 10),
        ] {
            if v.is(p, word) {
                let mut end = p + word.chars().count();
                if p > i {
                    if !matches!(v.c(end), '”' | '"' | '」') {
                        return None;
                    }
                    end += 1;
                }
                if v.is(end, "期间") || v.is(end, "时期") {
                    end += 2;
                } else if v.is(end, "末") || (p == i && n < 11) || v.c(end) == '折' || (n < 11) {
                    return None;
                }
                let first = 2001 + (n - 10) * 5;
                return Some((
                    Fields {
                        days: Some((date(first, 1, 1)?, date(first + 4, 12, 31)?)),
                        precision: Some(Precision::Range),
                        ..Fields::default()
                    },
                    end,
                ));
            }
        }
        None
    }

    /// The year of a date that names none: of the date named just before, or the one that brings it nearest to the article's own.
    fn with_year(&self, f: &Fields) -> Option<i32> {
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
    fn resolve(&self, f: &Fields) -> TimeValue {
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
                months_on(today, if day > today.day() { -1 } else { 0 })
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

fn end_of_phrase(c: char) -> bool {
    matches!(c, '\0' | '，' | '。' | '、' | '；' | ' ' | ',' | '）' | ')')
}

/// Two Chinese digits that follow one another: 三四年 is a length.
fn pair(v: &View, i: usize) -> bool {
    matches!((han_digit(v.c(i)), han_digit(v.c(i + 1))), (Some(a), Some(b)) if b == a + 1 || (a, b) == (3, 5))
}

/// The first day of the year, month or week that `day` stands in.
fn grain_start(day: Date, unit: char) -> Option<Date> {
    match unit {
        '年' => date(i32::from(day.year()), 1, 1),
        '月' => date(i32::from(day.year()), day.month(), 1),
        _ => monday(day),
    }
}

/// Whether a connector and a year with its month end before `i`: the second end of 1999.08-2002.02.
fn connector_before(v: &View, i: usize) -> bool {
    matches!(v.before(i, 1), '-' | '—' | '~' | '至' | '到')
        && v.before(i, 2).is_ascii_digit()
        && v.before(i, 4) == '.'
        && v.before(i, 5).is_ascii_digit()
}

/// A weekday's number after 周 or 星期.
fn weekday_digit(v: &View, i: usize) -> Option<(i8, usize)> {
    let n = match v.c(i) {
        '一' | '1' => 1,
        '二' | '2' => 2,
        '三' | '3' => 3,
        '四' | '4' => 4,
        '五' | '5' => 5,
        '六' | '6' => 6,
        '日' | '天' | '7' => 7,
        _ => return None,
    };
    // 周一围, 周三角: names of men; 周日程.
    if v.c(i + 1) == '程' || v.c(i).is_ascii_digit() && v.c(i + 1).is_ascii_digit() {
        return None;
    }
    Some((n, i + 1))
}

/// 周三, 星期三, 礼拜三 at `i`.
fn weekday_at(v: &View, i: usize) -> Option<(i8, usize)> {
    if v.is(i, "星期") || v.is(i, "礼拜") {
        return weekday_digit(v, i + 2);
    }
    if v.c(i) == '周' && !matches!(v.before(i, 1), '一' | '两' | '四' | '每' | '双' | '圆') {
        return weekday_digit(v, i + 1)
            .filter(|(d, _)| !(v.c(i + 1) == '天' && *d == 7))
            .filter(|_| !matches!(v.c(i + 2), '围' | '年' | '岁'));
    }
    None
}
