//! [`PotNames`] and [`PotName`]: what the pots of a year are called.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::model::{Entry, Event, Pot};

/// What the pots of a year are called in sentences and tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PotNames {
    /// The upfront pot and the tactical pot.
    #[default]
    Two,
    /// The pot: the year has only the upfront pot.
    One,
}

/// A pot with its name in its year. JSON and CSV have its keyword, whatever its name.
#[derive(Debug, Clone, Copy)]
pub struct PotName {
    /// The pot.
    pub pot: Pot,
    names: PotNames,
}

impl PotNames {
    /// The names in a year, from its entries that count on any day. The year has one pot if some of
    /// them name the upfront pot, none names the tactical pot, and none is a release.
    pub fn of<'a>(standing: impl IntoIterator<Item = &'a Entry>) -> PotNames {
        let mut names = PotNames::Two;
        for entry in standing {
            match entry.event.pot() {
                Some(Pot::Tactical) => return PotNames::Two,
                Some(Pot::Upfront) => names = PotNames::One,
                None if matches!(entry.event, Event::Release { .. }) => return PotNames::Two,
                None => {}
            }
        }
        names
    }

    /// A pot with its name.
    pub fn name(self, pot: Pot) -> PotName {
        PotName { pot, names: self }
    }

    /// Returns `true` if the year has one pot.
    pub fn is_one(self) -> bool {
        self == PotNames::One
    }

    /// The pot that a page is about: the one from which needs that emerge in the year are met.
    pub fn in_year(self) -> PotName {
        self.name(match self {
            PotNames::Two => Pot::Tactical,
            PotNames::One => Pot::Upfront,
        })
    }

    /// Where the year's allocation comes from, for all of its pots.
    pub(crate) fn allocated_by_the_opcc(self) -> &'static str {
        match self {
            PotNames::Two => "from the OPCC, both pots",
            PotNames::One => "from the OPCC",
        }
    }

    /// Where uncommitted money is.
    pub(crate) fn still_there(self) -> &'static str {
        match self {
            PotNames::Two => "still in the pots",
            PotNames::One => "still in the pot",
        }
    }

    /// All pots together, in a sentence.
    pub fn together(self) -> &'static str {
        match self {
            PotNames::Two => "the pots",
            PotNames::One => "the pot",
        }
    }
}

impl PotName {
    /// Returns `true` if people see it: unless it is the tactical pot of a year that has one pot.
    pub fn is_shown(self) -> bool {
        self.names == PotNames::Two || self.pot == Pot::Upfront
    }

    /// Returns `true` if its year has one pot.
    pub fn is_only(self) -> bool {
        self.names == PotNames::One
    }

    /// The name after an article: `upfront pot`, or `pot`.
    pub fn in_sentence(self) -> &'static str {
        match (self.names, self.pot) {
            (PotNames::Two, Pot::Upfront) => "upfront pot",
            (PotNames::Two, Pot::Tactical) => "tactical pot",
            (PotNames::One, _) => "pot",
        }
    }

    /// The name in a column of pots: `upfront`, or `the pot`.
    pub fn in_column(self) -> &'static str {
        match self.names {
            PotNames::Two => self.pot.as_str(),
            PotNames::One => "the pot",
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
