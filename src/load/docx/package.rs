//! The package of a Word document: a ZIP file of parts joined by relationships. Enters: bytes. Leaves: the text of parts, within bounds
//! that count what comes out of them, not what their headers say. Knows nothing of what a part means.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::load::decode::decode;
use crate::model::Text;

/// Bytes that may come out of one part, and out of all.
const PART: u64 = 50 << 20;
const PACKAGE: u64 = 200 << 20;
/// Entries a package may have.
const ENTRIES: usize = 20_000;

/// A package that is being read.
pub(super) struct Package<'a> {
    /// The ZIP file.
    pub zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still come out of it.
    budget: u64,
}

/// One relationship of a part.
pub(super) struct Relationship {
    /// The address that says what it is for.
    pub kind: String,
    pub target: String,
}

pub(super) fn damaged(what: &dyn std::fmt::Display) -> Text {
    Text::new(
        format!("Word 文件已损坏（{what}），请在 Word 中打开并另存"),
        format!("the Word file is damaged ({what}); open it in Word and save it again"),
    )
}

fn too_large() -> Text {
    Text::new(
        "解压后超过限度（每个部件 50 MiB），已拒绝",
        "unpacked, the file passes the limit of 50 MiB a part; refused",
    )
}

impl<'a> Package<'a> {
    /// Opens a package; an `Err` says why it is none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Text> {
        if bytes.is_empty() {
            return Err(Text::new("文件是空的", "the file is empty"));
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Text::new(
                "是旧版 .doc 或加密的 Word 文件，请去掉密码并另存为 .docx",
                "an old .doc or an encrypted Word file; remove the password and save it as .docx",
            ));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| {
            if bytes.starts_with(b"PK") {
                damaged(&e)
            } else {
                Text::new("不是 Word 文档（.docx 应是 ZIP 包）", "not a Word document (a .docx is a ZIP package)")
            }
        })?;
        if zip.len() > ENTRIES {
            return Err(Text::new("包内文件过多，已拒绝", "the package holds too many entries; refused"));
        }
        Ok(Self { zip, budget: PACKAGE })
    }

    /// The bytes of a part; `None` where there is none of that name.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Text> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(what)) if what == ZipError::PASSWORD_REQUIRED => {
                return Err(Text::new(
                    "文件已加密，请去掉密码后另存",
                    "the file is encrypted; remove the password and save it",
                ));
            }
            Err(e) => return Err(damaged(&e)),
        };
        // A stream that gives more than its entry says is not read to its end: what it says is within the limit.
        let says = file.size();
        if says > PART.min(self.budget) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        file.take(says + 1).read_to_end(&mut bytes).map_err(|e| damaged(&e))?;
        if bytes.len() as u64 > says {
            return Err(too_large());
        }
        self.budget -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// Starts to count anew what comes out: what was read may be read once more.
    pub fn again(&mut self) {
        self.budget = PACKAGE;
    }

    /// The text of a part; `None` where there is none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Text> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let decoded = decode(&bytes, None)?;
        if decoded.doubts.is_empty() { Ok(Some(decoded.text)) } else { Err(damaged(&format_args!("{name}"))) }
    }

    /// The name of the main part: what the package's relationships name, else the usual one.
    pub fn main(&mut self) -> Result<String, Text> {
        let source = self.part("_rels/.rels")?.unwrap_or_default();
        let main = relationships(&source).into_iter().find(|r| r.kind.ends_with("/officeDocument"));
        Ok(main.map_or_else(|| "word/document.xml".to_owned(), |r| resolve("", &r.target)))
    }

    /// The names of all parts, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zip.file_names().filter_map(|n| n.ok().map(Cow::into_owned)).collect();
        names.sort();
        names
    }
}

/// The relationships that lead to parts of the package.
pub(super) fn relationships(source: &str) -> Vec<Relationship> {
    let mut found = Vec::new();
    let mut reader = Reader::from_str(source);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e)
                if e.local_name().into_inner() == "Relationship"
                    && attribute(&e, "TargetMode").as_deref() != Some("External") =>
            {
                let of = |name| attribute(&e, name).unwrap_or_default();
                found.push(Relationship { kind: of("Type"), target: of("Target") });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// The folder of a part, empty at the top.
pub(super) fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |p| p.0)
}

/// The part that `target` names, seen from `folder`.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|s| !s.is_empty());
    steps.join("/")
}

/// The value of the attribute with this local name.
pub(super) fn attribute(e: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut all = e.attributes();
    all.with_checks(false);
    let found = all.flatten().find(|a| a.key.local_name().into_inner() == wanted)?;
    Some(crate::load::entity::decoded(&found.value))
}
