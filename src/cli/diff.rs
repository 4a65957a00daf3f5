//! `factlint diff OLD NEW`: the near-duplicate passages of two files, side by side, and the claims that changed from the first to the
//! second. Enters: two paths. Leaves: each pair with its difference, then each change.

use std::io::{self, Write};
use std::path::Path;

use super::args::{DiffArgs, ExtractFormat};
use super::{Session, Status, input, told_of};
use crate::align::Change;
use crate::model::{ClaimId, Corpus, DiffOp, Issue, Passages};
use crate::pipeline::{Engine, Piece};
use crate::report::{plain, record, to_json, view};
use crate::rule::RuleSet;

/// Characters of a sentence shown on each side of a figure.
const AROUND: usize = 30;

/// Two files, compared.
struct Compared {
    corpus: Corpus,
    passages: Vec<Passages>,
    changes: Vec<Change>,
    issues: Vec<Issue>,
    /// How many of the two could be read.
    read: usize,
}

fn compare(paths: [&Path; 2], session: &Session) -> anyhow::Result<Compared> {
    let engine = Engine::new(RuleSet::embedded());
    let (mut pieces, mut issues) = (Vec::new(), Vec::new());
    for path in paths {
        let mut inputs = session.inputs(&[path.to_owned()], &[])?;
        if inputs.list.len() > 1 {
            return Err(told_of(&path.to_string_lossy(), "是文件夹；请给出两个文件", "is a folder; name two files"));
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
    let (corpus, passages, changes) = session.install(|| engine.passages(left, right));
    // A file that could not be read has lost no claims.
    let changes = if read == 2 { changes } else { Vec::new() };
    Ok(Compared { corpus, passages, changes, issues, read })
}

/// Runs the command.
pub fn run(args: &DiffArgs, session: &Session) -> anyhow::Result<Status> {
    let mut compared = compare([&args.a, &args.b], session)?;
    let corpus = &compared.corpus;
    let json = args.format.is_some_and(|f| matches!(f, ExtractFormat::Jsonl | ExtractFormat::Json));
    let mut out = io::BufWriter::new(io::stdout().lock());
    for passage in &compared.passages {
        let place = |id: crate::model::SentenceId| {
            let (article, document) = (corpus.article(id.article), corpus.document_of(id.article));
            record::Place::new(document, article, corpus.sentence(id).span)
        };
        let (a, b) = (place(passage.a), place(passage.b));
        if json {
            let diff: Vec<_> =
                passage.diff.iter().map(|d| serde_json::json!({"op": d.op.name(), "text": d.text})).collect();
            let similarity = (f64::from(passage.similarity) * 100.0).round() / 100.0;
            to_json(&mut out, &serde_json::json!({"a": a, "b": b, "similarity": similarity, "diff": diff}))?;
            writeln!(out)?;
            continue;
        }
        let alike = passage.similarity * 100.0;
        writeln!(out, "{}:{} · {}:{}  {alike:.0}%", plain(a.path), a.line, plain(b.path), b.line)?;
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
    if !json {
        let n = compared.passages.len();
        let said = session.language.pick("对近似段落。", "near-duplicate passages.");
        writeln!(out, "{n} {said}\n")?;
    }
    show(&compared, json, session, &mut out)?;
    out.flush()?;
    session.show_issues(&mut compared.issues);
    Ok(session.outcome(&compared.issues, compared.read))
}

/// `factlint check --diff OLD NEW`: the claims that changed, and nothing else.
pub fn changes(old: &Path, new: &Path, format: Option<&str>, session: &Session) -> anyhow::Result<Status> {
    let json = match format {
        None | Some("text") => false,
        Some("json" | "jsonl") => true,
        Some(other) => {
            let (zh, en) = ("--diff 只能写成 text 或 jsonl", "--diff is written as text or jsonl");
            return Err(told_of(&format!("--format {other}"), zh, en));
        }
    };
    let mut compared = compare([old, new], session)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    show(&compared, json, session, &mut out)?;
    out.flush()?;
    session.show_issues(&mut compared.issues);
    Ok(session.outcome(&compared.issues, compared.read))
}

/// Writes every change, one a line as JSON or with its sentence as text.
fn show(compared: &Compared, json: bool, session: &Session, out: &mut dyn Write) -> io::Result<()> {
    let (corpus, how) = (&compared.corpus, session.language);
    let mut counts = [0usize; 3];
    for change in &compared.changes {
        let (kind, old, new) = match *change {
            Change::Changed(old, new) => (0, Some(old), Some(new)),
            Change::Added(new) => (1, None, Some(new)),
            Change::Removed(old) => (2, Some(old), None),
        };
        counts[kind] += 1;
        if json {
            let record = |id: ClaimId| {
                let claim = &corpus.claims[id.0 as usize];
                record::claim_record(corpus.document_of(claim.article), corpus.article(claim.article), claim)
            };
            let name = ["changed", "added", "removed"][kind];
            to_json(&mut *out, &serde_json::json!({"change": name, "old": old.map(record), "new": new.map(record)}))?;
            writeln!(out)?;
            continue;
        }
        let spot = |id: ClaimId| view::spot(corpus, &crate::model::FindClaim::Claim(id), AROUND);
        let Some(shown) = new.or(old).map(spot) else { continue };
        let (head, code) = match kind {
            0 => (how.pick("改", "changed"), "33"),
            1 => (how.pick("增", "added"), "32"),
            _ => (how.pick("删", "removed"), "31"),
        };
        let e = &shown.excerpt;
        let was =
            old.filter(|_| kind == 0).map(|id| format!("【{}】→", plain(spot(id).excerpt.mark))).unwrap_or_default();
        writeln!(
            out,
            "{}  {}:{}:{}  {}{was}【{}】{}",
            session.paint(code, head),
            plain(shown.place.path),
            shown.place.line,
            shown.place.column,
            plain(&e.before),
            plain(e.mark),
            plain(&e.after)
        )?;
    }
    if !json {
        let [changed, added, removed] = counts;
        match how {
            crate::report::Interface::Zh => {
                writeln!(out, "数字说法：改 {changed} 处，增 {added} 处，删 {removed} 处。")?;
            }
            crate::report::Interface::En => {
                writeln!(out, "Claims: {changed} changed, {added} added, {removed} removed.")?;
            }
        }
    }
    Ok(())
}
