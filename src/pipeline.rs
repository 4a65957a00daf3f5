//! Joins the steps, and is the only caller of all of them. Enters: inputs as bytes, and options. Leaves: claims, or a
//! [`Report`]. Touches no disk, no clock, no terminal: whoever calls it opens the inputs.

mod desk;
mod told;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::align::Change;
use crate::check::{self, Run};
use crate::lang::alias::Aliases;
use crate::lang::{CheckWords, Lexicon};
use crate::model::{
    Article, ArticleId, CheckInfo, Claim, Corpus, Document, DocumentId, FindClaim, Finding, Format, Issue, IssueLevel,
    Lang, Passages, Report, Severity, Summary, Text, Written,
};
use crate::rule::{Expect, RuleSet};
use crate::settings::Settings;
use crate::{align, extract, group, load, segment};

pub use desk::Desk;

/// What stays the same for every input of a run: languages and rules.
pub struct Engine {
    lexicon: Lexicon,
    rules: RuleSet,
    model: group::Model,
}

/// One document with its articles and their claims, ids not yet given out.
#[derive(Clone)]
pub struct Part {
    /// The document.
    pub document: Document,
    /// Its articles in text order, each with its claims.
    pub articles: Vec<(Article, Vec<Claim>)>,
}

/// What an input was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// To be checked.
    #[default]
    Checked,
    /// To compare with: a finding that lies wholly in such inputs is not reported.
    Against,
    /// Settled values: an article that is always right.
    Fact,
}

/// What came of one input.
#[derive(Clone, Default)]
pub struct Piece {
    /// Its documents.
    pub parts: Vec<Part>,
    /// What was wrong with it.
    pub issues: Vec<Issue>,
    /// Bytes read.
    pub bytes: u64,
    /// What it was given for.
    pub role: Role,
}

/// What a run of checks is to do.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Whether to keep the pairs that were close and not compared.
    pub explain_pairs: bool,
    /// Inputs that were left out before reading, by reason.
    pub left_out: Vec<(Text, usize)>,
    /// Issues from before reading.
    pub issues: Vec<Issue>,
    /// Severities, exceptions and names of the settings.
    pub settings: Settings,
    /// Whether the run reads all that the settings name: then an exception that nothing is found for is needless.
    pub whole: bool,
    /// Fingerprints of findings that were accepted earlier.
    pub accepted: BTreeSet<String>,
}

/// What two passages come to under the rules in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An error: both cannot be true.
    Contradiction,
    /// A warning.
    Tension,
    /// Neither.
    Consistent,
}

impl Outcome {
    /// Whether it is what an example of a rule expects.
    pub const fn fits(self, expect: Expect) -> bool {
        matches!(
            (self, expect),
            (Self::Contradiction, Expect::Contradiction)
                | (Self::Tension, Expect::Tension)
                | (Self::Consistent, Expect::Consistent)
        )
    }
}

impl Piece {
    /// Whether it could be read at all; an empty file can.
    pub fn was_read(&self) -> bool {
        !self.parts.is_empty() || self.issues.iter().all(|i| i.level < IssueLevel::Error)
    }
}

impl Engine {
    /// An engine with the languages built in and `rules`.
    pub fn new(rules: RuleSet) -> Self {
        Self { lexicon: Lexicon::embedded(), rules, model: group::Model::embedded() }
    }

    /// The same with other forms of names, as the settings give them.
    #[must_use]
    pub fn with_aliases(mut self, aliases: Aliases) -> Self {
        self.lexicon = self.lexicon.with_aliases(aliases);
        self
    }

    /// Words of scale that are written for each other in a language.
    pub fn scales(&self, lang: Lang) -> &[(String, String)] {
        &self.lexicon.check_words(lang).scales
    }

    /// The words of the checks in a language.
    pub fn check_words(&self, lang: Lang) -> &CheckWords {
        self.lexicon.check_words(lang)
    }

    /// The same engine with other trees to judge by.
    #[must_use]
    pub fn judged_by(self, model: group::Model) -> Self {
        Self { model, ..self }
    }

    /// Compiles what comparing needs while the inputs are still being read. Chinese first: English is compiled when it is met.
    pub fn warm(&self) {
        rayon::join(|| self.rules.warm(Lang::Zh), || self.lexicon.compare(Lang::Zh));
    }

    /// [`Self::read`] of the only input there is: what comparing needs is compiled beside.
    pub fn read_lone(&self, name: &str, bytes: &[u8], format: Format) -> Piece {
        // Enough to tell the language by: ideographs are three bytes of which the first is one of these.
        let wide = bytes.iter().take(4096).filter(|b| matches!(b, 0xE3..=0xE9)).count();
        let lang = if wide * 12 > bytes.len().min(4096) { Lang::Zh } else { Lang::En };
        let read = || {
            let piece = self.read(name, bytes, format);
            // Not asked of a text without a figure.
            if lang == Lang::Zh && piece.parts.iter().any(|p| p.articles.iter().any(|(_, claims)| !claims.is_empty())) {
                let _ = self.lexicon.names();
            }
            piece
        };
        rayon::join(read, || self.lexicon.warm(lang)).0
    }

    /// Reads one input: load, segment, extract. `name` is the path as the user gave it.
    pub fn read(&self, name: &str, bytes: &[u8], format: Format) -> Piece {
        let loaded = load::load(name, bytes, format);
        let parts = match loaded.documents.len() {
            0 | 1 => loaded.documents.into_iter().map(|d| self.part(d)).collect(),
            _ => loaded.documents.into_par_iter().map(|d| self.part(d)).collect(),
        };
        Piece { parts, issues: loaded.issues, bytes: bytes.len() as u64, role: Role::Checked }
    }

    fn part(&self, document: Document) -> Part {
        let articles = segment::segment(&document, DocumentId(0), self.lexicon.layout())
            .into_iter()
            .map(|article| {
                let claims = extract::extract(&document, &article, ArticleId(0), &self.lexicon);
                (article, claims)
            })
            .collect();
        Part { document, articles }
    }

    /// The corpus of `pieces` and the features of its pairs of claims: what `rules/judge.toml` is trained on.
    pub fn pair_features(&self, pieces: Vec<Piece>) -> (Corpus, Vec<group::PairFeatures>) {
        let mut corpus = Corpus::default();
        for part in pieces.into_iter().flat_map(|p| p.parts) {
            add(&mut corpus, part);
        }
        let alignments = align::align(&corpus);
        let features = group::pair_features(&corpus, &alignments, &self.rules, &self.lexicon);
        (corpus, features)
    }

    /// Compares all that was read: align, group, check. `pieces` stand in the order of their names.
    pub fn check(&self, pieces: Vec<Piece>, options: CheckOptions) -> Report {
        self.check_with(&self.model, pieces, options)
    }

    fn check_with(&self, model: &group::Model, pieces: Vec<Piece>, options: CheckOptions) -> Report {
        let mut issues = options.issues;
        let mut summary = Summary { left_out: options.left_out, ..Summary::default() };
        let mut roles: Vec<Role> = Vec::new();
        let mut corpus = Corpus::default();
        let mut other_language = 0;
        for piece in pieces {
            summary.files += usize::from(piece.was_read() && piece.role != Role::Fact);
            issues.extend(piece.issues);
            summary.bytes += piece.bytes;
            for mut part in piece.parts {
                if !options.settings.languages.is_empty() {
                    let all = part.articles.len();
                    part.articles.retain(|(article, _)| options.settings.languages.contains(&article.lang));
                    other_language += all - part.articles.len();
                }
                add(&mut corpus, part);
                roles.resize(corpus.articles.len(), piece.role);
            }
        }
        if other_language > 0 {
            summary.left_out.push((Text::new("其他语言的文章", "article in another language"), other_language));
        }
        summary.articles = corpus.articles.len();
        summary.sentences = corpus.articles.iter().map(|a| a.sentences.len()).sum();
        summary.claims = corpus.claims.len();

        let alignments = align::align(&corpus);
        let grouped = group::group(&corpus, &alignments, &self.rules, &self.lexicon, model, options.explain_pairs);
        summary.compared = grouped.compared;
        summary.agreements = grouped.agreements;
        summary.not_compared = grouped.reasons.into_iter().collect();
        let groups = grouped.groups;
        let input = check::Input { corpus: &corpus, groups: &groups, alignments: &alignments, lexicon: &self.lexicon };
        let findings = check::resolve(&corpus, run(&input, 0));
        let told = told::tell(&corpus, findings, &roles, &options.accepted, &options.settings, options.whole);
        issues.extend(told.issues);
        summary.idle = told.idle;
        summary.accepted = told.excepted.iter().filter(|e| e.written == Written::Baseline).count();
        summary.excepted = told.excepted.len() - summary.accepted;
        let (findings, excepted) = (told.findings, told.excepted);
        issues.sort();
        Report { findings, excepted, issues, summary, near_misses: grouped.near_misses, checks: checks(), corpus }
    }

    /// The rules in force.
    pub const fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// What two short passages come to, each taken as an article of its own, given that they speak of one event: whether the words keep
    /// their figures apart, and whether the values meet. How sure that is of one event is not asked.
    pub fn outcome(&self, lang: Lang, a: &str, b: &str) -> Outcome {
        let piece = |name: &str, text: &str| {
            let mut piece = self.read(name, text.as_bytes(), Format::Text);
            for (article, _) in piece.parts.iter_mut().flat_map(|p| &mut p.articles) {
                article.lang = lang;
            }
            piece
        };
        // Two lone sentences have no context that could tell of one event; that they do is given.
        let mut model = self.model.clone();
        (model.compare, model.warning, model.warning_few, model.error, model.error_few) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let report = self.check_with(&model, vec![piece("a.txt", a), piece("b.txt", b)], CheckOptions::default());
        match report.findings.iter().map(|f| f.severity).max() {
            Some(Severity::Error) => Outcome::Contradiction,
            Some(Severity::Warning) => Outcome::Tension,
            _ => Outcome::Consistent,
        }
    }

    /// The near-duplicate passages of two inputs, by place in the first, with their differences; and the claims that changed from the
    /// first to the second.
    pub fn passages(&self, left: Piece, right: Piece) -> (Corpus, Vec<Passages>, Vec<Change>) {
        let mut corpus = Corpus::default();
        left.parts.into_iter().for_each(|part| add(&mut corpus, part));
        let cut = corpus.documents.len() as u32;
        right.parts.into_iter().for_each(|part| add(&mut corpus, part));
        let all = corpus.documents.len() as u32;
        let pairs = (0..cut).flat_map(|a| (cut..all).map(move |b| (DocumentId(a), DocumentId(b))));
        let passages = pairs.flat_map(|(a, b)| align::passages(&corpus, a, b)).collect();
        let changes = align::changes(&corpus, DocumentId(cut));
        (corpus, passages, changes)
    }
}

/// Every check there is.
pub fn checks() -> Vec<CheckInfo> {
    check::REGISTRY.iter().map(|c| c.info).collect()
}

/// Moves `part` into `corpus` and gives out its ids.
fn add(corpus: &mut Corpus, part: Part) {
    let document = DocumentId(corpus.documents.len() as u32);
    corpus.documents.push(part.document);
    for (mut article, claims) in part.articles {
        let id = ArticleId(corpus.articles.len() as u32);
        article.document = document;
        corpus.articles.push(article);
        let first = corpus.claims.len() as u32;
        corpus.claims.extend(claims.into_iter().map(|mut claim| {
            claim.article = id;
            claim.sentence.article = id;
            claim
        }));
        corpus.claims_of.push(first..corpus.claims.len() as u32);
    }
}

/// The findings of all checks; those of one article for the articles from `first` on.
fn run(input: &check::Input<'_>, first: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in check::REGISTRY {
        match check.run {
            Run::Corpus(of) => of(input, &mut findings),
            Run::Article(of) => {
                let each: Vec<Vec<Finding>> = (first as u32..input.corpus.articles.len() as u32)
                    .into_par_iter()
                    .map(|i| {
                        let mut found = Vec::new();
                        of(input, ArticleId(i), &mut found);
                        found
                    })
                    .collect();
                findings.extend(each.into_iter().flatten());
            }
        }
    }
    findings
}

fn article_of(corpus: &Corpus, claim: &FindClaim) -> ArticleId {
    match claim {
        FindClaim::Claim(id) => corpus.claims[id.0 as usize].article,
        FindClaim::Words { sentence, .. } => sentence.article,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Road;

    #[test]
    fn the_word_lists_of_the_binary_are_good() {
        assert_eq!(Lexicon::new(crate::embedded::FILES).map(|_| ()), Ok(()));
        assert!(RuleSet::embedded().rules().len() > 50);
    }

    #[test]
    fn a_settled_value_stands_first_and_an_accepted_finding_is_only_counted() {
        let engine = Engine::new(RuleSet::embedded());
        let text = |n: u32| format!("当天，已有{n}多家本地供应商率先入驻该平台，企业参与热情高涨。");
        let piece = |name: &str, n, role| Piece { role, ..engine.read(name, text(n).as_bytes(), Format::Text) };
        let pieces = || vec![piece("a.txt", 4000, Role::Checked), piece("b.txt", 5000, Role::Fact)];
        let report = engine.check(pieces(), CheckOptions::default());
        assert_eq!(report.findings.len(), 1);
        let finding = &report.findings[0];
        assert_eq!((finding.check, finding.road), ("known-fact", Road::Fact));
        assert_eq!(report.corpus.document_of(article_of(&report.corpus, &finding.claims[0].claim)).path, "b.txt");
        let accepted = BTreeSet::from([finding.fingerprint.clone()]);
        let again = engine.check(pieces(), CheckOptions { accepted, ..CheckOptions::default() });
        assert_eq!((again.findings.len(), again.summary.accepted), (0, 1));
        // What people resolved in a draft counts for that draft, not for what it is compared with.
        for (at, left) in [(0, 0), (1, 1)] {
            let mut pieces = pieces();
            pieces[at].parts[0].document.resolved.insert(finding.fingerprint.clone());
            let report = engine.check(pieces, CheckOptions::default());
            assert_eq!((report.findings.len(), report.excepted.len()), (left, 1 - left));
        }
    }
}
