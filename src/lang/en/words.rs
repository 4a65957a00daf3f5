//! The English word lists, compiled: every word to what it may be, phrases hung on their first word. Enters: TOML files. Leaves:
//! lookups by lower-cased word. Knows no sentence.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::model::{Aggregation, Base, Hedge, Status};

pub(in crate::lang::en) use super::class;

/// Marks a word that no list holds.
pub(super) const NONE: u32 = u32::MAX;

/// Words by which the reader of mentions goes that are told by their letters alone.
pub(super) const NEVER_IDLE: &[&str] = &["the", "a", "an", "minus", "negative", "point", "quarter", "half", "www"];

/// What a phrase does; the payload of a [`Sense`] says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    HedgeBefore,
    HedgeAfter,
    Unit,
    Length,
    Currency,
    Minor,
    Vague,
    Idiom,
    Status,
    Aggregation,
    Base,
    AttributionBefore,
}

impl Role {
    /// Its place in a set of roles.
    pub(super) const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// One reading of a phrase that starts with the word it hangs on.
#[derive(Debug)]
pub(super) struct Sense {
    pub role: Role,
    /// Index into the table of the role, or its discriminant.
    pub payload: u16,
    /// Entries of the words after the first.
    pub rest: Box<[u32]>,
}

/// All that one word may be.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub flags: u128,
    /// The roles of `senses`.
    pub roles: u16,
    /// Whether a date may start with it.
    pub opens_date: bool,
    /// Whether no mention starts with it, and nothing that is to be passed over, unless signs or digits stand beside it.
    pub idle: bool,
    /// 0–90; −1 for none.
    pub cardinal: i16,
    pub scale: i64,
    pub letter: i64,
    pub ordinal: i64,
    pub denominator: i64,
    pub multiple: Option<Decimal>,
    pub month: i8,
    pub weekday: i8,
    pub part: Option<(u16, u16)>,
    pub clock: Option<u16>,
    pub coin: Option<(u16, Decimal)>,
    pub senses: Vec<Sense>,
    /// Feasts that start with this word: the words after it, and when they fall. Longest first.
    pub feasts: Vec<(Vec<String>, Feast)>,
}

/// When a feast falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// Days from Easter Sunday.
    Easter(i16),
    /// Month, weekday from Monday = 1, which of them (0 for the last), and days behind it.
    Weekday(i8, i8, i8, i8),
}

/// A unit of measure or a length of time.
#[derive(Debug)]
pub(super) struct Unit {
    pub code: String,
    pub times: Decimal,
    pub length: bool,
    /// Nights and weekends: a stretch of days that is no exact length.
    pub vague: bool,
}

/// All word lists.
#[derive(Debug, Default)]
pub(super) struct Words {
    index: FxHashMap<Box<str>, u32>,
    pub entries: Vec<Entry>,
    pub units: Vec<Unit>,
    /// ISO 4217 codes.
    pub currencies: Vec<String>,
    pub vague: Vec<[Decimal; 4]>,
    /// Abbreviated units by first byte, longest first: `(letters, unit)`.
    pub letters: FxHashMap<u8, Vec<(String, u16)>>,
    /// Signs of currencies by first byte, longest first.
    pub signs: FxHashMap<u8, Vec<(String, u16)>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numerals {
    cardinals: BTreeMap<String, i16>,
    scales: BTreeMap<String, i64>,
    letters: BTreeMap<String, i64>,
    ordinals: BTreeMap<String, i64>,
    denominators: BTreeMap<String, i64>,
    multiples: BTreeMap<String, String>,
    vague: BTreeMap<String, [i64; 4]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hedges {
    before: BTreeMap<String, Vec<String>>,
    after: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitSpec {
    code: String,
    #[serde(default)]
    times: Option<i64>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    letters: Vec<String>,
    #[serde(default)]
    vague: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    unit: Vec<UnitSpec>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencySpec {
    code: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    minor: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currencies {
    currency: Vec<CurrencySpec>,
    coins: BTreeMap<String, (String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Time {
    months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    length: Vec<UnitSpec>,
    parts: BTreeMap<String, (u16, u16)>,
    clock: BTreeMap<String, u16>,
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    feasts: Feasts,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Feasts {
    fixed: BTreeMap<String, (i8, i8)>,
    easter: BTreeMap<String, i16>,
    weekday: BTreeMap<String, (i8, i8, i8)>,
    #[serde(default)]
    behind: BTreeMap<String, (i8, i8, i8, i8)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    classes: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attribution {
    before: Vec<String>,
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeWords {
    status: BTreeMap<String, Vec<String>>,
    aggregation: BTreeMap<String, Vec<String>>,
    base: BTreeMap<String, Vec<String>>,
    attribution: Attribution,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exclusions {
    idioms: Vec<String>,
    #[serde(rename = "before-figure")]
    before_figure: Vec<String>,
}

pub(super) const HEDGES: &[(&str, Hedge)] = &[
    ("over", Hedge::Over),
    ("at-least", Hedge::AtLeast),
    ("nearly", Hedge::Nearly),
    ("under", Hedge::Under),
    ("at-most", Hedge::AtMost),
    ("about", Hedge::About),
    ("odd", Hedge::Odd),
    ("order", Hedge::Order),
];
pub(super) const STATUSES: &[(&str, Status)] = &[
    ("planned", Status::Planned),
    ("estimated", Status::Estimated),
    ("required", Status::Required),
    ("denied", Status::Denied),
    ("reported", Status::Reported),
    ("hypothetical", Status::Hypothetical),
    ("earlier", Status::Earlier),
];
pub(super) const AGGREGATIONS: &[(&str, Aggregation)] = &[
    ("cumulative", Aggregation::Cumulative),
    ("daily-average", Aggregation::DailyAverage),
    ("monthly-average", Aggregation::MonthlyAverage),
    ("yearly-average", Aggregation::YearlyAverage),
    ("per-head", Aggregation::PerHead),
    ("average", Aggregation::Average),
    ("new", Aggregation::New),
    ("total", Aggregation::Total),
    ("highest", Aggregation::Highest),
    ("lowest", Aggregation::Lowest),
    ("remaining", Aggregation::Remaining),
];
pub(super) const BASES: &[(&str, Base)] =
    &[("year-on-year", Base::YearOnYear), ("period-on-period", Base::PeriodOnPeriod), ("named", Base::Named)];

fn parse<'a, T: Deserialize<'a>>(files: &[(&str, &'a str)], name: &str) -> Result<Option<T>, String> {
    let path = format!("rules/en/words/{name}.toml");
    match files.iter().find(|(p, _)| *p == path) {
        Some((_, text)) => toml::from_str(text).map(Some).map_err(|e| format!("{path}: {e}")),
        None => Ok(None),
    }
}

/// The parts of a phrase as the reader of sentences cuts them: words, and `'s` apart; hyphens and spaces alike part words.
fn cut(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split([' ', '-']).filter(|p| !p.is_empty())
}

fn place<T: Copy + PartialEq>(table: &[(&str, T)], name: &str, what: &str) -> Result<u16, String> {
    table.iter().position(|(n, _)| *n == name).map(|i| i as u16).ok_or_else(|| {
        let known: Vec<&str> = table.iter().map(|(n, _)| *n).collect();
        format!("no {what} is called {name:?}; there are {}", known.join(", "))
    })
}

impl Words {
    /// The lists in `files`; a list that is not there is empty. An `Err` names the file and what is wrong.
    pub(super) fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut w = Self::default();
        if let Some(n) = parse::<Numerals>(files, "numerals")? {
            w.numerals(&n);
        }
        if let Some(h) = parse::<Hedges>(files, "hedges")? {
            for (role, lists) in [(Role::HedgeBefore, &h.before), (Role::HedgeAfter, &h.after)] {
                for (name, phrases) in lists {
                    let payload =
                        place(HEDGES, name, "hedge").map_err(|e| format!("rules/en/words/hedges.toml: {e}"))?;
                    for p in phrases {
                        w.phrase(p, role, payload);
                    }
                }
            }
        }
        if let Some(u) = parse::<Units>(files, "units")? {
            for u in &u.unit {
                w.unit(u, false);
            }
        }
        if let Some(c) = parse::<Currencies>(files, "currencies")? {
            w.money(&c)?;
        }
        if let Some(t) = parse::<Time>(files, "time")? {
            w.time(&t)?;
        }
        if let Some(g) = parse::<Grammar>(files, "grammar")? {
            for (name, list) in &g.classes {
                w.class("grammar", name, list)?;
            }
        }
        if let Some(g) = parse::<Grammar>(files, "context")? {
            for (name, list) in &g.classes {
                w.class("context", name, list)?;
            }
        }
        if let Some(s) = parse::<ScopeWords>(files, "scope")? {
            w.scope(&s)?;
        }
        if let Some(x) = parse::<Exclusions>(files, "exclusions")? {
            for p in &x.idioms {
                w.phrase(p, Role::Idiom, 0);
            }
            w.class("exclusions", "before-figure", &x.before_figure)?;
        }
        for list in w.letters.values_mut().chain(w.signs.values_mut()) {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
        for e in &mut w.entries {
            e.roles = e.senses.iter().fold(0, |all, s| all | s.role.bit());
            e.senses.sort_by_key(|s| std::cmp::Reverse(s.rest.len()));
        }
        for id in 0..w.entries.len() {
            w.entries[id].opens_date = super::date::opens(&w.entries[id]);
        }
        for word in super::date::OPENERS {
            if let Some(&id) = w.index.get(*word) {
                w.entries[id as usize].opens_date = true;
            }
        }
        w.idle();
        Ok(w)
    }

    /// Marks the words that the reader of mentions may pass over: what he asks of a word where one could start, in the order he asks it.
    fn idle(&mut self) {
        let opening = Role::Idiom.bit() | Role::HedgeBefore.bit() | Role::Vague.bit();
        for e in &mut self.entries {
            let numeral =
                e.cardinal >= 0 || e.scale != 0 || e.ordinal != 0 || e.denominator != 0 || e.multiple.is_some();
            let timed = e.clock.is_some() || e.opens_date;
            e.idle = e.roles & opening == 0 && !numeral && !timed && e.flags & class::CONTACT == 0;
        }
        for word in NEVER_IDLE {
            if let Some(&id) = self.index.get(*word) {
                self.entries[id as usize].idle = false;
            }
        }
    }

    fn numerals(&mut self, n: &Numerals) {
        for (k, v) in &n.cardinals {
            self.entry(k).cardinal = *v;
        }
        for (k, v) in &n.scales {
            self.entry(k).scale = *v;
        }
        for (k, v) in &n.letters {
            self.entry(k).letter = *v;
        }
        for (k, v) in &n.ordinals {
            self.entry(k).ordinal = *v;
        }
        for (k, v) in &n.denominators {
            self.entry(k).denominator = *v;
        }
        for (k, v) in &n.multiples {
            self.entry(k).multiple = v.parse().ok();
        }
        for (k, v) in &n.vague {
            self.vague.push(v.map(Decimal::from));
            self.phrase(k, Role::Vague, self.vague.len() as u16 - 1);
        }
    }

    fn unit(&mut self, spec: &UnitSpec, length: bool) {
        let index = self.units.len() as u16;
        self.units.push(Unit {
            code: spec.code.clone(),
            times: Decimal::from(spec.times.unwrap_or(1)),
            length,
            vague: spec.vague,
        });
        let role = if length { Role::Length } else { Role::Unit };
        for p in &spec.words {
            self.phrase(p, role, index);
        }
        for l in &spec.letters {
            if let Some(first) = l.bytes().next() {
                self.letters.entry(first).or_default().push((l.clone(), index));
            }
        }
    }

    fn money(&mut self, c: &Currencies) -> Result<(), String> {
        for spec in &c.currency {
            let index = self.currencies.len() as u16;
            self.currencies.push(spec.code.clone());
            for p in &spec.words {
                self.phrase(p, Role::Currency, index);
            }
            for p in &spec.minor {
                self.phrase(p, Role::Minor, index);
            }
            for s in &spec.signs {
                if let Some(first) = s.bytes().next() {
                    self.signs.entry(first).or_default().push((s.clone(), index));
                }
            }
        }
        for (word, (code, worth)) in &c.coins {
            let index = self.currencies.iter().position(|x| x == code).unwrap_or(0) as u16;
            let worth =
                worth.parse().map_err(|_| format!("rules/en/words/currencies.toml: {word}: {worth:?} is no number"))?;
            self.entry(word).coin = Some((index, worth));
        }
        Ok(())
    }

    fn time(&mut self, t: &Time) -> Result<(), String> {
        for (k, v) in &t.months {
            self.entry(k).month = *v;
        }
        for (k, v) in &t.weekdays {
            self.entry(k).weekday = *v;
        }
        for u in &t.length {
            self.unit(u, true);
        }
        for (k, v) in &t.parts {
            self.entry(k).part = Some(*v);
        }
        for (k, v) in &t.clock {
            self.entry(k).clock = Some(*v);
        }
        for (name, list) in &t.words {
            self.class("time", name, list)?;
        }
        let fixed = t.feasts.fixed.iter().map(|(k, v)| (k, Feast::Fixed(v.0, v.1)));
        let easter = t.feasts.easter.iter().map(|(k, v)| (k, Feast::Easter(*v)));
        let weekday = t.feasts.weekday.iter().map(|(k, v)| (k, Feast::Weekday(v.0, v.1, v.2, 0)));
        let behind = t.feasts.behind.iter().map(|(k, v)| (k, Feast::Weekday(v.0, v.1, v.2, v.3)));
        for (name, feast) in fixed.chain(easter).chain(weekday).chain(behind) {
            let mut words = cut(name);
            if let Some(first) = words.next() {
                let rest: Vec<String> = words.map(str::to_owned).collect();
                // `Mother's Day` is listed as `mothers day`.
                if let Some(stem) = first.strip_suffix('s') {
                    self.entry(stem).feasts.push((rest.clone(), feast));
                }
                self.entry(first).feasts.push((rest, feast));
            }
        }
        for e in &mut self.entries {
            e.feasts.sort_by_key(|f| std::cmp::Reverse(f.0.len()));
        }
        Ok(())
    }

    fn scope(&mut self, s: &ScopeWords) -> Result<(), String> {
        let file = |e: String| format!("rules/en/words/scope.toml: {e}");
        for (name, list) in &s.status {
            let payload = place(STATUSES, name, "status").map_err(file)?;
            for p in list {
                self.phrase(p, Role::Status, payload);
            }
        }
        for (name, list) in &s.aggregation {
            let payload = place(AGGREGATIONS, name, "aggregation").map_err(file)?;
            for p in list {
                self.phrase(p, Role::Aggregation, payload);
            }
        }
        for (name, list) in &s.base {
            let payload = place(BASES, name, "base").map_err(file)?;
            for p in list {
                self.phrase(p, Role::Base, payload);
            }
        }
        for p in &s.attribution.before {
            self.phrase(p, Role::AttributionBefore, 0);
        }
        self.class("scope", "reporting", &s.attribution.verbs)
    }

    fn class(&mut self, file: &str, name: &str, list: &[String]) -> Result<(), String> {
        let Some((_, bit)) = class::NAMES.iter().find(|(n, _)| *n == name) else {
            let known: Vec<&str> = class::NAMES.iter().map(|(n, _)| *n).collect();
            return Err(format!(
                "rules/en/words/{file}.toml: no class is called {name:?}; there are {}",
                known.join(", ")
            ));
        };
        for word in list {
            self.entry(word).flags |= bit;
        }
        Ok(())
    }

    fn id(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.index.get(word) {
            return id;
        }
        let id = self.entries.len() as u32;
        self.entries.push(Entry { cardinal: -1, ..Entry::default() });
        self.index.insert(word.into(), id);
        id
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        let id = self.id(word);
        &mut self.entries[id as usize]
    }

    fn phrase(&mut self, phrase: &str, role: Role, payload: u16) {
        let ids: Vec<u32> = cut(phrase).map(|p| self.id(p)).collect();
        if let Some((&first, rest)) = ids.split_first() {
            self.entries[first as usize].senses.push(Sense { role, payload, rest: rest.into() });
        }
    }

    /// The entry of a word as it stands in the text; [`NONE`] where no list holds it.
    pub(super) fn lookup(&self, word: &str) -> u32 {
        let mut small = [0u8; 40];
        if word.is_ascii() {
            let Some(buffer) = small.get_mut(..word.len()) else { return NONE };
            buffer.copy_from_slice(word.as_bytes());
            buffer.make_ascii_lowercase();
            return std::str::from_utf8(buffer).ok().and_then(|w| self.index.get(w)).copied().unwrap_or(NONE);
        }
        self.index.get(word.to_lowercase().as_str()).copied().unwrap_or(NONE)
    }

    /// The entry with this number.
    #[inline]
    pub(super) fn get(&self, id: u32) -> Option<&Entry> {
        self.entries.get(id as usize)
    }
}
