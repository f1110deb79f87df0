//! The JSON schema of the values that stand in reports as text or numbers.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::fold::Account;
use crate::model::{
    Date, EntryNumber, FinancialYear, Fingerprint, Moment, Money, Priorities, ProjectRef, Quantity,
};

/// Values under a name of their own in the schema.
macro_rules! schemas {
    ($($type:ty = $name:literal { $($schema:tt)* })*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ $($schema)* })
            }
        }
    )*};
}

schemas! {
    Money = "money" {
        "description": "Pounds and pence, exact.",
        "type": "string",
        "pattern": "^-?[0-9]+\\.[0-9]{2}$",
    }
    Date = "date" {
        "description": "A day.",
        "type": "string",
        "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$",
    }
    Moment = "moment" {
        "description": "A moment in UTC.",
        "type": "string",
        "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$",
    }
    FinancialYear = "year" {
        "description": "A grant year, 1 April to 31 March.",
        "type": "string",
        "pattern": "^20[0-9]{2}/[0-9]{2}$",
    }
    Fingerprint = "fingerprint" {
        "description": "SHA-256.",
        "type": "string",
        "pattern": "^[0-9a-f]{64}$",
    }
    ProjectRef = "ref" {
        "description": "A project's ref.",
        "type": "string",
        "pattern": "^[A-Z0-9][A-Z0-9-]{0,19}$",
    }
    Account = "account" {
        "description": "A place where a year's money can be, in words.",
        "type": "string",
    }
    EntryNumber = "entry" {
        "description": "An entry's number.",
        "type": "integer",
        "minimum": 1,
    }
    Quantity = "quantity" {
        "description": "How many, exact.",
        "type": "string",
        "pattern": "^[0-9]+(\\.[0-9]+)?$",
    }
    Priorities = "priorities" {
        "description": "Codes of priorities, separated by semicolons.",
        "type": "string",
    }
}
