//! [`PotNames`] and [`PotName`]: what the pots of a year are called.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::fold::flow::Account;
use crate::model::{Entry, Event, Pot};

/// What the pots of a year are called in sentences and tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PotNames {
    /// The upfront pot and the tactical pot.
    #[default]
    Two,
    /// The pot: the year has only this one.
    One(Pot),
}

/// A pot with its name in its year. JSON and CSV have its keyword, whatever its name.
#[derive(Debug, Clone, Copy)]
pub struct PotName {
    /// The pot.
    pub pot: Pot,
    names: PotNames,
}

impl PotNames {
    /// The names in a year, from its entries that count on any day. The year has one pot if all of
    /// them that name a pot name the same, and none is a release.
    pub fn of<'a>(standing: impl IntoIterator<Item = &'a Entry>) -> PotNames {
        let mut only = None;
        for entry in standing {
            match (entry.event.pot(), only) {
                (Some(pot), Some(other)) if pot != other => return PotNames::Two,
                (Some(pot), _) => only = Some(pot),
                (None, _) if matches!(entry.event, Event::Release { .. }) => return PotNames::Two,
                (None, _) => {}
            }
        }
        only.map_or(PotNames::Two, PotNames::One)
    }

    /// A pot with its name.
    pub fn name(self, pot: Pot) -> PotName {
        PotName { pot, names: self }
    }

    /// Returns `true` if the year has one pot.
    pub fn is_one(self) -> bool {
        matches!(self, PotNames::One(_))
    }

    /// The pot that a page is about: the one from which needs that emerge in the year are met.
    pub fn in_year(self) -> PotName {
        self.name(match self {
            PotNames::Two => Pot::Tactical,
            PotNames::One(pot) => pot,
        })
    }

    /// What an account is called in a sentence.
    pub fn account(self, account: &Account) -> String {
        match account {
            Account::Pot(pot) => format!("the {}", self.name(*pot).in_sentence()),
            account => account.to_string(),
        }
    }

    /// Where the year's allocation comes from, for all of its pots.
    pub(crate) fn allocated_by_the_opcc(self) -> &'static str {
        match self {
            PotNames::Two => "from the OPCC, both pots",
            PotNames::One(_) => "from the OPCC",
        }
    }

    /// Where uncommitted money is.
    pub(crate) fn still_there(self) -> &'static str {
        match self {
            PotNames::Two => "still in the pots",
            PotNames::One(_) => "still in the pot",
        }
    }

    /// All pots together, in a sentence.
    pub fn together(self) -> &'static str {
        match self {
            PotNames::Two => "the pots",
            PotNames::One(_) => "the pot",
        }
    }
}

impl PotName {
    /// Returns `true` if people see it: unless its year has only the other pot.
    pub fn is_shown(self) -> bool {
        matches!(self.names, PotNames::Two) || self.is_only()
    }

    /// Returns `true` if its year has no other pot.
    pub fn is_only(self) -> bool {
        self.names == PotNames::One(self.pot)
    }

    /// The name after an article: `upfront pot`, or `pot`.
    pub fn in_sentence(self) -> &'static str {
        match (self.names, self.pot) {
            (PotNames::Two, Pot::Upfront) => "upfront pot",
            (PotNames::Two, Pot::Tactical) => "tactical pot",
            (PotNames::One(_), _) => "pot",
        }
    }

    /// The name in a column of pots: `upfront`, or `the pot`.
    pub fn in_column(self) -> &'static str {
        match self.names {
            PotNames::Two => self.pot.as_str(),
            PotNames::One(_) => "the pot",
        }
    }
}

impl PartialEq for PotName {
    /// The same pot, whatever its name.
    fn eq(&self, other: &PotName) -> bool {
        self.pot == other.pot
    }
}

impl Eq for PotName {}

impl PartialEq<Pot> for PotName {
    fn eq(&self, pot: &Pot) -> bool {
        self.pot == *pot
    }
}

impl fmt::Display for PotName {
    /// Its keyword, whatever its name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pot.fmt(f)
    }
}

impl Serialize for PotName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.pot.serialize(serializer)
    }
}

impl JsonSchema for PotName {
    fn schema_name() -> Cow<'static, str> {
        Pot::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Pot::json_schema(generator)
    }
}
