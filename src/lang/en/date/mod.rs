//! Dates and periods of English. Enters: tokens and what the reader knows of the day. Leaves: intervals of days. Knows no amounts.

use crate::lang::Context;
use crate::lang::en::date::calendar::{
    day, day_value, half_value, month_value, plus, quarter_value, relative, year_value,
};
use crate::lang::en::token::Sentence;
use crate::lang::en::words::{Entry, class};
use crate::model::{Hedge, Kind};
use crate::quantity::{Precision, TimeValue};
use jiff::ToSpan;
use jiff::civil::Date;

mod calendar;
mod feast;
mod period;
mod relative;
mod stretch;
mod written;

/// A time expression from `start` to before `end` (tokens).
#[derive(Debug, Clone)]
pub(in crate::lang::en) struct Hit {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub value: TimeValue,
    pub hedge: Option<Hedge>,
}

/// A date as far as it was written.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::lang::en) struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
}

/// The reader of dates of one sentence.
pub(in crate::lang::en) struct Dates<'s, 'a> {
    pub s: &'s Sentence<'a>,
    pub reference: Option<Date>,
}

/// Whether a date in digits stands at `i`: one past it.
pub(in crate::lang::en) fn dates_numeric_like(s: &Sentence, i: usize) -> Option<usize> {
    Dates { s, reference: None }.numeric(i).map(|x| x.0)
}

/// The month that `day` lies in.
pub(in crate::lang::en) fn month_of(day: Date) -> TimeValue {
    month_value(day.year(), day.month())
}

/// The reader of dates for a sentence.
pub(in crate::lang::en) fn dates<'s, 'a>(s: &'s Sentence<'a>, context: &Context) -> Dates<'s, 'a> {
    Dates { s, reference: context.reference }
}

/// Words of no list that can start a date.
pub(in crate::lang::en) const OPENERS: &[&str] = &[
    "since", "until", "till", "before", "after", "between", "from", "a", "an", "day", "q", "h", "cy", "calendar",
    "week", "starting", "ending", "later", "earlier", "month", "year",
];

/// Whether what the lists know of a word lets a date start with it.
pub(in crate::lang::en) fn opens(e: &Entry) -> bool {
    e.month != 0
        || e.weekday != 0
        || e.ordinal != 0
        || e.cardinal >= 0
        || e.part.is_some()
        || !e.feasts.is_empty()
        || e.flags
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
                | class::WEEKEND
                | class::REMAINDER
                | class::SHORT_END
                | class::SHORT_BEGINNING)
            != 0
}

impl Dates<'_, '_> {
    /// The time expression at `i`, where one starts there.
    pub(in crate::lang::en) fn at(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        // Only these can start a date.
        let may = match s.entry(i) {
            Some(e) => e.opens_date,
            None => {
                s.is_digits(i)
                    || s.tokens.get(i).is_some_and(|t| t.kind == crate::lang::en::token::Kind::Dotted)
                    || s.word_in(i, OPENERS)
            }
        };
        let may = may || s.word_is(i, "the") && s.is(i + 1, class::REMAINDER);
        if !may {
            return None;
        }
        if let Some(hit) = self.open(i) {
            return Some(hit);
        }
        if let Some(mut hit) = self.part_of_period(i) {
            if let Some((end, last)) = self.until(i, hit.end, &hit.value) {
                hit.value = Self::join(hit.value, &last);
                (hit.end, hit.kind) = (end, Kind::DateRange);
            }
            return Some(hit);
        }
        if let Some(hit) = self.day_range(i) {
            return Some(hit);
        }
        let (mut end, mut v) = if let Some(p) = self.point(i) {
            p
        } else {
            // `in nineteen twenty-eight`.
            let spoken = i > 0 && s.word_in(i - 1, &["in", "since", "of", "by", "year"]);
            let sided = s.word_is(i + 1, "or") && s.word_in(i + 2, &["after", "later", "before", "earlier"]);
            let (end, y) = self
                .bare_year(i)
                .or_else(|| self.spoken_year(i).filter(|_| spoken))
                .or_else(|| Some((i + 1, self.year(i).filter(|_| sided)?)))?;
            // `2017 q1`, `2019-H2`.
            let k = end + usize::from(s.joins(end));
            let part = s.is_word(k) && s.word_in(k, &["q", "h"]);
            match self.named_period(k).filter(|p| part && p.0 == k + 2) {
                Some((e2, _)) => {
                    let n = s.of(k + 1).parse::<i8>().unwrap_or(1);
                    (e2, if s.word_is(k, "q") { quarter_value(Some(y), n) } else { half_value(Some(y), n) })
                }
                None => match self.month(end).filter(|_| s.stops(end + 1) && !s.joins(end) && !s.word_is(end, "may")) {
                    // `2015 March`.
                    Some(m) => (end + 1, month_value(y, m)),
                    None => (end, year_value(y)),
                },
            }
        };
        // `from March 3 onwards`, `from 2020 on`.
        let onward = s.word_in(end, &["onwards", "onward"]) || s.word_is(end, "on") && s.stops(end + 1);
        if onward && i > 0 && s.word_is(i - 1, "from") && v.precision >= Precision::Day {
            v.timex = format!("{}/..", v.timex);
            v.last = None;
            v.precision = Precision::Range;
            return Some(Hit { start: i, end: end + 1, kind: Kind::DateRange, value: v, hedge: None });
        }
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
                v.last = None;
            } else {
                v.first = None;
            }
            v.precision = Precision::Range;
            return Some(Hit { start: i, end: end + 2, kind: Kind::DateRange, value: v, hedge: None });
        }
        let ago = end > i && s.is(end - 1, class::AGO);
        if let Some((e2, last)) = self.until(i, end, &v) {
            v = Self::join(v, &last);
            end = e2;
            kind = Kind::DateRange;
        } else if v.precision == Precision::Range {
            kind = Kind::DateRange;
        }
        Some(Hit { start: i, end, kind, value: v, hedge: ago.then_some(Hedge::About) })
    }

    /// What ends a range that began with `v`: `… to 2018`, `–May`, `and 3 June` after `between`.
    pub(in crate::lang::en) fn until(&self, i: usize, end: usize, v: &TimeValue) -> Option<(usize, TimeValue)> {
        let s = self.s;
        // `between the end of 2007 and the end of 2008`.
        let b = i.wrapping_sub(1 + usize::from(i > 0 && s.word_is(i - 1, "the")));
        let (between, from) = (s.word_is(b, "between"), s.word_is(b, "from"));
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
        // `between August 2019 and now`, `from Monday until today`.
        if word
            && s.word_in(k, &["now", "today"])
            && (s.stops(k + 1) || s.is(k + 1, class::PREPOSITION | class::CONJUNCTION))
            && let Some(r) = self.reference.filter(|r| v.first.is_some_and(|f| f <= *r))
        {
            return Some((k + 1, relative(day_value(r))));
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
            && !(s.sign(e2) == Some('/') && s.glued(e2))
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
            && !crate::lang::en::parts::plural_noun(s, k + 1)
        {
            return (v.precision >= Precision::Month).then(|| (k + 1, year_value(y)));
        }
        let (e2, last) = self.part_of_period(k).map(|h| (h.end, h.value)).or_else(|| self.point(k))?;
        let alike = (last.precision <= Precision::Day) == (v.precision <= Precision::Day)
            || word && (from || between || !s.word_is(end, "to"));
        (alike && last.precision != Precision::Range).then_some((e2, last))
    }

    pub(in crate::lang::en) fn join(mut a: TimeValue, b: &TimeValue) -> TimeValue {
        // `Monday to Friday`: the end comes after the beginning.
        let mut later;
        let mut b = b;
        if b.weekday.is_some()
            && b.relative
            && let (Some(first), Some(last)) = (a.first, b.last)
            && first > last
            && let Some(on) = plus(last, 7.days()).filter(|d| *d > first)
        {
            later = day_value(on);
            (later.weekday, later.relative, later.month, later.day) = (b.weekday, true, b.month, b.day);
            b = &later;
        }
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
}
