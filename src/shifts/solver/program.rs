//! The program: columns that may be used several times, rows that must be covered, gains that must add up, limits.
//!
//! ```text
//! least   Σ_j cost_j · x_j,   x_j whole, 0 ≤ x_j ≤ most_j
//! with    h_i = Σ_j [j covers i] · x_j  ≥  least_i                    every row i
//!         Σ_i Σ_k slope_ik · min(1, max(0, h_i − least_i − k))  ≥  gain_g    every gain g, over the rows that count for it
//!         Σ_j weight_lj · x_j  ≤  at_most_l                              every limit l
//! ```
//! Slopes of a row never rise, so that the sum over `k` is concave in `h_i` and a linear program fills them in order.
//! Rows are covered by people; a row with slopes gains from people beyond its least, a row without gains nothing.

use super::CLOSE;

/// Something that may be bought: a shift on a day with its breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What one costs; not negative.
    pub cost: f64,
    /// The rows that it covers, ascending.
    pub covers: Vec<usize>,
    /// Most of it.
    pub most: u32,
    /// Where in time it starts: columns that start near each other are solved together.
    pub at: usize,
}

/// Something that must be covered: an interval of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Fewest people.
    pub least: u32,
    /// What the first, second … person beyond the least brings; never rising, never negative.
    pub slopes: Vec<f64>,
    /// Which of the program's gains they count for.
    pub gain: usize,
}

/// `Σ weight · x ≤ at_most`. "At least" is written with negative numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Columns with their weights, ascending.
    pub terms: Vec<(usize, f64)>,
    /// The bound.
    pub at_most: f64,
}

/// A whole program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// What may be bought.
    pub columns: Vec<Column>,
    /// What must be covered.
    pub rows: Vec<Row>,
    /// What must be gained beyond the rows' least, by each set of rows that make up for one another; 0: nothing.
    pub gains: Vec<f64>,
    /// What may not be exceeded.
    pub limits: Vec<Limit>,
}

impl Program {
    /// What a choice costs.
    pub fn cost(&self, x: &[u32]) -> f64 {
        self.columns.iter().zip(x).map(|(column, &n)| column.cost * f64::from(n)).sum()
    }

    /// People in every row.
    pub fn coverage(&self, x: &[u32]) -> Vec<u32> {
        let mut people = vec![0; self.rows.len()];
        for (column, &n) in self.columns.iter().zip(x).filter(|(_, n)| **n > 0) {
            column.covers.iter().for_each(|&i| people[i] += n);
        }
        people
    }

    /// What coverage gains beyond the rows' least, for every gain.
    pub fn gained(&self, people: &[u32]) -> Vec<f64> {
        let mut gained = vec![0.0; self.gains.len()];
        for (row, &h) in self.rows.iter().zip(people).filter(|(row, _)| !row.slopes.is_empty()) {
            gained[row.gain] += row.gained(h);
        }
        gained
    }

    /// Whether a choice satisfies everything.
    pub fn holds(&self, x: &[u32]) -> bool {
        let people = self.coverage(x);
        let covered = self.rows.iter().zip(&people).all(|(row, &h)| h >= row.least);
        let within = |limit: &Limit| limit.used(x) <= limit.at_most + CLOSE;
        let most = self.columns.iter().zip(x).all(|(column, &n)| n <= column.most);
        covered && most && self.gains_enough(&self.gained(&people)) && self.limits.iter().all(within)
    }

    /// Whether so much gained is enough; a billionth of it may be lost to rounding.
    pub(super) fn gains_enough(&self, gained: &[f64]) -> bool {
        self.gains.iter().zip(gained).all(|(&gain, &have)| have >= gain - CLOSE.max(1e-9 * gain))
    }

    /// The largest amount of which every cost is a whole multiple, if there is one of at least a thousandth: then no
    /// answer lies between two multiples.
    pub(super) fn unit(&self) -> Option<f64> {
        let thousandths = |cost: f64| {
            let whole = (cost * 1000.0).round();
            ((cost * 1000.0 - whole).abs() < 1e-6).then_some(whole as u64)
        };
        let costs: Option<Vec<u64>> = self.columns.iter().map(|column| thousandths(column.cost)).collect();
        let divisor = costs?.into_iter().fold(0, gcd);
        (divisor > 0).then_some(divisor as f64 / 1000.0)
    }
}

impl Program {
    /// The least that whole numbers can cost where nothing costs less than `bound`, which may be wrong by `trifle`: the next
    /// multiple of the unit, if there is one.
    pub(super) fn lifted(&self, bound: f64, trifle: f64) -> f64 {
        self.unit().map_or(bound, |unit| ((bound - trifle) / unit).ceil() * unit)
    }
}

impl Row {
    /// What so many people gain beyond the least.
    pub(super) fn gained(&self, people: u32) -> f64 {
        self.slopes.iter().take(people.saturating_sub(self.least) as usize).sum()
    }

    /// Slopes that are the same, together, as far as they bring anything.
    pub(super) fn alike(&self) -> impl Iterator<Item = &[f64]> {
        self.slopes.chunk_by(|a, b| a == b).filter(|alike| alike[0] > 0.0)
    }

    /// What one more than so many people gains.
    pub(super) fn next(&self, people: u32) -> f64 {
        let beyond = people.checked_sub(self.least);
        beyond.and_then(|k| self.slopes.get(k as usize)).copied().unwrap_or(0.0)
    }
}

impl Limit {
    /// How much of it a choice uses.
    pub(super) fn used(&self, x: &[u32]) -> f64 {
        self.terms.iter().map(|&(j, weight)| weight * f64::from(x[j])).sum()
    }
}

/// The greatest common divisor.
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_divides_every_cost() {
        let of = |costs: &[f64]| {
            let column = |&cost: &f64| Column { cost, covers: Vec::new(), most: 9, at: 0 };
            Program { columns: costs.iter().map(column).collect(), ..Program::default() }.unit()
        };
        assert_eq!(of(&[4.0, 6.0, 10.0]), Some(2.0));
        assert!((of(&[8.0, 6.0, 4.15]).unwrap() - 0.05).abs() < 1e-12);
        assert_eq!(of(&[1.0 / 3.0]), None);
        assert_eq!(of(&[0.0]), None);
    }

    #[test]
    fn what_holds_holds_by_hand() {
        let column = |covers: &[usize]| Column { cost: 1.0, covers: covers.to_vec(), most: 2, at: 0 };
        let row = |least, slopes: &[f64]| Row { least, slopes: slopes.to_vec(), gain: 0 };
        let mut program = Program {
            columns: vec![column(&[0, 1]), column(&[1])],
            rows: vec![row(1, &[]), row(1, &[2.0, 1.0])],
            gains: vec![3.0],
            limits: vec![Limit { terms: vec![(0, 1.0), (1, 1.0)], at_most: 3.0 }],
        };
        assert_eq!(program.coverage(&[1, 2]), [1, 3]);
        assert!(program.holds(&[1, 2]) && !program.holds(&[1, 1]) && !program.holds(&[2, 2]));
        program.gains = vec![3.5];
        assert!(!program.holds(&[1, 2]), "more than all there is to gain");
    }
}
