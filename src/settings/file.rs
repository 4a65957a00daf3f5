//! The text of `factlint.toml` → [`Settings`], or every mistake in it with its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::{Entry, FailOn, Home, Override, Paths, Settings, Severities};
use crate::check;
use crate::lang::alias::Aliases;
use crate::model::{Lang, Severity};
use crate::rule::{self, RuleError};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    #[serde(default)]
    paths: Vec<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    against: Vec<Spanned<String>>,
    #[serde(default)]
    rules: Vec<Spanned<String>>,
    facts: Option<Spanned<String>>,
    baseline: Option<Spanned<String>>,
    #[serde(default)]
    languages: Vec<Spanned<String>>,
    ui_lang: Option<Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    #[serde(default)]
    checks: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    aliases: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default, rename = "override")]
    overrides: Vec<OverrideFile>,
    #[serde(default, rename = "exception")]
    exceptions: Vec<Spanned<ExceptionFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OverrideFile {
    paths: Spanned<Vec<Spanned<String>>>,
    checks: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExceptionFile {
    #[serde(default)]
    paths: Vec<Spanned<String>>,
    #[serde(default)]
    checks: Vec<Spanned<String>>,
    text: Option<Spanned<String>>,
    fingerprint: Option<Spanned<String>>,
    reason: Spanned<String>,
}

struct Checker<'a> {
    name: &'a str,
    text: &'a str,
    folder: &'a Path,
    errors: Vec<RuleError>,
}

/// Reads and checks settings; relative paths in them start from `folder`.
pub(super) fn check(name: &str, text: &str, folder: &Path, home: Home) -> Result<Settings, Vec<RuleError>> {
    let file: File = toml::from_str(text).map_err(|error| vec![rule::syntax(name, text, &error)])?;
    let mut to = Checker { name, text, folder, errors: Vec::new() };
    let settings = Settings {
        path: None,
        home,
        paths: to.paths(file.paths),
        ignore: to.patterns(&file.ignore),
        against: to.paths(file.against),
        rules: to.paths(file.rules),
        facts: to.paths(file.facts).pop(),
        baseline: to.paths(file.baseline).pop(),
        languages: file.languages.iter().filter_map(|lang| to.language(lang)).collect(),
        ui_lang: file.ui_lang.and_then(|lang| to.language(&lang)),
        fail_on: file.fail_on.and_then(|level| {
            let levels = [("error", FailOn::Error), ("warning", FailOn::Warning), ("never", FailOn::Never)];
            to.one_of(&level, "no such level", levels)
        }),
        checks: to.severities(file.checks),
        aliases: to.aliases(&file.aliases),
        overrides: file
            .overrides
            .into_iter()
            .filter_map(|o| {
                if o.paths.get_ref().is_empty() {
                    to.wrong(o.paths.span(), "no path: say for which files it holds");
                }
                let paths = to.patterns(o.paths.get_ref());
                let checks = to.severities(o.checks);
                Some(Override { paths: paths?, checks })
            })
            .collect(),
        exceptions: file.exceptions.into_iter().map(|e| to.exception(e)).collect(),
    };
    if to.errors.is_empty() { Ok(settings) } else { Err(to.errors) }
}

impl Checker<'_> {
    fn wrong(&mut self, span: Range<usize>, message: &str) {
        self.errors.push(RuleError::at(self.name, self.text, span, message));
    }

    fn one_of<T: Copy, const N: usize>(
        &mut self,
        value: &Spanned<String>,
        message: &str,
        right: [(&'static str, T); N],
    ) -> Option<T> {
        let found = right.iter().find(|(name, _)| name == value.get_ref()).map(|r| r.1);
        if found.is_none() {
            let error = RuleError::at(self.name, self.text, value.span(), message);
            self.errors.push(error.expecting(value.get_ref(), right.map(|r| r.0)));
        }
        found
    }

    fn language(&mut self, lang: &Spanned<String>) -> Option<Lang> {
        self.one_of(lang, "no such language", [("zh", Lang::Zh), ("en", Lang::En)])
    }

    fn check_id(&mut self, id: &Spanned<String>) -> Option<&'static str> {
        let check = check::by_id(id.get_ref());
        if check.is_none() {
            let ids = check::REGISTRY.iter().map(|c| c.info.id);
            let error = RuleError::at(self.name, self.text, id.span(), "no such check");
            self.errors.push(error.expecting(id.get_ref(), ids));
        }
        check.map(|c| c.info.id)
    }

    fn severities(&mut self, checks: BTreeMap<Spanned<String>, Spanned<String>>) -> Severities {
        let mut out = Severities::new();
        for (id, level) in checks {
            let id = self.check_id(&id);
            let right = [
                ("off", None),
                ("info", Some(Severity::Info)),
                ("warning", Some(Severity::Warning)),
                ("error", Some(Severity::Error)),
            ];
            let severity = self.one_of(&level, "no such severity", right);
            if let (Some(id), Some(severity)) = (id, severity) {
                out.insert(id, severity);
            }
        }
        out
    }

    fn paths(&mut self, list: impl IntoIterator<Item = Spanned<String>>) -> Vec<PathBuf> {
        let mut out = Vec::new();
        for path in list {
            match inside(path.get_ref()) {
                Ok(inside) => out.push(self.folder.join(inside)),
                Err(message) => self.wrong(path.span(), message),
            }
        }
        out
    }

    fn patterns(&mut self, list: &[Spanned<String>]) -> Option<Paths> {
        if list.is_empty() {
            return None;
        }
        match Paths::new(list.iter().map(|p| p.get_ref().as_str())) {
            Ok(paths) => Some(paths),
            Err((i, message)) => {
                self.wrong(list[i].span(), message);
                None
            }
        }
    }

    fn aliases(&mut self, names: &BTreeMap<Spanned<String>, Vec<Spanned<String>>>) -> Aliases {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, others) in names {
            for form in std::iter::once(name).chain(others) {
                if form.get_ref().trim().is_empty() || form.get_ref().len() > 200 {
                    self.wrong(form.span(), "no name: write one of at most 200 bytes");
                } else if seen.insert(form.get_ref(), name.get_ref()).is_some() {
                    self.wrong(form.span(), "the name stands here twice: each form belongs to one name");
                }
            }
        }
        let pairs = seen.iter().filter(|(form, name)| form != name);
        let aliases = Aliases::new(pairs.map(|(form, name)| (*form, *name)));
        aliases.unwrap_or_else(|| {
            if let Some((name, _)) = names.first_key_value() {
                self.wrong(name.span(), "the names are too many together");
            }
            Aliases::default()
        })
    }

    fn exception(&mut self, entry: Spanned<ExceptionFile>) -> Entry {
        let span = entry.span();
        let line = self.text.get(..span.start).unwrap_or_default().matches('\n').count() as u32 + 1;
        let entry = entry.into_inner();
        if entry.reason.get_ref().trim().is_empty() {
            self.wrong(entry.reason.span(), "an empty reason: say why it may stand");
        }
        let given = [&entry.text, &entry.fingerprint];
        for value in given.into_iter().flatten().filter(|v| v.get_ref().trim().is_empty()) {
            self.wrong(value.span(), "an empty value: leave the key out");
        }
        if entry.paths.is_empty() && given.iter().all(|v| v.is_none()) {
            self.wrong(span, "the exception lets everything stand: add `paths`, `text` or `fingerprint`");
        }
        Entry {
            line,
            paths: self.patterns(&entry.paths),
            checks: entry.checks.iter().filter_map(|id| self.check_id(id)).collect(),
            text: entry.text.map(Spanned::into_inner),
            fingerprint: entry.fingerprint.map(Spanned::into_inner),
            reason: entry.reason.into_inner(),
        }
    }
}

/// A path that stays inside the folder of the settings.
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
    use crate::settings::{KEYS, template};

    fn read(text: &str) -> Result<Settings, Vec<RuleError>> {
        check("factlint.toml", text, Path::new(""), Home::default())
    }

    fn first(text: &str) -> String {
        read(text).map_or_else(|errors| errors[0].to_string(), |s| format!("{s:?}"))
    }

    #[test]
    fn a_good_file_is_read() {
        let text = "paths = ['稿件']\nfail-on = 'warning'\nlanguages = ['zh']\n[checks]\nconflicting-date = 'off'\n";
        let settings = check("factlint.toml", text, Path::new("/desk"), Home::default()).unwrap();
        assert_eq!(settings.paths, [PathBuf::from("/desk/稿件")]);
        assert_eq!(settings.fail_on, Some(FailOn::Warning));
        assert_eq!(settings.checks.get("conflicting-date"), Some(&None));
    }

    #[test]
    fn a_misspelt_key_names_the_right_one() {
        let shown = first("paths = []\nfail_on = 'error'\n");
        assert!(shown.contains("factlint.toml:2:1") && shown.contains("did you mean `fail-on`?"), "{shown}");
        assert!(first("[checks]\nconflicting-figures = 'off'\n").contains("did you mean `conflicting-figure`?"));
        assert!(first("[checks]\nconflicting-figure = 'warn'\n").contains("`warning`"));
        assert!(first("[[exception]]\ntext = 'x'\nreasons = 'y'\n").contains("did you mean `reason`?"));
    }

    #[test]
    fn a_path_cannot_leave_the_folder() {
        for path in ["../secret", "/etc/passwd", "a/../../b", "C:nul", "\\\\\\\\host"] {
            let shown = first(&format!("rules = [\"{path}\"]\n"));
            assert!(shown.contains("path"), "{path}: {shown}");
        }
    }

    #[test]
    fn an_exception_says_what_and_why() {
        assert!(first("[[exception]]\ntext = '4000'\n").contains("`reason` is missing"));
        assert!(first("[[exception]]\ntext = '4000'\nreason = ' '\n").contains("empty reason"));
        assert!(first("[[exception]]\nreason = '口径不同'\n").contains("everything"));
        let good = read("\n[[exception]]\npaths = ['旧/**']\nchecks = ['list-count']\nreason = '口径不同'\n").unwrap();
        assert_eq!((good.exceptions[0].line, good.exceptions[0].checks.as_slice()), (2, ["list-count"].as_slice()));
    }

    #[test]
    fn a_name_has_one_meaning() {
        assert!(first("[aliases]\n'阿里巴巴' = ['阿里']\n'阿里云' = ['阿里']\n").contains("twice"));
        assert!(first("[aliases]\n'阿里巴巴' = ['']\n").contains("no name"));
    }

    #[test]
    fn every_key_is_documented_and_its_example_is_good() {
        let known = first("no-such-key = 1\n");
        let known: Vec<&str> =
            known.split("right would be: ").nth(1).unwrap().split(", ").map(|k| k.trim_matches('`')).collect();
        let mut documented: Vec<&str> = KEYS.iter().map(|k| k.name).collect();
        documented.sort_unstable();
        let mut sorted = known.clone();
        sorted.sort_unstable();
        assert_eq!(documented, sorted);
        for zh in [true, false] {
            let written = template(zh);
            assert!(read(&written).is_ok(), "{}", first(&written));
            let open: String =
                written.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line).to_owned() + "\n").collect();
            assert!(read(&open).is_ok(), "{}\n{open}", first(&open));
            assert!(KEYS.iter().all(|key| open.contains(key.name)));
        }
    }
}
