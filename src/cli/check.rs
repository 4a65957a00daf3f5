//! `factlint check`: reads, compares and reports. Enters: inputs and options. Leaves: a report in one or more formats.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, FailOn, RunArgs};
use super::{Session, Status, baseline, configuration, facts, input, rules};
use crate::model::Report;
use crate::pipeline::{CheckOptions, Engine, Piece, Role};
use crate::report::{self, Options, Reporter, plain};

/// What a run came to, before it is shown.
pub struct Checked {
    /// The report.
    pub report: Report,
    /// From which severity on the configuration says that a run fails.
    pub fail_on: Option<FailOn>,
    /// How many inputs could be read, those compared against not counted.
    pub read: usize,
}

/// Reads and compares. The fingerprints of `accepted` are counted and not reported.
pub fn check(
    args: &RunArgs,
    explain_pairs: bool,
    accepted: BTreeSet<String>,
    session: &mut Session,
) -> anyhow::Result<Checked> {
    session.take(&args.input);
    let config = configuration(args.config.as_deref())?;
    let pick = |given: &[PathBuf], configured: &[PathBuf]| {
        if given.is_empty() { configured.to_vec() } else { given.to_vec() }
    };
    let rule_paths: Vec<PathBuf> = config.rules.iter().chain(&args.rules).cloned().collect();
    let engine = Engine::new(rules::load(&rule_paths)?);
    let facts = args.facts.as_deref().or(config.facts.as_deref()).map(|path| facts::read(path, &engine)).transpose()?;
    let inputs = session.inputs(&pick(&args.input.paths, &config.paths), &pick(&args.against, &config.against))?;
    let read_all = || {
        session.each(&inputs.list, |input| {
            let mut piece = match input::open(input) {
                Ok(bytes) => engine.read(&input.name, &bytes, input.format),
                Err(issue) => Piece { issues: vec![issue], ..Piece::default() },
            };
            piece.role = if input.against { Role::Against } else { Role::Checked };
            piece
        })
    };
    // A lone input is most often one draft, which asks for no rule: what it does ask for is compiled then.
    let warm = || {
        if inputs.list.len() > 1 {
            engine.warm();
        }
    };
    let (mut pieces, ()) = session.install(|| rayon::join(read_all, warm));
    let read = pieces.iter().filter(|p| p.was_read() && p.role == Role::Checked).count();
    pieces.extend(facts);
    let options = CheckOptions {
        explain_pairs,
        languages: config.languages,
        checks: config.checks,
        accepted,
        left_out: inputs.left_out.into_iter().collect(),
        issues: inputs.issues,
    };
    let report = session.install(|| engine.check(pieces, options));
    // The process ends soon: taking its tables apart piece by piece would only cost time.
    std::mem::forget(engine);
    Ok(Checked { report, fail_on: config.fail_on, read })
}

/// Runs the command.
pub fn run(args: &CheckArgs, session: &mut Session) -> anyhow::Result<Status> {
    let targets = targets(&args.out)?;
    let accepted = args.baseline.as_deref().map(baseline::accepted).transpose()?.unwrap_or_default();
    let checked = check(&args.run, args.explain_pairs, accepted, session)?;
    let how = Options { language: session.language, color: session.color };
    show(&checked.report, args.format.as_deref().unwrap_or("text"), how)?;
    for (reporter, file) in targets {
        let mut bytes = Vec::new();
        (reporter.render)(&checked.report, Options { color: false, ..how }, &mut bytes)?;
        write(&file, &bytes)?;
    }
    Ok(finish(checked, args.fail_on, session))
}

/// Writes a report to standard output.
pub fn show(report: &Report, format: &str, how: Options) -> anyhow::Result<()> {
    let reporter = report::reporter(format).ok_or_else(|| anyhow::anyhow!("--format {format}: no such format"))?;
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    (reporter.render)(report, how, &mut out)?;
    Ok(out.flush()?)
}

/// Tells the issues, and the exit status of a run.
pub fn finish(mut checked: Checked, fail_on: Option<FailOn>, session: &Session) -> Status {
    session.show_issues(&mut checked.report.issues);
    let status = session.outcome(&checked.report.issues, checked.read);
    if status != Status::Clean {
        return status;
    }
    let fail_on = fail_on.or(checked.fail_on).unwrap_or(FailOn::Error);
    if checked.report.findings.iter().any(|f| fail_on.fails(f.severity)) { Status::Found } else { Status::Clean }
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

/// Writes a file, and the folder it lies in where there is none.
pub fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(file, bytes))
        .map_err(|e| anyhow::anyhow!("{}: {}", plain(&file.to_string_lossy()), input::os_message(&e).1))
}
