//! The reports: plain rows, made from the fold, the same in every format.
//!
//! Each report is a struct that serialises to its JSON, and a [`Report`] that says the same as [`Table`]s for
//! terminals, papers and CSV.

mod block;
mod check;
mod decisions;
mod import;
mod ledger;
mod log;
mod pot;
mod project;
mod quarter;
mod reconcile;
mod spend;
mod status;
mod table;
mod working;
mod year;
mod year_end;
mod year_end_workbook;

pub use block::Block;
pub use check::{CheckReport, CheckRow, Finding};
pub use decisions::{DecisionRow, DecisionsReport};
pub use import::{ImportReport, ImportRow, Outcome, Was};
pub use ledger::{LedgerFile, LedgerReport, LedgerRow, Match};
pub use log::{LogReport, LogRow};
pub use pot::{PotReport, PotRow};
pub use project::{ProjectListReport, ProjectReport, ProjectRow};
pub use quarter::{QuarterReport, QuarterRow};
pub use reconcile::{ReconcileReport, ReconcileRow};
pub use spend::{SpendReport, SpendRow};
pub use status::{StatusReport, StatusYear};
pub use table::{Align, Cell, Field, Report, Table, counted};
pub use working::{Figure, Working};
pub use year::YearReport;
pub use year_end::{YearEndReport, YearEndRow};
pub use year_end_workbook::YearEndWorkbook;
