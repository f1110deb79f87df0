//! [`keywords!`]: an enum whose values are each written as one keyword, and [`written!`]: a value
//! that everything shows as it is written.

/// Makes an enum whose variants are each written as one lower-case keyword: in CSV, JSON, SQL and
/// on the command line. The documentation of a variant is what people read of its meaning too.
///
/// The error of a text that is none of them is a noun phrase: what was expected.
macro_rules! keywords {
    ($(#[$meta:meta])* $name:ident, $error:ident, $expected:literal {
        $($(#[doc = $doc:literal])* $variant:ident = $keyword:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])* $variant),+ }

        impl $name {
            /// All of them, in the order of the documentation.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The keywords of all of them.
            pub const KEYWORDS: &[&str] = &[$($keyword),+];

            /// The keywords of all of them, each with what it means, in a sentence or two.
            pub const MEANINGS: &[(&str, &str)] =
                &[$(($keyword, concat!($($doc),*).trim_ascii())),+];

            /// What it means, in a sentence or two.
            pub fn meaning(self) -> &'static str {
                Self::MEANINGS[self as usize].1
            }

            /// Its keyword.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $keyword),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($keyword),+] })
            }
        }

        #[doc = concat!("The error for a text that is not a [`", stringify!($name), "`].")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        #[error($expected)]
        pub struct $error;

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<$name, $error> {
                match text { $($keyword => Ok($name::$variant),)+ _ => Err($error) }
            }
        }
    };
}
pub(crate) use keywords;

/// Shows a value in errors and reports as its `Display` writes it.
macro_rules! written {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}
pub(crate) use written;
