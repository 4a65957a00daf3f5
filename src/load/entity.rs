//! Character references of HTML. Enters: text with `&…;`. Leaves: what a reference stands for, and how long it is.

use html5gum::{Token, Tokenizer};

/// The longest name of a reference, with its marks.
const LONGEST: usize = 40;

/// The reference that `text` begins with: what it stands for and its length; `None` where the `&` is only an `&`.
pub(super) fn reference(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, mark) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 3),
            None => (number, 10, 2),
        };
        let len = digits.bytes().take_while(|b| (*b as char).is_digit(radix)).count();
        if len == 0 {
            return None;
        }
        let code = u32::from_str_radix(&digits[..len], radix).unwrap_or(u32::MAX);
        let end = mark + len + usize::from(digits.as_bytes().get(len) == Some(&b';'));
        return Some((numbered(code).to_string(), end));
    }
    let len = body.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let end = 1 + len + usize::from(body.as_bytes().get(len) == Some(&b';'));
    let whole = &text[..end];
    let quick = match whole {
        "&nbsp;" => "\u{A0}",
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&ldquo;" => "“",
        "&rdquo;" => "”",
        "&mdash;" => "—",
        "&hellip;" => "…",
        "&middot;" => "·",
        _ if len == 0 => return None,
        _ => "",
    };
    if !quick.is_empty() {
        return Some((quick.to_owned(), end));
    }
    let mut stands = String::new();
    for Ok(token) in Tokenizer::new(whole) {
        if let Token::String(s) = token {
            stands.push_str(&String::from_utf8_lossy(&s));
        }
    }
    (stands != whole && !stands.is_empty()).then_some((stands, end))
}

/// The character of a number, as browsers read it: the range 0x80–0x9F is windows-1252, what is no character is U+FFFD.
fn numbered(code: u32) -> char {
    if let Some(byte) = u8::try_from(code).ok().filter(|b| (0x80..0xA0).contains(b)) {
        return encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next().unwrap_or('\u{FFFD}');
    }
    char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{FFFD}')
}

/// `text` with its references read.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((stands, len)) = reference(rest) {
            out.push_str(&stands);
            rest = &rest[len..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_good_and_bad() {
        for (text, stands) in [
            ("&#50;000所", "2000所"),
            ("&#x32;&#x30;人", "20人"),
            ("1&#44;234", "1,234"),
            ("&nbsp;5&nbsp;家", "\u{A0}5\u{A0}家"),
            ("&#x110000;&#xD800;&#0;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&bogus;9家 & &#; &", "&bogus;9家 & &#; &"),
            ("&frac12;&yen;&#147;", "½¥“"),
            ("A&B&copy 3", "A&B© 3"),
        ] {
            assert_eq!(decoded(text), stands, "{text}");
        }
    }
}
