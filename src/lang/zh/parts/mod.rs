//! The words around a Chinese figure: what it counts, who did what, where, when, and on whose word (semantics.md §3). Enters: a
//! sentence with its mentions. Leaves: one [`Parts`] a mention. Reads with word lists, particles and the shape of clauses in a
//! window around each figure; there is no segmenter. What is not found stays unknown.

mod acts;
mod clause;
mod measure;
mod respectively;
mod scope;
mod tokens;
mod words;

use super::super::{Context, Parts};
use crate::model::{Aggregation, BlockKind, Kind, Mention, Phrase, Scope, Status};
use crate::text::{Plain, Span};
use clause::Line;

pub use words::Words;

/// Reads the word lists that the parts of a claim rest on.
pub(super) fn words(files: &[(&str, &str)]) -> Result<Words, String> {
    Words::new(files)
}

/// How far into a sentence a dateline may reach, in bytes.
const DATELINE: usize = 120;

/// Where a sentence begins behind its dateline: `新华社日内瓦11月28日电（记者某某）世界卫生组织说…`. Its words are nobody's doing.
fn behind_dateline(text: &str, sentence: Span<Plain>, mentions: &[Mention]) -> usize {
    let start = sentence.start as usize;
    let whole = sentence.of(text);
    let reach = (0..=DATELINE.min(whole.len())).rev().find(|&i| whole.is_char_boundary(i)).unwrap_or(0);
    let head = &whole[..reach];
    let Some(at) = ["日电", "日讯"].iter().filter_map(|w| head.find(w)).min() else { return start };
    let named = head[..at].chars().next_back().is_some_and(|c| c.is_numeric() || "一二三四五六七八九十".contains(c))
        && ["社", "网", "报", "台"].iter().any(|w| head[..at].contains(w))
        && !head[..at].contains(['，', '。', '、']);
    if !named {
        return start;
    }
    let mut end = at + "日电".len();
    // （记者某某）
    for (open, close) in [('（', '）'), ('(', ')')] {
        let rest = whole[end..].trim_start();
        if rest.starts_with(open)
            && let Some(closed) = rest.find(close)
        {
            end = whole.len() - rest.len() + closed + close.len_utf8();
        }
    }
    let end = start + end;
    if mentions.first().is_some_and(|m| (m.span.start as usize) < end) { start } else { end }
}

/// The parts of the claim around each mention of a sentence.
pub(super) fn describe(
    words: &Words,
    text: &str,
    sentence: Span<Plain>,
    mentions: &[Mention],
    context: &mut Context,
) -> Vec<Parts> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let told = Span::new(behind_dateline(text, sentence, mentions), sentence.end as usize);
    let line = Line::new(words, text, tokens::tokens(words, text, told, mentions), mentions);
    let frame = scope::Frame::new(&line);
    let cell = matches!(context.block, Some(BlockKind::Cell(_)));
    let mut found: Vec<Parts> = Vec::with_capacity(mentions.len());
    // The subject of the sentence so far.
    let mut spoken: Option<Span<Plain>> = None;
    for (m, mention) in mentions.iter().enumerate() {
        let Some(at) = line.figures[m] else {
            found.push(Parts { clause: sentence, ..Parts::default() });
            continue;
        };
        let view = line.view(at);
        let unit = mention.unit_span.map_or_else(Default::default, |span| words.unit_role(span.of(text)));
        let mut measured = measure::measure(&line, &view, mention, unit);
        // `3万美元（约合人民币20.5万元）`: the same thing in another unit.
        if measured.phrase.is_none() && m > 0 && line.glosses(&view) {
            measured.phrase = found[m - 1].measure;
        }
        let is_time = mention.quantity.kind.is_time();
        let event = if is_time { acts::event(&line, &view) } else { acts::Event::default() };
        measured.phrase = measured.phrase.or(event.object);
        let predicate = if is_time { event.predicate } else { acts::predicate(&line, &view, &measured) };
        // `三次出庭` `一死一伤`: what is counted is the act.
        if measured.phrase.is_none()
            && mention.quantity.kind != Kind::Age
            && (unit.is(words::Role::EVENT_CLASSIFIER)
                || (mention.unit_span.is_none() && matches!(mention.quantity.kind, Kind::Count | Kind::Number)))
        {
            measured.phrase = predicate
                .filter(|p| p.start >= mention.span.end && !matches!(p.of(text), "占" | "约占" | "达到" | "达"))
                .map(|span| Phrase { span, head: span });
        }
        if measured.phrase.is_none() && !unit.is(words::Role::WHOLE_CLASSIFIER) {
            measured.phrase = taken_over(mentions, &found, m, &frame, context, &line, at);
            measured.inherited = measured.phrase.is_some();
        }
        let (own, _) = match event.subject {
            Some(found) => (Some(found), false),
            None => acts::subject(&line, &view, &measured),
        };
        let aged = measured.phrase.filter(|_| mention.quantity.kind == Kind::Age && !measured.inherited);
        let own = aged.map(|phrase| phrase.head).or(own);
        let inherited = if own.is_some() || cell { None } else { spoken.or(context.last_subject) };
        let subject = own.or(inherited);
        if own.is_some() {
            spoken = own;
        }
        let stated = if is_time { None } else { scope::time(&line, &view, at) };
        let (time, time_inherited) = match (stated, &context.as_of) {
            (Some(found), _) => (Some(found), false),
            (None, Some(found)) if !is_time && !cell => (Some(found.clone()), true),
            _ => (None, false),
        };
        let place = scope::place(&line, &view, measured.phrase.map(|p| p.span), at);
        let mut status = scope::status(&frame, &view, at);
        // A day that is fixed is no less stated for lying ahead.
        if is_time && matches!(status, Status::Planned | Status::Required) {
            status = Status::Actual;
        }
        let certain = matches!(status, Status::Actual | Status::Planned | Status::Estimated);
        if certain && scope::starts(&line, &view) {
            status = Status::Earlier;
        }
        found.push(Parts {
            clause: line.clause(at),
            measure: measured.phrase,
            subject,
            predicate,
            scope: Scope {
                base: scope::base(&line, &view, time.as_ref().map(|(value, _)| value)),
                aggregation: scope::aggregation(&line, &frame, &view, &measured, at),
                status,
                attribution: frame.attribution(at),
                place: place.map(|(span, _)| span),
                place_inherited: place.is_some_and(|(_, inherited)| inherited),
                subject_inherited: own.is_none() && subject.is_some(),
                time_span: time.as_ref().map(|(_, span)| *span),
                time: time.map(|(value, _)| value),
                time_inherited,
            },
        });
    }
    respectively::distribute(&line, mentions, &mut found);
    scope::move_on(&line, context);
    if let Some(last) = found.iter().rev().find_map(|p| p.measure) {
        context.last_measure = Some(last);
    }
    // Only somebody who acts is still spoken of in the next sentence.
    if !cell && let Some(actor) = spoken.filter(|&span| acts::is_actor(&line, span)) {
        context.last_subject = Some(actor);
    }
    found
}

/// The measure of an earlier figure, where this one has none of its own and can only speak of the same thing.
fn taken_over(
    mentions: &[Mention],
    found: &[Parts],
    m: usize,
    frame: &scope::Frame,
    context: &Context,
    line: &Line,
    at: usize,
) -> Option<Phrase> {
    let mention = &mentions[m];
    let kind = mention.quantity.kind;
    if kind.is_time() || matches!(kind, Kind::Duration | Kind::Ordinal | Kind::Age) {
        return None;
    }
    let share = matches!(kind, Kind::Percentage | Kind::PercentagePoints | Kind::Multiple | Kind::Fraction);
    let aggregation = || scope::aggregation(line, frame, &line.view(at), &measure::Measured::default(), at);
    // `54例，其中本土12例，累计4636例`: what stands behind `其中` is no longer the whole.
    let total = matches!(aggregation(), Some(Aggregation::Cumulative | Aggregation::Total));
    let earlier = mentions[..m].iter().zip(found).rev().take(16).find(|(other, parts)| {
        let part = |p: &Parts| p.scope.aggregation == Some(Aggregation::Part) && p.measure == parts.measure;
        if total && found.iter().any(part) {
            return false;
        }
        let alike = other.quantity.kind == kind && other.quantity.unit == mention.quantity.unit;
        alike || (share && !other.quantity.kind.is_time() && other.quantity.kind != Kind::Duration)
    });
    if let Some((_, parts)) = earlier {
        return parts.measure;
    }
    // `可支配收入增长9.2%，达到1.65万元`, `毕业生首次突破60万，达61.4万人`: the clause only says how far.
    let view = line.view(at);
    let lead = &view.tokens[..view.at];
    let reaches = lead.iter().all(|t| t.is(words::Role::LINK.or(words::Role::CHANGE).or(words::Role::ADVERB)))
        && lead.last().is_some_and(|t| t.span().of(line.text).contains('达'));
    if reaches && let Some((_, parts)) = mentions[..m].iter().zip(found).rev().find(|(o, _)| !o.quantity.kind.is_time())
    {
        return parts.measure;
    }
    if aggregation() == Some(Aggregation::Part) && matches!(kind, Kind::Count) { context.last_measure } else { None }
}
