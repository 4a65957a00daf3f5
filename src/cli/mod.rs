//! The command line: arguments, disk, terminal. Enters: the arguments of the process. Leaves: results on standard output, errors on
//! standard error, an exit status.

mod annotate;
mod args;
mod baseline;
mod check;
mod decisions;
mod diff;
mod explain;
mod extract;
mod facts;
mod help_table;
mod help_zh;
mod input;
mod rules;
mod selftest;
mod since;
mod watch;
pub mod workspace;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::error::ErrorKind as K;
use clap::{CommandFactory, FromArgMatches};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::model::{Issue, IssueLevel, Lang, Text};
use crate::report::{Interface, Options, plain};
use crate::settings::{self, Fault, Home, Paths, Settings};
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

/// The language server: the language asked for in, whether it was shut down in order out.
type Serve = fn(Option<Interface>) -> io::Result<bool>;

/// Runs the command that the arguments of the process name; `serve` is the language server.
pub fn main(serve: Serve) -> ExitCode {
    let cli = match arguments() {
        Ok(cli) => cli,
        Err(status) => return status,
    };
    let mut session = Session::new(&cli);
    match run(&cli, &mut session, serve) {
        Ok(status) => status.into(),
        Err(error) if closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "factlint: {}", shown(&error, session.language));
            Status::Failed.into()
        }
    }
}

/// The commands with their help in `language`.
fn commands(language: Interface) -> clap::Command {
    match language {
        Interface::Zh => help_zh::localized(Cli::command()),
        Interface::En => Cli::command(),
    }
}

/// The arguments of the process; where they ask for help or are wrong, that is said and the exit status is given.
fn arguments() -> Result<Cli, ExitCode> {
    // The language of help is needed before the arguments are understood.
    let mut words = std::env::args_os().skip(1).map(|w| w.to_string_lossy().into_owned());
    let mut asked = None;
    while let Some(word) = words.next() {
        match word.strip_prefix("--ui-lang") {
            Some("") => asked = words.next(),
            Some(rest) if rest.starts_with('=') => asked = Some(rest[1..].to_owned()),
            _ => {}
        }
    }
    let language = match asked.as_deref() {
        Some("zh") => Interface::Zh,
        Some("en") => Interface::En,
        _ => locale(),
    };
    let parsed = commands(language).try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let error = match parsed {
        Ok(cli) => return Ok(cli),
        Err(error) => error,
    };
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    if language == Interface::En {
        let _ = error.print();
        return Err(code);
    }
    let _ = match error.kind() {
        K::DisplayHelp => writeln!(io::stdout(), "{}", help_zh::page(&error.render().to_string()).trim_end()),
        K::DisplayHelpOnMissingArgumentOrSubcommand => {
            writeln!(io::stderr(), "{}", help_zh::page(&error.render().to_string()).trim_end())
        }
        K::DisplayVersion => write!(io::stdout(), "{}", error.render()),
        _ => writeln!(io::stderr(), "factlint: {}", plain_lines(&help_zh::mistake(&error))),
    };
    Err(code)
}

/// Lines without controls.
fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// An error told in both languages.
fn told(zh: impl Into<String>, en: impl Into<String>) -> anyhow::Error {
    Fault(Text::new(zh, en)).into()
}

/// What is wrong with a file or argument called `name`, told in both languages; controls in the name are written out.
fn told_of(name: &str, zh: impl std::fmt::Display, en: impl std::fmt::Display) -> anyhow::Error {
    let name = plain(name);
    told(format!("{name}：{zh}"), format!("{name}: {en}"))
}

/// An error in words of `language`.
fn shown(error: &anyhow::Error, language: Interface) -> String {
    match error.downcast_ref::<Fault>() {
        Some(Fault(text)) => language.of(text).to_owned(),
        None => format!("{error:#}"),
    }
}

fn run(cli: &Cli, session: &mut Session, serve: Serve) -> anyhow::Result<Status> {
    session.set_threads(cli.threads)?;
    match &cli.command {
        Command::Check(args) => check::run(args, session),
        Command::Annotate(args) => annotate::run(args, session),
        Command::Extract(args) => extract::run(args, session),
        Command::Diff(args) => diff::run(args, session),
        Command::Explain { check } => explain::run(check.as_deref(), session.language),
        Command::Rules(command) => rules::run(command, session.language),
        Command::Facts(command) => facts::run(command, session),
        Command::Baseline(command) => baseline::run(command, session),
        Command::Selftest(args) => selftest::run(args, session),
        Command::Init { schema } => init(*schema, session.language),
        Command::Lsp => {
            // The protocol wants 1 where the client went without `shutdown`.
            Ok(if serve(cli.ui_lang.map(Interface::from))? { Status::Clean } else { Status::Found })
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "factlint", &mut script);
            io::stdout().write_all(&script)?;
            Ok(Status::Clean)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(commands(session.language)).render(&mut page)?;
            io::stdout().write_all(&page)?;
            Ok(Status::Clean)
        }
    }
}

fn init(schema: bool, language: Interface) -> anyhow::Result<Status> {
    if schema {
        io::stdout().write_all(settings::schema().as_bytes())?;
        return Ok(Status::Clean);
    }
    let mut file = std::fs::File::create_new(settings::NAME).map_err(|e| {
        let (zh, en) = if e.kind() == io::ErrorKind::AlreadyExists {
            ("已经存在；请直接修改".to_owned(), "is there already; edit it".to_owned())
        } else {
            settings::os_message(&e)
        };
        told_of(settings::NAME, zh, en)
    })?;
    file.write_all(settings::template(language == Interface::Zh).as_bytes())?;
    Ok(Status::Clean)
}

/// Whether the reader of standard output went away (`factlint … | head`).
fn closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// What all commands share: threads, language, colour, the reading of inputs.
struct Session {
    language: Interface,
    /// Whether the command line chose it.
    chosen: bool,
    color: bool,
    /// The folder factlint runs in, where the terminal shows links.
    links: Option<&'static str>,
    /// Whether it goes on after a check.
    stays: bool,
    /// What is left out of folders.
    ignore: Option<(Home, Paths)>,
    pool: Option<rayon::ThreadPool>,
    /// The name of standard input.
    stdin_name: Option<String>,
    /// The format that every input is read as.
    forced: Option<crate::model::Format>,
}

impl Session {
    fn new(cli: &Cli) -> Self {
        let color =
            !cli.no_color && !matches!(anstream::AutoStream::choice(&io::stdout()), anstream::ColorChoice::Never);
        let (language, chosen) = (cli.ui_lang.map_or_else(locale, Interface::from), cli.ui_lang.is_some());
        let links = if color && knows_links() { std::env::current_dir().ok() } else { None };
        // It lives as long as the process, as the terminal does.
        let links = links.map(|folder| &*folder.to_string_lossy().into_owned().leak());
        Self { language, chosen, color, links, pool: None, stdin_name: None, forced: None, ignore: None, stays: false }
    }

    fn set_threads(&mut self, threads: Option<usize>) -> anyhow::Result<()> {
        self.pool = match threads {
            None => None,
            Some(n @ 1..=512) => Some(rayon::ThreadPoolBuilder::new().num_threads(n).build()?),
            Some(n) => {
                return Err(told_of(
                    &format!("--threads {n}"),
                    "请给 1 到 512 之间的数",
                    "give a number from 1 to 512",
                ));
            }
        };
        Ok(())
    }

    /// The settings named, or the nearest; their language holds where none is asked for.
    fn settings(&mut self, named: Option<&Path>) -> anyhow::Result<Settings> {
        let settings = match named {
            Some(path) => settings::load(path)?,
            None => {
                std::env::current_dir().map_or_else(|_| Ok(Settings::default()), |here| settings::of_folder(&here))?
            }
        };
        if let (false, Some(lang)) = (self.chosen, settings.ui_lang) {
            self.language = if lang == Lang::Zh { Interface::Zh } else { Interface::En };
        }
        self.ignore = settings.ignore.clone().map(|paths| (settings.home.clone(), paths));
        Ok(settings)
    }

    /// Takes over how inputs are to be read.
    fn take(&mut self, args: &args::InputArgs) {
        self.stdin_name.clone_from(&args.stdin_filename);
        self.forced = args.input_format.map(Into::into);
    }

    /// How reports are written to standard output.
    fn options(&self) -> Options {
        Options { language: self.language, color: self.color, links: self.links }
    }

    /// `text` in a style of the terminal, where standard output takes colour.
    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// The inputs under `paths` and `against`; an error where none is named.
    fn inputs(&self, paths: &[PathBuf], against: &[PathBuf]) -> anyhow::Result<Inputs> {
        if paths.is_empty() {
            return Err(told(
                "没有可读的内容；请给出文件、文件夹，或用 - 读取标准输入",
                "nothing to read; name a file, a folder, or - for standard input",
            ));
        }
        let mut inputs = Inputs { ignore: self.ignore.clone(), ..Inputs::default() };
        for path in paths {
            inputs.add(path, self.stdin_name.as_deref(), self.forced, false);
        }
        for path in against {
            inputs.add(path, self.stdin_name.as_deref(), self.forced, true);
        }
        inputs.settle();
        if inputs.list.is_empty() && inputs.issues.is_empty() && inputs.ignored > 0 {
            return Err(told(
                "所给文件都被 factlint.toml 的 ignore 排除；直接给出文件名可照样检查",
                "every file is left out by `ignore` in factlint.toml; a file that is named is checked all the same",
            ));
        }
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

/// Whether the terminal says that it shows links (OSC 8); `FORCE_HYPERLINK` decides where it is set.
fn knows_links() -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    if let Some(forced) = set("FORCE_HYPERLINK") {
        return forced != "0";
    }
    if !io::stdout().is_terminal() || set("CI").is_some() {
        return false;
    }
    let known = ["WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WEZTERM_PANE", "DOMTERM", "ALACRITTY_WINDOW_ID"];
    let program = set("TERM_PROGRAM")
        .is_some_and(|p| ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"].contains(&p.as_str()));
    let vte = set("VTE_VERSION").and_then(|v| v.parse::<u32>().ok()).is_some_and(|v| v >= 5000);
    program || vte || known.iter().any(|name| set(name).is_some())
}

/// The language that the environment asks for.
fn locale() -> Interface {
    let set = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
    match set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")) {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Interface::Zh,
        _ => Interface::En,
    }
}
