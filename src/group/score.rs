//! Two claims, part by part: the signs by which one judges whether they speak of one thing. Enters: two
//! profiles. Leaves: a reason against, or features, which `model.rs` makes a confidence of.

use super::profile::{ArticleProfile, Profile, Profiles};
use crate::lang::compare::CompareWords;
use crate::model::{Claim, Corpus, Hedge, Kind, Why};
use crate::quantity::{Decimal, Relation};

/// What is known of an aligned slot, where the two stand in one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SlotView {
    pub similarity: f32,
    pub exact: bool,
    pub context: f32,
    pub neighbours: u8,
    pub alignment: u32,
    /// Whether nearly all other figures of what the two articles share are the same.
    pub kept: bool,
}

impl SlotView {
    /// Whether the figures stand in one place of a reprinted passage: the clause the same but for figures, nearly all around it too, and
    /// the whole sentence or those beside it.
    pub fn reprinted(&self) -> bool {
        self.exact && self.context >= 0.9 && (self.neighbours >= 1 || self.similarity >= 0.9)
    }

    /// Whether the figures stand in one clause of a passage that was reprinted with its figures: one that changed alone is a slip.
    pub fn alone(&self) -> bool {
        self.kept && self.exact && self.context >= 0.75
    }
}

/// The number of features.
pub const FEATURES: usize = 73;

/// Their names, as `rules/judge.toml` and the training script know them.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "near",
    "near_mass",
    "sentence",
    "sentence_mass",
    "topic",
    "anchors",
    "article_anchors",
    "head_same",
    "head_differs",
    "measure",
    "subject_same",
    "subject_differs",
    "predicate_same",
    "predicate_differs",
    "place_same",
    "time_same",
    "time_differs",
    "unit_same",
    "unit_loose",
    "rule_same",
    "slot",
    "slot_exact",
    "slot_context",
    "slot_neighbours",
    "one_article",
    "title",
    "running",
    "running_later",
    "later",
    "far_value",
    "slip",
    "contrast_far",
    "date",
    "exact_both",
    "margin",
    "margin_least",
    "agrees_elsewhere",
    "support",
    "support_least",
    "duration",
    "saying",
    "saying_both",
    "before",
    "after",
    "rarest",
    "known",
    "known_mean",
    "clock",
    "age",
    "money",
    "percentage",
    "specific",
    "hedged",
    "small",
    "unit_generic",
    "moment_same",
    "moment_differs",
    "day_same",
    "day_differs",
    "tension",
    "attribution_differs",
    "sentence_known",
    "part_differs",
    "total_differs",
    "person_same",
    "person_differs",
    "person_differs_far",
    "act_same",
    "act_differs",
    "act_unknown",
    "vague",
    "reprinted",
    "run",
];

/// Index of the feature that counts the other figures which two sentences share.
pub(super) const ANCHORS: usize = 5;

/// Share of `a`'s words that `b` holds too, either being the smaller.
pub(super) fn overlap(a: &[u32], b: &[u32]) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let shared = a.iter().filter(|x| b.binary_search(x).is_ok()).count();
    shared as f32 / a.len().min(b.len()) as f32
}

pub(super) fn shared_sorted(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}

/// Sum over shared words of rarity and of rarity times the lesser nearness.
pub(super) fn shared_words(a: &Profile, b: &Profile, profiles: &Profiles) -> (f32, f32) {
    let (mut i, mut j, mut rare, mut near) = (0, 0, 0.0, 0.0);
    while let (Some(x), Some(y)) = (a.near.get(i), b.near.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let r = profiles.rarity(x.0);
                rare += r;
                near += r * x.1.min(y.1);
                i += 1;
                j += 1;
            }
        }
    }
    (rare, near)
}

pub(super) fn topic_similarity(a: &ArticleProfile, b: &ArticleProfile) -> f32 {
    let (mut i, mut j, mut dot) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.topic.get(i), b.topic.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                dot += x.1 * y.1;
                i += 1;
                j += 1;
            }
        }
    }
    if a.norm > 0.0 && b.norm > 0.0 { dot / (a.norm * b.norm) } else { 0.0 }
}

fn magnitude(claim: &Claim) -> Option<Decimal> {
    let q = &claim.quantity;
    q.literal.single().or(q.point).or_else(|| q.literal.low.or(q.literal.high).map(|b| b.value))
}

/// The digits of a value without noughts at its end, and where they begin.
fn digits(value: Decimal) -> ([u8; 40], usize) {
    let (mut digits, mut start) = ([0; 40], 40);
    let mut rest = value.mantissa().unsigned_abs();
    while rest > 0 && start > 0 {
        // Nearly all fit the half that divides fast.
        let (tenth, digit) = match u64::try_from(rest) {
            Ok(short) => (u128::from(short / 10), (short % 10) as u8),
            Err(_) => (rest / 10, (rest % 10) as u8),
        };
        rest = tenth;
        if digit != 0 || start < 40 {
            start -= 1;
            digits[start] = digit;
        }
    }
    (digits, start)
}

/// Whether the digits of two values are one slip apart: two swapped, one changed, lost or doubled.
pub(super) fn one_slip(a: Decimal, b: Decimal) -> bool {
    let ((x, from), (y, start)) = (digits(a), digits(b));
    let (x, y) = (&x[from..], &y[start..]);
    if x == y {
        return a != b;
    }
    if x.len() == y.len() && x.len() >= 2 {
        let differ: Vec<usize> = (0..x.len()).filter(|i| x[*i] != y[*i]).collect();
        return match differ.as_slice() {
            [_] => x.len() >= 3,
            [i, j] => *j == i + 1 && x[*i] == y[*j] && x[*j] == y[*i],
            _ => false,
        };
    }
    let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    long.len() == short.len() + 1
        && short.len() >= 2
        && (0..long.len()).any(|skip| long[..skip] == short[..skip] && long[skip + 1..] == short[skip..])
}

/// What two articles have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between {
    /// How alike their topics are, 0–1.
    topic: f32,
    /// The logarithm of how many telling figures they share.
    anchors: f32,
}

/// What the articles `a` and `b` have in common.
pub(super) fn between(profiles: &Profiles, a: u32, b: u32) -> Between {
    let (pa, pb) = (&profiles.articles[a as usize], &profiles.articles[b as usize]);
    if a == b {
        return Between { topic: 1.0, anchors: 0.0 };
    }
    let shared = shared_sorted(&pa.anchors, &pb.anchors);
    Between { topic: topic_similarity(pa, pb), anchors: (1.0 + shared as f32).ln() }
}

/// The mass of shared near words, as the logarithm in the features, from which a pair is looked at in full although something stands against it.
const CLOSE: f32 = 1.5;

/// The features of a pair, in the order of [`FEATURE_NAMES`]; those that cost a look at every word only where asked for `in_full`, or where
/// the two are close.
pub(super) fn features(
    a: &Profile,
    b: &Profile,
    (corpus, words, profiles): (&Corpus, &CompareWords, &Profiles),
    articles: Between,
    slot: Option<SlotView>,
    in_full: bool,
) -> [f32; FEATURES] {
    let (x, y) = (&corpus.claims[a.id.0 as usize], &corpus.claims[b.id.0 as usize]);
    let (pa, pb) = (&profiles.articles[a.article.0 as usize], &profiles.articles[b.article.0 as usize]);
    let (rare, near) = shared_words(a, b, profiles);
    let flag = |b: bool| f32::from(u8::from(b));
    let same_article = a.article == b.article;
    let anchors = shared_sorted(&a.anchors, &b.anchors);
    let known = |p: &[u32], q: &[u32]| -> (f32, f32) {
        if p.is_empty() || q.is_empty() {
            return (0.0, 0.0);
        }
        let share = overlap(p, q);
        (share, flag(share == 0.0))
    };
    let measure = known(&a.measure, &b.measure);
    let subject = known(&a.subject, &b.subject);
    let predicate = known(&a.predicate, &b.predicate);
    let place = known(&a.place, &b.place);
    let head = match (a.head, b.head) {
        (Some(h), Some(k)) => (flag(h == k), flag(h != k && measure.0 == 0.0)),
        _ => (0.0, 0.0),
    };
    let time = match time_relation(x, y) {
        Some(TimeScope::Same) => (1.0, 0.0),
        Some(TimeScope::Meets) => (0.5, 0.0),
        Some(TimeScope::Apart) => (0.0, 1.0),
        None => (0.0, 0.0),
    };
    let unit_same = x.quantity.unit == y.quantity.unit && x.quantity.unit.is_some();
    let unit_loose = !unit_same
        && a.class.kind == 1
        && words.same_family(x.quantity.unit.as_deref(), y.quantity.unit.as_deref()).is_none();
    let rule =
        matches!((&a.rule, &b.rule), (Some(p), Some(q)) if p.rule == q.rule && p.measure_sense == q.measure_sense);
    let days = match (corpus.article(a.article).date, corpus.article(b.article).date) {
        (Some(p), Some(q)) => (crate::quantity::days_from_civil(p) - crate::quantity::days_from_civil(q)).abs(),
        _ => 0,
    };
    let later = (1.0 + days as f32).ln().min(6.0) / 6.0;
    let running = flag(a.running || b.running);
    let (far, slip) = match (magnitude(x), magnitude(y)) {
        (Some(p), Some(q)) if !p.is_zero() && !q.is_zero() => {
            let ratio = (p / q).abs();
            let ratio =
                if ratio < Decimal::ONE { Decimal::ONE.checked_div(ratio).unwrap_or(Decimal::MAX) } else { ratio };
            let ratio = (ratio.mantissa() as f64 / 10f64.powi(ratio.scale() as i32)) as f32;
            (ratio.ln().min(7.0) / 7.0, flag(one_slip(p, q)))
        }
        _ => (0.0, 0.0),
    };
    let far = if x.kind().is_time() { time_distance(x, y) } else { far };
    let contrast_far =
        a.contrasts.iter().any(|(c, _)| b.contrasts.iter().any(|(d, _)| d.list == c.list && d.word != c.word));
    let exact = |c: &Claim| c.quantity.hedge.is_none();
    let act = if x.kind().is_time() { same_act(a, b) } else { None };
    let in_full = in_full || (1.0 + near).ln() >= CLOSE;
    let known_there = if in_full { (known_in(a, pb, profiles), known_in(b, pa, profiles)) } else { (0.0, 0.0) };
    let (together, apart) = moments(a, b);
    let moments = (flag(together), flag(apart));
    let said = (
        x.scope.attribution.map(|s| corpus.text(x.article, s)),
        y.scope.attribution.map(|s| corpus.text(y.article, s)),
    );
    [
        2.0 * near / (a.mass + b.mass).max(1.0),
        (1.0 + near).ln(),
        rare / a.weight.min(b.weight).max(1.0),
        (1.0 + rare).ln(),
        articles.topic,
        (anchors.min(3)) as f32,
        articles.anchors,
        head.0,
        head.1,
        measure.0,
        subject.0,
        subject.1,
        predicate.0,
        predicate.1,
        place.0,
        time.0,
        time.1,
        flag(unit_same),
        flag(unit_loose),
        flag(rule),
        slot.map_or(0.0, |s| s.similarity),
        slot.map_or(0.0, |s| flag(s.exact)),
        slot.map_or(0.0, |s| s.context),
        slot.map_or(0.0, |s| f32::from(s.neighbours) / 2.0),
        flag(same_article),
        flag(a.title || b.title),
        running,
        running * later,
        later,
        far,
        slip,
        flag(contrast_far),
        flag(matches!(a.class.kind, 8 | 9)),
        flag(exact(x) && exact(y)),
        // Filled in by `rank`, which sees all pairs.
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        flag(a.class.kind == 6),
        flag(a.saying != b.saying),
        flag(a.saying && b.saying),
        if in_full { rare_overlap(&a.before, &b.before, profiles) } else { 0.0 },
        if in_full { rare_overlap(&a.after, &b.after, profiles) } else { 0.0 },
        if in_full { rarest(a, b, profiles) } else { 0.0 },
        known_there.0.min(known_there.1),
        f32::midpoint(known_there.0, known_there.1),
        flag(a.class.kind == 9),
        flag(a.class.kind == 7),
        flag(a.class.kind == 4),
        flag(matches!(a.class.kind, 2 | 3)),
        significant(x).min(significant(y)),
        flag(exact(x) != exact(y)),
        flag(small(x) && small(y)),
        flag(
            a.class.kind == 1
                && words.is_generic(x.quantity.unit.as_deref())
                && words.is_generic(y.quantity.unit.as_deref()),
        ),
        moments.0,
        moments.1,
        flag(matches!((a.day, b.day), (Some(p), Some(q)) if p == q)),
        flag(matches!((a.day, b.day), (Some(p), Some(q)) if p != q)),
        flag(relation(a, b, corpus) == Relation::Tension),
        flag(said.0.is_some() && said.1.is_some() && said.0 != said.1),
        if in_full { told(a, pb, profiles).min(told(b, pa, profiles)) } else { 0.0 },
        flag(a.part.0 != b.part.0),
        flag(a.part.1 != b.part.1),
        flag(meet(&a.persons[1], &b.persons[1])),
        flag(differ(&a.persons[0], &b.persons[0])),
        flag(differ(&a.persons[1], &b.persons[1])),
        flag(act == Some(true)),
        flag(act == Some(false)),
        flag(x.kind().is_time() && act.is_none()),
        flag([x, y].iter().any(|c| matches!(c.quantity.hedge, Some(Hedge::Vague | Hedge::Order)))),
        flag(slot.is_some_and(|s| s.reprinted())),
        (profiles.articles.len() as f32).ln().min(5.0),
    ]
}

/// Whether two dates are of one act, as far as the verbs tell: `开庭` and `庭审` share a character, `逮捕` and `宣布` none. An utterance
/// is no act of another kind. `None` where either is not told.
pub(super) fn same_act(a: &Profile, b: &Profile) -> Option<bool> {
    match (a.act.is_empty(), b.act.is_empty()) {
        (false, false) => {
            Some(a.act.iter().any(|c| b.act.contains(c)) || a.predicate.iter().any(|p| b.predicate.contains(p)))
        }
        (true, true) => None,
        (true, false) => (a.saying && !b.saying).then_some(false),
        (false, true) => (b.saying && !a.saying).then_some(false),
    }
}

fn meet(a: &[u32], b: &[u32]) -> bool {
    a.iter().any(|x| b.binary_search(x).is_ok())
}

pub(super) fn differ(a: &[u32], b: &[u32]) -> bool {
    !a.is_empty() && !b.is_empty() && !meet(a, b)
}

/// Share of the rarity of either's words that the other holds too, of the smaller.
fn rare_overlap(a: &[u32], b: &[u32], profiles: &Profiles) -> f32 {
    let sum = |words: &[u32]| words.iter().map(|w| profiles.rarity(*w)).sum::<f32>();
    let least = sum(a).min(sum(b));
    if least <= 0.0 {
        return 0.0;
    }
    let shared: f32 = a.iter().filter(|w| b.binary_search(w).is_ok()).map(|w| profiles.rarity(*w)).sum();
    shared / least
}

/// The rarest word that stands near both figures, weighed by its nearness, 0–1 and a little more.
fn rarest(a: &Profile, b: &Profile, profiles: &Profiles) -> f32 {
    let (mut i, mut j, mut most) = (0, 0, 0.0f32);
    while let (Some(x), Some(y)) = (a.near.get(i), b.near.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                most = most.max(profiles.rarity(x.0) * x.1.min(y.1));
                i += 1;
                j += 1;
            }
        }
    }
    most / 5.0
}

/// How much of what stands closest to a figure the other article speaks of at all, by rarity and nearness, 0–1.
fn known_in(a: &Profile, other: &ArticleProfile, profiles: &Profiles) -> f32 {
    let (mut all, mut known) = (0.0, 0.0);
    for (word, near) in &a.closest {
        let mass = profiles.rarity(*word) * near;
        all += mass;
        if other.words.binary_search(word).is_ok() {
            known += mass;
        }
    }
    if all > 0.0 { known / all } else { 1.0 }
}

/// How much of a sentence the other article speaks of at all, by rarity, 0–1.
fn told(a: &Profile, other: &ArticleProfile, profiles: &Profiles) -> f32 {
    let (mut all, mut known) = (0.0, 0.0);
    for (word, _) in &a.near {
        let mass = profiles.rarity(*word);
        all += mass;
        if other.words.binary_search(word).is_ok() {
            known += mass;
        }
    }
    if all > 0.0 { known / all } else { 1.0 }
}

/// How many significant digits a figure has, 0–1 for none to four and more.
fn significant(claim: &Claim) -> f32 {
    magnitude(claim).map_or(0.0, |m| {
        let digits = m.normalize().mantissa().unsigned_abs().to_string();
        digits.trim_end_matches('0').len().clamp(1, 4) as f32 / 4.0
    })
}

fn small(claim: &Claim) -> bool {
    magnitude(claim).is_some_and(|m| m.abs() <= Decimal::TEN)
}

/// Whether the two sentences name one moment beside their figures, and whether they name moments of one kind and none in common.
pub(super) fn moments(a: &Profile, b: &Profile) -> (bool, bool) {
    let same = a.moments.iter().any(|m| b.moments.binary_search(m).is_ok());
    let comparable = a.moments.iter().any(|m| b.moments.iter().any(|n| n.0 == m.0));
    (same, comparable && !same)
}

/// Index of the first of the features that only all pairs together can tell.
pub(super) const RANK: usize = 34;
/// All of them.
pub(super) const RANKED: std::ops::Range<usize> = RANK..RANK + 5;

/// How close two claims stand by the words around them and the passage they share: what ranks the pairs of one claim.
pub(super) fn closeness(features: &[f32; FEATURES]) -> f32 {
    let by = |name: usize| features[name];
    // near_mass, head_same, subject_same, predicate_same, rule_same, slot_context, anchors
    by(1) + 0.8 * by(7) + 0.5 * by(10) + 0.5 * by(12) + 0.5 * by(19) + 1.5 * by(22) + 0.3 * by(5)
}

/// Whether two sentences are one but for a word or two, and one rule says what both figures are of. Of twelve such pairs in the labelled events
/// all twelve were right.
pub(super) fn word_for_word(features: &[f32; FEATURES]) -> bool {
    // near, sentence, rule_same, before, after
    let by = |name: usize| features[name];
    by(0) >= 0.7 && by(2) >= 0.9 && by(19) > 0.0 && by(42) >= 0.9 && by(43) >= 0.9
}

pub(super) enum TimeScope {
    Same,
    Meets,
    Apart,
}

pub(super) fn time_relation(x: &Claim, y: &Claim) -> Option<TimeScope> {
    if x.kind().is_time() {
        return None;
    }
    let (t, u) = (x.scope.time.as_ref()?, y.scope.time.as_ref()?);
    Some(if t == u {
        TimeScope::Same
    } else if t.may_meet(u) {
        TimeScope::Meets
    } else {
        TimeScope::Apart
    })
}

/// Which parts of two claims match, differ or are not stated.
pub(super) fn why(a: &Profile, b: &Profile, corpus: &Corpus) -> Why {
    let (x, y) = (&corpus.claims[a.id.0 as usize], &corpus.claims[b.id.0 as usize]);
    let mut why = Why::default();
    if a.class.kind != 1 || x.quantity.unit == y.quantity.unit && x.quantity.unit.is_some() {
        why.matched.push("unit");
    }
    let parts: [(&'static str, &[u32], &[u32]); 4] = [
        ("measure", &a.measure, &b.measure),
        ("subject", &a.subject, &b.subject),
        ("predicate", &a.predicate, &b.predicate),
        ("place", &a.place, &b.place),
    ];
    for (name, p, q) in parts {
        let side = if p.is_empty() || q.is_empty() {
            &mut why.unknown
        } else if overlap(p, q) > 0.0 {
            &mut why.matched
        } else {
            &mut why.differs
        };
        side.push(name);
    }
    if !x.kind().is_time() {
        match time_relation(x, y) {
            Some(TimeScope::Same | TimeScope::Meets) => why.matched.push("time"),
            Some(TimeScope::Apart) => why.differs.push("time"),
            None => why.unknown.push("time"),
        }
    }
    why
}

/// How far two dates or clock times lie apart, 0–1.
fn time_distance(x: &Claim, y: &Claim) -> f32 {
    let (Some(t), Some(u)) = (&x.quantity.time, &y.quantity.time) else { return 0.5 };
    if x.kind() == Kind::Time {
        return match (t.clock, u.clock) {
            (Some(p), Some(q)) => f32::from(p.0.abs_diff(q.0)) / 1440.0,
            _ => 0.5,
        };
    }
    match (t.first, u.first) {
        (Some(p), Some(q)) => {
            let days = (crate::quantity::days_from_civil(p) - crate::quantity::days_from_civil(q)).unsigned_abs();
            ((1.0 + days as f32).ln() / 9.0).min(1.0)
        }
        _ => 0.5,
    }
}

/// The relation of the values of two claims.
pub(super) fn relation(a: &Profile, b: &Profile, corpus: &Corpus) -> Relation {
    corpus.claims[a.id.0 as usize].quantity.relate(&corpus.claims[b.id.0 as usize].quantity)
}
