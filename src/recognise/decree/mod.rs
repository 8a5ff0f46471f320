//! References to Vietnamese official documents in a line, and their faults.
//!
//! Text is cut into chains of joined words ([`lex`]), a chain is read as a symbol ([`parse`], [`form`]), a symbol is
//! judged by who may issue what and when ([`check`]), the words around say what it is called and what it is not
//! ([`near`]). Deliberately absent: dates (they are mentions of their own; [`link_dates`] joins them afterwards), the
//! corpus, and any decision that hangs on the document: a fault says under which condition it counts.

mod blanks;
mod check;
mod describe;
mod fact;
mod fault;
mod find;
mod fold;
mod form;
mod letters;
mod lex;
mod link;
mod near;
mod ordinary;
mod parse;
mod short;
mod symbol;
pub mod table;
#[cfg(test)]
mod tests;
mod word_ends;

pub use describe::{DecreeDescription, IssuerDescription, PartNames, describe};
pub use fact::{DateLink, DecreeFact, TypeWord};
pub use fault::{
    DecreeFault, DecreeFaultClass, IssuerAbsence, MissingPart, Respelling, SeparatorOrder, SymbolType,
    TypeContradiction, TypeRefusal,
};
pub use find::{find, find_mapped, may_be_in};
pub use link::{agency_fault_on, date_year_fault, date_year_mismatch, link_dates};
pub use short::{ShortReference, find_short, key as number_key};
pub use symbol::{DecreeForm, DecreeSymbol, IncompleteSymbol};
pub use table::{AgencyEntry, DecreeTable, TypeEntry};
