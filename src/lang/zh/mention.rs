//! The scanner: goes through a sentence once, from figure to figure, and joins numeral, unit, hedge and date into mentions. Enters: a
//! folded sentence and the context of dates. Leaves: mentions in text order that do not overlap. Knows nothing of what is counted.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::amount::Amount;
use super::date::{self, Anchor, Reading};
use super::numerals::{self, Shape};
use super::view::{View, class};
use super::words::{Unit, UnitKind, Words};
use super::{clock, exclude};
use crate::lang::Context;
use crate::model::{Hedge, Kind, Mention, Quantity};
use crate::quantity::{Interval, Precision};
use crate::text::{Plain, Span};

/// The state of one sentence.
pub(super) struct Scanner<'a> {
    pub(super) words: &'a Words,
    pub(super) v: &'a View,
    text: &'a str,
    sentence: Span<Plain>,
    context: &'a mut Context,
    out: &'a mut Vec<Mention>,
    /// Everything before this character belongs to a mention or is passed over.
    pub(super) taken: usize,
    /// Whether the last mention is a date that ends right at `taken`.
    dated: bool,
    /// Characters looked through for title marks, and whether the last one is open.
    title_seen: usize,
    in_title: bool,
    /// Whether the date named last stands in the same paragraph, or in this sentence.
    near: bool,
    same_sentence: bool,
    /// Whether the sentence has a closing title mark.
    closes: bool,
}

/// A unit where it stands.
#[derive(Clone)]
pub(super) struct Found<'w> {
    pub unit: &'w Unit,
    /// Where the word begins and ends.
    pub start: usize,
    pub end: usize,
    /// What `半` adds: 一个半小时, 两年半.
    pub half: bool,
    /// `两个多月`.
    pub odd: bool,
    /// `元/吨`.
    pub per: Option<String>,
}

impl<'a> Scanner<'a> {
    /// Reads the sentence in `v` and appends its mentions.
    pub fn run(
        words: &'a Words,
        v: &'a View,
        text: &'a str,
        sentence: Span<Plain>,
        context: &'a mut Context,
        out: &'a mut Vec<Mention>,
    ) {
        let closes = v.from(0).contains(&'》');
        let mut scanner = Self {
            words,
            v,
            text,
            sentence,
            context,
            out,
            taken: 0,
            dated: false,
            title_seen: 0,
            in_title: false,
            near: false,
            same_sentence: false,
            closes,
        };
        scanner.near = scanner.is_near();
        let mut i = 0;
        while i < v.len() {
            let class = v.class(i);
            if class & (class::DIGIT | class::HAN | class::CALENDAR | class::EXCLUDED) == 0 {
                i += 1;
                continue;
            }
            let next = scanner.step(i, class);
            debug_assert!(next > i);
            i = next.max(i + 1);
        }
    }

    /// Reads what begins at `i`; where to go on.
    fn step(&mut self, i: usize, class: u8) -> usize {
        let v = self.v;
        let digit = class & class::DIGIT != 0;
        // 《…》: figures in titles are names.
        if self.titled(i) {
            let end = (i..v.len()).find(|&k| v.c(k) == '》').map_or(i + 1, |k| k + 1);
            return self.pass(end);
        }
        if digit {
            if let Some(end) = exclude::glued(v, i) {
                return self.pass(end);
            }
            if v.before(i, 1).is_ascii_digit() {
                return i + 1;
            }
        }
        let excluded = if class & class::EXCLUDED != 0 {
            self.words.excluded.at(v.from(i)).map(|(len, ())| i + len)
        } else {
            None
        };
        let longer = |end: usize| excluded.is_none_or(|e| end > e);
        if class & (class::CALENDAR | class::DIGIT | class::HAN) != 0 {
            if let Some(reading) = date::read(self.words, v, i, self.anchor())
                && longer(reading.end)
            {
                return self.date(reading);
            }
            let dated = self.dated
                && (self.taken..i).all(|k| matches!(v.c(k), ' ' | '，' | ',' | '（' | '('))
                && i - self.taken <= 2;
            if let Some(reading) = clock::read(self.words, v, i, dated)
                && longer(reading.end)
            {
                return self.date(reading);
            }
        }
        if class & (class::CALENDAR | class::HAN) != 0
            && excluded.is_none()
            && let Some(end) = self.special(i)
        {
            return end;
        }
        if digit || class & class::HAN != 0 {
            let before = self.out.len();
            if let Some(end) = self.number(i, excluded) {
                if self.out.len() > before || excluded.is_none() {
                    return end;
                }
            }
        }
        if let Some(end) = excluded {
            return self.pass(end);
        }
        if digit {
            let mut end = i + 1;
            while v.c(end).is_ascii_digit() {
                end += 1;
            }
            return end;
        }
        i + 1
    }

    /// Whether the sentence is all there is.
    pub(super) fn is_whole(&self) -> bool {
        self.text.trim().len() <= self.sentence.len()
    }

    /// Whether `i` stands between 《 and 》.
    fn titled(&mut self, i: usize) -> bool {
        let v = self.v;
        while self.title_seen < i {
            match v.c(self.title_seen) {
                '《' => self.in_title = true,
                '》' => self.in_title = false,
                _ => {}
            }
            self.title_seen += 1;
        }
        self.in_title && self.closes
    }

    pub(super) fn pass(&mut self, end: usize) -> usize {
        self.taken = self.taken.max(end);
        self.dated = false;
        end
    }

    fn anchor(&self) -> Anchor<'_> {
        Anchor {
            reference: self.context.reference,
            last: self.context.last_time.as_ref(),
            near: self.near || self.same_sentence,
            same_sentence: self.same_sentence,
        }
    }

    /// Whether the date named last stands in the same paragraph: no line ends between.
    fn is_near(&self) -> bool {
        self.context.last_time_span.is_some_and(|span| {
            let (from, to) = (span.end as usize, self.sentence.start as usize);
            from <= to && to - from < 3000 && !self.text.as_bytes().get(from..to).is_none_or(|b| b.contains(&b'\n'))
        })
    }

    /// Takes a date or clock time.
    fn date(&mut self, mut reading: Reading) -> usize {
        let v = self.v;
        let span = v.span(reading.start, reading.end);
        if reading.kind == Kind::Time {
            // The day that the date right before it names.
            if self.dated
                && let Some(last) = self.out.last()
                && last.quantity.kind == Kind::Date
                && let Some(day) = &last.quantity.time
                && day.precision == Precision::Day
            {
                reading.time.first = day.first;
                reading.time.last = day.last;
                reading.time.month = day.month;
                reading.time.day = day.day;
                reading.time.timex = format!("{}{}", day.timex, reading.time.timex);
            }
        } else {
            let opens = reading.kind == Kind::DateRange && reading.time.timex.starts_with('P');
            if !opens && (reading.time.first.is_some() || reading.time.last.is_some()) {
                self.context.last_time = Some(reading.time.clone());
                self.context.last_time_span = Some(span);
                self.same_sentence = true;
            }
        }
        let end = reading.end;
        if reading.dateline {
            self.taken = end;
            self.dated = false;
            return end;
        }
        let is_date = reading.kind != Kind::Time;
        self.out.push(Mention {
            span,
            numeral: span,
            unit_span: None,
            quantity: Quantity {
                kind: reading.kind,
                point: None,
                unit: None,
                base_unit: None,
                literal: Interval::default(),
                reader: Interval::default(),
                granularity: Decimal::ZERO,
                hedge: reading.hedge,
                time: Some(reading.time),
                negative: false,
            },
        });
        self.taken = end;
        self.dated = is_date;
        end
    }

    pub(super) fn push(
        &mut self,
        from: usize,
        numeral: (usize, usize),
        unit: Option<(usize, usize)>,
        to: usize,
        quantity: Quantity,
    ) -> usize {
        let v = self.v;
        let from = from.max(self.taken.min(numeral.0));
        self.out.push(Mention {
            span: v.span(from, to),
            numeral: v.span(numeral.0, numeral.1),
            unit_span: unit.map(|u| v.span(u.0, u.1)),
            quantity,
        });
        self.taken = to;
        self.dated = false;
        to
    }

    /// Whether the last mention ends at character `at`.
    pub(super) fn out_ends(&self, at: usize) -> bool {
        self.taken == at && self.out.last().is_some_and(|m| m.span.end == self.v.span(at, at).start)
    }

    /// Takes the last mention back; what follows begins at `from`.
    pub(super) fn unpush(&mut self, from: usize) {
        self.out.pop();
        self.taken = from;
    }

    pub(super) fn amount(value: Decimal, kind: Kind, unit: Option<Cow<'static, str>>) -> Amount {
        Amount {
            value,
            place: Decimal::ONE,
            granularity: Decimal::ZERO,
            shape: Shape::Plain,
            hedge: None,
            odd_unit: false,
            to: None,
            negative: false,
            kind,
            unit,
            times: Decimal::ONE,
        }
    }

    /// What is no numeral with a unit: 翻番, 减半, 半年, 百分之五, 三分之一, 几名.
    fn special(&mut self, i: usize) -> Option<usize> {
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
                Some(self.push(i, (i + 1, i + 2), None, i + if v.c(i + 2) == '数' { 3 } else { 2 }, q))
            }
            '一' if v.is(i, "一半") && !matches!(v.c(i + 2), '是') => self.half(i, i, i + 2),
            '半' if v.is(i, "半数") => self.half(i, i, i + 2),
            '半' => self.half_unit(i),
            '几' | '数' | '好' => self.several(i),
            '第' => self.ordinal(i),
            '前' => self.top(i),
            '对' if v.is(i, "对折") => {
                let q = Self::amount(Decimal::from(50), Kind::Percentage, Some(Cow::Borrowed("%")))
                    .quantity(&self.words.slack)?;
                Some(self.push(i, (i, i + 1), Some((i + 1, i + 2)), i + 2, q))
            }
            _ => None,
        }
    }

    fn multiple(&mut self, from: usize, to: usize, factor: Decimal) -> Option<usize> {
        let q = Self::amount(factor, Kind::Multiple, Some(Cow::Borrowed("倍"))).quantity(&self.words.slack)?;
        Some(self.push(from, (from, to), None, to, q))
    }

    fn half(&mut self, i: usize, from: usize, to: usize) -> Option<usize> {
        let (start, hedge) = self.hedge_before(i);
        let (end, after) = self.hedge_after(to);
        let mut a = Self::amount(Decimal::new(5, 1), Kind::Fraction, None);
        a.hedge = hedge.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(start, (from, to), None, end, q))
    }

    /// `半年`, `半个小时`.
    fn half_unit(&mut self, i: usize) -> Option<usize> {
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

    /// Hedges around, then the mention.
    fn finish(&mut self, from: usize, start: usize, numeral_end: usize, found: &Found, mut a: Amount) -> Option<usize> {
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
    fn several(&mut self, i: usize) -> Option<usize> {
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
        let mut a = Self::amount(Decimal::TWO, Amount::kind_of(found.unit), self.unit_code(&found));
        a.times = found.unit.times;
        a.shape = Shape::Vague(Decimal::TEN, false, Decimal::TWO);
        self.finish(i, i, p, &found, a)
    }

    /// `第三届`, `第4-10名`.
    fn ordinal(&mut self, i: usize) -> Option<usize> {
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
        let code = unit.as_ref().and_then(|f| {
            if f.unit.kind == UnitKind::Classifier {
                Some(Cow::Borrowed(f.unit.word))
            } else {
                Some(Cow::Borrowed(f.unit.word))
            }
        });
        let mut a = Self::amount(n.value, Kind::Ordinal, code);
        a.to = to;
        let q = a.quantity(&self.words.slack)?;
        let unit_span = unit.as_ref().map(|f| (f.start, f.end));
        let end = unit.as_ref().map_or(end, |f| f.end);
        Some(self.push(i, (at, n.end), unit_span, end, q))
    }

    /// `前三名`, `前十强`.
    fn top(&mut self, i: usize) -> Option<usize> {
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

    pub(super) fn unit_code(&self, found: &Found) -> Option<Cow<'static, str>> {
        if let Some(per) = &found.per {
            let code = if found.unit.code.is_empty() { found.unit.word } else { found.unit.code };
            return Some(Cow::Owned(format!("{code}/{per}")));
        }
        Some(Cow::Borrowed(if found.unit.code.is_empty() { found.unit.word } else { found.unit.code }))
    }

    /// The unit at `p`, spaces before it allowed.
    pub(super) fn unit_at(&self, p: usize) -> Option<Found<'a>> {
        let v = self.v;
        let words = self.words;
        let start = v.skip_spaces(p);
        if start - p > 2 {
            return None;
        }
        // 一个半小时, 两个多月, 三个半月.
        if v.c(start) == '个' && matches!(v.c(start + 1), '半' | '多' | '来') {
            if let Some((len, unit)) =
                words.units.at(v.from(start + 2)).filter(|(_, u)| matches!(u.kind, UnitKind::Time))
            {
                return Some(Found {
                    unit,
                    start,
                    end: start + 2 + len,
                    half: v.c(start + 1) == '半',
                    odd: v.c(start + 1) != '半',
                    per: None,
                });
            }
            if matches!(v.c(start + 1), '多') {
                return None;
            }
        }
        let (len, unit) = self.unit_word(start)?;
        let mut end = start + len;
        let mut per = None;
        if v.c(end) == '/' && matches!(unit.kind, UnitKind::Money | UnitKind::Measure | UnitKind::Classifier) {
            if let Some((len, other)) = self.unit_word(end + 1) {
                per = Some(if other.code.is_empty() { other.word.to_owned() } else { other.code.to_owned() });
                end += 1 + len;
            }
        } else if v.c(end) == '每' && unit.kind == UnitKind::Money {
            if let Some((len, other)) = self.unit_word(end + 1) {
                per = Some(if other.code.is_empty() { other.word.to_owned() } else { other.code.to_owned() });
                end += 1 + len;
            }
        }
        let mut half = false;
        if v.c(end) == '半'
            && matches!(
                unit.kind,
                UnitKind::Time
                    | UnitKind::Measure
                    | UnitKind::Age
                    | UnitKind::Multiple
                    | UnitKind::Share
                    | UnitKind::Money
            )
            && !matches!(v.c(end + 1), '个' | '年' | '小' | '夜' | '价' | '数' | '程')
        {
            half = true;
            end += 1;
        }
        Some(Found { unit, start, end, half, odd: false, per })
    }

    fn unit_word(&self, start: usize) -> Option<(usize, &'a Unit)> {
        let v = self.v;
        let (len, unit) = self.words.units.at(v.from(start))?;
        let next = v.c(start + len);
        let last = v.c(start + len - 1);
        if last.is_ascii_alphabetic() && next.is_ascii_alphanumeric() {
            return None;
        }
        // A lone currency letter or inch mark between quotes is none.
        if matches!(unit.word, "\"" | "″" | "′")
            && v.c(start.wrapping_sub(1)).is_ascii_digit()
            && v.until(start).contains(&'"')
        {
            return None;
        }
        let word = &v.from(start)[..len];
        if let Some(not) = self.words.not_unit.get(word)
            && not.contains(&next)
        {
            return None;
        }
        if unit.word == "所" && next == '以' && !matches!(v.c(start + 2), '上' | '下' | '内') {
            return None;
        }
        if unit.word == "时" {
            return None;
        }
        Some((len, unit))
    }

    /// The hedge that ends before `i`, over joining words and signs: where it begins, and what it is.
    pub(super) fn hedge_before(&self, i: usize) -> (usize, Option<Hedge>) {
        let v = self.v;
        let floor = self.taken;
        let mut p = i;
        for _ in 0..3 {
            while p > floor && v.c(p - 1) == ' ' {
                p -= 1;
            }
            if let Some((len, hedge)) = self.words.hedges_before.before(v.until(p)).filter(|(len, _)| p - len >= floor)
            {
                let Some(hedge) = *hedge else { return (i, None) };
                if hedge == Hedge::Order {
                    return (i, None);
                }
                let word_start = p - len;
                if len == 1 && !self.hedge_char(word_start, i, hedge) {
                    return (i, None);
                }
                return (word_start, Some(hedge));
            }
            let joint = self.words.joiners.before(v.until(p)).map(|(len, ())| len);
            match joint {
                Some(len) if p - len >= floor && p > len => p -= len,
                _ => break,
            }
        }
        (i, None)
    }

    /// Whether a hedge of one character is one: 约 and not 纽约, 过 only before a round figure.
    fn hedge_char(&self, at: usize, number: usize, hedge: Hedge) -> bool {
        let v = self.v;
        let before = v.before(at, 1);
        match v.c(at) {
            '过' => {
                matches!(before, '年' | '已' | '\0' | '比' | '早') || matches!(v.c(number), '万' | '千' | '百' | '亿')
            }
            '近' => !matches!(before, '附' | '就' | '靠' | '最' | '临' | '新' | '邻' | '远' | '亲'),
            _ => hedge != Hedge::Order,
        }
    }

    /// The hedge at `p`: where it ends, and what it is.
    pub(super) fn hedge_after(&self, p: usize) -> (usize, Option<Hedge>) {
        let v = self.v;
        let mut q = v.skip_spaces(p);
        // 超过1万元(不含)以上
        let note = |q: usize| -> Option<usize> {
            for w in ["(不含)", "（不含）", "(含)", "（含）", "(含本数)", "（含本数）"] {
                if v.is(q, w) {
                    return Some(q + w.chars().count());
                }
            }
            None
        };
        let mut end = p;
        if let Some(after) = note(q) {
            q = after;
            end = after;
        }
        let Some((len, &hedge)) = self.words.hedges_after.at(v.from(q)) else { return (end, None) };
        let next = v.c(q + len);
        let one = v.c(q);
        if len == 1 {
            let fine = match one {
                '许' => !matches!(next, '可' | '多' | '某' | '诺' | '家' | '先'),
                '多' => !matches!(
                    next,
                    '次' | '种'
                        | '个'
                        | '家'
                        | '名'
                        | '人'
                        | '地'
                        | '元'
                        | '层'
                        | '方'
                        | '项'
                        | '位'
                        | '样'
                        | '少'
                        | '数'
                        | '年'
                        | '月'
                        | '岁'
                ),
                '余' => !matches!(next, '额' | '下' | '地' | '热'),
                '弱' | '强' => false,
                _ => true,
            };
            if !fine {
                return (end, None);
            }
        }
        if v.is(q, "以下") && matches!(next, '简' | '为' | '是' | '几' | '称') {
            return (end, None);
        }
        if v.is(q, "上下") && matches!(next, '班' | '学' | '车' | '游' | '级' | '文' | '其') {
            return (end, None);
        }
        let mut after = q + len;
        if let Some(e) = note(after) {
            after = e;
        }
        (after, Some(hedge))
    }

    /// A numeral with what belongs to it, at `i`; where to go on.
    fn number(&mut self, i: usize, excluded: Option<usize>) -> Option<usize> {
        let v = self.v;
        let c = v.c(i);
        if c.is_ascii_digit() {
            if let Some(end) = exclude::phone(v, i).or_else(|| exclude::address(v, i)) {
                return Some(self.pass(end));
            }
        }
        let below = v.is(i, "零下");
        let at = if below { v.skip_spaces(i + 2) } else { i };
        // .5
        let at = if v.before(at, 1) == '.'
            && at == i
            && !v.before(at, 2).is_ascii_alphanumeric()
            && v.before(at, 2) != '.'
            && at > self.taken
        {
            at - 1
        } else {
            at
        };
        let numeral = numerals::parse(v, at).map(|n| {
            let next = v.c(v.skip_spaces(n.end));
            if v.c(n.end) == ' '
                && !v.c(at).is_ascii_digit()
                && (numerals::is_han_numeral(next) || matches!(next, '点' | '余' | '多' | '几'))
            {
                numerals::spaced(v, at).filter(|s| s.end > n.end).unwrap_or(n)
            } else {
                n
            }
        });
        let i = i.min(at);
        let Some(n) = numeral else {
            // Too many digits, or a word.
            let mut end = at;
            while v.c(end).is_ascii_digit() || matches!(v.c(end), '.' | ',') && v.c(end + 1).is_ascii_digit() {
                end += 1;
            }
            return if end > i { Some(self.pass(end)) } else { None };
        };
        if let Some(end) = self.fraction(at, &n) {
            return Some(end);
        }
        if excluded.is_some_and(|e| n.end <= e && self.unit_at(n.end).is_none_or(|u| u.end <= e)) {
            return None;
        }
        // 陆地, 伍仁: a lone formal digit is a word or a name unless money follows.
        if n.end == at + 1
            && matches!(v.c(at), '陆' | '伍' | '肆' | '柒' | '捌' | '玖' | '叁' | '贰' | '壹' | '拾' | '佰' | '仟')
            && (i > 0 || n.end < v.len())
            && !self.unit_at(n.end).is_some_and(|u| {
                matches!(u.unit.kind, UnitKind::Money | UnitKind::Count) || !matches!(v.c(at), '陆' | '伍')
            })
            && !matches!(v.c(v.skip_spaces(n.end)), '折' | '成')
        {
            return None;
        }
        if let Some(end) = exclude::list_mark(v, i, &n) {
            return Some(self.pass(end));
        }
        if let Some(end) = exclude::score(v, i, &n) {
            return Some(self.pass(end));
        }
        self.counted(i, at, below, n)
    }
}
