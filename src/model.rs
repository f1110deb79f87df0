//! What an entry is made of: values with a grammar of their own, the kinds of entry, and the entry
//! itself.

mod keyword;
pub(crate) mod money;
pub(crate) mod quantity;
pub(crate) mod date;
pub(crate) mod year;
pub(crate) mod id;
pub(crate) mod pot;
pub(crate) mod measure;
pub(crate) mod priority;
pub(crate) mod column;
pub(crate) mod cells;
pub(crate) mod arrow;
mod facts;
mod reader;
pub(crate) mod field;
mod kinds;
pub(crate) mod kind;
pub(crate) mod stage;
pub(crate) mod names;
pub(crate) mod draft;
pub(crate) mod entry;
pub(crate) mod fingerprint;

pub use arrow::{Arrow, End};
pub(crate) use cells::shown;
pub use cells::{CellFault, CellProblem, Cells};
pub use column::{Column, Need};
pub use date::{Date, DateError, Moment, MomentError};
pub use draft::{Draft, DraftBuilder};
pub use entry::{Entry, Position};
pub use field::Holder;
pub use fingerprint::Fingerprint;
pub use id::{EntryNumber, ProjectRef, ProjectRefError};
pub(crate) use keyword::keywords;
pub use kind::{Event, Kind};
pub use measure::Measure;
pub(crate) use money::whole_digits;
pub use money::{Money, MoneyError};
pub use names::{NameError, Names};
pub use pot::{Pot, Vat};
pub(crate) use priority::is_code;
pub use priority::{Priorities, PrioritiesError, Priority};
pub use quantity::{Quantity, QuantityError};
pub use stage::Stage;
pub use year::{FinancialYear, Quarter, YearError};
