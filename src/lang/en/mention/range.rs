//! Two ends: `3-5 people`, `from 10 to 15`, `more than 10 but fewer than 40`.

use crate::lang::en::mention::hedge::hedge_before;
use crate::lang::en::mention::sign::sign_at;
use crate::lang::en::mention::{Found, Reader};
use crate::lang::en::number::{Num, number};
use crate::lang::en::parts::{np_right, plural_noun};
use crate::lang::en::token::Sentence;
use crate::lang::en::value::{Measure, range, single};
use crate::lang::en::words::class;
use crate::model::{Hedge, Kind, Mention};
use rust_decimal::Decimal;

/// Whether a hyphen at `k` waits for a noun further on: `3- to 5-year`.
pub(in crate::lang::en) fn hung(s: &Sentence, k: usize) -> bool {
    matches!(s.sign(k), Some('-' | '‐' | '‑' | '–'))
        && s.glued(k)
        && s.tokens.get(k + 1).is_some_and(|t| t.gap)
        && s.word_in(k + 1, &["to", "or"])
}

impl Reader<'_, '_> {
    /// `more than 10 and less than 40`: two hedged ends of one range.
    pub(in crate::lang::en) fn bounded(
        &self,
        start: usize,
        n: &Num,
        unit: Option<&Found>,
        after: usize,
        hedge: Option<Hedge>,
    ) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        let first = hedge?;
        let up = matches!(first, Hedge::Over | Hedge::AtLeast);
        if !up && !matches!(first, Hedge::Under | Hedge::AtMost | Hedge::Nearly) {
            return None;
        }
        let mut k = unit.map_or(after, |u| u.end);
        k += usize::from(s.sign(k) == Some(','));
        k += usize::from(s.word_in(k, &["and", "but"]));
        if k == unit.map_or(after, |u| u.end) {
            return None;
        }
        let (q, second) = hedge_before(s, k)?;
        let down = matches!(second, Hedge::Under | Hedge::AtMost);
        if up != down || !up && !matches!(second, Hedge::Over | Hedge::AtLeast) {
            return None;
        }
        let q = sign_at(s, q).map_or(q, |x| x.0);
        let m = number(s, q, true)?;
        let unit2 = self.unit(m.end, Some(&m));
        let u = match (unit, &unit2) {
            (Some(a), Some(b)) if a.kind == b.kind && a.measure.code == b.measure.code => Some(b),
            (None, None) => None,
            (None, Some(b)) => Some(b),
            (Some(a), None) if a.start == a.end => Some(a),
            _ => return None,
        };
        let times = u.map_or(Decimal::ONE, |u| u.times);
        let (a, b) = (n.value.checked_mul(times)?, m.value.checked_mul(times)?);
        let (low, high, lo_h, hi_h) = if up { (a, b, first, second) } else { (b, a, second, first) };
        if low >= high {
            return None;
        }
        let end = u.map_or(m.end, |u| u.end.max(m.end));
        let kind = u.map_or_else(|| if np_right(s, m.end).is_some() { Kind::Count } else { Kind::Number }, |u| u.kind);
        let measure = u.map_or_else(Measure::none, |u| u.measure.clone());
        let mut quantity = range(kind, low, high, n.place.min(m.place), None, &measure);
        for i in [&mut quantity.literal, &mut quantity.reader] {
            if let Some(l) = &mut i.low {
                l.closed = lo_h == Hedge::AtLeast;
            }
            if let Some(h) = &mut i.high {
                h.closed = hi_h == Hedge::AtMost;
            }
        }
        Some((
            end,
            Some(Mention {
                span: self.span(start, end),
                numeral: self.span(n.start, m.end),
                unit_span: None,
                quantity,
            }),
        ))
    }

    /// Two ends: `3-5 people`, `$2-3 million`, `from 10 to 15`, `between 3 and 5 kilometres`, `44 mg to 50 mg`.
    pub(in crate::lang::en) fn ranged(
        &self,
        i: usize,
        j: usize,
        n: &Num,
        sign: Option<u16>,
        hedge: Option<Hedge>,
    ) -> Option<(usize, Option<Mention>)> {
        let s = self.s;
        let first_unit = match sign {
            Some(c) => self.signed(c, n.end).filter(|u| u.end >= n.end),
            None => self.unit(n.end, Some(n)),
        };
        let mut k = first_unit.as_ref().map_or(n.end, |u| u.end);
        // `3- to 5-year`, `two- or three-day`: the hyphen waits for its noun.
        let hung = hung(s, k) && first_unit.is_none();
        // `a three-to-five-year term`.
        let tied = s.joins(k) && s.word_in(k + 1, &["to", "or"]) && s.joins(k + 2) && first_unit.is_none();
        k += usize::from(hung || tied);
        let led = |w: &str| j > 0 && s.word_is(j - 1, w) || i > 0 && s.word_is(i - 1, w);
        let dash = matches!(s.sign(k), Some('-' | '–' | '—' | '~' | '‑' | '−'))
            && s.glued(k) == s.tokens.get(k + 1).is_some_and(|t| !t.gap)
            && (s.glued(k) || s.sign(k) != Some('—'));
        let either = s.word_is(k, "or") && first_unit.is_none() && n.value > Decimal::ZERO;
        let to = s.word_is(k, "to") || s.word_is(k, "and") && (led("between") || led("from"));
        if !dash && !to && !either {
            return None;
        }
        // `5-foot-10-inch`, `6-foot-4`: one height.
        if dash && first_unit.as_ref().is_some_and(|u| u.start > n.end && u.kind != Kind::Money) && s.glued(k) {
            let whole = first_unit.as_ref().and_then(|u| self.compound(u, n.value, k));
            if whole.is_some() {
                return None;
            }
        }
        let mut q = k + 1 + usize::from(tied);
        if let Some((e, Hedge::About)) = hedge_before(s, q) {
            q = e;
        }
        let sign2 = sign_at(s, q);
        let q2 = sign2.map_or(q, |x| x.0);
        let mut m = number(s, q2, true)?;
        if m.letter && sign.is_none() && sign2.is_none() {
            m = self.letter_scale(m)?;
        }
        if m.shape != n.shape || dash && m.value.is_sign_negative() {
            return None;
        }
        if dash && !s.is_digits(n.start) && s.is_word(n.start) && s.is_digits(m.start) {
            return None;
        }
        let unit2 = match sign2.or(sign.map(|c| (q, c))) {
            Some((_, c)) => self.signed(c, m.end),
            None => self.unit(m.end, Some(&m)),
        };
        // Two units of different sorts are two figures: `6 percent to $1.9 billion`, `44 ml to 50 mg`.
        let (u, low_times) = match (&first_unit, unit2) {
            (Some(a), Some(b)) => {
                if a.kind != b.kind
                    || a.measure.base != b.measure.base
                    || sign.is_some() != sign2.is_some() && sign.is_none()
                {
                    return None;
                }
                let year = a.measure.code.as_deref() == Some("mo") && b.measure.code.as_deref() == Some("a");
                let by = if year {
                    a.times.checked_div(Decimal::from(12))?
                } else {
                    a.times.checked_mul(a.measure.factor)?.checked_div(b.measure.factor)?
                };
                (Some(b), by)
            }
            (None, Some(b)) => {
                let t = b.times;
                (Some(b), t)
            }
            (Some(a), None) => {
                if sign.is_none() || s.is_word(n.end) {
                    return None;
                }
                let t = a.times;
                (Some(Found { end: m.end, start: m.end, ..a.clone() }), t)
            }
            (None, None) => (None, Decimal::ONE),
        };
        let mut low = n.value.checked_mul(low_times)?;
        let high = m.value.checked_mul(u.as_ref().map_or(Decimal::ONE, |u| u.times))?;
        // `minus 5 to minus 10 degrees`: the colder end comes last.
        let mut high = high;
        if low > high && low.is_sign_negative() && high.is_sign_negative() {
            (low, high) = (high, low);
        }
        // The scale of the second end holds for the first: `$2-3 million`, `3 to 5 million`.
        if n.scale == Decimal::ONE
            && m.scale > Decimal::ONE
            && n.value < Decimal::from(1000)
            && low < high
            && (n.digits || n.end == n.start + 1)
        {
            let spread = low.checked_mul(m.scale)?;
            if spread <= high {
                low = spread;
            }
        }
        // `More than 100,000 - around 8% of the workforce`: an aside.
        if dash && !s.glued(k) && low > high {
            return None;
        }
        // `two or three days`, `10 or 15 percent`: neighbours are one vague figure; others are two figures.
        if either
            && (low >= high
                || high > low.checked_add(low).unwrap_or(low)
                || u.is_none()
                    && m.scale <= n.scale
                    && np_right(s, m.end + usize::from(s.joins(m.end))).is_none()
                    && !(j == 0 && m.end >= s.len()))
        {
            return None;
        }
        // `rose from 4 to 4.5 percent`: two values. `grew 5 percent to 10 percent` too.
        let from = led("from");
        let split = from && self.changes(j) || from && low > high && to;
        if split || to && first_unit.is_some() && !led("between") && !from && sign.is_some() && self.changed_before(j) {
            // The first keeps its own unit: `from four and a half hours to 90 minutes`.
            let own = first_unit.as_ref().filter(|u| u.start < u.end || sign.is_some());
            if let Some(v) = own.and_then(|u| n.value.checked_mul(u.times)) {
                low = v;
            }
            let found = own.map(|u| (u.kind, u.measure.clone())).or_else(|| u.map(|u| (u.kind, u.measure)));
            let (kind, measure) = found.unwrap_or_else(|| {
                (if np_right(s, m.end).is_some() { Kind::Count } else { Kind::Number }, Measure::none())
            });
            let end = first_unit.as_ref().map_or(n.end, |u| u.end);
            let mention = Mention {
                span: self.span(i, end),
                numeral: self.span(n.start, n.end),
                unit_span: first_unit.as_ref().map(|u| self.span(u.start, u.end)).filter(|x| !x.is_empty()),
                quantity: single(kind, low, n.place, hedge, &measure),
            };
            return Some((end, Some(mention)));
        }
        // `fell by 113,000 to 51.6 million`, `gained 20 to 1,500`: the change and the level.
        let moved = s.word_is(k, "to")
            && (led("by") && (0..j).rev().take(5).any(|q| s.is(q, class::CHANGE))
                || j > 0 && s.is(j - 1, class::CHANGE))
            && high >= low.checked_mul(Decimal::TEN).unwrap_or(high);
        if moved && u.is_none() && !from {
            return None;
        }
        let no_cue = !led("from") && !led("between");
        let vote = s.near(j, class::VOTE);
        if low > high
            && no_cue
            && !(vote && dash)
            && (u.is_none() && !plural_noun(s, m.end) || s.word_is(k, "to") && !plural_noun(s, m.end))
        {
            return None;
        }
        // `won by 30 to 5`, `rose to 30 to 40`: words alone and nothing counted may be a score.
        if u.is_none() && no_cue && to && np_right(s, m.end).is_none() && s.near(j, class::SCORE) && s.len() > m.end + 1
        {
            return Some((m.end, None));
        }
        if u.is_none()
            && dash
            && vote
            && np_right(s, m.end).is_none_or(|np| s.is(np.head.0, class::VOTE | class::SCORE))
            && !m.value.is_zero()
        {
            let ratio = n.value.checked_div(m.value)?;
            let quantity = single(Kind::Ratio, ratio.round_dp(6), Decimal::ONE, None, &Measure::none());
            return Some((
                m.end,
                Some(Mention {
                    span: self.span(i, m.end),
                    numeral: self.span(n.start, m.end),
                    unit_span: None,
                    quantity,
                }),
            ));
        }
        if u.is_none() && s.word_is(k, "to") && no_cue && m.value == Decimal::ONE && np_right(s, m.end).is_none() {
            let quantity = single(Kind::Ratio, n.value, n.place, hedge, &Measure::none());
            return Some((
                m.end,
                Some(Mention {
                    span: self.span(i, m.end),
                    numeral: self.span(n.start, m.end),
                    unit_span: None,
                    quantity,
                }),
            ));
        }
        let mut end = u.as_ref().map_or(m.end, |u| u.end);
        let mut kind = u
            .as_ref()
            .map_or_else(|| if np_right(s, m.end).is_some() { Kind::Count } else { Kind::Number }, |u| u.kind);
        let mut measure = u.as_ref().map_or_else(Measure::none, |u| u.measure.clone());
        if kind == Kind::Duration
            && let Some(e) = self.aged(end)
        {
            kind = Kind::Age;
            end = e;
        }
        // `aged six months to five years`.
        let start = if no_cue { i } else { i.min(j - 1) };
        if kind == Kind::Duration && start > 0 && s.is(start - 1, class::AGE_BEFORE) {
            kind = Kind::Age;
        }
        if u.is_none() && low.is_sign_negative() && kind == Kind::Number && s.near(j, class::HEAT) {
            kind = Kind::Temperature;
            measure = Measure::of("deg");
        }
        if u.is_none() && (j > 0 && s.is(j - 1, class::AGE_BEFORE) || start > 0 && s.is(start - 1, class::AGE_BEFORE)) {
            kind = Kind::Age;
            measure = Measure::of("a");
        }
        let quantity = range(kind, low, high, n.place.min(m.place), hedge, &measure);
        let unit_span = u.as_ref().map(|u| self.span(u.start, u.end)).filter(|x| !x.is_empty());
        Some((
            end,
            Some(Mention { span: self.span(start, end), numeral: self.span(n.start, m.end), unit_span, quantity }),
        ))
    }

    pub(in crate::lang::en) fn changed_before(&self, j: usize) -> bool {
        (0..j).rev().take(4).any(|k| self.s.is(k, class::CHANGE))
    }
}
