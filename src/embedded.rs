//! The rule and word-list files under `rules/`, embedded at build time, sorted by path. Data only; knows nothing of their meaning.

/// `(path such as "rules/zh/words/hedges.toml", its text)`, sorted by path.
pub static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
