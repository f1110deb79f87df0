//! The one mapping between an entry and its row of [`Cells`]: files, the command line and the
//! database all use it.

use std::fmt::Display;
use std::str::FromStr;

use crate::model::cells::{CellFault, Cells};
use crate::model::date::Date;
use crate::model::entry::{Draft, Entry, Event, Holder};
use crate::model::id::{EntryNumber, ProjectRef};
use crate::model::kind::{Column, Kind, Need, Pot, Vat};
use crate::model::measure::Measure;
use crate::model::money::Money;
use crate::model::quantity::Quantity;
use crate::model::year::FinancialYear;

impl Draft {
    /// Reads a row of cells.
    ///
    /// ```
    /// use crg::model::{Cells, Column, Draft};
    ///
    /// let mut row = Cells::default();
    /// for (column, text) in [(Column::On, "2026-04-01"), (Column::Year, "2026/27"), (Column::Kind, "allocate"), (Column::Amount, "1.005"), (Column::By, "KCST")] {
    ///     row.set(column, text);
    /// }
    /// let faults: Vec<String> = Draft::from_cells(&row).unwrap_err().iter().map(ToString::to_string).collect();
    /// assert_eq!(faults, [
    ///     "pot: found nothing, expected a pot: upfront or tactical",
    ///     "amount: found \"1.005\", expected at most two decimal places, such as 39661.50",
    /// ]);
    /// ```
    ///
    /// # Errors
    ///
    /// Every cell that is wrong, in the order of the columns, with what was found and what was
    /// expected.
    pub fn from_cells(cells: &Cells<'_>) -> Result<Draft, Vec<CellFault>> {
        let mut row = Row {
            cells,
            faults: Vec::new(),
        };
        let draft = match row.kind() {
            Some(kind) => {
                row.needs(kind);
                row.draft(kind)
            }
            None => row.without_kind(),
        };
        match draft {
            Some(draft) if row.faults.is_empty() => Ok(draft),
            _ => {
                row.faults.sort_by_key(|fault| fault.column);
                row.faults.dedup_by_key(|fault| fault.column);
                Err(row.faults)
            }
        }
    }

    /// Its row of cells: [`Draft::from_cells`] reads it back.
    #[must_use]
    pub fn cells(&self) -> Cells<'_> {
        let Draft {
            on,
            year,
            by,
            event,
            reference,
            note,
            override_reason,
        } = self;
        event.row(*on, *year, by, [reference, note, override_reason])
    }
}

impl Entry {
    /// Its row of cells: that of the draft which asks for just this.
    #[must_use]
    pub fn cells(&self) -> Cells<'_> {
        let Entry {
            on,
            year,
            by,
            event,
            reference,
            note,
            override_reason,
            ..
        } = self;
        event.row(Some(*on), *year, by, [reference, note, override_reason])
    }
}

fn put(cells: &mut Cells<'_>, column: Column, value: Option<impl Display>) {
    if let Some(value) = value {
        cells.set(column, value.to_string());
    }
}

impl Event {
    /// The row of an entry of which this happened; the texts are the reference, the note and the
    /// override.
    fn row<'a>(
        &'a self,
        on: Option<Date>,
        year: FinancialYear,
        by: &'a str,
        texts: [&'a Option<String>; 3],
    ) -> Cells<'a> {
        let mut cells = Cells::default();
        put(&mut cells, Column::On, on);
        put(&mut cells, Column::Year, Some(year));
        cells.set(Column::Kind, self.kind().as_str());
        if let Some(project) = self.project() {
            cells.set(Column::Project, project.as_str());
        }
        if let Some(pot) = self.pot() {
            cells.set(Column::Pot, pot.as_str());
        }
        put(&mut cells, Column::Amount, self.amount());
        self.put_texts(&mut cells);
        put(&mut cells, Column::Reference, self.refers_to());
        for (column, text) in [Column::Reference, Column::Note, Column::Override]
            .into_iter()
            .zip(texts)
        {
            if let Some(text) = text {
                cells.set(column, text.as_str());
            }
        }
        cells.set(Column::By, by);
        cells
    }

    /// Fills the cells that only some kinds have.
    fn put_texts<'a>(&'a self, cells: &mut Cells<'a>) {
        match self {
            Event::Propose {
                title,
                lead,
                priorities,
                ..
            } => {
                cells.set(Column::Title, title.as_str());
                cells.set(Column::Lead, lead.as_str());
                put(cells, Column::Priorities, Some(priorities));
            }
            Event::Amend {
                title,
                lead,
                priorities,
                ..
            } => {
                put(cells, Column::Title, title.as_ref());
                put(cells, Column::Lead, lead.as_ref());
                put(cells, Column::Priorities, priorities.as_ref());
            }
            Event::Spend { supplier, vat, .. } | Event::Refund { supplier, vat, .. } => {
                cells.set(Column::Supplier, supplier.as_deref().unwrap_or_default());
                cells.set(Column::Vat, vat.as_str());
            }
            Event::Target { measure, value, .. } | Event::Outcome { measure, value, .. } => {
                cells.set(Column::Measure, measure.as_str());
                put(cells, Column::Value, Some(value));
            }
            Event::Published { measure, title, .. } => {
                cells.set(Column::Measure, measure.as_str());
                cells.set(Column::Title, title.as_str());
            }
            Event::Issue { title, value } => {
                cells.set(Column::Title, title.as_str());
                cells.set(Column::Value, value.as_str());
            }
            _ => {}
        }
    }
}

/// A row being read, and what is wrong with it so far.
struct Row<'a> {
    cells: &'a Cells<'a>,
    faults: Vec<CellFault>,
}

impl Row<'_> {
    fn fault<T>(&mut self, column: Column, expected: impl Display) -> Option<T> {
        let found = self.cells.get(column).unwrap_or_default().to_owned();
        self.faults.push(CellFault {
            column,
            found,
            expected: expected.to_string(),
        });
        None
    }

    fn kind(&mut self) -> Option<Kind> {
        self.required(Column::Kind)
    }

    /// Tries what can be tried where the kind is not known.
    fn without_kind(&mut self) -> Option<Draft> {
        self.optional::<Date>(Column::On);
        self.required::<FinancialYear>(Column::Year);
        self.optional::<ProjectRef>(Column::Project);
        self.optional::<Pot>(Column::Pot);
        self.optional::<Money>(Column::Amount);
        self.optional::<Vat>(Column::Vat);
        for column in Column::ALL {
            self.well_formed(*column);
        }
        None
    }

    /// Holds the row against what its kind needs and what a cell may hold.
    fn needs(&mut self, kind: Kind) {
        for column in Column::ALL.iter().copied() {
            let text = self.cells.get(column);
            match kind.need(column) {
                Need::Required if text.is_none() => {
                    self.fault::<()>(column, expected(kind, column))
                }
                Need::Never if text.is_some() => {
                    self.fault(column, format_args!("nothing: {kind} has no {column}"))
                }
                _ => self.well_formed(column),
            };
        }
    }

    fn well_formed(&mut self, column: Column) -> Option<()> {
        let text = self.cells.get(column)?;
        if text.chars().count() > column.limit() {
            return self.fault(
                column,
                format_args!("at most {} characters", column.limit()),
            );
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return self.fault(column, "text without control characters");
        }
        Some(())
    }

    fn optional<T: FromStr<Err: Display>>(&mut self, column: Column) -> Option<T> {
        let text = self.cells.get(column)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => self.fault(column, error),
        }
    }

    fn required<T: FromStr<Err: Display>>(&mut self, column: Column) -> Option<T> {
        match self.cells.get(column).unwrap_or_default().parse() {
            Ok(value) => Some(value),
            Err(error) => self.fault(column, error),
        }
    }

    fn text(&self, column: Column) -> Option<String> {
        self.cells.get(column).map(str::to_owned)
    }

    fn amount(&mut self, kind: Kind) -> Option<Money> {
        let amount: Money = self.optional(Column::Amount)?;
        let least = if kind.may_be_zero() {
            Money::ZERO
        } else {
            Money::SMALLEST
        };
        if (least..=Money::LARGEST).contains(&amount) {
            return Some(amount);
        }
        self.fault(
            Column::Amount,
            format_args!(
                "an amount from {} to {}",
                least.pounds(),
                Money::LARGEST.pounds()
            ),
        )
    }

    fn draft(&mut self, kind: Kind) -> Option<Draft> {
        let on = self.optional(Column::On);
        let year: Option<FinancialYear> = self.required(Column::Year);
        let event = self.event(kind);
        let names_an_entry = matches!(kind, Kind::Explain | Kind::Reverse);
        Some(Draft {
            on,
            year: year?,
            by: self.text(Column::By)?,
            event: event?,
            reference: if names_an_entry {
                None
            } else {
                self.text(Column::Reference)
            },
            note: self.text(Column::Note),
            override_reason: self.text(Column::Override),
        })
    }

    fn event(&mut self, kind: Kind) -> Option<Event> {
        // Every typed cell is tried before any is given up, so that all that is wrong is said at
        // once.
        let amount = self.amount(kind);
        let pot = self.optional(Column::Pot);
        let project = self.optional(Column::Project);
        let (title, lead) = (self.text(Column::Title), self.text(Column::Lead));
        let priorities = self.optional(Column::Priorities);
        Some(match kind {
            Kind::Allocate => Event::Allocate {
                pot: pot?,
                amount: amount?,
            },
            Kind::Cut => Event::Cut {
                pot: pot?,
                amount: amount?,
            },
            Kind::Confirm => Event::Confirm,
            Kind::Propose => {
                let priorities = priorities.unwrap_or_default();
                Event::Propose {
                    project: project?,
                    pot: pot?,
                    amount: amount?,
                    title: title?,
                    lead: lead?,
                    priorities,
                }
            }
            Kind::Amend => Event::Amend {
                project: project?,
                amount,
                title,
                lead,
                priorities,
            },
            Kind::Recommend => Event::Recommend {
                project: project?,
                amount,
            },
            Kind::Endorse => Event::Endorse { project: project? },
            Kind::Submit => Event::Submit {
                project: project?,
                amount,
            },
            Kind::Decline => Event::Decline { project: project? },
            Kind::Reject => Event::Reject { project: project? },
            Kind::Approve => Event::Approve {
                project: project?,
                amount: amount?,
            },
            Kind::Increase => Event::Increase {
                project: project?,
                amount: amount?,
            },
            Kind::Reduce => Event::Reduce {
                project: project?,
                amount: amount?,
            },
            Kind::Withdraw => Event::Withdraw {
                project: project?,
                amount,
            },
            Kind::Release => Event::Release { amount },
            Kind::Spend | Kind::Refund => {
                let vat = self.optional(Column::Vat).unwrap_or(Vat::Net);
                let (supplier, project, amount) = (self.text(Column::Supplier), project?, amount?);
                match kind {
                    Kind::Spend => Event::Spend {
                        project,
                        amount,
                        supplier,
                        vat,
                    },
                    _ => Event::Refund {
                        project,
                        amount,
                        supplier,
                        vat,
                    },
                }
            }
            Kind::Complete => Event::Complete { project: project? },
            Kind::Return => match (pot, project) {
                (Some(pot), None) => Event::Return {
                    holder: Holder::Pot(pot),
                    amount: amount?,
                },
                (None, Some(project)) => Event::Return {
                    holder: Holder::Project(project),
                    amount: amount?,
                },
                _ => return self.fault(Column::Pot, "a pot or a project, one of the two"),
            },
            Kind::Receive => Event::Receive { amount: amount? },
            Kind::Progress => Event::Progress { project: project? },
            Kind::Target | Kind::Outcome => {
                let (measure, value): (_, Option<Quantity>) =
                    (self.text(Column::Measure), self.optional(Column::Value));
                let (project, measure, value) = (project?, measure?, value?);
                match kind {
                    Kind::Target => Event::Target {
                        project,
                        measure,
                        value,
                    },
                    _ => Event::Outcome {
                        project,
                        measure,
                        value,
                    },
                }
            }
            Kind::Forecast => Event::Forecast {
                project: project?,
                amount: amount?,
            },
            Kind::Published => {
                let measure: Measure = self.optional(Column::Measure)?;
                match &project {
                    Some(_) if !measure.is_of_a_project() => {
                        return self.fault(
                            Column::Project,
                            format_args!("nothing: {measure} is of the whole year"),
                        );
                    }
                    None if !measure.is_of_a_year() => {
                        return self.fault(
                            Column::Project,
                            format_args!("a project: {measure} is of one project"),
                        );
                    }
                    _ => Event::Published {
                        measure,
                        project,
                        amount: amount?,
                        title: title?,
                    },
                }
            }
            Kind::Explain => Event::Explain {
                entry: self.optional(Column::Reference)?,
            },
            Kind::Issue => Event::Issue {
                title: title?,
                value: self.text(Column::Value)?,
            },
            Kind::Close => Event::Close,
            Kind::Reopen => Event::Reopen,
            Kind::Reverse => Event::Reverse {
                entry: self.optional(Column::Reference)?,
            },
        })
    }
}

/// What a cell that must be filled should hold.
fn expected(kind: Kind, column: Column) -> String {
    fn says<T: FromStr<Err: Display>>() -> String {
        "".parse::<T>()
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    }
    match column {
        Column::On => says::<Date>(),
        Column::Year => says::<FinancialYear>(),
        Column::Project => says::<ProjectRef>(),
        Column::Pot => says::<Pot>(),
        Column::Amount => says::<Money>(),
        Column::Measure if kind == Kind::Published => says::<Measure>(),
        Column::Value if matches!(kind, Kind::Target | Kind::Outcome) => says::<Quantity>(),
        Column::Reference => says::<EntryNumber>(),
        _ => format!("a {column}: {kind} needs one"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(row: &[(Column, &str)]) -> Vec<String> {
        let mut cells = Cells::default();
        for (column, text) in row {
            cells.set(*column, *text);
        }
        Draft::from_cells(&cells)
            .err()
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    const SPEND: [(Column, &str); 6] = [
        (Column::On, "2025-07-23"),
        (Column::Year, "2025/26"),
        (Column::Kind, "spend"),
        (Column::Project, "P01"),
        (Column::Amount, "12.50"),
        (Column::By, "KCST"),
    ];

    fn spend_but(column: Column, text: &str) -> Vec<String> {
        let mut row = SPEND.to_vec();
        row.push((column, text));
        faults(&row)
    }

    #[test]
    fn a_good_row_is_read_and_written_back() {
        let mut cells = Cells::default();
        for (column, text) in SPEND {
            cells.set(column, text);
        }
        let draft = Draft::from_cells(&cells).unwrap();
        cells.set(Column::Vat, "net");
        assert_eq!(draft.cells(), cells);
    }

    #[test]
    fn each_wrong_cell_is_named_with_what_was_expected() {
        let found = |column: Column, text: &str, expected: &str| {
            assert_eq!(
                spend_but(column, text),
                [format!("{column}: found {text:?}, expected {expected}")]
            )
        };
        found(
            Column::Amount,
            "0.00",
            "an amount from £0.01 to £9,999,999,999.99",
        );
        found(
            Column::Amount,
            "10000000000.00",
            "an amount from £0.01 to £9,999,999,999.99",
        );
        found(
            Column::Amount,
            "-5",
            "an amount from £0.01 to £9,999,999,999.99",
        );
        found(Column::Pot, "upfront", "nothing: spend has no pot");
        found(Column::Vat, "zero", "net or gross");
        found(
            Column::Supplier,
            "bell\u{7}",
            "text without control characters",
        );
        found(
            Column::Kind,
            "spent",
            "a kind of entry such as propose, approve or spend",
        );
        assert_eq!(
            spend_but(Column::Note, &"n".repeat(2000)),
            Vec::<String>::new()
        );
        assert_eq!(
            spend_but(Column::Note, &"n".repeat(2001)),
            [format!(
                "note: found {:?} … (2001 characters), expected at most 2000 characters",
                "n".repeat(60)
            )]
        );
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let row = [
            (Column::Kind, "published"),
            (Column::Project, "p1"),
            (Column::Amount, "1e3"),
            (Column::Lead, "x"),
        ];
        let columns: Vec<String> = faults(&row)
            .iter()
            .map(|f| f.split(':').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(
            columns,
            [
                "on", "year", "project", "amount", "title", "lead", "measure", "by"
            ]
        );
    }

    #[test]
    fn a_figure_is_of_a_year_or_of_a_project() {
        let row = |measure: &'static str, project: &'static str| {
            faults(&[
                (Column::On, "2025-07-23"),
                (Column::Year, "2025/26"),
                (Column::Kind, "published"),
                (Column::Measure, measure),
                (Column::Project, project),
                (Column::Amount, "0.00"),
                (Column::Title, "Paper"),
                (Column::By, "KCST"),
            ])
        };
        assert_eq!(
            row("award", ""),
            ["project: found nothing, expected a project: award is of one project"]
        );
        assert_eq!(
            row("released", "P01"),
            ["project: found \"P01\", expected nothing: released is of the whole year"]
        );
        assert!(
            row("spent", "P01").is_empty()
                && row("spent", "").is_empty()
                && row("award", "P01").is_empty()
        );
    }
}
