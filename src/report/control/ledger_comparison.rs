//! The comparison of the book's spend with the council's ledger.

use std::collections::{HashMap, HashSet};

use crate::document::{
    Block, Head, Report, Table, Text, counted, declare, displayed, tables_and_notes, text,
};
use crate::model::keywords;
use crate::model::{Date, EntryNumber, FinancialYear, Money, ProjectRef};
use crate::report::control::grand_total::about;
use crate::report::head::YearHead;
use crate::rules::{
    Booked, Decisions, GrandTotal, Incoming, Line, Tally, Verdict, merge, recognise,
};

keywords! {
    /// How a payment of one side compares with the other side.
    Match, MatchError, "different, split, likely, book-only or ledger-only" {
        /// Both have it, with another amount, day or project.
        Different = "different",
        /// One side has it in parts that add up.
        Split = "split",
        /// Both have one that is likely the same, written otherwise.
        Likely = "likely",
        /// It is not in the ledger.
        BookOnly = "book-only",
        /// It is not in the book.
        LedgerOnly = "ledger-only",
    }
}

displayed! { Match }

declare! {
    /// The book's spend and the ledger's: `ledger − book` is the sum of the differences of the
    /// rows.
    pub struct LedgerReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// The extracts, and what is known of each beside its lines.
        pub files: Vec<LedgerFile>,
        /// The book's payments.
        #[serde(rename = "in_book")]
        pub book: Tally,
        /// The ledger's payments that were compared with them.
        pub ledger: Tally,
        /// The payments that are the same in both.
        pub matched: Tally,
        /// `ledger − book`.
        pub difference: Money,
        /// Lines that are not in the book and are dated outside the year, or after the day asked
        /// about.
        pub aside: Tally,
        /// Lines that the book has in the year before or after.
        pub elsewhere: Tally,
        /// Lines that a decision says are none of the grant's.
        pub ignored: Tally,
        /// The payments that do not match: the ledger's in its order, then those that only the book
        /// has.
        pub rows: Vec<LedgerRow>,
    }

    /// A payment that does not match.
    pub row LedgerRow {
        /// How it compares with the other side.
        pub found: Match => shown("Match") named "match",
        /// The extract.
        pub file: Option<String> => detail("Extract"),
        /// The row in it.
        pub row: Option<u64> => shown("Row"),
        /// The entry in the book.
        pub entry: Option<EntryNumber> => shown("Entry"),
        /// The project: the ledger's, if the ledger has the payment.
        pub project: ProjectRef => shown("Project"),
        /// Who was paid.
        pub supplier: Option<String> => detail,
        /// The invoice.
        pub reference: Option<String> => shown("Reference"),
        /// The day in the book.
        pub book_on: Option<Date> => detail("Book date"),
        /// The amount in the book.
        pub book: Option<Money> => shown("Book"),
        /// The day in the ledger.
        pub ledger_on: Option<Date> => detail("Ledger date"),
        /// The amount in the ledger.
        pub ledger: Option<Money> => shown("Ledger"),
        /// `ledger − book`.
        pub difference: Money => shown("Difference"),
        /// The sheet of the row, if several are read as one.
        pub sheet: Option<String> => detail("Sheet"),
    }

    /// What is known of an extract beside its lines.
    pub struct LedgerFile {
        /// The file.
        pub file: String,
        /// Lines that do not belong to the grant.
        pub outside: Tally,
        /// The last row, if it is a grand total.
        pub grand_total: Option<GrandTotal>,
    }

    /// Payments that compare alike, added up.
    row SummaryRow {
        payments: &'static str => shown("Payments"),
        count: Option<u64> => shown("Count"),
        book: Money => shown("Book"),
        ledger: Money => shown("Ledger"),
        difference: Money => shown("Difference"),
    }
}

impl LedgerReport {
    /// Compares a year's payments in the book, as the lens shows them, with the lines of one
    /// extract or several, taken as [one ledger](merge).
    pub fn new(
        head: YearHead,
        booked: &[Booked],
        decisions: &Decisions,
        extracts: Vec<(LedgerFile, &[Line])>,
    ) -> LedgerReport {
        let (files, parts): (Vec<LedgerFile>, Vec<&[Line]>) = extracts.into_iter().unzip();
        let merged = merge(&parts);
        let line = |(file, line): &(usize, usize)| parts[*file][*line].clone();
        let lines: Vec<Line> = merged.iter().map(line).collect();
        let days = || lines.iter().map(|line| line.payment.on);
        let incoming = Incoming {
            lines: &lines,
            days: days().min().zip(days().max()),
            decisions,
        };
        let recognition = recognise(incoming, booked);
        let entries: HashMap<EntryNumber, &Booked> =
            booked.iter().map(|booked| (booked.entry, booked)).collect();
        let is_ours = |booked: &Booked| booked.payment.year == head.year;
        let mut report = LedgerReport {
            head,
            files,
            book: Tally::default(),
            ledger: Tally::default(),
            matched: Tally::default(),
            difference: Money::ZERO,
            aside: Tally::default(),
            elsewhere: Tally::default(),
            ignored: Tally::default(),
            rows: Vec::new(),
        };
        let counting = booked.iter().filter(|booked| !booked.reversed);
        for booked in counting.filter(|booked| is_ours(booked)) {
            report.book.add(booked.payment.amount);
        }
        let verdicts = || lines.iter().zip(&recognition.verdicts);
        let settled = settled(verdicts(), &entries, report.head.year);
        let mut answered = HashSet::new();
        for ((line, verdict), (file, _)) in verdicts().zip(&merged) {
            let claimed = match verdict {
                Verdict::Further(_) | Verdict::InLump(_) => &[],
                verdict => verdict.entries(),
            };
            let fresh = claimed.iter().filter(|entry| answered.insert(**entry));
            let entries: Vec<&Booked> = fresh
                .filter_map(|entry| entries.get(entry).copied())
                .filter(|booked| !booked.reversed)
                .collect();
            let is_settled = matches!(verdict, Verdict::Decided(all) if settled.contains(&all[..]));
            if is_settled {
                report.matched.add(line.payment.amount);
                report.ledger.add(line.payment.amount);
            } else {
                report.compare_line(*file, line, verdict, &entries);
            }
        }
        let in_book_only = recognition.in_book_only.iter();
        let in_book_only = in_book_only.filter_map(|entry| entries.get(entry).copied());
        for booked in in_book_only.filter(|booked| is_ours(booked)) {
            report.push(Match::BookOnly, None, &[booked]);
        }
        report.difference = report.ledger.amount - report.book.amount;
        report
    }

    /// Counts a line of the ledger, and adds a row if it does not match. The entries are those of
    /// its verdict that no line before it answers to.
    fn compare_line(&mut self, file: usize, line: &Line, verdict: &Verdict, entries: &[&Booked]) {
        let payment = &line.payment;
        let YearHead { year, lens, .. } = self.head;
        let last_day = year.last_day().min(lens.as_at);
        let is_within = (year.first_day()..=last_day).contains(&payment.on);
        let (ours, others): (Vec<&Booked>, Vec<&Booked>) = entries
            .iter()
            .partition(|booked| booked.payment.year == year);
        let amount: Money = ours.iter().map(|booked| booked.payment.amount).sum();
        let line_at = Some((file, line));
        match verdict {
            Verdict::Decided(entries) if entries.is_empty() => {
                return self.ignored.add(payment.amount);
            }
            Verdict::Elsewhere(_) | Verdict::Same(_) | Verdict::Decided(_)
                if ours.is_empty() && !others.is_empty() =>
            {
                return self.elsewhere.add(payment.amount);
            }
            Verdict::New | Verdict::Reversed(_) | Verdict::Further(_) | Verdict::InLump(_) => {
                if !is_within {
                    return self.aside.add(payment.amount);
                }
                self.push(Match::LedgerOnly, line_at, &[]);
            }
            Verdict::Same(_) | Verdict::Elsewhere(_) | Verdict::Decided(_)
                if amount == payment.amount =>
            {
                self.matched.add(payment.amount);
            }
            Verdict::Same(_) | Verdict::Elsewhere(_) | Verdict::Changed(_) => {
                self.push(Match::Different, line_at, &ours);
            }
            Verdict::Sum(_) | Verdict::Decided(_) => self.push(Match::Split, line_at, &ours),
            Verdict::Likely(_) => self.push(Match::Likely, line_at, &ours),
        }
        self.ledger.add(payment.amount);
    }

    /// Adds a payment of the ledger (by its file), of the book, or of both.
    fn push(&mut self, found: Match, line: Option<(usize, &Line)>, booked: &[&Booked]) {
        let first = booked.first().map(|booked| &booked.payment);
        let theirs = line.map(|(_, line)| &line.payment);
        let Some(shown) = theirs.or(first) else {
            return;
        };
        let amounts = || booked.iter().map(|booked| booked.payment.amount);
        let ours = first.map(|_| amounts().sum::<Money>());
        let ledger = theirs.map(|payment| payment.amount);
        self.rows.push(LedgerRow {
            found,
            file: line.map(|(file, _)| self.files[file].file.clone()),
            row: line.map(|(_, line)| line.place.row),
            sheet: line.and_then(|(_, line)| Some(line.place.sheet.as_ref()?.to_string())),
            entry: booked.first().map(|booked| booked.entry),
            project: shown.project.clone(),
            supplier: shown.supplier.clone(),
            reference: shown.reference.clone(),
            book_on: first.map(|payment| payment.on),
            book: ours,
            ledger_on: theirs.map(|payment| payment.on),
            ledger,
            difference: ledger.unwrap_or_default() - ours.unwrap_or_default(),
        });
    }

    /// Returns `true` if the two agree, line by line.
    pub fn agrees(&self) -> bool {
        self.rows.is_empty()
    }

    fn summary(&self) -> Table {
        let alike = self.matched.amount;
        let mut rows = vec![
            SummaryRow::new("Matched", Some(self.matched.lines), alike, alike),
            self.added_up("Different", Match::Different),
            self.added_up("In parts", Match::Split),
            self.added_up("Likely", Match::Likely),
            self.added_up("In the book only", Match::BookOnly),
            self.added_up("In the ledger only", Match::LedgerOnly),
            SummaryRow::new("All", None, self.book.amount, self.ledger.amount),
        ];
        let is_rare = |row: &SummaryRow| ["In parts", "Likely"].contains(&row.payments);
        rows.retain(|row| !is_rare(row) || row.count != Some(0));
        Table::of("In total", &rows)
    }

    /// The rows that compare alike, added up.
    fn added_up(&self, payments: &'static str, found: Match) -> SummaryRow {
        let rows = || self.rows.iter().filter(|row| row.found == found);
        let count = u64::try_from(rows().count()).unwrap_or(u64::MAX);
        let book = rows().filter_map(|row| row.book).sum();
        let ledger = rows().filter_map(|row| row.ledger).sum();
        SummaryRow::new(payments, Some(count), book, ledger)
    }
}

/// The entries of several lines each, of which it was decided that they are the same, and whose
/// amounts add up.
fn settled<'a>(
    verdicts: impl Iterator<Item = (&'a Line, &'a Verdict)>,
    booked: &HashMap<EntryNumber, &Booked>,
    year: FinancialYear,
) -> HashSet<&'a [EntryNumber]> {
    let mut lines: HashMap<&[EntryNumber], Tally> = HashMap::new();
    for (line, verdict) in verdicts {
        if let Verdict::Decided(entries) = verdict {
            let lines = lines.entry(entries).or_default();
            lines.add(line.payment.amount);
        }
    }
    let of_year = |entry: &EntryNumber| {
        let booked = booked.get(entry)?;
        let counts = !booked.reversed && booked.payment.year == year;
        counts.then_some(booked.payment.amount)
    };
    lines.retain(|entries, lines| {
        let amounts: Option<Vec<Money>> = entries.iter().map(of_year).collect();
        let amount = amounts.map(|amounts| amounts.into_iter().sum::<Money>());
        !entries.is_empty() && lines.lines > 1 && amount == Some(lines.amount)
    });
    lines.into_keys().collect()
}

impl SummaryRow {
    fn new(payments: &'static str, count: Option<u64>, book: Money, ledger: Money) -> SummaryRow {
        SummaryRow {
            payments,
            count,
            book,
            ledger,
            difference: ledger - book,
        }
    }
}

impl LedgerRow {
    /// Both days, if they differ.
    fn days(&self) -> Option<Text> {
        let (file, row) = (self.file.as_ref()?, self.row?);
        let (book, ledger) = (self.book_on?, self.ledger_on?);
        let place = match &self.sheet {
            Some(sheet) => format!("{file}, sheet {sheet}, row {row}"),
            None => format!("{file}, row {row}"),
        };
        let days = text! {
            place, ": the book has it on ", book, ", the ledger on ", ledger, "."
        };
        (book != ledger).then_some(days)
    }
}

impl LedgerFile {
    fn notes(&self) -> impl Iterator<Item = Text> {
        let is_one = self.outside.lines == 1;
        let are = if is_one { " is" } else { " are" };
        let outside = of_lines(self.outside)
            .map(|lines| text![&self.file, ": ", lines, are, " not part of the grant."]);
        let total =
            |total: &GrandTotal| about(text![&self.file, ", ", total.place().to_string()], total);
        let total = self.grand_total.as_ref().map(total);
        outside.into_iter().chain(total)
    }
}

/// `2 lines of £7.00`, if there are any.
fn of_lines(tally: Tally) -> Option<Text> {
    (tally.lines > 0).then(|| text![counted(tally.lines, "line"), " of ", tally.amount])
}

impl Report for LedgerReport {
    fn head(&self) -> Head {
        let year = self.head.year;
        let subject = text!["Spend of ", year, " compared with the ledger"];
        self.head.with_title(subject, "")
    }

    fn data(&self) -> Table {
        let table = Table::of("Payments that do not match", &self.rows);
        if self.files.len() > 1 {
            table.headed(LedgerRow::COLUMN.file, "Extract")
        } else {
            table
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let aside =
            |tally, why| of_lines(tally).map(|lines| text![lines, " left aside: ", why, "."]);
        let not_asked = "not in the book, and dated outside the days asked about";
        let elsewhere = "already in the book, in the year before or after";
        let notes = self.rows.iter().filter_map(LedgerRow::days);
        let notes = notes
            .chain(aside(self.aside, not_asked))
            .chain(aside(self.elsewhere, elsewhere))
            .chain(aside(
                self.ignored,
                "not the grant's, as decided when it was imported",
            ))
            .chain(self.files.iter().flat_map(LedgerFile::notes));
        tables_and_notes([self.data(), self.summary()], notes)
    }
}
