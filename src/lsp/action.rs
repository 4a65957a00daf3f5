//! What can be done about a finding: accept it with a reason, settle its figure, open the other side. Enters: a stretch of a draft. Leaves:
//! code actions, each with the command that does it.

use serde_json::{Value, json};

use super::show::{Shown, location, place, short};
use super::worker::Worker;
use crate::model::FindClaim;
use crate::report::{Interface, plain};

/// Accepts a finding: `{"fingerprint", "reason"?}`.
pub(super) const ACCEPT: &str = "factlint.accept";
/// Settles one side: `{"fingerprint", "place"}`.
pub(super) const SETTLE: &str = "factlint.settle";
/// Opens the other side: `{"uri", "range"}`.
pub(super) const OPEN: &str = "factlint.openOther";
/// The commands of the server.
pub(super) const COMMANDS: [&str; 3] = [ACCEPT, SETTLE, OPEN];

/// The most sides that are offered to be opened.
const SIDES: usize = 5;

/// Reasons offered where the client asks for none itself.
pub(super) fn reasons(language: Interface) -> [&'static str; 3] {
    match language {
        Interface::Zh => ["两处说的不是一回事", "已核实，两处都对", "以后再改"],
        Interface::En => ["they speak of two things", "verified, both are right", "to be mended later"],
    }
}

/// The actions for all marks that touch `from..=to`.
pub(super) fn actions(worker: &Worker, shown: &Shown, (from, to): (u32, u32)) -> Value {
    let (corpus, how) = (worker.desk.corpus(), worker.client.language);
    let on_disk = worker.workspace.is_on_disk();
    let mut out = Vec::new();
    for mark in shown.marks.iter().filter(|m| m.bytes.0 <= to && from <= m.bytes.1) {
        let finding = &worker.findings[mark.finding];
        let Some(own) = finding.claims.get(mark.place) else { continue };
        let (_, document, _, span) = place(corpus, own);
        let figure = plain(document.text(span)).into_owned();
        let mut add = |title: String, command: &str, argument: Value| {
            out.push(json!({
                "title": title,
                "kind": "quickfix",
                "diagnostics": [mark.diagnostic],
                "command": {"title": title, "command": command, "arguments": [argument]},
            }));
        };
        if worker.client.show_document {
            let mut seen = vec![own.camp];
            for other in finding.claims.iter().filter(|c| c.camp != own.camp) {
                if seen.contains(&other.camp) || seen.len() > SIDES {
                    continue;
                }
                seen.push(other.camp);
                let (_, document, _, span) = place(corpus, other);
                let line = document.positions(span).0.line;
                let (words, path) = (plain(document.text(span)), plain(short(&document.path)));
                let title = match how {
                    Interface::Zh => format!("打开另一处：{words}（{path}:{line}）"),
                    Interface::En => format!("Open the other side: {words} ({path}:{line})"),
                };
                add(title, OPEN, location(worker, &worker.shown, other));
            }
        }
        if on_disk {
            let title = match how {
                Interface::Zh => format!("接受“{figure}”的不一致，并写明理由…"),
                Interface::En => format!("Accept the discrepancy of `{figure}`, with a reason…"),
            };
            add(title, ACCEPT, json!({"fingerprint": finding.fingerprint}));
            if matches!(own.claim, FindClaim::Claim(_)) {
                let title = match how {
                    Interface::Zh => format!("“{figure}”是对的：记入事实"),
                    Interface::En => format!("`{figure}` is right: add it to the facts"),
                };
                add(title, SETTLE, json!({"fingerprint": finding.fingerprint, "place": mark.place}));
            }
        }
    }
    Value::Array(out)
}
