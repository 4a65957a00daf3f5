//! Two sentences → a diff that a person reads at a glance: figures whole, punctuation with the words it belongs to.

use super::judge::Judge;
use super::token::claims_of;
use crate::model::{Corpus, DiffOp, DiffPart, SentenceId};
use crate::text::{Plain, Span};

/// The token diff from sentence `a` to sentence `b`, figures whole.
///
/// The parts that are `Equal` or `Delete` make up `a`, those that are `Equal` or `Insert` make up `b` (but for full-width and
/// half-width forms, which count as equal and are shown as in `a`).
pub fn diff(corpus: &Corpus, a: SentenceId, b: SentenceId) -> Vec<DiffPart> {
    let mut judge = Judge::new(corpus);
    let (left, right, matched) = judge.matched(&(a, claims_of(corpus, a)), &(b, claims_of(corpus, b)));
    let (text_a, text_b) = (corpus.document_of(a.article).plain(), corpus.document_of(b.article).plain());
    let (span_a, span_b) = (corpus.sentence(a).span, corpus.sentence(b).span);
    let mut parts = Parts::default();
    let (mut from_a, mut from_b) = (span_a.start, span_b.start);
    for m in &matched.ordered {
        let (x, y) = (&left[m.a as usize], &right[m.b as usize]);
        let (p, q) = (x.span().of(text_a), y.span().of(text_b));
        if x.claim().is_some() && p != q {
            continue;
        }
        parts.gap(between(text_a, from_a, x.start), between(text_b, from_b, y.start));
        parts.push(DiffOp::Equal, p);
        (from_a, from_b) = (x.end, y.end);
    }
    parts.gap(between(text_a, from_a, span_a.end), between(text_b, from_b, span_b.end));
    parts.0
}

fn between(text: &str, from: u32, to: u32) -> &str {
    Span::<Plain>::new(from as usize, to as usize).of(text)
}

#[derive(Default)]
struct Parts(Vec<DiffPart>);

impl Parts {
    fn push(&mut self, op: DiffOp, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.op == op => last.text.push_str(text),
            _ => self.0.push(DiffPart { op, text: text.to_owned() }),
        }
    }

    /// What stands between two matches: equal punctuation at its ends is equal, the rest is taken out and put in.
    fn gap(&mut self, a: &str, b: &str) {
        let punctuation = |c: char| !crate::text::is_word(c);
        let mut head = 0;
        for (x, y) in a.chars().zip(b.chars()) {
            if x != y || !punctuation(x) {
                break;
            }
            head += x.len_utf8();
        }
        let (equal, a) = a.split_at(head);
        let (_, b) = b.split_at(head);
        let mut tail = 0;
        for (x, y) in a.chars().rev().zip(b.chars().rev()) {
            if x != y || !punctuation(x) {
                break;
            }
            tail += x.len_utf8();
        }
        self.push(DiffOp::Equal, equal);
        self.push(DiffOp::Delete, &a[..a.len() - tail]);
        self.push(DiffOp::Insert, &b[..b.len() - tail]);
        self.push(DiffOp::Equal, &a[a.len() - tail..]);
    }
}
