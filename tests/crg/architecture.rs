//! The law of `src/lib.rs`: a module names only modules listed above it, and those above `// The
//! shell` do no I/O. Each test is also run over a planted violation, which it must find.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What only the shell may name: crates and modules, macros and functions.
const SHELL_ONLY: [&str; 16] = [
    "rusqlite",
    "csv::",
    "std::fs",
    "std::io",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::path",
    "std::time",
    "SystemTime",
    "Instant",
    "now()",
    "println!",
    "print!",
    "File",
];

/// The modules in the order of the table of contents, and how many of them are the core.
fn contents(lib: &str) -> (Vec<String>, usize) {
    let (core, shell) = lib
        .split_once("\n// The shell")
        .expect("src/lib.rs has the line `// The shell`");
    let modules = |text: &str| -> Vec<String> {
        let words = |line: &str| {
            line.trim_start_matches("pub ")
                .strip_prefix("mod ")
                .map(|rest| rest.trim_end_matches(';').to_owned())
        };
        text.lines().filter_map(words).collect()
    };
    let (core, shell) = (modules(core), modules(shell));
    let count = core.len();
    (core.into_iter().chain(shell).collect(), count)
}

/// The sources of each module, without comments.
fn sources(src: &Path, modules: &[String]) -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let of = |module: &String| {
        let mut files = vec![src.join(format!("{module}.rs"))];
        files.extend(files_in(&src.join(module)));
        let read = |path: PathBuf| {
            let code = code(&fs::read_to_string(&path).unwrap());
            (path, code)
        };
        (module.clone(), files.into_iter().map(read).collect())
    };
    modules.iter().map(of).collect()
}

/// The files of a folder, and of the folders in it; none where there is no folder.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files_in(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// A file's code: no comments, no documentation, no tests at its end.
fn code(text: &str) -> String {
    let before_tests = text
        .rsplit_once("\n#[cfg(test)]\nmod tests {")
        .map_or(text, |(code, _)| code);
    before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every path that a `use` or an expression names, with groups written out: `use a::{b, c::{d}}` is
/// a::b and a::c::d.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut prefixes, mut path) = (Vec::<String>::new(), String::new());
    for c in code.chars() {
        match c {
            '{' if path.ends_with("::") => prefixes.push(std::mem::take(&mut path)),
            c if c.is_alphanumeric() || c == '_' || c == ':' => path.push(c),
            '!' | '(' | ')' if !path.is_empty() => path.push(c),
            c => {
                if !path.is_empty() {
                    found.push(prefixes.concat() + &std::mem::take(&mut path));
                }
                match c {
                    '}' => drop(prefixes.pop()),
                    ';' => prefixes.clear(),
                    _ => {}
                }
            }
        }
    }
    found.push(prefixes.concat() + &path);
    found
}

/// The modules that a file names as `crate::module`.
fn named(code: &str) -> Vec<String> {
    let word = |rest: &str| {
        rest.chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect::<String>()
    };
    let inside = |path: &String| path.split("crate::").skip(1).map(word).collect::<Vec<_>>();
    paths(code)
        .iter()
        .flat_map(inside)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Does a path have this in it, as whole words?
fn names(path: &str, what: &str) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
    let ends = |rest: &str| what.ends_with("::") || apart(rest.chars().next());
    path.match_indices(what)
        .any(|(at, _)| apart(path[..at].chars().next_back()) && ends(&path[at + what.len()..]))
}

fn out_of_order(
    modules: &[String],
    sources: &BTreeMap<String, Vec<(PathBuf, String)>>,
) -> Vec<String> {
    let place = |name: &str| modules.iter().position(|module| module == name);
    let mut found = Vec::new();
    for (module, files) in sources {
        for (path, code) in files {
            for name in named(code) {
                if place(&name).is_some_and(|named| Some(named) > place(module)) {
                    found.push(format!(
                        "{} names {name}, which is listed below {module}",
                        path.display()
                    ));
                }
            }
        }
    }
    found
}

fn impure(core: &[String], sources: &BTreeMap<String, Vec<(PathBuf, String)>>) -> Vec<String> {
    let files = core
        .iter()
        .filter_map(|module| sources.get(module))
        .flatten();
    let of_file = |(path, code): &(PathBuf, String)| {
        let paths = paths(code);
        let found = SHELL_ONLY
            .iter()
            .filter(|word| paths.iter().any(|path| names(path, word)));
        found
            .map(|word| format!("{} names {word}, which is the shell's", path.display()))
            .collect::<Vec<_>>()
    };
    files.flat_map(of_file).collect()
}

#[test]
fn modules_name_only_those_above_them_and_the_core_is_pure() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (modules, core) = contents(&fs::read_to_string(src.join("lib.rs")).unwrap());
    let sources = sources(&src, &modules);
    assert!(core > 10 && modules.len() > core, "{modules:?}");
    assert_eq!(out_of_order(&modules, &sources), Vec::<String>::new());
    assert_eq!(impure(&modules[..core], &sources), Vec::<String>::new());
}

#[test]
fn every_source_file_belongs_to_a_listed_module() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (modules, _) = contents(&fs::read_to_string(src.join("lib.rs")).unwrap());
    for entry in fs::read_dir(&src).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            modules.contains(&name) || ["lib", "bin"].contains(&name.as_str()),
            "{} is in no table of contents",
            path.display()
        );
    }
}

#[test]
fn a_planted_violation_is_found() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (modules, core) = contents(&fs::read_to_string(src.join("lib.rs")).unwrap());
    let planted = |module: &str, line: &str| {
        let mut sources = sources(&src, &modules);
        sources
            .get_mut(module)
            .unwrap()
            .push(("planted.rs".into(), line.to_owned()));
        (
            out_of_order(&modules, &sources).len(),
            impure(&modules[..core], &sources).len(),
        )
    };
    for (module, line, found) in [
        ("money", "use crate::store::Store;", (1, 0)),
        ("money", "use crate::{book, date::Date};", (2, 0)),
        (
            "money",
            "use crate::{date::{Date, Moment}, store::Store};",
            (3, 0),
        ),
        (
            "year",
            "use crate::{money::{Money, MoneyError}, store::Store};",
            (1, 0),
        ),
        ("year", "let book = crate::book::Book::open(path);", (1, 0)),
        (
            "portfolio",
            "let now = std::time::SystemTime::now();",
            (0, 3),
        ),
        ("portfolio", "use std::{fmt, fs};", (0, 1)),
        (
            "portfolio",
            "let today = jiff::ZonedDateTime::now();",
            (0, 1),
        ),
        ("report", "std::fs::read(path)", (0, 1)),
        ("report", "print!(\"{total}\");", (0, 1)),
        ("report", "csv::Writer::from_path(path)", (0, 1)),
        ("store", "std::fs::read(path)", (0, 0)),
    ] {
        assert_eq!(planted(module, line), found, "{module}: {line}");
    }
}

/// The binary shows what the library computes: it adds no amounts, and names no table.
#[test]
fn the_binary_computes_nothing_and_speaks_no_sql() {
    let bin = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/crg");
    let files = files_in(&bin);
    assert!(files.len() > 10);
    for path in files {
        let code = code(&fs::read_to_string(&path).unwrap());
        for word in ["rusqlite", "SELECT ", "INSERT ", "Money", "rust_decimal"] {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

/// A spreadsheet's numbers are floats: one module names the type, and no other.
#[test]
fn one_module_names_floats() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let names_floats = |path: &PathBuf| {
        let code = code(&fs::read_to_string(path).unwrap());
        paths(&code)
            .iter()
            .any(|path| names(path, "f64") || names(path, "f32") || names(path, "disallowed_types"))
    };
    let found: Vec<PathBuf> = files_in(&src).into_iter().filter(names_floats).collect();
    assert_eq!(found, [src.join("publish/xlsx.rs")]);
}

#[test]
fn lints_refuse_floats_printing_and_the_clock() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (manifest, clippy) = (
        fs::read_to_string(root.join("Cargo.toml")).unwrap(),
        fs::read_to_string(root.join("clippy.toml")).unwrap(),
    );
    for lint in [
        "disallowed_types",
        "disallowed_methods",
        "float_arithmetic",
        "print_stdout",
        "print_stderr",
        "unwrap_used",
        "cast_possible_truncation",
    ] {
        assert!(manifest.contains(&format!("{lint} = \"deny\"")), "{lint}");
    }
    for path in [
        "\"f32\"",
        "\"f64\"",
        "std::time::SystemTime::now",
        "jiff::ZonedDateTime::now",
        "std::env::var",
    ] {
        assert!(clippy.contains(path), "{path}");
    }
}
