//! Messages between the client and the server, on standard input and output.
//!
//! The protocol's types and its router come from `tower-lsp-server`. Its transport loop does not: the loop ends at the
//! first malformed message, and lets a final answer overtake the partial results before it. [`wire`] reads,
//! [`writer`] writes, [`dispatch`] hands messages to the router, [`client`] is how the server speaks by itself.
//! Deliberately absent: what any message means.

pub mod client;
pub mod dispatch;
mod lenient;
pub mod progress;
pub mod reply;
pub mod wire;
pub mod writer;

pub use client::{Client, Refresh};
pub use progress::WorkProgress;
