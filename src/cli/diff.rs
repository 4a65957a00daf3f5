//! `factlint diff A B`: the near-duplicate passages of two files, side by side. Enters: two paths. Leaves: each pair with its difference.

use std::io::{self, Write};

use super::args::{DiffArgs, ExtractFormat};
use super::{Session, Status, input};
use crate::model::DiffOp;
use crate::pipeline::{Engine, Piece};
use crate::report::{plain, record, to_json};
use crate::rule::RuleSet;

/// Runs the command.
pub fn run(args: &DiffArgs, session: &Session) -> anyhow::Result<Status> {
    let engine = Engine::new(RuleSet::embedded());
    let (mut pieces, mut issues) = (Vec::new(), Vec::new());
    for path in [&args.a, &args.b] {
        let mut inputs = session.inputs(std::slice::from_ref(path), &[])?;
        if inputs.list.len() > 1 {
            anyhow::bail!("{}: is a folder; name two files", plain(&path.to_string_lossy()));
        }
        let mut piece = match inputs.list.pop().map(|input| (input::open(&input), input)) {
            Some((Ok(bytes), input)) => engine.read(&input.name, &bytes, input.format),
            Some((Err(issue), _)) => Piece { issues: vec![issue], ..Piece::default() },
            None => Piece::default(),
        };
        issues.append(&mut inputs.issues);
        issues.append(&mut piece.issues);
        pieces.push(piece);
    }
    let read = pieces.iter().filter(|p| !p.parts.is_empty()).count();
    let (right, left) = (pieces.pop().unwrap_or_default(), pieces.pop().unwrap_or_default());
    let (corpus, passages) = session.install(|| engine.passages(left, right));
    let mut out = io::BufWriter::new(io::stdout().lock());
    for passage in &passages {
        let place = |id: crate::model::SentenceId| {
            let (article, document) = (corpus.article(id.article), corpus.document_of(id.article));
            record::Place::new(document, article, corpus.sentence(id).span)
        };
        let (a, b) = (place(passage.a), place(passage.b));
        if args.format == Some(ExtractFormat::Jsonl) || args.format == Some(ExtractFormat::Json) {
            let diff: Vec<_> =
                passage.diff.iter().map(|d| serde_json::json!({"op": d.op.name(), "text": d.text})).collect();
            let similarity = (f64::from(passage.similarity) * 100.0).round() / 100.0;
            to_json(&mut out, &serde_json::json!({"a": a, "b": b, "similarity": similarity, "diff": diff}))?;
            writeln!(out)?;
            continue;
        }
        writeln!(
            out,
            "{}:{} · {}:{}  {:.0}%",
            plain(a.path),
            a.line,
            plain(b.path),
            b.line,
            passage.similarity * 100.0
        )?;
        for part in &passage.diff {
            let text = plain(&part.text);
            match part.op {
                DiffOp::Equal => write!(out, "{text}")?,
                DiffOp::Delete => write!(out, "{}", session.paint("31", &format!("[-{text}-]")))?,
                DiffOp::Insert => write!(out, "{}", session.paint("32", &format!("{{+{text}+}}")))?,
            }
        }
        writeln!(out, "\n")?;
    }
    if args.format.is_none() {
        let n = passages.len();
        let said = session.language.pick("对近似段落。", "near-duplicate passages.");
        writeln!(out, "{n} {said}")?;
    }
    out.flush()?;
    session.show_issues(&mut issues);
    Ok(session.outcome(&issues, read))
}
