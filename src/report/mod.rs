//! Report → one output format a file, and one line in [`REGISTRY`]. Enters: a [`crate::model::Report`]. Leaves: bytes on a writer. Reads the model only.

mod escape;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod rdjsonl;
pub mod record;
mod sarif;
mod summary;
mod text;
pub mod view;
pub mod word;

use std::io::{self, Write};

pub use escape::{markdown, plain};
pub use html::{Said, said};
pub use json::to_json;
pub use summary::grouped;
pub use text::why;
pub use view::part_name;

use crate::model::{Report, Text};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interface {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl Interface {
    /// The wording of `text` in this language.
    pub fn of(self, text: &Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En => &text.en,
        }
    }

    /// One of two fixed wordings.
    pub const fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// How a report is to be written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Language of messages.
    pub language: Interface,
    /// Whether text may carry the colours of a terminal.
    pub color: bool,
    /// The folder that relative paths start from, where text may carry the links of a terminal (OSC 8).
    pub links: Option<&'static str>,
}

impl Options {
    /// The same for a file: no colours, no links.
    #[must_use]
    pub const fn for_file(self) -> Self {
        Self { language: self.language, color: false, links: None }
    }
}

/// Writes a report.
pub type Render = fn(&Report, Options, &mut dyn Write) -> io::Result<()>;

/// An output format: its name, what it is for, and how it is written.
#[derive(Clone, Copy)]
pub struct Reporter {
    /// Name for `--format` and `--out`.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Writes it.
    pub render: Render,
}

/// Every format of `check`, in the order that help shows.
pub static REGISTRY: &[Reporter] = &[
    Reporter { name: "text", about: "for reading in a terminal", render: text::text },
    Reporter { name: "markdown", about: "for forwarding: a table, then each discrepancy", render: markdown::markdown },
    Reporter { name: "json", about: "one JSON object: summary and findings", render: json::json },
    Reporter { name: "jsonl", about: "one finding a line", render: json::jsonl },
    Reporter { name: "sarif", about: "SARIF 2.1.0, for code scanning and editors", render: sarif::sarif },
    Reporter { name: "html", about: "one offline page to review, decide and print", render: html::html },
    Reporter { name: "github", about: "GitHub workflow commands", render: github::github },
    Reporter { name: "gitlab", about: "GitLab Code Quality", render: gitlab::gitlab },
    Reporter { name: "junit", about: "JUnit XML", render: junit::junit },
    Reporter { name: "rdjsonl", about: "Reviewdog Diagnostic Format", render: rdjsonl::rdjsonl },
];

/// The reporter with this name.
pub fn reporter(name: &str) -> Option<&'static Reporter> {
    REGISTRY.iter().find(|r| r.name == name)
}
