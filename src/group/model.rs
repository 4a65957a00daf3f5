//! How sure one may be that two claims speak of one thing: boosted decision trees over the features of a pair. Enters: the file
//! `rules/judge.toml`. Leaves: a confidence and the tier it bears. Knows no claim.

use serde::Deserialize;

use super::score::{FEATURE_NAMES, FEATURES, RANKED};
use crate::model::Severity;

/// Up to so many articles are few.
pub(super) const FEW: usize = 10;

const PATH: &str = "rules/judge.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    compare: f32,
    warning: f32,
    error: f32,
    warning_few: f32,
    error_few: f32,
    reprinted: f32,
    features: Vec<String>,
    trees: Vec<String>,
}

/// A split, or the end of a branch, in eight bytes: the nodes of all trees are to stay in the nearest cache.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Of a split: up to this, on with the next node. Of a leaf: what the tree adds to the sum.
    value: f32,
    /// The feature that is split; [`LEAF`] at the end of a branch.
    feature: u16,
    /// The node to go on with above the threshold.
    above: u16,
}

const LEAF: u16 = u16::MAX;

/// Decision trees, and where the tiers begin: `rules/judge.toml`.
#[derive(Debug, Clone)]
pub struct Model {
    /// From this confidence on, a contradiction is an error.
    pub error: f32,
    /// The same where few articles are read together: what they share is then theirs, and not the event's that all of them tell.
    pub error_few: f32,
    /// From this confidence on, it is a warning; below, it is dropped to `info`.
    pub warning: f32,
    /// The same where few articles are read together.
    pub warning_few: f32,
    /// From this confidence on, two claims are compared at all.
    pub compare: f32,
    /// The least confidence of two figures that stand in one place of a reprinted passage, whatever the trees say of their words.
    pub reprinted: f32,
    nodes: Vec<Node>,
    roots: Vec<u16>,
}

impl Model {
    /// The trees in the file `rules/judge.toml` among `files`; an `Err` names what is wrong in it.
    ///
    /// A tree is written in order of its branches: `3<=0.5 =-0.1 =0.2` splits at 0.5 of the fourth of `features`, adds −0.1 up to it and 0.2
    /// above.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let (path, text) = files.iter().rev().find(|f| f.0 == PATH).ok_or(format!("{PATH}: no such file"))?;
        Self::read(text).map_err(|e| format!("{path}: {e}"))
    }

    /// The trees in `text`, written as `rules/judge.toml` is.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut features = Vec::with_capacity(file.features.len());
        for name in &file.features {
            let place = FEATURE_NAMES.iter().position(|n| n == name).ok_or(format!("no feature `{name}`"))?;
            features.push(place as u16);
        }
        let mut model = Self {
            error: file.error,
            error_few: file.error_few,
            warning: file.warning,
            warning_few: file.warning_few,
            compare: file.compare,
            reprinted: file.reprinted,
            nodes: Vec::new(),
            roots: Vec::new(),
        };
        for (n, tree) in file.trees.iter().enumerate() {
            let mut words = tree.split_ascii_whitespace();
            let root = model.nodes.len() as u16;
            model.roots.push(root);
            if model.branch(&mut words, &features, 0).is_none() || words.next().is_some() {
                return Err(format!(
                    "tree {}: write `feature<=threshold`, its lower branch, its upper branch; `=value` ends one",
                    n + 1
                ));
            }
            if model.nodes.len() > usize::from(u16::MAX) {
                return Err("too many trees: at most 65,535 nodes in all".to_owned());
            }
        }
        Ok(model)
    }

    fn branch<'t>(&mut self, words: &mut impl Iterator<Item = &'t str>, features: &[u16], depth: u8) -> Option<()> {
        if depth > 32 {
            return None;
        }
        let word = words.next()?;
        if let Some(value) = word.strip_prefix('=') {
            self.nodes.push(Node { value: value.parse().ok()?, feature: LEAF, above: 0 });
            return Some(());
        }
        let (feature, threshold) = word.split_once("<=")?;
        let feature = *features.get(feature.parse::<usize>().ok()?)?;
        let here = self.nodes.len();
        self.nodes.push(Node { value: threshold.parse().ok()?, feature, above: 0 });
        self.branch(words, features, depth + 1)?;
        let next = self.nodes.len() as u16;
        self.nodes[here].above = next;
        self.branch(words, features, depth + 1)
    }

    /// The embedded trees.
    pub fn embedded() -> Self {
        match Self::new(crate::embedded::FILES) {
            Ok(model) => model,
            Err(message) => unreachable!("embedded trees are tested: {message}"),
        }
    }

    /// The gravest severity that a confidence bears in a run over so many articles.
    pub fn tier(&self, confidence: f32, articles: usize) -> Severity {
        if confidence >= if articles <= FEW { self.error_few } else { self.error } {
            Severity::Error
        } else if confidence >= self.least(articles) {
            Severity::Warning
        } else {
            Severity::Info
        }
    }

    /// From which confidence on a run over so many articles reports a contradiction at all.
    pub fn least(&self, articles: usize) -> f32 {
        if articles <= FEW { self.warning_few } else { self.warning }
    }

    /// Whether no value of the features that only all pairs together tell could lift the confidence of a pair to what is compared.
    pub fn out_of_reach(&self, features: &[f32; FEATURES]) -> bool {
        let most: f32 = self.roots.iter().map(|root| self.most(usize::from(*root), features)).sum();
        1.0 / (1.0 + (-most).exp()) < self.compare
    }

    /// The most that the branch at `at` adds, whatever those features are.
    fn most(&self, mut at: usize, features: &[f32; FEATURES]) -> f32 {
        loop {
            let node = self.nodes[at];
            let feature = usize::from(node.feature);
            if node.feature == LEAF {
                return node.value;
            }
            if RANKED.contains(&feature) {
                return self.most(at + 1, features).max(self.most(usize::from(node.above), features));
            }
            at = if features[feature] <= node.value { at + 1 } else { usize::from(node.above) };
        }
    }

    /// The confidence that a pair with these features speaks of one thing, 0–1.
    pub fn confidence(&self, features: &[f32; FEATURES]) -> f32 {
        let mut sum = 0.0;
        for root in &self.roots {
            let mut at = usize::from(*root);
            sum += loop {
                let node = self.nodes[at];
                if node.feature == LEAF {
                    break node.value;
                }
                at = if features[usize::from(node.feature)] <= node.value { at + 1 } else { usize::from(node.above) };
            };
        }
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "compare = 0.1\nwarning = 0.2\nwarning_few = 0.2\nerror = 0.5\nerror_few = 0.5\nreprinted = 0.8\nfeatures = [\"near\", \"topic\"]\n";

    #[test]
    fn a_tree_is_walked_from_its_root() {
        let model = Model::read(&format!("{HEAD}trees = [\"0<=0.5 =-1 1<=0.2 =0 =3\", \"=0.5\"]")).unwrap();
        let mut features = [0.0; FEATURES];
        let sure = |f: &[f32; FEATURES]| (model.confidence(f) * 1000.0).round() as i32;
        assert_eq!(sure(&features), 378); // -1 + 0.5
        features[0] = 1.0;
        assert_eq!(sure(&features), 622); // 0 + 0.5
        features[FEATURE_NAMES.iter().position(|n| *n == "topic").unwrap()] = 1.0;
        assert_eq!(sure(&features), 971); // 3 + 0.5
        assert_eq!(model.tier(0.6, 20), Severity::Error);
    }

    #[test]
    fn a_broken_tree_is_named() {
        for tree in ["0<=0.5 =1", "0<=x =1 =2", "9<=1 =1 =2", "=1 =2", "0.5"] {
            let error = Model::read(&format!("{HEAD}trees = [\"=0\", \"{tree}\"]")).unwrap_err();
            assert!(error.starts_with("tree 2:"), "{tree}: {error}");
        }
        assert!(Model::read(&HEAD.replace("topic", "topics")).is_err());
    }

    #[test]
    fn the_embedded_trees_know_all_features() {
        assert!(Model::embedded().roots.len() > 10);
    }
}
