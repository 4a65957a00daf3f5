//! Prints the features of pairs of claims as JSON Lines, for `benches/train_judge.py`.
//!
//! `pair_features MARKS FOLDER…`: every folder is one run. MARKS holds `{"file", "start", "end"}` a line (code points; `file` is the end
//! of a path). Printed are the pairs of which both claims stand on a mark, and of the others one in `SAMPLE`, by hash.

use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result};
use factlint::load::format_of;
use factlint::pipeline::Engine;
use factlint::rule::RuleSet;

const SAMPLE: u64 = 60;

fn files(folder: &Path, found: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{}: cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else if format_of(&path.to_string_lossy()).is_some() {
            found.push(path.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

fn main() -> Result<()> {
    let mut args = env::args().skip(1);
    let marks_file = args.next().context("usage: pair_features MARKS FOLDER…")?;
    let mut marks: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
    for line in fs::read_to_string(&marks_file)?.lines() {
        let mark: serde_json::Value = serde_json::from_str(line)?;
        let number = |key: &str| mark[key].as_u64().unwrap_or(0) as u32;
        marks.entry(mark["file"].as_str().unwrap_or("").to_owned()).or_default().push((number("start"), number("end")));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let engine = Engine::new(RuleSet::embedded());
    for folder in args {
        let mut names = Vec::new();
        files(Path::new(&folder), &mut names)?;
        names.sort();
        let mut pieces = Vec::new();
        for name in &names {
            let format = format_of(name).context("a format")?;
            pieces.push(engine.read(name, &fs::read(name)?, format));
        }
        let (corpus, pairs) = engine.pair_features(pieces);
        let places: Vec<(String, u32, u32, bool)> = corpus
            .claims
            .iter()
            .map(|c| {
                let document = corpus.document_of(c.article);
                let (start, end) = document.positions(c.span);
                let marked = marks
                    .iter()
                    .find(|(file, _)| document.path.ends_with(file.as_str()))
                    .is_some_and(|(_, m)| m.iter().any(|(s, e)| start.chars < *e && *s < end.chars));
                (document.path.clone(), start.chars, end.chars, marked)
            })
            .collect();
        for (n, pair) in pairs.iter().enumerate() {
            let (a, b) = (&places[pair.a.0 as usize], &places[pair.b.0 as usize]);
            let sampled = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32 < (1 << 32) / SAMPLE;
            if !(a.3 && b.3 || sampled) {
                continue;
            }
            let side = |id: factlint::model::ClaimId| {
                let c = &corpus.claims[id.0 as usize];
                let p = &places[id.0 as usize];
                serde_json::json!({"file": p.0, "start": p.1, "end": p.2, "text": corpus.text(c.article, c.span),
                    "sentence": corpus.text(c.article, corpus.sentence(c.sentence).span)})
            };
            let row = serde_json::json!({"run": folder, "a": side(pair.a), "b": side(pair.b), "features": pair.features.to_vec(),
                "obstacle": pair.obstacle, "relation": format!("{:?}", pair.relation), "marked": a.3 && b.3});
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}
