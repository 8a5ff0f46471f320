//! All settings of a corpus as plain data, and the faults of its configuration.
//!
//! Deliberately absent: how they are read, and which of them hold for one file ([`FileConfig`](super::FileConfig)).

use compact_str::{CompactString, format_compact};
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::annotate::{self, AnnotateConfig, AnnotatorFiles};
use super::globs::{Glob, GlobIndex, Globs};
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;
use crate::toml_tree::{self, Spanned, SyntaxError, TomlValue, quoted};

/// The name of the file that marks the root of a corpus.
pub const FILE_NAME: &str = "scholiast.toml";

/// All settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// `[corpus]`: what belongs to it.
    pub corpus: CorpusConfig,
    /// `[rules]`, in the order of the file.
    pub rules: Vec<RuleSetting>,
    /// The severities of rules that the configuration does not name.
    pub preset: Preset,
    /// Settings stronger than all in the file, the strongest last: those of the command line.
    pub overrides: Vec<RuleSetting>,
    /// `[fix]`, in the order of the file.
    pub fixes: Vec<FixSetting>,
    /// Settings of fixes stronger than those in the file, the strongest last: those of the command line.
    pub fix_overrides: Vec<FixSetting>,
    /// `[[per-file]]`, in the order of the file: the later wins.
    pub per_file: Vec<PerFile>,
    /// `[[suppress]]`, in the order of the file.
    pub suppress: Vec<Suppression>,
    /// The paths of `suppress`, to be looked up.
    pub(crate) suppressed_paths: GlobIndex,
    /// `[[decide]]`, in the order of the file.
    pub decisions: Vec<Decision>,
    /// The paths of `decisions`, to be looked up.
    pub(crate) decided_paths: GlobIndex,
    /// `[[pattern]]`, in the order of the file.
    pub patterns: Vec<PatternConfig>,
    /// `[decrees]`: additions to the table of legal documents, as they stand.
    pub decrees: DecreeConfig,
    /// The content of `[[pattern]]`, `[decrees]` and `languages` without places: where it is the same, the same is
    /// recognised.
    pub recognition: CompactString,
    /// `[baseline]`: the file with recorded findings, relative to the configuration's folder.
    pub baseline: Option<Spanned<CompactString>>,
    /// `[compare] with`: the annotations that those of the corpus are compared with: a folder, relative to the
    /// configuration's folder, or a git revision.
    pub compare: Option<Spanned<CompactString>>,
    /// `[annotate]`: the types of annotations by kind of mention.
    pub annotate: AnnotateConfig,
    /// `[annotators]`, in the order of the file.
    pub annotators: Vec<AnnotatorFiles>,
    /// `[suggest] reject`: names that `suggest` does not propose again.
    pub rejected_proposals: Vec<CompactString>,
    /// `[editor]`: what the server offers, by name.
    pub editor: Vec<(Spanned<CompactString>, bool)>,
    /// True if rules see people who are named in short: a flag of the command line, which no file sets.
    pub short_mentions: bool,
}

/// The files that belong to a corpus, and what they have in common.
#[derive(Clone, Debug)]
pub struct CorpusConfig {
    /// Texts.
    pub include: Globs,
    /// Globs of what is left out, folders with all below them.
    pub exclude: Globs,
    /// Registry files.
    pub registry: Globs,
    /// Languages of the texts, BCP 47: the grammars of these apply.
    pub languages: Vec<CompactString>,
    /// The sources of a document's date.
    pub document_date: DocumentDate,
}

/// The sources of a document's date; the first that says something wins.
#[derive(Clone, Debug)]
pub struct DocumentDate {
    /// One date for all documents.
    pub value: Option<Spanned<Date>>,
    /// A regular expression with the groups `year`, `month` and `day`, tried on the file's name.
    pub file_name: Option<Spanned<regex::Regex>>,
    /// True if the head of the text is searched.
    pub masthead: bool,
}

/// The severity of a rule, or off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuleLevel {
    /// Not at all.
    Off,
    /// As a finding of this severity.
    At(Severity),
}

/// A set of severities for the rules that the configuration does not name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Preset {
    /// Every finding is a warning at least.
    Strict,
    /// Each rule as it is documented.
    #[default]
    Default,
    /// Errors stay, warnings become information, milder findings are silent.
    Lenient,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Default, Self::Lenient];

    /// The word in configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Default => "default",
            Self::Lenient => "lenient",
        }
    }

    /// The severity of a finding whose rule gives it `severity`; `None` is off.
    pub const fn severity(self, severity: Severity) -> Option<Severity> {
        match (self, severity) {
            (Self::Default, _) | (_, Severity::Error) => Some(severity),
            (Self::Strict, _) => Some(Severity::Warning),
            (Self::Lenient, Severity::Warning) => Some(Severity::Info),
            (Self::Lenient, _) => None,
        }
    }
}

/// The setting of one rule.
#[derive(Clone, PartialEq, Debug)]
pub struct RuleSetting {
    /// The code, or `family/*`, or `*`.
    pub rule: Spanned<CompactString>,
    /// The severity; `None` leaves that as it was.
    pub level: Option<RuleLevel>,
    /// The rule's own options.
    pub options: Vec<(Spanned<CompactString>, Spanned<TomlValue>)>,
}

/// The treatment of the fixes of a rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FixLevel {
    /// Applied without a person looking, as far as nothing but style speaks against it.
    Safe,
    /// Never applied without a person.
    Unsafe,
    /// Not offered.
    Off,
}

/// The setting for the fixes of one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FixSetting {
    /// The code, or `family/*`, or `*`.
    pub rule: Spanned<CompactString>,
    /// The treatment of its fixes.
    pub level: FixLevel,
}

/// Settings for some files.
#[derive(Clone, Debug)]
pub struct PerFile {
    /// The files.
    pub path: Glob,
    /// Rules there.
    pub rules: Vec<RuleSetting>,
    /// The date of these documents.
    pub document_date: Option<Spanned<Date>>,
}

/// Findings that somebody has seen and accepted.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// In which files.
    pub path: Glob,
    /// Of which rule: a code, `family/*` or `*`.
    pub rule: Spanned<CompactString>,
    /// Only of this text.
    pub text: Option<Spanned<CompactString>>,
    /// Last day it holds.
    pub until: Option<Spanned<Date>>,
    /// The reason.
    pub reason: Option<CompactString>,
    /// The header of its table.
    pub head: Span,
}

/// A person's decision about mentions.
#[derive(Clone, Debug)]
pub struct Decision {
    /// In which files.
    pub path: Glob,
    /// The text of the mentions.
    pub text: Spanned<CompactString>,
    /// Words that stand beside them.
    pub near: Option<Spanned<CompactString>>,
    /// [`Decision::NOTHING`], or the id of an entity.
    pub is: Spanned<CompactString>,
    /// The reason.
    pub reason: Option<CompactString>,
    /// The header of its table.
    pub head: Span,
    /// The same for two decisions that say the same.
    pub key: u64,
}

impl Decision {
    /// The value of `is` for what is no mention.
    pub const NOTHING: &'static str = "nothing";
}

/// A recogniser of the user's, as it stands: `recognise/pattern` knows what it means.
#[derive(Clone, Debug)]
pub struct PatternConfig {
    /// The name of its mentions.
    pub name: Spanned<CompactString>,
    /// The regular expression.
    pub regex: Spanned<CompactString>,
    /// The value of a mention, with `$group` for what was found.
    pub value: Option<Spanned<CompactString>>,
    /// Conditions on groups.
    pub checks: Option<Spanned<TomlValue>>,
    /// The text of hovers, with `$group`.
    pub hover: Option<Spanned<CompactString>>,
    /// The message about a mention that fails a check (without checks: of every mention), with `$group`.
    pub message: Option<Spanned<CompactString>>,
}

/// Additions to the table of legal documents; an entry with a known `abbr` changes what it says of the built-in one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DecreeConfig {
    /// `[[decrees.type]]`: kinds of documents.
    pub types: Vec<DecreeType>,
    /// `[[decrees.agency]]`: who issues them.
    pub agencies: Vec<DecreeAgency>,
}

/// A kind of document.
#[derive(Clone, PartialEq, Debug)]
pub struct DecreeType {
    /// Letters in the symbol, and words.
    pub term: DecreeTerm,
    /// The users, joined by `+`: `lnd` (normative), `lnd-joint`, `adm`, `party`, `copy`, `historic`.
    pub class: Option<Spanned<CompactString>>,
    /// Abbreviations of all agencies that may issue it, or `MINISTRY`, `AGENCY`, `ANY`; empty: nothing is said.
    pub issuers: Vec<Spanned<CompactString>>,
    /// The years in the symbol: `none`, `year`, `both` or `assembly`.
    pub year_in_number: Option<Spanned<CompactString>>,
    /// Other Thai words met for it.
    pub th_seen: Vec<CompactString>,
    /// Thai words that name something else and are met for it nevertheless.
    pub th_wrong: Vec<CompactString>,
}

/// An agency that issues documents.
#[derive(Clone, PartialEq, Debug)]
pub struct DecreeAgency {
    /// Letters in the symbol, and words.
    pub term: DecreeTerm,
    /// The sort: `ministry`, `party`, `province` …
    pub kind: Option<Spanned<CompactString>>,
    /// First day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub from: Option<Spanned<CompactString>>,
    /// Last day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub until: Option<Spanned<CompactString>>,
    /// Abbreviation of the agency that took over.
    pub successor: Option<Spanned<CompactString>>,
}

/// The fields that kinds of documents and agencies have in common.
#[derive(Clone, PartialEq, Debug)]
pub struct DecreeTerm {
    /// Letters in the symbol, canonical.
    pub abbr: Spanned<CompactString>,
    /// The same without diacritics.
    pub ascii: Option<CompactString>,
    /// Other letters met.
    pub variants: Vec<CompactString>,
    /// Vietnamese words.
    pub vi: Option<CompactString>,
    /// English words.
    pub en: Option<CompactString>,
    /// Thai words.
    pub th: Option<CompactString>,
    /// A note for people.
    pub note: Option<CompactString>,
}

/// The faults of a configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConfigFaultKind {
    /// The file is not TOML, so that none of it is in force.
    Syntax {
        /// The reader's words.
        reason: CompactString,
    },
    /// A key that means nothing.
    UnknownKey {
        /// The key.
        key: CompactString,
        /// The table it is in.
        table: CompactString,
    },
    /// A value that cannot be used.
    InvalidValue {
        /// A clause for people without a full stop.
        reason: CompactString,
    },
    /// A glob that matches no file.
    NoMatch {
        /// The glob.
        glob: CompactString,
        /// The list it is in.
        list: GlobList,
    },
    /// The folder or revision of `[compare] with` is not there.
    NothingToCompare {
        /// The reason, and what would be right.
        reason: CompactString,
    },
    /// A suppression that suppresses nothing, or no longer.
    UnusedSuppression {
        /// The rule.
        rule: CompactString,
        /// The last day, where that has passed.
        ended: Option<Date>,
    },
    /// A decision about mentions that are not there.
    UnusedDecision {
        /// The text that it is about.
        text: CompactString,
        /// The words beside it.
        near: Option<CompactString>,
    },
}

/// The lists of globs that must match something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GlobList {
    /// `include`
    Include,
    /// `registry`
    Registry,
}

/// The classes of faults of a configuration: the rule that reports one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum ConfigFaultClass {
    /// [`ConfigFaultKind::Syntax`].
    Syntax,
    /// [`ConfigFaultKind::UnknownKey`].
    UnknownKey,
    /// [`ConfigFaultKind::InvalidValue`].
    InvalidValue,
    /// [`ConfigFaultKind::NoMatch`], [`ConfigFaultKind::NothingToCompare`].
    NoMatch,
    /// [`ConfigFaultKind::UnusedSuppression`].
    UnusedSuppression,
    /// [`ConfigFaultKind::UnusedDecision`].
    UnusedDecision,
}

impl ConfigFaultKind {
    /// The class of the fault.
    pub const fn class(&self) -> ConfigFaultClass {
        match self {
            Self::Syntax { .. } => ConfigFaultClass::Syntax,
            Self::UnknownKey { .. } => ConfigFaultClass::UnknownKey,
            Self::InvalidValue { .. } => ConfigFaultClass::InvalidValue,
            Self::NoMatch { .. } | Self::NothingToCompare { .. } => ConfigFaultClass::NoMatch,
            Self::UnusedSuppression { .. } => ConfigFaultClass::UnusedSuppression,
            Self::UnusedDecision { .. } => ConfigFaultClass::UnusedDecision,
        }
    }
}

/// A fault of the configuration, in its place. What it does not touch stays in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigFault {
    /// The fault, with what its message quotes.
    pub kind: ConfigFaultKind,
    /// The place to underline, in bytes of the file.
    pub span: Span,
    /// The edit that puts it right, where there is one that was probably meant; never safe.
    pub correction: Option<TextEdit>,
}

/// A value of the configuration that whoever it is meant for cannot use. What it does not touch stays in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueFault {
    /// The value, in bytes of the file.
    pub at: Span,
    /// Of a string the part in question, in bytes of its value.
    pub part: Option<Span>,
    /// A clause for people without a full stop.
    pub reason: CompactString,
    /// The value that was probably meant.
    pub meant: Option<CompactString>,
}

impl ValueFault {
    /// The fault it is in the file of this text.
    pub fn in_file(&self, text: &str) -> ConfigFault {
        ConfigFault {
            kind: ConfigFaultKind::InvalidValue { reason: self.reason.clone() },
            span: self.part.map_or(self.at, |part| toml_tree::inside(text, self.at, part)),
            correction: self.meant.as_ref().map(|meant| TextEdit::replace(self.at, quoted(meant))),
        }
    }
}

impl ConfigFault {
    /// The fault of a file that [`Config::parse`] refuses.
    pub fn syntax(error: &SyntaxError) -> Self {
        let reason = CompactString::from(&error.message);
        Self { kind: ConfigFaultKind::Syntax { reason }, span: error.span, correction: None }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            corpus: CorpusConfig {
                include: Globs::builtin(&["**/*.txt"]),
                exclude: Globs::builtin(&[]),
                registry: Globs::builtin(&["*.toml"]),
                languages: ["th", "vi", "en", "lo"].map(CompactString::from).to_vec(),
                document_date: DocumentDate { value: None, file_name: None, masthead: true },
            },
            rules: Vec::new(),
            preset: Preset::Default,
            overrides: Vec::new(),
            fixes: Vec::new(),
            fix_overrides: Vec::new(),
            per_file: Vec::new(),
            suppress: Vec::new(),
            suppressed_paths: GlobIndex::default(),
            decisions: Vec::new(),
            decided_paths: GlobIndex::default(),
            patterns: Vec::new(),
            decrees: DecreeConfig::default(),
            recognition: CompactString::default(),
            baseline: None,
            compare: None,
            annotate: AnnotateConfig::default(),
            annotators: Vec::new(),
            rejected_proposals: Vec::new(),
            editor: Vec::new(),
            short_mentions: false,
        }
    }
}

impl Config {
    /// The annotator of an annotation file, by its path below the corpus root, where `[annotators]` names one.
    pub fn annotator(&self, path: &str) -> Option<&str> {
        annotate::annotator(&self.annotators, path)
    }

    /// Returns whether a file, named from the configuration's folder with `/`, is left out with or without its folder.
    /// A folder may be asked for too.
    pub fn excludes(&self, path: &str) -> bool {
        self.corpus.exclude.matches_or_holds(path)
    }

    /// Returns whether a file is a text of the corpus.
    pub fn is_text(&self, path: &str) -> bool {
        self.corpus.include.matches(path) && !self.excludes(path)
    }

    /// Returns whether a file is a registry file of the corpus. One above the configuration's folder is named with
    /// leading `../`.
    pub fn is_registry(&self, path: &str) -> bool {
        let is_configuration = path.rsplit('/').next() == Some(FILE_NAME);
        !is_configuration && self.corpus.registry.matches(path) && !self.excludes(path)
    }

    /// Returns whether a registry file is named outright, so that it is one whatever it says.
    pub fn names_registry(&self, path: &str) -> bool {
        self.corpus.registry.iter().any(|glob| glob.is_literal() && glob.matches(path))
    }

    /// The patterns of `registry` that begin above the configuration's folder.
    pub fn reaching_out(&self) -> impl Iterator<Item = &Glob> {
        self.corpus.registry.iter().filter(|glob| glob.up() > 0)
    }

    /// The globs of `include` and `registry` in the file that match none of these texts and registry files: those
    /// without wildcards each for itself, the others only where the whole list matches nothing.
    pub fn without_match(&self, texts: &[&str], registries: &[&str]) -> Vec<ConfigFault> {
        let lists =
            [(GlobList::Include, &self.corpus.include, texts), (GlobList::Registry, &self.corpus.registry, registries)];
        let mut faults = Vec::new();
        for (list, globs, paths) in lists {
            let is_idle = |glob: &Glob| !paths.iter().any(|path| glob.matches(path));
            let is_all_idle = globs.iter().all(is_idle);
            // The built-in globs stand in no file.
            let written = globs.iter().filter(|glob| !glob.source().span.is_empty());
            let idle = written.filter(|glob| (is_all_idle || glob.is_literal() || glob.up() > 0) && is_idle(glob));
            faults.extend(idle.map(|glob| ConfigFault {
                kind: ConfigFaultKind::NoMatch { glob: glob.source().value.clone(), list },
                span: glob.source().span,
                correction: None,
            }));
        }
        faults
    }

    /// A switch of `[editor]`.
    pub fn editor_switch(&self, name: &str) -> Option<bool> {
        self.editor.iter().find(|(key, _)| key.value == name).map(|&(_, on)| on)
    }

    /// The decisions that decided nothing; `used` are the keys of those that did. One with an id that nobody has
    /// is a fault of another kind.
    pub fn unused_decisions(&self, used: &FxHashSet<u64>, is_known: &dyn Fn(&str) -> bool) -> Vec<ConfigFault> {
        let is_idle = |decision: &&Decision| !used.contains(&decision.key) && is_known(&decision.is.value);
        let fault = |decision: &Decision| ConfigFault {
            kind: ConfigFaultKind::UnusedDecision {
                text: decision.text.value.clone(),
                near: decision.near.as_ref().map(|near| near.value.clone()),
            },
            span: decision.head,
            correction: None,
        };
        self.decisions.iter().filter(is_idle).map(fault).collect()
    }

    /// The ids in decisions that nobody has, each with the nearest of `ids`.
    pub fn unknown_decided<'i>(
        &self,
        is_known: &dyn Fn(&str) -> bool,
        ids: &dyn Fn() -> Vec<&'i str>,
    ) -> Vec<ConfigFault> {
        let unknown = self.decisions.iter().map(|decision| &decision.is).filter(|is| !is_known(&is.value));
        let fault = |is: &Spanned<CompactString>| ConfigFault {
            kind: ConfigFaultKind::InvalidValue {
                reason: format_compact!("unknown id `{}`; use an id of the registry or `nothing`", is.value),
            },
            span: is.span,
            correction: nearest(&is.value, ids()).map(|id| TextEdit::replace(is.span, quoted(id))),
        };
        unknown.map(fault).collect()
    }

    /// The rule codes in the configuration that no rule has, with the nearest that one has.
    pub fn check_codes(&self, known: &[&str]) -> Vec<ConfigFault> {
        let per_file = self.per_file.iter().flat_map(|files| &files.rules);
        let keys = self.rules.iter().chain(per_file).map(|setting| (ConfigFaultClass::UnknownKey, &setting.rule));
        let of_fixes = self.fixes.iter().map(|setting| &setting.rule);
        let values = self.suppress.iter().map(|entry| &entry.rule).chain(of_fixes);
        let values = values.map(|rule| (ConfigFaultClass::InvalidValue, rule));
        let is_known = |code: &str| code == "*" || known.iter().any(|rule| covers(code, rule));
        keys.chain(values)
            .filter(|(_, code)| !is_known(&code.value))
            .map(|(class, code)| ConfigFault {
                kind: match class {
                    ConfigFaultClass::UnknownKey => {
                        ConfigFaultKind::UnknownKey { key: code.value.clone(), table: "`rules`".into() }
                    }
                    _ => ConfigFaultKind::InvalidValue { reason: format_compact!("unknown rule `{}`", code.value) },
                },
                span: code.span,
                correction: nearest(&code.value, known.iter().copied())
                    .map(|rule| TextEdit::replace(code.span, quoted(rule))),
            })
            .collect()
    }
}

/// Returns whether `code`, a rule's code, `family/*` or `*`, means the rule.
pub fn covers(code: &str, rule: &str) -> bool {
    code == rule
        || code == "*"
        || code.strip_suffix('*').is_some_and(|family| family.ends_with('/') && rule.starts_with(family))
}
