//! Offsets counted in something else than bytes, and back.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::fault::OffsetUnit;
use crate::text::position::BYTE_ORDER_MARK;

/// Letters between two marks of an index: a lookup walks this far at most.
const STEP: usize = 64;

/// Where in a text the offsets of one unit lie.
pub(super) struct UnitIndex<'t> {
    text: &'t str,
    measure: OffsetMeasure,
    /// Units and bytes before every [`STEP`]th letter.
    marks: Vec<(u32, u32)>,
}

/// How many units a letter counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OffsetMeasure {
    CodePoints,
    Other(OffsetUnit),
}

/// Which side of letters that count nothing an offset means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OffsetSide {
    /// Behind them: where something starts.
    Start,
    /// Before them: where something ends.
    End,
}

impl<'t> UnitIndex<'t> {
    /// Code points, what brat counts.
    pub(super) fn code_points(text: &'t str) -> Self {
        Self::new(text, OffsetMeasure::CodePoints)
    }

    /// Another unit.
    pub(super) fn of(text: &'t str, unit: OffsetUnit) -> Self {
        Self::new(text, OffsetMeasure::Other(unit))
    }

    fn new(text: &'t str, measure: OffsetMeasure) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let (mut units, mut bytes) = (0, 0);
        for (number, (letter, width)) in (MeasuredLetters { text, at: 0, measure }).enumerate() {
            if number % STEP == 0 {
                marks.push((units, bytes));
            }
            units += width;
            bytes += letter.len() as u32;
        }
        Self { text, measure, marks }
    }

    /// The byte at which `units` have been counted; `None` inside a letter or behind the end.
    pub(super) fn byte(&self, units: u32, side: OffsetSide) -> Option<usize> {
        // The last mark that is surely not behind the place that is meant.
        let near = self.marks.partition_point(|&(before, _)| before < units).saturating_sub(1);
        let (mut counted, byte) = self.marks.get(near).copied().unwrap_or_default();
        let mut found = (counted == units).then_some(byte as usize);
        let mut at = byte as usize;
        for (letter, width) in (MeasuredLetters { text: self.text, at, measure: self.measure }) {
            if counted > units || (found.is_some() && side == OffsetSide::End) {
                break;
            }
            counted += width;
            at += letter.len();
            if counted == units {
                found = Some(at);
            }
        }
        found
    }

    /// The units before a byte, which is a boundary between letters.
    pub(super) fn units(&self, byte: usize) -> u32 {
        let near = self.marks.partition_point(|&(_, before)| before as usize <= byte).saturating_sub(1);
        let (mut counted, mut at) = self.marks.get(near).map_or((0, 0), |&(units, bytes)| (units, bytes as usize));
        for (letter, width) in (MeasuredLetters { text: self.text, at, measure: self.measure }) {
            if at >= byte {
                break;
            }
            counted += width;
            at += letter.len();
        }
        counted
    }
}

/// The letters of a text from a byte on, with the units each counts. For the normalisation forms a letter comes with the
/// marks that stand on it, because they compose.
struct MeasuredLetters<'t> {
    text: &'t str,
    at: usize,
    measure: OffsetMeasure,
}

impl<'t> Iterator for MeasuredLetters<'t> {
    type Item = (&'t str, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let mut end = first.len_utf8();
        let width = match self.measure {
            OffsetMeasure::CodePoints => 1,
            OffsetMeasure::Other(OffsetUnit::Utf16) => first.len_utf16() as u32,
            OffsetMeasure::Other(OffsetUnit::Bytes) => first.len_utf8() as u32,
            OffsetMeasure::Other(OffsetUnit::NoByteOrderMark) => {
                u32::from(self.at > 0 || !rest.starts_with(BYTE_ORDER_MARK))
            }
            OffsetMeasure::Other(OffsetUnit::NoCarriageReturns) => u32::from(!rest.starts_with("\r\n")),
            OffsetMeasure::Other(form @ (OffsetUnit::Nfc | OffsetUnit::Nfd)) => {
                let marks = rest[end..].chars().take_while(|&mark| canonical_combining_class(mark) != 0);
                end += marks.map(char::len_utf8).sum::<usize>();
                let cluster = &rest[..end];
                (if form == OffsetUnit::Nfc { cluster.nfc().count() } else { cluster.nfd().count() }) as u32
            }
        };
        self.at += end;
        Some((&rest[..end], width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units_of_one_text() {
        let text = "\u{feff}a😀\r\ne\u{301}x";
        let x = text.find('x').unwrap();
        let cases = [
            (OffsetUnit::Utf16, 8),
            (OffsetUnit::Bytes, 13),
            (OffsetUnit::NoByteOrderMark, 6),
            (OffsetUnit::NoCarriageReturns, 6),
            (OffsetUnit::Nfc, 6),
            (OffsetUnit::Nfd, 7),
        ];
        for (unit, expected) in cases {
            let index = UnitIndex::of(text, unit);
            assert_eq!((index.units(x), index.byte(expected, OffsetSide::Start)), (expected, Some(x)), "{unit:?}");
        }
        let utf16 = UnitIndex::of(text, OffsetUnit::Utf16);
        assert_eq!(utf16.byte(3, OffsetSide::Start), None, "inside a surrogate pair");
        assert_eq!(utf16.byte(10, OffsetSide::End), None, "behind the end");
        let lines = UnitIndex::of(text, OffsetUnit::NoCarriageReturns);
        assert_eq!(
            (lines.byte(3, OffsetSide::End), lines.byte(3, OffsetSide::Start)),
            (Some(8), Some(9)),
            "around the CR"
        );
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[aก้😀\r\n]{0,300}") {
            let index = UnitIndex::code_points(&text);
            let len = text.chars().count() as u32;
            for (units, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.byte(units as u32, OffsetSide::Start), Some(byte));
                prop_assert_eq!(index.units(byte), units as u32);
            }
            prop_assert_eq!(index.byte(len, OffsetSide::End), Some(text.len()));
        }
    }
}
