//! Exceptions applied. Enters: findings, what the documents and the settings let stand. Leaves: the findings that remain, those let
//! stand with the reason, and a note on every exception that is needless or names no check.

use std::collections::BTreeMap;

use super::{Entry, Settings};
use crate::check;
use crate::model::{Corpus, DocumentId, Excepted, FindClaim, Finding, Issue, IssueLevel, SentenceId, Text, Written};
use crate::rule;
use crate::text::{Plain, Span};

/// What came of applying exceptions.
#[derive(Debug, Default)]
pub struct Applied {
    /// What remains.
    pub findings: Vec<Finding>,
    /// What is let stand.
    pub excepted: Vec<Excepted>,
    /// Needless exceptions, and those that name no check.
    pub issues: Vec<Issue>,
    /// Needless as far as this run goes, which saw too little to say so.
    pub idle: usize,
}

/// The sentence and span of one place.
fn place(corpus: &Corpus, entry: &FindClaim) -> (SentenceId, Span<Plain>) {
    match entry {
        FindClaim::Claim(id) => {
            let claim = &corpus.claims[id.0 as usize];
            (claim.sentence, claim.span)
        }
        FindClaim::Words { sentence, span } => (*sentence, *span),
    }
}

impl Entry {
    fn fits(&self, corpus: &Corpus, relative: &[String], finding: &Finding) -> bool {
        let named = self.checks.is_empty() || self.checks.contains(&finding.check);
        let known = self.fingerprint.as_ref().is_none_or(|f| *f == finding.fingerprint);
        named
            && known
            && finding.claims.iter().any(|camp| {
                let (sentence, _) = place(corpus, &camp.claim);
                let document = corpus.article(sentence.article).document;
                let here = || relative.get(document.0 as usize).is_some_and(|p| self.fits_path(p));
                let says =
                    |t: &String| corpus.text(sentence.article, corpus.sentence(sentence).span).contains(t.as_str());
                here() && self.text.as_ref().is_none_or(says)
            })
    }

    fn fits_path(&self, path: &str) -> bool {
        self.paths.as_ref().is_none_or(|p| p.fit(path))
    }

    /// Whether a run over these documents would have met what the entry speaks of.
    fn was_met(&self, corpus: &Corpus, relative: &[String], whole: bool) -> bool {
        let mut documents = corpus.documents.iter().zip(relative).filter(|(_, path)| self.fits_path(path));
        match &self.text {
            Some(text) => documents.any(|(d, _)| d.plain().contains(text.as_str())),
            None => whole || self.paths.is_some() && documents.next().is_some(),
        }
    }
}

/// Takes out of `findings` what `settings` and the documents let stand. `whole` says that the run reads all that the settings name;
/// `checked` tells the documents that are checked from those compared with.
pub fn apply(
    corpus: &Corpus,
    findings: Vec<Finding>,
    settings: &Settings,
    whole: bool,
    checked: impl Fn(DocumentId) -> bool,
) -> Applied {
    let mut out = Applied::default();
    let stated: Vec<(DocumentId, usize)> = (0u32..)
        .zip(&corpus.documents)
        .flat_map(|(d, document)| (0..document.exceptions.len()).map(move |i| (DocumentId(d), i)))
        .collect();
    if stated.is_empty() && settings.exceptions.is_empty() {
        out.findings = findings;
        return out;
    }
    let relative: Vec<String> = corpus.documents.iter().map(|d| settings.home.relative(&d.path)).collect();
    let mut used: BTreeMap<(DocumentId, usize), bool> = stated.iter().map(|key| (*key, false)).collect();
    let mut used_entries = vec![false; settings.exceptions.len()];
    for finding in findings {
        let mut by: Option<(Written, &str)> = None;
        for camp in &finding.claims {
            let (sentence, span) = place(corpus, &camp.claim);
            let id = corpus.article(sentence.article).document;
            for (i, exception) in corpus.documents[id.0 as usize].exceptions.iter().enumerate() {
                let named = exception.checks.is_empty() || exception.checks.iter().any(|c| c == finding.check);
                if named && exception.reach.is_none_or(|reach| reach.contains(span)) {
                    used.insert((id, i), true);
                    by = by.or(Some((exception.written, &exception.reason)));
                }
            }
        }
        for (entry, used) in settings.exceptions.iter().zip(&mut used_entries) {
            if entry.fits(corpus, &relative, &finding) {
                *used = true;
                by = by.or(Some((Written::Settings, &entry.reason)));
            }
        }
        match by {
            Some((written, reason)) => {
                out.excepted.push(Excepted { finding, written, reason: Some(reason.to_owned()) });
            }
            None => out.findings.push(finding),
        }
    }
    let mut warn = |path: &str, line: u32, message: Text| {
        out.issues.push(Issue { path: path.to_owned(), line: Some(line), level: IssueLevel::Warning, message });
    };
    for ((id, i), used) in used {
        let document = &corpus.documents[id.0 as usize];
        let exception = &document.exceptions[i];
        let mut known = exception.checks.is_empty();
        for name in &exception.checks {
            if check::by_id(name).is_some() {
                known = true;
                continue;
            }
            let near = rule::nearest(name, &check::REGISTRY.iter().map(|c| c.info.id.to_owned()).collect::<Vec<_>>());
            let (zh, en) = near.map_or_else(
                || ("；用 factlint explain 查看".to_owned(), "; `factlint explain` lists them".to_owned()),
                |n| (format!("；是否为 {n}？"), format!("; did you mean {n}?")),
            );
            let message = Text::new(
                format!("例外所指的检查项 {name} 不存在{zh}"),
                format!("the exception names no check: {name}{en}"),
            );
            warn(&document.path, exception.line, message);
        }
        if !used && known {
            if checked(id) && (whole || corpus.documents.len() > 1) {
                warn(&document.path, exception.line, needless(&exception.reason));
            } else {
                out.idle += 1;
            }
        }
    }
    let path = settings.path.as_ref().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
    for (entry, used) in settings.exceptions.iter().zip(used_entries) {
        if !used && entry.was_met(corpus, &relative, whole) {
            warn(&path, entry.line, needless(&entry.reason));
        } else if !used {
            out.idle += 1;
        }
    }
    out
}

fn needless(reason: &str) -> Text {
    Text::new(
        format!("例外已无对应的发现，可以删去（理由：{reason}）"),
        format!("nothing is found here any more: delete the exception (reason: {reason})"),
    )
}
