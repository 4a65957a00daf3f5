//! Every example of every rule that is built in comes out as its author says, through the whole program.

use factlint::pipeline::Engine;
use factlint::rule::{Expect, RuleSet, examples};

#[test]
fn every_example_holds() {
    let engine = Engine::new(RuleSet::embedded());
    let mut failed = Vec::new();
    let mut tried = 0;
    for (_, rule, example) in examples(engine.rules()) {
        tried += 1;
        let outcome = engine.outcome(rule.lang, &example.a, &example.b);
        if !outcome.fits(example.expect) {
            let (wanted, line) = (example.expect.name(), example.line);
            failed.push(format!(
                "{}:{line}: expected {wanted}, came to {outcome:?}\n  a: {}\n  b: {}",
                rule.path, example.a, example.b
            ));
        }
    }
    assert!(failed.is_empty(), "{} of {tried} examples fail\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_rule_shows_what_fires_and_what_stays_quiet() {
    for rule in RuleSet::embedded().rules() {
        let count = |expect| rule.examples.iter().filter(|e| e.expect == expect).count();
        assert!(count(Expect::Contradiction) >= 1 && count(Expect::Consistent) >= 2, "{}", rule.path);
    }
}
