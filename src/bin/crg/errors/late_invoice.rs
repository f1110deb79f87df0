//! What to do about a late invoice: money that was returned comes back, or the award is increased.

use crg::model::{Date, FinancialYear, Holder, ProjectRef};
use crg::rules::Remedy;

use crate::hint::{CommandLine, Hint, REASON, Unwanted, command};

/// The day on which a project has too little for a spend.
pub(super) struct Shortfall<'a> {
    pub(super) project: &'a ProjectRef,
    pub(super) year: FinancialYear,
    pub(super) on: Date,
}

impl Shortfall<'_> {
    pub(super) fn hint(&self, remedy: &Remedy, today: Date) -> Hint {
        let (project, year) = (self.project, self.year);
        match remedy {
            Remedy::Repay { holder, amount } => {
                let command = command!("year repay {} {}", year, amount);
                let command = held_by(command, holder).option("--reference", "TEXT");
                let command = match self.on {
                    on if on == today => command,
                    on => command.option("--on", on),
                };
                command.because(match holder {
                    Holder::Pot(_) => {
                        "record what the OPCC pays back to the pot, then increase the award".into()
                    }
                    Holder::Project(own) if own == project => {
                        "record what the OPCC pays back of the return, then record this again"
                            .into()
                    }
                    Holder::Project(other) => format!(
                        "record what the OPCC pays back to {other}, then move it to {project}"
                    ),
                })
            }
            Remedy::Increase { on } => {
                let increase = command!(
                    "project increase {} AMOUNT --reference TEXT --year {}",
                    project,
                    year
                );
                let increase = increase.option("--on", on);
                // An increase dated after 31 March is outside its window.
                let increase = if *on > year.last_day() {
                    increase.option("--override", REASON)
                } else {
                    increase
                };
                increase.because("increase the award, with the OPCC's agreement")
            }
        }
    }
}

/// The repayment that a person has just typed, to whoever returned that much.
pub(super) fn instead(holder: &Holder) -> Hint {
    let again = CommandLine::again();
    let again = again.without(Unwanted::Option("--pot"));
    let again = again.without(Unwanted::Option("--project"));
    held_by(again, holder).because(match holder {
        Holder::Pot(_) => {
            "for another project than the one that returned it, repay the pot, then increase the award"
        }
        Holder::Project(_) => "repay the project that returned it, then move it",
    })
}

fn held_by(command: CommandLine, holder: &Holder) -> CommandLine {
    match holder {
        Holder::Pot(pot) => command.option("--pot", pot),
        Holder::Project(project) => command.option("--project", project),
    }
}
