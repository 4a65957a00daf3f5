//! Small changes to the XML of a part, all else kept byte for byte. Enters: the part's text, places in it, what is to stand there.
//! Leaves: the changed text. Knows no Word document beyond its namespaces.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::NAMESPACES;
use super::package::{attribute, damaged};
use crate::model::Text;

/// Changes of one text.
#[derive(Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts `text` before the byte `at`.
    pub fn insert(&mut self, at: usize, text: String) {
        self.0.push((at..at, text));
    }

    /// Puts `text` in the place of a range.
    pub fn replace(&mut self, range: Range<usize>, text: String) {
        self.0.push((range, text));
    }

    /// Takes out a range.
    pub fn remove(&mut self, range: Range<usize>) {
        self.0.push((range, String::new()));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The changed text. Where ranges meet, what is put in comes before what is taken out, in the order it was given.
    pub fn apply(mut self, source: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, !range.is_empty()));
        let mut out = String::with_capacity(source.len() + self.0.iter().map(|e| e.1.len()).sum::<usize>());
        let mut done = 0;
        for (range, text) in self.0 {
            out.push_str(source.get(done..range.start).unwrap_or_default());
            out.push_str(&text);
            done = done.max(range.end);
        }
        out.push_str(source.get(done..).unwrap_or_default());
        out
    }
}

/// `text` as character data and as a quoted value; characters that XML cannot hold become U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}

/// How elements of the language are written under the root of a part: a prefix with its colon, and the declaration that each needs where
/// the root binds none.
pub(super) fn naming(source: &str) -> (String, String) {
    let mut reader = Reader::from_str(source);
    let mut namespace = NAMESPACES[0];
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e) => {
                let mut all = e.attributes();
                all.with_checks(false);
                for a in all.flatten() {
                    let Some(known) = NAMESPACES.into_iter().find(|n| *n == &*a.value) else { continue };
                    namespace = known;
                    if let Some(prefix) = a.key.into_inner().strip_prefix("xmlns:") {
                        return (format!("{prefix}:"), String::new());
                    }
                }
                break;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    ("w:".to_owned(), format!(" xmlns:w=\"{namespace}\""))
}

/// An element that was found: where it stands and what was made of it.
pub(super) type Found<T> = (Range<usize>, T);

/// The elements of `source` that `pick` makes something of, outermost first; what stands inside one is not asked about.
pub(super) fn elements<T>(
    source: &str,
    mut pick: impl FnMut(&str, &BytesStart<'_>) -> Option<T>,
) -> Result<Vec<Found<T>>, Text> {
    let mut found: Vec<Found<T>> = Vec::new();
    let mut reader = Reader::from_str(source);
    let (mut depth, mut open) = (0_usize, None);
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|e| damaged(&e))?;
        let to = reader.buffer_position() as usize;
        match event {
            Event::Start(e) => {
                depth += 1;
                if open.is_none()
                    && let Some(made) = pick(e.local_name().into_inner(), &e)
                {
                    found.push((from..to, made));
                    open = Some(depth);
                }
            }
            Event::Empty(e) if open.is_none() => {
                if let Some(made) = pick(e.local_name().into_inner(), &e) {
                    found.push((from..to, made));
                }
            }
            Event::End(_) => {
                if open == Some(depth) {
                    open = None;
                    if let Some((range, _)) = found.last_mut() {
                        range.end = to;
                    }
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// What must change for `inner` to stand at the end of the root element.
pub(super) fn append(source: &str, inner: &str, edits: &mut Edits) -> Result<(), Text> {
    let root = elements(source, |_, e| Some(e.name().into_inner().to_owned()))?;
    let Some((range, name)) = root.into_iter().next() else { return Err(damaged(&"a part without a root")) };
    let whole = &source[range.clone()];
    if let Some(head) = whole.strip_suffix("/>") {
        edits.remove(range.start + head.len()..range.end);
        edits.insert(range.end, format!(">{inner}</{name}>"));
    } else if let Some(at) = whole.rfind("</") {
        edits.insert(range.start + at, inner.to_owned());
    }
    Ok(())
}

/// What must change for the elements of this name to go whose attribute is among `values`, which are in capitals.
pub(super) fn drop_where(source: &str, name: &str, key: &str, values: &BTreeSet<String>) -> Result<Edits, Text> {
    let found = elements(source, |local, e| {
        let value = (local == name).then(|| attribute(e, key)).flatten()?;
        values.contains(&value.to_ascii_uppercase()).then_some(())
    })?;
    let mut edits = Edits::default();
    for (range, ()) in found {
        edits.remove(range);
    }
    Ok(edits)
}

/// The name of the element that a start tag opens.
pub(super) fn name_of(tag: &str) -> &str {
    tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or("")
}

/// A start tag that says its text keeps its white space.
pub(super) fn preserving(tag: &str) -> String {
    match tag.strip_suffix('>').filter(|_| !tag.contains("xml:space")) {
        Some(head) => format!("{head} xml:space=\"preserve\">"),
        None => tag.to_owned(),
    }
}
