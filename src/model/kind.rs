//! [`Kind`]: the kinds of entry, what each needs, and the one arrow along which it moves money.

/// Makes an enum whose variants each have one lower-case word: in CSV, JSON, SQL and on the command
/// line.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $error:ident, $expected:literal { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All of them, in the order of the documentation.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// Its one word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serializer.serialize_str(self.as_str()) }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($word),+] })
            }
        }

        #[doc = concat!("Why a text is not a [`", stringify!($name), "`].")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        #[error($expected)]
        pub struct $error;

        impl std::str::FromStr for $name {
            type Err = $error;
            fn from_str(text: &str) -> Result<$name, $error> {
                match text { $($word => Ok($name::$variant),)+ _ => Err($error) }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// One of the two parts of a year's allocation.
    Pot, PotError, "a pot: upfront or tactical" {
        /// For projects decided before the year.
        Upfront = "upfront",
        /// For needs that emerge in the year; it opens when the upfront pot is released.
        Tactical = "tactical",
    }
}

words! {
    /// What an amount of spend is.
    Vat, VatError, "net or gross" {
        /// Without VAT, which the lead recovers (councils do).
        Net = "net",
        /// With VAT, which the lead does not recover.
        Gross = "gross",
    }
}

words! {
    /// A column of `entries.csv`, in the order of the contract.
    Column, ColumnError, "a column of entries.csv" {
        /// The day the entry takes effect.
        On = "on",
        /// The grant year.
        Year = "year",
        /// The kind of entry.
        Kind = "kind",
        /// The project's ref.
        Project = "project",
        /// The pot.
        Pot = "pot",
        /// Pounds and pence.
        Amount = "amount",
        /// The project's title, or the paper's.
        Title = "title",
        /// The agency that proposed a project and delivers it.
        Lead = "lead",
        /// Who was paid.
        Supplier = "supplier",
        /// An invoice, a letter, an agreement; for `reverse` and `explain` the entry they speak of.
        Reference = "reference",
        /// What is counted.
        Measure = "measure",
        /// How many; for `issue` the report's fingerprint.
        Value = "value",
        /// Codes of the priorities served, separated by `;`.
        Priorities = "priorities",
        /// What the amount is: `net` or `gross`.
        Vat = "vat",
        /// Why a process rule was set aside.
        Override = "override",
        /// Anything a reader should know.
        Note = "note",
        /// Who recorded it.
        By = "by",
    }
}

words! {
    /// What an entry says happened.
    Kind, KindError, "a kind of entry such as propose, approve or spend" {
        /// The OPCC's allocation.
        Allocate = "allocate",
        /// The OPCC takes part of an allocation back.
        Cut = "cut",
        /// The OPCC's formal confirmation of the year.
        Confirm = "confirm",
        /// A new project.
        Propose = "propose",
        /// A correction of what `propose` said.
        Amend = "amend",
        /// The working group supports it.
        Recommend = "recommend",
        /// The chair agrees.
        Endorse = "endorse",
        /// The business case goes to the OPCC.
        Submit = "submit",
        /// The group or the chair says no.
        Decline = "decline",
        /// The OPCC says no.
        Reject = "reject",
        /// The OPCC's award.
        Approve = "approve",
        /// The award varied up.
        Increase = "increase",
        /// The award varied down.
        Reduce = "reduce",
        /// A proposal or award ends; what is unspent goes back to its pot.
        Withdraw = "withdraw",
        /// What is left upfront passes to the tactical pot, which opens.
        Release = "release",
        /// Money spent by a project.
        Spend = "spend",
        /// Money that came back to a project: a credit note.
        Refund = "refund",
        /// The project is delivered; no more spend.
        Complete = "complete",
        /// Underspend paid back to the OPCC.
        Return = "return",
        /// Cash from the OPCC.
        Receive = "receive",
        /// What has been done.
        Progress = "progress",
        /// What was promised.
        Target = "target",
        /// What was achieved to date.
        Outcome = "outcome",
        /// The lead's projection of spend to 31 March.
        Forecast = "forecast",
        /// A figure a paper printed.
        Published = "published",
        /// Why a printed figure differs.
        Explain = "explain",
        /// A report went out.
        Issue = "issue",
        /// The year is shut.
        Close = "close",
        /// The year is opened again.
        Reopen = "reopen",
        /// An entry should not have been.
        Reverse = "reverse",
    }
}

/// One end of an [`Arrow`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The funder.
    Opcc,
    /// The entry's pot, or the pot of its project.
    Pot,
    /// The upfront pot.
    Upfront,
    /// The tactical pot.
    Tactical,
    /// The entry's project.
    Project,
    /// The entry's pot or project, whichever it names.
    Holder,
    /// Money spent.
    Spent,
    /// Money returned to the OPCC.
    Returned,
}

impl End {
    /// Its word in the file's `kind` table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            End::Opcc => "opcc",
            End::Pot => "pot",
            End::Upfront => "upfront",
            End::Tactical => "tactical",
            End::Project => "project",
            End::Holder => "holder",
            End::Spent => "spent",
            End::Returned => "returned",
        }
    }
}

/// The way money moves: from an end to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrow {
    /// Where it leaves.
    pub from: End,
    /// Where it arrives.
    pub to: End,
}

/// Does a kind of entry need a column?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be filled.
    Required,
    /// It may be filled.
    Optional,
    /// It must be empty.
    Never,
}

impl Kind {
    /// The arrow along which it moves money, or `None`. This table is the money model.
    ///
    /// ```
    /// use crg::model::{Arrow, End, Kind};
    ///
    /// assert_eq!(Kind::Approve.arrow(), Some(Arrow { from: End::Pot, to: End::Project }));
    /// assert_eq!(Kind::Recommend.arrow(), None);
    /// ```
    #[must_use]
    pub fn arrow(self) -> Option<Arrow> {
        let (from, to) = match self {
            Kind::Allocate => (End::Opcc, End::Pot),
            Kind::Cut => (End::Pot, End::Opcc),
            Kind::Approve | Kind::Increase => (End::Pot, End::Project),
            Kind::Reduce | Kind::Withdraw => (End::Project, End::Pot),
            Kind::Release => (End::Upfront, End::Tactical),
            Kind::Spend => (End::Project, End::Spent),
            Kind::Refund => (End::Spent, End::Project),
            Kind::Return => (End::Holder, End::Returned),
            _ => return None,
        };
        Some(Arrow { from, to })
    }

    /// Does it need the column?
    ///
    /// ```
    /// use crg::model::{Column, Kind, Need};
    ///
    /// assert_eq!(Kind::Approve.need(Column::Amount), Need::Required);
    /// assert_eq!(Kind::Recommend.need(Column::Amount), Need::Optional);
    /// assert_eq!(Kind::Endorse.need(Column::Amount), Need::Never);
    /// ```
    #[must_use]
    pub fn need(self, column: Column) -> Need {
        let (required, optional) = self.own_columns();
        match column {
            Column::On if self == Kind::Reverse => Need::Optional,
            Column::On | Column::Year | Column::Kind | Column::By => Need::Required,
            _ if required.contains(&column) => Need::Required,
            Column::Reference | Column::Note | Column::Override => Need::Optional,
            _ if optional.contains(&column) => Need::Optional,
            _ => Need::Never,
        }
    }

    /// The columns it requires and those it may have, beyond what every entry has.
    fn own_columns(self) -> (&'static [Column], &'static [Column]) {
        use Column as C;
        match self {
            Kind::Allocate | Kind::Cut => (&[C::Pot, C::Amount], &[]),
            Kind::Confirm | Kind::Close => (&[], &[]),
            Kind::Propose => (
                &[C::Project, C::Pot, C::Amount, C::Title, C::Lead],
                &[C::Priorities],
            ),
            Kind::Amend => (
                &[C::Project],
                &[C::Amount, C::Title, C::Lead, C::Priorities],
            ),
            Kind::Recommend | Kind::Submit | Kind::Withdraw => (&[C::Project], &[C::Amount]),
            Kind::Endorse | Kind::Decline | Kind::Reject | Kind::Complete => (&[C::Project], &[]),
            Kind::Approve | Kind::Increase | Kind::Reduce | Kind::Forecast => {
                (&[C::Project, C::Amount], &[])
            }
            Kind::Release => (&[], &[C::Amount]),
            Kind::Spend | Kind::Refund => (&[C::Project, C::Amount], &[C::Supplier, C::Vat]),
            Kind::Return => (&[C::Amount], &[C::Pot, C::Project]),
            Kind::Receive => (&[C::Amount], &[]),
            Kind::Progress => (&[C::Project, C::Note], &[]),
            Kind::Target | Kind::Outcome => (&[C::Project, C::Measure, C::Value], &[]),
            Kind::Published => (&[C::Measure, C::Amount, C::Title], &[C::Project]),
            Kind::Explain | Kind::Reverse => (&[C::Reference, C::Note], &[]),
            Kind::Issue => (&[C::Title, C::Value], &[]),
            Kind::Reopen => (&[C::Note], &[]),
        }
    }

    /// May its amount be £0.00? Only where it moves what is left, or states a figure and moves
    /// nothing.
    #[must_use]
    pub fn may_be_zero(self) -> bool {
        matches!(
            self,
            Kind::Withdraw | Kind::Release | Kind::Forecast | Kind::Published
        )
    }

    /// Is it one of a project's decisions, which are dated from 1 January before the year to its 31
    /// March? (So is `allocate`.) The rest are dated any day from 1 January before the year.
    #[must_use]
    pub fn is_decision(self) -> bool {
        matches!(
            self,
            Kind::Propose
                | Kind::Recommend
                | Kind::Endorse
                | Kind::Submit
                | Kind::Decline
                | Kind::Reject
                | Kind::Approve
                | Kind::Increase
                | Kind::Reduce
                | Kind::Withdraw
        )
    }

    /// Does a closed year still take it?
    #[must_use]
    pub fn is_taken_when_closed(self) -> bool {
        matches!(
            self,
            Kind::Reopen | Kind::Published | Kind::Explain | Kind::Issue
        )
    }

    /// Does it only state something, so that no rule reads it: it moves no money of the grant, and
    /// decides nothing?
    #[must_use]
    pub fn is_statement(self) -> bool {
        matches!(
            self,
            Kind::Receive
                | Kind::Progress
                | Kind::Target
                | Kind::Outcome
                | Kind::Forecast
                | Kind::Published
                | Kind::Explain
                | Kind::Issue
        )
    }

    /// Does it change no stage and no pot: spend, a refund or a statement? The other kinds but
    /// `reverse` are steps.
    #[must_use]
    pub fn is_follower(self) -> bool {
        self.is_spending() || self.is_statement()
    }

    /// Is it spend or a refund: the many entries that no question about the pots needs?
    #[must_use]
    pub fn is_spending(self) -> bool {
        matches!(self, Kind::Spend | Kind::Refund)
    }
}

impl Column {
    /// The most characters a cell of it may hold.
    #[must_use]
    pub fn limit(self) -> usize {
        match self {
            Column::Note => 2000,
            Column::Override => 1000,
            Column::Priorities => 400,
            Column::Title | Column::Lead | Column::Supplier => 200,
            _ => 100,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert_eq!(Kind::ALL.len(), 30);
        assert_eq!(Column::ALL.len(), 17);
    }

    #[test]
    fn money_moves_only_where_an_amount_is_held() {
        for kind in Kind::ALL.iter().filter(|k| k.arrow().is_some()) {
            assert_ne!(kind.need(Column::Amount), Need::Never, "{kind}");
        }
    }
}
