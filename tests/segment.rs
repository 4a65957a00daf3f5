//! Segmenting files as they come in: several articles in one, titles, datelines, leads.

use factlint::lang::layout::Layout;
use factlint::load::load;
use factlint::model::{Article, BlockKind, Document, DocumentId, Format, Lang};
use factlint::segment::segment;

fn read(text: &str, format: Format) -> (Document, Vec<Article>) {
    let document = load("a", text.as_bytes(), format).documents.remove(0);
    let articles = segment(&document, DocumentId(0), &Layout::embedded());
    (document, articles)
}

#[test]
fn two_articles_without_a_mark_between_them() {
    let text = "外贸新站在兰州上线\n　　12月29日，新站正式上线，已有300家企业入驻。\n　　危机中的商机\n　　店主说，订单增长了三成。(王明) \n\n　　政企联手求解外贸困局\n　　本报讯 (记者 李四) 12月29日，新站上线，已有500家企业入驻。\n　　今年以来，订单下降。\n";
    let (document, articles) = read(text, Format::Text);
    let titles: Vec<&str> = articles.iter().map(|a| a.title_text.as_str()).collect();
    assert_eq!(titles, ["外贸新站在兰州上线", "政企联手求解外贸困局"]);
    assert_eq!(articles[0].byline.map(|b| document.text(b)), Some("王明"));
    assert_eq!(articles[1].byline.map(|b| document.text(b)), Some("记者 李四"));
    assert_eq!(articles[0].date, None);
    let leads: Vec<&str> = articles[1].sentences.iter().filter(|s| s.lead).map(|s| document.text(s.span)).collect();
    assert_eq!(leads, ["本报讯 (记者 李四) 12月29日，新站上线，已有500家企业入驻。"]);
    let heading = articles[0].sentences.iter().find(|s| document.text(s.span) == "危机中的商机").unwrap();
    assert_eq!(heading.kind, BlockKind::Heading);
}

#[test]
fn the_day_of_a_dateline_takes_its_year_from_what_is_written() {
    let body = "新华社兰州12月30日电（记者王成）全省秋粮增产3万吨。\n据了解，明年还将增产。";
    assert_eq!(read(&format!("秋粮增产\n{body}"), Format::Text).1[0].date, None);
    let dated =
        |head: &str| read(&format!("---\ntitle: 秋粮增产\ndate: {head}\n---\n{body}"), Format::Markdown).1[0].date;
    assert_eq!(dated("2016-12-31"), Some(jiff::civil::date(2016, 12, 30)));
    assert_eq!(dated("2017-01-02"), Some(jiff::civil::date(2016, 12, 30)));
    assert_eq!(dated("2017-06-02"), Some(jiff::civil::date(2017, 6, 2)));
    assert_eq!(dated("2016-12-30"), Some(jiff::civil::date(2016, 12, 30)));
    let stamped = read("秋粮增产\n2016-12-31 09:12 来源：陇上晨报\n今年全省增产3万吨。", Format::Text);
    assert_eq!(stamped.1[0].date, Some(jiff::civil::date(2016, 12, 31)));
    assert_eq!(stamped.1[0].byline.map(|b| stamped.0.text(b)), None);
}

#[test]
fn titles_come_from_front_matter_headings_and_first_lines() {
    let (document, articles) =
        read("---\ntitle: \"全市新增12条公交线\"\n---\n\n全市新增11条公交线。\n", Format::Markdown);
    assert_eq!(articles[0].title.map(|t| document.text(t)), Some("全市新增12条公交线"));
    assert_eq!(articles[0].sentences[0].kind, BlockKind::Title);
    assert!(articles[0].sentences[1].lead);
    let (_, articles) = read("全市共有2000所高校", Format::Text);
    assert_eq!((articles[0].title, articles[0].sentences[0].kind), (None, BlockKind::Paragraph));
    assert!(read("　\n\n", Format::Text).1.is_empty());
    let (_, articles) = read("Mill output falls\n\nOutput fell by 3 percent in May.\n", Format::Text);
    assert_eq!((articles[0].lang, articles[0].title_text.as_str()), (Lang::En, "Mill output falls"));
}

#[test]
fn one_article_stays_one() {
    for text in [
        "---\ntitle: 江边夜市见闻\n---\n夜市开了三年，摊位从20个增至52个。（王明）\n摊主们的一天从午后开始\n记者在现场看到，摊主们正在备料。\n返回首页，查看更多内容\n",
        "夜市开了三年，摊位从20个增至52个，客流也翻了一番，附近的居民都说方便。\n图片来源：网络\n（2017-06-21 00:15:01）\n记者在现场看到，摊主们正在备料，准备迎接周末的客流高峰。\n",
    ] {
        assert_eq!(read(text, Format::Text).1.len(), 1, "{text}");
    }
}

#[test]
fn what_follows_a_list_of_related_reports_is_an_article() {
    let text = "电商门户争相升级换代\n受成本上升影响，今年中小企业外贸形势趋紧，只有39%的企业预计增长。\n相关报道\n企业过冬更要花钱搞信息化\n面对双重打击，不少企业正减缩成本，出货量下降了两成，利润更薄。\n";
    let (_, articles) = read(text, Format::Text);
    assert_eq!(
        articles.iter().map(|a| a.title_text.as_str()).collect::<Vec<_>>(),
        ["电商门户争相升级换代", "企业过冬更要花钱搞信息化"]
    );
}

#[test]
fn the_lead_is_the_first_running_text_or_what_is_marked_so() {
    let lead = |text: &str| {
        let (document, articles) = read(text, Format::Text);
        articles[0].sentences.iter().filter(|s| s.lead).map(|s| document.text(s.span).to_owned()).collect::<String>()
    };
    let body =
        "全市夏粮增产三成，总产量达到31万吨，收购价每公斤上涨2角，农户收入稳步增加。\n农技人员说，天气帮了大忙。";
    assert!(lead(&format!("夏粮增产\n收割现场。\n{body}")).starts_with("全市夏粮"));
    assert_eq!(lead(&format!("夏粮增产\n全市增产3成。\n{body}")), "全市增产3成。");
    assert!(
        lead(&format!("夏粮增产\n（原标题：夏粮增产三成，总产量31万吨，收购价每公斤上涨2角）\n{body}"))
            .starts_with("全市夏粮")
    );
    assert!(
        lead(&format!("夏粮增产\n农技人员在田间地头忙碌，为农户讲解秋播要点，已办班20期。\n导语：\n{body}"))
            .starts_with("全市夏粮")
    );
}
