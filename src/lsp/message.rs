//! The base protocol: a `Content-Length` header and a JSON body. Enters and leaves: bytes. Knows no document.

use std::io::{self, BufRead, Read, Write};

use serde_json::Value;

/// The largest message that is read, in bytes.
const BOUND: usize = 128 << 20;
/// The longest header line that is read, in bytes.
const HEADER: u64 = 4096;

/// The next message; `None` at the end of the stream.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Value>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if Read::take(&mut *input, HEADER).read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<usize>().ok().filter(|n| *n <= BOUND);
        }
    }
    let length = length.ok_or_else(|| io::Error::other("a message without a usable Content-Length"))?;
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    serde_json::from_slice(&body).map(Some).map_err(io::Error::other)
}

/// Writes one message.
pub(super) fn write(output: &mut dyn Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_and_nonsense_is_refused() {
        let mut bytes = Vec::new();
        assert!(write(&mut bytes, &serde_json::json!({"文": 1})).is_ok());
        let mut cursor = io::Cursor::new(bytes);
        assert!(matches!(read(&mut cursor), Ok(Some(v)) if v["文"] == 1));
        assert!(matches!(read(&mut cursor), Ok(None)));
        assert!(read(&mut io::Cursor::new(b"Content-Length: 99999999999999\r\n\r\n{}".to_vec())).is_err());
        assert!(read(&mut io::Cursor::new(b"X: 1\r\n\r\n{}".to_vec())).is_err());
    }
}
