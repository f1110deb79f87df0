//! What each command does.

use std::path::Path;

use crg::book::{Book, Commit, LogFilter, load};
use crg::document::counted;
use crg::error::Error;
use crg::fold::Lens;
use crg::format as publish;
use crg::import::Folder;
use crg::model::{Column, EntryNumber, Fingerprint, Kind};
use crg::model::{FinancialYear, Quarter};
use crg::report::{Finding, Kinship, Period};
use crg::store::{Access, Names};

use crate::args::{
    Command, ExportCommand, Issue, Measured, Paid, Plain, ProjectCommand, ReportCommand,
    SpendCommand, WithAmount, YearCommand,
};
use crate::context::Context;
use crate::draft::{RowOf, Write};
use crate::failure::{BAD_COMMAND_LINE, DONE, Failure, REFUSED};
use crate::query::{Answer, Ask, open};
use crate::record_output::{self, record};
use crate::{demo, issued, ledger, render};

/// Runs a command; says its exit code.
pub(crate) fn run(command: &Command, context: &Context) -> Result<u8, Failure> {
    match command {
        Command::Pot { year, ask } => drop(ask.answer(context, |book| {
            book.pot(ask.year(*year, context), ask.lens(context))
        })?),
        Command::Page { year, ask } => {
            let (page, origin) = open(context)?.with_origin(ask.known_at, |book| {
                book.page(ask.year(*year, context), ask.lens(context))
            })?;
            ask.show.page(&page, origin, context)?;
        }
        Command::Status { ask } => status(ask, context)?,
        Command::Year(command) => year(command, context)?,
        Command::Project(command) => project(command, context)?,
        Command::Spend(command) => spend(command, context)?,
        Command::Report(command) => report(command, context)?,
        Command::Reconcile {
            explain: Some(entry),
            write,
            ..
        } => about(Kind::Explain, *entry, write, context)?,
        Command::Reconcile { write, .. } if write.is_used() => {
            return Err(Failure::new(
                BAD_COMMAND_LINE,
                "--on, --reference, --note, --override and --dry-run go with --explain",
            ));
        }
        Command::Reconcile {
            year,
            extract,
            map: Some(map),
            ask,
            ..
        } => {
            return ledger::reconcile(ask.year(*year, context), extract, map, ask, context);
        }
        Command::Reconcile { year, ask, .. } => return reconcile(*year, ask, context),
        Command::Check {
            file,
            head,
            strict,
            show,
        } => return check(file.as_deref(), *head, *strict, show, context),
        Command::Export(ExportCommand::Journal {
            year,
            reader,
            as_at,
            known_at,
            output,
        }) => {
            let lens = Lens {
                as_at: as_at.unwrap_or(context.today),
                known_at: *known_at,
            };
            let journal =
                publish::journal(&open(context)?.transactions(*year, lens)?, reader.reader());
            match output {
                Some(path) => render::to_file(path, journal.as_bytes())?,
                None => render::out(&journal)?,
            }
        }
        Command::Backup { to } => back_up(to.as_deref(), context)?,
        Command::Upgrade => upgrade(context)?,
        Command::Compare { a, b, show } => return compare(a, b, show, context),
        Command::Log { head: true, .. } => render::out(format!("{}\n", open(context)?.head()?))?,
        Command::Log {
            year,
            project,
            last,
            known_at,
            show,
            ..
        } => {
            let filter = LogFilter {
                year: *year,
                project: project.clone(),
                known_at: *known_at,
                last: *last,
            };
            let (log, origin) = open(context)?.with_origin(*known_at, |book| book.log(&filter))?;
            show.answer(&log, origin, context)?;
        }
        Command::Reverse { entry, write } => about(Kind::Reverse, *entry, write, context)?,
        Command::Load { folder, dry_run } => load_folder(folder, *dry_run, context)?,
        Command::Dump { folder } => {
            let count = open(context)?.dump(folder)?;
            render::confirm(&format!("Wrote {count} entries to {}.\n", folder.display()));
        }
        Command::Init {
            partnership,
            funder,
        } => init(partnership, funder, context)?,
        Command::Demo { file } => demo::demo(file, context)?,
    }
    Ok(DONE)
}

fn report(command: &ReportCommand, context: &Context) -> Result<(), Failure> {
    match command {
        ReportCommand::Pot { year, ask } => ask
            .paper(context, |book| {
                book.pot(ask.year(*year, context), ask.lens(context))
            })
            .map(drop),
        ReportCommand::Quarter {
            year,
            quarter,
            issue,
            ask,
        } => self::quarter(year.zip(*quarter), issue, ask, context),
        ReportCommand::YearEnd {
            year,
            since: Some(since),
            ask,
        } => ask
            .paper(context, |book| {
                book.year_end_since(*year, *since, ask.lens(context), context.now)
            })
            .map(drop),
        ReportCommand::YearEnd { year, ask, .. } if ask.show.is_workbook() => ask
            .paper(context, |book| {
                book.year_end_workbook(*year, ask.lens(context))
            })
            .map(drop),
        ReportCommand::YearEnd { year, ask, .. } => ask
            .paper(context, |book| book.year_end(*year, ask.lens(context)))
            .map(drop),
        ReportCommand::Decisions { year, ask } => ask
            .paper(context, |book| book.decisions(*year, ask.lens(context)))
            .map(drop),
        ReportCommand::Priorities { year, ask } => ask
            .paper(context, |book| book.priorities(*year, ask.lens(context)))
            .map(drop),
        ReportCommand::Update { year, since, ask } => ask
            .paper(context, |book| {
                book.update(*year, *since, ask.lens(context))
            })
            .map(drop),
        ReportCommand::Forecast { year, ask } => ask
            .paper(context, |book| book.forecast(*year, ask.lens(context)))
            .map(drop),
        ReportCommand::Monitoring { year, period, ask } => monitoring(*year, *period, ask, context),
        ReportCommand::Remittance {
            year,
            reference,
            ask,
        } => ask
            .paper(context, |book| {
                book.remittance(*year, reference.as_deref(), ask.lens(context))
            })
            .map(drop),
    }
}

/// A quarter's report, shown or issued: without a quarter, of the last that was over.
fn quarter(
    asked: Option<(FinancialYear, Quarter)>,
    issue: &Issue,
    ask: &Ask,
    context: &Context,
) -> Result<(), Failure> {
    let (year, quarter) =
        asked.unwrap_or_else(|| FinancialYear::last_quarter_before(ask.lens(context).as_at));
    match issue.issue {
        true => issued::issue(year, quarter, issue, ask, context),
        false => ask
            .paper(context, |book| {
                book.quarter(year, quarter, ask.lens(context))
            })
            .map(drop),
    }
}

fn monitoring(
    year: FinancialYear,
    period: Period,
    ask: &Ask,
    context: &Context,
) -> Result<(), Failure> {
    let lens = Lens {
        as_at: ask.as_at.unwrap_or(period.as_at(year, context.today)),
        known_at: ask.known_at,
    };
    let report = ask.paper(context, |book| book.monitoring(year, period, lens))?;
    if let (Some(project), true) = (report.unexplained().next(), ask.show.is_for_people()) {
        render::hint(&format!(
            "{} project forecast {project} AMOUNT --year {year} --note \"why\"",
            context.program
        ));
    }
    Ok(())
}

fn status(ask: &Ask, context: &Context) -> Result<(), Failure> {
    let report = ask.answer(context, |book| book.status(ask.lens(context)))?;
    if !ask.show.is_for_people() {
        return Ok(());
    }
    let mut next = Vec::new();
    for year in &report.years {
        next.extend(
            (year.pending > 0).then(|| format!("{} project list {}", context.program, year.year)),
        );
        next.extend(
            (year.unexplained > 0).then(|| format!("{} reconcile {}", context.program, year.year)),
        );
        next.extend(
            year.overdue
                .then(|| format!("{} year show {}", context.program, year.year)),
        );
    }
    if !next.is_empty() {
        render::hint(&next.join("; "));
    }
    Ok(())
}

fn reconcile(year: Option<FinancialYear>, ask: &Ask, context: &Context) -> Result<u8, Failure> {
    let report = ask.answer(context, |book| {
        book.reconcile(ask.year(year, context), ask.lens(context))
    })?;
    let Some(row) = report.rows.iter().find(|row| row.is_unexplained()) else {
        return Ok(DONE);
    };
    let next = format!(
        "next: crg reconcile {} --explain {} --note \"why\"",
        report.year, row.entry
    );
    Err(Failure::new(
        REFUSED,
        format!(
            "not reconciled: {} without an explanation\n{next}",
            counted(report.unexplained, "difference")
        ),
    ))
}

fn check(
    file: Option<&Path>,
    head: Option<Fingerprint>,
    strict: bool,
    show: &Answer,
    context: &Context,
) -> Result<u8, Failure> {
    let report = Book::open(file.unwrap_or(&context.book), Access::Read)?.check_since(head);
    show.show(&report, context)?;
    match report.worst() {
        Finding::Fault if report.is_only("head") => Err(Failure::new(
            REFUSED,
            "check: the book agrees with itself, but does not have that fingerprint\nnext: read the fingerprint again, letter by letter; then hold the book against a copy of that time: crg compare COPY BOOK",
        )),
        Finding::Fault => Err(Failure::new(
            REFUSED,
            "check: the book has faults\nnext: use a safety copy, and keep this file to find out what happened",
        )),
        Finding::Warning if strict => Err(Failure::new(
            REFUSED,
            "check: with --strict, warnings count",
        )),
        _ => Ok(DONE),
    }
}

fn back_up(to: Option<&Path>, context: &Context) -> Result<(), Failure> {
    let name = context
        .book
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let file = format!("{name}-{}.db", context.now.compact());
    let path = to.map_or_else(
        || context.book.with_file_name(&file),
        |folder| folder.join(&file),
    );
    open(context)?.back_up(&path)?;
    render::confirm(&format!(
        "Made a safety copy and checked it: {}.\n",
        path.display()
    ));
    Ok(())
}

fn upgrade(context: &Context) -> Result<(), Failure> {
    let book = context.book.display();
    match Book::upgrade(&context.book)? {
        None => render::confirm(&format!(
            "{book} is of this program's version; nothing was changed.\n"
        )),
        Some(upgraded) => render::confirm(&format!(
            "Upgraded {book} from version {} to {}; every entry is as it was. Beside it the book as it was: {}.\n",
            upgraded.from,
            upgraded.to,
            upgraded.copy.file_name().unwrap_or_default().display()
        )),
    }
    Ok(())
}

fn compare(a: &Path, b: &Path, show: &Answer, context: &Context) -> Result<u8, Failure> {
    let mut report = Book::open(a, Access::Read)?.compare(&Book::open(b, Access::Read)?)?;
    // Named as they were asked for.
    (report.a.file, report.b.file) = (a.display().to_string(), b.display().to_string());
    show.show(&report, context)?;
    Ok(if report.kinship == Kinship::Same {
        DONE
    } else {
        REFUSED
    })
}

/// Records an entry about another, in the year of that one.
fn about(kind: Kind, entry: EntryNumber, write: &Write, context: &Context) -> Result<(), Failure> {
    let Some(named) = open(context)?.entry(entry)? else {
        return Err(Error::NoSuchEntry { entry }.into());
    };
    // Both take effect on the day of what they speak of.
    let (entry, on) = (entry.to_string(), named.on.to_string());
    RowOf::new(kind, named.year, write, context)
        .set(Column::Reference, &entry)
        .on(&on)
        .record(context)
}

fn load_folder(folder: &Path, dry_run: bool, context: &Context) -> Result<(), Failure> {
    let commit = if dry_run {
        Commit::DryRun
    } else {
        Commit::Keep
    };
    // Where there is no book yet, load says what is wrong with its place.
    let before = open(context).and_then(|book| issued::last(&book)).ok();
    let loaded = load(
        &context.book,
        Folder::At(folder),
        &context.by,
        context.now,
        commit,
    )?;
    let did = if dry_run { "Would record" } else { "Recorded" };
    let place = if loaded.created {
        "a new book"
    } else {
        "the book"
    };
    let verified = if loaded.verified {
        " Every fingerprint is as it was."
    } else {
        ""
    };
    let priorities = if folder.join("priorities.csv").exists() {
        " and the folder's priorities"
    } else {
        ""
    };
    render::confirm(&format!(
        "{did} {} entries{priorities} in {place}, {}.{verified}\n",
        loaded.entries,
        context.book.display()
    ));
    if let (Some(last), Ok(book)) = (before, open(context)) {
        issued::note_changes_since(&book, last);
    }
    Ok(())
}

fn init(
    partnership: &Option<String>,
    funder: &Option<String>,
    context: &Context,
) -> Result<(), Failure> {
    let usual = Names::default();
    let names = Names {
        partnership: partnership.clone().unwrap_or(usual.partnership),
        funder: funder.clone().unwrap_or(usual.funder),
    };
    Book::init(&context.book, &names)?;
    let next = format!(
        "{} year open {} --upfront AMOUNT --tactical AMOUNT",
        context.program,
        FinancialYear::containing(context.today)
    );
    render::confirm(&format!(
        "Made an empty book for {}, {}.\n",
        names.partnership,
        context.book.display()
    ));
    render::hint(&next);
    Ok(())
}

fn year(command: &YearCommand, context: &Context) -> Result<(), Failure> {
    let row = |kind, year: &FinancialYear, write| RowOf::new(kind, *year, write, context);
    match command {
        YearCommand::Show { year, ask } => ask
            .answer(context, |book| {
                book.year(ask.year(*year, context), ask.lens(context))
            })
            .map(drop),
        YearCommand::Open {
            year,
            upfront,
            tactical,
            write,
        } => {
            // Each amount goes through the gate of an allocation to its pot.
            let allocate = |amount, pot| {
                row(Kind::Allocate, year, write)
                    .set(Column::Amount, amount)
                    .set(Column::Pot, pot)
                    .draft()
            };
            let (upfront, tactical) = (
                allocate(upfront, "upfront")?,
                allocate(tactical, "tactical")?,
            );
            record(context, write, |book, commit| {
                book.open_year([upfront, tactical], context.now, commit)
            })
        }
        YearCommand::Allocate {
            year,
            amount,
            pot,
            write,
        } => row(Kind::Allocate, year, write)
            .set(Column::Amount, amount)
            .set(Column::Pot, pot)
            .record(context),
        YearCommand::Confirm { year, write } => row(Kind::Confirm, year, write).record(context),
        YearCommand::Cut {
            year,
            amount,
            pot,
            write,
        } => row(Kind::Cut, year, write)
            .set(Column::Amount, amount)
            .set(Column::Pot, pot)
            .record(context),
        YearCommand::Release { year, write } => row(Kind::Release, year, write).record(context),
        YearCommand::Receive {
            year,
            amount,
            write,
        } => row(Kind::Receive, year, write)
            .set(Column::Amount, amount)
            .record(context),
        YearCommand::Return {
            year,
            amount: None,
            write,
            ..
        } => record_output::return_all(&write.return_all(*year, context), write, context),
        YearCommand::Return {
            year,
            amount,
            holder,
            write,
        } => row(Kind::Return, year, write)
            .text(Column::Amount, amount)
            .text(Column::Pot, &holder.pot)
            .text(Column::Project, &holder.project)
            .record(context),
        YearCommand::Close { year, write } => row(Kind::Close, year, write).record(context),
        YearCommand::Reopen { year, write } => row(Kind::Reopen, year, write).record(context),
    }
}

fn project(command: &ProjectCommand, context: &Context) -> Result<(), Failure> {
    let plain = |kind, args: &Plain| {
        RowOf::new(
            kind,
            args.of.year(&args.write, context),
            &args.write,
            context,
        )
        .set(Column::Project, &args.project)
        .record(context)
    };
    let with_amount = |kind, args: &WithAmount| {
        let row = RowOf::new(
            kind,
            args.of.year(&args.write, context),
            &args.write,
            context,
        );
        row.set(Column::Project, &args.project)
            .set(Column::Amount, &args.amount)
            .record(context)
    };
    let measured = |kind, args: &Measured| {
        let row = RowOf::new(
            kind,
            args.of.year(&args.write, context),
            &args.write,
            context,
        );
        row.set(Column::Project, &args.project)
            .set(Column::Measure, &args.measure)
            .set(Column::Value, &args.value)
            .record(context)
    };
    match command {
        ProjectCommand::List { year, ask } => ask
            .answer(context, |book| {
                book.projects(ask.year(*year, context), ask.lens(context))
            })
            .map(drop),
        ProjectCommand::Show { project, year, ask } => ask
            .answer(context, |book| {
                book.project(ask.year(*year, context), project, ask.lens(context))
            })
            .map(drop),
        ProjectCommand::Propose {
            project,
            pot,
            amount,
            title,
            lead,
            priorities,
            of,
            write,
        } => {
            let row = RowOf::new(Kind::Propose, of.year(write, context), write, context)
                .set(Column::Project, project)
                .set(Column::Pot, pot);
            row.set(Column::Amount, amount)
                .set(Column::Title, title)
                .set(Column::Lead, lead)
                .text(Column::Priorities, priorities)
                .record(context)
        }
        ProjectCommand::Amend {
            project,
            amount,
            title,
            lead,
            priorities,
            of,
            write,
        } => {
            let row = RowOf::new(Kind::Amend, of.year(write, context), write, context)
                .set(Column::Project, project)
                .text(Column::Amount, amount);
            row.text(Column::Title, title)
                .text(Column::Lead, lead)
                .text(Column::Priorities, priorities)
                .record(context)
        }
        ProjectCommand::Recommend(args) | ProjectCommand::Submit(args) => {
            let kind = if matches!(command, ProjectCommand::Submit(_)) {
                Kind::Submit
            } else {
                Kind::Recommend
            };
            let row = RowOf::new(
                kind,
                args.of.year(&args.write, context),
                &args.write,
                context,
            );
            row.set(Column::Project, &args.project)
                .text(Column::Amount, &args.amount)
                .record(context)
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

fn spend(command: &SpendCommand, context: &Context) -> Result<(), Failure> {
    let paid = |kind, args: &Paid| {
        let row = RowOf::new(
            kind,
            args.of.year(&args.write, context),
            &args.write,
            context,
        )
        .set(Column::Project, &args.project);
        row.set(Column::Amount, &args.amount)
            .text(Column::Supplier, &args.supplier)
            .text(Column::Vat, &args.vat)
            .record(context)
    };
    match command {
        SpendCommand::List { year, project, ask } => ask
            .answer(context, |book| {
                book.spend(
                    ask.year(*year, context),
                    project.as_ref(),
                    ask.lens(context),
                )
            })
            .map(drop),
        SpendCommand::Add(args) => paid(Kind::Spend, args),
        SpendCommand::Refund(args) => paid(Kind::Refund, args),
        SpendCommand::Import(args) => ledger::import(args, context),
    }
}
