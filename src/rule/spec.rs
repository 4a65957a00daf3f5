//! A rule file's text → a checked [`Rule`]. Enters: TOML. Leaves: a rule, or every mistake in the file. Knows no article.

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use toml::Spanned;

use super::error::RuleError;
use crate::model::{Kind, Lang, Severity};
use crate::quantity::{Dimension, unit_info};

/// Bounds on one file, so that a rule of any origin costs little to read and nothing to run.
const MAX_BYTES: usize = 1 << 20;
const MAX_WORDS: usize = 4000;
const MAX_WORD_CHARS: usize = 60;

/// What a rule's figures are: kinds of the contract, with measures told apart by what they measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Of {
    Count,
    Percentage,
    PercentagePoints,
    Money,
    Rate,
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    Energy,
    Power,
    Temperature,
    Duration,
    Date,
    Time,
    Age,
    Ordinal,
    Ratio,
    Multiple,
    Fraction,
    Measure,
}

impl Of {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("count", Self::Count),
        ("percentage", Self::Percentage),
        ("percentage_points", Self::PercentagePoints),
        ("money", Self::Money),
        ("rate", Self::Rate),
        ("length", Self::Length),
        ("area", Self::Area),
        ("volume", Self::Volume),
        ("mass", Self::Mass),
        ("speed", Self::Speed),
        ("energy", Self::Energy),
        ("power", Self::Power),
        ("temperature", Self::Temperature),
        ("duration", Self::Duration),
        ("date", Self::Date),
        ("time", Self::Time),
        ("age", Self::Age),
        ("ordinal", Self::Ordinal),
        ("ratio", Self::Ratio),
        ("multiple", Self::Multiple),
        ("fraction", Self::Fraction),
        ("measure", Self::Measure),
    ];

    /// Whether a figure of this kind and unit is one.
    pub(super) fn fits(self, kind: Kind, unit: Option<&str>) -> bool {
        let rate = unit.is_some_and(|u| u.contains('/'));
        let measured = |dimension| match unit {
            Some(unit) => unit_info(unit).is_some_and(|info| info.dimension == dimension),
            None => false,
        };
        match self {
            Self::Count => matches!(kind, Kind::Count | Kind::Number),
            Self::Percentage => kind == Kind::Percentage,
            Self::PercentagePoints => kind == Kind::PercentagePoints,
            Self::Money => kind == Kind::Money && !rate,
            Self::Rate => rate && matches!(kind, Kind::Money | Kind::Measure),
            Self::Length => kind == Kind::Measure && measured(Dimension::Length),
            Self::Area => kind == Kind::Measure && measured(Dimension::Area),
            Self::Volume => kind == Kind::Measure && measured(Dimension::Volume),
            Self::Mass => kind == Kind::Measure && measured(Dimension::Mass),
            Self::Speed => kind == Kind::Measure && measured(Dimension::Speed),
            Self::Energy => kind == Kind::Measure && measured(Dimension::Energy),
            Self::Power => kind == Kind::Measure && measured(Dimension::Power),
            Self::Temperature => kind == Kind::Temperature,
            Self::Duration => kind == Kind::Duration,
            Self::Date => matches!(kind, Kind::Date | Kind::DateRange),
            Self::Time => matches!(kind, Kind::Time | Kind::Date),
            Self::Age => kind == Kind::Age,
            Self::Ordinal => kind == Kind::Ordinal,
            Self::Ratio => kind == Kind::Ratio,
            Self::Multiple => kind == Kind::Multiple,
            Self::Fraction => kind == Kind::Fraction,
            Self::Measure => kind == Kind::Measure,
        }
    }
}

/// How far two figures may stand apart and still agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// A share of the larger: `"1%"` is 0.01.
    Relative(Decimal),
    /// In the unit of the figures as written, where both have the same: `"2"`.
    Absolute(Decimal),
}

/// What an example of a rule should come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expect {
    /// A finding that the two cannot both be true.
    Contradiction,
    /// A finding that ordinary readers would take them to differ.
    Tension,
    /// No finding of severity error or warning.
    Consistent,
}

impl Expect {
    const NAMES: &'static [(&'static str, Self)] =
        &[("contradiction", Self::Contradiction), ("tension", Self::Tension), ("consistent", Self::Consistent)];

    /// Its name in rule files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Tension => "tension",
            Self::Consistent => "consistent",
        }
    }
}

/// Two passages of a rule file and what they should come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The first passage.
    pub a: String,
    /// The second.
    pub b: String,
    /// What is expected of them.
    pub expect: Expect,
    /// Where it stands in its file, from 1.
    pub line: usize,
}

/// The rule of another language that names the same measure, and which of its lists each list of this rule answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameAs {
    /// Its id.
    pub rule: String,
    /// For each list of `measure` a word of the list over there that means the same, of several lists parted by `/`; empty where there is
    /// none.
    pub measure: Vec<String>,
    /// The same for `predicate`.
    pub predicate: Vec<String>,
    /// The same for `qualifier`.
    pub qualifier: Vec<String>,
}

/// A checked rule: what may be compared with what, and which words say so.
#[derive(Debug, Clone, PartialEq, Eq)]
// Each is a key of the file, and says by itself what it does.
#[allow(clippy::struct_excessive_bools)]
pub struct Rule {
    /// Its name: the file's name without the ending.
    pub id: String,
    /// A few words for a reader, in the rule's language.
    pub title: String,
    /// One sentence or two.
    pub description: String,
    /// The language of its words.
    pub lang: Lang,
    /// The severity of a contradiction under it.
    pub severity: Severity,
    /// Its file.
    pub path: String,
    /// What its figures are; one of them is enough.
    pub dimensions: Vec<Of>,
    /// Units and classifiers it takes; empty for any.
    pub units: Vec<String>,
    /// What is counted or measured: one list a meaning.
    pub measure: Vec<Vec<String>>,
    /// What is said of it: one list a meaning.
    pub predicate: Vec<Vec<String>>,
    /// What tells one figure from another of the same measure: one list a meaning.
    pub qualifier: Vec<Vec<String>>,
    /// Words whose presence near the figure means that it is something else.
    pub not: Vec<String>,
    /// How far figures may stand apart and still agree.
    pub tolerance: Option<Tolerance>,
    /// A running count: a later one may be higher (an update) and should not be lower (`falling-cumulative`).
    pub cumulative: bool,
    /// Without one of the predicate's words near the figure the rule does not apply.
    pub requires_predicate: bool,
    /// Where no word of `predicate` stands near, the first of its meanings is meant.
    pub plain_is_first: bool,
    /// A figure with a qualifier is not compared with one that has none.
    pub strict_qualifier: bool,
    /// The rule of another language for the same measure.
    pub same_as: Option<SameAs>,
    /// Its examples.
    pub examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: Spanned<String>,
    title: String,
    lang: Spanned<String>,
    severity: Option<Spanned<String>>,
    description: String,
    claim: Spanned<ClaimTable>,
    same_as: Option<SameAsTable>,
    #[serde(default)]
    example: Vec<Spanned<ExampleTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SameAsTable {
    rule: Spanned<String>,
    #[serde(default)]
    measure: Vec<String>,
    #[serde(default)]
    predicate: Vec<String>,
    #[serde(default)]
    qualifier: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)]
struct ClaimTable {
    dimension: Spanned<Lists>,
    #[serde(default)]
    units: Lists,
    #[serde(default)]
    measure: Lists,
    #[serde(default)]
    predicate: Lists,
    #[serde(default)]
    qualifier: Lists,
    #[serde(default)]
    not: Lists,
    tolerance: Option<Spanned<String>>,
    #[serde(default)]
    cumulative: bool,
    #[serde(default)]
    requires_predicate: bool,
    #[serde(default)]
    plain_is_first: bool,
    #[serde(default)]
    strict_qualifier: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleTable {
    a: Spanned<String>,
    b: Spanned<String>,
    expect: Spanned<String>,
}

/// One word, one list of words, or one list for each meaning.
#[derive(Default)]
struct Lists(Vec<Vec<Spanned<String>>>);

enum Item {
    Word(String),
    List(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Item;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a word in quotes, or a list of words")
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<Item, E> {
                Ok(Item::Word(word.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Item, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = seq.next_element::<Spanned<String>>()? {
                    words.push(word);
                }
                Ok(Item::List(words))
            }
        }
        deserializer.deserialize_any(V)
    }
}

impl<'de> Deserialize<'de> for Lists {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Lists;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of words, or one list of words for each meaning")
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<Lists, E> {
                Ok(Lists(vec![vec![Spanned::new(0..0, word.to_owned())]]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Lists, A::Error> {
                let (mut flat, mut lists) = (Vec::new(), Vec::new());
                while let Some(item) = seq.next_element::<Spanned<Item>>()? {
                    let span = item.span();
                    match item.into_inner() {
                        Item::Word(word) => flat.push(Spanned::new(span, word)),
                        Item::List(words) => lists.push(words),
                    }
                }
                if !flat.is_empty() && !lists.is_empty() {
                    return Err(de::Error::custom(
                        "words and lists of words are mixed: put each word into the list of its meaning",
                    ));
                }
                if !flat.is_empty() {
                    lists.push(flat);
                }
                Ok(Lists(lists))
            }
        }
        deserializer.deserialize_any(V)
    }
}

/// Reads a file's bytes as a rule file must be: UTF-8, a leading mark allowed.
// An error ends the run: its size costs nothing.
#[allow(clippy::result_large_err)]
pub fn decode(path: &str, bytes: &[u8]) -> Result<String, RuleError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            Err(RuleError::at(path, &good, good.len()..good.len(), "not UTF-8: save the rule file as UTF-8"))
        }
    }
}

/// Reads one rule file. All mistakes that can be told at once are told.
pub(super) fn parse(path: &str, text: &str) -> Result<Rule, Vec<RuleError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(vec![RuleError::at(
            path,
            "",
            0..0,
            format!("a rule file may hold {MAX_BYTES} bytes, this one has {}", text.len()),
        )]);
    }
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => return Err(vec![syntax(path, text, &error)]),
    };
    Checker { path, text, errors: Vec::new(), words: 0 }.check(file)
}

/// A message of the TOML reader, led back to its place, with the names that would have been right.
pub fn syntax(path: &str, text: &str, error: &toml::de::Error) -> RuleError {
    let message = error.message().lines().next().unwrap_or_default();
    let span = error.span().unwrap_or(0..0);
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let Some(found) = message.strip_prefix("unknown field ").and(quoted.first()) {
        let told = if matches!(*found, "pattern" | "patterns" | "regex" | "value" | "message" | "rule" | "unit") {
            format!("unknown key `{found}`: one file is one rule, and a rule lists words, it has no patterns")
        } else {
            format!("unknown key `{found}`")
        };
        return RuleError::at(path, text, span, told).expecting(found, quoted[1..].iter().copied());
    }
    if let Some(name) = message.strip_prefix("missing field ").and(quoted.first()) {
        return RuleError::at(path, text, span, format!("the key `{name}` is missing"));
    }
    let at = span.start.min(text.len());
    let comma = text.get(at..).is_some_and(|rest| rest.starts_with(['，', '、', '：', '＝', '“', '”', '；']));
    let hint = if comma { " (a full-width sign: TOML wants the ASCII one)" } else { "" };
    RuleError::at(path, text, span, format!("{message}{hint}"))
}

struct Checker<'a> {
    path: &'a str,
    text: &'a str,
    errors: Vec<RuleError>,
    words: usize,
}

impl Checker<'_> {
    fn check(mut self, file: File) -> Result<Rule, Vec<RuleError>> {
        let (id, stem) = (file.id.get_ref().as_str(), stem(self.path));
        if id.is_empty()
            || id.len() > 60
            || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            self.wrong(file.id.span(), "an id is made of a–z, 0–9 and `-`, at most 60 of them");
        } else if id != stem {
            let message = format!("the id must be the file's name, `{stem}`");
            self.wrong(file.id.span(), message);
        }
        let lang = self.one_of(&file.lang, &[("zh", Lang::Zh), ("en", Lang::En)], "language");
        let severities = [("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)];
        let severity = match &file.severity {
            Some(name) => self.one_of(name, &severities, "severity"),
            None => Some(Severity::Error),
        };
        if file.title.trim().is_empty() {
            self.errors.push(RuleError::at(self.path, self.text, 0..0, "the title is empty"));
        }
        let claim_span = file.claim.span();
        let claim = file.claim.into_inner();
        let mut dimensions = Vec::new();
        let whole = claim.dimension.span();
        for name in claim.dimension.into_inner().0.into_iter().flatten() {
            let name = if name.span().is_empty() { Spanned::new(whole.clone(), name.into_inner()) } else { name };
            dimensions.extend(self.one_of(&name, Of::NAMES, "dimension"));
        }
        let tolerance = claim.tolerance.as_ref().and_then(|t| self.tolerance(t));
        let mut rule = Rule {
            id: id.to_owned(),
            title: file.title,
            description: file.description,
            lang: lang.unwrap_or(Lang::Zh),
            severity: severity.unwrap_or(Severity::Error),
            path: self.path.to_owned(),
            dimensions,
            units: self.words(claim.units).concat(),
            measure: self.words(claim.measure),
            predicate: self.words(claim.predicate),
            qualifier: self.words(claim.qualifier),
            not: self.words(claim.not).concat(),
            tolerance,
            cumulative: claim.cumulative,
            requires_predicate: claim.requires_predicate,
            plain_is_first: claim.plain_is_first,
            strict_qualifier: claim.strict_qualifier,
            same_as: None,
            examples: self.examples(file.example),
        };
        rule.same_as = file.same_as.and_then(|table| self.same_as(table, &rule));
        if rule.dimensions.is_empty() && self.errors.is_empty() {
            self.wrong(whole, "name at least one dimension");
        }
        if rule.requires_predicate && rule.predicate.is_empty() {
            self.wrong(claim_span.clone(), "`requires_predicate` without a `predicate` can never match");
        }
        if rule.plain_is_first && (rule.predicate.is_empty() || rule.requires_predicate || rule.measure.is_empty()) {
            self.wrong(claim_span.clone(), "`plain_is_first` wants a `measure` and a `predicate` that is not required");
        }
        let catch_all = rule.measure.is_empty() && rule.predicate.is_empty();
        if catch_all && rule.dimensions.iter().any(|d| *d != Of::Age) {
            self.wrong(claim_span, "a rule needs words: `measure`, `predicate` or both");
        }
        if self.errors.is_empty() { Ok(rule) } else { Err(self.errors) }
    }

    fn wrong(&mut self, span: Range<usize>, message: impl Into<String>) {
        if self.errors.len() < 20 {
            self.errors.push(RuleError::at(self.path, self.text, span, message));
        }
    }

    fn one_of<T: Copy>(&mut self, name: &Spanned<String>, names: &[(&str, T)], what: &str) -> Option<T> {
        let found = names.iter().find(|(n, _)| n == name.get_ref());
        if found.is_none() && self.errors.len() < 20 {
            let error =
                RuleError::at(self.path, self.text, name.span(), format!("unknown {what} `{}`", name.get_ref()));
            self.errors.push(error.expecting(name.get_ref(), names.iter().map(|(n, _)| *n)));
        }
        found.map(|(_, value)| *value)
    }

    /// One word for each list of the rule, or none for a list that needs none.
    fn same_as(&mut self, table: SameAsTable, rule: &Rule) -> Option<SameAs> {
        let span = table.rule.span();
        for (name, words, lists) in [
            ("measure", &table.measure, rule.measure.len()),
            ("predicate", &table.predicate, rule.predicate.len()),
            ("qualifier", &table.qualifier, rule.qualifier.len()),
        ] {
            // One list on either side needs no word.
            if words.len() != lists && !(words.is_empty() && lists <= 1) {
                let message = format!(
                    "`{name}` of `same_as` wants one word for each of the {lists} lists, \"\" where there is none"
                );
                self.wrong(span.clone(), message);
            }
        }
        let id = table.rule.into_inner();
        if id == rule.id {
            self.wrong(span, "`same_as` names a rule of the other language, not this one");
            return None;
        }
        Some(SameAs { rule: id, measure: table.measure, predicate: table.predicate, qualifier: table.qualifier })
    }

    fn tolerance(&mut self, written: &Spanned<String>) -> Option<Tolerance> {
        let (digits, relative) = match written.get_ref().strip_suffix(['%', '％']) {
            Some(digits) => (digits, true),
            None => (written.get_ref().as_str(), false),
        };
        match digits.trim().parse::<Decimal>() {
            Ok(value) if value > Decimal::ZERO && (!relative || value <= Decimal::from(50)) => Some(if relative {
                Tolerance::Relative(value / Decimal::ONE_HUNDRED)
            } else {
                Tolerance::Absolute(value)
            }),
            _ => {
                self.wrong(written.span(), "a tolerance is a positive number, or a share up to 50%: `\"2\"`, `\"1%\"`");
                None
            }
        }
    }

    fn words(&mut self, lists: Lists) -> Vec<Vec<String>> {
        let mut checked = Vec::new();
        for list in lists.0 {
            if list.is_empty() {
                self.errors.push(RuleError::at(self.path, self.text, 0..0, "a list of words is empty"));
            }
            let mut words = Vec::new();
            for word in list {
                self.words += 1;
                let span = word.span();
                let word = word.into_inner();
                if word.trim().is_empty() || word.trim() != word {
                    self.wrong(span, "a word must not be empty, nor begin or end with a space");
                } else if word.chars().count() > MAX_WORD_CHARS {
                    self.wrong(span, format!("a word may have {MAX_WORD_CHARS} characters"));
                } else if word.chars().any(char::is_control) {
                    self.wrong(span, "a word must not hold control characters");
                } else if self.words == MAX_WORDS + 1 {
                    self.wrong(span, format!("a rule may list {MAX_WORDS} words"));
                } else if words.contains(&word) {
                    self.wrong(span, format!("`{word}` stands twice in one list"));
                } else if self.words <= MAX_WORDS {
                    words.push(word);
                }
            }
            checked.push(words);
        }
        for (i, list) in checked.iter().enumerate() {
            if let Some(word) = list.iter().find(|word| checked[..i].iter().any(|earlier| earlier.contains(word))) {
                self.errors.push(RuleError::at(
                    self.path,
                    self.text,
                    0..0,
                    format!("`{word}` stands under two meanings"),
                ));
            }
        }
        checked
    }

    fn examples(&mut self, tables: Vec<Spanned<ExampleTable>>) -> Vec<Example> {
        let mut examples = Vec::new();
        for table in tables {
            let start = table.span().start.min(self.text.len());
            let line = self.text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            let table = table.into_inner();
            for side in [&table.a, &table.b] {
                if side.get_ref().trim().is_empty() {
                    self.wrong(side.span(), "an example needs a sentence");
                }
            }
            if let Some(expect) = self.one_of(&table.expect, Expect::NAMES, "expectation") {
                examples.push(Example { a: table.a.into_inner(), b: table.b.into_inner(), expect, line });
            }
        }
        for (expect, name) in [(Expect::Contradiction, "contradiction"), (Expect::Consistent, "consistent")] {
            if !examples.iter().any(|e| e.expect == expect) && self.errors.len() < 20 {
                let end = self.text.trim_end().len();
                self.wrong(end..end, format!("a rule needs an [[example]] with expect = \"{name}\""));
            }
        }
        examples
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}
