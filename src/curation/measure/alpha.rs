//! Krippendorff's α_u for unitizing: agreement about where units lie in a continuum, and of which category they are.
//!
//! K. Krippendorff, "On the reliability of unitizing contiguous data", Sociological Methodology 25 (1995), 47–76, with
//! the correction of the expected disagreement in "Content Analysis", 2nd edition (2004), pp. 251–256. The family of
//! coefficients that was added in 2016 (K. Krippendorff, Y. Mathet, S. Bouvry, A. Widlöcher, "On the reliability of
//! unitizing textual continua", Quality & Quantity 50) has this one as its first member.
//!
//! Two observers' sections of a category (units, and the gaps between them) are compared wherever they meet:
//! overlapping units disagree by the squares of the distances of their ends, a unit inside the other's gap by the
//! square of its length. α_u = 1 − Σ D_o / Σ D_e over the categories. Documents are laid one behind the other.

/// Units of one category that one observer marked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Continuum {
    /// Start and end, in code points from the start of the first document; sorted and disjoint.
    units: Vec<(u64, u64)>,
}

/// A section of a continuum: a unit or a gap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct UnitOrGap {
    start: u64,
    end: u64,
    is_unit: bool,
}

impl UnitOrGap {
    const fn length(self) -> u64 {
        self.end - self.start
    }
}

impl Continuum {
    /// Adds a unit. A unit that overlaps an earlier one is joined with it: α_u has no notion of units that overlap.
    /// Units are added in the order of their starts.
    pub fn add(&mut self, start: u64, end: u64) {
        match self.units.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ if start < end => self.units.push((start, end)),
            _ => {}
        }
    }

    /// Returns units and gaps in order, from the start of the continuum to its end.
    fn sections(&self, length: u64) -> Vec<UnitOrGap> {
        let mut sections = Vec::with_capacity(2 * self.units.len() + 1);
        let mut at = 0;
        for &(start, end) in &self.units {
            if at < start {
                sections.push(UnitOrGap { start: at, end: start, is_unit: false });
            }
            sections.push(UnitOrGap { start, end, is_unit: true });
            at = end;
        }
        if at < length {
            sections.push(UnitOrGap { start: at, end: length, is_unit: false });
        }
        sections
    }
}

/// Observed and expected disagreement of two observers in one category. They add up over categories.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Disagreement {
    /// D_o.
    pub observed: f64,
    /// D_e.
    pub expected: f64,
}

impl Disagreement {
    /// Compares two observers' units of one category in a continuum of `length` code points.
    pub fn new(one: &Continuum, two: &Continuum, length: u64) -> Self {
        let (one, two) = (one.sections(length), two.sections(length));
        Self { observed: observed(&one, &two, length), expected: expected(&one, &two, length) }
    }

    /// Returns α_u; nothing where neither observer marked a unit.
    pub fn alpha(self) -> Option<f64> {
        (self.expected > 0.0).then(|| 1.0 - self.observed / self.expected)
    }
}

impl std::ops::AddAssign for Disagreement {
    fn add_assign(&mut self, other: Self) {
        self.observed += other.observed;
        self.expected += other.expected;
    }
}

/// The observed disagreement. Sections that do not meet agree, so one walk over both sides sees all that counts.
fn observed(one: &[UnitOrGap], two: &[UnitOrGap], length: u64) -> f64 {
    let mut sum = 0.0;
    let (mut i, mut j) = (0, 0);
    while let (Some(&g), Some(&h)) = (one.get(i), two.get(j)) {
        sum += distance(g, h);
        // The one that ends first has met all it can; both where they end together.
        i += usize::from(g.end <= h.end);
        j += usize::from(h.end <= g.end);
    }
    // Each pair is counted from both sides: 2 / (m (m − 1) L²) with m = 2 observers.
    sum / (length as f64 * length as f64)
}

/// δ² of two sections that meet.
fn distance(g: UnitOrGap, h: UnitOrGap) -> f64 {
    let square = |value: u64| value as f64 * value as f64;
    match (g.is_unit, h.is_unit) {
        (true, true) => square(g.start.abs_diff(h.start)) + square(g.end.abs_diff(h.end)),
        (true, false) if h.start <= g.start && g.end <= h.end => square(g.length()),
        (false, true) if g.start <= h.start && h.end <= g.end => square(h.length()),
        _ => 0.0,
    }
}

/// The disagreement expected if units and gaps of both observers were laid at random.
fn expected(one: &[UnitOrGap], two: &[UnitOrGap], length: u64) -> f64 {
    let sections = || one.iter().chain(two);
    let units: Vec<f64> = sections().filter(|one| one.is_unit).map(|one| one.length() as f64).collect();
    let mut gaps: Vec<f64> = sections().filter(|one| !one.is_unit).map(|one| one.length() as f64).collect();
    gaps.sort_unstable_by(f64::total_cmp);
    // behind[n]: the lengths of all gaps from the n-th on, together.
    let mut behind = vec![0.0; gaps.len() + 1];
    for number in (0..gaps.len()).rev() {
        behind[number] = behind[number + 1] + gaps[number];
    }
    let count = units.len() as f64;
    let mut sum = 0.0;
    for &unit in &units {
        sum += (count - 1.0) / 3.0 * (2.0 * unit.powi(3) - 3.0 * unit * unit + unit);
        // The unit fits into a gap of length l in l − unit + 1 places.
        let first = gaps.partition_point(|gap| *gap < unit);
        let fitting = (gaps.len() - first) as f64;
        sum += unit * unit * (behind[first] - fitting * (unit - 1.0));
    }
    let both = 2.0 * length as f64;
    let pairs = both * (both - 1.0) - units.iter().map(|unit| unit * (unit - 1.0)).sum::<f64>();
    if pairs > 0.0 { 2.0 / length as f64 * sum / pairs } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn continuum(units: &[(u64, u64)], stretch: u64) -> Continuum {
        let mut continuum = Continuum::default();
        for &(start, length) in units {
            continuum.add(start * stretch, (start + length) * stretch);
        }
        continuum
    }

    fn near(value: f64, wanted: f64, by: f64) {
        assert!((value - wanted).abs() < by, "{value} is not {wanted}");
    }

    /// Content Analysis (2004), p. 254: two observers, a continuum from 150 to 450, categories c and k. Start and
    /// length.
    #[test]
    fn example_of_2004() {
        let c = Disagreement::new(
            &continuum(&[(75, 70), (220, 30)], 1),
            &continuum(&[(70, 80), (205, 20), (250, 20)], 1),
            300,
        );
        near(c.observed, 0.0144, 0.0001);
        near(c.expected, 0.0532, 0.0001);
        near(c.alpha().unwrap(), 0.7286, 0.0001);
        let same = continuum(&[(30, 60), (150, 50)], 1);
        let mut k = Disagreement::new(&same, &same, 300);
        near(k.observed, 0.0, 1e-9);
        near(k.expected, 0.0490, 0.0001);
        k += c;
        near(k.alpha().unwrap(), 0.8591, 0.0005);
    }

    /// Sociological Methodology 25 (1995), p. 57: four pairs of observers, 24 items each, and the limits for ever finer
    /// items. Start and length.
    #[test]
    fn examples_of_1995() {
        const FINE: u64 = 50_000;
        for (one, two, observed, expected, alpha) in [
            (&[(2, 8), (14, 6)][..], &[(4, 4), (15, 2)][..], 0.03125, 0.06990, 0.553),
            (&[(0, 18)], &[(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)], 2.26736, 1.17731, -0.926),
            (
                &[(2, 6), (10, 2), (14, 4), (20, 2)],
                &[(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)],
                0.02777,
                0.08642,
                0.679,
            ),
            (
                &[(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)],
                &[(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)],
                0.38715,
                0.41445,
                0.066,
            ),
        ] {
            let found = Disagreement::new(&continuum(one, FINE), &continuum(two, FINE), 24 * FINE);
            near(found.observed, observed, 0.00001);
            near(found.expected, expected, 0.005);
            near(found.alpha().unwrap(), alpha, 0.02);
        }
    }

    #[test]
    fn units_that_overlap_are_joined_and_empty_ones_left_out() {
        let mut continuum = Continuum::default();
        for (start, end) in [(1, 4), (2, 3), (3, 6), (6, 8), (9, 9)] {
            continuum.add(start, end);
        }
        assert_eq!(continuum.units, [(1, 6), (6, 8)]);
        assert_eq!(Disagreement::new(&Continuum::default(), &Continuum::default(), 10).alpha(), None);
        assert_eq!(Disagreement::new(&Continuum::default(), &Continuum::default(), 0).alpha(), None);
    }
}
