//! Alignment over corpora made by hand: every run of digits and the character after it is a claim.

use std::borrow::Cow;

use super::*;
use crate::model::{
    Article, ArticleId, BlockKind, Claim, DiffOp, Document, Format, Kind, Lang, Quantity, Scope, Sentence, SentenceId,
};
use crate::quantity::{Decimal, Interval};
use crate::text::{LineIndex, Plain, SourceMap, SourceOffsets, Span};

/// A corpus with one document and one article for each text; a sentence ends at `。` or a line's end.
fn corpus(texts: &[&str]) -> Corpus {
    let mut corpus = Corpus::default();
    for (n, text) in texts.iter().enumerate() {
        let article = ArticleId(n as u32);
        let mut sentences = Vec::new();
        let (mut start, first) = (0, corpus.claims.len() as u32);
        for (i, c) in text.char_indices() {
            if matches!(c, '。' | '\n') || i + c.len_utf8() == text.len() {
                let end = i + c.len_utf8();
                let span = Span::<Plain>::new(start, end);
                claims(text, span, SentenceId { article, index: sentences.len() as u32 }, &mut corpus.claims);
                sentences.push(Sentence { span, kind: BlockKind::Paragraph, block: 0, lead: false });
                start = end;
            }
        }
        corpus.claims_of.push(first..corpus.claims.len() as u32);
        corpus.articles.push(Article {
            document: DocumentId(n as u32),
            ordinal: 0,
            span: Span::new(0, text.len()),
            title: None,
            title_text: String::new(),
            date: None,
            byline: None,
            lang: Lang::Zh,
            sentences,
        });
        corpus.documents.push(Document {
            path: format!("{n}.txt"),
            record: None,
            format: Format::Text,
            decoded: (*text).to_owned(),
            stripped: None,
            map: SourceMap::identity(text.len(), SourceOffsets::Utf8 { mark: 0 }),
            lines: LineIndex::new(text),
            title: None,
            date: None,
            source: None,
            lang: None,
            blocks: Vec::new(),
            exceptions: Vec::new(),
            resolved: std::collections::BTreeSet::new(),
        });
    }
    corpus
}

fn claims(text: &str, span: Span<Plain>, sentence: SentenceId, out: &mut Vec<Claim>) {
    let mut at = span.start as usize;
    let stop = |c: char| matches!(c, '，' | '。' | '；' | '：' | '\n');
    while let Some(from) = text[at..span.end as usize].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let digits = text[from..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |i| from + i);
        let unit = text[digits..].chars().next().filter(|c| !c.is_ascii()).map_or(String::new(), String::from);
        let end = digits + unit.len();
        let value = Decimal::from(text[from..digits].parse::<i64>().unwrap());
        let left = text[span.start as usize..from]
            .rfind(stop)
            .map_or(span.start as usize, |i| span.start as usize + i + '，'.len_utf8());
        let right = text[end..span.end as usize].find(stop).map_or(span.end as usize, |i| end + i);
        out.push(Claim {
            article: sentence.article,
            sentence,
            clause: Span::new(left, right),
            span: Span::new(from, end),
            numeral: Span::new(from, digits),
            quantity: Quantity {
                kind: Kind::Count,
                point: Some(value),
                unit: Some(Cow::Owned(unit.clone())),
                base_unit: Some(Cow::Owned(unit)),
                literal: Interval::exactly(value),
                reader: Interval::exactly(value),
                granularity: Decimal::ONE,
                hedge: None,
                time: None,
                negative: false,
            },
            lang: Lang::Zh,
            measure: None,
            subject: None,
            predicate: None,
            scope: Scope::default(),
        });
        at = end;
    }
}

/// Slots as `(text, text, exact)`, over all alignments.
fn slots(texts: &[&str]) -> Vec<(String, String, bool)> {
    let corpus = corpus(texts);
    let text = |id: crate::model::ClaimId| {
        let claim = &corpus.claims[id.0 as usize];
        corpus.text(claim.article, claim.span).to_owned()
    };
    align(&corpus).iter().flat_map(|a| &a.slots).map(|s| (text(s.a), text(s.b), s.exact)).collect()
}

fn differs(texts: &[&str]) -> Vec<(Vec<String>, Vec<String>)> {
    let corpus = corpus(texts);
    let words = |id: SentenceId, spans: &[Span<Plain>]| {
        spans.iter().map(|s| corpus.text(id.article, *s).to_owned()).collect::<Vec<_>>()
    };
    align(&corpus).iter().map(|a| (words(a.a, &a.differs.0), words(a.b, &a.differs.1))).collect()
}

#[test]
fn a_reprinted_sentence_with_another_figure_meets_in_its_slot() {
    let found = slots(&[
        "老港渔业队昨天出海，带回带鱼350箱，分给岸上60户人家。",
        "本报讯 老港渔业队昨天出海，带回带鱼530箱，分给岸上60户人家。",
    ]);
    assert_eq!(found, [("350箱".into(), "530箱".into(), true), ("60户".into(), "60户".into(), true)]);
}

#[test]
fn a_short_sentence_meets_its_copy() {
    let found = slots(&["图书馆新馆藏书8000册，阅览座位300个。", "另据了解，图书馆新馆藏书9000册，座位300个。"]);
    assert_eq!(found[0], ("8000册".into(), "9000册".into(), true));
}

#[test]
fn moved_clauses_still_meet() {
    let found = slots(&[
        "登山步道全长12里，沿途修了凉亭7座，三月底向游人开放，市民可以免费进入。",
        "三月底向游人开放，市民可以免费进入，登山步道全长12里，沿途修了凉亭9座。",
    ]);
    assert!(found.contains(&("7座".into(), "9座".into(), true)), "{found:?}");
}

#[test]
fn a_sentence_that_was_split_meets_both_parts() {
    let found = slots(&[
        "合作社去年收购山核桃40吨，社员每户分红6000元，还给村里小学添了课桌椅120套。",
        "合作社去年收购山核桃40吨。社员每户分红8000元，还给村里小学添了课桌椅210套。",
    ]);
    assert!(found.contains(&("6000元".into(), "8000元".into(), true)), "{found:?}");
    assert!(found.contains(&("120套".into(), "210套".into(), true)), "{found:?}");
    assert!(found.contains(&("40吨".into(), "40吨".into(), true)), "{found:?}");
}

#[test]
fn an_excerpt_meets_its_source() {
    let found = slots(&[
        "经过三个冬天的修缮，古镇的廊桥终于重新开放，当天来看桥的有2000人，摆摊的商户说生意好了一倍，孩子们在桥上跑来跑去。",
        "古镇的廊桥终于重新开放，当天来看桥的有3000人。",
    ]);
    assert_eq!(found, [("2000人".into(), "3000人".into(), true)]);
}

#[test]
fn other_sentences_do_not_meet() {
    assert!(slots(&["菜场里的鱼摊今天卖了40斤鲫鱼。", "他写的散文集去年印了5000册，很快卖完。"]).is_empty());
}

#[test]
fn english_sentences_meet_by_words() {
    let found = slots(&[
        "The ferry company said it carried 4200 passengers across the strait during the holiday weekend.",
        "During the holiday weekend, the ferry company said, it carried 2400 passengers across the strait.",
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("4200", "2400"));
}

#[test]
fn words_on_one_side_are_told_whole() {
    let found = differs(&["江苏全省去年新建乡村书屋320间，每间配书。", "浙江全省去年新建乡村书屋450间，每间都配书。"]);
    assert_eq!(found, [(vec!["江苏".to_owned()], vec!["浙江".to_owned(), "都".to_owned()])]);
}

#[test]
fn parallel_sentences_of_one_article_align_and_say_what_differs() {
    let texts = ["红队在第二场比赛里投中三分球11个，抢下篮板球38个。蓝队在第二场比赛里投中三分球7个，抢下篮板球41个。"];
    assert_eq!(differs(&texts), [(vec!["红".to_owned()], vec!["蓝".to_owned()])]);
    assert_eq!(slots(&texts).len(), 2);
}

#[test]
fn hundreds_of_copies_cost_links_and_not_pairs() {
    let texts: Vec<String> =
        (0..400).map(|i| format!("今年汛期，水库最高水位达到{}米，下泄流量创下新高。", 150 + i % 3)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let corpus = corpus(&texts);
    let found = align(&corpus);
    assert!(found.len() >= 399 && found.len() < 1300, "{}", found.len());
}

#[test]
fn near_copies_of_many_wordings_stay_linear() {
    let texts: Vec<String> = (0..300)
        .map(|i| {
            let c = char::from_u32(0x4E00 + i * 7).unwrap();
            format!("今年汛期，水库最高水位达到{}米，{c}下泄流量创下历史新高，下游{c}各县做好了准备。", 150 + i % 3)
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = align(&corpus(&texts));
    assert!(found.len() >= 299 && found.len() < 8000, "{}", found.len());
}

#[test]
fn neighbours_tell_a_reprint_from_a_common_phrase() {
    let body = "气象台说，这场雪是十年来最大的一场。积雪最深处有40厘，山路全部封闭。养路工人清晨四点就上了山。";
    let other = body.replace("40", "30");
    let corpus = corpus(&[body, &other]);
    let found = align(&corpus);
    let middle = found.iter().find(|a| a.a.index == 1 && a.b.index == 1).unwrap();
    assert_eq!(middle.neighbours, 2);
}

#[test]
fn a_diff_keeps_figures_whole_and_reads_back() {
    let texts = ["据统计，4000家江苏企业当日已率先入驻。", "据统计，5000家该省企业当日就已率先入驻！"];
    let corpus = corpus(&texts);
    let id = |article| SentenceId { article: ArticleId(article), index: 0 };
    let parts = diff(&corpus, id(0), id(1));
    let side = |op: DiffOp| parts.iter().filter(|p| p.op != op).map(|p| p.text.as_str()).collect::<String>();
    assert_eq!(side(DiffOp::Insert), texts[0]);
    assert_eq!(side(DiffOp::Delete), texts[1]);
    let shown: Vec<_> = parts.iter().map(|p| (p.op.name(), p.text.as_str())).collect();
    assert_eq!(shown[1], ("delete", "4000家江苏"));
    assert_eq!(shown[2], ("insert", "5000家该省"));
    assert!(shown.contains(&("insert", "就")));
}

#[test]
fn two_long_texts_without_common_parts_end_soon() {
    let long: String = (0..30_000u32).map(|i| char::from_u32(0x4E00 + (i * 7919) % 20_000).unwrap()).collect();
    let back: String = long.chars().rev().collect();
    let (a, b) = (format!("共有2000所。{long}"), format!("共有2000所。{back}"));
    let corpus = corpus(&[&a, &b]);
    let id = |article| SentenceId { article: ArticleId(article), index: 1 };
    assert!(!diff(&corpus, id(0), id(1)).is_empty());
    let _ = align(&corpus);
}

#[test]
fn passages_come_in_the_order_of_the_first_document() {
    let corpus = corpus(&[
        "码头上新到了一批陶罐，共350只，准备运往南方。灯塔夜里亮到天明，守塔的老人养了5只猫。",
        "灯塔夜里亮到天明，守塔的老人养了6只猫。码头上新到了一批陶罐，共530只，准备运往南方。",
    ]);
    let found = passages(&corpus, DocumentId(0), DocumentId(1));
    let order: Vec<_> = found.iter().map(|p| (p.a.index, p.b.index)).collect();
    assert_eq!(order, [(0, 1), (1, 0)]);
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    let texts: Vec<String> = (0..60)
        .map(|i| format!("第{}批旅客登上渡轮，共计{}人，船长说海上风平浪静。甲板上很热闹。", i % 5, i))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let corpus = corpus(&texts);
    let run =
        |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| align(&corpus));
    assert_eq!(run(1), run(3));
}

#[test]
fn short_copies_with_two_edits_still_meet() {
    let found = differs(&[
        "这条缆车由恒垚重工集团承建，春节前可以载客，山上的茶农已经盼了很久。",
        "这条缆车由恒尧重工集团承建，春节前可以载客，山上的茶农盼了很久。",
    ]);
    assert_eq!(found, [(vec!["垚".to_owned(), "已经".to_owned()], vec!["尧".to_owned()])]);
}

#[test]
fn passages_are_found_before_a_figure_is_read() {
    let mut corpus = corpus(&[
        "老港渔业队昨天出海，带回带鱼350箱，分给岸上60户人家。码头今天停工。",
        "灯塔夜里亮到天明。老港渔业队昨天出海，带回带鱼530箱，分给岸上60户人家。",
    ]);
    corpus.claims.clear();
    corpus.claims_of.iter_mut().for_each(|range| *range = 0..0);
    let found = find(&corpus);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].a.index, found[0].b.index, found[0].share), (0, 1, 1.0));
}
