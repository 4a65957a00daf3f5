//! The thing a figure counts or measures. Enters: the clause around the figure. Leaves: its noun phrase, after the figure or before it.

use super::clause::{Found, Line, View, leftwards, phrase};
use super::tokens::{Kind, Token};
use super::words::{Role, Tag};
use crate::model::{self, Mention, Phrase};
use crate::text::{Plain, Span};

/// What was found of the measure, and where.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measured {
    /// The phrase.
    pub(super) phrase: Option<Phrase>,
    /// Its tokens in the view, where it stands in the clause.
    pub(super) tokens: Option<(usize, usize)>,
    /// Whether it stands after the figure.
    pub(super) after: bool,
    /// Whether it was taken over from an earlier figure.
    pub(super) inherited: bool,
}

impl Measured {
    fn found(found: Found, after: bool) -> Self {
        Self { phrase: Some(found.phrase), tokens: Some((found.first, found.last)), after, inherited: false }
    }
}

/// Looks for the measure of the figure that `view` was made around.
pub(super) fn measure(line: &Line, view: &View, mention: &Mention, unit: Role) -> Measured {
    use model::Kind as K;
    let kind = mention.quantity.kind;
    match kind {
        K::Age => age(line, view),
        K::Date | K::DateRange | K::Time => Measured::default(),
        // `三年来红黄蓝的毛利率`: a frame of time.
        K::Duration if view.tokens.get(view.at + 1).is_some_and(|t| t.is(Role::LOCALIZER) && !t.is_nominal()) => {
            Measured::default()
        }
        K::Percentage | K::PercentagePoints | K::Multiple | K::Fraction | K::Ratio => share(line, view, mention, unit),
        _ => {
            if let Some(found) = attribute(line, view, mention, unit) {
                return Measured::found(found, false);
            }
            if let Some(found) = after(line, view, mention, unit) {
                return Measured::found(found, true);
            }
            if kind == K::Ordinal && unit.is(Role::EVENT_CLASSIFIER) {
                return Measured::default();
            }
            before(line, view, mention, unit)
                .filter(|f| !scrap(&view.tokens, f))
                .map_or_else(Measured::default, |f| Measured::found(f, false))
        }
    }
}

/// What is measured of a thing named behind it: `库容6800吨的冷库`, `总投资1.1亿元的新馆`.
fn attribute(line: &Line, view: &View, mention: &Mention, unit: Role) -> Option<Found> {
    let tokens = &view.tokens;
    let said = view.at.checked_sub(1).map(|k| &tokens[k])?;
    let plain = said.is_nominal()
        && said.chars >= 2
        && said.kind == Kind::Word
        && !said.is(Role::VERB
            .or(Role::PERSON)
            .or(Role::PLACE)
            .or(Role::WHOLE_PLACE)
            .or(Role::ORGANISATION)
            .or(Role::TIME));
    let owned = tokens.get(view.at + 1).is_some_and(|t| t.is(Role::OF)) && noun_follows(tokens, view.at + 1);
    let measured = matches!(mention.quantity.kind, model::Kind::Measure | model::Kind::Money);
    if measured && plain && owned { before(line, view, mention, unit) } else { None }
}

/// Whether a phrase is one character that no list holds: the end of a verb more often than a thing.
fn scrap(tokens: &[Token], found: &Found) -> bool {
    found.first == found.last && tokens[found.last].kind == Kind::Unknown && tokens[found.last].chars == 1
}

/// The noun phrase right after the figure.
fn after(line: &Line, view: &View, mention: &Mention, unit: Role) -> Option<Found> {
    let is_event = unit.is(Role::EVENT_CLASSIFIER);
    let is_share = is_share(mention.quantity.kind);
    let tokens = &view.tokens;
    let mut i = view.at + 1;
    while tokens.get(i).is_some_and(|t| t.kind == Kind::QuoteOpen || (t.is(Role::LOCALIZER) && !t.is_nominal())) {
        i += 1;
    }
    // `教师198万名和136万名保育员`: each figure has its own noun.
    let own = view.at.checked_sub(1).is_some_and(|k| {
        tokens[k].is(Role::NOUN.or(Role::PERSON)) && !tokens[k].is(Role::VERB.or(Role::LINK).or(Role::ADVERB))
    });
    // `600元、700元的价格`: the list shares what follows.
    while !own
        && let (Some(mark), Some(Kind::Figure(next))) = (tokens.get(i), tokens.get(i + 1).map(|t| t.kind))
        && (mark.kind == Kind::Pause || mark.is(Role::AND))
        && line.mentions[next].quantity.kind == mention.quantity.kind
        && !mention.quantity.kind.is_time()
    {
        i += 2;
    }
    let of = tokens.get(i).is_some_and(|t| t.is(Role::OF));
    if of {
        i += 1;
    }
    let people = unit.is(Role::PEOPLE_CLASSIFIER);
    // `17人受伤` `3人参加比赛`: what follows a count of people happened to them.
    let whole_unit = unit.is(Role::WHOLE_CLASSIFIER);
    let mut first = i;
    let mut head: Option<usize> = None;
    let mut opened_by_verb = false;
    let mut steps = 0;
    while let Some(token) = tokens.get(i) {
        steps += 1;
        if steps > 16 {
            break;
        }
        match token.kind {
            Kind::Figure(_) | Kind::Pause | Kind::Stop | Kind::Open | Kind::Close => break,
            Kind::QuoteOpen | Kind::QuoteClose | Kind::Other => {}
            _ if token.is(Role::OF) => {
                // `9起强奸残害女性的系列杀人案件`, `4000多家江苏的企业`: the phrase before the particle was a modifier.
                let placed = head
                    .is_some_and(|h| tokens[h].role.only(MODIFIES.or(Role::PRONOUN)) && tokens[h].kind == Kind::Word);
                let peopled = people && head.is_some() && !head_is_person(tokens, head) && person_follows(tokens, i);
                if head.is_none() || opened_by_verb || placed || peopled || (is_event && head_is_person(tokens, head)) {
                    head = None;
                    opened_by_verb = false;
                    first = i + 1;
                } else {
                    break;
                }
            }
            _ if token.is_nominal() && !blocks(token) => {
                let noun = token.is(Role::NOUN.or(Role::PERSON));
                let follows = noun_follows(tokens, i);
                if token.is(Role::VERB) && !noun && !follows {
                    // `5人参赛`, `企业参展`.
                    break;
                }
                if token.is(Role::VERB) && head.is_some() && !follows && !is_event {
                    break;
                }
                let next_person = tokens.get(i + 1).is_some_and(|t| t.is(Role::PERSON));
                // After a known noun what no list knows is no longer the thing counted.
                let known = head.is_some_and(|h: usize| tokens[h].is(Role::NOUN.or(Role::PERSON)));
                if token.kind == Kind::Unknown && known && !follows {
                    break;
                }
                // `10起重大拐卖儿童犯罪`, `17家企业现场签约`: a modifier before a verb is no head.
                let acts_next =
                    tokens.get(i + 1).is_some_and(|t| t.is(Role::VERB) && !t.is(Role::NOUN.or(Role::PERSON)));
                if token.kind == Kind::Word
                    && token.role.only(Role::ATTRIBUTE.or(Role::WHOLE).or(Role::ADVERB))
                    && acts_next
                {
                    i += 1;
                    continue;
                }
                head = Some(i);
                // `60批次儿童玩具`: where people are not counted a noun may follow.
                let thing_next =
                    !people && !is_share && tokens.get(i + 1).is_some_and(|t| t.is(Role::NOUN) && !t.is(Role::VERB));
                if token.is(Role::PERSON) && !is_event && !next_person && !thing_next {
                    break;
                }
                // `第一起案件受害人`: the event, not who suffered it. `20%股权价格`: the whole that the share is of.
                let next_noun = tokens.get(i + 1).is_some_and(|t| t.is(Role::NOUN) && !t.is(Role::PERSON));
                if token.is(Role::NOUN) && !token.is(Role::PERSON) && ((is_event && !next_noun) || is_share) {
                    break;
                }
            }
            _ if token.is_verbal() => {
                if head.is_some() {
                    if is_event && head_is_person(tokens, head) {
                        opened_by_verb = true;
                    } else {
                        break;
                    }
                } else if i == first && (whole_unit || people) && !of {
                    // Only a verb with a particle after its object can still modify.
                    if !particle_follows(tokens, i) || whole_unit {
                        break;
                    }
                    opened_by_verb = true;
                } else if token.is(Role::WEAK.or(Role::CHANGE)) && !of && !is_event && !particle_follows(tokens, i) {
                    break;
                } else {
                    if !of && !is_event && !particle_follows(tokens, i) && !noun_follows(tokens, i) {
                        break;
                    }
                    opened_by_verb = true;
                }
            }
            _ if head.is_none() && token.is(Role::DETERMINER) => {}
            _ if head.is_none() && of && token.is(Role::LOCALIZER) => {}
            // `50台分布于地面的荧屏`
            _ if head.is_none() && opened_by_verb && token.is(Role::PREPOSITION) => {}
            _ if is_event && head_is_person(tokens, head) && token.is(Role::ADVERB) => {}
            // `两栋外形一样的大楼`, `三处不同的地点`
            _ if token.kind == Kind::Word
                && token.role.only(Role::ADVERB.or(Role::WHOLE))
                && tokens.get(i + 1).is_some_and(|t| t.is(Role::OF))
                && noun_follows(tokens, i + 1) =>
            {
                head = None;
            }
            _ => break,
        }
        i += 1;
    }
    let head = head?;
    if whole_unit && !of {
        return None;
    }
    // `无人机5架搜山`: what no list knows is no thing counted where one stands before the figure.
    if own && !of && tokens[head].kind == Kind::Unknown {
        return None;
    }
    // `近5分钟时间` is no more than 近5分钟.
    if tokens[head].is(Role::FILLER) && first == head {
        return None;
    }
    let mut found = phrase(line.text, tokens, first, head)?;
    // The event of `三起女性遇害` is no woman.
    if is_event && tokens[head].is(Role::PERSON) && opened_by_verb {
        found.phrase.head = found.phrase.span;
    }
    Some(found)
}

/// Roles of a word that only modifies where a particle follows: `4000多家江苏的企业`, `三处不同的地点`.
const MODIFIES: Role =
    Role::PLACE.or(Role::WHOLE_PLACE).or(Role::SOME_WHOLE).or(Role::WHOLE).or(Role::ATTRIBUTE).or(Role::DETERMINER);

fn head_is_person(tokens: &[Token], head: Option<usize>) -> bool {
    head.is_some_and(|h| tokens[h].is(Role::PERSON))
}

/// Words that end a phrase though they could be nouns.
fn blocks(token: &Token) -> bool {
    token.is(Role::PRONOUN) && !token.is(Role::SOME_WHOLE)
        || token.is(Role::SHARE.or(Role::CONJUNCTION))
        || (token.is(Role::ADVERB.or(Role::PREPOSITION).or(Role::LINK))
            && !token.is(Role::NOUN.or(Role::PERSON).or(Role::ATTRIBUTE)))
        || matches!(token.tag, Some(Tag::Base(_) | Tag::Than))
}

/// Whether a kind tells a share or a growth.
const fn is_share(kind: model::Kind) -> bool {
    use model::Kind as K;
    matches!(kind, K::Percentage | K::PercentagePoints | K::Multiple | K::Fraction)
}

/// Whether the next word is a noun.
fn noun_follows(tokens: &[Token], i: usize) -> bool {
    tokens[i + 1..]
        .iter()
        .find(|t| !matches!(t.kind, Kind::QuoteOpen | Kind::QuoteClose))
        .is_some_and(|t| t.is_nominal() && !blocks(t))
}

/// Whether the phrase behind the particle at `i` ends in a person: `3名公司的员工`.
fn person_follows(tokens: &[Token], i: usize) -> bool {
    tokens[i + 1..].iter().take(4).take_while(|t| t.is_nominal() && !blocks(t)).any(|t| t.is(Role::PERSON))
}

/// Whether `的` and a noun come within a few words.
fn particle_follows(tokens: &[Token], i: usize) -> bool {
    let window = &tokens[i..tokens.len().min(i + 9)];
    window
        .iter()
        .position(|t| t.is(Role::OF) || matches!(t.kind, Kind::Figure(_) | Kind::Pause))
        .is_some_and(|k| window[k].is(Role::OF) && noun_follows(tokens, i + k))
}

/// Words between a thing and its figure.
fn skips(token: &Token, age: bool) -> bool {
    if matches!(token.kind, Kind::QuoteOpen | Kind::QuoteClose) {
        return true;
    }
    if token.kind != Kind::Word {
        return false;
    }
    if age && token.is(Role::AGE) {
        return true;
    }
    let noun = token.is(Role::NOUN.or(Role::PERSON).or(Role::ORGANISATION));
    (token.is(Role::LINK.or(Role::ADVERB).or(Role::CHANGE).or(Role::TIME).or(Role::LOCALIZER).or(Role::DETERMINER))
        && !noun)
        || (token.tag.is_some() && !noun && !matches!(token.tag, Some(Tag::According | Tag::Origin)))
        || (token.is(Role::PREPOSITION) && token.chars == 1 && token.is(Role::LINK))
}

/// The noun phrase before the figure, in its clause.
fn before(line: &Line, view: &View, mention: &Mention, unit: Role) -> Option<Found> {
    let tokens = &view.tokens;
    let mut i = view.at;
    let mut verbs = 0;
    let mut listed = false;
    // `案件在28年后告破`: when, not how long the case is.
    if mention.quantity.kind == model::Kind::Duration && i > 0 && tokens[i - 1].is(Role::LOCATIVE) {
        return None;
    }
    while i > 0 {
        let token = &tokens[i - 1];
        match token.kind {
            Kind::Figure(m) => {
                // `营收分别为6510万美元、8290万美元`, `由410亿元增至492亿元`, `截至6月30日为1108家`.
                let other = &line.mentions[m];
                let linked = i == view.at
                    || tokens[i..view.at].iter().all(|t| {
                        t.kind == Kind::Pause || t.is(Role::AND) || skips(t, false) || t.is(Role::PREPOSITION)
                    });
                let alike = other.quantity.kind == mention.quantity.kind || other.quantity.kind.is_time();
                if !linked || !alike || followed_by_noun(tokens, i - 1) {
                    return None;
                }
                i -= 1;
                // The words that led the other figure in.
                while i > 0 && tokens[i - 1].is(Role::PREPOSITION) {
                    i -= 1;
                }
            }
            Kind::Pause => {
                listed = true;
                i -= 1;
            }
            // `由去年的240座`
            _ if token.is(Role::OF)
                && i >= 2
                && (is_date(line, &tokens[i - 2])
                    || matches!(
                        tokens[i - 2].span().of(line.text),
                        "原来" | "原先" | "此前" | "之前" | "最初" | "目前" | "当初" | "现在" | "如今" | "先前"
                    )) =>
            {
                i -= 2;
                while i > 0 && tokens[i - 1].is(Role::PREPOSITION) {
                    i -= 1;
                }
            }
            _ if token.is(Role::AND) && i < view.at && matches!(tokens[i].kind, Kind::Figure(_)) => i -= 1,
            // `厂里只有7个人`: where, not what.
            _ if token.is(Role::LOCALIZER)
                && !token.is(Role::AMONG.or(Role::LINK).or(Role::ADVERB))
                && !token.is_nominal() =>
            {
                return None;
            }
            _ if skips(token, false) => i -= 1,
            // `诉求累计被受理5.1万件`: at the figure a modifier is a verb.
            _ if token.is(Role::ATTRIBUTE)
                && token.is(Role::VERB)
                && !token.is(Role::NOUN.or(Role::PERSON))
                && verbs < 2 =>
            {
                verbs += 1;
                i -= 1;
            }
            _ if token.is_nominal() && !blocks_left(token) => break,
            _ if token.is_verbal() && !token.is(Role::SAY) && verbs < 2 => {
                verbs += 1;
                i -= 1;
            }
            _ => return None,
        }
    }
    let last = i.checked_sub(1)?;
    let found = leftwards(line.text, tokens, last, 0)?;
    let head = &tokens[found.last];
    // `3个村、412户`: the noun before the list mark belongs to the figure before it. `墨西哥等26国`: what is listed is not its number.
    let counted = found.first.checked_sub(1).is_some_and(|k| matches!(tokens[k].kind, Kind::Figure(_)));
    if (listed && counted)
        || (mention.quantity.kind == model::Kind::Count
            && (head.is(Role::PLACE)
                || tokens[i..view.at].iter().any(|t| t.is(Role::AMONG) && t.span().of(line.text) == "等")))
    {
        return None;
    }
    // `低于全国平均水平1.1个百分点`: what it is held against is not what it is of.
    if is_share(mention.quantity.kind)
        && found.first.checked_sub(1).is_some_and(|k| {
            matches!(
                tokens[k].span().of(line.text),
                "高于" | "低于" | "快于" | "慢于" | "好于" | "多于" | "少于" | "领先" | "落后" | "落后于" | "领先于"
            )
        })
    {
        return None;
    }
    // `最大的一笔`, `最长的一根`: a classifier is no thing.
    if classifier_alone(found.phrase.head.of(line.text)) {
        return None;
    }
    // `在全城范围只有十几辆`: where, not what.
    if found.first.checked_sub(1).is_some_and(|k| tokens[k].is(Role::LOCATIVE)) {
        return None;
    }
    if verbs > 0 {
        // With a verb between, only a thing that the unit can count is the thing counted.
        let person = head.is(Role::PERSON);
        let name = head.kind == Kind::Name
            || head.is(Role::PLACE.or(Role::WHOLE_PLACE).or(Role::SOME_WHOLE).or(Role::ORGANISATION));
        let kind = mention.quantity.kind;
        if is_share(kind) {
            return Some(found);
        }
        let noun = head.is(Role::NOUN) && !person && !name;
        let countable = matches!(kind, model::Kind::Count | model::Kind::Measure | model::Kind::Number)
            || (kind == model::Kind::Money && noun);
        let agrees = person == unit.is(Role::PEOPLE_CLASSIFIER);
        if name
            || !countable
            || !agrees
            || tokens[..found.first].last().is_some_and(|t| t.is(Role::PREPOSITION)) && !person
        {
            return None;
        }
    }
    Some(found)
}

/// Whether the token is a date or a clock time.
fn is_date(line: &Line, token: &Token) -> bool {
    matches!(token.kind, Kind::Figure(m) if line.mentions[m].quantity.kind.is_time())
}

/// Whether words are `一` and a classifier.
fn classifier_alone(words: &str) -> bool {
    words.starts_with('一') && words.chars().count() <= 2
}

/// Whether the figure at `i` has its own noun after it.
fn followed_by_noun(tokens: &[Token], i: usize) -> bool {
    tokens.get(i + 1).is_some_and(|t| t.is_nominal() && !blocks(t) && !skips(t, false) && !t.is(Role::VERB))
}

fn blocks_left(token: &Token) -> bool {
    token.is(Role::PRONOUN) && !token.is(Role::NOUN.or(Role::PERSON))
}

/// The thing that has a share, or that grew.
fn share(line: &Line, view: &View, mention: &Mention, unit: Role) -> Measured {
    let tokens = &view.tokens;
    // `占`: what stands before it.
    let from = view.at.saturating_sub(24);
    let sharer = (from..view.at).rev().take_while(|&i| !matches!(tokens[i].kind, Kind::Figure(_))).find(|&i| {
        tokens[i].is(Role::SHARE)
            && (!tokens[i].is(Role::NOUN) || i + 1 == view.at || tokens[i + 1..view.at].iter().all(|t| skips(t, false)))
    });
    if let Some(at) = sharer {
        return thing_before(line, tokens, at).map_or_else(Measured::default, |f| Measured::found(f, false));
    }
    let owned = tokens.get(view.at + 1).is_some_and(|t| t.is(Role::OF)) && noun_follows(tokens, view.at + 1);
    let led = view
        .at
        .checked_sub(1)
        .is_some_and(|i| tokens[i].is(Role::CHANGE) || (tokens[i].is(Role::NOUN.or(Role::SUFFIX)) && !owned));
    if !led && let Some(found) = after(line, view, mention, unit) {
        return Measured::found(found, true);
    }
    before(line, view, mention, unit).map_or_else(Measured::default, |f| Measured::found(f, false))
}

/// The noun phrase that ends before `at`; where a particle ends it (`愿意住养老院的占12%`), what the particle closes.
fn thing_before(line: &Line, tokens: &[Token], at: usize) -> Option<Found> {
    let mut i = at;
    while i > 0 && (skips(&tokens[i - 1], false) || tokens[i - 1].is(Role::OF)) {
        i -= 1;
    }
    let last = i.checked_sub(1)?;
    // `骑行占19%`: an act may have a share.
    let act = tokens[last].is(Role::VERB) && !tokens[last].is(Role::WEAK);
    if tokens[last].is_nominal() || act { leftwards(line.text, tokens, last, 0) } else { None }
}

/// The person whose age the figure is.
fn age(line: &Line, view: &View) -> Measured {
    let tokens = &view.tokens;
    let mut i = view.at + 1;
    while tokens.get(i).is_some_and(|t| t.is(Role::LOCALIZER) && !t.is_nominal()) {
        i += 1;
    }
    let of = tokens.get(i).is_some_and(|t| t.is(Role::OF));
    i += usize::from(of);
    let first = i;
    let mut last = None;
    while let Some(token) = tokens.get(i) {
        if matches!(token.kind, Kind::QuoteOpen | Kind::QuoteClose) {
            i += 1;
            continue;
        }
        if token.is(Role::OF) && last.is_none_or(|l: usize| !tokens[l].is(Role::PERSON)) {
            i += 1;
            continue;
        }
        if !token.is_nominal() || (blocks(token) && !token.is(Role::PERSON)) {
            break;
        }
        // `3岁半的豆豆被困井下`: what happened to somebody named is no word for them.
        let acts = token.is(Role::VERB) && !token.is(Role::NOUN.or(Role::PERSON)) && !noun_follows(tokens, i);
        if last.is_some() && acts {
            break;
        }
        last = Some(i);
        if token.kind == Kind::Name {
            break;
        }
        // A person, then at most a name.
        if token.is(Role::PERSON) && !tokens.get(i + 1).is_some_and(named) {
            break;
        }
        if token.kind == Kind::Unknown && i > first && tokens[i - 1].is(Role::PERSON) {
            break;
        }
        i += 1;
    }
    if let Some(last) = last
        && (of || tokens[first..=last].iter().any(|t| t.is(Role::PERSON) || t.kind == Kind::Name))
        && let Some(mut found) = phrase(line.text, tokens, first, last)
    {
        found.phrase.head = person_head(line.text, tokens, found.first, found.last).unwrap_or(found.phrase.head);
        return Measured::found(found, true);
    }
    let mut i = view.at;
    while i > 0 {
        let token = &tokens[i - 1];
        let date = matches!(token.kind, Kind::Figure(m) if line.mentions[m].quantity.kind.is_time());
        if !(skips(token, true) || token.is(Role::OF) || date) {
            break;
        }
        i -= 1;
    }
    if let Some(last) = i.checked_sub(1)
        && tokens[last].is_nominal()
        && let Some(mut found) = leftwards(line.text, tokens, last, 0)
        && gender(found.phrase.span.of(line.text)).is_none()
    {
        found.phrase.head = person_head(line.text, tokens, found.first, found.last).unwrap_or(found.phrase.head);
        return Measured::found(found, false);
    }
    // `鄂某某（女，28岁）`: who stands before the bracket. `受害女性中，最小的年仅8岁`: who the clause before speaks of.
    let at =
        view.opened.or_else(|| opening(line, view)).or_else(|| (i == 0).then(|| line.clause_before(view)).flatten());
    let Some(last) = at.and_then(|at| line.before(at)) else { return Measured::default() };
    let Some(mut found) = leftwards(line.text, &line.tokens, last, last.saturating_sub(6)) else {
        return Measured::default();
    };
    if view.opened.is_none()
        && !(found.first..=found.last).any(|k| line.tokens[k].is(Role::PERSON) || line.tokens[k].kind == Kind::Name)
    {
        return Measured::default();
    }
    found.phrase.head = person_head(line.text, &line.tokens, found.first, found.last).unwrap_or(found.phrase.head);
    Measured { phrase: Some(found.phrase), ..Measured::default() }
}

/// The bracket that the figure's clause stands in, where other clauses of the bracket come before it.
fn opening(line: &Line, view: &View) -> Option<usize> {
    let Kind::Figure(m) = view.tokens[view.at].kind else { return None };
    let at = line.figures[m]?;
    (at.saturating_sub(12)..at)
        .rev()
        .take_while(|&i| line.tokens[i].kind != Kind::Close)
        .find(|&i| line.tokens[i].kind == Kind::Open)
}

/// Whether the phrase says no more than `男` or `女`.
fn gender(words: &str) -> Option<()> {
    matches!(words, "男" | "女" | "男性" | "女性" | "汉族" | "化名").then_some(())
}

fn named(token: &Token) -> bool {
    matches!(token.kind, Kind::Name | Kind::Unknown | Kind::Latin) || token.is(Role::PERSON)
}

/// The name in a phrase, or else the last word for a person.
fn person_head(text: &str, tokens: &[Token], first: usize, last: usize) -> Option<Span<Plain>> {
    let name = (first..=last).rev().find(|&i| tokens[i].kind == Kind::Name);
    let after_person = (first + 1..=last)
        .rev()
        .find(|&i| tokens[i].kind == Kind::Unknown && tokens[i].chars <= 4 && tokens[i - 1].is(Role::PERSON));
    let _ = text;
    name.or(after_person)
        .or_else(|| (first..=last).rev().find(|&i| tokens[i].is(Role::PERSON)))
        .map(|i| tokens[i].span())
}
