//! Versions that never were, to test upgrades with.

use std::sync::LazyLock;

use crate::store::schema::{SCHEMA, Step, Version, Versions};

/// Version 3 adds the column `motto` to the table `book`, and version 4 the column `era`. Each is
/// filled with the version that the step leads from.
pub(crate) static PLANTED: LazyLock<Versions> = LazyLock::new(|| {
    planted([
        "INSERT INTO book SELECT *, 'from 2' FROM old_book;",
        "INSERT INTO book SELECT *, 'from 3' FROM old_book;",
    ])
});

/// What every step copies besides.
const REST: &str = "INSERT INTO priority SELECT * FROM old_priority;
    INSERT INTO entry SELECT * FROM old_entry ORDER BY number;
    INSERT INTO balance SELECT * FROM old_balance;";

/// Versions 2, 3 and 4, with steps that copy the table `book` so.
pub(crate) fn planted(copies: [&str; 2]) -> Versions {
    let [two, three, four] = [
        version(2, ""),
        version(3, ",\n  motto TEXT"),
        version(4, ",\n  motto TEXT,\n  era TEXT"),
    ];
    let step = |from, copy| Step {
        from,
        copy: format!("{copy}\n{REST}").leak(),
    };
    Versions {
        past: vec![step(two, copies[0]), step(three, copies[1])].leak(),
        present: four,
    }
}

/// Today's schema under another number, with more columns in `book`.
fn version(number: u32, columns: &str) -> Version {
    let last = "CHECK (length(funder) BETWEEN 1 AND 200)";
    let schema = SCHEMA
        .replace("user_version = 2", &format!("user_version = {number}"))
        .replace(last, &format!("{last}{columns}"));
    Version {
        number,
        schema: schema.leak(),
    }
}
