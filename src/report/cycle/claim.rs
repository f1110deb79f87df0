//! The claim of an OPCC that pays in arrears: what was spent and not claimed before.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::english::overrides;
use crate::document::{
    Block, Head, Line, Report, Table, Text, declare, lines, tables_and_notes, text,
};
use crate::fold::{FoldError, Lens, PotName, YearView};
use crate::model::{Entry, EntryNumber, FinancialYear, Money, Names, ProjectRef};
use crate::report::accrued::still_to_come;
use crate::report::cycle::claim_period::ClaimPeriod;
use crate::report::cycle::claimed::{Claimed, claimed_before, earlier, spent};
use crate::report::cycle::cover::{Cover, Return};
use crate::report::head::YearHead;
use crate::report::money::cash::CashAccount;

declare! {
    /// What a partnership claims for a period: `this_claim = spent_to_date − claimed_before`, so that
    /// all claims of a year add up to its spend, and `balance = spent_to_date − cash.received +
    /// cash.returned`.
    pub struct ClaimReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// The period.
        pub period: ClaimPeriod,
        /// Whose claim it is.
        #[serde(flatten)]
        pub cover: Cover,
        /// The cash, and what the spend includes.
        pub cash: CashAccount,
        /// What was spent in the period, less refunds.
        pub spent_in_period: Money,
        /// What was spent up to the end of the period, less refunds.
        pub spent_to_date: Money,
        /// What the claims for earlier days claimed.
        pub claimed_before: Money,
        /// What is claimed now.
        pub this_claim: Money,
        /// What the OPCC owes once this claim is made; below zero if it has paid more than was
        /// spent.
        pub balance: Money,
        /// The entries that set a process rule aside.
        pub overrides: BTreeSet<EntryNumber>,
        /// The claims for earlier days that went out.
        pub claims: Vec<Claimed>,
        /// One row per project that has an award, spend or a claim, by ref.
        pub rows: Vec<ClaimRow>,
    }

    /// What is claimed for one project.
    pub row ClaimRow {
        /// Its ref.
        pub project: ProjectRef => shown("Project"),
        /// Its title.
        pub title: String => shown("Title"),
        /// Its lead.
        pub lead: String => detail,
        /// Its pot.
        pub pot: PotName => detail,
        /// Its net award.
        pub award: Money => detail_total,
        /// What it spent in the period, less refunds.
        pub spent_in_period: Money => total("In period"),
        /// What it spent up to the end of the period, less refunds.
        pub spent_to_date: Money => total("To date"),
        /// What was claimed for it before.
        pub claimed_before: Money => total("Claimed before"),
        /// What is claimed for it now.
        pub this_claim: Money => total("This claim"),
    }
}

impl ClaimReport {
    /// The claim of a year for a period, from the year's entries in the order recorded, spend among
    /// them.
    ///
    /// # Errors
    ///
    /// [`FoldError`] if the journal does not add up, which the rules prevent.
    pub fn new(
        year: FinancialYear,
        period: ClaimPeriod,
        entries: &[Entry],
        lens: Lens,
        names: Names,
    ) -> Result<ClaimReport, FoldError> {
        let view = YearView::new(year, entries.to_vec(), lens, names)?;
        let (from, to) = (period.first_day(year), period.counts_to(year, lens.as_at));
        let claims = Claimed::all(year, entries, lens);
        let before_period = from.yesterday().map(|day| spent(&view.standing, day));
        let sums = Sums {
            before_period: before_period.unwrap_or_default(),
            to_date: spent(&view.standing, to),
            claimed_before: claimed_before(&claims, to),
        };
        let projects = view.portfolio.projects.keys();
        let rows = projects.filter_map(|project| ClaimRow::new(project, &view, &sums));
        let rows: Vec<ClaimRow> = rows.collect();
        let total = |amount: fn(&ClaimRow) -> Money| rows.iter().map(amount).sum::<Money>();
        let spent_to_date = total(|row| row.spent_to_date);
        let (received, returned) = (view.portfolio.received, view.portfolio.returned());
        Ok(ClaimReport {
            head: YearHead::new(&view),
            period,
            cover: Cover::new(&view, from, to.max(from)),
            cash: CashAccount::new(&view.portfolio),
            spent_in_period: total(|row| row.spent_in_period),
            spent_to_date,
            claimed_before: total(|row| row.claimed_before),
            this_claim: total(|row| row.this_claim),
            balance: spent_to_date - received + returned,
            overrides: view.portfolio.overrides.clone(),
            claims: earlier(&claims, to).cloned().collect(),
            rows,
        })
    }

    /// Its sums, each with what it means.
    fn sums(&self) -> Table {
        let cash = &self.cash;
        let lines = lines! {
            "Spent in the period", self.spent_in_period, "less refunds";
            "Spent to date", self.spent_to_date, "to the end of the period, less refunds";
            "Claimed before", self.claimed_before, "by the claims for earlier days";
            "This claim", self.this_claim, "spent to date less claimed before";
            "Received", cash.received, "cash from the OPCC";
            "Returned", cash.returned, "underspend paid back";
            "Balance", self.balance, "spent to date less received, plus returned";
        };
        let is_shown = |line: &&Line| line.line != "Returned" || !line.amount.is_zero();
        Table::of("In total", lines.iter().filter(is_shown))
    }

    /// What was spent before the period and is claimed only now.
    fn arrears(&self) -> Option<Text> {
        let late = self.this_claim - self.spent_in_period;
        if late.is_zero() {
            return None;
        }
        Some(if late.is_negative() {
            text! {
                "This claim is ", late.abs(), " less than the spend in the period: so much of it was claimed before, ",
                "or was claimed for earlier days and has since been refunded or corrected."
            }
        } else {
            text![
                late,
                " of this claim was spent before the period and not claimed then."
            ]
        })
    }
}

/// Sums by project.
struct Sums {
    before_period: BTreeMap<ProjectRef, Money>,
    to_date: BTreeMap<ProjectRef, Money>,
    claimed_before: BTreeMap<ProjectRef, Money>,
}

impl ClaimRow {
    /// The row of a project, if there is anything to say of it.
    fn new(reference: &ProjectRef, view: &YearView, sums: &Sums) -> Option<ClaimRow> {
        let project = view.portfolio.projects.get(reference)?;
        let of =
            |sums: &BTreeMap<ProjectRef, Money>| sums.get(reference).copied().unwrap_or_default();
        let (to_date, before) = (of(&sums.to_date), of(&sums.claimed_before));
        let is_empty = [project.award, to_date, before]
            .into_iter()
            .all(Money::is_zero);
        (!is_empty).then(|| ClaimRow {
            project: reference.clone(),
            title: project.title.clone(),
            lead: project.lead.clone(),
            pot: view.pots.name(project.pot),
            award: project.award,
            spent_in_period: to_date - of(&sums.before_period),
            spent_to_date: to_date,
            claimed_before: before,
            this_claim: to_date - before,
        })
    }
}

impl Report for ClaimReport {
    fn may_be_issued(&self) -> bool {
        true
    }

    fn head(&self) -> Head {
        let (year, period) = (self.head.year, self.period.to_string());
        self.head
            .with_title(text!["Claim for ", year, ", ", period], "")
    }

    fn data(&self) -> Table {
        let table = Table::of("", &self.rows);
        table
            .led_by("period", &self.period.to_string())
            .of_year(self.head.year)
    }

    fn blocks(&self) -> Vec<Block> {
        let claims = Table::of("Claimed before", &self.claims).totalled();
        let tables = [self.data().totalled(), self.sums()].into_iter();
        let accrued = still_to_come(self.cash.accrued);
        let notes = [self.arrears(), accrued, overrides(&self.overrides)].into_iter();
        tables_and_notes(
            tables.chain(claims.filled()),
            notes.flatten().chain(self.cash.vat()),
        )
    }
}

impl Return for ClaimReport {
    fn cover(&self) -> &Cover {
        &self.cover
    }
}
