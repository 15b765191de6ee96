//! Text to model: a scenario file is read, every fault is found in one pass, each pointing at its place.
//!
//! ```
//! use headcount::scenario;
//! let text = r#"
//! [queue.phone]
//! arrivals = { per_hour = 240 }
//! aht      = { lognormal = { mean = "5m 30s", cv = 1.0 } }
//! patience = { exponential = { mean = "3m" } }
//! target   = "90% in 2m per day"
//!
//! [group.everyone]
//! serves = ["phone"]
//! agents = 24
//! "#;
//! let scenario = scenario::from_text("quick.toml", text, None, &[]).unwrap();
//! assert_eq!(scenario.model.queues[0].expected_contacts(), 24.0 * 240.0);
//! ```
//!
//! The life of a scenario: bytes → text (`file`) → a tree with places (`document`, on which `--set` acts:
//! `overrides`) → checked tables (`section`, by the one table of `keys`) → values (`duration`, `number`, `law`,
//! `series`, …) → queues, groups and their links → a [`Model`] that nothing later has to doubt. A reader that meets a
//! fault tells it to the `context` and returns `None`; the others go on, so that one pass finds everything.

mod announced;
mod arrivals;
mod calendar;
mod callback;
mod context;
mod contract;
mod crew;
mod csv;
mod curve;
mod dated;
mod document;
mod duration;
mod fault;
mod file;
mod group;
mod hands;
mod hash;
mod hours;
mod item;
mod journey;
mod keys;
mod law;
pub(crate) mod limits;
mod links;
mod nearest;
mod needs;
mod number;
mod outcome;
mod outside;
mod overrides;
mod part;
mod penalty;
mod people;
mod profile;
mod queue;
mod render;
mod roster;
mod schema;
mod section;
mod self_service;
mod series;
mod settings;
mod shifts;
mod shrinkage;
mod silence;
mod skills;
mod source;
mod steady;
mod target;
mod traffic;
mod whole;
mod work;

pub use fault::{Fault, Faults, Note, Place, Severity, render_notes};
pub(crate) use fault::{Trouble, grouped, quoted};
pub(crate) use file::{Kind, bytes as file_bytes, text as file_text};
pub(crate) use hours::range as hours_range;
pub(crate) use keys::WEEKDAYS;
pub(crate) use nearest::or_all as nearest_or_all;
pub use overrides::Override;
pub use schema::schema;
pub(crate) use source::place_in_line;

use crate::model::{Group, Model, Queue, Roster};
use context::Context;
use document::Node;
use item::Item;
use keys::{GROUP, QUEUE, ROOT};
use links::Links;
use part::parts;
use section::Section;
use source::{Source, Span};
use std::path::Path;

/// A scenario that was read: the facts, what to say about them, and a fingerprint.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The facts.
    pub model: Model,
    /// The roster of every group of the model that has one.
    pub rosters: Vec<Option<Roster>>,
    /// Warnings.
    pub notes: Vec<Note>,
    /// Sixteen hexadecimal digits that stand for the text, the CSV files it names and the overrides.
    pub hash: String,
    /// How the text was understood, in words.
    pub echoes: Vec<String>,
    /// The text itself, with its comments; what the command line changes is not in it.
    pub text: String,
}

/// Reads a scenario file; paths in it are relative to its folder.
pub fn read(path: &Path, overrides: &[Override]) -> Result<Scenario, Faults> {
    let name = path.display().to_string();
    let bytes = file::bytes(path, &name, Kind::Scenario).map_err(Faults::only)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    from_bytes(&name, bytes, Some(folder), overrides)
}

/// Reads a scenario from text; `name` stands for the file in messages, `folder` is where CSV files are looked for.
pub fn from_text(
    name: &str,
    text: &str,
    folder: Option<&Path>,
    overrides: &[Override],
) -> Result<Scenario, Faults> {
    from_bytes(name, text.as_bytes().to_vec(), folder, overrides)
}

/// Reads a scenario from bytes that may be anything at all: the door through which fuzzing comes.
pub fn from_bytes(
    name: &str,
    bytes: Vec<u8>,
    folder: Option<&Path>,
    overrides: &[Override],
) -> Result<Scenario, Faults> {
    let text = file::text(bytes, name, Kind::Scenario).map_err(|fault| Faults::new(vec![*fault]))?;
    let mut sources = vec![Source::file(name, &text)];
    sources.extend(overrides.iter().map(Override::source));
    let text = sources[0].text.clone();
    let cx = Context::new(sources, folder.map(Path::to_path_buf));
    let model = document::parse(&cx).and_then(|mut tree| {
        overrides::apply(&mut tree, overrides, &cx);
        model(&cx, &tree)
    });
    let (notes, echoes, hash) = cx.finish()?;
    let unexplained = || Faults::new(vec![Fault::new(None, unknown_fault(), Severity::Error)]);
    let (model, rosters) = model.ok_or_else(unexplained)?;
    Ok(Scenario { model, rosters, notes, hash, echoes, text })
}

/// A reader that failed without a word would be a mistake in this program, not in the scenario.
fn unknown_fault() -> fault::Trouble {
    fault::Trouble::new(
        "the scenario cannot be understood",
        "no reason was found",
        "please report this as a bug",
    )
}

/// Groups with the rosters of those that have one.
type Groups = Vec<(Group, Option<Roster>)>;

/// The model and the rosters of its groups, if nothing was wrong.
fn model(cx: &Context, tree: &Node) -> Option<(Model, Vec<Option<Roster>>)> {
    let top = Span { source: 0, start: 0, end: 0 };
    let root = Section::open(Item { cx, name: "scenario", key: top, node: tree }, &ROOT)?;
    let name = root.or("name", default_name(&cx.sources[0].name), |item| item.text().map(str::to_owned));
    let description = root.or("description", String::new(), |item| item.text().map(str::to_owned));
    let days = calendar::read(calendar::section(&root));
    let demand = settings::demand(&root);
    let run = settings::run(&root, &days.grid);
    let plan = settings::plan(&root);
    let queues = parts(&root, "queue", &QUEUE, &days);
    let groups = parts(&root, "group", &GROUP, &days);
    let (queues, groups) = (queues?, groups?);
    let links = Links { queues: &queues, groups: &groups, days: &days };
    let scale = demand.map_or(1.0, |(_, scale)| scale);
    let (queue_facts, group_facts) = queues_and_groups(links, scale);
    let outcomes = outcome::outcomes(&root, links);
    let shifts = shifts::shifts(&root, links);
    let (groups_read, rosters) = group_facts?.into_iter().unzip();
    let mut model = Model {
        name: name?,
        description: description?,
        calendar: days.calendar(),
        demand: demand?.0,
        run: run?,
        plan: plan?,
        queues: queue_facts?,
        groups: groups_read,
        outcomes: outcomes?,
        shifts: shifts?,
    };
    let start = root.get("run").and_then(|item| item.children()?.into_iter().find(|key| key.name == "start"));
    steady::settle(&mut model, start)?;
    whole::check(&model, links, &root);
    Some((model, rosters))
}

/// Queues and groups, linked.
fn queues_and_groups(links: Links<'_, '_>, scale: f64) -> (Option<Vec<Queue>>, Option<Groups>) {
    let skills = links.skills();
    let ways = links.ways(&skills);
    links.circles(&ways);
    let skills = skills::restricted(skills, &ways);
    let queues: Vec<Option<Queue>> =
        ways.into_iter().enumerate().map(|(id, way)| queue::queue(links, id, scale, way)).collect();
    let groups: Vec<Option<(Group, Option<Roster>)>> =
        skills.into_iter().enumerate().map(|(id, skills)| group::group(links, id, skills)).collect();
    (queues.into_iter().collect(), groups.into_iter().collect())
}

/// The name of a scenario that gives none: its file's.
fn default_name(file: &str) -> String {
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    stem.unwrap_or_else(|| "scenario".to_owned())
}
