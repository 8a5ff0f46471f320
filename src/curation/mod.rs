//! Two sets of annotations of the same texts: where they differ, how well they agree, and one set made of both.
//!
//! Everything here is a pure function of annotation files that were read already. Offsets count code points, as brat's
//! do. Deliberately absent: reading and pairing files, which is the business of `disk/`, and printing.

mod align;
mod columns;
pub mod compare;
mod curation_file;
pub mod document;
pub mod document_state;
pub mod measure;
pub mod merge;
pub mod open_difference;
pub mod settled_file;
pub mod state_file;

pub use align::{AlignedFiles, align};
pub use columns::LineRepair;
pub use compare::{Comparison, Difference, DifferenceKind, DifferenceSide};
pub use curation_file::CurationFile;
pub use document::{ComparableDocument, RelationOrigin};
pub use document_state::{DocumentState, StateCounts, StateRecord};
pub use measure::Agreement;
pub use merge::{MergeResult, merge};
pub use open_difference::{ComparedSide, DocumentDifferences, DocumentSide, OpenDifference, open_differences};
pub use settled_file::{SettledFile, SettledPair};
pub use state_file::StateFile;
