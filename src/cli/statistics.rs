//! `--statistics`: how many findings there are of each rule.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::curation::StateCounts;
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::Format;
use crate::rules;

/// A line of the table.
#[derive(Serialize)]
struct RuleCount<'a> {
    code: &'a str,
    count: usize,
    /// Findings with a safe fix.
    fixable: usize,
    /// Findings with an unsafe fix.
    unsafely_fixable: usize,
    summary: &'a str,
}

/// All of it as one object.
#[derive(Serialize)]
struct RuleCounts<'a> {
    version: u32,
    rules: Vec<&'a RuleCount<'a>>,
    /// Documents by state, where somebody keeps states.
    #[serde(skip_serializing_if = "Option::is_none")]
    states: Option<BTreeMap<&'static str, usize>>,
}

/// The number of documents in a state.
#[derive(Serialize)]
struct StateRowCount {
    state: &'static str,
    documents: usize,
}

/// Tells whether counts are shown in this format.
pub const fn is_shown_as(format: Format) -> bool {
    matches!(format, Format::Full | Format::Concise | Format::Json | Format::Jsonl)
}

/// Writes the table, the most frequent rule first: for scripts as JSON, else for people.
///
/// # Errors
/// When writing fails.
pub fn write(out: &mut dyn Write, found: &[Diagnostic], states: Option<StateCounts>, format: Format) -> io::Result<()> {
    let rows = rows(found);
    let by_state = states.map(|states| states.iter().map(|(state, count)| (state.as_str(), count)).collect());
    match format {
        Format::Json => {
            serde_json::to_writer(
                &mut *out,
                &RuleCounts { version: 1, rules: rows.iter().map(|(row, _)| row).collect(), states: by_state },
            )?;
            return writeln!(out);
        }
        Format::Jsonl => {
            rows.iter().try_for_each(|(row, _)| {
                serde_json::to_writer(&mut *out, row)?;
                writeln!(out)
            })?;
            return states.map_or(Ok(()), |states| {
                states.iter().try_for_each(|(state, documents)| {
                    serde_json::to_writer(&mut *out, &StateRowCount { state: state.as_str(), documents })?;
                    writeln!(out)
                })
            });
        }
        _ => {}
    }
    let number = rows.iter().map(|(row, _)| row.count.to_string().len()).max().unwrap_or(0);
    let code = rows.iter().map(|(row, severity)| row.code.len() + severity.as_str().len() + 2).max().unwrap_or(0);
    for (row, severity) in &rows {
        let name = format!("{severity}[{}]", row.code);
        let fixable = if row.fixable > 0 { format!(" ({} fixable)", row.fixable) } else { String::new() };
        writeln!(out, "{:number$}  {name:code$}  {}{fixable}", row.count, row.summary)?;
    }
    if let Some(states) = states {
        writeln!(out, "documents: {states}")?;
    }
    Ok(())
}

/// The rows, each with the worst severity found.
fn rows(found: &[Diagnostic]) -> Vec<(RuleCount<'_>, Severity)> {
    let mut by_code: BTreeMap<&str, (RuleCount<'_>, Severity)> = BTreeMap::new();
    for finding in found {
        let (row, severity) = by_code.entry(&finding.code).or_insert_with(|| {
            let summary = rules::by_code(&finding.code).map_or("", |rule| rule.summary);
            (RuleCount { code: &finding.code, count: 0, fixable: 0, unsafely_fixable: 0, summary }, finding.severity)
        });
        row.count += 1;
        match &finding.fix {
            Some(fix) if fix.safe => row.fixable += 1,
            Some(_) => row.unsafely_fixable += 1,
            None => {}
        }
        *severity = finding.severity.min(*severity);
    }
    let mut rows: Vec<_> = by_code.into_values().collect();
    rows.sort_by_key(|(row, _)| std::cmp::Reverse(row.count));
    rows
}
