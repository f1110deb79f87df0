//! Writing the lines of an extract that were refused, to be fixed and imported again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use crate::import::amount;
use crate::import::extract::read::Extract;
use crate::import::extract::source::{Contents, Source};
use crate::import::fault::FaultKind;
use crate::import::sheet::inert;
use crate::rules::Place;

/// The headings of the two columns that are added.
const ADDED: [&str; 2] = ["Row in the extract", "Refused because"];

impl Extract {
    /// Writes the rows of these numbers, each with the reason, as CSV that can be fixed and
    /// imported with the same map.
    pub fn write_refused(
        &self,
        reasons: &BTreeMap<Place, String>,
        to: impl Write,
    ) -> Result<(), csv::Error> {
        let unreadable = |kind: FaultKind| csv::Error::from(std::io::Error::other(kind));
        let contents = Contents::again(
            &self.bytes,
            self.sheet.as_deref(),
            self.separator,
            &self.joined,
        );
        let contents = contents.map_err(unreadable)?;
        let mut source = Source::new(&contents);
        let mut csv = csv::WriterBuilder::new()
            .flexible(true)
            .delimiter(self.separator.unwrap_or(b','))
            .terminator(csv::Terminator::CRLF)
            .from_writer(to);
        // The header stands where the map looks for it, and every row is as wide.
        for _ in 1..self.header_row {
            csv.write_record([""])?;
        }
        let mut width = 0;
        while source.read().map_err(|fault| unreadable(fault.into()))? {
            let row = source.row;
            for (column, text) in self.filled.get(&row).into_iter().flatten() {
                if source.cells.len() <= *column {
                    source.cells.resize(*column + 1, String::new());
                }
                source.cells[*column] = text.to_string();
            }
            let added = if row == self.header_row {
                width = source.cells.len();
                Some(ADDED.map(Cow::Borrowed))
            } else {
                let place = self.joined.place(row);
                let name = match &place.sheet {
                    Some(sheet) => format!("{sheet}, row {}", place.row),
                    None => row.to_string(),
                };
                let reason = reasons.get(&place);
                reason.map(|reason| [name.into(), inert(reason)])
            };
            if let Some(added) = added {
                let missing = width.saturating_sub(source.cells.len());
                let cells = source.cells.iter().map(|text| kept(text));
                let cells = cells.chain(std::iter::repeat_n("".into(), missing));
                csv.write_record(cells.chain(added).map(Cow::into_owned))?;
            }
        }
        csv.flush()?;
        Ok(())
    }
}

/// A cell as it is written: an amount as it is, another text so that no spreadsheet runs it.
fn kept(text: &str) -> Cow<'_, str> {
    if amount(text).is_ok() {
        text.into()
    } else {
        inert(text)
    }
}
