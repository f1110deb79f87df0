//! [`Sketch`]: what an extract shows of itself, and [`Choices`]: what a person makes of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use crate::import::extract::heading::AmountName;
use crate::import::extract::source::{Contents, Source};
use crate::import::extract::suggest::guess::{Amounts, Guess};
use crate::import::extract::suggest::look::look;
use crate::import::extract::suggest::map_text::{Sheets, name, quoted};
use crate::import::extract::text::cell;
use crate::import::fault::{FaultKind, InputError};

/// How many rows are shown.
const MAX_SHOWN_ROWS: usize = 5;

/// The keys of a map that name columns, in the order in which people are asked.
pub const COLUMN_KEYS: [&str; 8] = [
    "date",
    "amount",
    "debit",
    "credit",
    "sign",
    "supplier",
    "reference",
    "category",
];

/// What an extract shows of itself.
#[derive(Debug)]
pub struct Sketch {
    /// The names of its columns.
    pub header: Vec<String>,
    /// The first rows below the header.
    pub rows: Vec<Vec<String>>,
    /// What is suggested; no code has a project yet.
    pub choices: Choices,
    /// The codes in the column of codes, and how many rows have each, the most frequent first.
    pub codes: Vec<(String, u64)>,
}

/// What a person chooses of a map: which column is what, and whose each code is.
#[derive(Debug, Default, Clone)]
pub struct Choices {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row of the header.
    pub header: Option<u64>,
    /// What the amounts are: `net` or `gross`.
    pub vat: String,
    /// The columns by their [keys](COLUMN_KEYS).
    pub columns: BTreeMap<String, String>,
    /// The column of codes.
    pub code_column: Option<String>,
    /// Whether a code holds for the rows below it that have none.
    pub is_filled_down: bool,
    /// Whose each code is: a ref, or `outside`.
    pub codes: Vec<(String, String)>,
    /// What becomes of the other lines: `refuse`, `outside` or a ref.
    pub unmatched: String,
}

impl Sketch {
    /// Looks at an extract; `file` is what it is called. Its codes are those of this column, or else
    /// of the one that looks like it.
    ///
    /// # Errors
    ///
    /// An [`InputError`] if it cannot be read, or no row of it looks like the header of a ledger.
    pub fn new(file: &Path, bytes: &[u8], code_column: Option<&str>) -> Result<Sketch, InputError> {
        let fail = |kind: FaultKind| InputError::one(file, None, kind);
        let (guess, Sheets { chosen: sheet, .. }) = look(bytes).map_err(fail)?;
        let contents = Contents::read(bytes, sheet.as_deref()).map_err(fail)?;
        let mut choices = choices(&guess, sheet);
        if let Some(column) = code_column {
            choices.code_column = Some(column.to_owned()).filter(|column| !column.is_empty());
        }
        let header: Vec<String> = (0..guess.names.len()).map(|at| name(&guess, at)).collect();
        let at = choices.code_column.as_ref();
        let at = at.and_then(|column| header.iter().position(|name| name == column));
        let mut sketch = Sketch {
            header,
            rows: Vec::new(),
            choices,
            codes: Vec::new(),
        };
        sketch
            .read_rows(&contents, guess.header_row, at)
            .map_err(fail)?;
        Ok(sketch)
    }

    /// Reads the rows below the header, and counts the codes in a column.
    fn read_rows(
        &mut self,
        contents: &Contents<'_>,
        header: u64,
        code_column: Option<usize>,
    ) -> Result<(), FaultKind> {
        let mut source = Source::new(contents);
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        while source.read()? {
            if source.row <= header {
                continue;
            }
            if self.rows.len() < MAX_SHOWN_ROWS {
                self.rows.push(source.cells.clone());
            }
            let code = code_column.map_or("", |at| cell(&source.cells, at));
            if !code.is_empty() {
                *counts.entry(code.to_owned()).or_default() += 1;
            }
        }
        self.codes = counts.into_iter().collect();
        self.codes.sort_by_key(|(_, rows)| Reverse(*rows));
        Ok(())
    }
}

fn choices(guess: &Guess, sheet: Option<String>) -> Choices {
    let mut columns = BTreeMap::new();
    let mut set = |key: &str, column: Option<usize>| {
        if let Some(column) = column {
            columns.insert(key.to_owned(), name(guess, column));
        }
    };
    let mut vat = "net";
    match guess.amounts {
        Amounts::One(amount, kind) => {
            set("amount", Some(amount));
            if kind == AmountName::Gross {
                vat = "gross";
            }
        }
        Amounts::DebitAndCredit(debit, credit) => {
            set("debit", Some(debit));
            set("credit", Some(credit));
        }
    }
    set("date", Some(guess.date));
    set("sign", guess.sign);
    set("supplier", guess.supplier);
    set("reference", guess.reference);
    set("category", guess.category);
    let codes = guess.codes.as_ref();
    Choices {
        sheet,
        header: guess.has_rows_above.then_some(guess.header_row),
        vat: vat.to_owned(),
        columns,
        code_column: codes.map(|(column, _)| name(guess, *column)),
        is_filled_down: guess.uncoded > 0 && guess.is_grouped(),
        codes: Vec::new(),
        unmatched: "refuse".to_owned(),
    }
}

impl Choices {
    /// The text of the map.
    pub fn map_text(&self) -> String {
        let mut text = String::new();
        let mut line = |key: &str, value: &str| text.push_str(&format!("{key} = {value}\n"));
        if let Some(sheet) = &self.sheet {
            line("sheet", &quoted(sheet));
        }
        if let Some(header) = self.header {
            line("header", &header.to_string());
        }
        line("vat", &quoted(&self.vat));
        line("unmatched", &quoted(&self.unmatched));
        let code_column = self.code_column.as_deref().map(quoted);
        if let Some(column) = code_column.as_ref().filter(|_| self.is_filled_down) {
            line("fill_down", &format!("[{column}]"));
        }
        text.push_str("[columns]\n");
        for (key, column) in self.columns.iter().filter(|(_, column)| !column.is_empty()) {
            text.push_str(&format!("{key} = {}\n", quoted(column)));
        }
        for (code, project) in self.codes.iter().filter(|(_, project)| !project.is_empty()) {
            let Some(column) = &code_column else { break };
            text.push_str(&match project.as_str() {
                "outside" => "[[outside]]\n".to_owned(),
                project => format!("[[project]]\nref = {}\n", quoted(project)),
            });
            text.push_str(&format!("column = {column}\nis = [{}]\n", quoted(code)));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Extract, Map};

    const LEDGER: &str = "Date,Net amount,Supplier,Number,Cost code\n\
        14/04/2026,650.00,A printer,INV-1,A1\n\
        15/04/2026,12.00,Another,INV-2,\"B \"\"2\"\"\"\n\
        16/04/2026,13.00,Another,INV-3,A1\n";

    #[test]
    fn what_is_chosen_reads_the_extract() {
        let file = Path::new("ledger.csv");
        let sketch = Sketch::new(file, LEDGER.as_bytes(), None).unwrap();
        assert_eq!(sketch.rows.len(), 3);
        assert_eq!(sketch.codes, [("A1".into(), 2), ("B \"2\"".into(), 1)]);
        let mut choices = sketch.choices;
        assert_eq!(choices.code_column.as_deref(), Some("Cost code"));
        choices.codes = vec![
            ("A1".into(), "P05".into()),
            ("B \"2\"".into(), "outside".into()),
        ];
        let map = Map::parse(file, &choices.map_text()).unwrap();
        let bytes = LEDGER.as_bytes().to_vec();
        let extract = Extract::from_bytes(file, bytes, &map, None, &mut ()).unwrap();
        assert_eq!((extract.lines.len(), extract.outside.lines), (2, 1));
        assert!(extract.bad.is_empty());
    }

    #[test]
    fn codes_are_those_of_the_column_chosen() {
        let sketch = Sketch::new("x".as_ref(), LEDGER.as_bytes(), Some("Supplier")).unwrap();
        assert_eq!(
            sketch.codes,
            [("Another".into(), 2), ("A printer".into(), 1)]
        );
        let none = Sketch::new("x".as_ref(), LEDGER.as_bytes(), Some("")).unwrap();
        assert!(none.codes.is_empty() && none.choices.code_column.is_none());
    }
}
