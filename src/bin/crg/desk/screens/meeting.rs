//! A meeting: every proposal that is pending in one table, with what is decided of each. All of it
//! is recorded or none.

use std::collections::BTreeMap;

use crg::format::visible;
use crg::model::{CellFault, Cells, Column, Kind, Need, Stage, is_amount};
use crg::report::PotReport;
use crg::{Book, Commit, Error, FinancialYear, Pot, ProjectRef};
use maud::{Markup, html};

use crate::context::day;
use crate::desk::act::{Act, Done};
use crate::desk::answer::{Answer, Page};
use crate::desk::decision::maker;
use crate::desk::fields::{Control, Field};
use crate::desk::labels::hint;
use crate::desk::problem::capital;
use crate::desk::record;
use crate::desk::values::address;
use crate::desk::visit::Visit;
use crate::failure::Stop;
use crate::hint::Hint;

/// What precedes a project's ref in the names of its fields.
const DECISION: &str = "decision-";
const AMOUNT: &str = "amount-";
const NOTE: &str = "note-";
/// What one link chooses for all proposals that it can be.
const ALL: &str = "all";
const FOR_ALL: [Kind; 4] = [Kind::Recommend, Kind::Endorse, Kind::Submit, Kind::Approve];

struct Meeting {
    year: FinancialYear,
    pot: PotReport,
    pending: Vec<Proposal>,
    fields: Vec<Field>,
}

/// A proposal that waits for a decision.
struct Proposal {
    project: ProjectRef,
    title: String,
    lead: String,
    pot: Pot,
    stage: Stage,
    asked: String,
}

/// What was decided of a project.
struct Decision {
    project: ProjectRef,
    kind: String,
    amount: String,
    note: String,
}

pub(crate) fn show(visit: &Visit) -> Result<Answer, Stop> {
    let mut visit = Visit::again(visit);
    let act = Meeting::new(&visit)?;
    if act.pending.is_empty() {
        return Ok(act.none().into());
    }
    visit.values.default_to("year", act.year.to_string());
    let today = visit.context.today.long().to_string();
    visit.values.default_to("on", today);
    let all: Option<Kind> = visit.values.get(ALL).parse().ok();
    for proposal in &act.pending {
        if let Some(kind) = all.filter(|kind| proposal.can_be(*kind)) {
            let name = format!("{DECISION}{}", proposal.project);
            visit.values.default_to(&name, kind.as_str());
        }
    }
    record::show(&visit, &act)
}

pub(crate) fn send(visit: &Visit) -> Result<Answer, Stop> {
    record::send(visit, &Meeting::new(visit)?)
}

impl Meeting {
    fn new(visit: &Visit) -> Result<Meeting, Stop> {
        let book = visit.open()?;
        let (year, lens) = (visit.year(&book)?, visit.lens()?);
        let pot = book.pot(year, lens)?;
        let figures = book.full_view(year, lens)?.portfolio;
        let pending = figures.projects.into_iter();
        let pending = pending.filter(|(_, project)| project.stage.is_pending());
        let pending = pending.map(|(reference, project)| Proposal {
            project: reference,
            title: project.title,
            lead: project.lead,
            pot: project.pot,
            stage: project.stage,
            asked: project.asked.pounds().to_string(),
        });
        let pending: Vec<Proposal> = pending.collect();
        let mut fields: Vec<Field> = pending.iter().flat_map(Proposal::fields).collect();
        let reference = Field::new("reference", "Reference", Control::Line(Vec::new()));
        fields.extend([
            Field::new("on", "Date", Control::Short).hint(hint(Kind::Recommend, Column::On)),
            reference
                .hint("The meeting, or the OPCC's letter.")
                .optional(),
        ]);
        Ok(Meeting {
            year,
            pot,
            pending,
            fields,
        })
    }

    /// The page if nothing waits.
    fn none(&self) -> Page {
        let projects = address("/projects", &[("year", &self.year.to_string())]);
        let body = html! {
            h1 id="title" { (self.title()) }
            p { "No proposal waits for a decision. " a href=(projects) { "See the projects" } }
        };
        Page::new(self.title(), body)
    }

    /// What is left of each pot, and if every pending proposal is approved.
    fn left(&self) -> Markup {
        let pots = [Pot::Upfront, Pot::Tactical].map(|pot| self.pot.name(pot));
        html! {
            @for name in pots.into_iter().filter(|name| name.is_shown()) {
                @let row = if name.pot == Pot::Upfront { &self.pot.upfront } else { &self.pot.tactical };
                p {
                    (capital(name.in_sentence())) ": " strong { (row.remaining.pounds()) } " left, "
                    span class="whole" { (row.remaining_if_all_approved.pounds()) } " if every pending proposal is approved."
                }
            }
        }
    }

    /// What each decision about a proposal means, in their order.
    fn meanings() -> Markup {
        let is_decision = |kind: &&Kind| {
            let before = Stage::before(**kind).unwrap_or_default();
            before.iter().any(|stage| stage.is_pending())
        };
        html! {
            details {
                summary { "What the decisions are, and in which order" }
                dl {
                    @for kind in Kind::ALL.iter().filter(is_decision) {
                        div { dt { (capital(kind.as_str())) ":" } " " dd { (kind.meaning()) } }
                    }
                }
            }
        }
    }

    /// Links that choose the same for all.
    fn for_all(&self) -> Markup {
        let can_be = |kind: &Kind| self.pending.iter().any(|proposal| proposal.can_be(*kind));
        let year = self.year.to_string();
        html! {
            p {
                @for kind in FOR_ALL.into_iter().filter(can_be) {
                    @let values = [("year", year.as_str()), (ALL, kind.as_str())];
                    a class="button" href=(address("/meeting", &values)) {
                        (capital(kind.as_str())) " all that can be"
                    }
                }
            }
        }
    }

    /// The entry of a decision, as the row of a file.
    fn cells(&self, decision: &Decision, visit: &Visit) -> Cells<'static> {
        let (mut cells, values) = (Cells::default(), &visit.values);
        let on = values.get("on");
        let on = day(on).map_or(on.to_owned(), |day| day.to_string());
        cells.set(Column::Kind, decision.kind.clone());
        cells.set(Column::Year, self.year.to_string());
        cells.set(Column::On, on);
        cells.set(Column::Project, decision.project.to_string());
        cells.set(Column::Amount, decision.amount.clone());
        cells.set(Column::By, visit.context.by.clone());
        cells.set(Column::Note, decision.note.clone());
        for column in [Column::Reference, Column::Override] {
            cells.set(column, values.get(column.as_str()).to_owned());
        }
        cells
    }
}

/// All that was decided, in the order of the refs: also of a project that no longer waits, so that
/// the rules say so.
fn decisions(visit: &Visit) -> Vec<Decision> {
    let given = visit.values.all().filter_map(|(name, kind)| {
        let project: ProjectRef = name.strip_prefix(DECISION)?.parse().ok()?;
        let typed = |name: &str| visit.values.get(&format!("{name}{project}")).to_owned();
        let (amount, note) = (typed(AMOUNT), typed(NOTE));
        let kind = kind.trim().to_owned();
        let decision = Decision {
            project: project.clone(),
            kind,
            amount,
            note,
        };
        (!decision.kind.is_empty()).then_some((project, decision))
    });
    given.collect::<BTreeMap<_, _>>().into_values().collect()
}

impl Decision {
    /// Returns `true` if its amount is none, or cannot be given with what was decided.
    fn has_wrong_amount(&self) -> bool {
        let takes_amount = self.kind.parse::<Kind>().is_ok_and(takes_amount);
        let is_right = self.amount.is_empty() || takes_amount && is_amount(&self.amount);
        !is_right
    }
}

fn takes_amount(kind: Kind) -> bool {
    kind.need(Column::Amount) != Need::Never
}

impl Proposal {
    fn can_be(&self, kind: Kind) -> bool {
        Stage::before(kind).is_some_and(|stages| stages.contains(&self.stage))
    }

    /// What can be decided of it, the amount, and why.
    fn fields(&self) -> [Field; 3] {
        let kinds = Kind::ALL.iter().filter(|kind| self.can_be(**kind));
        let kinds = kinds.map(|kind| (kind.as_str().to_owned(), capital(kind.as_str())));
        let leave = (String::new(), "Leave it".to_owned());
        let choices = std::iter::once(leave).chain(kinds).collect();
        let (project, name) = (&self.project, |name: &str| {
            format!("{name}{}", self.project)
        });
        let decision = format!("Decision on {project}");
        let amount = format!("Amount for {project}");
        let reason = format!("Reason for {project}");
        [
            Field::new(&name(DECISION), &decision, Control::Select(choices)),
            Field::new(&name(AMOUNT), &amount, Control::Short),
            Field::new(&name(NOTE), &reason, Control::Line(Vec::new())),
        ]
    }
}

impl Act for Meeting {
    fn title(&self) -> String {
        format!("A meeting about {}", self.year)
    }

    fn path(&self) -> &'static str {
        "/meeting"
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of the project that an error is about.
    fn field(&self, column: Column, error: &Error, visit: &Visit) -> String {
        let decided = decisions(visit);
        let about = match error {
            Error::RefusedProject { project, .. } | Error::NoSuchProject { project, .. } => {
                Some(project)
            }
            _ => {
                let wrong = decided.iter().find(|decision| decision.has_wrong_amount());
                wrong.or(decided.first()).map(|decision| &decision.project)
            }
        };
        let about = about.or(self.pending.first().map(|proposal| &proposal.project));
        let of_project = match column {
            Column::Amount => AMOUNT,
            Column::Note => NOTE,
            Column::Kind | Column::Project => DECISION,
            _ => return column.as_str().to_owned(),
        };
        about.map_or(String::new(), |project| format!("{of_project}{project}"))
    }

    fn above(&self) -> Markup {
        html! { (self.left()) (Meeting::meanings()) (self.for_all()) }
    }

    fn lay_out(&self, fields: &[Field], show: &dyn Fn(&Field) -> Markup) -> Markup {
        let shown = |name: &str, proposal: &Proposal| {
            let name = format!("{name}{}", proposal.project);
            fields.iter().find(|field| field.name == name).map(show)
        };
        let of_one = [DECISION, AMOUNT, NOTE];
        let is_of_all = |field: &&Field| !of_one.iter().any(|name| field.name.starts_with(name));
        html! {
            h2 id="pending" { "What waits for a decision" }
            p id="pending-hint" { "Leave an amount empty if it stays as it is. A reason is kept with the decision, and printed in papers." }
            table class="decisions" aria-labelledby="pending" aria-describedby="pending-hint" {
                thead role="rowgroup" {
                    tr role="row" {
                        @for heading in ["Project", "Waits as", "Decision", "Amount", "Reason"] {
                            th role="columnheader" scope="col" { (heading) }
                        }
                    }
                }
                tbody role="rowgroup" {
                    @for proposal in &self.pending {
                        tr role="row" {
                            th role="rowheader" scope="row" {
                                (proposal.project) ", " bdi { (visible(&proposal.title)) }
                                p class="hint" { bdi { (visible(&proposal.lead)) } }
                            }
                            td role="cell" data-heading="Waits as" {
                                span {
                                    (proposal.stage) ", " span class="whole" { (proposal.asked) } ", "
                                    (self.pot.name(proposal.pot).in_column())
                                }
                            }
                            td role="cell" data-heading="Decision" { (shown(DECISION, proposal).unwrap_or_default()) }
                            td role="cell" data-heading="Amount" { (shown(AMOUNT, proposal).unwrap_or_default()) }
                            td role="cell" data-heading="Reason" { (shown(NOTE, proposal).unwrap_or_default()) }
                        }
                    }
                }
            }
            h2 { "The meeting" }
            @for field in fields.iter().filter(is_of_all) { (show(field)) }
        }
    }

    fn record(&self, book: &mut Book, visit: &Visit, commit: Commit) -> Result<Done, Error> {
        let decided = decisions(visit);
        if decided.is_empty() {
            let expected = "a decision on at least one project";
            let fault = CellFault::expected(Column::Kind, "", expected);
            return Err(Error::Invalid(vec![fault]));
        }
        let makers = decided.iter().map(|decision| {
            let cells = self.cells(decision, visit);
            let kind = decision.kind.parse::<Kind>().map_err(|error| {
                let fault = CellFault::expected(Column::Kind, &decision.kind, error);
                Error::Invalid(vec![fault])
            })?;
            Ok(maker(kind, cells))
        });
        let makers = makers.collect::<Result<Vec<_>, Error>>()?;
        let by = &visit.context.by;
        let recorded = book.record_each(self.year, by, makers, visit.context.now, commit)?;
        Ok(Done::Recorded(recorded))
    }

    /// A project that is not there yet need not be decided on.
    fn hint(&self, error: &Error, _visit: &Visit) -> Option<Hint> {
        let Error::NoSuchProject { project, .. } = error else {
            return None;
        };
        Some(Hint::advice(format!(
            "to leave {project} out of this meeting, choose “Leave it”"
        )))
    }

    fn next(&self, _recorded: &crg::book::Recorded) -> Vec<(String, String)> {
        let year = self.year.to_string();
        let link = |path: &str| address(path, &[("year", year.as_str())]);
        vec![
            (link("/projects"), "See the projects".to_owned()),
            (link("/meeting"), "Decide what waits now".to_owned()),
        ]
    }
}
