//! What is said of a file while another program writes it.

use std::io::{Seek, SeekFrom, Write};
use std::thread;

use super::*;
use crate::model::Names;
use crate::store::handle::Store;
use crate::store::schema::VERSIONS;

/// Pages by which the book grows, one at a time.
const GROWTH: u32 = 20_000;

#[test]
fn a_book_that_grows_while_it_is_looked_at_is_not_cut_short() {
    let folder = std::env::temp_dir().join(format!("crg-header-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("book.db");
    Store::create(&path, &Names::default(), |_| {
        Ok::<_, StoreError>(((), Vec::new()))
    })
    .unwrap();
    let header = Header::read(&path, 0).unwrap();
    let (changes, pages) = header.state().unwrap();
    let mut file = File::options().write(true).open(&path).unwrap();
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut bytes = header.0;
            for more in 1..=GROWTH {
                file.set_len(header.page_size() * u64::from(pages + more))
                    .unwrap();
                bytes[24..28].copy_from_slice(&(changes + more).to_be_bytes());
                bytes[28..32].copy_from_slice(&(pages + more).to_be_bytes());
                bytes[92..96].copy_from_slice(&(changes + more).to_be_bytes());
                file.seek(SeekFrom::Start(0)).unwrap();
                file.write_all(&bytes).unwrap();
            }
        });
        while !writer.is_finished() {
            examine(&path, false, VERSIONS).unwrap();
        }
    });
    fs::remove_dir_all(folder).unwrap();
}
