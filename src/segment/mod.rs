//! Document → articles, blocks, sentences. Enters: one document. Leaves: its articles with their titles, dates, bylines and sentences.
//! Knows no figure.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::Date;

use crate::lang::layout::{Dateline, Layout};
use crate::lang::sentence::sentences;
use crate::model::{Article, Block, BlockKind, Document, DocumentId, Lang, Sentence};
use crate::text::{Plain, Span, is_ideograph, is_word};

/// A line longer than this, in columns, is no title.
const TITLE: usize = 100;
/// So many blocks at the head of an article may hold its date and byline.
const HEAD: usize = 8;
/// An article that stands with others in a file has more running text than this, in bytes.
const OWN: usize = 60;
/// A dateline is at most so many days older than the day that the file names.
const AGE: i32 = 15;
/// A paragraph shorter than this, in columns, and without a stop is no lead.
const LEAD: usize = 40;

/// The articles of `document`, in text order; at least one where it holds a letter of text.
///
/// A file may hold several without a mark between them: a new one begins at a line like a title that follows a signed
/// paragraph or a line such as `相关报道`, or that stands before the opening of a report (`本报讯`, a dateline).
pub fn segment(document: &Document, id: DocumentId, layout: &Layout) -> Vec<Article> {
    let text = document.plain();
    let blocks: Vec<Block> = document.blocks.iter().filter(|b| b.span.of(text).contains(is_word)).cloned().collect();
    let lines = Lines::new(text, &blocks, layout);
    let mut articles = Vec::new();
    for (i, range) in ranges(document, &blocks, &lines).into_iter().enumerate() {
        let reader = Reader { document, text, layout, lines: &lines, first: range.start };
        articles.push(reader.article(id, i as u32, blocks[range].to_vec()));
    }
    articles
}

/// What is asked of the lines of a document more than once.
struct Lines<'a> {
    texts: Vec<&'a str>,
    layout: &'a Layout,
    /// Whether each looks like a title.
    titles: Vec<bool>,
    datelines: Vec<OnceCell<Option<Dateline>>>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, blocks: &[Block], layout: &'a Layout) -> Self {
        let texts: Vec<&str> = blocks.iter().map(|b| b.span.of(text)).collect();
        let titles = texts.iter().map(|line| is_title_like(line)).collect();
        let datelines = vec![OnceCell::new(); texts.len()];
        Self { texts, layout, titles, datelines }
    }

    fn dateline(&self, i: usize) -> Option<&Dateline> {
        let line = self.texts.get(i)?;
        self.datelines[i].get_or_init(|| self.layout.dateline(line)).as_ref()
    }

    fn opens_body(&self, i: usize) -> bool {
        self.layout.opens_body_with(self.texts[i], || self.dateline(i).is_some_and(Dateline::opens))
    }
}

/// The blocks of each article.
fn ranges(document: &Document, blocks: &[Block], lines: &Lines) -> Vec<Range<usize>> {
    let layout = lines.layout;
    let line = |i: usize| lines.texts.get(i).copied().unwrap_or("");
    let flows: Vec<bool> =
        blocks.iter().zip(&lines.titles).map(|(b, title)| b.kind == BlockKind::Paragraph && !title).collect();
    // Running text before each block, in bytes.
    let mut flowed = vec![0; blocks.len() + 1];
    for (i, block) in blocks.iter().enumerate() {
        flowed[i + 1] = flowed[i] + if flows[i] { block.span.len() } else { 0 };
    }
    let heads = |i: usize| {
        blocks.get(i).is_some_and(|b| match b.kind {
            BlockKind::Title => true,
            BlockKind::Paragraph => !flows[i] && is_headline(line(i)) && lines.dateline(i).is_none(),
            BlockKind::Heading => b.level == 0,
            _ => false,
        })
    };
    let mut starts = vec![0];
    for i in 1..blocks.len() {
        let last = starts.last().copied().unwrap_or(0);
        // An article has running text of its own before the next one begins, and so has the next one.
        if flowed[i] - flowed[last] < OWN || flowed[blocks.len()] - flowed[i] < OWN || !heads(i) {
            continue;
        }
        // Lines between the title and the text: a subtitle, a stamp, a byline.
        let body = (i + 1..(i + 4).min(blocks.len())).find(|j| flows[*j] || lines.opens_body(*j));
        let opens = body.is_some_and(|j| lines.opens_body(j));
        // A file that names its title is one article, unless a report opens in it.
        let several = document.title.is_none() && (flows.get(i + 1) == Some(&true) || flows.get(i + 2) == Some(&true));
        let signed = several && layout.ends_signed(line(i - 1));
        let related = several && layout.is_related(line(i - 1));
        if opens || signed || related {
            starts.push(i);
        }
    }
    starts
        .iter()
        .enumerate()
        .map(|(i, s)| *s..starts.get(i + 1).copied().unwrap_or(blocks.len()))
        .filter(|r| !r.is_empty())
        .collect()
}

struct Reader<'a> {
    document: &'a Document,
    text: &'a str,
    layout: &'a Layout,
    lines: &'a Lines<'a>,
    /// The first block of the article among those of the document.
    first: usize,
}

impl Reader<'_> {
    fn article(&self, id: DocumentId, ordinal: u32, mut blocks: Vec<Block>) -> Article {
        self.headings(&mut blocks);
        let title = blocks.iter().find(|b| b.kind == BlockKind::Title).map(|b| b.span);
        let (date, byline) = self.head(&blocks);
        let lead = self.lead(&blocks);
        let mut all = Vec::new();
        for (i, block) in blocks.iter().enumerate() {
            for span in sentences(self.text, block.span, self.layout) {
                all.push(Sentence { span, kind: block.kind, block: i as u32, lead: lead == Some(i) });
            }
        }
        let span = blocks.first().zip(blocks.last()).map(|(a, b)| a.span.cover(b.span)).unwrap_or_default();
        Article {
            document: id,
            ordinal,
            span,
            title,
            title_text: match (title, &self.document.title) {
                (Some(title), _) => title.of(self.text).to_owned(),
                (None, Some(named)) if ordinal == 0 => named.clone(),
                _ => String::new(),
            },
            date,
            byline,
            lang: lang_of(self.text, span, self.document.lang),
            sentences: all,
        }
    }

    /// Marks the title of a text without markup, and the short lines without a stop that head its parts.
    fn headings(&self, blocks: &mut [Block]) {
        let titles = &self.lines.titles[self.first..];
        let paragraphs: Vec<bool> =
            blocks.iter().zip(titles).map(|(b, title)| b.kind == BlockKind::Paragraph && !title).collect();
        if !paragraphs.contains(&true) {
            return;
        }
        let mut titled = blocks.iter().any(|b| b.kind == BlockKind::Title);
        let last = paragraphs.iter().rposition(|p| *p).unwrap_or(0);
        for (i, block) in blocks.iter_mut().enumerate() {
            if block.kind != BlockKind::Paragraph || paragraphs[i] || i > last {
                continue;
            }
            if self.lines.dateline(self.first + i).is_some_and(|d| d.furniture || d.byline.is_some()) {
                continue;
            }
            (block.kind, block.level) = if titled || i > 0 { (BlockKind::Heading, 1) } else { (BlockKind::Title, 0) };
            titled |= block.kind == BlockKind::Title;
        }
    }

    /// Date and byline of an article: its dateline, with the year from metadata or from a stamp in its head.
    fn head(&self, blocks: &[Block]) -> (Option<Date>, Option<Span<Plain>>) {
        let named = self.document.date;
        let (mut stamped, mut dated, mut byline, mut year) = (None, None, None, None);
        let body = blocks.iter().enumerate().filter(|(_, b)| b.kind != BlockKind::Title);
        for (i, (at, block)) in body.take(HEAD).enumerate() {
            let Some(line) = self.lines.dateline(self.first + at) else { continue };
            year = year.or(line.year);
            if line.furniture {
                // A stamp may stand below the text's first lines, a dateline may not.
                stamped = stamped.or_else(|| line.date(None));
            } else if i < HEAD / 2 && line.day.is_some() && dated.is_none() {
                dated = Some(line.clone());
            }
            let start = block.span.start as usize;
            byline = byline.or_else(|| line.byline.clone().map(|r| Span::new(start + r.start, start + r.end)));
        }
        if byline.is_none()
            && let Some(last) = blocks.last()
        {
            let start = last.span.start as usize;
            byline = self.layout.signature(last.span.of(self.text)).map(|r| Span::new(start + r.start, start + r.end));
        }
        let known = named.or(stamped);
        let near = |d: &Date| known.is_none_or(|k| k.since(*d).is_ok_and(|s| (-1..=AGE).contains(&s.get_days())));
        let date = dated
            .and_then(|line| match (line.year, known) {
                // `12月31日电` under a stamp of 2 January is last year's.
                (None, Some(known)) => {
                    line.date(Some(known.year())).filter(near).or_else(|| line.date(Some(known.year() - 1)))
                }
                _ => line.date(year),
            })
            // A dateline far from the day that the file names is another's.
            .filter(near)
            .or(known);
        (date, byline)
    }

    /// The block that leads: one marked so, else the first paragraph of running text. A short one without a figure is more likely a
    /// caption, and nothing is lost on it.
    fn lead(&self, blocks: &[Block]) -> Option<usize> {
        for (i, block) in blocks.iter().enumerate().take(HEAD) {
            match self.layout.is_lead(block.span.of(self.text)) {
                Some(true) => return (i + 1 < blocks.len()).then_some(i + 1),
                Some(false) => return Some(i),
                None => {}
            }
        }
        let stopped = |line: &str| line.contains(['。', '！', '？']) || line.ends_with('.');
        let fits = |says: &dyn Fn(&str) -> bool| {
            blocks.iter().enumerate().position(|(i, b)| {
                let line = b.span.of(self.text);
                b.kind == BlockKind::Paragraph
                    && says(line)
                    && !self.layout.is_retitle(line)
                    && !self.lines.dateline(self.first + i).is_some_and(|d| d.furniture)
            })
        };
        let figure = |line: &str| line.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'));
        fits(&|line| columns(line, LEAD) >= LEAD || (stopped(line) && figure(line)))
            .or_else(|| fits(&stopped))
            .or_else(|| blocks.iter().position(|b| b.kind == BlockKind::Paragraph))
    }
}

/// Whether a line looks like a title: short, and without a stop at its end.
fn is_title_like(line: &str) -> bool {
    let line = line.trim_end();
    let stops = ['。', '！', '？', '；', '：', '，', '.', ';', ':', ',', '…', '、', '”', '"', '」', '』', '）', ')'];
    // A title may end in a question, a quotation or a bracket, but not in a quoted sentence.
    let ends = match line.chars().next_back() {
        Some('！' | '？' | '!' | '?') => !line.chars().rev().skip(1).any(|c| matches!(c, '。' | '，')),
        Some('”' | '"' | '」' | '』' | '）' | ')') => {
            !line.chars().rev().nth(1).is_some_and(|c| matches!(c, '。' | '！' | '？' | '.' | '!' | '?' | '…'))
                && !line.contains('。')
        }
        _ => !line.ends_with(stops) && !line.contains('。'),
    };
    ends && columns(line, TITLE) < TITLE && line.contains(is_word)
}

/// Whether a line like a title can head an article of its own: long enough to say something, and not in brackets.
fn is_headline(line: &str) -> bool {
    let first = line.trim_start().chars().next();
    let words = line.chars().filter(|c| is_word(*c)).count();
    is_title_like(line)
        && words >= 8
        && !line.contains("://")
        && first.is_some_and(|c| is_word(c) || matches!(c, '“' | '《' | '"' | '‘' | '「'))
}

/// The width of a line in columns, counted up to `most`.
fn columns(line: &str, most: usize) -> usize {
    let mut width = 0;
    for c in line.chars() {
        width += if (c as u32) < 0x1100 { 1 } else { 2 };
        if width >= most {
            break;
        }
    }
    width
}

/// The language by script: Chinese where ideographs make up a fair part of the letters; what metadata says where letters are few.
fn lang_of(text: &str, span: Span<Plain>, named: Option<Lang>) -> Lang {
    let (mut han, mut latin) = (0usize, 0usize);
    for c in span.of(text).chars().take(8000) {
        han += usize::from(is_ideograph(c));
        latin += usize::from(c.is_ascii_alphabetic());
    }
    match named {
        Some(lang) if han + latin < 20 => lang,
        // Chinese texts are full of Latin names; English ones hold a Chinese name here and there.
        _ if han * 12 >= latin && (han > 0 || latin == 0) => Lang::Zh,
        _ => Lang::En,
    }
}
