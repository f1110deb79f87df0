//! Secrets that nobody can guess.

use crate::failure::{Exit, Failure, Stop};

/// Thirty-two random bytes from the system, as text.
pub(crate) fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hexadecimal(&bytes))
}

/// Bytes as text.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl From<getrandom::Error> for Stop {
    fn from(error: getrandom::Error) -> Stop {
        let message = format!("storage: this computer gives no random bytes: {error}");
        Failure::new(Exit::Storage, "desk", message).into()
    }
}

/// Compares a secret in a time that does not depend on how much of it is right.
pub(crate) fn is_same(known: &str, given: &str) -> bool {
    let pairs = known.bytes().zip(given.bytes());
    let differences = pairs.fold(0, |found, (known, given)| found | (known ^ given));
    known.len() == given.len() && differences == 0
}
