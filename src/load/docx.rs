//! Word documents: what a reader sees of the main part, its notes, headers and footers. Enters: bytes of a package. Leaves: text with
//! blocks, and where each run of it stands in its part. Tracked insertions are text, deletions are not; neither are field codes, hidden
//! runs, comments, formulas and embedded files. Nothing is unpacked to disk, no document type is accepted, and every size is bounded
//! by what comes out, not by what headers say.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::decode::decode;
use super::raised::{Raised, raised};
use crate::model::{Block, BlockKind, Cell, Text};
use crate::text::Span;

/// Bytes that may come out of one part, and out of all.
const PART: u64 = 50 << 20;
const PACKAGE: u64 = 200 << 20;
/// Entries a package may have.
const ENTRIES: usize = 20_000;
/// Elements that may be open at once.
const DEPTH: usize = 256;
/// The two namespaces of the language, transitional and strict.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// A run of the text and the element it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Where it stands in the text, in bytes.
    pub text: Range<usize>,
    /// Its part, as an index into [`Word::parts`].
    pub part: usize,
    /// The bytes of its `w:r` element in the part.
    pub element: Range<usize>,
}

/// What was read of a Word document.
#[derive(Debug, Default)]
pub struct Word {
    /// The text, a line a paragraph.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Its runs, in text order.
    pub runs: Vec<Run>,
    /// The parts that were read, by name.
    pub parts: Vec<String>,
}

/// Reads a Word document. An `Err` says what is wrong with the file and what to do.
pub fn read(bytes: &[u8]) -> Result<Word, Text> {
    let mut package = open(bytes)?;
    let main = main_part(&mut package)?;
    let mut budget = PACKAGE;
    let folder = main.rsplit_once('/').map_or("", |p| p.0).to_owned();
    let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let styles =
        part(&mut package, &inside("styles.xml"), &mut budget).ok().flatten().map(|s| styles(&s)).unwrap_or_default();
    let Some(source) = part(&mut package, &main, &mut budget)? else {
        return Err(Text::new("没有正文部件，不是 Word 文档", "there is no document part: not a Word document"));
    };
    let mut out = Word { parts: vec![main.clone()], ..Word::default() };
    Walker::new(&source, &styles, &mut out, false).walk(&main)?;
    drop(source);
    let mut names: Vec<String> =
        package.file_names().filter_map(|n| n.ok().map(std::borrow::Cow::into_owned)).collect();
    names.sort();
    let notes = ["footnotes", "endnotes", "header", "footer"];
    for kind in notes {
        for name in &names {
            let Some(file) = name.strip_prefix(&inside(kind)).and_then(|f| f.strip_suffix(".xml")) else { continue };
            if !file.bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            let Some(source) = part(&mut package, name, &mut budget)? else { continue };
            out.parts.push(name.clone());
            Walker::new(&source, &styles, &mut out, true).walk(name)?;
        }
    }
    Ok(out)
}

fn damaged(what: &dyn std::fmt::Display) -> Text {
    Text::new(
        format!("Word 文件已损坏（{what}），请在 Word 中打开并另存"),
        format!("the Word file is damaged ({what}); open it in Word and save it again"),
    )
}

fn too_large() -> Text {
    Text::new(
        "解压后超过限度（每个部件 50 MiB），已拒绝",
        "unpacked, the file passes the limit of 50 MiB a part; refused",
    )
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Text> {
    if bytes.is_empty() {
        return Err(Text::new("文件是空的", "the file is empty"));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Text::new(
            "是旧版 .doc 或加密的 Word 文件，请去掉密码并另存为 .docx",
            "an old .doc or an encrypted Word file; remove the password and save it as .docx",
        ));
    }
    let package = ZipArchive::new(Cursor::new(bytes)).map_err(|e| {
        if bytes.starts_with(b"PK") {
            damaged(&e)
        } else {
            Text::new("不是 Word 文档（.docx 应是 ZIP 包）", "not a Word document (a .docx is a ZIP package)")
        }
    })?;
    if package.len() > ENTRIES {
        return Err(Text::new("包内文件过多，已拒绝", "the package holds too many entries; refused"));
    }
    Ok(package)
}

/// The text of a part; `None` where there is none of that name.
fn part(package: &mut ZipArchive<Cursor<&[u8]>>, name: &str, budget: &mut u64) -> Result<Option<String>, Text> {
    let file = match package.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(what)) if what == ZipError::PASSWORD_REQUIRED => {
            return Err(Text::new(
                "文件已加密，请去掉密码后另存",
                "the file is encrypted; remove the password and save it",
            ));
        }
        Err(e) => return Err(damaged(&e)),
    };
    let limit = PART.min(*budget);
    if file.size() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| damaged(&e))?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    *budget -= bytes.len() as u64;
    let decoded = decode(&bytes, None)?;
    if decoded.doubts.is_empty() { Ok(Some(decoded.text)) } else { Err(damaged(&format_args!("{name}"))) }
}

/// The name of the main part: what the package's relationships name, else the usual one.
fn main_part(package: &mut ZipArchive<Cursor<&[u8]>>) -> Result<String, Text> {
    let mut budget = 1 << 20;
    let usual = "word/document.xml".to_owned();
    let Some(source) = part(package, "_rels/.rels", &mut budget)? else { return Ok(usual) };
    let mut reader = Reader::from_str(&source);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().into_inner() == "Relationship" => {
                let kind = attribute(&e, "Type").unwrap_or_default();
                if kind.ends_with("/officeDocument") && attribute(&e, "TargetMode").as_deref() != Some("External") {
                    let target = attribute(&e, "Target").unwrap_or_default();
                    return Ok(target.trim_start_matches('/').to_owned());
                }
            }
            Ok(Event::Eof) | Err(_) => return Ok(usual),
            Ok(_) => {}
        }
    }
}

fn attribute(e: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut all = e.attributes();
    all.with_checks(false);
    let found = all.flatten().find(|a| a.key.local_name().into_inner() == wanted)?;
    Some(super::entity::decoded(&found.value))
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

/// A paragraph under way.
#[derive(Default)]
struct Paragraph {
    text: String,
    runs: Vec<(Range<usize>, Range<usize>)>,
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

#[allow(clippy::struct_excessive_bools)] // where in the document the reader stands; each of its own accord
struct Walker<'a> {
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
    /// The open run: where its element starts, whether it is hidden, whether it is raised or lowered.
    run: usize,
    hidden: bool,
    raised: Option<bool>,
    in_text: bool,
    in_run_style: bool,
    titled: bool,
}

impl<'a> Walker<'a> {
    fn new(source: &'a str, styles: &'a BTreeMap<String, (BlockKind, u8)>, out: &'a mut Word, note: bool) -> Self {
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
            run: 0,
            hidden: false,
            raised: None,
            in_text: false,
            in_run_style: false,
            titled: false,
        }
    }

    fn walk(mut self, name: &str) -> Result<(), Text> {
        let fault = |at: u64, e: &dyn std::fmt::Display| {
            let clean: String = e.to_string().chars().filter(|c| !c.is_control()).take(120).collect();
            damaged(&format_args!("{name} {at}: {clean}"))
        };
        let mut reader = Reader::from_str(self.source);
        let mut rooted = false;
        loop {
            let from = reader.buffer_position();
            let event = reader.read_event().map_err(|e| fault(reader.error_position(), &e))?;
            match event {
                Event::Start(e) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(Text::new("XML 嵌套过深，已拒绝", "the XML is nested too deep; refused"));
                    }
                    rooted = true;
                    self.start(&e, from as usize);
                }
                Event::Empty(e) => {
                    rooted = true;
                    self.depth += 1;
                    self.start(&e, from as usize);
                    let local = e.name().into_inner().to_owned();
                    self.end(&local, reader.buffer_position() as usize);
                    self.depth -= 1;
                }
                Event::End(e) => {
                    self.end(e.name().into_inner(), reader.buffer_position() as usize);
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Text(t) if self.depth > 0 => self.text(&t),
                Event::Text(t) if t.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) if self.depth == 0 => {
                    return Err(fault(from, &"text outside the root"));
                }
                Event::CData(t) => self.text(&t),
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
                    self.text(&stands);
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

    fn start(&mut self, e: &BytesStart<'_>, from: usize) {
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
            "r" => (self.run, self.hidden, self.raised) = (from, false, None),
            "rPr" => self.in_run_style = true,
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
            "t" => self.in_text = true,
            "tab" if !self.in_run_style && self.paragraphs.last().is_some_and(|p| !p.text.is_empty()) => {
                self.push("\t");
            }
            "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.push(" "),
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
                // The run's element ends here; pieces of it that were written learn so.
                if let Some(p) = self.paragraphs.last_mut() {
                    for run in p.runs.iter_mut().rev().take_while(|r| r.1.start == self.run) {
                        run.1.end = to;
                    }
                }
                (self.hidden, self.raised) = (false, None);
            }
            "rPr" => self.in_run_style = false,
            "t" => self.in_text = false,
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if !self.in_text || self.silent.is_some() {
            return;
        }
        let before = self.paragraphs.last().and_then(|p| p.text.chars().next_back());
        match self.raised.map(|up| raised(before, text, up)) {
            Some(Raised::Drop) => {}
            Some(Raised::As(shown)) => self.push(&shown),
            _ => self.push(text),
        }
    }

    fn push(&mut self, text: &str) {
        if self.hidden || self.silent.is_some() {
            return;
        }
        let run = self.run;
        let Some(p) = self.paragraphs.last_mut() else { return };
        let from = p.text.len();
        p.text.push_str(text);
        match p.runs.last_mut() {
            Some(last) if last.1.start == run && last.0.end == from => last.0.end = p.text.len(),
            _ => p.runs.push((from..p.text.len(), run..run)),
        }
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
        let part = self.out.parts.len() - 1;
        for (text, element) in paragraph.runs {
            self.out.runs.push(Run { text: base + text.start..base + text.end, part, element });
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
