//! What a change of the registry means for texts: who is spelt otherwise, and where that can be seen.
//!
//! Deliberately absent: what else an entry says. Offices, dates and links are looked up when somebody asks, so no text
//! has to be looked at again for them.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::recognise::facts::Ctx;
use crate::recognise::name::alias::{Aliases, Spelling};
use crate::recognise::name::given;
use crate::recognise::name::sound::Names;
use crate::recognise::name::title::{self, Titles};
use crate::registry::{Entity, EntityIx, Kind, Registry};
use crate::text::fold::Folded;

/// What two registries, the later of which numbers entities as the earlier one did, know differently about spellings.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Who is spelt otherwise, new and gone ones among them; sorted.
    pub entities: Vec<EntityIx>,
    /// Whether anybody has a spelling that he had not before.
    pub added: bool,
    /// Whether titles may name something else.
    pub titles: bool,
}

impl Changes {
    /// The difference between two registries.
    pub fn between(before: &Registry, after: &Registry) -> Self {
        let mut changes = Self::default();
        for number in (0..after.numbers().max(before.numbers()) as u32).map(EntityIx) {
            let (old, new) = (before.find(number), after.find(number));
            changes.titles |= Titles::differ(old, new);
            if spelt(old).eq(spelt(new)) {
                continue;
            }
            changes.entities.push(number);
            changes.added |= spelt(new).any(|new| !spelt(old).any(|old| old == new));
        }
        changes
    }

    /// Whether nothing is seen otherwise in any text.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty() && !self.titles
    }

    /// A probe for texts that may read otherwise.
    pub fn probe(&self, before: &Registry, after: &Registry) -> Probe {
        let of = |registry: &Registry| -> Vec<Spelling> {
            self.entities.iter().filter_map(|number| registry.find(*number)).flat_map(spellings_of).collect()
        };
        let both = || self.entities.iter().flat_map(|number| [before.find(*number), after.find(*number)]).flatten();
        let mut spellings = of(before);
        spellings.append(&mut of(after));
        Probe { aliases: Aliases::new(spellings), sounds: Names::new(sounding(both())), titles: self.titles }
    }
}

/// Kind and spellings as texts are searched for them; nothing for who is not searched for.
fn spelt(entity: Option<&Entity>) -> impl Iterator<Item = (Kind, &str, bool)> {
    entity.into_iter().flat_map(|entity| searched(entity).map(|(text, abbreviation)| (entity.kind, text, abbreviation)))
}

/// What an entity is searched for by, with whether it is an abbreviation; legal documents are recognised by their grammar
/// instead.
fn searched(entity: &Entity) -> impl Iterator<Item = (&str, bool)> {
    let wanted = entity.kind != Kind::Decree;
    let names = entity.names.iter().flat_map(|list| &list.names).map(|name| (name.text.as_str(), false));
    let short = entity.abbreviations.iter().map(|name| (name.text.as_str(), true));
    names.chain(short).filter(move |_| wanted)
}

fn spellings_of(entity: &Entity) -> impl Iterator<Item = Spelling> {
    let listed = searched(entity).map(|(text, abbreviation)| Spelling {
        entity: entity.ix,
        kind: entity.kind,
        text: text.into(),
        abbreviation,
        turned: false,
    });
    let turned = entity.names.iter().flat_map(|list| &list.names).filter_map(|name| given::turned(entity, &name.text));
    listed.chain(turned.map(|text| Spelling {
        entity: entity.ix,
        kind: entity.kind,
        text,
        abbreviation: false,
        turned: true,
    }))
}

/// The names of people, who are also searched for by sound.
fn sounding<'e>(entities: impl Iterator<Item = &'e Entity>) -> impl Iterator<Item = (u32, &'e str)> {
    let people = entities.filter(|entity| entity.kind.is_person());
    people.flat_map(|entity| entity.spellings().map(|name| (entity.ix.0, name.text.as_str())))
}

/// Compiles what recognition needs. Where somebody is `stale`, they alone are compiled, on top of what `ctx` holds;
/// titles are gathered anew where they may name something else.
pub fn compile(registry: &Registry, ctx: &Ctx, stale: &FxHashSet<EntityIx>, changes: &Changes) -> Ctx {
    let (decrees, patterns) = (ctx.decrees.clone(), ctx.patterns.clone());
    let gather = || if changes.titles { Arc::new(Titles::new(registry)) } else { ctx.titles.clone() };
    if changes.entities.is_empty() {
        return Ctx { titles: gather(), ..ctx.clone() };
    }
    if stale.is_empty() {
        let (aliases, (sounds, titles)) = rayon::join(
            || Aliases::new(registry.entities().iter().flat_map(spellings_of).collect()),
            || (Names::new(sounding(registry.entities().iter())), gather()),
        );
        return Ctx { aliases, sounds, titles, decrees, patterns };
    }
    let mut numbers: Vec<EntityIx> = stale.iter().copied().collect();
    numbers.sort_unstable();
    let entities = || numbers.iter().filter_map(|number| registry.find(*number));
    Ctx {
        aliases: ctx.aliases.with(stale.clone(), entities().flat_map(spellings_of).collect()),
        sounds: ctx.sounds.with(stale.iter().map(|entity| entity.0).collect(), sounding(entities())),
        titles: gather(),
        decrees,
        patterns,
    }
}

/// What tells whether a text may read otherwise: everything by which those who have changed were or are found.
pub struct Probe {
    aliases: Aliases,
    sounds: Names,
    titles: bool,
}

impl Probe {
    /// Whether anything of this occurs in a segment, whatever it turns out to be.
    pub fn touches(&self, text: &str) -> bool {
        thread_local! {
            static FOLDED: RefCell<Folded> = RefCell::default();
        }
        FOLDED.with_borrow_mut(|folded| {
            folded.fold(text);
            self.aliases.occur_in(folded)
                || folded.letters.thai > 0 && self.sounds.hears(text)
                || self.titles && title::may_be_in(text, folded, self.aliases.title_words(folded))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use camino::Utf8Path;
    use compact_str::CompactString;
    use jiff::civil::date;
    use proptest::prelude::*;

    use crate::config::Config;
    use crate::corpus::{Body, Loaded, World};
    use crate::recognise::name::NameFact;
    use crate::registry::{Registry, Source};
    use crate::text::{FileId, Position};
    use crate::toml_tree::quoted;

    const NAMES: [&str; 10] = [
        "Trần Văn Lâm",
        "Trần Vân Lâm",
        "Tran Van Lam",
        "ตรัน วัน ลัม",
        "ตรันวันลัม",
        "Phạm Thị Hoa",
        "ฝาม ถิ ฮวา",
        "กระทรวงการคลัง",
        "การคลัง",
        "Bộ Tài chính",
    ];
    const TEXT: &str = "ông Trần Văn Lâm และ TRAN VAN LAM\nตรัน วันลัม กล่าวว่า กระทรวงการคลัง\nนาย จั่น วัน เลิม พบ ฟาม ถิ ฮวา\n\
                        การคลัง Trần Vân Lâm\nBộ trưởng Tài chính gặp ông Lâm và bà Hoa. รัฐมนตรี ลัม กล่าว\nไม่มีใครเลย\n";

    /// People nobody changes, so that who changes is compiled on top of them.
    fn others() -> String {
        let other = |at| format!("[[person]]\nid = \"o{at}\"\nnames.vi = [\"Vô Danh Thứ {at}\"]\n");
        (0..300).map(other).collect()
    }

    /// Entities as kind, number of the id and names.
    fn registry(entities: &[(bool, u8, Vec<usize>)]) -> String {
        let mut text = String::new();
        for (person, id, names) in entities {
            let kind = if *person { "person" } else { "organization" };
            let names: Vec<String> = names.iter().map(|name| quoted(NAMES[*name])).collect();
            text.push_str(&format!("[[{kind}]]\nid = \"e{id}\"\nnames.vi = [{}]\n", names.join(", ")));
        }
        text
    }

    fn world(others: &Arc<str>) -> World {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        world.set_registry([("others.toml".into(), Some(others.clone()), false)]);
        world
    }

    fn load(world: &mut World, path: &Utf8Path) {
        let loaded = Loaded::new(world.current().ctx(), TEXT.as_bytes());
        world.load(path, loaded);
    }

    /// A name in a file, without the numbers of whom it may be, and their ids.
    type Named = (Position, NameFact, Vec<CompactString>);

    /// Every name of a file, and who is mentioned in it by the index.
    fn seen(world: &World, path: &str) -> (Vec<Named>, Vec<CompactString>) {
        let snapshot = world.current();
        let id = world.known(Utf8Path::new(path)).expect("the file was opened");
        let file = snapshot.file(id).expect("the file was opened");
        let mut names = Vec::new();
        for (at, facts) in file.facts() {
            for name in &facts.names {
                let mut ids: Vec<CompactString> =
                    name.entities.iter().map(|entity| snapshot.registry.get(*entity).id.clone()).collect();
                ids.sort();
                names.push((at, NameFact { entities: smallvec::SmallVec::new(), office: None, ..name.clone() }, ids));
            }
            names.extend(facts.addresses.iter().map(|address| {
                let how = vec![format!("{:?}", address.how).into()];
                (at, NameFact { entities: smallvec::SmallVec::new(), office: None, ..address.name.clone() }, how)
            }));
        }
        let mentioned = snapshot
            .registry
            .entities()
            .iter()
            .filter(|entity| snapshot.index.entity(entity.ix).iter().any(|(file, _)| *file == id));
        let mut mentioned: Vec<CompactString> = mentioned.map(|entity| entity.id.clone()).collect();
        mentioned.sort();
        (names, mentioned)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_series_of_changes_is_as_good_as_the_last_state(
            states in prop::collection::vec(
                prop::collection::vec((any::<bool>(), 0..5_u8, prop::collection::vec(0..NAMES.len(), 1..4)), 0..4), 1..5),
        ) {
            let others: Arc<str> = others().into();
            let (open, closed) = (Utf8Path::new("open.txt"), Utf8Path::new("closed.txt"));
            let mut edited = world(&others);
            edited.open(open, TEXT);
            load(&mut edited, closed);
            for state in &states {
                let text: Arc<str> = registry(state).into();
                let again = edited.set_registry([("r.toml".into(), Some(text.clone()), true)]);
                if edited.known(closed).is_some_and(|closed| again.contains(&closed)) {
                    load(&mut edited, closed);
                }
                let mut fresh = world(&others);
                fresh.set_registry([("r.toml".into(), Some(text), true)]);
                fresh.open(open, TEXT);
                load(&mut fresh, closed);
                for path in ["open.txt", "closed.txt"] {
                    prop_assert_eq!(seen(&edited, path), seen(&fresh, path), "{} {:?}", path, states);
                }
                let is_open = |file: &&Arc<crate::corpus::File>| matches!(file.body, Body::Open(_));
                prop_assert_eq!(edited.current().files().filter(is_open).count(), 1);
            }
        }
    }

    #[test]
    fn numbers_stay_and_only_spellings_count() {
        let load = |text: &str, before: &Registry| {
            let source = Source { file: FileId(0), text };
            Registry::join(&[Arc::new(crate::registry::Reading::new(&source))], before)
        };
        let one = load("[[person]]\nid = \"b\"\nnames.vi = [\"An Bình\"]\n", &Registry::default());
        let b = one.by_id("b").expect("it is there").ix;
        let two = load(
            "[[person]]\nid = \"a\"\nnames.vi = [\"Cao Dũng\"]\n[[person]]\nid = \"b\"\nnames.vi = [\"An Bình\"]\ncountry = \"VN\"\n",
            &one,
        );
        assert_eq!(two.by_id("b").map(|entity| entity.ix), Some(b));
        let a = two.by_id("a").expect("it is there").ix;
        assert_eq!(
            super::Changes::between(&one, &two),
            super::Changes { entities: vec![a], added: true, titles: true }
        );
        let three = load("[[person]]\nid = \"b\"\nnames.vi = [\"An Bình\"]\n", &two);
        assert_eq!(
            super::Changes::between(&two, &three),
            super::Changes { entities: vec![a], added: false, titles: true }
        );
        assert!(three.find(a).is_none() && three.get(b).id == "b");
    }
}
