//! Persons by their surnames. Enters: the sentences of an article. Leaves: who is named in each, as far as it tells two persons apart.
//! Knows no claim.

use rustc_hash::FxHashMap;

use super::compare::CompareWords;
use super::names::Names;

/// A person named in a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// Its first character.
    pub surname: u32,
    /// Byte where the name stands.
    pub at: u32,
}

/// The surnames among `persons`, sorted, each once.
pub fn surnames<'p>(persons: impl Iterator<Item = &'p Person>) -> Vec<u32> {
    let mut found: Vec<u32> = persons.map(|p| p.surname).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What follows a surname where the given name is left out or withheld: `高某`, `赵女士`.
const WITHHELD: &[&str] =
    &["某", "女士", "先生", "小姐", "老师", "警官", "医生", "律师", "大爷", "大妈", "阿姨", "法官", "教授"];

/// The persons that each sentence names, by surname: `高某` and `高承勇` may be one, `高某` and `李某` are not. A full name is a surname
/// with two characters that make no word together, found twice or more in the article.
pub fn persons(sentences: &[(&str, u32)], names: &Names, words: &CompareWords) -> Vec<Vec<Person>> {
    let mut counts: FxHashMap<[char; 3], u32> = FxHashMap::default();
    let mut found: Vec<Vec<(Person, Option<[char; 3]>)>> = Vec::with_capacity(sentences.len());
    for (text, base) in sentences {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut here = Vec::new();
        let mut i = 0;
        while i + 1 < chars.len() {
            let (at, c) = chars[i];
            if names.surname(&[c]) == 0 {
                i += 1;
                continue;
            }
            let person = Person { surname: c as u32, at: base + at as u32 };
            let rest = &text[chars[i + 1].0..];
            if WITHHELD.iter().any(|w| rest.starts_with(w)) {
                here.push((person, None));
                i += 2;
                continue;
            }
            if let (Some((_, d)), Some((_, e))) = (chars.get(i + 1), chars.get(i + 2))
                && words.unknown_pair(c, *d)
                && words.unknown_pair(*d, *e)
            {
                *counts.entry([c, *d, *e]).or_default() += 1;
                here.push((person, Some([c, *d, *e])));
                i += 3;
                continue;
            }
            i += 1;
        }
        found.push(here);
    }
    found
        .into_iter()
        .map(|here| here.into_iter().filter(|(_, full)| full.is_none_or(|f| counts[&f] > 1)).map(|(p, _)| p).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn a_surname_tells_persons_apart() {
        let words = CompareWords::new(Lang::Zh, crate::embedded::FILES).unwrap();
        let names = Names::new(crate::embedded::FILES).unwrap();
        let sentences = [("李某当年28岁", 0), ("赵女士与彭懋琨同车", 18), ("彭懋琨报了警", 45), ("该厂有28人", 63)];
        let found = persons(&sentences, &names, &words);
        let of = |n: usize| surnames(found[n].iter()).into_iter().filter_map(char::from_u32).collect::<String>();
        assert_eq!((of(0), of(2), of(3)), ("李".into(), "彭".into(), String::new()));
        assert_eq!(of(1).chars().count(), 2);
    }
}
