//! Passage finding alone, on a file of articles: `cargo bench --bench passages -- CORPUS.jsonl [--pairs OUT.tsv] [--slots OUT.jsonl] [--runs N]`.
//!
//! Prints one JSON line with the best of N runs; `--pairs` writes every pair of documents that share a passage, with the characters of
//! the longer one's sentences that are aligned; `--slots` writes every pair of figures in one slot, with offsets in code points. `compare_passages.py` beside it sets the figures against other tools.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Instant;

use factlint::align::align;
use factlint::lang::Lexicon;
use factlint::model::{ArticleId, ClaimId, Corpus, DocumentId, Format};
use factlint::{extract, load, segment};
use rayon::prelude::*;

fn read(path: &str) -> std::io::Result<Corpus> {
    let bytes = std::fs::read(path)?;
    let documents = load::load(path, &bytes, Format::JsonLines).documents;
    let lexicon = Lexicon::embedded();
    let parts: Vec<_> = documents
        .into_par_iter()
        .map(|document| {
            let articles: Vec<_> = segment::segment(&document, DocumentId(0), lexicon.layout())
                .into_iter()
                .map(|a| {
                    let claims = extract::extract(&document, &a, ArticleId(0), &lexicon);
                    (a, claims)
                })
                .collect();
            (document, articles)
        })
        .collect();
    let mut corpus = Corpus::default();
    for (document, articles) in parts {
        let id = DocumentId(corpus.documents.len() as u32);
        corpus.documents.push(document);
        for (mut article, claims) in articles {
            let number = ArticleId(corpus.articles.len() as u32);
            article.document = id;
            corpus.articles.push(article);
            let first = corpus.claims.len() as u32;
            corpus.claims.extend(claims.into_iter().map(|mut c| {
                c.article = number;
                c.sentence.article = number;
                c
            }));
            corpus.claims_of.push(first..corpus.claims.len() as u32);
        }
    }
    Ok(corpus)
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|a| a != "--bench");
    let (mut input, mut pairs, mut slots, mut runs) = (None, None, None, 5usize);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--pairs" => pairs = arguments.next(),
            "--slots" => slots = arguments.next(),
            "--runs" => runs = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(runs),
            _ => input = Some(argument),
        }
    }
    let Some(input) = input else {
        // `cargo test` and `cargo bench` without arguments run every bench: nothing to measure then.
        println!("usage: cargo bench --bench passages -- CORPUS.jsonl [--pairs OUT.tsv] [--runs N]");
        return Ok(());
    };
    let corpus = read(&input)?;
    let bytes: usize = corpus.documents.iter().map(|d| d.plain().len()).sum();
    let mut best = f64::INFINITY;
    let mut found = Vec::new();
    for _ in 0..runs.max(1) {
        let start = Instant::now();
        found = align(&corpus);
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!(
        "{{\"articles\":{},\"bytes\":{bytes},\"claims\":{},\"alignments\":{},\"slots\":{},\"threads\":{},\"seconds\":{best:.4},\"mb_per_s\":{:.1}}}",
        corpus.articles.len(),
        corpus.claims.len(),
        found.len(),
        found.iter().map(|a| a.slots.len()).sum::<usize>(),
        rayon::current_num_threads(),
        bytes as f64 / 1e6 / best,
    );
    if let Some(path) = slots {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        let place = |id: ClaimId| {
            let claim = &corpus.claims[id.0 as usize];
            let document = corpus.document_of(claim.article);
            let (start, end) = document.positions(claim.span);
            (document.path.as_str(), start.chars, end.chars, document.text(claim.span))
        };
        for alignment in &found {
            for slot in &alignment.slots {
                let line = serde_json::json!({
                    "a": place(slot.a), "b": place(slot.b), "exact": slot.exact, "context": slot.context,
                    "similarity": alignment.similarity, "neighbours": alignment.neighbours,
                });
                writeln!(out, "{line}")?;
            }
        }
        out.flush()?;
    }
    if let Some(path) = pairs {
        let mut shared: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for alignment in &found {
            let (a, b) =
                (corpus.article(alignment.a.article).document.0, corpus.article(alignment.b.article).document.0);
            if a != b {
                let length = |id| corpus.sentence(id).span.len();
                *shared.entry((a, b)).or_default() += length(alignment.a).max(length(alignment.b));
            }
        }
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        for ((a, b), bytes) in shared {
            let name = |d: u32| &corpus.documents[d as usize].path;
            writeln!(out, "{}\t{}\t{bytes}", name(a), name(b))?;
        }
        out.flush()?;
    }
    Ok(())
}
