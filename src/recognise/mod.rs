//! Recognition: everything that can be seen in one segment.
//!
//! Recognisers are pure: text and compiled knowledge in, facts out. They never fail and never look beyond the
//! segment; a malformed thing is a fact with a reason ([`fault::Fault`]), a doubtful one has several readings that the
//! document's [`profile::DocumentProfile`] select from later.

pub mod analyse;
pub mod configured;
pub mod date;
pub mod decision;
pub mod decree;
pub mod facts;
pub mod fault;
mod gate;
pub mod name;
pub mod pattern;
pub mod profile;
pub mod text_fault;
