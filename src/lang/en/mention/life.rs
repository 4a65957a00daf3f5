//! Ages told as groups and decades (`over-65s`, `in his early 30s`), and times of a race (`2h 30m`, `1m 43s`).

use crate::lang::en::mention::Reader;
use crate::lang::en::number::number;
use crate::lang::en::value::{Measure, range, single};
use crate::lang::en::words::class;
use crate::model::{Hedge, Kind, Mention};
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// `over-65s`, `under-18s`, `over 65s`: people by their age.
    pub(in crate::lang::en) fn age_group(&self, i: usize) -> Option<(usize, Mention)> {
        let s = self.s;
        let hedge = if s.word_is(i, "over") {
            Hedge::Over
        } else if s.word_is(i, "under") {
            Hedge::Under
        } else {
            return None;
        };
        let k = i + 1 + usize::from(s.joins(i + 1));
        if !s.is_digits(k) || s.of(k).len() != 2 || s.of(k + 1) != "s" || !s.glued(k + 1) {
            return None;
        }
        let quantity = single(Kind::Age, s.figure(k)?.0, Decimal::ONE, Some(hedge), &Measure::of("a"));
        Some((k + 2, Mention { span: self.span(i, k + 2), numeral: self.span(k, k + 1), unit_span: None, quantity }))
    }

    /// `in her thirties`, `his early 30s`, `their mid-40s`: a decade of a life, where the word before it owns it.
    pub(in crate::lang::en) fn decade_of_life(&self, i: usize) -> Option<(usize, Mention)> {
        let s = self.s;
        let k = i + 1 + usize::from(s.joins(i + 1));
        let third = if s.is(i, class::EARLY) {
            Some(0)
        } else if s.is(i, class::MID) {
            Some(1)
        } else if s.is(i, class::LATE) {
            Some(2)
        } else {
            None
        };
        let at = if third.is_some() { k } else { i };
        let (end, decade) = self.dates.life_decade(at)?;
        let low = decade * 10;
        let (low, high) = match third {
            Some(0) => (low, low + 4),
            Some(1) => (low + 3, low + 7),
            Some(_) => (low + 6, low + 9),
            None => (low, low + 9),
        };
        let mut quantity =
            range(Kind::Age, Decimal::from(low), Decimal::from(high), Decimal::ONE, None, &Measure::of("a"));
        quantity.hedge = Some(Hedge::Range);
        Some((end, Mention { span: self.span(i, end), numeral: self.span(at, end), unit_span: None, quantity }))
    }

    /// `highs in the mid-20s`, `the low 30s`: ten degrees, where the sentence speaks of heat.
    pub(in crate::lang::en) fn heat_decade(&self, i: usize) -> Option<(usize, Mention)> {
        let s = self.s;
        let third = if s.is(i, class::EARLY) || s.word_is(i, "low") {
            Some((0, 4))
        } else if s.is(i, class::MID) {
            Some((3, 7))
        } else if s.is(i, class::LATE) || s.word_in(i, &["high", "upper"]) {
            Some((6, 9))
        } else {
            None
        };
        let k = if third.is_some() { i + 1 + usize::from(s.joins(i + 1)) } else { i };
        let ten = s.is_digits(k) && matches!(s.of(k).len(), 2 | 3) && s.of(k).ends_with('0');
        let led = third.is_some() || i > 0 && s.word_is(i - 1, "the");
        if !ten || !led || s.of(k + 1) != "s" || !s.glued(k + 1) || !s.near(k, class::HEAT) {
            return None;
        }
        let (from, to) = third.unwrap_or((0, 9));
        let base = s.figure(k)?.0;
        let (low, high) = (base.checked_add(Decimal::from(from))?, base.checked_add(Decimal::from(to))?);
        let quantity = range(Kind::Temperature, low, high, Decimal::ONE, None, &Measure::of("deg"));
        Some((k + 2, Mention { span: self.span(i, k + 2), numeral: self.span(k, k + 1), unit_span: None, quantity }))
    }

    /// `2h 30m`, `2h30`, `1m 43s`, `2 h 30 min`: a length of time in short letters, one part smaller than the one before.
    pub(in crate::lang::en) fn run_time(&self, i: usize) -> Option<(usize, Mention)> {
        let s = self.s;
        let rank = |k: usize| match s.of(k) {
            "h" | "hr" | "hrs" => Some(0),
            "m" | "min" | "mins" => Some(1),
            "s" | "sec" | "secs" => Some(2),
            _ => None,
        };
        if !s.is_digits(i) || !s.is_digits(i + 2) || rank(i + 1).is_none() {
            return None;
        }
        let (mut k, mut last, mut total, mut parts) = (i, -1, Decimal::ZERO, 0);
        while s.is_digits(k) && k < i + 6 {
            let n = number(s, k, true).filter(|n| !s.of(k).contains(',') && n.start == k)?;
            let value = s.figure(k)?.0;
            let unit = match rank(k + 1).filter(|r| *r > last) {
                Some(r) => r,
                // `2h30`.
                None if last == 0 && s.glued(k) && s.of(k).len() == 2 && n.end == k + 1 => 1,
                None => break,
            };
            if parts > 0 && value >= Decimal::from(60) || unit < 2 && !value.fract().is_zero() {
                return None;
            }
            let worth = [3600, 60, 1][usize::try_from(unit).ok()?];
            total = total.checked_add(value.checked_mul(Decimal::from(worth))?)?;
            let bare = rank(k + 1).is_none();
            (last, parts) = (unit, parts + 1);
            k += if bare { 1 } else { 2 };
        }
        // `5 m 10 s` may be metres and seconds of two columns; letters must stand close, or say `min` and `h`.
        let close = s.glued(i + 1) || s.of(i + 1).len() > 1 || s.of(i + 1) == "h";
        if parts < 2 || !close || s.glued(k) && (s.is_word(k) || s.is_digits(k)) {
            return None;
        }
        let (code, worth) = if last == 2 { ("s", 1) } else { ("min", 60) };
        let value = total.checked_div(Decimal::from(worth))?;
        let place =
            if value.fract().is_zero() { Decimal::ONE } else { crate::quantity::pow10(-(value.scale() as i32))? };
        let quantity = single(Kind::Duration, value, place, None, &Measure::of(code));
        let unit_span = Some(self.span(i + 1, k));
        Some((k, Mention { span: self.span(i, k), numeral: self.span(i, i + 1), unit_span, quantity }))
    }
}
