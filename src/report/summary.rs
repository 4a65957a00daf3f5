//! The end of a report for people: what was found, what was read, what was compared, what was left out and why. Enters: a report.
//! Leaves: sentences, not yet escaped.

use super::Interface;
use super::view::reason_name;
use crate::model::{Report, Severity};

/// A number with separators for thousands.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// `1 error`, `2 errors`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// How many findings there are of each severity, gravest first.
pub fn counts(report: &Report) -> [(Severity, usize); 3] {
    [Severity::Error, Severity::Warning, Severity::Info]
        .map(|s| (s, report.findings.iter().filter(|f| f.severity == s).count()))
}

/// The name of a severity.
pub fn severity_name(severity: Severity, language: Interface) -> &'static str {
    match severity {
        Severity::Error => language.pick("错误", "error"),
        Severity::Warning => language.pick("警告", "warning"),
        Severity::Info => language.pick("提示", "info"),
    }
}

/// One sentence: what was found.
pub fn verdict(report: &Report, language: Interface) -> String {
    let [(_, errors), (_, warnings), (_, infos)] = counts(report);
    if errors + warnings + infos == 0 {
        return language.pick("未发现不一致。", "No discrepancy found.").to_owned();
    }
    match language {
        Interface::Zh => format!("发现 {errors} 处错误、{warnings} 处警告、{infos} 处提示。"),
        Interface::En => format!(
            "Found {}, {}, {}.",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings"),
            counted(infos, "note", "notes")
        ),
    }
}

/// What was read, compared and left out: one sentence each.
pub fn sentences(report: &Report, language: Interface) -> Vec<String> {
    let s = &report.summary;
    let list = |items: Vec<String>| items.join(language.pick("、", ", "));
    let mut out = vec![match language {
        Interface::Zh => format!(
            "读取 {} 个文件（{} 篇文章，{} 句），提取 {} 条数字说法。",
            grouped(s.files),
            grouped(s.articles),
            grouped(s.sentences),
            grouped(s.claims)
        ),
        Interface::En => format!(
            "Read {}: {}, {}, {}.",
            counted(s.files, "file", "files"),
            counted(s.articles, "article", "articles"),
            counted(s.sentences, "sentence", "sentences"),
            counted(s.claims, "claim", "claims")
        ),
    }];
    out.push(match language {
        Interface::Zh => format!("比较 {} 对说法，其中 {} 对相符。", grouped(s.compared), grouped(s.agreements)),
        Interface::En => {
            format!("Compared {} of claims; {} agree.", counted(s.compared, "pair", "pairs"), grouped(s.agreements))
        }
    });
    if !s.not_compared.is_empty() {
        let mut reasons = s.not_compared.clone();
        reasons.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        let each = reasons.iter().map(|(reason, n)| format!("{} {}", reason_name(reason, language), grouped(*n)));
        out.push(match language {
            Interface::Zh => format!("接近而未判为矛盾：{}。", list(each.collect())),
            Interface::En => format!("Close, but not held to contradict: {}.", list(each.collect())),
        });
    }
    if !s.left_out.is_empty() {
        let each = s.left_out.iter().map(|(reason, n)| format!("{} × {}", language.of(reason), grouped(*n)));
        out.push(match language {
            Interface::Zh => format!("未读取：{}。", list(each.collect())),
            Interface::En => format!("Left out: {}.", list(each.collect())),
        });
    }
    if s.accepted > 0 {
        out.push(match language {
            Interface::Zh => format!("另有 {} 处已在基线中接受，不再报告。", grouped(s.accepted)),
            Interface::En => {
                format!("{} accepted by the baseline, not reported.", counted(s.accepted, "finding", "findings"))
            }
        });
    }
    if s.excepted > 0 {
        out.push(match language {
            Interface::Zh => format!("另有 {} 处写明了例外，不再报告。", grouped(s.excepted)),
            Interface::En => {
                format!("{} let stand by exceptions, not reported.", counted(s.excepted, "finding", "findings"))
            }
        });
    }
    if s.idle > 0 {
        out.push(match language {
            Interface::Zh => format!("{} 处例外在这次检查中没有用上。", grouped(s.idle)),
            Interface::En => format!("{} not needed in this run.", counted(s.idle, "exception", "exceptions")),
        });
    }
    if s.unchanged > 0 {
        out.push(match language {
            Interface::Zh => format!("另有 {} 处不涉及改动的行，不再报告。", grouped(s.unchanged)),
            Interface::En => {
                let findings = counted(s.unchanged, "finding touches", "findings touch");
                format!("{findings} no changed line, not reported.")
            }
        });
    }
    if !report.issues.is_empty() {
        out.push(match language {
            Interface::Zh => format!("输入有 {} 处问题。", grouped(report.issues.len())),
            Interface::En => {
                format!("{} with the inputs.", counted(report.issues.len(), "problem", "problems"))
            }
        });
    }
    out
}
