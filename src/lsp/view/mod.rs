//! One corpus at one moment, as the owner thread hands it out and workers read it.

pub mod annotated_text;
pub mod annotations;
pub mod compared;
pub mod corpus_view;
pub mod curation_files;
pub mod decided;
pub mod diagnostics;
pub mod finding_list;
mod findings;
mod kept_baseline;
pub mod kept_findings;
pub mod known_annotations;
pub mod known_compared_set;
mod moved_places;
mod recorded;
pub mod sent_tokens;
pub mod standoff;
pub mod written;

pub use annotations::{AnnotationView, AnnotationViews};
pub use corpus_view::{CorpusView, CorpusViews};
pub use curation_files::{CurationFileView, CurationFileViews};
pub use kept_findings::KeptFindings;
pub use sent_tokens::SentTokens;
