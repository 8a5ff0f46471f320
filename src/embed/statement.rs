//! All that documents say about one key, small enough to be sent between machines.
//!
//! Joining is associative and commutative, so that any number of parts may be joined in any order. Deliberately absent:
//! how statements travel.

use std::collections::BTreeMap;

use camino::Utf8Path;
use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::corpus::counts::SpelledForm;
use crate::recognise::decree::DecreeSymbol;
use crate::recognise::profile::Language;
use crate::registry::NameScript;
use crate::text::Place;

/// The beginning of the keys of statements that concern the registry and no document.
pub const OF_SOURCES: &str = "spellings of ";

/// The statement of some documents about one key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// The content.
    pub said: Said,
    /// The documents that say so, as far as it matters: one, or more.
    pub documents: Speakers,
}

/// The number of documents that a statement is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Speakers {
    /// A single one.
    One,
    /// More than one.
    Several,
}

/// The content of a statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Said {
    /// The days that one legal document is cited with.
    Days {
        /// The canonical reference.
        reference: CompactString,
        /// The days.
        days: BTreeMap<Date, CitedDay>,
    },
    /// The legal documents with one serial number that are cited in full.
    Forms {
        /// The serial number.
        number: CompactString,
        /// The symbols by their canonical references, each with the path of the first document that has it.
        symbols: BTreeMap<CompactString, (CompactString, DecreeSymbol)>,
        /// True where some citation lacks a part that they could give.
        asked: bool,
    },
    /// The ways in which a surface is annotated.
    Annotated {
        /// The words in normalisation form C.
        surface: CompactString,
        /// The types, each with the number of places.
        labels: BTreeMap<CompactString, u32>,
        /// The entries that annotations are linked to, each with the number of places.
        links: BTreeMap<CompactString, u32>,
        /// True where some document has the words and no annotation of them.
        asked: bool,
    },
    /// The annotations that are linked to an entry.
    Linked {
        /// The entry, `DATABASE:ENTRY`.
        entry: CompactString,
        /// The number of them.
        times: u32,
        /// True where some document names the entry without an annotation.
        asked: bool,
    },
    /// The spellings of a person in passages of one script and language.
    Spelt {
        /// The id.
        person: CompactString,
        /// The script.
        script: NameScript,
        /// The language.
        language: Language,
        /// The number of documents that name the person so.
        texts: u32,
        /// The spellings, by what is alike in those that count as one.
        variants: BTreeMap<CompactString, SpeltVariant>,
    },
}

/// The citations of a legal document with one day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CitedDay {
    /// The number of them.
    pub count: u32,
    /// The path of the first document, by path, that has one.
    pub path: CompactString,
    /// The place of the day in its first citation there.
    pub place: Place,
}

/// Spellings of a person that count as one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SpeltVariant {
    /// The first of them in the order of spellings, which stands for all.
    pub form: SpelledForm,
    /// The mentions.
    pub mentions: u32,
    /// The number of documents.
    pub texts: u32,
    /// The path of the first document, by path, that has one of them.
    pub path: CompactString,
    /// The first place of each spelling there.
    pub places: BTreeMap<CompactString, Place>,
}

impl Statement {
    /// The statement of one document.
    pub const fn of_one(said: Said) -> Self {
        Self { said, documents: Speakers::One }
    }

    /// The key by which statements are brought together.
    pub fn key(&self) -> String {
        match &self.said {
            Said::Days { reference, .. } => format!("days of {reference}"),
            Said::Forms { number, .. } => format!("forms of {number}"),
            Said::Annotated { surface, .. } => format!("annotated {surface}"),
            Said::Linked { entry, .. } => format!("linked to {entry}"),
            Said::Spelt { person, script, language, .. } => format!("{OF_SOURCES}{person} in {script:?} {language:?}"),
        }
    }

    /// Joins the statement of other documents about the same key; one about another key changes nothing.
    pub fn join(&mut self, other: Self) {
        if self.key() == other.key() {
            self.said.join(other.said);
            self.documents = Speakers::Several;
        }
    }

    /// Joins another part of what the same document says about the same key.
    pub(super) fn join_own(&mut self, other: Self) {
        if let Said::Spelt { texts, variants, .. } = &mut self.said
            && let Said::Spelt { variants: more, .. } = other.said
        {
            *texts = 1;
            join_maps(variants, more, |known, other| {
                known.join(other);
                known.texts = 1;
            });
        }
    }

    /// Tells whether anything may be judged otherwise for it than by each document alone: a day is said against
    /// another, another document completes a citation, words are annotated in two ways or only elsewhere, a person is
    /// spelt in two ways.
    pub fn matters(&self) -> bool {
        self.documents == Speakers::Several
            && match &self.said {
                Said::Days { days, .. } => days.len() > 1,
                Said::Forms { symbols, asked, .. } => *asked && !symbols.is_empty(),
                Said::Annotated { labels, links, asked, .. } => {
                    labels.len() > 1 || links.len() > 1 || *asked && !labels.is_empty()
                }
                Said::Linked { times, asked, .. } => *asked && *times > 0,
                Said::Spelt { variants, .. } => variants.len() > 1,
            }
    }

    /// The statement as bytes, for the same build of the crate.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// The statement that [`Statement::to_bytes`] has written; `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Said {
    /// Joins what is said about the same key.
    fn join(&mut self, other: Self) {
        match (self, other) {
            (Self::Days { days, .. }, Self::Days { days: more, .. }) => join_maps(days, more, CitedDay::join),
            (Self::Forms { symbols, asked, .. }, Self::Forms { symbols: more, asked: asked_too, .. }) => {
                join_maps(symbols, more, |known, other| {
                    if other.0 < known.0 {
                        *known = other;
                    }
                });
                *asked |= asked_too;
            }
            (
                Self::Annotated { labels, links, asked, .. },
                Self::Annotated { labels: more_labels, links: more_links, asked: asked_too, .. },
            ) => {
                let add = |known: &mut u32, other| *known = known.saturating_add(other);
                join_maps(labels, more_labels, add);
                join_maps(links, more_links, add);
                *asked |= asked_too;
            }
            (Self::Linked { times, asked, .. }, Self::Linked { times: more, asked: asked_too, .. }) => {
                *times = times.saturating_add(more);
                *asked |= asked_too;
            }
            (Self::Spelt { texts, variants, .. }, Self::Spelt { texts: more_texts, variants: more, .. }) => {
                *texts = texts.saturating_add(more_texts);
                join_maps(variants, more, SpeltVariant::join);
            }
            _ => {}
        }
    }
}

fn join_maps<K: Ord, V>(into: &mut BTreeMap<K, V>, from: BTreeMap<K, V>, join: impl Fn(&mut V, V)) {
    for (key, other) in from {
        match into.get_mut(&key) {
            Some(known) => join(known, other),
            None => {
                into.insert(key, other);
            }
        }
    }
}

impl CitedDay {
    fn join(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        if other.path < self.path {
            (self.path, self.place) = (other.path, other.place);
        }
    }
}

impl SpeltVariant {
    fn join(&mut self, other: Self) {
        self.mentions = self.mentions.saturating_add(other.mentions);
        self.texts = self.texts.saturating_add(other.texts);
        // Paths are compared folder by folder, as the rule compares them.
        if Utf8Path::new(&other.path) < Utf8Path::new(&self.path) {
            (self.path, self.places) = (other.path, other.places);
        } else if other.path == self.path {
            self.places.extend(other.places);
        }
        if other.form < self.form {
            self.form = other.form;
        }
    }
}

/// Joins statements by their keys, in the order of keys.
pub fn joined(statements: impl IntoIterator<Item = Statement>) -> BTreeMap<String, Statement> {
    let mut by_key: BTreeMap<String, Statement> = BTreeMap::new();
    for statement in statements {
        let key = statement.key();
        match by_key.get_mut(&key) {
            Some(known) => known.join(statement),
            None => {
                by_key.insert(key, statement);
            }
        }
    }
    by_key
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn cited(path: &str, days: &[(i8, u32)]) -> Statement {
        let day = |&(day, count): &(i8, u32)| {
            (date(2023, 3, day), CitedDay { count, path: path.into(), place: Place::default() })
        };
        let days = days.iter().map(day).collect();
        Statement::of_one(Said::Days { reference: "318/QĐ-TTg".into(), days })
    }

    fn annotated(labels: &[(&str, u32)], asked: bool) -> Statement {
        let labels = labels.iter().map(|(label, times)| ((*label).into(), *times)).collect();
        Statement::of_one(Said::Annotated { surface: "Lan".into(), labels, links: BTreeMap::new(), asked })
    }

    fn spelt(path: &str, surface: &str, mentions: u32) -> Statement {
        let place = |byte| {
            let mut place = Place::default();
            place.start.byte = byte;
            place
        };
        let variant = SpeltVariant {
            form: SpelledForm { surface: surface.into(), language: Language::Vietnamese },
            mentions,
            texts: 1,
            path: path.into(),
            places: [(surface.into(), place(mentions))].into(),
        };
        Statement::of_one(Said::Spelt {
            person: "lan".into(),
            script: NameScript::Latin,
            language: Language::Vietnamese,
            texts: 1,
            variants: [(surface.to_lowercase().into(), variant)].into(),
        })
    }

    fn all_of(statements: &[Statement]) -> Statement {
        let mut joined = statements[0].clone();
        statements[1..].iter().for_each(|other| joined.join(other.clone()));
        joined
    }

    #[test]
    fn the_order_of_joining_changes_nothing() {
        for said in [
            [cited("b", &[(5, 2)]), cited("a", &[(5, 1), (6, 1)]), cited("c", &[(6, 4)])],
            [annotated(&[("Per", 1)], false), annotated(&[("Org", 2), ("Per", 3)], false), annotated(&[], true)],
            [spelt("b", "Lan", 1), spelt("a.txt", "LAN", 2), spelt("a/b", "Lân", 3)],
        ] {
            let one = all_of(&said);
            assert_eq!(one, all_of(&[said[2].clone(), said[0].clone(), said[1].clone()]));
            let mut nested = said[1].clone();
            nested.join(all_of(&[said[2].clone(), said[0].clone()]));
            assert_eq!(one, nested);
            assert_eq!(Statement::from_bytes(&one.to_bytes()), Some(one));
        }
    }

    #[test]
    fn what_is_counted_is_summed_and_the_first_document_is_kept() {
        let one = all_of(&[cited("b", &[(5, 2)]), cited("a", &[(5, 1), (6, 1)]), cited("c", &[(6, 4)])]);
        let Said::Days { days, .. } = &one.said else { panic!("{one:?}") };
        let shown: Vec<_> = days.values().map(|cited| (cited.count, cited.path.as_str())).collect();
        assert_eq!(shown, [(3, "a"), (5, "a")]);
        let one = all_of(&[spelt("b", "Lan", 1), spelt("a.txt", "LAN", 2), spelt("a/b", "lan", 4)]);
        let Said::Spelt { texts: 3, variants, .. } = &one.said else { panic!("{one:?}") };
        let variant = &variants["lan"];
        // The folder `a` comes before the file `a.txt`.
        let shown = (variant.form.surface.as_str(), variant.mentions, variant.texts, variant.path.as_str());
        assert_eq!(shown, ("LAN", 7, 3, "a/b"));
        assert_eq!(variant.places["lan"].start.byte, 4);
    }

    #[test]
    fn what_one_document_says_or_all_agree_on_does_not_matter() {
        for (said, wanted) in [
            (all_of(&[cited("a", &[(5, 1)]), cited("b", &[(5, 1)])]), false),
            (all_of(&[cited("a", &[(5, 1)]), cited("b", &[(6, 1)])]), true),
            (cited("a", &[(5, 1), (6, 1)]), false),
            (all_of(&[annotated(&[("Per", 1)], false), annotated(&[("Per", 3)], false)]), false),
            (all_of(&[annotated(&[("Per", 1)], false), annotated(&[("Org", 3)], false)]), true),
            (all_of(&[annotated(&[("Per", 1)], false), annotated(&[], true)]), true),
            (all_of(&[annotated(&[], true), annotated(&[], true)]), false),
            (all_of(&[spelt("a", "Lan", 1), spelt("b", "LAN", 1)]), false),
            (all_of(&[spelt("a", "Lan", 1), spelt("b", "Lân", 1)]), true),
        ] {
            assert_eq!(said.matters(), wanted, "{said:?}");
        }
    }

    #[test]
    fn other_keys_and_other_bytes_change_nothing() {
        let mut said = cited("a", &[(5, 1)]);
        let before = said.clone();
        said.join(Statement::of_one(Said::Forms { number: "318".into(), symbols: BTreeMap::new(), asked: true }));
        assert_eq!(said, before);
        assert_eq!(Statement::from_bytes(b"\xff\xff"), None);
    }
}
