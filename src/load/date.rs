//! Dates in metadata: front matter, HTML metadata, records. Enters: a value such as `2016-12-02 04:20:20 +0800`. Leaves: its calendar day.

use jiff::civil::Date;

/// The day that a metadata value begins with: year, month, day in figures, joined by `-`, `/`, `.` or `年月`, or `20161202`.
pub(super) fn metadata_date(value: &str) -> Option<Date> {
    let value = value.trim().trim_matches(['"', '\'']).trim();
    let (year, rest) = number(value)?;
    if value.len() - rest.len() == 8 {
        return Date::new((year / 10_000) as i16, (year / 100 % 100) as i8, (year % 100) as i8)
            .ok()
            .filter(|_| year > 10_000_000);
    }
    let rest = rest.strip_prefix(['-', '/', '.', '年'])?;
    let (month, rest) = number(rest)?;
    let rest = rest.strip_prefix(['-', '/', '.', '月'])?;
    let (day, rest) = number(rest)?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.'));
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if !ends || !(1000..=2999).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 8 {
        return None;
    }
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_is_read_and_what_is_no_day_is_not() {
        for (value, day) in [
            ("2016-12-02 04:20:20", Some(date(2016, 12, 2))),
            ("\"2022-06-12 16:22:34 +0800\"", Some(date(2022, 6, 12))),
            ("2024-01-02T08:00:00Z", Some(date(2024, 1, 2))),
            ("2016/8/5", Some(date(2016, 8, 5))),
            ("2016年8月5日", Some(date(2016, 8, 5))),
            ("20160805", Some(date(2016, 8, 5))),
            ("2024-02-30", None),
            ("0000-00-00", None),
            ("9999999999-01-01", None),
            ("2024-13-01T99:99:99Z", None),
            ("-1", None),
            ("昨天", None),
            ("1e9", None),
            ("", None),
        ] {
            assert_eq!(metadata_date(value), day, "{value}");
        }
    }
}
