//! Names as they are written and miswritten: which characters sound or look alike, what stands before and after a name. Enters: the
//! word list `rules/zh/words/names.toml`. Leaves: answers about characters and the words around them. Knows no article.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    titles: String,
    speech: String,
    particles: String,
    organisations: String,
    before: String,
    surnames: String,
    compounds: String,
    real: String,
    lookalikes: String,
    homophones: BTreeMap<String, String>,
}

/// What is known of names.
pub struct Names {
    titles: FxHashSet<[char; 2]>,
    title_ends: FxHashSet<char>,
    speech: AhoCorasick,
    particles: AhoCorasick,
    organisations: AhoCorasick,
    before: FxHashSet<char>,
    surnames: FxHashSet<char>,
    compounds: FxHashSet<[char; 2]>,
    real: FxHashSet<(String, String)>,
    /// What sounds and looks alike is a long list that most runs do not ask: the words of it, and what is made of them then.
    alike: Alike,
    lists: (BTreeMap<String, String>, String),
}

/// Characters that look or sound alike.
type Alike = OnceLock<(FxHashSet<(char, char)>, FxHashMap<char, u16>)>;

const PATH: &str = "rules/zh/words/names.toml";

fn words(list: &str) -> Result<AhoCorasick, String> {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(StartKind::Both)
        // Asked at a few places of a few sentences: what is built fastest serves best.
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(list.split_whitespace())
        .map_err(|e| format!("{PATH}: {e}"))
}

fn pair(word: &str) -> Option<[char; 2]> {
    let mut last = word.chars().rev();
    let (b, a) = (last.next()?, last.next()?);
    Some([a, b])
}

impl Names {
    /// Reads the list among `files`. An `Err` names the file and what is wrong with it.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let text = files.iter().find(|f| f.0 == PATH).ok_or_else(|| format!("{PATH}: missing"))?.1;
        let file: File = toml::from_str(text).map_err(|e| format!("{PATH}: {e}"))?;
        let mut real = FxHashSet::default();
        for entry in file.real.split_whitespace() {
            let (a, b) =
                entry.split_once('/').ok_or_else(|| format!("{PATH}: `{entry}` in `real` should be two words"))?;
            real.insert((a.to_owned(), b.to_owned()));
            real.insert((b.to_owned(), a.to_owned()));
        }
        let titles: FxHashSet<[char; 2]> = file.titles.split_whitespace().filter_map(pair).collect();
        Ok(Self {
            title_ends: titles.iter().map(|t| t[1]).collect(),
            titles,
            speech: words(&file.speech)?,
            particles: words(&file.particles)?,
            organisations: words(&file.organisations)?,
            before: file.before.chars().collect(),
            surnames: file.surnames.chars().collect(),
            compounds: file.compounds.split_whitespace().filter_map(pair).collect(),
            real,
            alike: OnceLock::new(),
            lists: (file.homophones, file.lookalikes),
        })
    }

    /// Whether the one is easily written for the other: they sound or look alike.
    pub fn confusable(&self, a: char, b: char) -> bool {
        let (looks, sounds) = self.alike.get_or_init(|| self.alike());
        a != b && (looks.contains(&(a, b)) || matches!((sounds.get(&a), sounds.get(&b)), (Some(x), Some(y)) if x == y))
    }

    fn alike(&self) -> (FxHashSet<(char, char)>, FxHashMap<char, u16>) {
        let (homophones, lookalikes) = &self.lists;
        let mut sounds = FxHashMap::default();
        for (sound, chars) in (0u16..).zip(homophones.values()) {
            sounds.extend(chars.chars().map(|c| (c, sound)));
        }
        let mut looks = FxHashSet::default();
        for group in lookalikes.split_whitespace() {
            for a in group.chars() {
                looks.extend(group.chars().filter(|b| *b != a).map(|b| (a, b)));
            }
        }
        (looks, sounds)
    }

    /// Whether both are words or names of their own, and neither is a slip for the other.
    pub fn both_real(&self, a: &str, b: &str) -> bool {
        self.real.contains(&(a.to_owned(), b.to_owned()))
    }

    /// Whether a title such as `记者` `总经理` ends here; only the last two characters count.
    pub fn is_title(&self, last: [char; 2]) -> bool {
        self.titles.contains(&last)
    }

    /// Whether a title may end in `c`.
    pub fn may_end_title(&self, c: char) -> bool {
        self.title_ends.contains(&c)
    }

    /// How many characters the surname at the start of `chars` has; 0 where there is none.
    pub fn surname(&self, chars: &[char]) -> usize {
        match chars {
            [a, b, ..] if self.compounds.contains(&[*a, *b]) => 2,
            [a, ..] if self.surnames.contains(a) => 1,
            _ => 0,
        }
    }

    /// Whether `text` opens with a word that follows a person's name: `说` `表示`.
    pub fn opens_with_speech(&self, text: &str) -> bool {
        self.speech.find(Input::new(text).anchored(Anchored::Yes)).is_some()
    }

    /// Whether `text` opens with a small word that may follow a name, or anything else: `的` `在`.
    pub fn opens_with_particle(&self, text: &str) -> bool {
        self.particles.find(Input::new(text).anchored(Anchored::Yes)).is_some()
    }

    /// Where the first word of an organisation's kind (`集团` `大学`) ends in `text`, in bytes, with where it starts.
    pub fn organisation(&self, text: &str) -> Option<(usize, usize)> {
        self.organisations.find(text).map(|m| (m.start(), m.end()))
    }

    /// Whether a name does not reach back over `c`.
    pub fn stops_name(&self, c: char) -> bool {
        self.before.contains(&c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_sound_or_look_alike_are_confusable() {
        let names = Names::new(crate::embedded::FILES).unwrap();
        assert!(names.confusable('晓', '小'));
        assert!(names.confusable('梁', '粱'));
        assert!(names.confusable('末', '未'));
        assert!(!names.confusable('明', '红'));
        assert!(names.both_real("陕西", "山西"));
        assert_eq!(names.surname(&['欧', '阳', '树']), 2);
        assert_eq!(names.surname(&['沈', '研', '秋']), 1);
        assert!(names.is_title(['记', '者']));
        assert!(names.opens_with_speech("告诉记者"));
        assert!(!names.opens_with_speech("秋说"));
    }
}
