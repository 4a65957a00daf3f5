//! Untrusted text → text that is safe where it is shown. Enters: words of an article, a path, a title. Leaves: the same words in which
//! nothing acts: no terminal control, no markup, no workflow command.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether `c` acts on a terminal or on the order of the text around it instead of showing itself: C0, DEL and C1 controls, bidi
/// marks and overrides, line and paragraph separators, tag characters.
pub const fn acts(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2061}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// One line of plain text: white space at line ends becomes one space, other controls are written `\u{1b}`.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ if acts(c) => {
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn replace(text: &str, with: impl Fn(char) -> Option<&'static str>) -> String {
    let text = plain(text);
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match with(c) {
            Some(s) => out.push_str(s),
            None => out.push(c),
        }
    }
    out
}

/// Text for HTML and XML, in element content and in quoted attributes.
pub fn html(text: &str) -> String {
    replace(text, |c| {
        Some(match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\u{FFFE}' | '\u{FFFF}' => "\u{FFFD}",
            _ => return None,
        })
    })
}

/// Text for a line or a table cell of Markdown: nothing in it marks up, links or ends the cell.
pub fn markdown(text: &str) -> String {
    let escaped = replace(text, |c| {
        Some(match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\\' => "\\\\",
            '`' => "\\`",
            '*' => "\\*",
            '_' => "\\_",
            '[' => "\\[",
            ']' => "\\]",
            '|' => "\\|",
            '~' => "\\~",
            '#' => "\\#",
            '!' => "\\!",
            '$' => "\\$",
            _ => return None,
        })
    });
    // Addresses must not turn into links on their own.
    escaped.replace("://", ":&#47;&#47;").replace("www.", "www&#46;").replace('@', "&#64;")
}

/// The message of a workflow command.
pub fn workflow(text: &str) -> String {
    plain(text).replace('%', "%25")
}

/// A property of a workflow command.
pub fn workflow_property(text: &str) -> String {
    workflow(text).replace(':', "%3A").replace(',', "%2C")
}

/// A path in a URI: every byte but letters, digits and `-._~/` percent-encoded.
pub fn percent(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for b in path.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_where_it_is_shown() {
        assert_eq!(plain("共有2000所\u{1b}[2J\r\n没有\u{202e}"), "共有2000所\\u{1b}[2J 没有\\u{202e}");
        assert_eq!(html("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
        assert_eq!(markdown("a|b`c<d>*e*[f](g)"), "a\\|b\\`c&lt;d&gt;\\*e\\*\\[f\\](g)");
        assert_eq!(markdown("见https://例.cn"), "见https:&#47;&#47;例.cn");
        assert_eq!(workflow("50%\n::error::x"), "50%25 ::error::x");
        assert_eq!(workflow_property("a:b,c"), "a%3Ab%2Cc");
    }
}
