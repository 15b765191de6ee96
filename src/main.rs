//! `headcount`: parse, run, show the error, set the exit code.

use headcount::cli::{self, Args, exit::Exit, failure::Failure, printer::Printer};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = cli::parse(std::env::args_os());
    let printer = Printer::new(args.as_ref().is_ok_and(Args::is_quiet));
    args.and_then(|args| run(&args, &printer)).unwrap_or_else(|failure| show(&failure, &printer)).into()
}

fn run(args: &Args, printer: &Printer) -> Result<Exit, Failure> {
    cli::run(args, printer)
}

fn show(failure: &Failure, printer: &Printer) -> Exit {
    printer.failure(failure);
    failure.exit()
}
