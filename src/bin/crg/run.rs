//! What each command does.

use std::path::Path;

use crg::book::{Book, Keep, LogFilter, load};
use crg::error::Error;
use crg::fingerprint::Fingerprint;
use crg::id::EntryNumber;
use crg::journal::Lens;
use crg::kind::{Column, Kind};
use crg::publish;
use crg::report::{Finding, Kinship, Period, counted};
use crg::sheet::Folder;
use crg::store::{Access, Names};
use crg::year::{FinancialYear, Quarter};

use crate::args::{
    Command, ExportCommand, Issue, Measured, Paid, Plain, ProjectCommand, ReportCommand, SpendCommand, WithAmount, YearCommand,
};
use crate::ask::{Answer, Ask, open};
use crate::draft::{RowOf, Write};
use crate::explain::{BAD_COMMAND_LINE, DONE, Failure, REFUSED};
use crate::recorded::{self, record};
use crate::surroundings::Surroundings;
use crate::{demo, issued, ledger, render};

/// Runs a command; says its exit code.
pub(crate) fn run(command: &Command, around: &Surroundings) -> Result<u8, Failure> {
    match command {
        Command::Pot { year, ask } => drop(ask.answer(around, |book| book.pot(ask.year(*year, around), ask.lens(around)))?),
        Command::Page { year, ask } => {
            let (page, origin) = open(around)?.asked(ask.known_at, |book| book.page(ask.year(*year, around), ask.lens(around)))?;
            ask.show.page(&page, origin, around)?;
        }
        Command::Status { ask } => status(ask, around)?,
        Command::Year(command) => year(command, around)?,
        Command::Project(command) => project(command, around)?,
        Command::Spend(command) => spend(command, around)?,
        Command::Report(command) => report(command, around)?,
        Command::Reconcile { explain: Some(entry), write, .. } => about(Kind::Explain, *entry, write, around)?,
        Command::Reconcile { write, .. } if write.is_used() => {
            return Err(Failure::new(BAD_COMMAND_LINE, "--on, --reference, --note, --override and --dry-run go with --explain"));
        }
        Command::Reconcile { year, extract, map: Some(map), ask, .. } => {
            return ledger::reconcile(ask.year(*year, around), extract, map, ask, around);
        }
        Command::Reconcile { year, ask, .. } => return reconcile(*year, ask, around),
        Command::Check { file, head, strict, show } => return check(file.as_deref(), *head, *strict, show, around),
        Command::Export(ExportCommand::Journal { year, reader, as_at, known_at, output }) => {
            let lens = Lens { as_at: as_at.unwrap_or(around.today), known_at: *known_at };
            let journal = publish::journal(&open(around)?.transactions(*year, lens)?, reader.reader());
            match output {
                Some(path) => render::to_file(path, journal.as_bytes())?,
                None => render::out(&journal)?,
            }
        }
        Command::Backup { to } => back_up(to.as_deref(), around)?,
        Command::Upgrade => upgrade(around)?,
        Command::Compare { a, b, show } => return compare(a, b, show, around),
        Command::Log { head: true, .. } => render::out(format!("{}\n", open(around)?.head()?))?,
        Command::Log { year, project, last, known_at, show, .. } => {
            let filter = LogFilter { year: *year, project: project.clone(), known_at: *known_at, last: *last };
            let (log, origin) = open(around)?.asked(*known_at, |book| book.log(&filter))?;
            show.answer(&log, origin, around)?;
        }
        Command::Reverse { entry, write } => about(Kind::Reverse, *entry, write, around)?,
        Command::Load { folder, dry_run } => load_folder(folder, *dry_run, around)?,
        Command::Dump { folder } => {
            let count = open(around)?.dump(folder)?;
            render::confirm(&format!("Wrote {count} entries to {}.\n", folder.display()));
        }
        Command::Init { partnership, funder } => init(partnership, funder, around)?,
        Command::Demo { file } => demo::demo(file, around)?,
    }
    Ok(DONE)
}

fn report(command: &ReportCommand, around: &Surroundings) -> Result<(), Failure> {
    match command {
        ReportCommand::Pot { year, ask } => ask.paper(around, |book| book.pot(ask.year(*year, around), ask.lens(around))).map(drop),
        ReportCommand::Quarter { year, quarter, issue, ask } => self::quarter(year.zip(*quarter), issue, ask, around),
        ReportCommand::YearEnd { year, since: Some(since), ask } => {
            ask.paper(around, |book| book.year_end_since(*year, *since, ask.lens(around), around.now)).map(drop)
        }
        ReportCommand::YearEnd { year, ask, .. } if ask.show.is_workbook() => {
            ask.paper(around, |book| book.year_end_workbook(*year, ask.lens(around))).map(drop)
        }
        ReportCommand::YearEnd { year, ask, .. } => ask.paper(around, |book| book.year_end(*year, ask.lens(around))).map(drop),
        ReportCommand::Decisions { year, ask } => ask.paper(around, |book| book.decisions(*year, ask.lens(around))).map(drop),
        ReportCommand::Priorities { year, ask } => ask.paper(around, |book| book.priorities(*year, ask.lens(around))).map(drop),
        ReportCommand::Update { year, since, ask } => ask.paper(around, |book| book.update(*year, *since, ask.lens(around))).map(drop),
        ReportCommand::Forecast { year, ask } => ask.paper(around, |book| book.forecast(*year, ask.lens(around))).map(drop),
        ReportCommand::Monitoring { year, period, ask } => monitoring(*year, *period, ask, around),
        ReportCommand::Remittance { year, reference, ask } => {
            ask.paper(around, |book| book.remittance(*year, reference.as_deref(), ask.lens(around))).map(drop)
        }
    }
}

/// A quarter's report, shown or issued: without a quarter, of the last that was over.
fn quarter(asked: Option<(FinancialYear, Quarter)>, issue: &Issue, ask: &Ask, around: &Surroundings) -> Result<(), Failure> {
    let (year, quarter) = asked.unwrap_or_else(|| FinancialYear::last_quarter_before(ask.lens(around).as_at));
    match issue.issue {
        true => issued::issue(year, quarter, issue, ask, around),
        false => ask.paper(around, |book| book.quarter(year, quarter, ask.lens(around))).map(drop),
    }
}

fn monitoring(year: FinancialYear, period: Period, ask: &Ask, around: &Surroundings) -> Result<(), Failure> {
    let lens = Lens { as_at: ask.as_at.unwrap_or(period.as_at(year, around.today)), known_at: ask.known_at };
    let report = ask.paper(around, |book| book.monitoring(year, period, lens))?;
    if let (Some(project), true) = (report.unexplained().next(), ask.show.is_for_people()) {
        render::hint(&format!("{} project forecast {project} AMOUNT --year {year} --note \"why\"", around.program));
    }
    Ok(())
}

fn status(ask: &Ask, around: &Surroundings) -> Result<(), Failure> {
    let report = ask.answer(around, |book| book.status(ask.lens(around)))?;
    if !ask.show.is_for_people() {
        return Ok(());
    }
    let mut next = Vec::new();
    for year in &report.years {
        next.extend((year.pending > 0).then(|| format!("{} project list {}", around.program, year.year)));
        next.extend((year.unexplained > 0).then(|| format!("{} reconcile {}", around.program, year.year)));
        next.extend(year.overdue.then(|| format!("{} year show {}", around.program, year.year)));
    }
    if !next.is_empty() {
        render::hint(&next.join("; "));
    }
    Ok(())
}

fn reconcile(year: Option<FinancialYear>, ask: &Ask, around: &Surroundings) -> Result<u8, Failure> {
    let report = ask.answer(around, |book| book.reconcile(ask.year(year, around), ask.lens(around)))?;
    let Some(row) = report.rows.iter().find(|row| row.is_unexplained()) else { return Ok(DONE) };
    let next = format!("next: crg reconcile {} --explain {} --note \"why\"", report.year, row.entry);
    Err(Failure::new(REFUSED, format!("not reconciled: {} without an explanation\n{next}", counted(report.unexplained, "difference"))))
}

fn check(file: Option<&Path>, head: Option<Fingerprint>, strict: bool, show: &Answer, around: &Surroundings) -> Result<u8, Failure> {
    let report = Book::open(file.unwrap_or(&around.book), Access::Read)?.check_since(head);
    show.show(&report, around)?;
    match report.worst() {
        Finding::Fault if report.is_only("head") => Err(Failure::new(
            REFUSED,
            "check: the book agrees with itself, but does not have that fingerprint\nnext: read the fingerprint again, letter by letter; then hold the book against a copy of that time: crg compare COPY BOOK",
        )),
        Finding::Fault => {
            Err(Failure::new(REFUSED, "check: the book has faults\nnext: use a safety copy, and keep this file to find out what happened"))
        }
        Finding::Warning if strict => Err(Failure::new(REFUSED, "check: with --strict, warnings count")),
        _ => Ok(DONE),
    }
}

fn back_up(to: Option<&Path>, around: &Surroundings) -> Result<(), Failure> {
    let name = around.book.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let file = format!("{name}-{}.db", around.now.compact());
    let path = to.map_or_else(|| around.book.with_file_name(&file), |folder| folder.join(&file));
    open(around)?.back_up(&path)?;
    render::confirm(&format!("Made a safety copy and checked it: {}.\n", path.display()));
    Ok(())
}

fn upgrade(around: &Surroundings) -> Result<(), Failure> {
    let book = around.book.display();
    match Book::upgrade(&around.book)? {
        None => render::confirm(&format!("{book} is of this program's version; nothing was changed.\n")),
        Some(upgraded) => render::confirm(&format!(
            "Upgraded {book} from version {} to {}; every entry is as it was. Beside it the book as it was: {}.\n",
            upgraded.from,
            upgraded.to,
            upgraded.copy.file_name().unwrap_or_default().display()
        )),
    }
    Ok(())
}

fn compare(a: &Path, b: &Path, show: &Answer, around: &Surroundings) -> Result<u8, Failure> {
    let mut report = Book::open(a, Access::Read)?.compare(&Book::open(b, Access::Read)?)?;
    // Named as they were asked for.
    (report.a.file, report.b.file) = (a.display().to_string(), b.display().to_string());
    show.show(&report, around)?;
    Ok(if report.kinship == Kinship::Same { DONE } else { REFUSED })
}

/// Records an entry about another, in the year of that one.
fn about(kind: Kind, entry: EntryNumber, write: &Write, around: &Surroundings) -> Result<(), Failure> {
    let Some(named) = open(around)?.entry(entry)? else {
        return Err(Error::NoSuchEntry { entry }.into());
    };
    // Both take effect on the day of what they speak of.
    let (entry, on) = (entry.to_string(), named.on.to_string());
    RowOf::new(kind, named.year, write, around).set(Column::Reference, &entry).on(&on).record(around)
}

fn load_folder(folder: &Path, dry_run: bool, around: &Surroundings) -> Result<(), Failure> {
    let keep = if dry_run { Keep::No } else { Keep::Yes };
    // Where there is no book yet, load says what is wrong with its place.
    let before = open(around).and_then(|book| issued::last(&book)).ok();
    let loaded = load(&around.book, Folder::At(folder), &around.by, around.now, keep)?;
    let did = if dry_run { "Would record" } else { "Recorded" };
    let place = if loaded.created { "a new book" } else { "the book" };
    let verified = if loaded.verified { " Every fingerprint is as it was." } else { "" };
    let priorities = if folder.join("priorities.csv").exists() { " and the folder's priorities" } else { "" };
    render::confirm(&format!("{did} {} entries{priorities} in {place}, {}.{verified}\n", loaded.entries, around.book.display()));
    if let (Some(last), Ok(book)) = (before, open(around)) {
        issued::note_changes_since(&book, last);
    }
    Ok(())
}

fn init(partnership: &Option<String>, funder: &Option<String>, around: &Surroundings) -> Result<(), Failure> {
    let usual = Names::usual();
    let names = Names { partnership: partnership.clone().unwrap_or(usual.partnership), funder: funder.clone().unwrap_or(usual.funder) };
    Book::init(&around.book, &names)?;
    let next = format!("{} year open {} --upfront AMOUNT --tactical AMOUNT", around.program, FinancialYear::of(around.today));
    render::confirm(&format!("Made an empty book for {}, {}.\n", names.partnership, around.book.display()));
    render::hint(&next);
    Ok(())
}

fn year(command: &YearCommand, around: &Surroundings) -> Result<(), Failure> {
    let row = |kind, year: &FinancialYear, write| RowOf::new(kind, *year, write, around);
    match command {
        YearCommand::Show { year, ask } => ask.answer(around, |book| book.year(ask.year(*year, around), ask.lens(around))).map(drop),
        YearCommand::Open { year, upfront, tactical, write } => {
            // Each amount goes through the gate of an allocation to its pot.
            let allocate = |amount, pot| row(Kind::Allocate, year, write).set(Column::Amount, amount).set(Column::Pot, pot).draft();
            let (upfront, tactical) = (allocate(upfront, "upfront")?, allocate(tactical, "tactical")?);
            record(around, write, |book, keep| book.open_year([upfront, tactical], around.now, keep))
        }
        YearCommand::Allocate { year, amount, pot, write } => {
            row(Kind::Allocate, year, write).set(Column::Amount, amount).set(Column::Pot, pot).record(around)
        }
        YearCommand::Confirm { year, write } => row(Kind::Confirm, year, write).record(around),
        YearCommand::Cut { year, amount, pot, write } => {
            row(Kind::Cut, year, write).set(Column::Amount, amount).set(Column::Pot, pot).record(around)
        }
        YearCommand::Release { year, write } => row(Kind::Release, year, write).record(around),
        YearCommand::Receive { year, amount, write } => row(Kind::Receive, year, write).set(Column::Amount, amount).record(around),
        YearCommand::Return { year, amount: None, write, .. } => recorded::return_all(&write.return_all(*year, around), write, around),
        YearCommand::Return { year, amount, holder, write } => row(Kind::Return, year, write)
            .text(Column::Amount, amount)
            .text(Column::Pot, &holder.pot)
            .text(Column::Project, &holder.project)
            .record(around),
        YearCommand::Close { year, write } => row(Kind::Close, year, write).record(around),
        YearCommand::Reopen { year, write } => row(Kind::Reopen, year, write).record(around),
    }
}

fn project(command: &ProjectCommand, around: &Surroundings) -> Result<(), Failure> {
    let plain = |kind, args: &Plain| {
        RowOf::new(kind, args.of.year(&args.write, around), &args.write, around).set(Column::Project, &args.project).record(around)
    };
    let with_amount = |kind, args: &WithAmount| {
        let row = RowOf::new(kind, args.of.year(&args.write, around), &args.write, around);
        row.set(Column::Project, &args.project).set(Column::Amount, &args.amount).record(around)
    };
    let measured = |kind, args: &Measured| {
        let row = RowOf::new(kind, args.of.year(&args.write, around), &args.write, around);
        row.set(Column::Project, &args.project).set(Column::Measure, &args.measure).set(Column::Value, &args.value).record(around)
    };
    match command {
        ProjectCommand::List { year, ask } => ask.answer(around, |book| book.projects(ask.year(*year, around), ask.lens(around))).map(drop),
        ProjectCommand::Show { project, year, ask } => {
            ask.answer(around, |book| book.project(ask.year(*year, around), project, ask.lens(around))).map(drop)
        }
        ProjectCommand::Propose { project, pot, amount, title, lead, priorities, of, write } => {
            let row = RowOf::new(Kind::Propose, of.year(write, around), write, around).set(Column::Project, project).set(Column::Pot, pot);
            row.set(Column::Amount, amount)
                .set(Column::Title, title)
                .set(Column::Lead, lead)
                .text(Column::Priorities, priorities)
                .record(around)
        }
        ProjectCommand::Amend { project, amount, title, lead, priorities, of, write } => {
            let row =
                RowOf::new(Kind::Amend, of.year(write, around), write, around).set(Column::Project, project).text(Column::Amount, amount);
            row.text(Column::Title, title).text(Column::Lead, lead).text(Column::Priorities, priorities).record(around)
        }
        ProjectCommand::Recommend(args) | ProjectCommand::Submit(args) => {
            let kind = if matches!(command, ProjectCommand::Submit(_)) { Kind::Submit } else { Kind::Recommend };
            let row = RowOf::new(kind, args.of.year(&args.write, around), &args.write, around);
            row.set(Column::Project, &args.project).text(Column::Amount, &args.amount).record(around)
        }
        ProjectCommand::Decline(args) => plain(Kind::Decline, args),
        ProjectCommand::Endorse(args) => plain(Kind::Endorse, args),
        ProjectCommand::Approve(args) => with_amount(Kind::Approve, args),
        ProjectCommand::Reject(args) => plain(Kind::Reject, args),
        ProjectCommand::Increase(args) => with_amount(Kind::Increase, args),
        ProjectCommand::Reduce(args) => with_amount(Kind::Reduce, args),
        ProjectCommand::Withdraw(args) => plain(Kind::Withdraw, args),
        ProjectCommand::Complete(args) => plain(Kind::Complete, args),
        ProjectCommand::Progress(args) => plain(Kind::Progress, args),
        ProjectCommand::Target(args) => measured(Kind::Target, args),
        ProjectCommand::Outcome(args) => measured(Kind::Outcome, args),
        ProjectCommand::Forecast(args) => with_amount(Kind::Forecast, args),
    }
}

fn spend(command: &SpendCommand, around: &Surroundings) -> Result<(), Failure> {
    let paid = |kind, args: &Paid| {
        let row = RowOf::new(kind, args.of.year(&args.write, around), &args.write, around).set(Column::Project, &args.project);
        row.set(Column::Amount, &args.amount).text(Column::Supplier, &args.supplier).text(Column::Vat, &args.vat).record(around)
    };
    match command {
        SpendCommand::List { year, project, ask } => {
            ask.answer(around, |book| book.spend(ask.year(*year, around), project.as_ref(), ask.lens(around))).map(drop)
        }
        SpendCommand::Add(args) => paid(Kind::Spend, args),
        SpendCommand::Refund(args) => paid(Kind::Refund, args),
        SpendCommand::Import(args) => ledger::import(args, around),
    }
}
