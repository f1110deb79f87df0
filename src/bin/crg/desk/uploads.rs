//! [`Uploads`]: files that were sent to the desk. They never leave its memory.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::desk::multipart::SentFile;
use crate::desk::random::secret;

/// How many are kept; the oldest makes room.
const MAX_UPLOADS: usize = 3;

/// The files that were sent last, by their names in addresses.
#[derive(Debug, Default)]
pub(crate) struct Uploads(Mutex<VecDeque<(String, Arc<SentFile>)>>);

impl Uploads {
    /// Keeps a file, and returns what it is asked for by.
    pub(crate) fn keep(&self, file: SentFile) -> Result<String, getrandom::Error> {
        let name = secret()?;
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.push_back((name.clone(), Arc::new(file)));
        while files.len() > MAX_UPLOADS {
            files.pop_front();
        }
        Ok(name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<SentFile>> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = files.iter().find(|(known, _)| known == name);
        found.map(|(_, file)| Arc::clone(file))
    }
}
