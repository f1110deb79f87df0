//! [`Act`]: something that can be recorded at the desk, whatever its form.

use crg::book::{Book, Recorded};
use crg::model::Column;
use crg::report::ImportReport;
use crg::{Commit, Error};
use maud::{Markup, html};

use crate::desk::fields::Field;
use crate::desk::visit::Visit;
use crate::hint::Hint;

/// What became of an act.
pub(crate) enum Done {
    /// Entries were recorded, or would be.
    Recorded(Recorded),
    /// Lines of an extract were recorded, or would be.
    Imported(Box<ImportReport>),
    /// There is nothing to record, for this reason.
    Nothing(String),
}

/// Something that can be recorded: its form, and what is done with what was typed.
pub(crate) trait Act {
    /// The heading of its page.
    fn title(&self) -> String;

    /// The address to which its form is sent.
    fn path(&self) -> &'static str;

    /// The questions that its form asks.
    fn fields(&self) -> &[Field];

    /// The name of the field in which a column of an entry is typed, for an error about it.
    fn field(&self, column: Column, _error: &Error, _visit: &Visit) -> String {
        column.as_str().to_owned()
    }

    /// The fields as the form has them, each shown by `show`.
    fn lay_out(&self, fields: &[Field], show: &dyn Fn(&Field) -> Markup) -> Markup {
        html! { @for field in fields { (show(field)) } }
    }

    /// The step before its form, to which what was typed goes back: an address, and what it is.
    fn before(&self) -> Option<(&'static str, &'static str)> {
        None
    }

    /// What stands above the form.
    fn above(&self) -> Markup {
        Markup::default()
    }

    /// Records it, or tries it.
    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error>;

    /// What a person should know of it, beside what is always noted.
    fn notes(&self, _recorded: &Recorded) -> Vec<String> {
        Vec::new()
    }

    /// What to do about an error, if that is more than is always said.
    fn hint(&self, _error: &Error, _visit: &Visit) -> Option<Hint> {
        None
    }

    /// What a person may want to do after it was recorded: an address, and what it is.
    fn next(&self, _recorded: &Recorded) -> Vec<(String, String)> {
        Vec::new()
    }
}
