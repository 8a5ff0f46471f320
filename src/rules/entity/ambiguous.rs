//! A name may be that of several people, and nothing in the document decides.
//!
//! ## Why
//! Without its diacritics a Vietnamese name stands for many: `Tran Van Lam` is `Trần Văn Lâm` and `Trần Vân Lam`. What
//! nobody decides is linked to nobody, so it is missing from every count and every list.
//! Decided it is by a name that only one of them has, elsewhere in the document, and by the office beside the name.
//!
//! ## Example
//! ```text
//! Deputy Minister Tran Van Lam said
//! ```
//!
//! ## Fix
//! Write the name with its diacritics at its first mention.

use crate::diagnostic::Severity;
use crate::recognise::name::Class;
use crate::rule_source;
use crate::rules::engine::{FileContext, Finding, Sink};
use crate::rules::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/ambiguous",
    severity: Severity::Info,
    summary: "a name may be that of several people",
    source: rule_source!(),
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut Sink<'_>) {
    for mention in &context.linked {
        if Class::from(mention.name.kind) != Class::Person || mention.entities.len() < 2 {
            continue;
        }
        let registry = &context.snapshot.registry;
        let candidates = mention.entities.iter().map(|entity| {
            let entity = registry.get(*entity);
            format!("{} (`{}`)", entity.display_name(), entity.id)
        });
        let candidates: Vec<String> = candidates.collect();
        sink.report(Finding {
            place: mention.facts.place(mention.start, mention.name.span),
            surface: mention.name.surface.clone(),
            message: format!("`{}` may be {}", mention.name.surface, one_of(&candidates)),
            related: Vec::new(),
            fix: None,
        });
    }
}

/// `a, b or c`; of many the first few.
fn one_of(candidates: &[String]) -> String {
    const SHOWN: usize = 5;
    match candidates {
        [all @ .., last] if candidates.len() <= SHOWN => format!("{} or {last}", all.join(", ")),
        _ => format!("{} or one of {} others", candidates[..SHOWN].join(", "), candidates.len() - SHOWN),
    }
}
