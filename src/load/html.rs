//! HTML, whole files and the pieces inside Markdown. Enters: decoded text. Leaves: plain text with blocks, and metadata. Scripts, styles,
//! templates, embedded documents and drawings, navigation, forms, code, hidden and deleted passages, attributes and ruby notes are not
//! text. Elements are followed on a list, never by recursion, and no tree is built.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::build::Builder;
use super::entity::{decoded, reference};
use super::raised::{Raised, raised};
use super::tags::{Token, Tokens, attributes};
use super::{Body, Meta, Remark, date, lang_of};
use crate::model::{BlockKind, Cell, Text, Written, exception_words};
use crate::text::{Span, is_ideograph};

/// How far back an end tag looks for its start.
const REACH: usize = 1000;
/// A cell of more blocks and characters than these lays out a page and is no cell.
const CELL_BLOCKS: usize = 3;
const CELL_CHARS: usize = 200;

/// Reads an HTML file.
pub(super) fn read(text: &str) -> Body {
    let mut html = Html::new(text);
    html.titled = contains_tag(text, "h1");
    html.feed(0..text.len());
    html.finish()
}

/// Whether a text is a page of HTML, by what it begins with.
pub(super) fn is_page(text: &str) -> bool {
    let head = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).as_bytes();
    ["<!doctype html", "<html"]
        .iter()
        .any(|s| head.len() > s.len() && head[..s.len()].eq_ignore_ascii_case(s.as_bytes()))
}

/// The encoding that the head of an HTML file claims: `<meta charset=…>` or an XML declaration.
pub(super) fn charset(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(4096)];
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', &head[from..]) {
        let tag = &head[from + at..];
        let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        from += at + 1;
        let (tag, meta) = (&tag[..end], tag.len() > 5 && tag[1..5].eq_ignore_ascii_case(b"meta"));
        let key: &[u8] = if meta {
            b"charset"
        } else if tag.starts_with(b"<?xml") {
            b"encoding"
        } else {
            continue;
        };
        let Some(hit) = tag.windows(key.len()).position(|w| w.eq_ignore_ascii_case(key)) else { continue };
        let value = tag[hit + key.len()..].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let len = value.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')).count();
        return std::str::from_utf8(&value[..len]).ok().filter(|v| !v.is_empty());
    }
    None
}

fn contains_tag(text: &str, name: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|i| {
        let tail = &text.as_bytes()[i + 1..];
        tail.len() > name.len()
            && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && !tail[name.len()].is_ascii_alphanumeric()
    })
}

/// What the end of an element undoes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undo {
    Nothing,
    Block,
    /// A block that gives a kind to what is in it.
    Kind,
    List,
    Silence,
    Pre,
    Cell {
        from: usize,
    },
    Table,
    Raised {
        from: usize,
        count: usize,
        source: usize,
        sup: bool,
    },
}

struct Open {
    name: u64,
    undo: Undo,
    /// Whether the element is hidden by an attribute.
    hidden: bool,
}

#[derive(Default)]
struct Table {
    number: u32,
    row: Option<u32>,
    column: u32,
    head: bool,
    /// Cells that reach down into later rows: first column, columns, rows left.
    hanging: Vec<(u32, u32, u32)>,
}

/// The state of reading HTML, shared with the Markdown reader.
pub(super) struct Html<'a> {
    source: &'a str,
    /// The plain text under construction.
    pub out: Builder<'a>,
    stack: Vec<Open>,
    counts: FxHashMap<u64, u32>,
    kinds: Vec<(BlockKind, u8)>,
    /// The kind of a block outside every element that gives one.
    pub base: (BlockKind, u8),
    silent: u32,
    pre: u32,
    lists: u8,
    tables: Vec<Table>,
    /// How many tables were begun.
    pub begun: u32,
    /// Whether the document has a title block, or will have one.
    pub titled: bool,
    headed: bool,
    in_title: bool,
    /// Where a passage that is not to be checked began.
    pub ignored: Option<usize>,
    /// What the document asks to let stand, with the number of the block that each speaks of; `None` for all of it.
    pub remarks: Vec<(Option<usize>, Remark)>,
    pub meta: Meta,
}

impl<'a> Html<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            out: Builder::new(source),
            stack: Vec::new(),
            counts: FxHashMap::default(),
            kinds: Vec::new(),
            base: (BlockKind::Paragraph, 0),
            silent: 0,
            pre: 0,
            lists: 0,
            tables: Vec::new(),
            begun: 0,
            titled: false,
            headed: false,
            in_title: false,
            ignored: None,
            remarks: Vec::new(),
            meta: Meta::default(),
        }
    }

    /// Whether what is read now is not text.
    pub fn is_silent(&self) -> bool {
        self.silent > 0
    }

    /// Ends the open block; what follows has the kind of the place.
    pub fn open_block(&mut self) {
        let (kind, level) = self.kinds.last().copied().unwrap_or(self.base);
        self.out.block(kind, level);
    }

    /// Reads a piece of the source.
    pub fn feed(&mut self, range: Range<usize>) {
        let Some(piece) = self.source.get(range.clone()) else { return };
        let base = range.start;
        for token in Tokens::new(piece) {
            match token {
                Token::Text(r) => self.text(base + r.start..base + r.end),
                Token::Comment(r) => self.remark(piece[r.clone()].trim(), base + r.start),
                Token::Start { name, attributes, whole } => {
                    self.start(&piece[name], &piece[attributes], base + whole.start..base + whole.end);
                }
                Token::End { name, whole } => self.end(&piece[name], base + whole.start),
            }
        }
    }

    /// What was read.
    pub fn finish(self) -> Body {
        let built = self.out.finish();
        let doubts = self.ignored.map(|at| {
            let message = Text::new(
                "factlint-ignore-start 没有对应的 factlint-ignore-end，其后全文未检查",
                "factlint-ignore-start has no factlint-ignore-end: nothing after it is checked",
            );
            (at, message)
        });
        // A remark after the last block speaks of nothing: its reach is empty.
        let nothing = Span::new(built.text.len(), built.text.len());
        let settled = |(block, remark): (Option<usize>, Remark)| {
            let reach = block.map(|i| built.blocks.get(i).map_or(nothing, |b| b.span));
            Remark { reach, ..remark }
        };
        let remarks = self.remarks.into_iter().map(settled).collect();
        Body {
            remarks,
            stripped: Some((built.text, built.segments)),
            blocks: built.blocks,
            meta: self.meta,
            doubts: doubts.into_iter().collect(),
        }
    }

    /// Heeds the remarks that begin and end a passage which is not to be checked.
    fn remark(&mut self, remark: &str, at: usize) {
        match remark {
            "factlint-ignore-start" if self.ignored.is_none() => {
                self.ignored = Some(at);
                self.silent += 1;
            }
            "factlint-ignore-end" if self.ignored.take().is_some() => self.silent = self.silent.saturating_sub(1),
            "factlint-ignore-start" | "factlint-ignore-end" => {}
            _ if self.silent == 0 => self.exception(remark, at),
            _ => {}
        }
    }

    /// Heeds a remark that lets findings stand: in the block it stands in or behind on its line, else in the next one.
    fn exception(&mut self, remark: &str, at: usize) {
        let Some(rest) = remark.strip_prefix("factlint-ignore") else { return };
        let (whole, rest) = rest.strip_prefix("-file").map_or((false, rest), |rest| (true, rest));
        if !rest.is_empty() && !rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '：')) {
            return;
        }
        let (checks, reason) = exception_words(rest);
        let here = self.out.count();
        let behind = self.out.is_fresh()
            && here > 0
            && self.out.written().is_some_and(|end| self.source.get(end..at).is_some_and(|gap| !gap.contains('\n')));
        let block = (!whole).then(|| if behind { here - 1 } else { here });
        self.remarks.push((block, Remark { at, written: Written::Comment, checks, reason, reach: None }));
    }

    fn text(&mut self, range: Range<usize>) {
        if self.in_title {
            self.title(range);
            return;
        }
        if self.silent > 0 {
            return;
        }
        let Some(piece) = self.source.get(range.clone()) else { return };
        let mut from = 0;
        for at in memchr::memchr_iter(b'&', piece.as_bytes()) {
            if at < from {
                continue;
            }
            let Some((stands, len)) = reference(&piece[at..]) else { continue };
            self.run(range.start + from..range.start + at);
            self.out.replaced(&stands, range.start + at..range.start + at + len);
            from = at + len;
        }
        self.run(range.start + from..range.end);
    }

    /// Text without references.
    fn run(&mut self, range: Range<usize>) {
        if self.pre == 0 {
            self.out.flowing(range);
            return;
        }
        let Some(piece) = self.source.get(range.clone()) else { return };
        let mut at = range.start;
        for line in piece.split_inclusive('\n') {
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            self.out.verbatim(at..end);
            if line.ends_with('\n') {
                self.out.close();
            }
            at += line.len();
        }
    }

    /// The text of `<title>`: metadata, and a block of its own where no heading gives the title.
    fn title(&mut self, range: Range<usize>) {
        let Some(piece) = self.source.get(range.clone()) else { return };
        if self.meta.title.is_some() {
            return;
        }
        let end = range.start + site_suffix(piece);
        let title = decoded(&self.source[range.start..end]).split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            return;
        }
        self.meta.title = Some(title);
        if !self.titled {
            self.titled = true;
            self.in_title = false;
            self.out.block(BlockKind::Title, 0);
            self.text(range.start..end);
            self.open_block();
            self.in_title = true;
        }
    }

    fn push(&mut self, name: &str, undo: Undo, hidden: bool) {
        let name = key(name);
        self.silent += u32::from(undo == Undo::Silence) + u32::from(hidden);
        *self.counts.entry(name).or_default() += 1;
        self.stack.push(Open { name, undo, hidden });
    }

    fn start(&mut self, written: &str, raw: &str, whole: Range<usize>) {
        let mut lower = [0u8; 16];
        let Some(name) = lowered(written, &mut lower) else { return };
        let hidden = is_hidden(raw);
        match name {
            "br" => self.out.close(),
            "hr" => self.open_block(),
            "meta" => self.metadata(raw),
            "img" | "input" | "wbr" | "link" | "area" | "base" | "col" | "embed" | "source" | "track" | "param"
            | "frame" => {}
            "html" => {
                if let Some((_, lang)) =
                    attributes(raw).find(|a| a.0.eq_ignore_ascii_case("lang") || a.0.eq_ignore_ascii_case("xml:lang"))
                {
                    self.meta.lang = self.meta.lang.or_else(|| lang_of(lang));
                }
            }
            "title" if self.silent == 0 => {
                self.in_title = true;
                self.push(name, Undo::Nothing, false);
            }
            "script" | "style" | "template" | "iframe" | "object" | "noscript" | "textarea" | "select" | "datalist"
            | "button" | "svg" | "math" | "canvas" | "audio" | "video" | "nav" | "code" | "kbd" | "samp" | "del"
            | "s" | "strike" | "rp" | "rt" | "rtc" | "noembed" | "noframes" | "map" => {
                if raw.ends_with('/') && matches!(name, "svg" | "math" | "script") {
                    return;
                }
                if matches!(name, "code" | "kbd" | "samp") && self.silent == 0 {
                    self.out.gap(whole);
                }
                self.push(name, Undo::Silence, hidden);
            }
            "p" => {
                if self.stack.last().is_some_and(|o| o.name == key("p")) {
                    self.pop();
                }
                self.open_block();
                self.push(name, Undo::Block, hidden);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'1';
                let first = level == 0 && !self.headed;
                self.headed |= level == 0;
                self.kinds.push((if first { BlockKind::Title } else { BlockKind::Heading }, level));
                self.open_block();
                self.push(name, Undo::Kind, hidden);
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.lists = self.lists.saturating_add(1);
                self.open_block();
                self.push(name, Undo::List, hidden);
            }
            "li" => {
                self.close_within("li", &["ul", "ol", "menu", "dir", "td", "th"]);
                self.give(name, BlockKind::ListItem, self.lists.saturating_sub(1), hidden);
            }
            "blockquote" => self.give(name, BlockKind::Quote, 0, hidden),
            "figcaption" | "caption" => self.give(name, BlockKind::Caption, 0, hidden),
            "footer" => self.give(name, BlockKind::Note, 0, hidden),
            "table" => {
                self.open_block();
                self.tables.push(Table { number: self.begun, ..Table::default() });
                self.begun += 1;
                self.push(name, Undo::Table, hidden);
            }
            "thead" | "tbody" | "tfoot" => {
                self.close_cell();
                if let Some(table) = self.tables.last_mut() {
                    table.head = name == "thead";
                }
            }
            "tr" => {
                self.close_cell();
                if let Some(table) = self.tables.last_mut() {
                    table.next_row();
                }
                self.open_block();
            }
            "td" | "th" => self.cell(name, raw, hidden),
            "pre" | "listing" | "xmp" | "plaintext" => {
                self.open_block();
                self.pre += 1;
                self.push(name, Undo::Pre, hidden);
            }
            "sup" | "sub" => {
                let undo = Undo::Raised {
                    from: self.out.len(),
                    count: self.out.count(),
                    source: whole.end,
                    sup: name == "sup",
                };
                self.push(name, undo, hidden);
            }
            "time" => {
                let day = attributes(raw)
                    .find(|a| a.0.eq_ignore_ascii_case("datetime"))
                    .and_then(|a| date::metadata_date(a.1));
                self.meta.date = self.meta.date.or(day);
                self.push(name, Undo::Nothing, hidden);
            }
            _ if is_block(name) => {
                self.open_block();
                self.push(name, Undo::Block, hidden);
            }
            _ if raw.ends_with('/') => {}
            _ => self.push(name, Undo::Nothing, hidden),
        }
    }

    /// Opens an element that gives its kind to the blocks in it.
    fn give(&mut self, name: &str, kind: BlockKind, level: u8, hidden: bool) {
        self.kinds.push((kind, level));
        self.open_block();
        self.push(name, Undo::Kind, hidden);
    }

    fn end(&mut self, written: &str, at: usize) {
        let mut lower = [0u8; 16];
        let Some(name) = lowered(written, &mut lower) else { return };
        match name {
            "p" | "br" => self.out.close(),
            "tr" => self.close_cell(),
            "thead" | "tbody" | "tfoot" => {
                self.close_cell();
                if let Some(table) = self.tables.last_mut() {
                    table.head = false;
                }
            }
            _ => {}
        }
        let wanted = key(name);
        if self.counts.get(&wanted).copied().unwrap_or(0) == 0 {
            return;
        }
        let barrier = [key("td"), key("th"), key("caption"), key("table")];
        let outside = matches!(name, "td" | "th" | "caption" | "table" | "thead" | "tbody" | "tfoot" | "html" | "body");
        let mut found = None;
        for (i, open) in self.stack.iter().enumerate().rev().take(REACH) {
            if open.name == wanted {
                found = Some(i);
                break;
            }
            if !outside && barrier.contains(&open.name) || name != "table" && open.name == key("table") {
                break;
            }
        }
        let Some(found) = found else { return };
        while self.stack.len() > found + 1 {
            self.pop();
        }
        self.pop_at(at);
    }

    fn pop(&mut self) {
        self.pop_at(usize::MAX);
    }

    /// Ends the innermost element; its end tag stands at `at` of the source.
    fn pop_at(&mut self, at: usize) {
        let Some(open) = self.stack.pop() else { return };
        if let Some(count) = self.counts.get_mut(&open.name) {
            *count = count.saturating_sub(1);
        }
        self.silent = self.silent.saturating_sub(u32::from(open.hidden));
        match open.undo {
            Undo::Nothing => {
                if open.name == key("title") {
                    self.in_title = false;
                }
            }
            Undo::Block => self.open_block(),
            Undo::Kind => {
                self.kinds.pop();
                self.open_block();
            }
            Undo::List => {
                self.lists = self.lists.saturating_sub(1);
                self.open_block();
            }
            Undo::Silence => self.silent = self.silent.saturating_sub(1),
            Undo::Pre => {
                self.pre = self.pre.saturating_sub(1);
                self.open_block();
            }
            Undo::Cell { from } => {
                self.kinds.pop();
                self.open_block();
                self.unlay(from);
            }
            Undo::Table => {
                self.tables.pop();
                self.open_block();
            }
            Undo::Raised { from, count, source, sup } => {
                if count == self.out.count() && self.silent == 0 {
                    self.raised(from, source..at.max(source).min(self.source.len()), sup);
                }
            }
        }
    }

    /// Pops up to the nearest open `name` that stands inside none of `within`.
    fn close_within(&mut self, name: &str, within: &[&str]) {
        if self.counts.get(&key(name)).copied().unwrap_or(0) == 0 {
            return;
        }
        let mut found = None;
        for (i, open) in self.stack.iter().enumerate().rev().take(REACH) {
            if open.name == key(name) {
                found = Some(i);
                break;
            }
            if within.iter().any(|w| open.name == key(w)) {
                break;
            }
        }
        while found.is_some_and(|f| self.stack.len() > f) {
            self.pop();
        }
    }

    fn close_cell(&mut self) {
        self.close_within("td", &["table"]);
        self.close_within("th", &["table"]);
    }

    fn cell(&mut self, name: &str, raw: &str, hidden: bool) {
        self.close_cell();
        let span = |wanted: &str, most: u32| {
            let value = attributes(raw).find(|a| a.0.eq_ignore_ascii_case(wanted)).map(|a| a.1);
            value.and_then(|v| v.trim().parse::<u32>().ok()).unwrap_or(1).clamp(1, most)
        };
        let kind = match self.tables.last_mut() {
            Some(table) => table.cell(span("colspan", 1000), span("rowspan", 65_534), name == "th"),
            None => self.base.0,
        };
        let from = self.out.count();
        self.kinds.push((kind, 0));
        self.open_block();
        self.push(name, Undo::Cell { from }, hidden);
    }

    /// Takes back that blocks stand in a cell where the table lays out the page.
    fn unlay(&mut self, from: usize) {
        let base = self.kinds.last().copied().unwrap_or(self.base);
        let blocks = self.out.blocks_from(from);
        let chars: usize = blocks.iter().map(|b| b.span.len()).sum();
        if blocks.len() > CELL_BLOCKS && chars > CELL_CHARS * 3 {
            for block in blocks.iter_mut().filter(|b| matches!(b.kind, BlockKind::Cell(_))) {
                (block.kind, block.level) = base;
            }
        }
    }

    /// Settles what a raised or lowered passage is.
    fn raised(&mut self, from: usize, source: Range<usize>, up: bool) {
        let before = self.out.before(from).trim_end().chars().next_back();
        match raised(before, self.out.tail(from), up) {
            Raised::Keep => {}
            Raised::Drop => self.out.truncate(from),
            Raised::As(text) => {
                self.out.truncate(from);
                self.out.replaced(&text, source);
            }
        }
    }

    fn metadata(&mut self, raw: &str) {
        let find = |wanted: &str| attributes(raw).find(|a| a.0.eq_ignore_ascii_case(wanted)).map(|a| a.1);
        let Some(content) = find("content") else { return };
        let Some(name) =
            find("property").or_else(|| find("name")).or_else(|| find("itemprop")).or_else(|| find("http-equiv"))
        else {
            return;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "article:published_time"
            | "og:published_time"
            | "og:release_date"
            | "publishdate"
            | "publish_date"
            | "publish-date"
            | "pubdate"
            | "publish_time"
            | "datepublished"
            | "date"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.created"
            | "weibo: article:create_at"
            | "apub:time"
            | "parsely-pub-date"
            | "sailthru.date" => self.meta.date = date::metadata_date(content).or(self.meta.date),
            "og:site_name" | "application-name" | "publisher" | "source" | "mediaid" | "dc.publisher" => {
                let source = decoded(content).trim().to_owned();
                if self.meta.source.is_none() && !source.is_empty() {
                    self.meta.source = Some(source);
                }
            }
            "content-language" | "og:locale" => self.meta.lang = self.meta.lang.or_else(|| lang_of(content)),
            _ => {}
        }
    }
}

impl Table {
    fn next_row(&mut self) {
        self.row = Some(self.row.map_or(0, |r| r.saturating_add(1)));
        self.column = 0;
        for hanging in &mut self.hanging {
            hanging.2 -= 1;
        }
        self.hanging.retain(|h| h.2 > 0);
    }

    fn cell(&mut self, columns: u32, rows: u32, header: bool) -> BlockKind {
        let row = *self.row.get_or_insert(0);
        // What hangs down from rows above stands in the way; its cells of this row were added by this row.
        while let Some(h) = self.hanging.iter().find(|h| (h.0..h.0.saturating_add(h.1)).contains(&self.column)) {
            self.column = h.0.saturating_add(h.1);
        }
        let column = self.column;
        self.column = column.saturating_add(columns);
        if rows > 1 && self.hanging.len() < 256 {
            self.hanging.push((column, columns, rows));
        }
        BlockKind::Cell(Cell { table: self.number, row, column, header: header || self.head })
    }
}

/// Where a page title ends and the name of its site begins, in bytes.
fn site_suffix(title: &str) -> usize {
    let marks = ["_", "|", "｜", " - ", " – ", " — ", "--", "-"];
    marks
        .iter()
        .filter_map(|m| {
            title.find(m).filter(|i| {
                *m != "-" || !title.is_ascii() && title[..*i].chars().filter(|c| is_ideograph(*c)).count() > 6
            })
        })
        .filter(|i| title[..*i].trim().chars().count() >= 4)
        // A dash between figures is a range.
        .filter(|i| {
            !title[..*i].ends_with(|c: char| c.is_ascii_digit())
                || !title[i + 1..].starts_with(|c: char| c.is_ascii_digit())
        })
        .min()
        .unwrap_or(title.len())
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figure"
            | "form"
            | "header"
            | "hgroup"
            | "legend"
            | "main"
            | "search"
            | "section"
            | "summary"
            | "option"
            | "optgroup"
            | "head"
            | "frameset"
    )
}

/// A tag's name in lower case; `None` where it is longer than any that matters.
fn lowered<'b>(name: &str, space: &'b mut [u8; 16]) -> Option<&'b str> {
    let bytes = name.as_bytes();
    let space = space.get_mut(..bytes.len())?;
    space.copy_from_slice(bytes);
    space.make_ascii_lowercase();
    std::str::from_utf8(space).ok()
}

/// A name as a number: names of up to eight bytes are told apart, longer ones nearly always.
fn key(name: &str) -> u64 {
    name.bytes().fold(0u64, |k, b| k.rotate_left(8) ^ u64::from(b))
}

/// Whether attributes hide an element.
fn is_hidden(raw: &str) -> bool {
    if raw.len() < 6 || !raw.bytes().any(|b| matches!(b, b'h' | b'H' | b'd' | b'D')) {
        return false;
    }
    attributes(raw).any(|(name, value)| {
        name.eq_ignore_ascii_case("hidden") && !value.eq_ignore_ascii_case("until-found")
            || name.eq_ignore_ascii_case("style") && {
                let style: String =
                    value.chars().filter(|c| !c.is_whitespace()).take(4096).collect::<String>().to_ascii_lowercase();
                style.contains("display:none") || style.contains("visibility:hidden")
            }
    })
}
