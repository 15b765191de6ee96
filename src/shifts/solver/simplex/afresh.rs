//! Working everything out anew: the inverse of the basis, prices and values, so that roundings do not add up.

use super::{At, NOTHING, PRICED, SINGULAR, Simplex};

impl Simplex {
    /// Works the inverse out anew, by taking the variables of the basis in one by one, the largest entry first; then
    /// values and prices.
    pub(super) fn invert(&mut self) {
        let (m, n) = (self.rows, self.structural);
        let wanted: Vec<usize> = self.basis.iter().copied().filter(|&j| j < n).collect();
        let mut free: Vec<bool> = vec![true; m];
        self.inverse.fill(0.0);
        self.weight.fill(1.0);
        for (i, free) in free.iter_mut().enumerate() {
            self.inverse[i * m + i] = -1.0;
            *free = !matches!(self.at[n + i], At::Basic(_));
            self.basis[i] = n + i;
        }
        for q in wanted {
            self.enter_column(q);
            let at = (0..m).filter(|&i| free[i]);
            let Some(r) = at.max_by(|&a, &b| self.column[a].abs().total_cmp(&self.column[b].abs())) else {
                break;
            };
            if self.column[r].abs() < SINGULAR {
                // Rounding made it one with others: it leaves the basis, its row's own stays.
                self.at[q] = At::Lower;
                continue;
            }
            free[r] = false;
            self.nonzero.clear();
            let row = &self.inverse[r * m..(r + 1) * m];
            self.nonzero.extend((0..m).filter(|&k| row[k].abs() > NOTHING));
            self.turn(r);
            self.basis[r] = q;
        }
        for r in 0..m {
            self.at[self.basis[r]] = At::Basic(r);
        }
        self.steps = 0;
        self.reprice();
        self.settle();
        self.revalue();
    }

    /// Everything outside the basis goes to the bound that its price asks for.
    fn settle(&mut self) {
        for (at, &price) in self.at.iter_mut().zip(&self.price) {
            match at {
                At::Lower if price < -PRICED => *at = At::Upper,
                At::Upper if price > PRICED => *at = At::Lower,
                _ => {}
            }
        }
    }

    /// Prices from costs: what each row's variable costs, through the inverse.
    fn reprice(&mut self) {
        let (m, n) = (self.rows, self.structural);
        let mut dual = vec![0.0; m];
        for (r, row) in self.inverse.chunks_exact(m.max(1)).enumerate() {
            let cost = self.cost[self.basis[r]];
            if cost != 0.0 {
                dual.iter_mut().zip(row).for_each(|(y, a)| *y += cost * a);
            }
        }
        self.price.clone_from(&self.cost);
        for j in 0..n {
            self.price[j] -= self.by_column.line(j).map(|(i, a)| dual[i] * a).sum::<f64>();
        }
        (0..m).for_each(|i| self.price[n + i] += dual[i]);
        (0..m).for_each(|r| self.price[self.basis[r]] = 0.0);
    }

    /// Values of the basis from bounds, and the cost.
    pub(super) fn revalue(&mut self) {
        let (m, n) = (self.rows, self.structural);
        let mut rest = self.b.clone();
        self.objective = 0.0;
        for j in 0..n + m {
            if matches!(self.at[j], At::Basic(_)) {
                continue;
            }
            let value = self.value(j);
            self.objective += self.cost[j] * value;
            if value != 0.0 && j < n {
                self.by_column.line(j).for_each(|(i, a)| rest[i] -= a * value);
            } else if value != 0.0 {
                rest[j - n] += value;
            }
        }
        for (r, row) in self.inverse.chunks_exact(m.max(1)).enumerate() {
            self.value[r] = row.iter().zip(&rest).map(|(a, b)| a * b).sum();
            self.objective += self.cost[self.basis[r]] * self.value[r];
        }
    }
}
