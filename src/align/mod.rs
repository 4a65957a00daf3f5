//! Near-duplicate passages: candidates, alignment, diff. Enters: the corpus. Leaves: aligned sentences with their slots. Needs no vocabulary.

mod around;
mod candidate;
mod change;
mod diff;
mod judge;
mod pair;
mod print;
mod token;

#[cfg(test)]
mod tests;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::model::{Alignment, Corpus, DocumentId, Passages, SentenceId};
use around::Around;
use candidate::{Unit, Units};
use judge::Judge;

pub use change::{Change, changes};
pub use diff::diff;

/// All near-duplicate sentence pairs of the corpus, within an article and across articles, sorted by place.
///
/// Sentences that are equal but for their figures are linked to one of them, not each to each: whoever wants groups follows the
/// links. Where two articles split a sentence differently, the long one is aligned with each of its parts.
pub fn align(corpus: &Corpus) -> Vec<Alignment> {
    let units = candidate::units(corpus, 0);
    let pairs = units.pairs();
    judge_all(corpus, &units, &pairs)
}

/// Two sentences that share a passage, by their fingerprints alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meeting {
    /// First sentence.
    pub a: SentenceId,
    /// Second sentence.
    pub b: SentenceId,
    /// Share of the fingerprints of the shorter one that the other holds too, 0–1: an estimate of the share of its text.
    pub share: f32,
}

/// The first half of [`align`]: which sentences share a passage. Figures count as equal where the corpus holds their claims; a corpus of
/// sentences alone will do, and numbers in digits then still count as equal.
pub fn find(corpus: &Corpus) -> Vec<Meeting> {
    let units = candidate::units(corpus, 0);
    let pairs = units.pairs();
    let id = |unit: Unit| units.ids[unit as usize];
    pairs.into_par_iter().map(|(a, b)| Meeting { a: id(a), b: id(b), share: units.share(a, b) }).collect()
}

/// The sentences of articles that stay, read and indexed once, so that a draft which changes at every key is aligned with them quickly.
pub struct Known {
    units: Units,
    postings: Vec<u64>,
}

impl Known {
    /// Reads the sentences of `corpus`.
    pub fn new(corpus: &Corpus) -> Self {
        let units = candidate::units(corpus, 0);
        let postings = units.postings();
        Self { units, postings }
    }

    /// The alignments that touch the articles added to `corpus` since, from `first` on: with each other and with those known.
    pub fn align(&mut self, corpus: &Corpus, first: usize) -> Vec<Alignment> {
        let fresh = self.units.len();
        self.units.append(candidate::units(corpus, first));
        let touched = self.units.touched(fresh, &self.postings);
        let mut pairs = self.units.pairs_among(&touched);
        pairs.retain(|(_, later)| *later as usize >= fresh);
        let found = judge_all(corpus, &self.units, &pairs);
        self.units.truncate(fresh);
        found
    }
}

fn judge_all(corpus: &Corpus, units: &Units, pairs: &[(Unit, Unit)]) -> Vec<Alignment> {
    let step = 256;
    let judged: Vec<(Unit, Unit, Alignment)> = (0..pairs.len().div_ceil(step))
        .into_par_iter()
        .flat_map_iter(|chunk| {
            let mut judge = Judge::new(corpus);
            let mut found = Vec::new();
            for &(a, b) in &pairs[chunk * step..((chunk + 1) * step).min(pairs.len())] {
                if let Some(alignment) = judge.judge(&units.place(a), &units.place(b)) {
                    found.push((a, b, alignment));
                }
            }
            found
        })
        .collect();
    let reader = Around::new(corpus, units, &judged);
    judged
        .par_iter()
        .map(|(a, b, alignment)| Alignment {
            neighbours: reader.neighbours(*a, *b),
            around: reader.around(*a, *b, alignment),
            ..alignment.clone()
        })
        .collect()
}

/// The aligned passages of two documents, in the order of the first: for each of its sentences the likest one of the second, and
/// any other that matches another part of it.
pub fn passages(corpus: &Corpus, a: DocumentId, b: DocumentId) -> Vec<Passages> {
    let document = |id: crate::model::SentenceId| corpus.article(id.article).document;
    let mut found: Vec<Alignment> = align(corpus)
        .into_iter()
        .filter_map(|x| {
            if (document(x.a), document(x.b)) == (a, b) {
                Some(x)
            } else if (document(x.b), document(x.a)) == (a, b) {
                Some(Alignment { a: x.b, b: x.a, differs: (x.differs.1, x.differs.0), slots: Vec::new(), ..x })
            } else {
                None
            }
        })
        .collect();
    // The likest first; a later one stays while one of its sentences is still without a partner.
    found.sort_by(|x, y| y.similarity.total_cmp(&x.similarity).then((x.a, x.b).cmp(&(y.a, y.b))));
    let (mut taken_a, mut taken_b) = (FxHashSet::default(), FxHashSet::default());
    found.retain(|x| {
        let (new_a, new_b) = (taken_a.insert(x.a), taken_b.insert(x.b));
        new_a || new_b
    });
    found.sort_by_key(|x| (x.a, x.b));
    found
        .into_iter()
        .map(|x| Passages { a: x.a, b: x.b, similarity: x.similarity, diff: diff(corpus, x.a, x.b) })
        .collect()
}
