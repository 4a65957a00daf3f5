//! Who does what: predicate and subject. Enters: the clause around a figure and its measure. Leaves: spans.

use super::clause::{Found, Line, View, leftwards};
use super::measure::Measured;
use super::tokens::{Kind, Token};
use super::words::{Role, Tag};
use crate::model::Mention;
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
    (tokens[i].is(Role::ATTRIBUTE) && noun)
        || next.is_some_and(|t| t.is(Role::ACTIVITY) && i > 0)
        || (tokens[i].is(Role::NOUN)
            && i > 0
            && tokens[i - 1].is_nominal()
            && !next.is_some_and(|t| matches!(t.kind, Kind::Figure(_))))
        || next.is_some_and(|t| t.is(Role::OF))
}

/// What is said of the thing that the figure at `view.at` counts.
pub(super) fn predicate(line: &Line, view: &View, mention: &Mention, measured: &Measured) -> Option<Span<Plain>> {
    let tokens = &view.tokens;
    if mention.quantity.kind.is_time() {
        return event(line, view);
    }
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
        if token.is(Role::SAY) && !token.is(Role::VERB) {
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
    let mut i = measured.tokens.filter(|_| measured.after).map_or(view.at, |(_, last)| last) + 1;
    let mut late = None;
    while let Some(token) = tokens.get(i) {
        if matches!(token.kind, Kind::Figure(_) | Kind::Pause) {
            break;
        }
        if telling(token) && !modifies(tokens, i) {
            return Some(token.span());
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
    let modifier = measured.tokens.and_then(|(first, last)| {
        tokens[first..=last].iter().find(|t| t.is(Role::ATTRIBUTE) && t.is(Role::VERB)).map(Token::span)
    });
    weak.or(late).or(modifier)
}

/// Whether only list marks and nouns without verbs stand between the figure at `i` and the one at `at`.
fn measured_list(tokens: &[Token], i: usize, at: usize) -> bool {
    tokens[i + 1..at].iter().any(|t| t.kind == Kind::Pause || t.is(Role::AND))
        || tokens[i + 1..at].iter().all(|t| t.is(Role::LINK.or(Role::CHANGE).or(Role::PREPOSITION)))
}

/// What happens at the date or clock time at `view.at`.
fn event(line: &Line, view: &View) -> Option<Span<Plain>> {
    let tokens = &view.tokens;
    // `成立于1998年` `创办于` `写于`.
    if let Some(i) = view.at.checked_sub(1) {
        let before = &tokens[i];
        if before.is(Role::VERB) && before.chars > 1 && before.span().of(line.text).ends_with('于') {
            let span = before.span();
            return Some(Span::new(span.start as usize, span.end as usize - '于'.len_utf8()));
        }
        if (before.is(Role::PREPOSITION) || before.is(Role::LINK))
            && before.chars == 1
            && let Some(verb) = i.checked_sub(1).map(|i| &tokens[i])
            && verb.is(Role::VERB)
            && !verb.is(Role::NOUN)
        {
            return Some(verb.span());
        }
    }
    let happens = |tokens: &[Token], from: usize| {
        let mut weak = None;
        for i in from..tokens.len() {
            let token = &tokens[i];
            if telling(token) && !modifies(tokens, i) && !token.is(Role::CHANGE) {
                return Some(token.span());
            }
            if weak.is_none()
                && token.is(Role::WEAK)
                && token.chars > 1
                && !token.is(Role::SAY.or(Role::LINK))
                && token.tag.is_none()
            {
                weak = Some(token.span());
            }
            if token.is(Role::SAY) && !token.is(Role::VERB) {
                break;
            }
        }
        weak
    };
    if let Some(found) = happens(tokens, view.at + 1) {
        return Some(found);
    }
    let Kind::Figure(m) = tokens[view.at].kind else { return None };
    let next = line.next_clause(line.figures[m]?)?;
    let view = line.view(next);
    happens(&view.tokens, 0)
}

/// Whether a phrase names somebody or something that acts.
fn acts(tokens: &[Token], found: &Found) -> bool {
    tokens[found.first..=found.last]
        .iter()
        .any(|t| t.kind == Kind::Name || t.is(Role::PERSON.or(Role::ORGANISATION).or(Role::PLACE)))
        || tokens[..found.first].last().is_some_and(|t| t.kind == Kind::QuoteOpen)
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
        if !tokens[i].is_nominal() || tokens[i].is(Role::SHARE) {
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
        let bare_place =
            (found.first..=found.last).all(|k| tokens[k].is(Role::PLACE.or(Role::WHOLE_PLACE).or(Role::LOCALIZER)));
        let object =
            tokens[start..found.first].iter().any(|t| t.is(Role::VERB) && !t.is(Role::NOUN.or(Role::ATTRIBUTE)));
        if !aside && !object {
            if acts(tokens, &found) && !bare_place {
                return (Some(name(line.text, tokens, &found)), false);
            }
            let known = (found.first..=found.last)
                .any(|k| tokens[k].is(Role::NOUN) || (tokens[k].kind == Kind::Unknown && tokens[k].chars > 1));
            if known {
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
            || tokens[first..k].iter().any(|t| t.span().of(line.text).ends_with('籍'));
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
    let slice = &tokens[found.first..=found.last];
    let _ = text;
    match slice.iter().rposition(|t| t.kind == Kind::Name) {
        Some(i) if i + 1 == slice.len() => slice[i].span(),
        _ => found.phrase.span,
    }
}
