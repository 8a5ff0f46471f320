//! What is text? Spans, folding, clusters, segments and positions.
//!
//! The ground floor: nothing here knows of entities, dates or files.

pub mod cluster;
pub mod edit;
pub mod fold;
#[cfg(test)]
pub(crate) mod marks;
pub mod nearest;
pub mod position;
pub mod segment;
pub mod span;

pub use position::{Encoding, LineIndex, Place, Position};
pub use span::Span;

use serde::{Deserialize, Serialize};

/// The number of a file in one run or session; its path is known to who gave the number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);
