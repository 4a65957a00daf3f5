//! `known-fact`: a claim against the facts file of the desk. Enters: groups on the road of facts. Leaves: findings.

use super::{Check, Input, Run};
use crate::model::{CheckInfo, Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "known-fact",
        severity: Severity::Error,
        title: ("与事实档案不符", "against a known fact"),
        description: (
            "稿件中的数字与事实档案（facts.toml）里已核定的值不符。",
            "A figure that disagrees with a settled value of the facts file.",
        ),
        example: "档案：公司成立于1999年。稿件：公司成立于1998年。",
    },
    run: Run::Corpus(run),
};

fn run(_input: &Input<'_>, _out: &mut Vec<Finding>) {}
