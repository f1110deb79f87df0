use super::*;

/// The names that sync clients give.
const CONFLICTED: &str = "
    crg (conflicted copy 2026-05-01).db
    crg (Jo's conflicted copy 2026-05-01).db
    crg (Jo’s conflicted copy 2026-05-01 (1)).db
    crg (conflicted copy 2026-05-01 101530).db
    crg (Case Conflict).db
    crg (SFConflict jo@example.org 2026-05-01-10-15-30).db
    crg [Conflict].db
    crg-DESKTOP-AB12.db
    crg-LAPTOP-7QK2M4N1.db
    crg-DESKTOP-AB12-2.db
    crg-PC01234.db
    crg (1).db
    crg (12).db
    crg(1).db
    crg - Copy.db
    crg - Copy (2).db
    crg.sync-conflict-20260501-101530-ABCDEFG.db
    crg_conflict-20260501-101530.db
    crg.conflict.db
    CRG (1).DB
";

/// The names of a person, of a safety copy, of another book, of what SQLite and a writer add.
const OTHERS: &str = "
    crg.db
    crg-version-2.db
    crg-20260511-093000.db
    crg-2026-05-11.db
    crg-20260511T093000Z.db
    crg-OLD.db
    crg-old.db
    crg-backup.db
    crg-desktop-ab12.db
    crg-THE-NAME-OF-A-LONG-PAPER.db
    crg 2025.db
    crg (final).db
    crg (1.db
    crg ().db
    crg copyright.db
    crg - Copying.db
    crg2 (1).db
    crgconflict.db
    mycrg (1).db
    Copy of crg.db
    crg (1).xlsx
    crg (1).db-journal
    crg.db.unfinished-123
    crg.db.writer
    c
    é.db
";

#[test]
fn names_of_conflicted_copies_are_known_from_those_of_a_person() {
    let book = Path::new("/share/crg.db");
    for (names, expected) in [(CONFLICTED, true), (OTHERS, false)] {
        for name in names.trim().lines().map(str::trim) {
            let other = Path::new("/share").join(name);
            assert_eq!(is_conflicted_name(book, &other), expected, "{name}");
        }
    }
}

#[test]
fn the_book_itself_may_have_any_name() {
    for (book, other, expected) in [
        ("Förderung.db", "Förderung (1).db", true),
        ("Förderung.db", "Fö.db", false),
        ("crg", "crg (1)", true),
        ("crg (1).db", "crg (1) (1).db", true),
        ("crg (1).db", "crg.db", false),
        ("crg (1).db", "crg (2).db", false),
    ] {
        let found = is_conflicted_name(Path::new(book), Path::new(other));
        assert_eq!(found, expected, "{book} {other}");
    }
}
