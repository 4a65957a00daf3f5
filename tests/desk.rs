//! The desk of an editor against a whole run: one draft after the other is taken out of a folder and compared with the rest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use factlint::load;
use factlint::model::{Corpus, Finding, SentenceId};
use factlint::pipeline::{CheckOptions, Engine, Piece, Role};
use factlint::rule::RuleSet;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if load::format_of(&path.to_string_lossy()).is_some() {
            found.push(path);
        }
    }
}

fn read(engine: &Engine, path: &Path, role: Role) -> Piece {
    let name = path.to_string_lossy();
    let format = load::format_of(&name).expect("a known format");
    Piece { role, ..engine.read(&name, &fs::read(path).expect("a file"), format) }
}

/// Check and words of every place, without regard to order.
fn told(corpus: &Corpus, findings: &[Finding]) -> BTreeSet<String> {
    let place = |entry: &factlint::model::FindClaim| {
        let (SentenceId { article, .. }, span) = match entry {
            factlint::model::FindClaim::Claim(id) => {
                let claim = &corpus.claims[id.0 as usize];
                (claim.sentence, claim.span)
            }
            factlint::model::FindClaim::Words { sentence, span } => (*sentence, *span),
        };
        format!("{} {}", corpus.document_of(article).path, corpus.text(article, span))
    };
    let tell = |f: &Finding| {
        let places: BTreeSet<String> = f.claims.iter().map(|c| place(&c.claim)).collect();
        format!("{} {:?} {places:?}", f.check, f.severity)
    };
    findings.iter().map(tell).collect()
}

/// How many findings the whole run and the desk share, and those that only one of them tells.
fn compare(folder: &Path) -> (usize, Vec<String>) {
    let engine = Engine::new(RuleSet::embedded());
    let mut all = Vec::new();
    files(folder, &mut all);
    let (mut shared, mut differ) = (0, Vec::new());
    for draft in &all {
        let others = || all.iter().filter(|p| *p != draft).map(|p| read(&engine, p, Role::Against)).collect::<Vec<_>>();
        let mut desk = engine.desk(others(), CheckOptions::default());
        // What an earlier draft left behind must not show.
        engine.check_drafts(&mut desk, vec![read(&engine, &all[0], Role::Checked)]);
        let findings = engine.check_drafts(&mut desk, vec![read(&engine, draft, Role::Checked)]);
        let on_desk = told(desk.corpus(), &findings);
        let mut pieces = others();
        pieces.push(read(&engine, draft, Role::Checked));
        let report = engine.check(pieces, CheckOptions::default());
        let whole = told(&report.corpus, &report.findings);
        shared += whole.intersection(&on_desk).count();
        differ.extend(whole.difference(&on_desk).map(|f| format!("only the whole run: {f}")));
        differ.extend(on_desk.difference(&whole).map(|f| format!("only the desk: {f}")));
    }
    (shared, differ)
}

#[test]
fn the_desk_tells_what_a_whole_run_tells() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (shared, differ) = compare(&root.join("seeds"));
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    assert!(shared > 15, "{shared}");
}
