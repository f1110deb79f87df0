//! Is the book right? Reconciliation, checks, the log, imports.

pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod import;
pub(crate) mod ledger;
pub(crate) mod log;
pub(crate) mod reconcile;
pub(crate) mod status;

pub use check::{CheckReport, CheckRow, Finding};
pub use compare::{CompareReport, Copy, Fork, Kinship};
pub use import::{Changes, ImportReport, ImportRow, LineOutcome, PreviousEntry};
pub use ledger::{LedgerFile, LedgerReport, LedgerRow, Match};
pub use log::{LogReport, LogRow};
pub use reconcile::{ReconcileReport, ReconcileRow};
pub use status::{StatusReport, StatusYear};
