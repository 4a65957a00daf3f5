//! Paths on the command line → the list of inputs, and their bytes. Enters: arguments. Leaves: inputs sorted by name, what was left
//! out and why. Reads the disk; knows nothing of what stands in a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::WalkBuilder;

use crate::load;
use crate::model::{Format, Issue, IssueLevel, Text};
pub use crate::settings::os_message;
use crate::settings::{Home, Paths};

/// The largest file that is read, in bytes; a JSON Lines file may be larger: [`LINES_BOUND`].
pub const BOUND: u64 = 64 << 20;
/// The largest JSON Lines file that is read, in bytes.
pub const LINES_BOUND: u64 = 3 << 30;

/// One input to read.
#[derive(Debug, Clone)]
pub struct Input {
    /// The name it has in every output.
    pub name: String,
    /// Where it is; `None` is standard input.
    pub path: Option<PathBuf>,
    /// What it is read as.
    pub format: Format,
    /// Whether it is only compared against.
    pub against: bool,
}

/// The inputs of a run.
#[derive(Debug, Default)]
pub struct Inputs {
    /// What to read, sorted by name.
    pub list: Vec<Input>,
    /// Files of folders that were left out, by reason.
    pub left_out: BTreeMap<Text, usize>,
    /// What could not be read.
    pub issues: Vec<Issue>,
    /// What the settings leave out of folders.
    pub ignore: Option<(Home, Paths)>,
    /// How many files and folders they left out.
    pub ignored: usize,
}

fn fault(name: &str, zh: impl Into<String>, en: impl Into<String>) -> Issue {
    Issue { path: name.to_owned(), line: None, level: IssueLevel::Error, message: Text::new(zh, en) }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn os_fault(name: &str, error: &std::io::Error) -> Issue {
    let (zh, en) = os_message(error);
    fault(name, zh, en)
}

impl Inputs {
    /// Adds `path` as the user gave it: a file, a folder to walk, or `-`.
    pub fn add(&mut self, path: &Path, stdin_name: Option<&str>, forced: Option<Format>, against: bool) {
        if path.as_os_str() == "-" {
            let name = stdin_name.unwrap_or("-").to_owned();
            let format = forced.or_else(|| load::format_of(&name)).unwrap_or(Format::Text);
            if !self.list.iter().any(|i| i.path.is_none()) {
                self.list.push(Input { name, path: None, format, against });
            }
            return;
        }
        match std::fs::metadata(path) {
            Err(error) => self.issues.push(os_fault(&shown(path), &error)),
            Ok(meta) if meta.is_dir() => self.walk(path, forced, against),
            Ok(meta) if !meta.is_file() && !is_pipe(&meta) => self.issues.push(fault(
                &shown(path),
                "不是普通文件；请给出文件或文件夹",
                "is no regular file; name a file or a folder",
            )),
            Ok(_) => match forced.or_else(|| load::format_of(&shown(path))) {
                Some(format) => self.push(path.to_owned(), format, against),
                None => self.issues.push(unsupported(&shown(path))),
            },
        }
    }

    fn push(&mut self, path: PathBuf, format: Format, against: bool) {
        self.list.push(Input { name: shown(&path), path: Some(path), format, against });
    }

    fn walk(&mut self, folder: &Path, forced: Option<Format>, against: bool) {
        let ignore = self.ignore.clone();
        let ignored = move |path: &Path| {
            ignore.as_ref().is_some_and(|(home, paths)| paths.fit(&home.relative(&path.to_string_lossy())))
        };
        let (skip, folders) = (ignored.clone(), Arc::new(AtomicUsize::new(0)));
        let skipped = Arc::clone(&folders);
        // The folder that was named is walked, whatever the patterns say of it; what is in it is held against them.
        let walk = WalkBuilder::new(folder)
            .require_git(false)
            .follow_links(false)
            .filter_entry(move |e| {
                let out = e.depth() > 0 && e.file_type().is_some_and(|t| t.is_dir()) && skip(e.path());
                skipped.fetch_add(usize::from(out), Ordering::Relaxed);
                !out
            })
            .build();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let message = error.to_string();
                    self.issues.push(fault(
                        &shown(folder),
                        format!("无法遍历：{message}"),
                        format!("cannot walk: {message}"),
                    ));
                    continue;
                }
            };
            if !entry.file_type().is_some_and(|t| t.is_file()) {
                continue;
            }
            let name = shown(entry.path());
            if ignored(entry.path()) {
                self.leave_out("factlint.toml 的 ignore 所排除", "ignored by factlint.toml");
                self.ignored += 1;
                continue;
            }
            match load::format_of(&name) {
                // A forced format picks the files of that format from a folder; it does not turn pictures into articles.
                Some(format) if forced.is_none_or(|f| f == format) => self.push(entry.into_path(), format, against),
                Some(_) => self.leave_out("不是所选的输入格式", "not the input format asked for"),
                None => {
                    let ending =
                        name.rsplit('/').next().and_then(|n| n.rsplit_once('.')).map(|(_, e)| e.to_lowercase());
                    match ending {
                        Some(e) => self
                            .leave_out(&format!("不支持的文件类型：.{e}"), &format!("unsupported kind of file: .{e}")),
                        None => self.leave_out("没有扩展名的文件", "file without an extension"),
                    }
                }
            }
        }
        let folders = folders.load(Ordering::Relaxed);
        self.ignored += folders;
        if folders > 0 {
            let reason = Text::new("factlint.toml 的 ignore 所排除的文件夹", "folder ignored by factlint.toml");
            *self.left_out.entry(reason).or_default() += folders;
        }
    }

    fn leave_out(&mut self, zh: &str, en: &str) {
        *self.left_out.entry(Text::new(zh, en)).or_default() += 1;
    }

    /// Sorts the inputs by name and drops a file that was named twice.
    pub fn settle(&mut self) {
        self.list.sort_by(|a, b| (&a.name, a.against).cmp(&(&b.name, b.against)));
        if self.list.len() > 1 {
            let mut seen = std::collections::BTreeSet::new();
            self.list.retain(|i| match &i.path {
                Some(path) => seen.insert(std::fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
                None => true,
            });
        }
    }
}

/// Whether it is a pipe, as `<(command)` of a shell gives.
fn is_pipe(meta: &std::fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        meta.file_type().is_fifo()
    }
    #[cfg(not(unix))]
    {
        let _ = meta;
        false
    }
}

fn unsupported(name: &str) -> Issue {
    fault(
        name,
        "不支持的文件类型；支持 .txt、.md、.html、.docx、.jsonl，也可用 --input-format 指定",
        "unsupported kind of file; give .txt, .md, .html, .docx or .jsonl, or say --input-format",
    )
}

/// The bytes of one input.
pub fn open(input: &Input) -> Result<Vec<u8>, Issue> {
    let bound = if input.format == Format::JsonLines { LINES_BOUND } else { BOUND };
    let too_large = || {
        let mib = bound >> 20;
        fault(
            &input.name,
            format!("文件超过 {mib} MiB；请拆分后再检查"),
            format!("file is over {mib} MiB; split it and check the parts"),
        )
    };
    let mut bytes = Vec::new();
    let read = match &input.path {
        None => std::io::stdin().lock().take(bound + 1).read_to_end(&mut bytes),
        Some(path) => File::open(path).and_then(|mut file| {
            let size = file.metadata().map_or(0, |m| m.len());
            if size > bound {
                return Ok(usize::MAX);
            }
            bytes.reserve_exact(size as usize + 1);
            file.by_ref().take(bound + 1).read_to_end(&mut bytes)
        }),
    };
    match read {
        Err(error) => Err(os_fault(&input.name, &error)),
        Ok(n) if n as u64 > bound => Err(too_large()),
        Ok(_) => Ok(bytes),
    }
}
