//! One point or period as it is written: years, numeric dates, words of the calendar, weekdays. Enters: characters. Leaves: fields.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::lunar;
use super::super::numerals::{self, han_digit};
use super::super::view::View;
use super::super::words::Calendar;
use super::period::movable;
use super::{Fields, Part, Reader, connector, date, monday, months_on, shift};
use crate::quantity::Precision;

impl Reader<'_> {
    /// One point or period.
    pub(super) fn point(&self, i: usize) -> Option<(Fields, usize)> {
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
            '周' | '星' | '礼' => return self.weekday(i),
            '公' => return self.common_era(i),
            // 最后一个周三, of nothing that is named
            '最' if v.is(i, "最后一个") && !matches!(v.before(i, 1), '年' | '月' | '每' | '的') => {
                let (day, end) = weekday_at(v, if v.c(i + 4) == '的' { i + 5 } else { i + 4 })?;
                return Some((
                    Fields {
                        weekday: Some(day),
                        precision: Some(Precision::Day),
                        relative: true,
                        open: true,
                        ..Fields::default()
                    },
                    end,
                ));
            }
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
            && let Some((n, e, _)) =
                if v.c(i + len) == '元' { Some((1, i + len + 1, 0)) } else { numerals::small(v, i + len) }
            && v.c(e) == '年'
            && (1..=120).contains(&n)
        {
            return self
                .after_year(e + 1, Fields { year: Some(base + n as i32), year_written: true, ..Fields::default() });
        }
        if let Some(found) = self.compact(i) {
            return Some(found);
        }
        let (n, end, run) = numerals::small(v, i)?;
        if let Some(found) = self.numeric(i, n, end, run).or_else(|| self.day_first(i, n, end, run)) {
            return Some(found);
        }
        if let Some(found) = self.season(i, n, end, run) {
            return Some(found);
        }
        // 2017上半年
        if run == 4 && (1900..2100).contains(&n) && half_of_year(v, end) && !v.before(i, 1).is_ascii_alphanumeric() {
            return self.after_year(end, Fields { year: Some(n as i32), year_written: true, ..Fields::default() });
        }
        // 2019Q4, 19H1
        if matches!(v.c(end), 'Q' | 'H')
            && v.c(i).is_ascii_digit()
            && !v.before(i, 1).is_ascii_alphanumeric()
            && (run == 4 && (1900..2100).contains(&n) || run == 2)
            && v.c(end + 1).is_ascii_digit()
        {
            let year = if run == 4 { n as i32 } else { 2000 + n as i32 };
            return self
                .after_year(end, Fields { year: Some(year), year_written: true, ..Fields::default() })
                .filter(|(f, _)| f.quarter.is_some() || f.half.is_some());
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
            '、' | '和' | '与' | '及' | '以' | '或' | '-' | '—' | '~' | '至' | '到' | '–' | '－'
                if run == 4 && (1900..2100).contains(&n) =>
            {
                let mut p = q;
                for _ in 0..4 {
                    p = match v.c(p) {
                        '、' | '和' | '与' | '及' | '或' => p + 1,
                        '以' if v.c(p + 1) == '及' => p + 2,
                        _ => connector(v, p)?,
                    };
                    let (m, after, run) = numerals::small(v, p)?;
                    if run != 2 && (run != 4 || !(1900..2100).contains(&m)) {
                        return None;
                    }
                    p = v.skip_spaces(after);
                    if half_of_year(v, p) || v.c(p) == '年' && !v.is(p + 1, "间") {
                        return Some((Fields { year: Some(n as i32), year_written: true, ..Fields::default() }, end));
                    }
                    if v.c(p) == '年' {
                        return Some((Fields { year: Some(n as i32), year_written: true, ..Fields::default() }, end));
                    }
                }
                None
            }
            // 6、7月间
            '、' | '和'
                if (1..=12).contains(&n)
                    && v.c(i).is_ascii_digit()
                    && numerals::small(v, q + 1).is_some_and(|(m, e, _)| {
                        m > n && m <= 12 && v.c(e) == '月' && !matches!(v.c(e + 1), '龄' | '大')
                    }) =>
            {
                Some((Fields { month: Some(n as i8), precision: Some(Precision::Month), ..Fields::default() }, end))
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

    /// `公元前221年`, `公元618年`.
    fn common_era(&self, i: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        let (before, p) = if v.is(i, "公元前") {
            (true, i + 3)
        } else if v.is(i, "公元后") {
            (false, i + 3)
        } else if v.is(i, "公元") {
            (false, i + 2)
        } else {
            return None;
        };
        let (n, end, _) = numerals::small(v, v.skip_spaces(p))?;
        let end = v.skip_spaces(end);
        let n = i32::try_from(n).ok().filter(|n| (1..=9000).contains(n))?;
        let era = |a: i32, b: i32, precision| {
            Some(Fields {
                days: Some((date(a, 1, 1)?, date(b, 12, 31)?)),
                precision: Some(precision),
                year_written: true,
                ..Fields::default()
            })
        };
        if v.is(end, "世纪") && n <= 90 {
            let (a, b) = if before { (1 - n * 100, 100 - n * 100) } else { (n * 100 - 99, n * 100) };
            return Some((era(a, b, Precision::Era)?, end + 2));
        }
        if v.c(end) != '年' {
            return None;
        }
        if before {
            return Some((era(1 - n, 1 - n, Precision::Year)?, end + 1));
        }
        self.after_year(end + 1, Fields { year: Some(n), year_written: true, ..Fields::default() })
    }

    /// A year that is named by two: `2019/2020财年`, `2019-20赛季`, `2019财政年度`.
    fn season(&self, i: usize, n: i64, end: usize, run: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        if run != 4 || !(1900..2100).contains(&n) || v.before(i, 1).is_ascii_alphanumeric() {
            return None;
        }
        let named = |p: usize| {
            let p = v.skip_spaces(p);
            let p = if v.c(p) == '年' { p + 1 } else { p };
            ["财政年度", "财年", "赛季", "学年", "年度"].iter().find(|w| v.is(p, w)).map(|w| p + w.chars().count())
        };
        let first = n as i32;
        if let Some(end) = named(end).filter(|_| v.c(end) != '年') {
            return Some((Fields { year: Some(first), year_written: true, ..Fields::default() }, end));
        }
        let q = if v.c(end) == '/' { end + 1 } else { connector(v, end)? };
        let (m, after, run) = numerals::small(v, q)?;
        let second = if run == 2 { first / 100 * 100 + m as i32 } else { m as i32 };
        if second != first + 1 {
            return None;
        }
        let end = named(after)?;
        Some((
            Fields {
                days: Some((date(first, 1, 1)?, date(second, 12, 31)?)),
                precision: Some(Precision::Range),
                year_written: true,
                ..Fields::default()
            },
            end,
        ))
    }

    /// Day and month before the year: `31/10/1974`, `10/31/74`; only where no other reading is open.
    fn day_first(&self, i: usize, n: i64, end: usize, run: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        let sep = v.c(end);
        if run == 0 || run > 2 || !v.c(i).is_ascii_digit() || !matches!(sep, '/' | '-') {
            return None;
        }
        if v.before(i, 1).is_ascii_alphanumeric() || matches!(v.before(i, 1), '/' | '-' | '.') {
            return None;
        }
        let (m, e, mrun) = numerals::small(v, end + 1)?;
        if v.c(e) != sep || mrun == 0 || mrun > 2 {
            return None;
        }
        let (y, e2, yrun) = numerals::small(v, e + 1)?;
        let year = match yrun {
            4 if (1900..2100).contains(&y) => y,
            2 if y > 31 && sep == '/' => 1900 + y,
            _ => return None,
        };
        if v.c(e2).is_ascii_alphanumeric() || matches!(v.c(e2), '/' | '-' | '_') {
            return None;
        }
        let (month, day) = match (n, m) {
            (1..=12, 13..=31) => (n, m),
            (13..=31, 1..=12) => (m, n),
            _ if n == m => (n, m),
            _ => return None,
        };
        date(year as i32, month as i8, day as i8)?;
        Some((
            Fields {
                year: Some(year as i32),
                month: Some(month as i8),
                day: Some(day as i8),
                year_written: true,
                ..Fields::default()
            },
            e2,
        ))
    }

    /// Whether nothing at `end` makes the number before it count something; 年 does not.
    pub(super) fn unit_free(&self, end: usize) -> bool {
        let v = self.v;
        !v.c(end).is_ascii_alphanumeric()
            && !matches!(v.c(end), '.' | ',' | '%' | '万' | '亿')
            && (v.c(end) == '年' || self.words.units.at(v.from(end)).is_none())
    }

    /// Whether a number before 年 is a year, and which.
    pub(super) fn year(&self, i: usize, n: i64, end: usize, run: usize, q: usize) -> Option<i32> {
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
    pub(super) fn compact(&self, i: usize) -> Option<(Fields, usize)> {
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
        if self.words.units.at(v.from(i + 8)).is_some() {
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
    pub(super) fn numeric(&self, i: usize, n: i64, end: usize, run: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        if run != 4 || !v.c(i).is_ascii_digit() || !(1300..=2999).contains(&n) || v.before(i, 1).is_ascii_alphanumeric()
        {
            return None;
        }
        let sep = v.c(end);
        // 2010 01 29
        let spaced =
            sep == ' ' && v.c(end + 3) == ' ' && v.c(end + 5).is_ascii_digit() && !v.c(end + 6).is_ascii_digit();
        if !matches!(sep, '-' | '/' | '.') && !spaced {
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

    pub(super) fn word(&self, i: usize, end: usize, meaning: Calendar) -> Option<(Fields, usize)> {
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
                let at = today.map(|d| months_on(d, by));
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
                .map(|d| months_on(d, by));
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
            Calendar::NthWeekday(..) | Calendar::Term(_) => {
                let year = self.anchor.reference.map(|d| i32::from(d.year()));
                let days = year.and_then(|y| movable(meaning, y)).map(|d| (d, d));
                Some((
                    Fields {
                        days,
                        open: days.is_none(),
                        precision: Some(Precision::Day),
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

    pub(super) fn weekday(&self, i: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        let (day, end) = weekday_at(v, i)?;
        // 周日, 二月十号
        let w = v.skip_spaces(end);
        if matches!(v.c(w), ',' | '，') && !matches!(v.before(i, 1), '至' | '到' | '-' | '—') {
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
}

/// Whether a part of a year follows a year without its 年: 2017上半年, 2015前三季度.
fn half_of_year(v: &View, i: usize) -> bool {
    let i = v.skip_spaces(i);
    [
        "上半年",
        "下半年",
        "前三季度",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "第一季度",
        "第二季度",
        "第三季度",
        "第四季度",
    ]
    .iter()
    .any(|w| v.is(i, w))
}

/// Two Chinese digits that follow one another: 三四年 is a length.
pub(super) fn pair(v: &View, i: usize) -> bool {
    matches!((han_digit(v.c(i)), han_digit(v.c(i + 1))), (Some(a), Some(b)) if b == a + 1 || (a, b) == (3, 5))
}

/// Whether a connector and a year with its month end before `i`: the second end of 1999.08-2002.02.
pub(super) fn connector_before(v: &View, i: usize) -> bool {
    matches!(v.before(i, 1), '-' | '—' | '~' | '至' | '到')
        && v.before(i, 2).is_ascii_digit()
        && v.before(i, 4) == '.'
        && v.before(i, 5).is_ascii_digit()
}

/// A weekday's number after 周 or 星期.
pub(super) fn weekday_digit(v: &View, i: usize) -> Option<(i8, usize)> {
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
pub(super) fn weekday_at(v: &View, i: usize) -> Option<(i8, usize)> {
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
