//! The parts of Chinese claims, by a table of sentences of our own: `tests/data/zh-parts.jsonl`. A part that a row does not name is
//! not looked at; `null` says that the text does not state it. A measure is compared by its head, all other parts by their words.

use factlint::lang::{Context, Lexicon};
use factlint::model::{Lang, Mention};
use factlint::text::{Plain, Span};
use serde_json::Value;

#[test]
fn parts_of_chinese_claims() {
    let lexicon = Lexicon::embedded();
    let language = lexicon.language(Lang::Zh);
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in include_str!("data/zh-parts.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = row["text"].as_str().unwrap();
        let mut context = Context { reference: Some(jiff::civil::date(2024, 6, 12)), ..Context::default() };
        let mut mentions: Vec<Mention> = Vec::new();
        let sentence = Span::new(0, text.len());
        language.mentions(text, sentence, &mut context, &mut mentions);
        let parts = language.describe(text, sentence, &mentions, &mut context);
        assert_eq!(parts.len(), mentions.len(), "{text}");
        for claim in row["claims"].as_array().unwrap() {
            let figure = claim["figure"].as_str().unwrap();
            let found = mentions.iter().position(|m| m.span.of(text) == figure).or_else(|| {
                mentions.iter().position(|m| m.span.of(text).contains(figure) || figure.contains(m.span.of(text)))
            });
            let Some(at) = found else {
                wrong.push(format!("{text}: no mention {figure}"));
                continue;
            };
            let p = &parts[at];
            assert!(p.clause.contains(mentions[at].span), "{text}: the clause holds its figure");
            for (key, want) in claim.as_object().unwrap().iter().filter(|(key, _)| *key != "figure") {
                let words = |span: Option<Span<Plain>>| span.map(|s| s.of(text).to_owned());
                let got = match key.as_str() {
                    "measure" => words(p.measure.map(|m| m.head)),
                    "subject" => words(p.subject),
                    "predicate" => words(p.predicate),
                    "place" => words(p.scope.place),
                    "time" => words(p.scope.time_span),
                    "attribution" => words(p.scope.attribution),
                    "base" => p.scope.base.map(|b| b.0.name().to_owned()),
                    "aggregation" => p.scope.aggregation.map(|a| a.name().to_owned()),
                    "status" => Some(p.scope.status.name().to_owned()),
                    other => panic!("{text}: no part is called {other}"),
                };
                checked += 1;
                if got.as_deref() != want.as_str() {
                    wrong.push(format!("{text} [{figure}] {key}: {got:?}, want {want}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} parts are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
