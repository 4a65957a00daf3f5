//! Corpus → pairs of sentences worth aligning. Enters: the tokens of every sentence. Leaves: classes of sentences that are equal but for
//! their figures, and pairs of classes that share enough fingerprints. Cost is near linear: many copies are chained, never crossed.

use rayon::prelude::*;

use super::token::{self, FIGURE, Token};
use crate::model::{ArticleId, Corpus, SentenceId};

/// Tokens a fingerprint covers, and how many neighbouring ones stand for each other, where a token is a character.
const CHARACTERS: (usize, usize) = (8, 6);
/// The same where most tokens are words.
const WORDS: (usize, usize) = (4, 4);
/// A sentence with fewer tokens outside figures belongs to no class: `同比增长3%` says nothing of what it speaks of.
const CLASS_TOKENS: usize = 6;
/// A clause with at least so many tokens outside figures is a fingerprint by itself.
const CLAUSE_TOKENS: usize = 5;
/// Marks the fingerprint of a whole clause: one in common says as much as two others.
const CLAUSE: u32 = 1;
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
pub(super) struct Units {
    /// The sentences.
    pub ids: Vec<SentenceId>,
    /// Hash of the masked tokens; 0 for sentences that are too short for a class.
    pub hashes: Vec<u64>,
    /// How many tokens each has outside figures, as far as that fits.
    pub sizes: Vec<u16>,
    /// Fingerprints of all sentences, one run a sentence.
    prints: Vec<u32>,
    /// Where the run of each sentence ends.
    ends: Vec<u64>,
}

/// The masked tokens as one stream of symbols: any figure is one symbol, and so are several in a row.
fn masked(tokens: &[Token], out: &mut Vec<u32>) -> usize {
    out.clear();
    let mut plain = 0;
    for token in tokens {
        if token.is_figure() {
            if out.last() != Some(&FIGURE) {
                out.push(FIGURE);
            }
        } else {
            out.push(token.symbol);
            plain += 1;
        }
    }
    plain
}

fn hash(symbols: &[u32]) -> u64 {
    let mut hash = 0x51_7C_C1_B7_27_22_0A_95u64;
    for &symbol in symbols {
        hash = (hash.rotate_left(5) ^ u64::from(symbol)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    (hash ^ (hash >> 29)).max(1)
}

/// Appends a fingerprint for every clause that says enough: short sentences that share one must meet.
fn clauses(tokens: &[Token], out: &mut Vec<u32>) {
    for clause in tokens.split_inclusive(|t| t.closes) {
        let plain = clause.iter().filter(|t| !t.is_figure());
        if plain.clone().count() >= CLAUSE_TOKENS {
            let mut hash = 0x2545_F491_4F6C_DD1Du64;
            for token in clause {
                let symbol = if token.is_figure() { FIGURE } else { token.symbol };
                hash = (hash.rotate_left(5) ^ u64::from(symbol)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            }
            out.push((hash >> 32) as u32 | CLAUSE);
        }
    }
}

/// Appends the winnowed fingerprints of `symbols`: the least hash of every window of neighbouring ones, each once.
fn winnow(symbols: &[u32], (k, window): (usize, usize), scratch: &mut Vec<u32>, out: &mut Vec<u32>) {
    const BASE: u64 = 0x0000_0100_0000_01B3;
    if symbols.len() < k {
        return;
    }
    let spread = |s: u32| u64::from(s).wrapping_add(1).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let top = (1..k).fold(1u64, |p, _| p.wrapping_mul(BASE));
    scratch.clear();
    let mut rolling = 0u64;
    for (i, &symbol) in symbols.iter().enumerate() {
        if i >= k {
            rolling = rolling.wrapping_sub(spread(symbols[i - k]).wrapping_mul(top));
        }
        rolling = rolling.wrapping_mul(BASE).wrapping_add(spread(symbol));
        if i + 1 >= k {
            let mixed = (rolling ^ (rolling >> 31)).wrapping_mul(0x7FB5_D329_728E_A185 ^ k as u64);
            scratch.push((mixed >> 32) as u32 & !CLAUSE);
        }
    }
    let mut chosen = usize::MAX;
    for last in window.min(scratch.len()) - 1..scratch.len() {
        let first = (last + 1).saturating_sub(window);
        if chosen == usize::MAX || chosen < first {
            chosen = (first..=last).rev().min_by_key(|&i| scratch[i]).unwrap_or(first);
            out.push(scratch[chosen]);
        } else if scratch[last] < scratch[chosen] {
            chosen = last;
            out.push(scratch[chosen]);
        }
    }
}

/// Sorts what stands in `prints` from `begin` on and leaves each once.
fn once(prints: &mut Vec<u32>, begin: usize) {
    prints[begin..].sort_unstable();
    let mut kept = begin;
    for i in begin..prints.len() {
        if i == begin || prints[i] != prints[kept - 1] {
            prints[kept] = prints[i];
            kept += 1;
        }
    }
    prints.truncate(kept);
}

/// Reads every sentence of the articles from `first` on once.
pub(super) fn units(corpus: &Corpus, first: usize) -> Units {
    struct Part {
        ids: Vec<SentenceId>,
        hashes: Vec<u64>,
        sizes: Vec<u16>,
        prints: Vec<u32>,
        ends: Vec<u64>,
    }
    let end = corpus.articles.len();
    let step = 32;
    let parts: Vec<Part> = (0..(end - first.min(end)).div_ceil(step))
        .into_par_iter()
        .map(|chunk| {
            let mut part =
                Part { ids: Vec::new(), hashes: Vec::new(), sizes: Vec::new(), prints: Vec::new(), ends: Vec::new() };
            let (mut tokens, mut symbols, mut scratch) = (Vec::new(), Vec::new(), Vec::new());
            for article in first + chunk * step..(first + (chunk + 1) * step).min(end) {
                for index in 0..corpus.articles[article].sentences.len() {
                    let id = SentenceId { article: ArticleId(article as u32), index: index as u32 };
                    token::tokens(corpus, id, &mut tokens);
                    let plain = masked(&tokens, &mut symbols);
                    let words = tokens.iter().filter(|t| t.shape == token::Shape::Word).count();
                    part.ids.push(id);
                    part.sizes.push(u16::try_from(plain).unwrap_or(u16::MAX));
                    part.hashes.push(if plain >= CLASS_TOKENS { hash(&symbols) } else { 0 });
                    let scale = if words * 2 > tokens.len() { WORDS } else { CHARACTERS };
                    let begin = part.prints.len();
                    winnow(&symbols, scale, &mut scratch, &mut part.prints);
                    clauses(&tokens, &mut part.prints);
                    once(&mut part.prints, begin);
                    part.ends.push(part.prints.len() as u64);
                }
            }
            part
        })
        .collect();
    let total: usize = parts.iter().map(|p| p.ids.len()).sum();
    let mut units = Units {
        ids: Vec::with_capacity(total),
        hashes: Vec::with_capacity(total),
        sizes: Vec::with_capacity(total),
        prints: Vec::with_capacity(parts.iter().map(|p| p.prints.len()).sum()),
        ends: Vec::with_capacity(total),
    };
    for part in parts {
        let base = units.prints.len() as u64;
        units.ids.extend(part.ids);
        units.hashes.extend(part.hashes);
        units.sizes.extend(part.sizes);
        units.prints.extend(part.prints);
        units.ends.extend(part.ends.iter().map(|e| e + base));
    }
    units
}

impl Units {
    fn prints_of(&self, unit: Unit) -> &[u32] {
        let i = unit as usize;
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.prints[start as usize..self.ends[i] as usize]
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
        self.hashes.extend(more.hashes);
        self.sizes.extend(more.sizes);
        self.prints.extend(more.prints);
        self.ends.extend(more.ends.iter().map(|e| e + base));
    }

    /// Drops all sentences but the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.ids.truncate(len);
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
        units.flat_map(|u| self.prints_of(u).iter().map(move |&p| u64::from(p) << 32 | u64::from(u))).collect()
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
        let mut order: Vec<(u64, Unit)> = among.iter().map(|&u| (self.hashes[u as usize], u)).collect();
        order.par_sort_unstable();
        let mut firsts = Vec::with_capacity(order.len());
        for class in order.chunk_by(|a, b| a.0 == b.0) {
            if class[0].0 == 0 {
                firsts.extend(class.iter().map(|c| c.1));
                continue;
            }
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
        let mut postings = self.postings_of(firsts.iter().copied());
        postings.par_sort_unstable();
        let mut met: Vec<u64> = split(&postings)
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
        met.par_sort_unstable();
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

    fn prints(text: &str) -> Vec<u32> {
        let mut tokens = Vec::new();
        token::tokens_in(text, crate::text::Span::new(0, text.len()), 0, &[], &mut tokens);
        let (mut symbols, mut out) = (Vec::new(), Vec::new());
        masked(&tokens, &mut symbols);
        winnow(&symbols, CHARACTERS, &mut Vec::new(), &mut out);
        once(&mut out, 0);
        out
    }

    #[test]
    fn any_run_of_thirteen_characters_leaves_a_common_fingerprint() {
        let run = "县里给老灯塔换上太阳能灯"; // 12 characters and a figure
        let a = prints(&format!("去年入冬以前，渔民凑钱之后{run}30盏，海面亮了。"));
        let b = prints(&format!("码头的人都说{run}5盏"));
        assert!(a.iter().any(|p| b.contains(p)));
    }

    #[test]
    fn a_figure_is_one_symbol_whatever_it_reads() {
        assert_eq!(prints("仓库里共有茶叶12345吨等待装船"), prints("仓库里共有茶叶6.7吨等待装船"));
    }
}
