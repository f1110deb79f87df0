//! A partnership's first year, as `tests/transcripts/first-year.md` tells it: how much there is to
//! type, and every figure of every day against sums made here, by the rules of the grant alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::kent::{crg, text};
use crate::transcripts::rerun;

const YEAR: &str = "2025/26";

fn transcript() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts/first-year.md");
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_first_year_takes_at_most_seventy_commands_and_no_override() {
    let text = transcript();
    let commands = text.lines().filter(|line| line.starts_with("$ crg "));
    assert!((50..=70).contains(&commands.count()));
    assert!(!text.contains("--override"), "a rule was set aside");
}

/// A row of `entries.csv`, with its amount in pence.
struct Row {
    on: String,
    kind: String,
    project: String,
    pot: String,
    pence: i64,
}

/// The entries that count, in the order of their days and numbers.
fn standing(csv: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: &csv::StringRecord, name: &str| {
        let index = columns.iter().position(|column| column == name).unwrap();
        row[index].to_owned()
    };
    let reversals = rows.iter().filter(|row| cell(row, "kind") == "reverse");
    let reversed: BTreeSet<usize> = reversals
        .map(|row| cell(row, "reference").parse().unwrap())
        .collect();
    let counts = |number: usize, row: &csv::StringRecord| {
        !reversed.contains(&number) && cell(row, "kind") != "reverse"
    };
    let mut standing: Vec<Row> = (1..)
        .zip(&rows)
        .filter(|(number, row)| counts(*number, row))
        .map(|(_, row)| Row {
            on: cell(row, "on"),
            kind: cell(row, "kind"),
            project: cell(row, "project"),
            pot: cell(row, "pot"),
            pence: pence(&cell(row, "amount")),
        })
        .collect();
    standing.sort_by(|a, b| a.on.cmp(&b.on));
    standing
}

fn pence(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap_or(0)
}

/// What the rules of the grant make of a year, in pence: for each project its award, spend and
/// return; for each pot what it was allocated, what it awarded and what it returned.
#[derive(Default)]
struct Sums {
    award: BTreeMap<String, i64>,
    spent: BTreeMap<String, i64>,
    returned: BTreeMap<String, i64>,
    pot_of: BTreeMap<String, String>,
    allocated: BTreeMap<String, i64>,
    released: bool,
}

impl Sums {
    fn of(rows: &[Row], day: &str) -> Sums {
        let mut sums = Sums::default();
        for row in rows.iter().filter(|row| row.on.as_str() <= day) {
            let (project, holder) = (row.project.clone(), row.project.clone() + &row.pot);
            match row.kind.as_str() {
                "allocate" => *sums.allocated.entry(row.pot.clone()).or_default() += row.pence,
                "propose" => drop(sums.pot_of.insert(project, row.pot.clone())),
                "approve" | "increase" => *sums.award.entry(project).or_default() += row.pence,
                "reduce" | "withdraw" => *sums.award.entry(project).or_default() -= row.pence,
                "spend" => *sums.spent.entry(project).or_default() += row.pence,
                "refund" => *sums.spent.entry(project).or_default() -= row.pence,
                "return" => *sums.returned.entry(holder).or_default() += row.pence,
                "repay" => *sums.returned.entry(holder).or_default() -= row.pence,
                "release" => sums.released = true,
                _ => {}
            }
        }
        sums
    }

    fn committed(&self, pot: &str) -> i64 {
        let awards = self.award.iter();
        let own = awards.filter(|(project, _)| self.pot_of[*project] == pot);
        own.map(|(_, award)| award).sum()
    }

    /// What a pot has left by itself: once upfront is released, all that is left is tactical.
    fn left(&self, pot: &str) -> i64 {
        let own = |pot: &str| {
            let of = |sums: &BTreeMap<String, i64>| sums.get(pot).copied().unwrap_or(0);
            of(&self.allocated) - self.committed(pot) - of(&self.returned)
        };
        match (self.released, pot) {
            (false, pot) => own(pot),
            (true, "upfront") => 0,
            (true, _) => own("upfront") + own("tactical"),
        }
    }
}

#[test]
fn every_figure_of_every_day_follows_from_the_rules_of_the_grant() {
    let (_, folder) = rerun(&transcript());
    let ask = |arguments: &[&str]| -> Value {
        let asked = [arguments, &["--db", "crg.db", "--format", "json"]].concat();
        serde_json::from_str(&text(&crg(&folder, &asked))).unwrap()
    };
    text(&crg(&folder, &["dump", "dumped", "--db", "crg.db"]));
    let rows = standing(&fs::read_to_string(folder.path().join("dumped/entries.csv")).unwrap());
    let days: BTreeSet<&str> = rows.iter().map(|row| row.on.as_str()).collect();
    assert!(days.len() > 15, "{days:?}");
    for day in days {
        let sums = Sums::of(&rows, day);
        let total = |sums: &BTreeMap<String, i64>| -> i64 { sums.values().sum() };
        let figure = |value: &Value| pence(value.as_str().unwrap());

        let year = ask(&["year", "show", YEAR, "--as-at", day]);
        let unspent = total(&sums.award)
            - total(&sums.spent)
            - sums
                .returned
                .iter()
                .filter(|(holder, _)| sums.pot_of.contains_key(*holder))
                .map(|(_, pence)| pence)
                .sum::<i64>();
        for (key, expected) in [
            ("allocation", total(&sums.allocated)),
            ("spent", total(&sums.spent)),
            ("returned", total(&sums.returned)),
            ("unspent_awards", unspent),
            ("uncommitted", sums.left("upfront") + sums.left("tactical")),
        ] {
            assert_eq!(figure(&year[key]), expected, "{key} on {day}");
        }

        let pots = ask(&["pot", YEAR, "--as-at", day]);
        for pot in ["upfront", "tactical"] {
            assert_eq!(
                figure(&pots[pot]["remaining"]),
                sums.left(pot),
                "{pot} on {day}"
            );
            assert_eq!(
                figure(&pots[pot]["committed"]),
                sums.committed(pot),
                "{pot} on {day}"
            );
        }

        let projects = ask(&["project", "list", YEAR, "--as-at", day]);
        let projects = projects["rows"].as_array().unwrap();
        assert_eq!(projects.len(), sums.pot_of.len(), "projects on {day}");
        for project in projects {
            let name = project["project"].as_str().unwrap();
            let of = |sums: &BTreeMap<String, i64>| sums.get(name).copied().unwrap_or(0);
            let expected = [of(&sums.award), of(&sums.spent), of(&sums.returned)];
            let found = ["award", "spent", "returned"].map(|key| figure(&project[key]));
            assert_eq!(found, expected, "{name} on {day}");
        }
    }
}
