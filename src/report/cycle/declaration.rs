//! [`Declaration`]: what the chief finance officer signs, and who it is.

use std::fmt;

use crate::document::{OfficerSettings, Text, text};
use crate::model::{Date, Entry, EntryNumber, Moment};
use crate::report::cycle::certified::CertifiedReport;
use crate::report::cycle::fact::Fact;

/// The chief finance officer, as the note of a `certify` entry names them.
///
/// ```
/// use crg::report::Officer;
///
/// let officer = Officer::new("A. Person", "Chief Finance Officer")?;
/// assert_eq!(officer.to_string(), "A. Person, Chief Finance Officer");
/// assert_eq!(Officer::of_note("A. Person, Chief Finance Officer; by e-mail"), officer);
/// # Ok::<(), crg::report::OfficerError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Officer {
    /// The name; it has no comma.
    pub name: String,
    /// The post; it has no semicolon.
    pub post: String,
}

/// An officer whose name or post could not be told apart in a note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfficerError {
    /// A comma ends the name.
    #[error("the name {0:?} has a comma; write it without, such as A. Person")]
    CommaInName(String),
    /// A semicolon ends the post.
    #[error("the post {0:?} has a semicolon; write it without")]
    SemicolonInPost(String),
}

impl Officer {
    /// An officer by name and post.
    ///
    /// # Errors
    ///
    /// An [`OfficerError`] if a note could not tell the two apart.
    pub fn new(name: &str, post: &str) -> Result<Officer, OfficerError> {
        let (name, post) = (name.trim().to_owned(), post.trim().to_owned());
        if name.contains(',') {
            return Err(OfficerError::CommaInName(name));
        }
        if post.contains(';') {
            return Err(OfficerError::SemicolonInPost(post));
        }
        Ok(Officer { name, post })
    }

    /// The officer whom a note names: the name up to the first comma, the post up to the semicolon
    /// after it. Without a comma, all of it is the name.
    pub fn of_note(note: &str) -> Officer {
        let (name, rest) = note.split_once(',').unwrap_or((note, ""));
        let post = rest.split(';').next().unwrap_or_default();
        Officer {
            name: name.trim().to_owned(),
            post: post.trim().to_owned(),
        }
    }
}

impl fmt::Display for Officer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.name, self.post)
    }
}

/// The record that a report was certified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The `certify` entry.
    pub entry: EntryNumber,
    /// The day that the certified report speaks of.
    pub as_at: Date,
    /// When that was recorded.
    pub recorded: Moment,
    /// Who certified it.
    pub officer: Officer,
    /// Whether it is exactly this report that was certified.
    pub is_exact: bool,
}

impl Certificate {
    /// The certificate that an entry records.
    pub(crate) fn new(entry: &Entry, is_exact: bool) -> Certificate {
        Certificate {
            entry: entry.number,
            as_at: entry.on,
            recorded: entry.recorded,
            officer: Officer::of_note(entry.note.as_deref().unwrap_or_default()),
            is_exact,
        }
    }
}

/// What the chief finance officer signs at the end of a report. It is part of no JSON, so that the
/// report that was certified stays the same to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The report.
    pub report: CertifiedReport,
    /// The certificate of exactly this report, or else the last one of the report in another state.
    pub certificate: Option<Certificate>,
}

impl Declaration {
    /// The declaration of a report that nobody has certified.
    pub fn unsigned(report: CertifiedReport) -> Declaration {
        Declaration {
            report,
            certificate: None,
        }
    }

    /// What is declared.
    pub(crate) fn sentence(&self) -> Text {
        let noun = self.report.noun();
        text! {
            "To the best of my knowledge, this ", noun, " is complete and correct, and agrees with the ",
            "accounting records. The money was spent for the purposes of the grant and in line with ",
            "its conditions."
        }
    }

    /// Where it is signed: filled in from the certificate, or else with who usually signs.
    pub(crate) fn lines(&self, usual: &OfficerSettings) -> [Fact; 4] {
        let exact = self.certificate.as_ref().filter(|it| it.is_exact);
        let Some(certificate) = exact else {
            return [
                Fact::new("Name", text![usual.name.as_ref()]),
                Fact::new("Post", text![usual.post.as_ref()]),
                Fact::new("Signature", ""),
                Fact::new("Date", ""),
            ];
        };
        let officer = &certificate.officer;
        [
            Fact::new("Name", text![&officer.name]),
            Fact::new("Post", text![&officer.post]),
            Fact::new(
                "Signature",
                text!["Certified on record: entry ", certificate.entry],
            ),
            Fact::new("Date", certificate.recorded.date()),
        ]
    }

    /// Says that it is another state of the report that was certified.
    pub(crate) fn note(&self) -> Option<Text> {
        let other = self.certificate.as_ref().filter(|it| !it.is_exact)?;
        Some(text! {
            "Entry ", other.entry, " of ", other.recorded.date(), " certifies this ",
            self.report.noun(), " as at ", other.as_at, ", as it was then. What it says here is not ",
            "certified."
        })
    }
}
