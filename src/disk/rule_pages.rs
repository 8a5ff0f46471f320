//! RulePages of rules as files, for terminals that open links.
//!
//! A page is written when a link to it is first shown, into the folder for what the program keeps, and anew when
//! another build says something else. So a link opens without a network, and shows what the program that printed it
//! knows. Deliberately absent: links in what is not a terminal; there a path of this machine would help nobody.

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::rules;

/// The pages of rules in a folder; by default none.
#[derive(Debug, Default)]
pub struct RulePages {
    folder: Option<Utf8PathBuf>,
    /// The addresses of those that were asked for.
    known: Mutex<FxHashMap<String, Option<String>>>,
}

impl RulePages {
    /// RulePages below the folder for what the program keeps; without one there are none.
    pub fn new(kept: Option<&Utf8Path>) -> Self {
        Self { folder: kept.map(|kept| kept.join("rules")), known: Mutex::default() }
    }

    /// The address of the page of a rule; `None` where there is no such rule, or its page cannot be written.
    pub fn address(&self, code: &str) -> Option<String> {
        // An address is whole after a panic: it is put in at once.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(address) = known.get(code) {
            return address.clone();
        }
        let address = self.folder.as_deref().and_then(|folder| page(folder, code)).map(|path| address(&path));
        known.insert(code.to_owned(), address.clone());
        address
    }
}

/// The file of a page, written unless it is there already.
fn page(folder: &Utf8Path, code: &str) -> Option<Utf8PathBuf> {
    let text = rules::by_code(code)?.page();
    let path = folder.join(format!("{}.md", code.replace('/', "-")));
    if std::fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
        return Some(path);
    }
    std::fs::create_dir_all(folder).ok()?;
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).ok()?;
    file.write_all(text.as_bytes()).ok()?;
    file.persist(&path).ok()?;
    Some(path)
}

/// The address of an absolute path.
fn address(path: &Utf8Path) -> String {
    let path = path.as_str().replace('\\', "/");
    // `C:/…` has no slash of its own.
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut address = format!("file://{slash}");
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' | b':' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_there_when_its_link_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let page = folder.join("rules/date-impossible-day.md");
        let pages = || RulePages::new(Some(folder));
        let code = "date/impossible-day";
        assert!(rules::by_code(code).is_some(), "the test names a rule that there is");
        assert_eq!(pages().address(code), Some(address(&page)));
        let written = std::fs::read_to_string(&page).unwrap();
        assert!(written.starts_with("# date/impossible-day (error)\n"), "{written}");
        std::fs::write(&page, "what an older build said").unwrap();
        assert_eq!(pages().address(code), Some(address(&page)));
        assert_eq!(std::fs::read_to_string(&page).unwrap(), written);
    }

    #[test]
    fn without_a_folder_there_are_none() {
        assert_eq!(RulePages::default().address("date/impossible-day"), None);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(RulePages::new(Utf8Path::from_path(folder.path())).address("date/nonsense"), None);
        assert!(!folder.path().join("rules").exists());
    }

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(address(Utf8Path::new("/home/ก b/a.md")), "file:///home/%E0%B8%81%20b/a.md");
        assert_eq!(address(Utf8Path::new("C:\\Users\\x.md")), "file:///C:/Users/x.md");
    }
}
