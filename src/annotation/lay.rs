//! New annotations in a file: lines for what was recognised, beside those that people made.
//!
//! No line that is there is changed. An annotation of the same words and type is not repeated but linked, where it has
//! no link to the registry yet; where somebody gave the words another type, that stands. Deliberately absent: what is
//! worth annotating.

use rustc_hash::{FxHashMap, FxHashSet};

use super::configuration::{Configuration, REGISTRY};
use super::line::AnnotationBody;
use super::places::{TextPlaces, written};
use super::standoff::Standoff;
use crate::text::Span;
use crate::text::edit::TextEdit;

/// An annotation that is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LaidAnnotation<'a> {
    /// The words, in bytes of the text.
    pub core: Span,
    /// The words with what belongs to them, such as a title.
    pub extent: Span,
    /// The type.
    pub kind: &'a str,
    /// The entry of the registry that is meant, and the name by which people know it.
    pub link: Option<(&'a str, &'a str)>,
}

/// The edits that lay annotations down, and what was done.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Laid {
    /// The edits of the annotation file: none, or one at its end.
    pub edits: Vec<TextEdit>,
    /// The number of new text-bound annotations.
    pub added: usize,
    /// The number of new links, to new annotations and to old ones.
    pub linked: usize,
    /// The number of words that were annotated so already.
    pub there: usize,
    /// The number of words that somebody gave another type.
    pub otherwise: usize,
}

/// A text-bound annotation that is there.
struct PresentAnnotation<'a> {
    id: &'a str,
    kind: &'a str,
    span: Span,
}

impl Standoff {
    /// Lays annotations of `text` down, which come in the order of the text. `mark` is an attribute for new ones.
    pub fn lay(&self, text: &str, wanted: &[LaidAnnotation<'_>], mark: Option<&str>) -> Laid {
        self.lay_among(text, wanted, mark, None)
    }

    /// The same, where types that stand above or below each other in a configuration are not two types.
    pub fn lay_among(
        &self,
        text: &str,
        wanted: &[LaidAnnotation<'_>],
        mark: Option<&str>,
        configuration: Option<&Configuration>,
    ) -> Laid {
        let places = TextPlaces::new(text);
        let present = self.present(&places);
        let linked = self.linked_to_registry();
        let mut ids = FreshIds::new(self);
        let mut laid = Laid::default();
        let mut lines: Vec<String> = Vec::new();
        let mut newly_linked: FxHashSet<&str> = FxHashSet::default();
        let mut seen: FxHashSet<(Span, &str)> = FxHashSet::default();
        for one in wanted {
            if !seen.insert((one.core, one.kind)) {
                continue;
            }
            let link = |target: &str, ids: &mut FreshIds<'_>| {
                let (entry, name) = one.link?;
                Some(format!("{}\tReference {target} {REGISTRY}:{entry}\t{}", ids.fresh("N"), one_line(name)))
            };
            // The nearest start: a mention has few annotations around it.
            let around = same_words(&present, one);
            let is_kin = |kind: &str| {
                kind == one.kind
                    || configuration.is_some_and(|types| types.is_a(kind, one.kind) || types.is_a(one.kind, kind))
            };
            if let Some(known) = around.iter().find(|known| is_kin(known.kind)) {
                laid.there += 1;
                if !linked.contains(known.id)
                    && !newly_linked.contains(known.id)
                    && let Some(line) = link(known.id, &mut ids)
                {
                    newly_linked.insert(known.id);
                    lines.push(line);
                    laid.linked += 1;
                }
                continue;
            }
            if !around.is_empty() {
                laid.otherwise += 1;
                continue;
            }
            let fragments = places.fragments(&words(text, one.core));
            let Some(recorded) = places.joined(&fragments).filter(|_| !fragments.is_empty()) else { continue };
            let id = ids.fresh("T");
            lines.push(format!("{id}\t{} {}\t{recorded}", one.kind, written(&fragments)));
            laid.added += 1;
            if let Some(line) = link(&id, &mut ids) {
                lines.push(line);
                laid.linked += 1;
            }
            if let Some(mark) = mark {
                lines.push(format!("{}\t{mark} {id}", ids.fresh("A")));
            }
        }
        laid.edits.extend(self.appended(&lines));
        laid
    }

    /// The edit that writes lines at the end of the file, with its line ends, and its last line ended or not as it was.
    fn appended(&self, lines: &[String]) -> Option<TextEdit> {
        if lines.is_empty() {
            return None;
        }
        let source = self.source();
        let is_bare = source.is_empty() || source == "\u{feff}";
        let end = if source.contains("\r\n") { "\r\n" } else { "\n" };
        let is_ended = is_bare || source.ends_with('\n');
        let text = lines.join(end);
        let text = if is_ended { format!("{text}{end}") } else { format!("{end}{text}") };
        Some(TextEdit::insert(source.len() as u32, text))
    }

    /// The annotations that are there, by their start.
    fn present(&self, places: &TextPlaces<'_>) -> Vec<PresentAnnotation<'_>> {
        let mut present: Vec<PresentAnnotation<'_>> = self
            .lines()
            .iter()
            .filter_map(|line| {
                let AnnotationBody::Text { kind, fragments, .. } = &line.body else { return None };
                let span = places.spans(fragments)?.into_iter().reduce(Span::cover)?;
                Some(PresentAnnotation { id: self.slice(line.id), kind: self.slice(*kind), span })
            })
            .collect();
        present.sort_by_key(|known| known.span.start);
        present
    }

    /// The annotations that are linked to the registry.
    fn linked_to_registry(&self) -> FxHashSet<&str> {
        let links = self.lines().iter().filter_map(|line| {
            let AnnotationBody::Normalization { target, reference } = line.body else { return None };
            let (database, _) = self.slice(reference).split_once(':')?;
            (database == REGISTRY).then(|| self.slice(target))
        });
        links.collect()
    }
}

/// The annotations of the words of a mention, with what belongs to it or without.
fn same_words<'p>(present: &'p [PresentAnnotation<'p>], one: &LaidAnnotation<'_>) -> Vec<&'p PresentAnnotation<'p>> {
    let first = present.partition_point(|known| known.span.start < one.extent.start);
    let starting = present[first..].iter().take_while(|known| known.span.start <= one.core.start);
    starting.filter(|known| known.span.contains(one.core) && one.extent.contains(known.span)).collect()
}

/// The words of a span, cut at line breaks, without white space at the ends of the pieces.
fn words(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut at = span.start as usize;
    for line in crate::text::position::lines(span.slice(text)) {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len();
        if start < end {
            pieces.push(Span::of(start, end));
        }
    }
    pieces
}

/// A name that stands on one line.
fn one_line(name: &str) -> String {
    name.split(|letter: char| letter.is_control()).collect::<Vec<_>>().join(" ")
}

/// New ids of a file: the highest number of a letter and one.
struct FreshIds<'a> {
    file: &'a Standoff,
    next: FxHashMap<&'static str, u64>,
}

impl<'a> FreshIds<'a> {
    fn new(file: &'a Standoff) -> Self {
        let mut next: FxHashMap<&'static str, u64> = FxHashMap::default();
        for line in file.lines() {
            let id = file.slice(line.id);
            for letter in ["T", "N", "A"] {
                let number = id.strip_prefix(letter).map(digits).and_then(|digits| digits.parse::<u64>().ok());
                if let Some(number) = number {
                    let highest = next.entry(letter).or_insert(1);
                    *highest = (*highest).max(number.saturating_add(1));
                }
            }
        }
        Self { file, next }
    }

    fn fresh(&mut self, letter: &'static str) -> String {
        let next = self.next.entry(letter).or_insert(1);
        loop {
            let id = format!("{letter}{next}");
            // Behind the highest number that there is, count from the beginning.
            *next = next.checked_add(1).unwrap_or(1);
            if self.file.line(&id).is_none() {
                return id;
            }
        }
    }
}

/// The digits that a text begins with.
fn digits(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::applied;

    fn laid(text: &str, file: &str, wanted: &[(&str, &str, Option<&str>)]) -> (String, Laid) {
        let wanted: Vec<LaidAnnotation<'_>> = wanted
            .iter()
            .map(|(words, kind, link)| {
                let at = text.find(words).unwrap();
                let core = Span::of(at, at + words.len());
                LaidAnnotation { core, extent: core, kind, link: link.map(|link| (link, "Name")) }
            })
            .collect();
        let laid = Standoff::parse(file).lay(text, &wanted, None);
        (applied(file, &laid.edits).unwrap(), laid)
    }

    #[test]
    fn lines_are_added_behind_those_that_are_there() {
        let text = "\u{feff}Ông Bình ở Huế.\r\nTháng 5\r\nnăm 2024";
        let hue = ("Huế", "Place", Some("hue"));
        for (file, wanted, expected) in [
            ("", &[hue][..], "T1\tPlace 12 15\tHuế\nN1\tReference T1 registry:hue\tName\n"),
            (
                "T4\tPer 5 9\tBình\r\n",
                &[hue],
                "T4\tPer 5 9\tBình\r\nT5\tPlace 12 15\tHuế\r\nN1\tReference T5 registry:hue\tName\r\n",
            ),
            ("T4\tPer 5 9\tBình", &[("Huế", "Place", None)], "T4\tPer 5 9\tBình\nT5\tPlace 12 15\tHuế"),
            ("T1\tPlace 12 15\tHuế\n", &[hue], "T1\tPlace 12 15\tHuế\nN1\tReference T1 registry:hue\tName\n"),
            (
                "T1\tPlace 12 15\tHuế\nN7\tReference T1 registry:other\tx\n",
                &[hue],
                "T1\tPlace 12 15\tHuế\nN7\tReference T1 registry:other\tx\n",
            ),
            ("T1\tTown 12 15\tHuế\n", &[hue], "T1\tTown 12 15\tHuế\n"),
            ("\u{feff}", &[("Tháng 5\r\nnăm 2024", "Date", None)], "\u{feff}T1\tDate 18 25;27 35\tTháng 5 năm 2024\n"),
        ] {
            let (after, _) = laid(text, file, wanted);
            assert_eq!(after, expected, "{file:?}");
            assert_eq!(laid(text, &after, wanted).0, after, "a second time");
        }
    }

    #[test]
    fn ids_are_never_given_twice() {
        let highest = u64::MAX;
        let (after, _) = laid("a b", &format!("T{highest}\tX 0 1\ta\nT1\tX 0 1\ta\n"), &[("b", "Y", None)]);
        assert!(after.ends_with("T2\tY 2 3\tb\n"), "{after}");
    }
}
