//! The breaches of what a configuration says of arguments: roles, types that may fill them, how often.

use super::definition::{RoleDefinition, TypeDefinition};
use super::project::Configuration;
use crate::text::nearest::nearest;

/// A breach of the rules for arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ArgumentFault {
    /// A role that must be filled is not, or not often enough.
    Missing {
        /// The role.
        role: String,
        /// The number of times it must be filled.
        least: usize,
    },
    /// A role is filled too often.
    TooMany {
        /// The role.
        role: String,
        /// The number of times it may be filled.
        most: usize,
    },
    /// The type has no such role.
    NoSuchRole {
        /// The role.
        role: String,
        /// The role that was probably meant.
        suggestion: Option<String>,
    },
    /// A role is filled by something of a type that may not.
    WrongTarget {
        /// The role.
        role: String,
        /// The type of what fills it.
        target: String,
        /// The types that may fill it.
        allowed: Vec<String>,
    },
    /// A role is filled by a line that can fill none: an attribute, a link, a note.
    NoTarget {
        /// The role.
        role: String,
        /// The id of the line.
        target: String,
    },
    /// A piece of text of an event's type that no event has as its trigger.
    NoEvent,
    /// An event that is an argument of itself, through others or directly.
    Cycle {
        /// The ids of the events in the order of the circle, at most a few.
        through: Vec<String>,
    },
    /// An equivalence of types that it does not hold between.
    Between {
        /// One type.
        one: String,
        /// The other type.
        other: String,
    },
    /// A group of equivalent annotations of a relation that is not symmetric and transitive.
    NoEquivalence,
}

impl Configuration {
    /// The breaches of the rules for the arguments of an event: `arguments` are roles with the types that fill them.
    pub(in crate::annotation) fn event_arguments(
        &self,
        kind: &str,
        arguments: &[(&str, Option<&str>)],
    ) -> Vec<(Option<usize>, ArgumentFault)> {
        let Some(event) = self.event_definition(kind) else { return Vec::new() };
        let mut faults = Vec::new();
        for role in &event.roles {
            let fills = |argument: &str| event.role(argument).is_some_and(|filled| filled.name == role.name);
            let filled = arguments.iter().filter(|(name, _)| fills(name)).count();
            if filled < role.least {
                faults.push((None, ArgumentFault::Missing { role: role.name.clone(), least: role.least }));
            } else if let Some(most) = role.most.filter(|most| filled > *most) {
                faults.push((None, ArgumentFault::TooMany { role: role.name.clone(), most }));
            }
        }
        for (number, (name, target)) in arguments.iter().enumerate() {
            let fault = match event.role(name) {
                None => {
                    let known = event.roles.iter().map(|role| role.name.as_str());
                    let plain = name.trim_end_matches(|digit: char| digit.is_ascii_digit());
                    let suggestion = nearest(plain, known).map(str::to_owned);
                    Some(ArgumentFault::NoSuchRole { role: (*name).to_owned(), suggestion })
                }
                Some(role) => target.and_then(|target| self.wrong_target(role, target)),
            };
            faults.extend(fault.map(|fault| (Some(number), fault)));
        }
        faults
    }

    /// The breach of the rules for the two arguments of a relation, by the definition that fits best.
    pub(in crate::annotation) fn relation_arguments(
        &self,
        kind: &str,
        arguments: [(&str, Option<&str>); 2],
    ) -> Option<ArgumentFault> {
        let mut first = None;
        for relation in self.relation_definitions(kind) {
            let fault = self.of_relation(relation, arguments);
            let [one, two] = arguments;
            let turned = || self.of_relation(relation, [(one.0, two.1), (two.0, one.1)]);
            if fault.is_none() || relation.symmetric && turned().is_none() {
                return None;
            }
            first = first.or(fault);
        }
        first
    }

    fn of_relation(&self, relation: &TypeDefinition, arguments: [(&str, Option<&str>); 2]) -> Option<ArgumentFault> {
        if relation.roles.is_empty() {
            return None;
        }
        let named = |name: &str| relation.roles.iter().find(|role| role.name == name);
        // Other tools name both arguments as they like: then the order tells. One wrong name beside a right one is a
        // slip.
        let is_named = arguments.iter().any(|(name, _)| named(name).is_some());
        arguments.iter().enumerate().find_map(|(number, (name, target))| {
            let role = match named(name) {
                Some(role) => role,
                None if is_named => {
                    let free = relation.roles.iter().find(|role| arguments.iter().all(|(name, _)| *name != role.name));
                    let suggestion = free.map(|role| role.name.clone());
                    return Some(ArgumentFault::NoSuchRole { role: (*name).to_owned(), suggestion });
                }
                None => relation.roles.get(number)?,
            };
            self.wrong_target(role, (*target)?)
        })
    }

    /// The breach of the rules for the members of an equivalence: `kinds` are their types, each once.
    pub(in crate::annotation) fn equivalence(&self, kind: &str, kinds: &[&str]) -> Option<ArgumentFault> {
        let definitions: Vec<&TypeDefinition> = self.relation_definitions(kind).collect();
        if definitions.is_empty() {
            return None;
        }
        if !definitions.iter().any(|relation| relation.is_equivalence()) {
            return Some(ArgumentFault::NoEquivalence);
        }
        let holds = |one: &str, other: &str| {
            definitions.iter().filter(|relation| relation.is_equivalence()).any(|relation| {
                let [first, second, ..] = &relation.roles[..] else { return true };
                let fits = |role, kind| self.wrong_target(role, kind).is_none();
                fits(first, one) && fits(second, other) || fits(first, other) && fits(second, one)
            })
        };
        for (number, one) in kinds.iter().enumerate() {
            for other in &kinds[number..] {
                // One type alone needs the pair with itself only where it stands alone.
                if (one != other || kinds.len() == 1) && !holds(one, other) {
                    return Some(ArgumentFault::Between { one: (*one).to_owned(), other: (*other).to_owned() });
                }
            }
        }
        None
    }

    /// The breach of the rules for what an attribute is said of.
    pub(in crate::annotation) fn attribute_target(&self, name: &str, target: &str) -> Option<ArgumentFault> {
        let mut first = None;
        for attribute in self.attribute_definitions(name) {
            let fault = self.wrong_target(attribute.roles.first()?, target)?;
            first = first.or(Some(fault));
        }
        first
    }

    fn wrong_target(&self, role: &RoleDefinition, target: &str) -> Option<ArgumentFault> {
        (!self.fits(role, target)).then(|| ArgumentFault::WrongTarget {
            role: role.name.clone(),
            target: target.to_owned(),
            allowed: role.types.clone(),
        })
    }
}
