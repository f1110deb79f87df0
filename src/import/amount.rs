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

const MAX_BYTES: usize = 60;

/// Reads an amount as an extract writes it: padded, with or without `£` and thousands separators, a
/// credit by a minus before or behind it, by brackets or by `CR` behind it, a lone dash for nothing.
/// What a float left behind the pence is dropped if it is less than a hundredth of a penny, never
/// more.
///
/// ```
/// use crg::import::{AmountError, amount};
///
/// assert_eq!(amount(" 1,496.00 ")?.to_string(), "1496.00");
/// assert_eq!(amount("(12.50)")?.to_string(), "-12.50");
/// assert_eq!(amount("50.00 CR")?.to_string(), "-50.00");
/// assert_eq!(amount("7956.420000000001")?.to_string(), "7956.42");
/// assert!(amount("6.82121E-13")?.is_zero());
/// assert_eq!(amount("504.005"), Err(AmountError::Pence));
/// # Ok::<(), AmountError>(())
/// ```
pub fn amount(text: &str) -> Result<Money, AmountError> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return Err(AmountError::Grammar);
    }
    if text.trim_start_matches('£').trim_start() == "-" {
        return Ok(Money::ZERO);
    }
    let (side, text) = side(text);
    let (negative, figures) = sign(text)?;
    let negative = match side {
        None => negative,
        // Two signs might mean either.
        Some(_) if negative => return Err(AmountError::Grammar),
        Some(is_credit) => is_credit,
    };
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

/// Takes off the `CR` or `DR` behind an amount: whether it is a credit, and the rest.
fn side(text: &str) -> (Option<bool>, &str) {
    let plain = text.trim_end_matches('.');
    let split = plain
        .len()
        .checked_sub(2)
        .and_then(|at| plain.split_at_checked(at));
    let Some((rest, side)) = split else {
        return (None, text);
    };
    if side.eq_ignore_ascii_case("CR") {
        (Some(true), rest.trim_end())
    } else if side.eq_ignore_ascii_case("DR") {
        (Some(false), rest.trim_end())
    } else {
        (None, text)
    }
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
        Some("0".into())
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
