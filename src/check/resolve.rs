//! One clash, one finding. Enters: the findings of all checks. Leaves: them without doubles, sorted by severity, check and place.

use std::collections::BTreeMap;

use super::finding::{Place, fingerprint};
use super::headline_mismatch;
use crate::model::{ArticleId, BlockKind, Corpus, Finding};

/// Checks from the most special to the most general: where two explain one clash, the first of them reports it.
const SPECIAL_FIRST: &[&str] = &[
    "impossible-date",
    "reversed-range",
    "weekday-mismatch",
    "conversion-mismatch",
    "table-total",
    "list-count",
    "parts-total",
    "growth-arithmetic",
    "share-arithmetic",
    "share-sum",
    "span-arithmetic",
    "headline-mismatch",
    "known-fact",
    "falling-cumulative",
    "conflicting-figure",
    "conflicting-date",
    "name-variant",
];

fn rank(check: &str) -> usize {
    SPECIAL_FIRST.iter().position(|c| *c == check).unwrap_or(SPECIAL_FIRST.len())
}

/// The places of a finding, with their camps.
fn places(corpus: &Corpus, finding: &Finding) -> Vec<(Place, u32)> {
    finding.claims.iter().map(|c| (Place::of(corpus, &c.claim), c.camp)).collect()
}

/// Whether `special` explains the clash that `general` reports: it names places of two camps of it, and no article of `general` is
/// missing from it. A general finding with one place is explained by any special one at that place.
fn explains(special: &[(Place, u32)], general: &[(Place, u32)]) -> bool {
    let touches =
        |p: &Place| special.iter().any(|(s, _)| s.sentence.article == p.sentence.article && s.span.overlaps(p.span));
    let mut camps: Vec<u32> = general.iter().filter(|(p, _)| touches(p)).map(|(_, camp)| *camp).collect();
    camps.sort_unstable();
    camps.dedup();
    let all: std::collections::BTreeSet<u32> = general.iter().map(|(_, camp)| *camp).collect();
    if camps.len() < all.len().min(2) {
        return false;
    }
    let articles: Vec<ArticleId> = special.iter().map(|(p, _)| p.sentence.article).collect();
    general.iter().all(|(p, _)| articles.contains(&p.sentence.article))
}

/// Whether a clash of two mentions is one of title against body, all in one article.
fn is_headline(corpus: &Corpus, places: &[(Place, u32)]) -> bool {
    let Some((first, _)) = places.first() else { return false };
    if places.iter().any(|(p, _)| p.sentence.article != first.sentence.article) {
        return false;
    }
    let mut title: BTreeMap<u32, bool> = BTreeMap::new();
    for (place, camp) in places {
        *title.entry(*camp).or_insert(true) &= corpus.sentence(place.sentence).kind == BlockKind::Title;
    }
    title.values().any(|t| *t) && !title.values().all(|t| *t)
}

/// Whether all that a clash names stands in one statement of one article: a text tells apart by itself what it says in one breath, and
/// the checks of arithmetic look at such figures together.
fn one_breath(corpus: &Corpus, places: &[(Place, u32)]) -> bool {
    let Some((first, _)) = places.first() else { return false };
    let article = first.sentence.article;
    let block = corpus.sentence(first.sentence).block;
    let start = places.iter().map(|(p, _)| p.span.start).min().unwrap_or(0);
    let end = places.iter().map(|(p, _)| p.span.end).max().unwrap_or(0);
    places.iter().all(|(p, _)| p.sentence.article == article && corpus.sentence(p.sentence).block == block)
        && !super::line::has_stop(corpus.text(article, crate::text::Span::new(start as usize, end as usize)))
}

/// Findings without doubles, sorted by severity (gravest first), check and place.
///
/// A clash between title and body that a general check found goes under `headline-mismatch`; then of two findings over the same
/// clash the more special stays.
pub fn resolve(corpus: &Corpus, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|f| {
        !matches!(f.check, "conflicting-figure" | "conflicting-date") || !one_breath(corpus, &places(corpus, f))
    });
    for finding in &mut findings {
        if matches!(finding.check, "conflicting-figure" | "conflicting-date")
            && is_headline(corpus, &places(corpus, finding))
        {
            finding.check = headline_mismatch::CHECK.info.id;
            finding.fingerprint = fingerprint(corpus, finding);
        }
    }
    let mut keyed: Vec<(Vec<(Place, u32)>, Finding)> = findings.into_iter().map(|f| (places(corpus, &f), f)).collect();
    keyed.sort_by(|(a, f), (b, g)| {
        (rank(f.check), f.severity < g.severity, a, &f.fingerprint, &f.message).cmp(&(
            rank(g.check),
            g.severity < f.severity,
            b,
            &g.fingerprint,
            &g.message,
        ))
    });
    // By article, so that no finding is held against those of every other article.
    let mut kept_in: BTreeMap<ArticleId, Vec<usize>> = BTreeMap::new();
    let mut kept: Vec<(Vec<(Place, u32)>, Finding)> = Vec::with_capacity(keyed.len());
    for (here, finding) in keyed {
        let article = here.first().map(|(p, _)| p.sentence.article);
        let rivals = article.and_then(|a| kept_in.get(&a));
        let double = rivals.is_some_and(|rivals| {
            rivals.iter().any(|&i| {
                let (there, rival) = &kept[i];
                if rival.check == finding.check {
                    there == &here || (rival.fingerprint == finding.fingerprint && explains(there, &here))
                } else {
                    explains(there, &here)
                }
            })
        });
        if double {
            continue;
        }
        let mut articles: Vec<ArticleId> = here.iter().map(|(p, _)| p.sentence.article).collect();
        articles.sort_unstable();
        articles.dedup();
        for article in articles {
            kept_in.entry(article).or_default().push(kept.len());
        }
        kept.push((here, finding));
    }
    kept.sort_by(|(a, f), (b, g)| {
        g.severity.cmp(&f.severity).then_with(|| (f.check, a, &f.message).cmp(&(g.check, b, &g.message)))
    });
    // Two findings with one fingerprint are told apart by their order.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    kept.into_iter()
        .map(|(_, mut finding)| {
            let n = seen.entry(finding.fingerprint.clone()).or_insert(0);
            *n += 1;
            if *n > 1 {
                finding.fingerprint = format!("{}-{n}", finding.fingerprint);
            }
            finding
        })
        .collect()
}
