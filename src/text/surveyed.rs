//! A text before anything is recognised in it: where which bytes stand, which letters and odd signs there are and, for
//! names, the fold.
//!
//! Of the segments of a text one after the other the bytes are looked at together, some thousand at a time: most
//! segments are short. Deliberately absent: the text itself, which whoever asks has in hand.

use std::ops::Range;

use super::byte_map::ByteMap;
use super::fold::{Folded, Survey};

/// A text at a glance. May be used for one text after another, so that it allocates nothing once warm.
#[derive(Default, Debug, Clone)]
pub struct Surveyed {
    /// The places of its bytes by class.
    pub map: ByteMap,
    /// The letters and odd signs of the text.
    pub survey: Survey,
    /// The fold, once the text has been folded.
    pub folded: Folded,
    /// The bytes of a text of segments that the map holds.
    mapped: Range<usize>,
}

/// Bytes that are looked at together: some dozen lines, and so few that what is known of them stays in the cache next
/// to the processor.
const TOGETHER: usize = 4 * 1024;

impl Surveyed {
    /// Looks at a text and folds it.
    pub fn of(text: &str) -> Self {
        let mut surveyed = Self::default();
        surveyed.survey(text);
        surveyed.fold(text);
        surveyed
    }

    /// Looks at a text; its fold is not made.
    pub fn survey(&mut self, text: &str) {
        self.begin();
        self.survey_segment(text, 0..text.len());
    }

    /// Makes ready for the segments of another text.
    pub fn begin(&mut self) {
        self.mapped = 0..0;
    }

    /// Looks at one segment of a text; its fold is not made. Where segments come in order, each byte is looked at once.
    pub fn survey_segment(&mut self, text: &str, segment: Range<usize>) {
        if segment.end > self.mapped.end || segment.start < self.mapped.start || self.mapped.is_empty() {
            let end = (segment.start + TOGETHER).max(segment.end).min(text.len());
            self.map.read(&text.as_bytes()[segment.start..end]);
            self.mapped = segment.start..end;
        }
        self.map.look_at(segment.start - self.mapped.start, segment.len());
        self.survey = Survey::read(&text[segment], &self.map);
    }

    /// Folds the text that has been surveyed.
    pub fn fold(&mut self, text: &str) {
        self.folded.fold_surveyed(text, &self.map, self.survey.seen);
    }
}
