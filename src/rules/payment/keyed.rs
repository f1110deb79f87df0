//! [`Keyed`]: a payment as it is compared.

use std::collections::HashMap;

use crate::model::{Date, Money, ProjectRef};
use crate::rules::payment::line::Payment;
use crate::rules::payment::texts::{EMPTY, TextId, Texts};

/// A payment with its texts numbered, so that comparing two costs nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keyed {
    pub(super) project: usize,
    pub(super) supplier: TextId,
    pub(super) reference: TextId,
    /// Counted from the first day that a book can hold.
    pub(super) day: u32,
    pub(super) amount: Money,
}

/// What makes two payments the same, beside the grant year.
pub(super) type Identity = (usize, usize, usize, u32, Money);

/// What makes two payments the same invoice, or the same credit note: supplier, reference, and
/// whether it is a credit.
pub(super) type Invoice = (usize, usize, bool);

impl Keyed {
    pub(super) fn identity(&self) -> Identity {
        (
            self.project,
            self.supplier.exact,
            self.reference.exact,
            self.day,
            self.amount,
        )
    }

    /// The same, however its supplier and reference are written.
    pub(super) fn loose_identity(&self) -> Identity {
        (
            self.project,
            self.supplier.loose,
            self.reference.loose,
            self.day,
            self.amount,
        )
    }

    /// Its invoice; an empty reference names none.
    pub(super) fn invoice(&self) -> Option<Invoice> {
        let (supplier, reference) = (self.supplier.exact, self.reference.exact);
        (reference != EMPTY).then_some((supplier, reference, self.amount.is_negative()))
    }

    /// Its invoice, however its supplier and reference are written.
    pub(super) fn loose_invoice(&self) -> Option<Invoice> {
        let (supplier, reference) = (self.supplier.loose, self.reference.loose);
        (reference != EMPTY).then_some((supplier, reference, self.amount.is_negative()))
    }

    /// Its invoice by the reference alone, as somebody typed it without the supplier.
    pub(super) fn loose_reference(&self) -> Option<Invoice> {
        let reference = self.reference.loose;
        (reference != EMPTY).then_some((EMPTY, reference, self.amount.is_negative()))
    }
}

/// Numbers the texts and projects of payments.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    projects: HashMap<ProjectRef, usize>,
    suppliers: Texts,
    references: Texts,
}

impl Numbering {
    pub(super) fn keyed(&mut self, payment: &Payment) -> Keyed {
        let next = self.projects.len();
        let project = match self.projects.get(&payment.project) {
            Some(known) => *known,
            None => *self.projects.entry(payment.project.clone()).or_insert(next),
        };
        Keyed {
            project,
            supplier: self.suppliers.id(payment.supplier.as_deref()),
            reference: self.references.id(payment.reference.as_deref()),
            day: Date::MIN.days_until(payment.on),
            amount: payment.amount,
        }
    }
}
