//! UIMA's common analysis structure (CAS): the objects that a document becomes, and the document that objects say.
//!
//! A text-bound annotation is a `NamedEntity` of DKPro with its type as `value` and its first link as `identifier`;
//! words and lines are DKPro's `Token` and `Sentence`. What DKPro has no type for has types of this program, so that
//! nothing is lost. When read, layers of INCEpTION (`webanno.custom.…`) and of other programs become annotations,
//! relations and attributes; layers about words (parts of speech, dependencies) are named and left out. Offsets count
//! UTF-16 code units. Deliberately absent: how objects are written, which `xmi` and `cas_json` do.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::error::ExchangeError;
use super::loss::{LossKind, LossList};
use super::tokens::{sentences, tokens_of};
use super::utf16::Utf16Offsets;
use crate::annotation::{
    AnnotatedDocument, AnnotatedEquivalence, AnnotatedEvent, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget,
    EntryLink, Remarks,
};

/// A type, its supertype, and the names and ranges of its features.
pub(super) struct CasType {
    pub name: &'static str,
    pub supertype: &'static str,
    pub features: &'static [(&'static str, &'static str)],
}

const ANNOTATION: &str = "uima.tcas.Annotation";
const STRING: &str = "uima.cas.String";
pub(super) const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const ENTITIES: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.";
const DKPRO: &str = "de.tudarmstadt.ukp.";
const RELATION: &str = "webanno.custom.EntityRelation";
const FRAGMENT: &str = "scholiast.type.Fragment";
const EVENT: &str = "scholiast.type.Event";
const EQUIVALENCE: &str = "scholiast.type.Equivalence";
const ARGUMENT: &str = "scholiast.type.Argument";
const REMARK: &str = "scholiast.type.Remark";

/// The types that are written.
pub(super) const TYPES: &[CasType] = &[
    CasType {
        name: METADATA,
        supertype: "uima.tcas.DocumentAnnotation",
        features: &[
            ("documentTitle", STRING),
            ("documentId", STRING),
            ("documentUri", STRING),
            ("collectionId", STRING),
            ("documentBaseUri", STRING),
            ("isLastSegment", "uima.cas.Boolean"),
        ],
    },
    CasType { name: SENTENCE, supertype: ANNOTATION, features: &[("id", STRING)] },
    CasType { name: TOKEN, supertype: ANNOTATION, features: &[("id", STRING)] },
    CasType { name: ENTITY, supertype: ANNOTATION, features: &[("value", STRING), ("identifier", STRING)] },
    CasType {
        name: RELATION,
        supertype: ANNOTATION,
        features: &[
            ("Dependent", ANNOTATION),
            ("Governor", ANNOTATION),
            ("label", STRING),
            ("dependentRole", STRING),
            ("governorRole", STRING),
        ],
    },
    CasType { name: FRAGMENT, supertype: ANNOTATION, features: &[("of", ANNOTATION)] },
    CasType { name: EVENT, supertype: ANNOTATION, features: &[("label", STRING), ("trigger", ANNOTATION)] },
    CasType { name: EQUIVALENCE, supertype: ANNOTATION, features: &[("label", STRING)] },
    CasType {
        name: ARGUMENT,
        supertype: ANNOTATION,
        features: &[("of", ANNOTATION), ("role", STRING), ("target", ANNOTATION)],
    },
    CasType {
        name: REMARK,
        supertype: ANNOTATION,
        features: &[("of", ANNOTATION), ("kind", STRING), ("name", STRING), ("value", STRING)],
    },
];

/// The value of a feature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum CasValue {
    /// A string, or whatever an XMI attribute holds.
    Text(String),
    /// Another object, by its id.
    Reference(u32),
}

/// An annotation: a feature structure with a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct CasObject {
    pub id: u32,
    pub kind: String,
    /// Begin and end in UTF-16 units; nothing for a structure without a place.
    pub place: Option<(u32, u32)>,
    pub features: Vec<(String, CasValue)>,
    /// The line in the file that was read.
    pub line: usize,
}

impl CasObject {
    fn text(&self, feature: &str) -> Option<&str> {
        self.features.iter().find_map(|(name, value)| match value {
            CasValue::Text(text) if name == feature => Some(text.as_str()),
            _ => None,
        })
    }

    fn reference(&self, feature: &str) -> Option<u32> {
        self.features.iter().find(|(name, _)| name == feature).and_then(|(_, value)| value.reference())
    }

    /// The name without its package.
    fn short_kind(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or(&self.kind)
    }
}

impl CasValue {
    fn reference(&self) -> Option<u32> {
        match self {
            Self::Text(text) => text.parse().ok(),
            Self::Reference(id) => Some(*id),
        }
    }
}

/// A view that was read: its text and what is said of it.
#[derive(Debug, Default)]
pub(super) struct CasView {
    pub text: String,
    pub objects: Vec<CasObject>,
}

/// Makes objects, with ids from 2 on: 1 is that of the text.
struct CasWriter {
    offsets: Utf16Offsets,
    objects: Vec<CasObject>,
}

impl CasWriter {
    fn add(&mut self, kind: &str, (start, end): (u32, u32), features: Vec<(&str, CasValue)>) -> u32 {
        let id = self.objects.len() as u32 + 2;
        self.objects.push(CasObject {
            id,
            kind: kind.to_owned(),
            place: Some((self.offsets.units(start), self.offsets.units(end))),
            features: features.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            line: 0,
        });
        id
    }

    fn add_remarks(&mut self, of: u32, place: (u32, u32), remarks: &Remarks, links_written: usize) {
        let mut add = |kind: &str, name: &str, value: String| {
            let features = vec![
                ("of", CasValue::Reference(of)),
                ("kind", text(kind)),
                ("name", text(name)),
                ("value", CasValue::Text(value)),
            ];
            self.add(REMARK, place, features);
        };
        for (name, value) in &remarks.attributes {
            let kind = if value.is_some() { "attribute" } else { "flag" };
            add(kind, name, value.clone().unwrap_or_default());
        }
        for link in remarks.links.iter().skip(links_written) {
            add("link", &link.database, link.entry.clone());
        }
        for (kind, note) in &remarks.notes {
            add("note", kind, note.clone());
        }
    }
}

fn text(words: &str) -> CasValue {
    CasValue::Text(words.to_owned())
}

/// Returns the objects that say what a document says.
pub(super) fn objects(document: &AnnotatedDocument) -> Vec<CasObject> {
    let mut writer = CasWriter { offsets: Utf16Offsets::new(&document.text), objects: Vec::new() };
    let length = document.text.chars().count() as u32;
    let title = format!("{}.txt", document.name);
    let about = vec![
        ("documentTitle", text(&title)),
        ("documentId", text(&document.name)),
        ("language", text("x-unspecified")),
    ];
    writer.add(METADATA, (0, length), about);
    let tokens = tokens_of(document);
    for sentence in sentences(&document.text, &tokens) {
        let of_it = &tokens[sentence];
        if let (Some(first), Some(last)) = (of_it.first(), of_it.last()) {
            writer.add(SENTENCE, (first.start, last.end), Vec::new());
        }
        for token in of_it {
            writer.add(TOKEN, (token.start, token.end), Vec::new());
        }
    }
    let mut spans = Vec::with_capacity(document.spans.len());
    for span in &document.spans {
        let place = span.extent();
        let mut features = vec![("value", text(&span.label))];
        features.extend(span.remarks.links.first().map(|link| ("identifier", CasValue::Text(link.to_string()))));
        let id = writer.add(ENTITY, place, features);
        spans.push((id, place));
        if let [_, _, ..] = span.fragments[..] {
            for &fragment in &span.fragments {
                writer.add(FRAGMENT, fragment, vec![("of", CasValue::Reference(id))]);
            }
        }
        writer.add_remarks(id, place, &span.remarks, 1);
    }
    let mut events = Vec::with_capacity(document.events.len());
    for event in &document.events {
        let (trigger, place) = spans[event.trigger];
        let features = vec![("label", text(&event.label)), ("trigger", CasValue::Reference(trigger))];
        let id = writer.add(EVENT, place, features);
        events.push((id, place));
        writer.add_remarks(id, place, &event.remarks, 0);
    }
    let target = |target: &AnnotatedTarget| match target {
        AnnotatedTarget::Span(number) => spans[*number],
        AnnotatedTarget::Event(number) => events[*number],
    };
    let argument = |writer: &mut CasWriter, of: u32, role: &str, (id, place): (u32, (u32, u32))| {
        let features = vec![("of", CasValue::Reference(of)), ("role", text(role)), ("target", CasValue::Reference(id))];
        writer.add(ARGUMENT, place, features);
    };
    for (event, (id, _)) in document.events.iter().zip(&events) {
        for (role, filler) in &event.arguments {
            argument(&mut writer, *id, role, target(filler));
        }
    }
    for relation in &document.relations {
        let [(governor_role, governor), (dependent_role, dependent)] = &relation.arguments;
        let (governor, (dependent, place)) = (target(governor).0, target(dependent));
        let features = vec![
            ("Dependent", CasValue::Reference(dependent)),
            ("Governor", CasValue::Reference(governor)),
            ("label", text(&relation.label)),
            ("dependentRole", text(dependent_role)),
            ("governorRole", text(governor_role)),
        ];
        let id = writer.add(RELATION, place, features);
        writer.add_remarks(id, place, &relation.remarks, 0);
    }
    for equivalence in &document.equivalences {
        let place = equivalence.members.first().map_or((0, 0), |member| spans[*member].1);
        let id = writer.add(EQUIVALENCE, place, vec![("label", text(&equivalence.label))]);
        for member in &equivalence.members {
            argument(&mut writer, id, "", spans[*member]);
        }
    }
    writer.objects
}

/// The annotation that an object has become.
#[derive(Clone, Copy)]
enum CasMeaning {
    Target(AnnotatedTarget),
    Relation(usize),
    Equivalence(usize),
}

/// Features that are no attributes of an annotation.
const STRUCTURAL: [&str; 9] =
    ["sofa", "begin", "end", "id", "Governor", "Dependent", "governorRole", "dependentRole", "label"];

/// Returns the document that a view says. `name` is that of the file, for a view that has none.
pub(super) fn document(view: CasView, name: &str, losses: &mut LossList) -> Result<AnnotatedDocument, ExchangeError> {
    let title = view.objects.iter().find(|object| object.kind == METADATA).and_then(|one| one.text("documentTitle"));
    let title = title.map(|title| title.strip_suffix(".txt").unwrap_or(title)).filter(|title| !title.trim().is_empty());
    let name = title.unwrap_or(name).to_owned();
    let mut reader = CasReader {
        offsets: Utf16Offsets::new(&view.text),
        slots: view
            .objects
            .iter()
            .filter(|one| one.kind != ARGUMENT)
            .filter_map(|one| Some((one.id, (one.text("role")?, one.reference("target")?))))
            .collect(),
        document: AnnotatedDocument { name, text: String::new(), ..AnnotatedDocument::default() },
        meanings: FxHashMap::default(),
        left_out: BTreeSet::new(),
    };
    reader.read(&view.objects, losses)?;
    let CasReader { mut document, left_out, .. } = reader;
    document.text = view.text;
    left_out.iter().for_each(|layer| losses.add(&document.name, layer, LossKind::OtherLayer));
    Ok(document)
}

struct CasReader<'a> {
    offsets: Utf16Offsets,
    /// Fillers of slots, by their ids: role and target.
    slots: FxHashMap<u32, (&'a str, u32)>,
    document: AnnotatedDocument,
    meanings: FxHashMap<u32, CasMeaning>,
    left_out: BTreeSet<String>,
}

impl<'a> CasReader<'a> {
    fn read(&mut self, objects: &'a [CasObject], losses: &mut LossList) -> Result<(), ExchangeError> {
        // What others refer to first: spans, events, relations, then what is said of them.
        let mut relations = Vec::new();
        for object in objects {
            match object.kind.as_str() {
                METADATA | SENTENCE | TOKEN | FRAGMENT | EVENT | EQUIVALENCE | ARGUMENT | REMARK => {}
                kind if kind.starts_with("uima.")
                    || kind.ends_with(".CASMetadata")
                    || kind.ends_with(".TagsetDescription") => {}
                _ if self.slots.contains_key(&object.id) => {}
                _ if object.reference("Governor").is_some() || object.reference("Dependent").is_some() => {
                    relations.push(object);
                }
                kind if kind.starts_with(DKPRO) && !kind.starts_with(ENTITIES) || object.place.is_none() => {
                    self.left_out.insert(object.kind.clone());
                }
                _ => self.add_span(object)?,
            }
        }
        for object in objects.iter().filter(|object| object.kind == EVENT) {
            self.add_event(object)?;
        }
        for object in relations {
            self.add_relation(object);
        }
        let mut fragments: FxHashMap<usize, Vec<(u32, u32)>> = FxHashMap::default();
        for object in objects {
            match object.kind.as_str() {
                EQUIVALENCE => {
                    let label = object.text("label").unwrap_or("Equivalence").to_owned();
                    self.meanings.insert(object.id, CasMeaning::Equivalence(self.document.equivalences.len()));
                    self.document.equivalences.push(AnnotatedEquivalence { label, members: Vec::new() });
                }
                FRAGMENT => {
                    let of = object.reference("of").and_then(|of| self.target(of));
                    let Some(AnnotatedTarget::Span(number)) = of else { return Err(dangling(object, "of")) };
                    fragments.entry(number).or_default().push(self.place(object)?);
                }
                _ => {}
            }
        }
        for (number, mut parts) in fragments {
            parts.sort_unstable();
            self.document.spans[number].fragments = parts;
        }
        for object in objects {
            match object.kind.as_str() {
                ARGUMENT => self.add_argument(object)?,
                REMARK => self.add_remark(object)?,
                kind if !kind.starts_with("scholiast.type.") => self.add_slots(object, losses),
                _ => {}
            }
        }
        Ok(())
    }

    fn target(&self, id: u32) -> Option<AnnotatedTarget> {
        match self.meanings.get(&id)? {
            CasMeaning::Target(target) => Some(*target),
            CasMeaning::Relation(_) | CasMeaning::Equivalence(_) => None,
        }
    }

    fn place(&self, object: &CasObject) -> Result<(u32, u32), ExchangeError> {
        let (begin, end) = object.place.unwrap_or_default();
        match (self.offsets.chars(begin), self.offsets.chars(end)) {
            (Some(start), Some(end)) if start <= end => Ok((start, end)),
            _ => Err(ExchangeError::new(
                object.line,
                format!("`{}` goes from {begin} to {end}, which is no place in the text", object.kind),
            )),
        }
    }

    fn add_span(&mut self, object: &CasObject) -> Result<(), ExchangeError> {
        let fragment = self.place(object)?;
        let is_entity = object.kind.starts_with(ENTITIES);
        let label = object.text("value").filter(|value| is_entity && !value.is_empty());
        let mut remarks = Remarks::default();
        for (name, value) in &object.features {
            let CasValue::Text(value) = value else { continue };
            match name.as_str() {
                "identifier" => remarks.links.push(EntryLink::parse(value)),
                "value" if is_entity => {}
                _ if STRUCTURAL.contains(&name.as_str()) || self.slots_in(value).is_some() => {}
                _ => remarks.attributes.push((name.clone(), Some(value.clone()))),
            }
        }
        let number = self.document.spans.len();
        self.meanings.insert(object.id, CasMeaning::Target(AnnotatedTarget::Span(number)));
        self.document.spans.push(AnnotatedSpan {
            id: format!("T{}", number + 1),
            label: label.unwrap_or(object.short_kind()).to_owned(),
            fragments: vec![fragment],
            remarks,
        });
        Ok(())
    }

    fn add_event(&mut self, object: &CasObject) -> Result<(), ExchangeError> {
        let trigger = object.reference("trigger").and_then(|trigger| self.target(trigger));
        let Some(AnnotatedTarget::Span(trigger)) = trigger else { return Err(dangling(object, "trigger")) };
        let number = self.document.events.len();
        self.meanings.insert(object.id, CasMeaning::Target(AnnotatedTarget::Event(number)));
        self.document.events.push(AnnotatedEvent {
            id: format!("E{}", number + 1),
            label: object.text("label").unwrap_or("Event").to_owned(),
            trigger,
            arguments: Vec::new(),
            remarks: Remarks::default(),
        });
        Ok(())
    }

    /// Adds a relation between annotations; one between words is a layer of its own.
    fn add_relation(&mut self, object: &CasObject) {
        let end = |feature: &str| object.reference(feature).and_then(|id| self.target(id));
        let (Some(governor), Some(dependent)) = (end("Governor"), end("Dependent")) else {
            self.left_out.insert(object.kind.clone());
            return;
        };
        let is_ours = object.kind == RELATION;
        let named = |feature: &str, otherwise: &str| object.text(feature).unwrap_or(otherwise).to_owned();
        // INCEpTION's relation layers name their features freely: the first that says something is the type.
        let texts = || {
            object.features.iter().filter_map(|(name, value)| match value {
                CasValue::Text(text) if name == "label" || !STRUCTURAL.contains(&name.as_str()) => Some((name, text)),
                _ => None,
            })
        };
        let first = object.text("label").or_else(|| texts().next().map(|(_, text)| text.as_str()));
        let label = first.filter(|label| !label.is_empty()).unwrap_or(object.short_kind()).to_owned();
        let is_label = |(name, text): &(&String, &String)| *name == "label" || **text == label;
        let attributes = texts().filter(|one| !is_ours && !is_label(one));
        let attributes = attributes.map(|(name, text)| (name.clone(), Some(text.clone()))).collect();
        let number = self.document.relations.len();
        self.meanings.insert(object.id, CasMeaning::Relation(number));
        self.document.relations.push(AnnotatedRelation {
            id: format!("R{}", number + 1),
            label,
            arguments: [(named("governorRole", "Arg1"), governor), (named("dependentRole", "Arg2"), dependent)],
            remarks: Remarks { attributes, ..Remarks::default() },
        });
    }

    fn add_argument(&mut self, object: &CasObject) -> Result<(), ExchangeError> {
        let of = object.reference("of").and_then(|of| self.meanings.get(&of).copied());
        let target = object.reference("target").and_then(|target| self.target(target));
        match (of, target) {
            (Some(CasMeaning::Target(AnnotatedTarget::Event(number))), Some(target)) => {
                let role = object.text("role").unwrap_or("Argument").to_owned();
                self.document.events[number].arguments.push((role, target));
            }
            (Some(CasMeaning::Equivalence(number)), Some(AnnotatedTarget::Span(member))) => {
                self.document.equivalences[number].members.push(member);
            }
            (_, None) => return Err(dangling(object, "target")),
            _ => return Err(dangling(object, "of")),
        }
        Ok(())
    }

    fn add_remark(&mut self, object: &CasObject) -> Result<(), ExchangeError> {
        let remarks = match object.reference("of").and_then(|of| self.meanings.get(&of)) {
            Some(CasMeaning::Target(AnnotatedTarget::Span(number))) => &mut self.document.spans[*number].remarks,
            Some(CasMeaning::Target(AnnotatedTarget::Event(number))) => &mut self.document.events[*number].remarks,
            Some(CasMeaning::Relation(number)) => &mut self.document.relations[*number].remarks,
            Some(CasMeaning::Equivalence(_)) | None => return Err(dangling(object, "of")),
        };
        let of = |feature: &str| object.text(feature).unwrap_or_default().to_owned();
        match object.text("kind").unwrap_or_default() {
            "flag" => remarks.attributes.push((of("name"), None)),
            "link" => remarks.links.push(EntryLink { database: of("name"), entry: of("value") }),
            "note" => remarks.notes.push((of("name"), of("value"))),
            _ => remarks.attributes.push((of("name"), Some(of("value")))),
        }
        Ok(())
    }

    /// Role and target of each slot that a feature lists.
    fn slots_in(&self, value: &str) -> Option<Vec<(&'a str, u32)>> {
        let ids = value.split_ascii_whitespace();
        let slots: Option<Vec<_>> = ids.map(|id| self.slots.get(&id.parse().ok()?).copied()).collect();
        slots.filter(|slots| !slots.is_empty())
    }

    /// Adds what fills the slots of an annotation of INCEpTION's as relations.
    fn add_slots(&mut self, object: &CasObject, losses: &mut LossList) {
        let Some(from) = self.target(object.id) else { return };
        for (_, value) in &object.features {
            let CasValue::Text(value) = value else { continue };
            for (role, target) in self.slots_in(value).unwrap_or_default() {
                let Some(to) = self.target(target) else {
                    losses.add(&self.document.name, role, LossKind::DanglingReference);
                    continue;
                };
                self.document.relations.push(AnnotatedRelation {
                    id: format!("R{}", self.document.relations.len() + 1),
                    label: if role.is_empty() { "Slot".to_owned() } else { role.to_owned() },
                    arguments: [("Arg1".to_owned(), from), ("Arg2".to_owned(), to)],
                    remarks: Remarks::default(),
                });
            }
        }
    }
}

fn dangling(object: &CasObject, feature: &str) -> ExchangeError {
    ExchangeError::new(
        object.line,
        format!("`{feature}` of `{}` with the id {} refers to no annotation", object.kind, object.id),
    )
}
