//! Named periods: quarters, halves, decades, centuries, fiscal years, bare years.

use crate::lang::en::date::Dates;
use crate::lang::en::date::calendar::{
    day, day_value, half_value, monday, month_value, plus, quarter_value, relative, two_digit, value, week_value,
    year_value,
};
use crate::lang::en::number::ordinal;
use crate::lang::en::token::REACH;
use crate::lang::en::words::class;
use crate::quantity::{Precision, TimeValue};
use jiff::ToSpan;
use jiff::civil::Date;

impl Dates<'_, '_> {
    /// A point or single period without a preposition: one past it, its value.
    pub(in crate::lang::en) fn point(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        if let Some(x) = self.slashed(i) {
            return Some(x);
        }
        if s.is(i, class::WEEKEND)
            && s.is_word(i)
            && i > 0
            && s.word_is(i - 1, "the")
            && !crate::lang::en::parts::noun_like(s, i + 1)
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
        if let Some((end, v)) = self.numeric(i).or_else(|| self.spaced(i)) {
            return Some((end, v));
        }
        if let Some(hit) = self.after_next(i).or_else(|| self.week_of(i)) {
            return Some(hit);
        }
        if let Some((end, p)) = self.written(i) {
            if p.month.is_some() && p.day.is_none() && p.year.is_none() && self.lone_month(i).is_none() {
                return None;
            }
            if p.month.is_some() || p.weekday.is_some() {
                return Some((end, self.resolve(p, i)));
            }
        }
        if let Some(w) = self.weekday(i) {
            return Some(self.weekday_alone(i, w));
        }
        if let Some(hit) = self.lone_day(i) {
            return Some(hit);
        }
        if let Some(hit) = self.feast(i, None) {
            return Some(hit);
        }
        if let Some(hit) = self.named_period(i) {
            return Some(hit);
        }
        if let Some(hit) = self.relative(i) {
            return Some(hit);
        }
        None
    }

    /// Quarters, halves, decades, centuries, fiscal years.
    pub(in crate::lang::en) fn named_period(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        // `20 of next month`, `the 21st of this month`, `the 21st this month`.
        if let Some((at, d)) = self.day(i)
            && (at > i + 1 || s.word_is(at, "of"))
            && let at = at + usize::from(s.word_is(at, "of"))
            && s.is(at, class::NEXT | class::LAST | class::THIS)
            && s.word_is(at + 1, "month")
            && self.reference.is_some()
        {
            let (e, v) = self.led(at)?;
            let first = v.first?;
            return Some((e, relative(day_value(day(first.year(), first.month(), d)?))));
        }
        // `2018Q4`, `18q4`.
        if s.is_digits(i) && s.word_is(i + 1, "q") && s.glued(i + 1) && s.glued(i + 2) && matches!(s.of(i).len(), 2 | 4)
        {
            let q: i8 = s.of(i + 2).parse().ok().filter(|q| (1..=4).contains(q))?;
            let y: i16 = s.of(i).parse().ok()?;
            return Some((i + 3, quarter_value(Some(if y < 100 { two_digit(y) } else { y }), q)));
        }
        // `3Q08`, `1H 2019`.
        if s.is_digits(i) && s.of(i).len() == 1 && matches!(s.of(i + 1), "Q" | "H") && s.glued(i + 1) {
            let n: i8 = s.of(i).parse().ok()?;
            let k = i + 2;
            let short = s.glued(k) && s.is_digits(k) && s.of(k).len() == 2 && !s.glued(k + 1);
            let y = if short { s.of(k).parse::<i16>().ok().map(two_digit) } else { self.year(k) };
            let end = k + usize::from(y.is_some());
            let y = y.or_else(|| self.this_year());
            return match s.of(i + 1) {
                "Q" if (1..=4).contains(&n) => Some((end, quarter_value(y, n))),
                "H" if (1..=2).contains(&n) => Some((end, half_value(y, n))),
                _ => None,
            };
        }
        // `Q3 2008`, `H1`, `FY21`, `cy18`.
        if s.is_word(i) && s.is_digits(i + 1) && s.glued(i + 1) && s.of(i).len() <= 2 {
            let n: i16 = s.of(i + 1).parse().ok()?;
            let tail = |k: usize| -> (usize, Option<i16>) {
                let j = k + usize::from(s.word_in(k, &["of", "in"]) || s.joins(k));
                // `Q3'08`.
                let mark = matches!(s.sign(j), Some('\'' | '’')) && s.is_digits(j + 1) && s.glued(j + 1);
                let short = (mark && s.of(j + 1).len() == 2).then(|| s.of(j + 1).parse::<i16>().ok()).flatten();
                match self.year(j) {
                    Some(y) => (j + 1, Some(y)),
                    None if short.is_some() => (j + 2, short.map(two_digit)),
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
                return Some((self.over_two_years(i + 2, &mut v), v));
            }
        }
        if s.is(i, class::FISCAL) || s.word_in(i, &["cy", "calendar"]) {
            let j = i + 1 + usize::from(s.word_is(i + 1, "year"));
            if let Some(y) = self.year(j) {
                let mut v = year_value(y);
                if s.is(i, class::FISCAL) {
                    v.timex = format!("FY{y}");
                }
                return Some((self.over_two_years(j + 1, &mut v), v));
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
                // `the first half of July`.
                if s.word_is(k + 1, "of")
                    && let Some((end, p)) = self.written(k + 2).filter(|x| x.1.month.is_some() && x.1.day.is_none())
                {
                    let mut v = self.resolve(p, i);
                    if let (Some(a), Some(b)) = (v.first, v.last) {
                        let (_, mid) = (a, day(a.year(), a.month(), 15)?);
                        (v.first, v.last) = if n == 1 { (Some(a), Some(mid)) } else { (plus(mid, 1.days()), Some(b)) };
                    }
                    v.timex = format!("{}-H{n}", v.timex);
                    v.precision = Precision::Week;
                    return Some((end, v));
                }
                let (e, y) = year_after(k + 1);
                // The half of a match is no half of a year.
                let match_half = (i.saturating_sub(REACH)..s.len().min(i + 12))
                    .any(|j| s.is(j, class::SCORE) && !s.is(j, class::WEAK_SCORE));
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
            // `the second last week of 2018`.
            if s.word_is(k, "last") && s.word_is(k + 1, "week") && s.word_is(k + 2, "of") && (2..=5).contains(&n) {
                let (e, v) = self.led(k)?;
                let first = v.first.filter(|_| v.precision == Precision::Week)?;
                return Some((e, week_value(plus(first, (-7 * (n - 1)).days())?)));
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
                let (end, v) = self.whole_period(k + 2, i)?;
                let first = v.first?;
                let lag = (i64::from(w) - i64::from(first.weekday().to_monday_one_offset())).rem_euclid(7);
                let d = plus(first, (lag + 7 * (n - 1)).days())?;
                return Some((end, day_value(d)));
            }
            return None;
        }
        self.decade(i)
    }

    /// A month or year in which a day is counted: `October 2014`, `next month`.
    pub(in crate::lang::en) fn whole_period(&self, k: usize, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let k = k + usize::from(s.word_is(k, "the"));
        if let Some((end, p)) = self.written(k).filter(|x| x.1.day.is_none() && x.1.month.is_some()) {
            return Some((end, self.resolve(p, i)));
        }
        if let Some(y) = self.year(k) {
            return Some((k + 1, year_value(y)));
        }
        let led = s.is(k, class::NEXT | class::LAST | class::THIS);
        led.then(|| self.led(k)).flatten().filter(|x| matches!(x.1.precision, Precision::Month | Precision::Year))
    }

    /// `the week of March 3`, `week commencing 6 October`, `the week ended March 3`: the calendar week of that day.
    fn week_of(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let said = s.word_is(i, "week")
            && s.word_in(i + 1, &["of", "beginning", "commencing", "starting", "ending", "ended"])
            && !(i > 0 && (s.is_digits(i - 1) || s.entry(i - 1).is_some_and(|e| e.ordinal != 0 || e.cardinal >= 0)))
            && !(i > 0 && s.word_in(i - 1, &["a", "last", "per"]));
        if !said {
            return None;
        }
        let k = i + 2 + usize::from(s.word_is(i + 2, "on"));
        let k = k + usize::from(s.word_is(k, "the"));
        let (end, v) = if let Some(x) = self.numeric(k) {
            x
        } else {
            let (end, p) = self.written(k).filter(|x| x.1.day.is_some() && x.1.month.is_some())?;
            (end, self.resolve(p, i))
        };
        Some((end, week_value(monday(v.first.filter(|_| v.precision == Precision::Day)?)?)))
    }

    /// The end of `FY2022/23`, `fiscal 2022-23`: one year that lies in two.
    fn over_two_years(&self, k: usize, v: &mut TimeValue) -> usize {
        let s = self.s;
        let tail = s.of(k + 1).parse::<i16>().ok().filter(|_| s.is_digits(k + 1) && s.of(k + 1).len() == 2);
        let joined = matches!(s.sign(k), Some('/' | '-' | '–')) && s.glued(k) && s.glued(k + 1);
        let Some((first, tail)) = v.first.zip(tail).filter(|_| joined) else { return k };
        if (first.year() + 1) % 100 != tail {
            return k;
        }
        v.last = day(first.year() + 1, 12, 31);
        v.timex = format!("{}/{tail:02}", v.timex);
        k + 2
    }

    pub(in crate::lang::en) fn nth_week(&self, j: usize, n: i64) -> Option<(usize, TimeValue)> {
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

    /// `thirties`, `30s` of a life, at `i`: one past it, and which ten years.
    pub(in crate::lang::en) fn life_decade(&self, i: usize) -> Option<(usize, i64)> {
        const NAMES: [&str; 8] =
            ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
        let s = self.s;
        if !self.of_life(i) {
            return None;
        }
        if s.is(i, class::DECADE_NAME) {
            return Some((i + 1, NAMES.iter().position(|w| s.word_is(i, w))? as i64 + 2));
        }
        let digits =
            s.is_digits(i) && s.of(i).len() == 2 && s.of(i).ends_with('0') && s.of(i + 1) == "s" && s.glued(i + 1);
        digits.then(|| Some((i + 2, s.of(i).parse::<i64>().ok()? / 10))).flatten().filter(|x| x.1 > 0)
    }

    /// Whether the decade at `i` is one of somebody's life: `his 30s`, `their early thirties`, `her mid-40s`.
    fn of_life(&self, i: usize) -> bool {
        let s = self.s;
        let mut b = i.wrapping_sub(1);
        if s.joins(b) {
            b = b.wrapping_sub(1);
        }
        if s.is(b, class::EARLY | class::MID | class::LATE) {
            b = b.wrapping_sub(1);
        }
        s.word_in(b, &["his", "her", "their", "my", "our", "your", "whose"])
    }

    /// `1990s`, `1970's`, `90s`, `the seventies`, `nineteen seventies`.
    pub(in crate::lang::en) fn decade(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let make = |end: usize, y: i16, century: bool| {
            let span = if century { 99 } else { 9 };
            let timex = if century { format!("{:02}", y / 100) } else { format!("{:03}", y / 10) };
            (end, value(timex, day(y, 1, 1), day(y + span, 12, 31), Precision::Era))
        };
        if self.of_life(i) {
            return None;
        }
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
            // `highs in the mid-20s`.
            let quoted = i > 0 && matches!(s.sign(i - 1), Some('\'' | '’' | '‘')) && s.glued(i);
            if raw.len() == 2 && raw != "00" && (quoted || !s.near(i, class::HEAT)) {
                return Some(make(i + 2, 1900 + raw.parse::<i16>().ok()?, false));
            }
            return None;
        }
        if s.is(i, class::DECADE_NAME) {
            let tens = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
                .iter()
                .position(|w| s.word_is(i, w))? as i16;
            return Some(make(i + 1, 1920 + tens * 10, false));
        }
        if s.entry(i).is_some_and(|e| e.cardinal == 19 && s.is_word(i)) && s.is(i + 1, class::DECADE_NAME) {
            return self.decade(i + 1);
        }
        if s.word_is(i, "two") && s.word_is(i + 1, "thousands") {
            return Some(make(i + 2, 2000, false));
        }
        None
    }

    pub(in crate::lang::en) fn this_year(&self) -> Option<i16> {
        self.reference.map(Date::year)
    }

    /// The year of a quarter named without one: the last such quarter that has begun.
    pub(in crate::lang::en) fn last_quarter_year(&self, q: i8) -> Option<i16> {
        let r = self.reference?;
        let _ = q;
        Some(r.year())
    }

    /// A bare year at `i`, where what stands around it says that it is one.
    pub(in crate::lang::en) fn bare_year(&self, i: usize) -> Option<(usize, i16)> {
        let s = self.s;
        let y = self.year(i)?;
        // `2015-1-32`: the shape of a date that is none.
        let part = |k: usize| s.sign(k) == Some('-') && s.glued(k) && s.glued(k + 1) && s.is_digits(k + 1);
        if part(i + 1) && part(i + 3) {
            return None;
        }
        // `2000 kcal`, but `In 2000 MPs`.
        let letters = crate::lang::en::mention::letters_at(s, i + 1)
            .is_some_and(|x| x.0 == i + 2 && s.of(i + 1).len() > 1 && !s.word_in(i + 1, &["in", "au", "mp", "st"]));
        if s.glued(i + 1) && s.is_word(i + 1) || self.unit_follows(i + 1) || letters {
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
        let next_is_noun = crate::lang::en::parts::plural_noun(s, i + 1)
            || s.is(i + 1, class::ADJECTIVE) && crate::lang::en::parts::plural_noun(s, i + 2);
        let led = before.is_some_and(|b| s.is(b, class::YEAR_PREPOSITION));
        let held = before.is_some_and(|b| {
            s.is(b, class::DETERMINER | class::ARTICLE) || s.tokens[b].kind == crate::lang::en::token::Kind::Possessive
        });
        let plausible = (1500..=2100).contains(&y);
        if alone {
            return None;
        }
        let round = y % 100 == 0 && y != 2000 && y != 1900 && y != 1800;
        if held && plausible {
            return Some((i + 1, y)).filter(|_| !(next_is_noun && round));
        }
        if led && !(next_is_noun && (round || s.is(i - 1, class::YEAR_WEAK) || s.word_is(i - 1, "as"))) {
            let strong = s.is(i - 1, class::YEAR_STRONG);
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
}
