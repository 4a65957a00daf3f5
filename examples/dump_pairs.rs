//! scratch
use anyhow::{Context, Result};
use factlint::load::format_of;
use factlint::pipeline::Engine;
use factlint::rule::RuleSet;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::{env, fs};

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
    let out_dir = args.next().context("OUT FOLDER…")?;
    let engine = Engine::new(RuleSet::embedded());
    for folder in args {
        let run = Path::new(&folder).file_name().unwrap().to_string_lossy().into_owned();
        let mut names = Vec::new();
        files(Path::new(&folder), &mut names)?;
        names.sort();
        let mut pieces = Vec::new();
        for name in &names {
            pieces.push(engine.read(name, &fs::read(name)?, format_of(name).context("a format")?));
        }
        let (corpus, pairs) = engine.pair_features(pieces);
        let mut claims = BufWriter::new(fs::File::create(format!("{out_dir}/{run}.claims.jsonl"))?);
        for c in &corpus.claims {
            let document = corpus.document_of(c.article);
            let (start, end) = document.positions(c.span);
            let key = match &c.quantity.time {
                Some(t) => format!("{:?}{:?}", t.timex, t.clock),
                None => format!("{:?}", c.quantity.point.map(|p| p.normalize())),
            };
            let row = serde_json::json!({"file": document.path, "start": start.chars, "end": end.chars, "text": corpus.text(c.article, c.span),
                "sentence": corpus.text(c.article, corpus.sentence(c.sentence).span), "kind": format!("{:?}", c.kind()), "key": key, "article": c.article.0,
                "unit": c.quantity.unit, "hedge": format!("{:?}", c.quantity.hedge), "date": corpus.article(c.article).date.map(|d| format!("{d:?}"))});
            writeln!(claims, "{row}")?;
        }
        let mut out = BufWriter::new(fs::File::create(format!("{out_dir}/{run}.pairs.bin"))?);
        let mut obs = BufWriter::new(fs::File::create(format!("{out_dir}/{run}.obs.txt"))?);
        for p in &pairs {
            out.write_all(&(p.a.0).to_le_bytes())?;
            out.write_all(&(p.b.0).to_le_bytes())?;
            for f in p.features {
                out.write_all(&f.to_le_bytes())?;
            }
            writeln!(obs, "{} {:?}", p.obstacle.unwrap_or("-"), p.relation)?;
        }
        eprintln!("{run}: {} claims {} pairs", corpus.claims.len(), pairs.len());
    }
    Ok(())
}
