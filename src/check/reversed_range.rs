//! `reversed-range`: a range that ends before it starts. Enters: an article. Leaves: findings. Triggers are language data.

use super::calendar::{Written, ends, written};
use super::finding::Draft;
use super::line::{Line, lines, same_unit};
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Finding, Hedge, Kind, Severity, Text};
use crate::quantity::Decimal;

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "reversed-range",
        severity: Severity::Error,
        title: ("区间首尾颠倒", "a range upside down"),
        description: (
            "起点在终点之后的时间段，或大数在前的数值区间。跨年的月份、过夜的钟点、公元前的年份、“由……降至……”和名次不报。",
            "A period that ends before it starts, or a numeric range with the larger end first. Months across a new year, hours across \
             midnight, years before the common era, falls and ranks are let pass.",
        ),
        example: "日志写于2009年至2008年间；每棵结果12—8公斤。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    for line in lines(input, article) {
        for i in 0..line.claims.len() {
            match line.claim(i).kind() {
                Kind::DateRange => period(&line, i, out),
                Kind::Date => two_dates(&line, i, out),
                Kind::Time | Kind::Ordinal | Kind::Ratio | Kind::Temperature => {}
                _ => amount(input, &line, i, out),
            }
        }
    }
}

/// Whether the years are counted backwards from the common era.
fn before_era(line: &Line<'_>, i: usize) -> bool {
    let words = line.words;
    let text = line.of(line.claim(i).span);
    words.before_era.prefix(text).is_some()
        || words.before_era.suffix(line.before(i).trim_end()).is_some()
        || words.before_era.prefix(line.after(i).trim_start()).is_some()
        || words.before_era.iter().any(|w| w.len() > 2 && text.contains(w))
}

/// Whether `a` to `b` runs backwards for sure.
fn backwards(a: Written, b: Written) -> bool {
    match (a.year, b.year) {
        (Some(x), Some(y)) if x != y => return y < x,
        (None, Some(_)) => return false,
        _ => {}
    }
    match (a.month, b.month) {
        (Some(m), Some(n)) if m == n => matches!((a.day, b.day), (Some(d), Some(e)) if e < d),
        // With one year written for both, a later month first is upside down; without, the range may cross a new year.
        (Some(m), Some(n)) => n < m && a.year.is_some() && b.year.is_some(),
        _ => false,
    }
}

fn period(line: &Line<'_>, i: usize, out: &mut Vec<Finding>) {
    let Some(time) = &line.claim(i).quantity.time else { return };
    let reversed = match ends(time) {
        Some((a, b)) => {
            let year_of_both =
                a.year.is_some() && line.of(line.claim(i).span).matches(&a.year.unwrap_or(0).to_string()).count() > 0;
            let one_year = a.year == b.year && !year_of_both;
            // An inferred year that both ends share says nothing of the order of months.
            if one_year { backwards(Written { year: None, ..a }, Written { year: None, ..b }) } else { backwards(a, b) }
        }
        None => matches!((time.first, time.last), (Some(a), Some(b)) if b < a),
    };
    if reversed && !before_era(line, i) {
        report(line, &[i], line.written(i), out);
    }
}

/// Two dates with only a word of range between them.
fn two_dates(line: &Line<'_>, i: usize, out: &mut Vec<Finding>) {
    if i + 1 >= line.claims.len() || line.claim(i + 1).kind() != Kind::Date {
        return;
    }
    let gap = line.between(i, i + 1).trim();
    if !line.words.range_to.is(gap) {
        return;
    }
    let (Some(a), Some(mut b)) = (written(line.claim(i)), written(line.claim(i + 1))) else { return };
    let relative = |k: usize| line.claim(k).quantity.time.as_ref().is_none_or(|t| t.relative);
    if relative(i) || relative(i + 1) {
        return;
    }
    if b.month.is_none() && a.month.is_some() {
        b = Written { year: b.year, month: a.month, day: b.day };
    }
    let yearless = |w: Written, k: usize| {
        let shown = w.year.is_some_and(|y| line.of(line.claim(k).span).contains(&y.to_string()));
        if shown { w } else { Written { year: None, ..w } }
    };
    let (a, b) = (yearless(a, i), yearless(b, i + 1));
    if backwards(a, b) && !before_era(line, i) && !before_era(line, i + 1) {
        let words = line.corpus.text(line.article, line.claim(i).span.cover(line.claim(i + 1).span));
        report(line, &[i, i + 1], words, out);
    }
}

/// The two ends of a range as written, in its own order: each read again with the unit that stands at the end.
fn ends_as_written(input: &Input<'_>, line: &Line<'_>, i: usize) -> Option<(Decimal, Decimal)> {
    let claim = line.claim(i);
    let text = line.corpus.text(line.article, claim.span);
    let folded = line.of(claim.span);
    let (at, len) = line
        .words
        .range_to
        .iter()
        .filter_map(|w| folded.find(w).filter(|at| *at > 0).map(|at| (at, w.len())))
        .min_by_key(|(at, len)| (*at, usize::MAX - len))?;
    let (left, right) = (text.get(..at)?, text.get(at + len..)?);
    if left.starts_with('0') && left.len() > 1 && !left.starts_with("0.") {
        return None;
    }
    let read = |text: &str| -> Option<crate::model::Mention> {
        let mut found = Vec::new();
        let mut context = crate::lang::Context::default();
        input.lexicon.language(claim.lang).mentions(
            text,
            crate::text::Span::new(0, text.len()),
            &mut context,
            &mut found,
        );
        (found.len() == 1).then(|| found.remove(0))
    };
    let second = read(right)?;
    let unit = second.unit_span.map_or("", |s| s.of(right));
    let first = read(&format!("{left}{unit}"))
        .filter(|m| m.quantity.base_unit == second.quantity.base_unit)
        .or_else(|| read(left))?;
    if first.quantity.base_unit != second.quantity.base_unit || first.quantity.kind != second.quantity.kind {
        return None;
    }
    let value = |m: &crate::model::Mention| m.quantity.literal.low.map(|b| b.value);
    Some((value(&first)?, value(&second)?))
}

fn amount(input: &Input<'_>, line: &Line<'_>, i: usize, out: &mut Vec<Finding>) {
    let claim = line.claim(i);
    let q = &claim.quantity;
    if q.hedge == Some(Hedge::Range) && q.point.is_none() {
        if !q.negative
            && let Some((first, second)) = ends_as_written(input, line, i)
            && first > second
            && second > Decimal::ZERO
            && !moves(line, i)
        {
            report(line, &[i], line.written(i), out);
        }
        return;
    }
    // `12至8公斤` read as two figures: only where a word of range alone stands between and nothing moves.
    if i + 1 < line.claims.len()
        && matches!(claim.kind(), Kind::Count | Kind::Money | Kind::Measure)
        && same_unit(claim, line.claim(i + 1))
        && line.words.range_to.is(line.between(i, i + 1).trim())
        && q.hedge.is_none()
        && let (Some(a), Some(b)) = (q.point, line.claim(i + 1).quantity.point)
        && let (Some(x), Some(y)) = (super::amount::point(claim), super::amount::point(line.claim(i + 1)))
        && x > y
        && a > Decimal::ZERO
        && b > Decimal::ZERO
        && !moves(line, i)
    {
        let words = line.corpus.text(line.article, claim.span.cover(line.claim(i + 1).span));
        report(line, &[i, i + 1], words, out);
    }
}

/// Whether the words around say that something went from one value to the other.
fn moves(line: &Line<'_>, i: usize) -> bool {
    let words = line.words;
    let before = super::series::label_before(line, i);
    words.from.within(before) || words.falls(before) || words.falls(line.after(i)) || words.fall_to.within(before)
}

fn report(line: &Line<'_>, places: &[usize], written: &str, out: &mut Vec<Finding>) {
    let message = Text::new(format!("“{written}”首尾颠倒"), format!("“{written}” runs backwards"));
    let draft = Draft::new(&CHECK.info, 0.92, message).claims(places.iter().map(|&i| line.id(i)), 0);
    out.push(draft.build(line.corpus));
}
