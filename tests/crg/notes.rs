//! The notes after something is recorded: papers that it changes, and texts about persons.

use std::process::Command;

use crate::files::TempFolder;

fn crg(folder: &TempFolder, words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_crg"))
        .args(words)
        .current_dir(folder.path())
        .env_clear()
        .envs([("CRG_NOW", "2026-09-30T09:30:00Z"), ("CRG_BY", "KCST")])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "crg {words:?}\n{said}");
    said
}

fn load(folder: &TempFolder, text: &str) -> String {
    std::fs::write(folder.join("entries.csv"), text).unwrap();
    crg(folder, &["load", "."])
}

/// A book with one project, and a Working Group Update that went out.
fn reported() -> TempFolder {
    let folder = TempFolder::new();
    load(
        &folder,
        "on,year,kind,project,pot,amount,title,lead,value,by\n\
        2026-04-01,2026/27,allocate,,upfront,9000,,,,KCST\n\
        2026-04-02,2026/27,propose,P01,upfront,2000,T,L,,KCST\n\
        2026-04-02,2026/27,recommend,P01,,,,,,KCST\n\
        2026-04-02,2026/27,endorse,P01,,,,,,KCST\n\
        2026-04-02,2026/27,submit,P01,,,,,,KCST\n\
        2026-04-03,2026/27,approve,P01,,1000,,,,KCST\n\
        2026-07-23,2026/27,issue,,,,Working Group Update,,abc,KCST\n",
    );
    folder
}

#[test]
fn an_entry_in_the_days_of_a_paper_says_that_it_changes_it() {
    let folder = reported();
    for (line, changes) in [
        ("spend add P01 5 --on 2026-07-23", true),
        ("spend add P01 6 --on 2026-07-24", false),
        ("spend refund P01 1 --on 2026-07-23", true),
        ("project increase P01 5 --on 2026-07-01 --reference A", true),
        ("project reduce P01 5 --on 2026-08-01 --reference A", false),
        ("project amend P01 --lead M --on 2026-07-01", true),
        ("project forecast P01 900 --on 2026-07-01", true),
        ("year receive 2026/27 50 --on 2026-07-01", true),
        (
            "year allocate 2026/27 50 --pot upfront --on 2026-07-01",
            true,
        ),
        ("reverse 10 --note wrong", true),
        ("reverse 9 --note wrong", false),
    ] {
        let said = crg(&folder, &line.split(' ').collect::<Vec<_>>());
        let note = "what \"Working Group Update\" reported as at 23 July 2026 (entry 7)";
        assert_eq!(said.contains(note), changes, "{line}: {said}");
    }
}

#[test]
fn texts_that_look_like_contact_details_are_noted() {
    let folder = reported();
    for (words, field) in [
        (
            vec!["project", "amend", "P01", "--lead", "Jo, 07700 900000"],
            Some("lead"),
        ),
        (
            vec!["project", "amend", "P01", "--title", "Ask jo@example.org"],
            Some("title"),
        ),
        (
            vec![
                "spend",
                "add",
                "P01",
                "5",
                "--supplier",
                "Jo (01234) 567890",
            ],
            Some("supplier"),
        ),
        (
            vec![
                "project",
                "progress",
                "P01",
                "--note",
                "Ring +44 7700 900000",
            ],
            Some("note"),
        ),
        (
            vec!["spend", "add", "P01", "6", "--reference", "07700900000"],
            None,
        ),
        (
            vec![
                "spend",
                "add",
                "P01",
                "7",
                "--note",
                "Invoice 00451230012 of 14/04/2026",
            ],
            None,
        ),
    ] {
        let said = crg(&folder, &words);
        let noted = said.contains("looks as if it holds");
        assert_eq!(noted, field.is_some(), "{words:?}: {said}");
        assert!(
            field.is_none_or(|field| said.contains(&format!("the {field} of entry"))),
            "{said}"
        );
    }
    let header = "on,year,kind,project,lead,by\n";
    let row = "2026-09-01,2026/27,amend,P01,Jo 07700 900000,KCST\n";
    let plain = "2026-09-01,2026/27,amend,P01,Kent Police,KCST\n";
    for (rows, expected) in [
        (plain.to_owned(), None),
        (format!("{plain}{row}"), Some("the text of row 3 looks")),
        (
            format!("{row}{plain}{row}"),
            Some("the text of rows 2, 4 looks"),
        ),
        (
            row.repeat(7),
            Some("the text of 7 rows, the first 2, 3, 4, 5, 6, looks"),
        ),
    ] {
        let said = load(&folder, &format!("{header}{rows}"));
        assert_eq!(
            said.contains("contact") || said.contains("telephone"),
            expected.is_some()
        );
        assert!(
            expected.is_none_or(|expected| said.contains(expected)),
            "{said}"
        );
    }
}
