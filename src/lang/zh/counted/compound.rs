//! What follows a unit and belongs to it: smaller units, a dropped last unit, degrees, 折 and 成. Enters: a unit. Leaves: amounts.

use rust_decimal::Decimal;

use super::super::mention::{Found, Scanner};
use super::super::numerals::{self, Form, Numeral, Shape, han_digit};
use super::super::words::UnitKind;
use super::unit_base;
use crate::model::Kind;
use crate::quantity::unit_info;

impl Scanner<'_> {
    /// Smaller units after a unit: 123元1角5分, 2小时15分, 5斤6两; in the first unit, and the end.
    pub(in crate::lang::zh) fn tail(&self, f: &Found, from: usize) -> Option<(Decimal, usize)> {
        let v = self.v;
        if !matches!(f.unit.kind, UnitKind::Money | UnitKind::Time | UnitKind::Measure | UnitKind::Age)
            || f.per.is_some()
        {
            return None;
        }
        let size = |code: &str, times: Decimal| unit_info(code).map_or(Some(times), |u| u.factor.checked_mul(times));
        let first = size(f.unit.code, f.unit.times)?;
        let mut smallest = first;
        let mut sum = Decimal::ZERO;
        let mut end = from;
        for _ in 0..6 {
            let mut p = v.skip_spaces(end);
            if matches!(v.c(p), '零' | '又' | '余' | '多')
                && (han_digit(v.c(p + 1)).is_some() || v.c(p + 1).is_ascii_digit() || v.c(p + 1) == '十')
            {
                p += 1;
            }
            let Some(n) = numerals::parse(v, p).filter(|n| matches!(n.shape, Shape::Plain)) else { break };
            let q = v.skip_spaces(n.end);
            // 分 after 元, 角 or a length of time; 月 after 年; 时 after 天.
            let small = match (f.unit.kind, v.c(q)) {
                (UnitKind::Money, '分') if !matches!(v.c(q + 1), '之' | '钟' | '别') => {
                    Some(("CNY", Decimal::new(1, 2), 1))
                }
                (UnitKind::Time, '分') if v.c(q + 1) != '钟' && !matches!(v.c(q + 1), '之' | '别') => {
                    Some(("min", Decimal::ONE, 1))
                }
                (UnitKind::Time, '时') if !matches!(v.c(q + 1), '间' | '候') => Some(("h", Decimal::ONE, 1)),
                (UnitKind::Time, '月') => Some(("mo", Decimal::ONE, 1)),
                (UnitKind::Age, '个') if v.is(q, "个月") => Some(("mo", Decimal::ONE, 2)),
                _ => None,
            };
            let (code, times, len) = if let Some(small) = small {
                small
            } else {
                let Some((len, u)) = self.words.units.at(v.from(q)).filter(|(_, u)| u.kind == f.unit.kind) else {
                    break;
                };
                (u.code, u.times, len)
            };
            let fits = match f.unit.kind {
                UnitKind::Money => code == f.unit.code || f.unit.code == "CNY" && code == "CNY",
                UnitKind::Age => true,
                _ => unit_base(code) == unit_base(f.unit.code),
            };
            let this = if f.unit.kind == UnitKind::Age { Decimal::ONE } else { size(code, times)? };
            if !fits || this >= smallest && f.unit.kind != UnitKind::Age {
                break;
            }
            let amount = if f.unit.kind == UnitKind::Age {
                n.value.checked_div(Decimal::from(12))?
            } else {
                n.value.checked_mul(this)?.checked_div(first)?
            };
            if amount >= Decimal::ONE && f.unit.kind != UnitKind::Money && unit_base(code) != Some("s") {
                break;
            }
            sum = sum.checked_add(amount)?;
            smallest = this;
            end = q + len;
        }
        // 七毛八
        if end > from
            && matches!(v.c(end - 1), '毛' | '角' | '毫')
            && let Some(d) = han_digit(v.c(end)).filter(|&d| d > 0)
            && self.unit_at(end + 1).is_none()
        {
            sum = sum.checked_add(Decimal::new(d, 2))?;
            end += 1;
        }
        // 1分58秒67
        if end > from
            && v.c(end - 1) == '秒'
            && let Some((more, e)) = self.split_second(end)
        {
            sum = sum.checked_add(more.checked_div(first)?)?;
            end = e;
        }
        // A whole mark after the last: 元整.
        if end > from && matches!(v.c(end), '整' | '正') && f.unit.kind == UnitKind::Money {
            end += 1;
        }
        (end > from).then_some((sum, end))
    }

    /// The digits of a stopwatch after 秒: 9秒58.
    fn split_second(&self, at: usize) -> Option<(Decimal, usize)> {
        let v = self.v;
        let mut p = at;
        while v.c(p).is_ascii_digit() {
            p += 1;
        }
        let digits = p - at;
        if !(1..=3).contains(&digits)
            || self.unit_at(p).is_some()
            || matches!(v.c(p), '.' | '%' | '万' | '年' | '月' | '日' | '时')
        {
            return None;
        }
        let value: i64 = (at..p).fold(0, |n, k| n * 10 + i64::from(v.c(k) as u32 - '0' as u32));
        Some((Decimal::new(value, digits as u32), p))
    }

    /// A dropped last unit: 三块五, 1米75, 五斤三, 9秒58.
    pub(in crate::lang::zh) fn dropped(&self, f: &Found) -> Option<(Decimal, usize)> {
        let v = self.v;
        if f.unit.word == "秒" && f.per.is_none() {
            return self.split_second(f.end);
        }
        let fine =
            matches!(f.unit.word, "块" | "元" | "米" | "斤" | "块钱" | "公分" | "两" | "尺" | "丈" | "毛" | "角")
                && f.per.is_none()
                && !f.half;
        if !fine || f.unit.word == "元" && !v.c(f.end).is_ascii_digit() {
            return None;
        }
        let mut p = f.end;
        while v.c(p).is_ascii_digit() {
            p += 1;
        }
        let digits = p - f.end;
        let next = v.c(v.skip_spaces(p.max(f.end)));
        if digits > 0 {
            if f.unit.word == "元"
                || digits > 2
                || self.unit_at(p).is_some()
                || v.c(p) == '.'
                || v.c(p).is_ascii_alphabetic()
                || matches!(next, '月' | '年' | '日' | '万' | '亿')
            {
                return None;
            }
            let value: i64 = (f.end..p).fold(0, |n, k| n * 10 + i64::from(v.c(k) as u32 - '0' as u32));
            return Some((Decimal::new(value, digits as u32), p));
        }
        let d = han_digit(v.c(f.end))?;
        let after = v.c(f.end + 1);
        // 一米七五
        if f.unit.word == "米"
            && let (Some(e), true) = (han_digit(after), d > 0)
            && !numerals::is_han_numeral(v.c(f.end + 2))
            && self.unit_at(f.end + 2).is_none()
        {
            return Some((Decimal::new(d * 10 + e, 2), f.end + 2));
        }
        if d == 0
            || han_digit(after).is_some()
            || numerals::is_han_numeral(after)
            || self.unit_at(f.end + 1).is_some_and(|u| u.unit.kind != UnitKind::Noun)
            || matches!(
                after,
                '月' | '年' | '日' | '是' | '起' | '定' | '般' | '样' | '些' | '点' | '直' | '律' | '次' | '等'
            )
        {
            return None;
        }
        Some((Decimal::new(d, 1), f.end + 1))
    }

    /// A scale for which a unit of 度 stands: temperature, electricity, angle.
    pub(in crate::lang::zh) fn degrees(&self, at: usize, f: &Found) -> Option<(&'static str, Kind)> {
        if f.unit.kind == UnitKind::Temperature || !matches!(f.unit.word, "度" | "°" | "度角") {
            return None;
        }
        Some(self.degree_kind(at))
    }

    /// `级` of an earthquake: 里氏6级, 6.5级余震; no other scale of 级 has a point.
    pub(in crate::lang::zh) fn magnitude(&self, at: usize, n: &Numeral, f: &Found) -> Option<&'static str> {
        let v = self.v;
        if f.unit.word != "级" || n.value >= Decimal::TEN {
            return None;
        }
        let led = (at.saturating_sub(6)..at).any(|k| v.is(k, "里氏") || v.is(k, "震级"));
        (led || n.decimals > 0).then_some("[M]")
    }

    /// The speed that a length is where 时速 or 每小时 stands before it.
    pub(in crate::lang::zh) fn speed(&self, at: usize, f: &Found) -> Option<&'static str> {
        let v = self.v;
        let code = match f.unit.code {
            "km" => "km/h",
            "m" => "m/s",
            _ => return None,
        };
        if f.per.is_some() || f.unit.word.chars().count() > 2 {
            return None;
        }
        let words: &[&str] = if code == "km/h" { &["时速", "每小时"] } else { &["秒速", "每秒", "每秒钟"] };
        // Only joining and hedging words stand between.
        let from = at.saturating_sub(6);
        let place = (from..at).rev().find_map(|k| words.iter().find(|w| v.is(k, w)).map(|w| k + w.chars().count()))?;
        (place..at)
            .all(|k| {
                matches!(
                    v.c(k),
                    '达' | '到'
                        | '为'
                        | '约'
                        | '近'
                        | '超'
                        | '过'
                        | '高'
                        | '可'
                        | '在'
                        | '以'
                        | '是'
                        | '了'
                        | '的'
                        | '最'
                        | '大'
                        | ' '
                        | '逾'
                )
            })
            .then_some(code)
    }

    pub(in crate::lang::zh) fn degree_kind(&self, at: usize) -> (&'static str, Kind) {
        let v = self.v;
        let from = at.saturating_sub(24);
        let near = |w: &str| (from..at).any(|k| v.is(k, w));
        if near("华氏") {
            ("[degF]", Kind::Temperature)
        } else if [
            "摄氏",
            "气温",
            "温度",
            "体温",
            "高温",
            "低温",
            "零下",
            "零上",
            "最高温",
            "最低温",
            "烧到",
            "发烧",
            "水温",
            "室温",
            "降温",
            "升温",
        ]
        .iter()
        .any(|w| near(w))
            || v.ends(at, "零下")
        {
            ("Cel", Kind::Temperature)
        } else if ["用电", "发电", "电量", "电费", "耗电", "节电", "供电"].iter().any(|w| near(w)) {
            ("kW.h", Kind::Measure)
        } else {
            ("deg", Kind::Measure)
        }
    }

    /// `度` after a numeral, which is no counting word elsewhere.
    pub(in crate::lang::zh) fn degree_word(&self, at: usize, end: usize) -> Option<((&'static str, Kind), usize)> {
        let v = self.v;
        let p = v.skip_spaces(end);
        if !matches!(v.c(p), '度' | '°') || matches!(v.c(p + 1), '假' | '过') || v.c(at) == '一' && end == at + 1 {
            return None;
        }
        Some((self.degree_kind(at), p + 1))
    }

    /// `七五折`, `八折`, `三成五`: the percentage and the end.
    pub(in crate::lang::zh) fn folds(&self, n: &Numeral, found: Option<&Found>) -> Option<(Decimal, usize)> {
        let v = self.v;
        let p = v.skip_spaces(n.end);
        if found.is_none()
            && v.c(p) == '折'
            && !matches!(v.c(p + 1), '叠' | '磨' | '腾' | '射' | '返')
            && n.scale == Decimal::ONE
            && n.value < Decimal::ONE_HUNDRED
            && n.value > Decimal::ZERO
        {
            if n.form == Form::Han && n.value == Decimal::TEN {
                return None;
            }
            let value = if n.value < Decimal::TEN { n.value * Decimal::TEN } else { n.value };
            return Some((value, p + 1));
        }
        let f = found.filter(|f| f.unit.word == "成")?;
        let d = han_digit(v.c(f.end)).filter(|&d| d > 0)?;
        if v.c(f.end + 1) == '成' || numerals::is_han_numeral(v.c(f.end + 1)) || self.unit_at(f.end + 1).is_some() {
            return None;
        }
        Some((n.value.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(d))?, f.end + 1))
    }
}
