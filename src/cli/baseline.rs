//! `factlint baseline`: findings accepted as they stand, by fingerprint, so that only new ones fail. Enters: a run, or the file. Leaves:
//! the file, sorted, one finding an entry with its message, so that a review of a change to it can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::args::{BaselineCommand, BaselineFile, RunArgs};
use super::{Session, Status, check, decisions, input, told_of};
use crate::model::{Finding, Report};
use crate::report::plain;

/// A baseline file.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Baseline {
    version: u32,
    accepted: Vec<Accepted>,
}

/// One finding that was accepted.
#[derive(Debug, Serialize, Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The finding.
    pub fingerprint: String,
    /// Its check.
    pub check: String,
    /// What it said, for people.
    pub message: String,
    /// What was decided on the review page, where it was: `both-right`, `not-same`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Why it was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

fn read(path: &Path) -> anyhow::Result<Baseline> {
    let name = path.to_string_lossy();
    let text = std::fs::read_to_string(path).map_err(|e| {
        let (zh, en) = input::os_message(&e);
        told_of(&name, zh, en)
    })?;
    let baseline: Baseline = serde_json::from_str(&text).map_err(|e| {
        let e = e.to_string();
        let e = plain(&e);
        let zh = format!("{e}；请用 factlint baseline write 重写");
        told_of(&name, zh, format!("{e}; write it anew with `factlint baseline write`"))
    })?;
    if baseline.version != 1 {
        let version = baseline.version;
        let zh = format!("不认识版本 {version}；本 factlint 读取版本 1");
        return Err(told_of(&name, zh, format!("version {version} is not known here; this factlint reads version 1")));
    }
    Ok(baseline)
}

/// What the baseline at `path` accepts, by fingerprint; nothing where there is no file.
pub fn entries(path: &Path) -> anyhow::Result<BTreeMap<String, Accepted>> {
    let accepted = if path.exists() { read(path)?.accepted } else { Vec::new() };
    Ok(accepted.into_iter().map(|a| (a.fingerprint.clone(), a)).collect())
}

/// Writes a baseline, sorted by fingerprint.
pub fn write(path: &Path, entries: BTreeMap<String, Accepted>) -> anyhow::Result<()> {
    let baseline = Baseline { version: 1, accepted: entries.into_values().collect() };
    let mut text = serde_json::to_string_pretty(&baseline)?;
    text.push('\n');
    check::write(path, text.as_bytes())
}

/// The fingerprints that the baseline at `path` accepts, each with its reason where one is given.
pub fn reasons(path: &Path) -> anyhow::Result<BTreeMap<String, Option<String>>> {
    Ok(read(path)?.accepted.into_iter().map(|a| (a.fingerprint, a.reason)).collect())
}

/// The fingerprints that the baseline at `path` accepts.
pub fn accepted(path: &Path) -> anyhow::Result<BTreeSet<String>> {
    Ok(read(path)?.accepted.into_iter().map(|a| a.fingerprint).collect())
}

/// Accepts one finding in the baseline at `path`, which is made where there is none.
pub fn accept(path: &Path, finding: &Finding, message: &str, reason: &str) -> anyhow::Result<()> {
    let mut entries = entries(path)?;
    let entry = Accepted {
        fingerprint: finding.fingerprint.clone(),
        check: finding.check.to_owned(),
        message: message.to_owned(),
        decision: None,
        reason: Some(reason.to_owned()),
    };
    entries.insert(entry.fingerprint.clone(), entry);
    write(path, entries)
}

fn today(args: &RunArgs, session: &mut Session) -> anyhow::Result<Option<Report>> {
    let checked = check::check(args, false, BTreeSet::new(), session)?;
    let mut report = checked.report;
    session.show_issues(&mut report.issues);
    let whole = session.outcome(&report.issues, checked.read) == Status::Clean;
    // What could not be read may hide what was accepted: the file stays as it is.
    Ok(whole.then_some(report))
}

/// The file that is meant: named, or that of the settings, or the usual one.
fn place(file: &BaselineFile, run: Option<&RunArgs>, session: &mut Session) -> anyhow::Result<PathBuf> {
    if let Some(path) = &file.baseline {
        return Ok(path.clone());
    }
    let settings = session.settings(run.and_then(|r| r.config.as_deref()))?;
    Ok(settings.baseline.unwrap_or_else(|| PathBuf::from("factlint-baseline.json")))
}

/// Runs the command.
pub fn run(command: &BaselineCommand, session: &mut Session) -> anyhow::Result<Status> {
    let path = match command {
        BaselineCommand::Show { file } => place(file, None, session)?,
        BaselineCommand::Write { file, run, .. }
        | BaselineCommand::Prune { file, run }
        | BaselineCommand::Apply { file, run } => place(file, Some(run), session)?,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    match command {
        BaselineCommand::Write { reason, run, .. } => {
            let Some(report) = today(run, session)? else { return Ok(Status::Failed) };
            let mut entries = entries(&path)?;
            for finding in &report.findings {
                let message = session.language.of(&finding.message);
                let entry = entries.entry(finding.fingerprint.clone()).or_insert_with(|| Accepted {
                    fingerprint: finding.fingerprint.clone(),
                    check: finding.check.to_owned(),
                    message: message.to_owned(),
                    decision: None,
                    reason: None,
                });
                if reason.is_some() {
                    entry.reason.clone_from(reason);
                }
                writeln!(out, "{} {} {}", plain(&finding.fingerprint), finding.check, plain(message))?;
            }
            write(&path, entries)?;
        }
        BaselineCommand::Prune { run, .. } => {
            let before = read(&path)?;
            let Some(report) = today(run, session)? else { return Ok(Status::Failed) };
            let found: BTreeSet<&str> = report.findings.iter().map(|f| f.fingerprint.as_str()).collect();
            let (kept, dropped): (Vec<Accepted>, Vec<Accepted>) =
                before.accepted.into_iter().partition(|a| found.contains(a.fingerprint.as_str()));
            for entry in &dropped {
                writeln!(out, "{} {} {}", plain(&entry.fingerprint), plain(&entry.check), plain(&entry.message))?;
            }
            if !dropped.is_empty() {
                write(&path, kept.into_iter().map(|a| (a.fingerprint.clone(), a)).collect())?;
            }
        }
        BaselineCommand::Show { .. } => {
            for entry in read(&path)?.accepted {
                let reason = entry.reason.map(|r| format!("  ({})", plain(&r))).unwrap_or_default();
                writeln!(
                    out,
                    "{} {} {}{reason}",
                    plain(&entry.fingerprint),
                    plain(&entry.check),
                    plain(&entry.message)
                )?;
            }
        }
        BaselineCommand::Apply { run, .. } => {
            let (decided, paths): (Vec<_>, Vec<_>) =
                run.input.paths.iter().cloned().partition(|path| decisions::names_decisions(path));
            if !decided.is_empty() {
                drop(out);
                let mut run = run.as_ref().clone();
                run.input.paths = paths;
                return decisions::apply(&decided, &path, run, session);
            }
            let checked = check::check(run, false, accepted(&path)?, session)?;
            drop(out);
            check::show(&checked.report, "text", session.options())?;
            return Ok(check::finish(checked, None, session));
        }
    }
    out.flush()?;
    Ok(Status::Clean)
}
