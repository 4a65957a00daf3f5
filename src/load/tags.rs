//! HTML cut into texts, tags and comments. Enters: a piece of HTML. Leaves: tokens with their places. Builds no tree, decodes nothing,
//! and takes time in proportion to the piece.

use std::ops::Range;

/// One token; ranges address the piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, references not decoded.
    Text(Range<usize>),
    /// A start tag.
    Start {
        /// Its name as written.
        name: Range<usize>,
        /// What stands between its name and `>`.
        attributes: Range<usize>,
        /// All of it.
        whole: Range<usize>,
    },
    /// A comment that is closed, its marks left out.
    Comment(Range<usize>),
    /// An end tag.
    End {
        /// Its name as written.
        name: Range<usize>,
        /// All of it.
        whole: Range<usize>,
    },
}

/// Tokens of a piece of HTML, declarations left out.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The element whose end alone ends the text that runs now.
    raw: Option<&'a str>,
}

/// Elements that hold text without tags.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

impl<'a> Tokens<'a> {
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0, raw: None }
    }

    fn rest(&self) -> &'a [u8] {
        self.html.as_bytes().get(self.at..).unwrap_or(&[])
    }

    /// The end of a raw text: the next end tag of its element, or the end of the piece.
    fn raw_end(&self, name: &str) -> usize {
        let bytes = self.html.as_bytes();
        memchr::memmem::find_iter(self.rest(), b"</")
            .map(|i| self.at + i)
            .find(|i| {
                let tail = &bytes[i + 2..];
                tail.len() >= name.len()
                    && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                    && tail.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
            })
            .unwrap_or(bytes.len())
    }

    /// Skips a comment, declaration or processing instruction at `self.at`; gives a comment.
    fn skip_markup(&mut self) -> Option<Token> {
        let rest = self.rest();
        let from = self.at;
        let end = if rest.starts_with(b"<!-->") {
            Some(5)
        } else if rest.starts_with(b"<!--->") {
            Some(6)
        } else if rest.starts_with(b"<!--") {
            let close = memchr::memmem::find(&rest[4..], b"-->").map(|i| i + 7);
            let loose = memchr::memmem::find(&rest[4..close.unwrap_or(rest.len())], b"--!>").map(|i| i + 8);
            loose.or(close)
        } else if rest.starts_with(b"<![CDATA[") {
            memchr::memmem::find(rest, b"]]>").map(|i| i + 3)
        } else if rest.len() >= 9 && rest[..9].eq_ignore_ascii_case(b"<!doctype") {
            Some(doctype_end(rest))
        } else {
            memchr::memchr(b'>', rest).map(|i| i + 1)
        };
        self.at += end.unwrap_or(rest.len());
        let is_comment = rest.starts_with(b"<!--") && end.is_some_and(|e| e >= 7);
        is_comment.then(|| Token::Comment(from + 4..self.at - 3))
    }

    fn tag(&mut self, is_end: bool) -> Option<Token> {
        let bytes = self.html.as_bytes();
        let from = self.at;
        let start = from + 1 + usize::from(is_end);
        let mut end = start;
        while bytes.get(end).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>')) {
            end += 1;
        }
        let Some(close) = tag_end(bytes, end) else {
            // The piece ends inside a tag: nothing of it is text.
            self.at = bytes.len();
            return None;
        };
        self.at = close + 1;
        let whole = from..close + 1;
        if is_end {
            return Some(Token::End { name: start..end, whole });
        }
        let name = &self.html[start..end];
        self.raw = RAW.iter().find(|r| r.eq_ignore_ascii_case(name)).map(|_| name);
        Some(Token::Start { name: start..end, attributes: end..close, whole })
    }
}

/// The `>` that ends a tag whose attributes begin at `at`; one inside a quoted value does not.
fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        if bytes[at] == b'>' {
            return Some(at);
        }
        // A quote opens a value only after `=`.
        let opens = bytes[..at].iter().rev().find(|b| !b.is_ascii_whitespace()) == Some(&b'=');
        at += 1;
        if opens {
            at += memchr::memchr(bytes[at - 1], &bytes[at..])? + 1;
        }
    }
}

/// The end of a document type: its `>` after an internal subset, where it has one.
fn doctype_end(bytes: &[u8]) -> usize {
    match memchr::memchr2(b'>', b'[', bytes) {
        Some(i) if bytes[i] == b'[' => {
            let close = memchr::memchr(b']', &bytes[i..]).map_or(bytes.len(), |j| i + j);
            memchr::memchr(b'>', &bytes[close..]).map_or(bytes.len(), |j| close + j + 1)
        }
        Some(i) => i + 1,
        None => bytes.len(),
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.html.as_bytes();
        if let Some(name) = self.raw.take() {
            let end = self.raw_end(name);
            if end > self.at {
                let text = self.at..end;
                self.at = end;
                return Some(Token::Text(text));
            }
        }
        let from = self.at;
        while self.at < bytes.len() {
            let Some(open) = memchr::memchr(b'<', self.rest()) else {
                self.at = bytes.len();
                break;
            };
            let open = self.at + open;
            let next = bytes.get(open + 1).copied();
            let is_tag = next.is_some_and(|b| b.is_ascii_alphabetic());
            let is_end = next == Some(b'/') && bytes.get(open + 2).is_some_and(u8::is_ascii_alphabetic);
            let is_markup = matches!(next, Some(b'!' | b'?' | b'/'));
            if !(is_tag || is_end || is_markup) {
                self.at = open + 1;
                continue;
            }
            if open > from {
                self.at = open;
                return Some(Token::Text(from..open));
            }
            self.at = open;
            if is_tag || is_end {
                return self.tag(is_end);
            }
            return match self.skip_markup() {
                Some(comment) => Some(comment),
                None => self.next_after_markup(),
            };
        }
        (self.at > from).then_some(Token::Text(from..self.at))
    }
}

impl Tokens<'_> {
    /// The next token after comments; a loop in place of recursion, since comments may follow one another without end.
    fn next_after_markup(&mut self) -> Option<Token> {
        loop {
            let rest = self.rest();
            let markup = rest.first() == Some(&b'<')
                && match rest.get(1) {
                    Some(b'!' | b'?') => true,
                    Some(b'/') => !rest.get(2).is_some_and(u8::is_ascii_alphabetic),
                    _ => false,
                };
            if !markup {
                return self.next();
            }
            if let Some(comment) = self.skip_markup() {
                return Some(comment);
            }
        }
    }
}

/// The attributes of a tag: name, and value without its quotes.
pub(super) fn attributes(raw: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .char_indices()
            .find(|(i, c)| *i > 0 && (c.is_ascii_whitespace() || matches!(c, '=' | '/')))
            .map_or(rest.len(), |c| c.0);
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else { return Some((name, "")) };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        Tokens::new(html)
            .map(|t| match t {
                Token::Text(r) => html[r].to_owned(),
                Token::Comment(r) => format!("<!--{}-->", &html[r]),
                Token::Start { name, .. } => format!("<{}>", &html[name]),
                Token::End { name, .. } => format!("</{}>", &html[name]),
            })
            .collect()
    }

    #[test]
    fn tokens_of_good_and_bad_html() {
        for (html, tokens) in [
            ("<p a='>' b=c>共3<5家</p>", vec!["<p>", "共3<5家", "</p>"]),
            ("甲<!-- <b>4 --><!----><!x><?y>乙", vec!["甲", "<!-- <b>4 -->", "<!---->", "乙"]),
            ("<script>if(a<b)'</p>'</SCRIPT >乙", vec!["<script>", "if(a<b)'</p>'", "</SCRIPT>", "乙"]),
            ("甲<p class=\"x", vec!["甲"]),
            ("甲<!-- 乙", vec!["甲"]),
            ("<!DOCTYPE html [<!ENTITY a '2000'>]>甲", vec!["甲"]),
            ("<p title=it's>3家</p>", vec!["<p>", "3家", "</p>"]),
            ("a < b <", vec!["a < b <"]),
        ] {
            assert_eq!(shown(html), tokens, "{html}");
        }
        let all: Vec<_> = attributes(" a=1 b = \"x y\" hidden c='z'/d").collect();
        assert_eq!(all, [("a", "1"), ("b", "x y"), ("hidden", ""), ("c", "z"), ("d", "")]);
    }
}
