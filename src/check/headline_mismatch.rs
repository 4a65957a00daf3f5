//! `headline-mismatch`: title or lead against the body of the same article. Enters: an article. Leaves: findings.

use std::collections::BTreeSet;

use super::finding::Draft;
use super::line::{Line, lines};
use super::{Check, Input, Run};
use crate::model::{ArticleId, BlockKind, CheckInfo, Claim, Finding, Hedge, Kind, Severity, Status, Text, Verdict};
use crate::quantity::Decimal;
use crate::text::is_ideograph;

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "headline-mismatch",
        severity: Severity::Error,
        title: ("标题或导语与正文不符", "headline or lead against the body"),
        description: (
            "标题或导语里的数字、日期在正文中找不到支持，而正文对同一事物写了另一个值。正文另有支持、约数相容、合计得出的不报。",
            "A figure or date of the title or lead that nothing in the body supports while the body gives the same thing another value. \
             Figures that the body supports elsewhere, compatible hedges and sums are let pass.",
        ),
        example: "标题：12家企业签约落户。正文：当天，11家企业签约落户。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    let lines = lines(input, article);
    let Some(title) = lines.iter().position(|l| l.kind == BlockKind::Title) else { return };
    let body: Vec<&Line<'_>> = lines
        .iter()
        .enumerate()
        .filter(|(i, l)| *i != title && l.kind != BlockKind::Title && l.kind != BlockKind::Caption)
        .map(|(_, l)| l)
        .collect();
    for i in 0..lines[title].claims.len() {
        against(&lines[title], i, &body, out);
    }
}

/// The marks by which two statements are known to speak of one thing: pairs of neighbouring characters, and words of letters.
fn topic(line: &Line<'_>, text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut word = String::new();
    let mut previous: Option<char> = None;
    for c in text.chars().chain(std::iter::once(' ')) {
        if is_ideograph(c) {
            if let Some(p) = previous {
                let pair: String = [p, c].iter().collect();
                if !line.words.common.is(&pair) {
                    out.insert(pair);
                }
            }
            previous = (!line.words.common.is(c.encode_utf8(&mut [0; 4]))).then_some(c);
        } else {
            previous = None;
        }
        if c.is_alphabetic() && !is_ideograph(c) {
            word.push(c);
        } else if !word.is_empty() {
            if word.chars().count() > 2 && !line.words.common.is(&word) {
                // The first letters of a word stand for all its forms.
                out.insert(word.chars().take(4).collect());
            }
            word.clear();
        }
    }
    out
}

const fn comparable(kind: Kind) -> bool {
    !matches!(kind, Kind::Ordinal | Kind::Time | Kind::Ratio | Kind::Duration)
}

/// Whether two claims name the thing they count alike: the head of one stands in the name of the other.
fn same_thing(a: &Line<'_>, i: usize, b: &Line<'_>, j: usize) -> bool {
    let names = |line: &Line<'_>, i: usize| {
        line.claim(i).measure.map(|m| (line.of(m.head).to_owned(), line.of(m.span).to_owned()))
    };
    let (Some((head_a, all_a)), Some((head_b, all_b))) = (names(a, i), names(b, j)) else { return false };
    !head_a.is_empty() && !head_b.is_empty() && (all_a.contains(&head_b) || all_b.contains(&head_a))
}

/// Words around a claim within its clause, the claim itself left out.
fn around(line: &Line<'_>, i: usize) -> String {
    let claim = line.claim(i);
    let clause = line.of(claim.clause);
    if clause.is_empty() { format!("{} {}", line.before(i), line.after(i)) } else { blank(line, claim, clause) }
}

/// The clause with every figure in it blanked.
fn blank(line: &Line<'_>, claim: &Claim, clause: &str) -> String {
    let mut out = String::new();
    let mut at = claim.clause.start as usize;
    for (_, other) in &line.claims {
        if other.span.start < claim.clause.start
            || other.span.end > claim.clause.end
            || (other.span.start as usize) < at
        {
            continue;
        }
        out.push_str(line.slice(at, other.span.start as usize));
        out.push(' ');
        at = other.span.end as usize;
    }
    if at == claim.clause.start as usize {
        return clause.to_owned();
    }
    out.push_str(line.slice(at, claim.clause.end as usize));
    out
}

/// Whether two dates may be of one act: as fine as each other, and what happens at the body's stands in the title where it is known.
/// `Bridge to reopen next year` and `will be repaired after a vote on Tuesday` share their bridge and not their act.
fn same_act(own: &BTreeSet<String>, title: &Claim, line: &Line<'_>, other: &Claim) -> bool {
    let precision = |c: &Claim| c.quantity.time.as_ref().map(|t| t.precision);
    let told = || {
        let act = other.predicate.map(|p| topic(line, line.of(p))).unwrap_or_default();
        act.is_empty() || !act.is_disjoint(own)
    };
    precision(title) == precision(other) && told()
}

fn supports(a: &Claim, b: &Claim) -> bool {
    if a.kind().is_time() {
        let (x, y) = (a.quantity.time.as_ref(), b.quantity.time.as_ref());
        // 18日 in the title and 18日 in the body, resolved from different days.
        if x.zip(y).is_some_and(|(x, y)| {
            x.timex == y.timex || x.day.is_some() && x.day == y.day && (x.month.is_none() || y.month.is_none())
        }) {
            return true;
        }
        return match (&a.quantity.time, &b.quantity.time) {
            (Some(x), Some(y)) => x.may_meet(y),
            _ => false,
        };
    }
    a.quantity.reader.meets(&b.quantity.reader) || near(a, b)
}

/// Whether one rounds to the other: titles round freely.
fn near(a: &Claim, b: &Claim) -> bool {
    let (Some(x), Some(y)) = (super::amount::point(a), super::amount::point(b)) else { return false };
    let place = a.quantity.granularity;
    let slack = place.checked_div(Decimal::TWO).unwrap_or_default();
    place > Decimal::ONE && (x - y).abs() <= slack.min(x.abs().checked_div(Decimal::TEN).unwrap_or_default())
}

fn against(title: &Line<'_>, t: usize, body: &[&Line<'_>], out: &mut Vec<Finding>) {
    let claim = title.claim(t);
    if !comparable(claim.kind()) || !matches!(claim.scope.status, Status::Actual | Status::Planned | Status::Estimated)
    {
        return;
    }
    let same = |c: &Claim| {
        super::line::alike(c, claim)
            // `3名队员` in the title, and below it `4人` of no other noun.
            || c.kind() == Kind::Count
                && claim.kind() == Kind::Count
                && c.measure.is_none()
                && title.compare.same_family(c.quantity.unit.as_deref(), claim.quantity.unit.as_deref()) == Some(true)
            || c.kind() == claim.kind() && (claim.kind().is_time() || c.quantity.base_unit == claim.quantity.base_unit)
            || claim.kind() == Kind::Date && c.kind() == Kind::DateRange
    };
    if bare_scale(title, t) || named(title, t, body) {
        return;
    }
    let mut own = topic(title, &around(title, t));
    own.extend(topic(title, &title.text).into_iter().filter(|_| title.claims.len() <= 2));
    let alone = title.claims.iter().filter(|(_, c)| same(c)).count() == 1;
    let mut best: Option<(usize, usize, usize)> = None;
    for (l, line) in body.iter().enumerate() {
        for i in 0..line.claims.len() {
            let other = line.claim(i);
            if !same(other) {
                continue;
            }
            if supports(claim, other) || sums(line, i, claim) {
                return;
            }
            if l > 5 || hedged_away(other) || claim.kind().is_time() && !same_act(&own, claim, line, other) {
                continue;
            }
            // An age stands in a clause of its own: whose it is the words of the paragraph say.
            let near = if other.kind() == Kind::Age { line.text.clone() } else { around(line, i) };
            let words = line.words;
            if words.elsewhere.within(super::series::label_before(line, i))
                || plain(other.scope.aggregation) != plain(claim.scope.aggregation)
            {
                continue;
            }
            let heads = same_thing(title, t, line, i);
            let shared: usize = topic(line, &near).intersection(&own).map(|w| if w.is_ascii() { 3 } else { 2 }).sum();
            // The first figure of its kind in the body is the likeliest to be the title's.
            let first = l == 0 && line.claims[..i].iter().all(|(_, c)| !same(c)) && alone;
            let score = shared + if heads { 3 } else { 0 } + usize::from(first) * 2;
            // Of two ages that are one slip apart less needs to be said: `78岁老教师捐款`, `今年76岁的方某`.
            let aged = claim.kind() == Kind::Age;
            if aged && !(first && one_slip_of_age(claim, other)) {
                continue;
            }
            let need = if aged {
                4
            } else if heads || first {
                5
            } else {
                6
            };
            if score >= need && best.is_none_or(|(s, ..)| score > s) {
                best = Some((score, l, i));
            }
        }
    }
    let Some((score, l, i)) = best else { return };
    let line = body[l];
    let other = line.claim(i);
    let apart = claim.kind().is_time() || !claim.quantity.literal.meets(&other.quantity.literal);
    let (severity, verdict) =
        if apart { (Severity::Error, Verdict::Contradiction) } else { (Severity::Warning, Verdict::Tension) };
    let message = Text::new(
        format!("标题写作{}，正文写作{}", title.written(t), line.written(i)),
        format!("the headline says {}, the body {}", title.written(t), line.written(i)),
    );
    let confidence = if score >= 9 { 0.88 } else { 0.75 };
    let draft = Draft::new(&CHECK.info, confidence, message)
        .judged(severity, verdict)
        .claim(title.id(t), 0)
        .claim(line.id(i), 1);
    out.push(draft.build(title.corpus));
}

/// Whether two ages are a slip of each other and not those of two people: a digit in common, or a few years apart.
fn one_slip_of_age(a: &Claim, b: &Claim) -> bool {
    let (Some(x), Some(y)) = (a.quantity.point, b.quantity.point) else { return false };
    let tens = |v: Decimal| v.checked_div(Decimal::TEN).map(|t| t.trunc());
    let ones = |v: Decimal| v % Decimal::TEN;
    !super::amount::hedged(a)
        && !super::amount::hedged(b)
        && ((x - y).abs() <= Decimal::from(3) || tens(x) == tens(y) || ones(x) == ones(y))
}

/// `万亩果园`, `千人徒步`: a scale without a number tells how large, not how many.
fn bare_scale(line: &Line<'_>, t: usize) -> bool {
    let claim = line.claim(t);
    let numeral = line.corpus.text(line.article, claim.numeral);
    numeral.chars().count() == 1
        && numeral.chars().all(is_ideograph)
        && claim.quantity.point >= Some(Decimal::ONE_HUNDRED)
}

/// `Measure 12 passes`: the number with the word before it stands in the body just so, and is part of a name there or the same figure.
fn named(title: &Line<'_>, t: usize, body: &[&Line<'_>]) -> bool {
    let before = title.slice(title.base, title.claim(t).span.start as usize);
    let spaced = before.len() - before.trim_end().len();
    let word: usize = match before.trim_end().chars().next_back() {
        Some(c) if is_ideograph(c) => before.trim_end().chars().rev().take(2).map(char::len_utf8).sum(),
        Some(c) if c.is_alphanumeric() => {
            before.trim_end().chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum()
        }
        _ => return false,
    };
    let figure = title.of(title.claim(t).span);
    let phrase = format!("{}{figure}", &before[before.len() - spaced - word..]);
    let edge = |text: &str, at: usize| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let before = phrase.starts_with(|c: char| c.is_ascii_alphanumeric()) && letter(text[..at].chars().next_back());
        !before && !letter(text[at + phrase.len()..].chars().next())
    };
    body.iter().any(|l| l.text.match_indices(phrase.as_str()).any(|(at, _)| edge(&l.text, at)))
}

/// Whether figures of the body that stand next to each other add up to the title's.
fn sums(line: &Line<'_>, i: usize, claim: &Claim) -> bool {
    let Some(goal) = super::amount::point(claim) else { return false };
    let mut total = Decimal::ZERO;
    let mut last = i;
    for j in i..line.claims.len().min(i + 12) {
        let other = line.claim(j);
        if j > i && super::line::has_stop(line.between(last, j)) {
            break;
        }
        if !super::line::alike(other, claim) {
            continue;
        }
        let Some(next) = super::amount::point(other).and_then(|v| total.checked_add(v)) else { return false };
        total = next;
        if j > last && claim.quantity.reader.contains(total) || total == goal {
            return true;
        }
        last = j;
    }
    false
}

/// A total is what a title means by a bare figure.
fn plain(aggregation: Option<crate::model::Aggregation>) -> Option<crate::model::Aggregation> {
    aggregation.filter(|a| *a != crate::model::Aggregation::Total)
}

/// Hedges that say too little to contradict a title.
const fn hedged_away(claim: &Claim) -> bool {
    matches!(claim.quantity.hedge, Some(Hedge::Vague | Hedge::Order | Hedge::AtMost | Hedge::Under))
}
