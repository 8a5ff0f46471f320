//! One entity is spelt in several ways in one document.
//!
//! ## Why
//! A reader who meets two spellings of one official looks for two people, and so does every search. In
//! machine-translated text the spelling changes from sentence to sentence. Spellings are compared within one script and
//! one language of the passage: a Latin and a Thai form are not variants of each other, nor is `Tran Van Lam` in an
//! English paragraph one of `Trần Văn Lâm` in a Vietnamese one. Diacritics and spaces count; case, normalisation and
//! the width of a space do not.
//!
//! ## Example
//! ```text
//! นายเจิ่น วัน ลัม พบ … ต่อมา ตรัน วัน ลัม กล่าว
//! ```
//!
//! With the registry
//! ```toml
//! [[person]]
//! id = "lam"
//! names.th = ["ตรัน วัน ลัม", "เจิ่น วัน ลัม"]
//! ```
//!
//! ## Fix
//! Write the first name that the registry lists in the language of the passage, else the first in that script,
//! everywhere in the document. This is a matter of style, so the fix is applied by `--fix` only where `[fix] safe`
//! allows it.

use std::borrow::Cow;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::misspelt_name;
use crate::diagnostic::{FileEdit, Fix, Related, Severity};
use crate::recognise::name::{NameClass, NameFact, Via};
use crate::recognise::profile::Language;
use crate::registry::{Entity, EntityIx, NameScript};
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
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

/// The mentions that share a spelling, the first first.
struct SpellingVariant<'c> {
    surface: &'c CompactString,
    places: Vec<Place>,
    /// True if each is surely this entity: neither its sound nor its marks might be those of another.
    is_certain: bool,
}

/// The passages that are compared with each other: of one person, one script, one language.
type PassageKey = (EntityIx, NameScript, Language);

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    for ((entity, script, language), variants) in by_passage(context) {
        if variants.len() < 2 {
            continue;
        }
        let entity = context.snapshot.registry.get(entity);
        let preferred = preferred(entity, script, language);
        for variant in variants.iter().filter(|variant| preferred.is_none_or(|name| !same(name, variant.surface))) {
            let Some(place) = variant.places.first().copied() else { continue };
            let others = variants.iter().filter(|other| other.surface != variant.surface);
            let related = others.filter_map(|other| {
                let message = format!("spelt `{}` here", other.surface);
                Some(Related { file: context.file.id, place: *other.places.first()?, message })
            });
            sink.report(Finding {
                place,
                surface: variant.surface.clone(),
                message: message(variant.surface, entity.display_name(), preferred),
                related: related.collect(),
                fix: preferred.map(|name| fix(context, variant, name)),
            });
        }
    }
}

/// The spelling that a passage should have: the first of its language's list, else the first in its script. English
/// passages have Vietnamese names without their marks only where the registry lists them so.
pub(super) fn preferred(entity: &Entity, script: NameScript, language: Language) -> Option<&str> {
    let tag = match language {
        Language::Vietnamese => "vi",
        Language::English => "en",
        Language::Thai | Language::Lao | Language::Unknown => "",
    };
    let of_language = entity.names_for(tag).and_then(|list| list.names.iter().find(|name| name.script() == script));
    of_language.or_else(|| entity.preferred_in(script)).map(|name| name.text.as_str())
}

/// The spellings of each person in each kind of passage, in the order of their first mention.
fn by_passage<'c>(context: &'c FileContext<'_>) -> Vec<(PassageKey, Vec<SpellingVariant<'c>>)> {
    let registry = &*context.snapshot.registry;
    let people = context.names.iter().filter(|group| NameClass::from(group.key.kind) == NameClass::Person);
    let people = people.filter_map(|group| Some((group.key.one()?, group)));
    // Somebody who is always written alike, as most are, needs no look at the passages.
    let mut surfaces: FxHashMap<EntityIx, u32> = FxHashMap::default();
    people.clone().for_each(|(entity, _)| *surfaces.entry(entity).or_default() += 1);
    let mut number: FxHashMap<PassageKey, usize> = FxHashMap::default();
    let mut passages: Vec<(PassageKey, Vec<SpellingVariant<'_>>)> = Vec::new();
    for (entity, group) in people.filter(|(entity, _)| surfaces[entity] > 1) {
        let surface = &group.key.surface;
        // A typing error is no spelling: `entity/misspelt-name` reports it.
        if misspelt_name::is_misspelt(registry.get(entity), surface) {
            continue;
        }
        let script = NameScript::of(surface);
        for seen in context.overview.each_name(group) {
            // Who a person says is meant need not be spelt as usual, nor anybody in an address.
            if seen.facts.is_decided(seen.name.span) || seen.name.is_verbatim {
                continue;
            }
            // A Latin name in Thai text is compared with those of Vietnamese passages: only English writes it
            // otherwise.
            let language = match (script, seen.name.language) {
                (NameScript::Latin, Language::English) => Language::English,
                (NameScript::Latin, Language::Unknown) if context.profile.language == Language::English => {
                    Language::English
                }
                (NameScript::Latin, _) => Language::Vietnamese,
                _ => Language::Unknown,
            };
            let key = (entity, script, language);
            let at = *number.entry(key).or_insert_with(|| {
                passages.push((key, Vec::new()));
                passages.len() - 1
            });
            let variants = &mut passages[at].1;
            let is_certain = is_certain(seen.name, registry.get(entity));
            match variants.iter_mut().find(|variant| same(variant.surface, surface)) {
                Some(variant) => {
                    variant.places.push(seen.place());
                    variant.is_certain &= is_certain;
                }
                None => variants.push(SpellingVariant { surface, places: vec![seen.place()], is_certain }),
            }
        }
    }
    for (_, variants) in &mut passages {
        variants.iter_mut().for_each(|variant| variant.places.sort_unstable_by_key(|place| place.start.byte));
    }
    passages
}

/// Returns true if two spellings differ in no more than case, normalisation and the width of white space, which
/// `entity/inner-space` reports.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || fold::tight(&single_spaced(one)) == fold::tight(&single_spaced(other))
}

fn single_spaced(name: &str) -> Cow<'_, str> {
    let is_even = !name.chars().any(|ch| ch.is_whitespace() && ch != ' ') && !name.contains("  ");
    if is_even { name.into() } else { name.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

fn message(surface: &str, name: &str, preferred: Option<&str>) -> String {
    match preferred {
        Some(preferred) => {
            format!("`{surface}` is one of several spellings of {name} here; `{preferred}` is preferred")
        }
        None => format!("`{surface}` is one of several spellings of {name} here"),
    }
}

/// Returns true if a mention names this entity without a doubt: as it is listed, or in a listed spelling that only
/// lacks marks (`Tran Van Lam`) or has other spaces. Other marks make other names: `Trần Văn Lãm`.
fn is_certain(name: &NameFact, entity: &Entity) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let is_other_spacing = || entity.spellings().any(|listed| bare(&listed.text) == bare(&name.surface));
    match name.via {
        Via::Exact => true,
        Via::Folded => {
            fold::is_unmarked(&name.surface) && NameScript::of(&name.surface) == NameScript::Latin || is_other_spacing()
        }
        Via::SoundsLike { .. } | Via::Grammar | Via::Context => false,
    }
}

fn fix(context: &FileContext<'_>, variant: &SpellingVariant<'_>, preferred: &str) -> Fix {
    let edits = variant.places.iter();
    let edits = edits.map(|place| FileEdit { file: context.file.id, place: *place, text: preferred.into() });
    Fix { title: format!("write `{preferred}`"), safe: variant.is_certain, edits: edits.collect() }
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
        reported("Trần Văn Lâm TRẦN VĂN LÂM ตรัน วัน ลัม Trần  Văn\u{a0}Lâm");
    }

    #[test]
    fn the_language_of_the_passage_decides_whatever_the_order_of_lists() {
        let registry = "
//- registry.toml
[[person]]
id = \"lam\"
names.en = [\"Tran Van Lam\"]
names.vi = [\"Trần Văn Lâm\"]
";
        let check = |text: &str| check("entity/spelling-variants", &format!("//- a.txt\n{text}\n{registry}"));
        // Each language has its own spelling.
        check("Hôm qua Trần Văn Lâm đã đến thăm nhà máy.\nYesterday Tran Van Lam visited the factory.");
        let reported = check("Hôm qua «Tran Van Lam» đã đến thăm nhà máy, và Trần Văn Lâm phát biểu ở đó.");
        assert!(reported.messages()[0].ends_with("`Trần Văn Lâm` is preferred"), "{:?}", reported.messages());
        let reported =
            check("Yesterday Tran Van Lam visited the factory, and «Trần Văn Lâm» spoke to the workers there.");
        assert!(reported.messages()[0].ends_with("`Tran Van Lam` is preferred"), "{:?}", reported.messages());
    }

    #[test]
    fn one_spelling_alone_is_no_variant_even_if_another_is_preferred() {
        reported("เจิ่น วัน เลิม … เจิ่น วัน เลิม");
    }
}
