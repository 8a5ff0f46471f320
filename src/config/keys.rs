//! The keys of `scholiast.toml`, one list a table.
//!
//! The reader reports every other key, and a test compares `schemas/scholiast.schema.json` with them.

/// At the top of the file.
pub const ROOT: &[&str] = &[
    "corpus",
    "rules",
    "fix",
    "per-file",
    "suppress",
    "decide",
    "pattern",
    "decrees",
    "suggest",
    "editor",
    "baseline",
    "compare",
    "annotate",
    "annotators",
];
/// In `[annotate]`.
pub const ANNOTATE: &[&str] = &["types"];
/// In `[baseline]`.
pub const BASELINE: &[&str] = &["file"];
/// In `[compare]`.
pub const COMPARE: &[&str] = &["with"];
/// In `[corpus]`.
pub const CORPUS: &[&str] = &["include", "exclude", "registry", "languages", "document-date"];
/// In `document-date`.
pub const DOCUMENT_DATE: &[&str] = &["masthead", "file-name", "value"];
/// In `[fix]`.
pub const FIX: &[&str] = &["safe", "unsafe", "off"];
/// In `[[per-file]]`.
pub const PER_FILE: &[&str] = &["path", "rules", "document-date"];
/// In `[[suppress]]`.
pub const SUPPRESS: &[&str] = &["path", "rule", "text", "until", "reason"];
/// In `[[decide]]`.
pub const DECIDE: &[&str] = &["path", "text", "near", "is", "reason"];
/// In `[[pattern]]`.
pub const PATTERN: &[&str] = &["name", "regex", "value", "checks", "hover", "message"];
/// In `[decrees]`.
pub const DECREES: &[&str] = &["type", "agency"];
/// In `[[decrees.type]]`.
pub const DECREE_TYPE: &[&str] = &[
    "abbr",
    "ascii",
    "variants",
    "vi",
    "en",
    "th",
    "note",
    "class",
    "issuers",
    "year-in-number",
    "th-seen",
    "th-wrong",
];
/// In `[[decrees.agency]]`.
pub const DECREE_AGENCY: &[&str] =
    &["abbr", "ascii", "variants", "vi", "en", "th", "note", "kind", "from", "until", "successor"];
/// In `[suggest]`.
pub const SUGGEST: &[&str] = &["reject"];
/// In `[editor]`.
pub const EDITOR: &[&str] = &["inlay-hints", "code-lens", "semantic-tokens", "short-mentions"];

/// The tables at the top of the file, with the keys of each.
const TABLES: &[(&str, &[&str])] = &[
    ("annotate", ANNOTATE),
    ("baseline", BASELINE),
    ("compare", COMPARE),
    ("corpus", CORPUS),
    ("decrees", DECREES),
    ("editor", EDITOR),
    ("fix", FIX),
    ("suggest", SUGGEST),
];

/// The table that has this key, where only one has.
pub fn table_with(key: &str) -> Option<&'static str> {
    let mut with = TABLES.iter().filter(|(_, keys)| keys.contains(&key)).map(|(table, _)| *table);
    with.next().filter(|_| with.next().is_none())
}
