//! `json`: one object with the version, the tool, the summary and every finding (contract, "A finding"). `jsonl`: one finding a line.
//! Both escape what would act on a terminal, and `<`, so that the bytes may be shown or put into a page as they are.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::Options;
use super::record::{ClaimRecord, Place, claim_record, sentence_text};
use crate::model::{Camp, Corpus, Evidence, FindClaim, Finding, Issue, IssueLevel, NearMiss, Report, Summary, Text};

/// Writes strings with every character that acts instead of showing itself, and `<`, as `\uXXXX`.
struct Quiet;

impl serde_json::ser::Formatter for Quiet {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Nearly all text is quiet: `<`, DEL and the lead bytes of the others (C2, D8, E2, EF, F3) decide quickly.
        let loud = |b: u8| matches!(b, b'<' | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF | 0xF3);
        if !fragment.bytes().any(loud) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| c == '<' || super::escape::acts(c)) {
            writer.write_all(&fragment.as_bytes()[from..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[from..])
    }
}

/// Writes `value` as one line of JSON that is safe to show anywhere.
pub fn to_json<W: Write, T: Serialize + ?Sized>(writer: W, value: &T) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(writer, Quiet)).map_err(io::Error::other)
}

#[derive(Serialize)]
struct WordsRecord<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    sentence: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Spot<'a> {
    Claim(Box<ClaimRecord<'a>>),
    Words(WordsRecord<'a>),
}

#[derive(Serialize)]
struct Location<'a> {
    #[serde(flatten)]
    spot: Spot<'a>,
    title: &'a str,
    date: Option<String>,
    camp: u32,
}

fn location<'a>(corpus: &'a Corpus, camp: &Camp) -> Location<'a> {
    let (article_id, spot) = match camp.claim {
        FindClaim::Claim(id) => {
            let claim = &corpus.claims[id.0 as usize];
            let (article, document) = (corpus.article(claim.article), corpus.document_of(claim.article));
            (claim.article, Spot::Claim(Box::new(claim_record(document, article, claim))))
        }
        FindClaim::Words { sentence, span } => {
            let (article, document) = (corpus.article(sentence.article), corpus.document_of(sentence.article));
            let place = Place::new(document, article, span);
            let sentence_span = corpus.sentence(sentence).span;
            (
                sentence.article,
                Spot::Words(WordsRecord { place, sentence: sentence_text(document, sentence_span, span) }),
            )
        }
    };
    let article = corpus.article(article_id);
    Location { spot, title: &article.title_text, date: article.date.map(|d| d.to_string()), camp: camp.camp }
}

#[derive(Serialize)]
struct Messages<'a> {
    zh: &'a str,
    en: &'a str,
}

fn both(text: &Text) -> Messages<'_> {
    Messages { zh: &text.zh, en: &text.en }
}

#[derive(Serialize)]
struct WhyRecord<'a> {
    matched: &'a [&'static str],
    differs: &'a [&'static str],
    unknown: &'a [&'static str],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    rules: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    anchors: &'a [String],
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    fingerprint: &'a str,
    check: &'a str,
    severity: &'static str,
    verdict: &'static str,
    confidence: f64,
    message: &'a str,
    messages: Messages<'a>,
    diagnosis: Option<&'a str>,
    road: &'static str,
    rule: Option<&'a str>,
    why: WhyRecord<'a>,
    claims: Vec<Location<'a>>,
    passages: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Value>,
}

#[derive(Serialize)]
struct ExceptedRecord<'a> {
    by: &'static str,
    reason: Option<&'a str>,
    finding: Value,
}

/// A score to two places, so that no machine prints it otherwise.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}

fn finding_record<'a>(report: &'a Report, finding: &'a Finding, options: Options) -> FindingRecord<'a> {
    FindingRecord {
        fingerprint: &finding.fingerprint,
        check: finding.check,
        severity: finding.severity.name(),
        verdict: finding.verdict.name(),
        confidence: rounded(finding.confidence),
        message: options.language.of(&finding.message),
        messages: both(&finding.message),
        diagnosis: finding.diagnosis.as_ref().map(|d| options.language.of(d)),
        road: finding.road.name(),
        rule: finding.rule.as_deref(),
        why: WhyRecord {
            matched: &finding.why.matched,
            differs: &finding.why.differs,
            unknown: &finding.why.unknown,
            rules: &finding.why.rules,
            anchors: &finding.why.anchors,
        },
        claims: finding.claims.iter().map(|camp| location(&report.corpus, camp)).collect(),
        passages: finding.passages.as_ref().map(|p| {
            let diff: Vec<Value> = p.diff.iter().map(|d| json!({"op": d.op.name(), "text": d.text})).collect();
            json!({"similarity": rounded(p.similarity), "diff": diff})
        }),
        evidence: finding.evidence.iter().map(evidence).collect(),
    }
}

fn evidence(e: &Evidence) -> Value {
    let date = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
    json!({
        "camp": e.camp, "articles": e.articles, "independent": e.independent, "sources": e.sources,
        "first": date(e.first), "last": date(e.last), "corrects": e.corrects,
    })
}

fn summary(summary: &Summary, report: &Report, options: Options) -> Value {
    let left_out: Vec<Value> = summary
        .left_out
        .iter()
        .map(|(reason, count)| json!({"reason": options.language.of(reason), "count": count}))
        .collect();
    let count = |severity| report.findings.iter().filter(|f| f.severity == severity).count();
    json!({
        "files": summary.files, "articles": summary.articles, "sentences": summary.sentences, "claims": summary.claims,
        "compared": summary.compared, "agreements": summary.agreements, "bytes": summary.bytes, "accepted": summary.accepted,
        "excepted": summary.excepted, "idle_exceptions": summary.idle, "unchanged": summary.unchanged,
        "not_compared": summary.not_compared.iter().map(|(k, v)| ((*k).to_owned(), json!(v))).collect::<serde_json::Map<_, _>>(),
        "left_out": left_out,
        "errors": count(crate::model::Severity::Error), "warnings": count(crate::model::Severity::Warning),
        "infos": count(crate::model::Severity::Info),
    })
}

fn issue(issue: &Issue, options: Options) -> Value {
    let level = match issue.level {
        IssueLevel::Warning => "warning",
        IssueLevel::Error => "error",
    };
    json!({"path": issue.path, "line": issue.line, "level": level, "message": options.language.of(&issue.message)})
}

fn near_miss(corpus: &Corpus, miss: &NearMiss) -> Value {
    let at = |id: crate::model::ClaimId| {
        let claim = &corpus.claims[id.0 as usize];
        let place = Place::new(corpus.document_of(claim.article), corpus.article(claim.article), claim.span);
        serde_json::to_value(place).unwrap_or(Value::Null)
    };
    json!({"reason": miss.reason, "a": at(miss.a), "b": at(miss.b)})
}

/// Writes `report` as one JSON object.
pub fn json(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let tool = json!({"name": "factlint", "version": env!("CARGO_PKG_VERSION")});
    let issues: Vec<Value> = report.issues.iter().map(|i| issue(i, options)).collect();
    for (lead, value) in [
        ("{\"version\":1,\"tool\":", tool),
        (",\"summary\":", summary(&report.summary, report, options)),
        (",\"issues\":", Value::from(issues)),
    ] {
        out.write_all(lead.as_bytes())?;
        to_json(&mut *out, &value)?;
    }
    out.write_all(b",\"findings\":[")?;
    for (i, finding) in report.findings.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        to_json(&mut *out, &finding_record(report, finding, options))?;
    }
    out.write_all(if report.findings.is_empty() { b"]" } else { b"\n]" })?;
    if !report.excepted.is_empty() {
        out.write_all(b",\"excepted\":[")?;
        for (i, excepted) in report.excepted.iter().enumerate() {
            out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
            let finding = finding_record(report, &excepted.finding, options);
            let record = ExceptedRecord {
                by: excepted.written.name(),
                reason: excepted.reason.as_deref(),
                finding: serde_json::to_value(finding)?,
            };
            to_json(&mut *out, &record)?;
        }
        out.write_all(b"\n]")?;
    }
    if !report.near_misses.is_empty() {
        out.write_all(b",\"pairs\":[")?;
        for (i, miss) in report.near_misses.iter().enumerate() {
            out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
            to_json(&mut *out, &near_miss(&report.corpus, miss))?;
        }
        out.write_all(b"\n]")?;
    }
    out.write_all(b"}\n")
}

/// Writes every finding of `report` on a line of its own.
pub fn jsonl(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        to_json(&mut *out, &finding_record(report, finding, options))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
