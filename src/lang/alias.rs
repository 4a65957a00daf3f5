//! Other forms of names, as the settings give them: `阿里` is `阿里巴巴`. Enters: text. Leaves: the same text with every form written as
//! its name, so that what is compared by words meets.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

/// Forms of names and the name that each stands for.
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    forms: Option<AhoCorasick>,
    names: Vec<String>,
}

impl Aliases {
    /// From pairs of a form and its name; `None` where they are too many to hold.
    pub fn new<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<Self> {
        let (mut forms, mut names): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (form, name) in pairs {
            // The name itself is a form too, so that `阿里巴巴` is not read as `阿里` and a rest.
            for form in [form, name] {
                if !forms.iter().any(|f| f == form) {
                    forms.push(form.to_owned());
                    names.push(name.to_owned());
                }
            }
        }
        if forms.is_empty() {
            return Some(Self::default());
        }
        let built = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&forms)
            .ok()?;
        Some(Self { forms: Some(built), names })
    }

    /// `text` with every form written as its name.
    ///
    /// ```
    /// use factlint::lang::alias::Aliases;
    /// let aliases = Aliases::new([("阿里", "阿里巴巴"), ("Alibaba", "阿里巴巴")]).unwrap();
    /// assert_eq!(aliases.named("阿里集团"), "阿里巴巴集团");
    /// assert_eq!(aliases.named("阿里巴巴集团"), "阿里巴巴集团");
    /// assert_eq!(aliases.named("Alibabas"), "Alibabas", "a form of Latin letters is a whole word");
    /// ```
    pub fn named<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.named_with_places(text).0
    }

    /// The same, and where each stretch of the new text stands in the old: `(start in the new, start in the old)`.
    pub fn named_with_places<'a>(&self, text: &'a str) -> (Cow<'a, str>, Vec<(usize, usize)>) {
        let mut places = vec![(0, 0)];
        let Some(forms) = &self.forms else { return (Cow::Borrowed(text), places) };
        let mut out = String::new();
        let mut from = 0;
        let bytes = text.as_bytes();
        let letter = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
        for found in forms.find_iter(text) {
            let (start, end) = (found.start(), found.end());
            if letter(Some(start)) && letter(start.checked_sub(1)) || letter(end.checked_sub(1)) && letter(Some(end)) {
                continue;
            }
            out.push_str(&text[from..start]);
            places.push((out.len(), start));
            out.push_str(&self.names[found.pattern().as_usize()]);
            places.push((out.len(), end));
            from = end;
        }
        if from == 0 {
            return (Cow::Borrowed(text), places);
        }
        out.push_str(&text[from..]);
        (Cow::Owned(out), places)
    }

    /// The names that stand in `text` in any form, sorted.
    pub fn found(&self, text: &str) -> Vec<&str> {
        let Some(forms) = &self.forms else { return Vec::new() };
        let mut names: Vec<&str> =
            forms.find_iter(text).map(|found| self.names[found.pattern().as_usize()].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.forms.is_none()
    }
}
