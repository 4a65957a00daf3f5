//! Numerals of English: digits, words, both mixed, fractions. Enters: tokens. Leaves: exact values. Knows no unit and no hedge.

use rust_decimal::Decimal;

pub(super) use super::ordinal::ordinal;
use super::power::{power, raised};
use super::token::{Kind, Sentence};
use super::words::{Entry, Role, class};
use crate::quantity::{granularity, pow10};

/// What a numeral looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number.
    Plain,
    /// `two-thirds`, `half`, `1 in 5`, `3/15`.
    Fraction,
}

/// A numeral where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Num {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    pub value: Decimal,
    /// The place of its last significant digit.
    pub place: Decimal,
    pub shape: Shape,
    /// Whether it is one token of digits.
    pub digits: bool,
    /// The value before the last scale word, and the scale: `7-9 lakh` spreads the scale.
    pub scale: Decimal,
    /// Whether a letter gave the scale (`5m`).
    pub letter: bool,
}

impl Num {
    fn plain(start: usize, end: usize, value: Decimal, decimals: u32, scale: Decimal) -> Option<Self> {
        let whole = value.checked_mul(scale)?;
        let place = if decimals > 0 {
            pow10(-(decimals.min(28) as i32)).and_then(|p| p.checked_mul(scale)).unwrap_or(Decimal::ONE)
        } else {
            granularity(whole, 0, Decimal::ONE)
        };
        Some(Self { start, end, value: whole, place, shape: Shape::Plain, digits: false, scale, letter: false })
    }

    fn fraction(start: usize, end: usize, top: Decimal, bottom: Decimal) -> Option<Self> {
        let value = top.checked_div(bottom)?;
        Some(Self {
            start,
            end,
            value,
            place: Decimal::new(5, 2),
            shape: Shape::Fraction,
            digits: false,
            scale: Decimal::ONE,
            letter: false,
        })
    }
}

const fn vulgar(c: char) -> Option<(i64, i64)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

pub(super) fn dec(v: i64) -> Decimal {
    Decimal::from(v)
}

/// The numeral that starts at token `i`. With `in_pair`, an `and` ends it (`between one hundred and two hundred`).
pub(super) fn number(s: &Sentence, i: usize, in_pair: bool) -> Option<Num> {
    match s.tokens.get(i)?.kind {
        Kind::Digits => digits(s, i, in_pair, 2),
        Kind::Sign(c) => {
            if let Some((a, b)) = vulgar(c) {
                return Num::fraction(i, i + 1, dec(a), dec(b)).map(|n| scaled_fraction(s, n));
            }
            let opens = i == 0 || s.tokens[i].gap || matches!(s.sign(i - 1), Some('(' | '$' | '£' | '€'));
            if matches!(c, '-' | '−' | '–')
                && opens
                && (s.glued(i + 1) || i == 0)
                && s.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Digits)
            {
                let n = digits(s, i + 1, in_pair, 2)?;
                return Some(Num { start: i, value: -n.value, ..n });
            }
            None
        }
        Kind::Word => {
            if s.word_in(i, &["minus", "negative"]) {
                let n = match s.tokens.get(i + 1)?.kind {
                    Kind::Digits => digits(s, i + 1, in_pair, 2),
                    Kind::Word => words(s, i + 1, in_pair),
                    _ => None,
                }?;
                return (n.value > Decimal::ZERO).then_some(Num { start: i, value: -n.value, ..n });
            }
            words(s, i, in_pair)
        }
        _ => None,
    }
}

/// The scale word at `i` (a hyphen before it allowed): one past it, and its worth.
fn scale_at(s: &Sentence, i: usize) -> Option<(usize, i64)> {
    let j = if s.joins(i) { i + 1 } else { i };
    let e = s.entry(j)?;
    (e.scale != 0 && s.is_word(j)).then_some((j + 1, e.scale))
}

/// A letter that scales, glued to the figure before `i`.
fn letter_at(s: &Sentence, i: usize) -> Option<(usize, i64)> {
    let e = s.entry(i)?;
    if e.letter == 0 || !s.is_word(i) || s.glued(i + 1) && s.sign(i + 1).is_none_or(|c| matches!(c, '/' | '^' | '°')) {
        return None;
    }
    Some((i + 1, e.letter))
}

fn digits(s: &Sentence, i: usize, in_pair: bool, depth: u8) -> Option<Num> {
    let (mut value, mut decimals) = s.figure(i)?;
    let mut j = i + 1;
    let mut shape = Shape::Plain;
    // `3/15`, `2 1/4`, `2½`.
    if s.sign(j) == Some('/')
        && s.glued(j)
        && s.glued(j + 1)
        && s.is_digits(j + 1)
        && s.sign(j + 2) != Some('/')
        && decimals == 0
    {
        let (bottom, d) = s.figure(j + 1)?;
        if d == 0 && !bottom.is_zero() {
            let n = Num::fraction(i, j + 2, value, bottom)?;
            return Some(scaled_fraction(s, n));
        }
    }
    if decimals == 0 {
        if let Some((a, b)) = s.sign(j).and_then(vulgar) {
            value = value.checked_add(dec(a).checked_div(dec(b))?)?;
            decimals = 2;
            j += 1;
        } else if s.is_digits(j)
            && s.sign(j + 1) == Some('/')
            && s.glued(j + 1)
            && s.glued(j + 2)
            && s.is_digits(j + 2)
            && s.sign(j + 3) != Some('/')
            && s.of(j).len() <= 2
        {
            let (top, bottom) = (s.figure(j)?.0, s.figure(j + 2)?.0);
            if !bottom.is_zero() && top < bottom {
                value = value.checked_add(top.checked_div(bottom)?)?;
                decimals = 2;
                j += 3;
            }
        } else if s.word_is(j, "and")
            && (!in_pair || s.word_in(j + 1, &["a", "an"]))
            && let Some((end, f)) = and_fraction(s, j + 1)
        {
            value = value.checked_add(f)?;
            decimals = 2;
            j = end;
            shape = Shape::Plain;
        }
    }
    // `10^6`, `10⁶`.
    if decimals == 0 && value == Decimal::TEN {
        let small = |k: usize| s.figure(k).filter(|x| x.1 == 0 && s.glued(k)).and_then(|x| i32::try_from(x.0).ok());
        let caret = (s.sign(j) == Some('^') && s.glued(j)).then(|| {
            let minus = matches!(s.sign(j + 1), Some('-' | '−'));
            let k = j + 1 + usize::from(minus);
            small(k).map(|e| (k + 1, if minus { -e } else { e }))
        });
        if let Some((end, exponent)) = caret.flatten().or_else(|| raised(s, j)) {
            return Num::plain(i, end, pow10(exponent)?, 0, Decimal::ONE);
        }
    }
    // `1.3x10^6`, `1.3e6`.
    if let Some((end, exponent)) = power(s, j) {
        let factor = pow10(exponent)?;
        return Num::plain(i, end, value.checked_mul(factor)?, 0, Decimal::ONE);
    }
    let mut scale = Decimal::ONE;
    let mut letter = false;
    if s.glued(j)
        && let Some((end, by)) = letter_at(s, j)
    {
        // `5m`, `2g`, `10t`, `5b`: what a lone letter means is for the reader of units to say.
        (scale, j, letter) = (dec(by), end, true);
    } else if let Some((end, by)) = scale_at(s, j).filter(|(end, _)| !s.word_is(end - 1, "hundreds")) {
        (scale, j) = (dec(by), end);
    } else if s.tokens.get(j).is_some_and(|t| t.gap)
        && (s.word_in(j, &["bn", "mn", "mm"]) || matches!(s.of(j), "k" | "K" | "M" | "G") && s.stops(j + 1))
        && let Some((end, by)) = letter_at(s, j)
    {
        (scale, j, letter) = (dec(by), end, true);
    }
    // `5 lakh crore`, `3 hundred thousand`.
    while let Some((end, by)) = scale_at(s, j).filter(|_| scale > Decimal::ONE && !letter) {
        scale = scale.checked_mul(dec(by))?;
        j = end;
    }
    let mut n = Num::plain(i, j, value, decimals, scale)?;
    n.shape = shape;
    n.letter = letter;
    n.digits = j == i + 1;
    // `4 thousand 3 hundred and 21`.
    if depth > 0 && scale >= dec(100) && decimals == 0 && !letter {
        let k = if s.word_is(j, "and") && !in_pair { j + 1 } else { j };
        if s.is_digits(k)
            && s.tokens[k].gap
            && let Some(rest) = digits(s, k, in_pair, depth - 1)
                .filter(|r| r.value < scale && !r.value.is_zero() && r.value.fract().is_zero() && !r.letter)
        {
            let more = rest.scale > Decimal::ONE
                || k == j && rest.value < scale && rest.end > k + 1
                || k > j && rest.value < dec(100) && rest.digits && scale == dec(100);
            if more {
                let total = n.value.checked_add(rest.value)?;
                let sum = Num::plain(i, rest.end, total, 0, Decimal::ONE)?;
                return Some(sum);
            }
        }
    }
    // `1 in 5`, `2 out of 10`, `1 over 3`.
    if n.digits
        && !in_pair
        && let Some((end, bottom)) = out_of(s, j)
        && bottom > n.value
    {
        return Num::fraction(i, end, n.value, bottom);
    }
    Some(n)
}

/// `a half`, `one quarter`, `three fifths` after `and`: its end and value.
fn and_fraction(s: &Sentence, i: usize) -> Option<(usize, Decimal)> {
    let (top, j) = if s.word_in(i, &["a", "an"]) {
        (1, i + 1)
    } else if let Some(e) = s.entry(i).filter(|e| e.cardinal > 0 && e.cardinal < 20) {
        (i64::from(e.cardinal), i + 1)
    } else {
        (1, i)
    };
    // `one hundred and fifth` is an ordinal.
    let bare = j == i && s.entry(i).is_some_and(|e| e.ordinal != 0);
    let j = if s.joins(j) { j + 1 } else { j };
    let e = s.entry(j)?;
    if e.denominator == 0 || !s.is_word(j) || bare {
        return None;
    }
    Some((j + 1, dec(top).checked_div(dec(e.denominator))?))
}

/// `in five`, `out of every ten`, `over 20`: its end and the number.
fn out_of(s: &Sentence, j: usize) -> Option<(usize, Decimal)> {
    let tied = s.joins(j) && s.word_is(j + 1, "in") && s.joins(j + 2);
    let mut k = if tied {
        j + 3
    } else if s.word_is(j, "in") || s.word_is(j, "over") {
        j + 1
    } else if s.word_is(j, "out") && s.word_is(j + 1, "of") {
        j + 2
    } else if s.word_is(j, "of") && s.word_in(j + 1, &["every", "each"]) {
        j + 1
    } else {
        return None;
    };
    if s.word_in(k, &["every", "each"]) {
        k += 1;
    }
    // `one over one hundred and five`: nothing else can follow `over`.
    let over = s.word_is(j, "over");
    let n = if s.is_digits(k) { digits(s, k, true, 0)? } else { words(s, k, !over)? };
    let lone = n.shape == Shape::Plain && n.value > Decimal::ONE && n.value.fract().is_zero();
    // `1 in 2019` is a year, `3 in 12 months` a stretch of time.
    let year = n.digits && s.of(k).len() == 4;
    let at = n.end + usize::from(tied && s.joins(n.end));
    let long = s.phrase(at, Role::Length).is_some() || s.phrase(at, Role::Unit).is_some();
    (lone && !year && !long && s.sign(n.end) != Some('%')).then_some((n.end, n.value))
}

/// `half a million`, `¾ million`: a fraction before a scale word is a number.
fn scaled_fraction(s: &Sentence, n: Num) -> Num {
    let mut j = n.end;
    if s.word_in(j, &["of"]) && s.word_in(j + 1, &["a"]) {
        j += 2;
    } else if s.word_in(j, &["a"]) {
        j += 1;
    }
    let Some((end, by)) = scale_at(s, j).filter(|x| x.1 >= 12) else { return n };
    let Some(value) = n.value.checked_mul(dec(by)) else { return n };
    Num { end, value, place: granularity(value.trunc(), 0, Decimal::ONE), shape: Shape::Plain, scale: dec(by), ..n }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Start,
    Unit,
    Teen,
    Ten,
    Hundred,
    Scale,
}

/// Whether a hyphen with space on both sides at `k` joins the two words of one numeral, as cut-up copies of texts have it:
/// `thirty - two`, `one - fourth`.
fn spaced_hyphen(s: &Sentence, k: usize, fits: impl Fn(&Entry) -> bool) -> bool {
    s.sign(k) == Some('-')
        && !s.glued(k)
        && !s.glued(k + 1)
        && s.is_word(k.wrapping_sub(1))
        && s.is_word(k + 1)
        && s.entry(k + 1).is_some_and(fits)
}

/// `one twenty two`: a hundred left out, as figures are read aloud; only where nothing follows that could be counted.
fn dropped_hundred(s: &Sentence, i: usize) -> Option<(usize, i64)> {
    let unit = s.entry(i).filter(|e| (1..10).contains(&e.cardinal) && s.is_word(i))?.cardinal;
    let ten = s.entry(i + 1).filter(|e| (20..100).contains(&e.cardinal) && s.is_word(i + 1))?.cardinal;
    let k = i + 2 + usize::from(s.joins(i + 2));
    let one = s.entry(k).filter(|e| (1..10).contains(&e.cardinal) && s.is_word(k))?.cardinal;
    s.stops(k + 1).then_some((k + 1, i64::from(unit) * 100 + i64::from(ten) + i64::from(one)))
}

/// Whether a unit, or a point of a percentage, stands at `k`.
fn divided(s: &Sentence, k: usize) -> Option<usize> {
    if s.is(k, class::PERCENT) && s.is_word(k) || s.word_in(k, &["point", "points"]) {
        return Some(k + 1);
    }
    s.phrase(k, Role::Unit).or_else(|| s.phrase(k, Role::Length)).map(|x| x.0)
}

/// `quarter of a pint`, `fourth of liter`, `quarter-mile`, `quarter percent`: what divides stands alone before what is divided.
fn part_of_unit(s: &Sentence, i: usize, e: &Entry) -> bool {
    let counted = i > 0
        && (s.entry(i - 1).is_some_and(|b| b.cardinal > 0 || b.ordinal != 0) && !s.joins(i + 1)
            || s.is(i - 1, class::LAST | class::NEXT | class::THIS)
            || s.is_digits(i - 1)
            || s.joins(i));
    if counted || s.of(i).ends_with('s') && e.denominator != 2 {
        return false;
    }
    if s.word_is(i + 1, "of") {
        let article = s.word_in(i + 2, &["a", "an"]);
        let held = i > 0 && s.is(i - 1, class::ARTICLE | class::DETERMINER);
        return divided(s, i + 2 + usize::from(article)).is_some_and(|end| !held && (article || s.stops(end)));
    }
    let k = i + 1 + usize::from(s.joins(i + 1));
    // `quarter-final`, `quarter days`: only what is one of its kind can be cut.
    s.word_is(i, "quarter") && divided(s, k).is_some() && !s.of(k).ends_with('s')
}

pub(super) fn words(s: &Sentence, i: usize, in_pair: bool) -> Option<Num> {
    let first = s.entry(i)?;
    let article = s.word_in(i, &["a", "an"]);
    // `half`, `a third`, `two-thirds`.
    if first.denominator == 2 && s.word_is(i, "half") {
        let n = Num::fraction(i, i + 1, Decimal::ONE, dec(2))?;
        return Some(scaled_fraction(s, n));
    }
    if s.word_in(i, &["quarter"]) && scale_at(s, i + 1).is_some() {
        return Some(scaled_fraction(s, Num::fraction(i, i + 1, Decimal::ONE, dec(4))?));
    }
    // `quarter of a million`.
    if first.denominator != 0 && s.word_is(i + 1, "of") && s.word_is(i + 2, "a") && scale_at(s, i + 3).is_some() {
        return Some(scaled_fraction(s, Num::fraction(i, i + 1, Decimal::ONE, dec(first.denominator))?));
    }
    if first.denominator != 0 && part_of_unit(s, i, first) {
        return Num::fraction(i, i + 1, Decimal::ONE, dec(first.denominator));
    }
    if let Some((end, value)) = dropped_hundred(s, i).filter(|_| !in_pair) {
        return Num::plain(i, end, dec(value), 0, Decimal::ONE);
    }
    if s.word_is(i, "point") {
        let (end, value, decimals) = spoken_decimals(s, i + 1)?;
        return Num::plain(i, end, value, decimals, Decimal::ONE);
    }
    if !article && first.cardinal < 0 && (first.scale == 0 || s.of(i).ends_with('s')) {
        return None;
    }
    // `a multi-million-dollar deal` states no amount.
    if first.scale != 0 && i > 1 && s.joins(i - 1) && s.is_word(i - 2) && s.entry(i - 2).is_none_or(|e| e.cardinal < 0)
    {
        return None;
    }
    let (mut total, mut group, mut last, mut j) = (Decimal::ZERO, 0i64, Last::Start, i);
    let mut lowest = i64::MAX;
    let mut scale = Decimal::ONE;
    let mut seen = false;
    if article {
        let k = i + 1;
        let k = if s.joins(k) { k + 1 } else { k };
        let e = s.entry(k)?;
        if e.denominator != 0 && (e.scale == 0 || e.ordinal != 0) {
            let n = Num::fraction(i, k + 1, Decimal::ONE, dec(e.denominator))?;
            return Some(scaled_fraction(s, n));
        }
        if e.scale == 0 || s.of(k).ends_with('s') {
            return None;
        }
        (group, last, j) = (1, Last::Unit, k);
    }
    loop {
        let mut k = j;
        if seen && (s.joins(k) || last == Last::Ten && spaced_hyphen(s, k, |e| (1..10).contains(&e.cardinal))) {
            k += 1;
        }
        let mut with_and = false;
        if seen && s.word_is(k, "and") && !in_pair && matches!(last, Last::Hundred | Last::Scale) {
            k += 1;
            with_and = true;
        }
        let Some(e) = s.entry(k).filter(|_| s.is_word(k)) else { break };
        if e.scale != 0 && !with_and && !(e.scale < 100 && s.of(k).ends_with('s') && !seen) {
            if last == Last::Start {
                group = 1;
            }
            if e.scale == 100 {
                if group == 0 && last == Last::Scale || group >= 100 {
                    break;
                }
                group = group.max(1) * 100;
                last = Last::Hundred;
            } else {
                if e.scale < lowest {
                    if last == Last::Scale {
                        break;
                    }
                    total = total.checked_add(dec(group).checked_mul(dec(e.scale))?)?;
                } else {
                    total = total.checked_add(dec(group))?.checked_mul(dec(e.scale))?;
                }
                lowest = e.scale;
                group = 0;
                last = Last::Scale;
            }
            scale = dec(e.scale);
        } else if with_and && let Some((end, f)) = and_fraction(s, k).filter(|x| x.0 > k + 1) {
            // `two million and one half` is two and a half million; `one million and three quarters million` says its own scale.
            let base = if lowest == i64::MAX { Decimal::ONE } else { dec(lowest) };
            let (end, add) = match scale_at(s, end) {
                Some((e2, by)) => (e2, f.checked_mul(dec(by))?),
                None => (end, f.checked_mul(base)?),
            };
            let value = total.checked_add(dec(group))?.checked_add(add)?;
            return Num::plain(i, end, value, 0, Decimal::ONE);
        } else if e.cardinal >= 0 {
            let v = i64::from(e.cardinal);
            // `hundred and fifty thousand`: what follows `and` may itself be scaled.
            let fits = match last {
                Last::Start => true,
                Last::Hundred | Last::Scale => v > 0,
                Last::Ten => (1..10).contains(&v) && !with_and,
                Last::Unit | Last::Teen => false,
            };
            if !fits || with_and && s.word_is(k + 1, "to") {
                break;
            }
            // `twenty and three`: only after a hundred or a scale. A unit that a fraction claims ends the numeral.
            group += v;
            last = match v {
                0..=9 => Last::Unit,
                10..=19 => Last::Teen,
                _ => Last::Ten,
            };
        } else {
            break;
        }
        j = k + 1;
        seen = true;
    }
    if !seen {
        return None;
    }
    let mut value = total.checked_add(dec(group))?;
    // `three twenty-fifths`, `twenty twenty fifths`: tens and ones below the line.
    if let Some(tens) = s.entry(j).filter(|e| (20..100).contains(&e.cardinal) && s.is_word(j))
        && s.tokens.get(j).is_some_and(|t| t.gap)
    {
        let k = j + 1 + usize::from(s.joins(j + 1));
        let ones = match s.of(k) {
            "firsts" => Some(1),
            "seconds" if k > j + 1 => Some(2),
            w => s.entry(k).map(|e| e.denominator).filter(|d| (1..10).contains(d) && w.ends_with('s')),
        };
        if let Some(ones) = ones {
            let n = Num::fraction(i, k + 1, value, dec(i64::from(tens.cardinal) + ones))?;
            return Some(scaled_fraction(s, n));
        }
    }
    // `three ten-thousandths`, `five hundred-thousandths`.
    if let Some(head) = s.entry(j).filter(|e| (e.cardinal == 10 || e.scale == 100) && s.is_word(j))
        && s.tokens.get(j).is_some_and(|t| t.gap)
        && s.joins(j + 1)
        && let Some(e) = s.entry(j + 2).filter(|e| e.denominator >= 1000 && s.of(j + 2).ends_with('s'))
    {
        let bottom = dec(e.denominator).checked_mul(dec(if head.cardinal == 10 { 10 } else { 100 }))?;
        return Num::fraction(i, j + 3, value, bottom);
    }
    // `two thirds`, `twenty-three fifths`.
    let k = if s.joins(j) || spaced_hyphen(s, j, |e| e.denominator != 0) { j + 1 } else { j };
    if let Some(e) = s.entry(k).filter(|e| e.denominator != 0 && s.is_word(k)) {
        let plural = s.of(k).ends_with('s') || s.of(k).eq_ignore_ascii_case("halves");
        let one = value == Decimal::ONE;
        // `one second`, `two quarter`: ordinals after a number are fractions in the plural, or after `one`.
        // `a three-quarter-inch bolt`: joined through.
        let through = k > j && s.joins(k + 1) && divided(s, k + 2).is_some();
        if (plural || one || through) && e.scale == 0 {
            let n = Num::fraction(i, k + 1, value, dec(e.denominator))?;
            return Some(scaled_fraction(s, n));
        }
    }
    if s.word_is(j, "point")
        && let Some((end, f, decimals)) = spoken_decimals(s, j + 1)
    {
        value = value.checked_add(f)?;
        return match scale_at(s, end) {
            Some((end, by)) => Num::plain(i, end, value, decimals, dec(by)),
            None => Num::plain(i, end, value, decimals, Decimal::ONE),
        };
    }
    // `five and a half million`, `three-and-a-half`.
    let hyphened = s.joins(j) && s.word_is(j + 1, "and") && s.joins(j + 2);
    let and = if hyphened { j + 1 } else { j };
    if s.word_is(and, "and")
        && (!in_pair || hyphened || s.word_in(and + 1, &["a", "an"]))
        && let Some((end, f)) = and_fraction(s, and + 1 + usize::from(hyphened))
    {
        value = value.checked_add(f)?;
        return match scale_at(s, end) {
            Some((end, by)) => Num::plain(i, end, value, 2, dec(by)),
            None => Num::plain(i, end, value, 2, Decimal::ONE),
        };
    }
    if last != Last::Scale
        && last != Last::Hundred
        && !in_pair
        && let Some((end, bottom)) = out_of(s, j)
        && bottom > value
    {
        return Num::fraction(i, end, value, bottom);
    }
    let mut n = Num::plain(i, j, value, 0, Decimal::ONE)?;
    n.scale = if last == Last::Scale { scale } else { Decimal::ONE };
    Some(n)
}

/// `seventy-one`, `zero three`, `77` after `point`: end, value below one, decimals.
fn spoken_decimals(s: &Sentence, i: usize) -> Option<(usize, Decimal, u32)> {
    let (mut j, mut value, mut decimals) = (i, Decimal::ZERO, 0u32);
    if s.is_digits(i) && !s.of(i).contains(['.', ',']) {
        decimals = s.of(i).len() as u32;
        value = s.figure(i)?.0;
        j = i + 1;
    } else {
        while let Some(e) = s.entry(j).filter(|e| e.cardinal >= 0 && s.is_word(j)) {
            let v = i64::from(e.cardinal);
            let joined = s.joins(j + 1) && s.entry(j + 2).is_some_and(|n| (1..10).contains(&n.cardinal));
            let (v, width, next) = if v >= 20 && joined {
                (v + s.entry(j + 2).map_or(0, |n| i64::from(n.cardinal)), 2, j + 3)
            } else {
                (v, if v >= 10 { 2 } else { 1 }, j + 1)
            };
            if decimals > 12 {
                break;
            }
            value = value.checked_mul(pow10(width)?)?.checked_add(dec(v))?;
            decimals += width as u32;
            j = next;
        }
    }
    (j > i).then_some(())?;
    Some((j, value.checked_mul(pow10(-(decimals as i32))?)?, decimals))
}
