//! The second half of the scanner: from a numeral to a quantity with its unit, its parts, its range and its hedges. Enters: a numeral
//! in its sentence. Leaves: a mention, or the decision that the numeral is none.

mod compound;
mod fraction;
mod judge;
mod lead;
mod power;
mod ratio;

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::amount::Amount;
use super::date;
use super::exclude;
use super::mention::Scanner;
use super::numerals::{self, Form, Numeral, Shape};
use super::words::UnitKind;
use crate::model::{Hedge, Kind};
use crate::quantity::{Bound, Interval, unit_info};

impl Scanner<'_> {
    /// Takes a numeral with its unit.
    pub(super) fn counted(&mut self, i: usize, at: usize, below: bool, n: Numeral) -> Option<usize> {
        let v = self.v;
        let lead = self.lead(i);
        let mut n = n;
        self.kilo(at, &mut n);
        // US$1.5m
        if lead.currency.is_some() && matches!(v.c(n.end), 'm' | 'M') && !v.c(n.end + 1).is_ascii_alphanumeric() {
            let million = Decimal::from(1_000_000);
            n.value = n.value.checked_mul(million)?;
            n.place = n.place.checked_mul(million)?;
            n.scale = million;
            n.end += 1;
        }
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
        // 3594.3亿块集成电路, 5块金牌: pieces, and no money.
        if lead.currency.is_none()
            && let Some(f) = found.as_mut().filter(|f| f.unit.word == "块" && self.is_piece(at, f.end, &n))
        {
            f.unit = &self.words.piece;
        }
        if let Some(shared) = self.shared_unit(at, &n, found.as_ref()) {
            found = Some(shared);
        }
        // 港币三个一毫: 个 is the currency's own unit.
        if lead.currency.is_some()
            && let Some(f) = found.as_mut().filter(|f| f.unit.word == "个")
            && let Some((_, whole)) = self.words.units.at(&['块'])
        {
            f.unit = whole;
        }
        // 千把块, 百把人: about so many.
        let mut around = false;
        if bare_scale(v, at)
            && n.end == at + 1
            && v.c(n.end) == '把'
            && let Some(f) = self.unit_at(n.end + 1)
        {
            found = Some(f);
            around = true;
        }
        let mut code = found.as_ref().map(Self::unit_code);
        let mut kind = found.as_ref().map_or(Kind::Number, |f| Amount::kind_of(f.unit));
        let mut times = found.as_ref().map_or(Decimal::ONE, |f| f.unit.times);
        let mut end = found.as_ref().map_or(n.end, |f| f.end);
        // 千瓦, 百米 and other words that begin like a scale.
        // 千三 that is all there is: 1300.
        let short = i == 0 && n.end == v.len() && n.end > at + 1;
        if bare_scale(v, at) && found.is_none() && lead.currency.is_none() && !short {
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
        let first_degree = if found.is_none() { self.degree_word(at, n.end) } else { None };
        let joint_at = match (&found, first_degree) {
            (Some(f), _) => self.note(f.end),
            (None, Some((_, end))) => end,
            _ => self.note(n.end),
        };
        let between = (matches!(v.c(v.skip_spaces(joint_at)), '和' | '与') && matches!(n.shape, Shape::Plain))
            .then(|| v.skip_spaces(v.skip_spaces(joint_at) + 1))
            .filter(|&q| {
                self.second(q).is_some_and(|(m, _)| {
                    let e = self.unit_at(m.end).filter(|f| f.unit.word != "间").map_or(m.end, |f| f.end);
                    m.value > n.value && (v.is(e, "之间") || v.c(e) == '间')
                })
            });
        let mut ends_degree = false;
        if let Some(q) = date::connector(v, joint_at).or(between)
            && matches!(n.shape, Shape::Plain)
            && let (q, sign) = self.second_sign(q)
            && let Some((m, _)) = self.second(q)
        {
            let other = self.unit_at(m.end).filter(|f| !(between.is_some() && f.unit.word == "间"));
            let degree = if other.is_none() { self.degree_word(at, m.end) } else { None };
            let fits = match (&found, &other) {
                (Some(a), Some(b)) => {
                    Amount::kind_of(a.unit) == Amount::kind_of(b.unit)
                        && (a.unit.code == b.unit.code && (!a.unit.code.is_empty() || a.unit.word == b.unit.word)
                            || unit_base(a.unit.code) == unit_base(b.unit.code) && !a.unit.code.is_empty())
                }
                (Some(a), None) => matches!(a.unit.kind, UnitKind::Money | UnitKind::Measure) && m.scale > Decimal::ONE,
                (None, Some(b)) => n.form != Form::Places || m.form == n.form || b.unit.kind == UnitKind::Share,
                (None, None) if degree.is_some() => true,
                (None, None) if first_degree.is_some() => false,
                (None, None) => {
                    (m.value > n.value || (lead.minus || below) && sign.is_none() && v.before(q, 1) != '-')
                        && n.form == m.form
                        || n.scale > Decimal::ONE
                        || m.scale > Decimal::ONE
                }
            };
            // 1-1 and 12-8 with no unit are scores or codes.
            let bare = found.is_none() && other.is_none() && degree.is_none();
            let hyphen = matches!(v.c(v.skip_spaces(joint_at)), '-' | '—' | '－' | '–');
            // 波音737-800: a name.
            let named = crate::text::is_ideograph(v.before(lead.start, 1))
                && !matches!(
                    v.before(lead.start, 1),
                    '为' | '是'
                        | '达'
                        | '在'
                        | '到'
                        | '至'
                        | '约'
                        | '于'
                        | '有'
                        | '近'
                        | '超'
                        | '从'
                        | '由'
                        | '比'
                        | '了'
                );
            let plausible = !bare
                || !hyphen
                || !(named && n.scale == Decimal::ONE && m.scale == Decimal::ONE && n.decimals + m.decimals == 0)
                    && m.value > n.value
                    && (i == 0 || m.scale > Decimal::ONE || n.decimals > 0 || n.value >= Decimal::TEN);
            let step = found.is_some() && other.is_some() && self.steps(lead.start, joint_at, q, (&n, &m));
            if fits && plausible && !step && !self.is_clockish(q) {
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
                    && (n.form == Form::Arabic || n.is_single_han(at))
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
                // 零下3至5℃ lies below zero whole; 零下5℃至3℃ does not.
                let sunk = sign.unwrap_or(below && found.is_none() && first_degree.is_none());
                if let Some((unit, after)) = degree {
                    code = Some(Cow::Borrowed(unit.0));
                    kind = unit.1;
                    high_end = after;
                    ends_degree = true;
                }
                if let Some(b) = other {
                    if found.is_none() {
                        code = Some(Self::unit_code(&b));
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
                if between.is_some() {
                    high_end += if v.is(high_end, "之间") { 2 } else { 1 };
                }
                if sunk {
                    high = -high;
                }
                n.value = low;
                to = Some(high);
                end = high_end;
            }
        }
        let mut value = n.value;
        let mut numeral_end = n.end;
        let mut compound = false;
        let mut told_to = None;
        if to.is_none()
            && let Some(f) = &found
        {
            if f.half {
                value = value.checked_add(Decimal::new(5, 1))?;
                compound = true;
            }
            if let Some((more, e)) = self.tail(f, f.end).or_else(|| self.dropped(f)) {
                // `1米6` is told to the decimetre.
                if f.unit.word == "米" && more.scale() > 0 {
                    told_to = Some(Decimal::new(1, more.scale()));
                }
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
        if range_end_unit.is_some() || to.is_some() {
            numeral_end = numeral_end.max(at + 1);
        }
        // 1、2分钟: one or two.
        if to.is_none()
            && found.is_none()
            && n.form == Form::Arabic
            && n.decimals == 0
            && n.value < Decimal::ONE_HUNDRED
            && v.c(n.end) == '、'
            && v.before(at, 1) != '、'
            && let Some(m) = numerals::parse(v, n.end + 1)
            && matches!(m.form, Form::Arabic | Form::Mixed)
            && m.decimals == 0
            && matches!(m.shape, Shape::Plain)
            && let Some(by) = m.value.checked_div(n.value + Decimal::ONE)
            && by.fract().is_zero()
            && (by == Decimal::ONE || m.form == Form::Mixed && by == m.place)
            && let Some(b) = self.unit_at(m.end).filter(|b| {
                // 27、28岁; 12、13名 are two places of a list.
                b.unit.kind == UnitKind::Age
                    || n.value < Decimal::from(9)
                        && (matches!(b.unit.kind, UnitKind::Classifier | UnitKind::Time)
                            || by > Decimal::ONE && b.unit.kind == UnitKind::Money)
            })
        {
            n.value = n.value.checked_mul(by)?;
            value = n.value;
            n.place = by;
            n.shape = Shape::Neighbours(m.value);
            numeral_end = m.end;
            code = Some(Self::unit_code(&b));
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
            && to.is_none()
            && let Some((degree, after)) = first_degree
        {
            code = Some(Cow::Borrowed(degree.0));
            kind = degree.1;
            end = after;
        }
        if let Some(f) = &found {
            // 震级6.5级, 6.5级强震; 时速350公里
            if let Some(scale) = self.magnitude(at, &n, f).or_else(|| self.speed(at, f)) {
                code = Some(Cow::Borrowed(scale));
                kind = Kind::Measure;
            }
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
        let bare_degree = (matches!(kind, Kind::Temperature) || ends_degree) && found.is_none();
        // 七五折, 三成五
        if let Some((percent, after)) = self.folds(&n, found.as_ref()) {
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
            if f.unit.kind == UnitKind::Money && f.unit.code == "CNY" {
                code = Some(Cow::Borrowed(currency));
                kind = Kind::Money;
            }
        }
        let has_unit = found.is_some() || kind != Kind::Number;
        if exclude::is_code(self.words, v, lead.start, &n, has_unit) {
            return Some(self.pass(n.end));
        }
        // 万亿级市场: a class of size.
        if bare_scale(v, at) && found.as_ref().is_some_and(|f| f.unit.word == "级") {
            return Some(self.pass(end));
        }
        // 666666666s
        if let Some(f) = &found
            && n.digits >= 7
            && n.form == Form::Arabic
            && !n.grouped
            && f.unit.word.len() == 1
            && f.unit.word.as_bytes()[0].is_ascii_alphabetic()
        {
            return Some(self.pass(end));
        }
        if let Some(f) = &found
            && self.is_name(&n, f)
        {
            return Some(self.pass(end));
        }
        let order = self.order_before(at);
        let (mut hedge_start, before) = match order {
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
        // 大于4865并少于20793, 不低于5亿元且不超过10亿元, 100以上但不到200
        let bounded = matches!(before, Some(Hedge::Over | Hedge::AtLeast)) || after == Some(Hedge::AtLeast);
        if bounded
            && to.is_none()
            && !compound
            && matches!(n.shape, Shape::Plain)
            && let Some((upper, end)) = self.upper_bound(hedge_end, &n, found.as_ref())
        {
            to = Some(upper);
            hedge_end = end;
            after = None;
        }
        let odd_after = after == Some(Hedge::Odd);
        let mut hedge = before.or(after.filter(|&h| h != Hedge::Odd)).or(around.then_some(Hedge::About));
        if hedge.is_none()
            && to.is_none()
            && let Some((from, until, side)) = self.compared(hedge_start, hedge_end)
        {
            hedge = Some(side);
            hedge_start = from;
            hedge_end = until;
        }
        if odd_after {
            odd_unit = true;
        }
        end = hedge_end;
        if found.is_none() && kind == Kind::Number {
            // 五大, 两家 …; a bare figure.
            if let Some(done) = self.bare(i, at, lead.start, &n, hedge.is_some() || order.is_some(), to.is_some()) {
                return Some(done);
            }
            if n.scale >= Decimal::from(10_000) && self.speaks_of_money(hedge_start, end) {
                kind = Kind::Money;
                code = Some(Cow::Borrowed("CNY"));
            } else if !n.value.is_zero() && self.counts_noun(&n, end) {
                kind = Kind::Count;
            }
        }
        // `三期码头`: which, and not how many; in `比二期多4台` nothing is hedged.
        let phase = found
            .as_ref()
            .filter(|f| hedge_start == at && to.is_none() && n.is_single_han(at) && self.names_phase(at, f));
        if let Some(f) = phase.filter(|f| hedge.is_some() || matches!(v.c(f.end), '多' | '余')) {
            return Some(self.pass(f.end));
        }
        if let Some(f) = &found
            && value == Decimal::ONE
            && phase.is_none()
            && to.is_none()
            && n.is_single_han(at)
            && !compound
            && !self.one_counts(at, f, end, hedge.is_some())
        {
            return Some(self.pass(end));
        }
        let ranked = phase.is_some() || found.as_ref().is_some_and(|f| self.is_rank(at, &n, f));
        let rank = kind == Kind::Count && ranked && to.is_none();
        let minus = lead.minus || below;
        let mut a = Self::amount(if minus { -value } else { value }, if rank { Kind::Ordinal } else { kind }, code);
        a.times = times;
        a.place = n.place;
        a.granularity = if compound || matches!(kind, Kind::Percentage) && n.decimals == 0 && n.scale == Decimal::ONE {
            told_to.unwrap_or_default()
        } else {
            n.granularity()
        };
        if matches!(kind, Kind::Age) && n.decimals == 0 && !compound {
            a.granularity = Decimal::ONE;
        }
        if hedge.is_none() && self.words.exact.before(v.until(hedge_start)).is_some() {
            a.granularity = Decimal::ZERO;
        }
        a.shape = if to.is_some() { Shape::Plain } else { n.shape };
        if kind == Kind::Percentage && times == Decimal::TEN && !compound {
            a.granularity = Decimal::ONE;
        }
        a.to = to;
        a.odd_unit = odd_unit;
        a.hedge = hedge;
        a.negative = self.fell(hedge_start);
        if kind == Kind::Percentage && found.is_none() && compound {
            a.times = Decimal::ONE;
        }
        // Nothing but a temperature has degrees below none.
        if a.value < Decimal::ZERO && kind == Kind::Measure && a.unit.as_deref() == Some("deg") {
            a.kind = Kind::Temperature;
            a.unit = Some(Cow::Borrowed("Cel"));
        }
        let mut q = a.quantity(&self.words.slack)?;
        if kind == Kind::Multiple && self.grows(hedge_start) {
            // 增长两倍 is three times.
            let up = |b: Option<Bound>| b.map(|b| Bound { value: b.value + Decimal::ONE, closed: b.closed });
            q.literal = Interval { low: up(q.literal.low), high: up(q.literal.high) };
            q.reader = Interval { low: up(q.reader.low), high: up(q.reader.high) };
        }
        let unit_span = found.as_ref().filter(|f| f.end > f.start).map(|f| (f.start, f.end));
        let start = if order.is_some() { hedge_start } else { hedge_start.min(lead.start).min(i) };
        Some(self.push(start, (at, numeral_end), unit_span, end, q))
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
