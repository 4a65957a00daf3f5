//! English mentions against tables of value → spellings (tests/tables/en-*), and the parts of claims in sentences of several figures.

use std::fmt::Write as _;

use factlint::lang::{Context, Language, Parts, en::English};
use factlint::model::Mention;
use factlint::quantity::{Bound, plain_decimal};
use factlint::text::{Plain, Span};

fn english() -> English {
    English::new(factlint::embedded::FILES).expect("the embedded words are sound")
}

fn read(en: &English, text: &str, reference: Option<&str>) -> (Vec<Mention>, Vec<Parts>) {
    let mut context = Context { reference: reference.and_then(|d| d.parse().ok()), ..Context::default() };
    let (mut out, whole) = (Vec::new(), Span::new(0, text.len()));
    en.mentions(text, whole, &mut context, &mut out);
    let parts = en.describe(text, whole, &out, &mut context);
    (out, parts)
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

fn bound(b: Option<Bound>) -> String {
    b.map_or("-".to_owned(), |b| plain_decimal(b.value))
}

fn same(want: &str, got: &str) -> bool {
    want == "*" || want == got
}

#[test]
fn amounts_are_the_same_however_they_are_written() {
    let en = english();
    let mut wrong = String::new();
    for row in rows(include_str!("tables/en-amounts.tsv")) {
        let [kind, point, unit, low, high, hedge, spellings] = row[..] else { panic!("a row of seven: {row:?}") };
        for spelling in spellings.split('|').map(str::trim) {
            let (found, _) = read(&en, spelling, None);
            let Some(m) = found.first() else {
                writeln!(wrong, "{spelling}: no mention").unwrap();
                continue;
            };
            let q = &m.quantity;
            let got = (
                q.kind.name(),
                q.point.map_or("-".to_owned(), plain_decimal),
                q.unit.as_deref().unwrap_or("-").to_owned(),
                bound(q.literal.low),
                bound(q.literal.high),
                q.hedge.and_then(factlint::model::Hedge::name).unwrap_or("-"),
            );
            let right = got.0 == kind
                && same(point, &got.1)
                && same(unit, &got.2)
                && same(low, &got.3)
                && same(high, &got.4)
                && got.5 == hedge;
            if !right {
                writeln!(wrong, "{spelling}: {got:?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn dates_are_the_same_however_they_are_written() {
    let en = english();
    let mut wrong = String::new();
    for row in rows(include_str!("tables/en-dates.tsv")) {
        let [kind, first, last, timex, reference, spellings] = row[..] else { panic!("a row of six: {row:?}") };
        for spelling in spellings.split('|').map(str::trim) {
            let (found, _) = read(&en, spelling, Some(reference));
            let Some(m) = found.first().filter(|_| found.len() == 1) else {
                writeln!(wrong, "{spelling}: {} mentions", found.len()).unwrap();
                continue;
            };
            let Some(time) = &m.quantity.time else {
                writeln!(wrong, "{spelling}: {}", m.quantity.kind.name()).unwrap();
                continue;
            };
            let day = |d: Option<jiff::civil::Date>| d.map_or("-".to_owned(), |d| d.to_string());
            let got = (m.quantity.kind.name(), day(time.first), day(time.last));
            if got.0 != kind || !same(first, &got.1) || !same(last, &got.2) || !same(timex, &time.timex) {
                writeln!(wrong, "{spelling}: {got:?} {}", time.timex).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_is_no_figure_is_left_alone() {
    let en = english();
    let lines = include_str!("tables/en-no-figures.txt").lines().filter(|l| !l.starts_with('#'));
    for line in lines.filter_map(|l| l.split('\t').next()) {
        let (found, _) = read(&en, line, None);
        let found: Vec<&str> = found.iter().map(|m| m.span.of(line)).collect();
        assert!(found.is_empty(), "{line}: {found:?}");
    }
}

/// Sentences as agencies write them; below each, a figure of it with what is wanted of its parts: `m` measure, `s` subject, `p`
/// predicate, `l` place, `t` time, `b` base, `a` aggregation, `u` status. A part that is not named is not looked at; `-` is none.
#[test]
fn the_parts_of_sentences_with_several_figures() {
    let en = english();
    let mut wrong = String::new();
    let (mut sentence, mut found, mut parts) = ("", Vec::new(), Vec::new());
    for line in include_str!("tables/en-parts.txt").lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        let Some(wanted) = line.strip_prefix("  ") else {
            sentence = line;
            (found, parts) = read(&en, sentence, Some("2024-06-12"));
            continue;
        };
        let mut fields = wanted.split(" | ");
        let figure = fields.next().expect("a figure");
        let Some(i) = found.iter().position(|m| m.span.of(sentence) == figure) else {
            writeln!(wrong, "{sentence}: no figure {figure}").unwrap();
            continue;
        };
        let p = &parts[i];
        let of = |s: Option<Span<Plain>>| s.map_or("-", |s| s.of(sentence));
        for field in fields {
            let (name, want) = field.split_once('=').expect("a part and what is wanted");
            let got = match name {
                "m" => of(p.measure.map(|m| m.span)).to_owned(),
                "s" => of(p.subject).to_owned(),
                "p" => of(p.predicate).to_owned(),
                "l" => of(p.scope.place).to_owned(),
                "t" => p.scope.time.as_ref().map_or("-".to_owned(), |t| t.timex.clone()),
                "b" => p.scope.base.map_or("-".to_owned(), |b| b.0.name().to_owned()),
                "a" => p.scope.aggregation.map_or("-".to_owned(), |a| a.name().to_owned()),
                "u" => p.scope.status.name().to_owned(),
                _ => panic!("no part is called {name}"),
            };
            if got != want {
                writeln!(wrong, "{figure} in {sentence}: {name} is {got}, want {want}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
