//! Measures of agreement between two annotators.
//!
//! Deliberately absent: any judgement of which value is good; the literature has none that holds for every task.

pub mod alpha;
pub mod kappa;

pub use alpha::{Continuum, Disagreement};
pub use kappa::Confusion;

/// The number of annotations that two sets have in common. Every annotation of a side belongs to exactly one of
/// `exact`, `label`, `overlap` and `only_…`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Agreement {
    /// Annotations of A.
    pub a: u64,
    /// Annotations of B.
    pub b: u64,
    /// Pairs with the same span and the same type.
    pub exact: u64,
    /// Pairs with the same span and another type. A row of one type counts the pairs one of whose sides has that type.
    pub label: u64,
    /// Pairs of one type whose spans overlap and are not the same.
    pub overlap: u64,
    /// Annotations of A without a partner.
    pub only_a: u64,
    /// Annotations of B without a partner.
    pub only_b: u64,
}

impl Agreement {
    /// Returns the share of B's annotations that A has too; nothing where B has none.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.exact, self.b)
    }

    /// Returns the share of A's annotations that B has too; nothing where A has none.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.exact, self.a)
    }

    /// Returns the harmonic mean of precision and recall; nothing where neither side has an annotation.
    pub fn f1(&self) -> Option<f64> {
        ratio(2 * self.exact, self.a + self.b)
    }

    /// Returns the same where an overlap counts like the same span.
    pub fn f1_overlap(&self) -> Option<f64> {
        ratio(2 * (self.exact + self.overlap), self.a + self.b)
    }
}

impl std::ops::AddAssign for Agreement {
    fn add_assign(&mut self, other: Self) {
        self.a += other.a;
        self.b += other.b;
        self.exact += other.exact;
        self.label += other.label;
        self.overlap += other.overlap;
        self.only_a += other.only_a;
        self.only_b += other.only_b;
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
