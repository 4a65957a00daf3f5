//! The lunar calendar as far as news uses it: holidays, and months and days that are told to be lunar. Enters: folded characters and a
//! year. Leaves: days of the common calendar.
//!
//! Each year of the table is one number: the low four bits are the month that is followed by a leap month, bits 4 to 15 tell from the
//! twelfth to the first month which have 30 days, bit 16 whether the leap month has. Source: the conversion tables of the Hong
//! Kong Observatory; the New Year's days of 2000–2035 below are tested against them.

use jiff::ToSpan;
use jiff::civil::Date;

use super::numerals::{han_digit, small};
use super::view::View;

/// Lunar years from 1900, whose first day is 31 January 1900.
#[rustfmt::skip]
const YEARS: [u32; 150] = [
    0x0_4bd8, 0x0_4ae0, 0x0_a570, 0x0_54d5, 0x0_d260, 0x0_d950, 0x1_6554, 0x0_56a0, 0x0_9ad0, 0x0_55d2,
    0x0_4ae0, 0x0_a5b6, 0x0_a4d0, 0x0_d250, 0x1_d255, 0x0_b540, 0x0_d6a0, 0x0_ada2, 0x0_95b0, 0x1_4977,
    0x0_4970, 0x0_a4b0, 0x0_b4b5, 0x0_6a50, 0x0_6d40, 0x1_ab54, 0x0_2b60, 0x0_9570, 0x0_52f2, 0x0_4970,
    0x0_6566, 0x0_d4a0, 0x0_ea50, 0x0_6e95, 0x0_5ad0, 0x0_2b60, 0x1_86e3, 0x0_92e0, 0x1_c8d7, 0x0_c950,
    0x0_d4a0, 0x1_d8a6, 0x0_b550, 0x0_56a0, 0x1_a5b4, 0x0_25d0, 0x0_92d0, 0x0_d2b2, 0x0_a950, 0x0_b557,
    0x0_6ca0, 0x0_b550, 0x1_5355, 0x0_4da0, 0x0_a5b0, 0x1_4573, 0x0_52b0, 0x0_a9a8, 0x0_e950, 0x0_6aa0,
    0x0_aea6, 0x0_ab50, 0x0_4b60, 0x0_aae4, 0x0_a570, 0x0_5260, 0x0_f263, 0x0_d950, 0x0_5b57, 0x0_56a0,
    0x0_96d0, 0x0_4dd5, 0x0_4ad0, 0x0_a4d0, 0x0_d4d4, 0x0_d250, 0x0_d558, 0x0_b540, 0x0_b6a0, 0x1_95a6,
    0x0_95b0, 0x0_49b0, 0x0_a974, 0x0_a4b0, 0x0_b27a, 0x0_6a50, 0x0_6d40, 0x0_af46, 0x0_ab60, 0x0_9570,
    0x0_4af5, 0x0_4970, 0x0_64b0, 0x0_74a3, 0x0_ea50, 0x0_6b58, 0x0_55c0, 0x0_ab60, 0x0_96d5, 0x0_92e0,
    0x0_c960, 0x0_d954, 0x0_d4a0, 0x0_da50, 0x0_7552, 0x0_56a0, 0x0_abb7, 0x0_25d0, 0x0_92d0, 0x0_cab5,
    0x0_a950, 0x0_b4a0, 0x0_baa4, 0x0_ad50, 0x0_55d9, 0x0_4ba0, 0x0_a5b0, 0x1_5176, 0x0_52b0, 0x0_a930,
    0x0_7954, 0x0_6aa0, 0x0_ad50, 0x0_5b52, 0x0_4b60, 0x0_a6e6, 0x0_a4e0, 0x0_d260, 0x0_ea65, 0x0_d530,
    0x0_5aa0, 0x0_76a3, 0x0_96d0, 0x0_4bd7, 0x0_4ad0, 0x0_a4d0, 0x1_d0b6, 0x0_d250, 0x0_d520, 0x0_dd45,
    0x0_b5a0, 0x0_56d0, 0x0_55b2, 0x0_49b0, 0x0_a577, 0x0_a4b0, 0x0_aa50, 0x1_b255, 0x0_6d20, 0x0_ada0,
];

/// Length of a month: 29 or 30 days.
const fn length(year: u32, month: u32) -> i64 {
    if year & (0x1_0000 >> month) != 0 { 30 } else { 29 }
}

/// First and last day of a lunar month (the leap one where `leap`); `None` outside the table or where that year has no such month.
fn month(year: i32, month: i8, leap: bool) -> Option<(Date, Date)> {
    let index = usize::try_from(year - 1900).ok()?;
    let this = *YEARS.get(index)?;
    let mut days = 0i64;
    for &y in &YEARS[..index] {
        days += (1..=12).map(|m| length(y, m)).sum::<i64>();
        if y & 0xF != 0 {
            days += if y & 0x1_0000 != 0 { 30 } else { 29 };
        }
    }
    let leap_month = (this & 0xF) as i8;
    if leap && leap_month != month {
        return None;
    }
    for m in 1..month {
        days += length(this, m as u32);
        if m == leap_month {
            days += if this & 0x1_0000 != 0 { 30 } else { 29 };
        }
    }
    let mut len = length(this, month as u32);
    if leap {
        days += len;
        len = if this & 0x1_0000 != 0 { 30 } else { 29 };
    }
    let first = Date::constant(1900, 1, 31).checked_add(days.days()).ok()?;
    Some((first, first.checked_add((len - 1).days()).ok()?))
}

/// One lunar day.
fn day(year: i32, m: i8, d: i8) -> Option<Date> {
    let (first, last) = month(year, m, false)?;
    let day = first.checked_add((i64::from(d) - 1).days()).ok()?;
    (day <= last).then_some(day)
}

/// The days of a holiday in a solar year; `None` outside the table.
pub(super) fn holiday(index: u8, year: i32) -> Option<(Date, Date)> {
    let one = |d: Date| Some((d, d));
    let eve = |y: i32| day(y, 1, 1)?.checked_sub(1.days()).ok();
    match index {
        1 => day(year, 1, 1).and_then(one),
        2 => eve(year).and_then(one),
        3 => day(year, 1, 15).and_then(one),
        4 => day(year, 5, 5).and_then(one),
        5 => day(year, 7, 7).and_then(one),
        6 => day(year, 8, 15).and_then(one),
        7 => day(year, 9, 9).and_then(one),
        // 腊八 falls into January of the solar year as a rule.
        8 => day(year - 1, 12, 8).and_then(one),
        11 => {
            let first = eve(year)?;
            Some((first, first.checked_add(6.days()).ok()?))
        }
        _ => None,
    }
}

/// A lunar month or day at `i`, where a word says that it is lunar: 农历八月十五, 腊月廿三, 正月初五, 闰四月.
pub(super) fn date(v: &View, i: usize, year: Option<i32>) -> Option<((Date, Date), usize)> {
    let mut p = i;
    let mut told = false;
    for word in ["农历", "阴历", "旧历"] {
        if v.is(p, word) {
            p = v.skip_spaces(p + 2);
            told = true;
        }
    }
    let mut year = year;
    if let (true, Some((y, e, 4))) = (told, small(v, p))
        && v.c(e) == '年'
    {
        year = Some(y as i32);
        p = e + 1;
    }
    let leap = v.c(p) == '闰';
    if leap {
        p += 1;
        told = true;
    }
    let (m, mut end) = if v.is(p, "正月") {
        told = true;
        (1, p + 2)
    } else if v.is(p, "腊月") {
        told = true;
        (12, p + 2)
    } else if v.is(p, "冬月") {
        told = true;
        (11, p + 2)
    } else if v.is(p, "大年初") {
        told = true;
        (1, p + 2)
    } else {
        let (m, e, run) = small(v, p)?;
        if v.c(e) != '月' || !(1..=12).contains(&m) || run > 2 {
            return None;
        }
        (m as i8, e + 1)
    };
    if v.c(end) == '份' {
        end += 1;
    }
    // 初五, 廿三 are lunar by themselves.
    let d = if v.c(end) == '初' {
        let (d, e, _) = small(v, end + 1)?;
        told = true;
        ((1..=10).contains(&d)).then_some((d, e))
    } else if v.c(end) == '廿' {
        told = true;
        small(v, end).filter(|(d, ..)| (20..=29).contains(d)).map(|(d, e, _)| (d, e))
    } else {
        small(v, end)
            .filter(|(d, e, _)| {
                (1..=30).contains(d)
                    && (matches!(v.c(*e), '日' | '号')
                        || (m == 1 || told)
                            && !v.c(*e).is_ascii_digit()
                            && han_digit(v.c(end)).is_some_and(|_| true) | (v.c(end) == '十'))
            })
            .map(|(d, e, _)| (d, if matches!(v.c(e), '日' | '号') { e + 1 } else { e }))
    };
    if !told {
        return None;
    }
    let year = year?;
    match d {
        Some((d, e)) => {
            // 腊月三十 of a year whose last month has 29 days is the eve all the same.
            let d = if leap {
                month(year, m, true)?.0.checked_add((d - 1).days()).ok()?
            } else {
                day(year, m, d as i8).or_else(|| day(year, m, 29).filter(|_| d == 30))?
            };
            Some(((d, d), e))
        }
        None => Some((month(year, m, leap)?, end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_year_days_are_those_of_the_observatory() {
        #[rustfmt::skip]
        let days = [
            (2, 5), (1, 24), (2, 12), (2, 1), (1, 22), (2, 9), (1, 29), (2, 18), (2, 7), (1, 26), (2, 14), (2, 3), (1, 23), (2, 10), (1, 31), (2, 19),
            (2, 8), (1, 28), (2, 16), (2, 5), (1, 25), (2, 12), (2, 1), (1, 22), (2, 10), (1, 29), (2, 17), (2, 6), (1, 26), (2, 13), (2, 3), (1, 23),
            (2, 11), (1, 31), (2, 19), (2, 8),
        ];
        for (y, (m, d)) in (2000..).zip(days) {
            assert_eq!(day(y, 1, 1), Date::new(y as i16, m, d).ok(), "{y}");
        }
        assert_eq!(holiday(6, 2020).map(|d| d.0), Date::new(2020, 10, 1).ok());
        assert_eq!(month(2020, 4, true), Some((Date::constant(2020, 5, 23), Date::constant(2020, 6, 20))));
        assert_eq!(month(2019, 4, true), None);
        assert_eq!(holiday(1, 1850), None);
    }
}
