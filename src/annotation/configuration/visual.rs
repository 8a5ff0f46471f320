//! `visual.conf`: the labels of types for people, and the colours they are drawn in.

use super::fault::{ConfigurationFault, ConfigurationFaultKind};
use super::read::ConfigurationLines;
use crate::text::Span;
use crate::text::nearest::nearest;

/// The sections of `visual.conf`.
const SECTIONS: [&str; 2] = ["labels", "drawing"];
/// The line of `[drawing]` that holds for all spans.
const SPAN_DEFAULT: &str = "SPAN_DEFAULT";
/// The line of `[drawing]` that holds for all arcs.
const ARC_DEFAULT: &str = "ARC_DEFAULT";
/// The words of `[drawing]`.
const DRAWING_WORDS: [&str; 13] = [
    "fgColor",
    "bgColor",
    "borderColor",
    "color",
    "dashArray",
    "arrowHead",
    "arrowTail",
    "labelArrow",
    "glyph",
    "glyphColor",
    "position",
    "box",
    "hidden",
];

/// The labels and colours of types.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Labels {
    labels: Vec<LabelLine>,
    drawings: Vec<(String, Drawing)>,
}

/// The labels of one type.
#[derive(Clone, PartialEq, Eq, Debug)]
struct LabelLine {
    name: String,
    span: Span,
    labels: Vec<String>,
}

/// The colours of a type, each as it is written: a word or `#rrggbb`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawing {
    /// The colour of letters.
    pub foreground: Option<String>,
    /// The colour of the ground.
    pub background: Option<String>,
    /// The colour of the border.
    pub border: Option<String>,
    /// The colour of an arc.
    pub arc: Option<String>,
}

impl Drawing {
    /// The colours, and for those that are not given the ones of another drawing.
    fn or(mut self, other: Option<&Self>) -> Self {
        if let Some(other) = other {
            self.foreground = self.foreground.or_else(|| other.foreground.clone());
            self.background = self.background.or_else(|| other.background.clone());
            self.border = self.border.or_else(|| other.border.clone());
            self.arc = self.arc.or_else(|| other.arc.clone());
        }
        self
    }
}

impl Labels {
    pub(super) fn read(source: &str, faults: &mut Vec<ConfigurationFault>) -> Self {
        let mut labels = Self::default();
        let mut section = None;
        for line in ConfigurationLines::new(source) {
            if let Some(name) = line.section() {
                section = line.known_section(name, &SECTIONS, faults);
                continue;
            }
            match section {
                Some("labels") => {
                    let mut terms = line.text.split('|').map(str::trim).filter(|term| !term.is_empty());
                    let Some(name) = terms.next() else { continue };
                    let labels_of = terms.map(str::to_owned).collect();
                    labels.labels.push(LabelLine { name: name.to_owned(), span: line.place(name), labels: labels_of });
                }
                Some("drawing") => {
                    let (name, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
                    let name = name.split('|').next().unwrap_or(name);
                    let mut drawing = Drawing::default();
                    for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                        let (word, value) = part.split_once(':').unwrap_or((part, ""));
                        // brat has no commas in values: hyphens stand for them, as in `rgb(1-2-3)`.
                        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
                        match word.trim() {
                            "fgColor" => drawing.foreground = value,
                            "bgColor" => drawing.background = value,
                            "borderColor" => drawing.border = value,
                            "color" => drawing.arc = value,
                            word if DRAWING_WORDS.contains(&word) || word.starts_with('<') => {}
                            // Values of attributes have drawings of their own.
                            word if part.contains(':') && !word.contains("olo") => {}
                            word => {
                                let suggestion = nearest(word, DRAWING_WORDS);
                                let kind =
                                    ConfigurationFaultKind::UnknownOption { option: word.to_owned(), suggestion };
                                faults.push(line.fault(kind, word, suggestion));
                            }
                        }
                    }
                    labels.drawings.push((name.to_owned(), drawing));
                }
                _ => {}
            }
        }
        labels
    }

    /// The label of a type for people: the fullest one; `None` where the file has none for it.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.of(name)?.labels.first().map(String::as_str)
    }

    /// The shortest label of a type.
    pub fn short_label(&self, name: &str) -> Option<&str> {
        self.of(name)?.labels.last().map(String::as_str)
    }

    /// The colours of a type of text-bound annotations, with what holds for all of them.
    pub fn span_drawing(&self, name: &str) -> Drawing {
        self.drawing(name, SPAN_DEFAULT)
    }

    /// The colours of a type of relations, with what holds for all of them.
    pub fn arc_drawing(&self, name: &str) -> Drawing {
        self.drawing(name, ARC_DEFAULT)
    }

    fn drawing(&self, name: &str, fallback: &str) -> Drawing {
        let of = |name: &str| self.drawings.iter().rev().find(|(known, _)| known == name).map(|(_, drawing)| drawing);
        of(name).cloned().unwrap_or_default().or(of(fallback))
    }

    /// The last line of a name holds, as in brat.
    fn of(&self, name: &str) -> Option<&LabelLine> {
        self.labels.iter().rev().find(|line| line.name == name)
    }

    /// The types that have labels, with their places in the file.
    pub(super) fn types(&self) -> impl Iterator<Item = (&str, Span)> {
        self.labels.iter().map(|line| (line.name.as_str(), line.span))
    }
}
