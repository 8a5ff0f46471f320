//! One organisation has several names in one document.
//!
//! ## Why
//! A reader who meets two names looks for two organisations, and so does every search. Machine translation words the
//! name of a ministry anew in every sentence.
//! Names are compared within one language of the registry and up to case, diacritics and spaces. An abbreviation or a
//! translation beside the full name is fine.
//!
//! ## Example
//! ```text
//! กระทรวงการต่างประเทศ … ต่อมากระทรวงต่างประเทศ
//! ```
//!
//! With the registry
//! ```toml
//! [[organization]]
//! id = "mfa"
//! names.th = ["กระทรวงการต่างประเทศ", "กระทรวงต่างประเทศ"]
//! ```
//!
//! ## Fix
//! Write the first name that the registry lists in that language, everywhere in the document.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::corpus::digest::NameForm;
use crate::corpus::overview::DocumentGroup;
use crate::diagnostic::{FileEdit, Fix, Related, Severity};
use crate::registry::{Entity, EntityIx, EntityKind};
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::fold;

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/organization-variants",
    severity: Severity::Info,
    summary: "one organisation has several names in one document",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

/// The forms that share a name, the first first.
struct OrganizationVariant<'c> {
    surface: &'c CompactString,
    folded: String,
    forms: Vec<&'c DocumentGroup<NameForm>>,
}

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    for ((entity, list), variants) in by_entity(context) {
        if variants.len() < 2 {
            continue;
        }
        let entity = context.snapshot.registry.get(entity);
        let Some(name) = entity.names.get(list).and_then(|list| list.names.first()) else { continue };
        let name = name.text.as_str();
        let preferred = fold::fold(name);
        for variant in variants.iter().filter(|variant| variant.folded != preferred) {
            let places = context.overview.places(&variant.forms);
            let Some(place) = places.first().copied() else { continue };
            let others = variants.iter().filter(|other| other.folded != variant.folded);
            let related = others.filter_map(|other| {
                let message = format!("named `{}` here", other.surface);
                Some(Related { file: context.file.id, place: context.overview.first(other.forms.first()?)?, message })
            });
            let edits = places.iter();
            let edits = edits.map(|place| FileEdit { file: context.file.id, place: *place, text: name.into() });
            sink.report(Finding {
                place,
                surface: variant.surface.clone(),
                message: format!(
                    "`{}` is one of several names of {} here; `{name}` is preferred",
                    variant.surface, entity.id
                ),
                related: related.collect(),
                fix: Some(Fix {
                    title: format!("write `{name}`"),
                    safe: false, // the name may stand in a title of which it is a part
                    edits: edits.collect(),
                }),
            });
        }
    }
}

/// The names of each organisation in each of its lists, by the number of the list, in the order of their first mention.
fn by_entity<'c>(context: &'c FileContext<'_>) -> Vec<((EntityIx, usize), Vec<OrganizationVariant<'c>>)> {
    let named = || {
        let organizations = context.names.iter().filter(|group| group.key.kind == EntityKind::Organization);
        organizations.filter_map(|group| Some((group.key.one()?, group)))
    };
    let mut forms: FxHashMap<EntityIx, u32> = FxHashMap::default();
    named().for_each(|(entity, _)| *forms.entry(entity).or_default() += 1);
    let mut number: FxHashMap<(EntityIx, usize), usize> = FxHashMap::default();
    let mut found: Vec<((EntityIx, usize), Vec<OrganizationVariant<'_>>)> = Vec::new();
    // What is always written alike, as most are, needs no look at how.
    for (entity, group) in named().filter(|(entity, _)| forms[entity] > 1) {
        let surface = &group.key.surface;
        let folded = fold::fold(surface);
        let Some(list) = list_of(context.snapshot.registry.get(entity), &folded) else { continue };
        let key = (entity, list);
        let at = *number.entry(key).or_insert_with(|| {
            found.push((key, Vec::new()));
            found.len() - 1
        });
        let variants = &mut found[at].1;
        match variants.iter_mut().find(|variant| variant.folded == folded) {
            Some(variant) => variant.forms.push(group),
            None => variants.push(OrganizationVariant { surface, folded, forms: vec![group] }),
        }
    }
    found
}

/// The first list that has a name; none has an abbreviation.
fn list_of(organization: &Entity, folded: &str) -> Option<usize> {
    let lists = &organization.names;
    lists.iter().position(|list| list.names.iter().any(|name| fold::fold(&name.text) == folded))
}
