//! Numbered ranges that may lie in each other, and which of them touch a place.
//!
//! Sorted by start, with the greatest end of each half, each half of a half and so on: a question walks only where an
//! answer may be. Deliberately absent: changes; it is made afresh for each text.

/// Ranges, each with a number.
#[derive(Debug, Default)]
pub(super) struct RangeIndex {
    /// Start, end and number, by start.
    ranges: Vec<(u32, u32, usize)>,
    /// The greatest end of a part of `ranges`: of all at 1, of the halves of the part at `n` at `2n` and `2n + 1`.
    ends: Vec<u32>,
}

impl RangeIndex {
    /// An index of ranges: start, end, number.
    pub(super) fn new(mut ranges: Vec<(u32, u32, usize)>) -> Self {
        ranges.sort_unstable();
        let mut ends = vec![0; 2 * ranges.len().next_power_of_two()];
        let leaves = ends.len() / 2;
        for (at, (_, end, _)) in ranges.iter().enumerate() {
            ends[leaves + at] = *end;
        }
        for at in (1..leaves).rev() {
            ends[at] = ends[2 * at].max(ends[2 * at + 1]);
        }
        Self { ranges, ends }
    }

    /// The numbers of the ranges that share a place with `start..=end`, their own ends included.
    pub(super) fn touching(&self, start: u32, end: u32) -> Vec<usize> {
        let mut found = Vec::new();
        let before = self.ranges.partition_point(|range| range.0 <= end);
        let leaves = self.ends.len() / 2;
        // Parts of the tree: the node, its first leaf, the number of its leaves.
        let mut open = vec![(1, 0, leaves)];
        while let Some((node, first, size)) = open.pop() {
            if first >= before || self.ends[node] < start {
                continue;
            }
            if size == 1 {
                found.push(self.ranges[first].2);
            } else {
                let half = size / 2;
                open.push((2 * node + 1, first + half, half));
                open.push((2 * node, first, half));
            }
        }
        found
    }

    /// All ranges in the order of their numbers.
    pub(super) fn by_number(&self) -> Vec<(u32, u32, usize)> {
        let mut ranges = self.ranges.clone();
        ranges.sort_unstable_by_key(|range| range.2);
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_walk_over_all_finds(
            ranges in prop::collection::vec((0u32..40, 0u32..10), 0..30), start in 0u32..50, length in 0u32..8,
        ) {
            let ranges: Vec<(u32, u32, usize)> =
                ranges.into_iter().enumerate().map(|(number, (start, length))| (start, start + length, number)).collect();
            let end = start + length;
            let mut found = RangeIndex::new(ranges.clone()).touching(start, end);
            found.sort_unstable();
            let expected: Vec<usize> =
                ranges.iter().filter(|range| range.0 <= end && range.1 >= start).map(|range| range.2).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
