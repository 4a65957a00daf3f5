//! The words around an English figure. Enters: tokens and mentions. Leaves: the parts of claims. Reads no numeral.

use crate::lang::en::parts::phrase::{FUNCTION, plural_form};
use crate::lang::en::scope;
use crate::lang::en::token::Sentence;
use crate::lang::en::words::class;
use crate::lang::{Context, Parts};
use crate::model::{Kind, Mention, Phrase};
use crate::text::{Plain, Span};

mod clause;
mod measure;
mod phrase;

pub(in crate::lang::en) use phrase::{Np, is_past, is_verb, noun_like, np_left, np_right, plural_noun};

/// Sentence, mentions by token, and what has been found of the whole.
pub(in crate::lang::en) struct View<'v, 'a> {
    pub s: &'v Sentence<'a>,
    /// Token range of each mention.
    pub at: Vec<(usize, usize)>,
    pub mentions: &'v [Mention],
    /// Which mention covers each token, and whether the token is of a noun phrase right behind a figure: no verb, whatever its form.
    places: Vec<(Option<u32>, bool)>,
    /// On whose word the sentence speaks.
    pub attribution: Option<Span<Plain>>,
}

/// The parts of every mention of a sentence.
pub(in crate::lang::en) fn describe(s: &Sentence, mentions: &[Mention], context: &mut Context) -> Vec<Parts> {
    let at: Vec<(usize, usize)> =
        mentions.iter().map(|m| (s.after(m.span.start as usize), s.after(m.span.end as usize))).collect();
    let counted: Vec<(usize, usize)> = mentions
        .iter()
        .zip(&at)
        .filter(|(m, _)| matches!(m.quantity.kind, Kind::Count | Kind::Ordinal))
        .filter_map(|(_, (_, b))| np_right(s, *b).map(|np| (np.first, np.end)))
        .collect();
    let places = (0..s.len()).map(|i| (covering(&at, i).map(|k| k as u32), covering(&counted, i).is_some())).collect();
    let mut view = View { s, at, mentions, places, attribution: None };
    view.attribution = scope::attribution(&view);
    (0..mentions.len()).map(|m| view.describe(m, context)).collect()
}

/// The first of the ranges that ends behind `i`, where it covers it.
fn covering(ranges: &[(usize, usize)], i: usize) -> Option<usize> {
    let k = ranges.partition_point(|(_, b)| *b <= i);
    ranges.get(k).filter(|(a, _)| *a <= i).map(|_| k)
}

impl View<'_, '_> {
    pub(in crate::lang::en) fn span(&self, a: usize, b: usize) -> Option<Span<Plain>> {
        let start = self.s.tokens.get(a)?.start;
        let end = self.s.tokens.get(b.checked_sub(1)?)?.end;
        (start < end).then(|| Span::new(start as usize, end as usize))
    }

    pub(in crate::lang::en) fn phrase(&self, np: Np) -> Option<Phrase> {
        Some(Phrase { span: self.span(np.first, np.end)?, head: self.span(np.head.0, np.head.1)? })
    }

    /// The mention that covers token `i`.
    pub(in crate::lang::en) fn mention_at(&self, i: usize) -> Option<usize> {
        self.places.get(i).and_then(|p| p.0).map(|k| k as usize)
    }

    /// Whether token `i` belongs to what a figure counts.
    pub(in crate::lang::en) fn is_counted(&self, i: usize) -> bool {
        self.places.get(i).is_some_and(|p| p.1)
    }

    pub(in crate::lang::en) fn separator(&self, i: usize) -> bool {
        let s = self.s;
        match s.sign(i) {
            Some(',' | ';' | ':' | '(' | ')' | '[' | ']' | '—' | '"' | '“' | '”') => self.mention_at(i).is_none(),
            Some('-' | '–') => !s.glued(i) && !s.glued(i + 1) && self.mention_at(i).is_none(),
            _ => false,
        }
    }

    /// The name before `, 27,`.
    pub(in crate::lang::en) fn name_before(&self, a: usize) -> Option<(usize, usize)> {
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

    pub(in crate::lang::en) fn describe(&self, m: usize, context: &mut Context) -> Parts {
        let s = self.s;
        let (a, b) = self.at[m];
        let (ca, cb) = self.clause(a, b);
        let before = self.verb_before(a, ca);
        let after = self.verb_after(b, cb);
        let over = self.mentions[m].quantity.hedge == Some(crate::model::Hedge::Over);
        let own = (over && is_verb(s, a) && a + 1 < b).then_some(a);
        let verb = own.or(before).or(after).or_else(|| self.verb_before(a, 0));
        // `40,000 protesters, twice as many as last week, marched`.
        let aside = (verb.is_none() && a <= 3 && s.sign(cb) == Some(','))
            .then(|| (cb + 1..s.len().min(cb + 16)).find(|k| s.sign(*k) == Some(',')))
            .flatten()
            .and_then(|c| self.verb_after(c + 1, s.len().min(c + 4)));
        let verb = verb.or(aside);
        let absolute = self.absolute(a);
        let verb = match absolute {
            Some(np) => Some(np.end),
            None => verb,
        };
        let subject = match verb {
            _ if self.mentions[m].quantity.kind == Kind::Age && self.name_before(a).is_some() => self.name_before(a),
            _ if absolute.is_some() => absolute.map(|np| (np.first, np.end)),
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
            && self.mentions[m].quantity.hedge.is_none();
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
        let scope = scope::of(self, m, (ca, cb), context);
        if whole.is_some() {
            context.last_subject = whole;
        }
        Parts { clause, measure, subject: whole.or(context.last_subject), predicate, scope }
    }
}
