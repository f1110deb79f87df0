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

/// Who holds the grant, and who gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The partnership that holds the grant.
    pub partnership: String,
    /// The funder that gives it.
    pub funder: String,
}

/// A text that is not the name of a partnership or a funder.
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
        }
    }
}

impl Names {
    /// What the grant is called, unless a `name` entry says otherwise.
    pub const GRANT: &str = "Crime Reduction Grant";
    /// The most characters that a name may have.
    pub const MAX_CHARS: usize = 200;

    /// Both names without space around them, if they are plain text of 1 to 200 characters.
    pub fn checked(&self) -> Result<Names, NameError> {
        Ok(Names {
            partnership: checked(&self.partnership)?,
            funder: checked(&self.funder)?,
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
