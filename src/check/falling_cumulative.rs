//! `falling-cumulative`: a running total that is lower at a later date. Enters: groups. Leaves: findings.

use super::{Check, Input, Run};
use crate::model::{CheckInfo, Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "falling-cumulative",
        severity: Severity::Warning,
        title: ("累计数下降", "a cumulative count that falls"),
        description: (
            "累计数字在后一时点反而低于前一时点。",
            "A cumulative figure that is lower at a later time than at an earlier one.",
        ),
        example: "甲稿：截至3月底累计注册8万户。乙稿：截至6月底累计注册7万户。",
    },
    run: Run::Corpus(run),
};

fn run(input: &Input<'_>, out: &mut Vec<Finding>) {
    super::conflict::conflicts(input, &CHECK.info, out);
}
