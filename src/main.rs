//! The command: arguments in, exit status out. Joins the two faces, which do not know each other.

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    factlint::cli::main(|| factlint::lsp::serve(io::BufReader::new(io::stdin()), &mut io::stdout().lock()))
}
