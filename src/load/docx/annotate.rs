//! Comments put into a Word document. Enters: the package, passages of its text as [`super::read`] gives it, and what to say of each.
//! Leaves: a package with those comments in it, anchored on the passages. Only the parts that hold anchors or comments change, and only
//! by what is put in or taken out: all else is copied as it is. Our own comments of an earlier run go, unless people resolved or answered
//! them; nobody else's are touched. Knows no finding.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::comments::{AUTHOR, Comments, mark, relationships_of};
use super::package::{Package, attribute, damaged, folder, resolve};
use super::xml::{Edits, append, elements, escaped, name_of, naming, preserving};
use super::{Cut, NAMESPACES, Piece, Places, Run, Word, read_from};
use crate::model::Text;

const XML_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const CONTENT_TYPES: &str = "[Content_Types].xml";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/// The relationship that leads to the comments, transitional and strict.
const RELATIONSHIPS: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
];

/// A comment to put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The passage, in bytes of the document's text.
    pub text: Range<usize>,
    /// What it is known by in a later run: hexadecimal digits.
    pub key: String,
    /// Its paragraphs; the first is set in bold.
    pub paragraphs: Vec<String>,
}

/// A document with comments.
#[derive(Debug, PartialEq, Eq)]
pub struct Annotated {
    /// The package; the one that was given where nothing changed.
    pub bytes: Vec<u8>,
    /// Comments that were put in.
    pub added: usize,
    /// Comments of an earlier run that were taken out.
    pub removed: usize,
    /// Comments of an earlier run that people resolved or answered, and that stay.
    pub kept: usize,
    /// Comments for which there was no place.
    pub unplaced: usize,
}

/// Puts `comments` into a Word document. An `Err` says what is wrong with the file and what to do.
///
/// ```
/// # use factlint::load::docx::{Comment, annotate};
/// # let draft: &[u8] = b"";
/// let comment = Comment {
///     text: 12..22,
///     key: "5f0e12aa".to_owned(),
///     paragraphs: vec!["“4000多家”与“5000多家”不可能都对".to_owned()],
/// };
/// // A file that is no package is refused with a reason.
/// assert!(annotate(draft, &[comment]).is_err());
/// ```
pub fn annotate(bytes: &[u8], comments: &[Comment]) -> Result<Annotated, Text> {
    let mut package = Package::open(bytes)?;
    if package.zip.has_duplicate_names() || package.zip.has_overlapping_files().map_err(|e| damaged(&e))? {
        return Err(damaged(&"two parts share a name or their bytes"));
    }
    let word = read_from(&mut package, true)?;
    let main = word.parts.first().cloned().unwrap_or_default();
    let known = Comments::of(&mut package, &main)?;
    package.again();
    let (mut sources, mut held) = (Vec::new(), Vec::new());
    for part in &word.parts {
        let source = exact(&mut package, part)?;
        held.push(anchors(&source)?);
        sources.push(source);
    }
    let (going, staying) = (known.replaceable(), known.staying());
    let plan = Plan { word: &word, sources: &sources, held: &held, staying: &staying };
    let placed: Vec<(Anchor, &Comment)> =
        comments.iter().filter_map(|c| Some((plan.anchor(c)?, c))).filter(|(a, c)| !plan.is_there(a, c)).collect();
    let unplaced = comments.iter().filter(|c| plan.anchor(c).is_none()).count();
    let first = next_id(known.ids().chain(held.iter().flatten().map(|h| h.id.as_str())), &going, placed.len());

    let (mut changed, mut own) = known.without(&going)?;
    let mut slots: Vec<BTreeMap<usize, Slot>> = vec![BTreeMap::new(); sources.len()];
    let mut inner = String::new();
    let names: Vec<(String, String)> = sources.iter().map(|s| naming(s)).collect();
    let comments_source = known.part.as_ref().map_or("", |p| &p.1);
    let naming_of_comments =
        if comments_source.is_empty() { ("w:".to_owned(), String::new()) } else { naming(comments_source) };
    for (id, (anchor, comment)) in (first..).zip(&placed) {
        anchor.mark(id, &mut slots[anchor.part]);
        write_comment(&mut inner, id, comment, &naming_of_comments);
    }
    for (i, (source, slots)) in sources.iter().zip(slots).enumerate() {
        let mut edits = Edits::default();
        for anchor in held[i].iter().filter(|a| going.contains(&a.id)) {
            edits.remove(anchor.range.clone());
        }
        write_slots(source, slots, &names[i], &mut edits);
        if !edits.is_empty() {
            changed.insert(word.parts[i].clone(), edits.apply(source));
        }
    }
    let mut added_parts = BTreeMap::new();
    if !placed.is_empty() {
        if let Some((_, source)) = &known.part {
            append(source, &inner, &mut own)?;
        } else {
            let strict = sources.first().is_some_and(|s| is_strict(s));
            let part = join(&mut package, &main, strict, &mut changed, &mut added_parts)?;
            let namespace = NAMESPACES[usize::from(strict)];
            let text = format!("{XML_HEAD}<w:comments xmlns:w=\"{namespace}\">{inner}</w:comments>");
            added_parts.insert(part, text);
        }
    }
    if let Some((part, source)) = &known.part
        && !own.is_empty()
    {
        changed.insert(part.clone(), own.apply(source));
    }
    let bytes = if changed.is_empty() && added_parts.is_empty() {
        bytes.to_vec()
    } else {
        rewrite(&mut package, &changed, &added_parts)?
    };
    Ok(Annotated { bytes, added: placed.len(), removed: going.len(), kept: staying.len(), unplaced })
}

/// The text of a part that is to be changed: UTF-8 as it stands, its byte order mark left out.
fn exact(package: &mut Package<'_>, part: &str) -> Result<String, Text> {
    let bytes = package.bytes(part)?.unwrap_or_default();
    let body = bytes.strip_prefix(&BYTE_ORDER_MARK).unwrap_or(&bytes);
    std::str::from_utf8(body).map(str::to_owned).map_err(|_| {
        Text::new(
            format!("{part} 不是 UTF-8 编码，无法加批注；请在 Word 中打开并另存"),
            format!("{part} is not in UTF-8, so no comment can be put in; open the file in Word and save it again"),
        )
    })
}

const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// An element of a part that belongs to a comment.
struct Held {
    id: String,
    range: Range<usize>,
    kind: Mark,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Start,
    End,
    /// The reference, with its run where that holds nothing else.
    Reference,
}

/// The anchors of all comments in a part, in order.
fn anchors(source: &str) -> Result<Vec<Held>, Text> {
    let mut found: Vec<Held> = Vec::new();
    let mut reader = Reader::from_str(source);
    // Runs that are open: where each begins, its references, and whether it holds anything else.
    let mut runs: Vec<(usize, usize, Vec<usize>, bool)> = Vec::new();
    let mut depth = 0_usize;
    let mut style = None;
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|e| damaged(&e))?;
        let to = reader.buffer_position() as usize;
        let (e, empty) = match event {
            Event::Start(e) => (e, false),
            Event::Empty(e) => (e, true),
            Event::End(e) => {
                let name = e.local_name().into_inner();
                if style == Some(depth) {
                    style = None;
                }
                if name == "r" && runs.last().is_some_and(|r| r.0 == depth) {
                    let (_, start, references, other) = runs.pop().unwrap_or_default();
                    // A run with two references is no work of ours; each goes for itself.
                    if let ([one], false) = (references.as_slice(), other) {
                        found[*one].range = start..to;
                    }
                }
                if let Some(held) = found.last_mut().filter(|h| h.range.end == usize::MAX) {
                    held.range.end = to;
                }
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::Eof => return Ok(found),
            _ => continue,
        };
        depth += 1;
        let name = e.local_name().into_inner();
        let kind = match name {
            "commentRangeStart" => Some(Mark::Start),
            "commentRangeEnd" => Some(Mark::End),
            "commentReference" => Some(Mark::Reference),
            _ => None,
        };
        if let Some(kind) = kind {
            let end = if empty { to } else { usize::MAX };
            found.push(Held { id: attribute(&e, "id").unwrap_or_default(), range: from..end, kind });
        }
        if let Some(run) = runs.last_mut().filter(|r| r.0 + 1 == depth) {
            match kind {
                Some(Mark::Reference) => run.2.push(found.len() - 1),
                _ if name == "rPr" => {}
                _ => run.3 = true,
            }
        }
        if name == "rPr" && style.is_none() && !empty {
            style = Some(depth);
        }
        if empty {
            depth -= 1;
        } else if name == "r" && style.is_none() {
            runs.push((depth, from, Vec::new(), false));
        }
    }
}

/// Where a comment begins, ends and is referred to in a part.
struct Anchor {
    part: usize,
    start: Point,
    end: Point,
    /// Where the reference stands: after the end, outside a tracked insertion.
    reference: usize,
}

/// A place between two elements, or in a run that is to be cut there.
#[derive(Clone)]
struct Point {
    at: usize,
    /// The run to cut, and the `w:t` within it: its start tag, empty where the cut is not in one.
    cut: Option<(Run, Range<usize>)>,
}

struct Plan<'a> {
    word: &'a Word,
    sources: &'a [String],
    held: &'a [Vec<Held>],
    staying: &'a BTreeMap<String, String>,
}

impl Plan<'_> {
    fn anchor(&self, comment: &Comment) -> Option<Anchor> {
        let places = self.word.places.as_ref()?;
        let (from, to) = (comment.text.start as u32, comment.text.end as u32);
        let first = places.pieces.partition_point(|p| p.text.end <= from);
        let last = places.pieces.partition_point(|p| p.text.start < to).checked_sub(1)?;
        let (first, last) = (places.pieces.get(first)?, places.pieces.get(last)?);
        if from >= to || first.text.start > from || last.text.end < to {
            return None;
        }
        let (begin, finish) = (&places.runs[first.run as usize], &places.runs[last.run as usize]);
        if begin.part != finish.part {
            return None;
        }
        if self.is_margin(begin.part) {
            return top(places);
        }
        let source = &self.sources[begin.part];
        let start = start_of(source, places, first, begin, from);
        let end = end_of(source, places, last, finish, to);
        let reference = finish.revision.map_or(end.at, |w| places.wrappers[w].end.max(end.at));
        (start.at <= end.at).then_some(Anchor { part: begin.part, start, end, reference })
    }

    /// Whether a part is a header or a footer, where the format knows no comments.
    fn is_margin(&self, part: usize) -> bool {
        let file = self.word.parts[part].rsplit('/').next().unwrap_or_default();
        part > 0 && (file.starts_with("header") || file.starts_with("footer"))
    }

    /// Whether a comment that stays says this of the same passage already.
    fn is_there(&self, anchor: &Anchor, comment: &Comment) -> bool {
        let held = &self.held[anchor.part];
        let ids = self.staying.iter().filter(|(_, key)| **key == comment.key).map(|(id, _)| id);
        let place = |id: &String, kind| held.iter().find(|h| h.id == *id && h.kind == kind).map(|h| h.range.clone());
        ids.map(|id| (place(id, Mark::Start), place(id, Mark::End))).any(|range| match range {
            (Some(start), Some(end)) => start.start <= anchor.end.at && anchor.start.at <= end.end,
            _ => false,
        })
    }
}

/// The first run of the main part: where a comment stands whose own place can hold none.
fn top(places: &Places) -> Option<Anchor> {
    let run = places.runs.iter().find(|r| r.part == 0)?;
    let range = run.wrapper.map_or(run.element.clone(), |w| places.wrappers[w].clone());
    let reference = run.revision.map_or(range.end, |w| places.wrappers[w].end.max(range.end));
    let point = |at| Point { at, cut: None };
    Some(Anchor { part: 0, start: point(range.start), end: point(range.end), reference })
}

fn wide(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Where a passage begins that starts at `from` in `piece`.
fn start_of(source: &str, places: &Places, piece: &Piece, run: &Run, from: u32) -> Point {
    if let Some(wrapper) = run.wrapper {
        return Point { at: places.wrappers[wrapper].start, cut: None };
    }
    let whole = Point { at: run.element.start, cut: None };
    let tag = wide(&piece.tag);
    let mut at = match piece.cut {
        Cut::Inside => (piece.source.start + (from - piece.text.start)) as usize,
        Cut::Ends | Cut::Element => piece.source.start as usize,
        Cut::Never => return whole,
    };
    let in_text = !tag.is_empty() && at > tag.end;
    if !tag.is_empty() && !in_text {
        at = tag.start;
    }
    let body = run.style.end.max(run.head.end);
    if !in_text && source.get(body..at).unwrap_or_default().trim().is_empty() {
        return whole;
    }
    Point { at, cut: Some((run.clone(), if in_text { tag } else { 0..0 })) }
}

/// Where a passage ends that stops at `to` in `piece`.
fn end_of(source: &str, places: &Places, piece: &Piece, run: &Run, to: u32) -> Point {
    if let Some(wrapper) = run.wrapper {
        return Point { at: places.wrappers[wrapper].end, cut: None };
    }
    let whole = Point { at: run.element.end, cut: None };
    let tag = wide(&piece.tag);
    let mut at = match piece.cut {
        Cut::Inside => (piece.source.start + (to - piece.text.start)) as usize,
        Cut::Ends | Cut::Element => piece.source.end as usize,
        Cut::Never => return whole,
    };
    let rest = source.get(at..run.element.end).unwrap_or_default();
    let mut in_text = !tag.is_empty();
    if in_text && rest.starts_with("</") {
        in_text = false;
        at += rest.find('>').map_or(0, |i| i + 1);
    }
    let rest = source.get(at..run.element.end).unwrap_or_default();
    if !in_text && rest.trim_start().starts_with("</") {
        return whole;
    }
    Point { at, cut: Some((run.clone(), if in_text { tag } else { 0..0 })) }
}

/// What is put in at one place of a part.
#[derive(Default, Clone)]
struct Slot {
    cut: Option<(Run, Range<usize>)>,
    ends: Vec<u32>,
    references: Vec<u32>,
    starts: Vec<u32>,
}

impl Anchor {
    fn mark(&self, id: u32, slots: &mut BTreeMap<usize, Slot>) {
        for point in [&self.start, &self.end] {
            let slot = slots.entry(point.at).or_default();
            slot.cut = slot.cut.take().or_else(|| point.cut.clone());
        }
        slots.entry(self.start.at).or_default().starts.push(id);
        slots.entry(self.end.at).or_default().ends.push(id);
        slots.entry(self.reference).or_default().references.push(id);
    }
}

fn write_slots(source: &str, slots: BTreeMap<usize, Slot>, (prefix, declared): &(String, String), edits: &mut Edits) {
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    // Texts that are cut beside white space, which must then say that they keep it.
    let mut spaced: BTreeSet<usize> = BTreeSet::new();
    for (at, slot) in &slots {
        if let Some((_, tag)) = slot.cut.as_ref().filter(|c| !c.1.is_empty()) {
            let (before, after) = (source.get(tag.end..*at), source.get(*at..));
            if is_space(before.and_then(|s| s.chars().next_back())) || is_space(after.and_then(|s| s.chars().next())) {
                spaced.insert(tag.start);
            }
        }
    }
    let opening = |tag: &Range<usize>| {
        let whole = source.get(tag.clone()).unwrap_or_default();
        if spaced.contains(&tag.start) { preserving(whole) } else { whole.to_owned() }
    };
    let mut tags: BTreeSet<usize> = BTreeSet::new();
    for (at, slot) in slots {
        let (mut text, mut after) = (String::new(), String::new());
        if let Some((run, tag)) = &slot.cut {
            let head = source.get(run.head.clone()).unwrap_or_default();
            let style = source.get(run.style.clone()).unwrap_or_default();
            let _ = write!(after, "{head}{style}");
            if !tag.is_empty() {
                let whole = source.get(tag.clone()).unwrap_or_default();
                let _ = write!(text, "</{}>", name_of(whole));
                after.push_str(&opening(tag));
                if spaced.contains(&tag.start) && tags.insert(tag.start) {
                    edits.replace(tag.clone(), preserving(whole));
                }
            }
            let _ = write!(text, "</{}>", name_of(head));
        }
        for id in &slot.ends {
            let _ = write!(text, "<{prefix}commentRangeEnd{declared} {prefix}id=\"{id}\"/>");
        }
        for id in &slot.references {
            let _ = write!(text, "<{prefix}r{declared}><{prefix}commentReference {prefix}id=\"{id}\"/></{prefix}r>");
        }
        for id in &slot.starts {
            let _ = write!(text, "<{prefix}commentRangeStart{declared} {prefix}id=\"{id}\"/>");
        }
        edits.insert(at, text + &after);
    }
}

fn write_comment(out: &mut String, id: u32, comment: &Comment, (prefix, declared): &(String, String)) {
    let _ = write!(
        out,
        "<{prefix}comment{declared} {prefix}id=\"{id}\" {prefix}author=\"{AUTHOR}\" {prefix}initials=\"fl\">"
    );
    let last = mark(&comment.key);
    for (i, text) in comment.paragraphs.iter().map(String::as_str).chain([last.as_str()]).enumerate() {
        let lead = if i == 0 { format!("<{prefix}r><{prefix}annotationRef/></{prefix}r>") } else { String::new() };
        let style = if i == 0 { format!("<{prefix}rPr><{prefix}b/></{prefix}rPr>") } else { String::new() };
        let text = escaped(text);
        let _ = write!(
            out,
            "<{prefix}p>{lead}<{prefix}r>{style}<{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}r></{prefix}p>"
        );
    }
    let _ = write!(out, "</{prefix}comment>");
}

/// The first of `count` numbers in a row that no comment has which stays.
fn next_id<'a>(ids: impl Iterator<Item = &'a str>, going: &BTreeSet<String>, count: usize) -> u32 {
    /// What the identity of a comment may be at most.
    const MOST: u32 = i32::MAX as u32;
    let taken: BTreeSet<u32> = ids.filter(|id| !going.contains(*id)).filter_map(|id| id.parse().ok()).collect();
    let room = MOST - count as u32;
    match taken.last() {
        None => 0,
        Some(last) if *last < room => last + 1,
        // Somebody used up the numbers: take the first gap that is wide enough.
        Some(_) => {
            let mut next = 0;
            for id in taken.iter().filter(|id| **id <= MOST) {
                if id - next >= count as u32 {
                    break;
                }
                next = id + 1;
            }
            next
        }
    }
}

fn is_strict(source: &str) -> bool {
    let root = elements(source, |_, e| Some(e.attributes_raw().contains(NAMESPACES[1])));
    root.is_ok_and(|r| r.first().is_some_and(|(_, strict)| *strict))
}

/// Joins a new part for comments to the main part, and gives its name.
fn join(
    package: &mut Package<'_>,
    main: &str,
    strict: bool,
    changed: &mut BTreeMap<String, String>,
    added: &mut BTreeMap<String, String>,
) -> Result<String, Text> {
    let names = package.names();
    let name = |n: usize| match n {
        0 => "comments.xml".to_owned(),
        n => format!("comments{n}.xml"),
    };
    let free = |file: &String| !names.contains(&resolve(folder(main), file));
    let file = (0..=names.len()).map(name).find(free).unwrap_or_default();
    let part = resolve(folder(main), &file);

    let types = exact(package, CONTENT_TYPES)?;
    let prefix = root_prefix(&types)?;
    let line = format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{COMMENTS_TYPE}\"/>", escaped(&part));
    let mut edits = Edits::default();
    append(&types, &line, &mut edits)?;
    changed.insert(CONTENT_TYPES.to_owned(), edits.apply(&types));

    let rels = relationships_of(main);
    let kind = RELATIONSHIPS[usize::from(strict)];
    let line = |prefix: &str, id: usize| {
        format!("<{prefix}Relationship Id=\"factlint{id}\" Type=\"{kind}\" Target=\"{file}\"/>")
    };
    if names.contains(&rels) {
        let source = exact(package, &rels)?;
        let mut ids = BTreeSet::new();
        elements(&source, |_, e| {
            ids.extend(attribute(e, "Id"));
            None::<()>
        })?;
        let id = (1..=ids.len() + 1).find(|n| !ids.contains(&format!("factlint{n}"))).unwrap_or(1);
        let mut edits = Edits::default();
        append(&source, &line(&root_prefix(&source)?, id), &mut edits)?;
        changed.insert(rels, edits.apply(&source));
    } else {
        let text = format!(
            "{XML_HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
            line("", 1)
        );
        added.insert(rels, text);
    }
    Ok(part)
}

/// The prefix of the root element with its colon, empty where it has none.
fn root_prefix(source: &str) -> Result<String, Text> {
    let root = elements(source, |_, e| Some(e.name().into_inner().to_owned()))?;
    Ok(root.first().and_then(|(_, n)| n.split_once(':')).map_or(String::new(), |(p, _)| format!("{p}:")))
}

/// The package with some parts changed and some added; every other entry is copied as it is packed.
fn rewrite(
    package: &mut Package<'_>,
    changed: &BTreeMap<String, String>,
    added: &BTreeMap<String, String>,
) -> Result<Vec<u8>, Text> {
    let fault = |e: &dyn std::fmt::Display| damaged(e);
    package.again();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    out.set_raw_comment(package.zip.comment().into()).map_err(|e| fault(&e))?;
    for index in 0..package.zip.len() {
        let entry = package.zip.by_index_raw(index).map_err(|e| fault(&e))?;
        let name = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let Some(text) = changed.get(&name) else {
            out.raw_copy_file(entry).map_err(|e| fault(&e))?;
            continue;
        };
        let when = entry.last_modified().unwrap_or_default();
        drop(entry);
        let old = package.bytes(&name)?.unwrap_or_default();
        let mark: &[u8] = if old.starts_with(&BYTE_ORDER_MARK) { &BYTE_ORDER_MARK } else { &[] };
        let options = SimpleFileOptions::default().last_modified_time(when);
        out.start_file(name, options).map_err(|e| fault(&e))?;
        out.write_all(mark).and_then(|()| out.write_all(text.as_bytes())).map_err(|e| fault(&e))?;
    }
    for (name, text) in added {
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        out.start_file(name.as_str(), options).map_err(|e| fault(&e))?;
        out.write_all(text.as_bytes()).map_err(|e| fault(&e))?;
    }
    Ok(out.finish().map_err(|e| fault(&e))?.into_inner())
}
