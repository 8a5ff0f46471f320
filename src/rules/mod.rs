//! What can be wrong? One file per rule; this one knows them all.

pub mod date;
pub mod rule;
