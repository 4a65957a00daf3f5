//! Figures inside web addresses, e-mail addresses and file names: no claims in any language.

use crate::model::Mention;
use crate::text::{Plain, Span};

/// Endings that make an ASCII token a file name.
const EXTENSIONS: &[&str] = &[
    "7z", "avi", "bmp", "csv", "doc", "docx", "exe", "gif", "gz", "htm", "html", "jpeg", "jpg", "json", "md", "mov",
    "mp3", "mp4", "odt", "pdf", "png", "ppt", "pptx", "rar", "rtf", "shtml", "svg", "tar", "tif", "tiff", "txt", "wav",
    "webp", "wps", "xls", "xlsx", "xml", "zip",
];

/// Drops every mention that stands inside a web address, an e-mail address or a file name of `sentence`.
pub(super) fn drop_addresses(text: &str, sentence: Span<Plain>, mentions: &mut Vec<Mention>) {
    let bytes = text.as_bytes();
    let end = (sentence.end as usize).min(bytes.len());
    // The token looked at last, and what it was: a long token with many figures is judged once.
    let mut last: Option<(usize, usize, bool)> = None;
    mentions.retain(|mention| {
        let (from, to) = (mention.span.start as usize, mention.span.end as usize);
        if let Some((a, b, address)) = last
            && a <= from
            && to <= b
        {
            return !address;
        }
        let mut a = from;
        while a > sentence.start as usize && in_token(bytes[a - 1]) {
            a -= 1;
        }
        let mut b = to;
        while b < end && in_token(bytes[b]) {
            b += 1;
        }
        if a == from && b == to {
            return true;
        }
        let address = text.get(a..b).is_some_and(is_address);
        last = Some((a, b, address));
        !address
    });
}

/// Whether the byte may stand inside an address.
const fn in_token(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(byte, b',' | b';' | b'"' | b'\'' | b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'|')
}

/// Whether a token is a web address, an e-mail address or a file name.
fn is_address(token: &str) -> bool {
    let token = token.trim_end_matches(['.', '!', '?', ':']);
    if token.contains("://") || starts_with(token, "www.") {
        return true;
    }
    if let Some((name, host)) = token.split_once('@')
        && !name.is_empty()
        && host.contains('.')
    {
        return true;
    }
    token.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(ending))
    })
}

fn starts_with(token: &str, prefix: &str) -> bool {
    token.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Quantity};
    use crate::quantity::{Decimal, Interval};

    fn at(text: &str, figure: &str) -> Mention {
        let start = text.find(figure).unwrap();
        let span = Span::new(start, start + figure.len());
        Mention {
            span,
            numeral: span,
            unit_span: None,
            quantity: Quantity {
                kind: Kind::Number,
                point: None,
                unit: None,
                base_unit: None,
                literal: Interval::default(),
                reader: Interval::default(),
                granularity: Decimal::ZERO,
                hedge: None,
                time: None,
                negative: false,
            },
        }
    }

    #[test]
    fn addresses_hold_no_claims() {
        for (text, figure, stays) in [
            ("详见 https://example.org/2024/05/a.html 的公告", "2024", false),
            ("投稿请寄desk315@example.org，截至5月", "315", false),
            ("附件为“统计表2023年.xlsx”", "2023年", false),
            ("下载report2023.PDF即可", "2023", false),
            ("全省有4000家企业", "4000家", true),
            ("均价3.5元/斤", "3.5元", true),
            ("Sales rose 5% to 3.2 million.", "3.2", true),
            ("比分网www.example.org/88公布，共12人", "88", false),
        ] {
            let mut mentions = vec![at(text, figure)];
            drop_addresses(text, Span::new(0, text.len()), &mut mentions);
            assert_eq!(mentions.len() == 1, stays, "{text}");
        }
    }
}
