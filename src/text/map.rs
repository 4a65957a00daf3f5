//! The source map: from a place in plain text back to the decoded source and to the bytes of the file. Enters: segments that a
//! loader writes down. Leaves: offsets, lines and columns. Never searches text to find a place again.

use super::{Plain, Source, Span};

/// A run of plain text and where it came from in the decoded source. Where the lengths are equal the run maps byte for byte;
/// where they differ (`&nbsp;`, a JSON escape) it maps as one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// First byte in the plain text.
    pub plain: u32,
    /// Length in the plain text.
    pub plain_len: u32,
    /// First byte in the decoded source.
    pub source: u32,
    /// Length in the decoded source.
    pub source_len: u32,
}

/// Where decoded text stands in the file's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceOffsets {
    /// The file is UTF-8: decoded byte `i` is file byte `i + mark`, `mark` being 3 after a byte order mark and 0 otherwise.
    Utf8 {
        /// Bytes before the text.
        mark: u32,
    },
    /// Another encoding: for every character of the decoded text, in order, `(decoded byte, file byte)`, and one past the end.
    Table(Vec<(u32, u32)>),
}

impl SourceOffsets {
    /// The file byte of decoded byte `at` (a character boundary).
    pub fn file_byte(&self, at: u32) -> u32 {
        match self {
            Self::Utf8 { mark } => at + mark,
            Self::Table(table) => match table.binary_search_by_key(&at, |t| t.0) {
                Ok(i) => table[i].1,
                Err(i) => i.checked_sub(1).and_then(|i| table.get(i)).map_or(0, |t| t.1),
            },
        }
    }
}

/// Plain text → decoded source → file bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMap {
    segments: Vec<Segment>,
    offsets: SourceOffsets,
}

impl SourceMap {
    /// A map whose plain text is the decoded source itself, `len` bytes long.
    pub fn identity(len: usize, offsets: SourceOffsets) -> Self {
        let len = len as u32;
        Self { segments: vec![Segment { plain: 0, plain_len: len, source: 0, source_len: len }], offsets }
    }

    /// A map from segments in plain order. Gaps in the plain text (inserted line ends) map to the end of the run before them.
    pub fn new(segments: Vec<Segment>, offsets: SourceOffsets) -> Self {
        Self { segments, offsets }
    }

    /// The decoded source under `span`: from where its first character came from to where its last one did.
    pub fn to_source(&self, span: Span<Plain>) -> Span<Source> {
        let start = self.point(span.start, false);
        let end = if span.is_empty() { start } else { self.point(span.end, true) };
        Span::new(start as usize, end as usize)
    }

    /// The file bytes under a span of the decoded source.
    pub fn to_file(&self, span: Span<Source>) -> (u32, u32) {
        (self.offsets.file_byte(span.start), self.offsets.file_byte(span.end))
    }

    fn point(&self, at: u32, is_end: bool) -> u32 {
        // The segment that holds `at`; for an end, the one that holds the byte before it.
        let key = if is_end { at.saturating_sub(1) } else { at };
        let i = self.segments.partition_point(|s| s.plain <= key);
        let Some(s) = i.checked_sub(1).and_then(|i| self.segments.get(i)) else { return 0 };
        let within = at - s.plain;
        if within >= s.plain_len {
            return s.source + s.source_len;
        }
        if s.plain_len == s.source_len {
            return s.source + within;
        }
        if is_end && within > 0 { s.source + s.source_len } else { s.source }
    }
}

/// A 1-based line and column; columns count code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// Code points before it in the whole text.
    pub chars: u32,
}

/// Bytes between two places whose code points are counted ahead, so that a position in a long line costs no walk from its start.
const STRIDE: usize = 1024;

/// Line starts of a decoded text, with the number of code points before each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    /// `(byte of the line's start, code points before it)`.
    lines: Vec<(u32, u32)>,
    /// Code points that begin before byte `STRIDE × i`.
    marks: Vec<u32>,
}

/// Code points that begin in `bytes`.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80)).sum()
}

impl LineIndex {
    /// Indexes `text`; a line ends after `\n` (a `\r` before it belongs to the line), and after a lone `\r`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut marks = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut chars = 0;
        for chunk in bytes.chunks(STRIDE) {
            marks.push(chars);
            chars += begun(chunk);
        }
        marks.push(chars);
        let mut index = Self { lines: vec![(0, 0)], marks };
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                let start = at as u32 + 1;
                let before = index.chars_before(bytes, start);
                index.lines.push((start, before));
            }
        }
        index
    }

    /// Code points that begin before byte `at`.
    fn chars_before(&self, bytes: &[u8], at: u32) -> u32 {
        let at = (at as usize).min(bytes.len());
        let whole = at / STRIDE;
        self.marks.get(whole).copied().unwrap_or(0) + begun(&bytes[whole * STRIDE..at])
    }

    /// The position of byte `at` of `text`, the text that was indexed.
    pub fn position(&self, text: &str, at: u32) -> Position {
        let i = self.lines.partition_point(|l| l.0 <= at).max(1) - 1;
        let before = self.lines[i].1;
        let chars = self.chars_before(text.as_bytes(), at);
        Position { line: i as u32 + 1, column: chars - before + 1, chars }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_back_through_markup_and_encoding() {
        // decoded: 前<b>40</b>00家，plain: 前4000家
        let decoded = "前<b>40</b>00家";
        let plain = "前4000家";
        let seg = |plain, source, len| Segment { plain, plain_len: len, source, source_len: len };
        let map = SourceMap::new(vec![seg(0, 0, 3), seg(3, 6, 2), seg(5, 12, 5)], SourceOffsets::Utf8 { mark: 3 });
        let span = Span::<Plain>::new(3, 10);
        assert_eq!(span.of(plain), "4000家");
        let source = map.to_source(span);
        assert_eq!(source.of(decoded), "40</b>00家");
        assert_eq!(map.to_file(source), (9, 20));
        assert_eq!(map.to_source(Span::new(0, 3)).of(decoded), "前");
    }

    #[test]
    fn lines_and_columns_count_code_points() {
        let text = "第一行\r\n江苏4000多家\n";
        let at = text.find('4').unwrap() as u32;
        let p = LineIndex::new(text).position(text, at);
        assert_eq!((p.line, p.column, p.chars), (2, 3, 7));
    }

    #[test]
    fn a_place_far_into_a_long_line_is_counted_right() {
        let text = format!("一\r二\n{}4000家", "长a".repeat(5000));
        let at = text.find('4').unwrap() as u32;
        let p = LineIndex::new(&text).position(&text, at);
        assert_eq!((p.line, p.column, p.chars), (3, 10_001, 10_004));
    }
}
