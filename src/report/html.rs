//! `html`: one file to open and to print, with no script and nothing fetched (its content security policy forbids both).

use std::io::{self, Write};

use super::escape::html as esc;
use super::view::{self, CampView};
use super::{Interface, Options, summary, text};
use crate::model::{DiffOp, Finding, Report};

/// Findings told at length; the rest is counted.
const DETAILS: usize = 2000;
/// Wordings of a camp told before the rest is counted.
const SAYINGS: usize = 5;
/// Places of one wording named before the rest is counted.
const COPIES: usize = 8;
/// Characters of a sentence shown on each side of its figure.
const AROUND: usize = 160;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--error:#c62828;--warning:#b26a00;--info:#1565c0}
body{font:16px/1.7 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}h3{font-size:1.05rem;margin:0}
article{border:1px solid var(--line);border-left-width:.4rem;border-radius:.3rem;padding:1rem;margin:1.2rem 0;break-inside:avoid}
.error{border-left-color:var(--error)}.warning{border-left-color:var(--warning)}.info{border-left-color:var(--info)}
.meta,.place,footer{opacity:.75;font-size:.85rem}.camps{display:flex;flex-wrap:wrap;gap:1rem;margin:.8rem 0}
.camp{flex:1 1 18rem;border-top:2px solid var(--line);padding-top:.4rem}.value{font-weight:700}
blockquote{margin:.4rem 0;padding-left:.8rem;border-left:2px solid var(--line)}
mark{background:#ffe08a;color:#000;padding:0 .15em}del{color:var(--error)}ins{color:#2e7d32}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}
";

fn camp(view: &CampView<'_>, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<div class=camp><div class=value>{} {}</div>", view.label, esc(view.value))?;
    for saying in view.sayings.iter().take(SAYINGS) {
        for spot in saying.spots.iter().take(COPIES) {
            writeln!(out, "<div class=place>{} {}</div>", esc(&text::article(spot, how)), esc(&text::at(spot)))?;
        }
        if let Some(more) = saying.spots.len().checked_sub(COPIES).filter(|&n| n > 0) {
            writeln!(
                out,
                "<div class=place>{}{more}</div>",
                how.pick("另有同文 ", "more places with the same words: ")
            )?;
        }
        let e = &saying.spots[0].excerpt;
        writeln!(out, "<blockquote>{}<mark>{}</mark>{}</blockquote>", esc(&e.before), esc(e.mark), esc(&e.after))?;
    }
    if let Some(more) = view.sayings.len().checked_sub(SAYINGS).filter(|&n| n > 0) {
        writeln!(out, "<div class=place>{}{more}</div>", how.pick("另有其他说法 ", "more sentences that say so: "))?;
    }
    writeln!(out, "</div>")
}

fn finding(report: &Report, number: usize, finding: &Finding, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    let severity = finding.severity;
    writeln!(out, "<article id=f{number} class={}>", severity.name())?;
    writeln!(out, "<h3>{number}. {}</h3>", esc(how.of(&finding.message)))?;
    writeln!(
        out,
        "<div class=meta>{} · {} · {} {:.0}% · <code>{}</code></div>",
        summary::severity_name(severity, how),
        finding.check,
        how.pick("可信度", "confidence"),
        finding.confidence * 100.0,
        esc(&finding.fingerprint)
    )?;
    if let Some(diagnosis) = &finding.diagnosis {
        writeln!(out, "<p>{}{}</p>", how.pick("可能的原因：", "Likely slip: "), esc(how.of(diagnosis)))?;
    }
    writeln!(out, "<div class=camps>")?;
    for view in view::camps(&report.corpus, finding, AROUND) {
        camp(&view, how, out)?;
    }
    writeln!(out, "</div>")?;
    if let Some(passages) = view::passages(finding) {
        let alike = format!("{:.0}%", passages.similarity * 100.0);
        write!(out, "<p>{} {alike}{}", how.pick("两段文字相似度", "passages alike"), how.pick("：", ": "))?;
        for part in view::short_diff(&passages.diff) {
            let words = esc(&part.text);
            match part.op {
                DiffOp::Equal => write!(out, "{words}")?,
                DiffOp::Delete => write!(out, "<del>{words}</del>")?,
                DiffOp::Insert => write!(out, "<ins>{words}</ins>")?,
            }
        }
        writeln!(out, "</p>")?;
    }
    let said = text::why(&finding.why, how);
    if !said.is_empty() {
        writeln!(out, "<p class=meta>{}{}</p>", how.pick("可比的理由：", "Why they are comparable: "), esc(&said))?;
    }
    writeln!(out, "</article>")
}

/// Writes `report` as one page.
pub fn html(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let how = options.language;
    let title = how.pick("数字一致性检查报告", "Consistency of figures");
    writeln!(out, "<!DOCTYPE html>\n<html lang={}>\n<head>\n<meta charset=utf-8>", how.pick("zh", "en"))?;
    writeln!(
        out,
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'\">"
    )?;
    writeln!(
        out,
        "<meta name=viewport content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>"
    )?;
    writeln!(
        out,
        "</head>\n<body>\n<h1>{title}</h1>\n<p><strong>{}</strong></p>",
        esc(&summary::verdict(report, how))
    )?;
    if report.findings.len() > 1 {
        writeln!(out, "<table>")?;
        for (i, each) in report.findings.iter().take(DETAILS).enumerate() {
            let n = i + 1;
            writeln!(
                out,
                "<tr><td><a href=\"#f{n}\">{n}</a><td>{}<td>{}<td>{}",
                summary::severity_name(each.severity, how),
                each.check,
                esc(how.of(&each.message))
            )?;
        }
        writeln!(out, "</table>")?;
    }
    for (i, each) in report.findings.iter().take(DETAILS).enumerate() {
        finding(report, i + 1, each, how, out)?;
    }
    if let Some(more) = report.findings.len().checked_sub(DETAILS).filter(|&n| n > 0) {
        writeln!(out, "<p>{}{more}</p>", how.pick("此处未列出的还有 ", "Not shown here: "))?;
    }
    writeln!(out, "<h2>{}</h2>\n<ul>", how.pick("读了什么，比了什么", "What was read and compared"))?;
    for line in summary::sentences(report, how) {
        writeln!(out, "<li>{}", esc(&line))?;
    }
    for issue in &report.issues {
        let line = issue.line.map(|l| format!(":{l}")).unwrap_or_default();
        writeln!(out, "<li>{}{line} — {}", esc(&issue.path), esc(how.of(&issue.message)))?;
    }
    writeln!(out, "</ul>\n<footer>factlint {}</footer>\n</body>\n</html>", env!("CARGO_PKG_VERSION"))
}
