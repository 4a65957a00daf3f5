//! Rule file → checked spec → compiled matcher. Enters: TOML, and later the words around a figure. Leaves: a [`RuleSet`], and for a
//! figure the rule it falls under with the meanings its words have. Knows no article and judges nothing.
//!
//! `rules/README.md` tells editors what a rule's keys mean and which word wins; `matcher.rs` is that page in code.

mod error;
mod error_zh;
mod matcher;
mod spec;
mod twin;

use std::ops::Range;
use std::sync::OnceLock;

pub use error::{RuleError, nearest, visible};
pub use spec::{Example, Expect, Of, Rule, SameAs, Tolerance, decode, syntax};
pub use twin::Across;

use crate::embedded;
use crate::model::{Kind, Lang, Quantity};
use matcher::Tables;
use twin::Twins;

/// The JSON Schema of rule files.
pub const SCHEMA: &str = include_str!("../../rules/rule.schema.json");

/// The most rules that one set holds.
const MAX_RULES: usize = 4000;

/// Index into [`RuleSet::rules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// A figure and the words it stands in.
#[derive(Debug, Clone)]
pub struct KeyInput<'a> {
    /// Language of the text.
    pub lang: Lang,
    /// Kind of the figure.
    pub kind: Kind,
    /// Its unit (`Quantity::unit`).
    pub unit: Option<&'a str>,
    /// The thing counted, with its modifiers, where the extractor found one.
    pub measure: Option<&'a str>,
    /// The head of `measure`.
    pub measure_head: Option<&'a str>,
    /// What is said of it, where the extractor found it.
    pub predicate: Option<&'a str>,
    /// The clause.
    pub clause: &'a str,
    /// The sentence; `clause` should be a slice of it.
    pub sentence: &'a str,
    /// Where the figure (hedge to unit) stands in `clause`, in bytes.
    pub figure: Range<usize>,
}

/// The rule that a figure falls under, and which of its meanings the words have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// The rule.
    pub rule: RuleId,
    /// Which list of `measure`; 0 where the rule has none.
    pub measure_sense: u16,
    /// Which list of `predicate`; `None` where no word of any stands near.
    pub predicate_sense: Option<u16>,
    /// Which lists of `qualifier`, sorted.
    pub qualifiers: Vec<u16>,
}

/// The rules in force.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// Rule files of the user, already checked; they replace embedded ones of the same id.
    extra: Vec<Rule>,
    embedded: bool,
    rules: OnceLock<Vec<Rule>>,
    tables: [OnceLock<Tables>; 2],
    twins: OnceLock<Twins>,
}

impl RuleSet {
    /// The rules embedded in the binary. Costs nothing until they are first asked for.
    pub fn embedded() -> Self {
        Self { embedded: true, ..Self::default() }
    }

    /// The embedded rules with those of `extra`, `(path, TOML text)`, added, or in place of an embedded rule with the same id.
    ///
    /// An `Err` holds every mistake of every file.
    pub fn load(extra: &[(&str, &str)]) -> Result<Self, Vec<RuleError>> {
        let mut rules: Vec<Rule> = Vec::new();
        let mut errors = Vec::new();
        for &(path, text) in extra.iter().take(MAX_RULES) {
            match spec::parse(path, text) {
                Ok(rule) => match rules.iter().find(|r| r.id == rule.id) {
                    Some(first) => {
                        let message = format!("the id `{}` is taken by {}", rule.id, first.path);
                        errors.push(RuleError::at(path, text, id_span(text), message));
                    }
                    None => rules.push(rule),
                },
                Err(more) => errors.extend(more),
            }
        }
        if let Some((path, _)) = extra.get(MAX_RULES) {
            errors.push(RuleError::at(path, "", 0..0, format!("more than {MAX_RULES} rule files")));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let paired = rules.iter().any(|r| r.same_as.is_some());
        let set = Self { extra: rules, embedded: true, ..Self::default() };
        // What a rule calls its counterpart can be held against that rule only when all are read.
        if paired {
            for &(path, text) in extra.iter().take(MAX_RULES) {
                if let Some(Err(message)) =
                    set.rules().iter().find(|r| r.path == path).map(|r| twin::check(set.rules(), r))
                {
                    errors.push(RuleError::at(path, text, twin::span(text), message));
                }
            }
        }
        if errors.is_empty() { Ok(set) } else { Err(errors) }
    }

    /// The rules, sorted by language and id; a [`RuleId`] is an index into them.
    pub fn rules(&self) -> &[Rule] {
        self.rules.get_or_init(|| {
            let mut rules = self.extra.clone();
            if self.embedded {
                for parsed in parse_embedded() {
                    match parsed {
                        Ok(rule) if self.extra.iter().any(|r| r.id == rule.id && r.lang == rule.lang) => {}
                        Ok(rule) => rules.push(rule),
                        Err(errors) => unreachable!("embedded rules are tested: {}", errors[0]),
                    }
                }
            }
            rules.sort_by(|a, b| (a.lang, &a.id, &a.path).cmp(&(b.lang, &b.id, &b.path)));
            rules
        })
    }

    /// One rule.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules()[id.0 as usize]
    }

    fn tables(&self, lang: Lang) -> &Tables {
        self.tables[usize::from(lang == Lang::En)].get_or_init(|| Tables::new(self.rules(), lang))
    }

    /// Compiles the rules of one language ahead of the first figure, for a caller that has a thread to spare.
    pub fn warm(&self, lang: Lang) {
        self.tables(lang);
    }

    /// The rule that a figure falls under: the one whose word stands nearest to it (`rules/README.md`).
    pub fn classify(&self, input: &KeyInput<'_>) -> Option<Match> {
        self.tables(input.lang).classify(self.rules(), input)
    }

    /// Whether the words alone tell that two figures speak of two things: two meanings of one rule, or two rules of which one goes by what
    /// is done and not by what is counted (遇难 and 受伤).
    pub fn apart(&self, a: &Match, b: &Match) -> bool {
        let by_act = |id: RuleId| self.rule(id).measure.is_empty() && !self.rule(id).predicate.is_empty();
        if a.rule == b.rule { !self.comparable(a, b) } else { by_act(a.rule) || by_act(b.rule) }
    }

    /// Whether two figures may be compared as far as their rule and its words tell: same rule, same meanings, no qualifier that sets
    /// them apart. A predicate that one of them does not name fits any.
    pub fn comparable(&self, a: &Match, b: &Match) -> bool {
        let plain = self.rule(a.rule).plain_is_first.then_some(0);
        let predicates = match (a.predicate_sense.or(plain), b.predicate_sense.or(plain)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let unknown = a.qualifiers.is_empty() || b.qualifiers.is_empty();
        let qualifiers = a.qualifiers == b.qualifiers || unknown && !self.rule(a.rule).strict_qualifier;
        a.rule == b.rule && a.measure_sense == b.measure_sense && predicates && qualifiers
    }

    /// The measure that a rule has in common with a rule of another language; `None` where no other names it.
    pub fn measure_across(&self, id: RuleId) -> Option<RuleId> {
        self.twins().key(id)
    }

    /// Whether two figures of two languages may be compared as far as their rules and their words tell.
    pub fn across(&self, a: &Match, b: &Match) -> Across {
        self.twins().across(self.rules(), a, b)
    }

    fn twins(&self) -> &Twins {
        self.twins.get_or_init(|| Twins::new(self.rules()))
    }

    /// Whether a rule lets the distance between two values pass: its `tolerance`.
    pub fn tolerates(&self, id: RuleId, a: &Quantity, b: &Quantity) -> bool {
        let Some(tolerance) = self.rule(id).tolerance else { return false };
        let gap = |low: &Quantity, high: &Quantity| {
            let (top, bottom) = (low.literal.high?.value, high.literal.low?.value);
            Some((bottom.checked_sub(top)?, bottom.abs().max(top.abs())))
        };
        let Some((gap, size)) = [gap(a, b), gap(b, a)].into_iter().flatten().max() else { return false };
        match tolerance {
            Tolerance::Absolute(most) => {
                let points = a.point.zip(b.point).filter(|_| a.unit == b.unit);
                let apart = points.and_then(|(x, y)| x.checked_sub(y));
                apart.is_some_and(|apart| apart.abs() <= most)
            }
            Tolerance::Relative(share) => size.checked_mul(share).is_some_and(|most| gap <= most),
        }
    }
}

/// Every example of every rule, in the order of [`RuleSet::rules`].
pub fn examples(rules: &RuleSet) -> impl Iterator<Item = (RuleId, &Rule, &Example)> {
    let numbered = rules.rules().iter().enumerate();
    numbered.flat_map(|(i, rule)| rule.examples.iter().map(move |example| (RuleId(i as u32), rule, example)))
}

/// Every embedded rule, read on two threads: on one it would be most of the start-up of a short run. These are threads of their own
/// and not of the pool, which could steal work that waits for these very rules.
fn parse_embedded() -> Vec<Result<Rule, Vec<RuleError>>> {
    let files: Vec<(&str, &str)> = embedded_files().collect();
    let (first, second) = files.split_at(files.len() / 2);
    let read = |half: &[(&'static str, &'static str)]| -> Vec<_> {
        half.iter().map(|(path, text)| spec::parse(path, text)).collect()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| read(second));
        let mut all = read(first);
        all.extend(other.join().unwrap_or_else(|_| read(second)));
        all
    })
}

/// The embedded rule files: `rules/<language>/<id>.toml`.
fn embedded_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    embedded::FILES.iter().copied().filter(|(path, _)| path.matches('/').count() == 2)
}

fn id_span(text: &str) -> Range<usize> {
    let start = text.lines().scan(0, |at, line| {
        let here = *at;
        *at += line.len() + 1;
        Some((here, line))
    });
    start
        .filter(|(_, line)| line.trim_start().starts_with("id"))
        .map(|(at, line)| at..at + line.len())
        .next()
        .unwrap_or(0..0)
}

#[cfg(test)]
mod tests;
