//! White space stands inside a title or a name where the registry has none, or more than one space where it has one.
//!
//! ## Why
//! Thai separates phrases, not words, by spaces. One inside `รัฐมนตรีว่าการ` splits a title in two, and line breaking,
//! search and alignment follow it. Machine translation leaves many. Between words in Latin letters one space is right;
//! two, or a tab, hide the name from every search. Spaces inside people's names in Thai letters are not judged here:
//! whether `ตรัน วัน ลัม` is spaced is a matter of spelling (`entity/spelling-variants`).
//!
//! ## Example
//! ```text
//! รองรัฐมนตรี ว่าการกระทรวงการคลัง
//! ```
//!
//! With the registry
//! ```toml
//! [[organization]]
//! id = "mof"
//! names.th = ["กระทรวงการคลัง"]
//!
//! [[office]]
//! id = "mof/deputy"
//! organization = "mof"
//! names.th = ["รองรัฐมนตรีว่าการกระทรวงการคลัง"]
//! ```
//!
//! ## Fix
//! Remove the space; between Latin words write one. A tab, or three spaces and more, may stand between two columns of a
//! table: that fix is unsafe.

use crate::corpus::digest::NameForm;
use crate::corpus::overview::{DocumentGroup, SeenName};
use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::recognise::name::{NameClass, NameFact};
use crate::registry::NameScript;
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/inner-space",
    severity: Severity::Warning,
    summary: "white space inside a title or a name is too much",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    // An organisation inside an office: the office, which comes first, tells of the space already.
    let mut told: Option<(u32, Span)> = None;
    for seen in with_spaces(context) {
        let (start, name) = (seen.start.byte, seen.name);
        if told.is_some_and(|(other, span)| other == start && span.contains(name.span)) {
            continue;
        }
        told = Some((start, name.span));
        let place = |span| seen.facts.place(seen.start, span);
        // Between Latin words one space stays: a fix never joins words.
        let kept = |span: &Span| if is_between_latin(name, *span) { " " } else { "" };
        let (message, title) = if name.stray_spaces.iter().all(|span| is_between_latin(name, *span)) {
            (format!("white space inside `{}` is wider than one space", name.surface), "write one space")
        } else if name.stray_spaces.len() == 1 {
            (format!("a space inside `{}`", name.surface), "remove the space")
        } else {
            (format!("spaces inside `{}`", name.surface), "remove spaces")
        };
        // `Trần Văn` and `Lâm` in two columns: one space in their place would break the row.
        let is_column = |space: &Span| {
            let (from, to) = (space.start - name.span.start, space.end - name.span.start);
            let written = Span::new(from, to).slice(&name.surface);
            written.contains('\t') || written.chars().count() > 2
        };
        let safe = !name.stray_spaces.iter().any(is_column);
        let edits = name.stray_spaces.iter();
        let edits = edits.map(|span| FileEdit { file: context.file.id, place: place(*span), text: kept(span).into() });
        sink.report(Finding {
            place: place(name.span),
            surface: name.surface.clone(),
            message,
            related: Vec::new(),
            fix: Some(Fix { title: title.to_owned(), safe, edits: edits.collect() }),
        });
    }
}

/// Returns true if a Latin letter stands before a space of a name.
fn is_between_latin(name: &NameFact, space: Span) -> bool {
    let before = name.surface.get(..(space.start - name.span.start) as usize).unwrap_or_default();
    NameScript::of(before) == NameScript::Latin
}

/// Titles and names with a space inside, in the order of the text, outer first.
fn with_spaces<'a>(context: &FileContext<'a>) -> Vec<SeenName<'a>> {
    let marred = context.names.iter().filter(|group| group.key.marred);
    let judged = |group: &&DocumentGroup<NameForm>| {
        NameClass::from(group.key.kind) != NameClass::Person || NameScript::of(&group.key.surface) == NameScript::Latin
    };
    let mut seen: Vec<SeenName<'a>> =
        marred.filter(judged).flat_map(|group| context.overview.each_name(group)).collect();
    seen.retain(|seen| !seen.name.stray_spaces.is_empty() && !seen.name.is_verbatim);
    seen.sort_by_key(|seen| (seen.start.byte + seen.name.span.start, std::cmp::Reverse(seen.name.span.len())));
    seen
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const REGISTRY: &str = "
//- registry.toml
[[organization]]
id = \"mof\"
names.th = [\"กระทรวงการคลัง\"]
[[office]]
id = \"mof/minister\"
organization = \"mof\"
names.th = [\"รัฐมนตรีว่าการกระทรวงการคลัง\"]
";

    #[test]
    fn a_space_that_splits_a_title_is_removed() {
        let text = "//- a.txt\n«รัฐมนตรี ว่าการกระทรวงการคลัง» และ รัฐมนตรีว่าการกระทรวงการคลัง";
        let reported = check("entity/inner-space", &format!("{text}{REGISTRY}"));
        assert_eq!(reported.messages(), ["a space inside `รัฐมนตรี ว่าการกระทรวงการคลัง`"]);
        assert_eq!(reported.fixed(0), "รัฐมนตรีว่าการกระทรวงการคลัง และ รัฐมนตรีว่าการกระทรวงการคลัง\n");
    }

    #[test]
    fn one_space_stays_between_latin_words() {
        let text = "//- a.txt\nông «Trần  Văn  Lâm» và Trần\u{a0}Văn Lâm";
        let registry = "\n//- registry.toml\n[[person]]\nid = \"lam\"\nnames.vi = [\"Trần Văn Lâm\"]\n";
        let reported = check("entity/inner-space", &format!("{text}{registry}"));
        assert_eq!(reported.fixed(0), "ông Trần Văn Lâm và Trần\u{a0}Văn Lâm\n");
        assert!(reported.findings.iter().all(|found| found.fix.as_ref().is_some_and(|fix| fix.safe)));
    }

    #[test]
    fn what_may_be_the_gap_between_two_columns_is_not_closed_without_a_person() {
        let text = "//- a.txt\n1\t«Trần Văn\tLâm»\tHuế\n2  «Trần Văn    Lâm»  Huế";
        let registry = "\n//- registry.toml\n[[person]]\nid = \"lam\"\nnames.vi = [\"Trần Văn Lâm\"]\n";
        let reported = check("entity/inner-space", &format!("{text}{registry}"));
        assert!(reported.findings.iter().all(|found| found.fix.as_ref().is_some_and(|fix| !fix.safe)));
    }

    #[test]
    fn a_space_inside_office_and_organisation_is_told_once() {
        let text = "//- a.txt\n«รัฐมนตรีว่าการกระทรวง การคลัง» ส่วน«กระทรวง การคลัง»";
        check("entity/inner-space", &format!("{text}{REGISTRY}"));
    }
}
