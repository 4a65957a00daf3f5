//! What stands against comparing two claims. Enters: two profiles and the slot that they share. Leaves: a reason, by the contract's code,
//! or none.

use super::profile::{Profile, Profiles, sorted_hashes};
use super::restated::{before, qualified};
use super::score::{SlotView, differ, moments, overlap, same_act};
use super::update::cumulative;
use crate::lang::compare::{CompareWords, Contrast};
use crate::model::{Aggregation, Claim, Corpus, Kind, Status};
use crate::quantity::{Decimal, TimeValue};
use crate::rule::RuleSet;
use crate::text::{Plain, Span};

pub(super) const fn aggregation_class(a: Option<Aggregation>) -> u8 {
    match a {
        None | Some(Aggregation::Total | Aggregation::Cumulative | Aggregation::Part) => 0,
        Some(Aggregation::DailyAverage) => 1,
        Some(Aggregation::MonthlyAverage) => 2,
        Some(Aggregation::YearlyAverage) => 3,
        Some(Aggregation::PerHead) => 4,
        Some(Aggregation::PerUnit) => 5,
        Some(Aggregation::Average) => 6,
        Some(Aggregation::SingleMonth) => 7,
        Some(Aggregation::New) => 8,
        Some(Aggregation::Highest) => 9,
        Some(Aggregation::Lowest) => 10,
        Some(Aggregation::Remaining) => 11,
    }
}

pub(super) const fn status_class(s: Status) -> u8 {
    match s {
        Status::Actual => 0,
        Status::Planned => 1,
        Status::Estimated => 2,
        Status::Required => 3,
        Status::Hypothetical => 4,
        Status::Denied | Status::Reported => 5,
        Status::Earlier => 6,
    }
}

/// Whether the two stand with different names of one kind: in their clauses, or farther off where neither article knows the other's name.
/// `reach` is how far off a name may stand.
fn other_name(a: &Profile, b: &Profile, profiles: &Profiles, reach: u8) -> bool {
    let (all_a, all_b) =
        (&profiles.articles[a.article.0 as usize].names, &profiles.articles[b.article.0 as usize].names);
    let mut kinds: Vec<u32> = a.names.iter().map(|(n, _)| n.kind).collect();
    kinds.dedup();
    kinds.into_iter().any(|kind| {
        let of = |p: &Profile| -> Vec<(u32, u8)> {
            p.names.iter().filter(|(n, far)| n.kind == kind && *far <= reach).map(|(n, far)| (n.stem, *far)).collect()
        };
        let (x, y) = (of(a), of(b));
        if y.is_empty() || x.iter().any(|(s, _)| y.iter().any(|(t, _)| s == t)) {
            return false;
        }
        let unknown = !x.iter().any(|(s, _)| all_b.binary_search(&(kind, *s)).is_ok())
            && !y.iter().any(|(t, _)| all_a.binary_search(&(kind, *t)).is_ok());
        let near = x.iter().any(|(_, far)| *far == 0) && y.iter().any(|(_, far)| *far == 0);
        // In one article a name that a sentence brings in stands against the one in force before it.
        let here = x.iter().chain(&y).any(|(_, far)| *far < 2);
        unknown || near && kind != 1 || a.article == b.article && here
    })
}

/// What keeps two claims from being compared, by the contract's reason code; `None` where nothing does.
pub(super) fn obstacle(
    a: &Profile,
    b: &Profile,
    corpus: &Corpus,
    (words, rules): (&CompareWords, &RuleSet),
    profiles: &Profiles,
    slot: Option<SlotView>,
    said_twice: bool,
) -> Option<&'static str> {
    let (x, y) = (&corpus.claims[a.id.0 as usize], &corpus.claims[b.id.0 as usize]);
    if a.class != b.class {
        return Some("other-unit");
    }
    if x.sentence == y.sentence {
        return Some("one-sentence");
    }
    if [x, y].iter().any(|c| matches!(c.scope.status, Status::Denied | Status::Reported)) {
        return Some("withdrawn");
    }
    // `第三位` in one slot is a rank; `13级`, without 第, a degree.
    let degree = |c: &Claim| {
        c.quantity.unit.as_deref().is_some_and(|u| !words.numbers_series(u)) && c.numeral.start == c.span.start
    };
    if x.kind() == Kind::Ordinal
        && !(degree(x) && degree(y))
        && !(slot.is_some_and(|s| s.context >= 0.75) && is_rank(x, words) && is_rank(y, words))
    {
        return Some("ordinal");
    }
    // One article says a thing twice in its title or lead and below it, or in a passage that it repeats.
    // Of a date that is what happens, of a figure what is counted.
    let restated = said_twice
        || a.lead != b.lead
            && if x.kind().is_time() {
                overlap(&a.predicate, &b.predicate) > 0.0 && status_class(a.status) == status_class(b.status)
            } else {
                a.head.is_some() && a.head == b.head
            };
    if a.article == b.article && !restated && slot.is_none_or(|s| !s.exact && s.context < 0.75) {
        return Some("one-article");
    }
    // Rows of a list are alike and follow one another; what an article says twice stands further off.
    if a.article == b.article && !restated && x.sentence.index.abs_diff(y.sentence.index) <= LIST {
        return Some("parallel");
    }
    // An hour of another day is another hour.
    if x.kind() == Kind::Time && own_day(x, a).zip(own_day(y, b)).is_some_and(|(p, q)| p != q) {
        return Some("other-time");
    }
    // The hour of one act is not the hour of another.
    let acts_apart = |p: &[u32], q: &[u32]| !p.is_empty() && !q.is_empty() && overlap(p, q) == 0.0;
    if x.kind() == Kind::Time
        && a.act.is_empty()
        && b.act.is_empty()
        && slot.is_none_or(|s| !s.exact)
        && acts_apart(&a.predicate, &b.predicate)
    {
        return Some("other-measure");
    }
    // `28年前` says when, `28年` how long.
    if x.kind() == Kind::Duration && a.ago != b.ago {
        return Some("other-measure");
    }
    let reprinted = slot.is_some_and(|s| s.reprinted());
    // `今年` and `昨日` in two articles are one wording; what day they mean hangs on when each was printed.
    let one_wording = |p: Option<Span<Plain>>, q: Option<Span<Plain>>| {
        matches!((p, q), (Some(p), Some(q))
            if words.simplified(corpus.text(a.article, p)) == words.simplified(corpus.text(b.article, q)))
    };
    if x.kind().is_time() && a.article != b.article && one_wording(Some(x.span), Some(y.span)) {
        return Some("other-time");
    }
    // The dates of two sentences that count one kind of thing, and count it otherwise, say which figures are meant.
    if x.kind().is_time() && tells_apart(&a.figures, &b.figures) {
        return Some("period");
    }
    // `当天` is the day that its own text spoke of.
    let leans = |c: &Claim| c.kind() != Kind::Time && words.anaphoric(corpus.text(c.article, c.span));
    if x.kind().is_time() && (leans(x) || leans(y)) {
        return Some("relative-day");
    }
    let for_year = |c: &Claim| words.leans_for_year(corpus.text(c.article, c.span));
    let year = |c: &Claim| c.quantity.time.as_ref().and_then(|t| t.first).map(jiff::civil::Date::year);
    if a.class.kind == 8 && (for_year(x) || for_year(y)) && year(x) != year(y) {
        return Some("relative-day");
    }
    // Two texts on two works.
    if differ(&a.works, &b.works) {
        return Some("other-name");
    }
    // Each editor's list has its own length.
    if a.article != b.article && [x, y].iter().all(|c| words.lists(c.quantity.unit.as_deref())) {
        return Some("other-measure");
    }
    // An age, a term or a day is that of the person whom its sentence names.
    let of_person = matches!(x.kind(), Kind::Age | Kind::Duration) || x.kind().is_time();
    if of_person && (differ(&a.persons[0], &b.persons[0]) || differ(&a.persons[1], &b.persons[1]) && !reprinted) {
        return Some("other-name");
    }
    // Two dates, each of an act of its own. A draft and its sources tell of one in words that share nothing.
    let many = profiles.articles.len() > super::model::FEW;
    if many && a.class.kind == 8 && slot.is_none_or(|s| !s.exact) && same_act(a, b) == Some(false) {
        return Some("other-act");
    }
    let (unit_a, unit_b) = (x.quantity.unit.as_deref(), y.quantity.unit.as_deref());
    if a.class.kind == 1 && words.same_family(unit_a, unit_b) == Some(false) {
        return Some("other-unit");
    }
    // `以10万购入一辆别克车`: a bare figure that is hundreds of times the other counts no cars.
    let bare = unit_a.is_none() != unit_b.is_none();
    if a.class.kind == 1 && bare && far_apart(x, y) && slot.is_none_or(|s| !s.exact) {
        return Some("other-unit");
    }
    if a.dateline || b.dateline {
        return Some("dateline");
    }
    let day = |p: &Profile| corpus.article(p.article).date;
    let one_day = slot.is_some_and(|s| s.exact) && a.article != b.article && day(a).is_some() && day(a) == day(b);
    if moves_with_reprint(x, y, corpus, one_day) {
        return Some("relative-day");
    }
    if a.as_of || b.as_of {
        return Some("as-of");
    }
    // In one article a figure of the day and one of the year are two, though the day lies in the year.
    if a.article == b.article
        && !x.kind().is_time()
        && a.timed
        && b.timed
        && matches!(super::score::time_relation(x, y), Some(super::score::TimeScope::Meets))
    {
        return Some("other-time");
    }
    // Two entries of one chronicle, each with its own hour.
    if a.article == b.article && !x.kind().is_time() && moments(a, b).1 {
        return Some("other-time");
    }
    if a.article == b.article && !x.kind().is_time() && dates_apart(x, y, corpus) {
        return Some("other-time");
    }
    for (o, inside) in &a.ordinals {
        if let Some((p, also)) = b.ordinals.iter().find(|(p, _)| p.noun == o.noun)
            && p.number != o.number
            && (*inside || *also)
        {
            return Some("other-ordinal");
        }
    }
    for (c, inside) in &a.contrasts {
        // The word nearest to the figure in its clause, or the only one of its list in the whole sentence.
        if let Some((d, also)) = b.contrasts.iter().find(|(d, _)| d.list == c.list)
            && d.word != c.word
            // A date belongs to what its own clause tells.
            // What frames a figure from another clause stands before it; behind it, it is of the figure there.
            && (*inside && *also || c.only && d.only && !x.kind().is_time() && frames(c, *inside, x) && frames(d, *also, y))
        {
            return Some("other-qualifier");
        }
    }
    // What an article says of the boys, of the applicants or of its spring it says of no other in its lead.
    if a.article == b.article
        && !x.kind().is_time()
        && !(a.title || b.title || said_twice)
        && slot.is_none_or(|s| !s.exact)
        && (qualified(a, b) || qualified(b, a))
    {
        return Some("other-qualifier");
    }
    // A passage reprinted inside another article keeps its own names, whatever that article speaks of before it.
    let within = slot.is_some_and(|s| s.reprinted() && s.similarity >= 0.9 && s.neighbours >= 1);
    // Of what a text says twice the words themselves tell that it is one thing: only names in their own sentences speak against it.
    if other_name(a, b, profiles, if within || said_twice { 1 } else { 2 }) {
        return Some("other-name");
    }
    if slot.is_none_or(|s| !s.exact && s.context < 0.75)
        && a.head == b.head
        && !a.modifiers.is_empty()
        && !b.modifiers.is_empty()
        && overlap(&a.modifiers, &b.modifiers) == 0.0
    {
        return Some("other-measure");
    }
    // `工业增加值`, `服务业增加值`: what one list knows as one word is of another thing all the same.
    if slot.is_none_or(|s| !s.exact && s.context < 0.75) && branches(x, y, corpus, words) {
        return Some("other-measure");
    }
    // `全村有选民1523人`, `全村户籍人口2153人`: one place, and two things counted in it.
    let meet = |p: &[u32], q: &[u32]| overlap(p, q) > 0.0;
    if a.class.kind == 1
        && slot.is_none()
        && a.whole
        && b.whole
        && a.head.is_some()
        && b.head.is_some()
        && !meet(&a.measure, &b.measure)
        && !meet(&a.predicate, &b.predicate)
        && !meet(&a.subject, &b.subject)
        && a.near.iter().filter(|w| b.near.binary_search_by_key(&w.0, |v| v.0).is_ok()).count() <= 1
    {
        return Some("other-measure");
    }
    // Two rates, each of its own thing and its own subject: `营业收入同比增长12.5%` and `货物吞吐量同比增长8.6%`.
    let apart = |p: &[u32], q: &[u32]| !p.is_empty() && !q.is_empty() && overlap(p, q) == 0.0;
    if a.class.kind == 2
        && slot.is_none_or(|s| !s.exact && s.context < 0.75)
        && apart(&a.measure, &b.measure)
        && apart(&a.subject, &b.subject)
    {
        return Some("other-measure");
    }
    // `45%的家长支持开课`, `54%的家长担心安全`: shares of one group, of whom two things are said.
    if a.class.kind == 2 && slot.is_none_or(|s| !s.exact) {
        let of_group = |p: &Profile, c: &Claim| {
            let said = words.owned(
                corpus.text(c.article, corpus.sentence(c.sentence).span),
                c.span.end as usize - corpus.sentence(c.sentence).span.start as usize,
            );
            (said && !p.after.is_empty())
                .then(|| p.after.iter().filter(|w| p.measure.binary_search(w).is_err()).copied().collect::<Vec<u32>>())
        };
        if let (Some(p), Some(q)) = (of_group(a, x), of_group(b, y))
            && !p.is_empty()
            && !q.is_empty()
            && overlap(&p, &q) < SAID
        {
            return Some("other-measure");
        }
    }
    // One sentence said of two substances: `landed 4,310 tonnes of mackerel`, `landed 2,940 tonnes of herring`.
    if a.class.kind == 5
        && slot.is_none_or(|s| !s.exact)
        && a.head != b.head
        && apart(&a.measure, &b.measure)
        && overlap(&a.subject, &b.subject) > 0.0
        && overlap(&a.predicate, &b.predicate) > 0.0
    {
        return Some("other-measure");
    }
    if x.scope.base.map(|b| b.0) != y.scope.base.map(|b| b.0)
        && (x.scope.base.is_some() && y.scope.base.is_some() || a.class.kind == 2 && slot.is_none_or(|s| !s.exact))
    {
        return Some("other-base");
    }
    if a.class.kind == 2 && !bases_meet(x, y, corpus) {
        return Some("other-base");
    }
    if gathered_otherwise(x, y)
        && (x.scope.aggregation.is_some() && y.scope.aggregation.is_some()
            || slot.is_none_or(|s| s.context < 0.9) && !left_open(x) && !left_open(y))
    {
        return Some("other-aggregation");
    }
    // Of sentences that keep two figures and change one, the time and the plan that all of them stand under keep nothing apart.
    let carried =
        slot.is_some_and(|s| s.alone()) && a.figures.iter().filter(|f| b.figures.binary_search(f).is_ok()).count() >= 2;
    // Where a change began is no value of today, whatever else the sentences keep; it is one of its own time where that is told.
    let began = (a.status == Status::Earlier) != (b.status == Status::Earlier);
    let when = |c: &'_ Claim| c.scope.time.clone().filter(|t| t.resolved() && !c.scope.time_inherited);
    let one_time = || when(x).zip(when(y)).is_some_and(|(t, u)| t.may_meet(&u));
    let apart = if began {
        !one_time()
    } else {
        status_class(a.status) != status_class(b.status) && !carried && !still_ahead(x, y, corpus, words)
    };
    if apart && !x.kind().is_time() && !said_twice {
        return Some("other-status");
    }
    // `the school, built for 210 pupils` tells how many it holds, and not how many there are.
    let holds = |c: &Claim| words.then().holds(before(c, corpus));
    if !x.kind().is_time()
        && x.scope.status == y.scope.status
        && !said_twice
        && holds(x) != holds(y)
        && slot.is_none_or(|s| !s.exact)
    {
        return Some("other-status");
    }
    // `被困的13名矿工全部升井`, `被困的11名矿工获救`: whom the figures are of their own words say, whatever became of them.
    if let (Some(p), Some(q)) = (&a.rule, &b.rule)
        && rules.apart(p, q)
        && !words.one_attribute(before(x, corpus), before(y, corpus))
    {
        return Some("other-meaning");
    }
    if !x.kind().is_time()
        && let (Some(t), Some(u)) = (&x.scope.time, &y.scope.time)
        && !t.may_meet(u)
        && (a.timed && b.timed || a.article == b.article && (a.timed || b.timed))
        && !(cumulative(x) && cumulative(y))
        && !(reprinted && one_wording(x.scope.time_span, y.scope.time_span))
        && !(carried && [x, y].iter().all(|c| c.scope.time_span.is_none_or(|t| !c.clause.contains(t))))
    {
        return Some("other-time");
    }
    // `去年同期白鹤276只`, in a text that tells no date: of the year before, and the other figure is not.
    let year_ago = |c: &Claim| {
        let ahead = c.scope.time_span.filter(|t| t.start < c.span.start || c.clause.contains(*t));
        let told = ahead.is_some_and(|t| words.year_ago(corpus.text(c.article, t)));
        told && c.scope.time.as_ref().is_some_and(|t| !t.resolved())
    };
    let dated = |c: &Claim| c.scope.time.as_ref().is_some_and(TimeValue::resolved);
    if !x.kind().is_time() && a.article != b.article && year_ago(x) != year_ago(y) && !dated(x) && !dated(y) {
        return Some("other-time");
    }
    // A count that still runs is of the day that the sentence before it names, where its own names none.
    if a.running && b.running && a.article != b.article && !x.kind().is_time() && !(cumulative(x) && cumulative(y)) {
        let (p, q) = (told_on(x, corpus), told_on(y, corpus));
        if !p.is_empty() && !q.is_empty() && p.iter().all(|t| q.iter().all(|u| !t.may_meet(u))) {
            return Some("other-time");
        }
    }
    // `如今有图书16200册` speaks against a time that was.
    let now = |c: &Claim| words.then().nowadays(sentence(corpus, c));
    if a.article == b.article && !x.kind().is_time() && !(a.title || b.title) && now(x) != now(y) {
        return Some("other-time");
    }
    if sums_to(x, y, corpus) || sums_to(y, x, corpus) {
        return Some("part-of-total");
    }
    if !x.kind().is_time() && slot.is_none_or(|s| !s.exact) && former(x, corpus, words) != former(y, corpus, words) {
        return Some("other-time");
    }
    // `扩建前有床位120张` and `扩建后有床位220张`.
    if words.then().turned(sentence(corpus, x), sentence(corpus, y)) {
        return Some("other-time");
    }
    let spot = |p: &Profile| p.spot.map(|s| corpus.text(p.article, s));
    match (spot(a), spot(b)) {
        (Some(p), Some(q))
            if !p.contains(q)
                && !q.contains(p)
                && !shares_a_pair(p, q)
                && (!sentence(corpus, x).contains(q) || !sentence(corpus, y).contains(p)) =>
        {
            return Some("other-place");
        }
        // A part of the place that the other figure is the whole of.
        (Some(p), None) if b.whole && !a.whole && !article_text(corpus, y).contains(p) => return Some("other-place"),
        (None, Some(q)) if a.whole && !b.whole && !article_text(corpus, x).contains(q) => return Some("other-place"),
        _ => {}
    }
    None
}

/// Whether two measures end in one word and are of two branches of it: `工业增加值`, `全市服务业增加值`.
fn branches(x: &Claim, y: &Claim, corpus: &Corpus, words: &CompareWords) -> bool {
    let (Some(p), Some(q)) = (x.measure, y.measure) else { return false };
    let text = |c: &Claim, s: Span<Plain>| corpus.text(c.article, s);
    let (hp, hq) = (text(x, p.head), text(y, q.head));
    let last = if hp.len() < hq.len() { hp } else { hq };
    let (Some(of_p), Some(of_q)) = (text(x, p.span).strip_suffix(last), text(y, q.span).strip_suffix(last)) else {
        return false;
    };
    if !(hp.ends_with(last) && hq.ends_with(last)) || last.chars().count() < 2 {
        return false;
    }
    let (m, n) = (sorted_hashes(words, words.unplaced(of_p)), sorted_hashes(words, words.unplaced(of_q)));
    !m.is_empty() && !n.is_empty() && overlap(&m, &n) == 0.0
}

/// The share of the words behind a share of a group that another must hold too to say the same of it.
const SAID: f32 = 0.34;

/// Whether two figures are gathered in different ways.
fn gathered_otherwise(x: &Claim, y: &Claim) -> bool {
    aggregation_class(x.scope.aggregation) != aggregation_class(y.scope.aggregation)
}

/// Whether a figure is the most, the least or of one piece: another wording of it need not say so (`最大风力13级`, `风力将达13级`).
fn left_open(claim: &Claim) -> bool {
    matches!(claim.scope.aggregation, Some(Aggregation::Highest | Aggregation::Lowest | Aggregation::PerUnit))
}

/// Whether the one is planned and the other, though told as a fact, stands in a sentence of what is still to come: `拟以1.8亿元收购`,
/// `宣布出资1.8亿元`.
fn still_ahead(x: &Claim, y: &Claim, corpus: &Corpus, words: &CompareWords) -> bool {
    let coming = |c: &Claim| words.then().coming(sentence(corpus, c), corpus.text(c.article, c.clause));
    match (x.scope.status, y.scope.status) {
        (Status::Planned, Status::Actual) => coming(y),
        (Status::Actual, Status::Planned) => coming(x),
        // `应强制休息20分钟`, and a sentence that tells of the same rule: `新规出台，要歇30分钟`.
        (Status::Required, Status::Actual) => words.then().rules(sentence(corpus, y)),
        (Status::Actual, Status::Required) => words.then().rules(sentence(corpus, x)),
        // `须支付违约金936万元`, `将拿到963万元违约金`: what one must do, the other will get.
        (Status::Required, Status::Planned) | (Status::Planned, Status::Required) => x
            .measure
            .zip(y.measure)
            .is_some_and(|(p, q)| corpus.text(x.article, p.head) == corpus.text(y.article, q.head)),
        _ => false,
    }
}

/// Whether a word of contrast stands in the clause of a figure, or before it.
const fn frames(word: &Contrast, inside: bool, claim: &Claim) -> bool {
    inside || word.at < claim.span.start
}

/// Whether one figure is more than a hundred times the other.
fn far_apart(x: &Claim, y: &Claim) -> bool {
    let hundred = |p: Decimal, q: Decimal| q.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|h| p > h);
    matches!((x.quantity.point, y.quantity.point), (Some(p), Some(q)) if hundred(p, q) || hundred(q, p))
}

fn sentence<'c>(corpus: &'c Corpus, claim: &Claim) -> &'c str {
    corpus.text(claim.article, corpus.sentence(claim.sentence).span)
}

/// Whether `part` and one other figure of its sentence make up `whole`: `全线186公里`, and `东段102公里，西段84公里`.
fn sums_to(whole: &Claim, part: &Claim, corpus: &Corpus) -> bool {
    let (Some(total), Some(own)) = (whole.quantity.point, part.quantity.point) else { return false };
    let exact =
        whole.quantity.hedge.is_none() && part.quantity.hedge.is_none() && !whole.kind().is_time() && own < total;
    exact
        && beside(corpus, part).iter().any(|c| {
            c.span != part.span
                && c.kind() == part.kind()
                && c.quantity.unit == part.quantity.unit
                && c.quantity.unit == whole.quantity.unit
                && c.quantity.point.and_then(|p| p.checked_add(own)) == Some(total)
        })
}

/// Whether the words before a figure say that it held before: `此前为`.
fn former(claim: &Claim, corpus: &Corpus, words: &CompareWords) -> bool {
    let sentence = corpus.sentence(claim.sentence).span;
    let ahead = corpus.text(claim.article, Span::new(sentence.start as usize, claim.span.start as usize));
    words.then().formerly(before(claim, corpus)) || words.then().of_another_turn(ahead)
}

/// The claims of the sentence of `claim`.
fn beside<'c>(corpus: &'c Corpus, claim: &Claim) -> &'c [Claim] {
    let all = corpus.claims_in(claim.article);
    let from = all.partition_point(|c| c.sentence < claim.sentence);
    let to = from + all[from..].partition_point(|c| c.sentence <= claim.sentence);
    &all[from..to]
}

/// Whether two figures are where one change ended: both sentences have it begin at the same value (`由2.8元上调至3.2元`, `从2.8元涨到3.5元`).
pub(super) fn one_start(a: &Profile, b: &Profile, corpus: &Corpus) -> bool {
    let claim = |p: &Profile| &corpus.claims[p.id.0 as usize];
    let (x, y) = (claim(a), claim(b));
    // The figure before this one in its clause, where a change begins.
    let start = |c: &Claim| {
        let before = beside(corpus, c).iter().rfind(|o| o.span.end <= c.span.start && !o.kind().is_time())?;
        let began = before.scope.status == Status::Earlier && before.quantity.unit == c.quantity.unit;
        (began && c.scope.status != Status::Earlier && before.clause == c.clause).then_some(before.quantity.point?)
    };
    a.article != b.article
        && !x.kind().is_time()
        && start(x).zip(start(y)).is_some_and(|(p, q)| p == q && !p.is_zero())
        && x.quantity.unit == y.quantity.unit
}

/// The dates of the sentence before that of `claim` in its paragraph, where its own names none.
fn told_on<'c>(claim: &Claim, corpus: &'c Corpus) -> Vec<&'c TimeValue> {
    let all = corpus.claims_in(claim.article);
    let of = |index: u32| -> Vec<&'c TimeValue> {
        let from = all.partition_point(|c| c.sentence.index < index);
        let here = all[from..].iter().take_while(|c| c.sentence.index == index);
        here.filter(|c| matches!(c.kind(), Kind::Date | Kind::DateRange))
            .filter_map(|c| c.quantity.time.as_ref())
            .collect()
    };
    let own = of(claim.sentence.index);
    let sentences = &corpus.article(claim.article).sentences;
    match claim.sentence.index.checked_sub(1) {
        Some(before)
            if own.is_empty() && sentences[before as usize].block == sentences[claim.sentence.index as usize].block =>
        {
            of(before)
        }
        _ => Vec::new(),
    }
}

/// Whether an ordinal is a place in an order: `第三位`, `fourth-busiest`.
fn is_rank(claim: &Claim, words: &CompareWords) -> bool {
    words.is_rank(claim.quantity.unit.as_deref()) || claim.quantity.unit.is_none() && claim.numeral.end < claim.span.end
}

/// Whether the sentences name dates of which none can be one of the other's.
fn dates_apart(x: &Claim, y: &Claim, corpus: &Corpus) -> bool {
    let dates = |c: &Claim| -> Vec<&TimeValue> {
        let dated = |c: &&Claim| matches!(c.kind(), Kind::Date | Kind::DateRange);
        let written = |t: &&TimeValue| !t.relative && t.resolved();
        beside(corpus, c).iter().filter(dated).filter_map(|c| c.quantity.time.as_ref()).filter(written).collect()
    };
    let (p, q) = (dates(x), dates(y));
    !p.is_empty() && !q.is_empty() && p.iter().all(|t| q.iter().all(|u| !t.may_meet(u)))
}

/// Whether what the sentences measure change against is known to be two things: `同比` in one and `环比` in the other, said of the
/// first figure and meant of those behind it.
fn bases_meet(x: &Claim, y: &Claim, corpus: &Corpus) -> bool {
    let bases = |c: &Claim| beside(corpus, c).iter().filter_map(|c| c.scope.base.map(|b| b.0)).collect::<Vec<_>>();
    let (p, q) = (bases(x), bases(y));
    p.is_empty() || q.is_empty() || p.iter().any(|b| q.contains(b))
}

/// Whether two dates differ only because of the day that they are counted from: the same words (`今天` in a story and in its reprint), or
/// one counted day within a week of the other, as late postings go. In a passage that two articles of one day share (`one_day`), a
/// counted day and a written one are both known, but for the day that a posting may be late.
fn moves_with_reprint(x: &Claim, y: &Claim, corpus: &Corpus, one_day: bool) -> bool {
    let (Some(t), Some(u)) = (&x.quantity.time, &y.quantity.time) else { return false };
    if corpus.text(x.article, x.span) == corpus.text(y.article, y.span) {
        return true;
    }
    // `22日` may have got its month from the wrong date.
    let open = |t: &crate::quantity::TimeValue| t.written_day().is_some_and(|d| d.month.is_none());
    let late = if one_day { 1 } else { 7 };
    let near = match (t.first, u.first) {
        _ if open(t) || open(u) => true,
        (Some(p), Some(q)) => (crate::quantity::days_from_civil(p) - crate::quantity::days_from_civil(q)).abs() <= late,
        _ => true,
    };
    // `11月21日` leans on the article for its year only; `昨日` for all.
    let bare =
        |c: &Claim| !corpus.text(c.article, c.span).chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let (p, q) = (t.relative && bare(x), u.relative && bare(y));
    x.kind() != Kind::Time && (p && q || near && (p || q))
}

fn article_text<'c>(corpus: &'c Corpus, claim: &Claim) -> &'c str {
    corpus.text(claim.article, corpus.article(claim.article).span)
}

/// Whether two sentences count one kind of thing and have no figure in common, or two of one kind and none of that kind in common.
fn tells_apart(a: &[(u64, u64)], b: &[(u64, u64)]) -> bool {
    let count = |list: &[(u64, u64)], kind: u64| list.iter().filter(|f| f.0 == kind).count();
    let shared = |kind: Option<u64>| a.iter().any(|f| kind.is_none_or(|k| k == f.0) && b.binary_search(f).is_ok());
    let anything = shared(None);
    a.iter().any(|&(kind, _)| match count(a, kind).min(count(b, kind)) {
        0 => false,
        1 => !anything,
        _ => !shared(Some(kind)),
    })
}

/// How many sentences apart the rows of one list may stand.
const LIST: u32 = 12;

/// The day of an hour, where its own sentence names it.
fn own_day(claim: &Claim, profile: &Profile) -> Option<i64> {
    let written = claim.quantity.time.as_ref().filter(|t| !t.relative && t.first == t.last).and_then(|t| t.first);
    written
        .map(crate::quantity::days_from_civil)
        .filter(|d| profile.moments.contains(&(0, *d)) || profile.day == Some(*d))
}

/// Whether two names of places have two characters or more in a row in common: `北流市民乐镇` and `广西北流`.
fn shares_a_pair(a: &str, b: &str) -> bool {
    let pairs = |t: &str| t.chars().zip(t.chars().skip(1)).collect::<Vec<_>>();
    let there = pairs(b);
    pairs(a).iter().any(|p| there.contains(p))
}
