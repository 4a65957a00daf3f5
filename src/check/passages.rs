//! Two sentences against each other as a diff of words, figures kept whole. Enters: two sentences. Leaves: [`Passages`].

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::model::{Corpus, DiffOp, DiffPart, Passages, SentenceId};
use crate::text::is_ideograph;

/// The tokens of a sentence: every claim whole, a run of letters and digits whole, any other character alone.
fn tokens(corpus: &Corpus, id: SentenceId) -> Vec<&str> {
    let text = corpus.document_of(id.article).plain();
    let sentence = corpus.sentence(id).span;
    let mut cuts = Vec::new();
    let mut at = sentence.start as usize;
    let claims = corpus.claims_in(id.article);
    let first = claims.partition_point(|c| c.sentence < id);
    for claim in claims[first..].iter().take_while(|c| c.sentence == id) {
        if (claim.span.start as usize) < at || claim.span.end > sentence.end {
            continue;
        }
        split(text, at, claim.span.start as usize, &mut cuts);
        cuts.push(claim.span.of(text));
        at = claim.span.end as usize;
    }
    split(text, at, sentence.end as usize, &mut cuts);
    cuts
}

fn split<'a>(text: &'a str, from: usize, to: usize, out: &mut Vec<&'a str>) {
    let Some(part) = text.get(from..to) else { return };
    let joins = |c: char| c.is_alphanumeric() && !is_ideograph(c);
    let mut start = 0;
    let mut previous = None;
    for (i, c) in part.char_indices() {
        if i > 0 && !(joins(c) && previous.is_some_and(joins)) {
            out.push(&part[start..i]);
            start = i;
        }
        previous = Some(c);
    }
    if start < part.len() {
        out.push(&part[start..]);
    }
}

/// The diff of two sentences, `similarity` as the aligner measured it; where it is `None` the share of equal characters is taken.
pub fn passages(corpus: &Corpus, a: SentenceId, b: SentenceId, similarity: Option<f32>) -> Passages {
    let (left, right) = (tokens(corpus, a), tokens(corpus, b));
    let mut diff: Vec<DiffPart> = Vec::new();
    let mut add = |op: DiffOp, words: &[&str]| {
        if words.is_empty() {
            return;
        }
        let text = words.concat();
        match diff.last_mut() {
            Some(last) if last.op == op => last.text.push_str(&text),
            _ => diff.push(DiffPart { op, text }),
        }
    };
    for op in capture_diff_slices(Algorithm::Myers, &left, &right) {
        let (tag, old, new) = op.as_tag_tuple();
        match tag {
            DiffTag::Equal => add(DiffOp::Equal, &left[old]),
            DiffTag::Delete => add(DiffOp::Delete, &left[old]),
            DiffTag::Insert => add(DiffOp::Insert, &right[new]),
            DiffTag::Replace => {
                add(DiffOp::Delete, &left[old]);
                add(DiffOp::Insert, &right[new]);
            }
        }
    }
    let similarity = similarity.unwrap_or_else(|| {
        let count = |op: DiffOp| diff.iter().filter(|d| d.op == op).map(|d| d.text.chars().count()).sum::<usize>();
        let equal = 2 * count(DiffOp::Equal);
        let all = equal + count(DiffOp::Delete) + count(DiffOp::Insert);
        if all == 0 { 1.0 } else { equal as f32 / all as f32 }
    });
    Passages { a, b, similarity, diff }
}
