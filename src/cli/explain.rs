//! `factlint explain`: what the checks look for. Enters: the id of a check, or none. Leaves: a page on it, or the list.

use std::io::{self, Write};

use super::{Status, told_of};
use crate::check;
use crate::report::Interface;

/// Runs the command.
pub fn run(id: Option<&str>, language: Interface) -> anyhow::Result<Status> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let Some(id) = id else {
        for check in check::REGISTRY {
            let info = check.info;
            writeln!(out, "{:22} {:8} {}", info.id, info.severity.name(), language.pick(info.title.0, info.title.1))?;
        }
        out.flush()?;
        return Ok(Status::Clean);
    };
    let Some(check) = check::by_id(id) else {
        let ids: Vec<&str> = check::REGISTRY.iter().map(|c| c.info.id).collect();
        let (zh, en) = (ids.join("、"), ids.join(", "));
        let (zh, en) = (format!("没有这个检查项；全部检查项：{zh}"), format!("no such check; the checks are {en}"));
        return Err(told_of(id, zh, en));
    };
    let info = check.info;
    writeln!(out, "{}  {}\n", info.id, language.pick(info.title.0, info.title.1))?;
    writeln!(out, "{}\n", language.pick(info.description.0, info.description.1))?;
    writeln!(out, "{}{}", language.pick("默认级别：", "Severity by default: "), info.severity.name())?;
    writeln!(out, "{}\n", language.pick("会报告的例子：", "An example that it reports:"))?;
    for line in info.example.lines() {
        writeln!(out, "    {line}")?;
    }
    writeln!(out, "\n{}", language.pick("在 factlint.toml 中调整：", "To change it, in factlint.toml:"))?;
    writeln!(out, "\n    [checks]\n    {} = \"off\"        # off, info, warning, error", info.id)?;
    out.flush()?;
    Ok(Status::Clean)
}
