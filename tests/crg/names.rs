//! Names by grant year: the latest of the year or an earlier one.

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
