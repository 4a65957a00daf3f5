//! What an editor has on its desk: an archive that stays, and the drafts that change at every key. Enters: the pieces of the archive once,
//! the drafts again and again. Leaves: the findings that touch a draft, as a whole run would tell them.

use std::collections::BTreeSet;

use super::told::tell;
use super::{CheckOptions, Engine, Part, Piece, Role, add, run};
use crate::model::{Corpus, Finding};
use crate::settings::Settings;
use crate::{align, check, group};

/// An archive, prepared for comparing drafts with it.
///
/// ```
/// use factlint::model::Format;
/// use factlint::pipeline::{CheckOptions, Engine};
/// use factlint::rule::RuleSet;
///
/// let engine = Engine::new(RuleSet::embedded());
/// let read = |name: &str, text: &str| engine.read(name, text.as_bytes(), Format::Text);
/// let archive = read("a.txt", "当天，已有4000多家本地供应商率先入驻该平台，企业参与热情高涨。");
/// let mut desk = engine.desk(vec![archive], CheckOptions::default());
/// let draft = |n| read("draft.txt", &format!("当天，已有{n}多家本地供应商率先入驻该平台，企业参与热情高涨。"));
/// assert_eq!(engine.check_drafts(&mut desk, vec![draft(4000)]).len(), 0);
/// assert_eq!(engine.check_drafts(&mut desk, vec![draft(5000)]).len(), 1);
/// ```
pub struct Desk {
    corpus: Corpus,
    roles: Vec<Role>,
    /// Documents, articles and claims of the archive.
    fixed: (usize, usize, usize),
    sentences: align::Known,
    claims: group::Known,
    settings: Settings,
    /// Fingerprints of findings that are not told.
    pub accepted: BTreeSet<String>,
}

impl Desk {
    /// The archive, and the drafts of the last check behind it.
    pub const fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The number of documents that stay.
    pub const fn archived(&self) -> usize {
        self.fixed.0
    }

    fn lay(&mut self, mut part: Part, role: Role) {
        if !self.settings.languages.is_empty() {
            part.articles.retain(|(article, _)| self.settings.languages.contains(&article.lang));
        }
        add(&mut self.corpus, part);
        self.roles.resize(self.corpus.articles.len(), role);
    }

    fn clear(&mut self) {
        let (documents, articles, claims) = self.fixed;
        self.corpus.documents.truncate(documents);
        self.corpus.articles.truncate(articles);
        self.corpus.claims_of.truncate(articles);
        self.corpus.claims.truncate(claims);
        self.roles.truncate(articles);
    }
}

impl Engine {
    /// Prepares an archive. Of `options` the languages, severities and accepted findings are heeded.
    pub fn desk(&self, archive: Vec<Piece>, options: CheckOptions) -> Desk {
        let mut corpus = Corpus::default();
        let mut roles = Vec::new();
        for piece in archive {
            let role = if piece.role == Role::Checked { Role::Against } else { piece.role };
            for mut part in piece.parts {
                if !options.settings.languages.is_empty() {
                    part.articles.retain(|(article, _)| options.settings.languages.contains(&article.lang));
                }
                add(&mut corpus, part);
                roles.resize(corpus.articles.len(), role);
            }
        }
        let alignments = align::align(&corpus);
        Desk {
            fixed: (corpus.documents.len(), corpus.articles.len(), corpus.claims.len()),
            sentences: align::Known::new(&corpus),
            claims: group::Known::new(&corpus, &alignments, &self.rules, &self.lexicon, &self.model),
            corpus,
            roles,
            settings: options.settings,
            accepted: options.accepted,
        }
    }

    /// Compares drafts with each other and with the archive of `desk`, whose corpus holds them until the next call.
    pub fn check_drafts(&self, desk: &mut Desk, drafts: Vec<Piece>) -> Vec<Finding> {
        desk.clear();
        for part in drafts.into_iter().flat_map(|piece| piece.parts) {
            desk.lay(part, Role::Checked);
        }
        let first = desk.fixed.1;
        let mut alignments = desk.sentences.align(&desk.corpus, first);
        let groups = desk.claims.group(&desk.corpus, first, &mut alignments, &self.rules, &self.lexicon, &self.model);
        let corpus = &desk.corpus;
        let input = check::Input { corpus, groups: &groups, alignments: &alignments, lexicon: &self.lexicon };
        let findings = check::resolve(corpus, run(&input, first));
        tell(corpus, findings, &desk.roles, &desk.accepted, &desk.settings, false).findings
    }
}
