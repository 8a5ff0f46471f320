//! People, organisations, offices and places.

use jiff::civil::Date;

use super::numbers::numbers;
use super::section::HoverSection;
use super::timeline::{self, TimelineRow};
use crate::corpus::Snapshot;
use crate::corpus::linked::LinkReason;
use crate::corpus::mention::NameMention;
use crate::ide::count;
use crate::ide::target::{Subject, TextTarget, line_of_id, spelling_of};
use crate::recognise::name::phonetic_match::is_heard;
use crate::recognise::name::{Via, phonetic};
use crate::registry::{AliasList, Entity, EntityDetail, EntityKind, NameScript, RegistryEntry, Tenure};

/// Most candidates of an ambiguous mention that are shown.
const CANDIDATES: usize = 6;

/// The hover text of a mention: one section for an entity, else one that lists the candidates.
pub(super) fn of_mention(snapshot: &Snapshot, text: &TextTarget<'_>, name: &NameMention<'_>) -> Vec<HoverSection> {
    match name.one() {
        Some(one) => {
            let entity = snapshot.registry.get(one);
            let mut section = head(entity);
            if let Some(holder) = name.holder {
                let holder = snapshot.registry.get(holder);
                section.fact("said of", said_of(holder, name));
            }
            who(snapshot, entity, text.profile.date, &mut section);
            matched(entity, name, &mut section);
            let counts = count::count(snapshot, &Subject::of_entity(snapshot, one), Some(text.file));
            numbers(snapshot, &counts, &mut section);
            rest(entity, &mut section);
            vec![section]
        }
        None => vec![undecided(snapshot, text, name)],
    }
}

/// The hover text of an entry of the registry.
pub(super) fn of_entry(snapshot: &Snapshot, entity: &Entity) -> HoverSection {
    let subject = Subject::of_entity(snapshot, entity.ix);
    if let Subject::Decree(reference) = &subject {
        return super::decree::of_reference(snapshot, reference, Some(entity));
    }
    let mut section = head(entity);
    who(snapshot, entity, None, &mut section);
    numbers(snapshot, &count::count(snapshot, &subject, None), &mut section);
    rest(entity, &mut section);
    section
}

/// The hover text of an entry that is not in force: who has its id.
pub(super) fn of_idle_entry(snapshot: &Snapshot, entry: &RegistryEntry<'_>) -> HoverSection {
    let entity = entry.entity;
    let mut section = head(entity);
    if let Some(first) = entry.taken_by.and_then(|first| line_of_id(snapshot, first)) {
        let id = &entity.id;
        section.fact(
            "not in force",
            format!("`{id}` is the entry in {first}: of several with one id the first by path and position wins"),
        );
    }
    rest(entity, &mut section);
    section
}

fn head(entity: &Entity) -> HoverSection {
    let sort = match &entity.detail {
        EntityDetail::Person { occupation: Some(occupation), .. } => occupation.as_str(),
        EntityDetail::Organization { sort: Some(sort), .. } => sort.as_str(),
        _ => entity.kind.as_str(),
    };
    let mut section = HoverSection::new(entity.display_name(), sort);
    section.id = Some(entity.id.to_string());
    section
}

/// Spellings, then what the entity does and belongs to on `day`.
fn who(snapshot: &Snapshot, entity: &Entity, day: Option<Date>, section: &mut HoverSection) {
    offices(snapshot, entity, day, section);
    section.picture = offices_over_time(snapshot, entity, day);
    match &entity.detail {
        EntityDetail::Office { organization } => {
            if let Some(organization) = organization {
                let name = snapshot.registry.target(organization, EntityKind::Organization).map(Entity::display_name);
                section.fact("organisation", name.unwrap_or(organization.id.as_str()));
            }
            holders(snapshot, entity, day, section);
        }
        EntityDetail::Organization { successor: Some(successor), .. } => {
            let name =
                snapshot.registry.target(&successor.organization, EntityKind::Organization).map(Entity::display_name);
            let name = name.unwrap_or(successor.organization.id.as_str());
            let since = successor.since.map(|since| format!(", since {}", since.date)).unwrap_or_default();
            section.fact("succeeded by", format!("{name}{since}"));
        }
        _ => {}
    }
    for list in entity.names.iter().filter(|list| list.names[0].text != entity.display_name() || list.names.len() > 1) {
        let names: Vec<&str> = list.names.iter().map(|name| name.text.as_str()).collect();
        section.fact(language(list), names.join("; "));
    }
    if !entity.abbreviations.is_empty() {
        let names: Vec<&str> = entity.abbreviations.iter().map(|name| name.text.as_str()).collect();
        section.fact("short", names.join("; "));
    }
}

/// The name of a list's language, where it is a common one here.
fn language(list: &AliasList) -> String {
    match list.tag.to_ascii_lowercase().as_str() {
        "vi" => "Vietnamese".into(),
        "th" => "Thai".into(),
        "en" => "English".into(),
        "lo" => "Lao".into(),
        "lo-latn" => "Lao (Latin)".into(),
        "th-latn" => "Thai (Latin)".into(),
        _ => list.tag.to_string(),
    }
}

/// Offices held on the document's day; without one all of them.
fn offices(snapshot: &Snapshot, entity: &Entity, day: Option<Date>, section: &mut HoverSection) {
    let tenures = entity.tenures();
    if tenures.is_empty() {
        return;
    }
    let Some(day) = day else {
        for tenure in tenures {
            section.fact("office", office(snapshot, tenure));
        }
        return;
    };
    let label = format!("office on {day}");
    let mut any = false;
    for tenure in entity.tenures_at(day) {
        section.fact(label.clone(), office(snapshot, tenure));
        any = true;
    }
    if !any {
        let all: Vec<String> = tenures.iter().map(|tenure| office(snapshot, tenure)).collect();
        section.fact(label, format!("none known; at other times {}", all.join("; ")));
    }
}

/// The offices of a person over time, where there are several.
fn offices_over_time(snapshot: &Snapshot, entity: &Entity, day: Option<Date>) -> Option<String> {
    let row = |tenure: &Tenure| TimelineRow {
        since: tenure.since.map(|since| since.date),
        until: tenure.until.map(|until| until.date),
        name: snapshot.registry.office(tenure).map_or("", Entity::display_name),
    };
    let rows: Vec<TimelineRow<'_>> = entity.tenures().iter().map(row).collect();
    timeline::drawn(rows, snapshot.today, day)
}

fn office(snapshot: &Snapshot, tenure: &Tenure) -> String {
    let name = snapshot.registry.office(tenure).map(Entity::display_name);
    let unverified = if tenure.basis.unverified.is_some() { ", unverified" } else { "" };
    format!("{}{}{unverified}", name.unwrap_or(tenure.office.id.as_str()), period(tenure))
}

fn period(tenure: &Tenure) -> String {
    match (tenure.since, tenure.until) {
        (Some(since), Some(until)) => format!(" ({} to {})", since.date, until.date),
        (Some(since), None) => format!(" (since {})", since.date),
        (None, Some(until)) => format!(" (until {})", until.date),
        (None, None) => String::new(),
    }
}

fn holders(snapshot: &Snapshot, office: &Entity, day: Option<Date>, section: &mut HoverSection) {
    let shown = |(person, tenure): (&Entity, &Tenure)| format!("{}{}", person.display_name(), period(tenure));
    let (label, holders): (String, Vec<String>) = match day {
        Some(day) => (format!("holder on {day}"), snapshot.registry.holders_at(office.ix, day).map(shown).collect()),
        None => ("holders".into(), snapshot.registry.holders(office.ix).map(shown).collect()),
    };
    if !holders.is_empty() {
        section.fact(label, holders.join("; "));
    }
}

/// The holder of an office that is named, and the reason where the name does not stand beside it.
fn said_of(holder: &Entity, name: &NameMention<'_>) -> String {
    let before = match name.reason {
        LinkReason::NamedBefore(line) => format!(", named in line {}", line + 1),
        _ => String::new(),
    };
    format!("{} ({}){before}", holder.display_name(), holder.id)
}

/// The way in which the mention was recognised, and the reason for its link.
fn matched(entity: &Entity, name: &NameMention<'_>, section: &mut HoverSection) {
    // A word of office alone means the office that its holder has.
    if name.reason == LinkReason::Decided {
        section.fact("decided", "by `[[decide]]` in scholiast.toml");
        return;
    }
    let is_said_of_holder = name.kind == EntityKind::Office && name.reason == LinkReason::Office;
    match name.via {
        Via::Exact | Via::Context => {}
        Via::Grammar if is_said_of_holder => {
            section.fact("matched", format!("“{}” by its word of office", name.surface));
        }
        Via::Grammar => {
            section.fact("matched", format!("“{}” by its word of office and its organisation", name.surface));
        }
        Via::Folded => {
            let listed = spelling_of(entity, name.surface).map_or(entity.display_name(), |name| name.text.as_str());
            section.fact("matched", format!("“{}” as “{listed}”, up to case, marks and spaces", name.surface));
        }
        Via::SoundsLike { score } => {
            let heard: Vec<&str> = entity.spellings().map(|name| name.text.as_str()).collect();
            let best = phonetic::rank(name.surface, &heard).first().map_or(0, |(at, _)| *at);
            let listed = heard.get(best).copied().unwrap_or_default();
            // Names of one script are matched so only where they are misspelt.
            let is_misspelt = match NameScript::of(name.surface) {
                NameScript::Latin => true,
                NameScript::Thai => !is_heard(entity),
                _ => false,
            };
            let alike = if is_misspelt { "is nearly" } else { "sounds like" };
            section.fact("matched", format!("“{}” {alike} “{listed}” ({score:.2})", name.surface));
            let alignment: Vec<String> = phonetic::align(name.surface, listed)
                .into_iter()
                .map(|(latin, thai, alike)| match &*thai {
                    "" => format!("{latin} (nothing)"),
                    _ => format!("{latin} {thai} {alike:.2}"),
                })
                .collect();
            if !alignment.is_empty() {
                section.fact("syllables", alignment.join(" · "));
            }
        }
    }
    let because = match name.reason {
        LinkReason::Spelling | LinkReason::Decided => return,
        LinkReason::NamedBefore(_) if name.via != Via::Context => return,
        LinkReason::NamedBefore(line) => {
            section.fact("matched", format!("“{}” is short for who was named in line {}", name.surface, line + 1));
            return;
        }
        LinkReason::Day => "held the office named beside it on the day of the document",
        LinkReason::NamedElsewhere => "is named unmistakably elsewhere in this document",
        LinkReason::Office if is_said_of_holder => "is held by the person named beside it",
        LinkReason::Office => "holds the office named beside it",
        LinkReason::Neighbour => "belongs to the office or country named beside it",
    };
    section.fact("decided", format!("several share this spelling; this one {because}"));
}

/// Country, notes and links.
fn rest(entity: &Entity, section: &mut HoverSection) {
    if let Some(country) = &entity.country {
        section.fact("country", country.as_str());
    }
    if let Some(note) = &entity.basis.note {
        section.fact("note", note.as_str());
    }
    if let Some(unverified) = &entity.basis.unverified {
        section.fact("unverified", if unverified.is_empty() { "all of it" } else { unverified.as_str() });
    }
    for (site, url) in &entity.links {
        section.link(site.as_str(), url.as_str());
    }
}

/// A mention that may be several entities'.
fn undecided(snapshot: &Snapshot, text: &TextTarget<'_>, name: &NameMention<'_>) -> HoverSection {
    let mut section = HoverSection::new(name.surface, name.kind.as_str());
    let candidates: Vec<&Entity> = name.entities.iter().map(|entity| snapshot.registry.get(*entity)).collect();
    if candidates.is_empty() {
        section.fact("", "an office that the registry does not have");
    } else if name.bare {
        section.fact("", "of no particular organisation: none is named with it");
    } else {
        section.fact("", format!("one of {}; nothing in this document decides", candidates.len()));
    }
    if let Some(holder) = name.holder {
        section.fact("said of", said_of(snapshot.registry.get(holder), name));
    }
    for entity in candidates.iter().take(CANDIDATES) {
        let mut about = HoverSection::default();
        offices(snapshot, entity, text.profile.date, &mut about);
        let detail = about.facts.first().map(|fact| format!(", {}", fact.text)).unwrap_or_default();
        section.fact(entity.id.as_str(), format!("{}{detail}", entity.display_name()));
    }
    if candidates.len() > CANDIDATES {
        section.fact("", format!("and {} others", candidates.len() - CANDIDATES));
    }
    section
}
