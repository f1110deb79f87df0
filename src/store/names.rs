//! [`Names`]: whose book it is.

use crate::store::error::StoreError;

/// Whose book it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Who holds the grant.
    pub partnership: String,
    /// Who gives it.
    pub funder: String,
}

impl Default for Names {
    /// The names of a book that is given none.
    fn default() -> Names {
        Names {
            partnership: "Community Safety Partnership".into(),
            funder: "Office of the Police and Crime Commissioner".into(),
        }
    }
}

impl Names {
    /// The most characters that a name may have.
    pub const MAX_CHARS: usize = 200;

    /// Both names without space around them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Name`] if one is not 1 to 200 characters of plain text.
    pub fn checked(&self) -> Result<Names, StoreError> {
        Ok(Names {
            partnership: checked(&self.partnership)?,
            funder: checked(&self.funder)?,
        })
    }
}

fn checked(name: &str) -> Result<String, StoreError> {
    let name = name.trim();
    let fits = (1..=Names::MAX_CHARS).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        Ok(name.to_owned())
    } else {
        Err(StoreError::Name {
            name: name.chars().take(60).collect(),
        })
    }
}
