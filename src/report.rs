//! The reports: plain rows, made from the fold, the same in every format.
//!
//! Each report is a struct that serialises to its JSON, and a [`Report`] that says the same as [`Table`]s for
//! terminals, papers and CSV.

mod alignment;
mod block;
mod changes;
mod check;
mod compare;
mod decisions;
mod drawing;
mod forecast;
mod import;
mod issued;
mod ledger;
mod log;
mod monitoring;
mod movement;
mod origin;
mod page;
mod pipeline;
mod pot;
mod priorities;
mod project;
mod projection;
mod quarter;
mod reconcile;
mod remittance;
mod spend;
mod status;
mod table;
mod transactions;
mod update;
mod words;
mod working;
mod year;
mod year_end;
mod year_end_workbook;

pub use alignment::{Gap, Miss};
pub use block::Block;
pub use changes::{Change, Figure, YearEndChanges};
pub use check::{CheckReport, CheckRow, Finding};
pub use compare::{CompareReport, Copy, Fork, Kinship};
pub use decisions::{DecisionRow, DecisionsReport};
pub use drawing::Drawing;
pub use forecast::{ForecastReport, ForecastRow};
pub use import::{Changes, ImportReport, ImportRow, LineOutcome, Was};
pub use issued::Issued;
pub use ledger::{LedgerFile, LedgerReport, LedgerRow, Match};
pub use log::{LogReport, LogRow};
pub use monitoring::{MonitoringReport, MonitoringRow, Outcome, Period};
pub use movement::Movement;
pub use origin::{Origin, Paper};
pub use page::{PageReport, Parties};
pub use pipeline::Pending;
pub use pot::{PotReport, PotRow};
pub use priorities::{MeasureRow, PrioritiesReport, PriorityShare, Said, SchemeShares, Share};
pub use project::{ProjectListReport, ProjectReport, ProjectRow};
pub use projection::{Basis, Projection};
pub use quarter::{
    ClosingChange, OutcomeRow, ProgressRow, QuarterReport, QuarterRow, QuarterSpend, ReportedChange, ReportedQuarter, Risk, RiskRow,
};
pub use reconcile::{ReconcileReport, ReconcileRow};
pub use remittance::{Payment, RemittanceLine, RemittanceReport};
pub use spend::{SpendReport, SpendRow};
pub use status::{StatusReport, StatusYear};
pub use table::{Align, Cell, Field, Report, Table, counted};
pub use transactions::{AccountBalance, Transaction, TransactionsReport};
pub use update::{Proposal, UpdateDecision, UpdateOf, UpdateProject, UpdateReport, Withdrawn};
pub use working::{Term, Working};
pub use year::YearReport;
pub use year_end::{YearEndReport, YearEndRow};
pub use year_end_workbook::YearEndWorkbook;
