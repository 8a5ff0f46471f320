//! Findings in the registry files and in the configuration.
//!
//! Their faults come from loading; here they meet their rules, the configuration's severities and the places in their
//! files.

use std::collections::BTreeSet;

use compact_str::format_compact;
use rustc_hash::FxHashMap;

use super::by_fault;
use super::finding::{FileReport, Finding};
use super::rule::RuleCheck;
use super::table::{RULES, by_code};
use super::text::{conflict_marker, not_utf8};
use super::used_settings::UsedSettings;
use crate::config::{ConfigFault, ConfigFaultKind, Decision, FileConfig, FixLevel, GlobList};
use crate::corpus::Snapshot;
use crate::corpus::snapshot::SourceFile;
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related, Severity};
use crate::registry::{Origin, RegistryFaultKind};
use crate::text::edit::TextEdit;
use crate::text::encoding::{Undecodable, WideEncoding};
use crate::text::{FileId, Place, Position, Span};
use crate::toml_tree::SyntaxError;
use crate::{config, registry};

/// The findings in the registry files and the configuration, by file and place, and the suppressions that silence
/// others.
pub fn check(snapshot: &Snapshot) -> FileReport {
    let mut found: Vec<Diagnostic> = Vec::new();
    let in_force =
        snapshot.registry.faults().iter().filter(|fault| !matches!(fault.kind, RegistryFaultKind::Syntax { .. }));
    found.extend(in_force.chain(snapshot.registry_syntax.iter()).filter_map(|fault| of_registry(snapshot, fault)));
    found.extend(of_corpus(snapshot));
    of_lines(snapshot, &mut found);
    if let Some((file, source)) = &snapshot.config_source {
        let mut faults = config_faults(snapshot, &source.text);
        faults.extend(snapshot.config_misfits.iter().map(|misfit| misfit.in_file(&source.text)));
        // A corpus may hold texts alone, or a registry that others share, but not nothing. Another fault may be why.
        let is_empty = snapshot.files().next().is_none() && snapshot.registry_files.is_empty();
        if faults.is_empty() && is_empty && config::Config::parse(&source.text).is_ok() {
            let default = snapshot.config.corpus.include.iter().next();
            faults.extend(default.map(|glob| ConfigFault {
                kind: ConfigFaultKind::NoMatch { glob: glob.source().value.clone(), list: GlobList::Include },
                span: Span::default(),
                correction: None,
            }));
        }
        found.extend(faults.iter().filter_map(|fault| of_config(snapshot, *file, source, fault)));
    }
    let used = silence(snapshot, &mut found);
    found.sort_by(|a, b| (a.file, a.order()).cmp(&(b.file, b.order())));
    FileReport { diagnostics: found, used, ..FileReport::default() }
}

/// Drops the findings that a suppression silences; the numbers of those suppressions, sorted.
fn silence(snapshot: &Snapshot, found: &mut Vec<Diagnostic>) -> Vec<usize> {
    let mut used = BTreeSet::new();
    if snapshot.config.suppress.is_empty() {
        return Vec::new();
    }
    let mut settings: FxHashMap<FileId, FileConfig<'_>> = FxHashMap::default();
    found.retain(|finding| {
        let Some(source) = snapshot.source(finding.file) else { return true };
        let settings = settings.entry(finding.file).or_insert_with(|| snapshot.config.for_file(source.path.as_str()));
        let surface = source.text.get(finding.place.span().range()).unwrap_or_default();
        let silenced = settings.suppressions(&finding.code, surface, snapshot.today);
        used.extend(silenced.iter().copied());
        silenced.is_empty()
    });
    used.into_iter().collect()
}

/// The finding that the text of the configuration file is not TOML.
pub fn config_syntax(snapshot: &Snapshot, error: &SyntaxError) -> Option<Diagnostic> {
    let (file, source) = snapshot.config_source.as_ref()?;
    // What a merge has left behind explains what else is wrong.
    if let Some(conflict) = conflict_marker::in_source(&source.text).first() {
        let rule = &conflict_marker::RULE;
        let severity = severity(snapshot, rule.code, rule.severity, source)?;
        let Finding { place, message, .. } = conflict.finding();
        return Some(Diagnostic {
            code: rule.code.into(),
            severity,
            file: *file,
            place,
            message,
            related: Vec::new(),
            fix: None,
            unnecessary: false,
        });
    }
    of_config(snapshot, *file, source, &ConfigFault::syntax(error))
}

/// The finding that there is nothing with which `[compare] with` could compare, in words.
pub fn nothing_to_compare(snapshot: &Snapshot, reason: &str) -> Option<Diagnostic> {
    let (file, source) = snapshot.config_source.as_ref()?;
    let with = snapshot.config.compare.as_ref()?;
    let kind = ConfigFaultKind::NothingToCompare { reason: reason.into() };
    of_config(snapshot, *file, source, &ConfigFault { kind, span: with.span, correction: None })
}

/// The findings that a suppression is not used or has expired, and that a decision decides nothing.
pub fn unused_settings(snapshot: &Snapshot, used: &UsedSettings) -> Vec<Diagnostic> {
    let Some((file, source)) = &snapshot.config_source else { return Vec::new() };
    let mut faults = snapshot.config.unused_suppressions(&used.suppressions, snapshot.today);
    faults.extend(snapshot.config.unused_decisions(&used.decisions, &|id| can_be_decided(snapshot, id)));
    faults.iter().filter_map(|fault| of_config(snapshot, *file, source, fault)).collect()
}

/// Returns whether a mention can be decided to be this: `nothing`, or an id of the registry.
fn can_be_decided(snapshot: &Snapshot, id: &str) -> bool {
    id == Decision::NOTHING || snapshot.registry.by_id(id).is_some()
}

fn config_faults(snapshot: &Snapshot, text: &str) -> Vec<ConfigFault> {
    let Ok((parsed, mut faults)) = config::Config::parse(text) else { return Vec::new() };
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    faults.extend(parsed.check_codes(&codes));
    faults.extend(unliftable(&parsed));
    let ids = || snapshot.registry.entities().map(|entity| entity.id.as_str()).collect();
    faults.extend(parsed.unknown_decided(&|id| can_be_decided(snapshot, id), &ids));
    let registries: Vec<&str> = snapshot.registry_files.values().map(|source| source.path.as_str()).collect();
    let texts: Vec<&str> = snapshot.files().map(|file| file.path.as_str()).collect();
    faults.extend(parsed.without_match(&texts, &registries));
    faults
}

/// The rules in `[fix] safe` whose fixes are no matter of style: nothing else can be made safe by a preference.
fn unliftable(config: &config::Config) -> Vec<ConfigFault> {
    let safe = config.fixes.iter().filter(|setting| setting.level == FixLevel::Safe);
    let is_guess = |code: &str| by_code(code).is_some_and(|rule| !rule.is_style());
    safe.filter(|setting| is_guess(&setting.rule.value))
        .map(|setting| ConfigFault {
            kind: ConfigFaultKind::InvalidValue {
                reason: format_compact!(
                    "nothing but style may be made safe, and the fixes of `{}` are no matter of style alone",
                    setting.rule.value
                ),
            },
            span: setting.rule.span,
            correction: None,
        })
        .collect()
}

/// The findings of the lines and bytes of registry files: regions that a merge has left behind, bytes that are not
/// UTF-8. What else is wrong with such a file follows from that.
fn of_lines(snapshot: &Snapshot, found: &mut Vec<Diagnostic>) {
    for (file, source) in snapshot.registry_files.iter() {
        let mut found_here = Vec::new();
        for conflict in conflict_marker::in_source(&source.text) {
            found_here.push((&conflict_marker::RULE, conflict.finding(), conflict.region));
        }
        // The text was decoded with this sign for bytes that are no UTF-8.
        if let Some(at) = source.text.find('\u{fffd}') {
            let place = source.place(Span::of(at, at));
            let whole = Place {
                start: Position::default(),
                end: source.place(Span::of(source.text.len(), source.text.len())).end,
            };
            found_here.push((
                &not_utf8::RULE,
                not_utf8::finding(Undecodable {
                    at: place.start,
                    encoding: (source.text.starts_with('\u{fffd}') && source.text.contains('\0'))
                        .then_some(WideEncoding::Utf16),
                }),
                whole,
            ));
        }
        for (rule, finding, region) in found_here {
            let covers = |place: Place| region.start.byte <= place.start.byte && place.start.byte <= region.end.byte;
            found.retain(|other| other.file != *file || !covers(other.place) || !other.code.starts_with("registry/"));
            let Some(severity) = severity(snapshot, rule.code, rule.severity, source) else { continue };
            found.push(Diagnostic {
                code: rule.code.into(),
                severity,
                file: *file,
                place: finding.place,
                message: finding.message,
                related: Vec::new(),
                fix: None,
                unnecessary: false,
            });
        }
    }
}

fn of_registry(snapshot: &Snapshot, fault: &registry::RegistryFault) -> Option<Diagnostic> {
    let (rule, RuleCheck::Registry(_, message)) = by_fault::registry(fault.kind.class())? else { return None };
    let source = snapshot.registry_files.get(&fault.at.file)?;
    let severity =
        severity(snapshot, rule.code, super::registry::severity_of(&fault.kind).unwrap_or(rule.severity), source)?;
    let place = match fault.kind {
        RegistryFaultKind::Syntax { .. } => source.place(fault.at.span),
        _ => source.place_in_force(fault.at.span),
    };
    let related = fault.related.iter().filter_map(|(origin, why)| {
        Some(Related { file: origin.file, place: snapshot.origin_place(*origin)?, message: why.to_string() })
    });
    Some(Diagnostic {
        code: rule.code.into(),
        severity,
        file: fault.at.file,
        place,
        message: message(fault),
        related: related.collect(),
        fix: fault.correction.as_ref().map(|edit| correction(fault.at, source, edit)),
        unnecessary: rule.is_unnecessary(),
    })
}

/// The findings of the rules that look at the corpus as a whole.
fn of_corpus(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES.iter().copied() {
        let RuleCheck::Corpus(check) = rule.check else { continue };
        for finding in check(snapshot) {
            let Some(source) = snapshot.registry_files.get(&finding.at.file) else { continue };
            let Some(severity) = severity(snapshot, rule.code, rule.severity, source) else { continue };
            found.push(Diagnostic {
                code: rule.code.into(),
                severity,
                file: finding.at.file,
                place: source.place_in_force(finding.at.span),
                message: finding.message,
                related: finding.related,
                fix: None,
                unnecessary: false,
            });
        }
    }
    found
}

fn of_config(snapshot: &Snapshot, file: FileId, source: &SourceFile, fault: &ConfigFault) -> Option<Diagnostic> {
    let (rule, RuleCheck::Config(_, message)) = by_fault::config(fault.kind.class())? else { return None };
    Some(Diagnostic {
        code: rule.code.into(),
        severity: severity(snapshot, rule.code, rule.severity, source)?,
        file,
        place: source.place(fault.span),
        message: message(fault),
        related: Vec::new(),
        fix: fault.correction.as_ref().map(|edit| correction(Origin { file, span: fault.span }, source, edit)),
        unnecessary: rule.is_unnecessary(),
    })
}

fn severity(snapshot: &Snapshot, code: &str, default: Severity, source: &SourceFile) -> Option<Severity> {
    snapshot.config.severity(code, default, source.path.as_str())
}

fn correction(at: Origin, source: &SourceFile, edit: &TextEdit) -> Fix {
    let place = source.place_in_force(edit.span);
    Fix {
        title: if edit.text.is_empty() { "remove it".to_owned() } else { format!("write {}", edit.text) },
        safe: false,
        edits: vec![FileEdit { file: at.file, place, text: edit.text.clone() }],
    }
}
