//! Twenty-five English articles of our own with every figure marked by hand: precision and recall of what is found, and how often
//! hedge, unit and the head of the measure are right. `tests/data/claims-en/claims-en.jsonl` has one mark a line: `start` and `end`
//! in code points of the file, `kind`, `point` or `low` and `high`, `hedge`, `unit`, `measure` (head noun); a mark with `trap`
//! must give no claim, one with `optional` may or may not.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;

use factlint::quantity::Decimal;
use serde_json::Value;

const ALIKE: &[&[&str]] = &[
    &["count", "number", "ordinal", "ratio"],
    &["percentage", "percentage_points", "fraction"],
    &["date", "date_range"],
    &["multiple", "ratio"],
];

fn lines(text: &str) -> Vec<Value> {
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).expect("a JSON line")).collect()
}

fn decimal(text: &str) -> Decimal {
    match text.split_once('/') {
        Some((a, b)) => Decimal::from_str(a).unwrap() / Decimal::from_str(b).unwrap(),
        None => Decimal::from_str(text).unwrap(),
    }
}

fn same(gold: &Value, claim: &Value) -> bool {
    let (g, c) = (gold["kind"].as_str().unwrap(), claim["kind"].as_str().unwrap());
    if g != c && !ALIKE.iter().any(|set| set.contains(&g) && set.contains(&c)) {
        return false;
    }
    let value = &claim["value"];
    if g == "date" || g == "date_range" {
        return value["low"] == gold["low"] && value["high"] == gold["high"];
    }
    match gold["point"].as_str() {
        Some(p) => value["point"].as_str().is_some_and(|v| (decimal(v) - decimal(p)).abs() < Decimal::new(1, 6)),
        None => gold["low"].is_null() || value["point"].is_null() && !value["low"].is_null(),
    }
}

fn overlap(a: &Value, start: &str, end: &str, b: &Value) -> bool {
    a[start].as_u64() < b["end"].as_u64() && b["start"].as_u64() < a[end].as_u64()
}

#[test]
fn marked_articles_are_read_as_marked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/claims-en");
    let gold = lines(&std::fs::read_to_string(folder.join("claims-en.jsonl")).unwrap());
    let files: BTreeSet<&str> = gold.iter().map(|g| g["file"].as_str().unwrap()).collect();
    assert!(files.len() >= 25, "twenty-five articles");
    let (mut hit, mut missed, mut extra, mut taken) = (0u32, 0u32, 0u32, 0u32);
    let (mut hedge, mut unit, mut units, mut head, mut heads) = (0u32, 0u32, 0u32, 0u32, 0u32);
    let mut log = Vec::new();
    for file in files {
        let out = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(["extract", "--format", "jsonl", file])
            .current_dir(&folder)
            .output()
            .expect("factlint runs");
        let claims = lines(&String::from_utf8(out.stdout).expect("UTF-8"));
        let marks: Vec<&Value> = gold.iter().filter(|g| g["file"] == file).collect();
        let mut used = BTreeSet::new();
        for g in marks.iter().filter(|g| g["trap"].is_null() && g["optional"].is_null()) {
            let found = claims
                .iter()
                .enumerate()
                .find(|(i, c)| !used.contains(i) && overlap(c, "char_start", "char_end", g) && same(g, c));
            let Some((i, c)) = found else {
                missed += 1;
                log.push(format!("missed {file}: {}", g["text"]));
                continue;
            };
            used.insert(i);
            hit += 1;
            if c["value"]["hedge"] == g["hedge"] {
                hedge += 1;
            } else {
                log.push(format!("hedge {file}: {} {} got {}", g["text"], g["hedge"], c["value"]["hedge"]));
            }
            if !g["unit"].is_null() {
                units += 1;
                unit += u32::from(c["unit"] == g["unit"]);
            }
            if let Some(want) = g["measure"].as_str() {
                heads += 1;
                let got = c["measure"].as_str().unwrap_or("").to_lowercase();
                if got.contains(&want.to_lowercase()) {
                    head += 1;
                } else {
                    log.push(format!("measure {file}: {} want {want} got {got:?}", g["text"]));
                }
            }
        }
        for (i, c) in claims.iter().enumerate().filter(|(i, _)| !used.contains(i)) {
            let over: Vec<_> = marks.iter().filter(|g| overlap(c, "char_start", "char_end", g)).collect();
            if over.iter().any(|g| !g["trap"].is_null()) {
                taken += 1;
                log.push(format!("trap {file}: {}", c["text"]));
            } else if over.is_empty() {
                extra += 1;
                log.push(format!("extra {file}: {} {}", c["text"], claims[i]["kind"]));
            }
        }
    }
    let share = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
    let shown = log.join("\n");
    assert!(hit + missed >= 400, "enough marks");
    assert!(share(hit, hit + extra + taken) >= 0.95, "precision {}\n{shown}", share(hit, hit + extra + taken));
    assert!(share(hit, hit + missed) >= 0.95, "recall {}\n{shown}", share(hit, hit + missed));
    assert!(share(hedge, hit) >= 0.97, "hedge {}\n{shown}", share(hedge, hit));
    assert!(share(unit, units) >= 0.97, "unit {}\n{shown}", share(unit, units));
    assert!(share(head, heads) >= 0.9, "measure {}\n{shown}", share(head, heads));
    assert!(taken <= 1, "traps\n{shown}");
}
