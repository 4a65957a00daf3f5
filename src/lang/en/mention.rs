//! Mentions: hedge, numeral, unit and range put together. Enters: tokens. Leaves: quantities in their places. Knows no subject.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::number::{Num, Shape, number, ordinal};
use super::parts::{noun_like, np_right, plural_noun};
use super::token::{Kind as Tok, Sentence};
use super::value::{Measure, range, single, time, vague};
use super::words::{HEDGES, Role, class};
use super::{clock, date, guard};
use crate::lang::Context;
use crate::model::{Hedge, Kind, Mention};
use crate::quantity::{Precision, unit_info};
use crate::text::Span;

/// What a figure is a figure of, as its unit says.
#[derive(Debug, Clone)]
struct Found {
    kind: Kind,
    measure: Measure,
    /// Factor on the number (`cents`, basis points, fortnights).
    times: Decimal,
    /// First and one past the last token of the unit.
    start: usize,
    end: usize,
}

/// A sign of currency that starts at token `i`: one past its last token, and the currency.
pub(super) fn sign_at(s: &Sentence, i: usize) -> Option<(usize, u16)> {
    let at = s.tokens.get(i)?.start as usize;
    let rest = s.text.get(at..)?.as_bytes();
    let first = *rest.first()?;
    for key in [first, first.to_ascii_uppercase()] {
        let Some(list) = s.words.signs.get(&key) else { continue };
        for (sign, currency) in list {
            let Some(head) = rest.get(..sign.len()) else { continue };
            let letters = sign.bytes().all(|b| b.is_ascii_alphabetic());
            let same = head == sign.as_bytes()
                || (sign.contains('$') || sign.len() > 4) && head.eq_ignore_ascii_case(sign.as_bytes());
            if !same || letters && rest.get(sign.len()).is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            let end = s.after(at + sign.len());
            if s.tokens.get(end).is_none_or(|t| t.start as usize >= at + sign.len())
                && s.tokens.get(end - 1).is_some_and(|t| t.end as usize <= at + sign.len())
            {
                return Some((end, *currency));
            }
        }
        if key == first.to_ascii_uppercase() {
            break;
        }
    }
    None
}

/// Whether a sign of currency ends right before token `i`.
pub(super) fn sign_ending(s: &Sentence, i: usize) -> Option<u16> {
    (1..=3).filter_map(|k| i.checked_sub(k)).find_map(|k| sign_at(s, k).filter(|(end, _)| *end == i).map(|x| x.1))
}

/// A sign of currency after a figure: `7€`, `42 MYR`.
pub(super) fn sign_after(s: &Sentence, i: usize) -> Option<(usize, u16)> {
    let t = s.tokens.get(i)?;
    let (end, currency) = sign_at(s, i)?;
    let symbol = matches!(t.kind, Tok::Sign(_));
    let code = s.of(i).len() == 3 && (t.shout || s.glued(i)) || s.of(i) == "RM" || s.word_is(i, "LE") && end == s.len();
    // `$5` after a figure belongs to the next figure.
    let next = s.is_digits(end) && (s.glued(end) || symbol && s.tokens[i].gap);
    ((symbol || code) && !next).then_some((end, currency))
}

/// An abbreviated unit right at token `i`: one past its last token, and the unit.
pub(super) fn letters_at(s: &Sentence, i: usize) -> Option<(usize, u16)> {
    let at = s.tokens.get(i)?.start as usize;
    let rest = s.text.get(at..)?;
    let list = s.words.letters.get(rest.as_bytes().first()?)?;
    for (letters, unit) in list {
        if !rest.starts_with(letters.as_str())
            || rest[letters.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '^')
        {
            continue;
        }
        let end = s.after(at + letters.len());
        if s.tokens.get(end - 1).is_some_and(|t| t.end as usize > at + letters.len()) {
            continue;
        }
        return Some((end, *unit));
    }
    None
}

/// The hedge that ends right before a figure starting at the returned token.
fn hedge_before(s: &Sentence, i: usize) -> Option<(usize, Hedge)> {
    if let Some((end, h)) = s.phrase(i, Role::HedgeBefore) {
        let hedge = HEDGES.get(h as usize)?.1;
        // `at least about`, `up to around`: the first word rules, the second goes with it.
        if let Some((e2, _)) = s.phrase(end, Role::HedgeBefore) {
            return Some((e2, hedge));
        }
        return Some((end, hedge));
    }
    match (s.sign(i)?, s.sign(i + 1)) {
        ('>' | '≥', Some('=')) | ('=', Some('>')) if s.sign(i) == Some('>') => Some((i + 2, Hedge::AtLeast)),
        ('<', Some('=')) => Some((i + 2, Hedge::AtMost)),
        ('>', _) => Some((i + 1, Hedge::Over)),
        ('<', _) => Some((i + 1, Hedge::Under)),
        ('≥', _) => Some((i + 1, Hedge::AtLeast)),
        ('≤', _) => Some((i + 1, Hedge::AtMost)),
        ('~' | '≈', _) => Some((i + 1, Hedge::About)),
        _ => None,
    }
}

/// The hedge right after a figure: one past it.
fn hedge_after(s: &Sentence, i: usize) -> Option<(usize, Hedge)> {
    if s.sign(i) == Some('+') && s.glued(i) {
        return Some((i + 1, Hedge::AtLeast));
    }
    let j = if s.joins(i) { i + 1 } else { i };
    let (end, h) = s.phrase(j, Role::HedgeAfter)?;
    let hedge = HEDGES.get(h as usize)?.1;
    if hedge == Hedge::Odd && j == i
        || s.word_in(j, &["plus", "minimum", "maximum", "almost", "approximately"]) && j == i && !s.stops(end)
    {
        return None;
    }
    Some((end, hedge))
}

fn heat(s: &Sentence) -> bool {
    (0..s.len()).any(|k| s.is(k, class::HEAT))
}

struct Reader<'s, 'a> {
    s: &'s Sentence<'a>,
    dates: date::Dates<'s, 'a>,
}

/// Appends the mentions of the sentence.
pub(super) fn mentions(s: &Sentence, context: &mut Context, out: &mut Vec<Mention>) {
    let r = Reader { s, dates: date::dates(s, context) };
    let mut i = 0;
    while i < s.len() {
        // Most words start nothing.
        if s.is_word(i)
            && s.tokens[i].entry == super::words::NONE
            && !s.tokens[i].capital
            && s.sign(i + 1) != Some('$')
            && !(s.joins(i + 1) && s.is_digits(i + 2))
        {
            i += 1;
            continue;
        }
        let (end, found) = r.at(i);
        if let Some(m) = found {
            if let Some(t) = &m.quantity.time
                && (t.first.is_some() || t.last.is_some() || t.month.is_some() || t.weekday.is_some())
                && t.precision >= Precision::PartOfDay
            {
                context.last_time = Some(t.clone());
                context.last_time_span = Some(m.span);
            }
            out.push(m);
        }
        i = end.max(i + 1);
    }
}

impl Reader<'_, '_> {
    fn span(&self, a: usize, b: usize) -> Span<crate::text::Plain> {
        let start = self.s.tokens.get(a).map_or(0, |t| t.start);
        let end = b.checked_sub(1).and_then(|b| self.s.tokens.get(b)).map_or(start, |t| t.end);
        Span::new(start as usize, end as usize)
    }

    /// Where to go on, and the mention at `i`.
    fn at(&self, i: usize) -> (usize, Option<Mention>) {
        let s = self.s;
        if let Some((end, _)) = s.phrase(i, Role::Idiom)
            && s.phrase(i, Role::Vague).is_none_or(|v| v.0 < end)
            && !(s.word_is(end, "and")
                && s.phrase(end - 1, Role::Length).is_some()
                && number(s, end + 1, true).is_some())
        {
            return (end, None);
        }
        let hedged = hedge_before(s, i).filter(|(j, h)| *h != Hedge::Over || !self.during(i, *j));
        let (j, hedge) = hedged.map_or((i, None), |(j, h)| (j, Some(h)));
        if hedge.is_none()
            && let Some(m) = self.vague(i)
        {
            return (m.0, Some(m.1));
        }
        if let Some(hit) = clock::at(s, j) {
            return (hit.end, Some(self.timed(i, hit, hedge)));
        }
        if let Some(hit) = self.dates.at(j).filter(|h| !self.in_code(h.start)) {
            let takes = matches!(hedge, Some(Hedge::About | Hedge::Nearly)) && hit.value.precision >= Precision::Day;
            let (from, hedge) = if takes { (i, hedge) } else { (j, None) };
            let hedge = hedge.or(hit.hedge);
            // `from 9 October to 19 October` after `moved` is two dates.
            if hit.kind == Kind::DateRange
                && self.changes(hit.start)
                && let Some(first) = self.first_half(&hit)
            {
                return (first.end, Some(self.timed(from, first, hedge)));
            }
            return (hit.end, Some(self.timed(from, hit, hedge)));
        }
        if let Some(end) = guard::skip(s, j) {
            return (end, None);
        }
        if let Some(found) = self.quantity(i, j, hedge) {
            return found;
        }
        if hedge.is_some() {
            // The hedge had nothing to hedge; what follows its first word is read afresh.
            return (i + 1, None);
        }
        (i + 1, None)
    }

    /// Whether `over` at `i` tells of a stretch or a distance and hedges nothing: `4.5 percent over two years`, `640 metres over 18 km`.
    fn during(&self, i: usize, j: usize) -> bool {
        let s = self.s;
        if !s.word_is(i, "over") || j != i + 1 {
            return false;
        }
        let Some(n) = number(s, j, true) else { return false };
        let Some(u) = self.unit(n.end, Some(&n)) else { return false };
        let Some(b) = i.checked_sub(1) else { return u.kind == Kind::Duration && !self.aged(u.end).is_some() };
        match u.kind {
            Kind::Duration if self.aged(u.end).is_some() => false,
            Kind::Duration => {
                !(s.is(b, class::PREPOSITION | class::AUXILIARY | class::CONJUNCTION) && s.is_word(b)
                    || s.word_in(
                        b,
                        &[
                            "take", "takes", "took", "taken", "last", "lasts", "lasted", "lasting", "waited",
                            "waiting", "wait", "served", "just", "well", "little",
                        ],
                    ))
            }
            Kind::Measure => guard::measured(s, b) || s.phrase(b, Role::Unit).is_some(),
            _ => false,
        }
    }

    fn in_code(&self, i: usize) -> bool {
        let s = self.s;
        let mut a = i;
        while a > 0 && s.glued(a) {
            a -= 1;
            if matches!(s.sign(a), Some('/' | '_' | '@' | '#')) {
                return true;
            }
        }
        let mut b = i;
        while b + 1 < s.len() && s.glued(b + 1) {
            b += 1;
            if matches!(s.sign(b), Some('_' | '@')) {
                return true;
            }
        }
        false
    }

    fn timed(&self, from: usize, hit: date::Hit, hedge: Option<Hedge>) -> Mention {
        let mut v = hit.value;
        if hit.kind == Kind::Time
            && hedge.is_some()
            && let Some((a, b)) = v.clock
        {
            let slack = if v.precision == Precision::Hour { 30 } else { 15 };
            v.clock = Some((a.saturating_sub(slack), b + slack));
        }
        Mention {
            span: self.span(from, hit.end),
            numeral: self.span(hit.start, hit.end),
            unit_span: None,
            quantity: time(hit.kind, v, hedge),
        }
    }

    /// The first date of a range, read for itself.
    fn first_half(&self, hit: &date::Hit) -> Option<date::Hit> {
        let s = self.s;
        if !s.word_is(hit.start.wrapping_sub(1), "from") {
            return None;
        }
        let to = (hit.start..hit.end).find(|k| s.word_is(*k, "to"))?;
        let mut tokens = s.tokens.clone();
        tokens.truncate(to);
        let cut = Sentence { words: s.words, text: s.text, tokens };
        let dates = date::Dates { s: &cut, reference: self.dates.reference };
        dates.at(hit.start).filter(|h| h.end == to && h.kind == Kind::Date)
    }

    /// Whether a verb of change stands before `from` at `i - 1`: then two ends are two values.
    fn changes(&self, i: usize) -> bool {
        let s = self.s;
        if !(i > 0 && s.word_is(i - 1, "from")) {
            return false;
        }
        (0..i - 1).rev().take_while(|k| !matches!(s.sign(*k), Some(';'))).any(|k| s.is(k, class::CHANGE))
    }

    /// `several thousand people`, `dozens of homes`, `a few hours`.
    fn vague(&self, i: usize) -> Option<(usize, Mention)> {
        let s = self.s;
        let (end, payload) = s.phrase(i, Role::Vague)?;
        let ends = *s.words.vague.get(payload as usize)?;
        if i > 0 && (number_ends(s, i) || s.word_in(i - 1, &["the", "these", "those"]) && !s.word_is(i - 1, "the")) {
            return None;
        }
        let mut k = end;
        let of = s.word_is(end.wrapping_sub(1), "of");
        if of && s.is(k, class::ARTICLE | class::DETERMINER) {
            k += 1;
        }
        if !of && s.word_is(k, "of") {
            k += 1;
        }
        let unit = self.unit(k, None).filter(|u| u.kind != Kind::Percentage);
        let (kind, measure, unit_end, times) = match &unit {
            Some(u) => (u.kind, u.measure.clone(), Some(u.end), u.times),
            None => {
                np_right(s, k)?;
                (Kind::Count, Measure::none(), None, Decimal::ONE)
            }
        };
        let ends = ends.map(|e| e.checked_mul(times).unwrap_or(e));
        let last = unit_end.unwrap_or(if of { end - 1 } else { end });
        Some((
            unit_end.unwrap_or(end),
            Mention {
                span: self.span(i, last),
                numeral: self.span(i, if of { end - 1 } else { end }),
                unit_span: unit.as_ref().map(|u| self.span(u.start, u.end)),
                quantity: vague(kind, ends, &measure),
            },
        ))
    }

    /// The unit that starts at `i`, after numeral `n`.
    fn unit(&self, i: usize, n: Option<&Num>) -> Option<Found> {
        let s = self.s;
        let k = if s.joins(i) { i + 1 } else { i };
        let found = |kind, measure, times, end| Some(Found { kind, measure, times, start: k, end });
        let one = Decimal::ONE;
        match s.sign(k) {
            Some('%') => {
                let points = s.word_in(k + 1, &["points", "point"]);
                return if points {
                    found(Kind::PercentagePoints, Measure::of("pp"), one, k + 2)
                } else {
                    found(Kind::Percentage, Measure::of("%"), one, k + 1)
                };
            }
            Some('‰') => return found(Kind::Percentage, Measure::of("%"), Decimal::new(1, 1), k + 1),
            Some('°' | 'º') => return self.degrees(k, k + 1),
            Some('"' | '″')
                if s.glued(k) && n.is_some_and(|n| n.digits) && !(0..k).any(|q| matches!(s.sign(q), Some('"'))) =>
            {
                return found(Kind::Measure, Measure::of("[in]"), one, k + 1);
            }
            _ => {}
        }
        let hyphen = k > i;
        let per_cent = s.word_is(k, "per") && s.word_is(k + 1, "cent");
        if s.is(k, class::PERCENT) && s.is_word(k) || per_cent {
            let end = k + 1 + usize::from(per_cent);
            return if s.word_in(end, &["points", "point"]) {
                found(Kind::PercentagePoints, Measure::of("pp"), one, end + 1)
            } else {
                found(Kind::Percentage, Measure::of("%"), one, end)
            };
        }
        if s.word_in(k, &["basis"]) && s.word_in(k + 1, &["points", "point"]) {
            return found(Kind::PercentagePoints, Measure::of("pp"), Decimal::new(1, 2), k + 2);
        }
        if s.word_in(k, &["bps", "bp"]) {
            return found(Kind::PercentagePoints, Measure::of("pp"), Decimal::new(1, 2), k + 1);
        }
        if s.word_is(k, "pp") {
            return found(Kind::PercentagePoints, Measure::of("pp"), one, k + 1);
        }
        if s.is(k, class::CELSIUS) && s.of(k).len() > 1 {
            return found(Kind::Temperature, Measure::of("Cel"), one, k + 1);
        }
        if s.is(k, class::FAHRENHEIT) && s.of(k).len() > 1 {
            return found(Kind::Temperature, Measure::of("[degF]"), one, k + 1);
        }
        if let Some((end, c)) = s.phrase(k, Role::Currency).filter(|_| s.is_word(k)) {
            let code = s.words.currencies.get(c as usize)?.clone();
            let bare = s.word_in(k, &["won", "mark", "marks", "real", "dong", "rand", "lira", "rial", "sterling"])
                && end == k + 1;
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
            if !(s.word_in(k, &["quarter", "quarters"]) && s.word_is(end, "of")) && !ranked {
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
            let loose = s.word_in(
                k,
                &[
                    "bar", "bars", "turn", "turns", "bit", "bits", "cup", "cups", "stone", "mach", "yard", "yards",
                    "foot",
                ],
            );
            let capital = s.tokens[k].capital && loose;
            let other = loose && s.word_in(k, &["bar", "bars", "turn", "turns", "bit", "bits"]) && noun_like(s, end)
                || s.word_is(k, "foot") && !hyphen && noun_like(s, end) && false;
            if !capital && !other && !(s.word_in(k, &["bar", "bars"]) && !hyphen && !s.stops(end)) {
                return found(Kind::Measure, Measure::of(&u.code), u.times, end);
            }
        }
        let (end, u) = letters_at(s, k)?;
        let u = s.words.units.get(u as usize)?;
        let raw = s.text.get(s.tokens[k].start as usize..s.tokens.get(end - 1)?.end as usize).unwrap_or("");
        let glued = s.glued(k);
        let lone = raw.len() <= 1 || matches!(raw, "in" | "ac" | "mi" | "mb" | "mo" | "cf" | "ms" | "cc");
        let closes = s.stops(end)
            || s.word_in(
                end,
                &[
                    "of", "and", "by", "to", "x", "above", "below", "from", "in", "on", "at", "long", "wide", "thick",
                    "tall", "deep", "high", "per", "a",
                ],
            );
        let fits = match raw {
            "in" | "a" => {
                glued && n.is_some_and(|n| n.digits)
                    || closes && s.stops(end)
                    || s.word_in(end, &["long", "wide", "thick", "tall", "deep", "high"])
            }
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
        let kind = if u.length { Kind::Duration } else { Kind::Measure };
        found(kind, Measure::of(&u.code), u.times, end)
    }

    /// Whether `pounds` at `k` are a weight.
    fn weighs(&self, k: usize, end: usize, n: Option<&Num>) -> bool {
        let s = self.s;
        if n.is_some_and(|n| n.scale > Decimal::from(1000)) {
            return false;
        }
        s.word_is(end, "of")
            && !s.word_in(
                end + 1,
                &["debt", "damages", "funding", "investment", "public", "taxpayers", "savings", "aid"],
            )
            || (0..s.len()).any(|j| j != k && s.is(j, class::MASS))
    }

    /// Degrees that end at `end`: heat or angle.
    fn degrees(&self, start: usize, end: usize) -> Option<Found> {
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
        if heat(s) {
            return mk(Kind::Temperature, "deg", end);
        }
        mk(Kind::Measure, "deg", end)
    }

    fn ok_one(&self, i: usize, end: usize) -> bool {
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
                || s.word_in(
                    i - 1,
                    &[
                        "the", "this", "that", "no", "day", "another", "any", "every", "each", "which", "loved", "new",
                        "only", "last", "next",
                    ],
                ));
        !before_bad
            && noun_like(s, end)
            && !s.is(end, class::ADVERB | class::NO_HEAD | class::VERB)
            && !s.word_in(end, &["of", "another", "day", "thing", "side", "such", "might", "time", "way"])
    }

    /// The quantity whose numeral (or sign of currency) starts at `j`; the mention starts at `i`, where its hedge does.
    fn quantity(&self, i: usize, j: usize, hedge: Option<Hedge>) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        if let Some(m) = self.ranked(i, j, hedge) {
            return Some(m);
        }
        if let Some(m) = self.multiplied(i, j) {
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
        {
            return Some((p + 1, None));
        }
        Some(self.finish(i, j, n, sign, hedge))
    }

    /// What a lone letter after the figure means: `10k`, `5M` a scale, `5m` a metre unless people are counted.
    fn letter_scale(&self, n: Num) -> Option<Num> {
        let s = self.s;
        let k = n.end - 1;
        let raw = s.of(k);
        let money = s.phrase(n.end, Role::Currency).is_some() || sign_after(s, n.end).is_some();
        let upper = s.tokens[k].capital;
        let unit = letters_at(s, k).is_some();
        let counted = plural_noun(s, n.end) && !s.word_in(n.end, &["swimmers"]);
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

    fn finish(
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

    /// `more than 10 and less than 40`: two hedged ends of one range.
    fn bounded(
        &self,
        start: usize,
        n: &Num,
        unit: Option<&Found>,
        after: usize,
        hedge: Option<Hedge>,
    ) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        let first = hedge?;
        let up = matches!(first, Hedge::Over | Hedge::AtLeast);
        if !up && !matches!(first, Hedge::Under | Hedge::AtMost | Hedge::Nearly) {
            return None;
        }
        let mut k = unit.map_or(after, |u| u.end);
        k += usize::from(s.sign(k) == Some(','));
        k += usize::from(s.word_in(k, &["and", "but"]));
        if k == unit.map_or(after, |u| u.end) {
            return None;
        }
        let (q, second) = hedge_before(s, k)?;
        let down = matches!(second, Hedge::Under | Hedge::AtMost);
        if up != down || !up && !matches!(second, Hedge::Over | Hedge::AtLeast) {
            return None;
        }
        let q = sign_at(s, q).map_or(q, |x| x.0);
        let m = number(s, q, true)?;
        let unit2 = self.unit(m.end, Some(&m));
        let u = match (unit, &unit2) {
            (Some(a), Some(b)) if a.kind == b.kind && a.measure.code == b.measure.code => Some(b),
            (None, None) => None,
            (None, Some(b)) => Some(b),
            (Some(a), None) if a.start == a.end => Some(a),
            _ => return None,
        };
        let times = u.map_or(Decimal::ONE, |u| u.times);
        let (a, b) = (n.value.checked_mul(times)?, m.value.checked_mul(times)?);
        let (low, high, lo_h, hi_h) = if up { (a, b, first, second) } else { (b, a, second, first) };
        if low > high {
            return None;
        }
        let end = u.map_or(m.end, |u| u.end.max(m.end));
        let kind = u.map_or_else(|| if np_right(s, m.end).is_some() { Kind::Count } else { Kind::Number }, |u| u.kind);
        let measure = u.map_or_else(Measure::none, |u| u.measure.clone());
        let mut quantity = range(kind, low, high, n.place.min(m.place), None, &measure);
        for i in [&mut quantity.literal, &mut quantity.reader] {
            if let Some(l) = &mut i.low {
                l.closed = lo_h == Hedge::AtLeast;
            }
            if let Some(h) = &mut i.high {
                h.closed = hi_h == Hedge::AtMost;
            }
        }
        Some((
            end,
            Some(Mention {
                span: self.span(start, end),
                numeral: self.span(n.start, m.end),
                unit_span: None,
                quantity,
            }),
        ))
    }

    fn signed(&self, c: u16, after: usize) -> Option<Found> {
        let s = self.s;
        let code = s.words.currencies.get(c as usize)?;
        // `US$5 dollars`, `$300,000 Canadian`: the sign has said it.
        let end = s.phrase(after, Role::Currency).map_or(after, |x| x.0);
        // `$10k-a-year` and the like need nothing more.
        Some(Found { kind: Kind::Money, measure: Measure::of(code), times: Decimal::ONE, start: after, end })
    }

    /// The end of ` old`, `-old`, ` of age` behind a length of time.
    fn aged(&self, end: usize) -> Option<usize> {
        let s = self.s;
        let k = if s.joins(end) { end + 1 } else { end };
        if s.word_in(k, &["old", "olds", "yo"]) {
            return Some(k + 1);
        }
        (s.word_is(end, "of") && s.word_is(end + 1, "age")).then_some(end + 2)
    }

    /// A second, smaller part of one amount: its end, the sum in the unit returned.
    fn compound(&self, u: &Found, value: Decimal, end: usize) -> Option<(usize, Decimal, Option<Measure>)> {
        let s = self.s;
        let and = usize::from(s.word_is(end, "and")) + usize::from(s.sign(end) == Some(','));
        let mut k = end + and;
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
            let n = number(s, k, true).filter(|n| n.shape == Shape::Plain && !n.letter || n.digits || n.letter)?;
            let n = if n.letter { self.letter_scale(n)? } else { n };
            let next = self.unit(n.end, Some(&n));
            let first = unit_info(u.measure.code.as_deref()?);
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
            if next.kind != u.kind {
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
        if u.kind == Kind::Money && u.times == Decimal::ONE && u.start < u.end && value.fract().is_zero() {
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
            let ends = s.stops(n.end) || s.word_in(n.end, &["more"]);
            return (ends && s.sign(n.end) != Some(',')).then_some((n.end, value.checked_add(cents)?, None));
        }
        None
    }

    /// Two ends: `3-5 people`, `$2-3 million`, `from 10 to 15`, `between 3 and 5 kilometres`, `44 mg to 50 mg`.
    fn ranged(
        &self,
        i: usize,
        j: usize,
        n: &Num,
        sign: Option<u16>,
        hedge: Option<Hedge>,
    ) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        let first_unit = match sign {
            Some(c) => self.signed(c, n.end).filter(|u| u.end >= n.end),
            None => self.unit(n.end, Some(n)),
        };
        let k = first_unit.as_ref().map_or(n.end, |u| u.end);
        let led = |w: &str| j > 0 && s.word_is(j - 1, w) || i > 0 && s.word_is(i - 1, w);
        let dash = matches!(s.sign(k), Some('-' | '–' | '—' | '~' | '‑' | '−'))
            && s.glued(k) == s.tokens.get(k + 1).is_some_and(|t| !t.gap)
            && (s.glued(k) || s.sign(k) != Some('—'));
        let to = s.word_is(k, "to") || s.word_is(k, "and") && (led("between") || led("from"));
        if !dash && !to {
            return None;
        }
        let mut q = k + 1;
        if let Some((e, Hedge::About)) = hedge_before(s, q) {
            q = e;
        }
        let sign2 = sign_at(s, q);
        let q2 = sign2.map_or(q, |x| x.0);
        let mut m = number(s, q2, true)?;
        if m.letter && sign.is_none() && sign2.is_none() {
            m = self.letter_scale(m)?;
        }
        if m.shape != n.shape || dash && m.value.is_sign_negative() {
            return None;
        }
        if dash && !s.is_digits(n.start) && s.is_word(n.start) && s.is_digits(m.start) {
            return None;
        }
        let unit2 = match sign2.or(sign.map(|c| (q, c))) {
            Some((_, c)) => self.signed(c, m.end),
            None => self.unit(m.end, Some(&m)),
        };
        // Two units of different sorts are two figures: `6 percent to $1.9 billion`, `44 ml to 50 mg`.
        let (u, low_times) = match (&first_unit, unit2) {
            (Some(a), Some(b)) => {
                if a.kind != b.kind
                    || a.measure.base != b.measure.base
                    || sign.is_some() != sign2.is_some() && sign.is_none()
                {
                    return None;
                }
                let by = a.times.checked_mul(a.measure.factor)?.checked_div(b.measure.factor)?;
                (Some(b), by)
            }
            (None, Some(b)) => {
                let t = b.times;
                (Some(b), t)
            }
            (Some(a), None) => {
                if sign.is_none() || s.is_word(n.end) {
                    return None;
                }
                let t = a.times;
                (Some(Found { end: m.end, start: m.end, ..a.clone() }), t)
            }
            (None, None) => (None, Decimal::ONE),
        };
        let mut low = n.value.checked_mul(low_times)?;
        let high = m.value.checked_mul(u.as_ref().map_or(Decimal::ONE, |u| u.times))?;
        // The scale of the second end holds for the first: `$2-3 million`, `3 to 5 million`.
        if n.scale == Decimal::ONE
            && m.scale > Decimal::ONE
            && n.value < Decimal::from(1000)
            && low < high
            && n.digits | (n.end == n.start + 1)
        {
            let spread = low.checked_mul(m.scale)?;
            if spread <= high {
                low = spread;
            }
        }
        // `rose from 4 to 4.5 percent`: two values. `grew 5 percent to 10 percent` too.
        let from = led("from");
        let split = from && self.changes(j) || from && low > high && to;
        if split || to && first_unit.is_some() && !led("between") && !from && sign.is_some() && self.changed_before(j) {
            let found = u.map(|u| (u.kind, u.measure));
            let (kind, measure) = found.unwrap_or_else(|| {
                (if np_right(s, m.end).is_some() { Kind::Count } else { Kind::Number }, Measure::none())
            });
            let end = first_unit.as_ref().map_or(n.end, |u| u.end);
            let mention = Mention {
                span: self.span(i, end),
                numeral: self.span(n.start, n.end),
                unit_span: first_unit.as_ref().map(|u| self.span(u.start, u.end)).filter(|x| !x.is_empty()),
                quantity: single(kind, low, n.place, hedge, &measure),
            };
            return Some((end, Some(mention)));
        }
        let no_cue = !led("from") && !led("between");
        let vote = (0..s.len()).any(|x| s.is(x, class::VOTE));
        if low > high
            && no_cue
            && !(vote && dash)
            && (u.is_none() && !plural_noun(s, m.end) || s.word_is(k, "to") && !plural_noun(s, m.end))
        {
            return None;
        }
        // `won by 30 to 5`, `rose to 30 to 40`: words alone and nothing counted may be a score.
        if u.is_none()
            && no_cue
            && to
            && np_right(s, m.end).is_none()
            && (0..s.len()).any(|x| s.is(x, class::SCORE))
            && s.len() > m.end + 1
        {
            return Some((m.end, None));
        }
        if u.is_none()
            && dash
            && vote
            && np_right(s, m.end).is_none_or(|np| s.is(np.head.0, class::VOTE | class::SCORE))
            && !m.value.is_zero()
        {
            let ratio = n.value.checked_div(m.value)?;
            let quantity = single(Kind::Ratio, ratio.round_dp(6), Decimal::ONE, None, &Measure::none());
            return Some((
                m.end,
                Some(Mention {
                    span: self.span(i, m.end),
                    numeral: self.span(n.start, m.end),
                    unit_span: None,
                    quantity,
                }),
            ));
        }
        if u.is_none() && s.word_is(k, "to") && no_cue && m.value == Decimal::ONE && np_right(s, m.end).is_none() {
            let quantity = single(Kind::Ratio, n.value, n.place, hedge, &Measure::none());
            return Some((
                m.end,
                Some(Mention {
                    span: self.span(i, m.end),
                    numeral: self.span(n.start, m.end),
                    unit_span: None,
                    quantity,
                }),
            ));
        }
        let mut end = u.as_ref().map_or(m.end, |u| u.end);
        let mut kind = u
            .as_ref()
            .map_or_else(|| if np_right(s, m.end).is_some() { Kind::Count } else { Kind::Number }, |u| u.kind);
        let mut measure = u.as_ref().map_or_else(Measure::none, |u| u.measure.clone());
        if kind == Kind::Duration
            && let Some(e) = self.aged(end)
        {
            kind = Kind::Age;
            end = e;
        }
        let start = if no_cue { i } else { i.min(j - 1) };
        if u.is_none() && (j > 0 && s.is(j - 1, class::AGE_BEFORE) || start > 0 && s.is(start - 1, class::AGE_BEFORE)) {
            kind = Kind::Age;
            measure = Measure::of("a");
        }
        let quantity = range(kind, low, high, n.place.min(m.place), hedge, &measure);
        let unit_span = u.as_ref().map(|u| self.span(u.start, u.end)).filter(|x| !x.is_empty());
        Some((
            end,
            Some(Mention { span: self.span(start, end), numeral: self.span(n.start, m.end), unit_span, quantity }),
        ))
    }

    fn changed_before(&self, j: usize) -> bool {
        (0..j).rev().take(4).any(|k| self.s.is(k, class::CHANGE))
    }

    /// A figure without a unit: count, fraction, multiple, age or plain number.
    fn unitless(
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
        // `three times as many`, `3x`, `five-fold`.
        if s.word_in(after, &["times"]) {
            let multiple = s.word_in(
                after + 1,
                &[
                    "as", "the", "more", "higher", "greater", "larger", "bigger", "faster", "its", "their", "that",
                    "what", "higher", "longer", "likelier", "over", "fewer", "less",
                ],
            ) || noun_like(s, after + 1)
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
                && !word.ends_with("ed")
                && !word.ends_with("er")
                && !word.ends_with("est")
                && !s.word_in(
                    k,
                    &[
                        "way", "tier", "off", "time", "stop", "star", "fold", "party", "part", "sided", "piece",
                        "pronged", "plus", "odd", "strong", "pin", "by",
                    ],
                )
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
        if self.bare_age(i, j, &n, after) {
            return make(Kind::Age, end, Measure::of("a"), None);
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

    /// `exactly 5,000`, `equal to 5000`: what stands here is not rounded.
    fn exact(&self, i: usize) -> bool {
        let s = self.s;
        i > 0
            && (s.word_in(i - 1, &["exactly", "precisely", "equals", "equalling"])
                || s.word_is(i - 1, "to") && i > 1 && s.word_in(i - 2, &["equal", "equals", "equaling", "equalling"]))
    }

    fn bare_age(&self, i: usize, j: usize, n: &Num, after: usize) -> bool {
        let s = self.s;
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
        // `people under 25`, `those over 65`, `children under five`.
        if i < j && i > 0 && s.is(i - 1, class::PERSON) && !plural_noun(s, after) && n.value >= Decimal::from(2) {
            return true;
        }
        if !n.digits {
            return false;
        }
        let closes = matches!(s.sign(after), Some(',' | '.' | ';' | ')' | ':')) || after >= s.len();
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
        // `At 71, the puppeteer`.
        if j > 0 && s.word_is(j - 1, "at") && (j == 1 || s.stops(j - 2)) && s.sign(after) == Some(',') {
            return true;
        }
        false
    }

    fn fraction(&self, i: usize, n: &Num, hedge: Option<Hedge>, end: usize) -> (usize, Option<Mention>) {
        let s = self.s;
        let half = s.word_is(n.end - 1, "half") && n.end == n.start + 1;
        let before_bad = n.start > 0
            && (s.word_in(
                n.start - 1,
                &["first", "second", "other", "better", "third", "final", "last", "time", "one", "either", "opening"],
            ) || s.joins(n.start - 1) && s.is_word(n.start.wrapping_sub(2)));
        let glued_on = s.joins(n.end);
        if half && (before_bad || glued_on) {
            return (n.end, None);
        }
        // `half an hour`, `a quarter of a mile`.
        let mut k = n.end;
        if s.word_is(k, "of") && s.word_in(k + 1, &["a", "an"]) {
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
            && let Some(u) = self.unit(k, Some(n)).filter(|u| matches!(u.kind, Kind::Duration | Kind::Measure))
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
            && noun_like(s, n.end)
            && s.is_word(n.end)
        {
            // `a fourth man` is one in a row.
            return (n.start + 1, None);
        }
        if word_article
            && noun_like(s, n.end)
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

    /// `fourth-busiest`, `the second goal`, `112th minute`.
    fn ranked(&self, i: usize, j: usize, hedge: Option<Hedge>) -> Option<(usize, Option<Mention>)> {
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
        if s.is_word(k)
            && (s.of(k).ends_with("est") && s.of(k).len() > 4
                || s.word_in(k, &["most", "best", "worst", "least", "ranked", "placed", "biggest"]))
        {
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
        let noun = noun_like(s, end) || s.word_in(end, &["such", "since"]);
        let placed = j > 0
            && (s.word_in(j - 1, &["finished", "came", "ranked", "placed", "finishing", "in", "coming", "ranks"])
                || s.word_in(j - 1, &["and", "but", "than"]) && held);
        let keep = whole || best || !word || (held || placed) && (noun || held && n >= 2 || placed) || n >= 2 && noun;
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
    fn multiplied(&self, i: usize, j: usize) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        let by = s.entry(j).filter(|_| s.is_word(j))?.multiple?;
        let w = s.of(j);
        let verb = w.ends_with("ed") || w.ends_with("fold") || w.ends_with("ing");
        let next = s.word_in(
            j + 1,
            &[
                "the", "that", "what", "its", "their", "as", "in", "from", "to", "by", "over", "his", "her", "last",
                "those", "this",
            ],
        );
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
        let q = single(Kind::Multiple, by, Decimal::ONE.min(by), None, &Measure::none());
        let _ = i;
        Some((
            j + 1,
            Some(Mention { span: self.span(i, j + 1), numeral: self.span(j, j + 1), unit_span: None, quantity: q }),
        ))
    }

    /// `an hour and a half`, `a month`: an article for the figure.
    fn with_article(&self, i: usize, j: usize, hedge: Option<Hedge>) -> Option<(usize, Option<Mention>)> {
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
        let led = hedge.is_some()
            || i > 0
                && s.word_in(
                    i - 1,
                    &[
                        "for", "within", "after", "lasted", "lasting", "than", "least", "took", "takes", "in", "spent",
                        "under", "over", "nearly", "almost",
                    ],
                );
        if s.word_in(u.end, &["earlier", "ago", "before", "previously", "later"]) {
            return Some((u.end, None));
        }
        let compound = self.compound(&u, u.times, u.end);
        let fits = match u.kind {
            Kind::Duration => compound.is_some() || alone || led && !noun_like(s, u.end) && !s.word_is(u.end, "of"),
            Kind::Money if s.stops(u.end) => true,
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

fn number_ends(s: &Sentence, i: usize) -> bool {
    s.is_digits(i - 1) || s.entry(i - 1).is_some_and(|e| e.cardinal >= 0)
}
