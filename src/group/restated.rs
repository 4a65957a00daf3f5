//! What one article says twice in its body: two figures that its own words make one. Enters: the claims of an article with their profiles.
//! Leaves: the pairs that are one quantity although neither stands in title or lead. Knows no judge: what the words do not say is let pass.
//!
//! Nearly all figures of one noun in one article are of two things (two victims, two years, two towns), so it takes a reference back
//! (`这56家合作社`), or a slip of a digit together with words that repeat.

use rustc_hash::{FxHashMap, FxHashSet};

use super::profile::{Profile, Profiles};
use super::score::{one_slip, overlap, shared_words};
use crate::lang::Lexicon;
use crate::lang::compare::CompareWords;
use crate::model::{Aggregation, ArticleId, BlockKind, Claim, ClaimId, Corpus, Kind, Lang, Status};
use crate::quantity::Decimal;
use crate::text::Span;

/// Figures up to this are of a list of persons, steps or reasons more often than said twice.
const FEW_THINGS: i64 = 10;
/// From so many signs on, two figures that are a slip apart are one.
const SIGNS: u32 = 4;
/// A slip in a figure of five digits and more is never chance.
const LONG: u32 = 4;
/// What is told of more often than this is the rows of a list.
const MANY: usize = 24;
/// The share of the words around two figures, weighed by rarity and nearness, from which on it is a sign that they are shared.
const NEAR: f32 = 0.2;

/// The pairs of one article, the earlier claim first, that are one quantity said twice in its body.
pub(super) fn restated(
    articles: impl Iterator<Item = ArticleId>,
    corpus: &Corpus,
    profiles: &Profiles,
    lexicon: &Lexicon,
) -> FxHashSet<(ClaimId, ClaimId)> {
    let mut found = FxHashSet::default();
    for article in articles {
        let words = lexicon.compare(corpus.article(article).lang);
        let from = profiles.claims.partition_point(|p| p.article < article);
        let to = from + profiles.claims[from..].partition_point(|p| p.article == article);
        of_article(&profiles.claims[from..to], (corpus, words, profiles), &mut found);
    }
    found
}

/// What a run knows.
type Run<'a> = (&'a Corpus, &'a CompareWords, &'a Profiles);
/// A figure and its profile.
type Mention<'a> = (&'a Claim, &'a Profile);

fn of_article(all: &[Profile], of: Run<'_>, found: &mut FxHashSet<(ClaimId, ClaimId)>) {
    let claim = |p: &Profile| &of.0.claims[p.id.0 as usize];
    let mentions = all.iter().map(|p| (claim(p), p));
    for y in mentions.filter(|m| m.0.measure.is_none() && countable(m.0) && refers_back(m.0, of.0, of.1)) {
        without_noun(y, all, of, found);
    }
    let mut by_thing: FxHashMap<_, Vec<Mention<'_>>> = FxHashMap::default();
    for p in all {
        let claim = &of.0.claims[p.id.0 as usize];
        if let Some(head) = p.head.filter(|_| countable(claim)) {
            by_thing.entry((p.class, head)).or_default().push((claim, p));
        }
    }
    for mentions in by_thing.values().filter(|m| (2..=MANY).contains(&m.len())) {
        let Some((first, second)) = sides(mentions) else {
            // Where a thing has many values, each is of its own – but for two that share all their digits save one.
            for (i, x) in mentions.iter().enumerate() {
                for y in &mentions[i + 1..] {
                    let long = x.0.quantity.point.zip(y.0.quantity.point).is_some_and(|(v, w)| slip(v, w) >= LONG);
                    if long && one_quantity(*x, *y, all, of) {
                        found.insert((x.1.id, y.1.id));
                    }
                }
            }
            continue;
        };
        for x in &first {
            for y in &second {
                let (x, y) = if x.1.id < y.1.id { (x, y) } else { (y, x) };
                if one_quantity(*x, *y, all, of) {
                    found.insert((x.1.id, y.1.id));
                }
            }
        }
    }
}

/// Whether a figure is an amount of something.
const fn countable(claim: &Claim) -> bool {
    matches!(claim.kind(), Kind::Count | Kind::Money | Kind::Measure)
}

/// `这3481人次里`: a figure that refers back and names nothing is of the one thing counted in its unit before it.
fn without_noun(y: Mention<'_>, all: &[Profile], of: Run<'_>, found: &mut FxHashSet<(ClaimId, ClaimId)>) {
    let (corpus, words, _) = of;
    let unit = y.0.quantity.unit.as_deref();
    let Some(w) = y.0.quantity.point.filter(|_| !words.is_generic(unit)) else { return };
    let mut one: Option<Mention<'_>> = None;
    for p in all.iter().filter(|p| p.id != y.1.id && p.class == y.1.class) {
        let x = &corpus.claims[p.id.0 as usize];
        if x.quantity.unit.as_deref() != unit
            || x.quantity.hedge.is_some()
            || x.scope.aggregation == Some(Aggregation::Part)
        {
            continue;
        }
        // Told before with this value, or one of several.
        if x.quantity.point == Some(w) || one.is_some_and(|o| o.0.quantity.point != x.quantity.point) {
            return;
        }
        if p.id < y.1.id {
            one = Some((x, p));
        }
    }
    if let Some(x) = one
        && x.0.quantity.point.is_some_and(|v| slip(v, w) > 0)
        && one_quantity(x, y, all, of)
    {
        found.insert((x.1.id, y.1.id));
    }
}

/// The mentions of a thing by value, where it has two values and one of them is said once only: of three values or of two that are
/// repeated each is its own.
fn sides<'a>(mentions: &[Mention<'a>]) -> Option<(Vec<Mention<'a>>, Vec<Mention<'a>>)> {
    let mut values: Vec<(Decimal, Vec<Mention<'a>>)> = Vec::new();
    for (claim, p) in mentions {
        if claim.scope.aggregation == Some(Aggregation::Part) {
            continue;
        }
        let q = &claim.quantity;
        let Some(point) = q.point.filter(|_| q.hedge.is_none()) else { continue };
        match values.iter().position(|(v, _)| *v == point) {
            Some(i) => values[i].1.push((claim, p)),
            None if values.len() == 2 => return None,
            None => values.push((point, vec![(claim, p)])),
        }
    }
    let [(_, first), (_, second)] = <[_; 2]>::try_from(values).ok()?;
    (first.len() == 1 || second.len() == 1).then_some((first, second))
}

/// Whether the earlier figure `x` and the later `y` are one quantity by the words of their article.
fn one_quantity(x: Mention<'_>, y: Mention<'_>, all: &[Profile], (corpus, words, profiles): Run<'_>) -> bool {
    let back = refers_back(y.0, corpus, words);
    // `这56家合作社将获得补贴`: what is planned is not that there are 56.
    if !plain(x, corpus) || !plain(y, corpus) || !told(x) || !(told(y) || back && planned(y)) {
        return false;
    }
    // `这263.5万元专项资金每一笔都公示`: what is said of the parts of a figure that was told before makes it no part.
    if x.1.part.0 || if back { words.part_or_total(before(y.0, corpus)).0 } else { y.1.part.0 } {
        return false;
    }
    let (unit, other) = (x.0.quantity.unit.as_deref(), y.0.quantity.unit.as_deref());
    if unit != other && words.same_family(unit, other) != Some(true) {
        return false;
    }
    let (Some(v), Some(w)) = (x.0.quantity.point, y.0.quantity.point) else { return false };
    if v.min(w) <= Decimal::from(FEW_THINGS) || computed(v, w, x, all, corpus) {
        return false;
    }
    let (p, q) = (x.1, y.1);
    if back {
        return true;
    }
    let slip = slip(v, w);
    // A time told once holds for what follows it; one that a later sentence brings in is its own, and two digits are too few to tell.
    let taken_up = words.takes_up(before(x.0, corpus), before(y.0, corpus));
    let timed =
        q.timed && !p.timed && p.day.is_none() || slip < 2 && !taken_up && p.timed && !q.timed && q.day.is_none();
    if timed || one_sided(p, q) || one_sided(q, p) || two_of_a_kind(x.0, y.0, corpus) {
        return false;
    }
    let whole = p.whole && q.whole;
    // Rows about two persons or two towns are worded alike; who says a thing again words it anew.
    if slip == 0 || !whole && one_form(x.0, y.0, corpus) {
        return false;
    }
    let near = 2.0 * shared_words(p, q, profiles).1 / (p.mass + q.mass).max(1.0);
    let sign = u32::from;
    let acts = !p.predicate.is_empty() && !q.predicate.is_empty();
    let signs = slip
        + sign(x.0.kind() == Kind::Count && !short(x.0))
        + 2 * sign(!p.modifiers.is_empty() && p.modifiers == q.modifiers)
        + sign(overlap(&p.predicate, &q.predicate) > 0.0)
        + 2 * sign(whole)
        + 2 * sign(taken_up)
        + sign(near >= NEAR)
        + sign(near >= 2.0 * NEAR);
    // Who applied and who arrived: two acts make two figures.
    let signs = signs.saturating_sub(2 * sign(acts && !taken_up && overlap(&p.predicate, &q.predicate) == 0.0));
    signs >= SIGNS
}

/// Whether the head of a measure is one character, `人`: it says little of what is counted.
fn short(claim: &Claim) -> bool {
    claim.lang == Lang::Zh && claim.measure.is_none_or(|m| m.head.len() <= "人".len())
}

fn told((_, p): Mention<'_>) -> bool {
    p.status == Status::Actual
}

fn planned((_, p): Mention<'_>) -> bool {
    matches!(p.status, Status::Planned | Status::Estimated)
}

/// Whether a figure is of the whole, and in the running text.
fn plain((claim, p): Mention<'_>, corpus: &Corpus) -> bool {
    let kind = corpus.sentence(claim.sentence).kind;
    !p.title
        && !matches!(kind, BlockKind::Title | BlockKind::Cell(_))
        && matches!(claim.scope.aggregation, None | Some(Aggregation::Total | Aggregation::Cumulative))
        && claim.scope.base.is_none()
}

/// Whether one figure comes of the other by adding or taking away a third of the article.
fn computed(v: Decimal, w: Decimal, x: Mention<'_>, all: &[Profile], corpus: &Corpus) -> bool {
    let between = (v - w).abs();
    all.iter().filter(|p| p.class == x.1.class).any(|p| {
        let q = &corpus.claims[p.id.0 as usize].quantity;
        q.point == Some(between) && (q.unit == x.0.quantity.unit)
    })
}

/// Whether the words right before a figure say that it was told before: `这56家`, `the 56`.
fn refers_back(claim: &Claim, corpus: &Corpus, words: &CompareWords) -> bool {
    let sentence = corpus.sentence(claim.sentence).span;
    let text = corpus.text(claim.article, sentence);
    text.get(..(claim.span.start - sentence.start) as usize).is_some_and(|before| words.definite(before))
}

/// The words of its clause before a figure.
pub(super) fn before<'c>(claim: &Claim, corpus: &'c Corpus) -> &'c str {
    let from = claim.clause.start.min(claim.span.start);
    corpus.text(claim.article, Span::new(from as usize, claim.span.start as usize))
}

/// Whether both clauses name who they speak of, two of one kind: `乡中心小学`, `县实验小学`.
fn two_of_a_kind(a: &Claim, b: &Claim, corpus: &Corpus) -> bool {
    let own = |c: &Claim| c.subject.filter(|s| c.clause.contains(*s)).map(|s| corpus.text(c.article, s));
    let kind = |s: &str| s.chars().rev().take(2).collect::<Vec<_>>();
    own(a).zip(own(b)).is_some_and(|(s, t)| !s.contains(t) && !t.contains(s) && kind(s) == kind(t))
}

/// Whether two clauses are the same but for their figures.
fn one_form(a: &Claim, b: &Claim, corpus: &Corpus) -> bool {
    let letters = |c: &Claim| {
        let text = corpus.text(c.article, c.clause);
        text.chars().filter(|c| c.is_alphabetic()).collect::<String>()
    };
    letters(a) == letters(b)
}

/// Whether the clause of `a` names a season, a sex, a stage – one word of a list – and the sentence of `b` none of that list.
pub(super) fn qualified(a: &Profile, b: &Profile) -> bool {
    a.contrasts.iter().any(|(c, inside)| *inside && !b.contrasts.iter().any(|(d, _)| d.list == c.list))
}

/// The same, or an ordinal.
fn one_sided(a: &Profile, b: &Profile) -> bool {
    qualified(a, b) || a.ordinals.iter().any(|(o, inside)| *inside && !b.ordinals.iter().any(|(p, _)| p.noun == o.noun))
}

/// How much two values look like one that was mistyped: the more digits they share, the less is it chance.
fn slip(v: Decimal, w: Decimal) -> u32 {
    let digits = |d: Decimal| d.normalize().mantissa().unsigned_abs().to_string().into_bytes();
    let (mut x, mut y) = (digits(v), digits(w));
    for list in [&mut x, &mut y] {
        while list.last() == Some(&b'0') {
            list.pop();
        }
    }
    let long = x.len().max(y.len()) as u32;
    if one_slip(v, w) {
        return (long - 1).clamp(2, 4);
    }
    // `46` and `56`: one digit of two.
    u32::from(long == 2 && x.len() == y.len() && x.iter().zip(&y).filter(|(a, b)| a != b).count() == 1)
}
