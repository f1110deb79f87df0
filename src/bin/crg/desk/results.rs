//! [`Results`]: what was recorded, for the page that is shown afterwards.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use maud::{Markup, PreEscaped};

/// The pages of what was recorded while the desk is open, by their addresses.
#[derive(Debug, Default)]
pub(crate) struct Results(Mutex<BTreeMap<String, String>>);

impl Results {
    pub(crate) fn keep(&self, address: &str, page: Markup) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(address.to_owned(), page.into_string());
    }

    pub(crate) fn get(&self, address: &str) -> Option<Markup> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(address).cloned().map(PreEscaped)
    }
}
