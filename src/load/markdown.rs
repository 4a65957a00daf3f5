//! Markdown, with front matter and inline HTML. Enters: decoded text. Leaves: plain text with blocks, and metadata. Code, formulas'
//! , link targets, image descriptions, struck-out text and front-matter keys are not text.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::build::joins_without_space;
use super::front::{Front, front_matter};
use super::html::Html;
use super::lines::wraps;
use super::{Body, Remark, date, lang_of};
use crate::model::{BlockKind, Cell, Written, exception_words};

/// Reads Markdown.
pub(super) fn read(text: &str) -> Body {
    let front = front_matter(text).unwrap_or_default();
    let mut reader = Reader::new(text);
    reader.front(&front);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let base = front.body;
    for (event, range) in Parser::new_ext(&text[base..], options).into_offset_iter() {
        reader.event(event, range.start + base..range.end + base);
    }
    reader.html.finish()
}

#[allow(clippy::struct_excessive_bools)] // where in the text the reader stands; each of its own accord
struct Reader<'a> {
    text: &'a str,
    html: Html<'a>,
    /// Depth of what is not text: images, struck-out passages, code blocks.
    silent: u32,
    lists: u8,
    quotes: u32,
    notes: u32,
    /// Whether a block of HTML was read whole, so that its lines are not read again.
    whole: bool,
    /// Whether the open link is an address in angle brackets.
    address: bool,
    titled: bool,
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
            html: Html::new(text),
            silent: 0,
            lists: 0,
            quotes: 0,
            notes: 0,
            whole: false,
            address: false,
            titled: false,
            row: 0,
            column: 0,
            header: false,
            breaks: Vec::new(),
        }
    }

    fn front(&mut self, front: &Front) {
        let title: String = front.title.iter().map(|p| p.1.as_str()).collect();
        // A `<title>` inside Markdown is no title of it.
        self.html.titled = true;
        if !title.is_empty() {
            self.html.out.block(BlockKind::Title, 0);
            for (range, piece) in &front.title {
                self.html.out.replaced(piece, range.clone());
            }
            self.html.out.close();
        }
        self.html.meta.title = Some(title);
        self.html.meta.date = front.date.as_deref().and_then(date::metadata_date);
        self.html.meta.source.clone_from(&front.source);
        self.html.meta.lang = front.lang.as_deref().and_then(lang_of);
        for (at, words) in &front.exceptions {
            let (checks, reason) = exception_words(words);
            self.html.remarks.push((None, Remark { at: *at, written: Written::Head, checks, reason, reach: None }));
        }
        self.open();
    }

    /// Opens a block of the kind that the place gives.
    fn open(&mut self) {
        self.html.base = if self.notes > 0 {
            (BlockKind::Note, 0)
        } else if self.lists > 0 {
            (BlockKind::ListItem, self.lists - 1)
        } else if self.quotes > 0 {
            (BlockKind::Quote, 0)
        } else {
            (BlockKind::Paragraph, 0)
        };
        self.html.open_block();
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let heard = self.silent == 0 && !self.html.is_silent();
        match event {
            Event::Start(tag) => self.start(&tag, &range),
            Event::End(tag) => self.end(tag, &range),
            Event::Html(_) if self.whole => {}
            Event::Html(_) | Event::InlineHtml(_) if self.silent == 0 => self.html.feed(range),
            // A tab that only partly indents a list item comes as spaces with no place in the source: those are no text.
            Event::Text(_) if range.is_empty() => {}
            Event::Text(piece) if heard => self.html.out.replaced(&piece, range),
            Event::SoftBreak if heard => self.soft_break(range),
            Event::HardBreak if heard => self.html.out.close(),
            Event::Rule => self.open(),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) if heard => self.html.out.gap(range),
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
                self.html.out.block(kind, level);
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
            Tag::Table(_) => {
                self.html.begun += 1;
                self.open();
            }
            Tag::TableHead => (self.row, self.column, self.header) = (0, 0, true),
            Tag::TableRow => (self.row, self.column, self.header) = (self.row + 1, 0, false),
            Tag::TableCell => {
                let table = self.html.begun.saturating_sub(1);
                let cell = Cell { table, row: self.row, column: self.column, header: self.header };
                self.html.out.block(BlockKind::Cell(cell), 0);
            }
            Tag::CodeBlock(_) => {
                self.open();
                self.silent += 1;
            }
            Tag::HtmlBlock => {
                self.open();
                // Inside a list or quotation the lines carry its marks, and are read one by one.
                if self.lists == 0 && self.quotes == 0 && self.notes == 0 && self.silent == 0 {
                    self.whole = true;
                    self.html.feed(range.clone());
                }
            }
            // The text of such a link is an address.
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                if self.silent == 0 && !self.html.is_silent() {
                    self.html.out.gap(range.clone());
                }
                self.silent += 1;
                self.address = true;
            }
            Tag::Image { .. } => self.silent += 1,
            Tag::Strikethrough if self.is_struck(range) => self.silent += 1,
            Tag::Strikethrough => self.mark(range.start),
            Tag::Emphasis if self.is_product(range) => self.mark(range.start),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => {
                self.html.out.close();
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
                self.html.out.close();
                self.column += 1;
            }
            TagEnd::Table => self.open(),
            TagEnd::CodeBlock => {
                self.silent = self.silent.saturating_sub(1);
                self.open();
            }
            TagEnd::HtmlBlock => {
                self.whole = false;
                self.open();
            }
            TagEnd::Link if self.address => {
                self.address = false;
                self.silent = self.silent.saturating_sub(1);
            }
            TagEnd::Image => self.silent = self.silent.saturating_sub(1),
            TagEnd::Strikethrough if self.is_struck(range) => self.silent = self.silent.saturating_sub(1),
            TagEnd::Strikethrough => self.mark(range.end - 1),
            TagEnd::Emphasis if self.is_product(range) => self.mark(range.end - 1),
            _ => {}
        }
    }

    /// Two tildes strike out; one stands between the ends of a range, as in `3~5家`.
    fn is_struck(&self, range: &Range<usize>) -> bool {
        self.text[range.clone()].starts_with("~~")
    }

    /// One star between figures multiplies, as in `5*3*2`.
    fn is_product(&self, range: &Range<usize>) -> bool {
        let bytes = self.text.as_bytes();
        let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        bytes.get(range.start) == Some(&b'*') && digit(range.start.checked_sub(1)) && digit(Some(range.start + 1))
    }

    /// Keeps a mark that Markdown took for its own.
    fn mark(&mut self, at: usize) {
        if self.silent == 0 && !self.html.is_silent() {
            self.html.out.verbatim(at..at + 1);
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
            self.html.out.close();
            return;
        }
        let before = self.html.out.tail(0).chars().next_back().unwrap_or(' ');
        let after = self.text[range.end..].trim_start_matches(['>', ' ', '\t', '*', '_']).chars().next();
        if before != ' ' && !joins_without_space(before, after) {
            self.html.out.replaced(" ", range);
        }
    }
}
