//! The words around a Chinese figure, by what they do in a clause. Enters: `rules/zh/words/{grammar,verbs,nouns,places,scope}.toml`.
//! Leaves: a table that gives the longest known word at a place in a text. Knows no figure.

use rustc_hash::FxHashMap;

use crate::model::{Aggregation, Base, Status};
use crate::text::{fold_char, is_ideograph};

/// What a word may do in a clause: a set, for many words may do more than one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Role(u64);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:expr, $key:literal, $file:literal;)*) => {
        impl Role {
            $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)*
        }
        /// File and key of each role's word list.
        const ROLES: &[(&str, &str, Role)] = &[$(($file, $key, Role::$name)),*];
    };
}

roles! {
    /// `的`.
    OF = 0, "of", "grammar";
    /// Words that end a noun phrase and add nothing: `了` `也` `已经`.
    ADVERB = 1, "adverb", "grammar";
    /// Words that open a phrase beside the clause's own parts: `在` `从` `由`.
    PREPOSITION = 2, "preposition", "grammar";
    /// `和` `与` `及`.
    AND = 3, "and", "grammar";
    /// Words that join clauses: `但是` `因此`.
    CONJUNCTION = 4, "conjunction", "grammar";
    /// Words that point back: `其` `该公司` `他`.
    PRONOUN = 5, "pronoun", "grammar";
    /// Words for a time that are no date: `目前` `当时`.
    TIME = 6, "time", "grammar";
    /// Words that stand after a place or a set: `中` `内` `以上`.
    LOCALIZER = 7, "localizer", "grammar";
    /// Words between a thing and its figure that say nothing: `是` `达` `共`.
    LINK = 8, "link", "grammar";
    /// Words between a person and his age: `现年` `年仅`.
    AGE = 9, "age", "grammar";
    /// Words that come before a noun and are no noun: `各种` `其他` `部分`.
    DETERMINER = 10, "determiner", "grammar";
    /// Words taken whole so that no part of them is read as something else.
    WHOLE = 11, "whole", "grammar";
    /// What is said of a thing: `报名` `入驻` `死亡`.
    VERB = 12, "verb", "verbs";
    /// Verbs that say little beside another: `进行` `前往` `到场`.
    WEAK = 13, "weak", "verbs";
    /// Verbs that let something happen to what follows: `造成` `致`.
    CAUSE = 14, "cause", "verbs";
    /// Verbs of more and less: `增长` `降至`.
    CHANGE = 15, "change", "verbs";
    /// Verbs of saying: `表示` `介绍`.
    SAY = 16, "say", "verbs";
    /// Verbs that stand before a noun as its modifier: `注册` `参展`.
    ATTRIBUTE = 17, "attribute", "verbs";
    /// Things, people, measures.
    NOUN = 18, "noun", "nouns";
    /// People: a phrase ends with them.
    PERSON = 19, "person", "nouns";
    /// Words for a number of something: `数量` `总数`.
    NUMBER_OF = 20, "number_of", "nouns";
    /// Ends of names of organisations and works: `公司` `大学` `局`.
    ORGANISATION = 21, "organisation", "nouns";
    /// Last characters that make a noun of what stands before: `率` `额` `员`.
    SUFFIX = 22, "suffix", "nouns";
    /// Last characters of words for people: `员` `者` `商`.
    AGENT = 23, "agent", "nouns";
    /// Provinces, cities, countries, regions.
    PLACE = 24, "place", "places";
    /// `全国` `全省` `我市`.
    WHOLE_PLACE = 25, "whole_place", "places";
    /// `全省` `我市`: the whole of a place that stays unnamed.
    SOME_WHOLE = 35, "some_whole", "places";
    /// Words before a place that say that nothing happens there: `来自` `销往`.
    ELSEWHERE = 26, "elsewhere", "places";
    /// `占`: the thing before it has the share.
    SHARE = 27, "share", "verbs";
    /// Classifiers of events: what they count is no person.
    EVENT_CLASSIFIER = 28, "event_classifier", "nouns";
    /// Classifiers of people: `名` `位`.
    PEOPLE_CLASSIFIER = 29, "people_classifier", "nouns";
    /// Units that name the thing counted themselves: `人` `户`.
    WHOLE_CLASSIFIER = 30, "whole_classifier", "nouns";
    /// Prepositions of place: the noun after them is no subject and no thing counted.
    LOCATIVE = 31, "locative", "grammar";
    /// Nouns that only repeat their figure's unit: `时间` after a duration.
    FILLER = 32, "filler", "nouns";
    /// Nouns that make a verb before them their modifier: `事件` `工程`.
    ACTIVITY = 33, "activity", "nouns";
    /// Adjectives that turn into verbs of more and less before a figure: `高` `低`.
    COMPARATIVE = 34, "comparative", "verbs";
    /// Words before a date up to which something holds: `截至`.
    AS_OF = 38, "as_of", "grammar";
    /// Localizers that make a set of what stands before them: `中`.
    AMONG = 36, "among", "grammar";
    /// What turns the unknown characters before it into a verb: `了` `着`.
    ASPECT = 37, "aspect", "grammar";
}

impl Role {
    /// Whether there is nothing but these.
    pub(super) const fn only(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether any of `other` is among these.
    #[inline]
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a word says of the scope of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// Over what it was gathered.
    Aggregation(Aggregation),
    /// What it is compared with.
    Base(Base),
    /// `比` `较`: what follows is the base.
    Than,
    /// A period that is a base of this kind after `比`, and nothing by itself.
    Last(Base),
    /// Whether it is told as fact.
    Status(Status),
    /// Words that make all of their sentence untrue: `不实` `谣言`.
    DeniedWhole,
    /// `更正`: what was printed comes next.
    Correction,
    /// `应为`: what is right comes next.
    Corrected,
    /// `据`: what follows is the source.
    According,
    /// `由` `从`: what follows may be where a change begins.
    Origin,
    /// `成立` `创办`: how a thing begins that then lasts.
    Began,
}

/// File and key of each tag's word list.
const TAGS: &[(&str, Tag)] = &[
    ("aggregation.cumulative", Tag::Aggregation(Aggregation::Cumulative)),
    ("aggregation.daily-average", Tag::Aggregation(Aggregation::DailyAverage)),
    ("aggregation.monthly-average", Tag::Aggregation(Aggregation::MonthlyAverage)),
    ("aggregation.yearly-average", Tag::Aggregation(Aggregation::YearlyAverage)),
    ("aggregation.per-head", Tag::Aggregation(Aggregation::PerHead)),
    ("aggregation.per-unit", Tag::Aggregation(Aggregation::PerUnit)),
    ("aggregation.average", Tag::Aggregation(Aggregation::Average)),
    ("aggregation.single-month", Tag::Aggregation(Aggregation::SingleMonth)),
    ("aggregation.new", Tag::Aggregation(Aggregation::New)),
    ("aggregation.total", Tag::Aggregation(Aggregation::Total)),
    ("aggregation.highest", Tag::Aggregation(Aggregation::Highest)),
    ("aggregation.lowest", Tag::Aggregation(Aggregation::Lowest)),
    ("aggregation.remaining", Tag::Aggregation(Aggregation::Remaining)),
    ("aggregation.part", Tag::Aggregation(Aggregation::Part)),
    ("base.year-on-year", Tag::Base(Base::YearOnYear)),
    ("base.period-on-period", Tag::Base(Base::PeriodOnPeriod)),
    ("base.named", Tag::Base(Base::Named)),
    ("base.than", Tag::Than),
    ("base.last-year", Tag::Last(Base::YearOnYear)),
    ("base.last-named", Tag::Last(Base::Named)),
    ("base.last-period", Tag::Last(Base::PeriodOnPeriod)),
    ("status.actual", Tag::Status(Status::Actual)),
    ("status.planned", Tag::Status(Status::Planned)),
    ("status.required", Tag::Status(Status::Required)),
    ("status.estimated", Tag::Status(Status::Estimated)),
    ("status.denied", Tag::Status(Status::Denied)),
    ("status.denied-whole", Tag::DeniedWhole),
    ("status.correction", Tag::Correction),
    ("status.corrected", Tag::Corrected),
    ("status.reported", Tag::Status(Status::Reported)),
    ("status.hypothetical", Tag::Status(Status::Hypothetical)),
    ("status.origin", Tag::Origin),
    ("time.began", Tag::Began),
    ("attribution.according", Tag::According),
];

/// One known word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its length in characters.
    pub(super) chars: u8,
    /// What it may do.
    pub(super) role: Role,
    /// What it says of scope.
    pub(super) tag: Option<Tag>,
}

/// First and last ideograph of the block in which all listed words begin.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// The words in force.
pub struct Words {
    /// All words' characters, one after another.
    pool: Vec<char>,
    /// `(start in pool, second character, word)`, by first character, longest first.
    entries: Vec<(u32, char, Word)>,
    /// For each ideograph the first of its words, where its word of one character stands, and which second characters its longer
    /// words have, each as one of 64 bits.
    index: Vec<Firsts>,
    /// For each character of the basic plane its simplified form in half width, and what it may be in a name.
    cells: Vec<u32>,
}

/// The words that begin with one character.
#[derive(Debug, Clone, Copy, Default)]
struct Firsts {
    seconds: u64,
    from: u32,
    to: u32,
}

/// The bit of a second character.
const fn bit(second: char) -> u64 {
    1 << (second as u32 & 63)
}

/// Marks in a cell: a surname, the end of an administrative name (`省` `市`).
const SURNAME: u32 = 1 << 16;
const PLACE_END: u32 = 1 << 17;
/// Marks of every character: an ideograph, a letter or digit of any script.
const IDEOGRAPH: u32 = 1 << 18;
const LETTER: u32 = 1 << 19;
/// Marks a character whose other marks were worked out.
const ASKED: u32 = 1 << 20;

impl Words {
    /// Reads `rules/zh/words/{grammar,verbs,nouns,places,scope}.toml` among `files`.
    ///
    /// An `Err` names the file and the key, and says which keys are known.
    pub(super) fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut found: FxHashMap<&str, (Role, Option<Tag>)> = FxHashMap::default();
        let mut simplified = FxHashMap::default();
        let (mut surnames, mut place_ends) = (Vec::new(), Vec::new());
        let mut tables = Vec::new();
        for name in ["grammar", "verbs", "nouns", "places", "scope"] {
            let path = format!("rules/zh/words/{name}.toml");
            if let Some((_, text)) = files.iter().find(|(known, _)| *known == path) {
                let plain = plain_lists(text);
                // What is written in any other way TOML has, or wrongly, is for the reader of TOML.
                let table = match plain {
                    Some(_) => toml::Table::new(),
                    None => toml::from_str(text).map_err(|e| format!("{path}: {e}"))?,
                };
                tables.push((name, path, plain, table));
            }
        }
        for (name, path, plain, table) in &tables {
            let read = match plain {
                Some(plain) => plain.clone(),
                None => lists(path, table)?,
            };
            for (key, list) in read {
                if *name == "scope" {
                    let Some((_, tag)) = TAGS.iter().find(|(known, _)| *known == key) else {
                        return Err(unknown(path, &key, TAGS.iter().map(|(known, _)| *known)));
                    };
                    for word in list.split_whitespace() {
                        found.entry(word).or_default().1 = Some(*tag);
                    }
                    continue;
                }
                match (*name, key.as_str()) {
                    ("grammar", "traditional") => {
                        for pair in list.split_whitespace() {
                            let mut chars = pair.chars();
                            if let (Some(a), Some(b), None) = (chars.next(), chars.next(), chars.next()) {
                                simplified.insert(a, b);
                            } else {
                                return Err(format!("{path}: `{pair}` in `traditional` should be two characters"));
                            }
                        }
                    }
                    ("nouns", "surname") => surnames.extend(list.chars().filter(|c| !c.is_whitespace())),
                    ("places", "end") => place_ends.extend(list.chars().filter(|c| !c.is_whitespace())),
                    _ => {
                        let Some((.., role)) = ROLES.iter().find(|(file, known, _)| file == name && *known == key)
                        else {
                            let known = ROLES.iter().filter(|(file, ..)| file == name).map(|(_, known, _)| *known);
                            return Err(unknown(path, &key, known));
                        };
                        for word in list.split_whitespace() {
                            let entry = found.entry(word).or_default();
                            entry.0 = entry.0.or(*role);
                        }
                    }
                }
            }
        }
        Ok(Self::index(found, &simplified, &surnames, &place_ends))
    }

    fn index(
        found: FxHashMap<&str, (Role, Option<Tag>)>,
        simplified: &FxHashMap<char, char>,
        surnames: &[char],
        place_ends: &[char],
    ) -> Self {
        let mut sorted: Vec<(u32, usize, &str, Role, Option<Tag>)> = found
            .into_iter()
            .filter_map(|(word, (role, tag))| {
                let first = word.chars().next().map(|c| c as u32)?;
                (FIRST..=LAST).contains(&first).then(|| (first, word.chars().count(), word, role, tag))
            })
            .collect();
        // The longest first; of one length at most one stands at a place.
        sorted.sort_unstable_by_key(|word| (word.0, std::cmp::Reverse(word.1)));
        let mut pool = Vec::with_capacity(sorted.len() * 3);
        let mut words = Vec::with_capacity(sorted.len());
        let mut index = vec![Firsts::default(); (LAST - FIRST + 1) as usize];
        for (first, chars, word, role, tag) in sorted {
            let at = &mut index[(first - FIRST) as usize];
            if at.to == 0 {
                at.from = words.len() as u32;
            }
            at.to = words.len() as u32 + 1;
            let second = word.chars().nth(1).unwrap_or('\0');
            if chars > 1 {
                at.seconds |= bit(second);
            }
            words.push((pool.len() as u32, second, Word { chars: chars.min(255) as u8, role, tag }));
            pool.extend(word.chars());
        }
        let mut cells: Vec<u32> = (0..0x1_0000).collect();
        for ideographs in [0x3400..0x4DC0, FIRST as usize..LAST as usize + 1] {
            cells[ideographs].iter_mut().for_each(|cell| *cell |= IDEOGRAPH | ASKED | LETTER);
        }
        // The blocks that texts are written in and that fold; of any other a character is asked when it is met.
        for code in (0..0x500).chain(0x2000..0x2240).chain(0x3000..0x3100).chain(0xF900..0xFB00).chain(0xFE50..0xFFF0) {
            if let Some(c) = char::from_u32(code) {
                let marks = if is_ideograph(c) { IDEOGRAPH } else { 0 } | if c.is_alphanumeric() { LETTER } else { 0 };
                cells[code as usize] = fold_char(c) as u32 | ASKED | marks;
            }
        }
        for (&from, &to) in simplified {
            if (FIRST..=LAST).contains(&(from as u32)) && (to as u32) < 0x1_0000 {
                let cell = &mut cells[from as usize];
                *cell = *cell & !0xFFFF | to as u32;
            }
        }
        for (chars, mark) in [(surnames, SURNAME), (place_ends, PLACE_END)] {
            for &c in chars {
                if let Some(cell) = cells.get_mut(c as usize) {
                    *cell |= mark;
                }
            }
        }
        Self { pool, entries: words, index, cells }
    }

    /// The longest known word at the start of `chars`, which are in simplified form.
    pub(super) fn longest(&self, chars: &[char]) -> Option<Word> {
        let first = *chars.first()? as u32;
        if !(FIRST..=LAST).contains(&first) {
            return None;
        }
        let Firsts { seconds, from, to } = self.index[(first - FIRST) as usize];
        let next = chars.get(1).copied().unwrap_or('\0');
        if seconds & bit(next) == 0 {
            // Only the character by itself, which stands last.
            return self.entries[from as usize..to as usize].last().map(|e| e.2).filter(|w| w.chars == 1);
        }
        self.entries[from as usize..to as usize].iter().find_map(|&(start, second, word)| {
            let length = usize::from(word.chars);
            // Most words differ in their second character.
            let fits = length == 1
                || (second == next
                    && (length == 2
                        || chars.get(2..length) == self.pool.get(start as usize + 2..start as usize + length)));
            fits.then_some(word)
        })
    }

    /// What the words at the start of `text` say of scope.
    pub(super) fn opening_tag(&self, text: &str) -> Option<Tag> {
        let (chars, count) = self.head(text);
        self.longest(&chars[..count]).and_then(|word| word.tag)
    }

    /// What a unit says of the thing counted.
    pub(super) fn unit_role(&self, unit: &str) -> Role {
        let (chars, count) = self.head(unit);
        match self.longest(&chars[..count]) {
            Some(word) if usize::from(word.chars) == count => word.role,
            _ => Role::default(),
        }
    }

    /// The first characters of a text in simplified form, and how many they are.
    fn head(&self, text: &str) -> ([char; 8], usize) {
        let mut chars = ['\0'; 8];
        let mut count = 0;
        for (place, c) in chars.iter_mut().zip(text.chars()) {
            *place = self.simplify(c);
            count += 1;
        }
        (chars, count)
    }

    /// The simplified form of a character; itself where it has none of its own.
    pub(super) fn simplify(&self, c: char) -> char {
        if (FIRST..=LAST).contains(&(c as u32)) { self.narrow(c) } else { c }
    }

    /// The simplified form of a character in half width.
    #[inline]
    pub(super) fn narrow(&self, c: char) -> char {
        self.cells.get(c as usize).and_then(|cell| char::from_u32(cell & 0xFFFF)).unwrap_or(c)
    }

    #[inline]
    fn marked(&self, c: char, mark: u32) -> bool {
        self.cells.get(c as usize).is_some_and(|cell| cell & mark != 0)
    }

    /// [`is_ideograph`], by one look at the table.
    #[inline]
    pub(super) fn is_ideograph(&self, c: char) -> bool {
        if self.marked(c, ASKED) { self.marked(c, IDEOGRAPH) } else { is_ideograph(c) }
    }

    /// Whether `c` is a letter or a digit, by one look at the table.
    #[inline]
    pub(super) fn is_letter(&self, c: char) -> bool {
        if self.marked(c, ASKED) { self.marked(c, LETTER) } else { c.is_alphanumeric() }
    }

    /// Whether the character is a surname.
    pub(super) fn is_surname(&self, c: char) -> bool {
        self.marked(c, SURNAME)
    }

    /// Whether the character ends names of places: `省` `市`.
    pub(super) fn ends_place(&self, c: char) -> bool {
        self.marked(c, PLACE_END)
    }
}

/// The string lists of a table, tables within it under `table.key`.
fn lists<'a>(path: &str, table: &'a toml::Table) -> Result<Vec<(String, &'a str)>, String> {
    let mut found = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::String(list) => found.push((key.clone(), list.as_str())),
            toml::Value::Table(inner) => {
                for (name, value) in inner {
                    let list = value.as_str().ok_or_else(|| not_words(path, name))?;
                    found.push((format!("{key}.{name}"), list));
                }
            }
            _ => return Err(not_words(path, key)),
        }
    }
    Ok(found)
}

/// [`lists`] of a file that is written as the lists here are: `key = '''words'''` under `[table]` lines, comments between. `None`
/// where anything else stands in it.
fn plain_lists(text: &str) -> Option<Vec<(String, &str)>> {
    let mut found: Vec<((&str, &str), &str)> = Vec::new();
    let (mut table, mut rest) = ("", text);
    let bare =
        |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        if let Some(comment) = rest.strip_prefix('#') {
            rest = comment.find('\n').map_or("", |end| &comment[end..]);
            continue;
        }
        if let Some(head) = rest.strip_prefix('[') {
            let (name, after) = head.split_once(']')?;
            // Tables in order, each once.
            if !bare(name) || found.iter().any(|f| f.0.0 == name) {
                return None;
            }
            (table, rest) = (name, after);
        } else {
            let (key, value) = rest.split_once('=')?;
            let (key, value) = (key.trim_end(), value.trim_start_matches([' ', '\t']));
            let mark = ["'''", "\"\"\"", "'", "\""].into_iter().find(|m| value.starts_with(m))?;
            let (list, after) = value[mark.len()..].split_once(mark)?;
            let name = if table.is_empty() { (key, "") } else { (table, key) };
            let odd = list.contains('\\') || mark.len() == 1 && list.contains('\n') || after.starts_with(['\'', '"']);
            if !bare(key) || odd || found.iter().any(|f| f.0 == name || f.0.1.is_empty() && f.0.0 == name.0) {
                return None;
            }
            found.push((name, list));
            rest = after;
        }
        let line = rest.split('\n').next().unwrap_or("").trim();
        if !line.is_empty() && !line.starts_with('#') {
            return None;
        }
    }
    found.sort_unstable_by_key(|f| f.0);
    let key = |(table, key): (&str, &str)| if key.is_empty() { table.to_owned() } else { format!("{table}.{key}") };
    Some(found.into_iter().map(|(name, list)| (key(name), list)).collect())
}

fn not_words(path: &str, key: &str) -> String {
    format!("{path}: `{key}` should be one string of words with spaces between them")
}

fn unknown<'a>(path: &str, key: &str, known: impl Iterator<Item = &'a str>) -> String {
    format!("{path}: `{key}` is not a list known here; known are {}", known.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded() -> Words {
        Words::new(crate::embedded::FILES).unwrap()
    }

    #[test]
    fn the_longest_word_wins() {
        let words = embedded();
        let longest = |text: &str| words.longest(&text.chars().collect::<Vec<_>>()).map(|w| usize::from(w.chars));
        assert_eq!(longest("有期徒刑三年"), Some(4));
        assert_eq!(longest("有人"), Some(1));
        assert_eq!(longest("鱻鱻"), None);
        assert_eq!(longest(""), None);
    }

    #[test]
    fn a_strange_key_is_named_with_what_would_be_right() {
        let error = Words::new(&[("rules/zh/words/verbs.toml", "verbz = '报名'")]).err().unwrap();
        assert!(error.contains("verbs.toml") && error.contains("verbz") && error.contains("verb,"), "{error}");
        let error = Words::new(&[("rules/zh/words/nouns.toml", "noun = ['企业']")]).err().unwrap();
        assert!(error.contains("one string"), "{error}");
    }

    #[test]
    fn lists_written_plainly_are_read_as_toml_reads_them() {
        for (path, text) in crate::embedded::FILES {
            let Some(name) = path.strip_prefix("rules/zh/words/").and_then(|p| p.strip_suffix(".toml")) else {
                continue;
            };
            if ["grammar", "verbs", "nouns", "places", "scope"].contains(&name) {
                let table: toml::Table = toml::from_str(text).unwrap();
                let words = |list: &str| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                let told =
                    |lists: Vec<(String, &str)>| lists.into_iter().map(|(k, l)| (k, words(l))).collect::<Vec<_>>();
                assert_eq!(told(plain_lists(text).unwrap()), told(lists(path, &table).unwrap()), "{path}");
            }
        }
        for odd in [
            "a = ['x']",
            "a = 'x' 'y'",
            "a = 'x'\na = 'y'",
            "a = \"x\\n\"",
            "[t]\n[t]\na = 'x",
            "[[t]]\na = 'x'",
            "a.b = 'x'",
        ] {
            assert_eq!(plain_lists(odd), None, "{odd}");
        }
    }

    #[test]
    fn traditional_characters_fold_to_simplified_ones() {
        let words = embedded();
        assert_eq!("學校增長".chars().map(|c| words.simplify(c)).collect::<String>(), "学校增长");
    }

    #[test]
    fn no_simplified_character_is_changed() {
        let words = embedded();
        for c in "著名干部里程准备后面只有台湾发展".chars() {
            assert_eq!(words.simplify(c), c);
        }
    }
}
