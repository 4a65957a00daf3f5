//! Word lists that are looked up at a place: the longest word that begins, or ends, there. Enters: words. Leaves: what they mean.

use rustc_hash::FxHashMap;

/// What follows the first two characters of a word, and what the word means.
type Tail<T> = (Box<[char]>, T);

/// Words with what each means. Looked up by their first two characters: the cost does not grow with the number of words.
pub(super) struct Lexemes<T> {
    single: FxHashMap<char, T>,
    /// By the first two characters: the rest of each word, the longest first.
    longer: FxHashMap<(char, char), Vec<Tail<T>>>,
    /// Which characters begin a word, and which two do, as bits by their low ends: most places begin none.
    firsts: [u64; 16],
    pairs: [u64; 16],
}

/// The place of a character among the bits of `firsts`.
const fn low(a: char) -> (usize, u64) {
    let at = a as u32;
    ((at >> 6 & 15) as usize, 1 << (at & 63))
}

/// The place of two characters among the bits of `pairs`.
const fn low_pair(a: char, b: char) -> (usize, u64) {
    let at = (a as u32).wrapping_mul(31) ^ b as u32;
    ((at >> 6 & 15) as usize, 1 << (at & 63))
}

impl<T> Default for Lexemes<T> {
    fn default() -> Self {
        Self { single: FxHashMap::default(), longer: FxHashMap::default(), firsts: [0; 16], pairs: [0; 16] }
    }
}

impl<T> Lexemes<T> {
    /// Adds a word; of two that are alike the first stands.
    pub fn add(&mut self, word: &[char], meaning: T) {
        if let [a, ..] = *word {
            let (at, bit) = low(a);
            self.firsts[at] |= bit;
        }
        match *word {
            [] => {}
            [c] => {
                self.single.entry(c).or_insert(meaning);
            }
            [a, b, ref rest @ ..] => {
                let (at, bit) = low_pair(a, b);
                self.pairs[at] |= bit;
                let bucket = self.longer.entry((a, b)).or_default();
                let at = bucket.partition_point(|(w, _)| w.len() > rest.len());
                if !bucket[at..].iter().take_while(|(w, _)| w.len() == rest.len()).any(|(w, _)| **w == *rest) {
                    let after = at + bucket[at..].iter().take_while(|(w, _)| w.len() == rest.len()).count();
                    bucket.insert(after, (rest.into(), meaning));
                }
            }
        }
    }

    /// Adds a word that is looked up by its end.
    pub fn add_reversed(&mut self, word: &[char], meaning: T) {
        let reversed: Vec<char> = word.iter().rev().copied().collect();
        self.add(&reversed, meaning);
    }

    /// Whether a word may begin, or end, with `a`.
    #[inline]
    fn may(&self, a: char) -> bool {
        let (at, bit) = low(a);
        self.firsts[at] & bit != 0
    }

    #[inline]
    fn may_pair(&self, a: char, b: char) -> bool {
        let (at, bit) = low_pair(a, b);
        self.pairs[at] & bit != 0
    }

    /// The longest word at the start of `chars`: its length and meaning.
    #[inline]
    pub fn at(&self, chars: &[char]) -> Option<(usize, &T)> {
        if self.may(*chars.first()?) { self.found_at(chars) } else { None }
    }

    fn found_at(&self, chars: &[char]) -> Option<(usize, &T)> {
        if let [a, b, rest @ ..] = chars
            && self.may_pair(*a, *b)
            && let Some(bucket) = self.longer.get(&(*a, *b))
            && let Some((word, meaning)) = bucket.iter().find(|(w, _)| rest.starts_with(w))
        {
            return Some((word.len() + 2, meaning));
        }
        self.single.get(chars.first()?).map(|meaning| (1, meaning))
    }

    /// The longest word at the end of `chars`, added by [`Self::add_reversed`].
    #[inline]
    pub fn before(&self, chars: &[char]) -> Option<(usize, &T)> {
        if self.may(*chars.last()?) { self.found_before(chars) } else { None }
    }

    fn found_before(&self, chars: &[char]) -> Option<(usize, &T)> {
        if let [rest @ .., b, a] = chars
            && self.may_pair(*a, *b)
            && let Some(bucket) = self.longer.get(&(*a, *b))
            && let Some((word, meaning)) =
                bucket.iter().find(|(w, _)| w.len() <= rest.len() && w.iter().eq(rest.iter().rev().take(w.len())))
        {
            return Some((word.len() + 2, meaning));
        }
        self.single.get(chars.last()?).map(|meaning| (1, meaning))
    }

    /// The first characters of all words.
    pub fn firsts(&self) -> Vec<char> {
        self.single.keys().copied().chain(self.longer.keys().map(|k| k.0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found_from_either_side() {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        let mut words = Lexemes::default();
        for (word, n) in [("个", 1), ("个百分点", 4), ("个月", 2)] {
            words.add(&chars(word), n);
        }
        assert_eq!(words.at(&chars("个百分点，")), Some((4, &4)));
        assert_eq!(words.at(&chars("个百分")), Some((1, &1)));
        assert_eq!(words.at(&chars("条")), None);
        let mut ends = Lexemes::default();
        ends.add_reversed(&chars("超过"), 1);
        ends.add_reversed(&chars("不超过"), 2);
        assert_eq!(ends.before(&chars("人数不超过")), Some((3, &2)));
        assert_eq!(ends.before(&chars("超过")), Some((2, &1)));
    }
}
