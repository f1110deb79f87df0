//! [`Pot`], [`Vat`] and [`Source`]: where an amount is, what it includes, where it came from.

use crate::model::keyword::keywords;

keywords! {
    /// One of the two parts of a year's allocation.
    Pot, PotError, "a pot; write upfront or tactical" {
        /// For projects decided before the year.
        Upfront = "upfront",
        /// For needs that emerge in the year; it opens when the upfront pot is released.
        Tactical = "tactical",
    }
}

keywords! {
    /// What an amount of spend includes.
    Vat, VatError, "net or gross" {
        /// Without VAT, which the lead recovers (councils do).
        Net = "net",
        /// With VAT, which the lead does not recover.
        Gross = "gross",
    }
}

keywords! {
    /// Where the amount of a payment came from. One that someone typed has none.
    Source, SourceError, "ledger, tracker or accrued, or nothing" {
        /// A line of the finance ledger, imported.
        Ledger = "ledger",
        /// One total from a tracker, a spreadsheet with a row for each project.
        Tracker = "tracker",
        /// The invoice is still to come.
        Accrued = "accrued",
    }
}
