//! `table-total`: totals of table rows and columns, and table against text. Enters: an article. Leaves: findings. Triggers are language
//! data.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::amount::{Spread, grouped, hedged, shown, spread};
use super::finding::Draft;
use super::line::{Line, is_stop, lines};
use super::{Check, Input, Run};
use crate::lang::Context;
use crate::model::{ArticleId, BlockKind, CheckInfo, Claim, Finding, Kind, Mention, SentenceId, Severity, Text};
use crate::quantity::{Decimal, pow10};
use crate::text::{Plain, Span};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "table-total",
        severity: Severity::Error,
        title: ("表格合计或表文不符", "table totals, and table against text"),
        description: (
            "表格里“合计”行、列与各项之和不等，或表中一格与正文同名项目的数字不同。进位误差、小计和比例不报。",
            "A total row or column that is not the sum of its cells, or a cell that the text gives another value. Rounding, subtotals and \
             rates are let pass.",
        ),
        example: "| 方式 | 万吨 |\n|---|---|\n| 铁路 | 412 |\n| 公路 | 236 |\n| 合计 | 700 |",
    },
    run: Run::Article(run),
};

/// A cell that was read.
struct Cell {
    sentence: SentenceId,
    text: String,
    value: Option<Number>,
}

/// The number of a cell.
#[derive(Clone, Copy)]
struct Number {
    value: Decimal,
    decimals: u32,
    percent: bool,
    /// Where it stands in the plain text.
    span: Span<Plain>,
}

type Table = BTreeMap<(u32, u32), Cell>;

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    let sentences = &input.corpus.article(article).sentences;
    if !sentences.iter().any(|s| matches!(s.kind, BlockKind::Cell(_))) {
        return;
    }
    let corpus = input.corpus;
    let mut tables: BTreeMap<u32, Table> = BTreeMap::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let BlockKind::Cell(place) = sentence.kind else { continue };
        let raw = corpus.text(article, sentence.span);
        let cell = Cell {
            sentence: SentenceId { article, index: index as u32 },
            text: input.lexicon.folded(corpus.article(article).lang, raw.trim()),
            value: number(raw, sentence.span),
        };
        tables.entry(place.table).or_default().entry((place.row, place.column)).or_insert(cell);
    }
    let lines = lines(input, article);
    for table in tables.values() {
        totals(input, article, table, out);
        against_text(input, table, &lines, out);
    }
}

/// The one number of a cell: digits with separators, sign, decimals and a per cent sign; units around it are let be.
fn number(raw: &str, at: Span<Plain>) -> Option<Number> {
    let folded: Vec<(usize, char)> = raw.char_indices().map(|(i, c)| (i, crate::text::fold_char(c))).collect();
    let start = folded.iter().position(|(_, c)| c.is_ascii_digit())?;
    let mut digits = String::new();
    let mut decimals = 0;
    let mut point = false;
    let mut end = start;
    while let Some(&(_, c)) = folded.get(end) {
        let next_digit = folded.get(end + 1).is_some_and(|(_, c)| c.is_ascii_digit());
        match c {
            '0'..='9' => {
                digits.push(c);
                decimals += u32::from(point);
            }
            ',' | '，' | ' ' if next_digit && !point => {}
            '.' if next_digit && !point => {
                digits.push('.');
                point = true;
            }
            _ => break,
        }
        end += 1;
    }
    // A second number in the cell: a range, a date, a name with a numeral.
    if folded[end..].iter().any(|(_, c)| c.is_ascii_digit()) {
        return None;
    }
    let letter = start.checked_sub(1).and_then(|i| folded.get(i)).is_some_and(|(_, c)| c.is_alphabetic());
    let ordinal = letter && !raw[..folded[start].0].trim_start().starts_with(['¥', '$', '￥', '€', '£']);
    if ordinal || digits.len() > 24 {
        return None;
    }
    let negative =
        folded[..start].iter().rev().find(|(_, c)| !c.is_whitespace()).is_some_and(|(_, c)| matches!(c, '-' | '−'));
    let mut value = Decimal::from_str(&digits).ok()?;
    if negative {
        value = -value;
    }
    let last = folded.get(end).map_or(raw.len(), |(i, _)| *i);
    let percent = folded.get(end).is_some_and(|(_, c)| *c == '%');
    let span = Span::new(at.start as usize + folded[start].0, at.start as usize + last);
    Some(Number { value, decimals, percent, span })
}

/// Whether a heading is one of `set`: the whole of it, or with an addition in brackets, or ending in it.
fn headed(set: &crate::lang::WordSet, text: &str) -> bool {
    let core = text.split(['（', '(']).next().unwrap_or(text).trim().trim_end_matches(['：', ':']);
    let squeezed: String = core.chars().filter(|c| !c.is_whitespace()).collect();
    set.is(core) || set.is(&squeezed) || !core.is_ascii() && set.suffix(core).is_some()
}

fn totals(input: &Input<'_>, article: ArticleId, table: &Table, out: &mut Vec<Finding>) {
    let words = input.lexicon.check_words(input.corpus.article(article).lang);
    let rows = 1 + table.keys().map(|k| k.0).max().unwrap_or(0);
    let columns = 1 + table.keys().map(|k| k.1).max().unwrap_or(0);
    if u64::from(rows) * u64::from(columns) > 200_000 {
        return;
    }
    // Down: rows whose first cell says total, over the rows since the total before.
    let mut told = Vec::new();
    along(input, table, words, (rows, columns), |a, b| (a, b), &mut told, out);
    // Across: the same with rows and columns changed over.
    along(input, table, words, (columns, rows), |a, b| (b, a), &mut told, out);
}

fn along(
    input: &Input<'_>,
    table: &Table,
    words: &crate::lang::CheckWords,
    (lengths, lanes): (u32, u32),
    place: impl Fn(u32, u32) -> (u32, u32),
    told: &mut Vec<Span<Plain>>,
    out: &mut Vec<Finding>,
) {
    let label = |i: u32| table.get(&place(i, 0)).map_or("", |c| c.text.as_str());
    let total_rows: Vec<u32> = (0..lengths).filter(|&i| headed(&words.table_total, label(i))).collect();
    for (k, &t) in total_rows.iter().enumerate() {
        // A total stands below its parts, or right above them as the first row of figures.
        let from = if k == 0 { 0 } else { total_rows[k - 1] + 1 };
        let below = (from..t).collect::<Vec<_>>();
        let above: Vec<u32> =
            if k == 0 { (t + 1..total_rows.get(1).copied().unwrap_or(lengths)).collect() } else { Vec::new() };
        for lane in 1..lanes {
            let head = table.get(&place(0, lane)).map_or("", |c| c.text.as_str());
            if t != 0
                && (headed(&words.table_other, head)
                    || words.table_other.within(head) && !words.table_total.within(head))
            {
                continue;
            }
            let Some((cell, total)) = table.get(&place(t, lane)).and_then(|c| c.value.map(|v| (c, v))) else {
                continue;
            };
            if total.percent {
                continue;
            }
            let parts = |rows: &[u32]| -> Vec<&Cell> {
                rows.iter()
                    .filter(|&&r| !headed(&words.table_other, label(r)) && !headed(&words.table_total, label(r)))
                    .filter_map(|&r| table.get(&place(r, lane)))
                    .filter(|c| c.value.is_some())
                    .collect()
            };
            let mut members = parts(&below);
            if members.len() < 2 {
                members = parts(&above);
            }
            if members.len() < 2 {
                continue;
            }
            members.retain(|c| c.value.is_some_and(|v| !v.percent));
            // `1月`, `2023` at the head of a column are no parts of it; a table without heads begins with a part.
            if let Some(at) =
                table.get(&place(0, lane)).and_then(|head| members.iter().position(|c| std::ptr::eq(*c, head)))
            {
                let mut below = members.clone();
                let head = below.remove(at);
                let fits = |cells: &[&Cell]| {
                    sum(cells).is_some_and(|(s, slack)| (s - total.value).abs() <= slack + half(total.decimals))
                };
                let bare = |c: &Cell| c.text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'));
                let year = head.text.len() == 4 && (head.text.starts_with("19") || head.text.starts_with("20"));
                // Words at the head alone make it one; without words only the sum can tell.
                let titled = !bare(head) && below.iter().all(|c| bare(c));
                if !titled && fits(&members) || fits(&below) {
                    continue;
                }
                if titled || year {
                    members = below;
                }
            }
            if let Some((sum, slack)) = sum(&members)
                && members.len() >= 2
                && (sum - total.value).abs() > slack + half(total.decimals)
                && plausible(sum, total.value)
                && !told.contains(&total.span)
            {
                // The grand total is the sum of its row and of its column: one slip, told once.
                told.push(total.span);
                let heads = (table.get(&place(0, lane)), table.get(&place(t, 0)));
                report_sum(input, (cell, total), heads, &members, sum, out);
            }
        }
    }
}

/// Sums that are many times apart come from tables of another shape.
fn plausible(sum: Decimal, total: Decimal) -> bool {
    let (a, b) = (sum.abs(), total.abs());
    a.checked_mul(Decimal::from(3)).is_some_and(|a| a >= b) && b.checked_mul(Decimal::from(3)).is_some_and(|b| b >= a)
}

/// Half of the last place, where there are decimals.
fn half(decimals: u32) -> Decimal {
    if decimals == 0 { Decimal::ZERO } else { pow10(-(decimals.min(20) as i32)).unwrap_or_default() / Decimal::TWO }
}

/// A cell as it stands in the article.
fn raw<'a>(input: &Input<'a>, cell: &Cell) -> &'a str {
    let corpus = input.corpus;
    corpus.text(cell.sentence.article, corpus.sentence(cell.sentence).span).trim()
}

fn sum(cells: &[&Cell]) -> Option<(Decimal, Decimal)> {
    let mut total = Decimal::ZERO;
    let mut slack = Decimal::ZERO;
    for value in cells.iter().filter_map(|c| c.value) {
        total = total.checked_add(value.value)?;
        slack = slack.checked_add(half(value.decimals))?;
    }
    Some((total, slack))
}

fn report_sum(
    input: &Input<'_>,
    (cell, total): (&Cell, Number),
    (lane, line): (Option<&Cell>, Option<&Cell>),
    parts: &[&Cell],
    sum: Decimal,
    out: &mut Vec<Finding>,
) {
    let corpus = input.corpus;
    let written = corpus.text(cell.sentence.article, total.span);
    let added = if written.contains(',') { grouped(&shown(sum)) } else { shown(sum) };
    let name = |c: Option<&Cell>| c.map_or("", |c| raw(input, c));
    let message = match (name(lane), name(line)) {
        ("", _) | (_, "") => Text::new(
            format!("表中各项之和为{added}，合计写作{written}"),
            format!("the cells add to {added}, the total says {written}"),
        ),
        (lane, line) => Text::new(
            format!("表中“{lane}”各项之和为{added}，“{line}”写作{written}"),
            format!("the cells of “{lane}” add to {added}, “{line}” says {written}"),
        ),
    };
    let mut draft = at(input, Draft::new(&CHECK.info, 0.93, message), cell.sentence, total.span, 0);
    for part in parts {
        if let Some(value) = part.value {
            draft = at(input, draft, part.sentence, value.span, 1);
        }
    }
    out.push(draft.build(input.corpus));
}

/// Adds a number of a cell: its claim where there is one, else its words.
fn at(input: &Input<'_>, draft: Draft, sentence: SentenceId, span: Span<Plain>, camp: u32) -> Draft {
    let first = input.corpus.claims_of[sentence.article.0 as usize].start;
    let claims = input.corpus.claims_in(sentence.article);
    let from = claims.partition_point(|c| c.span.end <= span.start);
    match claims.get(from) {
        Some(claim) if claim.span.overlaps(span) => draft.claim(crate::model::ClaimId(first + from as u32), camp),
        _ => draft.words(sentence, span, camp),
    }
}

/// What a heading says of the unit of its column: the words in brackets.
fn bracketed(text: &str) -> Option<&str> {
    let from = text.find(['（', '('])?;
    let inner = &text[from + text[from..].chars().next()?.len_utf8()..];
    let to = inner.find(['）', ')'])?;
    Some(inner[..to].trim())
}

/// The quantity of a cell with the unit of its column, read as the language reads it.
fn with_unit(input: &Input<'_>, lang: crate::model::Lang, written: &str, unit: &str) -> Option<Mention> {
    for text in [format!("{written}{unit}"), format!("{unit}{written}"), format!("{written} {unit}")] {
        let mut found = Vec::new();
        let mut context = Context::default();
        input.lexicon.language(lang).mentions(&text, Span::new(0, text.len()), &mut context, &mut found);
        if let Some(mention) = found.into_iter().next()
            && mention.quantity.point.is_some()
            && !mention.quantity.kind.is_time()
            && (mention.span.len() == text.trim().len() || mention.unit_span.is_some())
        {
            return Some(mention);
        }
    }
    None
}

/// A claim of the text that names the row of a cell and gives it another value.
fn against_text(input: &Input<'_>, table: &Table, lines: &[Line<'_>], out: &mut Vec<Finding>) {
    let Some(first) = table.values().next() else { return };
    let lang = input.corpus.article(first.sentence.article).lang;
    let words = input.lexicon.check_words(lang);
    let rows = table.keys().map(|k| k.0).max().unwrap_or(0);
    let columns = table.keys().map(|k| k.1).max().unwrap_or(0);
    if rows > 500 || columns > 60 {
        return;
    }
    for row in 1..=rows {
        let Some(label) = table.get(&(row, 0)).map(|c| c.text.as_str()) else { continue };
        if label.chars().count() < 2 || headed(&words.table_other, label) || label.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let total = headed(&words.table_total, label);
        if total {
            continue;
        }
        let cells: Vec<(&Cell, Mention)> = (1..=columns)
            .filter_map(|column| {
                let cell = table.get(&(row, column))?;
                let value = cell.value?;
                let head = table.get(&(0, column)).map_or("", |c| c.text.as_str());
                let own = cell.text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')).trim();
                let written = input.corpus.text(first.sentence.article, value.span);
                let unit = if own.is_empty() || own == cell.text { bracketed(head).unwrap_or("") } else { own };
                let mention = with_unit(input, lang, written, unit)?;
                Some((cell, mention))
            })
            .collect();
        if cells.is_empty() {
            continue;
        }
        for line in lines {
            if matches!(line.kind, BlockKind::Cell(_) | BlockKind::Title | BlockKind::Caption) {
                continue;
            }
            for (at_label, _) in line.text.match_indices(label) {
                let Some(i) = claim_of_label(line, at_label, at_label + label.len(), table) else { continue };
                let claim = line.claim(i);
                let comparable: Vec<&(&Cell, Mention)> = cells
                    .iter()
                    .filter(|(_, m)| same_kind(claim, m) && m.quantity.base_unit == claim.quantity.base_unit)
                    .collect();
                if hedged(claim) || comparable.iter().any(|(_, m)| agrees(line, claim, m)) {
                    continue;
                }
                // Of several figures of a row none may be the one meant, unless one digit of it went astray.
                let one = match comparable.as_slice() {
                    [one] => Some(*one),
                    several => {
                        let astray = |m: &Mention| {
                            claim
                                .quantity
                                .point
                                .zip(m.quantity.point)
                                .is_some_and(|(a, b)| super::slip::one_slip(a, b).is_some())
                        };
                        let mut near = several.iter().filter(|(_, m)| astray(m));
                        near.next().copied().filter(|_| near.next().is_none())
                    }
                };
                let Some((cell, _)) = one else { continue };
                let Some(value) = cell.value else { continue };
                let written = input.corpus.text(cell.sentence.article, value.span);
                let name = table.get(&(row, 0)).map_or(label, |c| raw(input, c));
                let message = Text::new(
                    format!("表中“{name}”为{written}，正文写作{}", line.written(i)),
                    format!("the table gives “{name}” as {written}, the text as {}", line.written(i)),
                );
                let slip = claim.quantity.point.and_then(|p| super::slip::one_slip(p, value.value));
                let draft = Draft::new(&CHECK.info, 0.85, message)
                    .diagnosis(other_row(input, table, row, cell, claim).or(slip))
                    .claim(line.id(i), 0);
                out.push(at(input, draft, cell.sentence, value.span, 1).build(input.corpus));
            }
        }
    }
}

/// The figure of the text stands in the same column beside another label: the wrong row was read.
fn other_row(input: &Input<'_>, table: &Table, row: u32, cell: &Cell, claim: &Claim) -> Option<Text> {
    let column = table.iter().find(|(_, c)| c.sentence == cell.sentence).map(|(k, _)| k.1)?;
    let said = claim.quantity.point?;
    let (at, _) = table
        .iter()
        .find(|((r, c), other)| *r != row && *c == column && other.value.is_some_and(|v| v.value == said))?;
    let label = table.get(&(at.0, 0)).map(|c| raw(input, c)).filter(|l| !l.is_empty())?;
    Some(Text::new(
        format!("与“{label}”一行的数字相同：可能看错了行"),
        format!("it is the figure of “{label}”: perhaps the wrong row was read"),
    ))
}

fn same_kind(claim: &Claim, mention: &Mention) -> bool {
    claim.kind() == mention.quantity.kind
        && matches!(claim.kind(), Kind::Count | Kind::Money | Kind::Measure | Kind::Percentage)
        || matches!(claim.kind(), Kind::Count | Kind::Number)
            && matches!(mention.quantity.kind, Kind::Count | Kind::Number)
            && claim.quantity.base_unit.is_none()
            && mention.quantity.base_unit.is_none()
            && claim.quantity.point.is_some_and(|p| p >= Decimal::ONE_HUNDRED)
}

fn agrees(line: &Line<'_>, claim: &Claim, mention: &Mention) -> bool {
    let Some(said) = spread(claim, line.corpus.text(line.article, claim.numeral)) else { return true };
    let q = &mention.quantity;
    let cell = Spread {
        low: q.literal.low.map_or(said.low, |b| b.value),
        high: q.literal.high.map_or(said.high, |b| b.value),
    };
    said.meets(cell) || q.literal.meets(&claim.quantity.literal)
}

/// The figure that a text gives the thing named at `from..to`: the first amount after the name, in the same clause or right after it,
/// with no other row of the table named between.
fn claim_of_label(line: &Line<'_>, from: usize, to: usize, table: &Table) -> Option<usize> {
    let i = (0..line.claims.len())
        .find(|&i| line.claim(i).span.start as usize >= line.base + to && !line.claim(i).kind().is_time())?;
    let gap = line.slice(line.base + to, line.claim(i).span.start as usize);
    let other = table
        .iter()
        .any(|((r, c), cell)| *r > 0 && *c == 0 && cell.text.chars().count() >= 2 && gap.contains(cell.text.as_str()));
    let words = line.words;
    // `fell to 86,300` gives the value itself.
    let bare = words.bare(gap);
    let arrives = words.fall_to.suffix(bare).or_else(|| words.rise_to.suffix(bare)).is_some()
        || words.fall_to.suffix(gap.trim_end()).or_else(|| words.rise_to.suffix(gap.trim_end())).is_some();
    let changes =
        !arrives && (words.rises(gap) || words.falls(gap)) || words.than.within(gap) || words.from.within(gap);
    let long = gap.chars().count() > if gap.is_ascii() { 40 } else { 16 };
    let inside = line.text[..from].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
    (!other
        && !changes
        && !long
        && !inside
        && !gap.contains(is_stop)
        && !gap.contains(['；', ';'])
        && gap.matches(['，', ',']).count() == 0)
        .then_some(i)
}
