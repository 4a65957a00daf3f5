//! The scanner: goes through a sentence once, from figure to figure, and joins numeral, unit, hedge and date into mentions. Enters: a
//! folded sentence and the context of dates. Leaves: mentions in text order that do not overlap. Knows nothing of what is counted.

mod around;
mod special;

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::amount::Amount;
use super::date::{self, Anchor, Reading};
use super::numerals::{self, Shape};
use super::view::{View, class};
use super::words::{Unit, UnitKind, Words};
use super::{clock, exclude};
use crate::lang::Context;
use crate::model::{Kind, Mention, Quantity};
use crate::quantity::{Interval, Precision};
use crate::text::{Plain, Span};

/// The state of one sentence.
#[allow(clippy::struct_excessive_bools)] // where the scanner stands: each flag is set and asked on its own
pub(super) struct Scanner<'a> {
    pub(super) words: &'a Words,
    pub(super) v: &'a View,
    text: &'a str,
    sentence: Span<Plain>,
    context: &'a mut Context,
    out: &'a mut Vec<Mention>,
    /// Everything before this character belongs to a mention or is passed over.
    pub(super) taken: usize,
    /// Whether the last mention is a date that ends right at `taken`.
    dated: bool,
    /// Characters looked through for title marks, and whether the last one is open.
    title_seen: usize,
    in_title: bool,
    /// Whether the date named last stands in the same paragraph, or in this sentence.
    near: bool,
    same_sentence: bool,
    /// Whether the sentence has a closing title mark.
    closes: bool,
}

/// A unit where it stands.
#[derive(Clone)]
pub(super) struct Found<'w> {
    pub unit: &'w Unit,
    /// Where the word begins and ends.
    pub start: usize,
    pub end: usize,
    /// What `半` adds: 一个半小时, 两年半.
    pub half: bool,
    /// `两个多月`.
    pub odd: bool,
    /// `元/吨`.
    pub per: Option<String>,
}

impl<'a> Scanner<'a> {
    /// Reads the sentence in `v` and appends its mentions.
    pub fn run(
        words: &'a Words,
        v: &'a View,
        text: &'a str,
        sentence: Span<Plain>,
        context: &'a mut Context,
        out: &'a mut Vec<Mention>,
    ) {
        let closes = v.from(0).contains(&'》');
        let mut scanner = Self {
            words,
            v,
            text,
            sentence,
            context,
            out,
            taken: 0,
            dated: false,
            title_seen: 0,
            in_title: false,
            near: false,
            same_sentence: false,
            closes,
        };
        scanner.near = scanner.is_near();
        let mut i = 0;
        while i < v.len() {
            let class = v.class(i);
            if class & (class::DIGIT | class::HAN | class::CALENDAR | class::EXCLUDED) == 0 {
                i += 1;
                continue;
            }
            let next = scanner.step(i, class);
            debug_assert!(next > i);
            i = next.max(i + 1);
        }
    }

    /// Reads what begins at `i`; where to go on.
    fn step(&mut self, i: usize, class: u8) -> usize {
        let v = self.v;
        let digit = class & class::DIGIT != 0;
        // 《…》: figures in titles are names.
        if self.titled(i) {
            let end = (i..v.len()).find(|&k| v.c(k) == '》').map_or(i + 1, |k| k + 1);
            return self.pass(end);
        }
        if digit {
            if let Some(end) = exclude::glued(v, i) {
                return self.pass(end);
            }
            if v.before(i, 1).is_ascii_digit() {
                return i + 1;
            }
        }
        let excluded = if class & class::EXCLUDED != 0 {
            self.words.excluded.at(v.from(i)).map(|(len, ())| i + len)
        } else {
            None
        };
        let longer = |end: usize| excluded.is_none_or(|e| end > e);
        if class & (class::DIGIT | class::HAN) != 0
            && let Some(end) = self.ratio(i)
        {
            return end;
        }
        // 个半小时, 分半, 米八 are lengths and begin no date.
        if class & (class::CALENDAR | class::DIGIT | class::HAN) != 0 && !matches!(v.c(i), '个' | '分' | '米') {
            if let Some(reading) = date::read(self.words, v, i, self.anchor())
                && longer(reading.end)
            {
                return self.date(reading);
            }
            let dated = self.dated
                && (self.taken..i).all(|k| matches!(v.c(k), ' ' | '，' | ',' | '（' | '('))
                && i - self.taken <= 2;
            if let Some(reading) = clock::read(self.words, v, i, dated)
                && longer(reading.end)
            {
                return self.date(reading);
            }
        }
        if class & (class::CALENDAR | class::HAN) != 0
            && excluded.is_none()
            && let Some(end) = self.special(i)
        {
            return end;
        }
        if digit || class & class::HAN != 0 {
            let before = self.out.len();
            if let Some(end) = self.number(i, excluded)
                && (self.out.len() > before || excluded.is_none())
            {
                return end;
            }
        }
        if let Some(end) = excluded {
            return self.pass(end);
        }
        if digit {
            let mut end = i + 1;
            while v.c(end).is_ascii_digit() {
                end += 1;
            }
            return end;
        }
        i + 1
    }

    /// Whether the sentence is all there is.
    pub(super) fn is_whole(&self) -> bool {
        self.text.trim().len() <= self.sentence.len()
    }

    /// Whether `i` stands between 《 and 》.
    fn titled(&mut self, i: usize) -> bool {
        let v = self.v;
        while self.title_seen < i {
            match v.c(self.title_seen) {
                '《' => self.in_title = true,
                '》' => self.in_title = false,
                _ => {}
            }
            self.title_seen += 1;
        }
        self.in_title && self.closes
    }

    pub(super) fn pass(&mut self, end: usize) -> usize {
        self.taken = self.taken.max(end);
        self.dated = false;
        end
    }

    fn anchor(&self) -> Anchor<'_> {
        Anchor {
            reference: self.context.reference,
            last: self.context.last_time.as_ref(),
            near: self.near || self.same_sentence,
            same_sentence: self.same_sentence,
        }
    }

    /// Whether the date named last stands in the same paragraph: no line ends between.
    fn is_near(&self) -> bool {
        self.context.last_time_span.is_some_and(|span| {
            let (from, to) = (span.end as usize, self.sentence.start as usize);
            from <= to && to - from < 3000 && !self.text.as_bytes().get(from..to).is_none_or(|b| b.contains(&b'\n'))
        })
    }

    /// Takes a date or clock time.
    fn date(&mut self, mut reading: Reading) -> usize {
        let v = self.v;
        let span = v.span(reading.start, reading.end);
        if reading.kind == Kind::Time {
            // The day that the date right before it names.
            if self.dated
                && let Some(last) = self.out.last()
                && last.quantity.kind == Kind::Date
                && let Some(day) = &last.quantity.time
                && day.precision == Precision::Day
            {
                reading.time.first = day.first;
                reading.time.last = day.last;
                reading.time.month = day.month;
                reading.time.day = day.day;
                reading.time.timex = format!("{}{}", day.timex, reading.time.timex);
            }
        } else {
            let opens = reading.kind == Kind::DateRange && reading.time.timex.starts_with('P');
            if !opens && (reading.time.first.is_some() || reading.time.last.is_some()) {
                self.context.last_time = Some(reading.time.clone());
                self.context.last_time_span = Some(span);
                self.same_sentence = true;
            }
        }
        let end = reading.end;
        if reading.dateline {
            self.taken = end;
            self.dated = false;
            return end;
        }
        let is_date = reading.kind != Kind::Time;
        self.out.push(Mention {
            span,
            numeral: span,
            unit_span: None,
            quantity: Quantity {
                kind: reading.kind,
                point: None,
                unit: None,
                base_unit: None,
                literal: Interval::default(),
                reader: Interval::default(),
                granularity: Decimal::ZERO,
                hedge: reading.hedge,
                time: Some(reading.time),
                negative: false,
            },
        });
        self.taken = end;
        self.dated = is_date;
        end
    }

    pub(super) fn push(
        &mut self,
        from: usize,
        numeral: (usize, usize),
        unit: Option<(usize, usize)>,
        to: usize,
        quantity: Quantity,
    ) -> usize {
        let v = self.v;
        let from = from.max(self.taken.min(numeral.0));
        self.out.push(Mention {
            span: v.span(from, to),
            numeral: v.span(numeral.0, numeral.1),
            unit_span: unit.map(|u| v.span(u.0, u.1)),
            quantity,
        });
        self.taken = to;
        self.dated = false;
        to
    }

    /// Whether the last mention ends at character `at`.
    pub(super) fn out_ends(&self, at: usize) -> bool {
        self.taken == at && self.out.last().is_some_and(|m| m.span.end == self.v.span(at, at).start)
    }

    /// Takes the last mention back; what follows begins at `from`.
    pub(super) fn unpush(&mut self, from: usize) {
        self.out.pop();
        self.taken = from;
    }

    pub(super) fn amount(value: Decimal, kind: Kind, unit: Option<Cow<'static, str>>) -> Amount {
        Amount {
            value,
            place: Decimal::ONE,
            granularity: Decimal::ZERO,
            shape: Shape::Plain,
            hedge: None,
            odd_unit: false,
            to: None,
            negative: false,
            kind,
            unit,
            times: Decimal::ONE,
        }
    }

    /// Whether the numeral at `i` begins with a lone scale.
    fn bare_scale(&self, i: usize) -> bool {
        matches!(self.v.c(i), '百' | '千' | '万' | '亿')
    }

    /// A numeral with what belongs to it, at `i`; where to go on.
    fn number(&mut self, i: usize, excluded: Option<usize>) -> Option<usize> {
        let v = self.v;
        let c = v.c(i);
        if c.is_ascii_digit()
            && let Some(end) = exclude::phone(v, i)
                .or_else(|| exclude::address(v, i))
                .or_else(|| exclude::phone_groups(self.words, v, i))
        {
            return Some(self.pass(end));
        }
        let below = v.is(i, "零下");
        let at = if below { v.skip_spaces(i + 2) } else { i };
        // .5
        let at = if v.before(at, 1) == '.'
            && at == i
            && !v.before(at, 2).is_ascii_alphanumeric()
            && v.before(at, 2) != '.'
            && at > self.taken
        {
            at - 1
        } else {
            at
        };
        let numeral = numerals::parse(v, at).map(|n| {
            let next = v.c(v.skip_spaces(n.end));
            if v.c(n.end) == ' '
                && !v.c(at).is_ascii_digit()
                && (numerals::is_han_numeral(next) || matches!(next, '点' | '余' | '多' | '几'))
            {
                numerals::spaced(v, at).filter(|s| s.end > n.end).unwrap_or(n)
            } else {
                n
            }
        });
        let i = i.min(at);
        let Some(n) = numeral else {
            // Too many digits, or a word.
            let mut end = at;
            while v.c(end).is_ascii_digit() || matches!(v.c(end), '.' | ',') && v.c(end + 1).is_ascii_digit() {
                end += 1;
            }
            return if end > i { Some(self.pass(end)) } else { None };
        };
        // 四分五裂
        let idiom = v.c(n.end) == '分' && v.c(n.end + 1) != '之' && excluded.is_some_and(|e| e > n.end + 1);
        if !idiom && let Some(end) = self.fraction(at, &n) {
            return Some(end);
        }
        let n = match self.power(n) {
            Ok(n) => n,
            Err(end) => return Some(self.pass(end)),
        };
        // 一一列举: 列 is no counting word there.
        let word = n.form == numerals::Form::Places && n.digits == 0;
        if excluded.is_some_and(|e| n.end <= e && (word || self.unit_at(n.end).is_none_or(|u| u.end <= e))) {
            return None;
        }
        // 陆地, 伍仁: a lone formal digit is a word or a name unless money follows.
        if n.end == at + 1
            && matches!(v.c(at), '陆' | '伍' | '肆' | '柒' | '捌' | '玖' | '叁' | '贰' | '壹' | '拾' | '佰' | '仟')
            && (i > 0 || n.end < v.len())
            && !self.unit_at(n.end).is_some_and(|u| {
                matches!(u.unit.kind, UnitKind::Money | UnitKind::Count) || !matches!(v.c(at), '陆' | '伍')
            })
            && !matches!(v.c(v.skip_spaces(n.end)), '折' | '成')
        {
            return None;
        }
        // 每千瓦时0.35元, 每百公里7升: what something is counted by.
        if self.bare_scale(at) && matches!(v.before(at, 1), '每' | '按' | '/') && at == i {
            let unit = self.words.units.at(v.from(at)).map(|(len, _)| at + len);
            let end = unit.or_else(|| self.unit_at(n.end).map(|u| u.end)).unwrap_or(n.end);
            return Some(self.pass(end));
        }
        // 12::1 is an address.
        if v.is(n.end, "::") {
            return Some(self.pass(n.end + 2));
        }
        // 1.234,56 is no Chinese writing.
        if n.decimals > 0 && v.c(n.end) == ',' && v.c(n.end + 1).is_ascii_digit() && !v.c(n.end + 4).is_ascii_digit() {
            let mut end = n.end + 1;
            while v.c(end).is_ascii_digit() || v.c(end) == ',' {
                end += 1;
            }
            return Some(self.pass(end));
        }
        if let Some(end) = exclude::spaced_codes(v, i, &n) {
            return Some(self.pass(end));
        }
        if let Some(end) = exclude::list_mark(v, i, &n) {
            return Some(self.pass(end));
        }
        if let Some(end) = exclude::score(v, i, &n) {
            return Some(self.pass(end));
        }
        self.counted(i, at, below, n)
    }
}
