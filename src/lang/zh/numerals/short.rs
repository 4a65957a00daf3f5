//! Small whole numbers of dates, numerals parted by spaces, exponents. Enters: folded characters. Leaves: values and ends.

use super::super::view::View;
use super::{Numeral, formal, han_digit, is_han_numeral, parse, small_scale};

/// Reads a Chinese numeral whose characters are spaced: 三百 五十, 六 点 五. `None` where the spaces part two numerals.
pub(in crate::lang::zh) fn spaced(v: &View, i: usize) -> Option<Numeral> {
    let mut chars = Vec::new();
    let mut ends = Vec::new();
    let mut p = i;
    while chars.len() < 32 {
        let c = v.c(p);
        if is_han_numeral(c) || !chars.is_empty() && matches!(c, '点' | '多' | '余' | '几') {
            chars.push(c);
            ends.push(p + 1);
        } else if c != ' ' || v.c(p + 1) == ' ' && v.c(p + 2) == ' ' {
            break;
        }
        p += 1;
    }
    let mut joined = View::default();
    joined.read_chars(&chars);
    let mut n = parse(&joined, 0)?;
    // Only the whole: what parse leaves over belongs to another numeral.
    if n.end != chars.len() {
        return None;
    }
    n.end = *ends.last()?;
    Some(n)
}

/// The exponent of `2e5` after its letter, and the end.
pub(in crate::lang::zh) fn exponent(v: &View, i: usize) -> Option<(i32, usize)> {
    let minus = v.c(i) == '-';
    let start = if matches!(v.c(i), '+' | '-') { i + 1 } else { i };
    let mut end = start;
    let mut value = 0;
    while v.c(end).is_ascii_digit() {
        value = value * 10 + v.c(end) as i32 - '0' as i32;
        end += 1;
        if end - start > 2 {
            return None;
        }
    }
    (end > start && value <= 20 && !v.c(end).is_ascii_alphanumeric())
        .then_some((if minus { -value } else { value }, end))
}

/// A whole number from 0 to 99 999 at `i`, in digits or Chinese numerals without vagueness, for dates: value, end, digits written in
/// places (`08`, `二〇〇八`).
pub(in crate::lang::zh) fn small(v: &View, i: usize) -> Option<(i64, usize, usize)> {
    if v.c(i).is_ascii_digit() {
        let mut p = i;
        let mut value = 0i64;
        while v.c(p).is_ascii_digit() {
            if p - i > 4 {
                return None;
            }
            value = value * 10 + i64::from(v.c(p) as u32 - '0' as u32);
            p += 1;
        }
        return Some((value, p, p - i));
    }
    // 登陆时, 着陆日: a lone formal digit is a part of a word.
    if formal(v.c(i)) && !is_han_numeral(v.c(i + 1)) {
        return None;
    }
    let mut p = i;
    let (mut total, mut number, mut run, mut scaled) = (0i64, None, 0usize, false);
    loop {
        // Nothing in a date is longer; a run of any length costs the same.
        if p - i > 16 {
            return None;
        }
        // 二O一八: the Latin letter for 〇.
        let c = if matches!(v.c(p), 'O' | 'o')
            && p > i
            && han_digit(v.before(p, 1)).is_some()
            && (han_digit(v.c(p + 1)).is_some() || v.c(p + 1) == v.c(p))
        {
            '〇'
        } else {
            v.c(p)
        };
        if let Some(d) = han_digit(c) {
            if run > 4 {
                return None;
            }
            number = Some(number.unwrap_or(0) * 10 + d);
            run += 1;
        } else if let Some(tens) = match c {
            '廿' => Some(20),
            '卅' => Some(30),
            _ => None,
        } {
            if number.is_some() {
                break;
            }
            total += tens;
            scaled = true;
        } else if let Some(scale) = small_scale(c) {
            if run > 1 && total == 0 && scale != 1000 {
                return None;
            }
            total += number.take().unwrap_or(1) * scale;
            run = 0;
            scaled = true;
        } else {
            break;
        }
        p += 1;
    }
    (p > i).then(|| (total + number.unwrap_or(0), p, if scaled { 0 } else { run }))
}
