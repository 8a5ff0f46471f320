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
    let authority = uri.authority().map(|authority| authority.host().to_owned()).unwrap_or_default();
    let path = decoded(uri.path().as_str())?;
    let style = if cfg!(windows) { PathStyle::Windows } else { PathStyle::Unix };
    Some(straight(Utf8Path::new(&style.written(&authority, &path)?)))
}

/// The way in which a system writes the paths of files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PathStyle {
    Unix,
    Windows,
}

impl PathStyle {
    /// The path of a file by the host and the path of its address, `%` and digits already replaced.
    fn written(self, host: &str, path: &str) -> Option<String> {
        if self == Self::Unix {
            return path.starts_with('/').then(|| path.to_owned());
        }
        let path = path.replace('/', "\\");
        let below = path.trim_start_matches('\\');
        let mut letters = below.chars();
        match (letters.next(), letters.next(), letters.next()) {
            // `/c:/a`, as editors write it, and `C:\a` are one file.
            (Some(drive), Some(':'), None | Some('\\')) if drive.is_ascii_alphabetic() => {
                let rest = below.get(2..).filter(|rest| !rest.is_empty()).unwrap_or("\\");
                Some(format!("{}:{rest}", drive.to_ascii_uppercase()))
            }
            // A share of another machine.
            _ if !host.is_empty() && host != "localhost" => Some(format!("\\\\{host}\\{below}")),
            _ => None,
        }
    }
}

/// A text in which bytes are written as `%` and two digits; `None` where it is no UTF-8 then.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
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
    fn paths_are_written_as_each_system_does() {
        use PathStyle::{Unix, Windows};
        for (style, host, path, wanted) in [
            (Windows, "", "/c:/Users/Lan/b c.txt", Some("C:\\Users\\Lan\\b c.txt")),
            (Windows, "", "/C:/Users", Some("C:\\Users")),
            (Windows, "", "/d:", Some("D:\\")),
            (Windows, "", "/c:\\Users\\Lan", Some("C:\\Users\\Lan")),
            (Windows, "server", "/corpus/ข่าว.txt", Some("\\\\server\\corpus\\ข่าว.txt")),
            (Windows, "localhost", "/c:/a", Some("C:\\a")),
            (Windows, "", "/home/lan", None),
            (Windows, "", "/cc:/a", None),
            (Unix, "", "/c:/a\\b", Some("/c:/a\\b")),
            (Unix, "", "/home/lan/ข่าว.txt", Some("/home/lan/ข่าว.txt")),
            (Unix, "", "a.txt", None),
        ] {
            assert_eq!(style.written(host, path).as_deref(), wanted, "{style:?} {path}");
        }
        for (text, wanted) in [
            ("/c%3A/a%20b", Some("/c:/a b")),
            ("/%E0%B8%82", Some("/ข")),
            ("/100%", Some("/100%")),
            ("/%zz%2", Some("/%zz%2")),
            ("/%ff", None),
        ] {
            assert_eq!(decoded(text).as_deref(), wanted, "{text}");
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
