//! People and spellings that the registry lacks.
//!
//! The finds of `recognise::name::unlisted` are gathered into people: the same name with and without its marks, and, by
//! sound, in another script. With these the texts are heard a second time, so that a spelling nothing stands beside is
//! found, too. Deliberately absent: reading texts (they are handed in), and writing into a registry.

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::file::File;
use super::proposal::{NewPerson, NewSpelling, SeenSpelling, Suggestions};
use super::suggest_titles::{self, SeenTitle};
use crate::recognise::decree::DecreeTable;
use crate::recognise::name::phonetic::{self, PreparedNames};
use crate::recognise::name::unlisted::{self, NameEvidence};
use crate::recognise::name::{NameClass, NameFact, Via};
use crate::registry::{EntityIx, NameScript, Registry};
use crate::text::{FileId, Span, cluster, fold, segment};

/// From this score on, two Latin names of another language than Vietnamese are one person's.
const SAME_LATIN: f32 = 0.72;
/// From this score on, two Thai names are one person's.
const SAME_THAI: f32 = 0.68;

/// Looks for people in files, given in the order in which they are reported; a text that is not to be had is left out.
/// `done` is told the size in bytes of each text that has been looked at, twice in all.
pub fn suggest(
    registry: &Registry,
    decrees: &DecreeTable,
    files: &[&File],
    text_of: &(dyn Fn(&File) -> Option<Arc<str>> + Sync),
    done: &(dyn Fn(u64) + Sync),
) -> Suggestions {
    let mut heard = KnownPeopleSpellings::default();
    let mut found = FoundSpellings::default();
    let looks: Vec<FileLook> = files.par_iter().map(|file| FileLook::new(file, text_of, done)).collect();
    for (file, look) in files.iter().zip(&looks) {
        heard.take(file);
        for name in look.names.iter().filter(|name| name.is_new) {
            found.add(&name.surface, file.id, name.span, name.evidence);
        }
    }
    let mut people = gather(found, registry, &mut heard);
    hear_again(&mut people, files, &looks, text_of, done);
    let titles = files.iter().zip(&looks).map(|(file, look)| (file.id, look.titles.as_slice()));
    let (organizations, offices) = suggest_titles::gather(titles, registry, decrees);
    Suggestions { people: named(people, registry), spellings: heard.spellings(), organizations, offices }
}

/// The first look at a file.
struct FileLook {
    known: Vec<KnownMention>,
    /// By start.
    names: Vec<SeenUnlisted>,
    titles: Vec<SeenTitle>,
    /// True where anything is in Thai letters.
    has_thai: bool,
}

/// A name that the registry may not have, in its file.
struct SeenUnlisted {
    /// In bytes of the file.
    span: Span,
    surface: CompactString,
    evidence: NameEvidence,
    /// True if nobody of the registry is named there.
    is_new: bool,
}

impl FileLook {
    fn new(file: &File, text_of: &(dyn Fn(&File) -> Option<Arc<str>> + Sync), done: &(dyn Fn(u64) + Sync)) -> Self {
        let mut look = Self {
            known: known(file),
            names: Vec::new(),
            titles: suggest_titles::of_registered(file),
            has_thai: false,
        };
        let Some(text) = text_of(file) else { return look };
        let decided = decided(file);
        each_line(&text, |start, line| {
            look.has_thai |= cluster::thai_place(line.as_bytes()).is_some();
            for name in unlisted::find(line) {
                let span = name.span.shift(start);
                // A listed name may be the beginning of a longer one. Of one that was heard recognition knows that it
                // is not.
                let is_beginning =
                    |known: &KnownMention| !known.heard && span.contains(known.span) && span != known.span;
                let near = look.known.partition_point(|known| known.span.start + LONGEST_KNOWN <= span.start);
                let beside = look.known[near..].iter().take_while(|known| known.span.start < span.end);
                let is_named = beside.into_iter().any(|known| known.span.overlaps(span) && !is_beginning(known));
                let is_decided = decided.iter().any(|decided| decided.overlaps(span));
                let surface = name.span.slice(line).into();
                look.names.push(SeenUnlisted {
                    span,
                    surface,
                    evidence: name.evidence,
                    is_new: !is_named && !is_decided,
                });
            }
        });
        suggest_titles::unregistered(file, &text, &look.people(), &mut look.titles);
        done(text.len() as u64);
        look
    }
}

impl FileLook {
    /// The people named in the file, registered or not, in order and disjoint.
    fn people(&self) -> Vec<Span> {
        let known = self.known.iter().filter(|known| known.is_person).map(|known| known.span);
        let mut people: Vec<Span> = known.chain(self.names.iter().map(|name| name.span)).collect();
        people.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        people.retain(|span| {
            let free = span.start >= end;
            if free {
                end = span.end;
            }
            free
        });
        people
    }
}

/// Bytes of the longest mention that is looked for around a name.
const LONGEST_KNOWN: u32 = 1024;

/// Calls `each` with every segment of a text and where it starts.
fn each_line(text: &str, mut each: impl FnMut(u32, &str)) {
    let mut start = 0;
    for line in segment::segments(text) {
        each(start, line);
        start += line.len() as u32;
    }
}

/// The mentions of the registry in a file, offices apart: a name stands beside these, never in them.
fn known(file: &File) -> Vec<KnownMention> {
    let names = file.facts().flat_map(|(start, facts)| {
        let names = facts.names.iter().filter(|name| NameClass::from(name.kind) != NameClass::Office);
        let known = move |name: &NameFact| KnownMention {
            span: name.span.shift(start.byte),
            heard: matches!(name.via, Via::SoundsLike { .. }),
            is_person: NameClass::from(name.kind) == NameClass::Person,
        };
        names.map(known).collect::<Vec<_>>()
    });
    names.collect()
}

/// The places of a file about which a person decided.
fn decided(file: &File) -> Vec<Span> {
    let decided = file.facts().flat_map(|(start, facts)| {
        facts.decided.iter().map(move |decided| decided.span.shift(start.byte)).collect::<Vec<_>>()
    });
    decided.collect()
}

/// A mention of the registry.
struct KnownMention {
    /// In bytes of its file.
    span: Span,
    /// True if it was found by its sound.
    heard: bool,
    /// True if it is somebody.
    is_person: bool,
}

/// Spellings of registered people that the registry does not list, as recognition matched them.
#[derive(Default)]
struct KnownPeopleSpellings(BTreeMap<(EntityIx, String), (f32, SeenSpelling)>);

impl KnownPeopleSpellings {
    fn take(&mut self, file: &File) {
        for (start, facts) in file.facts() {
            for name in facts.names.iter().filter(|name| name.entities.len() == 1) {
                if let Via::SoundsLike { score } = name.via {
                    self.add(name.entities[0], &name.surface, score, &[(file.id, name.span.shift(start.byte))]);
                }
            }
        }
    }

    fn add(&mut self, entity: EntityIx, surface: &str, score: f32, at: &[(FileId, Span)]) {
        let (best, spelling) =
            self.0.entry((entity, fold::fold(surface))).or_insert_with(|| (score, SeenSpelling::new(surface)));
        *best = best.max(score);
        for (file, span) in at {
            spelling.seen(*file, *span);
        }
    }

    fn spellings(self) -> Vec<NewSpelling> {
        let all = self.0.into_iter();
        all.map(|((entity, _), (score, spelling))| NewSpelling { entity, score, spelling }).collect()
    }
}

/// The finds by spelling: case does not count.
#[derive(Default)]
struct FoundSpellings(BTreeMap<String, (SeenSpelling, NameEvidence)>);

impl FoundSpellings {
    fn add(&mut self, surface: &str, file: FileId, span: Span, evidence: NameEvidence) {
        let (spelling, strongest) =
            self.0.entry(fold::tight(surface)).or_insert_with(|| (SeenSpelling::new(surface), evidence));
        spelling.seen(file, span);
        *strongest = (*strongest).min(evidence);
    }
}

/// Somebody, before an id is given.
struct PersonDraft {
    spellings: Vec<SeenSpelling>,
    evidence: NameEvidence,
}

impl PersonDraft {
    fn take(&mut self, spelling: SeenSpelling, evidence: NameEvidence) {
        self.evidence = self.evidence.min(evidence);
        self.spellings.push(spelling);
    }

    fn latin(&self) -> impl Iterator<Item = &str> {
        self.spellings
            .iter()
            .map(|spelling| spelling.text.as_str())
            .filter(|text| NameScript::of(text) == NameScript::Latin)
    }
}

/// Gathers spellings into people; those of known people go to `heard`.
fn gather(found: FoundSpellings, registry: &Registry, heard: &mut KnownPeopleSpellings) -> Vec<PersonDraft> {
    let mut all: Vec<(SeenSpelling, NameEvidence)> = found.0.into_values().collect();
    // Marked names first: they are one person's each. Then what may be theirs, the most frequent first.
    let rank = |text: &str| match NameScript::of(text) {
        NameScript::Latin if !fold::is_unmarked(text) => 0,
        NameScript::Latin => 1,
        _ => 2,
    };
    all.sort_by_key(|(spelling, _)| (rank(&spelling.text), std::cmp::Reverse(spelling.count), spelling.text.clone()));
    let registered = RegisteredNames::new(registry);
    let mut people: Vec<PersonDraft> = Vec::new();
    let mut by_fold: FxHashMap<String, usize> = FxHashMap::default();
    // Names that are not Vietnamese, each with the number of its person.
    let (mut foreign, mut foreigners) = (PreparedNames::new(&[]), Vec::new());
    let mut thai = Vec::new();
    for (spelling, evidence) in all {
        if NameScript::of(&spelling.text) != NameScript::Latin {
            thai.push((spelling, evidence));
            continue;
        }
        if let Some((entity, score)) = registered.like(&spelling.text) {
            heard.add(entity, &spelling.text, score, &spelling.examples);
            continue;
        }
        let folded = fold::fold(&spelling.text);
        let unmarked = fold::is_unmarked(&spelling.text);
        let is_foreign = !is_vietnamese(&spelling.text);
        let same = by_fold.get(&folded).copied().filter(|_| unmarked).or_else(|| {
            let alike = (unmarked && is_foreign).then(|| foreign.best(&spelling.text)).flatten();
            alike.filter(|(_, score)| *score >= SAME_LATIN).map(|(at, _)| foreigners[at])
        });
        if is_foreign {
            foreign.push(&spelling.text);
            foreigners.push(same.unwrap_or(people.len()));
        }
        if let Some(at) = same {
            people[at].take(spelling, evidence);
        } else {
            by_fold.entry(folded).or_insert(people.len());
            people.push(PersonDraft { spellings: vec![spelling], evidence });
        }
    }
    gather_thai(thai, &mut people);
    people
}

/// Adds Thai spellings to the people who sound like them; what sounds like nobody is somebody else.
fn gather_thai(thai: Vec<(SeenSpelling, NameEvidence)>, people: &mut Vec<PersonDraft>) {
    let index = index(people);
    let first = people.len();
    // Spellings of people who have no other than Thai ones, each with the number of its person.
    let (mut spelt, mut persons) = (PreparedNames::new(&[]), Vec::new());
    for (spelling, evidence) in thai {
        let whole = |hit: &phonetic::PhoneticMatch| hit.span.len() as usize * 4 >= spelling.text.len() * 3;
        let hit = index.find(&spelling.text, &[]).into_iter().find(whole);
        let at = hit.and_then(|hit| hit.candidates.first().map(|(person, _)| *person as usize)).or_else(|| {
            let alike = spelt.best(&spelling.text).filter(|(_, score)| *score >= SAME_THAI);
            alike.map(|(at, _)| persons[at])
        });
        if at.is_none_or(|at| at >= first) {
            spelt.push(&spelling.text);
            persons.push(at.unwrap_or(people.len()));
        }
        match at {
            Some(at) => people[at].take(spelling, evidence),
            None => people.push(PersonDraft { spellings: vec![spelling], evidence }),
        }
    }
}

/// Adds what the texts say of these people where nothing beside the name tells. Only Thai text has names that are
/// heard.
fn hear_again(
    people: &mut [PersonDraft],
    files: &[&File],
    looks: &[FileLook],
    text_of: &(dyn Fn(&File) -> Option<Arc<str>> + Sync),
    done: &(dyn Fn(u64) + Sync),
) {
    let index = index(people);
    if index.is_empty() {
        return;
    }
    let hear = |(file, look): (&&File, &FileLook)| {
        let mut heard: Vec<(u32, Span, CompactString)> = Vec::new();
        let Some(text) = look.has_thai.then(|| text_of(file)).flatten() else { return heard };
        let mut taken: Vec<Span> = look.names.iter().map(|name| name.span).collect();
        taken.extend(look.known.iter().map(|known| known.span));
        taken.sort_unstable();
        let mut from = 0;
        each_line(&text, |start, line| {
            let here = Span::new(start, start + line.len() as u32);
            from += taken[from..].iter().take_while(|span| span.start < here.start).count();
            let inside = taken[from..].iter().take_while(|span| span.start < here.end);
            if cluster::thai_place(line.as_bytes()).is_none() {
                return;
            }
            let inside: Vec<Span> = inside
                .filter(|span| here.contains(**span))
                .map(|span| Span::new(span.start - start, span.end - start))
                .collect();
            for hit in index.find(line, &inside) {
                if let [(person, _)] = hit.candidates[..] {
                    heard.push((person, hit.span.shift(start), hit.span.slice(line).into()));
                }
            }
        });
        done(text.len() as u64);
        heard
    };
    let heard: Vec<Vec<(u32, Span, CompactString)>> = files.par_iter().zip(looks).map(hear).collect();
    for (file, heard) in files.iter().zip(heard) {
        for (person, span, surface) in heard {
            let spellings = &mut people[person as usize].spellings;
            let tight = fold::tight(&surface);
            let at = spellings.iter().position(|spelling| fold::tight(&spelling.text) == tight).unwrap_or_else(|| {
                spellings.push(SeenSpelling::new(&surface));
                spellings.len() - 1
            });
            spellings[at].seen(file.id, span);
        }
    }
}

/// The Latin spellings of people, to be heard in Thai text; people are numbered by their places.
fn index(people: &[PersonDraft]) -> phonetic::PhoneticTrie {
    let names = people.iter().enumerate();
    phonetic::PhoneticTrie::new(names.flat_map(|(at, person)| person.latin().map(move |name| (at as u32, name))))
}

/// Returns true if each word of a name is a Vietnamese syllable: its letters decide, then, and not its sound.
fn is_vietnamese(name: &str) -> bool {
    name.split(' ').all(phonetic::is_syllable)
}

/// The people of the registry by their Latin spellings.
struct RegisteredNames {
    entities: Vec<EntityIx>,
    names: PreparedNames,
}

impl RegisteredNames {
    fn new(registry: &Registry) -> Self {
        let people = registry.entities().filter(|entity| entity.kind.is_person());
        let names =
            people.flat_map(|person| person.names_in(NameScript::Latin).map(|name| (person.ix, name.text.as_str())));
        let (entities, names): (Vec<EntityIx>, Vec<&str>) = names.filter(|(_, name)| !is_vietnamese(name)).unzip();
        Self { entities, names: PreparedNames::new(&names) }
    }

    /// Returns the person who has a name like this one, if the name is not of Vietnamese syllables.
    fn like(&self, name: &str) -> Option<(EntityIx, f32)> {
        if is_vietnamese(name) {
            return None;
        }
        let best = self.names.rank(name).into_iter().next();
        best.filter(|(_, score)| *score >= SAME_LATIN).map(|(at, score)| (self.entities[at], score))
    }
}

/// Puts people in order and gives them ids.
fn named(people: Vec<PersonDraft>, registry: &Registry) -> Vec<NewPerson> {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut people: Vec<NewPerson> = people
        .into_iter()
        .map(|mut person| {
            let script = |spelling: &SeenSpelling| match spelling.tag {
                "vi" => 0,
                "en" => 1,
                _ => 2,
            };
            person.spellings.sort_by_key(|spelling| (script(spelling), std::cmp::Reverse(spelling.count)));
            NewPerson { id: String::new(), spellings: person.spellings, evidence: person.evidence }
        })
        .collect();
    people.sort_by(|a, b| b.count().cmp(&a.count()).then_with(|| a.spellings[0].text.cmp(&b.spellings[0].text)));
    for person in &mut people {
        let id = id(&person.spellings[0].text);
        let numbered = (1..).map(|number| if number == 1 { id.clone() } else { format!("{id}-{number}") });
        let free = |id: &String| registry.by_id(id).is_none() && !taken.contains(id);
        person.id = numbered.into_iter().find(free).unwrap_or(id.clone());
        taken.insert(person.id.clone());
    }
    people
}

/// The name in small letters without marks, its words joined by hyphens.
fn id(name: &str) -> String {
    let name = if NameScript::of(name) == NameScript::Latin { fold::fold(name) } else { name.to_owned() };
    name.split(|ch: char| ch.is_whitespace() || ch == '-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use camino::Utf8Path;
    use jiff::civil::date;

    use super::*;
    use crate::config::Config;
    use crate::corpus::{LoadedFile, World};

    /// A corpus of texts and a registry.
    fn world(texts: &[(&str, String)], registry: &str) -> World {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        world.set_registry([("r.toml".into(), Some(Arc::from(registry)), false)]);
        let ctx = world.snapshot().ctx().clone();
        for (path, text) in texts {
            world.load(Utf8Path::new(path), LoadedFile::new(&ctx, text.as_bytes()));
        }
        world
    }

    fn suggested(texts: &[(&str, String)], registry: &str) -> (World, Suggestions) {
        let world = world(texts, registry);
        let snapshot = world.snapshot();
        let files: Vec<&File> = snapshot.files_by_path().into_iter().map(|file| &**file).collect();
        let text_of = |file: &File| {
            texts.iter().find(|(path, _)| *path == file.path.as_str()).map(|(_, text)| Arc::from(text.as_str()))
        };
        let suggestions = suggest(&snapshot.registry, snapshot.decrees(), &files, &text_of, &|_| {});
        drop(snapshot);
        (world, suggestions)
    }

    /// People as `id: spelling count, …`.
    fn people(suggestions: &Suggestions) -> Vec<String> {
        let shown = |person: &NewPerson| {
            let spellings = person.spellings.iter().map(|spelling| format!("{} {}", spelling.text, spelling.count));
            format!("{}: {}", person.id, spellings.collect::<Vec<_>>().join(", "))
        };
        suggestions.people.iter().map(shown).collect()
    }

    #[test]
    fn spellings_are_gathered_across_scripts() {
        let text = "ông Trần Quang Vinh gặp Tran Quang Vinh\nนายเจิ่น กวาง วินห์ กล่าว และเจิ่นกวางวินห์กล่าวอีก\n\
                    นายสมชาย ใจดีกล่าวว่า\nĐường Trần Quang Khải\n";
        let (_, found) = suggested(&[("a.txt", text.to_owned())], "");
        assert_eq!(
            people(&found),
            [
                "tran-quang-vinh: Trần Quang Vinh 1, Tran Quang Vinh 1, เจิ่น กวาง วินห์ 1, เจิ่นกวางวินห์ 1",
                "สมชาย-ใจดี: สมชาย ใจดี 1",
            ]
        );
        let names = found.people[0].entity().names;
        let wanted = [("vi", vec!["Trần Quang Vinh"]), ("th", vec!["เจิ่น กวาง วินห์"])];
        assert_eq!(names, wanted.map(|(tag, names)| (tag.to_owned(), names.into_iter().map(str::to_owned).collect())));
    }

    #[test]
    fn rejected_names_are_not_proposed_again() {
        let (_, mut found) = suggested(&[("a.txt", "ông Trần Quang Vinh gặp bà Lê Thị Hoa\n".to_owned())], "");
        found.reject(&["tran quang vinh".into()]);
        assert_eq!(people(&found), ["le-thi-hoa: Lê Thị Hoa 1"]);
    }

    #[test]
    fn organisations_and_offices_are_proposed_where_titles_name_them() {
        let registry = "[[organization]]\nid = \"fish\"\nnames.vi = [\"Bộ Thủy sản\"]\n";
        let text = "Bộ trưởng Bộ Công Thương Lê Văn An nói.\nHôm nay Bộ trưởng Bộ Công Thương Lê Văn An về.\n\
                    Thứ trưởng Bộ Thủy sản Phan Văn Ba đến.\nThứ trưởng Bộ Thủy sản Phan Văn Ba nói.\n\
                    Giám đốc Sở Y tế Cần Thơ Trần Văn Ca nói một lần.\n";
        let (_, found) = suggested(&[("a.txt", text.to_owned())], registry);
        let organizations = found.organizations.iter().map(|new| (new.id.as_str(), new.count()));
        assert_eq!(organizations.collect::<Vec<_>>(), [("bct", 2)]);
        let entity = found.organizations[0].entity();
        let tags: Vec<&str> = entity.names.iter().map(|(tag, _)| tag.as_str()).collect();
        assert_eq!((&entity.names[0].1[..], &tags[..]), (&["Bộ Công Thương".to_owned()][..], &["vi", "en", "th"][..]));
        let offices = found.offices.iter().map(|new| (new.organization.as_str(), new.spellings[0].text.as_str()));
        assert_eq!(
            offices.collect::<Vec<_>>(),
            [("fish", "Thứ trưởng Bộ Thủy sản"), ("bct", "Bộ trưởng Bộ Công Thương")]
        );
    }

    #[test]
    fn a_misspelt_name_is_a_spelling_of_the_known_person() {
        let registry = "[[person]]\nid = \"c\"\nnames.vi = [\"Phạm Minh Chính\"]\n";
        let (world, found) = suggested(&[("a.txt", "ông Phạm Minh Chíng nói\n".to_owned())], registry);
        assert_eq!(people(&found), [""; 0]);
        let spellings = found
            .spellings
            .iter()
            .map(|new| (world.current().registry.get(new.entity).id.as_str(), new.spelling.text.as_str()));
        assert_eq!(spellings.collect::<Vec<_>>(), [("c", "Phạm Minh Chíng")]);
    }

    #[test]
    fn known_people_are_not_proposed_but_their_new_spellings_are() {
        let registry = "[[person]]\nid = \"v\"\nnames.vi = [\"Trần Quang Vinh\"]\n[[person]]\nid = \"s\"\n\
                        names.en = [\"Khamphao Sisavath\"]\n";
        let text = "ông Trần Quang Vinh, นายเจิ่น กวาง วินห์ กล่าว, President Khamphao Sysavat met Mr Nguyen Van Ba\n\
                    ว่า เจิ่น กวาง วินห์ เห็นด้วย\n";
        let (world, found) = suggested(&[("a.txt", text.to_owned())], registry);
        assert_eq!(people(&found), ["nguyen-van-ba: Nguyen Van Ba 1"]);
        let spellings = found.spellings.iter().map(|new| {
            (world.current().registry.get(new.entity).id.as_str(), new.spelling.tag, new.spelling.text.as_str())
        });
        assert_eq!(spellings.collect::<Vec<_>>(), [("v", "th", "เจิ่น กวาง วินห์"), ("s", "en", "Khamphao Sysavat")]);
    }

    /// The texts of the demonstration corpus, without a registry and with one that knows nobody.
    #[test]
    fn people_of_the_demonstration_corpus_are_found_and_nobody_else() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let read = |path: &Path| std::fs::read_to_string(path).expect("a file of the demonstration corpus");
        let mut paths: Vec<_> = std::fs::read_dir(&folder).expect("the folder").flatten().map(|e| e.path()).collect();
        paths.sort();
        let texts = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
        let names: Vec<(String, String)> =
            texts.map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), read(path))).collect();
        let texts: Vec<(&str, String)> = names.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
        let registry = read(&folder.join("officials.toml"));
        let full = world(&[], &registry).snapshot().registry.clone();
        let at = registry.find("[[organization]]").expect("organisations follow the people");
        for registry in ["", &registry[at..]] {
            let (_, found) = suggested(&texts, registry);
            let ids: FxHashSet<String> = found.people.iter().map(|person| person.id.clone()).collect();
            let wanted: Vec<_> = full.entities().filter(|entity| entity.kind.is_person()).collect();
            let missed = wanted.iter().filter(|person| {
                !found.people.iter().any(|found| {
                    found.spellings.iter().any(|spelling| {
                        person.spellings().any(|name| fold::fold(&name.text) == fold::fold(&spelling.text))
                    })
                })
            });
            let missed: Vec<&str> = missed.map(|person| person.id.as_str()).collect();
            assert!(missed.len() <= 1, "missed {missed:?}\n{}", people(&found).join("\n"));
            assert_eq!(ids.len(), 12 - missed.len(), "{}", people(&found).join("\n"));
        }
    }
}
