//! `--watch`: checks again whenever an input, a rule or the settings change. Enters: the arguments of `check`. Leaves: a report after
//! each change, until it is stopped.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::args::CheckArgs;
use super::{Session, Status, check, shown, told};
use crate::{load, settings};

/// Editors write a file in several steps: a check waits for this much quiet.
const QUIET: Duration = Duration::from_millis(150);

/// Runs until it is stopped.
pub fn run(args: &CheckArgs, session: &mut Session) -> anyhow::Result<Status> {
    if args.run.input.paths.iter().any(|p| p.as_os_str() == "-") {
        return Err(told(
            "--watch 不能用于标准输入；请给出文件或文件夹",
            "--watch cannot watch standard input; name files or folders",
        ));
    }
    session.stays = true;
    let ours: BTreeSet<PathBuf> =
        args.out.iter().filter_map(|o| o.split_once('=')).filter_map(|(_, file)| whole(Path::new(file))).collect();
    let (send, receive) = mpsc::channel();
    let failed = |e: notify::Error| told(format!("无法监视文件：{e}"), format!("cannot watch files: {e}"));
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if let Ok(event) = event {
            let _ = send.send(event);
        }
    })
    .map_err(failed)?;
    let mut watched: BTreeSet<PathBuf> = BTreeSet::new();
    loop {
        let (folders, files) = places(args, session);
        for (folder, mode) in &folders {
            if watched.insert(folder.clone()) {
                watcher.watch(folder, *mode).map_err(failed)?;
            }
        }
        if let Err(error) = check::once(args, session) {
            // Settings or rules may be half written: they are tried again when they change.
            let _ = writeln!(io::stderr(), "factlint: {}", shown(&error, session.language));
        }
        let said = session.language.pick("正在等待改动，按 Ctrl-C 结束", "waiting for changes; Ctrl-C ends");
        let _ = writeln!(io::stderr(), "factlint: {said}");
        let roots: Vec<&PathBuf> =
            folders.iter().filter(|(_, mode)| *mode == RecursiveMode::Recursive).map(|(folder, _)| folder).collect();
        let matters = |event: &Event| {
            let kind = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
            kind && event.paths.iter().any(|path| {
                let in_root = roots.iter().any(|root| path.starts_with(root)) && (is_read(path) || path.is_dir());
                !ours.contains(path) && (in_root || files.contains(path))
            })
        };
        loop {
            match receive.recv() {
                Ok(event) if matters(&event) => break,
                Ok(_) => {}
                Err(_) => return Ok(Status::Clean),
            }
        }
        loop {
            match receive.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(Status::Clean),
            }
        }
    }
}

/// Whether a file in a watched folder may be an input, a rule or settings.
fn is_read(path: &Path) -> bool {
    let name = path.to_string_lossy();
    load::format_of(&name).is_some() || path.extension().is_some_and(|e| e == "toml")
}

/// A path that the system gives events for: that of the folder without links, and the name.
fn whole(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok().or_else(|| {
        let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?))
    })
}

/// Folders to watch, and the single files that matter.
fn places(args: &CheckArgs, session: &mut Session) -> (Vec<(PathBuf, RecursiveMode)>, BTreeSet<PathBuf>) {
    let settings = session.settings(args.run.config.as_deref()).unwrap_or_default();
    let run = &args.run;
    let here = std::env::current_dir().unwrap_or_default();
    let found = run.config.clone().or_else(|| settings::nearest(&here));
    let all = [&run.input.paths, &run.against, &run.rules, &settings.paths, &settings.against, &settings.rules];
    let single = [&run.facts, &args.baseline, &settings.facts, &settings.baseline, &found];
    let paths = all.into_iter().flatten().chain(single.into_iter().flatten());
    let (mut folders, mut files) = (Vec::new(), BTreeSet::new());
    for path in paths.filter_map(|p| whole(p)) {
        if path.is_dir() {
            folders.push((path, RecursiveMode::Recursive));
        } else {
            // The folder, since editors put a new file in the place of the old one.
            folders.extend(path.parent().map(|f| (f.to_owned(), RecursiveMode::NonRecursive)));
            files.insert(path);
        }
    }
    // A folder that is watched whole is not watched for its files alone.
    folders.sort_by_key(|(folder, mode)| (folder.clone(), *mode == RecursiveMode::NonRecursive));
    folders.dedup_by(|b, a| a.0 == b.0);
    (folders, files)
}
