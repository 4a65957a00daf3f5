//! What a comment in a Word document says of a finding. Enters: a report and one of its documents. Leaves: a note for every figure of that
//! document to comment on, its paragraphs not yet escaped. Knows nothing of how a Word document is written.

use std::collections::BTreeMap;

use super::escape::plain;
use super::view::{self, Spot};
use super::{Interface, text};
use crate::model::{DocumentId, FindClaim, Finding, Format, Report, SentenceId};
use crate::text::{Plain, Span};

/// Characters of the other side's sentence on each side of its figure.
const AROUND: usize = 150;
/// Other places shown before the rest is counted.
const PLACES: usize = 4;

/// What to say of one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The figure, in the document's plain text.
    pub span: Span<Plain>,
    /// Fingerprint of the finding.
    pub fingerprint: String,
    /// Its paragraphs: what is wrong, what the other side says and where, on what grounds the two were compared.
    pub paragraphs: Vec<String>,
}

/// The notes on a document, in text order: for each finding one in every sentence of it that has a part in the finding.
pub fn notes(report: &Report, document: DocumentId, language: Interface) -> Vec<Note> {
    let mut notes: Vec<Note> =
        report.findings.iter().flat_map(|finding| notes_on(report, finding, document, language)).collect();
    notes.sort_by_key(|n| (n.span.start, n.span.end));
    notes
}

fn sentence_of(report: &Report, claim: &FindClaim) -> SentenceId {
    match claim {
        FindClaim::Claim(id) => report.corpus.claims[id.0 as usize].sentence,
        FindClaim::Words { sentence, .. } => *sentence,
    }
}

fn notes_on(report: &Report, finding: &Finding, document: DocumentId, language: Interface) -> Vec<Note> {
    let places: Vec<(SentenceId, u32, Spot<'_>)> = finding
        .claims
        .iter()
        .map(|c| (sentence_of(report, &c.claim), c.camp, view::spot(&report.corpus, &c.claim, AROUND)))
        .collect();
    let mut sentences: BTreeMap<SentenceId, Vec<usize>> = BTreeMap::new();
    for (i, (sentence, ..)) in places.iter().enumerate() {
        if report.corpus.article(sentence.article).document == document {
            sentences.entry(*sentence).or_default().push(i);
        }
    }
    // In one sentence the figure that stands alone against several is the one to look at.
    let chosen = sentences.into_values().filter_map(|of| {
        let rivals = |camp: u32| of.iter().filter(|i| places[**i].1 == camp).count();
        of.iter().copied().min_by_key(|i| (rivals(places[*i].1), places[*i].1))
    });
    chosen
        .map(|here| {
            let (sentence, camp, spot) = &places[here];
            let others = places.iter().filter(|p| p.0 != *sentence).map(|p| (p.1 == *camp, &p.2));
            Note {
                span: spot.span,
                fingerprint: finding.fingerprint.clone(),
                paragraphs: paragraphs(finding, spot, others.collect(), language),
            }
        })
        .collect()
}

fn paragraphs(finding: &Finding, here: &Spot<'_>, mut others: Vec<(bool, &Spot<'_>)>, how: Interface) -> Vec<String> {
    let mut out = vec![plain(how.of(&finding.message)).into_owned()];
    out.extend(finding.diagnosis.iter().map(|d| plain(how.of(d)).into_owned()));
    // What stands against the figure comes before what says the same.
    others.sort_by_key(|(agrees, _)| *agrees);
    let more = others.len().saturating_sub(PLACES);
    for (agrees, spot) in others.into_iter().take(PLACES) {
        let lead = if agrees {
            how.pick("同此说法：", "Says the same: ")
        } else {
            how.pick("另一说法：", "Elsewhere: ")
        };
        let e = &spot.excerpt;
        out.push(format!("{lead}{}【{}】{}", plain(&e.before), plain(e.mark), plain(&e.after)));
        out.push(format!("—— {}", place(here, spot, how)));
    }
    if more > 0 {
        out.push(format!("{}{more}", how.pick("另有其他位置 ", "further places: ")));
    }
    let why = text::why(&finding.why, how);
    if !why.is_empty() {
        out.push(format!("{}{why}", how.pick("依据：", "Compared because: ")));
    }
    out
}

/// Where the other side stands, as somebody who opens the file finds it.
fn place(here: &Spot<'_>, spot: &Spot<'_>, how: Interface) -> String {
    let line = spot.line();
    if std::ptr::eq(here.document, spot.document) {
        return match how {
            Interface::Zh => format!("本文第 {line} 段"),
            Interface::En => format!("paragraph {line} of this document"),
        };
    }
    let article = text::article(spot, how);
    let gap = if article.is_empty() { "" } else { how.pick("，", ", ") };
    let file = plain(spot.file());
    let at = match (spot.document.format, how) {
        (Format::Docx, Interface::Zh) => format!("{file} 第 {line} 段"),
        (Format::Docx, Interface::En) => format!("{file}, paragraph {line}"),
        (_, Interface::Zh) => format!("{file} 第 {line} 行"),
        (_, Interface::En) => format!("{file}, line {line}"),
    };
    format!("{article}{gap}{at}")
}
