//! `facts.toml`: settled values, each a sentence, taken as an article that is always right; and `factlint facts init`.
//!
//! ```toml
//! [[fact]]
//! text = "全市共有2000所学校。"
//! source = "教育局年报"      # shown as the title of the fact
//! date = "2020-12-31"        # the day that 今年 and 去年 in it count from
//! ```

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::args::FactsCommand;
use super::{Session, Status, check, told};
use crate::model::{FindClaim, Format, Record, Text};
use crate::pipeline::{Engine, Piece, Role};
use crate::report::{Interface, plain};
use crate::rule::{self, RuleError};
use crate::settings;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fact: Vec<Spanned<Fact>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    text: Spanned<String>,
    source: Option<String>,
    date: Option<Spanned<String>>,
}

/// Reads the facts file at `path`.
pub fn read(path: &Path, engine: &Engine) -> anyhow::Result<Piece> {
    let text = settings::small_file(path)?;
    let name = path.to_string_lossy().replace('\\', "/");
    let (records, lines) = records(&name, &text).map_err(|e| {
        let Text { zh, en } = e.told();
        told(zh, en)
    })?;
    let mut piece = engine.read(&name, records.as_bytes(), Format::JsonLines);
    piece.role = Role::Fact;
    for part in &mut piece.parts {
        if let Some(record) = &part.document.record {
            let line = lines.get(record.line as usize - 1).copied().unwrap_or(1);
            part.document.record = Some(Record { file: name.clone(), line });
        }
    }
    Ok(piece)
}

/// A sentence that settles a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The sentence.
    pub text: String,
    /// Where it stands, for people.
    pub source: String,
    /// The day that 今年 and 去年 in it count from.
    pub date: Option<String>,
}

impl Settled {
    /// As it stands in a facts file.
    fn entry(&self) -> String {
        let value = |text: &str| toml::Value::from(text);
        let mut out = format!("\n[[fact]]\ntext = {}\n", value(&plain(&self.text)));
        if !self.source.trim().is_empty() {
            let _ = writeln!(out, "source = {}", value(plain(&self.source).trim()));
        }
        if let Some(date) = &self.date {
            let _ = writeln!(out, "date = {}", value(date));
        }
        out
    }
}

/// The sentences of the facts file at `path`; none where there is no file.
pub fn texts(path: &Path) -> anyhow::Result<BTreeSet<String>> {
    if !path.exists() {
        return Ok(BTreeSet::new());
    }
    let (name, text) = (path.to_string_lossy(), settings::small_file(path)?);
    records(&name, &text)?;
    let file: File = toml::from_str(&text).map_err(|error| rule::syntax(&name, &text, &error))?;
    Ok(file.fact.into_iter().map(|fact| fact.into_inner().text.into_inner()).collect())
}

/// The text of the facts file at `path` with `more` at its end, what stands in it left as it is. Nothing is written.
pub fn with(path: &Path, more: &[Settled]) -> anyhow::Result<String> {
    let mut text = if path.exists() {
        settings::small_file(path)?
    } else {
        "# Settled values: each [[fact]] is a sentence that is always right.\n".to_owned()
    };
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for fact in more {
        text.push_str(&fact.entry());
    }
    records(&path.to_string_lossy(), &text)?;
    Ok(text)
}

/// The facts as records of a JSON Lines file, and the line of each in the facts file.
fn records(name: &str, text: &str) -> Result<(String, Vec<u32>), Box<RuleError>> {
    let wrong = |span, message| Box::new(RuleError::at(name, text, span, message));
    let file: File = toml::from_str(text).map_err(|error| Box::new(rule::syntax(name, text, &error)))?;
    let (mut records, mut lines) = (String::new(), Vec::new());
    for (i, fact) in file.fact.iter().enumerate() {
        let span = fact.span();
        let fact = fact.get_ref();
        if fact.text.get_ref().trim().is_empty() {
            return Err(wrong(fact.text.span(), "an empty text: write the sentence that states the value"));
        }
        if let Some(date) = &fact.date
            && date.get_ref().parse::<jiff::civil::Date>().is_err()
        {
            return Err(wrong(date.span(), "no date: write it as \"2020-12-31\""));
        }
        let record = serde_json::json!({
            "id": format!("{name}#{}", i + 1),
            "text": fact.text.get_ref(),
            "title": fact.source,
            "date": fact.date.as_ref().map(Spanned::get_ref),
        });
        let kept: serde_json::Map<_, _> = record
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, v)| !v.is_null())
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        records.push_str(&serde_json::Value::Object(kept).to_string());
        records.push('\n');
        lines.push(text.get(..span.start).unwrap_or_default().matches('\n').count() as u32 + 1);
    }
    Ok((records, lines))
}

/// Runs `factlint facts …`.
pub fn run(command: &FactsCommand, session: &mut Session) -> anyhow::Result<Status> {
    let FactsCommand::Init(args) = command;
    let checked = check::check(args, false, BTreeSet::new(), session)?;
    let corpus = &checked.report.corpus;
    let disputed: BTreeSet<_> = checked
        .report
        .findings
        .iter()
        // What is let stand is no more certain than what is reported.
        .chain(checked.report.excepted.iter().map(|e| &e.finding))
        .flat_map(|f| &f.claims)
        .map(|c| match c.claim {
            FindClaim::Claim(id) => corpus.claims[id.0 as usize].sentence,
            FindClaim::Words { sentence, .. } => sentence,
        })
        .collect();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let head = session.language.pick(
        "# 已核实的数值：每个 [[fact]] 是一句永远正确的话。只留下核实过的。",
        "# Settled values: each [[fact]] is a sentence that is always right. Keep those that were verified.",
    );
    writeln!(out, "{head}")?;
    if !disputed.is_empty() {
        let left = match session.language {
            Interface::Zh => format!("# 有{}句与别处不一致，未列入：先用 factlint check 核对。", disputed.len()),
            Interface::En => {
                format!(
                    "# Left out, because something contradicts them (see factlint check): {} sentences.",
                    disputed.len()
                )
            }
        };
        writeln!(out, "{left}")?;
    }
    let (mut last, mut seen) = (None, BTreeSet::new());
    for claim in &corpus.claims {
        let text = corpus.text(claim.article, corpus.sentence(claim.sentence).span);
        if last == Some(claim.sentence) || disputed.contains(&claim.sentence) || !seen.insert(text) {
            continue;
        }
        last = Some(claim.sentence);
        let (article, document) = (corpus.article(claim.article), corpus.document_of(claim.article));
        let line = document.positions(claim.span).0.line;
        writeln!(out, "\n[[fact]]\ntext = {}", toml::Value::from(plain(text).into_owned()))?;
        let source = format!("{} {}:{line}", plain(&article.title_text), plain(&document.path));
        writeln!(out, "source = {}", toml::Value::from(source.trim()))?;
        if let Some(date) = article.date {
            writeln!(out, "date = {}", toml::Value::from(date.to_string()))?;
        }
    }
    out.flush()?;
    drop(out);
    let (mut issues, read) = (checked.report.issues, checked.read);
    session.show_issues(&mut issues);
    Ok(session.outcome(&issues, read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_become_records_with_their_lines() {
        let text = "# 档案\n[[fact]]\ntext = '全市共有2000所学校。'\n\n[[fact]]\ntext = '公司成立于1999年。'\nsource = '工商登记'\n";
        let (records, lines) = records("facts.toml", text).unwrap_or_default();
        assert_eq!(records.lines().count(), 2);
        assert_eq!(lines, [2, 5]);
        assert!(records.contains("\"title\":\"工商登记\""));
    }

    #[test]
    fn a_mistake_has_its_place() {
        let shown = |text| records("facts.toml", text).map_or_else(|e| e.to_string(), |_| String::new());
        assert!(shown("[[fact]]\ntxt = 'x'\n").contains("did you mean `text`?"));
        assert!(shown("[[fact]]\ntext = 'x'\ndate = '2020'\n").contains("facts.toml:3:8"));
        assert!(shown("[[fact]]\ntext = ' '\n").contains("empty"));
    }
}
