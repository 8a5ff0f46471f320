//! The language server: how editors speak with the crate.
//!
//! Each of the server's [threads] has one task. The `input` thread reads messages and tells the `owner` thread of them,
//! in order. The owner holds all state and never waits. Requests are answered by workers, from an immutable [view] of a
//! corpus that the owner hands out when their turn comes: so a request sees every edit sent before it, and none sent
//! after it. What the server sends by itself goes through the [client](transport::client).
//!
//! | module | runs on |
//! | --- | --- |
//! | [`transport`] | `input` and `output`; any thread may send |
//! | [`server`] | `input` up to the first wait, then `main` |
//! | [`owner`], [`corpus`] | `owner`; what [`corpus::loading`] and [`corpus::pushed`] do runs in the background |
//! | [`view`], [`requests`] | workers |
//!
//! Nothing here analyses text. Deliberately absent: anything an editor could not ask over the wire. No other room names
//! `tower_lsp`.

mod backlog;
mod capabilities;
mod convert;
mod corpus;
mod documents;
mod ids;
mod owner;
mod requests;
mod rule_content;
mod server;
mod session;
mod settings;
mod shutdown;
mod threads;
mod transport;
mod view;

use std::io::PipeWriter;
use std::sync::Arc;

use crate::disk::cache::Cache;

use owner::Owner;
use server::Server;
use shutdown::{GRACE, Shutdown};
pub use threads::stand_back;
use transport::Client;
use transport::dispatch::{Dispatcher, ReplySlot};
use transport::writer::WireWriter;

/// Bytes that the pipe to the client holds: as many as a user may ask for.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// Runs the server on standard input and output until the session ends; what is recognised is kept in `cache`.
/// Returns the exit status: 1 where the client left without `shutdown`.
///
/// # Errors
/// When no thread or runtime can be had.
pub fn run(cache: Cache) -> anyhow::Result<u8> {
    log_to_stderr();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let shutdown = Arc::new(Shutdown::default());
    let ended = shutdown.clone();
    let wire = WireWriter::new(output()?, move |error| {
        ended.end(&format!("standard output cannot be written: {error}"));
    })?;
    let client = Client::new(wire.clone(), runtime.handle().clone());
    let owner = Owner::start(client.clone(), cache, shutdown.clone())?;
    let slot = ReplySlot::default();
    let service = Server::service(owner, client.clone(), shutdown.clone(), slot.clone());
    let dispatcher = Dispatcher {
        service,
        slot,
        client,
        wire: wire.clone(),
        shutdown: shutdown.clone(),
        runtime: runtime.handle().clone(),
    };
    std::thread::Builder::new().name("input".to_owned()).spawn(move || dispatcher.run())?;
    runtime.block_on(shutdown.wait());
    wire.drain(GRACE);
    // The `input` thread waits for the client and cannot be woken: it ends with the process.
    runtime.shutdown_background();
    Ok(u8::from(!shutdown.was_asked()))
}

/// Standard output without the buffer of the standard library, which ends at line breaks and would write each message
/// in two parts.
fn output() -> std::io::Result<PipeWriter> {
    #[cfg(unix)]
    let owned = std::os::fd::AsFd::as_fd(&std::io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let owned = std::os::windows::io::AsHandle::as_handle(&std::io::stdout()).try_clone_to_owned()?;
    // A thousand findings are more than a pipe holds: a client that is busy would make the answers behind them wait.
    // Where the size cannot be changed, they do.
    #[cfg(target_os = "linux")]
    let _ = rustix::pipe::fcntl_setpipe_size(&owned, PIPE);
    Ok(owned.into())
}

/// Standard output belongs to the protocol. `SCHOLIAST_LOG` is a filter such as `info` or `scholiast=debug`.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SCHOLIAST_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error,scholiast=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false);
    // Fails only where somebody logs already, as in tests within one process.
    let _ = log.try_init();
}
