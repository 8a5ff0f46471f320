//! Faults of annotations, as data. Messages and severities are the business of rules.

use super::configuration::{ArgumentFault, OverlapSort};
use super::counting::Counting;
use crate::text::Span;
use crate::text::edit::TextEdit;

/// Something wrong in an annotation file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotationFault {
    /// The fault.
    pub problem: AnnotationFaultKind,
    /// The place, in bytes of the annotation file.
    pub span: Span,
    /// The repair, where there is one way.
    pub repair: Option<Repair>,
}

impl AnnotationFault {
    /// The rule it belongs to.
    pub fn kind(&self) -> AnnotationFaultClass {
        match self.problem {
            AnnotationFaultKind::Malformed(_) => AnnotationFaultClass::Syntax,
            AnnotationFaultKind::Mismatch { .. } => AnnotationFaultClass::TextMismatch,
            AnnotationFaultKind::Dangling { .. } => AnnotationFaultClass::DanglingReference,
            AnnotationFaultKind::NotConfigured { .. } => AnnotationFaultClass::NotInConfiguration,
            AnnotationFaultKind::Argument { .. } => AnnotationFaultClass::Argument,
            AnnotationFaultKind::Relation { .. } => AnnotationFaultClass::Relation,
            AnnotationFaultKind::AttributeValue { .. } => AnnotationFaultClass::AttributeValue,
            AnnotationFaultKind::AttributeTwice { .. } => AnnotationFaultClass::AttributeValue,
            AnnotationFaultKind::Span(_) => AnnotationFaultClass::Span,
            AnnotationFaultKind::Overlap { .. } => AnnotationFaultClass::Overlap,
            AnnotationFaultKind::MergeConflict { .. } => AnnotationFaultClass::MergeConflict,
        }
    }
}

/// The rules about annotations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum AnnotationFaultClass {
    /// The recorded text is not what stands at the offsets.
    TextMismatch,
    /// A line brat refuses.
    Syntax,
    /// A reference to an id that does not exist.
    DanglingReference,
    /// A type or name the configuration does not have.
    NotInConfiguration,
    /// Arguments that the configuration does not allow.
    Argument,
    /// A relation between types that the configuration does not allow.
    Relation,
    /// A value that an attribute cannot have.
    AttributeValue,
    /// A span that is valid and nobody means.
    Span,
    /// Two spans that share text, which the configuration does not allow.
    Overlap,
    /// A note of a merge that nobody has settled.
    MergeConflict,
}

/// The fault, with all that a message says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnnotationFaultKind {
    /// The line is not as the format demands.
    Malformed(Malformed),
    /// The recorded text is not what stands at the offsets.
    Mismatch {
        /// The id of the annotation.
        id: String,
        /// The words at the offsets, fragments joined by a space; `None` where they lie behind the end of the text.
        found: Option<String>,
        /// The explanation.
        why: Mismatch,
        /// The number of other annotations of the file with the same cause, which the repair repairs too.
        others: usize,
    },
    /// A reference to an id that does not exist.
    Dangling {
        /// The id.
        target: String,
    },
    /// An event or attribute with arguments that the configuration does not allow.
    Argument {
        /// The type of the event, the name of the attribute.
        kind: String,
        /// The breach.
        fault: ArgumentFault,
    },
    /// A relation between types that the configuration does not allow.
    Relation {
        /// The type of the relation.
        kind: String,
        /// The breach.
        fault: ArgumentFault,
    },
    /// A value that an attribute cannot have, or none where it needs one.
    AttributeValue {
        /// The name of the attribute.
        name: String,
        /// The value, where there is one.
        value: Option<String>,
        /// The values that it can have.
        allowed: Vec<String>,
        /// The value that was probably meant.
        suggestion: Option<String>,
    },
    /// An attribute that is given twice to one annotation.
    AttributeTwice {
        /// The name of the attribute.
        name: String,
        /// The id of the first line.
        first: String,
        /// True where both lines say the same.
        same: bool,
    },
    /// A span that is valid and nobody means.
    Span(SpanFault),
    /// Two annotations that share text, which the configuration does not allow.
    Overlap {
        /// The id of the other annotation.
        other: String,
        /// The type of this one, and that of the other.
        kinds: [String; 2],
        /// The way in which they share text.
        sort: OverlapSort,
        /// Of [`OverlapSort::Contain`]: true where this one lies within the other.
        inside: bool,
    },
    /// A note of a merge that nobody has settled.
    MergeConflict {
        /// The id of the line that one side has.
        target: String,
        /// The side, as the note names it.
        side: String,
    },
    /// A type or name that the configuration does not have.
    NotConfigured {
        /// The kind of name: `entity type`, `attribute`, …
        what: &'static str,
        /// The name itself.
        name: String,
        /// The name that was probably meant.
        suggestion: Option<String>,
    },
}

/// A span that is valid and nobody means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SpanFault {
    /// No text is marked.
    Empty,
    /// White space or invisible characters stand at an end of it.
    Padded,
    /// An end of it lies inside a letter with its marks.
    SplitCluster,
    /// Another annotation of the same type marks the same text.
    Repeats {
        /// The id.
        first: String,
    },
}

/// A departure of a line from the format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Malformed {
    /// Nothing on the line.
    Blank,
    /// A byte-order mark before the first id.
    ByteOrderMark,
    /// The line does not begin with an id and a TAB.
    NoId,
    /// The id's first letter stands for no kind of annotation.
    UnknownKind,
    /// The id was given before, on the line with this number (from 1).
    DuplicateId {
        /// The number of the line, from 1.
        first_line: u32,
    },
    /// The body is not of the form that its kind has.
    Body {
        /// The form.
        form: &'static str,
    },
    /// A fragment ends before it starts.
    Reversed,
    /// Two fragments share text.
    OverlappingFragments,
    /// A relation with both arguments of one role.
    SameRole,
    /// An event and its trigger are of different types.
    TriggerType {
        /// The type of the trigger.
        trigger: String,
    },
    /// An attribute, note or normalisation of a trigger that belongs to its event.
    OnTrigger {
        /// The event.
        event: String,
    },
}

/// The reason why the recorded text is not what stands at the offsets.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mismatch {
    /// No text is recorded.
    NotRecorded,
    /// The offsets are counted in another way.
    Counting(Counting),
    /// The two differ in normalisation only.
    Normalization,
    /// The two differ in no-break spaces only.
    NoBreakSpace,
    /// The two differ in other white space only: TABs, line ends.
    WhiteSpace,
    /// The span has white space around the recorded text.
    Padding,
    /// The span crosses a line break, which one fragment cannot.
    LineBreak,
    /// The recorded text stands this many code points further on (negative: before).
    Shifted {
        /// Code points.
        by: i64,
    },
    /// The recorded text starts where the span does and ends elsewhere.
    End {
        /// Code points further on (negative: before).
        by: i64,
    },
    /// The recorded text stands in several places.
    Ambiguous {
        /// The number of places.
        places: usize,
    },
    /// Nothing explains it.
    Unknown,
}

/// The repair of a fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repair {
    /// The title, in the imperative.
    pub title: String,
    /// True where nothing else can have been meant.
    pub safe: bool,
    /// Edits in the annotation file, in order.
    pub edits: Vec<TextEdit>,
}
