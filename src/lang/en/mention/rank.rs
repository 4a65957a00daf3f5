//! Ordinals, words that multiply, and an article that stands for one.

use crate::lang::en::mention::Reader;
use crate::lang::en::number::{Num, Shape, number, ordinal};
use crate::lang::en::parts::noun_like;
use crate::lang::en::token::Kind as Tok;
use crate::lang::en::value::{Measure, range, single};
use crate::lang::en::words::class;
use crate::model::{Hedge, Kind, Mention};
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// `fourth-busiest`, `the second goal`, `112th minute`.
    pub(in crate::lang::en) fn ranked(
        &self,
        i: usize,
        j: usize,
        hedge: Option<Hedge>,
    ) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        let (mut end, n) = ordinal(s, j)?;
        let word = s.is_word(j);
        let numeral = self.span(j, end);
        // `one third`, `two fifths` are fractions.
        if word && number(s, j, false).is_some_and(|f| f.shape == Shape::Fraction) {
            return None;
        }
        let whole = j == 0 && end >= s.len() - usize::from(s.stops(s.len() - 1));
        let mut best = false;
        let k = end + usize::from(s.joins(end));
        if s.is_word(k) && (s.of(k).ends_with("est") && s.of(k).len() > 4 || s.is(k, class::SUPERLATIVE)) {
            best = true;
            end = k + 1;
        } else if s.joins(end) && word {
            // `second-hand`, `first-quarter`: a word of its own.
            if !s.is_word(k) || n < 2 && !whole {
                return Some((k + 1, None));
            }
        }
        let held =
            j > 0 && (s.is(j - 1, class::ARTICLE | class::DETERMINER) || s.tokens[j - 1].kind == Tok::Possessive);
        let unit_second =
            s.word_is(j, "second") && j > 0 && s.word_in(j - 1, &["a", "per", "each", "every"]) && s.stops(end);
        if unit_second {
            return Some((end, None));
        }
        // `between the tenth and the fifteenth`: two ranks.
        let b = j.wrapping_sub(1 + usize::from(j > 0 && s.word_is(j - 1, "the")));
        let k2 = end + 1 + usize::from(s.word_is(end + 1, "the"));
        if s.word_is(b, "between")
            && s.word_is(end, "and")
            && let Some((e2, high)) = ordinal(s, k2).filter(|x| x.1 > n && self.dates.at(k2).is_none())
        {
            let (low, high) = (Decimal::from(n), Decimal::from(high));
            let quantity = range(Kind::Ordinal, low, high, Decimal::ONE, None, &Measure::none());
            return Some((
                e2,
                Some(Mention { span: self.span(j, e2), numeral: self.span(j, e2), unit_span: None, quantity }),
            ));
        }
        // `his first three attempts`: the figure counts, the rank says nothing.
        if n == 1 && word && s.is_word(end) && number(s, end, true).is_some_and(|m| m.value > Decimal::ONE) {
            return Some((end, None));
        }
        // `with Brandt third`: a name and its place.
        let called = j > 1 && n > 1 && s.tokens[j - 1].capital && s.is_word(j - 1) && s.stops(end) && !s.joins(end);
        let noun = noun_like(s, end) || s.word_in(end, &["such", "since"]);
        let placed = j > 0 && (s.is(j - 1, class::PLACED) || s.word_in(j - 1, &["and", "but", "than"]) && held);
        let keep = whole || best || called || !word || placed || held && (noun || n >= 2) || n >= 2 && noun;
        if !keep || word && n == 1 && !whole && !best && !(held && noun) {
            return Some((end, None));
        }
        let q = single(Kind::Ordinal, Decimal::from(n), Decimal::ONE, hedge.filter(|_| false), &Measure::none());
        Some((
            end,
            Some(Mention {
                span: self.span(if hedge.is_some() { j } else { i }, end),
                numeral,
                unit_span: None,
                quantity: q,
            }),
        ))
    }

    /// `doubled`, `threefold`, `twice as many`, `halved`.
    pub(in crate::lang::en) fn multiplied(
        &self,
        i: usize,
        j: usize,
        hedge: Option<Hedge>,
    ) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        let by = s.entry(j).filter(|_| s.is_word(j))?.multiple?;
        let w = s.of(j);
        let verb = w.ends_with("ed") || w.ends_with("fold") || w.ends_with("ing");
        let next = s.is(j + 1, class::MULTIPLIED);
        let ends = s.stops(j + 1);
        let adverb = s.word_in(j, &["twice", "thrice"]);
        let fine = if adverb {
            s.word_in(j + 1, &["as", "the", "that", "what", "its", "their"])
        } else {
            verb && !s.joins(j + 1) || next || ends && !s.tokens[j].capital
        };
        if !fine {
            return None;
        }
        let q = single(Kind::Multiple, by, Decimal::ONE.min(by), hedge, &Measure::none());
        Some((
            j + 1,
            Some(Mention { span: self.span(i, j + 1), numeral: self.span(j, j + 1), unit_span: None, quantity: q }),
        ))
    }

    /// `an hour and a half`, `a month`: an article for the figure.
    pub(in crate::lang::en) fn with_article(
        &self,
        i: usize,
        j: usize,
        hedge: Option<Hedge>,
    ) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        if !s.word_in(j, &["a", "an"]) {
            return None;
        }
        let one = Num {
            start: j,
            end: j + 1,
            value: Decimal::ONE,
            place: Decimal::ONE,
            shape: Shape::Plain,
            digits: false,
            scale: Decimal::ONE,
            letter: false,
        };
        let mut u = self.unit(j + 1, Some(&one)).filter(|u| u.start == j + 1)?;
        let alone = j == 0 && u.end >= s.len();
        if s.word_in(j + 1, &["second"]) {
            return None;
        }
        let led = hedge.is_some() || i > 0 && s.is(i - 1, class::LENGTH_LED);
        if s.word_in(u.end, &["earlier", "ago", "before", "previously", "later"]) {
            return Some((u.end, None));
        }
        // `a year old`, `a month-old baby`.
        if u.kind == Kind::Duration
            && let Some(end) = self.aged(u.end).filter(|e| s.word_is(e - 1, "old"))
        {
            let quantity = single(Kind::Age, u.times, Decimal::ONE, hedge, &u.measure);
            let (span, numeral) = (self.span(i, end), self.span(j, j + 1));
            return Some((end, Some(Mention { span, numeral, unit_span: Some(self.span(u.start, u.end)), quantity })));
        }
        let compound = self.compound(&u, u.times, u.end);
        let fits = match u.kind {
            Kind::Duration => compound.is_some() || alone || led && !noun_like(s, u.end) && !s.word_is(u.end, "of"),
            Kind::Money | Kind::Percentage if s.stops(u.end) => true,
            Kind::PercentagePoints => u.end > j + 2,
            Kind::Measure | Kind::Money => compound.is_some() || alone || hedge.is_some() && !noun_like(s, u.end),
            _ => false,
        };
        if !fits {
            return None;
        }
        let mut value = u.times;
        if let Some((e, v, m)) = compound {
            (value, u.end) = (v, e);
            if let Some(m) = m {
                u.measure = m;
            }
        }
        let q = single(u.kind, value, Decimal::ONE.min(value), hedge, &u.measure);
        Some((
            u.end,
            Some(Mention {
                span: self.span(i, u.end),
                numeral: self.span(j, j + 1),
                unit_span: Some(self.span(u.start, u.end)),
                quantity: q,
            }),
        ))
    }
}
