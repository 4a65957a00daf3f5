//! The twenty-four terms of the solar year: 清明, 冬至, 芒种. Enters: a term and a year. Leaves: its day in Beijing time.
//!
//! A term falls on day `⌊0.2422 · y + c⌋ − ⌊y / 4⌋` of its month, `y` being the last two digits of the year and `c` the term's own
//! number in that century; the few years where that is a day off are listed. Source: the common almanac formula, held to the
//! tables of the Purple Mountain Observatory.

use jiff::civil::Date;

/// Month of each term and ten thousand times its number in the 20th and in the 21st century, from 小寒 on.
#[rustfmt::skip]
const TERMS: [(i8, i64, i64); 24] = [
    (1, 61_100, 54_055), (1, 208_400, 201_200), (2, 46_295, 38_700), (2, 194_599, 187_300), (3, 63_826, 56_300), (3, 214_155, 206_460),
    (4, 55_900, 48_100), (4, 208_880, 201_000), (5, 63_180, 55_200), (5, 218_600, 210_400), (6, 65_000, 56_780), (6, 222_000, 213_700),
    (7, 79_280, 71_080), (7, 236_500, 228_300), (8, 83_500, 75_000), (8, 239_500, 231_300), (9, 84_400, 76_460), (9, 238_220, 230_420),
    (10, 90_980, 83_180), (10, 242_180, 234_380), (11, 82_180, 74_380), (11, 230_800, 223_600), (12, 79_000, 71_800), (12, 226_000, 219_400),
];

/// Year, term and how many days the formula is off.
const OFF: [(i32, u8, i64); 17] = [
    (1902, 11, 1),
    (1911, 9, 1),
    (1918, 24, -1),
    (1922, 14, 1),
    (1925, 13, 1),
    (1927, 17, 1),
    (1928, 12, 1),
    (1942, 18, 1),
    (1954, 23, 1),
    (1978, 22, 1),
    (1982, 1, 1),
    (2000, 2, 1),
    (2002, 15, 1),
    (2008, 10, 1),
    (2016, 13, 1),
    (2019, 1, -1),
    (2021, 24, -1),
];

/// The day of a term (1 小寒 … 7 清明 … 24 冬至); `None` outside 1900–2099.
pub(super) fn term(index: u8, year: i32) -> Option<Date> {
    let (month, before, after) = *TERMS.get(usize::from(index).checked_sub(1)?)?;
    let c = match year {
        1900..=1999 => before,
        2000..=2099 => after,
        _ => return None,
    };
    let y = i64::from(year % 100);
    // In January and February the leap day of the year has not come yet.
    let leaps = if month < 3 { (y - 1).div_euclid(4) } else { y / 4 };
    let off = OFF.iter().find(|o| o.0 == year && o.1 == index).map_or(0, |o| o.2);
    let day = (2422 * y + c).div_euclid(10_000) - leaps + off;
    Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_fall_on_the_days_of_the_almanac() {
        let day = |index, y, m, d| assert_eq!(term(index, y), Date::new(y as i16, m, d).ok(), "{y} {index}");
        for (y, d) in [
            (1999, 5),
            (2000, 4),
            (2008, 4),
            (2012, 4),
            (2015, 5),
            (2016, 4),
            (2019, 5),
            (2020, 4),
            (2023, 5),
            (2024, 4),
        ] {
            day(7, y, 4, d);
        }
        for (y, d) in [(2008, 21), (2011, 22), (2015, 22), (2016, 21), (2020, 21), (2021, 21), (2023, 22), (2024, 21)] {
            day(24, y, 12, d);
        }
        for (y, d) in [(2015, 4), (2016, 4), (2017, 3), (2020, 4), (2021, 3), (2024, 4)] {
            day(3, y, 2, d);
        }
        day(11, 2021, 6, 5);
        day(1, 2019, 1, 5);
        day(13, 2016, 7, 7);
        assert_eq!(term(25, 2020), None);
        assert_eq!(term(7, 1850), None);
    }
}
