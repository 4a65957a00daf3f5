//! Spans, the source map, the line index, and width and script folding. Enters: text. Leaves: places in it. Knows no language.

mod fold;
mod map;
mod span;

pub use fold::{fold_char, fold_str, is_ideograph, is_word};
pub use map::{LineIndex, Position, Segment, SourceMap, SourceOffsets};
pub use span::{Plain, Source, Span};
