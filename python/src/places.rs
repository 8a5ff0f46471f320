//! Offsets in the unit that is asked for.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use scholiast::text::{Place, Position};

/// The unit of `start` and `end`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Unicode code points, as Python indexes its strings.
    CodePoint,
    /// Bytes of UTF-8.
    Byte,
    /// Code units of UTF-16.
    Utf16,
}

impl Unit {
    /// The unit of a name.
    pub fn of(name: &str) -> PyResult<Self> {
        match name {
            "codepoint" => Ok(Self::CodePoint),
            "byte" => Ok(Self::Byte),
            "utf-16" => Ok(Self::Utf16),
            _ => {
                Err(PyValueError::new_err(format!("unknown unit {name:?}; use \"codepoint\", \"byte\" or \"utf-16\"")))
            }
        }
    }
}

/// Counts offsets of one text in a unit.
pub struct OffsetCounter {
    unit: Unit,
    /// The bytes at which code points stand that take two code units of UTF-16; known for that unit alone.
    wide: Vec<u32>,
}

impl OffsetCounter {
    /// A counter for a text.
    pub fn new(unit: Unit, text: Option<&str>) -> Self {
        let wide = match (unit, text) {
            (Unit::Utf16, Some(text)) => {
                text.char_indices().filter(|(_, letter)| letter.len_utf16() == 2).map(|(at, _)| at as u32).collect()
            }
            _ => Vec::new(),
        };
        Self { unit, wide }
    }

    /// The unit.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// The offset of a position.
    fn offset(&self, at: Position) -> u32 {
        match self.unit {
            Unit::CodePoint => at.char,
            Unit::Byte => at.byte,
            Unit::Utf16 => at.char + self.wide.partition_point(|wide| *wide < at.byte) as u32,
        }
    }

    /// The offsets of a place.
    pub fn offsets(&self, place: Place) -> (u32, u32) {
        (self.offset(place.start), self.offset(place.end))
    }
}

/// A range as the Language Server Protocol has it: lines and characters of start and end, from 0, in UTF-16.
pub type LspRange = ((u32, u32), (u32, u32));

/// The range of a place.
pub const fn lsp_range(place: Place) -> LspRange {
    let Place { start, end } = place;
    ((start.line, start.column_utf16), (end.line, end.column_utf16))
}
