//! A request that waits on the owner thread.

use std::time::Instant;

use super::event::Ask;

/// A request that waits for files to be read.
pub(super) struct WaitingRequest {
    pub until: Instant,
    /// The version of its document when it came.
    pub version: Option<i32>,
    pub ask: Ask,
}
