//! [`Scale`]: amounts as lengths of a drawing. A drawing is rounded to its grid, never a figure.

use crate::model::Money;

/// Amounts from one to another, laid out over so many units of a drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    lowest: i128,
    span: i128,
    units: i128,
}

impl Scale {
    /// From zero, or what is below it, to the highest of some amounts.
    pub(super) fn over(amounts: impl IntoIterator<Item = Money>, units: i128) -> Scale {
        let (lowest, highest) = amounts
            .into_iter()
            .map(pence)
            .fold((0, 0), |(low, high): (i128, i128), pence| {
                (low.min(pence), high.max(pence))
            });
        // Where all amounts are zero, any span will do.
        Scale {
            lowest,
            span: (highest - lowest).max(1),
            units,
        }
    }

    /// How far from the lowest amount this one stands.
    pub(super) fn place(&self, amount: Money) -> i128 {
        (pence(amount) - self.lowest) * self.units / self.span
    }

    /// How long an amount is; where it is anything at all, it can be seen.
    pub(super) fn length(&self, amount: Money) -> i128 {
        let length = pence(amount).max(0) * self.units / self.span;
        if amount > Money::ZERO {
            length.max(1)
        } else {
            length
        }
    }
}

/// Beyond 64 bits of pence a drawing has long run out of paper.
fn pence(amount: Money) -> i128 {
    amount
        .pence()
        .unwrap_or(if amount.is_negative() {
            i64::MIN
        } else {
            i64::MAX
        })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_fill_the_scale() {
        let money = Money::from_pence;
        let scale = Scale::over([money(3_966_100), money(3_040)], 360);
        assert_eq!(
            [
                scale.place(Money::ZERO),
                scale.place(money(1_983_050)),
                scale.place(money(3_966_100))
            ],
            [0, 180, 360]
        );
        assert_eq!(
            [scale.length(money(3_040)), scale.length(Money::ZERO)],
            [1, 0]
        );
        assert_eq!(Scale::over([Money::ZERO], 360).place(Money::ZERO), 0);
        let below = Scale::over([money(-100), money(100)], 200);
        assert_eq!(
            [
                below.place(money(-100)),
                below.place(Money::ZERO),
                below.place(money(100))
            ],
            [0, 100, 200]
        );
    }
}
