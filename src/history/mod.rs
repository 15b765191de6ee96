//! What happened, as a scenario: exports become series, and history becomes the numbers that a plan rests on.
//!
//! | file | gives |
//! |---|---|
//! | `import` | an export's own days as a scenario |
//! | `fit` | what can be learnt from an export, put together from |
//! | `week`, `day_factor`, `forecast_error` | volumes: an average week, and how sure it is |
//! | `handle_time`, `patience`, `returns`, `in_hand` | what single contacts tell |
//! | [`reconcile`] | what came against what the model says of the same volumes and staff |
//! | `fit_scenario`, `fit_words` | the findings as a scenario, and in words |
//!
//! Every estimate is a [`Fitted`]: a value with its 95% interval.

mod day_factor;
mod fit;
mod fit_scenario;
mod fit_words;
mod fitted;
mod forecast_error;
mod handle_time;
mod import;
mod in_hand;
mod names;
mod patience;
pub mod reconcile;
mod returns;
mod text;
mod week;

pub use day_factor::DayFactor;
pub use fit::{Chosen, Findings, QueueFindings, fit};
pub use fit_scenario::scenario;
pub use fitted::Fitted;
pub use forecast_error::ForecastError;
pub use handle_time::{HandleTime, Law};
pub use import::{Asked, Written, import};
pub use in_hand::InHand;
pub use patience::{Patience, Weibull};
pub use returns::Return;
pub use week::Week;
