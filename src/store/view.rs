//! [`View`]: the documented views of the file, which compute every figure a second time.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;

use crate::store::error::StoreError;
use crate::store::handle::Store;

/// A documented view of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// `pot`
    Pot,
    /// `project`
    Project,
    /// `year`
    Year,
}

impl View {
    /// Its name in the file.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            View::Pot => "pot",
            View::Project => "project",
            View::Year => "year",
        }
    }
}

impl Store {
    /// The rows of a view for all years: texts by the names of the columns. Books of version 2 give
    /// pounds as text, later ones as numbers; both read the same.
    pub(crate) fn view(&self, view: View) -> Result<Vec<BTreeMap<String, String>>, StoreError> {
        let query = format!("SELECT * FROM {}", view.as_str());
        self.ask(|connection| {
            let mut statement = connection.prepare(&query)?;
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let cells = |row: &rusqlite::Row<'_>| {
                let names = names.iter().enumerate();
                names
                    .map(|(index, name)| Ok((name.clone(), text(row.get_ref(index)?)?)))
                    .collect()
            };
            statement.query_map([], cells)?.collect()
        })
    }
}

fn text(value: ValueRef<'_>) -> rusqlite::Result<String> {
    match value {
        ValueRef::Null => Ok(String::new()),
        ValueRef::Integer(number) => Ok(number.to_string()),
        ValueRef::Real(pounds) => Ok(format!("{pounds:.2}")),
        value => Ok(value.as_str()?.to_owned()),
    }
}
