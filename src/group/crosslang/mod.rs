//! Claims of articles in two languages, under two rules that name one measure (`same_as`). Enters: profiles, representatives, rules. Leaves:
//! links, each with what the two articles have in common, and the pairs that are kept apart.
//!
//! No word of one language says what a word of the other means, so that two articles are of one story only where figures, dates and
//! names say so (anchors), and what keeps two figures apart are typed values: units, meanings of the rules, times, bases, statuses, places of a
//! table, names in Latin letters. Costs nothing in a run of one language; else it is linear in the figures of articles that have a
//! figure under such rules.

mod apart;
mod story;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{Pair, Representative};
use super::profile::{Profile, Profiles};
use super::{Link, agrees, score, update};
use crate::lang::Lexicon;
use crate::lang::shared::SharedNames;
use crate::model::{ArticleId, Claim, Corpus, Kind, Lang, Why};
use crate::quantity::Relation;
use crate::rule::{KeyInput, Match, RuleId, RuleSet};
use apart::{obstacle, one_time};
use story::{LIKELY, Named, SURE, Shared, Story, key_of, shared, story};

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

/// An anchor that more articles of one language hold than this brings no two together.
const MOST_HOLD: usize = 32;
/// An article with more figures under one measure than this is a list.
const MOST_CLAIMS: usize = 16;

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
    lexicon: &Lexicon,
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
                let cumulative = rules.rule(m.rule).cumulative && rules.rule(n.rule).cumulative;
                if obstacle.is_none() && !agrees(relation) && update::moved_across(x, y, corpus, lexicon, cumulative) {
                    obstacle = Some("update");
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
    lexicon: &Lexicon,
    profiles: &Profiles,
    (a, b): (&Story, &Story),
    articles: usize,
) -> Crossed {
    let shared = shared(a, b, of.2, articles);
    let looked = pairs(of, lexicon, profiles, (a, b), &shared);
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
                // The pairs of either side that fit best must speak with one voice, and this must be one of them. What has its equal over
                // there is no rival.
                let rivals = among(l.measure).iter().filter(|o| {
                    o.obstacle.is_none()
                        && !agrees(o.relation)
                        && (o.at.0 == l.at.0) != (o.at.1 == l.at.1)
                        && !said.contains(&o.at.0)
                        && !said.contains(&o.at.1)
                });
                let better = rivals.filter(|o| o.fit >= l.fit).any(|o| {
                    let (s, t) = if o.at.0 == l.at.0 { (o.at.1, l.at.1) } else { (o.at.0, l.at.0) };
                    !agrees(quantity(s).relate(quantity(t)))
                });
                better.then_some("better-match")
            }
        };
        if let Some(reason) = reason {
            crossed.misses.push((l.pair, reason));
        } else {
            clashes += 1.0;
            kept.push(l);
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
            restated: false,
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
        .map(|(a, b)| {
            let both = (&stories[a as usize], &stories[b as usize]);
            cross((corpus, rules, names), lexicon, profiles, both, articles)
        })
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
