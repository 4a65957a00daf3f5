//! Which pairs of claims are worth a look. Enters: profiles, aligned slots. Leaves: pairs of representatives, copies folded into one.

use rustc_hash::FxHashMap;

use super::profile::{Class, Profiles};
use super::score::SlotView;
use crate::model::{Alignment, Corpus};

/// A claim that stands for all its copies.
#[derive(Debug)]
pub(super) struct Representative {
    /// Index of its profile.
    pub profile: u32,
    /// Indices of the profiles of all copies, itself first.
    pub members: Vec<u32>,
}

/// Two representatives, by index, the lower first, and the best slot that they share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub a: u32,
    pub b: u32,
    pub slot: Option<SlotView>,
}

/// Folds copies: claims of one class, value and sentence text in different articles.
pub(super) fn representatives(profiles: &Profiles) -> Vec<Representative> {
    let mut by_copy: FxHashMap<u64, u32> = FxHashMap::default();
    let mut found: Vec<Representative> = Vec::new();
    for (i, p) in profiles.claims.iter().enumerate() {
        let next = found.len() as u32;
        let slot = *by_copy.entry(p.copy).or_insert(next);
        match found.get_mut(slot as usize) {
            // The same sentence twice in one article is two statements of it, and still one copy.
            Some(r) => r.members.push(i as u32),
            None => found.push(Representative { profile: i as u32, members: vec![i as u32] }),
        }
    }
    found
}

/// Up to this many claims, every pair of one class is looked at.
const ALL_PAIRS: usize = 600;
/// Words of a claim that are looked up, the rarest first.
const WORDS: usize = 16;
/// A word in more claims of one class than this tells nothing.
const COMMON: usize = 160;
/// Shared rarity from which a pair is worth a look.
const SHARED: f32 = 6.0;

/// All pairs worth a look, sorted.
pub(super) fn pairs(
    corpus: &Corpus,
    alignments: &[Alignment],
    profiles: &Profiles,
    reps: &[Representative],
) -> Vec<Pair> {
    use rayon::prelude::*;
    let mut rep_of_profile = vec![0u32; profiles.claims.len()];
    for (r, rep) in reps.iter().enumerate() {
        for m in &rep.members {
            rep_of_profile[*m as usize] = r as u32;
        }
    }
    let mut rep_of_claim = vec![u32::MAX; corpus.claims.len()];
    for (i, p) in profiles.claims.iter().enumerate() {
        rep_of_claim[p.id.0 as usize] = rep_of_profile[i];
    }
    let mut slots: FxHashMap<(u32, u32), SlotView> = FxHashMap::default();
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
            };
            let entry = slots.entry((a.min(b), a.max(b))).or_insert(view);
            if (view.exact, view.context, view.similarity) > (entry.exact, entry.context, entry.similarity) {
                *entry = view;
            }
        }
    }
    let mut by_class: FxHashMap<Class, Vec<u32>> = FxHashMap::default();
    for (r, rep) in reps.iter().enumerate() {
        by_class.entry(profiles.claims[rep.profile as usize].class).or_default().push(r as u32);
    }
    let mut classes: Vec<(Class, Vec<u32>)> = by_class.into_iter().collect();
    classes.sort_unstable_by_key(|c| c.0);
    let mut found: Vec<(u32, u32)> = slots.keys().copied().collect();
    let few = reps.len() <= ALL_PAIRS;
    for (_, members) in &classes {
        if few {
            for (i, a) in members.iter().enumerate() {
                found.extend(members[i + 1..].iter().map(|b| (*a, *b)));
            }
            continue;
        }
        let keys: Vec<Vec<(u32, f32)>> = members
            .par_iter()
            .map(|r| {
                let p = &profiles.claims[reps[*r as usize].profile as usize];
                let mut words: Vec<(u32, f32)> =
                    p.near.iter().map(|(h, near)| (*h, profiles.rarity(*h) * (0.3 + near))).collect();
                words.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
                words.truncate(WORDS);
                words.iter().map(|(h, _)| (*h, profiles.rarity(*h))).collect()
            })
            .collect();
        let mut postings: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (i, words) in keys.iter().enumerate() {
            for (h, _) in words {
                postings.entry(*h).or_default().push(i as u32);
            }
        }
        let more: Vec<(u32, u32)> = keys
            .par_iter()
            .enumerate()
            .flat_map_iter(|(i, words)| {
                let mut sums: FxHashMap<u32, f32> = FxHashMap::default();
                for (h, weight) in words {
                    let list = &postings[h];
                    if list.len() > COMMON {
                        continue;
                    }
                    for other in list.iter().take_while(|o| (**o as usize) < i) {
                        *sums.entry(*other).or_default() += weight;
                    }
                }
                let here = members[i];
                sums.into_iter().filter(|s| s.1 >= SHARED).map(move |s| (s.0, here)).collect::<Vec<_>>()
            })
            .map(|(other, here)| {
                let other = members[other as usize];
                (other.min(here), other.max(here))
            })
            .collect();
        found.extend(more);
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(a, b)| Pair { a, b, slot: slots.get(&(a, b)).copied() }).collect()
}
