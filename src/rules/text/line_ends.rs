//! Finds files with line ends of more than one kind.
//!
//! ## Why
//! Tools that count lines or translate line ends disagree about such a file, and annotations that count code points
//! move when somebody's editor unifies them. Judged by the bytes on disk.
//!
//! ## Example
//! ```text
//! first line<CR><LF>
//! second line<LF>
//! ```
//!
//! ## Fix
//! Choose one kind in your editor (it shows `LF` or `CRLF`) and save. No fix is offered: every offset in standoff
//! annotations of the file would move.

use crate::diagnostic::Severity;
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/line-ends",
    severity: Severity::Warning,
    summary: "line ends of more than one kind in one file",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(disk) = context.file.disk else { return };
    let Some(place) = disk.odd_line_end else { return };
    let names = ["LF", "CRLF", "lone CR"];
    let counts = disk.line_ends.iter().zip(names).filter(|(count, _)| **count > 0);
    let counts: Vec<String> = counts.map(|(count, name)| format!("{count} {name}")).collect();
    sink.report(Finding {
        place,
        surface: "".into(),
        message: format!("mixed line ends: {}", counts.join(", ")),
        related: Vec::new(),
        fix: None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::check;

    #[test]
    fn the_rarer_kind_is_named_at_its_first_place() {
        let reported = check(RULE.code, "//- a.txt\none\ntwo«\r\n»three\n");
        assert_eq!(reported.messages(), ["mixed line ends: 2 LF, 1 CRLF"]);
        check(RULE.code, "//- a.txt\none\r\ntwo\r\n");
    }
}
