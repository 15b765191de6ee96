//! How the answer moves when the world turns out otherwise: one thing less and more of, all else as it is.

use super::ask::{Asker, Needed};
use crate::model::{Lever, Model};
use serde::Serialize;

/// One thing turned down and up, and the plans for both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Swing {
    /// What: `volume`.
    pub of: &'static str,
    /// By how much: `10%`, or `1`.
    pub by: String,
    /// With less of it; nothing where no staffing keeps the promises then.
    pub less: Option<Needed>,
    /// With more of it.
    pub more: Option<Needed>,
}

/// The centre with less and with more of each thing that it has.
pub(super) fn models(model: &Model, swing: f64) -> Vec<(Lever, String, [Model; 2])> {
    let both = |lever: Lever| {
        let [less, more] = [1.0 - swing, 1.0 + swing].map(|factor| model.swung(lever, factor));
        Some((lever, lever.step(swing), [less?, more?]))
    };
    Lever::ALL.into_iter().filter(|lever| *lever != Lever::Agents).filter_map(both).collect()
}

/// The plans for all of them.
pub(super) fn swings(models: Vec<(Lever, String, [Model; 2])>, asker: &Asker<'_>) -> Vec<Swing> {
    let swing = |(lever, by, [less, more]): (Lever, String, [Model; 2])| {
        let plan = |sign: &str, model: &Model| {
            let name = format!("{} {sign}{by}", lever.name());
            asker.needs(&name, model).map(|(needed, _)| needed)
        };
        let (less, more) = (plan("−", &less), plan("+", &more));
        (!asker.is_over()).then(|| Swing { of: lever.name(), by, less, more })
    };
    models.into_iter().filter_map(swing).collect()
}
