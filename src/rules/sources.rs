//! Findings in the registry files and in the configuration.
//!
//! Their faults come from loading; here they meet their rules, the configuration's severities and the places in their
//! files.

use super::{RULES, RuleCheck, by_fault};
use crate::corpus::Snapshot;
use crate::corpus::snapshot::SourceFile;
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related, Severity};
use crate::registry::{Origin, RegistryFaultClass};
use crate::text::FileId;
use crate::text::edit::TextEdit;
use crate::toml_tree::SyntaxError;
use crate::{config, registry};

/// The findings in the registry files and the configuration, by file and place.
pub fn check(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let in_force = snapshot.registry.faults().iter().filter(|fault| fault.kind != RegistryFaultClass::Syntax);
    found.extend(in_force.chain(snapshot.registry_syntax.iter()).filter_map(|fault| of_registry(snapshot, fault)));
    if let Some((file, source)) = &snapshot.config_source {
        let mut faults = config_faults(snapshot, &source.text);
        faults.extend(snapshot.config_misfits.iter().map(|misfit| misfit.in_file(&source.text)));
        found.extend(faults.iter().filter_map(|fault| of_config(snapshot, *file, source, fault)));
    }
    found.sort_by(|a, b| (a.file, a.order()).cmp(&(b.file, b.order())));
    found
}

/// The finding that the text of the configuration file is not TOML.
pub fn config_syntax(snapshot: &Snapshot, error: &SyntaxError) -> Option<Diagnostic> {
    let (file, source) = snapshot.config_source.as_ref()?;
    of_config(snapshot, *file, source, &config::ConfigFault::syntax(error))
}

/// The finding that a suppression is not used or has expired.
pub fn unused_suppressions(snapshot: &Snapshot, used: &[bool]) -> Vec<Diagnostic> {
    let Some((file, source)) = &snapshot.config_source else { return Vec::new() };
    let faults = snapshot.config.unused_suppressions(used, snapshot.today);
    faults.iter().filter_map(|fault| of_config(snapshot, *file, source, fault)).collect()
}

fn config_faults(snapshot: &Snapshot, text: &str) -> Vec<config::ConfigFault> {
    let Ok((parsed, mut faults)) = config::Config::parse(text) else { return Vec::new() };
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    faults.extend(parsed.check_codes(&codes));
    let registries: Vec<&str> = snapshot.registry_files.values().map(|source| source.path.as_str()).collect();
    faults.extend(parsed.reaching_nothing(&registries));
    faults
}

fn of_registry(snapshot: &Snapshot, fault: &registry::RegistryFault) -> Option<Diagnostic> {
    let (rule, RuleCheck::Registry(_, message)) = by_fault::registry(fault.kind)? else { return None };
    let source = snapshot.registry_files.get(&fault.at.file)?;
    let severity = severity(snapshot, rule.code, fault.severity.unwrap_or(rule.severity), source)?;
    let place = match fault.kind {
        RegistryFaultClass::Syntax => source.place(fault.at.span),
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
    })
}

fn of_config(
    snapshot: &Snapshot,
    file: FileId,
    source: &SourceFile,
    fault: &config::ConfigFault,
) -> Option<Diagnostic> {
    let (rule, RuleCheck::Config(_, message)) = by_fault::config(fault.kind)? else { return None };
    Some(Diagnostic {
        code: rule.code.into(),
        severity: severity(snapshot, rule.code, rule.severity, source)?,
        file,
        place: source.place(fault.span),
        message: message(fault),
        related: Vec::new(),
        fix: fault.correction.as_ref().map(|edit| correction(Origin { file, span: fault.span }, source, edit)),
    })
}

fn severity(snapshot: &Snapshot, code: &str, default: Severity, source: &SourceFile) -> Option<Severity> {
    snapshot.config.severity(code, default, source.path.as_str())
}

fn correction(at: Origin, source: &SourceFile, edit: &TextEdit) -> Fix {
    let place = source.place_in_force(edit.span);
    Fix {
        title: format!("write {}", if edit.text.is_empty() { "nothing" } else { &edit.text }),
        safe: false,
        edits: vec![FileEdit { file: at.file, place, text: edit.text.clone() }],
    }
}
