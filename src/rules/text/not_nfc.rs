//! Finds documents that are not in Unicode normalisation form C (NFC).
//!
//! ## Why
//! `ễ` may be one code point or three. What looks equal then compares unequal, and offsets differ between tools that
//! normalise and tools that do not. One finding for a document, at its first place.
//!
//! ## Example
//! ```text
//! Nguye<U+0302><U+0303>n
//! ```
//!
//! ## Fix
//! Write the composed letters, everywhere in the document.

use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::recognise::text_fault::TextFault;
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink, fix};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/not-nfc",
    severity: Severity::Warning,
    summary: "the text is not in Unicode normalisation form C",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    let mut first: Option<Finding> = None;
    let mut places = 0_usize;
    let mut edits: Vec<FileEdit> = Vec::new();
    // One letter that cannot be composed, or whose composition changes a name, makes the whole a matter for a person.
    let mut safe = true;
    for (start, facts) in context.overview.faulty() {
        for fault in facts.text_faults.iter().filter(|fault| fault.kind == TextFault::NotNfc) {
            places += 1;
            let fix = fix(context.file.id, start, facts, fault);
            safe &= fix.as_ref().is_some_and(|fix| fix.safe);
            edits.extend(fix.into_iter().flat_map(|fix| fix.edits));
            first.get_or_insert_with(|| Finding {
                place: facts.place(start, fault.span),
                surface: fault.surface.clone(),
                message: String::new(),
                related: Vec::new(),
                fix: None,
            });
        }
    }
    let Some(mut finding) = first else { return };
    finding.message = match places {
        1 => "this letter is not in NFC".to_owned(),
        2 => "the text is not in NFC, here and in one more place".to_owned(),
        count => format!("the text is not in NFC, here and in {} more places", count - 1),
    };
    if !edits.is_empty() {
        finding.fix = Some(Fix { title: "write the document in NFC".to_owned(), safe, edits });
    }
    sink.report(finding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::check;

    #[test]
    fn told_once_and_fixed_everywhere() {
        let reported = check(RULE.code, "//- a.txt\nNguy«e\u{302}\u{303}»n và Bô\u{323}\n");
        assert_eq!(reported.messages(), ["the text is not in NFC, here and in one more place"]);
        assert_eq!(reported.fixed(0), "Nguyễn và Bộ\n");
    }

    #[test]
    fn an_address_stays_as_it_is() {
        let reported = check(RULE.code, "//- a.txt\nhttps://tin.example/«e\u{301}» và e\u{301}\n");
        assert_eq!(reported.messages(), ["the text is not in NFC, here and in one more place"]);
        assert_eq!(reported.fixed(0), "https://tin.example/e\u{301} và é\n");
        assert!(reported.findings[0].fix.as_ref().is_some_and(|fix| !fix.safe));
    }

    #[test]
    fn thai_is_judged_by_its_own_rule() {
        check(RULE.code, "//- a.txt\nที่ น้ำ กู้\n");
    }
}
