//! The words that the checks inside one article lean on: `rules/<code>/words/checks.toml`. Enters: the file. Leaves: word sets that
//! look for themselves in folded text. What a set means for a check is said at its field; which words are in it is data.

use serde::Deserialize;

use crate::model::Lang;

/// A set of words. Words of ASCII letters match whole words only; all others match anywhere.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordSet {
    /// Longest first.
    words: Vec<String>,
}

impl From<Vec<String>> for WordSet {
    fn from(mut words: Vec<String>) -> Self {
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        Self { words }
    }
}

/// Whether a word at `start..end` of `text` does not cut a word of ASCII letters in two.
fn whole(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let letter = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphanumeric);
    !(letter(start) && start > 0 && letter(start - 1) || end > 0 && letter(end - 1) && letter(end))
}

impl WordSet {
    /// The first place of a word of the set in `text`, as bytes; of words that start together the longest.
    pub fn find(&self, text: &str) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        for word in &self.words {
            let found =
                text.match_indices(word.as_str()).map(|(i, _)| (i, i + word.len())).find(|&(s, e)| whole(text, s, e));
            if let Some(found) = found
                && best.is_none_or(|b| found.0 < b.0)
            {
                best = Some(found);
            }
        }
        best
    }

    /// Whether a word of the set stands in `text`.
    pub fn within(&self, text: &str) -> bool {
        self.words.iter().any(|w| text.match_indices(w.as_str()).any(|(i, _)| whole(text, i, i + w.len())))
    }

    /// How many bytes at the start of `text` are a word of the set.
    pub fn prefix(&self, text: &str) -> Option<usize> {
        self.words.iter().find(|w| text.starts_with(w.as_str()) && whole(text, 0, w.len())).map(String::len)
    }

    /// How many bytes at the end of `text` are a word of the set.
    pub fn suffix(&self, text: &str) -> Option<usize> {
        self.words
            .iter()
            .find(|w| text.ends_with(w.as_str()) && whole(text, text.len() - w.len(), text.len()))
            .map(String::len)
    }

    /// Whether `text` is a word of the set.
    pub fn is(&self, text: &str) -> bool {
        self.words.iter().any(|w| w == text)
    }

    /// The words, longest first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

/// The words of the checks in one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckWords {
    /// Before a starting value: `由` `从` `from`.
    pub from: WordSet,
    /// A rise that leads to a value: `增至` `rose to`.
    pub rise_to: WordSet,
    /// A fall that leads to a value: `降至` `fell to`.
    pub fall_to: WordSet,
    /// Leads to a value either way: `到` `调整为` `to`.
    pub change_to: WordSet,
    /// A rise: `增长` `上升` `up`.
    pub rise: WordSet,
    /// A fall: `下降` `down`.
    pub fall: WordSet,
    /// A rise, said in one character right before the figure: `增` `涨`.
    pub rise_tight: WordSet,
    /// A fall, said in one character right before the figure: `降` `减`.
    pub fall_tight: WordSet,
    /// Before what is compared with: `比` `较` `than`.
    pub than: WordSet,
    /// A rate of change that needs another base or a root, not the two ends: `同比` `年均` `a year`.
    pub other_growth: WordSet,
    /// Words that may stand between two figures of one statement without changing whose they are: `约` `了` `达`.
    pub filler: WordSet,
    /// Introduces parts of a whole: `其中` `of which`.
    pub among: WordSet,
    /// Stands before a whole of which parts follow: `of its 180 seats, 126`.
    pub among_before: WordSet,
    /// A share of a whole: `占` `accounted for`.
    pub share: WordSet,
    /// What a share may be a share of, being the whole just named: `总数` `of the total`.
    pub whole: WordSet,
    /// Ends the name of a rate that a share of the whole just named may carry: `率` `比例` `rate`.
    pub rate: WordSet,
    /// Says that a figure is a sum: `共` `合计` `total`.
    pub total: WordSet,
    /// Says so in one character right before the figure: `共` `计`.
    pub total_tight: WordSet,
    /// Says that the parts are all of the whole: `分别` `分为` `其余`.
    pub exhaustive: WordSet,
    /// What is left of a whole: `其余` `the rest`.
    pub rest: WordSet,
    /// Says that a list is not complete: `等` `such as`.
    pub and_others: WordSet,
    /// Leads to a list of all members: `分别是` `即` `namely`.
    pub list_all: WordSet,
    /// Leads to a list of some: `包括` `including`.
    pub list_some: WordSet,
    /// Announces a list below: `以下` `the following`.
    pub below: WordSet,
    /// Makes what stands before it a modifier of what follows: `两篇文章的描述` is no list of 两篇.
    pub possessive: WordSet,
    /// Joins the last members of a list: `和` `及` `and`.
    pub joint: WordSet,
    /// Classifiers and nouns of things that texts number one by one: `项` `条` `measures`.
    pub enumerable: WordSet,
    /// Families of enumerators, each in order from one: `一是` `二是` …
    pub enumerators: Vec<Vec<String>>,
    /// One more thing beside what was numbered: `此外` `also`.
    pub besides: WordSet,
    /// Marks that stand for each other's complement: `男`/`女`. A label with one and no label with the other overlaps the rest.
    pub complements: Vec<(String, String)>,
    /// Labels of traits that people and things have beside other traits: `党员` `岁以下`.
    pub traits: WordSet,
    /// More than one answer was allowed: `多选` `all that apply`.
    pub many_answers: WordSet,
    /// Leads from a value to its conversion: `合` `折合` `or`.
    pub conversion: WordSet,
    /// Leads from the ends of a period to its length: `为期` `历时` `for`.
    pub lasting: WordSet,
    /// Words of scale that are written for each other: `万`/`亿`, `million`/`billion`.
    pub scales: Vec<(String, String)>,
    /// Sits on working days only, so that its days are fewer than the calendar's: `庭审` `trial`.
    pub working_days: WordSet,
    /// Something begins: `成立` `生于` `opened`.
    pub begins: WordSet,
    /// Something ends: `去世` `停刊` `shut`.
    pub ends: WordSet,
    /// Until the day of writing: `至今` `so far`.
    pub until_now: WordSet,
    /// A life comes into the world, for ages: `生于` `born`.
    pub born: WordSet,
    /// An age at death: `享年` `aged`.
    pub died_at: WordSet,
    /// What heads the total row or column of a table: `合计` `Total`.
    pub table_total: WordSet,
    /// What heads a row or column that sums up others and is not the total: `小计` `平均` `同比`.
    pub table_other: WordSet,
    /// Leads from one end of a range to the other: `至` `—` `to`.
    pub range_to: WordSet,
    /// Years before the common era count down: `公元前` `BC`.
    pub before_era: WordSet,
    /// Words too common to show that two sentences speak of one thing.
    pub common: WordSet,
    /// Takes a statement out of the present: last year, another survey; a title never speaks of it alone.
    pub elsewhere: WordSet,
}

impl CheckWords {
    /// Whether `text`, which ends where a figure begins, speaks of a rise.
    pub fn rises(&self, text: &str) -> bool {
        self.rise.within(text) || self.rise_tight.suffix(self.bare(text)).is_some()
    }

    /// Whether `text`, which ends where a figure begins, speaks of a fall.
    pub fn falls(&self, text: &str) -> bool {
        self.fall.within(text) || self.fall_tight.suffix(self.bare(text)).is_some()
    }

    /// Whether `text`, which ends where a figure begins, calls the figure a sum.
    pub fn sums(&self, text: &str) -> bool {
        self.total.within(text)
            || self.total_tight.suffix(text.trim_end()).is_some()
            || self.total_tight.suffix(self.bare(text)).is_some()
    }

    /// `text` without fillers and white space at its end.
    pub fn bare<'t>(&self, mut text: &'t str) -> &'t str {
        loop {
            text = text.trim_end();
            match self.filler.suffix(text) {
                Some(n) => text = &text[..text.len() - n],
                None => return text,
            }
        }
    }

    /// The words of `lang` among the given files, `(path, TOML text)`. No file gives no words, and the checks stay silent.
    pub fn new(lang: Lang, files: &[(&str, &str)]) -> Result<Self, String> {
        let name = format!("rules/{}/words/checks.toml", lang.code());
        let Some((path, text)) = files.iter().find(|(path, _)| *path == name) else { return Ok(Self::default()) };
        toml::from_str(text).map_err(|e| format!("{path}: {e}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_whole_and_longest_first() {
        let set = WordSet::from(vec!["or".to_owned(), "or about".to_owned(), "约".to_owned()]);
        assert!(!set.within("for"));
        assert_eq!(set.find("for 5, or about"), Some((7, 15)));
        assert_eq!(set.prefix("约5公里"), Some(3));
        assert_eq!(set.suffix("5公里, or"), Some(2));
    }

    #[test]
    fn embedded_lists_parse() {
        for lang in [Lang::Zh, Lang::En] {
            let words = CheckWords::new(lang, crate::embedded::FILES).unwrap();
            assert!(words.total.iter().count() > 3 && words.enumerators.len() > 1, "{lang:?}");
        }
    }
}
