//! Documents, the articles in them, their blocks and sentences.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Claim, Exception};
use crate::text::{LineIndex, Plain, Position, SourceMap, Span};

/// An input format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with front matter and inline HTML.
    Markdown,
    /// HTML.
    Html,
    /// One article a line.
    JsonLines,
    /// A Word document.
    Docx,
}

/// A language that the extractor reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Chinese, either script.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

/// The line of a JSON Lines file that a document came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The file.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
}

/// Index into [`Corpus::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// Index into [`Corpus::articles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u32);

/// A sentence: its article, and its index in that article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId {
    /// The article.
    pub article: ArticleId,
    /// Index into [`Article::sentences`].
    pub index: u32,
}

/// One input file, or one record of a JSON Lines file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Path as given, or the record's id.
    pub path: String,
    /// Where a record came from. Offsets of such a document address its `text` value, not the file.
    pub record: Option<Record>,
    /// Its format.
    pub format: Format,
    /// The file decoded to UTF-8, markup included.
    pub decoded: String,
    /// What a reader sees; `None` where that is `decoded` itself.
    pub stripped: Option<String>,
    /// Plain text → decoded source → file bytes.
    pub map: SourceMap,
    /// Lines of `decoded`.
    pub lines: LineIndex,
    /// Title from front matter, `<title>` or the record.
    pub title: Option<String>,
    /// Date from front matter, HTML metadata or the record.
    pub date: Option<Date>,
    /// Publisher or site, where metadata names one.
    pub source: Option<String>,
    /// Language that the record or the markup names.
    pub lang: Option<Lang>,
    /// Blocks in text order; they do not overlap.
    pub blocks: Vec<Block>,
    /// What it asks to let stand.
    pub exceptions: Vec<Exception>,
    /// Fingerprints of findings that people accepted in the document itself: our comments that were resolved in Word.
    pub resolved: BTreeSet<String>,
}

impl Document {
    /// What a reader sees: the text that all `Span<Plain>` of this document address.
    pub fn plain(&self) -> &str {
        self.stripped.as_deref().unwrap_or(&self.decoded)
    }

    /// The start and end of a span in the decoded source, as positions.
    pub fn positions(&self, span: Span<Plain>) -> (Position, Position) {
        let source = self.map.to_source(span);
        (self.lines.position(&self.decoded, source.start), self.lines.position(&self.decoded, source.end))
    }

    /// The text of a span.
    pub fn text(&self, span: Span<Plain>) -> &str {
        span.of(self.plain())
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's title: `<h1>`, `# …`, the title line of a text.
    Title,
    /// A heading below the title.
    Heading,
    /// A paragraph, or a line of a plain text.
    Paragraph,
    /// A list item.
    ListItem,
    /// A quotation block.
    Quote,
    /// A caption, a picture credit.
    Caption,
    /// A table cell.
    Cell(Cell),
    /// A footnote, header or footer.
    Note,
}

/// The place of a cell; all numbers from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Table within the document.
    pub table: u32,
    /// Row.
    pub row: u32,
    /// Column, spans counted.
    pub column: u32,
    /// Whether it heads its row or column.
    pub header: bool,
}

/// A block of the plain text: no sentence crosses its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span<Plain>,
    /// What it is.
    pub kind: BlockKind,
    /// For list items and headings: depth from 0; otherwise 0.
    pub level: u8,
}

/// One article of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its document.
    pub document: DocumentId,
    /// Its number in the document, from 0.
    pub ordinal: u32,
    /// All of it.
    pub span: Span<Plain>,
    /// The title as it stands in the text, where it does.
    pub title: Option<Span<Plain>>,
    /// The title in words, from the text or from metadata.
    pub title_text: String,
    /// Publication date: metadata, or the dateline with the year that metadata or the text gives.
    pub date: Option<Date>,
    /// Byline or source of the dateline: `新华社`, `记者 王建红`.
    pub byline: Option<Span<Plain>>,
    /// Its language.
    pub lang: Lang,
    /// Sentences in text order; the title, headings, list items and cells are sentences too.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, white space at its ends left out.
    pub span: Span<Plain>,
    /// The kind of its block.
    pub kind: BlockKind,
    /// The number of its block in the article, from 0; the first paragraph of the body is the lead.
    pub block: u32,
    /// Whether it belongs to the first paragraph of the body (or a block marked 导语).
    pub lead: bool,
}

/// All that was read in one run: what the steps after extraction work on.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Documents, sorted by path.
    pub documents: Vec<Document>,
    /// Articles, by document and place.
    pub articles: Vec<Article>,
    /// Claims, by article and place.
    pub claims: Vec<Claim>,
    /// For each article the range of its claims in `claims`.
    pub claims_of: Vec<std::ops::Range<u32>>,
}

impl Corpus {
    /// The article with this id.
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.0 as usize]
    }

    /// The document of an article.
    pub fn document_of(&self, id: ArticleId) -> &Document {
        &self.documents[self.article(id).document.0 as usize]
    }

    /// The claims of an article, in text order.
    pub fn claims_in(&self, id: ArticleId) -> &[Claim] {
        let range = &self.claims_of[id.0 as usize];
        &self.claims[range.start as usize..range.end as usize]
    }

    /// The text of a span in an article's document.
    pub fn text(&self, id: ArticleId, span: Span<Plain>) -> &str {
        self.document_of(id).text(span)
    }

    /// A sentence.
    pub fn sentence(&self, id: SentenceId) -> &Sentence {
        &self.article(id.article).sentences[id.index as usize]
    }
}
