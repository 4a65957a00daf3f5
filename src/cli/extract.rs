//! `factlint extract`: every claim, whether or not it conflicts. Enters: inputs. Leaves: one JSON object a claim.

use std::io::{self, Write};

use rayon::prelude::*;

use super::args::{ExtractArgs, ExtractFormat};
use super::input::{self, Input};
use super::{Session, Status};
use crate::model::Issue;
use crate::pipeline::{Engine, Part, Piece};
use crate::report::record::claim_record;
use crate::report::to_json;
use crate::rule::RuleSet;

/// Inputs read at once before their claims are written.
const BATCH: usize = 256;

/// Runs the command.
pub fn run(args: &ExtractArgs, session: &mut Session) -> anyhow::Result<Status> {
    session.take(&args.input);
    let mut inputs = session.inputs(&args.input.paths, &[])?;
    let engine = Engine::new(RuleSet::embedded());
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let (mut issues, mut read, mut first) = (std::mem::take(&mut inputs.issues), 0, true);
    let array = args.format == ExtractFormat::Json;
    if array {
        out.write_all(b"[")?;
    }
    for batch in inputs.list.chunks(BATCH) {
        for (lines, mut found, was_read) in session.each(batch, |input| one(&engine, input)) {
            read += usize::from(was_read);
            issues.append(&mut found);
            for part in &lines {
                if !array {
                    out.write_all(part)?;
                    continue;
                }
                for line in part.split_inclusive(|&b| b == b'\n') {
                    out.write_all(if first { b"\n" } else { b",\n" })?;
                    first = false;
                    out.write_all(line.strip_suffix(b"\n").unwrap_or(line))?;
                }
            }
        }
    }
    if array {
        out.write_all(b"\n]\n")?;
    }
    out.flush()?;
    session.show_issues(&mut issues);
    Ok(session.outcome(&issues, read))
}

fn one(engine: &Engine, input: &Input) -> (Vec<Vec<u8>>, Vec<Issue>, bool) {
    let piece = match input::open(input) {
        Ok(bytes) => engine.read(&input.name, &bytes, input.format),
        Err(issue) => Piece { issues: vec![issue], ..Piece::default() },
    };
    let lines: Vec<Vec<u8>> = if piece.parts.len() > 1 {
        piece.parts.par_iter().map(lines).collect()
    } else {
        piece.parts.iter().map(lines).collect()
    };
    let was_read = piece.was_read();
    (lines, piece.issues, was_read)
}

fn lines(part: &Part) -> Vec<u8> {
    let mut out = Vec::new();
    for (article, claims) in &part.articles {
        for claim in claims {
            // Writing to memory cannot fail, and a record holds nothing that JSON cannot.
            if to_json(&mut out, &claim_record(&part.document, article, claim)).is_ok() {
                out.push(b'\n');
            }
        }
    }
    out
}
