//! `rdjsonl`: Reviewdog Diagnostic Format, one diagnostic a line and a place, so that whichever side stands on a changed line is shown.
//! Its columns count bytes of UTF-8.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::view::{self, Spot};
use super::{Options, plain, to_json};
use crate::model::{Report, Severity};

fn location(spot: &Spot<'_>) -> Value {
    let range = match spot.range() {
        Some(r) => json!({
            "start": {"line": r.line, "column": r.byte_column},
            "end": {"line": r.end_line, "column": r.end_byte_column},
        }),
        None => json!({"start": {"line": spot.line()}}),
    };
    json!({"path": spot.file(), "range": range})
}

/// Writes `report` as diagnostics.
pub fn rdjsonl(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let severity = match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        };
        let spots = view::spots(&report.corpus, finding, 40);
        for (i, (camp, spot)) in spots.iter().enumerate() {
            let related: Vec<Value> = spots
                .iter()
                .enumerate()
                .filter(|(j, (other, _))| *j != i && other != camp)
                .map(|(_, (_, s))| {
                    let e = &s.excerpt;
                    let text = format!("{}【{}】{}", e.before, e.mark, e.after);
                    json!({"message": plain(&text), "location": location(s)})
                })
                .collect();
            let others = view::others(&spots, *camp);
            let message = options.language.of(&finding.message);
            let message = if others.is_empty() { message.to_owned() } else { format!("{message} ({others})") };
            let diagnostic = json!({
                "message": plain(&message),
                "location": location(spot),
                "severity": severity,
                "source": {"name": "factlint"},
                "code": {"value": finding.check},
                "relatedLocations": related,
            });
            to_json(&mut *out, &diagnostic)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}
