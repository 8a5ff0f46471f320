//! One entity is spelt in several ways in one document.
//!
//! ## Why
//! A reader who meets two spellings of one official looks for two people, and so does every search. In
//! machine-translated text the spelling changes from sentence to sentence.
//! Spellings are compared within one script: a Latin and a Thai form are not variants of each other. Diacritics and
//! spaces count, case and normalisation do not.
//!
//! ## Example
//! ```text
//! นายเจิ่น วัน ลัม พบ … ต่อมา ตรัน วัน ลัม กล่าว
//! ```
//!
//! ## Fix
//! Write the first name that the registry lists in that script, everywhere in the document.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::corpus::digest::NameForm;
use crate::corpus::overview::DocumentGroup;
use crate::diagnostic::{FileEdit, Fix, Related, Severity};
use crate::recognise::name::NameClass;
use crate::registry::{EntityIx, NameScript};
use crate::rule_source;
use crate::rules::engine::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{Place, fold};

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/spelling-variants",
    severity: Severity::Info,
    summary: "one entity is spelt in several ways in one document",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

/// The forms that share a spelling, the first first.
struct SpellingVariant<'c> {
    surface: &'c CompactString,
    forms: Vec<&'c DocumentGroup<NameForm>>,
}

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    for ((entity, script), variants) in by_entity(&context.names) {
        if variants.len() < 2 {
            continue;
        }
        let entity = context.snapshot.registry.get(entity);
        let preferred = entity.preferred_in(script).map(|name| name.text.as_str());
        for variant in variants.iter().filter(|variant| preferred.is_none_or(|name| !same(name, variant.surface))) {
            let places = context.overview.places(&variant.forms);
            let Some(place) = places.first().copied() else { continue };
            let others = variants.iter().filter(|other| other.surface != variant.surface);
            let related = others.filter_map(|other| {
                let message = format!("spelt `{}` here", other.surface);
                Some(Related { file: context.file.id, place: context.overview.first(other.forms.first()?)?, message })
            });
            sink.report(Finding {
                place,
                surface: variant.surface.clone(),
                message: message(variant.surface, entity.display_name(), preferred),
                related: related.collect(),
                fix: preferred.map(|name| fix(context, &places, name)),
            });
        }
    }
}

/// The spellings of each entity in each script, in the order of their first mention.
fn by_entity(names: &[DocumentGroup<NameForm>]) -> Vec<((EntityIx, NameScript), Vec<SpellingVariant<'_>>)> {
    let mut number: FxHashMap<(EntityIx, NameScript), usize> = FxHashMap::default();
    let mut entities: Vec<((EntityIx, NameScript), Vec<SpellingVariant<'_>>)> = Vec::new();
    for group in names.iter().filter(|group| NameClass::from(group.key.kind) == NameClass::Person) {
        let (Some(entity), surface) = (group.key.one(), &group.key.surface) else { continue };
        let key = (entity, NameScript::of(surface));
        let at = *number.entry(key).or_insert_with(|| {
            entities.push((key, Vec::new()));
            entities.len() - 1
        });
        let variants = &mut entities[at].1;
        match variants.iter_mut().find(|variant| same(variant.surface, surface)) {
            Some(variant) => variant.forms.push(group),
            None => variants.push(SpellingVariant { surface, forms: vec![group] }),
        }
    }
    entities
}

/// Returns true if two spellings differ in no more than case and normalisation.
fn same(one: &str, other: &str) -> bool {
    one == other || fold::tight(one) == fold::tight(other)
}

fn message(surface: &str, name: &str, preferred: Option<&str>) -> String {
    match preferred {
        Some(preferred) => {
            format!("`{surface}` is one of several spellings of {name} here; `{preferred}` is preferred")
        }
        None => format!("`{surface}` is one of several spellings of {name} here"),
    }
}

fn fix(context: &FileContext<'_>, places: &[Place], preferred: &str) -> Fix {
    let edits = places.iter().map(|place| FileEdit { file: context.file.id, place: *place, text: preferred.into() });
    Fix { title: format!("write `{preferred}`"), safe: true, edits: edits.collect() }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const REGISTRY: &str = "
//- registry.toml
[[person]]
id = \"lam\"
names.vi = [\"Trần Văn Lâm\"]
names.th = [\"ตรัน วัน ลัม\", \"เจิ่น วัน เลิม\"]
";

    fn reported(text: &str) -> crate::rules::fixture::Reported {
        check("entity/spelling-variants", &format!("//- a.txt\n{text}\n{REGISTRY}"))
    }

    #[test]
    fn a_spelling_beside_another_is_reported_once() {
        let reported = reported("นาย«เจิ่น วัน เลิม» และ ตรัน วัน ลัม และ เจิ่น วัน เลิม");
        assert_eq!(
            reported.messages(),
            ["`เจิ่น วัน เลิม` is one of several spellings of Trần Văn Lâm here; `ตรัน วัน ลัม` is preferred"]
        );
        assert_eq!(reported.fixed(0), "นายตรัน วัน ลัม และ ตรัน วัน ลัม และ ตรัน วัน ลัม\n\n");
        assert_eq!(reported.findings[0].related.len(), 1);
    }

    #[test]
    fn spaces_and_diacritics_count_case_and_script_do_not() {
        reported("ตรัน วัน ลัม «ตรันวันลัม»");
        reported("Trần Văn Lâm «Tran Van Lam»");
        reported("Trần Văn Lâm TRẦN VĂN LÂM ตรัน วัน ลัม");
    }

    #[test]
    fn one_spelling_alone_is_no_variant_even_if_another_is_preferred() {
        reported("เจิ่น วัน เลิม … เจิ่น วัน เลิม");
    }
}
