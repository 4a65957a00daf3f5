//! Tables of value → spellings, what each hedge allows, what must give nothing, and soups that must not panic.

use proptest::prelude::*;

use super::English;
use crate::lang::{Context, Language};
use crate::model::{Hedge, Kind, Mention};
use crate::quantity::plain_decimal;
use crate::text::Span;

fn english() -> &'static English {
    static ENGLISH: std::sync::LazyLock<English> =
        std::sync::LazyLock::new(|| English::new(crate::embedded::FILES).expect("embedded word lists"));
    &ENGLISH
}

fn read(en: &English, text: &str) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut context = Context { reference: "2024-06-12".parse().ok(), ..Context::default() };
    en.mentions(text, Span::new(0, text.len()), &mut context, &mut out);
    let parts = en.describe(text, Span::new(0, text.len()), &out, &mut context);
    assert_eq!(parts.len(), out.len());
    out
}

/// `(kind, point, unit)` of each mention.
fn shown(en: &English, text: &str) -> Vec<(Kind, String, String)> {
    read(en, text)
        .into_iter()
        .map(|m| {
            let q = m.quantity;
            let value = match (&q.time, q.point) {
                (Some(t), _) => t.timex.clone(),
                (None, Some(p)) => plain_decimal(p),
                (None, None) => {
                    let end = |b: Option<crate::quantity::Bound>| b.map_or(String::new(), |b| plain_decimal(b.value));
                    format!("{}..{}", end(q.literal.low), end(q.literal.high))
                }
            };
            (q.kind, value, q.unit.map_or(String::new(), std::borrow::Cow::into_owned))
        })
        .collect()
}

#[test]
fn the_end_of_a_change_has_the_unit_of_its_start() {
    let en = english();
    for (text, kind, value, unit) in [
        ("Average waits fell from 52 minutes to 37.", Kind::Duration, "37", "min"),
        ("Turnout rose from 48 percent to 53.", Kind::Percentage, "53", "%"),
        ("The fee went from $20 to 25.", Kind::Money, "25", "USD"),
    ] {
        assert_eq!(shown(en, text).pop(), Some((kind, value.to_owned(), unit.to_owned())), "{text}");
    }
    let last = shown(en, "The gauge went from 52 cm on Monday to 37 boats.").pop();
    assert_eq!(last.map(|m| m.0), Some(Kind::Count));
}

#[test]
fn one_value_many_spellings() {
    let en = english();
    let mut wrong = Vec::new();
    for (value, kind, unit, spellings) in [
        (
            "4000",
            Kind::Count,
            "",
            &["4,000 trees fell", "4000 trees fell", "four thousand trees fell", "4k trees fell"][..],
        ),
        (
            "116",
            Kind::Count,
            "",
            &["116 boats sank", "one hundred and sixteen boats sank", "one hundred sixteen boats sank"],
        ),
        (
            "3200000000",
            Kind::Money,
            "USD",
            &["US$3.2bn", "$3.2 billion", "3.2 billion US dollars", "3.2 billion dollars", "USD 3.2bn"],
        ),
        ("5000000", Kind::Money, "CNY", &["RMB 5m", "5 million yuan", "CNY5m", "five million renminbi"]),
        ("2500000", Kind::Money, "AUD", &["A$2.5m", "2.5 million Australian dollars", "AUD 2.5 million"]),
        ("500000", Kind::Money, "INR", &["5 lakh rupees", "Rs 500,000", "Rs5 lakh", "₹500,000"]),
        ("40000000", Kind::Money, "INR", &["four crore rupees", "Rs 4 crore"]),
        ("0.14", Kind::Money, "USD", &["14 cents"]),
        ("43", Kind::Percentage, "%", &["43%", "43 percent", "43 per cent", "43 pct", "forty-three percent"]),
        ("0.75", Kind::PercentagePoints, "pp", &["75 basis points", "0.75 percentage points", "75bps"]),
        ("24000", Kind::Measure, "m", &["a 24,000-metre pipe", "24,000 metres", "24,000 meters", "24,000m"]),
        ("1.5", Kind::Duration, "h", &["an hour and a half", "1.5 hours", "one and a half hours"]),
        (
            "0.5",
            Kind::Fraction,
            "",
            &["half of the crop", "half the crop", "a half of the crop", "one in two drivers", "½ of the crop"],
        ),
        (
            "0.2",
            Kind::Fraction,
            "",
            &["one in five adults", "a fifth of them", "one-fifth of them", "two out of ten adults"],
        ),
        ("3", Kind::Multiple, "", &["three times as many", "a threefold rise", "tripled", "3x"]),
        ("27", Kind::Age, "a", &["a 27-year-old driver", "aged 27", "27 years old", "Ivo Strand, 27, signed"]),
        ("-5", Kind::Temperature, "Cel", &["minus 5 degrees Celsius", "-5°C", "minus five degrees Celsius"]),
        ("4", Kind::Ordinal, "", &["the fourth-busiest port", "4th place", "a fourth man was held"]),
        (
            "2024-10-26",
            Kind::Date,
            "",
            &["Saturday 26 October 2024", "October 26, 2024", "26th October 2024", "26 Oct. 2024", "2024-10-26"],
        ),
        ("2008-Q3", Kind::Date, "", &["Q3 2008", "the third quarter of 2008", "2008 Q3"]),
        ("199", Kind::Date, "", &["the 1990s", "the nineties", "the 1990's"]),
        ("2023", Kind::Date, "", &["last year", "in 2023"]),
        ("T19:40", Kind::Time, "", &["7.40 p.m.", "7:40 pm", "19:40"]),
    ] {
        for text in spellings {
            let got = shown(en, text);
            if got != [(kind, value.to_owned(), unit.to_owned())] {
                wrong.push(format!("{text}: {got:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hedges_open_the_right_end() {
    let en = english();
    for (text, hedge, holds, misses) in [
        ("more than 4,000 people", Hedge::Over, &[4001, 9000][..], &[4000, 3999][..]),
        ("at least 4,000 people", Hedge::AtLeast, &[4000, 9000], &[3999]),
        ("nearly 3,000 people", Hedge::Nearly, &[2999, 2500], &[3000, 1999]),
        ("fewer than 500 people", Hedge::Under, &[499, 0], &[500]),
        ("up to 700 people", Hedge::AtMost, &[700, 10], &[701]),
        ("some 800 people", Hedge::About, &[800, 660, 950], &[1150, 600]),
        ("4,000-odd people", Hedge::Odd, &[4001, 4999], &[4000, 5000]),
        ("several thousand people", Hedge::Vague, &[2000, 9999], &[500, 10000]),
        ("dozens of people", Hedge::Vague, &[24, 99], &[12, 100]),
        ("between 3 and 5 people", Hedge::Range, &[3, 4, 5], &[2, 6]),
        ("more than 10 but fewer than 20 people", Hedge::Range, &[11, 19], &[10, 20]),
    ] {
        let found = read(en, text);
        assert_eq!(found.len(), 1, "{text}");
        let q = &found[0].quantity;
        assert_eq!(q.hedge, Some(hedge), "{text}");
        for n in holds {
            assert!(q.literal.contains((*n).into()), "{text} holds {n}");
        }
        for n in misses {
            assert!(!q.literal.contains((*n).into()), "{text} does not hold {n}");
        }
    }
}

#[test]
fn a_change_has_two_values_and_a_range_one() {
    let en = english();
    assert_eq!(shown(en, "Membership grew from 800 to 920.").len(), 2);
    assert_eq!(shown(en, "Tickets sell for $2-3 million."), [(Kind::Money, "2000000..3000000".into(), "USD".into())]);
    assert_eq!(
        shown(en, "The key rate went from 4 to 4.5 percent."),
        [(Kind::Percentage, "4".into(), "%".into()), (Kind::Percentage, "4.5".into(), "%".into())]
    );
    assert_eq!(shown(en, "Sales rose 6 percent to $1.9 billion.").len(), 2);
}

#[test]
fn what_is_no_figure_gives_nothing() {
    let en = english();
    for text in [
        "Call +44 20 7946 0958 or (914) 349-8600, ext. 214.",
        "It was a catch-22, and on second thought she was on cloud nine.",
        "The band played the Studio 54 tribute at Pier 39.",
        "Marlow beat Fenwick 24-17 after leading 10-7 at half-time.",
        "Under section 12(3)(b) and Article 8, paragraph 2, of the Act.",
        "It runs on Python 3.11 and OpenSSL 3.0.8 with an RTX 4090 card.",
        "See [2019] UKSC 41 and pages 112-118 of the bundle.",
        "No one knew which one it was.",
        "1. Form N244 replaces Form N208.",
    ] {
        assert_eq!(shown(en, text), [], "{text}");
    }
}

#[test]
fn the_parts_of_a_plain_sentence() {
    let en = english();
    let text = "Factory output in Milldale grew 2.9 percent year on year in April, the ministry said.";
    let whole = Span::new(0, text.len());
    let (mut out, mut context) = (Vec::new(), Context::default());
    en.mentions(text, whole, &mut context, &mut out);
    let parts = en.describe(text, whole, &out, &mut context);
    let p = &parts[0];
    let of = |s: Option<Span<crate::text::Plain>>| s.map_or("", |s| s.of(text));
    assert_eq!(of(p.measure.map(|m| m.span)), "Factory output");
    assert_eq!(of(p.subject), "Factory output in Milldale");
    assert_eq!(of(p.predicate), "grew");
    assert_eq!(of(p.scope.place), "Milldale");
    assert_eq!(p.scope.base.map(|b| b.0), Some(crate::model::Base::YearOnYear));
    assert_eq!(p.scope.time.as_ref().and_then(|t| t.month), Some(4));
    assert_eq!(of(p.scope.attribution), "the ministry said");
}

#[test]
fn long_chains_of_words_neither_overflow_nor_panic() {
    let en = english();
    for link in [
        "two days after ",
        "one in ",
        "minus ",
        "5 (",
        "a of ",
        "and he said ",
        "Monday ",
        "4 thousand ",
        "last week of ",
        "1/2",
    ] {
        read(en, &link.repeat(3000));
    }
    // A length of time that no calendar holds.
    for far in ["last minus million years", "in 99999999999 months", "-5000000 days ago", "next 65535 weeks"] {
        read(en, far);
    }
}

proptest! {
    #[test]
    fn soups_of_numeral_words_do_not_panic(words in proptest::collection::vec(
        prop::sample::select(vec![
            "one", "half", "and", "a", "hundred", "million", "billion", "trillion", "quadrillion", "third", "-", "/", "%", "$", "€", "(", ")",
            "9999999999999999999999999999", "0.000000000000000000000000001", "12", "1.5", "9999.50", "65535", "32767", "24.59", "percent", "points", "years", "old", "ago", "to",
            "from", "between", "May", "Monday", "2024", "31", "February", "p.m.", "7.40", ":", "kg", "m", "é", "½", "°", "C", "minus", "over",
            "last", "next", "week", "of", "century", "centuries", "from", "now", "e", "x", "^", "10", "'s", "said", "which", ",", ".", "U.S.",
        ]), 0..40), glue in any::<bool>()) {
        let en = english();
        let text = words.join(if glue { "" } else { " " });
        for m in read(en, &text) {
            prop_assert!(!m.span.of(&text).is_empty());
            prop_assert!(m.span.contains(m.numeral));
        }
    }
}

#[test]
fn days_that_are_worked_out() {
    let en = english();
    for (text, timex) in [
        ("The bridge will open in three weeks.", "2024-07-03"),
        ("The council meets the week after next.", "2024-W26"),
        ("They signed two Mondays ago.", "2024-06-03"),
        ("Christmas Day 2023 was the mildest on record.", "2023-12-25"),
        ("The dam was closed three days after Easter 2024.", "2024-04-03"),
        ("The office shuts on the 20 of next month.", "2024-07-20"),
        ("It ran from 10/25 to 11/30 without a stop.", "XXXX-10-25/XXXX-11-30"),
        ("Sales last week's Sunday were poor.", "2024-06-09"),
    ] {
        let found = shown(en, text);
        assert!(found.iter().any(|(_, v, _)| v == timex), "{text}: {found:?}");
    }
    // A length of time that something took is no day.
    for text in ["The crew finished the roof in two weeks.", "He read the book in three days."] {
        let found = shown(en, text);
        assert!(found.iter().all(|(k, _, _)| *k == Kind::Duration), "{text}: {found:?}");
    }
}

#[test]
fn prefixed_and_compound_units() {
    let en = english();
    for (text, point, unit) in [
        ("The snack holds 640 kJ of energy.", "640", "kJ"),
        ("The beam carries 3.5 kN at most.", "3.5", "kN"),
        ("The pump moves 12 litres per second.", "12", "L/s"),
        ("The field gave 7 tonnes per hectare.", "7", "t/har"),
        ("Net weight: 20 (kg)", "20", "kg"),
        ("The plot covers 900 square feet.", "900", "[ft2]"),
    ] {
        let found = shown(en, text);
        assert!(found.iter().any(|(k, v, u)| *k == Kind::Measure && v == point && u == unit), "{text}: {found:?}");
    }
}
