//! What an entry is made of: values with a grammar of their own, the kinds of entry, and the entry
//! itself.

pub(crate) mod money;
pub(crate) mod quantity;
pub(crate) mod date;
pub(crate) mod year;
pub(crate) mod id;
pub(crate) mod kind;
pub(crate) mod measure;
pub(crate) mod priority;
pub(crate) mod cells;
pub(crate) mod entry;
mod codec;
pub(crate) mod fingerprint;
pub(crate) mod stage;
pub(crate) mod names;

pub(crate) use cells::shown;
pub use cells::{CellFault, Cells};
pub use date::{Date, DateError, Moment, MomentError};
pub use entry::{Draft, Entry, Event, Holder, Position};
pub use fingerprint::Fingerprint;
pub use id::{EntryNumber, ProjectRef, ProjectRefError};
pub use kind::{Arrow, Column, End, Kind, Need, Pot, Vat};
pub use measure::Measure;
pub(crate) use money::whole_digits;
pub use money::{Money, MoneyError};
pub use names::{NameError, Names};
pub(crate) use priority::is_code;
pub use priority::{Priorities, PrioritiesError, Priority};
pub use quantity::{Quantity, QuantityError};
pub use stage::Stage;
pub use year::{FinancialYear, Quarter, YearError};
