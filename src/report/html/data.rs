//! What the script of the review page works on: one JSON object inside the page. Enters: the findings in page order with their sides.
//! Leaves: JSON in which `<` and all that acts is escaped, so that no word of an article ends the element that holds it.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::sides::Side;
use crate::model::Finding;
use crate::report::record::sentence_text;
use crate::report::{Interface, to_json};

/// One side of a finding, as `decisions.json` repeats it.
#[derive(Debug, Clone, Serialize)]
pub struct Said<'a> {
    /// Its camp.
    pub camp: u32,
    /// Its figures: `4000多家`.
    pub text: String,
    /// The path of its first place.
    pub path: &'a str,
    /// The line of its first place.
    pub line: u32,
    /// The title of the article there.
    pub title: &'a str,
    /// The day of the article there.
    pub date: Option<String>,
    /// The sentence there.
    pub sentence: Cow<'a, str>,
}

/// What each side of a finding says, by its first place.
pub fn said<'a>(sides: &[Side<'a>]) -> Vec<Said<'a>> {
    let said = |side: &Side<'a>| {
        let statement = side.statements.first()?;
        let spot = &statement.spots[0];
        Some(Said {
            camp: side.camp,
            text: side.value.clone(),
            path: spot.place.path,
            line: spot.place.line,
            title: spot.title,
            date: spot.date.map(|d| d.to_string()),
            sentence: sentence_text(spot.document, statement.whole, spot.span),
        })
    };
    sides.iter().filter_map(said).collect()
}

/// One finding.
#[derive(Serialize)]
pub struct FindingData<'a> {
    fingerprint: &'a str,
    check: &'a str,
    severity: &'static str,
    message: &'a str,
    /// Indices into the list of articles.
    articles: Vec<usize>,
    sides: Vec<Said<'a>>,
}

impl<'a> FindingData<'a> {
    /// What the script knows of `finding`.
    pub fn new(finding: &'a Finding, sides: &[Side<'a>], articles: Vec<usize>, how: Interface) -> Self {
        Self {
            fingerprint: &finding.fingerprint,
            check: finding.check,
            severity: finding.severity.name(),
            message: how.of(&finding.message),
            articles,
            sides: said(sides),
        }
    }
}

#[derive(Serialize)]
struct Data<'a> {
    version: u32,
    words: Words,
    findings: &'a [FindingData<'a>],
}

/// What the script says.
#[derive(Serialize)]
struct Words {
    shown: &'static str,
    progress: &'static str,
    right: &'static str,
    both: &'static str,
    all: &'static str,
    sound: &'static str,
    different: &'static str,
    later: &'static str,
    exported: &'static str,
    unkept: &'static str,
    taken: &'static str,
    unfit: &'static str,
    nothing: &'static str,
    clear: &'static str,
}

fn words(how: Interface) -> Words {
    let pick = |zh, en| how.pick(zh, en);
    Words {
        shown: pick("显示 {n} / {all} 条", "{n} of {all} shown"),
        progress: pick("已裁定 {n} / {all}", "{n} of {all} decided"),
        right: pick("{side} 对", "{side} is right"),
        both: pick("都对", "Both are right"),
        all: pick("都对", "All are right"),
        sound: pick("原文无误", "The text is right"),
        different: pick("不是一回事", "Not the same thing"),
        later: pick("以后再看", "Later"),
        exported: pick(
            "已导出 {n} 条裁定。下一步：factlint baseline apply decisions.json 文章…",
            "{n} decisions exported. Next: factlint baseline apply decisions.json ARTICLES…",
        ),
        unkept: pick(
            "这个浏览器不保存裁定：关闭页面之前请先导出。",
            "This browser keeps no decisions: export them before you close the page.",
        ),
        taken: pick("读入 {n} 条裁定，{m} 条不属于本页。", "{n} decisions loaded; {m} belong to no finding here."),
        unfit: pick(
            "这不是 factlint 的 decisions.json（第 1 版）。",
            "This is no decisions.json of factlint, version 1.",
        ),
        nothing: pick("没有符合条件的条目。", "Nothing fits."),
        clear: pick("撤销", "Withdraw"),
    }
}

/// Writes the data.
pub fn data(findings: &[FindingData<'_>], how: Interface, out: &mut dyn Write) -> io::Result<()> {
    to_json(out, &Data { version: 1, words: words(how), findings })
}
