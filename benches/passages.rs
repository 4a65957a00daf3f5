//! Passage finding, on a file of articles: `cargo bench --bench passages -- CORPUS.jsonl [--pairs OUT.tsv] [--aligned OUT.tsv] [--slots OUT.jsonl] [--runs N]`.
//!
//! Two jobs, each timed from texts that are decoded and in memory. `find`: text → sentences → pairs of documents that share a passage, with
//! an estimate of the bytes they share; no figure is read. `align`: sentences and their claims → pairs of sentences, aligned token by token, with
//! every pair of figures in one slot. Prints one JSON line with the seconds of all N runs of both, by the clock and
//! of all processors.
//!
//! `--pairs` writes what `find` found; `--aligned` every pair of documents that share aligned sentences, with the bytes of the longer of
//! each two; `--slots` every pair of figures in one slot, with offsets in code points. `compare_passages.py` beside it sets the figures against other tools.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Instant;

use factlint::align::{align, find};
use factlint::lang::{Lexicon, sentence};
use factlint::model::{
    Article, ArticleId, BlockKind, Claim, ClaimId, Corpus, Document, DocumentId, Format, Lang, Sentence, SentenceId,
};
use factlint::text::Span;
use factlint::{extract, load, segment};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Processor time of all threads so far, in seconds, where the system tells (Linux).
fn processor() -> Option<f64> {
    let mut nanoseconds = 0.0;
    for thread in std::fs::read_dir("/proc/self/task").ok()? {
        let told = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += told.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(nanoseconds / 1e9)
}

/// Runs `job` and notes the seconds it took by the clock, and those of all processors.
fn timed<T>(taken: &mut Vec<(f64, Option<f64>)>, job: impl FnOnce() -> T) -> T {
    let (before, start) = (processor(), Instant::now());
    let result = job();
    let wall = start.elapsed().as_secs_f64();
    taken.push((wall, processor().zip(before).map(|(now, before)| now - before)));
    result
}

/// Bytes that two documents share, by their numbers.
type Shared = BTreeMap<(u32, u32), usize>;

/// A corpus of documents that are cut into articles already, with their claims.
fn corpus(documents: Vec<Document>, articles: Vec<Vec<(Article, Vec<Claim>)>>) -> Corpus {
    let mut corpus = Corpus::default();
    for (document, articles) in documents.into_iter().zip(articles) {
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
    corpus
}

/// Cuts documents into articles and reads their claims.
fn with_claims(documents: Vec<Document>, lexicon: &Lexicon) -> Corpus {
    let articles = documents
        .par_iter()
        .map(|document| {
            segment::segment(document, DocumentId(0), lexicon.layout())
                .into_iter()
                .map(|a| {
                    let claims = extract::extract(document, &a, ArticleId(0), lexicon);
                    (a, claims)
                })
                .collect()
        })
        .collect();
    corpus(documents, articles)
}

/// Cuts documents into sentences and looks for nothing else: one article each.
fn with_sentences(documents: Vec<Document>, lexicon: &Lexicon) -> Corpus {
    let articles = documents
        .par_iter()
        .map(|document| {
            let text = document.plain();
            let mut sentences = Vec::new();
            for (i, block) in document.blocks.iter().enumerate() {
                let spans = sentence::sentences(text, block.span, lexicon.layout());
                sentences.extend(spans.into_iter().map(|span| Sentence {
                    span,
                    kind: BlockKind::Paragraph,
                    block: i as u32,
                    lead: false,
                }));
            }
            let article = Article {
                document: DocumentId(0),
                ordinal: 0,
                span: Span::new(0, text.len()),
                title: None,
                title_text: String::new(),
                date: None,
                byline: None,
                lang: Lang::Zh,
                sentences,
            };
            vec![(article, Vec::new())]
        })
        .collect();
    corpus(documents, articles)
}

/// The whole job from text to pairs of documents. Hands the documents back.
fn find_documents(documents: Vec<Document>, lexicon: &Lexicon) -> (Shared, Vec<Document>) {
    let corpus = with_sentences(documents, lexicon);
    let length = |id: SentenceId| corpus.sentence(id).span.len();
    let mut shared: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    for meeting in find(&corpus) {
        let (a, b) = (corpus.article(meeting.a.article).document.0, corpus.article(meeting.b.article).document.0);
        if a != b {
            *shared.entry((a, b)).or_default() += meeting.share * length(meeting.a).min(length(meeting.b)) as f32;
        }
    }
    (shared.into_iter().map(|(pair, bytes)| (pair, bytes as usize)).collect(), corpus.documents)
}

fn write_pairs(path: &str, corpus: &Corpus, shared: &Shared) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for ((a, b), bytes) in shared {
        let name = |d: u32| &corpus.documents[d as usize].path;
        writeln!(out, "{}\t{}\t{bytes}", name(*a), name(*b))?;
    }
    out.flush()
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|a| a != "--bench");
    let (mut input, mut pairs, mut aligned, mut slots, mut runs) = (None, None, None, None, 5usize);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--pairs" => pairs = arguments.next(),
            "--aligned" => aligned = arguments.next(),
            "--slots" => slots = arguments.next(),
            "--runs" => runs = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(runs),
            _ => input = Some(argument),
        }
    }
    let Some(input) = input else {
        // `cargo test` and `cargo bench` without arguments run every bench: nothing to measure then.
        println!(
            "usage: cargo bench --bench passages -- CORPUS.jsonl [--pairs OUT.tsv] [--aligned OUT.tsv] [--slots OUT.jsonl] [--runs N]"
        );
        return Ok(());
    };
    let lexicon = Lexicon::embedded();
    let mut documents = load::load(&input, &std::fs::read(&input)?, Format::JsonLines).documents;
    let bytes: usize = documents.iter().map(|d| d.plain().len()).sum();
    let (mut find_seconds, mut align_seconds) = (Vec::new(), Vec::new());
    let mut near = Shared::new();
    for _ in 0..runs.max(1) {
        (near, documents) = timed(&mut find_seconds, || find_documents(documents, &lexicon));
    }
    let corpus = with_claims(documents, &lexicon);
    let mut found = Vec::new();
    for _ in 0..runs.max(1) {
        found = timed(&mut align_seconds, || align(&corpus));
    }
    let line = serde_json::json!({
        "articles": corpus.articles.len(), "bytes": bytes, "claims": corpus.claims.len(), "alignments": found.len(),
        "slots": found.iter().map(|a| a.slots.len()).sum::<usize>(), "threads": rayon::current_num_threads(),
        "find": find_seconds, "align": align_seconds,
    });
    println!("{line}");
    if let Some(path) = pairs {
        write_pairs(&path, &corpus, &near)?;
    }
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
    if let Some(path) = aligned {
        let mut shared = Shared::new();
        for alignment in &found {
            let (a, b) =
                (corpus.article(alignment.a.article).document.0, corpus.article(alignment.b.article).document.0);
            if a != b {
                let length = |id| corpus.sentence(id).span.len();
                *shared.entry((a, b)).or_default() += length(alignment.a).max(length(alignment.b));
            }
        }
        write_pairs(&path, &corpus, &shared)?;
    }
    Ok(())
}
