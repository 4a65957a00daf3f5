//! Powers, scientific notation and errors: 10^9, 1.2×10⁸, 10的负6次方, 20.3±0.4. Enters: a numeral. Leaves: the numeral worked out, with its end moved on.

use rust_decimal::Decimal;

use super::super::mention::Scanner;
use super::super::numerals::{self, Form, Numeral, Shape};
use super::super::view::View;
use crate::quantity::pow10;

/// The digit that a raised character shows.
fn raised(c: char) -> Option<i32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == c).map(|d| d as i32)
}

/// A whole exponent at `i`, as written after a base: `^-6`, `的负6次方`, raised digits behind a ten; the value and the end.
fn exponent(v: &View, base: Decimal, i: usize) -> Option<(i32, usize)> {
    let caret = v.c(i) == '^';
    if caret || v.c(i) == '的' {
        let minus = matches!(v.c(i + 1), '-' | '负');
        let (n, end, _) = numerals::small(v, i + 1 + usize::from(minus))?;
        let value = if minus { -(n as i32) } else { n as i32 };
        let word = if v.is(end, "次方") || v.is(end, "次幂") { 2 } else { 0 };
        let whole = !(v.c(end).is_ascii_alphanumeric() || v.c(end) == '.' && v.c(end + 1).is_ascii_digit());
        return (n <= 99 && whole && (caret || word > 0)).then_some((value, end + word));
    }
    if base != Decimal::TEN {
        return None;
    }
    let minus = v.c(i) == '⁻';
    let start = i + usize::from(minus);
    let mut end = start;
    let mut value = 0;
    while let Some(d) = raised(v.c(end)).filter(|_| end - start < 2) {
        value = value * 10 + d;
        end += 1;
    }
    (end > start).then_some((if minus { -value } else { value }, end))
}

fn power(base: Decimal, exponent: i32) -> Option<Decimal> {
    if base == Decimal::TEN {
        return pow10(exponent);
    }
    if base.is_zero() {
        return None;
    }
    let mut value = Decimal::ONE;
    for _ in 0..exponent.unsigned_abs() {
        value = value.checked_mul(base)?;
    }
    if exponent < 0 { Decimal::ONE.checked_div(value) } else { Some(value) }
}

impl Scanner<'_> {
    /// The numeral `n` raised, or times a power of ten. `Err` holds the end of one that is too large or too small to be held exactly.
    pub(in crate::lang::zh) fn power(&self, n: Numeral) -> Result<Numeral, usize> {
        let v = self.v;
        if !matches!(n.shape, Shape::Plain) {
            return Ok(n);
        }
        let mut n = n;
        if let Some((by, end)) = exponent(v, n.value, n.end) {
            n.value = power(n.value, by).ok_or(end)?;
            n.place = if n.value.fract().is_zero() { Decimal::ONE } else { Decimal::ZERO };
            n.end = end;
        } else if matches!(v.c(n.end), '×' | '*' | 'x' | '✕') && v.is(n.end + 1, "10") && n.form == Form::Arabic {
            let Some((by, end)) = exponent(v, Decimal::TEN, n.end + 3) else { return Ok(n) };
            let times = pow10(by).ok_or(end)?;
            n.value = n.value.checked_mul(times).ok_or(end)?;
            n.place = n.place.checked_mul(times).ok_or(end)?;
            n.end = end;
            n.decimals = 0;
        } else if v.c(n.end) == '±'
            && n.scale == Decimal::ONE
            && let Some(m) = numerals::parse(v, n.end + 1).filter(|m| matches!(m.shape, Shape::Plain))
            && m.unscaled < n.value
        {
            // 20.3±0.4亿年
            let middle = n.value.checked_mul(m.scale).ok_or(m.end)?;
            n.value = middle.checked_sub(m.value).ok_or(m.end)?;
            n.shape = Shape::Neighbours(middle.checked_add(m.value).ok_or(m.end)?);
            n.scale = m.scale;
            n.end = m.end;
        } else {
            return Ok(n);
        }
        n.unscaled = n.value;
        Ok(n)
    }
}
