//! The pages of the documentation say what is true.

use crate::support::desk::Desk;
use crate::support::generated::assert_current;

#[test]
fn the_pages_of_the_rules_are_current() {
    assert_current("docs/rules.md", &Desk::new(&[]).run(&["explain", "--all"]).out);
}
