//! `growth-arithmetic`: a stated rise or fall against its two ends. Enters: an article. Leaves: findings. Triggers are language data.

use super::amount::{Spread, in_notation, share, shown, shown_percent, spread};
use super::finding::Draft;
use super::line::{Line, alike, has_stop, is_share, lines};
use super::{Check, Input, Run};
use crate::model::{ArticleId, CheckInfo, Finding, Kind, Severity, Text};
use crate::quantity::Decimal;

/// The check.
pub const CHECK: Check = Check {
    info: CheckInfo {
        id: "growth-arithmetic",
        severity: Severity::Error,
        title: ("增减幅度算错", "growth against its endpoints"),
        description: (
            "“由甲增至乙，增长百分之几”“增加多少”“翻一番”与首尾两个数对不上。按所写数字的进位区间计算，约数放宽；同比、年均等另有基数的不算。",
            "“from A to B, up p percent” (or by so many, or doubled) where p does not follow from A and B. Computed on what the written \
             figures may have been rounded from; hedges widen; rates with another base (year on year, annual) are left alone.",
        ),
        example: "商户由4000家增至5000家，增长20%。",
    },
    run: Run::Article(run),
};

fn run(input: &Input<'_>, article: ArticleId, out: &mut Vec<Finding>) {
    for line in lines(input, article) {
        if line.claims.len() >= 3 {
            in_line(&line, out);
        }
    }
}

/// Two ends of a change: indexes of the claims, and where the statement of both stops.
#[derive(Clone, Copy)]
struct Ends {
    old: usize,
    new: usize,
}

impl Ends {
    const fn last(self) -> usize {
        if self.old > self.new { self.old } else { self.new }
    }
    const fn first(self) -> usize {
        if self.old < self.new { self.old } else { self.new }
    }
}

const fn measurable(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Count
            | Kind::Money
            | Kind::Measure
            | Kind::Number
            | Kind::Duration
            | Kind::Percentage
            | Kind::Temperature
            | Kind::Age
    )
}

/// The two ends that `a` and the next amount `b` are, where the words around say so.
fn ends(line: &Line<'_>, a: usize, b: usize) -> Option<Ends> {
    let words = line.words;
    if !measurable(line.claim(a).kind()) || !alike(line.claim(a), line.claim(b)) {
        return None;
    }
    let between = line.between(a, b);
    if has_stop(between)
        || between.len() > 120
        || words.among.within(between) && line.claim(a).kind() == Kind::Percentage
    {
        return None;
    }
    let before = line.before(a);
    let near: &str = tail_of(before, 36);
    let arrives = words.rise_to.within(between) || words.fall_to.within(between);
    let from_before = words.from.within(near);
    // 由 A 增至 B; from A to B. Without a word of start the two must touch: 去年的4000家增至5000家.
    // 去年为3.2亿，今年降到2.4亿: two times set one against the other.
    let dated = (a + 1..b).any(|i| line.claim(i).kind().is_time());
    let commas = between.matches(['，', ',', '；', ';']).count();
    let touching = arrives && (commas == 0 || commas == 1 && dated && between.chars().count() <= 24);
    if (arrives || words.change_to.within(between)) && (from_before || touching) && !words.than.within(near) {
        // `B to A`: 由 must not stand between, unless the second end has its own mover.
        if !words.from.within(between) || arrives {
            return Some(Ends { old: a, new: b });
        }
    }
    // rose to B from A; 增至 B（上年为 A）is left alone.
    if words.from.within(between) && (words.rise_to.within(near) || words.fall_to.within(near)) && between.len() < 30 {
        return Some(Ends { old: b, new: a });
    }
    None
}

/// At most the last `n` bytes of `text`, on a character boundary.
fn tail_of(text: &str, n: usize) -> &str {
    let mut at = text.len().saturating_sub(n);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

fn in_line(line: &Line<'_>, out: &mut Vec<Finding>) {
    let mut reached = 0;
    for a in 0..line.claims.len() {
        if line.claim(a).kind().is_time() {
            continue;
        }
        let Some(b) = line.amount_after(a) else { continue };
        if let Some(ends) = ends(line, a, b) {
            against_ends(line, ends, out);
            reached = ends.last();
        } else if is_share(line.claim(b)) {
            rate_between(line, a, b, out);
        } else if a != reached || reached == 0 {
            by_difference(line, a, b, out);
        }
    }
}

/// What is left between two claims beside movers and fillers is nobody else's name: nothing, or words that also name the ends.
fn same_topic(line: &Line<'_>, ends: Ends, from: usize, to: usize) -> bool {
    let words = line.words;
    let rest = line.rest_between(
        from,
        to,
        &[
            &words.rise,
            &words.fall,
            &words.rise_tight,
            &words.fall_tight,
            &words.filler,
            &words.rise_to,
            &words.fall_to,
        ],
    );
    if rest.is_empty() {
        return true;
    }
    let said = line.lead_in(ends.first());
    // `from 40 to 50 ships, up 25 percent`: what the ends count may stand after them.
    let solid = |text: &str| text.chars().filter(|c| !super::line::is_mark(*c)).collect::<String>();
    let counted = |i: usize| line.claim(i).measure.is_some_and(|m| solid(line.of(m.span)).contains(rest.as_str()));
    counted(ends.new) || counted(ends.old) || rest.chars().count() <= 12 && solid(said).contains(rest.as_str())
}

/// A stated change after (or just before) its ends.
fn against_ends(line: &Line<'_>, ends: Ends, out: &mut Vec<Finding>) {
    let words = line.words;
    let mut after = ends.last();
    // 增加1000家，增长20%: both may follow.
    for _ in 0..2 {
        let Some(p) = line.amount_after(after) else { break };
        let gap = line.between(ends.last(), p);
        if gap.len() > 90
            || words.other_growth.within(line.between(after, p))
            || words.among.within(gap) && !only_filler(line, after, p)
        {
            break;
        }
        if !same_topic(line, ends, after, p) {
            break;
        }
        let moved = words.rises(line.between(after, p))
            || words.falls(line.between(after, p))
            || line.claim(p).kind() == Kind::Multiple
            || only_filler(line, after, p) && is_share(line.claim(p));
        if !moved {
            break;
        }
        judge(line, ends, p, out);
        after = p;
    }
    // 增长20%，由4000家增至5000家
    if let Some(p) = line.amount_before(ends.first()) {
        let gap = line.between(p, ends.first());
        let lead = tail_of(line.before(p), 30);
        let moves = words.rises(lead) || words.falls(lead) || words.rises(gap) || words.falls(gap);
        let free = line
            .rest_between(
                p,
                ends.first(),
                &[&words.from, &words.filler, &words.rise, &words.fall, &words.rise_tight, &words.fall_tight],
            )
            .is_empty();
        if moves && free && words.from.within(gap) && !words.other_growth.within(lead) && !has_stop(gap) {
            judge(line, ends, p, out);
        }
    }
}

fn only_filler(line: &Line<'_>, from: usize, to: usize) -> bool {
    let words = line.words;
    line.rest_between(from, to, &[&words.filler, &words.rise, &words.fall, &words.rise_tight, &words.fall_tight])
        .is_empty()
}

/// `to 60, up 20 percent from 50`: the rate stands between the ends, the new one first.
fn rate_between(line: &Line<'_>, new: usize, p: usize, out: &mut Vec<Finding>) {
    let words = line.words;
    let Some(old) = line.amount_after(p) else { return };
    let (first, second) = (line.between(new, p), line.between(p, old));
    // `412 elephants, 9 percent more than the 338`: the mover stands with the word of comparison, the thing behind its count.
    let compared = words.than.within(second)
        && (words.rises(second) || words.falls(second))
        && first.contains(',')
        && line
            .claim(new)
            .measure
            .is_some_and(|m| line.of(m.span).trim() == first.trim_end().trim_end_matches(',').trim());
    let moved = words.rises(first) || words.falls(first) || compared;
    let from = words.from.within(second) || words.than.within(second);
    let movers = [&words.rise, &words.fall];
    let bare = line.rest_between(p, old, &[&words.from, &words.than, &words.filler]).is_empty()
        || compared && line.rest_between(p, old, &[&words.than, &words.filler, movers[0], movers[1]]).is_empty();
    let told = compared || line.rest_between(new, p, &[&words.rise, &words.fall, &words.filler]).is_empty();
    if !moved
        || !from
        || !bare
        || !told
        || !alike(line.claim(new), line.claim(old))
        || !measurable(line.claim(new).kind())
    {
        return;
    }
    judge(line, Ends { old, new }, p, out);
}

/// `B，比上年的 A 增长 P%` and `B，比上年增加 D，增长 P%`.
fn by_difference(line: &Line<'_>, b: usize, next: usize, out: &mut Vec<Finding>) {
    let words = line.words;
    if !measurable(line.claim(b).kind()) || !alike(line.claim(b), line.claim(next)) {
        return;
    }
    let between = line.between(b, next);
    if has_stop(between)
        || words.rise_to.within(between)
        || words.fall_to.within(between)
        || between.len() > 60
        || !words.than.within(between) && !words.rises(between) && !words.falls(between)
    {
        return;
    }
    let Some(p) = line.amount_after(next) else { return };
    if !is_share(line.claim(p)) || !only_filler(line, next, p) || line.between(next, p).len() > 30 {
        return;
    }
    let gap = line.between(next, p);
    let tail = trim_fill(between, line);
    let ends_in = |set: &crate::lang::WordSet| set.suffix(tail).is_some();
    let moved_before = [&words.rise, &words.fall, &words.rise_tight, &words.fall_tight].into_iter().any(ends_in);
    let moved_after = words.rises(gap) || words.falls(gap);
    if !moved_after {
        return;
    }
    let (Some(new), Some(other)) = (read(line, b), read(line, next)) else { return };
    let up = words.rises(gap);
    let old = if moved_before {
        // `next` is the difference.
        if words.rises(between) { new.sub(other) } else { new.add(other) }
    } else if words.than.within(between) {
        Some(other)
    } else {
        None
    };
    let Some(old) = old else { return };
    if !moved_before && up != (new.middle() > old.middle()) {
        return;
    }
    report_percent(line, old, new, &[b, next], p, out);
}

/// `text` without fillers and marks at its end.
fn trim_fill<'t>(mut text: &'t str, line: &Line<'_>) -> &'t str {
    loop {
        let cut = text.trim_end_matches(super::line::is_mark);
        let cut = line
            .words
            .filler
            .suffix(cut)
            .filter(|_| line.words.rise.suffix(cut).is_none())
            .map_or(cut, |n| &cut[..cut.len() - n]);
        if cut.len() == text.len() {
            return text;
        }
        text = cut;
    }
}

fn read(line: &Line<'_>, i: usize) -> Option<Spread> {
    let claim = line.claim(i);
    spread(claim, line.corpus.text(line.article, claim.numeral))
}

fn judge(line: &Line<'_>, ends: Ends, p: usize, out: &mut Vec<Finding>) {
    let (Some(old), Some(new)) = (read(line, ends.old), read(line, ends.new)) else { return };
    let claim = line.claim(p);
    let places = [ends.old, ends.new];
    if claim.kind() == Kind::PercentagePoints {
        if line.claim(ends.old).kind() == Kind::Percentage {
            report_difference(line, old, new, &places, p, out);
        }
    } else if claim.kind() == Kind::Multiple {
        report_multiple(line, old, new, &places, p, out);
    } else if is_share(claim) {
        if line.claim(ends.old).kind() == Kind::Percentage {
            // 由20%提高到25%，提高5%: points are often written so; either reading passes.
            if let (Some(diff), Some((_, stated))) = (new.sub(old), share(claim, line.of(claim.numeral)))
                && (diff.meets(stated) || diff.scale(Decimal::NEGATIVE_ONE).is_some_and(|d| d.meets(stated)))
            {
                return;
            }
        }
        report_percent(line, old, new, &places, p, out);
    } else if alike(claim, line.claim(ends.old)) {
        report_difference(line, old, new, &places, p, out);
    }
}

/// The change from `old` to `new` in per cent of `old`, without sign.
fn change(old: Spread, new: Spread) -> Option<Spread> {
    let ratio = new.over(old)?.sub(Spread::exactly(Decimal::ONE))?.scale(Decimal::ONE_HUNDRED)?;
    Some(if ratio.high <= Decimal::ZERO {
        Spread::new(-ratio.high, -ratio.low)
    } else if ratio.low < Decimal::ZERO {
        Spread { low: Decimal::ZERO, high: ratio.high.max(-ratio.low) }
    } else {
        ratio
    })
}

fn draft(line: &Line<'_>, places: &[usize], p: usize, confidence: f32, message: Text) -> Draft {
    Draft::new(&CHECK.info, confidence, message).claims(places.iter().map(|&i| line.id(i)), 0).claim(line.id(p), 1)
}

fn report_percent(line: &Line<'_>, old: Spread, new: Spread, places: &[usize], p: usize, out: &mut Vec<Finding>) {
    let claim = line.claim(p);
    let Some((_, stated)) = share(claim, line.corpus.text(line.article, claim.numeral)) else { return };
    let Some(real) = change(old, new) else { return };
    let stated = if stated.high <= Decimal::ZERO { Spread::new(-stated.high, -stated.low) } else { stated };
    if real.meets(stated) {
        return;
    }
    let up = new.middle() >= old.middle();
    let percent = shown_percent(real.middle());
    let (from, to) = ends_as_written(line, old, new, places);
    let (zh, en) = if up { ("增加", "a rise") } else { ("减少", "a fall") };
    let message = Text::new(
        format!("从{}到{}，{zh}约{percent}%，不是{}", from.zh, to.zh, line.written(p)),
        format!("from {} to {} is {en} of about {percent}%, not {}", from.en, to.en, line.written(p)),
    );
    out.push(draft(line, places, p, 0.93, message).build(line.corpus));
}

/// The two ends of a change as a reader finds them: as written where both are, else the one worked out from what is.
fn ends_as_written(line: &Line<'_>, old: Spread, new: Spread, places: &[usize]) -> (Text, Text) {
    let plain = |i: usize| Text::new(line.written(i), line.written(i));
    let stands = |i: usize, value: Spread| read(line, i) == Some(value);
    match *places {
        [a, b] if stands(a, old) && stands(b, new) => (plain(a), plain(b)),
        [a, b] if stands(b, old) && stands(a, new) => (plain(b), plain(a)),
        // 1260万元，比上年减少140万元: the old value is a sum or a difference of the two.
        [a, b] => {
            let value = in_notation(line.corpus, line.claim(a), old.middle());
            let (zh, en) = if old.middle() > new.middle() { ("加", "plus") } else { ("减", "less") };
            let (x, y) = (line.written(a), line.written(b));
            (Text::new(format!("{value}（{x}{zh}{y}）"), format!("{value} ({x} {en} {y})")), plain(a))
        }
        _ => (Text::new(shown(old.middle()), shown(old.middle())), Text::new(shown(new.middle()), shown(new.middle()))),
    }
}

fn report_difference(line: &Line<'_>, old: Spread, new: Spread, places: &[usize], p: usize, out: &mut Vec<Finding>) {
    let Some(stated) = read(line, p) else { return };
    let Some(diff) = new.sub(old) else { return };
    let diff = if diff.high <= Decimal::ZERO { Spread::new(-diff.high, -diff.low) } else { diff };
    if diff.meets(stated) || diff.low <= Decimal::ZERO {
        return;
    }
    // 由甲增加到乙，再增加丙: a further step is larger or smaller than the first; it is only a slip of arithmetic when close.
    let real = in_notation(line.corpus, line.claim(p), diff.middle());
    let (a, b) = (line.written(places[0]), line.written(places[1]));
    let message = Text::new(
        format!("{a}与{b}相差{real}，不是{}", line.written(p)),
        format!("{a} and {b} are {real} apart, not {}", line.written(p)),
    );
    // 由40%提高到50%，提高25个百分点: the relative change, read as points.
    let relative = || change(old, new).is_some_and(|c| c.meets(stated));
    let swapped = line.claim(p).kind() == Kind::PercentagePoints && relative();
    let diagnosis =
        swapped.then(|| Text::new("把百分比误作百分点", "the change in per cent was written as percentage points"));
    out.push(draft(line, places, p, 0.85, message).diagnosis(diagnosis).build(line.corpus));
}

fn report_multiple(line: &Line<'_>, old: Spread, new: Spread, places: &[usize], p: usize, out: &mut Vec<Finding>) {
    let Some(stated) = read(line, p) else { return };
    // A multiple is rarely exact: a tenth either way.
    let Some(tenth) = stated.middle().checked_div(Decimal::TEN) else { return };
    let Some(stated) = stated.widen(tenth.abs()) else { return };
    let Some(real) = new.over(old) else { return };
    // The extractor has read 增长两倍 as threefold. Where it saw no word of growth the figure may still be an increase.
    let claim = line.claim(p);
    let as_written = claim.quantity.literal.single() == claim.quantity.point;
    let grows = as_written && line.words.rises(line.before(p));
    let more = stated.add(Spread::exactly(Decimal::ONE)).filter(|_| grows);
    let fits = |r: Spread| r.meets(stated) || more.is_some_and(|m| r.meets(m));
    if fits(real) || old.over(new).is_some_and(fits) {
        return;
    }
    let message = Text::new(
        format!(
            "{}是{}的{}倍，与“{}”不符",
            line.written(places[1]),
            line.written(places[0]),
            shown(real.middle()),
            line.written(p)
        ),
        format!(
            "{} is {} times {}, not “{}”",
            line.written(places[1]),
            shown(real.middle()),
            line.written(places[0]),
            line.written(p)
        ),
    );
    out.push(draft(line, places, p, 0.85, message).build(line.corpus));
}
