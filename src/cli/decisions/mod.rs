//! `decisions.json` of the review page → accepted findings and facts. Enters: files that anyone may have written, and the articles of
//! today. Leaves: a baseline and a facts file, both untouched where a decision is not as it should be.

mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use self::file::{Decision, Kind, Side, figures, read_all, short};
use super::args::RunArgs;
use super::baseline::{self, Accepted};
use super::facts::{self, Settled};
use super::{Session, Status, check, told_of};
use crate::model::{Finding, Report};
use crate::report::{Interface, plain, said};

/// Decisions that could not be taken over and are told one by one.
const TOLD: usize = 50;
/// The facts file where none is named.
const FACTS: &str = "facts.toml";

/// Whether `path` is one of decisions and not one of articles, which are never read from `.json`.
pub fn names_decisions(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

/// The findings of today, for decisions to be held against.
struct Today<'a> {
    report: &'a Report,
    by_print: BTreeMap<&'a str, &'a Finding>,
    /// By check, path and figures of each side, for a finding of which one side has changed.
    by_side: BTreeMap<(String, String, String), &'a Finding>,
}

impl<'a> Today<'a> {
    fn new(report: &'a Report) -> Self {
        let mut by_side = BTreeMap::new();
        for finding in &report.findings {
            for side in said(&report.corpus, finding) {
                by_side.entry((finding.check.to_owned(), side.path.to_owned(), side.text)).or_insert(finding);
            }
        }
        let by_print = report.findings.iter().map(|f| (f.fingerprint.as_str(), f)).collect();
        Self { report, by_print, by_side }
    }

    fn sides(&self, finding: &Finding) -> Vec<Side> {
        said(&self.report.corpus, finding).iter().map(Side::from).collect()
    }
}

/// Decisions sorted by what becomes of them.
#[derive(Default)]
struct Sorted {
    accept: Vec<Accepted>,
    settle: Vec<(Decision, Settled)>,
    known: usize,
    /// Both sides stand in one sentence, of which no fact can be made: what is to be mended.
    mend: Vec<String>,
    later: usize,
    stale: Vec<String>,
}

/// Holds a decision against the findings of today: the finding, or why it no longer fits.
fn fitting<'a>(decision: &Decision, today: &Today<'a>, how: Interface) -> Result<&'a Finding, String> {
    if let Some(finding) = today.by_print.get(decision.fingerprint.as_str()) {
        if finding.check == decision.check {
            return Ok(finding);
        }
        return Err(how.pick("指纹与检查不符", "fingerprint and check do not belong together").to_owned());
    }
    let then = decision.figures();
    let side = |s: &Side| today.by_side.get(&(decision.check.clone(), s.path.clone(), s.text.clone()));
    Err(match (decision.sides.iter().find_map(side), how) {
        (Some(finding), Interface::Zh) => {
            let now = figures(&today.sides(finding));
            format!("数值已经改变：裁定时是 {then}，现在是 {now}；请重新裁定")
        }
        (Some(finding), Interface::En) => {
            let now = figures(&today.sides(finding));
            format!("the values have changed: decided on {then}, it is now {now}; decide again")
        }
        (None, Interface::Zh) => format!("{then}：已不再出现（已改正，或不在这些文章里）"),
        (None, Interface::En) => format!("{then}: is found no more (mended, or not in these articles)"),
    })
}

fn sort(decisions: Vec<Decision>, today: Option<&Today<'_>>, facts: &BTreeSet<String>, how: Interface) -> Sorted {
    let mut sorted = Sorted::default();
    for mut decision in decisions {
        if decision.kind == Kind::Later {
            sorted.later += 1;
            continue;
        }
        let settled = decision.side(&decision.sides).map(Side::settled);
        if decision.kind == Kind::Right && settled.as_ref().is_some_and(|s| facts.contains(&*plain(&s.text))) {
            sorted.known += 1;
            continue;
        }
        let mut stale = |why: String| sorted.stale.push(format!("{} {}: {why}", decision.fingerprint, decision.check));
        if let Some(today) = today {
            match fitting(&decision, today, how) {
                Ok(finding) => {
                    decision.sides = today.sides(finding);
                    how.of(&finding.message).clone_into(&mut decision.message);
                }
                Err(why) => {
                    stale(why);
                    continue;
                }
            }
        }
        match decision.kind {
            Kind::Right if decision.check == "known-fact" => stale(
                how.pick(
                    "这与事实档案中的一条相抵触；请先改 facts.toml",
                    "this goes against a settled fact; mend the facts file first",
                )
                .to_owned(),
            ),
            Kind::Right => match decision.side(&decision.sides).map(Side::settled) {
                Some(settled) if decision.sides.iter().filter(|s| s.sentence == settled.text).count() > 1 => {
                    let text = short(decision.text.as_deref().unwrap_or_default());
                    sorted.mend.push(match how {
                        Interface::Zh => format!("{} {}：“{text}”对，但两方在同一句，记不成事实；请改原文", decision.fingerprint, decision.check),
                        Interface::En => format!(
                            "{} {}: {text} is right, but both sides stand in one sentence, which makes no fact; mend the article",
                            decision.fingerprint, decision.check
                        ),
                    });
                }
                Some(settled) => sorted.settle.push((decision, settled)),
                None => stale(format!(
                    "{}: {}",
                    short(decision.text.as_deref().unwrap_or_default()),
                    how.pick("不再是其中一方；请重新裁定", "is no side of it any more; decide again")
                )),
            },
            kind => sorted.accept.push(Accepted {
                fingerprint: decision.fingerprint,
                check: decision.check,
                message: plain(&decision.message).into_owned(),
                decision: Some(kind.name().to_owned()),
                reason: decision.note.filter(|n| !n.trim().is_empty()).map(|n| plain(n.trim()).into_owned()),
            }),
        }
    }
    sorted
}

/// Takes over the decisions in `files`, then checks the articles of `run` as `factlint check --baseline` does.
pub fn apply(files: &[PathBuf], file: &Path, mut run: RunArgs, session: &mut Session) -> anyhow::Result<Status> {
    if run.input.paths.iter().any(|p| p.as_os_str() == "-") {
        return Err(told_of("-", "标准输入不能读两遍；请给出文件", "standard input cannot be read twice; name files"));
    }
    let config = session.settings(run.config.as_deref())?;
    let how = session.language;
    let decisions = read_all(files, how)?;
    let named = run.facts.clone().or(config.facts);
    let facts_file = named.clone().unwrap_or_else(|| PathBuf::from(FACTS));
    let known = facts::texts(&facts_file)?;
    // The file that --facts names may be one to be made.
    run.facts = run.facts.filter(|path| path.exists());
    let mut entries = baseline::entries(file)?;

    let reads = !(run.input.paths.is_empty() && config.paths.is_empty());
    let checked = if reads { Some(check::check(&run, false, BTreeSet::new(), session)?) } else { None };
    if let Some(checked) = &checked {
        let mut issues = checked.report.issues.clone();
        if session.outcome(&issues, checked.read) != Status::Clean {
            // What could not be read may hold what was decided on: nothing is taken over.
            session.show_issues(&mut issues);
            return Ok(Status::Failed);
        }
    }
    let today = checked.as_ref().map(|c| Today::new(&c.report));
    let sorted = sort(decisions, today.as_ref(), &known, how);

    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut changed = false;
    for entry in &sorted.accept {
        let reason = entry.reason.as_ref().map(|r| format!("  ({r})")).unwrap_or_default();
        writeln!(out, "{} {} {}{reason}", entry.fingerprint, entry.check, entry.message)?;
        entries.insert(entry.fingerprint.clone(), entry.clone());
        changed = true;
    }
    let mut settled: Vec<Settled> = Vec::new();
    for (decision, fact) in &sorted.settle {
        writeln!(
            out,
            "{} {} {}: {}",
            decision.fingerprint,
            decision.check,
            how.pick("事实", "fact"),
            plain(&fact.text)
        )?;
        // One who said that both are right and now says which is, wants it reported again.
        changed |= entries.remove(&decision.fingerprint).is_some();
        if !settled.iter().any(|s| s.text == fact.text) {
            settled.push(fact.clone());
        }
    }
    let facts_text = if settled.is_empty() { None } else { Some(facts::with(&facts_file, &settled)?) };
    if changed {
        baseline::write(file, entries)?;
    }
    if let Some(text) = &facts_text {
        check::write(&facts_file, text.as_bytes())?;
    }
    writeln!(out, "{}", totals(&sorted, how))?;
    out.flush()?;
    drop(out);
    tell(&sorted, named.is_none() && facts_text.is_some(), reads, session);
    drop(today);
    if checked.is_none() {
        return Ok(Status::Clean);
    }
    if facts_file.exists() {
        run.facts = Some(facts_file);
    }
    let checked = check::check(&run, false, baseline::entries(file)?.into_keys().collect(), session)?;
    check::show(&checked.report, "text", session.options())?;
    Ok(check::finish(checked, None, session))
}

/// One line: what became of the decisions.
fn totals(sorted: &Sorted, how: Interface) -> String {
    let Sorted { accept, settle, known, mend, later, stale } = sorted;
    let (accept, settle, mend, stale) = (accept.len(), settle.len(), mend.len(), stale.len());
    match how {
        Interface::Zh => format!(
            "接受 {accept} 条，新增事实 {settle} 条，已在事实档案 {known} 条，待改原文 {mend} 条，以后再看 {later} 条，已过时 {stale} 条。"
        ),
        Interface::En => format!(
            "{accept} accepted, {settle} added to the facts, {known} there already, {mend} to mend, {later} for later, {stale} stale."
        ),
    }
}

/// What an editor should know besides, on standard error.
fn tell(sorted: &Sorted, loose_facts: bool, held: bool, session: &Session) {
    let how = session.language;
    let mut err = io::stderr().lock();
    let warning = how.pick("警告", "warning");
    let told = sorted.mend.len() + sorted.stale.len();
    for each in sorted.mend.iter().chain(&sorted.stale).take(TOLD) {
        let _ = writeln!(err, "factlint: {warning}: {each}");
    }
    if told > TOLD {
        let _ = writeln!(err, "factlint: {warning}: +{}", told - TOLD);
    }
    if loose_facts {
        let said = how.pick(
            "事实记入 facts.toml；以后用 --facts facts.toml，或在 factlint.toml 中写 facts = \"facts.toml\"",
            "facts went into facts.toml; use it by --facts facts.toml, or by facts = \"facts.toml\" in factlint.toml",
        );
        let _ = writeln!(err, "factlint: {said}");
    }
    if !held {
        let said = how.pick(
            "没有给出文章，裁定未与现在的文字核对；请一并给出文章的路径",
            "no articles were named, so the decisions were not held against what they say today; name their paths as well",
        );
        let _ = writeln!(err, "factlint: {said}");
    }
}
