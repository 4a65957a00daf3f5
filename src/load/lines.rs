//! Which line ends of a text are only wraps. Enters: the lines of a run without a blank one. Leaves: for each line end whether the
//! paragraph goes on. Chinese texts have one paragraph a line, English ones are often wrapped at a margin: a line end is a
//! wrap where the first word of the next line would not have fitted, all through the run.

use crate::text::is_ideograph;

/// The widest margin, in columns, that a wrapped text is believed to have.
const MARGIN: usize = 120;
/// The narrowest.
const NARROW: usize = 30;
/// The narrowest of two or three lines, which may as well be a headline with its date and byline.
const HEAD: usize = 55;

/// For each line but the last, whether the line end after it is a wrap. With `flow` a line end between words of a script with
/// spaces is always a wrap, as in Markdown.
pub(super) fn wraps(lines: &[&str], flow: bool) -> Vec<bool> {
    let mut found = vec![false; lines.len().saturating_sub(1)];
    if found.is_empty() {
        return found;
    }
    let bounded = lines.iter().all(|l| l.len() <= 3 * MARGIN);
    let margin = if bounded { lines.iter().map(|l| width(l.trim_end())).max().unwrap_or(0) } else { usize::MAX };
    let tight = |i: usize| {
        let (line, next) = (lines[i].trim_end(), lines[i + 1]);
        !indented(next) && width(line) + first_word(next) + slack(next) > margin
    };
    let fits = (if lines.len() <= 3 { HEAD } else { NARROW }..=MARGIN).contains(&margin) && {
        let tight = (0..found.len()).filter(|i| tight(*i)).count();
        let spaced = lines.iter().all(|l| !l.chars().any(is_ideograph));
        // Two lines prove nothing in a script that has no need to wrap; five in six allow for a stray heading.
        if spaced { tight * 6 >= found.len() * 5 } else { found.len() >= 2 && tight == found.len() }
    };
    for (i, wrap) in found.iter_mut().enumerate() {
        let (line, next) = (lines[i].trim_end(), lines[i + 1].trim_start());
        let spaced = ends_spaced(line) && next.chars().next().is_some_and(|c| c.is_ascii() && !c.is_ascii_control());
        let goes_on =
            spaced && next.starts_with(|c: char| c.is_ascii_lowercase()) && !line.ends_with(['.', '!', '?', ':']);
        *wrap = (fits && tight(i)) || (spaced && flow) || goes_on;
    }
    found
}

fn ends_spaced(line: &str) -> bool {
    line.chars().next_back().is_some_and(|c| c.is_ascii_graphic() || matches!(c, '’' | '”' | '–' | '—'))
        && !line.chars().any(is_ideograph)
}

fn indented(line: &str) -> bool {
    line.starts_with([' ', '\t', '\u{3000}'])
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum()
}

/// The columns of a line's first word with the space before it; of its first character in a script without spaces.
fn first_word(line: &str) -> usize {
    match line.chars().next() {
        Some(c) if is_ideograph(c) || (c as u32) >= 0x3000 => 2,
        Some(_) => 1 + line.chars().take_while(|c| !matches!(c, ' ' | '\t') && !is_ideograph(*c)).count(),
        None => 0,
    }
}

/// Chinese lines end one or two characters early where a mark may not begin the next one.
fn slack(next: &str) -> usize {
    if next.chars().next().is_some_and(|c| (c as u32) >= 0x2E80) { 4 } else { 0 }
}
