//! Numbers that name things on every thread.

/// The number of one state of a corpus: opened anew it has another, so that nothing found out about the old one is
/// taken for the new one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct CorpusId(pub u32);
