//! What a figure counts or measures: the noun behind it, the one it leans on, or the subject.

use crate::lang::en::parts::View;
use crate::lang::en::parts::phrase::{Np, is_verb, noun_like, np_left, np_right};
use crate::lang::en::token::Kind as Tok;
use crate::lang::en::words::{Role, class};
use crate::model::Kind;

impl View<'_, '_> {
    /// The head noun phrase of a subject: up to its first preposition other than `of` and `for`.
    pub(in crate::lang::en) fn head_of(&self, range: (usize, usize)) -> Option<Np> {
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
                && !(s.word_is(b, "per") && s.word_is(b + 1, "capita"))
                && b > a
            {
                break;
            }
            b += 1;
        }
        // `profit attributable to shareholders`.
        while b > a + 1 && s.is(b - 1, class::ADJECTIVE) {
            b -= 1;
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
    pub(in crate::lang::en) fn of_right(&self, b: usize) -> Option<Np> {
        let s = self.s;
        let mut k = b;
        if s.word_in(k, &["of", "in"]) {
            let of = s.word_is(k, "of");
            k += 1;
            while s.is(k, class::ARTICLE | class::DETERMINER) && s.is_word(k) {
                k += 1;
            }
            // `in the first six months` says when.
            if !of
                && (s.entry(k).is_some_and(|e| e.ordinal != 0) || s.is(k, class::LAST | class::NEXT | class::THIS))
                && self.mention_at(k + 1).is_some()
            {
                return None;
            }
            // `6 percent of those treated`: no noun at all.
            if s.word_is(k - 1, "those") {
                return None;
            }
            // `two-thirds of the city's 1.5 million residents`.
            if of && s.tokens.get(k + 1).is_some_and(|t| t.kind == Tok::Possessive) && self.mention_at(k + 2).is_some()
            {
                k += 2;
            }
            if let Some(m) = self.mention_at(k) {
                // `in Q3 2008` says when, `in 12 countries` where.
                if !of || self.mentions[m].quantity.kind.is_time() {
                    return None;
                }
                k = self.at[m].1;
            }
            return np_right(s, k);
        }
        None
    }

    /// The noun phrase that a preposition right before the figure at `a` leans on; other figures between are stepped over.
    pub(in crate::lang::en) fn leaned_on(&self, a: usize, verb: Option<usize>) -> Option<Np> {
        let s = self.s;
        let mut j = a;
        for _ in 0..3 {
            if j == 0 || !(s.is(j - 1, class::LEANING)) {
                return None;
            }
            let of = s.word_in(j - 1, &["of", "worth"]);
            let worth = s.word_is(j - 1, "worth");
            let p = j - 1;
            if p == 0 {
                return None;
            }
            // `closed 1.9 percent higher at 39,098`.
            let degree = usize::from(s.is(p - 1, class::ADJECTIVE) && p > 1);
            if let Some(m) = self.mention_at(p - 1).or_else(|| (degree > 0).then(|| self.mention_at(p - 2)).flatten()) {
                j = self.at[m].0;
                // `its forecast for growth in 2025 to 2.8 percent`: when is stepped over.
                if self.mentions[m].quantity.kind.is_time() && j > 1 && s.word_in(j - 1, &["in", "for", "on", "during"])
                {
                    let Some(before) = self.mention_at(j - 2) else {
                        return np_left(s, j - 1).filter(|np| verb.is_none_or(|v| np.first > v));
                    };
                    j = self.at[before].0;
                }
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
            // `strengthened 120 pips to 7.1058`: go on from before the figure that counts them.
            if s.word_is(p, "to")
                && self.is_counted(p - 1)
                && let Some(m) = (0..self.at.partition_point(|x| x.0 < p)).next_back()
                && self.at[m].0 > 0
                && s.is(self.at[m].0 - 1, class::CHANGE)
            {
                return None;
            }
            let np = np_left(s, p)?;
            if s.phrase(np.head.0, Role::Length).is_some() {
                return None;
            }
            // `from the World Bank at 3.2 percent`: a name is not what a figure measures.
            if !of && s.word_in(p, &["at", "in", "by", "from", "as"]) && np.first > 0 && s.tokens[np.head.0].capital {
                return None;
            }
            // `a contract with the club worth $11 million`: not the club.
            let mut np = np;
            for _ in 0..if worth { 3 } else { 0 } {
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

    pub(in crate::lang::en) fn measure(
        &self,
        m: usize,
        verb: Option<usize>,
        subject: Option<(usize, usize)>,
    ) -> Option<Np> {
        let s = self.s;
        let (a, b) = self.at[m];
        let kind = self.mentions[m].quantity.kind;
        let behind = b + usize::from(s.joins(b));
        let copular = verb.is_some_and(|v| {
            v < a && (s.is(v, class::COPULA | class::CHANGE | class::AUXILIARY)) || v == a || self.absolute(a).is_some()
        });
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
            let (x, _) = self.at[same];
            let nested = x > 0 && s.sign(x - 1) == Some('(');
            return if nested { None } else { self.measure(same, verb, subject) };
        }
        // `412 beds, 38 of them in wards`, `61 percent of them women`.
        let them = s.word_is(b, "of") && s.word_in(b + 1, &["them", "these", "whom"]) && !kind.is_time();
        if them {
            let named = np_right(s, b + 2).filter(|_| s.word_is(b + 1, "them") && self.mention_at(b + 2).is_none());
            let last = || (0..m).rev().find(|k| self.mentions[*k].quantity.kind == Kind::Count);
            if let Some(np) = named.or_else(|| last().and_then(|k| np_right(s, self.at[k].1))) {
                return Some(np);
            }
        }
        match kind {
            Kind::Date | Kind::DateRange | Kind::Time => None,
            Kind::Count | Kind::Number | Kind::Ordinal | Kind::Ratio => {
                let vague_of = s.word_is(b, "of");
                np_right(s, b)
                    .or_else(|| vague_of.then(|| self.of_right(b)).flatten())
                    .or_else(|| self.leaned_on(a, verb))
                    .or_else(bracket)
                    .or_else(|| (copular && kind != Kind::Ordinal).then(by_subject).flatten())
                    .or_else(|| {
                        // `Five people died and at least 38 were injured`, `and wounded 40 others`: the same thing as the count before.
                        let bare = kind == Kind::Number && s.word_in(b, &["others", "more", "other"])
                            || kind == Kind::Number
                                && (s.is(b, class::AUXILIARY) || is_verb(s, b) || s.stops(b) && s.len() > 4);
                        let last = (0..m).rev().find(|k| self.mentions[*k].quantity.kind == Kind::Count)?;
                        let bare = bare || kind == Kind::Number && self.compared(m);
                        bare.then(|| np_right(s, self.at[last].1)).flatten()
                    })
            }
            Kind::Percentage | Kind::PercentagePoints | Kind::Fraction | Kind::Multiple => {
                // `12.6 percent rise in operating profit`.
                if s.is(b, class::CHANGE | class::CHANGE_NOUN)
                    && let Some(np) = self.of_right(b + 1)
                {
                    return Some(np);
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
                // `5 percent fewer than a year ago`: of what the figure before counts.
                let degree = s.word_in(b, &["more", "fewer", "less", "higher", "lower", "greater"]);
                if degree && s.word_is(b + 1, "than") && a > 0 && s.sign(a - 1) == Some(',') {
                    let last = (0..m).rev().find(|k| {
                        matches!(
                            self.mentions[*k].quantity.kind,
                            Kind::Count | Kind::Money | Kind::Measure | Kind::Number
                        )
                    });
                    if let Some(np) = last.and_then(|k| np_right(s, self.at[k].1)) {
                        return Some(np);
                    }
                }
                // `18 percent less fuel`.
                if degree && let Some(np) = np_right(s, b + 1) {
                    return Some(np);
                }
                let annual = s.word_in(behind, &["year", "month", "quarter"]);
                if let Some(np) = np_right(s, behind).filter(|np| {
                    !annual
                        && self.mention_at(np.head.0).is_none()
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
            // `paid $1.1 billion for a 20 percent stake`.
            Kind::Money
                if s.word_is(b, "for")
                    && s.is(b + 1, class::ARTICLE)
                    && verb.is_some_and(|v| {
                        s.word_in(v, &["paid", "pay", "pays", "paying", "spent", "spend", "spending"])
                    }) =>
            {
                let k = b + 2;
                np_right(s, self.mention_at(k).map_or(k, |m| self.at[m].1))
            }
            Kind::Money => np_right(s, behind)
                .filter(|np| !s.is(behind, class::PER) && self.mention_at(np.head.0).is_none())
                .or_else(|| s.word_is(b, "of").then(|| self.of_right(b)).flatten())
                .or_else(|| s.word_is(a.wrapping_sub(1), "worth").then(|| self.leaned_on(a, verb)).flatten())
                .or_else(|| self.of_right(b).filter(|np| !s.tokens[np.head.0].capital))
                .or_else(|| self.leaned_on(a, verb))
                .or_else(|| {
                    // `a second vessel, ordered for $140 million`.
                    let aside =
                        verb.filter(|v| *v > 0 && *v < a && s.sign(*v - 1) == Some(',') && s.of(*v).ends_with("ed"));
                    aside.and_then(|v| np_left(s, v - 1))
                })
                .or_else(|| {
                    // `a mission costing 2.4 billion euros`.
                    let ing = verb.filter(|v| s.of(*v).ends_with("ing") && *v > 0 && *v + 1 == a);
                    ing.filter(|v| noun_like(s, v - 1)).and_then(|v| np_left(s, v))
                })
                .or_else(bracket)
                .or_else(|| {
                    // `sold it for $2.6 billion`: not the one who sold.
                    let free = |v: usize| !s.is(v + 1, class::PRONOUN);
                    let priced = verb.is_some_and(|v| s.is(v, class::PRICED) && free(v));
                    (copular || priced).then(by_subject).flatten()
                }),
            Kind::Measure | Kind::Temperature => {
                let hyphen = s.joins(b);
                let right = if hyphen { np_right(s, behind) } else { None };
                right
                    .or_else(|| s.word_is(b, "of").then(|| self.of_right(b)).flatten())
                    .or_else(|| {
                        let across = s.is(b, class::EXTENT) && a > 0 && noun_like(s, a - 1) && !is_verb(s, a - 1);
                        across.then(|| np_left(s, a)).flatten()
                    })
                    .or_else(|| {
                        self.leaned_on(a, verb).filter(|np| {
                            // `pushed temperatures to 43 degrees`, `raised output to 1,250 tonnes`.
                            let raised = s.word_is(a.wrapping_sub(1), "to")
                                && (s.is(np.head.0, class::HEAT)
                                    || verb.is_some_and(|v| s.is(v, class::CHANGE | class::FALL)));
                            // `put ending stocks at 815 million bushels`.
                            let put = s.word_is(a.wrapping_sub(1), "at")
                                && verb.is_some_and(|v| {
                                    s.word_in(v, &["put", "puts", "set", "kept", "left", "estimated", "valued"])
                                        && np.first <= v + 2
                                });
                            s.is(np.head.0, class::PROPERTY) || raised || put || a > 0 && s.word_is(a - 1, "of")
                        })
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
                        aside.then(|| np_left(s, comma)).flatten().filter(|np| self.mention_at(np.head.0).is_none())
                    })
                    .or_else(|| {
                        let (ca, cb) = self.clause(a, b);
                        verb.is_some_and(|v| (ca..cb).contains(&v)).then(by_subject).flatten()
                    })
            }
            Kind::Duration => {
                let hyphen = s.joins(b);
                let joined = hyphen || s.joins(b.wrapping_sub(2)) && b > a + 1;
                if joined && let Some(np) = np_right(s, behind) {
                    return Some(np);
                }
                let held = verb.is_some_and(|v| v < a && (s.is(v, class::COPULA) || s.is(v, class::LASTING)));
                s.word_is(b, "of")
                    .then(|| self.of_right(b))
                    .flatten()
                    .or_else(|| {
                        self.leaned_on(a, verb).filter(|np| {
                            let whole = s.phrase(np.head.0, Role::Aggregation).is_some();
                            s.is(np.head.0, class::PROPERTY) || s.word_is(a.wrapping_sub(1), "of") && !whole
                        })
                    })
                    .or_else(|| held.then(by_subject).flatten())
            }
            Kind::Age => {
                let np = if s.joins(b) || !s.stops(b) { np_right(s, behind) } else { None };
                np.or_else(|| copular.then(by_subject).flatten())
            }
        }
    }
}
