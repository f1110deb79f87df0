//! [`DutyReport`]: what is missing to publish a year's grants as a duty asks.

use crate::document::{Block, Cell, Head, Report, Table, counted, declare, tables_and_notes, text};
use crate::fold::YearView;
use crate::model::{Date, DetailField, ProjectRef};
use crate::report::head::YearHead;
use crate::report::publication::duty::Duty;
use crate::report::publication::org_id::is_org_id;
use crate::report::publication::published_grant::PublishedGrant;

declare! {
    /// What is missing to publish a year's grants as a duty asks.
    pub struct DutyReport {
        /// The year.
        #[serde(flatten)]
        pub head: YearHead,
        /// The duty.
        pub duty: Duty,
        /// How many grants are to be published.
        pub grants: usize,
        /// One row per fact that is missing, or that cannot be published as it is.
        pub rows: Vec<MissingFact>,
    }

    /// A fact that is to be recorded.
    pub row MissingFact {
        /// The project; none if one fact about the year does for all that have none of their own.
        pub project: Option<ProjectRef> => shown("Project") from MissingFact::whose,
        /// Which fact.
        pub detail: DetailField => shown("Detail"),
        /// Why what is on record will not do.
        pub fault: String => shown("Why"),
    }
}

impl DutyReport {
    /// What is missing in a year. The view holds at least what moves pots, and the details.
    pub fn new(duty: Duty, view: &YearView) -> DutyReport {
        let grants = PublishedGrant::all(view);
        let facts = duty.facts().iter();
        let mut rows: Vec<MissingFact> = facts.flat_map(|field| missing(*field, &grants)).collect();
        // What does for several projects comes first, then project by project.
        rows.sort_by(|a, b| a.project.cmp(&b.project));
        DutyReport {
            head: YearHead::new(view),
            duty,
            grants: grants.len(),
            rows,
        }
    }
}

impl MissingFact {
    fn whose(&self) -> Cell {
        let all = Cell::Aside("all");
        self.project.as_ref().map_or(all, Cell::from)
    }
}

/// The rows of one fact: one per project, or one for the year if that does for several.
fn missing(field: DetailField, grants: &[PublishedGrant]) -> Vec<MissingFact> {
    let faulty: Vec<(&PublishedGrant, String)> = grants
        .iter()
        .filter_map(|grant| Some((grant, fault(field, grant)?)))
        .collect();
    let (own, of_year): (Vec<_>, Vec<_>) = faulty
        .into_iter()
        .partition(|(grant, _)| grant.own_fact(field).is_some());
    let of_project = |(grant, fault): (&PublishedGrant, String)| MissingFact {
        project: Some(grant.reference.clone()),
        detail: field,
        fault,
    };
    let mut rows: Vec<MissingFact> = own.into_iter().map(of_project).collect();
    match of_year.first() {
        Some((_, fault)) if does_for_all(field, of_year.len()) => rows.push(MissingFact {
            project: None,
            detail: field,
            fault: fault.clone(),
        }),
        _ => rows.extend(of_year.into_iter().map(of_project)),
    }
    rows
}

/// Returns `true` if one fact about the year is the shortest way to record it for so many projects.
fn does_for_all(field: DetailField, projects: usize) -> bool {
    use DetailField as Field;
    let may_be_shared = matches!(
        field,
        Field::Department | Field::Starts | Field::Ends | Field::Place | Field::Conditions
    );
    field == Field::FunderId || may_be_shared && projects > 1
}

/// Why what is on record of a fact will not do, if so.
fn fault(field: DetailField, grant: &PublishedGrant) -> Option<String> {
    let Some(text) = grant.fact(field) else {
        return Some("not recorded".into());
    };
    match field {
        DetailField::Starts | DetailField::Ends => {
            let Ok(day) = text.parse::<Date>() else {
                return Some(format!("\"{text}\" is not a date; write it as 31/03/2026"));
            };
            let starts = grant.day(DetailField::Starts);
            let ends_first = field == DetailField::Ends && starts.is_some_and(|first| day < first);
            ends_first.then(|| format!("{} is before the start", day.long()))
        }
        DetailField::RecipientId | DetailField::FunderId if !is_org_id(text) => Some(format!(
            "\"{text}\" does not name a register; write GB-CHC-1234567, or 360G-… of your own"
        )),
        DetailField::Purpose if text.trim() == grant.project.title.trim() => {
            Some("it only repeats the title".into())
        }
        _ => None,
    }
}

impl Report for DutyReport {
    fn head(&self) -> Head {
        let duty = self.duty.title();
        let subject = text!["Missing for ", duty, ", ", self.head.year];
        self.head.with_title(subject, "")
    }

    fn data(&self) -> Table {
        Table::of("", &self.rows)
    }

    fn blocks(&self) -> Vec<Block> {
        let grants = counted(self.grants, "grant");
        let note = match self.rows.len() {
            0 => text![grants, ", nothing missing."],
            some => text![grants, ", ", counted(some, "fact"), " missing."],
        };
        tables_and_notes([self.data()], [note])
    }
}
