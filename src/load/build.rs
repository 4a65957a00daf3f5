//! Plain text under construction: pieces of the source, appended in order, with the map that leads back and the blocks they form.
//! Enters: ranges of the decoded source. Leaves: plain text, segments, blocks. Knows no format.

use std::ops::Range;

use crate::model::{Block, BlockKind};
use crate::text::{Segment, Span, is_ideograph};

/// Collects the plain text of one document.
pub(super) struct Builder<'a> {
    source: &'a str,
    text: String,
    segments: Vec<Segment>,
    blocks: Vec<Block>,
    /// Where the open block starts in `text`.
    start: usize,
    kind: BlockKind,
    level: u8,
    /// White space of the source seen in flowing text and not yet written.
    pending: Option<Range<usize>>,
}

/// What a builder leaves.
pub(super) struct Built {
    pub text: String,
    pub segments: Vec<Segment>,
    pub blocks: Vec<Block>,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            text: String::with_capacity(source.len()),
            segments: Vec::new(),
            blocks: Vec::new(),
            start: 0,
            kind: BlockKind::Paragraph,
            level: 0,
            pending: None,
        }
    }

    /// Ends the open block; what follows belongs to a new one of this kind.
    pub fn block(&mut self, kind: BlockKind, level: u8) {
        self.close();
        self.kind = kind;
        self.level = level;
    }

    /// Ends the open block; what follows belongs to a new one of the same kind.
    pub fn close(&mut self) {
        self.pending = None;
        let body = &self.text[self.start..];
        let lead = body.len() - body.trim_start().len();
        let trimmed = body.trim();
        if trimmed.is_empty() {
            self.truncate(self.start);
            return;
        }
        let (a, b) = (self.start + lead, self.start + lead + trimmed.len());
        self.blocks.push(Block { span: Span::new(a, b), kind: self.kind, level: self.level });
        self.text.push('\n');
        self.start = self.text.len();
    }

    /// Where the plain text ends now.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Where in the source the last text that was written ends.
    pub fn written(&self) -> Option<usize> {
        self.segments.last().map(|s| (s.source + s.source_len) as usize)
    }

    /// How many blocks are closed.
    pub fn count(&self) -> usize {
        self.blocks.len()
    }

    /// The blocks closed since there were `from` of them.
    pub fn blocks_from(&mut self, from: usize) -> &mut [Block] {
        let from = from.min(self.blocks.len());
        &mut self.blocks[from..]
    }

    /// The open block's text from `from` on.
    pub fn tail(&self, from: usize) -> &str {
        self.text.get(from.max(self.start)..).unwrap_or("")
    }

    /// The open block's text before `at`.
    pub fn before(&self, at: usize) -> &str {
        self.text.get(self.start..at.max(self.start)).unwrap_or("")
    }

    /// Whether the open block holds nothing yet.
    pub fn is_fresh(&self) -> bool {
        self.text.len() == self.start
    }

    /// Drops what was written after `to`, within the open block.
    pub fn truncate(&mut self, to: usize) {
        let to = to.max(self.start);
        if to >= self.text.len() {
            return;
        }
        self.text.truncate(to);
        while let Some(last) = self.segments.last_mut() {
            if (last.plain as usize) >= to {
                self.segments.pop();
                continue;
            }
            if (last.plain + last.plain_len) as usize > to {
                let keep = to as u32 - last.plain;
                if last.plain_len == last.source_len {
                    last.source_len = keep;
                }
                last.plain_len = keep;
            }
            break;
        }
    }

    /// Appends a range of the source as it stands.
    pub fn verbatim(&mut self, range: Range<usize>) {
        self.settle(&range);
        self.raw(range);
    }

    /// Appends `text` that stands for a range of the source.
    pub fn replaced(&mut self, text: &str, range: Range<usize>) {
        if self.source.get(range.clone()) == Some(text) {
            self.verbatim(range);
            return;
        }
        if text.is_empty() || unseen(text).any(|u| u.1 == text.len()) {
            return;
        }
        self.settle(&range);
        self.segments.push(Segment {
            plain: self.text.len() as u32,
            plain_len: text.len() as u32,
            source: range.start as u32,
            source_len: range.len() as u32,
        });
        self.text.push_str(text);
    }

    /// Stands a space for a range of the source that is not text, so that what is before and after it does not join.
    pub fn gap(&mut self, range: Range<usize>) {
        if !self.is_fresh() && self.pending.is_none() && !self.text.ends_with(' ') {
            self.replaced(" ", range);
        }
    }

    /// Appends a range of the source with its runs of ASCII white space read as one space, or as nothing at a line end between
    /// ideographs and at the edges of a block.
    pub fn flowing(&mut self, range: Range<usize>) {
        let Some(piece) = self.source.get(range.clone()) else { return };
        let bytes = piece.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let space = bytes[at..].iter().take_while(|b| is_space(**b)).count();
            if space > 0 {
                let run = range.start + at..range.start + at + space;
                self.pending = Some(match self.pending.take() {
                    Some(p) if self.breaks(&p) => p,
                    _ => run,
                });
                at += space;
                continue;
            }
            let word = bytes[at..].iter().take_while(|b| !is_space(**b)).count();
            self.verbatim(range.start + at..range.start + at + word);
            at += word;
        }
    }

    fn breaks(&self, range: &Range<usize>) -> bool {
        self.source.as_bytes().get(range.clone()).is_some_and(|s| s.iter().any(|b| matches!(b, b'\n' | b'\r')))
    }

    /// Writes the white space that waits before the text of `next`.
    fn settle(&mut self, next: &Range<usize>) {
        let Some(space) = self.pending.take() else { return };
        let before = self.tail(self.start).chars().next_back();
        let Some(before) = before else { return };
        if before == ' ' {
            return;
        }
        let after = self.source.get(next.start..).and_then(|s| s.chars().next());
        if self.breaks(&space) && joins_without_space(before, after) {
            return;
        }
        if self.source.as_bytes().get(space.start) == Some(&b' ') {
            self.raw(space.start..space.start + 1);
        } else {
            self.segments.push(Segment {
                plain: self.text.len() as u32,
                plain_len: 1,
                source: space.start as u32,
                source_len: space.len() as u32,
            });
            self.text.push(' ');
        }
    }

    /// Appends a range of the source, characters that nobody sees left out.
    fn raw(&mut self, range: Range<usize>) {
        let Some(piece) = self.source.get(range.clone()) else { return };
        let mut from = 0;
        for (at, len) in unseen(piece) {
            self.seen(range.start + from..range.start + at);
            from = at + len;
        }
        self.seen(range.start + from..range.end);
    }

    fn seen(&mut self, range: Range<usize>) {
        let Some(piece) = self.source.get(range.clone()).filter(|p| !p.is_empty()) else { return };
        let (plain, source) = (self.text.len() as u32, range.start as u32);
        match self.segments.last_mut() {
            Some(s)
                if s.plain_len == s.source_len
                    && s.plain + s.plain_len == plain
                    && s.source + s.source_len == source =>
            {
                s.plain_len += piece.len() as u32;
                s.source_len += piece.len() as u32;
            }
            _ => self.segments.push(Segment {
                plain,
                plain_len: piece.len() as u32,
                source,
                source_len: piece.len() as u32,
            }),
        }
        self.text.push_str(piece);
    }

    pub fn finish(mut self) -> Built {
        self.close();
        Built { text: self.text, segments: self.segments, blocks: self.blocks }
    }
}

/// The characters of `text` that nobody sees and that may cut a figure in two: the zero-width space, the word joiner, the byte order
/// mark and the soft hyphen; each with its place and length.
pub(super) fn unseen(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(0xE2, 0xEF, 0xC2, bytes).filter_map(move |i| {
        match bytes.get(i..i + 3).or_else(|| bytes.get(i..i + 2))? {
            [0xE2, 0x80, 0x8B] | [0xE2, 0x81, 0xA0] | [0xEF, 0xBB, 0xBF] => Some((i, 3)),
            [0xC2, 0xAD, ..] => Some((i, 2)),
            _ => None,
        }
    })
}

const fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// Whether a line end between the two characters stands for nothing: where either is written without spaces.
pub(super) fn joins_without_space(before: char, after: Option<char>) -> bool {
    let wide = |c: char| {
        is_ideograph(c)
            || matches!(c, '\u{3000}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '…' | '—')
    };
    let firm = |c: char| is_ideograph(c) || matches!(c, '\u{3000}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}');
    let Some(after) = after else { return true };
    (firm(before) && (wide(after) || after.is_ascii_digit()))
        || (firm(after) && (wide(before) || before.is_ascii_digit()))
}
