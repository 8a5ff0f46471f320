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
    let mut glob = String::with_capacity(path.len());
    for letter in path.chars() {
        if matches!(letter, '*' | '?' | '[' | ']' | '{' | '}' | '\\') {
            glob.push('\\');
        }
        glob.push(letter);
    }
    glob
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::Config;
    use crate::text::edit::apply;

    #[test]
    fn follows_the_form_that_stands_there() {
        let new = NewSuppression { path: "a.txt".into(), rule: "date/x".into(), ..NewSuppression::default() };
        let table = "[[suppress]]\npath = \"a.txt\"\nrule = \"date/x\"\n";
        for (before, after) in [
            ("", table.to_owned()),
            ("# c\n[corpus]\n", format!("# c\n[corpus]\n\n{table}")),
            ("suppress = []\n", "suppress = [{ path = \"a.txt\", rule = \"date/x\" }]\n".to_owned()),
        ] {
            assert_eq!(apply(before, &add_suppression(before, &new).unwrap()), after);
        }
        assert!(matches!(add_suppression("[", &new), Err(Refusal::Syntax(_))));
    }

    proptest! {
        #[test]
        fn a_suppression_reads_back(path in "[a-z*?\\[\\]{}!\\\\ \"ก]{1,8}", surface in any::<String>(), reason in any::<Option<String>>()) {
            let new = NewSuppression {
                path: glob_of(&path),
                rule: "decree/unknown-type".into(),
                text: Some(surface.clone()),
                until: Some(jiff::civil::date(2027, 1, 1)),
                reason: reason.clone(),
            };
            let (config, faults) = Config::parse(&apply("# c", &add_suppression("# c", &new).unwrap())).unwrap();
            prop_assert!(faults.is_empty());
            prop_assert!(config.suppress[0].path.matches(&path));
            prop_assert_eq!(config.suppress[0].text.as_ref().unwrap().value.as_str(), surface.as_str());
            prop_assert_eq!(config.suppress[0].reason.as_deref(), reason.as_deref());
        }
    }
}
