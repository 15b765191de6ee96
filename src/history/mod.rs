//! What happened, as a scenario: exports become series, and history becomes the numbers that a plan rests on.
//!
//! | file | gives |
//! |---|---|
//! | `import` | an export's own days as a scenario |

mod import;
mod names;
mod text;

pub use import::{Asked, Written, import};
