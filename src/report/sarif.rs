//! `sarif`: SARIF 2.1.0, for code scanning and editors. The first place of a finding is its location, all others are related ones;
//! columns count code points (`columnKind`).

use std::io::{self, Write};

use serde_json::{Value, json};

use super::escape::percent;
use super::view::{self, Spot};
use super::{Interface, Options, plain, to_json};
use crate::model::{Excepted, Finding, IssueLevel, Report, Severity};

/// Results in one run: more than this many are cut by the services that read them, so they are counted instead.
const RESULTS: usize = 5000;

/// The level of a severity.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative or `file:` URI.
fn uri(path: &str) -> String {
    // A first step with a colon would read as a scheme; percent-encoded it does not.
    format!("{}{}", if path.starts_with('/') { "file://" } else { "" }, percent(path))
}

fn location(spot: &Spot<'_>) -> Value {
    let mut region = match spot.range() {
        Some(r) => json!({
            "startLine": r.line, "startColumn": r.column, "endLine": r.end_line, "endColumn": r.end_column,
            "charOffset": spot.place.char_start, "charLength": spot.place.char_end - spot.place.char_start,
        }),
        None => json!({"startLine": spot.line()}),
    };
    region["snippet"] = json!({"text": spot.place.source.unwrap_or(spot.place.text)});
    json!({"artifactLocation": {"uri": uri(spot.file())}, "region": region})
}

/// A result that is let stand: it is in the log, marked as suppressed.
fn suppressed(report: &Report, excepted: &Excepted, options: Options) -> Value {
    let mut out = result(report, &excepted.finding, options);
    let kind = if excepted.written.is_in_article() { "inSource" } else { "external" };
    let mut suppression = json!({"kind": kind, "status": "accepted"});
    if let Some(reason) = &excepted.reason {
        suppression["justification"] = json!(plain(reason));
    }
    out["suppressions"] = json!([suppression]);
    out
}

fn result(report: &Report, finding: &Finding, options: Options) -> Value {
    let spots = view::spots(&report.corpus, finding, 60);
    let index = report.checks.iter().position(|c| c.id == finding.check);
    let related: Vec<Value> = spots
        .iter()
        .enumerate()
        .skip(1)
        .map(|(i, (camp, spot))| {
            let e = &spot.excerpt;
            let text = format!("{}: {}【{}】{}", view::label(*camp), e.before, e.mark, e.after);
            json!({"id": i, "physicalLocation": location(spot), "message": {"text": plain(&text)}})
        })
        .collect();
    let mut out = json!({
        "ruleId": finding.check,
        "level": level(finding.severity),
        "message": {"text": plain(options.language.of(&finding.message))},
        "locations": spots.first().map(|(_, s)| json!({"physicalLocation": location(s)})).into_iter().collect::<Vec<_>>(),
        "relatedLocations": related,
        "partialFingerprints": {"factlintFinding/v1": finding.fingerprint},
        "rank": f64::from((finding.confidence * 100.0).round()),
        "properties": {"verdict": finding.verdict.name(), "road": finding.road.name(), "rule": finding.rule},
    });
    if let Some(index) = index {
        out["ruleIndex"] = json!(index);
    }
    out
}

/// Writes `report` as a SARIF log.
pub fn sarif(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let how = options.language;
    let rules: Vec<Value> = report
        .checks
        .iter()
        .map(|c| {
            json!({
                "id": c.id,
                "shortDescription": {"text": how.pick(c.title.0, c.title.1)},
                "fullDescription": {"text": how.pick(c.description.0, c.description.1)},
                "help": {"text": c.example},
                "defaultConfiguration": {"level": level(c.severity)},
            })
        })
        .collect();
    let mut notes: Vec<Value> = report
        .issues
        .iter()
        .map(|i| {
            let level = if i.level == IssueLevel::Error { "error" } else { "warning" };
            let text = format!("{}: {}", i.path, how.of(&i.message));
            json!({"level": level, "message": {"text": plain(&text)}})
        })
        .collect();
    if report.findings.len() > RESULTS {
        let more = report.findings.len() - RESULTS;
        let text = match how {
            Interface::Zh => format!("其余 {more} 条发现未列在此处；请看 JSON 报告"),
            Interface::En => format!("{more} more findings are left out here; see the JSON report"),
        };
        notes.push(json!({"level": "warning", "message": {"text": text}}));
    }
    for line in super::summary::sentences(report, how) {
        notes.push(json!({"level": "note", "message": {"text": plain(&line)}}));
    }
    let done = report.issues.iter().all(|i| i.level < IssueLevel::Error);
    let mut results: Vec<Value> = report.findings.iter().take(RESULTS).map(|f| result(report, f, options)).collect();
    if !report.excepted.is_empty() {
        // Where one result says whether it is suppressed, all do.
        for result in &mut results {
            result["suppressions"] = json!([]);
        }
        let room = RESULTS - results.len();
        results.extend(report.excepted.iter().take(room).map(|e| suppressed(report, e, options)));
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "factlint", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": done, "toolExecutionNotifications": notes}],
            "results": results,
        }],
    });
    to_json(&mut *out, &log)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(super::uri("稿/a b.md"), "%E7%A8%BF/a%20b.md");
        assert_eq!(super::uri("/x/a.md"), "file:///x/a.md");
    }
}
