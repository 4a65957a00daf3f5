//! Stretches with one end or an end of their own: `since 2016`, `1-8 September`, `early March`.

use crate::lang::en::date::calendar::{day, period_precision, plus, relative, value, year_value};
use crate::lang::en::date::{Dates, Hit, Parts};
use crate::lang::en::words::{Role, class};
use crate::model::Kind;
use crate::quantity::{Precision, TimeValue};
use jiff::ToSpan;
use jiff::civil::Date;

impl Dates<'_, '_> {
    /// `13 to 15 of July`, `1-8 September`, `13th to the 15th of July`.
    pub(in crate::lang::en) fn day_range(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        let (e1, d1) = self.day(i)?;
        let dash = matches!(s.sign(e1), Some('-' | '–')) && s.glued(e1) == s.glued(e1 + 1);
        // `between the ninth and the seventeenth of April`.
        let b = i.wrapping_sub(1 + usize::from(i > 0 && s.word_is(i - 1, "the")));
        let (between, from) = (s.word_is(b, "between"), s.word_is(b, "from"));
        let joined = dash
            || s.word_in(e1, &["to", "through", "thru"])
            || between && s.word_is(e1, "and")
            || from && s.word_in(e1, &["until", "till"]);
        if !joined {
            return None;
        }
        let k = e1 + 1 + usize::from(s.word_is(e1 + 1, "the"));
        // `from 4 to 23 next month`, `4-23 in next month`.
        if let Some((e2, d2)) = self.day(k).filter(|x| x.1 > d1) {
            let j = e2 + usize::from(s.word_in(e2, &["of", "in"]));
            if s.is(j, class::NEXT | class::LAST | class::THIS) && s.word_is(j + 1, "month") {
                let (end, v) = self.led(j)?;
                let first = v.first?;
                let on = |d: i8| day(first.year(), first.month(), d);
                let mut value = value(format!("{}/{}", on(d1)?, on(d2)?), on(d1), on(d2), Precision::Range);
                value.relative = true;
                return Some(Hit { start: i, end, kind: Kind::DateRange, value, hedge: None });
            }
        }
        let (end, p) = self.written(k).filter(|x| x.1.day.is_some() && x.1.month.is_some())?;
        // The month must stand after the second day: `15 of July`, not `July 15`.
        self.day(k)?;
        let b = self.resolve(p, i);
        let year = b.first.map(Date::year).filter(|_| p.year.is_some() || self.reference.is_some());
        let a = self.resolve(Parts { year, month: p.month, day: Some(d1), weekday: None }, i);
        let mut v = Self::join(a, &b);
        v.day = Some(d1);
        Some(Hit { start: i, end, kind: Kind::DateRange, value: v, hedge: None })
    }

    /// `since 2016`, `until March`, `before 2015`, `after 9 October`: a stretch with one open end.
    pub(in crate::lang::en) fn open(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        // `three weeks earlier than last year` compares two days.
        let lag = i > 0 && s.phrase(i - 1, Role::Length).is_some();
        let later = s.word_in(i, &["later", "earlier"]) && s.word_is(i + 1, "than") && !lag;
        let prior = s.word_is(i, "prior") && s.word_is(i + 1, "to");
        let begins = s.word_is(i, "beginning") && s.word_in(i + 1, &["in", "on", "from"]);
        let since = s.word_in(i, &["since", "after", "starting"]) || later && s.word_is(i, "later") || begins;
        let ends = s.word_is(i, "ending") && s.word_is(i + 1, "with");
        let until = s.word_in(i, &["until", "till", "before"]) || ends || later && !since || prior;
        // `no later than 3 March` ends with that day, `not before` and `no earlier than` begin with it.
        let denied = i > 0 && s.word_in(i - 1, &["no", "not"]) && (later || s.word_in(i, &["before", "until"]));
        let (since, until) = if denied { (until, since) } else { (since, until) };
        if !since && !until {
            return None;
        }
        let mut j = i + 1 + usize::from(later || prior || ends);
        // `before or in May`, `later than or at 1 June`; `on or after`, `in or before` stand in front.
        let held = s.word_is(j, "or") && s.word_in(j + 1, &["in", "on", "at", "during"]);
        let inclusive = ends
            || denied
            || held
            || i > 1 && s.word_is(i - 1, "or") && s.word_in(i - 2, &["in", "on", "at", "during"]);
        j += usize::from(held);
        if s.word_in(j, &["from", "about", "around", "at", "in", "on", "the"]) || held {
            j += 1;
        }
        if s.word_is(j, "the") {
            j += 1;
        }
        // `before the year 2019`.
        j += usize::from(s.word_is(j, "year") && self.year(j + 1).is_some());
        let hit = self
            .part_of_period(j)
            .or_else(|| self.day_range(j))
            .map(|h| (h.end, h.value))
            .or_else(|| self.point(j))
            .or_else(|| {
                let (e, y) = self.bare_year(j).or_else(|| {
                    let y = self.year(j)?;
                    (!self.unit_follows(j + 1) && !crate::lang::en::parts::plural_noun(s, j + 1)).then_some((j + 1, y))
                })?;
                Some((e, year_value(y)))
            });
        let (end, v) = hit?;
        if v.precision < Precision::Day || v.precision == Precision::Range && !v.relative {
            return None;
        }
        // `after Tuesday's vote`, `before the 2024 election`: an event, not a stretch.
        if s.tokens.get(end).is_some_and(|t| t.kind == crate::lang::en::token::Kind::Possessive)
            || crate::lang::en::parts::noun_like(s, end)
        {
            return None;
        }
        let mut w = v.clone();
        let after = s.word_is(i, "after") || later && !denied;
        if since {
            w.first = if after && !inclusive && v.precision > Precision::Day {
                v.last.and_then(|d| plus(d, 1.days()))
            } else {
                v.first
            };
            w.last = None;
            w.timex = format!("{}/..", v.timex);
        } else {
            w.first = None;
            w.last = if inclusive || s.word_is(i, "until") && v.precision <= Precision::Day {
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

    /// `the rest of the year`, `the remainder of 2024`: from the day of the text to its end.
    fn rest_of(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        let k = i + usize::from(s.word_is(i, "the"));
        if !s.is(k, class::REMAINDER) || !s.word_is(k + 1, "of") {
            return None;
        }
        let led = s.word_in(k + 2, &["the", "this"]);
        let j = k + 2 + usize::from(led);
        let j = j + usize::from(s.is(j, class::FISCAL) || s.word_is(j, "calendar"));
        let length = s.phrase(j, Role::Length).filter(|x| led && x.0 == j + 1 && !s.of(j).ends_with('s'));
        let (end, v) = if let Some((end, u)) = length {
            let u = s.words.units.get(u as usize)?;
            (end, self.one_period(0, &u.code, i64::try_from(u.times).unwrap_or(1))?)
        } else {
            let year = |j: usize| Some((j + 1, year_value(self.year(j)?)));
            self.point(j).or_else(|| year(j)).filter(|x| x.1.precision > Precision::Day)?
        };
        // The rest of what is long past, or has not begun, has no beginning that the text tells.
        let (first, last, r) = (v.first?, v.last?, self.reference?);
        if r < first || r > last {
            return None;
        }
        let w =
            TimeValue { timex: format!("{}-END", v.timex), first: self.reference, precision: Precision::Range, ..v };
        Some(Hit { start: i, end, kind: Kind::DateRange, value: relative(w), hedge: None })
    }

    /// `EOY 2024`, `by EOM`, `at the BOQ`: the beginning or the end of a period in three capitals.
    fn short_end(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        let third = if s.is(i, class::SHORT_END) {
            2
        } else if s.is(i, class::SHORT_BEGINNING) {
            0
        } else {
            return None;
        };
        let year = self.year(i + 1);
        let a = i - usize::from(i > 0 && s.word_is(i - 1, "the"));
        let led = a == 0 || s.is(a - 1, class::PREPOSITION);
        let closes = s.stops(i + 1) || year.is_some() || s.is(i + 1, class::PREPOSITION | class::CONJUNCTION);
        if !s.tokens.get(i)?.shout || !led || !closes || third == 0 && !s.stops(i + 1) {
            return None;
        }
        let (code, times) = match s.of(i).as_bytes().get(2)? {
            b'Y' => ("a", 1),
            b'Q' => ("mo", 3),
            b'M' => ("mo", 1),
            _ => ("wk", 1),
        };
        let v = match year {
            Some(y) if code == "a" => year_value(y),
            Some(_) => return None,
            None => relative(self.one_period(0, code, times)?),
        };
        let value = Self::third_of(&v, third, true)?;
        Some(Hit { start: i, end: i + 1 + usize::from(year.is_some()), kind: Kind::Date, value, hedge: None })
    }

    /// `early March`, `mid-2019`, `late last year`, `end of 2008`, `beginning of the month`.
    pub(in crate::lang::en) fn part_of_period(&self, i: usize) -> Option<Hit> {
        let s = self.s;
        if let Some(hit) = self.rest_of(i) {
            return Some(hit);
        }
        if let Some(hit) = self.short_end(i) {
            return Some(hit);
        }
        // `earlier this week`, `later this year`: up to the day of the text, or from it on.
        let loose = s.word_in(i, &["earlier", "later"]) && s.is(i + 1, class::THIS | class::LAST | class::NEXT);
        let third = if s.is(i, class::EARLY | class::BEGINNING) || loose && s.word_is(i, "earlier") {
            0
        } else if s.is(i, class::MID) {
            1
        } else if s.is(i, class::LATE | class::END) || loose {
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
        let mut w = Self::third_of(&v, third, named)?;
        if loose
            && let Some(r) =
                self.reference.filter(|r| v.first.is_some_and(|f| f <= *r) && v.last.is_some_and(|l| l >= *r))
        {
            (w.first, w.last) = if third == 0 { (v.first, Some(r)) } else { (Some(r), v.last) };
        }
        Some(Hit { start: i, end, kind: Kind::Date, value: w, hedge: None })
    }

    /// The first, middle or last third of `v`; `named` ones (`end of 2008`) of a year are its four months.
    fn third_of(v: &TimeValue, third: usize, named: bool) -> Option<TimeValue> {
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
                (1, Precision::Year) => (w.first, w.last) = (day(a.year(), 5, 1), day(a.year(), 8, 31)),
                (0, Precision::Year) if named => (w.first, w.last) = (Some(a), day(a.year(), 4, 30)),
                (2, Precision::Year) if named => (w.first, w.last) = (day(a.year(), 9, 1), Some(b)),
                (0, Precision::Week) => w.last = plus(a, 2.days()),
                (2, Precision::Week) => w.first = plus(a, 4.days()),
                (0, _) => w.last = plus(a, (x - 1).days()),
                (1, _) => (w.first, w.last) = (plus(a, x.days()), plus(a, (y - 1).days())),
                _ => w.first = plus(a, y.days()),
            }
        }
        w.timex = format!("{}-{}", v.timex, ["START", "MID", "END"][third]);
        Some(w)
    }
}
