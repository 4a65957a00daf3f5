//! `parts-total`: the parts of a whole against its total. Enters: an article. Leaves: findings. Triggers are language data.

use super::amount::{Spread, hedged, in_notation, spread};
use super::finding::Draft;
use super::line::{Line, has_stop, is_share, lines};
use super::series::{label_after, labels, series};
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Claim, Finding, Kind, Severity, Text};
use crate::quantity::Decimal;

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "parts-total",
        severity: Severity::Error,
        title: ("分项与总数不符", "parts against their total"),
        description: (
            "并列的各部分之和超过总数，或写明是全部时不等于总数。“其中”只列一部分、各部分可能重叠（党员、女性）、进位误差不报。",
            "Parallel parts that add to more than their total, or to another sum where the text says they are all. Parts that need not be \
             all, parts that may overlap, and rounding are let pass.",
        ),
        example: "共100家，其中甲类50家、乙类40家、丙类30家。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    for line in lines(input, article) {
        if line.claims.len() >= 3 {
            in_line(&line, out);
        }
    }
}

fn countable(claim: &Claim) -> bool {
    matches!(claim.kind(), Kind::Count | Kind::Money | Kind::Measure | Kind::Number)
        && claim.quantity.point.is_some()
        && !hedged(claim)
        && !claim.quantity.negative
}

fn read(line: &Line<'_>, i: usize) -> Option<Spread> {
    let claim = line.claim(i);
    spread(claim, line.corpus.text(line.article, claim.numeral))
}

/// Figures that stand beside a part without being one.
fn beside(claim: &Claim) -> bool {
    is_share(claim) || claim.kind() == Kind::Ordinal || claim.kind().is_time()
}

/// A small count, such as of the groups that a total sums up: `两区共种树560棵`.
fn small(claim: &Claim) -> bool {
    claim.kind() == Kind::Count && claim.quantity.point.is_some_and(|n| n <= Decimal::from(20))
}

/// The sum of the members, with the slack that their rounding gives.
fn sum(line: &Line<'_>, members: &[usize]) -> Option<Spread> {
    members.iter().try_fold(Spread::exactly(Decimal::ZERO), |total, &i| total.add(read(line, i)?))
}

fn in_line(line: &Line<'_>, out: &mut Vec<Finding>) {
    let mut taken = 0;
    for t in 0..line.claims.len() {
        if t < taken || !countable(line.claim(t)) {
            continue;
        }
        if let Some(end) = after_total(line, t, out) {
            taken = end;
        }
    }
    before_total(line, out);
    next_statement(line, out);
}

/// `共100家，其中甲60家、乙50家`: the total comes first. Gives the first claim after the parts where a clash was found.
fn after_total(line: &Line<'_>, t: usize, out: &mut Vec<Finding>) -> Option<usize> {
    let words = line.words;
    let total = line.claim(t);
    // The first part, with at most two small counts of groups (`三类`, `三方`) before it.
    let mut groups = None;
    let mut first = None;
    for i in t + 1..line.claims.len().min(t + 4) {
        let claim = line.claim(i);
        if countable(claim) && line.one_family(claim, total) {
            first = Some(i);
            break;
        }
        match claim.quantity.point {
            Some(n) if claim.kind() == Kind::Count && n <= Decimal::from(20) && n >= Decimal::TWO => groups = Some(n),
            _ => {}
        }
    }
    let first = first?;
    let lead = line.between(t, first);
    if has_stop(lead) || lead.chars().count() > 60 {
        return None;
    }
    let members = series(line, first, |c| countable(c) && line.one_family(c, total), beside);
    if members.len() < 2 {
        return None;
    }
    let whole = read(line, t)?;
    let last = *members.last()?;
    // A part larger than the whole is no part of it.
    for &m in &members {
        if read(line, m)?.low > whole.high {
            return None;
        }
    }
    // Some first parts that make the whole excuse what follows them.
    for n in 2..=members.len() {
        if sum(line, &members[..n])?.meets(whole) {
            return None;
        }
    }
    if words.than.within(lead) || words.rises(lead) && !words.among.within(lead) || words.falls(lead) {
        return None;
    }
    let labels = labels(line, &members);
    let count = Decimal::from(members.len());
    let among = words.among.within(lead);
    // `月收入1800美元，每月开销主要包括……`: words before the word that brings in parts name another whole.
    if among && names_another(line, lead) {
        return None;
    }
    let colon = lead.contains(['：', ':']);
    let said_total = words.sums(line.before(t)) || words.sums(line.of(total.span));
    let grouped = groups == Some(count);
    let all = words.exhaustive.within(lead);
    let open =
        words.and_others.prefix(label_after(line, last)).is_some() || words.and_others.within(label_after(line, last));
    let parts = sum(line, &members)?;
    // `总票房21.8亿元。甲9.2亿元，乙5.7亿元，其余6.9亿元`: with what would be their total the parts make another one.
    let mut siblings = parts.add(whole)?;
    for i in (0..t).rev().filter(|&i| countable(line.claim(i)) && line.one_family(line.claim(i), total)) {
        let one = read(line, i)?;
        if one.meets(siblings) {
            return None;
        }
        siblings = siblings.add(one)?;
    }
    let (low, high) = (whole.low.checked_mul(Decimal::new(6, 1))?, whole.high.checked_mul(Decimal::new(15, 1))?);
    let evidence = among
        || colon
        || grouped
        || all
        || labels.complements
        || labels.rest
        || said_total && (labels.alike || members.len() >= 3);
    let exhaustive = !open
        && (grouped
            || (colon && all)
            || labels.rest
            || labels.complements && members.len() == 2
            || (among && all && words.exhaustive.within(lead) && colon));
    // A colon and a list that ends the statement names them all.
    let ended = {
        let tail = line.tail(last);
        let rest = tail.trim_start_matches(|c: char| c.is_alphanumeric() || c == ' ' || c == '-');
        rest.is_empty() || super::line::stops(rest).next().is_some_and(|n| n <= 3)
    };
    let listed = colon && !open && ended && members.len() >= 3;
    // `14 people, nine in the city and seven in the hills`
    let apposed = members.iter().all(|&m| line.claim(m).kind() == Kind::Number)
        && super::series::label_before(line, first).is_empty()
        && lead.contains(',')
        && line.words.joint.within(line.between(members[0], last));
    let evidence = evidence || apposed;
    let near = whole.low.checked_mul(Decimal::new(8, 1)).is_some_and(|l| parts.high >= l);
    let exhaustive = exhaustive || listed && near;
    let clash = if parts.low > whole.high {
        evidence && !labels.overlapping && parts.low <= high
    } else {
        exhaustive && !labels.overlapping && parts.high < whole.low && parts.high >= low
    };
    if clash {
        report(line, t, &members, parts, out);
        return Some(last + 1);
    }
    None
}

/// Whether between the last comma and the word that brings in parts something else is named.
fn names_another(line: &Line<'_>, lead: &str) -> bool {
    let words = line.words;
    let Some((at, _)) = words.among.find(lead) else { return false };
    let head = lead[..at].rsplit(['，', ',', '；', ';', '（', '(', '。']).next().unwrap_or("");
    let mut rest = String::new();
    super::line::strip(head, &[&words.filler, &words.and_others, &words.total, &words.joint], &mut rest);
    rest.chars().count() > 3 && lead.contains(['，', ',', '；', ';', '。'])
}

/// `甲60家、乙50家，合计100家`: the total comes last.
fn before_total(line: &Line<'_>, out: &mut Vec<Finding>) {
    let mut start = 0;
    while start < line.claims.len() {
        if !countable(line.claim(start)) {
            start += 1;
            continue;
        }
        let unit = line.claim(start);
        let mut members = series(line, start, |c| countable(c) && line.one_family(c, unit), |c| beside(c) || small(c));
        let next = members.last().map_or(start, |l| *l) + 1;
        // The total is the last member of the series, where a word of sum stands right before it.
        let at = members.iter().enumerate().skip(2).position(|(n, &m)| sums_up(line, start, m, n));
        if let Some(at) = at {
            let total = members[at + 2];
            members.truncate(at + 2);
            check_last(line, &members, total, out);
        }
        start = next.max(start + 1);
    }
}

/// Whether a word of sum (`合计`, `in all`) leads to a figure, and what else stands there only repeats what the parts are of:
/// `东区种树300棵，西区种树260棵，两区共种树560棵`.
fn sums_up(line: &Line<'_>, first: usize, i: usize, parts: usize) -> bool {
    let words = line.words;
    let label = super::series::label_before(line, i);
    let mut rest = String::new();
    super::line::strip(label, &[&words.total, &words.total_tight, &words.filler], &mut rest);
    if rest.is_empty() {
        return words.sums(label);
    }
    let Some((at, end)) = words.total.find(label).or_else(|| words.total_tight.find(label)) else { return false };
    let after = label[end..].trim();
    let part = super::series::label_before(line, first);
    let short = label[..at].chars().count() <= 4;
    // `三类器物合计134件`: as many as there are parts.
    let groups = i.checked_sub(1).map(|g| line.claim(g)).filter(|g| small(g)).and_then(|g| g.quantity.point);
    short && !after.is_empty() && part.ends_with(after)
        || short && after.is_empty() && groups == Some(Decimal::from(parts))
}

fn check_last(line: &Line<'_>, members: &[usize], total: usize, out: &mut Vec<Finding>) {
    let (Some(parts), Some(whole)) = (sum(line, members), read(line, total)) else { return };
    let tight = Decimal::new(5, 1);
    let near = whole.low.checked_mul(tight).is_some_and(|l| parts.high >= l)
        && parts.low.checked_mul(tight).is_some_and(|l| whole.high >= l);
    // Any last members that make the whole excuse those before them.
    let excused =
        (0..members.len()).any(|n| members.len() - n >= 2 && sum(line, &members[n..]).is_some_and(|s| s.meets(whole)));
    if !excused && near && !labels(line, members).overlapping {
        report(line, total, members, parts, out);
    }
}

/// `召回4.15万辆。其中美国2.73万辆，加拿大9800辆，墨西哥5400辆`, the parts in a statement of their own: they are all of its amounts, and add
/// to somewhat more than the one amount of their kind in the statement before.
fn next_statement(line: &Line<'_>, out: &mut Vec<Finding>) {
    let words = line.words;
    let mut starts = vec![0];
    starts.extend((1..line.claims.len()).filter(|&i| has_stop(line.between(i - 1, i))));
    for pair in starts.windows(2) {
        let (before, first) = (pair[0], pair[1]);
        let end = starts.iter().copied().find(|&s| s > first).unwrap_or(line.claims.len());
        let here: Vec<usize> = (first..end).filter(|&i| !is_share(line.claim(i))).collect();
        let unit = line.claim(first);
        // `Of these, 3,120 were for it and 2,180 against`: two parts are all of them.
        let lead = line.lead_in(first);
        let halves = here.len() == 2 && words.among.within(lead) && labels(line, &here).complements;
        if here.len() < 3 && !halves
            || !here.iter().all(|&i| countable(line.claim(i)) && line.one_family(line.claim(i), unit))
        {
            continue;
        }
        let members = series(line, first, |c| countable(c) && line.one_family(c, unit), is_share);
        let most_part = members.iter().filter_map(|&m| read(line, m)).map(|s| s.high).max().unwrap_or_default();
        let mut totals = (before..first).filter(|&i| {
            countable(line.claim(i))
                && line.one_family(line.claim(i), unit)
                && read(line, i).is_some_and(|s| s.low > most_part)
        });
        let (Some(t), None) = (totals.next(), totals.next()) else { continue };
        let head = |i: usize| line.claim(i).measure.map(|m| line.of(m.head));
        let told = words.among.within(lead)
            || words.exhaustive.within(lead)
            || words.list_some.within(lead)
            || head(t).is_some_and(|h| !h.is_empty() && head(first) == Some(h));
        let plain = |i: usize| super::amount::written_out(line.corpus.text(line.article, line.claim(i).numeral));
        if members != here || !told || !members.iter().all(|&i| plain(i)) || labels(line, &members).overlapping {
            continue;
        }
        let (Some(parts), Some(whole)) = (sum(line, &members), read(line, t)) else { continue };
        let most = whole.high.checked_mul(Decimal::new(115, 2)).unwrap_or(whole.high);
        let excused = (0..line.claims.len())
            .any(|i| !members.contains(&i) && read(line, i).is_some_and(|v| v.meets(parts)))
            || (2..members.len()).any(|n| sum(line, &members[..n]).is_some_and(|s| s.meets(whole)));
        if parts.low > whole.high && parts.high <= most && !excused {
            report(line, t, &members, parts, out);
            if let Some(last) = out.last_mut() {
                // Parts told in another statement may be of another whole.
                last.severity = Severity::Warning;
                last.confidence = 0.7;
            }
        }
    }
}

fn report(line: &Line<'_>, t: usize, members: &[usize], parts: Spread, out: &mut Vec<Finding>) {
    let added = in_notation(line.corpus, line.claim(t), parts.middle());
    let message = Text::new(
        format!("{}个分项之和为{added}，总数写作{}", members.len(), line.written(t)),
        format!("the {} parts add to {added}, the total says {}", members.len(), line.written(t)),
    );
    let draft =
        Draft::new(&CHECK.info, 0.88, message).claim(line.id(t), 0).claims(members.iter().map(|&i| line.id(i)), 1);
    out.push(draft.build(line.corpus));
}
