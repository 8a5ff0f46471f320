//! Offsets in UTF-16 code units, which formats of Java programs count, beside those in code points.

/// The places of one text in both units.
#[derive(Clone, Debug, Default)]
pub(super) struct Utf16Offsets {
    /// The code points that take two units, in order.
    wide: Vec<u32>,
    length: u32,
}

impl Utf16Offsets {
    /// Reads a text.
    pub(super) fn new(text: &str) -> Self {
        let mut offsets = Self::default();
        for letter in text.chars() {
            if letter.len_utf16() == 2 {
                offsets.wide.push(offsets.length);
            }
            offsets.length += 1;
        }
        offsets
    }

    /// Returns the units before a code point.
    pub(super) fn units(&self, chars: u32) -> u32 {
        chars + self.wide.partition_point(|at| *at < chars) as u32
    }

    /// Returns the code points before a unit; nothing inside a surrogate pair or behind the text.
    pub(super) fn chars(&self, units: u32) -> Option<u32> {
        // How many wide letters begin before the unit: their own start is their number further on.
        let (mut low, mut high) = (0, self.wide.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.wide[middle] + (middle as u32) < units {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let before = low as u32;
        let inside_pair = low > 0 && self.wide[low - 1] + before == units;
        let chars = units - before;
        (!inside_pair && chars <= self.length).then_some(chars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_and_never_inside_a_pair() {
        let offsets = Utf16Offsets::new("a😀b😀😀");
        let units: Vec<u32> = (0..=5).map(|chars| offsets.units(chars)).collect();
        assert_eq!(units, [0, 1, 3, 4, 6, 8]);
        let chars: Vec<Option<u32>> = (0..=9).map(|units| offsets.chars(units)).collect();
        assert_eq!(chars, [Some(0), Some(1), None, Some(2), Some(3), None, Some(4), None, Some(5), None]);
    }
}
