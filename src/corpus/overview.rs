//! A document as a whole, put together from the digests of its chunks.
//!
//! The cost is that of the digests which an edit has made void, and of what is asked for: faults, groups of mentions
//! that are alike. Deliberately absent: mentions one by one in the order of the text (see [`mention`](super::mention)).

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::digest::{ChunkGroup, Citation, Digest, DigestBasis, FactAt, NameForm};
use super::file::{File, FileBody};
use super::short_references::may_cite;
use super::tree::SegmentChunk;
use crate::recognise::decree::DecreeFact;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::name::{NameClass, NameFact};
use crate::recognise::profile::Era;
use crate::registry::EntityIx;
use crate::text::{Place, Position};

/// A document as a whole.
pub struct Overview<'a> {
    parts: Vec<OverviewPart<'a>>,
}

/// A chunk of an open document, or all of a closed file.
struct OverviewPart<'a> {
    start: Position,
    segments: PartSegments<'a>,
    digest: Arc<Digest>,
}

#[derive(Clone, Copy)]
enum PartSegments<'a> {
    Chunk(&'a SegmentChunk),
    /// Segments with facts, each with its start in the file.
    Closed(&'a [(Position, Arc<SegmentFacts>)]),
}

/// Mentions of a document that are alike.
#[derive(Debug)]
pub struct DocumentGroup<K> {
    /// The form that they have in common.
    pub key: K,
    /// Part and number in its digest, ascending.
    places: SmallVec<[(u32, u32); 2]>,
}

/// A name in its segment.
#[derive(Clone, Copy, Debug)]
pub struct SeenName<'a> {
    /// The start of its segment.
    pub start: Position,
    /// The facts of its segment.
    pub facts: &'a SegmentFacts,
    /// The name.
    pub name: &'a NameFact,
}

/// A citation in its segment.
#[derive(Clone, Copy, Debug)]
pub struct SeenDecree<'a> {
    /// The start of its segment.
    pub start: Position,
    /// The facts of its segment.
    pub facts: &'a SegmentFacts,
    /// The citation.
    pub decree: &'a DecreeFact,
}

impl SeenName<'_> {
    /// The place.
    pub fn place(&self) -> Place {
        self.facts.place(self.start, self.name.span)
    }
}

/// A chunk of a document with faults that count.
#[derive(Clone, Copy)]
pub struct FaultyChunk<'o, 'a> {
    part: &'o OverviewPart<'a>,
}

impl<'o, 'a> FaultyChunk<'o, 'a> {
    /// The start in the file.
    pub const fn start(self) -> Position {
        self.part.start
    }

    /// The digest: as long as it is the same one, the chunk has the same facts and they mean the same.
    pub const fn digest(self) -> &'o Arc<Digest> {
        &self.part.digest
    }

    /// The segments with a fault that counts, in order, each with its start counted from the start of the chunk.
    pub fn faulty(self) -> impl Iterator<Item = (Position, &'a SegmentFacts)> {
        let mut walk = PartWalk::new(self.part, Position::default());
        self.part.digest.faulty.iter().filter_map(move |number| walk.to(*number))
    }
}

impl<'a> Overview<'a> {
    /// Looks at a file.
    pub fn new(file: &'a File, basis: &DigestBasis<'_>) -> Self {
        let parts = match &file.body {
            FileBody::Open(document) => document
                .tree()
                .chunks()
                .filter(|(_, chunk)| chunk.has_facts())
                .map(|(start, chunk)| OverviewPart {
                    start,
                    segments: PartSegments::Chunk(chunk),
                    digest: chunk.digest(basis),
                })
                .collect(),
            FileBody::Closed(closed) => {
                let segments = closed.segments();
                let facts = segments.iter().enumerate().map(|(number, (_, facts))| (number as u32, &**facts));
                let digest = Arc::new(Digest::new(basis, facts));
                vec![OverviewPart { start: Position::default(), segments: PartSegments::Closed(segments), digest }]
            }
            FileBody::NotUtf8(_) => Vec::new(),
        };
        Self { parts }
    }

    /// The chunks of the document that have faults, in order.
    pub fn faulty_chunks(&self) -> impl Iterator<Item = FaultyChunk<'_, 'a>> {
        self.parts.iter().filter(|part| !part.digest.faulty.is_empty()).map(|part| FaultyChunk { part })
    }

    /// The segments with a fault that counts, in order, each with its start.
    pub fn faulty(&self) -> impl Iterator<Item = (Position, &'a SegmentFacts)> {
        self.parts.iter().flat_map(|part| {
            let mut walk = PartWalk::new(part, part.start);
            part.digest.faulty.iter().filter_map(move |number| walk.to(*number))
        })
    }

    /// The segments of chunks with unmarked years of `era`, in order, each with its start.
    pub fn unmarked(&self, era: Era) -> impl Iterator<Item = (Position, &'a SegmentFacts)> {
        let parts = self.parts.iter().filter(move |part| part.digest.has_unmarked(era));
        parts.flat_map(|part| {
            let mut walk = PartWalk::new(part, part.start);
            (0..part.segments.len()).filter_map(move |number| walk.to(number))
        })
    }

    /// The keys of a person's decisions that decided something in the document; several times, in no order.
    pub fn decided(&self) -> impl Iterator<Item = u64> {
        self.parts.iter().flat_map(|part| part.digest.decided.iter().copied())
    }

    /// Names, alike ones together, by their first mention. Of people who share a spelling the one is taken whom the
    /// document names unmistakably.
    pub fn names(&self) -> Vec<DocumentGroup<NameForm>> {
        let mut groups = groups(&self.parts, |digest| &digest.names);
        let is_person = |form: &NameForm| NameClass::from(form.kind) == NameClass::Person;
        let people = groups.iter().map(|group| &group.key).filter(|form| is_person(form));
        let certain: FxHashSet<EntityIx> = people.filter_map(NameForm::one).collect();
        for form in groups.iter_mut().map(|group| &mut group.key) {
            if is_person(form) && form.entities.len() > 1 {
                let mut named = form.entities.iter().copied().filter(|entity| certain.contains(entity));
                if let (Some(one), None) = (named.next(), named.next()) {
                    form.entities = smallvec::smallvec![one];
                }
            }
        }
        groups
    }

    /// Citations of legal documents, alike ones together, by their first.
    pub fn citations(&self) -> Vec<DocumentGroup<Citation>> {
        groups(&self.parts, |digest| &digest.citations)
    }

    /// The names of a group, in the order of the text.
    pub fn each_name(&self, group: &DocumentGroup<NameForm>) -> impl Iterator<Item = SeenName<'a>> {
        self.each(group, |digest| &digest.names)
            .filter_map(|(start, facts, number)| Some(SeenName { start, facts, name: facts.names.get(number)? }))
    }

    /// The places of the names of some groups, in the order of the text.
    pub fn places(&self, groups: &[&DocumentGroup<NameForm>]) -> Vec<Place> {
        let seen = groups.iter().flat_map(|group| self.each_name(group));
        let mut places: Vec<Place> = seen.map(|seen| seen.place()).collect();
        places.sort_unstable();
        places
    }

    /// The place of the first name of a group.
    pub fn first(&self, group: &DocumentGroup<NameForm>) -> Option<Place> {
        self.each_name(group).next().map(|seen| seen.place())
    }

    /// The citations of a group, in the order of the text.
    pub fn each_citation(&self, group: &DocumentGroup<Citation>) -> impl Iterator<Item = SeenDecree<'a>> {
        self.each(group, |digest| &digest.citations)
            .filter_map(|(start, facts, number)| Some(SeenDecree { start, facts, decree: facts.decrees.get(number)? }))
    }

    fn each<K: 'static>(
        &self,
        group: &DocumentGroup<K>,
        alike: fn(&Digest) -> &[ChunkGroup<K>],
    ) -> impl Iterator<Item = (Position, &'a SegmentFacts, usize)> {
        group.places.iter().flat_map(move |(part, number)| {
            let part = &self.parts[*part as usize];
            let mut walk = PartWalk::new(part, part.start);
            alike(&part.digest)[*number as usize].spots.iter().filter_map(move |FactAt { segment, fact }| {
                let (start, facts) = walk.to(*segment)?;
                Some((start, facts, usize::from(*fact)))
            })
        })
    }
}

/// The segments of a file that may name one of these entities, in order, each with its start; with `short` also those
/// in which somebody is named in short.
pub fn naming<'a>(
    file: &'a File,
    basis: &DigestBasis<'_>,
    entities: &[EntityIx],
    short: bool,
) -> Vec<(Position, &'a SegmentFacts)> {
    let is_one = |all: &[EntityIx]| all.iter().any(|entity| entities.contains(entity));
    with(
        file,
        basis,
        |digest| {
            let mut segments = spots(&digest.names, |form| is_one(&form.entities));
            if short && !digest.addressed.is_empty() {
                segments.extend_from_slice(&digest.addressed);
                segments.sort_unstable();
                segments.dedup();
            }
            segments
        },
        |facts| facts.names.iter().any(|name| is_one(&name.entities)) || short && facts.names_in_short(),
    )
}

/// The segments of a file that cite a legal document by this canonical reference, or may in short, in order, each with
/// its start.
pub fn citing<'a>(file: &'a File, basis: &DigestBasis<'_>, reference: &str) -> Vec<(Position, &'a SegmentFacts)> {
    let number = number_of(reference);
    with(
        file,
        basis,
        |digest| {
            let mut segments = spots(&digest.citations, |citation| citation.symbol.reference == reference);
            if !digest.short_references.is_empty() {
                segments.extend_from_slice(&digest.short_references);
                segments.sort_unstable();
                segments.dedup();
            }
            segments
        },
        |facts| facts.decrees.iter().any(|decree| decree.symbol.reference == reference) || may_cite(facts, number),
    )
}

/// The number at the head of a canonical reference.
fn number_of(reference: &str) -> &str {
    reference.split(['/', '-']).next().unwrap_or_default()
}

/// Segments that the digests of an open document name, or those of a closed file, which keeps no digest, that fit.
fn with<'a>(
    file: &'a File,
    basis: &DigestBasis<'_>,
    by_digest: impl Fn(&Digest) -> Vec<u32>,
    fits: impl Fn(&SegmentFacts) -> bool,
) -> Vec<(Position, &'a SegmentFacts)> {
    let FileBody::Open(_) = &file.body else { return file.facts().filter(|(_, facts)| fits(facts)).collect() };
    let overview = Overview::new(file, basis);
    let parts = overview.parts.iter().flat_map(|part| {
        let mut walk = PartWalk::new(part, part.start);
        by_digest(&part.digest).into_iter().filter_map(move |number| walk.to(number))
    });
    parts.collect()
}

/// The numbers of the segments in which something of this kind is, ascending.
fn spots<K>(all: &[ChunkGroup<K>], is: impl Fn(&K) -> bool) -> Vec<u32> {
    let alike = all.iter().filter(|alike| is(&alike.key));
    let mut segments: Vec<u32> = alike.flat_map(|alike| &alike.spots).map(|spot| spot.segment).collect();
    segments.sort_unstable();
    segments.dedup();
    segments
}

impl PartSegments<'_> {
    const fn len(&self) -> u32 {
        match self {
            Self::Chunk(chunk) => chunk.segments.len() as u32,
            Self::Closed(segments) => segments.len() as u32,
        }
    }
}

/// Goes over the segments of a part, forwards.
struct PartWalk<'a> {
    segments: PartSegments<'a>,
    number: u32,
    at: Position,
}

impl<'a> PartWalk<'a> {
    /// A walk whose places count from where the part starts at `start`.
    const fn new(part: &OverviewPart<'a>, start: Position) -> Self {
        Self { segments: part.segments, number: 0, at: start }
    }

    /// The start and the facts of a segment at or behind the last one asked for.
    fn to(&mut self, number: u32) -> Option<(Position, &'a SegmentFacts)> {
        match self.segments {
            PartSegments::Chunk(chunk) => {
                for segment in &chunk.segments[self.number as usize..number as usize] {
                    self.at = self.at.advance(segment.size);
                }
                self.number = number;
                Some((self.at, chunk.segments[number as usize].facts.as_deref()?))
            }
            PartSegments::Closed(segments) => segments.get(number as usize).map(|(start, facts)| (*start, &**facts)),
        }
    }
}

fn groups<K: Clone + PartialEq>(
    parts: &[OverviewPart<'_>],
    alike: fn(&Digest) -> &[ChunkGroup<K>],
) -> Vec<DocumentGroup<K>> {
    let mut by_hash: FxHashMap<u64, SmallVec<[u32; 1]>> = FxHashMap::default();
    let mut groups: Vec<DocumentGroup<K>> = Vec::new();
    for (part, digest) in parts.iter().map(|part| &part.digest).enumerate() {
        for (number, alike) in alike(digest).iter().enumerate() {
            let place = (part as u32, number as u32);
            let known = by_hash.entry(alike.hash).or_default();
            match known.iter().copied().find(|number| groups[*number as usize].key == alike.key) {
                Some(group) => groups[group as usize].places.push(place),
                None => {
                    known.push(groups.len() as u32);
                    groups.push(DocumentGroup { key: alike.key.clone(), places: smallvec::smallvec![place] });
                }
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use std::sync::Arc as Shared;

    use camino::Utf8Path;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::config::Config;
    use crate::corpus::{DocumentEdit, World};
    use crate::text::Encoding;

    const REGISTRY: &str = r#"
        version = 1
        [[organization]]
        id = "forest"
        names.vi = ["Bộ Rừng", "Bộ Lâm nghiệp"]
        [[office]]
        id = "forest/minister"
        organization = "forest"
        names.vi = ["Bộ trưởng Bộ Rừng"]
        [[person]]
        id = "lam"
        names.vi = ["Trần Thanh Lâm"]
        offices = [{ office = "forest/minister" }]
        [[person]]
        id = "lam-2"
        names.vi = ["Trần Thành Lâm"]
    "#;

    fn world(text: &str) -> World {
        let config = Config::parse("").expect("an empty configuration").0;
        let mut world = World::new(Shared::new(config), date(2026, 6, 1));
        world.set_registry([("people.toml".into(), Some(Shared::from(REGISTRY)), false)]);
        world.open(Utf8Path::new("a.txt"), text);
        world
    }

    /// All that an overview tells, with places in bytes of the file.
    fn told(world: &World) -> Vec<String> {
        let snapshot = world.snapshot();
        let file = snapshot.files().next().expect("the document");
        let overview = Overview::new(file, &snapshot.basis(snapshot.profile(file)));
        let mut told: Vec<String> = overview.faulty().map(|(start, _)| format!("fault {}", start.byte)).collect();
        for group in overview.names() {
            told.push(format!("{:?} {:?}", group.key, overview.places(&[&group])));
        }
        for group in overview.citations() {
            let places = overview.each_citation(&group).map(|seen| seen.facts.place(seen.start, seen.decree.core));
            told.push(format!("{:?} {:?}", group.key, places.collect::<Vec<_>>()));
        }
        for era in [Era::Buddhist, Era::Common] {
            let dates = overview.unmarked(era).flat_map(|(start, facts)| {
                facts.dates.iter().filter(move |date| date.unmarked_era() == Some(era)).map(move |date| (start, date))
            });
            told.extend(dates.map(|(start, date)| format!("{era:?} {}", start.byte + date.core.start)));
        }
        told
    }

    #[test]
    fn a_former_title_and_a_current_one_of_one_holder_are_two_forms() {
        let text = "nguyên Bộ trưởng Bộ Rừng Trần Thanh Lâm\nBộ trưởng Bộ Rừng Trần Thanh Lâm\n";
        let open = world(text);
        let mut closed =
            World::new(Shared::new(Config::parse("").expect("an empty configuration").0), date(2026, 6, 1));
        closed.set_registry([("people.toml".into(), Some(Shared::from(REGISTRY)), false)]);
        let loaded = crate::corpus::LoadedFile::new(closed.current().ctx(), text.as_bytes());
        closed.load(Utf8Path::new("a.txt"), loaded);
        for world in [open, closed] {
            let snapshot = world.snapshot();
            let file = snapshot.files().next().expect("the document");
            let names = Overview::new(file, &snapshot.basis(snapshot.profile(file))).names();
            let offices: Vec<bool> = names
                .iter()
                .filter(|group| group.key.kind == crate::registry::EntityKind::Office)
                .map(|group| group.key.former)
                .collect();
            assert_eq!(offices, [true, false]);
        }
    }

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            1 => Just("Bộ trưởng Bộ Rừng Trần Thanh Lâm "),
            1 => Just("Tran Thanh Lam, "),
            1 => Just("Bộ Lâm nghiệp. "),
            1 => Just("วันที่ 31 กุมภาพันธ์ 2566 "),
            1 => Just("ปี 2020 "),
            1 => Just("Quyết định 12/QD-TTg "),
            1 => Just("Quyết định số 12/QĐ-TTg ngày 3/4/2021 "),
            1 => Just("ข้าว "),
            8 => Just("\n"),
        ]
        .prop_map(str::to_owned)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_is_remembered_is_what_would_be_found(
            start in proptest::collection::vec(piece(), 0..1500),
            edits in proptest::collection::vec((any::<u16>(), 0_u32..40, piece()), 1..6),
        ) {
            let mut world = world(&start.concat());
            told(&world);
            for (line, character, text) in edits {
                let lines = start.len() as u32 / 2 + 1;
                let at = (u32::from(line) % lines, character);
                let end = (at.0, character + 7);
                world.change(Utf8Path::new("a.txt"), vec![DocumentEdit::Range { start: at, end, text }], Encoding::Utf16);
                let text = world.snapshot().files().next().and_then(|file| file.document()).expect("open").text();
                prop_assert_eq!(told(&world), told(&self::world(&text)));
            }
        }
    }
}
