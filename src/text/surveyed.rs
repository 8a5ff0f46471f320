//! A text before anything is recognised in it: where which bytes stand, which letters and odd signs there are and, for
//! names, the fold.
//!
//! Deliberately absent: the text itself, which whoever asks has in hand.

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
}

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
        self.map.read(text);
        self.survey = Survey::read(text, &self.map);
    }

    /// Folds the text that has been surveyed.
    pub fn fold(&mut self, text: &str) {
        self.folded.fold_surveyed(text, &self.map, self.survey.seen);
    }
}
