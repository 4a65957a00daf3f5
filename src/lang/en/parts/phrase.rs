//! Noun phrases and verbs, as far as their forms and the lists tell. Enters: a place in a sentence. Leaves: ranges of tokens.

use crate::lang::en::token::{Form, Kind as Tok, Sentence};
use crate::lang::en::words::{Role, class};

pub(in crate::lang::en) const FUNCTION: u128 = class::ARTICLE
    | class::DETERMINER
    | class::PREPOSITION
    | class::CONJUNCTION
    | class::SUBORDINATOR
    | class::PRONOUN
    | class::AUXILIARY
    | class::ADVERB;

/// A noun phrase: its first token, one past its last, and its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lang::en) struct Np {
    pub first: usize,
    pub end: usize,
    pub head: (usize, usize),
}

/// Whether the word at `i` looks like a past tense.
pub(in crate::lang::en) fn is_past(s: &Sentence, i: usize) -> bool {
    if !s.is_word(i) || s.tokens[i].capital {
        return false;
    }
    let w = s.of(i);
    w.len() > 4 && w.ends_with("ed") && !s.is(i, class::NOT_VERB) || s.is(i, class::PAST)
}

/// Whether the word at `i` is a verb, as far as its form and the lists tell.
pub(in crate::lang::en) fn is_verb(s: &Sentence, i: usize) -> bool {
    s.is_form(i, Form::Verb, || find_verb(s, i))
}

fn find_verb(s: &Sentence, i: usize) -> bool {
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
    // `China's exports`, `its third cut`, `analysts' estimates`; `imports rose`: nouns that look like verbs.
    let noun = nounish(s, i);
    if noun || owned(s, i) || plural_form(s, i) && !s.is(i, class::REPORTING) && finite(s, i + 1) {
        return false;
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

/// Whether a word that is noun and verb is a noun at `i`: `the low estimate`, `with exports down 5 percent`, `of sales`.
fn nounish(s: &Sentence, i: usize) -> bool {
    let Some(b) = i.checked_sub(1).filter(|_| s.is(i, class::NOUNISH)) else { return false };
    s.is(b, class::ADJECTIVE | class::ARTICLE) && !s.is(b, class::CONDITION)
        || s.is(b, class::PREPOSITION) && !s.word_is(b, "to")
        || s.word_in(i + 1, &["up", "down"]) && plural_form(s, i)
}

/// Whether a possessive or an ordinal stands right before `i`: then a noun stands there.
fn owned(s: &Sentence, i: usize) -> bool {
    let Some(b) = i.checked_sub(1) else { return false };
    let apostrophe = matches!(s.sign(b), Some('\'' | '’')) && s.glued(b) && b > 0 && s.of(b - 1).ends_with('s');
    let ranked = s.entry(b).is_some_and(|e| e.ordinal != 0 && e.ordinal < 100)
        && b > 0
        && s.is(b - 1, class::ARTICLE | class::DETERMINER);
    s.tokens[b].kind == Tok::Possessive || apostrophe || ranked
}

/// Whether the word at `i` is a finite verb and nothing else: `rose`, `were`, `climbed`.
fn finite(s: &Sentence, i: usize) -> bool {
    s.is_word(i) && (s.is(i, class::AUXILIARY | class::PAST) || s.is(i, class::CHANGE) && is_past(s, i))
}

pub(in crate::lang::en) fn past_participle_before_noun(s: &Sentence, i: usize) -> bool {
    let w = s.of(i);
    (w.ends_with("ed") || w.ends_with("en"))
        && s.is_word(i + 1)
        && !s.tokens[i + 1].capital
        && !s.is(i + 1, FUNCTION)
        && !s.stops(i + 1)
}

/// Whether the word at `i` has the form of a plural noun.
pub(in crate::lang::en) fn plural_form(s: &Sentence, i: usize) -> bool {
    s.is_form(i, Form::Plural, || find_plural(s, i))
}

fn find_plural(s: &Sentence, i: usize) -> bool {
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
pub(in crate::lang::en) fn noun_like(s: &Sentence, i: usize) -> bool {
    s.is_word(i)
        && !s.is(i, FUNCTION)
        && (plural_form(s, i) || !is_verb(s, i))
        && s.entry(i).is_none_or(|e| e.month == 0 || !s.tokens[i].capital)
}

/// Whether a phrase with a plural head starts at `i`.
pub(in crate::lang::en) fn plural_noun(s: &Sentence, i: usize) -> bool {
    np_right(s, i).is_some_and(|np| plural_form(s, np.head.1 - 1))
}

/// One past the hyphened compound that starts with the word at `i`.
pub(in crate::lang::en) fn compound_end(s: &Sentence, i: usize) -> usize {
    let mut j = i + 1;
    while s.joins(j) && s.is_word(j + 1) {
        j += 2;
    }
    j
}

/// The noun phrase that starts at `i`: what a figure before it counts.
pub(in crate::lang::en) fn np_right(s: &Sentence, i: usize) -> Option<Np> {
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
            let more = s.is(j, class::QUANTIFIER) && (head.is_none())
                // `4,243 North American theatres`.
                || j == i && t.capital && s.tokens.get(j + 1).is_some_and(|n| n.capital)
                    && s.word_in(j, &["north", "south", "east", "west", "central", "northern", "southern"]);
            if s.is(j, FUNCTION) && !more {
                let long = s.is(j, class::PRENOMINAL) && head.is_none() && s.is_word(j + 1) && !s.is(j + 1, FUNCTION);
                if !long {
                    break;
                }
            }
            if more {
                j = e;
                words += 1;
                continue;
            }
            // `hours of unpaid work`: after a participle that stands as an adjective, the noun.
            let described = j > i && i > 0 && s.word_is(i - 1, "of") && s.is(j - 1, class::NOT_VERB);
            if head.is_some()
                && is_verb(s, j)
                && !described
                && !(plural_form(s, j) && plural && !s.is(j, class::VERB))
                && (plural || !past_participle_before_noun(s, j))
            {
                break;
            }
            let named = j == i && i > 0 && (s.is(i - 1, class::ARTICLE | class::DETERMINER) || owned(s, i));
            if head.is_none() && !named && is_verb(s, j) && !plural_form(s, j) && !past_participle_before_noun(s, j) {
                break;
            }
            // `ivory hidden in`, `tickets available`: a word before a preposition that is no noun ends the phrase.
            if head.is_some()
                && (w.ends_with("en") && w.len() > 5 && s.is(e, class::PREPOSITION) && !s.is(j, class::PLURAL))
            {
                break;
            }
            if s.entry(j).is_some_and(|e| t.capital && (e.month != 0 || e.weekday != 0)) {
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
        let adjective = single && (s.is(j, class::ADJECTIVE) || w.ends_with("ly"));
        let state = s.is(j, class::CONDITION);
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
pub(in crate::lang::en) fn np_left(s: &Sentence, end: usize) -> Option<Np> {
    np_left_of(s, end, 3)
}

/// [`np_left`], with at most `depth` phrases before `of` and `for` taken in.
fn np_left_of(s: &Sentence, end: usize, depth: u8) -> Option<Np> {
    let mut j = end;
    let mut words = 0;
    while j > 0 && words < 7 {
        let k = j - 1;
        match s.tokens[k].kind {
            Tok::Word => {
                let hyphened = s.joins(j) || k > 0 && s.joins(k - 1);
                // `, giving sales growth of`: a participle that opens its clause.
                let opens = words > 0 && s.of(k).ends_with("ing") && k > 0 && s.sign(k - 1) == Some(',');
                if opens {
                    break;
                }
                if !hyphened
                    && (s.is(k, FUNCTION) && !s.is(k, class::NOUN_PART)
                        || is_verb(s, k) && (words > 0 || !s.is(k, class::PROPERTY)))
                {
                    break;
                }
            }
            Tok::Digits if s.joins(j) => {}
            Tok::Possessive | Tok::Sign('&') => {}
            Tok::Sign('-' | '‐' | '‑') if s.joins(k) => {}
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
    // `to raise property taxes`: the verb is none of it.
    if end - j > 1 && j > 0 && s.word_is(j - 1, "to") && s.is(j, class::CHANGE | class::VERB) {
        j += 1;
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
        && depth > 0
        && let Some(outer) = np_left_of(s, a - 1, depth - 1)
    {
        // `1.4 tonnes of cocaine`: the unit is no head.
        let same = outer.end == a - 1 && s.phrase(outer.head.0, Role::Unit).is_none();
        if same {
            np = Np { first: outer.first, end, head: outer.head };
        }
    }
    Some(np)
}
