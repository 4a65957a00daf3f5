//! What continuous integration runs: changed lines only, claims that changed, watching, and the reports that services read.

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use common::{A, B, Desk, err, json, out};

/// A repository with two articles that clash, committed, and a third that agrees.
fn repository() -> Desk {
    let desk = Desk::new();
    desk.put("稿/a.md", A).put("稿/b.md", B).put("稿/c.md", A);
    desk.git(&["init", "-q", "-b", "main"]);
    desk.git(&["add", "."]);
    desk.git(&["commit", "-q", "-m", "first"]);
    desk
}

#[test]
fn only_findings_on_changed_lines_are_reported() {
    let desk = repository();
    let since = |desk: &Desk, rev: &str| {
        let output = desk.run(&["check", "稿", "--since", rev, "--format", "json"]);
        assert_ne!(output.status.code(), Some(2), "{}", err(&output));
        let report = json(&out(&output));
        (report["findings"].as_array().map_or(0, Vec::len), report["summary"]["unchanged"].as_u64())
    };
    assert_eq!(since(&desk, "HEAD"), (0, Some(1)));
    // A line elsewhere in a file of the finding.
    desk.put("稿/b.md", format!("{B}\n另有补充。\n"));
    assert_eq!(since(&desk, "HEAD"), (0, Some(1)));
    // The line itself, in the working tree, then committed.
    desk.put("稿/b.md", B.replace("率先", "已率先"));
    assert_eq!(since(&desk, "HEAD"), (1, Some(0)));
    desk.git(&["commit", "-q", "-a", "-m", "second"]);
    assert_eq!(since(&desk, "HEAD~1"), (1, Some(0)));
    assert_eq!(since(&desk, "HEAD"), (0, Some(1)));
    // A file that git does not know yet.
    desk.put("稿/新 稿\"1.md", B);
    assert_eq!(since(&desk, "HEAD"), (1, Some(0)));
    // A branch: what changed since it parted, not what came to main since.
    fs::remove_file(desk.0.join("稿/新 稿\"1.md")).unwrap();
    desk.git(&["checkout", "-q", "-b", "topic", "HEAD~1"]);
    assert_eq!(since(&desk, "main"), (0, Some(1)));
    let text = desk.run(&["check", "稿", "--since", "main"]);
    assert_eq!(text.status.code(), Some(0));
    assert!(out(&text).contains("1 finding touches no changed line"), "{}", out(&text));
}

#[test]
fn a_revision_that_cannot_be_reached_is_a_clear_error() {
    let desk = repository();
    for (rev, said) in
        [("no-such-branch", "no such revision"), ("--output=x", "no such revision"), ("", "no such revision")]
    {
        let output = desk.run(&["check", "稿", &format!("--since={rev}")]);
        assert_eq!(output.status.code(), Some(2), "{rev}: {}", out(&output));
        assert!(err(&output).contains(said) && err(&output).contains("--since"), "{rev}: {}", err(&output));
    }
    assert!(!desk.0.join("x").exists());
    desk.put("稿/a.md", A.replace("热情", "热情很"));
    desk.git(&["commit", "-q", "-a", "-m", "second"]);
    let url = format!("file://{}", desk.0.display());
    let copy = Desk::new();
    copy.git(&["clone", "-q", "--depth", "1", &url, "copy"]);
    let mut shallow = copy.command(&["check", "稿", "--since", "HEAD~1"]);
    let shallow = shallow.current_dir(copy.0.join("copy")).output().unwrap();
    assert_eq!(shallow.status.code(), Some(2));
    assert!(err(&shallow).contains("shallow") && err(&shallow).contains("fetch-depth: 0"), "{}", err(&shallow));
    let plain = Desk::new();
    plain.put("a.md", A);
    let mut outside = plain.command(&["check", "a.md", "--since", "HEAD"]);
    let outside = outside.env("GIT_CEILING_DIRECTORIES", std::env::temp_dir()).output().unwrap();
    assert_eq!(outside.status.code(), Some(2));
    assert!(err(&outside).contains("no git repository"), "{}", err(&outside));
    if let Ok(owner) = Command::new("chown").args(["-R", "12345", "."]).current_dir(&desk.0).output()
        && owner.status.success()
    {
        let mut foreign = desk.command(&["check", "稿", "--since", "HEAD"]);
        let foreign =
            foreign.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").output().unwrap();
        assert!(err(&foreign).contains("safe.directory"), "{}", err(&foreign));
    }
    let mut without = desk.command(&["check", "稿", "--since", "HEAD"]);
    let without = without.env("PATH", "/nonexistent").output().unwrap();
    assert!(err(&without).contains("needs git"), "{}", err(&without));
}

const OLD: &str =
    "# 年报\n\n全市共有2000所学校，在校学生30万人。\n\n去年新建校舍12栋，投入5亿元。\n\n教师队伍比上年增长3%。\n";
const NEW: &str = "# 年报\n\n教师队伍比上年增长3%。\n\n全市共有2100所学校，在校学生30万人。\n\n去年新建校舍15栋。另有图书馆8座对外开放。\n";

#[test]
fn the_claims_that_changed_between_two_versions_are_listed() {
    let desk = Desk::new();
    desk.put("old.md", OLD).put("new.md", NEW);
    let output = desk.run(&["check", "--diff", "old.md", "new.md", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let mut rows: Vec<(String, String, String)> = out(&output)
        .lines()
        .map(|line| {
            let row = json(line);
            let text = |side: &str| row[side]["text"].as_str().unwrap_or("").to_owned();
            (row["change"].as_str().unwrap_or("").to_owned(), text("old"), text("new"))
        })
        .collect();
    rows.sort();
    let want =
        [("added", "", "8座"), ("changed", "12栋", "15栋"), ("changed", "2000所", "2100所"), ("removed", "5亿元", "")];
    assert_eq!(rows, want.map(|(c, o, n)| (c.to_owned(), o.to_owned(), n.to_owned())));
    let text = out(&desk.run(&["diff", "old.md", "new.md"]));
    assert!(text.contains("【2000所】→【2100所】") && text.contains("2 changed, 1 added, 1 removed"), "{text}");
    let zh = out(&desk.run(&["check", "--ui-lang", "zh", "--diff", "old.md", "old.md"]));
    assert!(zh.contains("改 0 处，增 0 处，删 0 处"), "{zh}");
    assert_eq!(desk.run(&["check", "--diff", "old.md", "missing.md"]).status.code(), Some(2));
}

#[test]
fn a_watch_checks_again_when_a_file_changes() {
    let desk = Desk::new();
    desk.put("稿/a.txt", A).put("稿/b.txt", A);
    let mut child = desk.command(&["check", "稿", "--watch", "--out", "json=稿/report.html"]);
    let mut child = child.stderr(Stdio::null()).spawn().expect("the program starts");
    let (send, lines) = std::sync::mpsc::channel();
    let stdout = child.stdout.take().expect("piped");
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    let until = |what: &str| {
        let limit = std::time::Duration::from_secs(60);
        while let Ok(line) = lines.recv_timeout(limit) {
            if line.contains(what) {
                return true;
            }
        }
        false
    };
    let first = until("No discrepancy found") && until("Compared");
    // The watch is set before the first report is written; that report lies in the folder and starts no check of its own.
    desk.put("稿/b.txt", B);
    let second = until("Found 1 error") && until("Compared");
    desk.put("稿/新/c.txt", "全县共有30所学校。\n");
    let third = until("Read 4 files");
    let _ = child.kill();
    let _ = child.wait();
    assert!(first && second && third, "{first} {second} {third}");
}

#[test]
fn annotations_mark_both_sides_and_nothing_in_them_acts() {
    let desk = Desk::new();
    let hostile = |text: &str| text.replace("该平台", "该平台50%::add-mask::x");
    desk.put("a,b:1.md", hostile(A)).put("b.md", format!("::stop-commands::x\n\n{}\n\n##[group]y\n", hostile(B)));
    let summary = desk.0.join("summary.md");
    fs::write(&summary, "earlier\n").unwrap();
    let mut command = desk.command(&["check", ".", "--format", "github"]);
    let output = command.env("GITHUB_STEP_SUMMARY", &summary).env("GITHUB_ACTIONS", "true").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let shown = out(&output);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 3, "{shown}");
    assert!(
        lines[0]
            .starts_with("::error file=a%2Cb%3A1.md,line=3,endLine=3,col=6,endColumn=12,title=conflicting-figure::"),
        "{shown}"
    );
    assert!(lines[1].starts_with("::error file=b.md,line=5,"), "{shown}");
    assert!(lines[0].contains("b.md:5") && lines[1].contains("a,b:1.md:3"), "{shown}");
    assert!(lines[2].starts_with("::notice title=factlint::"), "{shown}");
    let kept = fs::read_to_string(&summary).unwrap();
    assert!(
        kept.starts_with("earlier\n") && kept.contains("4000多家") && !kept.contains("\n::stop-commands::"),
        "{kept}"
    );
    // Text in the log of a workflow: commands are stopped around it.
    let mut text = desk.command(&["check", "."]);
    let text = text.env("GITHUB_ACTIONS", "true").output().unwrap();
    let shown = out(&text);
    assert!(
        shown.starts_with("::stop-commands::factlint-report-0\n") && shown.ends_with("::factlint-report-0::\n"),
        "{shown}"
    );
}

#[test]
fn links_are_written_where_the_terminal_shows_them() {
    let desk = Desk::new();
    desk.put("a b.txt", A).put("b.txt", B);
    let mut command = desk.command(&["check", "."]);
    let shown = out(&command.env("FORCE_HYPERLINK", "1").env("CLICOLOR_FORCE", "1").output().unwrap());
    let folder = fs::canonicalize(&desk.0).unwrap();
    let link = format!("\u{1b}]8;;file://{}/a%20b.txt#3\u{1b}\\", folder.display());
    assert!(shown.contains(&link), "{shown:?}");
    assert!(!out(&desk.run(&["check", "."])).contains('\u{1b}'));
}

/// Runs `tests/tools/report_schemas.py`, which holds reports against the published schemas; where Python lacks what it needs it says so.
#[test]
fn reports_hold_to_their_schemas() {
    let desk = Desk::new();
    desk.put("a.md", A).put("b.md", B).put("c.md", A.replace("当天", "<!-- factlint-ignore: 口径不同 -->\n当天"));
    desk.put("d.jsonl", "{\"id\":\"甲\",\"text\":\"全市共有20所学校，其中小学30所。2月30日开学。\"}\n{bad\n");
    for format in ["sarif", "gitlab", "rdjsonl", "junit"] {
        let output = desk.run(&["check", ".", "--format", format]);
        desk.put(&format!("out/{format}"), &output.stdout);
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/report_schemas.py");
    let Ok(checked) = Command::new("python3").arg(script).arg(desk.0.join("out")).output() else { return };
    let said = String::from_utf8_lossy(&checked.stdout).into_owned() + &String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success() || checked.status.code() == Some(77), "{said}");
}

fn file(name: &str) -> String {
    fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name)
}

#[test]
fn the_action_passes_every_input_on_and_none_into_a_command() {
    let (action, script) = (file("action.yml"), file("ci/check.sh"));
    let inputs = action.split("inputs:\n").nth(1).and_then(|rest| rest.split("runs:\n").next()).expect("inputs");
    for name in inputs.lines().filter_map(|l| l.strip_prefix("  ")?.strip_suffix(':')).filter(|n| !n.starts_with(' ')) {
        assert!(action.contains(&format!(": ${{{{ inputs.{name} }}}}")), "{name} is not passed on");
    }
    // Text of inputs stands in the environment only: put into a command it could end it.
    for line in action.lines().filter(|l| l.trim_start().starts_with("run:")) {
        assert!(!line.contains("${{"), "{line}");
    }
    for name in action.lines().filter_map(|l| l.trim().split(':').next()).filter(|n| n.starts_with("FACTLINT")) {
        assert!(script.contains(name), "{name}");
    }
    let desk = repository();
    desk.put("稿/b.md", B.replace("率先", "已率先"));
    let run = |paths: &str, fail_on: &str| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/ci/check.sh");
        let mut command = Command::new("bash");
        command.arg(script).current_dir(&desk.0).env("LC_ALL", "C").env("FACTLINT", env!("CARGO_BIN_EXE_factlint"));
        command.env("FACTLINT_PATHS", paths).env("FACTLINT_SINCE", "HEAD").env("FACTLINT_SARIF", "out.sarif");
        command.env("FACTLINT_FAIL_ON", fail_on).env_remove("GITHUB_STEP_SUMMARY").output().expect("bash runs")
    };
    let found = run("稿/a.md\n稿/b.md\n", "");
    assert_eq!(found.status.code(), Some(1), "{}{}", out(&found), err(&found));
    assert!(out(&found).starts_with("::error file=稿/a.md,line=3,"), "{}", out(&found));
    assert_eq!(json(&desk.read("out.sarif"))["version"], "2.1.0");
    assert_eq!(run("稿", "never").status.code(), Some(0));
    let hostile = run("$(touch owned)\n--fail-on=never", "");
    assert_eq!(hostile.status.code(), Some(2));
    assert!(!desk.0.join("owned").exists());
}

#[test]
fn the_job_for_gitlab_runs_as_written() {
    let desk = repository();
    desk.put("稿/b.md", B.replace("率先", "已率先")).put("factlint.toml", "paths = ['稿']\n");
    let job = file("ci/gitlab.yml");
    let check = job.lines().find_map(|l| l.trim().strip_prefix("- .factlint/bin/factlint ")).expect("the command");
    let command = format!("\"$FACTLINT\" {check}");
    let output = Command::new("sh")
        .args(["-c", &command])
        .current_dir(&desk.0)
        .env("FACTLINT", env!("CARGO_BIN_EXE_factlint"))
        .env("CI_MERGE_REQUEST_DIFF_BASE_SHA", desk.git(&["rev-parse", "HEAD"]).trim())
        .output()
        .expect("sh runs");
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let issues = json(&desk.read("gl-code-quality-report.json"));
    assert_eq!(issues[0]["location"]["path"], "稿/a.md");
    assert!(desk.read("factlint.xml").contains("<failure"));
    for name in ["gl-code-quality-report.json", "factlint.xml"] {
        assert!(job.matches(name).count() >= 2, "{name} is written and kept");
    }
}

#[test]
fn the_hooks_take_every_format_that_is_read() {
    let hooks = file(".pre-commit-hooks.yaml");
    for ending in ["txt", "md", "markdown", "html?", "docx", "jsonl"] {
        assert_eq!(hooks.matches(ending).count(), hooks.matches("- id:").count(), "{ending}");
    }
    for entry in hooks.lines().filter_map(|l| l.trim().strip_prefix("entry: factlint ")) {
        let desk = repository();
        let mut args: Vec<&str> = entry.split(' ').collect();
        args.push("稿");
        assert_ne!(desk.run(&args).status.code(), Some(2), "{entry}");
    }
}

#[test]
fn the_page_on_ci_shows_what_the_program_says() {
    let desk = Desk::new();
    desk.put("articles/a.md", A).put("articles/b.md", A.replace("分站上线", "企业触网"));
    desk.git(&["init", "-q", "-b", "main"]);
    desk.git(&["add", "."]);
    desk.git(&["commit", "-q", "-m", "first"]);
    desk.put("old.md", desk.read("articles/b.md"));
    desk.put("articles/b.md", B).put("new.md", B);
    let page = file("docs/ci.md");
    for args in [
        &["check", "--since", "HEAD", "--format", "github", "articles"][..],
        &["check", "--since", "HEAD", "--format", "gitlab", "articles"],
        &["check", "--diff", "old.md", "new.md"],
    ] {
        let said = out(&desk.run(args));
        assert!(said.lines().count() > 1 && page.contains(said.trim_end()), "{args:?} says\n{said}");
    }
    let text = out(&desk.run(&["check", "articles"]));
    assert!(page.contains(text.lines().take(5).collect::<Vec<_>>().join("\n").as_str()), "{text}");
}
