//! Names and priority schemes by grant year, as entries change them.

use crg::book::{Book, Commit, load};
use crg::fold::Lens;
use crg::import::Folder;
use crg::{Access, FinancialYear};

use crate::files::TempFolder;

const ENTRIES: &str = "\
on,year,kind,pot,amount,title,reference,measure,note
2024-04-01,2024/25,allocate,upfront,1.00,,,,
2025-04-01,2025/26,allocate,upfront,1.00,,,,
2026-04-01,2026/27,allocate,upfront,1.00,,,,
2026-04-02,2026/27,name,,,Safer Streets Fund,,grant,
2025-06-01,2025/26,name,,,Medway and Kent,,partnership,
2025-05-01,2025/26,name,,,Recorded later and dated earlier,,partnership,
2025-06-01,2025/26,name,,,A mistake,,funder,
,2025/26,reverse,,,,7,,Typed wrongly
2027-06-01,2027/28,name,,,The Mayor,,funder,
";

#[test]
fn each_year_has_the_latest_names_of_it_or_an_earlier_one() {
    let folder = TempFolder::new();
    let path = folder.join("crg.db");
    let entries = folder.join("entries");
    std::fs::create_dir(&entries).unwrap();
    std::fs::write(entries.join("entries.csv"), ENTRIES).unwrap();
    std::fs::write(entries.join("book.csv"), "partnership,funder\nKent,OPCC\n").unwrap();
    let now = "2027-07-01T09:00:00Z".parse().unwrap();
    load(&path, Folder::At(&entries), "KCST", now, Commit::Keep).unwrap();
    let book = Book::open(&path, Access::Read).unwrap();
    for (year, as_at, expected) in [
        ("2024/25", "2027-07-01", "Kent, OPCC, Crime Reduction Grant"),
        (
            "2025/26",
            "2025-05-31",
            "Recorded later and dated earlier, OPCC, Crime Reduction Grant",
        ),
        (
            "2025/26",
            "2027-07-01",
            "Medway and Kent, OPCC, Crime Reduction Grant",
        ),
        (
            "2026/27",
            "2027-07-01",
            "Medway and Kent, OPCC, Safer Streets Fund",
        ),
        (
            "2027/28",
            "2027-07-01",
            "Medway and Kent, The Mayor, Safer Streets Fund",
        ),
    ] {
        let year: FinancialYear = year.parse().unwrap();
        let view = book
            .full_view(year, Lens::at(as_at.parse().unwrap()))
            .unwrap();
        let names = format!(
            "{}, {}, {}",
            view.names.partnership, view.names.funder, view.grant
        );
        assert_eq!(names, expected, "{year} as at {as_at}");
    }
}

#[test]
fn scheme_entries_change_what_was_loaded() {
    let folder = TempFolder::new();
    let path = folder.join("crg.db");
    let entries = folder.join("entries");
    std::fs::create_dir(&entries).unwrap();
    let priorities = "scheme,code,name,first_year,last_year\n\
        Plan,P-1,People,2024/25,\nPlan,P-2,Plcaes,2024/25,\nCSA,C-1,Road safety,2024/25,\n";
    std::fs::write(entries.join("priorities.csv"), priorities).unwrap();
    let rows = "on,year,kind,measure,priorities,title,value,reference,note\n\
        2024-04-01,2024/25,confirm,,,,,,\n\
        2024-05-01,2024/25,scheme,Plan,P-2,Places,begins,,\n\
        2025-05-01,2025/26,scheme,CSA,,,ends,,\n\
        2025-06-01,2025/26,scheme,Plan,P-1,,ends,,\n\
        ,2025/26,reverse,,,,,4,Not yet\n\
        2026-05-01,2026/27,scheme,Aims,A-1,Stronger,begins,,\n";
    std::fs::write(entries.join("entries.csv"), rows).unwrap();
    let now = "2026-07-01T09:00:00Z".parse().unwrap();
    load(&path, Folder::At(&entries), "KCST", now, Commit::Keep).unwrap();
    let book = Book::open(&path, Access::Read).unwrap();
    let known = book
        .known_priorities()
        .unwrap()
        .into_iter()
        .map(|priority| {
            let last = priority
                .last_year
                .map_or("on".to_owned(), |year| year.to_string());
            let (code, name, first) = (priority.code, priority.name, priority.first_year);
            format!("{code} {name}: {first} to {last}")
        });
    assert_eq!(
        known.collect::<Vec<_>>(),
        [
            "A-1 Stronger: 2026/27 to on",
            "C-1 Road safety: 2024/25 to 2025/26",
            "P-1 People: 2024/25 to on",
            "P-2 Places: 2024/25 to on",
        ]
    );
}
