//! The words around a English figure.

use super::super::{Context, Parts};
use crate::model::Mention;
use crate::text::{Plain, Span};

pub(super) fn describe(_text: &str, sentence: Span<Plain>, mentions: &[Mention], _context: &mut Context) -> Vec<Parts> {
    mentions.iter().map(|_| Parts { clause: sentence, ..Parts::default() }).collect()
}
