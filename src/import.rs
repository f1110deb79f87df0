//! Readers of other people's files: CSV sheets, and the extracts of a council's ledger with the
//! maps that explain them; and the settings of papers.

mod plain_file;
mod amount;
mod day;
mod decisions;
mod entries;
mod evidence;
pub mod extract;
pub mod fault;
mod settings;
pub mod sheet;
mod toml_file;

pub use amount::{AmountError, amount};
pub use day::day;
pub use decisions::{Decision, DecisionFile};
pub use entries::Entries;
pub use evidence::{EvidenceFolder, sha256};
pub use extract::{
    COLUMN_KEYS, Candidate, Choice, Choices, Example, Extract, INVOICES, Map, OutsideLine,
    Progress, Sketch, TRACKER, Template, TemplateColumn, Tracker, TrackerMap, TrackerRow,
    WORKBOOK_READER, suggest, suggest_tracker,
};
pub use fault::{FaultKind, InputError, InputFault, MAX_FAULTS};
pub use plain_file::open_plain;
pub use settings::{SETTINGS_EXAMPLE, parse_settings, read_settings};
pub(crate) use sheet::{ENTRIES, is_active};
pub use sheet::{Folder, MAX_ROW_BYTES, MAX_ROWS, Rows, Sheet, inert, plain, writer};
