use super::*;
use crate::model::BlockKind;
use crate::text::Span;

fn one(name: &str, bytes: &[u8]) -> Document {
    let mut loaded = load(name, bytes, format_of(name).unwrap());
    assert_eq!(loaded.documents.len(), 1, "{:?}", loaded.issues);
    loaded.documents.remove(0)
}

/// Where `needle` stands in the file, by its first place in the plain text.
fn place(document: &Document, needle: &str) -> (u32, u32) {
    let at = document.plain().find(needle).unwrap_or_else(|| panic!("{needle} not in {:?}", document.plain()));
    document.map.to_file(document.map.to_source(Span::new(at, at + needle.len())))
}

#[test]
fn a_figure_leads_back_to_its_bytes_in_every_encoding() {
    let text = "本市新增岗位3200个，𠮷野家开店17家。\r\n同比增长6.5％。\r\n".repeat(8);
    let utf16 = |order: fn(u16) -> [u8; 2], mark: &[u8]| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(order)).collect()
    };
    let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    for (bytes, at) in [
        (text.as_bytes().to_vec(), 18),
        ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), 21),
        (gb, 12),
        (utf16(u16::to_le_bytes, &[0xFF, 0xFE]), 14),
        (utf16(u16::to_be_bytes, &[0xFE, 0xFF]), 14),
        (utf16(u16::to_le_bytes, &[]), 12),
    ] {
        let document = one("a.txt", &bytes);
        assert_eq!(document.plain(), text);
        let (start, end) = place(&document, "3200");
        assert_eq!(start, at);
        let piece = &bytes[start as usize..end as usize];
        assert_eq!(piece.iter().filter(|b| **b != 0).copied().collect::<Vec<_>>(), b"3200");
        let (start, end) = place(&document, "17家");
        assert!(String::from_utf8_lossy(&bytes[start as usize..end as usize]).replace('\0', "").starts_with("17"));
    }
}

#[test]
fn markdown_keeps_the_words_and_drops_the_marks() {
    let text = "---\ntitle: \"九市联合推出12条\"\ndate: 2022-05-20\n---\n\n# 九市联合推出11条\n\n共有**3**000家，~~旧数9家~~见[名单](http://a.b/4000)。\n下一段有7家。\n\n- 甲1个\n- 乙2个\n\n| 年份 | 数量 |\n|--|--|\n| 2023 | 2,000所 |\n";
    let document = one("a.md", text.as_bytes());
    assert_eq!(
        document.plain(),
        "九市联合推出12条\n九市联合推出11条\n共有3000家，见名单。\n下一段有7家。\n甲1个\n乙2个\n年份\n数量\n2023\n2,000所\n"
    );
    assert_eq!(document.date, Some(jiff::civil::date(2022, 5, 20)));
    let (start, end) = place(&document, "3000家");
    assert_eq!(&text[start as usize..end as usize], "3**000家");
    let (start, end) = place(&document, "12条");
    assert_eq!(&text[start as usize..end as usize], "12条");
}

#[test]
fn bad_records_are_named_and_good_ones_read() {
    let text = "{\"id\":\"a\",\"text\":\"共有20所。\",\"date\":\"2024-02-30\"}\n{bad\n\n[1]\n{\"id\":\"a\",\"text\":\"共有30所。\"}\n";
    let loaded = load("x.jsonl", text.as_bytes(), Format::JsonLines);
    assert_eq!(loaded.documents.len(), 2);
    assert_eq!(loaded.documents[1].record.as_ref().unwrap().line, 5);
    assert_eq!(loaded.issues.iter().map(|i| i.line.unwrap()).collect::<Vec<_>>(), [1, 2, 4, 5]);
    let none = load("x.jsonl", b"[{\"id\":1}]", Format::JsonLines);
    assert!(none.documents.is_empty() && none.issues.iter().any(|i| i.level == IssueLevel::Error));
}

fn html(text: &str) -> String {
    one("a.html", text.as_bytes()).plain().trim_end().replace('\n', "|")
}

#[test]
fn html_reads_what_a_reader_sees() {
    for (text, plain) in [
        (
            "<p>共有3家</p><script>var n='4家'</script><style>.a{width:5px}</style><template>6家</template><p>完",
            "共有3家|完",
        ),
        (
            "<p hidden>4家</p><p style='color:red; Display: none'>5家</p><del>6家</del><input value='7家'><p>共8家</p>",
            "共8家",
        ),
        ("<div><p hidden>4家</div>共8家", "共8家"),
        (
            "<p>共有&#50;000所、1&#44;234家、&nbsp;5&nbsp;家、&bogus;9家</p>",
            "共有2000所、1,234家、\u{A0}5\u{A0}家、&bogus;9家",
        ),
        (
            "<p>共有2<b>00</b>0<span></span>所，增长3<wbr>.5<sub></sub>%，a<br>b 12<br>34家</p>",
            "共有2000所，增长3.5%，a|b 12|34家",
        ),
        (
            "<table><tr><td>12</td><td>34家</td></tr></table><div>56</div><div>78家</div><li>9</li>0家",
            "12|34家|56|78家|9|0家",
        ),
        (
            "<p>共有2000所<sup>[3]</sup>，面积10<sup>2</sup>米，19<sup>th</sup>，5米<sup>3</sup>，见<sup>1</sup>注，CO<sub>2</sub></p>",
            "共有2000所，面积10²米，19th，5米³，见注，CO2",
        ),
        ("<p><ruby>共<rt>1</rt></ruby>有20<ruby>所<rp>(</rp><rt>suo3</rt><rp>)</rp></ruby></p>", "共有20所"),
        ("<p>\n  甲地\n  乙地 丙 \n d\n e</p>", "甲地乙地 丙 d e"),
        ("<pre>甲 1\n乙  2\n</pre>", "甲 1|乙  2"),
        ("<p>行内<code>9家</code>共3家", "行内 共3家"),
        ("共有3家<p class=\"x", "共有3家"),
        ("<svg><title>x</title><text>4家</text></svg><p>共3家", "共3家"),
        ("<iframe srcdoc=\"<p>4家</p>\"></iframe><nav>5家</nav><select><option>6家</select><p>共3家", "共3家"),
    ] {
        assert_eq!(html(text), plain, "{text}");
    }
}

#[test]
fn html_metadata_titles_and_kinds() {
    let text = "<html lang=zh-CN><head><meta charset=utf-8><title>新站上线_陇上新闻网</title><meta property='article:published_time' content='2016-12-29T08:00:00+08:00'><meta property=og:site_name content='陇上&amp;新闻网'></head><body><p>正文有3家。</p><h2>小标题</h2><ul><li>甲<ul><li>乙</ul></ul><blockquote><p>引文</p></blockquote><figure><figcaption>图1</figcaption></figure></body>";
    let document = one("a.html", text.as_bytes());
    assert_eq!(document.title.as_deref(), Some("新站上线"));
    assert_eq!(document.source.as_deref(), Some("陇上&新闻网"));
    assert_eq!((document.date, document.lang), (Some(jiff::civil::date(2016, 12, 29)), Some(Lang::Zh)));
    let kinds: Vec<_> = document.blocks.iter().map(|b| (document.text(b.span), b.kind, b.level)).collect();
    assert_eq!(
        kinds,
        [
            ("新站上线", BlockKind::Title, 0),
            ("正文有3家。", BlockKind::Paragraph, 0),
            ("小标题", BlockKind::Heading, 1),
            ("甲", BlockKind::ListItem, 0),
            ("乙", BlockKind::ListItem, 1),
            ("引文", BlockKind::Quote, 0),
            ("图1", BlockKind::Caption, 0),
        ]
    );
    assert_eq!(html("<title>页名 - 站名</title><h1>正题12条</h1>"), "正题12条");
}

#[test]
fn cells_know_their_row_and_column() {
    let text = "<table><thead><tr><th rowspan=2>地区<th colspan=2>企业<tr><th>新增<th>总数</thead><tr><td>兰州<td>3<td>5<tr><td>天水<td><p>4</p><td>6</table>";
    let document = one("a.html", text.as_bytes());
    let cells: Vec<_> = document
        .blocks
        .iter()
        .map(|b| match b.kind {
            BlockKind::Cell(c) => (document.text(b.span), c.row, c.column, c.header),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("地区", 0, 0, true),
            ("企业", 0, 1, true),
            ("新增", 1, 1, true),
            ("总数", 1, 2, true),
            ("兰州", 2, 0, false),
            ("3", 2, 1, false),
            ("5", 2, 2, false),
            ("天水", 3, 0, false),
            ("4", 3, 1, false),
            ("6", 3, 2, false),
        ]
    );
}

#[test]
fn an_article_in_one_line_of_html_inside_markdown() {
    let text = "---\ntitle: \"甲地推出纾困十条\"\n---\n> 导语有3家。\n\n<p>近日，<span id=\"x\"><a href=\"http://q/9家\">某公司</a></span>增长<b>20</b>%。</p><p>第二段<!-- 7家 --></p>\n\n行内<del>旧8家</del>有<b>4</b>0家，`9家`。\n\n<!-- 未闭合\n共有50家\n";
    let document = one("a.md", text.as_bytes());
    assert_eq!(document.plain(), "甲地推出纾困十条\n导语有3家。\n近日，某公司增长20%。\n第二段\n行内有40家， 。\n");
    let (start, end) = place(&document, "20%");
    assert_eq!(&text[start as usize..end as usize], "20</b>%");
}

#[test]
fn marks_of_ranges_and_products_are_kept() {
    let document = one("a.md", "约3~5家，另有10~20家；箱体5*3*2米，*重要*。".as_bytes());
    assert_eq!(document.plain(), "约3~5家，另有10~20家；箱体5*3*2米，重要。\n");
}

#[test]
fn a_text_file_may_hold_an_article_with_a_head_or_a_page() {
    let document = one(
        "a.txt",
        "---\ntitle: \"甲地推出十条\"\ndate: 2022-05-20 13:43:49 +0800\n---\n<p>共有<b>3</b>0家。</p><p>完</p>"
            .as_bytes(),
    );
    assert_eq!((document.plain(), document.format), ("甲地推出十条\n共有30家。\n完\n", Format::Markdown));
    assert_eq!(one("a.txt", "<!DOCTYPE html><p>共有<b>3</b>0家".as_bytes()).plain(), "共有30家\n");
    let plain = "---\n甲：3家\n---\n乙<5家";
    assert_eq!(one("a.txt", plain.as_bytes()).plain(), plain);
}

#[test]
fn wrapped_lines_are_one_paragraph_and_a_line_of_chinese_is_one_too() {
    let english = "The mill at Oakdale cut its output by 12 percent in the first\nquarter, after orders from the three largest buyers fell to\n4,300 tonnes, the company said on Monday in its report for\nthe year.\n\nIt employs 310 people.\n";
    let document = one("a.txt", english.as_bytes());
    assert_eq!(document.blocks.len(), 2);
    assert!(document.plain().contains("fell to 4,300 tonnes, the company"));
    let (start, end) = place(&document, "to 4,300");
    assert_eq!(&english[start as usize..end as usize], "to\n4,300");
    let chinese = "全市共有高校20所，在校学生31万人。\n今年新增2所。\n其中民办高校7所，比上年多1所，占三成五。\n";
    assert_eq!(one("a.txt", chinese.as_bytes()).blocks.len(), 3);
    let wrapped = "全市共有高校二十所，在校学生三十一万人，比上年增加两\n成多，其中民办高校七所，在校学生六万人，占全市在校学\n生总数的两成，学校数比上年多一所，学生数比上年多五千\n人。\n";
    assert_eq!(one("a.md", wrapped.as_bytes()).blocks.len(), 1);
    assert!(one("a.txt", wrapped.as_bytes()).plain().contains("增加两成多"));
    let list = "Sales rose to 40 units.\nCosts fell to 12 units a year.\nProfit was 3.\n";
    assert_eq!(one("a.txt", list.as_bytes()).blocks.len(), 3);
}

#[test]
fn unseen_characters_do_not_cut_figures() {
    for name in ["a.txt", "a.md", "a.html"] {
        let text = "共有2\u{200B}000所，增长3\u{FEFF}5%，另有2\u{AD}000家。";
        let document = one(name, text.as_bytes());
        assert_eq!(document.plain().trim_end(), "共有2000所，增长35%，另有2000家。");
        let (start, end) = place(&document, "2000所");
        assert_eq!(&text[start as usize..end as usize], "2\u{200B}000所");
    }
}

#[test]
fn passages_marked_so_are_not_read() {
    let text = "共3家。\n\n<!-- factlint-ignore-start -->\n共4家。\n\n<!-- factlint-ignore-end -->\n\n共5家。\n";
    assert_eq!(one("a.md", text.as_bytes()).plain(), "共3家。\n共5家。\n");
    let loaded = load("a.md", text.replace("-end", "-fin").as_bytes(), Format::Markdown);
    assert_eq!(loaded.documents[0].plain(), "共3家。\n");
    assert_eq!(loaded.issues[0].line, Some(3));
}

#[test]
fn a_wrong_charset_in_the_head_does_not_mislead() {
    let text = "<meta charset=\"utf-8\"><p>全市共有2000所高校，去年增长3.5%，位居全省前列。</p>".repeat(4);
    let gbk = encoding_rs::GBK.encode(&text).0.into_owned();
    let loaded = load("a.html", &gbk, Format::Html);
    assert!(loaded.documents[0].plain().contains("全市共有2000所高校"));
    assert!(loaded.issues.iter().any(|i| i.message.en.contains("GB18030")));
    let loaded = load("a.html", text.replace("utf-8", "gbk").as_bytes(), Format::Html);
    assert!(loaded.documents[0].plain().contains("全市共有2000所高校") && !loaded.issues.is_empty());
}

/// Every block's text, piece by piece, is what stands in the file at the place the map names, once the file's own way of writing
/// a piece is undone.
fn leads_back(document: &Document, decode: impl Fn(&[u8]) -> String, bytes: &[u8]) {
    for block in &document.blocks {
        let text = document.text(block.span);
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
        for (i, c) in text.char_indices() {
            let start = block.span.start as usize + i;
            let source = document.map.to_source(Span::new(start, start + c.len_utf8()));
            let there = source.of(&document.decoded);
            let (from, to) = document.map.to_file(source);
            let raw = decode(&bytes[from as usize..to as usize]);
            assert_eq!(raw, there, "{c:?} of {text:?}");
            let plain = c.to_string();
            let kept = there == plain
                || entity::decoded(there) == plain
                || (c == ' ' && !there.is_empty())
                || there.starts_with('\\')
                // A raised digit or sign stands for the plain one, however that is written.
                || "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c);
            assert!(kept, "{c:?} of {text:?} leads to {there:?}");
        }
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    const TOKENS: &[&str] = &[
        "全市",
        "新增",
        "3200",
        "4000多家",
        "３．５％",
        "１，２３４",
        "，",
        "。",
        "“",
        "”",
        "　",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "𠮷",
        "·",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<br>",
        "&nbsp;",
        "&#50;",
        "&amp;",
        "**",
        "*",
        "~~",
        "~",
        "`",
        "- ",
        "1. ",
        "> ",
        "# ",
        "| a | b |\n|--|--|\n",
        "| 1 | 2 |\n",
        "<td>",
        "<table>",
        "</table>",
        "<del>",
        "</del>",
        "<!--",
        "-->",
        "\\,",
        "[",
        "](x)",
        "![",
        "---\n",
        "title: \"甲\\\"乙\"\n",
        "<sup>",
        "</sup>",
        "2",
        "a.m.",
        "word",
        "\t",
        "<script>",
        "</script>",
        "<pre>",
        "</pre>",
        "\"",
        "'",
        "e\u{301}",
        "\u{200B}",
        "<h1>",
        "</h1>",
        "<li>",
        "<ul>",
        "</ul>",
        "&bogus;",
        "<title>",
        "</title>",
        "$",
        "～",
        "—",
    ];

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(0..TOKENS.len(), 0..60).prop_map(|t| t.into_iter().map(|i| TOKENS[i]).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn spans_lead_back_in_every_format_and_encoding(text in text()) {
            for format in [Format::Text, Format::Markdown, Format::Html] {
                let loaded = load("a", text.as_bytes(), format);
                leads_back(&loaded.documents[0], |b| String::from_utf8(b.to_vec()).unwrap(), text.as_bytes());
                let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
                let again = load("a", &marked, format);
                prop_assert_eq!(again.documents[0].plain(), loaded.documents[0].plain());
                leads_back(&again.documents[0], |b| String::from_utf8(b.to_vec()).unwrap(), &marked);
                let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
                let again = load("a", &utf16, format);
                prop_assert_eq!(again.documents[0].plain(), loaded.documents[0].plain());
                leads_back(&again.documents[0], |b| encoding_rs::UTF_16LE.decode_without_bom_handling(b).0.into_owned(), &utf16);
                // Enough of one script for the encoding to be told.
                let long = format!("{}{text}", "本市统计部门发布的公报显示，各项工作进展顺利，群众收入稳步提高。\n".repeat(4));
                let gb = encoding_rs::GB18030.encode(&long).0.into_owned();
                let again = load("a", &gb, format);
                if again.documents[0].decoded == long {
                    leads_back(&again.documents[0], |b| encoding_rs::GB18030.decode_without_bom_handling(b).0.into_owned(), &gb);
                }
            }
            let record = serde_json::json!({"id": "a", "text": text}).to_string();
            let loaded = load("a", record.as_bytes(), Format::JsonLines);
            leads_back(&loaded.documents[0], |b| String::from_utf8(b.to_vec()).unwrap(), text.as_bytes());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for format in [Format::Text, Format::Markdown, Format::Html, Format::JsonLines, Format::Docx] {
                for document in load("a", &bytes, format).documents {
                    for block in &document.blocks {
                        let source = document.map.to_source(block.span);
                        let (from, to) = document.map.to_file(source);
                        prop_assert!(from <= to);
                    }
                }
            }
        }
    }
}
