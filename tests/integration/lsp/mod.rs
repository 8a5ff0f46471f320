//! The language server, end to end: the real binary over pipes.
#![allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    clippy::format_push_string,
    reason = "a test may end at any surprise"
)]

mod annotating;
mod annotations;
mod cache;
mod clients;
mod commands;
mod curating;
mod diagnostics;
mod disk;
mod documentation;
mod files;
mod following;
mod lifecycle;
mod positions;
mod requests;
mod shared;
mod soak;
mod together;
mod trust;
mod workspace;

use crate::support::client as support;
