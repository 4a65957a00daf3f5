//! `junit`: `JUnit` XML, for services that show test results. Every finding is a test case, a failed one from warning upwards; every
//! check without a finding is a test case that passed.

use std::io::{self, Write};

use super::escape::html as xml;
use super::{Options, summary, text, view};
use crate::model::{IssueLevel, Report, Severity};

/// Writes `report` as `JUnit` XML.
pub fn junit(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let how = options.language;
    let silent: Vec<_> = report.checks.iter().filter(|c| report.findings.iter().all(|f| f.check != c.id)).collect();
    let failures = report.findings.iter().filter(|f| f.severity > Severity::Info).count();
    let errors = report.issues.iter().filter(|i| i.level == IssueLevel::Error).count();
    let tests = report.findings.len() + silent.len() + errors;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="factlint" tests="{tests}" failures="{failures}" errors="{errors}">"#)?;
    writeln!(out, r#"  <testsuite name="factlint" tests="{tests}" failures="{failures}" errors="{errors}">"#)?;
    for finding in &report.findings {
        let spots = view::spots(&report.corpus, finding, 60);
        let at = spots.first().map(|(_, s)| text::at(s)).unwrap_or_default();
        let message = xml(how.of(&finding.message));
        writeln!(out, r#"    <testcase classname="{}" name="{} {message}">"#, finding.check, xml(&at))?;
        let mut body = String::new();
        for (camp, spot) in &spots {
            let e = &spot.excerpt;
            let line = format!("{} {}: {}【{}】{}", view::label(*camp), text::at(spot), e.before, e.mark, e.after);
            body.push('\n');
            body.push_str(&xml(&line));
        }
        if finding.severity > Severity::Info {
            let kind = finding.severity.name();
            writeln!(out, r#"      <failure type="{kind}" message="{message}">{body}"#)?;
            writeln!(out, "      </failure>")?;
        } else {
            writeln!(out, "      <system-out>{body}\n      </system-out>")?;
        }
        writeln!(out, "    </testcase>")?;
    }
    for issue in report.issues.iter().filter(|i| i.level == IssueLevel::Error) {
        let message = xml(how.of(&issue.message));
        writeln!(out, r#"    <testcase classname="input" name="{}">"#, xml(&issue.path))?;
        writeln!(out, r#"      <error message="{message}"/>"#)?;
        writeln!(out, "    </testcase>")?;
    }
    for check in silent {
        writeln!(
            out,
            r#"    <testcase classname="{}" name="{}"/>"#,
            check.id,
            xml(how.pick(check.title.0, check.title.1))
        )?;
    }
    let said = summary::sentences(report, how).join(how.pick("", " "));
    writeln!(out, "    <system-out>{} {}</system-out>", summary::verdict(report, how), xml(&said))?;
    writeln!(out, "  </testsuite>\n</testsuites>")
}
