//! [`SettingsOptions`]: what papers say that the book does not know.

use std::path::PathBuf;

use clap::Args;
use crg::Error;
use crg::document::Settings;
use crg::import::read_settings;

use crate::context::Context;
use crate::hint::command;

/// The name of the settings file beside the book.
const BESIDE: &str = "paper.toml";

#[derive(Debug, Args)]
pub(crate) struct SettingsOptions {
    /// What the paper says that the book does not know; defaults to paper.toml beside the book
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

impl SettingsOptions {
    /// The settings, if there is a file of them.
    pub(crate) fn read(&self, context: &Context) -> Result<Option<Settings>, Error> {
        match &self.settings {
            Some(file) => read_settings(file).map(Some).map_err(Error::Settings),
            None => SettingsOptions::beside(context),
        }
    }

    /// The settings beside the book, if there are any.
    pub(crate) fn beside(context: &Context) -> Result<Option<Settings>, Error> {
        let beside = context.book.with_file_name(BESIDE);
        let settings = beside.exists().then(|| read_settings(&beside));
        settings.transpose().map_err(Error::Settings)
    }
}

/// Says how to make the settings that a paper was made without.
pub(crate) fn suggest_settings(context: &Context) {
    let beside = context.book.with_file_name(BESIDE);
    let template = command!("template paper --output {}", beside.display());
    let reason = "have a settings file written, and fill in what the paper leaves open";
    context.output.next(&template.because(reason));
}
