//! `weekday-mismatch`: a date against the day of the week beside it. Enters: an article. Leaves: findings.

use jiff::ToSpan;
use jiff::civil::Date;

use super::finding::Draft;
use super::line::{Line, is_mark, lines};
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Finding, Severity, Text};
use crate::quantity::Precision;

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "weekday-mismatch",
        severity: Severity::Error,
        title: ("日期与星期不符", "a date against its weekday"),
        description: (
            "年月日与旁边写的星期几不符。年份是推定的时候，只要相邻年份对得上就不报。",
            "A date that falls on another day of the week than the one beside it. Where the year was inferred, a fitting year next to it \
             excuses.",
        ),
        example: "2008年12月29日（星期三），会议在南京召开。",
    },
    run: Run::Article(run),
};

const NAMES: [(&str, &str); 7] = [
    ("星期一", "a Monday"),
    ("星期二", "a Tuesday"),
    ("星期三", "a Wednesday"),
    ("星期四", "a Thursday"),
    ("星期五", "a Friday"),
    ("星期六", "a Saturday"),
    ("星期日", "a Sunday"),
];

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    for line in lines(input, article) {
        for i in 0..line.claims.len() {
            if let Some(time) = &line.claim(i).quantity.time
                && time.precision <= Precision::Day
                && let (Some(first), Some(last)) = (time.first, time.last)
                && first == last
            {
                if let Some(day) = time.weekday {
                    if !time.relative || time.day.is_some() {
                        judge(&line, first, day, &[i], out);
                    }
                } else if let Some((j, day)) = beside(&line, i) {
                    judge(&line, first, day, &[i, j], out);
                }
            }
        }
    }
}

/// A bare day of the week right before or after the date at `i`, with marks alone between.
fn beside(line: &Line<'_>, i: usize) -> Option<(usize, i8)> {
    let bare = |j: usize| {
        let time = line.claim(j).quantity.time.as_ref()?;
        (time.day.is_none() && time.month.is_none()).then_some(time.weekday?)
    };
    let touching =
        |gap: &str| gap.chars().all(|c| is_mark(c) && !matches!(c, '、' | '；' | '。')) && gap.chars().count() <= 2;
    if i + 1 < line.claims.len() && touching(line.between(i, i + 1)) {
        return Some((i + 1, bare(i + 1)?));
    }
    let before = i.checked_sub(1)?;
    (touching(line.between(before, i))).then_some((before, bare(before)?))
}

fn judge(line: &Line<'_>, date: Date, day: i8, places: &[usize], out: &mut Vec<Finding>) {
    let real = date.weekday().to_monday_one_offset();
    if real == day || !(1..=7).contains(&day) {
        return;
    }
    let year_written = line.of(line.claim(places[0]).span).contains(&date.year().to_string());
    if !year_written {
        // The year was inferred: within half a year of the article's own date it stands, else a fitting neighbour excuses.
        let near = line.corpus.article(line.article).date.is_some_and(|d| (date - d).get_days().abs() <= 183);
        let fits =
            |years: i32| date.checked_add(years.years()).is_ok_and(|d| d.weekday().to_monday_one_offset() == day);
        if !near && (fits(1) || fits(-1)) {
            return;
        }
    }
    let (zh, en) = NAMES[(real - 1) as usize];
    let (zh_stated, en_stated) = NAMES[(day - 1) as usize];
    let message = Text::new(
        format!("{}年{}月{}日是{zh}，不是{zh_stated}", date.year(), date.month(), date.day()),
        format!("{} falls on {en}, not {en_stated}", date.strftime("%B %-d, %Y")),
    );
    let confidence = if year_written { 0.98 } else { 0.8 };
    let mut draft = Draft::new(&CHECK.info, confidence, message);
    for (camp, &i) in places.iter().enumerate() {
        draft = draft.claim(line.id(i), camp as u32);
    }
    out.push(draft.build(line.corpus));
}
