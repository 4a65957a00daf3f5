//! Dates and periods of English. Enters: tokens and what the reader knows of the day. Leaves: intervals of days. Knows no amounts.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Stretch, ToSpan};

use super::number::{number, ordinal};
use super::token::Sentence;
use super::words::{Role, class};
use crate::lang::Context;
use crate::model::{Hedge, Kind};
use crate::quantity::{Precision, TimeValue};

/// A time expression from `start` to before `end` (tokens).
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub value: TimeValue,
    pub hedge: Option<Hedge>,
}

/// A date as far as it was written.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
}

/// The reader of dates of one sentence.
pub(super) struct Dates<'s, 'a> {
    pub s: &'s Sentence<'a>,
    pub reference: Option<Date>,
}

fn month_end(first: Date) -> Date {
    first.last_of_month()
}

fn day(y: i16, m: i8, d: i8) -> Option<Date> {
    Date::new(y, m, d).ok()
}

fn plus(d: Date, by: Stretch) -> Option<Date> {
    d.checked_add(by).ok()
}

fn monday(d: Date) -> Option<Date> {
    plus(d, -(i64::from(d.weekday().to_monday_zero_offset())).days())
}

fn value(timex: String, first: Option<Date>, last: Option<Date>, precision: Precision) -> TimeValue {
    TimeValue { timex, first, last, precision, month: None, day: None, clock: None, weekday: None, relative: false }
}

fn year_value(y: i16) -> TimeValue {
    value(format!("{y:04}"), day(y, 1, 1), day(y, 12, 31), Precision::Year)
}

/// Quarter `q` of a year, or of no year.
fn quarter_value(y: Option<i16>, q: i8) -> TimeValue {
    let first = y.and_then(|y| day(y, q * 3 - 2, 1));
    let last = y.and_then(|y| day(y, q * 3, 1)).map(month_end);
    let timex = y.map_or_else(|| format!("XXXX-Q{q}"), |y| format!("{y:04}-Q{q}"));
    value(timex, first, last, Precision::Quarter)
}

fn half_value(y: Option<i16>, h: i8) -> TimeValue {
    let first = y.and_then(|y| day(y, h * 6 - 5, 1));
    let last = y.and_then(|y| day(y, h * 6, 1)).map(month_end);
    let timex = y.map_or_else(|| format!("XXXX-H{h}"), |y| format!("{y:04}-H{h}"));
    value(timex, first, last, Precision::Half)
}

fn month_value(y: i16, m: i8) -> TimeValue {
    let first = day(y, m, 1);
    let mut v = value(format!("{y:04}-{m:02}"), first, first.map(month_end), Precision::Month);
    v.month = Some(m);
    v
}

fn day_value(d: Date) -> TimeValue {
    let mut v = value(d.to_string(), Some(d), Some(d), Precision::Day);
    (v.month, v.day) = (Some(d.month()), Some(d.day()));
    v
}

fn week_value(monday: Date) -> TimeValue {
    let iso = monday.iso_week_date();
    value(format!("{:04}-W{:02}", iso.year(), iso.week()), Some(monday), plus(monday, 6.days()), Precision::Week)
}

fn relative(mut v: TimeValue) -> TimeValue {
    v.relative = true;
    v
}

impl Dates<'_, '_> {
    /// The year in digits at `i`.
    fn year(&self, i: usize) -> Option<i16> {
        let raw = self.s.of(i);
        if !self.s.is_digits(i) || raw.len() != 4 || !raw.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let y: i16 = raw.parse().ok()?;
        (1000..2200).contains(&y).then_some(y)
    }

    /// A year in words: `nineteen seventy-two`, `two thousand and twenty`.
    fn spoken_year(&self, i: usize) -> Option<(usize, i16)> {
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

    fn month(&self, i: usize) -> Option<i8> {
        let e = self.s.entry(i).filter(|e| e.month != 0)?;
        let low = !self.s.word_in(i, &["may", "march", "mar", "dec", "jan", "sept"]) && self.s.of(i).len() >= 4;
        let near = low
            || self.s.is_digits(i + 1)
            || i > 0 && (self.s.is_digits(i - 1) || self.s.word_in(i - 1, &["of", "st", "nd", "rd", "th"]));
        (self.s.is_word(i) && (self.s.tokens[i].capital || near || self.s.of(i).len() > 5)).then_some(e.month)
    }

    /// A month that may stand alone: not the verb `may` nor a march.
    fn lone_month(&self, i: usize) -> Option<i8> {
        let m = self.month(i)?;
        let s = self.s;
        let plain = !s.word_in(i, &["may", "march", "mar"]);
        let beside = s.joins(i + 1) && self.s.entry(i + 2).is_some_and(|e| e.month != 0);
        let led = i > 0
            && s.is(i - 1, class::YEAR_PREPOSITION | class::LAST | class::NEXT | class::THIS | class::PREPOSITION)
            && s.tokens[i].capital;
        let trailed = self.year(i + 1).is_some();
        let low = plain && s.of(i).len() > 4 && i > 0 && s.is(i - 1, class::YEAR_PREPOSITION | class::PREPOSITION);
        (plain && (s.tokens[i].capital || led)
            || low
            || beside
            || s.len() == 1
            || led && !s.word_is(i - 1, "may")
            || trailed)
            .then_some(m)
    }

    /// A day of the month: `9`, `9th`, `ninth`.
    fn day(&self, i: usize) -> Option<(usize, i8)> {
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

    fn weekday(&self, i: usize) -> Option<i8> {
        let e = self.s.entry(i).filter(|e| e.weekday != 0 && self.s.is_word(i))?;
        let raw = self.s.of(i);
        if raw.ends_with("days") {
            // `on Sundays` names no day.
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
    fn future(&self, i: usize) -> Option<bool> {
        let s = self.s;
        for j in (0..i.min(s.len())).rev() {
            if s.word_in(
                j,
                &[
                    "will",
                    "shall",
                    "due",
                    "scheduled",
                    "next",
                    "planned",
                    "plans",
                    "expected",
                    "tomorrow",
                    "upcoming",
                    "would",
                    "ll",
                    "set",
                ],
            ) {
                return Some(true);
            }
            if s.word_in(j, &["was", "were", "had", "did", "said", "has", "have"]) || super::parts::is_past(s, j) {
                return Some(false);
            }
        }
        for j in i..s.len() {
            if s.word_in(j, &["will", "shall", "would", "due"]) {
                return Some(true);
            }
            if s.word_in(j, &["was", "were", "had", "did", "said", "has"]) || super::parts::is_past(s, j) {
                return Some(false);
            }
        }
        None
    }

    /// The day or month that `p` means, counted from the reference where no year is written.
    fn resolve(&self, p: Parts, at: usize) -> TimeValue {
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

    fn guess_year(&self, r: Date, p: Parts, at: usize) -> Option<i16> {
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
    fn written(&self, i: usize) -> Option<(usize, Parts)> {
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
            if let Some((end, d)) =
                self.day(k).filter(|x| !self.unit_follows(x.0) && (s.is_digits(k) || s.word_is(k - 1, "the") || true))
            {
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
            let of = k + usize::from(s.word_in(k, &["of", "in"]));
            if let Some((end, y)) = self.spoken_year(of) {
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

    fn unit_follows(&self, i: usize) -> bool {
        let s = self.s;
        s.phrase(i, Role::Length).is_some()
            || s.phrase(i, Role::Unit).is_some()
            || s.sign(i) == Some('%')
            || s.is(i, class::PERCENT)
            || s.entry(i).is_some_and(|e| e.scale != 0)
    }

    /// Dates in digits: `2024-10-26`, `2024/10/26`, `26/10/2024`, `10/31/74`, `2014-10`, `2/2013`.
    fn numeric(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
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
                let (m, d) = (m?, n(i + 4, 2)?);
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
        if mark == '/' && s.of(i + 2).len() == 4 && (1..=12).contains(&a) && (1900..2200).contains(&b) {
            return Some((i + 3, month_value(b, a as i8)));
        }
        None
    }

    /// `15/2`, `5/12` where the word before says that it is a day.
    fn slashed(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let led = i > 0
            && (s.word_in(i - 1, &["on", "by", "until", "next", "this", "last"])
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
        Some((i + 3, self.resolve(Parts { month: Some(m), day: Some(d), ..Parts::default() }, i)))
    }

    /// A point or single period without a preposition: one past it, its value.
    fn point(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        if let Some(x) = self.slashed(i) {
            return Some(x);
        }
        if s.is(i, class::WEEKEND)
            && s.is_word(i)
            && i > 0
            && s.word_is(i - 1, "the")
            && !super::parts::noun_like(s, i + 1)
        {
            let v = self.reference.and_then(|r| {
                let sat = plus(monday(r)?, 5.days())?;
                Some(value(
                    format!("{}-WE", week_value(monday(r)?).timex),
                    Some(sat),
                    plus(sat, 1.days()),
                    Precision::Week,
                ))
            });
            return v.map(|v| (i + 1, relative(v)));
        }
        if let Some((end, v)) = self.numeric(i) {
            return Some((end, v));
        }
        if let Some((end, p)) = self.written(i) {
            if p.month.is_some() && p.day.is_none() {
                if p.year.is_none() && self.lone_month(i).is_none() {
                    return None;
                }
            }
            if p.month.is_some() || p.weekday.is_some() {
                return Some((end, self.resolve(p, i)));
            }
        }
        if let Some(w) = self.weekday(i) {
            return Some(self.weekday_alone(i, w));
        }
        if let Some(hit) = self.named_period(i) {
            return Some(hit);
        }
        if let Some(hit) = self.relative(i) {
            return Some(hit);
        }
        None
    }

    fn weekday_alone(&self, i: usize, w: i8) -> (usize, TimeValue) {
        let s = self.s;
        let mut end = i + 1;
        let mut first = None;
        let week = |k: usize| s.is(k, class::LAST | class::NEXT | class::THIS) && s.word_in(k + 1, &["week"]);
        if let Some(r) = self.reference {
            let back = (i64::from(r.weekday().to_monday_one_offset()) - i64::from(w)).rem_euclid(7);
            let past = plus(r, -back.days());
            let next = plus(r, (if back == 0 { 7 } else { 7 - back }).days());
            let of = usize::from(s.word_is(end, "of")) + usize::from(s.word_is(end + 1, "the"));
            let led = i > 0 && s.is_word(i - 1);
            if week(end + of) || s.word_in(end + of, &["week"]) && s.is(end + of - 1, class::NEXT) {
                let shift = if s.is(end + of, class::NEXT) {
                    7
                } else if s.is(end + of, class::LAST) {
                    -7
                } else {
                    0
                };
                first = monday(r).and_then(|m| plus(m, (shift + i64::from(w) - 1).days()));
                end = end + of + 2;
            } else if led && s.is(i - 1, class::LAST) {
                first = plus(r, -(if back == 0 { 7 } else { back }).days());
            } else if led && s.is(i - 1, class::NEXT) && s.word_is(i - 1, "next") {
                first = monday(r).and_then(|m| plus(m, (6 + i64::from(w)).days()));
            } else if led && s.is(i - 1, class::NEXT)
                || s.word_is(end, "week")
                || s.word_is(end, "after") && s.is(end + 1, class::NEXT)
            {
                first = next;
            } else if led && s.is(i - 1, class::THIS) {
                first = if self.future(i) == Some(false) { past } else { next };
            } else {
                first = match self.future(i) {
                    Some(false) => past,
                    _ => {
                        if back == 0 && self.future(i).is_none() && s.len() > 2 {
                            Some(r)
                        } else {
                            next
                        }
                    }
                };
            }
        }
        let mut v = first.map_or_else(|| value(format!("XXXX-WXX-{w}"), None, None, Precision::Day), day_value);
        if first.is_some() {
            (v.month, v.day) = (None, None);
        }
        v.weekday = Some(w);
        (end, relative(v))
    }

    /// Quarters, halves, decades, centuries, fiscal years.
    fn named_period(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        // `2018Q4`, `18q4`.
        if s.is_digits(i) && s.word_is(i + 1, "q") && s.glued(i + 1) && s.glued(i + 2) && matches!(s.of(i).len(), 2 | 4)
        {
            let q: i8 = s.of(i + 2).parse().ok().filter(|q| (1..=4).contains(q))?;
            let y: i16 = s.of(i).parse().ok()?;
            return Some((i + 3, quarter_value(Some(if y < 100 { two_digit(y) } else { y }), q)));
        }
        // `Q3 2008`, `H1`, `FY21`, `cy18`.
        if s.is_word(i) && s.is_digits(i + 1) && s.glued(i + 1) && s.of(i).len() <= 2 {
            let n: i16 = s.of(i + 1).parse().ok()?;
            let tail = |k: usize| -> (usize, Option<i16>) {
                let j = k + usize::from(s.word_in(k, &["of", "in"]) || s.joins(k));
                match self.year(j) {
                    Some(y) => (j + 1, Some(y)),
                    None => (k, None),
                }
            };
            if s.word_is(i, "q") && (1..=4).contains(&n) {
                let (end, y) = tail(i + 2);
                return Some((end, quarter_value(y.or(self.this_year()), n as i8)));
            }
            if s.of(i) == "H" && (1..=2).contains(&n) {
                let (end, y) = tail(i + 2);
                return Some((end, half_value(y.or(self.this_year()), n as i8)));
            }
            if s.word_in(i, &["fy", "cy"]) && (s.of(i + 1).len() == 2 || s.of(i + 1).len() == 4) {
                let y = if n < 100 { two_digit(n) } else { n };
                let mut v = year_value(y);
                if s.word_is(i, "fy") {
                    v.timex = format!("FY{y}");
                }
                return Some((i + 2, v));
            }
        }
        if s.is(i, class::FISCAL) || s.word_in(i, &["cy", "calendar"]) {
            let j = i + 1 + usize::from(s.word_is(i + 1, "year"));
            if let Some(y) = self.year(j) {
                let mut v = year_value(y);
                if s.is(i, class::FISCAL) {
                    v.timex = format!("FY{y}");
                }
                return Some((j + 1, v));
            }
            return None;
        }
        // `third quarter of 2008`, `third-quarter`, `first half`, `21st century`.
        if let Some((end, n)) = ordinal(s, i) {
            let k = end + usize::from(s.joins(end));
            let year_after = |k: usize| -> (usize, Option<i16>) {
                let j = k + usize::from(s.word_in(k, &["of", "in"]));
                let j2 = j + usize::from(s.word_is(j, "the")) + usize::from(s.is(j, class::FISCAL));
                if let Some(y) = self.year(j2) {
                    return (j2 + 1, Some(y));
                }
                let t = j + usize::from(s.word_is(j, "the"));
                if s.is(t, class::LAST | class::NEXT | class::THIS) && s.word_is(t + 1, "year") {
                    let shift = if s.is(t, class::LAST) { -1 } else { i16::from(s.is(t, class::NEXT)) };
                    return (t + 2, self.this_year().map(|y| y + shift));
                }
                (k, None)
            };
            if s.word_in(k, &["quarter", "qtr"])
                && (1..=4).contains(&n)
                && !s.word_in(k + 1, &["final", "mile", "century"])
            {
                let (e, y) = year_after(k + 1);
                return Some((e, quarter_value(y.or_else(|| self.last_quarter_year(n as i8)), n as i8)));
            }
            if s.word_is(k, "half") && (1..=2).contains(&n) {
                let (e, y) = year_after(k + 1);
                // The half of a match is no half of a year.
                let match_half = (i..s.len().min(i + 12)).chain(0..i).any(|j| {
                    s.is(j, class::SCORE)
                        && !s.word_in(j, &["record", "level", "set", "sets", "final", "lost", "led", "lead"])
                });
                if e == k + 1 && match_half {
                    return None;
                }
                return Some((e, half_value(y.or_else(|| self.this_year()), n as i8)));
            }
            if s.word_is(k, "century") && (1..=30).contains(&n) {
                let y = (n as i16 - 1) * 100;
                return Some((
                    k + 1,
                    value(format!("{:02}", n - 1), day(y.max(1), 1, 1), day(y + 99, 12, 31), Precision::Era),
                ));
            }
            // `first week of October 2014`, `second Wednesday of October 2014`.
            if s.word_is(k, "week") && s.word_in(k + 1, &["of", "in"]) && (1..=5).contains(&n) {
                return self.nth_week(k + 2, n);
            }
            if s.word_is(k, "day")
                && s.word_is(k + 1, "of")
                && s.is(k + 2, class::NEXT | class::LAST | class::THIS)
                && s.word_is(k + 3, "month")
            {
                let (e, v) = self.led(k + 2)?;
                let first = v.first?;
                return Some((e, relative(day_value(day(first.year(), first.month(), n as i8)?))));
            }
            if s.word_is(k, "month")
                && s.word_is(k + 1, "of")
                && s.is(k + 2, class::NEXT | class::LAST | class::THIS)
                && s.word_is(k + 3, "year")
            {
                let (e, v) = self.led(k + 2)?;
                return Some((
                    e,
                    relative(month_value(v.first?.year(), i8::try_from(n).ok().filter(|m| (1..=12).contains(m))?)),
                ));
            }
            if s.word_in(k, &["month"]) && s.word_is(k + 1, "of") && (1..=12).contains(&n) {
                let y = self.year(k + 2)?;
                return Some((k + 3, month_value(y, n as i8)));
            }
            if let Some(w) = self.weekday(k).filter(|_| s.word_in(k + 1, &["of", "in"]) && (1..=5).contains(&n)) {
                let (end, p) = self.written(k + 2).filter(|x| x.1.day.is_none())?;
                let v = self.resolve(p, i);
                let first = v.first.filter(|_| v.precision == Precision::Month)?;
                let lag = (i64::from(w) - i64::from(first.weekday().to_monday_one_offset())).rem_euclid(7);
                let d = plus(first, (lag + 7 * (n - 1)).days())?;
                return Some((end, day_value(d)));
            }
            return None;
        }
        self.decade(i)
    }

    fn nth_week(&self, j: usize, n: i64) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let j = j + usize::from(s.word_is(j, "the"));
        if let Some(y) = self.year(j) {
            let first = monday(day(y, 1, 4)?)?;
            return Some((j + 1, week_value(plus(first, (7 * (n - 1)).days())?)));
        }
        let (end, p) = self.written(j).filter(|x| x.1.day.is_none() && x.1.month.is_some())?;
        let first = self.resolve(p, j).first?;
        let lag = (1 - i64::from(first.weekday().to_monday_one_offset())).rem_euclid(7);
        Some((end, week_value(plus(first, (lag + 7 * (n - 1)).days())?)))
    }

    /// `1990s`, `1970's`, `90s`, `the seventies`, `nineteen seventies`.
    fn decade(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let make = |end: usize, y: i16, century: bool| {
            let span = if century { 99 } else { 9 };
            let timex = if century { format!("{:02}", y / 100) } else { format!("{:03}", y / 10) };
            (end, value(timex, day(y, 1, 1), day(y + span, 12, 31), Precision::Era))
        };
        if s.is_digits(i) {
            let raw = s.of(i);
            let quoted =
                matches!(s.sign(i + 1), Some('\'' | '’')) && s.of(i + 2) == "s" && s.glued(i + 1) && s.glued(i + 2);
            if quoted
                && raw.ends_with('0')
                && let Some(y) = self.year(i)
            {
                return Some(make(i + 3, y, false));
            }
            let tail = s.of(i + 1) == "s";
            if !tail || !raw.ends_with('0') {
                return None;
            }
            if let Some(y) = self.year(i) {
                return Some(make(i + 2, y, false));
            }
            if raw.len() == 2 && raw != "00" {
                return Some(make(i + 2, 1900 + raw.parse::<i16>().ok()?, false));
            }
            return None;
        }
        if s.is(i, class::DECADE_NAME)
            && !(i > 0 && s.word_in(i - 1, &["his", "her", "their", "my", "our", "your", "late", "early", "mid"]))
        {
            let tens = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
                .iter()
                .position(|w| s.word_is(i, w))? as i16;
            return Some(make(i + 1, 1920 + tens * 10, false));
        }
        if s.entry(i).is_some_and(|e| e.cardinal == 19 && s.is_word(i)) && s.is(i + 1, class::DECADE_NAME) {
            return self.decade(i + 1).map(|(e, v)| (e, v));
        }
        if s.word_is(i, "two") && s.word_is(i + 1, "thousands") {
            return Some(make(i + 2, 2000, false));
        }
        None
    }

    fn this_year(&self) -> Option<i16> {
        self.reference.map(Date::year)
    }

    /// The year of a quarter named without one: the last such quarter that has begun.
    fn last_quarter_year(&self, q: i8) -> Option<i16> {
        let r = self.reference?;
        let _ = q;
        Some(r.year())
    }

    /// Periods and days counted from the reference: `last year`, `two years ago`, `the past three months`, `yesterday`.
    fn relative(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let r = self.reference;
        let one = |end: usize, shift: i64, name: &str| {
            let d = r.and_then(|r| plus(r, shift.days()));
            let v = d.map_or_else(|| value(name.to_owned(), None, None, Precision::Day), day_value);
            Some((end, relative(v)))
        };
        if s.word_is(i, "day")
            && s.word_in(i + 1, &["before", "after"])
            && s.is(i + 2, class::YESTERDAY | class::TOMORROW)
        {
            return one(i + 3, if s.is(i + 2, class::YESTERDAY) { -2 } else { 2 }, "DAY");
        }
        if s.is(i, class::TODAY | class::TONIGHT) {
            return r.and_then(|_| one(i + 1, 0, "PRESENT_REF"));
        }
        if s.is(i, class::YESTERDAY) {
            return one(i + 1, -1, "PAST_REF");
        }
        if s.is(i, class::TOMORROW) {
            return one(i + 1, 1, "FUTURE_REF");
        }
        if s.is(i, class::LAST | class::NEXT | class::THIS) {
            return self.led(i);
        }
        self.ago(i)
    }

    /// `last year`, `this week`, `next three months`, `past two decades`.
    fn led(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let sense = if s.is(i, class::LAST) { -1 } else { i64::from(s.is(i, class::NEXT)) };
        let mut j = i + 1;
        if s.word_in(j, &["fiscal", "financial", "calendar", "full"]) {
            j += 1;
        }
        if let Some(w) = self.weekday(j) {
            return Some(self.weekday_alone(j, w));
        }
        // `last week of September 2014`.
        if sense < 0 && s.word_is(j, "week") && s.word_is(j + 1, "of") && !s.word_is(i, "past") {
            let k = j + 2 + usize::from(s.word_is(j + 2, "the"));
            let (end, v) = self.point(k).or_else(|| Some((k + 1, year_value(self.year(k)?))))?;
            let last = v.last.filter(|_| v.precision > Precision::Week)?;
            let first = monday(plus(last, 1.days())?)?;
            return Some((end, week_value(plus(first, -7.days())?)));
        }
        if let Some(m) = self.lone_month(j).or_else(|| self.month(j)) {
            if let Some((end, p)) = self.written(j) {
                if p.day.is_some() {
                    return None;
                }
                let y = self.reference.map(|r| match sense {
                    -1 => {
                        if m < r.month() {
                            r.year()
                        } else {
                            r.year() - 1
                        }
                    }
                    1 => {
                        if m > r.month() {
                            r.year()
                        } else {
                            r.year() + 1
                        }
                    }
                    _ => r.year(),
                });
                let v = y.map_or_else(|| self.resolve(p, i), |y| month_value(y, m));
                return Some((end, relative(v)));
            }
        }
        if s.is(j, class::WEEKEND) {
            let v = self.reference.and_then(|r| {
                let m = monday(r)?;
                let sat = plus(m, (5 + 7 * sense).days())?;
                Some(value(format!("{}-WE", week_value(m).timex), Some(sat), plus(sat, 1.days()), Precision::Week))
            });
            return Some((
                j + 1,
                relative(v.unwrap_or_else(|| value("XXXX-WXX-WE".to_owned(), None, None, Precision::Week))),
            ));
        }
        if s.is(j, class::SEASON) && s.is_word(j) && !s.word_is(j, "fall") {
            let code = match s.of(j).to_ascii_lowercase().as_str() {
                "spring" => "SP",
                "summer" => "SU",
                "winter" => "WI",
                _ => "FA",
            };
            let year = self.this_year().map_or_else(|| "XXXX".to_owned(), |y| (i64::from(y) + sense).to_string());
            return Some((j + 1, relative(value(format!("{year}-{code}"), None, None, Precision::Quarter))));
        }
        let (k, n) = match number(s, j, true) {
            // `past two quarters` are two quarters, no half.
            Some(n) if n.shape == super::number::Shape::Fraction => (j + 1, i64::from(s.entry(j)?.cardinal)),
            Some(n) => (n.end, i64::try_from(n.value).ok()?),
            None if s.word_in(j, &["few", "several", "couple"]) && sense != 0 => {
                let k = j + 1 + usize::from(s.word_is(j + 1, "of"));
                let (end, u) = s.phrase(k, Role::Length)?;
                let u = s.words.units.get(u as usize)?;
                if matches!(u.code.as_str(), "h" | "min" | "s" | "ms") {
                    return None;
                }
                let edge = self.reference.and_then(|r| plus(r, sense.days()));
                let (first, last) = if sense < 0 { (None, edge) } else { (edge, None) };
                return Some((end, relative(value("PAST_REF".to_owned(), first, last, Precision::Range))));
            }
            None => (j, 0),
        };
        let (end, unit) = s.phrase(k, Role::Length)?;
        let unit = s.words.units.get(unit as usize)?;
        if unit.vague || n == 0 && unit.code == "d" || matches!(unit.code.as_str(), "h" | "min" | "s" | "ms") {
            return None;
        }
        let times = i64::try_from(unit.times).unwrap_or(1);
        let v = if n == 0 {
            self.one_period(sense, &unit.code, times)
        } else {
            self.many_periods(sense, n, &unit.code, times)
        };
        let v = v.unwrap_or_else(|| {
            let shape = if unit.code == "a" {
                "XXXX"
            } else if unit.code == "mo" {
                "XXXX-XX"
            } else {
                "XXXX-WXX"
            };
            value(
                shape.to_owned(),
                None,
                None,
                if n > 0 { Precision::Range } else { period_precision(&unit.code, times) },
            )
        });
        Some((end, relative(v)))
    }

    fn one_period(&self, sense: i64, code: &str, times: i64) -> Option<TimeValue> {
        let r = self.reference?;
        let year = i16::try_from(i64::from(r.year()) + sense).ok()?;
        Some(match (code, times) {
            ("a", 10) => {
                let y = year_floor(r.year(), 10) + 10 * sense as i16;
                value(format!("{:03}", y / 10), day(y, 1, 1), day(y + 9, 12, 31), Precision::Era)
            }
            ("a", 100) => {
                let y = year_floor(r.year(), 100) + 100 * sense as i16;
                value(format!("{:02}", y / 100), day(y, 1, 1), day(y + 99, 12, 31), Precision::Era)
            }
            ("a", _) => year_value(year),
            ("mo", 3) => {
                let q = i64::from((r.month() - 1) / 3) + sense;
                quarter_value(i16::try_from(i64::from(r.year()) + q.div_euclid(4)).ok(), q.rem_euclid(4) as i8 + 1)
            }
            ("mo", _) => {
                let d = plus(r.first_of_month(), sense.months())?;
                month_value(d.year(), d.month())
            }
            ("wk", t) => {
                let first = plus(monday(r)?, (7 * sense).days())?;
                let mut v = week_value(first);
                v.last = plus(first, (7 * t - 1).days());
                v
            }
            _ => return None,
        })
    }

    fn many_periods(&self, sense: i64, n: i64, code: &str, times: i64) -> Option<TimeValue> {
        let r = self.reference?;
        if n > 100 || sense == 0 {
            return None;
        }
        let n = n * times;
        let (first, last) = match (code, times, sense) {
            ("a", 10 | 100, _) => {
                let base = year_floor(r.year(), times as i16);
                let n = n as i16;
                if sense < 0 {
                    (day(base - n, 1, 1), day(base - 1, 12, 31))
                } else {
                    let base = base + times as i16;
                    (day(base, 1, 1), day(base + n - 1, 12, 31))
                }
            }
            ("a", _, -1) => (plus(r, -n.years()), plus(r, -1.days())),
            ("a", _, _) => (plus(r, 1.days()), plus(r, n.years())),
            ("mo", 3, _) => {
                let first = day(r.year(), (r.month() - 1) / 3 * 3 + 1, 1)?;
                if sense < 0 {
                    (plus(first, -n.months()), plus(first, -1.days()))
                } else {
                    let first = plus(first, 3.months())?;
                    (Some(first), plus(plus(first, n.months())?, -1.days()))
                }
            }
            ("mo", _, -1) => (plus(r, -n.months()), plus(r, -1.days())),
            ("mo", _, _) => (plus(r, 1.days()), plus(r, n.months())),
            ("wk", _, -1) => (plus(r, -(7 * n).days()), plus(r, -1.days())),
            ("wk", _, _) => (plus(r, 1.days()), plus(r, (7 * n).days())),
            ("d", _, -1) => (plus(r, -n.days()), plus(r, -1.days())),
            ("d", _, _) => (plus(r, 1.days()), plus(r, n.days())),
            _ => return None,
        };
        let timex = format!("{}/{}", first?, last?);
        Some(value(timex, first, last, Precision::Range))
    }

    /// `two years ago`, `a week earlier`, `three weeks from now`.
    fn ago(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let (k, n) = match number(s, i, false) {
            Some(n) => {
                (n.end, i64::try_from(n.value).ok().filter(|v| (0..2000).contains(v) && n.value.fract().is_zero())?)
            }
            None if s.word_in(i, &["a", "an"]) => (i + 1, 1),
            None => return None,
        };
        // `10 previous weeks`, `the 3 next years`.
        if s.is(k, class::LAST | class::NEXT)
            && n > 0
            && let Some((end, u)) = s.phrase(k + 1, Role::Length)
        {
            let u = s.words.units.get(u as usize)?;
            let sense = if s.is(k, class::LAST) { -1 } else { 1 };
            let v = self.many_periods(sense, n, &u.code, i64::try_from(u.times).unwrap_or(1))?;
            return (!u.vague).then(|| (end, relative(v)));
        }
        // `20th day of next month` is read where ordinals are.
        let (unit_end, code, times) = if let Some(w) = self.weekday(k).filter(|_| n < 60) {
            let sense = if s.is(k + 1, class::AGO) {
                -1
            } else if s.word_is(k + 1, "from") && s.word_is(k + 2, "now") {
                1
            } else {
                return None;
            };
            let r = self.reference?;
            let back = (i64::from(r.weekday().to_monday_one_offset()) - i64::from(w)).rem_euclid(7);
            let d = if sense < 0 {
                plus(r, -((if back == 0 { 7 } else { back }) + 7 * (n - 1)).days())
            } else {
                plus(r, (7 - back + 7 * (n - 1)).days())
            };
            return Some((k + if sense < 0 { 2 } else { 3 }, relative(day_value(d?))));
        } else {
            let (e, u) = s.phrase(k, Role::Length)?;
            let u = s.words.units.get(u as usize)?;
            (e, u.code.as_str(), i64::try_from(u.times).unwrap_or(1))
        };
        let (end, sense) = if s.word_is(unit_end, "ago") || s.word_in(unit_end, &["back"]) && s.stops(unit_end + 1) {
            (unit_end + 1, -1)
        } else if s.word_is(unit_end, "hence") {
            (unit_end + 1, 1)
        } else if s.word_is(unit_end, "from") && s.word_in(unit_end + 1, &["now", "today"]) {
            (unit_end + 2, 1)
        } else if s.word_in(unit_end, &["after", "before", "from", "following"])
            && !matches!(code, "h" | "min" | "s" | "ms")
        {
            // `two weeks before 13 May 1999`, `three days from Tuesday`: counted from a day that is named.
            let at = unit_end + 1 + usize::from(s.word_is(unit_end + 1, "the"));
            let (end, from) =
                self.point(at).filter(|x| x.1.precision == Precision::Day && !super::parts::noun_like(s, x.0))?;
            let day = from.first?;
            let n = if s.word_is(unit_end, "before") { -n } else { n };
            let d = step(day, n.checked_mul(times)?, code)?;
            return Some((end, relative(day_value(d))));
        } else {
            return None;
        };
        if matches!(code, "h" | "min" | "s" | "ms") {
            return None;
        }
        let Some(r) = self.reference else {
            return Some((end, relative(value("PAST_REF".to_owned(), None, None, Precision::Range))));
        };
        let n = n.checked_mul(times)?.checked_mul(sense)?;
        if n.abs() > 5000 && code == "a" {
            return None;
        }
        let v = match code {
            "a" => {
                let d = plus(r, n.years())?;
                month_value(d.year(), d.month())
            }
            "mo" => day_value(plus(r, n.months())?),
            "wk" => day_value(plus(r, (7 * n).days())?),
            _ => day_value(plus(r, n.days())?),
        };
        let mut v = relative(v);
        (v.month, v.day) = (None, None);
        Some((end, v))
    }

    /// A bare year at `i`, where what stands around it says that it is one.
    fn bare_year(&self, i: usize) -> Option<(usize, i16)> {
        let s = self.s;
        let y = self.year(i).or_else(|| {
            // `'74`
            None
        })?;
        if s.glued(i + 1) && s.is_word(i + 1) || self.unit_follows(i + 1) {
            return None;
        }
        if s.glued(i)
            && i > 0
            && !matches!(s.sign(i - 1), Some('(' | '[' | '"' | '“' | '\'' | '—' | '–' | '-' | '/' | '‘'))
        {
            return None;
        }
        let before = i.checked_sub(1);
        let alone = s.len() == 1;
        let next_is_noun =
            super::parts::plural_noun(s, i + 1) || s.is(i + 1, class::ADJECTIVE) && super::parts::plural_noun(s, i + 2);
        let led = before.is_some_and(|b| s.is(b, class::YEAR_PREPOSITION));
        let held = before.is_some_and(|b| {
            s.is(b, class::DETERMINER | class::ARTICLE) || s.tokens[b].kind == super::token::Kind::Possessive
        });
        let plausible = (1500..=2100).contains(&y);
        if alone {
            return None;
        }
        let round = y % 100 == 0 && y != 2000 && y != 1900 && y != 1800;
        if held && plausible {
            return Some((i + 1, y)).filter(|_| !(next_is_noun && round));
        }
        if led
            && !(next_is_noun
                && (round
                    || s.word_in(
                        i - 1,
                        &["of", "for", "to", "with", "about", "around", "than", "and", "or", "by", "between"],
                    )
                    || s.word_is(i - 1, "as")))
        {
            let strong = s.word_in(
                i - 1,
                &[
                    "in",
                    "since",
                    "until",
                    "till",
                    "by",
                    "during",
                    "before",
                    "after",
                    "early",
                    "late",
                    "mid",
                    "from",
                    "circa",
                    "year",
                    "throughout",
                    "through",
                ],
            );
            return (plausible || strong).then_some((i + 1, y));
        }
        let bracket = before.is_some_and(|b| matches!(s.sign(b), Some('(' | '—')))
            && matches!(s.sign(i + 1), Some(')' | ',' | '-' | '–'));
        let month_before = before.is_some_and(|b| s.entry(b).is_some_and(|e| e.month != 0));
        let opens = before.is_none() && !next_is_noun;
        let year_range = matches!(s.sign(i + 1), Some('-' | '–' | '—' | '/' | '~'))
            && s.is_digits(i + 2)
            && (self.year(i + 2).is_some() || s.of(i + 2).len() == 2)
            && s.glued(i + 1);
        let list = before.is_some_and(|b| s.sign(b) == Some(',')) && i >= 2 && self.year(i - 2).is_some();
        ((bracket || month_before || opens || year_range || list) && (1700..=2100).contains(&y) && !next_is_noun)
            .then_some((i + 1, y))
    }

    /// The time expression at `i`, where one starts there.
    pub(super) fn at(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        let e = s.entry(i);
        let digits = s.is_digits(i);
        let flags = e.map_or(0, |e| e.flags);
        // Only these can start a date.
        let may = digits
            || e.is_some_and(|e| {
                e.month != 0 || e.weekday != 0 || e.ordinal != 0 || e.cardinal >= 0 || e.part.is_some()
            })
            || flags
                & (class::TODAY
                    | class::TONIGHT
                    | class::YESTERDAY
                    | class::TOMORROW
                    | class::LAST
                    | class::NEXT
                    | class::THIS
                    | class::FISCAL
                    | class::EARLY
                    | class::MID
                    | class::LATE
                    | class::BEGINNING
                    | class::END
                    | class::DECADE_NAME
                    | class::WEEKEND)
                != 0
            || s.word_in(
                i,
                &[
                    "since", "until", "till", "before", "after", "between", "from", "a", "an", "day", "q", "h", "cy",
                    "calendar", "week", "starting", "later", "month",
                ],
            );
        if !may {
            return None;
        }
        if let Some(hit) = self.open(i) {
            return Some(hit);
        }
        if let Some(mut hit) = self.part_of_period(i) {
            if let Some((end, last)) = self.until(i, hit.end, &hit.value) {
                hit.value = self.join(hit.value, last, i);
                (hit.end, hit.kind) = (end, Kind::DateRange);
            }
            return Some(hit);
        }
        if let Some(hit) = self.day_range(i) {
            return Some(hit);
        }
        let (mut end, mut v) = match self.point(i) {
            Some(p) => p,
            None => {
                // `in nineteen twenty-eight`.
                let spoken = i > 0 && s.word_in(i - 1, &["in", "since", "of", "by", "year"]);
                let (end, y) = self.bare_year(i).or_else(|| self.spoken_year(i).filter(|_| spoken))?;
                // `2017 q1`, `2019-H2`.
                let k = end + usize::from(s.joins(end));
                match self.named_period(k) {
                    Some((e2, p)) if s.is_word(k) && s.word_in(k, &["q", "h"]) && e2 == k + 2 => {
                        let q = s.of(k + 1).parse::<i8>().unwrap_or(1);
                        let _ = p;
                        (e2, if s.word_is(k, "q") { quarter_value(Some(y), q) } else { half_value(Some(y), q) })
                    }
                    _ => (end, year_value(y)),
                }
            }
        };
        // A part of the day behind it.
        if v.precision <= Precision::Day
            && let Some(p) = s.entry(end).and_then(|e| e.part)
        {
            v.clock = Some(p);
            v.precision = Precision::PartOfDay;
            end += 1;
        }
        let mut kind = Kind::Date;
        // `2012 or after`, `March 2019 or earlier`.
        if v.precision >= Precision::Day
            && s.word_is(end, "or")
            && s.word_in(end + 1, &["after", "later", "before", "earlier"])
        {
            let later = s.word_in(end + 1, &["after", "later"]);
            v.timex = if later { format!("{}/..", v.timex) } else { format!("../{}", v.timex) };
            if later {
                v.last = None
            } else {
                v.first = None
            }
            v.precision = Precision::Range;
            return Some(Hit { start: i, end: end + 2, kind: Kind::DateRange, value: v, hedge: None });
        }
        let ago = end > i && s.is(end - 1, class::AGO);
        if let Some((e2, last)) = self.until(i, end, &v) {
            v = self.join(v, last, i);
            end = e2;
            kind = Kind::DateRange;
        } else if v.precision == Precision::Range {
            kind = Kind::DateRange;
        }
        Some(Hit { start: i, end, kind, value: v, hedge: ago.then_some(Hedge::About) })
    }

    /// What ends a range that began with `v`: `… to 2018`, `–May`, `and 3 June` after `between`.
    fn until(&self, i: usize, end: usize, v: &TimeValue) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let between = i > 0 && s.word_is(i - 1, "between");
        let from = i > 0 && s.word_is(i - 1, "from");
        let dash = matches!(s.sign(end), Some('-' | '–' | '—' | '~'))
            && s.glued(end) == s.glued(end + 1)
            && (s.glued(end) || s.sign(end) != Some('—'));
        let word = s.word_in(end, &["to", "through", "thru"])
            || from && s.word_in(end, &["until", "till"])
            || between && s.word_is(end, "and");
        if !dash && !word {
            return None;
        }
        let mut k = end + 1;
        if s.word_is(k, "the") {
            k += 1;
        }
        // `2019-20`, `2024–25`.
        if v.precision == Precision::Year && s.is_digits(k) && s.of(k).len() == 2 && dash {
            let y = v.first?.year();
            let tail: i16 = s.of(k).parse().ok()?;
            let full = y / 100 * 100 + tail;
            return (tail > y % 100 && tail - y % 100 < 60 && !self.unit_follows(k + 1))
                .then(|| (k + 1, year_value(full)));
        }
        // `July 13 to 15`.
        if v.precision == Precision::Day
            && v.month.is_some()
            && let Some((e2, d)) = self.day(k)
            && self.written(k).is_none()
        {
            let m = v.month?;
            let mut e2 = e2;
            let comma = usize::from(s.sign(e2) == Some(','));
            let mut year = v.first.map(Date::year);
            if let Some(y) = self.year(e2 + comma) {
                year = Some(y);
                e2 += comma + 1;
            }
            return (!self.unit_follows(e2))
                .then(|| (e2, self.resolve(Parts { year, month: Some(m), day: Some(d), weekday: None }, k)));
        }
        if let Some(y) = self.year(k).filter(|_| v.precision == Precision::Year || word)
            && !self.unit_follows(k + 1)
            && !super::parts::plural_noun(s, k + 1)
        {
            return (v.precision >= Precision::Month).then(|| (k + 1, year_value(y)));
        }
        let (e2, last) = self.part_of_period(k).map(|h| (h.end, h.value)).or_else(|| self.point(k))?;
        let alike = (last.precision <= Precision::Day) == (v.precision <= Precision::Day) || word && (from || between);
        (alike && last.precision != Precision::Range).then_some((e2, last))
    }

    fn join(&self, mut a: TimeValue, b: TimeValue, _i: usize) -> TimeValue {
        // A year at the end speaks for a beginning without one.
        if a.timex.starts_with("XXXX")
            && !b.timex.starts_with("XXXX")
            && let (Some(last), Some(m)) = (b.first, a.month)
        {
            let y = if b.month.is_some_and(|x| x < m) { last.year() - 1 } else { last.year() };
            let at = a.day;
            a = match at {
                Some(d) => day(y, m, d).map_or(a, day_value),
                None => month_value(y, m),
            };
        } else if let (Some(x), Some(y), true) =
            (a.first, b.last, a.timex.starts_with("XXXX") && b.timex.starts_with("XXXX"))
            && x > y
        {
            // `Nov to Feb`: over the turn of the year.
            if let (Some(f), Some(l)) = (plus(x, 0.days()), plus(y, 1.year())) {
                let timex = format!("{}/{}", a.timex, b.timex);
                return TimeValue {
                    timex,
                    first: Some(f),
                    last: Some(l),
                    precision: Precision::Range,
                    month: a.month,
                    day: a.day,
                    clock: None,
                    weekday: a.weekday,
                    relative: a.relative,
                };
            }
        }
        TimeValue {
            timex: format!("{}/{}", a.timex, b.timex),
            first: a.first,
            last: b.last,
            precision: Precision::Range,
            month: a.month,
            day: a.day,
            clock: None,
            weekday: a.weekday,
            relative: a.relative || b.relative,
        }
    }

    /// `13 to 15 of July`, `1-8 September`, `13th to the 15th of July`.
    fn day_range(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        let (e1, d1) = self.day(i)?;
        let dash = matches!(s.sign(e1), Some('-' | '–')) && s.glued(e1) == s.glued(e1 + 1);
        let between = i > 0 && s.word_is(i - 1, "between");
        if !dash && !s.word_in(e1, &["to", "through", "thru"]) && !(between && s.word_is(e1, "and")) {
            return None;
        }
        let k = e1 + 1 + usize::from(s.word_is(e1 + 1, "the"));
        let (end, p) = self.written(k).filter(|x| x.1.day.is_some() && x.1.month.is_some())?;
        // The month must stand after the second day: `15 of July`, not `July 15`.
        self.day(k)?;
        let b = self.resolve(p, i);
        let year = b.first.map(Date::year).filter(|_| p.year.is_some() || self.reference.is_some());
        let a = self.resolve(Parts { year, month: p.month, day: Some(d1), weekday: None }, i);
        let mut v = self.join(a, b, i);
        v.day = Some(d1);
        Some(Hit { start: i, end, kind: Kind::DateRange, value: v, hedge: None })
    }

    /// `since 2016`, `until March`, `before 2015`, `after 9 October`: a stretch with one open end.
    fn open(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        let later = s.word_in(i, &["later", "earlier"]) && s.word_is(i + 1, "than");
        let since = s.word_in(i, &["since", "after", "starting"]) || later && s.word_is(i, "later");
        let until = s.word_in(i, &["until", "till", "before"]) || later && !since;
        if !since && !until {
            return None;
        }
        let mut j = i + 1 + usize::from(later);
        if s.word_in(j, &["from", "about", "around", "at", "in", "the"]) {
            j += 1;
        }
        if s.word_is(j, "the") {
            j += 1;
        }
        let hit = self
            .part_of_period(j)
            .or_else(|| self.day_range(j))
            .map(|h| (h.end, h.value))
            .or_else(|| self.point(j))
            .or_else(|| {
                let (e, y) = self.bare_year(j).or_else(|| {
                    let y = self.year(j)?;
                    (!self.unit_follows(j + 1) && !super::parts::plural_noun(s, j + 1)).then_some((j + 1, y))
                })?;
                Some((e, year_value(y)))
            });
        let (end, v) = hit?;
        if v.precision < Precision::Day || v.precision == Precision::Range && !v.relative {
            return None;
        }
        // `after Tuesday's vote`, `before the 2024 election`: an event, not a stretch.
        if s.tokens.get(end).is_some_and(|t| t.kind == super::token::Kind::Possessive)
            || super::parts::noun_like(s, end)
        {
            return None;
        }
        let mut w = v.clone();
        let after = s.word_is(i, "after") || later;
        if since {
            w.first =
                if after && v.precision > Precision::Day { v.last.and_then(|d| plus(d, 1.days())) } else { v.first };
            w.last = None;
            w.timex = format!("{}/..", v.timex);
        } else {
            w.first = None;
            w.last = if s.word_is(i, "until") && v.precision <= Precision::Day {
                v.last
            } else {
                v.first.and_then(|d| plus(d, -1.days()))
            };
            w.timex = format!("../{}", v.timex);
        }
        w.precision = Precision::Range;
        if v.precision > Precision::Day {
            w.day = None;
        }
        Some(Hit { start: i, end, kind: Kind::DateRange, value: w, hedge: None })
    }

    /// `early March`, `mid-2019`, `late last year`, `end of 2008`, `beginning of the month`.
    fn part_of_period(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        let third = if s.is(i, class::EARLY | class::BEGINNING) {
            0
        } else if s.is(i, class::MID) {
            1
        } else if s.is(i, class::LATE | class::END) {
            2
        } else {
            return None;
        };
        let named = s.is(i, class::BEGINNING | class::END) || s.word_is(i, "middle");
        let mut j = i + 1;
        if named {
            if !s.word_is(j, "of") {
                return None;
            }
            j += 1;
            if s.word_in(j, &["around"]) {
                j += 1;
            }
        } else {
            if s.joins(j) {
                j += 1;
            }
            if s.word_is(j, "in") {
                j += 1;
            }
        }
        let article = s.word_is(j, "the");
        j += usize::from(article);
        let (end, v) = if article && s.word_in(j, &["year", "month", "week", "decade", "century"]) && named {
            let (e, u) = s.phrase(j, Role::Length)?;
            let u = s.words.units.get(u as usize)?;
            (
                e,
                relative(
                    self.one_period(0, &u.code, i64::try_from(u.times).unwrap_or(1))
                        .unwrap_or_else(|| value("XXXX".to_owned(), None, None, period_precision(&u.code, 1))),
                ),
            )
        } else if s.word_in(j, &["month", "year"]) && named && !article {
            let code = if s.word_is(j, "month") { "mo" } else { "a" };
            (j + 1, relative(self.one_period(0, code, 1)?))
        } else {
            self.point(j).or_else(|| {
                let y = self.year(j).filter(|_| !self.unit_follows(j + 1))?;
                Some((j + 1, year_value(y)))
            })?
        };
        if v.precision <= Precision::Day || v.precision == Precision::Range {
            return None;
        }
        let mut w = v.clone();
        if let (Some(a), Some(b)) = (v.first, v.last) {
            let days = i64::from(b.since(a).ok()?.get_days()) + 1;
            let (x, y) = match v.precision {
                Precision::Week => (3, 4),
                Precision::Month => (10, 20),
                Precision::Year => (121, 243),
                _ => (days / 3, days * 2 / 3),
            };
            match (third, v.precision) {
                (0, Precision::Year) if named => (w.first, w.last) = (Some(a), day(a.year(), 4, 30)),
                (2, Precision::Year) if named => (w.first, w.last) = (day(a.year(), 9, 1), Some(b)),
                (1, Precision::Year) if named => (w.first, w.last) = (day(a.year(), 5, 1), day(a.year(), 8, 31)),
                (0, Precision::Week) => w.last = plus(a, 2.days()),
                (2, Precision::Week) => w.first = plus(a, 4.days()),
                (0, _) => w.last = plus(a, (x - 1).days()),
                (1, _) => (w.first, w.last) = (plus(a, x.days()), plus(a, (y - 1).days())),
                _ => w.first = plus(a, y.days()),
            }
        }
        w.timex = format!("{}-{}", v.timex, ["START", "MID", "END"][third]);
        Some(Hit { start: i, end, kind: Kind::Date, value: w, hedge: None })
    }
}

const fn period_precision(code: &str, times: i64) -> Precision {
    match (code.as_bytes(), times) {
        (b"a", 1) => Precision::Year,
        (b"a", _) => Precision::Era,
        (b"mo", 3) => Precision::Quarter,
        (b"mo", _) => Precision::Month,
        _ => Precision::Week,
    }
}

/// `day` moved by `n` units of time.
fn step(day: Date, n: i64, code: &str) -> Option<Date> {
    if n.abs() > 5000 {
        return None;
    }
    match code {
        "a" => plus(day, n.years()),
        "mo" => plus(day, n.months()),
        "wk" => plus(day, (7 * n).days()),
        _ => plus(day, n.days()),
    }
}

const fn year_floor(y: i16, by: i16) -> i16 {
    y - y.rem_euclid(by)
}

/// `74` → 1974, `15` → 2015.
const fn two_digit(y: i16) -> i16 {
    if y < 50 { 2000 + y } else { 1900 + y }
}

/// Whether a date in digits stands at `i`: one past it.
pub(super) fn dates_numeric_like(s: &Sentence, i: usize) -> Option<usize> {
    Dates { s, reference: None }.numeric(i).map(|x| x.0)
}

/// The reader of dates for a sentence.
pub(super) fn dates<'s, 'a>(s: &'s Sentence<'a>, context: &Context) -> Dates<'s, 'a> {
    Dates { s, reference: context.reference }
}
