//! Text: spans, folding, clusters, segments, positions and edits.
//!
//! The ground floor: nothing here knows of entities, dates or files.

pub mod byte_map;
pub mod cluster;
pub mod conflict;
pub mod edit;
pub mod encoding;
pub mod fold;
mod letters;
#[cfg(test)]
pub(crate) mod marks;
pub mod nearest;
pub mod position;
pub mod segment;
pub mod span;
mod survey;
pub mod surveyed;
pub mod verbatim;

pub use position::{Encoding, LineIndex, Place, Position};
pub use span::Span;

use serde::{Deserialize, Serialize};

/// The number of a file in one run or session; whoever gave the number knows its path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);
