//! What stands behind the camps of a clash, what slip it looks like, and how it is told: in the notation of the article.

use factlint::model::{Finding, Format};
use factlint::pipeline::{CheckOptions, Engine};
use factlint::rule::RuleSet;

fn of(articles: &[(&str, &str)]) -> Vec<Finding> {
    let engine = Engine::new(RuleSet::embedded());
    let pieces = articles
        .iter()
        .enumerate()
        .map(|(i, (date, text))| {
            let head = if date.is_empty() { String::new() } else { format!("---\ndate: {date}\n---\n\n") };
            engine.read(&format!("{i}.md"), format!("{head}{text}\n").as_bytes(), Format::Markdown)
        })
        .collect();
    engine.check(pieces, CheckOptions::default()).findings
}

fn messages(text: &str) -> Vec<(String, String)> {
    of(&[("", text)]).into_iter().map(|f| (f.message.zh, f.message.en)).collect()
}

#[test]
fn copies_count_once_and_dates_and_sources_are_named() {
    let wire = "据市园林局介绍，9月3日栖霞公园的菊展共展出菊花4600盆，设展区7个，开放至月底。";
    let other = "9月3日，栖霞公园菊展展出菊花6400盆，7个展区开放至月底，门票30元。";
    let found = of(&[("2024-09-04", wire), ("2024-09-05", wire), ("2024-09-06", other)]);
    let finding = found.iter().find(|f| f.check == "conflicting-figure").expect("4600 against 6400");
    let [a, b] = finding.evidence.as_slice() else { panic!("{:?}", finding.evidence) };
    assert_eq!((a.articles, a.independent, b.articles, b.independent), (2, 1, 1, 1));
    assert_eq!(
        (a.first.map(|d| d.to_string()), a.last.map(|d| d.to_string())),
        (Some("2024-09-04".into()), Some("2024-09-05".into()))
    );
    assert_eq!(a.sources.len(), 1, "{:?}", a.sources);
    assert!(a.corrects.is_empty() && b.corrects.is_empty());
    assert_eq!(finding.diagnosis.as_ref().map(|d| d.en.as_str()), Some("two digits are swapped"));
}

#[test]
fn a_camp_that_takes_back_the_other_is_told() {
    let first = "8月5日，云台镇发生山洪，冲毁桥梁3座，转移群众4300人。";
    let second = "8月5日，云台镇发生山洪，冲毁桥梁3座，转移群众3400人。此前报道的转移群众4300人有误。";
    let found = of(&[("", first), ("", second)]);
    let Some(finding) = found.iter().find(|f| f.evidence.len() == 2) else { panic!("{found:?}") };
    assert_eq!(finding.evidence.iter().map(|e| e.corrects.len()).sum::<usize>(), 1, "{:?}", finding.evidence);
}

#[test]
fn slips_are_named() {
    let slip = |a: &str, b: &str| {
        let found = of(&[("", a), ("", b)]);
        found.iter().find_map(|f| f.diagnosis.clone()).map(|d| d.zh).unwrap_or_default()
    };
    let told = |figure: &str| format!("青石港三期工程9月动工，项目总投资{figure}，将建5万吨级泊位2个，占地860亩。");
    assert!(slip(&told("12.6亿元"), &told("16.2亿元")).contains("对调"));
    assert!(slip(&told("12.6亿元"), &told("12.6万元")).contains("只差“亿元”与“万元”"));
    assert!(slip(&told("12.6亿元"), &told("126亿元")).contains("小数点"));
    assert!(slip(&told("1265万元"), &told("125万元")).contains("漏写或多写"));
    assert!(slip(&told("1265万元"), &told("12265万元")).contains("重复"));
    assert!(slip(&told("4356万元"), &told("4366万元")).contains("只有一位"));
    let last =
        |figure: &str, more: &str| format!("今年，石堰县茶叶产量达到{figure}，茶园面积5.2万亩，茶企46家。{more}");
    let earlier = slip(&last("3180吨", "去年全县茶叶产量为2750吨。"), &last("2750吨", ""));
    assert!(earlier.contains("上一期"), "{earlier}");
}

#[test]
fn messages_speak_in_the_notation_of_the_article() {
    assert_eq!(
        messages("湿地面积300亩（约200公顷）。"),
        [("300亩应合20公顷，不是约200公顷".to_owned(), "300亩 is 20公顷, not 约200公顷".to_owned())]
    );
    assert_eq!(
        messages("今年参赛者达400人，比去年增加80人，增长35%。")[0].0,
        "从320人（400人减80人）到400人，增加约25%，不是35%"
    );
    assert_eq!(
        messages("The fleet grew from 40 to 50 ships, up 20 percent.")[0].1,
        "from 40 to 50 is a rise of about 25%, not 20 percent"
    );
    assert_eq!(
        messages("全市共投入5.6亿元，其中甲区2.4亿元，乙区3.9亿元。")[0].0,
        "2个分项之和为6.3亿元，总数写作5.6亿元"
    );
    assert_eq!(
        messages(
            "The state gave $5.6 million: $2.4 million to schools, $2.1 million to roads and $1.9 million to parks."
        )[0]
        .1,
        "the 3 parts add to $6.4 million, the total says $5.6 million"
    );
    assert_eq!(messages("2025年1月8日（周四），报名截止。")[0].0, "2025年1月8日是星期三，不是星期四");
    let table = "| 镇 | 1月 | 合计 |\n|---|---|---|\n| 柳树 | 15 | 15 |\n| 石桥 | 10 | 10 |\n| 合计 | 26 | 25 |";
    assert_eq!(messages(table)[0].0, "表中“1月”各项之和为25，“合计”写作26");
}
