//! Granularity, rounding slack and the printed form of exact decimals.

use rust_decimal::Decimal;

/// `10^exponent`; `None` outside the range of a decimal (−28 to 28).
pub fn pow10(exponent: i32) -> Option<Decimal> {
    match exponent {
        0..=28 => 10i128.checked_pow(exponent as u32).and_then(|v| Decimal::try_from_i128_with_scale(v, 0).ok()),
        -28..=-1 => Decimal::try_from_i128_with_scale(1, exponent.unsigned_abs()).ok(),
        _ => None,
    }
}

/// The place of the last significant digit of `value` written with `decimals` digits after the point and then multiplied by
/// `scale`: `4356`→1, `4350`→10, `4000`→1000, `1.3`×万→1000, `43.0`→0.1. Whole numbers below 100 are exact: 1.
///
/// `value` is the number as written, before the scale word; `scale` is 1, 10000, 100000000 …
pub fn granularity(value: Decimal, decimals: u32, scale: Decimal) -> Decimal {
    if decimals > 0 {
        return pow10(-(decimals.min(28) as i32)).unwrap_or(Decimal::ONE) * scale;
    }
    let whole = value.abs().normalize();
    let place = last_place(whole);
    // `3亿` is round at its scale; `50` and `90` are as exact as `51`.
    if scale == Decimal::ONE && whole < Decimal::ONE_HUNDRED { Decimal::ONE } else { place * scale }
}

/// The place of the last digit of a whole `value` that is not zero; 1 for any other.
pub fn last_place(value: Decimal) -> Decimal {
    let mut rest = value.mantissa().unsigned_abs();
    // The zeros behind a point are no places of the number.
    let zeros = |rest: &mut u128| {
        let mut count = 0;
        while *rest >= 10 && rest.is_multiple_of(10) {
            // Most numbers are short, and short ones divide fast.
            *rest = u64::try_from(*rest).map_or(*rest / 10, |short| u128::from(short / 10));
            count += 1;
        }
        count
    };
    let count: i32 = zeros(&mut rest) - value.scale() as i32;
    if count > 0 { pow10(count).unwrap_or(Decimal::ONE) } else { Decimal::ONE }
}

/// The slack that rounding gives a bare figure: half its granularity, and at most 5 % of it (semantics.md §1). Zero for an exact one.
pub fn rounding_slack(point: Decimal, granularity: Decimal) -> Decimal {
    if granularity <= Decimal::ONE && point.fract().is_zero() {
        return Decimal::ZERO;
    }
    let half = granularity / Decimal::TWO;
    let twentieth = point.abs() / Decimal::from(20);
    half.min(twentieth)
}

/// `value` as digits with no exponent and no trailing zeros after the point.
pub fn plain_decimal(value: Decimal) -> String {
    let v = value.normalize();
    if v.is_zero() { "0".to_owned() } else { v.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn d(s: &str) -> Decimal {
        Decimal::from_str(s).unwrap()
    }

    #[test]
    fn granularity_is_the_last_significant_place() {
        for (value, decimals, scale, want) in [
            ("4356", 0, "1", "1"),
            ("4350", 0, "1", "10"),
            ("4000", 0, "1", "1000"),
            ("1.3", 1, "10000", "1000"),
            ("12.5", 1, "100000000", "10000000"),
            ("43", 0, "1", "1"),
            ("43.0", 1, "1", "0.1"),
            ("50", 0, "1", "1"),
            ("3000", 0, "10000", "10000000"),
        ] {
            assert_eq!(granularity(d(value), decimals, d(scale)), d(want), "{value} × {scale}");
        }
    }

    #[test]
    fn the_last_place_of_a_number_is_that_of_its_last_digit() {
        for (value, want) in [
            ("0", "1"),
            ("7", "1"),
            ("10", "10"),
            ("120", "10"),
            ("4000000000000000000000", "1000000000000000000000"),
            ("20.0", "10"),
            ("1.00", "1"),
            ("30.5", "1"),
            ("-600", "100"),
        ] {
            assert_eq!(last_place(d(value)), d(want), "{value}");
        }
    }

    #[test]
    fn slack_is_half_a_place_and_at_most_a_twentieth() {
        assert_eq!(rounding_slack(d("5000"), d("1000")), d("250"));
        assert_eq!(rounding_slack(d("4356"), d("1")), d("0"));
        assert_eq!(rounding_slack(d("13000"), d("1000")), d("500"));
    }
}
