//! One entity is spelt in several ways in the texts of the corpus.
//!
//! ## Why
//! A minister under three spellings in three short texts is three people to every search and every count, though each
//! text is consistent. Spellings are compared as `entity/spelling-variants` compares those of one document: within one
//! script and one language of the passages; diacritics and spaces count, case and normalisation do not. Only mentions
//! that can be nobody else's count.
//!
//! The finding stands at the entry of the registry, once a language, with how often and where each spelling is found.
//! Spellings that all stand in one document are left to `entity/spelling-variants`.
//!
//! ## Example
//! ```text
//! นายเจิ่น วัน ลัม เดินทางถึงกรุงเทพฯ
//! ```
//!
//! In another text
//! ```text
//! นายตรัน วัน ลัม กล่าวเปิดงาน
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
//! Write the first name that the registry lists in that language, everywhere: the editor has an action for it. Another
//! spelling is preferred by putting it first.

use std::cmp::Reverse;

use compact_str::CompactString;
use rustc_hash::FxHashSet;

use super::misspelt_name;
use super::spelling_variants::{preferred, same};
use crate::corpus::Snapshot;
use crate::corpus::counts::SpelledForm;
use crate::corpus::index::IndexedSpelling;
use crate::corpus::quoted::QuotedSpellings;
use crate::diagnostic::{Related, Severity};
use crate::recognise::profile::Language;
use crate::registry::{Entity, EntityIx, NameScript};
use crate::rule_source;
use crate::rules::rule::{EntryFinding, Rule, RuleCheck};
use crate::text::{FileId, Place, fold};

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/spelling-variants-corpus",
    severity: Severity::Info,
    summary: "one entity is spelt in several ways in the texts of the corpus",
    source: rule_source!(),
    check: RuleCheck::Corpus(check),
};

/// Most findings whose places are looked up: each costs a look into the facts of a file a spelling.
const WITH_PLACES: usize = 200;
/// Most spellings that a message names; the rest are counted.
const NAMED: usize = 4;

/// The spellings of a person in passages of one language.
struct SpeltPassage<'s> {
    person: EntityIx,
    key: PassageKind,
    variants: Vec<CorpusVariant<'s>>,
    texts: usize,
}

/// A spelling in passages of one language.
struct CorpusVariant<'s> {
    surface: &'s CompactString,
    mentions: u32,
    texts: usize,
    first: FirstText<'s>,
}

/// The first text in which a spelling is found.
enum FirstText<'s> {
    /// One of these.
    AmongFiles(Vec<FileId>),
    /// A text that is not at hand, and the place in it.
    Quoted(&'s Option<(FileId, Place)>),
}

/// The script of a passage, and of Latin letters the language.
pub type PassageKind = (NameScript, Language);

fn check(snapshot: &Snapshot) -> Vec<EntryFinding> {
    let mut found: Vec<EntryFinding> = Vec::new();
    let registry = &snapshot.registry;
    let at_hand = snapshot.index.spelt_variously().flat_map(|(person, spellings)| {
        registry.find(person).map_or_else(Vec::new, |entity| by_passage(person, entity, spellings))
    });
    let quoted = snapshot.quoted.spellings().iter().map(SpeltPassage::quoted);
    for SpeltPassage { person, key: (script, language), mut variants, texts } in at_hand.chain(quoted) {
        let Some(entity) = registry.find(person) else { continue };
        if variants.len() < 2 || texts < 2 {
            continue;
        }
        variants.sort_by_key(|variant| (Reverse(variant.mentions), Reverse(variant.texts), variant.surface));
        let preferred = preferred(entity, script, language);
        let related = match found.len() < WITH_PLACES {
            true => variants.iter().filter_map(|variant| related(snapshot, person, variant)).collect(),
            false => Vec::new(),
        };
        found.push(EntryFinding {
            at: registry.origin(entity, entity.id_at),
            message: message(entity, &variants, preferred),
            related,
        });
    }
    found
}

impl<'s> SpeltPassage<'s> {
    fn quoted(quoted: &'s QuotedSpellings) -> Self {
        let variants = quoted.variants.iter().map(|variant| CorpusVariant {
            surface: &variant.surface,
            mentions: variant.mentions,
            texts: variant.texts as usize,
            first: FirstText::Quoted(&variant.first),
        });
        let key = (quoted.script, quoted.language);
        Self { person: quoted.person, key, variants: variants.collect(), texts: quoted.texts as usize }
    }
}

/// The kind of passage that a spelling counts in; `None` for a typing error, which is no spelling:
/// `entity/misspelt-name` reports it.
pub fn passage_of(entity: &Entity, form: &SpelledForm) -> Option<PassageKind> {
    if misspelt_name::is_misspelt(entity, &form.surface) {
        return None;
    }
    let script = NameScript::of(&form.surface);
    // Where a passage does not tell, a name without marks is written as English writes it.
    let language = match (script, form.language) {
        (NameScript::Latin, Language::English) => Language::English,
        (NameScript::Latin, Language::Unknown) if fold::is_unmarked(&form.surface) => Language::English,
        (NameScript::Latin, _) => Language::Vietnamese,
        _ => Language::Unknown,
    };
    Some((script, language))
}

/// A spelling with the files that it stands in, each as often as it is counted.
struct SpellingInFiles<'s> {
    surface: &'s CompactString,
    mentions: u32,
    files: Vec<FileId>,
}

/// The spellings of each kind of passage.
fn by_passage<'s>(person: EntityIx, entity: &Entity, spellings: &'s [IndexedSpelling]) -> Vec<SpeltPassage<'s>> {
    let mut passages: Vec<(PassageKind, Vec<SpellingInFiles<'_>>)> = Vec::new();
    for IndexedSpelling { form, files } in spellings {
        let Some(key) = passage_of(entity, form) else { continue };
        let at = passages.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            passages.push((key, Vec::new()));
            passages.len() - 1
        });
        let variants = &mut passages[at].1;
        let mentions: u32 = files.iter().map(|(_, mentions)| mentions).sum();
        let files = files.iter().map(|(file, _)| *file);
        match variants.iter_mut().find(|known| same(known.surface, &form.surface)) {
            Some(known) => {
                known.mentions += mentions;
                known.files.extend(files);
            }
            None => variants.push(SpellingInFiles { surface: &form.surface, mentions, files: files.collect() }),
        }
    }
    let passage = |(key, variants): (PassageKind, Vec<SpellingInFiles<'s>>)| {
        let all: FxHashSet<FileId> = variants.iter().flat_map(|variant| variant.files.iter().copied()).collect();
        let variants = variants.into_iter().map(|SpellingInFiles { surface, mentions, mut files }| {
            files.sort_unstable();
            files.dedup();
            CorpusVariant { surface, mentions, texts: files.len(), first: FirstText::AmongFiles(files) }
        });
        SpeltPassage { person, key, variants: variants.collect(), texts: all.len() }
    };
    passages.into_iter().map(passage).collect()
}

fn message(entity: &Entity, variants: &[CorpusVariant<'_>], preferred: Option<&str>) -> String {
    let shown: Vec<String> = variants
        .iter()
        .take(NAMED)
        .map(|variant| {
            let (mentions, files) = (variant.mentions, variant.texts);
            format!("`{}` {mentions}\u{d7} in {files} {}", variant.surface, if files == 1 { "text" } else { "texts" })
        })
        .collect();
    let rest = match variants.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let preferred = preferred.map(|name| format!("; `{name}` is preferred")).unwrap_or_default();
    let (name, ways) = (entity.display_name(), variants.len());
    format!("{name} is spelt in {ways} ways in the corpus: {}{rest}{preferred}", shown.join(", "))
}

/// The first place of a spelling in the first of its files by path.
fn related(snapshot: &Snapshot, person: EntityIx, variant: &CorpusVariant<'_>) -> Option<Related> {
    let (file, place) = match &variant.first {
        FirstText::Quoted(first) => (**first)?,
        FirstText::AmongFiles(files) => {
            let file = *files.iter().min_by_key(|file| snapshot.path(**file))?;
            (file, first_place(snapshot, file, person, variant.surface)?)
        }
    };
    Some(Related { file, place, message: format!("spelt `{}` here", variant.surface) })
}

fn first_place(snapshot: &Snapshot, file: FileId, entity: EntityIx, surface: &str) -> Option<Place> {
    let file = snapshot.file(file)?;
    file.at_hand().facts().find_map(|(start, facts)| {
        let name = facts.names.iter().find(|name| name.entities[..] == [entity] && name.surface == surface)?;
        Some(facts.place(start, name.span))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use camino::Utf8Path;
    use jiff::civil::date;

    use crate::config::Config;
    use crate::corpus::{DocumentEdit, World};
    use crate::diagnostic::Diagnostic;
    use crate::rules::engine::check_sources;
    use crate::text::Encoding;

    const REGISTRY: &str = r#"
[[person]]
id = "toan"
names.vi = ["Đặng Quốc Toàn"]
names.en = ["Dang Quoc Toan"]
names.th = ["ดั่ง ก๊วก ตว่าน", "ดัง กว๊อก ตวน", "ดังก๊วกตวาน"]
[[person]]
id = "tung"
names.vi = ["Trịnh Văn Tùng"]
"#;

    fn world(texts: &[(&str, &str)]) -> World {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        world.set_registry([("people.toml".into(), Some(Arc::from(REGISTRY)), false)]);
        for (path, text) in texts {
            world.open(Utf8Path::new(path), text);
        }
        world.settle(false);
        world
    }

    fn found(world: &World) -> Vec<Diagnostic> {
        let found = check_sources(world.current()).diagnostics.into_iter();
        found.filter(|found| found.code == super::RULE.code).collect()
    }

    #[test]
    fn spellings_of_one_language_in_several_texts_are_one_finding_at_the_entry() {
        let world = world(&[
            ("a.txt", "นายดั่ง ก๊วก ตว่าน เดินทาง\n"),
            ("b.txt", "นายดัง กว๊อก ตวน กล่าว และ ดัง กว๊อก ตวน กลับ\n"),
            ("c.txt", "พบ ดั่ง ก๊วก ตว่าน\nพบดังก๊วกตวาน\n"),
        ]);
        let found = found(&world);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            found[0].message,
            "Đặng Quốc Toàn is spelt in 3 ways in the corpus: `ดั่ง ก๊วก ตว่าน` 2\u{d7} in 2 texts, \
             `ดัง กว๊อก ตวน` 2\u{d7} in 1 text, `ดังก๊วกตวาน` 1\u{d7} in 1 text; `ดั่ง ก๊วก ตว่าน` is preferred"
        );
        let text = &world.current().source(found[0].file).expect("the registry").text;
        assert_eq!(found[0].place.span().slice(text), "\"toan\"");
        let related = found[0].related.iter().map(|related| world.current().path(related.file).map(Utf8Path::as_str));
        assert_eq!(related.collect::<Vec<_>>(), [Some("a.txt"), Some("b.txt"), Some("c.txt")]);
    }

    #[test]
    fn other_languages_scripts_and_single_documents_are_none() {
        for texts in [
            // English writes a name otherwise than Vietnamese, Thai otherwise than both.
            &[
                ("a.txt", "Yesterday Dang Quoc Toan visited the factory with the others.\n"),
                ("b.txt", "Hôm qua ông Đặng Quốc Toàn đã đến thăm nhà máy.\n"),
                ("c.txt", "นายดั่ง ก๊วก ตว่าน เดินทาง\n"),
            ][..],
            &[("a.txt", "Hôm qua Đặng Quốc Toàn đến.\n"), ("b.txt", "ĐẶNG QUỐC TOÀN đã đến\n")],
            &[("a.txt", "ดั่ง ก๊วก ตว่าน พบ ดัง กว๊อก ตวน\n"), ("b.txt", "Trịnh Văn Tùng\n")],
        ] {
            let world = world(texts);
            assert!(found(&world).is_empty(), "{texts:?}: {:?}", found(&world));
        }
    }

    #[test]
    fn an_edit_that_adds_a_spelling_concerns_the_registry_file() {
        let mut world = world(&[("a.txt", "นายดั่ง ก๊วก ตว่าน เดินทาง\n"), ("b.txt", "วันนี้\n")]);
        let registry = world.known(Utf8Path::new("people.toml")).expect("a number");
        assert!(found(&world).is_empty());
        let before = world.current().sources_stamp();
        let edit = |text: &str, end: u32| DocumentEdit::Range { start: (0, 0), end: (0, end), text: text.to_owned() };
        world.change(Utf8Path::new("b.txt"), vec![edit("นายดัง กว๊อก ตวน ", 0)], Encoding::Utf16);
        assert!(world.settle(false).contains(&registry));
        assert_ne!(world.current().sources_stamp(), before);
        assert_eq!(found(&world).len(), 1);
        // A text without names changes nothing there.
        world.change(
            Utf8Path::new("b.txt"),
            vec![DocumentEdit::Range { start: (1, 0), end: (1, 0), text: "x".into() }],
            Encoding::Utf16,
        );
        assert!(!world.settle(false).contains(&registry));
        world.remove(Utf8Path::new("b.txt"));
        world.close(Utf8Path::new("b.txt"));
        assert!(world.settle(false).contains(&registry));
        assert!(found(&world).is_empty());
    }
}
