//! `factlint.toml`. Enters: its path, or the folder to look upwards from. Leaves: checked [`Settings`]. A settings file in a tree that is
//! checked may come from anyone: it names no place outside its own folder, runs nothing, and its text is never echoed at length.
//!
//! ```no_run
//! # use factlint::settings;
//! let settings = settings::of_folder("稿件".as_ref())?;
//! assert!(settings.path.is_some(), "the nearest factlint.toml upwards");
//! # Ok::<(), settings::Fault>(())
//! ```

mod except;
mod file;
mod keys;
mod place;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

pub use except::{Applied, apply};
pub use keys::{KEYS, Key, schema, template};
pub use place::{Home, Paths};

use crate::lang::alias::Aliases;
use crate::model::{Lang, Severity, Text};
use crate::rule;

/// The largest configuration or rule file that is read, in bytes.
const BOUND: u64 = 1 << 20;
/// The most mistakes that are told of one file.
const MISTAKES: usize = 10;

/// The name looked for upwards.
pub const NAME: &str = "factlint.toml";

/// From which severity on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// An error.
    Error,
    /// An error or a warning.
    Warning,
    /// Nothing.
    Never,
}

impl FailOn {
    /// Whether a finding of `severity` fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Never => false,
        }
    }
}

/// Severity of each check that is named, or `None` to turn it off.
pub type Severities = BTreeMap<&'static str, Option<Severity>>;

/// Severities for some paths.
#[derive(Debug, Clone)]
pub struct Override {
    /// Which documents.
    pub paths: Paths,
    /// What holds for them.
    pub checks: Severities,
}

/// An exception written in the settings; what it names must all hold of one place of a finding.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its line in the settings.
    pub line: u32,
    /// Which documents; `None` for any.
    pub paths: Option<Paths>,
    /// Which checks; empty for all.
    pub checks: Vec<&'static str>,
    /// Words that the sentence of the place holds.
    pub text: Option<String>,
    /// The fingerprint of the finding.
    pub fingerprint: Option<String>,
    /// Why.
    pub reason: String,
}

/// Checked settings.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The file they came from.
    pub path: Option<PathBuf>,
    /// What relative paths in it start from, and what names of documents start from.
    pub home: Home,
    /// What to check when no path is given.
    pub paths: Vec<PathBuf>,
    /// What to leave out of folders.
    pub ignore: Option<Paths>,
    /// What to compare with.
    pub against: Vec<PathBuf>,
    /// Rule files and folders.
    pub rules: Vec<PathBuf>,
    /// A file of settled values.
    pub facts: Option<PathBuf>,
    /// Findings accepted earlier.
    pub baseline: Option<PathBuf>,
    /// Languages to read; empty for all.
    pub languages: Vec<Lang>,
    /// Severity of a check, or `None` to turn it off.
    pub checks: Severities,
    /// Severities for some paths; the last that fits decides.
    pub overrides: Vec<Override>,
    /// What is let stand.
    pub exceptions: Vec<Entry>,
    /// Other forms of names.
    pub aliases: Aliases,
    /// From which severity on a run fails.
    pub fail_on: Option<FailOn>,
    /// Language of messages: `zh` or `en`.
    pub ui_lang: Option<Lang>,
}

/// Why settings could not be read: a message with the file, its line and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub Text);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for Fault {}

/// The nearest `factlint.toml` in `folder` or above it.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|f| f.join(NAME)).find(|path| path.is_file())
}

/// The settings in force in `folder`: those of the nearest file upwards, or none.
pub fn of_folder(folder: &Path) -> Result<Settings, Fault> {
    nearest(folder).map_or_else(|| Ok(Settings::default()), |path| load(&path))
}

/// The text of a small file of ours: a regular file, UTF-8, at most 1 MiB.
pub fn small_file(path: &Path) -> Result<String, Fault> {
    let name = path.to_string_lossy();
    let name = rule::visible(&name);
    let fail = |(zh, en): (String, String)| Fault(Text::new(format!("{name}：{zh}"), format!("{name}: {en}")));
    let meta = std::fs::metadata(path).map_err(|e| fail(os_message(&e)))?;
    if !meta.is_file() {
        return Err(fail(("不是普通文件；请给出文件".to_owned(), "is no regular file; name a file".to_owned())));
    }
    if meta.len() > BOUND {
        let most = BOUND >> 10;
        return Err(fail((
            format!("超过 {most} KiB；这类文件应由人手写，不会太大"),
            format!("is over {most} KiB; such a file is written by hand and small"),
        )));
    }
    let bytes = std::fs::read(path).map_err(|e| fail(os_message(&e)))?;
    rule::decode(&path.to_string_lossy(), &bytes).map_err(|e| Fault(e.told()))
}

/// What an error of the system says, Chinese and English.
pub fn os_message(error: &std::io::Error) -> (String, String) {
    use std::io::ErrorKind as K;
    let (zh, en) = match error.kind() {
        K::NotFound => ("没有这个文件或文件夹；请检查路径", "no such file or folder; check the path"),
        K::PermissionDenied => ("没有权限；请检查文件权限", "permission denied; check the file's permissions"),
        K::IsADirectory => ("是文件夹，不是文件", "is a folder, not a file"),
        _ => return (format!("无法读写：{error}"), format!("cannot read or write: {error}")),
    };
    (zh.to_owned(), en.to_owned())
}

/// Reads and checks the settings at `path`.
pub fn load(path: &Path) -> Result<Settings, Fault> {
    let text = small_file(path)?;
    let mut folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let here = std::env::current_dir().unwrap_or_default();
    let home = Home::new(&here.join(&folder), &here);
    if here == folder {
        folder = PathBuf::new();
    }
    let read = file::check(&path.to_string_lossy(), &text, &folder, home);
    let settings = read.map_err(|errors| {
        let told: Vec<Text> = errors.iter().take(MISTAKES).map(rule::RuleError::told).collect();
        let join = |of: fn(&Text) -> &str| told.iter().map(of).collect::<Vec<_>>().join("\n");
        Fault(Text::new(join(|t| &t.zh), join(|t| &t.en)))
    })?;
    Ok(Settings { path: Some(path.to_owned()), ..settings })
}
