//! The unit behind a figure: per cent, money, measures, lengths of time, degrees.

use crate::lang::en::mention::sign::{letters_at, sign_after};
use crate::lang::en::mention::{Found, Reader};
use crate::lang::en::number::{Num, Shape, number};
use crate::lang::en::parts::{noun_like, plural_noun};
use crate::lang::en::token::{REACH, Sentence};
use crate::lang::en::value::Measure;
use crate::lang::en::words::{Role, class};
use crate::model::Kind;
use rust_decimal::Decimal;

pub(in crate::lang::en) fn heat(s: &Sentence, i: usize) -> bool {
    s.near(i, class::HEAT)
}

/// Whether `p` is glued to the figure at `i` for pence: `up 3p at 1,204p`; `1080p` is a picture.
pub(in crate::lang::en) fn pence(s: &Sentence, i: usize) -> bool {
    let picture = matches!(s.of(i), "240" | "360" | "480" | "576" | "720" | "1080" | "1440" | "2160");
    s.of(i + 1) == "p" && s.glued(i + 1) && !picture
}

impl Reader<'_, '_> {
    /// The unit that starts at `i`, after numeral `n`.
    pub(in crate::lang::en) fn unit(&self, i: usize, n: Option<&Num>) -> Option<Found> {
        let s = self.s;
        let k = if s.joins(i) { i + 1 } else { i };
        let found = |kind, measure, times, end| Some(Found { kind, measure, times, start: k, end });
        let one = Decimal::ONE;
        match s.sign(k) {
            Some('%') => {
                let points = s.word_in(k + 1, &["points", "point", "pts", "pt"]);
                return if points {
                    found(Kind::PercentagePoints, Measure::of("pp"), one, k + 2)
                } else {
                    found(Kind::Percentage, Measure::of("%"), one, k + 1)
                };
            }
            Some('¢') => return found(Kind::Money, Measure::of("USD"), Decimal::new(1, 2), k + 1),
            Some('‰') => return found(Kind::Percentage, Measure::of("%"), Decimal::new(1, 1), k + 1),
            Some('°' | 'º') => return self.degrees(k, k + 1),
            Some('"' | '″')
                if (s.glued(k) || s.is(k + 1, class::EXTENT))
                    && n.is_some_and(|n| n.digits)
                    && !(k.saturating_sub(REACH)..k).any(|q| matches!(s.sign(q), Some('"'))) =>
            {
                return found(Kind::Measure, Measure::of("[in]"), one, k + 1);
            }
            // `5'7"`, `6' 2"`: feet and inches; the inches are added where amounts are put together.
            Some('\'' | '’' | '′') if s.glued(k) && n.is_some_and(|n| n.digits) && self.foot_mark(k) => {
                return found(Kind::Measure, Measure::of("[ft]"), one, k + 1);
            }
            // `5''`.
            Some('\'' | '’')
                if s.glued(k)
                    && s.sign(k + 1) == s.sign(k)
                    && s.glued(k + 1)
                    && n.is_some_and(|n| n.digits)
                    && !(k.saturating_sub(REACH)..k).any(|q| s.sign(q) == s.sign(k)) =>
            {
                return found(Kind::Measure, Measure::of("[in]"), one, k + 2);
            }
            // `20 (kg)`, `20 <kg>`.
            Some(open @ ('(' | '<')) if k == i && n.is_some_and(|n| n.digits) => {
                let (end, u) = letters_at(s, k + 1).or_else(|| s.phrase(k + 1, Role::Unit))?;
                let u = s.words.units.get(u as usize)?;
                let long = s.tokens.get(end - 1).is_some_and(|t| t.end > s.tokens[k].end + 1);
                let close = if open == '(' { ')' } else { '>' };
                return (s.sign(end) == Some(close) && long && !u.length && u.code != "deg").then(|| Found {
                    kind: Kind::Measure,
                    measure: Measure::of(&u.code),
                    times: u.times,
                    start: k,
                    end: end + 1,
                });
            }
            _ => {}
        }
        let hyphen = k > i;
        let per_cent = s.word_is(k, "per") && (s.word_is(k + 1, "cent") || s.joins(k + 1) && s.word_is(k + 2, "cent"));
        let tied = usize::from(per_cent && s.joins(k + 1));
        if s.is(k, class::PERCENT) && s.is_word(k) || per_cent {
            let end = k + 1 + usize::from(per_cent) + tied;
            // `a 0.25 percentage-point rise`.
            let end = end + usize::from(s.joins(end) && s.word_in(end + 1, &["point", "points"]));
            return if s.word_in(end, &["points", "point"]) {
                found(Kind::PercentagePoints, Measure::of("pp"), one, end + 1)
            } else {
                found(Kind::Percentage, Measure::of("%"), one, end)
            };
        }
        if s.word_in(k, &["basis"]) {
            let end = k + 1 + usize::from(s.joins(k + 1));
            if s.word_in(end, &["points", "point"]) {
                return found(Kind::PercentagePoints, Measure::of("pp"), Decimal::new(1, 2), end + 1);
            }
        }
        // `3 per mille`, `five per thousand`.
        if s.word_is(k, "per") && (s.word_is(k + 1, "mille") || s.word_is(k + 1, "thousand") && s.stops(k + 2)) {
            return found(Kind::Percentage, Measure::of("%"), Decimal::new(1, 1), k + 2);
        }
        if s.word_in(k, &["bps", "bp"]) {
            return found(Kind::PercentagePoints, Measure::of("pp"), Decimal::new(1, 2), k + 1);
        }
        if s.word_in(k, &["pp", "ppt", "ppts"]) {
            return found(Kind::PercentagePoints, Measure::of("pp"), one, k + 1);
        }
        // `41.5C (106.7F)`: a capital right behind the digits where the sentence speaks of heat, or both scales stand there.
        // `1.51 C warmer`, `35 C (95 F)`: apart from the figure, but nothing else can follow it so.
        let apart = s.tokens.get(k).is_some_and(|t| t.capital && t.gap)
            && n.is_some_and(|n| n.digits)
            && (s.stops(k + 1) || s.is(k + 1, class::HEAT | class::PREPOSITION | class::CONJUNCTION))
            && self.heated(k, n);
        let scale =
            s.of(k).len() > 1 || apart || s.glued(k) && s.tokens.get(k).is_some_and(|t| t.capital) && self.heated(k, n);
        if s.is(k, class::CELSIUS) && scale {
            return found(Kind::Temperature, Measure::of("Cel"), one, k + 1);
        }
        if s.is(k, class::FAHRENHEIT) && scale {
            return found(Kind::Temperature, Measure::of("[degF]"), one, k + 1);
        }
        if let Some((end, c)) = s.phrase(k, Role::Currency).filter(|_| s.is_word(k)) {
            let code = s.words.currencies.get(c as usize)?.clone();
            let bare = s.is(k, class::LOOSE_CURRENCY) && end == k + 1;
            let big =
                n.is_some_and(|n| n.value >= Decimal::ONE_HUNDRED && !s.is(end, class::ARTICLE | class::DETERMINER));
            let weight = s.word_in(k, &["pound", "pounds"]) && end == k + 1 && self.weighs(k, end, n);
            if !weight && (!bare || big) {
                if let Some(e) =
                    s.entry(end).filter(|e| e.scale >= 1000 && s.is_word(end) && s.word_in(k, &["usd", "rmb"]))
                {
                    return found(Kind::Money, Measure::of(&code), Decimal::from(e.scale), end + 1);
                }
                return found(Kind::Money, Measure::of(&code), one, end);
            }
        }
        if let Some((end, c)) = s.phrase(k, Role::Minor) {
            let code = s.words.currencies.get(c as usize)?;
            return found(Kind::Money, Measure::of(code), Decimal::new(1, 2), end);
        }
        if s.of(k) == "p" && n.is_some_and(|n| n.digits && pence(s, n.start)) {
            return found(Kind::Money, Measure::of("GBP"), Decimal::new(1, 2), k + 1);
        }
        if let Some((c, worth)) = s.entry(k).and_then(|e| e.coin).filter(|_| s.is_word(k)) {
            let code = s.words.currencies.get(c as usize)?;
            let next_noun = noun_like(s, k + 1);
            if !next_noun {
                return found(Kind::Money, Measure::of(code), worth, k + 1);
            }
        }
        if let Some((end, c)) = sign_after(s, k).filter(|_| !hyphen) {
            let code = s.words.currencies.get(c as usize)?;
            let (end, times) = match s.entry(end).filter(|e| e.scale >= 1000 && s.is_word(end)) {
                Some(e) => (end + 1, Decimal::from(e.scale)),
                None => (end, one),
            };
            return found(Kind::Money, Measure::of(code), times, end);
        }
        if s.of(k).len() == 4 && s.of(k).starts_with('M') && s.tokens.get(k).is_some_and(|t| t.shout) {
            let code = &s.of(k)[1..];
            if s.words.currencies.iter().any(|c| c == code) {
                return found(Kind::Money, Measure::of(code), Decimal::from(1_000_000), k + 1);
            }
        }
        if let Some((end, u)) = s.phrase(k, Role::Length).filter(|_| s.is_word(k)) {
            let u = s.words.units.get(u as usize)?;
            // `3 quarters of` is a fraction; `the 20 second-hand cars` no time; a single `second` may rank.
            let ranked = s.word_is(k, "second") && n.is_none_or(|n| n.value != one && !hyphen) && noun_like(s, k + 1);
            // `two quarter-point cuts`.
            let point = s.joins(end) && s.word_in(end + 1, &["point", "percentage"]);
            let share = s.word_in(k, &["quarter", "quarters"]) && (s.word_is(end, "of") || point);
            if !share && !ranked {
                if u.vague {
                    return None;
                }
                return found(Kind::Duration, Measure::of(&u.code), u.times, end);
            }
        }
        if let Some((end, u)) = s.phrase(k, Role::Unit).filter(|_| s.is_word(k)) {
            let u = s.words.units.get(u as usize)?;
            if u.code == "deg" {
                return self.degrees(k, end);
            }
            let loose = s.is(k, class::LOOSE_UNIT);
            let capital = s.tokens[k].capital && loose;
            let other = loose && s.is(k, class::LOOSE_COUNTER) && noun_like(s, end);
            let counter = s.word_in(k, &["bar", "bars"]) && !hyphen && !s.stops(end);
            if !capital && !other && !counter {
                return found(Kind::Measure, Measure::of(&u.code), u.times, end);
            }
        }
        let (end, u) = letters_at(s, k)?;
        let u = s.words.units.get(u as usize)?;
        let raw = s.text.get(s.tokens[k].start as usize..s.tokens.get(end - 1)?.end as usize).unwrap_or("");
        let glued = s.glued(k);
        let lone = raw.len() <= 1 || matches!(raw, "in" | "ac" | "mi" | "mb" | "mo" | "cf" | "ms" | "cc" | "AU" | "MP");
        let closes = s.stops(end) || s.is(end, class::UNIT_CLOSED);
        let fits = match raw {
            "in" | "a" => glued && n.is_some_and(|n| n.digits) || closes && s.stops(end) || s.is(end, class::EXTENT),
            "s" | "d" | "y" | "w" | "W" | "A" | "V" => glued || closes && s.stops(end) && raw != "s" && raw != "A",
            _ => glued || !lone || closes || noun_like(s, end) && !s.tokens[k].capital,
        };
        if !fits
            || n.is_none_or(|n| {
                n.shape == Shape::Plain
                    && !n.digits
                    && n.scale == one
                    && n.end == n.start + 1
                    && s.is_word(n.start)
                    && lone
                    && !closes
            })
        {
            return None;
        }
        if u.code == "deg" {
            return self.degrees(k, end);
        }
        // `the cold lasted 2W`: weeks, not watts.
        if raw == "W" && glued && (k.saturating_sub(4)..k).any(|q| s.is(q, class::LASTING)) {
            return found(Kind::Duration, Measure::of("wk"), one, end);
        }
        let kind = if u.length { Kind::Duration } else { Kind::Measure };
        found(kind, Measure::of(&u.code), u.times, end)
    }

    /// Whether the mark at `k` stands for feet: inches follow it with their own mark.
    fn foot_mark(&self, k: usize) -> bool {
        let s = self.s;
        s.is_digits(k + 1)
            && s.of(k + 1).len() <= 2
            && s.glued(k + 2)
            && (matches!(s.sign(k + 2), Some('"' | '″' | '”'))
                || s.sign(k + 2) == s.sign(k) && s.sign(k + 3) == s.sign(k) && s.glued(k + 3))
    }

    /// Whether the lone letter at `k` behind the figure `n` is a degree.
    fn heated(&self, k: usize, n: Option<&Num>) -> bool {
        let s = self.s;
        if !n.is_some_and(|n| n.digits || n.value.is_sign_negative()) {
            return false;
        }
        let twin = |at: usize| s.is_word(at) && s.glued(at) && s.is(at, class::CELSIUS | class::FAHRENHEIT);
        let before = k > 4 && (2..=4).any(|d| s.sign(k - d) == Some('(') && twin(k - d - 1));
        heat(s, k) || s.sign(k + 1) == Some('(') && (twin(k + 3) || twin(k + 4)) || before
    }

    /// Whether `pounds` at `k` are a weight.
    pub(in crate::lang::en) fn weighs(&self, k: usize, end: usize, n: Option<&Num>) -> bool {
        let s = self.s;
        if n.is_some_and(|n| n.scale > Decimal::from(1000)) {
            return false;
        }
        // `6-foot-3, 210 pounds`.
        if (k.saturating_sub(8)..k).any(|j| s.word_is(j, "foot") && (s.joins(j + 1) || s.joins(j.wrapping_sub(1)))) {
            return true;
        }
        // `millions of pounds`.
        if n.is_none() && k > 1 && s.word_is(k - 1, "of") && s.entry(k - 2).is_some_and(|e| e.scale >= 1_000_000) {
            return false;
        }
        s.word_is(end, "of") && !s.is(end + 1, class::FUNDS)
            || (k.saturating_sub(REACH)..s.len().min(k + REACH)).any(|j| j != k && s.is(j, class::MASS))
    }

    /// Degrees that end at `end`: heat or angle.
    pub(in crate::lang::en) fn degrees(&self, start: usize, end: usize) -> Option<Found> {
        let s = self.s;
        let one = Decimal::ONE;
        let mk = |kind, code: &str, end| Some(Found { kind, measure: Measure::of(code), times: one, start, end });
        let mut j = end;
        if s.sign(j) == Some('.') {
            j += 1;
        }
        let letter_ok = |j: usize| {
            s.of(j).len() > 1
                || s.stops(j + 1)
                || s.glued(j)
                || s.tokens.get(j).is_some_and(|t| t.capital)
                || s.is_word(j + 1)
        };
        if s.is(j, class::CELSIUS) && s.is_word(j) && letter_ok(j) {
            return mk(Kind::Temperature, "Cel", j + 1);
        }
        if s.is(j, class::FAHRENHEIT) && s.is_word(j) && letter_ok(j) {
            return mk(Kind::Temperature, "[degF]", j + 1);
        }
        if heat(s, end) {
            return mk(Kind::Temperature, "deg", end);
        }
        mk(Kind::Measure, "deg", end)
    }

    /// What a lone letter after the figure means: `10k`, `5M` a scale, `5m` a metre unless people are counted.
    pub(in crate::lang::en) fn letter_scale(&self, n: Num) -> Option<Num> {
        let s = self.s;
        let k = n.end - 1;
        let raw = s.of(k);
        let money = s.phrase(n.end, Role::Currency).is_some() || sign_after(s, n.end).is_some();
        let upper = s.tokens[k].capital;
        let unit = letters_at(s, k).is_some();
        // `3m to 4m people`.
        let joined = s.word_in(n.end, &["to", "and", "or"]) || matches!(s.sign(n.end), Some('-' | '–'));
        let twin = joined.then(|| number(s, n.end + 1, true)).flatten().filter(|m| m.letter).map(|m| m.end);
        let counted = plural_noun(s, twin.unwrap_or(n.end)) && !s.word_in(n.end, &["swimmers"]);
        if money
            || !unit
            || upper && s.glued(k) && !s.word_in(k, &["L", "W", "V", "A"])
            || counted && raw.eq_ignore_ascii_case("m")
        {
            return Some(n);
        }
        let value = n.value.checked_div(n.scale)?;
        let decimals = value.scale();
        let place = if decimals > 0 {
            crate::quantity::pow10(-(decimals as i32))?
        } else {
            crate::quantity::granularity(value, 0, Decimal::ONE)
        };
        Some(Num { end: k, value, place, scale: Decimal::ONE, letter: false, digits: true, ..n })
    }

    pub(in crate::lang::en) fn signed(&self, c: u16, after: usize) -> Option<Found> {
        let s = self.s;
        let code = s.words.currencies.get(c as usize)?;
        // `US$5 dollars`, `$300,000 Canadian`: the sign has said it.
        let said = s.phrase(after, Role::Currency);
        let end = said.map_or(after, |x| x.0);
        // `¥5m yuan`: the word says which of the two the sign stands for.
        let code = said
            .and_then(|x| s.words.currencies.get(x.1 as usize))
            .filter(|c| code == "JPY" && *c == "CNY")
            .unwrap_or(code);
        // `$10k-a-year` and the like need nothing more.
        Some(Found { kind: Kind::Money, measure: Measure::of(code), times: Decimal::ONE, start: after, end })
    }
}
