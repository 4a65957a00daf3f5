//! What single characters and words of a numeral are worth. Enters: characters. Leaves: values.

use super::super::view::View;

/// First character of the table below, and how many it holds: all numerals stand between.
const FIRST: u32 = 0x3000;
const COUNT: usize = 0x7000;
/// Marks in a cell of the table: a digit, whose value stands in the low bits; any other numeral.
const DIGIT: u8 = 16;
const OTHER: u8 = 32;

/// What each character is worth, so that the many that are no numeral cost one look.
static CELLS: [u8; COUNT] = {
    let mut cells = [0; COUNT];
    let mut i = 0;
    while i < COUNT {
        if let Some(c) = char::from_u32(FIRST + i as u32) {
            if let Some(digit) = digit_of(c) {
                cells[i] = DIGIT | digit as u8;
            } else if small_scale(c).is_some() || big_scale(c).is_some() || matches!(c, '廿' | '卅' | '卌') {
                cells[i] = OTHER;
            }
        }
        i += 1;
    }
    cells
};

#[inline]
fn cell(c: char) -> u8 {
    CELLS.get((c as usize).wrapping_sub(FIRST as usize)).copied().unwrap_or(0)
}

/// The value of a Chinese digit.
#[inline]
pub(in crate::lang::zh) fn han_digit(c: char) -> Option<i64> {
    match cell(c) {
        0 | OTHER if c != '○' => None,
        0 | OTHER => Some(0),
        digit => Some(i64::from(digit & 15)),
    }
}

const fn digit_of(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '弌' | '幺' => 1,
        '二' | '贰' | '两' | '俩' => 2,
        '三' | '叁' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a scale word below 万.
pub(super) const fn small_scale(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// The value of a scale word from 万 on.
pub(super) const fn big_scale(c: char) -> Option<i64> {
    Some(match c {
        '万' => 10_000,
        '亿' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

/// `bn`, `million` after digits: the factor and where the word ends.
pub(super) fn latin_scale(v: &View, i: usize) -> Option<(i64, usize)> {
    if !matches!(v.c(v.skip_spaces(i)), 'b' | 'B' | 'm' | 'M' | 't' | 'T') {
        return None;
    }
    let at = v.skip_spaces(i);
    let mut end = at;
    while v.c(end).is_ascii_alphabetic() && end - at < 9 {
        end += 1;
    }
    let word: String = v.from(at)[..end - at].iter().map(char::to_ascii_lowercase).collect();
    let factor = match word.as_str() {
        "bn" | "billion" => 1_000_000_000,
        "mn" | "mln" | "million" => 1_000_000,
        "tn" | "trn" | "trillion" => 1_000_000_000_000,
        _ => return None,
    };
    (at - i <= 1 && !v.c(end).is_ascii_digit()).then_some((factor, end))
}

/// Whether words before `i` tell of data: there 兆 is a million bytes or bits, and no 万亿.
pub(super) fn of_data(v: &View, i: usize) -> bool {
    (i.saturating_sub(10)..i).any(|k| {
        ["带宽", "宽带", "网速", "光纤", "流量", "内存", "文件", "速率", "网络", "硬盘"].iter().any(|w| v.is(k, w))
    })
}

/// Whether `c` may stand in a Chinese numeral.
#[inline]
pub(in crate::lang::zh) fn is_han_numeral(c: char) -> bool {
    cell(c) != 0 || c == '○'
}

/// Whether a digit is a formal one; 大陆一名 holds no 61.
pub(super) const fn formal(c: char) -> bool {
    matches!(c, '陆' | '伍' | '壹' | '贰' | '叁' | '肆' | '柒' | '捌' | '玖')
}

/// Whether `c` ends a phrase: after 一两 it leaves two 两 of weight.
pub(super) const fn ends_word(c: char) -> bool {
    matches!(c, '\0' | '，' | '。' | '、' | '；' | ' ' | '的' | '）')
}

pub(super) const fn scale_next_below(c: char) -> bool {
    matches!(c, '十' | '拾')
}
