//! What to do about a book that cannot be used.

use std::io::ErrorKind;
use std::path::Path;

use crg::StoreError;

use crate::context::Context;
use crate::hint::{CommandLine, Hint, command};

/// The code of an error, which stays the same from version to version.
pub(super) fn code(error: &StoreError) -> &'static str {
    match error {
        StoreError::Name { .. } => "invalid-name",
        StoreError::NotFound { .. } => "no-book",
        StoreError::Exists { .. } => "file-exists",
        StoreError::Path { .. } => "not-a-path",
        StoreError::NotPlain { .. } => "not-a-plain-file",
        StoreError::NotABook { .. } => "not-a-book",
        StoreError::Wal { .. } => "journal-mode",
        StoreError::SideFile { .. } => "side-file",
        StoreError::CutShort { .. } => "cut-short",
        StoreError::NoFolder { .. } => "no-folder",
        StoreError::Newer { .. } => "newer-version",
        StoreError::Older { .. } => "older-version",
        StoreError::Altered { .. } => "altered",
        StoreError::ReadOnly { .. } => "read-only",
        StoreError::NeedsRecovery { .. } => "needs-recovery",
        StoreError::CannotOpen { .. } => "cannot-open",
        StoreError::Busy { .. } => "busy",
        StoreError::MovedOn { .. } => "moved-on",
        StoreError::DiskFull { .. } => "disk-full",
        StoreError::Damaged { .. } | StoreError::Priority { .. } => "damaged",
        StoreError::OutcomeUnknown { .. } => "outcome-unknown",
        StoreError::Full { .. } => "full",
        StoreError::EndOfTime { .. } => "end-of-time",
        StoreError::Io { .. } => "io",
        StoreError::Sqlite { .. } => "sqlite",
        _ => "storage",
    }
}

pub(super) fn hints(error: &StoreError, context: &Context) -> Vec<Hint> {
    let advice = match error {
        StoreError::NotFound { path } if is_book(path, context) => {
            return vec![
                command!("init").because("to make an empty book"),
                command!("load FOLDER").because("to load one"),
                Hint::advice("or name another book with --db"),
            ];
        }
        StoreError::NotFound { .. } => "check the name of the file",
        StoreError::Exists { .. } => {
            "nothing was overwritten; name another file, or try again in a moment"
        }
        StoreError::NoFolder { .. } => "create the folder first, or name another",
        StoreError::Path { .. } | StoreError::NotPlain { .. } => "name the file itself with --db",
        StoreError::NotABook { .. } => {
            "name the book with --db; it may be crg.db in another folder"
        }
        StoreError::Wal { .. } => {
            "change it back in the program that changed it: PRAGMA journal_mode = DELETE"
        }
        StoreError::SideFile { .. } => {
            "move it to another folder, and keep it with the file that it belongs to; then check the book"
        }
        StoreError::CutShort { .. } => "use a safety copy, such as a folder written by crg dump",
        StoreError::EndOfTime { .. } => {
            "a clock must have run ahead: use a safety copy from before that entry"
        }
        StoreError::Newer { .. } => "use the newer version of crg that made it",
        StoreError::Altered { .. } => {
            "use a safety copy, or undo what the other program did to the file"
        }
        StoreError::DiskFull { .. } => "free some space and try again",
        StoreError::Io { error, .. } if error.kind() != ErrorKind::PermissionDenied => {
            return Vec::new();
        }
        StoreError::Io { .. }
        | StoreError::ReadOnly { .. }
        | StoreError::NeedsRecovery { .. }
        | StoreError::CannotOpen { .. } => {
            "ask for permission to write there, or run the command as someone who has it"
        }
        _ => return command(error).into_iter().collect(),
    };
    vec![Hint::advice(advice)]
}

/// Returns `true` for the file that is to be the book: the store names it by its whole path.
fn is_book(path: &Path, context: &Context) -> bool {
    std::path::absolute(&context.book).is_ok_and(|book| book == path)
}

/// The command that helps, if one does.
fn command(error: &StoreError) -> Option<Hint> {
    Some(match error {
        StoreError::Older { .. } => {
            command!("upgrade").because("upgrade it, which first makes a safety copy beside it")
        }
        StoreError::Busy { .. } => CommandLine::again()
            .because("nothing was recorded; close the other program, or try again in a moment"),
        StoreError::OutcomeUnknown { entry: None, .. } => {
            command!("upgrade").because("see which version it is, and finish the upgrade")
        }
        StoreError::OutcomeUnknown {
            entry: Some(entry), ..
        } => command!("log --last 5").because(format!("see whether entry {entry} was saved")),
        StoreError::Damaged { .. } | StoreError::Priority { .. } | StoreError::Sqlite { .. } => {
            command!("check").because("check it, and use a safety copy if it has a fault")
        }
        _ => return None,
    })
}
