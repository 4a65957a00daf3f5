//! What stands right before a numeral and belongs to it, and the second end of a range: signs, currencies, words of decrease. Enters: a
//! place. Leaves: what stands there.

use rust_decimal::Decimal;

use super::super::mention::{Found, Scanner};
use super::super::numerals::{self, Numeral, Shape};
use super::super::words::UnitKind;

/// A prefix, sign or nothing before a numeral.
pub(super) struct Lead {
    /// Where the figure begins with it.
    pub(super) start: usize,
    pub(super) currency: Option<&'static str>,
    pub(super) minus: bool,
}

impl<'a> Scanner<'a> {
    /// The unit that stands behind the last of a list: 0.5个和1.8个百分点, 分别提高300和290元.
    pub(super) fn shared_unit(&self, at: usize, n: &Numeral, found: Option<&Found<'a>>) -> Option<Found<'a>> {
        let v = self.v;
        if !matches!(n.shape, Shape::Plain) || n.scale > Decimal::ONE || found.is_some_and(|f| f.unit.word != "个") {
            return None;
        }
        let start = found.map_or(n.end, |f| f.start);
        let end = found.map_or(n.end, |f| f.end);
        if !matches!(v.c(end), '和' | '与' | '及' | '、') {
            return None;
        }
        let apart = (at.saturating_sub(8)..at).any(|k| v.is(k, "分别"));
        let mut p = end;
        for _ in 0..4 {
            if !matches!(v.c(p), '和' | '与' | '及' | '、') {
                return None;
            }
            let m = numerals::parse(v, p + 1).filter(|m| matches!(m.shape, Shape::Plain) && m.scale == Decimal::ONE)?;
            match self.unit_at(m.end) {
                Some(b) if b.unit.word == "个" && matches!(v.c(b.end), '和' | '与' | '及' | '、') => p = b.end,
                Some(b) => {
                    let points = b.unit.kind == UnitKind::Points;
                    let measured = matches!(b.unit.kind, UnitKind::Measure | UnitKind::Money | UnitKind::Share);
                    let fine = n.decimals > 0 && m.decimals > 0;
                    let between = v.is(b.end, "之间") || v.c(b.end) == '间';
                    return (points || found.is_none() && measured && (fine || apart) && !between).then_some(Found {
                        start,
                        end,
                        half: false,
                        odd: false,
                        ..b
                    });
                }
                None => p = m.end,
            }
        }
        None
    }
}

impl Scanner<'_> {
    /// Whether a word of decrease stands right before `i`.
    pub(super) fn fell(&self, i: usize) -> bool {
        let v = self.v;
        let mut p = i;
        if let Some((len, ())) = self.words.joiners.before(v.until(p)) {
            p -= len;
        }
        self.words.falls.before(v.until(p)).is_some() || self.words.falls.before(v.until(i)).is_some()
    }

    /// A currency sign or minus before the numeral at `i`.
    pub(super) fn lead(&self, i: usize) -> Lead {
        let v = self.v;
        let mut lead = Lead { start: i, currency: None, minus: false };
        let mut p = i;
        while p > self.taken && v.c(p - 1) == ' ' && i - p < 2 {
            p -= 1;
        }
        if let Some((len, code)) = self.words.prefixes.before(v.until(p)).filter(|(len, _)| p - len >= self.taken) {
            // RMB and the like begin a word.
            let at = p - len;
            if !(v.c(at).is_ascii_alphabetic() && v.before(at, 1).is_ascii_alphanumeric()) {
                lead.currency = Some(code);
                lead.start = at;
                p = at;
            }
        } else {
            p = i;
        }
        let sign = v.before(p, 1);
        let ahead = v.before(p, 2);
        if p > self.taken
            && (sign == '负'
                && !matches!(
                    ahead,
                    '胜' | '正' | '自' | '肩' | '担' | '欺' | '辜' | '身' | '背' | '各' | '分' | '共' | '承'
                )
                || sign == '-'
                    && !(ahead.is_ascii_alphanumeric()
                        || crate::text::is_ideograph(ahead) && p - 1 > 0 && self.taken == p - 1))
        {
            let joins = sign == '-'
                && (crate::text::is_ideograph(ahead)
                    && !matches!(
                        ahead,
                        '为' | '至' | '到' | '是' | '长' | '润' | '幅' | '率' | '降' | '达' | '约' | '温'
                    ));
            if !joins {
                lead.minus = true;
                lead.start = p - 1;
            }
        }
        lead
    }

    /// Gives a 千 or 百 at the end of a numeral back to the unit it begins: 5千米, 三千瓦时, 965百帕.
    pub(super) fn kilo(&self, at: usize, n: &mut Numeral) {
        let v = self.v;
        let scale = v.c(n.end - 1);
        if !matches!(scale, '千' | '百') || n.end - 1 <= at || !matches!(n.shape, Shape::Plain) {
            return;
        }
        let Some((_, unit)) = self.words.units.at(v.from(n.end - 1)) else { return };
        // 一千米 is a thousand metres in anyone's mouth; 5千米 is five kilometres.
        if unit.kind != UnitKind::Measure || unit.code == "km" && !v.before(n.end, 2).is_ascii_digit() {
            return;
        }
        if scale == '百' && (unit.code != "hPa" || !v.before(n.end, 2).is_ascii_digit()) {
            return;
        }
        let by = Decimal::from(if scale == '千' { 1000 } else { 100 });
        let (Some(value), Some(place)) = (n.value.checked_div(by), n.place.checked_div(by)) else { return };
        n.value = value;
        n.place = place;
        n.unscaled = value;
        n.end -= 1;
    }

    /// The upper end that a lower bound goes on with at `from`: 且不超过10亿元, 最多200.
    pub(super) fn upper_bound(&self, from: usize, n: &Numeral, found: Option<&Found>) -> Option<(Decimal, usize)> {
        let v = self.v;
        let mut q = v.skip_spaces(from);
        if let Some(w) = ["但是", "并且", "而且", "但", "且", "并"].iter().find(|w| v.is(q, w)) {
            q += w.chars().count();
        }
        let word = [
            "小于等于",
            "小于",
            "少于",
            "低于",
            "不超过",
            "不大于",
            "不高于",
            "不多于",
            "不到",
            "不足",
            "不满",
            "最多",
            "至多",
        ]
        .iter()
        .find(|w| v.is(q, w))?;
        let (m, _) = self.second(v.skip_spaces(q + word.chars().count()))?;
        let other = self.unit_at(m.end);
        let alike = match (found, &other) {
            (None, None) => true,
            (Some(a), Some(b)) => a.unit.word == b.unit.word && a.per == b.per,
            _ => false,
        };
        (alike && m.value > n.value && matches!(m.shape, Shape::Plain))
            .then(|| (m.value, other.map_or(m.end, |o| o.end)))
    }

    /// A note after the first end of a range: 1万元(不含)至5万元(含).
    pub(super) fn note(&self, p: usize) -> usize {
        for w in ["(不含)", "（不含）", "(含)", "（含）"] {
            if self.v.is(p, w) {
                return p + w.chars().count();
            }
        }
        p
    }

    pub(super) fn second(&self, q: usize) -> Option<(Numeral, usize)> {
        let v = self.v;
        let mut p = q;
        if let Some(sign) = ["US$", "HK$", "￥", "¥", "$", "€", "£"].iter().find(|s| v.is(p, s)) {
            p += sign.chars().count();
        }
        let m = numerals::parse(v, p)?;
        matches!(m.shape, Shape::Plain | Shape::Odd).then_some((m, p))
    }

    /// Whether the second end of a range at `q` says its sign: below zero, or above.
    pub(super) fn second_sign(&self, q: usize) -> (usize, Option<bool>) {
        let v = self.v;
        if v.is(q, "零下") {
            return (v.skip_spaces(q + 2), Some(true));
        }
        if v.is(q, "零上") {
            return (v.skip_spaces(q + 2), Some(false));
        }
        match v.c(q) {
            '负' | '-' => (q + 1, Some(true)),
            '+' => (q + 1, Some(false)),
            // 5~-3: the joint took the sign along.
            _ if v.before(q, 1) == '-' && matches!(v.before(q, 2), '~' | '至' | '到' | '—' | '–' | '%' | '℃') =>
            {
                // 3%-5%: one dash behind a unit joins.
                (q, matches!(v.before(q, 2), '~' | '至' | '到' | '—' | '–').then_some(true))
            }
            _ => (q, None),
        }
    }

    pub(super) fn is_clockish(&self, q: usize) -> bool {
        let v = self.v;
        let Some((_, end, _)) = numerals::small(v, q) else { return false };
        matches!(v.c(end), '时' | ':' | '：') && v.c(end + 1) != '间' || v.c(end) == '月'
    }
}
