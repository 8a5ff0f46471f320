//! Commands: what a person may have the server do.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::event::Event;
use super::owner::Handle;

/// Reads everything anew.
pub const REINDEX: &str = "scholiast.reindex";
/// Shows the mentions of an entry; a command of the editor's, not of the server's.
pub const SHOW_REFERENCES: &str = "scholiast.showReferences";

/// Fails inside, in builds for development: tests see that the server lives on.
pub const FAIL: &str = "scholiast.fail";

/// Does what a command says.
///
/// # Errors
/// When there is no such command.
pub fn execute(params: &lsp::ExecuteCommandParams, owner: &Handle) -> Result<Option<lsp::LSPAny>> {
    match params.command.as_str() {
        REINDEX => {
            owner.send(Event::Reindex);
            Ok(None)
        }
        other => Err(Error::invalid_params(format!("there is no command `{other}`"))),
    }
}
