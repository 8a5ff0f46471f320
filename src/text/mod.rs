//! What is text? Spans, folding, clusters, segments and positions.
//!
//! The ground floor: nothing here knows of entities, dates or files.

pub mod span;

pub use span::Span;
