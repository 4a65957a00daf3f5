//! What stands behind each camp of a clash, told and not weighed. Enters: the camps of a finding, the alignments of the run. Leaves: one
//! [`Evidence`] a camp. Knows no language: whose word a figure is the extractor has read.

use std::collections::{BTreeMap, BTreeSet};

use super::Input;
use crate::model::{ArticleId, Claim, ClaimId, Corpus, Evidence, SentenceId, Status};
use crate::quantity::Relation;

/// From this similarity on a sentence repeats another, whatever else its article says.
const COPY: f32 = 0.8;
/// Sources named of one camp.
const SOURCES: usize = 6;

/// Which sentences of the run repeat which, read once.
pub(super) struct Copies(BTreeMap<SentenceId, Vec<SentenceId>>);

impl Copies {
    pub fn new(input: &Input<'_>) -> Self {
        let mut out: BTreeMap<SentenceId, Vec<SentenceId>> = BTreeMap::new();
        for each in input.alignments.iter().filter(|a| a.similarity >= COPY && a.a.article != a.b.article) {
            out.entry(each.a).or_default().push(each.b);
            out.entry(each.b).or_default().push(each.a);
        }
        Self(out)
    }

    /// How many articles of their own the claims stand in: articles that repeat a sentence of another count once with it.
    pub fn independent(&self, corpus: &Corpus, claims: &[ClaimId]) -> usize {
        let claim = |id: &ClaimId| &corpus.claims[id.0 as usize];
        let mut own: BTreeMap<ArticleId, ArticleId> =
            claims.iter().map(|id| (claim(id).article, claim(id).article)).collect();
        // The same words make copies of two articles, however they were aligned.
        let mut words: BTreeMap<&str, ArticleId> = BTreeMap::new();
        let mut joined: Vec<(ArticleId, ArticleId)> = Vec::new();
        for id in claims {
            let claim = claim(id);
            let text = corpus.text(claim.article, corpus.sentence(claim.sentence).span).trim();
            joined.push((*words.entry(text).or_insert(claim.article), claim.article));
            for other in self.0.get(&claim.sentence).into_iter().flatten() {
                if own.contains_key(&other.article) {
                    joined.push((other.article, claim.article));
                }
            }
        }
        for (a, b) in joined {
            let (a, b) = (root(&own, a), root(&own, b));
            own.insert(a.max(b), a.min(b));
        }
        own.iter().filter(|(article, up)| article == up).count()
    }
}

/// The article that stands for all copies of `at`.
fn root(own: &BTreeMap<ArticleId, ArticleId>, mut at: ArticleId) -> ArticleId {
    while let Some(&up) = own.get(&at).filter(|&&up| up != at) {
        at = up;
    }
    at
}

/// The evidence for each of `camps`.
pub(super) fn evidence(input: &Input<'_>, copies: &Copies, camps: &[&[ClaimId]]) -> Vec<Evidence> {
    let corpus = input.corpus;
    let claim = |id: &ClaimId| &corpus.claims[id.0 as usize];
    camps
        .iter()
        .enumerate()
        .map(|(n, claims)| {
            let articles: BTreeSet<ArticleId> = claims.iter().map(|id| claim(id).article).collect();
            let dates = || articles.iter().filter_map(|a| corpus.article(*a).date);
            let mut sources: Vec<String> = Vec::new();
            for id in *claims {
                let words = claim(id).scope.attribution.map(|span| corpus.text(claim(id).article, span));
                let words = words.map(|w| w.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|w| !w.is_empty());
                if let Some(words) = words.filter(|w| !sources.contains(w) && sources.len() < SOURCES) {
                    sources.push(words);
                }
            }
            let corrects = (0..camps.len())
                .filter(|&m| m != n && camps[m].first().is_some_and(|id| withdrawn(corpus, &articles, claim(id))))
                .map(|m| m as u32)
                .collect();
            Evidence {
                camp: n as u32,
                articles: articles.len(),
                independent: copies.independent(corpus, claims),
                sources,
                first: dates().min(),
                last: dates().max(),
                corrects,
            }
        })
        .collect()
}

/// Whether one of `articles` itself takes back the value of `other`: `此前报道为4000家`, `3600株应为6300株`.
fn withdrawn(corpus: &Corpus, articles: &BTreeSet<ArticleId>, other: &Claim) -> bool {
    articles.iter().any(|article| {
        corpus.claims_in(*article).iter().any(|c| {
            matches!(c.scope.status, Status::Reported | Status::Denied)
                && c.kind() == other.kind()
                && c.quantity.relate(&other.quantity) == Relation::Agree
        })
    })
}
