//! `share-sum`: shares of one whole that add to more than all of it. Enters: an article. Leaves: findings. Triggers are language data.

use super::amount::{Spread, hedged, share, shown_percent};
use super::finding::Draft;
use super::line::{Line, is_share, lines};
use super::series::{label_after, label_before, labels, series};
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Finding, Kind, Severity, Text};
use crate::quantity::Decimal;

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "share-sum",
        severity: Severity::Error,
        title: ("占比合计超过百分之百", "shares over 100 %"),
        description: (
            "同一整体的各项占比相加超过100%（写有“其余”时也不应不足）。进位误差、可多选的问卷、互相重叠的特征和增幅不报。",
            "Shares of one whole that add to more than 100 % (or, with a “rest”, to less). Rounding, surveys with several answers, traits \
             that overlap and rates of change are let pass.",
        ),
        example: "居民用电占51%，工业用电占39%，商业用电占20%。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    for line in lines(input, article) {
        let mut at = 0;
        while at < line.claims.len() {
            at = if is_percentage(&line, at) { from(&line, at, out).max(at + 1) } else { at + 1 };
        }
    }
}

fn is_percentage(line: &Line<'_>, i: usize) -> bool {
    let claim = line.claim(i);
    is_share(claim) && claim.quantity.point.is_some() && !claim.quantity.negative
}

/// Looks at the series of shares that begins at `start`; gives where the next one may begin.
fn from(line: &Line<'_>, start: usize, out: &mut Vec<Finding>) -> usize {
    let words = line.words;
    let counted = |c: &crate::model::Claim| !is_share(c) && c.kind() != Kind::PercentagePoints;
    let members = series(line, start, |c| is_share(c) && c.quantity.point.is_some() && !c.quantity.negative, counted);
    let next = members.last().map_or(start, |l| *l) + 1;
    if members.len() < 2 {
        return next;
    }
    let lead = line.lead_in(start);
    let first_label = label_before(line, start);
    let grows = (words.rises(first_label) || words.falls(first_label)) && !words.share.within(first_label);
    if words.many_answers.within(statement(line, start)) || grows {
        return next;
    }
    // Either every member carries a share word, or the first does and the others are as short as a list.
    let last = members[members.len() - 1];
    let said = |i: usize| words.share.within(label_before(line, i)) || words.share.within(label_after(line, i));
    let cue = members.iter().any(|&i| said(i))
        || words.share.within(tail(lead, 60))
        || words.whole.within(label_after(line, start));
    let bare = |label: &str| {
        let mut rest = String::new();
        super::line::strip(label, &[&words.filler, &words.joint], &mut rest);
        rest.is_empty()
    };
    let named = members.iter().skip(1).all(|&i| {
        let label = label_before(line, i);
        !bare(label) && label.chars().count() <= 24
    });
    // `45 percent of them novels, 30 percent non-fiction and 35 percent poetry`: the names stand behind, in every one of them.
    let behind = words.whole.within(label_after(line, start))
        && members.iter().skip(1).all(|&i| {
            let label = label_after(line, i);
            bare(label_before(line, i)) && !bare(label) && label.chars().count() <= 40
        });
    let named = named || behind;
    // `占比分别为12%、45%和53%`: one word of order names them all.
    let respectively = words.exhaustive.within(first_label) && words.share.within(first_label);
    let named = named || respectively;
    if !cue || !named {
        return next;
    }
    // Growth anywhere among them: rates of change, not shares.
    if (start..=last).any(|i| i > start && (words.rises(line.before(i)) || words.falls(line.before(i)))) {
        return next;
    }
    let labels = labels(line, &members);
    if labels.overlapping {
        return next;
    }
    // `占目录内支付的89%，占总费用的76%`: shares of different wholes.
    let objects: std::collections::BTreeSet<String> = members.iter().filter_map(|&i| object(line, i)).collect();
    if objects.len() > 1 {
        return next;
    }
    let every = members.iter().all(|&i| said(i));
    if members.len() == 2 && !(labels.complements || labels.alike && every || labels.rest) {
        return next;
    }
    let Some(sum) = sum(line, &members) else { return next };
    let hundred = Decimal::ONE_HUNDRED;
    let over = sum.low > hundred && sum.high <= Decimal::from(170);
    let hedge = members.iter().any(|&i| hedged(line.claim(i)));
    let short = labels.rest
        && !hedge
        && words.rest.within(label_before(line, last))
        && sum.high < hundred
        && sum.low >= Decimal::from(60);
    // Some first members that make the whole: what follows is another division.
    let parted = |n: &usize| line.before(members[*n]).contains(['；', ';']);
    let divided = (2..members.len())
        .filter(parted)
        .any(|n| self::sum(line, &members[..n]).is_some_and(|s| s.meets(Spread::exactly(hundred))));
    if (over || short) && !divided {
        let message = Text::new(
            format!(
                "{}项占比合计{}%，{}",
                members.len(),
                shown_percent(sum.middle()),
                if over { "超过100%" } else { "不足100%" }
            ),
            format!(
                "the {} shares add to {}%, {} 100%",
                members.len(),
                shown_percent(sum.middle()),
                if over { "more than" } else { "less than" }
            ),
        );
        let confidence = if every && members.len() > 2 { 0.92 } else { 0.8 };
        let draft = Draft::new(&CHECK.info, confidence, message).claims(members.iter().map(|&i| line.id(i)), 0);
        out.push(draft.build(line.corpus));
    }
    next
}

/// What a share is said to be a share of, where words stand between the share word and the figure.
fn object(line: &Line<'_>, i: usize) -> Option<String> {
    let words = line.words;
    let label = label_before(line, i);
    let (start, mut end) = words.share.find(label)?;
    // `职工持股会持股29%`: the same word in a name before it leads to no whole.
    let word = &label[start..end];
    if let Some(last) = label.rfind(word).filter(|last| *last > start) {
        end = last + word.len();
    }
    let mut rest = String::new();
    super::line::strip(&label[end..], &[&words.share, &words.whole, &words.filler, &words.rate], &mut rest);
    Some(rest)
}

/// The whole statement around a claim.
fn statement<'t>(line: &'t Line<'_>, i: usize) -> &'t str {
    let lead = line.lead_in(i);
    let from = line.claim(i).span.start as usize - lead.len();
    let tail = line.tail(i);
    let to = super::line::stops(tail).next().unwrap_or(tail.len());
    line.slice(from, line.claim(i).span.end as usize + to)
}

fn tail(text: &str, n: usize) -> &str {
    let mut at = text.len().saturating_sub(n);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

fn sum(line: &Line<'_>, members: &[usize]) -> Option<Spread> {
    members.iter().try_fold(Spread::exactly(Decimal::ZERO), |total, &i| {
        let claim = line.claim(i);
        let (_, spread) = share(claim, line.corpus.text(line.article, claim.numeral))?;
        let low = spread.low.max(Decimal::ZERO);
        total.add(Spread { low, high: spread.high.max(low) })
    })
}
