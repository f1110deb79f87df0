//! [`Quantity`]: how many, of what a project promised or achieved.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::money::whole_digits;

/// A count or measurement that is not money: at least zero, at most twelve digits and four decimal places.
///
/// ```
/// use crg::quantity::Quantity;
///
/// let views: Quantity = "271,000".parse()?;
/// assert_eq!(views.to_string(), "271000");
/// # Ok::<(), crg::quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(Decimal);

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a text is not a [`Quantity`].
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
        let digits = whole_digits(whole).filter(|d| d.len() <= 12).ok_or(QuantityError)?;
        if places.len() > 4 || !places.bytes().all(|b| b.is_ascii_digit()) {
            return Err(QuantityError);
        }
        let scaled: i64 = format!("{digits}{places:0<4}").parse().map_err(|_| QuantityError)?;
        Ok(Quantity(Decimal::new(scaled, 4).normalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar() {
        for (text, plain) in [("145", "145"), ("271,000", "271000"), ("2.50", "2.5"), ("0", "0")] {
            assert_eq!(text.parse::<Quantity>().map(|q| q.to_string()), Ok(plain.to_owned()));
        }
        for text in ["", "-1", "1e3", "1.", ".5", "1,00", "1.00001", "1234567890123", "five"] {
            assert_eq!(text.parse::<Quantity>(), Err(QuantityError), "{text:?}");
        }
    }
}
