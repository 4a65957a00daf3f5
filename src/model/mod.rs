//! The nouns that flow: Document, Article, Sentence, Mention, Claim, Alignment, Group, Finding, Report. Plain structs; no step's logic.

mod claim;
mod document;
mod exception;
mod finding;
mod issue;
mod quantity;

pub use claim::{Aggregation, Base, Claim, ClaimId, Phrase, Scope, Status};
pub use document::{
    Article, ArticleId, Block, BlockKind, Cell, Corpus, Document, DocumentId, Format, Lang, Record, Sentence,
    SentenceId,
};
pub use exception::{Excepted, Exception, Written, exception_words};
pub use finding::{
    Alignment, Around, Camp, CheckInfo, DiffOp, DiffPart, Evidence, FindClaim, Finding, Group, NearMiss, Passages,
    Report, Road, Severity, Slot, Summary, Text, Verdict, Why,
};
pub use issue::{Issue, IssueLevel};
pub use quantity::{Hedge, Kind, Mention, Quantity};
