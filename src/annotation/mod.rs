//! What did people mark? Annotations that stand beside a text, in the standoff format of brat (`.ann`, `.a1`, `.a2`).
//!
//! An annotation file is kept as it was read: [`Standoff`] knows where in its bytes every line, id, type and offset
//! stands, and all changes are replacements of those bytes. So a file nobody changed is written byte for byte, and what
//! nobody understands survives. Offsets in annotation files are code points of the text, a byte-order mark counted.
//! Deliberately absent: other annotation formats, and what an annotation means for the corpus (a mention, a link).

mod anchors;
mod check;
mod configuration;
mod fault;
mod line;
mod marked;
mod pointer;
mod standoff;
mod units;

pub use anchors::{AnchorLoss, AnchorRefusal, OnDeletion};
pub use check::Against;
pub use configuration::Configuration;
pub use fault::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, Malformed, Mismatch, OffsetUnit, Repair};
pub use line::{AnnotationBody, Argument, Fragment};
pub use marked::TextBound;
pub use pointer::Pointed;
pub use standoff::{AnnotationLine, Standoff};
