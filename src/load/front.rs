//! Front matter: the `---` head of a Markdown file, read line by line as `key: value`. Enters: the decoded source. Leaves: where the
//! body starts, and the values that matter with their places. Knows no YAML beyond quotes and folded lines.

use std::ops::Range;

/// What the head of a file says.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// Where the body starts.
    pub body: usize,
    /// The title, in pieces: ranges of the source, each with the text it stands for.
    pub title: Vec<(Range<usize>, String)>,
    /// The date as written.
    pub date: Option<String>,
    /// The language as written.
    pub lang: Option<String>,
    /// The publisher as written.
    pub source: Option<String>,
    /// What it asks to let stand: where, and the words.
    pub exceptions: Vec<(usize, String)>,
}

impl Front {
    fn exception(&mut self, text: &str, value: Range<usize>) {
        let said = unquoted(text, value.clone()).into_iter().map(|p| p.1).collect();
        self.exceptions.push((value.start, said));
    }

    /// Whether it says something that only a head of metadata says.
    pub fn is_telling(&self) -> bool {
        !self.title.is_empty() || self.date.is_some() || !self.exceptions.is_empty()
    }
}

/// Keys are few and short: a head longer than this is no head.
const LONGEST: usize = 1 << 20;

/// Reads the head of `text`; `None` where there is none or it never ends.
pub(super) fn front_matter(text: &str) -> Option<Front> {
    let skipped = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let (first, mut at) = line_at(text, skipped)?;
    if text[first].trim_end() != "---" {
        return None;
    }
    let mut front = Front::default();
    let mut key = String::new();
    while let Some((line, next)) = line_at(text, at) {
        let raw = &text[line.clone()];
        if matches!(raw.trim_end(), "---" | "...") {
            front.body = next;
            return Some(front);
        }
        if next > LONGEST {
            return None;
        }
        if key == "factlint-ignore" && raw.trim_start().starts_with("- ") {
            // One exception a line of a list.
            let value = trimmed(text, line.start + raw.find("- ").map_or(0, |i| i + 2)..line.end);
            front.exception(text, value);
        } else if raw.starts_with([' ', '\t']) {
            // A folded value goes on; only a title is worth it.
            if key == "title"
                && front.title.iter().all(|p| matches!(p.1.as_str(), ">" | "|" | ">-" | "|-" | " ") || p.0.len() > 2)
            {
                front.title.retain(|p| !matches!(p.1.as_str(), ">" | "|" | ">-" | "|-"));
                let value = trimmed(text, line);
                if !front.title.is_empty() && !value.is_empty() {
                    front.title.push((value.start - 1..value.start, " ".into()));
                }
                front.title.push((value.clone(), text[value].into()));
            }
        } else if let Some(colon) = raw.find(':') {
            key = raw[..colon].trim().to_ascii_lowercase();
            let value = trimmed(text, line.start + colon + 1..line.end);
            let plain = || unquoted(text, value.clone()).into_iter().map(|p| p.1).collect::<String>();
            match key.as_str() {
                "title" => front.title = unquoted(text, value.clone()),
                "date" | "published" | "pubdate" | "publish_date" | "published_at" if front.date.is_none() => {
                    front.date = Some(plain()).filter(|v| !v.is_empty());
                }
                "factlint-ignore" if !value.is_empty() => front.exception(text, value),
                "lang" | "language" => front.lang = Some(plain()),
                "source" | "site" | "publisher" | "media" => front.source = Some(plain()).filter(|v| !v.is_empty()),
                _ => {}
            }
        }
        at = next;
    }
    None
}

/// The line that starts at `at`, its end left out, and where the next one starts.
fn line_at(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let rest = text.get(at..).filter(|r| !r.is_empty())?;
    let len = rest.find('\n').unwrap_or(rest.len());
    Some((at..at + len, (at + len + 1).min(text.len())))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

/// A value without its quotes, in pieces: escapes stand for one character.
fn unquoted(text: &str, value: Range<usize>) -> Vec<(Range<usize>, String)> {
    let piece = &text[value.clone()];
    let quote = piece.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote.filter(|q| piece.len() >= 2 && piece.ends_with(*q)) else {
        return if piece.is_empty() { Vec::new() } else { vec![(value.clone(), piece.to_owned())] };
    };
    let inner = value.start + 1..value.end - 1;
    let body = &text[inner.clone()];
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(hit) = body[at..].find(if quote == '"' { '\\' } else { '\'' }) {
        let here = at + hit;
        let Some(next) = body[here + 1..].chars().next() else { break };
        if quote == '\'' && next != '\'' {
            at = here + 1;
            continue;
        }
        if from < here {
            out.push((inner.start + from..inner.start + here, body[from..here].to_owned()));
        }
        let end = here + 1 + next.len_utf8();
        let stands = if matches!(next, 'n' | 't' | 'r') { ' ' } else { next };
        out.push((inner.start + here..inner.start + end, stands.to_string()));
        (from, at) = (end, end);
    }
    if from < body.len() {
        out.push((inner.start + from..inner.end, body[from..].to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> String {
        front_matter(text).map(|f| f.title.into_iter().map(|p| p.1).collect()).unwrap_or_default()
    }

    #[test]
    fn values_come_without_quotes_and_lead_back() {
        let text = "---\r\nlayout: post\r\ntitle: \"九地“联手”推出\\\"新政\\\"：共12条\"\r\ndate: 2022-05-20 13:43:49 +0800\r\n---\r\n正文\r\n";
        let front = front_matter(text).unwrap();
        assert_eq!(title(text), "九地“联手”推出\"新政\"：共12条");
        assert!(front.title.iter().all(|(r, t)| text[r.clone()].ends_with(t.as_str())));
        assert_eq!(front.date.as_deref(), Some("2022-05-20 13:43:49 +0800"));
        assert_eq!(&text[front.body..], "正文\r\n");
        assert_eq!(title("---\ntitle: 'It''s 5 a.m.'\n---\n"), "It's 5 a.m.");
        assert_eq!(title("---\ntitle: >\n  全市新增\n  300个岗位\n---\n"), "全市新增 300个岗位");
    }

    #[test]
    fn exceptions_stand_on_the_key_or_in_a_list_below_it() {
        let said = |text| front_matter(text).map(|f| f.exceptions.into_iter().map(|e| e.1).collect::<Vec<_>>());
        assert_eq!(said("---\nfactlint-ignore: '历史稿件，不再改'\n---\n").unwrap(), ["历史稿件，不再改"]);
        let list = "---\nfactlint-ignore:\n  - list-count: 原文如此\n- name-variant: 两人\ntitle: 甲\n---\n";
        assert_eq!(said(list).unwrap(), ["list-count: 原文如此", "name-variant: 两人"]);
    }

    #[test]
    fn a_head_that_never_ends_is_no_head() {
        assert!(front_matter("---\ntitle: 甲\n共有3家。\n").is_none());
        assert!(front_matter("正文\n---\n").is_none());
        assert!(front_matter("").is_none());
    }
}
