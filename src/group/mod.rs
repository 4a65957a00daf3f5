//! Claims → groups that may be compared, by both roads. Enters: the corpus, the alignments, the rules. Leaves: groups and near misses.
//!
//! Copies are folded first; pairs worth a look are found by rare shared words and by aligned slots; each pair is compared part by
//! part (`score.rs`): a part known to differ keeps it out with a reason, the others give a confidence. A claim may then speak of only
//! one thing in another article: the pair that fits best stands, and a figure that has its equal there clashes with nothing else.

mod candidates;
mod crosslang;
mod known;
mod model;
mod obstacle;
mod profile;
mod restated;
mod score;
mod update;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::lang::Lexicon;
use crate::model::{
    Alignment, ArticleId, ClaimId, Corpus, Group, Kind, NearMiss, Quantity, Road, SentenceId, Severity,
};
use crate::quantity::{Decimal, Relation};
use crate::rule::RuleSet;
use candidates::{Pair, Representative};
use profile::Profiles;

pub use known::Known;
pub use model::Model;
pub use score::{FEATURE_NAMES, FEATURES};

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
    slot: Option<score::SlotView>,
    /// Of two languages: what makes them comparable.
    across: Option<Box<crosslang::Common>>,
    /// Whether the two are one quantity that an article says twice in its body.
    restated: bool,
}

impl Link {
    /// Whether the two say the same of one thing.
    fn agrees_strongly(&self) -> bool {
        self.relation == Relation::Agree && self.confidence >= 0.5
    }
}

/// A pair with all that is known of it.
struct Weighed {
    pair: Pair,
    /// How close the two stand.
    close: f32,
    /// Kept only where they may still come to something: there are many pairs.
    features: Option<Box<[f32; FEATURES]>>,
    obstacle: Option<&'static str>,
    relation: Relation,
    /// Whether the two are one quantity that an article says twice in its body.
    restated: bool,
    /// Whether both are where a change ended that began at one value.
    one_start: bool,
}

impl Grouped {
    fn miss(&mut self, pair: Pair, reason: &'static str, profiles: &Profiles, reps: &[Representative], keep: bool) {
        *self.reasons.entry(reason).or_default() += 1;
        if keep {
            let (a, b) = (claim_of(pair.a, profiles, reps), claim_of(pair.b, profiles, reps));
            self.near_misses.push(NearMiss { a, b, reason });
        }
    }
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
    let (profiles, _) = profile::profiles(corpus, rules, lexicon, |_, _, _| ());
    let reps = candidates::representatives(&profiles, 0);
    let pairs = candidates::pairs(corpus, alignments, &profiles, &reps);
    let mut weighed = weigh(&pairs, corpus, rules, lexicon, &profiles, &reps, Some(model));
    rank(&mut weighed, &profiles, &reps, &mut FxHashMap::default());
    let mut grouped = Grouped::default();
    let mut links = join(weighed, model, &profiles, &reps, &mut grouped, keep_near);
    let crossed = crosslang::links(corpus, rules, lexicon, &profiles, &reps, 0);
    for (pair, reason) in crossed.misses {
        grouped.miss(pair, reason, &profiles, &reps, keep_near);
    }
    links.extend(crossed.links);
    grouped.compared = links.len();
    grouped.agreements = links.iter().filter(|l| agrees(l.relation)).count();
    let least = model.least(profiles.articles.len());
    let clashes = rivals(corpus, &links, &profiles, &reps, &mut grouped, keep_near, least);
    grouped.groups =
        assemble(corpus, &Joined { links: &links, clashes: &clashes, agreeing: &[] }, model, rules, &profiles, &reps);
    grouped
}

/// The pairs that may be compared; why the others may not is counted.
fn join(
    weighed: Vec<Weighed>,
    model: &Model,
    profiles: &Profiles,
    reps: &[Representative],
    grouped: &mut Grouped,
    keep_near: bool,
) -> Vec<Link> {
    let sure = |w: &Weighed| w.features.as_ref().map_or(0.0, |f| model.confidence(f));
    let confidences: Vec<f32> = weighed.par_iter().map(sure).collect();
    let mut links = Vec::new();
    for (w, mut confidence) in weighed.into_iter().zip(confidences) {
        if w.pair.slot.is_some_and(|s| s.reprinted()) {
            confidence = confidence.max(model.reprinted);
        }
        let mut relation = w.relation;
        // A copied sentence that kept another figure and changed this one.
        let class = profiles.claims[reps[w.pair.a as usize].profile as usize].class;
        let copied = w.pair.slot.is_some_and(|s| s.exact && s.similarity >= 0.9) && !class.is_time();
        let kept = copied && w.features.as_ref().is_some_and(|f| f[score::ANCHORS] > 0.0);
        // One sentence in both, said of what one rule names.
        if kept || !class.is_time() && w.features.as_ref().is_some_and(|f| score::word_for_word(f)) {
            confidence = confidence.max(model.error);
        }
        if w.pair.slot.is_some_and(|s| s.alone()) {
            confidence = confidence.max(model.error);
            // A text that keeps its other figures as they are has not rounded this one.
            if relation == Relation::Rounding {
                relation = Relation::Tension;
            }
        }
        if w.restated || w.one_start {
            confidence = confidence.max(model.least(profiles.articles.len()));
        }
        if confidence < model.compare {
            continue;
        }
        match w.obstacle {
            Some(_) if agrees(relation) => {}
            Some(reason) => grouped.miss(w.pair, reason, profiles, reps, keep_near),
            None => links.push(Link {
                a: w.pair.a,
                b: w.pair.b,
                confidence,
                relation,
                slot: w.pair.slot,
                restated: w.restated,
                across: None,
            }),
        }
    }
    links
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

/// Every pair whose values can be set against each other, with what stands against it and, where `model` could still think it worth
/// comparing, its features.
fn weigh(
    pairs: &[Pair],
    corpus: &Corpus,
    rules: &RuleSet,
    lexicon: &Lexicon,
    profiles: &Profiles,
    reps: &[Representative],
    model: Option<&Model>,
) -> Vec<Weighed> {
    let articles = articles_between(pairs, profiles, reps);
    // Looking ahead costs more than the memory of so few pairs.
    let few = pairs.len() <= FEW_PAIRS;
    let article = |rep: u32| profiles.claims[reps[rep as usize].profile as usize].article;
    let mut alone: Vec<ArticleId> =
        pairs.iter().filter(|p| article(p.a) == article(p.b)).map(|p| article(p.a)).collect();
    alone.sort_unstable();
    alone.dedup();
    let restated = restated::restated(alone.into_iter(), corpus, profiles, lexicon);
    let one = |pair: &Pair| {
        let (a, b) = (
            &profiles.claims[reps[pair.a as usize].profile as usize],
            &profiles.claims[reps[pair.b as usize].profile as usize],
        );
        let of = |a: &profile::Profile, b: &profile::Profile| (a.article.0, b.article.0);
        // Words of two languages say nothing of each other: `crosslang` compares such claims.
        if pair.slot.is_none() && corpus.article(a.article).lang != corpus.article(b.article).lang {
            return None;
        }
        let words = lexicon.compare(corpus.article(a.article).lang);
        let mut relation = score::relation(a, b, corpus);
        if let (Some(p), Some(q)) = (&a.rule, &b.rule)
            && p.rule == q.rule
            && matches!(relation, Relation::Disjoint | Relation::Tension)
            && rules.tolerates(p.rule, quantity(corpus, a.id), quantity(corpus, b.id))
        {
            relation = Relation::Rounding;
        }
        if relation == Relation::Agree
            && pair.slot.is_some_and(|s| s.alone())
            && quantity(corpus, a.id).misquotes(quantity(corpus, b.id))
        {
            relation = Relation::Tension;
        }
        if relation == Relation::Unknown {
            return None;
        }
        let moved = || {
            let differ = matches!(relation, Relation::Disjoint | Relation::Tension);
            (differ && update::moved_on(a, b, corpus, lexicon, rules, pair.slot)).then_some("update")
        };
        let restated = restated.contains(&(a.id.min(b.id), a.id.max(b.id)));
        let obstacle = obstacle::obstacle(a, b, corpus, (words, rules), profiles, pair.slot, restated).or_else(moved);
        let features =
            score::features(a, b, (corpus, words, profiles), articles[&of(a, b)], pair.slot, obstacle.is_none());
        // What is kept apart and agrees all the same is of no use to anyone.
        let of_use = obstacle.is_none() || !agrees(relation);
        let one_start = obstacle.is_none() && !agrees(relation) && obstacle::one_start(a, b, corpus);
        let kept = model.is_none_or(|m| of_use && (few || restated || one_start || !m.out_of_reach(&features)));
        let close = score::closeness(&features);
        Some(Weighed {
            pair: *pair,
            close,
            features: kept.then(|| Box::new(features)),
            obstacle,
            relation,
            restated,
            one_start,
        })
    };
    pairs.par_iter().filter_map(one).collect()
}

/// Up to so many pairs each keeps its features until all are judged.
const FEW_PAIRS: usize = 2_500_000;

/// What two articles have in common, for each two that a pair of claims joins.
fn articles_between(
    pairs: &[Pair],
    profiles: &Profiles,
    reps: &[Representative],
) -> FxHashMap<(u32, u32), score::Between> {
    let article = |rep: u32| profiles.claims[reps[rep as usize].profile as usize].article.0;
    let mut found: Vec<(u32, u32)> = pairs.iter().map(|p| (article(p.a), article(p.b))).collect();
    found.sort_unstable();
    found.dedup();
    found.into_par_iter().map(|(a, b)| ((a, b), score::between(profiles, a, b))).collect()
}

/// Fills in what only all pairs together tell: how much closer a pair stands than the next best match of either claim in the other's
/// article, whether one of the two has its equal there, and how many other articles bear either value out: `support`, by claim, which
/// may hold what is known from before.
fn rank(weighed: &mut [Weighed], profiles: &Profiles, reps: &[Representative], support: &mut FxHashMap<u32, f32>) {
    let article = |rep: u32| profiles.claims[reps[rep as usize].profile as usize].article.0;
    // (claim, article) → closeness of the best and the second best match there, and of the best that agrees.
    let mut best: FxHashMap<(u32, u32), (f32, f32, f32)> = FxHashMap::default();
    for w in weighed.iter() {
        let close = w.close;
        for (from, to) in [(w.pair.a, w.pair.b), (w.pair.b, w.pair.a)] {
            let entry = best.entry((from, article(to))).or_insert((0.0, 0.0, 0.0));
            if close > entry.0 {
                entry.1 = entry.0;
                entry.0 = close;
            } else {
                entry.1 = entry.1.max(close);
            }
            if w.relation == Relation::Agree {
                entry.2 = entry.2.max(close);
                if close > 3.0 {
                    *support.entry(from).or_insert(0.0) += 1.0;
                }
            }
        }
    }
    for w in weighed.iter_mut() {
        let Some(features) = &mut w.features else { continue };
        let close = w.close;
        let (mut sum, mut least, mut agrees) = (0.0f32, f32::MAX, 0.0f32);
        for (from, to) in [(w.pair.a, w.pair.b), (w.pair.b, w.pair.a)] {
            let (first, second, agreeing) = best[&(from, article(to))];
            let margin = if close >= first { first - second } else { close - first };
            let margin = margin.clamp(-3.0, 3.0);
            sum += margin;
            least = least.min(margin);
            if agreeing > 0.0 {
                agrees = agrees.max((agreeing - close + 1.5).clamp(0.0, 3.0));
            }
        }
        let of =
            |rep: u32| (1.0 + support.get(&rep).copied().unwrap_or(0.0) + reps[rep as usize].count() as f32 - 1.0).ln();
        let (x, y) = (of(w.pair.a), of(w.pair.b));
        features[score::RANKED].copy_from_slice(&[sum / 2.0, least, agrees, x + y, x.min(y)]);
    }
}

/// The sentences of the two sides of a link.
fn sentences(link: &Link, corpus: &Corpus, profiles: &Profiles, reps: &[Representative]) -> (SentenceId, SentenceId) {
    let of = |rep| corpus.claims[claim_of(rep, profiles, reps).0 as usize].sentence;
    (of(link.a), of(link.b))
}

/// Pairs of sentences that tell of two things in one form: two or more of their figures clash, and fewer agree. A slip changes one
/// figure of many; where all differ, so does what they are said of (`甲医院…张，…台` and `乙医院…张，…台`).
fn parallel(
    links: &[Link],
    corpus: &Corpus,
    profiles: &Profiles,
    reps: &[Representative],
    least: f32,
) -> FxHashSet<(SentenceId, SentenceId)> {
    let mut counts: FxHashMap<(SentenceId, SentenceId), (u32, u32)> = FxHashMap::default();
    // One figure said twice in a sentence clashes once.
    let mut met: FxHashSet<(SentenceId, SentenceId, Option<Decimal>, Option<Decimal>)> = FxHashSet::default();
    // A figure that has its equal there clashes with no other: two winners, each with a time.
    let mut equal: FxHashSet<(u32, SentenceId)> = FxHashSet::default();
    for link in links.iter().filter(|l| agrees(l.relation)) {
        let (first, second) = sentences(link, corpus, profiles, reps);
        equal.extend([(link.a, second), (link.b, first)]);
    }
    for link in links {
        let claim = &corpus.claims[claim_of(link.a, profiles, reps).0 as usize];
        if matches!(claim.kind(), Kind::Date | Kind::DateRange) {
            continue;
        }
        let (first, second) = sentences(link, corpus, profiles, reps);
        if !agrees(link.relation) && (equal.contains(&(link.a, second)) || equal.contains(&(link.b, first))) {
            continue;
        }
        let entry = counts.entry((first, second)).or_default();
        let other = &corpus.claims[claim_of(link.b, profiles, reps).0 as usize];
        if claim.quantity.point.is_some() && !met.insert((first, second, claim.quantity.point, other.quantity.point)) {
            continue;
        }
        if agrees(link.relation) {
            entry.1 += 1;
        } else if link.confidence >= least {
            entry.0 += 1;
        }
    }
    counts.into_iter().filter(|(_, (clash, agree))| *clash >= 2 && agree < clash).map(|(pair, _)| pair).collect()
}

/// The clashes that no better match speaks against, by index into `links`.
fn rivals(
    corpus: &Corpus,
    links: &[Link],
    profiles: &Profiles,
    reps: &[Representative],
    grouped: &mut Grouped,
    keep_near: bool,
    least: f32,
) -> Vec<usize> {
    let article = |rep: u32| profiles.claims[reps[rep as usize].profile as usize].article;
    // One exact value of one thing in both: there is nothing that it fits better.
    let same = |link: &Link| {
        let of = |rep: u32| &profiles.claims[reps[rep as usize].profile as usize];
        let exact = |p: &profile::Profile| {
            let q = quantity(corpus, p.id);
            q.point.filter(|v| q.hedge.is_none() && *v > Decimal::TEN)
        };
        let (p, q) = (of(link.a), of(link.b));
        link.relation == Relation::Agree
            && p.head.is_some()
            && p.head == q.head
            && exact(p).is_some()
            && exact(p) == exact(q)
    };
    // For each claim and each other article: the best clash and the best agreement.
    let mut best: FxHashMap<(u32, u32), (f32, f32)> = FxHashMap::default();
    let mut partner: FxHashMap<(u32, u32), (f32, u32)> = FxHashMap::default();
    let both = |link: &Link| [(link.a, link.b), (link.b, link.a)];
    for link in links.iter().filter(|l| agrees(l.relation)) {
        for (from, to) in both(link) {
            let entry = best.entry((from, article(to).0)).or_insert((0.0, 0.0));
            entry.1 = entry.1.max(if same(link) { 1.0 } else { link.confidence });
        }
    }
    for link in links.iter().filter(|l| !agrees(l.relation)) {
        for (from, to) in both(link) {
            // What agrees with another figure of this article is no rival of the one that clashes.
            let agreement = best.get(&(to, article(from).0)).map_or(0.0, |b| b.1);
            if agreement > 0.0 && agreement + AGREEMENT_LEEWAY > link.confidence {
                continue;
            }
            let entry = best.entry((from, article(to).0)).or_insert((0.0, 0.0));
            entry.0 = entry.0.max(link.confidence);
            let first = partner.entry((from, article(to).0)).or_insert((link.confidence, to));
            if link.confidence > first.0 {
                *first = (link.confidence, to);
            }
        }
    }
    // Of two figures of one article that a third clashes with, and that differ from each other, one speaks of something else.
    let second_best = |from: u32, to: u32| {
        partner.get(&(from, article(to).0)).is_some_and(|(_, first)| {
            let value = |rep| quantity(corpus, claim_of(rep, profiles, reps));
            *first != to && !agrees(value(*first).relate(value(to)))
        })
    };
    // What has its place in a reprint that the other article holds, with another value or, folded into one, with the same.
    let mut places: FxHashSet<(u32, u32)> = FxHashSet::default();
    for link in links.iter().filter(|l| l.slot.is_some_and(|s| s.reprinted())) {
        places.extend([(link.a, article(link.b).0), (link.b, article(link.a).0)]);
    }
    let copied = |rep: u32, to: u32| {
        let to = article(to);
        let rep = &reps[rep as usize];
        let mut copies = rep.members.iter().chain(&rep.copies);
        profiles.claims[rep.profile as usize].article != to
            && copies.any(|m| profiles.claims[*m as usize].article == to)
    };
    let parallel = parallel(links, corpus, profiles, reps, least);
    let mut kept = Vec::new();
    for (i, link) in links.iter().enumerate().filter(|(_, l)| !agrees(l.relation)) {
        let mut reason = parallel.contains(&sentences(link, corpus, profiles, reps)).then_some("parallel");
        let placed = link.slot.is_some_and(|s| s.reprinted());
        // What an article says twice was held against all else that it says of the thing.
        for (from, to) in [(link.a, link.b), (link.b, link.a)].into_iter().filter(|_| !link.restated) {
            if !placed && copied(from, to) {
                reason = Some("agrees-elsewhere");
            } else if !placed && places.contains(&(from, article(to).0)) {
                reason = reason.or(Some("better-match"));
            }
            if let Some(&(clash, agreement)) = best.get(&(from, article(to).0)) {
                if agreement > 0.0 && agreement + AGREEMENT_LEEWAY > link.confidence {
                    reason = Some("agrees-elsewhere");
                } else if clash > link.confidence + RIVAL_LEEWAY || second_best(from, to) {
                    reason = reason.or(Some("better-match"));
                }
            }
        }
        if reason.is_none() && link.confidence < least {
            reason = Some("unsure");
        }
        match reason {
            None => kept.push(i),
            Some(reason) => {
                grouped.miss(Pair { a: link.a, b: link.b, slot: link.slot }, reason, profiles, reps, keep_near);
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

/// What [`assemble`] joins.
struct Joined<'a> {
    links: &'a [Link],
    /// Those of `links` that clash, by index.
    clashes: &'a [usize],
    /// Further pairs that agree.
    agreeing: &'a [(u32, u32)],
}

fn assemble(
    corpus: &Corpus,
    Joined { links, clashes, agreeing }: &Joined<'_>,
    model: &Model,
    rules: &RuleSet,
    profiles: &Profiles,
    reps: &[Representative],
) -> Vec<Group> {
    // Claims that agree and speak of one thing stand together.
    let mut camps = Sets::new(reps.len());
    for (a, b) in *agreeing {
        camps.join(*a, *b);
    }
    let mut strong: Vec<&Link> = links.iter().filter(|l| l.agrees_strongly()).collect();
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
    // What clashes, and what says the same as that; a claim that only says the same as one of those says it of who knows what.
    let ends: FxHashSet<u32> = clashes.iter().flat_map(|i| [links[*i].a, links[*i].b]).collect();
    let strong = links.iter().filter(|l| l.agrees_strongly()).map(|l| (l.a, l.b));
    let mut spoken_of = ends.clone();
    for (a, b) in strong.chain(agreeing.iter().copied()) {
        if ends.contains(&a) {
            spoken_of.insert(b);
        }
        if ends.contains(&b) {
            spoken_of.insert(a);
        }
    }
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for rep in (0..reps.len() as u32).filter(|r| spoken_of.contains(r)) {
        let root = groups.root(camps.root(rep));
        if best.contains_key(&root) {
            members.entry(root).or_default().push(rep);
        }
    }
    // Title or lead against the body is as sure as the judge is; of two places of the body no more than a warning is made.
    let lead = |rep: u32| profiles.claims[reps[rep as usize].profile as usize].lead;
    let in_body = |link: &Link| link.restated && lead(link.a) == lead(link.b);
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
                _ => link.across.as_ref().map(|c| rules.rule(c.measure)),
            };
            let both = link.across.iter().flat_map(|c| c.rules.iter().map(|r| rules.rule(*r)));
            let gravest = both.chain(rule).map(|r| r.severity).min().unwrap_or(Severity::Error);
            let leading = (claim_of(link.a, profiles, reps), claim_of(link.b, profiles, reps));
            Group {
                claims,
                most: model.tier(link.confidence, profiles.articles.len()).min(gravest).min(if in_body(link) {
                    Severity::Warning
                } else {
                    Severity::Error
                }),
                road: if link.slot.is_some() { Road::Passage } else { Road::Key },
                rule: rule.map(|r| r.id.clone()),
                falling: update::falls(
                    corpus,
                    &corpus.claims[leading.0.0 as usize],
                    &corpus.claims[leading.1.0 as usize],
                    rule.is_some_and(|r| r.cumulative),
                ),
                why: {
                    let (p, q) = (
                        &profiles.claims[reps[link.a as usize].profile as usize],
                        &profiles.claims[reps[link.b as usize].profile as usize],
                    );
                    match &link.across {
                        Some(common) => crosslang::why(p, q, common, corpus, rules),
                        None => score::why(p, q, corpus),
                    }
                },
                confidence: link.confidence,
                alignment: link.slot.map(|s| s.alignment),
                leading: Some(leading),
                alone: link.slot.is_some_and(|s| s.alone()),
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
    let (profiles, _) = profile::profiles(corpus, rules, lexicon, |_, _, _| ());
    let reps = candidates::representatives(&profiles, 0);
    let pairs = candidates::pairs(corpus, alignments, &profiles, &reps);
    let mut weighed = weigh(&pairs, corpus, rules, lexicon, &profiles, &reps, None);
    rank(&mut weighed, &profiles, &reps, &mut FxHashMap::default());
    let claim = |rep| claim_of(rep, &profiles, &reps);
    weighed
        .into_iter()
        .filter_map(|w| {
            let (a, b) = (claim(w.pair.a), claim(w.pair.b));
            Some(PairFeatures { a, b, features: *w.features?, obstacle: w.obstacle, relation: w.relation })
        })
        .collect()
}
