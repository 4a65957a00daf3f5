//! `factlint selftest PATH`: how well the checks do on articles of one's own. Plants a known slip in a copy of each article, compares the
//! copy with the original, and counts what is found; copies that say the same in other writing must stay silent. Nothing is written.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::args::SelftestArgs;
use super::{Session, Status, input};
use crate::lang::rewrite::{in_digits, in_words, rescaled};
use crate::model::{Claim, Document, FindClaim, Finding, Format, Kind, Lang, Report, Severity};
use crate::pipeline::{CheckOptions, Engine, Piece};
use crate::quantity::Decimal;
use crate::report::{Interface, grouped};
use crate::rule::RuleSet;
use crate::text::{Plain, Span};

/// Figures of one article that are changed, each in a copy of its own.
const PLANTED: usize = 4;

/// What is changed in a copy.
#[derive(Clone, Copy)]
enum Target {
    /// The digits of an amount.
    Digits,
    /// The word of scale right behind them.
    Scale,
    /// The last figure of a date.
    Date,
    /// A member of a list whose members the text counts.
    Member,
    /// The whole numeral, in another notation of the same value.
    Notation(fn(Lang, &str, Decimal) -> Option<String>),
}

/// A change to a figure written in ASCII digits.
struct Slip {
    name: (&'static str, &'static str),
    /// Whether the copy then contradicts the original.
    wrong: bool,
    target: Target,
    change: fn(&str) -> Option<String>,
}

const fn slip(name: (&'static str, &'static str), target: Target, change: fn(&str) -> Option<String>) -> Slip {
    Slip { name, wrong: true, target, change }
}

const fn rewrite(name: (&'static str, &'static str), change: fn(&str) -> Option<String>) -> Slip {
    Slip { name, wrong: false, target: Target::Digits, change }
}

/// A rewriting of the whole numeral, with its word of scale.
const fn noted(name: (&'static str, &'static str), write: fn(Lang, &str, Decimal) -> Option<String>) -> Slip {
    Slip { name, wrong: false, target: Target::Notation(write), change: |_| None }
}

static SLIPS: &[Slip] = &[
    slip(("改一位数字", "one digit changed"), Target::Digits, digit),
    slip(("相邻两位对调", "two digits swapped"), Target::Digits, swapped),
    slip(("多一个零", "a zero too many"), Target::Digits, zero),
    slip(("漏一位数字", "a digit lost"), Target::Digits, lost),
    slip(("小数点移一位", "the point shifted"), Target::Digits, shifted),
    // The other word of the pair is the language's to give.
    slip(("万亿写错", "million for billion"), Target::Scale, |_| None),
    slip(("日期差一天", "a date moved"), Target::Date, moved),
    // What is dropped is the text's to give.
    slip(("列举漏一项", "a list item dropped"), Target::Member, |_| None),
    rewrite(("原样转载", "copied as it is"), |n| Some(n.to_owned())),
    rewrite(("改用全角数字", "digits of full width"), wide),
    rewrite(("加千位分隔", "thousands parted by commas"), parted),
    noted(("阿拉伯数字改用文字", "digits as words"), in_words),
    noted(("文字改用阿拉伯数字", "words as digits"), in_digits),
    noted(("换用“万”“亿”", "another word of scale"), rescaled),
];

/// The first digit, one further (`4000` → `5000`, `9` → `8`).
fn digit(numeral: &str) -> Option<String> {
    let first = numeral.chars().next()?.to_digit(10)?;
    let other = if first == 9 { 8 } else { first + 1 };
    Some(format!("{other}{}", &numeral[1..]))
}

fn swapped(numeral: &str) -> Option<String> {
    let bytes = numeral.as_bytes();
    let digits = |i: usize| bytes[i].is_ascii_digit() && bytes[i + 1].is_ascii_digit();
    let at =
        (0..bytes.len().checked_sub(1)?).find(|&i| digits(i) && bytes[i] != bytes[i + 1] && bytes[i + 1] != b'0')?;
    let mut out = bytes.to_vec();
    out.swap(at, at + 1);
    String::from_utf8(out).ok()
}

fn zero(numeral: &str) -> Option<String> {
    (!numeral.contains('.')).then(|| format!("{numeral}0"))
}

/// The second digit left out, of whole numbers of four digits or more.
fn lost(numeral: &str) -> Option<String> {
    let whole = numeral.len() >= 4 && !numeral.contains('.');
    whole.then(|| format!("{}{}", &numeral[..1], &numeral[2..]))
}

/// `21.8` → `2.18`, `9.2` → `92`.
fn shifted(numeral: &str) -> Option<String> {
    let (whole, decimals) = numeral.split_once('.')?;
    if whole.len() > 1 {
        let (a, b) = whole.split_at(whole.len() - 1);
        return Some(format!("{a}.{b}{decimals}"));
    }
    let (a, b) = decimals.split_at(1);
    (whole != "0").then(|| if b.is_empty() { format!("{whole}{a}") } else { format!("{whole}{a}.{b}") })
}

/// A day or a year, one off.
fn moved(digits: &str) -> Option<String> {
    let n: u32 = digits.parse().ok().filter(|n| *n > 0)?;
    Some((if (28..=1000).contains(&n) { n - 1 } else { n + 1 }).to_string())
}

fn wide(numeral: &str) -> Option<String> {
    let digit = |b: u8| if b == b'.' { Some('.') } else { char::from_u32(0xFF10 + u32::from(b.wrapping_sub(b'0'))) };
    numeral.bytes().map(digit).collect()
}

/// `12500` → `12,500`.
fn parted(numeral: &str) -> Option<String> {
    let whole = numeral.len() >= 5 && !numeral.contains('.');
    whole.then(|| grouped(numeral.parse().unwrap_or_default()))
}

/// Where in a claim a slip may be planted, and the other word of its scale where that is what changes: an amount in two to nine ASCII
/// digits with at most one point, or a date with a day.
fn place(
    document: &Document,
    claim: &Claim,
    target: Target,
    engine: &Engine,
) -> Option<(Range<usize>, Option<String>)> {
    if let Target::Member = target {
        return dropped(document, claim, engine).map(|range| (range, Some(String::new())));
    }
    if let Target::Notation(write) = target {
        let counted = matches!(claim.kind(), Kind::Count | Kind::Money | Kind::Measure);
        let plain = claim.quantity.hedge.is_none() && !claim.quantity.negative;
        let value = claim.quantity.point.filter(|_| counted && plain)?;
        let other = write(claim.lang, document.text(claim.numeral), value)?;
        return Some((claim.numeral.start as usize..claim.numeral.end as usize, Some(other)));
    }
    if let Target::Date = target {
        let time = claim.quantity.time.as_ref().filter(|t| claim.kind() == Kind::Date && !t.relative)?;
        time.day?;
        let text = document.text(claim.span);
        let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
        let start = end - text[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
        let at = claim.span.start as usize;
        return Some((at + start..at + end, None));
    }
    let amount = matches!(claim.kind(), Kind::Count | Kind::Money | Kind::Measure | Kind::Percentage);
    let numeral = document.text(claim.numeral);
    let end = numeral.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(numeral.len());
    let digits = &numeral[..end];
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let hundred = claim.kind() == Kind::Percentage && whole.len() > 2;
    let plain = !whole.is_empty() && !decimals.is_empty() && !decimals.contains('.');
    let written = digits.bytes().filter(u8::is_ascii_digit).count();
    if !amount || hundred || !plain || !(2..=9).contains(&written) {
        return None;
    }
    let start = claim.numeral.start as usize;
    if let Target::Digits = target {
        return Some((start..start + end, None));
    }
    let rest = &document.plain()[start + end..claim.span.end.max(claim.numeral.end) as usize];
    let at = start + end + rest.len() - rest.trim_start().len();
    let both = engine.scales(claim.lang).iter().flat_map(|(a, b)| [(a, b), (b, a)]);
    let (from, to) = both.into_iter().find(|(from, _)| rest.trim_start().starts_with(from.as_str()))?;
    Some((at..at + from.len(), Some(to.clone())))
}

/// The second member of a list that the text counts and names in full, with the mark behind it: `甲、乙、丙3市` before the count, `3市：甲、乙、丙`
/// behind it. Lists that name only some (`等`) may lose one and stay right.
fn dropped(document: &Document, claim: &Claim, engine: &Engine) -> Option<Range<usize>> {
    let exact = claim.kind() == Kind::Count && claim.quantity.hedge.is_none();
    let count = claim.quantity.point.filter(|n| exact && n.fract().is_zero())?;
    let count = (3u8..=20).find(|n| Decimal::from(*n) == count).map(usize::from)?;
    let (plain, words) = (document.plain(), engine.check_words(claim.lang));
    let stops = |c: char| {
        matches!(c, '，' | '。' | '；' | '：' | ':' | ';' | '!' | '！' | '?' | '？' | '\n' | '（' | '）' | '(' | ')')
    };
    let (start, end) = (claim.span.start as usize, claim.span.end as usize);
    let before = plain[..start].rfind(stops).map_or(0, |at| at + plain[at..].chars().next().map_or(1, char::len_utf8));
    let behind = plain[end..].find(stops).map(|at| end + at).filter(|at| plain[*at..].starts_with(['：', ':']));
    let behind = behind.filter(|at| plain[end..*at].chars().count() <= 12).map(|at| {
        let from = at + plain[at..].chars().next().map_or(1, char::len_utf8);
        from..plain[from..].find(|c| stops(c) || c == '.').map_or(plain.len(), |to| from + to)
    });
    // Of three before their count the two that are left could be anything.
    let before = (count > 3).then_some(before..start);
    [before, behind].into_iter().flatten().find_map(|list| {
        let text = plain[list.clone()].trim_end();
        let mark = if text.contains('、') { "、" } else { ", " };
        let members: Vec<&str> = text.split(mark).collect();
        let short = |m: &&str| (1..=24).contains(&m.trim().chars().count());
        let own = |m: &&str| words.joint.find(m).is_none_or(|(from, _)| m[..from].trim().is_empty());
        let open = words.and_others.suffix(text).is_some() || members.len() != count;
        if open || !members.iter().all(|m| short(m) && own(m)) {
            return None;
        }
        let from = list.start + members[0].len() + mark.len();
        Some(from..from + members[1].len() + mark.len())
    })
}

/// Whether the copy alone says that its list and its count do not agree.
fn missed(report: &Report, finding: &Finding) -> bool {
    let copied = |claim: &FindClaim| {
        let article = match claim {
            FindClaim::Claim(id) => report.corpus.claims[id.0 as usize].article,
            FindClaim::Words { sentence, .. } => sentence.article,
        };
        report.corpus.article(article).document.0 > 0
    };
    finding.check == "list-count" && finding.claims.iter().all(|c| copied(&c.claim))
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

fn one(engine: &Engine, piece: &Piece, seed: u64) -> Tally {
    let mut tally = Tally::new();
    for part in &piece.parts {
        let document = &part.document;
        let plain = document.plain();
        for (i, slip) in SLIPS.iter().enumerate() {
            let claims = part.articles.iter().flat_map(|(_, claims)| claims);
            let places: Vec<(&Claim, Range<usize>, String)> = claims
                .filter_map(|claim| {
                    let (range, other) = place(document, claim, slip.target, engine)?;
                    let other = other.or_else(|| (slip.change)(&plain[range.clone()]))?;
                    // `48,200`: what stands before a comma keeps its length.
                    let behind = plain[range.end..]
                        .strip_prefix(',')
                        .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
                    (!behind || other.len() == range.len()).then_some((claim, range, other))
                })
                .collect();
            let step = places.len().div_ceil(PLANTED).max(1);
            // Which of them is chance, the same for one seed.
            let from = (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) as usize % step;
            for (claim, range, other) in places.iter().skip(from).step_by(step) {
                let copy = format!("{}{other}{}", &plain[..range.start], &plain[range.end..]);
                let pieces = vec![
                    engine.read("a.txt", plain.as_bytes(), Format::Text),
                    engine.read("b.txt", copy.as_bytes(), Format::Text),
                ];
                let report = engine.check(pieces, CheckOptions::default());
                let row = tally.entry(i).or_default();
                row.0 += 1;
                let seen = |f: &&Finding| f.severity > Severity::Info;
                let hit = report.findings.iter().filter(seen).any(|f| match slip.target {
                    Target::Member => missed(&report, f),
                    _ => met(&report, f, claim.span),
                });
                row.1 += usize::from(hit);
                let across = |f: &&Finding| f.severity == Severity::Error && apart(&report, f);
                row.2 += report.findings.iter().filter(across).count().saturating_sub(usize::from(hit && slip.wrong));
            }
        }
    }
    tally
}

/// Runs the command.
pub fn run(args: &SelftestArgs, session: &mut Session) -> anyhow::Result<Status> {
    session.take(&args.input);
    let mut inputs = session.inputs(&args.input.paths, &[])?;
    let engine = Engine::new(RuleSet::embedded());
    let pieces = session.each(&inputs.list, |input| match input::open(input) {
        Ok(bytes) => engine.read(&input.name, &bytes, input.format),
        Err(issue) => Piece { issues: vec![issue], ..Piece::default() },
    });
    let read = pieces.iter().filter(|p| p.was_read()).count();
    let tallies: Vec<Tally> =
        session.install(|| pieces.par_iter().map(|piece| one(&engine, piece, args.seed)).collect());
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
        assert_eq!(swapped("21.8").as_deref(), Some("12.8"));
        assert_eq!(shifted("21.8").as_deref(), Some("2.18"));
        assert_eq!(shifted("9.2").as_deref(), Some("92"));
        assert_eq!(lost("4356").as_deref(), Some("456"));
        assert_eq!(moved("31").as_deref(), Some("30"));
        assert_eq!(moved("2024").as_deref(), Some("2025"));
        assert_eq!(parted("12500").as_deref(), Some("12,500"));
        assert_eq!(wide("12").as_deref(), Some("１２"));
    }
}
