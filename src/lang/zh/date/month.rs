//! Months, parts of months and days. Enters: characters. Leaves: fields.

use super::super::numerals::{self, han_digit};
use super::period::nth_weekday;
use super::point::{weekday_at, weekday_digit};
use super::{Fields, Part, Reader, connector, date, last_day};
use crate::quantity::Precision;

impl Reader<'_> {
    /// A month at `i`, and what follows in it.
    pub(super) fn month(&self, i: usize, f: Fields) -> Option<(Fields, usize)> {
        let v = self.v;
        if let Some(found) = self.two_months(i, f) {
            return Some(found);
        }
        let (n, e, run) = if v.is(i, "元月") { (1, i + 1, 0) } else { numerals::small(v, i)? };
        let e2 = v.skip_spaces(e);
        if v.c(e2) != '月' {
            // 1-4月
            if f.year.is_some() || f.relative {
                let c = if matches!(v.c(e), '、' | '和') { e + 1 } else { connector(v, e)? };
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
            // 12月大雪 and 12月有雨 do not.
            let old = v.c(p) == '大' && !crate::text::is_ideograph(v.c(p + 1)) || v.is(p, "大的") || v.is(p, "大时");
            if matches!(v.c(p), '龄' | '半') || old || v.is(p, "有余") || v.is(p, "之久") {
                return None;
            }
            // 停业一月后, 一月内
            if v.c(i) == '一' && e == i + 1 && matches!(v.c(p), '后' | '内' | '余' | '多') {
                return None;
            }
        }
        if v.c(p) == '份' {
            p += 1;
        }
        Some(self.in_month(p, Fields { month: Some(n as i8), precision: Some(Precision::Month), ..f }))
    }

    /// What may follow a month.
    pub(super) fn in_month(&self, at: usize, f: Fields) -> (Fields, usize) {
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
        // 上月最后五天, 本月前两天
        let (lead, first) = if v.is(i, "最后") { (2, false) } else { (usize::from(v.c(i) == '前'), true) };
        if lead > 0
            && let (Some(year), Some(month), Some((n, e, _))) =
                (f.year, f.month, numerals::small(v, v.skip_spaces(i + lead)))
            && (1..=27).contains(&n)
            && matches!(v.c(e), '天' | '日')
        {
            let (n, end) = (n as i8, last_day(year, month));
            let (a, b) = if first { (1, n) } else { (end - n + 1, end) };
            if let (Some(a), Some(b)) = (date(year, month, a), date(year, month, b)) {
                return (Fields { days: Some((a, b)), precision: Some(Precision::Range), ..f }, e + 1);
            }
        }
        if let Some(found) = self.edge(i, &f) {
            return found;
        }
        // 10月最后一个星期六
        if v.is(i, "的最后一个") {
            i += 1;
        }
        if v.is(i, "最后一个")
            && let Some((weekday, end)) = weekday_at(v, if v.c(i + 4) == '的' { i + 5 } else { i + 4 })
        {
            let days = f
                .year
                .or_else(|| self.with_year(&f))
                .zip(f.month)
                .and_then(|(y, m)| nth_weekday(y, m, -1, weekday))
                .map(|d| (d, d));
            let open = days.is_none();
            return (Fields { days, open, weekday: Some(weekday), precision: Some(Precision::Day), ..f }, end);
        }
        // 11月中下旬
        for (word, from, to) in
            [("中下旬", 11, 31), ("上中旬", 1, 20), ("中上旬", 1, 20), ("上半月", 1, 15), ("下半月", 16, 31)]
        {
            if v.is(i, word) {
                let days = f
                    .year
                    .or_else(|| self.with_year(&f))
                    .zip(f.month)
                    .and_then(|(y, m)| Some((date(y, m, from)?, date(y, m, to.min(last_day(y, m)))?)));
                let open = days.is_none();
                return (Fields { days, open, precision: Some(Precision::TenDays), ..f }, i + 3);
            }
        }
        for (word, ten) in [("上旬", 1), ("中旬", 2), ("下旬", 3), ("上旬末", 1)] {
            if v.is(i, word) {
                return (Fields { ten: Some(ten), precision: Some(Precision::TenDays), ..f }, i + 2);
            }
        }
        match v.c(i) {
            '初' if han_digit(v.c(i + 1)).is_none() || v.c(i + 1) == '十' => {
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
    pub(super) fn day(&self, i: usize, f: Fields) -> Option<(Fields, usize)> {
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
                // 1月3至2月10
                let month = (1..=12).contains(&m)
                    && v.c(after) == '月'
                    && numerals::small(v, after + 1).is_some_and(|(d, ..)| (1..=31).contains(&d));
                if !(month || (1..=31).contains(&m) && m > n && matches!(v.c(v.skip_spaces(after)), '日' | '号')) {
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
            } else if !closed && (w2 == w || connector(v, after).is_none()) {
                fields.weekday = Some(day);
                end = after;
            }
        }
        Some((fields, end))
    }

    /// Whether `N日` tells a length: 90日, 5日内, 为期3日.
    pub(super) fn is_length(&self, i: usize, end: usize) -> bool {
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
    pub(super) fn is_day_number(&self, i: usize, end: usize) -> bool {
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
                    | '巡'
                    | '警'
                    | '虎'
                    | '笼'
                    | '桩'
            ))
    }
}

pub(super) fn end_of_phrase(c: char) -> bool {
    matches!(c, '\0' | '，' | '。' | '、' | '；' | ' ' | ',' | '）' | ')')
}
