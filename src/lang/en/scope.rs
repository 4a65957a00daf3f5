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
    let certain = matches!(scope.status, Status::Actual | Status::Planned | Status::Estimated);
    if certain && (view.compared(m) && !view.counts_other(m) || view.starts(m)) {
        scope.status = Status::Earlier;
    }
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
        let ranked = (k.saturating_sub(4)..k)
            .any(|x| view.mentions[x].quantity.kind == Kind::Ordinal && view.at[x].1 <= a && a - view.at[x].1 < 8);
        let record = s.word_is(a, "since") && ((a.saturating_sub(REACH)..a).any(marked) || ranked)
            || (a.saturating_sub(5)..a).any(|j| s.word_is(j, "since"));
        if record || s.is(a.wrapping_sub(1), class::AGO) {
            continue;
        }
        if view.in_aside(a, b, here) || view.names_noun(a, b, here) {
            continue;
        }
        // A date that belongs to another figure, or only says what one is compared with, is not this one's.
        let owner = view.owner(k);
        // `four times the 170 million it made a year ago`: of the last figure before it.
        if a > 3 && s.word_is(b.wrapping_sub(1), "ago") && (m + 1..k).any(|x| !view.mentions[x].quantity.kind.is_time())
        {
            continue;
        }
        if owner.is_some_and(|o| o != m) || owner.is_none() && view.base_words(a) {
            continue;
        }
        if owner == Some(m) {
            best = Some((false, 0, k));
            break;
        }
        let outside = a < clause.0 || b > clause.1;
        let away = if b <= here.0 { here.0 - b } else { a.saturating_sub(here.1) + 1 };
        if best.is_none_or(|x| (outside, away) < (x.0, x.1)) {
            best = Some((outside, away, k));
        }
    }
    // `from $3.03 billion a year earlier`: the time of the rest, a year back; `from 4 percent` alone: some time before.
    let based = view.compared(m) || view.starts(m);
    if let Some((at, span, years)) = view.year_before(here.1) {
        // `a year ago` may be a date of its own.
        if let Some(k) = view.mention_at(at).filter(|k| view.mentions[*k].quantity.time.is_some()) {
            scope.time.clone_from(&view.mentions[k].quantity.time);
            scope.time_span = Some(span);
            return;
        }
        let now = best.and_then(|(_, _, k)| view.mentions[k].quantity.time.clone());
        let now = now.or_else(|| context.as_of.as_ref().map(|x| x.0.clone()));
        scope.time = now.and_then(|t| back(&t, years)).or_else(|| {
            let r = context.reference?;
            back(&crate::lang::en::date::month_of(r), years)
        });
        scope.time_span = scope.time.is_some().then_some(span);
        return;
    }
    if based && best.is_none_or(|(_, away, _)| away > 0) {
        return;
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

/// `t`, that many years earlier.
fn back(t: &crate::quantity::TimeValue, years: i16) -> Option<crate::quantity::TimeValue> {
    use jiff::ToSpan;
    let shift = |d: Option<jiff::civil::Date>| d.and_then(|d| d.checked_sub(i64::from(years).years()).ok());
    let (first, last) = (shift(t.first), shift(t.last));
    let year = first.or(last)?.year();
    let timex = match t.timex.get(..4) {
        Some(y) if y.bytes().all(|b| b.is_ascii_digit()) && !t.timex.contains("..") => {
            format!("{year:04}{}", &t.timex[4..])
        }
        _ => match (first, t.precision) {
            (Some(d), Precision::Month) => d.strftime("%Y-%m").to_string(),
            (Some(d), Precision::Day) => d.to_string(),
            _ => format!("{year:04}"),
        },
    };
    Some(crate::quantity::TimeValue { timex, first, last, ..t.clone() })
}

impl View<'_, '_> {
    /// Whether mention `m` is what another is compared with: `from 4 percent`, `against $3bn`, `than the 66 percent`.
    pub(super) fn compared(&self, m: usize) -> bool {
        let (s, a) = (self.s, self.at[m].0);
        let Some(mut b) = a.checked_sub(1) else { return false };
        if s.is(b, class::ARTICLE | class::DETERMINER) {
            let Some(c) = b.checked_sub(1) else { return false };
            b = c;
        }
        let with = b > 0 && s.word_is(b - 1, "compared") && s.word_in(b, &["with", "to"]);
        let kind = self.mentions[m].quantity.kind;
        let amount = !kind.is_time() && !matches!(kind, Kind::Duration | Kind::Age | Kind::Ordinal);
        let sort = |k: Kind| if k == Kind::Number { Kind::Count } else { k };
        let twin = (0..m).rev().take(4).any(|x| {
            let other = self.mentions[x].quantity.kind;
            sort(other) == sort(kind)
                || sort(kind) == Kind::Count && matches!(other, Kind::Money | Kind::Duration | Kind::Measure)
        });
        // `1,980 entries from 62 countries` compares nothing: only after a change does `from` name where it began.
        let origin = s.word_is(b, "from") && !(b.saturating_sub(16)..b).any(|i| s.is(i, class::CHANGE));
        amount && twin && !origin && (s.word_in(b, &["from", "against", "versus", "than"]) || with)
    }

    /// Whether what mention `m` counts is named, and is nothing that a figure before it counts: `raised £45,600 from 830 donors`.
    fn counts_other(&self, m: usize) -> bool {
        let noun = |k: usize| {
            let np = np_right(self.s, self.at[k].1)?;
            Some(self.s.of(np.head.1 - 1).to_ascii_lowercase())
        };
        let sort = |k: usize| matches!(self.mentions[k].quantity.kind, Kind::Count | Kind::Number);
        let named = noun(m).filter(|_| sort(m));
        named.is_some() && !(m.saturating_sub(4)..m).any(|k| sort(k) && (noun(k).is_none() || noun(k) == named))
    }

    /// Whether mention `m` is where a change begins: `fell from 52 minutes to 37`, `up from 9`.
    fn starts(&self, m: usize) -> bool {
        let (s, (a, b)) = (self.s, self.at[m]);
        let kind = self.mentions[m].quantity.kind;
        if kind.is_time() || matches!(kind, Kind::Age | Kind::Ordinal) {
            return false;
        }
        let led = |k: &usize| s.is(*k, class::ARTICLE | class::DETERMINER | class::ADJECTIVE | class::ADVERB);
        let from = (a.saturating_sub(4)..a).rev().find(|k| !led(k));
        let Some(from) = from.filter(|&k| s.word_is(k, "from") && k > 0) else { return false };
        if s.word_in(from - 1, &["up", "down"]) {
            return true;
        }
        let sort = |k: Kind| if matches!(k, Kind::Number | Kind::Count) { None } else { Some(k) };
        let end = self.mentions.get(m + 1).zip(self.at.get(m + 1)).is_some_and(|(next, &(start, _))| {
            let alike = sort(next.quantity.kind).is_none_or(|k| k == kind);
            alike && start > b && start <= b + 6 && s.word_is(start - 1, "to") && !(b..start).any(|i| s.stops(i))
        });
        end && (from.saturating_sub(16)..from).any(|i| s.is(i, class::CHANGE))
    }

    /// Whether the date `a..b` stands in an aside that tells of the subject alone, and the figure at `here` outside of it:
    /// `The ferry, built in 1987, had 340 on board`.
    fn in_aside(&self, a: usize, b: usize, here: (usize, usize)) -> bool {
        let s = self.s;
        let comma = |k: usize| s.sign(k) == Some(',');
        let Some(open) = (a.saturating_sub(12)..a).rev().find(|k| comma(*k)) else { return false };
        let Some(close) = (b..s.len().min(b + 16)).find(|k| comma(*k)) else { return false };
        if open < here.0 && here.1 <= close {
            return false;
        }
        let p = open + 1;
        let past = |k: usize| super::parts::is_past(s, k) || s.is(k, class::PAST);
        open > 0
            && (past(p) || s.word_in(p, &["which", "who", "whose"]) || s.word_in(p, &["last", "first"]) && past(p + 1))
    }

    /// Whether the year `a..b` only names what stands behind it: `under the 2018 law`, but `in the 2018 season`, `the 2018 total of 12`.
    fn names_noun(&self, a: usize, b: usize, here: (usize, usize)) -> bool {
        let s = self.s;
        let year = b == a + 1 && s.is_digits(a) && s.of(a).len() == 4;
        let held = a > 1 && s.is(a - 1, class::ARTICLE | class::DETERMINER) && super::parts::noun_like(s, b);
        year && held
            && !s.word_in(a - 2, &["in", "during", "for", "at", "over", "through", "throughout", "since"])
            && s.is(a - 2, class::PREPOSITION)
            && !(here.0 >= b && here.0 - b <= 3)
    }

    /// The figure that the date `k` stands right behind: `3.2 percent in October`, `184 seats in 2020`, where more than one
    /// figure has a date so, or the figure is what another is compared with.
    fn owner(&self, k: usize) -> Option<usize> {
        let (s, a) = (self.s, self.at[k].0);
        let m = (0..k).rev().take(2).find(|m| !self.mentions[*m].quantity.kind.is_time())?;
        let gap = |from: usize| {
            a >= from
                && (from..a).all(|i| s.is_word(i) && s.is(i, class::PREPOSITION | class::ARTICLE))
                && a - from <= 2
        };
        let b = self.at[m].1;
        // `a record of 38,915 set on Dec. 29`, `a bridge of 300 metres built in 1998`.
        let made = |from: usize| {
            (from + 1..from + 4).contains(&a)
                && super::parts::is_verb(s, from)
                && !s.is(from, class::AUXILIARY | class::REPORTING | class::CHANGE)
                && (from + 1..a).all(|i| s.is(i, class::PREPOSITION | class::ARTICLE))
                && m > 0
        };
        if made(b) && s.is(b, class::PAST | class::NOT_VERB | class::VERB) && !self.is_counted(b) {
            return Some(m);
        }
        if !(gap(b) || np_right(s, b).is_some_and(|np| gap(np.end))) {
            return None;
        }
        // `to 28 from 30 percent by 2027`: when it shall be so.
        if self.compared(m) && !s.word_is(a.wrapping_sub(1), "by") {
            return Some(m);
        }
        // `0.8 percent this year and 1.5 percent in 2025`: two pairs.
        let paired = |x: usize| {
            let (Some((p, q)), Some(f), Some(d)) = (
                self.at.get(x).zip(self.at.get(x + 1)).map(|(f, d)| (f.1, d.0)),
                self.mentions.get(x),
                self.mentions.get(x + 1),
            ) else {
                return false;
            };
            !f.quantity.kind.is_time()
                && d.quantity.time.is_some()
                && q >= p
                && (p..q).all(|i| s.is_word(i) && s.is(i, class::PREPOSITION | class::ARTICLE))
                && q - p <= 2
        };
        let other = (k.saturating_sub(6)..k + 6).any(|x| x != m && x + 1 != k && paired(x));
        (paired(m) && other).then_some(m)
    }

    /// `a year earlier`, `a year ago`, `two years before` right behind a figure or its noun: its first token, its span, and how many years.
    fn year_before(&self, b: usize) -> Option<(usize, Span<Plain>, i16)> {
        let s = self.s;
        let noun = np_right(s, b).map(|np| np.end);
        for at in [Some(b), noun].into_iter().flatten() {
            let i = at + usize::from(s.sign(at) == Some(','));
            let n = if s.word_in(i, &["a", "one", "the"]) {
                1
            } else {
                s.entry(i).filter(|e| (2..10).contains(&e.cardinal)).map_or(0, |e| e.cardinal)
            };
            if n > 0
                && s.word_in(i + 1, &["year", "years"])
                && s.word_in(i + 2, &["earlier", "ago", "before", "previously"])
            {
                return self.span(i, i + 3).map(|x| (i, x, n));
            }
        }
        None
    }

    /// Whether a date at `a` only says what a figure is compared with: `than in May`, `from 2019`.
    fn base_words(&self, a: usize) -> bool {
        let s = self.s;
        // `up 8 percent from 2022`: what it rose from; `raise the wage from January` begins then.
        let moved = |k: usize| s.word_in(k, &["up", "down"]) || s.is(k, class::CHANGE) && super::parts::is_past(s, k);
        if a > 0 && s.word_is(a - 1, "from") && (a.saturating_sub(12)..a).any(moved) {
            return true;
        }
        // `2.5 percent over last year`, `up 8 percent on 2023`.
        let long = self
            .mention_at(a)
            .and_then(|k| self.mentions[k].quantity.time.as_ref())
            .is_some_and(|t| t.precision >= Precision::Month);
        let share = a > 1 && self.mention_at(a - 2).is_some_and(|k| !self.mentions[k].quantity.kind.is_time());
        if share && long && s.word_in(a - 1, &["over", "on"]) {
            return true;
        }
        // `than in the same month of 2023`, `twice as many as last week`: back over what belongs to the date.
        for i in (a.saturating_sub(7)..a).rev() {
            if s.word_in(i, &["than", "versus"])
                || s.word_in(i, &["with", "to"]) && i > 0 && s.word_is(i - 1, "compared")
                || s.word_is(i, "as") && i > 0 && s.word_in(i - 1, &["many", "much", "high", "large", "big"])
            {
                return true;
            }
            let part = s.is(i, class::PREPOSITION | class::ARTICLE | class::DETERMINER | class::ADJECTIVE)
                || s.phrase(i, Role::Length).is_some()
                || s.word_in(i, &["period", "same", "corresponding", "comparable"]);
            if !part || self.mention_at(i).is_some() {
                return false;
            }
        }
        false
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
    // `for the first time in four decades Labour will run it`: that long it has been.
    if view.mentions[m].quantity.kind == Kind::Duration
        && a > 1
        && s.word_in(a - 1, &["in", "for"])
        && s.is(a - 2, class::SINCE_WHEN)
    {
        return found;
    }
    // What was told before the figure in its clause rules; the nearest wins.
    for i in clause.0..a.max(clause.0) {
        if let Some((end, k)) = s.phrase(i, Role::Status).filter(|x| x.0 <= a.max(i + 1)) {
            let capital_may = s.tokens[i].capital && s.word_is(i, "may");
            let noun_will = i > 0
                && s.is(i - 1, class::ARTICLE | class::DETERMINER)
                && s.word_in(i, &["will", "project", "projects", "forecast", "estimate", "may"])
                && s.word_is(i, "will");
            let told = STATUSES.get(k as usize).map(|x| x.1);
            // `the previously unknown list of 12 names` tells of the list.
            let modifies = told == Some(Status::Earlier)
                && (a > end + 6 || i > 0 && s.is(i - 1, class::ARTICLE | class::DETERMINER));
            if !capital_may && !noun_will && !modifies && end <= a + 1 {
                found = told.unwrap_or(found);
            }
        }
    }
    if found == Status::Actual {
        for i in b..clause.1 {
            if let Some((end, k)) = s.phrase(i, Role::Status) {
                // `12 previously unknown letters`
                if STATUSES.get(k as usize).is_some_and(|x| x.1 == Status::Earlier) && !s.stops(end) {
                    continue;
                }
                // Behind the figure only its own verb speaks: `19,000 passengers will use it`.
                if (s.is(i, class::AUXILIARY) || i <= b + 4)
                    && !(s.tokens[i].capital && s.word_is(i, "may"))
                    && !s.is(i, class::WISHING)
                    && !s.word_in(i, &["if", "rather", "instead", "could", "may", "might"])
                {
                    found = STATUSES.get(k as usize).map_or(found, |x| x.1);
                }
                break;
            }
        }
    }
    // `she would give the $57,000 to a fund`: a sum spoken of as known is no plan.
    if matches!(found, Status::Planned | Status::Estimated)
        && view.mentions[m].quantity.kind == Kind::Money
        && a > 0
        && s.word_is(a - 1, "the")
    {
        found = Status::Actual;
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
    let (from, to) = view.at[m];
    let mut best: Option<(bool, usize, crate::model::Base, Span<Plain>)> = None;
    for i in clause.0..clause.1 {
        let Some((end, k)) = s.phrase(i, Role::Base) else { continue };
        let (Some((_, b)), Some(span)) = (BASES.get(k as usize), view.span(i, end)) else { continue };
        let annual =
            s.word_in(i, &["annual", "annually", "against", "versus", "mom"]) && (!change || !s.word_is(i, "annually"));
        if annual || (!change && *b != crate::model::Base::Named && i > to + 6) {
            continue;
        }
        // `0.1% quarter on quarter and 0.2% year on year`: the words behind a figure belong to it, up to the next one.
        let behind = i >= to;
        let other = if behind { view.mentioned(to, i) } else { view.mentioned(end, from) };
        let away = (other, if behind { i - to } else { REACH + from.saturating_sub(end) });
        if best.is_none_or(|x| away < (x.0, x.1)) {
            best = Some((away.0, away.1, *b, span));
        }
    }
    best.map(|x| (x.2, x.3))
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
                // `a year earlier` is no rate.
                let back = s.word_in(i, &["a", "each"])
                    && s.word_in(i + 2, &["earlier", "ago", "before", "later", "previously"]);
                if hit.is_some()
                    && !back
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
            && !s.word_in(start + 2, &["earlier", "ago", "before", "later", "previously"])
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
            // `the Dow Jones Industrial Average`, `the minimum wage`: names and not how the figure was made.
            let named = i > 0 && s.tokens[i].capital && s.tokens[i - 1].capital || s.is(end, class::AGGREGATED);
            if named {
                continue;
            }
            let far = a - end > 3
                && !matches!(
                    hit,
                    Aggregation::Average | Aggregation::Total | Aggregation::Cumulative | Aggregation::PerHead
                );
            // `Each year up to 53,000 tonnes` opens its clause; `a year` before a figure is no rate.
            let each = s.word_in(i, &["each", "every"]) && i == clause.0;
            // `the new ferry will carry 450 passengers`: the ferry is new, and not the passengers.
            let other = hit == Aggregation::New && end < a;
            if (rate && s.word_in(i, &["a", "each", "every"]) && !each)
                || other
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
    /// Whether a figure that is no time stands in the tokens `a..b`.
    fn mentioned(&self, a: usize, b: usize) -> bool {
        (a..b.min(a + REACH)).any(|i| self.mention_at(i).is_some_and(|m| !self.mentions[m].quantity.kind.is_time()))
    }

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
            // `300,000 euros were found`, `beating estimates`: nobody speaks.
            let passive = s.word_in(i - 1, &["was", "were", "been", "be", "is", "are"])
                && (s.stops(i + 1) || s.is(i + 1, class::PREPOSITION));
            let noun = s.of(i).ends_with('s') && s.of(i - 1).ends_with("ing");
            if passive || noun {
                continue;
            }
            // `damage estimated at $30 billion` is nobody's word.
            if s.word_is(i + 1, "to") || s.word_in(i, &["estimated"]) && s.word_in(i + 1, &["at", "by"]) {
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
