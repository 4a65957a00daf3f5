//! The parts of a numeral as they add up: digits with their commas and point, sections and scales. Enters: characters, scales. Leaves:
//! sums that are checked.

use rust_decimal::Decimal;

use super::super::view::View;
use crate::quantity::{last_place, pow10};

/// The place of the last digit of a whole `value` that is not zero.
pub(super) fn place_of(value: Decimal) -> Decimal {
    last_place(value)
}

/// Digits with a point: value, digits before the point, digits after it, end, grouped.
pub(in crate::lang::zh) struct Digits {
    pub value: Decimal,
    pub whole: u8,
    pub decimals: u32,
    pub end: usize,
    pub grouped: bool,
    pub leading_zero: bool,
}

/// Reads digits at `i`; `None` where there are none or too many for an exact decimal (28).
pub(in crate::lang::zh) fn digits(v: &View, i: usize) -> Option<Digits> {
    let mut mantissa: i128 = 0;
    let mut p = i;
    let mut count = 0u32;
    let mut push = |c: char| -> Option<()> {
        count += 1;
        if count > 28 {
            return None;
        }
        mantissa = mantissa * 10 + i128::from(c as u32 - '0' as u32);
        Some(())
    };
    let run = |from: usize| {
        let mut q = from;
        while v.c(q).is_ascii_digit() {
            q += 1;
        }
        q
    };
    let end = run(p);
    if end - p > 28 {
        return None;
    }
    while p < end {
        push(v.c(p))?;
        p += 1;
    }
    let mut whole = end - i;
    let mut grouped = false;
    // Groups of three behind a comma; the first group has one to three digits and no leading zero.
    if (1..=3).contains(&whole) && v.c(i) != '0' {
        loop {
            let comma = v.c(p);
            if !matches!(comma, ',' | '，') {
                break;
            }
            let q = run(p + 1);
            if q - p != 4 || matches!(v.c(q), '年' | '月') {
                break;
            }
            // A full-width comma parts a list as well: it groups only what no round number or other list sign gives away.
            if comma == '，' && !grouped && v.from(p + 1).starts_with(&['0', '0', '0']) && v.c(q) != '，' && whole > 1
            {
                break;
            }
            if comma == '，' && !grouped && v.is(p + 1, "300") {
                break;
            }
            for k in p + 1..q {
                push(v.c(k))?;
            }
            whole += 3;
            grouped = true;
            p = q;
        }
    }
    let mut decimals = 0;
    if v.c(p) == '.' && v.c(p + 1).is_ascii_digit() {
        let q = run(p + 1);
        for k in p + 1..q {
            push(v.c(k))?;
        }
        decimals = (q - p - 1) as u32;
        p = q;
    }
    if p == i {
        return None;
    }
    let value = Decimal::try_from_i128_with_scale(mantissa, decimals).ok()?;
    Some(Digits {
        value,
        whole: whole.min(255) as u8,
        decimals,
        end: p,
        grouped,
        leading_zero: end - i > 1 && v.c(i) == '0',
    })
}

/// The parser's state.
pub(super) struct Sum {
    pub(super) total: Decimal,
    pub(super) section: Decimal,
    pub(super) number: Option<Decimal>,
    /// How much the upper end of a neighbouring pair lies above the lower: of the pending digit, the section and the total.
    pub(super) spread: [Decimal; 3],
    pub(super) decimals: u32,
    /// The factor on the digits that were written with a point.
    pub(super) decimal_factor: Decimal,
    pub(super) last_scale: Decimal,
    pub(super) last_big: Decimal,
    pub(super) unscaled: Decimal,
    pub(super) zero: bool,
    pub(super) odd: Option<Decimal>,
    pub(super) vague: Option<Vague>,
    pub(super) single: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Vague {
    /// `几` `数` before a scale: one to ten of it.
    Some,
    /// `十几`: eleven to nineteen of it.
    Teens,
}

impl Sum {
    pub(super) fn small(&mut self, scale: i64) -> Option<()> {
        let scale = Decimal::from(scale);
        let number = self.number.take().unwrap_or(Decimal::ONE);
        self.section = self.section.checked_add(number.checked_mul(scale)?)?;
        self.spread[1] += self.spread[0].checked_mul(scale)?;
        self.spread[0] = Decimal::ZERO;
        self.decimal_factor = scale;
        self.last_scale = scale;
        self.single = false;
        self.zero = false;
        if let Some(odd) = &mut self.odd {
            *odd = odd.checked_mul(scale)?;
        }
        Some(())
    }

    pub(super) fn big(&mut self, scale: i64) -> Option<()> {
        let scale = Decimal::from(scale);
        let pending = self.section.checked_add(self.number.take().unwrap_or_default())?;
        let empty = pending.is_zero();
        self.spread[1] += self.spread[0];
        if scale > self.last_big || (empty && !self.total.is_zero()) {
            // 一万五千亿: the whole stands under the greater scale.
            let base = self.total.checked_add(pending)?;
            let base = if base.is_zero() { Decimal::ONE } else { base };
            self.unscaled = base;
            self.total = base.checked_mul(scale)?;
            self.spread[2] = (self.spread[2] + self.spread[1]).checked_mul(scale)?;
        } else {
            let base = if pending.is_zero() { Decimal::ONE } else { pending };
            self.unscaled = base;
            self.total = self.total.checked_add(base.checked_mul(scale)?)?;
            self.spread[2] = self.spread[2].checked_add(self.spread[1].checked_mul(scale)?)?;
        }
        self.spread[0] = Decimal::ZERO;
        self.spread[1] = Decimal::ZERO;
        self.section = Decimal::ZERO;
        if let Some(odd) = &mut self.odd {
            *odd = odd.checked_mul(scale)?;
        }
        self.decimal_factor = self.decimal_factor.checked_mul(scale)?;
        self.last_scale = scale;
        self.last_big = scale;
        self.single = false;
        self.zero = false;
        Some(())
    }

    pub(super) fn so_far(&self) -> Decimal {
        let section = self.section + self.number.unwrap_or_default();
        if section.is_zero() { self.total } else { section }
    }

    pub(super) fn place_so_far(&self) -> Decimal {
        let value = self.so_far();
        if self.decimals > 0 && value.fract() != Decimal::ZERO {
            return pow10(-(self.decimals as i32)).unwrap_or(Decimal::ONE);
        }
        place_of(value)
    }
}
