//! The word lists of Chinese, compiled. Enters: TOML files. Leaves: look-up tables. Knows what a list is for, not which words it holds.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::lexeme::Lexemes;
use super::numerals::is_han_numeral;
use super::view::{FoldTable, class};
use crate::model::Hedge;

/// What a unit word measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
    /// A counting word.
    Classifier,
    /// A counting word that stands for many: 打.
    Count,
    /// A noun that stands right after a numeral.
    Noun,
    Measure,
    Temperature,
    Time,
    Age,
    Share,
    Points,
    Multiple,
    Money,
}

/// A unit word.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub kind: UnitKind,
    /// Code; empty for a counting word, which is its own unit.
    pub code: &'static str,
    /// How many of the code one word is.
    pub times: Decimal,
    /// The word.
    pub word: &'static str,
}

/// A word of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    Day(i32),
    Year(i32),
    /// From one day, or year, to another.
    Days(i32, i32),
    Years(i32, i32),
    Month(i32),
    Quarter(i32),
    Week(i32),
    /// The day named last, and so many days on.
    AnchorDay(i32),
    AnchorMonth(i32),
    AnchorYear(i32),
    Holiday(i8, i8, i16),
    Lunar(u8),
    /// A day of the week in a month: month, which one, weekday from Monday.
    NthWeekday(i8, i8, i8),
    /// One of the twenty-four solar terms.
    Term(u8),
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartOfDay {
    Morning,
    Noon,
    Afternoon,
    Night,
}

/// The shares of N that hedges allow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slack {
    pub bare: Decimal,
    pub over_reader: Decimal,
    pub near_literal: Decimal,
    /// Least share that a reader takes `不到` to leave.
    pub under_reader: Decimal,
    pub near_reader: Decimal,
    pub about_literal: Decimal,
    pub about_reader: Decimal,
}

/// All word lists of Chinese.
#[allow(clippy::struct_field_names)] // lists are named for what their words do
pub(super) struct Words {
    pub fold: FoldTable,
    pub units: Lexemes<Unit>,
    pub ranks: Lexemes<()>,
    /// 块 as a counting word; in the list it is money.
    pub piece: Unit,
    /// 刀 as a counting word of cuts; in the list it is money.
    pub cut: Unit,
    /// Words that make two numbers beside them a ratio.
    pub ratio: Lexemes<()>,
    /// Unit word → characters that make it another word.
    pub not_unit: rustc_hash::FxHashMap<Vec<char>, Vec<char>>,
    pub prefixes: Lexemes<&'static str>,
    pub hedges_before: Lexemes<Option<Hedge>>,
    pub joiners: Lexemes<()>,
    /// Words that make a round figure behind them exact.
    pub exact: Lexemes<()>,
    /// Behind 比 and a figure: the side of the figure on which the thing compared lies.
    pub compared: Lexemes<Hedge>,
    pub hedges_after: Lexemes<Hedge>,
    pub falls: Lexemes<()>,
    pub slack: Slack,
    pub excluded: Lexemes<()>,
    pub code_words: Lexemes<()>,
    pub code_after: Lexemes<()>,
    /// Nouns that make an ordinal before them part of a name.
    pub institutions: Lexemes<()>,
    pub money_words: Lexemes<()>,
    /// Words that tell that a large bare figure beside them counts things or people.
    pub count_words: Lexemes<()>,
    pub calendar: Lexemes<Calendar>,
    pub parts_of_day: Lexemes<PartOfDay>,
    /// Reign titles and the year before their first.
    pub eras: Lexemes<i32>,
    pub dateline: Lexemes<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UnitsFile {
    classifiers: String,
    nouns: String,
    ranks: String,
    ratio: String,
    measure: Vec<UnitRow>,
    temperature: Vec<UnitRow>,
    time: Vec<UnitRow>,
    age: Vec<UnitRow>,
    share: Vec<UnitRow>,
    points: Vec<UnitRow>,
    multiple: Vec<UnitRow>,
    count: Vec<UnitRow>,
    money: Vec<UnitRow>,
    prefix: BTreeMap<String, String>,
    not_unit: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitRow {
    #[serde(default)]
    code: String,
    words: String,
    times: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct HedgesFile {
    before: BTreeMap<String, String>,
    joiners: String,
    not_before: String,
    exact: String,
    more_than: String,
    less_than: String,
    after: BTreeMap<String, String>,
    slack: BTreeMap<String, String>,
    fall: WordsRow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsRow {
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExclusionsFile {
    idioms: String,
    adverbs: String,
    names: String,
    digits: String,
    code_words: String,
    code_after: String,
    institutions: String,
    money_words: String,
    count_words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CalendarFile {
    day_spans: BTreeMap<String, [i32; 2]>,
    year_spans: BTreeMap<String, [i32; 2]>,
    days: BTreeMap<String, i32>,
    years: BTreeMap<String, i32>,
    months: BTreeMap<String, i32>,
    quarters: BTreeMap<String, i32>,
    weeks: BTreeMap<String, i32>,
    anchors: BTreeMap<String, String>,
    holidays: BTreeMap<String, [i8; 2]>,
    seasons: BTreeMap<String, [i16; 3]>,
    lunar: BTreeMap<String, u8>,
    weekday_holidays: BTreeMap<String, [i8; 3]>,
    terms: BTreeMap<String, u8>,
    parts_of_day: BTreeMap<String, String>,
    eras: BTreeMap<String, i32>,
    dateline: WordsRow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FoldFile {
    pairs: String,
}

fn file<'a>(files: &[(&str, &'a str)], name: &str) -> Result<(String, &'a str), String> {
    let path = format!("rules/zh/words/{name}.toml");
    let found = files.iter().find(|f| f.0 == path || f.0.ends_with(&format!("zh/words/{name}.toml")));
    found.map(|f| (path.clone(), f.1)).ok_or_else(|| format!("{path}: missing; the Chinese words need it"))
}

fn read<T: serde::de::DeserializeOwned>(files: &[(&str, &str)], name: &str) -> Result<T, String> {
    let (path, text) = file(files, name)?;
    toml::from_str(text).map_err(|e| format!("{path}: {e}"))
}

/// Words live as long as the program: they are compiled once and their units are handed out in every quantity.
fn keep(word: &str) -> &'static str {
    Box::leak(word.to_owned().into_boxed_str())
}

impl Words {
    /// Compiles the lists in `files`.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let units_file: UnitsFile = read(files, "units")?;
        let hedges_file: HedgesFile = read(files, "hedges")?;
        let exclusions: ExclusionsFile = read(files, "exclusions")?;
        let calendar_file: CalendarFile = read(files, "calendar")?;
        let folds: FoldFile = read(files, "traditional")?;

        let mut fold = FoldTable::new();
        for pair in folds.pairs.split_whitespace() {
            let mut chars = pair.chars();
            if let (Some(from), Some(to), None) = (chars.next(), chars.next(), chars.next()) {
                fold.fold(from, to);
            } else {
                return Err(format!(
                    "rules/zh/words/traditional.toml: `{pair}` is not one character and what it is read as"
                ));
            }
        }

        let mut units = Lexemes::default();
        let rows = [
            (UnitKind::Money, units_file.money),
            (UnitKind::Measure, units_file.measure),
            (UnitKind::Temperature, units_file.temperature),
            (UnitKind::Time, units_file.time),
            (UnitKind::Age, units_file.age),
            (UnitKind::Share, units_file.share),
            (UnitKind::Points, units_file.points),
            (UnitKind::Multiple, units_file.multiple),
            (UnitKind::Count, units_file.count),
        ];
        for (kind, rows) in rows {
            for row in rows {
                let code = match kind {
                    UnitKind::Share => "%",
                    UnitKind::Points => "pp",
                    UnitKind::Multiple => "倍",
                    UnitKind::Age => "岁",
                    _ => keep(&row.code),
                };
                let times = match &row.times {
                    Some(times) => times
                        .parse()
                        .map_err(|_| format!("rules/zh/words/units.toml: times = \"{times}\" is no number"))?,
                    None => Decimal::ONE,
                };
                for word in row.words.split_whitespace() {
                    units.add(&fold.folded(word), Unit { kind, code, times, word: keep(word) });
                }
            }
        }
        let nouns: FxHashSet<&str> = units_file.nouns.split_whitespace().collect();
        for word in units_file.classifiers.split_whitespace() {
            let kind = if nouns.contains(word) { UnitKind::Noun } else { UnitKind::Classifier };
            units.add(&fold.folded(word), Unit { kind, code: "", times: Decimal::ONE, word: keep(word) });
        }

        let mut prefixes = Lexemes::default();
        for (code, words) in &units_file.prefix {
            let code = keep(code);
            for word in words.split_whitespace() {
                prefixes.add_reversed(&fold.folded(word), code);
            }
        }

        let mut hedges_before = Lexemes::default();
        for (name, words) in &hedges_file.before {
            let hedge = hedge_named(name).ok_or_else(|| format!("rules/zh/words/hedges.toml: no hedge `{name}`"))?;
            for word in words.split_whitespace() {
                hedges_before.add_reversed(&fold.folded(word), Some(hedge));
            }
        }
        for word in hedges_file.not_before.split_whitespace() {
            hedges_before.add_reversed(&fold.folded(word), None);
        }
        let mut hedges_after = Lexemes::default();
        for (name, words) in &hedges_file.after {
            let hedge = hedge_named(name).ok_or_else(|| format!("rules/zh/words/hedges.toml: no hedge `{name}`"))?;
            for word in words.split_whitespace() {
                hedges_after.add(&fold.folded(word), hedge);
            }
        }
        let mut compared = Lexemes::default();
        for (list, side) in [(&hedges_file.more_than, Hedge::Over), (&hedges_file.less_than, Hedge::Under)] {
            for word in list.split_whitespace() {
                compared.add(&fold.folded(word), side);
            }
        }
        let slack = |name: &str| {
            hedges_file
                .slack
                .get(name)
                .and_then(|share| share.parse::<Decimal>().ok())
                .ok_or_else(|| format!("rules/zh/words/hedges.toml: [slack] lacks `{name}`, a number as text"))
        };
        let slack = Slack {
            bare: slack("bare")?,
            over_reader: slack("over-reader")?,
            near_literal: slack("near-literal")?,
            under_reader: slack("under-reader")?,
            near_reader: slack("near-reader")?,
            about_literal: slack("about-literal")?,
            about_reader: slack("about-reader")?,
        };

        let mut calendar = Lexemes::default();
        for (map, make) in [
            (&calendar_file.days, Calendar::Day as fn(i32) -> Calendar),
            (&calendar_file.years, Calendar::Year),
            (&calendar_file.months, Calendar::Month),
            (&calendar_file.quarters, Calendar::Quarter),
            (&calendar_file.weeks, Calendar::Week),
        ] {
            for (word, offset) in map {
                calendar.add(&fold.folded(word), make(*offset));
            }
        }
        for (word, [from, to]) in &calendar_file.day_spans {
            calendar.add(&fold.folded(word), Calendar::Days(*from, *to));
        }
        for (word, [from, to]) in &calendar_file.year_spans {
            calendar.add(&fold.folded(word), Calendar::Years(*from, *to));
        }
        for (name, words) in &calendar_file.anchors {
            let meaning = match name.as_str() {
                "day" => Calendar::AnchorDay(0),
                "next-day" => Calendar::AnchorDay(1),
                "month" => Calendar::AnchorMonth(0),
                "next-month" => Calendar::AnchorMonth(1),
                "year" => Calendar::AnchorYear(0),
                "next-year" => Calendar::AnchorYear(1),
                _ => return Err(format!("rules/zh/words/calendar.toml: no anchor `{name}`")),
            };
            for word in words.split_whitespace() {
                calendar.add(&fold.folded(word), meaning);
            }
        }
        for (word, [month, day]) in &calendar_file.holidays {
            calendar.add(&fold.folded(word), Calendar::Holiday(*month, *day, 1));
        }
        for (word, [month, day, days]) in &calendar_file.seasons {
            calendar.add(&fold.folded(word), Calendar::Holiday(*month as i8, *day as i8, *days));
        }
        for (word, index) in &calendar_file.lunar {
            calendar.add(&fold.folded(word), Calendar::Lunar(*index));
        }
        for (word, [month, n, weekday]) in &calendar_file.weekday_holidays {
            calendar.add(&fold.folded(word), Calendar::NthWeekday(*month, *n, *weekday));
        }
        for (word, index) in &calendar_file.terms {
            calendar.add(&fold.folded(word), Calendar::Term(*index));
        }
        let mut parts_of_day = Lexemes::default();
        for (name, words) in &calendar_file.parts_of_day {
            let part = match name.as_str() {
                "morning" => PartOfDay::Morning,
                "noon" => PartOfDay::Noon,
                "afternoon" => PartOfDay::Afternoon,
                "night" => PartOfDay::Night,
                _ => return Err(format!("rules/zh/words/calendar.toml: no part of day `{name}`")),
            };
            for word in words.split_whitespace() {
                parts_of_day.add(&fold.folded(word), part);
            }
        }

        let mut eras = Lexemes::default();
        for (word, before) in &calendar_file.eras {
            eras.add(&fold.folded(word), *before);
        }

        let set = |words: &str| {
            let mut set = Lexemes::default();
            for word in words.split_whitespace() {
                set.add(&fold.folded(word), ());
            }
            set
        };
        let reversed = |words: &str| {
            let mut set = Lexemes::default();
            for word in words.split_whitespace() {
                set.add_reversed(&fold.folded(word), ());
            }
            set
        };
        let mut excluded = set(&exclusions.idioms);
        for list in [&exclusions.adverbs, &exclusions.names, &exclusions.digits] {
            for word in list.split_whitespace() {
                excluded.add(&fold.folded(word), ());
            }
        }
        let not_unit = units_file.not_unit.iter().map(|(word, next)| (fold.folded(word), fold.folded(next))).collect();
        let mut words = Self {
            units,
            not_unit,
            piece: Unit { kind: UnitKind::Classifier, code: "", times: Decimal::ONE, word: "块" },
            cut: Unit { kind: UnitKind::Classifier, code: "", times: Decimal::ONE, word: "刀" },
            ranks: set(&units_file.ranks),
            ratio: set(&units_file.ratio),
            count_words: set(&exclusions.count_words),
            prefixes,
            hedges_before,
            joiners: reversed(&hedges_file.joiners),
            exact: reversed(&hedges_file.exact),
            compared,
            hedges_after,
            falls: reversed(&hedges_file.fall.words),
            slack,
            excluded,
            code_words: reversed(&exclusions.code_words),
            code_after: set(&exclusions.code_after),
            institutions: set(&exclusions.institutions),
            money_words: set(&exclusions.money_words),
            calendar,
            parts_of_day,
            eras,
            dateline: set(&calendar_file.dateline.words),
            fold,
        };
        words.mark();
        Ok(words)
    }

    fn mark(&mut self) {
        let han: Vec<char> = ('\u{3007}'..='\u{9FFF}')
            .filter(|&c| is_han_numeral(c) || matches!(c, '半' | '几' | '数' | '上' | '过'))
            .collect();
        self.fold.mark(&han, class::HAN);
        self.fold.mark(&['世', '代'], class::ERA);
        self.fold.mark(&self.excluded.firsts(), class::EXCLUDED);
        let mut calendar = self.calendar.firsts();
        calendar.extend(self.parts_of_day.firsts());
        calendar.extend(self.eras.firsts());
        calendar.extend(
            "周星礼第首翻减腰近最过未前截从自至农正腊闰初大公元民上下本同每QH在今“年月对阴旧冬差个分米".chars(),
        );
        self.fold.mark(&calendar, class::CALENDAR);
        self.fold.mark(&self.money_words.firsts(), class::PREFIX);
        self.fold.mark(&self.count_words.firsts(), class::PREFIX);
        self.fold.seal();
    }
}

fn hedge_named(name: &str) -> Option<Hedge> {
    Some(match name {
        "over" => Hedge::Over,
        "at-least" => Hedge::AtLeast,
        "nearly" => Hedge::Nearly,
        "under" => Hedge::Under,
        "at-most" => Hedge::AtMost,
        "about" => Hedge::About,
        "order" => Hedge::Order,
        "odd" => Hedge::Odd,
        _ => return None,
    })
}
