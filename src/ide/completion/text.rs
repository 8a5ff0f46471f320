//! In texts: names, references, years, values of patterns.

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{Completion, CompletionKind, Completions, More};
use crate::corpus::document::Document;
use crate::corpus::mention::{self, What};
use crate::corpus::{File, Snapshot};
use crate::ide::links_of;
use crate::ide::target::decree_entry;
use crate::recognise::date::Value;
use crate::recognise::date::words::MONTHS;
use crate::recognise::decree::describe;
use crate::recognise::habits::{Era, Habits};
use crate::registry::{Detail, Entity, EntityIx, Script};
use crate::text::{Encoding, Place, Span, cluster, fold};

/// Bytes before the cursor in which a name may begin.
const WINDOW: u32 = 180;
/// Most entities that are looked at for one answer.
const ENTITIES: usize = 400;

pub(super) fn completions(snapshot: &Snapshot, file: &File, byte: u32) -> Completions {
    let Some(document) = file.document() else { return Completions::default() };
    let cursor = document.position(byte);
    let line = document.offset(cursor.line, 0, Encoding::Utf8);
    let mut start = line.max(cursor.byte.saturating_sub(WINDOW));
    // A slice starts on a character boundary, not behind the byte it was asked for.
    start = document.position(start).byte;
    let before = document.slice(Span::new(start, cursor.byte));
    let typed = Typed { document, start, before: &before };
    let habits = snapshot.habits(file);
    let mut completions = years(snapshot, file, &habits, &typed);
    if completions.items.is_empty() {
        completions = references(snapshot, &typed);
    }
    if completions.items.is_empty() {
        completions = values(snapshot, &typed);
    }
    if completions.items.is_empty() {
        completions = names(snapshot, &habits, &typed);
    }
    completions
}

/// What stands before the cursor in its line.
struct Typed<'a> {
    document: &'a Document,
    /// Where it starts, in bytes of the file.
    start: u32,
    before: &'a str,
}

impl Typed<'_> {
    /// The place from byte `from` of what stands before the cursor up to the cursor.
    fn since(&self, from: usize) -> Place {
        let end = self.start + self.before.len() as u32;
        Place { start: self.document.position(self.start + from as u32), end: self.document.position(end) }
    }
}

/// Behind a month's name the year of the document, in the era that it uses.
fn years(snapshot: &Snapshot, file: &File, habits: &Habits, typed: &Typed<'_>) -> Completions {
    let digits = typed.before.trim_end_matches(|letter: char| letter.is_ascii_digit() || ('๐'..='๙').contains(&letter));
    let head = digits.trim_end_matches(' ');
    if head.len() == digits.len() {
        return Completions::default();
    }
    let Some(month) = month_before(head) else { return Completions::default() };
    let year = date_of(snapshot, file, habits, typed).year();
    let place = typed.since(digits.len());
    let filter = &typed.before[digits.len()..];
    let thai = month == Language::Thai;
    let buddhist = thai && habits.era != Some(Era::Common);
    let items = [year, year - 1, year + 1].into_iter().map(|year| {
        let (written, other) =
            if buddhist { (year + 543, format!("CE {year}")) } else { (year, format!("BE {}", year + 543)) };
        let lead = if month == Language::Vietnamese { "năm " } else { "" };
        let text = format!("{lead}{written}");
        Completion {
            label: text.clone(),
            detail: other,
            kind: CompletionKind::Year,
            place,
            text,
            filter: filter.to_owned(),
            more: None,
        }
    });
    let typed_digits: String = filter
        .chars()
        .filter_map(|letter| letter.to_digit(10).or_else(|| thai_digit(letter)))
        .map(|digit| digit.to_string())
        .collect();
    let items = items.filter(|item| item.text.trim_start_matches("năm ").starts_with(&typed_digits)).collect();
    Completions { items, incomplete: false }
}

/// The day of the document, today where only the date being typed would say it.
fn date_of(snapshot: &Snapshot, file: &File, habits: &Habits, typed: &Typed<'_>) -> Date {
    let cursor = typed.start + typed.before.len() as u32;
    let of_document = habits.date.filter(|date| {
        mention::at(file, habits, links_of(snapshot, habits), cursor).iter().all(|mention| match &mention.what {
            What::Date { reading, .. } => reading.value.as_ref().and_then(Value::first_day) != Some(*date),
            _ => true,
        })
    });
    of_document.unwrap_or(snapshot.today)
}

fn thai_digit(letter: char) -> Option<u32> {
    ('๐'..='๙').contains(&letter).then(|| letter as u32 - '๐' as u32)
}

/// The language of a month's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Thai,
    English,
    Vietnamese,
}

/// Whether a month's name ends the text.
fn month_before(text: &str) -> Option<Language> {
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if number.len() < text.len() && text.len() - number.len() <= 2 {
        return number.to_lowercase().ends_with("tháng ").then_some(Language::Vietnamese);
    }
    let is_word = |before: &str| !before.chars().next_back().is_some_and(char::is_alphabetic);
    let ends = |name: &str| text.strip_suffix(name);
    MONTHS.iter().find_map(|month| {
        if [month.thai, month.thai_abbreviation].into_iter().any(|name| ends(name).is_some()) {
            return Some(Language::Thai);
        }
        let english = [month.english, month.english_abbreviation].into_iter().filter_map(ends);
        english.into_iter().any(is_word).then_some(Language::English)
    })
}

/// References known to the corpus that start with the digits typed.
fn references(snapshot: &Snapshot, typed: &Typed<'_>) -> Completions {
    let part = |letter: char| {
        letter.is_alphanumeric() && Script::of(letter.encode_utf8(&mut [0; 4])) != Script::Thai
            || matches!(letter, '/' | '-' | '&' | '.')
    };
    let symbol_at = typed.before.trim_end_matches(part).len();
    let symbol = &typed.before[symbol_at..];
    if !symbol.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Completions::default();
    }
    let wanted = fold::fold(symbol);
    // References are many and begin with their numbers: most are told apart by these.
    let number = &symbol[..symbol.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(symbol.len())];
    let cited = snapshot
        .index
        .decrees()
        .map(|(reference, cited)| (reference.clone(), cited.files.iter().map(|cited| cited.count).sum::<u32>()));
    let known = snapshot.registry.of_kind(crate::registry::Kind::Decree).map(|entity| (entity.id.clone(), 0));
    let mut found: Vec<(CompactString, u32)> = cited
        .chain(known)
        .filter(|(reference, _)| reference.starts_with(number) && fold::fold(reference).starts_with(&wanted))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    found.dedup_by(|a, b| a.0 == b.0);
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let place = typed.since(symbol_at);
    let items = found.into_iter().map(|(reference, _)| Completion {
        label: reference.to_string(),
        detail: about(snapshot, &reference),
        kind: CompletionKind::Decree,
        place,
        text: reference.to_string(),
        filter: symbol.to_owned(),
        more: Some(More::Decree(reference)),
    });
    Completions { items: items.collect(), incomplete: false }
}

/// The title of a legal document, else what its letters say.
fn about(snapshot: &Snapshot, reference: &str) -> String {
    let entry = decree_entry(snapshot, reference);
    if let Some(Detail::Decree { titles, .. }) = entry.map(|entity| &entity.detail)
        && let Some((_, title)) = titles.first()
    {
        return title.text.to_string();
    }
    let read = crate::recognise::decree::find(reference, snapshot.decrees()).into_iter().next();
    read.map(|fact| describe(&fact.symbol, snapshot.decrees()).summary()).unwrap_or_default()
}

/// What the user's patterns have found that goes on as what was typed does: from as far back as something fits. A value
/// that its pattern would read as another one is no way to write it.
fn values(snapshot: &Snapshot, typed: &Typed<'_>) -> Completions {
    let patterns = snapshot.patterns();
    if patterns.is_empty() {
        return Completions::default();
    }
    let reads_back = |kind: u16, value: &str| matches!(&patterns.find(value)[..], [fact] if fact.kind == kind && fact.value == value);
    let known = snapshot.index.patterns().filter(|(kind, value, _)| reads_back(*kind, value));
    let mut known: Vec<_> = known.map(|(kind, value, files)| (fold::fold(value), kind, value, files.len())).collect();
    known.sort_by(|a, b| b.3.cmp(&a.3).then_with(|| a.2.cmp(b.2)));
    for (at, _) in typed.before.char_indices().filter(|(at, _)| may_begin(typed.before, *at)) {
        let written = &typed.before[at..];
        let folded = fold::fold(written);
        if !is_enough(&folded) || written.starts_with(' ') {
            continue;
        }
        let going_on = known.iter().filter(|(value, ..)| value.starts_with(&folded) && value.len() > folded.len());
        let items: Vec<Completion> = going_on
            .map(|(_, kind, value, _)| Completion {
                label: value.to_string(),
                detail: patterns.name(*kind).to_owned(),
                kind: CompletionKind::Pattern,
                place: typed.since(at),
                text: value.to_string(),
                filter: written.to_owned(),
                more: None,
            })
            .collect();
        if !items.is_empty() {
            return Completions { items, incomplete: false };
        }
    }
    Completions::default()
}

/// Names that go on as what was typed does: from as far back as something fits.
fn names(snapshot: &Snapshot, habits: &Habits, typed: &Typed<'_>) -> Completions {
    let beginnings = snapshot.registry.beginnings();
    let Some(last) =
        typed.before.chars().next_back().filter(|letter| letter.is_alphanumeric() || cluster::is_dependent(*letter))
    else {
        return Completions::default();
    };
    let script = Script::of(last.encode_utf8(&mut [0; 4]));
    for (at, _) in typed.before.char_indices().filter(|(at, _)| may_begin(typed.before, *at)) {
        let written = &typed.before[at..];
        let folded = fold::fold(written);
        if !is_enough(&folded) || written.starts_with(' ') {
            continue;
        }
        let mut seen: FxHashSet<EntityIx> = FxHashSet::default();
        let found = beginnings.starting_with(&folded).filter(|entity| seen.insert(*entity));
        let entities: Vec<&Entity> = found.take(ENTITIES + 1).map(|entity| snapshot.registry.get(entity)).collect();
        if entities.is_empty() {
            continue;
        }
        let incomplete = entities.len() > ENTITIES;
        return Completions { items: spellings(snapshot, habits, &entities, script, &folded, typed, at), incomplete };
    }
    Completions::default()
}

/// Whether a name may begin at a byte: at a word, or in Thai and Lao at any cluster.
fn may_begin(text: &str, at: usize) -> bool {
    let Some(first) = text[at..].chars().next() else { return false };
    match cluster::Script::of(first) {
        cluster::Script::Thai | cluster::Script::Lao => cluster::is_boundary(text, at),
        _ => !text[..at].chars().next_back().is_some_and(|before| {
            cluster::Script::of(before) == cluster::Script::of(first) || cluster::is_dependent(before)
        }),
    }
}

/// One letter says nothing yet.
fn is_enough(folded: &str) -> bool {
    folded.chars().filter(|letter| !cluster::is_dependent(*letter)).nth(1).is_some()
}

/// The spellings of entities in one script: those that go on as typed before those found by a word inside, preferred
/// spellings first, who is mentioned in more files before others.
fn spellings(
    snapshot: &Snapshot,
    habits: &Habits,
    entities: &[&Entity],
    script: Script,
    folded: &str,
    typed: &Typed<'_>,
    at: usize,
) -> Vec<Completion> {
    let place = typed.since(at);
    let day = habits.date.unwrap_or(snapshot.today);
    let mut items: Vec<((usize, bool, usize), Completion)> = Vec::new();
    for entity in entities {
        let files = snapshot.index.entity(entity.ix).len();
        for (rank, name) in entity.names_in(script).enumerate() {
            let inside = !fold::fold(&name.text).starts_with(folded);
            let item = Completion {
                label: name.text.to_string(),
                detail: detail(snapshot, entity, day),
                kind: CompletionKind::Name(entity.kind),
                place,
                text: name.text.to_string(),
                filter: typed.before[at..].to_owned(),
                more: Some(More::Entity(entity.id.clone())),
            };
            items.push(((rank, inside, usize::MAX - files), item));
        }
    }
    items.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.label.cmp(&y.label)));
    items.into_iter().map(|(_, item)| item).collect()
}

/// The office held on a day, else what the entity is.
fn detail(snapshot: &Snapshot, entity: &Entity, day: Date) -> String {
    let office = entity.tenures_at(day).next().or_else(|| entity.tenures().first());
    if let Some(office) = office {
        let name = snapshot.registry.office(office).map(Entity::display_name);
        return name.unwrap_or(&office.office.id).to_owned();
    }
    match &entity.detail {
        Detail::Person { occupation: Some(occupation), .. } => occupation.to_string(),
        Detail::Organization { sort: Some(sort), .. } => sort.to_string(),
        Detail::Office { .. } => {
            let organization = entity.organization().map(|ix| snapshot.registry.get(ix).display_name());
            organization.unwrap_or("office").to_owned()
        }
        _ => entity.kind.as_str().to_owned(),
    }
}
