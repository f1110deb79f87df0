//! What the columns of an entry are called on a form, and the hints below their names. A kind that is
//! not named here has the words of its columns.

use crg::model::{Column, Input, Kind, Need};

/// What a column of a kind is called.
pub(crate) fn label(kind: Kind, column: Column) -> &'static str {
    match (column, kind.input(column)) {
        (Column::Measure, _) if kind == Kind::Scheme => "Scheme",
        (Column::Priorities, _) if kind == Kind::Scheme => "Code",
        (Column::Title, _) if kind == Kind::Scheme => "Name",
        (Column::Value, _) if kind == Kind::Scheme => "Change",
        (Column::Value, Input::Day) => "To be done by",
        (Column::Value, Input::Choice { .. }) => "Where the amount comes from",
        (Column::Value, Input::Fingerprint) if kind == Kind::Match => "SHA-256 of the line",
        (Column::Value, Input::Fingerprint) if kind == Kind::Certify => "SHA-256 of the report",
        (Column::Value, Input::Fingerprint) => "SHA-256 of the file",
        (Column::Value, Input::Number) => "How many",
        (Column::Value, _) => "Value",
        (Column::Measure, Input::Choice { .. }) => "Which",
        (Column::Measure, _) if kind.is_spending() => "Cost category",
        (Column::Measure, _) => "What is counted or named",
        (Column::Reference, Input::Entries) => "Number of the entry",
        (Column::Reference, _) => "Reference",
        (Column::On, _) => "Date",
        (Column::Year, _) => "Grant year",
        (Column::Kind, _) => "Type",
        (Column::Project, _) => "Project",
        (Column::Pot, _) => "Pot",
        (Column::Amount, _) => "Amount",
        (Column::Title, _) => "Title",
        (Column::Lead, _) => "Lead",
        (Column::Supplier, _) => "Supplier",
        (Column::Priorities, _) => "Priorities",
        (Column::Vat, _) => "VAT",
        (Column::Override, _) => "Reason to record it anyway",
        (Column::Note, _) => "Note",
        (Column::By, _) => "Recorded by",
    }
}

/// Returns `true` if the amount is all that is left when an entry of the kind is recorded.
fn is_worked_out(kind: Kind) -> bool {
    kind.arrow().is_some() && kind.need(Column::Amount) == Need::Optional
}

/// What helps to fill in a column of a kind.
pub(crate) fn hint(kind: Kind, column: Column) -> &'static str {
    match (column, kind.input(column)) {
        (_, Input::Day) => "With its year, such as 31/3/2026; or today, or yesterday.",
        (Column::Amount, _) if kind == Kind::Approve => {
            "Pounds and pence, such as 1,250.00. Leave it empty to approve what was submitted."
        }
        (Column::Amount, _) if is_worked_out(kind) => {
            "Leave it empty: it is worked out when it is recorded."
        }
        (_, Input::Amount) => "Pounds and pence, such as 1,250.00.",
        (_, Input::Fingerprint) => "The 64 characters that identify the file.",
        (Column::Project, _) if kind == Kind::Propose => {
            "A new ref for it, such as P01. No other project of the year has it."
        }
        (Column::Lead, _) => "The agency that delivers it.",
        (Column::Reference, Input::Text) => match kind.agreement() {
            Some(agreement) => agreement,
            None => "An invoice, a letter, a meeting.",
        },
        (Column::Priorities, _) => "The codes of those that it serves, such as ASB;PP.",
        (Column::Vat, _) => "Net of VAT that the lead recovers, or gross.",
        (Column::Measure, Input::Text) if kind.is_spending() => "Such as venue hire.",
        (Column::Value, Input::Choice { .. }) => "Accrued if the invoice is still to come.",
        (Column::Note, _) if kind.note_is_reason() => {
            "Papers print it as the reason. No names of people, please."
        }
        (Column::Note, _) => "Anything a reader should know. No names of people, please.",
        _ => "",
    }
}

/// What it is to record a kind of entry.
pub(crate) fn title(kind: Kind) -> String {
    format!("Record {}", kind.noun())
}
