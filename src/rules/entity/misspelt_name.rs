//! A registered person's name has a typing error.
//!
//! ## Why
//! A name with a wrong letter is found by nobody who searches for it, and is missing from every count and every list.
//! Many people have names that differ in one word, so only an error that cannot be somebody else's name is reported:
//! one or two letters of one word are wrong, all other words are right, and the wrong word is no syllable of Vietnamese
//! names or breaks the rules of Vietnamese spelling. Of Thais, whose family names are each one family's, one that
//! sounds the same as the registered one, or is a letter off behind a title, is an error behind the right given name.
//! Names of others in Thai letters are not judged: each spelling of those is as good.
//!
//! ## Example
//! ```text
//! Bộ trưởng Trần Văn Lâmm phát biểu
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
//! Write the name as the registry has it. A spelling that is meant is added to the registry.

use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::recognise::name::phonetic_match::is_heard;
use crate::recognise::name::{NameClass, Via};
use crate::registry::{Entity, NameScript};
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::fold;

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/misspelt-name",
    severity: Severity::Warning,
    summary: "a registered person's name has a typing error",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    for group in context.names.iter().filter(|group| NameClass::from(group.key.kind) == NameClass::Person) {
        let Some(entity) = group.key.one() else { continue };
        let entity = context.snapshot.registry.get(entity);
        if !is_misspelt(entity, &group.key.surface) {
            continue;
        }
        let Some(name) = meant(entity, &group.key.surface) else { continue };
        for seen in context.overview.each_name(group).filter(|seen| matches!(seen.name.via, Via::SoundsLike { .. })) {
            let place = seen.place();
            sink.report(Finding {
                place,
                surface: seen.name.surface.clone(),
                message: format!("`{}` is a misspelling of `{name}` ({})", seen.name.surface, entity.id),
                related: Vec::new(),
                fix: Some(Fix {
                    title: format!("write `{name}`"),
                    safe: false, // nearness is no certainty
                    edits: vec![FileEdit { file: context.file.id, place, text: name.into() }],
                }),
            });
        }
    }
}

/// Returns true if a person was found by a spelling that is none of the person's, in Latin letters, or of Thais in Thai
/// letters: recognition finds names of one script by their sound only where they are misspelt.
pub(super) fn is_misspelt(entity: &Entity, surface: &str) -> bool {
    let script = NameScript::of(surface);
    if script == NameScript::Thai {
        let same = |name: &str| fold::fold(name) == fold::fold(surface);
        return !is_heard(entity) && !entity.names_in(script).any(|name| same(&name.text));
    }
    script == NameScript::Latin
        && entity.names_in(script).next().is_some()
        && !entity.names_in(NameScript::Latin).any(|name| {
            fold::fold(&name.text) == fold::fold(surface)
                && (fold::is_unmarked(surface) || same_marks(&name.text, surface))
        })
}

/// Returns true if two spellings differ in marks at most where one of them has lost all of a word's.
fn same_marks(listed: &str, surface: &str) -> bool {
    listed.split_whitespace().zip(surface.split_whitespace()).all(|(listed, word)| fold::same_word(word, listed))
}

/// The registered spelling that is nearest: the one that shares most words.
fn meant<'e>(entity: &'e Entity, surface: &str) -> Option<&'e str> {
    let words: Vec<String> = surface.split_whitespace().map(fold::fold).collect();
    let shared = |name: &str| {
        let listed: Vec<String> = name.split_whitespace().map(fold::fold).collect();
        if listed.len() == words.len() {
            listed.iter().zip(&words).filter(|(one, other)| one == other).count()
        } else {
            0
        }
    };
    // Of spellings that share as many, marks tell which is meant.
    let marked = !fold::is_unmarked(surface);
    let names = entity.names_in(NameScript::of(surface)).map(|name| name.text.as_str());
    names.max_by_key(|name| (shared(name), marked != fold::is_unmarked(name)))
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const REGISTRY: &str = "
//- registry.toml
[[person]]
id = \"chinh\"
names.en = [\"Pham Minh Chinh\"]
names.vi = [\"Phạm Minh Chính\"]
[[person]]
id = \"srettha\"
names.en = [\"Srettha Thavisin\"]
names.th = [\"เศรษฐา ทวีสิน\"]
country = \"TH\"
";

    fn reported(text: &str) -> crate::rules::fixture::Reported {
        check("entity/misspelt-name", &format!("//- a.txt\n{text}\n{REGISTRY}"))
    }

    #[test]
    fn an_error_in_one_word_is_reported() {
        let reported = reported("Thủ tướng «Phạm Minh Chíng» phát biểu, Phạm Minh Chính");
        assert_eq!(reported.messages(), ["`Phạm Minh Chíng` is a misspelling of `Phạm Minh Chính` (chinh)"]);
        assert_eq!(reported.fixed(0), "Thủ tướng Phạm Minh Chính phát biểu, Phạm Minh Chính\n\n");
    }

    #[test]
    fn the_family_name_of_a_thai_has_one_spelling() {
        let reported = reported("นายกรัฐมนตรี«เศรษฐา ทวีศิลป์» พบ เศรษฐา ทวีสิน และ นายเศรษฐา ทวีทรัพย์");
        assert_eq!(reported.messages(), ["`เศรษฐา ทวีศิลป์` is a misspelling of `เศรษฐา ทวีสิน` (srettha)"]);
        assert_eq!(reported.fixed(0), "นายกรัฐมนตรีเศรษฐา ทวีสิน พบ เศรษฐา ทวีสิน และ นายเศรษฐา ทวีทรัพย์\n\n");
    }

    #[test]
    fn other_scripts_marks_and_people_are_none() {
        reported("Prime Minister «Srettha Thavisn» met Pham Minh Chinh");
        reported("Phạm Minh Chiến, Pham Minh Chính, PHẠM MINH CHÍNH, Srettha Thammasat");
    }
}
