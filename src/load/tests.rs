use super::*;
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
