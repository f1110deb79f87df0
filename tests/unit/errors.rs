use std::path::Path;

use crg::model::EntryNumber;

use super::*;
use crate::invocation::Invocation;
use crate::output::{ErrorFormat, Output};

/// The one exit code that no transcript can bring about.
#[test]
fn an_unknown_outcome_says_how_to_find_out() {
    let invocation = Invocation::default().naming(Some(Path::new("my book.db")));
    let context = Context {
        book: "my book.db".into(),
        by: "KCST".into(),
        is_by_given: true,
        now: "2026-05-11T09:30:00Z".parse().unwrap(),
        today: "2026-05-11".parse().unwrap(),
        output: Output::new(ErrorFormat::Text, None, invocation),
    };
    let next = |entry| {
        let error = StoreError::OutcomeUnknown {
            path: "my book.db".into(),
            entry,
            error: "disk I/O error".into(),
        };
        let failure = failure(&Error::from(error), &context);
        assert_eq!(failure.exit, Exit::OutcomeUnknown);
        assert!(failure.message.starts_with("outcome unknown: "));
        context.output.invocation.hint(&failure.hints[0])
    };
    assert_eq!(
        next(Some(EntryNumber(12))),
        "see whether entry 12 was saved: crg --db \"my book.db\" log --last 5"
    );
    assert_eq!(
        next(None),
        "see which version it is, and finish the upgrade: crg --db \"my book.db\" upgrade"
    );
}
