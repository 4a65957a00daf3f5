//! A sentence → its fingerprints. Enters: its text and claims. Leaves: hashes of its clauses and of runs of tokens, sorted, each once, and what
//! tells sentences that are equal but for their figures.

use super::token::{self, FIGURE, Listener, Shape, Token};
use crate::model::Claim;
use crate::text::{Plain, Span};

/// Tokens a fingerprint covers, and how many neighbouring ones stand for each other, where a token is a character.
const CHARACTERS: (usize, usize) = (8, 6);
/// The same where most tokens are words.
const WORDS: (usize, usize) = (4, 4);
/// A sentence with fewer tokens outside figures belongs to no class: `同比增长3%` says nothing of what it speaks of.
const CLASS_TOKENS: usize = 6;
/// A clause with at least so many tokens outside figures is a fingerprint by itself.
const CLAUSE_TOKENS: usize = 5;
/// Marks the fingerprint of a whole clause: one in common says as much as two others.
pub(super) const CLAUSE: u32 = 1;
fn join(hash: u64, symbol: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(symbol)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Reads the tokens of a sentence into what its fingerprints are made of.
#[derive(Default)]
struct Reading {
    /// The masked tokens as one stream of symbols: any figure is one symbol, and so are several in a row.
    symbols: Vec<u32>,
    /// Tokens outside figures, words among them, and all.
    plain: usize,
    words: usize,
    all: usize,
    /// The hash of the masked tokens so far.
    whole: u64,
    /// The hash of the clause so far, and its tokens outside figures.
    clause: u64,
    clause_plain: usize,
    /// Fingerprints of the clauses that say enough: short sentences that share one must meet.
    clauses: Vec<u32>,
}

impl Reading {
    const CLAUSE_SEED: u64 = 0x2545_F491_4F6C_DD1D;

    fn begin(&mut self) {
        self.symbols.clear();
        self.clauses.clear();
        (self.plain, self.words, self.all) = (0, 0, 0);
        (self.clause, self.clause_plain) = (Self::CLAUSE_SEED, 0);
        self.whole = 0x51_7C_C1_B7_27_22_0A_95;
    }

    /// The hash of the whole sentence; 0 where it is too short for a class.
    fn class(&self) -> u64 {
        if self.plain >= CLASS_TOKENS { (self.whole ^ (self.whole >> 29)).max(1) } else { 0 }
    }

    fn push(&mut self, symbol: u32) {
        self.symbols.push(symbol);
        self.whole = join(self.whole, symbol);
    }
}

impl Listener for Reading {
    fn token(&mut self, token: Token) {
        self.all += 1;
        let symbol = if token.is_figure() {
            if self.symbols.last() != Some(&FIGURE) {
                self.push(FIGURE);
            }
            FIGURE
        } else {
            self.push(token.symbol);
            self.plain += 1;
            self.clause_plain += 1;
            self.words += usize::from(token.shape == Shape::Word);
            token.symbol
        };
        self.clause = join(self.clause, symbol);
    }

    fn ideographs(&mut self, bytes: &[u8], _base: u32) -> usize {
        let (mut at, mut whole, mut clause) = (0, self.whole, self.clause);
        while let Some(&character) = bytes[at..].first_chunk::<3>().filter(|c| token::is_main_ideograph(**c)) {
            let symbol = token::ideograph(character);
            self.symbols.push(symbol);
            whole = join(whole, symbol);
            clause = join(clause, symbol);
            at += 3;
        }
        (self.whole, self.clause) = (whole, clause);
        self.all += at / 3;
        self.plain += at / 3;
        self.clause_plain += at / 3;
        at
    }

    fn close(&mut self) {
        if self.clause_plain >= CLAUSE_TOKENS {
            self.clauses.push((self.clause >> 32) as u32 | CLAUSE);
        }
        (self.clause, self.clause_plain) = (Self::CLAUSE_SEED, 0);
    }
}

/// Appends the winnowed fingerprints of `symbols`: the least hash of every window of neighbouring ones. Some stand there twice.
fn winnow(symbols: &[u32], (k, window): (usize, usize), [least, wider]: &mut [Vec<u32>; 2], out: &mut Vec<u32>) {
    const BASE: u64 = 0x0000_0100_0000_01B3;
    if symbols.len() < k {
        return;
    }
    let spread = |s: u32| u64::from(s).wrapping_add(1).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let mixed = |rolling: u64| {
        let mixed = (rolling ^ (rolling >> 31)).wrapping_mul(0x7FB5_D329_728E_A185 ^ k as u64);
        (mixed >> 32) as u32 & !CLAUSE
    };
    // What a symbol adds when it enters, and takes when it leaves `k` symbols later.
    let leaves = (0..k).fold(1u64, |p, _| p.wrapping_mul(BASE));
    let mut rolling = symbols[..k].iter().fold(0u64, |r, &s| r.wrapping_mul(BASE).wrapping_add(spread(s)));
    least.clear();
    least.push(mixed(rolling));
    least.extend(symbols[k..].iter().zip(symbols).map(|(&enters, &left)| {
        let change = spread(enters).wrapping_sub(spread(left).wrapping_mul(leaves));
        rolling = rolling.wrapping_mul(BASE).wrapping_add(change);
        mixed(rolling)
    }));
    // The least of two neighbours, of four, of as many as are wanted: each pass takes the least of what the one before left.
    let mut wide = 1;
    let window = window.min(least.len());
    while wide < window {
        let step = wide.min(window - wide);
        wider.clear();
        wider.extend(least.iter().zip(&least[step..]).map(|(a, b)| *a.min(b)));
        std::mem::swap(least, wider);
        wide += step;
    }
    // Neighbouring windows often have the same least hash. Which ones do is a matter of chance, so each is laid down, and stays where the
    // next one is another.
    let (mut kept, mut before) = (out.len(), !least[0]);
    out.resize(kept + least.len(), 0);
    for &print in &*least {
        kept += usize::from(print != before);
        out[kept - 1] = print;
        before = print;
    }
    out.truncate(kept);
}

/// Makes the fingerprints of one sentence after the other, keeping its buffers.
#[derive(Default)]
pub(super) struct Printer {
    reading: Reading,
    scratch: [Vec<u32>; 2],
}

impl Printer {
    /// Appends the fingerprints of the sentence `span` of `text`, whose claims are `claims`. Gives the hash of its masked tokens, 0 for one that is
    /// too short for a class, and how many tokens it has outside figures.
    pub fn print(&mut self, text: &str, span: Span<Plain>, claims: &[Claim], out: &mut Vec<u32>) -> (u64, usize) {
        let reading = &mut self.reading;
        reading.begin();
        token::read(text, span, 0, claims, reading);
        reading.close();
        let scale = if reading.words * 2 > reading.all { WORDS } else { CHARACTERS };
        let begin = out.len();
        winnow(&reading.symbols, scale, &mut self.scratch, out);
        out.extend_from_slice(&reading.clauses);
        once(out, begin);
        (reading.class(), reading.plain)
    }
}

/// Sorts hashes. Most sentences have a handful, in an order that no processor foresees: those are laid in without a branch that asks for it.
fn sort(hashes: &mut [u32]) {
    const FEW: usize = 24;
    if hashes.len() > FEW {
        hashes.sort_unstable();
        return;
    }
    for i in 1..hashes.len() {
        let (before, rest) = hashes.split_at_mut(i);
        let mut moved = rest[0];
        for hash in before {
            let greater = moved.max(*hash);
            *hash = moved.min(*hash);
            moved = greater;
        }
        rest[0] = moved;
    }
}

/// Sorts what stands in `prints` from `begin` on and leaves each once.
fn once(prints: &mut Vec<u32>, begin: usize) {
    sort(&mut prints[begin..]);
    let mut kept = begin;
    for i in begin..prints.len() {
        if i == begin || prints[i] != prints[kept - 1] {
            prints[kept] = prints[i];
            kept += 1;
        }
    }
    prints.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prints(text: &str) -> Vec<u32> {
        let mut out = Vec::new();
        Printer::default().print(text, Span::new(0, text.len()), &[], &mut out);
        out
    }

    #[test]
    fn any_run_of_thirteen_characters_leaves_a_common_fingerprint() {
        let run = "县里给老灯塔换上太阳能灯"; // 12 characters and a figure
        let a = prints(&format!("去年入冬以前，渔民凑钱之后{run}30盏，海面亮了。"));
        let b = prints(&format!("码头的人都说{run}5盏"));
        assert!(a.iter().any(|p| b.contains(p)));
    }

    #[test]
    fn a_figure_is_one_symbol_whatever_it_reads() {
        assert_eq!(prints("仓库里共有茶叶12345吨等待装船"), prints("仓库里共有茶叶6.7吨等待装船"));
    }

    #[test]
    fn few_hashes_and_many_are_sorted_alike() {
        for len in [0u32, 1, 2, 7, 24, 25, 60] {
            let hashes: Vec<u32> = (0..len).map(|i| (i % 11).wrapping_mul(0x9E37_79B1)).collect();
            let (mut got, mut want) = (hashes.clone(), hashes);
            sort(&mut got);
            want.sort_unstable();
            assert_eq!(got, want);
        }
    }

    #[test]
    fn fingerprints_are_the_least_hashes_of_all_windows() {
        let symbols: Vec<u32> = (0..200u32).map(|i| 0x4E00 + i * i % 97).collect();
        let (k, window) = CHARACTERS;
        let all = |window| {
            let mut out = Vec::new();
            winnow(&symbols, (k, window), &mut Default::default(), &mut out);
            out
        };
        let single = all(1);
        let mut want: Vec<u32> = single.windows(window).filter_map(|w| w.iter().min().copied()).collect();
        want.dedup();
        assert_eq!(single.len(), symbols.len() + 1 - k);
        assert_eq!(all(window), want);
    }
}
