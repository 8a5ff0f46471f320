//! The state of a document in its project: how far its annotation is, who said so, and when.

use jiff::Timestamp;

use crate::text::nearest::nearest;

/// The states, in the order in which a document goes through them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash)]
pub enum DocumentState {
    /// Nobody has begun; the state of a document of which nothing is said.
    #[default]
    New,
    /// Somebody annotates it.
    InWork,
    /// It is annotated, and nobody has looked at the result.
    Done,
    /// A second person has looked at it.
    Reviewed,
}

impl DocumentState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::InWork, Self::Done, Self::Reviewed];

    /// The word in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InWork => "in-work",
            Self::Done => "done",
            Self::Reviewed => "reviewed",
        }
    }

    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InWork => "in work",
            _ => self.as_str(),
        }
    }

    /// The state that a word names.
    ///
    /// # Errors
    /// When it names none.
    pub fn named(word: &str) -> Result<Self, UnknownState> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == word);
        found.ok_or_else(|| UnknownState {
            word: word.to_owned(),
            suggestion: nearest(word, Self::ALL.map(Self::as_str)),
        })
    }
}

/// A word that names no state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownState {
    /// As it stands.
    pub word: String,
    /// The state that was probably meant.
    pub suggestion: Option<&'static str>,
}

impl std::fmt::Display for UnknownState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown state `{}`; use ", self.word.escape_debug())?;
        match self.suggestion {
            Some(meant) => write!(f, "`{meant}`"),
            None => f.write_str("`new`, `in-work`, `done` or `reviewed`"),
        }
    }
}

impl std::error::Error for UnknownState {}

/// A statement about a document. Of two about one document the later holds; of two of one second the one that is
/// further.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct StateRecord {
    /// The moment of the statement.
    pub when: Timestamp,
    /// The state.
    pub state: DocumentState,
    /// The person who says so.
    pub by: String,
}

/// The numbers of documents by state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StateCounts([usize; 4]);

impl StateCounts {
    /// Counts one more document.
    pub const fn add(&mut self, state: DocumentState) {
        self.0[state as usize] += 1;
    }

    /// Returns the sum of two counts.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|state| self.0[state] + other.0[state]))
    }

    /// Returns each state with its number, in the order of the states.
    pub fn iter(self) -> impl Iterator<Item = (DocumentState, usize)> {
        DocumentState::ALL.into_iter().zip(self.0)
    }
}

impl std::fmt::Display for StateCounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all: Vec<String> = self.iter().map(|(state, count)| format!("{count} {}", state.label())).collect();
        f.write_str(&all.join(", "))
    }
}
