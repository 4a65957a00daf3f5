//! A pair of sentences → an alignment, where they are near duplicates or share a passage. Enters: two sentences. Leaves: similarity,
//! slots with their context, and the words on one side only.

use std::ops::Range;

use super::pair::{Aligner, Match, likeness};
use super::token::{self, Token};
use crate::model::{Alignment, Around, ClaimId, Corpus, SentenceId, Slot};
use crate::text::{Plain, Span};

/// From this share of the characters of both, two sentences are near duplicates.
const NEAR: f32 = 0.5;
/// From this share of the shorter one, it is an excerpt of the longer.
const EXCERPT: f32 = 0.6;
/// Characters that an excerpt must match.
const EXCERPT_LEAST: u32 = 10;
/// Characters that a passage shared by two otherwise different sentences must match, gaps taken off.
const PASSAGE: f32 = 14.0;
/// Tokens to each side of a figure that are its context.
const REACH: usize = 10;
/// A slot with less context than this is none.
const CONTEXT: f32 = 0.2;

/// A sentence and its claims.
pub(super) type Place = (SentenceId, Range<u32>);

/// Judges pairs, keeping its buffers; cheap to ask for many pairs of one first sentence.
pub(super) struct Judge<'a> {
    corpus: &'a Corpus,
    aligner: Aligner,
    first: Option<SentenceId>,
    a: Vec<Token>,
    b: Vec<Token>,
}

/// How two sentences match: for each token the one it stands for.
pub(super) struct Matched {
    /// For tokens of the first.
    pub to_b: Vec<Option<u32>>,
    /// For tokens of the second.
    pub to_a: Vec<Option<u32>>,
    /// Matches in order.
    pub ordered: Vec<Match>,
}

impl<'a> Judge<'a> {
    /// A judge of the sentences of `corpus`.
    pub fn new(corpus: &'a Corpus) -> Self {
        Self { corpus, aligner: Aligner::default(), first: None, a: Vec::new(), b: Vec::new() }
    }

    /// The tokens of both and how they match.
    pub fn matched(&mut self, (a, claims_a): &Place, (b, claims_b): &Place) -> (&[Token], &[Token], Matched) {
        if self.first != Some(*a) {
            token::tokens(self.corpus, *a, claims_a.clone(), &mut self.a);
            self.first = Some(*a);
        }
        token::tokens(self.corpus, *b, claims_b.clone(), &mut self.b);
        let (ordered, moved) = self.aligner.align(self.corpus, &self.a, &self.b);
        let mut matched =
            Matched { to_b: vec![None; self.a.len()], to_a: vec![None; self.b.len()], ordered: Vec::new() };
        for m in ordered.iter().chain(&moved) {
            matched.to_b[m.a as usize] = Some(m.b);
            matched.to_a[m.b as usize] = Some(m.a);
        }
        matched.ordered = ordered;
        (&self.a, &self.b, matched)
    }

    /// The alignment of two sentences; `None` where they share no passage.
    pub fn judge(&mut self, x: &Place, y: &Place) -> Option<Alignment> {
        let corpus = self.corpus;
        let (a, b, matched) = self.matched(x, y);
        let (x, y) = (x.0, y.0);
        let weigh = |tokens: &[Token]| tokens.iter().map(|t| u32::from(t.weight)).sum::<u32>();
        let whole = (weigh(a), weigh(b));
        let (mut common, mut words) = (0u32, 0u32);
        for (i, to) in matched.to_b.iter().enumerate() {
            if to.is_some() {
                common += u32::from(a[i].weight);
                words += if a[i].is_figure() { 0 } else { u32::from(a[i].weight) };
            }
        }
        let similarity = 2.0 * common as f32 / (whole.0 + whole.1).max(1) as f32;
        let near = similarity >= NEAR && words >= 5;
        let shorter = whole.0.min(whole.1).max(1);
        let excerpt = common as f32 >= EXCERPT * shorter as f32 && words >= EXCERPT_LEAST;
        if !near && !excerpt && densest(a, &matched) < PASSAGE {
            return None;
        }
        let mut slots = Vec::new();
        for (i, to) in matched.to_b.iter().enumerate() {
            let Some(j) = to.map(|j| j as usize) else { continue };
            let (Some(p), Some(q)) = (a[i].claim(), b[j].claim()) else { continue };
            if likeness(&corpus.claims[p as usize], &corpus.claims[q as usize]) == 0 {
                continue;
            }
            let context = context(a, b, &matched, i, j);
            if context < CONTEXT {
                continue;
            }
            let (left, right) = (clause(corpus, a, i), clause(corpus, b, j));
            let exact = a[left.clone()].iter().map(masked).eq(b[right.clone()].iter().map(masked));
            // `辐射周边7个村` and `与3家商超签约` at the end of one sentence: not a word in common.
            if exact || meets(a, b, &matched, left, right) {
                slots.push(Slot { a: ClaimId(p), b: ClaimId(q), exact, context });
            }
        }
        let differs = (alone(corpus, x, a, &matched.to_b), alone(corpus, y, b, &matched.to_a));
        Some(Alignment {
            a: x,
            b: y,
            similarity: similarity.min(1.0),
            neighbours: 0,
            around: Around::default(),
            slots,
            differs,
        })
    }
}

/// The weight of the densest shared passage: matched characters less what stands between them on one side only.
fn densest(a: &[Token], matched: &Matched) -> f32 {
    let (mut best, mut here) = (0.0f32, 0.0f32);
    let mut last: Option<Match> = None;
    for m in &matched.ordered {
        if let Some(l) = last {
            let gap = (m.a - l.a - 1).max(m.b - l.b - 1);
            here = (here - 0.8 * gap as f32).max(0.0);
        }
        here += f32::from(a[m.a as usize].weight);
        best = best.max(here);
        last = Some(*m);
    }
    best
}

/// How much of what stands near the figures `i` and `j` matches near the other.
fn context(a: &[Token], b: &[Token], matched: &Matched, i: usize, j: usize) -> f32 {
    let side = |tokens: &[Token], to: &[Option<u32>], at: usize, other: usize| {
        let (mut met, mut all) = (0.0f32, 0.0f32);
        let mut look = |k: usize, step: usize| {
            if tokens[k].is_figure() {
                return;
            }
            let weight = (REACH - step) as f32;
            all += weight;
            if to[k].is_some_and(|o| (o as usize).abs_diff(other) <= step + REACH) {
                met += weight;
            }
        };
        for step in 0..REACH {
            if let Some(k) = at.checked_sub(step + 1) {
                look(k, step);
            }
            if at + step + 1 < tokens.len() {
                look(at + step + 1, step);
            }
        }
        (met, all)
    };
    let (p, q) = (side(a, &matched.to_b, i, j), side(b, &matched.to_a, j, i));
    (p.0 + q.0) / (p.1 + q.1).max(1.0)
}

/// The tokens of the clause around the figure at `at`.
fn clause(corpus: &Corpus, tokens: &[Token], at: usize) -> Range<usize> {
    let Some(claim) = tokens[at].claim() else { return at..at + 1 };
    let span = corpus.claims[claim as usize].clause;
    let from = tokens.partition_point(|t| t.start < span.start).min(at);
    let to = tokens.partition_point(|t| t.end <= span.end).max(at + 1);
    from..to
}

fn masked(token: &Token) -> u32 {
    if token.is_figure() { token::FIGURE } else { token.symbol }
}

/// Whether a word of the one clause stands for one of the other, or one of the two has no words but its figures.
fn meets(a: &[Token], b: &[Token], matched: &Matched, left: Range<usize>, right: Range<usize>) -> bool {
    let bare = |tokens: &[Token]| tokens.iter().all(Token::is_figure);
    let inside = |o: u32| right.contains(&(o as usize));
    bare(&a[left.clone()])
        || bare(&b[right.clone()])
        || left.into_iter().any(|k| !a[k].is_figure() && matched.to_b[k].is_some_and(inside))
}

/// The words that match nothing, as spans; figures and punctuation part them.
fn alone(corpus: &Corpus, id: SentenceId, tokens: &[Token], to: &[Option<u32>]) -> Vec<Span<Plain>> {
    let text = corpus.document_of(id.article).plain();
    let mut spans: Vec<Span<Plain>> = Vec::new();
    for (token, to) in tokens.iter().zip(to) {
        if to.is_some() || token.claim().is_some() {
            continue;
        }
        if let Some(last) = spans.last_mut() {
            let between = text.get(last.end as usize..token.start as usize);
            if between.is_some_and(|s| s.chars().all(|c| c == ' ' || c == '-' || c == '·')) {
                *last = last.cover(token.span());
                continue;
            }
        }
        spans.push(token.span());
    }
    spans
}
