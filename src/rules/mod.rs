//! What can be wrong? One file per rule; this one knows them all.

pub mod config;
pub mod registry;
pub mod rule;
