//! `impossible-date`: a day that its month does not have. Enters: an article. Leaves: findings. Knows no language.

use super::calendar::{Written, ends, written};
use super::finding::Draft;
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, ClaimId, Finding, Kind, Severity, Text};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "impossible-date",
        severity: Severity::Error,
        title: ("不存在的日期", "an impossible date"),
        description: (
            "日历上没有的日期：2月30日、6月31日、平年的2月29日。年份不明的2月29日不报。",
            "A date the calendar does not have: 30 February, 31 June, 29 February of a common year. 29 February of an unknown year is let \
             pass.",
        ),
        example: "村民代表大会定于2月30日召开。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    let corpus = input.corpus;
    let first = corpus.claims_of[article.0 as usize].start;
    for (i, claim) in corpus.claims_in(article).iter().enumerate() {
        let id = ClaimId(first + i as u32);
        let Some(time) = &claim.quantity.time else { continue };
        let bad = match claim.kind() {
            Kind::Date => written(claim).filter(|w| impossible(*w)),
            Kind::DateRange => ends(time).and_then(|(a, b)| [a, b].into_iter().find(|w| impossible(*w))),
            _ => None,
        };
        let Some(bad) = bad else { continue };
        let (month, day) = (bad.month.unwrap_or(0), bad.day.unwrap_or(0));
        let message = match (bad.month_length(), bad.year) {
            (Some(length), Some(year)) => Text::new(
                format!("{year}年{month}月只有{length}天，没有{day}日"),
                format!("{year}-{month:02} has only {length} days, no day {day}"),
            ),
            (Some(length), None) => Text::new(
                format!("{month}月最多{length}天，没有{day}日"),
                format!("month {month} has at most {length} days, no day {day}"),
            ),
            (None, _) => Text::new(format!("没有{month}月"), format!("there is no month {month}")),
        };
        let confidence = if time.relative { 0.8 } else { 0.98 };
        out.push(Draft::new(&CHECK.info, confidence, message).claim(id, 0).build(corpus));
    }
}

fn impossible(date: Written) -> bool {
    let Some(month) = date.month else { return false };
    match (date.month_length(), date.day) {
        (None, _) => !(1..=12).contains(&month),
        (Some(length), Some(day)) => day > length || day < 1,
        (Some(_), None) => false,
    }
}
