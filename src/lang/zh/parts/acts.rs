//! Who does what: predicate and subject. Enters: the clause around a figure and its measure. Leaves: spans.

use super::clause::{Found, Line, View, leftwards, phrase};
use super::measure::Measured;
use super::tokens::{Kind, Token};
use super::words::{Role, Tag};
use crate::model::{self, Phrase};
use crate::text::{Plain, Span};

/// Whether a token is a verb that says something.
fn telling(token: &Token) -> bool {
    token.kind == Kind::Word
        && (token.is(Role::VERB.or(Role::CHANGE)))
        && !token.is(Role::WEAK.or(Role::CAUSE).or(Role::SAY).or(Role::ADVERB))
        && !matches!(token.tag, Some(Tag::Base(_) | Tag::Than | Tag::Status(_)))
}

/// Whether the verb at `i` stands before a noun as its modifier, or is the end of a noun.
fn modifies(tokens: &[Token], i: usize) -> bool {
    let next = tokens.get(i + 1);
    let noun = next.is_some_and(|t| t.is_nominal() && !t.is(Role::VERB.or(Role::PLACE)));
    // `保护者` `转让价`.
    let ends = next.is_some_and(|t| {
        t.chars == 1 && t.start == tokens[i].end && t.is(Role::AGENT.or(Role::SUFFIX)) && !t.is(Role::VERB)
    });
    ends || (tokens[i].is(Role::ATTRIBUTE) && noun)
        || next.is_some_and(|t| t.is(Role::ACTIVITY) && i > 0)
        || (tokens[i].is(Role::NOUN)
            && i > 0
            && tokens[i - 1].is_nominal()
            && !next.is_some_and(|t| matches!(t.kind, Kind::Figure(_))))
        || next.is_some_and(|t| t.is(Role::OF))
}

/// What is said of the thing that the figure at `view.at` counts.
pub(super) fn predicate(line: &Line, view: &View, measured: &Measured) -> Option<Span<Plain>> {
    let tokens = &view.tokens;
    // `致1死1伤` `17人受伤`: right behind the figure, where nothing else is counted.
    if measured.tokens.is_none()
        && let Some(next) = tokens.get(view.at + 1)
        && telling(next)
        && !next.is(Role::CHANGE)
        && !modifies(tokens, view.at + 1)
    {
        return Some(next.span());
    }
    // To the left, in the figure's own clause, no other amount between.
    let from = measured.tokens.filter(|_| !measured.after).map_or(view.at, |(first, _)| first);
    let mut weak = None;
    for i in (0..view.at).rev() {
        let token = &tokens[i];
        if let Kind::Figure(m) = token.kind {
            // Lists share their verb; a figure with its own noun after it has its own.
            let time = line.mentions[m].quantity.kind.is_time();
            if !time && !measured_list(tokens, i, view.at) {
                break;
            }
            continue;
        }
        // Behind a particle the verbs belong to a modifier.
        if (token.is(Role::SAY) && !token.is(Role::VERB)) || (token.is(Role::OF) && weak.is_some()) {
            break;
        }
        let inside = i >= from && measured.tokens.is_some_and(|(_, last)| i <= last) && !measured.after;
        if token.is(Role::SHARE) && !token.is(Role::NOUN) {
            return Some(token.span());
        }
        if telling(token) && !inside && !modifies(tokens, i) {
            return Some(token.span());
        }
        if weak.is_none()
            && token.is(Role::WEAK)
            && !token.is(Role::CAUSE.or(Role::SAY))
            && !token.is(Role::LINK)
            && !inside
            && token.chars > 1
            && token.tag.is_none()
        {
            weak = Some(token.span());
        }
    }
    // To the right, after the measure.
    let shared = matches!(tokens[view.at].kind, Kind::Figure(m)
        if matches!(line.mentions[m].quantity.kind, model::Kind::Percentage | model::Kind::Fraction));
    let mut i = measured.tokens.filter(|_| measured.after).map_or(view.at, |(_, last)| last) + 1;
    let mut late = None;
    while let Some(token) = tokens.get(i) {
        if matches!(token.kind, Kind::Figure(_) | Kind::Pause) {
            break;
        }
        if telling(token) && !modifies(tokens, i) {
            return Some(token.span());
        }
        // `65.3%的人表示满意`: what they say parts them from those who say otherwise.
        if shared
            && token.is(Role::SAY)
            && let Some(said) = tokens.get(i + 1).filter(|t| matches!(t.kind, Kind::Word | Kind::Unknown))
        {
            return Some(said.span());
        }
        if late.is_none()
            && token.is(Role::WEAK)
            && token.chars > 1
            && !token.is(Role::CAUSE.or(Role::SAY).or(Role::LINK))
            && token.tag.is_none()
        {
            late = Some(token.span());
        }
        i += 1;
    }
    // `参展供应商一共940家`: the modifier says it.
    let modifier = measured
        .tokens
        .and_then(|(first, last)| tokens[first..=last].iter().find(|t| t.is(Role::VERB)).map(Token::span));
    weak.or(late).or(modifier)
}

/// Whether only list marks and nouns without verbs stand between the figure at `i` and the one at `at`.
fn measured_list(tokens: &[Token], i: usize, at: usize) -> bool {
    tokens[i + 1..at].iter().any(|t| t.kind == Kind::Pause || t.is(Role::AND))
        // `26个国家的540名选手`
        || tokens[i + 1..at].last().is_some_and(|t| t.is(Role::OF))
        || tokens[i + 1..at].iter().all(|t| t.is(Role::LINK.or(Role::CHANGE).or(Role::PREPOSITION)))
}

/// What happens at a date or clock time, and to whom.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Event {
    /// What happens.
    pub(super) predicate: Option<Span<Plain>>,
    /// Who does it or undergoes it, where the words between the date and the verb say so.
    pub(super) subject: Option<Span<Plain>>,
    /// What it is done to.
    pub(super) object: Option<Phrase>,
}

/// What happens at the date or clock time at `view.at`.
pub(super) fn event(line: &Line, view: &View) -> Event {
    let tokens = &view.tokens;
    // `截至12月29日` `比9月`: a date that frames or measures something else.
    if view.at.checked_sub(1).is_some_and(|i| tokens[i].is(Role::AS_OF) || matches!(tokens[i].tag, Some(Tag::Than))) {
        return Event::default();
    }
    // `成立于1998年的某公司` `创办于` `出生在`: the verb stands before the date.
    if let Some(i) = view.at.checked_sub(1) {
        let before = &tokens[i];
        let mut predicate = None;
        if before.is(Role::VERB) && before.chars > 1 && before.span().of(line.text).ends_with('于') {
            let span = before.span();
            predicate = Some(Span::new(span.start as usize, span.end as usize - '于'.len_utf8()));
        } else if (before.is(Role::PREPOSITION) || before.is(Role::LINK))
            && before.chars == 1
            && let Some(verb) = i.checked_sub(1).map(|i| &tokens[i])
            && verb.is(Role::VERB)
            && !verb.is(Role::NOUN)
        {
            predicate = Some(verb.span());
        }
        if predicate.is_some() {
            // `创办于1998年的恒岳轴承`: what the particle leads to.
            let subject = tokens.get(view.at + 1).filter(|t| t.is(Role::OF)).and_then(|_| {
                let end = (view.at + 2..tokens.len()).take_while(|&k| tokens[k].is_nominal()).last()?;
                leftwards(line.text, tokens, end, view.at + 2).map(|found| name(line.text, tokens, &found))
            });
            return Event { predicate, subject, object: None };
        }
    }
    let found = happening(line, tokens, view.at + 1);
    if found.predicate.is_some() || tokens.len() > view.at + 4 {
        return found;
    }
    let Kind::Figure(m) = tokens[view.at].kind else { return found };
    let Some(next) = line.figures[m].and_then(|at| line.next_clause(at)) else { return found };
    let view = line.view(next);
    let later = happening(line, &view.tokens, 0);
    Event { subject: found.subject.or(later.subject), ..later }
}

/// The first thing that happens from `from` on: its verb, who stands before it, what stands behind it.
fn happening(line: &Line, tokens: &[Token], from: usize) -> Event {
    let mut verb = None;
    let mut weak = None;
    let mut modifier = None;
    for (i, token) in tokens.iter().enumerate().skip(from) {
        if telling(token) && !modifies(tokens, i) && !token.is(Role::CHANGE) {
            verb = Some(i);
            break;
        }
        // `10月出口整车1.8万辆`: behind a date a modifier with its noun is what was done.
        if modifier.is_none() && token.is(Role::ATTRIBUTE) && token.is(Role::VERB) {
            modifier = Some(i);
        }
        let thin =
            token.is(Role::WEAK) && token.chars > 1 && !token.is(Role::SAY.or(Role::LINK)) && token.tag.is_none();
        if weak.is_none() && thin {
            weak = Some(i);
        }
        if token.is(Role::SAY) && !token.is(Role::VERB) {
            break;
        }
    }
    let Some(at) = verb.or(weak).or(modifier) else { return Event::default() };
    let first_verb = weak.map_or(at, |w| w.min(at));
    let subject = actor(line, tokens, from, first_verb);
    let mut end = at + 1;
    while tokens.get(end).is_some_and(|t| t.is(Role::ADVERB) && !t.is_nominal()) {
        end += 1;
    }
    let start = end;
    while tokens.get(end).is_some_and(|t| {
        let noun = !t.is(Role::VERB) || t.is(Role::NOUN.or(Role::ATTRIBUTE));
        t.is_nominal() && !t.is(Role::PRONOUN) && noun
    }) {
        end += 1;
    }
    let placed = tokens[start..end].iter().any(|t| t.is(Role::PLACE.or(Role::WHOLE_PLACE).or(Role::SOME_WHOLE)));
    let object =
        (end > start && !placed).then(|| phrase(line.text, tokens, start, end - 1)).flatten().map(|found| found.phrase);
    Event { predicate: Some(tokens[at].span()), subject, object }
}

/// The last noun phrase of `tokens[from..to]` that stands beside no preposition.
fn actor(line: &Line, tokens: &[Token], from: usize, to: usize) -> Option<Span<Plain>> {
    let mut i = to;
    let mut plain = None;
    while i > from {
        i -= 1;
        if !tokens[i].is_nominal() || plans(tokens, i) {
            continue;
        }
        let Some(found) = leftwards(line.text, tokens, i, from) else { continue };
        let aside = found.first.checked_sub(1).filter(|&k| k >= from).is_some_and(|k| {
            tokens[k].is(Role::PREPOSITION.or(Role::ELSEWHERE))
                || matches!(tokens[k].tag, Some(Tag::Than | Tag::According))
        });
        let place = (found.first..=found.last)
            .all(|k| tokens[k].is(Role::PLACE.or(Role::WHOLE_PLACE).or(Role::SOME_WHOLE).or(Role::LOCALIZER)));
        if !aside && !place {
            let span = name(line.text, tokens, &found);
            if acts(tokens, &found) {
                return Some(span);
            }
            plain = plain.or(Some(span));
        }
        i = found.first.min(i);
    }
    plain
}

/// Whether `计划` at `i` is the verb: another follows.
fn plans(tokens: &[Token], i: usize) -> bool {
    matches!(tokens[i].tag, Some(Tag::Status(_))) && tokens.get(i + 1).is_some_and(|t| t.is(Role::VERB))
}

/// Whether a phrase names somebody or something that acts.
fn acts(tokens: &[Token], found: &Found) -> bool {
    tokens[found.first..=found.last]
        .iter()
        .any(|t| t.kind == Kind::Name || t.is(Role::PERSON.or(Role::ORGANISATION).or(Role::PLACE)))
        || tokens[..found.first].last().is_some_and(|t| t.kind == Kind::QuoteOpen)
}

/// Whether the tokens of a span name somebody or something that acts.
pub(super) fn is_actor(line: &Line, span: Span<Plain>) -> bool {
    let from = line.tokens.partition_point(|t| t.end <= span.start);
    let inside = line.tokens[from..].iter().take_while(|t| t.start < span.end);
    let quoted = from > 0 && line.tokens[from - 1].kind == Kind::QuoteOpen;
    quoted
        || inside.into_iter().any(|t| {
            t.kind == Kind::Name || t.is(Role::PERSON.or(Role::ORGANISATION).or(Role::PLACE).or(Role::WHOLE_PLACE))
        })
}

/// Who or what the clause speaks of, and whether the clause points back to somebody instead.
pub(super) fn subject(line: &Line, view: &View, measured: &Measured) -> (Option<Span<Plain>>, bool) {
    let tokens = &view.tokens;
    let mut end = view.at;
    if let (Some((first, _)), false) = (measured.tokens, measured.after) {
        end = end.min(first);
    }
    // After a verb of saying another clause begins.
    let start =
        tokens[..end].iter().rposition(|t| t.is(Role::SAY) && !t.is(Role::VERB.or(Role::NOUN))).map_or(0, |i| i + 1);
    let back = tokens[start..view.at].iter().any(|t| t.is(Role::PRONOUN));
    let mut plain = None;
    let mut i = end;
    while i > start {
        i -= 1;
        if !tokens[i].is_nominal() || tokens[i].is(Role::SHARE) || plans(tokens, i) {
            continue;
        }
        let Some(found) = leftwards(line.text, tokens, i, start) else { continue };
        let led_by = found.first.checked_sub(1).map(|k| tokens[k]);
        let aside = led_by.is_some_and(|t| {
            t.is(Role::PREPOSITION.or(Role::ELSEWHERE))
                || (t.is(Role::VERB) && !t.is(Role::NOUN))
                || t.tag == Some(Tag::Than)
                || t.tag == Some(Tag::According)
        });
        let bare_place = (found.first..=found.last)
            .all(|k| tokens[k].is(Role::PLACE.or(Role::WHOLE_PLACE).or(Role::SOME_WHOLE).or(Role::LOCALIZER)));
        let object =
            tokens[start..found.first].iter().any(|t| t.is(Role::VERB) && !t.is(Role::NOUN.or(Role::ATTRIBUTE)));
        if !aside && !object {
            if acts(tokens, &found) && !bare_place {
                return (Some(name(line.text, tokens, &found)), false);
            }
            let known = (found.first..=found.last)
                .any(|k| tokens[k].is(Role::NOUN) || (tokens[k].kind == Kind::Unknown && tokens[k].chars > 1));
            // `来自42个国家的采购商`: no more than a modifier.
            let modifies = tokens.get(found.last + 1).is_some_and(|t| t.is(Role::OF));
            if known && !modifies {
                plain = Some(name(line.text, tokens, &found));
            }
        }
        i = found.first.min(i);
    }
    // The names at the head of the measure itself: `合肥新能源汽车产量` `江苏省阿里巴巴“中国供应商”`.
    if let Some((first, last)) = measured.tokens {
        let mut k = first;
        while k < last
            && (tokens[k].kind == Kind::Name
                || tokens[k].is(Role::PLACE.or(Role::ORGANISATION))
                || tokens[k].kind == Kind::Unknown)
        {
            k += 1;
        }
        // `河北籍女子`: where from, not who.
        let from = tokens.get(k).is_some_and(|t| t.span().of(line.text).starts_with('籍'))
            || tokens[first..k].iter().any(|t| t.span().of(line.text).ends_with('籍'))
            // `家“中国供应商”`: the name of the things themselves.
            || first.checked_sub(1).is_some_and(|i| tokens[i].kind == Kind::QuoteOpen);
        let names =
            !from && tokens[first..k].iter().any(|t| t.kind == Kind::Name || t.is(Role::PLACE.or(Role::ORGANISATION)));
        if k > first && names {
            return (Some(Span::new(tokens[first].start as usize, tokens[k - 1].end as usize)), false);
        }
    }
    // A bare place speaks for itself where nothing else does.
    (plain.filter(|_| !back), back)
}

/// The bare name in a phrase: a person's name without his office.
fn name(text: &str, tokens: &[Token], found: &Found) -> Span<Plain> {
    let mut slice = &tokens[found.first..=found.last];
    let _ = text;
    // `公安局换了` `公交公司新购`: a short unknown run behind a name is no part of it.
    while let [.., owner, last] = slice
        && last.kind == Kind::Unknown
        && (last.chars == 1 || (last.chars == 2 && owner.is(Role::ORGANISATION)))
    {
        slice = &slice[..slice.len() - 1];
    }
    let (Some(first), Some(last)) = (slice.first(), slice.last()) else { return found.phrase.span };
    if last.kind == Kind::Name {
        return last.span();
    }
    Span::new(first.start as usize, last.end as usize)
}
