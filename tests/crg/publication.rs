//! What is published about grants: whoever follows the steps of `crg check --for` can publish, and
//! 360Giving files are valid, as JSON and as CSV, under the standard's own schema if it is there.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::files::TempFolder;

const DUTIES: [&str; 3] = ["360giving", "transparency", "specified-information"];

/// A book in a folder, and the program that keeps it.
struct Desk(TempFolder);

impl Desk {
    /// Kent's published years.
    fn kent() -> Desk {
        let desk = Desk(TempFolder::new());
        desk.done("demo crg.db");
        desk
    }

    /// A year in which everything is unusual that may be.
    fn invented() -> Desk {
        let desk = Desk(TempFolder::new());
        for line in [
            "init --partnership Ynys_Môn_CSP --funder OPCC,_\"North\"",
            "year open 2025/26 --upfront 9,999,999,999.99 --tactical 500 --on 2025-02-01",
            "project propose A1 --pot upfront --amount 0.01 --title A,_\"B\"_–_£5 --lead L --year 2025/26 --on 2025-02-01",
            "project propose A2 --pot upfront --amount 9,999,999,000.10 --title LONG --lead L --year 2025/26 --on 2025-02-01",
            "project propose A3 --pot upfront --amount 12.30 --title Withdrawn --lead L --year 2025/26 --on 2025-02-01",
            "project propose A4 --pot upfront --amount 40 --title Kept_in_part --lead L --year 2025/26 --on 2025-02-01",
            "project propose A5 --pot upfront --amount 40 --title Never_approved --lead L --year 2025/26 --on 2025-02-01",
            "project approve A1=0.01 A2=9,999,999,000.10 A3=12.30 A4=40 --year 2025/26 --on 2025-03-01 --override early",
            "spend add A4 15.50 --year 2025/26 --on 2025-05-06",
            "project withdraw A3 A4 --year 2025/26 --on 2025-06-01",
            "project increase A2 0.45 --year 2025/26 --on 2025-06-02 --reference OPCC",
        ] {
            desk.done(&line.replace("LONG", &"é_".repeat(75)));
        }
        desk
    }

    /// Runs a command, in whose words `_` stands for a space.
    fn run(&self, line: &str) -> Output {
        self.run_words(line.split(' ').map(|word| word.replace('_', " ")))
    }

    fn run_words(&self, words: impl Iterator<Item = String>) -> Output {
        Command::new(env!("CARGO_BIN_EXE_crg"))
            .args(words)
            .current_dir(self.0.path())
            .env_clear()
            .envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")])
            .output()
            .unwrap()
    }

    fn done(&self, line: &str) -> String {
        let output = self.run(line);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "crg {line}\n{said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The steps that a check prints for scripts; none once nothing is missing.
    fn steps(&self, duty: &str, year: &str) -> Vec<String> {
        let output = self.run(&format!("check --for {duty} {year} --errors json"));
        if output.status.success() {
            return Vec::new();
        }
        assert_eq!(output.status.code(), Some(1));
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        let steps = error["error"]["next"].as_array().unwrap();
        steps
            .iter()
            .map(|step| step.as_str().unwrap().to_owned())
            .collect()
    }

    /// Records what is missing for a duty: each step as printed, with a value in place of its
    /// placeholder.
    fn record_missing(&self, duty: &str, year: &str) {
        for step in self.steps(duty, year) {
            let words = step.split(' ').skip(1).map(|word| match word {
                "TEXT" => format!("What {step} asks for, “it says”"),
                "DATE" if step.contains(" starts ") => "1 April 2025".to_owned(),
                "DATE" => "31/03/2026".to_owned(),
                "ORG-ID" => "GB-CHC-1234567".to_owned(),
                word => word.to_owned(),
            });
            let output = self.run_words(words);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{step}\n{said}");
        }
        let left = self.steps(duty, year);
        assert!(left.is_empty(), "{duty}: {left:?}");
    }
}

#[test]
fn whoever_follows_the_steps_can_publish() {
    for desk in [Desk::kent(), Desk::invented()] {
        for duty in DUTIES {
            assert!(!desk.steps(duty, "2025/26").is_empty(), "{duty}");
            desk.record_missing(duty, "2025/26");
            let output = desk.run(&format!("export {duty} 2025/26"));
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(
                output.status.success() && !said.contains("missing"),
                "{said}"
            );
        }
    }
}

#[test]
fn nothing_is_published_in_360giving_while_a_fact_is_missing() {
    let desk = Desk::kent();
    let refused = |line: &str, message: &str| {
        let output = desk.run(line);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(output.stdout.is_empty() && said.contains(message), "{said}");
    };
    refused("export 360giving 2025/26", "34 facts missing");
    refused("export 360giving 2026/27", "no project has an award");
    desk.record_missing("360giving", "2025/26");
    desk.done("export 360giving 2025/26");
    for (fact, message) in [
        ("project detail P01 starts spring", "1 fact missing"),
        ("project detail P01 starts 1/4/2025", ""),
        ("project detail P01 ends 31/3/2025", "1 fact missing"),
        ("project detail P01 ends 31/3/2026", ""),
        ("project detail P01 recipient-id 1234567", "1 fact missing"),
        ("project detail P01 recipient-id 360G-kcsp-7", ""),
        (
            "project detail P01 purpose Hateful_Extremism_Learning_Event",
            "1 fact missing",
        ),
        ("project detail P01 purpose A_day_of_learning", ""),
        ("year detail 2025/26 funder-id OPCC", "1 fact missing"),
        ("year detail 2025/26 funder-id 360G-kcsp-opcc", ""),
        ("project detail P01 funder-id GB-CHC-1", ""),
    ] {
        let year = if fact.starts_with("year") {
            ""
        } else {
            " --year 2025/26"
        };
        desk.done(&format!("{fact}{year}"));
        match message {
            "" => assert!(desk.done("export 360giving 2025/26").contains("360G-kent")),
            message => refused("export 360giving 2025/26", message),
        }
    }
    let written = desk.done("export 360giving 2025/26");
    let funders = written.matches("\"id\": \"360G-kcsp-opcc\"").count();
    assert_eq!(
        funders, 10,
        "all grants of a year have one funder\n{written}"
    );
}

/// A fact of the year does for the projects that have none of their own.
#[test]
fn a_project_may_have_a_fact_of_its_own() {
    let desk = Desk::kent();
    desk.record_missing("360giving", "2025/26");
    desk.done("project detail P07 place Maidstone --year 2025/26");
    desk.done("project detail P07 recipient-id GB-SC-SC012345 --year 2025/26");
    let grants: Value = serde_json::from_str(&desk.done("export 360giving 2025/26")).unwrap();
    let of = |id: &str| {
        let mut all = grants["grants"].as_array().unwrap().iter();
        let grant = all.find(|grant| grant["id"].as_str().unwrap().ends_with(id));
        grant.unwrap().clone()
    };
    assert_eq!(
        of("P07")["beneficiaryLocation"],
        json!([{"name": "Maidstone"}])
    );
    assert_ne!(
        of("P08")["beneficiaryLocation"],
        json!([{"name": "Maidstone"}])
    );
    let rows = desk.done("export transparency 2025/26");
    assert!(rows.contains(",SC012345,"), "{rows}");
}

/// An award that was withdrawn is no grant, and one that was varied is what it became.
#[test]
fn a_grant_is_what_a_project_has_of_its_award() {
    let desk = Desk::invented();
    desk.record_missing("360giving", "2025/26");
    let written = desk.done("export 360giving 2025/26 --prefix 360G-ymcsp");
    let amounts: Vec<&str> = written
        .lines()
        .filter_map(|line| line.trim().strip_prefix("\"amountAwarded\": "))
        .collect();
    assert_eq!(amounts, ["0.01,", "9999999000.55,", "15.50,"], "{written}");
    assert!(
        written.contains("\"id\": \"360G-ymcsp-2025-26-A4\""),
        "{written}"
    );
    let rows = desk.done("export transparency 2025/26");
    let amounts: Vec<&str> = rows
        .lines()
        .skip(1)
        .filter_map(|row| row.rsplit(',').next())
        .collect();
    assert_eq!(amounts, ["0.01", "9999999000.55", "15.50"], "{rows}");
}

/// The file's name says the form, and one that says another is refused.
#[test]
fn the_form_of_a_360giving_file_follows_from_its_name() {
    let desk = Desk::kent();
    desk.record_missing("360giving", "2025/26");
    let read = |name: &str| std::fs::read_to_string(desk.0.join(name)).unwrap();
    desk.done("export 360giving 2025/26 --output a.json");
    desk.done("export 360giving 2025/26 -o a.csv");
    desk.done("export 360giving 2025/26 --format csv -o b");
    assert!(read("a.json").starts_with("{\n  \"version\": \"1.4\""));
    assert!(read("a.csv").starts_with("Identifier,Title,Description,Currency,Amount Awarded,"));
    assert_eq!(read("b"), read("a.csv"));
    for line in ["--output a.xlsx", "--format csv --output c.json"] {
        let output = desk.run(&format!("export 360giving 2025/26 {line}"));
        assert_eq!(output.status.code(), Some(2), "{line}");
    }
}

/// The schema of the standard, and its validator, with formats checked. It is not part of this
/// project: without it, the tests of validity have nothing to go by.
#[expect(clippy::print_stdout, reason = "says that it tests nothing")]
fn schema() -> Option<(Value, Validator)> {
    let path = "../shared/360giving/360-bundled.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("not tested: {} is missing", path.display());
        return None;
    };
    let schema: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    Some((schema, validator))
}

/// What the schema does not see, and the standard's quality checks do.
fn quality_faults(package: &Value) -> Vec<String> {
    let (mut ids, mut funders, mut faults) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for grant in package["grants"].as_array().unwrap() {
        let [id, title, description, awarded] = ["id", "title", "description", "awardDate"]
            .map(|key| grant[key].as_str().unwrap().to_owned());
        funders.insert(grant["fundingOrganization"][0]["id"].to_string());
        for (is_fault, fault) in [
            (!ids.insert(id.clone()), "id is not unique"),
            (id.contains(['\n', '\r']), "line break in id"),
            (!id.starts_with("360G-"), "no prefix"),
            (title == description, "the description is the title"),
            (title.chars().count() > 140, "title too long"),
            (awarded.as_str() > "2026-05-11", "award in the future"),
            (grant["amountAwarded"] == json!(0.0), "no amount"),
            (
                grant["plannedDates"][0]["endDate"].is_null(),
                "no planned dates",
            ),
            (
                grant["beneficiaryLocation"][0]["name"].is_null(),
                "no location",
            ),
            (
                grant["grantProgramme"][0]["title"].is_null(),
                "no programme",
            ),
        ] {
            if is_fault {
                faults.push(format!("{id}: {fault}"));
            }
        }
    }
    if funders.len() != 1 {
        faults.push(format!("{funders:?}"));
    }
    faults
}

#[test]
fn a_360giving_file_is_valid_in_both_forms() {
    let Some((schema, validator)) = schema() else {
        return;
    };
    for (desk, count) in [(Desk::kent(), 10), (Desk::invented(), 3)] {
        desk.record_missing("360giving", "2025/26");
        let written = desk.done("export 360giving 2025/26 --prefix 360G-test");
        let package: Value = serde_json::from_str(&written).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&package)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}\n{written}", faults.join("\n"));
        assert_eq!(package["version"], "1.4");
        assert_eq!(package["grants"].as_array().unwrap().len(), count);
        assert_eq!(quality_faults(&package), Vec::<String>::new());
        let csv = desk.done("export 360giving 2025/26 --prefix 360G-test --format csv");
        assert_eq!(nested(&csv, &schema), package["grants"], "{csv}");
        for (key, wrong) in [
            ("awardDate", json!("2025-13-01")),
            ("amountAwarded", json!("4000.00")),
            ("recipientOrganization", json!([])),
            ("dateModified", json!("11 May 2026")),
        ] {
            let mut broken = package.clone();
            broken["grants"][0][key] = wrong;
            assert!(!validator.is_valid(&broken), "{key}");
        }
    }
}

/// The grants of a spreadsheet whose headings are titles of the schema: `Recipient Org:Name` is the
/// name of the first in the list of recipients.
fn nested(csv: &str, schema: &Value) -> Value {
    let grant = &schema["$defs"]["grant"];
    let property = |of: &Value, title: &str| {
        let mut all = of["properties"].as_object().unwrap().iter();
        let found = all.find(|(_, property)| property["title"] == title);
        found
            .map(|(key, property)| (key.clone(), property.clone()))
            .or_else(|| (title == "Currency").then(|| ("currency".into(), Value::Null)))
            .unwrap_or_else(|| panic!("the schema has no {title}"))
    };
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let mut grown = Map::new();
        for (heading, cell) in headers.iter().zip(row.iter()) {
            let value = |property: &Value| match property["type"] == "number" {
                true => serde_json::from_str(cell).unwrap(),
                false => json!(cell),
            };
            let Some((list, part)) = heading.split_once(':') else {
                let (key, found) = property(grant, heading);
                grown.insert(key, value(&found));
                continue;
            };
            let (key, list) = property(grant, list);
            let item = list["items"]["$ref"].as_str().unwrap();
            let item = &grant["$defs"][item.strip_prefix("#/$defs/").unwrap()];
            let (part, found) = property(item, part);
            let list = grown.entry(key).or_insert_with(|| json!([{}]));
            list[0][part] = value(&found);
        }
        Value::Object(grown)
    });
    rows.collect()
}
