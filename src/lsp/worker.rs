//! The checks, one after the other, beside the reading of messages. Enters: drafts, desks, questions about a place. Leaves: diagnostics and
//! answers. Of drafts that wait, only the latest are checked, and what was typed over meanwhile is not shown.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::draft::Draft;
use super::loader::message;
use super::message::{answer, code, notice, refusal};
use super::position::{Encoding, Position, offset};
use super::show::Shown;
use super::{Event, action, hover};
use crate::cli::workspace::{self, Workspace};
use crate::model::{DocumentId, FindClaim, Finding};
use crate::pipeline::{Desk, Piece};
use crate::report::Interface;

/// What is known of the client.
#[allow(clippy::struct_excessive_bools)] // each is one thing that a client can do or not
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Client {
    /// How it counts characters.
    pub encoding: Encoding,
    /// The language of messages.
    pub language: Interface,
    /// Whether the command line or the client chose it: then that of `factlint.toml` does not count.
    pub chosen: bool,
    /// Whether it shows places beside a diagnostic.
    pub related: bool,
    /// Whether a hover may be Markdown.
    pub markdown: bool,
    /// Whether it opens a document when asked.
    pub show_document: bool,
}

/// Requests that the client takes back, by id as text.
pub(super) type Cancelled = Arc<Mutex<BTreeSet<String>>>;

/// A piece of work.
pub(super) enum Job {
    /// All open documents as they stand; the number tells states apart.
    Drafts(u64, Vec<Draft>),
    /// What to compare with.
    Desk { workspace: Arc<Workspace>, desk: Box<Desk>, settings: bool },
    /// What is known of the client has changed.
    Client(Client),
    /// `textDocument/hover`.
    Hover { id: Value, uri: String, at: Position },
    /// `textDocument/codeAction`.
    Actions { id: Value, uri: String, from: Position, to: Position },
    /// Accept a finding; `id` is that of a request that waits.
    Accept { id: Option<Value>, fingerprint: String, reason: String },
    /// Settle one side of a finding: the number of its place.
    Settle { id: Value, fingerprint: String, place: usize },
}

/// The checks and what they found.
pub(super) struct Worker {
    pub client: Client,
    pub workspace: Arc<Workspace>,
    pub desk: Box<Desk>,
    pub findings: Vec<Finding>,
    /// Open documents by URI, as last checked: their marks speak of `findings` and of the corpus of `desk`.
    pub shown: BTreeMap<String, Shown>,
    /// The state and the diagnostics that the client was sent last.
    published: BTreeMap<String, (Value, Vec<Value>)>,
    /// What was read of each, with the text it was read from.
    read: BTreeMap<String, (Arc<String>, Piece)>,
    /// Accepted here since the settings were read.
    accepted: BTreeSet<String>,
    drafts: Vec<Draft>,
    stamp: u64,
    /// The state at which a check broke down.
    failed: Option<u64>,
    latest: Arc<AtomicU64>,
    cancelled: Cancelled,
    events: Sender<Event>,
}

impl Worker {
    pub fn new(events: Sender<Event>, latest: Arc<AtomicU64>, cancelled: Cancelled) -> Self {
        let workspace = Workspace::none();
        Self {
            client: Client::default(),
            desk: Box::new(workspace.engine.desk(Vec::new(), workspace.options.clone())),
            workspace: Arc::new(workspace),
            findings: Vec::new(),
            shown: BTreeMap::new(),
            published: BTreeMap::new(),
            read: BTreeMap::new(),
            accepted: BTreeSet::new(),
            drafts: Vec::new(),
            stamp: 0,
            failed: None,
            latest,
            cancelled,
            events,
        }
    }

    /// Works until no job can come any more.
    pub fn run(&mut self, jobs: &Receiver<Job>) {
        let mut waiting: VecDeque<Job> = VecDeque::new();
        loop {
            if waiting.is_empty() {
                let Ok(job) = jobs.recv() else { return };
                waiting.push_back(job);
            }
            waiting.extend(jobs.try_iter());
            let Some(job) = waiting.pop_front() else { continue };
            let overtaken = || waiting.iter().any(|j| matches!(j, Job::Drafts(..)));
            match job {
                Job::Drafts(..) if overtaken() => {}
                Job::Drafts(stamp, drafts) => {
                    (self.stamp, self.drafts) = (stamp, drafts);
                    self.check();
                }
                Job::Desk { workspace, desk, settings } => {
                    if settings {
                        self.accepted.clear();
                        self.read.clear();
                    }
                    self.forget();
                    (self.workspace, self.desk) = (workspace, desk);
                    self.take_language();
                    self.desk.accepted.extend(self.accepted.iter().cloned());
                    if !overtaken() {
                        self.check();
                    }
                }
                Job::Client(client) => {
                    self.client = client;
                    self.take_language();
                }
                job => self.answer(job),
            }
        }
    }

    fn take_language(&mut self) {
        if let (false, Some(language)) = (self.client.chosen, self.workspace.language) {
            self.client.language = language;
        }
    }

    fn send(&self, message: Value) {
        let _ = self.events.send(Event::Send(message));
    }

    fn answer(&mut self, job: Job) {
        match job {
            Job::Hover { id, uri, at } => {
                let found = self.shown.get(&uri).map(|s| hover::hover(self, s, s.offset(at, self.client.encoding)));
                self.reply(&id, found.unwrap_or_default());
            }
            Job::Actions { id, uri, from, to } => {
                let encoding = self.client.encoding;
                let range = |s: &Shown| (s.offset(from, encoding), s.offset(to, encoding));
                let found = self.shown.get(&uri).map(|s| action::actions(self, s, range(s)));
                self.reply(&id, found.unwrap_or_else(|| json!([])));
            }
            Job::Accept { id, fingerprint, reason } => {
                let done = self.accept(&fingerprint, &reason);
                self.done(id.as_ref(), done);
            }
            Job::Settle { id, fingerprint, place } => {
                let done = self.settle(&fingerprint, place);
                self.done(Some(&id), done);
            }
            Job::Drafts(..) | Job::Desk { .. } | Job::Client(_) => {}
        }
    }

    fn reply(&self, id: &Value, result: Value) {
        let taken_back = self.cancelled.lock().is_ok_and(|mut c| c.remove(&id.to_string()));
        self.send(if taken_back { refusal(id, code::CANCELLED, "cancelled") } else { answer(id, result) });
    }

    /// Tells how a command ended.
    fn done(&self, id: Option<&Value>, done: anyhow::Result<String>) {
        match (id, &done) {
            (Some(id), Ok(_)) => self.send(answer(id, Value::Null)),
            (Some(id), Err(error)) => {
                self.send(refusal(id, code::FAILED, &workspace::said(error, self.client.language)));
            }
            (None, Err(error)) => self.send(message(1, &workspace::said(error, self.client.language))),
            (None, Ok(_)) => {}
        }
        if let Ok(said) = done {
            self.send(message(3, &said));
        }
    }

    fn finding(&self, fingerprint: &str) -> anyhow::Result<&Finding> {
        let gone = self.client.language.pick("这条已不存在；请重新检查", "this finding is gone; look again");
        anyhow::ensure!(
            self.workspace.is_on_disk(),
            "{}",
            self.client.language.pick(
                "请先打开文件夹：例外和事实要写进其中的文件",
                "open a folder first: what is accepted or settled is written into a file of it",
            )
        );
        self.findings.iter().find(|f| f.fingerprint == fingerprint).ok_or_else(|| anyhow::anyhow!(gone))
    }

    fn accept(&mut self, fingerprint: &str, reason: &str) -> anyhow::Result<String> {
        let finding = self.finding(fingerprint)?;
        let path = self.workspace.accept(finding, self.client.language.of(&finding.message), reason)?;
        let said = self.client.language.pick("已接受，记入 ", "accepted, written into ");
        let said = format!("{said}{}", path.to_string_lossy());
        self.accepted.insert(fingerprint.to_owned());
        self.desk.accepted.insert(fingerprint.to_owned());
        self.check();
        Ok(said)
    }

    fn settle(&self, fingerprint: &str, place: usize) -> anyhow::Result<String> {
        let corpus = self.desk.corpus();
        let claim = match self.finding(fingerprint)?.claims.get(place).map(|c| &c.claim) {
            Some(FindClaim::Claim(id)) => &corpus.claims[id.0 as usize],
            _ => anyhow::bail!("{}", self.client.language.pick("这一处不是数字", "this place is no figure")),
        };
        let path = self.workspace.settle(corpus, claim)?;
        let said = self.client.language.pick("已记为事实：", "settled in ");
        let _ = self.events.send(Event::Settings);
        Ok(format!("{said}{}", path.to_string_lossy()))
    }

    /// Drops what was found: what it speaks of is about to change.
    fn forget(&mut self) {
        self.findings.clear();
        self.shown.clear();
    }

    /// Checks the drafts and shows what came of it, unless they were typed over meanwhile.
    fn check(&mut self) {
        if self.latest.load(Ordering::Acquire) != self.stamp {
            return;
        }
        self.forget();
        let checked = catch_unwind(AssertUnwindSafe(|| {
            let pieces = self.pieces();
            self.findings = self.workspace.engine.check_drafts(&mut self.desk, pieces);
            self.leave_out_shadows();
            self.mark();
        }));
        if checked.is_err() {
            self.recover();
        } else if self.latest.load(Ordering::Acquire) == self.stamp {
            self.publish();
        }
    }

    /// After a fault of ours: the user is told, and a new desk asked for; the drafts are not tried again as they stand.
    fn recover(&mut self) {
        self.forget();
        self.read.clear();
        if self.failed != Some(self.stamp) {
            self.failed = Some(self.stamp);
            let said = self.client.language.pick(
                "这次检查出了故障，请把稿件报告给开发者；修改后会再检查",
                "this check broke down, please report the draft; it is checked again when it changes",
            );
            self.send(message(1, said));
            let _ = self.events.send(Event::Settings);
        }
    }

    /// What is read of each draft; one that did not change is not read again.
    fn pieces(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(self.drafts.len());
        for draft in &self.drafts {
            let kept =
                self.read.get(&draft.uri).filter(|(text, _)| Arc::ptr_eq(text, &draft.text) || *text == draft.text);
            let piece = match kept {
                Some((_, piece)) => piece.clone(),
                None => self.workspace.engine.read(&draft.name, draft.text.as_bytes(), draft.format),
            };
            self.read.insert(draft.uri.clone(), (Arc::clone(&draft.text), piece.clone()));
            pieces.push(piece);
        }
        self.read.retain(|uri, _| self.drafts.iter().any(|d| d.uri == *uri));
        pieces
    }

    /// An open document stands for its file: until the archive is read without it, what only its file says is no finding.
    fn leave_out_shadows(&mut self) {
        let (corpus, archived) = (self.desk.corpus(), self.desk.archived());
        let names: BTreeSet<&str> = self.drafts.iter().map(|d| d.name.as_str()).collect();
        let shadows: BTreeSet<DocumentId> = (0..archived as u32)
            .map(DocumentId)
            .filter(|d| names.contains(corpus.documents[d.0 as usize].path.as_str()))
            .collect();
        if shadows.is_empty() {
            return;
        }
        let document = |entry: &FindClaim| {
            let article = match entry {
                FindClaim::Claim(id) => corpus.claims[id.0 as usize].article,
                FindClaim::Words { sentence, .. } => sentence.article,
            };
            corpus.article(article).document
        };
        self.findings.retain_mut(|finding| {
            let camps = |f: &Finding| f.claims.iter().map(|c| c.camp).collect::<BTreeSet<_>>().len();
            let before = camps(finding);
            finding.claims.retain(|c| !shadows.contains(&document(&c.claim)));
            camps(finding) == before
        });
    }

    fn mark(&mut self) {
        let (corpus, archived) = (self.desk.corpus(), self.desk.archived());
        let shown = |d: &Draft| (d.uri.clone(), Shown::new(d.clone(), corpus, archived));
        let mut all: BTreeMap<String, Shown> = self.drafts.iter().map(shown).collect();
        super::show::mark(self, &mut all);
        self.shown = all;
    }

    /// Sends the diagnostics of every draft that changed, or whose diagnostics did.
    fn publish(&mut self) {
        let mut before = std::mem::take(&mut self.published);
        for (uri, shown) in &self.shown {
            let all: Vec<Value> = shown.marks.iter().map(|m| m.diagnostic.clone()).collect();
            let now = (shown.draft.version.clone(), all);
            if before.remove(uri).is_none_or(|then| then != now) {
                let params = json!({"uri": uri, "version": now.0, "diagnostics": now.1});
                self.send(notice("textDocument/publishDiagnostics", params));
            }
            self.published.insert(uri.clone(), now);
        }
        // What was closed loses its marks.
        for uri in before.into_keys() {
            self.send(notice("textDocument/publishDiagnostics", json!({"uri": uri, "diagnostics": []})));
        }
    }
}

impl Shown {
    /// The byte at a position.
    pub fn offset(&self, at: Position, encoding: Encoding) -> u32 {
        offset(&self.draft.text, at, encoding) as u32
    }
}
