//! The comparison of annotations with the configuration of their project, and of events with each other.

use rustc_hash::{FxHashMap, FxHashSet};

use super::check::StandoffCheck;
use super::configuration::{ArgumentFault, Configuration, UnknownName};
use super::fault::{AnnotationFaultKind, Repair};
use super::line::{AnnotationBody, Argument};
use super::standoff::{AnnotationLine, Standoff};
use crate::text::Span;
use crate::text::edit::TextEdit;

/// Events of a circle that a message names.
const MAX_NAMED: usize = 6;

/// The verdicts about names: a file has few of them and many lines.
type KnownNames<'a> = FxHashMap<(NameSort, &'a str), Result<(), UnknownName>>;

/// The sort of line that has a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum NameSort {
    Text,
    Event,
    Relation,
    Attribute,
}

/// The annotation that an id names, as far as an argument can be one.
enum ArgumentTarget<'a> {
    /// A piece of text, an event or a relation, of a type.
    Of(&'a str),
    /// A line that is said of something else: an attribute, a link, a note.
    Remark,
    /// Nothing that is known.
    Unknown,
}

impl<'a> ArgumentTarget<'a> {
    fn kind(&self) -> Option<&'a str> {
        if let Self::Of(kind) = self { Some(kind) } else { None }
    }
}

impl<'a> StandoffCheck<'a> {
    /// Compares all lines with the configuration.
    pub(super) fn configuration(&mut self, events: &FxHashMap<&str, &str>) {
        let Some(configuration) = self.against.configuration else { return };
        let mut known: KnownNames<'_> = FxHashMap::default();
        let mut attributes: FxHashMap<(&str, &str), &AnnotationLine> = FxHashMap::default();
        for line in self.file.lines() {
            if let AnnotationBody::Text { kind, .. } = line.body {
                let name = self.file.slice(kind);
                let verdict =
                    known.entry((NameSort::Text, name)).or_insert_with(|| configuration.text_bound(name)).clone();
                match verdict {
                    Err(unknown) => self.unknown(kind, unknown),
                    Ok(()) => self.trigger(line, kind, configuration, events),
                }
                continue;
            }
            self.configured(line, configuration, &mut known);
            self.attribute_twice(line, &mut attributes);
        }
        if configuration.judges_overlaps() {
            self.overlaps(configuration);
        }
    }

    fn unknown(&mut self, span: Span, UnknownName { what, suggestion }: UnknownName) {
        let name = self.file.slice(span).to_owned();
        let repair = suggestion.as_ref().map(|meant| Repair {
            title: format!("write `{meant}`"),
            safe: false,
            edits: vec![TextEdit::replace(span, meant.as_str())],
        });
        self.report(span, AnnotationFaultKind::NotConfigured { what, name, suggestion }, repair);
    }

    /// A piece of text that can only be a trigger and is none.
    fn trigger(
        &mut self,
        line: &AnnotationLine,
        kind: Span,
        configuration: &Configuration,
        events: &FxHashMap<&str, &str>,
    ) {
        let name = self.file.slice(kind);
        if !events.contains_key(self.file.slice(line.id)) && configuration.is_trigger_type(name) {
            let fault = ArgumentFault::NoEvent;
            self.report(kind, AnnotationFaultKind::Argument { kind: name.to_owned(), fault }, None);
        }
    }

    fn configured(&mut self, line: &AnnotationLine, configuration: &Configuration, known: &mut KnownNames<'a>) {
        let file = self.file;
        let mut verdict = |sort: NameSort, span: Span, judge: fn(&Configuration, &str) -> Result<(), UnknownName>| {
            let name = file.slice(span);
            (span, known.entry((sort, name)).or_insert_with(|| judge(configuration, name)).clone())
        };
        let (span, verdict) = match line.body {
            AnnotationBody::Event { kind, .. } => verdict(NameSort::Event, kind, Configuration::event),
            AnnotationBody::Relation { kind, .. } | AnnotationBody::Equivalence { kind, .. } => {
                verdict(NameSort::Relation, kind, Configuration::relation)
            }
            AnnotationBody::Attribute { name, .. } => verdict(NameSort::Attribute, name, Configuration::attribute),
            AnnotationBody::Normalization { target, reference } => {
                let Some((database, _)) = file.slice(reference).split_once(':') else { return };
                let Some(kind) = self.target(target).kind() else { return };
                let span = Span::new(reference.start, reference.start + database.len() as u32);
                (span, configuration.database(kind, database))
            }
            AnnotationBody::Text { .. } | AnnotationBody::Note { .. } | AnnotationBody::Malformed(_) => return,
        };
        match verdict {
            Err(unknown) => self.unknown(span, unknown),
            // Nothing is known of the arguments of a type that is not known.
            Ok(()) => self.arguments(line, configuration),
        }
    }

    fn arguments(&mut self, line: &AnnotationLine, configuration: &Configuration) {
        match &line.body {
            AnnotationBody::Event { kind, arguments, .. } => self.event(*kind, arguments, configuration),
            AnnotationBody::Relation { kind, arguments } => self.relation(*kind, arguments, configuration),
            AnnotationBody::Equivalence { kind, members } => self.equivalence(*kind, members, configuration),
            AnnotationBody::Attribute { name, target, value } => {
                self.attribute(*name, *target, *value, configuration);
            }
            _ => {}
        }
    }

    fn event(&mut self, kind: Span, arguments: &[Argument], configuration: &Configuration) {
        let file = self.file;
        let filled: Vec<(&str, Option<&str>)> =
            arguments.iter().map(|argument| (file.slice(argument.role), self.target(argument.target).kind())).collect();
        let name = file.slice(kind);
        for (number, fault) in configuration.event_arguments(name, &filled) {
            let argument = number.and_then(|number| arguments.get(number));
            let at = argument.map_or(kind, |argument| argument.role.cover(argument.target));
            let repair = argument.and_then(|argument| renamed(argument, &fault));
            self.report(at, AnnotationFaultKind::Argument { kind: name.to_owned(), fault }, repair);
        }
        for argument in arguments {
            if let Some(fault) = self.no_target(argument) {
                let at = argument.role.cover(argument.target);
                self.report(at, AnnotationFaultKind::Argument { kind: name.to_owned(), fault }, None);
            }
        }
    }

    fn relation(&mut self, kind: Span, arguments: &[Argument; 2], configuration: &Configuration) {
        let file = self.file;
        let name = file.slice(kind);
        let of = |argument: &Argument| (file.slice(argument.role), self.target(argument.target).kind());
        let [one, two] = arguments;
        if let Some(fault) = configuration.relation_arguments(name, [of(one), of(two)]) {
            let wrong = match &fault {
                ArgumentFault::NoSuchRole { role, .. } => arguments.iter().find(|it| file.slice(it.role) == role),
                _ => None,
            };
            let (first, second) = (of(one), of(two));
            let turned = [(first.0, second.1), (second.0, first.1)];
            let fits_turned = matches!(fault, ArgumentFault::WrongTarget { .. })
                && configuration.relation_arguments(name, turned).is_none();
            let repair = match wrong {
                Some(argument) => renamed(argument, &fault),
                None => fits_turned.then(|| Repair {
                    title: "exchange the arguments".to_owned(),
                    safe: false,
                    edits: vec![
                        TextEdit::replace(one.target, file.slice(two.target)),
                        TextEdit::replace(two.target, file.slice(one.target)),
                    ],
                }),
            };
            self.report(kind, AnnotationFaultKind::Relation { kind: name.to_owned(), fault }, repair);
        }
        for argument in arguments {
            if let Some(fault) = self.no_target(argument) {
                let at = argument.role.cover(argument.target);
                self.report(at, AnnotationFaultKind::Relation { kind: name.to_owned(), fault }, None);
            }
        }
    }

    fn equivalence(&mut self, kind: Span, members: &[Span], configuration: &Configuration) {
        let name = self.file.slice(kind);
        let mut kinds: Vec<&str> = members.iter().filter_map(|member| self.target(*member).kind()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if let Some(fault) = configuration.equivalence(name, &kinds) {
            self.report(kind, AnnotationFaultKind::Relation { kind: name.to_owned(), fault }, None);
        }
    }

    fn attribute(&mut self, name: Span, target: Span, value: Option<Span>, configuration: &Configuration) {
        let file = self.file;
        let attribute = file.slice(name);
        let fault = match self.target(target) {
            ArgumentTarget::Of(kind) => configuration.attribute_target(attribute, kind),
            ArgumentTarget::Remark => {
                Some(ArgumentFault::NoTarget { role: "Arg".to_owned(), target: file.slice(target).to_owned() })
            }
            ArgumentTarget::Unknown => None,
        };
        if let Some(fault) = fault {
            self.report(target, AnnotationFaultKind::Argument { kind: attribute.to_owned(), fault }, None);
        }
        let said = value.map(|value| file.slice(value));
        let Err((allowed, suggestion)) = configuration.value(attribute, said) else { return };
        let (edit, title) = match (value, &suggestion) {
            (Some(value), Some(meant)) => (Some(TextEdit::replace(value, meant.as_str())), format!("write `{meant}`")),
            (None, Some(meant)) => {
                let behind = Span::new(target.end, target.end);
                (Some(TextEdit::replace(behind, format!(" {meant}"))), format!("write `{meant}`, the default"))
            }
            (Some(value), None) if allowed.is_empty() => {
                (Some(TextEdit::replace(Span::new(target.end, value.end), "")), "leave the value out".to_owned())
            }
            _ => (None, String::new()),
        };
        let repair = edit.map(|edit| Repair { title, safe: false, edits: vec![edit] });
        let (name_of, value_of) = (attribute.to_owned(), said.map(str::to_owned));
        let problem = AnnotationFaultKind::AttributeValue { name: name_of, value: value_of, allowed, suggestion };
        self.report(value.unwrap_or(name), problem, repair);
    }

    fn attribute_twice(
        &mut self,
        line: &'a AnnotationLine,
        first: &mut FxHashMap<(&'a str, &'a str), &'a AnnotationLine>,
    ) {
        let AnnotationBody::Attribute { name, target, value } = line.body else { return };
        let key = (self.file.slice(name), self.file.slice(target));
        let earlier = *first.entry(key).or_insert(line);
        if std::ptr::eq(earlier, line) {
            return;
        }
        let AnnotationBody::Attribute { value: before, .. } = earlier.body else { return };
        let said = |value: Option<Span>| value.map(|value| self.file.slice(value));
        let same = said(value) == said(before);
        let (name_of, earlier) = (key.0.to_owned(), self.file.slice(earlier.id).to_owned());
        self.report(name, AnnotationFaultKind::AttributeTwice { name: name_of, first: earlier, same }, None);
    }

    fn no_target(&self, argument: &Argument) -> Option<ArgumentFault> {
        let (role, target) = (self.file.slice(argument.role), self.file.slice(argument.target));
        let fault = || ArgumentFault::NoTarget { role: role.to_owned(), target: target.to_owned() };
        matches!(self.target(argument.target), ArgumentTarget::Remark).then(fault)
    }

    /// The annotation that an id names, in this file or the one that is given.
    fn target(&self, target: Span) -> ArgumentTarget<'a> {
        let id = self.file.slice(target);
        let found: Option<(&'a Standoff, &'a AnnotationLine)> =
            [Some(self.file), self.against.given].into_iter().flatten().find_map(|file| Some((file, file.line(id)?)));
        match found.map(|(file, line)| (file, &line.body)) {
            Some((
                file,
                AnnotationBody::Text { kind, .. }
                | AnnotationBody::Event { kind, .. }
                | AnnotationBody::Relation { kind, .. },
            )) => ArgumentTarget::Of(file.slice(*kind)),
            Some((
                _,
                AnnotationBody::Attribute { .. } | AnnotationBody::Normalization { .. } | AnnotationBody::Note { .. },
            )) => ArgumentTarget::Remark,
            _ => ArgumentTarget::Unknown,
        }
    }

    /// Events that are arguments of themselves, through others or directly: one fault for each circle.
    pub(super) fn circles(&mut self) {
        let file = self.file;
        let events: Vec<&AnnotationLine> = file
            .lines()
            .iter()
            .filter(|line| line.repeats.is_none() && matches!(line.body, AnnotationBody::Event { .. }))
            .collect();
        let numbers: FxHashMap<&str, usize> =
            events.iter().enumerate().map(|(number, line)| (file.slice(line.id), number)).collect();
        let targets: Vec<Vec<usize>> = events.iter().map(|line| event_targets(file, line, &numbers)).collect();
        for circle in circles(&targets) {
            let through: Vec<String> =
                circle.iter().take(MAX_NAMED).map(|number| file.slice(events[*number].id).to_owned()).collect();
            let line = events[circle[0]];
            let AnnotationBody::Event { kind, .. } = line.body else { continue };
            let fault = ArgumentFault::Cycle { through };
            self.report(line.id, AnnotationFaultKind::Argument { kind: file.slice(kind).to_owned(), fault }, None);
        }
    }
}

/// The events that fill roles of an event, by number.
fn event_targets(file: &Standoff, line: &AnnotationLine, numbers: &FxHashMap<&str, usize>) -> Vec<usize> {
    let AnnotationBody::Event { arguments, .. } = &line.body else { return Vec::new() };
    arguments.iter().filter_map(|argument| numbers.get(file.slice(argument.target)).copied()).collect()
}

/// The circles of a graph, one for each knot of nodes that reach each other on the way that is tried, each beginning
/// with its first node. Linear in the edges.
fn circles(targets: &[Vec<usize>]) -> Vec<Vec<usize>> {
    // A node is done when no circle can be found through it any more.
    let mut done = vec![false; targets.len()];
    let mut found = Vec::new();
    for start in 0..targets.len() {
        let mut path: Vec<(usize, usize)> = Vec::new();
        let mut on_path: FxHashSet<usize> = FxHashSet::default();
        let mut next = Some(start);
        while let Some(node) = next {
            if !done[node] && on_path.insert(node) {
                path.push((node, 0));
            } else if !done[node] {
                let at = path.iter().position(|(other, _)| *other == node).unwrap_or(0);
                let circle: Vec<usize> = path[at..].iter().map(|(node, _)| *node).collect();
                circle.iter().for_each(|node| done[*node] = true);
                let first = circle.iter().enumerate().min_by_key(|(_, node)| **node).map_or(0, |(at, _)| at);
                found.push(circle[first..].iter().chain(&circle[..first]).copied().collect());
            }
            next = None;
            while let Some((node, tried)) = path.last_mut() {
                if let Some(target) = targets[*node].get(*tried) {
                    *tried += 1;
                    next = Some(*target);
                    break;
                }
                done[*node] = true;
                on_path.remove(node);
                path.pop();
            }
        }
    }
    found
}

/// The repair that names the role which was probably meant, with the number of a repeated one.
fn renamed(argument: &Argument, fault: &ArgumentFault) -> Option<Repair> {
    let ArgumentFault::NoSuchRole { suggestion: Some(meant), .. } = fault else { return None };
    let edits = vec![TextEdit::replace(argument.role, meant.as_str())];
    Some(Repair { title: format!("write `{meant}`"), safe: false, edits })
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn circles_of_events() {
        for (targets, expected) in [
            (vec![vec![1], vec![]], vec![]),
            (vec![vec![0]], vec![vec![0]]),
            (vec![vec![1], vec![2], vec![0], vec![0]], vec![vec![0, 1, 2]]),
            (vec![vec![2], vec![1], vec![0]], vec![vec![0, 2], vec![1]]),
            (vec![vec![1, 2], vec![3], vec![3], vec![]], vec![]),
        ] {
            assert_eq!(circles(&targets), expected, "{targets:?}");
        }
        let long: Vec<Vec<usize>> = (0..200_000).map(|node| vec![node + 1]).chain([vec![0]]).collect();
        assert_eq!(circles(&long).len(), 1);
    }
}
