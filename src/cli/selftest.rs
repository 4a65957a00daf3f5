//! `factlint selftest PATH`: how well the checks do on articles of one's own. Plants a known slip in a copy of each article, compares the
//! copy with the original, and counts what is found; copies that say the same in other writing must stay silent. Nothing is written.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rayon::prelude::*;

use super::args::InputArgs;
use super::{Session, Status, input};
use crate::model::{Claim, Document, FindClaim, Finding, Format, Kind, Report, Severity};
use crate::pipeline::{CheckOptions, Engine, Piece};
use crate::report::Interface;
use crate::rule::RuleSet;
use crate::text::{Plain, Span};

/// Figures of one article that are changed, each in a copy of its own.
const PLANTED: usize = 4;

/// A change to a figure written in ASCII digits.
struct Slip {
    name: (&'static str, &'static str),
    /// Whether the copy then contradicts the original.
    wrong: bool,
    change: fn(&str) -> Option<String>,
}

static SLIPS: &[Slip] = &[
    Slip { name: ("改一位数字", "one digit changed"), wrong: true, change: digit },
    Slip { name: ("相邻两位对调", "two digits swapped"), wrong: true, change: swapped },
    Slip { name: ("多一个零", "a zero too many"), wrong: true, change: |n| Some(format!("{n}0")) },
    Slip { name: ("原样转载", "copied as it is"), wrong: false, change: |n| Some(n.to_owned()) },
    Slip { name: ("改用全角数字", "digits of full width"), wrong: false, change: wide },
];

/// The first digit, one further (`4000` → `5000`, `9` → `8`).
fn digit(numeral: &str) -> Option<String> {
    let first = numeral.chars().next()?.to_digit(10)?;
    let other = if first == 9 { 8 } else { first + 1 };
    Some(format!("{other}{}", &numeral[1..]))
}

fn swapped(numeral: &str) -> Option<String> {
    let bytes = numeral.as_bytes();
    let at = (0..bytes.len().checked_sub(1)?).find(|&i| bytes[i] != bytes[i + 1] && bytes[i + 1] != b'0')?;
    let mut out = bytes.to_vec();
    out.swap(at, at + 1);
    String::from_utf8(out).ok()
}

fn wide(numeral: &str) -> Option<String> {
    numeral.bytes().map(|b| char::from_u32(0xFF10 + u32::from(b.wrapping_sub(b'0')))).collect()
}

/// Whether a slip can be planted in a claim: an amount in two to nine ASCII digits and nothing else.
fn plantable(document: &Document, claim: &Claim) -> bool {
    let numeral = document.text(claim.numeral);
    let amount = matches!(claim.kind(), Kind::Count | Kind::Money | Kind::Measure | Kind::Percentage);
    let hundred = claim.kind() == Kind::Percentage && numeral.len() > 2;
    amount && !hundred && (2..=9).contains(&numeral.len()) && numeral.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a finding that an editor sees sets the figure at `span` of the first document against the second document.
fn met(report: &Report, finding: &Finding, span: Span<Plain>) -> bool {
    let camps = |document: u32, of: Option<Span<Plain>>| {
        finding.claims.iter().filter(move |c| match c.claim {
            FindClaim::Claim(id) => {
                let claim = &report.corpus.claims[id.0 as usize];
                report.corpus.article(claim.article).document.0 == document && of.is_none_or(|s| s.overlaps(claim.span))
            }
            FindClaim::Words { .. } => false,
        })
    };
    camps(0, Some(span)).any(|a| camps(1, None).any(|b| a.camp != b.camp))
}

/// Whether one camp of a finding stands in the first document only and another in the second only. What an article says against itself
/// stands in its copy too, and is no alarm about the pair.
fn apart(report: &Report, finding: &Finding) -> bool {
    let mut where_camps_stand: BTreeMap<u32, [bool; 2]> = BTreeMap::new();
    for camp in &finding.claims {
        let article = match camp.claim {
            FindClaim::Claim(id) => report.corpus.claims[id.0 as usize].article,
            FindClaim::Words { sentence, .. } => sentence.article,
        };
        let side = usize::from(report.corpus.article(article).document.0 > 0);
        where_camps_stand.entry(camp.camp).or_default()[side] = true;
    }
    let only = |side| where_camps_stand.values().any(|s| *s == side);
    only([true, false]) && only([false, true])
}

/// For each slip: how many were planted, how many met a finding, and how many other errors the pair brought up.
type Tally = BTreeMap<usize, (usize, usize, usize)>;

fn one(engine: &Engine, piece: &Piece) -> Tally {
    let mut tally = Tally::new();
    for part in &piece.parts {
        let document = &part.document;
        let plain = document.plain();
        let claims: Vec<&Claim> =
            part.articles.iter().flat_map(|(_, claims)| claims).filter(|c| plantable(document, c)).collect();
        let step = claims.len().div_ceil(PLANTED).max(1);
        for claim in claims.iter().step_by(step) {
            for (i, slip) in SLIPS.iter().enumerate() {
                let numeral = claim.numeral.range();
                let Some(other) = (slip.change)(&plain[numeral.clone()]) else { continue };
                let copy = format!("{}{other}{}", &plain[..numeral.start], &plain[numeral.end..]);
                let pieces = vec![
                    engine.read("a.txt", plain.as_bytes(), Format::Text),
                    engine.read("b.txt", copy.as_bytes(), Format::Text),
                ];
                let report = engine.check(pieces, CheckOptions::default());
                let row = tally.entry(i).or_default();
                row.0 += 1;
                let seen = |f: &&Finding| f.severity > Severity::Info;
                let hit = report.findings.iter().filter(seen).any(|f| met(&report, f, claim.span));
                row.1 += usize::from(hit);
                let across = |f: &&Finding| f.severity == Severity::Error && apart(&report, f);
                row.2 += report.findings.iter().filter(across).count().saturating_sub(usize::from(hit && slip.wrong));
            }
        }
    }
    tally
}

/// Runs the command.
pub fn run(args: &InputArgs, session: &mut Session) -> anyhow::Result<Status> {
    session.take(args);
    let mut inputs = session.inputs(&args.paths, &[])?;
    let engine = Engine::new(RuleSet::embedded());
    let pieces = session.each(&inputs.list, |input| match input::open(input) {
        Ok(bytes) => engine.read(&input.name, &bytes, input.format),
        Err(issue) => Piece { issues: vec![issue], ..Piece::default() },
    });
    let read = pieces.iter().filter(|p| p.was_read()).count();
    let tallies: Vec<Tally> = session.install(|| pieces.par_iter().map(|piece| one(&engine, piece)).collect());
    let mut total = Tally::new();
    for (slip, row) in tallies.into_iter().flatten() {
        let sum = total.entry(slip).or_default();
        *sum = (sum.0 + row.0, sum.1 + row.1, sum.2 + row.2);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (slip, (planted, found, others)) in &total {
        let slip = &SLIPS[*slip];
        let name = session.language.pick(slip.name.0, slip.name.1);
        match (session.language, slip.wrong) {
            (Interface::Zh, true) => writeln!(out, "{name}：植入 {planted}，查出 {found}，其他报警 {others}")?,
            (Interface::Zh, false) => writeln!(out, "{name}：{planted} 处本应无事，误报 {others}")?,
            (Interface::En, true) => writeln!(out, "{name}: planted {planted}, found {found}, other alarms {others}")?,
            (Interface::En, false) => writeln!(out, "{name}: {planted} that should stay silent, alarms {others}")?,
        }
    }
    if total.is_empty() {
        let said = session.language.pick(
            "没有可以植入差错的数字（两到九位阿拉伯数字的数量）",
            "no figure to plant a slip in: an amount of two to nine digits",
        );
        writeln!(out, "{said}")?;
    }
    out.flush()?;
    inputs.issues.extend(pieces.into_iter().flat_map(|p| p.issues));
    session.show_issues(&mut inputs.issues);
    Ok(session.outcome(&inputs.issues, read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_change_what_they_say() {
        assert_eq!(digit("4000").as_deref(), Some("5000"));
        assert_eq!(digit("95").as_deref(), Some("85"));
        assert_eq!(swapped("4356").as_deref(), Some("3456"));
        assert_eq!(swapped("4000"), None);
        assert_eq!(wide("12").as_deref(), Some("１２"));
    }
}
