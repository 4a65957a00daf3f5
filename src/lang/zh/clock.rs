//! Clock times. Enters: folded characters. Leaves: first and last minute it may mean and where it ends. A bare `N点` is a time only
//! where nothing makes it a point of a list or an index.

use super::date::Reading;
use super::numerals::{self, han_digit, is_han_numeral};
use super::view::View;
use super::words::{PartOfDay, Words};
use crate::model::{Hedge, Kind};
use crate::quantity::{Precision, TimeValue};

/// How 许 spreads a time, in minutes; a full hour further, see below.
const SOME_WAY: i64 = 11;

/// The hour on the 24-hour clock.
fn on_24(hour: i64, part: Option<PartOfDay>, word: &str) -> i64 {
    match part {
        Some(PartOfDay::Afternoon) if hour < 12 => hour + 12,
        Some(PartOfDay::Night) if word.contains('半') || word.contains('深') || word.contains('午') => {
            if (6..12).contains(&hour) {
                hour + 12
            } else if hour == 12 {
                24
            } else {
                hour
            }
        }
        Some(PartOfDay::Night) if (4..12).contains(&hour) => hour + 12,
        Some(PartOfDay::Night) if hour == 12 => 24,
        Some(PartOfDay::Noon) if (1..4).contains(&hour) => hour + 12,
        Some(PartOfDay::Morning) if hour == 12 && word.contains('凌') => 0,
        _ => hour,
    }
}

/// A number of a clock: value and end.
fn number(v: &View, i: usize) -> Option<(i64, usize, bool)> {
    let (n, end, run) = numerals::small(v, i)?;
    (run <= 2).then_some((n, end, v.c(i).is_ascii_digit()))
}

/// The minutes that 差 leaves to the full hour at `i`: 差十分, 差一刻, 差5分钟; the minutes and the end.
fn short_of(v: &View, i: usize) -> Option<(i64, usize)> {
    if v.c(i) != '差' {
        return None;
    }
    if v.is(i + 1, "一刻") {
        return Some((15, if v.c(i + 3) == '钟' { i + 4 } else { i + 3 }));
    }
    let (minutes, end, _) = number(v, i + 1)?;
    let end = v.skip_spaces(end);
    if v.c(end) != '分' || !(1..60).contains(&minutes) {
        return None;
    }
    Some((minutes, if v.c(end + 1) == '钟' { end + 2 } else { end + 1 }))
}

/// Reads a clock time at `i`; `dated` tells that a date ends right there.
pub(super) fn read(words: &Words, v: &View, i: usize, dated: bool) -> Option<Reading> {
    let mut p = i;
    let mut part = None;
    let mut part_word = String::new();
    if let Some((len, &meaning)) = words.parts_of_day.at(v.from(i)) {
        part = Some(meaning);
        part_word = v.from(i)[..len].iter().collect();
        p = v.skip_spaces(i + len);
        // 早上八九点, 晚上的10点
        if v.c(p) == '的' {
            p += 1;
        }
        if matches!(v.c(p), '约' | '近') || v.is(p, "大约") {
            p += if v.c(p) == '大' { 2 } else { 1 };
        }
    }
    if !v.c(p).is_ascii_digit() && !is_han_numeral(v.c(p)) && v.c(p) != '差' {
        return None;
    }
    // 差十分六点
    let mut lacking = short_of(v, p);
    if let Some((_, end)) = lacking {
        p = v.skip_spaces(end);
        if v.c(p) == '到' {
            p += 1;
        }
    }
    // 上午8：30
    let (hour, end, arabic) = number(v, p)?;
    if lacking.is_some() && v.c(v.skip_spaces(end)) != '点' {
        return None;
    }
    if hour > 24 {
        // 八九点 is read as places by `number`: 89.
        let (a, b) = (hour / 10, hour % 10);
        if !arabic && b == a + 1 && v.c(end) == '点' && (part.is_some() || dated) {
            let (lo, hi) = (on_24(a, part, &part_word) * 60, on_24(b, part, &part_word) * 60 + 59);
            return Some(reading(i, end + 1, lo, hi, Precision::Hour, None));
        }
        return None;
    }
    let q = v.skip_spaces(end);
    let c = v.c(q);
    let mut minute = None;
    let mut finish;
    let mut hour24 = on_24(hour, part, &part_word);
    let mut certain = part.is_some() || dated;
    let mut spread = 0;
    match c {
        ':' | '：' if arabic => {
            let m_at = if v.c(q + 1) == ' ' { q + 2 } else { q + 1 };
            let (m, e, m_arabic) = number(v, m_at)?;
            if !m_arabic
                || e - m_at != 2
                || m > 59
                || matches!(v.before(p, 1), ':' | '：' | '.' | '-' | '/') && part.is_none()
            {
                return None;
            }
            minute = Some(m);
            finish = e;
            // Seconds.
            if matches!(v.c(finish), ':' | '：')
                && v.c(finish + 1).is_ascii_digit()
                && v.c(finish + 2).is_ascii_digit()
                && !v.c(finish + 3).is_ascii_digit()
            {
                finish += 3;
            }
            if v.c(finish).is_ascii_digit() || matches!(v.c(finish), '%' | '.') && v.c(finish + 1).is_ascii_digit() {
                return None;
            }
            let after = v.skip_spaces(finish);
            let (a, m2) = (v.c(after).to_ascii_uppercase(), v.c(after + 1).to_ascii_uppercase());
            if matches!(a, 'A' | 'P') && m2 == 'M' && !v.c(after + 2).is_ascii_alphabetic() {
                hour24 = match (a, hour) {
                    ('P', h) if h < 12 => h + 12,
                    ('A', 12) => 0,
                    _ => hour,
                };
                finish = after + 2;
            }
            certain = true;
        }
        '点' | '时' => {
            // 零点一, 二点五 without 分 are decimals.
            if c == '点' && part.is_none() && !dated {
                let d = v.c(q + 1);
                if (han_digit(d).is_some() || d.is_ascii_digit() || d == ' ')
                    && !number(v, v.skip_spaces(q + 1)).is_some_and(|(m, e, _)| {
                        m < 60 && v.c(v.skip_spaces(e)) == '分' && v.c(v.skip_spaces(e) + 1) != '钟'
                    })
                    && !v.is(q + 1, "一刻")
                    && !(d == ' '
                        && !v.c(v.skip_spaces(q + 1)).is_ascii_digit()
                        && han_digit(v.c(v.skip_spaces(q + 1))).is_none())
                {
                    return None;
                }
            }
            if c == '时'
                && (v.is(q, "时间") || v.is(q, "时代") || v.is(q, "时期") || v.is(q, "时候") || v.is(q, "时速"))
            {
                return None;
            }
            finish = q + 1;
            if v.c(finish) == '钟' {
                finish += 1;
                certain = true;
            }
            let m_at = v.skip_spaces(finish);
            if v.c(finish) == '半' && !matches!(v.c(finish + 1), '个') {
                minute = Some(30);
                finish += 1;
                certain = true;
            } else if v.is(finish, "一刻") || v.is(finish, "三刻") {
                minute = Some(if v.c(finish) == '一' { 15 } else { 45 });
                finish += 2;
                certain = true;
            } else if v.c(finish) == '整' {
                finish += 1;
                certain = true;
            } else if let Some((m, e, _)) =
                number(v, if v.c(m_at) == '零' && han_digit(v.c(m_at + 1)).is_some() { m_at + 1 } else { m_at })
            {
                let e2 = v.skip_spaces(e);
                if v.c(e2) == '分' && m < 60 && !matches!(v.c(e2 + 1), '之' | '钟') {
                    minute = Some(m);
                    finish = e2 + 1;
                    certain = true;
                    if let Some((s, e3, _)) = number(v, finish)
                        && v.c(e3) == '秒'
                        && s < 60
                    {
                        finish = e3 + 1;
                    }
                } else if c == '点'
                    && m < 60
                    && e - m_at == 2
                    && certain
                    && !v.c(e2).is_ascii_digit()
                    && !matches!(v.c(e2), '个' | '人' | '名' | '米' | '元')
                {
                    // 下午两点二十
                    minute = Some(m);
                    finish = e;
                }
            }
        }
        'a' | 'p' | 'A' | 'P'
            if arabic && v.c(q + 1).eq_ignore_ascii_case(&'m') && !v.c(q + 2).is_ascii_alphabetic() =>
        {
            hour24 = match (c.to_ascii_uppercase(), hour) {
                ('P', h) if h < 12 => h + 12,
                ('A', 12) => 0,
                _ => hour,
            };
            finish = q + 2;
            certain = true;
        }
        _ => return None,
    }
    // 六点差十分
    if c == '点' && minute.is_none() {
        if lacking.is_none()
            && let Some((left, end)) = short_of(v, finish)
        {
            lacking = Some((left, end));
            finish = end;
        }
        if let Some((left, _)) = lacking {
            hour24 = (hour24 + 23) % 24;
            minute = Some(60 - left);
            certain = true;
        }
    }
    // 许, 左右, 多
    let t = v.skip_spaces(finish);
    let mut fuzzy = true;
    if v.is(t, "左右") || v.is(t, "前后") {
        finish = t + 2;
        spread = 10;
    } else if matches!(v.c(t), '许') {
        finish = t + 1;
        spread = SOME_WAY;
    } else if matches!(v.c(t), '多' | '余') && minute.is_none() && !matches!(v.c(t + 1), '年' | '个' | '次') {
        finish = t + 1;
        spread = 59;
    } else {
        fuzzy = false;
    }
    if c == '点' && !certain && !fuzzy {
        // A bare N点: a time after 于 在 从 到 and at the head of a clause, unless points of a list or an index follow.
        let next = v.c(finish);
        let before = v.before(i, 1);
        if matches!(
            next,
            '建' | '意'
                | '要'
                | '问'
                | '希'
                | '体'
                | '措'
                | '原'
                | '理'
                | '感'
                | '计'
                | '启'
                | '认'
                | '内'
                | '质'
                | '疑'
                | '共'
                | '以'
                | '的'
                | '说'
                | '水'
                | '关'
                | '报'
                | '。'
                | '\0'
                | '击'
        ) || !matches!(
            before,
            '于' | '在'
                | '从'
                | '到'
                | '至'
                | '，'
                | '\0'
                | '是'
                | '。'
                | '、'
                | '天'
                | '日'
                | '早'
                | '晚'
                | '午'
                | '约'
                | '近'
                | '（'
                | '('
                | '—'
                | '-'
                | '号'
                | '间'
                | '过'
        ) {
            return None;
        }
    }
    if c == '时' && !certain && !fuzzy && minute.is_none() {
        let before = v.before(i, 1);
        if v.c(finish) == '间'
            || matches!(before, '达' | '共' | '第' | '长' | '每' | '用')
            || v.is(finish, "以内")
            || v.c(finish) == '内'
        {
            return None;
        }
    }
    let from = hour24 * 60 + minute.unwrap_or(0);
    let precision = if minute.is_some() { Precision::Minute } else { Precision::Hour };
    let (lo, hi) = match (spread, precision) {
        (59, _) => (from, from + 59),
        // 5时许 runs on to the next hour.
        (SOME_WAY, Precision::Hour) => (from - 30, from + 59),
        (0, _) => (from, from),
        (s, Precision::Hour) => (from - s * 3, from + s * 3),
        (s, _) => (from - s, from + s),
    };
    let mut found = reading(i, finish, lo, hi, precision, Some((hour24, minute)));
    found.hedge = match spread {
        0 => None,
        59 => Some(Hedge::Odd),
        _ => Some(Hedge::About),
    };
    Some(found)
}

fn reading(
    start: usize,
    end: usize,
    lo: i64,
    hi: i64,
    precision: Precision,
    exact: Option<(i64, Option<i64>)>,
) -> Reading {
    let timex = match exact {
        Some((h, Some(m))) => format!("T{h:02}:{m:02}"),
        Some((h, None)) => format!("T{h:02}"),
        None => format!("T{:02}", lo / 60),
    };
    let time = TimeValue {
        timex,
        first: None,
        last: None,
        precision,
        month: None,
        day: None,
        clock: Some((lo.clamp(0, 2880) as u16, hi.clamp(0, 2880) as u16)),
        weekday: None,
        relative: false,
    };
    Reading { start, end, kind: Kind::Time, time, dateline: false, hedge: None }
}
