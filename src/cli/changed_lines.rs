//! The lines of a text that are new or other than before.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The lines of `new` that `old` does not have there, from 0, in order. Lines are compared without their ends, so that
/// a repository that converts line ends changes none.
pub fn changed_lines(old: &str, new: &str) -> Vec<Range<u32>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
    let changed = |op: DiffOp| match op {
        DiffOp::Equal { .. } | DiffOp::Delete { .. } => None,
        DiffOp::Insert { new_index, new_len, .. } | DiffOp::Replace { new_index, new_len, .. } => {
            Some(new_index as u32..(new_index + new_len) as u32)
        }
    };
    capture_diff_slices(Algorithm::Myers, &old, &new).into_iter().filter_map(changed).collect()
}

/// The lines of a text without their ends, counted as positions count them: `\n`, `\r\n` and a lone `\r` end one.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
        lines.push(&rest[..at]);
        let end = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[at + end..];
    }
    lines.push(rest);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Before, after, the lines that changed: first and the one behind the last.
    type Case = (&'static str, &'static str, &'static [(u32, u32)]);

    #[test]
    fn changes_by_lines() {
        let cases: &[Case] = &[
            ("", "", &[]),
            ("ก\nข\n", "ก\nข\n", &[]),
            ("ก\nข\n", "ก\r\nข\r", &[]),
            ("ก\nข\n", "ก\nค\n", &[(1, 2)]),
            ("ก\nข\n", "ก\nใหม่\nใหม่\nข\n", &[(1, 3)]),
            ("ก\nข\nค\n", "ก\nค\n", &[]),
            ("ก\nข", "ก\nข\nค", &[(2, 3)]),
            ("a\nb\nc\nd\n", "A\nb\nc\nD\n", &[(0, 1), (3, 4)]),
            ("", "ก", &[(0, 1)]),
        ];
        for (old, new, wanted) in cases {
            let changed: Vec<_> = changed_lines(old, new).into_iter().map(|lines| (lines.start, lines.end)).collect();
            assert_eq!(changed, *wanted, "{old:?} {new:?}");
        }
    }
}
