//! Payments that are likely the same, although they are written otherwise.

use crate::model::Source;
use crate::rules::payment::keyed::Keyed;
use crate::rules::payment::line::Booked;
use crate::rules::payment::pairing::Pairing;
use crate::rules::payment::texts::EMPTY;
use crate::rules::payment::verdict::Verdict;

/// The most days between a payment and an entry of the same project and amount.
pub(super) const MAX_DAYS: u32 = 7;

/// The most days between a payment and the entry that was accrued for it.
pub(crate) const MAX_DAYS_ACCRUED: u32 = 60;

impl Pairing<'_> {
    /// The strongest likeness first: all but the spelling, both texts, one of them, neither; last
    /// what was accrued.
    ///
    /// An entry that a ledger's line or a decision answers for is likely by both texts only, unless
    /// a person types the payment, who may not have seen the ledger.
    pub(super) fn pair_likely(&mut self, is_typed: bool) {
        let counts = |booked: &Booked| !booked.reversed;
        let may_repeat = |booked: &Booked| booked.may_repeat(is_typed);
        let same_money = |keyed: &Keyed| (keyed.project, keyed.amount);
        // A supplier that the ledger renamed, or another spelling, even without a reference.
        self.pair_near(
            0,
            counts,
            |_, keyed| Some(keyed.loose_identity()),
            |keyed| Some(keyed.loose_identity()),
            Verdict::Likely,
        );
        self.pair_near(
            MAX_DAYS,
            counts,
            |line, keyed| {
                let invoice = keyed.loose_invoice().filter(|_| !line.recurring)?;
                Some((same_money(keyed), invoice))
            },
            |keyed| Some((same_money(keyed), keyed.loose_invoice()?)),
            Verdict::Likely,
        );
        let supplier = |keyed: &Keyed| {
            let supplier = keyed.supplier.loose;
            (supplier != EMPTY).then_some((same_money(keyed), supplier))
        };
        self.pair_near(
            MAX_DAYS,
            may_repeat,
            |_, keyed| supplier(keyed),
            supplier,
            Verdict::Likely,
        );
        let reference = |keyed: &Keyed| {
            let reference = keyed.reference.loose;
            (reference != EMPTY).then_some((same_money(keyed), reference))
        };
        self.pair_near(
            MAX_DAYS,
            may_repeat,
            |_, keyed| reference(keyed),
            reference,
            Verdict::Likely,
        );
        self.pair_near(
            MAX_DAYS,
            |booked| may_repeat(booked) && !booked.is_from_ledger(),
            |_, keyed| Some(same_money(keyed)),
            |keyed| Some(same_money(keyed)),
            Verdict::Likely,
        );
        let account = |keyed: &Keyed| {
            let supplier = keyed.supplier.loose;
            let is_credit = keyed.amount.is_negative();
            (supplier != EMPTY).then_some((keyed.project, supplier, is_credit))
        };
        self.pair_near(
            MAX_DAYS_ACCRUED,
            |booked| counts(booked) && booked.is_accrued(),
            |_, keyed| account(keyed),
            account,
            Verdict::Likely,
        );
    }

    /// What a lump from a tracker may include waits until the lump is reversed.
    pub(super) fn find_lumps(&mut self) {
        for line in self.unpaired.clone() {
            if let Some(lump) = self.lump_over(line) {
                self.decide(line, Verdict::InLump(lump.entry));
            }
        }
        self.settle();
    }

    pub(super) fn is_in_lump(&self, line: usize) -> bool {
        self.lump_over(line).is_some()
    }

    /// The lump of the line's project and year that is dated that day or later.
    fn lump_over(&self, line: usize) -> Option<&Booked> {
        let payment = &self.lines[line].payment;
        self.lumps.iter().find_map(|index| {
            let lump = &self.booked[*index];
            let is_over = lump.payment.project == payment.project
                && lump.payment.year == payment.year
                && payment.on <= lump.payment.on;
            is_over.then_some(lump)
        })
    }
}

impl Booked {
    /// Returns `true` if a line of a ledger was imported as this entry.
    pub(super) fn is_from_ledger(&self) -> bool {
        self.source == Some(Source::Ledger)
    }

    /// Returns `true` if a payment with other texts may be the same: it counts, and no line of a
    /// ledger or decision answers for it, unless a person types the payment.
    pub(super) fn may_repeat(&self, is_typed: bool) -> bool {
        !self.reversed && (is_typed || !(self.is_from_ledger() || self.matched))
    }

    /// Returns `true` if it stands for all that a tracker had spent by its day.
    pub(super) fn is_lump(&self) -> bool {
        self.source == Some(Source::Tracker) && !self.reversed
    }

    /// Returns `true` if its invoice is still to come.
    pub(crate) fn is_accrued(&self) -> bool {
        self.source == Some(Source::Accrued)
    }
}
