//! The archive, read in the background. Enters: the folders of the workspace, and word of what changed. Leaves: a desk for the worker,
//! and progress for the client. A file is read again only where it changed.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Event;
use super::message::notice;
use super::worker::Job;
use crate::cli::workspace::{self, Listed, Workspace};
use crate::pipeline::Piece;
use crate::report::{Interface, plain};

/// Files read between two reports of progress.
const STEP: usize = 32;
/// From how many files on progress is shown.
const PATIENCE: usize = 64;

/// The archive is to be read anew.
#[derive(Default)]
pub(super) struct Load {
    /// The folders of the workspace.
    pub folders: Vec<PathBuf>,
    /// Names of open documents: their drafts stand for them.
    pub open: BTreeSet<String>,
    /// Whether the settings may have changed.
    pub settings: bool,
    /// Names of files that changed, however they look.
    pub changed: Vec<String>,
    /// The language of messages.
    pub language: Interface,
    /// The token of a progress that the client was asked for.
    pub token: Option<String>,
}

/// What was read of each file, with the state in which it was.
type Shelf = BTreeMap<String, (Listed, Piece)>;

/// Reads until nobody asks any more.
pub(super) fn run(asked: &Receiver<Load>, jobs: &Sender<Job>, events: &Sender<Event>, agreed: &AtomicBool) {
    let mut workspace: Option<Arc<Workspace>> = None;
    let mut shelf = Shelf::new();
    while let Ok(mut load) = asked.recv() {
        for later in asked.try_iter() {
            let mut changed = std::mem::take(&mut load.changed);
            changed.extend(later.changed.iter().cloned());
            let token = load.token.take().or_else(|| later.token.clone());
            load = Load { settings: load.settings || later.settings, changed, token, ..later };
        }
        let here = match &workspace {
            Some(workspace) if !load.settings => Arc::clone(workspace),
            _ => {
                shelf.clear();
                let opened = Workspace::open(&load.folders).unwrap_or_else(|error| {
                    let said = load.language.pick("设置有误，未采用：", "settings with a mistake are not used: ");
                    let _ = events
                        .send(Event::Send(message(1, &format!("{said}{}", workspace::said(&error, load.language)))));
                    Workspace::none()
                });
                let opened = Arc::new(opened);
                workspace = Some(Arc::clone(&opened));
                opened
            }
        };
        let (listed, left_out) = here.files();
        for name in &load.changed {
            shelf.remove(name);
        }
        let names: BTreeSet<&str> = listed.iter().map(Listed::name).collect();
        shelf.retain(|name, _| names.contains(name.as_str()));
        let missing: Vec<&Listed> =
            listed.iter().filter(|l| shelf.get(l.name()).is_none_or(|(then, _)| then.state != l.state)).collect();
        let mut progress = Progress { token: load.token.clone(), events, agreed, begun: false };
        for (n, part) in missing.chunks(STEP).enumerate() {
            if missing.len() >= PATIENCE {
                progress.report(n * STEP, missing.len(), load.language);
            }
            let read: Vec<Piece> = part.par_iter().map(|l| whole(|| here.read(l)).unwrap_or_default()).collect();
            shelf.extend(part.iter().zip(read).map(|(l, piece)| (l.name().to_owned(), ((*l).clone(), piece))));
        }
        let kept = shelf.iter().filter(|(name, _)| !load.open.contains(*name));
        let mut pieces: Vec<Piece> = kept.map(|(_, (_, piece))| piece.clone()).collect();
        pieces.extend(here.facts.clone());
        let desk = whole(|| here.engine.desk(pieces, here.options.clone()));
        progress.end();
        let Some(desk) = desk.map(Box::new) else {
            let said = load
                .language
                .pick("读取文件夹时出了故障，未与之比对", "reading the folder broke down; it is not compared with");
            let _ = events.send(Event::Send(message(1, said)));
            continue;
        };
        if load.settings && left_out > 0 {
            let said = match load.language {
                Interface::Zh => {
                    format!("文件夹太大：{left_out} 个文件未参加比对；请在 factlint.toml 中用 paths 指定文件夹")
                }
                Interface::En => format!(
                    "the folder is too large: {left_out} files are not compared with; name folders by `paths` in factlint.toml"
                ),
            };
            let _ = events.send(Event::Send(message(2, &said)));
        }
        if jobs.send(Job::Desk { workspace: here, desk, settings: load.settings }).is_err() {
            return;
        }
    }
}

/// What `work` gives; `None` where it breaks down: a fault of ours in one file must not silence the server.
fn whole<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// A message for the user: 1 an error, 2 a warning, 3 for their information.
pub(super) fn message(kind: u8, text: &str) -> Value {
    notice("window/showMessage", json!({"type": kind, "message": format!("factlint: {}", plain(text))}))
}

/// A bar in the editor, once the client has agreed to show one.
struct Progress<'a> {
    token: Option<String>,
    events: &'a Sender<Event>,
    agreed: &'a AtomicBool,
    begun: bool,
}

impl Progress<'_> {
    fn send(&self, value: Value) {
        if let Some(token) = &self.token {
            let _ = self.events.send(Event::Send(notice("$/progress", json!({"token": token, "value": value}))));
        }
    }

    fn report(&mut self, done: usize, all: usize, language: Interface) {
        if self.token.is_none() || !self.agreed.load(Ordering::Relaxed) {
            return;
        }
        let (kind, percentage) = (if self.begun { "report" } else { "begin" }, done * 100 / all.max(1));
        let mut value = json!({"kind": kind, "percentage": percentage, "message": format!("{done}/{all}")});
        if !self.begun {
            value["title"] = language.pick("factlint 读取文件夹", "factlint reads the folder").into();
        }
        self.begun = true;
        self.send(value);
    }

    fn end(&self) {
        if self.begun {
            self.send(json!({"kind": "end"}));
        }
    }
}
