//! Mistakes in rule files, told so that an editor can mend them. Enters: a file's text and a place in it. Leaves: a message with the
//! line, a caret and what would have been right. Knows no rule.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::error_zh::in_chinese;
use crate::model::Text;

/// The widest excerpt of a line that is shown, in terminal cells.
const SHOWN: usize = 96;

/// One mistake in a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    /// The file, as the user gave it.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What would have been right, where that is a closed list.
    pub expected: Vec<String>,
    /// The nearest of `expected`, where one is near.
    pub nearest: Option<String>,
    excerpt: String,
    caret: Range<usize>,
}

impl std::error::Error for RuleError {}

impl RuleError {
    /// A mistake at `span` (bytes of `text`) of the file `path`.
    pub fn at(path: &str, text: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        let start = floor(text, span.start.min(text.len()));
        let end = floor(text, span.end.clamp(start, text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let (excerpt, caret) = excerpt(&text[line_start..line_end], start - line_start..end.min(line_end) - line_start);
        Self {
            path: path.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            message: message.into(),
            expected: Vec::new(),
            nearest: None,
            excerpt,
            caret,
        }
    }

    /// The same mistake with the list of what would have been right; the nearest to `found` is named.
    #[must_use]
    pub fn expecting<S: Into<String>>(mut self, found: &str, right: impl IntoIterator<Item = S>) -> Self {
        self.expected = right.into_iter().map(Into::into).collect();
        self.nearest = nearest(found, &self.expected);
        self
    }
}

impl RuleError {
    /// The message with its place, in both languages of the interface.
    pub fn told(&self) -> Text {
        let (mut zh, mut en) = (String::new(), String::new());
        // Writing to memory cannot fail.
        let _ = self.write(&mut zh, &in_chinese(&self.message), ("是否为", "？", "可用的有："));
        let _ = self.write(&mut en, &self.message, ("did you mean", "?", "right would be:"));
        Text::new(zh, en)
    }

    fn write(&self, f: &mut dyn fmt::Write, message: &str, (mean, mark, right): (&str, &str, &str)) -> fmt::Result {
        writeln!(f, "{}:{}:{}: {}", visible(&self.path), self.line, self.column, visible(message))?;
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        writeln!(f, " {gutter} |")?;
        writeln!(f, " {number} | {}", self.excerpt)?;
        let width = (self.caret.end - self.caret.start).max(1);
        write!(f, " {gutter} | {}{}", " ".repeat(self.caret.start), "^".repeat(width))?;
        if let Some(nearest) = &self.nearest {
            write!(f, "\n {gutter} = {mean} `{nearest}`{mark}")?;
        }
        if !self.expected.is_empty() {
            let names: Vec<_> = self.expected.iter().map(|name| format!("`{name}`")).collect();
            write!(f, "\n {gutter} = {right} {}", names.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told().en)
    }
}

/// `text` with controls and invisible direction marks written out, so that a message never steers a terminal.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(400) {
        push_visible(&mut out, c);
    }
    out
}

fn push_visible(out: &mut String, c: char) {
    if c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    {
        out.extend(c.escape_unicode());
    } else {
        out.push(c);
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// At most [`SHOWN`] cells of `line` around `mark`, and the cells of the mark in it.
fn excerpt(line: &str, mark: Range<usize>) -> (String, Range<usize>) {
    let width = |c: char| if c == '\t' { 1 } else { c.width().unwrap_or(0).max(1) };
    let mut from = 0;
    let mut before: usize = line[..mark.start].chars().map(width).sum();
    for (i, c) in line[..mark.start].char_indices() {
        if before <= SHOWN / 2 {
            break;
        }
        before -= width(c);
        from = i + c.len_utf8();
    }
    let mut shown = String::new();
    let (mut cells, mut caret) = (0, 0..0);
    for (i, c) in line[from..].char_indices().map(|(i, c)| (from + i, c)) {
        if cells >= SHOWN {
            break;
        }
        if i == mark.start {
            caret.start = cells;
        }
        let already = shown.len();
        push_visible(&mut shown, if c == '\t' { ' ' } else { c });
        cells += shown[already..].chars().map(width).sum::<usize>();
        if i < mark.end {
            caret.end = cells;
        }
    }
    if mark.start >= line.len() {
        caret = cells..cells;
    }
    if caret.end < caret.start {
        caret.end = caret.start;
    }
    (shown, caret)
}

/// The name of `names` nearest to `found`, at most a third of its letters away.
pub fn nearest(found: &str, names: &[String]) -> Option<String> {
    if found.chars().count() > 60 {
        return None;
    }
    let best = names.iter().map(|name| (distance(found, name), name)).min()?;
    (best.0 <= (found.chars().count().max(3)) / 3).then(|| best.1.clone())
}

/// Letters to insert, delete, change or swap with a neighbour to make `b` of `a`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut cost =
                (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(rows[i - 2][j - 2] + 1);
            }
            row.push(cost);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_wide_characters() {
        let text = "title = '供应商'\nunits = ['家'，'个']\n";
        let at = text.find('，').unwrap_or(0);
        let error = RuleError::at("rules/zh/x.toml", text, at..at + 3, "a Chinese comma");
        assert_eq!((error.line, error.column), (2, 13));
        let shown = error.to_string();
        let lines: Vec<_> = shown.lines().collect();
        assert_eq!(lines[2], " 2 | units = ['家'，'个']");
        // `units = ['家'` takes 13 cells, the comma two.
        assert_eq!(lines[3], format!("   | {}^^", " ".repeat(13)));
    }

    #[test]
    fn the_nearest_name_is_offered() {
        let error =
            RuleError::at("a.toml", "serverity = 1", 0..9, "unknown key").expecting("serverity", ["severity", "title"]);
        assert_eq!(error.nearest.as_deref(), Some("severity"));
        let error = RuleError::at("a.toml", "x = 1", 0..1, "unknown key").expecting("colour", ["severity", "title"]);
        assert_eq!(error.nearest, None);
    }

    #[test]
    fn controls_are_never_printed_raw() {
        let error = RuleError::at("a\u{1b}[31m.toml", "id = '\u{1b}[31m'", 5..9, "bad \u{1b} id");
        assert!(!error.to_string().contains('\u{1b}'));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("x = '{}'", "长".repeat(50_000));
        let error = RuleError::at("a.toml", &text, 90_005..90_008, "here");
        let shown = error.to_string();
        assert!(shown.len() < 2000, "{}", shown.len());
        let caret = shown.lines().nth(3).unwrap_or_default();
        assert_eq!(caret.trim_start_matches([' ', '|']), "^^");
    }
}
