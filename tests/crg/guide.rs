//! The guide: every page is in its table of contents, and every link leads to something.

use std::fs;
use std::path::{Path, PathBuf};

use crate::transcripts::pages;

/// The lines of a page outside its code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !in_code && !is_fence
    })
}

/// Where the links of a page lead, without what stands in code.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for line in prose(text) {
        let words: String = line.split('`').step_by(2).collect();
        let targets = words.split("](").skip(1);
        links.extend(targets.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())));
    }
    links
}

/// The anchors of a page's headings, as forges and mdBook name them.
fn anchors(text: &str) -> Vec<String> {
    let headings = prose(text).filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept = words
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.collect::<String>().replace(' ', "-")
        })
        .collect()
}

/// The links of a page that lead nowhere.
fn broken(path: &Path, text: &str) -> Vec<String> {
    let leads_nowhere = |link: &String| {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = match file {
            "" => path.to_owned(),
            file => path.parent().unwrap().join(file),
        };
        if anchor.is_empty() {
            return !target.exists();
        }
        let text = if file.is_empty() {
            Ok(text.to_owned())
        } else {
            fs::read_to_string(target)
        };
        !text.is_ok_and(|text| anchors(&text).contains(&anchor.to_owned()))
    };
    let links = links(text).into_iter();
    let inside = links.filter(|link| !link.contains("://"));
    inside.filter(leads_nowhere).collect()
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_link_leads_to_something() {
    let top = [
        "README",
        "ARCHITECTURE",
        "CONTRIBUTING",
        "SECURITY",
        "CHANGELOG",
    ];
    let mut files = [pages(&root("docs")), pages(&root("tests/transcripts"))].concat();
    files.extend(top.map(|name| root(&format!("{name}.md"))));
    for path in files {
        let broken = broken(&path, &fs::read_to_string(&path).unwrap());
        assert!(broken.is_empty(), "{}: {broken:?}", path.display());
    }
    let planted = "# Here\n[a](testing.md), [b](nothing.md), [c](#here), [d](#there)\n\
         `[e](f)` [`g`](testing.md#no-such-heading)\n```sh\n[h](i)\n```\n";
    let found = broken(&root("docs/README.md"), planted);
    assert_eq!(
        found,
        ["nothing.md", "#there", "testing.md#no-such-heading"]
    );
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    let contents = links(&fs::read_to_string(root("docs/SUMMARY.md")).unwrap());
    for (folder, prefix) in [("docs", ""), ("tests/transcripts", "../tests/transcripts/")] {
        for path in pages(&root(folder)) {
            let name = path.strip_prefix(root(folder)).unwrap();
            let link = format!("{prefix}{}", name.display()).replace('\\', "/");
            let is_listed = contents.contains(&link) || link == "SUMMARY.md";
            assert!(is_listed, "docs/SUMMARY.md does not list {link}");
        }
    }
}
