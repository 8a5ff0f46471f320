//! `--statistics`: how many findings there are of each rule.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

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
}

/// Tells whether counts are shown in this format.
pub const fn is_shown_as(format: Format) -> bool {
    matches!(format, Format::Full | Format::Concise | Format::Json | Format::Jsonl)
}

/// Writes the table, the most frequent rule first: for scripts as JSON, else for people.
///
/// # Errors
/// When writing fails.
pub fn write(out: &mut dyn Write, found: &[Diagnostic], format: Format) -> io::Result<()> {
    let rows = rows(found);
    match format {
        Format::Json => {
            serde_json::to_writer(
                &mut *out,
                &RuleCounts { version: 1, rules: rows.iter().map(|(row, _)| row).collect() },
            )?;
            return writeln!(out);
        }
        Format::Jsonl => {
            return rows.iter().try_for_each(|(row, _)| {
                serde_json::to_writer(&mut *out, row)?;
                writeln!(out)
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
