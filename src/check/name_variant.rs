//! `name-variant`: one name written two ways. Enters: alignments, and each article by itself. Leaves: findings.
//!
//! Two forms of a name have the same length and differ in one character that sounds or looks like the other, or, in Latin script, in
//! one letter; and they stand where only one name can stand: between the same words of two aligned sentences, or after the same kind
//! of title in one article. Which characters and words those are is data ([`crate::lang::names`]).

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;
use rayon::prelude::*;

use super::{Check, Draft, Input, Place, Run, passages};
use crate::lang::names::Names;
use crate::model::{Alignment, ArticleId, CheckInfo, Corpus, Finding, Road, SentenceId, Severity, Text, Why};
use crate::text::{Plain, Span, is_ideograph};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "name-variant",
        severity: Severity::Warning,
        title: ("一名两写", "a name written two ways"),
        description: (
            "同一个人名或机构名在同一位置有两种写法，只差一个同音或形近的字（或一个字母）。两人确有其名、同句并列的不报。",
            "One name of a person or an organisation is written two ways in the same place: one character differs that sounds or looks \
             alike, or one letter. Two names in one sentence, and names that both recur in one article, are let pass.",
        ),
        example: "甲稿：渔港负责人沈砚秋说，船队已归港。乙稿：渔港负责人沈研秋说，船队已归港。",
    },
    run: Run::Corpus(run),
};

/// Words on one side of an alignment that are looked at; longer ones are other text and no name.
const LONGEST_GAP: usize = 48;
/// Names with a title that are followed up in one article.
const MOST_NAMES: usize = 64;
/// From this similarity on a pair of sentences may tell of the same person.
const NEAR: f32 = 0.4;

/// Two forms in two places.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Meeting {
    forms: (String, String),
    places: (Place, Place),
    /// The alignment in which they met.
    alignment: Option<usize>,
}

fn run(input: &Input<'_>, out: &mut Vec<Finding>) {
    let corpus = input.corpus;
    let Some(names) = input.lexicon.names() else { return };
    let mut met: Vec<Meeting> = input
        .alignments
        .par_iter()
        .enumerate()
        .filter(|(_, a)| a.similarity >= NEAR && !a.differs.0.is_empty() && !a.differs.1.is_empty())
        .flat_map_iter(|(n, alignment)| {
            let mut found = Vec::new();
            aligned(corpus, names, alignment, n, &mut found);
            found
        })
        .collect();
    let inside: Vec<Meeting> = (0..corpus.articles.len() as u32)
        .into_par_iter()
        .flat_map_iter(|article| {
            let mut found = Vec::new();
            in_article(corpus, names, ArticleId(article), &mut found);
            found
        })
        .collect();
    met.extend(inside);
    // One finding for each pair of forms, whichever of the two came first.
    let mut pairs: BTreeMap<(String, String), Vec<Meeting>> = BTreeMap::new();
    for mut meeting in met {
        if meeting.forms.0 > meeting.forms.1 {
            meeting.forms = (meeting.forms.1, meeting.forms.0);
            meeting.places = (meeting.places.1, meeting.places.0);
        }
        pairs.entry(meeting.forms.clone()).or_default().push(meeting);
    }
    let aliases = input.lexicon.aliases();
    // Two forms that the settings give one name are no slip.
    pairs.retain(|(a, b), _| aliases.is_empty() || aliases.named(a) != aliases.named(b));
    for ((first, second), mut meetings) in pairs {
        meetings.retain(|m| !two_people(corpus, m));
        if meetings.is_empty() {
            continue;
        }
        meetings.sort();
        out.push(finding(input, &first, &second, &meetings));
    }
}

fn finding(input: &Input<'_>, first: &str, second: &str, meetings: &[Meeting]) -> Finding {
    let corpus = input.corpus;
    let articles: BTreeSet<ArticleId> =
        meetings.iter().flat_map(|m| [m.places.0.sentence.article, m.places.1.sentence.article]).collect();
    let count = |form, other| articles.iter().map(|a| times(article_text(corpus, *a), form, other)).sum::<usize>();
    // The commoner form stands first.
    let swap = count(second, first) > count(first, second);
    let (common, rare) = if swap { (second, first) } else { (first, second) };
    let message = Text::new(
        format!("“{common}”又写作“{rare}”：同一个名字应当只有一种写法"),
        format!("“{common}” is also written “{rare}”: one name should have one form"),
    );
    let best = meetings.iter().filter_map(|m| m.alignment.map(|a| (m, &input.alignments[a])));
    let best = best.max_by(|x, y| x.1.similarity.total_cmp(&y.1.similarity).then(y.0.cmp(x.0)));
    let road = if best.is_some() { Road::Passage } else { Road::Article };
    let mut draft = Draft::new(&CHECK.info, 0.8, message).by(road, None).why(Why {
        matched: vec!["context"],
        differs: vec!["name"],
        ..Why::default()
    });
    for meeting in meetings {
        let (p, q) = if swap { (meeting.places.1, meeting.places.0) } else { meeting.places };
        draft = draft.words(p.sentence, p.span, 0).words(q.sentence, q.span, 1);
    }
    if let Some((meeting, alignment)) = best {
        let (a, b) = if swap {
            (meeting.places.1.sentence, meeting.places.0.sentence)
        } else {
            (meeting.places.0.sentence, meeting.places.1.sentence)
        };
        draft = draft.passages(Some(passages(corpus, a, b, Some(alignment.similarity))));
    }
    draft.build(corpus)
}

fn article_text(corpus: &Corpus, article: ArticleId) -> &str {
    corpus.text(article, corpus.article(article).span)
}

/// How often `form` stands in `text`, where it is not a part of `other`.
fn times(text: &str, form: &str, other: &str) -> usize {
    let count = |form: &str| memmem::find_iter(text.as_bytes(), form.as_bytes()).count();
    if other.contains(form) { count(form).saturating_sub(count(other)) } else { count(form) }
}

/// Whether the text itself tells the two names apart: one sentence has both, or one article has both again and again.
fn two_people(corpus: &Corpus, meeting: &Meeting) -> bool {
    let (first, second) = (&meeting.forms.0, &meeting.forms.1);
    [meeting.places.0.sentence, meeting.places.1.sentence].iter().any(|id| {
        let sentence = corpus.text(id.article, corpus.sentence(*id).span);
        let both = |text: &str, more: usize| times(text, first, second) > more && times(text, second, first) > more;
        if both(sentence, 0) {
            return true;
        }
        both(article_text(corpus, id.article), 1)
    })
}

/// A text as characters with their bytes, around one place.
struct Window {
    chars: Vec<char>,
    bytes: Vec<u32>,
}

impl Window {
    fn new(text: &str, span: Span<Plain>) -> Self {
        let (mut chars, mut bytes) = (Vec::new(), Vec::new());
        for (i, c) in span.of(text).char_indices() {
            chars.push(c);
            bytes.push(span.start + i as u32);
        }
        bytes.push(span.end);
        Self { chars, bytes }
    }

    fn at(&self, byte: u32) -> usize {
        self.bytes.partition_point(|b| *b < byte)
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span<Plain> {
        Span::new(self.bytes[range.start] as usize, self.bytes[range.end] as usize)
    }

    fn text(&self, range: std::ops::Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    /// How well the words around `range` frame a person's name: a title before or a word of speech after count 2, an end of words 1.
    fn frame(&self, names: &Names, range: &std::ops::Range<usize>) -> (u8, u8) {
        let before = match self.chars[..range.start] {
            [.., a, b] if names.is_title([a, b]) => 2,
            [] => 1,
            [.., c] => u8::from(!is_ideograph(c) || names.may_end_title(c)),
        };
        let rest = &self.chars[range.end..];
        let after: String = rest.iter().take(4).collect();
        let ends = || rest.first().is_none_or(|c| !is_ideograph(*c)) || names.opens_with_particle(&after);
        let after = if names.opens_with_speech(&after) { 2 } else { u8::from(ends()) };
        (before, after)
    }
}

fn aligned(corpus: &Corpus, names: &Names, alignment: &Alignment, number: usize, out: &mut Vec<Meeting>) {
    let window = |id: SentenceId| Window::new(corpus.document_of(id.article).plain(), corpus.sentence(id).span);
    let short =
        |spans: &[Span<Plain>]| spans.iter().copied().filter(|s| s.len() <= LONGEST_GAP).take(16).collect::<Vec<_>>();
    let (left, right) = (short(&alignment.differs.0), short(&alignment.differs.1));
    if left.is_empty() || right.is_empty() {
        return;
    }
    let (a, b) = (window(alignment.a), window(alignment.b));
    let places =
        |w: &Window, spans: &[Span<Plain>]| spans.iter().flat_map(|s| w.at(s.start)..w.at(s.end)).collect::<Vec<_>>();
    let (left, right) = (places(&a, &left), places(&b, &right));
    let mut push = |p: std::ops::Range<usize>, q: std::ops::Range<usize>| {
        out.push(Meeting {
            forms: (a.text(p.clone()), b.text(q.clone())),
            places: (
                Place { sentence: alignment.a, span: a.span(p) },
                Place { sentence: alignment.b, span: b.span(q) },
            ),
            alignment: Some(number),
        });
    };
    for &i in &left {
        for &j in &right {
            let (x, y) = (a.chars[i], b.chars[j]);
            if is_ideograph(x) && is_ideograph(y) {
                if !names.confusable(x, y) || real_words(names, &a, i, &b, j) {
                    continue;
                }
                if let Some((p, q)) = person(names, &a, i, &b, j).or_else(|| organisation(names, &a, i, &b, j)) {
                    push(p, q);
                }
            } else if x.is_alphabetic()
                && let Some((p, q)) = latin(&a, i, &b, j)
            {
                push(p, q);
            }
        }
    }
}

/// Whether the two characters, alone or with a neighbour, are words or names of their own.
fn real_words(names: &Names, a: &Window, i: usize, b: &Window, j: usize) -> bool {
    let with = |w: &Window, from: usize, to: usize| w.chars.get(from..to).map(|c| c.iter().collect::<String>());
    let real = |p: Option<String>, q: Option<String>| matches!((p, q), (Some(p), Some(q)) if names.both_real(&p, &q));
    real(with(a, i, i + 1), with(b, j, j + 1))
        || real(with(a, i, i + 2), with(b, j, j + 2))
        || (i > 0 && j > 0 && real(with(a, i - 1, i + 1), with(b, j - 1, j + 1)))
}

/// How many characters before `i` and `j`, and after them, are the same.
fn same_around(a: &Window, i: usize, b: &Window, j: usize) -> (usize, usize) {
    const REACH: usize = 12;
    let left = a.chars[..i].iter().rev().zip(b.chars[..j].iter().rev()).take(REACH).take_while(|(x, y)| x == y).count();
    let right = a.chars[i + 1..].iter().zip(&b.chars[j + 1..]).take(REACH).take_while(|(x, y)| x == y).count();
    (left, right)
}

type Ranges = (std::ops::Range<usize>, std::ops::Range<usize>);

fn person(names: &Names, a: &Window, i: usize, b: &Window, j: usize) -> Option<Ranges> {
    let (left, right) = same_around(a, i, b, j);
    let mut best: Option<(u8, Ranges)> = None;
    for length in 2..=4usize {
        for before in 0..length {
            let after = length - 1 - before;
            if before > left || after > right {
                continue;
            }
            let (p, q) = (i - before..i + after + 1, j - before..j + after + 1);
            if !a.chars[p.clone()].iter().all(|c| is_ideograph(*c)) {
                continue;
            }
            let surname = names.surname(&a.chars[p.clone()]).max(names.surname(&b.chars[q.clone()]));
            if surname == 0 || length <= surname || length > surname + 2 {
                continue;
            }
            let (x, y) = (a.frame(names, &p), b.frame(names, &q));
            // The same words beside both, or else a title and a word of speech around both.
            if (left - before).max(right - after) < 2 && (x.0 + x.1).min(y.0 + y.1) < 3 {
                continue;
            }
            let enough = |f: (u8, u8)| f.0 + f.1 >= 2 && f.1 >= 1;
            let strong = [x.0, x.1, y.0, y.1].contains(&2) || length > 2;
            let worth = x.0 + x.1 + y.0 + y.1;
            if enough(x) && enough(y) && strong && best.as_ref().is_none_or(|b| worth > b.0) {
                best = Some((worth, (p, q)));
            }
        }
    }
    best.map(|b| b.1)
}

fn organisation(names: &Names, a: &Window, i: usize, b: &Window, j: usize) -> Option<Ranges> {
    let (left, right) = same_around(a, i, b, j);
    let after: String = a.chars[i + 1..=i + right].iter().take_while(|c| is_ideograph(**c)).collect();
    let (from, to) = names.organisation(&after)?;
    let mut to = to;
    while let Some((0, more)) = names.organisation(&after[to..]) {
        to += more;
    }
    let (gap, end) = (after[..from].chars().count(), after[..to].chars().count());
    let before =
        a.chars[..i].iter().rev().take(left.min(3)).take_while(|c| is_ideograph(**c) && !names.stops_name(**c)).count();
    // A name of its own, not a common word before the kind of organisation: at least two characters, and words alike around it.
    if gap > 4
        || after.chars().take(gap).any(|c| names.stops_name(c))
        || before + gap == 0
        || (left - before).max(right - end) < 2
    {
        return None;
    }
    Some((i - before..i + 1 + end, j - before..j + 1 + end))
}

/// The two capitalised words around `i` and `j`, where they differ in one letter and stand beside the same capitalised word.
fn latin(a: &Window, i: usize, b: &Window, j: usize) -> Option<Ranges> {
    let word = |w: &Window, at: usize| {
        let letter = |c: &char| c.is_alphabetic() && !is_ideograph(*c);
        let from = at - w.chars[..at].iter().rev().take_while(|c| letter(c)).count();
        let to = at + w.chars[at..].iter().take_while(|c| letter(c)).count();
        from..to
    };
    let (p, q) = (word(a, i), word(b, j));
    // Each pair of words once: at their first letters that differ.
    let (x, y) = (&a.chars[p.clone()], &b.chars[q.clone()]);
    if i != p.start || j != q.start || x.len() < 4 || y.len() < 4 || x == y {
        return None;
    }
    let capital = |w: &[char]| w[0].is_uppercase() && w[1..].iter().any(|c| c.is_lowercase());
    if !capital(x) || !capital(y) || !one_letter_apart(x, y) {
        return None;
    }
    let neighbour = |w: &Window, r: &std::ops::Range<usize>, after: bool| {
        let at = if after { (w.chars.get(r.end) == Some(&' ')).then_some(r.end + 1) } else { r.start.checked_sub(2) }?;
        (after || w.chars[r.start - 1] == ' ').then_some(())?;
        w.chars.get(at).filter(|c| c.is_alphabetic())?;
        let found = word(w, at);
        w.chars[found.start].is_uppercase().then(|| w.text(found))
    };
    let same = |after: bool| {
        let (m, n) = (neighbour(a, &p, after), neighbour(b, &q, after));
        m.is_some() && m == n
    };
    (same(false) || same(true)).then_some((p, q))
}

/// Whether two words differ in one letter or two that changed places; an ending that words take by grammar is no difference.
fn one_letter_apart(x: &[char], y: &[char]) -> bool {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let head = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => {
            let (s, l) = (&short[head..], &long[head..]);
            s.len() > 1 && s[0] == l[1] && s[1] == l[0] && s[2..] == l[2..] || !s.is_empty() && s[1..] == l[1..]
        }
        1 => short[head..] == long[head + 1..] && !(head == short.len() && matches!(long[head], 's' | 'n' | 'r' | 'd')),
        _ => false,
    }
}

/// Names of one article: those with a title are followed up in the rest of it.
fn in_article(corpus: &Corpus, names: &Names, article: ArticleId, out: &mut Vec<Meeting>) {
    let text = corpus.document_of(article).plain();
    let sentences = &corpus.article(article).sentences;
    let mut forms: BTreeMap<String, Place> = BTreeMap::new();
    for (index, sentence) in (0u32..).zip(sentences) {
        let mut last = '\0';
        let words = sentence.span.of(text);
        for (i, c) in words.char_indices() {
            if names.may_end_title(c) && names.is_title([last, c]) {
                let start = i + c.len_utf8();
                let chars: Vec<char> = words[start..].chars().take(5).collect();
                let surname = names.surname(&chars);
                let lengths: &[usize] = if surname == 0 { &[] } else { &[surname + 1, surname + 2] };
                for &length in lengths.iter().filter(|l| **l >= 3) {
                    if chars.len() < length || !chars[..length].iter().all(|c| is_ideograph(*c)) {
                        continue;
                    }
                    let form: String = chars[..length].iter().collect();
                    let from = sentence.span.start as usize + start;
                    let span = Span::new(from, from + form.len());
                    if forms.len() < MOST_NAMES || forms.contains_key(&form) {
                        forms.entry(form).or_insert(Place { sentence: SentenceId { article, index }, span });
                    }
                }
            }
            last = c;
        }
    }
    let whole = corpus.article(article).span;
    for (form, place) in &forms {
        variants(corpus, names, whole, form, *place, out);
    }
}

/// Looks for `form` with one other character in the rest of its article.
fn variants(corpus: &Corpus, names: &Names, whole: Span<Plain>, form: &str, place: Place, out: &mut Vec<Meeting>) {
    let article = place.sentence.article;
    let text = corpus.document_of(article).plain();
    let sentences = &corpus.article(article).sentences;
    let bounds: Vec<(usize, char)> = form.char_indices().collect();
    for &(at, own) in &bounds {
        let (head, tail) = (&form[..at], &form[at + own.len_utf8()..]);
        // Look for the longer part, and hold the rest against what stands there.
        let (needle, first) = if head.len() >= tail.len() { (head, true) } else { (tail, false) };
        for hit in memmem::find_iter(whole.of(text).as_bytes(), needle.as_bytes()) {
            let hit = whole.start as usize + hit;
            let (other, start) = if first {
                let Some(c) = text[hit + needle.len()..].chars().next() else { continue };
                if !text[hit + needle.len() + c.len_utf8()..].starts_with(tail) {
                    continue;
                }
                (c, hit)
            } else {
                let Some(c) = text[..hit].chars().next_back() else { continue };
                if !text[..hit - c.len_utf8()].ends_with(head) {
                    continue;
                }
                (c, hit - c.len_utf8() - head.len())
            };
            if !names.confusable(own, other) || names.both_real(&own.to_string(), &other.to_string()) {
                continue;
            }
            let span = Span::<Plain>::new(start, start + head.len() + other.len_utf8() + tail.len());
            let index = sentences.partition_point(|s| s.span.end < span.end);
            let Some(sentence) = sentences.get(index).filter(|s| s.span.contains(span)) else { continue };
            let id = SentenceId { article, index: index as u32 };
            let frame = |span: Span<Plain>, sentence: Span<Plain>| {
                let window = Window::new(text, sentence);
                window.frame(names, &(window.at(span.start)..window.at(span.end)))
            };
            let (x, y) = (frame(place.span, corpus.sentence(place.sentence).span), frame(span, sentence.span));
            // A title stands before the one. The other is framed like a name too, or is the odd one out among many: a name is followed
            // now by this, now by that.
            let odd = || {
                let (article, other) = (whole.of(text), span.of(text));
                let (mut followers, mut ends) = (BTreeSet::new(), false);
                for at in memmem::find_iter(article.as_bytes(), form.as_bytes()) {
                    let next = article[at + form.len()..].chars().next();
                    ends |= next.is_none_or(|c| !is_ideograph(c));
                    followers.insert(next);
                }
                ends && followers.len() >= 3 && times(article, other, form) == 1
            };
            let framed = (x.1 >= 1 || y.1 >= 1) && y.0 + y.1 >= 2;
            if framed || (y.1 >= 1 && odd()) {
                out.push(Meeting {
                    forms: (form.to_owned(), span.of(text).to_owned()),
                    places: (place, Place { sentence: id, span }),
                    alignment: None,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;
    use crate::pipeline::{CheckOptions, Engine};
    use crate::rule::RuleSet;

    /// The names that are reported, for texts that are checked together.
    fn variants_in(texts: &[&str]) -> Vec<Vec<String>> {
        let engine = Engine::new(RuleSet::default());
        let pieces: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(i, t)| engine.read(&format!("{i}.txt"), t.as_bytes(), Format::Text))
            .collect();
        let report = engine.check(pieces, CheckOptions::default());
        let shown = |f: &Finding| {
            let text = |p: Place| report.corpus.text(p.sentence.article, p.span).to_owned();
            f.claims.iter().map(|c| text(Place::of(&report.corpus, &c.claim))).collect()
        };
        report.findings.iter().filter(|f| f.check == CHECK.info.id).map(shown).collect()
    }

    #[test]
    fn a_person_in_aligned_sentences() {
        let found = variants_in(&[
            "“灯塔要修旧如旧，不能把老石头换掉。”港务局总工程师沈砚秋说，施工队都是本地石匠。",
            "“灯塔要修旧如旧，不能把老石头换掉。”沈研秋告诉记者，施工队都是本地石匠。",
        ]);
        assert_eq!(found, [["沈研秋", "沈砚秋"]]);
    }

    #[test]
    fn an_organisation_in_aligned_sentences() {
        let found = variants_in(&[
            "这条缆车由恒垚重工集团承建，春节前可以载客，山上的茶农已经盼了三年。",
            "这条缆车由恒尧重工集团承建，春节前可以载客，山上的茶农盼了三年。",
        ]);
        assert_eq!(found, [["恒垚重工集团", "恒尧重工集团"]]);
    }

    #[test]
    fn a_title_in_one_article() {
        let found = variants_in(&["苗圃主任诸葛澍带我们看了新苗。\n\n“再过两年就能成林。”诸葛树说，苗圃不施化肥。"]);
        assert_eq!(found, [["诸葛树", "诸葛澍"]]);
    }

    #[test]
    fn a_latin_name_beside_the_same_name() {
        let found = variants_in(&[
            "\"The bells were cast in a field behind the church,\" said Edmund Thackray, who keeps the tower.",
            "\"The bells were cast in a field behind the church,\" said Edmund Thackrey, who keeps the tower.",
        ]);
        assert_eq!(found, [["Thackray", "Thackrey"]]);
    }

    #[test]
    fn two_people_are_let_pass() {
        // Neither sounds nor looks alike.
        let other =
            ["评审组长王小明说，参赛的木雕都出自年轻人之手。", "评审组长王小红说，参赛的木雕都出自年轻人之手。"];
        assert!(variants_in(&other).is_empty());
        // Both in one sentence.
        let beside = ["队长李晓峰、副队长李小峰说，划龙舟靠的是齐心。队员都是村里的后生。"];
        assert!(variants_in(&beside).is_empty());
    }

    #[test]
    fn words_that_are_both_right_are_let_pass() {
        let places = [
            "剪纸展先后在山西省博物馆展出，观众排起长队等候入场。",
            "剪纸展先后在陕西省博物馆展出，观众排起长队等候入场。",
        ];
        assert!(variants_in(&places).is_empty());
        let words = [
            "他们做农业合作社已经很久，果园年年丰收，村里人都看在眼里。",
            "他们作农业合作社已经很久，果园年年丰收，村里人都看在眼里。",
        ];
        assert!(variants_in(&words).is_empty());
    }
}
