//! [`Kind`] and [`Event`]: what can happen, in one table with a row for each kind of entry.

use crate::model::arrow::{Arrow, End};
use crate::model::cells::Cells;
use crate::model::column::{Column, Need};
use crate::model::date::Date;
use crate::model::detail::DetailField;
use crate::model::facts::Class::{self, Decision, Reversal, Spending, Statement, Step};
use crate::model::facts::Facts;
use crate::model::field::{Field, Holder};
use crate::model::fingerprint::Fingerprint;
use crate::model::id::{EntryNumber, EntryNumbers, ProjectRef};
use crate::model::input::Input;
use crate::model::keyword::keywords;
use crate::model::kinds::{column, kinds};
use crate::model::measure::Measure;
use crate::model::money::Money;
use crate::model::names::NameOf;
use crate::model::pot::{Pot, Source, Vat};
use crate::model::priority::Priorities;
use crate::model::quantity::Quantity;
use crate::model::reader::RowReader;
use crate::model::scheme::SchemeChange;

/// What a variation of an award rests on.
const AGREEMENT: &str = "the OPCC's letter or e-mail";

/// What money that crosses between the partnership and the OPCC rests on.
const PAYMENT: &str = "the payment's number";

kinds! {
    /// The OPCC's allocation.
    Allocate = "allocate" { pot: Pot, amount: Money }
        => Step.named("an allocation").moves(End::Opcc, End::Pot).gives_reason(),
    /// The OPCC takes part of an allocation back.
    Cut = "cut" { pot: Pot, amount: Money }
        => Step.named("a cut").moves(End::Pot, End::Opcc).gives_reason(),
    /// The OPCC's formal confirmation of the year.
    Confirm = "confirm"
        => Step.named("a confirmation").gives_reason(),
    /// A new project.
    Propose = "propose" {
        project: ProjectRef, pot: Pot, amount: Money, title: String, lead: String,
        priorities: Priorities,
    } => Decision.named("a proposal"),
    /// A correction of what the proposal said.
    Amend = "amend" {
        project: ProjectRef, amount: Option<Money>, title: Option<String>, lead: Option<String>,
        priorities: Option<Priorities>,
    } => Step.named("an amendment"),
    /// The working group supports it.
    Recommend = "recommend" { project: ProjectRef, amount: Option<Money> }
        => Decision.named("a recommendation").gives_reason(),
    /// The chair agrees.
    Endorse = "endorse" { project: ProjectRef }
        => Decision.named("an endorsement").gives_reason(),
    /// The business case goes to the OPCC.
    Submit = "submit" { project: ProjectRef, amount: Option<Money> }
        => Decision.named("a submission").gives_reason(),
    /// The group or the chair says no.
    Decline = "decline" { project: ProjectRef }
        => Decision.named("a decision to decline").gives_reason(),
    /// The OPCC says no.
    Reject = "reject" { project: ProjectRef }
        => Decision.named("a rejection").gives_reason(),
    /// The OPCC's award.
    Approve = "approve" { project: ProjectRef, amount: Money }
        => Decision.named("an approval").moves(End::Pot, End::Project).gives_reason(),
    /// An increase in an award.
    Increase = "increase" { project: ProjectRef, amount: Money }
        => Decision.named("an increase").moves(End::Pot, End::Project).rests_on(AGREEMENT)
            .gives_reason(),
    /// A reduction in an award.
    Reduce = "reduce" { project: ProjectRef, amount: Money }
        => Decision.named("a reduction").moves(End::Project, End::Pot).rests_on(AGREEMENT)
            .gives_reason(),
    /// A proposal or award ends; what is unspent goes back to its pot.
    // The amount is worked out when it is recorded; a draft may leave it out.
    Withdraw = "withdraw" { project: ProjectRef, amount: Option<Money> }
        => Decision.named("a withdrawal").moves(End::Project, End::Pot).may_be_zero()
            .gives_reason(),
    /// Every upfront proposal is decided, and what is left upfront passes to the tactical pot, which
    /// opens.
    // The amount is worked out when it is recorded; a draft may leave it out.
    Release = "release" { amount: Option<Money> }
        => Step.named("a release").moves(End::Upfront, End::Tactical).may_be_zero().gives_reason(),
    /// Money spent by a project.
    Spend = "spend" {
        project: ProjectRef, amount: Money, supplier: Option<String>, vat: Vat,
        measure: Option<String>, value: Option<Source>,
    } => Spending.named("spend").moves(End::Project, End::Spent),
    /// Money that came back to a project: a credit note.
    Refund = "refund" {
        project: ProjectRef, amount: Money, supplier: Option<String>, vat: Vat,
        measure: Option<String>, value: Option<Source>,
    } => Spending.named("a refund").moves(End::Spent, End::Project),
    /// The project is delivered; no more spend.
    Complete = "complete" { project: ProjectRef }
        => Step.named("a completion").gives_reason(),
    /// Underspend paid back to the OPCC.
    Return = "return" { holder: Holder, amount: Money }
        => Step.named("a return").moves(End::Holder, End::Returned).may_have(Column::Project)
            .rests_on(PAYMENT),
    /// The OPCC pays back part of a return, for a late invoice.
    Repay = "repay" { holder: Holder, amount: Money }
        => Step.named("a repayment").moves(End::Returned, End::Holder).may_have(Column::Project)
            .rests_on(PAYMENT),
    /// Underspend that the OPCC had not paid out, and keeps.
    Lapse = "lapse" { holder: Holder, amount: Money }
        => Step.named("a lapse").moves(End::Holder, End::Lapsed).may_have(Column::Project),
    /// Cash from the OPCC.
    Receive = "receive" { amount: Money }
        => Statement.named("a receipt").allowed_when_closed(),
    /// What has been done.
    Progress = "progress" { project: ProjectRef }
        => Statement.named("a progress report").needs(Column::Note).allowed_when_closed(),
    /// What was promised.
    Target = "target" { project: ProjectRef, measure: String, value: Quantity }
        => Statement.named("a target"),
    /// What was achieved to date.
    Outcome = "outcome" { project: ProjectRef, measure: String, value: Quantity }
        => Statement.named("an outcome").allowed_when_closed(),
    /// The lead's projection of spend to 31 March.
    Forecast = "forecast" { project: ProjectRef, amount: Money }
        => Statement.named("a forecast").may_be_zero().gives_reason(),
    /// A figure a paper printed.
    Published = "published" {
        measure: Measure, project: Option<ProjectRef>, amount: Money, title: String,
    } => Statement.named("a published figure").may_be_zero().allowed_when_closed(),
    /// Why a printed figure differs.
    Explain = "explain" { entry: EntryNumber }
        => Statement.named("an explanation").needs(Column::Note).allowed_when_closed(),
    /// A report went out.
    Issue = "issue" { title: String, value: String }
        => Statement.named("an issued report").allowed_when_closed(),
    /// What the partnership, the funder or the grant is called, in this year and later ones.
    Name = "name" { measure: NameOf, title: String }
        => Statement.named("a name").allowed_when_closed(),
    /// A priority scheme begins, ends or is corrected.
    Scheme = "scheme" {
        measure: String, code: Option<Priorities>, title: Option<String>, value: SchemeChange,
    } => Statement.named("a change of a scheme").allowed_when_closed(),
    /// A fact that a duty asks for, of a project or of the year.
    Detail = "detail" { measure: DetailField, project: Option<ProjectRef> }
        => Statement.named("a detail").needs(Column::Note).allowed_when_closed(),
    /// Something to be done by a day.
    Due = "due" { title: String, value: Date }
        => Statement.named("a deadline").allowed_when_closed(),
    /// What was due is done.
    Met = "met" { entry: EntryNumber }
        => Statement.named("a deadline met").allowed_when_closed(),
    /// A file that is evidence, perhaps for one entry.
    Document = "document" {
        title: String, value: Fingerprint, project: Option<ProjectRef>,
        entry: Option<EntryNumber>,
    } => Statement.named("a document").allowed_when_closed(),
    /// What was decided of a line of a ledger that waited.
    Match = "match" { value: Fingerprint, title: String, entries: EntryNumbers }
        => Statement.named("a match").needs(Column::Note).allowed_when_closed(),
    /// The chief finance officer certifies a report.
    Certify = "certify" { title: String, value: Fingerprint }
        => Statement.named("a certificate").needs(Column::Note).allowed_when_closed(),
    /// The year is closed.
    Close = "close"
        => Step.named("a closing").gives_reason(),
    /// The year is opened again.
    Reopen = "reopen"
        => Step.named("a reopening").needs(Column::Note).allowed_when_closed().gives_reason(),
    /// Cancels an entry made by mistake.
    Reverse = "reverse" { entry: EntryNumber }
        => Reversal.named("a reversal").may_have(Column::On).needs(Column::Note),
}

impl Kind {
    /// It in a sentence, with its article: `a receipt`.
    pub fn noun(self) -> &'static str {
        self.facts().noun
    }

    /// The arrow along which it moves money, or `None`.
    pub fn arrow(self) -> Option<Arrow> {
        self.facts().arrow
    }

    /// Whether it needs a column.
    pub fn need(self, column: Column) -> Need {
        self.facts().need(column)
    }

    /// Returns `true` if its amount may be £0.00: if it moves what is left, or moves nothing.
    pub fn may_be_zero(self) -> bool {
        self.facts().may_be_zero
    }

    /// Returns `true` if a closed year still takes it.
    pub fn is_allowed_when_closed(self) -> bool {
        self.facts().is_allowed_when_closed
    }

    /// What it rests on, which its reference must name; `None` if it needs no reference.
    pub fn agreement(self) -> Option<&'static str> {
        self.facts().agreement
    }

    /// Returns `true` if papers and returns print its note as the reason: why that was decided, or
    /// why a project does not spend its award.
    pub fn note_is_reason(self) -> bool {
        self.facts().note_is_reason
    }

    /// Returns `true` if an entry of the kind can be reversed: `close` and `reopen` undo each other,
    /// and a reversal stands.
    pub fn is_reversible(self) -> bool {
        !matches!(self, Kind::Reverse | Kind::Close | Kind::Reopen)
    }

    /// Returns `true` if it moves the grant's money or cash, so that the same entry twice is a
    /// mistake.
    pub fn moves_money_or_cash(self) -> bool {
        self.arrow().is_some() || self == Kind::Receive
    }

    /// Returns `true` if it may lie any number of days ahead: if it says what something is called,
    /// or a fact about it, and no more.
    pub fn may_lie_ahead(self) -> bool {
        matches!(self, Kind::Name | Kind::Scheme | Kind::Detail)
    }

    /// Returns `true` if it decides on a project.
    pub fn is_decision(self) -> bool {
        self.facts().class == Class::Decision
    }

    /// Returns `true` if it only states something: it moves no money of the grant, decides nothing,
    /// and no rule reads it.
    pub fn is_statement(self) -> bool {
        self.facts().class == Class::Statement
    }

    /// Returns `true` if it is spend or a refund: the many entries that no question about the pots
    /// needs.
    pub fn is_spending(self) -> bool {
        self.facts().class == Class::Spending
    }

    /// Returns `true` if it changes no pot, no stage and no year: if it is spend, a refund or a
    /// statement. The others but `reverse` are steps.
    pub fn is_posting(self) -> bool {
        self.is_spending() || self.is_statement()
    }
}

impl Event {
    /// Where the amount of spend or a refund came from; `None` if it was typed.
    pub fn source(&self) -> Option<Source> {
        match self {
            Event::Spend { value, .. } | Event::Refund { value, .. } => *value,
            _ => None,
        }
    }

    /// Returns `true` if it is spend or a refund whose paper is still to come.
    pub fn is_accrued(&self) -> bool {
        self.source() == Some(Source::Accrued)
    }

    /// The cost category of spend or a refund.
    pub fn category(&self) -> Option<&str> {
        match self {
            Event::Spend { measure, .. } | Event::Refund { measure, .. } => measure.as_deref(),
            _ => None,
        }
    }

    /// What it adds to the spend of its project: a refund is below zero, and an event of another
    /// kind adds nothing.
    pub fn cost(&self) -> Money {
        match self {
            Event::Spend { amount, .. } => *amount,
            Event::Refund { amount, .. } => -*amount,
            _ => Money::ZERO,
        }
    }

    /// The entries that it names: one, or the several of a `match`.
    pub fn entries_named(&self) -> Vec<EntryNumber> {
        match self {
            Event::Match { entries, .. } => entries.0.clone(),
            event => event.refers_to().into_iter().collect(),
        }
    }
}
