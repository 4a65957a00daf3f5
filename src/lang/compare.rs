//! What comparing needs to know of a language: which words carry the topic, how common they are, which exclude each other, which
//! count the same. Enters: `rules/<code>/words/compare.toml`, `synonyms.toml` and `background.toml`. Leaves: hashed topic words ("grams") of a text.
//! Knows no claim.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::then::{Then, ThenWords};
use crate::model::Lang;
use crate::text::{fold_char, is_ideograph};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct CompareFile {
    function: String,
    contrast: Vec<Vec<String>>,
    same: Vec<Vec<String>>,
    running: Vec<String>,
    family: Vec<Vec<String>>,
    generic: Vec<String>,
    #[serde(default)]
    numbered: String,
    #[serde(default)]
    labelled: String,
    #[serde(default)]
    suffix: Vec<String>,
    #[serde(default)]
    asof: Vec<String>,
    #[serde(default)]
    yearago: Vec<String>,
    #[serde(default)]
    nameless: String,
    #[serde(default)]
    numbered_things: String,
    #[serde(default)]
    moved: Vec<String>,
    #[serde(default)]
    elapsed: Vec<String>,
    #[serde(default)]
    sofar: Vec<String>,
    #[serde(default)]
    rank: Vec<String>,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    dateline: Vec<String>,
    #[serde(default)]
    saying: Vec<String>,
    #[serde(default)]
    ago: Vec<String>,
    #[serde(default)]
    anaphora: Vec<String>,
    #[serde(default)]
    outlet: Vec<String>,
    #[serde(default)]
    listing: Vec<String>,
    #[serde(default)]
    then: ThenWords,
    #[serde(default)]
    attributive: String,
    #[serde(default)]
    empty: String,
    #[serde(default)]
    part: Vec<String>,
    #[serde(default)]
    total: Vec<String>,
    #[serde(default)]
    definite: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SynonymFile {
    act: String,
    thing: String,
}

#[derive(Deserialize, Default)]
struct FoldFile {
    pairs: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct BackgroundFile {
    class: Vec<BackgroundClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BackgroundClass {
    rate: f32,
    pairs: String,
}

/// A word that carries topic: its hash and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gram {
    /// Hash of the folded word, the same for words of one meaning.
    pub hash: u32,
    /// Byte in the text it was read from.
    pub at: u32,
}

/// A word of a contrast list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contrast {
    /// The list.
    pub list: u16,
    /// The word within the list.
    pub word: u16,
    /// Whether the text holds no other word of the list.
    pub only: bool,
    /// Byte where it stands.
    pub at: u32,
}

/// An ordinal in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordinal {
    /// Its number.
    pub number: u32,
    /// The first character of what it numbers; 0 where the language does not tell.
    pub noun: u32,
    /// Byte where it stands.
    pub at: u32,
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// What kind of thing it names; names of one kind set two sentences apart.
    pub kind: u32,
    /// Hash of what tells it from others of its kind.
    pub stem: u32,
    /// Byte where it stands.
    pub at: u32,
}

const CALENDAR: [&str; 19] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// So many characters before a figure an attribute may be long: `更换下来的13640只`.
const ATTRIBUTE: usize = 4;

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百千两".contains(c)
}

/// A whole number below ten thousand in digits or Chinese numerals.
fn small_number(text: &str) -> Option<u32> {
    let (mut total, mut digit, mut any) = (0u32, 0u32, false);
    for c in text.chars().map(fold_char) {
        any = true;
        if let Some(d) = c.to_digit(10) {
            digit = digit.checked_mul(10)?.checked_add(d)?;
            continue;
        }
        let scale = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let d = "〇一二三四五六七八九".chars().position(|x| x == c).or(match c {
                    '零' => Some(0),
                    '两' => Some(2),
                    _ => None,
                })?;
                digit = digit.checked_mul(10)?.checked_add(d as u32)?;
                continue;
            }
        };
        total = total.checked_add(digit.max(1).checked_mul(scale)?)?;
        digit = 0;
    }
    any.then(|| total.checked_add(digit)).flatten()
}

/// The share of articles that a word is taken to stand in when the background does not know it.
pub const UNKNOWN_RATE: f32 = 0.004;

/// The words of one language.
pub struct CompareWords {
    lang: Lang,
    function: FxHashSet<u32>,
    function_chars: FxHashSet<char>,
    same: FxHashMap<u32, u32>,
    background: FxHashMap<u32, f32>,
    contrasts: AhoCorasick,
    contrast_ids: Vec<Vec<(u16, u16)>>,
    running: AhoCorasick,
    elapsed: AhoCorasick,
    sofar: AhoCorasick,
    families: FxHashMap<String, u64>,
    generic: FxHashSet<String>,
    numbered: FxHashSet<char>,
    labelled: FxHashSet<char>,
    suffixes: AhoCorasick,
    yearago: AhoCorasick,
    nameless: String,
    numbered_things: String,
    asof: Vec<String>,
    moved: Vec<String>,
    rank: Vec<String>,
    whole: Vec<String>,
    dateline: Vec<String>,
    saying: AhoCorasick,
    ago: Vec<String>,
    anaphora: Vec<String>,
    outlet: Vec<String>,
    listing: Vec<String>,
    then: Then,
    attributive: String,
    empty: String,
    part: AhoCorasick,
    total: AhoCorasick,
    definite: Vec<String>,
    folds: FxHashMap<char, char>,
}

fn hash_chars(chars: impl Iterator<Item = char>) -> u32 {
    let mut h = 0x811C_9DC5u32;
    for c in chars {
        h = (h ^ c as u32).wrapping_mul(0x0100_0193);
        h ^= h >> 15;
    }
    h
}

/// The singular of an English word, so that `grew`/`grows` differ but `supplier`/`suppliers`, `house`/`houses`, `city`/`cities` meet.
fn stem(word: &str) -> impl Iterator<Item = char> {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let (rest, end) = match word.strip_suffix("ies") {
        Some(rest) if rest.len() >= 2 => (rest, "y"),
        _ => {
            let hissing = ["sses", "xes", "ches", "shes", "oes"].iter().any(|e| word.ends_with(e));
            let plain = word.ends_with('s') && !["ss", "us", "is"].iter().any(|e| word.ends_with(e));
            match usize::from(plain) + usize::from(plain && hissing) {
                n if word.len() >= n + 3 => (&word[..word.len() - n], ""),
                _ => (word, ""),
            }
        }
    };
    rest.chars().chain(end.chars())
}

impl CompareWords {
    /// Reads the two files of `lang` among `files`; both may be missing. An `Err` names the file and what is wrong in it.
    pub fn new(lang: Lang, files: &[(&str, &str)]) -> Result<Self, String> {
        let find = |name: &str| {
            let path = format!("rules/{}/words/{name}.toml", lang.code());
            files.iter().rev().find(|f| f.0 == path).map(|f| (f.0, f.1))
        };
        let read: CompareFile = match find("compare") {
            Some((path, text)) => toml::from_str(text).map_err(|e| format!("{path}: {e}"))?,
            None => CompareFile::default(),
        };
        let common: BackgroundFile = match find("background") {
            Some((path, text)) => toml::from_str(text).map_err(|e| format!("{path}: {e}"))?,
            None => BackgroundFile::default(),
        };
        let folds: FoldFile = match find("traditional") {
            Some((path, text)) => toml::from_str(text).map_err(|e| format!("{path}: {e}"))?,
            None => FoldFile::default(),
        };
        let synonyms: SynonymFile = match find("synonyms") {
            Some((path, text)) => toml::from_str(text).map_err(|e| format!("{path}: {e}"))?,
            None => SynonymFile::default(),
        };
        let word_hash = |w: &str| match lang {
            Lang::Zh => hash_chars(w.chars()),
            Lang::En => hash_chars(stem(&w.to_lowercase())),
        };
        let mut background = FxHashMap::default();
        for class in &common.class {
            let chars: Vec<char> = class.pairs.chars().collect();
            for pair in chars.chunks_exact(2) {
                background.insert(hash_chars(pair.iter().copied()), class.rate);
            }
        }
        let mut same = FxHashMap::default();
        for list in &read.same {
            let Some(first) = list.first() else { continue };
            let target = word_hash(first);
            for word in list {
                same.entry(word_hash(word)).or_insert(target);
            }
        }
        for line in synonyms.act.lines().chain(synonyms.thing.lines()) {
            let mut words = line.split_whitespace().map(word_hash);
            let Some(target) = words.next() else { continue };
            // A first word that already has a meaning lends it to the line.
            let target = *same.entry(target).or_insert(target);
            for word in words {
                same.entry(word).or_insert(target);
            }
        }
        let mut words: Vec<String> = Vec::new();
        let mut contrast_ids: Vec<Vec<(u16, u16)>> = Vec::new();
        for (l, list) in read.contrast.iter().enumerate() {
            for (w, word) in list.iter().enumerate() {
                let id = (l as u16, w as u16);
                if let Some(i) = words.iter().position(|x| x == word) {
                    contrast_ids[i].push(id);
                } else {
                    words.push(word.clone());
                    contrast_ids.push(vec![id]);
                }
            }
        }
        let automaton = |words: &[String]| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .ascii_case_insensitive(true)
                .build(words)
                .map_err(|e| format!("rules/{}/words/compare.toml: {e}", lang.code()))
        };
        let mut families: FxHashMap<String, u64> = FxHashMap::default();
        for (i, family) in read.family.iter().enumerate().take(64) {
            for word in family {
                *families.entry(word.clone()).or_default() |= 1 << i;
            }
        }
        let pairs: FxHashMap<char, char> = folds
            .pairs
            .split_whitespace()
            .filter_map(|pair| pair.chars().next().zip(pair.chars().nth(1)))
            .filter(|(from, to)| from != to)
            .collect();
        Ok(Self {
            lang,
            function: read.function.split_whitespace().map(word_hash).collect(),
            function_chars: read.function.chars().filter(|c| is_ideograph(*c)).collect(),
            same,
            background,
            contrasts: automaton(&words)?,
            contrast_ids,
            running: automaton(&read.running)?,
            elapsed: automaton(&read.elapsed)?,
            sofar: automaton(&read.sofar)?,
            families,
            generic: read.generic.into_iter().collect(),
            numbered: read.numbered.chars().collect(),
            labelled: read.labelled.chars().collect(),
            suffixes: automaton(&read.suffix)?,
            yearago: automaton(&read.yearago)?,
            nameless: read.nameless,
            numbered_things: read.numbered_things,
            asof: read.asof,
            moved: read.moved,
            rank: read.rank,
            whole: read.whole,
            dateline: read.dateline,
            saying: automaton(&read.saying)?,
            ago: read.ago,
            anaphora: read.anaphora,
            outlet: read.outlet,
            listing: read.listing,
            then: Then::new(read.then, &pairs),
            attributive: read.attributive,
            empty: read.empty,
            part: automaton(&read.part)?,
            total: automaton(&read.total)?,
            definite: read.definite,
            folds: pairs,
        })
    }

    /// No words at all: every word carries topic, none excludes another.
    pub fn empty(lang: Lang) -> Self {
        match Self::new(lang, &[]) {
            Ok(words) => words,
            Err(_) => unreachable!("no word list, no mistake in it"),
        }
    }

    /// `text` in simplified characters, as far as the table knows them; each character keeps its length in bytes, so places stay.
    pub fn simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let plain = |c: char| self.folds.get(&c).copied().filter(|f| f.len_utf8() == c.len_utf8());
        if self.folds.is_empty() || !text.chars().any(|c| plain(c).is_some()) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().map(|c| plain(c).unwrap_or(c)).collect())
    }

    /// Whether what stands from byte `at` of `text` on makes the date before it the day of a report: `6月28日电`.
    pub fn dateline(&self, text: &str, at: usize) -> bool {
        // `（2017年6月13日01版）`
        let after = text.get(at..).unwrap_or("").trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        self.dateline.iter().any(|w| after.starts_with(w.as_str()))
    }

    /// Whether a date says nothing but that it is one spoken of before: `当天`, `这一年`, `the next day`.
    pub fn anaphoric(&self, date: &str) -> bool {
        let date = self.simplified(date.trim_start());
        !date.chars().any(|c| c.is_ascii_digit())
            && self.anaphora.iter().any(|w| date.get(..w.len()).is_some_and(|d| d.eq_ignore_ascii_case(w)))
    }

    /// Whether a date with a day of its own takes its year from one spoken of before: `同年9月30日`.
    pub fn leans_for_year(&self, date: &str) -> bool {
        let date = self.simplified(date.trim_start());
        self.lang == Lang::Zh
            && self.anaphora.iter().any(|w| w.ends_with('年') && date.get(..w.len()).is_some_and(|d| d == w))
    }

    /// The works that `text` names between title marks, `《…》`, hashed and sorted; the names of papers and stations are none.
    pub fn works(&self, text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        let mut rest = text;
        while let Some((_, after)) = rest.split_once('《') {
            let Some((title, behind)) = after.split_once('》') else { break };
            rest = behind;
            if !self.outlet.iter().any(|w| title.ends_with(w.as_str())) {
                found.push(hash_chars(title.chars().filter(|c| c.is_alphanumeric()).map(fold_char)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a classifier counts what an editor lists (`五大疑点`) and not what there is.
    pub fn lists(&self, classifier: Option<&str>) -> bool {
        classifier.is_some_and(|c| self.listing.iter().any(|l| l == c))
    }

    /// Whether `text` tells of an utterance – an announcement, an interview, a post – and not of an act: `宣布`, `接受采访`. There are many
    /// of them, each at its own time.
    pub fn saying(&self, text: &str) -> bool {
        self.holds(&self.saying, text)
    }

    /// Whether `text` counts a part of something (`其中`), and whether it counts the whole (`共计`).
    pub fn part_or_total(&self, text: &str) -> (bool, bool) {
        (self.holds(&self.part, text), self.holds(&self.total, text))
    }

    /// Whether the words that `before` ends in say that the figure behind them was told before: `这`, `上述`, `the`.
    pub fn definite(&self, before: &str) -> bool {
        let before = before.trim_end();
        self.definite.iter().any(|w| {
            let Some(at) = before.len().checked_sub(w.len()) else { return false };
            before.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(w))
                && (self.lang == Lang::Zh || whole_word(before, at, before.len()))
        })
    }

    /// Whether the same word makes the attribute before two figures: `被困的`, `被困在井下的`. Enter the words of their clauses before them.
    pub fn one_attribute(&self, a: &str, b: &str) -> bool {
        let words = |text: &str| -> Vec<[char; 2]> {
            let text = self.simplified(text.trim());
            let Some(text) = text.strip_suffix(|c| self.attributive.contains(c)) else { return Vec::new() };
            let chars: Vec<char> = text.chars().collect();
            let pair = |w: Option<&[char]>| w.and_then(|w| <[char; 2]>::try_from(w).ok());
            let ends = [chars.get(..2), chars.len().checked_sub(2).map(|n| &chars[n..])];
            ends.into_iter().filter_map(pair).filter(|w| w.iter().all(|c| is_ideograph(*c))).collect()
        };
        let there = words(b);
        words(a).iter().any(|w| there.contains(w))
    }

    /// Whether an attribute before the later of two figures repeats a word from before the earlier: `加装电梯63部`, `加装的36部电梯`. Enter the
    /// words of their clauses before them.
    pub fn takes_up(&self, earlier: &str, later: &str) -> bool {
        let (earlier, later) = (self.simplified(earlier), self.simplified(later.trim()));
        let Some(attribute) = later.strip_suffix(|c| self.attributive.contains(c)) else { return false };
        let chars: Vec<char> = attribute.chars().rev().take(ATTRIBUTE).collect();
        chars.windows(2).any(|w| {
            let word: String = [w[1], w[0]].iter().collect();
            w.iter().all(|c| is_ideograph(*c) && !self.function_chars.contains(c)) && earlier.contains(&word)
        })
    }

    /// The words that set what was apart from what is.
    pub fn then(&self) -> &Then {
        &self.then
    }

    fn holds(&self, list: &AhoCorasick, text: &str) -> bool {
        list.find_iter(text).any(|m| self.lang == Lang::Zh || whole_word(text, m.start(), m.end()))
    }

    /// Whether a classifier counts anything: `个`.
    pub fn is_generic(&self, unit: Option<&str>) -> bool {
        unit.is_none_or(|u| self.generic.contains(u))
    }

    /// The characters of a verb that tell one act from another: of `开始庭审` `庭审`.
    pub fn act(&self, verb: &str) -> Vec<char> {
        verb.chars().filter(|c| !self.empty.contains(*c)).collect()
    }

    /// Whether what stands from byte `at` of `text` on makes the length of time before it a point in time: `28年前`, `ten years ago`.
    pub fn ago(&self, text: &str, at: usize) -> bool {
        let after = text.get(at..).unwrap_or("").trim_start();
        self.ago.iter().any(|w| after.starts_with(w.as_str()))
    }

    /// Whether the particle that makes what stands before it an attribute stands at byte `at` of `text`: `45%的家长`.
    pub fn owned(&self, text: &str, at: usize) -> bool {
        !self.attributive.is_empty() && text.get(at..).is_some_and(|rest| rest.starts_with(self.attributive.as_str()))
    }

    /// A modifier without the word that only says of which place: 我市, 本省, 全县.
    pub fn unplaced<'t>(&self, text: &'t str) -> &'t str {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(which), Some(place)) if self.nameless.contains(which) && "国省市县区镇乡村州港".contains(place) => {
                chars.as_str()
            }
            _ => text,
        }
    }

    /// Whether `text` speaks of the whole of a place: `全市`.
    pub fn whole(&self, text: &str) -> bool {
        self.whole.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether an ordinal counted in `unit` is a rank, and so a figure.
    pub fn is_rank(&self, unit: Option<&str>) -> bool {
        unit.is_some_and(|u| self.rank.iter().any(|r| r == u))
    }

    /// How many articles in the world at large hold the word, 0–1; a small share for words that are not on file.
    pub fn rate(&self, hash: u32) -> f32 {
        self.background.get(&hash).copied().unwrap_or(UNKNOWN_RATE)
    }

    /// Whether two ideographs make no word that the background knows.
    pub fn unknown_pair(&self, a: char, b: char) -> bool {
        let plain = |c: char| is_ideograph(c) && !self.function_chars.contains(&c) && !is_numeral(c);
        plain(a) && plain(b) && !self.background.contains_key(&hash_chars([a, b].into_iter()))
    }

    /// Appends the topic words of `text`, each with its byte place plus `base`: pairs of ideographs (Chinese), words (English, and
    /// Latin words in Chinese). Digits and function words are left out.
    pub fn grams(&self, text: &str, base: u32, out: &mut Vec<Gram>) {
        let mut previous: Option<char> = None;
        let mut word: Option<usize> = None;
        let mut ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
        for (at, raw) in &mut ends {
            let c = fold_char(raw);
            let latin = c.is_alphabetic() && !is_ideograph(c);
            if latin {
                word.get_or_insert(at);
            } else if let Some(start) = word
                && !(c == '\'' || c == '’' || c == '-')
            {
                self.push_word(&text[start..at], base + start as u32, out);
                word = None;
            }
            if !is_ideograph(c) {
                previous = None;
                continue;
            }
            if let Some(p) = previous
                && !self.function_chars.contains(&p)
                && !self.function_chars.contains(&c)
            {
                let hash = hash_chars([p, c].into_iter());
                let hash = self.same.get(&hash).copied().unwrap_or(hash);
                out.push(Gram { hash, at: base + (at - p.len_utf8()) as u32 });
            }
            previous = Some(c);
        }
    }

    fn push_word(&self, word: &str, at: u32, out: &mut Vec<Gram>) {
        let lower: String = word.chars().map(fold_char).flat_map(char::to_lowercase).collect();
        for part in lower.split('-').filter(|p| p.len() > 1) {
            let hash = hash_chars(stem(part));
            if self.lang == Lang::En && (self.function.contains(&hash) || part.len() < 3) {
                continue;
            }
            let hash = self.same.get(&hash).copied().unwrap_or(hash);
            out.push(Gram { hash, at });
        }
    }

    /// Every word of a contrast list in `text`, in order.
    pub fn contrasts(&self, text: &str, base: u32) -> Vec<Contrast> {
        let mut found = Vec::new();
        for m in self.contrasts.find_iter(text) {
            if self.lang == Lang::En && !whole_word(text, m.start(), m.end()) {
                continue;
            }
            // `比去年同期高出1.2元`: what is compared with qualifies no other figure.
            if self.lang == Lang::Zh && text[..m.start()].ends_with(['比', '较']) {
                continue;
            }
            for &(list, word) in &self.contrast_ids[m.pattern().as_usize()] {
                found.push(Contrast { list, word, only: true, at: base + m.start() as u32 });
            }
        }
        for i in 0..found.len() {
            found[i].only = found.iter().all(|c| c.list != found[i].list || c.word == found[i].word);
        }
        found
    }

    /// Whether the words right before byte `at` of `text` say that a date is when a figure holds: `截至`, `as of`.
    pub fn as_of(&self, text: &str, at: usize) -> bool {
        let before = text.get(..at).unwrap_or("").trim_end();
        self.asof.iter().any(|w| {
            // `推迟到4月2日` is the day itself.
            before.strip_suffix(w.as_str()).is_some_and(|rest| !self.moved.iter().any(|m| rest.ends_with(m.as_str())))
                || before.len() > w.len()
                    && self.lang == Lang::En
                    && before.to_ascii_lowercase().ends_with(&format!(" {w}"))
        })
    }

    /// Every name in `text`: of a kind that its ending tells (`仁济医院`: kind 医院), a capitalised word inside an English sentence, a
    /// code of letters and digits (`G8617`).
    pub fn names(&self, text: &str, base: u32, out: &mut Vec<Name>) {
        for m in self.suffixes.find_iter(text) {
            let mut stem: Vec<(usize, char)> = text[..m.start()].char_indices().rev().take(2).collect();
            stem.reverse();
            let [(at, p), (_, c)] = stem.as_slice() else { continue };
            let plain = |c: char| is_ideograph(c) && !self.function_chars.contains(&c) && !is_numeral(c);
            // `月全省`, `到该院`: the whole or the one spoken of has no name.
            if !plain(*p) || !plain(*c) || self.nameless.contains(*c) {
                continue;
            }
            let hash = hash_chars([*p, *c].into_iter());
            if self.rate(hash) >= 0.015 {
                continue;
            }
            out.push(Name { kind: m.pattern().as_u32() + 2, stem: hash, at: base + *at as u32 });
        }
        let mut start = None;
        for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
            let part = c.is_ascii_alphanumeric() || c == '\'' && start.is_some();
            if part {
                start.get_or_insert(at);
                continue;
            }
            let Some(from) = start.take() else { continue };
            let word = &text[from..at];
            let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            if letters > 0 && digits > 0 && word.as_bytes()[0].is_ascii_uppercase() {
                out.push(Name { kind: 0, stem: hash_chars(word.chars()), at: base + from as u32 });
            } else if self.lang == Lang::En && word.as_bytes()[0].is_ascii_uppercase() && letters >= 3 {
                // `Hartwell Council`: two capitals make a name at the head of a sentence too.
                let mut next = text[at..].strip_prefix(' ').unwrap_or("").chars();
                let paired = next.next().is_some_and(|c| c.is_ascii_uppercase())
                    && next.next().is_some_and(|c| c.is_ascii_lowercase());
                let first = text[..from].trim_end().is_empty() && !paired;
                let hash = hash_chars(stem(&word.to_lowercase()));
                if !first && !self.function.contains(&hash) && !CALENDAR.contains(&word) {
                    out.push(Name { kind: 1, stem: hash, at: base + from as u32 });
                }
            }
        }
    }

    /// Every ordinal in `text`, `(hash of its number and the word it numbers, byte)`: `第二次`, `首届`, `second`, `21st`.
    pub fn ordinals(&self, text: &str, base: u32, out: &mut Vec<Ordinal>) {
        match self.lang {
            Lang::Zh => {
                for (at, c) in text.char_indices() {
                    let rest = &text[at + c.len_utf8()..];
                    let (number, tail) = match c {
                        // `一层库房`, `二号机组` at the head of a clause: one of several, not how many.
                        c if is_numeral(c) && !c.is_ascii_digit() && heads_clause(text, at) => (
                            small_number(c.encode_utf8(&mut [0; 4]))
                                .filter(|_| rest.starts_with(|c| self.labelled.contains(&c))),
                            rest,
                        ),
                        '第' => {
                            let end = rest
                                .char_indices()
                                .find(|(_, c)| !is_numeral(fold_char(*c)))
                                .map_or(rest.len(), |(i, _)| i);
                            (small_number(&rest[..end]), &rest[end..])
                        }
                        '首' => (Some(1), rest),
                        '号' => {
                            if let Some(number) = self.designated(&text[..at], rest) {
                                out.push(Ordinal { number, noun: c as u32, at: base + at as u32 });
                            }
                            continue;
                        }
                        _ => continue,
                    };
                    if let (Some(number), Some(noun)) = (number, tail.chars().next())
                        && is_ideograph(noun)
                        && (c != '首' || self.numbered.contains(&noun))
                    {
                        out.push(Ordinal { number, noun: noun as u32, at: base + at as u32 });
                    }
                }
            }
            Lang::En => {
                let mut at = 0;
                for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
                    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                    let number = match &word[digits.len()..] {
                        "st" | "nd" | "rd" | "th" => digits.parse::<u32>().ok(),
                        _ => ORDINALS.iter().position(|o| o.eq_ignore_ascii_case(word)).map(|i| i as u32 + 1),
                    };
                    if let Some(number) = number {
                        out.push(Ordinal { number, noun: 0, at: base + at as u32 });
                    }
                    at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
                }
            }
        }
    }

    /// The number by which a thing is called, where `号` makes a numeral before it a name: `5号楼`.
    fn designated(&self, before: &str, rest: &str) -> Option<u32> {
        if !rest.chars().next().is_some_and(|c| self.numbered_things.contains(c)) {
            return None;
        }
        let start = before.char_indices().rev().take_while(|(_, c)| is_numeral(fold_char(*c))).last()?.0;
        small_number(&before[start..])
    }

    /// The ordinal that a figure of extraction is, where it numbers the parts of a series: the third of `三期码头`.
    pub fn ordinal_of(&self, number: u32, unit: &str, at: u32) -> Option<Ordinal> {
        let noun = unit.chars().next().filter(|_| self.numbers_series(unit))?;
        Some(Ordinal { number, noun: noun as u32, at })
    }

    /// Whether an ordinal numbers an event of a series (`第四届`), which holds for the sentences after it too.
    pub fn of_series(&self, ordinal: &Ordinal) -> bool {
        char::from_u32(ordinal.noun).is_some_and(|c| self.numbered.contains(&c))
    }

    /// Whether a classifier numbers the parts of a series: 期, 届.
    pub fn numbers_series(&self, unit: &str) -> bool {
        let mut chars = unit.chars();
        chars.next().is_some_and(|c| self.numbered.contains(&c)) && chars.next().is_none()
    }

    /// Whether `text` says that a count is still running.
    pub fn running(&self, text: &str) -> bool {
        self.running.is_match(text)
    }

    /// Whether what stands before a figure says up to when it was counted: `截至发稿，`.
    pub fn so_far(&self, before: &str) -> bool {
        self.sofar.is_match(before)
    }

    /// Whether a time is the year before, told as such: `去年同期`.
    pub fn year_ago(&self, time: &str) -> bool {
        self.yearago.is_match(time)
    }

    /// Whether a clause tells how long something has gone on up to now: `已失踪11天`.
    pub fn elapsed(&self, clause: &str) -> bool {
        self.elapsed.is_match(clause)
    }

    /// Whether two classifiers may count one thing: `Some(true)` where they are the same or of one family, `None` where one is
    /// missing or counts anything, `Some(false)` where they cannot.
    pub fn same_family(&self, a: Option<&str>, b: Option<&str>) -> Option<bool> {
        let (Some(a), Some(b)) = (a, b) else { return None };
        if a == b {
            return Some(true);
        }
        if self.generic.contains(a) || self.generic.contains(b) {
            return None;
        }
        match (self.families.get(a), self.families.get(b)) {
            (Some(x), Some(y)) => Some(x & y != 0),
            _ => (self.lang == Lang::Zh).then_some(false),
        }
    }
}

/// Whether nothing but a mark or a word for where stands before byte `at` of `text`.
fn heads_clause(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() || c == '在')
}

fn whole_word(text: &str, start: usize, end: usize) -> bool {
    let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    !letter(start.checked_sub(1).and_then(|i| bytes.get(i))) && !letter(bytes.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_wordings_share_their_topic_words() {
        let words = CompareWords::new(Lang::Zh, crate::embedded::FILES).unwrap();
        let grams = |text: &str| {
            let mut out = Vec::new();
            words.grams(text, 0, &mut out);
            out.into_iter().map(|g| g.hash).collect::<FxHashSet<_>>()
        };
        let (a, b) = (grams("港口吞吐量创新高，矿难遇难者名单公布"), grams("矿难死亡人数"));
        assert_eq!(a.intersection(&b).count(), 2, "矿难, and 遇难 for 死亡");
        assert!(words.rate(hash_chars("记者".chars())) > 0.2);
        assert!(words.rate(hash_chars("矿难".chars())) < 0.01);
    }

    #[test]
    fn contrasts_and_classifiers() {
        let words = CompareWords::new(Lang::Zh, crate::embedded::FILES).unwrap();
        let lists = |t: &str| words.contrasts(t, 0).iter().map(|c| (c.list, c.word)).collect::<Vec<_>>();
        let (a, b) = (lists("全市男性超重"), lists("全市女性超重"));
        assert!(a.iter().any(|x| b.iter().any(|y| x.0 == y.0 && x.1 != y.1)));
        assert_eq!(words.same_family(Some("名"), Some("人")), Some(true));
        assert_eq!(words.same_family(Some("名"), Some("亩")), Some(false));
        assert_eq!(words.same_family(Some("个"), Some("项")), None);
    }
}
