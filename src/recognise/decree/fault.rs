//! The fault classes of legal references.
//!
//! Names only: when a class applies is decided where it is found, how it is reported is the business of its rule.

use serde::{Deserialize, Serialize};

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal,)+) => {
        /// What can be wrong with a reference.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
        pub enum DecreeFaultClass {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl DecreeFaultClass {
            /// Every class, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name of the class: the code of its rule after the slash.
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
    MissingDiacritics = "missing-diacritics",
    /// State separators in a Party symbol, or the reverse.
    SwappedSeparators = "swapped-separators",
    /// Type and issuer exchanged.
    SwappedTypeAgency = "swapped-type-agency",
    /// The letters in the place of the type are no type.
    UnknownType = "unknown-type",
    /// The letters in the place of the issuer are no issuer.
    UnknownAgency = "unknown-agency",
    /// O, l, I or S among the digits.
    LetterForDigit = "letter-for-digit",
    /// 0, 1 or 8 among the letters.
    DigitForLetter = "digit-for-letter",
    /// Another separator where a slash or a hyphen belongs.
    WrongSeparator = "wrong-separator",
    /// A space inside the symbol.
    InnerSpace = "inner-space",
    /// A symbol without its number.
    MissingNumber = "missing-number",
    /// Type, issuer, year or legislature missing.
    MissingPart = "missing-part",
    /// A normative type of 1997 or later without its year.
    MissingYear = "missing-year",
    /// Letters in the wrong case.
    LetterCase = "letter-case",
    /// A year of two digits.
    TwoDigitYear = "two-digit-year",
    /// A year that is none.
    ImpossibleYear = "impossible-year",
    /// A year after the current one.
    FutureYear = "future-year",
    /// A year of the Buddhist Era.
    EraYear = "era-year",
    /// A year outside the term of the legislature named.
    LegislatureMismatch = "legislature-mismatch",
    /// A type the issuer may not issue.
    TypeNotAllowed = "type-not-allowed",
    /// A fullwidth or mathematical slash.
    FullwidthSlash = "fullwidth-slash",
    /// A dash where a hyphen belongs.
    DashForHyphen = "dash-for-hyphen",
    /// Eth or the African D in place of Đ.
    LookalikeD = "lookalike-d",
    /// A Cyrillic, Greek or fullwidth letter.
    LookalikeScript = "lookalike-script",
    /// Thai digits.
    ThaiDigits = "thai-digits",
    /// An invisible character.
    InvisibleChar = "invisible-char",
    /// A part or a separator twice.
    DuplicatePart = "duplicate-part",
    /// An issuer of another time.
    AgencyNotExistingThen = "agency-not-existing-then",
    /// A neighbouring word without a space between.
    GluedWord = "glued-word",
    /// A number of odd shape.
    NumberShape = "number-shape",
    /// An HTML entity.
    Markup = "markup",
    /// The word in front names another type.
    TypeWordMismatch = "type-word-mismatch",
    /// The date behind lies in another year.
    DateYearMismatch = "date-year-mismatch",
}
