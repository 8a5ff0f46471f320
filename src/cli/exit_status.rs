//! The exit statuses of the program.

/// The command did its work and found nothing at or above `--fail-on`.
pub const CLEAN: u8 = 0;
/// The command did its work and found something.
pub const FOUND: u8 = 1;
/// The command could not do all its work.
pub const FAILED: u8 = 2;
