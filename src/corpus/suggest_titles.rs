//! Organisations and offices that titles name and the registry lacks.
//!
//! A title that stands beside somebody names an organisation; where that is registered and the office is not, the
//! office alone is proposed. What is named once may be a slip of reading, so that it is left out. An organisation that
//! issues legal documents has its names in the table of these. Deliberately absent: reading titles
//! (`recognise::name::unlisted_title`).

use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHashSet};

use super::file::File;
use super::proposal::{NewOffice, NewOrganization, SeenSpelling};
use crate::recognise::decree::{AgencyEntry, DecreeTable};
use crate::recognise::name::{NameClass, unlisted_title};
use crate::registry::{EntityIx, EntityKind, Registry};
use crate::text::{FileId, Span, fold, segment};

/// Mentions from which on an organisation or an office is proposed.
const LEAST: usize = 2;

/// A title of a file, with its organisation.
#[derive(Clone, Debug)]
pub(super) struct SeenTitle {
    /// In bytes of the file.
    span: Span,
    surface: CompactString,
    organization: TitleOrganization,
}

#[derive(Clone, Debug)]
enum TitleOrganization {
    /// One of the registry, of which the office is not.
    Registered(EntityIx),
    /// One that the registry lacks, as written, with its place.
    New(CompactString, Span),
}

/// The titles of registered organisations in a file whose offices the registry lacks.
pub(super) fn of_registered(file: &File) -> Vec<SeenTitle> {
    let mut titles = Vec::new();
    for (start, facts) in file.facts() {
        for name in facts.names.iter().filter(|name| name.kind == EntityKind::Office && name.entities.is_empty()) {
            let Some([organization]) = name.office.as_ref().map(|office| &office.organizations[..]) else { continue };
            titles.push(SeenTitle {
                span: name.span.shift(start.byte),
                surface: name.surface.clone(),
                organization: TitleOrganization::Registered(*organization),
            });
        }
    }
    titles
}

/// Adds the titles beside people of a file that name an organisation which the registry lacks.
pub(super) fn unregistered(file: &File, text: &str, people: &[Span], titles: &mut Vec<SeenTitle>) {
    let registered: Vec<Span> = file
        .facts()
        .flat_map(|(start, facts)| {
            let names = facts.names.iter().filter(|name| NameClass::from(name.kind) == NameClass::Organization);
            names.map(move |name| name.span.shift(start.byte)).collect::<Vec<_>>()
        })
        .collect();
    let mut start = 0;
    let mut from = 0;
    for line in segment::segments(text) {
        let end = start + line.len() as u32;
        from += people[from..].iter().take_while(|person| person.start < start).count();
        let here: Vec<Span> = people[from..]
            .iter()
            .take_while(|person| person.start < end)
            .filter(|person| person.end <= end)
            .map(|person| Span::new(person.start - start, person.end - start))
            .collect();
        if !here.is_empty() {
            for title in unlisted_title::find(line, &here) {
                let organization = title.organization.shift(start);
                let near = registered.partition_point(|span| span.end <= organization.start);
                if registered.get(near).is_some_and(|span| span.overlaps(organization)) {
                    continue;
                }
                titles.push(SeenTitle {
                    span: title.span.shift(start),
                    surface: title.span.slice(line).into(),
                    organization: TitleOrganization::New(title.organization.slice(line).into(), organization),
                });
            }
        }
        start = end;
    }
}

/// Gathers the titles of files into organisations and offices, the most mentioned first.
pub(super) fn gather<'t>(
    files: impl Iterator<Item = (FileId, &'t [SeenTitle])>,
    registry: &Registry,
    decrees: &DecreeTable,
) -> (Vec<NewOrganization>, Vec<NewOffice>) {
    let mut drafts = TitleDrafts::default();
    for (file, titles) in files {
        for title in titles {
            let key = match &title.organization {
                TitleOrganization::Registered(entity) => OrganizationKey::Registered(*entity),
                TitleOrganization::New(name, span) => {
                    let agency = agency_named(decrees, name);
                    let letters = agency.map(|agency| agency.abbr.clone());
                    let key = OrganizationKey::New(letters.unwrap_or_else(|| fold::fold(name).into()));
                    seen(drafts.organizations.entry(key.clone()).or_default(), name, file, *span);
                    key
                }
            };
            seen(drafts.offices.entry((key, office_word(title))).or_default(), &title.surface, file, title.span);
        }
    }
    drafts.finish(registry, decrees)
}

/// Titles by organisation.
#[derive(Default)]
struct TitleDrafts {
    organizations: FxHashMap<OrganizationKey, Vec<SeenSpelling>>,
    offices: FxHashMap<(OrganizationKey, CompactString), Vec<SeenSpelling>>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum OrganizationKey {
    Registered(EntityIx),
    /// By the letters of an issuer of legal documents, else by the folded name.
    New(CompactString),
}

impl TitleDrafts {
    fn finish(self, registry: &Registry, decrees: &DecreeTable) -> (Vec<NewOrganization>, Vec<NewOffice>) {
        let mut taken: FxHashSet<CompactString> = FxHashSet::default();
        let mut free = |wanted: CompactString| {
            let numbered =
                (1..).map(|number| if number == 1 { wanted.clone() } else { format_compact!("{wanted}-{number}") });
            let id = numbered.into_iter().find(|id| registry.by_id(id).is_none() && !taken.contains(id));
            let id = id.unwrap_or(wanted);
            taken.insert(id.clone());
            id
        };
        let mut drafts: Vec<(OrganizationKey, Vec<SeenSpelling>)> =
            self.organizations.into_iter().filter(|(_, spellings)| count(spellings) >= LEAST).collect();
        drafts.sort_by(|one, other| (count(&other.1), &one.0).cmp(&(count(&one.1), &other.0)));
        let mut ids: FxHashMap<OrganizationKey, CompactString> = FxHashMap::default();
        let mut organizations = Vec::new();
        for (key, mut spellings) in drafts {
            spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.count));
            let OrganizationKey::New(letters) = &key else { continue };
            let agency = decrees.agencies().iter().find(|agency| agency.abbr == *letters);
            let id = free(id_of(letters));
            ids.insert(key.clone(), id.clone());
            let abbreviation = agency.map(|agency| agency.abbr.clone());
            organizations.push(NewOrganization {
                id,
                spellings,
                known: agency.map(names_of).unwrap_or_default(),
                abbreviation,
            });
        }
        let mut drafts: Vec<((OrganizationKey, CompactString), Vec<SeenSpelling>)> =
            self.offices.into_iter().filter(|(_, spellings)| count(spellings) >= LEAST).collect();
        drafts.sort_by(|one, other| (count(&other.1), &one.0).cmp(&(count(&one.1), &other.0)));
        let mut offices = Vec::new();
        for ((key, word), mut spellings) in drafts {
            spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.count));
            let organization = match &key {
                OrganizationKey::Registered(entity) => Some(registry.get(*entity).id.clone()),
                OrganizationKey::New(_) => ids.get(&key).cloned(),
            };
            let Some(organization) = organization else { continue };
            let id = free(format_compact!("{organization}/{}", id_of(&word)));
            offices.push(NewOffice { id, organization: organization.as_str().into(), spellings });
        }
        (organizations, offices)
    }
}

/// The word of office of a title: what stands before its organisation.
fn office_word(title: &SeenTitle) -> CompactString {
    let word = match &title.organization {
        TitleOrganization::New(name, _) => title.surface.strip_suffix(name.as_str()).unwrap_or(&title.surface),
        TitleOrganization::Registered(_) => &title.surface,
    };
    fold::fold(word.trim().trim_end_matches(" of the").trim_end_matches(" of")).into()
}

fn seen(spellings: &mut Vec<SeenSpelling>, surface: &str, file: FileId, span: Span) {
    let tight = fold::tight(surface);
    let at = spellings.iter().position(|spelling| fold::tight(&spelling.text) == tight).unwrap_or_else(|| {
        spellings.push(SeenSpelling::new(surface));
        spellings.len() - 1
    });
    spellings[at].seen(file, span);
}

fn count(spellings: &[SeenSpelling]) -> usize {
    spellings.iter().map(|spelling| spelling.count).sum()
}

/// The issuer of legal documents that has this name.
fn agency_named<'d>(decrees: &'d DecreeTable, name: &str) -> Option<&'d AgencyEntry> {
    let wanted = fold::fold(name);
    let is_it = |agency: &&AgencyEntry| names_of(agency).iter().any(|(_, name)| fold::fold(name) == wanted);
    decrees.agencies().iter().find(is_it)
}

/// The names of an issuer, each with its language.
fn names_of(agency: &AgencyEntry) -> Vec<(&'static str, CompactString)> {
    let first = |names: &str| names.split(" / ").next().map(CompactString::from).filter(|name| !name.is_empty());
    let names = [("vi", &agency.vi), ("en", &agency.en), ("th", &agency.th)];
    names.into_iter().filter_map(|(tag, names)| Some((tag, first(names)?))).collect()
}

/// Letters of a name as an id.
fn id_of(name: &str) -> CompactString {
    let folded = fold::fold(name);
    let words = folded.split(|ch: char| ch.is_whitespace() || ch.is_ascii_punctuation());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-").into()
}
