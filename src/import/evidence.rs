//! Files that are evidence: they stay where they are, and only their SHA-256 is read.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::import::plain_file::open_plain;
use crate::model::Fingerprint;

/// How many bytes of a file are held at once.
const PIECE_BYTES: usize = 1 << 16;

/// The most files of a folder.
const MAX_FILES: usize = 100_000;

/// The SHA-256 of a file, which is read in pieces, whatever its size.
///
/// # Errors
///
/// That of the operating system, if the file cannot be read.
pub fn sha256(path: &Path) -> io::Result<Fingerprint> {
    let mut file = open_plain(path)?;
    let (mut digest, mut piece) = (Sha256::new(), vec![0; PIECE_BYTES]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(Fingerprint::from_bytes(digest.finalize().into())),
            Ok(read) => digest.update(&piece[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The files of a folder and of the folders in it. Links are not followed.
#[derive(Debug, Clone)]
pub struct EvidenceFolder {
    files: Vec<PathBuf>,
}

impl EvidenceFolder {
    /// Lists a folder.
    ///
    /// # Errors
    ///
    /// That of the operating system, if the folder or one in it cannot be read; one of its own, if
    /// it has more than 100,000 files.
    pub fn read(folder: &Path) -> io::Result<EvidenceFolder> {
        let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
        while let Some(folder) = folders.pop() {
            for item in fs::read_dir(&folder)? {
                let item = item?;
                let kind = item.file_type()?;
                if kind.is_dir() {
                    folders.push(item.path());
                } else if kind.is_file() {
                    files.push(item.path());
                }
            }
            if files.len() > MAX_FILES {
                let limit = format!("it has more than {MAX_FILES} files, the limit");
                return Err(io::Error::other(limit));
            }
        }
        files.sort();
        Ok(EvidenceFolder { files })
    }

    /// How many files it has.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns `true` if it has no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file with each SHA-256. A file that cannot be read has none.
    pub fn digests(&self) -> BTreeMap<[u8; 32], &Path> {
        let digest = |path: &'_ PathBuf| sha256(path).ok().map(|digest| *digest.as_bytes());
        let files = self.files.iter();
        files
            .filter_map(|path| Some((digest(path)?, path.as_path())))
            .collect()
    }

    /// The first file with one of these names; upper and lower case are alike.
    pub fn named(&self, names: &[&str]) -> Option<&Path> {
        let is_named = |path: &&PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy());
            name.is_some_and(|name| {
                let name = name.to_lowercase();
                names.iter().any(|other| other.to_lowercase() == name)
            })
        };
        self.files.iter().find(is_named).map(PathBuf::as_path)
    }
}
