//! The file's views, which compute every figure a second time, compared with the fold.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::fold::{Project, YearView};
use crate::model::Money;
use crate::report::{PotReport, PotRow, YearReport};
use crate::store::{Store, View};

/// The figures of one row, by the names the view gives them.
type Figures = BTreeMap<&'static str, String>;

/// A view's rows of one year, named by the column that has the view's own name.
type Rows = BTreeMap<String, BTreeMap<String, String>>;

/// The file's views of all years, compared with the fold of one year after another.
pub(super) struct ComparedViews {
    rows: Vec<(View, BTreeMap<String, Rows>)>,
    /// True if the views may lack figures that later versions have.
    is_older: bool,
    /// How many figures were compared.
    pub(super) figures: usize,
    /// Those that differ.
    pub(super) faults: Vec<String>,
}

impl ComparedViews {
    /// Reads the views. Each is asked once for all years: most of the time goes into compiling it.
    pub(super) fn read(store: &Store) -> Result<ComparedViews, Error> {
        let views = [View::Pot, View::Project, View::Year].into_iter();
        let rows = views.map(|view| Ok((view, rows_by_year(store, view)?)));
        Ok(ComparedViews {
            rows: rows.collect::<Result<_, Error>>()?,
            is_older: store.is_older(),
            figures: 0,
            faults: Vec::new(),
        })
    }

    /// Compares the views' figures of one year with the fold of all its entries.
    pub(super) fn compare(&mut self, folded: &YearView) {
        let year = folded.year().to_string();
        for (view, rows) in &self.rows {
            let folded = match view {
                View::Pot => pots(folded),
                View::Project => projects(folded),
                View::Year => BTreeMap::from([(year.clone(), of_year(folded))]),
            };
            let (name, none) = (view.as_str(), Rows::new());
            let rows = rows.get(&year).unwrap_or(&none);
            if rows.len() != folded.len() {
                self.faults.push(format!(
                    "view {name} of {year}: {} rows, the entries give {}",
                    rows.len(),
                    folded.len()
                ));
            }
            for (item, figures) in folded {
                let row = rows.get(&item);
                for (figure, expected) in figures {
                    // A view of an older version may not have the figure yet.
                    if self.is_older && row.is_some_and(|row| !row.contains_key(figure)) {
                        continue;
                    }
                    self.figures += 1;
                    let shown = row.and_then(|row| row.get(figure));
                    if shown != Some(&expected) {
                        let shown = shown.map_or("nothing", String::as_str);
                        self.faults.push(format!(
                            "view of {name} {item} of {year}: {figure} is {shown}, the entries give {expected}"
                        ));
                    }
                }
            }
        }
    }
}

fn rows_by_year(store: &Store, view: View) -> Result<BTreeMap<String, Rows>, Error> {
    let mut years: BTreeMap<String, Rows> = BTreeMap::new();
    for row in store.view(view)? {
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        let (year, key) = (cell("year"), cell(view.as_str()));
        years.entry(year).or_default().insert(key, row);
    }
    Ok(years)
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
