//! [`GivingPrefix`]: what the numbers of a publisher's grants begin with.

use std::fmt;
use std::str::FromStr;

/// What the numbers of a publisher's grants begin with in 360Giving data, such as `360G-kcsp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivingPrefix(String);

/// The error for a text that is not a [`GivingPrefix`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the prefix that 360Giving gave you, such as 360G-kcsp")]
pub struct GivingPrefixError;

/// What every prefix begins with.
const START: &str = "360G-";
/// The most characters of a prefix.
const MAX_CHARS: usize = 100;

impl GivingPrefix {
    /// A prefix made from a partnership's name, for a publisher that has none yet.
    #[must_use]
    pub fn of_partnership(name: &str) -> GivingPrefix {
        let name = name.to_ascii_lowercase();
        let words = name.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        match words.join("-") {
            none if none.is_empty() => GivingPrefix(format!("{START}csp")),
            mut slug => {
                slug.truncate(MAX_CHARS - START.len());
                GivingPrefix(format!("{START}{slug}"))
            }
        }
    }
}

impl fmt::Display for GivingPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for GivingPrefix {
    type Err = GivingPrefixError;

    fn from_str(text: &str) -> Result<GivingPrefix, GivingPrefixError> {
        let own = text.strip_prefix(START).ok_or(GivingPrefixError)?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if own.is_empty() || text.len() > MAX_CHARS || !own.chars().all(is_plain) {
            return Err(GivingPrefixError);
        }
        Ok(GivingPrefix(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_begins_as_360giving_says() {
        for text in ["360G-kcsp", "360G-Kent_CSP-2"] {
            assert_eq!(text.parse::<GivingPrefix>().unwrap().to_string(), text);
        }
        for text in ["", "360G-", "kcsp", "360g-kcsp", "360G-k csp", "360G-k/1"] {
            assert!(text.parse::<GivingPrefix>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_prefix_made_from_a_name_is_a_prefix() {
        for (name, prefix) in [
            (
                "Kent Community Safety Partnership",
                "360G-kent-community-safety-partnership",
            ),
            ("Ynys Môn & Gwynedd CSP", "360G-ynys-m-n-gwynedd-csp"),
            ("…", "360G-csp"),
        ] {
            let made = GivingPrefix::of_partnership(name).to_string();
            assert_eq!(made, prefix);
            assert!(made.parse::<GivingPrefix>().is_ok(), "{made}");
        }
        let long = GivingPrefix::of_partnership(&"partnership ".repeat(20)).to_string();
        assert!(long.parse::<GivingPrefix>().is_ok(), "{long}");
    }
}
