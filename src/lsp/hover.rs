//! What stands behind a figure. Enters: a place in a draft. Leaves: the findings there with both sides and why they are compared, and the
//! claim as it was understood. Every word of an article is escaped.

use serde_json::{Value, json};

use super::position::range;
use super::show::{Shown, location, place, sentence, short};
use super::worker::Worker;
use crate::model::{Claim, Corpus, Finding};
use crate::report::{Interface, part_name, plain, record, why};

/// The most places that a hover lists.
const PLACES: usize = 8;

/// Lines of text, in Markdown or without.
struct Page {
    markdown: bool,
    text: String,
}

impl Page {
    /// Words that are not ours.
    fn words(&self, text: &str) -> String {
        if self.markdown { crate::report::markdown(text) } else { plain(text).into_owned() }
    }

    fn bold(&self, text: &str) -> String {
        if self.markdown { format!("**{}**", self.words(text)) } else { self.words(text) }
    }

    fn paragraph(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(text);
    }

    fn item(&mut self, text: &str) {
        self.text.push_str("\n- ");
        self.text.push_str(text);
    }
}

/// The hover at byte `at`; null where no figure stands.
pub(super) fn hover(worker: &Worker, shown: &Shown, at: u32) -> Value {
    let corpus = worker.desk.corpus();
    let here = |(start, end): (u32, u32)| start <= at && at <= end;
    let mut page = Page { markdown: worker.client.markdown, text: String::new() };
    let mut bytes = None;
    for mark in shown.marks.iter().filter(|m| here(m.bytes)) {
        bytes = bytes.or(Some(mark.bytes));
        finding(worker, &mut page, &worker.findings[mark.finding], mark.place);
    }
    let document = shown.document.map(|d| &corpus.documents[d.0 as usize]);
    let claim = document.and_then(|d| {
        let spans = shown.claims(corpus).map(|c| (shown.bytes(d, c.span), c));
        // Where one figure ends and the next begins, the later.
        spans.filter(|(bytes, _)| here(*bytes)).last()
    });
    if let Some((span, claim)) = claim {
        bytes = bytes.or(Some(span));
        understood(&mut page, corpus, claim, worker.client.language);
    }
    let Some(bytes) = bytes else { return Value::Null };
    let kind = if page.markdown { "markdown" } else { "plaintext" };
    json!({
        "contents": {"kind": kind, "value": page.text},
        "range": range(&shown.draft.text, &shown.lines, bytes, worker.client.encoding),
    })
}

fn finding(worker: &Worker, page: &mut Page, finding: &Finding, own: usize) {
    let (corpus, how) = (worker.desk.corpus(), worker.client.language);
    let message = page.bold(how.of(&finding.message));
    page.paragraph(&format!("{message} · {} {:.0}%", finding.check, finding.confidence * 100.0));
    let camp = finding.claims.get(own).map_or(0, |c| c.camp);
    let others = || finding.claims.iter().filter(|c| c.camp != camp);
    for other in others().take(PLACES) {
        let (_, document, whole, span) = place(corpus, other);
        let said = page.words(&sentence(document, whole, span));
        let (line, path) = (document.positions(span).0.line, page.words(short(&document.path)));
        let at = location(worker, &worker.shown, other);
        let uri = at["uri"].as_str().unwrap_or_default();
        page.item(&if page.markdown {
            format!("[{path}:{line}](<{}#L{line}>) {said}", uri.replace(['<', '>', '\n'], ""))
        } else {
            format!("{path}:{line} {said}")
        });
    }
    if let Some(more) = others().count().checked_sub(PLACES).filter(|n| *n > 0) {
        page.item(&format!("{}{more}", how.pick("其余 ", "more: ")));
    }
    if let Some(diagnosis) = &finding.diagnosis {
        let text = page.words(how.of(diagnosis));
        page.paragraph(&format!("{}{text}", how.pick("可能的原因：", "likely slip: ")));
    }
    let said = why(&finding.why, how);
    if !said.is_empty() {
        let rule = finding.rule.as_deref().map(|r| format!(" · {} {}", how.pick("规则", "rule"), page.words(r)));
        page.paragraph(&format!("{}{said}{}", how.pick("可比的理由：", "comparable: "), rule.unwrap_or_default()));
    }
}

/// The claim as `factlint extract` tells it, part by part; what the text does not state is left out.
fn understood(page: &mut Page, corpus: &Corpus, claim: &Claim, how: Interface) {
    let document = corpus.document_of(claim.article);
    let told =
        serde_json::to_value(record::claim_record(document, corpus.article(claim.article), claim)).unwrap_or_default();
    let text = |value: &Value| match value {
        Value::String(s) => Some(s.clone()),
        _ => None,
    };
    let title = page.bold(document.text(claim.span));
    page.paragraph(&format!("{title} {}", how.pick("读作：", "is read as:")));
    let (value, scope) = (&told["value"], &told["scope"]);
    let interval = || {
        let (low, high) = (text(&value["low"]), text(&value["high"]));
        if low.is_none() && high.is_none() {
            return None;
        }
        if low == high {
            return low;
        }
        let open = if value["low_closed"] == true { "[" } else { "(" };
        let close = if value["high_closed"] == true { "]" } else { ")" };
        let end = |bound: Option<String>, none: &str| bound.unwrap_or_else(|| none.to_owned());
        Some(format!("{open}{}, {}{close}", end(low, "−∞"), end(high, "∞")))
    };
    let rows = [
        (how.pick("类别", "kind"), text(&told["kind"])),
        (how.pick("数值", "value"), text(&value["timex"]).or_else(|| text(&value["point"]))),
        (how.pick("可取", "allows"), interval()),
        (how.pick("约数词", "hedge"), text(&value["hedge"])),
        (part_name("unit", how), text(&told["unit"])),
        (part_name("measure", how), text(&told["measure"])),
        (part_name("subject", how), text(&told["subject"])),
        (part_name("predicate", how), text(&told["predicate"])),
        (part_name("time", how), text(&scope["time"])),
        (part_name("place", how), text(&scope["place"])),
        (part_name("base", how), text(&scope["base"])),
        (part_name("aggregation", how), text(&scope["aggregation"])),
        (part_name("status", how), text(&scope["status"])),
        (part_name("attribution", how), text(&scope["attribution"])),
    ];
    for (name, said) in rows {
        if let Some(said) = said {
            let said = page.words(&said);
            page.item(&format!("{name}{}{said}", how.pick("：", ": ")));
        }
    }
}
