//! A piece of a text, as annotation files name it.
//!
//! Deliberately absent: bytes and other units, which `counting` turns into code points.

/// A piece of the text, in code points.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Fragment {
    /// Code points before it.
    pub start: u32,
    /// Code points before its end.
    pub end: u32,
}
