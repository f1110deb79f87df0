//! The book's spend held against the council's ledger.

use std::collections::HashMap;

use serde::Serialize;

use crate::document::{Cell, Field, Report, Table, counted, unless_confirmed};
use crate::fold::Lens;
use crate::model::kind::words;
use crate::model::{Date, EntryNumber, FinancialYear, Money, ProjectRef};
use crate::report::control::import::about;
use crate::rules::compare;
use crate::rules::{Booked, GrandTotal, Line, Payment, Tally, Verdict, merge};

words! {
    /// How a payment of one side stands to the other.
    Match, MatchError, "different, book-only or ledger-only" {
        /// Both have it, with another amount, day or project.
        Different = "different",
        /// The ledger has it not.
        BookOnly = "book-only",
        /// The book has it not.
        LedgerOnly = "ledger-only",
    }
}

/// The book's spend and the ledger's: `ledger − book` is the sum of the differences of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerReport {
    /// The year.
    pub year: FinancialYear,
    /// The day, and the moment of knowledge.
    #[serde(flatten)]
    pub lens: Lens,
    /// Has the OPCC confirmed the year?
    pub confirmed: bool,
    /// The extracts, and what is known of each beside its lines.
    pub files: Vec<LedgerFile>,
    /// The book's payments.
    pub book: Tally,
    /// The ledger's payments that were held against them.
    pub ledger: Tally,
    /// What both have alike.
    pub matched: Tally,
    /// `ledger − book`.
    pub difference: Money,
    /// Lines that the book has not and that are dated outside the year, or after the day asked
    /// about.
    pub aside: Tally,
    /// Lines that the book has in the year before or after.
    pub elsewhere: Tally,
    /// The payments that do not match, the ledger's in its order, then those that only the book
    /// has.
    pub rows: Vec<LedgerRow>,
}

/// A payment that does not match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerRow {
    /// How it stands.
    #[serde(rename = "match")]
    pub found: Match,
    /// The extract.
    pub file: Option<String>,
    /// The row in it.
    pub row: Option<u64>,
    /// The entry in the book.
    pub entry: Option<EntryNumber>,
    /// The project, as the ledger's line has it where there is one.
    pub project: ProjectRef,
    /// Who was paid.
    pub supplier: Option<String>,
    /// The invoice.
    pub reference: Option<String>,
    /// The day in the book.
    pub book_on: Option<Date>,
    /// The amount in the book.
    pub book: Option<Money>,
    /// The day in the ledger.
    pub ledger_on: Option<Date>,
    /// The amount in the ledger.
    pub ledger: Option<Money>,
    /// `ledger − book`.
    pub difference: Money,
}

/// What is known of an extract beside its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerFile {
    /// The file.
    pub file: String,
    /// Lines that are none of the grant's.
    pub outside: Tally,
    /// The last row, where it is a grand total.
    pub grand_total: Option<GrandTotal>,
}

impl LedgerReport {
    /// Holds a year's payments in the book, as the lens shows them, against the lines of one
    /// extract or several, taken as [one ledger](merge).
    #[must_use]
    pub fn new(
        year: FinancialYear,
        lens: Lens,
        confirmed: bool,
        booked: &[Booked],
        extracts: Vec<(LedgerFile, &[Line])>,
    ) -> LedgerReport {
        let (files, parts): (Vec<LedgerFile>, Vec<&[Line]>) = extracts.into_iter().unzip();
        let merged = merge(&parts);
        let lines: Vec<Line> = merged
            .iter()
            .map(|(file, line)| parts[*file][*line].clone())
            .collect();
        let entries: HashMap<EntryNumber, &Booked> =
            booked.iter().map(|booked| (booked.entry, booked)).collect();
        let comparison = compare(&lines, booked);
        let days = year.first_day()..=year.last_day().min(lens.as_at);
        let mut report = LedgerReport {
            year,
            lens,
            confirmed,
            files,
            book: Tally::default(),
            ledger: Tally::default(),
            matched: Tally::default(),
            difference: Money::ZERO,
            aside: Tally::default(),
            elsewhere: Tally::default(),
            rows: Vec::new(),
        };
        let ours = |booked: &&Booked| booked.payment.year == year;
        booked
            .iter()
            .filter(ours)
            .for_each(|booked| report.book.add(booked.payment.amount));
        let elsewhere = |entry: &EntryNumber| {
            entries
                .get(entry)
                .is_some_and(|booked| booked.payment.year != year)
        };
        for (place, (line, verdict)) in lines.iter().zip(&comparison.verdicts).enumerate() {
            let of_file = Some((merged[place].0, line));
            let amount = line.payment.amount;
            match verdict {
                Verdict::New | Verdict::Reversed(_) if !days.contains(&line.payment.on) => {
                    report.aside.add(amount);
                    continue;
                }
                Verdict::Same(entry) if elsewhere(entry) => {
                    report.elsewhere.add(amount);
                    continue;
                }
                Verdict::New | Verdict::Reversed(_) => report.push(&line.payment, of_file, None),
                Verdict::Same(_) => report.matched.add(amount),
                Verdict::Changed(entry) => {
                    report.push(&line.payment, of_file, entries.get(entry).copied())
                }
            }
            report.ledger.add(amount);
        }
        for booked in comparison
            .in_book_only
            .iter()
            .filter_map(|entry| entries.get(entry))
            .filter(|booked| ours(booked))
        {
            report.push(&booked.payment, None, Some(booked));
        }
        report.difference = report.ledger.amount - report.book.amount;
        report
    }

    /// A payment of the ledger (by its file), of the book, or of both.
    fn push(&mut self, shown: &Payment, line: Option<(usize, &Line)>, booked: Option<&Booked>) {
        let (ours, theirs) = (
            booked.map(|booked| &booked.payment),
            line.map(|(_, line)| &line.payment),
        );
        let amount = |payment: Option<&Payment>| payment.map(|payment| payment.amount);
        let on = |payment: Option<&Payment>| payment.map(|payment| payment.on);
        self.rows.push(LedgerRow {
            found: match (ours, theirs) {
                (Some(_), Some(_)) => Match::Different,
                (Some(_), None) => Match::BookOnly,
                _ => Match::LedgerOnly,
            },
            file: line.map(|(file, _)| self.files[file].file.clone()),
            row: line.map(|(_, line)| line.row),
            entry: booked.map(|booked| booked.entry),
            project: shown.project.clone(),
            supplier: shown.supplier.clone(),
            reference: shown.reference.clone(),
            book_on: on(ours),
            book: amount(ours),
            ledger_on: on(theirs),
            ledger: amount(theirs),
            difference: amount(theirs).unwrap_or_default() - amount(ours).unwrap_or_default(),
        });
    }

    /// Do the two agree, line by line?
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.rows.is_empty()
    }

    fn tally(&self, found: Match) -> (u64, Money, Money, Money) {
        let rows = self.rows.iter().filter(|row| row.found == found);
        rows.fold(
            (0, Money::ZERO, Money::ZERO, Money::ZERO),
            |(count, book, ledger, difference), row| {
                (
                    count + 1,
                    book + row.book.unwrap_or_default(),
                    ledger + row.ledger.unwrap_or_default(),
                    difference + row.difference,
                )
            },
        )
    }

    fn summary(&self) -> Table {
        let fields = [
            Field::left("payments", "Payments"),
            Field::right("count", "Count"),
            Field::right("book", "Book"),
            Field::right("ledger", "Ledger"),
            Field::right("difference", "Difference"),
        ];
        let mut table = Table::new("In all", &fields);
        let (lines, alike) = (self.matched.lines, self.matched.amount);
        table.rows.push(vec![
            "Matched".into(),
            Cell::Number(lines),
            alike.into(),
            alike.into(),
            Money::ZERO.into(),
        ]);
        for (name, found) in [
            ("Different", Match::Different),
            ("In the book only", Match::BookOnly),
            ("In the ledger only", Match::LedgerOnly),
        ] {
            let (count, book, ledger, difference) = self.tally(found);
            table.rows.push(vec![
                name.into(),
                Cell::Number(count),
                book.into(),
                ledger.into(),
                difference.into(),
            ]);
        }
        table.rows.push(vec![
            "All".into(),
            Cell::Empty,
            self.book.amount.into(),
            self.ledger.amount.into(),
            self.difference.into(),
        ]);
        table
    }
}

impl Report for LedgerReport {
    fn title(&self) -> String {
        format!(
            "Spend of {} against the ledger, {}{}",
            self.year,
            self.lens,
            unless_confirmed(self.confirmed)
        )
    }

    fn as_at(&self) -> Option<Date> {
        Some(self.lens.as_at)
    }

    fn tables(&self) -> Vec<Table> {
        let mut table = Table::new(
            "Payments that do not match",
            &[
                Field::left("match", "Match"),
                Field::left("file", if self.files.len() > 1 { "Extract" } else { "" }),
                Field::right("row", "Row"),
                Field::right("entry", "Entry"),
                Field::left("project", "Of"),
                Field::left("supplier", ""),
                Field::left("reference", "Reference"),
                Field::left("book_on", ""),
                Field::right("book", "Book"),
                Field::left("ledger_on", ""),
                Field::right("ledger", "Ledger"),
                Field::right("difference", "Difference"),
            ],
        );
        for row in &self.rows {
            table.rows.push(vec![
                row.found.as_str().into(),
                row.file.as_deref().into(),
                row.row.map_or(Cell::Empty, Cell::Number),
                row.entry.into(),
                row.project.as_str().into(),
                row.supplier.as_deref().into(),
                row.reference.as_deref().into(),
                row.book_on.into(),
                row.book.into(),
                row.ledger_on.into(),
                row.ledger.into(),
                row.difference.into(),
            ]);
        }
        vec![table, self.summary()]
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        for row in self
            .rows
            .iter()
            .filter(|row| row.found == Match::Different && row.book_on != row.ledger_on)
        {
            if let (Some(file), Some(row), Some(book), Some(ledger)) =
                (&row.file, row.row, row.book_on, row.ledger_on)
            {
                notes.push(format!(
                    "{file}, row {row}: the book has it on {book}, the ledger on {ledger}."
                ));
            }
        }
        if self.aside.lines > 0 {
            let lines = counted(self.aside.lines, "line");
            notes.push(format!(
                "{lines} of {} left aside: not in the book, and dated outside the days asked about.",
                self.aside.amount.pounds()
            ));
        }
        if self.elsewhere.lines > 0 {
            let lines = counted(self.elsewhere.lines, "line");
            notes.push(format!(
                "{lines} of {} left aside: the book has them in the year before or after.",
                self.elsewhere.amount.pounds()
            ));
        }
        for file in &self.files {
            if file.outside.lines > 0 {
                let lines = counted(file.outside.lines, "line");
                notes.push(format!(
                    "{}: {lines} of {} are none of the grant's.",
                    file.file,
                    file.outside.amount.pounds()
                ));
            }
            notes.extend(
                file.grand_total
                    .map(|total| format!("{}: {}", file.file, about(&total))),
            );
        }
        notes
    }
}
