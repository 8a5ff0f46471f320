//! Entity linking: the mentions of one document are decided together.
//!
//! A fact keeps every entity that its spelling may name. Here the document decides where it can: somebody named
//! unmistakably elsewhere in it, the office beside the name (on the day of the document, where that is known), the
//! country an organisation is said to be of. Where nothing decides, all candidates stay: nothing is ever guessed.
//! Deliberately absent: text, since all evidence is in the facts, and short names (`short_names.rs`).

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::linked::{LinkContext, LinkReason, LinkedMention, PlacedFacts, is_person, offices_then};
use super::short_names;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::name::NameFact;
use crate::recognise::name::rank::ranks;
use crate::recognise::name::title::ranks_of;
use crate::registry::{Entity, EntityIx, EntityKind, Registry};
use crate::text::Position;

/// Links the mentions of one document, whose segments with facts are `document`; in order, outer first.
pub fn link<'a>(document: &[PlacedFacts<'a>], context: LinkContext<'_>) -> Vec<LinkedMention<'a>> {
    let mut linked: Vec<LinkedMention<'a>> = Vec::new();
    for &(start, facts) in document {
        linked.extend(facts.names.iter().map(|name| LinkedMention::new(start, facts, name)));
    }
    pair_offices(&mut linked, context);
    decide_elsewhere(&mut linked);
    decide_organizations(&mut linked, context.registry);
    decide_offices(&mut linked, context.registry);
    if context.short {
        short_names::link(document, &mut linked, context);
    }
    linked
}

/// Links the mentions of some segments of a document as [`link`] does, for less: the rest of the document, which
/// `document` gives, is looked at only where somebody in them may be one of several people, and there only what may be
/// one of these; or where somebody in them is named in short.
pub fn link_segments<'a>(
    document: impl FnOnce() -> Vec<PlacedFacts<'a>>,
    context: LinkContext<'_>,
    segments: &[PlacedFacts<'a>],
) -> Vec<LinkedMention<'a>> {
    if context.short && segments.iter().any(|(_, facts)| facts.names_in_short()) {
        let wanted: FxHashSet<u32> = segments.iter().map(|(start, _)| start.byte).collect();
        let mut linked = link(&document(), context);
        linked.retain(|mention| wanted.contains(&mention.start.byte));
        return linked;
    }
    let mut linked: Vec<LinkedMention<'a>> = Vec::new();
    for &(start, facts) in segments {
        linked.append(&mut in_segment(context, start, facts));
    }
    let open: FxHashSet<EntityIx> = linked
        .iter()
        .filter(|mention| is_person(mention) && mention.entities.len() > 1)
        .flat_map(|mention| mention.entities.iter().copied())
        .collect();
    if !open.is_empty() {
        let mut certain = FxHashSet::default();
        for (start, facts) in document() {
            if facts.names.iter().any(|name| name.entities.iter().any(|entity| open.contains(entity))) {
                let there = in_segment(context, start, facts);
                certain.extend(there.iter().filter(|mention| is_person(mention)).filter_map(LinkedMention::one));
            }
        }
        decide_by(&mut linked, &certain);
    }
    linked
}

/// Links by all that one segment alone decides about its mentions.
pub(super) fn in_segment<'a>(
    links: LinkContext<'_>,
    start: Position,
    facts: &'a SegmentFacts,
) -> Vec<LinkedMention<'a>> {
    let mut linked: Vec<LinkedMention<'a>> =
        facts.names.iter().map(|name| LinkedMention::new(start, facts, name)).collect();
    pair_offices(&mut linked, links);
    decide_organizations(&mut linked, links.registry);
    decide_offices(&mut linked, links.registry);
    linked
}

/// Joins an office with the person beside it, and lets each decide about the other.
fn pair_offices(linked: &mut [LinkedMention<'_>], links: LinkContext<'_>) {
    let registry = links.registry;
    // From the end: of a title before a title is known by then of whom that is said.
    for at in (0..linked.len()).rev() {
        if linked[at].name.kind != EntityKind::Office {
            continue;
        }
        let names_organization = has_organization(linked, at);
        linked[at].bare = linked[at].entities.len() > 1 && !names_organization;
        let holder = match person_beside(linked, at) {
            Some(person) => {
                decide_person(linked, at, person, names_organization, links);
                linked[person].one()
            }
            None => holder_behind(linked, at, links),
        };
        let Some(holder) = holder else { continue };
        linked[at].holder = Some(holder);
        let holder = registry.get(holder);
        let mut held = linked[at].entities.clone();
        held.retain(|office| holds(holder, *office));
        if held.is_empty() {
            // A word of office alone is the office that its holder has, a title that is listed for one organisation
            // that of another whose name it bears as well.
            held = offices_of_rank(holder, linked[at].name, links);
            let named = linked[at].name.office.as_ref().map_or(&[][..], |office| &office.organizations);
            let of_named = |office: EntityIx| registry.get(office).organization().is_some_and(|o| named.contains(&o));
            held.retain(|office| !names_organization || of_named(*office));
        }
        if held.len() == 1 && held != linked[at].entities && linked[at].reason != LinkReason::Decided {
            linked[at].entities = held;
            linked[at].reason = LinkReason::Office;
        }
        if linked[at].entities.len() == 1 {
            linked[at].bare = false;
        }
    }
}

/// Of whom the next title is said, where it follows the office at `at` directly
/// (`รองนายกรัฐมนตรีและรัฐมนตรีต่างประเทศ`) and they hold this office, too.
fn holder_behind(linked: &[LinkedMention<'_>], at: usize, links: LinkContext<'_>) -> Option<EntityIx> {
    /// Bytes of the country and the word between two titles.
    const BETWEEN: u32 = 12;
    let office = &linked[at];
    let mut end = office.name.span.end;
    let next = linked[at + 1..]
        .iter()
        .take_while(|other| {
            let name = other.name;
            let near = other.start.byte == office.start.byte && name.span.start <= end + BETWEEN;
            if near && name.kind == EntityKind::Place {
                end = end.max(name.span.end);
            }
            near
        })
        .find(|other| other.name.kind == EntityKind::Office && other.name.span.start >= office.name.span.end)?;
    let holder = links.registry.get(next.holder?);
    let holds_it = office.entities.iter().any(|office| holds(holder, *office))
        || office.entities.is_empty() && !offices_of_rank(holder, office.name, links).is_empty();
    holds_it.then_some(holder.ix)
}

/// Of several who may be the person at `person`, takes the one who holds the office at `at`.
fn decide_person(
    linked: &mut [LinkedMention<'_>],
    at: usize,
    person: usize,
    names_organization: bool,
    links: LinkContext<'_>,
) {
    if linked[person].entities.len() < 2 {
        return;
    }
    let offices = &linked[at].entities;
    let fits = |person: &EntityIx| {
        let person = links.registry.get(*person);
        offices.iter().any(|office| holds(person, *office))
            || offices.is_empty() && !names_organization && !offices_of_rank(person, linked[at].name, links).is_empty()
    };
    let mut holders: SmallVec<[EntityIx; 2]> = linked[person].entities.iter().copied().filter(fits).collect();
    let mut reason = LinkReason::Office;
    if let Some(day) = links.day.filter(|_| holders.len() > 1) {
        let then = |person: &EntityIx| {
            let tenures = links.registry.get(*person).tenures().iter();
            let mut meant = tenures.filter(|tenure| offices.contains(&tenure.office.to));
            meant.any(|tenure| tenure.covers(day))
        };
        holders = holders.iter().copied().filter(then).collect();
        reason = LinkReason::Day;
    }
    if holders.len() == 1 {
        linked[person].entities = holders;
        linked[person].reason = reason;
    }
}

fn holds(person: &Entity, office: EntityIx) -> bool {
    person.tenures().iter().any(|tenure| tenure.office.to == office)
}

/// The offices of somebody that have the rank which a title names; on the day of the document, where that tells.
fn offices_of_rank(person: &Entity, title: &NameFact, links: LinkContext<'_>) -> SmallVec<[EntityIx; 2]> {
    let named = ranks(&title.surface);
    let mut offices = offices_then(person, links.registry, links.day);
    offices.retain(|office| ranks_of(links.registry.get(*office)).iter().any(|rank| named.contains(rank)));
    offices
}

/// Tells whether an office's title names its organisation, or an organisation lies inside it.
fn has_organization(linked: &[LinkedMention<'_>], at: usize) -> bool {
    let outer = &linked[at];
    outer.name.office.as_ref().is_some_and(|office| !office.organizations.is_empty())
        || inside(linked, at).any(|inner| linked[inner].name.kind == EntityKind::Organization)
}

/// The mentions that lie inside the mention at `at`.
fn inside<'l>(linked: &'l [LinkedMention<'_>], at: usize) -> impl Iterator<Item = usize> + 'l {
    let (start, span) = (linked[at].start.byte, linked[at].name.span);
    (at + 1..linked.len())
        .take_while(move |inner| linked[*inner].start.byte == start && linked[*inner].name.span.start < span.end)
}

/// The person directly after the office at `at`, else directly before it: nothing but a space, a word of address or the
/// country of the office between; before it also set off by a comma.
fn person_beside(linked: &[LinkedMention<'_>], at: usize) -> Option<usize> {
    /// The longest that stands between an office and its country.
    const OF: &str = " của ";
    let office = &linked[at];
    let same = |other: &LinkedMention<'_>| other.start.byte == office.start.byte;
    let mut end = office.name.span.end;
    let after = (at + 1..linked.len())
        .take_while(|other| {
            let name = linked[*other].name;
            let gap = if name.kind == EntityKind::Place { OF.len() as u32 } else { 1 };
            if !same(&linked[*other]) || name.extent.start > end + gap {
                return false;
            }
            if name.kind == EntityKind::Place && name.span.start >= end {
                end = name.span.end;
            }
            true
        })
        .find(|other| is_person(&linked[*other]) && linked[*other].name.span.start >= office.name.span.end);
    /// Bytes of what sets a title off from the name before it (see `recognise::name::title`).
    const SET_OFF: u32 = 12;
    let apposed = office.name.office.as_ref().is_some_and(|office| office.apposed);
    let gap = if apposed { SET_OFF } else { 1 };
    after.or_else(|| {
        (0..at)
            .rev()
            .take_while(|other| same(&linked[*other]))
            .take(NEAR)
            .filter(|other| linked[*other].name.span.end + gap >= office.name.span.start)
            .find(|other| is_person(&linked[*other]))
    })
}

/// Mentions before a place that are looked at for the one directly before it, nested ones counted.
const NEAR: usize = 8;

/// Of offices that share a name, takes that of the organisation inside it, where that is decided, else that of the
/// country beside it.
fn decide_offices(linked: &mut [LinkedMention<'_>], registry: &Registry) {
    for at in 0..linked.len() {
        if linked[at].name.kind != EntityKind::Office || linked[at].entities.len() < 2 {
            continue;
        }
        let organizations: SmallVec<[EntityIx; 2]> = inside(linked, at)
            .filter(|inner| linked[*inner].name.kind == EntityKind::Organization)
            .filter_map(|inner| linked[inner].one())
            .collect();
        let country = country_beside(linked, at, registry);
        let fits = |office: &EntityIx| {
            let organization = registry.get(*office).organization();
            let its_country = organization.and_then(|organization| registry.get(organization).country.as_deref());
            organization.is_some_and(|organization| organizations.contains(&organization))
                || organizations.is_empty() && country.is_some() && its_country == country
        };
        let decided: SmallVec<[EntityIx; 2]> = linked[at].entities.iter().copied().filter(fits).collect();
        if decided.len() == 1 {
            linked[at].entities = decided;
            linked[at].reason = LinkReason::Neighbour;
            linked[at].bare = false;
        }
    }
}

/// The country said directly behind the mention at `at`.
fn country_beside<'r>(linked: &[LinkedMention<'_>], at: usize, registry: &'r Registry) -> Option<&'r str> {
    /// A country said within so many bytes behind is meant (`ของ`, `แห่งสาธารณรัฐ…`).
    const BEHIND: u32 = 12;
    let (start, span) = (linked[at].start.byte, linked[at].name.span);
    let beside = linked[at + 1..]
        .iter()
        .take_while(|other| other.start.byte == start && other.name.span.start <= span.end + BEHIND)
        .find(|other| other.name.kind == EntityKind::Place && other.name.span.start >= span.end)?;
    registry.get(beside.one()?).country.as_deref()
}

/// Of people who share a spelling, takes the one whom the document names unmistakably.
fn decide_elsewhere(linked: &mut [LinkedMention<'_>]) {
    let certain: FxHashSet<EntityIx> =
        linked.iter().filter(|mention| is_person(mention)).filter_map(LinkedMention::one).collect();
    decide_by(linked, &certain);
}

fn decide_by(linked: &mut [LinkedMention<'_>], certain: &FxHashSet<EntityIx>) {
    for mention in linked.iter_mut().filter(|mention| is_person(mention) && mention.entities.len() > 1) {
        let named: SmallVec<[EntityIx; 2]> =
            mention.entities.iter().copied().filter(|entity| certain.contains(entity)).collect();
        if named.len() == 1 {
            mention.entities = named;
            mention.reason = LinkReason::NamedElsewhere;
        }
    }
}

/// Of organisations that share a spelling, takes that of the office around it, else that of the country beside it.
fn decide_organizations(linked: &mut [LinkedMention<'_>], registry: &Registry) {
    for at in 0..linked.len() {
        if linked[at].name.kind != EntityKind::Organization || linked[at].entities.len() < 2 {
            continue;
        }
        let (start, span) = (linked[at].start.byte, linked[at].name.span);
        let around = linked[..at].iter().rev().take_while(|other| other.start.byte == start).take(NEAR).find(|other| {
            other.name.kind == EntityKind::Office && other.name.span.contains(span) && other.one().is_some()
        });
        let by_office = around.and_then(LinkedMention::one).and_then(|office| registry.get(office).organization());
        let decided = by_office.filter(|organization| linked[at].entities.contains(organization)).or_else(|| {
            let country = country_beside(linked, at, registry)?;
            let mut of_country = linked[at]
                .entities
                .iter()
                .copied()
                .filter(|entity| registry.get(*entity).country.as_deref() == Some(country));
            of_country.next().filter(|_| of_country.next().is_none())
        });
        if let Some(decided) = decided {
            linked[at].entities = smallvec::smallvec![decided];
            linked[at].reason = LinkReason::Neighbour;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use camino::Utf8Path;
    use jiff::civil::{Date, date};

    use super::*;
    use crate::config::Config;
    use crate::corpus::{LoadedFile, Snapshot, World};

    const REGISTRY: &str = r#"
[[person]]
id = "an"
names.vi = ["Đinh Quang Ân"]
country = "VN"
offices = [
  { office = "fish/deputy", since = 2019-01-01, until = 2022-12-31 },
  { office = "fish/minister", since = 2023-01-01 },
]
[[person]]
id = "an-b"
names.vi = ["Đinh Quảng Ân"]
country = "VN"
offices = [{ office = "fish/deputy", since = 2023-01-01 }]
[[person]]
id = "kham"
names.en = ["Khamla Souvanna"]
names.th = ["คำหล้า สุวันนะ"]
country = "LA"
offices = [{ office = "fish-la/minister" }, { office = "gov-la/deputy-pm" }]
[[person]]
id = "ngan"
names.vi = ["Tạ Thị Ngân"]
country = "VN"
offices = [{ office = "ethnic/both" }]
[[organization]]
id = "fish"
names.vi = ["Bộ Thủy sản"]
names.en = ["Ministry of Fisheries and Rivers"]
names.th = ["กระทรวงการประมง"]
abbreviations = ["MFR"]
country = "VN"
[[organization]]
id = "fish-la"
names.en = ["Ministry of Fisheries and Rivers of the Lao PDR"]
names.th = ["กระทรวงการประมง"]
country = "LA"
[[organization]]
id = "ethnic"
names.vi = ["Ủy ban Miền núi"]
names.th = ["คณะกรรมการภูเขา"]
abbreviations = ["UBMN"]
country = "VN"
[[organization]]
id = "river-union"
names.en = ["River Union"]
names.th = ["สหภาพแม่น้ำ"]
[[organization]]
id = "gov-la"
names.en = ["Government of the Lao PDR"]
country = "LA"
[[office]]
id = "fish/minister"
organization = "fish"
names.vi = ["Bộ trưởng Bộ Thủy sản"]
[[office]]
id = "fish/deputy"
organization = "fish"
names.vi = ["Thứ trưởng Bộ Thủy sản"]
[[office]]
id = "fish-la/minister"
organization = "fish-la"
names.th = ["รัฐมนตรีว่าการกระทรวงการประมง"]
[[office]]
id = "gov-la/deputy-pm"
organization = "gov-la"
names.th = ["รองนายกรัฐมนตรี"]
[[office]]
id = "ethnic/both"
organization = "ethnic"
names.vi = ["Thứ trưởng, Phó Chủ nhiệm Ủy ban Miền núi"]
[[place]]
id = "laos"
names.th = ["ลาว"]
names.vi = ["Lào"]
country = "LA"
"#;

    fn linked_in<T>(text: &str, day: Option<Date>, show: impl Fn(&Snapshot, &[LinkedMention<'_>]) -> T) -> T {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        world.set_registry([("r.toml".into(), Some(Arc::from(REGISTRY)), false)]);
        let ctx = world.snapshot().ctx().clone();
        world.load(Utf8Path::new("a.txt"), LoadedFile::new(&ctx, text.as_bytes()));
        let snapshot = world.snapshot();
        let file = snapshot.files_by_path()[0].clone();
        let facts: Vec<_> = file.facts().collect();
        let linked = link(&facts, LinkContext { registry: &snapshot.registry, day, short: false });
        show(&snapshot, &linked)
    }

    fn ids(snapshot: &Snapshot, mention: &LinkedMention<'_>) -> String {
        let ids = mention.entities.iter().map(|entity| snapshot.registry.get(*entity).id.as_str());
        ids.collect::<Vec<_>>().join("|")
    }

    /// Offices as `text=ids` with `@holder`.
    fn offices(text: &str) -> Vec<String> {
        linked_in(text, None, |snapshot, linked| {
            let offices = linked.iter().filter(|mention| mention.name.kind == EntityKind::Office);
            let shown = offices.map(|office| {
                let ids = if office.bare { String::new() } else { ids(snapshot, office) };
                let holder = office.holder.map(|holder| format!("@{}", snapshot.registry.get(holder).id));
                format!("{}={ids}{}", office.name.surface, holder.unwrap_or_default())
            });
            shown.collect()
        })
    }

    #[test]
    fn titles_are_read_as_office_and_organisation() {
        for (text, wanted) in [
            // Thai: in full, shortened, with the words of another engine.
            ("รัฐมนตรีว่าการกระทรวงการประมง Đinh Quang Ân กล่าว", &["รัฐมนตรีว่าการกระทรวงการประมง=fish/minister@an"][..]),
            ("รองรัฐมนตรีกระทรวงการประมง Đinh Quảng Ân", &["รองรัฐมนตรีกระทรวงการประมง=fish/deputy@an-b"]),
            ("นาย Đinh Quang Ân รมว.ประมง", &["รมว.ประมง=fish/minister@an"]),
            ("ปลัดกระทรวงการประมง เดินทาง", &["ปลัดกระทรวงการประมง="]),
            ("รัฐมนตรี Đinh Quang Ân กล่าว", &["รัฐมนตรี=fish/minister@an"]),
            ("ประธานสหภาพแม่น้ำ", &["ประธานสหภาพแม่น้ำ="]),
            // Vietnamese.
            ("Thứ trưởng Bộ Thủy sản Đinh Quảng Ân nói", &["Thứ trưởng Bộ Thủy sản=fish/deputy@an-b"]),
            ("Bộ trưởng Thủy sản Đinh Quang Ân nói", &["Bộ trưởng Thủy sản=fish/minister@an"]),
            ("Đinh Quang Ân, Bộ trưởng Bộ Thủy sản, nói", &["Bộ trưởng Bộ Thủy sản=fish/minister@an"]),
            (
                "Thứ trưởng, Phó Chủ nhiệm Ủy ban Miền núi Tạ Thị Ngân",
                &["Thứ trưởng, Phó Chủ nhiệm Ủy ban Miền núi=ethnic/both@ngan"],
            ),
            ("Thứ trưởng, Phó Chủ nhiệm UBMN Tạ Thị Ngân", &["Thứ trưởng, Phó Chủ nhiệm UBMN=ethnic/both@ngan"]),
            ("Phó Chủ nhiệm Ủy ban Miền núi Tạ Thị Ngân", &["Phó Chủ nhiệm Ủy ban Miền núi=ethnic/both@ngan"]),
            ("Chủ tịch River Union đến", &["Chủ tịch River Union="]),
            // English.
            (
                "Deputy Minister of Fisheries and Rivers Đinh Quảng Ân said",
                &["Deputy Minister of Fisheries and Rivers=fish/deputy@an-b"],
            ),
            (
                "Đinh Quang Ân, Minister of Fisheries and Rivers, said",
                &["Minister of Fisheries and Rivers=fish/minister@an"],
            ),
            (
                "the Deputy Fisheries and Rivers Minister Đinh Quảng Ân",
                &["Deputy Fisheries and Rivers Minister=fish/deputy@an-b"],
            ),
            ("Director of the River Union", &["Director of the River Union="]),
            // By the head of the field; said with a verb; with a qualifier.
            ("Deputy Fisheries Minister Đinh Quảng Ân", &["Deputy Fisheries Minister=fish/deputy@an-b"]),
            (
                "Đinh Quang Ân, who is Minister of Fisheries and Rivers",
                &["Minister of Fisheries and Rivers=fish/minister@an"],
            ),
            ("ông Đinh Quang Ân là Bộ trưởng Bộ Thủy sản", &["Bộ trưởng Bộ Thủy sản=fish/minister@an"]),
            (
                "Thứ trưởng thường trực Bộ Thủy sản Đinh Quảng Ân",
                &["Thứ trưởng thường trực Bộ Thủy sản=fish/deputy@an-b"],
            ),
            ("Bộ trưởng Bộ Thủy sản của Lào", &["Bộ trưởng Bộ Thủy sản=fish/minister"]),
            // The country beside it, and a title before a title.
            (
                "รองนายกรัฐมนตรีลาวและรัฐมนตรีว่าการกระทรวงการประมง คำหล้า สุวันนะ",
                &["รองนายกรัฐมนตรี=gov-la/deputy-pm@kham", "รัฐมนตรีว่าการกระทรวงการประมง=fish-la/minister@kham"],
            ),
            // No office.
            ("คณะรัฐมนตรีและรองนายกรัฐมนตรี", &["รองนายกรัฐมนตรี=gov-la/deputy-pm"]),
            ("Ministers of Finance, ministerial Bộ Thủy sản", &[]),
            ("Hội nghị Bộ trưởng họp; the minister said; รัฐมนตรีกล่าว", &[]),
        ] {
            assert_eq!(offices(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_stands_beside_a_name_decides_who_is_meant() {
        let people = |text: &str, day: Option<Date>| {
            linked_in(text, day, |snapshot, linked| {
                let people = linked.iter().filter(|mention| is_person(mention));
                people.map(|mention| (ids(snapshot, mention), mention.reason)).collect::<Vec<_>>()
            })
        };
        let then = Some(date(2021, 5, 1));
        let now = Some(date(2024, 5, 1));
        for (text, day, wanted) in [
            ("Dinh Quang An nói", None, ("an|an-b", LinkReason::Spelling)),
            ("Bộ trưởng Dinh Quang An nói", None, ("an", LinkReason::Office)),
            ("Minister of Fisheries and Rivers Dinh Quang An", None, ("an", LinkReason::Office)),
            ("Dinh Quang An, Bộ trưởng Bộ Thủy sản", None, ("an", LinkReason::Office)),
            // A Lao name the other way round.
            ("Souvanna Khamla arrived", None, ("kham", LinkReason::Spelling)),
            // Both were deputies, one at a time.
            ("Thứ trưởng Bộ Thủy sản Dinh Quang An", None, ("an|an-b", LinkReason::Spelling)),
            ("Thứ trưởng Bộ Thủy sản Dinh Quang An", then, ("an", LinkReason::Day)),
            ("Thứ trưởng Bộ Thủy sản Dinh Quang An", now, ("an-b", LinkReason::Day)),
            ("Thứ trưởng Dinh Quang An", now, ("an-b", LinkReason::Office)),
        ] {
            assert_eq!(people(text, day), [(wanted.0.to_owned(), wanted.1)], "{text}");
        }
        let both = people("Đinh Quảng Ân đến. Dinh Quang An nói.", None);
        assert_eq!(both[1], ("an-b".to_owned(), LinkReason::NamedElsewhere));
    }
}
