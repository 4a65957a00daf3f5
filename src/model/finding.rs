//! Alignments, groups, findings and the report.

use super::{ClaimId, Corpus, Excepted, Issue, SentenceId};
use crate::text::{Plain, Span};

/// A message in both languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Both wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The relation of two sets of values (semantics.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Verdict {
    Contradiction,
    Tension,
    Rounding,
    Update,
    Agreement,
}

impl Verdict {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Tension => "tension",
            Self::Rounding => "rounding",
            Self::Update => "update",
            Self::Agreement => "agreement",
        }
    }
}

/// By which road two claims came to be compared (semantics.md §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Road {
    /// Aligned near-duplicate passages.
    Passage,
    /// Claim keys, under the rule named in the finding or from the claims' own words.
    Key,
    /// Inside one article: arithmetic, lists, calendar.
    Article,
    /// Against a facts file.
    Fact,
}

impl Road {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passage => "passage",
            Self::Key => "key",
            Self::Article => "article",
            Self::Fact => "fact",
        }
    }
}

/// Two mentions in the same slot of two aligned sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slot {
    /// Claim on the first side.
    pub a: ClaimId,
    /// Claim on the second side.
    pub b: ClaimId,
    /// Whether the words within the clause around both are the same.
    pub exact: bool,
    /// Share of the words near both that the alignment matches, the nearest weighing most, 0–1.
    pub context: f32,
}

/// The passage that two aligned sentences stand in: what goes with them, sentence by sentence, in both articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Around {
    /// Words of the two sentences themselves that match.
    pub within: u32,
    /// Words (ideographs one by one) of the sentences before and after that are nearly the same on both sides.
    pub words: u32,
    /// Figures in those sentences that are the same on both sides, dates and times left out.
    pub same: u32,
    /// Those that are not.
    pub other: u32,
}

/// Two near-duplicate sentences (or runs of them) and their slots.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// First sentence.
    pub a: SentenceId,
    /// Second sentence.
    pub b: SentenceId,
    /// Share of the characters of both that the alignment matches, figures masked, 0–1.
    pub similarity: f32,
    /// How many of the sentences right before and right after both are aligned with each other too: 0–2.
    pub neighbours: u8,
    /// What both articles hold alike around the two sentences; worked out where a slot holds two values.
    pub around: Around,
    /// Claims in the same slot.
    pub slots: Vec<Slot>,
    /// Words that stand on one side only, outside figures: spans in `a`, then in `b`.
    pub differs: (Vec<Span<Plain>>, Vec<Span<Plain>>),
}

/// Why two claims were or were not compared: names of parts (`unit`, `measure`, `predicate`, `time`, `place` …).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// Parts that are the same.
    pub matched: Vec<&'static str>,
    /// Parts that differ without making them incomparable.
    pub differs: Vec<&'static str>,
    /// Parts that one side or both do not state.
    pub unknown: Vec<&'static str>,
    /// Between two languages: the rules that name one measure.
    pub rules: Vec<String>,
    /// Between two languages: what both articles have in common, in the words of both.
    pub anchors: Vec<String>,
}

/// Claims that speak of the same thing, ready for judging.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its claims, in corpus order.
    pub claims: Vec<ClaimId>,
    /// The gravest severity that its confidence bears.
    pub most: Severity,
    /// The road they met by.
    pub road: Road,
    /// The rule that joined them, by id.
    pub rule: Option<String>,
    /// Whether of two running totals the later is the lower.
    pub falling: bool,
    /// Why they are comparable.
    pub why: Why,
    /// How sure the judge's model is that they speak of one thing, 0–1; not yet a measured share of right findings (docs/limits.md).
    pub confidence: f32,
    /// The best alignment among them, where they met in passages: index into the alignments of the run.
    pub alignment: Option<u32>,
    /// Whether the leading pair differs in one place of a passage whose other figures were kept.
    pub alone: bool,
    /// The two claims whose clash is surest: what the message names.
    pub leading: Option<(ClaimId, ClaimId)>,
}

/// A place that a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindClaim {
    /// A claim.
    Claim(ClaimId),
    /// Words that are no claim (a list, a name) in a sentence.
    Words {
        /// The sentence.
        sentence: SentenceId,
        /// The words.
        span: Span<Plain>,
    },
}

/// One place in a finding, with the camp of agreeing values it belongs to (from 0; the better attested side first).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Camp {
    /// The place.
    pub claim: FindClaim,
    /// Its camp.
    pub camp: u32,
}

/// What stands behind one camp of a clash between articles. It is told, and not weighed: which camp is right nobody here knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The camp.
    pub camp: u32,
    /// Articles that say so, copies included.
    pub articles: usize,
    /// Articles of their own: copies of one text count once.
    pub independent: usize,
    /// On whose word, as the articles have it.
    pub sources: Vec<String>,
    /// The earliest date of an article that says so.
    pub first: Option<jiff::civil::Date>,
    /// The latest.
    pub last: Option<jiff::civil::Date>,
    /// Camps whose value an article of this one takes back.
    pub corrects: Vec<u32>,
}

/// One piece of a token diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum DiffOp {
    Equal,
    Delete,
    Insert,
}

impl DiffOp {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Delete => "delete",
            Self::Insert => "insert",
        }
    }
}

/// A run of tokens of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffPart {
    /// What happened to it between the first passage and the second.
    pub op: DiffOp,
    /// Its text.
    pub text: String,
}

/// The two passages of a finding and their diff, figures kept whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Passages {
    /// First passage.
    pub a: SentenceId,
    /// Second passage.
    pub b: SentenceId,
    /// 0–1.
    pub similarity: f32,
    /// Diff from the first to the second.
    pub diff: Vec<DiffPart>,
}

/// One discrepancy.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable over edits elsewhere: check, values and words around, never lines.
    pub fingerprint: String,
    /// Check id of the contract.
    pub check: &'static str,
    /// Severity.
    pub severity: Severity,
    /// Verdict.
    pub verdict: Verdict,
    /// How sure the check or the judge's model is, 0–1; not yet a measured share of right findings (docs/limits.md).
    pub confidence: f32,
    /// One sentence that a person can check in five seconds.
    pub message: Text,
    /// A likely slip, where its shape shows one: `swapped digits 1.26 / 1.62`.
    pub diagnosis: Option<Text>,
    /// The road.
    pub road: Road,
    /// The rule, by id.
    pub rule: Option<String>,
    /// What matched, differed and was unknown.
    pub why: Why,
    /// Every place, copies included, sorted by camp and then by place.
    pub claims: Vec<Camp>,
    /// The passages, where two stand against each other.
    pub passages: Option<Passages>,
    /// What stands behind each camp, in their order, where articles stand against each other.
    pub evidence: Vec<Evidence>,
}

/// A pair that was close to being compared, or compared and let pass, with the reason's code.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMiss {
    /// First claim.
    pub a: ClaimId,
    /// Second claim.
    pub b: ClaimId,
    /// `other-time`, `other-place`, `other-base`, `hedge-fits`, `rounding`, `other-subject` …
    pub reason: &'static str,
}

/// A check as the command line, the documents and the reports name it: one entry of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckInfo {
    /// Contract id.
    pub id: &'static str,
    /// Default severity.
    pub severity: Severity,
    /// A few words, Chinese and English.
    pub title: (&'static str, &'static str),
    /// What it looks for and what it lets pass, Chinese and English.
    pub description: (&'static str, &'static str),
    /// An example that fires.
    pub example: &'static str,
}

/// What was read and compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// Articles in them.
    pub articles: usize,
    /// Sentences.
    pub sentences: usize,
    /// Claims.
    pub claims: usize,
    /// Pairs of claims compared.
    pub compared: usize,
    /// Pairs that agree.
    pub agreements: usize,
    /// Near misses by reason, sorted by name.
    pub not_compared: Vec<(&'static str, usize)>,
    /// Inputs left out, by reason, sorted.
    pub left_out: Vec<(Text, usize)>,
    /// Bytes read.
    pub bytes: u64,
    /// Findings that a baseline accepts and that are not reported.
    pub accepted: usize,
    /// Findings that an exception lets stand and that are not reported.
    pub excepted: usize,
    /// Exceptions that nothing was found for, where the run saw too little to call them needless.
    pub idle: usize,
    /// Findings that touch no changed line and are not reported (`--since`).
    pub unchanged: usize,
}

/// All that a reporter needs.
#[derive(Debug, Default)]
pub struct Report {
    /// What was read.
    pub corpus: Corpus,
    /// Findings, sorted by severity (gravest first), check and place.
    pub findings: Vec<Finding>,
    /// Findings that are let stand, in the same order.
    pub excepted: Vec<Excepted>,
    /// Faults of inputs, sorted.
    pub issues: Vec<Issue>,
    /// Counts.
    pub summary: Summary,
    /// Near misses, where asked for.
    pub near_misses: Vec<NearMiss>,
    /// The checks in force.
    pub checks: Vec<CheckInfo>,
}
