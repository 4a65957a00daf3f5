//! Figures that begin with no plain numeral: 翻番, 减半, 半年, 几名, 第三届, 前三名. Enters: a place. Leaves: mentions.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::super::amount::Amount;
use super::super::date;
use super::super::numerals::{self, Shape};
use super::super::words::UnitKind;
use super::{Found, Scanner};
use crate::model::{Hedge, Kind};
use crate::quantity::Interval;

impl Scanner<'_> {
    /// What is no numeral with a unit: 翻番, 减半, 半年, 百分之五, 三分之一, 几名.
    pub(in crate::lang::zh) fn special(&mut self, i: usize) -> Option<usize> {
        let v = self.v;
        match v.c(i) {
            '翻' => {
                let mut p = i + 1;
                while matches!(v.c(p), '了' | '近' | '约' | '过') {
                    p += 1;
                }
                if v.c(p) == '番' || v.c(p) == '倍' {
                    return self.multiple(i, p + 1, Decimal::TWO);
                }
                let n = numerals::parse(v, p)?;
                if v.c(n.end) != '番' || n.value > Decimal::from(20) {
                    return None;
                }
                let mut factor = Decimal::ONE;
                for _ in 0..n.value.trunc().mantissa() {
                    factor *= Decimal::TWO;
                }
                self.multiple(i, n.end + 1, factor)
            }
            '减' | '腰' if v.is(i, "减半") || v.is(i, "腰斩") && v.before(i, 1) != '拦' && v.c(i + 2) != '断' =>
            {
                let q = Self::amount(Decimal::new(5, 1), Kind::Fraction, None).quantity(&self.words.slack)?;
                Some(self.push(i, (i, i + 2), None, i + 2, q))
            }
            '过' if v.is(i, "过半") && !matches!(v.c(i + 2), '年' | '个' | '小' | '天') => {
                let mut a = Self::amount(Decimal::new(5, 1), Kind::Fraction, None);
                a.hedge = Some(Hedge::Over);
                let q = a.quantity(&self.words.slack)?;
                let from = if v.before(i, 1) == '超' && i > self.taken { i - 1 } else { i };
                Some(self.push(from, (i + 1, i + 2), None, i + if v.c(i + 2) == '数' { 3 } else { 2 }, q))
            }
            '一' if v.is(i, "一半") && !matches!(v.c(i + 2), '是') => self.half(i, i, i + 2),
            '半' if v.is(i, "半数") => self.half(i, i, i + 2),
            // 近半, 逾半: 过半 was read before.
            '半' if matches!(v.before(i, 1), '近' | '逾' | '超')
                && i > self.taken
                && self.unit_at(i + 1).is_none_or(|f| f.unit.kind == UnitKind::Noun)
                && !matches!(v.c(i + 1), '百' | '千' | '万' | '个' | '生' | '辈') =>
            {
                self.half(i, i, i + 1)
            }
            '半' => self.half_unit(i),
            '几' | '数' | '好' => self.several(i),
            '第' => self.ordinal(i),
            '前' => self.top(i),
            '个' | '分' => self.one_and_half(i),
            '米' => self.metre_and(i),
            '对' if v.is(i, "对折") => {
                let q = Self::amount(Decimal::from(50), Kind::Percentage, Some(Cow::Borrowed("%")))
                    .quantity(&self.words.slack)?;
                Some(self.push(i, (i, i + 1), Some((i + 1, i + 2)), i + 2, q))
            }
            _ => None,
        }
    }

    pub(in crate::lang::zh) fn multiple(&mut self, from: usize, to: usize, factor: Decimal) -> Option<usize> {
        let q = Self::amount(factor, Kind::Multiple, Some(Cow::Borrowed("倍"))).quantity(&self.words.slack)?;
        Some(self.push(from, (from, to), None, to, q))
    }

    pub(in crate::lang::zh) fn half(&mut self, i: usize, from: usize, to: usize) -> Option<usize> {
        let (start, hedge) = self.hedge_before(i);
        let (end, after) = self.hedge_after(to);
        let mut a = Self::amount(Decimal::new(5, 1), Kind::Fraction, None);
        a.hedge = hedge.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(start, (from, to), None, end, q))
    }

    /// `半年`, `半个小时`.
    pub(in crate::lang::zh) fn half_unit(&mut self, i: usize) -> Option<usize> {
        let v = self.v;
        if matches!(
            v.before(i, 1),
            '一' | '多' | '大' | '小' | '前' | '后' | '上' | '下' | '北' | '减' | '夜' | '对' | '两' | '个'
        ) || v.before(i, 1) == '年'
        {
            return None;
        }
        let p = i + 1;
        let found = self.unit_at(p)?;
        if !matches!(
            found.unit.kind,
            UnitKind::Time | UnitKind::Measure | UnitKind::Age | UnitKind::Share | UnitKind::Multiple
        ) || matches!(
            found.unit.word,
            "日" | "里" | "分" | "时" | "月" | "平" | "升" | "节" | "两" | "码" | "尺" | "寸" | "丈"
        ) {
            return None;
        }
        let mut a = Self::amount(Decimal::new(5, 1), Amount::kind_of(found.unit), Some(Cow::Borrowed(found.unit.code)));
        a.times = found.unit.times;
        a.place = Decimal::new(5, 1);
        self.finish(i, i, p, &found, a)
    }

    /// `个半小时`, `个半月`: one and a half, the 一 left out.
    fn one_and_half(&mut self, i: usize) -> Option<usize> {
        let v = self.v;
        let before = v.before(i, 1);
        let free =
            !crate::text::is_word(before) || matches!(before, '了' | '约' | '近' | '足' | '过' | '共' | '有' | '用');
        if v.c(i + 1) != '半' || !free {
            return None;
        }
        let words: &[(&str, &str)] = if v.c(i) == '个' {
            &[("小时", "h"), ("钟头", "h"), ("钟", "h"), ("月", "mo"), ("星期", "wk"), ("礼拜", "wk")]
        } else {
            &[("钟", "min")]
        };
        let alone = v.c(i) == '分' && i == 0 && v.len() == 2;
        let (word, code) = *words.iter().find(|(w, _)| v.is(i + 2, w)).or(alone.then_some(&("", "min")))?;
        let mut a = Self::amount(Decimal::new(15, 1), Kind::Duration, Some(Cow::Borrowed(code)));
        a.place = Decimal::new(5, 1);
        let (start, hedge) = self.hedge_before(i);
        let end = i + 2 + word.chars().count();
        let (end, after) = self.hedge_after(end);
        a.hedge = hedge.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(start, (i, i + 2), Some((i + 2, i + 2 + word.chars().count())), end, q))
    }

    /// `米八`: one metre and eighty, the 一 left out; `米六到两米`.
    fn metre_and(&mut self, i: usize) -> Option<usize> {
        let v = self.v;
        let before = v.before(i, 1);
        let d = numerals::han_digit(v.c(i + 1)).filter(|d| (1..=9).contains(d))?;
        let free = !crate::text::is_word(before) || matches!(before, '高' | '长' | '约' | '近' | '有' | '是');
        if !free || numerals::is_han_numeral(v.c(i + 2)) || self.unit_at(i + 2).is_some() {
            return None;
        }
        let mut a = Self::amount(Decimal::ONE + Decimal::new(d, 1), Kind::Measure, Some(Cow::Borrowed("m")));
        a.place = Decimal::new(1, 1);
        let mut end = i + 2;
        if let Some(q) = date::connector(v, end)
            && let Some(m) = numerals::parse(v, q)
            && let Some(b) = self.unit_at(m.end).filter(|b| b.unit.code == "m")
        {
            let (more, e) = self.dropped(&b).unwrap_or((Decimal::ZERO, b.end));
            a.to = Some(m.value.checked_add(more)?);
            end = e;
        }
        let (start, hedge) = self.hedge_before(i);
        let (end, after) = self.hedge_after(end);
        a.hedge = hedge.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(start, (i, i + 2), Some((i, i + 1)), end, q))
    }

    /// Hedges around, then the mention.
    pub(in crate::lang::zh) fn finish(
        &mut self,
        from: usize,
        start: usize,
        numeral_end: usize,
        found: &Found,
        mut a: Amount,
    ) -> Option<usize> {
        let (hedge_start, before) = self.hedge_before(from);
        let mut end = found.end;
        if matches!(self.v.c(end), '多' | '余')
            && !matches!(self.v.c(end + 1), '次' | '种' | '个' | '家' | '人' | '名' | '年' | '方' | '元' | '地')
        {
            a.odd_unit = true;
            end += 1;
        }
        let (end, after) = self.hedge_after(end);
        a.hedge = before.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(hedge_start, (start, numeral_end), Some((found.start, found.end)), end, q))
    }

    /// `几名`, `数年`.
    pub(in crate::lang::zh) fn several(&mut self, i: usize) -> Option<usize> {
        let v = self.v;
        let p = if v.is(i, "好几") { i + 2 } else { i + 1 };
        if v.c(i) == '好' && p == i + 1 {
            return None;
        }
        if matches!(
            v.before(i, 1),
            '十' | '第'
                | '初'
                | '星'
                | '周'
                | '人'
                | '总'
                | '多'
                | '少'
                | '指'
                | '分'
                | '系'
                | '基'
                | '参'
                | '无'
                | '半'
                | '户'
                | '件'
                | '岁'
                | '茶'
                | '倍'
        ) {
            return None;
        }
        let found = self.unit_at(p).filter(|f| {
            !matches!(f.unit.kind, UnitKind::Noun | UnitKind::Share)
                && f.unit.word != "大"
                && f.unit.word != "代"
                && f.unit.word != "步"
                && f.unit.word != "路"
                && f.unit.word != "点"
        })?;
        if v.c(i) == '数'
            && !matches!(
                found.unit.word,
                "名" | "人"
                    | "家"
                    | "次"
                    | "年"
                    | "天"
                    | "月"
                    | "日"
                    | "个月"
                    | "小时"
                    | "个小时"
                    | "周"
                    | "倍"
                    | "位"
                    | "起"
                    | "种"
                    | "个"
                    | "只"
                    | "条"
                    | "项"
                    | "公里"
                    | "米"
                    | "分钟"
                    | "秒"
                    | "辆"
                    | "艘"
                    | "架"
                    | "座"
                    | "处"
                    | "届"
                    | "代"
                    | "轮"
                    | "场"
                    | "张"
                    | "吨"
                    | "元"
                    | "百米"
                    | "枚"
                    | "所"
                    | "间"
                    | "户"
                    | "件"
                    | "份"
                    | "批"
                    | "国"
                    | "省"
                    | "市"
                    | "县"
            )
        {
            return None;
        }
        let mut a = Self::amount(Decimal::TWO, Amount::kind_of(found.unit), Some(Self::unit_code(&found)));
        a.times = found.unit.times;
        a.shape = Shape::Vague(Decimal::TEN, false, Decimal::TWO);
        self.finish(i, i, p, &found, a)
    }

    /// `第三届`, `第4-10名`.
    pub(in crate::lang::zh) fn ordinal(&mut self, i: usize) -> Option<usize> {
        let v = self.v;
        let at = v.skip_spaces(i + 1);
        let n = numerals::parse(v, at)?;
        if n.decimals > 0 || !matches!(n.shape, Shape::Plain | Shape::Neighbours(_)) {
            return None;
        }
        // 第十一 is 11 and not 10 to 11; 第八九 does not occur.
        let p = v.skip_spaces(n.end);
        let next = v.c(p);
        let mut to = None;
        let mut end = n.end;
        let between = (matches!(v.c(n.end), '和' | '与') && v.c(n.end + 1) == '第')
            .then_some(n.end + 1)
            .filter(|&q| numerals::parse(v, q + 1).is_some_and(|m| v.is(m.end, "之间")));
        if let Some(q) = date::connector(v, n.end).or(between)
            && let Some(m) = numerals::parse(v, if v.c(q) == '第' { q + 1 } else { q })
            && m.value > n.value
            && matches!(m.shape, Shape::Plain)
        {
            to = Some(m.value);
            end = m.end;
        }
        let unit_at = v.skip_spaces(end);
        let unit = self.unit_at(unit_at).filter(|f| matches!(f.unit.kind, UnitKind::Classifier | UnitKind::Time));
        let law = matches!(v.c(unit_at), '条' | '款' | '项' | '章' | '节' | '编' | '号' | '篇' | '回' | '集' | '页')
            && !matches!(v.c(unit_at), '集' | '回');
        if law && !v.is(unit_at, "号线") {
            return Some(self.pass(unit_at + 1));
        }
        let ranked = [
            "排名", "名列", "位列", "位居", "排", "列", "居", "获", "得", "为", "是", "全国", "全球", "世界", "排在",
            "夺得", "总分", "跃居", "升至", "降至",
        ]
        .iter()
        .any(|w| v.ends(i, w));
        let alone = i == 0 && n.end >= v.len();
        if unit.is_none() && !alone && to.is_none() {
            // 第一，… opens a list of reasons; 第三方 and the like are words.
            // 第一幼儿园, 第77集团军
            if !ranked && self.words.institutions.at(v.from(p)).is_some() {
                return Some(self.pass(n.end));
            }
            if !ranked
                && (matches!(next, '，' | '、' | ',' | '：' | ':' | '。' | '是' | '；' | '\0' | '”')
                    || v.is(p, "方")
                    || v.is(p, "时间"))
            {
                return Some(self.pass(n.end));
            }
        }
        if unit.as_ref().is_some_and(|f| f.unit.word == "方" || f.unit.word == "天" && v.c(at) == '二') {
            return Some(self.pass(n.end));
        }
        let code = unit.as_ref().map(|f| Cow::Borrowed(f.unit.word));
        let mut a = Self::amount(n.value, Kind::Ordinal, code);
        a.to = to;
        let q = a.quantity(&self.words.slack)?;
        let unit_span = unit.as_ref().map(|f| (f.start, f.end));
        let end = unit.as_ref().map_or(end, |f| f.end);
        Some(self.push(i, (at, n.end), unit_span, end, q))
    }

    /// `前三名`, `前十强`.
    pub(in crate::lang::zh) fn top(&mut self, i: usize) -> Option<usize> {
        let v = self.v;
        let n = numerals::parse(v, i + 1)?;
        if !matches!(n.shape, Shape::Plain)
            || n.decimals > 0
            || !matches!(v.c(n.end), '名' | '强' | '位')
            || v.before(i, 1) == '目'
        {
            return None;
        }
        let mut a = Self::amount(
            n.value,
            Kind::Ordinal,
            Some(Cow::Borrowed(match v.c(n.end) {
                '名' => "名",
                '强' => "强",
                _ => "位",
            })),
        );
        a.to = None;
        let mut q = a.quantity(&self.words.slack)?;
        q.literal = Interval::closed(Decimal::ONE, n.value);
        q.reader = q.literal;
        Some(self.push(i, (i + 1, n.end), Some((n.end, n.end + 1)), n.end + 1, q))
    }
}
