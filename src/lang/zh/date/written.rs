//! Dates that are written in figures, and years in all their ways: 2008-12-29, 20081229, 10/31/74, 公元前221年, 2019/2020财年. Enters:
//! characters. Leaves: fields.

use super::super::numerals::{self, han_digit};
use super::super::view::View;
use super::{Fields, Reader, connector, date};
use crate::quantity::Precision;

impl Reader<'_> {
    /// `公元前221年`, `公元618年`.
    pub(super) fn common_era(&self, i: usize) -> Option<(Fields, usize)> {
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
    pub(super) fn season(&self, i: usize, n: i64, end: usize, run: usize) -> Option<(Fields, usize)> {
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
            let f = Fields { year: Some(first), year_written: true, ..Fields::default() };
            return Some(
                self.after_year(end, f).filter(|(f, _)| f.quarter.is_some() || f.half.is_some()).unwrap_or((f, end)),
            );
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

    /// `2021-06`, as tables have it; 2011-12年 and 2011-12赛季 are two years.
    pub(super) fn year_month(&self, i: usize, n: i64, end: usize, run: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        if run != 4
            || !(1900..2100).contains(&n)
            || !v.c(i).is_ascii_digit()
            || !matches!(v.c(end), '-' | '/')
            || v.before(i, 1).is_ascii_alphanumeric()
            || matches!(v.before(i, 1), '-' | '/' | '_' | '.' | '~' | '—' | '#')
        {
            return None;
        }
        let (m, e, mrun) = numerals::small(v, end + 1)?;
        let free = !v.c(e).is_ascii_alphanumeric()
            && !crate::text::is_ideograph(v.c(v.skip_spaces(e)))
            && !matches!(v.c(e), '-' | '/' | '_' | '.' | '%' | '~' | '—');
        if mrun != 2 || !(1..=12).contains(&m) || !free || n % 100 + 1 == m {
            return None;
        }
        Some((
            Fields {
                year: Some(n as i32),
                month: Some(m as i8),
                precision: Some(Precision::Month),
                year_written: true,
                ..Fields::default()
            },
            e,
        ))
    }

    /// Day and month before the year: `31/10/1974`, `10/31/74`; only where no other reading is open.
    pub(super) fn day_first(&self, i: usize, n: i64, end: usize, run: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        let sep = v.c(end);
        if run == 0 || run > 2 || !v.c(i).is_ascii_digit() || !matches!(sep, '/' | '-' | '.') {
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
            // 3/3/15: month and day are the same, whichever comes first.
            2 if y > 12 && sep == '/' && n == m => 2000 + y,
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

    /// Whether a word for a day at `i` is cut from two others: 前天津市长, 后天性, 当日本队.
    pub(super) fn cut_day(&self, i: usize, end: usize) -> bool {
        let v = self.v;
        let next = v.c(end);
        match v.before(end, 1) {
            '天' => next == '津' || v.is(i, "后天") && next == '性' || v.is(i, "明天") && next == '系',
            '日' => {
                next == '本'
                    && !matches!(
                        v.c(end + 1),
                        '报' | '市' | '网' | '台' | '院' | '县' | '区' | '省' | '校' | '刊' | '社' | '栏' | '来'
                    )
                    || v.is(i, "今日") && matches!(next, '头' | '说')
            }
            _ => false,
        }
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
        if sep == '.' && matches!(mrun, 1 | 2) && (1..=12).contains(&month) {
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
        // 2010.3.5-2010.4.6
        let again = v.c(e2) == '-'
            && sep != '-'
            && numerals::small(v, e2 + 1)
                .is_some_and(|(y, p, r)| r == 4 && (1300..=2999).contains(&y) && v.c(p) == sep);
        if drun == 0 || drun > 2 || v.c(e2).is_ascii_alphanumeric() || matches!(v.c(e2), '/' | '_' | '-') && !again {
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
}

/// Whether a part of a year follows a year without its 年: 2017上半年, 2015前三季度.
pub(super) fn half_of_year(v: &View, i: usize) -> bool {
    let i = v.skip_spaces(i);
    [
        "全年",
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
        && (v.before(i, 4) == '.' && v.before(i, 5).is_ascii_digit()
            || v.before(i, 3) == '.' && v.before(i, 4).is_ascii_digit() && v.before(i, 7).is_ascii_digit())
}
