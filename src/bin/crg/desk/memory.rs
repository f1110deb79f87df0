//! [`Memory`]: pages and forms to which a browser may come back. It is bounded.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::desk::answer::Page;
use crate::desk::values::Values;

/// Bytes of all that is kept, and how many things; the oldest makes room.
const MAX_BYTES: usize = 2 * 1024 * 1024;
const MAX_KEPT: usize = 1000;

/// What a browser finds when it comes back.
#[derive(Debug)]
pub(crate) enum Kept {
    /// The answer to a form that was sent.
    Page(Page),
    /// What was typed into a form that was sent.
    Typed(Values),
}

impl Kept {
    fn bytes(&self) -> usize {
        match self {
            Kept::Page(page) => page.title.len() + page.body.0.len(),
            Kept::Typed(values) => values
                .all()
                .map(|(name, text)| name.len() + text.len())
                .sum(),
        }
    }
}

/// The pages and forms that were seen last, by their names.
#[derive(Debug, Default)]
pub(crate) struct Memory(Mutex<VecDeque<(String, Arc<Kept>)>>);

impl Memory {
    /// Keeps something under a name, in place of what has that name. Gives it back if it is too
    /// large.
    pub(crate) fn keep(&self, name: &str, kept: Kept) -> Result<(), Kept> {
        let bytes = |(_, kept): &(String, Arc<Kept>)| kept.bytes();
        if kept.bytes() > MAX_BYTES / 2 {
            return Err(kept);
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(known, _)| known != name);
        all.push_back((name.to_owned(), Arc::new(kept)));
        let mut total: usize = all.iter().map(bytes).sum();
        while (total > MAX_BYTES || all.len() > MAX_KEPT)
            && let Some(oldest) = all.pop_front()
        {
            total -= bytes(&oldest);
        }
        Ok(())
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<Kept>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().find(|(known, _)| known == name);
        found.map(|(_, kept)| Arc::clone(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(bytes: usize) -> Kept {
        Kept::Typed(Values::new(vec![(String::new(), "x".repeat(bytes))]))
    }

    #[test]
    fn the_oldest_makes_room() {
        let memory = Memory::default();
        for name in 0..100 {
            memory
                .keep(&name.to_string(), typed(MAX_BYTES / 10 + 1))
                .unwrap();
        }
        assert!(memory.get("99").is_some());
        let kept = (0..100).filter(|name| memory.get(&name.to_string()).is_some());
        assert_eq!(kept.count(), 9);
    }

    #[test]
    fn many_of_no_size_are_bounded_too() {
        let memory = Memory::default();
        for name in 0..=MAX_KEPT {
            memory.keep(&name.to_string(), typed(0)).unwrap();
        }
        assert!(memory.get("0").is_none());
        assert!(memory.get("1").is_some());
    }

    #[test]
    fn what_is_too_large_is_given_back() {
        assert!(Memory::default().keep("large", typed(MAX_BYTES)).is_err());
    }
}
