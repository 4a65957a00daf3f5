//! The clause around a figure, its verb and its subject.

use crate::lang::en::parts::View;
use crate::lang::en::parts::phrase::{FUNCTION, Np, is_verb, noun_like, np_left, past_participle_before_noun};
use crate::lang::en::token::{Form, REACH};
use crate::lang::en::words::class;

impl View<'_, '_> {
    /// The clause around tokens `a..b`.
    pub(in crate::lang::en) fn clause(&self, a: usize, b: usize) -> (usize, usize) {
        let mut x = a;
        while x > 0 && a - x < REACH && !self.separator(x - 1) {
            x -= 1;
        }
        let mut y = b;
        while y < self.s.len() && y - b < REACH && !self.separator(y) {
            y += 1;
        }
        (x, y)
    }

    /// The main verb nearest before `a`, not before `from`; auxiliaries give way to the verb behind them.
    pub(in crate::lang::en) fn verb_before(&self, a: usize, from: usize) -> Option<usize> {
        let s = self.s;
        let from = from.max(a.saturating_sub(REACH));
        let mut j = a;
        while j > from {
            j -= 1;
            if self.mention_at(j).is_some() || self.is_counted(j) {
                continue;
            }
            let participle = || {
                s.is_word(j)
                    && s.of(j).len() > 5
                    && s.of(j).ends_with("ing")
                    && !s.is(j, FUNCTION)
                    && !s.tokens[j].capital
            };
            let ing = s.is_form(j, Form::Ing, participle)
                && (j > 0 && (s.sign(j - 1) == Some(',') || s.is(j - 1, class::AUXILIARY)) || s.is(j, class::VERB));
            // `would expand`: what a modal verb stands before is a verb, whatever the lists know.
            if self.modal(j) && j + 1 < a {
                return Some(j + 1);
            }
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

    /// Whether a modal verb stands at `j` and a plain word behind it.
    fn modal(&self, j: usize) -> bool {
        let s = self.s;
        let modals = &["will", "would", "can", "could", "shall", "should", "must", "cannot"];
        s.is_form(j, Form::Modal, || s.word_in(j, modals))
            && s.is_word(j + 1)
            && !s.tokens[j + 1].capital
            && !s.is(j + 1, FUNCTION | class::ADVERB)
            && !s.of(j + 1).ends_with("ly")
            && self.mention_at(j + 1).is_none()
            && !(j > 0 && s.is(j - 1, class::ARTICLE))
    }

    /// Whether a figure before `k` opens with a verb: `topped $3 trillion`.
    fn hedging_verb(&self, k: usize) -> bool {
        (k.saturating_sub(14)..k).any(|i| is_verb(self.s, i) && self.mention_at(i).is_some_and(|m| self.at[m].0 == i))
    }

    /// `with Brent crude up 1.2%`, `with the Liberals winning 184`: what stands before the word the figure leans on.
    pub(in crate::lang::en) fn absolute(&self, a: usize) -> Option<Np> {
        let s = self.s;
        let mut v = a.checked_sub(1)?;
        // `up 1.2% at $84.30`.
        if s.word_in(v, &["at", "to"])
            && let Some(m) =
                v.checked_sub(1).and_then(|k| self.mention_at(k)).filter(|m| !self.mentions[*m].quantity.kind.is_time())
        {
            v = self.at[m].0.checked_sub(1)?;
        }
        // `lost contact with the probe at 14:22`: when, not how much.
        let timed = self.mention_at(a).is_some_and(|m| self.mentions[m].quantity.kind.is_time());
        let acts = s.is_word(v) && s.of(v).len() > 4 && s.of(v).ends_with("ing") && !s.is(v, FUNCTION);
        if v == 0 || !(s.word_in(v, &["up", "down"]) || s.word_is(v, "at") && !timed || acts) {
            return None;
        }
        let np = np_left(s, v)?;
        let first = np.first - usize::from(np.first > 0 && s.is(np.first - 1, class::ARTICLE | class::DETERMINER));
        let led = first > 0
            && (s.word_is(first - 1, "with")
                || s.word_is(first - 1, "and")
                    && (first.saturating_sub(20)..first)
                        .any(|k| s.word_is(k, "with") && self.verb_before(first, k).is_none()));
        (led && self.mention_at(v).is_none()).then_some(np)
    }

    pub(in crate::lang::en) fn verb_after(&self, b: usize, to: usize) -> Option<usize> {
        let s = self.s;
        let mut found = None;
        for j in b..to.min(b + REACH) {
            if self.mention_at(j).is_some() || self.is_counted(j) {
                continue;
            }
            if is_verb(s, j) && !(j > 0 && s.is(j - 1, class::ARTICLE)) {
                // Go on from auxiliaries to the verb they help.
                found = Some(j);
                if self.modal(j) && j + 1 < to {
                    return Some(j + 1);
                }
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
    pub(in crate::lang::en) fn subject(&self, v: usize) -> Option<(usize, usize)> {
        self.subject_of(v, 4)
    }

    /// [`Self::subject`], handed on at most `depth` times from verb to verb.
    fn subject_of(&self, v: usize, depth: u8) -> Option<(usize, usize)> {
        let depth = depth.checked_sub(1)?;
        let s = self.s;
        let mut end = v;
        while end > 0
            && (s.is(end - 1, class::AUXILIARY | class::ADVERB) && !s.is(end - 1, class::PERSON_PRONOUN)
                || s.word_is(end - 1, "to")
                || end > 1 && s.is_word(end - 1) && s.of(end - 1).ends_with("ly") && s.is(end - 2, class::AUXILIARY))
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
            return self.subject_of(main, depth);
        }
        if end < v && s.word_is(end, "to") && end > 0 {
            // `plans to close`: the subject of the plan; `will borrow $1.5 billion to build`: of the main verb.
            if is_verb(s, end - 1) {
                return self.subject_of(end - 1, depth);
            }
            if let Some(main) = self.verb_before(end, 0) {
                // `expects the economy to grow`: what stands between does it.
                let np =
                    np_left(s, end).filter(|np| s.is(main, class::RAISING) && np.first > main && np.first <= main + 2);
                return np.map(|np| (np.first, np.end)).or_else(|| self.subject_of(main, depth));
            }
        }
        // `accused of taking`, `by selling`: the subject of the verb before.
        if participle && end > 0 && s.is(end - 1, class::PREPOSITION) {
            let main = self.verb_before(end - 1, 0)?;
            return self.subject_of(main, depth);
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
            return self.subject_of(main, depth);
        }
        let mut stop = end;
        if stop > 0 && s.sign(stop - 1) == Some(',') {
            stop -= 1;
            // `Ellen Marsh, 44, spent`: what stands between two commas is not the subject.
            let mut k = stop;
            while k > 0 && stop - k <= 14 && !self.separator(k - 1) {
                k -= 1;
            }
            let aside =
                s.word_in(k, &["which", "who", "where", "whose"]) || self.verb_before(stop, k).is_none_or(|p| p == k);
            if k > 1 && s.sign(k - 1) == Some(',') && stop - k <= 14 && aside {
                stop = k - 1;
            }
            // `dumped 30 cm of rain, forced 180,000 people out, left 12 missing`: one subject for all.
            let mut k = stop;
            while k > 0 && stop - k < REACH && !self.separator(k - 1) {
                k -= 1;
            }
            if let Some(main) = self.verb_before(stop, k).filter(|m| !s.is(*m, class::REPORTING)) {
                return self.subject_of(main, depth);
            }
        }
        let mut start = stop;
        let mut words = 0;
        while start > 0 && words < 14 {
            let k = start - 1;
            if self.separator(k) || s.sign(k).is_some_and(|c| matches!(c, '.' | '!' | '?')) {
                break;
            }
            // `market value topped $3 trillion`: a verb that hedges is a verb.
            let inside = self.mention_at(k).is_some_and(|m| self.at[m].0 < k || !is_verb(s, k));
            // `after its shares climbed`: where a verb stands before, another clause begins here.
            let linked = s.word_in(k, &["after", "before", "as", "since", "and", "but"])
                && k > 0
                && s.is(k + 1, class::ARTICLE | class::DETERMINER)
                && (self.verb_before(k, k.saturating_sub(14)).is_some() || self.hedging_verb(k));
            if linked {
                break;
            }
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
            // `an earthquake measuring 6.3 on the scale struck`.
            let measuring = is_verb(s, k) && s.of(k).ends_with("ing") && k > 0 && noun_like(s, k - 1) && k + 1 < stop;
            let relative = k > 0 && is_verb(s, k) && s.word_in(k - 1, &["who", "which"]);
            if relative {
                start = k - 1;
                words += 1;
                continue;
            }
            if adjectival || participle || measuring {
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
}
