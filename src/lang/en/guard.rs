//! What looks like a figure and is none: telephone numbers, codes, versions, scores, section numbers, names, idioms (semantics.md §7).
//! Enters: a place in a sentence. Leaves: how far to skip. Knows no values.

use super::parts::plural_noun;
use super::token::{Kind, REACH, Sentence};
use super::words::{Role, class};

/// One past the stretch that starts at `i` and must give no mention; `None` where what stands there may be read.
pub(super) fn skip(s: &Sentence, i: usize) -> Option<usize> {
    if let Some(end) = idiom(s, i) {
        return Some(end);
    }
    let kind = s.tokens.get(i)?.kind;
    match kind {
        // `837.824.1482 x 63888`.
        Kind::Dotted => {
            let end = chunk(s, i).1;
            Some(end + 2 * usize::from(s.word_in(end, &["x", "ext"]) && s.is_digits(end + 1)))
        }
        Kind::Digits => digits(s, i),
        Kind::Sign('+' | '(') => telephone(s, i),
        Kind::Sign('#' | '§') if s.is_digits(i + 1) && s.glued(i + 1) => Some(chunk(s, i + 1).1),
        Kind::Word => word(s, i),
        _ => None,
    }
}

/// One past the set phrase that starts at `i`: `one minute` is none before `and 30 seconds`.
pub(super) fn idiom(s: &Sentence, i: usize) -> Option<usize> {
    let (end, _) = s.phrase(i, Role::Idiom)?;
    let counted = s.word_is(end, "and")
        && s.phrase(end - 1, Role::Length).is_some()
        && super::number::number(s, end + 1, true).is_some();
    (!counted).then_some(end)
}

/// Idioms that are digits all through (`24/7`) and idioms of words are looked up by the word they start with; this one starts with
/// digits.
fn digit_idiom(s: &Sentence, i: usize) -> bool {
    matches!(
        (s.of(i), s.sign(i + 1), s.of(i + 2)),
        ("24", Some('/'), "7") | ("9", Some('/'), "11") | ("50", Some('-' | '/'), "50")
    )
}

/// The run of tokens without white space around `i`: first, one past the last. Punctuation at its end does not belong.
fn chunk(s: &Sentence, i: usize) -> (usize, usize) {
    let mut a = i;
    while a > 0 && i - a < REACH && s.glued(a) && !matches!(s.sign(a - 1), Some('(' | '"' | '“' | ',' | ';' | '—'))
    {
        a -= 1;
    }
    let mut b = i + 1;
    while b < s.len() && b - i < REACH && s.glued(b) && !matches!(s.sign(b), Some('"' | '”' | ',' | ';' | '—')) {
        b += 1;
    }
    while b > i + 1 && matches!(s.sign(b - 1), Some('.' | ')' | ',' | ':' | '?' | '!')) {
        b -= 1;
    }
    (a, b)
}

fn word(s: &Sentence, i: usize) -> Option<usize> {
    // An address: skip all of the chunk.
    if s.sign(i + 1) == Some(':') && s.sign(i + 2) == Some('/')
        || s.word_is(i, "www")
        || s.sign(i + 1) == Some('@') && s.glued(i + 1)
    {
        return Some(chunk(s, i).1);
    }
    // Contacts: what follows `tel.` or `ISSN` up to the next word that is none of it.
    if s.is(i, class::CONTACT) {
        let mut j = i + 1;
        while matches!(s.sign(j), Some('.' | ':' | '+' | '(')) || s.word_in(j, &["no", "no.", "number", "is"]) {
            j += 1;
        }
        if s.tokens.get(j).is_some_and(|t| t.capital && t.shout) && s.is_digits(j + 1) {
            j += 1;
        }
        let (end, n, total) = groups(s, j);
        if n >= 2 && total >= 8 && s.is_digits(j) {
            return Some(end);
        }
        let code = s.is_digits(j) && !s.of(j).contains(',') && !measured(s, j + 1) && !plural_noun(s, j + 1);
        if code && (s.of(j).len() >= 3 || s.tokens[i].shout || s.tokens[i].capital) {
            return Some(groups(s, j).0.max(chunk(s, j).1));
        }
    }
    // Names of things that are letters and digits: `A320neo`, `N244`, `COVID-19`.
    let t = s.tokens[i];
    if t.capital
        && (s.is_digits(i + 1) || s.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Dotted))
        && s.glued(i + 1)
    {
        let period = s.word_in(i, &["q", "h", "fy", "cy"]) && s.of(i + 1).len() <= 4;
        let money = super::mention::sign_at(s, i).is_some();
        let joined_month = s.entry(i).is_some_and(|e| e.month != 0);
        if !period && !money && !joined_month {
            return Some(chunk(s, i).1);
        }
    }
    if s.joins(i + 1)
        && s.is_digits(i + 2)
        && !s.is(i, class::MAGNITUDE)
        && !s
            .entry(i)
            .is_some_and(|e| e.month != 0 || e.weekday != 0 || e.flags & (class::EARLY | class::MID | class::LATE) != 0)
    {
        let (a, b) = chunk(s, i);
        let prefix = s.word_in(i, &["pre", "post", "sub", "under", "over", "non", "plus", "minus"]);
        if a == i && !prefix {
            return Some(b);
        }
    }
    None
}

/// Whether a unit, a percentage or a scale stands at `j`.
pub(super) fn measured(s: &Sentence, j: usize) -> bool {
    let k = j + usize::from(s.joins(j));
    s.sign(k) == Some('%')
        || matches!(s.sign(k), Some('°' | '‰' | '€' | '£'))
        || s.is(k, class::PERCENT)
        || s.word_is(k, "per") && s.word_is(k + 1, "cent")
        || s.entry(k).is_some_and(|e| s.is_word(k) && (e.scale != 0 || e.letter != 0 && s.glued(k)))
        || s.phrase(k, Role::Unit).is_some()
        || s.phrase(k, Role::Length).is_some()
        || s.phrase(k, Role::Currency).is_some()
        || s.phrase(k, Role::Minor).is_some()
        || s.glued(k) && s.is_word(k) && super::mention::letters_at(s, k).is_some()
        || s.word_in(k, &["times", "am", "pm", "a.m.", "p.m."])
}

/// Digit groups parted by one space, hyphen or bracket from `i` on: one past the last, how many groups, how many digits.
fn groups(s: &Sentence, i: usize) -> (usize, usize, usize) {
    let (mut j, mut count, mut total, mut end) = (i, 0, 0, i);
    loop {
        if s.is_digits(j) && !s.of(j).contains([',', '.']) {
            count += 1;
            total += s.of(j).len();
            end = j + 1;
            j += 1;
            while matches!(s.sign(j), Some('-' | '(' | ')' | '/' | '.' | '–'))
                && (s.is_digits(j + 1)
                    || matches!(s.sign(j + 1), Some('('))
                    || s.sign(j) == Some(')') && s.sign(j + 1) == Some('-') && s.is_digits(j + 2))
            {
                j += 1;
            }
        } else {
            return (end, count, total);
        }
        if s.is_digits(j) && s.glued(j) && s.is_digits(j - 1) {
            return (end, count, total);
        }
    }
}

fn telephone(s: &Sentence, i: usize) -> Option<usize> {
    let plus = s.sign(i) == Some('+');
    let j = i + 1 + usize::from(plus && s.sign(i + 1) == Some('('));
    if !s.is_digits(j) {
        return None;
    }
    if plus {
        let (end, n, digits) = groups(s, j);
        return (n >= 2 && digits >= 7 || digits >= 9).then_some(end);
    }
    // `(914) 349-8600`.
    let close = s.sign(i + 2) == Some(')') && s.of(j).len() == 3;
    let (end, n, digits) = groups(s, i + 3);
    (close && n >= 1 && digits >= 7).then_some(end)
}

fn digits(s: &Sentence, i: usize) -> Option<usize> {
    let (a, b) = chunk(s, i);
    if digit_idiom(s, i) {
        return Some(i + 3);
    }
    let raw = s.of(i);
    let whole = s.len() == 1;
    // File names, addresses, mail.
    let odd = (a..b).any(|k| {
        matches!(s.sign(k), Some('@' | '_' | '\\' | '#' | '='))
            && !(s.sign(k) == Some('=') && k + 1 == i && matches!(s.sign(k.wrapping_sub(1)), Some('<' | '>')))
            || s.sign(k) == Some(':') && !s.is_digits(k.wrapping_sub(1))
    });
    if odd && !whole {
        // `-#Name#-123 456 7890`: the number goes on behind the white space.
        let (end, n, total) = groups(s, i);
        return Some(if n >= 3 && total >= 7 { end.max(b) } else { b });
    }
    // `06 23456789`, `666666666s`.
    let (end, n, total) = groups(s, i);
    let glued_letter = s.glued(i + 1) && s.of(i + 1).len() == 1 && s.is_word(i + 1);
    if raw.starts_with('0') && n >= 2 && total >= 9
        || raw.len() >= 9 && raw.bytes().all(|c| c.is_ascii_digit()) && glued_letter
    {
        return Some(end.max(b));
    }
    // `1/0`: no fraction at all.
    if s.sign(i + 1) == Some('/') && s.glued(i + 1) && s.figure(i + 2).is_some_and(|(v, _)| v.is_zero()) {
        return Some(b);
    }
    // `5G users`.
    if !whole && s.of(i + 1) == "G" && s.glued(i + 1) && matches!(raw, "2" | "3" | "4" | "5" | "6") && !s.stops(i + 2) {
        return Some(b);
    }
    // List markers: `1.`, `2)`, `(3)` at the start; `12(3)(b)` anywhere.
    let opens = i == 0 || i == 1 && s.sign(0) == Some('(');
    if opens && !whole && raw.len() <= 3 {
        let dot = s.sign(i + 1) == Some('.') && s.glued(i + 1) && s.tokens.get(i + 2).is_some_and(|t| t.gap);
        let bracket = s.sign(i + 1) == Some(')');
        if dot || bracket {
            return Some(i + 2);
        }
    }
    if s.sign(i + 1) == Some(')') && s.glued(i + 1) && !(i.saturating_sub(REACH)..i).any(|k| s.sign(k) == Some('(')) {
        return Some(i + 2);
    }
    if s.sign(i + 1) == Some('(')
        && s.glued(i + 1)
        && (s.is_digits(i + 2) || s.of(i + 2).len() == 1)
        && s.sign(i + 3) == Some(')')
    {
        let mut j = i + 1;
        while s.sign(j) == Some('(') && s.glued(j) && s.sign(j + 2) == Some(')') {
            j += 3;
        }
        return Some(j);
    }
    // `[2019] UKSC 41`.
    if i > 0 && s.sign(i - 1) == Some('[') && s.sign(i + 1) == Some(']') {
        return Some(if s.tokens.get(i + 2).is_some_and(|t| t.shout) && s.is_digits(i + 3) { i + 4 } else { i + 2 });
    }
    // Letters glued behind that are no unit, scale or ending: `0NX4`, `13F`, `24703m212`.
    if s.glued(i + 1) && s.is_word(i + 1) {
        let known = s.is(i + 1, class::FIGURE_ENDING)
            || super::mention::pence(s, i)
            || s.is(i + 1, class::CELSIUS | class::FAHRENHEIT)
                && (s.near(i, class::HEAT) || s.sign(i + 2) == Some('(') || i > 1 && s.sign(i - 1) == Some('('))
            || s.entry(i + 1).is_some_and(|e| e.letter != 0 || e.scale != 0 || e.month != 0)
            || super::mention::letters_at(s, i + 1).is_some()
            || s.phrase(i + 1, Role::Currency).is_some()
            || s.phrase(i + 1, Role::Unit).is_some()
            || s.phrase(i + 1, Role::Length).is_some()
            || super::mention::sign_after(s, i + 1).is_some();
        let cross = s.word_is(i + 1, "x") && s.is_digits(i + 2) && s.glued(i + 2) && s.of(i + 2) != "10";
        let trailing = s.is_digits(i + 2)
            && s.glued(i + 2)
            && !s.word_in(i + 1, &["e", "x"])
            && super::mention::letters_at(s, i + 1).is_none_or(|x| x.0 <= i + 2);
        if !known || cross || trailing {
            return Some(b);
        }
    }
    if i > 0
        && s.glued(i)
        && s.is_word(i - 1)
        && super::mention::sign_ending(s, i).is_none()
        && s.entry(i - 1).is_none_or(|e| e.month == 0)
    {
        return Some(b);
    }
    // Long bare strings of digits, and strings that open with zero.
    let plain = raw.bytes().all(|c| c.is_ascii_digit());
    if plain
        && !whole
        && (raw.len() >= 9 || raw.len() >= 3 && raw.starts_with('0'))
        && !measured(s, i + 1)
        && !plural_noun(s, i + 1)
    {
        return Some(groups(s, i).0.max(b));
    }
    // `2015-1-32`: the shape of a date that is none.
    let shaped = |k: usize| s.sign(k) == Some('-') && s.glued(k) && s.glued(k + 1) && s.is_digits(k + 1);
    if plain
        && shaped(i + 1)
        && shaped(i + 3)
        && (raw.len() == 4 || s.of(i + 4).len() == 4)
        && s.of(i + 2).len() <= 2
        && (raw.len().min(s.of(i + 4).len()) <= 2)
        && super::date::dates_numeric_like(s, i).is_none()
    {
        return Some(i + 5);
    }
    let (end, n, total) = groups(s, i);
    if n >= 3
        && total >= 7
        && !(a..b).any(|k| s.sign(k) == Some('/'))
        && super::date::dates_numeric_like(s, i).is_none()
    {
        return Some(end);
    }
    if digit_score(s, i) || super::clock::lap(s, i) {
        return Some(i + 3 + 2 * usize::from(s.sign(i + 3) == Some(':') && s.glued(i + 3) && s.is_digits(i + 4)));
    }
    if i > 0 && labelled(s, i) {
        return Some(if matches!(s.sign(i + 1), Some('-' | '–')) && s.is_digits(i + 2) {
            i + 3
        } else {
            b.max(i + 1)
        });
    }
    // `123 Harlow Street`.
    let name = |k: usize| s.tokens.get(k).is_some_and(|t| t.kind == Kind::Word && t.capital);
    let street = |k: usize| s.is(k, class::STREET) && name(k);
    if name(i + 1) && (street(i + 2) || name(i + 2) && street(i + 3)) && plain {
        return Some(i + 2);
    }
    None
}

/// `24-17`, `31–14`: the score of a match. A vote is none.
fn digit_score(s: &Sentence, i: usize) -> bool {
    let Some(('-' | '–' | '—' | ':', true, true)) = s.sign(i + 1).map(|c| (c, s.glued(i + 1), s.glued(i + 2)))
    else {
        return false;
    };
    let (Some((x, 0)), Some((y, 0))) = (s.figure(i), s.figure(i + 2)) else { return false };
    if !s.is_digits(i + 2)
        || s.of(i).len() > 3
        || s.of(i + 2).len() > 3
        || s.sign(i + 1) == Some(':') && s.of(i + 2).len() == 2
    {
        return false;
    }
    if s.near(i, class::VOTE) {
        return false;
    }
    if s.is(i + 3, class::SCORE) {
        return true;
    }
    let follows = measured(s, i + 3) || plural_noun(s, i + 3) || s.joins(i + 3);
    if follows {
        return false;
    }
    x > y
        || (i.saturating_sub(REACH)..s.len().min(i + REACH))
            .any(|k| s.is(k, class::SCORE) && !s.is(k, class::WEAK_SCORE))
}

/// Whether the figure at `i` has the form of a model's or a version's number.
fn plain_after(s: &Sentence, i: usize) -> bool {
    !s.of(i).contains(',') && s.of(i).len() <= 5
}

/// Whether the word before the figure at `i` makes a name of the two: `Pier 39`, `section 12`, `number 9`, `Python 3.11`.
fn labelled(s: &Sentence, i: usize) -> bool {
    let before = s.tokens[i - 1];
    let raw = s.of(i);
    if before.kind != Kind::Word || raw.contains(',') || measured(s, i + 1) {
        return false;
    }
    let ranged = matches!(s.sign(i + 1), Some('-' | '–')) && s.is_digits(i + 2) && measured(s, i + 3);
    if ranged || s.sign(i + 1) == Some('/') {
        return false;
    }
    if s.is(i - 1, class::LABELLED) {
        return !plural_noun(s, i + 1) || s.tokens[i - 1].capital;
    }
    if !before.capital
        || s.is(i - 1, class::BEFORE_FIGURE)
        || s.entry(i - 1).is_some_and(|e| e.month != 0 || e.weekday != 0)
    {
        return false;
    }
    if super::mention::sign_ending(s, i).is_some() {
        return false;
    }
    if before.shout && plain_after(s, i) {
        return true;
    }
    let held = i >= 2 && s.is(i - 2, class::ARTICLE | class::DETERMINER);
    let named_before = i >= 2 && s.tokens[i - 2].capital && s.is_word(i - 2);
    let _ = named_before;
    // `In Lowmoor 412 sales`: a noun that is counted follows.
    !plural_noun(s, i + 1) || held
}
