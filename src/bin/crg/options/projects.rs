//! The projects of a decision, `PROJECT[=AMOUNT] …`: all are recorded or none.

use std::str::FromStr;

use clap::Args;
use crg::book::{Book, as_submitted};
use crg::model::{CellFault, Column, Draft, FinancialYear, Kind, ProjectRef, is_amount};
use crg::{Error, Portfolio};

use crate::context::Context;
use crate::failure::{Failure, Stop};
use crate::options::write::{Form, WriteOptions};
use crate::recording::record;

/// A project, perhaps with an amount: `P01` or `P01=1,800`. Both are read by the rules of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProjectAmount {
    pub(crate) project: String,
    amount: Option<String>,
}

#[derive(Debug, thiserror::Error)]
#[error("a project, such as P01, or a project and its amount, such as P01=1,800")]
pub(crate) struct ProjectAmountError;

impl FromStr for ProjectAmount {
    type Err = ProjectAmountError;

    fn from_str(text: &str) -> Result<ProjectAmount, ProjectAmountError> {
        let (project, amount) = match text.split_once('=') {
            None => (text, None),
            Some((project, amount)) => (project, Some(amount.trim().to_owned())),
        };
        let project = project.trim().to_owned();
        if project.is_empty() || amount.as_ref().is_some_and(String::is_empty) {
            return Err(ProjectAmountError);
        }
        Ok(ProjectAmount { project, amount })
    }
}

impl ProjectAmount {
    /// Returns `true` if it could be the amount of the project before it.
    fn may_be_amount(&self) -> bool {
        self.amount.is_none() && is_amount(&self.project)
    }
}

// The year and what every decision may have.
#[derive(Debug, Args)]
pub(crate) struct DecisionOptions {
    /// The grant year; defaults to the year containing the date
    #[arg(long, value_name = "YEAR")]
    year: Option<FinancialYear>,
    #[command(flatten)]
    pub(crate) write: WriteOptions,
}

// The projects of a decision that has no amount.
#[derive(Debug, Args)]
pub(crate) struct Projects {
    /// The projects' refs
    #[arg(required = true, value_name = "PROJECT")]
    projects: Vec<ProjectAmount>,
    #[command(flatten)]
    decision: DecisionOptions,
}

impl Projects {
    pub(crate) fn record(&self, kind: Kind, context: &Context) -> Result<(), Stop> {
        self.decision
            .record(kind, &self.projects, context, |form| form)
    }
}

// The projects of a decision, with their amounts.
#[derive(Debug, Args)]
pub(crate) struct ProjectAmounts {
    /// The projects, each perhaps with its amount: P01 or P01=1,800
    #[arg(required = true, value_name = "PROJECT[=AMOUNT]")]
    projects: Vec<ProjectAmount>,
    /// The amount for one project
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    #[command(flatten)]
    pub(crate) decision: DecisionOptions,
}

impl ProjectAmounts {
    pub(crate) fn record(&self, kind: Kind, context: &Context) -> Result<(), Stop> {
        let pairs = self.pairs(context)?;
        self.decision.record(kind, &pairs, context, |form| form)
    }

    /// The projects with their amounts, wherever the amounts were typed.
    pub(crate) fn pairs(&self, context: &Context) -> Result<Vec<ProjectAmount>, Stop> {
        let mut pairs = self.projects.clone();
        let mut amount = self.amount.clone();
        if let [first, last] = &pairs[..]
            && first.amount.is_none()
            && last.may_be_amount()
            && !self.is_project(&last.project, context)
        {
            if amount.is_some() {
                return Err(
                    Failure::command_line("the amount is given twice; give it once").into(),
                );
            }
            amount = pairs.pop().map(|last| last.project);
        }
        let mut neighbours = pairs.windows(2);
        if let Some([before, word]) = neighbours.find(|pair| pair[1].may_be_amount()) {
            return Err(either(before, word).into());
        }
        match (&mut pairs[..], amount) {
            (_, None) => {}
            ([only], Some(amount)) if only.amount.is_none() => only.amount = Some(amount),
            _ => {
                let message = "one amount is for one project; give each its own: PROJECT=AMOUNT";
                return Err(Failure::command_line(message).into());
            }
        }
        Ok(pairs)
    }

    /// Returns `true` if the year has a project of this ref.
    fn is_project(&self, word: &str, context: &Context) -> bool {
        let Ok(project) = word.parse::<ProjectRef>() else {
            return false;
        };
        let proposals = |book: Book| book.proposals(&project);
        let year = self.decision.year(context);
        let known = context.open().and_then(proposals).unwrap_or_default();
        known.iter().any(|(known, _)| *known == year)
    }
}

/// The failure of a word that could be a project or an amount.
fn either(before: &ProjectAmount, word: &ProjectAmount) -> Failure {
    let (project, word) = (&before.project, &word.project);
    Failure::command_line(format!(
        "\"{word}\" could be a project or an amount; give each project its amount with =, \
         such as {project}={word}"
    ))
}

type Maker<'a> = Box<dyn FnOnce(&Portfolio) -> Result<Draft, Error> + 'a>;

impl DecisionOptions {
    fn year(&self, context: &Context) -> FinancialYear {
        let on = self.write.on(context);
        self.year.unwrap_or_else(|| FinancialYear::containing(on))
    }

    /// Records one entry for each project, all or none.
    pub(crate) fn record<'a>(
        &'a self,
        kind: Kind,
        pairs: &'a [ProjectAmount],
        context: &'a Context,
        fill: impl Fn(Form<'a>) -> Form<'a>,
    ) -> Result<(), Stop> {
        let twice = pairs.iter().enumerate().find(|(index, pair)| {
            let before = &pairs[..*index];
            before
                .iter()
                .any(|other| other.project.eq_ignore_ascii_case(&pair.project))
        });
        if let Some((_, pair)) = twice {
            let message = format!("project {} is named twice; name it once", pair.project);
            return Err(Failure::command_line(message).into());
        }
        let year = self.year(context);
        let mut makers = Vec::new();
        for pair in pairs {
            let form = self.write.form(kind, year, context);
            let form = fill(form.set(Column::Project, &pair.project));
            makers.push(maker(
                kind,
                pair,
                form.set_if(Column::Amount, &pair.amount),
            )?);
        }
        let how = self.write.recording();
        record(context, how, |book| {
            book.record_each(year, &context.by, makers, context.now, how.commit)
        })
    }
}

/// How the draft is made; an approval without an amount needs to know what was submitted.
fn maker<'a>(kind: Kind, pair: &'a ProjectAmount, form: Form<'a>) -> Result<Maker<'a>, Error> {
    if kind != Kind::Approve || pair.amount.is_some() {
        let draft = form.draft()?;
        return Ok(Box::new(|_| Ok(draft)));
    }
    let project: ProjectRef = pair.project.parse().map_err(|error| {
        let fault = CellFault::expected(Column::Project, &pair.project, error);
        Error::Invalid(vec![fault])
    })?;
    Ok(Box::new(move |figures| {
        let amount = as_submitted(figures, &project, form.on())?.to_string();
        form.set(Column::Amount, &amount).draft()
    }))
}
