//! Where a document lies as the settings see it. Enters: names of documents as the user gave them, patterns of paths. Leaves: paths
//! relative to the settings, and whether a pattern fits. Looks at no disk.

use std::path::{Component, Path};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The longest pattern, in bytes.
const LONGEST: usize = 300;

/// The folder of the settings, and the one that names of documents start from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Home {
    folder: Vec<String>,
    here: Vec<String>,
}

/// The steps of a path from the root, `.` and `..` worked out.
fn steps(path: &Path, mut from: Vec<String>) -> Vec<String> {
    for part in path.components() {
        match part {
            Component::Normal(name) => from.push(name.to_string_lossy().into_owned()),
            Component::ParentDir => {
                from.pop();
            }
            Component::RootDir => from.clear(),
            Component::CurDir | Component::Prefix(_) => {}
        }
    }
    from
}

impl Home {
    /// The settings lie in `folder`; names start from `here`. Both are absolute.
    pub fn new(folder: &Path, here: &Path) -> Self {
        Self { folder: steps(folder, Vec::new()), here: steps(here, Vec::new()) }
    }

    /// The path of the document `name` from the settings' folder, with `/`; what lies outside it keeps its whole path.
    ///
    /// ```
    /// # use factlint::settings::Home;
    /// let home = Home::new("/社".as_ref(), "/社/今日".as_ref());
    /// assert_eq!(home.relative("./稿.md"), "今日/稿.md");
    /// assert_eq!(home.relative("/社/旧/稿.md"), "旧/稿.md");
    /// assert_eq!(home.relative("../旧/稿.md"), "旧/稿.md");
    /// ```
    pub fn relative(&self, name: &str) -> String {
        let whole = steps(Path::new(name), self.here.clone());
        whole.strip_prefix(self.folder.as_slice()).unwrap_or(&whole).join("/")
    }
}

/// Patterns of paths relative to the settings: `旧稿/**`, `*.bak.md`, `drafts`. One without `/` fits at any depth; a folder takes in all
/// that is in it.
#[derive(Debug, Clone)]
pub struct Paths(GlobSet);

impl Paths {
    /// Reads patterns; an `Err` gives the number of the bad one and what is wrong, Chinese and English.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, (usize, &'static str)> {
        let mut set = GlobSetBuilder::new();
        for (i, pattern) in patterns.into_iter().enumerate() {
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            if pattern.is_empty() || pattern.len() > LONGEST || pattern.contains('\\') {
                return Err((i, "no pattern: write a path with `*` and `/`, at most 300 bytes"));
            }
            if pattern.starts_with('/') || pattern.split('/').any(|part| part == "..") {
                return Err((i, "the pattern leaves this folder"));
            }
            let base = if pattern.contains('/') { pattern.to_owned() } else { format!("**/{pattern}") };
            for whole in [base.clone(), format!("{base}/**")] {
                let glob = GlobBuilder::new(&whole).literal_separator(true).build();
                set.add(glob.map_err(|_| (i, "no pattern: a bracket or brace is not closed"))?);
            }
        }
        set.build().map(Self).map_err(|_| (0, "the patterns are too large together"))
    }

    /// Whether one of them fits `path`, which is relative to the settings.
    pub fn fit(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_files_and_what_lies_in_folders() {
        let fit = |pattern: &str, path: &str| Paths::new([pattern]).is_ok_and(|p| p.fit(path));
        assert!(fit("drafts", "drafts/a.md") && fit("drafts", "x/drafts/y/a.md") && fit("drafts/", "drafts/a.md"));
        assert!(fit("*.bak.md", "旧/a.bak.md") && fit("旧/*.md", "旧/a.md") && fit("旧/**", "旧/深/a.md"));
        assert!(!fit("旧/*.md", "旧/深/a.md") && !fit("draft", "drafts/a.md"));
        assert_eq!(Paths::new(["a", "[!"]).err().map(|e| e.0), Some(1));
        assert!(Paths::new(["../x"]).is_err() && Paths::new(["/etc"]).is_err() && Paths::new([""]).is_err());
    }
}
