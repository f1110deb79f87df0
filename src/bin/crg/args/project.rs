//! `crg project`.

use clap::Subcommand;
use crg::model::{FinancialYear, ProjectRef};

use crate::draft::{InYear, Write};
use crate::query::Ask;

#[derive(Debug, Subcommand)]
pub(crate) enum ProjectCommand {
    /// Every project of a year
    #[command(after_help = "Example:\n  crg project list 2025/26")]
    List {
        /// The year; the one that holds the day where left out
        year: Option<FinancialYear>,
        #[command(flatten)]
        ask: Ask,
    },
    /// One project, with all that was recorded of it
    #[command(after_help = "Example:\n  crg project show P05 --year 2025/26")]
    Show {
        /// The project's ref
        project: ProjectRef,
        /// The year; the one that holds the day where left out
        #[arg(long, value_name = "YEAR")]
        year: Option<FinancialYear>,
        #[command(flatten)]
        ask: Ask,
    },
    /// Record a new proposal
    #[command(after_help = "Example:
  crg project propose P12 --pot tactical --amount 2,000 --title \"Bike marking\" \\
      --lead \"Kent Police\" --priorities \"PCP-PROPERTY;CSA26-1\"")]
    Propose {
        /// The project's ref
        project: String,
        /// upfront or tactical
        #[arg(long, value_name = "POT")]
        pot: String,
        /// What it asks for
        #[arg(long, value_name = "AMOUNT")]
        amount: String,
        /// What it is called
        #[arg(long, value_name = "TEXT")]
        title: String,
        /// The agency that delivers it
        #[arg(long, value_name = "AGENCY")]
        lead: String,
        /// Codes of the priorities it serves, separated by ;
        #[arg(long, value_name = "CODES")]
        priorities: Option<String>,
        #[command(flatten)]
        of: InYear,
        #[command(flatten)]
        write: Write,
    },
    /// Correct what a proposal said
    #[command(
        after_help = "Example:\n  crg project amend P12 --amount 1,800 --note \"Smaller order\""
    )]
    Amend {
        /// The project's ref
        project: String,
        /// What it asks for, before approval
        #[arg(long, value_name = "AMOUNT")]
        amount: Option<String>,
        /// What it is called
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// The agency that delivers it
        #[arg(long, value_name = "AGENCY")]
        lead: Option<String>,
        /// Codes of the priorities it serves, separated by ;
        #[arg(long, value_name = "CODES")]
        priorities: Option<String>,
        #[command(flatten)]
        of: InYear,
        #[command(flatten)]
        write: Write,
    },
    /// The working group supports it, perhaps at another amount
    #[command(after_help = "Example:\n  crg project recommend P12 --on 2026-04-27")]
    Recommend(MaybeAmount),
    /// The group or the chair says no
    #[command(after_help = "Example:\n  crg project decline P12 --note \"Outside the priorities\"")]
    Decline(Plain),
    /// The chair agrees
    #[command(after_help = "Example:\n  crg project endorse P12")]
    Endorse(Plain),
    /// The business case goes to the OPCC
    #[command(after_help = "Example:\n  crg project submit P12 --amount 1,800")]
    Submit(MaybeAmount),
    /// The OPCC's award
    #[command(
        after_help = "Example:\n  crg project approve P12 1,800 --on 2026-07-23 --reference \"OPCC letter\""
    )]
    Approve(WithAmount),
    /// The OPCC says no
    #[command(
        after_help = "Example:\n  crg project reject P12 --note \"Another fund pays for it\""
    )]
    Reject(Plain),
    /// Vary an award up, with the OPCC's agreement
    #[command(
        after_help = "Example:\n  crg project increase P12 150 --reference \"OPCC email of 3 Nov\""
    )]
    Increase(WithAmount),
    /// Vary an award down, with the OPCC's agreement
    #[command(
        after_help = "Example:\n  crg project reduce P12 200 --reference \"OPCC email of 3 Nov\""
    )]
    Reduce(WithAmount),
    /// End a proposal or award; what is unspent goes back to its pot
    #[command(
        after_help = "Example:\n  crg project withdraw P12 --note \"The lead cannot deliver it\""
    )]
    Withdraw(Plain),
    /// It is delivered; no more spend
    #[command(after_help = "Example:\n  crg project complete P12")]
    Complete(Plain),
    /// What has been done, in --note
    #[command(
        after_help = "Example:\n  crg project progress P12 --note \"Two of five events held\""
    )]
    Progress(Plain),
    /// What was promised
    #[command(after_help = "Example:\n  crg project target P12 \"bikes marked\" 300")]
    Target(Measured),
    /// What was achieved to date
    #[command(after_help = "Example:\n  crg project outcome P12 \"bikes marked\" 214")]
    Outcome(Measured),
    /// The lead's projection of spend to 31 March
    #[command(after_help = "Example:\n  crg project forecast P12 1,650")]
    Forecast(WithAmount),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Plain {
    /// The project's ref
    pub(crate) project: String,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WithAmount {
    /// The project's ref
    pub(crate) project: String,
    /// Pounds and pence, such as 1,250.00
    pub(crate) amount: String,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MaybeAmount {
    /// The project's ref
    pub(crate) project: String,
    /// The amount, where it is another than before
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) amount: Option<String>,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Measured {
    /// The project's ref
    pub(crate) project: String,
    /// What is counted
    pub(crate) measure: String,
    /// How many
    pub(crate) value: String,
    #[command(flatten)]
    pub(crate) of: InYear,
    #[command(flatten)]
    pub(crate) write: Write,
}
