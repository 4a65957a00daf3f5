//! Two versions of an article → the claims that changed. Enters: a corpus that holds both. Leaves: claims added, removed and changed,
//! in the order of the new version, then those removed. Sentences that both have, moved or not, hold no change.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffTag};

use crate::model::{Article, ArticleId, Claim, ClaimId, Corpus, DocumentId};

/// Pairs of claims of one changed stretch that are weighed; a longer one is told as removed and added.
const MOST: usize = 1 << 20;
/// From this score on two claims state the same thing in the old and the new words.
const SAME_THING: f32 = 2.2;

/// What happened to a claim between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added(ClaimId),
    /// It is gone.
    Removed(ClaimId),
    /// It has another value: the old claim and the new one.
    Changed(ClaimId, ClaimId),
}

struct Line<'a> {
    text: &'a str,
    claims: Vec<ClaimId>,
}

fn lines(corpus: &Corpus, documents: std::ops::Range<u32>) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let of = |a: &Article| documents.contains(&a.document.0);
    for (i, article) in corpus.articles.iter().enumerate().filter(|(_, a)| of(a)) {
        let id = ArticleId(i as u32);
        let first = out.len();
        for sentence in &article.sentences {
            out.push(Line { text: corpus.text(id, sentence.span).trim(), claims: Vec::new() });
        }
        let start = corpus.claims_of[i].start;
        for (n, claim) in (start..).zip(corpus.claims_in(id)) {
            out[first + claim.sentence.index as usize].claims.push(ClaimId(n));
        }
    }
    out
}

/// The claims that changed from the documents before `cut` to those from it on.
pub fn changes(corpus: &Corpus, cut: DocumentId) -> Vec<Change> {
    let old = lines(corpus, 0..cut.0);
    let new = lines(corpus, cut.0..corpus.documents.len() as u32);
    let texts = |lines: &[Line<'_>]| lines.iter().map(|l| l.text.to_owned()).collect::<Vec<_>>();
    let ops = similar::capture_diff_slices(Algorithm::Myers, &texts(&old), &texts(&new));
    let mut hunks: Vec<(Vec<usize>, Vec<usize>)> = ops
        .iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| (op.old_range().collect(), op.new_range().collect()))
        .collect();
    // A sentence that only moved is in both; each counts once.
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    for i in hunks.iter().flat_map(|h| &h.0) {
        *gone.entry(old[*i].text).or_default() += 1;
    }
    let mut moved: BTreeMap<&str, usize> = BTreeMap::new();
    for hunk in &mut hunks {
        hunk.1.retain(|i| match gone.get_mut(new[*i].text).filter(|n| **n > 0) {
            Some(n) => {
                *n -= 1;
                *moved.entry(new[*i].text).or_default() += 1;
                false
            }
            None => true,
        });
    }
    for hunk in &mut hunks {
        hunk.0.retain(|i| match moved.get_mut(old[*i].text).filter(|n| **n > 0) {
            Some(n) => {
                *n -= 1;
                false
            }
            None => true,
        });
    }
    let mut out = Vec::new();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let claims =
        |lines: &[Line<'_>], at: &[usize]| at.iter().flat_map(|i| lines[*i].claims.clone()).collect::<Vec<_>>();
    for (a, b) in hunks {
        let (left, right) = stretch(corpus, &claims(&old, &a), &claims(&new, &b), &mut out);
        gone.extend(left);
        come.extend(right);
    }
    // What changed and moved as well stands in two stretches.
    let (gone, come) = stretch(corpus, &gone, &come, &mut out);
    out.extend(come.into_iter().map(Change::Added));
    out.extend(gone.into_iter().map(Change::Removed));
    out.sort_by_key(|change| match *change {
        Change::Changed(_, new) | Change::Added(new) => (false, new),
        Change::Removed(old) => (true, old),
    });
    out
}

/// Pairs the claims of one stretch in order, so that the pairs fit best all together; gives the old and the new that have no other side.
fn stretch(corpus: &Corpus, old: &[ClaimId], new: &[ClaimId], out: &mut Vec<Change>) -> (Vec<ClaimId>, Vec<ClaimId>) {
    let (n, m) = (old.len(), new.len());
    if n * m > MOST {
        return (old.to_vec(), new.to_vec());
    }
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let claim = |id: ClaimId| &corpus.claims[id.0 as usize];
    let left: Vec<View> = old.iter().map(|id| View::new(corpus, claim(*id))).collect();
    let right: Vec<View> = new.iter().map(|id| View::new(corpus, claim(*id))).collect();
    let mut best = vec![0f32; (n + 1) * (m + 1)];
    let at = |i: usize, j: usize| i * (m + 1) + j;
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let score = score(&left[i], &right[j]);
            let pair = if score >= SAME_THING { score + best[at(i + 1, j + 1)] } else { 0.0 };
            best[at(i, j)] = pair.max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        let here = best[at(i, j)];
        if here <= best[at(i + 1, j)] {
            gone.push(old[i]);
            i += 1;
        } else if here <= best[at(i, j + 1)] {
            come.push(new[j]);
            j += 1;
        } else {
            if !same_value(claim(old[i]), claim(new[j])) {
                out.push(Change::Changed(old[i], new[j]));
            }
            (i, j) = (i + 1, j + 1);
        }
    }
    gone.extend_from_slice(&old[i..]);
    come.extend_from_slice(&new[j..]);
    (gone, come)
}

/// A claim as pairing sees it.
struct View<'a> {
    claim: &'a Claim,
    /// Pairs of neighbouring letters of its clause, the figure left out, sorted.
    pairs: Vec<(char, char)>,
    measure: &'a str,
}

impl<'a> View<'a> {
    fn new(corpus: &'a Corpus, claim: &'a Claim) -> Self {
        let text = corpus.document_of(claim.article).plain();
        let before = text.get(claim.clause.start as usize..claim.span.start as usize).unwrap_or("");
        let after = text.get(claim.span.end as usize..claim.clause.end as usize).unwrap_or("");
        let mut pairs: Vec<(char, char)> = [before, after]
            .iter()
            .flat_map(|part| {
                let letters: Vec<char> = part.chars().filter(|c| c.is_alphanumeric()).collect();
                letters.windows(2).map(|w| (w[0], w[1])).collect::<Vec<_>>()
            })
            .collect();
        pairs.sort_unstable();
        Self { claim, pairs, measure: claim.measure.map_or("", |m| m.span.of(text)) }
    }
}

/// How much two claims look like one thing said twice.
fn score(a: &View<'_>, b: &View<'_>) -> f32 {
    let (p, q) = (&a.claim.quantity, &b.claim.quantity);
    if p.kind.is_time() != q.kind.is_time()
        || p.base_unit.is_some() && q.base_unit.is_some() && p.base_unit != q.base_unit
    {
        return 0.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (a.pairs.get(i), b.pairs.get(j)) {
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let all = a.pairs.len() + b.pairs.len();
    let alike = if all == 0 { 0.5 } else { 2.0 * shared as f32 / all as f32 };
    let flag = |yes: bool| f32::from(u8::from(yes));
    flag(p.kind == q.kind)
        + flag(p.unit.is_some() && p.unit == q.unit)
        + 3.0 * alike
        + flag(!a.measure.is_empty() && a.measure == b.measure)
        + 0.5 * flag(same_value(a.claim, b.claim))
}

fn same_value(a: &Claim, b: &Claim) -> bool {
    let (p, q) = (&a.quantity, &b.quantity);
    let time = |q: &crate::model::Quantity| q.time.as_ref().map(|t| (t.timex.clone(), t.clock));
    p.literal == q.literal && p.base_unit == q.base_unit && p.negative == q.negative && time(p) == time(q)
}
