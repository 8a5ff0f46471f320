//! What can be seen in one segment?
//!
//! Recognisers are pure: text and compiled knowledge in, facts out. They never fail and never look beyond the
//! segment; a malformed thing is a fact with a reason ([`flaw::Flaw`]), a doubtful one has several readings that the
//! document's [`habits::Habits`] select from later.

pub mod blemish;
pub mod configured;
pub mod date;
pub mod decree;
pub mod facts;
pub mod flaw;
pub mod habits;
pub mod name;
pub mod pattern;
