//! Places in test fixtures, marked where they are: `«…»`. Carets on a line below do not line up under Thai.

use super::Span;

/// The text without its marks, and the spans they enclosed, by their starts. Marks nest.
pub(crate) fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut open, mut spans) = (String::new(), Vec::new(), Vec::new());
    for letter in marked.chars() {
        match letter {
            '«' => open.push(text.len()),
            '»' => spans.push(Span::of(open.pop().expect("a mark was opened"), text.len())),
            _ => text.push(letter),
        }
    }
    assert!(open.is_empty(), "every mark is closed");
    spans.sort_unstable();
    (text, spans)
}
