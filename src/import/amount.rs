//! Amounts as extracts write them.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{Money, whole_digits};

/// Why a text is not an amount as extracts write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not written as an amount.
    #[error("an amount such as 504, 1,496.00, -12.50 or (12.50)")]
    Grammar,
    /// It has a part of a penny that no float left behind.
    #[error("a whole number of pence")]
    Pence,
    /// A spreadsheet shortened it.
    #[error("an amount in full: a spreadsheet has shortened it")]
    Shortened,
    /// More than an entry can hold.
    #[error("an amount of at most {}", Money::MAX_ENTRY.pounds())]
    TooLarge,
}

/// The most bytes of an amount.
const MAX_BYTES: usize = 60;

/// Reads an amount as an extract writes it: padded, with or without `£` and thousands separators, a
/// credit by a minus before or behind it or by brackets, a lone dash for nothing. What a float left
/// behind the pence is dropped if it is less than a hundredth of a penny, never more.
///
/// ```
/// use crg::import::{AmountError, amount};
///
/// assert_eq!(amount(" 1,496.00 ")?.to_string(), "1496.00");
/// assert_eq!(amount("(12.50)")?.to_string(), "-12.50");
/// assert_eq!(amount("7956.420000000001")?.to_string(), "7956.42");
/// assert!(amount("6.82121E-13")?.is_zero());
/// assert_eq!(amount("504.005"), Err(AmountError::Pence));
/// # Ok::<(), AmountError>(())
/// ```
///
/// # Errors
///
/// [`AmountError`] with what would be right.
pub fn amount(text: &str) -> Result<Money, AmountError> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return Err(AmountError::Grammar);
    }
    if text.trim_start_matches('£').trim_start() == "-" {
        return Ok(Money::ZERO);
    }
    let (negative, figures) = sign(text)?;
    let exact = match figures.split_once(['e', 'E']) {
        None => plain(figures)?,
        Some((digits, power)) => noise(digits, power)?,
    };
    let pounds = exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    if (exact - pounds).abs() >= Decimal::new(1, 4) {
        return Err(AmountError::Pence);
    }
    let amount: Money = format!("{pounds:.2}")
        .parse()
        .map_err(|_| AmountError::TooLarge)?;
    if amount > Money::MAX_ENTRY {
        return Err(AmountError::TooLarge);
    }
    Ok(if negative { -amount } else { amount })
}

/// Takes the one sign off, and the `£`.
fn sign(text: &str) -> Result<(bool, &str), AmountError> {
    let bracketed = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let before = text.strip_prefix('-').or(text.strip_prefix('−'));
    let (negative, rest) = match (bracketed, before, text.strip_suffix('-')) {
        (Some(rest), ..) | (None, Some(rest), _) | (None, None, Some(rest)) => (true, rest.trim()),
        _ => (false, text),
    };
    let figures = rest.strip_prefix('£').unwrap_or(rest).trim_start();
    // £-12.50 is met as well.
    match figures.strip_prefix('-') {
        Some(inner) if !negative => Ok((true, inner)),
        Some(_) => Err(AmountError::Grammar),
        None => Ok((negative, figures)),
    }
}

/// Reads `1496`, `1,496.00` or `7956.420000000001`.
fn plain(figures: &str) -> Result<Decimal, AmountError> {
    let (whole, places) = figures.split_once('.').unwrap_or((figures, ""));
    let digits = if whole.is_empty() && !places.is_empty() {
        Some("0".to_owned())
    } else {
        whole_digits(whole)
    };
    let digits = digits.ok_or(AmountError::Grammar)?;
    if !places.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AmountError::Grammar);
    }
    if digits.trim_start_matches('0').len() > 12 {
        return Err(AmountError::TooLarge);
    }
    // Sixteen places are what a float has; the rest of a longer text is far below a hundredth of a
    // penny.
    let places = &places[..places.len().min(16)];
    Decimal::from_str_exact(&format!("{digits}.{places}0")).map_err(|_| AmountError::Grammar)
}

/// Reads `6.82121E-13`: nothing, written by a float. Any other shortened amount has lost its pence.
fn noise(digits: &str, power: &str) -> Result<Decimal, AmountError> {
    let whole = plain(digits)?;
    let below = power
        .strip_prefix('-')
        .filter(|power| !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit()));
    let is_power = below.is_some() || power.trim_start_matches('+').parse::<u32>().is_ok();
    match below.map(|power| power.trim_start_matches('0')) {
        // A number below ten, a hundred-thousandth or less of it.
        Some(power)
            if whole < Decimal::TEN
                && (power.len() > 1 || matches!(power, "6" | "7" | "8" | "9")) =>
        {
            Ok(Decimal::ZERO)
        }
        _ if whole.is_zero() && is_power => Ok(Decimal::ZERO),
        _ if is_power => Err(AmountError::Shortened),
        _ => Err(AmountError::Grammar),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<&str, AmountError>) {
        assert_eq!(
            amount(text).map(|amount| amount.to_string()),
            expect.map(str::to_owned),
            "{text:?}"
        );
    }

    #[test]
    fn every_shape_that_extracts_have() {
        for (text, pounds) in [
            ("1424", "1424.00"),
            ("1424.00", "1424.00"),
            ("1,496.00", "1496.00"),
            (" 504.00 ", "504.00"),
            ("\u{a0}504.5\u{a0}", "504.50"),
            ("-5655.69", "-5655.69"),
            ("- 5,655.69", "-5655.69"),
            ("(5,655.69)", "-5655.69"),
            ("( £5,655.69 )", "-5655.69"),
            ("5,655.69-", "-5655.69"),
            ("£-12.50", "-12.50"),
            ("-£12.50", "-12.50"),
            (" £ 950,250.00 ", "950250.00"),
            (".5", "0.50"),
            ("5.", "5.00"),
            ("7956.420000000001", "7956.42"),
            ("7956.4199999999997", "7956.42"),
            ("-0.30000000000000004", "-0.30"),
            ("504.00009", "504.00"),
            ("503.99991", "504.00"),
            ("0.000000000000682121", "0.00"),
            ("6.82121E-13", "0.00"),
            ("-6.82121e-13", "0.00"),
            ("9.99E-6", "0.00"),
            ("0E+00", "0.00"),
            ("-", "0.00"),
            (" £ - ", "0.00"),
            ("-0.00", "0.00"),
            ("9,999,999,999.99", "9999999999.99"),
        ] {
            check(text, Ok(pounds));
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "", "n/a", "1e", "e5", "12,34.00", "1.2.3", "--5", "(-5)", "(5", "5)", "£", "-£", "()",
            "#N/A", "5 CR", "1 000.00", "+-5", "NaN", "0x10",
        ] {
            check(text, Err(AmountError::Grammar));
        }
        for text in ["504.005", "504.0001", "503.9999", "0.005", "-12.345"] {
            check(text, Err(AmountError::Pence));
        }
        for text in ["1.23457E+05", "1.5E3", "1E-5", "12E-6", "3e2"] {
            check(text, Err(AmountError::Shortened));
        }
        for text in [
            "10,000,000,000.00",
            "9999999999.999999999",
            "123456789012345678901234567890",
        ] {
            check(text, Err(AmountError::TooLarge));
        }
        check(&"9".repeat(61), Err(AmountError::Grammar));
    }
}
