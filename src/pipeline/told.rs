//! Which findings are told, and how gravely. Enters: all findings, the roles of the articles, the settings. Leaves: those that touch what is
//! checked, those that are let stand, and what is to be said of the exceptions.

use std::collections::BTreeSet;

use super::{Role, article_of};
use crate::check;
use crate::model::{
    Camp, Corpus, Document, DocumentId, Excepted, FindClaim, Finding, Issue, Road, Severity, Text, Verdict, Written,
};
use crate::settings::{self, Settings};

/// What is told of the findings of a run.
pub(super) struct Told {
    /// What is reported.
    pub findings: Vec<Finding>,
    /// What is let stand.
    pub excepted: Vec<Excepted>,
    /// Needless exceptions and the like.
    pub issues: Vec<Issue>,
    /// Exceptions that this run did not need.
    pub idle: usize,
}

/// The findings that touch what is checked, those against settled values as `known-fact`, without those that are let stand, with the
/// severities of the settings.
pub(super) fn tell(
    corpus: &Corpus,
    mut findings: Vec<Finding>,
    roles: &[Role],
    accepted: &BTreeSet<String>,
    settings: &Settings,
    whole: bool,
) -> Told {
    if roles.iter().any(|r| *r != Role::Checked) {
        let role = |c: &Camp| roles[article_of(corpus, &c.claim).0 as usize];
        findings.retain(|f| f.claims.iter().any(|c| role(c) == Role::Checked));
        for finding in &mut findings {
            if finding.claims.iter().any(|c| role(c) == Role::Fact) {
                against_fact(corpus, finding, role);
            }
        }
    }
    let (accepted, findings): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|f| accepted.contains(&f.fingerprint));
    let mut checked = vec![false; corpus.documents.len()];
    for (article, role) in corpus.articles.iter().zip(roles) {
        checked[article.document.0 as usize] |= *role == Role::Checked;
    }
    let is_checked = |id: DocumentId| checked.get(id.0 as usize).copied().unwrap_or_default();
    // What people resolved in the draft itself speaks of that draft only.
    let is_resolved = |f: &Finding| {
        f.claims.iter().any(|c| {
            let id = corpus.article(article_of(corpus, &c.claim)).document;
            is_checked(id) && corpus.documents[id.0 as usize].resolved.contains(&f.fingerprint)
        })
    };
    let (resolved, findings): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(is_resolved);
    let applied = settings::apply(corpus, findings, settings, whole, is_checked);
    let by_baseline = |finding| Excepted { finding, written: Written::Baseline, reason: None };
    let mut excepted: Vec<Excepted> = accepted.into_iter().map(by_baseline).collect();
    let by_comment = |finding| Excepted { finding, written: Written::Comment, reason: None };
    excepted.extend(resolved.into_iter().map(by_comment));
    excepted.extend(applied.excepted);
    let severity = Severities::new(corpus, settings, is_checked);
    excepted.retain_mut(|e| severity.give(corpus, &mut e.finding));
    let mut findings = applied.findings;
    if severity.any {
        findings.retain_mut(|f| severity.give(corpus, f));
        findings.sort_by_key(|f| std::cmp::Reverse(f.severity));
    }
    Told { findings, excepted, issues: applied.issues, idle: applied.idle }
}

/// Turns a finding that has a settled value on one side into one of `known-fact`, that side first.
fn against_fact(corpus: &Corpus, finding: &mut Finding, role: impl Fn(&Camp) -> Role) {
    let settled = finding.claims.iter().find(|c| role(c) == Role::Fact).map_or(0, |c| c.camp);
    for claim in &mut finding.claims {
        claim.camp = match claim.camp {
            camp if camp == settled => 0,
            camp if camp < settled => camp + 1,
            camp => camp,
        };
    }
    finding.claims.sort_by_key(|c| c.camp);
    // What the desk settled is weighed against nothing.
    finding.evidence.clear();
    let of_camp = |n: u32| finding.claims.iter().find(|c| c.camp == n).map(|c| words_of(corpus, &c.claim));
    if finding.verdict == Verdict::Contradiction
        && let (Some(known), Some(written)) = (of_camp(0), of_camp(1))
    {
        finding.message = Text::new(
            format!("档案记为{known}，此处写作{written}"),
            format!("the facts file says {known}, the text {written}"),
        );
    }
    finding.road = Road::Fact;
    // The desk settled what the figure is of: a contradiction of it is one, however far off the words stand.
    if finding.verdict == Verdict::Contradiction && finding.severity == Severity::Warning {
        finding.severity = Severity::Error;
    }
    if let Some(known_fact) = check::by_id("known-fact") {
        finding.check = known_fact.info.id;
    }
    finding.fingerprint = check::fingerprint(corpus, finding);
}

/// The words of a place, white space squeezed.
fn words_of(corpus: &Corpus, claim: &FindClaim) -> String {
    let (article, span) = match claim {
        FindClaim::Claim(id) => {
            let claim = &corpus.claims[id.0 as usize];
            (claim.article, claim.span)
        }
        FindClaim::Words { sentence, span } => (sentence.article, *span),
    };
    corpus.text(article, span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The severities that the settings give: for all documents, and for each that an override speaks of.
struct Severities<'a> {
    any: bool,
    all: &'a settings::Severities,
    /// For each document the overrides that fit it; `None` for one that is only compared with.
    of: Vec<Option<Vec<&'a settings::Severities>>>,
}

impl<'a> Severities<'a> {
    fn new(corpus: &Corpus, settings: &'a Settings, checked: impl Fn(DocumentId) -> bool) -> Self {
        let fitting = |(i, document): (u32, &Document)| {
            let path = settings.home.relative(&document.path);
            let fit = settings.overrides.iter().filter(|o| o.paths.fit(&path)).map(|o| &o.checks);
            checked(DocumentId(i)).then(|| fit.collect())
        };
        let of = if settings.overrides.is_empty() {
            Vec::new()
        } else {
            (0..).zip(&corpus.documents).map(fitting).collect()
        };
        Self { any: !settings.checks.is_empty() || !settings.overrides.is_empty(), all: &settings.checks, of }
    }

    /// Gives `finding` the gravest severity that its documents ask for; `false` where all turn its check off. Notes stay notes.
    fn give(&self, corpus: &Corpus, finding: &mut Finding) -> bool {
        if !self.any {
            return true;
        }
        let own = Some(finding.severity);
        let all = self.all.get(finding.check).copied().unwrap_or(own);
        let given = finding
            .claims
            .iter()
            .filter_map(|camp| {
                let document = corpus.article(article_of(corpus, &camp.claim)).document;
                let fitting = self.of.get(document.0 as usize)?.as_ref()?;
                Some(fitting.iter().rev().find_map(|o| o.get(finding.check)).copied().unwrap_or(all))
            })
            .max()
            .unwrap_or(all);
        match given {
            None => false,
            Some(severity) => {
                if finding.severity > Severity::Info {
                    finding.severity = severity;
                }
                true
            }
        }
    }
}
