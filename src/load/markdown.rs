//! Markdown, with front matter and inline HTML. Enters: decoded text. Leaves: plain text with blocks, and metadata. Code, formulas'
//! fences, link targets, image descriptions, struck-out text and front-matter keys are not text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::build::{Builder, joins_without_space};
use super::front::{Front, front_matter};
use super::lines::wraps;
use super::{Body, Meta, date, lang_of};
use crate::model::{BlockKind, Cell};

/// Reads Markdown.
pub(super) fn read(text: &str) -> Body {
    let front = front_matter(text).unwrap_or_default();
    let mut reader = Reader::new(text);
    let meta = reader.front(&front);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let base = front.body;
    for (event, range) in Parser::new_ext(&text[base..], options).into_offset_iter() {
        reader.event(event, range.start + base..range.end + base);
    }
    let built = reader.out.finish();
    Body { stripped: Some((built.text, built.segments)), blocks: built.blocks, meta }
}

struct Reader<'a> {
    text: &'a str,
    out: Builder<'a>,
    /// Depth of what is not text: images, struck-out passages, code blocks.
    silent: u32,
    lists: u8,
    quotes: u32,
    notes: u32,
    titled: bool,
    table: u32,
    row: u32,
    column: u32,
    header: bool,
    /// The open paragraph's line ends: where each stands in the source, and whether it is only a wrap.
    breaks: Vec<(usize, bool)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            out: Builder::new(text),
            silent: 0,
            lists: 0,
            quotes: 0,
            notes: 0,
            titled: false,
            table: 0,
            row: 0,
            column: 0,
            header: false,
            breaks: Vec::new(),
        }
    }

    fn front(&mut self, front: &Front) -> Meta {
        let title: String = front.title.iter().map(|p| p.1.as_str()).collect();
        if !title.is_empty() {
            self.out.block(BlockKind::Title, 0);
            for (range, piece) in &front.title {
                self.out.replaced(piece, range.clone());
            }
            self.out.close();
        }
        Meta {
            title: Some(title),
            date: front.date.as_deref().and_then(date::metadata_date),
            source: front.source.clone(),
            lang: front.lang.as_deref().and_then(lang_of),
        }
    }

    fn paragraph_kind(&self) -> (BlockKind, u8) {
        if self.notes > 0 {
            (BlockKind::Note, 0)
        } else if self.lists > 0 {
            (BlockKind::ListItem, self.lists - 1)
        } else if self.quotes > 0 {
            (BlockKind::Quote, 0)
        } else {
            (BlockKind::Paragraph, 0)
        }
    }

    fn open(&mut self) {
        let (kind, level) = self.paragraph_kind();
        self.out.block(kind, level);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, &range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(piece) if self.silent == 0 => self.out.replaced(&piece, range),
            Event::SoftBreak if self.silent == 0 => self.soft_break(range),
            Event::HardBreak if self.silent == 0 => self.out.close(),
            Event::Rule => self.open(),
            Event::Code(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_)
                if self.silent == 0 && !self.out.is_fresh() =>
            {
                self.out.replaced(" ", range);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.open();
                self.line_ends(range);
            }
            Tag::Heading { level, .. } => {
                let level = *level as u8 - 1;
                let kind = if level == 0 && !self.titled { BlockKind::Title } else { BlockKind::Heading };
                self.titled |= level == 0;
                self.out.block(kind, level);
            }
            Tag::BlockQuote(_) => {
                self.quotes += 1;
                self.open();
            }
            Tag::List(_) => self.lists = self.lists.saturating_add(1),
            Tag::Item => self.open(),
            Tag::FootnoteDefinition(_) => {
                self.notes += 1;
                self.open();
            }
            Tag::TableHead => (self.row, self.column, self.header) = (0, 0, true),
            Tag::TableRow => (self.row, self.column, self.header) = (self.row + 1, 0, false),
            Tag::TableCell => self.out.block(
                BlockKind::Cell(Cell { table: self.table, row: self.row, column: self.column, header: self.header }),
                0,
            ),
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.open();
                self.silent += 1;
            }
            Tag::Image { .. } => self.silent += 1,
            Tag::Strikethrough => self.silent += u32::from(self.text[range.clone()].starts_with("~~")),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => {
                self.out.close();
                self.breaks.clear();
            }
            TagEnd::BlockQuote(_) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.open();
            }
            TagEnd::List(_) => {
                self.lists = self.lists.saturating_sub(1);
                self.open();
            }
            TagEnd::FootnoteDefinition => {
                self.notes = self.notes.saturating_sub(1);
                self.open();
            }
            TagEnd::TableCell => {
                self.out.close();
                self.column += 1;
            }
            TagEnd::Table => {
                self.table += 1;
                self.open();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.silent = self.silent.saturating_sub(1);
                self.open();
            }
            TagEnd::Image => self.silent = self.silent.saturating_sub(1),
            TagEnd::Strikethrough => {
                self.silent = self.silent.saturating_sub(u32::from(self.text[range.clone()].starts_with("~~")));
            }
            _ => {}
        }
    }

    /// Looks at the lines of a paragraph, to tell its wraps from line ends that end a paragraph (as Chinese texts have them).
    fn line_ends(&mut self, range: &Range<usize>) {
        self.breaks.clear();
        let source = self.text[range.clone()].trim_end();
        if !source.contains('\n') {
            return;
        }
        let lines: Vec<&str> = source.split('\n').collect();
        let mut at = range.start;
        for (line, wrap) in lines.iter().zip(wraps(&lines, true)) {
            at += line.len();
            self.breaks.push((at, wrap));
            at += 1;
        }
    }

    fn soft_break(&mut self, range: Range<usize>) {
        let i = self.breaks.partition_point(|b| b.0 < range.start);
        if self.breaks.get(i).is_some_and(|b| !b.1) {
            self.out.close();
            return;
        }
        let before = self.out.tail(0).chars().next_back().unwrap_or(' ');
        let after = self.text[range.end..].trim_start_matches(['>', ' ', '\t', '*', '_']).chars().next();
        if before != ' ' && !joins_without_space(before, after) {
            self.out.replaced(" ", range);
        }
    }
}
