//! The tables of a report, gathered document by document.
//!
//! What a document holds is worked out on any thread ([`document_facts`]) and added in the order of paths, so that
//! threads never change the report. Lines are kept as long as a report may show them, not longer: the texts of a large
//! corpus must not be in memory twice.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::tables::{
    Report, ReportDocument, ReportEntity, ReportHeat, ReportLaw, ReportLine, ReportOffice, ReportRule, ReportSpelling,
    ReportState, ReportTitle,
};
use crate::annotation::Standoff;
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::{Mention, MentionKind, mentions};
use crate::corpus::{File, Snapshot};
use crate::curation::{DocumentState, StateCounts, StateRecord};
use crate::diagnostic::Severity;
use crate::registry::{Entity, EntityDetail, EntityKind};
use crate::text::Span;
use crate::text::cluster::{is_boundary, is_dependent};

/// Code points of a line on either side of a mention.
const AROUND: usize = 70;
/// People of one document that are counted as appearing together: a list of a thousand names says nothing of two.
const MOST_TOGETHER: usize = 80;
/// Rows of the heat map.
const HEAT_ROWS: usize = 40;
/// Columns of the heat map: with more documents they are months, with more months years.
const HEAT_COLUMNS: usize = 120;

/// A document with what a report is made of.
pub struct DocumentSource<'a> {
    /// The corpus.
    pub snapshot: &'a Snapshot,
    /// The facts of the document.
    pub file: &'a File,
    /// The text.
    pub text: &'a str,
    /// The path as it is shown.
    pub path: &'a str,
    /// The statement about its state, where the corpus keeps states.
    pub state: Option<DocumentStatement>,
    /// Annotation files with their annotators; empty where nobody says who.
    pub annotations: Vec<(String, Standoff)>,
}

/// The statement about a document in a corpus that keeps states; none about one that is new.
#[derive(Clone, Debug, Default)]
pub struct DocumentStatement(pub Option<StateRecord>);

/// The content of one document.
#[derive(Debug, Default)]
pub struct DocumentFacts {
    path: String,
    day: Option<Date>,
    state: Option<DocumentStatement>,
    names: Vec<MentionedEntity>,
    /// Person and title.
    titles: Vec<(String, String)>,
    laws: Vec<CitedLaw>,
    law_dates: Vec<(String, Date, u32)>,
    dates: BTreeMap<(&'static str, Option<i32>), u32>,
    marks: BTreeMap<(String, String), u32>,
    mentions: usize,
}

#[derive(Debug)]
struct MentionedEntity {
    entity: ReportEntity,
    surface: String,
    line: MentionLine,
}

#[derive(Debug)]
struct CitedLaw {
    reference: String,
    title: Option<String>,
    registered: Option<Date>,
    line: MentionLine,
}

/// A line with a mention in it.
#[derive(Clone, Debug)]
struct MentionLine {
    number: u32,
    before: String,
    words: String,
    after: String,
}

/// Works out what a report says of a document.
pub fn document_facts(source: &DocumentSource<'_>) -> DocumentFacts {
    let DocumentSource { snapshot, text, .. } = *source;
    let file = &*source.file.unpacked();
    let profile = snapshot.profile(file);
    let links = LinkContext { registry: &snapshot.registry, day: profile.date, short: false };
    let mut facts = DocumentFacts { path: source.path.to_owned(), day: profile.date, ..Default::default() };
    facts.state.clone_from(&source.state);
    for mention in mentions(file, &profile, links) {
        facts.mentions += 1;
        add_mention(&mut facts, snapshot, text, &mention);
    }
    for cited in file.counts().decrees {
        facts
            .law_dates
            .extend(cited.dates.iter().map(|(date, count)| (cited.symbol.reference.to_string(), *date, *count)));
    }
    for (annotator, standoff) in &source.annotations {
        for marked in standoff.marked(text) {
            *facts.marks.entry((marked.label.to_owned(), annotator.clone())).or_default() += 1;
        }
    }
    facts
}

fn add_mention(facts: &mut DocumentFacts, snapshot: &Snapshot, text: &str, mention: &Mention<'_>) {
    let span = mention.place.span();
    match &mention.what {
        MentionKind::Name(name) if name.kind == EntityKind::Office => {
            if let Some(holder) = name.holder {
                let title = span.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
                facts.titles.push((snapshot.registry.get(holder).id.to_string(), title));
            }
        }
        MentionKind::Name(name) => {
            let Some(entity) = name.one().map(|one| snapshot.registry.get(one)) else { return };
            let Some(entity) = described(snapshot, entity) else { return };
            let surface = span.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
            facts.names.push(MentionedEntity { entity, surface, line: line_of(text, span, mention.place.start.line) });
        }
        MentionKind::Date { reading, .. } => {
            let era = reading.era.map_or("none", crate::recognise::profile::Era::code);
            let year = reading.value.as_ref().and_then(|value| value.to_string().get(..4)?.parse::<i32>().ok());
            *facts.dates.entry((era, year)).or_default() += 1;
        }
        MentionKind::Decree { fact, entry } => {
            let entry = entry.map(|entry| snapshot.registry.get(entry));
            let (title, registered) = match entry.map(|entry| &entry.detail) {
                Some(EntityDetail::Decree { date, titles, .. }) => {
                    (titles.first().map(|(_, title)| title.text.to_string()), date.map(|date| date.date))
                }
                _ => (None, None),
            };
            facts.laws.push(CitedLaw {
                reference: fact.symbol.reference.to_string(),
                title,
                registered,
                line: line_of(text, span, mention.place.start.line),
            });
        }
        MentionKind::Pattern(_) => {}
    }
}

/// The entry of the registry, for an entity that a report has a place for.
fn described(snapshot: &Snapshot, entity: &Entity) -> Option<ReportEntity> {
    let group = match entity.kind {
        EntityKind::Official | EntityKind::Person => "people",
        EntityKind::Organization => "organizations",
        EntityKind::Place => "places",
        EntityKind::Office | EntityKind::Decree => return None,
    };
    let registry = &snapshot.registry;
    let mut offices: Vec<ReportOffice> = entity
        .tenures()
        .iter()
        .map(|tenure| {
            let office = registry.office(tenure);
            let organization = office.and_then(|office| registry.organization(office)).map(Entity::display_name);
            let name = office.map_or(tenure.office.id.as_str(), Entity::display_name);
            // Many names of offices say the organisation already.
            let name = match organization.filter(|organization| !name.contains(organization)) {
                Some(organization) => format!("{name} · {organization}"),
                None => name.to_owned(),
            };
            let day = |date: Option<crate::registry::PlacedDate>| date.map(|date| date.date.to_string());
            ReportOffice { name, since: day(tenure.since), until: day(tenure.until) }
        })
        .collect();
    offices.sort_by(|one, other| one.since.cmp(&other.since));
    let names: BTreeSet<&str> = entity.spellings().map(|name| name.text.as_str()).collect();
    Some(ReportEntity {
        id: entity.id.to_string(),
        group,
        name: entity.display_name().to_owned(),
        names: names.into_iter().map(str::to_owned).collect(),
        country: entity.country.as_ref().map(ToString::to_string),
        note: entity.basis.note.as_ref().map(ToString::to_string),
        office: offices.last().map(|office| office.name.clone()),
        offices,
        ..ReportEntity::default()
    })
}

/// The line of a mention, as far as a report shows it.
fn line_of(text: &str, span: Span, number: u32) -> MentionLine {
    let (start, end) = (span.start as usize, span.end as usize);
    let is_end = |letter: char| matches!(letter, '\n' | '\r');
    let head = &text[..start];
    let mut before: &str = &head[head.rfind(is_end).map_or(0, |at| at + 1)..];
    let mut cut = (false, false);
    if let Some((at, _)) = before.char_indices().rev().nth(AROUND) {
        // A vowel or tone mark does not stand alone.
        before = before[at..].trim_start_matches(is_dependent);
        cut.0 = true;
    }
    let tail = &text[end..];
    let mut after = &tail[..tail.find(is_end).unwrap_or(tail.len())];
    if let Some((at, _)) = after.char_indices().nth(AROUND) {
        let cut_off = (at..after.len()).find(|at| after.is_char_boundary(*at) && is_boundary(after, *at));
        after = &after[..cut_off.unwrap_or(after.len())];
        cut.1 = true;
    }
    MentionLine {
        number: number + 1,
        before: format!("{}{}", if cut.0 { "…" } else { "" }, before.trim_start_matches('\u{feff}')),
        words: span.slice(text).replace(['\n', '\r'], " "),
        after: format!("{after}{}", if cut.1 { "…" } else { "" }),
    }
}

/// The findings that a report counts.
pub struct CountedFinding<'a> {
    /// The file as it is shown.
    pub path: &'a str,
    /// The code of the rule.
    pub code: &'a str,
    /// The severity.
    pub severity: Severity,
}

/// An entity while it is gathered.
#[derive(Debug, Default)]
struct GatheredEntity {
    entity: ReportEntity,
    spellings: BTreeMap<String, ReportSpelling>,
    documents: BTreeMap<usize, u32>,
    months: BTreeMap<String, u32>,
    titles: BTreeMap<String, ReportTitle>,
    together: BTreeMap<String, u32>,
}

#[derive(Debug, Default)]
struct GatheredLaw {
    law: ReportLaw,
    documents: BTreeSet<usize>,
    dates: BTreeMap<String, u32>,
    together: BTreeMap<String, u32>,
}

/// Puts a report together.
#[derive(Debug, Default)]
pub struct ReportBuilder {
    report: Report,
    /// Lines of a spelling that are kept.
    most_lines: usize,
    entities: BTreeMap<String, GatheredEntity>,
    pairs: BTreeMap<(String, String), u32>,
    laws: BTreeMap<String, GatheredLaw>,
    dates: BTreeMap<(&'static str, Option<i32>), u32>,
    marks: BTreeMap<(String, String), u32>,
    days: Vec<Option<Date>>,
    states: Option<StateCounts>,
}

impl ReportBuilder {
    /// Begins a report that keeps so many lines of a spelling.
    pub fn new(most_lines: usize) -> Self {
        Self { most_lines, ..Self::default() }
    }

    /// Adds a document. Documents come in the order of their paths.
    pub fn add(&mut self, facts: DocumentFacts) {
        let number = self.days.len();
        let month = facts.day.map(|day| format!("{:04}-{:02}", day.year(), day.month()));
        let day = facts.day.map(|day| day.to_string());
        self.report.totals.mentions += facts.mentions;
        if let Some(DocumentStatement(record)) = &facts.state {
            self.states.get_or_insert_default().add(record.as_ref().map_or(DocumentState::New, |record| record.state));
        }
        let state = facts.state.and_then(|statement| statement.0).map(|record| ReportState {
            is: record.state.as_str(),
            by: record.by,
            when: record.when.to_string(),
        });
        self.report.documents.push(ReportDocument { path: facts.path, day: day.clone(), state });
        self.days.push(facts.day);
        let mut people: BTreeSet<String> = BTreeSet::new();
        for MentionedEntity { entity, surface, line } in facts.names {
            if entity.group == "people" {
                people.insert(entity.id.clone());
            }
            let gathered = self
                .entities
                .entry(entity.id.clone())
                .or_insert_with(|| GatheredEntity { entity, ..GatheredEntity::default() });
            gathered.entity.mentions += 1;
            *gathered.documents.entry(number).or_default() += 1;
            if let Some(month) = &month {
                *gathered.months.entry(month.clone()).or_default() += 1;
            }
            let spelling = gathered
                .spellings
                .entry(surface.clone())
                .or_insert_with(|| ReportSpelling { text: surface, ..ReportSpelling::default() });
            spelling.count += 1;
            if spelling.lines.len() < self.most_lines {
                spelling.lines.push(report_line(number, line));
            }
        }
        self.add_pairs(&people);
        for (person, title) in facts.titles {
            let Some(gathered) = self.entities.get_mut(&person) else { continue };
            let seen = gathered
                .titles
                .entry(title.clone())
                .or_insert_with(|| ReportTitle { text: title, ..ReportTitle::default() });
            seen.count += 1;
            if let Some(day) = &day {
                let earlier = seen.first.as_ref().is_none_or(|first| day < first);
                let later = seen.last.as_ref().is_none_or(|last| day > last);
                seen.first = if earlier { Some(day.clone()) } else { seen.first.take() };
                seen.last = if later { Some(day.clone()) } else { seen.last.take() };
            }
        }
        self.add_laws(number, facts.laws, facts.law_dates);
        for (key, count) in facts.dates {
            *self.dates.entry(key).or_default() += count;
        }
        for (key, count) in facts.marks {
            *self.marks.entry(key).or_default() += count;
        }
    }

    fn add_pairs(&mut self, people: &BTreeSet<String>) {
        let people: Vec<&String> = people.iter().take(MOST_TOGETHER).collect();
        for (at, one) in people.iter().enumerate() {
            for other in &people[at + 1..] {
                *self.pairs.entry(((*one).clone(), (*other).clone())).or_default() += 1;
                for (person, with) in [(one, other), (other, one)] {
                    if let Some(gathered) = self.entities.get_mut(*person) {
                        *gathered.together.entry((*with).clone()).or_default() += 1;
                    }
                }
            }
        }
    }

    fn add_laws(&mut self, document: usize, laws: Vec<CitedLaw>, dates: Vec<(String, Date, u32)>) {
        let mut by_line: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
        for CitedLaw { reference, title, registered, line } in laws {
            by_line.entry(line.number).or_default().insert(reference.clone());
            let gathered = self.laws.entry(reference.clone()).or_insert_with(|| GatheredLaw {
                law: ReportLaw {
                    reference,
                    title,
                    registered: registered.map(|date| date.to_string()),
                    ..ReportLaw::default()
                },
                ..GatheredLaw::default()
            });
            gathered.law.count += 1;
            gathered.documents.insert(document);
            if gathered.law.lines.len() < self.most_lines {
                gathered.law.lines.push(report_line(document, line));
            }
        }
        for (reference, date, count) in dates {
            if let Some(gathered) = self.laws.get_mut(&reference) {
                *gathered.dates.entry(date.to_string()).or_default() += count;
            }
        }
        for references in by_line.into_values().filter(|references| references.len() > 1) {
            for one in references.iter().take(MOST_TOGETHER) {
                let Some(gathered) = self.laws.get_mut(one) else { continue };
                for other in references.iter().take(MOST_TOGETHER).filter(|other| *other != one) {
                    *gathered.together.entry(other.clone()).or_default() += 1;
                }
            }
        }
    }

    /// Adds findings. `summary` says what a rule finds; `before` is the number of a rule's findings in a baseline.
    pub fn add_findings<'f>(
        &mut self,
        found: impl Iterator<Item = CountedFinding<'f>>,
        summary: &dyn Fn(&str) -> String,
        before: Option<&BTreeMap<String, usize>>,
    ) {
        let mut rules: BTreeMap<&str, (u32, Severity)> = BTreeMap::new();
        let mut files: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for finding in found {
            let rule = rules.entry(finding.code).or_insert((0, finding.severity));
            *rule = (rule.0 + 1, rule.1.min(finding.severity));
            *files.entry((finding.path, finding.code)).or_default() += 1;
            self.report.totals.findings += 1;
        }
        let recorded = |code: &str| before.map(|before| before.get(code).copied().unwrap_or(0) as u32);
        self.report.rules = rules
            .iter()
            .map(|(code, (count, severity))| ReportRule {
                code: (*code).to_owned(),
                severity: severity.as_str(),
                summary: summary(code),
                count: *count,
                before: recorded(code),
            })
            .collect();
        // A rule whose findings are all gone since the baseline is part of the trend.
        for (code, count) in before.into_iter().flatten().filter(|(code, _)| !rules.contains_key(code.as_str())) {
            self.report.rules.push(ReportRule {
                code: code.clone(),
                severity: "info",
                summary: summary(code),
                count: 0,
                before: Some(*count as u32),
            });
        }
        self.report.rules.sort_by_key(|rule| std::cmp::Reverse(rule.count));
        self.report.files =
            files.into_iter().map(|((path, code), count)| (path.to_owned(), code.to_owned(), count)).collect();
        self.report.files.sort_by_key(|row| std::cmp::Reverse(row.2));
        self.report.shown.files = self.report.files.len();
    }

    /// Returns the report.
    pub fn finish(self) -> Report {
        let heat = self.heat();
        let mut report = self.report;
        report.heat = heat;
        report.totals.documents = self.days.len();
        report.states = self.states.map_or_else(Vec::new, |states| {
            states.iter().map(|(state, documents)| (state.as_str(), documents)).collect()
        });
        report.totals.laws = self.laws.len();
        report.totals.annotations = self.marks.values().map(|count| *count as usize).sum();
        let known = self.days.iter().flatten();
        (report.first, report.last) =
            (known.clone().min().map(ToString::to_string), known.max().map(ToString::to_string));
        report.entities = self.entities.into_values().map(finished).collect();
        report.entities.sort_by_key(|entity| std::cmp::Reverse(entity.mentions));
        for (group, total, shown) in [
            ("people", &mut report.totals.people, &mut report.shown.people),
            ("organizations", &mut report.totals.organizations, &mut report.shown.organizations),
            ("places", &mut report.totals.places, &mut report.shown.places),
        ] {
            *total = report.entities.iter().filter(|entity| entity.group == group).count();
            *shown = *total;
        }
        report.pairs = self.pairs.into_iter().map(|((one, other), count)| (one, other, count)).collect();
        report.pairs.sort_by_key(|pair| std::cmp::Reverse(pair.2));
        report.laws = self
            .laws
            .into_values()
            .map(|gathered| ReportLaw {
                documents: gathered.documents.len() as u32,
                dates: by_count(gathered.dates),
                together: by_count(gathered.together),
                ..gathered.law
            })
            .collect();
        report.laws.sort_by_key(|law| std::cmp::Reverse(law.count));
        report.dates = self.dates.into_iter().map(|((era, year), count)| (era.to_owned(), year, count)).collect();
        let mut types: BTreeMap<&str, u32> = BTreeMap::new();
        for ((label, _), count) in &self.marks {
            *types.entry(label).or_default() += count;
        }
        let mut marks: Vec<(String, String, u32)> =
            self.marks.iter().map(|((label, annotator), count)| (label.clone(), annotator.clone(), *count)).collect();
        marks.sort_by_key(|(label, ..)| std::cmp::Reverse(types[label.as_str()]));
        report.annotations = marks;
        report
    }

    /// The people who are named most, and where: by document, by month where there are many documents, else by year.
    fn heat(&self) -> ReportHeat {
        let mut people: Vec<&GatheredEntity> =
            self.entities.values().filter(|gathered| gathered.entity.group == "people").collect();
        people.sort_by_key(|gathered| std::cmp::Reverse(gathered.entity.mentions));
        people.truncate(HEAT_ROWS);
        let by_document = self.days.len() <= HEAT_COLUMNS;
        let name = |document: usize, by_year: bool| match self.days[document] {
            _ if by_document => self.report.documents[document].path.clone(),
            Some(day) if by_year => format!("{:04}", day.year()),
            Some(day) => format!("{:04}-{:02}", day.year(), day.month()),
            None => "undated".to_owned(),
        };
        let named: BTreeSet<usize> = people.iter().flat_map(|one| one.documents.keys().copied()).collect();
        let columns =
            |by_year: bool| named.iter().map(|document| name(*document, by_year)).collect::<BTreeSet<String>>();
        let by_year = columns(false).len() > HEAT_COLUMNS;
        let columns: Vec<String> = columns(by_year).into_iter().collect();
        let mut cells: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for (row, gathered) in people.iter().enumerate() {
            for (document, count) in &gathered.documents {
                if let Ok(column) = columns.binary_search(&name(*document, by_year)) {
                    *cells.entry((row, column)).or_default() += count;
                }
            }
        }
        ReportHeat {
            unit: match (by_document, by_year) {
                (true, _) => "document",
                (false, false) => "month",
                (false, true) => "year",
            },
            columns,
            people: people.iter().map(|gathered| gathered.entity.id.clone()).collect(),
            cells: cells.into_iter().map(|((row, column), count)| (column, row, count)).collect(),
        }
    }
}

fn report_line(document: usize, line: MentionLine) -> ReportLine {
    (document, line.number, line.before, line.words, line.after)
}

fn by_count(counts: BTreeMap<String, u32>) -> Vec<(String, u32)> {
    let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(24);
    counts
}

fn finished(gathered: GatheredEntity) -> ReportEntity {
    let mut spellings: Vec<ReportSpelling> = gathered.spellings.into_values().collect();
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.count));
    let mut titles: Vec<ReportTitle> = gathered.titles.into_values().collect();
    titles.sort_by_key(|title| std::cmp::Reverse(title.count));
    titles.truncate(40);
    ReportEntity {
        documents: gathered.documents.len() as u32,
        spellings,
        titles,
        months: gathered.months.into_iter().collect(),
        together: by_count(gathered.together),
        ..gathered.entity
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_around_the_mention() {
        let text = format!("one\n{}Lan{}\r\ntwo", "ก".repeat(100), "ắ".repeat(3));
        let at = text.find("Lan").expect("a name") as u32;
        let line = line_of(&text, Span::new(at, at + 3), 1);
        assert_eq!((line.number, line.words.as_str(), line.after.as_str()), (2, "Lan", "ắắắ"));
        assert_eq!(line.before, format!("…{}", "ก".repeat(AROUND + 1)));
    }

    fn seen(id: &str, surface: &str) -> MentionedEntity {
        let line = MentionLine { number: 1, before: String::new(), words: surface.to_owned(), after: String::new() };
        let entity =
            ReportEntity { id: id.to_owned(), group: "people", name: id.to_owned(), ..ReportEntity::default() };
        MentionedEntity { entity, surface: surface.to_owned(), line }
    }

    #[test]
    fn tables_count_what_was_seen() {
        let mut builder = ReportBuilder::new(1);
        let day = jiff::civil::date(2024, 5, 3);
        builder.add(DocumentFacts {
            path: "a.txt".to_owned(),
            day: Some(day),
            names: vec![seen("lan", "Lan"), seen("lan", "Lan"), seen("lan", "ลัน"), seen("nam", "Nam")],
            titles: vec![("lan".to_owned(), "Minister".to_owned())],
            mentions: 4,
            ..DocumentFacts::default()
        });
        builder.add(DocumentFacts { path: "b.txt".to_owned(), names: vec![seen("lan", "Lan")], ..Default::default() });
        let report = builder.finish();
        let lan = &report.entities[0];
        assert_eq!((lan.id.as_str(), lan.mentions, lan.documents), ("lan", 4, 2));
        let spellings: Vec<_> =
            lan.spellings.iter().map(|one| (one.text.as_str(), one.count, one.lines.len())).collect();
        assert_eq!(spellings, [("Lan", 3, 1), ("ลัน", 1, 1)]);
        assert_eq!(lan.months, [("2024-05".to_owned(), 3)]);
        assert_eq!(lan.titles[0].first.as_deref(), Some("2024-05-03"));
        assert_eq!(report.pairs, [("lan".to_owned(), "nam".to_owned(), 1)]);
        assert_eq!((report.heat.unit, report.heat.columns.len()), ("document", 2));
        assert_eq!(report.heat.cells, [(0, 0, 3), (1, 0, 1), (0, 1, 1)]);
        assert_eq!((report.totals.people, report.totals.documents, report.totals.mentions), (2, 2, 4));
    }
}
