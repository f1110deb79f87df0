use crate::context::Context;
use crate::failure::Stop;
use crate::options::write::WriteOptions;
use crate::recording::record;
use clap::Args;
use crg::model::{Column, NameOf};
use crg::{Draft, Error, FinancialYear, Kind};

/// Record what the partnership, the funder or the grant is called from a year on
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  crg year name 2026/27 --partnership \"Kent and Medway Community Safety Partnership\"
  crg year name 2026/27 --funder \"Kent County Council\" --grant \"Community Safety Grant\"

Reports of this year and later ones have the new name; those of earlier years keep theirs.")]
pub(crate) struct Name {
    /// The first grant year with the name
    year: FinancialYear,
    #[command(flatten)]
    names: Names,
    #[command(flatten)]
    write: WriteOptions,
}

/// The names: at least one.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct Names {
    /// Who holds the grant
    #[arg(long, value_name = "NAME")]
    partnership: Option<String>,
    /// Who gives it
    #[arg(long, value_name = "NAME")]
    funder: Option<String>,
    /// The grant
    #[arg(long, value_name = "NAME")]
    grant: Option<String>,
}

impl Name {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Stop> {
        let how = self.write.recording();
        let drafts = self.drafts(context)?;
        record(context, how, |book| {
            book.record(drafts, context.now, how.commit)
        })
    }

    fn drafts(&self, context: &Context) -> Result<Vec<Draft>, Error> {
        let Names {
            partnership,
            funder,
            grant,
        } = &self.names;
        let given = [
            (NameOf::Partnership, partnership),
            (NameOf::Funder, funder),
            (NameOf::Grant, grant),
        ];
        let given = given
            .into_iter()
            .filter_map(|(of, name)| Some((of, name.as_ref()?)));
        let draft = |(of, name): (NameOf, &String)| {
            self.write
                .form(Kind::Name, self.year, context)
                .set(Column::Measure, of.as_str())
                .set(Column::Title, name)
                .draft()
        };
        given.map(draft).collect()
    }
}
