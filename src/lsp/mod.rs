//! How do editors speak?

/// Runs the server.
///
/// # Errors
/// When the streams fail.
pub fn run() -> anyhow::Result<u8> {
    Ok(0)
}
