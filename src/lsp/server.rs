//! One session with a client: what it said of itself, what is open, what it was asked. Enters: messages. Leaves: jobs for the worker and the
//! loader, and answers that need neither.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::draft::Draft;
use super::loader::{self, Load};
use super::message::{answer, code, refusal};
use super::position::{Encoding, Position};
use super::worker::{Cancelled, Client, Job, Worker};
use super::{Event, action, uri};
use crate::cli::workspace::Workspace;
use crate::report::Interface;

/// What comes after a message.
pub(super) enum Next {
    Go,
    Stop,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Running,
    ShutDown,
}

/// What the client was asked, by the id of the request.
enum Asked {
    Settings,
    Progress,
    Reason { fingerprint: String },
    Other,
}

/// What the client can do, beyond what the worker needs to know.
#[derive(Default)]
struct Abilities {
    configuration: bool,
    watch: bool,
    progress: bool,
}

/// A session.
pub(super) struct Server {
    stage: Stage,
    client: Client,
    abilities: Abilities,
    /// The language given on the command line.
    fixed: Option<Interface>,
    /// The language of the client, where neither the command line nor the settings name one.
    own: Interface,
    folders: Vec<PathBuf>,
    open: BTreeMap<String, Draft>,
    asked: BTreeMap<String, Asked>,
    number: u64,
    latest: Arc<AtomicU64>,
    agreed: Arc<AtomicBool>,
    cancelled: Cancelled,
    events: Sender<Event>,
    jobs: Sender<Job>,
    loads: Sender<Load>,
}

/// The most requests taken back that are kept in mind.
const TAKEN_BACK: usize = 1000;

impl Server {
    /// A session whose worker and loader run.
    pub fn new(events: &Sender<Event>, language: Option<Interface>) -> Self {
        let (jobs, jobs_in) = mpsc::channel();
        let (loads, loads_in) = mpsc::channel();
        let (latest, agreed) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let cancelled: Cancelled = Arc::new(Mutex::new(BTreeSet::new()));
        let (to_client, number, taken_back) = (events.clone(), Arc::clone(&latest), Arc::clone(&cancelled));
        std::thread::spawn(move || Worker::new(to_client, number, taken_back).run(&jobs_in));
        let (to_client, to_worker, may) = (events.clone(), jobs.clone(), Arc::clone(&agreed));
        std::thread::spawn(move || loader::run(&loads_in, &to_worker, &to_client, &may));
        Self {
            stage: Stage::New,
            client: Client::default(),
            abilities: Abilities::default(),
            fixed: language,
            own: Interface::En,
            folders: Vec::new(),
            open: BTreeMap::new(),
            asked: BTreeMap::new(),
            number: 0,
            latest,
            agreed,
            cancelled,
            events: events.clone(),
            jobs,
            loads,
        }
    }

    pub fn was_shut_down(&self) -> bool {
        self.stage == Stage::ShutDown
    }

    fn send(&self, message: Value) {
        let _ = self.events.send(Event::Send(message));
    }

    fn ask(&mut self, asked: Asked, method: &str, params: Value) {
        self.number += 1;
        let id = format!("factlint-{}", self.number);
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.asked.insert(id, asked);
    }

    /// Takes in one message.
    pub fn take(&mut self, message: &Value) -> Next {
        let Some(method) = message["method"].as_str() else {
            match message["id"].as_str().and_then(|id| self.asked.remove(id)) {
                Some(asked) => self.answered(asked, message),
                None if message.get("result").is_none() && message.get("error").is_none() => {
                    self.send(refusal(&Value::Null, code::INVALID_REQUEST, "neither a request nor an answer"));
                }
                None => {}
            }
            return Next::Go;
        };
        if method == "exit" {
            return Next::Stop;
        }
        let params = &message["params"];
        match (message.get("id"), self.stage) {
            (Some(id), Stage::New) if method == "initialize" => {
                let result = self.initialize(params);
                self.stage = Stage::Running;
                self.send(answer(id, result));
            }
            (Some(id), Stage::New) => self.send(refusal(id, code::NOT_INITIALIZED, "initialize comes first")),
            (Some(id), Stage::Running) => self.request(id, method, params),
            (Some(id), Stage::ShutDown) => {
                self.send(refusal(id, code::INVALID_REQUEST, "the server was shut down"));
            }
            (None, Stage::Running) => self.notice(method, params),
            (None, Stage::New | Stage::ShutDown) => {}
        }
        Next::Go
    }

    fn initialize(&mut self, params: &Value) -> Value {
        let can = &params["capabilities"];
        let yes = |value: &Value| value.as_bool().unwrap_or(false);
        let document = &can["textDocument"];
        let formats = document["hover"]["contentFormat"].as_array();
        if params["locale"].as_str().is_some_and(|l| l.to_ascii_lowercase().starts_with("zh")) {
            self.own = Interface::Zh;
        }
        self.client = Client {
            encoding: Encoding::choose(&can["general"]["positionEncodings"]),
            related: yes(&document["publishDiagnostics"]["relatedInformation"]),
            markdown: formats.is_some_and(|all| all.iter().any(|f| f == "markdown")),
            show_document: yes(&can["window"]["showDocument"]["support"]),
            language: self.own,
            chosen: false,
        };
        self.abilities = Abilities {
            configuration: yes(&can["workspace"]["configuration"]),
            watch: yes(&can["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"]),
            progress: yes(&can["window"]["workDoneProgress"]),
        };
        let settings = &params["initializationOptions"];
        self.configure(if settings["factlint"].is_object() { &settings["factlint"] } else { settings });
        let folders =
            params["workspaceFolders"].as_array().map(|all| all.iter().map(|f| &f["uri"]).collect::<Vec<_>>());
        let folders = folders.filter(|f| !f.is_empty()).unwrap_or_else(|| vec![&params["rootUri"]]);
        self.folders = folders.into_iter().filter_map(|f| uri::path(f.as_str()?)).map(PathBuf::from).collect();
        json!({
            "capabilities": {
                "positionEncoding": self.client.encoding.name(),
                "textDocumentSync": {"openClose": true, "change": 2},
                "hoverProvider": true,
                "codeActionProvider": {"codeActionKinds": ["quickfix"]},
                "executeCommandProvider": {"commands": action::COMMANDS},
                "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
            },
            "serverInfo": {"name": "factlint", "version": env!("CARGO_PKG_VERSION")},
        })
    }

    /// Takes over the client's settings for this server.
    fn configure(&mut self, settings: &Value) {
        let named = match settings["uiLang"].as_str() {
            Some("zh") => Some(Interface::Zh),
            Some("en") => Some(Interface::En),
            _ => None,
        };
        let chosen = self.fixed.or(named);
        (self.client.language, self.client.chosen) = (chosen.unwrap_or(self.own), chosen.is_some());
        let _ = self.jobs.send(Job::Client(self.client));
    }

    fn request(&mut self, id: &Value, method: &str, params: &Value) {
        let uri = params["textDocument"]["uri"].as_str().map(str::to_owned);
        let job = match (method, uri) {
            ("shutdown", _) => {
                self.stage = Stage::ShutDown;
                return self.send(answer(id, Value::Null));
            }
            ("textDocument/hover", Some(uri)) => {
                Position::read(&params["position"]).map(|at| Job::Hover { id: id.clone(), uri, at })
            }
            ("textDocument/codeAction", Some(uri)) => {
                let (from, to) = (Position::read(&params["range"]["start"]), Position::read(&params["range"]["end"]));
                from.zip(to).map(|(from, to)| Job::Actions { id: id.clone(), uri, from, to })
            }
            ("workspace/executeCommand", _) => return self.command(id, params),
            ("textDocument/hover" | "textDocument/codeAction", None) => None,
            ("initialize", _) => {
                return self.send(refusal(id, code::INVALID_REQUEST, "initialize comes once"));
            }
            _ => return self.send(refusal(id, code::UNKNOWN_METHOD, "factlint does not know this request")),
        };
        match job {
            Some(job) => drop(self.jobs.send(job)),
            None => self.send(refusal(id, code::INVALID_PARAMS, "the parameters name no place in a document")),
        }
    }

    fn command(&mut self, id: &Value, params: &Value) {
        let argument = &params["arguments"][0];
        let fingerprint = argument["fingerprint"].as_str().map(str::to_owned);
        match (params["command"].as_str().unwrap_or_default(), fingerprint) {
            (action::ACCEPT, Some(fingerprint)) => match argument["reason"].as_str().map(str::trim) {
                Some(reason) if !reason.is_empty() => {
                    let job = Job::Accept { id: Some(id.clone()), fingerprint, reason: reason.to_owned() };
                    let _ = self.jobs.send(job);
                }
                _ => {
                    self.send(answer(id, Value::Null));
                    let how = self.client.language;
                    let actions: Vec<Value> = action::reasons(how).iter().map(|r| json!({"title": r})).collect();
                    let text = how.pick("factlint：为什么接受？", "factlint: why is it accepted?");
                    let params = json!({"type": 3, "message": text, "actions": actions});
                    self.ask(Asked::Reason { fingerprint }, "window/showMessageRequest", params);
                }
            },
            (action::SETTLE, Some(fingerprint)) if argument["place"].is_u64() => {
                let place = argument["place"].as_u64().map_or(usize::MAX, |n| n as usize);
                let _ = self.jobs.send(Job::Settle { id: id.clone(), fingerprint, place });
            }
            (action::OPEN, _) if argument["uri"].is_string() => {
                self.send(answer(id, Value::Null));
                let mut params = json!({"uri": argument["uri"], "takeFocus": true});
                if argument["range"].is_object() {
                    params["selection"] = argument["range"].clone();
                }
                self.ask(Asked::Other, "window/showDocument", params);
            }
            (command, _) => {
                let known = action::COMMANDS.contains(&command);
                let said = if known { "the arguments name no finding" } else { "factlint does not know this command" };
                self.send(refusal(id, code::INVALID_PARAMS, said));
            }
        }
    }

    fn answered(&mut self, asked: Asked, message: &Value) {
        let result = &message["result"];
        match asked {
            // A client that knows nothing of us answers null: what it said at the beginning holds.
            Asked::Settings if result[0].is_object() => {
                self.configure(&result[0]);
                self.changed();
            }
            Asked::Progress => self.agreed.store(message.get("error").is_none(), Ordering::Relaxed),
            Asked::Reason { fingerprint } => {
                if let Some(reason) = result["title"].as_str() {
                    let _ = self.jobs.send(Job::Accept { id: None, fingerprint, reason: reason.to_owned() });
                }
            }
            Asked::Settings | Asked::Other => {}
        }
    }

    fn notice(&mut self, method: &str, params: &Value) {
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().unwrap_or_default();
        match method {
            "initialized" => self.begin(),
            "textDocument/didOpen" => {
                if let Some(draft) = Draft::open(document) {
                    self.open.insert(draft.uri.clone(), draft);
                    self.changed();
                    self.reload(false, Vec::new());
                }
            }
            "textDocument/didChange" => {
                if let Some(draft) = self.open.get_mut(uri) {
                    draft.change(&document["version"], &params["contentChanges"], self.client.encoding);
                    self.changed();
                }
            }
            "textDocument/didClose" if self.open.remove(uri).is_some() => {
                self.changed();
                self.reload(false, Vec::new());
            }
            "workspace/didChangeWatchedFiles" => {
                let changes = params["changes"].as_array().into_iter().flatten();
                let names: Vec<String> = changes.filter_map(|c| uri::path(c["uri"].as_str()?)).collect();
                let settings = names.iter().any(|n| Workspace::depends_on(n.as_ref()));
                self.reload(settings, names);
            }
            "workspace/didChangeWorkspaceFolders" => {
                let paths = |list: &Value| -> Vec<PathBuf> {
                    let all = list.as_array().into_iter().flatten();
                    all.filter_map(|f| uri::path(f["uri"].as_str()?)).map(PathBuf::from).collect()
                };
                let gone = paths(&params["event"]["removed"]);
                self.folders.retain(|f| !gone.contains(f));
                self.folders.extend(paths(&params["event"]["added"]));
                self.reload(true, Vec::new());
            }
            "workspace/didChangeConfiguration" => {
                if self.abilities.configuration {
                    self.ask_settings();
                } else {
                    self.configure(&params["settings"]["factlint"]);
                    self.changed();
                }
            }
            "$/cancelRequest" => {
                if let Ok(mut cancelled) = self.cancelled.lock() {
                    // Those that came after their answer would stay for good.
                    if cancelled.len() >= TAKEN_BACK {
                        cancelled.clear();
                    }
                    cancelled.insert(params["id"].to_string());
                }
            }
            _ => {}
        }
    }

    /// The client is ready: it is asked for its settings and to watch files, and the folder is read.
    fn begin(&mut self) {
        if self.abilities.configuration {
            self.ask_settings();
        }
        if self.abilities.watch {
            let globs = ["**/*.{md,markdown,txt,html,htm,docx,jsonl,ndjson,toml}", "**/factlint-baseline.json"];
            let watchers: Vec<Value> = globs.iter().map(|g| json!({"globPattern": g})).collect();
            let method = "workspace/didChangeWatchedFiles";
            let one = json!({"id": "factlint-watch", "method": method, "registerOptions": {"watchers": watchers}});
            self.ask(Asked::Other, "client/registerCapability", json!({"registrations": [one]}));
        }
        self.reload(true, Vec::new());
    }

    fn ask_settings(&mut self) {
        self.ask(Asked::Settings, "workspace/configuration", json!({"items": [{"section": "factlint"}]}));
    }

    /// Has the drafts checked as they stand; what waits or runs is overtaken.
    fn changed(&self) {
        let stamp = self.latest.fetch_add(1, Ordering::AcqRel) + 1;
        let _ = self.jobs.send(Job::Drafts(stamp, self.open.values().cloned().collect()));
    }

    /// Has the folder read anew, as far as it changed.
    pub fn reload(&mut self, settings: bool, changed: Vec<String>) {
        let token = (settings && self.abilities.progress).then(|| format!("factlint-load-{}", self.number));
        if let Some(token) = &token {
            self.agreed.store(false, Ordering::Relaxed);
            self.ask(Asked::Progress, "window/workDoneProgress/create", json!({"token": token}));
        }
        let load = Load {
            folders: self.folders.clone(),
            open: self.open.values().map(|d| d.name.clone()).collect(),
            settings,
            changed,
            language: self.client.language,
            token,
        };
        let _ = self.loads.send(load);
    }
}
