//! The command line: arguments, disk, terminal. Enters: the arguments of the process. Leaves: results on standard output, errors on
//! standard error, an exit status.

mod args;
mod check;
mod extract;
mod input;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use rayon::prelude::*;

use crate::model::{Issue, IssueLevel};
use crate::report::Interface;
use args::{Cli, Command, InputArgs};
use input::{Input, Inputs};

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

/// Runs the command that the arguments of the process name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Command::Check(args) => check::run(args),
        Command::Extract(args) => extract::run(args),
    };
    match done {
        Ok(status) => status.into(),
        Err(error) if closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "factlint: {error:#}");
            Status::Failed.into()
        }
    }
}

/// Whether the reader of standard output went away (`factlint … | head`).
fn closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// What all commands share: threads, language, the reading of inputs.
struct Session<'a> {
    args: &'a InputArgs,
    language: Interface,
    pool: Option<rayon::ThreadPool>,
}

impl<'a> Session<'a> {
    fn new(args: &'a InputArgs) -> Self {
        let language = args.ui_lang.map_or_else(locale, Interface::from);
        let pool = args.threads.and_then(|n| rayon::ThreadPoolBuilder::new().num_threads(n.max(1)).build().ok());
        Self { args, language, pool }
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
        let forced = self.args.input_format.map(Into::into);
        for path in paths {
            inputs.add(path, self.args.stdin_filename.as_deref(), forced, false);
        }
        for path in against {
            inputs.add(path, None, None, true);
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
        self.install(|| inputs.par_iter().map(work).collect())
    }

    /// Says on standard error what was wrong with the inputs.
    fn show_issues(&self, issues: &mut [Issue]) {
        issues.sort();
        let mut err = io::BufWriter::new(io::stderr().lock());
        for issue in issues.iter() {
            let level = match issue.level {
                IssueLevel::Warning => self.language.pick("警告", "warning"),
                IssueLevel::Error => self.language.pick("错误", "error"),
            };
            let line = issue.line.map(|l| format!(":{l}")).unwrap_or_default();
            let _ = writeln!(err, "factlint: {level}: {}{line}: {}", issue.path, self.language.of(&issue.message));
        }
        let _ = err.flush();
    }

    /// The status that the inputs alone decide: nothing read, or an input that could not be.
    fn outcome(&self, issues: &[Issue], read: usize, named: usize) -> Status {
        if read == 0 {
            if issues.is_empty() {
                let said = self.language.pick("没有可读的内容", "nothing to read: no file of a supported kind");
                let _ = writeln!(io::stderr(), "factlint: {said}");
            }
            return Status::Failed;
        }
        let _ = named;
        if issues.iter().any(|i| i.level == IssueLevel::Error) { Status::Failed } else { Status::Clean }
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
