//! How do editors speak? The language server.
//!
//! One owner thread ([`owner`]) holds all corpora and takes in what happens, in order: what the client says, what the
//! disk says, what background work has found. Requests travel through it, so that each sees every edit sent before
//! it, and are answered from an immutable snapshot on a pool of their own. What the client is told or asked without
//! having asked goes through the [`outbox`]. Nothing here analyses text.
//! Deliberately absent: anything an editor could not ask over the wire; the only room that names `tower_lsp`.

mod backlog;
mod beside;
mod capabilities;
mod checking;
mod commands;
mod convert;
mod corpora;
mod corpus;
mod documents;
mod event;
mod loading;
mod outbox;
mod owner;
mod reply;
mod reports;
mod requests;
mod server;
mod session;
mod settings;
mod shared;
mod statistics;
mod transport;
mod view;
mod wire;

use crate::disk::cache::Cache;

/// Runs the server on standard input and output until the client is gone; what is recognised is kept in `cache`.
/// Returns the exit status: 1 where the client left without `shutdown`.
///
/// # Errors
/// When no thread or runtime can be had.
pub fn run(cache: Cache) -> anyhow::Result<u8> {
    log_to_stderr();
    transport::run(cache)
}

/// Standard output belongs to the protocol. `SCHOLIAST_LOG` is a filter such as `info` or `scholiast=debug`.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SCHOLIAST_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error,scholiast=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false);
    // Fails only where somebody logs already, as in tests within one process.
    let _ = log.try_init();
}
