//! Writes a book of a given size to `FOLDER/entries.csv`: `generate FIRST YEARS PROJECTS ENTRIES
//! FOLDER`. FIRST is the calendar year in which the first grant year begins; PROJECTS and ENTRIES
//! are per year.
#![expect(
    clippy::disallowed_methods,
    reason = "a separate program, which reads its own command line"
)]

mod books;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [first, years, projects, entries, folder] = arguments.as_slice() else {
        return Err("expected FIRST YEARS PROJECTS ENTRIES FOLDER".into());
    };
    let size = books::Size {
        first: first.parse()?,
        years: years.parse()?,
        projects: projects.parse()?,
        entries: entries.parse()?,
    };
    std::fs::create_dir_all(folder)?;
    Ok(std::fs::write(
        Path::new(folder).join("entries.csv"),
        books::entries(size),
    )?)
}
