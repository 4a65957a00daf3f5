//! What comparing looks at, worked out once a claim and once an article. Enters: the corpus and the words of its languages. Leaves:
//! [`Profile`]s of hashed topic words, weighed by how rare they are in this run and in the world at large.

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

use crate::lang::Lexicon;
use crate::lang::alias::Aliases;
use crate::lang::compare::{CompareWords, Contrast, Gram, Name, Ordinal, UNKNOWN_RATE};
use crate::lang::persons::{Person, persons, surnames};
use crate::model::{ArticleId, BlockKind, Claim, ClaimId, Corpus, Hedge, Kind, Lang, Status};
use crate::quantity::days_from_civil;
use crate::rule::{KeyInput, Match, RuleSet};
use crate::text::{Plain, Span};

/// Claims of one class may be compared; of two, never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Class {
    pub kind: u8,
    pub unit: u32,
}

impl Class {
    /// Whether it is of dates or times of day.
    pub const fn is_time(self) -> bool {
        matches!(self.kind, 8 | 9)
    }
}

/// One claim as comparing sees it.
#[allow(clippy::struct_excessive_bools)] // each says one thing of the sentence; together they are no state machine
#[derive(Debug)]
pub(super) struct Profile {
    pub id: ClaimId,
    pub article: ArticleId,
    pub class: Class,
    /// Topic words of the sentence: `(hash, nearness 0–1)`, sorted by hash; nearness falls with the distance to the figure.
    pub near: Vec<(u32, f32)>,
    /// Words of contrast lists in the clause, then in the rest of the sentence; the nearest of each list.
    pub contrasts: Vec<(Contrast, bool)>,
    pub ordinals: Vec<(Ordinal, bool)>,
    /// Names in the clause, then in the rest of the sentence, then in force from before it: `(name, 0 | 1 | 2)`.
    pub names: Vec<(Name, u8)>,
    /// Words of the measure that are not its head.
    pub modifiers: Vec<u32>,
    /// Whether a date only says when a figure holds.
    pub as_of: bool,
    /// Whether it is the date of a dateline.
    pub dateline: bool,
    /// Its status, or the plan that an earlier figure of its sentence stands under.
    pub status: Status,
    /// Whether its sentence speaks of the whole of a place.
    pub whole: bool,
    /// Whether its time stands in its own sentence.
    pub timed: bool,
    /// Other exact figures of the sentence.
    pub anchors: Vec<u64>,
    /// Those of them that are no dates: `(what is counted, value)`, sorted.
    pub figures: Vec<(u64, u64)>,
    /// Titles of works in the sentence, sorted.
    pub works: Vec<u32>,
    pub head: Option<u32>,
    pub measure: Vec<u32>,
    pub subject: Vec<u32>,
    pub predicate: Vec<u32>,
    pub place: Vec<u32>,
    /// Where the clause, or else the sentence before it, says that it is.
    pub spot: Option<Span<Plain>>,
    pub running: bool,
    pub title: bool,
    /// Title or lead.
    pub lead: bool,
    pub rule: Option<Match>,
    /// Hash of class, value and sentence: the same for copies.
    pub copy: u64,
    /// Topic words in the stretch before the figure and in the one behind it, sorted.
    pub before: Vec<u32>,
    pub after: Vec<u32>,
    /// The topic words nearest to the figure: `(hash, nearness)`.
    pub closest: Vec<(u32, f32)>,
    /// Whether the words behind a date tell of an utterance, of which there are many.
    pub saying: bool,
    /// Whether a length of time says how long ago something was: `28年前`.
    pub ago: bool,
    /// The characters (Chinese) or words (English) of what happens, for a date.
    pub act: Vec<char>,
    /// Whether its clause counts a part, and whether it counts the whole.
    pub part: (bool, bool),
    /// Surnames of the persons in the clause, and in the whole sentence, sorted.
    pub persons: [Vec<u32>; 2],
    /// Days (`0`) and minutes of the day (`1`) that the sentence names beside the figure, sorted.
    pub moments: Vec<(u8, i64)>,
    /// The day that the figure belongs to, where known: days since 1970.
    pub day: Option<i64>,
    /// Total weight of `near`, nearness and rarity multiplied.
    pub mass: f32,
    /// Total rarity of the sentence's words.
    pub weight: f32,
}

/// An article as comparing sees it.
#[derive(Debug, Default)]
pub(super) struct ArticleProfile {
    /// Its rarest frequent words, `(hash, weight)`, sorted by hash.
    pub topic: Vec<(u32, f32)>,
    pub norm: f32,
    /// Its exact figures of three digits or more.
    pub anchors: Vec<u64>,
    /// All names in it, `(kind, stem)`, sorted.
    pub names: Vec<(u32, u32)>,
    /// All its topic words, sorted.
    pub words: Vec<u32>,
}

/// Everything worked out for one run.
#[derive(Default)]
pub(super) struct Profiles {
    pub claims: Vec<Profile>,
    pub articles: Vec<ArticleProfile>,
    rarity: FxHashMap<u32, f32>,
    /// Of the words of drafts that came later; stands before `rarity`.
    pub fresh: FxHashMap<u32, f32>,
}

/// Articles that the background counts for: with fewer in the run, the world's frequencies decide; with more, the run's.
pub(super) const BACKGROUND_ARTICLES: f32 = 200.0;
const TOPIC_WORDS: usize = 48;
/// A word in this many articles says nothing of which of them belong together.
const TOO_COMMON: f32 = 700.0;

impl Profiles {
    /// How much a word says: the natural logarithm of one over its share of articles.
    pub fn rarity(&self, hash: u32) -> f32 {
        self.fresh.get(&hash).or_else(|| self.rarity.get(&hash)).copied().unwrap_or(4.0)
    }

    /// Words that are no rarer than this stand in so many articles that sharing them makes no two claims worth a look. In a run of some
    /// hundred articles there are none.
    pub fn least_telling(&self) -> f32 {
        ((self.articles.len() as f32 + BACKGROUND_ARTICLES) / TOO_COMMON).ln()
    }

    /// The total rarity of a claim's words, and that times their nearness: what its `weight` and `mass` are.
    pub fn weigh(&self, p: &Profile) -> (f32, f32) {
        p.near.iter().fold((0.0, 0.0), |(weight, mass), (hash, near)| {
            let r = self.rarity(*hash);
            (weight + r, mass + r * near)
        })
    }
}

/// In how many articles of the run a word stands.
#[derive(Default)]
pub(super) struct Frequencies {
    pub articles: FxHashMap<u32, u32>,
    texts: FxHashSet<u64>,
}

impl Frequencies {
    /// Counts the words of one more article; one that has the text of another counts for nothing.
    pub fn add(&mut self, corpus: &Corpus, id: ArticleId, counts: &FxHashMap<u32, u32>) -> bool {
        let new = self.texts.insert(text_hash(corpus, id));
        if new {
            for hash in counts.keys() {
                *self.articles.entry(*hash).or_default() += 1;
            }
        }
        new
    }

    /// Whether an article with this text was counted.
    pub fn holds(&self, corpus: &Corpus, id: ArticleId) -> bool {
        self.texts.contains(&text_hash(corpus, id))
    }

    /// How many articles were counted.
    pub fn counted(&self) -> usize {
        self.texts.len()
    }
}

fn text_hash(corpus: &Corpus, id: ArticleId) -> u64 {
    hash_of(corpus.text(id, corpus.article(id).span))
}

/// How often words stand in the languages that were read.
pub(super) struct World<'a>(Vec<&'a CompareWords>);

impl<'a> World<'a> {
    pub fn new(corpus: &Corpus, lexicon: &'a Lexicon) -> Self {
        // Only the languages that were read: compiling the words of another one costs milliseconds.
        let read = |lang: &Lang| corpus.articles.iter().any(|a| a.lang == *lang);
        Self([Lang::Zh, Lang::En].into_iter().filter(read).map(|lang| lexicon.compare(lang)).collect())
    }

    fn rate(&self, hash: u32) -> f32 {
        self.0.iter().map(|words| words.rate(hash)).fold(UNKNOWN_RATE, f32::max)
    }

    /// How much a word says that stands in `n` of `total` articles.
    pub fn rarity(&self, hash: u32, n: u32, total: f32) -> f32 {
        (total / (n as f32 + self.rate(hash) * BACKGROUND_ARTICLES)).ln().max(0.05)
    }

    /// How much a word that stands `n` times in an article says of its topic.
    ///
    /// By how rare a word is in the world, not in this run: in the coverage of one event its own words are common, and they tell it
    /// from another's.
    pub fn topical(&self, hash: u32, n: u32) -> f32 {
        (1.0 + (n as f32).ln()) * -self.rate(hash).ln()
    }
}

fn hash_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How far behind a date the words stand that tell whether it is the date of an utterance, in bytes.
const SAYING: usize = 60;
/// How far before and behind a figure the words stand that are compared by side, in bytes.
const SIDE: u32 = 39;
/// How many of the words nearest to a figure are looked for in the other article.
const CLOSEST: usize = 12;

/// The day (`0`) or minute (`1`) that a time claim names.
fn moment(claim: &Claim) -> Option<(u8, i64)> {
    let t = claim.quantity.time.as_ref()?;
    match claim.kind() {
        Kind::Time => t.clock.map(|c| (1, i64::from(c.0))),
        Kind::Date if t.first == t.last => t.first.map(|d| (0, days_from_civil(d))),
        _ => None,
    }
}

/// The day that a figure belongs to.
fn day_of(claim: &Claim) -> Option<i64> {
    let time = if claim.kind() == Kind::Time { claim.quantity.time.as_ref() } else { None };
    time.filter(|t| t.first.is_some())
        .or(claim.scope.time.as_ref())
        .filter(|t| t.first == t.last)
        .and_then(|t| t.first)
        .map(days_from_civil)
}

/// The class of a claim.
fn class_of(claim: &Claim) -> Class {
    let q = &claim.quantity;
    let base =
        |q: &crate::model::Quantity| q.base_unit.as_deref().or(q.unit.as_deref()).map_or(0, |u| hash_of(u) as u32);
    match q.kind {
        Kind::Count | Kind::Number => Class { kind: 1, unit: 0 },
        Kind::Percentage | Kind::Fraction => Class { kind: 2, unit: 0 },
        Kind::PercentagePoints => Class { kind: 3, unit: 0 },
        Kind::Money => Class { kind: 4, unit: base(q) },
        Kind::Measure | Kind::Temperature => Class { kind: 5, unit: base(q) },
        Kind::Duration => Class { kind: 6, unit: 0 },
        Kind::Age => Class { kind: 7, unit: 0 },
        Kind::Date | Kind::DateRange => Class { kind: 8, unit: 0 },
        Kind::Time => Class { kind: 9, unit: 0 },
        Kind::Ratio => Class { kind: 10, unit: 0 },
        Kind::Multiple => Class { kind: 11, unit: 0 },
        Kind::Ordinal => Class { kind: 12, unit: 0 },
    }
}

fn value_hash(claim: &Claim) -> u64 {
    let q = &claim.quantity;
    match &q.time {
        Some(t) => hash_of(&(&t.timex, t.clock)),
        None => hash_of(&(q.literal, q.negative)),
    }
}

/// The value as written, whatever hedge stands with it.
fn point_hash(claim: &Claim) -> u64 {
    let q = &claim.quantity;
    hash_of(&(q.point.or_else(|| q.literal.low.or(q.literal.high).map(|b| b.value)), q.negative))
}

fn is_exact(claim: &Claim) -> bool {
    claim.quantity.hedge.is_none_or(|h| h == Hedge::Range)
}

pub(super) fn sorted_hashes(words: &CompareWords, text: &str) -> Vec<u32> {
    let mut grams = Vec::new();
    words.grams(&words.simplified(text), 0, &mut grams);
    let mut hashes: Vec<u32> = grams.into_iter().map(|g| g.hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

struct SentenceWords {
    grams: Vec<Gram>,
    contrasts: Vec<Contrast>,
    ordinals: Vec<Ordinal>,
    names: Vec<Name>,
    /// In force from earlier sentences.
    earlier: Earlier,
    running: bool,
}

/// What earlier sentences of the paragraph, or the title and lead, leave in force.
#[derive(Debug, Clone, Default)]
struct Earlier {
    ordinals: Vec<Ordinal>,
    names: Vec<Name>,
}

/// The claims of one article, its topic words with their number, and its names.
pub(super) type OfArticle = (Vec<Profile>, FxHashMap<u32, u32>, Vec<(u32, u32)>);

/// What stands in each article from `first` on.
pub(super) fn read(corpus: &Corpus, first: usize, rules: &RuleSet, lexicon: &Lexicon) -> Vec<OfArticle> {
    use rayon::prelude::*;
    (first..corpus.articles.len())
        .into_par_iter()
        .map(|i| profile_article(corpus, ArticleId(i as u32), rules, lexicon))
        .collect()
}

/// Profiles of all claims and articles; `lone` is told of every word that stands in one article only: article, word, weight.
pub(super) fn profiles(
    corpus: &Corpus,
    rules: &RuleSet,
    lexicon: &Lexicon,
    mut lone: impl FnMut(u32, u32, f32),
) -> (Profiles, Frequencies) {
    let per_article = read(corpus, 0, rules, lexicon);
    let world = World::new(corpus, lexicon);
    let mut words = Frequencies::default();
    for (i, (_, counts, _)) in per_article.iter().enumerate() {
        words.add(corpus, ArticleId(i as u32), counts);
    }
    let total = words.counted() as f32 + BACKGROUND_ARTICLES;
    let rarity: FxHashMap<u32, f32> =
        words.articles.iter().map(|(hash, n)| (*hash, world.rarity(*hash, *n, total))).collect();
    let mut profiles = Profiles { rarity, ..Profiles::default() };
    for (i, of_article) in per_article.into_iter().enumerate() {
        // A word in one article only connects nothing.
        let connects = |hash| words.articles.get(&hash).is_some_and(|n| *n > 1);
        profiles.push(of_article, &world, connects, |hash, weight| lone(i as u32, hash, weight));
    }
    (profiles, words)
}

impl Profiles {
    /// Adds an article. `connects` says which words stand in another too; `lone` is told of those that do not, with their weight.
    pub fn push(
        &mut self,
        (mut claims, counts, names): OfArticle,
        world: &World<'_>,
        connects: impl Fn(u32) -> bool,
        mut lone: impl FnMut(u32, f32),
    ) {
        let mut topic = Vec::new();
        let mut words: Vec<u32> = counts.keys().copied().collect();
        words.sort_unstable();
        for (hash, n) in counts {
            let weight = world.topical(hash, n);
            if connects(hash) {
                topic.push((hash, weight));
            } else {
                lone(hash, weight);
            }
        }
        let mut anchors: Vec<u64> = claims.iter().flat_map(|p| p.anchors.iter().copied()).collect();
        anchors.sort_unstable();
        anchors.dedup();
        let mut article = ArticleProfile { anchors, names, words, ..ArticleProfile::default() };
        article.set_topic(topic);
        self.articles.push(article);
        for p in &mut claims {
            (p.weight, p.mass) = self.weigh(p);
        }
        self.claims.extend(claims);
    }
}

impl ArticleProfile {
    /// Keeps the weightiest of `topic`.
    pub fn set_topic(&mut self, mut topic: Vec<(u32, f32)>) {
        topic.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        topic.truncate(TOPIC_WORDS);
        topic.sort_unstable_by_key(|t| t.0);
        self.norm = topic.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt();
        self.topic = topic;
    }
}

/// The profiles of one article, not yet weighed.
fn profile_article(corpus: &Corpus, id: ArticleId, rules: &RuleSet, lexicon: &Lexicon) -> OfArticle {
    let article = corpus.article(id);
    let document = corpus.document_of(id);
    let words = lexicon.compare(article.lang);
    let claims = corpus.claims_in(id);
    let first = corpus.claims_of[id.0 as usize].start;
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    let mut profiles = Vec::with_capacity(claims.len());
    let mut next = 0usize;
    let mut all_names: Vec<(u32, u32)> = Vec::new();
    let (mut lead, mut paragraph) = (Earlier::default(), Earlier::default());
    let mut block = u32::MAX;
    let persons = match (article.lang, lexicon.names()) {
        // One article alone names everybody in the same way; the table of names takes milliseconds to read.
        (Lang::Zh, Some(names)) if corpus.articles.len() > 1 => {
            let texts: Vec<_> = article.sentences.iter().map(|s| (document.text(s.span), s.span.start)).collect();
            persons(&texts, names, words)
        }
        _ => vec![Vec::new(); article.sentences.len()],
    };
    for (s, sentence) in article.sentences.iter().enumerate() {
        let text = &*words.simplified(document.text(sentence.span));
        let base = sentence.span.start;
        let mut grams = Vec::new();
        words.grams(text, base, &mut grams);
        let begin = next;
        while claims.get(next).is_some_and(|c| c.sentence.index as usize == s) {
            next += 1;
        }
        let here = &claims[begin..next];
        grams.retain(|g| !here.iter().any(|c| c.span.start <= g.at && g.at < c.span.end));
        for gram in &grams {
            *counts.entry(gram.hash).or_default() += 1;
        }
        let (mut ordinals, mut names) = (Vec::new(), Vec::new());
        words.ordinals(text, base, &mut ordinals);
        for claim in here.iter().filter(|c| c.kind() == Kind::Ordinal) {
            let number = claim.quantity.point.and_then(|p| u32::try_from(p).ok());
            let unit = claim.quantity.unit.as_deref();
            if let Some(o) = number.zip(unit).and_then(|(n, u)| words.ordinal_of(n, u, claim.span.start))
                && !ordinals.iter().any(|p| p.noun == o.noun && p.number == o.number)
            {
                ordinals.push(o);
            }
        }
        if lexicon.aliases().is_empty() {
            words.names(text, base, &mut names);
        } else {
            // Names are read from the text with one form for each, and led back to where they stand.
            let (named, places) = lexicon.aliases().named_with_places(text);
            words.names(&named, 0, &mut names);
            for name in &mut names {
                let at = name.at as usize;
                let (new, old) = places[places.partition_point(|p| p.0 <= at).saturating_sub(1)];
                name.at = base + ((old + (at - new)).min(text.len())) as u32;
            }
        }
        all_names.extend(names.iter().map(|n| (n.kind, n.stem)));
        if sentence.block != block {
            block = sentence.block;
            paragraph = lead.clone();
        }
        let earlier = paragraph.clone();
        let series: Vec<Ordinal> = ordinals.iter().copied().filter(|o| words.of_series(o)).collect();
        paragraph.ordinals.retain(|o| !series.iter().any(|p| p.noun == o.noun));
        paragraph.ordinals.extend(series);
        paragraph.names.retain(|n| !names.iter().any(|m| m.kind == n.kind));
        paragraph.names.extend(names.iter().copied());
        if sentence.lead || matches!(sentence.kind, BlockKind::Title) {
            lead = paragraph.clone();
        }
        if here.is_empty() {
            continue;
        }
        let view = SentenceWords {
            grams,
            contrasts: words.contrasts(text, base),
            ordinals,
            names,
            earlier,
            running: words.running(text),
        };
        let folded = lexicon.folded(article.lang, text);
        let whole = words.whole(text);
        let works = words.works(text);
        for (k, claim) in here.iter().enumerate() {
            let class = class_of(claim);
            let claim_id = ClaimId(first + (begin + k) as u32);
            let mut p = profile(document.plain(), claim, claim_id, class, &view, (words, lexicon.aliases()));
            // `截至8日14时`: the hour stands behind a day that stands behind the word.
            let mut from = k;
            while from > 0
                && claim.kind().is_time()
                && here[from - 1].kind().is_time()
                && here[from - 1].span.end == here[from].span.start
            {
                from -= 1;
            }
            p.as_of = claim.kind().is_time() && words.as_of(text, (here[from].span.start - base) as usize);
            p.dateline = claim.kind().is_time() && words.dateline(text, (claim.span.end - base) as usize);
            // `2026年10月29日 启明药业今日发布三季报`: a whole date alone before the lead.
            let alone =
                text.get((claim.span.end - base) as usize..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
            p.dateline |= article.lang == Lang::Zh
                && claim.kind() == Kind::Date
                && sentence.lead
                && claim.span.start == sentence.span.start
                && alone
                && claim
                    .quantity
                    .time
                    .as_ref()
                    .is_some_and(|t| !t.relative && t.written_day().is_some_and(|d| d.year.is_some()));
            if p.status == Status::Actual
                && let Some(before) = here[..k].iter().rev().find(|c| c.scope.status != Status::Actual)
                && before.scope.status == Status::Planned
            {
                p.status = Status::Planned;
            }
            p.whole = whole;
            let own = |c: &Claim| c.scope.place.filter(|_| !c.scope.place_inherited);
            p.spot = here[..=k].iter().rev().find_map(own);
            p.timed = claim.scope.time_span.is_some_and(|t| sentence.span.contains(t));
            p.lead = sentence.lead || matches!(sentence.kind, BlockKind::Title);
            p.title = matches!(sentence.kind, BlockKind::Title);
            p.anchors = here
                .iter()
                .enumerate()
                .filter(|(j, c)| *j != k && is_exact(c) && !matches!(c.kind(), Kind::Ordinal | Kind::Number))
                .map(|(_, c)| value_hash(c))
                .collect();
            p.anchors.sort_unstable();
            p.anchors.dedup();
            p.figures = here
                .iter()
                .filter(|c| !c.kind().is_time() && c.kind() != Kind::Ordinal)
                .map(|c| (hash_of(&(class_of(c), &c.quantity.unit)), point_hash(c)))
                .collect();
            p.figures.sort_unstable();
            p.works.clone_from(&works);
            p.ago = words.ago(text, (claim.span.end - base) as usize);
            if claim.kind().is_time() {
                let from = (claim.span.end - base) as usize;
                let to = (from + SAYING..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
                p.saying = words.saying(text.get(from..to).unwrap_or(""));
            }
            let clause =
                |span: Span<Plain>| text.get((span.start - base) as usize..(span.end - base) as usize).unwrap_or(text);
            p.part = words.part_or_total(clause(claim.clause));
            let inside = |p: &&Person| claim.clause.start <= p.at && p.at < claim.clause.end;
            p.persons = [surnames(persons[s].iter().filter(inside)), surnames(persons[s].iter())];
            p.moments = here.iter().enumerate().filter(|(j, _)| *j != k).filter_map(|(_, c)| moment(c)).collect();
            p.moments.sort_unstable();
            p.moments.dedup();
            p.copy = hash_of(&(class, value_hash(claim), text, claim.span.start - base));
            // Rules join accounts by different hands; one article alone is not worth compiling them for.
            p.rule = if corpus.articles.len() > 1 { match_rule(&folded, base, claim, rules) } else { None };
            p.running |= p.rule.as_ref().is_some_and(|m| rules.rule(m.rule).cumulative);
            profiles.push(p);
        }
    }
    all_names.sort_unstable();
    all_names.dedup();
    (profiles, counts, all_names)
}

/// The rule of a claim, read in the simplified script. `folded` is its sentence, as long in bytes as it stands from `base` on.
fn match_rule(folded: &str, base: u32, claim: &Claim, rules: &RuleSet) -> Option<Match> {
    let slice =
        |span: Span<Plain>| folded.get(span.start.checked_sub(base)? as usize..span.end.checked_sub(base)? as usize);
    let start = claim.span.start.checked_sub(claim.clause.start)? as usize;
    rules.classify(&KeyInput {
        lang: claim.lang,
        kind: claim.kind(),
        unit: claim.quantity.unit.as_deref(),
        measure: claim.measure.and_then(|m| slice(m.span)),
        measure_head: claim.measure.and_then(|m| slice(m.head)),
        predicate: claim.predicate.and_then(slice),
        clause: slice(claim.clause)?,
        sentence: folded,
        figure: start..start + claim.span.len(),
    })
}

fn profile(
    plain: &str,
    claim: &Claim,
    id: ClaimId,
    class: Class,
    view: &SentenceWords,
    (words, aliases): (&CompareWords, &Aliases),
) -> Profile {
    let scale = if claim.lang == Lang::Zh { 30.0 } else { 45.0 };
    let inside = |at: u32| claim.clause.start <= at && at < claim.clause.end;
    let distance = |at: u32| {
        if at < claim.span.start { claim.span.start - at } else { at.saturating_sub(claim.span.end) }
    };
    let mut near: Vec<(u32, f32)> = view
        .grams
        .iter()
        .map(|g| {
            let fade = (-(distance(g.at) as f32) / scale).exp();
            (g.hash, if inside(g.at) { fade.max(0.25) } else { fade * 0.7 + 0.03 })
        })
        .collect();
    near.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    near.dedup_by_key(|g| g.0);
    let mut closest = near.clone();
    closest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    closest.truncate(CLOSEST);
    let side = |from: u32, to: u32| {
        let mut words: Vec<u32> = view.grams.iter().filter(|g| from <= g.at && g.at < to).map(|g| g.hash).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let before = side(claim.span.start.saturating_sub(SIDE), claim.span.start);
    let after = side(claim.span.end, claim.span.end + SIDE);
    let mut contrasts: Vec<(Contrast, bool)> = view.contrasts.iter().map(|c| (*c, inside(c.at))).collect();
    contrasts.sort_by_key(|(c, inside)| (c.list, !inside, distance(c.at), c.at));
    contrasts.dedup_by_key(|(c, _)| c.list);
    let mut ordinals: Vec<(Ordinal, bool)> = view
        .ordinals
        .iter()
        .filter(|o| !(claim.span.start <= o.at && o.at < claim.span.end))
        .map(|o| (*o, inside(o.at) || words.of_series(o)))
        .collect();
    ordinals.sort_by_key(|(o, inside)| (o.noun, !inside, distance(o.at), o.at));
    ordinals.dedup_by_key(|(o, _)| o.noun);
    // An ordinal of a series in force from before stands behind those of the sentence.
    for o in &view.earlier.ordinals {
        if !ordinals.iter().any(|(p, _)| p.noun == o.noun) {
            ordinals.push((*o, true));
        }
    }
    let mut names: Vec<(Name, u8)> = view.names.iter().map(|n| (*n, u8::from(!inside(n.at)))).collect();
    for n in &view.earlier.names {
        if !names.iter().any(|(m, _)| m.kind == n.kind) {
            names.push((*n, 2));
        }
    }
    names.sort_unstable();
    let part = |span: Option<Span<Plain>>| span.map_or_else(Vec::new, |s| sorted_hashes(words, s.of(plain)));
    let running = view.running;
    let head = claim.measure.map(|m| m.head.of(plain)).filter(|h| !h.is_empty());
    Profile {
        id,
        article: claim.article,
        class,
        near,
        contrasts,
        ordinals,
        anchors: Vec::new(),
        figures: Vec::new(),
        works: Vec::new(),
        names,
        modifiers: claim.measure.map_or_else(Vec::new, |m| {
            let before: Span<Plain> = Span::new(m.span.start as usize, m.head.start.max(m.span.start) as usize);
            sorted_hashes(words, words.unplaced(before.of(plain)))
        }),
        as_of: false,
        dateline: false,
        status: claim.scope.status,
        whole: false,
        timed: false,
        head: head.map(|h| sorted_hashes(words, h).last().copied().unwrap_or_else(|| hash_of(h) as u32)),
        measure: part(claim.measure.map(|m| m.span)),
        subject: claim.subject.map_or_else(Vec::new, |s| sorted_hashes(words, &aliases.named(s.of(plain)))),
        predicate: part(claim.predicate),
        place: part(claim.scope.place),
        spot: None,
        running,
        title: false,
        lead: false,
        rule: None,
        copy: 0,
        before,
        after,
        closest,
        saying: false,
        ago: false,
        act: match (claim.predicate, claim.lang) {
            (Some(p), Lang::Zh) => words.act(p.of(plain)),
            _ => Vec::new(),
        },
        part: (false, false),
        persons: [Vec::new(), Vec::new()],
        moments: Vec::new(),
        day: day_of(claim),
        mass: 0.0,
        weight: 0.0,
    }
}
