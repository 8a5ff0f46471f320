//! Finds characters that nobody sees.
//!
//! ## Why
//! Zero-width spaces, soft hyphens, directional marks and control characters come along with copied text. They make
//! equal words unequal and move every offset behind them. Joiners inside emoji and in scripts that need them are left
//! alone. Those of one kind in one line are one finding.
//!
//! U+200B between Thai or Lao letters is a hint where a line may break. It is told only where it is asked for, once for
//! a document, and never removed by a fix.
//!
//! ## Example
//! ```text
//! Soft<U+00AD>hyphen
//! ```
//!
//! ## Fix
//! A character without width is removed; this is safe where it cannot have stood between two words. Control characters
//! that end a line or a page (VT, FF, U+0085, U+2028, U+2029) become a line end, separators (U+001C to U+001F) a space.
//!
//! ## Configuration
//! `break-hints = true` tells U+200B in Thai and Lao text too; the preset `strict` does so by itself.

use crate::config::Preset;
use crate::diagnostic::Severity;
use crate::recognise::fault::Fault;
use crate::recognise::text_fault::{TextFault, TextFaultClass};
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/invisible-character",
    severity: Severity::Warning,
    summary: "a character that nobody sees",
    source: rule_source!(),
    check: RuleCheck::Text(TextFaultClass::InvisibleCharacter, message),
};

fn message(fault: &Fault<TextFault>) -> String {
    let TextFault::InvisibleCharacter { character, count } = fault.kind else { return String::new() };
    let name = name_of(character);
    let name = if name.is_empty() { String::new() } else { format!(" {name}") };
    let code = u32::from(character);
    match count {
        1 => format!("U+{code:04X}{name} in the text"),
        2 => format!("U+{code:04X}{name} in the text, here and once more in this line"),
        _ => format!("U+{code:04X}{name} in the text, here and {} more times in this line", count - 1),
    }
}

/// The Unicode name of an invisible character, of those that have one that people may know.
const fn name_of(character: char) -> &'static str {
    match character {
        '\u{200b}' => "ZERO WIDTH SPACE",
        '\u{200c}' => "ZERO WIDTH NON-JOINER",
        '\u{200d}' => "ZERO WIDTH JOINER",
        '\u{200e}' => "LEFT-TO-RIGHT MARK",
        '\u{200f}' => "RIGHT-TO-LEFT MARK",
        '\u{2028}' => "LINE SEPARATOR",
        '\u{2029}' => "PARAGRAPH SEPARATOR",
        '\u{2060}' => "WORD JOINER",
        '\u{feff}' => "ZERO WIDTH NO-BREAK SPACE",
        '\u{ad}' => "SOFT HYPHEN",
        '\u{85}' => "NEXT LINE",
        '\u{b}' => "VERTICAL TAB",
        '\u{c}' => "FORM FEED",
        '\u{1c}'..='\u{1f}' => "INFORMATION SEPARATOR",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "(a directional control)",
        '\0'..='\u{1f}' | '\u{7f}' => "(a control character)",
        _ => "",
    }
}

/// Reports the break hints of a document once, where they are asked for.
pub fn break_hints(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    let option = sink.config().option(RULE.code, "break-hints").and_then(|option| option.value.as_boolean());
    let is_wanted = option.unwrap_or(sink.config().preset() == Preset::Strict);
    if !is_wanted {
        return;
    }
    let mut first: Option<Finding> = None;
    let mut total = 0;
    for (start, facts) in context.overview.faulty() {
        for fault in &facts.text_faults {
            let TextFault::BreakHint { count } = fault.kind else { continue };
            total += count;
            first.get_or_insert_with(|| Finding {
                place: facts.place(start, fault.span),
                surface: fault.surface.clone(),
                message: String::new(),
                related: Vec::new(),
                fix: None,
            });
        }
    }
    if let Some(mut finding) = first {
        finding.message = format!("U+200B ZERO WIDTH SPACE as a break hint, {total} in the document");
        sink.of_rule(&RULE).report(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::check;

    #[test]
    fn those_of_one_kind_in_a_line_are_one_finding() {
        let reported = check(RULE.code, "//- a.txt\none«\u{ad}»two\u{ad}three\u{ad}\nx «\u{200b}»y «\u{7}»\n");
        assert_eq!(
            reported.messages(),
            [
                "U+00AD SOFT HYPHEN in the text, here and 2 more times in this line",
                "U+200B ZERO WIDTH SPACE in the text",
                "U+0007 (a control character) in the text",
            ]
        );
        assert_eq!(reported.fixed(0), "onetwothree\nx \u{200b}y \u{7}\n");
    }

    #[test]
    fn break_hints_are_told_where_they_are_asked_for() {
        let text = "//- a.txt\nกระทรวง\u{200b}การคลัง\u{200b}แถลง\n";
        check(RULE.code, text);
        for config in ["[rules]\npreset = \"strict\"", "[rules]\n\"text/invisible-character\" = { break-hints = true }"]
        {
            let marked = text.replacen('\u{200b}', "«\u{200b}»", 1);
            let reported = check(RULE.code, &format!("//- scholiast.toml\n{config}\n{marked}"));
            assert_eq!(reported.messages(), ["U+200B ZERO WIDTH SPACE as a break hint, 2 in the document"]);
            assert!(reported.findings[0].fix.is_none());
        }
    }

    #[test]
    fn words_are_never_joined() {
        let reported = check(RULE.code, "//- a.txt\nTrang một«\u{c}»Trang hai\n");
        assert_eq!(reported.fixed(0), "Trang một\nTrang hai\n");
        assert!(reported.findings[0].fix.as_ref().is_some_and(|fix| fix.safe && fix.title == "end the line here"));
        let reported = check(RULE.code, "//- a.txt\nmột«\u{200b}»hai\n");
        assert!(reported.findings[0].fix.as_ref().is_some_and(|fix| !fix.safe));
    }
}
