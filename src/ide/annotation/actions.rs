//! Actions of an annotator: what can be done with a selection and with the annotations that it touches.
//!
//! Each is a list of edits of the annotation file as its annotations stand now. What the configuration does not allow
//! is not offered. Deliberately absent: whether the file exists, and what an editor still has of it.

use super::border::{BorderSide, occurrences, resized, tidy, word};
use super::code_points::{CodePoints, agrees};
use super::edit::{AnnotationEdits, AttributeValue, is_registry};
use super::pair::{AnnotationPair, ReferenceIndex};
use crate::annotation::{Against, AnnotationBody, Configuration, ConfigurationSection, Standoff};
use crate::config::AnnotateConfig;
use crate::text::edit::{TextEdit, applied};
use crate::text::{Span, cluster};

/// Types that are offered for a selection.
const MOST_TYPES: usize = 24;
/// Annotations at a place whose changes are offered, the innermost first.
const MOST_TOUCHED: usize = 2;
/// Annotations that a relation is offered to, the nearest first.
const MOST_PARTNERS: usize = 4;
/// Bytes around an annotation in which partners of a relation are looked for.
const NEAR: u32 = 600;
/// Lines of a file that is read back as a whole after each action; of a larger one the lines at the selection are.
const WHOLE: usize = 400;

/// One thing that an annotator can do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotationAction {
    /// The title: the deed, in the imperative.
    pub title: String,
    /// The edits of the annotation file, in order.
    pub edits: Vec<TextEdit>,
    /// The sort of deed.
    pub deed: AnnotationDeed,
    /// The type and the words that can be annotated in the whole corpus.
    pub everywhere: Option<(String, String)>,
}

/// The sort of a deed, for editors that give it a key of its own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotationDeed {
    /// The name: `annotate`, `link` …
    pub name: &'static str,
    /// The type that an annotation gets.
    pub kind: Option<String>,
    /// The entry that is linked to.
    pub entry: Option<String>,
}

impl AnnotationDeed {
    /// The deed that answers a finding about an annotation.
    pub const MEND: &'static str = "mend";

    fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    fn of_type(name: &'static str, kind: &str) -> Self {
        Self { name, kind: Some(kind.to_owned()), entry: None }
    }
}

/// A mention that was recognised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecognisedMention {
    /// The place in the text.
    pub span: Span,
    /// The kind, as rows of output have it.
    pub kind: &'static str,
    /// The entries that it may mean, by id and name, the likeliest first.
    pub entries: Vec<(String, String)>,
}

/// The state in which actions are asked for.
pub struct AnnotationContext<'a> {
    /// The annotations where they stand now.
    pub standoff: &'a Standoff,
    /// The text.
    pub points: &'a CodePoints<'a>,
    /// Of an `.a2` the `.a1`.
    pub given: Option<&'a Standoff>,
    /// The configuration: the types that are offered, and what annotations are judged by.
    pub configuration: Option<&'a Configuration>,
    /// The types that mentions of each kind are annotated with.
    pub annotate: &'a AnnotateConfig,
    /// The mentions at the selection, innermost first.
    pub mentions: &'a [RecognisedMention],
    /// The entries of the registry that look like some words, by id and name, the likeliest first.
    pub entries: &'a dyn Fn(&str) -> Vec<(String, String)>,
}

impl<'a> AnnotationContext<'a> {
    /// The deeds that are possible with a selection; an empty one is a cursor.
    pub fn actions(&self, selection: Span) -> Vec<AnnotationAction> {
        let mut actions = Vec::new();
        let pair = AnnotationPair { standoff: self.standoff, points: self.points, moved: None, given: self.given };
        let touched = pair.touched(selection);
        self.on_selection(selection, &pair, &touched, &mut actions);
        for number in touched.iter().take(MOST_TOUCHED) {
            self.on_annotation(*number, selection, &pair, &mut actions);
        }
        if !selection.is_empty() {
            self.on_two(&touched, &pair, &mut actions);
        }
        actions.retain(|action| self.is_clean(action, &touched));
        actions
    }

    /// The types that a selection may have, those of the mention first.
    fn types(&self, mention: Option<&RecognisedMention>) -> Vec<(String, bool)> {
        let own = mention.and_then(|mention| self.annotate.type_of(mention.kind));
        let mut types: Vec<(String, bool)> = Vec::new();
        let mut add = |name: &str, is_event: bool| {
            if !types.iter().any(|(known, _)| known == name) {
                types.push((name.to_owned(), is_event));
            }
        };
        if let Some(configuration) = self.configuration.filter(|configuration| !configuration.allows_any_type()) {
            let entities = configuration.names(ConfigurationSection::Entities);
            own.into_iter().filter(|own| entities.contains(own)).for_each(|own| add(own, false));
            entities.iter().for_each(|name| add(name, false));
            configuration.names(ConfigurationSection::Events).iter().for_each(|name| add(name, true));
        } else {
            own.into_iter().for_each(|own| add(own, false));
            let usual = AnnotateConfig::kinds().filter_map(|kind| self.annotate.type_of(kind));
            usual.for_each(|of| add(of, false));
            self.used_types().iter().for_each(|name| add(name, false));
        }
        types.truncate(MOST_TYPES);
        types
    }

    /// Types that the file uses, the most frequent first.
    fn used_types(&self) -> Vec<&'a str> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for line in self.standoff.lines() {
            let AnnotationBody::Text { kind, .. } = line.body else { continue };
            let kind = self.standoff.slice(kind);
            match counts.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((kind, 1)),
            }
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts.into_iter().map(|(kind, _)| kind).collect()
    }

    /// A type as a person reads it in a title.
    fn name(&self, kind: &str) -> String {
        let label = self.configuration.map_or(kind, |known| known.label(kind));
        if label == kind { format!("`{kind}`") } else { format!("`{kind}` ({label})") }
    }

    fn edits(&self, make: impl FnOnce(&mut AnnotationEdits<'a>) -> Option<()>) -> Option<Vec<TextEdit>> {
        let mut edits = AnnotationEdits::new(self.standoff, self.points, self.given);
        make(&mut edits)?;
        Some(edits.finish()).filter(|edits| !edits.is_empty())
    }

    fn push(
        &self,
        actions: &mut Vec<AnnotationAction>,
        deed: AnnotationDeed,
        title: impl Into<String>,
        make: impl FnOnce(&mut AnnotationEdits<'a>) -> Option<()>,
    ) {
        if let Some(edits) = self.edits(make) {
            actions.push(AnnotationAction { title: title.into(), edits, deed, everywhere: None });
        }
    }

    /// Marks and links for what is selected or, at a cursor, for the mention there.
    fn on_selection(
        &self,
        selection: Span,
        pair: &AnnotationPair<'a>,
        touched: &[usize],
        actions: &mut Vec<AnnotationAction>,
    ) {
        let text = self.points.text();
        let selected = tidy(text, selection);
        let mention = match selected {
            Some(span) => self.mentions.iter().find(|mention| mention.span == span),
            None => self.mentions.iter().find(|mention| mention.span.touches(selection.start)),
        };
        let types = self.types(mention);
        let span = selected.or(mention.map(|mention| mention.span));
        if let Some(span) = span.filter(|span| !span.slice(text).trim().is_empty()) {
            for (kind, is_event) in &types {
                let title = format!("annotate `{}` as {}", shortened(span.slice(text)), self.name(kind));
                let deed = AnnotationDeed::of_type("annotate", kind);
                self.push(actions, deed, title, |edits| edits.annotate(kind, span, *is_event).map(drop));
            }
        }
        // At a cursor, whoever has annotated more or less than was recognised means what was annotated.
        let marked = touched.first().filter(|_| selected.is_none()).and_then(|number| match pair.spans(*number)?[..] {
            [span] => Some(span),
            _ => None,
        });
        let Some(span) = marked.or(span) else { return };
        let words = span.slice(text);
        let known = touched.iter().copied().find(|number| pair.spans(*number).is_some_and(|spans| spans == [span]));
        let kind = mention.and_then(|mention| self.annotate.type_of(mention.kind));
        let kind = kind.filter(|kind| types.iter().any(|(known, _)| known == kind));
        let kind = kind.or(types.first().map(|(kind, _)| kind.as_str()));
        for (id, name) in self.entries_for(words, mention) {
            let linked = known.map(|number| pair.id(number));
            let title = match (linked, kind) {
                (Some(linked), _) => format!("link {linked} to {name} ({id})"),
                (None, Some(kind)) => {
                    format!("annotate `{}` as {} and link to {name} ({id})", shortened(words), self.name(kind))
                }
                (None, None) => continue,
            };
            let deed = AnnotationDeed {
                name: if linked.is_some() { "link" } else { "annotate-and-link" },
                kind: kind.filter(|_| linked.is_none()).map(str::to_owned),
                entry: Some(id.clone()),
            };
            self.push(actions, deed, title, |edits| {
                let target = match (linked, kind) {
                    (Some(linked), _) => linked.to_owned(),
                    (None, kind) => edits.annotate(kind?, span, false)?,
                };
                edits.link(&target, &id, &name);
                Some(())
            });
        }
        self.on_all(words, kind, known.map(|number| (number, pair)), actions);
    }

    fn entries_for(&self, words: &str, mention: Option<&RecognisedMention>) -> Vec<(String, String)> {
        const MOST_ENTRIES: usize = 5;
        let mut entries = mention.map(|mention| mention.entries.clone()).unwrap_or_default();
        for entry in (self.entries)(words) {
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        // An id with a space cannot stand in an annotation file.
        entries.retain(|(id, _)| !id.contains(char::is_whitespace));
        entries.truncate(MOST_ENTRIES);
        entries
    }

    /// The same words everywhere in the file, and in the corpus.
    fn on_all(
        &self,
        words: &str,
        kind: Option<&str>,
        known: Option<(usize, &AnnotationPair<'a>)>,
        actions: &mut Vec<AnnotationAction>,
    ) {
        let of_known = known.and_then(|(number, pair)| pair.kind(number));
        let Some(kind) = of_known.or(kind) else { return };
        let is_event = self.is_event(kind);
        let free = free_occurrences(self.standoff, self.points, words, kind);
        let title = |count: usize, place: &str| match count {
            1 => format!("annotate the other occurrence of `{}` in {place} as {}", shortened(words), self.name(kind)),
            _ => {
                format!("annotate all {count} occurrences of `{}` in {place} as {}", shortened(words), self.name(kind))
            }
        };
        if free.len() > 1 || (free.len() == 1 && known.is_some()) {
            let deed = AnnotationDeed::of_type("annotate-all", kind);
            self.push(actions, deed, title(free.len(), "this file"), |edits| {
                for span in &free {
                    edits.annotate(kind, *span, is_event);
                }
                Some(())
            });
        }
        actions.push(AnnotationAction {
            title: format!("annotate all occurrences of `{}` in the corpus as {}", shortened(words), self.name(kind)),
            edits: Vec::new(),
            deed: AnnotationDeed::of_type("annotate-all", kind),
            everywhere: Some((kind.to_owned(), words.to_owned())),
        });
    }

    fn is_event(&self, kind: &str) -> bool {
        self.configuration.is_some_and(|configuration| configuration.is_trigger_type(kind))
    }

    /// Changes of one annotation.
    fn on_annotation(
        &self,
        number: usize,
        selection: Span,
        pair: &AnnotationPair<'a>,
        actions: &mut Vec<AnnotationAction>,
    ) {
        let id = pair.id(number);
        let (Some(spans), Some(kind), Some(words)) = (pair.spans(number), pair.kind(number), pair.words(number)) else {
            return;
        };
        let index = ReferenceIndex::new(self.standoff);
        let text = self.points.text();
        self.mend(id, number, pair, actions);
        let event = index.events(id).first().copied();
        for (other, is_event) in self.types(None).iter().filter(|(other, _)| other != kind) {
            // A trigger stays one, and other words do not become one.
            if *is_event == event.is_some() {
                let deed = AnnotationDeed::of_type("retype", other);
                self.push(actions, deed, format!("change the type of {id} to {}", self.name(other)), |edits| {
                    edits.retype(id, other);
                    Some(())
                });
            }
        }
        self.attributes(event.unwrap_or(id), kind, &index, actions);
        if let [span] = spans[..] {
            let mut sizes: Vec<(&str, Span)> = Vec::new();
            if let Some(tidied) = tidy(text, selection).filter(|tidied| !selection.is_empty() && tidied.overlaps(span))
            {
                sizes.push(("the selection", tidied));
            }
            let around = word(text, span.start).zip(word(text, span.end.saturating_sub(1)));
            sizes.extend(around.map(|(first, last)| ("whole words", first.cover(last))));
            let mentions = self.mentions.iter().map(|mention| mention.span);
            sizes.extend(
                mentions.filter(|mention| mention.overlaps(span)).map(|mention| ("the recognised mention", mention)),
            );
            for (side, grow, name) in [
                (BorderSide::End, true, "one letter longer"),
                (BorderSide::End, false, "one letter shorter"),
                (BorderSide::Start, true, "one letter longer at its start"),
                (BorderSide::Start, false, "one letter shorter at its start"),
            ] {
                sizes.extend(
                    resized(text, span, side, grow).and_then(|resized| tidy(text, resized)).map(|span| (name, span)),
                );
            }
            let mut seen = vec![span];
            for (name, size) in sizes {
                if seen.contains(&size) {
                    continue;
                }
                seen.push(size);
                let title = match (span.contains(size), size.contains(span)) {
                    _ if name.starts_with("one") => format!("make {id} {name}: `{}`", shortened(size.slice(text))),
                    (true, _) => format!("shrink {id} to {name}: `{}`", shortened(size.slice(text))),
                    (_, true) => format!("extend {id} to {name}: `{}`", shortened(size.slice(text))),
                    _ => format!("move {id} to {name}: `{}`", shortened(size.slice(text))),
                };
                self.push(actions, AnnotationDeed::new("resize"), title, |edits| edits.resize(id, &[size]));
            }
        }
        let cut = selection.start;
        if selection.is_empty()
            && spans.iter().any(|span| span.start < cut && cut < span.end)
            && cluster::is_boundary(text, cut as usize)
        {
            self.push(actions, AnnotationDeed::new("split"), format!("split {id} here"), |edits| edits.split(id, cut));
        }
        if selection.is_empty() {
            self.partners(number, pair, &index, actions);
        }
        self.push(actions, AnnotationDeed::new("note"), format!("add a note to {id}"), |edits| {
            edits.note(event.unwrap_or(id), "");
            Some(())
        });
        if index.links(id).any(|(_, _, database, _)| is_registry(database)) {
            self.push(actions, AnnotationDeed::new("unlink"), format!("take the link off {id}"), |edits| {
                edits.unlink(id);
                Some(())
            });
        }
        let leaning = index.of(id).count();
        let along = if leaning == 0 { String::new() } else { " with what depends on it".to_owned() };
        self.push(
            actions,
            AnnotationDeed::new("delete"),
            format!("delete {id} `{}`{along}", shortened(&words)),
            |edits| {
                edits.delete(id);
                Some(())
            },
        );
    }

    /// Answers to words that are not those recorded.
    fn mend(&self, id: &str, number: usize, pair: &AnnotationPair<'a>, actions: &mut Vec<AnnotationAction>) {
        let Some(AnnotationBody::Text { text: Some(recorded), .. }) =
            self.standoff.lines().get(number).map(|line| &line.body)
        else {
            return;
        };
        let recorded = self.standoff.slice(*recorded);
        let Some(found) = pair.words(number).filter(|found| !agrees(found, recorded)) else { return };
        let mut mend = |title: String, edits: Option<Vec<TextEdit>>| {
            actions.extend(edits.map(|edits| AnnotationAction {
                title,
                edits,
                deed: AnnotationDeed::new(AnnotationDeed::MEND),
                everywhere: None,
            }));
        };
        if !found.trim().is_empty() {
            mend(format!("keep {id} at `{}`", shortened(&found)), self.edits(|edits| edits.keep(id)));
        }
        let text = self.points.text();
        let around = pair.extent(number).and_then(|extent| {
            let first = word(text, extent.start)?;
            let last = word(text, extent.end)?;
            Some(first.cover(last).cover(extent))
        });
        let widened =
            around.and_then(|around| tidy(text, around)).filter(|around| Some(*around) != pair.extent(number));
        if let Some(around) = widened {
            let title = format!("widen {id} to `{}`", shortened(around.slice(text)));
            mend(title, self.edits(|edits| edits.resize(id, &[around])));
        }
        let places = occurrences(text, recorded);
        if let [place] = places[..] {
            mend(
                format!("move {id} to where `{}` stands", shortened(recorded)),
                self.edits(|edits| edits.resize(id, &[place])),
            );
        }
        mend(
            format!("delete {id} `{}`, whose words are gone", shortened(recorded)),
            self.edits(|edits| {
                edits.delete(id);
                Some(())
            }),
        );
    }

    fn attributes(&self, target: &str, kind: &str, index: &ReferenceIndex<'_>, actions: &mut Vec<AnnotationAction>) {
        let Some(configuration) = self.configuration else { return };
        for attribute in configuration.attributes_of(kind) {
            let name = attribute.name.as_str();
            let known = index.of(target).find_map(|(_, line)| match line.body {
                AnnotationBody::Attribute { name: of, value, .. } if self.standoff.slice(of) == name => {
                    Some(value.map(|value| self.standoff.slice(value)))
                }
                _ => None,
            });
            if attribute.values.is_empty() {
                let (verb, value) = match known {
                    Some(_) => ("take off", None),
                    None => ("set", Some(AttributeValue(None))),
                };
                self.push(actions, AnnotationDeed::new("attribute"), format!("{verb} `{name}` of {target}"), |edits| {
                    edits.set_attribute(target, name, value);
                    Some(())
                });
                continue;
            }
            for value in attribute.values.iter().filter(|value| known != Some(Some(value.as_str()))) {
                self.push(
                    actions,
                    AnnotationDeed::new("attribute"),
                    format!("set `{name}` of {target} to `{value}`"),
                    |edits| {
                        edits.set_attribute(target, name, Some(AttributeValue(Some(value))));
                        Some(())
                    },
                );
            }
            if known.is_some() {
                self.push(
                    actions,
                    AnnotationDeed::new("attribute"),
                    format!("take off `{name}` of {target}"),
                    |edits| {
                        edits.set_attribute(target, name, None);
                        Some(())
                    },
                );
            }
        }
    }

    /// Relations to annotations nearby.
    fn partners(
        &self,
        number: usize,
        pair: &AnnotationPair<'a>,
        index: &ReferenceIndex<'_>,
        actions: &mut Vec<AnnotationAction>,
    ) {
        let Some(own) = pair.extent(number) else { return };
        let around = Span::new(own.start.saturating_sub(NEAR), own.end + NEAR);
        let mut others: Vec<(u32, usize)> = pair
            .touched(around)
            .into_iter()
            .filter(|other| *other != number)
            .filter_map(|other| {
                let extent = pair.extent(other)?;
                let distance = extent.start.saturating_sub(own.end).max(own.start.saturating_sub(extent.end));
                Some((distance, other))
            })
            .collect();
        others.sort_unstable();
        for (_, other) in others.into_iter().take(MOST_PARTNERS) {
            self.relations(number, other, pair, index, actions);
        }
    }

    /// The relations that two annotations may have, from the first to the second.
    fn relations(
        &self,
        one: usize,
        two: usize,
        pair: &AnnotationPair<'a>,
        index: &ReferenceIndex<'_>,
        actions: &mut Vec<AnnotationAction>,
    ) {
        let Some(configuration) = self.configuration else { return };
        let (Some(kind_one), Some(kind_two)) = (pair.kind(one), pair.kind(two)) else { return };
        let id = |number: usize| {
            let id = pair.id(number);
            index.events(id).first().copied().unwrap_or(id)
        };
        let (id_one, id_two) = (id(one), id(two));
        let shown = || format!("{id_two} `{}`", shortened(&pair.words(two).unwrap_or_default()));
        for relation in configuration.section(ConfigurationSection::Relations).into_iter().flatten() {
            let [first, second] = &relation.roles[..] else { continue };
            let fits = |one, two| configuration.fits(first, one) && configuration.fits(second, two);
            if relation.heading
                || !(fits(kind_one, kind_two) || relation.symmetric && fits(kind_two, kind_one))
                || self.has_relation(&relation.name, id_one, id_two)
            {
                continue;
            }
            let deed = AnnotationDeed::of_type("relation", &relation.name);
            self.push(actions, deed, format!("relate {id_one} by `{}` to {}", relation.name, shown()), |edits| {
                if relation.is_equivalence() {
                    edits.equate(&relation.name, id_one, id_two);
                } else {
                    edits.relate(&relation.name, [(&first.name, id_one), (&second.name, id_two)]);
                }
                Some(())
            });
        }
        let Some((ConfigurationSection::Events, event)) = configuration.definition(kind_one) else { return };
        let Some(AnnotationBody::Event { arguments, .. }) = self.standoff.line(id_one).map(|line| &line.body) else {
            return;
        };
        for role in event.roles.iter().filter(|role| configuration.fits(role, kind_two)) {
            let filled = arguments.iter().filter(|argument| {
                event.role(self.standoff.slice(argument.role)).is_some_and(|of| of.name == role.name)
            });
            let is_there = arguments.iter().any(|argument| self.standoff.slice(argument.target) == id_two);
            if is_there || role.most.is_some_and(|most| filled.count() >= most) {
                continue;
            }
            self.push(
                actions,
                AnnotationDeed::new("relation"),
                format!("fill `{}` of {id_one} with {}", role.name, shown()),
                |edits| edits.add_argument(id_one, &role.name, id_two),
            );
        }
    }

    fn has_relation(&self, kind: &str, one: &str, two: &str) -> bool {
        self.standoff.lines().iter().any(|line| match &line.body {
            AnnotationBody::Relation { kind: of, arguments: [first, second] } => {
                self.standoff.slice(*of) == kind
                    && self.standoff.slice(first.target) == one
                    && self.standoff.slice(second.target) == two
            }
            AnnotationBody::Equivalence { kind: of, members } => {
                let has = |id: &str| members.iter().any(|member| self.standoff.slice(*member) == id);
                self.standoff.slice(*of) == kind && has(one) && has(two)
            }
            _ => false,
        })
    }

    /// The deeds that are possible with the two annotations of a selection.
    fn on_two(&self, touched: &[usize], pair: &AnnotationPair<'a>, actions: &mut Vec<AnnotationAction>) {
        let mut two = touched.to_vec();
        two.sort_by_key(|number| pair.extent(*number).map(|extent| extent.start));
        // A person selects from the one to the other; what lies between is not meant.
        let (Some(&one), Some(&other)) = (two.first(), two.last()) else { return };
        if one == other {
            return;
        }
        if pair.kind(one) == pair.kind(other) {
            let title = format!("join {} and {}", pair.id(one), pair.id(other));
            self.push(actions, AnnotationDeed::new("join"), title, |edits| edits.join(pair.id(one), pair.id(other)));
        }
        let index = ReferenceIndex::new(self.standoff);
        self.relations(one, other, pair, &index, actions);
        self.relations(other, one, pair, &index, actions);
    }

    /// Tells whether the annotations read back after an action without a new finding.
    fn is_clean(&self, action: &AnnotationAction, touched: &[usize]) -> bool {
        if action.edits.is_empty() {
            return true;
        }
        let source = self.standoff.source();
        let Some(after) = applied(source, &action.edits) else { return false };
        let faults = |file: &Standoff| {
            let against = Against { text: self.points.text(), given: self.given, configuration: self.configuration };
            file.faults(against).len()
        };
        if self.standoff.lines().len() <= WHOLE {
            return faults(&Standoff::parse(after)) <= faults(self.standoff);
        }
        // Of a large file: the lines at the selection before, and the lines that come.
        let mut before = String::new();
        for number in touched {
            before.push_str(self.standoff.slice(self.standoff.lines()[*number].span));
            before.push('\n');
        }
        let new = action.edits.iter().filter(|edit| edit.span.is_empty() && edit.span.start as usize == source.len());
        let text_bound = new.flat_map(|edit| edit.text.lines()).filter(|line| line.starts_with('T'));
        let after = text_bound.fold(before.clone(), |after, line| after + line + "\n");
        faults(&Standoff::parse(after)) <= faults(&Standoff::parse(before))
    }
}

/// The places of words that no annotation of the type marks.
pub fn free_occurrences(standoff: &Standoff, points: &CodePoints<'_>, words: &str, kind: &str) -> Vec<Span> {
    let mut places = occurrences(points.text(), words);
    if places.is_empty() {
        return places;
    }
    let pair = AnnotationPair { standoff, points, moved: None, given: None };
    let of_kind = |number: &usize| pair.kind(*number) == Some(kind);
    let marked = pair.placed().into_iter().filter(|(number, _)| of_kind(number)).flat_map(|(_, spans)| spans);
    let mut marked: Vec<Span> = marked.collect();
    marked.sort_unstable();
    let longest = marked.iter().map(|span| span.len()).max().unwrap_or_default();
    places.retain(|place| {
        let first = marked.partition_point(|span| span.start + longest < place.start);
        let near = marked[first..].iter().take_while(|span| span.start < place.end);
        !near.into_iter().any(|span| span.overlaps(*place))
    });
    places
}

/// The edits that annotate words wherever they stand in a text.
pub fn annotate_all(
    standoff: &Standoff,
    points: &CodePoints<'_>,
    given: Option<&Standoff>,
    (kind, is_event): (&str, bool),
    words: &str,
) -> Vec<TextEdit> {
    let mut edits = AnnotationEdits::new(standoff, points, given);
    for span in free_occurrences(standoff, points, words, kind) {
        edits.annotate(kind, span, is_event);
    }
    edits.finish()
}

/// Words as they are shown in a title.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 40;
    let words: String = words.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if words.chars().count() <= LONGEST {
        return words;
    }
    let cut = words.char_indices().nth(LONGEST - 1).map_or(words.len(), |(at, _)| at);
    let (start, _) = cluster::around(&words, cut);
    format!("{}…", &words[..start])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::position::chars;

    const CONFIGURATION: &str = "[entities]\nPerson\nPlace\n[relations]\nKnows\tArg1:Person, Arg2:Person\n\
                                 Same\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n\
                                 [events]\nMeet\tWho*:Person, Where?:Place\n[attributes]\nSure\tArg:<ANY>\n\
                                 Mood\tArg:Person, Value:glad|sad\n";
    const TEXT: &str = "Lan gặp ป้าดำ ở 😀 chợ.\r\nLan về";
    static USUAL: std::sync::LazyLock<AnnotateConfig> = std::sync::LazyLock::new(AnnotateConfig::default);

    /// A file with everything, written for the text.
    fn file() -> String {
        let offset = |words: &str, nth: usize| {
            let at = TEXT.match_indices(words).nth(nth).unwrap().0;
            let start = chars(&TEXT[..at]);
            format!("{start} {}\t{words}", start + chars(words))
        };
        format!(
            "T1\tPerson {}\r\nT2\tMeet {}\r\nE1\tMeet:T2 Who:T1 Where:T4\r\nT3\tPerson {}\r\nT4\tPlace {}\r\n\
             R1\tKnows Arg1:T1 Arg2:T3\r\n*\tSame T1 T3\r\nA1\tMood T1 glad\r\nA2\tSure E1\r\n\
             N1\tReference T1 registry:lan\tLan\r\n#1\tAnnotatorNotes R1\tx\r\n# odd\r\n",
            offset("Lan", 0),
            offset("gặp", 0),
            offset("ป้าดำ", 0),
            offset("chợ", 0),
        )
    }

    fn context_of<'a>(
        standoff: &'a Standoff,
        points: &'a CodePoints<'a>,
        configuration: &'a Configuration,
        mentions: &'a [RecognisedMention],
    ) -> AnnotationContext<'a> {
        AnnotationContext {
            standoff,
            points,
            given: None,
            configuration: Some(configuration),
            annotate: &USUAL,
            mentions,
            entries: &|_| vec![("lan".to_owned(), "Trần Thị Lan".to_owned())],
        }
    }

    #[test]
    fn after_any_action_the_file_reads_back_without_a_new_finding() {
        let configuration = Configuration::parse(CONFIGURATION);
        let points = CodePoints::new(TEXT);
        let standoff = Standoff::parse(file());
        let against = Against { text: TEXT, given: None, configuration: Some(&configuration) };
        let faults = |file: &Standoff| file.faults(against).len();
        let before = faults(&standoff);
        let at = TEXT.rfind("Lan").unwrap();
        let mentions = [RecognisedMention {
            span: Span::of(at, at + 3),
            kind: "person",
            entries: vec![("lan".to_owned(), "Trần Thị Lan".to_owned())],
        }];
        let context = context_of(&standoff, &points, &configuration, &mentions);
        let borders: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).chain([TEXT.len()]).collect();
        let mut names: Vec<&str> = Vec::new();
        for (number, start) in borders.iter().enumerate() {
            for end in &borders[number..] {
                for action in context.actions(Span::of(*start, *end)) {
                    if action.everywhere.is_some() {
                        continue;
                    }
                    let title = &action.title;
                    let after = applied(standoff.source(), &action.edits).unwrap_or_else(|| panic!("{title}"));
                    assert_ne!(after, standoff.source(), "{title}");
                    assert!(after.split_inclusive('\n').all(|line| line.ends_with("\r\n")), "{title}: {after:?}");
                    let read = Standoff::parse(after.as_str());
                    assert!(faults(&read) <= before, "{title}: {after}");
                    // What nobody understands stays.
                    assert!(after.contains("# odd\r\n"), "{title}");
                    for line in read.lines() {
                        let AnnotationBody::Text { fragments, text: Some(text), .. } = &line.body else { continue };
                        let words = points.words(fragments).unwrap();
                        assert_eq!(words, read.slice(*text), "{title}");
                        assert_eq!(words.trim(), words, "{title}");
                        for fragment in fragments {
                            let span = points.span(*fragment).unwrap();
                            let whole = [span.start, span.end];
                            assert!(
                                whole.iter().all(|at| cluster::is_boundary(TEXT, *at as usize)),
                                "{title}: {words}"
                            );
                        }
                    }
                    if !names.contains(&action.deed.name) {
                        names.push(action.deed.name);
                    }
                }
            }
        }
        names.sort_unstable();
        let all = [
            "annotate",
            "annotate-all",
            "annotate-and-link",
            "attribute",
            "delete",
            "join",
            "link",
            "note",
            "relation",
            "resize",
            "split",
            "unlink",
        ];
        assert!(all.iter().all(|name| names.contains(name)), "{names:?}");
    }

    #[test]
    fn words_that_are_not_recorded_are_mended() {
        let configuration = Configuration::parse(CONFIGURATION);
        let text = "Lam về quê với Lan";
        let points = CodePoints::new(text);
        let standoff = Standoff::parse("T1\tPerson 0 2\tLan\n#1\tAnnotatorNotes T1\tx\n");
        let context = context_of(&standoff, &points, &configuration, &[]);
        let mends =
            context.actions(Span::new(1, 1)).into_iter().filter(|action| action.deed.name == AnnotationDeed::MEND);
        let shown: Vec<(String, String)> =
            mends.map(|action| (action.title, applied(standoff.source(), &action.edits).unwrap())).collect();
        let note = "#1\tAnnotatorNotes T1\tx\n";
        assert_eq!(
            shown,
            [
                ("keep T1 at `La`".to_owned(), format!("T1\tPerson 0 2\tLa\n{note}")),
                ("widen T1 to `Lam`".to_owned(), format!("T1\tPerson 0 3\tLam\n{note}")),
                ("move T1 to where `Lan` stands".to_owned(), format!("T1\tPerson 15 18\tLan\n{note}")),
                ("delete T1 `Lan`, whose words are gone".to_owned(), String::new()),
            ]
        );
    }
}
