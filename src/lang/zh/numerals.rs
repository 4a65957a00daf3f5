//! Numerals: digits, Chinese numerals and mixtures of both. Enters: folded characters. Leaves: an exact value, the place of its last
//! significant digit, and what makes it vague. Knows nothing of units, hedges before it, or dates.

mod chars;
mod short;
mod sum;

use rust_decimal::Decimal;

use chars::{big_scale, ends_word, formal, latin_scale, of_data, scale_next_below, small_scale};
pub(super) use chars::{han_digit, is_han_numeral};
use short::exponent;
pub(super) use short::{small, spaced};
pub(super) use sum::digits;
use sum::{Sum, Vague, place_of};

use super::view::View;
use crate::quantity::pow10;

/// How a numeral was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits only.
    Arabic,
    /// Chinese numerals with scale words, or one digit.
    Han,
    /// Chinese digits in places: `二〇〇八`.
    Places,
    /// Digits with scale words.
    Mixed,
}

/// What makes a numeral more than one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One value.
    Plain,
    /// `多` `余` `来` `几` after it: up to one place more.
    Odd,
    /// `上千` `千余`: its order of magnitude.
    Order,
    /// `几十` `数千` `十几`: from `value` to the number here, closed or open above; a reader takes it from the last on.
    Vague(Decimal, bool, Decimal),
    /// `三四` `七八十`: from `value` to the number here.
    Neighbours(Decimal),
}

/// A numeral.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// Index one past it.
    pub end: usize,
    /// Its value, scale words applied.
    pub value: Decimal,
    /// The place of its last significant digit.
    pub place: Decimal,
    /// The value before the last big scale word: what a scale shared by a range multiplies.
    pub unscaled: Decimal,
    /// The last big scale word's factor, or 1.
    pub scale: Decimal,
    /// How it was written.
    pub form: Form,
    /// What makes it vague.
    pub shape: Shape,
    /// Digits before the point, where it begins with digits.
    pub digits: u8,
    /// Digits after the point of the last part.
    pub decimals: u32,
    /// Digits grouped by commas.
    pub grouped: bool,
    /// Begins with a zero and has more digits: a code more often than a number.
    pub leading_zero: bool,
}

impl Numeral {
    /// Granularity for rounding: bare counts below 100 are exact.
    pub fn granularity(&self) -> Decimal {
        if self.decimals == 0 && self.scale == Decimal::ONE && self.value < Decimal::ONE_HUNDRED {
            Decimal::ONE
        } else {
            self.place
        }
    }

    /// Whether it is one Chinese digit.
    pub fn is_single_han(&self, start: usize) -> bool {
        self.form == Form::Han && self.end == start + 1
    }
}

/// Reads a numeral at `i`.
pub(super) fn parse(v: &View, i: usize) -> Option<Numeral> {
    let c = v.c(i);
    if c.is_ascii_digit() || is_han_numeral(c) || matches!(c, '.' | '几' | '数') { sum(v, i) } else { None }
}

fn sum(v: &View, i: usize) -> Option<Numeral> {
    let mut s = Sum {
        total: Decimal::ZERO,
        section: Decimal::ZERO,
        number: None,
        spread: [Decimal::ZERO; 3],
        decimals: 0,
        decimal_factor: Decimal::ONE,
        last_scale: Decimal::ONE,
        last_big: Decimal::ONE,
        unscaled: Decimal::ZERO,
        zero: false,
        odd: None,
        vague: None,
        single: false,
    };
    let mut p = i;
    let (mut arabic, mut han) = (false, false);
    let mut first: Option<(u8, bool, bool)> = None;
    let mut places = false;
    let mut bare_scale = false;
    loop {
        let c = v.c(p);
        if s.odd.is_some() && big_scale(c).is_none() && small_scale(c).is_none() {
            break;
        }
        if c.is_ascii_digit() || (c == '.' && p == i && v.c(p + 1).is_ascii_digit()) {
            if s.number.is_some() || s.vague.is_some() {
                break;
            }
            let d = digits(v, p)?;
            // After a scale word only smaller parts may follow: 3千4百, 1万600, 2亿3000万.
            if p > i {
                if d.leading_zero && s.last_scale <= Decimal::ONE {
                    break;
                }
                let next = v.c(v.skip_spaces(d.end));
                let grows = big_scale(next).is_some() || small_scale(next).is_some();
                if d.value >= s.last_scale
                    || (d.decimals > 0 && !grows)
                    || (!grows
                        && d.whole == 1
                        && !han
                        && s.last_big > Decimal::ONE
                        && !v.c(d.end).is_ascii_digit()
                        && s.last_scale < s.last_big)
                {
                    break;
                }
                if !grows && d.whole == 1 {
                    // 3万5
                    s.number = Some(d.value);
                    s.single = true;
                    s.zero = false;
                    p = d.end;
                    arabic = true;
                    continue;
                }
            }
            first.get_or_insert((d.whole, d.grouped, d.leading_zero));
            s.number = Some(d.value);
            s.decimals = d.decimals;
            s.decimal_factor = Decimal::ONE;
            s.single = false;
            arabic = true;
            p = d.end;
            // 2e5
            if matches!(v.c(p), 'e' | 'E')
                && let Some((exponent, end)) = exponent(v, p + 1)
            {
                s.number = Some(pow10(exponent)?.checked_mul(d.value)?);
                s.decimals = 0;
                p = end;
                break;
            }
            // 30w, 10k
            if let Some((factor, end)) = latin_scale(v, p) {
                s.big(factor)?;
                p = end;
                break;
            }
            let factor = match v.c(p) {
                'w' | 'W' => 10_000,
                'k' | 'K' => 1000,
                'M' if d.decimals > 0 || d.whole > 1 => 1_000_000,
                // A cell that holds nothing else: 1.2G.
                'G' if d.decimals > 0 && p + 1 == v.len() && (i == 0 || i == 1 && v.c(0) == '-') => 1_000_000_000,
                // 52.5 k
                ' ' if matches!(v.c(p + 1), 'k' | 'K') && matches!(v.c(p + 2), '\0' | '，' | '。' | '、') => {
                    p += 1;
                    1000
                }
                _ => 1,
            };
            if factor > 1 && !v.c(p + 1).is_ascii_alphanumeric() && !matches!(v.c(p + 1), '/' | '²' | '金') {
                s.big(factor)?;
                p += 1;
                break;
            }
            continue;
        }
        if let Some(d) = han_digit(c) {
            if s.number.is_some() {
                break;
            }
            let mut q = p + 1;
            // A longer run is no number, however long it is: looking further would make a line of 三 quadratic.
            while q - p <= 28
                && han_digit(v.c(q)).is_some()
                && (formal(v.c(q)) == formal(c) || han_digit(v.c(q)) == Some(0) || d == 0)
                && (!matches!(v.c(q), '两' | '俩' | '仨')
                    || (v.c(q - 1) == '一' && q == p + 1 && !ends_word(v.c(q + 1))))
            {
                q += 1;
            }
            // 两 is a number before a scale or at the head; elsewhere it is a weight: 三千两百两.
            if p > i
                && matches!(c, '两' | '俩' | '仨')
                && small_scale(v.c(p + 1)).is_none()
                && big_scale(v.c(p + 1)).is_none()
            {
                break;
            }
            han = true;
            if d == 0 && q - p > 1 && (s.last_scale > Decimal::ONE) {
                // A zero that bridges empty places.
                s.zero = true;
                p += 1;
                continue;
            }
            if d == 0 && q - p == 1 {
                let next = v.c(p + 1);
                if s.last_scale > Decimal::ONE
                    && (small_scale(next).is_some()
                        || next == '几'
                        || next.is_ascii_digit()
                        || matches!(next, '廿' | '卅' | '卌'))
                {
                    s.zero = true;
                    p += 1;
                    continue;
                }
                if s.last_scale > Decimal::ONE {
                    break;
                }
                s.number = Some(Decimal::ZERO);
                p = q;
                if matches!(v.c(p), '点') && (han_digit(v.c(p + 1)).is_some() || v.c(p + 1).is_ascii_digit()) {
                    continue;
                }
                if small_scale(v.c(p)).is_some() {
                    // 零十
                    s.number = None;
                }
                continue;
            }
            if q - p == 1 {
                s.number = Some(Decimal::from(d));
                s.single = true;
                p = q;
                continue;
            }
            let pair = (q - p == 2).then(|| (d, han_digit(v.c(p + 1)).unwrap_or(0)));
            if let Some((a, b)) = pair
                && a > 0
                && (b == a + 1 || (a == 3 && b == 5))
                && !matches!((v.c(p), v.c(p + 1)), ('幺', _) | (_, '俩' | '仨'))
            {
                s.number = Some(Decimal::from(a));
                s.spread[0] = Decimal::from(b - a);
                s.single = false;
                p = q;
                continue;
            }
            if p > i || q - p > 28 {
                if p == i {
                    return None;
                }
                break;
            }
            let mut value: i128 = 0;
            for k in p..q {
                value = value * 10 + i128::from(han_digit(v.c(k)).unwrap_or(0));
            }
            s.number = Some(Decimal::try_from_i128_with_scale(value, 0).ok()?);
            places = true;
            p = q;
            continue;
        }
        if let Some(tens) = match c {
            '廿' => Some(20),
            '卅' => Some(30),
            '卌' => Some(40),
            _ => None,
        } {
            if s.number.is_some() {
                break;
            }
            han = true;
            s.section += Decimal::from(tens);
            s.last_scale = Decimal::TEN;
            p += 1;
            continue;
        }
        if let Some(scale) = small_scale(c) {
            if s.number.is_none() && s.odd.is_none() && s.vague.is_none() {
                // 十 stands alone; 百 千 do only at the start (`百万`) or after a bridging zero.
                if scale != 10 && p != i && !s.zero {
                    break;
                }
                bare_scale |= p == i && scale != 10;
            }
            if let Some(n) = s.number {
                // A scale of the same size or greater inside a section does not follow: 五百三千.
                if !s.section.is_zero()
                    && s.last_scale <= Decimal::from(scale)
                    && s.last_scale > Decimal::ONE
                    && n < Decimal::TEN
                    && s.last_scale < Decimal::from(10_000)
                {
                    break;
                }
            }
            if arabic && s.number.is_some() && scale == 10 && !matches!(v.c(p + 1), '万' | '亿') {
                break;
            }
            if s.odd.is_some() && s.number.is_none() {
                let section = std::mem::take(&mut s.section);
                s.number = Some(section);
            }
            han = true;
            s.small(scale)?;
            p += 1;
            continue;
        }
        if let Some(scale) = big_scale(c) {
            if p == i {
                // 万 alone: only with what follows.
                bare_scale = true;
            }
            if v.is(p, "亿万")
                || (c == '兆'
                    && (matches!(
                        v.c(p + 1),
                        '字' | '瓦'
                            | '赫'
                            | '帕'
                            | '焦'
                            | '比'
                            | '位'
                            | '欧'
                            | '伏'
                            | '宽'
                            | '光'
                            | '网'
                            | '流'
                            | '带'
                            | '每'
                    ) || of_data(v, p)))
            {
                break;
            }
            han = true;
            s.big(scale)?;
            p += 1;
            continue;
        }
        if c == ' ' && p > i {
            // 1.5 亿, 7 萬5 千
            let q = v.skip_spaces(p);
            let next = v.c(q);
            if q - p == 1
                && s.number.is_none()
                && s.last_scale > Decimal::ONE
                && (han_digit(next).is_some_and(|d| d > 0) || next.is_ascii_digit())
                && !places
            {
                // 7万 5千 4百: the next part is smaller.
                let after = v.c(v.skip_spaces(q + 1));
                let smaller = small_scale(after).is_some_and(|x| Decimal::from(x) < s.last_scale)
                    || big_scale(after).is_some_and(|x| Decimal::from(x) < s.last_scale);
                if smaller {
                    p = q;
                    continue;
                }
            }
            if next == '点' && s.number.is_some() && !arabic && v.c(q + 1) == ' ' && han_digit(v.c(q + 2)).is_some() {
                p = q;
                continue;
            }
            if q - p <= 2
                && (big_scale(next).is_some() || small_scale(next).is_some_and(|x| x > 10))
                && s.number.is_some()
                && !han_digit(v.c(p - 1)).is_some_and(|_| places)
            {
                p = q;
                continue;
            }
            break;
        }
        if c == '点'
            && s.number.is_some() | !s.section.is_zero() | !s.total.is_zero()
            && s.odd.is_none()
            && s.vague.is_none()
        {
            // 三点五, 一百点123
            let mut q = if v.c(p + 1) == ' ' && !arabic { p + 2 } else { p + 1 };
            let mut fraction: i128 = 0;
            let mut places_after = 0u32;
            loop {
                let d = match v.c(q) {
                    c if c.is_ascii_digit() => i128::from(c as u32 - '0' as u32),
                    c => match han_digit(c) {
                        // 两 is no digit behind a point.
                        Some(d) if !matches!(c, '两' | '俩' | '仨') => i128::from(d),
                        _ => break,
                    },
                };
                places_after += 1;
                if places_after > 20 {
                    return None;
                }
                fraction = fraction * 10 + d;
                q += 1;
            }
            if places_after == 0 || (arabic && !han && s.decimals > 0) {
                break;
            }
            let fraction = Decimal::try_from_i128_with_scale(fraction, places_after).ok()?;
            s.number = Some(s.number.unwrap_or_default().checked_add(fraction)?);
            s.decimals = places_after;
            s.decimal_factor = Decimal::ONE;
            s.single = false;
            han = true;
            p = q;
            // 三点五万, and no smaller part after it.
            if let Some(scale) = big_scale(v.c(p)).or_else(|| small_scale(v.c(p)).filter(|&x| x > 10)) {
                if big_scale(v.c(p)).is_some() {
                    s.big(scale)?;
                } else {
                    s.small(scale)?;
                }
                p += 1;
                if let Some(scale) = big_scale(v.c(p)) {
                    s.big(scale)?;
                    p += 1;
                }
            }
            break;
        }
        if matches!(c, '几' | '数') && s.vague.is_none() && s.odd.is_none() {
            let next = v.c(p + 1);
            let scale_next = small_scale(next).is_some() || big_scale(next).is_some();
            if p == i {
                if !scale_next
                    || (c == '数'
                        && matches!(
                            v.before(p, 1),
                            '人' | '总'
                                | '多'
                                | '少'
                                | '次'
                                | '指'
                                | '分'
                                | '系'
                                | '倍'
                                | '基'
                                | '参'
                                | '无'
                                | '半'
                                | '户'
                                | '件'
                                | '岁'
                        ))
                {
                    return None;
                }
                s.vague = Some(Vague::Some);
                han = true;
                p += 1;
                continue;
            }
            if c == '几'
                && s.number.is_none()
                && s.section > Decimal::ZERO
                && (s.last_scale == Decimal::TEN || s.zero && s.last_scale == Decimal::ONE_HUNDRED)
                && !scale_next_below(next)
            {
                // 十几, 三十几, 一百零几
                if s.zero {
                    s.odd = Some(Decimal::TEN);
                } else if s.section == Decimal::TEN && s.total.is_zero() {
                    s.vague = Some(Vague::Teens);
                    s.number = None;
                } else {
                    s.odd = Some(s.place_so_far());
                }
                p += 1;
                continue;
            }
            break;
        }
        if matches!(c, '多' | '余' | '来')
            && s.odd.is_none()
            && s.vague.is_none()
            && p > i
            && (s.number.is_some() || s.so_far() > Decimal::ZERO)
        {
            let next = v.c(p + 1);
            if c == '来'
                && (matches!(
                    next,
                    '自' | '到'
                        | '源'
                        | '临'
                        | '说'
                        | '看'
                        | '了'
                        | '电'
                        | '信'
                        | '访'
                        | '华'
                        | '京'
                        | '袭'
                        | '往'
                        | '年'
                ) || s.so_far() % Decimal::TEN != Decimal::ZERO
                    || (arabic
                        && !han
                        && s.so_far() > Decimal::ONE_HUNDRED
                        && (s.so_far() % Decimal::ONE_HUNDRED != Decimal::ZERO
                            || !"块元个人家里米斤吨亩户名位天只件次张".contains(next))))
            {
                break;
            }
            if c == '余' && matches!(next, '额' | '下' | '地' | '热' | '震' | '党' | '姚' | '杭') {
                break;
            }
            s.odd = Some(if s.number.is_some() && !s.total.is_zero() && s.section.is_zero() {
                place_of(s.number.unwrap_or_default())
            } else {
                s.place_so_far()
            });
            p += 1;
            if v.c(p) == ' ' && big_scale(v.c(p + 1)).is_some() {
                p += 1;
            }
            continue;
        }
        if c == '有' && v.c(p + 1) == '余' && p > i && s.odd.is_none() {
            s.odd = Some(s.place_so_far());
            p += 2;
            break;
        }
        if c == '个' && matches!(v.c(p + 1), '亿') && s.number.is_some() {
            p += 1;
            continue;
        }
        break;
    }
    if p == i {
        return None;
    }
    // A dropped last scale: 一万五, 两百五.
    if s.single
        && s.last_scale >= Decimal::ONE_HUNDRED
        && !s.zero
        && s.odd.is_none()
        && s.spread[0].is_zero()
        && s.decimals == 0
    {
        let scale = s.last_scale / Decimal::TEN;
        s.number = s.number.and_then(|n| n.checked_mul(scale));
    }
    let value = s.total.checked_add(s.section)?.checked_add(s.number.unwrap_or_default())?;
    let spread = s.spread.iter().sum::<Decimal>();
    let form = match (arabic, han) {
        (true, false) => Form::Arabic,
        (true, true) => Form::Mixed,
        _ if places && s.last_scale == Decimal::ONE => Form::Places,
        _ => Form::Han,
    };
    let place = match s.odd {
        Some(place) => place,
        None if s.decimals > 0 => pow10(-(s.decimals as i32))?.checked_mul(s.decimal_factor)?,
        None => place_of(value),
    };
    let shape = match s.vague {
        Some(Vague::Some) => {
            // value is one of the scale: 几十 20–99, 数千 [1000, 10000).
            let ten = value.checked_mul(Decimal::TEN)?;
            if value == Decimal::TEN {
                Shape::Vague(Decimal::from(99), true, Decimal::from(20))
            } else {
                Shape::Vague(ten, false, value.checked_mul(Decimal::TWO)?)
            }
        }
        Some(Vague::Teens) => {
            let unit = value / Decimal::TEN;
            if unit == Decimal::ONE {
                Shape::Vague(Decimal::from(19), true, Decimal::from(11))
            } else {
                Shape::Vague(Decimal::from(20).checked_mul(unit)?, false, Decimal::from(11).checked_mul(unit)?)
            }
        }
        None if !spread.is_zero() => Shape::Neighbours(value.checked_add(spread)?),
        None if s.odd.is_some() && bare_scale => Shape::Order,
        None if s.odd.is_some() => Shape::Odd,
        None => Shape::Plain,
    };
    let value = match (s.vague, shape) {
        (Some(Vague::Some), _) if value == Decimal::TEN => Decimal::from(20),
        (Some(Vague::Teens), Shape::Vague(_, _, low)) => low,
        _ => value,
    };
    let (whole, grouped, leading_zero) = first.unwrap_or((0, false, false));
    Some(Numeral {
        end: p,
        value,
        place,
        unscaled: if s.last_big > Decimal::ONE { s.unscaled } else { value },
        scale: s.last_big,
        form,
        shape,
        digits: whole,
        decimals: s.decimals,
        grouped,
        leading_zero,
    })
}
