//! [`Money`]: pounds and pence, exact, with a grammar of its own.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// An amount of pounds sterling with exactly two decimal places; it may be negative.
///
/// It is read with [`str::parse`] and written with [`Display`](fmt::Display) (`15552.80`, for JSON
/// and CSV) or [`Money::pounds`] (`£15,552.80`, for people). Sums never round. An
/// [entry](crate::model::Entry) holds at most [`Money::MAX_ENTRY`], so `+` and `-` cannot run
/// out of the 96 bits behind them before a book runs out of entry numbers; [`Money::checked_add`]
/// is there for sums of any other origin.
///
/// ```
/// use crg::model::Money;
///
/// let printed: Money = "£15,553.26".parse()?;
/// let computed: Money = "15552.8".parse()?;
/// assert_eq!((printed - computed).to_string(), "0.46");
/// assert_eq!(computed.pounds().to_string(), "£15,552.80");
/// assert!("1e3".parse::<Money>().is_err());
/// # Ok::<(), crg::model::MoneyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

impl Money {
    /// Nothing: £0.00.
    pub const ZERO: Money = Money(Decimal::from_parts(0, 0, 0, false, 2));
    /// £0.01: the smallest amount an entry may move.
    pub const PENNY: Money = Money(Decimal::from_parts(1, 0, 0, false, 2));
    /// £9,999,999,999.99: the largest amount an entry may hold.
    pub const MAX_ENTRY: Money = Money(Decimal::from_parts(0xD4A5_0FFF, 0xE8, 0, false, 2));

    /// An amount of so many pence.
    pub fn from_pence(pence: i64) -> Money {
        Money(Decimal::new(pence, 2))
    }

    /// The amount in pence, or `None` if it does not fit 64 bits (beyond
    /// £92,233,720,368,547,758.07).
    pub fn pence(self) -> Option<i64> {
        i64::try_from(self.0.mantissa()).ok()
    }

    /// The sum, or `None` past 96 bits.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).and_then(to_the_penny)
    }

    /// The difference, or `None` past 96 bits.
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).and_then(to_the_penny)
    }

    /// Returns `true` if it is below zero.
    pub fn is_negative(self) -> bool {
        self < Money::ZERO
    }

    /// Returns `true` if it is exactly zero.
    pub fn is_zero(self) -> bool {
        self == Money::ZERO
    }

    /// Its distance from zero.
    pub fn abs(self) -> Money {
        Money(self.0.abs())
    }

    /// What it would be for `whole` if it is the amount for `part`, to the nearest penny; half a
    /// penny is rounded up. `None` if the part is nothing, or past 64 bits of pence.
    ///
    /// ```
    /// # use crg::model::Money;
    /// let in_sixty_days: Money = "1000".parse()?;
    /// assert_eq!(in_sixty_days.extrapolated(60, 252), Some("4200".parse()?));
    /// assert_eq!(in_sixty_days.extrapolated(0, 252), None);
    /// # Ok::<(), crg::model::MoneyError>(())
    /// ```
    pub fn extrapolated(self, part: u32, whole: u32) -> Option<Money> {
        // 64 bits times 32 are far within 128.
        let (part, whole) = (i128::from(part), i128::from(whole));
        let twice = 2 * i128::from(self.pence()?) * whole;
        let rounded = (twice + part).checked_div_euclid(2 * part)?;
        i64::try_from(rounded).ok().map(Money::from_pence)
    }

    /// The amount as people read it: `£15,552.80`, `-£12.50`.
    pub fn pounds(self) -> impl fmt::Display {
        Pounds(self)
    }
}

/// The sum, unless it is past 96 bits: then the decimal crate has rounded it to fewer places.
fn to_the_penny(sum: Decimal) -> Option<Money> {
    (sum.scale() == 2).then_some(Money(sum))
}

fn past_96_bits() -> ! {
    panic!("a sum of money past 96 bits: more than a book of entries can hold")
}

struct Pounds(Money);

impl fmt::Display for Pounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.0.abs().to_string();
        let (whole, pence) = plain.split_once('.').unwrap_or((&plain, "00"));
        let mut text = String::from(if self.0.is_negative() { "-£" } else { "£" });
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad(&format!("{text}.{pence}"))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.pounds(), f)
    }
}

impl Default for Money {
    fn default() -> Money {
        Money::ZERO
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        self.checked_add(other).unwrap_or_else(|| past_96_bits())
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        self.checked_sub(other).unwrap_or_else(|| past_96_bits())
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money::ZERO - self
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        *self = *self - other;
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

/// The error for a text that is not a [`Money`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not written as an amount.
    #[error("an amount; write it as 39661, 39,661.00 or £39661.50")]
    Grammar,
    /// More than two decimal places.
    #[error("an amount in whole pence; use at most two decimal places")]
    Places,
    /// More than sixteen digits of pounds.
    #[error("an amount of at most sixteen digits")]
    TooLong,
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Reads `39661`, `39,661`, `£39,661.00`, `39661.5`, `-12.50`, `-£12.50`, the minus in either of
    /// its two forms; nothing else, spaces included.
    fn from_str(text: &str) -> Result<Money, MoneyError> {
        let (negative, unsigned) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let figures = unsigned.strip_prefix('£').unwrap_or(unsigned);
        let (whole, places) = figures.split_once('.').unwrap_or((figures, "00"));
        let digits = whole_digits(whole).ok_or(MoneyError::Grammar)?;
        if places.is_empty() || !places.bytes().all(|b| b.is_ascii_digit()) {
            return Err(MoneyError::Grammar);
        }
        if places.len() > 2 {
            return Err(MoneyError::Places);
        }
        if digits.len() > 16 {
            return Err(MoneyError::TooLong);
        }
        let tenths = if places.len() == 1 { 10 } else { 1 };
        let pounds: i64 = digits.parse().map_err(|_| MoneyError::TooLong)?;
        let pence: i64 = places.parse().map_err(|_| MoneyError::Grammar)?;
        let pence = pounds * 100 + pence * tenths;
        Ok(Money::from_pence(if negative { -pence } else { pence }))
    }
}

/// Returns `true` if a text reads as an amount: see [`Money`].
pub fn is_amount(text: &str) -> bool {
    text.parse::<Money>().is_ok()
}

/// The digits of a whole number, with or without thousands separators in their right places.
pub(crate) fn whole_digits(text: &str) -> Option<Cow<'_, str>> {
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let Some((first, rest)) = text.split_once(',') else {
        return is_digits(text).then_some(Cow::Borrowed(text));
    };
    let is_thousands = |group: &str| group.len() == 3 && is_digits(group);
    (first.len() <= 3 && is_digits(first) && rest.split(',').all(is_thousands))
        .then(|| Cow::Owned(text.replace(',', "")))
}
