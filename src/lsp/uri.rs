//! `file:` URIs and the names of files. Enters and leaves: text.

use std::fmt::Write as _;

/// The path that a `file:` URI names, with `/`; `None` for another scheme.
pub(super) fn path(uri: &str) -> Option<String> {
    let rest = uri.get(..5).filter(|s| s.eq_ignore_ascii_case("file:")).map(|_| &uri[5..])?;
    let path = match rest.strip_prefix("//") {
        // A host is that of a Windows share; `localhost` is here.
        Some(with_host) => {
            let (host, path) = with_host.split_at(with_host.find('/')?);
            if host.is_empty() || host.eq_ignore_ascii_case("localhost") {
                path.to_owned()
            } else {
                format!("//{host}{path}")
            }
        }
        None => rest.to_owned(),
    };
    let path = decoded(path.split(['?', '#']).next().unwrap_or_default())?;
    // `/C:/稿.md` is `C:/稿.md`.
    let drive = path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) && path.as_bytes().get(2) == Some(&b':');
    Some(if drive { path[1..].to_owned() } else { path })
}

/// The URI of the file at `path`, which is absolute.
pub(super) fn file(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut out = String::from(if path.starts_with("//") {
        "file:"
    } else if path.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for b in path.bytes() {
        if b.is_ascii_alphanumeric() || b"/-._~".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%').then(|| after.get(..2).and_then(|h| std::str::from_utf8(h).ok())).flatten();
        let byte = hex.and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_goes_there_and_back() {
        for p in ["/社/今日 稿#1%.md", "C:/社/稿.md", "//host/share/稿.md"] {
            assert_eq!(path(&file(p)).as_deref(), Some(p));
        }
        assert_eq!(file("/a b.md"), "file:///a%20b.md");
    }

    #[test]
    fn other_ways_of_writing_are_read() {
        assert_eq!(path("file:///c%3A/a.md").as_deref(), Some("c:/a.md"));
        assert_eq!(path("FILE://localhost/a.md").as_deref(), Some("/a.md"));
        assert_eq!(path("file:/a%zz.md").as_deref(), Some("/a%zz.md"));
        for bad in ["untitled:Untitled-1", "file://host", "file:///%ff", "", "稿件"] {
            assert_eq!(path(bad), None, "{bad}");
        }
    }
}
