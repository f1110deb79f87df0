//! The usual names of a ledger's columns.

use crate::import::extract::text::folded;

// The usual names in ledgers, the likeliest first.
pub(super) const DATES: [&str; 8] = [
    "date",
    "payment date",
    "date paid",
    "paid date",
    "posting date",
    "transaction date",
    "accounting date",
    "invoice date",
];
pub(super) const AMOUNTS: [&str; 12] = [
    "net amount",
    "amount net",
    "amount excl vat",
    "amount excluding vat",
    "net",
    "net value",
    "amount",
    "amount (£)",
    "amount paid",
    "payment amount",
    "invoice amount",
    "value",
];
pub(super) const SUPPLIERS: [&str; 9] = [
    "supplier name",
    "supplier",
    "vendor name",
    "vendor",
    "payee name",
    "payee",
    "creditor name",
    "beneficiary name",
    "beneficiary",
];
pub(super) const REFERENCES: [&str; 23] = [
    "transaction number",
    "transaction no",
    "transaction reference",
    "transaction id",
    "trans no",
    "document number",
    "document no",
    "document no.",
    "doc number",
    "doc no",
    "doc no.",
    "voucher",
    "voucher no",
    "journal number",
    "voucher number",
    "invoice number",
    "invoice no",
    "invoice ref",
    "invoice reference",
    "inv no",
    "payment reference",
    "reference",
    "ref",
];
pub(super) const CODES: [&str; 10] = [
    "project",
    "project code",
    "cost centre",
    "cost center",
    "cost centre code",
    "cost code",
    "subjective code",
    "expense code",
    "account code",
    "code",
];

/// The index of the column with one of the usual names, or else with a word in its name.
pub(super) fn find(names: &[String], usual: &[&str], word: &str) -> Option<usize> {
    let names: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let by_name = usual
        .iter()
        .find_map(|usual| names.iter().position(|name| name == usual));
    by_name.or_else(|| {
        names
            .iter()
            .position(|name| name.split(' ').any(|part| part == word))
    })
}
