//! Bytes → text. Enters: the bytes of a file. Leaves: UTF-8 text, the table from its characters to the bytes, and what was doubtful.
//! A valid UTF-8 file is UTF-8 whatever it says of itself; GBK is read as its superset GB18030; nothing is guessed in silence.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8};

use crate::model::Text;
use crate::text::{SourceOffsets, is_ideograph};

/// Text with the way back to its bytes.
pub(super) struct Decoded {
    pub text: String,
    pub offsets: SourceOffsets,
    /// What the user should know, each with the line it was first seen on.
    pub doubts: Vec<(Option<u32>, Text)>,
}

/// The largest input, in bytes: offsets are 32 bits wide, and decoding may grow a text.
pub(super) const LARGEST: usize = 1 << 30;
/// With fewer characters beyond ASCII than this, telling one Chinese encoding from another is a guess.
const ENOUGH: usize = 60;

/// Decodes a file. `label` is the encoding the file claims for itself, where its format has a place for it.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, Text> {
    if bytes.len() > LARGEST {
        return Err(Text::new("文件超过 1 GiB，请先切分", "the file is larger than 1 GiB; split it first"));
    }
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) && bytes.len().is_multiple_of(4) || bytes.starts_with(&[0, 0, 0xFE, 0xFF])
    {
        return Err(Text::new("不支持 UTF-32，请另存为 UTF-8", "UTF-32 is not supported; save the file as UTF-8"));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return Ok(utf16(rest, 2, u16::from_le_bytes, Vec::new()));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return Ok(utf16(rest, 2, u16::from_be_bytes, Vec::new()));
    }
    let mark = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    let body = &bytes[mark..];
    if mark == 0
        && let Some(big) = unmarked_utf16(body)
    {
        let order = if big { u16::from_be_bytes } else { u16::from_le_bytes };
        let name = if big { "UTF-16BE" } else { "UTF-16LE" };
        return Ok(utf16(body, 0, order, vec![(None, assumed(name))]));
    }
    if is_binary(body) {
        return Err(Text::new(
            "内容是二进制数据，不是文本；若确是文本，请另存为 UTF-8",
            "the file holds binary data, not text; if it is text, save it as UTF-8",
        ));
    }
    if let Ok(text) = std::str::from_utf8(body) {
        let mut doubts = Vec::new();
        if let Some(other) = label.filter(|l| !text.is_ascii() && Encoding::for_label(l.as_bytes()) != Some(UTF_8)) {
            doubts.push((None, disagrees(other, "UTF-8")));
        }
        return Ok(Decoded { text: text.to_owned(), offsets: SourceOffsets::Utf8 { mark: mark as u32 }, doubts });
    }
    if mark > 0 || mostly_utf8(body) {
        return Ok(damaged_utf8(body, mark));
    }
    Ok(legacy(body, label))
}

fn assumed(name: &str) -> Text {
    Text::new(
        format!("没有编码标记，按 {name} 读取；若有乱码，请另存为 UTF-8"),
        format!("no encoding is stated; read as {name}. If the text looks wrong, save it as UTF-8"),
    )
}

fn disagrees(says: &str, read: &str) -> Text {
    let says: String = says.chars().filter(|c| !c.is_control()).take(40).collect();
    Text::new(
        format!("文件自称编码为 {says}，实为 {read}，按 {read} 读取"),
        format!("the file says it is {says} but is {read}; read as {read}"),
    )
}

/// Whether text without a mark is UTF-16, and whether big-endian: half of the bytes of its ASCII characters are zero, all at
/// one parity.
fn unmarked_utf16(bytes: &[u8]) -> Option<bool> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd < 2 || even.min(odd) * 8 > even.max(odd) {
        return None;
    }
    let big = even > odd;
    let order = if big { u16::from_be_bytes } else { u16::from_le_bytes };
    let units = head.chunks_exact(2).map(|p| order([p[0], p[1]]));
    let (mut good, mut all) = (0usize, 0usize);
    for c in char::decode_utf16(units) {
        all += 1;
        good += usize::from(c.is_ok_and(|c| {
            is_ideograph(c)
                || c.is_ascii_graphic()
                || c.is_ascii_whitespace()
                || matches!(c, '\u{2010}'..='\u{2030}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
        }));
    }
    (good * 10 >= all * 9).then_some(big)
}

/// Whether bytes are no text: a known signature, or control characters in a share that text never has.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    if [
        b"\x89PNG" as &[u8],
        b"PK\x03\x04",
        b"%PDF-",
        b"\xD0\xCF\x11\xE0",
        b"GIF8",
        b"\xFF\xD8\xFF",
        b"\x7FELF",
        b"\x1F\x8B",
    ]
    .iter()
    .any(|s| head.starts_with(s))
    {
        return true;
    }
    let controls = head.iter().filter(|b| matches!(**b, 0..=8 | 14..=26 | 28..=31)).count();
    controls * 20 > head.len() && controls > 8
}

/// Whether text that is not valid UTF-8 is UTF-8 with damage: its three-byte characters outweigh its bad bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut long, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().bytes().filter(|b| *b >= 0xE0).count();
        bad += chunk.invalid().len();
    }
    long > 0 && long * 3 >= bad
}

/// Reads UTF-8 with bad bytes: lines that are whole lines of GB18030 are read as such, other bad bytes become U+FFFD.
fn damaged_utf8(body: &[u8], mark: usize) -> Decoded {
    let mut out = Table::default();
    let (mut first, mut foreign, mut line) = (None, 0usize, 1u32);
    let mut at = 0;
    for piece in body.split_inclusive(|b| *b == b'\n') {
        let base = mark + at;
        if std::str::from_utf8(piece).is_err() {
            first.get_or_insert(line);
            let whole = GB18030.decode_without_bom_handling_and_without_replacement(piece);
            match whole
                .filter(|t| !piece.utf8_chunks().any(|c| c.valid().bytes().any(|b| b >= 0xE0)) && likely_chinese(t))
            {
                Some(_) => {
                    foreign += 1;
                    out.encoded(GB18030, piece, base);
                }
                None => out.lossy_utf8(piece, base),
            }
        } else {
            out.lossy_utf8(piece, base);
        }
        at += piece.len();
        line += 1;
    }
    let what = if foreign > 0 {
        Text::new(
            format!("文件混用 UTF-8 与 GBK 编码（{foreign} 行按 GB18030 读取），请统一另存为 UTF-8"),
            format!("the file mixes UTF-8 and GBK ({foreign} lines were read as GB18030); save it all as UTF-8"),
        )
    } else {
        Text::new(
            "含有无效的 UTF-8 字节，以 U+FFFD 代替；请检查原文件的编码",
            "the file holds bytes that are not UTF-8, read as U+FFFD; check how it was saved",
        )
    };
    out.finish(mark + body.len(), vec![(first, what)])
}

/// Whether text looks like Chinese: most of what is beyond ASCII is ideographs and their punctuation.
fn likely_chinese(text: &str) -> bool {
    let (mut han, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if is_ideograph(c)
            || matches!(c, '\u{2010}'..='\u{2030}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '·')
        {
            han += 1;
        } else {
            other += 1;
        }
    }
    han > 0 && han >= other * 9
}

/// Reads a file in an encoding of its own: what it claims where that fits, else what its bytes look like.
fn legacy(body: &[u8], label: Option<&str>) -> Decoded {
    let fits = |e: &'static Encoding| {
        e.decode_without_bom_handling_and_without_replacement(body).is_some_and(|t| likely_chinese(&t))
    };
    let claimed = label.and_then(|l| Encoding::for_label(l.trim().as_bytes()));
    let mut doubts = Vec::new();
    let stated =
        claimed.map(|e| if e == GBK { GB18030 } else { e }).filter(|e| (*e == GB18030 || *e == BIG5) && fits(e));
    let encoding = if let Some(e) = stated {
        e
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(body, true);
        let guess = detector.guess(None, Utf8Detection::Deny);
        let guess = if guess == GBK { GB18030 } else { guess };
        let (gb, big5) = (fits(GB18030), fits(BIG5));
        let beyond = body.iter().filter(|b| **b >= 0x80).count() / 2;
        let chosen = if guess == GB18030 || guess == BIG5 {
            guess
        } else if gb {
            GB18030
        } else if big5 {
            BIG5
        } else {
            guess
        };
        if chosen != guess || (chosen != GB18030 && chosen != BIG5) || beyond < ENOUGH {
            doubts.push((None, assumed(name(chosen))));
        }
        if let Some(l) = label.filter(|_| claimed != Some(chosen)) {
            doubts.push((None, disagrees(l, name(chosen))));
        }
        chosen
    };
    let mut out = Table::default();
    out.encoded(encoding, body, 0);
    if let Some(at) = out.damage {
        let line = 1 + memchr::memchr_iter(b'\n', &body[..at]).count() as u32;
        doubts.push((
            Some(line),
            Text::new(
                format!("有字节不能按 {} 解码，以 U+FFFD 代替；请另存为 UTF-8", name(encoding)),
                format!("some bytes are not {}, read as U+FFFD; save the file as UTF-8", name(encoding)),
            ),
        ));
    }
    out.finish(body.len(), doubts)
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

/// Decoded text with its table.
#[derive(Default)]
struct Table {
    text: String,
    places: Vec<(u32, u32)>,
    /// The first byte that could not be decoded.
    damage: Option<usize>,
}

impl Table {
    fn push(&mut self, c: char, file: usize) {
        self.places.push((self.text.len() as u32, file as u32));
        self.text.push(c);
    }

    fn lossy_utf8(&mut self, bytes: &[u8], base: usize) {
        let mut at = base;
        for chunk in bytes.utf8_chunks() {
            for (i, c) in chunk.valid().char_indices() {
                self.push(c, at + i);
            }
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.damage.get_or_insert(at);
                self.push('\u{FFFD}', at);
            }
            at += chunk.invalid().len();
        }
    }

    /// Decodes `bytes` in runs without error; every unit of the encoding is a character (or two, in Big5).
    fn encoded(&mut self, encoding: &'static Encoding, bytes: &[u8], base: usize) {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut buffer = String::with_capacity(64 * 1024);
        let mut at = 0;
        // Bytes that the decoder took in but has not answered for.
        let mut from = 0;
        loop {
            buffer.clear();
            let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut buffer, true);
            at += read;
            let bad = if let DecoderResult::Malformed(bad, after) = result {
                Some((at.saturating_sub(usize::from(after)), usize::from(bad)))
            } else {
                None
            };
            let end = bad.map_or(at, |(end, bad)| end.saturating_sub(bad)).max(from);
            for c in buffer.chars() {
                let file = from.min(end);
                self.push(c, base + file);
                if !is_first_of_two(encoding, c, &bytes[file..end]) {
                    from = (from + unit_len(encoding, &bytes[file..end])).min(end);
                }
            }
            from = end;
            if let Some((after, _)) = bad {
                self.damage.get_or_insert(base + from);
                self.push('\u{FFFD}', base + from);
                from = after.max(from);
            }
            if matches!(result, DecoderResult::InputEmpty) {
                break;
            }
        }
    }

    fn finish(mut self, len: usize, doubts: Vec<(Option<u32>, Text)>) -> Decoded {
        self.places.push((self.text.len() as u32, len as u32));
        Decoded { text: self.text, offsets: SourceOffsets::Table(self.places), doubts }
    }
}

/// Big5 has four codes that stand for a letter and a mark.
fn is_first_of_two(encoding: &'static Encoding, c: char, bytes: &[u8]) -> bool {
    encoding == BIG5 && matches!(c, 'Ê' | 'ê') && matches!(bytes, [0x88, 0x62 | 0x64 | 0xA3 | 0xA5, ..])
}

/// The length of the unit that `bytes` begins with.
fn unit_len(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let Some(&lead) = bytes.first() else { return 0 };
    if lead < 0x80 || encoding.is_single_byte() {
        return 1;
    }
    if encoding == GB18030 {
        return match bytes.get(1) {
            _ if lead == 0x80 || lead == 0xFF => 1,
            Some(b'0'..=b'9') => 4,
            _ => 2,
        };
    }
    if encoding == SHIFT_JIS && matches!(lead, 0x80 | 0xA0..=0xDF | 0xFD..=0xFF) {
        return 1;
    }
    if encoding == EUC_JP && lead == 0x8F {
        return 3;
    }
    if encoding == EUC_KR && matches!(lead, 0x80 | 0xFF) {
        return 1;
    }
    2
}

fn utf16(bytes: &[u8], mark: usize, order: fn([u8; 2]) -> u16, mut doubts: Vec<(Option<u32>, Text)>) -> Decoded {
    let mut out = Table::default();
    let mut at = mark;
    for c in char::decode_utf16(bytes.chunks_exact(2).map(|p| order([p[0], p[1]]))) {
        if let Ok(c) = c {
            out.push(c, at);
            at += 2 * c.len_utf16();
        } else {
            out.damage.get_or_insert(at);
            out.push('\u{FFFD}', at);
            at += 2;
        }
    }
    if bytes.len() % 2 == 1 {
        out.damage.get_or_insert(at);
        out.push('\u{FFFD}', at);
    }
    if out.damage.is_some() {
        doubts.push((
            None,
            Text::new(
                "含有无效的 UTF-16 单元，以 U+FFFD 代替；请另存为 UTF-8",
                "the file holds bad UTF-16, read as U+FFFD; save it as UTF-8",
            ),
        ));
    }
    out.finish(mark + bytes.len(), doubts)
}
