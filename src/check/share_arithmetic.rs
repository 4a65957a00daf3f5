//! `share-arithmetic`: a stated share against its two counts. Enters: an article. Leaves: findings. Triggers are language data.

use super::amount::{Spread, in_notation, share, shown_percent, spread};
use super::finding::Draft;
use super::line::{Line, alike, has_stop, is_share, lines, same_unit, strip};
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Claim, Finding, Kind, Severity, Text};
use crate::quantity::Decimal;

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "share-arithmetic",
        severity: Severity::Error,
        title: ("占比算错", "a share against its counts"),
        description: (
            "部分除以总数得不出所写的占比。前文任何一个同单位的总数对得上即不报；“占全国……”之类另有总体的不算。",
            "A share that does not follow from the part and the whole just named. Any whole before it that fits excuses it; shares of \
             another whole are left alone.",
        ),
        example: "5000家中有2000家开通服务，占比50%。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    for line in lines(input, article) {
        if line.claims.len() < 3 {
            continue;
        }
        let told = out.len();
        for s in 2..line.claims.len() {
            if is_share(line.claim(s)) {
                at(&line, s, out);
            }
        }
        if out.len() == told {
            outlier(&line, out);
        }
    }
}

const fn countable(kind: Kind) -> bool {
    matches!(kind, Kind::Count | Kind::Money | Kind::Measure | Kind::Number)
}

/// Whether two counts may be part and whole: one unit, or classifiers that stand for each other, or a bare number for either.
fn may_be_part(part: &Claim, whole: &Claim) -> bool {
    alike(part, whole)
        || matches!(
            (part.kind(), whole.kind()),
            (Kind::Number, Kind::Count) | (Kind::Count, Kind::Number | Kind::Count)
        )
}

fn read(line: &Line<'_>, i: usize) -> Option<Spread> {
    let claim = line.claim(i);
    spread(claim, line.corpus.text(line.article, claim.numeral))
}

/// Whether the words between part and share make it a share of the whole just named.
fn says_share(line: &Line<'_>, p: usize, s: usize) -> bool {
    // `20 were accepted, or 35 percent`: the share restates the part.
    if restates(line, p, s) {
        return true;
    }
    let words = line.words;
    let gap = line.between(p, s);
    if has_stop(gap) || gap.len() > 60 || words.from.within(gap) || words.rises(gap) || words.falls(gap) {
        return false;
    }
    let mut rest = String::new();
    strip(gap, &[&words.share, &words.whole, &words.filler, &words.conversion], &mut rest);
    if rest.is_empty() {
        // `，占60%`, `, or 60 percent`, `（60%）`.
        return words.share.within(gap) || words.conversion.within(gap) || gap.trim_start().starts_with(['(', '（']);
    }
    if words.share.within(gap) {
        // `占抽检批次的35%`, `签约，占60%`: words before the share word say what the part did; words after it must name the whole.
        let Some((_, end)) = words.share.find(gap) else { return false };
        let mut after = String::new();
        strip(&gap[end..], &[&words.whole, &words.filler, &words.share], &mut after);
        let before = &gap[..gap.len().min(end)];
        return before.chars().count() <= 16
            && (after.is_empty() || after.chars().count() > 1 && line.lead_in(p).contains(after.as_str()));
    }
    // `15批次不合格，不合格率为35%`: the rate's name repeats what the part did.
    let body = gap.trim_end_matches(|c: char| super::line::is_mark(c));
    let mut trimmed = body;
    while let Some(n) = words.filler.suffix(trimmed) {
        trimmed = trimmed[..trimmed.len() - n].trim_end();
    }
    let Some(n) = words.rate.suffix(trimmed) else { return false };
    let name = trimmed[..trimmed.len() - n].rsplit(['，', ',', '；', '、']).next().unwrap_or("").trim();
    let told = format!("{} {}", super::series::label_before(line, p), &trimmed[..trimmed.len() - n - name.len()]);
    !name.is_empty() && name.chars().count() <= 8 && overlap(name, &told)
}

/// Whether after the last comma nothing but a word of restating leads to the share.
fn restates(line: &Line<'_>, p: usize, s: usize) -> bool {
    let words = line.words;
    let gap = line.between(p, s);
    let Some(at) = gap.rfind([',', '，']) else { return false };
    let mut rest = String::new();
    strip(&gap[at..], &[&words.conversion, &words.filler], &mut rest);
    rest.is_empty()
        && words.conversion.within(&gap[at..])
        && !has_stop(gap)
        && gap.chars().count() <= 30
        && !words.rises(gap)
        && !words.falls(gap)
        && !words.from.within(gap)
}

/// What a share is said to be a share of, where words after the share word name it: `占预算的`.
fn object(line: &Line<'_>, p: usize, s: usize) -> String {
    let words = line.words;
    let gap = line.between(p, s);
    let mut rest = String::new();
    if let Some((_, end)) = words.share.find(gap) {
        strip(&gap[end..], &[&words.whole, &words.filler, &words.share], &mut rest);
    }
    rest
}

/// `税收48亿元，非税收入13亿元，税收占比78%`: the part whose label the words right before the share word repeat, where that is not the
/// nearest one.
fn named_part(line: &Line<'_>, p: usize, s: usize) -> Option<usize> {
    let gap = line.between(p, s);
    let (at, _) = line.words.share.find(gap)?;
    let mut name = String::new();
    strip(&gap[..at], &[&line.words.filler], &mut name);
    if name.chars().count() < 2 || name.is_ascii() {
        return None;
    }
    let told = |i: usize| {
        let mut label = String::new();
        let before = super::series::label_before(line, i);
        strip(before, &[&line.words.among, &line.words.filler], &mut label);
        label
    };
    if told(p).starts_with(&name) {
        return None;
    }
    let same = |i: usize| alike(line.claim(i), line.claim(p)) && told(i).starts_with(&name);
    (0..p).rev().take_while(|&i| !has_stop(line.between(i, p))).find(|&i| same(i))
}

/// How many characters two labels share at their ends.
fn same_end(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y && !x.is_ascii()).count()
}

/// Whether `told` holds `name`, or at least half of its characters in a row.
fn overlap(name: &str, told: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let need = chars.len().div_ceil(2).max(if chars.len() > 1 { 2 } else { 1 });
    chars.windows(need).any(|w| told.contains(w.iter().collect::<String>().as_str()))
}

fn at(line: &Line<'_>, s: usize, out: &mut Vec<Finding>) {
    let words = line.words;
    let Some(mut p) = line.amount_before(s) else { return };
    // `30 of the 120 buses, or 40 percent`: the part stands before the whole.
    let (last, mut fixed) = (p, None);
    if let Some(before) = line.amount_before(p)
        && words.among_before.prefix(line.between(before, p).trim_start()).is_some()
        && line.between(before, p).chars().count() <= 20
        && says_share(line, p, s)
        && may_be_part(line.claim(before), line.claim(p))
    {
        fixed = Some(p);
        p = before;
    }
    if fixed.is_none()
        && let Some(other) = named_part(line, p, s)
    {
        p = other;
    }
    let part = line.claim(p);
    // 由20家增至24家，增长20%: the end of a change is no part.
    let label = super::series::label_before(line, p);
    let ends_change = [&words.rise_to, &words.fall_to].into_iter().any(|set| set.within(label))
        || words.change_to.suffix(label).is_some()
            && line.lead_in(p).len() > label.len()
            && words.from.within(line.lead_in(p));
    if ends_change || !countable(part.kind()) || fixed.is_none() && !says_share(line, last, s) {
        return;
    }
    let claim = line.claim(s);
    let Some((value, stated)) = share(claim, line.corpus.text(line.article, claim.numeral)) else { return };
    if value <= Decimal::ZERO
        || value > Decimal::ONE_HUNDRED
        || line.after(s).trim_start().starts_with(['—', '-', '~', '～'])
    {
        return;
    }
    let Some(part_spread) = read(line, p) else { return };
    // Wholes before the part: any that fits excuses; of the rest the one that the words tie closest is shown.
    let mut tied: Option<(usize, u8)> = None;
    let named = object(line, p, s);
    let wholes: Vec<usize> = fixed.map_or_else(|| (0..p).rev().collect(), |t| vec![t]);
    let mut stops = 0;
    let mut rivals = 0;
    for t in wholes {
        stops += usize::from(t < p && has_stop(line.between(t, t + 1)));
        let whole = line.claim(t);
        if !countable(whole.kind()) || !may_be_part(part, whole) || stops > 2 {
            continue;
        }
        let Some(spread) = read(line, t) else { continue };
        let Some(real) = part_spread.over(spread).and_then(|r| r.scale(Decimal::ONE_HUNDRED)) else { continue };
        if real.meets(stated) {
            return;
        }
        if spread.middle() <= part_spread.middle() || stops > 1 {
            continue;
        }
        let between = line.between(t, p);
        let lead = line.before(t);
        let close = between.len() <= 80;
        let said_among = words.among.within(between) || ends_with_among(line, t);
        let label = super::series::label_before(line, t);
        let said_total = words.sums(lead)
            || words.total_tight.prefix(label).is_some()
            || fixed.is_some()
            || !(t + 1..p).any(|k| is_share(line.claim(k)))
                && !named.is_empty()
                && (label.contains(named.as_str()) || super::series::label_after(line, t).contains(named.as_str()));
        // `展商640家，境外展商160家`: the part is named as a kind of the whole.
        // A figure with a share of its own is another part, not the whole.
        let sibling = (t + 1..p).any(|k| is_share(line.claim(k)));
        let kind = rivals == 0 && !sibling && {
            let own = super::series::label_before(line, p);
            let n = same_end(label, own);
            n >= 2 && own.chars().count() > n
        };
        let said_total = said_total || kind;
        let grade = match (stops == 0, said_among && close, said_total) {
            (true, true, _) => 3,
            (true, false, true) if same_unit(part, whole) => 2,
            (false, _, true) if same_unit(part, whole) && rivals == 0 => 1,
            _ => 0,
        };
        rivals += usize::from(alike(part, whole));
        // A further whole between the two with another unit is no rival; a nearer tie of the same grade stays.
        if grade > 0 && tied.is_none_or(|(_, g)| grade > g) {
            tied = Some((t, grade));
        }
    }
    let Some((t, grade)) = tied else { return };
    let Some(spread) = read(line, t) else { return };
    let Some(real) = part_spread.over(spread).and_then(|r| r.scale(Decimal::ONE_HUNDRED)) else { return };
    let message = Text::new(
        format!("{}占{}的{}%，不是{}", line.written(p), line.written(t), shown_percent(real.middle()), line.written(s)),
        format!(
            "{} is {}% of {}, not {}",
            line.written(p),
            shown_percent(real.middle()),
            line.written(t),
            line.written(s)
        ),
    );
    let confidence = [0.0, 0.75, 0.82, 0.93][grade as usize];
    let draft =
        Draft::new(&CHECK.info, confidence, message).claim(line.id(t), 0).claim(line.id(p), 0).claim(line.id(s), 1);
    out.push(draft.build(line.corpus));
}

/// `甲1015套，占35.5%；乙902套，占31.5%；丙943套，占37.0%`: each part with its share gives the whole anew. Where all but one of at least
/// three give the same, that one is wrong, wherever the whole stands.
fn outlier(line: &Line<'_>, out: &mut Vec<Finding>) {
    let mut pairs: Vec<(usize, usize, Spread)> = Vec::new();
    for s in 1..line.claims.len() {
        let claim = line.claim(s);
        let p = s - 1;
        let part = line.claim(p);
        let whole = || {
            let (value, stated) = share(claim, line.corpus.text(line.article, claim.numeral))?;
            (value > Decimal::ZERO).then_some(())?;
            read(line, p)?.scale(Decimal::ONE_HUNDRED)?.over(stated)
        };
        let joined =
            pairs.last().is_none_or(|&(q, last, _)| !has_stop(line.between(last, p)) && alike(line.claim(q), part));
        if !is_share(claim) || !countable(part.kind()) || !says_share(line, p, s) || !object(line, p, s).is_empty() {
            continue;
        }
        if !joined {
            odd_one(line, &pairs, out);
            pairs.clear();
        }
        if let Some(whole) = whole() {
            pairs.push((p, s, whole));
        }
    }
    odd_one(line, &pairs, out);
}

fn odd_one(line: &Line<'_>, pairs: &[(usize, usize, Spread)], out: &mut Vec<Finding>) {
    if pairs.len() < 3 {
        return;
    }
    let of_others = |k: usize| {
        let others = pairs.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, p)| p.2);
        let meet = others.reduce(|a, b| Spread { low: a.low.max(b.low), high: a.high.min(b.high) })?;
        (meet.low <= meet.high).then_some(meet)
    };
    let odd: Vec<(usize, Spread)> =
        (0..pairs.len()).filter_map(|k| of_others(k).filter(|w| !w.meets(pairs[k].2)).map(|w| (k, w))).collect();
    let [(k, whole)] = odd.as_slice() else { return };
    let (p, s, _) = pairs[*k];
    let Some(real) = read(line, p).and_then(|r| r.over(*whole)).and_then(|r| r.scale(Decimal::ONE_HUNDRED)) else {
        return;
    };
    let all = in_notation(line.corpus, line.claim(p), whole.middle().round());
    let percent = shown_percent(real.middle());
    let message = Text::new(
        format!("照并列各项推算，总数约{all}，{}占{percent}%，不是{}", line.written(p), line.written(s)),
        format!(
            "by the shares beside it the whole is about {all}; {} is {percent}% of it, not {}",
            line.written(p),
            line.written(s)
        ),
    );
    let draft = Draft::new(&CHECK.info, 0.85, message).claim(line.id(p), 0).claim(line.id(s), 1);
    out.push(draft.build(line.corpus));
}

/// `of its 180 seats, 126`: the word that ties the part stands before the whole.
fn ends_with_among(line: &Line<'_>, t: usize) -> bool {
    let lead = line.before(t);
    let start = lead
        .rfind([',', ';', '，', '；', '。', '.'])
        .map_or(0, |i| i + lead[i..].chars().next().map_or(1, char::len_utf8));
    line.words.among_before.prefix(lead[start..].trim_start()).is_some()
}
