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
            let stem = word.strip_suffix('s').unwrap_or(&word).to_owned();
            if word.chars().count() > 2 && !line.words.common.is(&word) {
                out.insert(stem);
            }
            word.clear();
        }
    }
    out
}

const fn comparable(kind: Kind) -> bool {
    !matches!(kind, Kind::Ordinal | Kind::Time | Kind::Number | Kind::Ratio | Kind::Duration | Kind::Age)
}

/// The head noun of a claim, or the words right after it.
fn head<'t>(line: &'t Line<'_>, i: usize) -> &'t str {
    let claim = line.claim(i);
    claim.measure.map_or("", |m| line.of(m.head))
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

fn supports(a: &Claim, b: &Claim) -> bool {
    if a.kind().is_time() {
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
        c.kind() == claim.kind() && (claim.kind().is_time() || c.quantity.base_unit == claim.quantity.base_unit)
            || claim.kind() == Kind::Date && c.kind() == Kind::DateRange
    };
    let mut own = topic(title, &around(title, t));
    own.extend(topic(title, &title.text).into_iter().filter(|_| title.claims.len() <= 2));
    let wanted_head = head(title, t);
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
            if l > 5 || hedged_away(other) {
                continue;
            }
            let near = around(line, i);
            let words = line.words;
            if words.elsewhere.within(super::series::label_before(line, i))
                || other.scope.aggregation != claim.scope.aggregation
            {
                continue;
            }
            let its_head = head(line, i);
            let heads = !wanted_head.is_empty()
                && !its_head.is_empty()
                && (its_head.contains(wanted_head) || wanted_head.contains(its_head));
            let shared = topic(line, &near).intersection(&own).count();
            let score = shared * 2 + if heads { 3 } else { 0 } + usize::from(l == 0);
            let need = if heads { 5 } else { 6 };
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

/// Whether figures of the body that stand next to each other add up to the title's.
fn sums(line: &Line<'_>, i: usize, claim: &Claim) -> bool {
    let Some(goal) = super::amount::point(claim) else { return false };
    let mut total = Decimal::ZERO;
    let mut last = i;
    for j in i..line.claims.len().min(i + 12) {
        let other = line.claim(j);
        if other.kind() != claim.kind() || other.quantity.base_unit != claim.quantity.base_unit {
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

/// Hedges that say too little to contradict a title.
const fn hedged_away(claim: &Claim) -> bool {
    matches!(claim.quantity.hedge, Some(Hedge::Vague | Hedge::Order | Hedge::AtMost | Hedge::Under))
}
