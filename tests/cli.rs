//! The command line as scripts see it: exit status, what goes where, inputs of every kind, and the same bytes on any thread count.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own for one test, removed at the end.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("factlint-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder for the test");
        Self(folder)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, b"")
    }

    fn run_with(&self, args: &[&str], stdin: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(args)
            .current_dir(&self.0)
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that does not read its input may be gone before all of it is written.
        let _ = child.stdin.take().expect("piped").write_all(stdin);
        child.wait_with_output().expect("the program ends")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("errors are UTF-8")
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).expect("a line of JSON")
}

fn claims(output: &Output) -> Vec<serde_json::Value> {
    out(output).lines().map(json).collect()
}

const A: &str = "开发区分站上线\n\n当天，已有4000多家本地供应商率先入驻该平台，企业参与热情高涨。\n";
const B: &str = "开发区企业触网\n\n当天，已有5000多家本地供应商率先入驻该平台，企业参与热情高涨。\n";

#[test]
fn a_contradiction_sets_the_exit_status() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("b.txt", B).put("c.txt", "天气很好，适合出游。\n");
    let both = desk.run(&["check", "a.txt", "b.txt"]);
    assert_eq!(both.status.code(), Some(1), "{}{}", out(&both), err(&both));
    assert!(out(&both).contains("【4000多家】") && out(&both).contains("【5000多家】"), "{}", out(&both));
    assert_eq!(desk.run(&["check", "--fail-on", "never", "a.txt", "b.txt"]).status.code(), Some(0));
    let clean = desk.run(&["check", "a.txt", "c.txt"]);
    assert_eq!(clean.status.code(), Some(0));
    assert!(out(&clean).contains("No discrepancy found") && out(&clean).contains("Read 2 files"), "{}", out(&clean));
}

#[test]
fn a_finding_leads_back_to_both_places() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("b.txt", B);
    let report = json(&out(&desk.run(&["check", "--format", "json", "."])));
    let finding = &report["findings"][0];
    assert_eq!(finding["check"], "conflicting-figure");
    let places: Vec<_> = finding["claims"].as_array().expect("claims").iter().map(|c| c["path"].clone()).collect();
    assert_eq!(places, ["./a.txt", "./b.txt"]);
    for claim in finding["claims"].as_array().expect("claims") {
        let source = if claim["path"] == "./a.txt" { A } else { B };
        let at = |key: &str| claim[key].as_u64().expect("an offset") as usize;
        assert_eq!(source.get(at("byte_start")..at("byte_end")), claim["text"].as_str());
        assert_eq!(at("line"), 3);
    }
}

#[test]
fn what_is_only_compared_against_is_not_reported() {
    let desk = Desk::new();
    desk.put("old/a.txt", A).put("old/b.txt", B).put("new/c.txt", "今天没有数字。\n").put("new/d.txt", B);
    let apart = desk.run(&["check", "new/c.txt", "--against", "old"]);
    assert_eq!(apart.status.code(), Some(0), "{}", out(&apart));
    let against = desk.run(&["check", "new/d.txt", "--against", "old/a.txt"]);
    assert_eq!(against.status.code(), Some(1), "{}", out(&against));
}

#[test]
fn nothing_read_is_status_two_with_the_reason() {
    let desk = Desk::new();
    desk.put("empty/picture.png", [0x89, b'P', b'N', b'G']).put("draft.xyz", "三人");
    for (args, said) in [
        (&["check"][..], "nothing to read"),
        (&["check", "missing.txt"], "missing.txt"),
        (&["extract", "missing.txt"], "missing.txt"),
        (&["check", "empty"], "nothing to read"),
        (&["check", "draft.xyz"], "draft.xyz"),
        (&["check", "--format", "nonsense", "draft.xyz"], "nonsense"),
        (&["check", "--fail-on", "never", "missing.txt"], "missing.txt"),
        (&["check", "--out", "report.md", "draft.xyz"], "FORMAT=FILE"),
        (&["check", "--threads", "0", "draft.xyz"], "--threads"),
        (&["explain", "no-such-check"], "no-such-check"),
        (&["check", "--rules", "draft.xyz", "draft.xyz"], "draft.xyz"),
    ] {
        let output = desk.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
        assert!(err(&output).contains(said), "{args:?}: {}", err(&output));
    }
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let desk = Desk::new();
    let given = "全市共有2000所学校。\n";
    for (args, name) in [
        (&["extract", "-"][..], "-"),
        (&["extract", "-", "--stdin-filename", "草稿.md"], "草稿.md"),
        (&["extract", "--format", "jsonl", "-", "--stdin-filename", "x.txt"], "x.txt"),
    ] {
        let output = desk.run_with(args, given.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let found = claims(&output);
        assert_eq!(found[0]["path"], name);
        assert_eq!(found[0]["text"], "2000所");
        assert_eq!(found[0]["value"]["point"], "2000");
        assert_eq!((found[0]["line"].as_u64(), found[0]["column"].as_u64()), (Some(1), Some(5)));
    }
}

#[test]
fn json_lines_give_an_article_a_line() {
    let desk = Desk::new();
    let lines = "{\"id\":\"甲\",\"text\":\"全市共有2000所学校。\"}\n{\"id\":\"乙\",\"text\":\"全县共有30所学校。\",\"date\":\"2020-01-02\"}\n";
    let output = desk.run_with(&["extract", "--input-format", "jsonl", "-"], lines.as_bytes());
    let found = claims(&output);
    let paths: Vec<_> = found.iter().map(|c| c["path"].clone()).collect();
    assert_eq!(paths, ["甲", "乙"], "{}", err(&output));
    assert_eq!(found[1]["char_start"], 4);
    let array = desk.run_with(&["extract", "--input-format", "jsonl", "--format", "json", "-"], lines.as_bytes());
    assert_eq!(json(&out(&array)).as_array().map(Vec::len), Some(2));
}

#[test]
fn a_folder_is_walked_and_gitignore_honoured() {
    let desk = Desk::new();
    desk.put("稿/a.md", "全市共有2000所学校。\n")
        .put("稿/深/b.txt", "全县共有30所学校。\n")
        .put("稿/draft/c.txt", "全镇共有4所学校。\n")
        .put("稿/.gitignore", "draft/\n")
        .put("稿/图.png", "x");
    let output = desk.run(&["extract", "稿"]);
    let paths: Vec<_> = claims(&output).iter().map(|c| c["path"].clone()).collect();
    assert_eq!(paths, ["稿/a.md", "稿/深/b.txt"]);
    let report = json(&out(&desk.run(&["check", "--format", "json", "稿"])));
    assert_eq!(report["summary"]["left_out"][0]["count"], 1);
    assert_eq!(report["summary"]["files"], 2);
    let twice = json(&out(&desk.run(&["check", "--format", "json", "稿", "稿/a.md", "./稿/a.md"])));
    assert_eq!(twice["summary"]["files"], 2);
}

#[test]
fn a_file_in_another_encoding_leads_back_to_its_bytes() {
    let desk = Desk::new();
    // 据统计，全市共有2000所学校，在校学生逾三万名。 in GB18030.
    let text = "据统计，全市共有2000所学校，在校学生比上一年有所增加，教师队伍也在不断壮大。";
    let (bytes, _, failed) = encoding_rs::GB18030.encode(text);
    assert!(!failed);
    desk.put("gbk.txt", &bytes);
    let output = desk.run(&["extract", "gbk.txt"]);
    let found = claims(&output);
    let claim = found.iter().find(|c| c["text"] == "2000所").expect("the figure is found");
    let range = claim["byte_start"].as_u64().unwrap_or(0) as usize..claim["byte_end"].as_u64().unwrap_or(0) as usize;
    assert_eq!(encoding_rs::GB18030.decode(&bytes[range]).0, "2000所");
    assert_eq!(claim["char_start"], 8);
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let desk = Desk::new();
    for n in 0..40 {
        let text = format!("{}\n全县共有{}所学校，其中小学{}所。\n", if n % 2 == 0 { A } else { B }, 30 + n, 20 + n);
        desk.put(&format!("稿/{n:02}.txt"), text);
    }
    for format in ["text", "markdown", "json", "jsonl", "sarif", "html", "github", "gitlab", "junit", "rdjsonl"] {
        let one = desk.run(&["check", "--threads", "1", "--format", format, "稿"]);
        let many = desk.run(&["check", "--threads", "7", "--format", format, "稿"]);
        assert_eq!(one.stdout, many.stdout, "{format}");
        assert_eq!(one.status.code(), many.status.code());
    }
    let one = desk.run(&["extract", "--threads", "1", "稿"]);
    assert_eq!(one.stdout, desk.run(&["extract", "--threads", "5", "稿"]).stdout);
}

#[test]
fn controls_are_never_printed_raw() {
    let desk = Desk::new();
    let hostile = |text: &str| {
        text.replace("该平台", "该平台\u{1b}[2J\u{9b}31m\u{202e}\u{8}<script>alert(1)</script>\r::error::x\r")
    };
    desk.put("a\u{1b}[31m.txt", hostile(A)).put("b.txt", hostile(B));
    for format in ["text", "markdown", "json", "jsonl", "sarif", "html", "github", "gitlab", "junit", "rdjsonl"] {
        let output = desk.run(&["check", "--format", format, "."]);
        let shown = out(&output) + &err(&output);
        for raw in ['\u{1b}', '\u{9b}', '\u{202e}', '\u{8}', '\r'] {
            assert!(!shown.contains(raw), "{format} prints {raw:?}");
        }
        assert!(format == "text" || format == "github" || !shown.contains("<script>alert"), "{format}");
        assert!(!shown.contains("\n::error::x"), "{format}");
    }
    let missing = desk.run(&["check", "no\u{1b}[2J.txt"]);
    assert!(!err(&missing).contains('\u{1b}'));
}

#[test]
fn several_reports_come_from_one_run() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("b.txt", B);
    let output = desk.run(&["check", ".", "--out", "markdown=reports/r.md", "--out", "sarif=r.sarif"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains("error[conflicting-figure]"));
    let markdown = fs::read_to_string(desk.0.join("reports/r.md")).expect("the Markdown report");
    assert!(markdown.starts_with("# "));
    let sarif = json(&fs::read_to_string(desk.0.join("r.sarif")).expect("the SARIF report"));
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn the_configuration_is_found_upwards_and_checked() {
    let desk = Desk::new();
    desk.put("稿/a.txt", A).put("稿/b.txt", B);
    desk.put("factlint.toml", "paths = ['稿']\n[checks]\nconflicting-figure = 'warning'\n");
    let found = desk.run(&["check"]);
    assert_eq!(found.status.code(), Some(0), "{}{}", out(&found), err(&found));
    assert!(out(&found).contains("warning[conflicting-figure]"), "{}", out(&found));
    assert_eq!(desk.run(&["check", "--fail-on", "warning"]).status.code(), Some(1));
    desk.put("off.toml", "[checks]\nconflicting-figure = 'off'\n");
    let off = json(&out(&desk.run(&["check", "--config", "off.toml", "--format", "json", "稿"])));
    assert_eq!(off["findings"].as_array().map(Vec::len), Some(0));
    desk.put("factlint.toml", "fail_on = 'error'\n");
    let bad = desk.run(&["check", "稿"]);
    assert_eq!(bad.status.code(), Some(2));
    assert!(err(&bad).contains("factlint.toml:1:1") && err(&bad).contains("`fail-on`"), "{}", err(&bad));
}

#[test]
fn a_broken_rule_stops_the_run_with_its_place() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("rules/school.toml", "id = 'school'\nserverity = 'error'\n");
    let output = desk.run(&["check", "--rules", "rules", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("rules/school.toml:2:1") && err(&output).contains("`severity`"), "{}", err(&output));
}

#[test]
fn messages_speak_the_language_asked_for() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("b.txt", B);
    let zh = desk.run(&["check", "--ui-lang", "zh", "."]);
    assert!(out(&zh).contains("错误[conflicting-figure]") && out(&zh).contains("读取 2 个文件"), "{}", out(&zh));
    let missing = desk.run(&["check", "--ui-lang", "zh", "无.txt"]);
    assert!(err(&missing).contains("没有这个文件"), "{}", err(&missing));
}

#[test]
fn two_files_are_compared_passage_by_passage() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("b.txt", B);
    let output = desk.run(&["diff", "a.txt", "b.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("[-4000") && out(&output).contains("{+5000"), "{}", out(&output));
}

#[test]
fn a_baseline_accepts_what_stands_and_nothing_new() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("b.txt", B);
    let written = desk.run(&["baseline", "write", "--reason", "两家口径不同", "a.txt", "b.txt"]);
    assert_eq!(written.status.code(), Some(0), "{}", err(&written));
    let held = desk.run(&["baseline", "apply", "a.txt", "b.txt"]);
    assert_eq!(held.status.code(), Some(0), "{}", out(&held));
    assert!(out(&held).contains("1 finding accepted"), "{}", out(&held));
    assert!(out(&desk.run(&["baseline", "show"])).contains("两家口径不同"));
    // Text elsewhere moves the places, not the fingerprint; another figure is another finding.
    desk.put("b.txt", B.replace("\n\n", "\n\n据本报讯，记者昨日来到现场。\n\n"));
    let moved = desk.run(&["check", "--baseline", "factlint-baseline.json", "a.txt", "b.txt"]);
    assert_eq!(moved.status.code(), Some(0), "{}", out(&moved));
    desk.put("b.txt", B.replace("5000", "7000"));
    assert_eq!(desk.run(&["baseline", "apply", "a.txt", "b.txt"]).status.code(), Some(1));
    assert_eq!(desk.run(&["baseline", "prune", "a.txt", "b.txt"]).status.code(), Some(0));
    assert!(out(&desk.run(&["baseline", "show"])).is_empty());
}

#[test]
fn a_facts_file_is_always_right() {
    let desk = Desk::new();
    desk.put(
        "facts.toml",
        "[[fact]]\ntext = '当天，已有5000多家本地供应商率先入驻该平台，企业参与热情高涨。'\nsource = '商务局'\n",
    );
    desk.put("a.txt", A).put("b.txt", B);
    let wrong = json(&out(&desk.run(&["check", "--facts", "facts.toml", "--format", "json", "a.txt"])));
    assert_eq!(wrong["findings"][0]["check"], "known-fact", "{wrong}");
    assert_eq!(wrong["findings"][0]["claims"][0]["path"], "facts.toml#1");
    assert_eq!(desk.run(&["check", "--facts", "facts.toml", "b.txt"]).status.code(), Some(0));
    let made = desk.run(&["facts", "init", "b.txt"]);
    assert!(out(&made).contains("[[fact]]") && out(&made).contains("5000多家"), "{}", out(&made));
    desk.put("made.toml", out(&made));
    assert_eq!(desk.run(&["check", "--facts", "made.toml", "a.txt"]).status.code(), Some(1));
    desk.put("bad.toml", "[[facts]]\ntext = 'x'\n");
    assert_eq!(desk.run(&["check", "--facts", "bad.toml", "a.txt"]).status.code(), Some(2));
}

#[test]
fn the_lesser_commands_answer() {
    let desk = Desk::new();
    let first = desk.run(&["init"]);
    assert_eq!(first.status.code(), Some(0));
    assert_eq!(desk.run(&["init"]).status.code(), Some(2));
    assert!(out(&desk.run(&["explain"])).contains("conflicting-figure"));
    assert!(out(&desk.run(&["explain", "conflicting-date"])).contains("conflicting-date"));
    assert!(out(&desk.run(&["rules", "list"])).contains("supplier-count"));
    assert_eq!(json(&out(&desk.run(&["rules", "schema"])))["type"], "object");
    assert!(out(&desk.run(&["completions", "bash"])).contains("factlint"));
    assert!(out(&desk.run(&["man"])).contains(".TH factlint"));
    let help = out(&desk.run(&["check", "--help"]));
    for reporter in factlint::report::REGISTRY {
        assert!(help.contains(reporter.name), "help names {}", reporter.name);
    }
}

#[test]
fn a_selftest_plants_slips_and_rewrites_the_same_for_one_seed() {
    let desk = Desk::new();
    desk.put(
        "稿/a.md",
        "本次共有4个城市入选：杭州、宁波、温州、绍兴。平台注册用户达690万名，投入12.5亿元，培训教师456名，志愿者一百二十名。\n",
    );
    desk.put(
        "稿/b.md",
        "The council named four finalists: Ann, Bob, Carol, Dan. The park drew 6.9 million visitors and 46 artists.\n",
    );
    let run = |seed: &str| out(&desk.run(&["selftest", "--ui-lang", "en", "--seed", seed, "稿"]));
    let said = run("3");
    for line in [
        "a list item dropped: planted 2, found 2, other alarms 0",
        "digits as words: ",
        "words as digits: ",
        "another word of scale: ",
    ] {
        let found = said.lines().find(|l| l.starts_with(line)).unwrap_or_default();
        assert!(found.ends_with("alarms 0"), "{line}\n{said}");
    }
    assert_eq!(said, run("3"));
}
