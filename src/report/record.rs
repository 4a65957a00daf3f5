//! A claim as one record of machine-readable output (contract, "A claim"). Enters: a claim with its article and document. Leaves: a
//! structure that serialises to one JSON object. Knows no finding.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::{Article, Claim, Document, SentenceId};
use crate::quantity::{Bound, Decimal, plain_decimal, unit_info};
use crate::text::{Plain, Span};

/// The longest sentence that a record repeats whole, in bytes; of a longer one it gives the part around the figure.
const SENTENCE_LIMIT: usize = 4096;
/// Bytes that it gives on each side of the figure then.
const AROUND: usize = 400;

/// The quantity of a claim.
#[derive(Debug, Serialize)]
pub struct Value<'a> {
    low: Option<String>,
    high: Option<String>,
    low_closed: bool,
    high_closed: bool,
    point: Option<String>,
    hedge: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timex: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    negative: bool,
}

/// Where, when, against what and on whose word.
#[derive(Debug, Serialize)]
pub struct ScopeRecord<'a> {
    time: Option<&'a str>,
    place: Option<&'a str>,
    base: Option<&'static str>,
    aggregation: Option<&'static str>,
    status: &'static str,
    attribution: Option<&'a str>,
}

/// A place in the source: bytes of the file as given, code points of the decoded text, lines and columns from 1.
#[derive(Debug, Clone, Serialize)]
pub struct Place<'a> {
    /// Path as given, or the record's id.
    pub path: &'a str,
    /// Number of the article in the document, from 0.
    pub article: u32,
    /// First byte in the file.
    pub byte_start: u32,
    /// One past the last byte in the file.
    pub byte_end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column one past the end.
    pub end_column: u32,
    /// Code points before it in the decoded text.
    pub char_start: u32,
    /// Code points before its end.
    pub char_end: u32,
    /// The words as a reader sees them.
    pub text: &'a str,
    /// The slice of the decoded source, where markup inside it makes it another text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// The place of `span` in its document.
    pub fn new(document: &'a Document, article: &Article, span: Span<Plain>) -> Self {
        let source = document.map.to_source(span);
        let (start, end) = document.positions(span);
        let (byte_start, byte_end) = document.map.to_file(source);
        let text = document.text(span);
        let slice = source.of(&document.decoded);
        Self {
            path: &document.path,
            article: article.ordinal,
            byte_start,
            byte_end,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            char_start: start.chars,
            char_end: end.chars,
            text,
            source: (slice != text).then_some(slice),
        }
    }
}

/// A claim as a record.
#[derive(Debug, Serialize)]
pub struct ClaimRecord<'a> {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place<'a>,
    kind: &'static str,
    lang: &'static str,
    value: Value<'a>,
    unit: Option<&'a str>,
    base_unit: Option<&'a str>,
    measure: Option<&'a str>,
    head: Option<&'a str>,
    subject: Option<&'a str>,
    predicate: Option<&'a str>,
    scope: ScopeRecord<'a>,
    /// The sentence.
    pub sentence: Cow<'a, str>,
}

fn number(bound: Option<Bound>) -> Option<String> {
    bound.map(|b| plain_decimal(b.value))
}

fn value(claim: &Claim) -> Value<'_> {
    let q = &claim.quantity;
    let point = q.point.map(plain_decimal);
    let hedge = q.hedge.and_then(crate::model::Hedge::name);
    if let (true, Some(time)) = (q.kind.is_time(), &q.time) {
        return Value {
            low: time.first.map(|d| d.to_string()),
            high: time.last.map(|d| d.to_string()),
            low_closed: true,
            high_closed: true,
            point,
            hedge,
            timex: Some(&time.timex),
            seconds: None,
            negative: false,
        };
    }
    let seconds = (q.base_unit.as_deref() == Some("s")).then(|| nominal_seconds(claim)).flatten().map(plain_decimal);
    Value {
        low: number(q.literal.low),
        high: number(q.literal.high),
        low_closed: q.literal.low.is_some_and(|b| b.closed),
        high_closed: q.literal.high.is_some_and(|b| b.closed),
        point,
        hedge,
        timex: q.time.as_ref().map(|t| t.timex.as_str()),
        seconds,
        negative: q.negative,
    }
}

fn nominal_seconds(claim: &Claim) -> Option<Decimal> {
    let q = &claim.quantity;
    let by_point = || {
        let unit = unit_info(q.unit.as_deref()?)?;
        (unit.base == "s").then(|| q.point?.checked_mul(unit.factor)).flatten()
    };
    by_point().or_else(|| q.literal.single())
}

/// The sentence, cut to the part around `keep` where it is longer than [`SENTENCE_LIMIT`].
pub fn sentence_text(document: &Document, sentence: Span<Plain>, keep: Span<Plain>) -> Cow<'_, str> {
    let whole = document.text(sentence);
    if whole.len() <= SENTENCE_LIMIT || !sentence.contains(keep) {
        return Cow::Borrowed(whole);
    }
    let mut start = (keep.start - sentence.start) as usize;
    start = start.saturating_sub(AROUND);
    while !whole.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = ((keep.end - sentence.start) as usize + AROUND).min(whole.len());
    while !whole.is_char_boundary(end) {
        end += 1;
    }
    let (head, tail) = (if start > 0 { "…" } else { "" }, if end < whole.len() { "…" } else { "" });
    Cow::Owned(format!("{head}{}{tail}", &whole[start..end]))
}

/// The record of `claim`.
pub fn claim_record<'a>(document: &'a Document, article: &Article, claim: &'a Claim) -> ClaimRecord<'a> {
    let SentenceId { index, .. } = claim.sentence;
    let sentence = article.sentences.get(index as usize).map_or(claim.clause, |s| s.span);
    let words = |span: Option<Span<Plain>>| span.map(|s| document.text(s)).filter(|t| !t.is_empty());
    let scope = &claim.scope;
    ClaimRecord {
        place: Place::new(document, article, claim.span),
        kind: claim.kind().name(),
        lang: claim.lang.code(),
        value: value(claim),
        unit: claim.quantity.unit.as_deref(),
        base_unit: claim.quantity.base_unit.as_deref(),
        measure: words(claim.measure.map(|m| m.span)),
        head: words(claim.measure.map(|m| m.head)),
        subject: words(claim.subject),
        predicate: words(claim.predicate),
        scope: ScopeRecord {
            time: scope.time.as_ref().map(|t| t.timex.as_str()),
            place: words(scope.place),
            base: scope.base.map(|(b, _)| b.name()),
            aggregation: scope.aggregation.map(crate::model::Aggregation::name),
            status: scope.status.name(),
            attribution: words(scope.attribution),
        },
        sentence: sentence_text(document, sentence, claim.span),
    }
}
