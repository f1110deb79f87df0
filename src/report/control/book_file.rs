//! What a command did with the file of a book: made, loaded, copied, upgraded or written out.

use std::fmt::Display;

use crate::document::declare;
use crate::model::Names;

declare! {
    /// An empty book that was made.
    pub struct InitReport {
        /// Who holds the grant.
        pub partnership: String,
        /// Who gives it.
        pub funder: String,
        /// What the grant is called.
        pub grant: String,
        /// The file of the book, as it was named.
        pub file: String,
    }

    /// Entries that were loaded.
    pub struct LoadReport {
        /// `true` if it was tried only, and nothing was recorded.
        pub dry_run: bool,
        /// The file of the book, as it was named.
        pub file: String,
        /// `true` if there was no book before.
        pub created: bool,
        /// How many entries were loaded.
        pub entries: u64,
        /// `true` if the moments and fingerprints are those of `record.csv`.
        pub verified: bool,
        /// What deserves a second look, in words.
        pub notes: Vec<String>,
    }

    /// A safety copy that was made and checked.
    pub struct BackupReport {
        /// The file of the book, as it was named.
        pub file: String,
        /// The file of the copy.
        pub copy: String,
        /// `false` if the same copy was there already.
        pub made: bool,
    }

    /// A book that was upgraded, or is up to date.
    pub struct UpgradeReport {
        /// The file of the book, as it was named.
        pub file: String,
        /// The version it was, or `null` if it was up to date.
        pub from: Option<u32>,
        /// The version it is, or `null` if it was up to date.
        pub to: Option<u32>,
        /// The file with the book as it was, or `null` if it was up to date.
        pub copy: Option<String>,
    }

    /// The entries of a book that were written out.
    pub struct DumpReport {
        /// The file of the book, as it was named.
        pub file: String,
        /// The folder to which they were written.
        pub folder: String,
        /// How many entries were written.
        pub entries: u64,
    }
}

impl InitReport {
    /// An empty book, by its names.
    #[must_use]
    pub fn new(names: Names, file: impl Display) -> InitReport {
        InitReport {
            partnership: names.partnership,
            funder: names.funder,
            grant: names.grant,
            file: file.to_string(),
        }
    }
}

impl BackupReport {
    /// A safety copy of the book in a file.
    #[must_use]
    pub fn new(file: impl Display, copy: impl Display, made: bool) -> BackupReport {
        BackupReport {
            file: file.to_string(),
            copy: copy.to_string(),
            made,
        }
    }
}

impl UpgradeReport {
    /// A book that is up to date.
    #[must_use]
    pub fn up_to_date(file: impl Display) -> UpgradeReport {
        UpgradeReport {
            file: file.to_string(),
            from: None,
            to: None,
            copy: None,
        }
    }

    /// A book that was brought from one version to another, with a copy of it as it was.
    #[must_use]
    pub fn upgraded(file: impl Display, from: u32, to: u32, copy: impl Display) -> UpgradeReport {
        UpgradeReport {
            from: Some(from),
            to: Some(to),
            copy: Some(copy.to_string()),
            ..UpgradeReport::up_to_date(file)
        }
    }
}

impl DumpReport {
    /// The entries of the book in a file, written to a folder.
    #[must_use]
    pub fn new(file: impl Display, folder: impl Display, entries: u64) -> DumpReport {
        DumpReport {
            file: file.to_string(),
            folder: folder.to_string(),
            entries,
        }
    }
}
