//! The effect of a changed registry on texts: who is spelt otherwise, and where that can be seen.
//!
//! Deliberately absent: what else an entry says. Offices, dates and links are looked up when somebody asks, so no text
//! has to be looked at again for them.

use std::cell::RefCell;
use std::panic::resume_unwind;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::recognise::analyse::{Ctx, LazyNameSearch, NameSearch};
use crate::recognise::configured::Configured;
use crate::recognise::name::alias::{Aliases, ListedSpelling};
use crate::recognise::name::given_name;
use crate::recognise::name::phonetic::PhoneticIndex;
use crate::recognise::name::phonetic_match;
use crate::recognise::name::title::{self, Titles};
use crate::registry::{Entity, EntityIx, EntityKind, Registry};
use crate::text::fold::Survey;
use crate::text::surveyed::Surveyed;

/// The difference that two registries, the later of which numbers entities as the earlier one did, know differently
/// about spellings.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SpellingChanges {
    /// The entities that are spelt otherwise, new and gone ones among them; sorted.
    pub entities: Vec<EntityIx>,
    /// The entities that titles may name otherwise, new and gone ones among them; sorted.
    titled: Vec<EntityIx>,
    /// True where anybody has a spelling that he had not before.
    pub added: bool,
    /// True where any legal document's entry is another, new or gone.
    pub decrees: bool,
}

impl SpellingChanges {
    /// The difference between two registries.
    pub fn between(before: &Registry, after: &Registry) -> Self {
        let mut changes = Self::default();
        for number in (0..after.numbers().max(before.numbers()) as u32).map(EntityIx) {
            if before.shares(after, number) {
                continue;
            }
            let (old, new) = (before.find(number), after.find(number));
            if Titles::differ(old, new) {
                changes.titled.push(number);
            }
            changes.decrees |= [old, new].iter().flatten().any(|entity| entity.kind == EntityKind::Decree);
            // Who is found by sound hangs on the country as well.
            let sounds_alike = sounding(old.into_iter()).eq(sounding(new.into_iter()));
            if spelt(old).eq(spelt(new)) && sounds_alike {
                continue;
            }
            changes.entities.push(number);
            let is_heard_anew = !sounds_alike && sounding(new.into_iter()).next().is_some();
            changes.added |= is_heard_anew || spelt(new).any(|new| !spelt(old).any(|old| old == new));
        }
        changes
    }

    /// Tells whether titles may name something else.
    pub const fn titles(&self) -> bool {
        !self.titled.is_empty()
    }

    /// The entities that titles may name otherwise, as a registry has them.
    fn titled<'r>(&self, registry: &'r Registry) -> impl Iterator<Item = &'r Entity> {
        self.titled.iter().filter_map(|number| registry.find(*number))
    }

    /// Tells whether nothing is seen otherwise in any text.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty() && !self.titles()
    }

    /// A probe for texts that may read otherwise.
    pub fn probe(&self, before: &Registry, after: &Registry) -> Probe {
        let of = |registry: &Registry| -> Vec<ListedSpelling> {
            self.entities.iter().filter_map(|number| registry.find(*number)).flat_map(spellings_of).collect()
        };
        let both = || self.entities.iter().flat_map(|number| [before.find(*number), after.find(*number)]).flatten();
        let mut spellings = of(before);
        spellings.append(&mut of(after));
        Probe { aliases: Aliases::new(spellings), sounds: PhoneticIndex::new(sounding(both())), titles: self.titles() }
    }
}

/// EntityKind and spellings as texts are searched for them; nothing for who is not searched for.
fn spelt(entity: Option<&Entity>) -> impl Iterator<Item = (EntityKind, &str, bool)> {
    entity.into_iter().flat_map(|entity| searched(entity).map(|(text, abbreviation)| (entity.kind, text, abbreviation)))
}

/// The texts an entity is searched for by, with whether it is an abbreviation: of people no name without letters; legal
/// documents are recognised by their grammar instead.
fn searched(entity: &Entity) -> impl Iterator<Item = (&str, bool)> {
    let wanted = entity.kind != EntityKind::Decree;
    let names = entity.names.iter().flat_map(|list| &list.names);
    let names = names.filter(|name| !entity.kind.is_person() || name.has_letters());
    let names = names.map(|name| (name.text.as_str(), false));
    let short = entity.abbreviations.iter().map(|name| (name.text.as_str(), true));
    names.chain(short).filter(move |_| wanted)
}

fn spellings_of(entity: &Entity) -> impl Iterator<Item = ListedSpelling> {
    let by_sound = sounding(std::iter::once(entity)).next().is_some();
    let lao = entity.country.as_deref() == Some("LA") || entity.names_for("lo").is_some();
    let listed = searched(entity).map(move |(text, abbreviation)| ListedSpelling {
        entity: entity.ix,
        kind: entity.kind,
        text: text.into(),
        abbreviation,
        turned: false,
        by_sound,
        lao,
    });
    let turned =
        entity.names.iter().flat_map(|list| &list.names).filter_map(|name| given_name::turned(entity, &name.text));
    listed.chain(turned.map(move |text| ListedSpelling {
        entity: entity.ix,
        kind: entity.kind,
        text,
        abbreviation: false,
        turned: true,
        by_sound,
        lao,
    }))
}

/// The names of people, who are also searched for by sound.
fn sounding<'e>(entities: impl Iterator<Item = &'e Entity>) -> impl Iterator<Item = (u32, &'e str)> {
    let people = entities.filter(|entity| entity.kind.is_person());
    people.flat_map(|entity| {
        let lists = entity.names.iter().flat_map(|list| list.names.iter().map(move |name| (list, name.text.as_str())));
        let wanted = lists.filter(|(list, name)| phonetic_match::is_found_by_sound(entity, list, name));
        wanted.map(|(_, name)| (entity.ix.0, name))
    })
}

/// All spellings compiled together, and the registry that they were compiled from. What changes later is compiled on
/// top of it, until that is much.
#[derive(Clone)]
pub struct CompiledSpellings {
    registry: Arc<Registry>,
    names: LazyNameSearch,
}

impl CompiledSpellings {
    /// Compiles a registry when its names are first searched for.
    pub fn new(registry: Arc<Registry>) -> Self {
        let compiled = registry.clone();
        Self { registry, names: LazyNameSearch::new(move || searched_for(&compiled)) }
    }

    /// The same, compiled already.
    #[must_use]
    pub fn compiled(self) -> Self {
        let _: &NameSearch = &self.names;
        self
    }

    /// Returns who is spelt otherwise now, and whether titles may name something else.
    pub fn changes(&self, now: &Registry) -> SpellingChanges {
        SpellingChanges::between(&self.registry, now)
    }

    /// Returns all that recognition needs under the registry that was compiled.
    pub fn ctx(&self, configured: &Configured) -> Ctx {
        let Configured { decrees, patterns, languages, .. } = configured.clone();
        Ctx { names: self.names.clone(), decrees, patterns, languages, decisions: Arc::default(), decided: None }
    }

    /// Returns all that recognition needs under the registry as it is `now`: only who has changed since is compiled.
    /// The rest of `ctx` stays.
    pub fn compile(&self, now: &Registry, changes: &SpellingChanges, ctx: &Ctx) -> Ctx {
        if changes.is_empty() {
            return Ctx { names: self.names.clone(), ..ctx.clone() };
        }
        let entities = || changes.entities.iter().filter_map(|number| now.find(*number));
        let mut searched = NameSearch::clone(&self.names);
        if !changes.entities.is_empty() {
            let stale: FxHashSet<EntityIx> = changes.entities.iter().copied().collect();
            let numbers = stale.iter().map(|entity| entity.0).collect();
            searched.aliases = self.names.aliases.with(stale, entities().flat_map(spellings_of).collect());
            searched.sounds = self.names.sounds.with(numbers, sounding(entities()));
        }
        if changes.titles() {
            let titles = self.names.titles.with(now, changes.titled(&self.registry), changes.titled(now));
            searched.titles = Arc::new(titles);
        }
        Ctx { names: LazyNameSearch::new(move || searched), ..ctx.clone() }
    }
}

/// Compiles a registry, on threads of its own: one of a pool would take up other work of the pool while it waits, which
/// may need what is being compiled.
fn searched_for(registry: &Registry) -> NameSearch {
    if registry.entities().next().is_none() {
        return NameSearch { aliases: Aliases::bare(), sounds: PhoneticIndex::new([]), titles: Arc::default() };
    }
    std::thread::scope(|scope| {
        let sounds = scope.spawn(|| PhoneticIndex::new(sounding(registry.entities())));
        let titles = scope.spawn(|| Arc::new(Titles::new(registry)));
        let aliases = Aliases::new(registry.entities().flat_map(spellings_of).collect());
        let sounds = sounds.join().unwrap_or_else(|panic| resume_unwind(panic));
        let titles = titles.join().unwrap_or_else(|panic| resume_unwind(panic));
        NameSearch { aliases, sounds, titles }
    })
}

impl std::fmt::Debug for CompiledSpellings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CompiledSpellings({} entities)", self.registry.len())
    }
}

/// A test whether a text may read otherwise: everything by which those who have changed were or are found.
pub struct Probe {
    aliases: Aliases,
    sounds: PhoneticIndex,
    titles: bool,
}

impl Probe {
    /// Tells whether anything of this occurs in a segment, whatever it turns out to be.
    pub fn touches(&self, text: &str) -> bool {
        thread_local! {
            static SURVEYED: RefCell<Surveyed> = RefCell::default();
        }
        SURVEYED.with_borrow_mut(|surveyed| {
            surveyed.survey(text);
            surveyed.fold(text);
            let Surveyed { map, survey: Survey { letters, .. }, folded, .. } = &*surveyed;
            self.aliases.occur_in(folded)
                || letters.thai > 0 && self.sounds.hears(text, map.thai())
                || letters.latin + letters.thai + letters.lao > 0 && self.aliases.is_misspelt_in(text, map)
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

    use super::CompiledSpellings;
    use crate::config::Config;
    use crate::corpus::{FileBody, LoadedFile, World};
    use crate::recognise::name::NameFact;
    use crate::registry::{Ids, Registry, RegistryFile, RegistrySource};
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
        let loaded = LoadedFile::new(world.current().ctx(), TEXT.as_bytes());
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
            aside in prop::collection::vec(any::<bool>(), 5),
        ) {
            let others: Arc<str> = others().into();
            let (open, closed) = (Utf8Path::new("open.txt"), Utf8Path::new("closed.txt"));
            let mut edited = world(&others);
            edited.open(open, TEXT);
            load(&mut edited, closed);
            for (state, aside) in states.iter().zip(aside) {
                let earlier = edited.current().registry.clone();
                let text: Arc<str> = registry(state).into();
                let again = edited.set_registry([("r.toml".into(), Some(text.clone()), true)]);
                if aside {
                    edited.set_spellings(CompiledSpellings::new(earlier));
                }
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
                let is_open = |file: &&Arc<crate::corpus::File>| matches!(file.body, FileBody::Open(_));
                prop_assert_eq!(edited.current().files().filter(is_open).count(), 1);
            }
        }
    }

    #[test]
    fn numbers_stay_and_only_spellings_count() {
        let load = |text: &str, before: &Registry| {
            let mut reading = RegistryFile::new(&RegistrySource { file: FileId(0), text });
            let mut ids = before.ids().clone();
            Ids::number(&mut ids, &mut [&mut reading]);
            Registry::join(vec![Arc::new(reading)], ids)
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
            super::SpellingChanges::between(&one, &two),
            super::SpellingChanges { entities: vec![a], titled: vec![a], added: true, decrees: false }
        );
        let three = load("[[person]]\nid = \"b\"\nnames.vi = [\"An Bình\"]\n", &two);
        assert_eq!(
            super::SpellingChanges::between(&two, &three),
            super::SpellingChanges { entities: vec![a], titled: vec![a], added: false, decrees: false }
        );
        assert!(three.find(a).is_none() && three.get(b).id == "b");
    }
}
