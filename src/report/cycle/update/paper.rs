//! The sections of the update: what each says, and the table it speaks of.

use crate::document::{
    Block, Cell, Field, Report, Table, listed, number, overrides, sentence, spelled,
};
use crate::model::{Date, Kind, Pot, ProjectRef};
use crate::report::cycle::update::decided::UpdateDecision;
use crate::report::cycle::update::{UpdateReport, Withdrawn};
use crate::report::cycle::year_end::YearEndRow;
use crate::report::money::pot::PotReport;

/// A heading, what is said below it, and a table, whose caption is for where it stands alone.
pub(super) struct Section {
    heading: String,
    pub(super) said: Vec<String>,
    pub(super) table: Option<Table>,
}

impl Section {
    /// Its heading, its sentences, and its table where that has rows.
    pub(super) fn blocks(self) -> impl Iterator<Item = Block> {
        let table = self.table.filter(|table| !table.rows.is_empty());
        let table = table.map(|table| {
            Block::Table(Table {
                caption: String::new(),
                ..table
            })
        });
        [
            Block::Heading(self.heading),
            Block::Paragraph(self.said.join(" ")),
        ]
        .into_iter()
        .chain(table)
    }
}

/// What the OPCC allocated a year, and whether that is confirmed.
fn allocation(pots: &PotReport) -> Vec<String> {
    if pots.allocation.is_zero() {
        return vec![format!("No allocation for {} is on record yet.", pots.year)];
    }
    let (upfront, tactical) = (
        pots.upfront.allocated.pounds(),
        pots.tactical.allocated.pounds(),
    );
    let confirmed = if pots.confirmed {
        "The OPCC has confirmed it."
    } else {
        "The OPCC has not yet confirmed it."
    };
    let allocation = pots.allocation.pounds();
    vec![
        format!(
            "The allocation for {} is {allocation}: {upfront} for the upfront pot and {tactical} for the tactical pot.",
            pots.year
        ),
        confirmed.into(),
    ]
}

impl UpdateReport {
    /// The sections in the order they are read. The first table is that of the projects.
    pub(super) fn sections(&self) -> Vec<Section> {
        let mut sections = vec![
            self.allocation(),
            self.funded(),
            self.decided(),
            self.left(),
        ];
        sections.push(self.pending());
        sections.extend((!self.pots.allocation.is_zero()).then(|| self.underspend()));
        sections.push(self.year_after());
        sections
    }

    fn allocation(&self) -> Section {
        let whose = format!(
            "Crime Reduction Grant from {} to {}.",
            self.opcc(),
            self.partnership
        );
        let set_aside = overrides(&self.overrides);
        let said = [whose]
            .into_iter()
            .chain(allocation(&self.pots))
            .chain(set_aside)
            .collect();
        Section {
            heading: "Allocation".into(),
            said,
            table: None,
        }
    }

    /// The funder, and that it is the OPCC.
    fn opcc(&self) -> String {
        let funder = self.funder.trim();
        let the = if funder == "OPCC" || funder.starts_with("Office ") {
            "the "
        } else {
            ""
        };
        let opcc = if funder
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| word == "OPCC")
        {
            ""
        } else {
            " (OPCC)"
        };
        format!("{the}{funder}{opcc}")
    }

    fn funded(&self) -> Section {
        let count = self.projects.len();
        let mut said = vec![match count {
            0 => "No project has an award.".into(),
            1 => format!("One project has an award of {}.", self.awards.pounds()),
            _ => sentence(&format!(
                "{} have awards of {} in all",
                spelled(count, "project"),
                self.awards.pounds()
            )),
        }];
        said.extend((count > 0).then(|| match self.spent {
            none if none.is_zero() => "None of it is spent.".into(),
            all if all == self.awards => "All of it is spent.".into(),
            spent => format!("{} of it is spent.", spent.pounds()),
        }));
        said.extend(self.withdrawals());
        Section {
            heading: "Projects".into(),
            said,
            table: Some(self.projects_table()),
        }
    }

    /// A withdrawn project keeps as its award what it had spent or returned.
    fn withdrawals(&self) -> Vec<String> {
        let (ended, kept): (Vec<_>, Vec<_>) = self
            .withdrawn
            .iter()
            .partition(|project| project.award.is_zero());
        let name = |project: &Withdrawn| format!("{} ({})", project.project, project.title);
        let ended: Vec<String> = ended.into_iter().map(name).collect();
        let mut said = Vec::new();
        said.extend((!ended.is_empty()).then(|| match ended.len() {
            1 => format!("{} was withdrawn and has no award.", listed(&ended)),
            _ => format!("{} were withdrawn and have no award.", listed(&ended)),
        }));
        let keeps = |project: &Withdrawn| {
            format!(
                "{} was withdrawn and keeps an award of {}.",
                name(project),
                project.award.pounds()
            )
        };
        said.extend(kept.into_iter().map(keeps));
        said
    }

    fn projects_table(&self) -> Table {
        let in_words = |outcomes: &[_]| {
            outcomes
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<String>>()
                .join("; ")
        };
        let has_progress = self
            .projects
            .iter()
            .any(|project| project.progress.is_some());
        let has_outcomes = self
            .projects
            .iter()
            .any(|project| !project.outcomes.is_empty());
        let mut table = Table::new(
            "Projects",
            &[
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::left("lead", ""),
                Field::left("pot", ""),
                Field::left("status", ""),
                Field::sum("award", "Award"),
                Field::sum("spent", ""),
                Field::left("progress", if has_progress { "Progress" } else { "" }),
                Field::left("outcomes", if has_outcomes { "Outcomes" } else { "" }),
            ],
        );
        for project in &self.projects {
            table.rows.push(vec![
                project.row.project.as_str().into(),
                project.row.title.as_str().into(),
                project.row.lead.as_str().into(),
                project.row.pot.as_str().into(),
                project.row.status.as_str().into(),
                project.row.award.into(),
                project.row.spent.into(),
                project.progress.as_deref().into(),
                in_words(&project.outcomes).into(),
            ]);
        }
        table
    }

    fn decided(&self) -> Section {
        let heading = self.since.map_or("Decisions".into(), |since| {
            format!("Decisions since {}", since.long())
        });
        let last = self.since.zip(self.since_paper.as_ref());
        let mut said: Vec<String> = last
            .map(|(day, paper)| format!("The last paper was of {}: {paper}.", day.long()))
            .into_iter()
            .collect();
        let made = match (last, self.since) {
            (Some(_), _) => "made or recorded since",
            (None, Some(_)) => "made since",
            (None, None) => "made so far",
        };
        said.push(match self.decisions.len() {
            0 if self.since.is_none() => "Nothing has been decided yet.".into(),
            count => sentence(&format!(
                "{} {} been {made}",
                spelled(count, "decision"),
                if count > 1 { "have" } else { "has" }
            )),
        });
        said.extend(last.and_then(|(day, _)| self.recorded_late(day)));
        let mut table = Table::new(
            "Decisions",
            &[
                Field::right("entry", ""),
                Field::left("on", "On"),
                Field::left("project", "Project"),
                Field::left("of", "Project, pot or year"),
                Field::left("decision", "Decision"),
                Field::right("amount", "Amount"),
            ],
        );
        for row in &self.decisions {
            table.rows.push(vec![
                row.entry.into(),
                row.on.long().to_string().into(),
                row.project.as_ref().map(ProjectRef::as_str).into(),
                self.subject(row).into(),
                row.said().into(),
                row.amount.into(),
            ]);
        }
        Section {
            heading,
            said,
            table: Some(table),
        }
    }

    /// How many decisions of the last paper's day or before it were recorded after it.
    fn recorded_late(&self, day: Date) -> Option<String> {
        let late = self.decisions.iter().filter(|row| row.on <= day).count();
        let them = match late {
            0 => return None,
            1 if self.decisions.len() == 1 => "It is".into(),
            all if all == self.decisions.len() => "All of them are".into(),
            1 => "One of them is".into(),
            some => format!("{} of them are", number(some)),
        };
        let recorded = if late == 1 { "was" } else { "were" };
        Some(sentence(&format!(
            "{them} of that day or earlier, and {recorded} recorded after the paper"
        )))
    }

    /// What a decision is of: a project, a pot, or the year.
    fn subject(&self, row: &UpdateDecision) -> String {
        match (&row.title, row.pot, row.kind) {
            (Some(title), ..) => title.clone(),
            (None, Some(pot), _) => format!("The {pot} pot"),
            (None, None, Kind::Release) => "The upfront pot, to the tactical pot".into(),
            (None, None, _) => format!("The year {}", self.pots.year),
        }
    }

    /// Is the year behind us, or shut? Then nothing can be awarded any more.
    fn has_ended(&self) -> bool {
        self.closed || self.pots.year.last_day() < self.pots.lens.as_at
    }

    fn left(&self) -> Section {
        let mut said = Vec::new();
        if self.pots.allocation.is_zero() {
            said.push("There is no money in the pots yet.".into());
        } else if self.has_ended() {
            let year = if self.closed {
                "The year is closed"
            } else {
                "The year has ended"
            };
            said.push(match self.uncommitted.is_zero() {
                true => format!("{year}, and nothing is left in the pots."),
                false => format!(
                    "{year}, and {} is left in the pots.",
                    self.uncommitted.pounds()
                ),
            });
        } else {
            let pot = if self.pots.tactical.open {
                Pot::Tactical
            } else {
                Pot::Upfront
            };
            let left = if pot == Pot::Tactical {
                self.pots.tactical.remaining
            } else {
                self.pots.upfront.remaining
            };
            said.push(match left.is_zero() {
                true => format!("The {pot} pot is open, and nothing is left in it."),
                false => format!(
                    "The {pot} pot is open, and {} of it is uncommitted.",
                    left.pounds()
                ),
            });
            said.extend(
                (pot == Pot::Upfront)
                    .then(|| "The tactical pot opens when the upfront pot is released.".into()),
            );
        }
        let mut table = self
            .pots
            .tables()
            .into_iter()
            .next()
            .filter(|_| !self.pots.allocation.is_zero());
        if let Some(table) = table.as_mut().filter(|_| self.has_ended()) {
            table
                .rows
                .retain(|row| row.first() != Some(&Cell::from(PotReport::IF_ALL_APPROVED)));
        }
        Section {
            heading: "Pots".into(),
            said,
            table: table.map(|table| Table {
                caption: "Pots".into(),
                ..table
            }),
        }
    }

    fn pending(&self) -> Section {
        let asked = self.pipeline.pounds();
        let mut said = vec![match self.proposed.len() {
            0 => "No proposal is pending.".into(),
            1 => format!("One proposal is pending, and asks for {asked}."),
            count => sentence(&format!(
                "{} are pending, and ask for {asked} in all",
                spelled(count, "proposal")
            )),
        }];
        said.extend(self.if_approved());
        let mut table = Table::new(
            "Proposed",
            &[
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::left("lead", "Lead"),
                Field::left("pot", "Pot"),
                Field::left("status", "Status"),
                Field::sum("asks", "Asks"),
            ],
        );
        for row in &self.proposed {
            table.rows.push(vec![
                row.project.as_str().into(),
                row.title.as_str().into(),
                row.lead.as_str().into(),
                row.pot.as_str().into(),
                row.status.as_str().into(),
                row.asks.into(),
            ]);
        }
        Section {
            heading: "Proposed".into(),
            said,
            table: Some(table),
        }
    }

    /// What approval of all that is pending would leave. Before the release that is said of both
    /// pots together: no tactical proposal is approved before it, and what is then left upfront
    /// passes over. After it, the tactical pot pays for all.
    fn if_approved(&self) -> Vec<String> {
        if self.pipeline.is_zero() || self.pots.allocation.is_zero() || self.has_ended() {
            return Vec::new();
        }
        let all = if self.proposed.len() == 1 {
            "If it were approved"
        } else {
            "If all were approved"
        };
        let released = self.pots.tactical.open;
        let (left, pots) = match released {
            true => (
                self.pots.tactical.remaining_if_all_approved,
                "the tactical pot",
            ),
            false => (self.uncommitted_if_all_approved, "both pots together"),
        };
        let upfront = self.pots.upfront.remaining_if_all_approved;
        let upfront_short = (!released && upfront.is_negative()).then(|| {
            format!(
                "The upfront pot alone would be {} short.",
                upfront.abs().pounds()
            )
        });
        let left = match left {
            short if short.is_negative() => {
                format!("{all}, {pots} would be {} short.", short.abs().pounds())
            }
            none if none.is_zero() => format!("{all}, nothing would be left in {pots}."),
            left => format!("{all}, {} would be left in {pots}.", left.pounds()),
        };
        [left].into_iter().chain(upfront_short).collect()
    }

    fn underspend(&self) -> Section {
        let returned = (!self.returned.is_zero())
            .then(|| format!("{} has been returned to the OPCC.", self.returned.pounds()));
        let left = match (self.over, self.to_return.is_zero(), returned.is_some()) {
            (false, ..) => format!(
                "{} of the allocation is neither spent nor returned. What is not spent by {} goes back to the OPCC.",
                self.to_return.pounds(),
                self.pots.year.last_day().long()
            ),
            (true, true, false) => {
                "All of the allocation is spent: nothing is to be returned.".into()
            }
            (true, true, true) => "Nothing more is to be returned.".into(),
            (true, false, _) => format!(
                "{} is to be returned to the OPCC{}.",
                self.to_return.pounds(),
                self.sources()
            ),
        };
        let table = Some(self.underspends_table());
        Section {
            heading: "Underspend and returns".into(),
            said: returned.into_iter().chain([left]).collect(),
            table,
        }
    }

    /// Where the money is that is to be returned.
    fn sources(&self) -> String {
        let holding: Vec<_> = self
            .projects
            .iter()
            .filter(|project| !project.row.unspent.is_zero())
            .collect();
        let holders = match &holding[..] {
            [one] => format!("{}, {}", one.row.project, one.row.title),
            several => format!("the awards of {}", spelled(several.len(), "project")),
        };
        match (self.uncommitted.is_zero(), holding.is_empty()) {
            (false, true) => ", all of it uncommitted".into(),
            (true, _) => format!(", all of it from {holders}"),
            (false, false) => {
                format!(
                    ": {} that is uncommitted and {} from {holders}",
                    self.uncommitted.pounds(),
                    self.unspent_awards.pounds()
                )
            }
        }
    }

    fn underspends_table(&self) -> Table {
        let mut table = Table::new(
            "Underspend",
            &[
                Field::left("project", "Project"),
                Field::left("title", "Title"),
                Field::left("pot", "Pot"),
                Field::sum("underspend", "Underspend"),
                Field::sum("returned", "Returned"),
            ],
        );
        let cells = |row: &YearEndRow| {
            vec![
                row.project.as_ref().map(ProjectRef::as_str).into(),
                row.title.as_deref().unwrap_or("Uncommitted").into(),
                row.pot.as_str().into(),
                row.underspend.into(),
                row.returned.into(),
            ]
        };
        table.rows = self.underspends.iter().map(cells).collect();
        table
    }

    fn year_after(&self) -> Section {
        let next = self.pots.year.next();
        let said = match &self.next {
            Some(pots) => allocation(pots),
            None => vec![format!("No allocation for {next} is on record yet.")],
        };
        Section {
            heading: format!("Next year, {next}"),
            said,
            table: None,
        }
    }
}
