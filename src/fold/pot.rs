//! [`PotPosition`]: the figures of one pot.

use crate::model::Money;

/// The figures of one pot: `allocated + moved = committed + returned + lapsed + remaining`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PotPosition {
    /// Allocated to it, less cuts.
    pub allocated: Money,
    /// Moved into it from the other pot, less what moved out of it.
    pub moved: Money,
    /// The net awards of its own projects: approved and increased, less reduced and withdrawn.
    pub committed: Money,
    /// Uncommitted money returned from it to the OPCC, less what was repaid to it.
    pub returned: Money,
    /// Uncommitted money of it that lapsed.
    pub lapsed: Money,
}

impl PotPosition {
    /// The money left in it.
    pub fn remaining(&self) -> Money {
        self.allocated + self.moved - self.committed - self.returned - self.lapsed
    }
}
