//! `span-arithmetic`: a length of time, or an age, against the two dates it spans. Enters: an article. Leaves: findings. Triggers are
//! language data.

use jiff::civil::Date;

use super::amount::{Spread, hedged};
use super::calendar::{Written, ends, written, year};
use super::finding::Draft;
use super::line::{Line, has_stop, lines};
use super::series::{label_after, label_before};
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Claim, Finding, Kind, Severity, Text};
use crate::quantity::{Decimal, Precision, days_from_civil};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "span-arithmetic",
        severity: Severity::Error,
        title: ("时间跨度算错", "a span against its ends"),
        description: (
            "起止日期与“为期几天”“历时几年”“享年几岁”对不上。含头含尾、虚岁各放宽一。",
            "A length of time or an age that does not fit the two dates it spans. One is allowed for counting both ends, and for ages \
             counted from one.",
        ),
        example: "展会于6月3日至6月9日举行，为期五天。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    for line in lines(input, article) {
        for i in 0..line.claims.len() {
            match line.claim(i).kind() {
                Kind::Duration if !of_range(&line, i, out) => of_dates(&line, i, out),
                Kind::Age | Kind::Number => of_life(&line, i, out),
                _ => {}
            }
        }
    }
}

const DAY: i64 = 86_400;

/// The length that a duration claim states, in days, with its hedge; `None` where it is shorter than a day or its unit is unknown.
fn days(claim: &Claim) -> Option<Spread> {
    let q = &claim.quantity;
    let day = Decimal::from(DAY);
    let in_days = |v: Decimal| v.checked_div(day);
    let low = q.literal.low.map_or(Decimal::ZERO, |b| b.value);
    let high = q.literal.high.map_or_else(|| Decimal::from(DAY * 400_000), |b| b.value);
    matches!(q.base_unit.as_deref(), Some("s")).then_some(())?;
    Some(Spread { low: in_days(low)?, high: in_days(high)? })
}

fn unit(claim: &Claim) -> &str {
    claim.quantity.unit.as_deref().unwrap_or("")
}

/// How many days lie between two ends as written, both counted; lowest and highest.
fn inclusive(a: Written, b: Written, fallback: Option<i16>) -> Option<(i64, i64)> {
    let base = a.year.or(b.year).or(fallback).unwrap_or(2001);
    let (a, b) = (Written { year: Some(a.year.unwrap_or(base)), ..a }, Written { year: b.year.or(Some(base)), ..b });
    let first = a.first(base)?;
    let mut last = b.first(base)?;
    if last < first {
        last = last.checked_add(jiff::Span::new().years(1)).ok()?;
    }
    let n = days_from_civil(last) - days_from_civil(first);
    Some((n, n + 1))
}

/// A range of days beside a number of days: `6月3日至9日，为期七天`, `为期七天，从6月3日至9日`.
fn of_range(line: &Line<'_>, d: usize, out: &mut Vec<Finding>) -> bool {
    let words = line.words;
    let claim = line.claim(d);
    if !matches!(unit(claim), "d" | "wk" | "mo" | "a") {
        return false;
    }
    let neighbours = [
        (0..d).rev().find(|&i| line.claim(i).kind() == Kind::DateRange),
        (d + 1..line.claims.len()).find(|&i| line.claim(i).kind() == Kind::DateRange),
    ];
    for (before, r) in [(true, neighbours[0]), (false, neighbours[1])] {
        let Some(r) = r else { continue };
        let gap = if before { line.between(r, d) } else { line.between(d, r) };
        if has_stop(gap) || gap.chars().count() > if before { 30 } else { 12 } || gap.contains(['；', ';']) {
            continue;
        }
        // Another amount between the two belongs to something else.
        let inner = if before { r + 1..d } else { d + 1..r };
        if inner.into_iter().any(|i| !line.claim(i).kind().is_time()) {
            continue;
        }
        if !before {
            let mut joint = String::new();
            super::line::strip(gap, &[&words.from, &words.begins, &words.filler, &words.range_to], &mut joint);
            if !joint.is_empty() {
                continue;
            }
        }
        let near = label_before(line, d);
        let mut bare = String::new();
        super::line::strip(near, &[&words.filler, &words.lasting], &mut bare);
        let said = words.lasting.within(near)
            && (bare.is_empty() || words.lasting.prefix(near).is_some() || words.lasting.suffix(near).is_some());
        let bracket = before && gap.trim_start().starts_with(['（', '(']) && bare.is_empty();
        if !(said || bracket) {
            continue;
        }
        if compare_range(line, r, d, out) {
            return true;
        }
    }
    false
}

fn compare_range(line: &Line<'_>, r: usize, d: usize, out: &mut Vec<Finding>) -> bool {
    let claim = line.claim(d);
    let Some(time) = &line.claim(r).quantity.time else { return false };
    let Some(stated) = days(claim) else { return false };
    let day_ends = ends(time).filter(|(a, b)| a.day.is_some() && b.day.is_some());
    let (low, high) = match (day_ends, time.first, time.last, time.precision) {
        (Some((a, b)), ..) => match inclusive(a, b, time.first.map(Date::year)) {
            Some(n) => n,
            None => return false,
        },
        (None, Some(first), Some(last), _) if last >= first => {
            // Years or months at both ends: from the last day of the first to the first of the last, to all of both.
            let n = days_from_civil(last) - days_from_civil(first) + 1;
            match ends(time) {
                Some((a, b)) if a.month.is_none() && b.month.is_none() => {
                    let years = i64::from(last.year() - first.year());
                    ((years * 365 - 366).max(0), (years + 1) * 366)
                }
                Some((a, b)) if a.day.is_none() && b.day.is_none() => ((n - 62).max(0), n),
                _ => return false,
            }
        }
        _ => return false,
    };
    if low < 1 && high < 2 {
        return false;
    }
    let slack = match unit(claim) {
        "wk" => 2,
        "mo" => 5 + high / 20,
        "a" => 31,
        _ => 0,
    };
    // `the trial lasted nine days, from June 3 to June 13`: a court sits from Monday to Friday.
    let (from, to) = (line.claim(r.min(d)).span.start, line.claim(r.max(d)).span.end);
    let around = format!("{}{}", line.lead_in(r.min(d)), line.slice(from as usize, to as usize));
    let sits = unit(claim) == "d" && high >= 6 && line.words.working_days.within(&around);
    let least = if sits { low * 5 / 7 - 1 } else { low - slack };
    let real = Spread { low: Decimal::from(least), high: Decimal::from(high + slack) };
    if real.meets(stated) {
        return true;
    }
    let shown = if day_ends.is_some() { format!("{high}") } else { format!("{low}–{high}") };
    let message = Text::new(
        format!("{}首尾共{shown}天，不是{}", line.written(r), line.written(d)),
        format!("{} spans {shown} days, not {}", line.written(r), line.written(d)),
    );
    let draft = Draft::new(&CHECK.info, 0.9, message).claim(line.id(r), 0).claim(line.id(d), 1);
    out.push(draft.build(line.corpus));
    true
}

/// Two dates in the statement of a duration, the earlier where something begins and the later where it ends.
fn of_dates(line: &Line<'_>, d: usize, out: &mut Vec<Finding>) {
    let words = line.words;
    let claim = line.claim(d);
    let by_year = unit(claim) == "a";
    if !by_year && unit(claim) != "d" && unit(claim) != "mo" {
        return;
    }
    let near = label_before(line, d);
    if !(words.lasting.within(near) || words.until_now.within(near))
        || words.than.within(near)
        || words.rises(near)
        || words.falls(near)
    {
        return;
    }
    let Some(stated) = days(claim) else { return };
    let dates: Vec<usize> = (0..d)
        .filter(|&i| {
            line.claim(i).kind() == Kind::Date
                && !has_stop(line.slice(line.claim(i).span.end as usize, claim.span.start as usize))
        })
        .collect();
    let said =
        |i: usize, set: &crate::lang::WordSet| set.within(label_before(line, i)) || set.within(label_after(line, i));
    let (start, end) = match dates.as_slice() {
        [a, b] => (*a, Some(*b)),
        [a] if words.until_now.within(line.between(*a, d)) => (*a, None),
        _ => return,
    };
    // `1934年出生，1956年毕业后从事研究逾50年`: work is not counted from birth.
    if !said(start, &words.begins) || said(start, &words.born) {
        return;
    }
    if let Some(end) = end
        && !said(end, &words.ends)
        && !words.until_now.within(line.between(end, d))
        && line.between(end, d).contains(['，', ',', '；', ';'])
    {
        return;
    }
    let article_year = || line.corpus.article(line.article).date.map(Date::year);
    if by_year {
        let Some(from) = year(line.claim(start)) else { return };
        let Some(to) = end.map_or_else(article_year, |e| year(line.claim(e))) else { return };
        if to < from {
            return;
        }
        compare_years(line, start, end, d, i64::from(to - from), stated, out);
        return;
    }
    let (Some(a), Some(b)) = (written(line.claim(start)), end.and_then(|e| written(line.claim(e)))) else { return };
    if a.day.is_none() || b.day.is_none() || unit(claim) != "d" || a.year.is_some() != b.year.is_some() {
        return;
    }
    let Some((low, high)) = inclusive(a, b, None) else { return };
    let real = Spread { low: Decimal::from(low - 1), high: Decimal::from(high) };
    if !real.meets(stated) {
        let message = Text::new(
            format!(
                "{}至{}相隔{low}天，不是{}",
                line.written(start),
                end.map_or("", |e| line.written(e)),
                line.written(d)
            ),
            format!(
                "{} to {} is {low} days, not {}",
                line.written(start),
                end.map_or("", |e| line.written(e)),
                line.written(d)
            ),
        );
        let draft = Draft::new(&CHECK.info, 0.82, message)
            .claim(line.id(start), 0)
            .claims(end.map(|e| line.id(e)), 0)
            .claim(line.id(d), 1);
        out.push(draft.build(line.corpus));
    }
}

fn compare_years(
    line: &Line<'_>,
    start: usize,
    end: Option<usize>,
    d: usize,
    years: i64,
    stated: Spread,
    out: &mut Vec<Finding>,
) {
    let year = Decimal::from(365);
    let (Some(low), Some(high)) = (stated.low.checked_div(year), stated.high.checked_div(year)) else { return };
    // Counting both ends, a year begun, and a year not yet full: one either way. An open end (`10余年` is over ten) stays out.
    let over = line.claim(d).quantity.literal.low.is_some_and(|b| !b.closed);
    let (real_low, real_high) = (Decimal::from(years - 1), Decimal::from(years + 1));
    let fits = if over { low < real_high && real_low <= high } else { low <= real_high && real_low <= high };
    if fits {
        return;
    }
    let to = end.map_or("", |e| line.written(e));
    let message = Text::new(
        format!("{}到{to}约{years}年，不是{}", line.written(start), line.written(d)),
        format!("{} to {to} is about {years} years, not {}", line.written(start), line.written(d)),
    );
    let confidence = if hedged(line.claim(d)) { 0.82 } else { 0.88 };
    let draft = Draft::new(&CHECK.info, confidence, message)
        .claim(line.id(start), 0)
        .claims(end.map(|e| line.id(e)), 0)
        .claim(line.id(d), 1);
    out.push(draft.build(line.corpus));
}

/// Year of birth, year of death and the age at death.
fn of_life(line: &Line<'_>, g: usize, out: &mut Vec<Finding>) {
    let words = line.words;
    let near = label_before(line, g);
    // A bare number is an age only right after the words that say so.
    if line.claim(g).kind() == Kind::Number && words.died_at.suffix(near).is_none() {
        return;
    }
    if !words.died_at.within(near) && !words.died_at.within(line.of(line.claim(g).span)) {
        return;
    }
    let Some(age) = line.claim(g).quantity.point else { return };
    // Dates in the last two statements.
    let mut stops = 0;
    let (mut born, mut died) = (None, None);
    for i in (0..g).rev() {
        stops += usize::from(has_stop(line.between(i, i + 1)));
        if stops > 1 {
            break;
        }
        let claim = line.claim(i);
        if !claim.kind().is_time() {
            continue;
        }
        if claim.kind() == Kind::DateRange {
            if born.is_none()
                && died.is_none()
                && let Some((a, b)) = claim.quantity.time.as_ref().and_then(ends)
                && let (Some(a), Some(b)) = (a.year, b.year)
            {
                judge_age(line, i, i, g, i64::from(b) - i64::from(a), age, out);
            }
            return;
        }
        let fine = claim.quantity.time.as_ref().is_some_and(|t| t.precision <= Precision::Year);
        let Some(_) = year(claim).filter(|_| fine) else { continue };
        let says = |set: &crate::lang::WordSet| set.within(label_before(line, i)) || set.within(label_after(line, i));
        if says(&words.born) {
            born = born.or(Some(i));
        } else if says(&words.ends) || died.is_none() && born.is_none() {
            died = died.or(Some(i));
        }
    }
    // `于2023年11月去世，享年79岁。他生于1934年`: the birth told in the next statement.
    if born.is_none() && died.is_some() {
        let mut stops = 0;
        for i in g + 1..line.claims.len() {
            stops += usize::from(has_stop(line.between(i - 1, i)));
            if stops > 1 || line.claim(i).kind() == Kind::Age {
                break;
            }
            let set = &words.born;
            let says = set.within(label_before(line, i)) || set.within(label_after(line, i));
            if line.claim(i).kind() == Kind::Date && year(line.claim(i)).is_some() {
                born = says.then_some(i);
                break;
            }
        }
    }
    let (Some(b), Some(d)) = (born, died) else { return };
    let (Some(from), Some(to)) = (year(line.claim(b)), year(line.claim(d))) else { return };
    if to > from {
        judge_age(line, b, d, g, i64::from(to) - i64::from(from), age, out);
    }
}

fn judge_age(line: &Line<'_>, b: usize, d: usize, g: usize, years: i64, age: Decimal, out: &mut Vec<Finding>) {
    // 周岁 may be one less than the difference of years, 虚岁 one more.
    let fits = age >= Decimal::from(years - 1) && age <= Decimal::from(years + 1);
    if fits || hedged(line.claim(g)) || !(0..=130).contains(&years) {
        return;
    }
    let message = Text::new(
        format!("{}至{}约{years}岁，不是{}", line.written(b), line.written(d), line.written(g)),
        format!("{} to {} makes about {years}, not {}", line.written(b), line.written(d), line.written(g)),
    );
    let draft = Draft::new(&CHECK.info, 0.9, message).claim(line.id(b), 0).claim(line.id(d), 0).claim(line.id(g), 1);
    out.push(draft.build(line.corpus));
}
