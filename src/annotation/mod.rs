//! The marks that people made: annotations that stand beside a text, in the standoff format of brat (`.ann`, `.a1`,
//! `.a2`).
//!
//! An annotation file is kept as it was read: [`Standoff`] knows where in its bytes every line, id, type and offset
//! stands, and all changes are replacements of those bytes. So a file nobody changed is written byte for byte, and what
//! nobody understands survives. Offsets in annotation files are code points of the text, a byte-order mark counted.
//! Deliberately absent: other annotation formats, and what an annotation means for the corpus (a mention, a link).

mod anchors;
mod check;
mod configuration;
mod configured;
mod counting;
mod difference;
mod document;
mod fault;
mod fragment;
mod lay;
mod line;
mod marked;
mod overlaps;
mod places;
mod ranges;
mod recorded;
mod remarks;
mod shifts;
mod standoff;
mod standoff_fit;
mod verdict;

#[cfg(test)]
mod cause_tests;
#[cfg(test)]
mod configured_tests;
#[cfg(test)]
mod reanchor_tests;

pub use anchors::{AnchorLoss, AnchorRefusal, AnchoredText, OnDeletion};
pub use check::Against;
pub use configuration::{
    ArgumentFault, Configuration, ConfigurationFault, ConfigurationFaultKind, ConfigurationFile, ConfigurationSection,
    ConfigurationSources, Drawing, Labels, OverlapSort, REGISTRY, RoleDefinition, Shortcuts, ToolSettings,
    TypeDefinition, Validation,
};
pub use counting::{CountedForm, CountedLineEnds, CountedMark, CountedSpaces, CountedUnit, Counting};
pub use difference::{AnchorFate, Reanchored, ReanchoredLine, edits_between};
pub use document::{
    AnnotatedDocument, AnnotatedEquivalence, AnnotatedEvent, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget,
    EntryLink, Remarks, UnusableLine, UnusableReason,
};
pub use fault::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, Malformed, Mismatch, Repair, SpanFault};
pub use fragment::Fragment;
pub use lay::{Laid, LaidAnnotation};
pub use line::{AnnotationBody, Argument, CONFLICT_NOTE};
pub use marked::TextBound;
pub use remarks::{AnnotationRelation, AnnotationRemarks, RemarkIndex};
pub use standoff::{AnnotationLine, Standoff};
