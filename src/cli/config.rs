//! `scholiast config`: what holds for a path, and who says so.
//!
//! A setting that cannot be used is shown with the default that holds instead; what is wrong with it is a finding of
//! `scholiast check`. Deliberately absent: changing anything.

use std::io::{self, Write};

use anyhow::Context as _;
use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;
use serde_json::Value as Json;

use super::args;
use super::exit_status::CLEAN;
use super::output::Output;
use super::read::here;
use super::rule_selection::RuleSelection;
use crate::config::{Config, ConfigFault, FILE_NAME, Globs, Preset, RuleLevel};
use crate::disk::annotation_files::{CONFIGURATION, is_annotation};
use crate::disk::files::OnDisk;
use crate::disk::find::root_of;
use crate::disk::path::{real, shown_elsewhere, shown_outside};
use crate::disk::{registry_users, shared_registries};
use crate::render::one_line;
use crate::rules::{RULES, Rule};
use crate::text::{LineIndex, Span};
use crate::toml_tree::{self, TomlTable, TomlValue};

/// The version of the JSON form.
const VERSION: u32 = 1;

/// Runs the command.
///
/// # Errors
/// When an argument is wrong, the configuration cannot be read or is no TOML, or output cannot be written.
pub fn run(args: &args::ConfigArgs) -> anyhow::Result<u8> {
    let choice = RuleSelection::new(&args.rules)?;
    let given = Utf8Path::from_path(&args.path).context("the path is not UTF-8")?;
    let here = here()?;
    let path = real(&here.join(given));
    let own = root_of(&path, path.is_dir());
    // A registry file outside of its corpora is judged as `check` does: by the first of them.
    let lies_in_none = own.is_none() && !path.is_dir();
    let users = if lies_in_none { registry_users::of_file(&path, &here, &OnDisk) } else { Vec::new() };
    if lies_in_none && users.is_empty() {
        registry_users::nobody(given.as_str(), &path, &here).iter().for_each(|note| Output::default().note(note));
    }
    let root = own.or_else(|| users.first().cloned());
    let file = root.as_ref().map(|root| root.join(FILE_NAME));
    let shown = file.as_ref().map(|file| match users.is_empty() {
        true => shown_elsewhere(file, &here),
        false => shown_outside(file, &here),
    });
    let text = match (&file, &shown) {
        (Some(file), Some(shown)) => std::fs::read_to_string(file).with_context(|| shown.clone())?,
        _ => String::new(),
    };
    let (mut config, faults) = Config::parse(&text).map_err(|error| {
        let at = LineIndex::new(&text).position(&text, error.span.start);
        let file = shown.as_deref().unwrap_or(FILE_NAME);
        anyhow::anyhow!("{file}:{}:{}: {}", at.line + 1, at.column_char + 1, error.message)
    })?;
    let own_preset = config.preset;
    choice.configure(&mut config);
    let below = root.as_deref().and_then(|root| match path.strip_prefix(root) {
        Ok(below) => Some(below.to_owned()),
        Err(_) => shared_registries::name(root, &path, &config),
    });
    let below = &*below.unwrap_or_default();
    let sources = SettingSources {
        tree: toml_tree::parse(&text).unwrap_or_default(),
        lines: LineIndex::new(&text),
        file: shown.as_deref().unwrap_or_default(),
        text: &text,
        faults,
        config: &config,
        preset_said: args.rules.preset.is_some().then_some(own_preset),
        below,
    };
    let effective = EffectiveSettings {
        version: VERSION,
        path: given.as_str().replace('\\', "/"),
        configuration: shown.clone(),
        users: users.iter().map(|root| shown_outside(&root.join(FILE_NAME), &here)).collect(),
        kind: kind(&config, &path, below, root.as_ref()),
        annotation_configuration: annotation_configuration(&path).map(|file| shown_outside(&file, &here)),
        settings: sources.settings(),
        rules: RULES.iter().map(|rule| sources.rule(rule, &choice)).collect(),
        suppressions: sources.suppressions(),
        decisions: sources.decisions(),
    };
    let mut out = Output::default().sink(None)?;
    match args.format {
        args::ConfigFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &effective)?;
            writeln!(out)?;
        }
        args::ConfigFormat::Text => effective.write(&mut *out)?,
    }
    out.flush()?;
    Ok(CLEAN)
}

/// The configuration of annotations that is nearest to a path, in its folder or above.
fn annotation_configuration(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut files = path.ancestors().map(|folder| folder.join(CONFIGURATION));
    files.find(|file| file.is_file())
}

/// The role of a path in its corpus.
fn kind(config: &Config, path: &Utf8Path, below: &Utf8Path, root: Option<&Utf8PathBuf>) -> &'static str {
    let name = below.as_str();
    if path.is_dir() {
        "folder"
    } else if root.is_none() {
        if is_annotation(path) { "annotations" } else { "text" }
    } else if name == FILE_NAME {
        "configuration"
    } else if config.excludes(name) {
        "excluded"
    } else if config.is_registry(name) {
        "registry"
    } else if is_annotation(below) {
        "annotations"
    } else if config.is_text(name) {
        "text"
    } else {
        "not included"
    }
}

/// All that holds for a path.
#[derive(Serialize)]
struct EffectiveSettings {
    version: u32,
    path: String,
    /// The file, as it is shown; absent where the built-in settings hold.
    configuration: Option<String>,
    /// The configurations of all corpora that use a registry file which lies in none, that one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    users: Vec<String>,
    kind: &'static str,
    /// The configuration of annotations in its folder, as it is shown.
    #[serde(skip)]
    annotation_configuration: Option<String>,
    settings: Vec<Setting>,
    rules: Vec<RuleRow>,
    suppressions: Vec<SuppressionRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decisions: Vec<DecisionRow>,
}

#[derive(Serialize)]
struct Setting {
    name: String,
    value: Json,
    source: SettingSource,
}

#[derive(Serialize)]
struct RuleRow {
    code: &'static str,
    level: &'static str,
    source: SettingSource,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Setting>,
}

#[derive(Serialize)]
struct DecisionRow {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    near: Option<String>,
    is: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    source: SettingSource,
}

#[derive(Serialize)]
struct SuppressionRow {
    rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    source: SettingSource,
}

/// The place where a setting is set. Lines and columns from 1, columns in code points.
#[derive(Serialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
enum SettingSource {
    Default,
    CommandLine { option: &'static str },
    File { path: String, line: u32, column: u32 },
}

impl std::fmt::Display for SettingSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => write!(f, "default"),
            Self::CommandLine { option } => write!(f, "command line: {option}"),
            Self::File { path, line, column } => write!(f, "{path}:{line}:{column}"),
        }
    }
}

/// The configuration with all that tells where a setting stands in it.
struct SettingSources<'a> {
    tree: TomlTable,
    lines: LineIndex,
    file: &'a str,
    text: &'a str,
    faults: Vec<ConfigFault>,
    config: &'a Config,
    /// The preset of the file, where the command line has another.
    preset_said: Option<Preset>,
    below: &'a Utf8Path,
}

impl SettingSources<'_> {
    fn at(&self, span: Span) -> SettingSource {
        let at = self.lines.position(self.text, span.start);
        SettingSource::File { path: self.file.to_owned(), line: at.line + 1, column: at.column_char + 1 }
    }

    /// The place of the value of a key, as far as the value can be used.
    fn said(&self, keys: &[&str]) -> SettingSource {
        let (last, tables) = keys.split_last().unwrap_or((&"", &[]));
        let table = tables.iter().try_fold(&self.tree, |table, key| table.get(key)?.value.as_table());
        match table.and_then(|table| table.get(last)) {
            Some(value) if !self.faults.iter().any(|fault| fault.span == value.span) => self.at(value.span),
            _ => SettingSource::Default,
        }
    }

    fn settings(&self) -> Vec<Setting> {
        let corpus = &self.config.corpus;
        let globs = |globs: &Globs| globs.iter().map(|glob| Json::from(glob.source().value.as_str())).collect::<Json>();
        let setting = |name: &str, value: Json| Setting {
            name: name.to_owned(),
            value,
            source: self.said(&name.split('.').collect::<Vec<_>>()),
        };
        let date = &corpus.document_date;
        let mut settings = vec![
            setting("corpus.include", globs(&corpus.include)),
            setting("corpus.exclude", globs(&corpus.exclude)),
            setting("corpus.registry", globs(&corpus.registry)),
            setting("corpus.languages", corpus.languages.iter().map(|tag| Json::from(tag.as_str())).collect()),
            setting("corpus.document-date.masthead", date.masthead.into()),
        ];
        if let Some(pattern) = &date.file_name {
            settings.push(setting("corpus.document-date.file-name", pattern.value.as_str().into()));
        }
        if let Some(value) = self.document_date() {
            settings.push(value);
        }
        let mut preset = setting("rules.preset", self.config.preset.as_str().into());
        if self.preset_said.is_some() {
            preset.source = SettingSource::CommandLine { option: "--preset" };
        }
        settings.push(preset);
        settings.extend(self.config.patterns.iter().map(|pattern| Setting {
            name: format!("pattern.{}", pattern.name.value),
            value: pattern.regex.value.as_str().into(),
            source: self.at(pattern.regex.span),
        }));
        settings.extend(self.config.editor.iter().map(|(key, on)| Setting {
            name: format!("editor.{}", key.value),
            value: (*on).into(),
            source: self.at(key.span),
        }));
        settings
    }

    /// The date that the configuration gives the document: the last `[[per-file]]` that has one, else `[corpus]`.
    fn document_date(&self) -> Option<Setting> {
        let files = self.config.per_file.iter().filter(|files| files.path.matches(self.below.as_str()));
        let of_files = files.filter_map(|files| files.document_date.as_ref()).next_back();
        let date = of_files.or(self.config.corpus.document_date.value.as_ref())?;
        let name = "corpus.document-date.value".to_owned();
        Some(Setting { name, value: date.value.to_string().into(), source: self.at(date.span) })
    }

    fn rule(&self, rule: &'static Rule, choice: &RuleSelection) -> RuleRow {
        let file = self.config.for_file(self.below.as_str());
        let word = |level: Option<_>| level.map_or("off", crate::diagnostic::Severity::as_str);
        let (level, source) = match file.decisive(rule.code) {
            _ if !choice.wants(rule.code) => ("off", SettingSource::CommandLine { option: "--select, --ignore" }),
            Some(setting) => {
                let severity = match setting.level {
                    Some(RuleLevel::At(severity)) => Some(severity),
                    Some(RuleLevel::Off) | None => None,
                };
                let said = self.config.overrides.iter().any(|other| std::ptr::eq(other, setting));
                let of_file = || self.at(setting.rule.span);
                (word(severity), if said { SettingSource::CommandLine { option: "--severity" } } else { of_file() })
            }
            None => {
                let source = match self.config.preset {
                    Preset::Default => SettingSource::Default,
                    _ if self.preset_said.is_some() => SettingSource::CommandLine { option: "--preset" },
                    _ => self.said(&["rules", "preset"]),
                };
                (word(file.severity(rule.code, rule.severity)), source)
            }
        };
        let options = file.options(rule.code).into_iter().map(|(key, value)| Setting {
            name: key.to_string(),
            value: json(&value.value),
            source: self.at(value.span),
        });
        RuleRow { code: rule.code, level, source, options: options.collect() }
    }

    fn suppressions(&self) -> Vec<SuppressionRow> {
        let here = self.config.suppress.iter().filter(|entry| entry.path.matches(self.below.as_str()));
        let row = |entry: &crate::config::Suppression| SuppressionRow {
            rule: entry.rule.value.to_string(),
            text: entry.text.as_ref().map(|text| text.value.to_string()),
            until: entry.until.as_ref().map(|until| until.value.to_string()),
            reason: entry.reason.as_ref().map(ToString::to_string),
            source: self.at(entry.head),
        };
        here.map(row).collect()
    }

    fn decisions(&self) -> Vec<DecisionRow> {
        let here = self.config.decisions.iter().filter(|entry| entry.path.matches(self.below.as_str()));
        let row = |entry: &crate::config::Decision| DecisionRow {
            text: entry.text.value.to_string(),
            near: entry.near.as_ref().map(|near| near.value.to_string()),
            is: entry.is.value.to_string(),
            reason: entry.reason.as_ref().map(ToString::to_string),
            source: self.at(entry.head),
        };
        here.map(row).collect()
    }
}

/// A value of TOML as JSON has it.
fn json(value: &TomlValue) -> Json {
    match value {
        TomlValue::String(text) => text.as_str().into(),
        TomlValue::Integer(number) => (*number).into(),
        TomlValue::Float(number) => (*number).into(),
        TomlValue::Boolean(value) => (*value).into(),
        TomlValue::Date(date) => date.to_string().into(),
        TomlValue::Time => Json::Null,
        TomlValue::Array(items) => items.iter().map(|item| json(&item.value)).collect(),
        TomlValue::Table(table) => {
            table.entries.iter().map(|(key, item)| (key.value.to_string(), json(&item.value))).collect()
        }
    }
}

impl EffectiveSettings {
    /// For people: a line a setting, where it comes from at its end.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let file = self.configuration.as_deref().unwrap_or("none, the built-in settings hold");
        writeln!(out, "# {}: {}\n# configuration: {}", one_line(&self.path), self.kind, one_line(file))?;
        if let Some(file) = &self.annotation_configuration {
            writeln!(out, "# annotation.conf: {}", one_line(file))?;
        }
        for other in self.users.iter().skip(1) {
            writeln!(out, "# used by: {}", one_line(other))?;
        }
        writeln!(out)?;
        let settings = self.settings.iter();
        let settings = settings.map(|setting| (format!("{} = {}", setting.name, setting.value), &setting.source));
        aligned(out, settings.collect())?;
        writeln!(out)?;
        let mut rules = Vec::new();
        for rule in &self.rules {
            rules.push((format!("\"{}\" = \"{}\"", rule.code, rule.level), &rule.source));
            let option = |option: &Setting| format!("\"{}\".{} = {}", rule.code, option.name, option.value);
            rules.extend(rule.options.iter().map(|setting| (option(setting), &setting.source)));
        }
        aligned(out, rules)?;
        if self.suppressions.is_empty() && self.decisions.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        let quoted = |text: &str| Json::from(text).to_string();
        let line = |row: &SuppressionRow| {
            let mut line = format!("suppress {}", row.rule);
            for (name, value) in [("text", &row.text), ("until", &row.until), ("reason", &row.reason)] {
                if let Some(value) = value {
                    line += &format!(", {name} {}", quoted(value));
                }
            }
            line
        };
        let decided = |row: &DecisionRow| {
            let mut line = format!("decide {}", quoted(&row.text));
            for (name, value) in [("near", &row.near), ("is", &Some(row.is.clone())), ("reason", &row.reason)] {
                if let Some(value) = value {
                    line += &format!(", {name} {}", quoted(value));
                }
            }
            line
        };
        let suppressions = self.suppressions.iter().map(|row| (line(row), &row.source));
        let decisions = self.decisions.iter().map(|row| (decided(row), &row.source));
        aligned(out, suppressions.chain(decisions).collect())
    }
}

/// Columns after which what a setting is and where it comes from are no longer aligned.
const WIDEST: usize = 60;

fn aligned(out: &mut dyn Write, lines: Vec<(String, &SettingSource)>) -> io::Result<()> {
    use unicode_width::UnicodeWidthStr as _;
    let widths = lines.iter().map(|(line, _)| line.width()).filter(|width| *width <= WIDEST);
    let width = widths.max().unwrap_or(0);
    for (line, source) in lines {
        let (line, source) = (one_line(&line), source.to_string());
        writeln!(out, "{line}{:1$}  # {2}", "", width.saturating_sub(line.width()), one_line(&source))?;
    }
    Ok(())
}
