//! Every kind of the table has a form, and is recorded with it.

use std::collections::BTreeSet;

use crg::Kind;

use super::browser::{Browser, said};
use crate::files::TempFolder;

const SHA: &str = "1111111111111111111111111111111111111111111111111111111111111111";

/// A year in which each kind is recorded, in an order that the rules allow: the kind, and what is
/// typed beside the day and the year.
const YEAR: [(&str, &[(&str, &str)]); 51] = [
    ("allocate", &[("pot", "upfront"), ("amount", "20,000")]),
    ("allocate", &[("pot", "tactical"), ("amount", "10,000")]),
    ("cut", &[("pot", "upfront"), ("amount", "100")]),
    ("confirm", &[]),
    (
        "due",
        &[("title", "Half-year return"), ("value", "30/10/2025")],
    ),
    ("met", &[("reference", "5")]),
    (
        "scheme",
        &[
            ("measure", "Plan"),
            ("priorities", "PP1"),
            ("title", "Places"),
            ("value", "begins"),
        ],
    ),
    (
        "name",
        &[("measure", "partnership"), ("title", "Example Partnership")],
    ),
    (
        "propose",
        &[
            ("project", "P01"),
            ("pot", "upfront"),
            ("amount", "4,000"),
            ("title", "Bikes"),
            ("lead", "Police"),
            ("priorities", "PP1"),
        ],
    ),
    ("amend", &[("project", "P01"), ("amount", "3,900")]),
    ("recommend", &[("project", "P01")]),
    ("endorse", &[("project", "P01")]),
    ("submit", &[("project", "P01")]),
    ("approve", &[("project", "P01")]),
    (
        "propose",
        &[
            ("project", "P02"),
            ("pot", "upfront"),
            ("amount", "900"),
            ("title", "Lights"),
            ("lead", "Highways"),
        ],
    ),
    ("decline", &[("project", "P02")]),
    (
        "propose",
        &[
            ("project", "P03"),
            ("pot", "upfront"),
            ("amount", "800"),
            ("title", "Bus"),
            ("lead", "Youth Service"),
        ],
    ),
    ("recommend", &[("project", "P03"), ("amount", "700")]),
    ("endorse", &[("project", "P03")]),
    ("submit", &[("project", "P03")]),
    ("reject", &[("project", "P03")]),
    ("release", &[]),
    (
        "propose",
        &[
            ("project", "T01"),
            ("pot", "tactical"),
            ("amount", "500"),
            ("title", "Packs"),
            ("lead", "Trading Standards"),
        ],
    ),
    ("withdraw", &[("project", "T01")]),
    (
        "increase",
        &[
            ("project", "P01"),
            ("amount", "100"),
            ("reference", "OPCC e-mail"),
        ],
    ),
    (
        "reduce",
        &[
            ("project", "P01"),
            ("amount", "50"),
            ("reference", "OPCC e-mail"),
        ],
    ),
    (
        "receive",
        &[("amount", "£29,900.00"), ("reference", "BACS 1")],
    ),
    (
        "spend",
        &[
            ("project", "P01"),
            ("amount", "120.50"),
            ("supplier", "Acme"),
            ("reference", "INV-1"),
            ("vat", "gross"),
            ("measure", "venue hire"),
        ],
    ),
    (
        "refund",
        &[
            ("project", "P01"),
            ("amount", "20.50"),
            ("supplier", "Acme"),
            ("reference", "CN-1"),
        ],
    ),
    (
        "progress",
        &[("project", "P01"), ("note", "Two of five events held")],
    ),
    (
        "target",
        &[
            ("project", "P01"),
            ("measure", "bikes marked"),
            ("value", "300"),
        ],
    ),
    (
        "outcome",
        &[
            ("project", "P01"),
            ("measure", "bikes marked"),
            ("value", "214"),
        ],
    ),
    ("forecast", &[("project", "P01"), ("amount", "3,000")]),
    (
        "detail",
        &[
            ("project", "P01"),
            ("measure", "purpose"),
            ("note", "Fewer thefts"),
        ],
    ),
    (
        "published",
        &[
            ("measure", "allocation"),
            ("amount", "30,000"),
            ("title", "July paper"),
        ],
    ),
    (
        "explain",
        &[("reference", "35"), ("note", "Before the cut")],
    ),
    ("document", &[("title", "Letter"), ("value", SHA)]),
    ("issue", &[("title", "Update"), ("value", SHA)]),
    (
        "certify",
        &[
            ("title", "Year end"),
            ("value", SHA),
            ("note", "Chief finance officer"),
        ],
    ),
    (
        "match",
        &[
            ("value", SHA),
            ("title", "A line"),
            ("note", "Not ours"),
            ("reference", "28"),
        ],
    ),
    ("complete", &[("project", "P01")]),
    (
        "return",
        &[
            ("project", "P01"),
            ("amount", "3,850"),
            ("reference", "BACS 2"),
        ],
    ),
    (
        "repay",
        &[
            ("project", "P01"),
            ("amount", "10"),
            ("reference", "BACS 3"),
        ],
    ),
    (
        "return",
        &[
            ("project", "P01"),
            ("amount", "10"),
            ("reference", "BACS 4"),
        ],
    ),
    (
        "return",
        &[
            ("pot", "tactical"),
            ("amount", "25,000"),
            ("reference", "BACS 5"),
        ],
    ),
    ("lapse", &[("pot", "tactical"), ("amount", "950")]),
    (
        "progress",
        &[("project", "P01"), ("note", "Typed by mistake")],
    ),
    ("reverse", &[("reference", "47"), ("note", "Typed twice")]),
    ("close", &[]),
    ("reopen", &[("note", "A late credit note")]),
    ("close", &[]),
];

/// What is typed for one kind of the year.
fn typed<'a>(kind: &'a str, cells: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![("kind", kind), ("year", "2025/26")];
    if kind != "reverse" {
        pairs.push(("on", "1 June 2025"));
    }
    pairs.extend(cells);
    pairs
}

#[test]
fn every_kind_is_recorded_with_its_form() {
    let listed: BTreeSet<&str> = YEAR.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(listed, Kind::KEYWORDS.iter().copied().collect());
    let folder = TempFolder::new();
    said(
        &folder,
        &["init", "--partnership", "Example", "--funder", "OPCC"],
    );
    let browser = Browser::open(&folder, &[]);
    for (number, (kind, cells)) in (1..).zip(YEAR) {
        let form = browser.get(&format!("/enter?kind={kind}&year=2025/26"));
        let names = form.attributes("main [name]", "name");
        for (name, _) in cells {
            // A book without priorities in the year has one line for their codes.
            assert!(names.iter().any(|known| known == name), "{kind}: {names:?}");
        }
        let done = browser.record("/enter", &typed(kind, cells));
        let page = format!("/recorded?entry={number}");
        assert_eq!(
            done.header("location"),
            Some(page.as_str()),
            "{kind}: {}",
            done.text()
        );
        let shown = browser.get(&page);
        assert!(
            shown
                .text()
                .contains(&format!("Recorded entry {number}: {kind}")),
            "{}",
            shown.text()
        );
    }
    said(&folder, &["check"]);
    said(&folder, &["dump", "dumped"]);
    let csv = std::fs::read_to_string(folder.join("dumped/entries.csv")).unwrap();
    assert_eq!(csv.lines().count(), YEAR.len() + 1);
    // An award without an amount is what was submitted.
    assert!(
        csv.contains("2025-06-01,2025/26,approve,P01,,3900.00"),
        "{csv}"
    );
}
