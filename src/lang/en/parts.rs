//! The words around an English figure: noun phrases, clause, subject, predicate. Enters: tokens and mentions. Leaves: the parts of
//! claims. Reads no numeral.

use super::super::{Context, Parts};
use super::scope;
use super::token::{Kind as Tok, Sentence};
use super::words::{Role, class};
use crate::model::{Kind, Mention, Phrase};
use crate::text::{Plain, Span};

const FUNCTION: u64 = class::ARTICLE
    | class::DETERMINER
    | class::PREPOSITION
    | class::CONJUNCTION
    | class::SUBORDINATOR
    | class::PRONOUN
    | class::AUXILIARY
    | class::ADVERB;

/// A noun phrase: its first token, one past its last, and its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Np {
    pub first: usize,
    pub end: usize,
    pub head: (usize, usize),
}

/// Whether the word at `i` looks like a past tense.
pub(super) fn is_past(s: &Sentence, i: usize) -> bool {
    if !s.is_word(i) || s.tokens[i].capital {
        return false;
    }
    let w = s.of(i);
    w.len() > 4 && w.ends_with("ed") && !s.is(i, class::NOT_VERB)
        || s.word_in(
            i,
            &[
                "rose", "fell", "took", "won", "lost", "began", "came", "went", "made", "met", "held", "ran", "broke",
                "found", "said", "told", "grew", "drew", "sold", "spent", "paid", "stood", "became", "left", "saw",
                "gave", "led",
            ],
        )
}

/// Whether the word at `i` is a verb, as far as its form and the lists tell.
pub(super) fn is_verb(s: &Sentence, i: usize) -> bool {
    if !s.is_word(i) || s.joins(i + 1) || s.joins(i.wrapping_sub(1)) && i > 0 {
        return false;
    }
    let t = s.tokens[i];
    if t.capital && i > 0 && !s.stops(i - 1) {
        return false;
    }
    if s.is(i, class::AUXILIARY) {
        return !(t.capital && s.entry(i).is_some_and(|e| e.month != 0));
    }
    if s.is(i, class::VERB | class::REPORTING) {
        return true;
    }
    let w = s.of(i);
    if w.len() <= 4 || !w.ends_with("ed") || s.is(i, FUNCTION) {
        return false;
    }
    // `800 delegates registered for the congress`: an adjective that stands where a verb stands is one.
    let acts = i > 0
        && s.is_word(i - 1)
        && !s.is(i - 1, FUNCTION | class::ADJECTIVE)
        && (s.is(i + 1, class::PREPOSITION) || s.is(i + 1, class::ARTICLE));
    !s.is(i, class::NOT_VERB) || acts
}

fn past_participle_before_noun(s: &Sentence, i: usize) -> bool {
    let w = s.of(i);
    (w.ends_with("ed") || w.ends_with("en")) && s.is_word(i + 1) && !s.is(i + 1, FUNCTION) && !s.stops(i + 1)
}

/// Whether the word at `i` has the form of a plural noun.
fn plural_form(s: &Sentence, i: usize) -> bool {
    if s.is(i, class::PLURAL) {
        return true;
    }
    let w = s.of(i);
    s.is_word(i)
        && w.len() > 2
        && w.ends_with('s')
        && !w.ends_with("ss")
        && !w.ends_with("us")
        && !w.ends_with("is")
        && !s.is(i, class::SINGULAR_S | FUNCTION)
}

/// Whether the word at `i` can stand in a noun phrase after a figure.
pub(super) fn noun_like(s: &Sentence, i: usize) -> bool {
    s.is_word(i)
        && !s.is(i, FUNCTION)
        && !(is_verb(s, i) && !plural_form(s, i))
        && !s.entry(i).is_some_and(|e| e.month != 0 && s.tokens[i].capital)
}

/// Whether a phrase with a plural head starts at `i`.
pub(super) fn plural_noun(s: &Sentence, i: usize) -> bool {
    np_right(s, i).is_some_and(|np| plural_form(s, np.head.1 - 1))
}

/// One past the hyphened compound that starts with the word at `i`.
fn compound_end(s: &Sentence, i: usize) -> usize {
    let mut j = i + 1;
    while s.joins(j) && s.is_word(j + 1) {
        j += 2;
    }
    j
}

/// The noun phrase that starts at `i`: what a figure before it counts.
pub(super) fn np_right(s: &Sentence, i: usize) -> Option<Np> {
    let mut j = i;
    let mut head: Option<(usize, usize)> = None;
    let mut plural = false;
    let mut words = 0;
    while words < 7 {
        let Some(t) = s.tokens.get(j) else { break };
        match t.kind {
            Tok::Word => {}
            Tok::Possessive => {
                j += 1;
                (head, plural) = (None, false);
                continue;
            }
            Tok::Sign('"' | '“' | '‘') if head.is_none() && s.is_word(j + 1) && words > 0 => {
                j += 1;
                continue;
            }
            _ => break,
        }
        let e = compound_end(s, j);
        let single = e == j + 1;
        let w = s.of(e - 1);
        if single {
            let more = s.word_in(
                j,
                &["more", "other", "such", "further", "own", "same", "additional", "overall", "most", "extra"],
            ) && (head.is_none());
            if s.is(j, FUNCTION) && !more {
                let long = s.word_in(
                    j,
                    &[
                        "straight",
                        "consecutive",
                        "long",
                        "wide",
                        "deep",
                        "high",
                        "old",
                        "daily",
                        "annual",
                        "weekly",
                        "monthly",
                        "early",
                        "late",
                        "online",
                        "overnight",
                        "offshore",
                        "onshore",
                    ],
                ) && head.is_none()
                    && s.is_word(j + 1)
                    && !s.is(j + 1, FUNCTION);
                if !long {
                    break;
                }
            }
            if more {
                j = e;
                words += 1;
                continue;
            }
            if head.is_some()
                && is_verb(s, j)
                && !(plural_form(s, j) && plural && !s.is(j, class::VERB))
                && !(past_participle_before_noun(s, j) && !plural)
            {
                break;
            }
            let named = j == i && i > 0 && s.is(i - 1, class::ARTICLE | class::DETERMINER);
            if head.is_none() && !named && is_verb(s, j) && !plural_form(s, j) && !past_participle_before_noun(s, j) {
                break;
            }
            // `ivory hidden in`, `tickets available`: a word before a preposition that is no noun ends the phrase.
            if head.is_some()
                && (w.ends_with("en") && w.len() > 5 && s.is(e, class::PREPOSITION) && !s.is(j, class::PLURAL))
            {
                break;
            }
            if s.entry(j).is_some_and(|e| e.month != 0 && t.capital || e.weekday != 0 && t.capital) {
                break;
            }
            if s.entry(j).is_some_and(|e| e.cardinal > 0 && e.cardinal != 1) {
                break;
            }
        }
        let is_plural = plural_form(s, e - 1);
        if plural && !is_plural {
            break;
        }
        // A name behind a noun is in apposition: `number 9 Cole Barrett`.
        if head.is_some() && t.capital && !s.tokens[head?.0].capital {
            break;
        }
        let adjective = single && s.is(j, class::ADJECTIVE) || single && (w.ends_with("ly"));
        let state = s.word_in(j, &["dead", "injured", "missing", "homeless", "wounded", "sick", "unemployed"]);
        if !adjective || state && (s.stops(e) || !noun_like(s, e)) {
            head = Some((j, e));
            plural = is_plural;
        } else if head.is_some() {
            break;
        }
        j = e;
        words += 1;
    }
    let head = head?;
    // Trailing `-ing` is no head unless nothing else is: `12 workers striking`.
    if s.is(head.0, class::NO_HEAD) {
        return None;
    }
    Some(Np { first: i, end: head.1, head })
}

/// The noun phrase that ends right before token `end`.
pub(super) fn np_left(s: &Sentence, end: usize) -> Option<Np> {
    let mut j = end;
    let mut words = 0;
    while j > 0 && words < 7 {
        let k = j - 1;
        match s.tokens[k].kind {
            Tok::Word => {
                let hyphened = s.joins(j) || k > 0 && s.joins(k - 1);
                if !hyphened
                    && (s.is(k, FUNCTION)
                        && !s.word_in(
                            k,
                            &["own", "overall", "daily", "annual", "weekly", "monthly", "average", "total"],
                        )
                        || is_verb(s, k) && (words > 0 || !s.is(k, class::PROPERTY)))
                {
                    break;
                }
            }
            Tok::Possessive => {}
            Tok::Sign('-' | '‐' | '‑') if s.joins(k) => {}
            Tok::Sign('&') => {}
            _ => break,
        }
        j = k;
        words += 1;
    }
    while j < end && (matches!(s.tokens[j].kind, Tok::Possessive | Tok::Sign(_))) {
        j += 1;
    }
    if j >= end || !s.is_word(end - 1) {
        return None;
    }
    let mut h = end - 1;
    while h > j && s.joins(h - 1) {
        h = h.saturating_sub(2).max(j);
    }
    if s.is(end - 1, class::ADJECTIVE | class::ADVERB) && end - j == 1 {
        return None;
    }
    let mut np = Np { first: j, end, head: (h, end) };
    // `price of oil`, `expectancy for women`: the noun before the preposition is the head.
    let mut a = j;
    if a > 0 && s.is(a - 1, class::ARTICLE | class::DETERMINER) {
        a -= 1;
    }
    if a > 1
        && s.word_in(a - 1, &["of", "for"])
        && let Some(outer) = np_left(s, a - 1)
    {
        let same = outer.end == a - 1;
        if same {
            np = Np { first: outer.first, end, head: outer.head };
        }
    }
    Some(np)
}

/// Sentence, mentions by token, and what has been found of the whole.
pub(super) struct View<'v, 'a> {
    pub s: &'v Sentence<'a>,
    /// Token range of each mention.
    pub at: Vec<(usize, usize)>,
    pub mentions: &'v [Mention],
    /// Tokens of the noun phrases right behind figures: no verbs, whatever their form.
    pub counted: Vec<(usize, usize)>,
}

impl View<'_, '_> {
    pub(super) fn span(&self, a: usize, b: usize) -> Option<Span<Plain>> {
        let start = self.s.tokens.get(a)?.start;
        let end = self.s.tokens.get(b.checked_sub(1)?)?.end;
        (start < end).then(|| Span::new(start as usize, end as usize))
    }

    pub(super) fn phrase(&self, np: Np) -> Option<Phrase> {
        Some(Phrase { span: self.span(np.first, np.end)?, head: self.span(np.head.0, np.head.1)? })
    }

    /// The mention that covers token `i`.
    pub(super) fn mention_at(&self, i: usize) -> Option<usize> {
        self.at.iter().position(|(a, b)| (*a..*b).contains(&i))
    }

    /// Whether token `i` belongs to what a figure counts.
    pub(super) fn is_counted(&self, i: usize) -> bool {
        self.counted.iter().any(|(a, b)| (*a..*b).contains(&i))
    }

    fn separator(&self, i: usize) -> bool {
        let s = self.s;
        match s.sign(i) {
            Some(',' | ';' | ':' | '(' | ')' | '[' | ']' | '—' | '"' | '“' | '”') => self.mention_at(i).is_none(),
            Some('-' | '–') => !s.glued(i) && !s.glued(i + 1) && self.mention_at(i).is_none(),
            _ => false,
        }
    }

    /// The clause around tokens `a..b`.
    pub(super) fn clause(&self, a: usize, b: usize) -> (usize, usize) {
        let mut x = a;
        while x > 0 && !self.separator(x - 1) {
            x -= 1;
        }
        let mut y = b;
        while y < self.s.len() && !self.separator(y) {
            y += 1;
        }
        (x, y)
    }

    /// The main verb nearest before `a`, not before `from`; auxiliaries give way to the verb behind them.
    fn verb_before(&self, a: usize, from: usize) -> Option<usize> {
        let s = self.s;
        let mut j = a;
        while j > from {
            j -= 1;
            if self.mention_at(j).is_some() || self.is_counted(j) {
                continue;
            }
            let ing = s.is_word(j)
                && s.of(j).len() > 5
                && s.of(j).ends_with("ing")
                && !s.is(j, FUNCTION)
                && !s.tokens[j].capital
                && (j > 0 && (s.sign(j - 1) == Some(',') || s.is(j - 1, class::AUXILIARY)) || s.is(j, class::VERB));
            if is_verb(s, j) || ing {
                // A participle before a noun and a noun of the same form are no predicate.
                if j > 0 && s.is(j - 1, class::ARTICLE | class::DETERMINER) && !s.is(j - 1, class::SUBORDINATOR)
                    || past_participle_before_noun(s, j) && j > 0 && s.is(j - 1, class::PREPOSITION)
                {
                    continue;
                }
                return Some(j);
            }
        }
        None
    }

    fn verb_after(&self, b: usize, to: usize) -> Option<usize> {
        let s = self.s;
        let mut found = None;
        for j in b..to {
            if self.mention_at(j).is_some() || self.is_counted(j) {
                continue;
            }
            if is_verb(s, j) && !(j > 0 && s.is(j - 1, class::ARTICLE)) {
                // Go on from auxiliaries to the verb they help.
                found = Some(j);
                if !s.is(j, class::AUXILIARY) {
                    break;
                }
            } else if found.is_some() && !s.is(j, class::ADVERB) {
                break;
            }
        }
        found
    }

    /// The subject of the verb at `v`: tokens before it, articles and all.
    pub(super) fn subject(&self, v: usize) -> Option<(usize, usize)> {
        let s = self.s;
        let mut end = v;
        while end > 0
            && (s.is(end - 1, class::AUXILIARY | class::ADVERB) && !s.is(end - 1, class::PERSON_PRONOUN)
                || s.word_is(end - 1, "to"))
        {
            end -= 1;
        }
        let participle = s.of(v).ends_with("ing") && end == v;
        if participle && end > 0 && s.sign(end - 1) == Some(',') {
            // `…, injuring 17 people`: the subject of the verb before.
            let mut main = self.verb_before(end - 1, 0);
            // `…, the authority said, adding`: who speaks does not add.
            while let Some(m) = main.filter(|m| s.is(*m, class::REPORTING) && !s.is(*m, class::CHANGE)) {
                main = self.verb_before(m, 0);
            }
            let Some(main) = main.filter(|m| *m != v) else {
                return np_left(s, end - 1).map(|np| (np.first, np.end));
            };
            return self.subject(main);
        }
        if end < v && s.word_is(end, "to") && end > 0 && is_verb(s, end - 1) {
            // `plans to close`: the subject of the plan.
            return self.subject(end - 1);
        }
        if end > 0 && s.is(end - 1, class::PERSON_PRONOUN) && s.word_in(end - 1, &["which", "who", "that"]) {
            end -= 1;
            let stop = end - usize::from(end > 0 && s.sign(end - 1) == Some(','));
            if let Some(np) = np_left(s, stop) {
                return Some((np.first, np.end));
            }
        }
        if end > 0 && s.word_is(end - 1, "and") {
            // `rose 6 percent and kept its dividend`: shared subject.
            let main = self.verb_before(end - 1, 0)?;
            return self.subject(main);
        }
        let mut stop = end;
        if stop > 0 && s.sign(stop - 1) == Some(',') {
            stop -= 1;
            // `Ellen Marsh, 44, spent`: what stands between two commas is not the subject.
            let mut k = stop;
            while k > 0 && !self.separator(k - 1) {
                k -= 1;
            }
            let aside =
                s.word_in(k, &["which", "who", "where", "whose"]) || self.verb_before(stop, k).is_none_or(|p| p == k);
            if k > 1 && s.sign(k - 1) == Some(',') && stop - k <= 14 && aside {
                stop = k - 1;
            }
        }
        let mut start = stop;
        let mut words = 0;
        while start > 0 && words < 14 {
            let k = start - 1;
            if self.separator(k) || s.sign(k).is_some_and(|c| matches!(c, '.' | '!' | '?')) {
                break;
            }
            let inside = self.mention_at(k).is_some();
            let opens = k == 0 || self.separator(k - 1);
            let adjectival = is_verb(s, k)
                && !s.is(k, class::AUXILIARY)
                && (k > 0 && s.is(k - 1, class::ARTICLE | class::DETERMINER)
                    || opens && s.is_word(k + 1) && k + 1 < stop && !s.is(k + 1, FUNCTION));
            // `a notebook kept by the composer fetched`, `pupils who passed the exam rose`.
            let participle = is_verb(s, k)
                && !s.is(k, class::AUXILIARY | class::REPORTING)
                && s.is(k + 1, class::PREPOSITION)
                && k > 0
                && !s.is(k - 1, class::AUXILIARY | class::PERSON_PRONOUN | class::ADVERB);
            let relative = k > 0 && is_verb(s, k) && s.word_in(k - 1, &["who", "which"]);
            if relative {
                start = k - 1;
                words += 1;
                continue;
            }
            if adjectival || participle {
                start = k;
                words += 1;
                continue;
            }
            if !inside
                && (s.is(k, class::SUBORDINATOR | class::CONJUNCTION)
                    && !s.word_in(k, &["and", "as", "after", "before", "since", "than"])
                    || is_verb(s, k))
            {
                break;
            }
            start = k;
            words += 1;
        }
        // Leading connectors and times.
        while start < stop {
            if s.is(start, class::CONJUNCTION) || s.word_in(start, &["meanwhile", "however", "and", "but"]) {
                start += 1;
            } else if s.is(start, class::PREPOSITION) {
                // `On Tuesday the panel …`
                match self.at.iter().find(|(a, _)| *a == start + 1 || *a == start) {
                    Some((_, b)) if *b < stop => start = *b,
                    _ => break,
                }
            } else {
                break;
            }
        }
        if start >= stop || s.is(start, class::PREPOSITION) && stop - start > 1 {
            return (start < stop).then(|| np_left(s, stop).map(|np| (np.first, np.end))).flatten();
        }
        let lone = stop - start == 1 && s.is(start, class::PERSON_PRONOUN | class::PRONOUN);
        (!lone).then_some((start, stop))
    }

    /// The head noun phrase of a subject: up to its first preposition other than `of` and `for`.
    fn head_of(&self, range: (usize, usize)) -> Option<Np> {
        let s = self.s;
        let mut a = range.0;
        while a < range.1 && (s.is(a, class::ARTICLE | class::DETERMINER) || s.tokens[a].kind == Tok::Possessive) {
            a += 1;
        }
        let mut b = a;
        while b < range.1 {
            if (s.is(b, class::PREPOSITION | class::SUBORDINATOR)
                || self.separator(b)
                || is_verb(s, b) && s.is(b + 1, class::PREPOSITION))
                && !s.joins(b + 1)
                && b > a
            {
                break;
            }
            b += 1;
        }
        if let Some(m) = self.mention_at(a).filter(|_| b > a) {
            // The subject itself is a figure with its noun.
            return np_right(s, self.at[m].1);
        }
        let mut np = np_left(s, b).filter(|np| np.head.0 >= range.0)?;
        np.first = np.first.max(range.0);
        // `expectancy for women`: what it is for belongs to it.
        let mut end = np.end;
        if s.word_in(end, &["of", "for"]) && end < range.1 {
            let k = end + 1 + usize::from(s.is(end + 1, class::ARTICLE | class::DETERMINER));
            if let Some(inner) = np_right(s, k).filter(|x| x.end <= range.1) {
                end = inner.end;
            }
        }
        Some(Np { end, ..np })
    }

    /// The phrase after `of the …` or right behind a figure at `b`.
    fn of_right(&self, b: usize) -> Option<Np> {
        let s = self.s;
        let mut k = b;
        if s.word_in(k, &["of", "in"]) {
            let of = s.word_is(k, "of");
            k += 1;
            while s.is(k, class::ARTICLE | class::DETERMINER) && s.is_word(k) {
                k += 1;
            }
            if self.mention_at(k).is_some() && of {
                k = self.at[self.mention_at(k)?].1;
            }
            return np_right(s, k);
        }
        None
    }

    /// The noun phrase that a preposition right before the figure at `a` leans on; other figures between are stepped over.
    fn leaned_on(&self, a: usize, verb: Option<usize>) -> Option<Np> {
        let s = self.s;
        let mut j = a;
        for _ in 0..3 {
            if j == 0
                || !(s.word_in(j - 1, &["to", "by", "at", "of", "from", "worth", "totalling", "totaling", "in", "as"]))
            {
                return None;
            }
            let of = s.word_in(j - 1, &["of", "worth"]);
            let worth = s.word_is(j - 1, "worth");
            let p = j - 1;
            if p == 0 {
                return None;
            }
            if let Some(m) = self.mention_at(p - 1) {
                j = self.at[m].0;
                if verb == Some(j.wrapping_sub(1)) {
                    return None;
                }
                // `a rise of 5 percent to 4.5`: go on from before the first figure.
                if j > 0 && !s.word_in(j - 1, &["to", "by", "at", "of", "from"]) {
                    return np_left(s, j).filter(|np| verb.is_none_or(|v| np.first > v));
                }
                continue;
            }
            if s.sign(p - 1) == Some(',') {
                j = p - 1;
                let mut stepped = false;
                while let Some(m) = j.checked_sub(1).and_then(|k| self.mention_at(k)) {
                    j = self.at[m].0;
                    stepped = true;
                }
                if stepped {
                    continue;
                }
                return None;
            }
            let np = np_left(s, p)?;
            if s.phrase(np.head.0, Role::Length).is_some() {
                return None;
            }
            // `a contract with the club worth $11 million`: not the club.
            let mut np = np;
            while worth {
                let before =
                    np.first - usize::from(np.first > 0 && s.is(np.first - 1, class::ARTICLE | class::DETERMINER));
                let led = before > 1 && s.word_in(before - 1, &["with", "for", "from", "to", "at", "in", "by"]);
                match led.then(|| np_left(s, before - 1)).flatten() {
                    Some(outer) if verb.is_none_or(|v| outer.first > v) => np = outer,
                    _ => break,
                }
            }
            return (of || verb.is_none_or(|v| np.first > v)).then_some(np);
        }
        None
    }

    fn measure(&self, m: usize, verb: Option<usize>, subject: Option<(usize, usize)>) -> Option<Np> {
        let s = self.s;
        let (a, b) = self.at[m];
        let kind = self.mentions[m].quantity.kind;
        let behind = b + usize::from(s.joins(b));
        let copular = verb.is_some_and(|v| v < a && (s.is(v, class::COPULA | class::CHANGE | class::AUXILIARY)));
        let by_subject = || subject.and_then(|r| self.head_of(r));
        // `wind (58 percent)`.
        let bracket = || {
            (a > 1 && s.sign(a - 1) == Some('(') && self.mention_at(a - 2).is_none())
                .then(|| np_left(s, a - 1))
                .flatten()
        };
        // `20 miles (45 kilometres)`: the same thing in other units.
        if a > 1
            && s.sign(a - 1) == Some('(')
            && let Some(same) = self.mention_at(a - 2).filter(|k| self.mentions[*k].quantity.kind == kind)
        {
            return self.measure(same, verb, subject);
        }
        match kind {
            Kind::Date | Kind::DateRange | Kind::Time => None,
            Kind::Count | Kind::Number | Kind::Ordinal | Kind::Ratio => {
                let vague_of = s.word_is(b, "of");
                np_right(s, b + usize::from(s.word_is(b.wrapping_sub(1), "of") && false))
                    .or_else(|| vague_of.then(|| self.of_right(b)).flatten())
                    .or_else(|| self.leaned_on(a, verb))
                    .or_else(bracket)
                    .or_else(|| (copular && kind != Kind::Ordinal).then(by_subject).flatten())
                    .or_else(|| {
                        // `Five people died and at least 38 were injured`: the same thing as the count before.
                        let bare = kind == Kind::Number
                            && (s.is(b, class::AUXILIARY) || is_verb(s, b) || s.stops(b) && s.len() > 4);
                        let last = (0..m).rev().find(|k| self.mentions[*k].quantity.kind == Kind::Count)?;
                        bare.then(|| np_right(s, self.at[last].1)).flatten()
                    })
            }
            Kind::Percentage | Kind::PercentagePoints | Kind::Fraction | Kind::Multiple => {
                // `12.6 percent rise in operating profit`.
                if s.is(b, class::CHANGE)
                    || s.word_in(
                        b,
                        &[
                            "growth",
                            "gain",
                            "reduction",
                            "decline",
                            "loss",
                            "improvement",
                            "jump",
                            "discount",
                            "chance",
                            "share",
                            "swing",
                        ],
                    )
                {
                    if let Some(np) = self.of_right(b + 1) {
                        return Some(np);
                    }
                }
                let standing = copular
                    && verb.is_some_and(|v| s.is(v, class::COPULA) && s.word_in(a.wrapping_sub(1), &["at", "to"]));
                if standing && let Some(np) = by_subject() {
                    return Some(np);
                }
                if s.word_is(b, "of")
                    && let Some(np) = self.of_right(b)
                {
                    return Some(np);
                }
                let annual = s.word_in(behind, &["year", "month", "quarter"]);
                if let Some(np) = np_right(s, behind).filter(|np| {
                    !annual
                        && !s.is(np.head.0, class::CHANGE | class::ADJECTIVE)
                        && !s.of(np.head.1 - 1).ends_with("er")
                }) {
                    return Some(np);
                }
                if kind == Kind::Multiple && s.word_in(b, &["the"]) {
                    return np_right(s, b + 1);
                }
                self.leaned_on(a, verb).or_else(bracket).or_else(|| {
                    let changed = verb.is_some_and(|v| {
                        v < a && (s.is(v, class::CHANGE | class::COPULA | class::AUXILIARY | class::FALL))
                            || v >= a && kind == Kind::Multiple
                    });
                    (changed || kind == Kind::Multiple).then(by_subject).flatten()
                })
            }
            Kind::Money => np_right(s, behind)
                .filter(|np| !s.is(behind, class::PER) && self.mention_at(np.head.0).is_none())
                .or_else(|| self.of_right(b))
                .or_else(|| self.leaned_on(a, verb))
                .or_else(bracket)
                .or_else(|| {
                    let priced = verb.is_some_and(|v| {
                        s.word_in(
                            v,
                            &[
                                "cost", "costs", "sell", "sells", "sold", "selling", "priced", "valued", "fetched",
                                "goes", "averaged", "start", "started", "pay", "paid",
                            ],
                        )
                    });
                    (copular || priced).then(by_subject).flatten()
                }),
            Kind::Measure | Kind::Temperature => {
                let hyphen = s.joins(b);
                let right = if hyphen { np_right(s, behind) } else { None };
                right
                    .or_else(|| s.word_is(b, "of").then(|| self.of_right(b)).flatten())
                    .or_else(|| {
                        let across = s.word_in(b, &["across", "long", "wide", "high", "deep", "tall", "thick"])
                            && a > 0
                            && noun_like(s, a - 1)
                            && !is_verb(s, a - 1);
                        across.then(|| np_left(s, a)).flatten()
                    })
                    .or_else(|| {
                        self.leaned_on(a, verb)
                            .filter(|np| s.is(np.head.0, class::PROPERTY) || a > 0 && s.word_is(a - 1, "of"))
                    })
                    .or_else(|| np_right(s, b).filter(|_| !s.is(b, class::ADJECTIVE)))
                    .or_else(|| {
                        // `ivory weighing 1,650 kilograms`.
                        let ing = verb.filter(|v| s.of(*v).ends_with("ing") && *v < a);
                        ing.and_then(|v| np_left(s, v))
                    })
                    .or_else(bracket)
                    .or_else(|| {
                        // `the channel, 60 metres wide,`; `two shafts, each 900 metres deep`.
                        let aside = a > 1
                            && (s.sign(a - 1) == Some(',') || s.word_is(a - 1, "each") && s.sign(a - 2) == Some(','));
                        let comma =
                            if s.word_is(a.wrapping_sub(1), "each") { a.wrapping_sub(2) } else { a.wrapping_sub(1) };
                        aside.then(|| np_left(s, comma)).flatten()
                    })
                    .or_else(|| {
                        let (ca, cb) = self.clause(a, b);
                        verb.is_some_and(|v| (ca..cb).contains(&v)).then(by_subject).flatten()
                    })
            }
            Kind::Duration => {
                let hyphen = s.joins(b);
                if hyphen || s.joins(b.wrapping_sub(2)) && b > a + 1 {
                    if let Some(np) = np_right(s, behind) {
                        return Some(np);
                    }
                }
                let held = verb.is_some_and(|v| {
                    v < a
                        && (s.is(v, class::COPULA)
                            || s.word_in(
                                v,
                                &[
                                    "take", "takes", "took", "taken", "last", "lasts", "lasted", "lasting", "run",
                                    "runs", "ran", "need", "needs", "needed", "spans", "covers",
                                ],
                            ))
                });
                s.word_is(b, "of")
                    .then(|| self.of_right(b))
                    .flatten()
                    .or_else(|| self.leaned_on(a, verb).filter(|np| s.is(np.head.0, class::PROPERTY)))
                    .or_else(|| held.then(by_subject).flatten())
            }
            Kind::Age => {
                let np = if s.joins(b) || !s.stops(b) { np_right(s, behind) } else { None };
                np.or_else(|| copular.then(by_subject).flatten())
            }
        }
    }

    /// The name before `, 27,`.
    fn name_before(&self, a: usize) -> Option<(usize, usize)> {
        let s = self.s;
        let mut end = a;
        if end > 0 && matches!(s.sign(end - 1), Some(',' | '(')) {
            end -= 1;
        } else if end > 0 && s.is(end - 1, class::AGE_BEFORE) {
            end -= 1;
            if end > 0 && s.sign(end - 1) == Some(',') {
                end -= 1;
            }
        } else {
            return None;
        }
        let mut start = end;
        while start > 0 && s.is_word(start - 1) && s.tokens[start - 1].capital && !s.is(start - 1, FUNCTION) {
            start -= 1;
        }
        (start < end).then_some((start, end))
    }

    fn describe(&self, m: usize, context: &mut Context) -> Parts {
        let s = self.s;
        let (a, b) = self.at[m];
        let (ca, cb) = self.clause(a, b);
        let before = self.verb_before(a, ca);
        let after = self.verb_after(b, cb);
        let verb = before.or(after).or_else(|| self.verb_before(a, 0));
        let subject = match verb {
            _ if self.mentions[m].quantity.kind == Kind::Age && self.name_before(a).is_some() => self.name_before(a),
            Some(v) => self.subject(v),
            None => None,
        };
        // `the Greens 35 percent and independents 29 percent`: the verb and the thing measured stand with the figure before.
        let kind = self.mentions[m].quantity.kind;
        let gapped = a > 1
            && matches!(kind, Kind::Percentage | Kind::Money | Kind::Measure | Kind::Count | Kind::Number)
            && noun_like(s, a - 1)
            && !is_verb(s, a - 1)
            && !s.is(a - 1, class::PROPERTY | class::AGE_BEFORE | class::ADJECTIVE)
            && self.mention_at(a - 1).is_none()
            && !self.mentions[m].quantity.hedge.is_some();
        let gapped = gapped
            && np_left(s, a).is_some_and(|np| {
                let article = np.first > 0 && s.is(np.first - 1, class::ARTICLE | class::DETERMINER);
                let before = np.first - usize::from(article);
                let opens =
                    before == 0 || self.separator(before - 1) || s.word_in(before - 1, &["and", "but", "while"]);
                opens && (article || s.tokens[np.head.0].capital || plural_form(s, np.head.1 - 1))
            })
            && (kind != Kind::Count || np_right(s, b).is_none());
        let model = gapped.then(|| (0..m).rev().find(|k| self.mentions[*k].quantity.kind == kind)).flatten();
        let (subject, mut measure) = match model.zip(np_left(s, a)) {
            Some((k, np)) => {
                let v = self.verb_before(self.at[k].0, 0);
                let own = v.and_then(|v| self.subject(v));
                let found = self.measure(k, v, own).filter(|x| own.is_none_or(|o| x.first < o.0 || x.first >= o.1));
                (Some((np.first, np.end)), found.and_then(|np| self.phrase(np)))
            }
            None => (subject, self.measure(m, verb, subject).and_then(|np| self.phrase(np))),
        };
        let span = self.mentions[m].span;
        if let Some(p) = &mut measure
            && (p.span.overlaps(span))
        {
            // A phrase that runs over the figure keeps the side its head stands on.
            if p.head.overlaps(span) {
                measure = None;
            } else if p.head.start >= span.end {
                p.span = Span::new(span.end as usize, p.span.end as usize);
                let text = p.span.of(s.text);
                let trim = text.len() - text.trim_start().len();
                p.span.start += trim as u32;
            } else {
                let end =
                    p.span.of(s.text).get(..(span.start - p.span.start) as usize).map_or(0, |t| t.trim_end().len());
                p.span = Span::new(p.span.start as usize, p.span.start as usize + end.max(p.head.len()));
            }
        }
        let whole = subject.and_then(|(x, y)| self.span(x, y));
        let predicate = verb.and_then(|v| self.span(v, v + 1));
        let clause = self.span(ca, cb).unwrap_or(span);
        let scope = scope::of(self, m, (ca, cb), verb, context);
        if whole.is_some() {
            context.last_subject = whole;
        }
        Parts { clause, measure, subject: whole.or(context.last_subject), predicate, scope }
    }
}

/// The parts of every mention of a sentence.
pub(super) fn describe(s: &Sentence, mentions: &[Mention], context: &mut Context) -> Vec<Parts> {
    let at: Vec<(usize, usize)> =
        mentions.iter().map(|m| (s.after(m.span.start as usize), s.after(m.span.end as usize))).collect();
    let counted = mentions
        .iter()
        .zip(&at)
        .filter(|(m, _)| matches!(m.quantity.kind, Kind::Count | Kind::Ordinal))
        .filter_map(|(_, (_, b))| np_right(s, *b).map(|np| (np.first, np.end)))
        .collect();
    let view = View { s, at, mentions, counted };
    (0..mentions.len()).map(|m| view.describe(m, context)).collect()
}
