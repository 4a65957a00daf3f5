//! `conflicting-figure`: comparable amounts that cannot all be true. Enters: groups. Leaves: one finding a group that clashes.

use super::{Check, Input, Run};
use crate::model::{CheckInfo, Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "conflicting-figure",
        severity: Severity::Error,
        title: ("数字冲突", "conflicting figures"),
        description: (
            "同一主体、同一时点、同一口径的数量、金额、度量、百分比、比率或名次互相矛盾。约数、四舍五入、不同时间或口径的数字不报。",
            "Counts, money, measures, percentages, ratios or ranks of the same thing at the same time that cannot all be true. Hedges, \
             rounding, and another time, place or base are let pass.",
        ),
        example: "甲稿：当日已有4000多家供应商入驻。乙稿：当日已有5000多家供应商入驻。",
    },
    run: Run::Corpus(run),
};

fn run(input: &Input<'_>, out: &mut Vec<Finding>) {
    super::conflict::conflicts(input, &CHECK.info, out);
}
