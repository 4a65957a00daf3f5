//! Mentions: hedge, numeral, unit and range put together. Enters: tokens. Leaves: quantities in their places. Knows no subject.

use crate::lang::Context;
use crate::lang::en::mention::hedge::hedge_before;
use crate::lang::en::number::number;
use crate::lang::en::parts::{is_past, noun_like, np_right};
use crate::lang::en::token::{Kind as Tok, REACH, Sentence};
use crate::lang::en::value::{Measure, single, time, vague};
use crate::lang::en::words::{NEVER_IDLE, Role, class};
use crate::lang::en::{clock, date, guard};
use crate::model::{Hedge, Kind, Mention, Quantity};
use crate::quantity::Precision;
use crate::text::Span;
use rust_decimal::Decimal;

mod amount;
mod bare;
mod hedge;
mod life;
mod range;
mod rank;
mod sign;
mod unit;

pub(in crate::lang::en) use sign::{letters_at, sign_after, sign_at, sign_ending};
pub(in crate::lang::en) use unit::pence;

/// What a figure is a figure of, as its unit says.
#[derive(Debug, Clone)]
pub(in crate::lang::en) struct Found {
    kind: Kind,
    measure: Measure,
    /// Factor on the number (`cents`, basis points, fortnights).
    times: Decimal,
    /// First and one past the last token of the unit.
    start: usize,
    end: usize,
}

pub(in crate::lang::en) struct Reader<'s, 'a> {
    s: &'s Sentence<'a>,
    dates: date::Dates<'s, 'a>,
}

/// Appends the mentions of the sentence.
pub(in crate::lang::en) fn mentions(s: &Sentence, context: &mut Context, out: &mut Vec<Mention>) {
    let r = Reader { s, dates: date::dates(s, context) };
    let mut i = 0;
    while i < s.len() {
        // Most words start nothing.
        if s.is_word(i)
            && s.tokens[i].entry == crate::lang::en::words::NONE
            && !s.tokens[i].capital
            && s.sign(i + 1) != Some('$')
            && !(s.joins(i + 1) && s.is_digits(i + 2))
            && !(s.glued(i + 1) && s.is_digits(i + 1))
        {
            i += 1;
            continue;
        }
        if idle(s, i) {
            // Whoever teaches `at` another word is told here that the lists must know of it.
            debug_assert!(matches!(r.at(i), (end, None) if end == i + 1), "`{}` is not idle", s.of(i));
            i += 1;
            continue;
        }
        let (end, found) = r.at(i);
        if let Some(m) = found {
            if let Some(t) = &m.quantity.time
                && (t.first.is_some() || t.last.is_some() || t.month.is_some() || t.weekday.is_some())
                && t.precision >= Precision::PartOfDay
            {
                context.last_time = Some(t.clone());
                context.last_time_span = Some(m.span);
            }
            out.push(m);
            share_unit(s, out);
        }
        i = end.max(i + 1);
    }
}

/// Whether nothing can start at the word at `i`, by what the lists know of it and by the signs beside it.
fn idle(s: &Sentence, i: usize) -> bool {
    if !s.is_word(i) {
        return false;
    }
    let idle = match s.entry(i) {
        Some(e) => e.idle,
        None => !s.word_in(i, NEVER_IDLE) && !s.word_in(i, date::OPENERS),
    };
    let digits = |k: usize| s.tokens.get(k).is_some_and(|t| matches!(t.kind, Tok::Digits | Tok::Dotted));
    let beside = matches!(s.sign(i + 1), Some(':' | '@' | '$'))
        || s.joins(i + 1) && digits(i + 2)
        || s.glued(i + 1) && digits(i + 1);
    idle && !beside && sign_at(s, i).is_none()
}

/// What `last` amounts to where it is the end of a change whose start told the unit: `fell from 52 minutes to 37`, `from $20 to 25`.
fn moved(s: &Sentence, first: &Mention, last: &Mention) -> Option<Quantity> {
    let (opened, lead) = (s.after(first.span.start as usize), s.after(last.span.start as usize));
    let told = s.word_is(opened.wrapping_sub(1), "from")
        && s.word_is(lead.wrapping_sub(1), "to")
        && s.after(first.span.end as usize) + 1 == lead;
    let q = &last.quantity;
    let fits = matches!(
        first.quantity.kind,
        Kind::Duration | Kind::Measure | Kind::Percentage | Kind::Temperature | Kind::Money
    );
    if !told || !fits || q.kind != Kind::Number || q.hedge.is_some() {
        return None;
    }
    let measure = Measure::of(first.quantity.unit.as_deref()?);
    Some(single(first.quantity.kind, q.point?, q.granularity, None, &measure))
}

/// Gives the figure before the last one its unit where one unit stands for both, `1.2 and 1.6 percent`, `5, 10 and 15 km`, and
/// the last one its currency where one stood before: `$600 million, up from 350 million`.
fn share_unit(s: &Sentence, out: &mut [Mention]) {
    let start = s.tokens.first().map_or(0, |t| t.start);
    // Dates between do not part a figure from the one it is compared with.
    let Some((last, others)) = out.split_last_mut() else { return };
    if let Some(quantity) = others.last().and_then(|first| moved(s, first, last)) {
        last.quantity = quantity;
        return;
    }
    let Some(before) = others.iter().rev().take(3).find(|m| !m.quantity.kind.is_time()) else { return };
    if before.span.start < start || last.span.start <= before.span.end {
        return;
    }
    let unit = |q: &Quantity| Measure::of(q.unit.as_deref().unwrap_or_default());
    let lead = s.after(last.span.start as usize);
    let q = &last.quantity;
    // `45.3m pounds, against 38.1m`: no length.
    if before.quantity.kind == Kind::Money
        && q.kind == Kind::Measure
        && q.unit.as_deref() == Some("m")
        && last.span.of(s.text).ends_with('m')
        && lead > 0
        && s.word_in(lead - 1, &["from", "against", "than", "versus"])
    {
        let million = Decimal::from(1_000_000);
        if let Some((p, g)) = q.point.and_then(|p| p.checked_mul(million)).zip(q.granularity.checked_mul(million)) {
            last.quantity = single(Kind::Money, p, g, q.hedge, &unit(&before.quantity));
        }
        return;
    }
    let against = lead > 0 && s.word_in(lead - 1, &["from", "against", "versus", "than"]);
    // `112 million tonnes, against 110.6 million last year`; `to 2.8 percent from 2.5 in May`.
    if q.kind == Kind::Number && q.hedge.is_none() && against {
        let first = s.after(before.span.start as usize);
        let level = first > 0 && s.word_in(first - 1, &["to", "at", "was", "is", "were", "of", "reached", "hit"]);
        let scaled = s.entry(s.after(last.numeral.end as usize).wrapping_sub(1)).is_some_and(|e| e.scale >= 1000);
        let fits = match before.quantity.kind {
            Kind::Measure => scaled && before.unit_span.is_some(),
            Kind::Percentage => level && !scaled && q.point.is_some_and(|p| p.abs() <= Decimal::ONE_HUNDRED),
            _ => false,
        };
        if let Some(p) = q.point.filter(|_| fits) {
            last.quantity = single(before.quantity.kind, p, q.granularity, None, &unit(&before.quantity));
            return;
        }
    }
    if before.quantity.kind == Kind::Money && q.kind == Kind::Number && q.hedge.is_none() {
        let led = lead > 0 && s.word_in(lead - 1, &["from", "to", "against", "than", "versus"]);
        let scaled = s.entry(s.after(last.numeral.end as usize).wrapping_sub(1)).is_some_and(|e| e.scale >= 1_000_000);
        let end = s.after(last.span.end as usize);
        let letter = s.entry(end.wrapping_sub(1)).map_or(0, |e| e.letter);
        if let Some(p) = q.point.filter(|_| led && (scaled || letter >= 1_000_000)) {
            last.quantity = single(Kind::Money, p, q.granularity, None, &unit(&before.quantity));
        }
        return;
    }
    // `to 28 from 30 percent`: the unit of the second is that of the first.
    let opened = s.after(before.span.start as usize);
    if s.word_is(lead.wrapping_sub(1), "from")
        && s.word_is(opened.wrapping_sub(1), "to")
        && s.after(before.span.end as usize) + 1 == lead
        && before.unit_span.is_none()
        && matches!(before.quantity.kind, Kind::Number | Kind::Count)
        && matches!(q.kind, Kind::Percentage | Kind::Measure | Kind::Temperature)
        && last.unit_span.is_some_and(|u| u.start >= last.numeral.end)
    {
        let (kind, measure) = (q.kind, unit(q));
        if let Some(first) = others.iter_mut().rev().take(3).find(|m| !m.quantity.kind.is_time())
            && let Some(p) = first.quantity.point
        {
            first.quantity = single(kind, p, first.quantity.granularity, first.quantity.hedge, &measure);
        }
        return;
    }
    let shared = matches!(q.kind, Kind::Percentage | Kind::Measure | Kind::Temperature | Kind::PercentagePoints)
        && last.unit_span.is_some_and(|u| u.start >= last.numeral.end)
        && (s.word_in(lead.wrapping_sub(1), &["and", "or"]) || s.sign(lead.wrapping_sub(1)) == Some(','));
    if !shared {
        return;
    }
    let (kind, measure) = (q.kind, unit(q));
    let (mut next, mut and) = (lead, false);
    for m in others.iter_mut().rev() {
        let end = s.after(m.span.end as usize);
        and |= s.word_in(end, &["and", "or"]);
        let comma = usize::from(s.sign(end) == Some(','));
        let gap = end + comma + usize::from(s.word_in(end + comma, &["and", "or"]));
        let bare =
            matches!(m.quantity.kind, Kind::Number | Kind::Count) && m.unit_span.is_none() && m.span.start >= start;
        let Some(p) = m.quantity.point.filter(|_| bare && gap == next && gap > end && and) else { return };
        m.quantity = single(kind, p, m.quantity.granularity, m.quantity.hedge, &measure);
        next = s.after(m.span.start as usize);
    }
}

pub(in crate::lang::en) fn number_ends(s: &Sentence, i: usize) -> bool {
    s.is_digits(i - 1) || s.entry(i - 1).is_some_and(|e| e.cardinal >= 0)
}

impl Reader<'_, '_> {
    pub(in crate::lang::en) fn span(&self, a: usize, b: usize) -> Span<crate::text::Plain> {
        let start = self.s.tokens.get(a).map_or(0, |t| t.start);
        let end = b.checked_sub(1).and_then(|b| self.s.tokens.get(b)).map_or(start, |t| t.end);
        Span::new(start as usize, end as usize)
    }

    /// Where to go on, and the mention at `i`.
    pub(in crate::lang::en) fn at(&self, i: usize) -> (usize, Option<Mention>) {
        let s = self.s;
        if let Some(end) = guard::idiom(s, i)
            && s.phrase(i, Role::Vague).is_none_or(|v| v.0 < end)
        {
            return (end, None);
        }
        // `England Under-21s`: a team.
        if i > 0
            && s.tokens[i].capital
            && let Some((end, _)) = self.age_group(i)
        {
            return (end, None);
        }
        if let Some((end, m)) = self
            .age_group(i)
            .or_else(|| self.decade_of_life(i))
            .or_else(|| self.heat_decade(i))
            .or_else(|| self.run_time(i))
        {
            return (end, Some(m));
        }
        // `was revised up to 0.6 percent from 0.4`: whither, and no limit.
        if s.word_is(i, "up")
            && s.word_is(i + 1, "to")
            && i > 0
            && (s.is(i - 1, class::CHANGE) || s.word_is(i - 1, "revised"))
        {
            let n = number(s, i + 2, true);
            let end = n.map(|n| self.unit(n.end, Some(&n)).map_or(n.end, |u| u.end.max(n.end)));
            if end.is_some_and(|e| s.word_is(e, "from")) {
                return (i + 2, None);
            }
        }
        let hedged = hedge_before(s, i).filter(|(j, h)| *h != Hedge::Over || !self.during(i, *j));
        let (j, hedge) = hedged.map_or((i, None), |(j, h)| (j, Some(h)));
        if hedge.is_none()
            && let Some(m) = self.vague(i)
        {
            return (m.0, Some(m.1));
        }
        if let Some((end, seconds, digits)) = clock::run(s, j).filter(|_| !self.in_code(j)) {
            let quantity = single(Kind::Duration, seconds, Decimal::new(1, digits), hedge, &Measure::of("s"));
            return (
                end,
                Some(Mention { span: self.span(i, end), numeral: self.span(j, end), unit_span: None, quantity }),
            );
        }
        // `a foot of snow`, `more than an inch of rain`: about one of it.
        if s.word_in(j, &["a", "an"])
            && s.is(j + 1, class::ARTICLE_UNIT)
            && s.word_is(j + 2, "of")
            && noun_like(s, j + 3)
            && let Some((end, u)) = s.phrase(j + 1, Role::Unit).filter(|(end, _)| *end == j + 2)
            && let Some(u) = s.words.units.get(u as usize)
        {
            let hedge = hedge.or(Some(Hedge::About));
            let quantity = single(Kind::Measure, u.times, u.times, hedge, &Measure::of(&u.code));
            let unit_span = Some(self.span(j + 1, end));
            return (end, Some(Mention { span: self.span(i, end), numeral: self.span(j, j + 1), unit_span, quantity }));
        }
        if let Some(hit) = clock::at(s, j) {
            return (hit.end, Some(self.timed(i, hit, hedge)));
        }
        if let Some(hit) = self.dates.at(j).filter(|h| !self.in_code(h.start)) {
            let takes = matches!(hedge, Some(Hedge::About | Hedge::Nearly)) && hit.value.precision >= Precision::Day;
            let (from, hedge) = if takes { (i, hedge) } else { (j, None) };
            let hedge = hedge.or(hit.hedge);
            // `from 9 October to 19 October` after `moved` is two dates.
            if hit.kind == Kind::DateRange
                && self.changes(hit.start)
                && let Some(first) = self.first_half(&hit)
            {
                return (first.end, Some(self.timed(from, first, hedge)));
            }
            return (hit.end, Some(self.timed(from, hit, hedge)));
        }
        // `-2020-07-01-`: the dash before a date in digits is no minus.
        if matches!(s.sign(j), Some('-' | '–')) && s.glued(j + 1) && self.dates.numeric(j + 1).is_some() {
            return (j + 1, None);
        }
        if let Some(end) = guard::skip(s, j) {
            return (end, None);
        }
        if let Some(found) = self.quantity(i, j, hedge) {
            return found;
        }
        if hedge.is_some() {
            // The hedge had nothing to hedge; what follows its first word is read afresh.
            return (i + 1, None);
        }
        (i + 1, None)
    }

    /// Whether `over` at `i` tells of a stretch or a distance and hedges nothing: `4.5 percent over two years`, `640 metres over 18 km`.
    pub(in crate::lang::en) fn during(&self, i: usize, j: usize) -> bool {
        let s = self.s;
        if !s.word_is(i, "over") || j != i + 1 {
            return false;
        }
        let n = number(s, j, true);
        // `over a decade`.
        let article = n.is_none() && s.word_in(j, &["a", "an"]);
        if n.is_none() && !article {
            return false;
        }
        let Some(u) = self.unit(n.map_or(j + 1, |n| n.end), n.as_ref()) else { return false };
        let Some(b) = i.checked_sub(1) else { return u.kind == Kind::Duration && self.aged(u.end).is_none() };
        match u.kind {
            Kind::Duration if self.aged(u.end).is_some() => false,
            Kind::Duration => {
                !(s.is(b, class::PREPOSITION | class::AUXILIARY | class::CONJUNCTION) && s.is_word(b)
                    || s.is(b, class::HEDGED_LENGTH))
            }
            Kind::Measure => guard::measured(s, b) || s.phrase(b, Role::Unit).is_some(),
            _ => false,
        }
    }

    pub(in crate::lang::en) fn in_code(&self, i: usize) -> bool {
        let s = self.s;
        let mut a = i;
        while a > 0 && i - a < REACH && s.glued(a) {
            a -= 1;
            if matches!(s.sign(a), Some('/' | '_' | '@' | '#')) {
                return true;
            }
        }
        let mut b = i;
        while b + 1 < s.len() && b - i < REACH && s.glued(b + 1) {
            b += 1;
            if matches!(s.sign(b), Some('_' | '@')) {
                return true;
            }
        }
        false
    }

    pub(in crate::lang::en) fn timed(&self, from: usize, hit: date::Hit, hedge: Option<Hedge>) -> Mention {
        let mut v = hit.value;
        if hit.kind == Kind::Time
            && hedge.is_some()
            && let Some((a, b)) = v.clock
        {
            let slack = if v.precision == Precision::Hour { 30 } else { 15 };
            v.clock = Some((a.saturating_sub(slack), b + slack));
        }
        Mention {
            span: self.span(from, hit.end),
            numeral: self.span(hit.start, hit.end),
            unit_span: None,
            quantity: time(hit.kind, v, hedge),
        }
    }

    /// The first date of a range, read for itself.
    pub(in crate::lang::en) fn first_half(&self, hit: &date::Hit) -> Option<date::Hit> {
        let s = self.s;
        if !s.word_is(hit.start.wrapping_sub(1), "from") {
            return None;
        }
        let to = (hit.start..hit.end).find(|k| s.word_is(*k, "to"))?;
        let from = hit.start.saturating_sub(8);
        let cut = Sentence::of_tokens(s.words, s.text, s.tokens.get(from..to)?.to_vec(), s.flags);
        let dates = date::Dates { s: &cut, reference: self.dates.reference };
        let found = dates.at(hit.start - from).filter(|h| h.end + from == to && h.kind == Kind::Date)?;
        Some(date::Hit { start: hit.start, end: to, ..found })
    }

    /// Whether a verb of change stands before `from` at `i - 1`: then two ends are two values.
    pub(in crate::lang::en) fn changes(&self, i: usize) -> bool {
        let s = self.s;
        if !(i > 0 && s.word_is(i - 1, "from")) {
            return false;
        }
        (i.saturating_sub(REACH)..i - 1)
            .rev()
            .take_while(|k| !matches!(s.sign(*k), Some(';')))
            .any(|k| s.is(k, class::CHANGE))
    }

    /// `several thousand people`, `dozens of homes`, `a few hours`.
    pub(in crate::lang::en) fn vague(&self, i: usize) -> Option<(usize, Mention)> {
        let s = self.s;
        let (end, payload) = s.phrase(i, Role::Vague)?;
        let ends = *s.words.vague.get(payload as usize)?;
        if i > 0 && (number_ends(s, i) || s.word_in(i - 1, &["the", "these", "those"]) && !s.word_is(i - 1, "the")) {
            return None;
        }
        let mut k = end;
        let of = s.word_is(end.wrapping_sub(1), "of");
        if of && s.is(k, class::ARTICLE | class::DETERMINER) {
            k += 1;
        }
        if !of && s.word_is(k, "of") {
            k += 1;
        }
        let unit = self.unit(k, None).filter(|u| u.kind != Kind::Percentage);
        let (kind, measure, unit_end, times) = if let Some(u) = &unit {
            (u.kind, u.measure.clone(), Some(u.end), u.times)
        } else if np_right(s, k).is_some() {
            (Kind::Count, Measure::none(), None, Decimal::ONE)
        } else {
            // `dozens were hurt`, `a few dozen stayed`, `killing several hundred.`: told of before.
            let many = ends[0] >= Decimal::from(20)
                && !of
                && end > i + 1
                && s.stops(k)
                && s.entry(end - 1).is_some_and(|e| e.scale != 0)
                || ends[0] >= Decimal::from(20)
                    && !of
                    && (is_past(s, k) || s.is(k, class::AUXILIARY) || s.word_is(k, "more"));
            (many.then_some(Kind::Number)?, Measure::none(), None, Decimal::ONE)
        };
        let ends = ends.map(|e| e.checked_mul(times).unwrap_or(e));
        let last = unit_end.unwrap_or(if of { end - 1 } else { end });
        Some((
            unit_end.unwrap_or(end),
            Mention {
                span: self.span(i, last),
                numeral: self.span(i, if of { end - 1 } else { end }),
                unit_span: unit.as_ref().map(|u| self.span(u.start, u.end)),
                quantity: vague(kind, ends, &measure),
            },
        ))
    }
}
