//! Which pairs of claims are worth a look. Enters: profiles, aligned slots. Leaves: pairs of representatives, copies folded into one.

use rustc_hash::{FxHashMap, FxHashSet};

use super::profile::{ArticleProfile, Class, Profiles};
use super::score::{SlotView, topic_similarity};
use crate::model::{Alignment, ArticleId, ClaimId, Corpus, Kind};
use crate::quantity::Relation;

/// A claim that stands for all its copies.
#[derive(Debug)]
pub(super) struct Representative {
    /// Index of its profile.
    pub profile: u32,
    /// Indices of the profiles of all copies, itself first.
    pub members: Vec<u32>,
    /// Profiles of copies that another representative stands for: of a draft those in the archive, and the other way round.
    pub copies: Vec<u32>,
}

impl Representative {
    /// How many say the same in the same words.
    pub fn count(&self) -> usize {
        self.members.len() + self.copies.len()
    }
}

/// Two representatives, by index, the lower first, and the best slot that they share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub a: u32,
    pub b: u32,
    pub slot: Option<SlotView>,
}

/// Folds copies: claims of one class, value and sentence text in different articles; the profiles from `first` on.
pub(super) fn representatives(profiles: &Profiles, first: usize) -> Vec<Representative> {
    let mut by_copy: FxHashMap<u64, u32> = FxHashMap::default();
    let mut found: Vec<Representative> = Vec::new();
    for (i, p) in profiles.claims.iter().enumerate().skip(first) {
        let next = found.len() as u32;
        let slot = *by_copy.entry(p.copy).or_insert(next);
        match found.get_mut(slot as usize) {
            // The same sentence twice in one article is two statements of it, and still one copy.
            Some(r) => r.members.push(i as u32),
            None => found.push(Representative { profile: i as u32, members: vec![i as u32], copies: Vec::new() }),
        }
    }
    found
}

/// Up to this many claims, every pair of one class is looked at.
const ALL_PAIRS: usize = 600;
/// A topic word in more articles than this makes no two of them neighbours.
pub(super) const COMMON: usize = 400;
/// Topic similarity from which two articles may tell of one thing.
const RELATED: f32 = 0.06;
/// An article is compared with at most this many others by its words (and with every one that shares a passage), so that the work stays
/// linear in the number of articles.
const MOST_RELATED: usize = 250;
/// The same in a very large run, and how many pairs of articles make a run large.
const LEAST_RELATED: usize = 50;
const RELATED_PAIRS: usize = 300_000;
/// Shared rarity, weighed by nearness to both figures, from which a pair is worth a look.
pub(super) const SHARED: f32 = 1.0;

/// For every article the later ones that may tell of the same thing, itself included.
fn related(profiles: &Profiles) -> Vec<Vec<u32>> {
    use rayon::prelude::*;
    let mut postings: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (i, article) in profiles.articles.iter().enumerate() {
        for (word, _) in &article.topic {
            postings.entry(*word).or_default().push(i as u32);
        }
    }
    profiles
        .articles
        .par_iter()
        .enumerate()
        .map(|(i, article)| {
            let others = article
                .topic
                .iter()
                .filter_map(|(word, _)| postings.get(word).filter(|list| list.len() <= COMMON))
                .flat_map(|list| list.iter().copied().filter(|o| *o as usize > i));
            let mut others = nearest(article, others.collect(), profiles);
            others.push(i as u32);
            others.sort_unstable();
            others
        })
        .collect()
}

/// Those of `others` whose topic is near that of `article`, the nearest first.
pub(super) fn nearest(article: &ArticleProfile, mut others: Vec<u32>, profiles: &Profiles) -> Vec<u32> {
    others.sort_unstable();
    others.dedup();
    let mut near: Vec<(f32, u32)> = others
        .into_iter()
        .map(|o| (topic_similarity(article, &profiles.articles[o as usize]), o))
        .filter(|(similarity, _)| *similarity >= RELATED)
        .collect();
    near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    near.truncate((RELATED_PAIRS / profiles.articles.len().max(1)).clamp(LEAST_RELATED, MOST_RELATED));
    near.into_iter().map(|(_, o)| o).collect()
}

/// Pairs of representatives that stand in one slot, with the best they share.
pub(super) type Slots = FxHashMap<(u32, u32), SlotView>;

/// How many figures two articles must share in their places before one that differs stands out.
const KEPT: u32 = 3;

/// The pairs of articles that share a passage with its figures: many agree in their places, and for each that does not, three do.
fn kept(corpus: &Corpus, alignments: &[Alignment]) -> FxHashSet<(ArticleId, ArticleId)> {
    let claim = |id: ClaimId| &corpus.claims[id.0 as usize];
    let mut counts: FxHashMap<(ArticleId, ArticleId), (u32, u32)> = FxHashMap::default();
    for alignment in alignments.iter().filter(|l| l.a.article != l.b.article) {
        for slot in alignment.slots.iter().filter(|s| s.exact && !claim(s.a).kind().is_time()) {
            let entry = counts.entry((alignment.a.article, alignment.b.article)).or_default();
            match claim(slot.a).quantity.relate(&claim(slot.b).quantity) {
                Relation::Agree => entry.0 += 1,
                _ => entry.1 += 1,
            }
        }
    }
    let most = |(agree, differ): (u32, u32)| agree >= KEPT && agree >= 3 * differ;
    counts.into_iter().filter(|(_, n)| most(*n)).map(|(pair, _)| pair).collect()
}

/// So many words around a sentence that two articles share make it a passage that was copied, and not a sentence that is often written.
const PASSAGE: u32 = 30;

/// Whether a sentence stands in a passage copied word by word with its figures: one figure in it differs, and of those around at most
/// one for three that do not. A long sentence is a passage by itself where it keeps two figures.
fn stands(corpus: &Corpus, alignment: &Alignment) -> bool {
    let around = alignment.around;
    let (mut same, mut differ) = (0, 0);
    for slot in &alignment.slots {
        let (a, b) = (&corpus.claims[slot.a.0 as usize], &corpus.claims[slot.b.0 as usize]);
        if !a.kind().is_time() {
            let agree = a.quantity.relate(&b.quantity) == Relation::Agree;
            *if agree { &mut same } else { &mut differ } += 1u32;
        }
    }
    let long = around.words >= PASSAGE || around.within + around.words >= PASSAGE && same + around.same >= 2;
    alignment.a.article != alignment.b.article
        && long
        && alignment.similarity >= 0.9
        && around.same >= 3 * around.other
        && differ <= 1
}

/// The slots of all alignments.
pub(super) fn slots(corpus: &Corpus, alignments: &[Alignment], profiles: &Profiles, reps: &[Representative]) -> Slots {
    let mut rep_of_claim = vec![u32::MAX; corpus.claims.len()];
    for (r, rep) in reps.iter().enumerate() {
        for m in &rep.members {
            rep_of_claim[profiles.claims[*m as usize].id.0 as usize] = r as u32;
        }
    }
    let kept = kept(corpus, alignments);
    // `今天` becomes `昨天` where the same words are printed a day later.
    let day_of_print = |id: ClaimId| {
        let claim = &corpus.claims[id.0 as usize];
        claim.kind() != Kind::Time && claim.quantity.time.as_ref().is_some_and(|t| t.relative)
    };
    let mut slots = Slots::default();
    for (n, alignment) in alignments.iter().enumerate() {
        for slot in &alignment.slots {
            let (a, b) = (rep_of_claim[slot.a.0 as usize], rep_of_claim[slot.b.0 as usize]);
            if a == b || a == u32::MAX || b == u32::MAX {
                continue;
            }
            let view = SlotView {
                similarity: alignment.similarity,
                exact: slot.exact,
                context: slot.context,
                neighbours: alignment.neighbours,
                alignment: n as u32,
                kept: (kept.contains(&(alignment.a.article, alignment.b.article)) || stands(corpus, alignment))
                    && !day_of_print(slot.a)
                    && !day_of_print(slot.b),
            };
            let entry = slots.entry((a.min(b), a.max(b))).or_insert(view);
            if (view.exact, view.context, view.similarity) > (entry.exact, entry.context, entry.similarity) {
                *entry = view;
            }
        }
    }
    slots
}

/// Claims by article, those of one class together: what two articles are crossed by.
pub(super) struct Crossing {
    by_article: Vec<Vec<Crossed>>,
    few: bool,
}

/// A claim as crossing sees it.
struct Crossed {
    class: Class,
    rep: u32,
    /// The words that tell of something: `(hash, nearness, rarity)`, sorted by hash.
    telling: Vec<(u32, f32, f32)>,
}

/// What the words that two claims share weigh, as [`shared_words`] has it for near words, those left out that tell of nothing.
fn shared_weight(a: &[(u32, f32, f32)], b: &[(u32, f32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.0 == y.0 {
            sum += x.2 * x.1.min(y.1);
        }
        // Both steps without a branch: which list is ahead is anybody's guess.
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    sum
}

/// Whether there are so few claims that every pair of one class is looked at.
pub(super) fn few(reps: &[Representative]) -> bool {
    reps.len() <= ALL_PAIRS
}

impl Crossing {
    /// For the articles from `first` on; where there are few claims, for all.
    pub fn new(profiles: &Profiles, reps: &[Representative], first: usize) -> Self {
        let few = few(reps);
        let mut by_article: Vec<Vec<Crossed>> = Vec::new();
        by_article.resize_with(profiles.articles.len(), Vec::new);
        let least = profiles.least_telling();
        for (r, rep) in reps.iter().enumerate() {
            let p = &profiles.claims[rep.profile as usize];
            let word = |(hash, near): &(u32, f32)| (*hash, *near, profiles.rarity(*hash));
            let telling = if few || (p.article.0 as usize) < first {
                Vec::new()
            } else {
                p.near.iter().map(word).filter(|w| w.2 >= least).collect()
            };
            by_article[p.article.0 as usize].push(Crossed { class: p.class, rep: r as u32, telling });
        }
        for list in &mut by_article {
            list.sort_unstable_by_key(|c| (c.class, c.rep));
        }
        Self { by_article, few }
    }

    /// The pairs of articles `i` and `j` that are worth a look, each with what it shares.
    pub fn cross(&self, i: u32, j: u32, pairs: &mut Vec<(u32, u32, f32)>) {
        let (left, right) = (&self.by_article[i as usize], &self.by_article[j as usize]);
        let mut rest = right.as_slice();
        for run in left.chunk_by(|a, b| a.class == b.class) {
            let class = run[0].class;
            rest = &rest[rest.partition_point(|b| b.class < class)..];
            let others = &rest[..rest.partition_point(|b| b.class == class)];
            if !self.few && run.len() * others.len() > MOST_CROSSED {
                cross_by_word(run, others, i == j, pairs);
                continue;
            }
            for (n, a) in run.iter().enumerate() {
                let start = if j == i { n + 1 } else { 0 };
                for b in &others[start.min(others.len())..] {
                    let shared = if self.few { SHARED } else { shared_weight(&a.telling, &b.telling) };
                    if shared >= SHARED {
                        pairs.push((a.rep.min(b.rep), a.rep.max(b.rep), shared));
                    }
                }
            }
        }
    }
}

/// Up to this many pairs of claims of one class, every claim of an article is crossed with every one of another.
const MOST_CROSSED: usize = 250 * 250;
/// In longer articles only those that share a word which no more than so many of them hold.
const MOST_HOLD: usize = 32;

/// Crosses two runs of claims that are too long to be crossed each with each: the rows of a long list share all their words with all others,
/// and that says nothing of any two of them.
fn cross_by_word(run: &[Crossed], others: &[Crossed], one: bool, pairs: &mut Vec<(u32, u32, f32)>) {
    let mut holders: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (n, b) in others.iter().enumerate() {
        for (word, ..) in &b.telling {
            let list = holders.entry(*word).or_default();
            if list.len() <= MOST_HOLD {
                list.push(n as u32);
            }
        }
    }
    let mut met: Vec<u32> = Vec::new();
    for (n, a) in run.iter().enumerate() {
        met.clear();
        let lists = a.telling.iter().filter_map(|(word, ..)| holders.get(word));
        met.extend(lists.filter(|list| list.len() <= MOST_HOLD).flatten().filter(|m| !one || **m as usize > n));
        met.sort_unstable();
        met.dedup();
        for b in met.iter().map(|m| &others[*m as usize]) {
            let shared = shared_weight(&a.telling, &b.telling);
            if shared >= SHARED {
                pairs.push((a.rep.min(b.rep), a.rep.max(b.rep), shared));
            }
        }
    }
}

/// A claim is compared with at most this many others by their words alone, those that share most with it.
const MOST_PARTNERS: usize = 250;

/// Those of the pairs crossed that are among the best of either side.
pub(super) fn best(crossed: Vec<(u32, u32, f32)>, reps: usize) -> Vec<(u32, u32)> {
    let mut counts = vec![0u32; reps];
    for (a, b, _) in &crossed {
        counts[*a as usize] += 1;
        counts[*b as usize] += 1;
    }
    let mut crowded: FxHashMap<u32, Vec<f32>> = FxHashMap::default();
    for (r, n) in counts.iter().enumerate() {
        if *n as usize > MOST_PARTNERS {
            crowded.insert(r as u32, Vec::with_capacity(*n as usize));
        }
    }
    if !crowded.is_empty() {
        for (a, b, shared) in &crossed {
            for r in [a, b] {
                if let Some(list) = crowded.get_mut(r) {
                    list.push(*shared);
                }
            }
        }
    }
    // What is shared least among the best, and how many of those that share just so much belong to them.
    let mut least: FxHashMap<u32, (f32, usize)> = crowded
        .into_iter()
        .map(|(r, mut list)| {
            let (more, least, _) = list.select_nth_unstable_by(MOST_PARTNERS - 1, |x, y| y.total_cmp(x));
            (r, (*least, 1 + more.iter().filter(|s| s.total_cmp(least).is_eq()).count()))
        })
        .collect();
    let mut among = |r: u32, shared: f32| match least.get_mut(&r) {
        None => true,
        Some((l, ties)) if shared.total_cmp(l).is_eq() => {
            let room = *ties > 0;
            *ties = ties.saturating_sub(1);
            room
        }
        Some((l, _)) => shared > *l,
    };
    crossed
        .into_iter()
        .filter(|(a, b, shared)| among(*a, *shared) | among(*b, *shared))
        .map(|(a, b, _)| (a, b))
        .collect()
}

/// The pairs that were crossed and those that share a slot, sorted.
pub(super) fn settle(crossed: Vec<(u32, u32)>, slots: &Slots) -> Vec<Pair> {
    let mut found: Vec<(u32, u32)> = slots.keys().copied().collect();
    found.extend(crossed);
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(a, b)| Pair { a, b, slot: slots.get(&(a, b)).copied() }).collect()
}

/// All pairs worth a look, sorted.
pub(super) fn pairs(
    corpus: &Corpus,
    alignments: &[Alignment],
    profiles: &Profiles,
    reps: &[Representative],
) -> Vec<Pair> {
    use rayon::prelude::*;
    let slots = slots(corpus, alignments, profiles, reps);
    let crossing = Crossing::new(profiles, reps, 0);
    let count = profiles.articles.len() as u32;
    let related = if few(reps) { (0..count).map(|i| (i..count).collect()).collect() } else { related(profiles) };
    let crossed: Vec<(u32, u32, f32)> = related
        .par_iter()
        .enumerate()
        .flat_map_iter(|(i, others)| {
            let mut pairs = Vec::new();
            for j in others {
                crossing.cross(i as u32, *j, &mut pairs);
            }
            pairs
        })
        .collect();
    settle(best(crossed, reps.len()), &slots)
}
