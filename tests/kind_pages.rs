//! `docs/kinds/*.md` shows what the extractor reads, from the tables that the other tests hold it to (`tests/tables`). A page is an introduction
//! written by hand, and below the mark what is made here. `FACTLINT_WRITE=1 cargo test --test kind_pages` makes the pages anew.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use factlint::lang::{Context, Language, Lexicon};
use factlint::model::{Hedge, Lang, Mention, Quantity};
use factlint::quantity::{Bound, Interval, plain_decimal};
use factlint::text::Span;

const MARK: &str = "<!-- Made by tests/kind_pages.rs from tests/tables: change the tables, not what stands below. -->";

/// A page, and the kinds of the tables that it shows.
const PAGES: &[(&str, &[&str])] = &[
    ("number", &["count", "number"]),
    ("percentage", &["percentage", "percentage_points"]),
    ("range", &[]),
    ("money", &["money"]),
    ("measure", &["measure", "temperature"]),
    ("age", &["age"]),
    ("date", &["date"]),
    ("period", &["date_range"]),
    ("time", &["time"]),
    ("duration", &["duration"]),
    ("ordinal", &["ordinal"]),
    ("ratio", &["ratio", "multiple", "fraction"]),
];

const AMOUNTS: [(Lang, &str); 2] =
    [(Lang::Zh, include_str!("tables/zh-amounts.tsv")), (Lang::En, include_str!("tables/en-amounts.tsv"))];
const DATES: [(Lang, &str); 2] =
    [(Lang::Zh, include_str!("tables/zh-dates.tsv")), (Lang::En, include_str!("tables/en-dates.tsv"))];
const NO_FIGURES: [(Lang, &str); 2] =
    [(Lang::Zh, include_str!("tables/zh-no-figures.txt")), (Lang::En, include_str!("tables/en-no-figures.txt"))];
const LOOK_ALIKES: &str = include_str!("tables/look-alikes.tsv");

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

fn read(language: &dyn Language, text: &str, reference: Option<&str>) -> Vec<Mention> {
    let mut context = Context { reference: reference.and_then(|d| d.parse().ok()), ..Context::default() };
    let mut out = Vec::new();
    language.mentions(text, Span::new(0, text.len()), &mut context, &mut out);
    out
}

const fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "Chinese",
        Lang::En => "English",
    }
}

/// As a cell of a table, in code type.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

fn spellings(all: &[&str]) -> String {
    all.iter().map(|s| code(s)).collect::<Vec<_>>().join(" ")
}

fn unit(name: Option<&str>) -> String {
    name.map_or(String::new(), |u| format!(" {u}"))
}

/// A set of values, as a reader of mathematics writes the least.
fn set(of: &Interval, in_unit: &str) -> String {
    let value = |b: Bound| plain_decimal(b.value.round_dp(6));
    match (of.low, of.high) {
        (None, None) => "anything".to_owned(),
        (Some(low), None) => format!("{} {}{in_unit}", if low.closed { "≥" } else { ">" }, value(low)),
        (None, Some(high)) => format!("{} {}{in_unit}", if high.closed { "≤" } else { "<" }, value(high)),
        (Some(low), Some(high)) if low.value == high.value => format!("{}{in_unit}", value(low)),
        (Some(low), Some(high)) => format!(
            "{}{} … {}{}{in_unit}",
            if low.closed { "" } else { "above " },
            value(low),
            if high.closed { "" } else { "below " },
            value(high)
        ),
    }
}

fn amount(q: &Quantity) -> [String; 4] {
    let in_unit = unit(q.unit.as_deref());
    let value = q.point.map_or(String::new(), |p| format!("{}{in_unit}", plain_decimal(p)));
    let hedge = q.hedge.and_then(Hedge::name).unwrap_or_default().to_owned();
    let base = unit(q.base_unit.as_deref());
    [q.kind.name().to_owned(), value, set(&q.literal, &base), hedge]
}

/// One row of a table of amounts: what every spelling has in common.
fn amount_row(language: &dyn Language, spelt: &[&str]) -> String {
    let read: Vec<[String; 4]> = spelt
        .iter()
        .map(|s| amount(&read(language, s, None).first().unwrap_or_else(|| panic!("{s}: no figure")).quantity))
        .collect();
    let common = |i: usize| match read.iter().all(|r| r[i] == read[0][i]) {
        true if read[0][i].is_empty() => "–".to_owned(),
        true => read[0][i].clone(),
        false => "as the digits that are written allow".to_owned(),
    };
    format!("| {} | {} | {} | {} | {} |\n", spellings(spelt), common(0), common(1), common(2), common(3))
}

fn day(of: Option<jiff::civil::Date>) -> String {
    of.map_or("–".to_owned(), |d| d.to_string())
}

/// One row of a table of dates, periods or clock times.
fn time_row(language: &dyn Language, spelt: &[&str], reference: &str) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
    let read: Vec<[String; 3]> = spelt
        .iter()
        .map(|s| {
            let found = read(language, s, Some(reference));
            let time = found.first().and_then(|m| m.quantity.time.as_ref()).unwrap_or_else(|| panic!("{s}: no time"));
            let (first, last) = match time.clock {
                Some((first, last)) => (clock(first), clock(last)),
                None => (day(time.first), day(time.last)),
            };
            [first, last, code(&time.timex)]
        })
        .collect();
    let common = |i: usize| {
        let alike = read.iter().all(|r| r[i] == read[0][i]);
        if alike { read[0][i].as_str() } else { "as the words allow" }
    };
    format!("| {} | {} | {} | {} | {reference} |\n", spellings(spelt), common(0), common(1), common(2))
}

fn split(spelt: &'static str) -> Vec<&'static str> {
    spelt.split('|').map(str::trim).collect()
}

/// What is read, one table a language.
fn what_is_read(page: &str, kinds: &[&str], lexicon: &Lexicon) -> String {
    let mut out = String::new();
    for (lang, table) in AMOUNTS {
        let language = lexicon.language(lang);
        let of_page = |row: &Vec<&str>| match page {
            "range" => row[1] == "-" && row[3] != "-" && row[4] != "-",
            _ => kinds.contains(&row[0]),
        };
        let lines: String = rows(table).filter(of_page).map(|row| amount_row(language, &split(row[6]))).collect();
        if !lines.is_empty() {
            write!(
                out,
                "### {}\n\n| written | kind | value | allows strictly | hedge |\n|---|---|---|---|---|\n{lines}\n",
                name(lang)
            )
            .unwrap();
        }
    }
    for (lang, table) in DATES {
        let language = lexicon.language(lang);
        let lines: String = rows(table)
            .filter(|row| kinds.contains(&row[0]))
            .map(|row| time_row(language, &split(row[5]), row[4]))
            .collect();
        if !lines.is_empty() {
            write!(
                out,
                "### {}\n\n| written | from | to | as TIMEX3 | in an article of |\n|---|---|---|---|---|\n{lines}\n",
                name(lang)
            )
            .unwrap();
        }
    }
    out
}

/// What is not read as this kind, and why.
fn what_is_not(page: &str) -> String {
    let mut lines = String::new();
    for row in rows(LOOK_ALIKES).filter(|row| row[0] == page) {
        let [_, _, text, figure, kind, why] = row[..] else { panic!("a row of six: {row:?}") };
        let taken = if kind == "-" { "nothing".to_owned() } else { format!("{} {kind}", code(figure)) };
        writeln!(lines, "| {} | {taken} | {why} |", code(text)).unwrap();
    }
    for (_, table) in NO_FIGURES {
        for row in rows(table).filter(|row| row.get(1) == Some(&page)) {
            writeln!(lines, "| {} | nothing | {} |", code(row[0]), row.get(2).unwrap_or(&"")).unwrap();
        }
    }
    lines
}

#[test]
fn look_alikes_are_read_as_what_they_are() {
    let lexicon = Lexicon::embedded();
    let mut wrong = String::new();
    for row in rows(LOOK_ALIKES) {
        let [page, lang, text, figure, kind, _] = row[..] else { panic!("a row of six: {row:?}") };
        assert!(PAGES.iter().any(|p| p.0 == page), "no page is called {page}");
        let language = lexicon.language(if lang == "zh" { Lang::Zh } else { Lang::En });
        let found = read(language, text, Some("2024-06-12"));
        let got: Vec<(&str, &str)> = found.iter().map(|m| (m.span.of(text), m.quantity.kind.name())).collect();
        let right = if kind == "-" { got.is_empty() } else { got == [(figure, kind)] };
        if !right {
            writeln!(wrong, "{text}: {got:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_line_without_a_figure_names_a_page() {
    for (_, table) in NO_FIGURES {
        for row in rows(table).filter(|row| row.len() > 1) {
            assert!(PAGES.iter().any(|p| p.0 == row[1]), "no page is called {}: {}", row[1], row[0]);
        }
    }
}

#[test]
fn every_kind_of_the_tables_has_its_page() {
    for (_, table) in AMOUNTS.iter().chain(&DATES) {
        for row in rows(table) {
            assert!(PAGES.iter().any(|(_, kinds)| kinds.contains(&row[0])), "no page shows the kind {}", row[0]);
        }
    }
}

#[test]
fn the_pages_of_the_kinds_show_what_is_read() {
    let lexicon = Lexicon::embedded();
    let mut stale = Vec::new();
    for (page, kinds) in PAGES {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("docs/kinds/{page}.md"));
        let old = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let (introduction, _) = old.split_once(MARK).unwrap_or_else(|| panic!("{page}.md lost its mark: {MARK}"));
        assert!(introduction.lines().count() > 3, "{page}.md says in words what is read");
        let read = what_is_read(page, kinds, &lexicon);
        let not = what_is_not(page);
        assert!(!read.is_empty() && !not.is_empty(), "{page}.md shows both what is read and what is not");
        let new = format!(
            "{introduction}{MARK}\n\n## What is read\n\n{read}## What is not, and why\n\n| text | is read as | because |\n|---|---|---|\n{not}"
        );
        if new != old {
            if std::env::var_os("FACTLINT_WRITE").is_some() {
                fs::write(&path, new).unwrap();
            } else {
                stale.push(*page);
            }
        }
    }
    assert!(stale.is_empty(), "out of date: {stale:?}; FACTLINT_WRITE=1 cargo test --test kind_pages");
}
