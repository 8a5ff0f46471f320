//! Types of other rooms as values of arguments, each value with its help.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::config::Preset;
use crate::diagnostic::Severity;
use crate::exchange::{ConllScheme, ExchangeFormat};
use crate::render::Format;
use crate::render::comparison::ComparisonFormat;
use crate::render::mentions::MentionFormat;

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.purpose().trim_end_matches('.')))
    }
}

impl ValueEnum for MentionFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Full, Self::Concise, Self::Jsonl]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, purpose) = match self {
            Self::Full => ("full", "The mentions of each file in columns, under its path; for people"),
            Self::Concise => ("concise", "One line per mention; for people and editors"),
            Self::Jsonl => ("jsonl", "One JSON object per line; for scripts"),
        };
        Some(PossibleValue::new(name).help(purpose))
    }
}

impl ValueEnum for Preset {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let purpose = match self {
            Self::Strict => "Every finding is a warning at least",
            Self::Default => "Every rule has the severity it is documented with",
            Self::Lenient => "Errors stay, warnings become info, milder findings are off",
        };
        Some(PossibleValue::new(self.as_str()).help(purpose))
    }
}

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Error, Self::Warning, Self::Info, Self::Hint]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl ValueEnum for ComparisonFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.purpose()))
    }
}

impl ValueEnum for ExchangeFormat {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.purpose()))
    }
}

impl ValueEnum for ConllScheme {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Iob2, Self::Bioes]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Iob2 => PossibleValue::new("iob2").help("B- begins an annotation, I- goes on"),
            Self::Bioes => PossibleValue::new("bioes").help("E- ends one, S- is one token alone"),
        })
    }
}
