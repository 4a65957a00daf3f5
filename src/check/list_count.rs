//! `list-count`: a list against the number of its members that the text gives. Enters: an article. Leaves: findings. Triggers are
//! language data.

use super::amount::hedged;
use super::finding::Draft;
use super::line::{Line, is_stop, lines};
use super::{Check, Input, Run};
use crate::model::{ArticleId, BlockKind, CheckInfo, Finding, Kind, SentenceId, Severity, Text};
use crate::quantity::Decimal;
use crate::text::{Plain, Span};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "list-count",
        severity: Severity::Error,
        title: ("列举与个数不符", "a list against its count"),
        description: (
            "列出的名称、条目、“一是二是”与文中所写的个数不符。“甲、乙等9市”只列一部分不报，多列才报。",
            "Names, items or numbered points that are not as many as the text says. Lists that name only some are reported only when they \
             name too many.",
        ),
        example: "上海、南京、苏州、无锡等3市开通服务。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    let lines = lines(input, article);
    for line in &lines {
        for i in 0..line.claims.len() {
            let Some(n) = count(line, i) else { continue };
            names_before(line, i, n, out);
            names_after(line, i, n, out);
        }
    }
    enumerations(&lines, out);
    items_below(&lines, out);
}

/// The number that a claim counts, where it is a small exact one.
fn count(line: &Line<'_>, i: usize) -> Option<usize> {
    let claim = line.claim(i);
    if !matches!(claim.kind(), Kind::Count | Kind::Number) || hedged(claim) {
        return None;
    }
    let point = claim.quantity.point?;
    let whole = point.fract().is_zero() && point >= Decimal::TWO && point <= Decimal::from(60);
    whole.then(|| usize::try_from(point.mantissa() / 10_i128.pow(point.scale())).ok()).flatten()
}

/// Members of a list as written: byte ranges of each in the text given, fewest and most that they may be.
struct Members {
    from: usize,
    to: usize,
    fewest: usize,
    most: usize,
}

const fn opens(c: char) -> bool {
    matches!(c, '（' | '(' | '《' | '“' | '「' | '【' | '〈' | '[' | '‘')
}

const fn closes(c: char) -> bool {
    matches!(c, '）' | ')' | '》' | '”' | '」' | '】' | '〉' | ']' | '’')
}

/// Where at depth 0 of brackets and quotes a character for which `cut` holds stands.
fn cuts(text: &str, cut: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut depth = 0usize;
    let mut out = Vec::new();
    for (i, c) in text.char_indices() {
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && cut(c) {
            out.push((i, i + c.len_utf8()));
        }
    }
    out
}

/// The pieces between cuts, as ranges.
fn pieces(text: &str, cuts: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut at = 0;
    let mut out = Vec::new();
    for &(a, b) in cuts.iter().chain(std::iter::once(&(text.len(), text.len()))) {
        out.push((at, a));
        at = b;
    }
    out
}

/// Joints (`和`, `and`) inside a piece, at depth 0, not at its very start.
fn joints(line: &Line<'_>, piece: &str) -> usize {
    let mut depth = 0usize;
    let mut found = 0;
    let mut skip = 0;
    for (i, c) in piece.char_indices() {
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        if i < skip || depth > 0 {
            continue;
        }
        let boundary = !c.is_ascii_alphanumeric() || !piece[..i].ends_with(|p: char| p.is_ascii_alphanumeric());
        if boundary && let Some(n) = line.words.joint.prefix(&piece[i..]) {
            let before = !piece[..i].trim().is_empty();
            let after = !piece[i + n..].trim().is_empty();
            found += usize::from(before && after);
            skip = i + n;
        }
    }
    found
}

/// Whether a joint stands between two short names: `王芳和赵强`.
fn sides_short(line: &Line<'_>, tail: &str) -> bool {
    line.words
        .joint
        .find(tail)
        .is_some_and(|(a, b)| tail[..a].trim().chars().count() <= 6 && tail[b..].trim().chars().count() <= 6)
}

/// Reads a list of names. In Chinese `、` parts them (commas where there is none), in other text commas do.
fn read(line: &Line<'_>, text: &str, from: usize) -> Option<Members> {
    let enumeration = cuts(text, |c| c == '、');
    let (by, wide) = if enumeration.is_empty() {
        (cuts(text, |c| matches!(c, ',' | '，' | '；' | ';')), true)
    } else {
        (enumeration, false)
    };
    let all = pieces(text, &by);
    let solid: Vec<(usize, usize)> = all.into_iter().filter(|&(a, b)| !text[a..b].trim().is_empty()).collect();
    let (first, last) = (solid.first()?, solid.last()?);
    // Commas alone part names only where every name is short.
    let mut fewest = 0;
    let mut most = 0;
    for &(a, b) in &solid {
        let piece = text[a..b].trim();
        // `, and Fairholme`: a joint at the start parts nothing more.
        let inner = line.words.joint.prefix(piece).map_or(piece, |n| piece[n..].trim_start());
        if inner.is_empty() {
            continue;
        }
        if inner.chars().count()
            > if inner.is_ascii() {
                48
            } else if wide {
                6
            } else {
                24
            }
        {
            return None;
        }
        fewest += 1;
        most += 1 + joints(line, inner);
    }
    // The joint before the last member parts it for sure where others are parted by marks alone.
    let tail = text[last.0..last.1].trim();
    if line.words.joint.prefix(tail).is_none()
        && joints(line, tail) == 1
        && solid.len() >= 2
        && (tail.is_ascii() || sides_short(line, tail))
    {
        fewest += 1;
    }
    Some(Members { from: from + first.0, to: from + last.1, fewest, most })
}

/// `上海、浙江……永康等12地`: more names than counted.
fn names_before(line: &Line<'_>, i: usize, n: usize, out: &mut Vec<Finding>) {
    let words = line.words;
    let claim = line.claim(i);
    let start = claim.span.start as usize;
    let text = line.slice(line.base, start);
    let body = text.trim_end();
    if body.is_ascii() {
        return;
    }
    let others = words.and_others.suffix(body);
    let list = &body[..body.len() - others.unwrap_or(0)];
    // Back to the last mark that is no list mark, at depth 0.
    let stops = cuts(list, |c| matches!(c, '，' | ',' | '；' | ';' | '：' | ':') || is_stop(c));
    let from = stops.last().map_or(0, |s| s.1);
    let list = &list[from..];
    if cuts(list, |c| c == '、').len() < 2 || has_claim_like_pairs(list) {
        return;
    }
    // What leads to the list may hold list marks of its own (`“神探”、专家某某提出了甲、乙……`): the list begins in the last long piece.
    let marks = cuts(list, |c| c == '、');
    let parts = pieces(list, &marks);
    let mut lengths: Vec<usize> = parts.iter().map(|&(a, b)| list[a..b].chars().count()).collect();
    let long = parts.len() - 1 - lengths.iter().rev().skip(1).position(|&l| l > 12).map_or(parts.len() - 1, |i| i + 1);
    lengths.drain(..long);
    let start = parts[long].0;
    let Some(members) = read(line, &list[start..], from + start) else { return };
    // `甲、乙、丙3市`: right before its count a list of short names is all of it; one more or less is a slip, another number counts
    // something else.
    if others.is_none() {
        let short = members.fewest == members.most
            && pieces(&list[start..], &cuts(&list[start..], |c| c == '、'))
                .iter()
                .skip(1)
                .all(|&(a, b)| (1..=6).contains(&list[start..][a..b].trim().chars().count()));
        if short && n >= 3 && members.fewest >= 3 && members.fewest.abs_diff(n) == 1 && words.total.find(list).is_none()
        {
            report(line, i, &members, n, members.fewest, out);
        }
        return;
    }
    if members.fewest > n {
        report(line, i, &members, n, members.fewest, out);
    }
}

/// Whether a list is nested: groups of groups parted by `；`, or pairs of name and figure.
fn has_claim_like_pairs(list: &str) -> bool {
    list.contains("……") || list.chars().filter(|c| *c == '（' || *c == '(').count() > 6
}

/// `6名运动员分别是：甲、乙、丙`: a list of all members after its count.
fn names_after(line: &Line<'_>, i: usize, n: usize, out: &mut Vec<Finding>) {
    let words = line.words;
    let tail = line.tail(i);
    let stop = tail
        .char_indices()
        .find(|&(at, c)| {
            is_stop(c) || c == '；' || c == '.' && tail[at + 1..].chars().next().is_none_or(char::is_whitespace)
        })
        .map_or(tail.len(), |(at, _)| at);
    let statement = &tail[..stop];
    let ascii = statement.is_ascii() || line.text.is_ascii();
    // The mark or word that opens the list.
    let reach = if ascii { 60 } else { 48 };
    let dash =
        [" — ", " – ", "——", " -- "].iter().filter_map(|d| statement.find(d).map(|at| (at, d.len(), true))).min();
    let colon =
        statement.find(['：', ':']).map(|at| (at, if statement[at..].starts_with('：') { 3 } else { 1 }, false));
    let all = words.list_all.find(statement).filter(|_| !ascii).map(|(s, e)| (s, e - s, false));
    let distinct = all.filter(|&(s, len, _)| len >= 6 || statement[s + len..].trim_start().starts_with(['：', ':']));
    let Some((at, len, dashed)) = [colon, distinct, dash].into_iter().flatten().min() else { return };
    if at > reach {
        return;
    }
    // Words between count and list: the thing counted, no further figure or list.
    let head = &statement[..at];
    if head.contains(['、', '，', ';', '（'])
        || head.contains(',')
        || line.claims[i + 1..]
            .iter()
            .take_while(|(_, c)| (c.span.start as usize) < line.claim(i).span.end as usize + at)
            .any(|(_, c)| !c.kind().is_time())
    {
        return;
    }
    let mut body_at = at + len;
    let mut body = &statement[body_at..];
    while let Some(trim) = body.chars().next().filter(|c| c.is_whitespace() || matches!(c, '：' | ':')) {
        body_at += trim.len_utf8();
        body = &statement[body_at..];
    }
    // `两篇文章的描述：`: the list is of something else. `四点要求：1、`: numbered points are counted elsewhere.
    let numbered = words.enumerators.iter().filter_map(|f| f.first()).any(|one| body.starts_with(one.as_str()));
    let point = body.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = numbered || point.len() < body.len() && point.starts_with(['.', '．', '、', ')', '）']);
    if numbered || words.possessive.within(head) {
        return;
    }
    if words.list_some.within(head) || words.list_some.prefix(body).is_some() || words.and_others.within(head) {
        return;
    }
    if dashed {
        let close = [" — ", " – ", "——", " -- "].iter().filter_map(|d| body.find(d)).min();
        match close {
            Some(end) => body = &body[..end],
            None if ascii => {}
            None => return,
        }
    }
    // A list of names ends where a clause begins: with `、` in it, at the first comma after.
    if body.contains('、')
        && let Some(&(end, _)) = cuts(body, |c| matches!(c, '，' | ',')).first()
    {
        // `甲、乙，丙、丁`: two levels are not counted.
        if body[end..].contains('、') {
            return;
        }
        body = &body[..end];
    }
    let body_trim = body.trim_end();
    if words.and_others.suffix(body_trim).is_some() || ends_open(line, body_trim) {
        return;
    }
    // Figures inside the members make it a table of parts, not a list of names.
    let from = line.claim(i).span.end as usize + body_at;
    let to = from + body_trim.len();
    let inside =
        line.claims.iter().filter(|(_, c)| (c.span.start as usize) >= from && (c.span.end as usize) <= to).count();
    let Some(members) = read(line, body_trim, from - line.base) else { return };
    if members.most < 2 || members.fewest < 2 && !body_trim.contains('、') {
        return;
    }
    if inside > 0 && inside != members.fewest && inside != n {
        return;
    }
    if n < members.fewest || n > members.most {
        // A list that is far from its count speaks of something else.
        let shown = if n < members.fewest { members.fewest } else { members.most };
        if shown * 2 >= n && shown <= n * 2 + 1 {
            report(line, i, &members, n, shown, out);
        }
    }
}

/// Whether the list says inside its last member that it is open (`等单位`, `and others`).
fn ends_open(line: &Line<'_>, body: &str) -> bool {
    let last = cuts(body, |c| matches!(c, '、' | ',' | '，')).last().map_or(0, |c| c.1);
    line.words.and_others.within(&body[last..])
}

fn report(line: &Line<'_>, i: usize, members: &Members, n: usize, found: usize, out: &mut Vec<Finding>) {
    let span: Span<Plain> = line.span(members.from, members.to);
    let message = Text::new(
        format!("写作{}，列出的是{found}个", line.written(i)),
        format!("the text says {}, the list names {found}", line.written(i)),
    );
    let confidence = if found > n { 0.9 } else { 0.84 };
    let draft =
        Draft::new(&CHECK.info, confidence, message).claim(line.id(i), 0).words(line.sentence_at(span.start), span, 1);
    out.push(draft.build(line.corpus));
}

/// The claim that announces a list: the last small count before byte `to` of the line, near enough, of a thing that texts number.
fn announcer(line: &Line<'_>, to: usize) -> Option<(usize, usize)> {
    (0..line.claims.len()).rev().find_map(|i| {
        let claim = line.claim(i);
        let end = claim.span.end as usize;
        if end > line.base + to {
            return None;
        }
        let gap = line.slice(end, line.base + to);
        let statements = gap.chars().filter(|c| is_stop(*c)).count();
        if gap.chars().count() > 40 || statements > 1 {
            return None;
        }
        let n = count(line, i).filter(|n| *n <= 20)?;
        let text = line.of(claim.span);
        let unit = claim.quantity.unit.as_deref().unwrap_or("");
        let named = claim.measure.map_or("", |m| line.of(m.head));
        let first_word = gap.split_whitespace().next().unwrap_or("").trim_matches(|c: char| c.is_ascii_punctuation());
        let numbered = line.words.enumerable.is(unit)
            || line.words.enumerable.suffix(text).is_some()
            || line.words.enumerable.prefix(gap).is_some()
            || line.words.enumerable.is(named)
            || line.words.enumerable.within(gap) && gap.is_ascii() && !first_word.is_empty();
        numbered.then_some((i, n))
    })
}

/// `四项措施：一是……；二是……；三是……`, also over paragraphs.
fn enumerations(lines: &[Line<'_>], out: &mut Vec<Finding>) {
    let Some(first) = lines.first() else { return };
    for family in &first.words.enumerators {
        let Some(one) = family.first() else { continue };
        for (l, line) in lines.iter().enumerate() {
            for (at, _) in line.text.match_indices(one.as_str()) {
                if starts_point(&line.text, at) {
                    enumeration(lines, l, at, family, out);
                }
            }
        }
    }
}

/// Whether an enumerator may begin at `at`: after a mark or at the start.
fn starts_point(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| super::line::is_mark(c) && !matches!(c, '、' | '—' | '-'))
}

fn enumeration(lines: &[Line<'_>], l: usize, at: usize, family: &[String], out: &mut Vec<Finding>) {
    let mut reached = 1;
    let (mut row, mut from) = (l, at + family[0].len());
    let (mut last_row, mut last_at) = (l, at);
    while reached < family.len() && row < lines.len() {
        let line = &lines[row];
        let next = family[reached].as_str();
        let again = family[0].as_str();
        let here = line.text.get(from..).unwrap_or("");
        let found = here.match_indices(next).map(|(i, _)| i + from).find(|&i| starts_point(&line.text, i));
        let restart = here.match_indices(again).map(|(i, _)| i + from).find(|&i| starts_point(&line.text, i));
        match (found, restart) {
            (Some(f), r) if r.is_none_or(|r| f < r) => {
                reached += 1;
                (last_row, last_at) = (row, f);
                from = f + next.len();
            }
            (_, Some(_)) => break,
            _ => {
                row += 1;
                from = 0;
                // Points in blocks of their own stand one block after the other.
                if row > last_row + 1 {
                    break;
                }
            }
        }
    }
    if reached < 2 {
        return;
    }
    // What announces it: in the same block, or at the end of the block before.
    let announced = announcer(&lines[l], at).map(|a| (l, a)).or_else(|| {
        let before = l.checked_sub(1)?;
        if !lines[l].text[..at].trim().is_empty() {
            return None;
        }
        announcer(&lines[before], lines[before].text.len()).map(|a| (before, a))
    });
    let Some((row, (i, n))) = announced else { return };
    if n == reached {
        return;
    }
    // Over blocks the announcement must end in a colon, and the points must not trail off into other text.
    let spread = row != l || last_row != l;
    if spread && !lines[row].text.trim_end().ends_with(['：', ':']) {
        return;
    }
    // A last point that is not numbered (`此外`) may stand for the missing one.
    let rest = lines[last_row].text.get(last_at..).unwrap_or("");
    if reached < n && (lines[l].words.besides.within(rest) || reached * 2 < n) {
        return;
    }
    let line = &lines[row];
    let begin = lines[l].span(at, at + family[0].len());
    let end = if last_row == l {
        let tail = &lines[l].text[last_at..];
        let stop = tail.find(is_stop).unwrap_or(tail.len());
        lines[l].span(at, last_at + stop)
    } else {
        begin
    };
    let message = Text::new(
        format!("写作{}，条目只数到{reached}", line.written(i)),
        format!("the text says {}, the points run to {reached}", line.written(i)),
    );
    let draft =
        Draft::new(&CHECK.info, 0.88, message).claim(line.id(i), 0).words(lines[l].sentence_at(begin.start), end, 1);
    out.push(draft.build(line.corpus));
}

/// `以下七条：` and the list items below it.
fn items_below(lines: &[Line<'_>], out: &mut Vec<Finding>) {
    for l in 0..lines.len() {
        let line = &lines[l];
        if line.kind == BlockKind::ListItem || !line.text.trim_end().ends_with(['：', ':', '。', '.']) {
            continue;
        }
        let mut items = 0;
        while lines.get(l + 1 + items).is_some_and(|i| i.kind == BlockKind::ListItem) {
            items += 1;
        }
        if items < 2 {
            continue;
        }
        let Some((i, n)) = announcer(line, line.text.trim_end().len()).or_else(|| last_count(line)) else { continue };
        let colon = line.text.trim_end().ends_with(['：', ':']);
        if n == items || !colon && !line.words.below.within(line.lead_in(i)) {
            continue;
        }
        if items * 3 < n || items > n * 3 {
            continue;
        }
        let message = Text::new(
            format!("写作{}，下面列出{items}项", line.written(i)),
            format!("the text says {}, {items} items follow", line.written(i)),
        );
        let mut draft = Draft::new(&CHECK.info, 0.9, message).claim(line.id(i), 0);
        for item in &lines[l + 1..=l + items] {
            let sentence = SentenceId { article: item.article, index: item.sentences.start };
            draft = draft.words(sentence, item.span(0, item.text.len()), 1);
        }
        out.push(draft.build(line.corpus));
    }
}

/// The only count in the last statement of a line.
fn last_count(line: &Line<'_>) -> Option<(usize, usize)> {
    let i = line.claims.len().checked_sub(1)?;
    let gap = line.tail(i);
    let n = count(line, i)?;
    (gap.chars().count() <= 16 && !gap.contains(['，', ','])).then_some((i, n))
}
