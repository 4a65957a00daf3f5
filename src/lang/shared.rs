//! Names that a Chinese and an English text can have in common: places by a table (`rules/zh/words/english.toml`), names in Latin letters as
//! they stand. Enters: text of either language. Leaves: what it names. Knows no claim.

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    country: String,
    province: String,
    city: String,
    common: String,
}

/// A place: its level (country, province, city) and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Places of one level set two figures apart.
    pub level: u8,
    /// Which one.
    pub number: u16,
}

/// The table of places and the words in Latin letters that name nothing in particular.
pub struct SharedNames {
    forms: AhoCorasick,
    places: Vec<Place>,
    /// Of each level the first Chinese form of each place.
    names: [Vec<String>; 3],
    common: Vec<String>,
}

const PATH: &str = "rules/zh/words/english.toml";

fn letter(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_alphanumeric)
}

impl SharedNames {
    /// From the file among `files`; an `Err` names what is wrong in it.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let (_, text) = files.iter().rev().find(|f| f.0 == PATH).ok_or(format!("{PATH}: no such file"))?;
        let file: File = toml::from_str(text).map_err(|e| format!("{PATH}: {e}"))?;
        let (mut forms, mut places, mut names) = (Vec::new(), Vec::new(), [const { Vec::new() }; 3]);
        for (level, list) in [&file.country, &file.province, &file.city].into_iter().enumerate() {
            for line in list.lines().filter(|l| !l.trim().is_empty()) {
                let (zh, en) = line.split_once('=').ok_or(format!("{PATH}: `{line}` names no English form"))?;
                let number = names[level].len() as u16;
                names[level].push(zh.split('|').next().unwrap_or_default().trim().to_owned());
                for form in zh.split('|').chain(en.split('|')).map(str::trim).filter(|f| !f.is_empty()) {
                    forms.push(form.to_owned());
                    places.push(Place { level: level as u8, number });
                }
            }
        }
        let mut builder = AhoCorasick::builder();
        let forms = builder.match_kind(MatchKind::LeftmostLongest).build(&forms).map_err(|e| format!("{PATH}: {e}"))?;
        let mut common: Vec<String> = file.common.split_whitespace().map(str::to_owned).collect();
        common.sort_unstable();
        Ok(Self { forms, places, names, common })
    }

    /// The places named in `text`, sorted.
    pub fn places(&self, text: &str) -> Vec<Place> {
        let bytes = text.as_bytes();
        let whole = |start: usize, end: usize| {
            let cut_before = start > 0 && letter(bytes.get(start)) && letter(bytes.get(start - 1));
            let cut_behind = letter(bytes.get(end - 1)) && letter(bytes.get(end));
            !cut_before && !cut_behind
        };
        let found = self.forms.find_iter(text).filter(|m| whole(m.start(), m.end()));
        let mut places: Vec<Place> = found.map(|m| self.places[m.pattern().as_usize()]).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The country that a Chinese article need not name: the first of the table.
    #[allow(clippy::unused_self)] // it is the table that says so
    pub const fn home(&self) -> Place {
        Place { level: 0, number: 0 }
    }

    /// The Chinese name of a place.
    pub fn name(&self, place: Place) -> &str {
        self.names[usize::from(place.level)].get(usize::from(place.number)).map_or("", String::as_str)
    }

    /// The names in Latin letters in `text`, with where they start: `iPhone`, `Alibaba.com`, `FBI`. What stands in Chinese articles on
    /// anything (`GDP`, `CEO`) is left out.
    pub fn latin<'a>(&self, text: &'a str) -> Vec<(usize, &'a str)> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let inner = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'&' | b'-' | b'+');
            let end = at + bytes[at..].iter().take_while(|b| inner(b)).count();
            let word = text[at..end].trim_end_matches(['.', '&', '-', '+']);
            let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
            let name = letters >= 2
                && word.bytes().any(|b| b.is_ascii_uppercase())
                && word.starts_with(|c: char| c.is_ascii_alphabetic());
            if name && self.common.binary_search_by(|w| w.as_str().cmp(word)).is_err() {
                found.push((at, word));
            }
            at = end;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_names_of_two_languages_meet() {
        let names = SharedNames::new(crate::embedded::FILES).unwrap();
        let there = names.places("江苏省有4000多家供应商。");
        assert_eq!(there, names.places("4,000-odd suppliers in Jiangsu"));
        assert_eq!(names.name(there[0]), "江苏");
        assert_eq!(names.places("tell us, the US or a USB stick").len(), 1);
        assert_eq!(names.latin("阿里巴巴（Alibaba.com）的CEO用iPhone。"), [(15, "Alibaba.com"), (38, "iPhone")]);
    }
}
