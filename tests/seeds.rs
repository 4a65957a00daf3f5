//! The seeds come out as `tests/data/seeds-expected.json` wants: every discrepancy found in its place, and no other error or warning.

use std::fs;
use std::path::Path;

use factlint::load::format_of;
use factlint::model::{Corpus, FindClaim, Finding, Report, Severity};
use factlint::pipeline::{CheckOptions, Engine};
use factlint::rule::RuleSet;
use serde_json::Value;

fn run() -> Report {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let engine = Engine::new(RuleSet::embedded());
    let read =
        |name: &String| format_of(name).map(|format| engine.read(name, &fs::read(folder.join(name)).unwrap(), format));
    let pieces = names.iter().filter_map(read).collect();
    engine.check(pieces, CheckOptions::default())
}

/// The document and the bytes of its plain text that a finding's place covers.
fn place(corpus: &Corpus, claim: &FindClaim) -> (usize, std::ops::Range<usize>) {
    let (article, span) = match claim {
        FindClaim::Claim(id) => {
            let claim = &corpus.claims[id.0 as usize];
            (claim.article, claim.span)
        }
        FindClaim::Words { sentence, span } => (sentence.article, *span),
    };
    (corpus.article(article).document.0 as usize, span.start as usize..span.end as usize)
}

/// Whether a place of the finding covers `[file, words, nth?]`.
fn covers(corpus: &Corpus, finding: &Finding, wanted: &Value) -> bool {
    let (file, words) = (wanted[0].as_str().unwrap(), wanted[1].as_str().unwrap());
    let document = corpus.documents.iter().position(|d| d.path == file);
    let document = document.unwrap_or_else(|| panic!("{file} was not read"));
    let nth = wanted[2].as_u64().unwrap_or(0) as usize;
    let found = corpus.documents[document].plain().match_indices(words).nth(nth);
    let (start, _) = found.unwrap_or_else(|| panic!("{file} does not hold {words}"));
    finding.claims.iter().any(|camp| {
        let (d, range) = place(corpus, &camp.claim);
        d == document && range.start < start + words.len() && start < range.end
    })
}

fn all(corpus: &Corpus, finding: &Finding, spans: &Value) -> bool {
    spans.as_array().unwrap().iter().all(|span| covers(corpus, finding, span))
}

#[test]
fn the_seeds_come_out_as_expected() {
    let expected: Value = serde_json::from_str(include_str!("data/seeds-expected.json")).unwrap();
    let report = run();
    let corpus = &report.corpus;
    let mut serious: Vec<&Finding> = report.findings.iter().filter(|f| f.severity > Severity::Info).collect();
    let mut wrong = Vec::new();
    for quiet in expected["quiet"].as_array().unwrap() {
        if let Some(finding) = serious.iter().find(|f| all(corpus, f, &quiet["spans"])) {
            wrong.push(format!("should be quiet: {quiet}\n    {}", finding.message.en));
        }
    }
    for wanted in expected["expect"].as_array().unwrap() {
        let fits = |f: &&Finding| {
            // How grave it is depends on how sure the program is, and that moves with every training; an error may be a warning.
            let severe = wanted["severity"] == f.severity.name() || wanted["severity"] == "error";
            wanted["check"] == f.check && severe && all(corpus, f, &wanted["spans"])
        };
        match serious.iter().position(fits) {
            Some(i) => drop(serious.remove(i)),
            None => wrong.push(format!("not found: {wanted}")),
        }
    }
    for finding in serious {
        let words: Vec<String> = finding
            .claims
            .iter()
            .map(|camp| {
                let (document, range) = place(corpus, &camp.claim);
                let document = &corpus.documents[document];
                format!("{} {}", document.path, &document.plain()[range])
            })
            .collect();
        wrong.push(format!("unexpected: {} {} {words:?}", finding.check, finding.severity.name()));
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
