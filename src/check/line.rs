//! A block of an article as the checks inside one article read it: its folded text, its claims and what stands between them.
//! Enters: an article. Leaves: lines. Knows no word of any language.

use crate::lang::CheckWords;
use crate::lang::compare::CompareWords;
use crate::model::{Article, ArticleId, BlockKind, Claim, ClaimId, Corpus, Kind, SentenceId};
use crate::text::{Plain, Span};

use super::Input;

/// One block (a paragraph, a title, a list item) with its claims.
pub(super) struct Line<'a> {
    pub corpus: &'a Corpus,
    pub article: ArticleId,
    /// First and one past the last sentence of the block.
    pub sentences: std::ops::Range<u32>,
    pub kind: BlockKind,
    /// The block's text, folded; the same length in bytes as the text it was folded from.
    pub text: String,
    /// Where the block starts in the plain text.
    pub base: usize,
    /// Its claims, in text order.
    pub claims: Vec<(ClaimId, &'a Claim)>,
    pub words: &'a CheckWords,
    pub compare: &'a CompareWords,
}

/// Every block of an article, in text order.
pub(super) fn lines<'a>(input: &Input<'a>, id: ArticleId) -> Vec<Line<'a>> {
    let corpus = input.corpus;
    let article: &Article = corpus.article(id);
    let words = input.lexicon.check_words(article.lang);
    let compare = input.lexicon.compare(article.lang);
    let plain = corpus.document_of(id).plain();
    let claims = corpus.claims_in(id);
    let first_id = corpus.claims_of[id.0 as usize].start;
    let mut out = Vec::new();
    let mut at = 0;
    let mut next = 0;
    while at < article.sentences.len() {
        let block = article.sentences[at].block;
        let mut end = at + 1;
        while end < article.sentences.len() && article.sentences[end].block == block {
            end += 1;
        }
        let (start, stop) = (article.sentences[at].span.start as usize, article.sentences[end - 1].span.end as usize);
        let mut inside = Vec::new();
        while let Some(claim) = claims.get(next) {
            if claim.sentence.index as usize >= end {
                break;
            }
            if claim.sentence.index as usize >= at
                && claim.span.start as usize >= start
                && claim.span.end as usize <= stop
            {
                inside.push((ClaimId(first_id + next as u32), claim));
            }
            next += 1;
        }
        if let Some(text) = plain.get(start..stop) {
            out.push(Line {
                corpus,
                article: id,
                sentences: at as u32..end as u32,
                kind: article.sentences[at].kind,
                text: input.lexicon.folded(article.lang, text),
                base: start,
                claims: inside,
                words,
                compare,
            });
        }
        at = end;
    }
    out
}

/// Stops that end a statement.
pub(super) const fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\n')
}

/// Where statements end in `text`, one past each stop; a full stop counts before white space or at the end.
pub(super) fn stops(text: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    text.char_indices().filter_map(|(at, c)| {
        let end = at + c.len_utf8();
        let full = c == '.' && text[end..].chars().next().is_none_or(char::is_whitespace);
        (is_stop(c) || full).then_some(end)
    })
}

/// Whether `text` holds the end of a statement.
pub(super) fn has_stop(text: &str) -> bool {
    stops(text).next().is_some()
}

/// Punctuation of either language, and white space.
pub(super) fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation() && c != '%'
        || matches!(
            c,
            '，' | '、'
                | '；'
                | '：'
                | '（'
                | '）'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '《'
                | '》'
                | '【'
                | '】'
                | '—'
                | '–'
                | '…'
                | '·'
                | '。'
                | '「'
                | '」'
                | '！'
                | '？'
        )
}

impl<'a> Line<'a> {
    /// The folded text of a span.
    pub fn of(&self, span: Span<Plain>) -> &str {
        self.slice(span.start as usize, span.end as usize)
    }

    /// The folded text from one place of the plain text to another; empty where they do not lie in the block.
    pub fn slice(&self, from: usize, to: usize) -> &str {
        if from < self.base {
            return "";
        }
        self.text.get(from - self.base..to.saturating_sub(self.base)).unwrap_or("")
    }

    /// The claim at `i`.
    pub fn claim(&self, i: usize) -> &'a Claim {
        self.claims[i].1
    }

    /// Its id.
    pub fn id(&self, i: usize) -> ClaimId {
        self.claims[i].0
    }

    /// The text between two claims.
    pub fn between(&self, i: usize, j: usize) -> &str {
        self.slice(self.claim(i).span.end as usize, self.claim(j).span.start as usize)
    }

    /// The text before a claim, back to the claim before it or the start of the block.
    pub fn before(&self, i: usize) -> &str {
        let from = i.checked_sub(1).map_or(self.base, |p| self.claim(p).span.end as usize);
        self.slice(from, self.claim(i).span.start as usize)
    }

    /// The text from the end of the last stop before a claim up to it, claims included.
    pub fn lead_in(&self, i: usize) -> &str {
        let text = self.slice(self.base, self.claim(i).span.start as usize);
        &text[stops(text).next_back().unwrap_or(0)..]
    }

    /// The text after a claim, up to the next claim or the end of the block.
    pub fn after(&self, i: usize) -> &str {
        let to = self.claims.get(i + 1).map_or(self.base + self.text.len(), |(_, c)| c.span.start as usize);
        self.slice(self.claim(i).span.end as usize, to)
    }

    /// The text after a claim to the end of the block, claims included.
    pub fn tail(&self, i: usize) -> &str {
        self.slice(self.claim(i).span.end as usize, self.base + self.text.len())
    }

    /// The words of a claim as they stand in the article.
    pub fn written(&self, i: usize) -> &'a str {
        self.corpus.text(self.article, self.claim(i).span)
    }

    /// The span in the plain text of a range of the folded text.
    pub const fn span(&self, from: usize, to: usize) -> Span<Plain> {
        Span::new(self.base + from, self.base + to)
    }

    /// The sentence that holds a place of the plain text.
    pub fn sentence_at(&self, at: u32) -> SentenceId {
        let sentences = &self.corpus.article(self.article).sentences;
        let mut index = self.sentences.start;
        for i in self.sentences.clone() {
            if sentences[i as usize].span.start <= at {
                index = i;
            }
        }
        SentenceId { article: self.article, index }
    }

    /// The nearest claim before `i` that is no date, in the same statement.
    pub fn amount_before(&self, i: usize) -> Option<usize> {
        let j = (0..i).rev().find(|&j| !self.claim(j).kind().is_time())?;
        (!has_stop(self.between(j, i))).then_some(j)
    }

    /// The nearest claim after `i` that is no date, in the same statement.
    pub fn amount_after(&self, i: usize) -> Option<usize> {
        let j = (i + 1..self.claims.len()).find(|&j| !self.claim(j).kind().is_time())?;
        (!has_stop(self.between(i, j))).then_some(j)
    }

    /// The words from the last separator between two claims up to the second, claims among them included.
    pub fn piece_between(&self, from: usize, to: usize) -> &str {
        let gap = self.between(from, to);
        let parts = |c: char| matches!(c, '，' | ',' | '；' | ';' | '：' | ':' | '、');
        let at = gap.char_indices().rev().find(|(_, c)| parts(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        &gap[at..]
    }

    /// Whether two claims may count things of one whole: [`alike`], or by classifiers of one family (`45名`, `29人`).
    pub fn one_family(&self, a: &Claim, b: &Claim) -> bool {
        alike(a, b)
            || a.kind() == Kind::Count
                && b.kind() == Kind::Count
                && self.compare.same_family(a.quantity.unit.as_deref(), b.quantity.unit.as_deref()) == Some(true)
    }

    /// What is left of the words between two claims when dates, marks and the words of `drop` are taken out.
    pub fn rest_between(&self, i: usize, j: usize, drop: &[&crate::lang::WordSet]) -> String {
        let mut out = String::new();
        let mut from = self.claim(i).span.end as usize;
        for k in i + 1..=j {
            if k < j && !self.claim(k).kind().is_time() {
                continue;
            }
            strip(self.slice(from, self.claim(k).span.start as usize), drop, &mut out);
            from = self.claim(k).span.end as usize;
        }
        out
    }
}

/// Appends to `out` what is left of `text` without marks and the words of `drop`.
pub(super) fn strip(text: &str, drop: &[&crate::lang::WordSet], out: &mut String) {
    let mut rest = text;
    let mut previous = ' ';
    'next: while let Some(c) = rest.chars().next() {
        let joined = c.is_ascii_alphanumeric() && previous.is_ascii_alphanumeric();
        if is_mark(c) {
            previous = c;
            rest = &rest[c.len_utf8()..];
            continue;
        }
        if !joined {
            let longest = drop.iter().filter_map(|set| set.prefix(rest)).max();
            if let Some(n) = longest {
                previous = ' ';
                rest = &rest[n..];
                continue 'next;
            }
        }
        out.push(c);
        previous = c;
        rest = &rest[c.len_utf8()..];
    }
}

/// Whether two claims are amounts of one kind in one unit.
pub(super) fn same_unit(a: &Claim, b: &Claim) -> bool {
    a.kind() == b.kind() && a.quantity.base_unit == b.quantity.base_unit
}

/// Whether two claims may count things of one whole: one unit, or a bare number beside a count that has no classifier.
pub(super) fn alike(a: &Claim, b: &Claim) -> bool {
    let bare = |c: &Claim| matches!(c.kind(), Kind::Count | Kind::Number) && c.quantity.base_unit.is_none();
    same_unit(a, b) || bare(a) && bare(b)
}

/// Whether a claim states a share: a percentage, a fraction, so many tenths.
pub(super) const fn is_share(claim: &Claim) -> bool {
    matches!(claim.kind(), Kind::Percentage | Kind::Fraction)
}
