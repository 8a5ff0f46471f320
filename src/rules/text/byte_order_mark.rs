//! Finds files that start with a byte-order mark.
//!
//! ## Why
//! UTF-8 needs none. Some tools count it as a character, some take it for text, editors hide it. Judged by the bytes
//! on disk.
//!
//! ## Example
//! ```text
//! <U+FEFF>first line
//! ```
//!
//! ## Fix
//! Remove it. In an open document save it as "UTF-8" rather than "UTF-8 with BOM".

use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{Place, Position};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/byte-order-mark",
    severity: Severity::Warning,
    summary: "a byte-order mark at the start of the file",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    if !context.file.disk.is_some_and(|disk| disk.byte_order_mark) {
        return;
    }
    let place = Place { start: Position::default(), end: Position { byte: 3, char: 1, ..Position::default() } };
    let edit = FileEdit { file: context.file.id, place, text: "".into() };
    let fix = Fix { title: "remove the byte-order mark".to_owned(), safe: true, edits: vec![edit] };
    sink.report(Finding {
        place,
        surface: "\u{feff}".into(),
        message: "the file starts with a byte-order mark".to_owned(),
        related: Vec::new(),
        fix: context.file.document().is_none().then_some(fix),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::check;

    #[test]
    fn only_at_the_very_start() {
        let reported = check(RULE.code, "//- a.txt\n«\u{feff}»text\n");
        assert_eq!(reported.fixed(0), "text\n");
        assert_eq!(reported.findings[0].place.start, Position::default());
        check(RULE.code, "//- a.txt\ntext\u{feff}\n");
    }
}
