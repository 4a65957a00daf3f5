//! `markdown`: what an editor forwards to the writers. A table of what disagrees, then each discrepancy with who says what, the two
//! passages and their difference, and why they are comparable; at the end what was read and what was left out.

use std::io::{self, Write};

use super::escape::markdown as esc;
use super::view::{self, CampView, reason_name};
use super::{Interface, Options, summary, text};
use crate::model::{CheckInfo, DiffOp, Finding, IssueLevel, Report, Severity};

/// Findings told at length; the rest stand in the table only.
const DETAILS: usize = 200;
/// Rows of the table; the rest is counted.
const ROWS: usize = 1000;
/// Wordings of a camp told before the rest is counted.
const SAYINGS: usize = 5;
/// Places of one wording named before the rest is counted.
const COPIES: usize = 8;
/// Pairs listed for `--explain-pairs`.
const PAIRS: usize = 200;
/// Characters of a sentence shown on each side of its figure.
const AROUND: usize = 120;

fn title(check: &'static str, report: &Report, language: Interface) -> &'static str {
    let info: Option<&CheckInfo> = report.checks.iter().find(|c| c.id == check);
    info.map_or(check, |c| language.pick(c.title.0, c.title.1))
}

fn sides(camps: &[CampView<'_>]) -> String {
    let one = |c: &CampView<'_>| {
        let place = c.sayings.first().map(|s| text::at(&s.spots[0])).unwrap_or_default();
        let more = if c.places > 1 { format!(" +{}", c.places - 1) } else { String::new() };
        format!("**{}** {}{more}", esc(c.value), esc(&place))
    };
    camps.iter().take(4).map(one).collect::<Vec<_>>().join("<br>")
}

fn table(report: &Report, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    let heads =
        how.pick("| # | 级别 | 检查 | 不一致之处 | 出处 |", "| # | Severity | Check | What disagrees | Who says so |");
    writeln!(out, "{heads}\n|--:|---|---|---|---|")?;
    for (i, finding) in report.findings.iter().take(ROWS).enumerate() {
        let camps = view::camps(&report.corpus, finding, 0);
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            i + 1,
            summary::severity_name(finding.severity, how),
            title(finding.check, report, how),
            esc(how.of(&finding.message)),
            sides(&camps)
        )?;
    }
    if let Some(more) = report.findings.len().checked_sub(ROWS).filter(|&n| n > 0) {
        writeln!(out, "\n{}{more}", how.pick("表中未列出的还有 ", "Not in the table: "))?;
    }
    writeln!(out)
}

fn camp(view: &CampView<'_>, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    let times = match (how, view.places) {
        (_, 1) => String::new(),
        (Interface::Zh, n) => format!("（{n} 处）"),
        (Interface::En, n) => format!(" ({n} places)"),
    };
    writeln!(out, "**{}. {}**{times}\n", view.label, esc(view.value))?;
    for saying in view.sayings.iter().take(SAYINGS) {
        for spot in saying.spots.iter().take(COPIES) {
            let said = text::article(spot, how);
            let line = match how {
                Interface::Zh => format!("{}，第 {} 行", spot.place.path, spot.place.line),
                Interface::En => format!("{}, line {}", spot.place.path, spot.place.line),
            };
            let gap = if said.is_empty() { "" } else { " — " };
            writeln!(out, "- {}{gap}{}", esc(&said), esc(&line))?;
        }
        if let Some(more) = saying.spots.len().checked_sub(COPIES).filter(|&n| n > 0) {
            writeln!(out, "- {}{more}", how.pick("另有同文 ", "more places with the same words: "))?;
        }
        // Asterisks do not close between a bracket and an ideograph, so the figure is marked with a tag.
        let e = &saying.spots[0].excerpt;
        writeln!(out, "\n> {}<strong>【{}】</strong>{}\n", esc(&e.before), esc(e.mark), esc(&e.after))?;
    }
    if let Some(more) = view.sayings.len().checked_sub(SAYINGS).filter(|&n| n > 0) {
        writeln!(out, "{}{more}\n", how.pick("另有其他说法 ", "More sentences that say so: "))?;
    }
    Ok(())
}

fn detail(report: &Report, number: usize, finding: &Finding, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {number}. {}\n", esc(how.of(&finding.message)))?;
    let confidence = format!("{:.0}%", finding.confidence * 100.0);
    let severity = summary::severity_name(finding.severity, how);
    let name = title(finding.check, report, how);
    writeln!(
        out,
        "{severity} · {name} (`{}`) · {} {confidence} · {} `{}`\n",
        finding.check,
        how.pick("可信度", "confidence"),
        how.pick("指纹", "fingerprint"),
        finding.fingerprint.replace('`', "")
    )?;
    if let Some(diagnosis) = &finding.diagnosis {
        writeln!(out, "{}{}\n", how.pick("可能的原因：", "Likely slip: "), esc(how.of(diagnosis)))?;
    }
    for view in view::camps(&report.corpus, finding, AROUND) {
        camp(&view, how, out)?;
    }
    let evidence = view::evidence(finding, how);
    if !evidence.is_empty() {
        writeln!(out, "{}\n", how.pick("各方依据：", "What stands behind each:"))?;
        for line in &evidence {
            writeln!(out, "- {}", esc(line))?;
        }
        writeln!(out)?;
    }
    if let Some(passages) = view::passages(finding) {
        let mut line = String::new();
        for part in view::short_diff(&passages.diff) {
            let text = esc(&part.text);
            let (lead, rest) = text.split_at(text.len() - text.trim_start().len());
            let (words, trail) = rest.split_at(rest.trim_end().len());
            let tag = match part.op {
                DiffOp::Delete if !words.is_empty() => "del",
                DiffOp::Insert if !words.is_empty() => "ins",
                _ => {
                    line.push_str(&text);
                    continue;
                }
            };
            for piece in [lead, "<", tag, ">", words, "</", tag, ">", trail] {
                line.push_str(piece);
            }
        }
        let alike = format!("{:.0}%", passages.similarity * 100.0);
        writeln!(
            out,
            "{}{alike}{}{line}\n",
            how.pick("两段文字相似度 ", "The two passages are alike to "),
            how.pick("，差别：", "; the difference: ")
        )?;
    }
    let said = text::why(&finding.why, how);
    if !said.is_empty() {
        let rule =
            finding.rule.as_deref().map(|r| format!(" ({} {})", how.pick("规则", "rule"), esc(r))).unwrap_or_default();
        writeln!(out, "{}{said}{rule}\n", how.pick("可比的理由：", "Why they are comparable: "))?;
    }
    Ok(())
}

fn ending(report: &Report, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    if !report.near_misses.is_empty() {
        writeln!(
            out,
            "## {}\n",
            how.pick("接近而未判为矛盾的说法", "Pairs that were close, and why they are not held to contradict")
        )?;
        writeln!(
            out,
            "{}\n|---|---|---|---|---|",
            how.pick("| 说法 | 出处 | 说法 | 出处 | 理由 |", "| Claim | Place | Claim | Place | Reason |")
        )?;
        for miss in report.near_misses.iter().take(PAIRS) {
            let [a, b] = [miss.a, miss.b].map(|id| view::spot(&report.corpus, &crate::model::FindClaim::Claim(id), 0));
            writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                esc(a.excerpt.mark),
                esc(&text::at(&a)),
                esc(b.excerpt.mark),
                esc(&text::at(&b)),
                reason_name(miss.reason, how)
            )?;
        }
        writeln!(out)?;
    }
    writeln!(out, "## {}\n", how.pick("读了什么，比了什么", "What was read and compared"))?;
    for line in summary::sentences(report, how) {
        writeln!(out, "- {}", esc(&line))?;
    }
    for issue in &report.issues {
        let level = match issue.level {
            IssueLevel::Warning => how.pick("警告", "warning"),
            IssueLevel::Error => how.pick("错误", "error"),
        };
        let line = issue.line.map(|l| format!(":{l}")).unwrap_or_default();
        writeln!(out, "- {level} {}{line} — {}", esc(&issue.path), esc(how.of(&issue.message)))?;
    }
    writeln!(
        out,
        "\n{}",
        how.pick(
            "factlint 只指出哪些数字不能同时为真，并不知道哪一个是对的。",
            "factlint shows which figures cannot all be true; it does not know which one is."
        )
    )
}

/// Writes `report` as Markdown.
pub fn markdown(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let how = options.language;
    writeln!(out, "# {}\n", how.pick("数字一致性检查报告", "Consistency of figures"))?;
    let s = &report.summary;
    let size = match how {
        Interface::Zh => {
            format!("共读取 {} 篇文章、{} 条数字说法。", summary::grouped(s.articles), summary::grouped(s.claims))
        }
        Interface::En => format!(
            "Read {} with {}.",
            summary::counted(s.articles, "article", "articles"),
            summary::counted(s.claims, "claim", "claims")
        ),
    };
    writeln!(out, "**{}** {size}\n", summary::verdict(report, how))?;
    if !report.findings.is_empty() {
        table(report, how, out)?;
        writeln!(out, "## {}\n", how.pick("逐条说明", "One by one"))?;
        let told = report
            .findings
            .iter()
            .enumerate()
            .filter(|(_, f)| f.severity > Severity::Info || report.findings.len() <= 20);
        for (i, finding) in told.take(DETAILS) {
            detail(report, i + 1, finding, how, out)?;
        }
    }
    ending(report, how, out)
}
