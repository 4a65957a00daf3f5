//! One finding of the review page. Enters: a finding and its sides. Leaves: markup in which every word of an article is escaped.

use std::io::{self, Write};

use super::sides::{Side, Statement};
use crate::model::{Corpus, DiffOp, Finding, Quantity, Report, Severity};
use crate::quantity::{Interval, plain_decimal, unit_info};
use crate::report::escape::html as esc;
use crate::report::view::{self, Spot, part_name, scope_name, unit_name};
use crate::report::{Interface, summary, text};

/// Wordings of a side shown at once; the rest is folded away.
const SHOWN: usize = 3;
/// Wordings of a side told before the rest is counted.
const SAYINGS: usize = 24;
/// Places of one wording named before the rest is counted.
const COPIES: usize = 40;

/// A shape for each severity, so that colour is not what tells them apart.
pub const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✕",
        Severity::Warning => "▲",
        Severity::Info => "●",
    }
}

/// The name of a check for people; its id where it is not known.
pub fn check_name(report: &Report, id: &'static str, how: Interface) -> &'static str {
    report.checks.iter().find(|c| c.id == id).map_or(id, |c| how.pick(c.title.0, c.title.1))
}

fn place(spot: &Spot<'_>, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    let article = text::article(spot, how);
    if !article.is_empty() {
        write!(out, "<cite lang={}>{}</cite> ", spot.lang.code(), esc(&article))?;
    }
    write!(out, "<code>{}</code>", esc(&text::at(spot)))
}

fn statement(statement: &Statement<'_>, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    let first = &statement.spots[0];
    write!(out, "<figure><blockquote lang={}>", first.lang.code())?;
    if statement.cut_before {
        write!(out, "…")?;
    }
    for piece in &statement.pieces {
        let words = esc(piece.text);
        match (piece.figure, piece.changed) {
            (true, _) => write!(out, "<mark>{words}</mark>")?,
            (false, true) => write!(out, "<span class=diff>{words}</span>")?,
            (false, false) => write!(out, "{words}")?,
        }
    }
    if statement.cut_after {
        write!(out, "…")?;
    }
    write!(out, "</blockquote><figcaption>")?;
    place(first, how, out)?;
    let copies = &statement.spots[1..];
    if !copies.is_empty() {
        let count = summary::grouped(copies.len());
        let said = match how {
            Interface::Zh => format!("同文另有 {count} 处"),
            Interface::En => format!("the same words in {count} more"),
        };
        write!(out, "<details><summary>{said}</summary><ul>")?;
        for copy in copies.iter().take(COPIES) {
            write!(out, "<li>")?;
            place(copy, how, out)?;
        }
        if copies.len() > COPIES {
            write!(out, "<li>… +{}", copies.len() - COPIES)?;
        }
        write!(out, "</ul></details>")?;
    }
    writeln!(out, "</figcaption></figure>")
}

fn side(side: &Side<'_>, alone: bool, how: Interface, out: &mut dyn Write) -> io::Result<()> {
    let lang = side.statements.first().map_or("zh", |s| s.spots[0].lang.code());
    write!(out, "<section class=side><h5>")?;
    if !alone {
        write!(out, "<span class=camp>{}</span> ", side.label)?;
    }
    write!(out, "<span lang={lang}>{}</span>", esc(&side.value))?;
    if side.places > 1 {
        let count = summary::grouped(side.places);
        let said = match how {
            Interface::Zh => format!("{count} 处"),
            Interface::En => format!("{count} places"),
        };
        write!(out, " <small>{said}</small>")?;
    }
    writeln!(out, "</h5>")?;
    for each in side.statements.iter().take(SHOWN) {
        statement(each, how, out)?;
    }
    if let Some(more) = side.statements.get(SHOWN..).filter(|more| !more.is_empty()) {
        let count = summary::grouped(more.len());
        let said = match how {
            Interface::Zh => format!("另有 {count} 种说法"),
            Interface::En => format!("{count} more sentences that say so"),
        };
        writeln!(out, "<details class=more><summary>{said}</summary>")?;
        for each in more.iter().take(SAYINGS - SHOWN) {
            statement(each, how, out)?;
        }
        if side.statements.len() > SAYINGS {
            writeln!(out, "<p class=place>… +{}</p>", side.statements.len() - SAYINGS)?;
        }
        writeln!(out, "</details>")?;
    }
    writeln!(out, "</section>")
}

/// The values an interval holds: `> 4000，< 5000 家`.
fn values(interval: &Interval, unit: Option<&str>, how: Interface) -> String {
    let unit = unit.map(|u| format!(" {}", unit_name(u, how))).unwrap_or_default();
    if let Some(one) = interval.single() {
        return format!("{}{unit}", plain_decimal(one));
    }
    let low = interval.low.map(|b| format!("{} {}", if b.closed { "≥" } else { ">" }, plain_decimal(b.value)));
    let high = interval.high.map(|b| format!("{} {}", if b.closed { "≤" } else { "<" }, plain_decimal(b.value)));
    let both: Vec<String> = low.into_iter().chain(high).collect();
    if both.is_empty() { String::new() } else { format!("{}{unit}", both.join(how.pick("，", ", "))) }
}

/// The values that the words of a quantity allow, in the unit it is written in where they come out whole there: `≥ 2，< 10 a` and not
/// in seconds.
fn allowed(quantity: &Quantity, how: Interface) -> String {
    let base = || values(&quantity.literal, quantity.base_unit.as_deref(), how);
    let Some(info) = quantity.unit.as_deref().and_then(unit_info).filter(|u| !u.factor.is_zero() && u.offset.is_zero())
    else {
        return base();
    };
    let mut literal = quantity.literal;
    for bound in [&mut literal.low, &mut literal.high].into_iter().flatten() {
        match bound.value.checked_div(info.factor) {
            Some(value) if value.normalize().scale() <= 4 => bound.value = value.normalize(),
            _ => return base(),
        }
    }
    values(&literal, quantity.unit.as_deref(), how)
}

/// One row of the table of evidence: the name of a part, and what each side states of it.
type Row = (&'static str, Vec<String>);

/// What the program understood of each side: one row a part, left out where no side states it.
fn understood(corpus: &Corpus, sides: &[Side<'_>], how: Interface) -> Vec<Row> {
    let each = |of: &dyn Fn(&crate::model::Claim) -> Option<String>| -> Vec<String> {
        sides.iter().map(|s| s.claim.and_then(of).unwrap_or_default()).collect()
    };
    let words = |claim: &crate::model::Claim, span: Option<_>| {
        span.map(|s| corpus.text(claim.article, s).to_owned()).filter(|w| !w.is_empty())
    };
    let rows: Vec<Row> = vec![
        (
            how.pick("数值", "value"),
            each(&|c| match (&c.quantity.time, c.kind().is_time()) {
                (Some(time), true) => Some(time.timex.clone()),
                _ => Some(allowed(&c.quantity, how)),
            }),
        ),
        (part_name("measure", how), each(&|c| words(c, c.measure.map(|m| m.span)))),
        (part_name("subject", how), each(&|c| words(c, c.subject))),
        (part_name("predicate", how), each(&|c| words(c, c.predicate))),
        (part_name("time", how), each(&|c| c.scope.time.as_ref().map(|t| t.timex.clone()))),
        (part_name("place", how), each(&|c| words(c, c.scope.place))),
        (part_name("base", how), each(&|c| c.scope.base.as_ref().map(|(b, _)| scope_name(b.name(), how).to_owned()))),
        (part_name("aggregation", how), each(&|c| c.scope.aggregation.map(|a| scope_name(a.name(), how).to_owned()))),
        (part_name("status", how), each(&|c| Some(scope_name(c.scope.status.name(), how).to_owned()))),
        (part_name("attribution", how), each(&|c| words(c, c.scope.attribution))),
    ];
    rows.into_iter().filter(|(_, cells)| cells.iter().any(|c| !c.is_empty())).collect()
}

fn evidence(
    report: &Report,
    finding: &Finding,
    sides: &[Side<'_>],
    how: Interface,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "<details class=evidence><summary>{}</summary>", how.pick("依据", "Evidence"))?;
    if let Some(passages) = view::passages(finding) {
        let alike = format!("{:.0}%", passages.similarity * 100.0);
        let lang = corpus_lang(&report.corpus, finding);
        write!(
            out,
            "<p class=both><strong>{} {alike}</strong>{}<span lang={lang}>",
            how.pick("两段文字相似度", "passages alike"),
            how.pick("：", ": ")
        )?;
        for part in view::short_diff(&passages.diff) {
            let words = esc(&part.text);
            match part.op {
                DiffOp::Equal => write!(out, "{words}")?,
                DiffOp::Delete => write!(out, "<del>{words}</del>")?,
                DiffOp::Insert => write!(out, "<ins>{words}</ins>")?,
            }
        }
        writeln!(out, "</span></p>")?;
    }
    if sides.iter().any(|s| s.claim.is_some()) {
        let rows = understood(&report.corpus, sides, how);
        write!(
            out,
            "<div class=wide tabindex=0 role=group aria-label=\"{0}\"><table><caption>{0}</caption><tr><td>",
            how.pick("程序如何理解各方的说法", "What each side was taken to say")
        )?;
        for side in sides {
            write!(out, "<th scope=col>{}", side.label)?;
        }
        for (part, cells) in rows {
            write!(out, "\n<tr><th scope=row>{part}")?;
            for cell in cells {
                write!(out, "<td>{}", if cell.is_empty() { "—".to_owned() } else { esc(&cell) })?;
            }
        }
        writeln!(out, "</table></div>")?;
    }
    write!(out, "<p class=place>{} {:.0}%", how.pick("可信度", "confidence"), finding.confidence * 100.0)?;
    write!(out, " · {} <code>{}</code>", how.pick("检查", "check"), finding.check)?;
    if let Some(rule) = &finding.rule {
        write!(out, " · {} <code>{}</code>", how.pick("规则", "rule"), esc(rule))?;
    }
    writeln!(out, " · {} <code>{}</code></p>\n</details>", how.pick("指纹", "fingerprint"), esc(&finding.fingerprint))
}

fn corpus_lang(corpus: &Corpus, finding: &Finding) -> &'static str {
    finding.passages.as_ref().map_or("zh", |p| corpus.article(p.a.article).lang.code())
}

/// The decisions as boxes to tick on paper.
fn boxes(sides: &[Side<'_>], how: Interface, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<p class=paper>")?;
    if sides.len() > 1 {
        for side in sides {
            write!(out, "<span>☐ {} {}</span> ", side.label, how.pick("对", "is right"))?;
        }
    }
    let all = match sides.len() {
        0 | 1 => how.pick("原文无误", "the text is right"),
        2 => how.pick("都对", "both are right"),
        _ => how.pick("都对", "all are right"),
    };
    let rest = [all, how.pick("不是一回事", "not the same thing"), how.pick("以后再看", "later")];
    for each in rest {
        write!(out, "<span>☐ {each}</span> ")?;
    }
    writeln!(out, "<span>{}</span></p>", how.pick("备注：", "note:"))
}

/// Writes the card of `finding`, number `number` of the page.
pub fn card(
    report: &Report,
    number: usize,
    finding: &Finding,
    sides: &[Side<'_>],
    how: Interface,
    out: &mut dyn Write,
) -> io::Result<()> {
    let severity = finding.severity;
    let name = severity.name();
    writeln!(
        out,
        "<article class=\"card {name}\" id=f{number} tabindex=-1 aria-labelledby=h{number}>\n<p class=kind><span class=sign \
         aria-hidden=true>{}</span> <strong>{}</strong> · {} · {} {:.0}%<span class=badge hidden></span></p>",
        sign(severity),
        summary::severity_name(severity, how),
        esc(check_name(report, finding.check, how)),
        how.pick("可信度", "confidence"),
        finding.confidence * 100.0,
    )?;
    writeln!(out, "<h4 id=h{number}><a href=\"#f{number}\">{number}</a> {}</h4>", esc(how.of(&finding.message)))?;
    if let Some(diagnosis) = &finding.diagnosis {
        writeln!(out, "<p class=slip>{}{}</p>", how.pick("可能的原因：", "Likely slip: "), esc(how.of(diagnosis)))?;
    }
    writeln!(out, "<div class=sides>")?;
    for each in sides {
        side(each, sides.len() == 1, how, out)?;
    }
    writeln!(out, "</div>")?;
    let behind = view::evidence(finding, how);
    if !behind.is_empty() {
        write!(out, "<p class=why>{}", how.pick("各方依据：", "What stands behind each: "))?;
        writeln!(out, "{}</p>", behind.iter().map(|l| esc(l)).collect::<Vec<_>>().join(how.pick("；", "; ")))?;
    }
    let said = text::why(&finding.why, how);
    if !said.is_empty() {
        writeln!(out, "<p class=why>{}{}</p>", how.pick("可比的理由：", "Why they are comparable: "), esc(&said))?;
    }
    evidence(report, finding, sides, how, out)?;
    boxes(sides, how, out)?;
    writeln!(out, "</article>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;
    use crate::pipeline::Engine;

    #[test]
    fn values_are_told_in_the_unit_they_are_written_in() {
        let engine = Engine::new(crate::rule::RuleSet::embedded());
        let told = |text: &str| {
            let mut piece = engine.read("a.txt", text.as_bytes(), Format::Text);
            let claims = &mut piece.parts[0].articles[0].1;
            allowed(&claims[0].quantity, Interface::En)
        };
        assert_eq!(told("全长超过5公里。"), "> 5 km");
        assert_eq!(told("共有4000多家供应商入驻。"), "> 4000, < 5000 家");
        assert_eq!(told("工程历时三年。"), "3 years");
    }
}
