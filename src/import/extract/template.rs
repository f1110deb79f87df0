//! [`Template`]: a workbook to be filled in. It is read back without a map, because its headings are
//! the ones stated here.

use crate::import::extract::text::{cell, folded};
use crate::import::fault::{FileFault, ValueFault};
use crate::model::{FinancialYear, Kind, Pot, Stage, Vat};

/// A workbook to be filled in.
#[derive(Debug, PartialEq, Eq)]
pub struct Template {
    /// The name of its sheet.
    sheet: &'static str,
    /// Whether all its rows are of one grant year, with which the name of the sheet then ends.
    is_of_one_year: bool,
    /// Its columns.
    pub columns: &'static [TemplateColumn],
}

/// A column of a template.
#[derive(Debug, PartialEq, Eq)]
pub struct TemplateColumn {
    /// Its key in a map.
    key: &'static str,
    /// The heading above it.
    pub heading: &'static str,
    /// How to fill it in.
    pub note: &'static str,
    /// What it holds in the row that shows how to fill in the template.
    pub example: Example,
    /// What it may hold.
    pub choice: Choice,
}

/// A cell of the example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// A text, perhaps blank.
    Text(&'static str),
    /// A text by which the row is known to be the example.
    Mark(&'static str),
    /// An amount of pounds.
    Amount(&'static str),
    /// The day so many days after the first of the grant year; blank if there is none.
    Day(Option<u16>),
}

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Whatever its note says.
    Any,
    /// A project's ref.
    Project,
    /// A pot.
    Pot,
    /// How far a project has come.
    Stage,
    /// What an amount includes.
    Vat,
    /// Spend or a refund.
    Kind,
}

impl Choice {
    /// The words to choose from, if they are the same for every book.
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Choice::Any | Choice::Project => Vec::new(),
            Choice::Pot => Pot::ALL.iter().map(|pot| pot.as_str()).collect(),
            Choice::Stage => Stage::ALL.iter().map(|stage| stage.as_str()).collect(),
            Choice::Vat => Vat::ALL.iter().map(|vat| vat.as_str()).collect(),
            Choice::Kind => vec![Kind::Spend.as_str(), Kind::Refund.as_str()],
        }
    }
}

impl Template {
    /// The sheet that lists the projects, which is not read back.
    pub const LISTS: &str = "Lists";

    /// The name of the sheet in a template for this year.
    pub fn sheet_name(&self, year: FinancialYear) -> String {
        if self.is_of_one_year {
            // A name of a sheet may not have a slash.
            format!("{} {}", self.sheet, year.to_string().replace('/', "-"))
        } else {
            self.sheet.to_owned()
        }
    }

    /// The year with which the name of a sheet ends.
    pub(super) fn year_of(&self, sheet: &str) -> Option<FinancialYear> {
        let last = sheet.split_whitespace().last();
        last.filter(|_| self.is_of_one_year)?.parse().ok()
    }

    /// The columns as a map names them.
    pub(super) fn map(&self) -> String {
        let columns = self.columns.iter();
        let lines = columns.map(|column| format!("{} = {:?}\n", column.key, column.heading));
        format!("[columns]\n{}", lines.collect::<String>())
    }

    /// Checks that a header has all columns.
    pub(super) fn check(&self, header: &[String]) -> Result<(), FileFault> {
        let header: Vec<String> = header.iter().map(|name| folded(name)).collect();
        let is_missing = |column: &&TemplateColumn| !header.contains(&folded(column.heading));
        let missing: Vec<String> = self
            .columns
            .iter()
            .filter(is_missing)
            .map(|column| column.heading.to_owned())
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let is_other = missing.len() == self.columns.len();
        Err(FileFault::NoTemplate {
            missing: if is_other { Vec::new() } else { missing },
        })
    }
}

/// The columns by which a row is known to be the example; none without a template.
#[derive(Default)]
pub(super) struct ExampleRow(Vec<(usize, &'static TemplateColumn)>);

impl ExampleRow {
    pub(super) fn find(template: Option<&'static Template>, header: &[String]) -> ExampleRow {
        let columns = template.map_or(&[][..], |template| template.columns);
        let marks = columns
            .iter()
            .filter(|column| matches!(column.example, Example::Mark(_)));
        let place = |column: &'static TemplateColumn| {
            let heading = folded(column.heading);
            let index = header.iter().position(|name| folded(name) == heading)?;
            Some((index, column))
        };
        ExampleRow(marks.filter_map(place).collect())
    }

    /// Returns `true` for the example. A row that has only part of its marks is a fault: somebody
    /// wrote over part of it.
    pub(super) fn is_at(&self, cells: &[String]) -> Result<bool, ValueFault> {
        let is_mark = |(index, column): &&(usize, &'static TemplateColumn)| {
            let text = folded(cell(cells, *index));
            matches!(column.example, Example::Mark(mark) if folded(mark) == text)
        };
        let mut left = self.0.iter().filter(is_mark);
        let Some((index, column)) = left.next() else {
            return Ok(false);
        };
        if left.count() + 1 == self.0.len() {
            return Ok(true);
        }
        let expected = "a text of your own; write over all of the example, or delete its row";
        Err(ValueFault::new(
            column.heading,
            cell(cells, *index),
            expected,
        ))
    }
}

const fn column(
    key: &'static str,
    heading: &'static str,
    example: Example,
    choice: Choice,
    note: &'static str,
) -> TemplateColumn {
    TemplateColumn {
        key,
        heading,
        note,
        example,
        choice,
    }
}

/// A row for each project.
pub const TRACKER: Template = Template {
    sheet: "Projects",
    is_of_one_year: true,
    columns: &[
        column(
            "project",
            "Ref",
            Example::Mark("EXAMPLE"),
            Choice::Project,
            "The project's ref, such as P01: letters, digits and hyphens. Each project has one row.",
        ),
        column(
            "title",
            "Title",
            Example::Mark("Example project"),
            Choice::Any,
            "What the project is called.",
        ),
        column(
            "lead",
            "Lead",
            Example::Text("Example Council"),
            Choice::Any,
            "The agency that delivers the project.",
        ),
        column(
            "pot",
            "Pot",
            Example::Text("upfront"),
            Choice::Pot,
            "The pot that the money comes from.",
        ),
        column(
            "priorities",
            "Priorities",
            Example::Text(""),
            Choice::Any,
            "The codes of the priorities that the project serves, separated by semicolons. May be blank.",
        ),
        column(
            "asked",
            "Requested",
            Example::Amount("2000.00"),
            Choice::Any,
            "The amount requested, in pounds.",
        ),
        column(
            "status",
            "Status",
            Example::Text("approved"),
            Choice::Stage,
            "How far the project has come. If blank, its days and amounts say so.",
        ),
        column(
            "proposed_on",
            "Proposed on",
            Example::Day(Some(6)),
            Choice::Any,
            "The day on which the project was proposed. If blank, the day of its next step.",
        ),
        column(
            "decided_on",
            "Decided on",
            Example::Day(Some(13)),
            Choice::Any,
            "The day on which the working group recommended or declined it. May be blank.",
        ),
        column(
            "endorsed_on",
            "Endorsed on",
            Example::Day(Some(15)),
            Choice::Any,
            "The day on which the chair agreed. May be blank.",
        ),
        column(
            "submitted_on",
            "Submitted on",
            Example::Day(Some(20)),
            Choice::Any,
            "The day on which the business case went to the OPCC. May be blank.",
        ),
        column(
            "approved",
            "Awarded",
            Example::Amount("1800.00"),
            Choice::Any,
            "The award that the OPCC approved, in pounds. Blank until then.",
        ),
        column(
            "approved_on",
            "Awarded on",
            Example::Day(Some(40)),
            Choice::Any,
            "The day of the OPCC's decision. Needed for an award.",
        ),
        column(
            "spent",
            "Spent to date",
            Example::Amount("650.50"),
            Choice::Any,
            "All that has been spent so far, in pounds.",
        ),
        column(
            "spent_on",
            "Spent up to",
            Example::Day(Some(182)),
            Choice::Any,
            "The last day that the spend to date counts.",
        ),
        column(
            "ended_on",
            "Ended on",
            Example::Day(None),
            Choice::Any,
            "The day on which the project was completed, withdrawn, declined or rejected.",
        ),
    ],
};

/// A row for each invoice and credit note.
pub const INVOICES: Template = Template {
    sheet: "Invoices",
    is_of_one_year: false,
    columns: &[
        column(
            "date",
            "Date",
            Example::Day(Some(90)),
            Choice::Any,
            "The day of the invoice.",
        ),
        column(
            "project",
            "Ref",
            Example::Mark("EXAMPLE"),
            Choice::Project,
            "The ref of the project that pays it, such as P01.",
        ),
        column(
            "supplier",
            "Supplier",
            Example::Mark("Example Ltd"),
            Choice::Any,
            "Who sent the invoice. No names or contact details of private persons.",
        ),
        column(
            "reference",
            "Invoice number",
            Example::Mark("EXAMPLE-1"),
            Choice::Any,
            "The number of the invoice. With it, the same invoice is not recorded twice.",
        ),
        column(
            "amount",
            "Amount",
            Example::Amount("120.00"),
            Choice::Any,
            "The cost to the grant, in pounds.",
        ),
        column(
            "vat",
            "VAT",
            Example::Text("net"),
            Choice::Vat,
            "net if the lead recovers VAT and the amount is without it; gross if it does not. If blank, net.",
        ),
        column(
            "sign",
            "Type",
            Example::Text("spend"),
            Choice::Kind,
            "spend, or refund for a credit note. If blank, spend.",
        ),
        column(
            "note",
            "Note",
            Example::Text(""),
            Choice::Any,
            "Anything a reader should know. May be blank.",
        ),
    ],
};
