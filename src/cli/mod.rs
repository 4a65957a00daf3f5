//! The command line: arguments, disk, terminal. Enters: the arguments of the process. Leaves: results on standard output, errors on
//! standard error, an exit status.

mod args;
mod baseline;
mod check;
mod config;
mod decisions;
mod diff;
mod explain;
mod extract;
mod facts;
mod input;
mod rules;
mod selftest;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::{CommandFactory, Parser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::model::{Issue, IssueLevel};
use crate::report::{Interface, plain};
use args::{Cli, Command};
use input::{Input, Inputs};

/// How long a run takes before it shows its progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// The most issues that are listed one by one on standard error.
const ISSUES: usize = 100;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing at or above the threshold.
    Clean,
    /// Something is.
    Found,
    /// The work could not be done, or not all of it.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Found => 1,
            Status::Failed => 2,
        })
    }
}

/// Runs the command that the arguments of the process name; `serve` is the language server.
pub fn main(serve: fn() -> io::Result<()>) -> ExitCode {
    let cli = Cli::parse();
    match run(&cli, serve) {
        Ok(status) => status.into(),
        Err(error) if closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "factlint: {error:#}");
            Status::Failed.into()
        }
    }
}

fn run(cli: &Cli, serve: fn() -> io::Result<()>) -> anyhow::Result<Status> {
    let mut session = Session::new(cli)?;
    match &cli.command {
        Command::Check(args) => check::run(args, &mut session),
        Command::Extract(args) => extract::run(args, &mut session),
        Command::Diff(args) => diff::run(args, &session),
        Command::Explain { check } => explain::run(check.as_deref(), session.language),
        Command::Rules(command) => rules::run(command, session.language),
        Command::Facts(command) => facts::run(command, &mut session),
        Command::Baseline(command) => baseline::run(command, &mut session),
        Command::Selftest(args) => selftest::run(args, &mut session),
        Command::Init => init(),
        Command::Lsp => {
            serve()?;
            Ok(Status::Clean)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "factlint", &mut script);
            io::stdout().write_all(&script)?;
            Ok(Status::Clean)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            io::stdout().write_all(&page)?;
            Ok(Status::Clean)
        }
    }
}

fn init() -> anyhow::Result<Status> {
    let mut file = match std::fs::File::create_new(config::NAME) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            anyhow::bail!("{}: is there already; edit it", config::NAME)
        }
        Err(e) => anyhow::bail!("{}: {}", config::NAME, input::os_message(&e).1),
    };
    file.write_all(config::TEMPLATE.as_bytes())?;
    Ok(Status::Clean)
}

/// Whether the reader of standard output went away (`factlint … | head`).
fn closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// What all commands share: threads, language, colour, the reading of inputs.
struct Session {
    language: Interface,
    color: bool,
    pool: Option<rayon::ThreadPool>,
    /// The name of standard input.
    stdin_name: Option<String>,
    /// The format that every input is read as.
    forced: Option<crate::model::Format>,
}

impl Session {
    fn new(cli: &Cli) -> anyhow::Result<Self> {
        let pool = match cli.threads {
            None => None,
            Some(n @ 1..=512) => Some(rayon::ThreadPoolBuilder::new().num_threads(n).build()?),
            Some(n) => anyhow::bail!("--threads {n}: give a number from 1 to 512"),
        };
        let color =
            !cli.no_color && !matches!(anstream::AutoStream::choice(&io::stdout()), anstream::ColorChoice::Never);
        let language = cli.ui_lang.map_or_else(locale, Interface::from);
        Ok(Self { language, color, pool, stdin_name: None, forced: None })
    }

    /// Takes over how inputs are to be read.
    fn take(&mut self, args: &args::InputArgs) {
        self.stdin_name.clone_from(&args.stdin_filename);
        self.forced = args.input_format.map(Into::into);
    }

    /// `text` in a style of the terminal, where standard output takes colour.
    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// The inputs under `paths` and `against`; an error where none is named.
    fn inputs(&self, paths: &[PathBuf], against: &[PathBuf]) -> anyhow::Result<Inputs> {
        if paths.is_empty() {
            let said = self.language.pick(
                "没有可读的内容；请给出文件、文件夹，或用 - 读取标准输入",
                "nothing to read; name a file, a folder, or - for standard input",
            );
            anyhow::bail!("{said}");
        }
        let mut inputs = Inputs::default();
        for path in paths {
            inputs.add(path, self.stdin_name.as_deref(), self.forced, false);
        }
        for path in against {
            inputs.add(path, self.stdin_name.as_deref(), self.forced, true);
        }
        inputs.settle();
        Ok(inputs)
    }

    /// Runs `work` under the thread count asked for.
    fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// `work` for each input, in order, on all threads.
    fn each<T: Send>(&self, inputs: &[Input], work: impl Fn(&Input) -> T + Sync + Send) -> Vec<T> {
        if let [one] = inputs {
            return vec![self.install(|| work(one))];
        }
        let progress = Progress::new(inputs.len() as u64);
        self.install(|| {
            inputs
                .par_iter()
                .map(|input| {
                    let done = work(input);
                    progress.step();
                    done
                })
                .collect()
        })
    }

    /// Says on standard error what was wrong with the inputs.
    fn show_issues(&self, issues: &mut [Issue]) {
        issues.sort();
        let mut err = io::BufWriter::new(io::stderr().lock());
        for issue in issues.iter().take(ISSUES) {
            let level = match issue.level {
                IssueLevel::Warning => self.language.pick("警告", "warning"),
                IssueLevel::Error => self.language.pick("错误", "error"),
            };
            let line = issue.line.map(|l| format!(":{l}")).unwrap_or_default();
            let message = plain(self.language.of(&issue.message));
            let _ = writeln!(err, "factlint: {level}: {}{line}: {message}", plain(&issue.path));
        }
        if issues.len() > ISSUES {
            let more = issues.len() - ISSUES;
            let _ = writeln!(err, "factlint: {}{more}", self.language.pick("其余问题 ", "further problems: "));
        }
        let _ = err.flush();
    }

    /// The status that the inputs alone decide: nothing read, or an input that could not be.
    fn outcome(&self, issues: &[Issue], read: usize) -> Status {
        if read == 0 && issues.is_empty() {
            let said = self
                .language
                .pick("没有可读的内容：没有支持的文件类型", "nothing to read: no file of a supported kind");
            let _ = writeln!(io::stderr(), "factlint: {said}");
        }
        let failed = read == 0 || issues.iter().any(|i| i.level == IssueLevel::Error);
        if failed { Status::Failed } else { Status::Clean }
    }
}

/// A bar on standard error, for runs that take long and have someone to watch them.
struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: Mutex<bool>,
}

impl Progress {
    fn new(steps: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden());
        // Where nobody watches, the bar counts as shown from the first: it is never drawn.
        Self { bar, begun: Instant::now(), shown: Mutex::new(!io::stderr().is_terminal()) }
    }

    fn step(&self) {
        self.bar.inc(1);
        if let Ok(mut shown) = self.shown.try_lock()
            && !*shown
            && self.begun.elapsed() > PATIENCE
        {
            *shown = true;
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {eta}") {
                self.bar.set_style(style);
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The nearest configuration, or the one named.
fn configuration(named: Option<&Path>) -> anyhow::Result<config::Config> {
    match named {
        Some(path) => config::read(path),
        None => match std::env::current_dir().ok().and_then(|here| config::nearest(&here)) {
            Some(path) => config::read(&path),
            None => Ok(config::Config::default()),
        },
    }
}

/// The language that the environment asks for.
fn locale() -> Interface {
    let set = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
    match set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")) {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Interface::Zh,
        _ => Interface::En,
    }
}
