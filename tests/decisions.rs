//! `decisions.json` of the review page, taken over by `factlint baseline apply`: what becomes of each decision, and of files that are
//! not as they should be.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

const A: &str = "# 江苏分站上线\n\n据统计，上线当天共有4000多家本地供应商入驻该平台，企业参与热情高涨。\n";
const B: &str = "# 外贸企业有了新平台\n\n据统计，上线当天共有5000多家本地供应商入驻该平台，企业参与热情高涨。\n";

/// A folder with two articles that differ, removed at the end.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("factlint-decisions-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let desk = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&desk.0).expect("a folder for the test");
        desk.put("a.md", A);
        desk.put("b.md", B);
        desk
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_default()
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(args)
            .current_dir(&self.0)
            .env("LC_ALL", "C")
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (status.code().unwrap_or(-1), text(stdout), text(stderr))
    }

    /// What the page knows of its findings: the JSON inside it.
    fn page(&self) -> Value {
        self.run(&["check", "a.md", "b.md", "--out", "html=review.html"]);
        let page = self.read("review.html");
        let data =
            page.split("id=data>").nth(1).and_then(|rest| rest.split("</script>").next()).expect("data in the page");
        serde_json::from_str(data).expect("JSON in the page")
    }

    /// Writes `decisions.json` as the page does, the first finding decided.
    fn decide(&self, decision: &Value) -> Value {
        let finding = &self.page()["findings"][0];
        let mut one = json!({
            "fingerprint": finding["fingerprint"], "check": finding["check"], "message": finding["message"], "sides": finding["sides"],
        });
        for (key, value) in decision.as_object().expect("an object") {
            one[key] = value.clone();
        }
        let file = json!({"version": 1, "tool": "factlint", "decisions": [one]});
        self.put("decisions.json", &file.to_string());
        file
    }

    fn has(&self, name: &str) -> bool {
        Path::new(&self.0).join(name).exists()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn both_right_goes_into_the_baseline_with_its_note() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "both-right", "note": "口径不同"}));
    let (status, out, err) = desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md"]);
    assert_eq!(status, 0, "{out}{err}");
    assert!(
        out.contains("1 accepted, 0 added to the facts") && out.contains("1 finding accepted by the baseline"),
        "{out}"
    );
    let kept: Value = serde_json::from_str(&desk.read("factlint-baseline.json")).expect("a baseline");
    assert_eq!(
        (&kept["accepted"][0]["decision"], &kept["accepted"][0]["reason"]),
        (&json!("both-right"), &json!("口径不同"))
    );
    assert_eq!(desk.run(&["check", "--baseline", "factlint-baseline.json", "a.md", "b.md"]).0, 0);
}

#[test]
fn a_side_that_is_right_becomes_a_fact_once() {
    let desk = Desk::new();
    desk.put("facts.toml", "# 本社档案\n[[fact]]\ntext = '公司成立于1999年。'");
    desk.decide(&json!({"decision": "right", "camp": 1, "text": "5000多家"}));
    let apply = ["baseline", "apply", "decisions.json", "a.md", "b.md"];
    let (status, out, err) = desk.run(&apply);
    assert_eq!(status, 1, "the other side is still wrong: {out}{err}");
    assert!(out.contains("error[known-fact]") && err.contains("--facts facts.toml"), "{out}{err}");
    let facts = desk.read("facts.toml");
    assert!(facts.starts_with("# 本社档案\n[[fact]]\ntext = '公司成立于1999年。'\n"), "{facts}");
    assert!(facts.contains("5000多家本地供应商") && facts.contains("b.md:3"), "{facts}");
    assert!(!desk.has("factlint-baseline.json"));
    assert!(desk.run(&apply).1.contains("1 there already"));
    assert_eq!(desk.read("facts.toml"), facts);
    // The article mended, nothing is left to report.
    desk.put("a.md", &A.replace("4000", "5000"));
    assert_eq!(desk.run(&["check", "--facts", "facts.toml", "a.md", "b.md"]).0, 0);
}

#[test]
fn which_side_is_told_by_its_figures_and_not_by_its_number() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "right", "camp": 0, "text": "5000多家"}));
    desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md"]);
    assert!(desk.read("facts.toml").contains("5000多家"));
}

#[test]
fn two_sides_of_one_sentence_make_no_fact() {
    let desk = Desk::new();
    desk.put("a.md", "# 销路\n\n产品卖到了韩国、日本、越南、泰国、马来西亚、印度尼西亚等5国。\n");
    desk.put("b.md", "# 天气\n\n昨天下了雨。\n");
    desk.decide(&json!({"decision": "right", "camp": 0, "text": "5国"}));
    let (status, out, err) = desk.run(&["baseline", "apply", "decisions.json", "a.md"]);
    assert!(status == 1 && out.contains("1 to mend") && err.contains("5国 is right, but both sides"), "{out}{err}");
    assert!(!desk.has("facts.toml"));
}

#[test]
fn several_files_of_decisions_are_taken_together() {
    let desk = Desk::new();
    let mut file = desk.decide(&json!({"decision": "not-same"}));
    desk.put("again.json", &file.to_string());
    let apply = ["baseline", "apply", "decisions.json", "again.json", "a.md", "b.md"];
    assert!(desk.run(&apply).1.contains("1 accepted"));
    file["decisions"][0]["decision"] = json!("later");
    desk.put("again.json", &file.to_string());
    let (status, _, err) = desk.run(&apply);
    assert!(status == 2 && err.contains("again.json") && err.contains("as not-same and as later"), "{err}");
}

#[test]
fn the_settings_say_where_both_files_lie() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "both-right"}));
    desk.put(
        "factlint.toml",
        "paths = ['a.md', 'b.md']\nbaseline = 'known.json'\nfacts = 'known.toml'\nui-lang = 'zh'\n",
    );
    desk.put("known.json", "{\"version\": 1, \"accepted\": []}");
    desk.put("known.toml", "");
    let (status, out, err) = desk.run(&["baseline", "apply", "decisions.json"]);
    assert!(status == 0 && out.contains("接受 1 条"), "{out}{err}");
    assert!(desk.read("known.json").contains("both-right") && !desk.has("factlint-baseline.json"));
    assert_eq!(desk.run(&["check"]).0, 0);
    desk.put("known.json", "{\"version\": 1, \"accepted\": []}");
    desk.decide(&json!({"decision": "right", "camp": 1, "text": "5000多家"}));
    assert_eq!(desk.run(&["baseline", "apply", "decisions.json"]).0, 1);
    assert!(desk.read("known.toml").contains("5000多家") && !desk.has("facts.toml"));
}

#[test]
fn messages_are_in_the_language_asked_for() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "both-right"}));
    desk.put("b.md", &B.replace("5000", "7000"));
    let apply = ["--ui-lang", "zh", "baseline", "apply", "decisions.json", "a.md", "b.md"];
    let (_, out, err) = desk.run(&apply);
    assert!(out.contains("已过时 1 条") && err.contains("数值已经改变"), "{out}{err}");
    desk.put("decisions.json", "{\"version\": 9, \"tool\": \"factlint\", \"decisions\": []}");
    let (status, _, err) = desk.run(&apply);
    assert!(status == 2 && err.contains("不认识版本 9"), "{err}");
}

#[test]
fn a_later_word_takes_an_earlier_one_back() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "not-same"}));
    assert_eq!(desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md"]).0, 0);
    desk.decide(&json!({"decision": "right", "camp": 0, "text": "4000多家"}));
    assert_eq!(desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md"]).0, 1);
    assert!(desk.run(&["baseline", "show"]).1.is_empty());
}

#[test]
fn later_changes_nothing() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "later"}));
    let (status, out, _) = desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md"]);
    assert!(status == 1 && out.contains("1 for later"), "{out}");
    assert!(!desk.has("factlint-baseline.json") && !desk.has("facts.toml"));
}

#[test]
fn without_articles_they_are_taken_over_as_they_are() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "not-same"}));
    let (status, out, err) = desk.run(&["baseline", "apply", "decisions.json"]);
    assert!(status == 0 && out.contains("1 accepted") && err.contains("no articles were named"), "{out}{err}");
    assert_eq!(desk.run(&["baseline", "apply", "a.md", "b.md"]).0, 0);
}

#[test]
fn what_has_changed_since_is_told_and_left_out() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "both-right"}));
    desk.put("b.md", &B.replace("5000", "7000"));
    let (status, out, err) = desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md"]);
    assert!(status == 1 && out.contains("1 stale"), "{out}{err}");
    assert!(err.contains("decided on 4000多家 ↔ 5000多家, it is now 4000多家 ↔ 7000多家"), "{err}");
    desk.put("b.md", A);
    let (status, _, err) = desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md"]);
    assert!(status == 0 && err.contains("is found no more"), "{err}");
    assert!(!desk.has("factlint-baseline.json"));
}

#[test]
fn a_file_that_is_not_as_it_should_be_changes_nothing() {
    let desk = Desk::new();
    let good = desk.decide(&json!({"decision": "both-right"}));
    let with = |path: &str, value: Value| {
        let mut file = good.clone();
        *file.pointer_mut(path).expect("there") = value;
        file.to_string()
    };
    let twice = {
        let mut file = good.clone();
        let mut other = file["decisions"][0].clone();
        other["decision"] = json!("later");
        file["decisions"].as_array_mut().expect("a list").push(other);
        file.to_string()
    };
    let cases = [
        (with("/version", json!(2)), "version 2 is not known here"),
        (with("/version", json!(null)), "`version`"),
        (with("/tool", json!("other")), "no decisions of factlint"),
        (with("/decisions/0/fingerprint", json!("../../etc")), "decision 1"),
        (with("/decisions/0/check", json!("made-up\u{1b}[2J")), "no check is called `made-up\\u{1b}[2J`"),
        (with("/decisions/0/decision", json!("delete")), "decisions.json:1:"),
        (with("/decisions/0/decision", json!("right")), "`right` names no side"),
        (with("/decisions/0/sides/0/date", json!("yesterday")), "`date` is none"),
        (with("/decisions", json!("none")), "decisions.json:1:"),
        (twice, "decided twice"),
        ("[".repeat(100_000), "decisions.json:1:"),
        ("[]".to_owned(), "decisions.json:1:"),
        (String::new(), "decisions.json:1:0"),
        ("\u{0}\u{1}".to_owned(), "decisions.json:1:1"),
    ];
    for (text, told) in cases {
        desk.put("decisions.json", &text);
        let (status, out, err) = desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md"]);
        assert_eq!(status, 2, "{told}: {out}");
        assert!(err.contains(told) && !err.contains('\u{1b}') && err.len() < 1000, "{told}: {err}");
        assert!(!desk.has("factlint-baseline.json") && !desk.has("facts.toml"), "{told}");
    }
    let (status, _, err) = desk.run(&["baseline", "apply", "gone.json"]);
    assert!(status == 2 && err.contains("gone.json"), "{err}");
}

#[test]
fn an_unreadable_article_holds_all_back() {
    let desk = Desk::new();
    desk.decide(&json!({"decision": "both-right"}));
    let (status, _, err) = desk.run(&["baseline", "apply", "decisions.json", "a.md", "b.md", "gone.md"]);
    assert!(status == 2 && err.contains("gone.md"), "{err}");
    assert!(!desk.has("factlint-baseline.json"));
}
