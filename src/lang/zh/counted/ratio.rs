//! Ratios of two numbers: 1∶14, 一比十四, 3:2. Enters: a numeral where words or the sign tell of a ratio. Leaves: a mention. A score or a
//! clock time is none.

use rust_decimal::Decimal;

use super::super::exclude;
use super::super::mention::Scanner;
use super::super::numerals::{self, Numeral, Shape, is_han_numeral};
use crate::model::Kind;

/// How many characters to either side of a ratio are searched for the word that tells it.
const NEAR: usize = 14;

impl Scanner<'_> {
    /// The ratio at `i`; where to go on. A ratio of three parts is passed over: it has no single value.
    pub(in crate::lang::zh) fn ratio(&mut self, i: usize) -> Option<usize> {
        let v = self.v;
        // Most numerals end before anything else is looked at.
        let mut p = i;
        while p - i < 12 && (v.c(p).is_ascii_digit() || v.c(p) == '.' || is_han_numeral(v.c(p))) {
            p += 1;
        }
        if p == i || !matches!(v.c(v.skip_spaces(p)), ':' | '：' | '∶' | '比') {
            return None;
        }
        let before = v.before(i, 1);
        if before.is_ascii_alphanumeric() || matches!(before, ':' | '：' | '∶' | '.' | '/' | '-' | '第') {
            return None;
        }
        let n = numerals::parse(v, i).filter(plain)?;
        let joint = v.skip_spaces(n.end);
        let sign = v.c(joint);
        if !matches!(sign, ':' | '：' | '∶' | '比') {
            return None;
        }
        let m_at = v.skip_spaces(joint + 1);
        let m = numerals::parse(v, m_at).filter(plain)?;
        let told = self.tells_ratio(i, m.end);
        let lone = sign == '∶' && n.value == Decimal::ONE && m.value > Decimal::ONE;
        if !told && (!lone || exclude::score(v, i, &n).is_some()) || m.value.is_zero() {
            return None;
        }
        // 1:1:2
        let mut end = m.end;
        while v.c(end) == sign
            && let Some(next) = numerals::parse(v, end + 1)
        {
            end = next.end;
        }
        if end > m.end {
            return Some(self.pass(end));
        }
        if !told && self.unit_at(m.end).is_some() {
            return None;
        }
        let value = n.value.checked_div(m.value)?.round_dp(6);
        let (start, before) = self.hedge_before(i);
        let (to, after) = self.hedge_after(m.end);
        let mut a = Self::amount(value, Kind::Ratio, None);
        a.place = Decimal::ZERO;
        a.hedge = before.or(after);
        let q = a.quantity(&self.words.slack)?;
        Some(self.push(start, (i, m.end), None, to, q))
    }

    /// Whether a word for a ratio stands near, in the clause, and none for a score.
    fn tells_ratio(&self, from: usize, to: usize) -> bool {
        let v = self.v;
        let stop = |c: char| matches!(c, '\0' | '，' | '。' | '；' | '！' | '？' | '\n');
        let left = (from.saturating_sub(NEAR)..from)
            .rev()
            .find(|&k| stop(v.c(k)))
            .map_or(from.saturating_sub(NEAR), |k| k + 1);
        let right = (to..to + NEAR).find(|&k| stop(v.c(k))).unwrap_or(to + NEAR);
        let found = |from: usize, to: usize| (from..to).any(|k| self.words.ratio.at(v.from(k)).is_some());
        let scored = |from: usize, to: usize| (from..to).any(|k| v.is(k, "比分") || v.is(k, "战胜") || v.is(k, "击败"));
        (found(left, from) || found(to, right)) && !scored(left, from) && !scored(to, right)
    }
}

fn plain(n: &Numeral) -> bool {
    matches!(n.shape, Shape::Plain) && n.value > Decimal::ZERO
}
