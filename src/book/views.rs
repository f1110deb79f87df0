//! The file's views, which compute every figure a second time, held against the fold.

use std::collections::BTreeMap;

use crate::book::Book;
use crate::book::view::every_kind;
use crate::error::Error;
use crate::fold::{Lens, Project, YearView};
use crate::model::{Date, Money};
use crate::report::{PotReport, PotRow, YearReport};
use crate::rules::History;
use crate::store::View;

/// How many figures of the views were held against the fold, and which are not the same.
pub(super) struct Viewed {
    pub(super) figures: usize,
    pub(super) faults: Vec<String>,
}

/// The figures of one row, by the names the view gives them.
type Figures = BTreeMap<&'static str, String>;

impl Book {
    /// Holds the figures of a year's views against the fold.
    pub(super) fn viewed(&self, history: &History) -> Result<Viewed, Error> {
        let year = history.year();
        let year_view = self.view(year, every_kind, Lens::at(Date::MAX))?;
        let (mut found, mut figures) = (Vec::new(), 0);
        for (view, key, folded) in [
            (View::Pot, "pot", pots(&year_view)),
            (View::Project, "project", projects(&year_view)),
            (
                View::Year,
                "year",
                [(year.to_string(), of_year(&year_view))].into(),
            ),
        ] {
            let rows = self
                .store
                .view(view, year)?
                .into_iter()
                .map(|row| row.into_iter().collect::<BTreeMap<_, _>>());
            let rows: BTreeMap<String, BTreeMap<String, String>> = rows
                .map(|row| (row.get(key).cloned().unwrap_or_default(), row))
                .collect();
            if rows.len() != folded.len() {
                found.push(format!(
                    "view of each {key} of {year}: {} rows, the entries give {}",
                    rows.len(),
                    folded.len()
                ));
            }
            for (of, name, figure) in folded.iter().flat_map(|(of, figures)| {
                figures.iter().map(move |(name, figure)| (of, name, figure))
            }) {
                figures += 1;
                let shown = rows
                    .get(of)
                    .and_then(|row| row.get(*name))
                    .map_or("nothing", String::as_str);
                if shown != figure {
                    found.push(format!(
                        "view of {key} {of} of {year}: {name} is {shown}, the entries give {figure}"
                    ));
                }
            }
        }
        Ok(Viewed {
            figures,
            faults: found,
        })
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
        ("unspent_awards", report.unspent_awards),
        ("uncommitted", report.uncommitted),
        ("underspend", report.underspend),
        ("to_return", report.to_return),
        ("received", report.received),
        ("cash_held", report.cash_held),
    ]);
    figures.insert("confirmed", u8::from(report.head.confirmed).to_string());
    figures.insert("closed", u8::from(report.closed).to_string());
    figures
}
