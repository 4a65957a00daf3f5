//! `github`: workflow commands, which show as annotations on the lines of a pull request. One a side of a finding, at its first place,
//! with what the others say in the message.

use std::io::{self, Write};

use super::escape::{workflow, workflow_property};
use super::view::Spot;
use super::{Options, summary, view};
use crate::model::{Report, Severity};

/// Sides of one finding that are marked; the message names the others.
const SIDES: usize = 4;

/// The place of an annotation, as properties of the command.
fn place(spot: &Spot<'_>) -> String {
    let mut place = format!("file={},line={}", workflow_property(spot.file()), spot.line());
    if let Some(r) = spot.range() {
        let end = if r.line == r.end_line { format!(",endColumn={}", r.end_column) } else { String::new() };
        place = format!("{place},endLine={},col={}{end}", r.end_line, r.column);
    }
    place.push(',');
    place
}

/// Writes `report` as workflow commands.
pub fn github(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let how = options.language;
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let spots = view::spots(&report.corpus, finding, 0);
        let mut sides: Vec<&(u32, Spot<'_>)> = Vec::new();
        for each in &spots {
            if sides.len() < SIDES && sides.iter().all(|(camp, _)| *camp != each.0) {
                sides.push(each);
            }
        }
        let message = workflow(how.of(&finding.message));
        let title = workflow_property(finding.check);
        if sides.is_empty() {
            writeln!(out, "::{command} title={title}::{message}")?;
        }
        for (camp, spot) in sides {
            let others = workflow(&view::others(&spots, *camp));
            let gap = if others.is_empty() { "" } else { how.pick("；另见 ", " — see ") };
            writeln!(out, "::{command} {}title={title}::{message}{gap}{others}", place(spot))?;
        }
    }
    let said = summary::sentences(report, how).join(how.pick("", " "));
    writeln!(out, "::notice title=factlint::{}{}{}", summary::verdict(report, how), how.pick("", " "), workflow(&said))
}
