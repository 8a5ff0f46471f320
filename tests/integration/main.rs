//! All integration tests, in one binary since each binary links the whole crate. `cargo test --test integration git::`
//! runs those of one module.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::needless_pass_by_value, reason = "values made for one call read better")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "files of the project are named in small letters")]

mod support;

mod annotate;
mod annotations;
mod bad_input;
mod bad_registry;
mod cli;
mod curation;
mod documentation;
mod formats;
mod fuzz;
mod git;
mod init;
mod interrupted;
mod layers;
mod lsp;
mod parts;
mod report;
mod rows;
mod rule_examples;
mod rules_eval;
mod schemas;
mod seeds;
mod seeds_registry;
mod shared;
mod states;
mod suggest;
mod terminal;
mod trust;
mod watch;
mod workflow;
