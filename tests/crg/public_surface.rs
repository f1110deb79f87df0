//! The public surface of the library, as reviewed: `tests/public-surface.txt` lists every name a
//! user of the library can reach. A change to it is made on purpose, or not at all.
//!
//! `UPDATE_SURFACE=1 cargo test public_surface -- --ignored` writes the listing anew; read the
//! difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The listing made from rustdoc's description of the crate. Rustdoc writes it on the stable
/// toolchain only if it is told to; a target folder of its own keeps this build from the others.
fn surface() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = root.join("target/public-surface");
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["rustdoc", "--lib", "--locked", "--quiet", "--target-dir"])
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "rustdoc: {printed}");
    let listing = public_api::Builder::from_rustdoc_json(target.join("doc/crg.json"))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .unwrap();
    format!("{listing}")
}

/// The names at the root of the crate, besides its modules: what most users need, and no more.
fn names_at_the_root(listing: &str) -> BTreeSet<&str> {
    listing.lines().filter_map(name_at_the_root).collect()
}

fn name_at_the_root(line: &str) -> Option<&str> {
    let kinds = ["struct crg::", "enum crg::", "trait crg::", "fn crg::"];
    let (_, path) = kinds.iter().find_map(|kind| line.split_once(kind))?;
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
    let (name, rest) = path.split_at(end.unwrap_or(path.len()));
    (!rest.starts_with("::")).then_some(name)
}

#[test]
#[ignore = "reads every dependency once more, for a minute; .ci/run runs it"]
fn the_public_surface_is_the_reviewed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/public-surface.txt");
    let listing = surface();
    if std::env::var_os("UPDATE_SURFACE").is_some() {
        fs::write(&path, &listing).unwrap();
    }
    let reviewed = fs::read_to_string(&path).unwrap();
    let added: Vec<&str> = difference(&listing, &reviewed);
    let removed: Vec<&str> = difference(&reviewed, &listing);
    assert!(
        added.is_empty() && removed.is_empty(),
        "not in tests/public-surface.txt: {added:#?}\nno longer public: {removed:#?}"
    );
    let names = names_at_the_root(&listing);
    assert!((20..=30).contains(&names.len()), "at the root: {names:?}");
}

/// The lines of one listing that are not in another.
fn difference<'a>(one: &'a str, other: &str) -> Vec<&'a str> {
    let others: BTreeSet<&str> = other.lines().collect();
    one.lines().filter(|line| !others.contains(line)).collect()
}

#[test]
fn a_name_outside_the_listing_is_found() {
    let reviewed = "pub mod crg\npub struct crg::Book\n";
    let planted = "pub mod crg\npub mod crg::store\npub struct crg::Book\n";
    assert_eq!(difference(planted, reviewed), ["pub mod crg::store"]);
    assert_eq!(
        difference(reviewed, "pub mod crg\n"),
        ["pub struct crg::Book"]
    );
}
