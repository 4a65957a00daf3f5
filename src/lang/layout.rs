//! How articles are laid out: datelines, bylines, page furniture, abbreviations. Enters: the text of a block. Leaves: whether it opens,
//! heads or ends an article, and the date and source it names. Which words do so is data (`rules/<code>/words/layout.toml`).

use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;

use crate::text::{fold_char, is_ideograph, is_word};

/// How much of a block is looked at, in characters.
const HEAD: usize = 120;
/// The longest line of page furniture, in characters.
const FURNITURE: usize = 70;

/// The words of all languages together: a dateline looks alike in any of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    titles: Vec<String>,
    abbreviations: Vec<String>,
    counted: Vec<String>,
    openers: Vec<String>,
    /// What goes on with a clock time: `9 a.m. Friday`.
    #[serde(default)]
    after_hour: Vec<String>,
    opening: Heads,
    ending: Heads,
    daypart: Heads,
    agencies: Heads,
    lead: Heads,
    related: Vec<String>,
    roles: Heads,
    sources: Heads,
    stamps: Heads,
    retitles: Heads,
    ended: Heads,
    months: Vec<Vec<String>>,
}

/// Words that a text may start with, and the last six bits of the first letters of them all, so that most texts cost one look.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
struct Heads {
    words: Vec<String>,
    firsts: [u64; 4],
}

impl From<Vec<String>> for Heads {
    fn from(words: Vec<String>) -> Self {
        let mut heads = Self::default();
        heads.extend(words);
        heads
    }
}

impl Heads {
    fn extend(&mut self, words: Vec<String>) {
        for c in words.iter().filter_map(|w| w.chars().next()) {
            self.firsts[(c as usize >> 6) & 3] |= 1 << (c as u32 & 63);
        }
        self.words.extend(words);
    }

    fn may_start(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.firsts[(c as usize >> 6) & 3] & 1 << (c as u32 & 63) != 0)
    }
}

/// A date as it is written: the parts that are there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    year: Option<i16>,
    month: i8,
    day: i8,
    /// First and one past the last character, as indices into the head.
    chars: Range<usize>,
}

/// What a block of an article's head tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dateline {
    /// The source or byline, as a byte range of the block.
    pub byline: Option<Range<usize>>,
    /// The year, where it is written.
    pub year: Option<i16>,
    /// Month and day.
    pub day: Option<(i8, i8)>,
    /// Whether the block is a line of furniture and no text.
    pub furniture: bool,
}

impl Dateline {
    /// Whether the block is a dateline that text follows.
    pub const fn opens(&self) -> bool {
        !self.furniture && self.day.is_some()
    }

    /// The day, with `year` where none is written.
    pub fn date(&self, year: Option<i16>) -> Option<Date> {
        let (month, day) = self.day?;
        Date::new(self.year.or(year)?, month, day).ok()
    }
}

impl Layout {
    /// The words in the given files, `(path, TOML text)`: those whose path ends in `words/layout.toml`.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut all = Self::default();
        for (path, text) in files.iter().filter(|f| f.0.ends_with("words/layout.toml")) {
            let file: Self = toml::from_str(text).map_err(|e| format!("{path}: {e}"))?;
            all.titles.extend(file.titles);
            all.abbreviations.extend(file.abbreviations);
            all.counted.extend(file.counted);
            all.openers.extend(file.openers);
            all.after_hour.extend(file.after_hour);
            all.opening.extend(file.opening.words);
            all.ending.extend(file.ending.words);
            all.daypart.extend(file.daypart.words);
            all.agencies.extend(file.agencies.words);
            all.lead.extend(file.lead.words);
            all.related.extend(file.related);
            all.roles.extend(file.roles.words);
            all.sources.extend(file.sources.words);
            all.stamps.extend(file.stamps.words);
            all.retitles.extend(file.retitles.words);
            all.ended.extend(file.ended.words);
            all.months.extend(file.months);
        }
        // The longest match first.
        for list in
            [&mut all.ending, &mut all.daypart, &mut all.agencies, &mut all.roles, &mut all.sources, &mut all.stamps]
        {
            list.words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        }
        for list in [&mut all.titles, &mut all.abbreviations, &mut all.counted, &mut all.openers, &mut all.after_hour] {
            list.sort();
        }
        Ok(all)
    }

    /// The words embedded in the binary.
    pub fn embedded() -> Self {
        Self::new(crate::embedded::FILES).unwrap_or_default()
    }

    pub(super) fn is_title_word(&self, word: &str) -> bool {
        has(&self.titles, word)
    }

    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        has(&self.abbreviations, word)
    }

    pub(super) fn counts_ahead(&self, word: &str) -> bool {
        has(&self.counted, word)
    }

    pub(super) fn begins_sentence(&self, word: &str) -> bool {
        has(&self.openers, word)
    }

    pub(super) fn follows_hour(&self, word: &str) -> bool {
        has(&self.after_hour, word)
    }

    /// Whether a block opens the body of an article: `本报讯 (记者 …)`, `新华社北京8月2日电`, `BEIJING, Aug. 2 (Xinhua) --`.
    pub fn opens_body(&self, block: &str) -> bool {
        self.opens_body_with(block, || self.dateline(block).is_some_and(|d| d.opens()))
    }

    /// The same where what [`Self::dateline`] tells of the block is known: `opens` says whether it opens one.
    pub fn opens_body_with(&self, block: &str, opens: impl FnOnce() -> bool) -> bool {
        let head = block.trim_start().trim_start_matches(['(', '（', '【', '[', '　']);
        if starts(&self.opening, head).is_some() {
            return true;
        }
        self.is_report_head(head) || opens()
    }

    /// `新京报快讯(记者…`, `法制晚报讯 12月1日`: a name, a word that ends a dateline, and what follows such a word.
    fn is_report_head(&self, head: &str) -> bool {
        let mut at = 0;
        #[allow(clippy::explicit_counter_loop)] // `at` is moved on in the middle of the body, not at its end
        for (i, c) in head.char_indices().take(14) {
            if i > 0
                && let Some(word) = starts(&self.ending, &head[i..]).map(str::len)
            {
                let next = head[i + word..].chars().next();
                let marked = matches!(next, Some('(' | '（' | '【' | '[' | ' ' | '　' | '：'));
                // `电` and `报道` end too many words to stand without a date.
                let firm = !head[i..].starts_with(['电', '電', '报']);
                if marked && firm && at >= 2 {
                    return true;
                }
            }
            if !(is_ideograph(c) || c.is_ascii_alphanumeric()) {
                return false;
            }
            at += 1;
        }
        false
    }

    /// Whether a line announces other articles: `相关报道`.
    pub fn is_related(&self, line: &str) -> bool {
        let line = line.trim_matches(|c: char| !is_word(c));
        self.related.iter().any(|w| line == w)
    }

    /// Whether a block is marked as the lead: `导语：…`. `Some(true)` where the mark stands alone and the next block leads.
    pub fn is_lead(&self, block: &str) -> Option<bool> {
        let block = block.trim_start_matches(['【', '[', '（', '(', '《', ' ', '　']);
        let rest = &block[starts(&self.lead, block)?.len()..];
        let marked = rest.is_empty() || rest.starts_with(['：', ':', '】', ']', '）', ')', '|', '｜']);
        marked.then(|| !rest.contains(is_word))
    }

    /// Whether a line repeats the title: `原标题：…`.
    pub fn is_retitle(&self, line: &str) -> bool {
        let line = line.trim_start_matches(['（', '(', '【', '[', ' ', '　']);
        starts(&self.retitles, line).is_some_and(|w| line[w.len()..].starts_with(['：', ':', '】']))
    }

    /// Whether a paragraph ends with a name in brackets, as a signed article does: `……43%。”(董晖)`.
    pub fn ends_signed(&self, block: &str) -> bool {
        self.signature(block).is_some()
    }

    /// The name in brackets that a signed article ends with, as a byte range of its last block.
    pub fn signature(&self, block: &str) -> Option<Range<usize>> {
        let body = block.trim_end().strip_suffix([')', '）'])?;
        let open = body.rfind(['(', '（'])?;
        let before = body[..open].trim_end().chars().next_back();
        if before.is_some_and(|c| !matches!(c, '。' | '！' | '？' | '”' | '"' | '…' | '.' | '!' | '?')) {
            return None;
        }
        let inside = open + body[open..].chars().next().map_or(0, char::len_utf8);
        let name = body[inside..].trim_start();
        let start = body.len() - name.len();
        let range = start..start + name.trim_end().len();
        if let Some(role) = starts(&self.roles, name) {
            return (name.len() > role.len() && name.chars().count() <= 30).then_some(range);
        }
        if let Some(source) = starts(&self.sources, name) {
            return (name.len() > source.len() && name.chars().count() <= 30).then_some(range);
        }
        let bare = name.chars().filter(|c| !c.is_whitespace()).count();
        let is_name = name.chars().all(|c| is_ideograph(c) || c.is_whitespace() || c == '·' || c == '、')
            && (2..=4).contains(&bare);
        (is_name && before.is_some() && starts(&self.ended, name).is_none()).then_some(range)
    }

    /// What a block of the head of an article tells: a dateline or a line with date and source; `None` where it is neither.
    pub fn dateline(&self, block: &str) -> Option<Dateline> {
        if !self.may_tell(block) {
            return None;
        }
        let head: Vec<(usize, char)> = block.char_indices().take(HEAD).map(|(i, c)| (i, fold_char(c))).collect();
        let mut out = Dateline { byline: self.byline(block), ..Dateline::default() };
        let whole = block.chars().nth(FURNITURE).is_none();
        let stopped = block.trim_end().ends_with(['。', '！', '？', '…', '”', '!', '?']);
        let agency = starts(&self.agencies, block.trim_start_matches(['（', '(', '【', ' ', '　'])).is_some();
        for written in self.dates(&head) {
            let after = head.get(written.chars.end).map_or(block.len(), |c| c.0);
            if self.ends_dateline(&block[after..], agency) {
                (out.year, out.day) = (written.year, Some((written.month, written.day)));
                return Some(out);
            }
            if whole && !stopped && written.year.is_some() && self.is_furniture(block, &head, &written) {
                (out.year, out.day, out.furniture) = (written.year, Some((written.month, written.day)), true);
                return Some(out);
            }
        }
        let named = |words: &Heads| starts(words, block.trim_start_matches(['（', '(', '【', ' ', '　'])).is_some();
        out.furniture = whole && !stopped && (named(&self.sources) || named(&self.stamps) || self.is_retitle(block));
        (out.byline.is_some() || out.furniture).then_some(out)
    }

    /// A quick look: a figure, a colon or a bracket in the head, or a role or an agency at its start.
    fn may_tell(&self, block: &str) -> bool {
        let head = block.trim_start();
        let marked = |c: char| matches!(c, '0'..='9' | '０'..='９' | ':' | '：' | '(' | '（' | '|' | '｜' | '/');
        head.chars().take(HEAD).any(marked)
            || starts(&self.roles, head).is_some()
            || starts(&self.agencies, head).is_some()
    }

    /// `电`, `上午消息`, ` (Xinhua) --`: what follows the date of a dateline; without an agency's name the word must stand apart.
    fn ends_dateline(&self, rest: &str, agency: bool) -> bool {
        let rest = rest.trim_start();
        let rest = starts(&self.daypart, rest).map_or(rest, |w| &rest[w.len()..]);
        if let Some(word) = starts(&self.ending, rest) {
            return agency || !rest[word.len()..].starts_with(is_ideograph);
        }
        let rest = match rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
            Some((inside, after)) if inside.len() < 40 => after.trim_start(),
            Some(_) => return false,
            None => rest,
        };
        rest.starts_with("--") || rest.starts_with('—') || rest.starts_with('–')
    }

    /// Whether a short line with a full date is a stamp: a clock time follows, it names a source, or it holds little else.
    fn is_furniture(&self, block: &str, head: &[(usize, char)], written: &Written) -> bool {
        let after: String = head[written.chars.end..].iter().map(|c| c.1).take(8).collect();
        let after = after.trim_start_matches([' ', 'T']);
        let clock = after.starts_with(|c: char| c.is_ascii_digit()) && after.contains(':');
        let named = |words: &Heads| {
            let mut marks = block.match_indices(['：', ':']);
            marks.any(|(at, _)| words.words.iter().any(|w| block[..at].ends_with(w.as_str())))
        };
        let rest = block.chars().filter(|c| is_word(*c)).count();
        let own = head[written.chars.clone()].iter().filter(|c| is_word(c.1)).count();
        clock || named(&self.sources) || named(&self.stamps) || rest <= own + 2
    }

    /// The source or byline in a block: an agency's name at its head, or a role with names.
    fn byline(&self, block: &str) -> Option<Range<usize>> {
        let head = block.len() - block.trim_start_matches(['（', '(', '【', '[', ' ', '　']).len();
        if let Some(agency) = starts(&self.agencies, &block[head..]) {
            let after = block[head + agency.len()..]
                .trim_start_matches(|c: char| is_ideograph(c) && !self.ending.words.iter().any(|w| w.starts_with(c)));
            let dated = after.starts_with(|c: char| c.is_ascii_digit()) || starts(&self.ending, after).is_some();
            if dated {
                return Some(head..head + agency.len());
            }
        }
        if let Some(source) = starts(&self.sources, &block[head..]) {
            let rest = &block[head + source.len()..];
            let value = rest.trim_start_matches(['：', ':', ' ', '　']);
            if value.len() < rest.len() && !value.is_empty() && value.chars().count() <= 40 {
                let from = block.len() - value.len();
                let to = from + value.trim_end_matches(['）', ')', '】', ' ', '　']).len();
                return Some(from..to.max(from));
            }
        }
        let near = block.char_indices().nth(60).map_or(block.len(), |c| c.0);
        for (i, _) in block[..near].char_indices() {
            let opens =
                block[..i].chars().next_back().is_none_or(|c| matches!(c, '(' | '（' | ' ' | '　' | '【' | '\n'));
            if !opens {
                continue;
            }
            let Some(role) = starts(&self.roles, &block[i..]) else { continue };
            let rest = &block[i + role.len()..];
            // `文` and `图` begin many words; as roles they stand before a mark.
            if role.chars().count() == 1 && !rest.starts_with([' ', '　', '：', ':', '/', '|', '｜']) {
                continue;
            }
            let mark = rest.len() - rest.trim_start_matches(['：', ':', '/', '|', '｜', ' ', '　']).len();
            let rest = &rest[mark..];
            let end =
                rest.find(['(', '（', ')', '）', '】', ']', '，', '。', ',', '\n', '：', ':']).unwrap_or(rest.len());
            let names = rest[..end].trim();
            let closed = rest[end..].starts_with(['）', ')', '】', ']']) || end == rest.len();
            if closed && (2..=40).contains(&names.chars().count()) {
                return Some(i..i + role.len() + mark + rest[..end].trim_end().len());
            }
        }
        None
    }

    /// The dates in the head of a block, in order.
    fn dates(&self, head: &[(usize, char)]) -> Vec<Written> {
        let mut found = Vec::new();
        let mut i = 0;
        while i < head.len() {
            let c = head[i].1;
            let fresh = i == 0 || !head[i - 1].1.is_ascii_alphanumeric();
            let hit = if c.is_ascii_digit() && (i == 0 || !head[i - 1].1.is_ascii_digit()) {
                numeric(head, i)
            } else if fresh && c.is_ascii_uppercase() {
                self.named_month(head, i)
            } else {
                None
            };
            match hit {
                Some(written) => {
                    i = written.chars.end.max(i + 1);
                    found.push(written);
                }
                None => i += 1,
            }
        }
        found
    }

    /// `Aug. 2`, `August 2, 2016`.
    fn named_month(&self, head: &[(usize, char)], from: usize) -> Option<Written> {
        let word: String = head[from..].iter().map(|c| c.1).take_while(char::is_ascii_alphabetic).collect();
        let month = self.months.iter().position(|names| names.contains(&word))? as i8 + 1;
        let mut at = from + word.len();
        at += skip(head, at, &['.']);
        at += skip(head, at, &[' ']);
        let (day, end) = digits(head, at, 2)?;
        let gap = skip(head, end, &[',']) + skip(head, end + skip(head, end, &[',']), &[' ']);
        let (year, end) = match digits(head, end + gap, 4) {
            Some((year, last)) if year >= 1900 => (i16::try_from(year).ok(), last),
            _ => (None, end),
        };
        written(year, i32::from(month), day, from..end)
    }
}

/// `2016年8月26日`, `8月26日`, `2016-08-26`.
fn numeric(head: &[(usize, char)], from: usize) -> Option<Written> {
    let at = |i: usize| head.get(i).map(|c| c.1);
    let (first, end) = digits(head, from, 4)?;
    match at(end)? {
        '年' if end - from == 4 => {
            let (month, end) = digits(head, end + 1, 2)?;
            let (day, end) = (at(end)? == '月').then(|| digits(head, end + 1, 2))??;
            matches!(at(end)?, '日' | '号').then(|| written(i16::try_from(first).ok(), month, day, from..end + 1))?
        }
        '月' if end - from <= 2 => {
            let (day, end) = digits(head, end + 1, 2)?;
            matches!(at(end)?, '日' | '号').then(|| written(None, first, day, from..end + 1))?
        }
        mark @ ('-' | '/' | '.') if end - from == 4 => {
            let (month, end) = digits(head, end + 1, 2)?;
            let (day, end) = (at(end)? == mark).then(|| digits(head, end + 1, 2))??;
            written(i16::try_from(first).ok(), month, day, from..end)
        }
        _ => None,
    }
}

fn written(year: Option<i16>, month: i32, day: i32, chars: Range<usize>) -> Option<Written> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year.unwrap_or(2000), month, day).ok()?;
    Some(Written { year, month, day, chars })
}

fn digits(head: &[(usize, char)], from: usize, most: usize) -> Option<(i32, usize)> {
    let run = head.get(from..)?.iter().take_while(|c| c.1.is_ascii_digit()).count();
    if run == 0 || run > most {
        return None;
    }
    let value = head[from..from + run].iter().fold(0, |v, c| v * 10 + (c.1 as i32 - '0' as i32));
    Some((value, from + run))
}

fn skip(head: &[(usize, char)], at: usize, marks: &[char]) -> usize {
    usize::from(head.get(at).is_some_and(|c| marks.contains(&c.1)))
}

fn has(sorted: &[String], word: &str) -> bool {
    sorted.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
}

/// The first word of `words` that `text` starts with.
fn starts<'a>(words: &'a Heads, text: &str) -> Option<&'a str> {
    if !words.may_start(text) {
        return None;
    }
    words.words.iter().map(String::as_str).find(|w| text.starts_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_give_day_and_source() {
        let layout = Layout::embedded();
        for (block, day, byline) in [
            ("新华社兰州8月2日电（记者王成）全省夏粮增产。", Some((8, 2)), Some("新华社")),
            ("新浪科技讯 1月12日上午消息，某公司今日发布报告。", Some((1, 12)), Some("新浪科技")),
            ("BEIJING, Aug. 2 (Xinhua) -- Output rose.", Some((8, 2)), None),
            ("2016-08-26 09:12 来源：晨报", Some((8, 26)), None),
            ("来源：晨报", None, Some("晨报")),
            ("本报讯 (记者 王建) 12月29日，新站上线。", None, Some("记者 王建")),
        ] {
            let line = layout.dateline(block).unwrap_or_else(|| panic!("{block}"));
            assert_eq!(line.day, day, "{block}");
            assert_eq!(line.byline.map(|r| &block[r]), byline, "{block}");
        }
        for block in
            ["12月29日，新站正式上线。", "截至8月2日，已有600家开通。", "2016年8月26日那一夜", "电站8月2日电量创新高"]
        {
            assert_eq!(layout.dateline(block).and_then(|d| d.day), None, "{block}");
        }
    }

    #[test]
    fn openings_and_signatures_are_told_from_prose() {
        let layout = Layout::embedded();
        for block in
            ["　　本报讯 (记者 李明) 昨日", "新京报快讯(记者赵凯)昨日", "新华社兰州8月2日电 全省", "本报记者 张三"]
        {
            assert!(layout.opens_body(block), "{block}");
        }
        for block in [
            "记者从海关获悉，前三季度出口茶叶1万吨。",
            "通讯员在现场看到",
            "据统计，已有300家。",
            "消息传出后，股价上涨。",
        ] {
            assert!(!layout.opens_body(block), "{block}");
        }
        assert!(layout.ends_signed("询盘增长43%。”(董晖) "));
        assert!(layout.ends_signed("增长3%。（记者 王明）"));
        assert!(!layout.ends_signed("江苏分站（南京）"));
        assert!(!layout.ends_signed("占六成。（数据来自海关统计年鉴）"));
    }
}
