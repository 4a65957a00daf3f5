//! `gitlab`: a Code Quality report. That format knows one place an issue, so every place of a finding is an issue of its own, with a
//! fingerprint of its own.

use std::io::{self, Write};

use serde_json::json;

use super::{Options, plain, to_json, view};
use crate::model::{Report, Severity};

/// Writes `report` as a Code Quality report.
pub fn gitlab(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    let mut first = true;
    for finding in &report.findings {
        let severity = match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        };
        let spots = view::spots(&report.corpus, finding, 0);
        for (i, (camp, spot)) in spots.iter().enumerate() {
            let others = view::others(&spots, *camp);
            let text = format!("{} ({others})", options.language.of(&finding.message));
            let issue = json!({
                "description": plain(if others.is_empty() { options.language.of(&finding.message) } else { &text }),
                "check_name": finding.check,
                "fingerprint": format!("{}-{i}", finding.fingerprint),
                "severity": severity,
                "location": {"path": spot.file(), "lines": {"begin": spot.line()}},
            });
            out.write_all(if first { b"\n" } else { b",\n" })?;
            first = false;
            to_json(&mut *out, &issue)?;
        }
    }
    out.write_all(b"\n]\n")
}
