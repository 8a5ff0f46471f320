//! The shape of a rule.
//!
//! A rule is one file: its `//!` text is what `scholiast explain` prints and `docs/rules.md` holds (what, why,
//! example, fix, options), `RULE` is its code and its check.

use super::annotation::pair::PairContext;
use super::finding::{FileContext, FindingLabel, FindingSink};
use crate::corpus::Snapshot;
use crate::diagnostic::{Related, Severity};
use crate::recognise::fault::Fault;
use crate::recognise::pattern::{FailedCheck, PatternFact};
use crate::recognise::text_fault::{TextFault, TextFaultClass};
use crate::recognise::{date, decree};
use crate::registry::Origin;
use crate::{annotation, config, registry};

/// The rules whose fixes are a matter of style: safe only where `[fix] safe` names them. What else speaks against a fix
/// of theirs, the fix says itself.
const STYLE: [&str; 3] = ["date/abbrev-style", "date/mixed-era-document", "entity/spelling-variants"];

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// `family/rule-in-kebab-case`.
    pub code: &'static str,
    /// Severity unless the configuration says otherwise.
    pub severity: Severity,
    /// The fault it finds, in one line without a full stop.
    pub summary: &'static str,
    /// The source of the rule's file, whose `//!` lines are its documentation.
    pub source: &'static str,
    /// The way of finding faults.
    pub check: RuleCheck,
}

/// The ways in which rules find faults.
#[derive(Debug)]
pub enum RuleCheck {
    /// A fault class of dates: the message for one such fault.
    Date(date::DateFaultClass, fn(&Fault<date::DateFault>) -> String),
    /// A fault class of decree references: the message for one such fault.
    Decree(decree::DecreeFaultClass, fn(&Fault<decree::DecreeFault>) -> String),
    /// A fault class of the text: the message for one such fault.
    Text(TextFaultClass, fn(&Fault<TextFault>) -> String),
    /// A fault of the user's patterns: the message for one condition that a mention does not meet.
    Pattern(fn(&PatternFact, &Fault<FailedCheck>) -> String),
    /// A look at the corpus as a whole: what is to be said at entries of the registry.
    Corpus(fn(&Snapshot) -> Vec<EntryFinding>),
    /// A look at a whole file.
    File(fn(&FileContext<'_>, &mut FindingSink<'_>)),
    /// A look at the bytes or lines of any file, texts, annotations and registries alike: the engine makes it.
    AnyFile,
    /// A fault class of the registry: the message for one such fault.
    Registry(registry::RegistryFaultClass, fn(&registry::RegistryFault) -> String),
    /// A fault class of the configuration: the message for one such fault.
    Config(config::ConfigFaultClass, fn(&config::ConfigFault) -> String),
    /// A look at an annotation file beside its text, with all that the corpus knows.
    Pair(fn(&PairContext<'_>, &mut FindingSink<'_>)),
    /// A fault class of annotations: the message for one such fault.
    Annotation(annotation::AnnotationFaultClass, fn(&annotation::AnnotationFault) -> String),
}

/// A finding at an entry of the registry.
#[derive(Clone, Debug)]
pub struct EntryFinding {
    /// The place in a registry file.
    pub at: Origin,
    /// The message.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

impl Rule {
    /// Returns its documentation, Markdown: the `//!` lines of its file. The first paragraph says what it finds.
    pub fn documentation(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }

    /// Returns its page, Markdown: its documentation and how to configure and silence it.
    pub fn page(&self) -> String {
        let Self { code, severity, .. } = self;
        format!(
            "# {code} ({severity})\n\n{}\n\n\
             ## Configure\n\nIn `scholiast.toml`:\n\n\
             ```toml\n[rules]\n\"{code}\" = \"off\"   # error, warning, info, hint, off\n\n\
             [[suppress]]\npath = \"file.txt\"\nrule = \"{code}\"\ntext = \"…\"       # what is underlined; optional\nreason = \"…\"\n```",
            self.documentation().trim_end()
        )
    }

    /// Returns whether its findings are about something that does nothing and may be shown faded.
    pub const fn is_unnecessary(&self) -> bool {
        matches!(
            self.check,
            RuleCheck::Config(
                config::ConfigFaultClass::UnknownKey
                    | config::ConfigFaultClass::UnusedSuppression
                    | config::ConfigFaultClass::UnusedDecision,
                _
            ) | RuleCheck::Registry(
                registry::RegistryFaultClass::UnknownKey | registry::RegistryFaultClass::RepeatedSpelling,
                _
            )
        )
    }

    /// Returns whether its fixes are a matter of style.
    pub fn is_style(&self) -> bool {
        STYLE.contains(&self.code)
    }

    /// Returns its family: the part of its code before the slash.
    pub fn family(&self) -> &'static str {
        self.code.split('/').next().unwrap_or(self.code)
    }
}

impl From<&'static Rule> for FindingLabel {
    fn from(rule: &'static Rule) -> Self {
        Self {
            code: rule.code,
            severity: rule.severity,
            is_unnecessary: rule.is_unnecessary(),
            is_style: rule.is_style(),
        }
    }
}

/// The source text of the file it stands in, for [`Rule::source`].
#[macro_export]
macro_rules! rule_source {
    () => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", file!()))
    };
}

/// The first fenced example in a rule's documentation.
#[cfg(test)]
pub(crate) fn example(rule: &Rule) -> String {
    let docs = rule
        .source
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line));
    let fenced = docs.skip_while(|line| !line.starts_with("```")).skip(1).take_while(|line| !line.starts_with("```"));
    fenced.flat_map(|line| [line, "\n"]).collect()
}
