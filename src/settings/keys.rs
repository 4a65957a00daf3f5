//! Every key of `factlint.toml`, told once: what `factlint init` writes, the JSON Schema for editors and the page on settings come from
//! here.

use serde_json::{Value, json};

use crate::check;

/// A key of the settings.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name; a table or a list of tables where the example says so.
    pub name: &'static str,
    /// What it does, Chinese and English.
    pub about: (&'static str, &'static str),
    /// How it is written.
    pub example: &'static str,
    /// Its JSON Schema; `"$check"` and `"$checks"` stand for the ids of checks and a table of their severities.
    schema: &'static str,
}

const LIST: &str = r#"{"type": "array", "items": {"type": "string"}}"#;

/// Every key, plain values before tables.
pub static KEYS: &[Key] = &[
    Key {
        name: "paths",
        about: (
            "不给路径时检查什么。本文件中的路径都从本文件所在文件夹算起，不得离开它。",
            "What to check when no path is given. Paths in this file start from its folder and stay inside it.",
        ),
        example: "paths = [\"articles\"]",
        schema: LIST,
    },
    Key {
        name: "ignore",
        about: (
            "遍历文件夹时略过什么：带 * 的路径。不含 / 的在任何一层都算，文件夹连同其中一切。命令行上点名的文件照样检查。",
            "What to leave out of folders: paths with `*`. One without `/` fits at any depth; a folder goes with all in it. A file named on the \
             command line is checked all the same.",
        ),
        example: "ignore = [\"drafts\", \"*.bak.md\"]",
        schema: LIST,
    },
    Key {
        name: "against",
        about: (
            "另外与哪些存档比较；只在存档里出现的不一致不报。",
            "Archives to compare with as well; what stands only there is not reported.",
        ),
        example: "against = [\"archive\"]",
        schema: LIST,
    },
    Key {
        name: "rules",
        about: (
            "规则文件或其文件夹，加在内置规则之上。",
            "Rule files, or folders of them, on top of the rules built in.",
        ),
        example: "rules = [\"rules\"]",
        schema: LIST,
    },
    Key {
        name: "facts",
        about: (
            "已核实的数值，视为一篇永远正确的文章（factlint facts init 可生成）。",
            "Settled values, taken as an article that is always right (`factlint facts init` makes the file).",
        ),
        example: "facts = \"facts.toml\"",
        schema: r#"{"type": "string"}"#,
    },
    Key {
        name: "baseline",
        about: (
            "已接受的发现（factlint baseline write）：只计数，不再报告。",
            "Findings accepted earlier (`factlint baseline write`): they are counted, not reported.",
        ),
        example: "baseline = \"factlint-baseline.json\"",
        schema: r#"{"type": "string"}"#,
    },
    Key {
        name: "languages",
        about: ("检查哪些语言的文章：zh、en。", "Languages of the articles to check: \"zh\", \"en\"."),
        example: "languages = [\"zh\", \"en\"]",
        schema: r#"{"type": "array", "items": {"enum": ["zh", "en"]}}"#,
    },
    Key {
        name: "ui-lang",
        about: (
            "界面语言：zh 或 en；命令行的 --ui-lang 优先，都没有则随系统。",
            "Language of messages: \"zh\" or \"en\"; --ui-lang wins, and without either the locale decides.",
        ),
        example: "ui-lang = \"zh\"",
        schema: r#"{"enum": ["zh", "en"]}"#,
    },
    Key {
        name: "fail-on",
        about: (
            "从哪一级起退出码为 1：error、warning 或 never。",
            "From which severity on the exit status is 1: \"error\", \"warning\" or \"never\".",
        ),
        example: "fail-on = \"error\"",
        schema: r#"{"enum": ["error", "warning", "never"]}"#,
    },
    Key {
        name: "checks",
        about: (
            "各检查项可设为 off，或以 info、warning、error 报告。factlint explain 列出全部检查项。",
            "A check may be \"off\", or report as \"info\", \"warning\" or \"error\". `factlint explain` lists them.",
        ),
        example: "[checks]\nname-variant = \"off\"\nshare-sum = \"warning\"",
        schema: r#""$checks""#,
    },
    Key {
        name: "aliases",
        about: (
            "同一主体的不同叫法：比较时当作一个名字。",
            "Other forms of a name: subjects are compared as if all were written alike.",
        ),
        example: "[aliases]\n\"阿里巴巴\" = [\"阿里\", \"Alibaba\"]",
        schema: r#"{"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}"#,
    },
    Key {
        name: "override",
        about: (
            "某些路径另有规定；多条适用时以后者为准。一处发现牵涉几个文件时取其中最重的一级。",
            "Other severities for some paths; the last that fits decides. A finding in several files takes the gravest of them.",
        ),
        example: "[[override]]\npaths = [\"drafts/**\"]\nchecks = { name-variant = \"off\", conflicting-figure = \"warning\" }",
        schema: r#"{"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["paths", "checks"],
            "properties": {"paths": {"type": "array", "minItems": 1, "items": {"type": "string"}}, "checks": "$checks"}}}"#,
    },
    Key {
        name: "exception",
        about: (
            "看过并允许存在的发现，必须写明理由；会计数，不再有对应发现时会提示。paths、text（所在句中的文字）、fingerprint 至少写一项，写了的都要符合。",
            "What was looked at and may stand, with the reason; it is counted, and told when nothing is found for it any more. Give at least one of \
             `paths`, `text` (words of the sentence) and `fingerprint`; all that are given must hold.",
        ),
        example: "[[exception]]\nchecks = [\"conflicting-figure\"]\npaths = [\"2019/*.md\"]\ntext = \"4000多家\"\nreason = \"两家口径不同，均已核实\"",
        schema: r#"{"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["reason"],
            "anyOf": [{"required": ["paths"]}, {"required": ["text"]}, {"required": ["fingerprint"]}],
            "properties": {"paths": {"type": "array", "items": {"type": "string"}}, "checks": {"type": "array", "items": "$check"},
            "text": {"type": "string", "minLength": 1}, "fingerprint": {"type": "string", "minLength": 1},
            "reason": {"type": "string", "minLength": 1}}}}"#,
    },
];

/// What `factlint init` writes: every key, explained, its example behind `#: `.
pub fn template(zh: bool) -> String {
    let mut out = String::from(if zh {
        "# factlint.toml：从运行 factlint 的文件夹起向上查找。每个键都可以不写；以“#: ”开头的是示例，去掉这三个字符即生效。\n"
    } else {
        "# factlint.toml: found upwards from the folder factlint runs in. Every key may be left out; lines that begin with `#: ` are\n\
         # examples: take those three characters away and they hold.\n"
    });
    for key in KEYS {
        let (cn, en) = key.about;
        out.push('\n');
        for line in wrapped(if zh { cn } else { en }) {
            out.push_str("# ");
            out.push_str(line.trim());
            out.push('\n');
        }
        for line in key.example.lines() {
            out.push_str("#: ");
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Lines of about a hundred columns, cut at spaces; Chinese text has none and stays whole.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        if lines.last().is_some_and(|l| l.len() + word.len() > 100 && !l.is_empty() && word.is_ascii()) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
            line.push(' ');
        }
    }
    lines
}

/// The JSON Schema of `factlint.toml`, for editors that complete and check TOML.
pub fn schema() -> String {
    let ids: Vec<&str> = check::REGISTRY.iter().map(|c| c.info.id).collect();
    let severity = json!({"enum": ["off", "info", "warning", "error"]});
    let each: serde_json::Map<String, Value> = ids.iter().map(|id| ((*id).to_owned(), severity.clone())).collect();
    let checks = json!({"type": "object", "additionalProperties": false, "properties": each});
    let check = json!({"enum": ids});
    let mut properties = serde_json::Map::new();
    for key in KEYS {
        let mut value = serde_json::from_str(key.schema).unwrap_or_default();
        fill(&mut value, &check, &checks);
        value["description"] = json!(key.about.1);
        properties.insert(key.name.to_owned(), value);
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "factlint.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    format!("{schema:#}\n")
}

/// Puts the schemas of checks where their names stand.
fn fill(value: &mut Value, check: &Value, checks: &Value) {
    match value {
        Value::String(name) if name == "$check" => *value = check.clone(),
        Value::String(name) if name == "$checks" => *value = checks.clone(),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, check, checks)),
        Value::Object(map) => map.values_mut().for_each(|item| fill(item, check, checks)),
        _ => {}
    }
}
