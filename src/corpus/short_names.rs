//! People named in short: `ông Hùng`, `Mr Hung`, `รัฐมนตรี หุ่ง`, and a title alone that stands for its holder.
//!
//! Whoever was named in full before in the document, and bears the given name, is meant, if the word of address fits (a
//! man, a woman) and the title is theirs by the registry or by the document. Of two who fit neither is taken: both stay
//! candidates of a given name, and a title alone then means nobody. Somebody whom the registry has not counts too:
//! after `nhà báo Lê Văn Hùng`, `ông Hùng` may be him. Deliberately absent: what stands in the text
//! (`recognise::name::address`).

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::linked::{LinkContext, LinkReason, LinkedMention, PlacedFacts, is_person, offices_then};
use crate::recognise::name::address::{AddressFact, AddressForm};
use crate::recognise::name::cue::Gender;
use crate::recognise::name::given_name;
use crate::recognise::name::rank::{Rank, Ranks, ranks};
use crate::recognise::name::title::ranks_of;
use crate::registry::{Entity, EntityIx, EntityKind};

/// Adds the people named in short to `linked`, all mentions of a document in order, which stay in order.
pub(super) fn link<'a>(document: &[PlacedFacts<'a>], linked: &mut Vec<LinkedMention<'a>>, links: LinkContext<'_>) {
    let mut known = NamedSoFar::new(links);
    let mut added: Vec<LinkedMention<'a>> = Vec::new();
    let mut at = 0;
    for &(start, facts) in document {
        let from = at;
        at += linked[from..].iter().take_while(|mention| mention.start.byte == start.byte).count();
        if facts.addresses.is_empty() {
            linked[from..at].iter().for_each(|mention| known.mention(mention, Gender::Any));
            continue;
        }
        let mut names = from;
        for address in &facts.addresses {
            // What stands before the address, and of a full name the name itself, is known by then.
            let until =
                if address.how == AddressForm::Full { address.name.span.end } else { address.name.extent.start };
            while names < at && linked[names].name.span.start < until {
                let is_addressed = address.how == AddressForm::Full && linked[names].name.span == address.name.span;
                known.mention(&linked[names], if is_addressed { address.gender } else { Gender::Any });
                names += 1;
            }
            let is_decided = address.how != AddressForm::Full && facts.is_decided(address.name.span);
            let decided = is_decided.then(|| (address.name.entities.clone(), LinkReason::Decided));
            let Some((entities, reason)) = decided.or_else(|| known.meant(address)) else { continue };
            let meant = LinkedMention { entities, reason, ..LinkedMention::new(start, facts, &address.name) };
            let title = linked[from..at].iter_mut().find(|office| {
                office.name.kind == EntityKind::Office && office.name.span.overlaps(address.name.extent)
            });
            if let Some(title) = title {
                // Of somebody named beside it a title is said in full.
                if title.holder.is_some() && matches!(address.how, AddressForm::Title { .. }) {
                    continue;
                }
                if let (None, Some(holder)) = (title.holder, meant.one()) {
                    title.holder = Some(holder);
                    title.reason = reason;
                }
            }
            added.push(meant);
        }
        linked[names..at].iter().for_each(|mention| known.mention(mention, Gender::Any));
    }
    if !added.is_empty() {
        linked.append(&mut added);
        linked.sort_by_key(|mention| {
            let (start, span) = (mention.start.byte, mention.name.span);
            (start, span.start, std::cmp::Reverse(span.end))
        });
    }
}

/// The people named in a document so far.
struct NamedSoFar<'r> {
    links: LinkContext<'r>,
    /// In the order of their first mention.
    people: Vec<NamedPerson<'r>>,
    number: FxHashMap<EntityIx, usize>,
    /// Ranks that titles beside somebody's name gave them, by person.
    titles: FxHashMap<EntityIx, SmallVec<[Rank; 2]>>,
    /// Given names of people whom the registry has not.
    strangers: FxHashSet<CompactString>,
    /// Their titles.
    strange_ranks: SmallVec<[Rank; 2]>,
}

/// Somebody who was named in full.
struct NamedPerson<'r> {
    entity: &'r Entity,
    /// The line of the last full mention.
    line: u32,
    gender: Gender,
    /// Offices at the time, with their ranks.
    offices: SmallVec<[(EntityIx, Ranks); 2]>,
}

impl<'r> NamedSoFar<'r> {
    fn new(links: LinkContext<'r>) -> Self {
        Self {
            links,
            people: Vec::new(),
            number: FxHashMap::default(),
            titles: FxHashMap::default(),
            strangers: FxHashSet::default(),
            strange_ranks: SmallVec::new(),
        }
    }

    /// Takes in a mention, with what the word of address before it says.
    fn mention(&mut self, mention: &LinkedMention<'_>, gender: Gender) {
        if mention.name.kind == EntityKind::Office {
            if let Some(holder) = mention.holder {
                self.titles.entry(holder).or_default().extend(ranks(&mention.name.surface));
            }
            return;
        }
        if !is_person(mention) {
            return;
        }
        let Some(entity) = mention.one() else { return };
        let line = mention.start.line;
        let at = *self.number.entry(entity).or_insert_with(|| {
            self.people.push(NamedPerson::new(self.links, entity));
            self.people.len() - 1
        });
        let person = &mut self.people[at];
        person.line = line;
        if person.gender == Gender::Any {
            person.gender = gender;
        }
    }

    /// The people meant by an address, and why; nobody where nobody fits, or where two hold the title.
    fn meant(&mut self, address: &AddressFact) -> Option<(SmallVec<[EntityIx; 2]>, LinkReason)> {
        match &address.how {
            AddressForm::Full => None,
            AddressForm::Stranger(given) => {
                self.strangers.extend(given.iter().cloned());
                self.strange_ranks.extend(address.rank);
                None
            }
            AddressForm::Given(forms) => {
                if forms.iter().any(|form| self.strangers.contains(form)) {
                    return None;
                }
                let bears = |person: &NamedPerson<'_>| {
                    given_name::forms(person.entity).any(|own| forms.iter().any(|form| form == own))
                };
                let fits = |person: &&NamedPerson<'_>| {
                    person.gender.agrees(address.gender)
                        && address.rank.is_none_or(|rank| self.has_rank(person, rank))
                        && bears(person)
                };
                Self::decided(self.people.iter().filter(fits).collect())
            }
            AddressForm::Title { organizations, offices } => {
                let rank = address.rank?;
                if self.strange_ranks.contains(&rank) {
                    return None;
                }
                let fits = |person: &&NamedPerson<'_>| {
                    if organizations.is_empty() && offices.is_empty() {
                        self.has_rank(person, rank)
                    } else {
                        person.offices.iter().any(|(office, _)| offices.contains(office))
                            || self.heads(person, rank, organizations)
                    }
                };
                let holders: SmallVec<[&NamedPerson<'_>; 2]> = self.people.iter().filter(fits).collect();
                if holders.len() > 1 { None } else { Self::decided(holders) }
            }
        }
    }

    fn decided(mut fitting: SmallVec<[&NamedPerson<'_>; 2]>) -> Option<(SmallVec<[EntityIx; 2]>, LinkReason)> {
        let line = fitting.first()?.line;
        let reason = if fitting.len() == 1 { LinkReason::NamedBefore(line) } else { LinkReason::Spelling };
        fitting.sort_unstable_by_key(|person| person.entity.ix);
        Some((fitting.iter().map(|person| person.entity.ix).collect(), reason))
    }

    fn has_rank(&self, person: &NamedPerson<'_>, rank: Rank) -> bool {
        person.offices.iter().any(|(_, held)| held.contains(&rank))
            || self.titles.get(&person.entity.ix).is_some_and(|titles| titles.contains(&rank))
    }

    /// Tells whether somebody has a rank in one of these organisations.
    fn heads(&self, person: &NamedPerson<'_>, rank: Rank, organizations: &[EntityIx]) -> bool {
        let registry = self.links.registry;
        person.offices.iter().any(|(office, held)| {
            held.contains(&rank)
                && registry
                    .get(*office)
                    .organization()
                    .is_some_and(|organization| organizations.contains(&organization))
        })
    }
}

impl<'r> NamedPerson<'r> {
    fn new(links: LinkContext<'r>, entity: EntityIx) -> Self {
        let entity = links.registry.get(entity);
        let ranked = |office: EntityIx| (office, ranks_of(links.registry.get(office)));
        Self {
            entity,
            line: 0,
            gender: gender(entity),
            offices: offices_then(entity, links.registry, links.day).into_iter().map(ranked).collect(),
        }
    }
}

/// The gender that a Vietnamese middle name tells: `Thị` is a woman's.
fn gender(entity: &Entity) -> Gender {
    let is_hers = |name: &str| name.split(' ').skip(1).any(|word| word == "Thị");
    if entity.spellings().any(|name| is_hers(&name.text)) { Gender::She } else { Gender::Any }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use camino::Utf8Path;
    use jiff::civil::date;

    use crate::config::Config;
    use crate::corpus::link::link;
    use crate::corpus::linked::LinkContext;
    use crate::corpus::{LoadedFile, World};
    use crate::recognise::name::Via;

    const REGISTRY: &str = r#"
[[person]]
id = "toan"
names.vi = ["Đặng Quốc Toàn"]
names.th = ["ดั่ง ก๊วก ตว่าน"]
country = "VN"
offices = [{ office = "fish/minister" }]
[[person]]
id = "tung"
names.vi = ["Trịnh Văn Tùng"]
names.th = ["จิ่ง วัน ตุ่ง"]
country = "VN"
offices = [{ office = "fish/deputy" }]
[[person]]
id = "tung-b"
names.vi = ["Lại Hữu Tùng"]
country = "VN"
[[person]]
id = "dao"
names.vi = ["Phùng Thị Đào"]
country = "VN"
offices = [{ office = "salt/minister" }]
[[person]]
id = "bounmy"
names.en = ["Bounmy Phetsarath"]
names.th = ["บุนมี เพ็ดสะราด"]
country = "LA"
offices = [{ office = "salt-la/minister" }]
[[organization]]
id = "fish"
names.vi = ["Bộ Thủy sản"]
names.en = ["Ministry of Fisheries"]
names.th = ["กระทรวงประมง"]
country = "VN"
[[organization]]
id = "salt"
names.vi = ["Bộ Muối"]
country = "VN"
[[organization]]
id = "salt-la"
names.th = ["กระทรวงเกลือ"]
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
id = "salt/minister"
organization = "salt"
names.vi = ["Bộ trưởng Bộ Muối"]
[[office]]
id = "salt-la/minister"
organization = "salt-la"
names.th = ["รัฐมนตรีว่าการกระทรวงเกลือ"]
"#;

    /// People named in short, as `text=id`, several ids where it is not decided.
    fn short(text: &str) -> Vec<String> {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        world.set_registry([("r.toml".into(), Some(Arc::from(REGISTRY)), false)]);
        let ctx = world.snapshot().ctx().clone();
        world.load(Utf8Path::new("a.txt"), LoadedFile::new(&ctx, text.as_bytes()));
        let snapshot = world.snapshot();
        let file = snapshot.files_by_path()[0].clone();
        let links = LinkContext { registry: &snapshot.registry, day: None, short: true };
        let facts: Vec<_> = file.facts().collect();
        let linked = link(&facts, links);
        let short = linked.iter().filter(|mention| mention.name.via == Via::Context);
        short
            .map(|mention| {
                let ids: Vec<&str> =
                    mention.entities.iter().map(|entity| snapshot.registry.get(*entity).id.as_str()).collect();
                format!("{}={}", mention.name.surface, ids.join("|"))
            })
            .collect()
    }

    #[test]
    fn people_named_before_are_meant() {
        for (text, wanted) in [
            // Vietnamese: a word of address, a title, a title alone.
            ("Ông Đặng Quốc Toàn đến. Sau đó ông Toàn về.", &["Toàn=toan"][..]),
            ("Đặng Quốc Toàn đến.\nBộ trưởng Toàn nói.", &["Toàn=toan"]),
            ("Đặng Quốc Toàn đến.\nÔng Quốc Toàn nói.", &["Quốc Toàn=toan"]),
            ("Bộ trưởng Bộ Thủy sản Đặng Quốc Toàn đến.\nBộ trưởng nhấn mạnh.", &["Bộ trưởng=toan"]),
            ("Phùng Thị Đào đến. Bà Đào nói.", &["Đào=dao"]),
            ("Đặng Quốc Toàn và Trịnh Văn Tùng. Thứ trưởng cho biết.", &["Thứ trưởng=tung"]),
            ("Đặng Quốc Toàn, Phùng Thị Đào. Bộ trưởng Bộ Muối cho biết.", &["Bộ trưởng Bộ Muối=dao"]),
            // English.
            ("Dang Quoc Toan arrived. Mr Toan said so; Minister Toan left.", &["Toan=toan", "Toan=toan"]),
            ("Dang Quoc Toan arrived. The Minister stressed this.", &["Minister=toan"]),
            ("Bounmy Phetsarath arrived. Mr. Bounmy said", &["Bounmy=bounmy"]),
            ("Dang Quoc Toan arrived. Mr.Toan said", &["Toan=toan"]),
            // Thai: listed, heard, in Latin letters, joined or not.
            ("นายดั่ง ก๊วก ตว่าน เดินทาง\nรัฐมนตรี ตว่าน กล่าวว่า", &["ตว่าน=toan"]),
            ("Đặng Quốc Toàn\nรัฐมนตรีต่วนกล่าวว่า", &["ต่วน=toan"]),
            ("นายจิ่ง วัน ตุ่ง เดินทาง\nนายตุงกล่าวว่า", &["ตุง=tung"]),
            ("นายจิ่ง วัน ตุ่ง เดินทาง\nรองรัฐมนตรี Tung กล่าวว่า", &["Tung=tung"]),
            ("นายบุนมี เพ็ดสะราด เดินทาง\nท่านบุนมีกล่าว", &["บุนมี=bounmy"]),
            ("นายบุนมี เพ็ดสะราด เดินทาง\nรัฐมนตรีว่าการกระทรวงเกลือกล่าวว่า", &["รัฐมนตรีว่าการกระทรวงเกลือ=bounmy"]),
            ("นายบุนมี เพ็ดสะราด เดินทาง\nรัฐมนตรีกล่าวว่า", &["รัฐมนตรี=bounmy"]),
            // Two fit.
            ("Trịnh Văn Tùng, Lại Hữu Tùng. Ông Tùng nói.", &["Tùng=tung|tung-b"]),
            ("Trịnh Văn Tùng, Lại Hữu Tùng. Thứ trưởng Tùng nói.", &["Tùng=tung"]),
        ] {
            assert_eq!(short(text), wanted, "{text}");
        }
    }

    #[test]
    fn nobody_is_meant_where_something_speaks_against_it() {
        for text in [
            // Nobody was named, or only later.
            "Ông Toàn nói.",
            "Ông Toàn nói. Đặng Quốc Toàn đến.",
            // Another given name, another tone.
            "Đặng Quốc Toàn đến. Ông Toán nói. Ông Tâm nói.",
            // A woman is no `ông`, a man addressed as one no `bà`.
            "Phùng Thị Đào đến. Ông Đào nói.",
            "Ông Trịnh Văn Tùng đến. Bà Tùng nói.",
            // Not that title.
            "Đặng Quốc Toàn đến. Thứ trưởng Toàn nói. Đại sứ Toàn nói.",
            "Lại Hữu Tùng đến. Bộ trưởng Tùng nói. Bộ trưởng nói.",
            // Two ministers; ministers in general; the post.
            "Đặng Quốc Toàn, Phùng Thị Đào. Bộ trưởng nói.",
            "Đặng Quốc Toàn đến. Các Bộ trưởng đã họp. Chức Bộ trưởng sẽ trống.",
            "Dang Quoc Toan arrived. Ministers said so. A minister said so. The minister of salt said so.",
            "นายดั่ง ก๊วก ตว่าน เดินทาง\nคณะรัฐมนตรีกล่าว การประชุมระดับรัฐมนตรีได้จบ รัฐมนตรีทั้งสองกล่าว",
            // A part of another name.
            "Đặng Quốc Toàn đến. Ông Toàn Thắng nói. Trần Anh Toàn nói.",
            // Somebody else was named.
            "Đặng Quốc Toàn gặp nhà báo, ông Lê Văn Toàn. Ông Toàn nói.",
            "Đặng Quốc Toàn gặp Bộ trưởng Hồ Văn Xương. Bộ trưởng nói.",
            // A common word.
            "Đặng Quốc Toàn đến. An toàn, toàn dân, ông toàn nói.",
            "นายดั่ง ก๊วก ตว่าน เดินทาง รัฐมนตรีในวันนี้ นายก นายหน้า",
        ] {
            assert!(short(text).is_empty(), "{text}: {:?}", short(text));
        }
    }
}
