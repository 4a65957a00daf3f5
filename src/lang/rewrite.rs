//! The same figure in another notation: `四千` for `4000`, `1.3万` for `13000`, `6,900,000` for `6.9 million`. Enters: a numeral as written, without
//! hedge and unit, and its value. Leaves: the numeral written otherwise, worth the same to the digit; none where a writer would not
//! write it so. What `selftest` plants copies with that must stay silent.

use rust_decimal::Decimal;

use crate::model::Lang;

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Scale words that change the notation of a figure, the larger first.
const ZH_SCALES: [(&str, u64); 2] = [("亿", 100_000_000), ("万", 10_000)];
const EN_SCALES: [(&str, u64); 2] = [("billion", 1_000_000_000), ("million", 1_000_000)];
const EN_ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const EN_TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn whole(value: Decimal) -> Option<u64> {
    value.fract().is_zero().then(|| u64::try_from(value.trunc().mantissa()).ok()).flatten()
}

/// The digits that a numeral begins with, and the word of scale behind them.
fn parts(numeral: &str) -> (&str, &str) {
    let end = numeral.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(numeral.len());
    (&numeral[..end], numeral[end..].trim())
}

/// The value of a numeral of ASCII digits with at most one word of scale, where that is what the text means by it.
fn read(lang: Lang, numeral: &str, value: Decimal) -> Option<(Decimal, u64)> {
    let (digits, scale) = parts(numeral);
    let scales = if lang == Lang::Zh { ZH_SCALES } else { EN_SCALES };
    let factor = match scale {
        "" => 1,
        word => scales.iter().find(|(w, _)| *w == word)?.1,
    };
    let written: Decimal = digits.replace(',', "").parse().ok()?;
    (written.checked_mul(Decimal::from(factor))? == value).then_some((written, factor))
}

/// Up to 9,999 in Chinese numerals.
fn section(n: u64, out: &mut String) {
    let mut gap = false;
    let open = !out.is_empty();
    for (place, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / place % 10;
        if digit == 0 {
            gap = true;
            continue;
        }
        if gap && (open || n >= place * 10) {
            out.push('零');
        }
        gap = false;
        // 十二, not 一十二; 两千, not 二千.
        if !(place == 10 && digit == 1 && n < 20 && !open) {
            out.push(if digit == 2 && place == 1000 { '两' } else { DIGITS[digit as usize] });
        }
        out.push_str(word);
    }
}

fn han(n: u64) -> Option<String> {
    let mut out = String::new();
    let (high, low) = (n / 10_000, n % 10_000);
    match (high, low) {
        (0, 0) | (10_000.., _) => return None,
        // 两个, 两家.
        (0, 2) => return Some("两".to_owned()),
        (0, _) => section(low, &mut out),
        _ => {
            section(high, &mut out);
            out.push('万');
            if low > 0 {
                section(low, &mut out);
            }
        }
    }
    Some(out)
}

/// Digits as numerals in words: `46` → `四十六`, `forty-six`; `20万` → `二十万`.
pub fn in_words(lang: Lang, numeral: &str, value: Decimal) -> Option<String> {
    let (written, factor) = read(lang, numeral, value)?;
    let n = whole(written)?;
    match lang {
        Lang::Zh => {
            let (_, scale) = parts(numeral);
            (factor == 1 || n < 10_000).then(|| han(n)).flatten().map(|words| format!("{words}{scale}"))
        }
        Lang::En if factor == 1 && (1..20).contains(&n) => Some(EN_ONES[n as usize].to_owned()),
        Lang::En if factor == 1 && (20..100).contains(&n) => {
            let tens = EN_TENS[(n / 10 - 2) as usize];
            Some(if n % 10 == 0 { tens.to_owned() } else { format!("{tens}-{}", EN_ONES[(n % 10) as usize]) })
        }
        Lang::En => None,
    }
}

/// Numerals in words as digits: `四百五十六` → `456`, `twelve` → `12`.
pub fn in_digits(lang: Lang, numeral: &str, value: Decimal) -> Option<String> {
    let worded = match lang {
        Lang::Zh => numeral.chars().all(|c| DIGITS.contains(&c) || "两〇十百千万亿".contains(c)),
        Lang::En => numeral.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == ' '),
    };
    whole(value).filter(|_| worded).map(|n| n.to_string())
}

/// Another word of scale, or none: `690万` → `6900000`, `12.5亿` → `125000万`, `13000` → `1.3万`, `6.9 million` → `6,900,000`, `1.26 billion` → `1,260 million`.
pub fn rescaled(lang: Lang, numeral: &str, value: Decimal) -> Option<String> {
    let (written, factor) = read(lang, numeral, value)?;
    let grouped = |n: u64| -> String {
        let digits = n.to_string();
        let first = digits.len() % 3;
        let mut out = digits[..first].to_owned();
        for (i, d) in digits[first..].char_indices() {
            if i % 3 == 0 && !out.is_empty() {
                out.push(',');
            }
            out.push(d);
        }
        out
    };
    let (scales, gap) = if lang == Lang::Zh { (ZH_SCALES, "") } else { (EN_SCALES, " ") };
    let [(_, high), (small, low)] = scales;
    if factor == high {
        let n = whole(value.checked_div(Decimal::from(low))?)?;
        let n = if lang == Lang::En { grouped(n) } else { n.to_string() };
        return Some(format!("{n}{gap}{small}"));
    }
    if factor == low {
        let n = whole(value)?;
        return Some(if lang == Lang::En { grouped(n) } else { n.to_string() });
    }
    // Bare digits: with a word of scale, where at most two decimals stand before it.
    let scaled = written.checked_div(Decimal::from(low))?.normalize();
    (scaled >= Decimal::ONE && scaled.scale() <= 2).then(|| format!("{scaled}{gap}{small}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(digits: &str) -> Decimal {
        digits.parse().unwrap()
    }

    #[test]
    fn another_notation_is_worth_the_same() {
        for (numeral, worth, words) in [
            ("12", "12", "十二"),
            ("2", "2", "两"),
            ("105", "105", "一百零五"),
            ("110", "110", "一百一十"),
            ("2008", "2008", "两千零八"),
            ("4356", "4356", "四千三百五十六"),
            ("10005", "10005", "一万零五"),
            ("13000", "13000", "一万三千"),
            ("20万", "200000", "二十万"),
        ] {
            assert_eq!(in_words(Lang::Zh, numeral, value(worth)).as_deref(), Some(words), "{numeral}");
        }
        assert_eq!(in_words(Lang::Zh, "1.3万", value("13000")), None);
        assert_eq!(in_words(Lang::En, "46", value("46")).as_deref(), Some("forty-six"));
        assert_eq!(in_digits(Lang::Zh, "四百五十六", value("456")).as_deref(), Some("456"));
        assert_eq!(in_digits(Lang::Zh, "三十几", value("30")), None);
        for (numeral, worth, other) in
            [("690万", "6900000", "6900000"), ("12.5亿", "1250000000", "125000万"), ("13000", "13000", "1.3万")]
        {
            assert_eq!(rescaled(Lang::Zh, numeral, value(worth)).as_deref(), Some(other), "{numeral}");
        }
        assert_eq!(rescaled(Lang::Zh, "13257", value("13257")), None);
        assert_eq!(rescaled(Lang::En, "6.9 million", value("6900000")).as_deref(), Some("6,900,000"));
        assert_eq!(rescaled(Lang::En, "1.26 billion", value("1260000000")).as_deref(), Some("1,260 million"));
        assert_eq!(rescaled(Lang::En, "1,200,000", value("1200000")).as_deref(), Some("1.2 million"));
    }
}
