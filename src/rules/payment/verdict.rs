//! [`Verdict`]: what the book has of a payment.

use crate::model::EntryNumber;

/// What the book has of a payment. In order: the first that applies is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// What a person decided of this very line: it is the same as these entries, or none of the
    /// grant's.
    Decided(Vec<EntryNumber>),
    /// This entry, which agrees in project, supplier, reference, day and amount.
    Same(EntryNumber),
    /// This entry, which is the same in another grant year.
    Elsewhere(EntryNumber),
    /// This entry, which is the same and was reversed: somebody decided that it should not be in
    /// the book.
    Reversed(EntryNumber),
    /// These entries, which add up to it; or one entry, to which it adds up with other lines.
    Sum(Vec<EntryNumber>),
    /// This entry with the same supplier and reference, which the file lacks, and of which one of
    /// day, amount and project differs.
    Changed(EntryNumber),
    /// This entry with the same supplier and reference: a part payment, an instalment.
    Further(EntryNumber),
    /// This entry, which may be the same.
    Likely(EntryNumber),
    /// This lump from a tracker, in which it may be included.
    InLump(EntryNumber),
    /// Nothing.
    New,
}

impl Verdict {
    /// The entries that the payment is, or resembles.
    pub fn entries(&self) -> &[EntryNumber] {
        match self {
            Verdict::New => &[],
            Verdict::Decided(entries) | Verdict::Sum(entries) => entries,
            Verdict::Same(entry)
            | Verdict::Elsewhere(entry)
            | Verdict::Reversed(entry)
            | Verdict::Changed(entry)
            | Verdict::Further(entry)
            | Verdict::Likely(entry)
            | Verdict::InLump(entry) => std::slice::from_ref(entry),
        }
    }

    /// Returns `true` if a person must decide before the payment is recorded.
    pub fn waits(&self) -> bool {
        !matches!(self, Verdict::Decided(_) | Verdict::Same(_) | Verdict::New)
    }
}
