//! What can be wrong with annotations, as data. What is said about it and how severe it is are the rules' business.

use crate::text::Span;
use crate::text::edit::TextEdit;

/// Something wrong in an annotation file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotationFault {
    /// What is wrong.
    pub problem: AnnotationFaultKind,
    /// Where, in bytes of the annotation file.
    pub span: Span,
    /// How to put it right, where there is one way.
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
    /// A type, name or value the configuration does not have.
    NotInConfiguration,
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnnotationFaultKind {
    /// The line is not as the format demands.
    Malformed(Malformed),
    /// The recorded text is not what stands at the offsets.
    Mismatch {
        /// The id of the annotation.
        id: String,
        /// What stands at the offsets, fragments joined by a space; `None` where they lie behind the end of the text.
        found: Option<String>,
        /// What explains it.
        why: Mismatch,
    },
    /// A reference to an id that does not exist.
    Dangling {
        /// The id.
        target: String,
    },
    /// The configuration does not have it.
    NotConfigured {
        /// What it is: `entity type`, `attribute`, …
        what: &'static str,
        /// Its name.
        name: String,
        /// The name that was probably meant.
        suggestion: Option<String>,
    },
}

/// How a line departs from the format.
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
    /// The body is not of the form its kind has; which one that is.
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

/// Why the recorded text is not what stands at the offsets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mismatch {
    /// No text is recorded.
    NotRecorded,
    /// The offsets count something else than code points.
    Unit(OffsetUnit),
    /// The two differ in normalisation only.
    Normalization,
    /// The two differ in no-break spaces only.
    NoBreakSpace,
    /// The span crosses a line break, which one fragment cannot.
    LineBreak,
    /// The recorded text stands this many code points further on (negative: before).
    Shifted {
        /// Code points.
        by: i64,
    },
    /// The recorded text stands in several places.
    Ambiguous {
        /// How many.
        places: usize,
    },
    /// Nothing explains it.
    Unknown,
}

/// What offsets may count instead of code points of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OffsetUnit {
    /// UTF-16 code units.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
    /// Code points without the byte-order mark.
    NoByteOrderMark,
    /// Code points with every CRLF counted as one.
    NoCarriageReturns,
    /// Code points of the text in normalisation form C.
    Nfc,
    /// Code points of the text in normalisation form D.
    Nfd,
}

/// How to put a fault right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repair {
    /// What it does, in the imperative.
    pub title: String,
    /// Whether the annotation says the same afterwards.
    pub safe: bool,
    /// Edits in the annotation file, in order.
    pub edits: Vec<TextEdit>,
}
