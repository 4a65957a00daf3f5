//! `conflicting-date`: comparable dates, times, periods and durations that cannot all be true. Enters: groups. Leaves: findings.

use super::{Check, Input, Run};
use crate::model::{CheckInfo, Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "conflicting-date",
        severity: Severity::Error,
        title: ("日期或时间冲突", "conflicting dates or times"),
        description: (
            "同一件事的日期、时刻、起止时间或时长互相矛盾。精度不同但相容的写法（8月与8月3日）不报。",
            "Dates, clock times, periods or durations of one event that cannot all be true. A coarser date that holds the finer one \
             is let pass.",
        ),
        example: "甲稿：展会于8月3日开幕。乙稿：展会于8月5日开幕。",
    },
    run: Run::Corpus(run),
};

fn run(input: &Input<'_>, out: &mut Vec<Finding>) {
    super::conflict::conflicts(input, &CHECK.info, out);
}
