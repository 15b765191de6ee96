//! `headcount completions` and `headcount man`: what a shell and a manual are told about the command line. Both are made
//! from the arguments that there are, so that neither can be out of date.

use clap::{Args, Command, CommandFactory, builder::StyledStr};
use clap_complete::Shell;
use clap_mangen::{
    Man,
    roff::{Roff, roman},
};
use std::io;
use std::path::PathBuf;

/// What the program is called, and its version, at the foot of every page.
const SOURCE: &str = concat!("headcount ", env!("CARGO_PKG_VERSION"));

/// `headcount completions`.
#[derive(Debug, Args)]
#[command(
    about = "Completions for your shell\n\nWrites a script to standard output that completes commands, flags and their values when you press the tab key.",
    after_help = "\
Examples:
  headcount completions bash > ~/.local/share/bash-completion/completions/headcount
  headcount completions zsh > ~/.zfunc/_headcount
  headcount completions fish > ~/.config/fish/completions/headcount.fish
  headcount completions powershell >> $PROFILE

A new shell knows them; zsh looks into ~/.zfunc once fpath names it."
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// `headcount man`.
#[derive(Debug, Args)]
#[command(
    name = "man",
    about = "Manual pages\n\nWrites a page in the format of man to standard output: that of headcount, or of one of its commands. With --out, all of them as files.",
    after_help = "\
Examples:
  headcount man plan | man -l -
  headcount man --out ~/.local/share/man/man1
  man headcount-plan"
)]
pub(crate) struct Manual {
    /// The command whose page is wanted: plan, erlang chat
    #[arg(conflicts_with = "out")]
    pub(crate) command: Vec<String>,

    /// Write all pages as files in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

impl Completions {
    /// The script.
    pub(crate) fn script(&self) -> Vec<u8> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::Args::command(), "headcount", &mut script);
        script
    }
}

/// Every manual page with the name of its file, `headcount-erlang-chat.1`; the program's own comes first.
pub(crate) fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut all = with_titles(super::Args::command().disable_help_subcommand(true));
    all.build();
    let mut pages = Vec::new();
    add(&all, &mut pages)?;
    Ok(pages)
}

fn add(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let man = Man::new(command.clone()).source(SOURCE).manual("headcount");
    pages.push((man.get_filename(), page(&man, command)?));
    command.get_subcommands().try_for_each(|inner| add(inner, pages))
}

/// One page: as clap makes it, but for the examples, whose lines stay as they are.
fn page(man: &Man, command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    if command.get_arguments().next().is_some() {
        man.render_options_section(&mut page)?;
    }
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if let Some(text) = command.get_after_help() {
        after(&text.to_string()).to_writer(&mut page)?;
    }
    Ok(plain(&String::from_utf8_lossy(&page)).into_bytes())
}

/// The definitions that every section brings, once; letters beyond ASCII as every man takes them.
fn plain(page: &str) -> String {
    let definitions = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";
    let once = format!("{definitions}{}", page.replace(definitions, ""));
    let letter = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\[u{:04X}]", u32::from(c)) };
    once.chars().map(letter).collect()
}

/// What comes after the options: paragraphs, and examples line by line.
fn after(text: &str) -> Roff {
    let mut out = Roff::new();
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    for (k, paragraph) in paragraphs.iter().enumerate() {
        if let Some(examples) = paragraph.strip_prefix("Examples:\n") {
            out.control("SH", ["EXAMPLES"]);
            as_they_are(&mut out, examples.lines());
            if k + 1 < paragraphs.len() {
                out.control("SH", ["NOTES"]);
            }
            continue;
        }
        out.control("PP", []);
        for line in paragraph.lines() {
            if line.starts_with(' ') {
                as_they_are(&mut out, [line].into_iter());
            } else {
                out.text([roman(line)]);
            }
        }
    }
    out
}

/// Lines that are to be typed: not filled, not broken.
fn as_they_are<'a>(out: &mut Roff, lines: impl Iterator<Item = &'a str>) {
    out.control("nf", []);
    lines.for_each(|line| {
        out.text([roman(line.trim())]);
    });
    out.control("fi", []);
}

/// The same commands with the first line of what each is about as its title, as manuals have it.
fn with_titles(command: Command) -> Command {
    let about = command.get_about().map(StyledStr::to_string).unwrap_or_default();
    let (title, rest) = about.split_once("\n\n").unwrap_or((&about, &about));
    let (title, rest) = (title.to_owned(), rest.to_owned());
    command.about(title).long_about(rest).mut_subcommands(with_titles)
}
