//! The faults of references: what is wrong, with all that a message about it quotes.
//!
//! When a fault applies is decided where it is found; how severe it is and what is said about it is the business of
//! its rule. [`DecreeFaultClass`] is the class of a fault alone, by which its rule is looked up.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::table::PartialDay;

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $variant:ident $(($payload:ty))? $({$($(#[doc = $of:literal])+ $field:ident: $type:ty,)+})? = $code:literal,)+) => {
        /// A fault of a reference.
        #[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
        pub enum DecreeFault {
            $($(#[doc = $doc])+ $variant $(($payload))? $({$($(#[doc = $of])+ $field: $type,)+})?,)+
        }

        /// The class of a fault: the part of its rule's code behind the slash.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
        pub enum DecreeFaultClass {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl DecreeFault {
            /// The class of the fault.
            pub const fn class(&self) -> DecreeFaultClass {
                match self {
                    $(Self::$variant { .. } => DecreeFaultClass::$variant,)+
                }
            }
        }

        impl DecreeFaultClass {
            /// Every class, in the order of the table of fault classes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code of the class's rule behind the slash.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }
    };
}

faults! {
    /// `QD-TTg` where the text otherwise has its Vietnamese marks.
    MissingDiacritics(Respelling) = "missing-diacritics",
    /// State separators in a Party symbol, or the reverse.
    SwappedSeparators {
        /// The order that the issuer uses.
        right: SeparatorOrder,
    } = "swapped-separators",
    /// Type and issuer exchanged.
    SwappedTypeAgency {
        /// Letters of the type.
        kind: CompactString,
        /// Letters of the issuer.
        issuer: CompactString,
    } = "swapped-type-agency",
    /// Letters in the place of the type that are no type.
    UnknownType {
        /// The letters as written.
        written: CompactString,
        /// The type that is meant, where only one can be.
        meant: Option<CompactString>,
    } = "unknown-type",
    /// Letters in the place of the issuer that are no issuer.
    UnknownAgency {
        /// The letters as written.
        written: CompactString,
        /// The issuer that is meant, where only one can be.
        meant: Option<CompactString>,
    } = "unknown-agency",
    /// O, l, I or S among the digits.
    LetterForDigit {
        /// The number, year or legislature as written.
        written: CompactString,
    } = "letter-for-digit",
    /// 0, 1 or 8 among the letters.
    DigitForLetter {
        /// The letters as written.
        written: CompactString,
    } = "digit-for-letter",
    /// Another separator where a slash or a hyphen belongs.
    WrongSeparator {
        /// The separator as written; empty where none stands there.
        written: CompactString,
    } = "wrong-separator",
    /// A space inside the symbol.
    InnerSpace {
        /// A space on both sides of a slash in English text, which is a matter of style there.
        is_style: bool,
    } = "inner-space",
    /// A symbol without its number.
    MissingNumber = "missing-number",
    /// Type, issuer or legislature missing.
    MissingPart(MissingPart) = "missing-part",
    /// A normative type of 1997 or later without its year.
    MissingYear = "missing-year",
    /// Letters in the wrong case.
    LetterCase(Respelling) = "letter-case",
    /// A year of two digits.
    TwoDigitYear {
        /// The year in four digits, where only one century fits.
        meant: Option<i16>,
    } = "two-digit-year",
    /// A year that is none.
    ImpossibleYear {
        /// The year that is meant, where one digit was struck twice.
        meant: Option<i16>,
    } = "impossible-year",
    /// A year after the current one.
    FutureYear = "future-year",
    /// A year of the Buddhist Era.
    EraYear {
        /// The same year in the Common Era.
        meant: i16,
    } = "era-year",
    /// A year outside the term of the legislature that the symbol names.
    LegislatureMismatch {
        /// The ordinal of the legislature.
        named: u16,
        /// The first and the last year of its term, where there has been such a legislature.
        term: Option<(i16, i16)>,
    } = "legislature-mismatch",
    /// A type that the issuer may not issue.
    TypeNotAllowed(TypeRefusal) = "type-not-allowed",
    /// A fullwidth or mathematical slash.
    FullwidthSlash = "fullwidth-slash",
    /// A dash where a hyphen belongs.
    DashForHyphen = "dash-for-hyphen",
    /// Eth or the African D in the place of Đ.
    LookalikeD = "lookalike-d",
    /// A Cyrillic, Greek or fullwidth letter.
    LookalikeScript = "lookalike-script",
    /// Thai digits.
    ThaiDigits = "thai-digits",
    /// An invisible character.
    InvisibleChar = "invisible-char",
    /// A part or a separator twice.
    DuplicatePart {
        /// The part; `None` for a separator.
        part: Option<CompactString>,
    } = "duplicate-part",
    /// An issuer of another time.
    AgencyNotExistingThen(Box<IssuerAbsence>) = "agency-not-existing-then",
    /// A neighbouring word without a space between.
    GluedWord {
        /// The word.
        word: CompactString,
    } = "glued-word",
    /// A number of odd shape.
    NumberShape {
        /// The number as written.
        number: CompactString,
    } = "number-shape",
    /// An HTML entity.
    Markup = "markup",
    /// A word in front that names another type.
    TypeWordMismatch(Box<TypeContradiction>) = "type-word-mismatch",
    /// A date behind the symbol in another year.
    DateYearMismatch {
        /// The year in the symbol.
        symbol: i16,
        /// The year of the date.
        date: i16,
    } = "date-year-mismatch",
}

/// Letters as written and as they should be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Respelling {
    /// As written.
    pub written: CompactString,
    /// As they should be.
    pub right: CompactString,
}

/// The order of the two separators around the type.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum SeparatorOrder {
    /// Slash, then hyphen: `57/NQ-CP`.
    State,
    /// Hyphen, then slash: `57-NQ/TW`.
    Party,
}

/// A part that a symbol lacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum MissingPart {
    /// The type of document.
    Type,
    /// The issuer.
    Issuer,
    /// The second issuer of a joint document.
    SecondIssuer,
    /// The ordinal of the legislature.
    Legislature,
}

/// The reason why an issuer may not issue a type.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TypeRefusal {
    /// Decrees are the Government's.
    DecreeNotByGovernment,
    /// Ordinances are the Standing Committee's.
    OrdinanceNotByStandingCommittee,
    /// The Government issues no circulars.
    CircularByGovernment,
    /// The Prime Minister has issued no circulars since 1996.
    CircularByPrimeMinister,
    /// A People's Council issues no circulars.
    CircularByCouncil,
    /// Local bodies have issued no circulars since 2004.
    CircularByLocalBody,
    /// Circulars are issued by ministers, the courts, the procuracy and the audit.
    CircularByOther,
    /// The Prime Minister issues no resolutions.
    ResolutionByPrimeMinister,
    /// A ministry issues no resolutions.
    ResolutionByMinistry,
    /// The President issues no resolutions.
    ResolutionByPresident,
    /// A People's Committee issues no normative resolutions.
    ResolutionByCommittee,
    /// The State Audit issues no resolutions.
    ResolutionByAudit,
    /// Decisions are the Prime Minister's, not the Government's.
    DecisionByGovernment,
    /// A People's Council decides by resolutions.
    DecisionByCouncil {
        /// A decision without a year may be an internal paper.
        may_be_internal: bool,
    },
    /// The Council of Justices issues resolutions only.
    DecisionByJustices,
    /// The National Assembly issues no decisions.
    DecisionByAssembly,
    /// Directives are the Prime Minister's, not the Government's.
    DirectiveByGovernment,
    /// A People's Council issues no directives.
    DirectiveByCouncil,
    /// The Council of Justices issues no directives.
    DirectiveByJustices,
    /// Telegrams are sent by the Prime Minister, ministries, committees.
    TelegramByOther,
    /// Orders of promulgation are the President's.
    OrderByOther,
    /// The configuration lists who issues the type.
    Configured {
        /// Letters of the type.
        kind: CompactString,
        /// Letters of the issuers it lists.
        issuers: Vec<CompactString>,
    },
}

/// An issuer in a year in which it did not exist.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct IssuerAbsence {
    /// Letters of the issuer.
    pub letters: CompactString,
    /// The year in question.
    pub year: i16,
    /// The first day of the issuer, as far as known.
    pub from: Option<PartialDay>,
    /// The last day of the issuer, as far as known.
    pub until: Option<PartialDay>,
    /// Letters of the issuer that took its place.
    pub successor: Option<CompactString>,
}

/// A word for a type that contradicts the symbol behind it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TypeContradiction {
    /// The word as written.
    pub word: CompactString,
    /// Letters of the types it names; empty for a word that is listed as wrong.
    pub named: SmallVec<[CompactString; 2]>,
    /// The type of the symbol, where it has letters for it.
    pub symbol: Option<SymbolType>,
}

/// The type in a symbol, spelt out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SymbolType {
    /// The letters of the type.
    pub letters: CompactString,
    /// The Vietnamese name.
    pub vi: CompactString,
    /// The English name.
    pub en: CompactString,
}
