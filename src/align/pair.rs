//! Two sentences → which tokens stand for each other. Enters: the tokens of both. Leaves: matched pairs of tokens; figures match figures
//! of a like kind, words match themselves. Cost is bounded: long sentences are cut at runs that occur once in both.

use rustc_hash::FxHashMap;

use super::token::{FIGURE, Token};
use crate::model::{Claim, Corpus, Kind};

/// Largest table that is filled for one stretch; longer ones keep only what their anchors match.
const TABLE: usize = 1 << 20;
/// Tokens of an anchor in a stretch that is too long for a table.
const ANCHOR: usize = 6;
/// Characters that a moved clause must match in one run.
const MOVED: u32 = 5;

/// Token `a` of the first sentence stands for token `b` of the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// Index into the first tokens.
    pub a: u32,
    /// Index into the second tokens.
    pub b: u32,
}

/// How well two claims may fill one slot: 0 not at all, 3 the same kind and unit, 4 the same words too.
pub(super) fn likeness(a: &Claim, b: &Claim) -> u8 {
    let (p, q) = (&a.quantity, &b.quantity);
    if p.kind == q.kind {
        if p.kind == Kind::Measure || p.kind == Kind::Money {
            return if p.base_unit == q.base_unit { 3 } else { 1 };
        }
        return if p.base_unit == q.base_unit { 3 } else { 2 };
    }
    u8::from(family(p.kind) == family(q.kind))
}

fn family(kind: Kind) -> u8 {
    match kind {
        Kind::Date | Kind::DateRange | Kind::Time => 0,
        Kind::Percentage | Kind::Fraction | Kind::PercentagePoints => 1,
        Kind::Money => 2,
        Kind::Duration => 3,
        Kind::Ordinal => 4,
        Kind::Count | Kind::Number | Kind::Measure | Kind::Age | Kind::Temperature | Kind::Ratio | Kind::Multiple => 5,
    }
}

/// Aligns sentences, keeping its tables between calls.
#[derive(Default)]
pub(super) struct Aligner {
    rows: [Vec<i32>; 2],
    runs: [Vec<i32>; 2],
    steps: Vec<u8>,
    symbols: Vec<u32>,
    /// Bits of the runs of tokens of one side.
    seen: Vec<u64>,
    anchors: FxHashMap<u64, (u32, u32, u32)>,
}

/// What compares two tokens.
struct Pairing<'a> {
    corpus: &'a Corpus,
    a: &'a [Token],
    b: &'a [Token],
}

impl Pairing<'_> {
    /// What a match of two tokens is worth; 0 where they do not match.
    fn worth(&self, i: usize, j: usize) -> i32 {
        let (x, y) = (&self.a[i], &self.b[j]);
        match (x.claim(), y.claim()) {
            (Some(p), Some(q)) => {
                let (p, q) = (&self.corpus.claims[p as usize], &self.corpus.claims[q as usize]);
                match likeness(p, q) {
                    0 => 0,
                    like if p.quantity.point == q.quantity.point && p.quantity.time == q.quantity.time => {
                        4 + i32::from(like)
                    }
                    like => 2 + i32::from(like),
                }
            }
            (None, None) if x.symbol == y.symbol => 2 + 2 * i32::from(x.weight > 1),
            _ => 0,
        }
    }

    fn same(&self, i: usize, j: usize) -> bool {
        match (self.a[i].claim(), self.b[j].claim()) {
            (None, None) => self.a[i].symbol == self.b[j].symbol,
            (Some(_), Some(_)) => self.worth(i, j) >= 5,
            _ => false,
        }
    }
}

/// What a match gains when the tokens before both match too.
const JOINED: i32 = 3;

impl Aligner {
    /// The matches in order, and those of clauses that moved; both sorted by the first side.
    pub fn align(&mut self, corpus: &Corpus, a: &[Token], b: &[Token]) -> (Vec<Match>, Vec<Match>) {
        let pairing = Pairing { corpus, a, b };
        let mut found = Vec::with_capacity(a.len().min(b.len()));
        let all: Vec<u32> = (0..a.len().max(b.len()) as u32).collect();
        self.stretch(&pairing, &all[..a.len()], &all[..b.len()], &mut found);
        drop_strays(&pairing, &mut found);
        let mut moved: Vec<Match> = Vec::new();
        for _ in 0..2 {
            let taken = found.len() + moved.len();
            if a.len().min(b.len()) < taken + MOVED as usize {
                break;
            }
            let rest_a = left_over(a.len(), found.iter().chain(&moved).map(|m| m.a));
            let rest_b = left_over(b.len(), found.iter().chain(&moved).map(|m| m.b));
            if !self.may_have_moved(&pairing, &rest_a, &rest_b) {
                break;
            }
            let mut again = Vec::new();
            self.stretch(&pairing, &rest_a, &rest_b, &mut again);
            let before = moved.len();
            for run in again.chunk_by(|x, y| x.a + 1 == y.a && x.b + 1 == y.b) {
                let weight: u32 =
                    run.iter().map(|m| &a[m.a as usize]).filter(|t| !t.is_figure()).map(|t| u32::from(t.weight)).sum();
                if weight >= MOVED {
                    moved.extend_from_slice(run);
                }
            }
            if moved.len() == before {
                break;
            }
        }
        moved.sort_unstable();
        (found, moved)
    }

    /// Whether the rests of two sentences may hold a clause that moved; no table is filled to tell. Where no token weighs more than one
    /// character, such a clause is a run of [`MOVED`] tokens that stands in both.
    fn may_have_moved(&mut self, pairing: &Pairing<'_>, left: &[u32], right: &[u32]) -> bool {
        const RUN: usize = MOVED as usize;
        let long = |tokens: &[Token], at: &[u32]| at.iter().any(|&i| tokens[i as usize].weight > 1);
        if long(pairing.a, left) && long(pairing.b, right) {
            return true;
        }
        let runs = |tokens: &[Token], at: &[u32], hear: &mut dyn FnMut(u32)| {
            for run in at.windows(RUN).filter(|r| (r[RUN - 1] - r[0]) as usize == RUN - 1) {
                let join = |h: u32, &i: &u32| (h.rotate_left(5) ^ tokens[i as usize].symbol).wrapping_mul(0x9E37_79B1);
                hear(run.iter().fold(0, join) >> 18);
            }
        };
        self.seen.clear();
        self.seen.resize(1 << 8, 0);
        let seen = &mut self.seen;
        runs(pairing.a, left, &mut |hash| seen[hash as usize >> 6] |= 1 << (hash & 63));
        let mut met = false;
        runs(pairing.b, right, &mut |hash| met |= seen[hash as usize >> 6] >> (hash & 63) & 1 == 1);
        met
    }

    /// Matches of the tokens numbered in `left` and `right`, in order.
    fn stretch(&mut self, pairing: &Pairing<'_>, left: &[u32], right: &[u32], found: &mut Vec<Match>) {
        let (mut left, mut right) = (left, right);
        while let ([i, l @ ..], [j, r @ ..]) = (left, right) {
            if !pairing.same(*i as usize, *j as usize) {
                break;
            }
            found.push(Match { a: *i, b: *j });
            (left, right) = (l, r);
        }
        let mut tail = Vec::new();
        while let ([l @ .., i], [r @ .., j]) = (left, right) {
            if !pairing.same(*i as usize, *j as usize) {
                break;
            }
            tail.push(Match { a: *i, b: *j });
            (left, right) = (l, r);
        }
        if left.len().saturating_mul(right.len()) <= TABLE {
            self.table(pairing, left, right, found);
        } else {
            self.anchored(pairing, left, right, found);
        }
        found.extend(tail.into_iter().rev());
    }

    /// Cuts a long stretch at runs of tokens that occur once on both sides, and fills the tables between them that are small enough.
    fn anchored(&mut self, pairing: &Pairing<'_>, left: &[u32], right: &[u32], found: &mut Vec<Match>) {
        let key = |tokens: &[Token], at: &[u32]| {
            at.iter().fold(0u64, |h, &i| {
                (h.rotate_left(7) ^ u64::from(tokens[i as usize].symbol)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            })
        };
        self.anchors.clear();
        for (i, run) in left.windows(ANCHOR).enumerate() {
            let entry = self.anchors.entry(key(pairing.a, run)).or_insert((0, 0, 0));
            *entry = (entry.0 + 1, i as u32, 0);
        }
        let mut meets: Vec<(u32, u32, u64)> = Vec::new();
        for (j, run) in right.windows(ANCHOR).enumerate() {
            let hash = key(pairing.b, run);
            if let Some(entry) = self.anchors.get_mut(&hash) {
                entry.2 += 1;
                if entry.0 == 1 && entry.2 == 1 {
                    meets.push((entry.1, j as u32, hash));
                }
            }
        }
        meets.retain(|m| self.anchors.get(&m.2).is_some_and(|e| e.0 == 1 && e.2 == 1));
        meets.sort_unstable();
        let (mut from_a, mut from_b) = (0usize, 0usize);
        for (i, j) in rising(&meets) {
            let (i, j) = (i as usize, j as usize);
            if i < from_a || j < from_b {
                continue;
            }
            self.gap(pairing, &left[from_a..i], &right[from_b..j], found);
            let mut length = 0;
            while i + length < left.len()
                && j + length < right.len()
                && pairing.same(left[i + length] as usize, right[j + length] as usize)
            {
                found.push(Match { a: left[i + length], b: right[j + length] });
                length += 1;
            }
            (from_a, from_b) = (i + length, j + length);
        }
        self.gap(pairing, &left[from_a..], &right[from_b..], found);
    }

    fn gap(&mut self, pairing: &Pairing<'_>, left: &[u32], right: &[u32], found: &mut Vec<Match>) {
        if left.len().saturating_mul(right.len()) <= TABLE / 4 {
            self.table(pairing, left, right, found);
        }
    }

    /// The best matches in order, by a full table: runs are worth more than the same tokens apart.
    fn table(&mut self, pairing: &Pairing<'_>, left: &[u32], right: &[u32], found: &mut Vec<Match>) {
        const NEVER: i32 = i32::MIN / 2;
        const UP: u8 = 0;
        const LEFT: u8 = 1;
        const MATCH: u8 = 2;
        const CONTINUES: u8 = 4;
        let (n, m) = (left.len(), right.len());
        if n == 0 || m == 0 {
            return;
        }
        for row in &mut self.rows {
            row.clear();
            row.resize(m + 1, 0);
        }
        for run in &mut self.runs {
            run.clear();
            run.resize(m + 1, NEVER);
        }
        self.steps.clear();
        self.steps.resize(n * m, UP);
        self.symbols.clear();
        self.symbols.extend(right.iter().map(|&j| pairing.b[j as usize].symbol));
        for i in 0..n {
            let x = left[i] as usize;
            let (symbol, word) = (pairing.a[x].symbol, 2 + 2 * i32::from(pairing.a[x].weight > 1));
            let [old_row, new_row] = &mut self.rows;
            let [old_run, new_run] = &mut self.runs;
            let follows = i > 0 && left[i - 1] + 1 == left[i];
            let steps = &mut self.steps[i * m..(i + 1) * m];
            let mut back = 0;
            for (j, (&other, out)) in self.symbols.iter().zip(steps).enumerate() {
                let (mut run, mut step) = (NEVER, UP);
                if symbol == other {
                    let worth = if symbol == FIGURE { pairing.worth(x, right[j] as usize) } else { word };
                    if worth > 0 {
                        let fresh = old_row[j] + worth;
                        let joins = follows && j > 0 && right[j - 1] + 1 == right[j];
                        let joined = if joins { old_run[j] + worth + JOINED } else { NEVER };
                        run = fresh.max(joined);
                        step = if joined >= fresh { CONTINUES } else { 0 };
                    }
                }
                let up = old_row[j + 1];
                let best = run.max(up).max(back);
                step |= if best == run {
                    MATCH
                } else if best == up {
                    UP
                } else {
                    LEFT
                };
                new_row[j + 1] = best;
                new_run[j + 1] = run;
                back = best;
                *out = step;
            }
            self.rows.swap(0, 1);
            self.runs.swap(0, 1);
            self.rows[1][0] = 0;
            self.runs[1][0] = NEVER;
        }
        let begin = found.len();
        let (mut i, mut j, mut inside) = (n, m, false);
        while i > 0 && j > 0 {
            let step = self.steps[(i - 1) * m + j - 1];
            if inside || step & 3 == MATCH {
                found.push(Match { a: left[i - 1], b: right[j - 1] });
                inside = step & CONTINUES != 0;
                (i, j) = (i - 1, j - 1);
            } else if step & 3 == UP {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        found[begin..].reverse();
    }
}

/// The longest chain of anchors that rises on both sides.
fn rising(meets: &[(u32, u32, u64)]) -> Vec<(u32, u32)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; meets.len()];
    for (at, meet) in meets.iter().enumerate() {
        let place = tails.partition_point(|&t| meets[t].1 < meet.1);
        before[at] = place.checked_sub(1).map(|p| tails[p]);
        if place == tails.len() {
            tails.push(at);
        } else {
            tails[place] = at;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied();
    while let Some(i) = at {
        chain.push((meets[i].0, meets[i].1));
        at = before[i];
    }
    chain.reverse();
    chain
}

/// Numbers below `len` that do not stand in `used`.
fn left_over(len: usize, used: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut free = vec![true; len];
    for i in used {
        free[i as usize] = false;
    }
    (0..len as u32).filter(|&i| free[i as usize]).collect()
}

/// Takes out short runs of words that match by chance between longer stretches that do not: 江苏 and 浙江 share no word.
fn drop_strays(pairing: &Pairing<'_>, found: &mut Vec<Match>) {
    let runs: Vec<std::ops::Range<usize>> = {
        let mut runs = Vec::new();
        let mut start = 0;
        for i in 1..=found.len() {
            if i == found.len() || found[i - 1].a + 1 != found[i].a || found[i - 1].b + 1 != found[i].b {
                runs.push(start..i);
                start = i;
            }
        }
        if found.is_empty() { Vec::new() } else { runs }
    };
    let (n, m) = (pairing.a.len() as u32, pairing.b.len() as u32);
    let mut keep = vec![true; found.len()];
    let mut last = (0u32, 0u32);
    for (i, run) in runs.iter().enumerate() {
        let (first, end) = (found[run.start], found[run.end - 1]);
        let next = runs.get(i + 1).map_or((n, m), |r| (found[r.start].a, found[r.start].b));
        let before = (first.a - last.0).max(first.b - last.1);
        let after = (next.0 - end.a - 1).max(next.1 - end.b - 1);
        let weight: u32 = found[run.clone()]
            .iter()
            .map(|x| if pairing.a[x.a as usize].is_figure() { 4 } else { u32::from(pairing.a[x.a as usize].weight) })
            .sum();
        if weight <= 3 && weight <= before.min(after) {
            keep[run.clone()].fill(false);
        } else {
            last = (end.a + 1, end.b + 1);
        }
    }
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(true));
}
