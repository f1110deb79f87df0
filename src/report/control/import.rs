//! What an import found in an extract, and what of it went into the book.

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, counted};
use crate::model::keywords;
use crate::model::{Date, EntryNumber, Money, ProjectRef};
use crate::rules::{Booked, GrandTotal, Line, Payment, Tally};

/// What an import found: every line of the extract is counted in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// The extract.
    pub file: String,
    /// Was it recorded, or only tried?
    pub recorded: bool,
    /// How many lines there are in all, but for blank ones and the grand total.
    pub lines: Tally,
    /// Lines that the book had not.
    pub new: Tally,
    /// Lines that the book had already.
    pub same: Tally,
    /// Lines that the book had with another amount, day or project.
    pub changed: Tally,
    /// What is done with these.
    pub changes: Changes,
    /// Lines that the book had and that were reversed.
    pub struck: Tally,
    /// Lines that were refused.
    pub refused: Tally,
    /// Lines of £0.00.
    pub nothing: Tally,
    /// Lines that are none of the grant's.
    pub outside: Tally,
    /// Blank rows.
    pub blank: u64,
    /// The last row, where it is a grand total.
    pub grand_total: Option<GrandTotal>,
    /// The lines that are new, changed, struck or refused, in the order of the extract.
    pub rows: Vec<ImportRow>,
}

/// A line that is new, changed, struck or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportRow {
    /// The row in the extract.
    pub row: u64,
    /// What became of it.
    pub outcome: LineOutcome,
    /// The project.
    pub project: Option<ProjectRef>,
    /// The day.
    pub on: Option<Date>,
    /// Who was paid.
    pub supplier: Option<String>,
    /// The invoice.
    pub reference: Option<String>,
    /// The cost to the grant; a credit is below zero.
    pub amount: Option<Money>,
    /// The entry that records it, or would.
    pub entry: Option<EntryNumber>,
    /// What the book has, where it is changed, or had, where it was struck.
    pub was: Option<PreviousEntry>,
    /// Why it was refused.
    pub why: Option<String>,
}

keywords! {
    /// What is done with lines that the book has otherwise, or that were struck from it.
    Changes, ChangesError, "shown, accepted or kept-both" {
        /// They are shown.
        Show = "shown",
        /// The book takes the changed ones over: the old entry is reversed, and a new one recorded.
        Accept = "accepted",
        /// They are recorded beside what the book has, as further payments.
        KeepBoth = "kept-both",
    }
}

keywords! {
    /// What became of a line.
    LineOutcome, LineOutcomeError, "new, changed, struck or refused" {
        /// The book had it not.
        New = "new",
        /// The book had it otherwise.
        Changed = "changed",
        /// The book had it, and it was reversed.
        Struck = "struck",
        /// It cannot be recorded.
        Refused = "refused",
    }
}

/// What the book had of a changed line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviousEntry {
    /// The entry.
    pub entry: EntryNumber,
    /// Its project.
    pub project: ProjectRef,
    /// Its day.
    pub on: Date,
    /// Its amount; a credit is below zero.
    pub amount: Money,
}

impl From<&Booked> for PreviousEntry {
    fn from(booked: &Booked) -> PreviousEntry {
        let Payment {
            project,
            on,
            amount,
            ..
        } = &booked.payment;
        PreviousEntry {
            entry: booked.entry,
            project: project.clone(),
            on: *on,
            amount: *amount,
        }
    }
}

impl ImportRow {
    /// A line of the extract.
    #[must_use]
    pub fn of(line: &Line, outcome: LineOutcome) -> ImportRow {
        let Payment {
            project,
            on,
            amount,
            supplier,
            reference,
            ..
        } = line.payment.clone();
        let (project, on, amount) = (Some(project), Some(on), Some(amount));
        ImportRow {
            row: line.row,
            outcome,
            project,
            on,
            supplier,
            reference,
            amount,
            entry: None,
            was: None,
            why: None,
        }
    }

    /// A line that cannot be read.
    #[must_use]
    pub fn unread(row: u64, amount: Option<Money>, why: String) -> ImportRow {
        let (project, on, supplier, reference) = (None, None, None, None);
        ImportRow {
            row,
            outcome: LineOutcome::Refused,
            project,
            on,
            supplier,
            reference,
            amount,
            entry: None,
            was: None,
            why: Some(why),
        }
    }

    fn cells(&self) -> Vec<Cell> {
        let was = self.was.as_ref();
        vec![
            Cell::Number(self.row),
            self.outcome.as_str().into(),
            self.project.as_ref().map(ProjectRef::as_str).into(),
            self.on.into(),
            self.supplier.as_deref().into(),
            self.reference.as_deref().into(),
            self.amount.into(),
            self.entry.into(),
            was.map(|was| was.entry).into(),
            was.map(|was| was.project.as_str()).into(),
            was.map(|was| was.on).into(),
            was.map(|was| was.amount).into(),
            self.why.as_deref().into(),
        ]
    }
}

impl ImportReport {
    fn lines(&self) -> Table {
        let mut table = Table::new(
            "",
            &[
                Field::right("row", "Row"),
                Field::left("outcome", "Line"),
                Field::left("project", "Of"),
                Field::left("on", "On"),
                Field::left("supplier", "Supplier"),
                Field::left("reference", "Reference"),
                Field::right("amount", "Amount"),
                Field::right("entry", ""),
                Field::right("was_entry", ""),
                Field::left("was_project", ""),
                Field::left("was_on", ""),
                Field::right("was_amount", ""),
                Field::left("why", ""),
            ],
        );
        table.rows = self.rows.iter().map(ImportRow::cells).collect();
        table
    }

    /// Of each changed line what the book had, and what the ledger has.
    fn changes(&self) -> Table {
        let fields = [
            Field::right("row", "Row"),
            Field::right("entry", "Entry"),
            Field::left("was", "Has been"),
            Field::left("is", "Is"),
        ];
        let mut table = Table::new("Changed", &fields);
        for row in self
            .rows
            .iter()
            .filter(|row| row.outcome == LineOutcome::Changed)
        {
            if let (Some(was), Some(project), Some(on), Some(amount)) =
                (&row.was, &row.project, row.on, row.amount)
            {
                let (before, now) = ((&was.project, was.on, was.amount), (project, on, amount));
                let said = |(project, on, amount): (&ProjectRef, Date, Money)| {
                    let differing = [
                        (before.0 != now.0).then(|| project.to_string()),
                        (before.1 != now.1).then(|| on.to_string()),
                        (before.2 != now.2).then(|| amount.pounds().to_string()),
                    ];
                    differing
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(", ")
                };
                table.rows.push(vec![
                    Cell::Number(row.row),
                    was.entry.into(),
                    said(before).into(),
                    said(now).into(),
                ]);
            }
        }
        table
    }

    fn refusals(&self) -> Table {
        let mut table = Table::new(
            "Refused",
            &[Field::right("row", "Row"), Field::left("why", "Because")],
        );
        let refused = self
            .rows
            .iter()
            .filter(|row| row.outcome == LineOutcome::Refused);
        table.rows = refused
            .map(|row| vec![Cell::Number(row.row), row.why.as_deref().into()])
            .collect();
        table
    }

    fn summary(&self) -> Table {
        let fields = [
            Field::left("lines", "Lines"),
            Field::right("count", "Count"),
            Field::right("amount", "Amount"),
            Field::left("meaning", "Meaning"),
        ];
        let mut table = Table::new("In all", &fields);
        let (new, changed) = match (self.recorded, self.changes) {
            (true, Changes::Show) => ("recorded", "not recorded: the book has them otherwise"),
            (true, Changes::Accept) => ("recorded", "recorded: the entry reversed, and a new one"),
            (true, Changes::KeepBoth) => ("recorded", "recorded beside what the book has"),
            (false, Changes::Show) => (
                "would be recorded",
                "would not be recorded: the book has them otherwise",
            ),
            (false, Changes::Accept) => (
                "would be recorded",
                "would be recorded: a reversal and a new entry",
            ),
            (false, Changes::KeepBoth) => (
                "would be recorded",
                "would be recorded beside what the book has",
            ),
        };
        let struck = if self.changes == Changes::KeepBoth {
            new
        } else {
            "reversed in the book, not recorded"
        };
        for (name, tally, meaning) in [
            ("New", self.new, new),
            ("Same", self.same, "in the book already"),
            ("Changed", self.changed, changed),
            ("Struck", self.struck, struck),
            ("Refused", self.refused, "not recorded"),
            ("Nothing", self.nothing, "£0.00, not recorded"),
            ("Outside", self.outside, "none of the grant's"),
            ("All", self.lines, "in the extract"),
        ] {
            // What is not usual is not shown where there is none of it.
            if tally.lines == 0 && !matches!(name, "New" | "Same" | "All") {
                continue;
            }
            table.rows.push(vec![
                name.into(),
                Cell::Number(tally.lines),
                tally.amount.into(),
                meaning.into(),
            ]);
        }
        table
    }
}

impl Report for ImportReport {
    fn title(&self) -> String {
        match self.recorded {
            true => format!("Import of {}", self.file),
            false => format!("Trial of an import of {}: nothing was recorded", self.file),
        }
    }

    fn tables(&self) -> Vec<Table> {
        let further = [self.changes(), self.refusals()]
            .into_iter()
            .filter(|table| !table.rows.is_empty());
        [self.lines()]
            .into_iter()
            .chain(further)
            .chain([self.summary()])
            .collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.recorded {
            let mut numbers: Vec<EntryNumber> =
                self.rows.iter().filter_map(|row| row.entry).collect();
            numbers.sort_unstable();
            match (numbers.first(), numbers.last()) {
                (Some(first), Some(last)) if first != last => {
                    notes.push(format!("Entries {first} to {last}."))
                }
                (Some(only), _) => notes.push(format!("Entry {only}.")),
                _ => {}
            }
        }
        if self.blank > 0 {
            notes.push(format!("{} passed over.", counted(self.blank, "blank row")));
        }
        notes.extend(self.grand_total.map(|total| about(&total)));
        notes
    }
}

/// What the grand total says, beside what the rows before it add up to.
pub(crate) fn about(total: &GrandTotal) -> String {
    let said = format!(
        "Row {} is a grand total of {}, not a payment",
        total.row,
        total.printed.pounds()
    );
    let sum = total.computed.pounds();
    let unread = match total.unread {
        0 => String::new(),
        rows => format!(", without {} that cannot be read", counted(rows, "amount")),
    };
    match total.difference().is_zero() {
        true => format!("{said}: the rows before it add up to the same{unread}."),
        false => format!(
            "Warning: {said}: the rows before it add up to {sum}{unread}, {} apart. Is the file complete?",
            total.difference().abs().pounds()
        ),
    }
}
