//! Finds files that are not UTF-8 text.
//!
//! ## Why
//! Nothing else can be said of such a file: which letters it holds is unknown. Old Thai files are often in TIS-620 or
//! Windows-874, Vietnamese ones in Windows-1258 or VNI. UTF-16 and UTF-32 are told by their byte-order marks or by
//! their NUL bytes.
//!
//! ## Example
//! ```text
//! <A1><D4><B9> (TIS-620 for กิน)
//! ```
//!
//! ## Fix
//! Find out the encoding and convert the file, or exclude it in `scholiast.toml`.

use crate::diagnostic::Severity;
use crate::rule_source;
use crate::rules::finding::{Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::Place;
use crate::text::encoding::Undecodable;

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/not-utf8",
    severity: Severity::Error,
    summary: "the file is not UTF-8 text",
    source: rule_source!(),
    check: RuleCheck::AnyFile,
};

/// Reports the first byte that is not UTF-8.
pub fn check(error: Undecodable, sink: &mut FindingSink<'_>) {
    sink.of_rule(&RULE).report(finding(error));
}

/// The finding about the first byte that is not UTF-8.
pub fn finding(error: Undecodable) -> Finding {
    let Undecodable { at, encoding } = error;
    let message = match encoding {
        Some(encoding) => format!("the file is {encoding}, not UTF-8; nothing in it was checked"),
        None => format!("byte {} is not UTF-8; nothing else in this file was checked", at.byte),
    };
    Finding { place: Place { start: at, end: at }, surface: "".into(), message, related: Vec::new(), fix: None }
}
