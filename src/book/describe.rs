//! Errors in the findings of a check, which name no file.

use crate::error::Error;
use crate::store::StoreError;

/// An error without the path of the file, which is the one being checked.
pub(super) fn describe_without_path(error: &Error) -> String {
    match error {
        Error::Store(StoreError::Sqlite { error, .. }) => error.to_string(),
        error => error.to_string(),
    }
}
