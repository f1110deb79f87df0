//! The priorities in force in a year.

use crate::document::{Block, Head, Report, Table, declare, tables_and_notes, text};
use crate::fold::YearView;
use crate::model::{FinancialYear, Priority};
use crate::report::head::YearHead;

declare! {
    /// The priorities in force in a year.
    pub struct PriorityListReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// The priorities, by scheme and code.
        pub rows: Vec<PriorityRow>,
    }

    /// One priority.
    pub row PriorityRow {
        /// Its scheme.
        pub scheme: String => shown("Scheme"),
        /// The code by which projects name it.
        pub code: String => shown("Code"),
        /// Its name in that year.
        pub name: String => shown("Name"),
        /// The first year it is in force.
        pub first_year: FinancialYear => shown("First year"),
        /// The last year, if its end is known.
        pub last_year: Option<FinancialYear> => shown("Last year"),
    }
}

impl PriorityListReport {
    /// Those of the known priorities that are in force in the year of a view.
    pub fn new(view: &YearView, known: Vec<Priority>) -> PriorityListReport {
        let known = known.into_iter();
        let in_force = known.filter(|priority| priority.is_in_force(view.year()));
        let row = |priority: Priority| PriorityRow {
            scheme: priority.scheme,
            code: priority.code,
            name: priority.name,
            first_year: priority.first_year,
            last_year: priority.last_year,
        };
        PriorityListReport {
            head: YearHead::new(view),
            rows: in_force.map(row).collect(),
        }
    }
}

impl Report for PriorityListReport {
    fn head(&self) -> Head {
        self.head.titled("Priorities in force in ")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let none = text!["No priority is in force in ", self.head.year, "."];
        tables_and_notes([self.data()], self.rows.is_empty().then_some(none))
    }
}
