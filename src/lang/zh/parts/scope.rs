//! Where, when, against what, how gathered, how certain, on whose word. Enters: a sentence as tokens and one figure in it.
//! Leaves: the scope of its claim.

use super::super::super::Context;
use super::clause::{Line, View, trim};
use super::measure::Measured;
use super::tokens::{Kind, Token};
use super::words::{Role, Tag};
use crate::model::{self, Aggregation, Base, Mention, Status};
use crate::quantity::{Precision, TimeValue};
use crate::text::{Plain, Span};

/// What the sentence says of all figures in it, read once.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// Words that deny the whole sentence.
    denied: bool,
    /// From which token on which status holds beyond its clause.
    carried: Vec<(usize, Status)>,
    /// The word by which somebody answers what was denied before it.
    said: Option<usize>,
    /// From the word that announces a correction to the word that gives what is right.
    corrected: Option<(usize, usize)>,
    /// The run of clauses whose figures are parts of one before.
    parts: Option<std::ops::Range<usize>>,
    /// On whose word the sentence is told.
    attribution: Option<(usize, Span<Plain>)>,
}

impl Frame {
    /// Reads the sentence.
    pub(super) fn new(line: &Line) -> Self {
        let mut frame = Self::default();
        let mut announced = None;
        for (i, token) in line.tokens.iter().enumerate() {
            match token.tag {
                Some(Tag::DeniedWhole) => frame.denied = true,
                Some(Tag::Correction) => announced = announced.or(Some(i)),
                Some(Tag::Corrected) if frame.corrected.is_none() => frame.corrected = announced.map(|from| (from, i)),
                Some(Tag::Aggregation(Aggregation::Part)) if frame.parts.is_none() => {
                    // Up to a stop stronger than a comma.
                    let end = line.tokens[i..].iter().position(|t| {
                        t.kind == Kind::Stop && !matches!(t.span().of(line.text), "，" | "," | "：" | ":")
                    });
                    frame.parts = Some(i + 1..end.map_or(line.tokens.len(), |k| i + k));
                }
                // A status word right before a stop holds for what follows: `气象台预计，…`.
                Some(Tag::Status(status)) if !quoted(&line.tokens[..i], status) => {
                    let stops = line.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Stop);
                    let long = matches!(status, Status::Reported | Status::Hypothetical);
                    if stops || long || status == Status::Actual {
                        frame.carried.push((i, status));
                    }
                }
                Some(Tag::According) if frame.attribution.is_none() => {
                    frame.attribution = source(line, i).map(|span| (i, span));
                }
                _ => {}
            }
            if token.is(Role::SAY) && matches!(frame.carried.last(), Some((_, Status::Denied))) {
                frame.said = frame.said.or(Some(i));
            }
            if frame.attribution.is_none() && token.is(Role::SAY) {
                frame.attribution = speaker(line, i).map(|span| (i, span));
            }
        }
        frame
    }

    /// On whose word the figure at token `at` is told.
    pub(super) fn attribution(&self, _at: usize) -> Option<Span<Plain>> {
        self.attribution.map(|(_, span)| span)
    }
}

/// `据统计` whole; of `据省科协统计` the source.
fn source(line: &Line, at: usize) -> Option<Span<Plain>> {
    let mut end = at + 1;
    while let Some(token) = line.tokens.get(end) {
        if token.bounds() || matches!(token.kind, Kind::Figure(_)) || end > at + 12 {
            break;
        }
        end += 1;
        if token.is(Role::SAY) {
            break;
        }
    }
    let last = end.checked_sub(1).filter(|&l| l > at)?;
    let says = line.tokens[last].is(Role::SAY);
    let word = line.tokens[at].span().of(line.text);
    if !says && !line.tokens.get(end).is_some_and(|t| t.kind == Kind::Stop) {
        return None;
    }
    // `根据规定` and `按照计划` are no sources.
    if word != "据" && !says {
        return None;
    }
    let named = if says { last - 1 } else { last };
    if named > at {
        let span = Span::new(line.tokens[at + 1].start as usize, line.tokens[named].end as usize);
        let span = trim(line.text, span);
        if !span.is_empty() {
            return Some(span);
        }
    }
    Some(Span::new(line.tokens[at].start as usize, line.tokens[last].end as usize))
}

/// Who says it: the phrase before a verb of saying that closes its clause or opens what is said.
fn speaker(line: &Line, at: usize) -> Option<Span<Plain>> {
    let verb = line.tokens[at];
    let closes = line.tokens.get(at + 1).is_none_or(|t| t.kind == Kind::Stop || t.kind == Kind::QuoteOpen);
    let plain = verb.is(Role::SAY) && verb.role.only(Role::SAY) && verb.tag.is_none();
    if !closes && !plain {
        return None;
    }
    // `分数线公布：`: what is announced says nothing.
    let who = line.tokens[at.saturating_sub(4)..at]
        .iter()
        .any(|t| t.kind == Kind::Name || t.is(Role::PERSON.or(Role::ORGANISATION)) || t.kind == Kind::Unknown);
    if !plain
        && !line.tokens[..at]
            .last()
            .is_some_and(|t| who && (!t.is(Role::NOUN) || t.is(Role::PERSON.or(Role::ORGANISATION))))
    {
        return None;
    }
    // `志愿者会说阿拉伯语`
    if at > 0 && line.tokens[at - 1].is(Role::ADVERB.or(Role::WEAK)) {
        return None;
    }
    let mut first = at;
    while first > 0 {
        let token = line.tokens[first - 1];
        let inner = token.is_nominal() && !token.is(Role::PRONOUN.or(Role::TIME)) && !token.role.only(Role::WHOLE)
            || matches!(token.kind, Kind::Unknown | Kind::Name | Kind::Latin);
        if !inner {
            break;
        }
        first -= 1;
    }
    (first < at)
        .then(|| trim(line.text, Span::new(line.tokens[first].start as usize, line.tokens[at - 1].end as usize)))
}

/// Whether a word that tells of an earlier report names a source, and takes nothing back: `据某报此前报道，…`.
fn quoted(before: &[Token], status: Status) -> bool {
    status == Status::Reported
        && before.iter().rev().take_while(|t| t.kind != Kind::Stop).any(|t| matches!(t.tag, Some(Tag::According)))
}

/// The status of the figure at token `at`.
pub(super) fn status(frame: &Frame, view: &View, at: usize) -> Status {
    if frame.denied {
        return Status::Denied;
    }
    if let Some((from, to)) = frame.corrected {
        if from < at && at < to {
            return Status::Reported;
        }
        if to < at {
            return Status::Actual;
        }
    }
    // The nearest word before it in its clause.
    let tokens = &view.tokens;
    let mut modified = false;
    for (i, token) in tokens[..view.at].iter().enumerate().rev() {
        modified |= token.is(Role::OF);
        let Some(Tag::Status(status)) = token.tag else { continue };
        if token.is(Role::NOUN) && !telling_noun(token, status) || quoted(&tokens[..i], status) {
            continue;
        }
        // `应当立案而不立案的案件402件`: the duty lies within the modifier.
        if modified && matches!(status, Status::Required | Status::Denied) {
            continue;
        }
        // `将1998年的四起案件串并`: the preposition, not the future.
        if status == Status::Planned && token.is(Role::PREPOSITION) && !tokens.get(i + 1).is_some_and(ahead) {
            continue;
        }
        return status;
    }
    let before = frame.carried.partition_point(|(from, _)| *from < at);
    before.checked_sub(1).map_or(Status::Actual, |i| {
        let (from, status) = frame.carried[i];
        // `针对房产的传闻，他表示，有三套房`: what is said about a rumour is no rumour.
        let answered = status == Status::Denied && frame.said.is_some_and(|said| from < said && said < at);
        if answered { Status::Actual } else { status }
    })
}

/// Whether a word after `将` makes it the future: a verb, or what leads to one.
fn ahead(token: &Token) -> bool {
    (token.is(Role::VERB.or(Role::WEAK).or(Role::CHANGE).or(Role::ADVERB).or(Role::LINK).or(Role::CAUSE))
        && !token.is(Role::PERSON))
        || (token.is(Role::PREPOSITION) && token.kind == Kind::Word)
}

/// Whether a noun such as `计划` or `限额` still says how certain its figure is.
fn telling_noun(token: &Token, status: Status) -> bool {
    token.is(Role::LINK.or(Role::VERB)) || status == Status::Required
}

/// Over what the figure was gathered.
pub(super) fn aggregation(
    line: &Line,
    frame: &Frame,
    view: &View,
    measured: &Measured,
    at: usize,
) -> Option<Aggregation> {
    let Kind::Figure(own) = view.tokens[view.at].kind else { return None };
    let is_share = !matches!(line.mentions[own].quantity.kind, model::Kind::Count);
    let mut part = None;
    let counts_after = measured.after && !is_share;
    for (i, token) in view.tokens[..view.at].iter().enumerate().rev() {
        if let Kind::Figure(m) = token.kind
            && !line.mentions[m].quantity.kind.is_time()
        {
            // `由每人每天4元提高到5元`: both ends of a change are gathered alike.
            let (start, end) = (&line.mentions[m].quantity, &line.mentions[own].quantity);
            let between = &view.tokens[i + 1..view.at];
            let changes = between.iter().any(|t| t.is(Role::CHANGE))
                && between.iter().all(|t| t.is(Role::CHANGE.or(Role::LINK).or(Role::ADVERB).or(Role::PREPOSITION)));
            if changes && start.kind == end.kind && start.unit == end.unit {
                continue;
            }
            break;
        }
        if let Some(Tag::Aggregation(found)) = token.tag {
            // `最大的一座充电站有80个车位`: the station is the largest, not the number.
            let of_thing = matches!(found, Aggregation::Highest | Aggregation::Lowest)
                && counts_after
                && view.tokens.get(i + 1).is_some_and(|t| t.is(Role::OF));
            if of_thing {
                continue;
            }
            if found == Aggregation::Part {
                part = Some(found);
            } else {
                return Some(found);
            }
        }
    }
    if part.is_none()
        && let Some(found) = in_measure(line, measured).or_else(|| of_one(line, view, own))
    {
        return Some(found);
    }
    // `3人次日均` is rare; `每` before the unit belongs to rates, which carry their own unit.
    part.or_else(|| {
        frame.parts.as_ref().filter(|run| run.contains(&at) && still_part(line, run, at)).map(|_| Aggregation::Part)
    })
}

/// What the first character of a measure says: `日供水能力`, `月销量`. 日本, 日元 and 月饼 say nothing.
fn in_measure(line: &Line, measured: &Measured) -> Option<Aggregation> {
    let mut chars = measured.phrase?.span.of(line.text).chars();
    let (first, next) = (chars.next()?, chars.next()?);
    match first {
        '日' if !"本元军方前报期常程子历语益夜晚活".contains(next) => Some(Aggregation::DailyAverage),
        '月' if !"亮球饼饰份底初末季嫂台活".contains(next) => Some(Aggregation::MonthlyAverage),
        _ => None,
    }
}

/// Whether a price is of one piece: `一盒只要298元`.
fn of_one(line: &Line, view: &View, own: usize) -> Option<Aggregation> {
    let mention = &line.mentions[own];
    if mention.quantity.kind != model::Kind::Money {
        return None;
    }
    let from = view.tokens[..view.at]
        .iter()
        .rev()
        .take(6)
        .take_while(|t| !matches!(t.kind, Kind::Pause | Kind::Stop | Kind::Figure(_)));
    let start = from.last()?.start as usize;
    let before: Vec<char> = line.text.get(start..mention.span.start as usize)?.chars().collect();
    let piece = |w: &[char]| w[0] == '一' && "盒瓶斤张份杯碗袋箱升度亩吨".contains(w[1]);
    before.windows(2).any(piece).then_some(Aggregation::PerUnit)
}

/// Whether a kind tells a share or a growth.
const fn is_share_kind(kind: model::Kind) -> bool {
    use model::Kind as K;
    matches!(kind, K::Percentage | K::PercentagePoints | K::Multiple | K::Fraction)
}

/// Whether the figure at token `at` of a run of parts may still be one: in the clause that opens the run any is, in those behind it
/// shares and what is counted as the first was. `其中换乘站9座，总投资465亿元` has one part.
fn still_part(line: &Line, run: &std::ops::Range<usize>, at: usize) -> bool {
    let figure = |i: usize| match line.tokens[i].kind {
        Kind::Figure(m) => Some(&line.mentions[m].quantity),
        _ => None,
    };
    let Some(own) = figure(at).filter(|q| !q.kind.is_time()) else { return true };
    let Some(first) = (run.start..at).find(|&i| figure(i).is_some_and(|q| !q.kind.is_time())) else { return true };
    let clause = (first..at).any(|i| line.tokens[i].kind == Kind::Stop);
    let alike = |first: &model::Quantity| {
        first.kind == own.kind && first.unit == own.unit
            || is_share_kind(first.kind) && own.kind == model::Kind::Count && own.unit.is_some()
    };
    !clause || is_share_kind(own.kind) || figure(first).is_some_and(alike)
}

/// What the figure is compared with.
pub(super) fn base(line: &Line, view: &View, time: Option<&TimeValue>) -> Option<(Base, Span<Plain>)> {
    let left = &view.tokens[..view.at];
    for (i, token) in left.iter().enumerate().rev() {
        match token.tag {
            Some(Tag::Base(base)) => return Some((base, token.span())),
            Some(Tag::Than) if token.is(Role::PREPOSITION) => {
                // `比2007年增长`, `较9月`, `比全国平均高`: up to the verb of change.
                let end = (i + 1..left.len()).find(|&k| left[k].is(Role::CHANGE)).unwrap_or(left.len());
                let last = end.checked_sub(1).filter(|&l| l > i)?;
                if end == left.len() && !view.tokens[view.at..].iter().any(|t| t.is(Role::CHANGE)) {
                    return None;
                }
                let span = Span::new(token.start as usize, left[last].end as usize);
                let after = line.text.get(token.end as usize..).unwrap_or("");
                if let Some(Tag::Last(base) | Tag::Base(base)) = line.words.opening_tag(first_chars(after)) {
                    return Some((base, span));
                }
                let named = left[i + 1..end].iter().find_map(|t| match t.kind {
                    Kind::Figure(m) => line.mentions[m].quantity.time.as_ref(),
                    _ => None,
                });
                return Some((relation(time, named), span));
            }
            _ => {}
        }
        if matches!(token.kind, Kind::Figure(m) if !line.mentions[m].quantity.kind.is_time()) {
            // `同比增长6.8%、3.2%` and `由12%升至15%` go on; a figure with a word of its own ends it.
            if !left[i + 1..].iter().all(|t| t.kind == Kind::Pause || t.is(Role::AND)) {
                return None;
            }
        }
    }
    None
}

/// The first characters of a text.
fn first_chars(text: &str) -> &str {
    let end = text.char_indices().nth(8).map_or(text.len(), |(i, _)| i);
    &text[..end]
}

/// How the period compared with stands to the claim's own.
fn relation(time: Option<&TimeValue>, base: Option<&TimeValue>) -> Base {
    let (Some(time), Some(base)) = (time, base) else { return Base::Named };
    let months = |t: &TimeValue| t.first.map(|d| i32::from(d.year()) * 12 + i32::from(d.month()));
    if time.precision != base.precision {
        return Base::Named;
    }
    let step = match time.precision {
        Precision::Month => 1,
        Precision::Quarter => 3,
        Precision::Half => 6,
        Precision::Year => 12,
        _ => return Base::Named,
    };
    match (months(time), months(base)) {
        (Some(a), Some(b)) if a - b == 12 => Base::YearOnYear,
        (Some(a), Some(b)) if a - b == step => Base::PeriodOnPeriod,
        _ => match (time.month, base.month) {
            (Some(a), Some(b)) if time.precision == Precision::Month && (a - b == 1 || a - b == -11) => {
                Base::PeriodOnPeriod
            }
            _ => Base::Named,
        },
    }
}

/// A date that frames a figure, with its words.
pub(super) type Time = (TimeValue, Span<Plain>);

/// The time of the figure at token `at`: nearest in its clause, else earlier in the sentence.
pub(super) fn time(line: &Line, view: &View, at: usize) -> Option<Time> {
    let own = nearest(line, &view.tokens, view.at);
    // What the clause says of the end of a change is not when it began: `2023年由9家增至12家`.
    if starts(line, view) {
        let from = origin(line, &view.tokens, view.at).map_or(0, |i| view.tokens[i].end);
        return own.filter(|(_, span)| from <= span.start && span.end <= view.tokens[view.at].start);
    }
    if own.is_some() {
        return own;
    }
    let from = at.saturating_sub(400);
    let Kind::Figure(own) = line.tokens[at].kind else { return None };
    let before = line.figures[..own].iter().rev().flatten().copied();
    before.take_while(|&i| i >= from).find_map(|i| frames(line, &line.tokens, i, at))
}

/// The word that tells where a change began, before the figure at `at` or the date that leads to it.
fn origin(line: &Line, tokens: &[Token], at: usize) -> Option<usize> {
    // `由每生每天4元`
    let each = |i: usize| tokens[i].span().of(line.text).starts_with('每');
    let led = |i: usize| {
        let t = &tokens[i];
        // `由上代的4500毫安时`
        let owned = tokens.get(i + 1).is_some_and(|n| n.is(Role::OF)) && t.is_nominal() && t.chars <= 4;
        each(i)
            || owned
            || i > 0 && each(i - 1) && tokens[i - 1].chars == 1
            || t.is(Role::OF.or(Role::ADVERB).or(Role::LOCALIZER).or(Role::TIME))
            || matches!(t.tag, Some(Tag::Aggregation(_)))
            || matches!(t.kind, Kind::Figure(_))
    };
    let mut i = at.checked_sub(1)?;
    while led(i) && tokens[i].tag != Some(Tag::Origin) {
        i = i.checked_sub(1)?;
    }
    (tokens[i].tag == Some(Tag::Origin)).then_some(i)
}

/// Whether the figure of `view` is where a change begins: `由9家增至12家`, `从2019年的3000张增加到5200张`.
pub(super) fn starts(line: &Line, view: &View) -> bool {
    begins(line, &view.tokens, view.at)
}

fn begins(line: &Line, tokens: &[Token], at: usize) -> bool {
    let quantity = |t: &Token| match t.kind {
        Kind::Figure(m) => Some(&line.mentions[m].quantity),
        _ => None,
    };
    let Some(own) = tokens.get(at).and_then(quantity).filter(|q| !q.kind.is_time()) else { return false };
    let Some(from) = origin(line, tokens, at) else { return false };
    // Between the word and the figure stand dates and no other figure: `由2019年的9家`, `由五年前的9家`.
    let dates = |i: usize| {
        let ago = || tokens[i + 1].span().of(line.text).starts_with('前');
        quantity(&tokens[i]).is_none_or(|q| q.kind.is_time() || q.kind == model::Kind::Duration && ago())
    };
    if !(from..at).all(dates) {
        return false;
    }
    let behind = tokens.len().min(at + 10);
    let Some(change) = (at + 1..behind).find(|&i| tokens[i].is(Role::CHANGE)) else { return false };
    if tokens[at + 1..change].iter().any(|t| quantity(t).is_some()) {
        return false;
    }
    tokens[change + 1..tokens.len().min(change + 6)].iter().find_map(quantity).is_some_and(|q| {
        let counts = |q: &model::Quantity| matches!(q.kind, model::Kind::Count | model::Kind::Number);
        let unit = |q: &model::Quantity| q.base_unit.clone().or(q.unit.clone());
        (q.kind == own.kind || counts(q) && counts(own)) && unit(q) == unit(own)
            || q.kind.is_time()
            || is_share_kind(q.kind) && is_share_kind(own.kind)
    })
}

fn nearest(line: &Line, tokens: &[Token], at: usize) -> Option<Time> {
    if let Some(found) = (0..at).rev().find_map(|i| frames(line, tokens, i, at)) {
        return Some(found);
    }
    (at + 1..tokens.len().min(at + 12)).find_map(|i| frames(line, tokens, i, at))
}

/// The date at token `i`, where it says when the figure at `at` holds, and is neither what is compared with nor another thing's birthday.
fn frames(line: &Line, tokens: &[Token], i: usize, at: usize) -> Option<Time> {
    let Kind::Figure(m) = tokens[i].kind else { return None };
    let mention: &Mention = &line.mentions[m];
    if !matches!(mention.quantity.kind, model::Kind::Date | model::Kind::DateRange) {
        return None;
    }
    let value = mention.quantity.time.as_ref()?;
    let before = i.checked_sub(1).map(|k| tokens[k]);
    let after = tokens.get(i + 1);
    // `从2019年的3000张增加到5200张`: that year is of the first figure alone.
    if before.is_some_and(|t| t.tag == Some(Tag::Origin)) {
        let figure = |t: &&Token| matches!(t.kind, Kind::Figure(m) if !line.mentions[m].quantity.kind.is_time());
        let first = (i + 1..tokens.len()).find(|&k| figure(&&tokens[k]));
        if first.is_some_and(|k| k < at && begins(line, tokens, k)) {
            return None;
        }
    }
    // `较2007年` `比去年` `与9月相比`.
    let compared = before.is_some_and(|t| matches!(t.tag, Some(Tag::Than | Tag::Base(_))))
        || (before.is_some_and(|t| t.is(Role::PREPOSITION) && matches!(t.span().of(line.text), "与" | "同" | "和"))
            && after.is_some_and(|t| matches!(t.tag, Some(Tag::Than))));
    // `成立于1998年的`, `创办于1998年`: when the thing began, not when the figure held.
    let origin = before.is_some_and(|t| t.is(Role::VERB) && t.chars > 1 && t.span().of(line.text).ends_with('于'))
        || (before.is_some_and(|t| t.is(Role::PREPOSITION.or(Role::LINK)) && t.span().of(line.text) == "于")
            && after.is_some_and(|t| t.is(Role::OF)));
    // `1998年成立的企业注册资本5000万元`
    let began = after.is_some_and(|t| t.tag == Some(Tag::Began))
        && tokens[i + 2..tokens.len().min(i + 6)]
            .iter()
            .take_while(|t| !matches!(t.kind, Kind::Figure(_) | Kind::Pause))
            .any(|t| t.is(Role::OF));
    if compared || origin || began { None } else { Some((value.clone(), mention.span)) }
}

/// Where: the nearest place named in the clause, in the thing counted, or in a clause before it that only sets the scene.
pub(super) fn place(line: &Line, view: &View, measured: Option<Span<Plain>>, at: usize) -> Option<(Span<Plain>, bool)> {
    let tokens = &view.tokens;
    // `北京时间20时`: the zone of a date or time, and no place of anything else. `中国代表团`: for whom, not where.
    let timed = matches!(tokens[view.at].kind, Kind::Figure(m) if line.mentions[m].quantity.kind.is_time());
    let aside = |tokens: &[Token], i: usize| {
        let next = line.text.get(tokens[i].end as usize..).unwrap_or_default();
        !timed && next.starts_with("时间")
            || ["代表团", "代表队", "队", "选手", "运动员", "球员", "国脚"].iter().any(|w| next.starts_with(w))
    };
    let situates = |tokens: &[Token], i: usize| situates(tokens, i) && !aside(tokens, i);
    let own = (0..view.at).rev().find(|&i| situates(tokens, i));
    if let Some(i) = own {
        return Some((bare(line.text, tokens, i), false));
    }
    // In the thing counted, or in what modifies it: `4000多家江苏省…供应商`, `4000多家江苏的供应商`.
    if let Some(span) = measured
        && let Some(i) =
            (view.at + 1..tokens.len()).take_while(|&i| tokens[i].end <= span.end).find(|&i| situates(tokens, i))
    {
        return Some((bare(line.text, tokens, i), false));
    }
    // `在甘肃省白银市，先后发生9起…`: a clause of place, before it nothing but dates.
    let from = at.saturating_sub(40);
    let mut found = None;
    let mut stops = 0;
    for i in (from..at).rev() {
        let token = &line.tokens[i];
        match token.kind {
            Kind::Stop => {
                stops += 1;
                if found.is_some() || stops > 2 {
                    break;
                }
            }
            Kind::Figure(m) if stops > 0 && !line.mentions[m].quantity.kind.is_time() => break,
            _ if stops == 0 => {}
            _ if situates(&line.tokens, i) && found.is_none() => {
                // `均为东南亚返乡人员` sets no scene.
                let mut k = i;
                while k > 0 && line.tokens[k - 1].is(Role::PLACE) {
                    k -= 1;
                }
                if k == 0 || !(line.tokens[k - 1].is(Role::LOCATIVE) || line.tokens[k - 1].bounds()) {
                    return None;
                }
                found = Some(i);
            }
            _ if token.is_verbal() && !token.is(Role::LOCALIZER.or(Role::PREPOSITION)) => return None,
            _ if found.is_some() && token.is(Role::PREPOSITION) => break,
            _ => {}
        }
    }
    found.map(|i| (bare(line.text, &line.tokens, i), true))
}

fn situates(tokens: &[Token], i: usize) -> bool {
    let token = &tokens[i];
    if !token.is(Role::PLACE.or(Role::WHOLE_PLACE)) {
        return false;
    }
    // `河北籍女子` `日本人`: where from, not where.
    let of_origin = tokens
        .get(i + 1)
        .is_some_and(|t| t.start == token.end && (t.is(Role::AGENT) || t.role.only(Role::WHOLE) && t.chars == 1))
        || tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Unknown && t.chars == 1);
    // `来自浙江` `销往摩洛哥、马来西亚`: not where it happened.
    let mut k = i;
    while k > 0 && (tokens[k - 1].kind == Kind::Pause || tokens[k - 1].is(Role::AND) || tokens[k - 1].is(Role::PLACE)) {
        k -= 1;
    }
    let away = k > 0 && tokens[k - 1].is(Role::ELSEWHERE);
    // `中国供应商` in quotation marks is a name.
    let quoted = k > 0 && tokens[k - 1].kind == Kind::QuoteOpen;
    !away && !quoted && !of_origin
}

/// The place without the end that its name does without: `江苏` of `江苏省`. Nested places are one: `青石镇上河村`.
fn bare(text: &str, tokens: &[Token], i: usize) -> Span<Plain> {
    let mut first = i;
    while first > 0
        && tokens[first - 1].is(Role::PLACE)
        && tokens[first - 1].end == tokens[first].start
        && !tokens[i].is(Role::WHOLE_PLACE)
    {
        first -= 1;
    }
    let span = Span::new(tokens[first].start as usize, tokens[i].end as usize);
    let words = span.of(text);
    if first == i && words.chars().count() > 2 {
        for end in ["省", "市"] {
            if let Some(rest) = words.strip_suffix(end)
                && !tokens[i].is(Role::WHOLE_PLACE)
            {
                return Span::new(span.start as usize, span.start as usize + rest.len());
            }
        }
    }
    span
}

/// Moves the time in force on: the sentence's first date that frames a clause.
pub(super) fn move_on(line: &Line, context: &mut Context) {
    if let Some(found) = line.figures.iter().flatten().find_map(|&i| frames(line, &line.tokens, i, line.tokens.len())) {
        context.as_of = Some(found);
    }
}
