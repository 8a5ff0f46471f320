//! Conditions on what a group of an expression has matched.
//!
//! They compare normal forms, so that `๑๒` is in the range of 12. Deliberately absent: where a condition is written
//! down ([`compile`](super::compile)).

use compact_str::{CompactString, format_compact};

use super::fact::{FailedCheck, normal};
use crate::recognise::date;
use crate::recognise::profile::DocumentProfile;

/// A condition on a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Condition {
    /// The number of the group.
    pub(super) group: usize,
    /// The name.
    pub(super) name: CompactString,
    pub(super) want: Requirement,
}

/// A requirement on the text of a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Requirement {
    /// One of these texts, in normal form.
    OneOf(Vec<CompactString>),
    /// A number from the first to the second.
    Range(i64, i64),
    /// A date, as the built-in grammars read it. Whether that is a day that exists, the rules for dates say.
    Date,
}

impl Condition {
    /// The condition that a text does not meet; `None` where the text meets it.
    pub(super) fn judge(&self, text: &str) -> Option<FailedCheck> {
        let group = || self.name.clone();
        match &self.want {
            Requirement::OneOf(allowed) => (!allowed.contains(&normal(text)))
                .then(|| FailedCheck::NotAllowed { group: group(), allowed: allowed.as_slice().into() }),
            Requirement::Range(least, most) => match normal(text).parse::<i64>() {
                Ok(number) if (*least..=*most).contains(&number) => None,
                Ok(number) => Some(FailedCheck::OutOfRange { group: group(), number, least: *least, most: *most }),
                Err(_) => Some(FailedCheck::NotANumber { group: group() }),
            },
            Requirement::Date => (!is_date(text)).then(|| FailedCheck::NotADate { group: group() }),
        }
    }

    /// The value of a text where the condition tells it: of a date its TIMEX3 form.
    pub(super) fn value(&self, text: &str) -> Option<CompactString> {
        if self.want != Requirement::Date {
            return None;
        }
        let facts = date::find(text, &[]);
        let [fact] = &facts[..] else { return None };
        fact.reading(&DocumentProfile::default()).value.map(|value| format_compact!("{value}"))
    }
}

/// Returns whether the text is one date and nothing else but words that lead to it.
fn is_date(text: &str) -> bool {
    let facts = date::find(text, &[]);
    let trimmed = text.trim();
    matches!(&facts[..], [fact] if fact.is_mention() && fact.extent.slice(text).trim().len() == trimmed.len())
}
