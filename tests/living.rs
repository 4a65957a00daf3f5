//! Living with the program: exceptions with their reasons, settings by path, other forms of names.

mod common;

use std::fs;
use std::path::Path;

use common::{A, B, Desk, err, json, out};

fn report(desk: &Desk, args: &[&str]) -> serde_json::Value {
    let mut all = vec!["check", "--format", "json"];
    all.extend(args);
    let output = desk.run(&all);
    assert_ne!(output.status.code(), Some(2), "{}", err(&output));
    json(&out(&output))
}

fn findings(report: &serde_json::Value) -> usize {
    report["findings"].as_array().map_or(0, Vec::len)
}

fn issues(report: &serde_json::Value) -> Vec<String> {
    let all = report["issues"].as_array().cloned().unwrap_or_default();
    all.iter().map(|i| format!("{}:{} {}", i["path"].as_str().unwrap_or(""), i["line"], i["message"])).collect()
}

#[test]
fn a_comment_lets_a_finding_stand_with_its_reason() {
    let marks = [
        // On a line of its own, before the paragraph.
        ("md", A.replace("当天", "<!-- factlint-ignore conflicting-figure: 两家口径不同 -->\n当天")),
        // Inside the paragraph, and behind it on its line.
        ("md", A.replace("率先入驻", "率先<!-- factlint-ignore: 两家口径不同 -->入驻")),
        ("md", A.replace("高涨。\n", "高涨。<!-- factlint-ignore conflicting-figure：两家口径不同 -->\n")),
        // For the whole file.
        ("md", format!("<!-- factlint-ignore-file: 两家口径不同 -->\n{A}")),
        ("md", format!("---\ntitle: 开发区分站上线\nfactlint-ignore: 'conflicting-figure: 两家口径不同'\n---\n{A}")),
        ("md", format!("---\nfactlint-ignore:\n  - conflicting-figure: 两家口径不同\n---\n{A}")),
        (
            "html",
            format!("<h1>开发区</h1>\n<!-- factlint-ignore: 两家口径不同 -->\n<p>{}</p>", A.lines().nth(2).unwrap()),
        ),
        ("html", format!("<p>{}</p><!-- factlint-ignore: 两家口径不同 --><p>下文</p>", A.lines().nth(2).unwrap())),
    ];
    for (ending, text) in marks {
        let desk = Desk::new();
        desk.put(&format!("a.{ending}"), &text).put("b.txt", B);
        let report = report(&desk, &["."]);
        assert_eq!(findings(&report), 0, "{text}\n{report}");
        assert_eq!(report["summary"]["excepted"], 1, "{text}");
        assert_eq!(report["excepted"][0]["reason"], "两家口径不同");
        assert_eq!(issues(&report), [""; 0], "{text}");
        let text = out(&desk.run(&["check", "."]));
        assert!(text.contains("1 finding let stand by exceptions"), "{text}");
    }
}

#[test]
fn a_comment_reaches_its_own_block_and_check_only() {
    let clash = A.lines().nth(2).unwrap();
    for other in [
        format!("<!-- factlint-ignore: 口径不同 -->\n\n另一段。\n\n{clash}\n"),
        format!("<!-- factlint-ignore list-count: 口径不同 -->\n\n{clash}\n"),
        format!("{clash}\n\n<!-- factlint-ignore: 口径不同 -->\n"),
    ] {
        let desk = Desk::new();
        desk.put("a.md", &other).put("b.txt", B);
        let report = report(&desk, &["."]);
        assert_eq!(findings(&report), 1, "{other}");
        let told = issues(&report);
        assert!(told.len() == 1 && told[0].contains("a.md:") && told[0].contains("delete the exception"), "{told:?}");
    }
}

#[test]
fn an_exception_without_a_reason_or_of_no_check_is_told() {
    let desk = Desk::new();
    desk.put("a.md", A.replace("当天", "<!-- factlint-ignore conflicting-figure -->\n当天")).put("b.txt", B);
    let report = report(&desk, &["."]);
    assert_eq!(findings(&report), 1);
    assert!(issues(&report)[0].starts_with("./a.md:3 ") && issues(&report)[0].contains("without a reason"), "{report}");
    desk.put("a.md", A.replace("当天", "<!-- factlint-ignore conflicting-figures: 口径 -->\n当天"));
    let output = desk.run(&["check", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("did you mean conflicting-figure?"), "{}", err(&output));
    desk.put("a.md", A.replace("当天", "<!-- factlint-ignore: 口径 -->\n当天"));
    assert!(!out(&desk.run(&["facts", "init", "."])).contains("4000多家"), "what is let stand is no fact");
    // One file alone may simply not show the other side: the exception is counted and not called needless.
    desk.put("a.md", A.replace("当天", "<!-- factlint-ignore: 口径 -->\n当天"));
    let alone = desk.run(&["check", "a.md"]);
    assert!(out(&alone).contains("1 exception not needed in this run") && err(&alone).is_empty(), "{}", out(&alone));
}

#[test]
fn the_settings_let_a_finding_stand() {
    let desk = Desk::new();
    desk.put("稿/a.txt", A).put("稿/b.txt", B);
    let entry = |keys: &str| format!("paths = ['稿']\n[[exception]]\n{keys}\nreason = '口径不同'\n");
    for keys in [
        "text = '4000多家'",
        "paths = ['稿/a.*']",
        "paths = ['稿']\ntext = '率先入驻'\nchecks = ['conflicting-figure']",
    ] {
        desk.put("factlint.toml", entry(keys));
        let whole = report(&desk, &[]);
        assert_eq!((findings(&whole), whole["summary"]["excepted"].as_u64()), (0, Some(1)), "{keys}");
        assert_eq!(whole["excepted"][0]["by"], "settings");
    }
    for keys in ["text = '7000多家'", "paths = ['稿/c.txt']", "paths = ['稿/a.txt']\nchecks = ['list-count']"] {
        desk.put("factlint.toml", entry(keys));
        assert_eq!(findings(&report(&desk, &[])), 1, "{keys}");
    }
    assert!(issues(&report(&desk, &[]))[0].contains("factlint.toml:2 "), "{:?}", issues(&report(&desk, &[])));
    desk.put("factlint.toml", "[[exception]]\ntext = '4000多家'\n");
    let bad = desk.run(&["check", "稿"]);
    assert_eq!(bad.status.code(), Some(2));
    assert!(err(&bad).contains("factlint.toml:1") && err(&bad).contains("`reason`"), "{}", err(&bad));
}

#[test]
fn severities_differ_by_path() {
    let desk = Desk::new();
    desk.put("draft/a.txt", A).put("draft/b.txt", B).put("print/c.txt", A);
    desk.put("factlint.toml", "[[override]]\npaths = ['draft/**']\nchecks = { conflicting-figure = 'warning' }\n");
    assert_eq!(report(&desk, &["draft"])["findings"][0]["severity"], "warning");
    // What is in print as well takes the graver of the two.
    assert_eq!(report(&desk, &["."])["findings"][0]["severity"], "error");
    desk.put("factlint.toml", "[[override]]\npaths = ['draft']\nchecks = { conflicting-figure = 'off' }\n");
    assert_eq!(findings(&report(&desk, &["draft"])), 0);
    assert_eq!(findings(&report(&desk, &["."])), 1);
}

#[test]
fn what_is_ignored_is_left_out_of_folders_and_counted() {
    let desk = Desk::new();
    desk.put("稿/a.txt", A).put("稿/旧/b.txt", B).put("factlint.toml", "ignore = ['旧']\n");
    let all = report(&desk, &["稿"]);
    assert_eq!((findings(&all), all["summary"]["files"].as_u64()), (0, Some(1)));
    assert_eq!(all["summary"]["left_out"][0]["reason"], "folder ignored by factlint.toml");
    assert_eq!(findings(&report(&desk, &["稿", "稿/旧/b.txt"])), 1, "a file that is named is checked");
    desk.put("factlint.toml", "ignore = ['**']\n");
    let none = desk.run(&["check", "稿"]);
    assert_eq!(none.status.code(), Some(2), "{}", out(&none));
    assert!(err(&none).contains("left out by `ignore`"), "{}", err(&none));
    desk.put("factlint.toml", "ignore = ['[!']\n");
    assert!(err(&desk.run(&["check", "稿"])).contains("factlint.toml:1:11"));
}

#[test]
fn paths_of_the_settings_count_from_their_folder() {
    let desk = Desk::new();
    desk.put("factlint.toml", "paths = ['今日']\n[[exception]]\npaths = ['今日/a.txt']\nreason = '口径'\n");
    desk.put("今日/a.txt", A).put("今日/b.txt", B);
    let mut command = desk.command(&["check", "--format", "json"]);
    let inside = command.current_dir(desk.0.join("今日")).output().unwrap();
    assert_eq!(json(&out(&inside))["summary"]["excepted"], 1, "{}{}", out(&inside), err(&inside));
    let named = desk.command(&["check", "--format", "json", "a.txt", "b.txt"]);
    let mut named = named;
    let named = named.current_dir(desk.0.join("今日")).output().unwrap();
    assert_eq!(json(&out(&named))["summary"]["excepted"], 1);
}

#[test]
fn other_forms_of_a_name_are_one_subject() {
    let desk = Desk::new();
    desk.put("a.txt", "阿里公司2008年共有员工3000人，总部设在杭州。\n")
        .put("b.txt", "阿里巴巴公司2008年共有员工3600人，总部设在杭州。\n")
        .put("factlint.toml", "");
    let apart = report(&desk, &["."]);
    assert_eq!((findings(&apart), apart["summary"]["not_compared"]["other-name"].as_u64()), (0, Some(1)), "{apart}");
    desk.put("factlint.toml", "[aliases]\n'阿里巴巴' = ['阿里', 'Alibaba']\n");
    let one = report(&desk, &["."]);
    assert_eq!(findings(&one), 1, "{one}");
    assert!(one["findings"][0]["why"]["matched"].to_string().contains("subject"), "{one}");
}

#[test]
fn the_schema_on_the_page_is_that_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/factlint.schema.json");
    let printed = out(&Desk::new().run(&["init", "--schema"]));
    assert_eq!(
        fs::read_to_string(path).unwrap_or_default(),
        printed,
        "factlint init --schema > docs/factlint.schema.json"
    );
    let schema = json(&printed);
    assert!(schema["properties"]["checks"]["properties"]["conflicting-figure"]["enum"].is_array());
    assert_eq!(schema["properties"]["override"]["items"]["required"], serde_json::json!(["paths", "checks"]));
}

#[test]
fn messages_of_settings_and_rules_come_in_chinese() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("factlint.toml", "pathes = ['稿']\n");
    let said = err(&desk.run(&["check", "--ui-lang", "zh", "a.txt"]));
    assert!(said.contains("没有 `pathes` 这个键") && said.contains("是否为 `paths`？"), "{said}");
    desk.put("factlint.toml", "ui-lang = 'zh'\n");
    assert!(out(&desk.run(&["check", "a.txt"])).contains("未发现不一致"));
    assert!(out(&desk.run(&["check", "--ui-lang", "en", "a.txt"])).contains("No discrepancy"));
    assert!(err(&desk.run(&["explain", "x", "--ui-lang", "zh"])).contains("没有这个检查项"));
}

#[test]
fn help_and_mistakes_of_arguments_come_in_chinese() {
    let desk = Desk::new();
    let help = out(&desk.run(&["--ui-lang", "zh", "--help"]));
    for said in ["用法：factlint [选项] <命令>", "命令:", "报告不可能同时为真的数字", "退出码", "界面语言"]
    {
        assert!(help.contains(said), "{said}: {help}");
    }
    let check = out(&desk.run(&["check", "--help", "--ui-lang=zh"]));
    for said in ["参数:", "选项:", "只报告涉及某个 git 版本", "可选值：", "- markdown: 便于转发", "[默认：text]"]
    {
        assert!(check.contains(said), "{said}: {check}");
    }
    for english in ["Usage", "Options:", "Arguments:", "Print", "possible values", "the "] {
        assert!(!check.contains(english) && !help.contains(english), "{english}");
    }
    for (args, said) in [
        (&["chekc", "--ui-lang", "zh"][..], "没有“chekc”这个命令；是否为 check？"),
        (&["check", "--ui-lang", "zh", "--formt", "text"], "没有“--formt”这个参数；是否为 --format？"),
        (&["check", "--ui-lang", "zh", "--fail-on", "x\u{1b}[2J"], "不对；可选：error、warning、never"),
    ] {
        let output = desk.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(err(&output).contains(said) && !err(&output).contains('\u{1b}'), "{args:?}: {}", err(&output));
    }
    let english = desk.run(&["chekc"]);
    assert!(err(&english).contains("unrecognized subcommand"), "{}", err(&english));
    assert!(out(&desk.run(&["man", "--ui-lang", "zh"])).contains("报告不可能同时为真的数字"));
    let mut locale = desk.command(&["check", "--help"]);
    assert!(out(&locale.env("LC_ALL", "zh_CN.UTF-8").output().unwrap()).contains("用法："));
}

#[test]
fn a_baseline_gives_its_reason_to_the_reports() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("b.txt", B).put("factlint.toml", "baseline = 'factlint-baseline.json'\n");
    assert_eq!(desk.run(&["baseline", "write", "--reason", "历史稿件", "."]).status.code(), Some(0));
    let report = report(&desk, &["."]);
    assert_eq!((findings(&report), report["summary"]["accepted"].as_u64()), (0, Some(1)));
    assert_eq!(
        (report["excepted"][0]["by"].as_str(), report["excepted"][0]["reason"].as_str()),
        (Some("baseline"), Some("历史稿件"))
    );
    let sarif = json(&out(&desk.run(&["check", ".", "--format", "sarif"])));
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(
        (suppression["kind"].as_str(), suppression["justification"].as_str()),
        (Some("external"), Some("历史稿件"))
    );
}

/// Settings that are right and wrong: the JSON Schema must say the same as the program. Needs Python with jsonschema.
#[test]
fn the_schema_and_the_program_agree() {
    let desk = Desk::new();
    desk.put("a.txt", A).put("schema.json", out(&desk.run(&["init", "--schema"])));
    assert_eq!(desk.run(&["init"]).status.code(), Some(0));
    let examples = desk.read("factlint.toml").replace("#: ", "");
    fs::remove_file(desk.0.join("factlint.toml")).unwrap();
    let cases = [
        (examples.as_str(), true),
        ("", true),
        ("pathes = ['a']", false),
        ("paths = 'a'", false),
        ("ui-lang = 'fr'", false),
        ("fail-on = 'info'", false),
        ("[checks]\nconflicting-figure = 'off'", true),
        ("[checks]\nconflicting-figures = 'off'", false),
        ("[checks]\nconflicting-figure = 'warn'", false),
        ("[aliases]\n'阿里巴巴' = '阿里'", false),
        ("[[override]]\npaths = ['a']", false),
        ("[[override]]\npaths = []\nchecks = {}", false),
        ("[[override]]\npaths = ['a']\nchecks = { list-count = 'info' }", true),
        ("[[exception]]\ntext = '4000'", false),
        ("[[exception]]\nreason = '口径'", false),
        ("[[exception]]\ntext = '4000'\nreason = ''", false),
        ("[[exception]]\ntext = '4000'\nreason = '口径'\nchecks = ['list-count']", true),
        ("[[exception]]\ntext = '4000'\nreason = '口径'\nchecks = ['list']", false),
    ];
    for (i, (text, right)) in cases.iter().enumerate() {
        desk.put(&format!("{i}.toml"), text);
        let output = desk.run(&["check", "--config", &format!("{i}.toml"), "--facts", "/dev/null", "a.txt"]);
        assert_eq!(!err(&output).contains(&format!("{i}.toml:")), *right, "{text}: {}", err(&output));
    }
    let script = "import json, sys, tomllib\nfrom jsonschema import Draft7Validator\nschema = json.load(open('schema.json'))\n\
                  Draft7Validator.check_schema(schema)\nfor n in sys.argv[1:]:\n    \
                  print(Draft7Validator(schema).is_valid(tomllib.load(open(n + '.toml', 'rb'))))\n";
    let mut command = std::process::Command::new("python3");
    command.args(["-c", script]).args((0..cases.len()).map(|i| i.to_string())).current_dir(&desk.0);
    let Ok(output) = command.output() else { return };
    if err(&output).contains("ModuleNotFoundError") {
        return;
    }
    let said: Vec<bool> = out(&output).lines().map(|l| l == "True").collect();
    assert_eq!(said, cases.map(|c| c.1), "{}", err(&output));
}
