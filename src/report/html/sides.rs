//! The sides of a finding as the review page shows them. Enters: a finding and the corpus. Leaves: each camp with its sentences cut into
//! pieces, figures and differing words marked. Knows no markup.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::model::{Claim, Corpus, DiffOp, FindClaim, Finding, Passages, SentenceId};
use crate::report::view::{self, Spot};
use crate::text::{Plain, Span};

/// Characters of a sentence shown on each side of its figures.
const AROUND: usize = 160;
/// The most characters shown from the first figure of a sentence to the last.
const ACROSS: usize = 1200;
/// Figures that name a side before the rest is counted.
const NAMED: usize = 4;
/// Stands between them; the same in every language, since a decision names its side so.
const AND: &str = " / ";
/// Characters of a name of a side.
const NAME: usize = 40;

/// A run of characters that are marked alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its characters.
    pub text: &'a str,
    /// Whether they belong to a figure that the finding speaks of.
    pub figure: bool,
    /// Whether the other passage has other words here.
    pub changed: bool,
}

/// A sentence that speaks for a side, and all places that have it in the same words.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// The places, in order; the first stands for all.
    pub spots: Vec<Spot<'a>>,
    /// The sentence of the first.
    pub pieces: Vec<Piece<'a>>,
    /// Whether it was cut at its front.
    pub cut_before: bool,
    /// Whether it was cut at its end.
    pub cut_after: bool,
    spans: Vec<Span<Plain>>,
    /// The sentence of the first place.
    pub whole: Span<Plain>,
}

impl<'a> Statement<'a> {
    /// The whole sentence.
    pub fn sentence(&self) -> &'a str {
        self.spots[0].document.text(self.whole)
    }
}

/// One camp of agreeing values.
#[derive(Debug, Clone)]
pub struct Side<'a> {
    /// Its number in the finding.
    pub camp: u32,
    /// `A`, `B` …
    pub label: String,
    /// Its figures, as written: `4000多家`, `210家 / 160家`.
    pub value: String,
    /// What it says, each wording once.
    pub statements: Vec<Statement<'a>>,
    /// How many places there are.
    pub places: usize,
    /// Its first claim, where it has one.
    pub claim: Option<&'a Claim>,
}

/// The sides of `finding`, in the order of its camps.
pub fn sides<'a>(corpus: &'a Corpus, finding: &Finding) -> Vec<Side<'a>> {
    let mut sides: Vec<Side<'a>> = Vec::new();
    let mut at: HashMap<(u32, SentenceId), usize> = HashMap::new();
    for entry in &finding.claims {
        let spot = view::spot(corpus, &entry.claim, 0);
        // Places come sorted by camp: the last side is nearly always the one.
        let index = sides.iter().rposition(|s| s.camp == entry.camp).unwrap_or_else(|| {
            sides.push(Side {
                camp: entry.camp,
                label: view::label(entry.camp),
                value: String::new(),
                statements: Vec::new(),
                places: 0,
                claim: None,
            });
            sides.len() - 1
        });
        let side = &mut sides[index];
        side.places += 1;
        if let (None, FindClaim::Claim(id)) = (side.claim, &entry.claim) {
            side.claim = corpus.claims.get(id.0 as usize);
        }
        let number = *at.entry((entry.camp, spot.sentence)).or_insert_with(|| {
            side.statements.push(statement(corpus, &spot));
            side.statements.len() - 1
        });
        let statement = &mut side.statements[number];
        statement.whole = Span::new(
            statement.whole.start.min(spot.span.start) as usize,
            statement.whole.end.max(spot.span.end) as usize,
        );
        statement.spans.push(spot.span);
    }
    sides.sort_by_key(|s| s.camp);
    let passages = finding.passages.as_ref();
    for side in &mut sides {
        side.value = name(side);
        join_copies(side);
        for statement in &mut side.statements {
            cut(corpus, statement, passages);
        }
    }
    sides
}

fn statement<'a>(corpus: &Corpus, spot: &Spot<'a>) -> Statement<'a> {
    let whole = corpus.article(spot.sentence.article).sentences.get(spot.sentence.index as usize);
    Statement {
        spots: vec![spot.clone()],
        pieces: Vec::new(),
        cut_before: false,
        cut_after: false,
        spans: Vec::new(),
        whole: whole.map_or(spot.span, |s| s.span),
    }
}

/// The figures of a side, each once.
fn name(side: &Side<'_>) -> String {
    let mut figures: Vec<&str> = Vec::new();
    let mut more = 0;
    let all = side.statements.iter().flat_map(|s| s.spans.iter().map(|span| s.spots[0].document.text(*span)));
    for figure in all {
        if figures.contains(&figure) {
            continue;
        }
        if figures.len() < NAMED { figures.push(figure) } else { more += 1 }
    }
    let mut out = view::head(&figures.join(AND), NAME);
    if more > 0 && !out.ends_with('…') {
        out.push('…');
    }
    out
}

/// A sentence, and where in it the figures stand.
type Wording<'a> = (&'a str, Vec<(u32, u32)>);

/// Joins the statements that stand in the same words.
fn join_copies<'a>(side: &mut Side<'a>) {
    let mut seen: HashMap<Wording<'a>, usize> = HashMap::new();
    let mut kept: Vec<Statement<'a>> = Vec::with_capacity(side.statements.len());
    for statement in std::mem::take(&mut side.statements) {
        let start = statement.whole.start;
        let figures = statement.spans.iter().map(|s| (s.start - start, s.end - start)).collect();
        match seen.entry((statement.sentence(), figures)) {
            Entry::Occupied(first) => kept[*first.get()].spots.extend(statement.spots),
            Entry::Vacant(free) => {
                free.insert(kept.len());
                kept.push(statement);
            }
        }
    }
    side.statements = kept;
}

/// The words of a passage that the other has not, as spans of its sentence; none where the diff does not fit the sentence.
fn changed(text: &str, passages: &Passages, own: DiffOp) -> Vec<(usize, usize)> {
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let (mut from, mut out) = (0, Vec::new());
    for part in passages.diff.iter().filter(|p| p.op == DiffOp::Equal || p.op == own) {
        // Counted in characters: full-width and half-width forms are equal to the diff and differ in bytes.
        let count = part.text.chars().count();
        let Some(end) = (if count == 0 { Some(from) } else { ends.nth(count - 1) }) else { return Vec::new() };
        if part.op == own {
            out.push((from, end));
        }
        from = end;
    }
    if from == text.len() { out } else { Vec::new() }
}

/// Cuts the sentence of a statement to what is shown, and into pieces.
fn cut(corpus: &Corpus, statement: &mut Statement<'_>, passages: Option<&Passages>) {
    let spot = &statement.spots[0];
    let (document, sentence) = (spot.document, statement.whole);
    let text = document.text(sentence);
    let base = sentence.start as usize;
    let in_sentence = |span: &Span<Plain>| (span.start as usize - base, span.end as usize - base);
    let mut figures: Vec<(usize, usize)> = statement.spans.iter().map(in_sentence).collect();
    figures.sort_unstable();
    // The passage may be a copy of the one shown.
    let is = |id: SentenceId| statement.spots.iter().any(|s| s.sentence == id);
    let own = passages.and_then(|p| {
        let own = if is(p.a) {
            DiffOp::Delete
        } else if is(p.b) {
            DiffOp::Insert
        } else {
            return None;
        };
        let unchanged = corpus.sentence(spot.sentence).span == sentence;
        (unchanged && view::passages_readable(p)).then(|| changed(text, p, own))
    });
    let changes = own.unwrap_or_default();

    let (first, last) = (figures.first().map_or(0, |f| f.0), figures.iter().map(|f| f.1).max().unwrap_or(0));
    let start = text[..first].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let reach = text[first..].char_indices().nth(ACROSS).map_or(text.len(), |(at, _)| first + at);
    let last = last.min(reach);
    let end = text[last..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| last + at);
    statement.cut_before = start > 0;
    statement.cut_after = end < text.len();

    let mut cuts: Vec<usize> = figures.iter().chain(&changes).flat_map(|&(a, b)| [a, b]).chain([start, end]).collect();
    cuts.retain(|&at| (start..=end).contains(&at) && text.is_char_boundary(at));
    cuts.sort_unstable();
    cuts.dedup();
    let (mut f, mut c) = (0, 0);
    statement.pieces = cuts
        .windows(2)
        .map(|w| {
            // Both lists are sorted by their starts, and neither overlaps itself but for figures inside figures.
            while f < figures.len() && figures[f].1 <= w[0] {
                f += 1;
            }
            while c < changes.len() && changes[c].1 <= w[0] {
                c += 1;
            }
            let within = |list: &[(usize, usize)], i: usize| list.get(i).is_some_and(|&(a, b)| a <= w[0] && w[1] <= b);
            Piece { text: &text[w[0]..w[1]], figure: within(&figures, f), changed: within(&changes, c) }
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Report};
    use crate::pipeline::{CheckOptions, Engine, Role};

    fn checked(texts: &[&str]) -> Report {
        let engine = Engine::new(crate::rule::RuleSet::embedded());
        let piece = |(i, text): (usize, &&str)| {
            let mut piece = engine.read(&format!("{i}.md"), text.as_bytes(), Format::Markdown);
            piece.role = Role::Checked;
            piece
        };
        engine.check(texts.iter().enumerate().map(piece).collect(), CheckOptions::default())
    }

    fn shown(statement: &Statement<'_>) -> String {
        let mark = |p: &Piece<'_>| match (p.figure, p.changed) {
            (true, _) => format!("【{}】", p.text),
            (false, true) => format!("<{}>", p.text),
            (false, false) => p.text.to_owned(),
        };
        statement.pieces.iter().map(mark).collect()
    }

    const A: &str = "# 甲\n\n据统计，上线当天共有4000多家本地供应商入驻该平台，企业参与热情高涨。\n";
    const B: &str = "# 乙\n\n据统计，上线当日共有5000多家本地供应商入驻该平台，企业参与热情高涨。\n";

    #[test]
    fn figures_and_other_words_are_marked_and_copies_joined() {
        let report = checked(&[A, B, &A.replace('甲', "丙")]);
        let sides = sides(&report.corpus, &report.findings[0]);
        assert_eq!(
            sides.iter().map(|s| (s.value.as_str(), s.places)).collect::<Vec<_>>(),
            [("4000多家", 2), ("5000多家", 1)]
        );
        assert_eq!((sides[0].statements.len(), sides[0].statements[0].spots.len()), (1, 2));
        let told: Vec<String> = sides.iter().map(|s| shown(&s.statements[0])).collect();
        assert_eq!(told[0], "据统计，上线<当天>共有【4000多家】本地供应商入驻该平台，企业参与热情高涨。");
        assert_eq!(told[1], "据统计，上线<当日>共有【5000多家】本地供应商入驻该平台，企业参与热情高涨。");
    }

    #[test]
    fn letters_of_another_width_move_no_mark() {
        let sentence = SentenceId { article: crate::model::ArticleId(0), index: 0 };
        let part = |op, text: &str| crate::model::DiffPart { op, text: text.to_owned() };
        let diff = vec![
            part(DiffOp::Equal, "ＡＰＰ，"),
            part(DiffOp::Delete, "当天"),
            part(DiffOp::Insert, "当日"),
            part(DiffOp::Equal, "入驻"),
        ];
        let passages = Passages { a: sentence, b: sentence, similarity: 0.9, diff };
        let b = "APP，当日入驻";
        assert_eq!(changed(b, &passages, DiffOp::Insert).iter().map(|&(x, y)| &b[x..y]).collect::<Vec<_>>(), ["当日"]);
        // A diff of other words than these marks nothing.
        assert!(changed("别的话", &passages, DiffOp::Insert).is_empty());
    }

    #[test]
    fn figures_of_one_side_in_one_sentence_are_marked_together() {
        let report = checked(&["# 丁\n\n登记的企业共500家，其中纺织210家、五金160家、食品150家。\n"]);
        let finding = report.findings.iter().find(|f| f.check == "parts-total").expect("parts-total");
        let sides = sides(&report.corpus, finding);
        assert_eq!(sides[1].value, "210家 / 160家 / 150家");
        assert_eq!(
            shown(&sides[1].statements[0]),
            "登记的企业共500家，其中纺织【210家】、五金【160家】、食品【150家】。"
        );
    }

    #[test]
    fn a_long_sentence_is_cut_on_both_sides() {
        let long =
            |text: &str| text.replace("统计", &format!("统计{}", "很".repeat(400))).replace("高涨", &"高".repeat(400));
        let report = checked(&[&long(A), &long(B)]);
        let sides = sides(&report.corpus, &report.findings[0]);
        let statement = &sides[0].statements[0];
        assert!(statement.cut_before && statement.cut_after);
        assert!(shown(statement).contains("【4000多家】") && shown(statement).chars().count() < 2 * AROUND + 40);
        assert!(statement.sentence().chars().count() > 800);
    }
}
