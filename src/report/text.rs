//! `text`: for reading in a terminal. Camps stand under each other, the figure of each in 【】 so that it survives a copy, a pipe and
//! terminals that disagree on widths; colour only where the options say so. Faults of inputs go to standard error, not here.

use std::borrow::Cow;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::escape::plain;
use super::view::{self, CampView, Spot, part_name, reason_name};
use super::{Interface, Options, escape, summary};
use crate::model::{DiffOp, Finding, Report, Severity, Why};

/// Wordings of one camp shown before the rest is counted.
const SAYINGS: usize = 4;
/// Further places of one wording shown before the rest is counted.
const COPIES: usize = 3;
/// Characters of a sentence shown on each side of its figure.
const AROUND: usize = 60;
/// Characters shown on each side of a figure of such a pair.
const NEAR: usize = 12;
/// Pairs shown for `--explain-pairs`.
const PAIRS: usize = 200;

/// Styles and links of a terminal, or none.
#[derive(Clone, Copy)]
struct Paint(bool, Option<&'static str>);

impl Paint {
    fn wrap(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// `text` as a link to the file of a place (OSC 8), where the terminal knows links.
    fn link(self, spot: &Spot<'_>, text: &str) -> String {
        let Some(folder) = self.1 else { return text.to_owned() };
        let file = spot.file();
        let path = if file.starts_with('/') { file.to_owned() } else { format!("{folder}/{file}") };
        format!("\u{1b}]8;;file://{}#{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", escape::percent(&path), spot.line())
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        self.wrap(
            match severity {
                Severity::Error => "1;31",
                Severity::Warning => "1;33",
                Severity::Info => "1;36",
            },
            text,
        )
    }

    fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }
}

/// `text`, filled with spaces to `cells`.
fn filled(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text.width())))
}

/// `path:line:column`.
pub fn at(spot: &Spot<'_>) -> String {
    format!("{}:{}:{}", plain(spot.place.path), spot.place.line, spot.place.column)
}

/// Title, date and publisher of an article, what there is of them.
pub fn article(spot: &Spot<'_>, language: Interface) -> String {
    let mut out = String::new();
    if !spot.title.is_empty() {
        out = match language {
            Interface::Zh => format!("《{}》", plain(spot.title)),
            Interface::En => format!("“{}”", plain(spot.title)),
        };
    }
    for more in [spot.source.map(|s| plain(s).into_owned()), spot.date.map(|d| d.to_string())].into_iter().flatten() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&more);
    }
    out
}

/// `same unit, measure; unknown: place`, in words.
pub fn why(why: &Why, language: Interface) -> String {
    let list = |parts: &[&'static str]| {
        parts.iter().map(|p| part_name(p, language)).collect::<Vec<_>>().join(language.pick("、", ", "))
    };
    let rows = [
        ("same ", "相同", &why.matched),
        ("differs: ", "不同", &why.differs),
        ("not stated: ", "未说明", &why.unknown),
    ];
    let said = rows.iter().filter(|(.., parts)| !parts.is_empty()).map(|(en, zh, parts)| match language {
        Interface::Zh => format!("{}{zh}", list(parts)),
        Interface::En => format!("{en}{}", list(parts)),
    });
    let mut said: Vec<String> = said.collect();
    // Between two languages.
    if !why.rules.is_empty() {
        said.push(format!(
            "{}{}",
            language.pick("两种语言的规则指同一项：", "rules of one measure: "),
            why.rules.join(" = ")
        ));
    }
    if !why.anchors.is_empty() {
        let anchors: Vec<Cow<'_, str>> = why.anchors.iter().map(|a| plain(a)).collect();
        said.push(format!("{}{}", language.pick("两篇共有：", "both have: "), anchors.join(language.pick("、", ", "))));
    }
    said.join(language.pick("；", "; "))
}

fn camp(view: &CampView<'_>, width: usize, how: Interface, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let mut lead = format!("  {}  {}", paint.bold(&view.label), paint.bold(&filled(&plain(view.value), width)));
    let blank = " ".repeat(5 + width);
    for saying in view.sayings.iter().take(SAYINGS) {
        let first = &saying.spots[0];
        writeln!(out, "{lead}  {}  {}", paint.link(first, &paint.dim(&at(first))), article(first, how))?;
        lead.clone_from(&blank);
        if saying.spots.len() > 1 {
            let mut places: Vec<String> =
                saying.spots[1..].iter().take(COPIES).map(|s| paint.link(s, &at(s))).collect();
            if let Some(more) = saying.spots.len().checked_sub(1 + COPIES).filter(|&n| n > 0) {
                places.push(format!("+{more}"));
            }
            let places = places.join(how.pick("、", ", "));
            writeln!(out, "{blank}  {}{}", how.pick("同文：", "same words: "), paint.dim(&places))?;
        }
        let excerpt = &saying.spots[0].excerpt;
        let mark = paint.bold(&format!("【{}】", plain(excerpt.mark)));
        writeln!(out, "     {}{mark}{}", plain(&excerpt.before), plain(&excerpt.after))?;
    }
    if let Some(more) = view.sayings.len().checked_sub(SAYINGS).filter(|&n| n > 0) {
        writeln!(out, "     {}{more}", how.pick("另有其他说法 ", "more sentences that say so: "))?;
    }
    Ok(())
}

fn finding(report: &Report, finding: &Finding, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let (how, paint) = (options.language, Paint(options.color, options.links));
    let severity = summary::severity_name(finding.severity, how);
    writeln!(
        out,
        "{}{}  {}",
        paint.severity(finding.severity, &format!("{severity}[{}]", finding.check)),
        paint.bold(&format!("{}{}", how.pick("：", ": "), plain(how.of(&finding.message)))),
        paint.dim(&format!("{} {:.0}%", how.pick("可信度", "confidence"), finding.confidence * 100.0)),
    )?;
    if let Some(diagnosis) = &finding.diagnosis {
        writeln!(out, "  {}{}", how.pick("可能的原因：", "likely slip: "), plain(how.of(diagnosis)))?;
    }
    let camps = view::camps(&report.corpus, finding, AROUND);
    let width = camps.iter().map(|c| plain(c.value).width()).max().unwrap_or(0).min(24);
    for view in &camps {
        camp(view, width, how, paint, out)?;
    }
    for (i, line) in view::evidence(finding, how).iter().enumerate() {
        let lead = if i == 0 { how.pick("各方依据  ", "evidence  ") } else { how.pick("          ", "          ") };
        writeln!(out, "  {lead}{}", plain(line))?;
    }
    if let Some(passages) = view::passages(finding) {
        let mut line = String::new();
        for part in view::short_diff(&passages.diff) {
            let text = plain(&part.text).into_owned();
            line.push_str(&match part.op {
                DiffOp::Equal => text,
                DiffOp::Delete => paint.wrap("31", &format!("[-{text}-]")),
                DiffOp::Insert => paint.wrap("32", &format!("{{+{text}+}}")),
            });
        }
        let alike = format!("{:.0}%", passages.similarity * 100.0);
        writeln!(out, "  {} {alike}{}{line}", how.pick("两段文字相似度", "passages alike"), how.pick("：", ": "))?;
    }
    let said = why(&finding.why, how);
    if !said.is_empty() {
        let rule =
            finding.rule.as_deref().map(|r| format!("  {} {}", how.pick("规则", "rule"), plain(r))).unwrap_or_default();
        writeln!(out, "  {}{said}{rule}", how.pick("可比的理由：", "comparable: "))?;
    }
    writeln!(out, "  {}", paint.dim(&format!("{} {}", how.pick("指纹", "fingerprint"), plain(&finding.fingerprint))))?;
    writeln!(out)
}

/// A figure with the few words around it that tell what it is of.
fn marked(spot: &Spot<'_>) -> String {
    let e = &spot.excerpt;
    format!("{}【{}】{}", plain(&e.before), plain(e.mark), plain(&e.after))
}

/// Writes `report` for a terminal.
pub fn text(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let (how, paint) = (options.language, Paint(options.color, options.links));
    for each in &report.findings {
        finding(report, each, options, out)?;
    }
    if !report.near_misses.is_empty() {
        writeln!(
            out,
            "{}",
            paint.bold(
                how.pick("接近而未判为矛盾的说法：", "Pairs that were close, and why they are not held to contradict:")
            )
        )?;
        for miss in report.near_misses.iter().take(PAIRS) {
            let [a, b] =
                [miss.a, miss.b].map(|id| view::spot(&report.corpus, &crate::model::FindClaim::Claim(id), NEAR));
            writeln!(
                out,
                "  {} {} · {} {}  {}",
                paint.link(&a, &paint.dim(&at(&a))),
                marked(&a),
                paint.link(&b, &paint.dim(&at(&b))),
                marked(&b),
                paint.bold(reason_name(miss.reason, how))
            )?;
        }
        if report.near_misses.len() > PAIRS {
            writeln!(out, "  {}{}", how.pick("其余 ", "more: "), report.near_misses.len() - PAIRS)?;
        }
        writeln!(out)?;
    }
    let worst = report.findings.iter().map(|f| f.severity).max();
    let verdict = summary::verdict(report, how);
    writeln!(out, "{}", worst.map_or_else(|| paint.bold(&verdict), |s| paint.severity(s, &verdict)))?;
    for line in summary::sentences(report, how) {
        writeln!(out, "{}", plain(&line))?;
    }
    Ok(())
}
