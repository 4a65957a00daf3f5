//! Claims of articles that stay, prepared once, so that a draft which changes at every key is compared with them quickly. Enters: the
//! corpus of an archive, later the articles of drafts added to it. Leaves: the groups that touch a draft.
//!
//! What only the archive decides is worked out once: the profiles of its claims, which of them are copies or agree, how well each value is
//! borne out. A draft then brings its own profiles, makes the words it shares commoner, and is crossed with the articles near it alone.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{self, Crossing, Pair, Representative};
use super::profile::{self, BACKGROUND_ARTICLES, Frequencies, Profiles, World};
use super::{Grouped, Joined, Link, Model, assemble, crosslang, join, rank, rivals, weigh};
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
    /// Word → representatives, with how near to the figure it stands.
    near_words: FxHashMap<u32, Vec<(u32, f32)>>,
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
        let mut weighed = weigh(&pairs, corpus, rules, lexicon, &profiles, &reps, Some(model));
        let mut support = FxHashMap::default();
        rank(&mut weighed, &profiles, &reps, &mut support);
        let mut grouped = Grouped::default();
        let mut links = join(weighed, model, &profiles, &reps, &mut grouped, false);
        links.extend(crosslang::links(corpus, rules, lexicon, &profiles, &reps, 0).links);
        let mut kept = Vec::new();
        // A draft will stand beside the archive.
        let least = model.least(profiles.articles.len() + 1);
        let clashes: Vec<Link> = rivals(corpus, &links, &profiles, &reps, &mut grouped, false, least)
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
        let mut near_words: FxHashMap<u32, Vec<(u32, f32)>> = FxHashMap::default();
        for (r, rep) in reps.iter().enumerate() {
            for (word, near) in &profiles.claims[rep.profile as usize].near {
                near_words.entry(*word).or_default().push((r as u32, *near));
            }
        }
        let by_copy =
            reps.iter().enumerate().map(|(r, rep)| (profiles.claims[rep.profile as usize].copy, r as u32)).collect();
        Self {
            profiles,
            reps,
            words,
            lone,
            postings,
            near_words,
            by_copy,
            agreeing,
            clashes,
            alignments: kept,
            support,
        }
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
        let pairs = self.pairs(corpus, first, reps, alignments, &near, &twins);
        self.reweigh(&pairs, claims, &mut undo);
        let groups = self.judge(corpus, first, alignments, (rules, lexicon, model), &pairs, twins);

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

    /// Weighs the claims of the archive that will be compared by the words as they stand now; those from profile `first` on are so already.
    fn reweigh(&mut self, pairs: &[Pair], first: usize, undo: &mut Undo) {
        let sides = pairs.iter().flat_map(|p| [p.a, p.b]).map(|r| self.reps[r as usize].profile);
        let claims: FxHashSet<u32> = sides.filter(|p| (*p as usize) < first).collect();
        let mut weights: Vec<(u32, f32, f32)> = claims.into_iter().map(|claim| (claim, 0.0, 0.0)).collect();
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

    /// The pairs worth a look with a claim of a draft in them. `archived` is the number of representatives of the archive.
    fn pairs(
        &self,
        corpus: &Corpus,
        first: usize,
        archived: usize,
        alignments: &[Alignment],
        near: &[Vec<u32>],
        twins: &[(u32, u32)],
    ) -> Vec<Pair> {
        let (profiles, reps) = (&self.profiles, self.reps.as_slice());
        let slots = candidates::slots(corpus, alignments, profiles, reps);
        let crossing = Crossing::new(profiles, reps, first);
        let few = candidates::few(reps);
        let mut crossed = Vec::new();
        for (i, others) in near.iter().enumerate() {
            let draft = (first + i) as u32;
            let others = others.iter().filter(|o| few || **o as usize >= first);
            others.chain([&draft]).for_each(|o| crossing.cross(*o, draft, &mut crossed));
        }
        if !few {
            let near: Vec<FxHashSet<u32>> = near.iter().map(|others| others.iter().copied().collect()).collect();
            let found: Vec<Vec<(u32, u32, f32)>> = (archived..reps.len())
                .into_par_iter()
                .map_init(
                    || (vec![0.0; archived], Vec::new()),
                    |(shared, touched), r| self.sharing(r as u32, first, &near, shared, touched),
                )
                .collect();
            crossed.extend(found.into_iter().flatten());
        }
        let mut pairs = candidates::settle(candidates::best(crossed, reps.len()), &slots);
        let copied: FxHashSet<(u32, u32)> = twins.iter().copied().collect();
        pairs.retain(|p| !copied.contains(&(p.a, p.b)));
        pairs
    }

    /// The pairs of the representative `r` of a draft and those of the archive that share enough words with it, found by their words; what
    /// crossing every two claims would find. `shared` and `touched` are for its use, and left as they were.
    fn sharing(
        &self,
        r: u32,
        first: usize,
        near: &[FxHashSet<u32>],
        shared: &mut [f32],
        touched: &mut Vec<u32>,
    ) -> Vec<(u32, u32, f32)> {
        let of = |r: u32| &self.profiles.claims[self.reps[r as usize].profile as usize];
        let own = of(r);
        let least = self.profiles.least_telling();
        for (word, nearness) in &own.near {
            let Some(list) = self.near_words.get(word) else { continue };
            let rarity = self.profiles.rarity(*word);
            if rarity < least {
                continue;
            }
            for (other, near) in list {
                let sum = &mut shared[*other as usize];
                if *sum == 0.0 {
                    touched.push(*other);
                }
                *sum += rarity * nearness.min(*near);
            }
        }
        let near = &near[own.article.0 as usize - first];
        let mut pairs = Vec::new();
        for other in touched.drain(..) {
            let sum = std::mem::take(&mut shared[other as usize]);
            if sum >= candidates::SHARED && of(other).class == own.class && near.contains(&of(other).article.0) {
                pairs.push((other, r, sum));
            }
        }
        pairs
    }

    fn judge(
        &self,
        corpus: &Corpus,
        first: usize,
        alignments: &[Alignment],
        (rules, lexicon, model): (&RuleSet, &Lexicon, &Model),
        pairs: &[Pair],
        twins: Vec<(u32, u32)>,
    ) -> Vec<Group> {
        let (profiles, reps) = (&self.profiles, self.reps.as_slice());
        let mut weighed = weigh(pairs, corpus, rules, lexicon, profiles, reps, Some(model));
        let mut support = self.support.clone();
        rank(&mut weighed, profiles, reps, &mut support);
        let mut grouped = Grouped::default();
        let mut links = join(weighed, model, profiles, reps, &mut grouped, false);
        links.extend(crosslang::links(corpus, rules, lexicon, profiles, reps, first).links);
        let mut clashes =
            rivals(corpus, &links, profiles, reps, &mut grouped, false, model.least(profiles.articles.len()));
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
