//! `headcount`: parse, run, show the error, set the exit code.

use headcount::cli::{self, Args, printer::Printer};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = cli::parse(std::env::args_os());
    let printer = Printer::new(args.as_ref().is_ok_and(Args::is_quiet));
    let end = args.and_then(|args| cli::run(&args, &printer));
    end.unwrap_or_else(|failure| printer.failure(&failure)).into()
}
