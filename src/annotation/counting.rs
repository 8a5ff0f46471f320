//! The ways in which other tools count offsets, and the places that such offsets name.
//!
//! brat counts code points of the file as it is. Others count UTF-16 units or bytes, leave out the byte-order mark or
//! carriage returns, count a text in another normal form, from 1, or with the last letter included; and several of
//! these together. Deliberately absent: choosing among them (`verdict.rs`).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::fragment::Fragment;
use crate::text::position::{BYTE_ORDER_MARK, chars};

/// Letters, or bytes where code points are counted, between two marks of an index: a lookup walks this far at most.
const STEP: usize = 64;

/// A way of counting offsets; the default one is brat's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Counting {
    /// The unit that is counted.
    pub unit: CountedUnit,
    /// The treatment of a byte-order mark.
    pub mark: CountedMark,
    /// The treatment of line ends.
    pub line_ends: CountedLineEnds,
    /// The normal form that is counted.
    pub form: CountedForm,
    /// The treatment of spaces.
    pub spaces: CountedSpaces,
    /// True where the first letter has the number 1.
    pub from_one: bool,
    /// True where the end is the number of the last letter, not of the one behind it.
    pub inclusive: bool,
}

/// A unit of text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CountedUnit {
    /// Unicode code points.
    #[default]
    CodePoints,
    /// UTF-16 code units.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
}

/// The treatment of a byte-order mark.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CountedMark {
    /// Counted where there is one.
    #[default]
    AsIs,
    /// There is one, and it is not counted.
    LeftOut,
    /// There is none any more, and it is counted.
    Gone,
}

/// The treatment of line ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CountedLineEnds {
    /// As they are.
    #[default]
    AsIs,
    /// Each CRLF counts as one.
    CrlfAsOne,
    /// Each LF counts as two, as the CRLF that it was.
    LfAsTwo,
}

/// The normal form that is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CountedForm {
    /// As it is.
    #[default]
    AsIs,
    /// Normalisation form C.
    Nfc,
    /// Normalisation form D.
    Nfd,
}

/// The treatment of spaces.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CountedSpaces {
    /// As they are.
    #[default]
    AsIs,
    /// Spaces at the end of a line are not counted.
    TrailingLeftOut,
    /// Several spaces in a row count as one.
    Collapsed,
}

impl Counting {
    /// The number of ways in which it departs from brat's.
    pub fn departures(self) -> usize {
        let none = Self::default();
        usize::from(self.unit != none.unit)
            + usize::from(self.mark != none.mark)
            + usize::from(self.line_ends != none.line_ends)
            + usize::from(self.form != none.form)
            + usize::from(self.spaces != none.spaces)
            + usize::from(self.from_one)
            + usize::from(self.inclusive)
    }

    /// The ways of counting that may make a difference in `text`, plainest first.
    pub(super) fn applicable(text: &str) -> Vec<Self> {
        let wide = text.chars().any(|letter| letter.len_utf16() > 1);
        let crlf = text.contains("\r\n");
        let lone_lf =
            text.starts_with('\n') || text.as_bytes().windows(2).any(|pair| pair[1] == b'\n' && pair[0] != b'\r');
        let mut units = vec![CountedUnit::CodePoints];
        units.extend(wide.then_some(CountedUnit::Utf16));
        units.extend((!text.is_ascii()).then_some(CountedUnit::Bytes));
        let marked = text.starts_with(BYTE_ORDER_MARK);
        let marks = [CountedMark::AsIs, if marked { CountedMark::LeftOut } else { CountedMark::Gone }];
        let mut line_ends = vec![CountedLineEnds::AsIs];
        line_ends.extend(crlf.then_some(CountedLineEnds::CrlfAsOne));
        line_ends.extend(lone_lf.then_some(CountedLineEnds::LfAsTwo));
        let mut forms = vec![CountedForm::AsIs];
        forms.extend((!text.is_ascii() && !text.nfc().eq(text.chars())).then_some(CountedForm::Nfc));
        forms.extend((!text.is_ascii() && !text.nfd().eq(text.chars())).then_some(CountedForm::Nfd));
        let mut spaces = vec![CountedSpaces::AsIs];
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
        let bytes = text.as_bytes();
        let trailing = bytes.windows(2).any(|pair| is_space(&pair[0]) && matches!(pair[1], b'\n' | b'\r'));
        spaces.extend(trailing.then_some(CountedSpaces::TrailingLeftOut));
        let double = bytes.windows(2).any(|pair| is_space(&pair[0]) && is_space(&pair[1]));
        spaces.extend(double.then_some(CountedSpaces::Collapsed));

        let mut all = Vec::new();
        for &unit in &units {
            for &mark in &marks {
                for &line_ends in &line_ends {
                    for &form in &forms {
                        for &spaces in &spaces {
                            for (from_one, inclusive) in [(false, false), (true, false), (false, true), (true, true)] {
                                all.push(Self { unit, mark, line_ends, form, spaces, from_one, inclusive });
                            }
                        }
                    }
                }
            }
        }
        // More than three departures at once explain anything.
        all.retain(|counting| (1..=3).contains(&counting.departures()));
        // Of two that come to the same, a tool that counts another unit is likelier than one that counts from 1.
        let moves_all = |counting: &Self| counting.mark == CountedMark::Gone || counting.from_one || counting.inclusive;
        all.sort_by_key(|counting| (counting.departures(), moves_all(counting), counting.from_one, counting.inclusive));
        all
    }

    /// The part of it that decides how far apart letters are; the rest moves all offsets alike.
    pub(super) fn measure(self) -> Self {
        let mark = if self.mark == CountedMark::LeftOut { self.mark } else { CountedMark::AsIs };
        Self { mark, from_one: false, inclusive: false, ..self }
    }

    /// A fragment as the measure alone counts it; `None` before the start of the text.
    pub(super) fn unmoved(self, fragment: Fragment) -> Option<Fragment> {
        let gone = match (self.mark, self.unit) {
            (CountedMark::Gone, CountedUnit::Bytes) => BYTE_ORDER_MARK.len() as u32,
            (CountedMark::Gone, _) => 1,
            _ => 0,
        };
        let back = gone + u32::from(self.from_one);
        let start = fragment.start.checked_sub(back)?;
        let end = (fragment.end + u32::from(self.inclusive)).checked_sub(back)?;
        (start <= end).then_some(Fragment { start, end })
    }
}

/// The side of letters that count nothing which an offset means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OffsetSide {
    /// Behind them: where something starts.
    Start,
    /// Before them: where something ends.
    End,
}

/// The places in a text at which the offsets of one measure lie.
pub(super) struct CountingIndex<'t> {
    text: &'t str,
    measure: Counting,
    /// Units and bytes before letters about [`STEP`] apart.
    marks: Vec<(u32, u32)>,
}

impl<'t> CountingIndex<'t> {
    /// An index of code points, which brat counts.
    pub(super) fn code_points(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut units = 0;
        for (number, bytes) in text.as_bytes().chunks(STEP).enumerate() {
            // A letter may go on from one piece into the next: it was counted where it began.
            let inside = bytes.iter().take_while(|byte| !begins_letter(**byte)).count();
            marks.push((units, (number * STEP + inside) as u32));
            // In a form that compilers turn into a few instructions for many bytes.
            units += u32::from(bytes.iter().map(|byte| u8::from(begins_letter(*byte))).sum::<u8>());
        }
        Self { text, measure: Counting::default(), marks }
    }

    /// An index of a measure (see [`Counting::measure`]).
    pub(super) fn of(text: &'t str, measure: Counting) -> Self {
        if measure == Counting::default() {
            return Self::code_points(text);
        }
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
        if self.measure == Counting::default() {
            // Each letter counts one: the library steps over them faster than one by one.
            let Some(last) = (units - counted).checked_sub(1) else { return Some(byte as usize) };
            let (at, letter) = self.text[byte as usize..].char_indices().nth(last as usize)?;
            return Some(byte as usize + at + letter.len_utf8());
        }
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
        if self.measure == Counting::default() {
            return counted + chars(&self.text[at..byte]);
        }
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

/// Returns whether a byte of UTF-8 is the first of a code point.
const fn begins_letter(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// The letters of a text from a byte on, with the units each counts. For the normalisation forms a letter comes with
/// the marks that stand on it, because they compose.
struct MeasuredLetters<'t> {
    text: &'t str,
    at: usize,
    measure: Counting,
}

impl MeasuredLetters<'_> {
    fn width(&self, letter: char) -> u32 {
        let width = match self.measure.unit {
            CountedUnit::CodePoints => 1,
            CountedUnit::Utf16 => letter.len_utf16(),
            CountedUnit::Bytes => letter.len_utf8(),
        };
        width as u32
    }

    /// True where a space counts nothing.
    fn is_dropped(&self, rest: &str) -> bool {
        let is_space = |letter: char| matches!(letter, ' ' | '\t');
        match self.measure.spaces {
            CountedSpaces::AsIs => false,
            CountedSpaces::Collapsed => self.text[..self.at].ends_with(is_space),
            CountedSpaces::TrailingLeftOut => {
                let behind = rest.trim_start_matches(is_space);
                behind.is_empty() || behind.starts_with(['\n', '\r'])
            }
        }
    }
}

impl<'t> Iterator for MeasuredLetters<'t> {
    type Item = (&'t str, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let mut end = first.len_utf8();
        let measure = self.measure;
        let width = match first {
            '\u{feff}' if self.at == 0 && measure.mark == CountedMark::LeftOut => 0,
            '\r' if measure.line_ends == CountedLineEnds::CrlfAsOne && rest[end..].starts_with('\n') => 0,
            '\n' if measure.line_ends == CountedLineEnds::LfAsTwo && !self.text[..self.at].ends_with('\r') => 2,
            ' ' | '\t' if measure.spaces != CountedSpaces::AsIs && self.is_dropped(rest) => 0,
            _ if measure.form == CountedForm::AsIs => self.width(first),
            // A letter of ASCII before another one is itself in every form.
            _ if first.is_ascii() && rest.as_bytes().get(1).is_none_or(u8::is_ascii) => 1,
            _ => {
                let marks = rest[end..].chars().take_while(|&mark| canonical_combining_class(mark) != 0);
                end += marks.map(char::len_utf8).sum::<usize>();
                let cluster = &rest[..end];
                match measure.form {
                    CountedForm::Nfd => cluster.nfd().map(|letter| self.width(letter)).sum(),
                    _ => cluster.nfc().map(|letter| self.width(letter)).sum(),
                }
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
        let plain = Counting::default();
        let cases = [
            (Counting { unit: CountedUnit::Utf16, ..plain }, 8),
            (Counting { unit: CountedUnit::Bytes, ..plain }, 13),
            (Counting { mark: CountedMark::LeftOut, ..plain }, 6),
            (Counting { line_ends: CountedLineEnds::CrlfAsOne, ..plain }, 6),
            (Counting { form: CountedForm::Nfc, ..plain }, 6),
            (Counting { form: CountedForm::Nfd, ..plain }, 7),
            (Counting { unit: CountedUnit::Bytes, form: CountedForm::Nfc, mark: CountedMark::LeftOut, ..plain }, 9),
            (
                Counting {
                    unit: CountedUnit::Utf16,
                    mark: CountedMark::LeftOut,
                    line_ends: CountedLineEnds::CrlfAsOne,
                    ..plain
                },
                6,
            ),
        ];
        for (measure, expected) in cases {
            let index = CountingIndex::of(text, measure);
            assert_eq!((index.units(x), index.byte(expected, OffsetSide::Start)), (expected, Some(x)), "{measure:?}");
        }
        let utf16 = CountingIndex::of(text, Counting { unit: CountedUnit::Utf16, ..plain });
        assert_eq!(utf16.byte(3, OffsetSide::Start), None, "inside a surrogate pair");
        assert_eq!(utf16.byte(10, OffsetSide::End), None, "behind the end");
        let lines = CountingIndex::of(text, Counting { line_ends: CountedLineEnds::CrlfAsOne, ..plain });
        assert_eq!(
            (lines.byte(3, OffsetSide::End), lines.byte(3, OffsetSide::Start)),
            (Some(8), Some(9)),
            "around the CR"
        );
    }

    #[test]
    fn spaces_and_line_feeds() {
        let text = "a  b \nc";
        let c = text.find('c').unwrap();
        let plain = Counting::default();
        for (measure, expected) in [
            (Counting { spaces: CountedSpaces::TrailingLeftOut, ..plain }, 5),
            (Counting { spaces: CountedSpaces::Collapsed, ..plain }, 5),
            (Counting { line_ends: CountedLineEnds::LfAsTwo, ..plain }, 7),
        ] {
            assert_eq!(CountingIndex::of(text, measure).units(c), expected, "{measure:?}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[aก้😀\r\n]{0,300}") {
            let index = CountingIndex::code_points(&text);
            let len = text.chars().count() as u32;
            for (units, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.byte(units as u32, OffsetSide::Start), Some(byte));
                prop_assert_eq!(index.units(byte), units as u32);
            }
            prop_assert_eq!(index.byte(len, OffsetSide::End), Some(text.len()));
        }
    }
}
