//! Groups whose values cannot all be true: what `conflicting-figure`, `conflicting-date` and `falling-cumulative` share. Enters: groups.
//! Leaves: one finding a group, its camps of agreeing values, the better attested first.

use super::evidence::{Copies, evidence};
use super::slip::slip;
use super::{Draft, Input, passages};
use crate::model::{ArticleId, CheckInfo, Claim, ClaimId, Corpus, Finding, Group, Kind, Severity, Text, Verdict};
use crate::quantity::Relation;

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
    let falling = group.falling;
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
    let severity = severity.min(group.most).min(info.severity);
    let severity = if told_apart(corpus, &camps) { lower(severity) } else { severity };
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

/// Whether one of three articles and more holds values of two camps: who writes both knows them for two things.
fn told_apart(corpus: &Corpus, camps: &[Values]) -> bool {
    let article = |id: &ClaimId| corpus.claims[id.0 as usize].article;
    let mut seen: Vec<(ArticleId, usize)> =
        camps.iter().enumerate().flat_map(|(n, camp)| camp.claims.iter().map(move |id| (article(id), n))).collect();
    seen.sort_unstable();
    seen.dedup();
    let articles = seen.chunk_by(|a, b| a.0 == b.0).count();
    articles >= 3 && articles < seen.len()
}

const fn lower(severity: Severity) -> Severity {
    match severity {
        Severity::Error => Severity::Warning,
        _ => Severity::Info,
    }
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
