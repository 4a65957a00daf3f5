//! The clause around a figure, as tokens, and the noun phrases in it. Enters: the tokens of a sentence. Leaves: views and phrases.

use super::tokens::{Kind, NOUN_LIKE, Token};
use super::words::{Role, Tag, Words};
use crate::model::{Mention, Phrase};
use crate::text::{Plain, Span};

/// How many tokens to either side of a figure are looked at.
const LEFT: usize = 60;
const RIGHT: usize = 40;

/// A sentence as tokens, with the depth of brackets at each.
pub(super) struct Line<'a> {
    /// The words in force.
    pub(super) words: &'a Words,
    /// The text all spans address.
    pub(super) text: &'a str,
    /// The tokens.
    pub(super) tokens: Vec<Token>,
    /// Depth of brackets at each token; the brackets themselves count as inside.
    depth: Vec<u16>,
    /// The mentions of the sentence.
    pub(super) mentions: &'a [Mention],
    /// The token of each mention; `None` where another token hides it.
    pub(super) figures: Vec<Option<usize>>,
}

impl<'a> Line<'a> {
    /// The tokens of a sentence, as a line.
    pub(super) fn new(words: &'a Words, text: &'a str, tokens: Vec<Token>, mentions: &'a [Mention]) -> Self {
        let mut figures = vec![None; mentions.len()];
        let mut depth = Vec::with_capacity(tokens.len());
        let mut open: u16 = 0;
        for (i, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Open => open = open.saturating_add(1),
                Kind::Figure(m) => figures[m] = Some(i),
                _ => {}
            }
            depth.push(open);
            if token.kind == Kind::Close {
                open = open.saturating_sub(1);
            }
        }
        Self { words, text, tokens, depth, mentions, figures }
    }

    /// The clause around the token at `at`: tokens of its own depth of brackets between stops, white space left out.
    pub(super) fn view(&self, at: usize) -> View {
        let depth = self.depth[at];
        // Most clauses are no longer than this.
        let mut tokens = Vec::with_capacity(24);
        let mut opened = None;
        for i in (at.saturating_sub(LEFT * 2)..at).rev() {
            let token = self.tokens[i];
            if self.depth[i] > depth {
                continue;
            }
            if self.depth[i] < depth || (token.kind == Kind::Open && self.depth[i] == depth) {
                opened = Some(i);
                break;
            }
            if token.kind == Kind::Stop || tokens.len() >= LEFT {
                break;
            }
            if token.kind != Kind::Other {
                tokens.push(token);
            }
        }
        tokens.reverse();
        let here = tokens.len();
        tokens.push(self.tokens[at]);
        for i in at + 1..self.tokens.len().min(at + RIGHT * 2) {
            let token = self.tokens[i];
            if self.depth[i] > depth {
                continue;
            }
            if self.depth[i] < depth || matches!(token.kind, Kind::Stop | Kind::Close) || tokens.len() > here + RIGHT {
                break;
            }
            if token.kind != Kind::Other {
                tokens.push(token);
            }
        }
        View { tokens, at: here, opened }
    }

    /// The nearest token before `at` that may belong to a noun phrase and touches it but for brackets and white space.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        (at.saturating_sub(LEFT)..at)
            .rev()
            .find(|&i| {
                let token = &self.tokens[i];
                let mark = matches!(token.kind, Kind::Other | Kind::QuoteClose | Kind::Open | Kind::Stop);
                let localizer = token.is(Role::LOCALIZER) && !token.is_nominal();
                !mark && !localizer
            })
            .filter(|&i| self.tokens[i].is_nominal())
    }

    /// Whether the figure of `view` opens a bracket right after another figure: a value and its conversion.
    pub(super) fn glosses(&self, view: &View) -> bool {
        let Some(open) = view.opened else { return false };
        let before = open.checked_sub(1).map(|i| self.tokens[i].kind);
        matches!(before, Some(Kind::Figure(_)))
            && view.tokens[..view.at].iter().all(|t| t.is(Role::LINK.or(Role::ADVERB).or(Role::PREPOSITION)))
    }

    /// The stop before the clause of `view`.
    pub(super) fn clause_before(&self, view: &View) -> Option<usize> {
        let first = view.tokens.first()?.start;
        let at = self.tokens.partition_point(|t| t.start < first);
        (at.saturating_sub(3)..at).rev().find(|&i| self.tokens[i].kind == Kind::Stop)
    }

    /// The first token after the end of the clause that `at` stands in, where a clause follows in the sentence.
    pub(super) fn next_clause(&self, at: usize) -> Option<usize> {
        let depth = self.depth[at];
        let stop = (at..self.tokens.len().min(at + RIGHT * 2))
            .find(|&i| self.tokens[i].kind == Kind::Stop && self.depth[i] <= depth)?;
        (stop + 1..self.tokens.len()).find(|&i| !self.tokens[i].bounds() && self.tokens[i].kind != Kind::Other)
    }

    /// The clause around a token as a span: between stops and brackets, white space at its ends left out.
    pub(super) fn clause(&self, at: usize) -> Span<Plain> {
        let mut a = at;
        while a > 0 && !self.tokens[a - 1].bounds() && at - a < LEFT * 2 {
            a -= 1;
        }
        let mut b = at;
        while b + 1 < self.tokens.len() && !self.tokens[b + 1].bounds() && b - at < RIGHT * 2 {
            b += 1;
        }
        trim(self.text, Span::new(self.tokens[a].start as usize, self.tokens[b].end as usize))
    }
}

/// A clause around one of its tokens.
pub(super) struct View {
    /// The tokens, in order.
    pub(super) tokens: Vec<Token>,
    /// The place of the token it was made around.
    pub(super) at: usize,
    /// The opening bracket that the clause begins after, by its place in the line.
    pub(super) opened: Option<usize>,
}

/// A noun phrase found in a view.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Its words.
    pub(super) phrase: Phrase,
    /// Place of its first token in the view.
    pub(super) first: usize,
    /// Place of its last token in the view.
    pub(super) last: usize,
}

/// The phrase from `first` to `last`, with its head.
pub(super) fn phrase(text: &str, tokens: &[Token], first: usize, last: usize) -> Option<Found> {
    // Determiners, quotation marks and particles at the ends are no part of it.
    let (mut first, mut last) = (first, last);
    while first < last
        && (tokens[first].is(Role::DETERMINER) && !tokens[first].is(NOUN_LIKE) || !speaks(&tokens[first]))
    {
        first += 1;
    }
    while last > first && !speaks(&tokens[last]) {
        last -= 1;
    }
    if !speaks(&tokens[first]) {
        return None;
    }
    let mut end = last;
    // `企业数量` counts 企业.
    if tokens[end].is(Role::NUMBER_OF) && end > first && speaks(&tokens[end - 1]) {
        end -= 1;
    }
    let token = tokens[end];
    let mut head = token.span();
    let joins = token.chars == 1 && token.is(Role::SUFFIX.or(Role::AGENT).or(Role::ORGANISATION));
    if joins && end > first && tokens[end - 1].end == token.start && speaks(&tokens[end - 1]) {
        let before = tail(text, tokens[end - 1].span(), 2);
        head = Span::new(before.start as usize, token.end as usize);
    } else if token.kind == Kind::Unknown && token.chars > 4 {
        head = tail(text, token.span(), 2);
    }
    let span = Span::new(tokens[first].start as usize, tokens[last].end as usize);
    Some(Found { phrase: Phrase { span, head }, first, last })
}

/// Whether the token is a word, not a mark.
fn speaks(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Unknown | Kind::Name | Kind::Latin) && !token.is(Role::OF)
}

/// The last `count` characters of a span.
pub(super) fn tail(text: &str, span: Span<Plain>, count: usize) -> Span<Plain> {
    let slice = span.of(text);
    let from = slice.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(i, _)| i);
    Span::new(span.start as usize + from, span.end as usize)
}

/// The span without white space and quotation marks at its ends.
pub(super) fn trim(text: &str, span: Span<Plain>) -> Span<Plain> {
    let slice = span.of(text);
    let idle = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '「' | '」' | '、');
    let start = slice.len() - slice.trim_start_matches(idle).len();
    let end = slice.trim_end_matches(idle).len();
    Span::new(span.start as usize + start, span.start as usize + end.max(start))
}

/// The noun phrase that ends at `last`, read leftwards; `floor` is the first token it may take.
pub(super) fn leftwards(text: &str, tokens: &[Token], last: usize, floor: usize) -> Option<Found> {
    let mut first = last;
    let mut i = last;
    while i > floor {
        let token = tokens[i - 1];
        let quoted = matches!(token.kind, Kind::QuoteOpen | Kind::QuoteClose);
        // `流拍率` `成交价`: the verb is a part of the word.
        let within = i == last
            && token.is(Role::VERB)
            && tokens[i].chars == 1
            && tokens[i].start == token.end
            && tokens[i].is(Role::SUFFIX.or(Role::AGENT));
        // `武汉计划改造小区`: what is planned begins after the plan.
        let plans = matches!(token.tag, Some(Tag::Status(_))) && tokens[i].is(Role::VERB);
        // A verb that could be a noun opens the phrase only where it is known to modify.
        let verbal = token.is(Role::VERB) && !token.is(Role::ATTRIBUTE.or(Role::NOUN).or(Role::PERSON).or(Role::PLACE));
        if quoted || within || (token.is_nominal() && !verbal && !plans && !token.is(Role::PRONOUN)) {
            i -= 1;
            if !quoted {
                first = i;
            }
        } else {
            break;
        }
    }
    // A verb that also modifies is no part of the phrase where it opens it after a subject: `公司投资项目`.
    phrase(text, tokens, first, last)
}
