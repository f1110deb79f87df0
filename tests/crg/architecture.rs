//! The laws of the source tree, each also tried on a planted violation, which it must find.
//!
//! - Order: a module uses only modules listed above it in `src/lib.rs`.
//! - Purity: modules above the line `// The shell` do no I/O.
//! - Circles: no two files, of the library or of the binary, import each other in a circle.
//! - Façade: the public modules are few and known; everything else is crate-private.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What only the shell may use: crates and modules, macros and functions.
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

/// The public modules of the library. What a user of it needs is re-exported at its root.
const PUBLIC_MODULES: [&str; 8] = [
    "model", "fold", "rules", "document", "report", "import", "format", "book",
];

/// A source tree: the code of each file by its module path, such as `report::money::pot`; the root
/// file has an empty path.
#[derive(Clone)]
struct Tree(BTreeMap<String, String>);

impl Tree {
    /// The library, without the binary.
    fn library() -> Tree {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut tree = Tree::read(&src, "lib.rs");
        tree.0.retain(|module, _| !module.starts_with("bin"));
        tree
    }

    /// The binary.
    fn binary() -> Tree {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/crg");
        Tree::read(&src, "main.rs")
    }

    fn read(folder: &Path, root: &str) -> Tree {
        let module = |path: &Path| {
            let relative = path.strip_prefix(folder).unwrap().with_extension("");
            let parts = relative.iter().map(|part| part.to_string_lossy());
            parts.collect::<Vec<_>>().join("::")
        };
        let named = |path: PathBuf| {
            let code = without_comments(&fs::read_to_string(&path).unwrap());
            let is_root = path == folder.join(root);
            let module = if is_root {
                String::new()
            } else {
                module(&path)
            };
            (module, code)
        };
        let files = files_in(folder).into_iter();
        let is_source = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "rs");
        Tree(files.filter(is_source).map(named).collect())
    }

    /// The same tree with a line added to a file.
    fn with(&self, module: &str, line: &str) -> Tree {
        let mut tree = self.clone();
        let code = tree.0.get_mut(module).expect("a module of the tree");
        *code = format!("{line}\n{code}");
        tree
    }

    /// The file that a path leads to, from a file that uses it: the one that defines the item. A
    /// re-export is followed; a path to a module leads to that module's file.
    fn definer(&self, path: &[&str]) -> Option<String> {
        let split = (0..=path.len())
            .rev()
            .find(|count| self.0.contains_key(&path[..*count].join("::")))?;
        let (module, rest) = (path[..split].join("::"), &path[split..]);
        let Some(name) = rest.first() else {
            return Some(module);
        };
        let reexports = uses(&self.0[&module])
            .into_iter()
            .filter(|used| used.is_public);
        for reexport in reexports {
            let target = self.absolute(&module, &reexport.path);
            match target.split_last() {
                Some((last, before)) if *last == "*" => {
                    let module = before.join("::");
                    if self.0.get(&module).is_some_and(|code| exports(code, name)) {
                        return self.definer(&[before, &[name]].concat());
                    }
                }
                Some((last, _)) if last == name => return self.definer(&target),
                _ => {}
            }
        }
        Some(module)
    }

    /// A path as seen from the root, without `crate`, `self` and `super`. Empty if it leads to
    /// another crate.
    fn absolute<'a>(&self, module: &'a str, path: &'a str) -> Vec<&'a str> {
        let mut from: Vec<&str> = module.split("::").filter(|part| !part.is_empty()).collect();
        let mut parts = path.split("::").peekable();
        match parts.peek().copied() {
            Some("crate") => {
                parts.next();
                from.clear();
            }
            Some("self") => {
                parts.next();
            }
            Some("super") => {
                while parts.next_if_eq(&"super").is_some() {
                    from.pop();
                }
            }
            Some(child) => {
                let child = [&from[..], &[child]].concat().join("::");
                if !self.0.contains_key(&child) {
                    return Vec::new();
                }
            }
            None => {}
        }
        from.extend(parts.filter(|part| !part.is_empty()));
        from
    }

    /// The files that a file imports something from. That a parent declares and re-exports its own
    /// children is no import.
    fn imports(&self, module: &str) -> BTreeSet<String> {
        let code = &self.0[module];
        let public: BTreeSet<String> = uses(code)
            .into_iter()
            .filter_map(|used| used.is_public.then_some(used.path))
            .collect();
        let mut found = BTreeSet::new();
        for path in paths(code)
            .into_iter()
            .filter(|path| !public.contains(path))
        {
            let target = self.absolute(module, path.trim_end_matches("::"));
            if let Some(file) = (!target.is_empty())
                .then(|| self.definer(&target))
                .flatten()
                && file != module
                && !file.is_empty()
            {
                found.insert(file);
            }
        }
        found
    }

    /// The circles among the files: each as a list of files, the first one again at its end.
    fn circles(&self) -> Vec<String> {
        let graph: BTreeMap<String, BTreeSet<String>> = self
            .0
            .keys()
            .map(|module| (module.clone(), self.imports(module)))
            .collect();
        let mut done = BTreeSet::new();
        let mut found = Vec::new();
        for module in graph.keys() {
            walk(module, &graph, &mut Vec::new(), &mut done, &mut found);
        }
        found
    }
}

/// Follows the imports of a file, depth first; a file that is met again on the way closes a circle.
fn walk<'a>(
    module: &'a String,
    graph: &'a BTreeMap<String, BTreeSet<String>>,
    way: &mut Vec<&'a String>,
    done: &mut BTreeSet<&'a String>,
    found: &mut Vec<String>,
) {
    if let Some(start) = way.iter().position(|passed| *passed == module) {
        let circle: Vec<&str> = way[start..].iter().map(|file| file.as_str()).collect();
        found.push(format!("{} -> {module}", circle.join(" -> ")));
        return;
    }
    if done.contains(module) {
        return;
    }
    way.push(module);
    for next in graph.get(module).into_iter().flatten() {
        walk(next, graph, way, done, found);
    }
    way.pop();
    done.insert(module);
}

/// A path in a `use`.
struct Used {
    path: String,
    is_public: bool,
}

/// Every path that a file's `use` lines name, with groups written out.
fn uses(code: &str) -> Vec<Used> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("use ") {
        let before = code[..start].rsplit('\n').next().unwrap_or_default().trim();
        if !(before.is_empty() || before == "pub" || before.starts_with("pub(")) {
            continue;
        }
        let Some(end) = code[start..].find(';') else {
            continue;
        };
        let statement = &code[start + 4..start + end];
        let is_public = !before.is_empty();
        let paths = paths(statement).into_iter().filter(|path| !path.is_empty());
        found.extend(paths.map(|path| Used { path, is_public }));
    }
    found
}

/// Returns `true` if the code re-exports or defines a name.
fn exports(code: &str, name: &str) -> bool {
    let last = |used: &Used| used.path.rsplit("::").next() == Some(name);
    uses(code).iter().any(|used| used.is_public && last(used))
}

/// The files of a folder, and of the folders in it; none if there is no folder.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    let inside = |path: PathBuf| {
        if path.is_dir() {
            files_in(&path)
        } else {
            vec![path]
        }
    };
    paths.flat_map(inside).collect()
}

/// A file's code without comments, documentation and the tests at its end.
fn without_comments(text: &str) -> String {
    let before_tests = text
        .rsplit_once("\n#[cfg(test)]\nmod tests {")
        .map_or(text, |(code, _)| code);
    let code = before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
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
            '*' if path.ends_with("::") => path.push(c),
            '!' | '(' | ')' if !path.is_empty() => path.push(c),
            c => {
                if !path.is_empty() {
                    found.push(prefixes.concat() + &std::mem::take(&mut path));
                }
                match c {
                    '}' => {
                        prefixes.pop();
                    }
                    ';' => prefixes.clear(),
                    _ => {}
                }
            }
        }
    }
    found.push(prefixes.concat() + &path);
    found
}

/// The modules of `src/lib.rs` in their order, and how many of them are the core.
fn contents(lib: &str) -> (Vec<String>, usize) {
    let named = |line: &str| {
        let line = line
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub ");
        let (name, _) = line.strip_prefix("mod ")?.split_once(';')?;
        Some(name.to_owned())
    };
    let modules: Vec<String> = lib.lines().filter_map(named).collect();
    let shell = modules.iter().position(|module| module == "import");
    (modules, shell.expect("the shell begins with import"))
}

/// Uses of a module that is listed below the one that uses it.
fn out_of_order(tree: &Tree) -> Vec<String> {
    let (modules, _) = contents(&tree.0[""]);
    let position = |name: &str| modules.iter().position(|module| module == name);
    let mut found = Vec::new();
    for (file, code) in tree.0.iter().filter(|(file, _)| !file.is_empty()) {
        let own = file.split("::").next().unwrap_or_default();
        for path in paths(code) {
            for used in path.split("crate::").skip(1) {
                let name: String = used
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect();
                if position(&name).is_some_and(|used| Some(used) > position(own)) {
                    found.push(format!("{file} uses {name}, which is listed below {own}"));
                }
            }
        }
    }
    found
}

/// Uses of the shell's means in the core.
fn impure(tree: &Tree) -> Vec<String> {
    let (modules, core) = contents(&tree.0[""]);
    let mut found = Vec::new();
    for (file, code) in &tree.0 {
        let own = file.split("::").next().unwrap_or_default();
        if !modules[..core].iter().any(|module| module == own) {
            continue;
        }
        let paths = paths(code);
        for means in SHELL_ONLY {
            if paths.iter().any(|path| has_word(path, means)) {
                found.push(format!("{file} uses {means}, which is the shell's"));
            }
        }
    }
    found
}

/// Returns `true` if a path has this in it, as whole words.
fn has_word(path: &str, word: &str) -> bool {
    let is_apart = |c: Option<char>| c.is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
    let ends = |rest: &str| word.ends_with("::") || is_apart(rest.chars().next());
    path.match_indices(word).any(|(start, _)| {
        is_apart(path[..start].chars().next_back()) && ends(&path[start + word.len()..])
    })
}

/// Public modules that are not in the façade.
fn outside_the_facade(tree: &Tree) -> Vec<String> {
    let public = tree.0[""]
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    let names = public.map(|name| name.split(';').next().unwrap_or_default().to_owned());
    names
        .filter(|name| !PUBLIC_MODULES.contains(&name.as_str()))
        .collect()
}

const NONE: Vec<String> = Vec::new();

#[test]
fn modules_use_only_those_above_them_and_the_core_is_pure() {
    let library = Tree::library();
    let (modules, core) = contents(&library.0[""]);
    assert_eq!(
        modules[..core],
        ["model", "fold", "rules", "document", "report"]
    );
    assert_eq!(out_of_order(&library), NONE);
    assert_eq!(impure(&library), NONE);
    assert_eq!(outside_the_facade(&library), NONE);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    assert_eq!(Tree::library().circles(), NONE);
    assert_eq!(Tree::binary().circles(), NONE);
}

#[test]
fn every_source_file_belongs_to_a_listed_module() {
    let library = Tree::library();
    let (modules, _) = contents(&library.0[""]);
    for file in library.0.keys().filter(|file| !file.is_empty()) {
        let own = file.split("::").next().unwrap_or_default().to_owned();
        assert!(modules.contains(&own), "{file} is in no table of contents");
    }
}

#[test]
fn a_planted_violation_is_found() {
    let library = Tree::library();
    for (module, line, found) in [
        ("model::money", "use crate::store::Store;", (1, 0)),
        ("model::money", "use crate::{book, fold::Lens};", (2, 0)),
        (
            "model::money",
            "use crate::{fold::{Flow, Lens}, store::Store};",
            (3, 0),
        ),
        (
            "fold::flow",
            "use crate::{model::{Money, Date}, store::Store};",
            (1, 0),
        ),
        (
            "model::year",
            "let book = crate::book::Book::open(path);",
            (1, 0),
        ),
        (
            "fold::portfolio",
            "let now = std::time::SystemTime::now();",
            (0, 3),
        ),
        ("fold::portfolio", "use std::{fmt, fs};", (0, 1)),
        (
            "fold::portfolio",
            "let today = jiff::ZonedDateTime::now();",
            (0, 1),
        ),
        ("document", "std::fs::read(path)", (0, 1)),
        ("report", "print!(\"{total}\");", (0, 1)),
        ("report", "csv::Writer::from_path(path)", (0, 1)),
        ("store", "std::fs::read(path)", (0, 0)),
    ] {
        let planted = library.with(module, line);
        let counts = (out_of_order(&planted).len(), impure(&planted).len());
        assert_eq!(counts, found, "{module}: {line}");
    }
}

#[test]
fn a_planted_circle_is_found() {
    let (library, binary) = (Tree::library(), Tree::binary());
    for (tree, module, line) in [
        (&library, "model::money", "use super::quantity::Quantity;"),
        (&library, "model::money", "use crate::model::Quantity;"),
        (&library, "fold::journal", "use super::view::YearView;"),
        (
            &library,
            "document::column",
            "use crate::document::cell::Cell;",
        ),
        (&binary, "context", "use crate::commands;"),
        (&binary, "failure", "use crate::commands::pot;"),
    ] {
        assert!(
            !tree.with(module, line).circles().is_empty(),
            "{module}: {line}"
        );
    }
}

#[test]
fn a_planted_name_outside_the_facade_is_found() {
    let planted = Tree::library().with("", "pub mod store;");
    assert_eq!(outside_the_facade(&planted), ["store"]);
}

/// The binary shows what the library computes: it adds no amounts, and names no table.
#[test]
fn the_binary_computes_nothing_and_speaks_no_sql() {
    let binary = Tree::binary();
    assert!(binary.0.len() > 10);
    for (file, code) in &binary.0 {
        for word in ["rusqlite", "SELECT ", "INSERT ", "Money", "rust_decimal"] {
            assert!(!code.contains(word), "{file} names {word}");
        }
    }
}

/// A spreadsheet's numbers are floats: one module names the type, and no other.
#[test]
fn one_module_names_floats() {
    let names_floats = |code: &String| {
        let words = ["f64", "f32", "disallowed_types"];
        paths(code)
            .iter()
            .any(|path| words.iter().any(|word| has_word(path, word)))
    };
    let mut all = Tree::library().0;
    all.extend(Tree::binary().0);
    let found: Vec<String> = all
        .into_iter()
        .filter_map(|(file, code)| names_floats(&code).then_some(file))
        .collect();
    assert_eq!(found, ["format::xlsx::value"]);
}

#[test]
fn lints_refuse_floats_printing_and_the_clock() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    let (manifest, clippy) = (read("Cargo.toml"), read("clippy.toml"));
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
