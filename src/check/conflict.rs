//! Groups whose values cannot all be true: what `conflicting-figure`, `conflicting-date` and `falling-cumulative` share. Enters: groups.
//! Leaves: one finding a group, its camps of agreeing values, the better attested first.

use std::cmp::Ordering;

use super::evidence::{Copies, evidence};
use super::slip::slip;
use super::{Draft, Input, passages};
use crate::model::{
    Aggregation, Alignment, CheckInfo, Claim, ClaimId, Corpus, Finding, Group, Kind, Severity, Text, Verdict,
};
use crate::quantity::{Decimal, Relation, TimeValue, days_from_civil};

/// Claims of a group that agree with each other.
struct Values {
    claims: Vec<ClaimId>,
    articles: usize,
}

const fn is_date(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::DateRange | Kind::Time | Kind::Duration)
}

/// The findings of all groups of one of the three checks; `wanted` says by name which.
pub(super) fn conflicts(input: &Input<'_>, info: &CheckInfo, out: &mut Vec<Finding>) {
    let copies = Copies::new(input);
    for group in input.groups {
        if let Some(finding) = conflict(input, &copies, info, group) {
            out.push(finding);
        }
    }
}

fn conflict(input: &Input<'_>, copies: &Copies, info: &CheckInfo, group: &Group) -> Option<Finding> {
    let corpus = input.corpus;
    let claim = |id: ClaimId| &corpus.claims[id.0 as usize];
    let (first, second) = group.leading?;
    let falling = falls(corpus, claim(first), claim(second), group.cumulative);
    let check = if falling {
        "falling-cumulative"
    } else if is_date(claim(first).kind()) {
        "conflicting-date"
    } else {
        "conflicting-figure"
    };
    if check != info.id {
        return None;
    }
    let camps = camps(corpus, copies, group);
    // The pair that the finding names decides; a third value beside it makes it no worse.
    let relation = claim(first).quantity.relate(&claim(second).quantity);
    let (verdict, severity) = match relation {
        Relation::Disjoint => (Verdict::Contradiction, Severity::Error),
        Relation::Agree if !(group.alone && claim(first).quantity.misquotes(&claim(second).quantity)) => return None,
        Relation::Rounding if !group.alone => (Verdict::Rounding, Severity::Info),
        Relation::Tension | Relation::Agree | Relation::Rounding => (Verdict::Tension, Severity::Warning),
        Relation::Unknown => return None,
    };
    let whole = group.alone || group.alignment.and_then(|i| input.alignments.get(i as usize)).is_some_and(reprint);
    let grew = grew(input, claim(first), claim(second))
        && !(group.alone && days_apart(corpus, claim(first), claim(second)).is_some_and(|days| days > UPDATED));
    // What is printed in two languages within a day tells of one moment.
    let translated = claim(first).lang != claim(second).lang
        && days_apart(corpus, claim(first), claim(second)).is_none_or(|days| days <= 1);
    let moved = !translated && (grew || !whole && moved_on(input, claim(first), claim(second), group.cumulative));
    if !falling && moved {
        return None;
    }
    let severity = severity.min(group.most).min(info.severity);
    let (a, b) = sides(corpus, &camps, first, second);
    let message = message(corpus, &camps, claim(a), claim(b), verdict, falling);
    let similarity = group.alignment.and_then(|i| input.alignments.get(i as usize)).map(|l| l.similarity);
    let mut draft = Draft::new(info, group.confidence, message)
        .judged(severity, verdict)
        .by(group.road, group.rule.clone())
        .why(group.why.clone())
        .diagnosis(slip(input, claim(a), claim(b)))
        // Between two languages every word differs.
        .passages(
            (claim(a).lang == claim(b).lang)
                .then(|| passages(corpus, claim(a).sentence, claim(b).sentence, similarity)),
        );
    if camps.iter().flat_map(|c| &c.claims).any(|id| claim(*id).article != claim(a).article) {
        let claims: Vec<&[ClaimId]> = camps.iter().map(|c| c.claims.as_slice()).collect();
        draft = draft.evidence(evidence(input, copies, &claims));
    }
    for (n, camp) in camps.iter().enumerate() {
        draft = draft.claims(camp.claims.iter().copied(), n as u32);
    }
    Some(draft.build(corpus))
}

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

fn cumulative(claim: &Claim) -> bool {
    claim.scope.aggregation == Some(Aggregation::Cumulative)
}

/// Whether the later of two running totals is the lower: totals by their words or by their rule, with known and different times.
fn falls(corpus: &Corpus, a: &Claim, b: &Claim, by_rule: bool) -> bool {
    if is_date(a.kind()) || a.kind().is_time() {
        return false;
    }
    let Some(order) = order(corpus, a, b) else { return false };
    let (Some(x), Some(y)) = (a.quantity.point, b.quantity.point) else { return false };
    (by_rule || cumulative(a) && cumulative(b)) && order == y.cmp(&x) && order != Ordering::Equal
}

/// Whether a sentence is reprinted together with those beside it: news that went on would have been told anew.
fn reprint(alignment: &Alignment) -> bool {
    alignment.similarity >= 0.9 && alignment.neighbours >= 2
}

/// Whether two figures differ because time went on between them: a running count, an age or a time since something, told at two
/// known, different times.
fn moved_on(input: &Input<'_>, a: &Claim, b: &Claim, by_rule: bool) -> bool {
    // An age is that of the day of its article, whatever year is named beside it.
    let different = a.kind() == Kind::Age || order(input.corpus, a, b).is_some_and(|o| o != Ordering::Equal);
    if !different || a.kind().is_time() {
        return false;
    }
    let stated = |c: &Claim| c.scope.time.is_some() && !c.scope.time_inherited;
    let running = |c: &Claim| {
        let sentence = input.corpus.sentence(c.sentence).span;
        cumulative(c) || input.lexicon.compare(c.lang).running(input.corpus.text(c.article, sentence))
    };
    if a.kind() == Kind::Age {
        let date = |c: &Claim| input.corpus.article(c.article).date;
        let (Some(s), Some(t)) = (date(a), date(b)) else { return false };
        // A birthday may lie between two articles that are a month apart.
        let days = (days_from_civil(s) - days_from_civil(t)).abs();
        let (Some(x), Some(y)) = (a.quantity.point, b.quantity.point) else { return false };
        // `5岁11个月`, and four weeks later `6岁`.
        let grown = (x - y).abs() * Decimal::from(365) <= Decimal::from(days + 31);
        return days >= 30 && (x - y).abs() <= Decimal::from(days / 365 + 1)
            || grown && days > 0 && !(x.fract().is_zero() && y.fract().is_zero());
    }
    by_rule || stated(a) && stated(b) || running(a) || running(b)
}

/// Within so many days a running count is brought up to date in a text that stays as it was.
const UPDATED: i64 = 31;

fn days_apart(corpus: &Corpus, a: &Claim, b: &Claim) -> Option<i64> {
    let day = |c: &Claim| corpus.article(c.article).date.map(days_from_civil);
    Some((day(a)? - day(b)?).abs())
}

/// Whether a figure that runs on is the higher in the later article, and no higher than time allows where it counts time itself: `失踪11天`
/// and, reprinted the day after, `失踪12天`.
fn grew(input: &Input<'_>, a: &Claim, b: &Claim) -> bool {
    let date = |c: &Claim| input.corpus.article(c.article).date;
    // In one unit: `失踪超过5天`, and later `近五个月`.
    let size = |c: &Claim| c.quantity.literal.low.or(c.quantity.literal.high).map(|b| b.value);
    let (Some(s), Some(t), Some(m), Some(n)) = (date(a), date(b), size(a), size(b)) else {
        return false;
    };
    let days = days_from_civil(s) - days_from_civil(t);
    if days == 0 || a.kind().is_time() || (m > n) != (days > 0) {
        return false;
    }
    let sentence = |c: &Claim| input.corpus.text(c.article, input.corpus.sentence(c.sentence).span);
    let running = |c: &Claim| input.lexicon.compare(c.lang).running(sentence(c));
    if let (Some(x), Some(y)) = (a.quantity.point, b.quantity.point)
        && a.kind() == Kind::Duration
        && [a, b].iter().all(|c| c.quantity.unit.as_deref() == Some("d"))
    {
        return (x - y).abs() <= Decimal::from(days.abs() + 1) && (running(a) || running(b));
    }
    running(a) && running(b)
}

fn camps(corpus: &Corpus, copies: &Copies, group: &Group) -> Vec<Values> {
    let mut camps: Vec<Values> = Vec::new();
    let quantity = |id: ClaimId| &corpus.claims[id.0 as usize].quantity;
    let mut order = group.claims.clone();
    // Exact values found camps, hedged ones join them.
    order.sort_by_key(|id| (quantity(*id).hedge.is_some(), *id));
    for id in order {
        let near = |other: &ClaimId| {
            let (p, q) = (quantity(*other), quantity(id));
            p.relate(q) == Relation::Agree && !(group.alone && p.misquotes(q))
        };
        let place = camps.iter().position(|c| c.claims.iter().all(near)).or_else(|| {
            let rounded = |other: &ClaimId| quantity(*other).relate(quantity(id)) == Relation::Rounding;
            camps.iter().position(|c| !group.alone && c.claims.iter().all(|o| near(o) || rounded(o)))
        });
        match place {
            Some(i) => camps[i].claims.push(id),
            None => camps.push(Values { claims: vec![id], articles: 0 }),
        }
    }
    for camp in &mut camps {
        camp.claims.sort_unstable();
        camp.articles = copies.independent(corpus, &camp.claims);
    }
    camps.sort_by(|x, y| y.articles.cmp(&x.articles).then(x.claims[0].cmp(&y.claims[0])));
    camps
}

/// The two claims that the message names: the leading pair, the side of the better attested camp first.
fn sides(corpus: &Corpus, camps: &[Values], first: ClaimId, second: ClaimId) -> (ClaimId, ClaimId) {
    let _ = corpus;
    let camp = |id: ClaimId| camps.iter().position(|c| c.claims.contains(&id)).unwrap_or(usize::MAX);
    if camp(first) <= camp(second) { (first, second) } else { (second, first) }
}

fn words(corpus: &Corpus, claim: &Claim) -> String {
    corpus.text(claim.article, claim.span).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn message(corpus: &Corpus, camps: &[Values], a: &Claim, b: &Claim, verdict: Verdict, falling: bool) -> Text {
    let (x, y) = (words(corpus, a), words(corpus, b));
    let of = [a, b].into_iter().find_map(|c| {
        c.measure
            .map(|m| corpus.text(c.article, m.head).to_owned())
            .filter(|m| !m.is_empty() && !x.contains(m.as_str()))
    });
    let (zh_of, en_of) = of.map_or_else(Default::default, |m| (format!("（{m}）"), format!(" ({m})")));
    let more = camps.len().saturating_sub(2);
    let (zh_more, en_more) = if more > 0 {
        (format!("，另有{more}种说法"), format!("; {more} more values stand beside them"))
    } else {
        Default::default()
    };
    if falling {
        return Text::new(
            format!("累计数后来反而变小{zh_of}：{x}，{y}{zh_more}"),
            format!("a running total falls{en_of}: {x}, {y}{en_more}"),
        );
    }
    match verdict {
        Verdict::Tension => Text::new(
            format!("{x}与{y}{zh_of}字面上不矛盾，但读者会得到不同的印象{zh_more}"),
            format!("{x} and {y}{en_of} can both be true to the letter, yet tell the reader different things{en_more}"),
        ),
        Verdict::Rounding => Text::new(
            format!("{x}与{y}{zh_of}一为另一的约数，却未注明{zh_more}"),
            format!("{x} and {y}{en_of}: one is the other rounded, and does not say so{en_more}"),
        ),
        _ => Text::new(
            format!("{x}与{y}{zh_of}不能同时为真{zh_more}"),
            format!("{x} and {y}{en_of} cannot both be true{en_more}"),
        ),
    }
}
