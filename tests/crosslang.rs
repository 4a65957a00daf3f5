//! Chinese and English articles against each other: the cases of `tests/cases/ours-xl.jsonl`, the same bytes on any number of threads, the desk
//! of an editor, a facts file.

mod common;

use common::{Desk, json, out};
use factlint::model::{FindClaim, Format, Report, Severity};
use factlint::pipeline::{CheckOptions, Engine, Piece, Role};
use factlint::rule::{Across, RuleSet};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let text = std::fs::read_to_string("tests/cases/ours-xl.jsonl").expect("the cases");
    text.lines().map(json).collect()
}

fn pieces(engine: &Engine, case: &Value) -> Vec<Piece> {
    let docs = case["docs"].as_array().expect("documents");
    let read = |d: &Value| {
        let (name, text) = (d["name"].as_str().unwrap_or_default(), d["text"].as_str().unwrap_or_default());
        engine.read(name, text.as_bytes(), Format::Markdown)
    };
    docs.iter().map(read).collect()
}

/// The words of every place of a finding, by document.
fn places(report: &Report, finding: usize) -> Vec<(String, String)> {
    let claims = report.findings[finding].claims.iter().filter_map(|c| match &c.claim {
        FindClaim::Claim(id) => Some(&report.corpus.claims[id.0 as usize]),
        FindClaim::Words { .. } => None,
    });
    claims
        .map(|c| {
            let text = report.corpus.text(c.article, c.span).to_owned();
            (report.corpus.document_of(c.article).path.clone(), text)
        })
        .collect()
}

#[test]
fn every_clash_is_found_and_nothing_else() {
    let engine = Engine::new(RuleSet::embedded());
    let mut failed = Vec::new();
    for case in cases() {
        let id = case["id"].as_str().unwrap_or_default();
        let report = engine.check(pieces(&engine, &case), CheckOptions::default());
        let seen: Vec<usize> =
            (0..report.findings.len()).filter(|f| report.findings[*f].severity > Severity::Info).collect();
        let wanted = case["expect"].as_array().expect("expectations");
        if seen.len() != wanted.len() {
            failed.push(format!("{id}: {} findings, {} expected", seen.len(), wanted.len()));
        }
        for want in wanted {
            let spans: Vec<(&str, &str)> = want["spans"]
                .as_array()
                .expect("spans")
                .iter()
                .map(|s| (s[0].as_str().unwrap_or_default(), s[1].as_str().unwrap_or_default()))
                .collect();
            let met = |f: &usize| {
                let there = places(&report, *f);
                spans.iter().all(|(doc, words)| {
                    there
                        .iter()
                        .any(|(path, text)| path == doc && (text.contains(words) || words.contains(text.as_str())))
                })
            };
            if !seen.iter().any(met) {
                failed.push(format!("{id}: not found: {spans:?}"));
            }
        }
        for f in seen {
            let why = &report.findings[f].why;
            if why.rules.len() != 2 {
                failed.push(format!("{id}: the rules are not named: {why:?}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let folder = Desk::new();
    for (i, case) in cases().iter().enumerate() {
        for doc in case["docs"].as_array().expect("documents") {
            let name = format!("all/{i}-{}", doc["name"].as_str().unwrap_or_default());
            folder.put(&name, doc["text"].as_str().unwrap_or_default());
        }
    }
    let run = |threads: &str| {
        out(&folder.run(&[
            "check",
            "--threads",
            threads,
            "--format",
            "json",
            "--explain-pairs",
            "--fail-on",
            "never",
            "all",
        ]))
    };
    let one = run("1");
    assert!(one.contains("\"anchors\""), "some are compared across languages");
    for threads in ["2", "3", "8"] {
        assert!(one == run(threads), "other bytes on {threads} threads");
    }
}

#[test]
fn a_desk_tells_what_a_whole_run_tells() {
    let engine = Engine::new(RuleSet::embedded());
    // An archive of one article alone is read without rules.
    let other = || engine.read("c.md", "县图书馆周末照常开放。\n".as_bytes(), Format::Markdown);
    for case in cases() {
        let id = case["id"].as_str().unwrap_or_default();
        for draft in 0..2 {
            let mut archive = pieces(&engine, &case);
            let drafts = vec![archive.remove(draft)];
            archive.push(other());
            let mut desk = engine.desk(archive, CheckOptions::default());
            let on_desk = engine.check_drafts(&mut desk, drafts).len();
            let mut all = pieces(&engine, &case);
            all.push(other());
            let whole = engine.check(all, CheckOptions::default()).findings.len();
            assert_eq!(on_desk, whole, "{id}, draft {draft}");
        }
    }
}

#[test]
fn a_fact_in_one_language_holds_a_draft_in_the_other() {
    let engine = Engine::new(RuleSet::embedded());
    let fact = "云帆（Cloudsail）的注册用户达690万名。";
    for (draft, found) in [
        ("Cloudsail said on Monday that it has 9.6 million registered users and 1,200 employees in Hangzhou.", 1),
        ("Cloudsail said on Monday that it has 6.9 million registered users and 1,200 employees in Hangzhou.", 0),
        ("ShopLark said on Monday that it has 9.6 million registered users and 1,200 employees in Hangzhou.", 0),
    ] {
        let piece = |name: &str, text: &str, role| Piece { role, ..engine.read(name, text.as_bytes(), Format::Text) };
        let pieces = vec![piece("draft.txt", draft, Role::Checked), piece("facts.toml", fact, Role::Fact)];
        let report = engine.check(pieces, CheckOptions::default());
        assert_eq!(report.findings.len(), found, "{draft}");
        assert!(report.findings.iter().all(|f| f.check == "known-fact"), "{draft}");
    }
}

#[test]
fn every_rule_that_names_a_counterpart_is_read() {
    let rules = RuleSet::embedded();
    let named: Vec<_> = (0..rules.rules().len() as u32)
        .map(factlint::rule::RuleId)
        .filter(|id| rules.rule(*id).same_as.is_some())
        .collect();
    assert!(named.len() >= 40);
    for id in named {
        assert!(rules.measure_across(id).is_some(), "{}: its counterpart cannot be read", rules.rule(id).path);
    }
}

#[test]
fn a_counterpart_that_does_not_fit_is_told() {
    let rule = |same: &str| {
        format!(
            "id = \"lantern-count-en\"\ntitle = \"Lanterns\"\nlang = \"en\"\ndescription = \"x\"\n[claim]\ndimension = \"count\"\n\
             measure = [\"lantern\", \"lanterns\"]\npredicate = [[\"sold\"], [\"shown\"]]\n[same_as]\n{same}\n\
             [[example]]\na = \"300 lanterns were sold.\"\nb = \"400 lanterns were sold.\"\nexpect = \"contradiction\"\n\
             [[example]]\na = \"300 lanterns were sold.\"\nb = \"400 lanterns were shown.\"\nexpect = \"consistent\"\n"
        )
    };
    let load = |same: &str| RuleSet::load(&[("x/lantern-count-en.toml", &rule(same))]).map_err(|e| e[0].to_string());
    for (same, said) in [
        ("rule = \"lantern-count\"\npredicate = [\"\", \"\"]", "no rule `lantern-count`"),
        ("rule = \"supplier-count\"\npredicate = [\"入驻\"]", "wants one word for each"),
        ("rule = \"supplier-count\"\npredicate = [\"入驻\", \"卖灯\"]", "`卖灯` stands in no list"),
        ("rule = \"death-toll\"\npredicate = [\"\", \"\"]", "goes by what is counted"),
    ] {
        let error = load(same).err().unwrap_or_default();
        assert!(error.contains(said), "{same}: {error}");
    }
    let rules = load("rule = \"supplier-count\"\npredicate = [\"入驻/报名\", \"\"]").expect("a good rule");
    let id = |name: &str| {
        let at = rules.rules().iter().position(|r| r.id == name).expect("a rule");
        factlint::rule::RuleId(at as u32)
    };
    let said = |name: &str, predicate: Option<u16>| factlint::rule::Match {
        rule: id(name),
        measure_sense: 0,
        predicate_sense: predicate,
        qualifiers: Vec::new(),
    };
    for (here, there, meets) in [
        (Some(0), Some(0), Across::Comparable),
        (Some(0), Some(1), Across::Comparable),
        (Some(0), Some(2), Across::OtherMeaning),
        (Some(1), Some(0), Across::OtherMeaning),
        (None, Some(2), Across::Comparable),
        (Some(1), None, Across::OtherMeaning),
    ] {
        assert_eq!(
            rules.across(&said("lantern-count-en", here), &said("supplier-count", there)),
            meets,
            "{here:?} {there:?}"
        );
    }
    assert_eq!(rules.across(&said("lantern-count-en", None), &said("company-count", None)), Across::Unpaired);
}
