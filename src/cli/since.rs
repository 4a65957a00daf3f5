//! `--since REV`: which lines changed since a revision of git. Enters: a revision, and the git of the folder factlint runs in. Leaves:
//! changed lines by file; findings that touch none of them are counted, not reported.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{told, told_of};
use crate::model::{Report, Severity};
use crate::report::view;

/// Lines of one file, from 1, as ranges that leave out their end; all of them for a new file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lines {
    All,
    Some(Vec<(u32, u32)>),
}

/// The lines that changed.
#[derive(Debug)]
pub struct Changed(BTreeMap<PathBuf, Lines>);

fn git<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> anyhow::Result<Result<Vec<u8>, String>> {
    let mut command = Command::new("git");
    // What the repository configures is not run, and does not shape the output.
    command.args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "diff.external="]);
    command.args(args).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    let output = command.output().map_err(|_| {
        told(
            "--since 需要 git，但没有找到这个程序；请安装后再试",
            "--since needs git, which was not found; install it and try again",
        )
    })?;
    Ok(if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    })
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned()
}

impl Changed {
    /// What changed in the working tree since the merge base of `revision` and HEAD.
    pub fn since(revision: &str) -> anyhow::Result<Self> {
        let name = format!("--since {revision}");
        let top = git(["rev-parse", "--show-toplevel"])?;
        if top.as_ref().is_err_and(|said| said.contains("dubious ownership")) {
            return Err(told_of(
                &name,
                "git 不信任这个仓库（属于另一用户）；请运行 git config --global --add safe.directory \"$PWD\"",
                "git does not trust this repository, which belongs to another user; run git config --global --add safe.directory \"$PWD\"",
            ));
        }
        let Ok(top) = top else {
            return Err(told_of(
                &name,
                "当前文件夹不在 git 仓库中；请在仓库里运行，或去掉 --since",
                "this folder is in no git repository; run factlint inside one, or leave --since out",
            ));
        };
        let top = PathBuf::from(line(&top));
        let shallow = git(["rev-parse", "--is-shallow-repository"])?.is_ok_and(|o| line(&o) == "true");
        let unknown = || {
            if shallow {
                told_of(
                    &name,
                    "浅克隆里没有这个版本；请取全历史（git fetch --unshallow；GitHub Actions 的 checkout 用 fetch-depth: 0，\
                     GitLab 用 GIT_DEPTH: 0）",
                    "this shallow clone does not hold the revision; fetch the history (git fetch --unshallow; fetch-depth: 0 for \
                     actions/checkout, GIT_DEPTH: 0 on GitLab)",
                )
            } else {
                told_of(
                    &name,
                    "git 不认识这个版本；请检查写法，或先 git fetch",
                    "git knows no such revision; check it, or git fetch first",
                )
            }
        };
        if revision.is_empty() || revision.starts_with('-') {
            return Err(unknown());
        }
        let commit = format!("{revision}^{{commit}}");
        let Ok(commit) = git(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])? else {
            return Err(unknown());
        };
        let Ok(base) = git(["merge-base", &line(&commit), "HEAD"])? else { return Err(unknown()) };
        let base = line(&base);
        let told_by_git =
            |message: String| told_of(&name, format!("git 出错：{message}"), format!("git failed: {message}"));
        let diff = git([
            "diff",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "-M",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            &base,
            "--",
        ])?;
        let mut files = changed_lines(&diff.map_err(told_by_git)?);
        let list = ["ls-files", "--others", "--exclude-standard", "--full-name", "-z"];
        let new = git(["-C".as_ref(), top.as_os_str()].into_iter().chain(list.iter().map(OsStr::new)))?;
        for path in new.map_err(told_by_git)?.split(|b| *b == 0).filter(|p| !p.is_empty()) {
            files.insert(String::from_utf8_lossy(path).into_owned(), Lines::All);
        }
        let whole = |path: String| std::fs::canonicalize(top.join(&path)).unwrap_or_else(|_| top.join(path));
        Ok(Self(files.into_iter().map(|(path, lines)| (whole(path), lines)).collect()))
    }

    /// Drops the findings of `report` that touch no changed line, and counts them.
    pub fn keep(&self, report: &mut Report) {
        let mut known: BTreeMap<String, Option<&Lines>> = BTreeMap::new();
        let findings = std::mem::take(&mut report.findings);
        let (kept, dropped): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| {
            view::spots(&report.corpus, finding, 0).iter().any(|(_, spot)| {
                let lines = known.entry(spot.file().to_owned()).or_insert_with(|| {
                    let whole = std::fs::canonicalize(Path::new(spot.file())).ok()?;
                    self.0.get(&whole)
                });
                let last = spot.range().map_or_else(|| spot.line(), |r| r.end_line);
                lines.is_some_and(|lines| lines.touch(spot.line(), last))
            })
        });
        report.summary.unchanged = dropped.iter().filter(|f| f.severity > Severity::Info).count();
        report.findings = kept;
    }
}

impl Lines {
    fn touch(&self, first: u32, last: u32) -> bool {
        match self {
            Self::All => true,
            Self::Some(ranges) => ranges.iter().any(|(from, to)| *from <= last && first < *to),
        }
    }
}

/// The new side of a diff without context, by path.
fn changed_lines(diff: &[u8]) -> BTreeMap<String, Lines> {
    let mut files: BTreeMap<String, Lines> = BTreeMap::new();
    let mut file: Option<String> = None;
    // Lines of a hunk that are still to come: they may look like heads.
    let mut left = 0u32;
    for row in diff.split(|b| *b == b'\n') {
        if left > 0 && matches!(row.first(), Some(b'+' | b'-' | b'\\')) {
            left -= u32::from(row[0] != b'\\');
            continue;
        }
        let row = String::from_utf8_lossy(row);
        if let Some(path) = row.strip_prefix("+++ ") {
            file = unquoted(path.trim_end_matches('\t')).strip_prefix("b/").map(str::to_owned);
        } else if let Some(rest) = row.strip_prefix("Binary files ") {
            // No lines to tell: all of it.
            if let Some((_, path)) = rest.trim_end_matches(" differ").rsplit_once(" and ")
                && let Some(path) = unquoted(path).strip_prefix("b/")
            {
                files.insert(path.to_owned(), Lines::All);
            }
        } else if let Some(rest) = row.strip_prefix("@@ -") {
            let range = |part: &str| -> Option<(u32, u32)> {
                let (start, count) = part.split_once(',').unwrap_or((part, "1"));
                Some((start.parse().ok()?, count.parse().ok()?))
            };
            let mut parts = rest.split(' ');
            let old = parts.next().and_then(range);
            let new = parts.next().and_then(|p| range(p.strip_prefix('+')?));
            if let (Some(file), Some((_, gone)), Some((start, count))) = (&file, old, new) {
                left = gone + count;
                if let Lines::Some(ranges) = files.entry(file.clone()).or_insert_with(|| Lines::Some(Vec::new()))
                    && count > 0
                {
                    ranges.push((start, start + count));
                }
            }
        }
    }
    files
}

/// A path as git writes it, the quotes and escapes of an unusual one undone.
fn unquoted(path: &str) -> String {
    let Some(inner) = path.strip_prefix('"').and_then(|p| p.strip_suffix('"')) else { return path.to_owned() };
    let (mut out, mut bytes) = (Vec::new(), inner.bytes().peekable());
    while let Some(b) = bytes.next() {
        if b != b'\\' {
            out.push(b);
            continue;
        }
        match bytes.next() {
            Some(b'n') => out.push(b'\n'),
            Some(b't') => out.push(b'\t'),
            Some(b'r') => out.push(b'\r'),
            Some(d @ b'0'..=b'7') => {
                let mut value = u32::from(d - b'0');
                while let Some(d) = bytes.next_if(|d| (b'0'..=b'7').contains(d) && value < 32) {
                    value = value * 8 + u32::from(d - b'0');
                }
                out.push(value as u8);
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_gives_the_lines_of_its_new_side() {
        let diff = "diff --git a/稿.md b/稿.md\n--- a/稿.md\n+++ b/稿.md\n@@ -3 +3,2 @@\n-旧\n+新\n+++ b/别.md\n@@ -9,2 +10,0 @@\n-x\n-y\n\
                    diff --git a/x b/x\n+++ \"b/a\\\"\\344\\270\\200.md\"\n@@ -0,0 +1,3 @@\n+1\n+2\n+3\nBinary files a/c.docx and b/c.docx differ\n";
        let files = changed_lines(diff.as_bytes());
        assert_eq!(files.len(), 3, "{files:?}");
        assert_eq!(files["稿.md"], Lines::Some(vec![(3, 5)]));
        assert_eq!(files["a\"一.md"], Lines::Some(vec![(1, 4)]));
        assert_eq!(files["c.docx"], Lines::All);
        assert!(files["稿.md"].touch(4, 4) && !files["稿.md"].touch(5, 9) && files["稿.md"].touch(1, 3));
    }
}
