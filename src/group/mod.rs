//! Claims → groups that may be compared, by both roads. Enters: the corpus, the alignments, the rules. Leaves: groups and near misses.
//!
//! Copies are folded first; pairs worth a look are found by rare shared words and by aligned slots; each pair is compared part by
//! part (`score.rs`): a part known to differ keeps it out with a reason, the others give a confidence. A claim may then speak of only
//! one thing in another article: the pair that fits best stands, and a figure that has its equal there clashes with nothing else.

mod candidates;
mod profile;
mod score;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::lang::Lexicon;
use crate::model::{Alignment, ClaimId, Corpus, Group, NearMiss, Quantity, Road, Severity, Why};
use crate::quantity::Relation;
use crate::rule::RuleSet;
use candidates::{Pair, Representative};
use profile::Profiles;

pub use score::{FEATURE_NAMES, FEATURES, Model};

/// What grouping gives.
#[derive(Debug, Default)]
pub struct Grouped {
    /// Groups that hold values which do not agree, sorted by their first claim.
    pub groups: Vec<Group>,
    /// Pairs that came close and are not compared, or agree.
    pub near_misses: Vec<NearMiss>,
    /// Pairs compared.
    pub compared: usize,
    /// Pairs that agree.
    pub agreements: usize,
    /// Pairs not compared, by reason.
    pub reasons: BTreeMap<&'static str, usize>,
}

#[derive(Debug, Clone)]
struct Link {
    a: u32,
    b: u32,
    confidence: f32,
    relation: Relation,
    why: Why,
    slot: Option<score::SlotView>,
}

enum Outcome {
    Linked(Link),
    Apart(&'static str),
    Nothing,
}

/// The pairs that agree kept for a better match must come within this of the clash that they speak against.
const AGREEMENT_LEEWAY: f32 = 0.25;
/// How much better another match must be to set a pair aside.
const RIVAL_LEEWAY: f32 = 0.02;
/// Groups hold at most this many values; more are a list, not a fact.
const MOST_VALUES: usize = 8;

/// Groups the claims of a run. `keep_near` asks for the near misses one by one and not only for their number.
pub fn group(
    corpus: &Corpus,
    alignments: &[Alignment],
    rules: &RuleSet,
    lexicon: &Lexicon,
    model: &Model,
    keep_near: bool,
) -> Grouped {
    let profiles = profile::profiles(corpus, rules, lexicon);
    let reps = candidates::representatives(&profiles);
    let pairs = candidates::pairs(corpus, alignments, &profiles, &reps);
    let outcomes: Vec<Outcome> =
        pairs.par_iter().map(|pair| judge(pair, corpus, rules, lexicon, model, &profiles, &reps)).collect();
    let mut grouped = Grouped::default();
    let mut links = Vec::new();
    for (pair, outcome) in pairs.iter().zip(outcomes) {
        match outcome {
            Outcome::Linked(link) => links.push(link),
            Outcome::Apart(reason) => {
                *grouped.reasons.entry(reason).or_default() += 1;
                if keep_near {
                    grouped.near_misses.push(NearMiss {
                        a: claim_of(pair.a, &profiles, &reps),
                        b: claim_of(pair.b, &profiles, &reps),
                        reason,
                    });
                }
            }
            Outcome::Nothing => {}
        }
    }
    grouped.compared = links.len();
    grouped.agreements = links.iter().filter(|l| agrees(l.relation)).count();
    let clashes = rivals(&links, &profiles, &reps, &mut grouped, keep_near);
    grouped.groups = assemble(&links, &clashes, model, rules, &profiles, &reps);
    grouped
}

fn claim_of(rep: u32, profiles: &Profiles, reps: &[Representative]) -> ClaimId {
    profiles.claims[reps[rep as usize].profile as usize].id
}

fn quantity(corpus: &Corpus, id: ClaimId) -> &Quantity {
    &corpus.claims[id.0 as usize].quantity
}

const fn agrees(relation: Relation) -> bool {
    matches!(relation, Relation::Agree | Relation::Rounding)
}

fn judge(
    pair: &Pair,
    corpus: &Corpus,
    rules: &RuleSet,
    lexicon: &Lexicon,
    model: &Model,
    profiles: &Profiles,
    reps: &[Representative],
) -> Outcome {
    let (a, b) = (
        &profiles.claims[reps[pair.a as usize].profile as usize],
        &profiles.claims[reps[pair.b as usize].profile as usize],
    );
    let words = lexicon.compare(corpus.article(a.article).lang);
    let mut relation = score::relation(a, b, corpus);
    if let (Some(p), Some(q)) = (&a.rule, &b.rule)
        && p.rule == q.rule
        && matches!(relation, Relation::Disjoint | Relation::Tension)
        && rules.tolerates(p.rule, quantity(corpus, a.id), quantity(corpus, b.id))
    {
        relation = Relation::Rounding;
    }
    if relation == Relation::Unknown {
        return Outcome::Nothing;
    }
    let (features, why) = score::features(a, b, corpus, words, profiles, pair.slot);
    let confidence = model.confidence(&features);
    if confidence < model.compare {
        return Outcome::Nothing;
    }
    if let Some(reason) = score::obstacle(a, b, corpus, words, rules, pair.slot) {
        return if agrees(relation) { Outcome::Nothing } else { Outcome::Apart(reason) };
    }
    Outcome::Linked(Link { a: pair.a, b: pair.b, confidence, relation, why, slot: pair.slot })
}

/// The clashes that no better match speaks against, by index into `links`.
fn rivals(
    links: &[Link],
    profiles: &Profiles,
    reps: &[Representative],
    grouped: &mut Grouped,
    keep_near: bool,
) -> Vec<usize> {
    let article = |rep: u32| profiles.claims[reps[rep as usize].profile as usize].article;
    // For each claim and each other article: the best clash and the best agreement.
    let mut best: FxHashMap<(u32, u32), (f32, f32)> = FxHashMap::default();
    for link in links {
        for (from, to) in [(link.a, link.b), (link.b, link.a)] {
            let entry = best.entry((from, article(to).0)).or_insert((0.0, 0.0));
            let side = if agrees(link.relation) { &mut entry.1 } else { &mut entry.0 };
            *side = side.max(link.confidence);
        }
    }
    let mut kept = Vec::new();
    for (i, link) in links.iter().enumerate().filter(|(_, l)| !agrees(l.relation)) {
        let mut reason = None;
        for (from, to) in [(link.a, link.b), (link.b, link.a)] {
            if let Some(&(clash, agreement)) = best.get(&(from, article(to).0)) {
                if agreement > 0.0 && agreement + AGREEMENT_LEEWAY > link.confidence {
                    reason = Some("agrees-elsewhere");
                } else if clash > link.confidence + RIVAL_LEEWAY {
                    reason = reason.or(Some("better-match"));
                }
            }
        }
        match reason {
            None => kept.push(i),
            Some(reason) => {
                *grouped.reasons.entry(reason).or_default() += 1;
                if keep_near {
                    grouped.near_misses.push(NearMiss {
                        a: claim_of(link.a, profiles, reps),
                        b: claim_of(link.b, profiles, reps),
                        reason,
                    });
                }
            }
        }
    }
    kept
}

struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    fn new(len: usize) -> Self {
        Self { parent: (0..len as u32).collect() }
    }

    fn root(&mut self, mut x: u32) -> u32 {
        while self.parent[x as usize] != x {
            let up = self.parent[self.parent[x as usize] as usize];
            self.parent[x as usize] = up;
            x = up;
        }
        x
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}

fn assemble(
    links: &[Link],
    clashes: &[usize],
    model: &Model,
    rules: &RuleSet,
    profiles: &Profiles,
    reps: &[Representative],
) -> Vec<Group> {
    // Claims that agree and speak of one thing stand together.
    let mut camps = Sets::new(reps.len());
    let mut strong: Vec<&Link> =
        links.iter().filter(|l| l.relation == Relation::Agree && l.confidence >= 0.5).collect();
    strong.sort_by(|x, y| y.confidence.total_cmp(&x.confidence).then((x.a, x.b).cmp(&(y.a, y.b))));
    for link in strong {
        camps.join(link.a, link.b);
    }
    // Clashing camps stand against each other in one group, the surest first.
    let mut order: Vec<usize> = clashes.to_vec();
    order.sort_by(|x, y| {
        let (l, m) = (&links[*x], &links[*y]);
        m.confidence.total_cmp(&l.confidence).then((l.a, l.b).cmp(&(m.a, m.b)))
    });
    let mut groups = Sets::new(reps.len());
    let mut sizes: FxHashMap<u32, usize> = FxHashMap::default();
    let mut best: FxHashMap<u32, usize> = FxHashMap::default();
    for &i in &order {
        let (a, b) = (camps.root(links[i].a), camps.root(links[i].b));
        if a == b {
            continue;
        }
        let (p, q) = (groups.root(a), groups.root(b));
        if p == q {
            continue;
        }
        let size = sizes.get(&p).copied().unwrap_or(1) + sizes.get(&q).copied().unwrap_or(1);
        if size > MOST_VALUES {
            continue;
        }
        let first = [best.get(&p), best.get(&q), Some(&i)]
            .into_iter()
            .flatten()
            .copied()
            .max_by(|x, y| links[*x].confidence.total_cmp(&links[*y].confidence).then(y.cmp(x)))
            .unwrap_or(i);
        groups.join(p, q);
        let root = groups.root(p);
        sizes.insert(root, size);
        best.insert(root, first);
    }
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for rep in 0..reps.len() as u32 {
        let root = groups.root(camps.root(rep));
        if best.contains_key(&root) {
            members.entry(root).or_default().push(rep);
        }
    }
    let mut found: Vec<Group> = members
        .into_iter()
        .map(|(root, reps_in)| {
            let link = &links[best[&root]];
            let mut claims: Vec<ClaimId> = reps_in
                .iter()
                .flat_map(|r| reps[*r as usize].members.iter().map(|m| profiles.claims[*m as usize].id))
                .collect();
            claims.sort_unstable();
            let rule = &profiles.claims[reps[link.a as usize].profile as usize].rule;
            let other = &profiles.claims[reps[link.b as usize].profile as usize].rule;
            let rule = match (rule, other) {
                (Some(x), Some(y)) if x.rule == y.rule => Some(rules.rule(x.rule)),
                _ => None,
            };
            let leading = (claim_of(link.a, profiles, reps), claim_of(link.b, profiles, reps));
            Group {
                claims,
                most: model.tier(link.confidence).min(rule.map_or(Severity::Error, |r| r.severity)),
                road: if link.slot.is_some() { Road::Passage } else { Road::Key },
                rule: rule.map(|r| r.id.clone()),
                cumulative: rule.is_some_and(|r| r.cumulative),
                why: link.why.clone(),
                confidence: link.confidence,
                alignment: link.slot.map(|s| s.alignment),
                leading: Some(leading),
            }
        })
        .collect();
    found.sort_by(|x, y| x.claims.cmp(&y.claims));
    found
}

/// A pair of claims with the features that judging sees: for training and for reading.
#[derive(Debug, Clone)]
pub struct PairFeatures {
    /// First claim.
    pub a: ClaimId,
    /// Second claim.
    pub b: ClaimId,
    /// Features in the order of [`FEATURE_NAMES`].
    pub features: [f32; FEATURES],
    /// What stands against comparing them.
    pub obstacle: Option<&'static str>,
    /// The relation of their values.
    pub relation: Relation,
}

/// The features of every pair worth a look, in order: what `rules/judge.toml` is trained on.
pub fn pair_features(
    corpus: &Corpus,
    alignments: &[Alignment],
    rules: &RuleSet,
    lexicon: &Lexicon,
) -> Vec<PairFeatures> {
    let profiles = profile::profiles(corpus, rules, lexicon);
    let reps = candidates::representatives(&profiles);
    let pairs = candidates::pairs(corpus, alignments, &profiles, &reps);
    pairs
        .par_iter()
        .map(|pair| {
            let (a, b) = (
                &profiles.claims[reps[pair.a as usize].profile as usize],
                &profiles.claims[reps[pair.b as usize].profile as usize],
            );
            let words = lexicon.compare(corpus.article(a.article).lang);
            PairFeatures {
                a: a.id,
                b: b.id,
                features: score::features(a, b, corpus, words, &profiles, pair.slot).0,
                obstacle: score::obstacle(a, b, corpus, words, rules, pair.slot),
                relation: score::relation(a, b, corpus),
            }
        })
        .collect()
}
