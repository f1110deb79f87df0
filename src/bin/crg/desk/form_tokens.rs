//! [`FormTokens`]: each form that records has a token of its own, with which it records once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crg::Fingerprint;

use crate::desk::random::{is_same, secret};

/// The tokens of this run of the desk.
#[derive(Debug)]
pub(crate) struct FormTokens {
    secret: String,
    /// For each token that was used, the page of what was recorded with it.
    used: Mutex<BTreeMap<String, String>>,
}

impl FormTokens {
    pub(crate) fn new() -> Result<FormTokens, getrandom::Error> {
        Ok(FormTokens {
            secret: secret()?,
            used: Mutex::default(),
        })
    }

    /// A new token.
    pub(crate) fn mint(&self) -> Result<String, getrandom::Error> {
        let nonce = secret()?;
        Ok(format!("{nonce}.{}", self.seal(&nonce)))
    }

    /// Returns `true` if this run of the desk made the token.
    pub(crate) fn is_own(&self, token: &str) -> bool {
        let parts = token.split_once('.');
        parts.is_some_and(|(nonce, seal)| is_same(&self.seal(nonce), seal))
    }

    /// Returns `true` if something was recorded with the token.
    pub(crate) fn is_used(&self, token: &str) -> bool {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.contains_key(token)
    }

    fn seal(&self, nonce: &str) -> String {
        Fingerprint::of_file(format!("{}{nonce}", self.secret).as_bytes()).to_string()
    }

    /// The page of what was recorded with a token: now or, if the token was used before, then.
    /// One form records at a time, so that one that is sent twice at once records once.
    pub(crate) fn once<E>(
        &self,
        token: &str,
        record: impl FnOnce() -> Result<String, E>,
    ) -> Result<String, E> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = used.get(token) {
            return Ok(page.clone());
        }
        let page = record()?;
        used.insert(token.to_owned(), page.clone());
        Ok(page)
    }
}
