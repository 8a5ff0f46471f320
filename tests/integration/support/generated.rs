//! Pages of the documentation that the program writes itself.

use std::path::Path;

/// Checks that a file of the project holds this text; with `UPDATE_DOCS=1` in the environment, writes the text there.
pub fn assert_current(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::fs::read_to_string(&file).is_ok_and(|kept| kept == text) {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1"),
        "{path} is out of date; `UPDATE_DOCS=1 cargo test` writes it"
    );
    std::fs::write(&file, text).expect("the page is written");
}
