//! Sentence → mentions → claims. Enters: an article. Leaves: its claims in text order. Knows no other article, and nothing of one
//! human language: what it leaves out itself (addresses, file names) looks the same in all of them.

mod address;

use crate::lang::{Context, Lexicon};
use crate::model::{Article, ArticleId, Claim, Document, Lang, Mention, SentenceId};

/// The claims of `article`, in text order, none overlapping another.
pub fn extract(document: &Document, article: &Article, id: ArticleId, lexicon: &Lexicon) -> Vec<Claim> {
    let text = document.plain();
    let mut context = Context { reference: article.date, ..Context::default() };
    let mut claims: Vec<Claim> = Vec::new();
    let mut mentions = Vec::new();
    for (index, sentence) in article.sentences.iter().enumerate() {
        mentions.clear();
        let lang = lang_of(article.lang, sentence.span.of(text));
        let language = lexicon.language(lang);
        context.block = Some(sentence.kind);
        let keep = |found: &mut Vec<Mention>| address::drop_addresses(text, sentence.span, found);
        let parts = language.read(text, sentence.span, &mut context, &mut mentions, &keep);
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
                lang,
                measure: parts.measure,
                subject: parts.subject,
                predicate: parts.predicate,
                scope: parts.scope,
            });
        }
    }
    claims
}

/// The language of a sentence: its article's, but for a sentence of Latin words alone in a Chinese article, which is English, and one of
/// ideographs without a Latin word in an English article, which is Chinese.
fn lang_of(article: Lang, sentence: &str) -> Lang {
    // The lead bytes of ideographs in UTF-8; in a Chinese sentence one stands near its start.
    let ideograph = |b: u8| matches!(b, 0xE3..=0xE9 | 0xF0);
    if article == Lang::En {
        let latin = |b: u8| b.is_ascii_alphabetic();
        return if !sentence.bytes().any(latin) && sentence.bytes().any(ideograph) { Lang::Zh } else { Lang::En };
    }
    if sentence.bytes().any(ideograph) {
        return article;
    }
    let words = sentence.split_ascii_whitespace().filter(|w| w.bytes().any(|b| b.is_ascii_lowercase())).take(4).count();
    if words == 4 { Lang::En } else { article }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_english_sentence_in_a_chinese_article_is_read_as_english() {
        assert_eq!(lang_of(Lang::Zh, "The company said it had 4,000 members in May."), Lang::En);
        assert_eq!(lang_of(Lang::Zh, "公司说 the number of members is 4,000 today"), Lang::Zh);
        assert_eq!(lang_of(Lang::Zh, "iPhone 15 Pro"), Lang::Zh);
        assert_eq!(lang_of(Lang::En, "全市共有2000所学校。"), Lang::Zh);
        assert_eq!(lang_of(Lang::En, "The 东方 group has 30 mills."), Lang::En);
    }
}
