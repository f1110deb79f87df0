//! [`Session`]: the one person at the desk. The address that is printed has a token, which is
//! exchanged once for a cookie.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::desk::random::{is_same, secret};

/// Who may use the desk, and who records.
#[derive(Debug)]
pub(crate) struct Session {
    port: u16,
    /// `None` once it is used.
    token: Mutex<Option<String>>,
    cookie: String,
    recorder: Mutex<Recorder>,
}

/// Who records.
#[derive(Debug, Clone)]
pub(crate) struct Recorder {
    pub(crate) name: String,
    /// `false` if nobody gave the name.
    pub(crate) is_given: bool,
}

impl Session {
    pub(crate) fn new(port: u16, recorder: Recorder) -> Result<Session, getrandom::Error> {
        Ok(Session {
            port,
            token: Mutex::new(Some(secret()?)),
            cookie: secret()?,
            recorder: Mutex::new(recorder),
        })
    }

    /// The address that opens the desk.
    pub(crate) fn address(&self) -> String {
        let token = locked(&self.token).clone().unwrap_or_default();
        format!("http://127.0.0.1:{}/start?token={token}", self.port)
    }

    /// The cookie to set, if the token is the right one and was not used before.
    pub(crate) fn exchange(&self, given: &str) -> Option<String> {
        let mut token = locked(&self.token);
        token.take_if(|token| is_same(token, given))?;
        let (name, cookie) = (self.cookie_name(), &self.cookie);
        Some(format!(
            "{name}={cookie}; HttpOnly; SameSite=Strict; Path=/"
        ))
    }

    /// Returns `true` if one of the cookies of a request is the one that was set.
    pub(crate) fn admits(&self, cookies: &str) -> bool {
        let own = self.cookie_name();
        let mut pairs = cookies
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == own && is_same(&self.cookie, value))
    }

    /// Browsers send cookies to every port of a computer: the port is in the name, so that two desks
    /// do not take each other's.
    fn cookie_name(&self) -> String {
        format!("crg-{}", self.port)
    }

    /// Who records.
    pub(crate) fn recorder(&self) -> Recorder {
        locked(&self.recorder).clone()
    }

    /// Changes who records, until the desk ends.
    pub(crate) fn set_by(&self, name: &str) {
        *locked(&self.recorder) = Recorder {
            name: name.to_owned(),
            is_given: true,
        };
    }
}

/// What a mutex protects, even after a panic: no value here is ever half changed.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
