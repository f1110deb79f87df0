//! The published JSON Schema, `docs/json.schema.json`: it is the one generated from the reports'
//! types, every question's JSON is valid under the definition of its report, the schema accepts
//! nothing else, and every command that writes JSON is asked here.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crg::report::json_schema;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::files::TempFolder;
use crate::kent::questions;

/// The commands that record, and show what they recorded as the question of that name would.
const RECORDING: [&str; 1] = ["year return"];

/// The keys that a report leaves out if they have no value.
const OPTIONAL: [&str; 1] = ["known_at"];

/// The file holds the generated schema; `UPDATE_SCHEMA=1` writes it anew.
#[test]
fn the_published_schema_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.schema.json");
    let generated = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let published = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    assert!(
        published == generated,
        "{} is out of date: UPDATE_SCHEMA=1 cargo test --test crg -- schema::",
        path.display()
    );
}

/// Every report is listed under its command, and every reference leads to a definition.
#[test]
fn the_schema_is_whole() {
    let schema = json_schema();
    let definitions = schema["$defs"].as_object().unwrap();
    let reports = definitions
        .iter()
        .filter(|(name, _)| name.starts_with("report-"));
    let mut published = BTreeSet::new();
    for (name, report) in reports {
        let title = report["title"].as_str();
        assert!(
            title.is_some_and(|title| title.starts_with("crg ")),
            "{name}"
        );
        published.insert(name.clone());
    }
    let asked = questions().map(|(report, _)| format!("report-{report}"));
    let mut asked: BTreeSet<String> = asked.collect();
    let recording = ["recorded", "init", "load", "backup", "upgrade", "dump"];
    asked.extend(recording.map(|report| format!("report-{report}")));
    assert_eq!(published, asked);
    let text = schema.to_string();
    for rest in text.split("\"$ref\":\"").skip(1) {
        let name = rest
            .split('"')
            .next()
            .and_then(|path| path.strip_prefix("#/$defs/"));
        assert!(
            name.is_some_and(|name| definitions.contains_key(name)),
            "{name:?}"
        );
    }
}

/// The validator of one report.
fn validator(report: &str) -> Validator {
    let mut schema = json_schema();
    assert!(
        schema["$defs"].get(format!("report-{report}")).is_some(),
        "the schema has no report-{report}"
    );
    schema["$ref"] = json!(format!("#/$defs/report-{report}"));
    jsonschema::draft202012::new(&schema).expect("a schema")
}

struct Desk {
    folder: TempFolder,
}

impl Desk {
    fn crg(&self, line: &str) -> (String, Option<i32>) {
        let output = Command::new(env!("CARGO_BIN_EXE_crg"))
            .args(line.split(' ').map(|word| word.replace('_', " ")))
            .current_dir(self.folder.path())
            .env_clear()
            .envs([("CRG_NOW", "2026-05-11T09:30:00Z"), ("CRG_BY", "KCST")])
            .output()
            .unwrap();
        (
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap(),
            output.status.code(),
        )
    }

    /// The published years, and after them something of every kind.
    fn new() -> Desk {
        let desk = Desk {
            folder: TempFolder::new(),
        };
        let kent = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/kent");
        desk.done(&format!("load {}", kent.display()));
        let unreferenced = "on,year,kind,project,amount,override,by\n\
            2026-04-22,2025/26,return,P05,0.25,The number of the payment is not known,KCST\n";
        std::fs::create_dir(desk.folder.join("return")).unwrap();
        std::fs::write(desk.folder.join("return/entries.csv"), unreferenced).unwrap();
        for line in [
            "year receive 2025/26 39661 --on 2025-05-01",
            "project target P01 tickets 400 --year 2025/26 --on 2025-05-01",
            "report quarter 2025/26 Q3 --issue --as-at 2025-12-31",
            "spend add P05 1.50 --year 2025/26 --on 2025-12-02 --supplier Late --reference L1",
            "spend refund P05 0.50 --year 2025/26 --on 2026-04-02",
            "project forecast P05 4400 --year 2025/26 --on 2026-02-10 --note Two_days",
            "year return 2025/26 --reference BACS --on 2026-04-20",
            "spend refund P05 0.25 --year 2025/26 --on 2026-04-21",
            "load return",
            "project propose P01 --pot upfront --amount 4000 --title T --lead L --on 2026-04-08",
            "project propose P02 --pot tactical --amount 400 --title T2 --lead L --on 2026-04-08 --priorities PCP-PEOPLE;NONE",
            "project recommend P01 --on 2026-04-27",
            "project endorse P01 --on 2026-04-27",
            "project submit P01 --on 2026-04-27",
            "project approve P01 3900 --on 2026-05-04",
            "project propose P03 --pot upfront --amount 10 --title T3 --lead L --on 2026-04-08",
            "project approve P03 10 --on 2026-05-05 --override urgent",
            "project progress P01 --note Begun --on 2026-05-05",
            "project target P01 people 20 --on 2026-05-06",
            "project outcome P01 people 2.5 --on 2026-05-07",
            "spend add P01 10 --on 2026-05-06 --supplier S --reference R1",
            "spend add P01 33 --on 2026-05-06 --reference WRONG",
        ] {
            desk.done(line);
        }
        let (log, _) = desk.crg("log --last 1 --format json");
        let last = serde_json::from_str::<Value>(&log).unwrap()["rows"][0]["entry"].clone();
        desk.done(&format!("reverse {last} --note twice"));
        std::fs::copy(desk.folder.join("crg.db"), desk.folder.join("fork.db")).unwrap();
        desk.done("--db fork.db year receive 2026/27 7");
        desk.done("year receive 2026/27 8");
        let put = |name: &str, text: &str| std::fs::write(desk.folder.join(name), text).unwrap();
        put(
            "ledger.toml",
            "unmatched='P01'\n[columns]\ndate='Date'\namount='Amount'\nsupplier='Supplier'\nreference='Ref'\n",
        );
        put(
            "ledger.csv",
            "Date,Amount,Supplier,Ref\n06/05/2026,11,S,R1\n07/05/2026,5,S,R9\n08/05/2026,9000,S,R10\n32/05/2026,1,S,R3\n,9017,,\n",
        );
        put(
            "total.csv",
            "Date,Amount,Supplier,Ref\n06/05/2026,11,S,R1\n07/05/2026,5,S,R9\n\n08/05/2026,0,S,R8\n,16,,\n",
        );
        desk
    }

    fn done(&self, line: &str) {
        let (said, code) = self.crg(line);
        assert_eq!(code, Some(0), "crg {line}\n{said}");
    }

    fn json(&self, line: &str) -> Value {
        let (said, _) = self.crg(&format!("{line} --format json"));
        // A check that fails says so after its answer.
        let answer = serde_json::Deserializer::from_str(&said)
            .into_iter::<Value>()
            .next();
        answer
            .unwrap_or_else(|| panic!("crg {line}: nothing"))
            .unwrap_or_else(|error| panic!("crg {line}: {error}\n{said}"))
    }
}

#[test]
fn every_answer_is_valid_and_a_changed_one_is_not() {
    let desk = Desk::new();
    for (report, line) in questions() {
        let validator = validator(report);
        let answer = desk.json(line);
        let faults: Vec<String> = validator
            .iter_errors(&answer)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "crg {line}\n{}", faults.join("\n"));
        // The schema says something: no key may be missing, none may be added, and no amount
        // may be a number.
        let mut more = answer.clone();
        more["surprise"] = json!("1.00");
        assert!(
            !validator.is_valid(&more),
            "crg {line}: a key that nobody knows"
        );
        for key in answer.as_object().expect("an object").keys() {
            let mut less = answer.clone();
            less.as_object_mut().expect("an object").remove(key);
            assert_eq!(
                validator.is_valid(&less),
                OPTIONAL.contains(&key.as_str()) || (report == "check" && key == "book"),
                "crg {line}: {key} may be missing"
            );
            let mut changed = answer.clone();
            changed[key.as_str()] = json!(12.5);
            assert!(
                !validator.is_valid(&changed),
                "crg {line}: {key} may be a number"
            );
        }
    }
}

/// The commands whose help names `--format`, found by walking through the help.
fn commands_that_write_json(desk: &Desk, of: &str, found: &mut BTreeSet<String>) {
    let (help, _) = desk.crg(format!("{of} --help").trim_start());
    if help.contains("--format <FORMAT>") {
        found.insert(of.trim().to_owned());
    }
    let commands = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty());
    let names = commands
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '));
    for name in names
        .filter_map(|line| line.split(' ').next())
        .filter(|name| *name != "help")
    {
        commands_that_write_json(desk, &format!("{of} {name}"), found);
    }
}

#[test]
fn every_command_that_writes_json_is_asked() {
    let desk = Desk::new();
    let mut found = BTreeSet::new();
    commands_that_write_json(&desk, "", &mut found);
    let is_word = |word: &&str| {
        word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-')
    };
    let asked = questions().map(|(_, line)| {
        let words: Vec<&str> = line.split(' ').take(2).filter(is_word).collect();
        words.join(" ")
    });
    let asked: BTreeSet<String> = asked.chain(RECORDING.map(str::to_owned)).collect();
    let missing: Vec<&String> = found
        .iter()
        .filter(|command| !asked.contains(*command))
        .collect();
    assert!(
        found.len() > 15 && missing.is_empty(),
        "{missing:?} of {found:?}"
    );
}

/// A command of each kind that records, for a trial.
const WRITING: [&str; 37] = [
    "year open 2027/28 --upfront 5 --tactical 6",
    "year allocate 2026/27 5 --pot tactical",
    "year confirm 2026/27",
    "year cut 2026/27 5 --pot tactical",
    "year release 2026/27 --override early",
    "year receive 2026/27 5",
    "year return 2026/27 5 --pot tactical --reference R",
    "year repay 2025/26 0.25 --project P05 --reference R",
    "year lapse 2026/27 1 --pot tactical",
    "year return 2026/27 --reference R --override early --lapse",
    "year close 2026/27 --override early",
    "project propose P9 --pot upfront --amount 5 --title T --lead L",
    "project amend P01 --lead M",
    "project recommend P02=300",
    "project decline P02",
    "project endorse P02 --override early",
    "project submit P02 --override early",
    "project approve P02 --override early",
    "project reject P02 --override early",
    "project increase P01 5",
    "project reduce P01 5",
    "project withdraw P01 P03",
    "project complete P01",
    "project progress P01 --note Half",
    "project target P01 people 4",
    "project outcome P01 people 4",
    "project forecast P01=5 P03=6",
    "due add 2026/27 30/10/2026 Return",
    "project detail P01 purpose Theft",
    "year detail 2026/27 department Safety",
    "document add crg.db --year 2026/27",
    "certify year-end 2025/26 --name N --post P",
    "spend add P01 5",
    "spend refund P01 5",
    "reverse 1 --note wrong --override early",
    "reverse ENTRY --note wrong",
    "reconcile 2025/26 --explain PRINTED --note rounded",
];

#[test]
fn every_command_that_records_answers_in_json() {
    let desk = Desk::new();
    let validator = validator("recorded");
    let entry = |kind: &str| {
        let log = desk.json("log");
        let rows = log["rows"].as_array().unwrap().iter().rev();
        let mut rows = rows.filter(|row| row["kind"] == kind && row["reversed_by"].is_null());
        rows.next().unwrap()["entry"].to_string()
    };
    let (outcome, printed) = (entry("outcome"), entry("published"));
    let mut answered = 0;
    for line in WRITING {
        let line = line.replace("ENTRY", &outcome).replace("PRINTED", &printed);
        let (said, code) = desk.crg(&format!("{line} --dry-run --format json"));
        if code != Some(0) {
            assert!(said.starts_with("{\"error\":"), "crg {line}\n{said}");
            continue;
        }
        answered += 1;
        let answer: Value = serde_json::from_str(&said).unwrap_or_else(|error| {
            panic!("crg {line}: {error}\n{said}");
        });
        let faults: Vec<String> = validator
            .iter_errors(&answer)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "crg {line}\n{}", faults.join("\n"));
        assert_eq!(answer["dry_run"], true, "crg {line}");
        assert!(
            !answer["entries"].as_array().unwrap().is_empty(),
            "crg {line}"
        );
    }
    assert!(answered > 20, "only {answered} were recorded");
    // What was recorded is what the journal has.
    let done = desk.json("spend add P01 5 --supplier S --reference J1 --on 2026-05-08");
    assert_eq!(done["dry_run"], false);
    let last = &desk.json("log --last 1")["rows"][0];
    assert_eq!(done["entries"][0]["entry"], last["entry"]);
    let (check, _) = desk.crg(&format!(
        "check --head {}",
        done["entries"][0]["fingerprint"].as_str().unwrap()
    ));
    assert!(check.contains("head"), "{check}");
    assert_eq!(done["projects"][0]["left"], done["entries"][0]["left"]);
}

/// What is done with the file of a book is answered in JSON too.
#[test]
fn every_command_on_a_file_answers_in_json() {
    let desk = Desk::new();
    let more = "on,year,kind,project,note\n2026-05-11,2026/27,progress,P01,Half\n";
    std::fs::create_dir(desk.folder.join("more")).unwrap();
    std::fs::write(desk.folder.join("more/entries.csv"), more).unwrap();
    let answers = [
        (
            "init",
            "--db new.db init --partnership A",
            "file",
            json!("new.db"),
        ),
        ("load", "load more --dry-run", "dry_run", json!(true)),
        ("backup", "backup", "made", json!(true)),
        ("backup", "backup", "made", json!(false)),
        ("dump", "dump folder", "folder", json!("folder")),
        ("load", "--db copy.db load folder", "verified", json!(true)),
        ("upgrade", "upgrade", "copy", json!(null)),
    ];
    for (report, line, key, value) in answers {
        let answer = desk.json(line);
        let faults: Vec<String> = validator(report)
            .iter_errors(&answer)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "crg {line}\n{}", faults.join("\n"));
        assert_eq!(answer[key], value, "crg {line}");
    }
    let (dumped, log) = (desk.json("dump again"), desk.json("log"));
    assert_eq!(dumped["entries"], log["rows"].as_array().unwrap().len());
}

/// A report that goes out to a file leaves standard output to the entry that says so.
#[test]
fn an_issue_in_a_json_file_is_answered_in_json() {
    let desk = Desk::new();
    let issue = |options: &str| {
        let line =
            format!("--quiet report quarter 2025/26 Q2 --as-at 2025-09-30 --issue {options}");
        let (answer, code) = desk.crg(&line);
        assert_eq!(code, Some(0), "{answer}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert!(validator("recorded").is_valid(&answer), "{answer}");
        answer
    };
    let tried = issue("--dry-run --json --output tried.json");
    let issued = issue("--format json --output q2.json");
    assert_eq!(tried["dry_run"], true);
    assert_eq!(issued["entries"][0]["kind"], "issue");
    assert_eq!(issued["entries"][0]["entry"], tried["entries"][0]["entry"]);
    let again = issue("--json --output again.json");
    assert_eq!(again["entries"], json!([]));
    let note = again["notes"][0].as_str().unwrap();
    assert!(note.contains("nothing new was recorded"), "{note}");
    let read = |name: &str| std::fs::read(desk.folder.join(name)).unwrap();
    assert_eq!(read("q2.json"), read("again.json"));
}
