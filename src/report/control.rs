//! Whether the book is right: reconciliation, checks, the log, imports.

pub(crate) mod book_file;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod dictionary;
pub(crate) mod documents;
pub(crate) mod grand_total;
pub(crate) mod import;
pub(crate) mod import_file;
pub(crate) mod import_notes;
pub(crate) mod import_row;
pub(crate) mod ledger_comparison;
pub(crate) mod log;
pub(crate) mod reconcile;
pub(crate) mod recorded;
pub(crate) mod shared_ledger;
pub(crate) mod status;
pub(crate) mod waiting;

pub use book_file::{BackupReport, DumpReport, InitReport, LoadReport, UpgradeReport};
pub use check::{CheckReport, CheckRow, Finding};
pub use compare::{BookCopy, CompareReport, Fork, Kinship};
pub use dictionary::{DictionaryReport, DictionaryRow};
pub use documents::{DocumentRow, DocumentsReport};
pub use import::ImportReport;
pub use import_file::{OutsideCode, PassedOver, SheetsRead};
pub use import_row::{ImportRow, LineOutcome, PreviousEntry};
pub use ledger_comparison::{LedgerFile, LedgerReport, LedgerRow, Match};
pub use log::{LogReport, LogRow};
pub use reconcile::{ReconcileReport, ReconcileRow};
pub use recorded::{PotsLeft, ProjectLeft, ProjectWaiting, RecordedEntry, RecordedReport};
pub use shared_ledger::{OtherGrant, SharedLedger, UnclaimedLine};
pub use status::{StatusReport, StatusYear};
pub use waiting::{WaitingLine, WaitingReport};
