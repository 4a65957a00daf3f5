//! The editor protocol: a language server on standard input and output. Enters: the documents open in an editor, as they are typed.
//! Leaves: diagnostics on every figure of a finding, with the other sides as related places, hovers, code actions.
//!
//! Three threads beside the reading of messages: this one keeps the drafts and what was asked of the client; `worker.rs` checks, and answers
//! what rests on a check; `loader.rs` reads the folder. They speak by channels, and what is written goes through this one alone.

// A value made for one message is handed over whole, whether the protocol's helper keeps it or writes it into another.
#![allow(clippy::needless_pass_by_value)]

mod action;
mod draft;
mod hover;
mod loader;
mod message;
mod position;
mod server;
mod show;
mod uri;
mod worker;

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{self, Sender};

use serde_json::Value;

use crate::report::Interface;
use message::{Incoming, code, refusal};
use server::{Next, Server};

/// What the server waits for.
enum Event {
    /// A message, or the end of them.
    In(Incoming),
    /// A message to be written.
    Send(Value),
    /// Settings or facts were written: they are to be read again.
    Settings,
}

/// Serves until the client says `exit` or its end of `input` closes; leaves whether it said `shutdown` before. `language` is that of
/// messages, whatever the client asks for.
pub fn serve(
    input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
    language: Option<Interface>,
) -> io::Result<bool> {
    let (events, waiting) = mpsc::channel();
    listen(input, events.clone());
    let mut server = Server::new(&events, language);
    while let Ok(event) = waiting.recv() {
        match event {
            Event::Send(message) => message::write(output, &message)?,
            Event::Settings => server.reload(true, Vec::new()),
            Event::In(Incoming::End) => break,
            Event::In(Incoming::NotJson) => {
                message::write(output, &refusal(&Value::Null, code::PARSE, "the body is no JSON"))?;
            }
            Event::In(Incoming::Value(Value::Array(batch))) => {
                // A batch is of an older protocol; its parts are taken one by one.
                for each in &batch {
                    if matches!(server.take(each), Next::Stop) {
                        return Ok(server.was_shut_down());
                    }
                }
            }
            Event::In(Incoming::Value(message)) => {
                if matches!(server.take(&message), Next::Stop) {
                    break;
                }
            }
        }
    }
    Ok(server.was_shut_down())
}

/// Reads messages until there are no more.
fn listen(mut input: impl BufRead + Send + 'static, events: Sender<Event>) {
    std::thread::spawn(move || {
        loop {
            let incoming = message::read(&mut input);
            let end = incoming == Incoming::End;
            if events.send(Event::In(incoming)).is_err() || end {
                return;
            }
        }
    });
}
