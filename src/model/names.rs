//! [`Names`]: whose book it is.

use crate::model::keyword::keywords;

keywords! {
    /// What a `name` entry names, for its grant year and later ones.
    NameOf, NameOfError, "what is named; write partnership, funder or grant" {
        /// The partnership that holds the grant.
        Partnership = "partnership",
        /// The funder that gives it.
        Funder = "funder",
        /// The grant.
        Grant = "grant",
    }
}

/// Who holds the grant, who gives it, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The partnership that holds the grant.
    pub partnership: String,
    /// The funder that gives it.
    pub funder: String,
    /// The grant.
    pub grant: String,
}

/// A text that is not a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{name:?} is not a name; a name has 1 to {} characters",
    Names::MAX_CHARS
)]
pub struct NameError {
    /// The text, cut after sixty characters.
    pub name: String,
}

impl Default for Names {
    /// The names of a book that was given none.
    fn default() -> Names {
        Names {
            partnership: "Community Safety Partnership".into(),
            funder: "Office of the Police and Crime Commissioner".into(),
            grant: "Crime Reduction Grant".into(),
        }
    }
}

impl Names {
    /// What the grant is called, unless a `name` entry says otherwise.
    pub const GRANT: &str = "Crime Reduction Grant";
    /// The most characters that a name may have.
    pub const MAX_CHARS: usize = 200;

    /// The same names with another one of what is named.
    #[must_use]
    pub fn with(mut self, of: NameOf, name: String) -> Names {
        match of {
            NameOf::Partnership => self.partnership = name,
            NameOf::Funder => self.funder = name,
            NameOf::Grant => self.grant = name,
        }
        self
    }

    /// The names without space around them, if they are plain text of 1 to 200 characters.
    pub fn checked(&self) -> Result<Names, NameError> {
        Ok(Names {
            partnership: checked(&self.partnership)?,
            funder: checked(&self.funder)?,
            grant: checked(&self.grant)?,
        })
    }
}

fn checked(name: &str) -> Result<String, NameError> {
    let name = name.trim();
    let is_plain = !name.chars().any(char::is_control);
    if is_plain && (1..=Names::MAX_CHARS).contains(&name.chars().count()) {
        return Ok(name.to_owned());
    }
    Err(NameError {
        name: name.chars().take(60).collect(),
    })
}
