use clap::{Args, ValueEnum};
use clap_complete::env::Shells;

use crate::candidates::COMPLETE;
use crate::context::Context;
use crate::failure::{Exit, Failure, Stop};
use crate::output;

/// Print the script that lets a shell complete commands, options, projects and years
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  echo 'source <(crg completions bash)' >> ~/.bashrc
  echo 'source <(crg completions zsh)' >> ~/.zshrc
  crg completions fish > ~/.config/fish/completions/crg.fish
  crg completions powershell >> $PROFILE

Projects and years are those of the book: --db, $CRG_DB, or crg.db in the folder.")]
pub(crate) struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

impl Completions {
    pub(crate) fn run(&self, _: &Context) -> Result<(), Stop> {
        let name = self.shell.to_possible_value();
        let shells = Shells::builtins();
        let shell = name.and_then(|name| shells.completer(name.get_name()));
        let mut script = Vec::new();
        shell
            .map(|shell| shell.write_registration(COMPLETE, "crg", "crg", "crg", &mut script))
            .transpose()
            .map_err(|error| Failure::new(Exit::Bug, "output", error.to_string()))?;
        output::print(script)
    }
}
