//! A reference as a fact of its segment.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::fault::DecreeFault;
use super::symbol::{DecreeForm, DecreeSymbol, IncompleteSymbol};
use crate::recognise::fault::Fault;
use crate::recognise::profile::Language;
use crate::text::Span;

/// The word in front of a symbol that says what kind of document it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TypeWord {
    /// The place of the word, in bytes of the segment.
    pub span: Span,
    /// The word as written.
    pub surface: CompactString,
    /// Letters of the types it may name; empty where it names none in particular. `LETTER` stands for official
    /// letters, whose symbols have no type.
    pub types: SmallVec<[CompactString; 2]>,
}

/// The date directly behind a reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DateLink {
    /// The place in the list of dates of the segment.
    pub index: u32,
    /// The date without lead words, in bytes of the segment.
    pub core: Span,
}

/// A reference, sound or damaged. What most references do not have lies apart: these are many and stay in memory.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DecreeFact {
    /// The symbol alone, in bytes of the segment.
    pub core: Span,
    /// With type word, "number" word and, after [`link_dates`], the date.
    pub extent: Span,
    /// The parts of the symbol.
    pub symbol: DecreeSymbol,
    /// The form that the symbol follows.
    pub form: DecreeForm,
    /// The word for its type in front.
    pub type_word: Option<Box<TypeWord>>,
    /// The date directly behind.
    pub date: Option<DateLink>,
    /// The language of the words around.
    pub language: Language,
    /// The faults, in the order of the table of fault classes.
    pub faults: Vec<Fault<DecreeFault>>,
    /// Set where a part is missing or undecidable that other citations may give.
    pub incomplete: Option<Box<IncompleteSymbol>>,
    /// True if it is of a form used before 1997, when symbols were not uniform.
    pub historic: bool,
    pub(super) mention: bool,
}

impl DecreeFact {
    /// Returns whether it is to be listed as a mention: symbols without number, type or issuer are faults only.
    pub fn is_mention(&self) -> bool {
        self.mention
    }

    /// The canonical reference, where the symbol has one: the value of the mention.
    pub fn value(&self) -> Option<&str> {
        self.mention.then_some(&*self.symbol.reference)
    }
}
