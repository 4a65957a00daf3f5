//! The command line: commands, flags, and their help. Data for clap; does nothing itself.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::Format;
use crate::report::Interface;
use crate::settings;

/// Finds the figures in articles that cannot all be true.
#[derive(Debug, Parser)]
#[command(
    name = "factlint",
    version,
    about,
    propagate_version = true,
    max_term_width = 110,
    arg_required_else_help = true
)]
#[command(after_help = "Examples:
  factlint check draft.md                     one draft against itself
  factlint check articles/ --format markdown  a folder, every article against every other
  factlint check draft.md --against archive/  a draft against what was published
  cat draft.txt | factlint check -            standard input
  factlint check . --out markdown=report.md --out sarif=report.sarif
                                              several reports from one run

Exit status of check: 0 nothing at or above --fail-on, 1 something is, 2 it could not do the work.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Language of messages [default: from the locale].
    #[arg(long, value_name = "LANG", global = true)]
    pub ui_lang: Option<UiLang>,
    /// How many threads to use [default: one a core].
    #[arg(long, value_name = "N", global = true)]
    pub threads: Option<usize>,
    /// No colour in text output.
    #[arg(long, global = true)]
    pub no_color: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report the figures that cannot all be true.
    Check(Box<CheckArgs>),
    /// Put the findings into a copy of a Word document, as comments on the figures themselves.
    Annotate(Box<AnnotateArgs>),
    /// Print every claim, whether or not it conflicts.
    Extract(ExtractArgs),
    /// Show the near-duplicate passages of two files, where they differ, and which claims changed from the first to the second.
    Diff(DiffArgs),
    /// Say what a check looks for; without an id, list the checks.
    Explain {
        /// Id of a check, such as conflicting-figure.
        check: Option<String>,
    },
    /// List or test the rules.
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Settled values to check against.
    #[command(subcommand)]
    Facts(FactsCommand),
    /// Accept what stands today; only new findings fail.
    #[command(subcommand)]
    Baseline(BaselineCommand),
    /// Plant known slips in copies of articles, and measure the checks on them; nothing is written.
    Selftest(SelftestArgs),
    /// Write a commented factlint.toml into this folder.
    Init {
        /// Print the JSON Schema of factlint.toml instead, for editors that complete and check TOML.
        #[arg(long)]
        schema: bool,
    },
    /// Serve an editor: the language server protocol on standard input and output.
    Lsp,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

/// Which inputs, and how they are read.
#[derive(Debug, Clone, Args)]
pub struct InputArgs {
    /// Files, folders (honouring .gitignore), or `-` for standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The name that standard input has in every output.
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// Read every input as this format, whatever its name says.
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
}

/// `factlint selftest`.
#[derive(Debug, Args)]
pub struct SelftestArgs {
    /// Inputs.
    #[command(flatten)]
    pub input: InputArgs,
    /// Which figures get the slips: the same for the same seed.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
}

/// What a run reads and goes by.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// Inputs.
    #[command(flatten)]
    pub input: InputArgs,
    /// Compare with these as well; what stands only in them is not reported.
    #[arg(long, value_name = "PATH")]
    pub against: Vec<PathBuf>,
    /// A file of settled values (`factlint facts init` makes one), taken as an article that is always right.
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,
    /// A rule file, or a folder of them, on top of the rules built in.
    #[arg(long, value_name = "FOLDER|FILE")]
    pub rules: Vec<PathBuf>,
    /// The configuration [default: the nearest factlint.toml upwards].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Inputs and rules.
    #[command(flatten)]
    pub run: RunArgs,
    /// Findings accepted earlier (`factlint baseline write`): they are counted, not reported.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Format of the report [default: text].
    #[arg(long, value_name = "FORMAT", value_parser = reporters())]
    pub format: Option<String>,
    /// Write a report to a file as well; may be given more than once.
    #[arg(long, value_name = "FORMAT=FILE")]
    pub out: Vec<String>,
    /// From which severity on the exit status is 1 [default: error].
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    /// Report only findings that touch lines changed since a git revision (its merge base with HEAD), or new files.
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// List the claims that changed between two versions of an article, and check nothing.
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["since", "watch"])]
    pub diff: Vec<PathBuf>,
    /// Stay, and check again whenever an input, a rule or the settings change.
    #[arg(long)]
    pub watch: bool,
    /// List the pairs of claims that were close and not compared, with the reason.
    #[arg(long)]
    pub explain_pairs: bool,
}

/// Arguments of `annotate`.
#[derive(Debug, Args)]
pub struct AnnotateArgs {
    /// The draft, one .docx, and rules.
    #[command(flatten)]
    pub run: RunArgs,
    /// The copy to write.
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// Findings accepted earlier (`factlint baseline write`): they get no comment.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// The commands of `facts`.
#[derive(Debug, Subcommand)]
pub enum FactsCommand {
    /// Print a facts file made of the sentences that state a figure and that no finding speaks of.
    Init(RunArgs),
}

/// Where a baseline lies.
#[derive(Debug, Args)]
pub struct BaselineFile {
    /// The baseline [default: that of factlint.toml, or factlint-baseline.json].
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// The commands of `baseline`.
#[derive(Debug, Subcommand)]
pub enum BaselineCommand {
    /// Accept every finding of today.
    Write {
        /// The baseline.
        #[command(flatten)]
        file: BaselineFile,
        /// Why they are accepted.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Inputs and rules.
        #[command(flatten)]
        run: Box<RunArgs>,
    },
    /// Drop what was accepted and is found no more.
    Prune {
        /// The baseline.
        #[command(flatten)]
        file: BaselineFile,
        /// Inputs and rules.
        #[command(flatten)]
        run: Box<RunArgs>,
    },
    /// List what was accepted.
    Show {
        /// The baseline.
        #[command(flatten)]
        file: BaselineFile,
    },
    /// Take over decisions.json of the review page, then check as `factlint check --baseline` does.
    ///
    /// A PATH that ends in .json holds decisions. Both-right and not-the-same go into the baseline with their notes, a side that is
    /// right into the facts file (--facts, or facts.toml), later changes nothing. With the articles named as well, each decision is held against
    /// what they say today, and one whose values have changed is told and left out.
    #[command(override_usage = "factlint baseline apply [OPTIONS] [DECISIONS.json]… [PATH]…")]
    Apply {
        /// The baseline.
        #[command(flatten)]
        file: BaselineFile,
        /// Inputs and rules.
        #[command(flatten)]
        run: Box<RunArgs>,
    },
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The first file, or a folder.
    pub a: PathBuf,
    /// The second.
    pub b: PathBuf,
    /// One pair of passages a line as JSON, instead of text.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ExtractFormat>,
}

/// The commands of `rules`.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List the rules in force.
    List {
        /// A rule file, or a folder of them, on top of the rules built in.
        #[arg(long, value_name = "FOLDER|FILE")]
        rules: Vec<PathBuf>,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Run the examples inside the rule files.
    Test {
        /// A rule file, or a folder of them, on top of the rules built in.
        #[arg(long, value_name = "FOLDER|FILE")]
        rules: Vec<PathBuf>,
    },
    /// Print the JSON Schema of rule files, for editors that complete and check TOML.
    Schema,
}

/// Arguments of `extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Inputs.
    #[command(flatten)]
    pub input: InputArgs,
    /// One claim a line, or one array.
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: ExtractFormat,
}

fn reporters() -> clap::builder::PossibleValuesParser {
    crate::report::REGISTRY
        .iter()
        .map(|r| clap::builder::PossibleValue::new(r.name).help(r.about))
        .collect::<Vec<_>>()
        .into()
}

/// Output formats of `extract`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// One claim a line.
    Jsonl,
    /// One array.
    Json,
}

/// Input formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// One article a line.
    Jsonl,
    /// A Word document.
    Docx,
}

impl From<InputFormat> for Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::Markdown => Self::Markdown,
            InputFormat::Html => Self::Html,
            InputFormat::Jsonl => Self::JsonLines,
            InputFormat::Docx => Self::Docx,
        }
    }
}

/// Languages of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UiLang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<UiLang> for Interface {
    fn from(lang: UiLang) -> Self {
        match lang {
            UiLang::Zh => Self::Zh,
            UiLang::En => Self::En,
        }
    }
}

/// From which severity on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// An error.
    Error,
    /// An error or a warning.
    Warning,
    /// Nothing.
    Never,
}

impl From<FailOn> for settings::FailOn {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Never => Self::Never,
        }
    }
}
