//! `分别`: a list of figures that belong to a list of things or dates, one to one. Enters: a sentence and the parts found so far. Leaves:
//! each figure's own measure or time.

use super::Parts;
use super::clause::{Line, phrase};
use super::tokens::{Kind, Token};
use super::words::Role;
use crate::model::{Mention, Phrase};

/// Gives each figure behind `分别` the thing in its place: of the list right before it, or else of the figures told last.
pub(super) fn distribute(line: &Line, mentions: &[Mention], found: &mut [Parts]) {
    let mut m = 0;
    while m + 1 < mentions.len() {
        let len = run(line, mentions, m);
        if len > 1
            && let Some(at) = line.figures[m]
            && let Some(word) = marker(line, at)
        {
            if let Some(first) = dates(line, mentions, m, len) {
                for k in 0..len {
                    let date = &mentions[first + k];
                    let scope = &mut found[m + k].scope;
                    scope.time.clone_from(&date.quantity.time);
                    scope.time_span = Some(date.span);
                    scope.time_inherited = false;
                }
            } else if let Some(things) = listed(line, word, len) {
                for (parts, thing) in found[m..m + len].iter_mut().zip(things) {
                    parts.measure = Some(thing);
                }
            } else if let Some(first) = told(line, mentions, found, m, len) {
                for k in 0..len {
                    let (measure, aggregation) = (found[first[k]].measure, found[first[k]].scope.aggregation);
                    found[m + k].measure = measure;
                    found[m + k].scope.aggregation = aggregation;
                }
            }
        }
        m += len.max(1);
    }
}

/// How many figures of one kind stand in a list from the mention `m` on.
fn run(line: &Line, mentions: &[Mention], m: usize) -> usize {
    let kind = mentions[m].quantity.kind;
    if kind.is_time() {
        return 1;
    }
    let mut len = 1;
    while let (Some(next), Some(Some(a)), Some(Some(b))) =
        (mentions.get(m + len), line.figures.get(m + len - 1), line.figures.get(m + len))
    {
        let between = &line.tokens[a + 1..*b];
        let listed = !between.is_empty() && between.iter().all(|t| t.kind == Kind::Pause || t.is(Role::AND));
        if !listed || next.quantity.kind != kind {
            break;
        }
        len += 1;
    }
    len
}

/// The `分别` that leads the figure at `at` in, no other figure between but a date.
fn marker(line: &Line, at: usize) -> Option<usize> {
    (at.saturating_sub(8)..at)
        .rev()
        .take_while(|&i| line.tokens[i].kind != Kind::Stop && !figure(line, i))
        .find(|&i| line.tokens[i].span().of(line.text).starts_with("分别"))
}

fn figure(line: &Line, i: usize) -> bool {
    matches!(line.tokens[i].kind, Kind::Figure(m) if !line.mentions[m].quantity.kind.is_time())
}

/// The `count` things listed right before the word at `word`: `夏粮、秋粮分别增长1.5%和2.4%`.
fn listed(line: &Line, word: usize, count: usize) -> Option<Vec<Phrase>> {
    let tokens = &line.tokens;
    let mut things = Vec::new();
    let mut end = word;
    while end > 0 && skipped(&tokens[end - 1]) {
        end -= 1;
    }
    loop {
        let mut first = end;
        while first > 0 && tokens[first - 1].is_nominal() && !tokens[first - 1].is(Role::PRONOUN) {
            first -= 1;
        }
        if first == end {
            return None;
        }
        things.push(phrase(line.text, tokens, first, end - 1)?.phrase);
        let parts = first > 0 && (tokens[first - 1].kind == Kind::Pause || tokens[first - 1].is(Role::AND));
        if !parts {
            break;
        }
        end = first - 1;
        if things.len() > count {
            return None;
        }
    }
    things.reverse();
    (things.len() == count).then_some(things)
}

/// Words between a list and its `分别`.
fn skipped(token: &Token) -> bool {
    token.kind == Kind::Word && !token.is_nominal() && token.is(Role::ADVERB.or(Role::TIME).or(Role::LINK))
}

/// The first of `count` dates in a list that stand right before the figures: `2014年、2015年营收分别为…`.
fn dates(line: &Line, mentions: &[Mention], m: usize, count: usize) -> Option<usize> {
    let first = m.checked_sub(count)?;
    let listed = (first..m).all(|i| mentions[i].quantity.kind.is_time())
        && (first + 1..m).all(|i| match (line.figures[i - 1], line.figures[i]) {
            (Some(a), Some(b)) => {
                let between = &line.tokens[a + 1..b];
                !between.is_empty() && between.iter().all(|t| t.kind == Kind::Pause || t.is(Role::AND))
            }
            _ => false,
        });
    let alone = first == 0 || !mentions[first - 1].quantity.kind.is_time();
    (listed && alone).then_some(first)
}

/// The `count` figures told before the mention `m`, where all are of one kind and each has its own measure.
fn told(line: &Line, mentions: &[Mention], found: &[Parts], m: usize, count: usize) -> Option<Vec<usize>> {
    let earlier: Vec<usize> = (0..m).rev().filter(|&i| !mentions[i].quantity.kind.is_time()).take(count + 1).collect();
    let last = earlier.get(..count)?;
    let kind = mentions[*last.first()?].quantity.kind;
    // More figures of that kind before them: nothing tells which are meant.
    if earlier.get(count).is_some_and(|&i| mentions[i].quantity.kind == kind) {
        return None;
    }
    let mut things: Vec<Phrase> = Vec::with_capacity(count);
    let mut places = Vec::with_capacity(count);
    for &i in last.iter().rev() {
        let thing = found[i].measure?;
        let again = things.iter().any(|t| t.span.of(line.text) == thing.span.of(line.text));
        if mentions[i].quantity.kind != kind || again {
            return None;
        }
        things.push(thing);
        places.push(i);
    }
    Some(places)
}
