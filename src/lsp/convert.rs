//! Between our values and the protocol's.

use std::str::FromStr as _;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types as lsp;

use crate::text::{Encoding, Position};

/// The path of a file; `None` for what lies elsewhere (`untitled:`, `vscode-vfs:`).
pub fn path(uri: &lsp::Uri) -> Option<Utf8PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    let path = Utf8PathBuf::from_path_buf(uri.to_file_path()?.into_owned()).ok()?;
    Some(straight(&path))
}

/// A path without `.` and `..`, so that one file has one path. Links are not followed: the client names a file by the
/// link, and the corpus lies where the link does.
fn straight(path: &Utf8Path) -> Utf8PathBuf {
    let mut straight = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                straight.pop();
            }
            part => straight.push(part),
        }
    }
    straight
}

/// Returns the address of a file, for a client that has not written it itself.
pub fn uri(path: &Utf8Path) -> Option<lsp::Uri> {
    lsp::Uri::from_file_path(path.as_std_path())
}

/// A link that a person may follow: of the web or to write to somebody. Any other scheme might start a program.
pub fn link(url: &str) -> Option<lsp::Uri> {
    let uri = lsp::Uri::from_str(url).ok()?;
    let scheme = uri.scheme().as_str();
    ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(uri)
}

/// A position as the client counts.
pub const fn position(at: Position, encoding: Encoding) -> lsp::Position {
    lsp::Position { line: at.line, character: at.column(encoding) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_path() {
        for uri in [
            "file:///a/b%20c/d.txt",
            "file:///a/./b%20c/x/../d.txt",
            "FILE:///a//b%20c/d.txt",
            "file:///../a/b%20c/d.txt",
        ] {
            let uri: lsp::Uri = uri.parse().unwrap();
            assert_eq!(path(&uri).as_deref(), Some(Utf8Path::new("/a/b c/d.txt")), "{}", uri.as_str());
        }
        for elsewhere in ["untitled:Untitled-1", "vscode-vfs://github/a/b.txt"] {
            assert_eq!(path(&elsewhere.parse().unwrap()), None, "{elsewhere}");
        }
    }

    #[test]
    fn only_links_of_the_web_are_followed() {
        for url in ["https://example.org/a", "HTTP://example.org", "mailto:a@example.org"] {
            assert!(link(url).is_some(), "{url}");
        }
        for url in
            ["command:workbench.action.quit", "javascript:alert(1)", "file:///bin/sh", "vscode://x/y", "example.org"]
        {
            assert!(link(url).is_none(), "{url}");
        }
    }
}
