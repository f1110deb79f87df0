//! A ledger that several grants share: whose each of its lines is.

use std::collections::BTreeSet;

use crate::book::handle::Book;
use crate::book::payments::{OnRecord, years_around};
use crate::error::Error;
use crate::fold::Lens;
use crate::import::{Extract, OutsideLine};
use crate::model::{Date, FinancialYear, ProjectRef, Vat};
use crate::report::{OtherGrant, SharedLedger, UnclaimedLine};
use crate::rules::{Decisions, Incoming, Line, Payment, Place, Verdict, recognise};

/// The rows of an extract that belong to another grant.
#[derive(Debug, Clone)]
pub struct GrantRows {
    /// The book or the map that has them.
    pub name: String,
    /// The rows.
    pub rows: BTreeSet<Place>,
}

/// A row that this grant's map and another grant both have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedTwice<'a> {
    /// The row.
    pub place: Place,
    /// The other book or map.
    pub name: &'a str,
}

impl Book {
    /// The rows of a shared ledger's extract that this book has, whatever its projects are called.
    pub fn rows_on_record(&self, extract: &Extract) -> Result<BTreeSet<Place>, Error> {
        let mut lines = extract.lines.clone();
        let ref_of_all = match self.candidates()?.first() {
            Some(candidate) => candidate.project.clone(),
            // Without an award there is no spend.
            None => return Ok(BTreeSet::new()),
        };
        let outside = extract.outside_lines.iter();
        lines.extend(outside.map(|line| of_project(line, &ref_of_all)));
        let years = years_around(&lines);
        let lens = Lens::at(Date::MAX);
        let mut known = self
            .store
            .read(|| OnRecord::read(&self.store, years, lens))?;
        let payments = known.booked.iter_mut().map(|booked| &mut booked.payment);
        for payment in payments.chain(lines.iter_mut().map(|line| &mut line.payment)) {
            payment.project = ref_of_all.clone();
        }
        let incoming = Incoming {
            lines: &lines,
            days: extract.days,
            decisions: &Decisions::default(),
        };
        let verdicts = recognise(incoming, &known.booked).verdicts;
        let found = lines.iter().zip(verdicts).filter(|(_, verdict)| {
            // Without the project a likeness in other respects says little.
            matches!(
                verdict,
                Verdict::Same(_) | Verdict::Elsewhere(_) | Verdict::Sum(_)
            )
        });
        Ok(found.map(|(line, _)| line.place.clone()).collect())
    }
}

fn of_project(line: &OutsideLine, project: &ProjectRef) -> Line {
    Line {
        place: line.place.clone(),
        payment: Payment {
            year: FinancialYear::containing(line.on),
            project: project.clone(),
            on: line.on,
            amount: line.amount,
            supplier: line.supplier.clone(),
            reference: line.reference.clone(),
        },
        vat: Vat::Net,
        category: None,
        note: None,
        recurring: false,
    }
}

/// Whose the lines outside the grant are.
///
/// # Errors
///
/// The rows that this grant and another one both have.
pub fn shared_ledger<'a>(
    extract: &Extract,
    grants: &'a [GrantRows],
) -> Result<SharedLedger, Vec<ClaimedTwice<'a>>> {
    let own = extract.claimed_rows();
    let twice: Vec<ClaimedTwice<'a>> = grants
        .iter()
        .flat_map(|grant| {
            let name = grant.name.as_str();
            let rows = grant.rows.intersection(&own);
            rows.map(move |place| ClaimedTwice {
                place: place.clone(),
                name,
            })
        })
        .collect();
    if !twice.is_empty() {
        return Err(twice);
    }
    let mut shared = SharedLedger {
        others: Vec::new(),
        unclaimed: Default::default(),
        rows: Vec::new(),
    };
    for other in grants {
        let lines = extract.outside_lines.iter();
        let lines = lines.filter(|line| other.rows.contains(&line.place));
        let mut grant = OtherGrant {
            name: other.name.clone(),
            lines: 0,
            amount: Default::default(),
        };
        for line in lines {
            grant.lines += 1;
            grant.amount += line.amount;
        }
        shared.others.push(grant);
    }
    for line in &extract.outside_lines {
        if !grants.iter().any(|grant| grant.rows.contains(&line.place)) {
            shared.add_unclaimed(UnclaimedLine {
                row: line.place.row,
                sheet: line.place.sheet.as_ref().map(|sheet| sheet.to_string()),
                on: line.on,
                supplier: line.supplier.clone(),
                reference: line.reference.clone(),
                amount: line.amount,
            });
        }
    }
    Ok(shared)
}
