//! An article as an article of another language sees it. Enters: its text, its claims. Leaves: what it holds that needs no translation (figures,
//! days, names, places), and what two articles hold in common.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::super::profile::{Profile, Profiles};
use crate::lang::Lexicon;
use crate::lang::shared::{Place, SharedNames};
use crate::model::{ArticleId, BlockKind, Claim, Corpus, Kind, Lang, SentenceId};
use crate::quantity::{Decimal, TimeValue, days_from_civil, unit_info};
use crate::rule::{Match, RuleId};
use crate::text::{Plain, Span};

/// Confidence of a pair by what its articles have in common: much (an error), enough (a warning in any run), or little, which will do where
/// few articles are read together (`rules/judge.toml` says where the severities begin).
pub(super) const SURE: f32 = 0.85;
pub(super) const LIKELY: f32 = 0.52;
const BARE: f32 = 0.45;
/// Up to so many articles are few.
const FEW: usize = 10;
/// What two articles of one story have in common at least, in anchors.
const ENOUGH: f32 = 2.0;
/// In long articles figures meet by chance: one anchor more is wanted for so many figures of the shorter.
const CHANCE: f32 = 40.0;
/// Anchors named in a finding.
const SHOWN: usize = 5;

/// A figure, a day or a name of an article that one in another language may hold too.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    pub key: u64,
    /// How little it would be shared by chance.
    pub weight: f32,
    /// Whether it is a figure and no day.
    pub figure: bool,
    /// Whether it is a figure of two digits, of which many together still say little.
    pub weak: bool,
    pub sentence: SentenceId,
    pub words: String,
}

/// An article as an article of another language sees it.
pub(super) struct Story {
    pub article: ArticleId,
    pub lang: Lang,
    /// Figures and days, sorted by key.
    pub anchors: Vec<Anchor>,
    /// Names in Latin letters and names of the settings, folded, sorted.
    pub names: Vec<String>,
    pub places: Vec<Place>,
    /// Years that it names or was printed in.
    pub years: Vec<i16>,
    pub day: Option<i64>,
    /// Sorted by measure, representative and profile.
    pub claims: Vec<Named>,
    /// What the clauses and sentences of those claims name, by span.
    pub named: FxHashMap<(u32, u32), Mentions>,
    pub lone: bool,
}

/// What a piece of text names.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    pub places: Vec<Place>,
    pub latin: Vec<String>,
}

impl Story {
    pub fn at(&self, span: Span<Plain>) -> &Mentions {
        &self.named[&(span.start, span.end)]
    }

    /// Whether the article holds an anchor.
    pub fn holds(&self, key: u64) -> bool {
        self.anchors.binary_search_by(|a| a.key.cmp(&key)).is_ok()
    }

    pub fn names(&self, name: &str) -> bool {
        self.names.binary_search_by(|n| n.as_str().cmp(name)).is_ok()
    }
}

/// A claim under a rule that has a counterpart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub measure: RuleId,
    pub rep: u32,
    pub profile: u32,
    pub rule: Match,
}

pub(super) fn key_of<T: Hash>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The value of a figure in the unit that all its spellings share.
pub(super) fn value(claim: &Claim) -> Option<Decimal> {
    let q = &claim.quantity;
    let factor = match (q.unit.as_deref().and_then(unit_info), q.base_unit.as_deref()) {
        (Some(unit), Some(base)) if unit.base == base => unit.factor,
        _ => Decimal::ONE,
    };
    q.point?.checked_mul(factor).map(|v| v.normalize())
}

pub(super) fn digits(value: Decimal) -> usize {
    value.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len()
}

/// A day by its month and number, as far as the text itself names them: `昨日` and `on Tuesday` name neither.
pub(super) fn day_key(time: &TimeValue) -> Option<u64> {
    let day = time.written_day().filter(|d| !time.relative || d.year.is_none())?;
    Some(key_of(&(8u8, day.month?, day.day)))
}

/// What a claim of an article anchors, if anything.
pub(super) fn anchor(corpus: &Corpus, claim: &Claim, profile: &Profile, printed: Option<i64>) -> Option<Anchor> {
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

pub(super) fn story(
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
    anchors.sort_by_key(|a| (a.key, a.sentence));
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
    let lone = there.sentences.iter().filter(|s| s.kind != BlockKind::Title).count() <= 1;
    let places = names.places(text);
    Story { article, lang: there.lang, anchors, names: named, places, years, day, claims, named: of_span, lone }
}

/// What two articles have in common.
pub(super) struct Shared {
    /// Figures and days, by how much they say.
    pub sum: f32,
    /// Names and places, at most one whole.
    pub named: f32,
    pub anchors: Vec<String>,
    /// The keys of shared figures and days, by the sentences of either article that hold them.
    pub held: [FxHashMap<SentenceId, Vec<u64>>; 2],
    pub confidence: Option<f32>,
}

pub(super) fn shared(a: &Story, b: &Story, names: &SharedNames, articles: usize) -> Shared {
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
