//! Dates written out: `12 April 2023`, `April 12`, `2023-04-12`, and the year that one without a year means.

use crate::lang::en::date::calendar::{day, day_value, month_value, plus, two_digit, value, year_value};
use crate::lang::en::date::{Dates, Parts};
use crate::lang::en::number::{number, ordinal};
use crate::lang::en::token::{Kind, REACH};
use crate::lang::en::words::{Role, class};
use crate::quantity::{Precision, TimeValue};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

impl Dates<'_, '_> {
    /// The year in digits at `i`.
    pub(in crate::lang::en) fn year(&self, i: usize) -> Option<i16> {
        let raw = self.s.of(i);
        if !self.s.is_digits(i) || raw.len() != 4 || !raw.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let y: i16 = raw.parse().ok()?;
        (1000..2200).contains(&y).then_some(y)
    }

    /// A year in words: `nineteen seventy-two`, `two thousand and twenty`.
    pub(in crate::lang::en) fn spoken_year(&self, i: usize) -> Option<(usize, i16)> {
        let s = self.s;
        let head = s.entry(i)?.cardinal;
        if (13..=20).contains(&head) && s.is_word(i) {
            let rest = number(s, i + 1, true).filter(|n| !n.digits)?;
            let low = i16::try_from(rest.value).ok().filter(|v| (10..100).contains(v))?;
            return Some((rest.end, head * 100 + low));
        }
        let n = number(s, i, false).filter(|n| !n.digits && n.end > i + 2)?;
        let y = i16::try_from(n.value).ok().filter(|y| (1100..2100).contains(y))?;
        Some((n.end, y))
    }

    /// The year behind a month: as [`Self::spoken_year`], and the bare `two thousand`.
    fn spoken_year_of(&self, i: usize) -> Option<(usize, i16)> {
        let s = self.s;
        self.spoken_year(i).or_else(|| {
            let n = number(s, i, true).filter(|n| s.is_word(i) && n.end == i + 2)?;
            let closed = n.value == rust_decimal::Decimal::from(2000) && !crate::lang::en::parts::noun_like(s, n.end);
            closed.then_some((n.end, 2000))
        })
    }

    pub(in crate::lang::en) fn month(&self, i: usize) -> Option<i8> {
        let e = self.s.entry(i).filter(|e| e.month != 0)?;
        let low = !self.s.word_in(i, &["may", "march", "mar", "dec", "jan", "sept"]) && self.s.of(i).len() >= 4;
        let near = low
            || self.s.is_digits(i + 1)
            || self.s.word_is(i + 1, "the")
                && ordinal(self.s, i + 2).is_some_and(|(e, n)| n <= 31 && (self.s.stops(e) || self.s.is_digits(e)))
            || i > 0
                && self.s.entry(i - 1).is_some_and(|e| e.weekday != 0)
                && self.s.entry(i + 1).is_some_and(|e| e.cardinal > 0 || e.ordinal != 0)
            || i > 0 && (self.s.is_digits(i - 1) || self.s.word_in(i - 1, &["of", "st", "nd", "rd", "th"]));
        (self.s.is_word(i) && (self.s.tokens[i].capital || near || self.s.of(i).len() > 5)).then_some(e.month)
    }

    /// A month that may stand alone: not the verb `may` nor a march.
    pub(in crate::lang::en) fn lone_month(&self, i: usize) -> Option<i8> {
        let m = self.month(i)?;
        let s = self.s;
        let plain = !s.word_in(i, &["may", "march", "mar"]);
        let tied = i > 1 && s.joins(i - 1) && s.tokens[i].capital && self.s.entry(i - 2).is_some_and(|e| e.month != 0);
        let beside = tied || s.joins(i + 1) && self.s.entry(i + 2).is_some_and(|e| e.month != 0);
        // `mid-March`: the hyphen parts nothing.
        let b = i.saturating_sub(1 + usize::from(i > 1 && s.joins(i - 1)));
        let led = i > 0
            && s.is(b, class::YEAR_PREPOSITION | class::LAST | class::NEXT | class::THIS | class::PREPOSITION)
            && s.tokens[i].capital;
        let trailed = self.year(i + 1).is_some();
        // `March to May 2015`.
        let shown = |k: usize| s.tokens.get(k).is_some_and(|t| t.capital) && s.entry(k).is_some_and(|e| e.month != 0);
        let opens = s.word_in(i + 1, &["to", "through", "until"]) && shown(i) && shown(i + 2) && !s.word_is(i, "may");
        let low = plain && s.of(i).len() > 4 && i > 0 && s.is(i - 1, class::YEAR_PREPOSITION | class::PREPOSITION);
        (plain && (s.tokens[i].capital || led)
            || low
            || beside
            || opens
            || s.len() == 1
            || led && !s.word_is(b, "may")
            || trailed)
            .then_some(m)
    }

    /// A day of the month: `9`, `9th`, `ninth`.
    pub(in crate::lang::en) fn day(&self, i: usize) -> Option<(usize, i8)> {
        let s = self.s;
        if s.is_digits(i) {
            let raw = s.of(i);
            if raw.len() > 2 {
                return None;
            }
            let d: i8 = raw.parse().ok().filter(|d| (1..=31).contains(d))?;
            if s.glued(i + 1) && s.is_word(i + 1) {
                return s
                    .word_in(i + 1, &["st", "nd", "rd", "th"])
                    .then_some((i + 2, d))
                    .or_else(|| self.month(i + 1).map(|_| (i + 1, d)));
            }
            return (s.sign(i + 1) != Some('%')).then_some((i + 1, d));
        }
        let (end, n) = ordinal(s, i)?;
        (1..=31).contains(&n).then_some((end, n as i8))
    }

    /// A day of the month as a plain number in words, where nothing but a year can follow.
    fn spoken_day(&self, k: usize) -> Option<(usize, i8)> {
        let s = self.s;
        let n = number(s, k, true).filter(|n| !n.digits && s.is_word(k) && n.scale == rust_decimal::Decimal::ONE)?;
        let d = i8::try_from(n.value).ok().filter(|d| (1..=31).contains(d) && n.value.fract().is_zero())?;
        let tens = n.end > k + 1;
        (tens && (s.stops(n.end) || self.spoken_year(n.end).is_some())).then_some((n.end, d))
    }

    pub(in crate::lang::en) fn weekday(&self, i: usize) -> Option<i8> {
        let e = self.s.entry(i).filter(|e| e.weekday != 0 && self.s.is_word(i))?;
        let raw = self.s.of(i);
        if raw.ends_with("days") {
            // `on Sundays` names no day.
            return None;
        }
        // `Good Friday`, `Black Friday`: a day of its own name.
        let named = |b: usize| {
            self.s.entry(b).is_some_and(|e| e.feasts.iter().any(|f| f.0.len() == 1 && self.s.word_is(i, &f.0[0])))
        };
        if i > 0 && named(i - 1) {
            return None;
        }
        let long = raw.len() > 4;
        if raw.len() == 3 {
            // `Sun`, `Sat`, `Wed` are words of their own.
            let behind = i > 1 && self.s.sign(i - 1) == Some(',') && self.s.is_digits(i - 2);
            let beside = behind
                || self.s.is_digits(i + 1)
                || self.s.sign(i + 1) == Some(',')
                || self.s.entry(i + 1).is_some_and(|e| e.month != 0)
                || i > 0 && self.s.word_is(i - 1, "on");
            return (beside && self.s.tokens[i].capital || self.s.len() <= 2).then_some(e.weekday);
        }
        (self.s.tokens[i].capital || long || self.s.len() <= 2).then_some(e.weekday)
    }

    /// Whether the sentence speaks of what is to come, as seen from token `i`.
    pub(in crate::lang::en) fn future(&self, i: usize) -> Option<bool> {
        let s = self.s;
        for j in (i.saturating_sub(REACH)..i.min(s.len())).rev() {
            if s.is(j, class::FUTURE) {
                return Some(true);
            }
            if s.is(j, class::PAST_AUXILIARY) || crate::lang::en::parts::is_past(s, j) {
                // `will be closed`, `is to have opened`: the word before says when.
                let ahead = (j.saturating_sub(4)..j).rev().take_while(|k| s.is_word(*k)).any(|k| {
                    s.word_in(k, &["will", "shall", "would", "must", "should", "may"])
                        || s.word_is(k, "to") && s.word_in(k + 1, &["be", "have"])
                });
                return Some(ahead);
            }
        }
        for j in i..s.len().min(i + REACH) {
            if s.word_in(j, &["will", "shall", "would", "due"]) {
                return Some(true);
            }
            if s.is(j, class::PAST_AUXILIARY) || crate::lang::en::parts::is_past(s, j) {
                return Some(false);
            }
        }
        None
    }

    /// The day or month that `p` means, counted from the reference where no year is written.
    pub(in crate::lang::en) fn resolve(&self, p: Parts, at: usize) -> TimeValue {
        let (m, d) = (p.month, p.day);
        let mut year = p.year;
        if year.is_none()
            && let Some(r) = self.reference
        {
            year = self.guess_year(r, p, at);
        }
        let mut v = match (year, m, d) {
            (Some(y), Some(m), Some(d)) => match day(y, m, d) {
                Some(date) => day_value(date),
                None => value(format!("{y:04}-{m:02}-{d:02}"), None, None, Precision::Day),
            },
            (None, Some(m), Some(d)) => value(format!("XXXX-{m:02}-{d:02}"), None, None, Precision::Day),
            (Some(y), Some(m), None) => month_value(y, m),
            (None, Some(m), None) => value(format!("XXXX-{m:02}"), None, None, Precision::Month),
            (Some(y), None, _) => year_value(y),
            (None, None, Some(d)) => value(format!("XXXX-XX-{d:02}"), None, None, Precision::Day),
            (None, None, None) => value(String::new(), None, None, Precision::Day),
        };
        if p.year.is_none() && p.month.is_some() {
            v.timex = match d {
                Some(d) => format!("XXXX-{:02}-{d:02}", m.unwrap_or(0)),
                None => format!("XXXX-{:02}", m.unwrap_or(0)),
            };
        }
        (v.month, v.day, v.weekday) = (m, d, p.weekday);
        v
    }

    pub(in crate::lang::en) fn guess_year(&self, r: Date, p: Parts, at: usize) -> Option<i16> {
        let m = p.month?;
        let on = |y: i16| day(y, m, p.day.unwrap_or(1));
        if let (Some(w), Some(_)) = (p.weekday, p.day) {
            for y in [r.year(), r.year() + 1, r.year() - 1] {
                if on(y).is_some_and(|d| d.weekday() == Weekday::from_monday_one_offset(w).unwrap_or(Weekday::Monday)) {
                    return Some(y);
                }
            }
            return Some(r.year());
        }
        if m == 2 && p.day == Some(29) {
            return (0..8).map(|k| r.year() + k).find(|y| on(*y).is_some());
        }
        let here = on(r.year()).or_else(|| day(r.year(), m, 1))?;
        let away = i64::from(here.since(r).ok()?.get_days());
        match self.future(at) {
            Some(false) if away > 31 => Some(r.year() - 1),
            Some(true) if away < -31 => Some(r.year() + 1),
            _ => Some(r.year()),
        }
    }

    /// A day, month or year written out, at `i`: its end and parts.
    pub(in crate::lang::en) fn written(&self, i: usize) -> Option<(usize, Parts)> {
        let s = self.s;
        let mut p = Parts::default();
        let mut j = i;
        if let Some(w) = self.weekday(j) {
            p.weekday = Some(w);
            j += 1;
            if s.sign(j) == Some(',') {
                j += 1;
            }
            if s.word_in(j, &["the"]) {
                j += 1;
            }
            if self.weekday(j).is_some() {
                return None;
            }
            let (end, rest) = self.written(j).or_else(|| {
                // `Tuesday the 19th`.
                let (end, d) = self.day(j).filter(|x| x.0 > j + 1 || s.is_word(j))?;
                Some((end, Parts { day: Some(d), ..Parts::default() }))
            })?;
            rest.day?;
            if rest.weekday.is_some() {
                return None;
            }
            if rest.month.is_none()
                && let Some(r) = self.reference
            {
                // The next month around in which that day falls on that weekday.
                let on = |back: i64| {
                    let m = plus(r.first_of_month(), back.months())?;
                    let d = day(m.year(), m.month(), rest.day?)?;
                    (i64::from(d.weekday().to_monday_one_offset()) == i64::from(p.weekday?)).then_some(d)
                };
                if let Some(d) = [0, 1, -1, 2, -2].into_iter().find_map(on) {
                    return Some((
                        end,
                        Parts { year: Some(d.year()), month: Some(d.month()), ..Parts { weekday: p.weekday, ..rest } },
                    ));
                }
            }
            return Some((end, Parts { weekday: p.weekday, ..rest }));
        }
        if let Some(m) = self.month(j) {
            // `April 12, 2023`, `March 3rd`, `October 2016`, `may the eleventh`.
            p.month = Some(m);
            let mut k = j + 1;
            if s.glued(k) && s.is_digits(k)
                || s.word_is(k, "the") && self.day(k + 1).is_some_and(|x| x.0 > k + 2 || !s.is_digits(k + 1))
            {
                k += usize::from(s.word_is(k, "the"));
            }
            if let Some((end, d)) = self.day(k).filter(|x| !self.unit_follows(x.0)) {
                p.day = Some(d);
                let mut e = end;
                let comma = usize::from(s.sign(e) == Some(','));
                if let Some(w) = self.weekday(e + comma).filter(|_| comma == 1) {
                    p.weekday = Some(w);
                    e += 2;
                }
                let comma = usize::from(s.sign(e) == Some(','));
                let of = usize::from(s.word_is(e + comma, "of"));
                if let Some(y) = self.year(e + comma + of) {
                    p.year = Some(y);
                    e += comma + of + 1;
                } else if let Some((end, y)) = self.spoken_year(e + comma) {
                    p.year = Some(y);
                    e = end;
                }
                return Some((e, p));
            }
            // `May twenty one`, `January twenty one two thousand and eighteen`: read aloud.
            if let Some((end, d)) = self.spoken_day(k) {
                p.day = Some(d);
                if let Some((e, y)) = self.spoken_year(end) {
                    p.year = Some(y);
                    return Some((e, p));
                }
                return Some((end, p));
            }
            let of = k + usize::from(s.word_in(k, &["of", "in"]));
            if let Some((end, y)) = self.spoken_year_of(of) {
                p.year = Some(y);
                return Some((end, p));
            }
            let mid = usize::from(s.word_in(k, &["of", "in"]) || s.sign(k) == Some(','));
            if let Some(y) = self.year(k + mid).filter(|_| s.sign(k) != Some('-')) {
                p.year = Some(y);
                return Some((k + mid + 1, p));
            }
            return Some((k, p));
        }
        // `9 October 2024`, `the second of March`, `20th day of September`.
        let (end, d) = self.day(j)?;
        let mut k = end;
        if s.word_is(k, "day") {
            k += 1;
        }
        if s.word_is(k, "of") {
            k += 1;
        }
        let point = usize::from(s.sign(k) == Some('.') && s.tokens.get(k + 1).is_some_and(|t| t.gap));
        if s.sign(k) == Some('-') && s.glued(k) || s.sign(k) == Some('/') {
            k += 1;
        }
        let m = self.month(k + point)?;
        k += point;
        p.month = Some(m);
        p.day = Some(d);
        let mut e = k + 1;
        if s.sign(e) == Some('.')
            && s.tokens.get(e + 1).is_some_and(|t| t.gap)
            && s.is_digits(e + 1)
            && s.of(k).len() <= 4
        {
            e += 1;
        }
        let comma = usize::from(s.sign(e) == Some(',') || matches!(s.sign(e), Some('/' | '-')) && s.glued(e));
        let of = usize::from(s.word_is(e + comma, "of"));
        if let Some(y) = self.year(e + comma + of) {
            p.year = Some(y);
            e += comma + of + 1;
        } else if comma == 1
            && let (Some('-' | '/'), Some(x)) = (s.sign(e), s.sign(k - 1))
            && s.sign(e) == Some(x)
            && s.is_digits(e + 1)
            && s.of(e + 1).len() == 2
            && !s.glued(e + 2)
        {
            p.year = s.of(e + 1).parse::<i16>().ok().map(two_digit);
            e += 2;
        } else if comma == 0
            && let Some((end, y)) = self.spoken_year(e)
        {
            p.year = Some(y);
            e = end;
        } else if comma == 0 && s.is_digits(e) && s.of(e).len() == 2 && end > j + 1 && s.tokens.get(e + 1).is_none() {
            p.year = s.of(e).parse::<i16>().ok().map(two_digit);
            e += 1;
        }
        if s.sign(e) == Some(',') && p.year.is_none() && self.weekday(e + 1).is_some() {
            p.weekday = self.weekday(e + 1);
            e += 2;
        }
        Some((e, p))
    }

    pub(in crate::lang::en) fn unit_follows(&self, i: usize) -> bool {
        let s = self.s;
        s.phrase(i, Role::Length).is_some()
            || s.phrase(i, Role::Unit).is_some()
            || s.sign(i) == Some('%')
            || s.is(i, class::PERCENT)
            || s.entry(i).is_some_and(|e| e.scale != 0)
    }

    /// Dates in digits: `2024-10-26`, `2024/10/26`, `26/10/2024`, `10/31/74`, `2014-10`, `2/2013`.
    pub(in crate::lang::en) fn numeric(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        if let Some(d) = self.dotted(i) {
            return Some((i + 1, day_value(d)));
        }
        let mark = s.sign(i + 1).filter(|c| matches!(c, '-' | '/' | '.' | '–'))?;
        if !s.is_digits(i) || !s.glued(i + 1) || !s.glued(i + 2) {
            return None;
        }
        let n = |k: usize, max: usize| -> Option<i16> {
            let raw = s.of(k);
            (s.is_digits(k) && raw.len() <= max && raw.bytes().all(|b| b.is_ascii_digit()))
                .then(|| raw.parse().ok())
                .flatten()
        };
        let third = s.sign(i + 3) == Some(mark) && s.glued(i + 3) && s.glued(i + 4);
        let more = |k: usize| {
            s.glued(k)
                && (s.is_digits(k) || matches!(s.sign(k), Some('/' | '-')) && s.glued(k + 1) && s.is_digits(k + 1))
        };
        if let Some(y) = self.year(i) {
            let m = n(i + 2, 2).filter(|m| (1..=12).contains(m));
            if third {
                let named = s.entry(i + 2).map_or(0, |e| e.month);
                let (m, d) = (m.or((named > 0).then_some(i16::from(named)))?, n(i + 4, 2)?);
                let d = day(y, m as i8, d as i8)?;
                return Some((i + 5, day_value(d)));
            }
            let m = m?;
            if s.of(i + 2).len() != 2 || mark != '-' || more(i + 3) {
                return None;
            }
            return Some((i + 3, month_value(y, m as i8)));
        }
        let (a, b) = (n(i, 2)?, n(i + 2, 4)?);
        if third {
            let y = n(i + 4, 4)
                .filter(|_| matches!(s.of(i + 4).len(), 2 | 4))
                .map(|y| if y < 100 { two_digit(y) } else { y })?;
            if more(i + 5) {
                return None;
            }
            let date = day(y, a as i8, b as i8).or_else(|| day(y, b as i8, a as i8))?;
            return Some((i + 5, day_value(date)));
        }
        if (mark == '/' || mark == '-' && s.of(i).len() == 2)
            && !more(i + 3)
            && s.of(i + 2).len() == 4
            && (1..=12).contains(&a)
            && (1900..2200).contains(&b)
        {
            return Some((i + 3, month_value(b, a as i8)));
        }
        None
    }

    /// `13.3.2015`, `2015.03.13`: points part day and month as on the Continent; the year must have its four digits.
    fn dotted(&self, i: usize) -> Option<Date> {
        let s = self.s;
        s.tokens.get(i).filter(|t| t.kind == Kind::Dotted)?;
        let mut parts = s.of(i).split('.');
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || s.glued(i + 1) && (s.is_word(i + 1) || matches!(s.sign(i + 1), Some('-' | '/'))) {
            return None;
        }
        let small = |x: &str| x.parse::<i8>().ok().filter(|_| x.len() <= 2);
        let year = |x: &str| x.parse::<i16>().ok().filter(|y| x.len() == 4 && (1000..2200).contains(y));
        match year(a) {
            Some(y) => day(y, small(b)?, small(c)?),
            None => day(year(c)?, small(b)?, small(a)?).or_else(|| day(year(c)?, small(a)?, small(b)?)),
        }
    }

    /// `2016 10 16`, `10 31 1974`: year, month and day with nothing but spaces between them.
    pub(in crate::lang::en) fn spaced(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let two = |k: usize| {
            (s.is_digits(k) && s.of(k).len() == 2).then(|| s.of(k).parse::<i8>().ok()).flatten().filter(|n| *n <= 31)
        };
        if s.is_digits(i + 3) || !s.stops(i + 3) {
            return None;
        }
        let date = match self.year(i) {
            Some(y) => day(y, two(i + 1)?, two(i + 2)?)?,
            None => day(self.year(i + 2)?, two(i)?, two(i + 1)?)?,
        };
        Some((i + 3, day_value(date)))
    }

    /// `15/2`, `5/12` where the word before says that it is a day.
    pub(in crate::lang::en) fn slashed(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        // `10/1-11/2/2017`, `from 10/25 to 01/25`: the end of a stretch says what its beginning is.
        let short = |k: usize| s.is_digits(k) && s.of(k).len() <= 2;
        let pair =
            |k: usize| short(k) && s.sign(k + 1) == Some('/') && s.glued(k + 1) && s.glued(k + 2) && short(k + 2);
        let dash = matches!(s.sign(i + 3), Some('-' | '–')) && pair(i + 4);
        let dated = dash
            && s.sign(i + 7) == Some('/')
            && s.glued(i + 7)
            && s.is_digits(i + 8)
            && matches!(s.of(i + 8).len(), 2 | 4);
        let opened = i > 0 && s.word_is(i - 1, "from") && s.word_in(i + 3, &["to", "until", "till"]) && pair(i + 4);
        let closed = i > 4 && s.word_in(i - 1, &["to", "until", "till"]) && s.word_is(i - 5, "from") && pair(i - 4);
        let led = dated
            || opened
            || closed
            || i > 0
                && (s.word_in(i - 1, &["on", "by", "until", "next", "upcoming", "coming", "this", "last"])
                    || s.entry(i - 1).is_some_and(|e| e.weekday != 0));
        if !led
            || s.sign(i + 1) != Some('/')
            || !s.glued(i + 1)
            || !s.glued(i + 2)
            || !s.is_digits(i + 2)
            || s.sign(i + 3) == Some('/')
        {
            return None;
        }
        let small = |k: usize| s.of(k).parse::<i8>().ok().filter(|_| s.of(k).len() <= 2);
        let (a, b) = (small(i)?, small(i + 2)?);
        let (m, d) = if (1..=12).contains(&a) && (1..=31).contains(&b) {
            (a, b)
        } else if (1..=12).contains(&b) && (1..=31).contains(&a) {
            (b, a)
        } else {
            return None;
        };
        // `next 5/12` lies ahead.
        let ahead = self.reference.filter(|_| i > 0 && s.word_in(i - 1, &["next", "upcoming", "coming"]));
        let year = ahead.map(|r| r.year() + i16::from((m, d) <= (r.month(), r.day())));
        Some((i + 3, self.resolve(Parts { year, month: Some(m), day: Some(d), ..Parts::default() }, i)))
    }

    /// `on the 15th`: the day of the month nearest to the day of the text, before it or after as the sentence tells.
    pub(in crate::lang::en) fn lone_day(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        if i < 2 || !s.word_is(i - 1, "the") || !s.word_in(i - 2, &["on", "by", "until"]) {
            return None;
        }
        let (end, n) = ordinal(s, i)?;
        let d = i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?;
        let whole = i == 2 && end >= s.len();
        let closes =
            s.stops(end) || s.is(end, class::CONJUNCTION) || s.is(end, class::PREPOSITION) && !s.word_is(end, "of");
        if !whole && (s.is_word(i) || !closes) {
            return None;
        }
        let r = self.reference?;
        let past = self.future(i) == Some(false);
        let near = |back: i64| {
            let m = plus(r.first_of_month(), back.months())?;
            day(m.year(), m.month(), d).filter(|x| if past { *x <= r } else { *x >= r })
        };
        let steps: [i64; 3] = if past { [0, -1, -2] } else { [0, 1, 2] };
        let mut v = day_value(steps.into_iter().find_map(near)?);
        v.relative = true;
        Some((end, v))
    }
}
