//! [`Scale`]: amounts as lengths of a drawing. A drawing is rounded to its grid, never a figure.

use crate::model::Money;

/// A range of amounts, laid out over some units of a drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    lowest: i128,
    span: i128,
    units: i128,
}

impl Scale {
    /// From zero, or the lowest amount if it is below zero, to the highest.
    pub(super) fn over(amounts: impl IntoIterator<Item = Money>, units: i128) -> Scale {
        let (mut lowest, mut highest) = (0, 0);
        for pence in amounts.into_iter().map(pence) {
            (lowest, highest) = (pence.min(lowest), pence.max(highest));
        }
        // If all amounts are zero, any span will do.
        Scale {
            lowest,
            span: (highest - lowest).max(1),
            units,
        }
    }

    /// The distance of an amount from the lowest one.
    pub(super) fn position(&self, amount: Money) -> i128 {
        (pence(amount) - self.lowest) * self.units / self.span
    }

    /// The length of an amount. Any amount above zero is long enough to be seen.
    pub(super) fn length(&self, amount: Money) -> i128 {
        let length = pence(amount).max(0) * self.units / self.span;
        length.max(i128::from(amount > Money::ZERO))
    }
}

/// An amount in pence, at most as many as 64 bits hold: nobody can see the difference.
fn pence(amount: Money) -> i128 {
    let most = if amount.is_negative() {
        i64::MIN
    } else {
        i64::MAX
    };
    amount.pence().unwrap_or(most).into()
}

#[cfg(test)]
#[path = "../../../tests/unit/scale.rs"]
mod tests;
