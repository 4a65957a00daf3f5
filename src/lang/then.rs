//! What was and what is: words that tell which of the two a figure is of. Enters: the table `then` of `rules/<code>/words/compare.toml`.
//! Leaves: whether two stretches of text speak of two times. Knows no claim.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::is_ideograph;

/// The table `then` of a word file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ThenWords {
    turn: Vec<(char, char)>,
    succeed: Vec<(char, char)>,
    former: Vec<String>,
    turns: Vec<String>,
    present: Vec<String>,
    ahead: Vec<String>,
    done: Vec<String>,
    rule: Vec<String>,
    capacity: Vec<String>,
}

/// The words that set what was apart from what is.
pub struct Then {
    words: ThenWords,
    /// The characters of `turn` and `succeed`, in both scripts.
    edges: Vec<char>,
    folds: FxHashMap<char, char>,
}

/// Where an edge stands in a text, and with which characters.
type Events<'a> = &'a dyn Fn(&[char], char) -> Vec<(char, char)>;

impl Then {
    /// `folds` leads from the traditional script to the simplified one.
    pub(super) fn new(words: ThenWords, folds: &FxHashMap<char, char>) -> Self {
        let mut edges: Vec<char> = words.turn.iter().chain(&words.succeed).flat_map(|(p, q)| [*p, *q]).collect();
        let traditional: Vec<char> = folds.iter().filter(|(_, to)| edges.contains(to)).map(|(from, _)| *from).collect();
        let folds = folds.iter().filter(|(_, to)| edges.contains(to)).map(|(from, to)| (*from, *to)).collect();
        edges.extend(traditional);
        edges.sort_unstable();
        Self { words, edges, folds }
    }

    fn chars<'t>(&'t self, text: &'t str) -> impl Iterator<Item = char> + 't {
        text.chars().map(|c| self.folds.get(&c).copied().unwrap_or(c))
    }

    /// Whether one of two sentences speaks of before an event and the other of after it (`扩建前`, `扩建后`), or one of what was and the
    /// other of what took its place (`旧屋`, `新屋`).
    pub fn turned(&self, a: &str, b: &str) -> bool {
        let edges = self.edges.as_slice();
        if !a.contains(edges) || !b.contains(edges) {
            return false;
        }
        let (a, b): (Vec<char>, Vec<char>) = (self.chars(a).collect(), self.chars(b).collect());
        // The two characters before an edge, or the one behind it.
        let behind = |text: &[char], edge: char| -> Vec<(char, char)> {
            let found = text.windows(3).filter(|w| w[2] == edge && is_ideograph(w[0]) && is_ideograph(w[1]));
            found.map(|w| (w[0], w[1])).collect()
        };
        let ahead = |text: &[char], edge: char| -> Vec<(char, char)> {
            text.windows(2).filter(|w| w[0] == edge && is_ideograph(w[1])).map(|w| (w[1], w[1])).collect()
        };
        let met = |list: &[(char, char)], events: Events<'_>| {
            list.iter().any(|&(first, then)| {
                let pair = |p: &[char], q: &[char]| {
                    let there = events(q, then);
                    !there.is_empty() && events(p, first).iter().any(|e| there.contains(e))
                };
                pair(&a, &b) || pair(&b, &a)
            })
        };
        met(&self.words.turn, &behind) || met(&self.words.succeed, &ahead)
    }

    /// Whether the words before a figure say that it held before: `此前为`.
    pub fn formerly(&self, before: &str) -> bool {
        self.words.former.iter().any(|w| before.contains(w.as_str()))
    }

    /// Whether a sentence tells of what is still to come (`计划明年通车`) and nothing in the clause of the figure is done.
    pub fn coming(&self, sentence: &str, clause: &str) -> bool {
        let any = |list: &[String], text: &str| list.iter().any(|w| text.contains(w.as_str()));
        any(&self.words.ahead, sentence) && !any(&self.words.done, clause)
    }

    /// Whether the words before a figure say how many something holds: `核载`.
    pub fn holds(&self, before: &str) -> bool {
        self.words.capacity.iter().any(|w| before.contains(w.as_str()))
    }

    /// Whether a sentence tells of a rule: `新规`.
    pub fn rules(&self, sentence: &str) -> bool {
        self.words.rule.iter().any(|w| sentence.contains(w.as_str()))
    }

    /// Whether the words before a figure speak of the round, match or season before: `上一轮`.
    pub fn of_another_turn(&self, before: &str) -> bool {
        self.words.turns.iter().any(|w| before.contains(w.as_str()))
    }

    /// Whether a sentence sets the present against what was: `如今`.
    pub fn nowadays(&self, sentence: &str) -> bool {
        self.words.present.iter().any(|w| sentence.contains(w.as_str()))
    }
}
