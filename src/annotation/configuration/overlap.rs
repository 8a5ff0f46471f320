//! The overlaps of entities that `<OVERLAP>` lines allow.
//!
//! As brat has it: an overlap that no line allows is an error, and of `contain` the first argument lies in the second.

/// A way in which two spans share text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum OverlapSort {
    /// One lies within the other.
    Contain,
    /// They are the same.
    Equal,
    /// Each has text of its own.
    Cross,
}

impl OverlapSort {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "contain" => Self::Contain,
            "equal" => Self::Equal,
            "cross" => Self::Cross,
            _ => return None,
        })
    }
}

/// An `<OVERLAP>` line: pairs of types and the ways in which they may share text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct OverlapRule {
    /// The types of the inner one.
    pub inner: Vec<String>,
    /// The types of the outer one.
    pub outer: Vec<String>,
    /// The ways; `None` for all.
    pub sorts: Option<Vec<OverlapSort>>,
}

impl OverlapRule {
    /// Tells whether the line allows an overlap of two types in this order. `is_a` tells whether a type is an allowed
    /// one.
    pub(super) fn allows(
        &self,
        sort: OverlapSort,
        (inner, outer): (&str, &str),
        is_a: &dyn Fn(&str, &str) -> bool,
    ) -> bool {
        let fits = |kind: &str, types: &[String]| types.iter().any(|allowed| is_a(kind, allowed));
        let has = self.sorts.as_ref().is_none_or(|sorts| sorts.contains(&sort));
        let turned = sort != OverlapSort::Contain || self.sorts.is_none();
        has && (fits(inner, &self.inner) && fits(outer, &self.outer)
            || turned && fits(outer, &self.inner) && fits(inner, &self.outer))
    }
}
