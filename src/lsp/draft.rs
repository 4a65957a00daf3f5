//! The documents that are open in the editor, as they are typed. Enters: what the client says of them. Leaves: their text.

use std::sync::Arc;

use serde_json::Value;

use super::position::{Encoding, Position, offset};
use super::uri;
use crate::load;
use crate::model::Format;

/// One open document.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Its URI, as the client writes it.
    pub uri: String,
    /// The name it has among the documents: its path, or its URI where it lies on no disk.
    pub name: String,
    /// What it is read as.
    pub format: Format,
    /// The client's number of this state of it.
    pub version: Value,
    /// Its text.
    pub text: Arc<String>,
}

impl Draft {
    /// Reads a `TextDocumentItem`.
    pub fn open(item: &Value) -> Option<Self> {
        let uri = item["uri"].as_str()?.to_owned();
        let by_id = match item["languageId"].as_str() {
            Some("markdown") => Some(Format::Markdown),
            Some("html") => Some(Format::Html),
            _ => None,
        };
        let name = uri::path(&uri).unwrap_or_else(|| uri.clone());
        let format = by_id.or_else(|| load::format_of(&name)).unwrap_or(Format::Text);
        // A Word file or a record file is no text that an editor shows.
        let format = if matches!(format, Format::Docx | Format::JsonLines) { Format::Text } else { format };
        let text = Arc::new(item["text"].as_str()?.to_owned());
        Some(Self { uri, name, format, version: item["version"].clone(), text })
    }

    /// Takes in the changes of one `didChange`, in order.
    pub fn change(&mut self, version: &Value, changes: &Value, encoding: Encoding) {
        self.version = version.clone();
        for change in changes.as_array().into_iter().flatten() {
            let Some(new) = change["text"].as_str() else { continue };
            let text = Arc::make_mut(&mut self.text);
            let range = &change["range"];
            match (Position::read(&range["start"]), Position::read(&range["end"])) {
                (Some(start), Some(end)) => {
                    let (start, end) = (offset(text, start, encoding), offset(text, end, encoding));
                    text.replace_range(start.min(end)..start.max(end), new);
                }
                // A range that cannot be read changes nothing; without one the text is new.
                _ if range.is_null() => new.clone_into(text),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn draft(text: &str) -> Draft {
        match Draft::open(&json!({"uri": "file:///a.md", "version": 1, "text": text})) {
            Some(draft) => draft,
            None => unreachable!("a whole item"),
        }
    }

    #[test]
    fn edits_apply_in_order_and_count_as_the_client_does() {
        let mut draft = draft("𠮷年有4000家\n完");
        let at = |line: u32, character: u32| json!({"line": line, "character": character});
        let changes = json!([
            {"range": {"start": at(0, 4), "end": at(0, 5)}, "text": "5"},
            {"range": {"start": at(1, 1), "end": at(9, 9)}, "text": "。😀"},
            {"range": {"start": at(1, 4), "end": at(1, 4)}, "text": "!"},
        ]);
        draft.change(&json!(2), &changes, Encoding::Utf16);
        assert_eq!(*draft.text, "𠮷年有5000家\n完。😀!");
        draft.change(&json!(3), &json!([{"text": "新"}]), Encoding::Utf16);
        assert_eq!((draft.text.as_str(), &draft.version), ("新", &json!(3)));
    }

    #[test]
    fn what_is_no_edit_changes_nothing() {
        let mut draft = draft("一二");
        for bad in [json!(null), json!({}), json!([1, {}, {"text": 3}, {"range": {"start": 1}, "text": "x"}])] {
            draft.change(&json!(2), &bad, Encoding::Utf8);
            assert_eq!(*draft.text, "一二");
        }
        // A range written backwards is the same range.
        let back = json!([{"range": {"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 0}}, "text": "三"}]);
        draft.change(&json!(2), &back, Encoding::Utf8);
        assert_eq!(*draft.text, "三二");
    }
}
