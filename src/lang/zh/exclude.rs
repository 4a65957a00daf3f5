//! What holds digits and is no figure: codes, addresses, versions, model names, list marks, law articles, scores, room numbers.
//! Enters: a numeral in its sentence. Leaves: how much to pass over. Word lists are data; shapes are here.

use super::numerals::{Form, Numeral};
use super::view::View;
use super::words::Words;

/// Whether `c` may stand in an address, a file name or a code.
fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '.' | '/' | '_' | '-' | ':' | '?' | '=' | '&' | '#' | '@' | '+' | '%' | '\\')
}

/// The run of address characters around `i`: its ends and whether it holds a letter and a joint.
fn token(v: &View, i: usize) -> (usize, usize, bool, bool) {
    let (mut a, mut b) = (i, i);
    // A sentence of one long run would make this quadratic: far ends do not matter.
    while a > 0 && i - a < 200 && is_token(v.c(a - 1)) {
        a -= 1;
    }
    while b - i < 200 && is_token(v.c(b)) {
        b += 1;
    }
    let (mut letter, mut joint) = (false, false);
    for k in a..b {
        letter |= v.c(k).is_ascii_alphabetic();
        joint |= matches!(v.c(k), '/' | '_' | '@' | '=' | '\\');
    }
    (a, b, letter, joint)
}

/// The end of a token with letters that holds the digit at `i`, where that is an address or a name: `CES2017`, `a.com/2016/`.
pub(super) fn glued(v: &View, i: usize) -> Option<usize> {
    let before = v.before(i, 1);
    if before.is_ascii_alphabetic() {
        let (a, b, ..) = token(v, i);
        let head: String = v.from(a)[..i - a].iter().collect();
        let head = head.to_ascii_uppercase();
        if matches!(
            head.as_str(),
            "RMB" | "USD" | "HKD" | "EUR" | "CNY" | "GBP" | "JPY" | "TWD" | "AUD" | "CAD" | "SGD" | "CHF" | "US" | "HK"
        ) {
            return None;
        }
        let mut end = i;
        while end < b && v.c(end).is_ascii_alphanumeric() {
            end += 1;
        }
        let joined = matches!(v.c(end), '/' | '_' | '.') && v.c(end + 1).is_ascii_alphanumeric();
        return Some(if joined { b } else { end });
    }
    if matches!(before, '/' | '_' | '.' | '@' | '=' | '-' | '&' | '?' | '#')
        || v.before(i, 2).is_ascii_alphabetic() && before == '.'
    {
        let (a, b, letter, joint) = token(v, i);
        if letter && joint && a < i {
            return Some(b);
        }
    }
    None
}

/// Whether an address begins at the digits at `i`: the end to go on from.
pub(super) fn address(v: &View, i: usize) -> Option<usize> {
    let mut end = i;
    while v.c(end).is_ascii_digit() {
        end += 1;
    }
    // 2001:db8::1
    if v.c(end) == ':' {
        let (a, b, ..) = token(v, i);
        return v.from(a)[..b - a].windows(2).any(|w| w == [':', ':']).then_some(b);
    }
    if !matches!(v.c(end), '.' | '/' | '_' | '-') && !v.c(end).is_ascii_alphabetic() {
        return None;
    }
    let (_, b, letter, joint) = token(v, i);
    // www.a.com/2016-04-06/600x450.jpg
    if letter && joint && b - i > 8 {
        let latin = v.from(i)[..b - i].iter().filter(|c| c.is_ascii_alphabetic()).count();
        if latin >= 3 {
            return Some(b);
        }
    }
    // 1.2.3, 192.168.0.1: versions and addresses, dates in dots were read before.
    // 1.5-2.5 is a range.
    let dots = v.from(i)[..b - i].iter().take_while(|&&c| c != '-').filter(|&&c| c == '.').count();
    if dots >= 2 && !letter && v.c(b.saturating_sub(1)).is_ascii_digit() {
        return Some(b);
    }
    None
}

/// `400-809-5188`, `010-12345678`: digits in groups joined by hyphens; the end.
pub(super) fn phone(v: &View, i: usize) -> Option<usize> {
    let mut p = i;
    let (mut groups, mut digits) = (0, 0);
    loop {
        let start = p;
        while v.c(p).is_ascii_digit() {
            p += 1;
        }
        if p == start {
            break;
        }
        groups += 1;
        digits += p - start;
        if matches!(v.c(p), '-' | '—' | '－') && v.c(p + 1).is_ascii_digit() {
            p += 1;
        } else {
            break;
        }
    }
    // Two groups: an area code and seven or eight digits. Three and more: a number, a code or a date that was read before.
    // (217)333-1216
    if groups == 2 && digits == 7 && matches!(v.before(i, 1), ')' | '）') {
        return Some(p);
    }
    // 3-7-2017: a date whose day and month nothing tells apart.
    let year = p - i >= 8 && v.c(p - 5) == '-' && matches!(v.c(p - 4), '1' | '2');
    if groups == 3 && digits <= 8 && year {
        return Some(p);
    }
    let first_zero = v.c(i) == '0';
    (groups >= 3 && digits >= 7 || groups == 2 && digits >= 10 || groups == 2 && first_zero && digits >= 9).then_some(p)
}

/// A telephone number written in groups, by what stands before it: `+49 176 123…`, `(0571) 8502…`, `电话是622 15 31`; the end.
pub(super) fn phone_groups(words: &Words, v: &View, i: usize) -> Option<usize> {
    let bracket = matches!(v.before(i, 1), '(' | '（');
    let head = if bracket { i - 1 } else { i };
    let plus = v.before(head, 1) == '+';
    let head = if plus { head - 1 } else { head };
    let (mut p, mut end, mut digits, mut groups, mut gap, mut inner) = (i, i, 0, 0, 0, false);
    // (+45) 12 345 678
    let mut open = u32::from(bracket || plus && matches!(v.before(head, 1), '(' | '（'));
    // No number has more than 20 digits.
    while digits <= 20 {
        let c = v.c(p);
        if c.is_ascii_digit() {
            groups += usize::from(!v.before(p, 1).is_ascii_digit() || p == i);
            digits += 1;
            gap = 0;
            end = p + 1;
        } else if matches!(c, ' ' | '-' | '(' | ')' | '（' | '）' | '.' | '/') && gap < 3 {
            match c {
                '(' | '（' => open += 1,
                // （股票代码，300300）1000万元: the bracket closes what was opened before the number.
                ')' | '）' if open == 0 => break,
                ')' | '）' => open -= 1,
                _ => {}
            }
            inner |= matches!(c, '(' | ')' | '（' | '）');
            gap += 1;
        } else {
            break;
        }
        p += 1;
    }
    if digits < 5 {
        return None;
    }
    let mut word_end = head;
    while word_end > 0
        && head - word_end < 4
        && matches!(v.c(word_end - 1), ' ' | '：' | ':' | '是' | '为' | '号' | '码')
    {
        word_end -= 1;
    }
    let told = (word_end..=head).any(|e| {
        ["电话", "热线", "手机", "传真", "专线", "号码", "电话号", "拨打", "致电"].iter().any(|w| v.ends(e, w))
            && words.code_words.before(v.until(e)).is_some()
    });
    let grouped = groups >= 2 && digits >= 9 && (v.c(i) == '0' || bracket && inner || inner && digits >= 10);
    (told || plus && digits >= 7 || grouped || american(v, i, end)).then_some(end)
}

/// `123 456 7890`, `123.456.7890`: groups of three, three and four digits.
fn american(v: &View, i: usize, end: usize) -> bool {
    end - i == 12
        && !v.c(end).is_ascii_digit()
        && (i..end).all(|k| match k - i {
            3 => matches!(v.c(k), ' ' | '.' | '-'),
            7 => v.c(k) == v.c(i + 3),
            _ => v.c(k).is_ascii_digit(),
        })
}

/// Numbers with nothing but spaces between, `38 5145`, `00 10 00 31`: a code; where the last ends.
pub(super) fn spaced_codes(v: &View, i: usize, n: &Numeral) -> Option<usize> {
    if n.form != Form::Arabic || n.decimals > 0 || n.grouped || v.c(n.end) != ' ' {
        return None;
    }
    let mut end = n.end;
    let mut groups = 1;
    // A longer row costs no more.
    while v.c(end) == ' ' && groups < 32 {
        let start = v.skip_spaces(end);
        let mut p = start;
        while v.c(p).is_ascii_digit() {
            p += 1;
        }
        if p == start || start - end > 2 || crate::text::is_ideograph(v.c(p)) && p - start < 3 {
            break;
        }
        end = p;
        groups += 1;
    }
    // 三月 1 14377
    let long = end - n.end > 5;
    let last = (0..i).rev().map(|k| v.c(k)).find(|&c| c != ' ').unwrap_or('\0');
    let free = !crate::text::is_ideograph(v.c(end)) && !matches!(v.c(end), '.' | '%' | '/' | ':' | '-')
        || long && v.c(end) == ':';
    (groups >= 3 || groups == 2 && (long || !crate::text::is_ideograph(last)) && last != '\0')
        .then_some(end)
        .filter(|_| free)
}

/// A mark at the head of a list item or section: the end to go on from.
pub(super) fn list_mark(v: &View, i: usize, n: &Numeral) -> Option<usize> {
    let open = matches!(v.before(i, 1), '（' | '(' | '【' | '〔');
    let head = if open { i - 1 } else { i };
    let begins = (0..head).rev().map(|k| v.c(k)).find(|&c| c != ' ').is_none_or(|c| {
        matches!(c, '。' | '；' | '：' | ':' | ';' | '\n' | '！' | '？' | '”' | '#' | '*' | '◆' | '■' | '●' | '|' | '>')
    });
    let after = v.c(n.end);
    if open
        && matches!(after, '）' | ')' | '】' | '〕')
        && (begins || n.value < rust_decimal::Decimal::from(30))
        && n.decimals == 0
        && n.digits <= 2
    {
        return Some(n.end + 1);
    }
    if !begins || n.decimals > 0 && n.form != Form::Arabic {
        return None;
    }
    if matches!(after, '）' | ')') && n.digits <= 2 {
        return Some(n.end + 1);
    }
    if matches!(after, '、' | '．' | '.')
        && !v.c(n.end + 1).is_ascii_digit()
        && (n.digits <= 2)
        && n.value < rust_decimal::Decimal::ONE_HUNDRED
    {
        // 1、 … is a mark; 2014、2015年 and 3、4号楼 are not at the head with so few digits unless a numeral follows.
        let next = v.c(n.end + 1);
        let listed =
            after == '、' && (next.is_ascii_digit() || super::numerals::is_han_numeral(next) && v.c(n.end + 2) != '是');
        if !listed || head == 0 && after == '.' {
            return Some(n.end + 1);
        }
    }
    None
}

/// Whether the number is a code or part of a name by the words around it.
pub(super) fn is_code(words: &Words, v: &View, i: usize, n: &Numeral, has_unit: bool) -> bool {
    let p = (0..i)
        .rev()
        .find(|&k| !matches!(v.c(k), ' ' | '：' | ':' | '（' | '(' | '“' | '"' | '《' | '为' | '是' | '.' | '【'))
        .map_or(0, |k| k + 1);
    let gap = i - p;
    let arabic = n.form == Form::Arabic;
    if arabic
        && !has_unit
        && gap <= 3
        && words.code_words.before(v.until(p)).is_some_and(|(len, ())| {
            let single = len == 1;
            !single
                || (gap == 0 && n.digits <= 2 || v.c(p - 1).is_ascii_alphabetic())
                    && !(v.c(p - 1).is_ascii_alphabetic() && v.before(p, 2).is_ascii_alphanumeric())
        })
    {
        return true;
    }
    // “8·05”, ＿２０１６
    if matches!(v.before(i, 1), '_' | '＿')
        || matches!(v.before(i, 1), '·' | '•' | '∙' | '・') && v.before(i, 2).is_ascii_digit()
    {
        return true;
    }
    // 77.034040723966: a coordinate or a reading, no figure of a report.
    if arabic && !has_unit && n.decimals >= 7 {
        return true;
    }
    if has_unit {
        return false;
    }
    // 13×24厘米: the unit stands after the second.
    if matches!(v.c(n.end), '×' | '*' | '✕') && v.c(n.end + 1).is_ascii_digit() {
        return true;
    }
    // 007, 0086
    if n.leading_zero && n.decimals == 0 {
        return true;
    }
    // 11 digits and the like.
    let round = (n.value % rust_decimal::Decimal::from(1000)).is_zero();
    if arabic
        && !n.grouped
        && n.digits >= 7
        && !(n.digits == 7 && round)
        && n.decimals == 0
        && n.scale == rust_decimal::Decimal::ONE
    {
        return true;
    }
    // （600519）, （000001.SZ）
    if arabic && n.digits == 6 && matches!(v.before(i, 1), '（' | '(' | '：' | ':') {
        return true;
    }
    // “8·05”, 3·15
    if matches!(v.c(n.end), '·' | '•' | '∙' | '・') && v.c(n.end + 1).is_ascii_digit()
        || matches!(v.before(i, 1), '·' | '•' | '∙' | '・') && v.before(i, 2).is_ascii_digit()
    {
        return true;
    }
    // “12.13”案
    if matches!(v.before(i, 1), '“' | '"') && matches!(v.c(n.end), '”' | '"') {
        return true;
    }
    false
}

/// Whether a bare number is a score: `3:1`, `3比1`, `21-19`; the end of it.
pub(super) fn score(v: &View, i: usize, n: &Numeral) -> Option<usize> {
    if n.form != Form::Arabic && n.form != Form::Han || n.decimals > 0 || n.digits > 3 {
        return None;
    }
    let joint = v.c(n.end);
    if !matches!(joint, ':' | '：' | '-' | '—' | '比' | '–') {
        return None;
    }
    let second = super::numerals::parse(v, n.end + 1)?;
    if second.decimals > 0 || second.digits > 3 || second.form != n.form {
        return None;
    }
    let (from, to) = (i.saturating_sub(12), second.end + 10);
    let near: String = (from..to).map(|k| v.c(k)).collect();
    let sport = [
        "比分",
        "战胜",
        "击败",
        "战平",
        "负于",
        "不敌",
        "大胜",
        "完胜",
        "险胜",
        "惜败",
        "横扫",
        "逆转",
        "取胜",
        "获胜",
        "胜",
        "负",
        "平",
        "大比分",
        "总分",
        "局",
        "盘",
        "客场",
        "主场",
        "球",
        "队",
        "爆冷",
        "淘汰",
        "领先",
        "落后",
        "轻取",
    ];
    if sport.iter().any(|w| near.contains(w))
        && !matches!(v.c(second.end), '%' | '万' | '亿' | '个' | '名' | '家' | '元' | '人')
    {
        return Some(second.end);
    }
    None
}
