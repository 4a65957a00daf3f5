//! Plain text: a line is a paragraph, unless the text is wrapped at a margin. Enters: decoded text. Leaves: blocks, and plain text
//! without the wraps where there are any.

use std::ops::Range;

use super::build::{Builder, joins_without_space, unseen};
use super::lines::wraps;
use super::{Body, Meta};
use crate::model::{Block, BlockKind};
use crate::text::Span;

/// Reads plain text.
pub(super) fn read(text: &str) -> Body {
    let runs = runs(text);
    let mut joined = Vec::with_capacity(runs.len());
    let mut any = unseen(text).next().is_some();
    for run in &runs {
        let lines: Vec<&str> = run.iter().map(|r| &text[r.clone()]).collect();
        let wraps = wraps(&lines, false);
        any |= wraps.iter().any(|w| *w);
        joined.push(wraps);
    }
    if !any {
        let blocks = runs.iter().flatten().filter_map(|line| block(text, line)).collect();
        return Body { stripped: None, blocks, meta: Meta::default(), doubts: Vec::new(), remarks: Vec::new() };
    }
    let mut out = Builder::new(text);
    for (run, wraps) in runs.iter().zip(joined) {
        for (i, line) in run.iter().enumerate() {
            out.verbatim(line.clone());
            match wraps.get(i) {
                Some(true) => {
                    let end = line.start + text[line.clone()].trim_end().len();
                    let cut = line.end - end;
                    out.truncate(out.len() - cut);
                    let next = run[i + 1].start;
                    let before = text[..end].chars().next_back().unwrap_or(' ');
                    if !joins_without_space(before, text[next..].chars().next()) {
                        out.replaced(" ", end..next);
                    }
                }
                _ => out.close(),
            }
        }
    }
    let built = out.finish();
    Body {
        stripped: Some((built.text, built.segments)),
        blocks: built.blocks,
        meta: Meta::default(),
        doubts: Vec::new(),
        remarks: Vec::new(),
    }
}

/// Runs of lines without a blank one between them; line ends left out.
fn runs(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
    let mut open = false;
    let mut start = 0;
    let mut line = |range: Range<usize>| {
        if text[range.clone()].chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
            open = false;
        } else if open && let Some(run) = runs.last_mut() {
            run.push(range);
        } else {
            runs.push(vec![range]);
            open = true;
        }
    };
    for at in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()) {
        if at >= start {
            line(start..at);
            start = at + 1;
            if text.as_bytes()[at] == b'\r' && text.as_bytes().get(start) == Some(&b'\n') {
                start += 1;
            }
        }
    }
    line(start..text.len());
    runs
}

fn block(text: &str, line: &Range<usize>) -> Option<Block> {
    let piece = &text[line.clone()];
    let body = piece.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let start = line.start + (body.as_ptr() as usize - piece.as_ptr() as usize);
    let (kind, level) = (BlockKind::Paragraph, 0);
    (!body.is_empty()).then(|| Block { span: Span::new(start, start + body.len()), kind, level })
}
