//! The command: arguments in, exit status out.

fn main() -> std::process::ExitCode {
    factlint::cli::main()
}
