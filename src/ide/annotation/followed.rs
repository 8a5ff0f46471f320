//! Annotations that follow their text while it is edited.
//!
//! [`FollowedAnnotations`] is the state of one annotation file beside an open text: to which state of the text the
//! offsets of each line belong, and by which edits the text has become another since. Nothing moves when somebody
//! types; where an annotation stands now is worked out when somebody asks ([`MovedAnnotations`]). The states are kept
//! until the text is closed, so that an undo leads back behind a save too.
//! Deliberately absent: files, and who writes them when.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::code_points::{CodePoints, agrees, written};
use super::edit_map::{EditMap, WordChange};
use crate::annotation::{AnnotationBody, Fragment, Standoff};
use crate::text::edit::TextEdit;
use crate::text::position::BYTE_ORDER_MARK;
use crate::text::{Span, position};

/// States of a text that are kept at once; of older ones the newest takes the place.
const MOST_STATES: usize = 32;
/// Lines that are known again, for each line of the file: what is rewritten again and again is forgotten.
const MOST_FORMS: usize = 8;

/// The annotations of one file beside a text that is being edited.
#[derive(Clone, Debug)]
pub struct FollowedAnnotations {
    standoff: Arc<Standoff>,
    /// Of each line of the file its anchor, where it marks text.
    anchors: Arc<Vec<Option<LineAnchor>>>,
    /// Anchors by what their lines said once.
    forms: FxHashMap<Box<str>, LineAnchor>,
    /// The edits since each state of the text that offsets belong to, oldest first.
    states: Vec<Arc<EditMap>>,
    /// The numbers of the state that was saved last and of the one that was saved before.
    saved: [usize; 2],
    /// True where the words stand at their offsets in so few lines that the file counts otherwise, or belongs to
    /// another text: nothing is moved then.
    is_strange: bool,
    /// The number of edits so far.
    edits: u64,
    /// The number of edits with which lines and text agreed.
    settled: u64,
    /// The content that was written last, and what stood in the file before.
    written: Option<(Arc<Standoff>, Arc<Standoff>)>,
}

/// Annotations as they are when their text is saved.
#[derive(Clone, Debug)]
pub struct SavedAnnotations {
    /// The content of the file.
    pub content: String,
    /// The number of edits that it holds.
    pub edits: u64,
}

/// The place that a line marks, in a state of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
struct LineAnchor {
    /// The number of the state.
    state: u32,
    fragments: Vec<Fragment>,
    /// True where the words stood there.
    is_right: bool,
}

/// The annotations of a file at one moment.
#[derive(Clone, Debug)]
pub struct MovedAnnotations {
    standoff: Arc<Standoff>,
    anchors: Arc<Vec<Option<LineAnchor>>>,
    states: Vec<Arc<EditMap>>,
    is_strange: bool,
}

/// The place of a text-bound annotation now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovedLine {
    /// The fragments, in code points of the file as it will be saved.
    pub fragments: Vec<Fragment>,
    /// The change of its words.
    pub words: WordChange,
}

impl FollowedAnnotations {
    /// The annotations of a file whose offsets count `text`, the document as it is saved.
    pub fn new(standoff: Standoff, text: &str) -> Self {
        let points = CodePoints::new(text);
        let mut followed = Self {
            anchors: Arc::default(),
            forms: FxHashMap::default(),
            states: vec![Arc::default()],
            saved: [0, 0],
            is_strange: false,
            edits: 0,
            settled: 0,
            written: None,
            standoff: Arc::new(standoff),
        };
        followed.anchor(&points, [None, None]);
        followed
    }

    /// Tells whether all annotations had their words at their offsets when the file was taken in.
    pub fn are_right(&self) -> bool {
        self.anchors.iter().flatten().all(|anchor| anchor.is_right)
    }

    /// The annotations of a file as they stand in the editor or on the disk.
    pub fn standoff(&self) -> &Standoff {
        &self.standoff
    }

    /// Takes in an edit of the text, in code points of the file as it will be saved.
    pub fn edit(&mut self, at: u32, old: &str, new: &str) {
        self.edits += 1;
        for state in &mut self.states {
            Arc::make_mut(state).edit(at, old, new);
        }
    }

    /// Takes in another text in the place of all of it.
    pub fn rewrite(&mut self, old: &str, new: &str) {
        self.edits += 1;
        for state in &mut self.states {
            Arc::make_mut(state).rewrite(0, old, new);
        }
    }

    /// Takes in another content of the file. Lines that were there keep their anchors; new ones count the text as it
    /// is or, where their words stand there alone, as it was saved last or the time before: whoever writes the file may
    /// not have seen the last one.
    pub fn take_in(&mut self, standoff: Standoff, now: &str, saved: [Option<&str>; 2]) {
        if *self.standoff == standoff {
            return;
        }
        self.standoff = Arc::new(standoff);
        let saved = saved.map(|text| text.map(CodePoints::new));
        self.anchor(&CodePoints::new(now), [saved[0].as_ref(), saved[1].as_ref()]);
        if self.states.iter().any(|state| !state.is_identity()) {
            self.edits += 1;
        }
    }

    /// Notes that the text is being saved as it is now, and returns what the annotations are then. What is typed next
    /// behind a new word is no part of it.
    pub fn save(&mut self, text: &str) -> SavedAnnotations {
        for state in &mut self.states {
            if !state.is_identity() {
                Arc::make_mut(state).seal();
            }
        }
        self.saved = [self.newest(), self.saved[0]];
        let moved = self.moved();
        let content = moved.content(text);
        let standoff = Standoff::parse(content.as_str());
        for (anchor, line) in self.anchors.iter().zip(standoff.lines()) {
            let Some(anchor) = anchor else { continue };
            self.forms.insert(line.span.slice(&content).into(), anchor.clone());
        }
        SavedAnnotations { content, edits: self.edits }
    }

    /// Takes in that this stands on the disk since so many edits. An editor that has the file open says itself when it
    /// has read it again.
    pub fn written(&mut self, content: &str, edits: u64, is_open: bool) {
        let standoff = Arc::new(Standoff::parse(content));
        if standoff.lines().len() != self.standoff.lines().len() {
            return;
        }
        self.written = Some((self.standoff.clone(), standoff.clone()));
        if !is_open {
            self.standoff = standoff;
            self.settled = edits;
        }
    }

    /// The content that was written last, and what stood in the file before.
    pub fn last_written(&self) -> Option<(Arc<Standoff>, Arc<Standoff>)> {
        self.written.clone()
    }

    /// Tells whether annotations may stand elsewhere than their lines say.
    pub const fn is_moved(&self) -> bool {
        self.edits != self.settled && !self.is_strange
    }

    /// The places of the annotations now.
    pub fn moved(&self) -> MovedAnnotations {
        MovedAnnotations {
            standoff: self.standoff.clone(),
            anchors: self.anchors.clone(),
            states: self.states.clone(),
            is_strange: self.is_strange,
        }
    }

    /// The number of a state that is the text as it is now.
    fn newest(&mut self) -> usize {
        if !self.states.last().is_some_and(|state| state.is_identity()) {
            self.states.push(Arc::default());
        }
        self.states.len() - 1
    }

    /// Gives each line its anchor.
    fn anchor(&mut self, now: &CodePoints<'_>, saved: [Option<&CodePoints<'_>>; 2]) {
        let standoff = self.standoff.clone();
        let newest = self.newest() as u32;
        let (mut right, mut all) = (0, 0);
        let anchors: Vec<Option<LineAnchor>> = standoff
            .lines()
            .iter()
            .map(|line| {
                let AnnotationBody::Text { fragments, text, .. } = &line.body else { return None };
                all += 1;
                let form = standoff.slice(line.span);
                if let Some(known) = self.forms.get(form) {
                    right += usize::from(known.is_right);
                    return Some(known.clone());
                }
                let recorded = text.map(|text| standoff.slice(text));
                let stands = |points: &CodePoints<'_>| {
                    let found = points.words(fragments);
                    found.is_some_and(|found| recorded.is_none_or(|recorded| agrees(&found, recorded)))
                };
                let mut anchor = LineAnchor { state: newest, fragments: fragments.clone(), is_right: stands(now) };
                for (text, state) in saved.into_iter().zip(self.saved) {
                    if !anchor.is_right && text.is_some_and(stands) {
                        anchor = LineAnchor { state: state as u32, is_right: true, ..anchor };
                    }
                }
                right += usize::from(anchor.is_right);
                self.forms.insert(form.into(), anchor.clone());
                Some(anchor)
            })
            .collect();
        self.is_strange = all > 1 && right * 2 < all;
        self.anchors = Arc::new(anchors);
        self.thin_out();
    }

    /// Forgets what nobody will ask for.
    fn thin_out(&mut self) {
        if self.forms.len() > MOST_FORMS * (self.anchors.len() + 16) {
            self.forms.clear();
        }
        if self.states.len() <= MOST_STATES {
            return;
        }
        let newest = self.newest();
        let states = std::mem::take(&mut self.states);
        let renewed = |anchor: &mut LineAnchor| {
            if let Some(state) = states.get(anchor.state as usize) {
                anchor.fragments = anchor.fragments.iter().map(|at| state.fragment(*at).fragment).collect();
            }
            anchor.state = 0;
        };
        Arc::make_mut(&mut self.anchors).iter_mut().flatten().for_each(renewed);
        self.forms.clear();
        self.states = states.get(newest).cloned().into_iter().collect();
        self.saved = [0, 0];
    }
}

impl MovedAnnotations {
    /// The file as it stands in the editor or on the disk.
    pub fn standoff(&self) -> &Arc<Standoff> {
        &self.standoff
    }

    /// The place of a line of the file now; `None` where it marks no text.
    pub fn line(&self, number: usize) -> Option<MovedLine> {
        let anchor = self.anchors.get(number)?.as_ref()?;
        let state = self.states.get(anchor.state as usize).filter(|_| !self.is_strange);
        let Some(state) = state.filter(|state| !state.is_identity()) else {
            return Some(MovedLine { fragments: anchor.fragments.clone(), words: WordChange::Same });
        };
        let mut fragments = Vec::with_capacity(anchor.fragments.len());
        let mut words = WordChange::Same;
        let mut gone = None;
        for fragment in &anchor.fragments {
            let moved = state.fragment(*fragment);
            if moved.words == WordChange::Gone {
                // A piece may go while others remain.
                gone = gone.or(Some(moved.fragment));
                words = words.max(WordChange::Inside);
            } else {
                words = words.max(moved.words);
                fragments.push(moved.fragment);
            }
        }
        if fragments.is_empty() {
            return Some(MovedLine { fragments: gone.into_iter().collect(), words: WordChange::Gone });
        }
        Some(MovedLine { fragments, words })
    }

    /// The replacements that bring the file to `text`, the document as it will be saved: offsets, and what is recorded
    /// of words that were changed inside. Where an edit reaches across the border of what is marked, or takes all of
    /// it, the record stays: it is a finding then, and nothing is lost.
    pub fn edits(&self, text: &str) -> Vec<TextEdit> {
        self.edits_in(&self.standoff, text)
    }

    /// The same replacements in another file that has the same lines, with other line ends or another mark.
    pub fn edits_in(&self, file: &Standoff, text: &str) -> Vec<TextEdit> {
        let points = CodePoints::new(text);
        let mut edits = Vec::new();
        for (number, line) in file.lines().iter().enumerate() {
            let AnnotationBody::Text { fragments: old, offsets, text: recorded, .. } = &line.body else { continue };
            let Some(moved) = self.line(number) else { continue };
            if moved.fragments == *old && moved.words == WordChange::Same {
                continue;
            }
            let record = recorded.map(|recorded| file.slice(recorded));
            let was_right = self.anchors[number].as_ref().is_some_and(|anchor| anchor.is_right);
            let stands = || points.words(old).zip(record).is_some_and(|(found, record)| agrees(&found, record));
            if !was_right && stands() {
                // Somebody else has moved it.
                continue;
            }
            let spans: Option<Vec<Span>> = moved.fragments.iter().map(|at| points.span(*at)).collect();
            let Some(spans) = spans else { continue };
            let follows = was_right && moved.words == WordChange::Inside;
            let fragments = if follows { points.fragments(&spans) } else { moved.fragments };
            if fragments.is_empty() {
                continue;
            }
            if fragments != *old {
                edits.push(TextEdit::replace(*offsets, written(&fragments)));
            }
            // Behind an undo the words are again those that were recorded before the last save.
            let is_back = was_right && moved.words == WordChange::Same;
            if let (true, Some(recorded), Some(words)) = (follows || is_back, recorded, points.words(&fragments))
                && record.is_some_and(|record| if is_back { !agrees(&words, record) } else { record != words })
            {
                edits.push(TextEdit::replace(*recorded, words));
            }
        }
        edits
    }

    /// The content of the file beside `text`, the document as it will be saved.
    pub fn content(&self, text: &str) -> String {
        crate::text::edit::applied(self.standoff.source(), &self.edits(text))
            .unwrap_or_else(|| self.standoff.source().to_owned())
    }
}

/// Tells whether two files have the same lines, whatever their ends.
pub fn same_lines(one: &Standoff, other: &Standoff) -> bool {
    let plain = |file: &Standoff, span: Span| {
        let line = file.slice(span);
        line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).to_owned()
    };
    one.lines().len() == other.lines().len()
        && one.lines().iter().zip(other.lines()).all(|(a, b)| plain(one, a.span) == plain(other, b.span))
}

/// The code points of a text before a position, as its file will hold them when it is saved: with a mark and line ends
/// that the editor hides.
pub const fn saved_offset(at: position::Position, hidden_mark: bool, hidden_returns: bool) -> u32 {
    at.char + hidden_mark as u32 + if hidden_returns { at.line } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Bà Lan gặp ông Minh.\n";
    const FILE: &str = "T1\tPer 3 6\tLan\nR1\tMet Arg1:T1 Arg2:T2\nT2\tPer 15 19\tMinh\n";

    /// A text in an editor beside its annotations.
    struct EditedPair {
        text: String,
        followed: FollowedAnnotations,
    }

    impl EditedPair {
        fn new(text: &str, file: &str) -> Self {
            Self { text: text.to_owned(), followed: FollowedAnnotations::new(Standoff::parse(file), text) }
        }

        fn edit(&mut self, old: &str, new: &str) {
            let at = self.text.find(old).unwrap();
            self.followed.edit(position::chars(&self.text[..at]), old, new);
            self.text.replace_range(at..at + old.len(), new);
        }

        fn file(&self) -> String {
            self.followed.moved().content(&self.text)
        }

        fn save(&mut self) -> String {
            let SavedAnnotations { content, edits } = self.followed.save(&self.text);
            self.followed.written(&content, edits, false);
            content
        }
    }

    #[test]
    fn offsets_and_records_follow() {
        for (edits, wanted) in [
            (&[("Bà", "Bà cụ")][..], "T1\tPer 6 9\tLan\nR1\tMet Arg1:T1 Arg2:T2\nT2\tPer 18 22\tMinh\n"),
            (&[("Lan", "Mai Chi")], "T1\tPer 3 10\tMai Chi\nR1\tMet Arg1:T1 Arg2:T2\nT2\tPer 19 23\tMinh\n"),
            // Words that are gone, or whose border nobody knows, stay recorded.
            (&[(" Lan", "")], "T1\tPer 2 2\tLan\nR1\tMet Arg1:T1 Arg2:T2\nT2\tPer 11 15\tMinh\n"),
            (&[("nh.", "x")], "T1\tPer 3 6\tLan\nR1\tMet Arg1:T1 Arg2:T2\nT2\tPer 15 17\tMinh\n"),
            (&[("nh.", "x"), ("x", "nh.")], FILE),
            // A line break belongs to no piece.
            (&[("Lan", "L\nan")], "T1\tPer 3 4;5 7\tL an\nR1\tMet Arg1:T1 Arg2:T2\nT2\tPer 16 20\tMinh\n"),
        ] {
            let mut pair = EditedPair::new(TEXT, FILE);
            for (old, new) in edits {
                pair.edit(old, new);
            }
            assert_eq!(pair.file(), wanted, "{edits:?}");
        }
    }

    #[test]
    fn undo_leads_back_behind_a_save() {
        let mut pair = EditedPair::new(TEXT, FILE);
        pair.edit("Bà Lan ", "");
        let saved = pair.save();
        assert!(saved.starts_with("T1\tPer 0 0\tLan\n"), "{saved}");
        pair.edit("gặp", "Bà Lan gặp");
        assert_eq!(pair.file(), FILE);
        assert_eq!(pair.save(), FILE);
        // Behind a new name that was saved everything is new.
        pair.edit("Lan", "Mai");
        pair.save();
        pair.edit(" gặp", " và con gặp");
        assert!(pair.file().starts_with("T1\tPer 3 6\tMai\n"), "{}", pair.file());
    }

    #[test]
    fn lines_that_come_later_count_the_text_of_their_time() {
        let mut pair = EditedPair::new(TEXT, FILE);
        pair.edit("Bà", "Bà cụ");
        // An annotation of the text as it is, beside lines that count it as it was.
        let file = format!("{FILE}T3\tWord 10 13\tgặp\n");
        pair.followed.take_in(Standoff::parse(file.as_str()), &pair.text, [Some(TEXT), None]);
        pair.edit("Bà", "Thưa bà");
        let moved = pair.file();
        assert!(moved.contains("T1\tPer 11 14\tLan\n") && moved.contains("T3\tWord 15 18\tgặp\n"), "{moved}");
        // Another program's line counts the text that was saved.
        let file = format!("{file}T4\tWord 11 14\tông\n");
        let now = pair.text.clone();
        pair.followed.take_in(Standoff::parse(file.as_str()), &now, [Some(TEXT), None]);
        assert!(pair.file().ends_with("T4\tWord 19 22\tông\n"), "{}", pair.file());
        // All lines already moved by somebody else are left alone.
        let moved = pair.file();
        pair.followed.take_in(Standoff::parse(moved.as_str()), &now, [Some(TEXT), None]);
        assert_eq!(pair.file(), moved);
    }

    #[test]
    fn what_is_typed_while_a_file_is_written_is_not_forgotten() {
        let mut pair = EditedPair::new(TEXT, FILE);
        pair.edit("Bà", "Bà cụ");
        let SavedAnnotations { content, edits } = pair.followed.save(&pair.text);
        pair.edit("Bà cụ", "Bà");
        pair.followed.written(&content, edits, false);
        assert!(pair.followed.is_moved());
        assert_eq!(pair.save(), FILE);
        assert!(!pair.followed.is_moved());
        // Another program has not seen the last save.
        pair.edit("Bà", "Bà cụ");
        pair.save();
        let other = "T1\tOrg 3 6\tLan\n";
        let now = pair.text.clone();
        pair.followed.take_in(Standoff::parse(other), &now, [Some(&now), Some(TEXT)]);
        assert_eq!(pair.file(), "T1\tOrg 6 9\tLan\n");
    }

    #[test]
    fn a_file_that_counts_otherwise_is_left_alone() {
        let file = "T1\tPer 4 7\tLan\nT2\tPer 16 20\tMinh\n";
        let mut pair = EditedPair::new(TEXT, file);
        pair.edit("Bà", "Bà cụ");
        assert_eq!(pair.file(), file);
        assert!(!pair.followed.is_moved());
    }

    #[test]
    fn many_states_are_few_in_the_end() {
        let mut pair = EditedPair::new(TEXT, "T1\tPer 3 6\tLan\n");
        let mut file = String::from("T1\tPer 3 6\tLan\n");
        for number in 2..200 {
            pair.edit("Bà", "-Bà");
            let at = position::chars(&pair.text[..pair.text.find("Minh").unwrap()]);
            file = format!("{}T{number}\tPer {at} {}\tMinh\n", pair.file(), at + 4);
            let text = pair.text.clone();
            pair.followed.take_in(Standoff::parse(file.as_str()), &text, [Some(TEXT), None]);
        }
        assert!(pair.followed.states.len() <= MOST_STATES + 1);
        assert!(pair.file().starts_with("T1\tPer 201 204\tLan\n"), "{}", &pair.file()[..40]);
        assert_eq!(pair.file(), file);
    }
}
