//! Between our values and the protocol's.

use std::str::FromStr as _;

use camino::{Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types as lsp;

use crate::text::{Encoding, Position};

/// The path of a file; `None` for what lies elsewhere (`untitled:`, `vscode-vfs:`).
pub fn path(uri: &lsp::Uri) -> Option<Utf8PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    Utf8PathBuf::from_path_buf(uri.to_file_path()?.into_owned()).ok()
}

/// How a file is called to a client that has not named it itself.
pub fn uri(path: &Utf8Path) -> Option<lsp::Uri> {
    lsp::Uri::from_file_path(path.as_std_path())
}

/// A link a person may follow.
pub fn link(url: &str) -> Option<lsp::Uri> {
    lsp::Uri::from_str(url).ok()
}

/// A position as the client counts.
pub const fn position(at: Position, encoding: Encoding) -> lsp::Position {
    lsp::Position { line: at.line, character: at.column(encoding) }
}
