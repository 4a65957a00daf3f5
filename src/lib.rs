//! factlint: reads articles, pulls out every numeric assertion, groups those that speak of the same thing and reports where
//! they cannot all be true. `ARCHITECTURE.md` is the map; the modules below stand in the order in which they may import.

pub mod align;
pub mod check;
pub mod cli;
pub mod embedded;
pub mod extract;
pub mod group;
pub mod lang;
pub mod load;
pub mod lsp;
pub mod model;
pub mod pipeline;
pub mod quantity;
pub mod report;
pub mod rule;
pub mod segment;
pub mod settings;
pub mod text;
