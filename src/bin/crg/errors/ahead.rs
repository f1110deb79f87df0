//! What to do if an entry that lies ahead is in the way: often its year was mistyped.

use crg::Lens;
use crg::fold::Account;
use crg::report::Ahead;
use crg::rules::Refusal;

use crate::context::Context;
use crate::hint::{Hint, REASON, command};

/// How to put right what lies ahead of today, if the refusal is because of it.
pub(super) fn hints(refusal: &Refusal, context: &Context) -> Vec<Hint> {
    let lens = Lens::at(context.today);
    let found = context.open();
    let found = found.and_then(|book| book.ahead(refusal.year(), lens));
    // The refusal stands, whether or not the book can be read again.
    let found = found.unwrap_or_default();
    let first = found.iter().find(|ahead| is_in_the_way(ahead, refusal));
    first.map_or(Vec::new(), put_right)
}

fn is_in_the_way(ahead: &Ahead, refusal: &Refusal) -> bool {
    match refusal {
        Refusal::DatedAfterClose { entry, .. } => ahead.entry == *entry,
        Refusal::Unaccounted { .. } => ahead.kind.arrow().is_some(),
        Refusal::Overdrawn { account, on, .. } => ahead.on == *on && draws_on(ahead, account),
        _ => false,
    }
}

/// Returns `true` if an entry moves money of the account.
fn draws_on(ahead: &Ahead, account: &Account) -> bool {
    match account {
        Account::Project(project) | Account::Spent(project) => {
            ahead.project.as_ref() == Some(project)
        }
        _ => ahead.kind.arrow().is_some(),
    }
}

fn put_right(ahead: &Ahead) -> Vec<Hint> {
    let (entry, clause) = (ahead.entry, ahead.clause());
    let reverse = command!("reverse {} --note {}", entry, REASON);
    let correct = command!("correct {} --on DATE", entry);
    vec![
        reverse.because(format!(
            "{clause}; if it was recorded by mistake, reverse it"
        )),
        correct.because("or record it again on its day"),
    ]
}
