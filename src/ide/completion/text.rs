//! In texts: names, references, years, values of patterns.

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::item::{Completion, CompletionKind, CompletionTopic};
use crate::corpus::document::Document;
use crate::corpus::mention::{self, MentionKind};
use crate::corpus::{File, Snapshot};
use crate::ide::place::links_of;
use crate::ide::target::decree_entry;
use crate::recognise::date::DateValue;
use crate::recognise::date::words::MONTHS;
use crate::recognise::decree::describe;
use crate::recognise::profile::{DocumentProfile, Era};
use crate::registry::{Entity, EntityDetail, EntityIx, NameScript};
use crate::text::{Encoding, Place, Span, cluster, fold};

/// Bytes before the cursor in which a name may begin.
const WINDOW: u32 = 180;
/// Most entities that are looked at for one answer.
const ENTITIES: usize = 400;

pub(super) fn completions(snapshot: &Snapshot, file: &File, byte: u32) -> Vec<Completion> {
    let Some(document) = file.document() else { return Vec::new() };
    let cursor = document.position(byte);
    let line = document.offset(cursor.line, 0, Encoding::Utf8);
    let mut start = line.max(cursor.byte.saturating_sub(WINDOW));
    // A slice starts on a character boundary, not behind the byte it was asked for.
    start = document.position(start).byte;
    let before = document.slice(Span::new(start, cursor.byte));
    let typed = TypedText { document, start, before: &before };
    let profile = snapshot.profile(file);
    let mut completions = years(snapshot, file, &profile, &typed);
    if completions.is_empty() {
        completions = references(snapshot, &typed);
    }
    if completions.is_empty() {
        completions = values(snapshot, &typed);
    }
    if completions.is_empty() {
        completions = names(snapshot, &profile, &typed);
    }
    completions
}

/// The text before the cursor in its line.
struct TypedText<'a> {
    document: &'a Document,
    /// The byte of the file at which it starts.
    start: u32,
    before: &'a str,
}

impl TypedText<'_> {
    /// The place from byte `from` of what stands before the cursor up to the cursor.
    fn since(&self, from: usize) -> Place {
        let end = self.start + self.before.len() as u32;
        Place { start: self.document.position(self.start + from as u32), end: self.document.position(end) }
    }
}

/// Behind a month the year of the document, in the era that it uses or that is marked before the cursor.
fn years(snapshot: &Snapshot, file: &File, profile: &DocumentProfile, typed: &TypedText<'_>) -> Vec<Completion> {
    let digits = typed.before.trim_end_matches(|letter: char| letter.is_ascii_digit() || ('๐'..='๙').contains(&letter));
    let (head, lead) = without_lead(digits);
    if lead.is_none() && head.len() == digits.len() {
        return Vec::new();
    }
    let Some(month) = month_before(head) else { return Vec::new() };
    let year = date_of(snapshot, file, profile, typed).year();
    let place = typed.since(digits.len());
    let filter = &typed.before[digits.len()..];
    let era = lead.and_then(|lead| lead.era).or(profile.era);
    let buddhist = month == MonthLanguage::Thai && era != Some(Era::Common);
    let word = if month == MonthLanguage::Vietnamese && lead.is_none() { "năm " } else { "" };
    let typed_digits: String = filter
        .chars()
        .filter_map(|letter| letter.to_digit(10).or_else(|| thai_digit(letter)))
        .map(|digit| digit.to_string())
        .collect();
    let items = [year, year - 1, year + 1].into_iter().map(|year| match buddhist {
        true => (year + 543, format!("CE {year}")),
        false => (year, format!("BE {}", year + 543)),
    });
    let items = items.filter(|(written, _)| written.to_string().starts_with(&typed_digits)).map(|(written, other)| {
        let text = format!("{word}{written}");
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
    items.collect()
}

/// A word that stands between a month and its year.
#[derive(Clone, Copy)]
struct YearLead {
    /// The era that it marks.
    era: Option<Era>,
}

/// The text without spaces and words before a year at its end, and the last such word. Without spaces only Thai is
/// written.
fn without_lead(text: &str) -> (&str, Option<YearLead>) {
    const LEADS: [(&str, Option<Era>); 6] = [
        ("พ.ศ.", Some(Era::Buddhist)),
        ("พุทธศักราช", Some(Era::Buddhist)),
        ("ค.ศ.", Some(Era::Common)),
        ("คริสต์ศักราช", Some(Era::Common)),
        ("ปี", None),
        (" năm", None),
    ];
    let (mut head, mut lead) = (text.trim_end_matches(' '), None);
    while let Some((rest, era)) = LEADS.iter().find_map(|(word, era)| Some((head.strip_suffix(word)?, *era))) {
        // Of `ปี พ.ศ.` the mark of the era tells.
        lead = lead.or(Some(YearLead { era })).map(|YearLead { era: marked }| YearLead { era: marked.or(era) });
        head = rest.trim_end_matches(' ');
    }
    (head, lead)
}

/// The day of the document, today where only the date being typed would say it.
fn date_of(snapshot: &Snapshot, file: &File, profile: &DocumentProfile, typed: &TypedText<'_>) -> Date {
    let cursor = typed.start + typed.before.len() as u32;
    let of_document = profile.date.filter(|date| {
        mention::at(file, profile, links_of(snapshot, profile), cursor).iter().all(|mention| match &mention.what {
            MentionKind::Date { reading, .. } => reading.value.as_ref().and_then(DateValue::first_day) != Some(*date),
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
enum MonthLanguage {
    Thai,
    English,
    Vietnamese,
}

/// Returns whether a month ends the text, in English also with the day behind it.
fn month_before(text: &str) -> Option<MonthLanguage> {
    let number = text.trim_end_matches(',').trim_end_matches(|letter: char| letter.is_ascii_digit());
    let name = match text.len() - number.len() {
        0 => text,
        _ if number.to_lowercase().ends_with("tháng ") => return Some(MonthLanguage::Vietnamese),
        _ => number.strip_suffix(' ')?,
    };
    let is_word = |before: &str| !before.chars().next_back().is_some_and(char::is_alphabetic);
    let ends = |month: &str| name.strip_suffix(month);
    MONTHS.iter().find_map(|month| {
        let english = [month.english, month.english_abbreviation].into_iter().filter_map(ends);
        if english.into_iter().any(is_word) {
            return Some(MonthLanguage::English);
        }
        let is_thai =
            name == text && [month.thai, month.thai_abbreviation].into_iter().any(|name| ends(name).is_some());
        is_thai.then_some(MonthLanguage::Thai)
    })
}

/// References known to the corpus that start with the digits typed.
fn references(snapshot: &Snapshot, typed: &TypedText<'_>) -> Vec<Completion> {
    let part = |letter: char| {
        letter.is_alphanumeric() && NameScript::of(letter.encode_utf8(&mut [0; 4])) != NameScript::Thai
            || matches!(letter, '/' | '-' | '&' | '.')
    };
    let symbol_at = typed.before.trim_end_matches(part).len();
    let symbol = &typed.before[symbol_at..];
    if !symbol.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Vec::new();
    }
    let wanted = fold::fold(symbol);
    // References are many and begin with their numbers: most are told apart by these.
    let number = &symbol[..symbol.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(symbol.len())];
    let cited = snapshot
        .index
        .decrees()
        .map(|(reference, cited)| (reference.clone(), cited.files.iter().map(|cited| cited.count).sum::<u32>()));
    let known = snapshot.registry.of_kind(crate::registry::EntityKind::Decree).map(|entity| (entity.id.clone(), 0));
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
        more: Some(CompletionTopic::Decree(reference)),
    });
    items.collect()
}

/// The title of a legal document, else what its letters say.
fn about(snapshot: &Snapshot, reference: &str) -> String {
    let entry = decree_entry(snapshot, reference);
    if let Some(EntityDetail::Decree { titles, .. }) = entry.map(|entity| &entity.detail)
        && let Some((_, title)) = titles.first()
    {
        return title.text.to_string();
    }
    let read = crate::recognise::decree::find(reference, snapshot.decrees()).into_iter().next();
    read.map(|fact| describe(&fact.symbol, snapshot.decrees()).summary()).unwrap_or_default()
}

/// Returns values of the user's patterns that goes on as what was typed does: from as far back as something fits.
/// A value that its pattern would read as another one is no way to write it.
fn values(snapshot: &Snapshot, typed: &TypedText<'_>) -> Vec<Completion> {
    let patterns = snapshot.patterns();
    if patterns.is_empty() {
        return Vec::new();
    }
    let reads_back = |kind: u16, value: &str| matches!(&patterns.find(value)[..], [fact] if fact.kind == kind && fact.value == value);
    let known = snapshot.index.patterns().filter(|(kind, value, _)| reads_back(*kind, value));
    let mut known: Vec<_> = known.map(|(kind, value, files)| (fold::fold(value), kind, value, files.len())).collect();
    known.sort_by(|a, b| b.3.cmp(&a.3).then_with(|| a.2.cmp(b.2)));
    for (at, _) in typed.before.char_indices().filter(|(at, _)| may_begin(typed.before, *at)) {
        let written = &typed.before[at..];
        let folded = fold::fold(written);
        if !is_enough(&folded, &typed.before[..at]) || written.starts_with(' ') {
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
            return items;
        }
    }
    Vec::new()
}

/// Names that go on as what was typed does: from as far back as something fits.
fn names(snapshot: &Snapshot, profile: &DocumentProfile, typed: &TypedText<'_>) -> Vec<Completion> {
    let beginnings = snapshot.registry.beginnings();
    if !typed.before.ends_with(|letter: char| letter.is_alphanumeric() || cluster::is_dependent(letter)) {
        return Vec::new();
    }
    // Of letters that are taken apart the mark comes last, which has no script.
    let Some(last) = typed.before.chars().rev().find(|letter| letter.is_alphanumeric()) else { return Vec::new() };
    let script = NameScript::of(last.encode_utf8(&mut [0; 4]));
    for (at, _) in typed.before.char_indices().filter(|(at, _)| may_begin(typed.before, *at)) {
        let written = &typed.before[at..];
        let folded = fold::fold(written);
        if !is_enough(&folded, &typed.before[..at]) || written.starts_with(' ') {
            continue;
        }
        let mut seen: FxHashSet<EntityIx> = FxHashSet::default();
        let found = beginnings.starting_with(&folded).filter(|entity| seen.insert(*entity));
        let entities: Vec<&Entity> = found.take(ENTITIES).map(|entity| snapshot.registry.get(entity)).collect();
        if entities.is_empty() {
            continue;
        }
        return spellings(snapshot, profile, &entities, script, &folded, typed, at);
    }
    Vec::new()
}

/// Returns whether a name may begin at a byte: at a word, or in Thai and Lao at any cluster.
fn may_begin(text: &str, at: usize) -> bool {
    let Some(first) = text[at..].chars().next() else { return false };
    match cluster::Script::of(first) {
        cluster::Script::Thai | cluster::Script::Lao => cluster::is_boundary(text, at),
        _ => !text[..at].chars().next_back().is_some_and(|before| {
            cluster::Script::of(before) == cluster::Script::of(first) || cluster::is_dependent(before)
        }),
    }
}

/// Returns whether what was typed says anything: two letters, or one that begins a word. One letter inside Thai, which
/// puts no space between words, begins a name nearly everywhere.
fn is_enough(folded: &str, before: &str) -> bool {
    let letters = folded.chars().filter(|letter| !cluster::is_dependent(*letter)).take(2).count();
    letters == 2
        || letters == 1
            && before
                .chars()
                .next_back()
                .is_none_or(|letter| !letter.is_alphanumeric() && !cluster::is_dependent(letter))
}

/// The spellings of entities in one script: those that go on as typed, those that have a word that does, others of the
/// same entities; among these preferred spellings first, who is mentioned in more files before others.
fn spellings(
    snapshot: &Snapshot,
    profile: &DocumentProfile,
    entities: &[&Entity],
    script: NameScript,
    folded: &str,
    typed: &TypedText<'_>,
    at: usize,
) -> Vec<Completion> {
    let place = typed.since(at);
    let day = profile.date.unwrap_or(snapshot.today);
    let inner = format!(" {folded}");
    let mut items: Vec<((u8, usize, usize), Completion)> = Vec::new();
    for entity in entities {
        let files = snapshot.index.entity(entity.ix).len();
        for (rank, name) in entity.names_in(script).enumerate() {
            let spelt = fold::fold(&name.text);
            let fit = match spelt.starts_with(folded) {
                true => 0,
                // Folding drops spaces beside Thai and Lao letters.
                false if spelt.contains(&inner) || script != NameScript::Latin && spelt.contains(folded) => 1,
                false => 2,
            };
            let item = Completion {
                label: name.text.to_string(),
                detail: detail(snapshot, entity, &name.text, day),
                kind: CompletionKind::Name(entity.kind),
                place,
                text: name.text.to_string(),
                filter: typed.before[at..].to_owned(),
                more: Some(CompletionTopic::Entity(entity.id.clone())),
            };
            items.push(((fit, rank, usize::MAX - files), item));
        }
    }
    items.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.label.cmp(&y.label)));
    items.into_iter().map(|(_, item)| item).collect()
}

/// The office held on a day, else what the entity is: its usual name behind another one, since two may share that.
fn detail(snapshot: &Snapshot, entity: &Entity, written: &str, day: Date) -> String {
    let office = entity.tenures_at(day).next().or_else(|| entity.tenures().first());
    if let Some(office) = office {
        let name = snapshot.registry.office(office).map(Entity::display_name);
        return name.unwrap_or(&office.office.id).to_owned();
    }
    match &entity.detail {
        EntityDetail::Person { occupation: Some(occupation), .. } => occupation.to_string(),
        EntityDetail::Organization { .. } | EntityDetail::Place if entity.display_name() != written => {
            entity.display_name().to_owned()
        }
        EntityDetail::Organization { sort: Some(sort), .. } => sort.to_string(),
        EntityDetail::Office { .. } => {
            let organization = entity.organization().map(|ix| snapshot.registry.get(ix).display_name());
            organization.unwrap_or("office").to_owned()
        }
        _ => entity.kind.as_str().to_owned(),
    }
}
