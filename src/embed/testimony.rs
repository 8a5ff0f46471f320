//! All that one document says to others, and what others say to it.

use std::collections::BTreeMap;

use camino::Utf8Path;
use compact_str::CompactString;
use jiff::civil::Date;

use super::statement::{CitedDay, Said, SpeltVariant, Statement};
use crate::annotation::Standoff;
use crate::corpus::annotated::{AnnotationCounts, AnnotationIndex, LabelUse};
use crate::corpus::counts::{CountedSpelling, DecreeCount, FileCounts, dated, is_full};
use crate::corpus::quoted::QuotedCitation;
use crate::corpus::{File, LoadedFile, Snapshot, World};
use crate::recognise::decree::DecreeSymbol;
use crate::registry::EntityIx;
use crate::rules::annotation::missed::for_each_bare_name;
use crate::rules::entity::spelling_variants_corpus::passage_of;
use crate::text::{FileId, Place, fold};

/// A statement of one document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Testimony {
    /// The statement.
    pub statement: Statement,
    /// True where the document may be judged otherwise when it hears what others say about the same key.
    pub asks: bool,
}

/// The days and the full forms with which a document cites others.
pub fn of_citations(file: &File) -> Vec<Testimony> {
    let path = file.path.as_str();
    let mut days: BTreeMap<CompactString, BTreeMap<Date, CitedDay>> = BTreeMap::new();
    let mut forms: BTreeMap<CompactString, (BTreeMap<CompactString, DecreeSymbol>, bool)> = BTreeMap::new();
    for (start, facts) in file.facts() {
        for decree in &facts.decrees {
            if let Some((day, at)) = dated(facts, decree) {
                let place = facts.place(start, at);
                let cited = days.entry(decree.symbol.reference.clone()).or_default();
                cited.entry(day).or_insert_with(|| CitedDay { count: 0, path: path.into(), place }).count += 1;
            }
            if decree.is_mention() && is_full(decree) {
                let known = forms.entry(decree.symbol.number.clone()).or_default();
                known.0.entry(decree.symbol.reference.clone()).or_insert_with(|| decree.symbol.clone());
            }
            if let Some(incomplete) = &decree.incomplete {
                forms.entry(incomplete.number.clone()).or_default().1 = true;
            }
        }
    }
    let days = days.into_iter().map(|(reference, days)| Testimony {
        statement: Statement::of_one(Said::Days { reference, days }),
        asks: true,
    });
    let forms = forms.into_iter().map(|(number, (symbols, asked))| {
        let symbols = symbols.into_iter().map(|(reference, symbol)| (reference, (path.into(), symbol))).collect();
        Testimony { statement: Statement::of_one(Said::Forms { number, symbols, asked }), asks: asked }
    });
    days.chain(forms).collect()
}

/// The spellings of people in a document; nobody but the registry is judged by them.
pub fn of_spellings(snapshot: &Snapshot, file: &File, spellings: &[CountedSpelling]) -> Vec<Testimony> {
    if spellings.is_empty() {
        return Vec::new();
    }
    let mut places: BTreeMap<(EntityIx, &str), Place> = BTreeMap::new();
    for (start, facts) in file.facts() {
        for name in &facts.names {
            if let [entity] = name.entities[..] {
                places.entry((entity, &name.surface)).or_insert_with(|| facts.place(start, name.span));
            }
        }
    }
    let statements = spellings.iter().filter_map(|CountedSpelling { entity, form, mentions }| {
        let person = snapshot.registry.find(*entity)?;
        let (script, language) = passage_of(person, form)?;
        let variant = SpeltVariant {
            form: form.clone(),
            mentions: *mentions,
            texts: 1,
            path: file.path.as_str().into(),
            places: places
                .get(&(*entity, &form.surface))
                .map(|place| (form.surface.clone(), *place))
                .into_iter()
                .collect(),
        };
        let variants = [(fold::tight(&form.surface).into(), variant)].into();
        Some(Said::Spelt { person: person.id.as_str().into(), script, language, texts: 1, variants })
    });
    let mut by_key: BTreeMap<String, Statement> = BTreeMap::new();
    for said in statements {
        let statement = Statement::of_one(said);
        match by_key.get_mut(&statement.key()) {
            Some(known) => known.join_own(statement),
            None => {
                by_key.insert(statement.key(), statement);
            }
        }
    }
    by_key.into_values().map(|statement| Testimony { statement, asks: false }).collect()
}

/// The words that the annotation file beside a document annotates, and those that it leaves out: its number, and its
/// content.
pub fn of_annotations(
    snapshot: &Snapshot,
    file: &File,
    counts: &AnnotationCounts,
    beside: Option<(FileId, &Standoff)>,
    text: Option<&str>,
) -> Vec<Testimony> {
    let mut surfaces: BTreeMap<CompactString, WaysOfAnnotating> = BTreeMap::new();
    for used in counts.surfaces() {
        let ways = surfaces.entry(used.surface.clone()).or_default();
        *ways.labels.entry(used.labels.clone()).or_default() += used.count;
        if let Some(links) = &used.links {
            *ways.links.entry(links.clone()).or_default() += used.count;
        }
    }
    let mut linked: BTreeMap<CompactString, (u32, bool)> =
        counts.links().iter().map(|(entry, times)| (entry.clone(), (*times, false))).collect();
    if let (Some(beside), Some(text)) = (beside, text) {
        for_each_bare_name(snapshot, file, &[beside], text, &mut |name| {
            surfaces.entry(name.surface.into()).or_default().asked = true;
            if let Some(link) = name.link {
                linked.entry(link.into()).or_default().1 = true;
            }
        });
    }
    let surfaces = surfaces.into_iter().map(|(surface, WaysOfAnnotating { labels, links, asked })| Testimony {
        statement: Statement::of_one(Said::Annotated { surface, labels, links, asked }),
        asks: true,
    });
    let linked = linked.into_iter().map(|(entry, (times, asked))| Testimony {
        statement: Statement::of_one(Said::Linked { entry, times, asked }),
        asks: asked,
    });
    surfaces.chain(linked).collect()
}

/// The ways in which a document annotates one surface.
#[derive(Default)]
struct WaysOfAnnotating {
    labels: BTreeMap<CompactString, u32>,
    links: BTreeMap<CompactString, u32>,
    asked: bool,
}

/// The annotated words of a document and of others, as far as they have been heard of: `own` is what the annotation
/// file `file` says, which is among what was said.
pub fn annotated_words(file: FileId, own: AnnotationCounts, said: &[Statement]) -> AnnotationIndex {
    let mut index = AnnotationIndex::default();
    index.add(file, own.into());
    let alone = index.clone();
    for statement in said {
        match &statement.said {
            Said::Annotated { surface, labels, links, .. } => {
                let own = alone.surface(surface).cloned().unwrap_or_default();
                index.quote(surface, others(labels, &own.labels), others(links, &own.links));
            }
            Said::Linked { entry, times, .. } => index.quote_links(entry, times.saturating_sub(alone.linked(entry))),
            Said::Days { .. } | Said::Forms { .. } | Said::Spelt { .. } => {}
        }
    }
    index
}

/// The ways of annotating that are not `own`.
fn others<'l>(
    all: &'l BTreeMap<CompactString, u32>,
    own: &'l [LabelUse],
) -> impl Iterator<Item = (&'l CompactString, u32)> {
    let mine = |label: &CompactString| own.iter().find(|used| used.label == *label).map_or(0, |used| used.total);
    let others = all.iter().map(move |(label, times)| (label, times.saturating_sub(mine(label))));
    others.filter(|(_, times)| *times > 0)
}

/// The other documents, as far as they have been heard of: what each of them adds to the index.
#[derive(Default)]
pub struct OtherDocuments<'a>(BTreeMap<&'a str, QuotedFile>);

/// A document that others quote.
#[derive(Default)]
struct QuotedFile {
    counts: FileCounts,
    places: Vec<QuotedCitation>,
}

impl<'a> OtherDocuments<'a> {
    /// The other documents of statements that the document at `path`, which counts `own`, is among the authors of.
    pub fn of(said: &'a [Statement], path: &'a str, own: &FileCounts) -> Self {
        let mut others = Self::default();
        for statement in said {
            match &statement.said {
                Said::Days { reference, days } => {
                    let own = own.decrees.iter().find(|cited| cited.symbol.reference == *reference);
                    for (day, cited) in days {
                        let mine = own.and_then(|own| own.dates.iter().find(|(other, _)| other == day));
                        let count = cited.count.saturating_sub(mine.map_or(0, |(_, count)| *count));
                        if count > 0 {
                            others.cite(reference, *day, count, cited);
                        }
                    }
                }
                Said::Forms { symbols, .. } => {
                    for (first, symbol) in symbols.values().filter(|(first, _)| first != path) {
                        others.count(first).decrees.push(DecreeCount {
                            symbol: symbol.clone(),
                            citations: 1,
                            full: 1,
                            dates: Vec::new(),
                        });
                    }
                }
                Said::Annotated { .. } | Said::Linked { .. } | Said::Spelt { .. } => {}
            }
        }
        others
    }

    fn count(&mut self, path: &'a str) -> &mut FileCounts {
        &mut self.0.entry(path).or_default().counts
    }

    fn cite(&mut self, reference: &CompactString, day: Date, count: u32, cited: &'a CitedDay) {
        let quoted = self.0.entry(&cited.path).or_default();
        quoted.places.push(QuotedCitation { reference: reference.clone(), day, place: cited.place });
        // The parts do not matter: nothing is completed by it.
        let symbol = DecreeSymbol {
            number: CompactString::default(),
            year: None,
            kind: None,
            agency: None,
            reference: reference.clone(),
        };
        quoted.counts.decrees.push(DecreeCount { symbol, citations: count, full: 0, dates: vec![(day, count)] });
    }

    /// Takes the document itself in, and the others in the order of their paths, as if all had been read. What later
    /// citations of the document at `path` itself say stands behind it.
    pub fn load(self, world: &mut World, path: &Utf8Path, loaded: LoadedFile) {
        let mut loaded = Some(loaded);
        for (other, quoted) in self.0 {
            if other >= path.as_str()
                && let Some(loaded) = loaded.take()
            {
                world.load(path, loaded);
            }
            // A path that no file has, since the document's own is taken.
            let rest = format!("{other}\0");
            let name = if other == path.as_str() { rest.as_str() } else { other };
            world.quote(Utf8Path::new(name), &quoted.counts, quoted.places);
        }
        if let Some(loaded) = loaded {
            world.load(path, loaded);
        }
    }
}
