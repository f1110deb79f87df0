//! What is checked of a grant year.

use super::*;

/// No entry can bring it about: every arrow takes from one account what it gives another.
#[test]
fn money_that_is_in_no_account_is_found() {
    let mut portfolio = Portfolio::new("2025/26".parse().unwrap());
    assert_eq!(identity(&portfolio), Vec::<String>::new());
    portfolio.upfront.moved = "5".parse().unwrap();
    assert_eq!(
        identity(&portfolio),
        ["2025/26: the allocation is £0.00, but £5.00 is accounted for"]
    );
}
