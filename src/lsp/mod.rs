//! The editor protocol: a language server on standard input and output. Enters: the documents open in an editor, as they are typed.
//! Leaves: diagnostics on every figure of a finding, with the other sides as related places. All open documents are compared with each
//! other; the disk is not read.

mod message;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};
use std::sync::mpsc;

use serde_json::{Value, json};

use crate::load;
use crate::model::{Camp, Corpus, Document, FindClaim, Finding, Format, Report, SentenceId, Severity};
use crate::pipeline::{CheckOptions, Engine};
use crate::report::{Interface, plain};
use crate::rule::RuleSet;
use crate::text::{Plain, Position, Span};

/// How the client counts characters in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf16,
    Utf32,
}

struct Server {
    engine: Engine,
    open: BTreeMap<String, (Format, String)>,
    shown: BTreeSet<String>,
    encoding: Encoding,
    language: Interface,
}

/// What a message asks of the loop.
enum Next {
    Go,
    Stop,
}

/// Serves until the client says `exit` or its end of `input` closes.
pub fn serve(input: impl BufRead + Send + 'static, output: &mut dyn Write) -> io::Result<()> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut input = input;
        // A fault in the stream leaves no way to find the next message: the server ends.
        while let Ok(Some(message)) = message::read(&mut input) {
            if send.send(message).is_err() {
                return;
            }
        }
    });
    let mut server = Server {
        engine: Engine::new(RuleSet::embedded()),
        open: BTreeMap::new(),
        shown: BTreeSet::new(),
        encoding: Encoding::Utf16,
        language: Interface::En,
    };
    while let Ok(first) = receive.recv() {
        // What was typed while the last check ran is taken in at once, and checked once.
        let mut changed = false;
        for message in std::iter::once(first).chain(receive.try_iter()) {
            if matches!(server.take(&message, &mut changed, output)?, Next::Stop) {
                return Ok(());
            }
        }
        if changed {
            server.publish(output)?;
        }
    }
    Ok(())
}

impl Server {
    fn take(&mut self, message: &Value, changed: &mut bool, output: &mut dyn Write) -> io::Result<Next> {
        let method = message["method"].as_str().unwrap_or_default();
        let params = &message["params"];
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().unwrap_or_default();
        match method {
            "initialize" => {
                self.settle(params);
                let encoding = if self.encoding == Encoding::Utf32 { "utf-32" } else { "utf-16" };
                let result = json!({
                    "capabilities": {
                        "positionEncoding": encoding,
                        "textDocumentSync": {"openClose": true, "change": 1},
                    },
                    "serverInfo": {"name": "factlint", "version": env!("CARGO_PKG_VERSION")},
                });
                message::write(output, &json!({"jsonrpc": "2.0", "id": message["id"], "result": result}))?;
            }
            "textDocument/didOpen" => {
                let by_id = match document["languageId"].as_str() {
                    Some("markdown") => Some(Format::Markdown),
                    Some("html") => Some(Format::Html),
                    _ => None,
                };
                let format = by_id.or_else(|| load::format_of(uri)).unwrap_or(Format::Text);
                // A Word file or a record file is no text that an editor shows.
                let format = if matches!(format, Format::Docx | Format::JsonLines) { Format::Text } else { format };
                let text = document["text"].as_str().unwrap_or_default();
                self.open.insert(uri.to_owned(), (format, text.to_owned()));
                *changed = true;
            }
            "textDocument/didChange" => {
                let last = params["contentChanges"].as_array().and_then(|c| c.last());
                if let (Some((_, text)), Some(new)) = (self.open.get_mut(uri), last.and_then(|c| c["text"].as_str())) {
                    new.clone_into(text);
                    *changed = true;
                }
            }
            "textDocument/didClose" => {
                self.open.remove(uri);
                *changed = true;
            }
            "shutdown" => message::write(output, &json!({"jsonrpc": "2.0", "id": message["id"], "result": null}))?,
            "exit" => return Ok(Next::Stop),
            _ if message.get("id").is_some() && !method.is_empty() => {
                let error = json!({"code": -32601, "message": "factlint does not know this request"});
                message::write(output, &json!({"jsonrpc": "2.0", "id": message["id"], "error": error}))?;
            }
            _ => {}
        }
        Ok(Next::Go)
    }

    fn settle(&mut self, params: &Value) {
        let offered = params["capabilities"]["general"]["positionEncodings"].as_array();
        if offered.is_some_and(|all| all.iter().any(|e| e == "utf-32")) {
            self.encoding = Encoding::Utf32;
        }
        if params["locale"].as_str().is_some_and(|l| l.to_ascii_lowercase().starts_with("zh")) {
            self.language = Interface::Zh;
        }
    }

    /// Checks all open documents and sends the diagnostics of each.
    fn publish(&mut self, output: &mut dyn Write) -> io::Result<()> {
        let pieces =
            self.open.iter().map(|(uri, (format, text))| self.engine.read(uri, text.as_bytes(), *format)).collect();
        let report = self.engine.check(pieces, CheckOptions::default());
        let mut all: BTreeMap<String, Vec<Value>> = self.open.keys().map(|uri| (uri.clone(), Vec::new())).collect();
        for finding in &report.findings {
            for camp in &finding.claims {
                let (document, _) = place(&report.corpus, camp);
                if let Some(list) = all.get_mut(&document.path) {
                    list.push(self.diagnostic(&report, finding, camp));
                }
            }
        }
        // What was closed loses its marks.
        for gone in self.shown.iter().filter(|uri| !self.open.contains_key(*uri)) {
            all.insert(gone.clone(), Vec::new());
        }
        self.shown = self.open.keys().cloned().collect();
        for (uri, diagnostics) in all {
            let params = json!({"uri": uri, "diagnostics": diagnostics});
            let method = "textDocument/publishDiagnostics";
            message::write(output, &json!({"jsonrpc": "2.0", "method": method, "params": params}))?;
        }
        Ok(())
    }

    fn diagnostic(&self, report: &Report, finding: &Finding, at: &Camp) -> Value {
        let (document, span) = place(&report.corpus, at);
        let severity = match finding.severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Info => 3,
        };
        let others = finding.claims.iter().filter(|c| c.camp != at.camp).map(|c| {
            let (document, span) = place(&report.corpus, c);
            let location = json!({"uri": document.path, "range": self.range(document, span)});
            json!({"location": location, "message": plain(document.text(span))})
        });
        json!({
            "range": self.range(document, span),
            "severity": severity,
            "source": "factlint",
            "code": finding.check,
            "message": plain(self.language.of(&finding.message)),
            "relatedInformation": others.collect::<Vec<_>>(),
        })
    }

    fn range(&self, document: &Document, span: Span<Plain>) -> Value {
        let source = document.map.to_source(span);
        let (start, end) = document.positions(span);
        let at = |position: Position, byte: u32| {
            let character = match self.encoding {
                Encoding::Utf32 => position.column - 1,
                Encoding::Utf16 => {
                    let before = document.decoded.get(..byte as usize).unwrap_or_default();
                    let line = before.rfind(['\n', '\r']).map_or(before, |i| &before[i + 1..]);
                    line.encode_utf16().count() as u32
                }
            };
            json!({"line": position.line - 1, "character": character})
        };
        json!({"start": at(start, source.start), "end": at(end, source.end)})
    }
}

/// The document and span of one place of a finding.
fn place<'a>(corpus: &'a Corpus, camp: &Camp) -> (&'a Document, Span<Plain>) {
    let (SentenceId { article, .. }, span) = match camp.claim {
        FindClaim::Claim(id) => {
            let claim = &corpus.claims[id.0 as usize];
            (claim.sentence, claim.span)
        }
        FindClaim::Words { sentence, span } => (sentence, span),
    };
    (corpus.document_of(article), span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(messages: &[Value]) -> Vec<Value> {
        let mut input = Vec::new();
        for each in messages {
            assert!(message::write(&mut input, each).is_ok());
        }
        let mut output = Vec::new();
        assert!(serve(io::Cursor::new(input), &mut output).is_ok());
        let (mut cursor, mut replies) = (io::Cursor::new(output), Vec::new());
        while let Ok(Some(reply)) = message::read(&mut cursor) {
            replies.push(reply);
        }
        replies
    }

    fn open(uri: &str, text: &str) -> Value {
        let document = json!({"uri": uri, "languageId": "plaintext", "version": 1, "text": text});
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
    }

    #[test]
    fn two_open_drafts_that_differ_get_marks() {
        let draft =
            |n| format!("𠮷开发区分站上线\n\n𠮷当天，已有{n}多家本地供应商率先入驻该平台，企业参与热情高涨。\n");
        let replies = session(&[
            json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"locale": "zh-CN", "capabilities": {}}}),
            json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
            open("file:///a.txt", &draft(4000)),
            open("file:///b.txt", &draft(5000)),
            json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": {}}),
            json!({"jsonrpc": "2.0", "id": 3, "method": "shutdown"}),
        ]);
        assert_eq!(replies[0]["result"]["capabilities"]["positionEncoding"], "utf-16");
        assert!(replies.iter().any(|r| r["id"] == 2 && r["error"]["code"] == -32601));
        let last = |uri: &str| replies.iter().rev().find(|r| r["params"]["uri"] == uri).cloned().unwrap_or_default();
        let marks = last("file:///a.txt")["params"]["diagnostics"].clone();
        assert_eq!(marks[0]["code"], "conflicting-figure", "{replies:?}");
        // The ideograph outside the basic plane takes two UTF-16 units.
        assert_eq!(marks[0]["range"]["start"], json!({"line": 2, "character": 7}));
        assert_eq!(marks[0]["relatedInformation"][0]["location"]["uri"], "file:///b.txt");
    }

    #[test]
    fn a_closed_draft_loses_its_marks_and_exit_ends() {
        let close = json!({"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///a.txt"}}});
        let replies = session(&[
            open("file:///a.txt", "天气很好。"),
            close,
            json!({"jsonrpc": "2.0", "method": "exit"}),
            json!({"jsonrpc": "2.0", "id": 9, "method": "shutdown"}),
        ]);
        assert!(replies.iter().all(|r| r["id"] != 9));
    }
}
