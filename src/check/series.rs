//! Parallel figures: `甲30家、乙40家，丙20家`. Enters: a line and where to start. Leaves: the members and their labels. Knows no word.

use super::line::{Line, has_stop};
use crate::model::Claim;

/// Marks that part the members of a series.
const fn is_separator(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';')
}

/// Whether the words between two members only part them and name the next.
fn parts(line: &Line<'_>, member: usize, last: usize, i: usize) -> bool {
    let words = line.words;
    let gap = line.between(last, i);
    let whole = line.between(member, i);
    if has_stop(gap) || gap.chars().count() > 40 || gap.contains(['：', ':']) {
        return false;
    }
    if words.than.within(gap) && !words.share.within(gap)
        || words.rises(gap)
        || words.falls(gap)
        || words.from.prefix(gap.trim_start_matches(|c: char| is_separator(c) || c.is_whitespace())).is_some()
    {
        return false;
    }
    let parted = whole.contains(is_separator) || words.joint.within(gap);
    let marks = whole.chars().filter(|c| is_separator(*c)).count();
    parted && marks <= 3
}

/// The members of the series that begins at claim `start`: claims for which `same` holds, shares and other figures for which `skip`
/// holds passed over.
pub(super) fn series(
    line: &Line<'_>,
    start: usize,
    same: impl Fn(&Claim) -> bool,
    skip: impl Fn(&Claim) -> bool,
) -> Vec<usize> {
    let mut members = vec![start];
    let mut last = start;
    let mut i = start + 1;
    let mut closed = false;
    while i < line.claims.len() && !closed {
        let claim = line.claim(i);
        if same(claim) {
            if !parts(line, members[members.len() - 1], last, i)
                || line.words.among.within(line.piece_between(members[members.len() - 1], i))
            {
                break;
            }
            // `A 44, B 35 and C 29, on …`: the joint brings in the last one.
            let gap = line
                .between(last, i)
                .trim_start_matches(|c: char| is_separator(c) || c.is_whitespace() || matches!(c, ')' | '）'));
            closed = line.words.joint.prefix(gap).is_some();
            members.push(i);
        } else if !skip(claim) || has_stop(line.between(last, i)) {
            break;
        }
        last = i;
        i += 1;
    }
    members
}

/// The words between the last separator and a claim.
pub(super) fn label_before<'t>(line: &'t Line<'_>, i: usize) -> &'t str {
    let text = line.before(i);
    let from = text
        .char_indices()
        .rev()
        .find(|(_, c)| is_separator(*c) || matches!(c, '。' | '：' | ':' | '！' | '？' | '\n'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    text[from..].trim()
}

/// The words between a claim and the next separator.
pub(super) fn label_after<'t>(line: &'t Line<'_>, i: usize) -> &'t str {
    let text = line.after(i);
    let to = text
        .find(|c: char| is_separator(c) || matches!(c, '。' | '：' | ':' | '！' | '？' | '\n' | '（' | '('))
        .unwrap_or(text.len());
    text[..to].trim()
}

/// How the labels of a series stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools)] // four traits of one list, none excludes another
pub(super) struct Labels {
    /// Two of them are complements: `男`/`女`.
    pub complements: bool,
    /// One names a trait that members of the others may have too.
    pub overlapping: bool,
    /// They end (or begin) alike: `一级站`, `二级站`.
    pub alike: bool,
    /// One names the rest: `其余`.
    pub rest: bool,
}

/// Reads the labels of `members`.
pub(super) fn labels(line: &Line<'_>, members: &[usize]) -> Labels {
    let words = line.words;
    let texts: Vec<String> =
        members.iter().map(|&i| format!("{}{}{}", label_before(line, i), ' ', label_after(line, i))).collect();
    let complement_of = |text: &str| -> bool {
        let paired = |this: &str, that: &str| has(text, this) && texts.iter().any(|t| t != text && has(t, that));
        words.complements.iter().any(|(a, b)| paired(a, b) || paired(b, a))
    };
    let complements = texts.iter().any(|t| complement_of(t));
    let overlapping = texts.iter().any(|t| words.traits.within(t) && !complement_of(t));
    let heads: Vec<&str> = members.iter().map(|&i| label_before(line, i)).collect();
    let tails: Vec<&str> = members.iter().map(|&i| label_after(line, i)).collect();
    let share = |labels: &[&str], end: bool| -> bool {
        let mut marks = labels.iter().map(|l| {
            let mut stripped = String::new();
            super::line::strip(l, &[&words.share, &words.filler], &mut stripped);
            if end { stripped.chars().next_back() } else { stripped.chars().next() }
        });
        let Some(Some(first)) = marks.next() else { return false };
        !first.is_ascii() && marks.all(|m| m == Some(first))
    };
    let rest = texts.iter().any(|t| words.rest.within(t));
    Labels { complements, overlapping: overlapping && !rest, alike: share(&heads, true) || share(&tails, true), rest }
}

/// Whether `word` stands in `text`, whole where it is a word of letters.
fn has(text: &str, word: &str) -> bool {
    if word.is_ascii() {
        text.split(|c: char| !c.is_ascii_alphabetic() && c != '-').any(|w| w == word)
    } else {
        text.contains(word)
    }
}
