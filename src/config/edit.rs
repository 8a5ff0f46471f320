//! Edits of `scholiast.toml` that keep its comments and layout.

use jiff::civil::Date;

use crate::text::edit::TextEdit;
use crate::toml_tree::edit::{Field, Fields, Refusal, append_table, checked, read};

/// A suppression to be written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewSuppression {
    /// A glob, relative to the configuration's folder.
    pub path: String,
    /// A rule's code.
    pub rule: String,
    /// Only of this text.
    pub text: Option<String>,
    /// Last day it holds.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<String>,
}

/// Adds a `[[suppress]]` table.
///
/// # Errors
/// When the file is not TOML, or is laid out so that the table does not fit.
pub fn add_suppression(text: &str, new: &NewSuppression) -> Result<Vec<TextEdit>, Refusal> {
    let root = read(text)?;
    let mut fields: Fields = vec![("path".into(), Field::string(&new.path)), ("rule".into(), Field::string(&new.rule))];
    fields.extend(new.text.as_ref().map(|surface| ("text".into(), Field::string(surface))));
    fields.extend(new.until.map(|day| ("until".into(), Field::Value(day.to_string()))));
    fields.extend(new.reason.as_ref().map(|reason| ("reason".into(), Field::string(reason))));
    checked(text, append_table(text, &root, "suppress", &fields))
}

/// A glob that matches exactly this path.
pub fn glob_of(path: &str) -> String {
    globset::escape(path)
}
