//! What is wrong with a row, and a row read back.

use crg::model::{CellFault, Cells, Column, Draft, Event, Kind};

fn cells<'a>(row: &[(Column, &'a str)]) -> Cells<'a> {
    let mut cells = Cells::default();
    for (column, text) in row {
        cells.set(*column, *text);
    }
    cells
}

fn sentences(read: Result<Draft, Vec<CellFault>>) -> Vec<String> {
    let faults = read.err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

fn faults(row: &[(Column, &str)]) -> Vec<String> {
    sentences(Draft::from_cells(&cells(row)))
}

const SPEND: [(Column, &str); 6] = [
    (Column::On, "2025-07-23"),
    (Column::Year, "2025/26"),
    (Column::Kind, "spend"),
    (Column::Project, "P01"),
    (Column::Amount, "12.50"),
    (Column::By, "KCST"),
];

fn spend_but(column: Column, text: &str) -> Vec<String> {
    let mut row = SPEND.to_vec();
    row.push((column, text));
    faults(&row)
}

#[test]
fn a_good_row_is_read_and_written_back() {
    let mut cells = cells(&SPEND);
    let draft = Draft::from_cells(&cells).unwrap();
    cells.set(Column::Vat, "net");
    assert_eq!(draft.cells(), cells);
}

/// What names an entry is no text beside it.
#[test]
fn a_reference_to_an_entry_is_not_kept_twice() {
    let mut cells = cells(&SPEND);
    cells.set(Column::Reference, "INV-7");
    let spend = Draft::from_cells(&cells).unwrap();
    assert_eq!(spend.reference(), Some("INV-7"));
    for (column, text) in [
        (Column::Kind, "reverse"),
        (Column::Project, ""),
        (Column::Amount, ""),
        (Column::Reference, "7"),
        (Column::Note, "entered twice"),
    ] {
        cells.set(column, text);
    }
    let reversal = Draft::from_cells(&cells).unwrap();
    assert_eq!(reversal.reference(), None);
    assert_eq!(reversal.event().refers_to().map(|entry| entry.0), Some(7));
}

#[test]
fn each_wrong_cell_is_named_with_its_problem() {
    let found = |column: Column, text: &str, expected: &str| {
        assert_eq!(
            spend_but(column, text),
            [format!("{column}: {text:?} {expected}")]
        )
    };
    found(
        Column::Amount,
        "0.00",
        "is not an amount from £0.01 to £9,999,999,999.99",
    );
    found(
        Column::Amount,
        "10000000000.00",
        "is not an amount from £0.01 to £9,999,999,999.99",
    );
    found(Column::Amount, "-5", "is not an amount above zero");
    found(Column::Pot, "upfront", "is not allowed; spend has no pot");
    found(Column::Vat, "zero", "is not net or gross");
    found(
        Column::Supplier,
        "bell\u{7}",
        "has control characters; remove them",
    );
    found(
        Column::Kind,
        "spent",
        "is not a kind of entry such as propose, approve or spend",
    );
    assert_eq!(
        spend_but(Column::Note, &"n".repeat(2000)),
        Vec::<String>::new()
    );
    assert_eq!(
        spend_but(Column::Note, &"n".repeat(2001)),
        [format!(
            "note: {:?} … (2001 characters) is too long; use at most 2000 characters",
            "n".repeat(60)
        )]
    );
}

#[test]
fn all_faults_are_named_at_once() {
    let row = [
        (Column::Kind, "published"),
        (Column::Project, "p_1"),
        (Column::Amount, "1e3"),
        (Column::Lead, "x"),
    ];
    let columns: Vec<String> = faults(&row)
        .iter()
        .map(|f| f.split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        columns,
        [
            "on", "year", "project", "amount", "title", "lead", "measure", "by"
        ]
    );
}

#[test]
fn a_figure_is_for_a_year_or_for_a_project() {
    let row = |measure: &'static str, project: &'static str| {
        faults(&[
            (Column::On, "2025-07-23"),
            (Column::Year, "2025/26"),
            (Column::Kind, "published"),
            (Column::Measure, measure),
            (Column::Project, project),
            (Column::Amount, "0.00"),
            (Column::Title, "Paper"),
            (Column::By, "KCST"),
        ])
    };
    assert_eq!(
        row("award", ""),
        ["project: please give a project; award is a figure for one project"]
    );
    assert_eq!(
        row("released", "P01"),
        ["project: \"P01\" is not allowed; released is a figure for the whole year"]
    );
    assert!(
        row("spent", "P01").is_empty()
            && row("spent", "").is_empty()
            && row("award", "P01").is_empty()
    );
}

#[test]
fn a_fault_says_what_to_write() {
    let row = [
        (Column::On, "2026-04-01"),
        (Column::Year, "2026/27"),
        (Column::Kind, "allocate"),
        (Column::Amount, "1.005"),
        (Column::By, "KCST"),
    ];
    assert_eq!(
        faults(&row),
        [
            "pot: please give a pot; write upfront or tactical",
            "amount: \"1.005\" is not an amount in whole pence; use at most two decimal places",
        ]
    );
}

#[test]
fn a_cell_is_kept_without_space_around_it() {
    let mut cells = Cells::default();
    for text in [" one\r\n\r\ntwo ", " one\n\ntwo\t", "one\n\ntwo"] {
        cells.set(Column::Note, text);
        assert_eq!(cells.get(Column::Note), Some("one\n\ntwo"), "{text:?}");
        cells.set(Column::Note, text.to_owned());
        assert_eq!(cells.get(Column::Note), Some("one\n\ntwo"), "{text:?}");
    }
    cells.set(Column::By, "KCST");
    cells.set(Column::On, "2025-07-23");
    let filled: Vec<(Column, &str)> = cells.filled().collect();
    assert_eq!(
        filled,
        [
            (Column::On, "2025-07-23"),
            (Column::Note, "one\n\ntwo"),
            (Column::By, "KCST"),
        ]
    );
    for empty in ["", " ", "\r\n"] {
        cells.set(Column::Note, empty);
        assert_eq!(cells.get(Column::Note), None, "{empty:?}");
    }
}

#[test]
fn characters_are_counted_and_not_bytes() {
    let fits = spend_but(Column::Note, &"é".repeat(2000));
    assert_eq!(fits, Vec::<String>::new());
    assert_eq!(spend_but(Column::Note, &"é".repeat(2001)).len(), 1);
    // A note may have lines, and nothing else that is not seen.
    assert_eq!(spend_but(Column::Note, "one\ntwo"), Vec::<String>::new());
    assert_eq!(spend_but(Column::Note, "one\ttwo").len(), 1);
    assert_eq!(spend_but(Column::Note, "one\rtwo").len(), 1);
}

/// As much is found of a row as can be, although its kind is not known.
#[test]
fn a_row_of_no_kind_has_its_other_faults_named() {
    let columns = |row: &[(Column, &str)]| {
        let faults = Draft::from_cells(&cells(row)).err().unwrap_or_default();
        let columns = faults.iter().map(|fault| fault.column.as_str());
        columns.collect::<Vec<_>>().join(" ")
    };
    let wrong = [
        (Column::On, "2025-02-30"),
        (Column::Year, "2025/27"),
        (Column::Project, "P_1"),
        (Column::Pot, "third"),
        (Column::Amount, "1.005"),
        (Column::Vat, "none"),
        (Column::By, "K\u{7}"),
    ];
    let all = "on year kind project pot amount vat by";
    assert_eq!(columns(&wrong), all);
    // What may be empty is not missed, whatever the kind.
    assert_eq!(columns(&[]), "year kind");
}

#[test]
fn an_amount_may_be_nothing_for_some_kinds() {
    let forecast = |amount: &str| {
        let mut row = SPEND.to_vec();
        row.extend([(Column::Kind, "forecast"), (Column::Amount, amount)]);
        faults(&row)
    };
    let most = "9999999999.99";
    assert_eq!(forecast("0.00"), Vec::<String>::new());
    assert_eq!(forecast(most), Vec::<String>::new());
    for amount in ["-0.01", "10000000000.00"] {
        let limits = "is not an amount from £0.00 to £9,999,999,999.99";
        assert_eq!(forecast(amount), [format!("amount: {amount:?} {limits}")]);
    }
    assert_eq!(spend_but(Column::Amount, "0.01"), Vec::<String>::new());
    assert_eq!(spend_but(Column::Amount, most), Vec::<String>::new());
}

#[test]
fn a_return_is_by_a_pot_or_by_a_project() {
    let returned = |pot: &str, project: &str| {
        let mut row = SPEND.to_vec();
        row.extend([
            (Column::Kind, "return"),
            (Column::Pot, pot),
            (Column::Project, project),
        ]);
        faults(&row)
    };
    assert_eq!(returned("upfront", ""), Vec::<String>::new());
    assert_eq!(returned("", "P01"), Vec::<String>::new());
    assert_eq!(
        returned("upfront", "P01"),
        ["pot: \"upfront\" is not allowed; a return names a pot or a project; give one of the two"]
    );
    assert_eq!(returned("", ""), ["pot: please give a pot or a project"]);
}

#[test]
fn a_priority_that_begins_has_one_code_and_a_name() {
    let scheme = |value: &str, code: &str, title: &str| {
        faults(&[
            (Column::On, "2025-07-23"),
            (Column::Year, "2025/26"),
            (Column::Kind, "scheme"),
            (Column::Measure, "Police and Crime Plan"),
            (Column::Value, value),
            (Column::Priorities, code),
            (Column::Title, title),
            (Column::By, "KCST"),
        ])
    };
    assert_eq!(scheme("begins", "PCP-1", "People"), Vec::<String>::new());
    assert_eq!(scheme("ends", "", ""), Vec::<String>::new());
    assert_eq!(scheme("ends", "PCP-1", ""), Vec::<String>::new());
    let several = "priorities: \"PCP-1;PCP-2\" is not one code; record an entry for each";
    assert_eq!(scheme("ends", "PCP-1;PCP-2", ""), [several]);
    assert_eq!(scheme("begins", "PCP-1;PCP-2", "People"), [several]);
    assert_eq!(
        scheme("begins", "", "People"),
        ["priorities: please give the code of the priority that begins"]
    );
    assert_eq!(
        scheme("begins", "PCP-1", ""),
        ["title: please give the name of the priority that begins"]
    );
}

#[test]
fn a_text_that_a_kind_needs_is_asked_for() {
    let row = [
        (Column::On, "2025-07-23"),
        (Column::Year, "2025/26"),
        (Column::Kind, "progress"),
        (Column::Project, "P01"),
    ];
    assert_eq!(
        faults(&row),
        [
            "note: please give a note; a progress report needs one",
            "by: please give a by; a progress report needs one",
        ]
    );
}

/// New text is held to more than text on record.
#[test]
fn new_text_is_seen_and_not_too_long() {
    let new = |column: Column, text: &str| {
        let mut row = SPEND.to_vec();
        row.push((column, text));
        sentences(Draft::from_new_cells(&cells(&row)))
    };
    let most = "é".repeat(500);
    for column in [Column::Reference, Column::Note] {
        assert_eq!(new(column, &most), Vec::<String>::new());
    }
    let found = format!("{most}é");
    assert_eq!(spend_but(Column::Note, &found), Vec::<String>::new());
    assert_eq!(
        new(Column::Note, &found),
        [format!(
            "note: {:?} … (501 characters) is too long; use at most 500 characters",
            "é".repeat(60)
        )]
    );
    // A reason has more room.
    assert_eq!(new(Column::Override, &found), Vec::<String>::new());
    let hidden = "to \u{202e} pay";
    let expected = "\"to \\u{202e} pay\" has the invisible character U+202E; remove it";
    for column in [Column::Supplier, Column::Note, Column::Override, Column::By] {
        assert_eq!(new(column, hidden), [format!("{column}: {expected}")]);
        assert_eq!(spend_but(column, hidden), Vec::<String>::new());
    }
    // Each cell has one fault, in the order of the columns.
    let mut row = SPEND.to_vec();
    row.extend([
        (Column::Amount, "1.005"),
        (Column::Supplier, "\u{7}\u{202e}"),
        (Column::Pot, "upfront"),
    ]);
    let faults = Draft::from_new_cells(&cells(&row)).unwrap_err();
    let columns: Vec<Column> = faults.iter().map(|fault| fault.column).collect();
    assert_eq!(columns, [Column::Pot, Column::Amount, Column::Supplier]);
    assert!(faults[2].to_string().ends_with("U+202E; remove it"));
}

#[test]
fn a_draft_is_built_and_edited() {
    let (year, on) = ("2025/26".parse().unwrap(), "2025-07-23".parse().unwrap());
    let draft = Draft::builder(year, Event::Confirm, " KCST ").on(on);
    let draft = draft.reference("Letter 7").note("").override_reason("Late");
    let draft = draft.build().unwrap();
    assert_eq!(
        (draft.on(), draft.year(), draft.by()),
        (Some(on), year, "KCST")
    );
    assert_eq!(
        (draft.event(), draft.kind()),
        (&Event::Confirm, Kind::Confirm)
    );
    assert_eq!(draft.reference(), Some("Letter 7"));
    assert_eq!(draft.note(), None);
    assert_eq!(draft.override_reason(), Some("Late"));
    let edited = draft.edit().note("By post").build().unwrap();
    assert_eq!(edited.note(), Some("By post"));
    assert_eq!(edited.reference(), Some("Letter 7"));
    // It is checked as the row that it would be.
    assert_eq!(
        sentences(Draft::builder(year, Event::Confirm, "").on(on).build()),
        ["by: please give a by; a confirmation needs one"]
    );
}
