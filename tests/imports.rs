//! The direction in which modules may import, held against the sources: `text ← quantity ← model ← embedded ← lang ← rule ← { load,
//! segment, extract, align, group, check, index }`; `model ← report`; `check ← settings`;
//! all of them `← pipeline ← cli ← lsp ← main`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules below the steps, lowest first: each may import those before it.
const GROUND: &[&str] = &["text", "quantity", "model", "embedded", "lang", "rule"];
/// The steps: each may import the ground, none of the others.
const STEPS: &[&str] = &["load", "segment", "extract", "align", "group", "check", "index"];

fn allowed(module: &str) -> BTreeSet<&'static str> {
    if let Some(at) = GROUND.iter().position(|m| *m == module) {
        return GROUND[..at].iter().copied().collect();
    }
    let all = GROUND.iter().chain(STEPS).chain(&["report"]).copied();
    match module {
        m if STEPS.contains(&m) => GROUND.iter().copied().collect(),
        "report" => ["text", "quantity", "model"].into(),
        "settings" => GROUND.iter().copied().chain(["check"]).collect(),
        "pipeline" => all.filter(|m| *m != "report").chain(["settings"]).collect(),
        "cli" => all.chain(["settings", "pipeline"]).collect(),
        // The server comes to the disk as the commands do.
        "lsp" => all.chain(["settings", "pipeline", "cli"]).collect(),
        "lib" | "main" => BTreeSet::new(),
        other => panic!("src/{other} is not on the map of the house; give it a place in ARCHITECTURE.md and here"),
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("src is readable").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The first names after every `crate::` in `code`: `crate::model::X` gives `model`, `crate::{align, load}` both.
fn imports(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, word) in code.match_indices("crate::") {
        // `$crate::` and names that only end in `crate` are no paths of ours.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + word.len()..];
        let name = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            None => out.push(name(rest)),
            Some(list) => {
                let (mut depth, mut start) = (0, true);
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && depth == 0 && !c.is_whitespace() => {
                            out.push(name(&list[i..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    out
}

/// `code` without comments, and without its test module, which may look wider.
fn product(code: &str) -> String {
    let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn modules_import_in_one_direction() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let inner = file.strip_prefix(&root).expect("under src");
        let top = inner.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let module = top.trim_end_matches(".rs");
        // A test file of its own, declared `#[cfg(test)] mod tests;`, may look wider.
        if inner.file_name().is_some_and(|n| n == "tests.rs") || inner.components().any(|c| c.as_os_str() == "tests") {
            continue;
        }
        let may = allowed(module);
        let code = fs::read_to_string(&file).expect("sources are UTF-8");
        for name in imports(&product(&code)) {
            if name != module && !may.contains(name.as_str()) {
                wrong.push(format!("src/{}: crate::{name}", inner.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the direction of the house:\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_them_all() {
    let code = "use crate::{align, model::{A, B}, text};\nfn f() -> crate::quantity::Decimal {}\nuse crate::load;";
    assert_eq!(imports(code), ["align", "model", "text", "quantity", "load"]);
}
