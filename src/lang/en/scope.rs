//! Scope of an English figure: time, place, base, aggregation, status, attribution. Enters: a sentence with its mentions. Leaves: what
//! the words state; the rest stays unknown.

use super::parts::{View, is_verb, np_left, np_right};
use super::token::{REACH, Sentence};
use super::words::{AGGREGATIONS, BASES, Role, STATUSES, class};
use crate::lang::Context;
use crate::model::{Aggregation, Kind, Scope, Status};
use crate::quantity::Precision;
use crate::text::{Plain, Span};

/// The scope of mention `m`, whose clause is the tokens `clause`.
pub(super) fn of(view: &View, m: usize, clause: (usize, usize), context: &mut Context) -> Scope {
    let mut scope = Scope { status: status(view, m, clause), ..Scope::default() };
    time(view, m, clause, &mut scope, context);
    scope.place = place(view.s, clause, view.at[m])
        .or_else(|| place(view.s, (view.at[m].0.saturating_sub(REACH), view.at[m].1 + REACH), view.at[m]));
    if let Some(p) = scope.place {
        context.last_place = Some(p);
    }
    scope.base = base(view, m, clause);
    scope.aggregation = aggregation(view, m, clause);
    scope.attribution = view.attribution;
    scope
}

fn time(view: &View, m: usize, clause: (usize, usize), scope: &mut Scope, context: &mut Context) {
    if view.mentions[m].quantity.kind.is_time() {
        return;
    }
    let s = view.s;
    let here = view.at[m];
    let mut best: Option<(bool, usize, usize)> = None;
    for (k, other) in view.mentions.iter().enumerate().take(m + 12).skip(m.saturating_sub(12)) {
        let Some(t) = &other.quantity.time else { continue };
        if t.precision < Precision::PartOfDay {
            continue;
        }
        let (a, b) = view.at[k];
        let marked = |j: usize| s.is(j, class::RECORD) || s.of(j).ends_with("est");
        let ranked = view
            .mentions
            .iter()
            .zip(&view.at)
            .any(|(x, at)| x.quantity.kind == Kind::Ordinal && at.1 <= a && a - at.1 < 8);
        let record = s.word_is(a, "since") && ((a.saturating_sub(REACH)..a).any(marked) || ranked)
            || (a.saturating_sub(5)..a).any(|j| s.word_is(j, "since"));
        if record || s.is(a.wrapping_sub(1), class::AGO) || view.base_words(a) {
            continue;
        }
        let outside = a < clause.0 || b > clause.1;
        let away = if b <= here.0 { here.0 - b } else { a.saturating_sub(here.1) + 1 };
        if best.is_none_or(|x| (outside, away) < (x.0, x.1)) {
            best = Some((outside, away, k));
        }
    }
    if let Some((_, _, k)) = best {
        scope.time.clone_from(&view.mentions[k].quantity.time);
        scope.time_span = Some(view.mentions[k].span);
        // What a sentence opens with holds for those behind it: `In October …`, `By Monday evening …`.
        let (a, _) = view.at[k];
        if a <= 3
            && view.mentions[k]
                .quantity
                .time
                .as_ref()
                .is_some_and(|t| t.precision >= Precision::PartOfDay && !t.timex.contains(".."))
        {
            context.as_of = scope.time.clone().zip(scope.time_span);
        }
    } else if let Some((t, span)) = &context.as_of {
        scope.time = Some(t.clone());
        scope.time_span = Some(*span);
        scope.time_inherited = true;
    }
}

impl View<'_, '_> {
    /// Whether a date at `a` only says what a figure is compared with: `than in May`, `from 2019`.
    fn base_words(&self, a: usize) -> bool {
        let s = self.s;
        a > 1 && s.word_is(a - 1, "in") && s.word_is(a - 2, "than") || a > 0 && s.word_in(a - 1, &["than"])
    }
}

/// `in Lowmoor`, `off Inver Point`: a name after a preposition of place, nearest to the figure.
fn place(s: &Sentence, range: (usize, usize), at: (usize, usize)) -> Option<Span<Plain>> {
    let mut best: Option<(usize, usize, usize)> = None;
    for i in range.0..range.1.min(s.len()) {
        if !s.is(i, class::PLACE_PREPOSITION) || !s.is_word(i) {
            continue;
        }
        let a = i + 1 + usize::from(s.is(i + 1, class::ARTICLE));
        let mut b = a;
        while s.tokens.get(b).is_some_and(|t| t.capital)
            && s.is_word(b)
            && !s.entry(b).is_some_and(|e| e.month != 0 || e.weekday != 0)
            || b > a && s.word_is(b, "of") && s.tokens.get(b + 1).is_some_and(|t| t.capital)
            || b > a && s.joins(b)
        {
            b += 1;
        }
        if b == a || s.word_in(a, &["q", "h", "fy"]) && s.is_digits(a + 1) {
            continue;
        }
        let away = if b <= at.0 { at.0 - b } else { a.saturating_sub(at.1) + 1 };
        if best.is_none_or(|x| away < x.0) {
            best = Some((away, a, b));
        }
    }
    let (_, a, b) = best?;
    Some(Span::new(s.tokens[a].start as usize, s.tokens[b - 1].end as usize))
}

fn status(view: &View, m: usize, clause: (usize, usize)) -> Status {
    let s = view.s;
    let (a, b) = view.at[m];
    let mut found = Status::Actual;
    // What was told before the figure in its clause rules; the nearest wins.
    for i in clause.0..a.max(clause.0) {
        if let Some((end, k)) = s.phrase(i, Role::Status).filter(|x| x.0 <= a.max(i + 1)) {
            let capital_may = s.tokens[i].capital && s.word_is(i, "may");
            let noun_will = i > 0
                && s.is(i - 1, class::ARTICLE | class::DETERMINER)
                && s.word_in(i, &["will", "project", "projects", "forecast", "estimate", "may"])
                && s.word_is(i, "will");
            if !capital_may && !noun_will && end <= a + 1 {
                found = STATUSES.get(k as usize).map_or(found, |x| x.1);
            }
        }
    }
    if found == Status::Actual {
        for i in b..clause.1 {
            if let Some((_, k)) = s.phrase(i, Role::Status) {
                // Behind the figure only its own verb speaks: `19,000 passengers will use it`.
                if (s.is(i, class::AUXILIARY) || i <= b + 4)
                    && !(s.tokens[i].capital && s.word_is(i, "may"))
                    && !s.word_in(i, &["if", "rather", "instead", "could", "may", "might"])
                {
                    found = STATUSES.get(k as usize).map_or(found, |x| x.1);
                }
                break;
            }
        }
    }
    // A report withdrawn or denied colours the whole sentence behind it.
    for i in a.saturating_sub(REACH)..a {
        if let Some((_, k)) = s.phrase(i, Role::Status)
            && let Some((_, st @ (Status::Reported | Status::Denied | Status::Hypothetical))) =
                STATUSES.get(k as usize).copied()
        {
            let reaches =
                st == Status::Reported || i >= clause.0 || st == Status::Hypothetical && i == 0 && clause.0 == 0;
            if reaches && !s.word_in(i, &["instead", "rather"]) {
                found = st;
            }
        }
    }
    if found == Status::Actual
        && a > 0
        && (s.word_in(a - 1, &["estimated"])
            || s.word_is(a, "an") && s.word_is(a + 1, "estimated")
            || s.word_is(a, "estimated"))
    {
        found = Status::Estimated;
    }
    found
}

fn base(view: &View, m: usize, clause: (usize, usize)) -> Option<(crate::model::Base, Span<Plain>)> {
    let s = view.s;
    let kind = view.mentions[m].quantity.kind;
    if kind.is_time() || matches!(kind, Kind::Age | Kind::Duration | Kind::Ordinal) {
        return None;
    }
    let change = matches!(kind, Kind::Percentage | Kind::PercentagePoints | Kind::Multiple | Kind::Fraction);
    for i in clause.0..clause.1 {
        if let Some((end, k)) = s.phrase(i, Role::Base)
            && let Some((_, b)) = BASES.get(k as usize)
        {
            let annual = s.word_in(i, &["annual", "annually", "against", "versus", "mom"])
                && (!change || !s.word_is(i, "annually"));
            if annual || (!change && *b != crate::model::Base::Named && i > view.at[m].1 + 6) {
                continue;
            }
            return view.span(i, end).map(|span| (*b, span));
        }
    }
    None
}

fn aggregation(view: &View, m: usize, clause: (usize, usize)) -> Option<Aggregation> {
    let s = view.s;
    let (a, b) = view.at[m];
    let kind = view.mentions[m].quantity.kind;
    if kind.is_time() || matches!(kind, Kind::Age | Kind::Ordinal) {
        return None;
    }
    // Behind: `a day`, `per head`, `on average`, `in all`, after the noun counted.
    let noun = np_right(s, b).map_or(b, |np| np.end);
    for start in [b, noun] {
        for i in start..(start + 3).min(clause.1.max(start)).min(s.len()) {
            if let Some((_, k)) = s.phrase(i, Role::Aggregation) {
                let hit = AGGREGATIONS.get(k as usize).map(|x| x.1);
                if hit.is_some()
                    && (i == start
                        || matches!(
                            hit,
                            Some(
                                Aggregation::Average
                                    | Aggregation::Total
                                    | Aggregation::Cumulative
                                    | Aggregation::DailyAverage
                                    | Aggregation::MonthlyAverage
                                    | Aggregation::YearlyAverage
                                    | Aggregation::PerHead
                            )
                        ))
                {
                    return hit;
                }
            }
        }
        if (s.word_in(start, &["a", "an", "per", "each", "every"]))
            && s.is_word(start + 1)
            && !s.is(start + 1, class::PREPOSITION)
            && (kind == Kind::Money || s.word_is(start, "per"))
        {
            return Some(Aggregation::PerUnit);
        }
        if s.word_is(start, "apiece") {
            return Some(Aggregation::PerUnit);
        }
    }
    // Before: nearest word in the clause within a few tokens.
    for i in (clause.0.max(a.saturating_sub(6))..a).rev() {
        if let Some((end, k)) = s.phrase(i, Role::Aggregation)
            && end <= a
        {
            let hit = AGGREGATIONS.get(k as usize)?.1;
            let rate = matches!(
                hit,
                Aggregation::DailyAverage
                    | Aggregation::MonthlyAverage
                    | Aggregation::YearlyAverage
                    | Aggregation::PerHead
            );
            let far =
                a - end > 3 && !matches!(hit, Aggregation::Average | Aggregation::Total | Aggregation::Cumulative);
            if (rate && s.word_in(i, &["a", "each", "every"]))
                || far
                || view.mention_between(end, a) && !matches!(hit, Aggregation::Average | Aggregation::Total)
            {
                continue;
            }
            return Some(hit);
        }
    }
    None
}

impl View<'_, '_> {
    fn mention_between(&self, a: usize, b: usize) -> bool {
        (a..b).any(|i| self.mention_at(i).is_some())
    }
}

/// `according to the council`, `the coastguard said`.
pub(super) fn attribution(view: &View) -> Option<Span<Plain>> {
    let s = view.s;
    for i in 0..s.len().min(4 * REACH) {
        if let Some((end, _)) = s.phrase(i, Role::AttributionBefore) {
            let k = end + usize::from(s.is(end, class::ARTICLE | class::DETERMINER));
            let mut stop = np_right(s, k).map_or(k, |np| np.end);
            while s.tokens.get(stop).is_some_and(|t| t.capital) && s.is_word(stop) {
                stop += 1;
            }
            if stop > end {
                return view.span(i, stop);
            }
        }
        if s.is(i, class::REPORTING)
            && s.is_word(i)
            && is_verb(s, i)
            && view.mention_at(i).is_none()
            && !view.is_counted(i)
            && i > 0
        {
            // `employers added 126,000 posts` reports nothing: a figure follows at once.
            if s.is(i, class::FINDING) && view.mention_at(i + 1).is_some() {
                continue;
            }
            if s.word_is(i + 1, "to") {
                continue;
            }
            let mut end = i;
            while end > 0 && s.is(end - 1, class::AUXILIARY | class::ADVERB) && !s.is(end - 1, class::PERSON_PRONOUN) {
                end -= 1;
            }
            // `…”, said Constable Rhona Peel`.
            let inverted =
                s.word_in(i, &["said", "says", "added"]) && matches!(s.sign(i - 1), Some(',' | '"' | '”' | '’'));
            if inverted {
                let k = i + 1 + usize::from(s.is(i + 1, class::ARTICLE | class::DETERMINER));
                let mut stop = np_right(s, k).map_or(k, |np| np.end);
                while s.tokens.get(stop).is_some_and(|t| t.capital) && s.is_word(stop) {
                    stop += 1;
                }
                if stop > k {
                    return view.span(i, stop);
                }
            }
            if let Some((a, b)) = view.subject(i).filter(|(a, b)| *b == end && !s.is(*a, class::PERSON_PRONOUN)) {
                let _ = b;
                return view.span(a, i + 1);
            }
            let pronoun = end > 0 && s.word_in(end - 1, &["he", "she", "they", "it", "we"]);
            if pronoun {
                return view.span(end - 1, i + 1);
            }
            if let Some(np) = np_left(s, end) {
                let first = np.first.saturating_sub(usize::from(
                    np.first > 0 && s.is(np.first - 1, class::ARTICLE | class::DETERMINER),
                ));
                return view.span(first, i + 1);
            }
        }
    }
    None
}
