//! What is wrong with a row, and a row read back.

use crg::model::{Cells, Column, Draft};

fn faults(row: &[(Column, &str)]) -> Vec<String> {
    let mut cells = Cells::default();
    for (column, text) in row {
        cells.set(*column, *text);
    }
    Draft::from_cells(&cells)
        .err()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
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
    let mut cells = Cells::default();
    for (column, text) in SPEND {
        cells.set(column, text);
    }
    let draft = Draft::from_cells(&cells).unwrap();
    cells.set(Column::Vat, "net");
    assert_eq!(draft.cells(), cells);
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
