//! Replays the corpus: inputs that once reached new code, and every input that once found a fault.

use std::fs;
use std::path::{Path, PathBuf};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn items(folder: &Path) -> Vec<PathBuf> {
    let mut items: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|item| item.unwrap().path())
        .collect();
    items.sort();
    items
}

#[test]
fn every_input_in_the_corpus_passes() {
    for (name, run) in crg_fuzz::TARGETS {
        let inputs = items(&corpus().join(name));
        assert!(!inputs.is_empty(), "{name} has no corpus");
        for input in &inputs {
            let bytes = fs::read(input).unwrap();
            if std::panic::catch_unwind(|| run(&bytes)).is_err() {
                panic!("{} fails", input.display());
            }
        }
        println!("{name}: {} inputs", inputs.len());
    }
}

#[test]
fn every_folder_in_the_corpus_has_a_target() {
    for folder in items(&corpus()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            crg_fuzz::target(&name).is_some(),
            "there is no target {name}"
        );
    }
}
