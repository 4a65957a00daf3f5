//! Whether two figures differ because time went on between them: a running count, an age, the time since something. Enters: two claims
//! of different values. Leaves: yes or no.

use std::cmp::Ordering;

use super::profile::Profile;
use super::score::SlotView;
use crate::lang::Lexicon;
use crate::model::{Aggregation, Claim, Corpus, Kind, Status};
use crate::quantity::{Decimal, TimeValue, days_from_civil};
use crate::rule::RuleSet;
use crate::text::{Plain, Span};

/// Which of two figures holds first: by the times they name, else by the dates of their articles; where one names its time, that stands
/// against the date of the other's article.
fn order(corpus: &Corpus, a: &Claim, b: &Claim) -> Option<Ordering> {
    let own = |c: &Claim| c.scope.time.clone().filter(|_| !c.scope.time_inherited);
    if let (Some(s), Some(t)) = (own(a), own(b)) {
        // Two figures of one month are of one time, whenever their articles were printed.
        if s == t {
            return Some(Ordering::Equal);
        }
        if let Some(order) = s.order(&t)
            && order != Ordering::Equal
        {
            return Some(order);
        }
    }
    let (s, t) = (corpus.article(a.article).date?, corpus.article(b.article).date?);
    let against = |own: &TimeValue, date| match (own.first, own.last) {
        (_, Some(last)) if last < date => Some(Ordering::Less),
        (Some(first), Some(_)) if first > date => Some(Ordering::Greater),
        _ => None,
    };
    let named = match (own(a), own(b)) {
        (Some(own), None) => against(&own, t),
        (None, Some(own)) => against(&own, s).map(Ordering::reverse),
        _ => None,
    };
    Some(named.unwrap_or_else(|| s.cmp(&t)))
}

/// A running total: of two at different times the later is not the lower.
pub(super) fn cumulative(claim: &Claim) -> bool {
    claim.scope.aggregation == Some(Aggregation::Cumulative)
}

/// Whether the later of two running totals is the lower: totals by their words or by their rule, with known and different times.
pub(super) fn falls(corpus: &Corpus, a: &Claim, b: &Claim, by_rule: bool) -> bool {
    if a.kind() == Kind::Duration || a.kind().is_time() {
        return false;
    }
    let Some(order) = order(corpus, a, b) else { return false };
    let (Some(x), Some(y)) = (a.quantity.point, b.quantity.point) else { return false };
    (by_rule || cumulative(a) && cumulative(b)) && order == y.cmp(&x) && order != Ordering::Equal
}

/// Whether the rule that both claims go by counts what is still running.
pub(super) fn by_rule(a: &Profile, b: &Profile, rules: &RuleSet) -> bool {
    matches!((&a.rule, &b.rule), (Some(p), Some(q)) if p.rule == q.rule && rules.rule(p.rule).cumulative)
}

/// Whether time went on between the two: then both are true, each on its own day. In a passage that was copied with its neighbours only
/// what grew did.
pub(super) fn moved_on(
    a: &Profile,
    b: &Profile,
    corpus: &Corpus,
    lexicon: &Lexicon,
    rules: &RuleSet,
    slot: Option<SlotView>,
) -> bool {
    let (x, y) = (&corpus.claims[a.id.0 as usize], &corpus.claims[b.id.0 as usize]);
    let by_rule = by_rule(a, b, rules);
    if falls(corpus, x, y, by_rule) {
        return false;
    }
    let alone = slot.is_some_and(|s| s.alone());
    let whole = alone || slot.is_some_and(|s| s.similarity >= 0.9 && s.neighbours >= 2);
    let grown = grew(corpus, lexicon, x, y) || began_together(corpus, lexicon, x, y);
    grown && !(alone && days_apart(corpus, x, y).is_some_and(|days| days > UPDATED))
        || !whole && went_on(corpus, lexicon, x, y, by_rule)
}

/// Whether time went on between claims of two languages: what is printed in both within a day tells of one moment.
pub(super) fn moved_across(x: &Claim, y: &Claim, corpus: &Corpus, lexicon: &Lexicon, by_rule: bool) -> bool {
    days_apart(corpus, x, y).is_some_and(|days| days > 1)
        && !falls(corpus, x, y, by_rule)
        && (grew(corpus, lexicon, x, y)
            || began_together(corpus, lexicon, x, y)
            || went_on(corpus, lexicon, x, y, by_rule))
}

/// Whether two lengths of time that run up to the day of their articles begin on one day: `失踪超80小时` on 13 June and `已失踪80天` on 28
/// August. A day may be counted at either end, and a rounded length by its last place more or less.
fn began_together(corpus: &Corpus, lexicon: &Lexicon, a: &Claim, b: &Claim) -> bool {
    let elapsed = |c: &Claim| {
        let (clause, words) = (corpus.text(c.article, c.clause), lexicon.compare(c.lang));
        words.elapsed(clause) || words.running(clause)
    };
    if a.kind() != Kind::Duration || a.article == b.article || !elapsed(a) || !elapsed(b) {
        return false;
    }
    let began = |c: &Claim| -> Option<(i64, i64)> {
        let day = days_from_civil(corpus.article(c.article).date?);
        let q = &c.quantity;
        let (low, high) = match (q.literal.low, q.literal.high) {
            (Some(low), Some(high)) => (low.value, high.value),
            // `超80小时` is not a week.
            (Some(low), None) => (low.value, low.value),
            (None, Some(high)) => (high.value, high.value),
            (None, None) => return None,
        };
        let days = Decimal::from(match q.base_unit.as_deref() {
            Some("a") => 365 * 86_400,
            Some("mo") => 30 * 86_400,
            Some("s") => 1,
            _ => return None,
        }) / Decimal::from(86_400);
        let of = |v: Decimal| -> Option<i64> { (v * days).round().try_into().ok() };
        let most = Decimal::from(2) / days + q.granularity;
        Some((day - of(high + most)?, day - of(low - most)?))
    };
    matches!((began(a), began(b)), (Some(p), Some(q)) if p.0 <= q.1 && q.0 <= p.1)
}

/// Whether two figures differ because time went on between them: a running count or an age, told at two known, different times.
fn went_on(corpus: &Corpus, lexicon: &Lexicon, a: &Claim, b: &Claim, by_rule: bool) -> bool {
    if a.kind().is_time() {
        return put_off(corpus, a, b);
    }
    if a.kind() == Kind::Age {
        return aged(corpus, a, b);
    }
    let Some(order) = order(corpus, a, b).filter(|o| *o != Ordering::Equal) else { return false };
    let stated = |c: &Claim| c.scope.time.clone().filter(|_| !c.scope.time_inherited);
    if matches!((stated(a), stated(b)), (Some(s), Some(t)) if !s.may_meet(&t)) {
        return true;
    }
    let size = |c: &Claim| c.quantity.literal.low.or(c.quantity.literal.high).map(|b| b.value);
    let rises = matches!((size(a), size(b)), (Some(x), Some(y)) if x.cmp(&y) == order);
    by_rule || rises && running(corpus, lexicon, a) && running(corpus, lexicon, b)
}

/// Whether two dates are plans for days to come, the one made well after the other: `庭审定于9月12日` in August and `定于2月27日` in January.
fn put_off(corpus: &Corpus, a: &Claim, b: &Claim) -> bool {
    let ahead = |c: &Claim| -> Option<(i64, i64)> {
        let printed = days_from_civil(corpus.article(c.article).date?);
        let first = days_from_civil(c.quantity.time.as_ref()?.first?);
        (c.scope.status == Status::Planned && first > printed).then_some((printed, first))
    };
    let ((Some((s, x)), Some((t, y))), true) = ((ahead(a), ahead(b)), a.kind() != Kind::Time) else { return false };
    (s - t).abs() >= PUT_OFF && (x - y).abs() >= PUT_OFF
}

/// Plans so many days apart, in articles as far apart, are an old one and a new one.
const PUT_OFF: i64 = 7;

/// Whether a figure runs on: its clause says so, or the sentence before it says up to when it was counted.
fn running(corpus: &Corpus, lexicon: &Lexicon, claim: &Claim) -> bool {
    let sentence = corpus.sentence(claim.sentence).span;
    let words = lexicon.compare(claim.lang);
    let before = Span::<Plain>::new(sentence.start as usize, claim.span.start.max(sentence.start) as usize);
    cumulative(claim)
        || words.running(corpus.text(claim.article, claim.clause))
        || words.so_far(corpus.text(claim.article, before))
}

/// Whether a person grew older between two articles, a birthday lying between them. What somebody was at a time long past stays.
fn aged(corpus: &Corpus, a: &Claim, b: &Claim) -> bool {
    let date = |c: &Claim| corpus.article(c.article).date.map(days_from_civil);
    let (Some(s), Some(t), Some(x), Some(y)) = (date(a), date(b), a.quantity.point, b.quantity.point) else {
        return false;
    };
    let days = t - s;
    let grown = if days < 0 { x - y } else { y - x };
    let days = days.abs();
    let then = |c: &Claim, day: i64| {
        let own = c.scope.time.as_ref().filter(|_| !c.scope.time_inherited);
        own.and_then(|t| t.last).is_some_and(|last| days_from_civil(last) + LONG_PAST < day)
    };
    if grown < Decimal::ZERO || then(a, s) || then(b, t) {
        return false;
    }
    // `5岁11个月`, and four weeks later `6岁`.
    let months = !(x.fract().is_zero() && y.fract().is_zero());
    // A birthday may lie between two articles that are a month apart.
    days >= 30 && grown <= Decimal::from(days / 365 + 1)
        || months && days > 0 && grown * Decimal::from(365) <= Decimal::from(days + 31)
}

/// An age in an article is that of its day, unless it is told of a time so many days before.
const LONG_PAST: i64 = 180;

/// Within so many days a running count is brought up to date in a text that stays as it was.
const UPDATED: i64 = 31;

fn days_apart(corpus: &Corpus, a: &Claim, b: &Claim) -> Option<i64> {
    let day = |c: &Claim| corpus.article(c.article).date.map(days_from_civil);
    Some((day(a)? - day(b)?).abs())
}

/// Whether a figure that runs on is the higher in the later article, and no higher than time allows where it counts time itself: `失踪11天`
/// and, reprinted the day after, `失踪12天`.
fn grew(corpus: &Corpus, lexicon: &Lexicon, a: &Claim, b: &Claim) -> bool {
    let date = |c: &Claim| corpus.article(c.article).date;
    // In one unit: `失踪超过5天`, and later `近五个月`.
    let size = |c: &Claim| c.quantity.literal.low.or(c.quantity.literal.high).map(|b| b.value);
    let (Some(s), Some(t), Some(m), Some(n)) = (date(a), date(b), size(a), size(b)) else {
        return false;
    };
    let days = days_from_civil(s) - days_from_civil(t);
    if days == 0 || a.kind().is_time() || a.kind() == Kind::Age || (m > n) != (days > 0) {
        return false;
    }
    let running = |c: &Claim| running(corpus, lexicon, c);
    if let (Some(x), Some(y)) = (a.quantity.point, b.quantity.point)
        && a.kind() == Kind::Duration
        && [a, b].iter().all(|c| c.quantity.unit.as_deref() == Some("d"))
    {
        return (x - y).abs() <= Decimal::from(days.abs() + 1) && (running(a) || running(b));
    }
    running(a) && running(b)
}
