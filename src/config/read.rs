//! From the text of `scholiast.toml` to settings and faults.

use compact_str::{CompactString, format_compact};

use super::annotate::{AnnotateConfig, AnnotatorFiles};
use super::globs::{Glob, GlobIndex, Globs};
use super::settings::{
    Config, ConfigFault, ConfigFaultKind, Decision, DecreeAgency, DecreeConfig, DecreeTerm, DecreeType, DocumentDate,
    FixLevel, FixSetting, PatternConfig, PerFile, Preset, RuleLevel, RuleSetting, Suppression,
};
use super::{expression, keys};
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;
use crate::toml_tree::{
    self, Spanned, SyntaxError, TableReader, TomlFault, TomlFaultKind, TomlTable, TomlValue, quoted,
};

impl Config {
    /// Reads a `scholiast.toml`.
    ///
    /// # Errors
    /// When it is not TOML: then nothing of it can be used, and whoever runs should say so and stop.
    pub fn parse(text: &str) -> Result<(Self, Vec<ConfigFault>), SyntaxError> {
        read(text)
    }
}

fn read(text: &str) -> Result<(Config, Vec<ConfigFault>), SyntaxError> {
    let root = toml_tree::parse(text)?;
    let mut of_toml = Vec::new();
    let config = config(text, &root, &mut of_toml);
    let mut faults: Vec<ConfigFault> = of_toml.into_iter().map(fault).collect();
    faults.sort_by_key(|fault| (fault.span, fault.kind.class()));
    Ok((config, faults))
}

fn fault(fault: TomlFault) -> ConfigFault {
    let kind = match fault.kind {
        TomlFaultKind::UnknownKey { key, table } => ConfigFaultKind::UnknownKey { key, table },
        TomlFaultKind::InvalidValue { reason } => ConfigFaultKind::InvalidValue { reason },
    };
    ConfigFault { kind, span: fault.span, correction: fault.correction }
}

fn config(text: &str, root: &TomlTable, faults: &mut Vec<TomlFault>) -> Config {
    let mut config = Config::default();
    let mut reader = TableReader::new(root, "scholiast.toml", keys::ROOT, faults);
    if let Some(table) = reader.table("corpus") {
        corpus(text, table.value, &mut config, reader.faults());
    }
    config.rules = rules(&mut reader, Some(&mut config.preset));
    for entry in reader.tables("per-file") {
        config.per_file.extend(per_file(entry.value, reader.faults()));
    }
    for entry in reader.tables("suppress") {
        config.suppress.extend(suppression(entry.value, reader.faults()));
    }
    config.suppressed_paths = GlobIndex::new(config.suppress.iter().map(|entry| &entry.path));
    for entry in reader.tables("decide") {
        config.decisions.extend(decision(entry.value, reader.faults()));
    }
    config.decided_paths = GlobIndex::new(config.decisions.iter().map(|entry| &entry.path));
    if let Some(table) = reader.table("fix") {
        config.fixes = fixes(table.value, reader.faults());
    }
    for entry in reader.tables("pattern") {
        config.patterns.extend(pattern(entry.value, reader.faults()));
    }
    if let Some(table) = reader.table("decrees") {
        config.decrees = decrees(table.value, reader.faults());
    }
    for (key, item) in ["pattern", "decrees"].into_iter().filter_map(|key| Some((key, root.get(key)?))) {
        config.recognition.push_str(key);
        item.value.say(&mut config.recognition);
    }
    // Where nothing is said of languages, nothing is different from what is built in.
    if root.get("corpus").is_some() {
        config.corpus.languages.iter().for_each(|tag| config.recognition.push_str(tag));
    }
    if let Some(table) = reader.table("suggest") {
        let mut reader = TableReader::new(table.value, "[suggest]", keys::SUGGEST, reader.faults());
        let rejected = reader.strings("reject").unwrap_or_default();
        config.rejected_proposals = rejected.into_iter().map(|name| name.value).collect();
    }
    if let Some(table) = reader.table("annotate") {
        let names: Vec<CompactString> = config.patterns.iter().map(|pattern| pattern.name.value.clone()).collect();
        config.annotate = annotate(table.value, &names, reader.faults());
    }
    if let Some(table) = reader.table("annotators") {
        config.annotators = annotators(table.value, &mut reader);
    }
    if let Some(table) = reader.table("editor") {
        config.editor = editor(table.value, reader.faults());
    }
    if let Some(table) = reader.table("baseline") {
        config.baseline = TableReader::new(table.value, "[baseline]", keys::BASELINE, reader.faults()).string("file");
    }
    if let Some(table) = reader.table("compare") {
        config.compare = TableReader::new(table.value, "[compare]", keys::COMPARE, reader.faults()).string("with");
    }
    config
}

fn corpus(text: &str, table: &TomlTable, config: &mut Config, faults: &mut Vec<TomlFault>) {
    let mut reader = TableReader::new(table, "[corpus]", keys::CORPUS, faults);
    let corpus = &mut config.corpus;
    for (key, globs) in
        [("include", &mut corpus.include), ("exclude", &mut corpus.exclude), ("registry", &mut corpus.registry)]
    {
        if let Some(patterns) = reader.strings(key) {
            *globs = Globs::new(patterns.into_iter().filter_map(|pattern| glob(pattern, &mut reader)).collect());
        }
    }
    for glob in corpus.include.iter().filter(|glob| glob.up() > 0) {
        let Spanned { value, span } = glob.source();
        let why = format_compact!("`{value}` is above the corpus: `include` finds nothing there, only `registry` does");
        reader.refuse(*span, why, None);
    }
    if let Some(languages) = reader.strings("languages") {
        let known = languages.into_iter().filter(|language| is_known(language, &mut reader));
        corpus.languages = known.map(|language| language.value).collect();
    }
    if let Some(table) = reader.table("document-date") {
        corpus.document_date = document_date(text, table.value, reader.faults());
    }
}

/// `[annotate]`; `patterns` are the names of the user's own kinds.
fn annotate(table: &TomlTable, patterns: &[CompactString], faults: &mut Vec<TomlFault>) -> AnnotateConfig {
    let mut config = AnnotateConfig::default();
    let mut reader = TableReader::new(table, "[annotate]", keys::ANNOTATE, faults);
    let Some(types) = reader.table("types") else { return config };
    let kinds: Vec<&str> = AnnotateConfig::kinds().chain(patterns.iter().map(CompactString::as_str)).collect();
    let mut inner = TableReader::new(types.value, "`types` in [annotate]", &kinds, reader.faults());
    for kind in &kinds {
        let Some(to) = inner.string(kind) else { continue };
        if to.value.contains(char::is_whitespace) || to.value.chars().any(char::is_control) {
            let why = format_compact!("`{}` cannot be a type, since a type has no spaces", to.value);
            let meant = to.value.split_whitespace().collect::<Vec<_>>().join("_");
            inner.refuse(to.span, why, Some(TextEdit::replace(to.span, quoted(&meant))));
            continue;
        }
        config.types.push(((*kind).into(), to.value));
    }
    config
}

/// `[annotators]`: `GLOB = "NAME"`.
fn annotators(table: &TomlTable, reader: &mut TableReader<'_>) -> Vec<AnnotatorFiles> {
    let mut entries = Vec::new();
    for (path, item) in &table.entries {
        let TomlValue::String(name) = &item.value else {
            let why = format_compact!("`{}` in [annotators] is {}; write a name", path.value, item.value.kind());
            reader.refuse(item.span, why, None);
            continue;
        };
        if let Some(path) = glob(path.clone(), reader) {
            entries.push(AnnotatorFiles { path, name: name.clone() });
        }
    }
    entries
}

/// The languages whose dates, references and names are recognised.
const LANGUAGES: [&str; 4] = ["th", "vi", "en", "lo"];

/// Tells a language that scholiast recognises nothing of. `vi-VN` is Vietnamese.
fn is_known(language: &Spanned<CompactString>, reader: &mut TableReader<'_>) -> bool {
    let primary = language.value.split(['-', '_']).next().unwrap_or_default();
    let known = LANGUAGES.iter().any(|known| primary.eq_ignore_ascii_case(known));
    if !known {
        let reason = format_compact!("unknown language `{}`; use {}", language.value, alternatives(&LANGUAGES));
        reader.refuse(language.span, reason, None);
    }
    known
}

/// Words as a choice: "`a`, `b` or `c`".
fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

fn document_date(text: &str, table: &TomlTable, faults: &mut Vec<TomlFault>) -> DocumentDate {
    let mut reader = TableReader::new(table, "`document-date`", keys::DOCUMENT_DATE, faults);
    let file_name = reader.string("file-name").and_then(|source| {
        let regex = regex(text, &source, &mut reader)?;
        let missing =
            ["year", "month", "day"].into_iter().find(|group| !regex.capture_names().any(|name| name == Some(group)));
        if let Some(group) = missing {
            let why =
                format_compact!("`file-name` has no group `{group}`; write (?<year>…), (?<month>…) and (?<day>…)");
            reader.refuse(source.span, why, None);
            return None;
        }
        Some(Spanned { value: regex, span: source.span })
    });
    DocumentDate {
        value: reader.date("value"),
        file_name,
        masthead: reader.boolean("masthead").is_none_or(|masthead| masthead.value),
    }
}

/// The settings of rules; at the top of the file the preset stands among them.
fn rules(reader: &mut TableReader<'_>, mut preset: Option<&mut Preset>) -> Vec<RuleSetting> {
    let Some(table) = reader.table("rules") else { return Vec::new() };
    let mut settings = Vec::new();
    for (rule, item) in &table.value.entries {
        if let (Some(preset), "preset") = (preset.as_deref_mut(), rule.value.as_str()) {
            *preset = self::preset(item, reader);
            continue;
        }
        let (level, options) = match &item.value {
            TomlValue::String(word) => (level(word, item.span, reader), Vec::new()),
            TomlValue::Table(table) => {
                let severity = table.get("severity");
                let level = severity.and_then(|severity| match &severity.value {
                    TomlValue::String(word) => level(word, severity.span, reader),
                    other => {
                        let why = format_compact!("`severity` is {}; use {}", other.kind(), alternatives(&LEVELS));
                        reader.refuse(severity.span, why, None);
                        None
                    }
                });
                let options = table.entries.iter().filter(|(key, _)| key.value != "severity").cloned().collect();
                (level, options)
            }
            other => {
                let why =
                    format_compact!("`{}` is {}; use {} or a table", rule.value, other.kind(), alternatives(&LEVELS));
                reader.refuse(item.span, why, None);
                continue;
            }
        };
        settings.push(RuleSetting { rule: rule.clone(), level, options });
    }
    settings
}

fn preset(item: &Spanned<TomlValue>, reader: &mut TableReader<'_>) -> Preset {
    let word = match &item.value {
        TomlValue::String(word) => word.as_str(),
        other => other.kind(),
    };
    if let Some(preset) = Preset::ALL.into_iter().find(|preset| preset.as_str() == word) {
        return preset;
    }
    let meant = nearest(word, Preset::ALL.map(Preset::as_str));
    let why = format_compact!("unknown preset `{word}`; use {}", alternatives(&Preset::ALL.map(Preset::as_str)));
    reader.refuse(item.span, why, meant.map(|meant| TextEdit::replace(item.span, quoted(meant))));
    Preset::Default
}

/// The words for severities.
const LEVELS: [&str; 5] = ["error", "warning", "info", "hint", "off"];

fn level(word: &str, at: Span, reader: &mut TableReader<'_>) -> Option<RuleLevel> {
    Some(match word {
        "off" => RuleLevel::Off,
        "error" => RuleLevel::At(Severity::Error),
        "warning" => RuleLevel::At(Severity::Warning),
        "info" => RuleLevel::At(Severity::Info),
        "hint" => RuleLevel::At(Severity::Hint),
        _ => {
            let meant = LEVELS.into_iter().find(|level| level.starts_with(word)).or_else(|| nearest(word, LEVELS));
            let why = match meant {
                Some(meant) => format_compact!("unknown severity `{word}`; use `{meant}`"),
                None => format_compact!("unknown severity `{word}`; use {}", alternatives(&LEVELS)),
            };
            reader.refuse(at, why, meant.map(|meant| TextEdit::replace(at, quoted(meant))));
            return None;
        }
    })
}

fn fixes(table: &TomlTable, faults: &mut Vec<TomlFault>) -> Vec<FixSetting> {
    let mut reader = TableReader::new(table, "[fix]", keys::FIX, faults);
    let lists = [("safe", FixLevel::Safe), ("unsafe", FixLevel::Unsafe), ("off", FixLevel::Off)];
    let lists = lists.map(|(key, level)| (reader.strings(key).unwrap_or_default(), level));
    lists.into_iter().flat_map(|(rules, level)| rules.into_iter().map(move |rule| FixSetting { rule, level })).collect()
}

fn per_file(table: &TomlTable, faults: &mut Vec<TomlFault>) -> Option<PerFile> {
    let mut reader = TableReader::new(table, "[[per-file]]", keys::PER_FILE, faults);
    let rules = rules(&mut reader, None);
    let document_date = reader.date("document-date");
    let path = required("path", table, &mut reader)?;
    Some(PerFile { path: glob(path, &mut reader)?, rules, document_date })
}

fn suppression(table: &TomlTable, faults: &mut Vec<TomlFault>) -> Option<Suppression> {
    let mut reader = TableReader::new(table, "[[suppress]]", keys::SUPPRESS, faults);
    let text = reader.string("text");
    let until = reader.date("until");
    let reason = reader.string("reason").map(|reason| reason.value);
    // Without a path or a rule, or with a wrong date or text, it would hide more than was meant.
    let is_intact = text.is_some() == table.get("text").is_some() && until.is_some() == table.get("until").is_some();
    let path = required("path", table, &mut reader).and_then(|path| glob(path, &mut reader));
    let rule = required("rule", table, &mut reader);
    let entry = Suppression { path: path?, rule: rule?, text, until, reason, head: table.head };
    is_intact.then_some(entry)
}

fn decision(table: &TomlTable, faults: &mut Vec<TomlFault>) -> Option<Decision> {
    let mut reader = TableReader::new(table, "[[decide]]", keys::DECIDE, faults);
    let near = reader.string("near");
    let reason = reader.string("reason").map(|reason| reason.value);
    // With wrong words beside it, it would decide about more than was meant.
    let is_intact = near.is_some() == table.get("near").is_some();
    let path = required("path", table, &mut reader).and_then(|path| glob(path, &mut reader));
    let text = required("text", table, &mut reader);
    let is = required("is", table, &mut reader);
    let (path, text, is) = (path?, text?, is?);
    let near = near.filter(|near| !near.value.is_empty());
    let beside = near.as_ref().map_or("", |near| &near.value);
    // A character that stands in no text keeps the parts apart.
    let words = [&path.source().value, &text.value, beside, &is.value].join("\u{0}");
    let key = xxhash_rust::xxh3::xxh3_64(words.as_bytes());
    is_intact.then_some(Decision { path, text, near, is, reason, head: table.head, key })
}

fn pattern(table: &TomlTable, faults: &mut Vec<TomlFault>) -> Option<PatternConfig> {
    let mut reader = TableReader::new(table, "[[pattern]]", keys::PATTERN, faults);
    let name = required("name", table, &mut reader);
    let source = required("regex", table, &mut reader);
    let (value, hover, message) = (reader.string("value"), reader.string("hover"), reader.string("message"));
    let checks = reader.any("checks").cloned();
    Some(PatternConfig { name: name?, regex: source?, value, checks, hover, message })
}

fn decrees(table: &TomlTable, faults: &mut Vec<TomlFault>) -> DecreeConfig {
    let mut reader = TableReader::new(table, "[decrees]", keys::DECREES, faults);
    let mut decrees = DecreeConfig::default();
    for entry in reader.tables("type") {
        let mut inner = TableReader::new(entry.value, "[[decrees.type]]", keys::DECREE_TYPE, reader.faults());
        let class = inner.string("class");
        let issuers = inner.strings("issuers").unwrap_or_default();
        let year_in_number = one_of("year-in-number", YEAR_IN_NUMBER, &mut inner);
        let th_seen = plain(inner.strings("th-seen"));
        let th_wrong = plain(inner.strings("th-wrong"));
        if let Some(term) = term(entry.value, &mut inner) {
            decrees.types.push(DecreeType { term, class, issuers, year_in_number, th_seen, th_wrong });
        }
    }
    for entry in reader.tables("agency") {
        let mut inner = TableReader::new(entry.value, "[[decrees.agency]]", keys::DECREE_AGENCY, reader.faults());
        let kind = inner.string("kind");
        let (from, until) = (partial_date("from", &mut inner), partial_date("until", &mut inner));
        let successor = inner.string("successor");
        if let Some(term) = term(entry.value, &mut inner) {
            decrees.agencies.push(DecreeAgency { term, kind, from, until, successor });
        }
    }
    decrees
}

const YEAR_IN_NUMBER: &[&str] = &["none", "year", "both", "assembly"];

/// A string out of a few.
fn one_of(key: &str, words: &[&str], reader: &mut TableReader<'_>) -> Option<Spanned<CompactString>> {
    let word = reader.string(key)?;
    if !words.contains(&word.value.as_str()) {
        let meant = nearest(&word.value, words.iter().copied());
        let why = format_compact!("unknown `{key}` `{}`; use {}", word.value, alternatives(words));
        reader.refuse(word.span, why, meant.map(|meant| TextEdit::replace(word.span, quoted(meant))));
        return None;
    }
    Some(word)
}

fn term(table: &TomlTable, reader: &mut TableReader<'_>) -> Option<DecreeTerm> {
    let mut word = |key| reader.string(key).map(|text| text.value);
    let (ascii, vi, en, th, note) = (word("ascii"), word("vi"), word("en"), word("th"), word("note"));
    let variants = plain(reader.strings("variants"));
    let abbr = required("abbr", table, reader)?;
    Some(DecreeTerm { abbr, ascii, variants, vi, en, th, note })
}

fn plain(strings: Option<Vec<Spanned<CompactString>>>) -> Vec<CompactString> {
    strings.unwrap_or_default().into_iter().map(|text| text.value).collect()
}

/// A date, a month in quotes, or a year: as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
fn partial_date(key: &str, reader: &mut TableReader<'_>) -> Option<Spanned<CompactString>> {
    let item = reader.any(key)?;
    let text = match &item.value {
        TomlValue::Date(date) => format_compact!("{date}"),
        TomlValue::Integer(year) => format_compact!("{year:04}"),
        TomlValue::String(text) => text.clone(),
        _ => CompactString::default(),
    };
    if !is_partial_date(&text) {
        let why =
            format_compact!("`{key}` is no day; write a date (2025-02-28), a month (\"2025-02\") or a year (2025)");
        reader.refuse(item.span, why, None);
        return None;
    }
    Some(Spanned { value: text, span: item.span })
}

fn is_partial_date(text: &str) -> bool {
    // Completed by the first of the month and year; whatever is longer or stranger than a date does not parse.
    let completed = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    completed.len() == 10 && completed.parse::<jiff::civil::Date>().is_ok()
}

fn editor(table: &TomlTable, faults: &mut Vec<TomlFault>) -> Vec<(Spanned<CompactString>, bool)> {
    let mut reader = TableReader::new(table, "[editor]", keys::EDITOR, faults);
    let known = table.entries.iter().filter(|(key, _)| keys::EDITOR.contains(&key.value.as_str()));
    known.filter_map(|(key, _)| Some((key.clone(), reader.boolean(&key.value)?.value))).collect()
}

/// A string that must be there.
fn required(key: &str, table: &TomlTable, reader: &mut TableReader<'_>) -> Option<Spanned<CompactString>> {
    if table.get(key).is_none() {
        reader.refuse(table.head, format_compact!("`{key}` is missing"), None);
    }
    let text = reader.string(key)?;
    if text.value.is_empty() {
        reader.refuse(text.span, format_compact!("`{key}` is empty"), None);
        return None;
    }
    Some(text)
}

fn glob(source: Spanned<CompactString>, reader: &mut TableReader<'_>) -> Option<Glob> {
    let (span, pattern) = (source.span, source.value.clone());
    Glob::new(source)
        .map_err(|error| reader.refuse(span, format_compact!("invalid glob `{pattern}`: {error}"), None))
        .ok()
}

fn regex(text: &str, source: &Spanned<CompactString>, reader: &mut TableReader<'_>) -> Option<regex::Regex> {
    expression::compile(&source.value)
        .map_err(|broken| {
            let span = broken.part.map_or(source.span, |part| toml_tree::inside(text, source.span, part));
            reader.refuse(span, broken.why, None);
        })
        .ok()
}
