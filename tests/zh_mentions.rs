//! Chinese mentions against tables of value → spellings (tests/tables/zh-*.tsv), and what must hold of any text at all.

use std::fmt::Write as _;

use factlint::lang::{Context, Language, zh::Chinese};
use factlint::model::Mention;
use factlint::quantity::{Bound, plain_decimal};
use factlint::text::Span;
use proptest::prelude::*;

fn chinese() -> Chinese {
    Chinese::new(factlint::embedded::FILES).expect("the embedded words are sound")
}

fn read(zh: &Chinese, text: &str, reference: Option<&str>) -> Vec<Mention> {
    let mut context = Context { reference: reference.and_then(|d| d.parse().ok()), ..Context::default() };
    let mut out = Vec::new();
    zh.mentions(text, Span::new(0, text.len()), &mut context, &mut out);
    out
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

fn bound(b: Option<Bound>) -> String {
    b.map_or("-".to_owned(), |b| plain_decimal(b.value))
}

fn same(want: &str, got: &str) -> bool {
    want == "*" || want == got
}

#[test]
fn amounts_are_the_same_however_they_are_written() {
    let zh = chinese();
    let mut wrong = String::new();
    for row in rows(include_str!("tables/zh-amounts.tsv")) {
        let [kind, point, unit, low, high, hedge, spellings] = row[..] else { panic!("a row of seven: {row:?}") };
        for spelling in spellings.split('|').map(str::trim) {
            let found = read(&zh, spelling, None);
            let Some(m) = found.first().filter(|_| found.len() == 1) else {
                writeln!(wrong, "{spelling}: {} mentions", found.len()).unwrap();
                continue;
            };
            let q = &m.quantity;
            let got = (
                q.kind.name(),
                q.point.map_or("-".to_owned(), plain_decimal),
                q.unit.as_deref().unwrap_or("-").to_owned(),
                bound(q.literal.low),
                bound(q.literal.high),
                q.hedge.and_then(factlint::model::Hedge::name).unwrap_or("-"),
            );
            let right = got.0 == kind
                && same(point, &got.1)
                && same(unit, &got.2)
                && same(low, &got.3)
                && same(high, &got.4)
                && got.5 == hedge;
            if !right {
                writeln!(wrong, "{spelling}: {got:?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn dates_are_the_same_however_they_are_written() {
    let zh = chinese();
    let mut wrong = String::new();
    for row in rows(include_str!("tables/zh-dates.tsv")) {
        let [kind, first, last, timex, reference, spellings] = row[..] else { panic!("a row of six: {row:?}") };
        for spelling in spellings.split('|').map(str::trim) {
            let found = read(&zh, spelling, Some(reference));
            let Some(m) = found.first().filter(|_| found.len() == 1) else {
                writeln!(wrong, "{spelling}: {} mentions", found.len()).unwrap();
                continue;
            };
            let Some(time) = &m.quantity.time else {
                writeln!(wrong, "{spelling}: {}", m.quantity.kind.name()).unwrap();
                continue;
            };
            let day = |d: Option<jiff::civil::Date>| d.map_or("-".to_owned(), |d| d.to_string());
            let got = (m.quantity.kind.name(), day(time.first), day(time.last));
            // A year that the text gives shows in the TIMEX3 value; one that the reference gives does not.
            if got.0 != kind || !same(first, &got.1) || !same(last, &got.2) || !same(timex, &time.timex) {
                writeln!(wrong, "{spelling}: {got:?} {}", time.timex).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_is_no_figure_is_left_alone() {
    let zh = chinese();
    let lines = include_str!("tables/zh-no-figures.txt").lines().filter(|l| !l.starts_with('#'));
    for line in lines.filter_map(|l| l.split('\t').next()) {
        let found: Vec<&str> = read(&zh, line, None).iter().map(|m| m.span.of(line)).collect();
        assert!(found.is_empty(), "{line}: {found:?}");
    }
}

#[test]
fn a_sentence_gives_its_figures_in_order_and_with_their_hedges() {
    let zh = chinese();
    let text = "截至2012年6月底，该市共有约3200家工厂，其中近500家停产，产值同比下降12.5%，损失超过3亿元。";
    let found: Vec<(&str, &str, bool)> = read(&zh, text, None)
        .iter()
        .map(|m| (m.span.of(text), m.quantity.kind.name(), m.quantity.negative))
        .collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            ("2012年6月底", "date", false),
            ("约3200家", "count", false),
            ("近500家", "count", false),
            ("12.5%", "percentage", true),
            ("超过3亿元", "money", false),
        ]
    );
}

#[test]
fn a_unit_behind_the_last_of_a_list_is_of_all() {
    let zh = chinese();
    for (text, want) in [
        ("增速分别低0.5个和1.8个百分点。", [("0.5", "pp"), ("1.8", "pp")]),
        ("增速低0.5和1.8个百分点。", [("0.5", "pp"), ("1.8", "pp")]),
        ("每吨分别提高300和290元。", [("300", "CNY"), ("290", "CNY")]),
        ("全长分别为3.2和4.5公里。", [("3.2", "km"), ("4.5", "km")]),
    ] {
        let found = read(&zh, text, None);
        let got: Vec<(String, &str)> = found
            .iter()
            .map(|m| {
                (m.quantity.point.map_or_else(String::new, |p| p.to_string()), m.quantity.unit.as_deref().unwrap_or(""))
            })
            .collect();
        let got: Vec<(&str, &str)> = got.iter().map(|(p, u)| (p.as_str(), *u)).collect();
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn by_how_much_and_to_what_is_no_range() {
    let zh = chinese();
    for (text, want) in [
        ("95号汽油每升上调0.12元至7.86元。", &["0.12元", "7.86元"][..]),
        ("客流量增加3万人次至12万人次。", &["3万人次", "12万人次"]),
        ("净利润下降9.2亿元至8.6亿元。", &["9.2亿元", "8.6亿元"]),
        ("每斤上涨2元至3元。", &["2元至3元"]),
        ("票价下调10元至50元不等。", &["10元至50元"]),
        ("预计增长1%至5%。", &["1%至5%"]),
    ] {
        let found = read(&zh, text, None);
        let got: Vec<&str> = found.iter().map(|m| m.span.of(text)).collect();
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn a_unit_is_told_from_the_word_that_it_begins() {
    let zh = chinese();
    for (text, want) in [
        ("未来两周有3天气温回升。", &["3天"][..]),
        ("全市12月有3天下雪。", &["12月", "3天"]),
        ("仅2人生还，两人均为村民，3人工作组进驻。", &["2人", "两人", "3人"]),
        ("用户突破6000大关。", &["突破6000"]),
        ("他投进3记远射。", &["3记"]),
    ] {
        let found = read(&zh, text, None);
        let got: Vec<&str> = found.iter().map(|m| m.span.of(text)).filter(|t| !t.contains('周')).collect();
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn a_day_leans_on_the_month_named_before() {
    let zh = chinese();
    let text = "2015年11月6日他到了兰州，9日返回，当天下午3时许被捕。";
    let days: Vec<Option<String>> = read(&zh, text, Some("2016-04-01"))
        .iter()
        .map(|m| m.quantity.time.as_ref().and_then(|t| t.first).map(|d| d.to_string()))
        .collect();
    assert_eq!(
        days[..3],
        [Some("2015-11-06".to_owned()), Some("2015-11-09".to_owned()), Some("2015-11-09".to_owned())]
    );
}

#[test]
fn parts_of_a_mention_address_the_original_text() {
    let zh = chinese();
    let text = "全市共有約２０００多家企業，投資總額超過兩萬億元。";
    let found = read(&zh, text, None);
    let parts: Vec<(&str, &str, &str)> =
        found.iter().map(|m| (m.span.of(text), m.numeral.of(text), m.unit_span.map_or("", |u| u.of(text)))).collect();
    assert_eq!(parts, [("約２０００多家", "２０００多", "家"), ("超過兩萬億元", "兩萬億", "元")]);
}

/// `n` in Chinese numerals.
fn in_chinese(mut n: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    fn section(n: u64) -> String {
        let mut out = String::new();
        let mut gap = false;
        for (scale, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let d = n / scale % 10;
            if d == 0 {
                gap = !out.is_empty();
            } else {
                if gap {
                    out.push('零');
                    gap = false;
                }
                out.push_str(DIGITS[d as usize]);
                out.push_str(word);
            }
        }
        out
    }
    let mut parts = Vec::new();
    for word in ["", "万", "亿", "万亿"] {
        parts.push((n % 10_000, word));
        n /= 10_000;
    }
    let mut out = String::new();
    let mut gap = false;
    for &(value, word) in parts.iter().rev() {
        if value == 0 {
            gap |= !out.is_empty();
            continue;
        }
        if !out.is_empty() && (gap || value < 1000) {
            out.push('零');
        }
        gap = false;
        // 万亿 and 亿 share the 亿 where both are there.
        let word = if word == "万亿" && parts[2].0 > 0 { "万" } else { word };
        out.push_str(&section(value));
        out.push_str(word);
    }
    out
}

fn full_width(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c }).collect()
}

fn formal(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '一' => '壹',
            '二' => '贰',
            '三' => '叁',
            '四' => '肆',
            '五' => '伍',
            '六' => '陆',
            '七' => '柒',
            '八' => '捌',
            '九' => '玖',
            '十' => '拾',
            '百' => '佰',
            '千' => '仟',
            '万' => '萬',
            '亿' => '億',
            c => c,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_value_in_every_writing(n in prop_oneof![2u64..10_000, 10_000u64..100_000_000, 100_000_000u64..9_000_000_000_000]) {
        thread_local!(static ZH: Chinese = chinese());
        ZH.with(|zh| {
            let han = in_chinese(n);
            let grouped = {
                let digits = n.to_string();
                let mut out = String::new();
                for (i, c) in digits.chars().enumerate() {
                    if i > 0 && (digits.len() - i) % 3 == 0 {
                        out.push(',');
                    }
                    out.push(c);
                }
                out
            };
            for spelling in [n.to_string(), full_width(&n.to_string()), grouped, han.clone(), formal(&han)] {
                let text = format!("共发放{spelling}元。");
                let found = read(zh, &text, None);
                prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
                prop_assert_eq!(found[0].quantity.point.map(plain_decimal), Some(n.to_string()), "{}", text);
                prop_assert_eq!(found[0].numeral.of(&text), &spelling);
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_soup_of_tokens_gives_mentions_that_stand_in_order(
        tokens in proptest::collection::vec(
            prop_oneof![
                Just("1"), Just("9"), Just("0"), Just("２"), Just("000"), Just("一"), Just("两"), Just("三"), Just("零"), Just("〇"), Just("十"), Just("百"),
                Just("千"), Just("万"), Just("亿"), Just("兆"), Just("壹"), Just("陆"), Just("拾"), Just("萬"), Just("廿"), Just("半"), Just("几"), Just("数"), Just("多"),
                Just("余"), Just("来"), Just("点"), Just("."), Just(","), Just("，"), Just("、"), Just("-"), Just("—"), Just("至"), Just("到"), Just("分之"), Just("分"),
                Just("%"), Just("％"), Just("‰"), Just("成"), Just("折"), Just("倍"), Just("番"), Just("翻"), Just("年"), Just("月"), Just("日"), Just("号"), Just("时"),
                Just("周"), Just("第"), Just("前"), Just("上"), Just("近"), Just("约"), Just("超过"), Just("不到"), Just("以上"), Just("以下"), Just("左右"), Just("元"),
                Just("角"), Just("美元"), Just("￥"), Just("家"), Just("个"), Just("岁"), Just("公里"), Just("度"), Just("零下"), Just("去年"), Just("昨天"), Just("以来"),
                Just("下午"), Just(":"), Just("："), Just("("), Just("）"), Just("《"), Just("》"), Just(" "), Just("A"), Just("kg"), Just("是"), Just("的"), Just("𝟐"), Just("e")
            ],
            0..60,
        )
    ) {
        thread_local!(static ZH: Chinese = chinese());
        ZH.with(|zh| {
            let text = tokens.concat();
            let found = read(zh, &text, Some("2016-03-01"));
            let mut last = 0;
            for m in &found {
                prop_assert!(m.span.start >= last && m.span.end > m.span.start, "{}: {:?}", text, m);
                prop_assert!(text.get(m.span.range()).is_some() && m.span.contains(m.numeral), "{}: {:?}", text, m);
                prop_assert!(m.unit_span.is_none_or(|u| m.span.contains(u)), "{}: {:?}", text, m);
                last = m.span.end;
            }
            Ok(())
        })?;
    }
}

#[test]
fn long_runs_end_soon() {
    let zh = chinese();
    for unit in [
        "九",
        "1",
        "万",
        "亿",
        "1,",
        "1、",
        "一百",
        "3-",
        "1.",
        "第",
        "《1",
        "2016年",
        "零",
        "(",
        "1 ",
        "约",
        "1:",
        "点",
        "a1/",
        "半",
        "1 2%",
        "1 1 ",
        "1:2比例",
        "38金",
        "个半",
        "差十分",
        "3.5元",
        "去年",
        "-1",
        "上",
    ] {
        let text = unit.repeat(30_000 / unit.len());
        let started = std::time::Instant::now();
        let _ = read(&zh, &text, Some("2016-03-01"));
        assert!(started.elapsed().as_secs() < 5, "{unit}");
    }
}
