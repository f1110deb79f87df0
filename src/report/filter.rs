//! [`EntryFilter`] and [`ProjectFilter`]: which entries or projects a list shows.

use crate::fold::{PotNames, Project};
use crate::model::{Column, Date, Entry, Kind, Money, Pot, ProjectRef, Stage};

/// Which entries a list shows: those that meet every condition. Text is part of the text looked
/// for, in any case; days are included.
#[derive(Debug, Clone, Default)]
pub struct EntryFilter {
    /// Those of a project.
    pub project: Option<ProjectRef>,
    /// Those of a kind.
    pub kind: Option<Kind>,
    /// Those of just this amount.
    pub amount: Option<Money>,
    /// Those that take effect on this day or later.
    pub from: Option<Date>,
    /// Those that take effect on this day or before.
    pub to: Option<Date>,
    /// Those paid to a supplier.
    pub supplier: Option<String>,
    /// Those with a reference.
    pub reference: Option<String>,
    /// Those that somebody recorded.
    pub by: Option<String>,
    /// Those recorded on this day or later, in UTC.
    pub recorded_from: Option<Date>,
    /// Those recorded on this day or before, in UTC.
    pub recorded_to: Option<Date>,
    /// Payments of a cost category.
    pub category: Option<String>,
    /// Only payments whose invoice or credit note is to come.
    pub accrued: bool,
    /// Those with this in any text; an amount finds entries of that amount too.
    pub text: Option<String>,
}

impl EntryFilter {
    /// Returns `true` if no condition is set.
    pub fn is_empty(&self) -> bool {
        self.words().is_empty()
    }

    /// Returns `true` if an entry meets every condition, itself or through `subject`, which is the
    /// entry that it reverses.
    pub fn shows(&self, entry: &Entry, subject: &Entry) -> bool {
        let either = |test: &dyn Fn(&Entry) -> bool| test(entry) || test(subject);
        let is_of = |project| either(&|it| it.event.project() == Some(project));
        let is_amount = |amount| either(&|it| it.event.amount() == Some(amount));
        let has = |part: &String, column: Column| {
            either(&|it| {
                it.cells()
                    .get(column)
                    .is_some_and(|text| contains(text, part))
            })
        };
        let has_anywhere = |part: &String| {
            let amount = part.parse().ok();
            let texts = |it: &Entry| {
                let cells = it.cells();
                let mut texts = TEXTS.iter().filter_map(|column| cells.get(*column));
                texts.any(|text| contains(text, part))
            };
            either(&texts) || amount.is_some_and(is_amount)
        };
        self.project.as_ref().is_none_or(is_of)
            && self.kind.is_none_or(|kind| entry.event.kind() == kind)
            && self.amount.is_none_or(is_amount)
            && self.from.is_none_or(|from| from <= entry.on)
            && self.to.is_none_or(|to| entry.on <= to)
            && self
                .supplier
                .as_ref()
                .is_none_or(|part| has(part, Column::Supplier))
            && self
                .reference
                .as_ref()
                .is_none_or(|part| has(part, Column::Reference))
            && self
                .by
                .as_ref()
                .is_none_or(|part| contains(&entry.by, part))
            && self
                .recorded_from
                .is_none_or(|from| from <= entry.recorded.date())
            && self
                .recorded_to
                .is_none_or(|to| entry.recorded.date() <= to)
            && self.category.as_ref().is_none_or(|part| {
                either(&|it| contains(it.event.category().unwrap_or_default(), part))
            })
            && (!self.accrued || either(&|it| it.event.is_accrued()))
            && self.text.as_ref().is_none_or(has_anywhere)
    }

    /// The conditions, each in a few words.
    pub fn words(&self) -> Vec<String> {
        let quoted = |name: &str, part: &Option<String>| {
            part.as_ref().map(|part| format!("{name} “{part}”"))
        };
        let words = [
            self.project
                .as_ref()
                .map(|project| format!("project {project}")),
            self.kind.map(|kind| format!("type {kind}")),
            self.amount
                .map(|amount| format!("amount {}", amount.pounds())),
            self.from.map(|from| format!("from {}", from.long())),
            self.to.map(|to| format!("to {}", to.long())),
            quoted("supplier", &self.supplier),
            quoted("reference", &self.reference),
            quoted("recorded by", &self.by),
            self.recorded_from
                .map(|from| format!("recorded from {}", from.long())),
            self.recorded_to
                .map(|to| format!("recorded to {}", to.long())),
            quoted("category", &self.category),
            self.accrued.then(|| "accrued".to_owned()),
            quoted("text", &self.text),
        ];
        words.into_iter().flatten().collect()
    }
}

/// Which projects a list shows: those that meet every condition.
#[derive(Debug, Clone, Default)]
pub struct ProjectFilter {
    /// Those that have come this far.
    pub status: Option<Stage>,
    /// Those of a pot.
    pub pot: Option<Pot>,
    /// Those whose lead has this in its name, in any case.
    pub lead: Option<String>,
}

impl ProjectFilter {
    pub(crate) fn shows(&self, project: &Project) -> bool {
        self.status.is_none_or(|status| project.stage == status)
            && self.pot.is_none_or(|pot| project.pot == pot)
            && self
                .lead
                .as_ref()
                .is_none_or(|part| contains(&project.lead, part))
    }

    pub(crate) fn words(&self, pots: PotNames) -> Vec<String> {
        let words = [
            self.status.map(|status| format!("status {status}")),
            self.pot.map(|pot| pots.name(pot).in_sentence().to_owned()),
            self.lead.as_ref().map(|part| format!("lead “{part}”")),
        ];
        words.into_iter().flatten().collect()
    }
}

/// The conditions as they stand at the end of a heading.
pub(crate) fn in_heading(words: &[String]) -> String {
    words.iter().map(|words| format!(", {words}")).collect()
}

/// The columns that hold text.
const TEXTS: [Column; 9] = [
    Column::Title,
    Column::Lead,
    Column::Supplier,
    Column::Reference,
    Column::Measure,
    Column::Value,
    Column::Note,
    Column::Override,
    Column::By,
];

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.trim().to_lowercase())
}
