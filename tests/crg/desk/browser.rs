//! A desk on the book of a test, and commands on the same book.

use std::process::Command;

pub(super) use super::http::{Browser, Reply, encoded};
use crate::files::TempFolder;

pub(super) const NOW: &str = "2026-05-11T09:30:00Z";

/// A command on the book of a folder.
pub(super) fn crg(folder: &TempFolder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crg"));
    command
        .args(["--db", "crg.db"])
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .envs([("CRG_NOW", NOW), ("CRG_BY", "KCST")]);
    command
}

/// What a command that succeeds prints.
pub(super) fn said(folder: &TempFolder, arguments: &[&str]) -> String {
    let output = crg(folder, arguments).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

impl Browser {
    /// Opens a desk on the book of a folder, and exchanges the token for the cookie.
    pub(super) fn open(folder: &TempFolder, options: &[&str]) -> Browser {
        Browser::open_at(folder, NOW, options)
    }

    /// The same at another moment.
    pub(super) fn open_at(folder: &TempFolder, now: &str, options: &[&str]) -> Browser {
        let mut browser = Browser::waiting_at(folder, now, options);
        browser.admit();
        browser
    }

    /// Opens a desk whose token nobody has used.
    pub(super) fn waiting(folder: &TempFolder, options: &[&str]) -> Browser {
        Browser::waiting_at(folder, NOW, options)
    }

    fn waiting_at(folder: &TempFolder, now: &str, options: &[&str]) -> Browser {
        let mut command = crg(folder, &[&["serve"], options].concat());
        command.env("CRG_NOW", now);
        Browser::open_with(command).expect("it prints its address")
    }
}
