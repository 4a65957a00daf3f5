//! The command: arguments in, exit status out. Joins the two faces: the commands know nothing of the editor's protocol.

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    factlint::cli::main(|language| {
        factlint::lsp::serve(io::BufReader::new(io::stdin()), &mut io::stdout().lock(), language)
    })
}
