//! Reading [`Settings`] from the file that a person writes.

use std::path::Path;

use crate::document::Settings;
use crate::import::fault::InputError;
use crate::import::toml_file;

const MAX_BYTES: u64 = 1 << 16;

/// A settings file with an example of every key, each behind the mark of a comment.
pub const SETTINGS_EXAMPLE: &str = include_str!("settings.toml");

/// Reads a settings file.
///
/// # Errors
///
/// An [`InputError`] if the file cannot be read, or is no settings file.
pub fn read_settings(file: &Path) -> Result<Settings, InputError> {
    parse_settings(file, &toml_file::read_text(file, MAX_BYTES)?)
}

/// Reads the text of a settings file; `file` is its path, for errors.
///
/// # Errors
///
/// An [`InputError`] if it is no settings file.
///
/// ```
/// use crg::import::parse_settings;
///
/// let settings = parse_settings("paper.toml".as_ref(), "[contact]\nname = 'The team'")?;
/// assert_eq!(settings.contact.name.as_ref().map(|name| name.as_str()), Some("The team"));
/// let error = parse_settings("paper.toml".as_ref(), "[contact]\nnames = 'The team'").unwrap_err();
/// assert!(error.to_string().ends_with("did you mean `name`?"));
/// # Ok::<(), crg::import::InputError>(())
/// ```
pub fn parse_settings(file: &Path, text: &str) -> Result<Settings, InputError> {
    toml_file::parse(file, text, Settings::keys())
}
