//! What people type: every form of a day, a year and a ref that is read, and every kind that is not.
//! The command line, `load`, maps and extracts are tried with the same tables.

use std::collections::BTreeMap;

use crg::import::day;
use crg::model::{
    Cells, Column, Date, DateError, Draft, FinancialYear, Moment, ProjectRef, YearError,
};
use proptest::prelude::*;

/// Each way to write a day, with the day.
pub(crate) const DAYS: [(&str, &str); 21] = [
    ("31/03/2026", "2026-03-31"),
    ("31-3-2026", "2026-03-31"),
    ("31.3.26", "2026-03-31"),
    ("31/3/26", "2026-03-31"),
    ("31 March 2026", "2026-03-31"),
    ("31 mar 26", "2026-03-31"),
    ("31-Mar-26", "2026-03-31"),
    ("31-MARCH-2026", "2026-03-31"),
    ("31/Mar/2026", "2026-03-31"),
    ("2026-03-31", "2026-03-31"),
    ("2026/03/31", "2026-03-31"),
    ("2026-3-31", "2026-03-31"),
    ("20260331", "2026-03-31"),
    (" 31/03/2026 ", "2026-03-31"),
    ("04/03/2026", "2026-03-04"),
    ("3/4/2026", "2026-04-03"),
    ("12-11-10", "2010-11-12"),
    ("1 May 2025", "2025-05-01"),
    ("7 Sept 2025", "2025-09-07"),
    ("29/02/2024", "2024-02-29"),
    ("1.1.00", "2000-01-01"),
];

/// Each kind of text that is not a day, and why.
pub(crate) const NO_DAYS: [(&str, DateError); 44] = [
    ("04/13/2026", DateError::MonthFirst),
    ("4-13-26", DateError::MonthFirst),
    ("12.31.2026", DateError::MonthFirst),
    ("30/02/2026", DateError::NoSuchDay),
    ("29/02/2025", DateError::NoSuchDay),
    ("32/01/2026", DateError::NoSuchDay),
    ("13/13/2026", DateError::NoSuchDay),
    ("00/01/2026", DateError::NoSuchDay),
    ("01/00/2026", DateError::NoSuchDay),
    ("31 June 2026", DateError::NoSuchDay),
    ("2026-13-01", DateError::NoSuchDay),
    ("2026-31-03", DateError::NoSuchDay),
    ("20261301", DateError::NoSuchDay),
    ("20122026", DateError::NoSuchDay),
    ("31/12/1999", DateError::Range),
    ("2100-01-01", DateError::Range),
    ("", DateError::Grammar),
    ("31/03", DateError::Grammar),
    ("31/03/026", DateError::Grammar),
    ("31/03/20260", DateError::Grammar),
    ("031/03/2026", DateError::Grammar),
    ("31/003/2026", DateError::Grammar),
    ("31/03-2026", DateError::Grammar),
    ("31-03/2026", DateError::Grammar),
    ("31 03 2026", DateError::Grammar),
    ("31 / 03 / 2026", DateError::Grammar),
    ("31//2026", DateError::Grammar),
    ("310326", DateError::Grammar),
    ("2026-03", DateError::Grammar),
    ("2026-03-031", DateError::Grammar),
    ("2026-Mar-31", DateError::Grammar),
    ("March 31 2026", DateError::Grammar),
    ("Mar 31, 2026", DateError::Grammar),
    ("31 Marz 2026", DateError::Grammar),
    ("31 Ma 2026", DateError::Grammar),
    ("31st March 2026", DateError::Grammar),
    ("31March2026", DateError::Grammar),
    ("March 2026", DateError::Grammar),
    ("45017", DateError::Grammar),
    ("+31/03/2026", DateError::Grammar),
    ("31/+3/2026", DateError::Grammar),
    ("-31/03/2026", DateError::Grammar),
    ("\u{663}\u{661}/03/2026", DateError::Grammar),
    ("tomorrow", DateError::Grammar),
];

/// Each way to write a year, with the year.
pub(crate) const YEARS: [(&str, &str); 10] = [
    ("2025/26", "2025/26"),
    ("25/26", "2025/26"),
    ("2025-26", "2025/26"),
    ("25-26", "2025/26"),
    ("2025\u{2013}26", "2025/26"),
    ("2025/2026", "2025/26"),
    ("2025-2026", "2025/26"),
    ("2025", "2025/26"),
    (" 2025/26 ", "2025/26"),
    ("2009/10", "2009/10"),
];

/// Each kind of text that is not a year, and why.
pub(crate) const NO_YEARS: [(&str, YearError); 22] = [
    ("2025/27", YearError::Span),
    ("25/27", YearError::Span),
    ("2025/25", YearError::Span),
    ("2025/24", YearError::Span),
    ("2025/2025", YearError::Span),
    ("2025-2029", YearError::Span),
    ("1999", YearError::Range),
    ("1999/00", YearError::Range),
    ("2099", YearError::Range),
    ("2099/00", YearError::Range),
    ("", YearError::Grammar),
    ("/", YearError::Grammar),
    ("25", YearError::Grammar),
    ("202", YearError::Grammar),
    ("20256", YearError::Grammar),
    ("2025/6", YearError::Grammar),
    ("25/2026", YearError::Grammar),
    ("2025/026", YearError::Grammar),
    ("2025/ 26", YearError::Grammar),
    ("2025/2x", YearError::Grammar),
    ("FY25", YearError::Grammar),
    ("\u{662}\u{660}25", YearError::Grammar),
];

/// Each way to write a ref, with the ref.
pub(crate) const REFS: [(&str, &str); 7] = [
    ("P01", "P01"),
    ("p01", "P01"),
    (" p01 ", "P01"),
    ("a2-x", "A2-X"),
    ("0", "0"),
    ("A-1", "A-1"),
    ("abcdefghij0123456789", "ABCDEFGHIJ0123456789"),
];

/// Each kind of text that is not a ref.
pub(crate) const NO_REFS: [&str; 7] = ["", "-1", "P 1", "P_1", "ABCDEFGHIJ01234567890", "É1", "ß1"];

#[test]
fn days_have_a_grammar() {
    for (text, day) in DAYS {
        let read = text.parse::<Date>().map(|day| day.to_string());
        assert_eq!(read, Ok(day.to_owned()), "{text:?}");
    }
    for (text, error) in NO_DAYS {
        assert_eq!(text.parse::<Date>(), Err(error), "{text:?}");
    }
}

#[test]
fn years_have_a_grammar() {
    for (text, year) in YEARS {
        let read = text.parse::<FinancialYear>().map(|year| year.to_string());
        assert_eq!(read, Ok(year.to_owned()), "{text:?}");
    }
    for (text, error) in NO_YEARS {
        assert_eq!(text.parse::<FinancialYear>(), Err(error), "{text:?}");
    }
}

#[test]
fn refs_have_a_grammar() {
    for (text, project) in REFS {
        let read = text.parse::<ProjectRef>().map(|read| read.to_string());
        assert_eq!(read, Ok(project.to_owned()), "{text:?}");
    }
    for text in NO_REFS {
        assert!(text.parse::<ProjectRef>().is_err(), "{text:?}");
    }
}

/// A row of a file: `progress`, with these cells in place of its own.
fn row(cells: &[(Column, &str)]) -> Result<Draft, Vec<Column>> {
    let usual = [
        (Column::On, "2025-09-01"),
        (Column::Year, "2025/26"),
        (Column::Kind, "progress"),
        (Column::Project, "P01"),
        (Column::Note, "Begun"),
        (Column::By, "KCST"),
    ];
    let mut row = Cells::default();
    for (column, text) in usual.iter().chain(cells) {
        row.set(*column, *text);
    }
    let columns = |faults: Vec<crg::model::CellFault>| faults.iter().map(|f| f.column).collect();
    Draft::from_cells(&row).map_err(columns)
}

#[test]
fn a_row_of_a_file_has_the_same_grammar() {
    let accepted = [
        (Column::On, &DAYS[..]),
        (Column::Year, &YEARS),
        (Column::Project, &REFS),
    ];
    for (column, forms) in accepted {
        for (text, canonical) in forms {
            let draft = row(&[(column, text)]).unwrap();
            assert_eq!(draft.cells().get(column), Some(*canonical), "{text:?}");
        }
    }
    let days = NO_DAYS.map(|(text, _)| (Column::On, text));
    let years = NO_YEARS.map(|(text, _)| (Column::Year, text));
    let refs = NO_REFS.map(|text| (Column::Project, text));
    for (column, text) in days.iter().chain(&years).chain(&refs) {
        assert_eq!(row(&[(*column, text)]), Err(vec![*column]), "{text:?}");
    }
    // Only the command line knows which day it is.
    for text in ["today", "yesterday"] {
        assert_eq!(row(&[(Column::On, text)]), Err(vec![Column::On]));
    }
}

#[test]
fn an_extract_and_a_moment_read_the_same_days() {
    for (text, canonical) in DAYS {
        assert_eq!(
            day(text).map(|day| day.to_string()),
            Ok(canonical.to_owned()),
            "{text:?}"
        );
        let end = format!("{canonical}T23:59:59.999Z");
        assert_eq!(
            text.parse::<Moment>().map(|m| m.to_string()),
            Ok(end),
            "{text:?}"
        );
    }
    for (text, error) in NO_DAYS {
        assert_eq!(day(text), Err(error), "{text:?}");
        assert!(text.parse::<Moment>().is_err(), "{text:?}");
    }
}

/// Every text that the grammar writes for a day, under each order of its parts.
fn spellings(day: Date) -> Vec<String> {
    let iso = day.to_string();
    let (year, month, number) = (&iso[..4], &iso[5..7], &iso[8..]);
    let bare = |text: &str| text.trim_start_matches('0').to_owned();
    let (long, short) = (day.long().to_string(), day.short().to_string());
    let mut all = vec![
        iso.clone(),
        iso.replace('-', ""),
        iso.replace('-', "/"),
        long.clone(),
    ];
    all.extend([short.clone(), short.replace(' ', "-"), long.to_uppercase()]);
    for mark in ["/", "-", "."] {
        for year in [year, &year[2..]] {
            all.push([number, month, year].join(mark));
            all.push([bare(number), bare(month), year.to_owned()].join(mark));
        }
    }
    all
}

/// No text means two days: among all spellings of all days of a book, none belongs to two.
#[test]
fn the_same_text_never_means_two_days() {
    let mut meant: BTreeMap<String, Date> = BTreeMap::new();
    let mut day = Some(Date::MIN);
    while let Some(today) = day {
        for text in spellings(today) {
            assert_eq!(text.parse(), Ok(today), "{text:?}");
            let before = meant.insert(text.clone(), today);
            assert!(
                before.is_none_or(|before| before == today),
                "{text:?} was {before:?}"
            );
        }
        day = today.tomorrow();
    }
    assert!(meant.len() > 400_000, "{}", meant.len());
}

proptest! {
    /// Whatever looks like a day is read as the same day everywhere, or nowhere.
    #[test]
    fn every_place_reads_the_same_day(
        text in "[ ]?[0-9]{1,4}[-/. ][0-9]{1,4}[-/. ][0-9]{1,4}|[0-9]{1,2}[- ](Mar|may|June)[- ][0-9]{2,4}|[0-9]{6,8}"
    ) {
        let read = text.parse::<Date>().ok();
        prop_assert_eq!(day(&text).ok(), read);
        prop_assert_eq!(row(&[(Column::On, &text)]).ok().and_then(|draft| draft.on()), read);
        prop_assert_eq!(text.parse::<Moment>().ok().map(Moment::date), read);
        if let Some(day) = read {
            prop_assert_eq!(day.to_string().parse(), Ok(day));
            prop_assert_eq!(day.long().to_string().parse(), Ok(day));
        }
    }
}
