//! Findings → diagnostics. Enters: the findings of a check and the drafts they touch. Leaves: a mark on every figure of a draft that a
//! finding speaks of, with the other sides as related places, also in other files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::draft::Draft;
use super::position::{Position, range};
use super::uri;
use super::worker::Worker;
use crate::model::{Camp, Claim, Corpus, Document, DocumentId, FindClaim, Finding, Format, Road, Severity};
use crate::report::plain;
use crate::text::{LineIndex, Plain, Span};

/// The most places that one diagnostic names.
const RELATED: usize = 10;
/// Characters of a sentence that stand on each side of a figure.
const AROUND: usize = 60;

/// A figure of a draft that a finding speaks of.
#[derive(Debug, PartialEq)]
pub(super) struct Mark {
    /// Its bytes in the draft's text.
    pub bytes: (u32, u32),
    /// The number of the finding.
    pub finding: usize,
    /// The number of the place in the finding.
    pub place: usize,
    /// What the client is sent.
    pub diagnostic: Value,
}

/// An open document as it was checked.
pub(super) struct Shown {
    pub draft: Draft,
    pub lines: LineIndex,
    /// Its document; `None` where nothing could be read of it.
    pub document: Option<DocumentId>,
    pub marks: Vec<Mark>,
}

impl Shown {
    pub fn new(draft: Draft, corpus: &Corpus, archived: usize) -> Self {
        let at = corpus.documents[archived..].iter().position(|d| d.path == draft.name);
        let document = at.map(|i| DocumentId((archived + i) as u32));
        Self { lines: LineIndex::new(&draft.text), draft, document, marks: Vec::new() }
    }

    /// The bytes of a span of its document in the draft's text.
    pub fn bytes(&self, document: &Document, span: Span<Plain>) -> (u32, u32) {
        let (start, end) = document.map.to_file(document.map.to_source(span));
        let most = self.draft.text.len() as u32;
        (start.min(most), end.min(most))
    }

    /// Its claims.
    pub fn claims<'c>(&self, corpus: &'c Corpus) -> impl Iterator<Item = &'c Claim> {
        let document = self.document;
        let articles = corpus.articles.iter().zip(&corpus.claims_of).filter(move |(a, _)| Some(a.document) == document);
        articles.flat_map(|(_, range)| &corpus.claims[range.start as usize..range.end as usize])
    }
}

/// The document, sentence and span of one place of a finding.
pub(super) fn place<'a>(corpus: &'a Corpus, camp: &Camp) -> (DocumentId, &'a Document, Span<Plain>, Span<Plain>) {
    let (sentence, span) = match camp.claim {
        FindClaim::Claim(id) => {
            let claim = &corpus.claims[id.0 as usize];
            (claim.sentence, claim.span)
        }
        FindClaim::Words { sentence, span } => (sentence, span),
    };
    let document = corpus.article(sentence.article).document;
    (document, corpus.document_of(sentence.article), corpus.sentence(sentence).span, span)
}

/// The sentence around a figure, the figure in 【】, long ends cut.
pub(super) fn sentence(document: &Document, sentence: Span<Plain>, span: Span<Plain>) -> String {
    let text = document.plain();
    let part = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
    let (before, after) = (part(sentence.start, span.start), part(span.end, sentence.end));
    let head = match before.char_indices().rev().nth(AROUND) {
        Some((at, c)) => format!("…{}", &before[at + c.len_utf8()..]),
        None => before.to_owned(),
    };
    let tail = match after.char_indices().nth(AROUND) {
        Some((at, _)) => format!("{}…", &after[..at]),
        None => after.to_owned(),
    };
    plain(&format!("{head}【{}】{tail}", document.text(span))).into_owned()
}

/// Where a client finds a place: in a draft by its text, in a file by its lines; of a record only the line is known, of a Word file
/// nothing.
pub(super) fn location(worker: &Worker, drafts: &BTreeMap<String, Shown>, camp: &Camp) -> Value {
    let encoding = worker.client.encoding;
    let (id, document, _, span) = place(worker.desk.corpus(), camp);
    if let Some(shown) = drafts.values().find(|s| s.document == Some(id)) {
        let range = range(&shown.draft.text, &shown.lines, shown.bytes(document, span), encoding);
        return json!({"uri": shown.draft.uri, "range": range});
    }
    if let Some(record) = &document.record {
        let start = Position { line: record.line.saturating_sub(1), character: 0 }.json();
        return json!({"uri": uri::file(&record.file), "range": {"start": start, "end": start}});
    }
    let range = if document.format == Format::Docx {
        let start = Position { line: 0, character: 0 }.json();
        json!({"start": start, "end": start})
    } else {
        let source = document.map.to_source(span);
        range(&document.decoded, &document.lines, (source.start, source.end), encoding)
    };
    json!({"uri": uri::file(&document.path), "range": range})
}

/// The last part of a path.
pub(super) fn short(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Puts the marks of all findings on the drafts, in the order of the text.
pub(super) fn mark(worker: &Worker, drafts: &mut BTreeMap<String, Shown>) {
    let corpus = worker.desk.corpus();
    let mut marks: Vec<(String, Mark)> = Vec::new();
    for (number, finding) in worker.findings.iter().enumerate() {
        for (nth, camp) in finding.claims.iter().enumerate() {
            // Of a finding against a settled value, the first camp is the settled one: a draft that says so is right.
            if finding.road == Road::Fact && camp.camp == 0 {
                continue;
            }
            let (id, document, _, span) = place(corpus, camp);
            let Some(shown) = drafts.values().find(|s| s.document == Some(id)) else { continue };
            let diagnostic = diagnostic(worker, drafts, shown, finding, camp);
            let bytes = shown.bytes(document, span);
            marks.push((shown.draft.uri.clone(), Mark { bytes, finding: number, place: nth, diagnostic }));
        }
    }
    for (uri, mark) in marks {
        if let Some(shown) = drafts.get_mut(&uri) {
            shown.marks.push(mark);
        }
    }
    for shown in drafts.values_mut() {
        shown.marks.sort_by_key(|m| (m.bytes, m.finding));
    }
}

fn diagnostic(worker: &Worker, drafts: &BTreeMap<String, Shown>, shown: &Shown, finding: &Finding, at: &Camp) -> Value {
    let corpus = worker.desk.corpus();
    let (_, document, _, span) = place(corpus, at);
    let severity = match finding.severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Info => 3,
    };
    let mut message = plain(worker.client.language.of(&finding.message)).into_owned();
    let others = finding.claims.iter().filter(|c| c.camp != at.camp).take(RELATED);
    let mut out = json!({
        "range": range(&shown.draft.text, &shown.lines, shown.bytes(document, span), worker.client.encoding),
        "severity": severity,
        "source": "factlint",
        "code": finding.check,
        "data": {"fingerprint": finding.fingerprint},
    });
    if worker.client.related {
        let related = others.map(|c| {
            let (_, document, whole, span) = place(corpus, c);
            json!({"location": location(worker, drafts, c), "message": sentence(document, whole, span)})
        });
        out["relatedInformation"] = related.collect();
    } else {
        for c in others {
            let (_, document, whole, span) = place(corpus, c);
            let line = document.positions(span).0.line;
            let (path, said) = (plain(short(&document.path)), sentence(document, whole, span));
            let _ = write!(message, "\n{path}:{line} {said}");
        }
    }
    out["message"] = message.into();
    out
}
