//! Bytes of one format → documents. One file a format and one line in the registry. Enters: a name and bytes. Leaves: documents whose
//! plain text leads back to the bytes, and issues. Knows no article, no figure, no disk.

mod build;
mod date;
mod decode;
pub mod docx;
mod entity;
mod front;
mod html;
mod jsonl;
mod lines;
mod markdown;
mod plain;
mod raised;
mod tags;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::{Block, Document, Exception, Format, Issue, IssueLevel, Lang, Text, Written};
use crate::text::{LineIndex, Plain, Segment, SourceMap, SourceOffsets, Span, is_word};

/// What came of one input.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The documents: one, or one for each record of a JSON Lines file; none where the input could not be read.
    pub documents: Vec<Document>,
    /// What was wrong with it.
    pub issues: Vec<Issue>,
}

/// What a format's reader makes of decoded text.
struct Body {
    /// Plain text and its way back; `None` where the decoded text is the plain text.
    stripped: Option<(String, Vec<Segment>)>,
    blocks: Vec<Block>,
    meta: Meta,
    /// What the user should know, each with its place in the decoded text.
    doubts: Vec<(usize, Text)>,
    /// What it asks to let stand.
    remarks: Vec<Remark>,
}

/// A request to let findings stand, as read.
struct Remark {
    /// Its place in the decoded text.
    at: usize,
    written: Written,
    checks: Vec<String>,
    reason: Option<String>,
    /// The passage it speaks of; `None` for the whole document.
    reach: Option<Span<Plain>>,
}

/// What a document says of itself.
#[derive(Debug, Default)]
struct Meta {
    title: Option<String>,
    date: Option<Date>,
    source: Option<String>,
    lang: Option<Lang>,
}

/// The format that a file's name tells, by its ending; `None` for a kind that is not read.
pub fn format_of(name: &str) -> Option<Format> {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    match ending.as_deref() {
        Some("txt" | "text") => Some(Format::Text),
        Some("md" | "markdown") => Some(Format::Markdown),
        Some("html" | "htm" | "xhtml") => Some(Format::Html),
        Some("jsonl" | "ndjson") => Some(Format::JsonLines),
        Some("docx" | "docm") => Some(Format::Docx),
        _ => None,
    }
}

/// Reads `bytes` as `format`. `name` is the path as the user gave it; it stands in the documents and the issues.
pub fn load(name: &str, bytes: &[u8], format: Format) -> Loaded {
    let mut out = Loaded::default();
    let mut issue = |line, level, message| out.issues.push(Issue { path: name.into(), line, level, message });
    if format == Format::Docx {
        match docx::read(bytes) {
            Ok(word) => {
                let body = Body {
                    stripped: None,
                    blocks: word.blocks,
                    meta: Meta::default(),
                    doubts: Vec::new(),
                    remarks: Vec::new(),
                };
                let mut document = document(name.into(), format, word.text, SourceOffsets::Utf8 { mark: 0 }, body);
                document.resolved = word.resolved;
                out.documents.push(document);
                warn_empty(&mut out);
            }
            Err(message) => issue(None, IssueLevel::Error, message),
        }
        return out;
    }
    let label = if format == Format::Html { html::charset(bytes) } else { None };
    let decoded = match decode::decode(bytes, label) {
        Ok(decoded) => decoded,
        Err(message) => {
            issue(None, IssueLevel::Error, message);
            return out;
        }
    };
    for (line, message) in decoded.doubts {
        issue(line, IssueLevel::Warning, message);
    }
    let format = match format {
        // Articles are kept as text files with a head of metadata and a body of HTML or Markdown, and pages as text files.
        Format::Text if front::front_matter(&decoded.text).is_some_and(|f| f.is_telling()) => Format::Markdown,
        Format::Text if html::is_page(&decoded.text) => Format::Html,
        _ => format,
    };
    let body = match format {
        Format::JsonLines => {
            jsonl::read(name, &decoded.text, &mut out);
            return out;
        }
        Format::Markdown => markdown::read(&decoded.text),
        Format::Html => html::read(&decoded.text),
        Format::Text | Format::Docx => plain::read(&decoded.text),
    };
    let mut body = body;
    let mut doubts = std::mem::take(&mut body.doubts);
    for remark in body.remarks.iter().filter(|r| r.reason.is_none()) {
        let message = Text::new(
            "例外没有写理由，未采用；请写成 <!-- factlint-ignore 检查项: 理由 -->",
            "an exception without a reason is not heeded; write <!-- factlint-ignore CHECK: reason -->",
        );
        doubts.push((remark.at, message));
    }
    let document = document(name.into(), format, decoded.text, decoded.offsets, body);
    let line = |at: usize| Some(document.lines.position(&document.decoded, at as u32).line);
    for (at, message) in doubts {
        issue(line(at), IssueLevel::Warning, message);
    }
    if let Some(at) = turning_mark(&document.decoded) {
        issue(
            line(at),
            IssueLevel::Warning,
            Text::new(
                "含有改变书写方向的隐藏字符，显示的数字可能与原文不同",
                "hidden characters turn the direction of writing: figures may not read as shown",
            ),
        );
    }
    out.documents.push(document);
    warn_empty(&mut out);
    out
}

/// Where the first character stands that turns the direction of writing.
fn turning_mark(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xE2, bytes)
        .find(|i| matches!(bytes.get(i + 1..i + 3), Some([0x80, 0xAA..=0xAE] | [0x81, 0xA6..=0xA9])))
}

/// Says so where the document that was read last holds no letter of text.
fn warn_empty(out: &mut Loaded) {
    let Some(document) = out.documents.last().filter(|d| !d.plain().chars().any(is_word)) else { return };
    let message = Text::new("没有可读的文字", "nothing to read: the file holds no letter of text");
    out.issues.push(Issue { path: document.path.clone(), line: None, level: IssueLevel::Warning, message });
}

fn document(path: String, format: Format, decoded: String, offsets: SourceOffsets, body: Body) -> Document {
    let (stripped, map) = match body.stripped {
        Some((text, segments)) => (Some(text), SourceMap::new(segments, offsets)),
        None => (None, SourceMap::identity(decoded.len(), offsets)),
    };
    let lines = LineIndex::new(&decoded);
    let exception = |remark: Remark| {
        Some(Exception {
            written: remark.written,
            line: lines.position(&decoded, remark.at as u32).line,
            checks: remark.checks,
            reason: remark.reason?,
            reach: remark.reach,
        })
    };
    let exceptions = body.remarks.into_iter().filter_map(exception).collect();
    Document {
        path,
        record: None,
        format,
        lines,
        decoded,
        stripped,
        map,
        title: body.meta.title.filter(|t| !t.trim().is_empty()),
        date: body.meta.date,
        source: body.meta.source,
        lang: body.meta.lang,
        blocks: body.blocks,
        exceptions,
        resolved: BTreeSet::new(),
    }
}

/// The language that a tag such as `zh-CN` names, where it is one that is read.
fn lang_of(tag: &str) -> Option<Lang> {
    let tag = tag.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    match tag.split(['-', '_']).next() {
        Some("zh" | "cmn" | "yue") => Some(Lang::Zh),
        Some("en") => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
