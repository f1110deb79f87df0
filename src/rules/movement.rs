//! [`Movements`]: what moved money or cash, to recognise an entry that moves the same again.

use std::collections::{HashMap, hash_map};

use sha2::{Digest, Sha256};

use crate::fold::Account;
use crate::model::{Date, Entry, Event};
use crate::rules::normalised::normalised;

/// The kind, account, day and amount of an entry that moves money or cash, and its supplier and
/// reference as they are compared: a digest of all six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Movement([u8; 16]);

impl Movement {
    /// The movement of an entry, or `None` if it moves nothing.
    pub(super) fn of(entry: &Entry) -> Option<Movement> {
        let kind = entry.event.kind();
        if !kind.moves_money_or_cash() {
            return None;
        }
        let account = account(entry).map(|account| account.to_string());
        let mut digest = Sha256::new();
        for field in [
            kind.as_str().as_bytes(),
            account.unwrap_or_default().as_bytes(),
            &Date::MIN.days_until(entry.on).to_le_bytes(),
            &entry.event.amount()?.pence()?.to_le_bytes(),
            normalised(supplier(&entry.event).unwrap_or_default()).as_bytes(),
            normalised(entry.reference.as_deref().unwrap_or_default()).as_bytes(),
        ] {
            digest.update(field.len().to_le_bytes());
            digest.update(field);
        }
        let mut movement = [0; 16];
        movement.copy_from_slice(&digest.finalize()[..16]);
        Some(Movement(movement))
    }
}

/// The project or pot that an entry names. Cash is of the whole year.
pub(super) fn account(entry: &Entry) -> Option<Account> {
    let project = entry.event.project().cloned().map(Account::Project);
    project.or_else(|| entry.event.pot().map(Account::Pot))
}

fn supplier(event: &Event) -> Option<&str> {
    match event {
        Event::Spend { supplier, .. } | Event::Refund { supplier, .. } => supplier.as_deref(),
        _ => None,
    }
}

/// The movements on record, and how often each is.
#[derive(Debug, Clone, Default)]
pub(super) struct Movements(HashMap<Movement, u32>);

impl Movements {
    /// Returns `true` if an entry on record moves the same money or cash.
    pub(super) fn has(&self, entry: &Entry) -> bool {
        Movement::of(entry).is_some_and(|movement| self.0.contains_key(&movement))
    }

    pub(super) fn add(&mut self, movement: Option<Movement>) {
        if let Some(movement) = movement {
            *self.0.entry(movement).or_default() += 1;
        }
    }

    pub(super) fn remove(&mut self, movement: Option<Movement>) {
        if let Some(movement) = movement
            && let hash_map::Entry::Occupied(mut times) = self.0.entry(movement)
        {
            *times.get_mut() -= 1;
            if *times.get() == 0 {
                times.remove();
            }
        }
    }
}
