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
//! With the registry
//! ```toml
//! [[person]]
//! id = "lam"
//! names.vi = ["Trần Văn Lâm"]
//!
//! [[person]]
//! id = "van-lam"
//! names.vi = ["Trần Vân Lâm"]
//! ```
//!
//! ## Fix
//! Write the name with its diacritics at its first mention.

use crate::corpus::digest::NameForm;
use crate::diagnostic::Severity;
use crate::recognise::name::NameClass;
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/ambiguous",
    severity: Severity::Info,
    summary: "a name may be that of several people",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    let mut report = |place, form: &NameForm, message: String| {
        sink.report(Finding { place, surface: form.surface.clone(), message, related: Vec::new(), fix: None });
    };
    let is_open = |form: &NameForm| NameClass::from(form.kind) == NameClass::Person && form.entities.len() > 1;
    for group in context.names.iter().filter(|group| is_open(&group.key)) {
        let message = message(context, &group.key);
        for seen in context.overview.each_name(group) {
            report(seen.place(), &group.key, message.clone());
        }
    }
    for mention in &context.short {
        let form = NameForm::of(mention);
        if is_open(&form) {
            report(mention.facts.place(mention.start, mention.name.span), &form, message(context, &form));
        }
    }
}

fn message(context: &FileContext<'_>, form: &NameForm) -> String {
    let candidates = form.entities.iter().map(|entity| {
        let entity = context.snapshot.registry.get(*entity);
        format!("{} (`{}`)", entity.display_name(), entity.id)
    });
    format!("`{}` may be {}", form.surface, one_of(&candidates.collect::<Vec<_>>()))
}

/// `a, b or c`; of many the first few.
fn one_of(candidates: &[String]) -> String {
    const SHOWN: usize = 5;
    match candidates {
        [all @ .., last] if candidates.len() <= SHOWN => format!("{} or {last}", all.join(", ")),
        _ => format!("{} or one of {} others", candidates[..SHOWN].join(", "), candidates.len() - SHOWN),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const REGISTRY: &str = "
//- registry.toml
[[organization]]
id = \"mof\"
names.vi = [\"Bộ Tài chính\"]
[[office]]
id = \"mof/minister\"
organization = \"mof\"
names.vi = [\"Bộ trưởng Bộ Tài chính\"]
[[person]]
id = \"lam\"
names.vi = [\"Trần Văn Lâm\"]
offices = [{ office = \"mof/minister\" }]
[[person]]
id = \"van-lam\"
names.vi = [\"Trần Vân Lâm\"]
";

    fn reported(text: &str) -> Vec<String> {
        let reported = check("entity/ambiguous", &format!("//- a.txt\n{text}{REGISTRY}"));
        reported.messages().into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn nothing_decides() {
        let said = reported("«Tran Van Lam» nói");
        assert_eq!(said, ["`Tran Van Lam` may be Trần Văn Lâm (`lam`) or Trần Vân Lâm (`van-lam`)"]);
    }

    #[test]
    fn a_full_form_elsewhere_or_the_office_beside_it_decides() {
        reported("Trần Vân Lâm đến. Tran Van Lam nói");
        reported("Bộ trưởng Bộ Tài chính Tran Van Lam nói");
    }

    #[test]
    fn two_full_forms_decide_nothing() {
        reported("Trần Vân Lâm và Trần Văn Lâm. «Tran Van Lam» nói");
    }
}
