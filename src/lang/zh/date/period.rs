//! Periods: windows counted from the article's date, what follows a year, decades, five-year plans. Enters: characters. Leaves: fields.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::lunar;
use super::super::numerals;
use super::super::solar;
use super::super::view::class;
use super::super::words::Calendar;
use super::{Fields, Part, Reader, Reading, date, last_day, monday, shift};
use crate::model::Kind;
use crate::quantity::{Precision, TimeValue};

impl Reader<'_> {
    /// `近五年来`, `过去三年`, `未来两天`: counted from the article's date.
    pub(super) fn window(&self, i: usize) -> Option<Reading> {
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
        // 最近半年, 近半年来
        if v.is(n_at, "半年") && !grain {
            let p = n_at + 2;
            let tail = if v.is(p, "以来") { 2 } else { usize::from(v.c(p) == '来' || v.c(p) == '间') };
            if lead == "近" && tail == 0 || matches!(v.c(p), '内' | '多' | '左') {
                return None;
            }
            let today = self.anchor.reference;
            let by = 6.months();
            let (first, last) = if forward {
                (today.and_then(|d| shift(d, 1.days())), today.and_then(|d| shift(d, by)))
            } else {
                (today.and_then(|d| shift(d, -by)), today)
            };
            return Some(Self::counted(i, p + tail, "P6M".to_owned(), first, last));
        }
        let n = numerals::parse(v, n_at)?;
        if n.decimals > 0 || matches!(n.shape, numerals::Shape::Odd | numerals::Shape::Order) {
            return None;
        }
        let mut p = v.skip_spaces(n.end);
        let (unit, len) = if v.is(p, "个季度") && !grain {
            ('季', 3)
        } else if v.is(p, "个月") {
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
        // 失踪已经过去224天, 事情过去82天后: how long it is ago.
        if lead == "过去"
            && (matches!(v.before(i, 1), '已' | '经' | '每' | '又' | '就' | '都' | '快' | '才')
                || matches!(v.c(p), '后' | '了'))
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
        let (unit, count) = if unit == '季' { ('月', count * 3) } else { (unit, count) };
        let by = match unit {
            '年' => count.years(),
            '月' => count.months(),
            '周' => count.weeks(),
            _ => count.days(),
        };
        let (mut first, mut last) = (None, None);
        if let Some(today) = self.anchor.reference {
            let start = if grain { grain_start(today, unit) } else { None };
            if let Some(start) = start.filter(|_| unit != '日') {
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
        Some(Self::counted(i, p, format!("P{count}{code}"), first, last))
    }

    /// A stretch that is counted from the article's date.
    fn counted(start: usize, end: usize, timex: String, first: Option<Date>, last: Option<Date>) -> Reading {
        let time = TimeValue {
            timex,
            first,
            last,
            precision: Precision::Range,
            month: None,
            day: None,
            clock: None,
            weekday: None,
            relative: true,
        };
        Reading { start, end, kind: Kind::DateRange, time, dateline: false, hedge: None }
    }

    /// What may follow a year: a month, quarter, half, season, part, holiday.
    pub(super) fn after_year(&self, at: usize, f: Fields) -> Option<(Fields, usize)> {
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
            // 明年年中, but not 今年中国
            '中' if p > at
                && v.before(p, 1) == '年'
                && v.before(p, 2) == '年'
                && !matches!(v.c(p + 1), '国' | '央' | '秋') =>
            {
                Some((Part::Middle, p + 1))
            }
            '末' if v.is(p, "末期") => Some((Part::End, p + 2)),
            '底' | '末' => Some((Part::End, p + 1)),
            _ => None,
        };
        // 今年最后三个月, 2021年的最后4个月
        let last = if v.c(i) == '的' { i + 1 } else { i };
        if v.is(last, "最后")
            && let (Some(year), Some((n, e, _))) = (f.year, numerals::small(v, v.skip_spaces(last + 2)))
            && (1..=11).contains(&n)
            && v.is(v.skip_spaces(e), "个月")
            && let (Some(a), Some(b)) = (date(year, 13 - n as i8, 1), date(year, 12, 31))
        {
            let days = Some((a, b));
            return Some((Fields { days, precision: Some(Precision::Range), ..f }, v.skip_spaces(e) + 2));
        }
        for word in ["最后一个季度", "最后一季度", "最后一季", "末季"] {
            if !alone && v.is(last, word) {
                let end = last + word.chars().count();
                return Some((Fields { quarter: Some(4), precision: Some(Precision::Quarter), ..f }, end));
            }
        }
        if !alone && let Some(found) = self.edge(at, &f) {
            return Some(found);
        }
        // 上半年, 下半年, 2018年前半年
        if v.is(i, "上半年") || v.is(i, "下半年") || !alone && (v.is(i, "前半年") || v.is(i, "后半年")) {
            let half = if matches!(v.c(i), '上' | '前') { 1 } else { 2 };
            return Some((Fields { half: Some(half), precision: Some(Precision::Half), ..f }, i + 3));
        }
        // Q1, H1
        if matches!(v.c(i), 'Q' | 'H') && v.c(i + 1).is_ascii_digit() && !v.c(i + 2).is_ascii_alphanumeric() {
            let n = v.c(i + 1) as i8 - '0' as i8;
            // Q3 2008
            let year_at = v.skip_spaces(i + 2);
            let later = numerals::small(v, year_at)
                .filter(|&(y, e, run)| alone && run == 4 && (1900..2100).contains(&y) && self.unit_free(e))
                .map(|(y, e, _)| (y as i32, if v.c(e) == '年' { e + 1 } else { e }));
            let end = later.map_or(i + 2, |(_, e)| e);
            let f =
                Fields { year: later.map(|(y, _)| y).or(f.year), year_written: f.year_written || later.is_some(), ..f };
            if v.c(i) == 'Q' && (1..=4).contains(&n) {
                return Some((Fields { quarter: Some(n), precision: Some(Precision::Quarter), ..f }, end));
            }
            if v.c(i) == 'H' && (1..=2).contains(&n) && (!alone || later.is_some()) {
                return Some((Fields { half: Some(n), precision: Some(Precision::Half), ..f }, end));
            }
            return give_up();
        }
        // 前三季度, 前11月, 前11个月, 首季
        if matches!(v.c(i), '前' | '首' | '头') {
            let n_at = v.skip_spaces(i + 1);
            // 首三季, 首九个月 of Hong Kong papers
            if v.is(n_at, "三季") && v.c(n_at + 2) != '度' && v.c(i) != '前' {
                return Some((Fields { first_months: Some(9), precision: Some(Precision::Range), ..f }, n_at + 2));
            }
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
                } else if v.is(e, "个月") && (1..=11).contains(&n) && (!alone || n > 2) {
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
        if let Some(found) = self.quarters(nth, f) {
            return Some(found);
        }
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
            if let (Some(end), 1..=4) = (end, n)
                && !(alone && v.ends(i, "最后"))
            {
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
                && (word.chars().count() > 1
                    || !"粮收播种耕麦茶装训令菜虫衣闲忙游汛管灌蚕储招考油药交奥训梦鸣联雨风花色光意笋草困"
                        .contains(v.c(i + 1)))
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
        if let (Some((len, &meaning)), Some(year)) = (self.words.calendar.at(v.from(i)), f.year)
            && let Some(day) = movable(meaning, year)
        {
            return Some((Fields { days: Some((day, day)), precision: Some(Precision::Day), ..f }, i + len));
        }
        if let Some((len, &Calendar::Lunar(index))) = self.words.calendar.at(v.from(i)) {
            let days = f.year.and_then(|y| lunar::holiday(index, y));
            return Some((
                Fields { days, precision: Some(Precision::Day), open: f.open || days.is_none(), ..f },
                i + len,
            ));
        }
        if v.c(i) == '内' && v.c(i + 1) != '蒙' && f.year.is_some() {
            return Some((year_only, i + 1));
        }
        Some((year_only, at))
    }

    /// `90年代`, `上世纪八十年代末`, `19世纪70年代`, `21世纪`.
    pub(super) fn decade(&self, i: usize) -> Option<(Fields, usize)> {
        let v = self.v;
        // All of them hold 世纪 or 年代.
        if !v.has(class::ERA) {
            return None;
        }
        let mut p = i;
        let mut century = None;
        if v.is(p, "上世纪") || v.is(p, "本世纪") {
            century = Some(if v.c(p) == '上' { 1900 } else { 2000 });
            p += 3;
        } else if v.is(p, "上个世纪") {
            century = Some(1900);
            p += 4;
        } else if let Some((n, e, _)) = numerals::small(v, p) {
            let e = v.skip_spaces(e);
            // 一世纪 is a length.
            if v.is(e, "世纪") && (1..=22).contains(&n) && !(n == 1 && v.c(p) == '一') {
                century = Some((n as i32 - 1) * 100);
                p = e + 2;
            }
        }
        // 八九十年代
        if let (Some(a), Some(b)) = (numerals::han_digit(v.c(p)), numerals::han_digit(v.c(p + 1)))
            && b == a + 1
            && v.is(p + 2, "十年代")
        {
            let first = century.unwrap_or(if a < 3 && p == i { 2000 } else { 1900 }) + a as i32 * 10;
            let days = Some((date(first, 1, 1)?, date(first + 19, 12, 31)?));
            return Some((Fields { days, precision: Some(Precision::Range), ..Fields::default() }, p + 5));
        }
        let decade = numerals::small(v, p).and_then(|(n, e, _)| {
            let e = v.skip_spaces(e);
            let n = n as i32;
            (v.is(e, "年代") && n % 10 == 0 && ((0..=90).contains(&n) || (1800..=2090).contains(&n)))
                .then_some((n, e + 2))
        });
        let Some((n, mut end)) = decade else {
            let first = century?;
            if p == i {
                return None;
            }
            let days = Some((date(first, 1, 1)?, date(first + 99, 12, 31)?));
            // 11世纪初, 上世纪末
            let part = match v.c(p) {
                '初' => Some((first, first + 19, 1)),
                '末' => Some((first + 80, first + 99, 1)),
                '中' if matches!(v.c(p + 1), '叶' | '期') => Some((first + 40, first + 59, 2)),
                _ => None,
            };
            if let Some((a, b, len)) = part {
                return Some((
                    Fields {
                        days: Some((date(a, 1, 1)?, date(b, 12, 31)?)),
                        precision: Some(Precision::Era),
                        ..Fields::default()
                    },
                    p + len,
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
    pub(super) fn plan(&self, i: usize) -> Option<(Fields, usize)> {
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
                let first = 2001 + (n - 10) * 5;
                // “十四五”末
                let lean = usize::from(v.is(end, "期末") || v.is(end, "期初"));
                if matches!(v.c(end + lean), '末' | '初') && !matches!(v.c(end + lean + 1), '步' | '次') {
                    let year = if v.c(end + lean) == '末' { first + 4 } else { first };
                    return Some((
                        Fields { year: Some(year), precision: Some(Precision::Year), ..Fields::default() },
                        end + lean + 1,
                    ));
                }
                if v.is(end, "期间") || v.is(end, "时期") {
                    end += 2;
                } else if v.is(end, "规划") || v.is(end, "纲要") || n < 11 || v.c(end) == '折' {
                    return None;
                }
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
}

/// The day of a holiday that moves with the week or the sun.
pub(super) fn movable(meaning: Calendar, year: i32) -> Option<Date> {
    match meaning {
        Calendar::NthWeekday(month, n, weekday) => nth_weekday(year, month, n, weekday),
        Calendar::Term(index) => solar::term(index, year),
        _ => None,
    }
}

/// The n-th such weekday of a month, the last where `n` is −1.
pub(super) fn nth_weekday(year: i32, month: i8, n: i8, weekday: i8) -> Option<Date> {
    let first = date(year, month, 1)?;
    let to = (weekday - first.weekday().to_monday_one_offset()).rem_euclid(7);
    let last = last_day(year, month);
    let day = if n > 0 { 1 + to + (n - 1) * 7 } else { 1 + to + (last - 1 - to) / 7 * 7 };
    (1..=last).contains(&day).then(|| date(year, month, day)).flatten()
}

/// The first day of the year, month or week that `day` stands in.
pub(super) fn grain_start(day: Date, unit: char) -> Option<Date> {
    match unit {
        '年' => date(i32::from(day.year()), 1, 1),
        '月' => date(i32::from(day.year()), day.month(), 1),
        _ => monday(day),
    }
}
