//! `factlint check`: reads, compares and reports. Enters: inputs and options. Leaves: a report in one or more formats.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, FailOn};
use super::{Session, Status, configuration, input, rules};
use crate::pipeline::{CheckOptions, Engine, Piece};
use crate::report::{self, Options, Reporter, plain};

/// Runs the command.
pub fn run(args: &CheckArgs, session: &mut Session) -> anyhow::Result<Status> {
    session.take(&args.input);
    let targets = targets(&args.out)?;
    let config = configuration(args.config.as_deref())?;
    let pick = |given: &[PathBuf], configured: &[PathBuf]| {
        if given.is_empty() { configured.to_vec() } else { given.to_vec() }
    };
    let rule_paths: Vec<PathBuf> = config.rules.iter().chain(&args.rules).cloned().collect();
    let engine = Engine::new(rules::load(&rule_paths)?);
    let inputs = session.inputs(&pick(&args.input.paths, &config.paths), &pick(&args.against, &config.against))?;
    let pieces = session.each(&inputs.list, |input| {
        let mut piece = match input::open(input) {
            Ok(bytes) => engine.read(&input.name, &bytes, input.format),
            Err(issue) => Piece { issues: vec![issue], ..Piece::default() },
        };
        piece.against = input.against;
        piece
    });
    let read = pieces.iter().filter(|p| p.was_read() && !p.against).count();
    let options = CheckOptions {
        explain_pairs: args.explain_pairs,
        languages: config.languages,
        checks: config.checks,
        left_out: inputs.left_out.into_iter().collect(),
        issues: inputs.issues,
    };
    let mut report = session.install(|| engine.check(pieces, options));
    let format = args.format.as_deref().unwrap_or("text");
    let reporter = report::reporter(format).ok_or_else(|| anyhow::anyhow!("--format {format}: no such format"))?;
    let how = Options { language: session.language, color: session.color };
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    (reporter.render)(&report, &how, &mut out)?;
    out.flush()?;
    for (reporter, file) in targets {
        let mut bytes = Vec::new();
        (reporter.render)(&report, &Options { color: false, ..how }, &mut bytes)?;
        write(&file, &bytes)?;
    }
    session.show_issues(&mut report.issues);
    let status = session.outcome(&report.issues, read);
    if status != Status::Clean {
        return Ok(status);
    }
    let fail_on = args.fail_on.or(config.fail_on).unwrap_or(FailOn::Error);
    Ok(if report.findings.iter().any(|f| fail_on.fails(f.severity)) { Status::Found } else { Status::Clean })
}

/// The `FORMAT=FILE` of every `--out`, checked before any work is done.
fn targets(outs: &[String]) -> anyhow::Result<Vec<(&'static Reporter, PathBuf)>> {
    let target = |out: &String| {
        let shown = plain(out);
        let Some((format, file)) = out.split_once('=').filter(|(_, file)| !file.is_empty()) else {
            anyhow::bail!("--out {shown}: write FORMAT=FILE, such as markdown=report.md");
        };
        let Some(reporter) = report::reporter(format) else {
            let names: Vec<&str> = report::REGISTRY.iter().map(|r| r.name).collect();
            anyhow::bail!("--out {shown}: no such format; the formats are {}", names.join(", "));
        };
        Ok((reporter, PathBuf::from(file)))
    };
    outs.iter().map(target).collect()
}

fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(file, bytes))
        .map_err(|e| anyhow::anyhow!("{}: {}", plain(&file.to_string_lossy()), input::os_message(&e).1))
}
