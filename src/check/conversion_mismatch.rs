//! `conversion-mismatch`: a value against its conversion beside it. Enters: an article. Leaves: findings. Triggers are language data.

use super::amount::{hedged, in_notation, point};
use super::finding::Draft;
use super::line::{Line, lines};
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Claim, Finding, Kind, Severity, Text};
use crate::quantity::{Decimal, pow10};

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "conversion-mismatch",
        severity: Severity::Error,
        title: ("单位换算错误", "a value against its conversion"),
        description: (
            "一个量与括号里或“合”“折合”后面换算出来的量对不上，如亩与公顷、斤与公斤、英里与公里、小时与天。进位和约数放宽；不同货币不比。",
            "A measure and its conversion in brackets (or after “or”, “equivalent to”) that are not the same amount. Rounding of either \
             side is let pass; currencies are not converted.",
        ),
        example: "湿地300亩（约200公顷）。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    for line in lines(input, article) {
        for i in 1..line.claims.len() {
            pair(&line, i - 1, i, out);
        }
    }
}

const fn convertible(kind: Kind) -> bool {
    matches!(kind, Kind::Measure | Kind::Duration | Kind::Temperature)
}

/// Whether the second figure stands as the conversion of the first.
fn converts(line: &Line<'_>, a: usize, b: usize) -> bool {
    let words = line.words;
    let gap = line.between(a, b).trim();
    let opens = gap.starts_with(['（', '(', '[', '［', '〔']);
    let inner = gap.trim_start_matches(['（', '(', '，', ',', ' ', '[', '［', '〔', '—', '–', '=', '＝', '≈']).trim();
    let mut rest = String::new();
    super::line::strip(inner, &[&words.conversion, &words.filler], &mut rest);
    if !rest.is_empty() || gap.contains(['、', '；', ';', '。', '）', ')']) {
        return false;
    }
    // `240公顷，约合3600亩`: the word that says so may be a part of the second figure; a hedge alone (`约`) does not say it.
    let claim = line.claim(b);
    let own = line.slice(claim.span.start as usize, claim.numeral.start as usize).trim();
    if words.conversion.is(own) && !words.filler.is(own) && words.bare(own).len() == own.len() {
        return true;
    }
    // In brackets, or after a word that says so; a comma or nothing alone does not.
    opens && line.after(b).trim_start().starts_with(['）', ')', ']', '］', '〕', '，', ',', '；', ';'])
        || gap.contains(['=', '＝', '≈'])
        || {
            let bare = inner.trim();
            !bare.is_empty() && words.conversion.find(bare).is_some_and(|(s, _)| s == 0)
        }
}

/// The last place as written, taken for whole numbers too: `8` → 1, `20` → 10, `6.7` → 0.1; in the unit as written.
fn place(claim: &Claim) -> Option<Decimal> {
    let point = claim.quantity.point?.abs().normalize();
    if point.scale() > 0 {
        return pow10(-(point.scale() as i32));
    }
    let mut rest = point;
    let mut place = Decimal::ONE;
    while rest >= Decimal::TEN && (rest % Decimal::TEN).is_zero() {
        rest = rest.checked_div(Decimal::TEN)?;
        place = place.checked_mul(Decimal::TEN)?;
    }
    Some(place)
}

/// Half the last place of a figure, in base units, and never more than a tenth of it (a fifth with a hedge).
fn rounding(claim: &Claim) -> Option<Decimal> {
    let base = point(claim)?.abs();
    let written = claim.quantity.point?.abs();
    if written.is_zero() {
        return Some(Decimal::ZERO);
    }
    let factor = crate::quantity::unit_info(claim.quantity.unit.as_deref()?)?.factor;
    let half = place(claim)?.checked_mul(factor)?.checked_div(Decimal::TWO)?;
    let part = if hedged(claim) { Decimal::from(5) } else { Decimal::TEN };
    Some(half.min(base.checked_div(part)?))
}

/// Units whose size is not the same everywhere or through the year: `(code, other size in bases)`.
const VARIANTS: &[(&str, Decimal)] = &[
    ("[jin]", Decimal::from_parts(600, 0, 0, false, 0)),
    ("[gal]", Decimal::from_parts(454_609, 0, 0, false, 8)),
    ("t", Decimal::from_parts(907_185, 0, 0, false, 0)),
    ("t", Decimal::from_parts(1_016_047, 0, 0, false, 0)),
    ("mo", Decimal::from_parts(2_678_400, 0, 0, false, 0)),
    ("mo", Decimal::from_parts(2_419_200, 0, 0, false, 0)),
    ("mo", Decimal::from_parts(2_628_000, 0, 0, false, 0)),
    ("a", Decimal::from_parts(31_622_400, 0, 0, false, 0)),
    ("a", Decimal::from_parts(31_104_000, 0, 0, false, 0)),
];

/// The sizes of a figure in base units, under each size of its unit. The larger catty is that of texts in traditional characters.
fn sizes(claim: &Claim, traditional: bool) -> Vec<Decimal> {
    let mut out: Vec<Decimal> = point(claim).into_iter().collect();
    if let (Some(written), Some(unit)) = (claim.quantity.point, claim.quantity.unit.as_deref()) {
        out.extend(
            VARIANTS
                .iter()
                .filter(|(code, _)| *code == unit && (traditional || unit != "[jin]"))
                .filter_map(|(_, size)| written.checked_mul(*size)),
        );
    }
    out
}

fn pair(line: &Line<'_>, a: usize, b: usize, out: &mut Vec<Finding>) {
    let (first, second) = (line.claim(a), line.claim(b));
    if !convertible(first.kind())
        || first.kind() != second.kind()
        || first.quantity.base_unit != second.quantity.base_unit
    {
        return;
    }
    if first.quantity.unit == second.quantity.unit || first.quantity.base_unit.is_none() || !converts(line, a, b) {
        return;
    }
    let (Some(x), Some(y), Some(round_x), Some(round_y)) =
        (point(first), point(second), rounding(first), rounding(second))
    else {
        return;
    };
    if x <= Decimal::ZERO || y <= Decimal::ZERO {
        return;
    }
    // Two per cent for factors that are themselves rounded (1英亩≈6亩), a tenth with a hedge on either side.
    let part = if hedged(first) || hedged(second) { Decimal::new(5, 2) } else { Decimal::new(2, 2) };
    let raw = line.corpus.document_of(line.article).plain();
    let traditional = raw.get(line.base..line.base + line.text.len()).is_some_and(|r| r.to_lowercase() != line.text);
    let fits = sizes(first, traditional).into_iter().any(|x| {
        sizes(second, traditional).into_iter().any(|y| {
            let slack = x.max(y).checked_mul(part).unwrap_or_default();
            (x - y).abs() <= round_y.max(slack) || (x - y).abs() <= round_x.max(slack)
        })
    });
    if fits {
        return;
    }
    let real = in_notation(line.corpus, second, x);
    let message = Text::new(
        format!("{}应合{real}，不是{}", line.written(a), line.written(b)),
        format!("{} is {real}, not {}", line.written(a), line.written(b)),
    );
    let draft = Draft::new(&CHECK.info, 0.94, message).claim(line.id(a), 0).claim(line.id(b), 1);
    out.push(draft.build(line.corpus));
}
