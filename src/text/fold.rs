//! Width folding and character classes: one character in, one out, so that a folded text maps back character by character.

use std::borrow::Cow;

/// Folds full-width ASCII to half-width (`０`→`0`, `％`→`%`, `－`→`-`) and the odd spaces to a space; anything else stays.
///
/// The full-width comma, full stop, colon, semicolon, brackets, question and exclamation marks stay: they are punctuation of
/// Chinese text, and a reader of figures decides by context whether `，` groups digits.
pub const fn fold_char(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(half) => half,
            None => c,
        },
        '％' | '﹪' => '%',
        '．' => '.',
        '＋' => '+',
        '－' | '−' => '-',
        '～' | '〜' | '∼' => '~',
        '＄' => '$',
        '￥' => '¥',
        '￡' => '£',
        '／' => '/',
        '＜' => '<',
        '＞' => '>',
        '＝' => '=',
        '\u{3000}' | '\u{00A0}' | '\u{202F}' | '\u{2009}' => ' ',
        _ => c,
    }
}

/// `text` with every character folded by [`fold_char`]; borrowed where nothing changes.
pub fn fold_str(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(|c| fold_char(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(fold_char).collect())
}

/// Whether `c` is a Han ideograph (with extensions and the zero `〇`).
pub const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '〇')
}

/// Whether `c` belongs to a word: a letter, an ideograph or a digit.
pub fn is_word(c: char) -> bool {
    is_ideograph(c) || c.is_alphanumeric()
}
