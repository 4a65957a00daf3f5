//! Sentences: Chinese and English stops, quotes that close after the stop. Enters: a block of text. Leaves: the spans of its sentences.
//!
//! A sentence ends at `。！？` and at `.` `!` `?` where these are no part of a figure, a name or an abbreviation, together with the
//! quotes and brackets that close after them. It does not end at `；`, which separates clauses that share a subject, a time and a
//! unit, nor at `……`, which trails off inside a sentence as often as at its end. A line end inside a block ends a sentence where
//! a script without spaces stands on either side; between words of other scripts only a blank line does.

use super::layout::Layout;
use crate::text::{Plain, Span, is_ideograph};

/// The first bytes of stops and line ends.
static STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let bytes = [b'.', b'!', b'?', b'\n', 0xE2, 0xE3, 0xEF];
    let mut i = 0;
    while i < bytes.len() {
        stops[bytes[i] as usize] = true;
        i += 1;
    }
    stops
};

/// The sentences of `block` in `text`, in order, white space at their ends left out; none empty. `layout` knows the abbreviations.
pub fn sentences(text: &str, block: Span<Plain>, layout: &Layout) -> Vec<Span<Plain>> {
    let body = block.of(text);
    let bytes = body.as_bytes();
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        if !STOPS[bytes[at] as usize] {
            // The ideographs begin with these bytes and take three: no stop is among the other two.
            at += if matches!(bytes[at], 0xE4..=0xE9) { 3 } else { 1 };
            continue;
        }
        let stop = match bytes[at] {
            b'.' | b'!' | b'?' => ascii_stop(body, start, at, layout),
            b'\n' => line_end(body, at),
            0xE3 if bytes[at..].starts_with("。".as_bytes()) => Some(at + 3),
            0xEF if bytes[at..].starts_with("！".as_bytes()) || bytes[at..].starts_with("？".as_bytes()) => {
                Some(at + 3)
            }
            0xEF if bytes[at..].starts_with("｡".as_bytes()) => Some(at + 3),
            0xEF if bytes[at..].starts_with("．".as_bytes()) => wide_point(body, at),
            0xE2 if bytes[at..].starts_with("‼".as_bytes()) || bytes[at..].starts_with("⁉".as_bytes()) => {
                Some(at + 3)
            }
            _ => None,
        };
        let Some(stop) = stop else {
            at += 1;
            continue;
        };
        let end = closed(body, stop);
        push(body, block, start, end, &mut found);
        (start, at) = (end, end);
    }
    push(body, block, start, body.len(), &mut found);
    found
}

fn push(body: &str, block: Span<Plain>, from: usize, to: usize, found: &mut Vec<Span<Plain>>) {
    let Some(piece) = body.get(from..to) else { return };
    let lead = piece.len() - piece.trim_start().len();
    let trimmed = piece.trim();
    if trimmed.is_empty() {
        return;
    }
    let start = block.start as usize + from + lead;
    let is_mark_only = trimmed.chars().all(|c| !crate::text::is_word(c));
    match found.last_mut() {
        // A lone mark belongs to the sentence before it.
        Some(last) if is_mark_only => *last = last.cover(Span::new(start, start + trimmed.len())),
        _ => found.push(Span::new(start, start + trimmed.len())),
    }
}

/// The end of a sentence whose stop ends at `at`: further stops and what closes there.
fn closed(body: &str, at: usize) -> usize {
    let mut end = at;
    for (i, c) in body[at..].char_indices() {
        match c {
            '。' | '！' | '？' | '!' | '?' | '…' | '”' | '’' | '」' | '』' | '）' | '】' | '》' | '〉' | ')' | ']' =>
            {
                end = at + i + c.len_utf8();
            }
            // A straight quote closes where no word follows at once.
            '"' | '\'' => {
                let next = body[at + i + 1..].chars().next();
                if next.is_some_and(|c| c.is_ascii_alphanumeric()) {
                    break;
                }
                end = at + i + 1;
            }
            _ => break,
        }
    }
    end
}

/// Where a sentence ends at the ASCII stop at `at`, if it does. `start` is where the sentence began.
fn ascii_stop(body: &str, start: usize, at: usize, layout: &Layout) -> Option<usize> {
    let stop = at + 1;
    let before = body[start..at].chars().next_back();
    let after = body[stop..].chars().next();
    // `２.７`: an ASCII point between full-width digits.
    if after.is_some_and(|c| matches!(c, '０'..='９')) && before.is_some_and(|c| matches!(c, '0'..='9' | '０'..='９'))
    {
        return None;
    }
    if after.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '/' | '-' | '_' | '=' | '&' | '%')) {
        // `3.5`, `U.S.`, `a.b`, `?x=1`; but `作用!A` ends.
        let marked = body.as_bytes()[at] != b'.' && before.is_some_and(is_ideograph);
        return marked.then_some(stop);
    }
    let end = closed(body, stop);
    let rest = &body[end..];
    let Some(next) = rest.chars().next() else { return Some(stop) };
    if body.as_bytes()[at] != b'.' {
        let spaced = next.is_whitespace() && !rest.trim_start().starts_with(|c: char| c.is_lowercase());
        return (spaced || is_wide(next) || before.is_some_and(is_wide)).then_some(stop);
    }
    if is_wide(next) {
        // `增长3%.其中`, but not `1.选址` at the head of a line.
        let numbered = body[start..at].trim().bytes().all(|b| b.is_ascii_digit());
        return (!numbered && (before.is_some_and(is_wide) || before.is_some_and(|c| c == '%' || c.is_ascii_digit())))
            .then_some(stop);
    }
    if !next.is_whitespace() {
        return None;
    }
    let Some(first) = rest.trim_start().chars().next() else { return Some(stop) };
    if first.is_lowercase() {
        return None;
    }
    let word = &body[start..at];
    let word = word[word
        .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’')))
        .map_or(0, |i| i + word[i..].chars().next().map_or(1, char::len_utf8))..]
        .trim_start_matches(['\'', '’']);
    if word.is_empty() {
        return Some(stop);
    }
    // A list marker at the head: `1. Opening`.
    if body[start..at].trim() == word && word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let next = rest.trim_start();
    let (next, behind) = next.split_at(next.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(next.len()));
    let opener = || layout.begins_sentence(next);
    // `fell to $67.75. Exports`: a figure is no abbreviation.
    let figure = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let initials =
        word.contains('.') && !figure || (word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase() && word != "I");
    if initials {
        let hour = word.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        // `3 a.m. Friday`, `3 a.m. Beijing Time`.
        let timed = behind.get(..5).is_some_and(|w| w.eq_ignore_ascii_case(" time"));
        let goes_on = hour && (layout.follows_hour(next) || timed);
        return ((hour && first.is_uppercase() && !goes_on) || opener()).then_some(stop);
    }
    if layout.is_title_word(word) {
        return None;
    }
    // `winds of 12 mph. Up to`: a unit behind its figure.
    let measured = word.starts_with(|c: char| c.is_ascii_lowercase())
        && body[start..at - word.len()].trim_end().ends_with(|c: char| c.is_ascii_digit());
    if layout.is_abbreviation(word) && !measured {
        return opener().then_some(stop);
    }
    if layout.counts_ahead(word) && first.is_ascii_digit() {
        return None;
    }
    Some(stop)
}

/// `．` ends a sentence after a character of running text, and is a decimal point or a list mark elsewhere.
fn wide_point(body: &str, at: usize) -> Option<usize> {
    let before = body[..at].chars().next_back().is_some_and(|c| is_ideograph(c) || matches!(c, '”' | '）'));
    let after = body[at + 3..].chars().next().is_none_or(|c| is_ideograph(c) || c.is_whitespace());
    let long = body[..at].chars().rev().take(4).filter(|c| is_ideograph(*c)).count() == 4;
    (before && after && long).then_some(at + 3)
}

fn line_end(body: &str, at: usize) -> Option<usize> {
    let before = body[..at].trim_end().chars().next_back();
    let rest = &body[at + 1..];
    let after = rest.trim_start();
    let blank = rest[..rest.len() - after.len()].contains('\n');
    let wide = before.is_some_and(is_wide) || after.chars().next().is_some_and(is_wide);
    (blank || wide).then_some(at + 1)
}

fn is_wide(c: char) -> bool {
    is_ideograph(c)
        || matches!(c, '\u{3000}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let layout = Layout::embedded();
        sentences(text, Span::new(0, text.len()), &layout).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn chinese_stops_take_what_closes_after_them() {
        assert_eq!(
            split("“去年接单30笔。”店主说。今年呢？！已有52笔……还在涨；明年计划80笔。（完）"),
            ["“去年接单30笔。”", "店主说。", "今年呢？！", "已有52笔……还在涨；明年计划80笔。", "（完）"]
        );
        assert_eq!(split("增长3.5%.其中出口占4成!进口占6成"), ["增长3.5%.", "其中出口占4成!", "进口占6成"]);
        assert_eq!(split("1.选址在城东的厂房"), ["1.选址在城东的厂房"]);
        assert_eq!(split("　　全县２．５万亩水田．秋收"), ["全县２．５万亩水田．", "秋收"]);
        assert_eq!(split("第一段\n第二段"), ["第一段", "第二段"]);
        assert!(split(" \n　").is_empty());
    }

    #[test]
    fn a_clock_time_goes_on_with_its_day_or_zone() {
        let text = "It opens at 9 a.m. Friday. The vote is at 5 p.m. ET on May 3. Polls close at 8 p.m. Officials said so. \
                    It hit at 3 a.m. Beijing Time.";
        assert_eq!(
            split(text),
            [
                "It opens at 9 a.m. Friday.",
                "The vote is at 5 p.m. ET on May 3.",
                "Polls close at 8 p.m.",
                "Officials said so.",
                "It hit at 3 a.m. Beijing Time."
            ]
        );
    }

    #[test]
    fn english_stops_are_told_from_points() {
        assert_eq!(
            split(
                "Mr. Lee of the U.S. Treasury paid $3.5 million on Jan. 5. It opened at 9 a.m. The No. 2 mill closed."
            ),
            [
                "Mr. Lee of the U.S. Treasury paid $3.5 million on Jan. 5.",
                "It opened at 9 a.m.",
                "The No. 2 mill closed."
            ]
        );
        assert_eq!(
            split("\"We sold 40.\" He left (at 5.) Then what? Nothing!"),
            ["\"We sold 40.\"", "He left (at 5.)", "Then what?", "Nothing!"]
        );
        assert_eq!(
            split("Acme Inc. bought Beta Ltd. The price was 3 percent up."),
            ["Acme Inc. bought Beta Ltd.", "The price was 3 percent up."]
        );
        assert_eq!(
            split("It grew by 12. See http://a.b/c?d=1 for more"),
            ["It grew by 12.", "See http://a.b/c?d=1 for more"]
        );
        assert_eq!(
            split("It fell to $67.75. OPEC met. It moved at 12 mph. Up to 90 left."),
            ["It fell to $67.75.", "OPEC met.", "It moved at 12 mph.", "Up to 90 left."]
        );
        assert_eq!(
            split("wrapped here\nand there. J. Smith agreed."),
            ["wrapped here\nand there.", "J. Smith agreed."]
        );
    }
}
