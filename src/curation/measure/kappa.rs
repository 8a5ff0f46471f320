//! Cohen's κ per code point: how far two annotators agree beyond chance about what each code point is.
//!
//! J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
//! 37–46: κ = (p_o − p_e) / (1 − p_e), with p_o the share of items both put into one category and p_e the share
//! expected if each chose at random with their own frequencies. An item here is a code point of the text; its category
//! is the set of types that cover it, so that text nobody annotated counts too.

use std::collections::BTreeMap;

/// A table of two annotators' categories, summed over documents.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Confusion {
    cells: BTreeMap<(Category, Category), u64>,
}

/// The types that cover a code point, by their numbers, sorted. Empty: no annotation.
type Category = Vec<usize>;

/// A stretch of one type, in code points.
pub type TypedStretch = (u32, u32, usize);

impl Confusion {
    /// Adds a document of `length` code points that A and B annotated so. Stretches may overlap; what lies behind the
    /// end of the text is left out.
    pub fn add(&mut self, a: &[TypedStretch], b: &[TypedStretch], length: u32) {
        // At an offset the number of stretches of a type changes on one side.
        let mut changes: Vec<(u32, bool, usize, i32)> = Vec::with_capacity(2 * (a.len() + b.len()));
        for (stretches, is_b) in [(a, false), (b, true)] {
            for &(start, end, kind) in stretches.iter().filter(|stretch| stretch.0 < stretch.1.min(length)) {
                changes.push((start, is_b, kind, 1));
                changes.push((end.min(length), is_b, kind, -1));
            }
        }
        changes.sort_unstable();
        let mut open: [BTreeMap<usize, i32>; 2] = Default::default();
        let mut at = 0;
        for (offset, is_b, kind, step) in changes {
            self.count(&open, offset - at);
            at = offset;
            let depth = open[usize::from(is_b)].entry(kind).or_default();
            *depth += step;
            if *depth == 0 {
                open[usize::from(is_b)].remove(&kind);
            }
        }
        self.count(&open, length - at);
    }

    fn count(&mut self, open: &[BTreeMap<usize, i32>; 2], code_points: u32) {
        if code_points > 0 {
            let [a, b] = open.each_ref().map(|types| types.keys().copied().collect::<Category>());
            *self.cells.entry((a, b)).or_default() += u64::from(code_points);
        }
    }

    /// Returns the table of one type against all else.
    #[must_use]
    pub fn of_type(&self, kind: usize) -> Self {
        let only = |types: &Category| if types.contains(&kind) { vec![kind] } else { Vec::new() };
        let mut cells = BTreeMap::default();
        for ((a, b), count) in &self.cells {
            *cells.entry((only(a), only(b))).or_default() += count;
        }
        Self { cells }
    }

    /// Returns κ; nothing where both put every code point into one and the same category, since chance then explains
    /// all.
    pub fn kappa(&self) -> Option<f64> {
        let total: u64 = self.cells.values().sum();
        let mut sums: BTreeMap<&Category, [u64; 2]> = BTreeMap::new();
        let mut agreed = 0;
        for ((a, b), count) in &self.cells {
            sums.entry(a).or_default()[0] += count;
            sums.entry(b).or_default()[1] += count;
            agreed += if a == b { *count } else { 0 };
        }
        if total == 0 {
            return None;
        }
        let total = total as f64;
        let chance: f64 = sums.values().map(|[a, b]| (*a as f64 / total) * (*b as f64 / total)).sum();
        let observed = agreed as f64 / total;
        (1.0 - chance > f64::EPSILON).then(|| (observed - chance) / (1.0 - chance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kappa(a: &[TypedStretch], b: &[TypedStretch], length: u32) -> Option<f64> {
        let mut confusion = Confusion::default();
        confusion.add(a, b, length);
        confusion.kappa()
    }

    /// The examples of Krippendorff 1995, p. 57, of 24 items each, and the values of κ he computes for them.
    #[test]
    fn published_examples() {
        let bertha = [(2, 10, 0), (14, 20, 0)];
        let bill = [(4, 8, 0), (15, 17, 0)];
        assert!((kappa(&bertha, &bill, 24).unwrap() - 0.385).abs() < 0.001);
        assert!((kappa(&[(0, 18, 0)], &[(0, 10, 0)], 24).unwrap() - 0.385).abs() < 0.001);
        let gerret = [(2, 8, 0), (10, 12, 0), (14, 18, 0), (20, 22, 0)];
        let gill = [(0, 2, 0), (4, 8, 0), (10, 14, 0), (16, 18, 0), (20, 22, 0)];
        assert!((kappa(&gerret, &gill, 24).unwrap() - 0.314).abs() < 0.001);
        assert_eq!(kappa(&[(0, 24, 0)], &[(0, 24, 0)], 24), None);
    }

    #[test]
    fn sets_of_types_are_categories() {
        // By hand: 10 items; A: {0} 4, {0,1} 2, none 4; B: {0} 6, none 4. Agreed 4 + 4. Chance 4/10·6/10 + 4/10·4/10.
        let value = kappa(&[(0, 6, 0), (4, 6, 1)], &[(0, 6, 0)], 10).unwrap();
        assert!((value - (0.8 - 0.4) / (1.0 - 0.4)).abs() < 1e-9);
        let mut confusion = Confusion::default();
        confusion.add(&[(0, 6, 0), (4, 6, 1)], &[(0, 6, 0)], 10);
        assert_eq!(confusion.of_type(0).kappa(), Some(1.0));
        assert_eq!(confusion.of_type(1).kappa(), Some(0.0));
    }

    #[test]
    fn nothing_and_too_much_break_nothing() {
        assert_eq!(kappa(&[], &[], 0), None);
        assert_eq!(kappa(&[(0, 5, 0)], &[(0, 5, 0)], 0), None);
        assert_eq!(kappa(&[(0, 50, 0), (60, 70, 0), (3, 3, 1)], &[(0, 10, 0)], 10), None);
        // The same type twice at one place is the same category as once.
        assert_eq!(kappa(&[(0, 4, 0), (2, 6, 0)], &[(0, 6, 0)], 10), Some(1.0));
    }
}
