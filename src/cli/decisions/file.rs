//! `decisions.json`, version 1: a file that anyone may have written. Enters: paths. Leaves: decisions whose every field is as it should
//! be, or an error with its place. Knows nothing of the articles.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cli::facts::Settled;
use crate::cli::input;
use crate::report::{Interface, Said, plain};

/// The largest file that is read, in bytes.
const BOUND: u64 = 16 << 20;
/// The longest note, in characters.
const NOTE: usize = 4000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code)]
    version: u32,
    #[allow(dead_code)]
    tool: String,
    decisions: Vec<Decision>,
}

/// What was decided on one finding.
#[derive(Deserialize, Clone, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub fingerprint: String,
    pub check: String,
    pub message: String,
    #[serde(rename = "decision")]
    pub kind: Kind,
    /// Of `right`: the camp, and its figures.
    pub camp: Option<u32>,
    pub text: Option<String>,
    pub note: Option<String>,
    pub sides: Vec<Side>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Right,
    BothRight,
    NotSame,
    Later,
}

impl Kind {
    /// Its name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::BothRight => "both-right",
            Self::NotSame => "not-same",
            Self::Later => "later",
        }
    }
}

/// A side of a finding as the page saw it.
#[derive(Deserialize, Clone, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Side {
    pub camp: u32,
    pub text: String,
    pub path: String,
    pub line: u32,
    pub title: String,
    pub date: Option<String>,
    pub sentence: String,
}

impl From<&Said<'_>> for Side {
    fn from(said: &Said<'_>) -> Self {
        Self {
            camp: said.camp,
            text: said.text.clone(),
            path: said.path.to_owned(),
            line: said.line,
            title: said.title.to_owned(),
            date: said.date.clone(),
            sentence: said.sentence.clone().into_owned(),
        }
    }
}

impl Side {
    /// It as a fact.
    pub fn settled(&self) -> Settled {
        let source = format!("{} {}:{}", self.title, self.path, self.line);
        Settled { text: self.sentence.clone(), source: source.trim().to_owned(), date: self.date.clone() }
    }
}

impl Decision {
    /// The side that is right, among `sides`: the one with the same figures, whatever its number is now.
    pub fn side<'a>(&self, sides: &'a [Side]) -> Option<&'a Side> {
        let text = self.text.as_deref()?;
        let same = |side: &&Side| side.text == text;
        sides.iter().filter(same).find(|s| Some(s.camp) == self.camp).or_else(|| sides.iter().find(same))
    }

    /// What is wrong with it, whatever the articles say.
    fn fault(&self, how: Interface) -> Option<String> {
        let say = |zh: String, en: String| Some(if how == Interface::Zh { zh } else { en });
        let digits = self.fingerprint.split('-').next().unwrap_or_default();
        let tail = &self.fingerprint[digits.len()..];
        let is_print = digits.len() == 16
            && digits.bytes().all(|b| b.is_ascii_hexdigit())
            && (tail.is_empty() || tail.len() <= 8 && tail[1..].bytes().all(|b| b.is_ascii_digit()));
        if !is_print {
            return say("`fingerprint` 不是指纹".to_owned(), "`fingerprint` is none".to_owned());
        }
        if !crate::pipeline::checks().iter().any(|c| c.id == self.check) {
            let name = short(&self.check);
            return say(format!("没有名为 `{name}` 的检查"), format!("no check is called `{name}`"));
        }
        if self.note.as_ref().is_some_and(|n| n.chars().count() > NOTE) {
            return say(format!("`note` 超过 {NOTE} 字"), format!("`note` is over {NOTE} characters"));
        }
        let dates = self.sides.iter().filter_map(|s| s.date.as_deref());
        if let Some(date) = dates.into_iter().find(|d| d.parse::<jiff::civil::Date>().is_err()) {
            let date = short(date);
            return say(format!("`date` 不是日期：`{date}`"), format!("`date` is none: `{date}`"));
        }
        if self.kind != Kind::Right {
            return None;
        }
        let Some(side) = self.side(&self.sides) else {
            return say(
                "`right` 没有指明哪一方：`camp` 和 `text` 须与 `sides` 中的一项相同".to_owned(),
                "`right` names no side: `camp` and `text` must be those of one of `sides`".to_owned(),
            );
        };
        if side.sentence.trim().is_empty() {
            return say("正确的一方没有句子".to_owned(), "the side that is right has an empty sentence".to_owned());
        }
        None
    }

    /// Its figures, for a message.
    pub fn figures(&self) -> String {
        figures(&self.sides)
    }
}

/// The figures of all sides, for a message.
pub fn figures(sides: &[Side]) -> String {
    short(&sides.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ↔ "))
}

/// A piece of untrusted text for a message.
pub fn short(text: &str) -> String {
    let text = plain(text);
    match text.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}

/// Reads one file of decisions.
fn read(path: &Path, how: Interface) -> anyhow::Result<Vec<Decision>> {
    #[derive(Deserialize)]
    struct Head {
        version: Option<serde_json::Value>,
        tool: Option<serde_json::Value>,
    }
    let cure = how.pick(
        "请从审阅页（`factlint check --out html=review.html`）重新导出",
        "export it anew from the review page (`factlint check --out html=review.html`)",
    );
    let name = path.to_string_lossy();
    let name = plain(&name);
    let os = |e: &io::Error| {
        let (zh, en) = input::os_message(e);
        super::super::told_of(&name, zh, en)
    };
    let meta = std::fs::metadata(path).map_err(|e| os(&e))?;
    if !meta.is_file() || meta.len() > BOUND {
        let said = how.pick("不是普通文件，或大于 16 MiB", "is no regular file of at most 16 MiB");
        anyhow::bail!("{name}: {said}; {cure}");
    }
    let bytes = std::fs::read(path).map_err(|e| os(&e))?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let wrong = |e: serde_json::Error| {
        let said = e.to_string();
        let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
        anyhow::anyhow!("{name}:{}:{}: {}; {cure}", e.line(), e.column(), short(said))
    };
    let head: Head = serde_json::from_slice(bytes).map_err(wrong)?;
    if head.tool != Some("factlint".into()) {
        let said = how.pick("不是 factlint 的裁定文件", "these are no decisions of factlint");
        anyhow::bail!("{name}: {said} (`\"tool\": \"factlint\"`); {cure}");
    }
    match head.version {
        Some(version) if version == 1 => {}
        Some(version) => {
            let version = short(&version.to_string());
            match how {
                Interface::Zh => {
                    anyhow::bail!("{name}: 不认识版本 {version}，本程序读版本 1；{cure}，或用导出它的 factlint")
                }
                Interface::En => anyhow::bail!(
                    "{name}: version {version} is not known here, this factlint reads version 1; {cure}, or use the factlint that made it"
                ),
            }
        }
        None => anyhow::bail!("{name}: {}; {cure}", how.pick("没有 `version`", "`version` is missing")),
    }
    let file: File = serde_json::from_slice(bytes).map_err(wrong)?;
    for (i, decision) in file.decisions.iter().enumerate() {
        if let Some(fault) = decision.fault(how) {
            let (number, print) = (i + 1, short(&decision.fingerprint));
            match how {
                Interface::Zh => anyhow::bail!("{name}: 第 {number} 条裁定（{print}）：{fault}；{cure}"),
                Interface::En => anyhow::bail!("{name}: decision {number} ({print}): {fault}; {cure}"),
            }
        }
    }
    Ok(file.decisions)
}

/// The decisions of all files, in order, each finding once.
pub fn read_all(paths: &[PathBuf], how: Interface) -> anyhow::Result<Vec<Decision>> {
    let mut all: Vec<Decision> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        for decision in read(path, how)? {
            match seen.get(&decision.fingerprint) {
                Some(&at) if (all[at].kind, &all[at].text) != (decision.kind, &decision.text) => {
                    let (name, print) = (path.to_string_lossy(), &decision.fingerprint);
                    let (name, message) = (plain(&name), short(&decision.message));
                    let (a, b) = (all[at].kind.name(), decision.kind.name());
                    match how {
                        Interface::Zh => anyhow::bail!("{name}: {print}（{message}）有两种裁定：{a} 和 {b}；请留一种"),
                        Interface::En => {
                            anyhow::bail!("{name}: {print} ({message}) is decided twice, as {a} and as {b}: keep one")
                        }
                    }
                }
                Some(_) => {}
                None => {
                    seen.insert(decision.fingerprint.clone(), all.len());
                    all.push(decision);
                }
            }
        }
    }
    Ok(all)
}
