//! Months, quarters and days that share the word behind the last of them: 一二月份, 1-3季度, 三、四季度, 21、22日. Enters: characters. Leaves:
//! fields of the first, or of all where they are written as one.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::numerals::{self, han_digit};
use super::{Fields, Reader, connector, date, last_day, shift};
use crate::quantity::Precision;

impl Reader<'_> {
    /// Two Chinese digits that follow one another at `i`: 三四.
    fn neighbours(&self, i: usize) -> Option<(i8, i8)> {
        let v = self.v;
        let (a, b) = (han_digit(v.c(i))?, han_digit(v.c(i + 1))?);
        (a > 0 && b == a + 1 && han_digit(v.before(i, 1)).is_none() && v.before(i, 1) != '十')
            .then_some((a as i8, b as i8))
    }

    /// From the first day of one month to the last of another, in the year of `f` or the one that stands nearest.
    fn months_of(&self, f: Fields, a: i8, b: i8) -> Fields {
        let first = Fields { month: Some(a), precision: Some(Precision::Month), ..f };
        let year = f.year.or_else(|| if f.open { None } else { self.with_year(&first) });
        let days = year.and_then(|y| Some((date(y, a, 1)?, date(y, b, last_day(y, b))?)));
        Fields { days, open: days.is_none(), precision: Some(Precision::Range), ..f }
    }

    /// `一二月份`, `三四月间`.
    pub(super) fn two_months(&self, i: usize, f: Fields) -> Option<(Fields, usize)> {
        let v = self.v;
        let (a, b) = self.neighbours(i)?;
        if v.c(i + 2) != '月' || matches!(v.c(i + 3), '龄' | '大' | '后' | '前' | '内' | '多' | '以' | '的' | '之')
        {
            return None;
        }
        let end = i + if matches!(v.c(i + 3), '份' | '间') { 4 } else { 3 };
        Some((self.months_of(f, a, b), end))
    }

    /// `一二季度`, and the first of `1-3季度`, `三、四季度`.
    pub(super) fn quarters(&self, i: usize, f: Fields) -> Option<(Fields, usize)> {
        let v = self.v;
        if let Some((a, b)) = self.neighbours(i)
            && v.is(i + 2, "季度")
            && b <= 4
        {
            return Some((self.months_of(f, a * 3 - 2, b * 3), i + 4));
        }
        let (n, end, run) = numerals::small(v, i)?;
        if !(1..=3).contains(&n) || run > 1 || v.before(i, 1).is_ascii_digit() || v.before(i, 1) == '.' {
            return None;
        }
        let next = match v.c(end) {
            '、' | '和' => end + 1,
            _ => connector(v, end)?,
        };
        let next = if v.c(next) == '第' { next + 1 } else { next };
        let (m, after, _) = numerals::small(v, next)?;
        let unit = v.skip_spaces(after);
        let word = v.is(unit, "季度") || v.is(unit, "财季");
        (m > n && m <= 4 && word)
            .then_some((Fields { quarter: Some(n as i8), precision: Some(Precision::Quarter), ..f }, end))
    }

    /// The first of `21、22日`, where what follows is a day and no length.
    pub(super) fn days_listed(&self, i: usize, n: i64, end: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        let (mut last, mut p) = (n, end);
        if !(1..=30).contains(&n) || v.before(i, 1) == '.' {
            return None;
        }
        for _ in 0..4 {
            if !matches!(v.c(p), '、' | '和' | '及') {
                return None;
            }
            let at = p + 1;
            let (m, after, run) = numerals::small(v, at)?;
            if m <= last || m > 31 || run > 2 {
                return None;
            }
            if matches!(v.c(after), '日' | '号') {
                let day = if v.c(after) == '日' {
                    !self.is_length(at, after + 1)
                } else {
                    self.is_day_number(at, after + 1)
                };
                return (day && n > 3).then_some((
                    Fields { day: Some(n as i8), bare_day: true, precision: Some(Precision::Day), ..Fields::default() },
                    end,
                ));
            }
            (last, p) = (m, after);
        }
        None
    }

    /// Some days of a stretch: 国庆假期前三天, 春节假期首日, 长假第三天.
    pub(super) fn days_of(&self, i: usize, of: (Date, Date), f: Fields) -> Option<(Fields, usize)> {
        let v = self.v;
        let p = if v.c(i) == '的' { i + 1 } else { i };
        let whole = i64::from((of.1 - of.0).get_days()) + 1;
        let day = |end: usize| matches!(v.c(end), '天' | '日').then_some(end + 1);
        let (from, to, end) = if v.is(p, "首日") || v.is(p, "首天") {
            (0, 0, p + 2)
        } else if v.is(p, "最后一天") {
            (whole - 1, whole - 1, p + 4)
        } else if matches!(v.c(p), '前' | '头' | '首' | '第') || v.is(p, "最后") {
            let last = v.is(p, "最后");
            let (n, e, _) = numerals::small(v, p + if last { 2 } else { 1 })?;
            let end = day(e)?;
            match v.c(p) {
                '第' => (n - 1, n - 1, end),
                _ if last => (whole - n, whole - 1, end),
                _ => (0, n - 1, end),
            }
        } else {
            return None;
        };
        if !(0..whole).contains(&from) || !(0..whole).contains(&to) {
            return None;
        }
        let days = (shift(of.0, from.days())?, shift(of.0, to.days())?);
        let precision = if from == to { Precision::Day } else { Precision::Range };
        Some((Fields { days: Some(days), precision: Some(precision), ..f }, end))
    }

    /// The first or last day or week of a month or year: 6月的第一天, 五月最后一周, 今年最后一天.
    pub(super) fn edge(&self, i: usize, f: &Fields) -> Option<(Fields, usize)> {
        let v = self.v;
        let p = if v.c(i) == '的' { i + 1 } else { i };
        let (end, first) = if v.is(p, "最后一") {
            (p + 3, false)
        } else if v.is(p, "第一") {
            (p + 2, true)
        } else if v.is(p, "头一") || v.is(p, "首") && matches!(v.c(p + 1), '日' | '周') {
            (p + if v.c(p) == '头' { 2 } else { 1 }, true)
        } else {
            return None;
        };
        let end = if v.c(end) == '个' { end + 1 } else { end };
        let week = if v.c(end) == '周' && super::point::weekday_digit(v, end + 1).is_none() {
            true
        } else if matches!(v.c(end), '天' | '日') && v.c(end + 1) != '本' {
            false
        } else {
            return None;
        };
        if week && first {
            return None;
        }
        let year = f.year.or_else(|| self.with_year(f))?;
        let (a, b) = match f.month {
            Some(m) => (date(year, m, 1)?, date(year, m, last_day(year, m))?),
            None if f.year.is_some() || f.relative => (date(year, 1, 1)?, date(year, 12, 31)?),
            None => return None,
        };
        let day = if first { a } else { b };
        let days = if week { (super::monday(day)?, shift(super::monday(day)?, 6.days())?) } else { (day, day) };
        let precision = if week { Precision::Week } else { Precision::Day };
        Some((Fields { days: Some(days), precision: Some(precision), ..*f }, end + 1))
    }
}
