use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use proptest::prelude::*;
use zip::ZipArchive;

use super::annotate::{Annotated, Comment, annotate};
use super::package::Package;
use super::tests::{W, body, package, para, run};
use super::{read, read_from};

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>";
const RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

fn whole(document: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = vec![("[Content_Types].xml", TYPES), ("_rels/.rels", RELS), ("word/document.xml", document)];
    parts.extend(more);
    package(&parts)
}

/// A comment on the first place where `text` stands.
fn on(bytes: &[u8], text: &str) -> Comment {
    let all = read(bytes).unwrap().text;
    let at = all.find(text).unwrap();
    Comment {
        text: at..at + text.len(),
        key: "5f0e12aa".to_owned(),
        paragraphs: vec![format!("“{text}”与“9家”不可能都对")],
    }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|n| n.unwrap().into_owned()).collect();
    let mut text = |name: &String| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.iter().map(|n| (n.clone(), text(n))).collect()
}

/// The inside of the body after comments on `texts`, which are numbered from 0.
fn inside(inner: &str, texts: &[&str]) -> String {
    let bytes = whole(&body(inner), &[]);
    let comments: Vec<Comment> = texts.iter().map(|t| on(&bytes, t)).collect();
    let done = annotate(&bytes, &comments).unwrap();
    assert_eq!((done.added, done.removed, done.unplaced), (texts.len(), 0, 0));
    assert_eq!(read(&done.bytes).unwrap().text, read(&bytes).unwrap().text);
    let document = parts(&done.bytes)["word/document.xml"].clone();
    let (_, rest) = document.split_once("<w:body>").unwrap();
    rest.trim_end_matches("</w:body></w:document>").to_owned()
}

fn start(id: u32) -> String {
    format!("<w:commentRangeStart w:id=\"{id}\"/>")
}

fn end(id: u32) -> String {
    format!("<w:commentRangeEnd w:id=\"{id}\"/>{}", reference(id))
}

fn reference(id: u32) -> String {
    format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>")
}

#[test]
fn runs_are_cut_at_the_figure_and_keep_their_looks() {
    let bold = |t: &str| format!("<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>{t}</w:t></w:r>");
    let inner = para(&format!("{}{}", bold("已有3"), bold("200家入驻")));
    let wanted = [bold("已有"), start(0), bold("3"), bold("200家"), end(0), bold("入驻")].concat();
    assert_eq!(inside(&inner, &["3200家"]), para(&wanted));
    // Where the figure is the run, the run stays as it is.
    let inner = para(&format!("{}{}", bold("已有"), bold("3200家")));
    assert_eq!(inside(&inner, &["3200家"]), para(&[bold("已有"), start(0), bold("3200家"), end(0)].concat()));
    // A tab and a hyphen are elements of their own.
    let inner = para("<w:r><w:tab/><w:t>共</w:t><w:tab/><w:t>56</w:t><w:noBreakHyphen/><w:t>78家</w:t><w:br/></w:r>");
    let wanted = format!(
        "<w:r><w:tab/><w:t>共</w:t><w:tab/></w:r>{}<w:r><w:t>56</w:t><w:noBreakHyphen/><w:t>78家</w:t></w:r>{}<w:r><w:br/></w:r>",
        start(0),
        end(0)
    );
    assert_eq!(inside(&inner, &["56-78家"]), para(&wanted));
}

#[test]
fn white_space_beside_a_cut_is_kept() {
    let inner = para("<w:r><w:t>hired 200 people &amp; more</w:t></w:r>");
    let kept = |t: &str| format!("<w:r><w:t xml:space=\"preserve\">{t}</w:t></w:r>");
    let wanted = [kept("hired "), start(0), kept("200 people"), end(0), kept(" &amp; more")].concat();
    assert_eq!(inside(&inner, &["200 people"]), para(&wanted));
    let wanted = [start(0), kept("hired 200 people &amp;"), end(0), kept(" more")].concat();
    assert_eq!(inside(&inner, &["hired 200 people &"]), para(&wanted));
}

#[test]
fn two_figures_may_share_a_run_and_a_place() {
    let inner = para(&run("甲3家乙4家"));
    let wanted = [run("甲"), start(0), run("3家"), end(0), run("乙"), start(1), run("4家"), end(1)].concat();
    assert_eq!(inside(&inner, &["3家", "4家"]), para(&wanted));
    let both =
        format!("<w:commentRangeEnd w:id=\"0\"/><w:commentRangeEnd w:id=\"1\"/>{}{}", reference(0), reference(1));
    let wanted = [run("甲"), start(0), start(1), run("3家"), both, run("乙4家")].concat();
    assert_eq!(inside(&inner, &["3家", "3家"]), para(&wanted));
}

#[test]
fn revisions_survive_and_hold_no_reference() {
    let gone = "<w:del w:id=\"7\" w:author=\"Li\"><w:r><w:delText>3000家</w:delText></w:r></w:del>";
    let new = |inner: &str| format!("<w:ins w:id=\"8\" w:author=\"Li\">{inner}</w:ins>");
    let inner = para(&format!("{}{gone}{}", run("已有"), new(&run("3200家入驻"))));
    let ends = "<w:commentRangeEnd w:id=\"0\"/>";
    let cut = new(&[start(0), run("3200家"), ends.to_owned(), run("入驻")].concat());
    assert_eq!(inside(&inner, &["3200家"]), para(&[run("已有"), gone.to_owned(), cut, reference(0)].concat()));
}

#[test]
fn what_takes_no_comment_is_commented_as_a_whole() {
    for wrapped in [
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>共3200家</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:fldSimple w:instr=\"X\"><w:r><w:t>共3200家</w:t></w:r></w:fldSimple>",
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>共3200家</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        "<mc:AlternateContent xmlns:mc=\"u\"><mc:Choice><w:r><w:t>共3200家</w:t></w:r></mc:Choice></mc:AlternateContent>",
    ] {
        let inner = para(&format!("{}{wrapped}{}", run("前"), run("后")));
        let wanted = [run("前"), start(0), wrapped.to_owned(), end(0), run("后")].concat();
        assert_eq!(inside(&inner, &["3200家"]), para(&wanted));
    }
    let link = |inner: &str| format!("<w:hyperlink w:anchor=\"a\">{inner}</w:hyperlink>");
    let wanted = para(&link(&[run("共"), start(0), run("3200家"), end(0)].concat()));
    assert_eq!(inside(&para(&link(&run("共3200家"))), &["3200家"]), wanted);
}

#[test]
fn notes_take_comments_and_headers_send_them_to_the_top() {
    let part = |root: &str, inner: &str| format!("<w:{root} xmlns:w=\"{W}\">{inner}</w:{root}>");
    let notes = part("footnotes", &format!("<w:footnote w:id=\"2\">{}</w:footnote>", para(&run("注：7家"))));
    let header = part("hdr", &para(&run("第8期")));
    let document = body(&para(&run("正文")));
    let bytes = whole(&document, &[("word/footnotes.xml", &notes), ("word/header1.xml", &header)]);
    let done = annotate(&bytes, &[on(&bytes, "7家"), on(&bytes, "第8期")]).unwrap();
    let parts = parts(&done.bytes);
    assert!(parts["word/footnotes.xml"].contains(&[start(0), run("7家"), end(0)].concat()));
    assert_eq!(parts["word/header1.xml"], header);
    assert!(parts["word/document.xml"].contains(&[start(1), run("正文"), end(1)].concat()));
}

#[test]
fn other_names_for_the_language_are_kept() {
    let document =
        format!("<q:document xmlns:q=\"{W}\"><q:body><q:p><q:r><q:t>共3家</q:t></q:r></q:p></q:body></q:document>");
    let bytes = whole(&document, &[]);
    let done = annotate(&bytes, &[on(&bytes, "3家")]).unwrap();
    let wanted = "<q:commentRangeStart q:id=\"0\"/><q:r><q:t>3家</q:t></q:r><q:commentRangeEnd q:id=\"0\"/>";
    assert!(parts(&done.bytes)["word/document.xml"].contains(wanted));
    let document = format!("<document xmlns=\"{W}\"><body><p><r><t>共3家</t></r></p></body></document>");
    let bytes = whole(&document, &[]);
    let done = annotate(&bytes, &[on(&bytes, "3家")]).unwrap();
    let wanted = format!("</t></r><w:commentRangeStart xmlns:w=\"{W}\" w:id=\"0\"/><r><t>3家</t></r>");
    assert!(parts(&done.bytes)["word/document.xml"].contains(&wanted));
}

#[test]
fn all_else_is_copied_as_it_is_packed() {
    let bytes = whole(&body(&para(&run("共3家"))), &[("word/styles.xml", "<a/>"), ("word/media/x.png", "像素")]);
    let done = annotate(&bytes, &[on(&bytes, "3家")]).unwrap();
    let packed = |bytes: &[u8]| {
        let mut zip = ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
        let mut all = Vec::new();
        for i in 0..zip.len() {
            let mut entry = zip.by_index_raw(i).unwrap();
            let mut raw = Vec::new();
            entry.read_to_end(&mut raw).unwrap();
            all.push((entry.name().unwrap().into_owned(), entry.crc32(), raw));
        }
        all
    };
    let (before, after) = (packed(&bytes), packed(&done.bytes));
    let names: Vec<&str> = after.iter().map(|e| e.0.as_str()).collect();
    let wanted = ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/media/x.png"];
    assert_eq!(names[..5], wanted);
    assert_eq!(names[5..], ["word/_rels/document.xml.rels", "word/comments.xml"]);
    for i in [1, 3, 4] {
        assert_eq!(before[i], after[i]);
    }
    // Nothing to say, nothing to change.
    assert_eq!(annotate(&bytes, &[]).unwrap(), Annotated { bytes, added: 0, removed: 0, kept: 0, unplaced: 0 });
}

/// A document with a comment of somebody else's and, where `threads` says more of comments, that part.
fn discussed(threads: Option<&str>, ours: &str) -> Vec<u8> {
    let document = body(&para(&[run("甲3家"), start(4), run("乙"), end(4), run("丙5家")].concat()));
    let comments = format!(
        "<w:comments xmlns:w=\"{W}\" xmlns:w14=\"x\"><w:comment w:id=\"4\" w:author=\"Li\"><w:p w14:paraId=\"0A\"><w:r><w:t>factlint:5f0e12aa</w:t></w:r></w:p></w:comment>{ours}</w:comments>"
    );
    let base = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended";
    let plain = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
    let more = threads
        .map_or(String::new(), |_| format!("<Relationship Id=\"b\" Type=\"{base}\" Target=\"commentsExtended.xml\"/>"));
    let rels = format!(
        "<Relationships xmlns=\"u\"><Relationship Id=\"a\" Type=\"{plain}\" Target=\"/word/comments.xml\"/>{more}</Relationships>"
    );
    let mut parts = vec![("word/_rels/document.xml.rels", rels.as_str()), ("word/comments.xml", &comments)];
    let extended = threads.map(|t| format!("<w15:commentsEx xmlns:w15=\"y\">{t}</w15:commentsEx>"));
    parts.extend(extended.iter().map(|e| ("word/commentsExtended.xml", e.as_str())));
    whole(&document, &parts)
}

#[test]
fn a_second_run_replaces_its_own_comments_and_no_others() {
    let bytes = discussed(None, "");
    let first = annotate(&bytes, &[on(&bytes, "3家"), on(&bytes, "5家")]).unwrap();
    assert_eq!((first.added, first.removed), (2, 0));
    let again = annotate(&first.bytes, &[on(&first.bytes, "3家"), on(&first.bytes, "5家")]).unwrap();
    assert_eq!((again.added, again.removed), (2, 2));
    assert_eq!(again.bytes, first.bytes);
    let none = annotate(&first.bytes, &[]).unwrap();
    let (was, is) = (parts(&bytes), parts(&none.bytes));
    assert_eq!(is["word/comments.xml"], was["word/comments.xml"]);
    // The cuts stay; the anchor of the other comment does as well.
    let wanted = [run("甲"), run("3家"), start(4), run("乙"), end(4), run("丙"), run("5家")].concat();
    assert_eq!(is["word/document.xml"], body(&para(&wanted)));
}

#[test]
fn what_people_resolved_or_answered_stays() {
    let entry = |para: &str, more: &str| format!("<w15:commentEx w15:paraId=\"{para}\" {more}/>");
    let ours = |para: &str, id: u32| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"factlint\"><w:p w14:paraId=\"{para}\"><w:r><w:t>factlint:5f0e12a{id}</w:t></w:r></w:p></w:comment>"
        )
    };
    let other = entry("0A", "w15:done=\"0\"");
    let threads = [
        other.clone(),
        entry("0b", "w15:done=\"1\""),
        entry("0C", ""),
        entry("0D", "w15:paraIdParent=\"0C\""),
        entry("0E", ""),
    ]
    .concat();
    let bytes = discussed(Some(&threads), &[ours("0B", 5), ours("0C", 6), ours("0E", 7)].concat());
    assert_eq!(read(&bytes).unwrap().resolved.into_iter().collect::<Vec<_>>(), ["5f0e12a5"]);
    let done = annotate(&bytes, &[on(&bytes, "3家")]).unwrap();
    assert_eq!((done.added, done.removed, done.kept), (1, 1, 2));
    let parts = parts(&done.bytes);
    let comments = &parts["word/comments.xml"];
    assert!(comments.contains("12a5") && comments.contains("12a6") && !comments.contains("12a7"), "{comments}");
    assert!(comments.contains("w:id=\"7\" w:author=\"factlint\" w:initials"), "{comments}");
    assert_eq!(parts["word/commentsExtended.xml"].matches("commentEx ").count(), 4);
    assert!(!parts["word/commentsExtended.xml"].contains("0E") && parts["word/commentsExtended.xml"].contains(&other));
}

#[test]
fn an_answered_comment_is_not_put_in_twice() {
    let bytes = whole(&body(&para(&run("甲3家"))), &[]);
    let first = annotate(&bytes, &[on(&bytes, "3家")]).unwrap().bytes;
    // Word gives paragraphs their identities and says who answers whom.
    let mut all = parts(&first);
    let named = all["word/comments.xml"].replacen("<w:p>", "<w:p xmlns:w14=\"x\" w14:paraId=\"0A\">", 1);
    all.insert("word/comments.xml".into(), named);
    let more = "<Relationship Id=\"b\" Type=\"http://schemas.microsoft.com/office/2011/relationships/commentsExtended\" Target=\"commentsExtended.xml\"/></Relationships>";
    let rels = all["word/_rels/document.xml.rels"].replace("</Relationships>", more);
    all.insert("word/_rels/document.xml.rels".into(), rels);
    let extended =
        "<w15:commentsEx xmlns:w15=\"y\"><w15:commentEx w15:paraId=\"0B\" w15:paraIdParent=\"0A\"/></w15:commentsEx>";
    all.insert("word/commentsExtended.xml".into(), extended.into());
    let list: Vec<(&str, &str)> = all.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let answered = package(&list);
    let again = annotate(&answered, &[on(&answered, "3家")]).unwrap();
    assert_eq!((again.added, again.removed, again.kept), (0, 0, 1));
    assert_eq!(again.bytes, answered);
}

#[test]
fn words_of_an_article_are_never_markup_and_never_a_key() {
    let bytes = whole(&body(&para(&run("共3家"))), &[]);
    let mut comment = on(&bytes, "3家");
    comment.paragraphs.push("</w:t><b a=\"1\">&\u{1}\u{FFFF} factlint:dead".into());
    let done = annotate(&bytes, &[comment]).unwrap();
    let comments = parts(&done.bytes)["word/comments.xml"].clone();
    assert!(comments.contains("&lt;/w:t&gt;&lt;b a=&quot;1&quot;&gt;&amp;\u{FFFD}\u{FFFD} factlint:dead"));
    assert!(comments.ends_with("factlint:5f0e12aa</w:t></w:r></w:p></w:comment></w:comments>"));
    assert_eq!(annotate(&done.bytes, &[]).unwrap().removed, 1);
}

#[test]
fn packages_that_cannot_be_copied_are_refused() {
    let document = body(&para(&run("共3家")));
    let marked: Vec<u8> =
        [&[0xFF, 0xFE][..], &document.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    std::io::Write::write_all(
        &mut {
            zip.start_file("word/document.xml", options).unwrap();
            &mut zip
        },
        &marked,
    )
    .unwrap();
    let wide = zip.finish().unwrap().into_inner();
    let message = annotate(&wide, &[on(&wide, "3家")]).unwrap_err();
    assert!(message.en.contains("UTF-8"), "{}", message.en);
    // A passage that is not there has no place.
    let bytes = whole(&document, &[]);
    let nowhere = Comment { text: 500..510, key: "0".into(), paragraphs: Vec::new() };
    assert_eq!(annotate(&bytes, &[nowhere]).unwrap().unplaced, 1);
}

/// What stands between the marks of each comment, by identity.
fn anchored(bytes: &[u8]) -> BTreeMap<u32, String> {
    let document = parts(bytes)["word/document.xml"].clone();
    let word = read_from(&mut Package::open(bytes).unwrap(), true).unwrap();
    let at = |mark: &str, id: u32| document.find(&format!("<w:{mark} w:id=\"{id}\"/>"));
    let mut out = BTreeMap::new();
    for id in 0.. {
        let (Some(from), Some(to)) = (at("commentRangeStart", id), at("commentRangeEnd", id)) else { break };
        let places = word.places.as_ref().unwrap();
        let pieces = places.pieces.iter().filter(|p| from <= p.source.start as usize && (p.source.end as usize) <= to);
        out.insert(id, pieces.map(|p| &word.text[p.text.start as usize..p.text.end as usize]).collect());
    }
    out
}

fn any_run() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-c 0-9家]{1,6}".prop_map(|t| format!("<w:t xml:space=\"preserve\">{t}</w:t>")),
        "[a-c 0-9家]{1,6}".prop_map(|t| format!("<w:t>{t}</w:t>")),
        Just("<w:t>1&amp;2</w:t>".to_owned()),
        Just("<w:t>5<![CDATA[3<4]]>6</w:t>".to_owned()),
        Just("<w:tab/>".to_owned()),
        Just("<w:noBreakHyphen/>".to_owned()),
        Just("<w:footnoteReference w:id=\"2\"/>".to_owned()),
    ];
    let style = prop_oneof![Just(""), Just("<w:rPr><w:b/></w:rPr>"), Just("<w:rPr><w:i/><w:sz w:val=\"21\"/></w:rPr>")];
    let wrap = prop_oneof![4 => Just(("", "")), 1 => Just(("<w:ins w:id=\"9\">", "</w:ins>")), 1 => Just(("<w:hyperlink>", "</w:hyperlink>"))];
    (style, prop::collection::vec(piece, 0..4), wrap)
        .prop_map(|(style, pieces, (open, close))| format!("{open}<w:r>{style}{}</w:r>{close}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_passage_is_anchored_exactly_and_the_text_stays(
        runs in prop::collection::vec(any_run(), 1..5),
        marks in prop::collection::vec((0_usize..40, 1_usize..12), 1..4),
    ) {
        let bytes = whole(&body(&para(&runs.concat())), &[]);
        let before = read(&bytes).unwrap();
        let ends: Vec<usize> = before.text.char_indices().map(|(i, _)| i).collect();
        let mut comments = Vec::new();
        for (from, len) in marks {
            if let (Some(a), Some(b)) = (ends.get(from), ends.get(from + len))
                // Inside a reference or a section nothing can be cut.
                && !before.text[..*b].ends_with(['3', '<', '4', '&']) && !before.text[..*a].ends_with(['3', '<', '4', '&'])
            {
                comments.push(Comment { text: *a..*b, key: "ab".into(), paragraphs: vec!["x".into()] });
            }
        }
        comments.sort_by_key(|c| c.text.start);
        let done = annotate(&bytes, &comments).unwrap();
        let after = read(&done.bytes).unwrap();
        prop_assert_eq!(&before.text, &after.text);
        prop_assert_eq!(done.unplaced, 0);
        let wanted: BTreeMap<u32, String> = (0..).zip(comments.iter().map(|c| before.text[c.text.clone()].to_owned())).collect();
        prop_assert_eq!(anchored(&done.bytes), wanted);
        let again = annotate(&done.bytes, &comments).unwrap();
        prop_assert!(again.bytes == done.bytes);
    }
}
