//! Numbers as workbooks from before Excel 2007 hold them, as text.

use rust_decimal::Decimal;

use crate::import::day::{LAST_SERIAL, on_calendar};

/// How many digits a spreadsheet shows of a number.
const DIGITS: usize = 15;

/// A number of eight bytes, to the digits that a spreadsheet shows.
pub(super) fn long(bits: u64) -> String {
    let sign = if bits >> 63 == 1 { "-" } else { "" };
    let exponent = i64::from(u16::try_from((bits >> 52) & 0x7FF).unwrap_or(0)) - 1075;
    let fraction = u128::from(bits & ((1 << 52) - 1));
    // Numbers too small for the first bit to be implied are nothing here.
    let digits = if exponent == -1075 {
        0
    } else {
        fraction | 1 << 52
    };
    match (u32::try_from(exponent), u32::try_from(-exponent)) {
        (Ok(shift @ ..=70), _) => format!("{sign}{}", digits << shift),
        (_, Ok(shift @ 1..=120)) => {
            let text = places(digits, shift);
            let sign = if text == "0" { "" } else { sign };
            format!("{sign}{text}")
        }
        (_, Ok(_)) => "0".into(),
        _ => "#NUM!".into(),
    }
}

/// A number divided by two so many times, as a decimal.
fn places(number: u128, shift: u32) -> String {
    let whole = (number >> shift).to_string();
    let places = DIGITS.saturating_sub(whole.len());
    let power = (0..places).fold(1_u128, |power, _| power * 10);
    let scaled = (number * power + (1 << (shift - 1))) >> shift;
    let text = format!("{scaled:0>width$}", width = places + 1);
    let (whole, fraction) = text.split_at(text.len() - places);
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

/// A number of four bytes: the last two bits say whether it is whole, and whether it counts
/// hundredths.
pub(super) fn short(number: u32) -> String {
    let is_whole = number & 2 != 0;
    let text = if is_whole {
        (number.cast_signed() >> 2).to_string()
    } else {
        long(u64::from(number & !3) << 32)
    };
    if number & 1 == 0 {
        return text;
    }
    let hundredths: Option<Decimal> = text.parse().ok();
    let number = hundredths.and_then(|it| it.checked_div(Decimal::ONE_HUNDRED));
    number.map_or(text, |it| it.normalize().to_string())
}

/// A number that is shown as a day, as year-month-day; the number, if it is none.
pub(super) fn day(number: &str, is_1904: bool) -> String {
    let days = number.split('.').next().and_then(|days| days.parse().ok());
    days.filter(|days| (1..=LAST_SERIAL).contains(days))
        .and_then(|days| on_calendar(days, is_1904))
        .map_or_else(|| number.to_owned(), |day| day.to_string())
}

#[cfg(test)]
#[path = "../../../../tests/unit/workbook_number.rs"]
mod tests;
