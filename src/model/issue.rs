//! What a step could not do with an input: shown at the end, never an error that stops the run.

use super::Text;

/// How grave an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueLevel {
    /// Something was read otherwise than it says, or in part.
    Warning,
    /// The input could not be read at all.
    Error,
}

/// A fault of one input, with its place and cure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    /// The input as it was named, or the record's id.
    pub path: String,
    /// Line in it, from 1, where one is known.
    pub line: Option<u32>,
    /// Warning or error.
    pub level: IssueLevel,
    /// What is wrong and what to do about it.
    pub message: Text,
}
