//! [`Left`]: what is left of a year's money, and what can be returned of it.

use crate::model::Money;

/// What is left of a year's money: neither spent, nor returned, nor lapsed.
///
/// Only what the OPCC has paid can be returned. Once cash from it is on record, that is the cash
/// still held; the rest was not drawn, and lapses at the year end. If no cash is on record, all of
/// it counts as paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// The part to be returned to the OPCC.
    pub to_return: Money,
    /// The part that the OPCC has not paid.
    pub not_drawn: Money,
}

impl Left {
    pub(super) fn new(total: Money, received: Money, cash_held: Money) -> Left {
        let to_return = if received.is_zero() {
            total
        } else {
            total.min(cash_held.max(Money::ZERO))
        };
        Left {
            to_return,
            not_drawn: total - to_return,
        }
    }

    /// Both parts together.
    pub fn total(self) -> Money {
        self.to_return + self.not_drawn
    }
}
