//! `factlint annotate`: the findings as comments in a copy of a Word draft. Enters: the draft and what to compare it with. Leaves: the copy.
//! A comment of an earlier run that was resolved in Word counts as accepted.

use std::io::{self, Write};
use std::path::Path;

use super::args::AnnotateArgs;
use super::input::{self, Input};
use super::{Session, Status, baseline, check, told, told_of};
use crate::load::docx::{self, Annotated, Comment};
use crate::load::format_of;
use crate::model::{DocumentId, Format, Report, Text};
use crate::report::{Interface, plain, word};

/// Runs the command.
pub fn run(args: &AnnotateArgs, session: &mut Session) -> anyhow::Result<Status> {
    let [draft] = args.run.input.paths.as_slice() else {
        return Err(told("请给出一个 Word 文件", "name one Word file to annotate"));
    };
    let name = draft.to_string_lossy().replace('\\', "/");
    let fail = |said: &Text| told_of(&name, &said.zh, &said.en);
    if format_of(&name) != Some(Format::Docx) {
        return Err(fail(&Text::new(
            "不是 Word 文档；annotate 只接受 .docx",
            "not a Word document; annotate takes a .docx",
        )));
    }
    if same_file(draft, &args.output) {
        return Err(fail(&Text::new(
            "原稿不会被改写；请用 -o 写到另一个文件",
            "a draft is never written over; name another file with -o",
        )));
    }
    let input = Input { name: name.clone(), path: Some(draft.clone()), format: Format::Docx, against: false };
    let bytes = input::open(&input).map_err(|issue| fail(&issue.message))?;
    let settings = session.settings(args.run.config.as_deref())?;
    let baseline = args.baseline.as_deref().or(settings.baseline.as_deref());
    let accepted = baseline.map(baseline::accepted).transpose()?.unwrap_or_default();

    let checked = check::check(&args.run, false, accepted, session)?;
    let Some(document) = document(&checked.report, &name) else {
        return Ok(check::finish(checked, None, session));
    };
    let how = session.language;
    let comments: Vec<Comment> = word::notes(&checked.report, document, how)
        .into_iter()
        .map(|n| Comment { text: n.span.range(), key: n.fingerprint, paragraphs: n.paragraphs })
        .collect();
    let done = docx::annotate(&bytes, &comments).map_err(|e| fail(&e))?;
    check::write(&args.output, &done.bytes)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}: {}", plain(&args.output.to_string_lossy()), said(&done, &checked.report, how))?;
    // The copy was made: that there are findings is what it says itself.
    Ok(match check::finish(checked, None, session) {
        Status::Failed => Status::Failed,
        Status::Clean | Status::Found => Status::Clean,
    })
}

fn document(report: &Report, name: &str) -> Option<DocumentId> {
    let at = report.corpus.documents.iter().position(|d| d.format == Format::Docx && d.path == name)?;
    Some(DocumentId(at as u32))
}

/// Whether both paths lead to one file that is there.
fn same_file(a: &Path, b: &Path) -> bool {
    matches!((std::fs::canonicalize(a), std::fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// What was done, in one line.
fn said(done: &Annotated, report: &Report, how: Interface) -> String {
    let accepted = report.excepted.len();
    let counts = [
        (true, done.added, "新批注", ["new comment", "new comments"]),
        (false, done.removed, "已更换的旧批注", ["earlier one replaced", "earlier ones replaced"]),
        (false, done.kept, "保留的已处理批注", ["resolved or answered one kept", "resolved or answered ones kept"]),
        (false, accepted, "已接受的问题", ["finding accepted", "findings accepted"]),
        (false, done.unplaced, "无处可放", ["without a place", "without a place"]),
    ];
    let shown = counts.iter().filter(|(always, n, ..)| *always || *n > 0);
    let parts: Vec<String> = shown
        .map(|(_, n, zh, en)| match how {
            Interface::Zh => format!("{zh} {n}"),
            Interface::En => format!("{n} {}", en[usize::from(*n != 1)]),
        })
        .collect();
    parts.join(how.pick("，", ", "))
}
