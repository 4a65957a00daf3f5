//! `factlint check`: reads, compares and reports. Enters: inputs and options. Leaves: a report in one or more formats.

use std::fs::File;
use std::io::{self, Write};

use super::args::{CheckArgs, FailOn};
use super::{Session, Status, input};
use crate::pipeline::{CheckOptions, Engine, Piece};
use crate::report::{self, Options};
use crate::rule::RuleSet;

/// Runs the command.
pub fn run(args: &CheckArgs) -> anyhow::Result<Status> {
    let session = Session::new(&args.input);
    let inputs = session.inputs(&args.input.paths, &args.against)?;
    let engine = Engine::new(RuleSet::default());
    let count = inputs.list.len();
    let pieces = session.each(&inputs.list, |input| {
        let mut piece = match input::open(input) {
            Ok(bytes) => engine.read(&input.name, &bytes, input.format),
            Err(issue) => Piece { issues: vec![issue], ..Piece::default() },
        };
        piece.against = input.against;
        piece
    });
    let read = pieces.iter().filter(|p| p.issues.is_empty() || !p.parts.is_empty()).count();
    let options = CheckOptions {
        explain_pairs: args.explain_pairs,
        left_out: inputs.left_out.into_iter().collect(),
        issues: inputs.issues,
    };
    let mut report = session.install(|| engine.check(pieces, options));
    let how = Options { language: session.language, color: false };
    let format = args.format.as_deref().unwrap_or("text");
    let reporter = report::reporter(format).ok_or_else(|| anyhow::anyhow!("no such format: {format}"))?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    (reporter.render)(&report, &how, &mut out)?;
    out.flush()?;
    for target in &args.out {
        let (name, file) = target
            .split_once('=')
            .ok_or_else(|| anyhow::anyhow!("--out {target}: want FORMAT=FILE, such as markdown=report.md"))?;
        let reporter = report::reporter(name).ok_or_else(|| anyhow::anyhow!("--out {target}: no format {name}"))?;
        let mut out = io::BufWriter::new(File::create(file)?);
        (reporter.render)(&report, &how, &mut out)?;
        out.flush()?;
    }
    session.show_issues(&mut report.issues);
    let status = session.outcome(&report.issues, read, count);
    if status != Status::Clean {
        return Ok(status);
    }
    let fail_on = args.fail_on.unwrap_or(FailOn::Error);
    Ok(if report.findings.iter().any(|f| fail_on.fails(f.severity)) { Status::Found } else { Status::Clean })
}
