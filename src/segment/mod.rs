//! Document → articles, blocks, sentences. Enters: one document. Leaves: its articles with their titles, dates, bylines and sentences.
//! Knows no figure.

use crate::lang::sentence::sentences;
use crate::model::{Article, Block, BlockKind, Document, DocumentId, Lang, Sentence};
use crate::text::{Span, is_ideograph, is_word};

/// A line longer than this, in characters, is no title.
const TITLE: usize = 50;

/// The articles of `document`, in text order; at least one where it holds a letter of text.
pub fn segment(document: &Document, id: DocumentId) -> Vec<Article> {
    let text = document.plain();
    let blocks: Vec<Block> = document.blocks.iter().filter(|b| b.span.of(text).contains(is_word)).cloned().collect();
    if blocks.is_empty() {
        return Vec::new();
    }
    vec![article(document, id, 0, blocks)]
}

fn article(document: &Document, id: DocumentId, ordinal: u32, mut blocks: Vec<Block>) -> Article {
    let text = document.plain();
    let several = blocks.len() > 1;
    if !blocks.iter().any(|b| b.kind == BlockKind::Title)
        && let Some(first) = blocks.first_mut()
        && several
        && first.kind == BlockKind::Paragraph
        && is_title_like(first.span.of(text))
    {
        first.kind = BlockKind::Title;
    }
    for block in &mut blocks {
        if several && block.kind == BlockKind::Paragraph && is_title_like(block.span.of(text)) {
            block.kind = BlockKind::Heading;
        }
    }
    let title = blocks.iter().find(|b| b.kind == BlockKind::Title).map(|b| b.span);
    let lead = blocks.iter().position(|b| b.kind == BlockKind::Paragraph);
    let mut all = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        for span in sentences(text, block.span) {
            all.push(Sentence { span, kind: block.kind, block: i as u32, lead: lead == Some(i) });
        }
    }
    let span = blocks.first().zip(blocks.last()).map(|(a, b)| a.span.cover(b.span)).unwrap_or_default();
    Article {
        document: id,
        ordinal,
        span,
        title,
        title_text: match (title, &document.title) {
            (Some(title), _) => title.of(text).to_owned(),
            (None, Some(named)) => named.clone(),
            (None, None) => String::new(),
        },
        date: document.date,
        byline: None,
        lang: document.lang.unwrap_or_else(|| lang_of(text, span)),
        sentences: all,
    }
}

/// Whether a line looks like a title: short, and without a stop at its end.
fn is_title_like(line: &str) -> bool {
    let stops = ['。', '！', '？', '；', '：', '，', '.', '!', '?', ';', ':', ',', '…', '”', '"', '、', '」', '』'];
    line.chars().count() <= TITLE && !line.ends_with(stops) && line.contains(is_word)
}

/// The language by script: Chinese where ideographs make up a fair part of the letters.
fn lang_of(text: &str, span: Span<crate::text::Plain>) -> Lang {
    let (mut han, mut latin) = (0usize, 0usize);
    for c in span.of(text).chars().take(4000) {
        han += usize::from(is_ideograph(c));
        latin += usize::from(c.is_ascii_alphabetic());
    }
    // A Chinese word is two characters, an English one about five.
    if han * 5 >= latin { Lang::Zh } else { Lang::En }
}
