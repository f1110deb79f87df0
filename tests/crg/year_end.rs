//! The year end of Kent 2025/26: returning, in one payment, the money that the papers say is to be
//! returned. Every figure is from the papers, or follows from them by exact arithmetic.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crg::Access;
use crg::Error;
use crg::book::{Book, Commit, LogFilter, Remitted, ReturnAll, load};
use crg::fold::Lens;
use crg::format::csv;
use crg::import::Folder;
use crg::model::{Cells, Column, Draft, EntryNumber, FinancialYear, Kind, Moment, Money};
use crg::report::{Change, Figure, Payment, YearEndReport};
use crg::rules::Refusal;

use crate::files::TempFolder;
use crate::histories::moment;

const NOW: &str = "2026-05-11T09:30:00Z";

/// A new book with the published years, open for writing.
pub(crate) struct Kent {
    folder: TempFolder,
    pub(crate) book: Book,
    /// The moment at which the next entry is recorded.
    now: Moment,
}

impl Kent {
    pub(crate) fn new() -> Kent {
        Kent::until("2026-03-31")
    }

    /// The entries that the papers had reported by a day.
    pub(crate) fn until(day: &str) -> Kent {
        let folder = TempFolder::new();
        let (path, source) = (folder.join("book.db"), folder.join("entries.csv"));
        let entries = std::fs::read_to_string("fixtures/kent/entries.csv").unwrap();
        let known = entries
            .lines()
            .enumerate()
            .take_while(|(place, line)| *place == 0 || &line[..10] <= day);
        std::fs::write(
            &source,
            known
                .map(|(_, line)| format!("{line}\n"))
                .collect::<String>(),
        )
        .unwrap();
        load(
            &path,
            Folder::At(folder.path()),
            "KCST",
            at(NOW),
            Commit::Keep,
        )
        .unwrap();
        Kent {
            book: Book::open(&path, Access::Write).unwrap(),
            folder,
            now: at(NOW),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join("book.db")
    }

    /// The published years recorded entry by entry, a minute apart, because entries loaded together
    /// become known at the same moment.
    fn one_by_one() -> Kent {
        let (kent, folder) = (Kent::new(), TempFolder::new());
        let path = folder.join("book.db");
        Book::init(&path, &kent.book.names().unwrap()).unwrap();
        let mut book = Book::open(&path, Access::Write).unwrap();
        for number in (1..).map(EntryNumber) {
            let Some(entry) = kent.book.entry(number).unwrap() else {
                break;
            };
            book.record(vec![entry.to_draft()], moment(number), Commit::Keep)
                .unwrap();
        }
        Kent {
            book,
            folder,
            now: at(NOW),
        }
    }

    /// Records one entry of 2025/26 from its cells.
    pub(crate) fn record(&mut self, cells: &[(Column, &'static str)]) {
        let mut row = Cells::default();
        [(Column::Year, "2025/26"), (Column::By, "KCST")]
            .iter()
            .chain(cells)
            .for_each(|(column, text)| row.set(*column, *text));
        let kind: Kind = row.get(Column::Kind).unwrap().parse().unwrap();
        if kind.agreement().is_some() && row.get(Column::Reference).is_none() {
            row.set(Column::Reference, "OPCC letter");
        }
        self.book
            .record(
                vec![Draft::from_cells(&row).unwrap()],
                self.now,
                Commit::Keep,
            )
            .unwrap();
    }

    pub(crate) fn refund(&mut self, on: &'static str, project: &'static str, amount: &'static str) {
        self.record(&[
            (Column::On, on),
            (Column::Kind, "refund"),
            (Column::Project, project),
            (Column::Amount, amount),
        ]);
    }

    pub(crate) fn return_all(
        &mut self,
        on: &str,
        reference: &str,
    ) -> Result<Option<Remitted>, Error> {
        self.book
            .return_all(&asked(on, reference), self.now, Commit::Keep)
    }

    fn entries(&self) -> usize {
        self.book.log(&LogFilter::default()).unwrap().rows.len()
    }

    fn payments(&self, reference: Option<&str>) -> Vec<Payment> {
        self.book
            .remittance(year(), reference, Lens::at("2026-12-31".parse().unwrap()))
            .unwrap()
            .payments
    }
}

pub(crate) fn year() -> FinancialYear {
    "2025/26".parse().unwrap()
}

pub(crate) fn at(moment: &str) -> Moment {
    moment.parse().unwrap()
}

pub(crate) fn money(amount: &str) -> Money {
    amount.parse().unwrap()
}

fn asked(on: &str, reference: &str) -> ReturnAll {
    let (on, reference) = (on.parse().unwrap(), reference.into());
    ReturnAll {
        year: year(),
        on,
        by: "KCST".into(),
        reference,
        lapse: false,
        note: None,
        override_reason: None,
    }
}

/// The lines of a payment: who returned money, and how much.
fn lines(payment: &Payment) -> Vec<(String, String)> {
    let of = |line: &crg::report::RemittanceLine| {
        line.project
            .as_ref()
            .map_or(line.pot.to_string(), ToString::to_string)
    };
    payment
        .lines
        .iter()
        .map(|line| (of(line), line.returned.to_string()))
        .collect()
}

#[test]
fn one_payment_returns_everything_left() {
    let mut kent = Kent::new();
    let remitted = kent
        .return_all("2026-04-20", " BACS 5512 ")
        .unwrap()
        .unwrap();
    let [payment] = &remitted.statement.payments[..] else {
        panic!("{remitted:?}")
    };
    assert_eq!(
        lines(payment),
        [
            ("P05".into(), "696.00".into()),
            ("tactical".into(), "30.40".into())
        ]
    );
    assert_eq!(
        (payment.lines[0].award, payment.lines[0].spent),
        (Some(money("5000")), Some(money("4304")))
    );
    let figures = [
        payment.allocation,
        payment.spent,
        payment.returned_before,
        payment.amount,
        payment.to_return,
    ];
    assert_eq!(
        figures,
        ["39661.00", "38934.60", "0", "726.40", "0"].map(money)
    );
    assert!(
        remitted
            .recorded
            .entries
            .iter()
            .all(|entry| entry.reference.as_deref() == Some("BACS 5512"))
    );
    assert_eq!(
        &kent.payments(Some("BACS 5512"))[..],
        std::slice::from_ref(payment)
    );
    kent.record(&[(Column::On, "2026-04-30"), (Column::Kind, "close")]);
}

#[test]
fn nothing_is_returned_twice() {
    let mut kent = Kent::new();
    kent.return_all("2026-04-20", "BACS 5512").unwrap();
    let before = kent.entries();
    assert!(
        kent.return_all("2026-04-21", "BACS 5513")
            .unwrap()
            .is_none()
    );
    assert_eq!(kent.entries(), before);
}

#[test]
fn a_dry_run_shows_the_same_and_records_nothing() {
    let mut kent = Kent::new();
    let before = kent.entries();
    let tried = kent
        .book
        .return_all(&asked("2026-04-20", "BACS 5512"), at(NOW), Commit::DryRun)
        .unwrap()
        .unwrap();
    assert_eq!((tried.statement.recorded, kent.entries()), (false, before));
    assert_eq!(
        kent.return_all("2026-04-20", "BACS 5512")
            .unwrap()
            .unwrap()
            .statement
            .payments,
        tried.statement.payments
    );
}

#[test]
fn a_payment_needs_a_reference() {
    let mut kent = Kent::new();
    let before = kent.entries();
    assert!(matches!(
        kent.return_all("2026-04-20", "  "),
        Err(Error::Invalid(_))
    ));
    assert_eq!(kent.entries(), before);
}

/// Returning everything early, by date or by clock, needs a reason, which every entry keeps.
#[test]
fn returning_everything_early_needs_a_reason() {
    let (mut kent, march) = (Kent::new(), at("2026-03-30T09:00:00Z"));
    let before = kent.entries();
    let refused = |result: Result<Option<Remitted>, Error>, day: &str| {
        assert!(
            matches!(result, Err(Error::YearNotOver { on, .. }) if on.to_string() == day),
            "{result:?}"
        );
    };
    refused(kent.return_all("2026-03-30", "BACS 5512"), "2026-03-30");
    let early = ReturnAll {
        override_reason: Some("The OPCC asks for it by Easter".into()),
        ..asked("2026-03-31", "BACS 5512")
    };
    let blank = ReturnAll {
        override_reason: Some(" ".into()),
        ..asked("2026-03-30", "BACS 5512")
    };
    refused(
        kent.book.return_all(&blank, at(NOW), Commit::Keep),
        "2026-03-30",
    );
    assert_eq!(kent.entries(), before);

    // A book whose clock is before the year's end.
    let folder = TempFolder::new();
    let path = folder.join("book.db");
    load(
        &path,
        Folder::At("fixtures/kent".as_ref()),
        "KCST",
        march,
        Commit::Keep,
    )
    .unwrap();
    let mut book = Book::open(&path, Access::Write).unwrap();
    refused(
        book.return_all(&asked("2026-04-20", "BACS 5512"), march, Commit::Keep),
        "2026-03-30",
    );
    let entries = book
        .return_all(&early, march, Commit::Keep)
        .unwrap()
        .unwrap()
        .recorded
        .entries;
    assert_eq!(entries.len(), 2);
    assert!(
        entries
            .iter()
            .all(|entry| entry.override_reason == early.override_reason)
    );
    // 31 March counts as the year's end.
    assert!(
        kent.return_all("2026-03-31", "BACS 5512")
            .unwrap()
            .is_some()
    );
}

/// P05 could return its money; P07 has its £12.00 only from 10 April, so a return on 31 March would
/// overdraw it.
#[test]
fn if_one_return_is_refused_none_is_recorded() {
    let mut kent = Kent::new();
    kent.refund("2026-04-10", "P07", "12.00");
    let before = kent.entries();
    let refused = kent.return_all("2026-03-31", "BACS 5512");
    assert!(
        matches!(&refused, Err(Error::Refused { refusal: Refusal::Overdrawn { asked, .. } }) if *asked == money("12")),
        "{refused:?}"
    );
    assert_eq!(kent.entries(), before);
    assert_eq!(kent.payments(None), []);
}

#[test]
fn simultaneous_writers_return_it_once() {
    let kent = Kent::new();
    let path = kent.path();
    let pay = |reference: String| {
        let mut book = Book::open(&path, Access::Write).unwrap();
        book.return_all(&asked("2026-04-20", &reference), at(NOW), Commit::Keep)
            .unwrap()
            .is_some()
    };
    let paid: Vec<bool> = std::thread::scope(|scope| {
        let jobs: Vec<_> = (0..4)
            .map(|job| scope.spawn(move || pay(format!("BACS {job}"))))
            .collect();
        jobs.into_iter().map(|job| job.join().unwrap()).collect()
    });
    assert_eq!(paid.iter().filter(|paid| **paid).count(), 1, "{paid:?}");
    assert_eq!(
        kent.book
            .year(year(), Lens::at("2026-12-31".parse().unwrap()))
            .unwrap()
            .returned,
        money("726.40")
    );
}

#[test]
fn a_statement_stays_the_same_after_later_payments() {
    let mut kent = Kent::new();
    kent.return_all("2026-04-20", "BACS 5512").unwrap();
    let first = kent.payments(None);
    kent.refund("2026-05-04", "P07", "12.00");
    kent.return_all("2026-05-05", "BACS 5600").unwrap();
    let both = kent.payments(None);
    assert_eq!((both.len(), &both[..1]), (2, &first[..]));
    let figures = [
        both[1].allocation,
        both[1].spent,
        both[1].returned_before,
        both[1].amount,
        both[1].to_return,
    ];
    assert_eq!(
        figures,
        ["39661.00", "38922.60", "726.40", "12.00", "0"].map(money)
    );
}

#[test]
fn a_reversed_return_does_not_count_as_paid() {
    let mut kent = Kent::new();
    let entries = kent
        .return_all("2026-04-20", "BACS 5512")
        .unwrap()
        .unwrap()
        .recorded
        .entries;
    let mut row = Cells::default();
    let number = entries[0].number.to_string();
    let cells = [
        ("year", "2025/26"),
        ("by", "KCST"),
        ("kind", "reverse"),
        ("note", "The bank sent it back"),
        ("reference", &number),
    ];
    cells
        .iter()
        .for_each(|(column, text)| row.set(column.parse().unwrap(), *text));
    kent.book
        .record(
            vec![Draft::from_cells(&row).unwrap()],
            at(NOW),
            Commit::Keep,
        )
        .unwrap();
    let [payment] = &kent.payments(Some("BACS 5512"))[..] else {
        panic!("one payment")
    };
    assert_eq!(
        (lines(payment), payment.to_return),
        (vec![("tactical".into(), "30.40".into())], money("696.00"))
    );
    let unknown = kent.book.remittance(
        year(),
        Some("BACS 1"),
        Lens::at("2026-12-31".parse().unwrap()),
    );
    assert!(matches!(unknown, Err(Error::NoSuchPayment { known, .. }) if known == ["BACS 5512"]));
}

/// Every cell of one year-end CSV, by line and column.
fn cells(report: &YearEndReport) -> BTreeMap<(String, String), String> {
    let csv = csv(report, false);
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let names = reader.headers().unwrap().clone();
    let mut cells = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        let line = if row[2].is_empty() {
            format!("uncommitted {}", &row[5])
        } else {
            row[2].to_owned()
        };
        cells.extend(
            names
                .iter()
                .zip(&row)
                .map(|(name, text)| ((line.clone(), name.to_owned()), text.to_owned())),
        );
    }
    cells
}

/// A figure as written in the CSV.
fn written(figure: Option<&Figure>) -> String {
    match figure {
        None => String::new(),
        Some(Figure::Money(amount)) => amount.to_string(),
        Some(Figure::Text(text)) => text.clone(),
        Some(Figure::Pot(pot)) => pot.to_string(),
        Some(figure) => panic!("a figure of a new kind: {figure:?}"),
    }
}

/// Between any two moments of the published years, the changes are exactly the cells in which the
/// two CSVs differ.
#[test]
fn the_changes_are_the_cells_that_differ() {
    let kent = Kent::one_by_one();
    let lens = Lens::at("2026-12-31".parse().unwrap());
    let moments: BTreeSet<Moment> = kent
        .book
        .log(&LogFilter::default())
        .unwrap()
        .rows
        .iter()
        .map(|row| row.recorded)
        .step_by(7)
        .collect();
    assert_eq!(moments.len(), kent.entries().div_ceil(7));
    for (since, known_at) in moments
        .iter()
        .flat_map(|since| moments.iter().map(move |known| (*since, *known)))
    {
        if since > known_at {
            continue;
        }
        let (before, after) = (
            Lens {
                known_at: Some(since),
                ..lens
            },
            Lens {
                known_at: Some(known_at),
                ..lens
            },
        );
        let changes = kent
            .book
            .year_end_since(year(), since, after, known_at)
            .unwrap();
        let (old, new) = (
            kent.book.year_end(year(), before).unwrap(),
            kent.book.year_end(year(), after).unwrap(),
        );
        let (old, new) = (cells(&old), cells(&new));
        let columns = [
            "title",
            "lead",
            "pot",
            "status",
            "requested",
            "approved",
            "spent",
            "underspend",
            "returned",
            "priorities",
        ];
        let is_figure = |(line, name): &(String, String)| {
            columns.contains(&name.as_str()) && !(line.starts_with('u') && name == "pot")
        };
        let nothing = |text: &str| {
            if text == "0.00" {
                String::new()
            } else {
                text.to_owned()
            }
        };
        let text = |cells: &BTreeMap<_, String>, key| {
            cells.get(key).map(|text| nothing(text)).unwrap_or_default()
        };
        let keys: BTreeSet<_> = old
            .keys()
            .chain(new.keys())
            .filter(|key| is_figure(key))
            .collect();
        let differ: BTreeMap<_, _> = keys
            .into_iter()
            .filter(|key| text(&old, *key) != text(&new, *key))
            .map(|key| (key.clone(), (text(&old, key), text(&new, key))))
            .collect();
        let of = |row: &Change| {
            row.project.as_ref().map_or_else(
                || format!("uncommitted {}", row.pot.unwrap()),
                ToString::to_string,
            )
        };
        let told = changes
            .rows
            .iter()
            .filter(|row| row.line != "year")
            .map(|row| {
                let (before, after) = (written(row.before.as_ref()), written(row.after.as_ref()));
                (
                    (of(row), row.figure.to_owned()),
                    (nothing(&before), nothing(&after)),
                )
            });
        assert_eq!(told.collect::<BTreeMap<_, _>>(), differ);
        let recorded = |row: &&crg::report::LogRow| {
            row.year == year() && since < row.recorded && row.recorded <= known_at
        };
        let log = kent.book.log(&LogFilter::default()).unwrap().rows;
        assert_eq!(changes.entries.len(), log.iter().filter(recorded).count());
    }
}

#[test]
fn added_and_removed_lines_and_changed_texts_are_shown() {
    let mut kent = Kent::new();
    let bike = [
        (Column::Amount, "500"),
        (Column::Pot, "tactical"),
        (Column::Title, "Bikes"),
        (Column::Lead, "Police"),
    ];
    let propose = |project| {
        [
            &[
                (Column::On, "2026-03-01"),
                (Column::Kind, "propose"),
                (Column::Project, project),
            ],
            &bike[..],
        ]
        .concat()
    };
    kent.record(&propose("P12"));
    let p12 = u32::try_from(kent.entries()).unwrap();
    let since = kent
        .book
        .log(&LogFilter::default())
        .unwrap()
        .rows
        .last()
        .unwrap()
        .recorded;
    kent.record(&[
        (Column::Kind, "reverse"),
        (Column::Reference, p12.to_string().leak()),
        (Column::Note, "Typed twice"),
    ]);
    kent.record(&propose("P13"));
    kent.record(&[
        (Column::On, "2026-04-01"),
        (Column::Kind, "complete"),
        (Column::Project, "P05"),
    ]);
    kent.return_all("2026-04-20", "BACS 5512").unwrap();
    kent.record(&[(Column::On, "2026-04-30"), (Column::Kind, "close")]);
    let changes = kent
        .book
        .year_end_since(
            year(),
            since,
            Lens::at("2026-05-11".parse().unwrap()),
            at("2026-12-31"),
        )
        .unwrap();
    assert_eq!(
        (changes.new, changes.gone),
        (vec!["P13".parse().unwrap()], vec!["P12".parse().unwrap()])
    );
    let of = |row: &Change| {
        (
            row.project
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            row.figure,
        )
    };
    let told = |who: &str, figure: &str| {
        let row = changes
            .rows
            .iter()
            .find(|row| of(row) == (who.into(), figure))
            .unwrap();
        (written(row.before.as_ref()), written(row.after.as_ref()))
    };
    assert_eq!(told("", "closed"), ("no".into(), "yes".into()));
    assert_eq!(
        told("P05", "status"),
        ("approved".into(), "complete".into())
    );
    assert_eq!(told("P05", "returned"), ("0.00".into(), "696.00".into()));
    assert_eq!(told("P12", "requested"), ("500.00".into(), String::new()));
    assert_eq!(told("P13", "title"), (String::new(), "Bikes".into()));
    // Everything after P12, including the entry that reverses it.
    assert_eq!(
        changes
            .entries
            .iter()
            .map(|row| row.entry.0)
            .collect::<Vec<_>>(),
        (p12 + 1..=p12 + 6).collect::<Vec<_>>()
    );
}

#[test]
fn changes_since_a_moment_too_late_are_refused() {
    let (kent, now) = (Kent::new(), at(NOW));
    let lens = Lens::at("2026-05-11".parse().unwrap());
    let known = Lens {
        known_at: Some(at("2026-04-30")),
        ..lens
    };
    assert!(kent.book.year_end_since(year(), now, lens, now).is_ok());
    for (since, lens, last) in [
        (now.next(), lens, now),
        (at("2026-05-01"), known, at("2026-04-30")),
    ] {
        let refused = kent.book.year_end_since(year(), since, lens, now);
        assert!(
            matches!(refused, Err(Error::SinceTooLate { known, .. }) if known == last),
            "{refused:?}"
        );
    }
}

/// A year end as CSV, and the totals of approved, spent, underspend and returned.
fn year_end(kent: &Kent, as_at: &str, known_at: Option<&str>) -> (String, [i64; 4]) {
    let report = kent
        .book
        .year_end(
            year(),
            Lens {
                as_at: as_at.parse().unwrap(),
                known_at: known_at.map(at),
            },
        )
        .unwrap();
    let cells = cells(&report);
    // In pence, calculated independently of the library.
    let sum = |column: &str| -> i64 {
        cells
            .iter()
            .filter(|((_, name), _)| name == column)
            .map(|(_, text)| text.replace('.', "").parse::<i64>().unwrap())
            .sum()
    };
    (
        csv(&report, true),
        ["approved", "spent", "underspend", "returned"].map(sum),
    )
}

/// In April, £726.40 is returned and the year is closed. In June, a credit note for £12.00 is
/// returned too. Each earlier report can be made again byte for byte, whatever came later.
#[test]
fn a_late_refund_changes_twelve_pounds_and_no_earlier_report() {
    let mut kent = Kent::new();
    let close = |kent: &mut Kent, on| kent.record(&[(Column::On, on), (Column::Kind, "close")]);
    let reopen = |kent: &mut Kent, on| {
        kent.record(&[
            (Column::On, on),
            (Column::Kind, "reopen"),
            (Column::Note, "A credit note"),
        ])
    };

    kent.now = at("2026-05-20T10:00:00Z");
    kent.return_all("2026-05-20", "BACS 5512").unwrap();
    close(&mut kent, "2026-05-20");
    let first = year_end(&kent, "2026-05-20", None);
    assert_eq!(first.1, [3_966_100, 3_893_460, 72_640, 72_640]);

    kent.now = at("2026-06-15T10:00:00Z");
    reopen(&mut kent, "2026-06-15");
    kent.refund("2026-06-15", "P07", "12.00");
    let remitted = kent.return_all("2026-06-15", "BACS 5630").unwrap().unwrap();
    assert_eq!(
        lines(&remitted.statement.payments[0]),
        [("P07".into(), "12.00".into())]
    );
    close(&mut kent, "2026-06-15");
    let second = year_end(&kent, "2026-06-15", None);
    assert_eq!(second.1, [3_966_100, 3_892_260, 73_840, 73_840]);

    // One more entry, recorded after both reports.
    kent.now = at("2026-07-01T10:00:00Z");
    reopen(&mut kent, "2026-07-01");
    kent.refund("2026-07-01", "P01", "1.00");
    assert_eq!(year_end(&kent, "2026-05-20", Some("2026-05-20")), first);
    assert_eq!(year_end(&kent, "2026-06-15", Some("2026-06-15")), second);

    let known = Lens {
        as_at: "2026-06-15".parse().unwrap(),
        known_at: Some(at("2026-06-15")),
    };
    let changes = kent
        .book
        .year_end_since(year(), at("2026-05-20"), known, kent.now)
        .unwrap();
    let told: Vec<_> = changes
        .rows
        .iter()
        .map(|row| {
            (
                row.project.as_ref().unwrap().as_str(),
                row.figure,
                row.change,
            )
        })
        .collect();
    let by = |amount: &str| Some(money(amount));
    let minus = Some(-money("12"));
    assert_eq!(
        told,
        [
            ("P07", "spent", minus),
            ("P07", "underspend", by("12")),
            ("P07", "returned", by("12"))
        ]
    );
}
