//! The chance of error that a search may spend, dealt out to its tests.

/// Hands out shares of an error: the j-th gets `1/(j(j+1))` of it, so that any number of them adds up to no more than
/// the whole, and the first, most likely ones are not starved.
#[derive(Clone, Debug)]
pub(super) struct Purse {
    whole: f64,
    spent: u64,
}

impl Purse {
    pub(super) fn new(whole: f64) -> Self {
        Self { whole, spent: 0 }
    }

    /// The next share.
    pub(super) fn next(&mut self) -> f64 {
        self.spent += 1;
        let j = self.spent as f64;
        self.whole / (j * (j + 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shares_together_are_the_whole() {
        let mut purse = Purse::new(1e-4);
        let sum: f64 = (0..100_000).map(|_| purse.next()).sum();
        assert!(sum < 1e-4 && sum > 0.999_98e-4);
    }
}
