//! [`Days`]: the movements of an account, day by day.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use crate::model::{Date, Money};

/// The net movement of one account on each day that it moved. An account may not be below zero at
/// the end of a day, so the order within a day does not matter.
///
/// ```
/// use crg::rules::Days;
///
/// let mut days = Days::default();
/// days.add("2025-07-23".parse()?, "100".parse()?);
/// days.add("2025-11-20".parse()?, "-60".parse()?);
/// assert_eq!(days.balance_at("2025-09-01".parse()?).to_string(), "100.00");
/// // If 50 more were taken in September, November would be 10 short.
/// let (day, there) = days.first_below("2025-09-01".parse()?, "-50".parse()?).unwrap();
/// assert_eq!((day.to_string(), there.to_string()), ("2025-11-20".into(), "40.00".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days {
    moved: BTreeMap<Date, Day>,
    total: Money,
}

/// The net movement of one day, and the number of movements: a day with two that cancel out is
/// still a day on which the account moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Day {
    net: Money,
    movements: u32,
}

impl Days {
    /// Adds a movement.
    pub fn add(&mut self, on: Date, amount: Money) {
        let day = self.moved.entry(on).or_default();
        day.net += amount;
        day.movements += 1;
        self.total += amount;
    }

    /// Removes a movement that was added.
    pub fn remove(&mut self, on: Date, amount: Money) {
        if let Some(day) = self.moved.get_mut(&on) {
            day.net -= amount;
            day.movements -= 1;
            self.total -= amount;
            if day.movements == 0 {
                self.moved.remove(&on);
            }
        }
    }

    /// Adds another account's movements, each with the opposite sign.
    pub fn subtract(&mut self, other: &Days) {
        for (on, day) in &other.moved {
            let own = self.moved.entry(*on).or_default();
            own.net -= day.net;
            own.movements += day.movements;
        }
        self.total -= other.total;
    }

    /// Returns `true` if it never moved.
    pub fn is_empty(&self) -> bool {
        self.moved.is_empty()
    }

    /// The number of days on which it moved.
    pub fn count(&self) -> usize {
        self.moved.len()
    }

    /// The balance after all movements.
    pub fn total(&self) -> Money {
        self.total
    }

    /// The balance at the end of a day.
    pub fn balance_at(&self, on: Date) -> Money {
        let later: Money = self
            .moved
            .range((Excluded(on), Unbounded))
            .map(|(_, day)| day.net)
            .sum();
        self.total - later
    }

    /// The lowest balance, from the end of a day on.
    pub fn least_from(&self, from: Date) -> Money {
        let mut balance = self.balance_at(from);
        let mut least = balance;
        for (_, day) in self.moved.range((Excluded(from), Unbounded)) {
            balance += day.net;
            least = least.min(balance);
        }
        least
    }

    /// The first day, from `from` on, that would end below zero if `change` were added on `from`,
    /// and the balance of that day without it.
    pub fn first_below(&self, from: Date, change: Money) -> Option<(Date, Money)> {
        let mut balance = self.balance_at(from);
        if (balance + change).is_negative() {
            return Some((from, balance));
        }
        for (on, day) in self.moved.range((Excluded(from), Unbounded)) {
            balance += day.net;
            if (balance + change).is_negative() {
                return Some((*on, balance));
            }
        }
        None
    }
}
