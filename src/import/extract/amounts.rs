//! [`AmountColumns`]: where the amount of a row stands, and its sign.

use crate::import::amount;
use crate::import::extract::columns::{Finder, NamedColumn};
use crate::import::extract::map::Columns;
use crate::import::fault::ValueFault;
use crate::model::Money;

/// Where the amount of a row stands.
pub(super) enum AmountColumns {
    /// In one column.
    One(NamedColumn),
    /// In one column, with its sign in another.
    Signed(NamedColumn, NamedColumn),
    /// In a column of debits, or in one of credits.
    Two(NamedColumn, NamedColumn),
}

/// What a sign column says of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Debit,
    Credit,
}

/// Reads what stands in a sign column.
pub(super) fn sign(text: &str) -> Option<Sign> {
    let letters = text
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '+' | '-'));
    let text: String = letters.flat_map(char::to_uppercase).collect();
    match text.as_str() {
        "D" | "DR" | "DEBIT" | "INV" | "INVOICE" | "I" | "IN" | "PI" | "PIN" | "PINV" | "SI"
        | "KR" | "S" | "APINVOICE" | "PURCHASEINVOICE" | "SUPPLIERINVOICE" | "STANDARD"
        | "STANDARDINVOICE" | "PAID" | "PAYMENT" | "SPEND" | "+" => Some(Sign::Debit),
        "C" | "CR" | "CREDIT" | "CRN" | "CN" | "CREDITNOTE" | "CRNOTE" | "CRD" | "PC" | "PCN"
        | "PCRN" | "PCR" | "SC" | "KG" | "H" | "CM" | "CREDITMEMO" | "APCREDIT"
        | "APCREDITNOTE" | "APCREDITMEMO" | "PURCHASECREDIT" | "PURCHASECREDITNOTE"
        | "SUPPLIERCREDIT" | "SUPPLIERCREDITNOTE" | "REFUND" | "-" => Some(Sign::Credit),
        _ => None,
    }
}

impl AmountColumns {
    pub(super) fn find(columns: &Columns, finder: &mut Finder<'_>) -> AmountColumns {
        match (&columns.amount, &columns.debit, &columns.credit) {
            (None, Some(debit), Some(credit)) => {
                AmountColumns::Two(finder.find(debit), finder.find(credit))
            }
            (Some(amount), ..) => {
                let amount = finder.find(amount);
                match finder.find_named(columns.sign.as_ref()) {
                    None => AmountColumns::One(amount),
                    Some(sign) => AmountColumns::Signed(amount, sign),
                }
            }
            // A map without either is refused when it is read.
            (None, ..) => AmountColumns::One(NamedColumn::default()),
        }
    }

    /// The column of the amounts, if it is one.
    pub(super) fn only(&self) -> Option<&NamedColumn> {
        match self {
            AmountColumns::One(amount) | AmountColumns::Signed(amount, _) => Some(amount),
            AmountColumns::Two(..) => None,
        }
    }

    /// Returns `true` if a row has no amount at all.
    pub(super) fn is_blank(&self, cells: &[String]) -> bool {
        let is_blank = |column: &NamedColumn| column.of(cells).trim().is_empty();
        match self {
            AmountColumns::One(amount) | AmountColumns::Signed(amount, _) => is_blank(amount),
            AmountColumns::Two(debit, credit) => is_blank(debit) && is_blank(credit),
        }
    }

    /// The amount of a row; a credit is below zero.
    pub(super) fn read(&self, cells: &[String]) -> Result<Money, ValueFault> {
        match self {
            AmountColumns::One(column) => read(column, cells),
            AmountColumns::Signed(column, _) => self.signed(column, cells),
            AmountColumns::Two(debit, credit) => between(debit, credit, cells),
        }
    }

    /// The amount of a row in another column, whose sign stands where that of all amounts does.
    pub(super) fn signed(
        &self,
        column: &NamedColumn,
        cells: &[String],
    ) -> Result<Money, ValueFault> {
        let amount = read(column, cells)?;
        let AmountColumns::Signed(_, signs) = self else {
            return Ok(amount);
        };
        let text = signs.of(cells).trim();
        match sign(text) {
            // The amount may have its sign already.
            Some(Sign::Credit) => Ok(-amount.abs()),
            Some(Sign::Debit) => Ok(amount),
            // Many ledgers mark credits only.
            None if text.is_empty() => Ok(amount),
            None => Err(ValueFault::new(
                &signs.name,
                text,
                "a sign such as C or D, CR or DR, CRN or INV",
            )),
        }
    }
}

fn read(column: &NamedColumn, cells: &[String]) -> Result<Money, ValueFault> {
    let text = column.of(cells);
    amount(text).map_err(|expected| ValueFault::new(&column.name, text, expected))
}

/// The amount of a row that has a debit or a credit.
fn between(
    debit: &NamedColumn,
    credit: &NamedColumn,
    cells: &[String],
) -> Result<Money, ValueFault> {
    let of = |column: &NamedColumn| match column.of(cells).trim() {
        "" => Ok(None),
        _ => read(column, cells).map(Some),
    };
    match (of(debit)?, of(credit)?) {
        (None, None) => read(debit, cells),
        (Some(amount), None) => Ok(amount),
        (Some(amount), Some(other)) if other.is_zero() => Ok(amount),
        (Some(other), Some(amount)) if !other.is_zero() => {
            let expected = format!("blank where there is a debit of {}", other.pounds());
            let found = amount.pounds().to_string();
            Err(ValueFault::new(&credit.name, &found, expected))
        }
        (_, Some(amount)) if amount.is_negative() => {
            let text = credit.of(cells);
            Err(ValueFault::new(&credit.name, text, "a credit above zero"))
        }
        (_, Some(amount)) => Ok(-amount),
    }
}
