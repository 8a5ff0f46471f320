//! A person's name is glued to a neighbouring word.
//!
//! ## Why
//! Captions and bylines lose their spaces when pages are crawled. A glued name is found by nobody who searches for it.
//!
//! ## Example
//! ```text
//! Thứ trưởng BpTrần Văn Lâm phát biểu
//! ```
//!
//! With the registry
//! ```toml
//! [[person]]
//! id = "lam"
//! names.vi = ["Trần Văn Lâm"]
//! ```
//!
//! ## Fix
//! Put a space between the two; remove what does not belong there by hand.

use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::recognise::name::{NameClass, Via};
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/glued-name",
    severity: Severity::Warning,
    summary: "a person's name is glued to a neighbouring word",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    let marred = context.names.iter().filter(|group| group.key.marred);
    let people = marred.filter(|group| NameClass::from(group.key.kind) == NameClass::Person);
    for (group, seen) in people.flat_map(|group| context.overview.each_name(group).map(move |seen| (group, seen))) {
        let name = seen.name;
        let Some(glued) = name.glued.filter(|_| !name.is_verbatim) else { continue };
        let side = if glued.at.start == name.span.start { "before" } else { "behind" };
        let at = seen.facts.place(seen.start, glued.at);
        sink.report(Finding {
            place: seen.place(),
            surface: name.surface.clone(),
            message: format!("`{}` is glued to the word {side} it", name.surface),
            related: Vec::new(),
            fix: Some(Fix {
                title: "put a space between".to_owned(),
                // A folded name may be another's; one that several have is linked otherwise once it stands alone; and
                // one that is a part of a longer name is found no more.
                safe: name.via == Via::Exact && group.key.one().is_some() && glued.stands_alone,
                edits: vec![FileEdit { file: context.file.id, place: at, text: " ".into() }],
            }),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn a_glued_name_is_set_apart() {
        let reported = check(
            "entity/glued-name",
            "//- a.txt\nThứ trưởng Bp«Trần Văn Lâm» và Trần Văn Lâm\n//- registry.toml\n[[person]]\nid = \"lam\"\nnames.vi = [\"Trần Văn Lâm\"]\n",
        );
        assert_eq!(reported.messages(), ["`Trần Văn Lâm` is glued to the word before it"]);
        assert_eq!(reported.fixed(0), "Thứ trưởng Bp Trần Văn Lâm và Trần Văn Lâm\n");
    }

    #[test]
    fn a_name_that_goes_on_when_set_apart_is_left_to_a_person() {
        let reported = check(
            "entity/glued-name",
            "//- a.txt\nẢnh: «Trần Văn Lâm»Trang bên\n//- registry.toml\n[[person]]\nid = \"lam\"\nnames.vi = [\"Trần Văn Lâm\"]\n",
        );
        assert!(reported.findings[0].fix.as_ref().is_some_and(|fix| !fix.safe));
    }

    #[test]
    fn thai_has_no_spaces_to_lose() {
        check(
            "entity/glued-name",
            "//- a.txt\nรัฐมนตรีTrần Văn Lâmกล่าว\n//- registry.toml\n[[person]]\nid = \"lam\"\nnames.vi = [\"Trần Văn Lâm\"]\n",
        );
    }
}
