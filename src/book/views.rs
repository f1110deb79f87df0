//! The file's views, which compute every figure a second time, compared with the fold.

use std::collections::BTreeMap;

use crate::book::handle::Book;
use crate::book::view::every_kind;
use crate::error::Error;
use crate::fold::{Lens, Project, YearView};
use crate::model::{Date, FinancialYear, Money};
use crate::report::{PotReport, PotRow, YearReport};
use crate::store::View;

/// How many figures of the views were compared with the fold, and which differ.
#[derive(Default)]
pub(super) struct ComparedViews {
    pub(super) figures: usize,
    pub(super) faults: Vec<String>,
}

/// The figures of one row, by the names the view gives them.
type Figures = BTreeMap<&'static str, String>;

/// A view's rows of one year, named by the column that has the view's own name.
type Rows = BTreeMap<String, BTreeMap<String, String>>;

impl Book {
    /// Compares the figures of some years' views with the fold.
    pub(super) fn compare_views(
        &self,
        years: impl Iterator<Item = FinancialYear>,
    ) -> Result<ComparedViews, Error> {
        let views = [View::Pot, View::Project, View::Year];
        // Each is asked once for all years: most of the time goes into compiling it.
        let rows = views.map(|view| self.rows_by_year(view));
        let rows = rows.into_iter().collect::<Result<Vec<_>, Error>>()?;
        let mut compared = ComparedViews::default();
        for year in years {
            let view = self.view(year, every_kind, Lens::at(Date::MAX))?;
            let of_year = BTreeMap::from([(year.to_string(), of_year(&view))]);
            let folded = [pots(&view), projects(&view), of_year];
            for ((view, rows), folded) in views.into_iter().zip(&rows).zip(&folded) {
                self.compare_view(view, year, rows, folded, &mut compared);
            }
        }
        Ok(compared)
    }

    fn rows_by_year(&self, view: View) -> Result<BTreeMap<String, Rows>, Error> {
        let mut years: BTreeMap<String, Rows> = BTreeMap::new();
        for row in self.store.view(view)? {
            let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
            let (year, key) = (cell("year"), cell(view.as_str()));
            years.entry(year).or_default().insert(key, row);
        }
        Ok(years)
    }

    fn compare_view(
        &self,
        view: View,
        year: FinancialYear,
        rows: &BTreeMap<String, Rows>,
        folded: &BTreeMap<String, Figures>,
        compared: &mut ComparedViews,
    ) {
        let (key, none) = (view.as_str(), Rows::new());
        let rows = rows.get(&year.to_string()).unwrap_or(&none);
        if rows.len() != folded.len() {
            compared.faults.push(format!(
                "view {key} of {year}: {} rows, the entries give {}",
                rows.len(),
                folded.len()
            ));
        }
        for (item, figures) in folded {
            let row = rows.get(item);
            for (name, figure) in figures {
                // A view of an older version may not have the figure yet.
                if self.store.is_older() && row.is_some_and(|row| !row.contains_key(*name)) {
                    continue;
                }
                compared.figures += 1;
                let shown = row.and_then(|row| row.get(*name));
                if shown != Some(figure) {
                    let shown = shown.map_or("nothing", String::as_str);
                    compared.faults.push(format!(
                        "view of {key} {item} of {year}: {name} is {shown}, the entries give {figure}"
                    ));
                }
            }
        }
    }
}

fn texts(figures: &[(&'static str, Money)]) -> Figures {
    figures
        .iter()
        .map(|(name, amount)| (*name, amount.to_string()))
        .collect()
}

fn pots(view: &YearView) -> BTreeMap<String, Figures> {
    let report = PotReport::new(view);
    let figures = |row: &PotRow| {
        let mut figures = texts(&[
            ("allocated", row.allocated),
            ("moved", row.moved),
            ("committed", row.committed),
            ("returned", row.returned),
            ("lapsed", row.lapsed),
            ("remaining", row.remaining),
            ("pipeline", row.pipeline),
            ("remaining_if_all_approved", row.remaining_if_all_approved),
        ]);
        figures.insert("open", u8::from(row.open).to_string());
        figures
    };
    [
        ("upfront".to_owned(), figures(&report.upfront)),
        ("tactical".to_owned(), figures(&report.tactical)),
    ]
    .into()
}

fn projects(view: &YearView) -> BTreeMap<String, Figures> {
    let figures = |project: &Project| {
        let mut figures = texts(&[
            ("requested", project.requested),
            ("approved", project.award),
            ("spent", project.spent),
            ("underspend", project.underspend()),
            ("returned", project.returned),
            ("lapsed", project.lapsed),
            ("unspent", project.unspent()),
        ]);
        figures.insert("status", project.stage.to_string());
        figures.insert("title", project.title.clone());
        figures.insert("lead", project.lead.clone());
        figures.insert("priorities", project.priorities.to_string());
        figures
    };
    view.portfolio
        .projects
        .iter()
        .map(|(reference, project)| (reference.to_string(), figures(project)))
        .collect()
}

fn of_year(view: &YearView) -> Figures {
    let report = YearReport::new(view);
    let mut figures = texts(&[
        ("allocation", report.allocation),
        ("spent", report.spent),
        ("returned", report.returned),
        ("lapsed", report.lapsed),
        ("unspent_awards", report.unspent_awards),
        ("uncommitted", report.uncommitted),
        ("underspend", report.underspend),
        ("to_return", report.to_return),
        ("not_drawn", report.not_drawn),
        ("received", report.received),
        ("cash_held", report.cash_held),
    ]);
    figures.insert("confirmed", u8::from(report.head.confirmed).to_string());
    figures.insert("closed", u8::from(report.closed).to_string());
    figures
}
