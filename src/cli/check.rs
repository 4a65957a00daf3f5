//! `factlint check`: reads, compares and reports. Enters: inputs and options. Leaves: a report in one or more formats.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, RunArgs};
use super::{Session, Status, baseline, diff, facts, input, rules, since, told_of, watch};
use crate::model::{Report, Written};
use crate::pipeline::{CheckOptions, Engine, Piece, Role};
use crate::report::{self, Options, Reporter};
use crate::settings::FailOn;

/// The most bytes of a report that go into the summary of a workflow step.
const STEP_SUMMARY: usize = 900 << 10;

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
    let settings = session.settings(args.config.as_deref())?;
    let pick = |given: &[PathBuf], configured: &[PathBuf]| {
        if given.is_empty() { configured.to_vec() } else { given.to_vec() }
    };
    let rule_paths: Vec<PathBuf> = settings.rules.iter().chain(&args.rules).cloned().collect();
    let engine = Engine::new(rules::load(&rule_paths)?).with_aliases(settings.aliases.clone());
    let engine = match rules::judge(&rule_paths)? {
        Some(judge) => engine.judged_by(judge),
        None => engine,
    };
    let facts =
        args.facts.as_deref().or(settings.facts.as_deref()).map(|path| facts::read(path, &engine)).transpose()?;
    let inputs = session.inputs(&pick(&args.input.paths, &settings.paths), &pick(&args.against, &settings.against))?;
    let read_all = || {
        session.each(&inputs.list, |input| {
            let mut piece = match input::open(input) {
                Ok(bytes) if inputs.list.len() == 1 => engine.read_lone(&input.name, &bytes, input.format),
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
    let fail_on = settings.fail_on;
    let options = CheckOptions {
        explain_pairs,
        whole: args.input.paths.is_empty(),
        settings,
        accepted,
        left_out: inputs.left_out.into_iter().collect(),
        issues: inputs.issues,
    };
    let report = session.install(|| engine.check(pieces, options));
    // The process ends soon, but where it watches: taking the tables apart piece by piece would only cost time.
    if !session.stays {
        std::mem::forget(engine);
    }
    Ok(Checked { report, fail_on, read })
}

/// Runs the command.
pub fn run(args: &CheckArgs, session: &mut Session) -> anyhow::Result<Status> {
    if let [old, new] = args.diff.as_slice() {
        return diff::changes(old, new, args.format.as_deref(), session);
    }
    if args.watch {
        return watch::run(args, session);
    }
    once(args, session)
}

/// One check, from reading to the reports.
pub fn once(args: &CheckArgs, session: &mut Session) -> anyhow::Result<Status> {
    let targets = targets(&args.out)?;
    let settings = session.settings(args.run.config.as_deref())?;
    let baseline = args.baseline.as_deref().or(settings.baseline.as_deref());
    let reasons = baseline.map(baseline::reasons).transpose()?.unwrap_or_default();
    let accepted = reasons.keys().cloned().collect();
    let changed = args.since.as_deref().map(since::Changed::since).transpose()?;
    let mut checked = check(&args.run, args.explain_pairs, accepted, session)?;
    for excepted in checked.report.excepted.iter_mut().filter(|e| e.written == Written::Baseline) {
        excepted.reason = reasons.get(&excepted.finding.fingerprint).cloned().flatten();
    }
    if let Some(changed) = changed {
        changed.keep(&mut checked.report);
    }
    let how = session.options();
    let format = args.format.as_deref().unwrap_or("text");
    show(&checked.report, format, how)?;
    if format == "github" {
        step_summary(&checked.report, how)?;
    }
    for (reporter, file) in targets {
        let mut bytes = Vec::new();
        (reporter.render)(&checked.report, how.for_file(), &mut bytes)?;
        write(&file, &bytes)?;
    }
    Ok(finish(checked, args.fail_on.map(Into::into), session))
}

/// Writes a report to standard output.
pub fn show(report: &Report, format: &str, how: Options) -> anyhow::Result<()> {
    let reporter = report::reporter(format)
        .ok_or_else(|| told_of(&format!("--format {format}"), "没有这种格式", "no such format"))?;
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    if format == "text" && std::env::var_os("GITHUB_ACTIONS").is_some_and(|v| v == "true") {
        let mut bytes = Vec::new();
        (reporter.render)(report, how, &mut bytes)?;
        guarded(&bytes, &mut out)?;
    } else {
        (reporter.render)(report, how, &mut out)?;
    }
    Ok(out.flush()?)
}

/// Writes text to the log of a workflow so that nothing in it is taken for a workflow command: commands are stopped before it and
/// allowed again after it, by a word that does not occur in it.
fn guarded(text: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let occurs = |word: &str| memchr::memmem::find(text, word.as_bytes()).is_some();
    // As many words as the text has bytes cannot all occur in it.
    let mut words = (0..=text.len()).map(|n| format!("factlint-report-{n}"));
    let word = words.find(|word| !occurs(word)).unwrap_or_default();
    writeln!(out, "::stop-commands::{word}")?;
    out.write_all(text)?;
    writeln!(out, "::{word}::")
}

/// Adds the report as Markdown to the summary of the workflow step, where one is kept.
fn step_summary(report: &Report, how: Options) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|p| !p.is_empty()) else { return Ok(()) };
    let Some(reporter) = report::reporter("markdown") else { return Ok(()) };
    let mut bytes = Vec::new();
    (reporter.render)(report, how.for_file(), &mut bytes)?;
    // The service drops a summary of more than 1 MiB whole.
    if bytes.len() > STEP_SUMMARY {
        let mut cut = STEP_SUMMARY;
        while !bytes[..cut].ends_with(b"\n") && cut > 0 {
            cut -= 1;
        }
        bytes.truncate(cut);
        bytes.extend(how.language.pick("\n……（其余从略）\n", "\n… (cut here)\n").bytes());
    }
    let add = || std::fs::OpenOptions::new().create(true).append(true).open(&path)?.write_all(&bytes);
    add().map_err(|e| {
        let (zh, en) = input::os_message(&e);
        told_of(&path.to_string_lossy(), zh, en)
    })
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
        let shown = format!("--out {out}");
        let Some((format, file)) = out.split_once('=').filter(|(_, file)| !file.is_empty()) else {
            let (zh, en) =
                ("请写成 FORMAT=FILE，如 markdown=report.md", "write FORMAT=FILE, such as markdown=report.md");
            return Err(told_of(&shown, zh, en));
        };
        let Some(reporter) = report::reporter(format) else {
            let names: Vec<&str> = report::REGISTRY.iter().map(|r| r.name).collect();
            let (zh, en) = (names.join("、"), names.join(", "));
            let (zh, en) = (format!("没有这种格式；可用的有 {zh}"), format!("no such format; the formats are {en}"));
            return Err(told_of(&shown, zh, en));
        };
        Ok((reporter, PathBuf::from(file)))
    };
    outs.iter().map(target).collect()
}

/// Writes a file, and the folder it lies in where there is none.
pub fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(file, bytes)).map_err(|e| {
        let (zh, en) = input::os_message(&e);
        told_of(&file.to_string_lossy(), zh, en)
    })
}
