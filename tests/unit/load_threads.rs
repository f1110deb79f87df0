//! What one thread hands over, the other writes: in order, and no longer than it can.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;

const MANY: u32 = 100_000;

fn admit_and_write(
    admit: impl FnOnce(&mut Outbox<u32>) -> Result<u32, Error> + Send,
    write: impl FnMut(u32) -> Result<(), Error>,
) -> Result<u32, Error> {
    super::admit_and_write(Path::new("crg.db"), admit, write)
}

/// Hands over `MANY` entries, and returns how many until nobody wrote them any more.
fn hand_over(outbox: &mut Outbox<u32>) -> u32 {
    (1..MANY)
        .find(|entry| !outbox.write(*entry))
        .unwrap_or(MANY)
}

fn full() -> Error {
    StoreError::Full {
        path: "crg.db".into(),
    }
    .into()
}

fn no_folder() -> Error {
    StoreError::NoFolder {
        path: "crg.db".into(),
    }
    .into()
}

#[test]
fn all_is_written_in_order() {
    let mut written = Vec::new();
    let handed = admit_and_write(
        |outbox| Ok(hand_over(outbox)),
        |entry| {
            written.push(entry);
            Ok(())
        },
    );
    assert_eq!(handed.unwrap(), MANY);
    assert!(written.iter().copied().eq(1..MANY));
}

#[test]
fn what_was_allowed_before_a_refusal_is_written_first() {
    let mut written = 0;
    let refused = admit_and_write(
        |outbox| {
            outbox.write(1);
            Err(no_folder())
        },
        |entry| {
            written = entry;
            Ok(())
        },
    );
    assert!(
        matches!(refused, Err(Error::Store(StoreError::NoFolder { .. }))),
        "{refused:?}"
    );
    assert_eq!(written, 1);
}

#[test]
fn if_an_entry_cannot_be_written_its_error_is_told_and_the_other_thread_stops() {
    let mut handed = 0;
    let failed = admit_and_write(
        |outbox| {
            handed = hand_over(outbox);
            Err(no_folder())
        },
        |entry| if entry == 5 { Err(full()) } else { Ok(()) },
    );
    assert!(
        matches!(failed, Err(Error::Store(StoreError::Full { .. }))),
        "{failed:?}"
    );
    assert!(handed < MANY, "went on to entry {handed}");
}

#[test]
fn a_panic_of_the_other_thread_is_one_here() {
    let ran = AssertUnwindSafe(|| admit_and_write(|_| panic!("a bug"), |_| Ok(())));
    let panic = catch_unwind(ran).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"a bug"));
}
