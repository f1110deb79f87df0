//! What is wrong with a file as a workbook.

/// What is wrong with a file as a workbook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookFault {
    /// It is in the binary format that Excel wrote before 2007.
    #[error("is a workbook from before Excel 2007; save it as .xlsx or as CSV UTF-8")]
    Old,
    /// It begins like a workbook and is none.
    #[error("is not a workbook that can be read: {detail}")]
    Unreadable {
        /// What the reader says.
        detail: String,
    },
    /// Part of it is damaged.
    #[error("is a damaged workbook{}", .detail.as_ref().map(|it| format!(": {it}")).unwrap_or_default())]
    Damaged {
        /// What is damaged, if known.
        detail: Option<String>,
    },
    /// It has no sheet.
    #[error("has no sheet")]
    NoSheets,
    /// It has no sheet of the name that the map gives.
    #[error("has no sheet {name:?}; its sheets are {}", present.join(", "))]
    NoSuchSheet {
        /// The name that the map gives.
        name: String,
        /// The sheets it has.
        present: Vec<String>,
    },
    /// The cells of the sheet hold too much text.
    #[error("has more than {} MiB of text, the limit", limit >> 20)]
    TooMuchText {
        /// The most bytes.
        limit: usize,
    },
    /// It unpacks to too many bytes.
    #[error("unpacks to more than {} MiB, the limit", limit >> 20)]
    TooLarge {
        /// The most bytes.
        limit: u64,
    },
    /// A part that names other parts is too large.
    #[error(
        "has more than {} KiB of {part}; copy the sheet to a new workbook, or save it as CSV UTF-8",
        limit >> 10
    )]
    PartTooLarge {
        /// The part.
        part: &'static str,
        /// The most bytes.
        limit: u64,
    },
}

impl WorkbookFault {
    /// The fault of a file that begins like a workbook and is none.
    pub(crate) fn unreadable(detail: impl std::fmt::Display) -> WorkbookFault {
        WorkbookFault::Unreadable {
            detail: detail.to_string(),
        }
    }

    /// The fault of a damaged workbook.
    pub(crate) fn damaged(detail: impl std::fmt::Display) -> WorkbookFault {
        WorkbookFault::Damaged {
            detail: Some(detail.to_string()),
        }
    }
}
