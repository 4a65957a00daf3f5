//! What keeps two figures of two languages apart. Enters: two claims and the stories of their articles. Leaves: a reason, by the contract's code,
//! or none. Goes by typed values, and by names that need no translation.

use super::super::obstacle::{aggregation_class, status_class};
use super::super::profile::Profile;
use super::story::{Story, day_key};
use crate::lang::shared::{Place, SharedNames};
use crate::model::{Claim, Corpus, Kind, Lang, Status};
use crate::quantity::{Precision, TimeValue, days_from_civil};
use crate::rule::{Across, Match, RuleSet};

/// Articles printed further apart than this tell of two times.
const ONE_STORY: i64 = 31;

/// Whether two times are one: of a day without a year the month and the day; `去年底` and the year that it ends.
pub(super) fn one_time(t: &TimeValue, u: &TimeValue) -> bool {
    let day = |t: &TimeValue| t.month.zip(t.day);
    let month = (t.precision == Precision::Month) == (u.precision == Precision::Month);
    // `今年二季度` and `the second quarter`, of a year that neither text names.
    let part = |t: &TimeValue| t.timex.split_once('-').map(|(_, part)| part.to_owned());
    t == u
        || t.may_meet(u)
            && (part(t).is_some() && part(t) == part(u)
                || day(t).is_some() && day(t) == day(u)
                || t.first.is_some() && (t.first, t.last) == (u.first, u.last)
                || t.last.is_some() && t.last == u.last && month && coarse(t) && coarse(u))
}

/// Whether one of two times that meet is no more than a part of the other: a month of a year, a day of a month. `3月底` and `the end of March` are
/// of one kind, and so is `since March` with anything in it.
pub(super) fn part_of(t: &TimeValue, u: &TimeValue) -> bool {
    let days = |t: &TimeValue| t.first.zip(t.last).map(|(p, q)| days_from_civil(q) - days_from_civil(p) + 1);
    match (days(t), days(u)) {
        (Some(p), Some(q)) => 2 * p.max(q) > 5 * p.min(q),
        _ => t.first.is_none() && u.first.is_none() && t.precision != u.precision,
    }
}

/// Whether a time is longer than a day.
pub(super) fn coarse(t: &TimeValue) -> bool {
    t.precision > Precision::Day
}

/// What keeps two claims of two languages apart.
pub(super) fn obstacle(
    (corpus, rules, names): (&Corpus, &RuleSet, &SharedNames),
    (a, p, m): (&Story, &Profile, &Match),
    (b, q, n): (&Story, &Profile, &Match),
) -> Option<&'static str> {
    let (x, y) = (&corpus.claims[p.id.0 as usize], &corpus.claims[q.id.0 as usize]);
    if p.class != q.class {
        return Some("other-unit");
    }
    if [x, y].iter().any(|c| matches!(c.scope.status, Status::Denied | Status::Reported)) {
        return Some("withdrawn");
    }
    if x.kind() == Kind::Ordinal {
        return Some("ordinal");
    }
    // A fall is told by a sign in one language and by a word in the other.
    if rules.across(m, n) != Across::Comparable || x.quantity.negative != y.quantity.negative {
        return Some("other-meaning");
    }
    if p.dateline || q.dateline {
        return Some("dateline");
    }
    if p.as_of || q.as_of {
        return Some("as-of");
    }
    if x.kind().is_time() && [x, y].iter().any(|c| c.quantity.time.as_ref().is_none_or(|t| t.relative)) {
        return Some("relative-day");
    }
    if aggregation_class(x.scope.aggregation) != aggregation_class(y.scope.aggregation) {
        return Some("other-aggregation");
    }
    let base = |c: &Claim| c.scope.base.map(|b| b.0);
    if base(x) != base(y) && (p.class.kind == 2 || base(x).is_some() && base(y).is_some()) {
        return Some("other-base");
    }
    // `将` is a plan, `would` an estimate, and both say that it is still to come.
    let class = |p: &Profile| if p.status == Status::Estimated { Status::Planned } else { p.status };
    if status_class(class(p)) != status_class(class(q)) && !x.kind().is_time() {
        return Some("other-status");
    }
    if !a.years.is_empty() && !b.years.is_empty() && !a.years.iter().any(|year| b.years.contains(year)) {
        return Some("other-time");
    }
    let times = x.scope.time.as_ref().zip(y.scope.time.as_ref()).filter(|_| !x.kind().is_time());
    let one = times.is_some_and(|(t, u)| one_time(t, u));
    // The day on which a figure was published and the period that it is of: where both articles name the day, it keeps nothing apart.
    let published =
        |t: &TimeValue, u: &TimeValue| coarse(u) && day_key(t).is_some_and(|key| a.holds(key) && b.holds(key));
    // Of the year and of a month in it, each by its own words, are two figures.
    if times.is_some_and(|(t, u)| {
        !published(t, u) && !published(u, t) && (!t.may_meet(u) || !one && p.timed && q.timed && part_of(t, u))
    }) {
        return Some("other-time");
    }
    if !one && a.day.zip(b.day).is_some_and(|(s, t)| (s - t).abs() > ONE_STORY) {
        return Some("other-time");
    }
    let clause = |story: &Story, c: &Claim| story.at(c.clause).latin.clone();
    let sentence = |story: &Story, c: &Claim| story.at(corpus.sentence(c.sentence).span).latin.clone();
    // In Latin letters, and in the other article not at all, or another of those that both articles name.
    let (zh, own, en, other) = if a.lang == Lang::Zh { (x, a, y, b) } else { (y, b, x, a) };
    // Brackets cut a clause: `云帆（Cloudsail）的注册用户`.
    let named = if clause(own, zh).is_empty() { sentence(own, zh) } else { clause(own, zh) };
    if !named.is_empty() && !named.iter().any(|n| other.names(n)) {
        return Some("other-name");
    }
    let known = |latin: Vec<String>| latin.into_iter().filter(|n| a.names(n) && b.names(n)).collect::<Vec<_>>();
    let (near, there) = (known(named), known(sentence(other, en)));
    let near = if near.is_empty() { known(sentence(own, zh)) } else { near };
    if !near.is_empty() && !there.is_empty() && !near.iter().any(|n| there.contains(n)) {
        return Some("other-name");
    }
    let disjoint =
        |s: &[Place], t: &[Place]| !s.is_empty() && !t.is_empty() && !s.iter().any(|place| t.contains(place));
    for level in 0..3 {
        let of = |places: &[Place]| places.iter().copied().filter(|p| p.level == level).collect::<Vec<_>>();
        let at = |story: &Story, c: &Claim| -> Vec<Place> {
            let near = of(&story.at(c.clause).places);
            if near.is_empty() { of(&story.at(corpus.sentence(c.sentence).span).places) } else { near }
        };
        let (s, t) = (at(a, x), at(b, y));
        let abroad = |places: &[Place], other: &Story| {
            level == 0 && !places.is_empty() && places.iter().all(|p| *p != names.home() && !other.places.contains(p))
        };
        // Where the figure stands; then the other article as a whole; a story from abroad names its country.
        if disjoint(&s, &t)
            || disjoint(&s, &of(&b.places))
            || disjoint(&t, &of(&a.places))
            || abroad(&s, b)
            || abroad(&t, a)
        {
            return Some("other-place");
        }
    }
    None
}
