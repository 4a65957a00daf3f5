//! Clock times of English: `7.40 a.m.`, `14:30`, `6 o'clock`, `noon`. Enters: tokens. Leaves: minutes of the day.

use super::date::Hit;
use super::token::Sentence;
use super::words::{Role, class};
use crate::model::Kind;
use crate::quantity::{Precision, TimeValue};
use rust_decimal::Decimal;

fn clock(first: u16, last: u16, precision: Precision) -> TimeValue {
    let timex = |m: u16| format!("T{:02}:{:02}", m / 60 % 24, m % 60);
    TimeValue {
        timex: if first == last { timex(first) } else { format!("{}/{}", timex(first), timex(last)) },
        first: None,
        last: None,
        precision,
        month: None,
        day: None,
        clock: Some((first, last)),
        weekday: None,
        relative: false,
    }
}

/// Hour and minute written at `i`: one past it, minutes since midnight, whether minutes were written, whether with a point.
fn written(s: &Sentence, i: usize) -> Option<(usize, u16, bool, bool)> {
    if !s.is_digits(i) {
        return None;
    }
    let raw = s.of(i);
    if let Some((h, m)) = raw.split_once('.') {
        let (h, m): (u16, u16) = (h.parse().ok()?, (m.len() == 2).then(|| m.parse().ok()).flatten()?);
        return (h <= 24 && m < 60).then(|| (i + 1, h * 60 + m, true, true));
    }
    if raw.len() > 2 {
        return None;
    }
    let h: u16 = raw.parse().ok().filter(|h| *h <= 24)?;
    if s.sign(i + 1) == Some(':') && s.glued(i + 1) && s.glued(i + 2) && s.is_digits(i + 2) && s.of(i + 2).len() == 2 {
        let m: u16 = s.of(i + 2).parse().ok().filter(|m| *m < 60)?;
        let mut end = i + 3;
        if s.sign(end) == Some(':') && s.glued(end) && s.glued(end + 1) && s.is_digits(end + 1) {
            if s.of(end + 1).len() != 2 {
                return None;
            }
            end += 2;
        }
        return Some((end, h * 60 + m, true, false));
    }
    Some((i + 1, h * 60, false, false))
}

/// `a.m.` or `p.m.` at `i`, or what stands for it: one past it, and whether it is after noon.
fn half_day(s: &Sentence, i: usize) -> Option<(usize, bool)> {
    if s.is(i, class::AM) && s.is_word(i) && !s.tokens[i].capital | s.tokens[i].shout {
        return Some((i + 1, false));
    }
    if s.is(i, class::PM) && s.is_word(i) {
        return Some((i + 1, true));
    }
    if s.word_is(i, "in") && s.word_is(i + 1, "the") {
        if s.word_is(i + 2, "morning") {
            return Some((i + 3, false));
        }
        if s.word_in(i + 2, &["afternoon", "evening"]) {
            return Some((i + 3, true));
        }
    }
    if s.word_is(i, "at") && s.word_is(i + 1, "night") {
        return Some((i + 2, true));
    }
    None
}

fn turn(minutes: u16, after_noon: bool) -> Option<u16> {
    if minutes >= 13 * 60 {
        return (minutes < 1440).then_some(minutes);
    }
    let twelve = minutes % 720;
    Some(if after_noon { twelve + 720 } else { twelve })
}

/// One past the name of a time zone at `i`, or `i`: `GMT`, `ET`. Short names that are words too are read in capitals only.
fn zone(s: &Sentence, i: usize) -> usize {
    let named = s.is(i, class::ZONE) && s.is_word(i);
    i + usize::from(named && (s.of(i).len() > 2 && !s.word_in(i, &["eat", "cat", "wat"]) || s.tokens[i].shout))
}

/// Whether `4:12` or `2:03:45` at `i` is a time that was run and no time of day: `in 4:12`, `a time of 2:03:45`, `clocked 9:58`.
pub(super) fn lap(s: &Sentence, i: usize) -> bool {
    let led = i > 0
        && (s.word_in(i - 1, &["in", "clocked", "clocking"])
            || i > 1 && s.word_is(i - 1, "of") && s.word_in(i - 2, &["time", "times"]));
    let shaped = s.is_digits(i) && s.sign(i + 1) == Some(':') && s.glued(i + 1) && s.glued(i + 2) && s.is_digits(i + 2);
    led && shaped
}

/// `2:26:14` `31:42` at `i` as a time that was run: one past it, its seconds, and how many digits stand after their point. With hours it
/// is one unless what stands around it makes it a time of day.
pub(super) fn run(s: &Sentence, i: usize) -> Option<(usize, Decimal, u32)> {
    let part = |k: usize| {
        let joined = s.sign(k) == Some(':') && s.glued(k) && s.glued(k + 1) && s.is_digits(k + 1);
        let two = joined && s.of(k + 1).split('.').next().is_some_and(|w| w.len() == 2);
        two.then(|| s.figure(k + 1)).flatten().filter(|(n, _)| *n < Decimal::from(60))
    };
    if !s.is_digits(i) || s.of(i).len() > 2 || s.glued(i) && i > 0 && s.sign(i - 1) != Some('(') {
        return None;
    }
    let (first, _) = s.figure(i)?;
    let (second, seconds) = (part(i + 1).filter(|_| !s.of(i + 2).contains('.') || part(i + 3).is_none())?, part(i + 3));
    let led = lap(s, i);
    let end = if seconds.is_some() { i + 5 } else { i + 3 };
    let day = half_day(s, end).is_some() || zone(s, end) > end;
    let by_day = i > 0 && s.is(i - 1, class::CLOCK_LED);
    if day || by_day || s.glued(end) && s.is_word(end) {
        return None;
    }
    let sixty = Decimal::from(60);
    match seconds {
        Some((last, digits)) if led || s.of(i).len() == 1 => {
            Some((end, (first * sixty + second.0) * sixty + last, digits))
        }
        None if led => Some((end, first * sixty + second.0, second.1)),
        _ => None,
    }
}

/// `1300 GMT`, `0545 hours`: four digits that a zone, or a leading nought and `hours`, make a time.
fn military(s: &Sentence, i: usize) -> Option<(usize, u16)> {
    let raw = s.of(i);
    if !s.is_digits(i) || raw.len() != 4 || !raw.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (h, m): (u16, u16) = (raw[..2].parse().ok()?, raw[2..].parse().ok()?);
    let named = zone(s, i + 1) > i + 1;
    let hours = s.word_in(i + 1, &["hours", "hrs"]) && (raw.starts_with('0') || i > 0 && s.word_is(i - 1, "at"));
    (h < 24 && m < 60 && (named || hours)).then_some((i + 2, h * 60 + m))
}

/// The clock time at `i`.
pub(super) fn at(s: &Sentence, i: usize) -> Option<Hit> {
    let hit = |end: usize, v: TimeValue| Some(Hit { start: i, end, kind: Kind::Time, value: v, hedge: None });
    if let Some(m) = s.entry(i).filter(|_| s.is_word(i)).and_then(|e| e.clock) {
        if s.tokens[i].capital && i > 0 || s.joins(i + 1) {
            return None;
        }
        return hit(i + 1, clock(m, m, Precision::Minute));
    }
    if let Some((end, m)) = military(s, i) {
        return hit(end, clock(m, m, Precision::Minute));
    }
    let spoken = s
        .entry(i)
        .filter(|e| (1..=12).contains(&e.cardinal) && s.is_word(i))
        .map(|e| (i + 1, e.cardinal as u16 * 60, false, false));
    let (end, minutes, fine, pointed) = written(s, i).or(spoken)?;
    let precision = if fine { Precision::Minute } else { Precision::Hour };
    if let Some((e, pm)) = half_day(s, end).filter(|_| minutes < 1440 && (minutes >= 60 || fine)) {
        let plain = s.is(end, class::AM | class::PM) || fine || s.word_is(i.wrapping_sub(1), "at");
        if plain {
            return hit(zone(s, e), {
                let m = turn(minutes, pm)?;
                clock(m, m, precision)
            });
        }
    }
    // `9 to 11 a.m.`
    if (s.word_in(end, &["to", "until", "and"]) || matches!(s.sign(end), Some('-' | '–')))
        && let Some((e2, last, _, _)) = written(s, end + 1)
        && s.is(e2, class::AM | class::PM)
        && minutes <= 720
        && last <= 720
    {
        let (_, pm) = half_day(s, e2)?;
        let b = turn(last, pm)?;
        let a = turn(minutes, pm).filter(|a| *a <= b).or_else(|| turn(minutes, false))?;
        return hit(e2 + 1, clock(a, b, Precision::Range));
    }
    if s.is(end, class::OCLOCK) {
        let (e, m) = match half_day(s, end + 1) {
            Some((e, pm)) => (e, turn(minutes, pm)?),
            None => (end + 1, minutes),
        };
        return hit(e, clock(m, m, Precision::Hour));
    }
    if !s.is_digits(i) || !fine || minutes >= 1440 {
        return None;
    }
    if !pointed {
        // `ran the mile in 4:12`: how long it took.
        if lap(s, i) {
            return None;
        }
        let ratio = s.glued(end) && s.is_word(end)
            || s.sign(end) == Some('%')
            || s.glued(i) && i > 0 && !matches!(s.sign(i - 1), Some('(' | '"' | '“' | '-' | '–' | '—'));
        return (!ratio).then(|| hit(zone(s, end), clock(minutes, minutes, precision))).flatten();
    }
    // `at 21.15`: with a point only where the words before and behind leave nothing else.
    let led = i > 0 && s.word_in(i - 1, &["at", "until", "by"]) || s.word_in(end, &["gmt", "bst"]);
    let unit = s.phrase(end, Role::Unit).is_some()
        || super::guard::measured(s, end)
        || super::parts::noun_like(s, end)
        || s.entry(end).is_some_and(|e| e.scale != 0);
    (led && !unit && s.of(i).len() >= 4).then(|| hit(end, clock(minutes, minutes, precision))).flatten()
}
