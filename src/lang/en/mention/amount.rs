//! One figure with its unit, and amounts of two parts: `7 feet 10 inches`, `20 dollars 43 cents`.

use crate::lang::en::mention::hedge::hedge_after;
use crate::lang::en::mention::sign::sign_at;
use crate::lang::en::mention::{Found, Reader};
use crate::lang::en::number::{Num, Shape, number};
use crate::lang::en::parts::noun_like;
use crate::lang::en::value::{Measure, range, single};
use crate::lang::en::words::{Role, class};
use crate::model::{Hedge, Kind, Mention};
use crate::quantity::unit_info;
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    pub(in crate::lang::en) fn ok_one(&self, i: usize, end: usize) -> bool {
        let s = self.s;
        if s.len() == 1 {
            return true;
        }
        let before_bad = i > 0
            && (s.is(i - 1, class::DETERMINER)
                && !s.word_in(
                    i - 1,
                    &["some", "more", "most", "much", "less", "few", "its", "his", "her", "their", "all"],
                )
                || s.is(i - 1, class::ONE_LED));
        !before_bad
            && noun_like(s, end)
            && !s.is(end, class::ADVERB | class::NO_HEAD | class::VERB)
            && !s.is(end, class::ONE_FOLLOWED)
    }

    /// The quantity whose numeral (or sign of currency) starts at `j`; the mention starts at `i`, where its hedge does.
    pub(in crate::lang::en) fn quantity(
        &self,
        i: usize,
        j: usize,
        hedge: Option<Hedge>,
    ) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        if let Some(m) = self.ranked(i, j, hedge) {
            return Some(m);
        }
        if let Some(m) = self.multiplied(i, j, hedge) {
            return Some(m);
        }
        if let Some(m) = self.with_article(i, j, hedge) {
            return Some(m);
        }
        let minus = matches!(s.sign(j), Some('-' | '−')) && s.glued(j + 1);
        let (mut p, sign) =
            match sign_at(s, if minus { j + 1 } else { j }).filter(|_| !minus || sign_at(s, j + 1).is_some()) {
                Some((end, c)) => (end, Some(c)),
                None => (j, None),
            };
        let flips = minus && sign.is_some();
        if sign.is_some() && s.sign(p) == Some('-') && s.is_digits(p + 1) {
            p += 0;
        }
        // `~`, `about` between a sign and its figure do not occur; between ends of a range they do.
        let between = i > 0 && s.word_is(j - 1, "between") || j > 0 && s.word_is(j - 1, "from");
        let mut n = number(s, p, between)?;
        if flips {
            n.value = -n.value;
        }
        if n.letter && sign.is_none() {
            n = self.letter_scale(n)?;
        }
        if sign.is_none()
            && n.end == p + 1
            && s.word_is(p, "one")
            && hedge.is_none()
            && self.unit(n.end, Some(&n)).is_none()
            && !self.ok_one(p, n.end)
            && !(between && s.word_in(n.end, &["and", "to"]) && number(s, n.end + 1, true).is_some())
            && !(s.word_is(n.end, "to") && number(s, n.end + 1, true).is_some_and(|m| m.value > Decimal::ONE))
            && !(s.word_is(n.end, "or") && number(s, n.end + 1, true).is_some_and(|m| m.value == Decimal::TWO))
            && !super::range::hung(s, n.end)
        {
            return Some((p + 1, None));
        }
        Some(self.finish(i, j, n, sign, hedge))
    }

    pub(in crate::lang::en) fn finish(
        &self,
        i: usize,
        j: usize,
        n: Num,
        sign: Option<u16>,
        mut hedge: Option<Hedge>,
    ) -> (usize, Option<Mention>) {
        let s = self.s;
        let mut start = i;
        let mut after = n.end;
        let mut hedge_end = None;
        if let Some((e, h)) = hedge_after(s, after)
            && hedge.is_none_or(|x| matches!(x, Hedge::About))
        {
            hedge = Some(h);
            hedge_end = Some(e);
            after = e;
        }
        if let Some(found) = self.give_or_take(start, &n) {
            return found;
        }
        if let Some(found) = self.ranged(start, j, &n, sign, hedge) {
            return found;
        }
        let unit = match sign {
            Some(c) => self.signed(c, after),
            None => self.unit(after, Some(&n)),
        };
        let numeral = self.span(n.start, n.end);
        // `two and a quarter of hours`.
        let unit = unit.or_else(|| {
            let broken = n.shape == Shape::Plain && !n.digits && !n.value.fract().is_zero() && s.word_is(after, "of");
            broken.then(|| self.unit(after + 1, Some(&n))).flatten().filter(|u| u.kind == Kind::Duration)
        });
        if let Some(found) = self.bounded(start, &n, unit.as_ref(), after, hedge) {
            return found;
        }
        let Some(u) = unit else {
            return self.unitless(start, j, n, after, hedge, hedge_end);
        };
        let mut value = n.value.checked_mul(u.times).unwrap_or(n.value);
        let mut place = n.place.checked_mul(u.times).unwrap_or(n.place);
        let mut end = u.end.max(after);
        let mut kind = u.kind;
        let mut measure = u.measure.clone();
        // `20 dollars 43 cents`, `2 years and 3 months`, `7 feet 10 inches`, `an hour and a half`.
        if let Some((e, v, m)) = self.compound(&u, value, end) {
            (end, value) = (e, v);
            if let Some(m) = m {
                measure = m;
            }
            place = Decimal::ONE.min(value.abs());
            place = if value.fract().is_zero() {
                place
            } else {
                crate::quantity::pow10(-(value.scale() as i32)).unwrap_or(place)
            };
        }
        // `five degrees below zero`, `20 below zero`.
        let angle = kind == Kind::Measure && measure.code.as_deref() == Some("deg");
        if (kind == Kind::Temperature || angle) && s.word_is(end, "below") && s.word_in(end + 1, &["zero", "freezing"])
        {
            let freezing = s.word_is(end + 1, "freezing");
            let scale = self.unit(end + 2, Some(&n)).filter(|u| u.kind == Kind::Temperature);
            if !freezing {
                value = -value;
                kind = Kind::Temperature;
                end += 2;
                if let Some(u) = scale {
                    (measure, end) = (u.measure.clone(), u.end);
                }
            }
        }
        // `27-year-old`, `16 years old`, `3 years of age`.
        if kind == Kind::Duration
            && let Some(e) = self.aged(end)
        {
            kind = Kind::Age;
            end = e;
        }
        if kind == Kind::Duration && j > 0 && s.is(j - 1, class::AGE_BEFORE) {
            kind = Kind::Age;
        }
        if hedge_end.is_none()
            && hedge.is_none_or(|h| h == Hedge::About)
            && let Some((e, h)) = hedge_after(s, end)
        {
            hedge = Some(h);
            end = e;
        }
        if n.value.is_sign_negative() && kind == Kind::Money && s.sign(start) != Some('-') {
            start = start.min(j);
        }
        let place = if hedge.is_none() && self.exact(start) && kind != Kind::Percentage { Decimal::ONE } else { place };
        let quantity = single(kind, value, place, hedge, &measure);
        let mention = Mention {
            span: self.span(start, end),
            numeral,
            unit_span: Some(self.span(u.start, u.end)).filter(|x| !x.is_empty()),
            quantity,
        };
        (end, Some(mention))
    }

    /// `9.83 ± 0.02 km`, `52 +/- 3 percent`: a value and how far it may be off.
    fn give_or_take(&self, start: usize, n: &Num) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        let k = n.end;
        let q = match (s.sign(k)?, s.sign(k + 1), s.sign(k + 2)) {
            ('±', _, _) => k + 1,
            ('+', Some('/'), Some('-' | '−')) => k + 3,
            _ => return None,
        };
        let m = number(s, q, true).filter(|m| !m.value.is_sign_negative())?;
        let u = self.unit(m.end, Some(&m));
        let times = u.as_ref().map_or(Decimal::ONE, |u| u.times);
        let (value, off) = (n.value.checked_mul(times)?, m.value.checked_mul(times)?);
        let (kind, measure) =
            u.as_ref().map_or_else(|| (Kind::Number, Measure::none()), |u| (u.kind, u.measure.clone()));
        let end = u.as_ref().map_or(m.end, |u| u.end.max(m.end));
        let (low, high) = (value.checked_sub(off)?, value.checked_add(off)?);
        let mut quantity = range(kind, low, high, m.place, Some(Hedge::About), &measure);
        quantity.point = Some(value.normalize());
        let unit_span = u.map(|u| self.span(u.start, u.end)).filter(|x| !x.is_empty());
        Some((
            end,
            Some(Mention { span: self.span(start, end), numeral: self.span(n.start, n.end), unit_span, quantity }),
        ))
    }

    /// The end of ` old`, `-old`, ` of age` behind a length of time.
    pub(in crate::lang::en) fn aged(&self, end: usize) -> Option<usize> {
        let s = self.s;
        let k = if s.joins(end) { end + 1 } else { end };
        if s.word_in(k, &["old", "olds", "yo"]) {
            return Some(k + 1);
        }
        (s.word_is(end, "of") && s.word_is(end + 1, "age")).then_some(end + 2)
    }

    /// A second, smaller part of one amount: its end, the sum in the unit returned.
    pub(in crate::lang::en) fn compound(
        &self,
        u: &Found,
        value: Decimal,
        end: usize,
    ) -> Option<(usize, Decimal, Option<Measure>)> {
        let s = self.s;
        // `5 ft. 7 in.`: the point of an abbreviation; `5-foot-10-inch`: joined through.
        let point = s.sign(end) == Some('.') && s.glued(end) && s.is_digits(end + 1) && s.of(end - 1).len() <= 3;
        let skipped = usize::from(point || s.joins(end) && s.joins(u.start.wrapping_sub(1)));
        let and = usize::from(s.word_is(end, "and")) + usize::from(s.sign(end) == Some(','));
        let mut k = end + and + skipped;
        if s.word_is(k, "and") {
            k += 1;
        }
        if u.kind == Kind::Duration || u.kind == Kind::Measure {
            // `an hour and a half`, `one year and a quarter`.
            if s.word_is(end, "and") && s.word_in(end + 1, &["a", "one"]) {
                let part = if s.word_is(end + 2, "half") {
                    Some(Decimal::new(5, 1))
                } else if s.word_is(end + 2, "quarter") {
                    Some(Decimal::new(25, 2))
                } else {
                    None
                };
                if let Some(p) = part.filter(|_| s.phrase(end + 3, Role::Length).is_none()) {
                    return Some((end + 3, value.checked_add(p.checked_mul(u.times)?)?, None));
                }
            }
            let n = number(s, k, true).filter(|n| n.shape == Shape::Plain || n.digits || n.letter)?;
            let n = if n.letter { self.letter_scale(n)? } else { n };
            let next = self.smaller(u, n.end).or_else(|| self.unit(n.end, Some(&n)));
            let first = unit_info(u.measure.code.as_deref()?);
            // `6-foot-4`, `six feet two`, `5 foot 11`: inches understood.
            if next.as_ref().is_none_or(|x| x.kind != Kind::Measure)
                && u.measure.code.as_deref() == Some("[ft]")
                && and == 0
                && self.inches(u, &n, end, skipped > 0)
            {
                let total = value.checked_mul(Decimal::from(12))?.checked_add(n.value)?;
                return Some((n.end, total, Some(Measure::of("[in]"))));
            }
            let Some(next) = next else {
                // `1 hour thirty`.
                let hour = u.measure.code.as_deref() == Some("h")
                    && and <= 1
                    && s.sign(end) != Some(',')
                    && n.value < Decimal::from(60)
                    && s.stops(n.end)
                    && value.fract().is_zero();
                return hour
                    .then(|| {
                        Some((
                            n.end,
                            value.checked_mul(Decimal::from(60))?.checked_add(n.value)?,
                            Some(Measure::of("min")),
                        ))
                    })
                    .flatten();
            };
            // `8.31 metres, two centimetres short`: a figure with decimals has no smaller part, and a lead or a lag is one of its own.
            let comma = s.sign(end) == Some(',');
            if next.kind != u.kind
                || comma && (!value.fract().is_zero() || s.is(next.end, class::BEHIND | class::ADJECTIVE))
            {
                return None;
            }
            let second = unit_info(next.measure.code.as_deref()?)?;
            let first = first?;
            if first.dimension != second.dimension || first.factor <= second.factor || !first.offset.is_zero() {
                return None;
            }
            // A larger unit behind a comma starts something new; `and` joins only what can be part of the larger.
            let per = match (first.code, second.code) {
                ("a", "mo") => Decimal::from(12),
                _ => first.factor.checked_div(second.factor)?,
            };
            let small = n.value.checked_mul(next.times)?;
            if small >= per && and > 0 && u.kind == Kind::Duration {
                return None;
            }
            let total = value.checked_mul(per)?.checked_add(small)?;
            let m = Measure::of(second.code);
            let end = next.end;
            if let Some((e, v, m2)) = self.compound(
                &Found { kind: u.kind, measure: m.clone(), times: Decimal::ONE, start: next.start, end },
                total,
                end,
            ) {
                return Some((e, v, m2.or(Some(m))));
            }
            return Some((end, total, Some(m)));
        }
        let signed = u.start == u.end;
        if u.kind == Kind::Money
            && u.times == Decimal::ONE
            && value.fract().is_zero()
            && (!signed || s.word_is(end, "and"))
        {
            let n = number(s, k, true).filter(|n| {
                n.shape == Shape::Plain
                    && n.value < Decimal::ONE_HUNDRED
                    && n.value > Decimal::ZERO
                    && n.value.fract().is_zero()
                    && n.scale == Decimal::ONE
            })?;
            if s.sign(end) == Some(',') {
                return None;
            }
            let cents = n.value.checked_mul(Decimal::new(1, 2))?;
            if let Some((e, _)) = s
                .phrase(n.end, Role::Minor)
                .or_else(|| s.word_in(n.end, &["c", "cent", "cents"]).then_some((n.end + 1, 0)))
            {
                return Some((e, value.checked_add(cents)?, None));
            }
            let ends = !signed && (s.stops(n.end) || s.word_in(n.end, &["more"]));
            return (ends && s.sign(n.end) != Some(',')).then_some((n.end, value.checked_add(cents)?, None));
        }
        None
    }

    /// What can only be the smaller part of `u` at `k`: `12 stone 4 pounds`, `2 h 30 min`.
    fn smaller(&self, u: &Found, k: usize) -> Option<Found> {
        let s = self.s;
        let weight = u.measure.code.as_deref() == Some("[stone]") && s.word_in(k, &["pound", "pounds", "lb", "lbs"]);
        weight.then(|| Found {
            kind: Kind::Measure,
            measure: Measure::of("[lb]"),
            times: Decimal::ONE,
            start: k,
            end: k + 1,
        })
    }

    /// Whether the figure `n` behind feet that end before `end` is inches: joined to them, or closing what they began.
    fn inches(&self, u: &Found, n: &Num, end: usize, joined: bool) -> bool {
        let s = self.s;
        let fits =
            n.value < Decimal::from(12) && n.shape == Shape::Plain && n.scale == Decimal::ONE && n.end == n.start + 1;
        let said = s.word_in(u.start, &["foot", "feet"]);
        fits && said
            && (joined || n.start == end && (s.stops(n.end) || s.is(n.end, class::EXTENT)) && !s.is_digits(n.end))
    }

    /// `exactly 5,000`, `equal to 5000`: what stands here is not rounded.
    pub(in crate::lang::en) fn exact(&self, i: usize) -> bool {
        let s = self.s;
        i > 0
            && (s.word_in(i - 1, &["exactly", "precisely", "equals", "equalling"])
                || s.word_is(i - 1, "to") && i > 1 && s.word_in(i - 2, &["equal", "equals", "equaling", "equalling"]))
    }
}
