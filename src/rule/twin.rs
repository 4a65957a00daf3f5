//! Rules of two languages that name one measure: `same_as` of a rule file. Enters: the rules. Leaves: for a figure under a rule the
//! measure that the rules of both languages share, and whether the meanings of two figures meet. Knows no article.

use std::ops::Range;

use super::{Match, Rule, RuleId};

/// What the rules say of two figures in two languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// Their rules name two measures, or nobody said that they name one.
    Unpaired,
    /// One measure, in two meanings or with two qualifiers.
    OtherMeaning,
    /// They may be compared.
    Comparable,
}

/// Which list over there each list of a rule answers to.
#[derive(Debug)]
pub(super) struct Twin {
    of: RuleId,
    measure: Vec<Vec<u16>>,
    predicate: Vec<Vec<u16>>,
    qualifier: Vec<Vec<u16>>,
}

/// All pairs of rules.
#[derive(Debug, Default)]
pub(super) struct Twins {
    /// By rule: the rule that it names as its counterpart.
    twin: Vec<Option<Twin>>,
    /// By rule: whether another names it.
    named: Vec<bool>,
}

/// A qualifier that the other language has no list for: it differs from all that it has.
const ELSEWHERE: u16 = 1 << 15;
/// A predicate that says nothing in the other language (`has`): it fits any.
const ANY: u16 = u16::MAX;

impl Twins {
    pub fn new(rules: &[Rule]) -> Self {
        let mut twins = Self { twin: Vec::new(), named: vec![false; rules.len()] };
        for rule in rules {
            let twin = check(rules, rule).ok().flatten();
            if let Some(twin) = &twin {
                twins.named[twin.of.0 as usize] = true;
            }
            twins.twin.push(twin);
        }
        twins
    }

    pub fn key(&self, id: RuleId) -> Option<RuleId> {
        match self.twin.get(id.0 as usize)? {
            Some(twin) => Some(twin.of),
            None => self.named[id.0 as usize].then_some(id),
        }
    }

    pub fn across(&self, rules: &[Rule], a: &Match, b: &Match) -> Across {
        match (self.key(a.rule), self.key(b.rule)) {
            (Some(p), Some(q)) if p == q => {}
            _ => return Across::Unpaired,
        }
        let plain = |m: &Match| rules[m.rule.0 as usize].plain_is_first.then_some(0);
        // In the lists of the rule that both answer to.
        let there = |m: &Match| -> (Vec<u16>, Option<Vec<u16>>, Vec<u16>) {
            let said = m.predicate_sense.or(plain(m));
            let Some(twin) = &self.twin[m.rule.0 as usize] else {
                return (vec![m.measure_sense], said.map(|s| vec![s]), m.qualifiers.clone());
            };
            let of = |lists: &[Vec<u16>], sense: u16| lists.get(usize::from(sense)).cloned().unwrap_or_default();
            let of_qualifier = |q: &u16| of(&twin.qualifier, *q).first().copied().unwrap_or(ELSEWHERE + q);
            let mut qualifiers: Vec<u16> = m.qualifiers.iter().map(of_qualifier).collect();
            qualifiers.sort_unstable();
            qualifiers.dedup();
            let said = said.map(|s| of(&twin.predicate, s)).filter(|s| *s != [ANY]);
            (of(&twin.measure, m.measure_sense), said, qualifiers)
        };
        let ((measures, said, with), (others, also, but)) = (there(a), there(b));
        let meet = |p: &[u16], q: &[u16]| p.iter().any(|s| q.contains(s));
        let predicates = match (&said, &also) {
            (Some(p), Some(q)) => meet(p, q),
            // What one language alone has a list for is said of something else.
            (Some(p), None) | (None, Some(p)) => !p.is_empty(),
            _ => true,
        };
        let strict = [a, b].iter().any(|m| rules[m.rule.0 as usize].strict_qualifier);
        let qualifiers = with == but || (with.is_empty() || but.is_empty()) && !strict;
        if meet(&measures, &others) && predicates && qualifiers { Across::Comparable } else { Across::OtherMeaning }
    }
}

/// The counterpart that `rule` names, read against it; an `Err` says what is wrong.
pub(super) fn check(rules: &[Rule], rule: &Rule) -> Result<Option<Twin>, String> {
    let Some(same) = &rule.same_as else { return Ok(None) };
    let Some(at) = rules.iter().position(|r| r.id == same.rule && r.lang != rule.lang) else {
        return Err(format!("`same_as`: no rule `{}` of another language", same.rule));
    };
    let other = &rules[at];
    if other.same_as.is_some() {
        return Err(format!("`same_as`: `{}` names a counterpart itself; one of the two does", same.rule));
    }
    let lists = |own: &[Vec<String>], words: &[String], there: &[Vec<String>]| -> Result<Vec<Vec<u16>>, String> {
        if words.is_empty() && own.len() <= 1 && there.len() <= 1 {
            // One list on either side is one meaning.
            return Ok(vec![vec![0]; own.len().max(1)]);
        }
        if words.is_empty() && own.len() == 1 {
            return Err(format!(
                "`same_as`: `{}` has {} lists here: say with a word which one is meant",
                same.rule,
                there.len()
            ));
        }
        words
            .iter()
            .map(|entry| match entry.as_str() {
                "" => Ok(Vec::new()),
                "*" => Ok(vec![ANY]),
                // Two lists over there may be one here: `游客/观众` are both visitors.
                words => words
                    .split('/')
                    .map(|word| match there.iter().position(|list| list.iter().any(|w| w == word)) {
                        Some(n) => Ok(n as u16),
                        None => Err(format!("`same_as`: `{word}` stands in no list of `{}`", same.rule)),
                    })
                    .collect(),
            })
            .collect()
    };
    if rule.measure.is_empty() != other.measure.is_empty() {
        return Err(format!(
            "`same_as`: one of the rule and `{}` goes by what is counted, the other does not",
            same.rule
        ));
    }
    let mut measure = lists(&rule.measure, &same.measure, &other.measure)?;
    // A rule that goes by what is said, and not by what is counted, has one measure.
    if rule.measure.is_empty() && other.measure.is_empty() {
        measure = vec![vec![0]];
    }
    Ok(Some(Twin {
        of: RuleId(at as u32),
        measure,
        predicate: lists(&rule.predicate, &same.predicate, &other.predicate)?,
        qualifier: lists(&rule.qualifier, &same.qualifier, &other.qualifier)?,
    }))
}

/// Where a rule file names its counterpart.
pub(super) fn span(text: &str) -> Range<usize> {
    text.find("[same_as]").map_or(0..0, |at| at..at + "[same_as]".len())
}
