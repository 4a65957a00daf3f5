//! All words of all rules of one language in one automaton. Enters: the rules, and the clause of a figure. Leaves: the rule whose
//! word stands nearest. The cost of a clause does not depend on the number of rules. Knows no file.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::FxHashMap;

use super::{KeyInput, Match, Rule, RuleId};
use crate::model::Lang;
use crate::text::{is_ideograph, is_word};

/// How far to either side of a figure words are looked for, in bytes.
const WINDOW: usize = 300;
/// How many characters may stand between a figure and the word it goes by.
const REACH: usize = 40;
/// What a mark between items of a list adds to a distance.
const LIST_MARK: usize = 12;

/// What a word does in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Measure(u16),
    Predicate(u16),
    Qualifier(u16),
    Not,
}

/// The words of the rules of one language.
#[derive(Debug)]
pub(super) struct Tables {
    automaton: Option<AhoCorasick>,
    /// For each pattern what it is, and in which rules.
    uses: Vec<Vec<(u32, Role)>>,
    /// Rules without any word: they take what no other takes.
    catch_all: Vec<u32>,
}

/// A word found near the figure.
#[derive(Debug, Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    role: Role,
}

/// The word that a rule goes by for this figure.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    rule: u32,
    distance: usize,
    start: usize,
    end: usize,
}

impl Tables {
    pub(super) fn new(rules: &[Rule], lang: Lang) -> Self {
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        let (mut patterns, mut uses, mut catch_all) = (Vec::new(), Vec::<Vec<(u32, Role)>>::new(), Vec::new());
        for (i, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.lang == lang) {
            if rule.measure.is_empty() && rule.predicate.is_empty() {
                catch_all.push(i as u32);
            }
            let mut put = |word: &str, role| {
                let number = *numbers.entry(word.to_ascii_lowercase()).or_insert_with_key(|word| {
                    patterns.push(word.clone());
                    uses.push(Vec::new());
                    patterns.len() - 1
                });
                uses[number].push((i as u32, role));
            };
            let senses = |lists: &'_ [Vec<String>]| {
                let numbered = lists.iter().enumerate();
                numbered.flat_map(|(n, list)| list.iter().map(move |word| (n as u16, word.clone()))).collect::<Vec<_>>()
            };
            for (n, word) in senses(&rule.measure) {
                put(&word, Role::Measure(n));
            }
            for (n, word) in senses(&rule.predicate) {
                put(&word, Role::Predicate(n));
            }
            for (n, word) in senses(&rule.qualifier) {
                put(&word, Role::Qualifier(n));
            }
            for word in &rule.not {
                put(word, Role::Not);
            }
        }
        let mut builder = AhoCorasick::builder();
        let builder = builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::ContiguousNFA));
        let automaton = if patterns.is_empty() { None } else { builder.build(&patterns).ok() };
        Self { automaton, uses, catch_all }
    }

    /// The words of each rule in the part of `text` around `figure`, by rule.
    fn hits(&self, rules: &[Rule], input: &KeyInput<'_>, text: &str, figure: &Range<usize>) -> Vec<(u32, Vec<Hit>)> {
        let from = ceil(text, figure.start.saturating_sub(WINDOW));
        let to = floor(text, (figure.end + WINDOW).min(text.len()));
        let mut found: Vec<(u32, Hit)> = Vec::new();
        let Some(automaton) = &self.automaton else { return Vec::new() };
        for hit in automaton.find_overlapping_iter(&text[from..to]) {
            let (start, end) = (from + hit.start(), from + hit.end());
            if !whole_word(text, start, end) {
                continue;
            }
            for &(rule, role) in &self.uses[hit.pattern().as_usize()] {
                if fits(&rules[rule as usize], input) {
                    found.push((rule, Hit { start, end, role }));
                }
            }
        }
        // A measure inside a longer measure is not that measure: 学生 in 大学生, whichever rule the longer one is of.
        let longest: Vec<(usize, usize)> =
            found.iter().filter(|(_, h)| matches!(h.role, Role::Measure(_))).map(|(_, h)| (h.start, h.end)).collect();
        let mut by_rule: Vec<(u32, Vec<Hit>)> = Vec::new();
        for i in 0..found.len() {
            let (rule, hit) = found[i];
            let covered = match hit.role {
                Role::Measure(_) => longest.iter().any(|&other| covers(other, &hit)),
                Role::Not => false,
                role => {
                    let same = |other: Role| std::mem::discriminant(&other) == std::mem::discriminant(&role);
                    found.iter().any(|(r, h)| *r == rule && same(h.role) && covers((h.start, h.end), &hit))
                }
            };
            if !covered {
                match by_rule.iter_mut().find(|(r, _)| *r == rule) {
                    Some((_, hits)) => hits.push(hit),
                    None => by_rule.push((rule, vec![hit])),
                }
            }
        }
        by_rule
    }

    pub(super) fn classify(&self, rules: &[Rule], input: &KeyInput<'_>) -> Option<Match> {
        let (text, figure) = (input.clause, &input.figure);
        if figure.start > figure.end || figure.end > text.len() || text.get(figure.clone()).is_none() {
            return None;
        }
        let hull = hull(text, figure, input.measure);
        let mut by_rule = self.hits(rules, input, text, figure);
        by_rule.retain(|(_, hits)| !hits.iter().any(|h| h.role == Role::Not));
        let mut best: Option<(Anchor, &[Hit])> = None;
        for (rule, hits) in &by_rule {
            let spec = &rules[*rule as usize];
            if spec.requires_predicate && !hits.iter().any(|h| matches!(h.role, Role::Predicate(_))) {
                continue;
            }
            let Some(anchor) = anchor(spec, *rule, text, figure, &hull, hits) else { continue };
            if best.as_ref().is_none_or(|(b, _)| rank(&anchor) < rank(b)) {
                best = Some((anchor, hits));
            }
        }
        match best {
            Some((anchor, hits)) => Some(Self::read(text, figure, &anchor, hits)),
            None => self.topic_before(rules, input, &by_rule).or_else(|| {
                let rule = *self.catch_all.iter().find(|r| fits(&rules[**r as usize], input))?;
                let forbidden = self.forbids(rule, text, figure);
                (!forbidden).then(|| Match {
                    rule: RuleId(rule),
                    measure_sense: 0,
                    predicate_sense: None,
                    qualifiers: Vec::new(),
                })
            }),
        }
    }

    /// The meanings of the words around the anchor.
    fn read(text: &str, figure: &Range<usize>, anchor: &Anchor, hits: &[Hit]) -> Match {
        let measure_sense = hits.iter().find_map(|h| match h.role {
            Role::Measure(n) if h.start == anchor.start && h.end == anchor.end => Some(n),
            _ => None,
        });
        let predicate_sense = hits
            .iter()
            .filter_map(|h| match h.role {
                Role::Predicate(n) => Some((distance(text, figure, h.start, h.end), h.start, n)),
                _ => None,
            })
            .min()
            .map(|(_, _, n)| n);
        let span = figure.start.min(anchor.start)..figure.end.max(anchor.end);
        let mut qualifiers: Vec<u16> = hits
            .iter()
            .filter_map(|h| match h.role {
                Role::Qualifier(n) if belongs(text, &span, h) => Some(n),
                _ => None,
            })
            .collect();
        qualifiers.sort_unstable();
        qualifiers.dedup();
        Match { rule: RuleId(anchor.rule), measure_sense: measure_sense.unwrap_or(0), predicate_sense, qualifiers }
    }

    /// `供应商方面，目前已有4000多家入驻`: the clause names what is done, an earlier clause of the sentence who does it.
    fn topic_before(&self, rules: &[Rule], input: &KeyInput<'_>, by_rule: &[(u32, Vec<Hit>)]) -> Option<Match> {
        if input.measure.is_some()
            || !by_rule.iter().any(|(_, hits)| hits.iter().any(|h| matches!(h.role, Role::Predicate(_))))
        {
            return None;
        }
        let offset = (input.clause.as_ptr() as usize).checked_sub(input.sentence.as_ptr() as usize)?;
        let before = input.sentence.get(..offset)?;
        let topics = self.hits(rules, input, before, &(offset..offset));
        let mut best: Option<(usize, Match)> = None;
        for (rule, hits) in by_rule {
            let Some((_, topic)) = topics.iter().find(|(r, _)| r == rule) else { continue };
            if topic.iter().any(|h| h.role == Role::Not) {
                continue;
            }
            let Some(last) = topic.iter().filter(|h| matches!(h.role, Role::Measure(_))).max_by_key(|h| h.end) else {
                continue;
            };
            let Role::Measure(measure_sense) = last.role else { continue };
            let anchor = Anchor { rule: *rule, distance: 0, start: input.figure.start, end: input.figure.end };
            let mut found = Self::read(input.clause, &input.figure, &anchor, hits);
            if found.predicate_sense.is_some() && best.as_ref().is_none_or(|(end, _)| *end < last.end) {
                found.measure_sense = measure_sense;
                best = Some((last.end, found));
            }
        }
        best.map(|(_, found)| found)
    }

    fn forbids(&self, rule: u32, text: &str, figure: &Range<usize>) -> bool {
        let Some(automaton) = &self.automaton else { return false };
        let from = ceil(text, figure.start.saturating_sub(WINDOW));
        let to = floor(text, (figure.end + WINDOW).min(text.len()));
        automaton.find_overlapping_iter(&text[from..to]).any(|hit| {
            whole_word(text, from + hit.start(), from + hit.end())
                && self.uses[hit.pattern().as_usize()].contains(&(rule, Role::Not))
        })
    }
}

/// Whether a rule takes a figure of this kind and unit at all.
fn fits(rule: &Rule, input: &KeyInput<'_>) -> bool {
    let unit = rule.units.is_empty() || input.unit.is_none_or(|unit| rule.units.iter().any(|u| u == unit));
    unit && rule.dimensions.iter().any(|d| d.fits(input.kind, input.unit))
}

/// The figure with the noun that follows it at once, where the extractor found that noun to be what is counted.
fn hull(text: &str, figure: &Range<usize>, measure: Option<&str>) -> Range<usize> {
    match measure {
        Some(measure) if !measure.is_empty() => {
            let gap = text[figure.end..].len() - text[figure.end..].trim_start().len();
            if text[figure.end + gap..].starts_with(measure) {
                figure.start..figure.end + gap + measure.len()
            } else {
                figure.clone()
            }
        }
        _ => figure.clone(),
    }
}

/// The word that `rule` goes by: the nearest of its measures, or of its predicates where it has no measures.
fn anchor(
    rule: &Rule,
    number: u32,
    text: &str,
    figure: &Range<usize>,
    hull: &Range<usize>,
    hits: &[Hit],
) -> Option<Anchor> {
    let named = hull != figure;
    let mut best: Option<Anchor> = None;
    for hit in hits {
        let distance = match hit.role {
            Role::Measure(_) => {
                let far = distance(text, figure, hit.start, hit.end);
                let inside = hit.start >= hull.start && hit.end <= hull.end;
                // What is counted is named, and it is another thing: 供应商旗下的5000家门店.
                if named && !inside && distance_from(text, hull, hit) > 1 {
                    continue;
                }
                far
            }
            Role::Predicate(_) if rule.measure.is_empty() => distance(text, figure, hit.start, hit.end),
            _ => continue,
        };
        let next = Anchor { rule: number, distance, start: hit.start, end: hit.end };
        if distance <= REACH && best.as_ref().is_none_or(|b| rank(&next) < rank(b)) {
            best = Some(next);
        }
    }
    best
}

/// The nearer first; of two equally near the longer, then the one that comes after the figure, then the earlier rule.
fn rank(anchor: &Anchor) -> (usize, usize, usize, u32) {
    (anchor.distance, usize::MAX - (anchor.end - anchor.start), usize::MAX - anchor.start, anchor.rule)
}

fn distance_from(text: &str, hull: &Range<usize>, hit: &Hit) -> usize {
    distance(text, hull, hit.start, hit.end)
}

/// Characters between a figure and a word; a mark between list items counts for many, and so does another figure, to which a word
/// before this one may belong (`12人死亡3人受伤`).
fn distance(text: &str, figure: &Range<usize>, start: usize, end: usize) -> usize {
    let (between, before) = if start >= figure.end {
        (figure.end..start, false)
    } else if end <= figure.start {
        (end..figure.start, true)
    } else {
        return 0;
    };
    let mut far = 0;
    for c in text[between].chars() {
        far += match c {
            ' ' => 0,
            '、' | '；' | ';' | '，' | ',' | '/' | '。' => LIST_MARK,
            c if c.is_numeric() => LIST_MARK,
            c if c.is_ascii_alphabetic() => 1,
            _ => 2,
        };
    }
    // Two for a Chinese character, one for a letter: `REACH` is counted in halves of a character.
    if before && text[..start].chars().rev().take(3).any(char::is_numeric) {
        far += 3;
    }
    far
}

/// Whether a qualifier stands with this figure and not with another: between them no digit and no mark of a list.
fn belongs(text: &str, span: &Range<usize>, hit: &Hit) -> bool {
    let between = if hit.start >= span.end {
        span.end..hit.start
    } else if hit.end <= span.start {
        hit.end..span.start
    } else {
        return true;
    };
    !text[between].chars().any(|c| c.is_numeric() || matches!(c, '、' | '；' | ';' | '，' | ','))
}

fn covers(outer: (usize, usize), hit: &Hit) -> bool {
    outer.0 <= hit.start && hit.end <= outer.1 && (outer.0, outer.1) != (hit.start, hit.end)
}

/// Letters of an alphabet match as whole words; ideographs anywhere.
fn whole_word(text: &str, start: usize, end: usize) -> bool {
    let joins = |outer: Option<char>, inner: Option<char>| {
        let letter = |c: char| is_word(c) && !is_ideograph(c) && !c.is_numeric();
        outer.is_some_and(letter) && inner.is_some_and(letter)
    };
    let word = &text[start..end];
    !joins(text[..start].chars().next_back(), word.chars().next())
        && !joins(text[end..].chars().next(), word.chars().next_back())
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
