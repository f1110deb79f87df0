//! Versions that never were, to test upgrades with: the two after the present one.

use std::sync::LazyLock;

use crate::store::schema::{SCHEMA, Step, VERSIONS, Version, Versions};

/// The numbers of the present version and of the two planted ones.
pub(crate) const NUMBERS: [u32; 3] = {
    let present = VERSIONS.present.number;
    [present, present + 1, present + 2]
};

/// The first adds the column `motto` to the table `book`, and the second the column `era`. Each is
/// filled by the step to it.
pub(crate) static PLANTED: LazyLock<Versions> = LazyLock::new(|| {
    planted([
        "INSERT INTO book SELECT *, 'by step 1' FROM old_book;",
        "INSERT INTO book SELECT *, 'by step 2' FROM old_book;",
    ])
});

/// What every step copies besides.
const REST: &str = "INSERT INTO priority SELECT * FROM old_priority;
    INSERT INTO entry SELECT * FROM old_entry ORDER BY number;
    INSERT INTO balance SELECT * FROM old_balance;";

/// The three versions, with steps that copy the table `book` so.
pub(crate) fn planted(copies: [&str; 2]) -> Versions {
    let [present, next, last] = NUMBERS;
    let [present, next, last] = [
        version(present, ""),
        version(next, ",\n  motto TEXT"),
        version(last, ",\n  motto TEXT,\n  era TEXT"),
    ];
    let step = |from, copy| Step {
        from,
        copy: format!("{copy}\n{REST}").leak(),
    };
    Versions {
        past: vec![step(present, copies[0]), step(next, copies[1])].leak(),
        present: last,
    }
}

/// Today's schema under another number, with more columns in `book`.
fn version(number: u32, columns: &str) -> Version {
    let last = "CHECK (length(funder) BETWEEN 1 AND 200)";
    let present = VERSIONS.present.number;
    let schema = SCHEMA
        .replace(
            &format!("user_version = {present}"),
            &format!("user_version = {number}"),
        )
        .replace(last, &format!("{last}{columns}"));
    Version {
        number,
        schema: schema.leak(),
    }
}
