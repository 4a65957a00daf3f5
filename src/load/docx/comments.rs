//! The comments of a Word document: whose they are, which of them are ours, what people did with them. Enters: the package. Leaves: a list
//! of comments with their threads, and what must go from which part so that one of ours goes. Knows no finding.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::package::{Package, attribute, damaged, folder, relationships, resolve};
use super::xml::{self, Edits};
use crate::model::Text;

/// The author of our comments.
pub(super) const AUTHOR: &str = "factlint";
/// What stands before the key in the last line of a comment of ours.
const MARK: &str = "factlint:";
/// The longest key.
const KEY: usize = 64;

/// The last line of a comment of ours.
pub(super) fn mark(key: &str) -> String {
    format!("{MARK}{key}")
}

/// A part beside the comments that says more of them.
struct Companion {
    part: String,
    source: String,
}

/// A comment that is there.
struct Known {
    id: String,
    /// Its key, where it is ours.
    key: Option<String>,
    /// Identities of its paragraphs, in capitals.
    paragraphs: Vec<String>,
    element: Range<usize>,
    /// Whether people resolved it or answered it.
    resolved: bool,
    answered: bool,
    /// Whether no other comment has its identity.
    alone: bool,
}

/// The comments of a document.
#[derive(Default)]
pub(super) struct Comments {
    /// The part that holds them, and its text; `None` where there is none.
    pub part: Option<(String, String)>,
    companions: BTreeMap<&'static str, Companion>,
    list: Vec<Known>,
}

/// The part that holds the relationships of `part`.
pub(super) fn relationships_of(part: &str) -> String {
    let file = part.rsplit('/').next().unwrap_or(part);
    resolve(folder(part), &format!("_rels/{file}.rels"))
}

impl Comments {
    /// Reads the comments of a document whose main part is `main`.
    pub fn of(package: &mut Package<'_>, main: &str) -> Result<Self, Text> {
        let mut out = Self::default();
        let Some(source) = package.part(&relationships_of(main))? else { return Ok(out) };
        for relationship in relationships(&source) {
            let name = resolve(folder(main), &relationship.target);
            match relationship.kind.rsplit('/').next() {
                Some("comments") if out.part.is_none() => {
                    out.part = package.part(&name)?.map(|source| (name, source));
                }
                Some(kind @ ("commentsExtended" | "commentsIds" | "commentsExtensible")) => {
                    let kind = match kind {
                        "commentsExtended" => "commentsExtended",
                        "commentsIds" => "commentsIds",
                        _ => "commentsExtensible",
                    };
                    if let Some(source) = package.part(&name)? {
                        out.companions.entry(kind).or_insert(Companion { part: name, source });
                    }
                }
                _ => {}
            }
        }
        if let Some((_, source)) = &out.part {
            out.list = known(source)?;
        }
        if let Some(extended) = out.companions.get("commentsExtended") {
            join_threads(&extended.source, &mut out.list)?;
        }
        Ok(out)
    }

    /// Identities of all comments.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|c| c.id.as_str())
    }

    /// Keys of our comments that people marked as resolved.
    pub fn resolved(&self) -> BTreeSet<String> {
        self.list.iter().filter(|c| c.resolved).filter_map(|c| c.key.clone()).collect()
    }

    /// Our comments that people neither resolved nor answered: what a new run puts in anew.
    pub fn replaceable(&self) -> BTreeSet<String> {
        self.ours().filter(|c| !c.resolved && !c.answered).map(|c| c.id.clone()).collect()
    }

    /// Our comments that stay, by identity, with their keys.
    pub fn staying(&self) -> BTreeMap<String, String> {
        let stay = self.ours().filter(|c| c.resolved || c.answered);
        stay.map(|c| (c.id.clone(), c.key.clone().unwrap_or_default())).collect()
    }

    fn ours(&self) -> impl Iterator<Item = &Known> {
        // Of two comments with one identity, nobody can tell which passage belongs to which: neither is touched.
        self.list.iter().filter(|c| c.key.is_some() && c.alone)
    }

    /// What must go from the comments and the parts beside them so that the comments `ids` go: changes by part. Those of the comments'
    /// own part come second, for more to be added.
    pub fn without(&self, ids: &BTreeSet<String>) -> Result<(BTreeMap<String, String>, Edits), Text> {
        let mut edits = Edits::default();
        let mut paragraphs = BTreeSet::new();
        for comment in self.list.iter().filter(|c| ids.contains(&c.id)) {
            edits.remove(comment.element.clone());
            paragraphs.extend(comment.paragraphs.iter().cloned());
        }
        let mut changed = BTreeMap::new();
        let mut change = |kind: &str, element: &str, key: &str, values: &BTreeSet<String>| -> Result<(), Text> {
            if let Some(companion) = self.companions.get(kind) {
                let edits = xml::drop_where(&companion.source, element, key, values)?;
                if !edits.is_empty() {
                    changed.insert(companion.part.clone(), edits.apply(&companion.source));
                }
            }
            Ok(())
        };
        if !paragraphs.is_empty() {
            change("commentsExtended", "commentEx", "paraId", &paragraphs)?;
            change("commentsIds", "commentId", "paraId", &paragraphs)?;
            let durable = match self.companions.get("commentsIds") {
                Some(ids) => xml::elements(&ids.source, |local, e| {
                    let paragraph = (local == "commentId").then(|| attribute(e, "paraId")).flatten()?;
                    let ours = paragraphs.contains(&paragraph.to_ascii_uppercase());
                    if ours { attribute(e, "durableId").map(|id| id.to_ascii_uppercase()) } else { None }
                })?,
                None => Vec::new(),
            };
            let durable: BTreeSet<String> = durable.into_iter().map(|(_, id)| id).collect();
            change("commentsExtensible", "commentExtensible", "durableId", &durable)?;
        }
        Ok((changed, edits))
    }
}

/// Every comment of the part, threads not yet joined.
fn known(source: &str) -> Result<Vec<Known>, Text> {
    let found = xml::elements(source, |local, e| {
        (local == "comment").then(|| (attribute(e, "id").unwrap_or_default(), attribute(e, "author")))
    })?;
    let mut list = Vec::new();
    for (element, (id, author)) in found {
        let (paragraphs, text) = inside(&source[element.clone()])?;
        let key = if author.as_deref() == Some(AUTHOR) { key(&text) } else { None };
        list.push(Known { id, key, paragraphs, element, resolved: false, answered: false, alone: true });
    }
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for comment in &list {
        *uses.entry(comment.id.clone()).or_default() += 1;
    }
    for comment in &mut list {
        comment.alone = uses.get(&comment.id) == Some(&1);
    }
    Ok(list)
}

/// Identities of the paragraphs of a comment, and its text.
fn inside(comment: &str) -> Result<(Vec<String>, String), Text> {
    let (mut paragraphs, mut text, mut in_text) = (Vec::new(), String::new(), false);
    let mut reader = Reader::from_str(comment);
    loop {
        match reader.read_event().map_err(|e| damaged(&e))? {
            Event::Start(e) | Event::Empty(e) if e.local_name().into_inner() == "p" => {
                paragraphs.extend(attribute(&e, "paraId").map(|id| id.to_ascii_uppercase()));
                text.push('\n');
            }
            Event::Start(e) if e.local_name().into_inner() == "t" => in_text = true,
            Event::End(e) if e.local_name().into_inner() == "t" => in_text = false,
            Event::Text(t) if in_text => text.push_str(&t),
            Event::Eof => return Ok((paragraphs, text)),
            _ => {}
        }
    }
}

/// The key that the end of a comment names: the last one, since a comment repeats words of articles before it.
fn key(text: &str) -> Option<String> {
    let at = text.rfind(MARK)?;
    let key: String = text[at + MARK.len()..].chars().take_while(char::is_ascii_hexdigit).take(KEY).collect();
    (!key.is_empty()).then_some(key)
}

/// Reads which comments are resolved and which answer which.
fn join_threads(extended: &str, list: &mut [Known]) -> Result<(), Text> {
    let upper = |s: String| s.to_ascii_uppercase();
    let threads = xml::elements(extended, |local, e| {
        let of = |name| attribute(e, name).map(upper);
        let done = matches!(attribute(e, "done").as_deref(), Some("1" | "true" | "on"));
        (local == "commentEx").then(|| (of("paraId").unwrap_or_default(), of("paraIdParent"), done))
    })?;
    let done: BTreeSet<&str> = threads.iter().filter(|(_, t)| t.2).map(|(_, t)| t.0.as_str()).collect();
    let parents: BTreeSet<&str> = threads.iter().filter_map(|(_, t)| t.1.as_deref()).collect();
    for comment in list {
        for paragraph in &comment.paragraphs {
            comment.resolved |= done.contains(paragraph.as_str());
            comment.answered |= parents.contains(paragraph.as_str());
        }
    }
    Ok(())
}
