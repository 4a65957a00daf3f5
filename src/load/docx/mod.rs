//! Word documents: what a reader sees of the main part, its notes, headers and footers. Enters: bytes of a package. Leaves: text with
//! blocks and, where asked for, the place of every piece of it in its part; and a copy of the package with comments on passages. Tracked
//! insertions are text, deletions are not; neither are field codes, hidden runs, comments, formulas and embedded files. Nothing is
//! unpacked to disk, no document type is accepted, and every size is bounded by what comes out, not by what headers say.

mod annotate;
#[cfg(test)]
mod annotate_tests;
mod comments;
mod package;
#[cfg(test)]
mod tests;
mod walk;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

pub use annotate::{Annotated, Comment, annotate};

use crate::model::{Block, BlockKind, Text};
use comments::Comments;
use package::{Package, attribute, folder};
use walk::Walker;

/// The two namespaces of the language, transitional and strict.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// A run that text came from: its `w:r` element, in bytes of its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::load) struct Run {
    /// Its part, as an index into [`Word::parts`].
    pub part: usize,
    /// The element.
    pub element: Range<usize>,
    /// The element's start tag.
    pub head: Range<usize>,
    /// Its `w:rPr`, empty where it has none.
    pub style: Range<usize>,
    /// The outermost element around it in which no comment may begin or end: index into [`Places::wrappers`].
    pub wrapper: Option<usize>,
    /// The outermost tracked insertion around it: index into [`Places::wrappers`].
    pub revision: Option<usize>,
}

/// Where a passage may be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::load) enum Cut {
    /// Between any two characters: the text stands in the source as it is.
    Inside,
    /// At its ends only: a character reference, a raised figure.
    Ends,
    /// Before and after it: an element of its own, such as a hyphen.
    Element,
    /// Not in this run.
    Never,
}

/// A piece of the text and where it came from, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::load) struct Piece {
    /// Where it stands in the text.
    pub text: Range<u32>,
    /// Where it stands in its part.
    pub source: Range<u32>,
    /// Start tag of the `w:t` it stands in; empty where it stands in none.
    pub tag: Range<u32>,
    /// Index into [`Places::runs`].
    pub run: u32,
    /// Where it may be cut.
    pub cut: Cut,
}

/// The way back from the text to the parts.
#[derive(Debug, Default)]
pub(in crate::load) struct Places {
    pub runs: Vec<Run>,
    /// In text order.
    pub pieces: Vec<Piece>,
    /// Elements around runs.
    pub wrappers: Vec<Range<usize>>,
}

/// What was read of a Word document.
#[derive(Debug, Default)]
pub struct Word {
    /// The text, a line a paragraph.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The parts that were read, by name; the main part first.
    pub parts: Vec<String>,
    /// Keys of our comments that people marked as resolved.
    pub resolved: BTreeSet<String>,
    /// The way back, where it was asked for.
    pub(in crate::load) places: Option<Places>,
}

/// Reads a Word document. An `Err` says what is wrong with the file and what to do.
pub fn read(bytes: &[u8]) -> Result<Word, Text> {
    read_from(&mut Package::open(bytes)?, false)
}

fn read_from(package: &mut Package<'_>, with_places: bool) -> Result<Word, Text> {
    let main = package.main()?;
    let inside = |name: &str| package::resolve(folder(&main), name);
    let styles = package.part(&inside("styles.xml")).ok().flatten().map(|s| styles(&s)).unwrap_or_default();
    let Some(source) = package.part(&main)? else {
        return Err(Text::new("没有正文部件，不是 Word 文档", "there is no document part: not a Word document"));
    };
    let places = with_places.then(Places::default);
    let mut out = Word { parts: vec![main.clone()], places, ..Word::default() };
    Walker::new(&source, &styles, &mut out, false).walk(&main)?;
    drop(source);
    let names = package.names();
    for kind in ["footnotes", "endnotes", "header", "footer"] {
        for name in &names {
            let Some(file) = name.strip_prefix(&inside(kind)).and_then(|f| f.strip_suffix(".xml")) else { continue };
            if !file.bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            let Some(source) = package.part(name)? else { continue };
            out.parts.push(name.clone());
            Walker::new(&source, &styles, &mut out, true).walk(name)?;
        }
    }
    // A document can be read without its comments: where they are damaged, none counts.
    out.resolved = Comments::of(package, &main).map(|c| c.resolved()).unwrap_or_default();
    Ok(out)
}

/// What the paragraph styles are: kind and level by style id.
fn styles(source: &str) -> BTreeMap<String, (BlockKind, u8)> {
    let mut found = BTreeMap::new();
    let mut reader = Reader::from_str(source);
    let mut id = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(e) | Event::Empty(e) => match e.local_name().into_inner() {
                "style" => id = attribute(&e, "styleId"),
                "name" => {
                    let name = attribute(&e, "val").unwrap_or_default().to_ascii_lowercase();
                    if let (Some(id), Some(kind)) = (&id, named(&name)) {
                        found.insert(id.clone(), kind);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    found
}

/// The kind that a built-in style's name gives.
fn named(name: &str) -> Option<(BlockKind, u8)> {
    if let Some(level) = name.strip_prefix("heading ").and_then(|l| l.trim().parse::<u8>().ok()) {
        let level = level.clamp(1, 9) - 1;
        return Some((if level == 0 { BlockKind::Title } else { BlockKind::Heading }, level));
    }
    match name {
        "title" => Some((BlockKind::Title, 0)),
        "subtitle" => Some((BlockKind::Heading, 1)),
        "caption" => Some((BlockKind::Caption, 0)),
        "quote" | "intense quote" => Some((BlockKind::Quote, 0)),
        "footnote text" | "endnote text" | "header" | "footer" => Some((BlockKind::Note, 0)),
        _ => None,
    }
}
