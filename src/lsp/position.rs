//! Places in a text as an editor counts them. Enters: a text, bytes or positions. Leaves: positions or bytes. Both ways are total: what
//! lies outside is taken to the nearest place inside.

use serde_json::{Value, json};

use crate::text::LineIndex;

/// How the client counts characters in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what the protocol takes where nothing is said.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The first of those offered that is known here.
    pub fn choose(offered: &Value) -> Self {
        let known = |name: &Value| match name.as_str()? {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        offered.as_array().into_iter().flatten().find_map(known).unwrap_or_default()
    }

    /// Its name in the protocol.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A line and a character in it, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub line: u32,
    pub character: u32,
}

impl Position {
    /// Reads `{"line": …, "character": …}`.
    pub fn read(value: &Value) -> Option<Self> {
        let number = |key: &str| value[key].as_u64().map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        Some(Self { line: number("line")?, character: number("character")? })
    }

    /// The position as JSON.
    pub fn json(self) -> Value {
        json!({"line": self.line, "character": self.character})
    }
}

/// The position of byte `at` of `text`, whose lines are `lines`.
pub(super) fn position(text: &str, lines: &LineIndex, at: u32, encoding: Encoding) -> Position {
    let line = lines.position(text, at).line - 1;
    let before = text.get(..at as usize).unwrap_or(text);
    let begin = before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let character = before[begin..].chars().map(|c| encoding.width(c)).sum::<usize>() as u32;
    Position { line, character }
}

/// The byte of `text` at `position`: a line or character past the end is the end, and within a character its start.
pub(super) fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let bytes = text.as_bytes();
    let mut begin = 0;
    let mut ends =
        memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&i| bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n'));
    for _ in 0..position.line {
        match ends.next() {
            Some(end) => begin = end + 1,
            None => return text.len(),
        }
    }
    let mut left = position.character as usize;
    for (i, c) in text[begin..].char_indices() {
        let width = encoding.width(c);
        if left < width || matches!(c, '\n' | '\r') {
            return begin + i;
        }
        left -= width;
    }
    text.len()
}

/// The range of two bytes as JSON.
pub(super) fn range(text: &str, lines: &LineIndex, (start, end): (u32, u32), encoding: Encoding) -> Value {
    let at = |byte| position(text, lines, byte, encoding).json();
    json!({"start": at(start), "end": at(end)})
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "𠮷开😀4\r\n第二行\r三\n";

    #[test]
    fn every_place_comes_back_in_every_encoding() {
        let lines = LineIndex::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (at, c) in TEXT.char_indices() {
                // Between the two of a line end no editor can stand.
                if c == '\n' && TEXT[..at].ends_with('\r') {
                    continue;
                }
                let there = position(TEXT, &lines, at as u32, encoding);
                assert_eq!(offset(TEXT, there, encoding), at, "{encoding:?} {there:?}");
            }
        }
        let four = TEXT.find('4').unwrap_or_default() as u32;
        let column = |e| position(TEXT, &lines, four, e).character;
        assert_eq!([Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].map(column), [11, 5, 3]);
    }

    #[test]
    fn what_lies_outside_is_taken_inside() {
        let at = |line, character| offset(TEXT, Position { line, character }, Encoding::Utf16);
        assert_eq!(at(0, 99), TEXT.find('\r').unwrap_or_default());
        assert_eq!(at(99, 0), TEXT.len());
        assert_eq!(at(u32::MAX, u32::MAX), TEXT.len());
        // The second half of a surrogate pair is no place: its character begins before.
        assert_eq!(at(0, 1), 0);
        assert_eq!(offset("", Position { line: 0, character: 0 }, Encoding::Utf8), 0);
    }

    #[test]
    fn the_first_encoding_known_is_chosen() {
        assert_eq!(Encoding::choose(&json!(["utf-7", "utf-8", "utf-16"])), Encoding::Utf8);
        assert_eq!(Encoding::choose(&json!("utf-8")), Encoding::Utf16);
        assert_eq!(Encoding::choose(&Value::Null), Encoding::Utf16);
    }
}
