//! Files as text: every way in which a file can be unreadable, said plainly, before much is read.

use super::fault::{Fault, Severity, Trouble};
use super::limits;
use super::source::place_in_line;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Why there is no text.
pub(crate) type Failure = Box<Fault>;

/// What is read, for the messages.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Scenario,
    Csv,
}

impl Kind {
    fn limit(self) -> u64 {
        match self {
            Self::Scenario => limits::FILE,
            Self::Csv => limits::CSV,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Scenario => "a scenario",
            Self::Csv => "a CSV file",
        }
    }
}

/// The bytes of a file called `shown` in messages, at most as many as its kind may have.
pub(crate) fn bytes(path: &Path, shown: &str, kind: Kind) -> Result<Vec<u8>, Trouble> {
    let open = |error: io::Error| unreadable(shown, &error);
    let facts = fs::metadata(path).map_err(open)?;
    if facts.is_dir() {
        let trouble = Trouble::new(format!("{shown} is a folder"), "not a file", "name a file inside it");
        return Err(trouble.io());
    }
    if facts.len() > kind.limit() {
        return Err(too_large(shown, kind));
    }
    let mut bytes = Vec::with_capacity(facts.len() as usize);
    File::open(path).map_err(open)?.take(kind.limit() + 1).read_to_end(&mut bytes).map_err(open)?;
    if bytes.len() as u64 > kind.limit() { Err(too_large(shown, kind)) } else { Ok(bytes) }
}

fn unreadable(name: &str, error: &io::Error) -> Trouble {
    let (what, help) = match error.kind() {
        io::ErrorKind::NotFound => ("does not exist", "check the name and the folder"),
        io::ErrorKind::PermissionDenied => ("may not be read", "check who may read it"),
        _ => ("could not be read", "check the file and the disk it is on"),
    };
    let said = error.to_string();
    let said = said.split(" (os error").next().unwrap_or_default().to_lowercase();
    Trouble::new(format!("{name} {what}"), said, help).io()
}

fn too_large(name: &str, kind: Kind) -> Trouble {
    let title = format!("{name} is too large for {}", kind.words());
    let label = format!("more than {} MB", kind.limit() / 1_000_000);
    Trouble::new(
        title,
        label,
        "is it the right file? long series belong into a CSV file, one row per interval",
    )
    .io()
}

/// The bytes as text; a byte-order mark in front is dropped.
pub(crate) fn text(bytes: Vec<u8>, name: &str, kind: Kind) -> Result<String, Failure> {
    let what = kind.words();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let trouble = Trouble::new(format!("{name} is UTF-16 text"), "not UTF-8", "save it as UTF-8");
        return Err(Box::new(Fault::new(None, trouble, Severity::Error)));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            return Err(not_text(
                error.as_bytes(),
                at,
                name,
                "this is not UTF-8 text",
                "save the file as UTF-8",
            ));
        }
    };
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        let help = format!("is {name} the right file? {what} is plain text");
        return Err(not_text(text.as_bytes(), at, name, "this is not text", &help));
    }
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn not_text(bytes: &[u8], at: usize, name: &str, title: &str, help: &str) -> Failure {
    let line_start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |i| i + 1);
    let number = 1 + bytes[..at].split(|&byte| byte == b'\n').count() - 1;
    let head = String::from_utf8_lossy(&bytes[line_start.max(at.saturating_sub(200))..at]);
    let tail = bytes[at + 1..].split(|&byte| byte == b'\n').next().unwrap_or_default();
    let tail = String::from_utf8_lossy(&tail[..tail.len().min(100)]);
    let line = format!("{head}\u{fffd}{tail}");
    let mut place = place_in_line(name, number, &line, &(head.len()..head.len() + 3));
    place.rank = (0, at);
    let label = format!("byte {at} is 0x{:02x}", bytes[at]);
    Box::new(Fault::new(Some(place), Trouble::new(title, label, help), Severity::Error))
}
