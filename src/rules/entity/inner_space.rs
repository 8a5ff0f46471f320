//! A space stands inside a title or the name of an organisation or place where the registry has none.
//!
//! ## Why
//! Thai separates phrases, not words, by spaces. One inside `รัฐมนตรีว่าการ` splits a title in two, and line breaking,
//! search and alignment follow it. Machine translation leaves many.
//! People's names are not judged here: whether `ตรัน วัน ลัม` is spaced is a matter of spelling
//! (`entity/spelling-variants`).
//!
//! ## Example
//! ```text
//! รองรัฐมนตรี ว่าการกระทรวงการคลัง
//! ```
//!
//! ## Fix
//! Remove the space.

use crate::corpus::overview::SeenName;
use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::recognise::name::NameClass;
use crate::rule_source;
use crate::rules::engine::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/inner-space",
    severity: Severity::Warning,
    summary: "a space stands inside a title or the name of an organisation or place",
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
        let edits = name.stray_spaces.iter();
        let edits = edits.map(|span| FileEdit { file: context.file.id, place: place(*span), text: "".into() });
        let spaces = if name.stray_spaces.len() == 1 { "a space" } else { "spaces" };
        sink.report(Finding {
            place: place(name.span),
            surface: name.surface.clone(),
            message: format!("{spaces} inside `{}`", name.surface),
            related: Vec::new(),
            fix: Some(Fix {
                title: format!("remove {}", spaces.replace("a ", "the ")),
                safe: true,
                edits: edits.collect(),
            }),
        });
    }
}

/// Titles and names with a space inside, in the order of the text, outer first.
fn with_spaces<'a>(context: &FileContext<'a>) -> Vec<SeenName<'a>> {
    let marred = context.names.iter().filter(|group| group.key.marred);
    let others = marred.filter(|group| NameClass::from(group.key.kind) != NameClass::Person);
    let mut seen: Vec<SeenName<'a>> = others.flat_map(|group| context.overview.each_name(group)).collect();
    seen.retain(|seen| !seen.name.stray_spaces.is_empty());
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
    fn a_space_inside_office_and_organisation_is_told_once() {
        let text = "//- a.txt\n«รัฐมนตรีว่าการกระทรวง การคลัง» ส่วน«กระทรวง การคลัง»";
        check("entity/inner-space", &format!("{text}{REGISTRY}"));
    }
}
