//! How do people speak? Arguments and subcommands.

pub mod names;
