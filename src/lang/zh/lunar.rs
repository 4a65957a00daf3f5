//! The lunar calendar as far as news uses it: the holidays of a year, and lunar months and days. Enters: a solar year. Leaves: days.
//! Source of the table: the new-moon data of the Hong Kong Observatory's conversion tables (lunar New Year's day of 2000–2035).

use jiff::ToSpan;
use jiff::civil::Date;

use super::view::View;

/// Lunar New Year's day by solar year from 2000: month, day.
const NEW_YEAR: [(i8, i8); 36] = [
    (2, 5), (1, 24), (2, 12), (2, 1), (1, 22), (2, 9), (1, 29), (2, 18), (2, 7), (1, 26), (2, 14), (2, 3), (1, 23), (2, 10), (1, 31), (2, 19),
    (2, 8), (1, 28), (2, 16), (2, 5), (1, 25), (2, 12), (2, 1), (1, 22), (2, 10), (1, 29), (2, 17), (2, 6), (1, 26), (2, 13), (2, 3), (1, 23),
    (2, 11), (1, 31), (2, 19), (2, 8),
];

/// 端午, 中秋 by solar year from 2000.
const DRAGON_BOAT: [(i8, i8); 31] = [
    (6, 6), (6, 25), (6, 15), (6, 4), (6, 22), (6, 11), (5, 31), (6, 19), (6, 8), (5, 28), (6, 16), (6, 6), (6, 23), (6, 12), (6, 2), (6, 20),
    (6, 9), (5, 30), (6, 18), (6, 7), (6, 25), (6, 14), (6, 3), (6, 22), (6, 10), (5, 31), (6, 19), (6, 9), (5, 28), (6, 16), (6, 5),
];
const MID_AUTUMN: [(i8, i8); 31] = [
    (9, 12), (10, 1), (9, 21), (9, 11), (9, 28), (9, 18), (10, 6), (9, 25), (9, 14), (10, 3), (9, 22), (9, 12), (9, 30), (9, 19), (9, 8), (9, 27),
    (9, 15), (10, 4), (9, 24), (9, 13), (10, 1), (9, 21), (9, 10), (9, 29), (9, 17), (10, 6), (9, 25), (9, 15), (10, 3), (9, 22), (9, 12),
];

fn at(table: &[(i8, i8)], year: i32) -> Option<Date> {
    let (month, day) = *table.get(usize::try_from(year - 2000).ok()?)?;
    Date::new(year as i16, month, day).ok()
}

/// The days of a holiday in a solar year; `None` outside the table.
pub(super) fn holiday(index: u8, year: i32) -> Option<(Date, Date)> {
    let one = |d: Date| Some((d, d));
    match index {
        1 => at(&NEW_YEAR, year).and_then(one),
        2 => at(&NEW_YEAR, year)?.checked_sub(1.days()).ok().and_then(one),
        3 => at(&NEW_YEAR, year)?.checked_add(14.days()).ok().and_then(one),
        4 => at(&DRAGON_BOAT, year).and_then(one),
        6 => at(&MID_AUTUMN, year).and_then(one),
        11 => {
            let first = at(&NEW_YEAR, year)?.checked_sub(1.days()).ok()?;
            Some((first, first.checked_add(6.days()).ok()?))
        }
        _ => None,
    }
}

/// A lunar month or day that is written as such; not read yet beyond the holidays.
pub(super) fn date(_v: &View, _i: usize, _year: Option<i32>) -> Option<((Date, Date), usize)> {
    None
}
