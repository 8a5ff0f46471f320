//! Something wrong with a mention, seen while the text was in hand.
//!
//! Closed files keep no text, so a fault carries all that a finding will say: where, the surface, what its message
//! quotes and the one right form where there is exactly one. Which rule reports it, how severe it is and
//! what the message says is decided in `rules/`.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::profile::When;
use crate::text::Span;

/// A fault of kind `K`: an enum whose variants carry what their messages quote, with a `class()` that is `Copy` and
/// finds the rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fault<K> {
    /// The fault, with what its message quotes besides the surface.
    pub kind: K,
    /// The part to underline, in bytes of the segment.
    pub span: Span,
    /// The text of `span`.
    pub surface: CompactString,
    /// In which documents it counts.
    pub when: When,
    /// The one right form, where there is exactly one.
    pub correction: Option<Correction>,
}

/// The edits that put a fault right.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Correction {
    /// Replacements in bytes of the segment, in order, not overlapping.
    pub edits: SmallVec<[(Span, CompactString); 1]>,
    /// True if values, linked entities and annotations are the same afterwards.
    pub safe: bool,
}

impl Correction {
    /// One replacement.
    pub fn replace(span: Span, text: impl Into<CompactString>, safe: bool) -> Self {
        Self { edits: smallvec::smallvec![(span, text.into())], safe }
    }

    /// The surface of `fault` as it reads afterwards; absent where an edit reaches beyond it.
    pub fn corrected<K>(&self, fault: &Fault<K>) -> Option<CompactString> {
        let mut text = CompactString::default();
        let mut at = fault.span.start;
        for (span, new) in &self.edits {
            if span.start < at || span.end > fault.span.end {
                return None;
            }
            text.push_str(
                fault.surface.get((at - fault.span.start) as usize..(span.start - fault.span.start) as usize)?,
            );
            text.push_str(new);
            at = span.end;
        }
        text.push_str(fault.surface.get((at - fault.span.start) as usize..)?);
        Some(text)
    }

    /// The new text of a correction that is one replacement.
    pub fn text(&self) -> Option<&str> {
        match &self.edits[..] {
            [(_, text)] => Some(text),
            _ => None,
        }
    }
}
