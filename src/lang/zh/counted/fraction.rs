//! Fractions and percentages written as parts: 三分之一, 百分之五, 1/3. Enters: a numeral. Leaves: a mention.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::super::amount::Amount;
use super::super::date;
use super::super::mention::{Found, Scanner};
use super::super::numerals::{self, Form, Numeral, Shape, han_digit};
use super::super::words::UnitKind;
use crate::model::Kind;

impl Scanner<'_> {
    /// `三分之一`, `百分之五`, `1/3`, `5又3分之1`.
    pub(in crate::lang::zh) fn fraction(&mut self, i: usize, n: &Numeral) -> Option<usize> {
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
            // 1/2升
            if let Some(found) = self
                .unit_at(d.end)
                .filter(|f| f.unit.kind == UnitKind::Measure && f.start == d.end && value < Decimal::ONE)
            {
                return self.share_of(from, value, d.end, &found);
            }
            return self.part_of(from, value, Kind::Fraction, d.end);
        }
        // 1又1/2
        if v.c(p) == '又'
            && let Some(top) = numerals::digits(v, v.skip_spaces(p + 1)).filter(|d| d.decimals == 0 && d.whole <= 3)
            && v.c(top.end) == '/'
            && let Some(bottom) = numerals::digits(v, top.end + 1).filter(|d| d.decimals == 0 && d.whole <= 3)
            && bottom.value > top.value
        {
            let value = top.value.checked_div(bottom.value)?.checked_add(n.value)?;
            if let Some(found) = self.unit_at(bottom.end).filter(|f| f.unit.kind == UnitKind::Measure) {
                return self.share_of(i, value, bottom.end, &found);
            }
            return self.part_of(i, value, Kind::Fraction, bottom.end);
        }
        // 三份一, 四份三 of Hong Kong papers: the smaller stands second, and nothing is counted by it.
        if v.c(n.end) == '份'
            && n.is_single_han(i)
            && let Some(d) = han_digit(v.c(n.end + 1)).map(Decimal::from).filter(|&d| d > Decimal::ZERO && d < n.value)
            && matches!(v.c(n.end + 2), '\0' | '的' | '，' | '。' | '、' | '；' | '左' | '以')
        {
            return self.part_of(i, d.checked_div(n.value)?, Kind::Fraction, n.end + 2);
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
                let mut joined = super::super::view::View::default();
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
                // 百分之几十, 百分之十几
                Shape::Vague(to, closed, reader) => {
                    let part = |x: Decimal| x.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(den.value);
                    Shape::Vague(part(to)?, closed, part(reader)?)
                }
                Shape::Odd => Shape::Odd,
                Shape::Plain | Shape::Order => Shape::Plain,
            };
            a.negative = self.fell(start);
            // 百分之五到百分之十
            if let Some(q) = date::connector(v, end) {
                let written = v.is(q, "百分之");
                // 百分之五到十
                if let Some(m) = numerals::parse(v, if written { q + 3 } else { q })
                    && (written
                        || m.value > num_value
                            && m.scale == Decimal::ONE
                            && matches!(m.shape, Shape::Plain)
                            && self.unit_at(m.end).is_none()
                            && !self.is_clockish(q)
                            && !crate::text::is_ideograph(v.c(m.end)) | matches!(v.c(m.end), '的' | '左' | '之' | '以'))
                {
                    a.to = Some(m.value);
                    end = m.end;
                    if v.is(end, "之间") {
                        end += 2;
                    }
                }
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
            return self.share_of(from, value, end, &found);
        }
        self.part_of(from, value, Kind::Fraction, end)
    }

    /// A part of a unit: 四分之一公升, 1/2升.
    fn share_of(&mut self, from: usize, value: Decimal, end: usize, found: &Found) -> Option<usize> {
        let mut a = Self::amount(value, Amount::kind_of(found.unit), Some(Self::unit_code(found)));
        a.times = found.unit.times;
        let (start, before) = self.hedge_before(from);
        let (to, after) = self.hedge_after(found.end);
        a.hedge = before.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(start, (from, end), Some((found.start, found.end)), to, q))
    }

    pub(in crate::lang::zh) fn part_of(&mut self, i: usize, value: Decimal, kind: Kind, end: usize) -> Option<usize> {
        let (start, before) = self.hedge_before(i);
        let (to, after) = self.hedge_after(end);
        let mut a = Self::amount(value, kind, None);
        a.place = Decimal::ZERO;
        a.hedge = before.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(start, (i, end), None, to, q))
    }
}
