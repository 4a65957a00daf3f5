//! Feasts and public days whose date can be worked out: a fixed day, the nth weekday of a month, days from Easter.

use crate::lang::en::date::Dates;
use crate::lang::en::date::calendar::{day, day_value, plus, relative};
use crate::lang::en::token::Kind;
use crate::lang::en::words::Feast;
use crate::quantity::{Precision, TimeValue};
use jiff::ToSpan;
use jiff::civil::Date;

/// Easter Sunday of a year (Gregorian; the anonymous computus).
fn easter(year: i16) -> Option<Date> {
    let y = i64::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

/// The day of a feast in a year.
fn of_year(feast: Feast, year: i16) -> Option<Date> {
    match feast {
        Feast::Easter(days) => plus(easter(year)?, i64::from(days).days()),
        Feast::Fixed(month, d) => day(year, month, d),
        Feast::Weekday(month, w, n, more) => {
            let first = day(year, month, 1)?;
            let lag = |d: Date| (i64::from(w) - i64::from(d.weekday().to_monday_one_offset())).rem_euclid(7);
            if n > 0 {
                return plus(first, (lag(first) + 7 * (i64::from(n) - 1) + i64::from(more)).days());
            }
            let last = plus(first.last_of_month(), -6.days())?;
            plus(last, (lag(last) + i64::from(more)).days())
        }
    }
}

impl Dates<'_, '_> {
    /// A feast at `i`; `sense` is what the word before it says (last −1, this 0, next 1).
    pub(in crate::lang::en) fn feast(&self, i: usize, sense: Option<i64>) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let (end, feast) = s.entry(i)?.feasts.iter().find_map(|(words, feast)| {
            // `New Year's Day` is listed as `new years day`.
            let owned = |k: usize| s.tokens.get(k).is_some_and(|t| t.kind == Kind::Possessive);
            let mut k = i + 1 + usize::from(owned(i + 1) || s.sign(i + 1) == Some('.') && s.glued(i + 1));
            for w in words {
                if s.word_is(k, w) {
                    k += 1;
                } else if owned(k + 1) && w.strip_suffix('s').is_some_and(|stem| s.word_is(k, stem)) {
                    k += 2;
                } else {
                    return None;
                }
            }
            Some((k, *feast))
        })?;
        let alone = i == 0 && end >= s.len();
        let mut k = end + usize::from(s.word_in(end, &["of", "in"]));
        k += usize::from(s.sign(k) == Some(',') && k == end);
        let of_period = s.word_is(k + 1, "year")
            && s.is(
                k,
                crate::lang::en::words::class::LAST
                    | crate::lang::en::words::class::NEXT
                    | crate::lang::en::words::class::THIS,
            );
        if let Some(y) = self.year(k) {
            return Some((k + 1, day_value(of_year(feast, y)?)));
        }
        if of_period {
            let (e, v) = self.led(k)?;
            return Some((e, relative(day_value(of_year(feast, v.first?.year())?))));
        }
        // A name alone is a day only where something counts or points from it.
        let pointed = sense.is_some()
            || alone
            || i > 0
                && (s.word_in(i - 1, &["after", "before", "since", "until", "till", "by", "on", "from", "following"]));
        if !pointed || crate::lang::en::parts::noun_like(s, end) {
            return None;
        }
        let r = self.reference?;
        let on = |y: i16| of_year(feast, y);
        let here = on(r.year())?;
        let next = if here > r { here } else { on(r.year() + 1)? };
        let past = if here < r { here } else { on(r.year() - 1)? };
        let d = match sense {
            Some(-1) => past,
            Some(1) => next,
            Some(_) => here,
            None => match self.future(i) {
                Some(false) => {
                    if here <= r {
                        here
                    } else {
                        past
                    }
                }
                _ => {
                    if here >= r {
                        here
                    } else {
                        next
                    }
                }
            },
        };
        let mut v = relative(day_value(d));
        v.precision = Precision::Day;
        Some((end, v))
    }
}
