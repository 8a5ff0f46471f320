//! SARIF 2.1.0, for code scanning services and viewers.
//!
//! Columns are UTF-16 code units from 1 and the run says so (`columnKind`): that is what the viewers count in, also
//! those that do not read the declaration. Ends are exclusive. A rule is described when it is first met; since members
//! of a JSON object have no order, the tool stands behind the results and nothing has to be kept but the rules. Source:
//! OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 27 March 2020.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::layout::{Layout, Sources};
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Severity};
use crate::text::{FileId, Place};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Default)]
pub(super) struct Sarif {
    rules: Vec<Value>,
    numbers: FxHashMap<String, usize>,
    fingerprints: Fingerprints,
    any: bool,
}

impl Layout for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, r#"{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"utf16CodeUnits","results":["#)
    }

    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        out.write_all(if std::mem::replace(&mut self.any, true) { b",\n" } else { b"\n" })?;
        let mut result = json!({
            "ruleId": finding.code,
            "ruleIndex": self.rule(sources, &finding.code),
            "level": level(finding.severity),
            "message": { "text": finding.message },
            "locations": [{ "physicalLocation": physical(sources, finding.file, finding.place) }],
            "partialFingerprints": { "scholiast/v1": self.fingerprints.next(sources, finding) },
        });
        if !finding.related.is_empty() {
            let related = finding.related.iter().enumerate().map(|(id, related)| {
                json!({
                    "id": id,
                    "message": { "text": related.message },
                    "physicalLocation": physical(sources, related.file, related.place),
                })
            });
            result["relatedLocations"] = related.collect();
        }
        if let Some(fix) = &finding.fix {
            result["fixes"] = json!([fix_object(sources, fix)]);
        }
        serde_json::to_writer(out, &result)?;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _sources: &dyn Sources) -> io::Result<()> {
        let driver = json!({
            "name": "scholiast",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": std::mem::take(&mut self.rules),
        });
        write!(out, "\n],\"tool\":{{\"driver\":")?;
        serde_json::to_writer(&mut *out, &driver)?;
        writeln!(out, "}}}}]}}")
    }
}

impl Sarif {
    /// The index of a rule among those described, which it joins when it is new.
    fn rule(&mut self, sources: &dyn Sources, code: &str) -> usize {
        if let Some(&number) = self.numbers.get(code) {
            return number;
        }
        let mut rule = json!({ "id": code });
        if let Some(info) = sources.rule(code) {
            rule["shortDescription"] = json!({ "text": info.summary });
            rule["help"] = json!({ "text": info.documentation, "markdown": info.documentation });
            if let Some(url) = info.url {
                rule["helpUri"] = url.into();
            }
        }
        self.rules.push(rule);
        self.numbers.insert(code.to_owned(), self.rules.len() - 1);
        self.rules.len() - 1
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

fn physical(sources: &dyn Sources, file: FileId, place: Place) -> Value {
    json!({ "artifactLocation": artifact(sources, file), "region": region(place) })
}

fn region(Place { start, end }: Place) -> Value {
    json!({
        "startLine": start.line + 1,
        "startColumn": start.column_utf16 + 1,
        "endLine": end.line + 1,
        "endColumn": end.column_utf16 + 1,
    })
}

fn fix_object(sources: &dyn Sources, fix: &Fix) -> Value {
    let changes = fix.edits.chunk_by(|a, b| a.file == b.file).map(|edits| {
        let replacements: Vec<Value> = edits.iter().map(replacement).collect();
        json!({ "artifactLocation": artifact(sources, edits[0].file), "replacements": replacements })
    });
    json!({ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() })
}

fn replacement(edit: &FileEdit) -> Value {
    let Place { start, end } = edit.place;
    if start.byte < end.byte && (start.line, start.column_utf16) == (end.line, end.column_utf16) {
        // A byte-order mark has no column: only a region of bytes can name it.
        return json!({ "deletedRegion": { "byteOffset": start.byte, "byteLength": end.byte - start.byte } });
    }
    json!({ "deletedRegion": region(edit.place), "insertedContent": { "text": edit.text } })
}

fn artifact(sources: &dyn Sources, file: FileId) -> Value {
    let path = sources.path(file);
    if path.starts_with('/') {
        json!({ "uri": format!("file://{}", uri_path(path)) })
    } else {
        json!({ "uri": uri_path(path), "uriBaseId": "%SRCROOT%" })
    }
}

/// A path as the path of a URI reference (RFC 3986): everything percent-encoded but unreserved characters and `/`.
fn uri_path(path: &str) -> String {
    use std::fmt::Write as _;
    let mut uri = String::with_capacity(path.len());
    for &byte in path.as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
