//! [`FileOptions`]: the file to which an answer goes.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::context::Context;
use crate::failure::Stop;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct FileOptions {
    /// Save it as a new file instead of printing it; the ending gives the format, and - prints it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over the file if it exists; a book is never written over
    #[arg(long, requires = "output")]
    replace: bool,
}

impl FileOptions {
    /// The file, unless the answer is printed.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }

    /// Returns `true` if it is said where the answer goes, even if that is standard output.
    pub(crate) fn is_given(&self) -> bool {
        self.output.is_some()
    }

    /// Refuses a file that could not be written, before anything is recorded.
    pub(crate) fn validate(&self) -> Result<(), crg::Error> {
        match self.path() {
            Some(path) => output::must_be_writable(path, self.replace),
            None => Ok(()),
        }
    }

    /// Prints the answer, or saves it and says so on standard error.
    pub(crate) fn write(&self, bytes: &[u8], context: &Context) -> Result<(), Stop> {
        match self.path() {
            Some(path) => self.save(path, bytes, context),
            None => context.output.show(bytes),
        }
    }

    /// Saves an answer that no terminal shows, under this name unless another is given.
    pub(crate) fn write_or_save(
        &self,
        bytes: &[u8],
        name: &Path,
        context: &Context,
    ) -> Result<(), Stop> {
        if self.is_given() {
            self.write(bytes, context)
        } else {
            self.save(name, bytes, context)
        }
    }

    fn save(&self, path: &Path, bytes: &[u8], context: &Context) -> Result<(), Stop> {
        if self.replace {
            output::replace(path, bytes, &context.book)?;
        } else {
            output::to_file(path, bytes, &context.book)?;
        }
        context.output.note(&format!("saved as {}", path.display()));
        Ok(())
    }
}
