//! Days and periods counted from the reference: `last year`, `two weeks ago`, `the past three months`, a weekday alone.

use crate::lang::en::date::Dates;
use crate::lang::en::date::calendar::{
    day, day_value, monday, month_value, period_precision, plus, quarter_value, relative, step, value, week_value,
    year_floor, year_value,
};
use crate::lang::en::number::number;
use crate::lang::en::words::{Role, class};
use crate::quantity::{Precision, TimeValue};
use jiff::ToSpan;
use jiff::civil::Date;

impl Dates<'_, '_> {
    pub(in crate::lang::en) fn weekday_alone(&self, i: usize, w: i8) -> (usize, TimeValue) {
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
            } else if led && s.is(i - 1, class::NEXT) || s.word_is(end, "week") {
                first = next;
            } else if s.word_is(end, "after") && s.word_is(end + 1, "next") {
                first = next.and_then(|d| plus(d, 7.days()));
                end += 2;
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

    /// Periods and days counted from the reference: `last year`, `two years ago`, `the past three months`, `yesterday`.
    pub(in crate::lang::en) fn relative(&self, i: usize) -> Option<(usize, TimeValue)> {
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
    pub(in crate::lang::en) fn led(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let sense = if s.is(i, class::LAST) { -1 } else { i64::from(s.is(i, class::NEXT)) };
        let mut j = i + 1;
        if s.word_in(j, &["fiscal", "financial", "calendar", "full"]) {
            j += 1;
        }
        // `the last Friday of October`, `last day of February 2015`.
        if s.word_is(i, "last")
            && s.word_in(j + 1, &["of", "in"])
            && (self.weekday(j).is_some() || s.word_is(j, "day"))
            && let Some((end, v)) = self.whole_period(j + 2, i)
        {
            let last = v.last?;
            let back = self
                .weekday(j)
                .map_or(0, |w| (i64::from(last.weekday().to_monday_one_offset()) - i64::from(w)).rem_euclid(7));
            return Some((end, day_value(plus(last, -back.days())?)));
        }
        if let Some(w) = self.weekday(j) {
            return Some(self.weekday_alone(j, w));
        }
        // `last night`.
        if s.word_is(i, "last") && s.word_is(j, "night") && !crate::lang::en::parts::noun_like(s, j + 1) {
            let mut v = day_value(plus(self.reference?, -1.days())?);
            v.clock = s.entry(j).and_then(|e| e.part);
            v.precision = Precision::PartOfDay;
            return Some((j + 1, relative(v)));
        }
        // `last week's Sunday`, `next week - Monday`.
        if s.word_is(j, "week") {
            let owned = s.tokens.get(j + 1).is_some_and(|t| t.kind == crate::lang::en::token::Kind::Possessive);
            let on = s.word_is(j + 1, "on");
            let at = j + 1 + usize::from(owned || on || matches!(s.sign(j + 1), Some('-' | '–')));
            if let Some(w) = self.weekday(at)
                && let Some(r) = self.reference
            {
                let d = plus(monday(r)?, (7 * sense + i64::from(w) - 1).days())?;
                let mut v = day_value(d);
                v.weekday = Some(w);
                return Some((at + 1, relative(v)));
            }
        }
        // `this workweek`, `next working week`: Monday to Friday.
        let work = if s.word_is(j, "workweek") {
            Some(j + 1)
        } else {
            (s.word_in(j, &["working", "work", "business"]) && s.word_is(j + 1, "week")).then_some(j + 2)
        };
        if let Some(end) = work {
            let first = self.reference.and_then(|r| plus(monday(r)?, (7 * sense).days()));
            let mut v = first.map_or_else(|| value("XXXX-WXX".to_owned(), None, None, Precision::Week), week_value);
            v.last = first.and_then(|d| plus(d, 4.days()));
            return Some((end, relative(v)));
        }
        if let Some(h) = self.feast(j, Some(sense)) {
            return Some(h);
        }
        // `last week of September 2014`.
        if sense < 0 && s.word_is(j, "week") && s.word_is(j + 1, "of") && !s.word_is(i, "past") {
            let k = j + 2 + usize::from(s.word_is(j + 2, "the"));
            if s.word_is(k + 1, "week") {
                return None;
            }
            let (end, v) = self.point(k).or_else(|| Some((k + 1, year_value(self.year(k)?))))?;
            let last = v.last.filter(|_| v.precision > Precision::Week)?;
            // The week that most of its days share with the month: the one of its last Thursday.
            return Some((end, week_value(monday(plus(last, -3.days())?)?)));
        }
        if let Some(m) = self.lone_month(j).or_else(|| self.month(j))
            && let Some((end, p)) = self.written(j)
        {
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
            Some(n) if n.shape == crate::lang::en::number::Shape::Fraction => (j + 1, i64::from(s.entry(j)?.cardinal)),
            Some(n) => (n.end, i64::try_from(n.value).ok()?),
            None if s.word_in(j, &["few", "several", "couple"]) && sense != 0 => {
                let k = j + 1 + usize::from(s.word_is(j + 1, "of"));
                let (end, u) = s.phrase(k, Role::Length)?;
                let u = s.words.units.get(u as usize)?;
                if matches!(u.code.as_str(), "h" | "min" | "s" | "ms" | "[wd]") {
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
        // `in the coming weeks`: how many is not said.
        let some = n == 0 && s.of(k).ends_with('s') && unit.code != "d";
        if unit.vague
            || some
            || n == 0 && unit.code == "d"
            || matches!(unit.code.as_str(), "h" | "min" | "s" | "ms" | "[wd]")
        {
            return None;
        }
        if n > 0 && sense == 0 {
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

    pub(in crate::lang::en) fn one_period(&self, sense: i64, code: &str, times: i64) -> Option<TimeValue> {
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

    pub(in crate::lang::en) fn many_periods(&self, sense: i64, n: i64, code: &str, times: i64) -> Option<TimeValue> {
        let r = self.reference?;
        if !(0..=100).contains(&n) || sense == 0 {
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

    /// `n` units that begin on `day`.
    fn stretch(end: usize, day: Date, n: i64, code: &str) -> Option<(usize, TimeValue)> {
        let last = plus(step(day, n, code)?, -1.days());
        Some((end, relative(value(format!("{day}/{}", last?), Some(day), last, Precision::Range))))
    }

    /// The day `n` units from `day`, or what the words before the figure at `i` make of it: `for 3 days from today` runs
    /// that long, `within 2 weeks after today` and `less than …` end there, `more than …` begins there.
    fn counted(&self, i: usize, end: usize, day: Date, n: i64, code: &str) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let than = i > 1 && s.word_is(i - 1, "than");
        if i > 0 && s.word_is(i - 1, "for") && n > 0 {
            return Self::stretch(end, day, n, code);
        }
        let there = step(day, n, code)?;
        let (low, high) = if n > 0 { (day, there) } else { (there, day) };
        let before = plus(high, -1.days());
        if n > 0 && i > 0 && s.word_is(i - 1, "within") || than && s.word_in(i - 2, &["less", "fewer"]) {
            return Some((end, relative(value(format!("{low}/{high}"), Some(low), before, Precision::Range))));
        }
        if than && s.word_is(i - 2, "more") {
            let v = if n > 0 {
                value(format!("{there}/.."), Some(there), None, Precision::Range)
            } else {
                value(format!("../{there}"), None, plus(there, -1.days()), Precision::Range)
            };
            return Some((end, relative(v)));
        }
        Some((end, relative(day_value(there))))
    }

    /// Whether the length that ends before `end` is told as lying ahead: `in two weeks` of what is to come, `in a week's time`.
    fn ahead(&self, i: usize, end: usize) -> Option<usize> {
        let s = self.s;
        if i == 0 || !s.word_is(i - 1, "in") || self.reference.is_none() {
            return None;
        }
        let owned = s.tokens.get(end).is_some_and(|t| t.kind == crate::lang::en::token::Kind::Possessive)
            || matches!(s.sign(end), Some('\'' | '’'));
        let k = end + usize::from(owned);
        if s.word_is(k, "time") && s.stops(k + 1) {
            return Some(k + 1);
        }
        let whole = i == 1 && end >= s.len();
        let closes = s.stops(end) || s.word_in(end, &["or", "and"]) || s.is(end, class::PREPOSITION);
        (whole || closes && self.to_come(i)).then_some(end)
    }

    /// Whether the clause speaks of what is to come in plain words, or the very question before it did.
    fn to_come(&self, i: usize) -> bool {
        let s = self.s;
        (i.saturating_sub(crate::lang::en::token::REACH)..i)
            .rev()
            .take_while(|k| !matches!(s.sign(*k), Some('.' | ';' | '!')))
            .find_map(|k| {
                if s.word_in(k, &["will", "shall", "due", "tomorrow"]) {
                    Some(true)
                } else if s.is(k, class::PAST_AUXILIARY) || crate::lang::en::parts::is_past(s, k) {
                    Some(false)
                } else {
                    None
                }
            })
            == Some(true)
    }

    /// `the week after next`, `March after next`.
    pub(in crate::lang::en) fn after_next(&self, i: usize) -> Option<(usize, TimeValue)> {
        let s = self.s;
        let next = s.word_is(i + 1, "after") && s.word_is(i + 2, "next");
        let last = s.word_is(i + 1, "before") && s.word_is(i + 2, "last");
        if !next && !last || !s.stops(i + 3) && !s.is(i + 3, class::PREPOSITION) {
            return None;
        }
        if let Some(m) = self.month(i).filter(|_| next) {
            let r = self.reference?;
            let y = r.year() + if m > r.month() { 1 } else { 2 };
            return Some((i + 3, relative(month_value(y - i16::from(m == r.month()), m))));
        }
        if i > 0 && !s.word_is(i - 1, "the") {
            return None;
        }
        let (end, u) = s.phrase(i, Role::Length).filter(|x| x.0 == i + 1)?;
        let u = s.words.units.get(u as usize)?;
        let v = self.one_period(if next { 2 } else { -2 }, &u.code, i64::try_from(u.times).unwrap_or(1))?;
        Some((end + 2, relative(v)))
    }

    /// `two years ago`, `a week earlier`, `three weeks from now`.
    pub(in crate::lang::en) fn ago(&self, i: usize) -> Option<(usize, TimeValue)> {
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
            && (n == 1 || s.of(k + 1).ends_with('s') || !s.word_in(k, &["last", "next"]))
            && let Some((end, u)) = s.phrase(k + 1, Role::Length)
        {
            let u = s.words.units.get(u as usize)?;
            let sense = if s.is(k, class::LAST) { -1 } else { 1 };
            let v = self.many_periods(sense, n, &u.code, i64::try_from(u.times).unwrap_or(1))?;
            return (!u.vague).then(|| (end, relative(v)));
        }
        // `20th day of next month` is read where ordinals are.
        let weekday = s.entry(k).filter(|e| e.weekday != 0 && s.is_word(k) && s.of(k).len() > 5).map(|e| e.weekday);
        let (unit_end, code, times) = if let Some(w) = self.weekday(k).or(weekday).filter(|_| n < 60) {
            let sense = if s.is(k + 1, class::AGO) && (!s.word_is(k + 1, "back") || s.stops(k + 2)) {
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
            // `shut for 26 weekends from 9 August`: no 26 days.
            let u = s.words.units.get(u as usize).filter(|u| !u.vague)?;
            (e, u.code.as_str(), i64::try_from(u.times).unwrap_or(1))
        };
        let (end, sense) = if s.word_is(unit_end, "ago") && s.word_is(unit_end + 1, "today") {
            (unit_end + 2, -1)
        } else if s.word_is(unit_end, "ago") || s.word_in(unit_end, &["back"]) && s.stops(unit_end + 1) {
            (unit_end + 1, -1)
        } else if s.word_is(unit_end, "hence") {
            (unit_end + 1, 1)
        } else if s.word_is(unit_end, "from") && s.word_in(unit_end + 1, &["now", "today"]) {
            return self.counted(i, unit_end + 2, self.reference?, n.checked_mul(times)?, code);
        } else if let Some(end) = self.ahead(i, unit_end) {
            (end, 1)
        } else if s.word_in(unit_end, &["after", "before", "from", "following", "starting", "beginning"])
            && !matches!(code, "h" | "min" | "s" | "ms" | "[wd]")
        {
            // `two weeks before 13 May 1999`, `three days from Tuesday`: counted from a day that is named.
            let at = unit_end + 1 + usize::from(s.word_is(unit_end + 1, "the"));
            // No chain of lengths: what it is counted from must be a day of its own.
            if s.word_in(at, &["a", "an"])
                || number(s, at, true).is_some_and(|n| s.phrase(n.end, Role::Length).is_some())
            {
                return None;
            }
            let (end, from) = self
                .point(at)
                .filter(|x| x.1.precision == Precision::Day && !crate::lang::en::parts::noun_like(s, x.0))?;
            let n = if s.word_is(unit_end, "before") { -n } else { n };
            let running = s.word_in(unit_end, &["starting", "beginning"]);
            let n = n.checked_mul(times)?;
            if running {
                return Self::stretch(end, from.first?, n, code);
            }
            return self.counted(i, end, from.first?, n, code);
        } else {
            return None;
        };
        if matches!(code, "h" | "min" | "s" | "ms" | "[wd]") {
            return None;
        }
        let Some(r) = self.reference else {
            return Some((end, relative(value("PAST_REF".to_owned(), None, None, Precision::Range))));
        };
        let n = n.checked_mul(times)?.checked_mul(sense)?;
        if n.abs() > if code == "a" { 5000 } else { 100_000 } {
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
}
