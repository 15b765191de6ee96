//! Reports for a terminal, to be understood by a planner without a manual: the answer first, then why, then all else.

mod intervals;
mod plan;
mod sections;
mod simulate;
mod style;

pub use plan::plan;
pub use simulate::simulate;
pub use style::Style;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{self, ONE_DAY, Size};

    #[test]
    fn look() {
        let week = Size { days: 7, minutes: 15, open: (0, 24), dated: true };
        for size in [ONE_DAY, week] {
            let model = fixture::model(size);
            let answer = fixture::answer(&model);
            println!(
                "{}\n=======\n{}",
                plan(&model, &answer, Style::default()),
                simulate(&model, &answer.outcome, Style::default())
            );
        }
    }
}
