//! The likely slip between two values that clash, from the shape of their digits and from what else stands in their articles. Enters: two
//! claims. Leaves: a diagnosis, or none. A diagnosis is a guess for a person to look at and never makes a finding.

use super::Input;
use crate::model::{ArticleId, BlockKind, Claim, Corpus, Text};
use crate::quantity::Decimal;

/// A likely slip between two values.
pub(super) fn slip(input: &Input<'_>, a: &Claim, b: &Claim) -> Option<Text> {
    of_shape(input.corpus, a, b).or_else(|| of_place(input, a, b)).or_else(|| of_place(input, b, a))
}

/// What the words of a claim show: the ASCII digits of its first figure, and what follows them.
fn shape<'a>(corpus: &'a Corpus, claim: &Claim) -> (Vec<u8>, &'a str) {
    let text = corpus.text(claim.article, claim.span);
    let from = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let rest = &text[from..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(rest.len());
    let end = rest[..end].trim_end_matches([',', '.']).len();
    (rest[..end].bytes().filter(u8::is_ascii_digit).collect(), rest[end..].trim())
}

fn of_shape(corpus: &Corpus, a: &Claim, b: &Claim) -> Option<Text> {
    if a.kind().is_time() {
        // 3月18日 and 3月13日, 3:40 and 4:30: the digits as written, where both are written alike.
        let digits = |c: &Claim| corpus.text(c.article, c.span).bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
        return of_digits(&digits(a), &digits(b)).filter(|_| digits(a).len() >= 3);
    }
    let (x, y) = (a.quantity.point?, b.quantity.point?);
    if x.is_zero() || y.is_zero() || x == y && a.quantity.unit == b.quantity.unit {
        return None;
    }
    let ((p, after_a), (q, after_b)) = (shape(corpus, a), shape(corpus, b));
    // The same digits before another scale or unit: 36.5亿元 and 36.5万元, $2.6 million and $2.6 billion.
    if !p.is_empty() && p == q && after_a != after_b && !after_a.is_empty() && !after_b.is_empty() {
        return Some(Text::new(
            format!("数字相同，只差“{after_a}”与“{after_b}”：可能写错了单位"),
            format!("same digits, “{after_a}” against “{after_b}”: perhaps the wrong unit or scale"),
        ));
    }
    if a.quantity.unit != b.quantity.unit {
        return None;
    }
    let (low, high) = if x.abs() < y.abs() { (x.abs(), y.abs()) } else { (y.abs(), x.abs()) };
    let ratio = high.checked_div(low)?;
    if ratio == Decimal::from(10_000) {
        return Some(Text::new(
            "两数恰差一万倍：可能“万”与“亿”混淆，或漏了“万”",
            "they differ by exactly 10,000: 万 for 亿, or a lost 万",
        ));
    }
    if [10, 100, 1000, 100_000, 1_000_000].into_iter().any(|f| ratio == Decimal::from(f)) {
        return Some(Text::new(
            "两数恰差十的倍数：可能小数点或零写错",
            "they differ by a power of ten: a shifted point or a lost zero",
        ));
    }
    let digits =
        |d: Decimal| d.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').as_bytes().to_vec();
    of_digits(&digits(x), &digits(y))
}

/// The slip between two rows of digits.
fn of_digits(p: &[u8], q: &[u8]) -> Option<Text> {
    if p.len() == q.len() && p.len() >= 2 {
        let differ: Vec<usize> = (0..p.len()).filter(|i| p[*i] != q[*i]).collect();
        return match differ.as_slice() {
            [i, j] if p[*i] == q[*j] && p[*j] == q[*i] => Some(Text::new("两位数字对调", "two digits are swapped")),
            [_] if p.len() >= 3 => Some(Text::new("只有一位数字不同", "one digit differs")),
            _ => None,
        };
    }
    let (short, long) = if p.len() < q.len() { (p, q) } else { (q, p) };
    if long.len() != short.len() + 1 || short.len() < 2 {
        return None;
    }
    let k = (0..long.len()).find(|&k| long[..k] == short[..k] && long[k + 1..] == short[k..])?;
    let doubled = k > 0 && long[k] == long[k - 1] || long.get(k + 1) == Some(&long[k]);
    Some(if doubled {
        Text::new("可能有一位数字重复或漏写", "a digit may be doubled, or one of two lost")
    } else {
        Text::new("可能漏写或多写了一位数字", "a digit may be lost or added")
    })
}

/// The slip of one digit between two values as long as each other, of three digits or more.
pub(super) fn one_slip(a: Decimal, b: Decimal) -> Option<Text> {
    let digits = |d: Decimal| d.normalize().mantissa().unsigned_abs().to_string().into_bytes();
    let (p, q) = (digits(a), digits(b));
    (p.len() >= 3 && p.len() == q.len()).then(|| of_digits(&p, &q)).flatten()
}

/// Digits enough that two equal figures are no chance: `7` and `20` stand everywhere.
fn telling(value: Decimal) -> bool {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len() >= 2
}

/// The value of `b` stands in the article of `a` too, of something else: last year's figure, another row of a table, another slot.
fn of_place(input: &Input<'_>, a: &Claim, b: &Claim) -> Option<Text> {
    let corpus = input.corpus;
    let value = b.quantity.point.filter(|v| telling(*v))?;
    if a.kind().is_time() || a.article == b.article && a.sentence == b.sentence {
        return None;
    }
    let twin = |article: ArticleId| {
        corpus.claims_in(article).iter().find(|c| {
            !std::ptr::eq(*c, a)
                && !std::ptr::eq(*c, b)
                && c.kind() == b.kind()
                && c.quantity.point == Some(value)
                && c.quantity.unit == b.quantity.unit
                && c.quantity.hedge == b.quantity.hedge
        })
    };
    // The title says it again: the same figure of the same thing.
    let head = |c: &Claim| c.measure.map(|m| corpus.text(c.article, m.head).to_lowercase());
    let other = twin(a.article)?;
    let words = corpus.text(other.article, other.span);
    let kind = corpus.sentence(other.sentence).kind;
    if matches!(kind, BlockKind::Cell(_)) {
        return Some(Text::new(
            format!("{words}是表中另一格的数字：可能看错了行"),
            format!("{words} is another cell of the table: perhaps the wrong row"),
        ));
    }
    let clause = input.lexicon.folded(other.lang, corpus.text(other.article, other.clause));
    let earlier = input.lexicon.check_words(other.lang).elsewhere.within(&clause)
        || match (&other.scope.time, &a.scope.time) {
            (Some(s), Some(t)) => s.order(t) == Some(std::cmp::Ordering::Less),
            _ => false,
        };
    if !earlier && head(other).is_some() && head(other) == head(a) {
        return None;
    }
    Some(if earlier {
        Text::new(
            format!("文中另有{words}，说的是此前的时间：可能误用了上一期的数"),
            format!("{words} also stands there for an earlier time: perhaps the figure of the last period"),
        )
    } else {
        Text::new(
            format!("文中另有{words}，说的是别的事：可能抄串了行"),
            format!("{words} also stands there, of something else: perhaps taken from the wrong line"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(p: &str, q: &str) -> Option<String> {
        of_digits(p.as_bytes(), q.as_bytes()).map(|t| t.en)
    }

    #[test]
    fn digits_tell_the_slip() {
        assert_eq!(told("126", "162").as_deref(), Some("two digits are swapped"));
        assert_eq!(told("4356", "4366").as_deref(), Some("one digit differs"));
        assert_eq!(told("126", "1226").as_deref(), Some("a digit may be doubled, or one of two lost"));
        assert_eq!(told("1265", "125").as_deref(), Some("a digit may be lost or added"));
        assert_eq!(told("41", "47"), None);
        assert_eq!(told("126", "345"), None);
        assert!(one_slip(Decimal::from(83_600), Decimal::from(86_300)).is_some());
        assert!(one_slip(Decimal::from(83_600), Decimal::from(97_300)).is_none());
    }
}
