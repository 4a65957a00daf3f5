//! Corpus → pairs of sentences worth aligning. Enters: the fingerprints of every sentence. Leaves: classes of sentences that are equal but for
//! their figures, and pairs of classes that share enough fingerprints. Cost is near linear: many copies are chained, never crossed.

use std::ops::Range;

use rayon::prelude::*;

use super::judge::Place;
use super::print::{CLAUSE, Printer};
use crate::model::{ArticleId, Corpus, SentenceId};

/// Up to so many sentences share a fingerprint before they are chained and not crossed.
const CROSSED: usize = 16;
/// How many of its followers each sentence of a chain is tried against.
const CHAINED: usize = 4;
/// At most so many sentences that hold one fingerprint are looked up for a draft.
const CROWD: usize = 512;
/// Up to so many equal sentences are all paired.
const PAIRED: usize = 4;

/// A sentence of the run.
pub(super) type Unit = u32;

/// What the join needs to know of every sentence, in corpus order.
#[derive(Default)]
pub(super) struct Units {
    /// The sentences.
    pub ids: Vec<SentenceId>,
    /// Where the claims of each begin and end in the corpus.
    claims: Vec<(u32, u32)>,
    /// Hash of the masked tokens; 0 for sentences that are too short for a class.
    pub hashes: Vec<u64>,
    /// How many tokens each has outside figures, as far as that fits.
    pub sizes: Vec<u16>,
    /// Fingerprints of all sentences, one run a sentence.
    prints: Vec<u32>,
    /// Where the run of each sentence ends.
    ends: Vec<u64>,
}

/// Reads every sentence of the articles from `first` on once.
pub(super) fn units(corpus: &Corpus, first: usize) -> Units {
    let end = corpus.articles.len();
    let step = 32;
    let parts: Vec<Units> = (0..(end - first.min(end)).div_ceil(step))
        .into_par_iter()
        .map(|chunk| {
            let mut part = Units::default();
            let mut printer = Printer::default();
            for article in first + chunk * step..(first + (chunk + 1) * step).min(end) {
                part.read(corpus, article, &mut printer);
            }
            part
        })
        .collect();
    let mut units = Units::default();
    let total: usize = parts.iter().map(Units::len).sum();
    units.ids.reserve(total);
    units.claims.reserve(total);
    units.hashes.reserve(total);
    units.sizes.reserve(total);
    units.ends.reserve(total);
    units.prints.reserve(parts.iter().map(|p| p.prints.len()).sum());
    for part in parts {
        units.append(part);
    }
    units
}

impl Units {
    /// Adds the sentences of one article.
    fn read(&mut self, corpus: &Corpus, article: usize, printer: &mut Printer) {
        let number = ArticleId(article as u32);
        let text = corpus.document_of(number).plain();
        let range = corpus.claims_of.get(article).cloned().unwrap_or(0..0);
        let claims = corpus.claims.get(range.start as usize..range.end as usize).unwrap_or(&[]);
        let mut from = 0;
        for (index, sentence) in corpus.articles[article].sentences.iter().enumerate() {
            let to = from + claims[from..].iter().take_while(|c| c.sentence.index as usize <= index).count();
            let (class, size) = printer.print(text, sentence.span, &claims[from..to], &mut self.prints);
            self.ids.push(SentenceId { article: number, index: index as u32 });
            self.claims.push((range.start + from as u32, range.start + to as u32));
            self.hashes.push(class);
            self.sizes.push(u16::try_from(size).unwrap_or(u16::MAX));
            self.ends.push(self.prints.len() as u64);
            from = to;
        }
    }

    /// The claims of a sentence, as indices into those of the corpus.
    pub fn claims(&self, unit: Unit) -> Range<u32> {
        let (from, to) = self.claims[unit as usize];
        from..to
    }

    /// A sentence and its claims.
    pub fn place(&self, unit: Unit) -> Place {
        (self.ids[unit as usize], self.claims(unit))
    }

    fn prints_of(&self, unit: Unit) -> &[u32] {
        let i = unit as usize;
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.prints[start as usize..self.ends[i] as usize]
    }

    /// Share of the fingerprints of the shorter one of two sentences that the other holds too.
    pub fn share(&self, a: Unit, b: Unit) -> f32 {
        let hash = self.hashes[a as usize];
        if hash != 0 && hash == self.hashes[b as usize] {
            return 1.0;
        }
        let (p, q) = (self.prints_of(a), self.prints_of(b));
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(x), Some(y)) = (p.get(i), q.get(j)) {
            common += usize::from(x == y);
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        common as f32 / p.len().min(q.len()).max(1) as f32
    }

    /// The masked hash of the sentence `step` after `unit` in its article; 0 where there is none.
    pub fn beside(&self, unit: Unit, step: i64) -> u64 {
        self.next(unit, step).map_or(0, |u| self.hashes[u as usize])
    }

    /// The sentence `step` after `unit`, in the same article.
    pub fn next(&self, unit: Unit, step: i64) -> Option<Unit> {
        let other = usize::try_from(i64::from(unit) + step).ok()?;
        let id = self.ids.get(other)?;
        (id.article == self.ids[unit as usize].article).then_some(other as Unit)
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Adds the sentences of later articles.
    pub fn append(&mut self, more: Self) {
        let base = self.prints.len() as u64;
        self.ids.extend(more.ids);
        self.claims.extend(more.claims);
        self.hashes.extend(more.hashes);
        self.sizes.extend(more.sizes);
        self.prints.extend(more.prints);
        self.ends.extend(more.ends.iter().map(|e| e + base));
    }

    /// Drops all sentences but the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.ids.truncate(len);
        self.claims.truncate(len);
        self.hashes.truncate(len);
        self.sizes.truncate(len);
        self.ends.truncate(len);
        self.prints.truncate(self.ends.last().copied().unwrap_or(0) as usize);
    }

    /// Every fingerprint with its sentence, sorted: `fingerprint << 32 | sentence`.
    pub fn postings(&self) -> Vec<u64> {
        let mut postings = self.postings_of(0..self.len() as Unit);
        postings.par_sort_unstable();
        postings
    }

    fn postings_of(&self, units: impl Iterator<Item = Unit>) -> Vec<u64> {
        let mut postings = Vec::with_capacity(self.prints.len());
        for unit in units {
            postings.extend(self.prints_of(unit).iter().map(|&p| posting(p, unit)));
        }
        postings
    }

    /// The postings of `units` whose fingerprint may stand in another of them as well, sorted. Most stand in one sentence
    /// alone.
    fn shared_postings(&self, units: &[Unit]) -> Vec<u64> {
        let total: usize = units.iter().map(|&u| self.prints_of(u).len()).sum();
        let mut met = Met::new(total);
        for &unit in units {
            self.prints_of(unit).iter().for_each(|&print| met.add(print));
        }
        let (mut postings, mut kept) = (vec![0; total + 1], 0);
        for &unit in units {
            for &print in self.prints_of(unit) {
                postings[kept] = posting(print, unit);
                kept += usize::from(met.again(print));
            }
        }
        postings.truncate(kept);
        let bits = heap_bits(postings.len());
        sorted(&postings, 1 << bits, |p| (p >> 32 >> (32 - bits)) as usize)
    }

    /// The sentences before `fresh` that share a fingerprint with one from `fresh` on, by the sorted `postings` of the former, and
    /// all sentences from `fresh` on; sorted.
    pub fn touched(&self, fresh: usize, postings: &[u64]) -> Vec<Unit> {
        let mut touched: Vec<Unit> = Vec::new();
        for unit in fresh..self.len() {
            for &print in self.prints_of(unit as Unit) {
                let key = u64::from(print) << 32;
                let from = postings.partition_point(|p| *p < key);
                touched.extend(
                    postings[from..]
                        .iter()
                        .take_while(|p| **p >> 32 == u64::from(print))
                        .take(CROWD)
                        .map(|p| *p as Unit),
                );
            }
        }
        touched.extend(fresh as Unit..self.len() as Unit);
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// Links within classes (sentences that are equal but for their figures), and the first sentence of every class.
    fn classes(&self, among: &[Unit], pairs: &mut Vec<(Unit, Unit)>) -> Vec<Unit> {
        let hash = |u: Unit| self.hashes[u as usize];
        let mut met = Met::new(among.len());
        among.iter().filter(|u| hash(**u) != 0).for_each(|&u| met.add((hash(u) >> 32) as u32));
        let (mut firsts, mut order) = (Vec::with_capacity(among.len()), Vec::new());
        for &unit in among {
            match hash(unit) {
                0 => firsts.push(unit),
                hash if met.again((hash >> 32) as u32) => order.push((hash, unit)),
                _ => firsts.push(unit),
            }
        }
        order.par_sort_unstable();
        for class in order.chunk_by(|a, b| a.0 == b.0) {
            firsts.push(class[0].1);
            if class.len() <= PAIRED {
                for (i, a) in class.iter().enumerate() {
                    pairs.extend(class[i + 1..].iter().map(|b| (a.1, b.1)));
                }
                continue;
            }
            // Copies of one text agree in the sentence before or after: those are linked to each other first, and every such group
            // to the first of all.
            pairs.extend(class[1..].iter().map(|b| (class[0].1, b.1)));
            for step in [-1, 1] {
                let mut beside: Vec<(u64, Unit)> = class.iter().map(|c| (self.beside(c.1, step), c.1)).collect();
                beside.sort_unstable();
                for group in beside.chunk_by(|a, b| a.0 == b.0).filter(|g| g[0].0 != 0) {
                    pairs.extend(group[1..].iter().map(|b| (group[0].1, b.1)));
                }
            }
        }
        firsts.sort_unstable();
        firsts
    }

    /// All pairs worth aligning, each once, `(earlier, later)`, sorted.
    pub fn pairs(&self) -> Vec<(Unit, Unit)> {
        let all: Vec<Unit> = (0..self.len() as Unit).collect();
        self.pairs_among(&all)
    }

    /// The pairs of `among` worth aligning.
    pub fn pairs_among(&self, among: &[Unit]) -> Vec<(Unit, Unit)> {
        let mut pairs = Vec::new();
        let firsts = self.classes(among, &mut pairs);
        let postings = self.shared_postings(&firsts);
        let met: Vec<u64> = split(&postings)
            .into_par_iter()
            .flat_map_iter(|part| {
                let mut met = Vec::new();
                for bucket in part.chunk_by(|a, b| a >> 32 == b >> 32).filter(|b| b.len() > 1) {
                    self.cross(bucket, &mut met);
                }
                met
            })
            .collect();
        drop(postings);
        let heaps = 1 << heap_bits(met.len());
        let met = sorted(&met, heaps, |pair| ((pair >> 32) as usize * heaps) / self.len());
        for run in met.chunk_by(|a, b| a == b) {
            let (a, b) = ((run[0] >> 32) as Unit, run[0] as Unit);
            if self.enough(a, b, run.len()) {
                pairs.push((a, b));
            }
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }

    fn cross(&self, bucket: &[u64], met: &mut Vec<u64>) {
        let unit = |posting: u64| posting & 0xFFFF_FFFF;
        let clause = bucket.first().is_some_and(|p| (p >> 32) as u32 & CLAUSE != 0);
        let mut push = |a: u64, b: u64| {
            let pair = a.min(b) << 32 | a.max(b);
            met.push(pair);
            if clause {
                met.push(pair);
            }
        };
        if bucket.len() <= CROSSED {
            for (i, &a) in bucket.iter().enumerate() {
                bucket[i + 1..].iter().for_each(|&b| push(unit(a), unit(b)));
            }
            return;
        }
        // In the order of their least fingerprint, variants of one sentence stand next to each other.
        let mut order: Vec<(u32, u64)> =
            bucket.iter().map(|&p| (self.prints_of(unit(p) as Unit).first().copied().unwrap_or(0), unit(p))).collect();
        order.sort_unstable();
        for (i, a) in order.iter().enumerate() {
            order[i + 1..].iter().take(CHAINED).for_each(|b| push(a.1, b.1));
        }
    }

    /// Whether so many shared fingerprints make a pair worth aligning.
    fn enough(&self, a: Unit, b: Unit, shared: usize) -> bool {
        let least = self.prints_of(a).len().min(self.prints_of(b).len());
        shared >= 4 || shared * 3 >= least
    }
}

/// Tells which of many hashes may have come more than once, by two bits for a few of them that begin alike.
struct Met {
    /// How many last bits of a hash do not count.
    shift: u32,
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Met {
    /// For about so many hashes.
    fn new(hashes: usize) -> Self {
        let bits = (4 * hashes).next_power_of_two().clamp(64, 1 << 31).trailing_zeros();
        Self { shift: 32 - bits, once: vec![0; 1 << (bits - 6)], again: vec![0; 1 << (bits - 6)] }
    }

    fn place(&self, hash: u32) -> (usize, u64) {
        let at = hash >> self.shift;
        ((at >> 6) as usize, 1 << (at & 63))
    }

    fn add(&mut self, hash: u32) {
        let (word, bit) = self.place(hash);
        self.again[word] |= self.once[word] & bit;
        self.once[word] |= bit;
    }

    /// Whether `hash` may have come twice; never false where it did.
    fn again(&self, hash: u32) -> bool {
        let (word, bit) = self.place(hash);
        self.again[word] & bit != 0
    }
}

fn posting(print: u32, unit: Unit) -> u64 {
    u64::from(print) << 32 | u64::from(unit)
}

/// How many first bits tell so many values apart into heaps that fit a fast cache.
fn heap_bits(values: usize) -> u32 {
    (values / 1024).next_power_of_two().clamp(2, 1 << 16).trailing_zeros()
}

/// `values` sorted: laid on heaps that follow each other, then each heap sorted by itself. `heap` may not fall from a value to a greater one.
fn sorted(values: &[u64], heaps: usize, heap: impl Fn(u64) -> usize) -> Vec<u64> {
    let mut ends = vec![0usize; heaps];
    for &value in values {
        ends[heap(value)] += 1;
    }
    let sizes = ends.clone();
    let mut total = 0;
    for end in &mut ends {
        total += std::mem::replace(end, total);
    }
    let mut laid = vec![0u64; values.len()];
    for &value in values {
        let at = &mut ends[heap(value)];
        laid[*at] = value;
        *at += 1;
    }
    let mut parts = Vec::with_capacity(heaps);
    let mut rest = laid.as_mut_slice();
    for size in sizes {
        let (part, after) = rest.split_at_mut(size);
        parts.push(part);
        rest = after;
    }
    parts.into_par_iter().for_each(<[u64]>::sort_unstable);
    laid
}

/// Cuts sorted postings into parts of about equal size between two buckets.
fn split(postings: &[u64]) -> Vec<&[u64]> {
    let size = (postings.len() / 64).max(4096);
    let mut parts = Vec::new();
    let mut rest = postings;
    while rest.len() > size {
        let key = rest[size - 1] >> 32;
        let cut = size + rest[size..].partition_point(|p| p >> 32 == key);
        let (part, after) = rest.split_at(cut);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heaps_come_out_sorted() {
        let values: Vec<u64> = (0..5000u64).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
        let mut want = values.clone();
        want.sort_unstable();
        assert_eq!(sorted(&values, 8, |v| (v >> 61) as usize), want);
    }

    #[test]
    fn what_came_twice_is_always_told() {
        let hash = |i: u32| i.wrapping_mul(0x9E37_79B1);
        let mut met = Met::new(3000);
        (0..2000).chain(500..1500).for_each(|i| met.add(hash(i)));
        assert!((500..1500).all(|i| met.again(hash(i))));
        assert!((0..500).filter(|i| met.again(hash(*i))).count() < 250);
    }
}
