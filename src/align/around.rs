//! An aligned pair of sentences → how much of what stands around them goes with them. Enters: all judged pairs. Leaves: neighbours, and
//! the passage around a slot that holds two values. Every pair costs a bounded number of steps.

use rustc_hash::FxHashMap;

use super::candidate::{Unit, Units};
use crate::model::{self, Alignment, Claim, Corpus};
use crate::quantity::Relation;

/// How many sentences to each side are looked at.
const REACH: i64 = 6;
/// From this similarity on, the sentence beside goes with the passage.
const GOES_ALONG: f32 = 0.75;

/// A judged pair.
pub(super) type Judged = (Unit, Unit, Alignment);

/// Looks at what stands around a pair.
pub(super) struct Around<'a> {
    corpus: &'a Corpus,
    units: &'a Units,
    judged: &'a [Judged],
    met: FxHashMap<(Unit, Unit), u32>,
}

impl<'a> Around<'a> {
    /// Of `judged` pairs of the sentences `units`.
    pub fn new(corpus: &'a Corpus, units: &'a Units, judged: &'a [Judged]) -> Self {
        let met = judged.iter().enumerate().map(|(i, j)| ((j.0, j.1), i as u32)).collect();
        Self { corpus, units, judged, met }
    }

    fn equal(&self, a: Unit, b: Unit) -> bool {
        let hash = self.units.hashes[a as usize];
        hash != 0 && hash == self.units.hashes[b as usize]
    }

    fn alignment(&self, a: Unit, b: Unit) -> Option<&Alignment> {
        self.met.get(&(a.min(b), a.max(b))).map(|i| &self.judged[*i as usize].2)
    }

    /// How many of the sentences right beside `a` and `b` are aligned with each other too.
    pub fn neighbours(&self, a: Unit, b: Unit) -> u8 {
        let beside = |step| match (self.units.next(a, step), self.units.next(b, step)) {
            (Some(x), Some(y)) => self.equal(x, y) || self.alignment(x, y).is_some(),
            _ => false,
        };
        u8::from(beside(-1)) + u8::from(beside(1))
    }

    /// What goes with the pair to both sides; nothing where none of its slots holds two values.
    pub fn around(&self, a: Unit, b: Unit, alignment: &Alignment) -> model::Around {
        let mut found = model::Around::default();
        let claim = |id: model::ClaimId| &self.corpus.claims[id.0 as usize];
        if alignment.slots.iter().all(|s| agree(claim(s.a), claim(s.b))) {
            return found;
        }
        let size = self.units.sizes[a as usize].min(self.units.sizes[b as usize]);
        found.within = (f32::from(size) * alignment.similarity) as u32;
        for direction in [-1, 1] {
            for step in 1..=REACH {
                let (Some(x), Some(y)) = (self.units.next(a, direction * step), self.units.next(b, direction * step))
                else {
                    break;
                };
                // What is too short to say anything neither helps nor hinders.
                if self.units.hashes[x as usize] == 0 && self.units.hashes[y as usize] == 0 {
                    continue;
                }
                if !self.goes_along(x, y, &mut found) {
                    break;
                }
                found.words += u32::from(self.units.sizes[x as usize].min(self.units.sizes[y as usize]));
            }
        }
        found
    }

    fn goes_along(&self, x: Unit, y: Unit, found: &mut model::Around) -> bool {
        let mut count = |a: &Claim, b: &Claim| {
            if !a.kind().is_time() {
                let side = if agree(a, b) { &mut found.same } else { &mut found.other };
                *side += 1;
            }
        };
        if self.equal(x, y) {
            let claims = |u: Unit| {
                let range = self.units.claims(u);
                self.corpus.claims.get(range.start as usize..range.end as usize).unwrap_or(&[])
            };
            claims(x).iter().zip(claims(y)).for_each(|(a, b)| count(a, b));
            return true;
        }
        let Some(alignment) = self.alignment(x, y).filter(|l| l.similarity >= GOES_ALONG) else { return false };
        let claim = |id: model::ClaimId| &self.corpus.claims[id.0 as usize];
        alignment.slots.iter().for_each(|s| count(claim(s.a), claim(s.b)));
        true
    }
}

fn agree(a: &Claim, b: &Claim) -> bool {
    a.quantity.relate(&b.quantity) == Relation::Agree
}
