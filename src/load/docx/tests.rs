use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::package::Package;
use super::{Word, read, read_from};
use crate::model::{BlockKind, Cell};

pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub(super) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) fn body(inner: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{W}\"><w:body>{inner}</w:body></w:document>")
}

pub(super) fn para(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

pub(super) fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn word(inner: &str) -> Word {
    read(&package(&[("word/document.xml", &body(inner))])).unwrap()
}

#[test]
fn runs_are_one_text_and_lead_back_to_their_elements() {
    let inner = para(&format!("{}{}{}", run("全市新增岗位3"), run("200"), run("个 &amp; 更多")));
    let document = body(&inner);
    let bytes = package(&[("word/document.xml", &document)]);
    let word = read_from(&mut Package::open(&bytes).unwrap(), true).unwrap();
    assert_eq!(word.text, "全市新增岗位3200个 & 更多\n");
    let places = word.places.unwrap();
    assert_eq!(places.runs.len(), 3);
    assert_eq!(&document[places.runs[1].element.clone()], run("200"));
    let piece = |p: &super::Piece| {
        let (text, source) =
            (p.text.start as usize..p.text.end as usize, p.source.start as usize..p.source.end as usize);
        (word.text[text].to_owned(), document[source].to_owned())
    };
    let pieces: Vec<(String, String)> = places.pieces.iter().map(piece).collect();
    let same = |s: &str| (s.to_owned(), s.to_owned());
    let amp = ("&".to_owned(), "&amp;".to_owned());
    assert_eq!(pieces, [same("全市新增岗位3"), same("200"), same("个 "), amp, same(" 更多")]);
    assert_eq!(read(&bytes).unwrap().places.map(|p| p.runs), None);
}

#[test]
fn what_a_reader_does_not_see_is_not_text() {
    let inner = para(&format!(
        "<w:del><w:r><w:delText>旧9家</w:delText></w:r></w:del><w:ins>{}</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏8家</w:t></w:r><w:r><w:instrText>PAGE 7</w:instrText></w:r><w:moveFrom>{}</w:moveFrom>",
        run("新3家"),
        run("移6家")
    ));
    assert_eq!(word(&inner).text, "新3家\n");
    let marks = para(
        "<w:r><w:t>面积10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>米，见注</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>[1]</w:t></w:r>",
    );
    assert_eq!(word(&marks).text, "面积10²米，见注\n");
    let twice = para(
        "<mc:AlternateContent xmlns:mc=\"u\"><mc:Choice><w:r><w:t>共3家</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>共3家</w:t></w:r></mc:Fallback></mc:AlternateContent>",
    );
    assert_eq!(word(&twice).text, "共3家\n");
}

#[test]
fn cells_headings_boxes_and_notes_stand_apart() {
    let cell = |properties: &str, text: &str| format!("<w:tc>{properties}{}</w:tc>", para(&run(text)));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>", "地区"),
        cell("", "家数"),
        cell("", "甲"),
        cell("", "乙"),
        cell("", "12")
    );
    let boxed = para(&format!(
        "{}<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>{}",
        run("正文前"),
        para(&run("框内5家")),
        run("正文后")
    ));
    let heading = para(&format!("<w:pPr><w:pStyle w:val=\"1\"/></w:pPr>{}", run("大标题")));
    let item =
        para(&format!("<w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}", run("要点")));
    let styles = format!(
        "<w:styles xmlns:w=\"{W}\"><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>"
    );
    let notes =
        format!("<w:footnotes xmlns:w=\"{W}\"><w:footnote>{}</w:footnote></w:footnotes>", para(&run("注：7家")));
    let word = read(&package(&[
        ("word/document.xml", &body(&format!("{heading}{table}{boxed}{item}"))),
        ("word/styles.xml", &styles),
        ("word/footnotes.xml", &notes),
        ("word/comments.xml", "<x/>"),
    ]))
    .unwrap();
    let at = |row, column| BlockKind::Cell(Cell { table: 0, row, column, header: row == 0 });
    let blocks: Vec<_> = word.blocks.iter().map(|b| (b.span.of(&word.text), b.kind, b.level)).collect();
    assert_eq!(
        blocks,
        [
            ("大标题", BlockKind::Title, 0),
            ("地区", at(0, 0), 0),
            ("家数", at(0, 2), 0),
            ("甲", at(1, 0), 0),
            ("乙", at(1, 1), 0),
            ("12", at(1, 2), 0),
            ("正文前正文后", BlockKind::Paragraph, 0),
            ("框内5家", BlockKind::Paragraph, 0),
            ("要点", BlockKind::ListItem, 1),
            ("注：7家", BlockKind::Note, 0),
        ]
    );
}

/// The package with the main part's size given as 100 bytes.
fn lying(package: &[u8]) -> Vec<u8> {
    let mut bytes = package.to_vec();
    for (mark, at) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let head = bytes.windows(4).position(|w| w == mark).unwrap();
        bytes[head + at..head + at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    bytes
}

#[test]
fn bad_packages_are_refused_with_a_reason() {
    let good = body(&para(&run("共3家")));
    let wrapped = |text: &str| package(&[("word/document.xml", text)]);
    let deep = body(&"<w:sdt>".repeat(5000));
    let typed = good.replace("?>", "?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>");
    for (bytes, reason) in [
        (Vec::new(), "empty"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "old .doc"),
        ("共3家".into(), "not a Word document"),
        (package(&[("a.xml", "")]), "no document part"),
        (wrapped("共3家"), "damaged"),
        (wrapped(&good[..good.len() - 12]), "damaged"),
        (wrapped(&good.replace("</w:t></w:r>", "</w:r></w:t>")), "damaged"),
        (wrapped(&good.replace("共", "&x;")), "damaged"),
        (wrapped(&deep), "too deep"),
        (wrapped(&typed), "document type"),
        (wrapped(&body(&" ".repeat(60 << 20))), "50 MiB"),
        (wrapped(&good)[..100].to_vec(), "damaged"),
        (lying(&wrapped(&body(&" ".repeat(1 << 20)))), "damaged"),
    ] {
        let message = read(&bytes).map(|w| w.text).unwrap_err();
        assert!(message.en.contains(reason), "{reason}: {}", message.en);
    }
}
