//! One point or period as it is written: years, numeric dates, words of the calendar, weekdays. Enters: characters. Leaves: fields.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::lunar;
use super::super::numerals::{self, han_digit};
use super::super::view::View;
use super::super::words::Calendar;
use super::period::movable;
use super::written::half_of_year;
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
            '元' if v.is(i, "元月")
                && !v.before(i, 1).is_ascii_digit()
                && !matches!(v.before(i, 1), '万' | '亿' | '美' | '欧') =>
            {
                return self.month(i, Fields::default());
            }
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
            '上' | '本' if v.is(i + 1, "世纪") || v.is(i, "上个世纪") => return self.decade(i),
            // 今夏, 去冬今春
            '今' | '去' | '明' | '来'
                if matches!(v.c(i + 1), '春' | '夏' | '秋' | '冬')
                    && !matches!(v.c(i + 2), '节' | '运' | '晚' | '招' | '装' | '令' | '游')
                    && (v.c(i) == '今'
                        || !crate::text::is_ideograph(v.c(i + 2))
                        || matches!(v.c(i + 2), '以' | '的' | '今' | '至' | '到' | '前' | '后' | '季' | '天'))
                    && !matches!(
                        v.before(i, 1),
                        '如' | '当' | '至' | '迄' | '过' | '离' | '说' | '证' | '表' | '未' | '从'
                    ) =>
            {
                let by = match v.c(i) {
                    '去' => -1,
                    '今' => 0,
                    _ => 1,
                };
                let today = self.anchor.reference;
                let year = today.map(|d| i32::from(d.year()) + by);
                return self
                    .after_year(i + 1, Fields { year, relative: true, open: year.is_none(), ..Fields::default() });
            }
            // 前头的 is no 前; 头三个月 as 前三个月.
            '头' => {
                return self.after_year(i, Fields::default()).filter(|(f, _)| f.first_months.is_some());
            }
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
        // What is left begins with a number.
        if !v.c(i).is_ascii_digit() && !numerals::is_han_numeral(v.c(i)) {
            return None;
        }
        if let Some(found) = self.compact(i) {
            return Some(found);
        }
        let (n, end, run) = numerals::small(v, i)?;
        if let Some(found) = self.numeric(i, n, end, run).or_else(|| self.day_first(i, n, end, run)) {
            return Some(found);
        }
        if let Some(found) = self.season(i, n, end, run).or_else(|| self.year_month(i, n, end, run)) {
            return Some(found);
        }
        if let Some(found) = self.quarters(i, Fields::default()).or_else(|| self.two_months(i, Fields::default())) {
            return Some(found);
        }
        if let Some(found) = self.days_listed(i, n, end) {
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
                let f = Fields { year: Some(n as i32), year_written: true, ..Fields::default() };
                Some(
                    self.after_year(q + 2, f)
                        .filter(|(f, _)| f.quarter.is_some() || f.half.is_some())
                        .unwrap_or((f, q + 2)),
                )
            }
            // 八月初三, 六月廿一
            '月' if v.c(q + 1) == '廿'
                || v.c(q + 1) == '初' && han_digit(v.c(q + 2)).is_some_and(|d| d > 0) | (v.c(q + 2) == '十') =>
            {
                let year = self.anchor.reference.map(|d| i32::from(d.year()));
                match lunar::date(v, i, year) {
                    Some((days, end)) => Some((
                        Fields {
                            days: Some(days),
                            precision: Some(Precision::Day),
                            relative: true,
                            ..Fields::default()
                        },
                        end,
                    )),
                    None => self.month(i, Fields::default()),
                }
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

    pub(super) fn word(&self, i: usize, end: usize, meaning: Calendar) -> Option<(Fields, usize)> {
        let v = self.v;
        let today = self.anchor.reference;
        let open = today.is_none();
        let base = Fields { relative: true, open, ..Fields::default() };
        match meaning {
            Calendar::Days(from, to) => {
                let days = today.and_then(|d| Some((shift(d, from.days())?, shift(d, to.days())?)));
                Some((Fields { days, precision: Some(Precision::Range), ..base }, end))
            }
            Calendar::Years(from, to) => {
                let year = |by: i32| today.map(|d| i32::from(d.year()) + by);
                let days = year(from).zip(year(to)).and_then(|(a, b)| Some((date(a, 1, 1)?, date(b, 12, 31)?)));
                Some((Fields { days, precision: Some(Precision::Range), ..base }, end))
            }
            // 前天津市长, 后天性, 当日本队: the same with days.
            Calendar::Day(_) | Calendar::AnchorDay(_) if self.cut_day(i, end) => None,
            Calendar::Day(by) => {
                let days = today.and_then(|d| shift(d, by.days())).map(|d| (d, d));
                Some((Fields { days, precision: Some(Precision::Day), ..base }, end))
            }
            Calendar::Year(_) if v.is(i, "上年") && matches!(v.c(i + 2), '轻' | '纪' | '级' | '龄') => None,
            // 建成后年产, 说明年均, 2016年内蒙古: the word is cut from two others.
            Calendar::Year(_)
                if v.is(i, "后年")
                    && matches!(
                        v.c(i + 2),
                        '产' | '均' | '销' | '收' | '发' | '供' | '处' | '接' | '利' | '营' | '净'
                    )
                    || v.is(i, "明年") && matches!(v.before(i, 1), '说' | '证' | '表' | '声' | '指')
                    || v.is(i, "年内") && (v.c(i + 2) == '蒙' || v.before(i, 1).is_ascii_digit()) =>
            {
                None
            }
            Calendar::Year(by) => {
                let year = today.map(|d| i32::from(d.year()) + by);
                let mut p = end;
                // 去年的今天
                let same = if v.c(p) == '的' { p + 1 } else { p };
                if by != 0 && (v.is(same, "今天") || v.is(same, "今日") || v.is(same, "此日")) {
                    let days = today.and_then(|d| shift(d, i64::from(by).years())).map(|d| (d, d));
                    return Some((Fields { days, precision: Some(Precision::Day), ..base }, same + 2));
                }
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
                let (part, end) = match v.c(end) {
                    '末' | '底' => (Some(Part::End), end + 1),
                    '初' => (Some(Part::Begin), end + 1),
                    _ => (base.part, end),
                };
                Some((
                    Fields {
                        part,
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
                let stretch = (first, shift(first, (i64::from(days) - 1).days())?);
                let f = Fields {
                    days: Some(stretch),
                    precision: Some(Precision::Range),
                    relative: true,
                    ..Fields::default()
                };
                Some(self.days_of(end, stretch, f).unwrap_or((f, end)))
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
                let f = Fields {
                    days,
                    open: days.is_none(),
                    precision: Some(if index == 11 { Precision::Range } else { Precision::Day }),
                    relative: true,
                    ..Fields::default()
                };
                Some(days.filter(|_| index == 11).and_then(|d| self.days_of(end, d, f)).unwrap_or((f, end)))
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
