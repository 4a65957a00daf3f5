//! A recorded session: the real binary, driven over its standard streams as an editor drives it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long an answer may take on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(20);

struct Client {
    child: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    /// What came and was not waited for.
    kept: Vec<Value>,
    /// How many of those came before the message that was waited for last.
    before: usize,
    /// How many diagnostics of earlier states came before those waited for last.
    replaced: usize,
    next: u64,
}

impl Client {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .arg("lsp")
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let (to, out) = (child.stdin.take(), child.stdout.take().expect("a pipe"));
        let (send, from) = channel();
        std::thread::spawn(move || {
            let mut out = BufReader::new(out);
            loop {
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if out.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    match line.trim_end().split_once(": ") {
                        Some(("Content-Length", n)) => length = n.parse().expect("a length"),
                        Some(other) => panic!("a header that is none: {other:?}"),
                        None => break,
                    }
                }
                let mut body = vec![0; length];
                if out.read_exact(&mut body).is_err() {
                    return;
                }
                let _ = send.send(serde_json::from_slice(&body).expect("JSON"));
            }
        });
        Self { child, to, from, kept: Vec::new(), before: 0, replaced: 0, next: 0 }
    }

    fn raw(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().expect("an open pipe");
        to.write_all(bytes).and_then(|()| to.flush()).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The first message, kept or to come, that fits.
    fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&fits) {
            self.before = at;
            return self.kept.remove(at);
        }
        let begun = Instant::now();
        loop {
            match self.from.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
                Ok(message) if fits(&message) => {
                    self.before = self.kept.len();
                    return message;
                }
                Ok(message) => self.kept.push(message),
                Err(RecvTimeoutError::Timeout) => panic!("no {what}; instead {:#?}", self.kept),
                Err(RecvTimeoutError::Disconnected) => panic!("the server went before {what}; {:#?}", self.kept),
            }
        }
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait(method, |m| m["id"] == id && m["method"].is_null())
    }

    /// What the server asks; answered with `result`.
    fn asked(&mut self, method: &str, result: &Value) -> Value {
        let message = self.wait(method, |m| m["method"] == method && !m["id"].is_null());
        self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": result}));
        message["params"].clone()
    }

    /// The diagnostics of a document in the given state; those of earlier states and earlier checks are passed over.
    fn marks(&mut self, uri: &str, version: u64, fits: impl Fn(&Value) -> bool) -> Value {
        let message = self.wait("diagnostics", |m| {
            let p = &m["params"];
            m["method"] == "textDocument/publishDiagnostics"
                && p["uri"] == uri
                && (p["version"] == version || p["version"].is_null() && version == 0)
                && fits(&p["diagnostics"])
        });
        // What a later state replaced is not to be met again.
        let (mut number, before, all) = (0, self.before, self.kept.len());
        self.kept.retain(|m| {
            number += 1;
            number > before || m["method"] != "textDocument/publishDiagnostics" || m["params"]["uri"] != uri
        });
        self.replaced = all - self.kept.len();
        message["params"]["diagnostics"].clone()
    }

    fn open(&mut self, uri: &str, language: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": item}));
    }

    fn initialize(&mut self, folder: Option<&Path>, encodings: &Value, more: &Value) -> Value {
        let mut capabilities = json!({
            "general": {"positionEncodings": encodings},
            "textDocument": {
                "publishDiagnostics": {"relatedInformation": true},
                "hover": {"contentFormat": ["markdown", "plaintext"]},
            },
            "window": {"showDocument": {"support": true}, "workDoneProgress": true},
            "workspace": {"configuration": true, "didChangeWatchedFiles": {"dynamicRegistration": true}},
        });
        if let (Some(all), Some(more)) = (capabilities.as_object_mut(), more.as_object()) {
            all.extend(more.clone());
        }
        let folders = folder.map(|f| json!([{"uri": uri(f), "name": "社"}]));
        let params =
            json!({"processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders});
        self.request("initialize", &params)
    }

    /// Ends; leaves the exit status and what stands on standard error.
    fn end(mut self, orderly: bool) -> (Option<i32>, String) {
        if orderly {
            assert_eq!(self.request("shutdown", &Value::Null)["result"], Value::Null);
            let refused = self.request("textDocument/hover", &json!({}));
            assert_eq!(refused["error"]["code"], -32600, "after shutdown nothing is served");
        }
        self.notify("exit", &Value::Null);
        self.finish()
    }

    fn finish(mut self) -> (Option<i32>, String) {
        drop(self.to.take());
        let status = self.child.wait().expect("it ends");
        let mut said = String::new();
        self.child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("UTF-8");
        (status.code(), said)
    }
}

fn uri(path: &Path) -> String {
    let path = path.to_string_lossy();
    let parts = path.bytes().map(|b| match b {
        b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    });
    format!("file://{}", parts.collect::<String>())
}

/// An empty folder of this test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lsp-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

fn article(n: u32) -> String {
    format!("开发区分站上线\n\n𠮷😀当天，已有{n}多家本地供应商率先入驻该平台，企业参与热情高涨。\n")
}

fn at(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

fn is_empty(marks: &Value) -> bool {
    marks.as_array().is_some_and(Vec::is_empty)
}

fn one(marks: &Value) -> bool {
    marks.as_array().is_some_and(|m| m.len() == 1)
}

#[test]
fn a_day_at_the_desk() {
    let desk = folder("day");
    write(&desk.join("旧稿/分站 一.txt"), &article(4000));
    write(&desk.join("factlint.toml"), "against = ['旧稿']\npaths = ['今日']\n");
    write(&desk.join("今日/稿.md"), &article(4000));
    let (old, draft) = (uri(&desk.join("旧稿/分站 一.txt")), uri(&desk.join("今日/稿.md")));
    let document = json!({"uri": draft});

    let mut client = Client::start();
    let early = client.request("textDocument/hover", &json!({"textDocument": document, "position": at(0, 0)}));
    assert_eq!(early["error"]["code"], -32002);
    let told = client.initialize(Some(&desk), &json!(["utf-16"]), &json!({}));
    let can = &told["result"]["capabilities"];
    assert_eq!((&can["positionEncoding"], &can["textDocumentSync"]["change"]), (&json!("utf-16"), &json!(2)));
    client.notify("initialized", &json!({}));
    let items = client.asked("workspace/configuration", &json!([{"uiLang": "zh"}]));
    assert_eq!(items["items"][0]["section"], "factlint");
    let watch = client.asked("client/registerCapability", &Value::Null);
    assert_eq!(watch["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.asked("window/workDoneProgress/create", &Value::Null);

    // What is open agrees with the archive, then one figure is typed over.
    client.open(&draft, "markdown", &article(4000));
    client.marks(&draft, 1, is_empty);
    let edit = json!({"range": {"start": at(2, 9), "end": at(2, 10)}, "text": "5"});
    let params = json!({"textDocument": {"uri": draft, "version": 2}, "contentChanges": [edit]});
    client.notify("textDocument/didChange", &params);
    let marks = client.marks(&draft, 2, one);
    let mark = &marks[0];
    assert_eq!((&mark["code"], &mark["source"]), (&json!("conflicting-figure"), &json!("factlint")));
    // 𠮷 and 😀 take two units each.
    assert_eq!(mark["range"], json!({"start": at(2, 9), "end": at(2, 15)}), "{mark}");
    let other = &mark["relatedInformation"][0];
    assert_eq!(other["location"], json!({"uri": old, "range": {"start": at(2, 9), "end": at(2, 15)}}));
    assert!(other["message"].as_str().is_some_and(|m| m.contains("【4000多家】")), "{other}");

    let hover = client.request("textDocument/hover", &json!({"textDocument": document, "position": at(2, 10)}));
    let said = hover["result"]["contents"]["value"].as_str().unwrap_or_default();
    for part in
        ["可比的理由", "【4000多家】", "数值：5000", "可取：(5000, 6000)", "约数词：over", "所计之物：", "单位：家"]
    {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    let nothing = client.request("textDocument/hover", &json!({"textDocument": document, "position": at(0, 0)}));
    assert_eq!(nothing["result"], Value::Null);

    let range = json!({"start": at(2, 10), "end": at(2, 10)});
    let ask = json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", &ask)["result"].clone();
    let command = |name: &str| {
        let found = actions.as_array().into_iter().flatten().find(|a| a["command"]["command"] == name);
        found.map_or_else(|| panic!("no {name} in {actions:#}"), |a| a["command"].clone())
    };
    client.request("workspace/executeCommand", &command("factlint.openOther"));
    let shown = client.asked("window/showDocument", &json!({"success": true}));
    assert_eq!((&shown["uri"], &shown["selection"]["start"]), (&json!(old), &at(2, 9)));

    // Accepted with a reason that the server asks for: it goes, and stands in the baseline.
    client.request("workspace/executeCommand", &command("factlint.accept"));
    let reasons = client.wait("a question", |m| m["method"] == "window/showMessageRequest");
    let reason = &reasons["params"]["actions"][0];
    client.send(&json!({"jsonrpc": "2.0", "id": reasons["id"], "result": reason}));
    client.marks(&draft, 2, is_empty);
    let baseline: Value =
        serde_json::from_str(&fs::read_to_string(desk.join("factlint-baseline.json")).expect("written")).expect("JSON");
    assert_eq!(baseline["accepted"][0]["reason"], reason["title"]);

    // The archive changes on disk: another value is another finding.
    write(&desk.join("旧稿/分站 一.txt"), &article(8000));
    let changes = json!({"changes": [{"uri": old, "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changes);
    let marks = client.marks(&draft, 2, one);
    assert!(marks[0]["message"].as_str().is_some_and(|m| m.contains("8000")), "{marks}");

    // The draft is right: its sentence becomes a fact, and it is marked no more for what the archive says.
    let actions = client.request("textDocument/codeAction", &ask)["result"].clone();
    let settle = actions.as_array().into_iter().flatten().find(|a| a["command"]["command"] == "factlint.settle");
    let settle = settle.map_or_else(|| panic!("nothing to settle in {actions:#}"), |a| a["command"].clone());
    assert_eq!(client.request("workspace/executeCommand", &settle)["error"], Value::Null);
    let facts = fs::read_to_string(desk.join("facts.toml")).expect("written");
    assert!(facts.contains("5000多家") && facts.contains("今日/稿.md:3"), "{facts}");
    client.marks(&draft, 2, is_empty);

    // Against the fact, the draft is wrong once it says something else.
    let params = json!({"textDocument": {"uri": draft, "version": 3}, "contentChanges": [{"text": article(7000)}]});
    client.notify("textDocument/didChange", &params);
    client.marks(&draft, 3, |m| m.as_array().is_some_and(|m| m.iter().any(|d| d["code"] == "known-fact")));

    client.notify("textDocument/didClose", &json!({"textDocument": document}));
    client.marks(&draft, 0, is_empty);
    let (status, said) = client.end(true);
    assert_eq!((status, said.as_str()), (Some(0), ""));
}

#[test]
fn two_drafts_in_no_folder_count_as_the_client_does() {
    for (offered, character) in
        [(json!(["utf-8", "utf-16"]), 23), (json!(["utf-16"]), 9), (json!(["utf-32", "utf-16"]), 7), (json!(null), 9)]
    {
        let mut client = Client::start();
        client.initialize(None, &offered, &json!({}));
        client.notify("initialized", &json!({}));
        client.open("untitled:甲", "plaintext", &article(4000));
        client.open(
            "file:///nowhere/b.html",
            "html",
            &format!("<p>{}</p>", article(5000).replace('\n', "</p>\r\n<p>")),
        );
        let marks = client.marks("untitled:甲", 1, one);
        assert_eq!(marks[0]["range"]["start"], at(2, character), "{offered}");
        let other = &marks[0]["relatedInformation"][0]["location"];
        assert_eq!((&other["uri"], &other["range"]["start"]["line"]), (&json!("file:///nowhere/b.html"), &json!(2)));
        // Where there is no folder, nothing can be accepted.
        let ask = json!({"textDocument": {"uri": "untitled:甲"}, "range": marks[0]["range"], "context": {}});
        let actions = client.request("textDocument/codeAction", &ask)["result"].clone();
        assert!(actions.as_array().is_some_and(|a| a.iter().all(|a| a["command"]["command"] == "factlint.openOther")));
        assert_eq!(client.end(true).0, Some(0));
    }
}

#[test]
fn a_client_that_shows_little_is_told_in_words() {
    let mut client = Client::start();
    client.initialize(None, &Value::Null, &json!({"textDocument": {}, "window": {}, "workspace": {}}));
    client.open("file:///a.txt", "plaintext", &article(4000));
    client.open("file:///b.txt", "plaintext", &article(5000));
    let marks = client.marks("file:///a.txt", 1, one);
    assert_eq!(marks[0]["relatedInformation"], Value::Null);
    assert!(
        marks[0]["message"].as_str().is_some_and(|m| m.contains("b.txt:3 ") && m.contains("【5000多家】")),
        "{marks}"
    );
    let place = json!({"textDocument": {"uri": "file:///a.txt"}, "position": at(2, 10)});
    let hover = client.request("textDocument/hover", &place);
    assert_eq!(hover["result"]["contents"]["kind"], "plaintext");
    let ask = json!({"textDocument": {"uri": "file:///a.txt"}, "range": marks[0]["range"], "context": {}});
    assert_eq!(client.request("textDocument/codeAction", &ask)["result"], json!([]));
    // Without `shutdown`, the exit status says so.
    assert_eq!(client.end(false).0, Some(1));
}

#[test]
fn markup_in_an_article_stays_words() {
    let mut client = Client::start();
    client.initialize(None, &Value::Null, &json!({}));
    let hostile = |n: u32| {
        format!("当天，[点我](command:x)<b>已有</b>{n}多家本地供应商率先入驻该平台，企业\u{1b}[31m参与热情高涨。")
    };
    client.open("file:///a.txt", "plaintext", &hostile(4000));
    client.open("file:///b](x).txt", "plaintext", &hostile(5000));
    let marks = client.marks("file:///a.txt", 1, one);
    let place = json!({"textDocument": {"uri": "file:///a.txt"}, "position": marks[0]["range"]["start"]});
    let hover = client.request("textDocument/hover", &place);
    let said = hover["result"]["contents"]["value"].as_str().unwrap_or_default();
    assert!(said.contains("\\[点我\\]") && !said.contains("<b>") && !said.contains('\u{1b}'), "{said}");
    assert_eq!(client.end(true).0, Some(0));
}

#[test]
fn settings_with_a_mistake_are_told_and_the_rest_goes_on() {
    let desk = folder("mistake");
    write(&desk.join("factlint.toml"), "pathes = []\n");
    let mut client = Client::start();
    client.initialize(Some(&desk), &Value::Null, &json!({}));
    client.notify("initialized", &json!({}));
    let told = client.wait("a message", |m| m["method"] == "window/showMessage");
    let said = told["params"]["message"].as_str().unwrap_or_default();
    assert!(said.contains("factlint.toml:1:1") && said.contains("paths"), "{said}");
    client.open("file:///a.txt", "plaintext", &article(4000));
    client.open("file:///b.txt", "plaintext", &article(5000));
    client.marks("file:///a.txt", 1, one);
    // Mended, it is read again.
    write(&desk.join("factlint.toml"), "[checks]\nconflicting-figure = 'off'\n");
    let changes = json!({"changes": [{"uri": uri(&desk.join("factlint.toml")), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changes);
    client.marks("file:///a.txt", 1, is_empty);
    assert_eq!(client.end(true).0, Some(0));
}

#[test]
fn what_was_typed_over_is_not_shown() {
    let mut client = Client::start();
    client.initialize(None, &Value::Null, &json!({}));
    client.open("file:///a.txt", "plaintext", &article(4000));
    client.open("file:///b.txt", "plaintext", &article(4000));
    for version in 2..=60 {
        let text = article(if version == 60 { 5000 } else { 4000 + version });
        let params =
            json!({"textDocument": {"uri": "file:///b.txt", "version": version}, "contentChanges": [{"text": text}]});
        client.notify("textDocument/didChange", &params);
    }
    let marks = client.marks("file:///b.txt", 60, one);
    assert!(marks[0]["message"].as_str().is_some_and(|m| m.contains("5000多家")), "{marks}");
    assert!(client.replaced < 59, "every state was checked and shown");
    client.send(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "k"}}));
    let place = json!({"textDocument": {"uri": "file:///b.txt"}, "position": at(2, 10)});
    client.send(&json!({"jsonrpc": "2.0", "id": "k", "method": "textDocument/hover", "params": place}));
    let answer = client.wait("the cancelled answer", |m| m["id"] == "k");
    assert_eq!(answer["error"]["code"], -32800);
    assert_eq!(client.end(true).0, Some(0));
}

#[test]
fn hostile_messages_are_refused_and_the_server_goes_on() {
    let mut client = Client::start();
    client.initialize(None, &Value::Null, &json!({}));
    client.open("file:///a.txt", "plaintext", &article(4000));
    client.raw(b"Content-Length: 9\r\n\r\n{nonsense");
    client.wait("a refusal", |m| m["error"]["code"] == -32700);
    client.raw(b"Content-Length: 2\r\nContent-Type: x\r\n\r\n\xff\xfe");
    client.wait("a refusal", |m| m["error"]["code"] == -32700);
    for odd in
        ["1", "null", "\"x\"", "[]", "[1,{}]", "{}", "{\"method\":3}", "{\"id\":{},\"result\":1}", "{\"method\":\"\"}"]
    {
        client.raw(format!("Content-Length: {}\r\n\r\n{odd}", odd.len()).as_bytes());
    }
    let hostile = [
        ("textDocument/hover", json!(null), -32602),
        (
            "textDocument/hover",
            json!({"textDocument": {"uri": "file:///a.txt"}, "position": {"line": -1, "character": "x"}}),
            -32602,
        ),
        ("textDocument/hover", json!([[[]]]), -32602),
        ("textDocument/codeAction", json!({"textDocument": {"uri": 7}}), -32602),
        ("workspace/executeCommand", json!({"command": "rm", "arguments": ["-rf"]}), -32602),
        (
            "workspace/executeCommand",
            json!({"command": "factlint.settle", "arguments": [{"fingerprint": "x", "place": -1}]}),
            -32602,
        ),
        (
            "workspace/executeCommand",
            json!({"command": "factlint.settle", "arguments": [{"fingerprint": "x", "place": 1e9}]}),
            -32602,
        ),
        (
            "workspace/executeCommand",
            json!({"command": "factlint.accept", "arguments": [{"fingerprint": "x", "reason": "y"}]}),
            -32803,
        ),
        ("textDocument/definition", json!({}), -32601),
        ("initialize", json!({}), -32600),
    ];
    for (method, params, code) in hostile {
        let answer = client.request(method, &params);
        assert_eq!(answer["error"]["code"], code, "{method} {params} {answer}");
    }
    for (method, params) in [
        ("textDocument/didOpen", json!({"textDocument": 3})),
        ("textDocument/didOpen", json!({"textDocument": {"uri": "", "text": "\u{0}\u{feff}4000家"}})),
        (
            "textDocument/didChange",
            json!({"textDocument": {"uri": "file:///never.txt"}, "contentChanges": [{"text": "x"}]}),
        ),
        ("textDocument/didChange", json!({"textDocument": {"uri": "file:///a.txt"}, "contentChanges": 5})),
        ("textDocument/didClose", json!({"textDocument": {"uri": "file:///never.txt"}})),
        ("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": "http://x"}, 3]})),
        ("workspace/didChangeConfiguration", json!({"settings": []})),
        ("$/unheard", json!([])),
    ] {
        client.notify(method, &params);
    }
    // Ranges beyond every end, and an edit in the middle of 𠮷: the text stays whole.
    for (start, end) in [(at(9, 9), at(u32::MAX, u32::MAX)), (at(2, 1), at(2, 1)), (at(2, 3), at(1, 0))] {
        let edit = json!({"range": {"start": start, "end": end}, "text": "😀"});
        let params = json!({"textDocument": {"uri": "file:///a.txt", "version": 2}, "contentChanges": [edit]});
        client.notify("textDocument/didChange", &params);
    }
    let place = json!({"textDocument": {"uri": "file:///a.txt"}, "position": at(u32::MAX, u32::MAX)});
    assert_eq!(client.request("textDocument/hover", &place)["result"], Value::Null);
    let (status, said) = client.end(true);
    assert_eq!((status, said.as_str()), (Some(0), ""));
}

#[test]
fn a_broken_stream_ends_the_server() {
    for bytes in [&b"Content-Length: 99999999999999\r\n\r\n{}"[..], b"{}", b"Content-Length: 10\r\n\r\n{}", b""] {
        let mut client = Client::start();
        client.raw(bytes);
        let (status, said) = client.finish();
        assert_eq!((status, said.as_str()), (Some(1), ""), "{bytes:?}");
    }
}
