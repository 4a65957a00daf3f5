//! A folder of its own for one test, and the program run in it.

#![allow(dead_code)] // each test file uses a part of it

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own for one test, removed at the end.
pub struct Desk(pub PathBuf);

impl Desk {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("factlint-desk-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder for the test");
        Self(folder)
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("a file of text")
    }

    /// The program with these arguments, ready to start.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
        command.args(args).current_dir(&self.0).env("LC_ALL", "C");
        for name in ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "FORCE_HYPERLINK"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, b"")
    }

    pub fn run_with(&self, args: &[&str], stdin: &[u8]) -> Output {
        let mut child = self.command(args).spawn().expect("the program starts");
        // A program that does not read its input may be gone before all of it is written.
        let _ = child.stdin.take().expect("piped").write_all(stdin);
        child.wait_with_output().expect("the program ends")
    }

    /// Runs git here; its settings do not depend on the machine.
    pub fn git(&self, args: &[&str]) -> String {
        let names = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
        let output = Command::new("git")
            .args(args)
            .current_dir(&self.0)
            .envs(names.map(|n| (n, "desk@example.org")))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .output()
            .expect("git runs");
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("errors are UTF-8")
}

pub fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).expect("JSON")
}

/// Two articles that cannot both be right.
pub const A: &str = "开发区分站上线\n\n当天，已有4000多家本地供应商率先入驻该平台，企业参与热情高涨。\n";
pub const B: &str = "开发区企业触网\n\n当天，已有5000多家本地供应商率先入驻该平台，企业参与热情高涨。\n";
