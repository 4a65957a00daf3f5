//! Joins the steps, and is the only caller of all of them. Enters: inputs as bytes, and options. Leaves: claims, or a
//! [`Report`]. Touches no disk, no clock, no terminal: whoever calls it opens the inputs.

use rayon::prelude::*;

use crate::check::{self, Run};
use crate::lang::Lexicon;
use crate::model::{
    Article, ArticleId, CheckInfo, Claim, Corpus, Document, DocumentId, FindClaim, Finding, Format, Issue, Report,
    Summary, Text,
};
use crate::rule::RuleSet;
use crate::{align, extract, group, load, segment};

/// What stays the same for every input of a run: languages and rules.
pub struct Engine {
    lexicon: Lexicon,
    rules: RuleSet,
    model: group::Model,
}

/// One document with its articles and their claims, ids not yet given out.
pub struct Part {
    /// The document.
    pub document: Document,
    /// Its articles in text order, each with its claims.
    pub articles: Vec<(Article, Vec<Claim>)>,
}

/// What came of one input.
#[derive(Default)]
pub struct Piece {
    /// Its documents.
    pub parts: Vec<Part>,
    /// What was wrong with it.
    pub issues: Vec<Issue>,
    /// Bytes read.
    pub bytes: u64,
    /// Whether it was only given to compare against: findings that lie wholly in such inputs are not reported.
    pub against: bool,
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
}

impl Engine {
    /// An engine with the languages built in and `rules`.
    pub fn new(rules: RuleSet) -> Self {
        Self { lexicon: Lexicon::embedded(), rules, model: group::Model::embedded() }
    }

    /// Reads one input: load, segment, extract. `name` is the path as the user gave it.
    pub fn read(&self, name: &str, bytes: &[u8], format: Format) -> Piece {
        let loaded = load::load(name, bytes, format);
        let parts = match loaded.documents.len() {
            0 | 1 => loaded.documents.into_iter().map(|d| self.part(d)).collect(),
            _ => loaded.documents.into_par_iter().map(|d| self.part(d)).collect(),
        };
        Piece { parts, issues: loaded.issues, bytes: bytes.len() as u64, against: false }
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

    /// Compares all that was read: align, group, check. `pieces` stand in the order of their names.
    pub fn check(&self, pieces: Vec<Piece>, options: CheckOptions) -> Report {
        let mut issues = options.issues;
        let mut summary = Summary { left_out: options.left_out, ..Summary::default() };
        let mut against = Vec::new();
        let mut corpus = Corpus::default();
        for piece in pieces {
            issues.extend(piece.issues);
            summary.bytes += piece.bytes;
            summary.files += usize::from(!piece.parts.is_empty());
            for part in piece.parts {
                add(&mut corpus, part);
                against.resize(corpus.articles.len(), piece.against);
            }
        }
        summary.articles = corpus.articles.len();
        summary.sentences = corpus.articles.iter().map(|a| a.sentences.len()).sum();
        summary.claims = corpus.claims.len();

        let alignments = align::align(&corpus);
        let grouped =
            group::group(&corpus, &alignments, &self.rules, &self.lexicon, &self.model, options.explain_pairs);
        summary.compared = grouped.compared;
        summary.agreements = grouped.agreements;
        summary.not_compared = grouped.reasons.into_iter().collect();
        let groups = grouped.groups;
        let input = check::Input { corpus: &corpus, groups: &groups, alignments: &alignments, lexicon: &self.lexicon };
        let mut findings = check::resolve(&corpus, run(&input));
        if against.contains(&true) {
            findings.retain(|f| f.claims.iter().any(|c| !against[article_of(&corpus, &c.claim).0 as usize]));
        }
        issues.sort();
        Report { findings, issues, summary, near_misses: grouped.near_misses, checks: checks(), corpus }
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

fn run(input: &check::Input<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in check::REGISTRY {
        match check.run {
            Run::Corpus(of) => of(input, &mut findings),
            Run::Article(of) => {
                let each: Vec<Vec<Finding>> = (0..input.corpus.articles.len() as u32)
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
