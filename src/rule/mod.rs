//! Rule file → checked spec → compiled matcher. Enters: TOML. Leaves: a [`RuleSet`]. Knows no article.

/// The rules in force.
#[derive(Debug, Default)]
pub struct RuleSet {}
