//! What people type: every form of a day, a year and a ref that is read, and every kind that is not.
//! The command line, `load`, maps and extracts are tried with the same tables.

use std::collections::BTreeMap;

use crg::import::day;
use crg::model::{Cells, Column, Date, Draft, FinancialYear, Moment, ProjectRef};
use proptest::prelude::*;

use crate::forms::{DAYS, NO_DAYS, NO_REFS, NO_YEARS, REFS, YEARS};

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
        // Only an extract may have the number that a spreadsheet has for a day.
        let is_number = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        let expected = if is_number { None } else { Some(error) };
        assert_eq!(day(text).err(), expected, "{text:?}");
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
