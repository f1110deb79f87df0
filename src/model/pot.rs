//! [`Pot`] and [`Vat`]: where an amount is, and what it includes.

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
