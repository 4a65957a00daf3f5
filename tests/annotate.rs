//! `factlint annotate` as scripts see it: exit status, what is written and what is not. What other programs make of the copies is held by
//! `tests/tools/check_word.py`.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("factlint-annotate-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for the test");
        fs::write(folder.join("old.txt"), "当天，已有4000多家本地供应商率先入驻该平台，企业参与热情高涨。\n")
            .expect("a file");
        fs::write(folder.join("draft.docx"), docx("当天，已有5000多家本地供应商率先入驻该平台，企业参与热情高涨。"))
            .expect("a file");
        Self(folder)
    }

    fn run(&self, args: &[&str]) -> Output {
        let command = Command::new(env!("CARGO_BIN_EXE_factlint")).args(args).current_dir(&self.0).output();
        command.expect("the program runs")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn docx(text: &str) -> Vec<u8> {
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "word/document.xml",
            format!(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
            ),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("its bytes");
    }
    zip.finish().expect("a package").into_inner()
}

fn part(package: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("its text");
    text
}

#[test]
fn a_copy_holds_the_finding_in_the_language_of_the_interface() {
    let desk = Desk::new("copy");
    let before = fs::read(desk.0.join("draft.docx")).unwrap();
    for (lang, said, lead) in [("zh", "新批注 1", "另一说法："), ("en", "1 new comment", "Elsewhere: ")] {
        let done =
            desk.run(&["annotate", "draft.docx", "--against", "old.txt", "-o", "checked.docx", "--ui-lang", lang]);
        let out = String::from_utf8(done.stdout).unwrap();
        assert_eq!(done.status.code(), Some(0), "{out}");
        assert!(out.contains(said), "{out}");
        let copy = fs::read(desk.0.join("checked.docx")).unwrap();
        let comments = part(&copy, "word/comments.xml");
        assert!(comments.contains(lead) && comments.contains("已有【4000多家】本地供应商"), "{comments}");
        assert!(comments.contains("old.txt"), "{comments}");
        let document = part(&copy, "word/document.xml");
        assert!(document.contains("<w:commentRangeStart w:id=\"0\"/><w:r><w:t>5000多家</w:t></w:r>"), "{document}");
    }
    assert_eq!(fs::read(desk.0.join("draft.docx")).unwrap(), before);
}

#[test]
fn what_cannot_be_annotated_is_refused_and_nothing_is_written() {
    let desk = Desk::new("bad");
    fs::write(desk.0.join("text.docx"), "共有2000所高校").unwrap();
    fs::write(desk.0.join("locked.docx"), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).unwrap();
    fs::write(desk.0.join("cut.docx"), &docx("共3家")[..200]).unwrap();
    for (draft, said) in [
        ("text.docx", "not a Word document"),
        ("locked.docx", "encrypted"),
        ("cut.docx", "damaged"),
        ("old.txt", "takes a .docx"),
        ("none.docx", "no such file"),
    ] {
        let done = desk.run(&["annotate", draft, "-o", "out.docx", "--ui-lang", "en"]);
        let err = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{draft}: {err}");
        assert!(err.contains(said) && err.contains(draft), "{draft}: {err}");
        assert!(!desk.0.join("out.docx").exists(), "{draft}");
    }
    let done = desk.run(&["annotate", "draft.docx", "-o", "./draft.docx", "--ui-lang", "en"]);
    assert_eq!(done.status.code(), Some(2));
    let done = desk.run(&["annotate", "draft.docx", "old.txt", "-o", "out.docx"]);
    assert_eq!(done.status.code(), Some(2));
}
