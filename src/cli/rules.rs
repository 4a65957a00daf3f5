//! Rule files on disk → the rules in force, and `factlint rules list|test|schema`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::RulesCommand;
use super::{Status, told, told_of};
use crate::group::Model;
use crate::pipeline::{Engine, Outcome};
use crate::report::{Interface, plain, to_json};
use crate::rule::{self, RuleError, RuleSet};
use crate::settings;

/// The most mistakes that one run tells.
const SHOWN: usize = 20;

/// The embedded rules with those of the files and folders given.
pub fn load(paths: &[PathBuf]) -> anyhow::Result<RuleSet> {
    if paths.is_empty() {
        return Ok(RuleSet::embedded());
    }
    let mut files = Vec::new();
    for path in paths {
        for file in rule_files(path)? {
            let text = settings::small_file(&file)?;
            files.push((file.to_string_lossy().replace('\\', "/"), text));
        }
    }
    let given: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    RuleSet::load(&given).map_err(|errors| {
        let (mut zh, mut en): (Vec<String>, Vec<String>) =
            errors.iter().take(SHOWN).map(RuleError::told).map(|t| (t.zh, t.en)).unzip();
        if errors.len() > SHOWN {
            let more = errors.len() - SHOWN;
            zh.push(format!("规则文件还有 {more} 处错误"));
            en.push(format!("and {more} more mistakes in rule files"));
        }
        told(zh.join("\n"), en.join("\n"))
    })
}

/// The judge of the last of `paths` that holds one: a folder with a `judge.toml`, written as `rules/judge.toml` is.
pub fn judge(paths: &[PathBuf]) -> anyhow::Result<Option<Model>> {
    let Some(path) = paths.iter().rev().map(|p| p.join("judge.toml")).find(|p| p.is_file()) else { return Ok(None) };
    let shown = plain(&path.to_string_lossy()).into_owned();
    let text = settings::small_file(&path)?;
    Model::read(&text).map(Some).map_err(|e| told(format!("{shown}：{e}"), format!("{shown}: {e}")))
}

/// A file itself; the `.toml` files of a folder, word lists and settings left out, sorted.
fn rule_files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found: Vec<PathBuf> = ignore::WalkBuilder::new(path)
        .require_git(false)
        .build()
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|p| p.extension().is_some_and(|e| e == "toml") && p.is_file())
        .filter(|p| p.file_name().is_none_or(|n| n != settings::NAME && n != "judge.toml"))
        .filter(|p| !p.components().any(|c| c.as_os_str() == "words"))
        .collect();
    found.sort();
    if found.is_empty() && !path.join("judge.toml").is_file() {
        let (zh, en) = ("其中没有规则文件；规则是 .toml 文件", "holds no rule file; rules are .toml files");
        return Err(told_of(&path.to_string_lossy(), zh, en));
    }
    Ok(found)
}

/// Runs `factlint rules …`.
pub fn run(command: &RulesCommand, language: Interface) -> anyhow::Result<Status> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match command {
        RulesCommand::List { rules, json } => {
            for rule in load(rules)?.rules() {
                if *json {
                    let line = serde_json::json!({
                        "id": rule.id, "title": rule.title, "lang": rule.lang.code(), "severity": rule.severity.name(),
                        "description": rule.description, "path": rule.path, "examples": rule.examples.len(),
                    });
                    to_json(&mut out, &line)?;
                    writeln!(out)?;
                } else {
                    writeln!(
                        out,
                        "{:4}{:8} {:32} {}",
                        rule.lang.code(),
                        rule.severity.name(),
                        rule.id,
                        plain(&rule.title)
                    )?;
                }
            }
            out.flush()?;
            Ok(Status::Clean)
        }
        RulesCommand::Test { rules } => test(load(rules)?, language, &mut out),
        RulesCommand::Schema => {
            out.write_all(rule::SCHEMA.as_bytes())?;
            out.flush()?;
            Ok(Status::Clean)
        }
    }
}

fn test(rules: RuleSet, language: Interface, out: &mut dyn Write) -> anyhow::Result<Status> {
    let engine = Engine::new(rules);
    let (mut right, mut wrong) = (0, 0);
    for (_, rule, example) in rule::examples(engine.rules()) {
        let outcome = engine.outcome(rule.lang, &example.a, &example.b);
        if outcome.fits(example.expect) {
            right += 1;
            continue;
        }
        wrong += 1;
        let came = match outcome {
            Outcome::Contradiction => "contradiction",
            Outcome::Tension => "tension",
            Outcome::Consistent => "consistent",
        };
        writeln!(
            out,
            "{}:{}: {}{}{}{came}\n  a: {}\n  b: {}",
            plain(&rule.path),
            example.line,
            language.pick("期望 ", "expected "),
            example.expect.name(),
            language.pick("，实为 ", ", came to "),
            plain(&example.a),
            plain(&example.b)
        )?;
    }
    match language {
        Interface::Zh => writeln!(out, "规则示例：{right} 个符合，{wrong} 个不符。")?,
        Interface::En => writeln!(out, "Rule examples: {right} as expected, {wrong} not.")?,
    }
    out.flush()?;
    Ok(if wrong == 0 { Status::Clean } else { Status::Found })
}
