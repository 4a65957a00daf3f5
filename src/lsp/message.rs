//! The base protocol: a `Content-Length` header and a JSON body. Enters and leaves: bytes. Knows no document.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// The largest message that is read, in bytes.
const BOUND: u64 = 128 << 20;
/// The longest header line that is read, in bytes.
const HEADER: u64 = 4096;
/// The most header lines of one message.
const LINES: usize = 64;

/// Codes of the protocol for what went wrong.
pub(super) mod code {
    pub const PARSE: i32 = -32700;
    pub const INVALID_REQUEST: i32 = -32600;
    pub const UNKNOWN_METHOD: i32 = -32601;
    pub const INVALID_PARAMS: i32 = -32602;
    pub const NOT_INITIALIZED: i32 = -32002;
    pub const CANCELLED: i32 = -32800;
    pub const FAILED: i32 = -32803;
}

/// What came in.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// A JSON value.
    Value(Value),
    /// A body that is no JSON; what follows can be read.
    NotJson,
    /// The end of the stream, or a header after which nothing can be read.
    End,
}

/// The next message.
pub(super) fn read(input: &mut impl BufRead) -> Incoming {
    let Some(length) = header(input) else { return Incoming::End };
    let mut body = Vec::new();
    match Read::take(&mut *input, length).read_to_end(&mut body) {
        Ok(n) if n as u64 == length => serde_json::from_slice(&body).map_or(Incoming::NotJson, Incoming::Value),
        _ => Incoming::End,
    }
}

/// The length that the header gives; `None` where there is none to use.
fn header(input: &mut impl BufRead) -> Option<u64> {
    let mut length = None;
    for _ in 0..LINES {
        let mut line = Vec::new();
        if Read::take(&mut *input, HEADER).read_until(b'\n', &mut line).ok()? == 0 || !line.ends_with(b"\n") {
            return None;
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            return length.filter(|n| *n <= BOUND);
        }
        let cut = line.iter().position(|b| *b == b':')?;
        if line[..cut].eq_ignore_ascii_case(b"content-length") {
            length = Some(std::str::from_utf8(line[cut + 1..].trim_ascii()).ok()?.parse().ok()?);
        }
    }
    None
}

/// Writes one message.
pub(super) fn write(output: &mut dyn Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

/// The answer to a request.
pub(super) fn answer(id: &Value, result: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": result})
}

/// The refusal of a request.
pub(super) fn refusal(id: &Value, code: i32, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

/// A message that asks for no answer.
pub(super) fn notice(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back() {
        let mut bytes = Vec::new();
        assert!(write(&mut bytes, &json!({"文": 1})).is_ok());
        let mut cursor = io::Cursor::new(bytes);
        assert_eq!(read(&mut cursor), Incoming::Value(json!({"文": 1})));
        assert_eq!(read(&mut cursor), Incoming::End);
    }

    #[test]
    fn nonsense_ends_or_is_passed_over() {
        let all = |bytes: &[u8]| {
            let (mut cursor, mut out) = (io::Cursor::new(bytes.to_vec()), Vec::new());
            loop {
                match read(&mut cursor) {
                    Incoming::End => return out,
                    other => out.push(other),
                }
            }
        };
        let body = |b: &str| format!("Content-Length: {}\r\n\r\n{b}", b.len());
        let good = Incoming::Value(json!({}));
        assert_eq!(all((body("{nonsense") + &body("{}")).as_bytes()), [Incoming::NotJson, good]);
        assert_eq!(all(b"content-length:2\nContent-Type: x\n\n{}"), [Incoming::Value(json!({}))]);
        for bad in [
            &b"Content-Length: 99999999999999\r\n\r\n{}"[..],
            b"Content-Length: -2\r\n\r\n{}",
            b"Content-Length: 10\r\n\r\n{}",
            b"X: 1\r\n\r\n{}",
            b"{}",
            b"\xff\xfe\r\n\r\n",
            &[b'a'; 9000],
        ] {
            assert_eq!(all(bad), [], "{bad:?}");
        }
        // A deep value is no JSON that anyone means, and no stack is spent on it.
        assert_eq!(all(body(&"[".repeat(100_000)).as_bytes()), [Incoming::NotJson]);
    }
}
