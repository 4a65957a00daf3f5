//! JSON Lines: one article a line. Enters: decoded text. Leaves: a document for each good record, and an issue with file and line
//! for each bad one. Offsets of a record's document address its `text` value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Body, Loaded, Meta, date, document, lang_of, plain};
use crate::model::{Document, Format, Issue, IssueLevel, Record, Text};
use crate::text::SourceOffsets;

/// The largest record, in bytes.
const LARGEST: usize = 64 << 20;

/// Reads every line of `text`, which came from the file `name`.
pub(super) fn read(name: &str, text: &str, out: &mut Loaded) {
    let mut ids: BTreeMap<String, u32> = BTreeMap::new();
    let mut filled = 0usize;
    for (i, line) in text.split('\n').enumerate() {
        let line = line.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{FEFF}');
        if line.is_empty() {
            continue;
        }
        filled += 1;
        let number = i as u32 + 1;
        let mut warn = |message: Text| {
            out.issues.push(Issue { path: name.into(), line: Some(number), level: IssueLevel::Warning, message });
        };
        match record(name, number, line, &mut warn) {
            Ok(document) => {
                if let Some(first) = ids.get(&document.path) {
                    warn(Text::new(
                        format!("id 与第 {first} 行重复，两篇都已读取"),
                        format!("the id is already used on line {first}; both records are read"),
                    ));
                } else {
                    ids.insert(document.path.clone(), number);
                }
                out.documents.push(document);
            }
            Err(message) => warn(message),
        }
    }
    if out.documents.is_empty() {
        let message = if filled == 0 {
            Text::new("没有任何记录", "the file holds no record")
        } else {
            Text::new(
                "没有一行可读：每行应是一个 JSON 对象，如 {\"id\": \"a\", \"text\": \"……\"}",
                "no line can be read: each must be one JSON object such as {\"id\": \"a\", \"text\": \"…\"}",
            )
        };
        let level = if filled == 0 { IssueLevel::Warning } else { IssueLevel::Error };
        out.issues.push(Issue { path: name.into(), line: None, level, message });
    }
}

fn record(name: &str, number: u32, line: &str, warn: &mut dyn FnMut(Text)) -> Result<Document, Text> {
    if line.len() > LARGEST {
        return Err(Text::new("记录超过 64 MiB，已跳过", "the record is larger than 64 MiB and was left out"));
    }
    let value: Value = serde_json::from_str(line).map_err(|e| {
        Text::new(
            format!("不是合法的 JSON，已跳过（第 {} 列：{e}）", e.column()),
            format!("not valid JSON, left out (column {}: {e})", e.column()),
        )
    })?;
    let Value::Object(mut fields) = value else {
        return Err(Text::new("不是 JSON 对象，已跳过", "not a JSON object, left out"));
    };
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err(Text::new("text 不是字符串，已跳过", "`text` is not a string; the record was left out")),
        None => return Err(Text::new("缺少 text，已跳过", "`text` is missing; the record was left out")),
    };
    let path = match fields.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => id,
        Some(Value::Number(id)) => id.to_string(),
        _ => {
            warn(Text::new("缺少 id，以文件名和行号代替", "`id` is missing; the file and line stand for it"));
            format!("{name}:{number}")
        }
    };
    let mut word = |key: &str| match fields.remove(key) {
        Some(Value::String(word)) => Some(word),
        _ => None,
    };
    let mut meta = Meta { title: word("title"), source: word("source"), ..Meta::default() };
    if let Some(lang) = word("lang") {
        meta.lang = lang_of(&lang);
    }
    if let Some(day) = word("date") {
        meta.date = date::metadata_date(&day);
        if meta.date.is_none() {
            let shown: String = day.chars().filter(|c| !c.is_control()).take(40).collect();
            warn(Text::new(
                format!("date “{shown}” 不是日期，应写作 2024-01-31；文章仍已读取"),
                format!("`date` \"{shown}\" is not a date such as 2024-01-31; the article is read without it"),
            ));
        }
    }
    let Body { stripped, blocks, .. } = plain::read(&text);
    let mut document = document(
        path,
        Format::JsonLines,
        text,
        SourceOffsets::Utf8 { mark: 0 },
        Body { stripped, blocks, meta, doubts: Vec::new(), remarks: Vec::new() },
    );
    document.record = Some(Record { file: name.into(), line: number });
    Ok(document)
}
