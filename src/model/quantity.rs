//! [`Quantity`]: how much of something a project promised or achieved.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::model::keyword::written;
use crate::model::money::{Money, whole_digits};

/// A count or measurement that is not money: at least zero, at most twelve digits and four decimal
/// places.
///
/// ```
/// use crg::model::Quantity;
///
/// let views: Quantity = "271,000".parse()?;
/// assert_eq!(views.to_string(), "271000");
/// # Ok::<(), crg::model::QuantityError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(Decimal);

/// The greatest number of decimal places.
const MAX_PLACES: u32 = 4;

impl Quantity {
    /// The cost of one, given what all of them cost: worked out exactly, then rounded to the penny,
    /// half a penny up. `None` if there are none of them, for a cost below zero, and past the
    /// largest amount.
    pub fn cost_of_one(self, all: Money) -> Option<Money> {
        // Whole pence over a whole number of ten-thousandths: twelve digits and four places are far
        // within 128 bits.
        let shift = |places: u32| 10_i128.checked_pow(places);
        let parts = self
            .0
            .mantissa()
            .checked_mul(shift(MAX_PLACES.checked_sub(self.0.scale())?)?)?;
        let pence = i128::from(all.pence()?).checked_mul(shift(MAX_PLACES)?)?;
        if parts == 0 || pence < 0 {
            return None;
        }
        let rounded = (2 * pence + parts) / (2 * parts);
        i64::try_from(rounded)
            .ok()
            .map(Money::from_pence)
            .filter(|cost| *cost <= Money::MAX_ENTRY)
    }
}

impl Quantity {
    /// The digits with a comma after each thousand, for people: `271,000`.
    pub fn grouped(self) -> String {
        let written = self.to_string();
        let (whole, places) = match written.split_once('.') {
            Some((whole, places)) => (whole, format!(".{places}")),
            None => (written.as_str(), String::new()),
        };
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped + &places
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

written!(Quantity);

/// The error for a text that is not a [`Quantity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number such as 145, 271,000 or 2.5")]
pub struct QuantityError;

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Quantity, QuantityError> {
        let (whole, places) = match text.split_once('.') {
            Some((whole, places)) if !places.is_empty() => (whole, places),
            Some(_) => return Err(QuantityError),
            None => (text, ""),
        };
        let digits = whole_digits(whole)
            .filter(|d| d.len() <= 12)
            .ok_or(QuantityError)?;
        if places.len() > 4 || !places.bytes().all(|b| b.is_ascii_digit()) {
            return Err(QuantityError);
        }
        let scaled: i64 = format!("{digits}{places:0<4}")
            .parse()
            .map_err(|_| QuantityError)?;
        Ok(Quantity(Decimal::new(scaled, 4).normalize()))
    }
}
