//! One part of a Word document → text and blocks. Enters: the XML of the part and the paragraph styles. Leaves: what a reader sees of it,
//! appended to the document's text, with the way back where that is asked for. Knows no package.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::{attribute, damaged};
use super::{Cut, NAMESPACES, Piece, Run, Word, named};
use crate::load::raised::{Raised, raised};
use crate::model::{Block, BlockKind, Cell, Text};
use crate::text::Span;

/// Elements that may be open at once.
const DEPTH: usize = 256;

/// A paragraph under way.
#[derive(Default)]
struct Paragraph {
    text: String,
    /// Pieces of `text`, counted from its start.
    pieces: Vec<Piece>,
    kind: Option<(BlockKind, u8)>,
    item: Option<u8>,
}

#[derive(Default)]
struct Table {
    number: u32,
    row: u32,
    rows: u32,
    column: u32,
    width: u32,
    header: bool,
}

/// A run that is open.
struct OpenRun {
    head: Range<usize>,
    style: Range<usize>,
    depth: usize,
    /// Its place among the document's runs, once text came of it.
    index: Option<u32>,
    /// What its outer run had, to be restored: whether it is hidden, whether it is raised or lowered.
    outer: (bool, Option<bool>),
}

/// What an element between a paragraph and a run is for comments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// One in which a comment may begin and end.
    Open,
    /// A tracked insertion.
    Revision,
    /// Any other.
    Closed,
}

/// An element that is open, from the outermost paragraph inwards.
struct OpenElement {
    start: usize,
    around: Around,
    /// Its place among the document's wrappers, where a run asked for it.
    wrapper: Option<usize>,
}

#[allow(clippy::struct_excessive_bools)] // where in the document the reader stands; each of its own accord
pub(super) struct Walker<'a> {
    source: &'a str,
    styles: &'a BTreeMap<String, (BlockKind, u8)>,
    out: &'a mut Word,
    note: bool,
    /// Prefixes bound to the language's namespaces.
    prefixes: Vec<String>,
    depth: usize,
    /// Depth at which passages that are not text began.
    silent: Option<usize>,
    paragraphs: Vec<Paragraph>,
    /// Paragraphs of text boxes, held back until the paragraph they hang on ends.
    held: Vec<Paragraph>,
    tables: Vec<Table>,
    begun: u32,
    /// Runs that are open, the innermost last: whether it is hidden, whether it is raised or lowered.
    runs: Vec<OpenRun>,
    hidden: bool,
    raised: Option<bool>,
    /// Start tag of the open `w:t`.
    in_text: Option<Range<usize>>,
    in_run_style: bool,
    titled: bool,
    open: Vec<OpenElement>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(
        source: &'a str,
        styles: &'a BTreeMap<String, (BlockKind, u8)>,
        out: &'a mut Word,
        note: bool,
    ) -> Self {
        Self {
            source,
            styles,
            out,
            note,
            prefixes: Vec::new(),
            depth: 0,
            silent: None,
            paragraphs: Vec::new(),
            held: Vec::new(),
            tables: Vec::new(),
            begun: 0,
            runs: Vec::new(),
            hidden: false,
            raised: None,
            in_text: None,
            in_run_style: false,
            titled: false,
            open: Vec::new(),
        }
    }

    pub(super) fn walk(mut self, name: &str) -> Result<(), Text> {
        let fault = |at: u64, e: &dyn std::fmt::Display| {
            let clean: String = e.to_string().chars().filter(|c| !c.is_control()).take(120).collect();
            damaged(&format_args!("{name} {at}: {clean}"))
        };
        let mut reader = Reader::from_str(self.source);
        let mut rooted = false;
        loop {
            let from = reader.buffer_position();
            let event = reader.read_event().map_err(|e| fault(reader.error_position(), &e))?;
            let place = from as usize..reader.buffer_position() as usize;
            match event {
                Event::Start(e) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(Text::new("XML 嵌套过深，已拒绝", "the XML is nested too deep; refused"));
                    }
                    rooted = true;
                    self.enter(&e, place.start);
                    self.start(&e, place, false);
                }
                Event::Empty(e) => {
                    rooted = true;
                    self.depth += 1;
                    let to = place.end;
                    self.enter(&e, place.start);
                    self.start(&e, place, true);
                    self.end(e.name().into_inner(), to);
                    self.leave(to);
                    self.depth -= 1;
                }
                Event::End(e) => {
                    self.end(e.name().into_inner(), place.end);
                    self.leave(place.end);
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Text(t) if self.depth > 0 => self.text(&t, place, Cut::Inside),
                Event::Text(t) if t.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) if self.depth == 0 => {
                    return Err(fault(from, &"text outside the root"));
                }
                Event::CData(t) => self.text(&t, place, Cut::Ends),
                Event::GeneralRef(r) => {
                    let stands = match r.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        Err(_) => "\u{FFFD}".to_owned(),
                        Ok(None) => match &*r {
                            "amp" => "&".into(),
                            "lt" => "<".into(),
                            "gt" => ">".into(),
                            "quot" => "\"".into(),
                            "apos" => "'".into(),
                            _ => return Err(fault(from, &"unknown entity")),
                        },
                    };
                    self.text(&stands, place, Cut::Ends);
                }
                Event::DocType(_) => {
                    return Err(Text::new("含有文档类型声明，已拒绝", "the file declares a document type; refused"));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if !rooted || self.depth > 0 {
            return Err(fault(self.source.len() as u64, &"the part ends too early"));
        }
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        Ok(())
    }

    fn is_word_element(&self, name: &str) -> bool {
        let prefix = name.split_once(':').map_or("", |p| p.0);
        self.prefixes.iter().any(|p| p == prefix)
    }

    /// Learns the prefixes that an element binds, and that it is open.
    fn enter(&mut self, e: &BytesStart<'_>, start: usize) {
        if e.attributes_raw().contains("xmlns") {
            let mut all = e.attributes();
            all.with_checks(false);
            for a in all.flatten().filter(|a| NAMESPACES.contains(&&*a.value)) {
                let prefix = match a.key.into_inner() {
                    "xmlns" => "",
                    key => key.strip_prefix("xmlns:").unwrap_or("\0"),
                };
                if !self.prefixes.iter().any(|p| p == prefix) && self.prefixes.len() < 8 {
                    self.prefixes.push(prefix.to_owned());
                }
            }
        }
        let word = self.is_word_element(e.name().into_inner());
        let local = e.local_name().into_inner();
        if self.open.is_empty() && !(word && local == "p") {
            return;
        }
        let around = match local {
            "p" | "hyperlink" | "smartTag" | "customXml" | "dir" | "bdo" if word => Around::Open,
            "ins" | "moveTo" if word => Around::Revision,
            _ => Around::Closed,
        };
        self.open.push(OpenElement { start, around, wrapper: None });
    }

    /// The innermost open element ends at `to`.
    fn leave(&mut self, to: usize) {
        let places = self.out.places.as_mut();
        if let (Some(OpenElement { wrapper: Some(index), .. }), Some(places)) = (self.open.pop(), places) {
            places.wrappers[index].end = to;
        }
    }

    /// The outermost element of a kind among the `outer` outermost open ones, as a wrapper.
    fn outermost(&mut self, around: Around, outer: usize) -> Option<usize> {
        let element = self.open.get_mut(..outer)?.iter_mut().find(|o| o.around == around)?;
        let places = self.out.places.as_mut()?;
        Some(*element.wrapper.get_or_insert_with(|| {
            places.wrappers.push(element.start..element.start);
            places.wrappers.len() - 1
        }))
    }

    fn start(&mut self, e: &BytesStart<'_>, place: Range<usize>, empty: bool) {
        if self.silent.is_some() {
            return;
        }
        let name = e.name().into_inner();
        let local = e.local_name().into_inner();
        if local == "Fallback" {
            self.silent = Some(self.depth);
            return;
        }
        if !self.is_word_element(name) {
            return;
        }
        let cut = if empty { Cut::Element } else { Cut::Never };
        match local {
            "del" | "moveFrom" if !self.in_run_style => self.silent = Some(self.depth),
            "instrText" | "delText" | "delInstrText" | "rt" => self.silent = Some(self.depth),
            "p" => self.paragraphs.push(Paragraph::default()),
            "pStyle" => {
                let kind =
                    attribute(e, "val").and_then(|id| self.styles.get(&id).copied().or_else(|| named(&spaced(&id))));
                if let Some(p) = self.paragraphs.last_mut() {
                    p.kind = p.kind.or(kind);
                }
            }
            "outlineLvl" => {
                let level = attribute(e, "val").and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 9);
                if let (Some(p), Some(level)) = (self.paragraphs.last_mut(), level) {
                    p.kind = p.kind.or(Some((if level == 0 { BlockKind::Title } else { BlockKind::Heading }, level)));
                }
            }
            "numPr" => {
                if let Some(p) = self.paragraphs.last_mut() {
                    p.item = Some(0);
                }
            }
            "ilvl" => {
                let level = attribute(e, "val").and_then(|v| v.parse::<u8>().ok()).unwrap_or(0);
                if let Some(p) = self.paragraphs.last_mut() {
                    p.item = p.item.map(|_| level.min(8));
                }
            }
            "r" => {
                let outer = (self.hidden, self.raised);
                let style = place.end..place.end;
                self.runs.push(OpenRun { head: place, style, depth: self.depth, index: None, outer });
                (self.hidden, self.raised) = (false, None);
            }
            "rPr" => {
                self.in_run_style = true;
                if let Some(run) = self.runs.last_mut().filter(|r| r.depth + 1 == self.depth) {
                    run.style = place;
                }
            }
            "vanish" if self.in_run_style => {
                self.hidden = !matches!(attribute(e, "val").as_deref(), Some("0" | "false" | "off"));
            }
            "vertAlign" if self.in_run_style => {
                self.raised = match attribute(e, "val").as_deref() {
                    Some("superscript") => Some(true),
                    Some("subscript") => Some(false),
                    _ => None,
                };
            }
            "t" => self.in_text = Some(place),
            "tab" if !self.in_run_style && self.paragraphs.last().is_some_and(|p| !p.text.is_empty()) => {
                self.push("\t", place, cut);
            }
            "ptab" => self.push("\t", place, cut),
            "br" | "cr" => self.push("\n", place, cut),
            "noBreakHyphen" => self.push("-", place, cut),
            "sym" => self.push(" ", place, cut),
            "tbl" => {
                self.tables.push(Table { number: self.begun, ..Table::default() });
                self.begun += 1;
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row = table.rows;
                    table.rows = table.rows.saturating_add(1);
                    (table.column, table.width, table.header) = (0, 0, false);
                }
            }
            "tblHeader" => self.table(|t, _| t.header = true, e),
            "gridBefore" => self.table(|t, v| t.column = v.unwrap_or(0), e),
            "tc" => self.table(
                |t, _| {
                    t.column = t.column.saturating_add(t.width);
                    t.width = 1;
                },
                e,
            ),
            "gridSpan" => self.table(|t, v| t.width = v.unwrap_or(1).max(1), e),
            _ => {}
        }
    }

    fn table(&mut self, set: impl Fn(&mut Table, Option<u32>), e: &BytesStart<'_>) {
        let value = attribute(e, "val").and_then(|v| v.parse::<u32>().ok()).map(|v| v.min(1000));
        if let Some(table) = self.tables.last_mut() {
            set(table, value);
        }
    }

    fn end(&mut self, name: &str, to: usize) {
        if let Some(depth) = self.silent {
            if depth == self.depth {
                self.silent = None;
            }
            return;
        }
        if !self.is_word_element(name) {
            return;
        }
        match name.split_once(':').map_or(name, |p| p.1) {
            "p" => self.end_paragraph(),
            "r" => {
                let Some(run) = self.runs.pop() else { return };
                (self.hidden, self.raised) = run.outer;
                if let (Some(index), Some(places)) = (run.index, &mut self.out.places) {
                    places.runs[index as usize].element.end = to;
                }
            }
            "rPr" => {
                self.in_run_style = false;
                if let Some(run) = self.runs.last_mut().filter(|r| r.depth + 1 == self.depth) {
                    run.style.end = to;
                }
            }
            "t" => self.in_text = None,
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, place: Range<usize>, cut: Cut) {
        if self.in_text.is_none() || self.silent.is_some() {
            return;
        }
        let before = self.paragraphs.last().and_then(|p| p.text.chars().next_back());
        match self.raised.map(|up| raised(before, text, up)) {
            Some(Raised::Drop) => {}
            Some(Raised::As(shown)) => self.push(&shown, place, Cut::Ends),
            _ => self.push(text, place, cut),
        }
    }

    fn push(&mut self, text: &str, place: Range<usize>, cut: Cut) {
        if self.hidden || self.silent.is_some() {
            return;
        }
        let Some(from) = self.paragraphs.last().map(|p| p.text.len() as u32) else { return };
        if let Some(run) = self.run_index() {
            // What stands for other characters than the source has is cut at its ends.
            let cut = if cut == Cut::Inside && place.len() != text.len() { Cut::Ends } else { cut };
            let tag = self.in_text.clone().unwrap_or_default();
            let narrow = |r: Range<usize>| r.start as u32..r.end as u32;
            let text = from..from + text.len() as u32;
            let piece = Piece { text, source: narrow(place), tag: narrow(tag), run, cut };
            let pieces = self.paragraphs.last_mut().map(|p| &mut p.pieces);
            // A row of character references is one piece: each for itself would cost many times its size.
            let joins = |last: &Piece| {
                let same = (last.run, last.cut, &last.tag) == (run, Cut::Ends, &piece.tag);
                same && cut == Cut::Ends && last.source.end == piece.source.start
            };
            match pieces {
                Some(pieces) if pieces.last().is_some_and(joins) => {
                    if let Some(last) = pieces.last_mut() {
                        (last.text.end, last.source.end) = (piece.text.end, piece.source.end);
                    }
                }
                Some(pieces) => pieces.push(piece),
                None => {}
            }
        }
        if let Some(p) = self.paragraphs.last_mut() {
            p.text.push_str(text);
        }
    }

    /// The place of the open run among the document's runs, where the way back is asked for.
    fn run_index(&mut self) -> Option<u32> {
        self.out.places.as_ref()?;
        if let Some(index) = self.runs.last()?.index {
            return Some(index);
        }
        // The run itself and what is open in it are not around it.
        let outer = self.open.len().saturating_sub(self.depth - self.runs.last()?.depth + 1);
        let (wrapper, revision) = (self.outermost(Around::Closed, outer), self.outermost(Around::Revision, outer));
        let part = self.out.parts.len() - 1;
        let (run, places) = (self.runs.last_mut()?, self.out.places.as_mut()?);
        let index = places.runs.len() as u32;
        run.index = Some(index);
        let element = run.head.clone();
        places.runs.push(Run { part, element, head: run.head.clone(), style: run.style.clone(), wrapper, revision });
        Some(index)
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        let cell = self.tables.last().map(|t| Cell {
            table: t.number,
            row: t.row,
            column: t.column,
            header: t.header || t.row == 0,
        });
        let given = paragraph.kind.take();
        let kind = match (given, cell, paragraph.item) {
            _ if self.note => (BlockKind::Note, 0),
            (_, Some(cell), _) => (BlockKind::Cell(cell), 0),
            (Some((BlockKind::Title, level)), ..) if self.titled => (BlockKind::Heading, level),
            (Some(kind), ..) => kind,
            (None, None, Some(level)) => (BlockKind::ListItem, level),
            (None, None, None) => (BlockKind::Paragraph, 0),
        };
        self.titled |= kind.0 == BlockKind::Title;
        paragraph.kind = Some(kind);
        if !self.paragraphs.is_empty() {
            self.held.push(paragraph);
            return;
        }
        self.write(paragraph);
        for held in std::mem::take(&mut self.held) {
            self.write(held);
        }
    }

    fn write(&mut self, paragraph: Paragraph) {
        if paragraph.text.trim().is_empty() {
            return;
        }
        let base = self.out.text.len();
        let (kind, level) = paragraph.kind.unwrap_or((BlockKind::Paragraph, 0));
        let mut at = base;
        for line in paragraph.text.split('\n') {
            let lead = line.len() - line.trim_start().len();
            let body = line.trim();
            if !body.is_empty() {
                let span = Span::new(at + lead, at + lead + body.len());
                self.out.blocks.push(Block { span, kind, level });
            }
            at += line.len() + 1;
        }
        if let Some(places) = &mut self.out.places {
            places.pieces.extend(paragraph.pieces.into_iter().map(|mut piece| {
                piece.text = base as u32 + piece.text.start..base as u32 + piece.text.end;
                piece
            }));
        }
        self.out.text.push_str(&paragraph.text);
        self.out.text.push('\n');
    }
}

/// `Heading1` as the name it stands for, `heading 1`.
fn spaced(id: &str) -> String {
    let lower = id.to_ascii_lowercase();
    match lower.strip_prefix("heading") {
        Some(level) => format!("heading {}", level.trim()),
        None => lower,
    }
}
