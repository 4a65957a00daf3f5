//! The second half of the scanner: from a numeral to a quantity with its unit, its parts, its range and its hedges. Enters: a numeral
//! in its sentence. Leaves: a mention, or the decision that the numeral is none.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::amount::Amount;
use super::date;
use super::exclude;
use super::mention::{Found, Scanner};
use super::numerals::{self, Form, Numeral, Shape, han_digit};
use super::view::class;
use super::words::UnitKind;
use crate::model::{Hedge, Kind};
use crate::quantity::{Bound, Interval, unit_info};

/// A prefix, sign or nothing before a numeral.
struct Lead {
    /// Where the figure begins with it.
    start: usize,
    currency: Option<&'static str>,
    minus: bool,
}

impl Scanner<'_> {
    /// `三分之一`, `百分之五`, `1/3`, `5又3分之1`.
    pub(super) fn fraction(&mut self, i: usize, n: &Numeral) -> Option<usize> {
        let v = self.v;
        let p = v.skip_spaces(n.end);
        if v.c(p) == '/'
            && n.form == Form::Arabic
            && n.decimals == 0
            && n.digits <= 3
            && !v.c(p + 1).is_ascii_alphabetic()
        {
            let d = numerals::digits(v, p + 1)?;
            if v.before(i, 1) == '/'
                || d.decimals > 0
                || d.value.is_zero()
                || d.whole > 3
                || matches!(v.c(d.end), '/' | '-')
                || n.value >= d.value && (d.value > Decimal::from(10) || d.value == Decimal::ONE)
            {
                return None;
            }
            let mut value = n.value.checked_div(d.value)?;
            // 1 4/3, -3/2
            let mut from = i;
            if v.before(i, 1) == ' '
                && v.before(i, 2).is_ascii_digit()
                && !v.before(i, 3).is_ascii_digit()
                && self.out_ends(i - 1)
            {
                value = value.checked_add(Decimal::from(i64::from(v.before(i, 2) as u32) - 48))?;
                from = i - 2;
                self.unpush(from);
            } else if v.before(i, 1) == '-' && !v.before(i, 2).is_ascii_alphanumeric() {
                value = -value;
                from = i - 1;
            }
            return self.part_of(from, value, Kind::Fraction, d.end);
        }
        let (whole, den_at) = if v.c(p) == '又' { (Some(n.value), v.skip_spaces(p + 1)) } else { (None, i) };
        let den = if whole.is_some() { numerals::parse(v, den_at)? } else { *n };
        let mut p = v.skip_spaces(den.end);
        if v.c(p) != '分' {
            return None;
        }
        p = v.skip_spaces(p + 1);
        if v.c(p) == '之' {
            p = v.skip_spaces(p + 1);
        } else if !(den.is_single_han(den_at) && han_digit(v.c(p)).is_some() && !matches!(v.c(p + 1), '秒' | '钟')) {
            return None;
        }
        let minus = matches!(v.c(p), '负' | '-');
        if minus {
            p += 1;
        }
        let num = numerals::parse(v, p)?;
        let mut num_value = num.value;
        let mut end = num.end;
        // 百 分 之 一 百二 十点 五
        if v.c(end) == ' ' {
            let rest: Vec<char> = (p..v.len().min(p + 24))
                .map(|k| v.c(k))
                .take_while(|&c| c == ' ' || numerals::is_han_numeral(c) || c == '点')
                .filter(|&c| c != ' ')
                .collect();
            if rest.len() > num.end - p {
                let mut joined = super::view::View::default();
                joined.read_chars(&rest);
                if let Some(all) = numerals::parse(&joined, 0).filter(|a| a.end == rest.len()) {
                    num_value = all.value;
                    end = p;
                    let mut seen = 0;
                    while seen < rest.len() {
                        if v.c(end) != ' ' {
                            seen += 1;
                        }
                        end += 1;
                    }
                }
            }
        }
        if den.value.is_zero() {
            return None;
        }
        let scale = !v.c(den_at).is_ascii_digit() && matches!(v.c(den_at), '百' | '千' | '万' | '佰' | '仟' | '萬')
            || v.is(den_at, "100");
        let mut value = num_value.checked_div(den.value)?;
        if let Some(w) = whole {
            value = value.checked_add(w)?;
        }
        if minus {
            value = -value;
        }
        if scale && whole.is_none() {
            let percent = num_value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(den.value)?;
            let percent = if minus { -percent } else { percent };
            let (start, before) = self.hedge_before(den_at);
            let start = if matches!(v.c(start.wrapping_sub(1)), '负' | '-') { start - 1 } else { start };
            let minus_before = start < den_at && v.c(start) == '负';
            let mut a =
                Self::amount(if minus_before { -percent } else { percent }, Kind::Percentage, Some(Cow::Borrowed("%")));
            a.place = num.place.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(den.value)?;
            a.granularity = if num.decimals > 0 { a.place } else { a.place.min(Decimal::ONE) };
            a.shape = match num.shape {
                Shape::Neighbours(to) => {
                    Shape::Neighbours(to.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(den.value)?)
                }
                Shape::Odd => Shape::Odd,
                _ => Shape::Plain,
            };
            a.negative = self.fell(start);
            // 百分之五到百分之十
            if let Some(q) = date::connector(v, end)
                && v.is(q, "百分之")
                && let Some(m) = numerals::parse(v, q + 3)
            {
                a.to = Some(m.value);
                end = m.end;
            }
            let (end, after) = self.hedge_after(end);
            a.hedge = before.or(after);
            let q = a.quantity(&self.words.slack)?;
            return Some(self.push(start, (den_at, num.end), None, end, q));
        }
        let mut from = if whole.is_some() { i } else { den_at };
        if from > self.taken && v.before(from, 1) == '负' {
            value = -value;
            from -= 1;
        }
        // 四分之一公升
        if let Some(found) =
            self.unit_at(end).filter(|f| matches!(f.unit.kind, UnitKind::Measure | UnitKind::Time | UnitKind::Money))
        {
            let mut a = Self::amount(value, Amount::kind_of(found.unit), self.unit_code(&found));
            a.times = found.unit.times;
            let q = a.quantity(&self.words.slack)?;
            return Some(self.push(from, (from, end), Some((found.start, found.end)), found.end, q));
        }
        self.part_of(from, value, Kind::Fraction, end)
    }

    fn part_of(&mut self, i: usize, value: Decimal, kind: Kind, end: usize) -> Option<usize> {
        let (start, before) = self.hedge_before(i);
        let (to, after) = self.hedge_after(end);
        let mut a = Self::amount(value, kind, None);
        a.place = Decimal::ZERO;
        a.hedge = before.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(start, (i, end), None, to, q))
    }

    /// Whether a word of decrease stands right before `i`.
    fn fell(&self, i: usize) -> bool {
        let v = self.v;
        let mut p = i;
        if let Some((len, ())) = self.words.joiners.before(v.until(p)) {
            p -= len;
        }
        self.words.falls.before(v.until(p)).is_some() || self.words.falls.before(v.until(i)).is_some()
    }

    /// A currency sign or minus before the numeral at `i`.
    fn lead(&self, i: usize) -> Lead {
        let v = self.v;
        let mut lead = Lead { start: i, currency: None, minus: false };
        let mut p = i;
        while p > self.taken && v.c(p - 1) == ' ' && i - p < 2 {
            p -= 1;
        }
        if let Some((len, code)) = self.words.prefixes.before(v.until(p)).filter(|(len, _)| p - len >= self.taken) {
            // RMB and the like begin a word.
            let at = p - len;
            if !(v.c(at).is_ascii_alphabetic() && v.before(at, 1).is_ascii_alphanumeric()) {
                lead.currency = Some(code);
                lead.start = at;
                p = at;
            }
        } else {
            p = i;
        }
        let sign = v.before(p, 1);
        let ahead = v.before(p, 2);
        if p > self.taken
            && (sign == '负' && !matches!(ahead, '胜' | '自' | '肩' | '担' | '欺' | '辜')
                || sign == '-'
                    && !(ahead.is_ascii_alphanumeric()
                        || crate::text::is_ideograph(ahead) && p - 1 > 0 && self.taken == p - 1))
        {
            let joins = sign == '-'
                && (crate::text::is_ideograph(ahead)
                    && !matches!(
                        ahead,
                        '为' | '至' | '到' | '是' | '长' | '润' | '幅' | '率' | '降' | '达' | '约' | '温'
                    ));
            if !joins {
                lead.minus = true;
                lead.start = p - 1;
            }
        }
        lead
    }

    /// Takes a numeral with its unit.
    pub(super) fn counted(&mut self, i: usize, at: usize, below: bool, n: Numeral) -> Option<usize> {
        let v = self.v;
        let lead = self.lead(i);
        let mut n = n;
        self.kilo(at, &mut n);
        let mut found = self.unit_at(n.end);
        // 四五千块钱 and 一两年 are read by the numeral; 二两 is two 两.
        if let Some(f) = &found
            && f.start > n.end
            && f.unit.kind == UnitKind::Classifier
            && !v.c(n.end - 1).is_ascii_digit()
            && n.scale == Decimal::ONE
        {
            found = None;
        }
        let mut code = found.as_ref().and_then(|f| self.unit_code(f));
        let mut kind = found.as_ref().map_or(Kind::Number, |f| Amount::kind_of(f.unit));
        let mut times = found.as_ref().map_or(Decimal::ONE, |f| f.unit.times);
        let mut end = found.as_ref().map_or(n.end, |f| f.end);
        // 千瓦, 百米 and other words that begin like a scale.
        if bare_scale(v, at) && found.is_none() && lead.currency.is_none() {
            let hedged = self.order_before(at);
            if hedged.is_none() && !self.hedge_before(at).1.is_some_and(|h| h == Hedge::Over || h == Hedge::Nearly)
                || matches!(n.shape, Shape::Plain) && self.bare_is_word(at, &n)
            {
                return Some(self.pass(n.end));
            }
        }
        // A second end: 3—5家, 3万至5万, 15岁至30岁; 20和30之间.
        let mut to = None;
        let mut range_end_unit = None;
        let joint_at = if let Some(f) = &found { self.note(f.end) } else { self.note(n.end) };
        let between = (matches!(v.c(v.skip_spaces(joint_at)), '和' | '与') && matches!(n.shape, Shape::Plain))
            .then(|| v.skip_spaces(v.skip_spaces(joint_at) + 1))
            .filter(|&q| {
                self.second(q).is_some_and(|(m, _)| {
                    let e = self.unit_at(m.end).filter(|f| f.unit.word != "间").map_or(m.end, |f| f.end);
                    m.value > n.value && (v.is(e, "之间") || v.c(e) == '间')
                })
            });
        if let Some(q) = date::connector(v, joint_at).or(between)
            && matches!(n.shape, Shape::Plain)
            && let Some((m, second_at)) = self.second(q)
        {
            let other = self.unit_at(m.end).filter(|f| !(between.is_some() && f.unit.word == "间"));
            let fits = match (&found, &other) {
                (Some(a), Some(b)) => {
                    Amount::kind_of(a.unit) == Amount::kind_of(b.unit)
                        && (a.unit.code == b.unit.code && (!a.unit.code.is_empty() || a.unit.word == b.unit.word)
                            || unit_base(a.unit.code) == unit_base(b.unit.code) && !a.unit.code.is_empty())
                }
                (Some(a), None) => {
                    matches!(a.unit.kind, UnitKind::Money | UnitKind::Measure) && m.scale > Decimal::ONE
                        || a.unit.kind == UnitKind::Share && m.form == Form::Arabic && false
                }
                (None, Some(b)) => n.form != Form::Places || m.form == n.form || b.unit.kind == UnitKind::Share,
                (None, None) => {
                    m.value > n.value && n.form == m.form || n.scale > Decimal::ONE || m.scale > Decimal::ONE
                }
            };
            // 1-1 and 12-8 with no unit are scores or codes.
            let bare = found.is_none() && other.is_none();
            let hyphen = matches!(v.c(v.skip_spaces(joint_at)), '-' | '—' | '－' | '–');
            let plausible = !bare
                || !hyphen
                || m.value > n.value && (i == 0 || m.scale > Decimal::ONE || n.decimals > 0 || n.value >= Decimal::TEN);
            if fits && plausible && !self.is_clockish(q) {
                let mut high = m.value;
                let mut low = n.value;
                if found.is_none()
                    && n.scale == Decimal::ONE
                    && m.scale > Decimal::ONE
                    && n.value < m.unscaled
                    && n.value < Decimal::from(10_000)
                    && !bare_scale(v, at)
                {
                    low = n.value.checked_mul(m.scale)?;
                } else if found.is_none()
                    && n.scale == Decimal::ONE
                    && m.scale == Decimal::ONE
                    && m.form == Form::Han
                    && n.is_single_han(at)
                    && m.value >= Decimal::ONE_HUNDRED
                {
                    // 两到三百: the small scale spreads as well.
                    let head = m.value;
                    let mut small = Decimal::ONE;
                    let mut rest = head;
                    while rest >= Decimal::TEN && (rest % Decimal::TEN).is_zero() {
                        rest /= Decimal::TEN;
                        small *= Decimal::TEN;
                    }
                    if rest < Decimal::TEN && n.value < rest {
                        low = n.value.checked_mul(small)?;
                    }
                } else if found.is_none()
                    && n.form == Form::Arabic
                    && m.form == Form::Mixed
                    && m.scale == Decimal::ONE
                    && m.value >= Decimal::ONE_HUNDRED
                    && n.value < Decimal::TEN
                {
                    low = n.value.checked_mul(m.place)?;
                }
                if let (Some(a), Some(b)) = (&found, &other)
                    && a.unit.code != b.unit.code
                    && let (Some(x), Some(y)) = (unit_info(a.unit.code), unit_info(b.unit.code))
                {
                    // Both ends in the first unit.
                    high = high.checked_mul(y.factor)?.checked_div(x.factor)?;
                }
                let mut high_end = m.end;
                if let Some(b) = other {
                    if found.is_none() {
                        code = self.unit_code(&b);
                        kind = Amount::kind_of(b.unit);
                        times = b.unit.times;
                    }
                    high_end = b.end;
                    // 五元六角-五元七毛八分
                    range_end_unit = Some((b.start, b.end));
                    if let Some((more, e)) = self.tail(&b, b.end) {
                        high = high.checked_add(more)?;
                        high_end = e;
                    }
                    if b.half {
                        high = high.checked_add(Decimal::new(5, 1))?;
                    }
                    found = Some(b);
                }
                let _ = second_at;
                if between.is_some() {
                    high_end += if v.is(high_end, "之间") { 2 } else { 1 };
                }
                n.value = low;
                to = Some(high);
                end = high_end;
            }
        }
        let mut value = n.value;
        let mut numeral_end = n.end;
        let mut compound = false;
        if to.is_none() {
            if let Some(f) = &found {
                if f.half {
                    value = value.checked_add(Decimal::new(5, 1))?;
                    compound = true;
                }
                if let Some((more, e)) = self.tail(f, f.end).or_else(|| self.dropped(f)) {
                    value = value.checked_add(more)?;
                    end = e;
                    compound = true;
                    // 五元六角-五元七毛八分
                    if let Some(q) = date::connector(v, end)
                        && let Some((m, _)) = self.second(q)
                        && let Some(b) = self.unit_at(m.end)
                        && b.unit.code == f.unit.code
                        && matches!(m.shape, Shape::Plain)
                    {
                        let mut high = m.value;
                        end = b.end;
                        if let Some((more, e)) = self.tail(&b, b.end).or_else(|| self.dropped(&b)) {
                            high = high.checked_add(more)?;
                            end = e;
                        }
                        to = Some(high);
                    }
                }
            }
        }
        if range_end_unit.is_some() || to.is_some() {
            numeral_end = numeral_end.max(at + 1);
        }
        // 1、2分钟: one or two.
        if to.is_none()
            && found.is_none()
            && n.form == Form::Arabic
            && n.decimals == 0
            && n.value < Decimal::from(9)
            && v.c(n.end) == '、'
            && v.before(at, 1) != '、'
            && let Some(m) = numerals::parse(v, n.end + 1)
            && m.form == Form::Arabic
            && m.decimals == 0
            && m.value == n.value + Decimal::ONE
            && let Some(b) = self
                .unit_at(m.end)
                .filter(|b| matches!(b.unit.kind, UnitKind::Classifier | UnitKind::Time | UnitKind::Age))
        {
            n.shape = Shape::Neighbours(m.value);
            numeral_end = m.end;
            code = self.unit_code(&b);
            kind = Amount::kind_of(b.unit);
            times = b.unit.times;
            end = b.end;
            found = Some(b);
        }
        // 摄氏37度, 37度
        if let Some(f) = &found
            && matches!(f.unit.kind, UnitKind::Classifier | UnitKind::Measure | UnitKind::Temperature)
        {
            if let Some(degree) = self.degrees(at, f) {
                code = Some(Cow::Borrowed(degree.0));
                kind = degree.1;
            }
        } else if found.is_none()
            && let Some((degree, after)) = self.degree_word(at, n.end)
        {
            code = Some(Cow::Borrowed(degree.0));
            kind = degree.1;
            end = after;
        }
        // 10个月大, 90天大
        if let Some(f) = &found
            && f.unit.kind == UnitKind::Time
            && v.c(end) == '大'
            && !matches!(v.c(end + 1), '学' | '会' | '量' | '幅' | '规' | '多' | '家' | '赛' | '涨' | '跌')
        {
            kind = Kind::Age;
            end += 1;
        }
        let bare_degree = matches!(kind, Kind::Temperature) && found.is_none();
        // 七五折, 三成五
        if let Some((percent, after)) = self.folds(at, &n, found.as_ref()) {
            value = percent;
            code = Some(Cow::Borrowed("%"));
            kind = Kind::Percentage;
            times = Decimal::ONE;
            end = after;
            found = None;
            if to.is_some() {
                to = to.and_then(|t| t.checked_mul(Decimal::TEN));
            }
        } else if found.is_none() && !bare_degree {
            if let Some(currency) = lead.currency {
                kind = Kind::Money;
                code = Some(Cow::Borrowed(currency));
            }
        } else if let (Some(currency), Some(f)) = (lead.currency, &found) {
            // 人民币1亿元, US$5万; 港币三元.
            if f.unit.kind == UnitKind::Money && f.unit.code == "CNY" || f.unit.word == "个" {
                code = Some(Cow::Borrowed(currency));
                kind = Kind::Money;
            }
        }
        let has_unit = found.is_some() || kind != Kind::Number;
        if exclude::is_code(self.words, v, lead.start, &n, has_unit) {
            return Some(self.pass(n.end));
        }
        if let Some(f) = &found
            && self.is_name(at, &n, f, end)
        {
            return Some(self.pass(end));
        }
        let order = self.order_before(at);
        let (hedge_start, before) = match order {
            Some(start) => (start, None),
            None => self.hedge_before(lead.start),
        };
        if order.is_some() && matches!(n.shape, Shape::Plain) && n.value > Decimal::ONE {
            n.shape = Shape::Order;
        }
        let mut odd_unit = found.as_ref().is_some_and(|f| f.odd);
        if found.is_some()
            && to.is_none()
            && !compound
            && matches!(v.c(end), '多' | '余')
            && matches!(n.shape, Shape::Plain)
        {
            let next = v.c(end + 1);
            if !matches!(
                next,
                '次' | '种'
                    | '个'
                    | '家'
                    | '人'
                    | '名'
                    | '方'
                    | '元'
                    | '地'
                    | '额'
                    | '下'
                    | '样'
                    | '少'
                    | '数'
                    | '层'
                    | '位'
                    | '项'
                    | '吗'
            ) {
                odd_unit = true;
                end += 1;
            }
        }
        let (hedge_end, after) = self.hedge_after(end);
        let mut hedge_end = hedge_end;
        let mut after = after;
        // 3年以上7年以下, 1000以上， 1500以下
        if after == Some(Hedge::AtLeast) && to.is_none() {
            let mut q = v.skip_spaces(hedge_end);
            if matches!(v.c(q), '，' | ',' | '、') {
                q = v.skip_spaces(q + 1);
            }
            if let Some((m, _)) = self.second(q).filter(|(m, _)| m.value > n.value || found.is_some()) {
                let other = self.unit_at(m.end);
                let same = match (&found, &other) {
                    (Some(a), Some(b)) => a.unit.word == b.unit.word,
                    (None, None) => true,
                    _ => false,
                };
                let m_end = other.as_ref().map_or(m.end, |o| o.end);
                let (e, h) = self.hedge_after(m_end);
                if same && h == Some(Hedge::AtMost) {
                    to = Some(m.value);
                    hedge_end = e;
                    after = None;
                }
            }
        }
        // 大于4865并少于20793
        let mut open_pair = false;
        if matches!(before, Some(Hedge::Over | Hedge::AtLeast))
            && to.is_none()
            && found.is_none()
            && matches!(n.shape, Shape::Plain)
        {
            let mut q = v.skip_spaces(hedge_end);
            for w in ["并且", "而且", "且", "并"] {
                if v.is(q, w) {
                    q += w.chars().count();
                    break;
                }
            }
            let word = ["小于等于", "小于", "少于", "低于", "不超过", "不大于", "不高于"].iter().find(|w| v.is(q, w));
            if let Some(word) = word
                && let Some((m, _)) = self
                    .second(v.skip_spaces(q + word.chars().count()))
                    .filter(|(m, _)| m.value > n.value && self.unit_at(m.end).is_none())
            {
                to = Some(m.value);
                hedge_end = m.end;
                open_pair = true;
            }
        }
        let odd_after = after == Some(Hedge::Odd);
        let hedge = before.or(after.filter(|&h| h != Hedge::Odd));
        if odd_after {
            odd_unit = true;
        }
        end = hedge_end;
        if found.is_none() && kind == Kind::Number {
            // 五大, 两家 …; a bare figure.
            let plain = n.value;
            if let Some(done) = self.bare(i, at, lead.start, &n, hedge.is_some() || order.is_some(), to.is_some())? {
                return Some(done);
            }
            if n.scale >= Decimal::from(10_000) && self.speaks_of_money(hedge_start, end) {
                kind = Kind::Money;
                code = Some(Cow::Borrowed("CNY"));
            } else if !n.value.is_zero() && self.counts_noun(at, &n, end) {
                kind = Kind::Count;
            }
            let _ = plain;
        }
        if let Some(f) = &found
            && value == Decimal::ONE
            && to.is_none()
            && n.is_single_han(at)
            && !compound
            && !self.one_counts(at, f, end, hedge.is_some())
        {
            return Some(self.pass(end));
        }
        let rank = found.as_ref().is_some_and(|f| self.is_rank(at, &n, f)) && to.is_none();
        let minus = lead.minus || below;
        let mut a = Self::amount(if minus { -value } else { value }, if rank { Kind::Ordinal } else { kind }, code);
        a.times = times;
        a.place = n.place;
        a.granularity = if compound || matches!(kind, Kind::Percentage) && n.decimals == 0 && n.scale == Decimal::ONE {
            Decimal::ZERO
        } else {
            n.granularity()
        };
        if matches!(kind, Kind::Age) && n.decimals == 0 {
            a.granularity = Decimal::ONE;
        }
        a.shape = if to.is_some() { Shape::Plain } else { n.shape };
        if kind == Kind::Percentage && times == Decimal::TEN && !compound {
            a.granularity = Decimal::ONE;
        }
        a.to = to.map(|t| {
            if minus && !below {
                t
            } else if below {
                -t
            } else {
                t
            }
        });
        a.odd_unit = odd_unit;
        a.hedge = hedge;
        a.negative = self.fell(hedge_start);
        if kind == Kind::Percentage && found.is_none() && compound {
            a.times = Decimal::ONE;
        }
        let _ = open_pair;
        let mut q = a.quantity(&self.words.slack)?;
        if kind == Kind::Multiple && self.grows(hedge_start) {
            // 增长两倍 is three times.
            let up = |b: Option<Bound>| b.map(|b| Bound { value: b.value + Decimal::ONE, closed: b.closed });
            q.literal = Interval { low: up(q.literal.low), high: up(q.literal.high) };
            q.reader = Interval { low: up(q.reader.low), high: up(q.reader.high) };
        }
        let unit_span = found.as_ref().map(|f| (f.start, f.end));
        let start = if order.is_some() { hedge_start } else { hedge_start.min(lead.start).min(i) };
        Some(self.push(start, (at, numeral_end), unit_span, end, q))
    }

    /// Gives a 千 at the end of a numeral back to the unit it begins: 5千米, 三千瓦时.
    fn kilo(&self, at: usize, n: &mut Numeral) {
        let v = self.v;
        if v.c(n.end - 1) != '千' || n.end - 1 <= at || !matches!(n.shape, Shape::Plain) {
            return;
        }
        let Some((_, unit)) = self.words.units.at(v.from(n.end - 1)) else { return };
        // 一千米 is a thousand metres in anyone's mouth; 5千米 is five kilometres.
        if unit.kind != UnitKind::Measure || unit.code == "km" && !v.before(n.end, 2).is_ascii_digit() {
            return;
        }
        let thousand = Decimal::from(1000);
        let (Some(value), Some(place)) = (n.value.checked_div(thousand), n.place.checked_div(thousand)) else { return };
        n.value = value;
        n.place = place;
        n.unscaled = value;
        n.end -= 1;
    }

    /// A note after the first end of a range: 1万元(不含)至5万元(含).
    fn note(&self, p: usize) -> usize {
        for w in ["(不含)", "（不含）", "(含)", "（含）"] {
            if self.v.is(p, w) {
                return p + w.chars().count();
            }
        }
        p
    }

    fn second(&self, q: usize) -> Option<(Numeral, usize)> {
        let v = self.v;
        let mut p = q;
        if let Some(sign) = ["US$", "HK$", "￥", "¥", "$", "€", "£"].iter().find(|s| v.is(p, s)) {
            p += sign.chars().count();
        }
        let m = numerals::parse(v, p)?;
        matches!(m.shape, Shape::Plain | Shape::Odd).then_some((m, p))
    }

    fn is_clockish(&self, q: usize) -> bool {
        let v = self.v;
        let Some((_, end, _)) = numerals::small(v, q) else { return false };
        matches!(v.c(end), '时' | ':' | '：') && v.c(end + 1) != '间' || v.c(end) == '月'
    }

    /// Smaller units after a unit: 123元1角5分, 2小时15分, 5斤6两; in the first unit, and the end.
    fn tail(&self, f: &Found, from: usize) -> Option<(Decimal, usize)> {
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
            let (code, times, len) = match small {
                Some(s) => s,
                None => {
                    let Some((len, u)) = self.words.units.at(v.from(q)).filter(|(_, u)| u.kind == f.unit.kind) else {
                        break;
                    };
                    (u.code, u.times, len)
                }
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
        // A whole mark after the last: 元整.
        if end > from && matches!(v.c(end), '整' | '正') && f.unit.kind == UnitKind::Money {
            end += 1;
        }
        (end > from).then_some((sum, end))
    }

    /// A dropped last unit: 三块五, 1米75, 五斤三.
    fn dropped(&self, f: &Found) -> Option<(Decimal, usize)> {
        let v = self.v;
        let fine = matches!(f.unit.word, "块" | "元" | "米" | "斤" | "块钱" | "公分") && f.per.is_none() && !f.half;
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
    fn degrees(&self, at: usize, f: &Found) -> Option<(&'static str, Kind)> {
        if f.unit.kind == UnitKind::Temperature || !matches!(f.unit.word, "度" | "°" | "度角") {
            return None;
        }
        Some(self.degree_kind(at))
    }

    fn degree_kind(&self, at: usize) -> (&'static str, Kind) {
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
    fn degree_word(&self, at: usize, end: usize) -> Option<((&'static str, Kind), usize)> {
        let v = self.v;
        let p = v.skip_spaces(end);
        if !matches!(v.c(p), '度' | '°') || matches!(v.c(p + 1), '假' | '过') || v.c(at) == '一' && end == at + 1 {
            return None;
        }
        Some((self.degree_kind(at), p + 1))
    }

    /// `七五折`, `八折`, `三成五`: the percentage and the end.
    fn folds(&self, at: usize, n: &Numeral, found: Option<&Found>) -> Option<(Decimal, usize)> {
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
        let _ = at;
        Some((n.value.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(d))?, f.end + 1))
    }

    /// `上` or `过` before a lone scale: 上千, 数以百; where it begins.
    fn order_before(&self, at: usize) -> Option<usize> {
        let v = self.v;
        if !bare_scale(v, at) && v.c(at) != '十' || at == 0 || at - 1 < self.taken {
            return None;
        }
        match v.c(at - 1) {
            '上' if !matches!(
                v.before(at, 2),
                '以' | '网' | '线' | '晚' | '早' | '马' | '手' | '身' | '北' | '楼' | '街'
            ) =>
            {
                Some(at - 1)
            }
            '成' if v.ends(at, "成") && matches!(v.c(at), '百' | '千') && matches!(v.c(at + 1), '上') => {
                Some(at - 1)
            }
            '以' if v.ends(at, "数以") => Some(at - 2),
            _ => None,
        }
    }

    /// A lone scale with no unit is a word unless something round it says otherwise.
    fn bare_is_word(&self, at: usize, n: &Numeral) -> bool {
        n.end == at + 1
            && self.order_before(at).is_none()
            && !matches!(self.v.before(at, 1), '过' | '超' | '近' | '破' | '逾')
    }

    /// Whether a multiple is an increase: 增长两倍, and not 增长到两倍.
    fn grows(&self, at: usize) -> bool {
        let v = self.v;
        let mut p = at;
        while p > 0 && matches!(v.c(p - 1), '了' | '近' | '约' | '超' | '出' | '达' | ' ') {
            p -= 1;
        }
        [
            "增长", "增加", "提高", "上升", "上涨", "扩大", "高出", "增", "涨", "多", "上调", "激增", "飙升", "猛增",
            "大增", "升高", "加快",
        ]
        .iter()
        .any(|w| v.ends(p, w))
    }

    /// Whether words near a scaled figure without a unit tell of money.
    fn speaks_of_money(&self, from: usize, to: usize) -> bool {
        let v = self.v;
        let mut k = from;
        let mut left = 0;
        while k > 0 && left < 16 {
            k -= 1;
            left += 1;
            if matches!(v.c(k), '。' | '；' | '！' | '？') {
                break;
            }
            if v.class(k) & class::PREFIX != 0
                && self.words.money_words.at(v.from(k)).is_some_and(|(len, ())| k + len <= from + 1)
            {
                return true;
            }
        }
        (to..to + 3).any(|k| {
            v.class(k) & class::PREFIX != 0
                && (to..=k).all(|j| !matches!(v.c(j), '，' | '。' | '、' | '；'))
                && self.words.money_words.at(v.from(k)).is_some()
        })
    }

    /// Whether a noun follows a figure that has no counting word: 1.3万商家, 两房客.
    fn counts_noun(&self, at: usize, n: &Numeral, end: usize) -> bool {
        let v = self.v;
        let next = v.c(end);
        let _ = at;
        crate::text::is_ideograph(next)
            && (n.scale > Decimal::ONE || n.form == Form::Han)
            && !matches!(next, '的' | '和' | '与' | '到' | '至' | '是' | '比' | '了')
    }

    /// Whether a unit makes a rank: 二楼, 九级.
    fn is_rank(&self, at: usize, n: &Numeral, f: &Found) -> bool {
        let v = self.v;
        matches!(n.shape, Shape::Plain)
            && n.value < Decimal::from(200)
            && self.words.ranks.at(v.from(f.start)).is_some_and(|(len, ())| len >= f.end - f.start)
            && self.hedge_before(at).1.is_none()
            && !(f.unit.word == "级" && v.is(f.end, "地震"))
    }

    /// Whether number and unit are a name or code: 8207房间, 3号楼.
    fn is_name(&self, at: usize, n: &Numeral, f: &Found, end: usize) -> bool {
        let v = self.v;
        let arabic = n.form == Form::Arabic;
        if f.start == n.end
            && arabic
            && n.digits >= 3
            && n.value < Decimal::from(10_000)
            && matches!(f.unit.word, "路" | "线" | "国" | "级")
            && !matches!(f.unit.word, "国" | "级")
        {
            return true;
        }
        let _ = (at, end);
        // 5G, 4S店 were passed over before; 2.0版, 12306网.
        v.c(f.end) == '号' && arabic
    }

    /// Whether 一 with this unit counts, or only stands for `a`.
    fn one_counts(&self, at: usize, f: &Found, end: usize, hedged: bool) -> bool {
        let v = self.v;
        let before = v.before(at, 1);
        let next = v.c(end);
        let barred = matches!(
            before,
            '这' | '那'
                | '每'
                | '某'
                | '同'
                | '第'
                | '有'
                | '哪'
                | '任'
                | '头'
                | '前'
                | '当'
                | '另'
                | '何'
                | '之'
                | '其'
                | '唯'
                | '后'
                | '下'
                | '上'
                | '又'
                | '逐'
                | '首'
        );
        if hedged {
            return true;
        }
        match f.unit.kind {
            UnitKind::Money | UnitKind::Share | UnitKind::Points => true,
            UnitKind::Multiple => !barred,
            UnitKind::Time => {
                !barred
                    && !(matches!(f.unit.word, "天" | "日" | "夜" | "晚" | "周" | "宿" | "时" | "月")
                        && (before == '的'
                            || !(ends_clause(next) || matches!(next, '内' | '后' | '前' | '以' | '多' | '半' | '时'))))
            }
            UnitKind::Age => true,
            UnitKind::Measure => {
                !barred && !matches!(f.unit.word, "里" | "平" | "码" | "卡" | "寸" | "丈" | "担" | "克拉")
            }
            UnitKind::Temperature => true,
            UnitKind::Noun => false,
            UnitKind::Count => true,
            UnitKind::Classifier => {
                if barred {
                    return false;
                }
                if matches!(before, '仅' | '只' | '共' | '计' | '各' | '限' | '达') {
                    return true;
                }
                // After its noun: 纪念徽章一枚，.
                let noun = crate::text::is_ideograph(before)
                    && !matches!(
                        before,
                        '是' | '为'
                            | '了'
                            | '的'
                            | '在'
                            | '着'
                            | '过'
                            | '到'
                            | '再'
                            | '不'
                            | '地'
                            | '得'
                            | '要'
                            | '来'
                            | '出'
                            | '去'
                            | '给'
                            | '把'
                            | '将'
                            | '没'
                            | '无'
                            | '想'
                            | '看'
                            | '多'
                            | '新'
                            | '老'
                            | '最'
                            | '成'
                    );
                noun && (ends_clause(next)
                    && f.unit.word != "下"
                    && f.unit.word != "声"
                    && f.unit.word != "遍"
                    && f.unit.word != "步")
            }
        }
    }

    /// A figure without a unit. `None`: no figure at all; `Some(Some(end))`: passed over; `Some(None)`: it is one.
    #[allow(clippy::option_option)]
    fn bare(
        &mut self,
        i: usize,
        at: usize,
        start: usize,
        n: &Numeral,
        hedged: bool,
        range: bool,
    ) -> Option<Option<usize>> {
        let v = self.v;
        let alone = (0..start).all(|k| matches!(v.c(k), ' ' | '负' | '-'))
            && (n.end..v.len()).all(|k| matches!(v.c(k), ' ' | '。' | '\n'));
        let next = v.c(n.end);
        let before = v.before(start, 1);
        // A line of its own that is one small number is the mark of a section.
        if alone && !hedged && !range && !self.is_whole() && n.value < Decimal::ONE_HUNDRED {
            return Some(Some(self.pass(n.end)));
        }
        if alone || hedged || range {
            return Some(if alone || !bare_scale(v, at) || hedged { None } else { Some(self.pass(n.end)) });
        }
        // 一死一伤, 1死1伤
        if matches!(next, '死' | '伤' | '亡') && n.digits <= 4 {
            return Some(None);
        }
        if n.form == Form::Arabic && n.scale == Decimal::ONE {
            if v.c(n.end).is_ascii_alphabetic() {
                let mut end = n.end;
                while v.c(end).is_ascii_alphanumeric() {
                    end += 1;
                }
                return Some(Some(self.pass(end)));
            }
            let p = v.skip_spaces(n.end);
            if self.words.code_after.at(v.from(p)).is_some() {
                return Some(Some(self.pass(n.end)));
            }
            if matches!(next, '号' | '路' | '·' | '#' | '-' | '_' | '/' | '）' | ')' | '级' | '式' | '型' | '条' | '款')
                || matches!(before, '-' | '_' | '/' | '·' | '#' | '（' | '(' | '第' | 'v' | 'V')
                || before == '.'
            {
                return Some(Some(self.pass(n.end)));
            }
            // 10:16:25, {"w":600}, '930'
            if matches!(before, ':' | '：' | '∶') && !crate::text::is_ideograph(v.before(start, 2))
                || matches!(before, '\'' | '[')
                || matches!(next, '∶')
            {
                return Some(Some(self.pass(n.end)));
            }
            // iPhone 15, CES 2017, Windows 10
            if before == ' ' && v.before(start, 2).is_ascii_alphabetic() {
                return Some(Some(self.pass(n.end)));
            }
            if n.decimals == 0 && !n.grouped {
                // A whole number between words: a name unless a verb of counting stands before it.
                let told = [
                    "为", "是", "达", "有", "到", "至", "共", "于", "超过", "超", "约", "等于", "大于", "小于", "了",
                    "占比", "比", "了", "得分", "总数", "数量", "人数", "的",
                ]
                .iter()
                .any(|w| v.ends(start, w));
                let name = crate::text::is_ideograph(before) && !told;
                let noun = crate::text::is_ideograph(next)
                    && !matches!(
                        next,
                        '的' | '和' | '与' | '到' | '至' | '是' | '比' | '不' | '等' | '并' | '且' | '而' | '，'
                    );
                if name
                    || noun && (i > 0 || n.digits <= 2) && !told && before != ' '
                    || matches!(before, '“' | '"' | '《' | '_')
                {
                    return Some(Some(self.pass(n.end)));
                }
            }
            return Some(None);
        }
        if n.scale > Decimal::ONE || n.form == Form::Mixed {
            if bare_scale(v, at) {
                return Some(Some(self.pass(n.end)));
            }
            return Some(None);
        }
        if bare_scale(v, at) {
            return Some(Some(self.pass(n.end)));
        }
        if n.end == at + 1 {
            // One Chinese digit.
            if v.c(at) == '两' && crate::text::is_ideograph(next) && !matches!(before, '一' | '三' | '斤' | '半') {
                return Some(None);
            }
            let said = ["是", "为", "等于"].iter().any(|w| v.ends(at, w)) && !crate::text::is_ideograph(next);
            let listed = matches!(before, '是' | '为')
                && matches!(next, '不' | '，' | '。' | '和' | '与' | '那' | '这' | '却' | '而')
                || matches!(before, '是' | '为') && v.c(at) != '一' && next == '\0';
            return Some(if said || listed { None } else { Some(self.pass(n.end)) });
        }
        if n.form == Form::Places && n.value < Decimal::from(1000) && (n.end - at < 3) {
            return Some(Some(self.pass(n.end)));
        }
        if matches!(n.shape, Shape::Neighbours(_)) || n.value < Decimal::from(13) {
            let after_name = crate::text::is_ideograph(before) && crate::text::is_ideograph(next);
            if after_name {
                return Some(Some(self.pass(n.end)));
            }
        }
        Some(None)
    }
}

/// The base of a unit's code.
fn unit_base(code: &str) -> Option<&'static str> {
    unit_info(code).map(|u| u.base)
}

/// Whether the numeral at `i` begins with a lone scale.
fn bare_scale(v: &super::view::View, i: usize) -> bool {
    matches!(v.c(i), '百' | '千' | '万' | '亿' | '佰' | '仟')
}

/// Whether `c` ends a clause.
const fn ends_clause(c: char) -> bool {
    matches!(
        c,
        '\0' | '，'
            | '。'
            | '、'
            | '；'
            | '！'
            | '？'
            | '：'
            | ','
            | ';'
            | '!'
            | '?'
            | '）'
            | ')'
            | '”'
            | '…'
            | '—'
            | '\n'
    )
}
