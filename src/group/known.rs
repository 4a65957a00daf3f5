//! Claims of articles that stay, prepared once, so that a draft which changes at every key is compared with them quickly. Enters: the
//! corpus of an archive, later the articles of drafts added to it. Leaves: the groups that touch a draft.
//!
//! What only the archive decides is worked out once: the profiles of its claims, which of them are copies or agree, how well each value is
//! borne out. A draft then brings its own profiles, makes the words it shares commoner, and is crossed with the articles near it alone.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{self, Crossing, Representative};
use super::profile::{self, BACKGROUND_ARTICLES, Frequencies, Profiles, World};
use super::{Grouped, Joined, Link, Model, assemble, join, rank, rivals, weigh};
use crate::lang::Lexicon;
use crate::model::{Alignment, ArticleId, Corpus, Group};
use crate::rule::RuleSet;

/// The claims of the articles that stay.
pub struct Known {
    profiles: Profiles,
    reps: Vec<Representative>,
    words: Frequencies,
    /// Words of one article only: it, and what the word says of its topic.
    lone: FxHashMap<u32, (u32, f32)>,
    /// Topic word → articles.
    postings: FxHashMap<u32, Vec<u32>>,
    /// Copy hash → representative.
    by_copy: FxHashMap<u64, u32>,
    /// Representatives that agree.
    agreeing: Vec<(u32, u32)>,
    /// Pairs that clash: through them a draft's figure meets others that it shares no words with.
    clashes: Vec<Link>,
    /// The alignments that `clashes` speak of.
    alignments: Vec<Alignment>,
    /// How many other articles bear a representative out.
    support: FxHashMap<u32, f32>,
}

/// What a draft changes in the archive, to be put back.
#[derive(Default)]
struct Undo {
    topics: Vec<(u32, Vec<(u32, f32)>)>,
    weights: Vec<(u32, f32, f32)>,
    twins: Vec<u32>,
}

impl Known {
    /// Prepares all that `corpus` holds.
    pub fn new(corpus: &Corpus, alignments: &[Alignment], rules: &RuleSet, lexicon: &Lexicon, model: &Model) -> Self {
        let mut lone = FxHashMap::default();
        let (profiles, words) = profile::profiles(corpus, rules, lexicon, |article, hash, weight| {
            lone.insert(hash, (article, weight));
        });
        let reps = candidates::representatives(&profiles, 0);
        let pairs = candidates::pairs(corpus, alignments, &profiles, &reps);
        let mut weighed = weigh(&pairs, corpus, rules, lexicon, &profiles, &reps);
        let mut support = FxHashMap::default();
        rank(&mut weighed, &profiles, &reps, &mut support);
        let mut grouped = Grouped::default();
        let links = join(weighed, model, &profiles, &reps, &mut grouped, false);
        let mut kept = Vec::new();
        let clashes: Vec<Link> = rivals(corpus, &links, &profiles, &reps, &mut grouped, false, model.warning)
            .into_iter()
            .map(|i| {
                let mut link = links[i].clone();
                if let Some(slot) = &mut link.slot {
                    kept.push(alignments[slot.alignment as usize].clone());
                    slot.alignment = kept.len() as u32 - 1;
                }
                link
            })
            .collect();
        let agreeing = links.iter().filter(|l| l.agrees_strongly()).map(|l| (l.a, l.b)).collect();
        let mut postings: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (i, article) in profiles.articles.iter().enumerate() {
            for (word, _) in &article.topic {
                postings.entry(*word).or_default().push(i as u32);
            }
        }
        let by_copy =
            reps.iter().enumerate().map(|(r, rep)| (profiles.claims[rep.profile as usize].copy, r as u32)).collect();
        Self { profiles, reps, words, lone, postings, by_copy, agreeing, clashes, alignments: kept, support }
    }

    /// The groups that touch the articles of `corpus` from `first` on: drafts that were added after the archive. `alignments` are theirs;
    /// those of the archive that a group speaks of are put behind them.
    pub fn group(
        &mut self,
        corpus: &Corpus,
        first: usize,
        alignments: &mut Vec<Alignment>,
        rules: &RuleSet,
        lexicon: &Lexicon,
        model: &Model,
    ) -> Vec<Group> {
        let (claims, reps) = (self.profiles.claims.len(), self.reps.len());
        let mut undo = Undo::default();
        let shared = self.take_in(corpus, first, rules, lexicon, &mut undo);
        let twins = self.fold(claims, &mut undo);
        let near = self.near(first, &shared);
        self.reweigh(&near, alignments, first, &mut undo);
        let groups = self.compare(corpus, first, alignments, (rules, lexicon, model), &near, twins);

        alignments.extend(self.alignments.iter().cloned());
        self.profiles.claims.truncate(claims);
        self.profiles.articles.truncate(first);
        self.reps.truncate(reps);
        self.profiles.fresh.clear();
        for (article, topic) in undo.topics {
            self.profiles.articles[article as usize].set_topic(topic);
        }
        for (claim, weight, mass) in undo.weights {
            let p = &mut self.profiles.claims[claim as usize];
            (p.weight, p.mass) = (weight, mass);
        }
        for rep in undo.twins {
            self.reps[rep as usize].copies.clear();
        }
        groups
    }

    /// Adds the profiles of the drafts. Leaves the words that stood in one article only until now, with that article.
    fn take_in(
        &mut self,
        corpus: &Corpus,
        first: usize,
        rules: &RuleSet,
        lexicon: &Lexicon,
        undo: &mut Undo,
    ) -> FxHashMap<u32, u32> {
        let drafts = profile::read(corpus, first, rules, lexicon);
        let world = World::new(corpus, lexicon);
        let mut fresh = Frequencies::default();
        for (i, (_, counts, _)) in drafts.iter().enumerate() {
            let id = ArticleId((first + i) as u32);
            if !self.words.holds(corpus, id) {
                fresh.add(corpus, id, counts);
            }
        }
        let known = |hash: u32| self.words.articles.get(&hash).copied().unwrap_or(0);
        let total = (fresh.counted() + self.words.counted()) as f32 + BACKGROUND_ARTICLES;
        let fresh: FxHashMap<u32, (u32, f32)> = fresh
            .articles
            .iter()
            .map(|(hash, n)| {
                let all = n + known(*hash);
                (*hash, (all, world.rarity(*hash, all, total)))
            })
            .collect();
        self.profiles.fresh = fresh.iter().map(|(hash, (_, rarity))| (*hash, *rarity)).collect();
        let connects = |hash: u32| fresh.get(&hash).map_or_else(|| known(hash), |f| f.0) > 1;
        for of_article in drafts {
            self.profiles.push(of_article, &world, connects, |_, _| ());
        }
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        let mut more: FxHashMap<u32, Vec<(u32, f32)>> = FxHashMap::default();
        for hash in fresh.keys() {
            if let Some((article, weight)) = self.lone.get(hash) {
                more.entry(*article).or_default().push((*hash, *weight));
                shared.insert(*hash, *article);
            }
        }
        for (article, words) in more {
            let profile = &mut self.profiles.articles[article as usize];
            let before = profile.topic.clone();
            profile.set_topic([before.as_slice(), &words].concat());
            undo.topics.push((article, before));
        }
        shared
    }

    /// For each draft the earlier articles that may tell of the same thing.
    fn near(&self, first: usize, shared: &FxHashMap<u32, u32>) -> Vec<Vec<u32>> {
        if candidates::few(&self.reps) {
            return (first as u32..self.profiles.articles.len() as u32).map(|draft| (0..draft).collect()).collect();
        }
        let common = |list: &&Vec<u32>| list.len() <= candidates::COMMON;
        (first..self.profiles.articles.len())
            .map(|i| {
                let article = &self.profiles.articles[i];
                let words = || article.topic.iter().map(|(word, _)| word);
                let mut others: Vec<u32> =
                    words().filter_map(|w| self.postings.get(w).filter(common)).flatten().copied().collect();
                others.extend(words().filter_map(|w| shared.get(w)));
                others.extend(first as u32..i as u32);
                candidates::nearest(article, others, &self.profiles)
            })
            .collect()
    }

    /// Weighs the claims of the archive that a draft will be compared with by the words as they stand now.
    fn reweigh(&mut self, near: &[Vec<u32>], alignments: &[Alignment], first: usize, undo: &mut Undo) {
        let aligned = alignments.iter().flat_map(|a| [a.a.article.0, a.b.article.0]);
        let articles: FxHashSet<u32> =
            near.iter().flatten().copied().chain(aligned).filter(|a| (*a as usize) < first).collect();
        let mut weights: Vec<(u32, f32, f32)> = Vec::new();
        for article in articles {
            let claims = &self.profiles.claims;
            let from = claims.partition_point(|p| p.article.0 < article);
            let to = claims.partition_point(|p| p.article.0 <= article);
            weights.extend((from as u32..to as u32).map(|claim| (claim, 0.0, 0.0)));
        }
        weights.par_iter_mut().for_each(|entry| {
            (entry.1, entry.2) = self.profiles.weigh(&self.profiles.claims[entry.0 as usize]);
        });
        for (claim, weight, mass) in &mut weights {
            let p = &mut self.profiles.claims[*claim as usize];
            std::mem::swap(&mut p.weight, weight);
            std::mem::swap(&mut p.mass, mass);
        }
        undo.weights = weights;
    }

    /// Folds the claims of the drafts from profile `first` on, and leaves the pairs of a draft's claim and its copy in the archive.
    fn fold(&mut self, first: usize, undo: &mut Undo) -> Vec<(u32, u32)> {
        let mut twins = Vec::new();
        for mut rep in candidates::representatives(&self.profiles, first) {
            let id = self.reps.len() as u32;
            if let Some(twin) = self.by_copy.get(&self.profiles.claims[rep.profile as usize].copy) {
                rep.copies.clone_from(&self.reps[*twin as usize].members);
                self.reps[*twin as usize].copies.extend_from_slice(&rep.members);
                undo.twins.push(*twin);
                twins.push((*twin, id));
            }
            self.reps.push(rep);
        }
        twins
    }

    fn compare(
        &self,
        corpus: &Corpus,
        first: usize,
        alignments: &[Alignment],
        (rules, lexicon, model): (&RuleSet, &Lexicon, &Model),
        near: &[Vec<u32>],
        twins: Vec<(u32, u32)>,
    ) -> Vec<Group> {
        let (profiles, reps) = (&self.profiles, self.reps.as_slice());
        let slots = candidates::slots(corpus, alignments, profiles, reps);
        let crossing = Crossing::new(profiles, reps);
        let crossed: Vec<(u32, u32)> = near
            .par_iter()
            .enumerate()
            .flat_map_iter(|(i, others)| {
                let draft = (first + i) as u32;
                let mut pairs = Vec::new();
                others.iter().chain([&draft]).for_each(|o| crossing.cross(*o, draft, &mut pairs));
                pairs
            })
            .collect();
        let mut pairs = candidates::settle(crossed, &slots);
        let copied: FxHashSet<(u32, u32)> = twins.iter().copied().collect();
        pairs.retain(|p| !copied.contains(&(p.a, p.b)));
        let mut weighed = weigh(&pairs, corpus, rules, lexicon, profiles, reps);
        let mut support = self.support.clone();
        rank(&mut weighed, profiles, reps, &mut support);
        let mut grouped = Grouped::default();
        let mut links = join(weighed, model, profiles, reps, &mut grouped, false);
        let mut clashes = rivals(corpus, &links, profiles, reps, &mut grouped, false, model.warning);
        clashes.extend(links.len()..links.len() + self.clashes.len());
        links.extend(self.clashes.iter().cloned().map(|mut link| {
            if let Some(slot) = &mut link.slot {
                slot.alignment += alignments.len() as u32;
            }
            link
        }));
        let agreeing: Vec<(u32, u32)> = self.agreeing.iter().copied().chain(twins).collect();
        let mut groups = assemble(
            corpus,
            &Joined { links: &links, clashes: &clashes, agreeing: &agreeing },
            model,
            rules,
            profiles,
            reps,
        );
        groups.retain(|g| g.claims.iter().any(|c| corpus.claims[c.0 as usize].article.0 as usize >= first));
        groups
    }
}
