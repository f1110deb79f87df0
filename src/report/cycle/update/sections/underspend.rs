//! The section on what was not spent or is not expected to be, and what of it goes back.

use crate::document::english::spelled;
use crate::document::{Block, Table, Text, columns, text};
use crate::model::ProjectRef;
use crate::report::cycle::forecast::ForecastRow;
use crate::report::cycle::update::project::UpdateProject;
use crate::report::cycle::update::report::UpdateReport;
use crate::report::cycle::update::sections::section::Section;
use crate::report::cycle::year_end::YearEndRow;

impl UpdateReport {
    pub(super) fn underspend(&self) -> Section {
        let returned = (!self.returned.is_zero())
            .then(|| text![self.returned, " has been returned to the OPCC."]);
        let nothing_left = self.to_return.is_zero() && self.not_drawn.is_zero();
        let left = match (self.over, nothing_left, returned.is_some()) {
            (false, ..) => self.still_to_spend(),
            (true, true, false) => {
                "All of the allocation is spent: nothing is to be returned.".into()
            }
            (true, true, true) => "Nothing more is to be returned.".into(),
            (true, false, _) if self.not_drawn.is_zero() => text! {
                self.to_return, " is to be returned to the OPCC", self.sources(), "."
            },
            (true, false, _) if self.to_return.is_zero() => text! {
                "Nothing is to be returned, because ", self.not_drawn, " was not drawn",
                self.sources(), "."
            },
            (true, false, _) => text! {
                self.to_return, " is to be returned to the OPCC, and ", self.not_drawn,
                " was not drawn", self.sources(), "."
            },
        };
        let table = Table::of("Underspend", &self.underspends);
        let columns = columns![YearEndRow: line, project, title, pot, underspend, returned];
        let section = Section::new("Underspend and returns")
            .says(returned.into_iter().chain([left]))
            .with(Block::points(self.not_spent()));
        let section = if self.over {
            section
        } else {
            section.with(self.expected())
        };
        section.sheet(table.only(&columns))
    }

    /// What may still be spent while the year runs.
    fn still_to_spend(&self) -> Text {
        text! {
            self.unspent_awards, " is awarded and not yet spent, and ", self.uncommitted,
            " is uncommitted. What is not spent by ", self.pots.year.last_day(),
            " goes back to the OPCC."
        }
    }

    /// Where the money is that is to be returned.
    fn sources(&self) -> Text {
        let holding: Vec<&UpdateProject> = self.holding().collect();
        let holders = match &holding[..] {
            [one] => text![one.name(), self.because(&one.row.project)],
            several => text!["the awards of ", spelled(several.len(), "project")],
        };
        match (self.uncommitted.is_zero(), holding.is_empty()) {
            (false, true) => ", all of it uncommitted".into(),
            (true, _) => text![", all of it from ", holders],
            (false, false) => text! {
                ": ", self.uncommitted, " that is uncommitted and ", self.unspent_awards, " from ",
                holders
            },
        }
    }

    /// The projects that still hold money.
    fn holding(&self) -> impl Iterator<Item = &UpdateProject> {
        let projects = self.projects.iter();
        projects.filter(|project| !project.row.unspent.is_zero())
    }

    /// What each project did not spend, with the reason, unless the sentence above says it of the
    /// only one.
    fn not_spent(&self) -> Vec<Text> {
        let rows = self.underspends.iter();
        let rows: Vec<&YearEndRow> = rows.filter(|row| row.project.is_some()).collect();
        if rows.len() == 1 && self.holding().count() == 1 {
            return Vec::new();
        }
        let point = |row: &YearEndRow| {
            let project = row.project.as_ref()?;
            Some(text! {
                project, ", ", row.title.as_ref(), ": ", row.underspend, " was not spent",
                self.because(project), "."
            })
        };
        rows.into_iter().filter_map(point).collect()
    }

    /// The reason for a project's underspend, within the sentence that reports it.
    fn because(&self, project: &ProjectRef) -> Text {
        match self.reason(project) {
            Some(reason) => text![" (reason given: ", reason.trim_end_matches('.'), ")"],
            None => " (no reason is on record)".into(),
        }
    }

    /// Where the year is heading, while it runs.
    fn expected(&self) -> Vec<Block> {
        let forecast = &self.forecast;
        if forecast.rows.is_empty() {
            return Vec::new();
        }
        let spend = text! {
            "By ", self.pots.year.last_day(), " the projects are expected to have spent ",
            forecast.projected
        };
        let spend = match forecast.underspend {
            none if none.is_zero() => text![spend, ", all of their awards."],
            left => text![spend, " of their awards, and not to spend ", left, "."],
        };
        let sentences = Text::join([Some(spend), self.back()].into_iter().flatten(), " ");
        let points = Block::points(self.warnings());
        let blocks = std::iter::once(Block::Numbered(sentences));
        blocks.chain(points).collect()
    }

    /// What would go back while the year runs, if anything would.
    pub(super) fn back(&self) -> Option<Text> {
        let back = self.forecast.to_return_as_projected;
        let back = (!back.is_zero()).then(|| text![back, " goes back to the OPCC"]);
        let not_drawn = self.forecast.not_drawn_as_projected;
        let not_drawn = (!not_drawn.is_zero()).then(|| text![not_drawn, " is not drawn"]);
        let all = Text::join(back.into_iter().chain(not_drawn), " and ");
        (!all.is_empty()).then(|| {
            text![
                "If all goes as projected and nothing more is awarded, ",
                all,
                "."
            ]
        })
    }

    /// The projects that have spent nothing, and those that will not spend their award.
    fn warnings(&self) -> Vec<Text> {
        let name = |row: &ForecastRow| text![&row.project, ", ", &row.title];
        let rows = self.forecast.rows.iter();
        let idle = rows.clone().filter(|row| row.no_spend).map(name);
        let idle = Text::join(idle, "; ");
        let idle = (!idle.is_empty()).then(|| {
            text! {
                "Nothing is spent although half of the time has passed: ", idle, "."
            }
        });
        let short = rows.filter(|row| !row.underspend.is_zero());
        let short = short.map(|row| {
            text! {
                name(row), ": ", row.underspend, " is not expected to be spent",
                self.because(&row.project), "."
            }
        });
        idle.into_iter().chain(short).collect()
    }
}
