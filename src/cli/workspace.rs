//! What a folder holds as the commands see it, for an editor that stays in it: settings, rules, settled values, accepted findings, files.
//! Enters: the folders of a workspace. Leaves: an engine, options, and the list of files to compare with. The one door by which the
//! language server comes to the disk.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::facts::Settled;
use super::input::{self, Input, Inputs};
use super::{baseline, check, facts, rules};
use crate::model::{Claim, Corpus, Finding, Lang};
use crate::pipeline::{CheckOptions, Engine, Piece, Role};
use crate::report::Interface;
use crate::rule::RuleSet;
use crate::settings;

/// The baseline of a folder, where the command names no other.
const BASELINE: &str = "factlint-baseline.json";
/// The settled values of a folder whose settings name none.
const FACTS: &str = "facts.toml";
/// The most files that are compared with.
const FILES: usize = 5000;
/// The most bytes that are compared with.
const BYTES: u64 = 64 << 20;
/// The largest file that is compared with, in bytes.
const FILE: u64 = 16 << 20;

/// The folders of a workspace with their settings.
pub struct Workspace {
    /// Languages and rules.
    pub engine: Engine,
    /// Languages, severities, accepted findings.
    pub options: CheckOptions,
    /// Settled values.
    pub facts: Option<Piece>,
    /// The language of messages that the settings ask for.
    pub language: Option<Interface>,
    paths: Vec<PathBuf>,
    against: Vec<PathBuf>,
    baseline: PathBuf,
    facts_file: PathBuf,
}

/// A file to compare with, and how it stood when it was listed.
#[derive(Debug, Clone)]
pub struct Listed {
    input: Input,
    /// When it was changed last, and its length.
    pub state: (Option<SystemTime>, u64),
}

impl Listed {
    /// The name that its documents have.
    pub fn name(&self) -> &str {
        &self.input.name
    }
}

/// A path that does not depend on where the process stands.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

impl Workspace {
    /// A workspace without folders: nothing is read.
    pub fn none() -> Self {
        Self {
            engine: Engine::new(RuleSet::embedded()),
            options: CheckOptions::default(),
            facts: None,
            language: None,
            paths: Vec::new(),
            against: Vec::new(),
            baseline: PathBuf::new(),
            facts_file: PathBuf::new(),
        }
    }

    /// The workspace of `folders`, with the `factlint.toml` nearest to the first of them.
    pub fn open(folders: &[PathBuf]) -> anyhow::Result<Self> {
        let Some(first) = folders.first() else { return Ok(Self::none()) };
        let settings = settings::of_folder(first)?;
        let home = settings.path.as_deref().and_then(Path::parent).unwrap_or(first);
        let engine = Engine::new(rules::load(&settings.rules)?).with_aliases(settings.aliases.clone());
        let facts_file = settings.facts.clone().unwrap_or_else(|| home.join(FACTS));
        let facts = facts_file.exists().then(|| facts::read(&facts_file, &engine)).transpose()?;
        let baseline = settings.baseline.clone().unwrap_or_else(|| home.join(BASELINE));
        let accepted = baseline.exists().then(|| baseline::accepted(&baseline)).transpose()?.unwrap_or_default();
        let all = |paths: &[PathBuf]| paths.iter().map(|p| absolute(p)).collect();
        Ok(Self {
            engine,
            facts,
            language: settings.ui_lang.map(|l| if l == Lang::Zh { Interface::Zh } else { Interface::En }),
            paths: all(if settings.paths.is_empty() { folders } else { &settings.paths }),
            against: all(&settings.against),
            baseline,
            facts_file,
            options: CheckOptions { settings, accepted, ..CheckOptions::default() },
        })
    }

    /// The files to compare with, sorted by name, and how many were left out because they are too many or too large.
    pub fn files(&self) -> (Vec<Listed>, usize) {
        let settings = &self.options.settings;
        let ignore = settings.ignore.clone().map(|paths| (settings.home.clone(), paths));
        let mut inputs = Inputs { ignore, ..Inputs::default() };
        for path in self.paths.iter().chain(&self.against) {
            inputs.add(path, None, None, true);
        }
        inputs.settle();
        let (mut listed, mut bytes, mut left_out) = (Vec::new(), 0, 0);
        for input in inputs.list {
            let meta = input.path.as_deref().and_then(|p| std::fs::metadata(p).ok());
            let state = meta.map_or((None, 0), |m| (m.modified().ok(), m.len()));
            if listed.len() >= FILES || state.1 > FILE || bytes + state.1 > BYTES {
                left_out += 1;
                continue;
            }
            bytes += state.1;
            listed.push(Listed { input, state });
        }
        (listed, left_out)
    }

    /// Reads one file; what cannot be read is empty.
    pub fn read(&self, listed: &Listed) -> Piece {
        let input = &listed.input;
        let piece = input::open(input).map(|bytes| self.engine.read(&input.name, &bytes, input.format));
        Piece { role: Role::Against, ..piece.unwrap_or_default() }
    }

    /// Whether the disk has a place for accepted findings and settled values.
    pub fn is_on_disk(&self) -> bool {
        !self.paths.is_empty()
    }

    /// Whether a change of the file at `path` changes more than one article.
    pub fn depends_on(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default();
        name == BASELINE || path.extension().is_some_and(|e| e == "toml")
    }

    /// Accepts a finding in the baseline; leaves its path.
    pub fn accept(&self, finding: &Finding, message: &str, reason: &str) -> anyhow::Result<&Path> {
        baseline::accept(&self.baseline, finding, message, reason)?;
        Ok(&self.baseline)
    }

    /// Settles what the sentence of `claim` says; leaves the path of the facts.
    pub fn settle(&self, corpus: &Corpus, claim: &Claim) -> anyhow::Result<&Path> {
        let (article, document) = (corpus.article(claim.article), corpus.document_of(claim.article));
        let home = absolute(&self.facts_file);
        let home = home.parent().map(|p| p.to_string_lossy().replace('\\', "/")).unwrap_or_default();
        let path = document.path.strip_prefix(&home).map_or(document.path.as_str(), |p| p.trim_start_matches('/'));
        let line = document.positions(claim.span).0.line;
        let settled = Settled {
            text: corpus.text(claim.article, corpus.sentence(claim.sentence).span).to_owned(),
            source: format!("{} {path}:{line}", article.title_text),
            date: article.date.map(|d| d.to_string()),
        };
        check::write(&self.facts_file, facts::with(&self.facts_file, &[settled])?.as_bytes())?;
        Ok(&self.facts_file)
    }
}

/// An error in words of `language`.
pub fn said(error: &anyhow::Error, language: Interface) -> String {
    super::shown(error, language)
}
