//! The language server, end to end: the real binary over pipes.

mod diagnostics;
mod disk;
mod lifecycle;
mod positions;
mod requests;
#[path = "../support/client.rs"]
mod support;
mod workspace;
