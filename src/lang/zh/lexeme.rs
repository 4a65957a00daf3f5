//! Word lists that are looked up at a place: the longest word that begins, or ends, there. Enters: words. Leaves: what they mean.

use rustc_hash::FxHashMap;

/// Words with what each means.
pub(super) struct Lexemes<T> {
    by_first: FxHashMap<char, Vec<(Box<[char]>, T)>>,
}

impl<T> Default for Lexemes<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

impl<T> Lexemes<T> {
    /// Adds a word; of two that are alike the first stands.
    pub fn add(&mut self, word: &[char], meaning: T) {
        let Some(&first) = word.first() else { return };
        let bucket = self.by_first.entry(first).or_default();
        let at = bucket.partition_point(|(w, _)| w.len() >= word.len());
        if !bucket.iter().any(|(w, _)| **w == *word) {
            bucket.insert(at, (word.into(), meaning));
        }
    }

    /// Adds a word that is looked up by its end.
    pub fn add_reversed(&mut self, word: &[char], meaning: T) {
        let reversed: Vec<char> = word.iter().rev().copied().collect();
        self.add(&reversed, meaning);
    }

    /// The longest word at the start of `chars`: its length and meaning.
    pub fn at(&self, chars: &[char]) -> Option<(usize, &T)> {
        let bucket = self.by_first.get(chars.first()?)?;
        bucket.iter().find(|(w, _)| chars.starts_with(w)).map(|(w, t)| (w.len(), t))
    }

    /// The longest word at the end of `chars`, added by [`Self::add_reversed`].
    pub fn before(&self, chars: &[char]) -> Option<(usize, &T)> {
        let bucket = self.by_first.get(chars.last()?)?;
        bucket
            .iter()
            .find(|(w, _)| w.len() <= chars.len() && w.iter().eq(chars.iter().rev().take(w.len())))
            .map(|(w, t)| (w.len(), t))
    }

    /// The first characters of all words.
    pub fn firsts(&self) -> Vec<char> {
        self.by_first.keys().copied().collect()
    }
}
