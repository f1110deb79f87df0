//! The sections of the update: what each says, and the table it speaks of.

use super::{UpdateDecision, UpdateReport};
use crate::date::Date;
use crate::id::ProjectRef;
use crate::kind::{Kind, Pot};
use crate::report::table::overrides;
use crate::report::words::{listed, number, sentence, spelled};
use crate::report::{Block, Cell, Field, PotReport, Report, Table, YearEndRow};

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
        let table = table.map(|table| Block::Table(Table { caption: String::new(), ..table }));
        [Block::Heading(self.heading), Block::Paragraph(self.said.join(" "))].into_iter().chain(table)
    }
}

/// What the OPCC allocated a year, and whether that is confirmed.
fn allocation(pots: &PotReport) -> Vec<String> {
    if pots.allocation.is_zero() {
        return vec![format!("No allocation for {} is on record yet.", pots.year)];
    }
    let (upfront, tactical) = (pots.upfront.allocated.pounds(), pots.tactical.allocated.pounds());
    let confirmed = if pots.confirmed { "The OPCC has confirmed it." } else { "The OPCC has not yet confirmed it." };
    let allocation = pots.allocation.pounds();
    vec![
        format!("The allocation for {} is {allocation}: {upfront} for the upfront pot and {tactical} for the tactical pot.", pots.year),
        confirmed.into(),
    ]
}

impl UpdateReport {
    /// The sections in the order they are read. The first table is that of the projects.
    pub(super) fn sections(&self) -> Vec<Section> {
        let mut sections = vec![self.allocation(), self.funded(), self.decided(), self.left()];
        sections.push(self.pending());
        sections.extend((!self.pots.allocation.is_zero()).then(|| self.underspend()));
        sections.push(self.year_after());
        sections
    }

    fn allocation(&self) -> Section {
        let whose = format!("Crime Reduction Grant from {} (OPCC) to {}.", self.funder, self.partnership);
        let set_aside = overrides(&self.overrides);
        let said = [whose].into_iter().chain(allocation(&self.pots)).chain(set_aside).collect();
        Section { heading: "Allocation".into(), said, table: None }
    }

    fn funded(&self) -> Section {
        let count = self.projects.len();
        let mut said = vec![match count {
            0 => "No project has an award.".into(),
            1 => format!("One project has an award of {}.", self.awards.pounds()),
            _ => sentence(&format!("{} have awards of {} in all", spelled(count, "project"), self.awards.pounds())),
        }];
        said.extend((count > 0).then(|| match self.spent.is_zero() {
            true => "None of it is spent.".into(),
            false => format!("{} of it is spent.", self.spent.pounds()),
        }));
        said.extend(self.withdrawals());
        Section { heading: "Projects".into(), said, table: Some(self.projects_table()) }
    }

    /// A withdrawn project keeps as its award what it had spent or returned.
    fn withdrawals(&self) -> Vec<String> {
        let (kept, ended): (Vec<_>, Vec<_>) = self.withdrawn.iter().partition(|project| self.award_of(project).is_some());
        let mut said = Vec::new();
        said.extend((!ended.is_empty()).then(|| match ended.len() {
            1 => format!("{} was withdrawn and has no award.", listed(&ended)),
            _ => format!("{} were withdrawn and have no award.", listed(&ended)),
        }));
        let keeps = |project: &&ProjectRef| Some(format!("{project} was withdrawn and keeps an award of {}.", self.award_of(project)?));
        said.extend(kept.iter().filter_map(keeps));
        said
    }

    fn award_of(&self, project: &ProjectRef) -> Option<String> {
        let found = self.projects.iter().find(|funded| funded.row.project == *project)?;
        Some(found.row.award.pounds().to_string())
    }

    fn projects_table(&self) -> Table {
        let in_words = |outcomes: &[_]| outcomes.iter().map(ToString::to_string).collect::<Vec<String>>().join("; ");
        let has_progress = self.projects.iter().any(|project| project.progress.is_some());
        let has_outcomes = self.projects.iter().any(|project| !project.outcomes.is_empty());
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
                project.row.pot.word().into(),
                project.row.status.word().into(),
                project.row.award.into(),
                project.row.spent.into(),
                project.progress.as_deref().into(),
                in_words(&project.outcomes).into(),
            ]);
        }
        table
    }

    fn decided(&self) -> Section {
        let heading = self.since.map_or("Decisions".into(), |since| format!("Decisions since {}", since.in_words()));
        let last = self.since.zip(self.since_paper.as_ref());
        let mut said: Vec<String> =
            last.map(|(day, paper)| format!("The last paper was of {}: {paper}.", day.in_words())).into_iter().collect();
        let made = match (last, self.since) {
            (Some(_), _) => "made or recorded since",
            (None, Some(_)) => "made since",
            (None, None) => "made so far",
        };
        said.push(match self.decisions.len() {
            0 if self.since.is_none() => "Nothing has been decided yet.".into(),
            count => sentence(&format!("{} {} been {made}", spelled(count, "decision"), if count > 1 { "have" } else { "has" })),
        });
        said.extend(last.and_then(|(day, _)| self.recorded_late(day)));
        let mut table = Table::new(
            "Decisions",
            &[
                Field::right("entry", ""),
                Field::left("on", "On"),
                Field::left("project", "Project"),
                Field::left("of", "Of"),
                Field::left("decision", "Decision"),
                Field::right("amount", "Amount"),
            ],
        );
        for row in &self.decisions {
            table.rows.push(vec![
                row.entry.into(),
                row.on.in_words().to_string().into(),
                row.project.as_ref().map(ProjectRef::as_str).into(),
                self.subject(row).into(),
                row.said().into(),
                row.amount.into(),
            ]);
        }
        Section { heading, said, table: Some(table) }
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
        Some(sentence(&format!("{them} of that day or earlier, and {recorded} recorded after the paper")))
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

    fn left(&self) -> Section {
        let mut said = Vec::new();
        if self.pots.allocation.is_zero() {
            said.push("There is no money in the pots yet.".into());
        } else if self.closed {
            said.push(match self.uncommitted.is_zero() {
                true => "The year is closed, and nothing is left in the pots.".into(),
                false => format!("The year is closed, and {} is left in the pots.", self.uncommitted.pounds()),
            });
        } else {
            let pot = if self.pots.tactical.open { Pot::Tactical } else { Pot::Upfront };
            let left = if pot == Pot::Tactical { self.pots.tactical.remaining } else { self.pots.upfront.remaining };
            said.push(match left.is_zero() {
                true => format!("The {pot} pot is open, and nothing is left in it."),
                false => format!("The {pot} pot is open, and {} of it is uncommitted.", left.pounds()),
            });
            said.extend((pot == Pot::Upfront).then(|| "The tactical pot opens when the upfront pot is released.".into()));
        }
        let table = self.pots.tables().into_iter().next().filter(|_| !self.pots.allocation.is_zero());
        Section { heading: "Pots".into(), said, table: table.map(|table| Table { caption: "Pots".into(), ..table }) }
    }

    fn pending(&self) -> Section {
        let asked = self.pipeline.pounds();
        let mut said = vec![match self.proposed.len() {
            0 => "No proposal is pending.".into(),
            1 => format!("One proposal is pending, and asks for {asked}."),
            count => sentence(&format!("{} are pending, and ask for {asked} in all", spelled(count, "proposal"))),
        }];
        said.extend(Pot::ALL.iter().filter_map(|pot| self.if_all_approved(*pot)));
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
                row.pot.word().into(),
                row.status.word().into(),
                row.asks.into(),
            ]);
        }
        Section { heading: "Proposed".into(), said, table: Some(table) }
    }

    /// What would be left in a pot that pending proposals would be paid from; after the release, that is the tactical one.
    fn if_all_approved(&self, pot: Pot) -> Option<String> {
        let row = if pot == Pot::Tactical { &self.pots.tactical } else { &self.pots.upfront };
        let left = row.remaining_if_all_approved;
        let pays = left != row.remaining && !self.pots.allocation.is_zero();
        pays.then(|| match left.is_negative() {
            true => format!("If all were approved, the {pot} pot would be {} short.", left.abs().pounds()),
            false => format!("If all were approved, {} would be left in the {pot} pot.", left.pounds()),
        })
    }

    fn underspend(&self) -> Section {
        let returned = (!self.returned.is_zero()).then(|| format!("{} has been returned to the OPCC.", self.returned.pounds()));
        let left = match (self.over, self.to_return.is_zero(), returned.is_some()) {
            (false, ..) => format!(
                "{} of the allocation is neither spent nor returned. What is not spent by {} goes back to the OPCC.",
                self.to_return.pounds(),
                self.pots.year.last_day().in_words()
            ),
            (true, true, false) => "All of the allocation is spent: nothing is to be returned.".into(),
            (true, true, true) => "Nothing more is to be returned.".into(),
            (true, false, _) => format!("{} is to be returned to the OPCC: {}.", self.to_return.pounds(), self.sources()),
        };
        let table = Some(self.underspends_table());
        Section { heading: "Underspend and returns".into(), said: returned.into_iter().chain([left]).collect(), table }
    }

    /// Where the money is that is to be returned.
    fn sources(&self) -> String {
        let holding: Vec<_> = self.projects.iter().filter(|project| !project.row.unspent.is_zero()).collect();
        let awards = match &holding[..] {
            [] => None,
            [one] => Some(format!("{} from {}, {}", self.unspent_awards.pounds(), one.row.project, one.row.title)),
            several => Some(format!("{} from the awards of {}", self.unspent_awards.pounds(), spelled(several.len(), "project"))),
        };
        let uncommitted = (!self.uncommitted.is_zero()).then(|| format!("{} that is uncommitted", self.uncommitted.pounds()));
        listed(&uncommitted.into_iter().chain(awards).collect::<Vec<_>>())
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
                row.title.as_deref().map_or(Cell::Aside("Uncommitted"), Cell::from),
                row.pot.word().into(),
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
        Section { heading: format!("Next year, {next}"), said, table: None }
    }
}
