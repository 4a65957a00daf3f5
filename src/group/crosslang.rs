//! Claims of articles in two languages, under two rules that name one measure (`same_as`). Enters: profiles, representatives, rules. Leaves:
//! links, each with what the two articles have in common, and the pairs that are kept apart.
//!
//! No word of one language says what a word of the other means, so that two articles are of one story only where figures, dates and
//! names say so (anchors), and what keeps two figures apart are typed values: units, meanings of the rules, times, bases, statuses, places of a
//! table, names in Latin letters. Costs nothing in a run of one language; else it is linear in the figures of articles that have a
//! figure under such rules.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::candidates::{Pair, Representative};
use super::obstacle::{aggregation_class, status_class};
use super::profile::{Profile, Profiles};
use super::{Link, agrees, score};
use crate::lang::Lexicon;
use crate::lang::shared::{Place, SharedNames};
use crate::model::{ArticleId, Claim, Corpus, Kind, Lang, SentenceId, Status, Why};
use crate::quantity::{Decimal, Precision, Relation, TimeValue, days_from_civil, unit_info};
use crate::rule::{Across, KeyInput, Match, RuleId, RuleSet};
use crate::text::{Plain, Span};

/// What makes a pair of two languages comparable, for the reader.
#[derive(Debug, Clone)]
pub(super) struct Common {
    /// The measure: the rule that the other names as its counterpart.
    pub measure: RuleId,
    /// The rules, that of the first claim first.
    pub rules: [RuleId; 2],
    /// What the articles have in common, in the words of both.
    pub anchors: Vec<String>,
}

/// What comparing across languages found.
#[derive(Debug, Default)]
pub(super) struct Crossed {
    pub links: Vec<Link>,
    pub misses: Vec<(Pair, &'static str)>,
}

/// Confidence of a pair by what its articles have in common: much (an error), enough (a warning in any run), or little, which will do where
/// few articles are read together (`rules/judge.toml` says where the severities begin).
const SURE: f32 = 0.85;
const LIKELY: f32 = 0.52;
const BARE: f32 = 0.45;
/// Up to so many articles are few.
const FEW: usize = 10;
/// What two articles of one story have in common at least, in anchors.
const ENOUGH: f32 = 2.0;
/// In long articles figures meet by chance: one anchor more is wanted for so many figures of the shorter.
const CHANCE: f32 = 40.0;
/// An anchor that more articles of one language hold than this brings no two together.
const MOST_HOLD: usize = 32;
/// An article with more figures under one measure than this is a list.
const MOST_CLAIMS: usize = 16;
/// Articles printed further apart than this tell of two times.
const ONE_STORY: i64 = 31;
/// Anchors named in a finding.
const SHOWN: usize = 5;

/// A figure, a day or a name of an article that one in another language may hold too.
#[derive(Debug, Clone)]
struct Anchor {
    key: u64,
    /// How little it would be shared by chance.
    weight: f32,
    /// Whether it is a figure and no day.
    figure: bool,
    /// Whether it is a figure of two digits, of which many together still say little.
    weak: bool,
    sentence: SentenceId,
    words: String,
}

/// An article as an article of another language sees it.
struct Story {
    article: ArticleId,
    lang: Lang,
    /// Figures and days, sorted by key.
    anchors: Vec<Anchor>,
    /// Names in Latin letters and names of the settings, folded, sorted.
    names: Vec<String>,
    places: Vec<Place>,
    /// Years that it names or was printed in.
    years: Vec<i16>,
    day: Option<i64>,
    /// Sorted by measure, representative and profile.
    claims: Vec<Named>,
    /// What the clauses and sentences of those claims name, by span.
    named: FxHashMap<(u32, u32), Mentions>,
    lone: bool,
}

/// What a piece of text names.
#[derive(Debug, Default)]
struct Mentions {
    places: Vec<Place>,
    latin: Vec<String>,
}

impl Story {
    fn at(&self, span: Span<Plain>) -> &Mentions {
        &self.named[&(span.start, span.end)]
    }

    /// Whether the article holds an anchor.
    fn holds(&self, key: u64) -> bool {
        self.anchors.binary_search_by(|a| a.key.cmp(&key)).is_ok()
    }

    fn names(&self, name: &str) -> bool {
        self.names.binary_search_by(|n| n.as_str().cmp(name)).is_ok()
    }
}

/// A claim under a rule that has a counterpart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    measure: RuleId,
    rep: u32,
    profile: u32,
    rule: Match,
}

fn key_of<T: Hash>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The value of a figure in the unit that all its spellings share.
fn value(claim: &Claim) -> Option<Decimal> {
    let q = &claim.quantity;
    let factor = match (q.unit.as_deref().and_then(unit_info), q.base_unit.as_deref()) {
        (Some(unit), Some(base)) if unit.base == base => unit.factor,
        _ => Decimal::ONE,
    };
    q.point?.checked_mul(factor).map(|v| v.normalize())
}

fn digits(value: Decimal) -> usize {
    value.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len()
}

/// A day by its month and number, as far as the text itself names them: `昨日` and `on Tuesday` name neither.
fn day_key(time: &TimeValue) -> Option<u64> {
    let day = time.written_day().filter(|d| !time.relative || d.year.is_none())?;
    Some(key_of(&(8u8, day.month?, day.day)))
}

/// What a claim of an article anchors, if anything.
fn anchor(corpus: &Corpus, claim: &Claim, profile: &Profile, printed: Option<i64>) -> Option<Anchor> {
    let words = || corpus.text(claim.article, claim.span).split_whitespace().collect::<Vec<_>>().join(" ");
    if claim.kind().is_time() {
        let time = claim.quantity.time.as_ref().filter(|_| !profile.dateline && claim.kind() == Kind::Date)?;
        let key = day_key(time)?;
        // That a text names the day it was printed on, or the day before, says little.
        let near = time.first.map(days_from_civil).zip(printed).is_some_and(|(day, p)| (p - day).abs() <= 1);
        let weight = if near { 0.5 } else { 1.0 };
        return Some(Anchor { key, weight, figure: false, weak: false, sentence: claim.sentence, words: words() });
    }
    if matches!(claim.kind(), Kind::Ordinal | Kind::Age | Kind::Duration | Kind::Fraction | Kind::Multiple) {
        return None;
    }
    let value = value(claim)?;
    let large = value.abs() >= Decimal::ONE_THOUSAND || claim.kind() == Kind::Money;
    let (weight, weak) = match (digits(claim.quantity.point?), large) {
        (3.., _) | (2, true) => (1.0, false),
        (2, false) | (1, true) => (0.5, true),
        _ => return None,
    };
    // A fall and a loss carry a sign in one language and a word in the other.
    let key = key_of(&(profile.class, value.abs()));
    Some(Anchor { key, weight, figure: true, weak, sentence: claim.sentence, words: words() })
}

fn story(
    (corpus, lexicon, names): (&Corpus, &Lexicon, &SharedNames),
    profiles: &Profiles,
    article: ArticleId,
    claims: Vec<Named>,
    of_article: &[u32],
) -> Story {
    let there = corpus.article(article);
    let text = corpus.text(article, there.span);
    let day = there.date.map(days_from_civil);
    let each = || of_article.iter().map(|p| &profiles.claims[*p as usize]);
    let claim = |p: &Profile| &corpus.claims[p.id.0 as usize];
    let mut anchors: Vec<Anchor> = each().filter_map(|p| anchor(corpus, claim(p), p, day)).collect();
    anchors.sort_by(|a, b| (a.key, a.sentence).cmp(&(b.key, b.sentence)));
    let mut years: Vec<i16> = each()
        .filter_map(|p| claim(p).quantity.time.as_ref().filter(|t| !t.relative))
        .filter_map(|t| t.first.zip(t.last).filter(|(first, last)| first.year() == last.year()))
        .map(|(first, _)| first.year())
        .chain(there.date.map(jiff::civil::Date::year))
        .collect();
    years.sort_unstable();
    years.dedup();
    // A unit of a figure is no name: 500MW.
    let mut figures: Vec<(u32, u32)> = each().map(claim).map(|c| (c.span.start, c.span.end)).collect();
    figures.sort_unstable();
    let inside = |at: u32| {
        let before = figures.partition_point(|f| f.0 <= at);
        before > 0 && at < figures[before - 1].1
    };
    let latin = |text: &str, from: u32| -> Vec<String> {
        let found = names.latin(text).into_iter().filter(|(at, _)| !inside(from + *at as u32));
        found.map(|(_, name)| name.to_ascii_lowercase()).collect()
    };
    let mut of_span: FxHashMap<(u32, u32), Mentions> = FxHashMap::default();
    for named in &claims {
        let claim = claim(&profiles.claims[named.profile as usize]);
        for span in [claim.clause, corpus.sentence(claim.sentence).span] {
            of_span.entry((span.start, span.end)).or_insert_with(|| {
                let text = corpus.text(article, span);
                Mentions { places: names.places(text), latin: latin(text, span.start) }
            });
        }
    }
    let mut named = latin(text, there.span.start);
    named.extend(lexicon.aliases().found(text).into_iter().map(str::to_owned));
    named.sort_unstable();
    named.dedup();
    let lone = there.sentences.iter().filter(|s| s.kind != crate::model::BlockKind::Title).count() <= 1;
    let places = names.places(text);
    Story { article, lang: there.lang, anchors, names: named, places, years, day, claims, named: of_span, lone }
}

/// What two articles have in common.
struct Shared {
    /// Figures and days, by how much they say.
    sum: f32,
    /// Names and places, at most one whole.
    named: f32,
    anchors: Vec<String>,
    /// The keys of shared figures and days, by the sentences of either article that hold them.
    held: [FxHashMap<SentenceId, Vec<u64>>; 2],
    confidence: Option<f32>,
}

fn shared(a: &Story, b: &Story, names: &SharedNames, articles: usize) -> Shared {
    let (mut i, mut j, mut strong, mut weak, mut figures) = (0, 0, 0.0f32, 0.0f32, 0.0f32);
    let mut keys: FxHashSet<u64> = FxHashSet::default();
    let mut told: Vec<(f32, String)> = Vec::new();
    while let (Some(x), Some(y)) = (a.anchors.get(i), b.anchors.get(j)) {
        if x.key == y.key && keys.insert(x.key) {
            let weight = x.weight.min(y.weight);
            *if x.weak || y.weak { &mut weak } else { &mut strong } += weight;
            figures += if x.figure && !x.weak { weight } else { 0.0 };
            told.push((weight, format!("{} = {}", x.words, y.words)));
        }
        i += usize::from(x.key <= y.key);
        j += usize::from(y.key <= x.key);
    }
    let held = [a, b].map(|story| {
        let mut held: FxHashMap<SentenceId, Vec<u64>> = FxHashMap::default();
        for anchor in story.anchors.iter().filter(|x| keys.contains(&x.key)) {
            held.entry(anchor.sentence).or_default().push(anchor.key);
        }
        held
    });
    let sum = strong + weak.min(1.0);
    let latin: Vec<&String> = a.names.iter().filter(|n| b.names(n)).collect();
    // A country stands in many stories.
    let places: Vec<Place> =
        a.places.iter().copied().filter(|p| p.level > 0 && b.places.binary_search(p).is_ok()).collect();
    let named = (latin.len() as f32 + 0.5 * places.len() as f32).min(1.0);
    told.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    let anchors = (told.into_iter().map(|(_, words)| words))
        .chain(latin.iter().map(|n| (*n).clone()))
        .chain(places.iter().map(|p| names.name(*p).to_owned()))
        .take(SHOWN)
        .collect();
    let fewest = a.anchors.len().min(b.anchors.len());
    let enough = ENOUGH + (fewest as f32 / CHANCE).floor();
    let confidence = if sum > enough || sum >= enough && named >= 0.5 {
        Some(SURE)
    } else if sum >= enough || sum >= enough - 1.0 && strong >= 1.0 && named >= 1.0 {
        Some(LIKELY)
    } else if (a.lone || b.lone) && named >= 1.0 {
        // A single sentence, a fact of the desk: there is no room for more.
        Some(LIKELY)
    } else if articles <= FEW && (figures >= 1.0 || named >= 0.5) {
        Some(BARE)
    } else {
        // Two short texts put side by side: what they could have in common is only what they are asked about.
        let bare = |s: &Story| s.anchors.iter().map(|x| x.weight).sum::<f32>() < ENOUGH;
        (articles == 2 && (bare(a) || bare(b))).then_some(BARE)
    };
    Shared { sum, named, anchors, held, confidence }
}

/// Whether two times are one: of a day without a year the month and the day; `去年底` and the year that it ends.
fn one_time(t: &TimeValue, u: &TimeValue) -> bool {
    let day = |t: &TimeValue| t.month.zip(t.day);
    let month = (t.precision == Precision::Month) == (u.precision == Precision::Month);
    // `今年二季度` and `the second quarter`, of a year that neither text names.
    let part = |t: &TimeValue| t.timex.split_once('-').map(|(_, part)| part.to_owned());
    t == u
        || t.may_meet(u)
            && (part(t).is_some() && part(t) == part(u)
                || day(t).is_some() && day(t) == day(u)
                || t.first.is_some() && (t.first, t.last) == (u.first, u.last)
                || t.last.is_some() && t.last == u.last && month && coarse(t) && coarse(u))
}

/// Whether one of two times that meet is no more than a part of the other: a month of a year, a day of a month. `3月底` and `the end of March` are
/// of one kind, and so is `since March` with anything in it.
fn part_of(t: &TimeValue, u: &TimeValue) -> bool {
    let days = |t: &TimeValue| t.first.zip(t.last).map(|(p, q)| days_from_civil(q) - days_from_civil(p) + 1);
    match (days(t), days(u)) {
        (Some(p), Some(q)) => 2 * p.max(q) > 5 * p.min(q),
        _ => t.first.is_none() && u.first.is_none() && t.precision != u.precision,
    }
}

/// Whether a time is longer than a day.
fn coarse(t: &TimeValue) -> bool {
    t.precision > Precision::Day
}

/// What keeps two claims of two languages apart.
fn obstacle(
    (corpus, rules, names): (&Corpus, &RuleSet, &SharedNames),
    (a, p, m): (&Story, &Profile, &Match),
    (b, q, n): (&Story, &Profile, &Match),
) -> Option<&'static str> {
    let (x, y) = (&corpus.claims[p.id.0 as usize], &corpus.claims[q.id.0 as usize]);
    if p.class != q.class {
        return Some("other-unit");
    }
    if [x, y].iter().any(|c| matches!(c.scope.status, Status::Denied | Status::Reported)) {
        return Some("withdrawn");
    }
    if x.kind() == Kind::Ordinal {
        return Some("ordinal");
    }
    // A fall is told by a sign in one language and by a word in the other.
    if rules.across(m, n) != Across::Comparable || x.quantity.negative != y.quantity.negative {
        return Some("other-meaning");
    }
    if p.dateline || q.dateline {
        return Some("dateline");
    }
    if p.as_of || q.as_of {
        return Some("as-of");
    }
    if x.kind().is_time() && [x, y].iter().any(|c| c.quantity.time.as_ref().is_none_or(|t| t.relative)) {
        return Some("relative-day");
    }
    if aggregation_class(x.scope.aggregation) != aggregation_class(y.scope.aggregation) {
        return Some("other-aggregation");
    }
    let base = |c: &Claim| c.scope.base.map(|b| b.0);
    if base(x) != base(y) && (p.class.kind == 2 || base(x).is_some() && base(y).is_some()) {
        return Some("other-base");
    }
    // `将` is a plan, `would` an estimate, and both say that it is still to come.
    let class = |p: &Profile| if p.status == Status::Estimated { Status::Planned } else { p.status };
    if status_class(class(p)) != status_class(class(q)) && !x.kind().is_time() {
        return Some("other-status");
    }
    if !a.years.is_empty() && !b.years.is_empty() && !a.years.iter().any(|year| b.years.contains(year)) {
        return Some("other-time");
    }
    let times = x.scope.time.as_ref().zip(y.scope.time.as_ref()).filter(|_| !x.kind().is_time());
    let one = times.is_some_and(|(t, u)| one_time(t, u));
    // The day on which a figure was published and the period that it is of: where both articles name the day, it keeps nothing apart.
    let published =
        |t: &TimeValue, u: &TimeValue| coarse(u) && day_key(t).is_some_and(|key| a.holds(key) && b.holds(key));
    // Of the year and of a month in it, each by its own words, are two figures.
    if times.is_some_and(|(t, u)| {
        !published(t, u) && !published(u, t) && (!t.may_meet(u) || !one && p.timed && q.timed && part_of(t, u))
    }) {
        return Some("other-time");
    }
    if !one && a.day.zip(b.day).is_some_and(|(s, t)| (s - t).abs() > ONE_STORY) {
        return Some("other-time");
    }
    let clause = |story: &Story, c: &Claim| story.at(c.clause).latin.clone();
    let sentence = |story: &Story, c: &Claim| story.at(corpus.sentence(c.sentence).span).latin.clone();
    // In Latin letters, and in the other article not at all, or another of those that both articles name.
    let (zh, own, en, other) = if a.lang == Lang::Zh { (x, a, y, b) } else { (y, b, x, a) };
    let named = clause(own, zh);
    if !named.is_empty() && !named.iter().any(|n| other.names(n)) {
        return Some("other-name");
    }
    let known = |latin: Vec<String>| latin.into_iter().filter(|n| a.names(n) && b.names(n)).collect::<Vec<_>>();
    let (near, there) = (known(named), known(sentence(other, en)));
    let near = if near.is_empty() { known(sentence(own, zh)) } else { near };
    if !near.is_empty() && !there.is_empty() && !near.iter().any(|n| there.contains(n)) {
        return Some("other-name");
    }
    let disjoint =
        |s: &[Place], t: &[Place]| !s.is_empty() && !t.is_empty() && !s.iter().any(|place| t.contains(place));
    for level in 0..3 {
        let of = |places: &[Place]| places.iter().copied().filter(|p| p.level == level).collect::<Vec<_>>();
        let at = |story: &Story, c: &Claim| -> Vec<Place> {
            let near = of(&story.at(c.clause).places);
            if near.is_empty() { of(&story.at(corpus.sentence(c.sentence).span).places) } else { near }
        };
        let (s, t) = (at(a, x), at(b, y));
        let abroad = |places: &[Place], other: &Story| {
            level == 0 && !places.is_empty() && places.iter().all(|p| *p != names.home() && !other.places.contains(p))
        };
        // Where the figure stands; then the other article as a whole; a story from abroad names its country.
        if disjoint(&s, &t)
            || disjoint(&s, &of(&b.places))
            || disjoint(&t, &of(&a.places))
            || abroad(&s, b)
            || abroad(&t, a)
        {
            return Some("other-place");
        }
    }
    None
}

/// A pair of claims of one measure, as far as it was looked at.
struct Looked {
    pair: Pair,
    at: (u32, u32),
    measure: RuleId,
    rules: [RuleId; 2],
    relation: Relation,
    obstacle: Option<&'static str>,
    /// How well the sentences fit each other.
    fit: f32,
}

/// The pairs of two articles.
fn pairs(
    of: (&Corpus, &RuleSet, &SharedNames),
    profiles: &Profiles,
    (a, b): (&Story, &Story),
    shared: &Shared,
) -> Vec<Looked> {
    let (corpus, rules, _) = of;
    let mut looked = Vec::new();
    for own in a.claims.chunk_by(|s, t| s.measure == t.measure) {
        let measure = own[0].measure;
        let start = b.claims.partition_point(|c| c.measure < measure);
        let others = &b.claims[start..start + b.claims[start..].partition_point(|c| c.measure == measure)];
        if own.len() > MOST_CLAIMS || others.len() > MOST_CLAIMS {
            continue;
        }
        for Named { rep: r, profile: i, rule: m, .. } in own {
            for Named { rep: s, profile: j, rule: n, .. } in others {
                let (p, q) = (&profiles.claims[*i as usize], &profiles.claims[*j as usize]);
                let (x, y) = (&corpus.claims[p.id.0 as usize], &corpus.claims[q.id.0 as usize]);
                let mut relation = score::relation(p, q, corpus);
                let tolerated = |id| rules.tolerates(id, &x.quantity, &y.quantity);
                if matches!(relation, Relation::Disjoint | Relation::Tension)
                    && (tolerated(m.rule) || tolerated(n.rule))
                {
                    relation = Relation::Rounding;
                }
                if r == s || relation == Relation::Unknown && p.class == q.class {
                    continue;
                }
                let held = |side: usize, sentence| shared.held[side].get(&sentence).map_or(&[][..], Vec::as_slice);
                let (here, there) = (held(0, x.sentence), held(1, y.sentence));
                let beside = here.iter().filter(|k| there.contains(k)).count() as f32;
                let times = x.scope.time.as_ref().zip(y.scope.time.as_ref());
                let one = times.is_some_and(|(t, u)| one_time(t, u));
                let fit = beside + if one { 1.0 } else { 0.0 } + if p.lead == q.lead { 0.5 } else { 0.0 };
                let mut obstacle = obstacle(of, (a, p, m), (b, q, n));
                // Whose age it is, and what was founded then, no figure elsewhere in the article tells.
                if obstacle.is_none() && (x.kind() == Kind::Age || x.kind().is_time()) && beside == 0.0 {
                    obstacle = Some("few-anchors");
                }
                let (pair, at) = if r < s { ((*r, *s), (*i, *j)) } else { ((*s, *r), (*j, *i)) };
                let rules = if r < s { [m.rule, n.rule] } else { [n.rule, m.rule] };
                let pair = Pair { a: pair.0, b: pair.1, slot: None };
                looked.push(Looked { pair, at, measure, rules, relation, obstacle, fit });
            }
        }
    }
    looked
}

/// Links and misses of two articles.
fn cross(
    of: (&Corpus, &RuleSet, &SharedNames),
    profiles: &Profiles,
    (a, b): (&Story, &Story),
    articles: usize,
) -> Crossed {
    let shared = shared(a, b, of.2, articles);
    let looked = pairs(of, profiles, (a, b), &shared);
    let mut crossed = Crossed::default();
    let Some(confidence) = shared.confidence else {
        let close = looked.iter().filter(|l| l.obstacle.is_none() && !agrees(l.relation));
        crossed.misses.extend(close.map(|l| (l.pair, "few-anchors")));
        return crossed;
    };
    let quantity = |p: u32| &of.0.claims[profiles.claims[p as usize].id.0 as usize].quantity;
    // Under whatever time or name: a figure that the other article has is not what clashes with a third.
    let said: FxHashSet<u32> =
        looked.iter().filter(|l| l.relation == Relation::Agree).flat_map(|l| [l.at.0, l.at.1]).collect();
    // Of one measure they stand together.
    let among = |measure: RuleId| {
        let start = looked.partition_point(|l| l.measure < measure);
        &looked[start..start + looked[start..].partition_point(|l| l.measure == measure)]
    };
    let (mut clashes, mut agreeing) = (0.0f32, 0.0f32);
    let mut kept = Vec::new();
    for l in &looked {
        let reason = match l.obstacle {
            _ if agrees(l.relation) => {
                if l.obstacle.is_none() {
                    agreeing += 1.0;
                    kept.push(l);
                }
                continue;
            }
            Some(reason) => Some(reason),
            None if said.contains(&l.at.0) || said.contains(&l.at.1) => Some("agrees-elsewhere"),
            None => {
                // The pairs of either side that fit best must speak with one voice, and this must be one of them.
                let rivals = among(l.measure).iter().filter(|o| {
                    o.obstacle.is_none() && !agrees(o.relation) && (o.at.0 == l.at.0) != (o.at.1 == l.at.1)
                });
                let better = rivals.filter(|o| o.fit >= l.fit).any(|o| {
                    let (s, t) = if o.at.0 == l.at.0 { (o.at.1, l.at.1) } else { (o.at.0, l.at.0) };
                    !agrees(quantity(s).relate(quantity(t)))
                });
                better.then_some("better-match")
            }
        };
        match reason {
            Some(reason) => crossed.misses.push((l.pair, reason)),
            None => {
                clashes += 1.0;
                kept.push(l);
            }
        }
    }
    // One figure of a story may be wrong; where most of them differ it is another story.
    let apart = clashes >= 3.0 && clashes > shared.sum + shared.named + agreeing;
    for l in kept {
        if apart && !agrees(l.relation) {
            crossed.misses.push((l.pair, "parallel"));
            continue;
        }
        let confidence = if l.fit >= 2.0 && confidence >= LIKELY { SURE } else { confidence };
        let common = Common { measure: l.measure, rules: l.rules, anchors: shared.anchors.clone() };
        crossed.links.push(Link {
            a: l.pair.a,
            b: l.pair.b,
            confidence,
            relation: l.relation,
            slot: None,
            across: Some(Box::new(common)),
        });
    }
    crossed
}

/// The claims of each article under rules that have a counterpart which figures of another language fall under too, by article.
fn paired(
    (corpus, rules, lexicon): (&Corpus, &RuleSet, &Lexicon),
    profiles: &Profiles,
    reps: &[Representative],
) -> Vec<(ArticleId, Vec<Named>)> {
    let mut all: Vec<(ArticleId, Named)> = Vec::new();
    let mut langs: FxHashMap<RuleId, [bool; 2]> = FxHashMap::default();
    for (r, rep) in reps.iter().enumerate() {
        let p = &profiles.claims[rep.profile as usize];
        let claim = &corpus.claims[p.id.0 as usize];
        let of_rate = || of_measure(corpus, rules, lexicon, claim);
        let of_noun = || of_unit(corpus, rules, lexicon, claim);
        let Some(rule) = p.rule.clone().or_else(of_rate).or_else(of_noun) else { continue };
        let Some(measure) = rules.measure_across(rule.rule) else { continue };
        for p in &rep.members {
            let article = profiles.claims[*p as usize].article;
            langs.entry(measure).or_default()[usize::from(corpus.article(article).lang == Lang::En)] = true;
            all.push((article, Named { measure, rep: r as u32, profile: *p, rule: rule.clone() }));
        }
    }
    all.retain(|(_, named)| langs[&named.measure] == [true, true]);
    all.sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0).map(|of| (of[0].0, of.iter().map(|c| c.1.clone()).collect())).collect()
}

/// The rule of a rate of change that stands in a clause of its own, behind what it is of: `进出口总额1205.8亿元，同比增长12.4%`.
fn of_measure(corpus: &Corpus, rules: &RuleSet, lexicon: &Lexicon, claim: &Claim) -> Option<Match> {
    let measure = claim.measure.filter(|m| claim.kind() == Kind::Percentage && m.span.end <= claim.clause.start)?;
    let words = lexicon.compare(claim.lang);
    let simplified = |span| words.simplified(corpus.text(claim.article, span));
    let mut text = simplified(measure.span).into_owned();
    if claim.lang == Lang::En {
        text.push(' ');
    }
    let start = text.len() + claim.span.start.checked_sub(claim.clause.start)? as usize;
    text.push_str(&simplified(claim.clause));
    classify(rules, claim, claim.quantity.unit.as_deref(), &text, start..start + claim.span.len())
}

/// The rule of a count whose noun stands where a classifier would: `1.3万商家`.
fn of_unit(corpus: &Corpus, rules: &RuleSet, lexicon: &Lexicon, claim: &Claim) -> Option<Match> {
    let noun = claim.quantity.unit.as_deref().filter(|u| claim.kind() == Kind::Count && u.chars().count() > 1)?;
    let text = lexicon.compare(claim.lang).simplified(corpus.text(claim.article, claim.clause));
    let start = claim.span.start.checked_sub(claim.clause.start)? as usize;
    let end = start + claim.span.len();
    let figure = start..if text.get(..end)?.ends_with(noun) { end - noun.len() } else { end };
    classify(rules, claim, None, &text, figure)
}

fn classify(
    rules: &RuleSet,
    claim: &Claim,
    unit: Option<&str>,
    clause: &str,
    figure: std::ops::Range<usize>,
) -> Option<Match> {
    rules.classify(&KeyInput {
        lang: claim.lang,
        kind: claim.kind(),
        unit,
        measure: None,
        measure_head: None,
        predicate: None,
        clause,
        sentence: clause,
        figure,
    })
}

/// The pairs of articles of two languages that hold an anchor or a name in common, one of them from `first` on.
fn met(stories: &[Story], first: usize, articles: usize) -> Vec<(u32, u32)> {
    let mut holders: FxHashMap<u64, [Vec<u32>; 2]> = FxHashMap::default();
    for (i, story) in stories.iter().enumerate() {
        let mut keys: Vec<u64> = story.anchors.iter().map(|a| a.key).collect();
        keys.extend(story.names.iter().map(|n| key_of(&(b'n', n))));
        keys.extend(story.places.iter().map(|p| key_of(&(b'p', p))));
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            holders.entry(key).or_default()[usize::from(story.lang == Lang::En)].push(i as u32);
        }
    }
    let mut found: Vec<(u32, u32)> = Vec::new();
    for [zh, en] in holders.values().filter(|h| h.iter().all(|side| side.len() <= MOST_HOLD)) {
        found.extend(zh.iter().flat_map(|a| en.iter().map(move |b| (*a, *b))));
    }
    if articles == 2 && stories.len() == 2 {
        found.push((0, 1));
    }
    let late = |i: u32| stories[i as usize].article.0 as usize >= first;
    found.retain(|(a, b)| (late(*a) || late(*b)) && stories[*a as usize].lang != stories[*b as usize].lang);
    found.sort_unstable();
    found.dedup();
    found
}

/// What the articles of two languages say of one measure, where one of the two is `first` or later.
pub(super) fn links(
    corpus: &Corpus,
    rules: &RuleSet,
    lexicon: &Lexicon,
    profiles: &Profiles,
    reps: &[Representative],
    first: usize,
) -> Crossed {
    let langs = |lang| corpus.articles.iter().any(|a| a.lang == lang);
    if !langs(Lang::Zh) || !langs(Lang::En) {
        return Crossed::default();
    }
    let Some(names) = lexicon.shared() else { return Crossed::default() };
    let claims = paired((corpus, rules, lexicon), profiles, reps);
    if claims.is_empty() {
        return Crossed::default();
    }
    let mut of_article: Vec<Vec<u32>> = vec![Vec::new(); profiles.articles.len()];
    for (i, p) in profiles.claims.iter().enumerate() {
        of_article[p.article.0 as usize].push(i as u32);
    }
    let stories: Vec<Story> = claims
        .into_par_iter()
        .map(|(article, claims)| {
            story((corpus, lexicon, names), profiles, article, claims, &of_article[article.0 as usize])
        })
        .collect();
    let articles = profiles.articles.len();
    let each: Vec<Crossed> = met(&stories, first, articles)
        .into_par_iter()
        .map(|(a, b)| cross((corpus, rules, names), profiles, (&stories[a as usize], &stories[b as usize]), articles))
        .collect();
    let mut all = Crossed::default();
    for one in each {
        all.links.extend(one.links);
        all.misses.extend(one.misses);
    }
    // Copies in several articles are one pair, as sure as the surest.
    all.links.sort_by(|x, y| (x.a, x.b).cmp(&(y.a, y.b)).then(y.confidence.total_cmp(&x.confidence)));
    all.links.dedup_by_key(|l| (l.a, l.b));
    let linked: FxHashSet<(u32, u32)> = all.links.iter().map(|l| (l.a, l.b)).collect();
    all.misses.retain(|(pair, _)| !linked.contains(&(pair.a, pair.b)));
    all.misses.sort_by_key(|(pair, reason)| (pair.a, pair.b, *reason));
    all.misses.dedup_by_key(|(pair, _)| (pair.a, pair.b));
    all
}

/// Why two claims of two languages are compared: what their words say of each other nobody knows, the rules say what they count.
pub(super) fn why(a: &Profile, b: &Profile, common: &Common, corpus: &Corpus, rules: &RuleSet) -> Why {
    let mut why = score::why(a, b, corpus);
    let words = |part: &str| matches!(part, "subject" | "predicate" | "place" | "measure");
    why.matched.retain(|part| !words(part));
    why.differs.retain(|part| !words(part));
    why.unknown.retain(|part| !words(part));
    why.matched.push("measure");
    why.unknown.push("subject");
    why.rules = common.rules.iter().map(|r| rules.rule(*r).id.clone()).collect();
    why.anchors.clone_from(&common.anchors);
    why
}
