//! Names the commit that an optimised program is built from, for `crg --version`.
//!
//! A development build names none, or else each commit would build everything again.

use std::process::Command;

#[expect(clippy::disallowed_methods, reason = "how Cargo tells the profile")]
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() != Ok("release") {
        return;
    }
    // The package's own repository only: its folder may lie in another's.
    let git = |words: &[&str]| {
        let output = Command::new("git")
            .arg("--git-dir=.git")
            .args(words)
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    if let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) {
        println!("cargo:rustc-env=CRG_COMMIT={commit}");
    }
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={log}");
    }
}
