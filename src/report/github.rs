//! `github`: workflow commands, which show as annotations on the lines of a pull request. One a finding, at its first place, with
//! what the others say in the message.

use std::io::{self, Write};

use super::escape::{workflow, workflow_property};
use super::{Options, summary, view};
use crate::model::{Report, Severity};

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
        let mut place = String::new();
        let mut others = String::new();
        if let Some((camp, spot)) = spots.first() {
            place = format!("file={},line={}", workflow_property(spot.file()), spot.line());
            if let Some(r) = spot.range() {
                let end = if r.line == r.end_line { format!(",endColumn={}", r.end_column) } else { String::new() };
                place = format!("{place},endLine={},col={}{end}", r.end_line, r.column);
            }
            place.push(',');
            others = view::others(&spots, *camp);
        }
        let gap = if others.is_empty() { "" } else { how.pick("；另见 ", " — see ") };
        let message = workflow(how.of(&finding.message));
        let others = workflow(&others);
        writeln!(out, "::{command} {place}title={}::{message}{gap}{others}", workflow_property(finding.check))?;
    }
    let said = summary::sentences(report, how).join(how.pick("", " "));
    writeln!(out, "::notice title=factlint::{}{}{}", summary::verdict(report, how), how.pick("", " "), workflow(&said))
}
