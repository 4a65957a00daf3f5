//! Figures without a unit: counts, ages, fractions, multiples, plain numbers.

use crate::lang::en::mention::Reader;
use crate::lang::en::number::{Num, Shape, number};
use crate::lang::en::parts::{is_past, noun_like, np_right, plural_noun};
use crate::lang::en::token::Kind as Tok;
use crate::lang::en::value::{Measure, single};
use crate::lang::en::words::{Role, class};
use crate::model::{Hedge, Kind, Mention};
use rust_decimal::Decimal;
use std::borrow::Cow;

impl Reader<'_, '_> {
    /// A figure without a unit: count, fraction, multiple, age or plain number.
    pub(in crate::lang::en) fn unitless(
        &self,
        i: usize,
        j: usize,
        n: Num,
        after: usize,
        hedge: Option<Hedge>,
        hedge_end: Option<usize>,
    ) -> (usize, Option<Mention>) {
        let s = self.s;
        let numeral = self.span(n.start, n.end);
        let end = hedge_end.unwrap_or(n.end);
        let make = |kind, end: usize, m: Measure, unit: Option<(usize, usize)>| {
            (
                end,
                Some(Mention {
                    span: self.span(i, end),
                    numeral,
                    unit_span: unit.map(|(a, b)| self.span(a, b)),
                    quantity: single(
                        kind,
                        n.value,
                        if hedge.is_none() && self.exact(i) { Decimal::ONE } else { n.place },
                        hedge,
                        &m,
                    ),
                }),
            )
        };
        if n.shape == Shape::Fraction {
            return self.fraction(i, &n, hedge, end);
        }
        if let Some(end) = self.quake(i, j, &n, after) {
            return make(Kind::Measure, end, Measure::of("[M]"), None);
        }
        // `three times as many`, `3x`, `five-fold`.
        if s.word_in(after, &["times"]) {
            let multiple = s.is(after + 1, class::TIMES_THAN)
                || noun_like(s, after + 1)
                    && !s.is(after + 1, class::ADVERB)
                    && s.phrase(after + 1, Role::Length).is_none();
            return if multiple {
                make(Kind::Multiple, after + 1, Measure::none(), Some((after, after + 1)))
            } else {
                make(
                    Kind::Count,
                    after + 1,
                    Measure { code: Some(Cow::Borrowed("time")), base: Some(Cow::Borrowed("time")), ..Measure::none() },
                    Some((after, after + 1)),
                )
            };
        }
        let fold = after + usize::from(s.joins(after));
        if s.word_is(fold, "fold") {
            return make(Kind::Multiple, fold + 1, Measure::none(), None);
        }
        if s.word_is(after, "x") && s.glued(after) {
            return make(Kind::Multiple, after + 1, Measure::none(), None);
        }
        // `two more years`, `three consecutive weeks`: an adjective before a length of time.
        if s.is(after, class::ADJECTIVE | class::DETERMINER)
            && !s.is(after, class::LAST | class::NEXT | class::THIS)
            && s.is_word(after)
            && let Some(u) = self.unit(after + 1, Some(&n)).filter(|u| u.kind == Kind::Duration && u.start == after + 1)
        {
            let value = n.value.checked_mul(u.times).unwrap_or(n.value);
            let q = single(Kind::Duration, value, n.place.checked_mul(u.times).unwrap_or(n.place), hedge, &u.measure);
            return (
                u.end,
                Some(Mention {
                    span: self.span(i, u.end),
                    numeral,
                    unit_span: Some(self.span(u.start, u.end)),
                    quantity: q,
                }),
            );
        }
        // `38-storey block`, `two-bedroom flat`: what the hyphen joins is the unit counted.
        if s.joins(after)
            && s.is_word(after + 1)
            && !s.tokens[after + 1].capital
            && hedge_end.is_none()
            && n.value > Decimal::ONE
        {
            let k = after + 1;
            let word = s.of(k);
            let plain = !s.is(k, class::PREPOSITION | class::ADJECTIVE | class::ADVERB | class::CONJUNCTION)
                && (!word.ends_with("ed") || word.len() <= 4)
                && !word.ends_with("er")
                && !word.ends_with("est")
                && !s.is(k, class::LOOSE_COMPOUND)
                && !s.joins(k + 1);
            if plain && np_right(s, k + 1).is_some() {
                let m = Measure {
                    code: Some(Cow::Owned(word.to_ascii_lowercase())),
                    base: Some(Cow::Owned(word.to_ascii_lowercase())),
                    ..Measure::none()
                };
                return make(Kind::Count, k + 1, m, Some((k, k + 1)));
            }
            if plain && s.is_word(n.start) {
                return (k + 1, None);
            }
        }
        // Ages without their unit.
        if s.word_is(after, "yo") {
            return make(Kind::Age, after + 1, Measure::of("a"), None);
        }
        if s.word_is(after, "y") && s.sign(after + 1) == Some('/') && s.word_is(after + 2, "o") {
            return make(Kind::Age, after + 3, Measure::of("a"), None);
        }
        // `20 below zero`.
        if s.word_is(after, "below") && s.word_is(after + 1, "zero") && n.value > Decimal::ZERO {
            let scale = self.unit(after + 2, Some(&n)).filter(|u| u.kind == Kind::Temperature);
            let end = scale.as_ref().map_or(after + 2, |u| u.end);
            let m = scale.map_or_else(|| Measure::of("deg"), |u| u.measure);
            let q = single(Kind::Temperature, -n.value, n.place, hedge, &m);
            return (end, Some(Mention { span: self.span(i, end), numeral, unit_span: None, quantity: q }));
        }
        if self.bare_age(i, j, &n, after) {
            return make(Kind::Age, end, Measure::of("a"), None);
        }
        // `8.1 per 100,000 residents`: of how many the figure before tells.
        let tens = [100, 1000, 10_000, 100_000, 1_000_000];
        if j > 1 && s.word_is(j - 1, "per") && s.is_digits(j - 2) && tens.iter().any(|t| n.value == Decimal::from(*t)) {
            return (end, None);
        }
        // `cut in two`, `broken in three`.
        if s.is_word(n.start)
            && j > 0
            && s.word_is(j - 1, "in")
            && s.stops(after)
            && n.value < Decimal::from(6)
            && j > 2
        {
            return (end, None);
        }
        let np = np_right(s, after);
        // `Temperatures fell to minus 19`.
        if n.value.is_sign_negative() && np.is_none() && s.near(j, class::HEAT) {
            return make(Kind::Temperature, end, Measure::of("deg"), None);
        }
        if np.is_some() {
            return make(Kind::Count, end, Measure::none(), None);
        }
        // `two of them`, `3 out of …`.
        if s.word_is(after, "of") && s.is(after + 1, class::PRONOUN | class::DETERMINER | class::ARTICLE) {
            return make(Kind::Count, end, Measure::none(), None);
        }
        let small_word = s.is_word(n.start) && n.value < Decimal::from(10);
        if small_word && j > 0 && s.len() > 3 && s.is(j - 1, class::ARTICLE | class::DETERMINER) && hedge.is_none() {
            return (end, None);
        }
        make(Kind::Number, end, Measure::none(), None)
    }

    /// `magnitude 6.1`, `a 6.1-magnitude quake`, `a magnitude of 6.1`, `6.1 on the Richter scale`: one past it.
    fn quake(&self, i: usize, j: usize, n: &Num, after: usize) -> Option<usize> {
        let s = self.s;
        if !s.has(class::MAGNITUDE) || n.value >= Decimal::from(11) || n.scale != Decimal::ONE {
            return None;
        }
        let from = i.min(j);
        let b = from.wrapping_sub(1);
        let led = s.is(b, class::MAGNITUDE)
            || s.word_in(b, &["of", "was", "at", "-"]) && s.is(b.wrapping_sub(1), class::MAGNITUDE)
            || s.joins(b) && s.is(b.wrapping_sub(1), class::MAGNITUDE);
        if led {
            return Some(after);
        }
        let k = after + usize::from(s.joins(after));
        if s.is(k, class::MAGNITUDE) {
            return Some(k + 1);
        }
        (s.word_in(after, &["on"]) && s.word_is(after + 1, "the") && s.is(after + 2, class::MAGNITUDE)).then_some(after)
    }

    pub(in crate::lang::en) fn bare_age(&self, i: usize, j: usize, n: &Num, after: usize) -> bool {
        let s = self.s;
        // `a mean age of 58.3`.
        let of_age = s.word_is(i.wrapping_sub(1), "of") && s.is(i.wrapping_sub(2), class::AGE_BEFORE);
        if of_age && n.digits && n.value < Decimal::from(120) && s.stops(after) {
            return true;
        }
        let whole = n.value.fract().is_zero()
            && n.value > Decimal::ZERO
            && n.value < Decimal::from(120)
            && n.scale == Decimal::ONE;
        if !whole {
            return false;
        }
        if j > 0 && s.is(j - 1, class::AGE_BEFORE) || i > 0 && s.is(i - 1, class::AGE_BEFORE) {
            return true;
        }
        // `at the age of 41`, `she turned 50 on Monday`.
        let b = i.min(j).wrapping_sub(1);
        let open = !plural_noun(s, after) && !s.joins(after);
        if s.word_is(b, "of") && s.is(b.wrapping_sub(1), class::AGE_BEFORE) && open {
            return true;
        }
        if s.word_in(b, &["turned", "turns", "turning"])
            && n.value > Decimal::TWO
            && (s.stops(after)
                || s.is(after, class::PREPOSITION | class::CONJUNCTION | class::LAST | class::NEXT | class::THIS))
        {
            return true;
        }
        // `people under 25`, `those over 65`, `children under five`.
        if i < j && i > 0 && s.is(i - 1, class::PERSON) && !plural_noun(s, after) && n.value >= Decimal::from(2) {
            return true;
        }
        // `eight of the victims were over 65`.
        let said = b > 0 && s.is(b, class::COPULA) && s.word_in(i, &["over", "under"]) && i + 1 == j;
        if said
            && n.value >= Decimal::TEN
            && (s.stops(after) || s.is(after, class::CONJUNCTION))
            && (b.saturating_sub(6)..b).any(|k| s.is(k, class::PERSON))
        {
            return true;
        }
        if !n.digits {
            return false;
        }
        let closes = matches!(s.sign(after), Some(',' | '.' | ';' | ')' | ':')) || after >= s.len();
        // `dies at 74`, `He was 76.`
        let died = i >= 2 && s.word_is(i - 1, "at") && s.word_in(i - 2, &["dies", "died", "dead", "dying"]);
        let was = i >= 2
            && s.word_in(i - 1, &["was", "is"])
            && s.word_in(i - 2, &["he", "she"])
            && (after >= s.len() || s.sign(after) == Some('.'));
        if (died || was) && !plural_noun(s, after) && n.value >= Decimal::TEN {
            return true;
        }
        // `Ivo Strand, 27,` and `Garrow, 19.` and `Garrow (19)`.
        if closes
            && j >= 2
            && matches!(s.sign(j - 1), Some(',' | '('))
            && s.tokens[j - 2].kind == Tok::Word
            && s.tokens[j - 2].capital
            && !s.tokens[j - 2].shout
        {
            let e = s.entry(j - 2);
            let dated = e.is_some_and(|e| e.month != 0 || e.weekday != 0);
            let opened =
                j == 2 || s.is_word(j - 3) && s.tokens[j - 3].capital || j > 2 && s.stops(j - 3) || s.is_word(j - 3);
            return !dated && opened && n.value >= Decimal::from(1);
        }
        // `The suspect, 41, was arrested`.
        let named = |k: usize| noun_like(s, k) && !plural_noun(s, k) && !s.is(k, class::PROPERTY);
        if j > 2
            && s.sign(j - 1) == Some(',')
            && s.sign(after) == Some(',')
            && named(j - 2)
            && (s.is(j - 3, class::ARTICLE)
                || s.word_in(j - 3, &["his", "her", "their", "my"])
                || j > 3 && s.is(j - 4, class::ARTICLE) && s.is_word(j - 3))
            && n.value >= Decimal::from(10)
        {
            return true;
        }
        // `At 71, the puppeteer`.
        if j > 0 && s.word_is(j - 1, "at") && (j == 1 || s.stops(j - 2)) && s.sign(after) == Some(',') {
            return true;
        }
        false
    }

    pub(in crate::lang::en) fn fraction(
        &self,
        i: usize,
        n: &Num,
        hedge: Option<Hedge>,
        end: usize,
    ) -> (usize, Option<Mention>) {
        let s = self.s;
        // `a quarter-point cut`, `half-point`, `three-quarter-point`: points of a rate.
        // `a quarter point cut`.
        let plain = s.word_in(n.end - 1, &["quarter", "quarters"]) && s.word_in(n.end, &["point", "points"]);
        if plain {
            let quantity = single(Kind::PercentagePoints, n.value, n.value, hedge, &Measure::of("pp"));
            let (span, numeral) = (self.span(i, n.end + 1), self.span(n.start, n.end));
            let unit_span = Some(self.span(n.end, n.end + 1));
            return (n.end + 1, Some(Mention { span, numeral, unit_span, quantity }));
        }
        if s.joins(n.end) && s.word_in(n.end + 1, &["point", "points"]) {
            let q = single(Kind::PercentagePoints, n.value, n.value, hedge, &Measure::of("pp"));
            let unit_span = Some(self.span(n.end + 1, n.end + 2));
            let (span, numeral) = (self.span(i, n.end + 2), self.span(n.start, n.end));
            return (n.end + 2, Some(Mention { span, numeral, unit_span, quantity: q }));
        }
        let half = s.word_is(n.end - 1, "half") && n.end == n.start + 1;
        let before_bad = n.start > 0
            && (s.is(n.start - 1, class::HALF_OF) || s.joins(n.start - 1) && s.is_word(n.start.wrapping_sub(2)));
        let glued_on = s.joins(n.end);
        if half && (before_bad || glued_on) {
            return (n.end, None);
        }
        // `half an hour`, `a quarter of a mile`, `half of one percent`, `a tenth of 1%`.
        let mut k = n.end;
        let one = s.word_is(k, "of")
            && number(s, k + 1, true).is_some_and(|m| m.value == Decimal::ONE && m.end == k + 2)
            && self.unit(k + 2, None).is_some_and(|u| matches!(u.kind, Kind::Percentage | Kind::PercentagePoints));
        if one || s.word_is(k, "of") && s.word_in(k + 1, &["a", "an"]) {
            k += 2;
        } else if s.word_in(k, &["a", "an"]) {
            k += 1;
        }
        if k == n.end
            && s.word_is(k, "of")
            && s.phrase(k + 1, Role::Unit).is_some()
            && s.stops(s.phrase(k + 1, Role::Unit).map_or(k, |x| x.0))
        {
            k += 1;
        }
        if k > n.end
            && let Some(u) = self.unit(k, Some(n)).filter(|u| {
                matches!(
                    u.kind,
                    Kind::Duration | Kind::Measure | Kind::Percentage | Kind::PercentagePoints | Kind::Money
                ) && (u.kind != Kind::Money || !s.word_is(n.end, "of"))
            })
        {
            let value = n.value.checked_mul(u.times).unwrap_or(n.value);
            let q = single(u.kind, value, value, hedge, &u.measure);
            return (
                u.end,
                Some(Mention {
                    span: self.span(i, u.end),
                    numeral: self.span(n.start, n.end),
                    unit_span: Some(self.span(u.start, u.end)),
                    quantity: q,
                }),
            );
        }
        // A fraction before a noun without `of` is often an ordinal (`a third man`); digits and `half` are not.
        let word_article = s.word_in(n.start, &["a", "an"]);
        if word_article
            && s.entry(n.start + 1).is_some_and(|e| e.ordinal != 0)
            && !is_past(s, n.end)
            && noun_like(s, n.end)
            && s.is_word(n.end)
        {
            // `a fourth man` is one in a row.
            return (n.start + 1, None);
        }
        if word_article
            && noun_like(s, n.end)
            && !is_past(s, n.end)
            && !plural_noun(s, n.end)
            && s.is_word(n.end)
            && !s.is(n.end, class::PREPOSITION | class::CONJUNCTION | class::ADVERB)
        {
            return (n.end, None);
        }
        let q = single(Kind::Fraction, n.value, n.place, hedge, &Measure::none());
        (
            end,
            Some(Mention { span: self.span(i, end), numeral: self.span(n.start, n.end), unit_span: None, quantity: q }),
        )
    }
}
