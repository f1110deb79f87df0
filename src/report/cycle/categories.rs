//! The year's spend by cost category, net and gross apart, as sheets of the year-end workbook.

use std::collections::{BTreeMap, HashMap};

use crate::document::{ColumnId, Formula, Table, Term, declare};
use crate::fold::YearView;
use crate::model::{Money, ProjectRef, Vat};
use crate::report::money::spend::{SpendReport, SpendRow};

declare! {
    /// What was spent on one cost category, by one project or by all.
    row CategoryRow {
        /// The project.
        project: Option<ProjectRef> => shown("Project"),
        /// Its title.
        title: Option<String> => shown("Title"),
        /// The cost category, as it was recorded; none for payments without one.
        category: Option<String> => shown("Category"),
        /// What was spent net of VAT, less refunds.
        net: Money => total("Net"),
        /// What was spent with VAT, less refunds.
        gross: Money => total("Gross"),
        /// Both.
        spent: Money => total("Spent"),
    }
}

/// The columns of a row, beside those of the payments that it adds up.
const OF_ALL: &[(ColumnId, ColumnId)] =
    &[(SpendRow::COLUMN.category, CategoryRow::COLUMN.category)];
const OF_PROJECT: &[(ColumnId, ColumnId)] = &[
    (SpendRow::COLUMN.project, CategoryRow::COLUMN.project),
    (SpendRow::COLUMN.category, CategoryRow::COLUMN.category),
];

/// Both tables: one row per category, and one per project and category.
pub(super) fn tables(spend: &SpendReport, view: &YearView) -> [Table; 2] {
    let columns = CategoryRow::COLUMN;
    let in_total = rows(spend, |_| None, view);
    let by_project = rows(spend, |row| Some(&row.project), view);
    let in_total = Table::of("Categories", &in_total)
        .without(columns.project)
        .without(columns.title);
    let by_project = Table::of("Categories by project", &by_project);
    [added_up(in_total, OF_ALL), added_up(by_project, OF_PROJECT)]
}

/// The sums of payments by a project, if one is given, and by category.
fn rows<'a>(
    spend: &'a SpendReport,
    project: impl Fn(&'a SpendRow) -> Option<&'a ProjectRef>,
    view: &YearView,
) -> Vec<CategoryRow> {
    let mut sums: BTreeMap<_, HashMap<Vat, Money>> = BTreeMap::new();
    for row in &spend.rows {
        let sums = sums.entry((project(row), &row.category)).or_default();
        *sums.entry(row.vat).or_default() += row.amount;
    }
    let projects = &view.portfolio.projects;
    let rows = sums.into_iter().map(|((project, category), sums)| {
        let sum = |vat| sums.get(&vat).copied().unwrap_or_default();
        let (net, gross) = (sum(Vat::Net), sum(Vat::Gross));
        CategoryRow {
            project: project.cloned(),
            title: project.and_then(|it| Some(projects.get(it)?.title.clone())),
            category: category.clone(),
            net,
            gross,
            spent: net + gross,
        }
    });
    rows.collect()
}

/// A table whose amounts a spreadsheet adds up from the payments that share these columns.
fn added_up(table: Table, shared: &'static [(ColumnId, ColumnId)]) -> Table {
    let columns = CategoryRow::COLUMN;
    let payments = |vat: Vat| {
        Formula::sum(vec![Term::Shared {
            column: SpendRow::COLUMN.amount,
            shared,
            by: SpendRow::COLUMN.vat,
            word: vat.as_str(),
        }])
    };
    let both = Formula::sum(vec![Term::Beside(columns.net), Term::Beside(columns.gross)]);
    table
        .worked_out(columns.net, &payments(Vat::Net))
        .worked_out(columns.gross, &payments(Vat::Gross))
        .worked_out(columns.spent, &both)
}
