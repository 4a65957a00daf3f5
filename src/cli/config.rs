//! `factlint.toml`. Enters: its path, or the folder to look upwards from. Leaves: checked settings. A settings file in a tree that is
//! checked may come from anyone: it names no place outside its own folder, runs nothing, and its text is never echoed at length.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::args::FailOn;
use crate::check;
use crate::model::{Lang, Severity};
use crate::rule::{self, RuleError};

/// The largest configuration or rule file that is read, in bytes.
const BOUND: u64 = 1 << 20;

/// The name looked for upwards.
pub const NAME: &str = "factlint.toml";

/// What `factlint init` writes.
pub const TEMPLATE: &str = r#"# factlint.toml: found upwards from the folder factlint runs in. Every key may be left out.

# What to check when no path is given. Paths are relative to this file and stay inside its folder.
# paths = ["articles"]

# What to compare with as well; what stands only there is not reported.
# against = ["archive"]

# Rule files, or folders of them, on top of the rules built in.
# rules = ["rules"]

# Settled values, taken as an article that is always right (`factlint facts init`).
# facts = "facts.toml"

# Languages to read: "zh", "en".
# languages = ["zh", "en"]

# From which severity on the exit status is 1: "error", "warning" or "never".
# fail-on = "error"

# A check may be "off", or report as "info", "warning" or "error". `factlint explain` lists them.
[checks]
# name-variant = "off"
# share-sum = "warning"
"#;

/// Checked settings.
#[derive(Debug, Default)]
pub struct Config {
    /// What to check when no path is given.
    pub paths: Vec<PathBuf>,
    /// What to compare with.
    pub against: Vec<PathBuf>,
    /// Rule files and folders.
    pub rules: Vec<PathBuf>,
    /// A file of settled values.
    pub facts: Option<PathBuf>,
    /// Languages to read; empty for all.
    pub languages: Vec<Lang>,
    /// Severity of a check, or `None` to turn it off.
    pub checks: BTreeMap<&'static str, Option<Severity>>,
    /// From which severity on a run fails.
    pub fail_on: Option<FailOn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    paths: Vec<Spanned<String>>,
    #[serde(default)]
    against: Vec<Spanned<String>>,
    #[serde(default)]
    rules: Vec<Spanned<String>>,
    facts: Option<Spanned<String>>,
    #[serde(default)]
    languages: Vec<Spanned<String>>,
    #[serde(default)]
    checks: BTreeMap<Spanned<String>, Spanned<String>>,
    fail_on: Option<Spanned<String>>,
}

/// The nearest `factlint.toml` in `folder` or above it.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|f| f.join(NAME)).find(|path| path.is_file())
}

/// The text of a small file of ours: a regular file, UTF-8, at most [`BOUND`] bytes.
pub fn small_file(path: &Path) -> anyhow::Result<String> {
    let name = path.to_string_lossy();
    let fail = |what: String| anyhow::anyhow!("{}: {what}", crate::report::plain(&name));
    let meta = std::fs::metadata(path).map_err(|e| fail(super::input::os_message(&e).1))?;
    if !meta.is_file() {
        return Err(fail("is no regular file; name a file".to_owned()));
    }
    if meta.len() > BOUND {
        return Err(fail(format!("is over {} KiB; such a file is written by hand and small", BOUND >> 10)));
    }
    let bytes = std::fs::read(path).map_err(|e| fail(super::input::os_message(&e).1))?;
    Ok(rule::decode(&name, &bytes)?)
}

/// Reads and checks the configuration at `path`.
pub fn read(path: &Path) -> anyhow::Result<Config> {
    let text = small_file(path)?;
    let mut folder = path.parent().unwrap_or(Path::new("")).to_owned();
    if std::env::current_dir().is_ok_and(|here| here == folder) {
        folder = PathBuf::new();
    }
    let checked = check(&path.to_string_lossy(), &text, &folder);
    checked.map_err(|errors| {
        let shown: Vec<String> = errors.iter().take(10).map(ToString::to_string).collect();
        anyhow::anyhow!("{}", shown.join("\n"))
    })
}

fn check(name: &str, text: &str, folder: &Path) -> Result<Config, Vec<RuleError>> {
    let file: File = toml::from_str(text).map_err(|error| vec![rule::syntax(name, text, &error)])?;
    let mut errors = Vec::new();
    let mut paths = |list: Vec<Spanned<String>>| {
        let mut out = Vec::new();
        for path in list {
            match inside(path.get_ref()) {
                Ok(path) => out.push(folder.join(path)),
                Err(message) => errors.push(RuleError::at(name, text, path.span(), message)),
            }
        }
        out
    };
    let mut config = Config {
        paths: paths(file.paths),
        against: paths(file.against),
        rules: paths(file.rules),
        facts: paths(file.facts.into_iter().collect()).pop(),
        ..Config::default()
    };
    for lang in file.languages {
        match lang.get_ref().as_str() {
            "zh" => config.languages.push(Lang::Zh),
            "en" => config.languages.push(Lang::En),
            other => {
                errors.push(RuleError::at(name, text, lang.span(), "no such language").expecting(other, ["zh", "en"]));
            }
        }
    }
    for (id, level) in file.checks {
        let Some(check) = check::by_id(id.get_ref()) else {
            let ids = check::REGISTRY.iter().map(|c| c.info.id);
            errors.push(RuleError::at(name, text, id.span(), "no such check").expecting(id.get_ref(), ids));
            continue;
        };
        let severity = match level.get_ref().as_str() {
            "off" => None,
            "info" => Some(Severity::Info),
            "warning" => Some(Severity::Warning),
            "error" => Some(Severity::Error),
            other => {
                let right = ["off", "info", "warning", "error"];
                errors.push(RuleError::at(name, text, level.span(), "no such severity").expecting(other, right));
                continue;
            }
        };
        config.checks.insert(check.info.id, severity);
    }
    if let Some(fail_on) = file.fail_on {
        config.fail_on = match fail_on.get_ref().as_str() {
            "error" => Some(FailOn::Error),
            "warning" => Some(FailOn::Warning),
            "never" => Some(FailOn::Never),
            other => {
                let right = ["error", "warning", "never"];
                errors.push(RuleError::at(name, text, fail_on.span(), "no such level").expecting(other, right));
                None
            }
        };
    }
    if errors.is_empty() { Ok(config) } else { Err(errors) }
}

/// A path that stays inside the folder of the configuration.
fn inside(path: &str) -> Result<PathBuf, &'static str> {
    if path.is_empty() || path.contains(['\\', ':', '\0']) {
        return Err("no path: write it with `/`, relative to this file");
    }
    let path = Path::new(path);
    if path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
        return Ok(path.to_owned());
    }
    Err("the path leaves this folder: name it on the command line, or move factlint.toml above it")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> String {
        match check("factlint.toml", text, Path::new("")) {
            Ok(config) => format!("{config:?}"),
            Err(errors) => errors[0].to_string(),
        }
    }

    #[test]
    fn a_good_file_is_read() {
        let text = "paths = ['稿件']\nfail-on = 'warning'\nlanguages = ['zh']\n[checks]\nconflicting-date = 'off'\n";
        let config = check("factlint.toml", text, Path::new("/desk")).unwrap_or_default();
        assert_eq!(config.paths, [PathBuf::from("/desk/稿件")]);
        assert_eq!(config.fail_on, Some(FailOn::Warning));
        assert_eq!(config.checks.get("conflicting-date"), Some(&None));
        assert!(check("factlint.toml", TEMPLATE, Path::new("")).is_ok());
    }

    #[test]
    fn a_misspelt_key_names_the_right_one() {
        let shown = first("paths = []\nfail_on = 'error'\n");
        assert!(shown.contains("factlint.toml:2:1") && shown.contains("did you mean `fail-on`?"), "{shown}");
        assert!(first("[checks]\nconflicting-figures = 'off'\n").contains("did you mean `conflicting-figure`?"));
        assert!(first("[checks]\nconflicting-figure = 'warn'\n").contains("`warning`"));
    }

    #[test]
    fn a_path_cannot_leave_the_folder() {
        for path in ["../secret", "/etc/passwd", "a/../../b", "C:nul", "\\\\\\\\host"] {
            let shown = first(&format!("rules = [\"{path}\"]\n"));
            assert!(shown.contains("path"), "{path}: {shown}");
        }
    }
}
