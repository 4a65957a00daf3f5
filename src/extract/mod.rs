//! Sentence → mentions → claims. Enters: an article. Leaves: its claims in text order. Knows no other article, and nothing of one
//! human language: what it leaves out itself (addresses, file names) looks the same in all of them.

mod address;

use crate::lang::{Context, Lexicon};
use crate::model::{Article, ArticleId, Claim, Document, SentenceId};

/// The claims of `article`, in text order, none overlapping another.
pub fn extract(document: &Document, article: &Article, id: ArticleId, lexicon: &Lexicon) -> Vec<Claim> {
    let text = document.plain();
    let language = lexicon.language(article.lang);
    let mut context = Context { reference: article.date, ..Context::default() };
    let mut claims: Vec<Claim> = Vec::new();
    let mut mentions = Vec::new();
    for (index, sentence) in article.sentences.iter().enumerate() {
        mentions.clear();
        context.block = Some(sentence.kind);
        language.mentions(text, sentence.span, &mut context, &mut mentions);
        address::drop_addresses(text, sentence.span, &mut mentions);
        let parts = language.describe(text, sentence.span, &mentions, &mut context);
        let place = SentenceId { article: id, index: index as u32 };
        for (mention, parts) in mentions.drain(..).zip(parts) {
            // Sentences that overlap would give a figure twice: the first reading stands.
            if claims.last().is_some_and(|last| last.span.end > mention.span.start) {
                continue;
            }
            claims.push(Claim {
                article: id,
                sentence: place,
                clause: parts.clause,
                span: mention.span,
                numeral: mention.numeral,
                quantity: mention.quantity,
                lang: article.lang,
                measure: parts.measure,
                subject: parts.subject,
                predicate: parts.predicate,
                scope: parts.scope,
            });
        }
    }
    claims
}
